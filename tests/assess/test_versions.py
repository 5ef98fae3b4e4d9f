"""Old text beside new, and what is called false: which of two sentences is the body's own rule."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from showcause.ask import law
from showcause.assess import judge as both
from showcause.core import Document

judge = partial(both, rules_alone=True)  # what the rules hear; both judges together: test_entail.py

AT = datetime(2031, 1, 1, tzinfo=UTC)
TELL = "Clerks may tell the federal immigration agency a person's immigration status."
HIDE = "Clerks shall not tell the federal immigration agency a person's immigration status."


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (f"Old text: {TELL}\nNew text: {HIDE}", "conflict"),
        (f"Old text: {HIDE}\nNew text: {TELL}", "complies"),
        (f"Former wording: {HIDE}\nCurrent wording: {TELL}", "complies"),
        (f"Myth: {HIDE}\nFact: {TELL}", "complies"),
        (TELL, "complies"),
        (HIDE, "conflict"),
        (f"From: {HIDE}\n\nTo: {TELL}", "complies"),
        (f"Old text:\n1. The desk opens at nine.\n2. {HIDE}\n\nNew text:\n1. It opens at ten.\n2. {TELL}", "complies"),
        (f"TO: All staff\n\nFROM: The chief\n\nDATE: May 3\n\nRE: Status\n\n{HIDE}", "conflict"),
        (f"**TO:** All staff\n\n**FROM:** The chief\n\n**RE:** Status\n\n{TELL}", "complies"),
        (f"ELM CITY\nMEMORANDUM\n\nTO: Staff\n\nFROM: Chief\n\nSUBJECT: Status\n\n1. Hours.\n\n2. {HIDE}", "conflict"),
        (f"4.1 New text: The fee is $2. Old text: The fee is $1.\n\n4.2 Status. {HIDE}", "conflict"),
    ],
)
def test_the_text_in_force_decides(words, verdict):
    found = judge(Document("d", "", "txt", "", None, words), laws=[law.load("us/8-usc-1373")], at=AT)
    whole = {f.reading: str(f.verdict) for f in found if isinstance(f.about, Document) and f.question.endswith("#a")}
    assert whole["broad"] == verdict
    assert whole["doj-2017"] == verdict
