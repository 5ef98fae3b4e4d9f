"""Sixty-nine articles in ten voices, strictly scored; the held twenty were written first and nothing is tuned on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from statement_score import score

VOICES = Path(__file__).parent / "voices"
FLOORS = {
    "develop": {"quotes": 0.94, "speaker": 0.93, "attributed": 0.90, "via": 0.95, "claims": 0.82},
    "held": {"quotes": 0.91, "speaker": 0.88, "attributed": 0.82, "via": 0.89, "claims": 0.60},
}


@pytest.mark.parametrize("half", FLOORS)
def test_quotations_speakers_and_claims_are_read_strictly(half: str) -> None:
    figures = score([VOICES / half]).figures()
    short = {name: round(figures[name], 3) for name, floor in FLOORS[half].items() if figures[name] < floor}
    assert short == {}


@pytest.mark.parametrize("half", FLOORS)
def test_every_label_stands_in_its_article(half: str) -> None:
    for path in sorted((VOICES / half).glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        for row in [*gold["quotes"], *gold["claims"], *gold["loaded"]]:
            assert text[row["start"] : row["start"] + len(row["text"])] == row["text"]
        assert all(words in text for words in gold["not_quotes"])


def test_a_score_is_lost_where_words_or_speakers_are_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We obey the code,” Mayor Ada Quist said.\n", encoding="utf-8")
    words = {"text": "We obey the code,", "kind": "direct", "speaker": "Lu Marsh", "start": 1}
    (tmp_path / "a.json").write_text(json.dumps({"quotes": [words], "claims": []}), encoding="utf-8")
    figures = score([tmp_path]).figures()
    assert (figures["quotes"], figures["speaker"], figures["attributed"], figures["claims"]) == (1.0, 0.0, 0.0, 0.0)
