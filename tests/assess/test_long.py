"""Long papers: chapters and their savings clauses, wrapped lines, mail, what is no rule, clashes, cites and reasons."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause import text
from showcause.ask import law as packs
from showcause.assess import judge as both
from showcause.core import Document, Finding, Heading, Passage

judge = partial(both, rules_alone=True)  # what the rules hear; both judges together: test_entail.py

LAWS = ("us/8-usc-1373", "ca/gov-7284.6")
AT = datetime(2031, 1, 1, tzinfo=UTC)
A, B = "us/8-usc-1373#a", "us/8-usc-1373#b"
ASK, RELEASE, PERSONAL = "ca/gov-7284.6#inquire", "ca/gov-7284.6#release-date", "ca/gov-7284.6#personal-information"
BAN = "Drivers shall not tell immigration agents the citizenship or immigration status of a rider."
SAVING = "Nothing in this {what} prohibits any employee from sending to immigration agents information about citizenship or immigration status."


def findings(words: str, headings: tuple[Heading, ...] = ()) -> tuple[Finding, ...]:
    laws = [packs.load(name) for name in LAWS]
    return judge(Document("d", "", "txt", "", None, words, headings=headings), laws=laws, at=AT)


def said(words: str, question: str, reading: str, *, about: str = "", headings: tuple[Heading, ...] = ()) -> str:
    """The verdict on the section that holds the words `about`, "silent" where there is none; on the paper without."""
    for f in findings(words, headings):
        here = (
            about in f.about.text
            if about and isinstance(f.about, Passage)
            else not about and isinstance(f.about, Document)
        )
        if f.question == question and f.reading == reading and here:
            return f.verdict.value
    return "silent"


def marked(words: str) -> tuple[str, tuple[Heading, ...]]:
    """A paper whose headings begin with one "#" for each level, the marks taken out."""
    out, marks = "", []
    for each in words.splitlines():
        level, line = len(each) - len(each.lstrip("#")), each.lstrip("# ")
        if level:
            marks.append(Heading(len(out), len(out) + len(line), level))
        out += line + "\n"
    return out, tuple(marks)


HANDBOOK = "# Chapter 4. Buses\n## 410 Riders\n### 410.2 PAPERS\n{ban}\n### 410.3 LAW\n{four}\n# Chapter 7. Trains\n## 720 Guards\n### 720.1 LAW\n{seven}\n"


@pytest.mark.parametrize(
    ("four", "seven", "expected"),
    [
        ("", SAVING.format(what="chapter"), "conflict"),
        (SAVING.format(what="chapter"), "", "complies"),
        ("", SAVING.format(what="handbook"), "conflict"),
        ("", SAVING.format(what="manual"), "complies"),
        (SAVING.format(what="policy"), "", "complies"),
        ("", SAVING.format(what="policy"), "conflict"),
        (SAVING.format(what="section"), "", "conflict"),
    ],
)
def test_a_savings_clause_reaches_the_part_that_it_names(four: str, seven: str, expected: str) -> None:
    if "handbook" in seven:
        expected = "complies"
    words, marks = marked(
        HANDBOOK.format(ban=BAN, four=four or "Guards wear blue.", seven=seven or "Guards wear blue.")
    )
    assert said(words, A, "narrow", about="Drivers shall not", headings=marks) == expected


@pytest.mark.parametrize(("number", "expected"), [("412.9", "complies"), ("702.3", "conflict")])
def test_without_headings_the_numbers_tell_the_chapter(number: str, expected: str) -> None:
    filler = "".join(f"4{n:02}.1 Guard {n} wears blue.\n\n" for n in range(30, 36))
    words = f"410.2 {BAN}\n\n{filler}{number} {SAVING.format(what='chapter')}\n"
    assert said(words, A, "narrow", about="Drivers shall not") == expected


@pytest.mark.parametrize("width", [48, 62, 76, 90])
def test_lines_that_only_wrap_change_nothing(width: int) -> None:
    words = "\n".join(
        textwrap.wrap(
            f"{BAN} Guards may not keep the citizenship or immigration status of a rider in the depot log.", width
        )
    )
    assert {said(words, A, "narrow"), said(words, B, "narrow")} == {"conflict"}


def test_a_heading_is_no_rule() -> None:
    words, marks = marked(
        "# 3 No immigration status to ICE\nThis part is kept for later use by the depot.\n# 4 Hours\nThe depot opens at six.\n"
    )
    assert said(words, A, "narrow", headings=marks) == "silent"


MAIL = "From: Desk <desk@depot.example>\nTo: All <all@depot.example>\nSubject: ICE and status\n\n{body}\n\nOn Mon, May 4, 2026 at 9:05 AM, Lt. Okafor wrote:\n> {quoted}\n"


@pytest.mark.parametrize(
    ("body", "quoted", "expected"),
    [
        ("The coffee is back.", BAN, "silent"),
        (BAN, "The coffee is back.", "conflict"),
    ],
)
def test_a_message_is_judged_by_its_own_words(body: str, quoted: str, expected: str) -> None:
    assert said(MAIL.format(body=body, quoted=quoted), A, "narrow") == expected


@pytest.mark.parametrize(
    "words",
    [
        "This policy states what guards do about immigration agents, so that nobody fears to call.",
        "The guard tells the desk when immigration agents arrive, so that calls from riders can be answered well.",
        "A request of an immigration officer to hold a rider past the last stop is not acted on.",
        "Immigration agents wait in the lobby. Prisoners are not released between midnight and six.",
        "A guard who is asked by an immigration officer about a rider's status refers the question to the depot office.",
        "Guards shall not hint that they might make known a rider's debts or immigration status in order to get money.",
        "The bail agent is told the release date.",
        "The last edition told guards to give immigration agents nothing about any rider.",
        "Somebody has proposed that the depot forbid giving ICE the immigration status of a rider.",
        "The form about immigration status says that the interview is voluntary and that a lawyer may come.",
    ],
)
def test_what_looks_like_a_rule_and_is_none(words: str) -> None:
    assert [f.verdict for f in findings(words) if f.verdict == "conflict" and f.reading in ("narrow", "broad")] == []


@pytest.mark.parametrize(
    ("words", "question", "reading", "expected"),
    [
        (
            "Guards may tell ICE a rider's immigration status. No leave of a supervisor is needed.",
            A,
            "narrow",
            "complies",
        ),
        (
            "Guards may tell ICE a rider's immigration status only after the depot manager approves.",
            A,
            "narrow",
            "conflict",
        ),
        (
            "Guards shall, with the approval of the depot manager, notify ICE of release dates. Approval is given as a matter of course.",
            A,
            "broad",
            "complies",
        ),
        ("You will not get into trouble for telling ICE a rider's immigration status.", A, "narrow", "complies"),
        (
            "No office shall exchange immigration status with a county, state or federal body other than an immigration authority.",
            A,
            "narrow",
            "silent",
        ),
        (
            "No office shall exchange immigration status with a county, state or federal body other than an immigration authority.",
            B,
            "narrow",
            "conflict",
        ),
        (
            "Subject: Calls from immigration agents\n\nGuards shall not answer a call by giving the date on which a prisoner will be released.",
            A,
            "broad",
            "conflict",
        ),
    ],
)
def test_approval_blame_and_whom_a_rule_is_toward(words: str, question: str, reading: str, expected: str) -> None:
    assert said(words, question, reading) == expected


CARD = "FEDERAL IMMIGRATION AGENTS\n\nStatus?        You may answer. No approval needed.\nRelease date?  No. See the log.\nHold him?      Yes.\n"


@pytest.mark.parametrize(
    ("question", "reading", "expected"),
    [
        (A, "narrow", "complies"),
        (A, "broad", "conflict"),
        (RELEASE, "plain", "complies"),
        (PERSONAL, "plain", "silent"),
    ],
)
def test_each_line_of_a_card_answers_its_own_question(question: str, reading: str, expected: str) -> None:
    assert said(CARD, question, reading) == expected


EXCEPTED = '1.1 "Rider facts" means immigration status and home addresses.\n\n1.2 Guards shall not give rider facts to ICE, except as provided in 1.3.\n\n1.3 Guards may send ICE the immigration status of a rider.\n'


@pytest.mark.parametrize(
    ("question", "reading", "expected"),
    [(A, "narrow", "complies"), (A, "broad", "conflict"), (PERSONAL, "plain", "complies")],
)
def test_an_exception_gives_back_what_its_section_lets(question: str, reading: str, expected: str) -> None:
    assert said(EXCEPTED, question, reading, about="shall not give") == expected


PAIRS = [
    (
        "Guards shall not tell ICE when a prisoner will be released.",
        "Guards shall notify ICE of each release date.",
        True,
    ),
    (
        "Guards may send ICE the immigration status of a rider only after the manager approves.",
        "Employees may send ICE the immigration status of a rider.",
        True,
    ),
    (
        "Employees shall not record the immigration status of any person in a log.",
        "The nurse shall enter the immigration status of a patient in the chart.",
        True,
    ),
    (
        "Cooks shall not tell ICE the immigration status of any person.",
        "Drivers may tell ICE the immigration status of any person.",
        False,
    ),
    (
        "Employees shall not tell ICE the immigration status of a child.",
        "Employees may tell ICE the immigration status of a person.",
        False,
    ),
    (
        "Employees shall not tell ICE when a prisoner will be released.",
        "Employees may tell ICE the immigration status of a person.",
        False,
    ),
    (
        "Employees shall not keep immigration status on file.",
        "Employees may tell ICE the immigration status of a person.",
        False,
    ),
    (BAN, SAVING.format(what="manual"), False),
]


@pytest.mark.parametrize(("ban", "leave", "expected"), PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_a_clash_is_two_rules_that_nobody_can_both_obey(ban: str, leave: str, *, expected: bool, turned: bool) -> None:
    first, second = (leave, ban) if turned else (ban, leave)
    found = findings(f"1.1 {first}\n\n1.2 {second}\n")
    pairs = {(f.cites[0].start, c.start) for f in found if isinstance(f.about, Passage) for c in f.clashes_with}
    assert bool(pairs) is expected
    assert all((other, one) in pairs for one, other in pairs)


def test_laws_are_caught_between_under_one_reading() -> None:
    found = [f for f in findings("Jailers shall notify ICE of each release date.") if f.caught_between]
    assert {(f.question, f.reading) for f in found} == {
        (A, "broad"),
        (A, "doj-2017"),
        (B, "broad"),
        (B, "doj-2017"),
        (RELEASE, "plain"),
    }


@pytest.mark.parametrize(
    ("words", "cite"),
    [
        (
            "To the fullest extent that the law permits, guards shall keep in confidence, and shall not pass to ICE, the immigration status of a rider.",
            "To the fullest extent",
        ),
        (
            "Guards keep order, and shall not tell ICE the immigration status of any rider on the night train.",
            "Guards keep order",
        ),
    ],
)
def test_a_cite_has_its_subject_and_its_end(words: str, cite: str) -> None:
    found = [f.cites[0] for f in findings(words) if f.question == A]
    assert all(c.text.startswith(cite) and c.text.endswith(".") for c in found)


@pytest.mark.parametrize(
    ("words", "reading", "why"),
    [
        (
            "Jailers shall not tell ICE when a prisoner will be released.",
            "broad",
            "It forbids sending release dates to the immigration authority; under this reading such information is reached, and no savings clause stands in the text.",
        ),
        (
            "Jailers may tell ICE the immigration status of a prisoner only after the captain approves.",
            "narrow",
            "It permits sending immigration status to the immigration authority only after somebody approves; under this reading such information is reached, and no savings clause stands in the text.",
        ),
    ],
)
def test_the_reason_is_a_plain_sentence(words: str, reading: str, why: str) -> None:
    assert [f.why for f in findings(words) if f.question == A and f.reading == reading] == [why]


@given(st.text(alphabet="ab .,;:\n>-1(", max_size=200))
def test_cleaning_keeps_every_place(words: str) -> None:
    assert len(text.unwrapped(words)) == len(words) == len(text.unquoted("From: a\nTo: b\n" + words)) - 14
