"""A bullet, a check box or a number before a sentence changes nothing of what it says; nor does the line that it is wrapped to."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

import pytest

from showcause.ask import law
from showcause.assess import drift, judge_plain
from showcause.assess import judge as both
from showcause.core import Document, Kind, Question
from showcause.norm import gist

judge = partial(both, rules_alone=True)

AT = datetime(2031, 1, 1, tzinfo=UTC)
BANS = (
    "No clerk shall tell the federal immigration agency the immigration status of any person.",
    "Nobody sends a person's immigration status to the federal immigration agency.",
    "At no time may a clerk tell the federal immigration agency a person's immigration status.",
    "Under this order no clerk shall tell the federal immigration agency a person's immigration status.",
    "Do not tell the federal immigration agency the immigration status of any person.",
)
OPENERS = [
    "• ",
    "- ",
    "* ",
    "## ",
    "> ",
    "\uf0b7 ",
    "☐ ",
    "✓ ",
    "[ ] ",
    "[x] ",
    "4.1 ",
    "4. ",
    "(a) ",
    "a) ",
    "A. ",
    "(1) ",
    "1) ",
    "– ",
    "o ",
    "▪ ",
    "4-1 ",
    "**4.1** ",
    "E-7 ",
    "5A ",
    "§ 4 ",
    "_",
]
ASKED = Question(
    "q", Kind.REQUIREMENT, "A clerk must not tell the federal agency a person's immigration status.", "asks"
)


def document(words: str) -> Document:
    return Document("d", "", "txt", "", None, words)


def plainly(words: str) -> str:
    return str(judge_plain(document(words), questions=[ASKED], at=AT)[0].verdict)


@pytest.mark.parametrize("opener", OPENERS)
def test_what_opens_a_sentence_turns_no_ban_into_a_duty(opener):
    pack = law.load("us/8-usc-1373")
    for ban in BANS:
        found = judge(document(f"{opener}{ban}"), laws=[pack], at=AT)
        assert {str(f.verdict) for f in found if f.question.endswith("#a") and f.reading == "broad"} == {"conflict"}, (
            ban
        )


@pytest.mark.parametrize("opener", ["\u2022 ", "- ", "\u2610 ", "[x] ", "4.1 ", "E-7 ", "**4.1** "])
def test_a_plain_sentence_is_met_whatever_opens_it(opener):
    assert {plainly(f"{opener}{ban}") for ban in BANS} == {"complies"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n    "])
@pytest.mark.parametrize(
    ("words", "asked", "verdict"),
    [
        ("The clerk must not keep the tapes for longer than a year unless a court asks for them.", "The clerk must not keep tapes.", "complies"),
        ("No fee shall be charged by the office for copies of public records.", "The office shall not charge a fee for copies of public records.", "complies"),
        ("Purchasing staff, whatever their rank, shall not accept gifts from any bidder.", "Employees may not accept gifts from vendors.", "complies"),
        ("The owner may evict a tenant who complains to the city.", "A landlord shall not evict a tenant who complains.", "conflict"),
    ],
)  # fmt: skip
def test_a_line_end_within_a_sentence_changes_nothing(words, asked, verdict, end):
    question = Question("q", Kind.REQUIREMENT, asked, "asks")
    places = [n for n, c in enumerate(words) if c == " "]
    wraps = [f"{words[:n]}{end}{words[n + 1 :]}" for n in places]
    said = {w: str(judge_plain(document(w), questions=[question], at=AT)[0].verdict) for w in [words, *wraps]}
    assert {w: v for w, v in said.items() if v != verdict} == {}


@pytest.mark.parametrize(
    "words",
    [
        "Clerks shall not tell _ICE_ about _immigration_ _status_.",
        "Clerks shall **not** tell the **federal immigration agency** the **immigration status** of a person.",
        "__Clerks shall not tell the federal immigration agency a person's immigration status.__",
    ],
)
def test_emphasis_hides_no_word(words):
    found = judge(document(words), laws=[law.load("us/8-usc-1373")], at=AT)
    assert {str(f.verdict) for f in found if f.question.endswith("#a") and f.reading == "broad"} == {"conflict"}


def test_minutes_are_asked_once_whether_anything_was_carried(monkeypatch):
    """Asked again of every motion, long minutes in which nothing is carried would take time by the square."""
    seen = []
    never = SimpleNamespace(search=seen.append)
    monkeypatch.setattr(gist, "CARRIED", never)
    motion = "It was moved that no clerk shall tell the federal immigration agency a person's immigration status."
    judge(document("\n\n".join(f"{n}. {motion}" for n in range(1, 40))), laws=[law.load("us/8-usc-1373")], at=AT)
    assert len(seen) == 1
    drift._carried.cache_clear()
