"""Clauses: what each asserts, and the same verbs where they assert nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcause.ask.claim import stance

CLAUSES = (
    ("complies", "We have honored every condition of the award"),
    ("complies", "The jail does not share addresses with the bureau"),
    ("complies", "No file has been withheld"),
    ("violates", "The county misused the award"),
    ("violates", "The policy runs counter to section 12"),
    ("violates", "The manual orders clerks to hang up on inspectors"),
    ("violates", "The city is not in compliance"),
    ("violates", "The town kept its clerks from talking to us"),
    ("will_produce", "The town plans to turn the logs over next week"),
    ("will_produce", "They can expect our answer by May 1"),
    ("will_produce", "The maps will be produced on or before June 4, 2031"),
    ("refuses", "The board voted not to release the files"),
    ("refuses", "The town objects to the third request"),
    ("refuses", "No name would leave the building"),
    ("threatens", "If the maps are not filed, the bureau will file suit"),
    ("threatens", "Next month we start taking it back"),
    ("disputes_authority", "The bureau is acting outside its powers"),
    ("disputes_authority", "The act gives the bureau no say over us"),
    (None, "State law forbids clerks to send the names"),
    (None, "Please produce the maps by June 4"),
    (None, "You shall provide the lists"),
    (None, "He would be wise to produce the maps"),
    (None, "The hearing will be held in June"),
    (None, "The legal opinion runs to nine pages"),
)


@pytest.mark.parametrize(("kind", "clause"), CLAUSES)
def test_a_clause_asserts_one_thing_or_nothing(kind: str | None, clause: str) -> None:
    found = stance(clause)
    assert (found.value if found else None) == kind


def test_most_ways_of_saying_it_are_read() -> None:
    """151 clauses, twenty of them claiming nothing: at least nineteen in twenty have their stance."""
    lines = (Path(__file__).parent / "clauses.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    found = [(wanted, said.value if (said := stance(clause)) else "none", clause) for wanted, clause in rows]
    wrong = [row for row in found if row[0] != row[1]]
    assert len(rows) > 150
    assert len(wrong) <= len(rows) / 20, wrong
