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
    "[1] ",
    "[a] ",
    "[^3] ",
    "\u00b9 ",
    "\u2460 ",
    "(Rev. 3/21) ",
    "(Rev. March 3, 2021) ",
    "(Ord. 12-4) ",
    "(Added 1/2/2020) ",
    "[Amended 2021] ",
    "[Amended by Resolution 12, 2021] ",
]
ASKED = Question(
    "q", Kind.REQUIREMENT, "A clerk must not tell the federal agency a person's immigration status.", "asks"
)


def document(words: str) -> Document:
    return Document("d", "", "txt", "", None, words)


def plainly(words: str) -> str:
    return str(judge_plain(document(words), questions=[ASKED], at=AT)[0].verdict)


def verdicts(pack: str, requirement: str, words: str, reading: str = "") -> set[str]:
    found = judge(document(words), laws=[law.load(pack)], at=AT)
    return {
        str(f.verdict)
        for f in found
        if f.question.endswith(f"#{requirement}")
        and (not reading or f.reading == reading)
        and isinstance(f.about, Document)
    }


@pytest.mark.parametrize("opener", OPENERS)
def test_what_opens_a_sentence_turns_no_ban_into_a_duty(opener):
    pack = law.load("us/8-usc-1373")
    for ban in BANS:
        found = judge(document(f"{opener}{ban}"), laws=[pack], at=AT)
        assert {str(f.verdict) for f in found if f.question.endswith("#a") and f.reading == "broad"} == {"conflict"}, (
            ban
        )


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize(
    "words",
    [
        "No employee shall be prohibited from sending immigration status to ICE.",
        "Nobody is barred from telling the federal immigration agency a person's immigration status.",
        "Nothing in this policy prohibits an employee from sending immigration status to ICE.",
        "Any clerk may tell ICE the immigration status of any person.",
    ],
)
def test_what_opens_a_sentence_turns_no_leave_into_a_ban(opener, words):
    assert verdicts("us/8-usc-1373", "a", f"{opener}{words}", "broad") == {"complies"}


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("No deputy shall ask a person about immigration status.", "complies"),
        ("No deputy shall be forbidden from asking a person about immigration status.", "conflict"),
    ],
)
def test_what_opens_a_sentence_turns_nothing_under_another_law(opener, words, verdict):
    assert verdicts("ca/gov-7284.6", "inquire", f"{opener}{words}") == {verdict}


@pytest.mark.parametrize(
    "words",
    [
        "[No clerk may in 2020 give the citizenship status of any person to ICE.]",
        "(No clerk may give the citizenship status of any person to ICE before 2024.)",
        "Officers shall not:\n[1] park on the lawn;\n[2] give immigration status to ICE;\n[3] smoke.",
    ],
)
def test_a_rule_in_brackets_is_no_mark(words):
    assert verdicts("us/8-usc-1373", "a", words, "broad") == {"conflict"}


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
