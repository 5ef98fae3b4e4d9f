"""A document's own terms, spelled out for the judge that reads one section alone."""

from datetime import UTC, datetime

import pytest

from showcause.ask import law as packs
from showcause.assess import judge, spelled
from showcause.assess.page import page
from showcause.assess.terms import vocabulary
from showcause.core import Document, Finding, Passage, Verdict

LAW = packs.load("us/8-usc-1373")
WORDS = vocabulary(LAW)
PAPER = """1.1 Keys hang in the steel cabinet.
1.2 "Amber notes" are the citizenship and immigration status of a guest.
1.3 TOWER. Means the federal immigration agency, and whoever rings for it.
1.4 By Corner Office we mean the field office of Immigration and Customs Enforcement.
1.5 "Papers" are whatever shows by what right a guest is in the country.
1.6 Amber notes go to Tower for the asking; amber notes stay here otherwise.
1.7 Paper for the printer is in the cellar. Tell the Corner Office nothing of anybody's Papers.
1.8 The gardener waters at nine.
"""


def section(number: str) -> str:
    """The section as the learned judge reads it."""
    start = PAPER.index(number)
    end = PAPER.find("\n", start)
    return spelled.out(PAPER, (start, end), spelled.terms(page(PAPER), WORDS))


def test_a_term_is_followed_by_what_it_stands_for_where_it_is_first_used() -> None:
    assert section("1.6") == (
        "1.6 Amber notes (the citizenship and immigration status of a guest) go to Tower (the federal immigration agency, and "
        "whoever rings for it) for the asking; amber notes stay here otherwise."
    )


def test_a_word_that_is_a_term_with_its_capital_alone_is_not_spelled_out_without() -> None:
    said = section("1.7")
    assert said.startswith("1.7 Paper for the printer is")
    assert "Corner Office (the field office of Immigration and Customs Enforcement) nothing" in said
    assert said.endswith("Papers (whatever shows by what right a guest is in the country).")


@pytest.mark.parametrize("number", ["1.1", "1.2", "1.3", "1.4", "1.5", "1.8"])
def test_nothing_is_added_where_a_term_is_defined_or_none_is_used(number: str) -> None:
    start = PAPER.index(number)
    assert section(number) == PAPER[start : PAPER.find("\n", start)]


def test_a_long_definition_is_cut_at_a_word() -> None:
    many = ", ".join(f"the status of guest number {n}" for n in range(20))
    paper = f'1.1 Keys hang here.\n1.2 "Amber notes" are {many}.\n1.3 Amber notes are kept.\n'
    (one,) = spelled.terms(page(paper), WORDS)
    assert len(one.means) <= spelled.LONGEST
    assert many.startswith(one.means)
    assert not one.means.endswith(",")


MANUAL = """1.1 Keys hang in the steel cabinet.
1.2 A badge from the removal office wants to see where a guest was born: the binder snaps shut.
1.3 The gardener waters at nine.
1.4 Nothing in this manual keeps anyone from sending the federal immigration authorities information regarding the citizenship or immigration status of any person.
1.5 Boots are dried in the cellar.
"""


def under_broad(words: str, *, rules_alone: bool = False) -> list[Finding]:
    """What is found of section 1.2 under the broad reading of (a)."""
    paper = Document("m", "", "txt", "", None, words)
    found = judge(paper, laws=[LAW], at=datetime(2031, 1, 1, tzinfo=UTC), rules_alone=rules_alone)
    return [
        f
        for f in found
        if isinstance(f.about, Passage)
        and words.startswith("1.2", f.about.start)
        and (f.question, f.reading) == ("us/8-usc-1373#a", "broad")
    ]


def test_a_savings_clause_takes_back_what_the_learned_judge_alone_hears() -> None:
    assert under_broad(MANUAL, rules_alone=True) == []
    (saved,) = under_broad(MANUAL)
    assert saved.verdict is Verdict.COMPLIES
    assert "savings clause" in saved.why
    assert any(MANUAL.startswith("Nothing in this manual", p.start) for p in saved.cites)
    (banned,) = under_broad("\n".join(line for line in MANUAL.splitlines() if not line.startswith("1.4")) + "\n")
    assert banned.verdict is Verdict.CONFLICT
