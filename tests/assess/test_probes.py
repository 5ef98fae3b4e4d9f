"""Single sentences in many voices, each of a kind whose labels are known: what the judge must hear, and what it must not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from showcause.ask import law as packs
from showcause.assess import judge as both
from showcause.core import Document

judge = partial(both, rules_alone=True)  # what the rules hear; both judges together: test_entail.py

LAWS = ("us/8-usc-1373", "ca/gov-7284.6")
LETTER = {"conflict": "X", "complies": "C", "silent": "-", "unclear": "?"}
KINDS = {  # 1373 (a) and (b), each narrow, broad, doj-2017; then 7284.6 inquire, release date, personal information
    "status-ban": "XXX XXX ---",
    "status-give": "CCC CCC ---",
    "soft-status": "??? ??? ---",
    "self-limit-all": "CCX CCX ---",
    "cured": "CCC CCC ---",
    "cured-citation": "CCX CCX ---",
    "cured-release": "CCX CCX -C-",
    "receive-ban": "XXX XXX ---",
    "receive-give": "CCC CCC ---",
    "limited": "??? ??? ---",
    "cured-personal": "CCX CCX --C",
    "release-beside": "CXX CXX -C-",
    "listed-release": "-XX -XX -C-",
    "personal-approval": "-XX -XX --X",
    "release-ban": "-XX -XX -C-",
    "release-give": "-CC -CC -X-",
    "release-approval": "-XX -XX -X-",
    "public-release": "-XX -XX -C-",
    "personal-ban": "-XX -XX --C",
    "personal-give": "-CC -CC --X",
    "public-personal": "-XX -XX --C",
    "custody-ban": "-XX -XX ---",
    "custody-give": "-CC -CC ---",
    "all-ban": "XXX XXX -CC",
    "all-give": "CCC CCC -XX",
    "ask-ban": "--- --X C--",
    "ask-give": "--- --C X--",
    "soft-ask": "--- --? ?--",
    "agency-ask-ban": "--- XXX ---",
    "agency-ask-give": "--- CCC ---",
    "keep-ban": "--- XXX ---",
    "keep-give": "--- CCC ---",
    "exchange-ban": "--- XXX ---",
    "exchange-give": "--- CCC ---",
    "silent": "--- --- ---",
    "status-personal-ban": "XXX XXX --C",
    "give-unkept": "CCC XXX ---",
    "status-alone": "CXX CXX -CC",
    "third-party-ask-ban": "--- XXX C--",
    "release-personal-ban": "-XX -XX -CC",
    "ask-personal-ban": "-XX -XX C-C",
}
PROBES = [json.loads(line) for line in Path(__file__).with_name("probes.jsonl").read_text("utf-8").splitlines()]


def labels(words: str) -> str:
    """The verdicts on `words`, a letter for each requirement and reading."""
    laws = [packs.load(name) for name in LAWS]
    found = judge(Document("probe", "", "txt", "", None, words), laws=laws, at=datetime(2031, 1, 1, tzinfo=UTC))
    said = {
        (f.question.rpartition("#")[2], f.reading): LETTER[f.verdict] for f in found if isinstance(f.about, Document)
    }
    wide = ("".join(said[limb, how] for how in ("narrow", "broad", "doj-2017")) for limb in "ab")
    own = "".join(said[limb, "plain"] for limb in ("inquire", "release-date", "personal-information"))
    return " ".join((*wide, own))


@pytest.mark.parametrize("probe", PROBES, ids=[p["text"][:60] for p in PROBES])
def test_a_sentence_in_any_voice_is_heard(probe: dict[str, str]) -> None:
    assert labels(probe["text"]) == KINDS[probe["kind"]]
