"""A claim is held to the law it names, per reading, and both sides alike."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from showcause.assess.claim import against_record, named
from showcause.core import RECORD, Claim, Document, Finding, Kind, Law, Question, Requirement, Stance, Verdict

AT = datetime(2031, 3, 3, tzinfo=UTC)
DOC = Document("d-1", "", "txt", "clerk", None, "No officer shall tell.")


def law(name: str, citation: str, jurisdiction: str) -> Law:
    return Law(name, citation, "", jurisdiction, "", (Requirement(f"{name}#a", "", "(a)"),), (), "")


FEDERAL = law("us/9-usc-777", "9 U.S.C. § 777", "United States")
STATE = law("ca/gov-9990", "Cal. Gov. Code § 9990.5", "California")


def claim(text: str, stance: Stance = Stance.COMPLIES, about: str | None = None) -> Claim:
    return Claim("Chief Roe", text, stance, about, None, 0, len(text))


@pytest.mark.parametrize(
    ("text", "about", "laws"),
    [
        ("we comply with section 777", None, [FEDERAL]),
        ("we have always followed it", "section 9990.5", [STATE]),
        ("our city follows federal law", None, [FEDERAL]),
        ("our city follows state law", None, [STATE]),
        ("our city follows the law", None, [FEDERAL, STATE]),
    ],
)
def test_a_claim_is_held_to_the_law_it_names(text: str, about: str | None, laws: list[Law]) -> None:
    assert list(named(claim(text, about=about), [FEDERAL, STATE])) == laws


@pytest.mark.parametrize(
    ("stance", "record", "held"),
    [
        (Stance.COMPLIES, "conflict", "contradicted"),
        (Stance.COMPLIES, "complies", "supported"),
        (Stance.COMPLIES, "unclear", "unclear"),
        (Stance.COMPLIES, "silent", "unsupported"),
        (Stance.VIOLATES, "conflict", "supported"),
        (Stance.VIOLATES, "complies", "contradicted"),
        (Stance.VIOLATES, "silent", "unsupported"),
    ],
)
def test_the_record_answers_both_sides_alike(stance: Stance, record: str, held: str) -> None:
    cites = () if record == "silent" else (DOC.passage(0, 10),)
    whole = [Finding("us/9-usc-777#a", RECORD, "narrow", Verdict(record), cites, "", "duty:1", AT)]
    question = Question("q", Kind.CLAIM, "the city complies", "a statement")
    (found,) = against_record(
        question, claim=claim("under section 777", stance), findings=whole, laws=[FEDERAL, STATE], at=AT
    )
    assert (found.verdict.value, found.reading, found.cites) == (held, "narrow", cites)
    assert "9 U.S.C. § 777(a)" in found.why


def test_a_promise_or_a_threat_gets_no_finding() -> None:
    question = Question("q", Kind.CLAIM, "x", "a statement")
    assert (
        against_record(question, claim=claim("we will sue", Stance.THREATENS), findings=[], laws=[FEDERAL], at=AT) == ()
    )
