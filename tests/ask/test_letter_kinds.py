"""Letters of kinds that the reader was not made on; the floors lie just under what was measured."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from letter_score import averaged, figures, gold_of

from showcause.ask.letter import letter_rows, read_letter
from showcause.core import Document

KINDS = Path(__file__).parent / "letters" / "kinds"


def rows(path: Path) -> dict:
    text = path.read_text(encoding="utf-8")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return letter_rows(read_letter(Document(sha256[:12], sha256, "txt", "", None, text)))


@pytest.mark.parametrize(
    ("half", "floors"),
    [
        ("develop", {"fields": 0.98, "requests": 1.0, "due": 1.0, "questions": 1.0}),
        ("held", {"fields": 0.81, "requests": 0.88, "due": 0.83, "questions": 1.0}),
    ],
)
def test_letters_of_other_kinds_are_read_as_well_as_measured(half, floors):
    got = averaged(figures(rows(path), gold_of(path)) for path in sorted((KINDS / half).glob("*.txt")))
    assert {name: got[name] for name in floors if got[name] < floors[name]} == {}
