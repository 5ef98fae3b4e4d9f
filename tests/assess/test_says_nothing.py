"""Openings and endings that say nothing of their own: other rules set aside, what comes of a breach, that there are no exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest
from alone import verdict

import showcause
from showcause.ask import law

DISCLOSE = ("us/5-usc-2302", "disclose")
RETALIATE = ("ca/gov-7286", "retaliation")
DESTROY = ("ca/gov-34090", "resolution")
ADAPT = ("ca/gov-12955", "accommodate")
BADGE = ("ca/gov-12525.5", "badge")


PACKS = sorted(f"{p.parent.name}/{p.stem}" for p in (Path(showcause.__file__).parent / "laws").rglob("*.toml"))
UNMENDED = {"ca/gov-12955#income"}


@pytest.mark.parametrize(
    "opening",
    [
        "",
        "Notwithstanding any other rule, ",
        "(b) Notwithstanding any other provision of this manual, ",
        "Despite anything to the contrary, ",
        "Regardless of any contrary order, ",
    ],
)
@pytest.mark.parametrize(
    ("words", "said", "of"),
    [
        ("employees shall not disclose violations of law to Congress or the Inspector General.", "conflict", DISCLOSE),
        ("employees may disclose violations of law to Congress or the Inspector General.", "complies", DISCLOSE),
        ("the department head may destroy city records without the approval of the city council.", "conflict", DESTROY),
        ("no member shall retaliate against an officer who reports misconduct.", "complies", RETALIATE),
    ],
)
def test_other_rules_set_aside_turn_no_rule(opening, words, said, of):
    assert verdict(f"{opening}{words if opening else words.capitalize()}", of) == said


@pytest.mark.parametrize(
    "opening",
    [
        "Pursuant to Resolution 12-44, ",
        "Under Ordinance No. 7, ",
        "In accordance with Resolution 7, ",
        "By authority of Order 5.2, ",
    ],
)
def test_a_number_cited_first_is_not_what_the_rule_does_without(opening):
    words = f"{opening}the department head may destroy city records without the approval of the city council."
    assert verdict(words, DESTROY) == "conflict"


def test_an_approval_named_first_still_counts():
    words = "Under a resolution of the city council and with the written consent of the city attorney, the department head may destroy city records."
    assert verdict(words, DESTROY) == "complies"


@pytest.mark.parametrize(
    "ending",
    [
        "",
        "Violations may lead to discipline.",
        "A violation of this policy may result in discipline.",
        "Violators will be disciplined.",
        "(c) Any breach of this order is grounds for discipline up to dismissal.",
        "Failure to comply will result in suspension.",
    ],
)
def test_what_comes_of_a_breach_is_no_rule(ending):
    assert (
        verdict(f"No member shall retaliate against an officer who reports misconduct. {ending}", RETALIATE)
        == "complies"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Members who report misconduct may be disciplined.",
        "A member shall be suspended for reporting a fellow officer's use of force.",
    ],
)
def test_discipline_for_a_report_still_breaks(words):
    assert verdict(words, RETALIATE) == "conflict"


@pytest.mark.parametrize(
    "ending",
    ["There are no exceptions.", "No exceptions are made.", "This rule admits no exception.", "No exceptions."],
)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Managers shall not ask an applicant about religion or national origin.", "silent"),
        ("Rent is due on the first of the month.", "silent"),
        ("No assistance animals are allowed for tenants with disabilities.", "conflict"),
    ],
)
def test_that_there_are_no_exceptions_is_of_what_goes_before(words, said, ending):
    assert verdict(f"{words} {ending}", ADAPT) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The badge number of the officer shall not be released to the public with the stop data.", "complies"),
        ("The badge number  of the officer shall  not be released to the public with the stop data.", "complies"),
        ("The badge number of the officer shall\nnot be released to the public with the stop data.", "complies"),
        ("The badge number of the officer must not be posted with the stop data.", "complies"),
        ("Officers' badge numbers may not be published in the stop data.", "complies"),
        ("The badge number of the officer shall never be released to the public with the stop data.", "complies"),
        ("The badge number of the officer shall be released to the public with the stop data.", "conflict"),
        ("Badge numbers may be published with the stop data.", "conflict"),
    ],
)
def test_a_badge_that_is_not_released_is_kept_back(words, said):
    assert verdict(words, BADGE) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("A contractor that holds data which it does not own must notify the owner of a breach at once.", "complies"),
        ("A contractor that holds data which it does not own shall not notify the owner of a breach.", "conflict"),
        ("A contractor that keeps a city's files does not notify the owner of a breach.", "conflict"),
    ],
)
def test_what_is_denied_of_a_thing_is_not_denied_of_the_duty(words, said):
    assert verdict(words, ("ca/civ-1798.29", "maintainer")) == said


@pytest.mark.parametrize("pack", PACKS)
def test_no_law_breaks_itself(pack):
    """The words of each requirement, as a provision, are no breach of it; one is known to be called one."""
    broken = {
        r.id for r in law.load(pack).requirements if verdict(r.text, (pack, r.id.rpartition("#")[2])) == "conflict"
    }
    assert broken <= UNMENDED
