"""How the work of judging grows with a text: twice the text, twice the work; counted in calls, since a clock tells of the machine."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import FrameType

import pytest

from showcause.ask import law as packs
from showcause.assess import cure, judge, weigh
from showcause.assess.page import page
from showcause.core import Document, Finding, Passage
from showcause.norm import parse

AT = datetime(2031, 1, 1, tzinfo=UTC)
STATUS, ASKING, BOOKS = "us/8-usc-1373", "ca/gov-7284.6", "ca/gov-34090"
RULES = {
    STATUS: "Deputies may share immigration status with ICE",
    ASKING: "deputies shall not ask anyone about immigration status",
    BOOKS: "the clerk shall not destroy any city record",
}


def found(words: str, law: str) -> tuple[Finding, ...]:
    return judge(Document("d", "", "txt", "", None, words), laws=[packs.load(law)], at=AT, rules_alone=True)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, those of the library included."""
    many = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal many
        many += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return many


def sections(rule: str, many: int) -> str:
    return "".join(f"{n}. {rule}.\n" for n in range(1, many + 1))


def unbroken(rule: str, length: int, *, joint: str) -> str:
    return (f"{rule}{joint}" * (length // len(rule) + 1))[:length]


def table(rule: str, length: int) -> str:
    row = f"| {' | '.join(rule.split(' ', 2))} |\n"
    return (row * (length // len(row) + 1))[:length]


@pytest.mark.parametrize("law", [STATUS, ASKING, BOOKS])
def test_a_paper_of_twice_the_sections_takes_no_more_than_twice_the_work(law: str) -> None:
    found(RULES[law], law)  # what is made once
    few, many = (calls(lambda n=n: found(sections(RULES[law], n), law)) for n in (100, 400))
    assert many < 4.4 * few


@pytest.mark.parametrize("joint", ["; ", "\n"])
def test_a_list_without_a_stop_takes_work_as_it_is_long(joint: str) -> None:
    found(RULES[STATUS], STATUS)
    few, many = (calls(lambda n=n: found(unbroken(RULES[STATUS], n, joint=joint), STATUS)) for n in (2000, 8000))
    assert many < 3.2 * few


def test_a_table_takes_work_as_it_is_long() -> None:
    found(RULES[STATUS], STATUS)
    few, many = (calls(lambda n=n: found(table(RULES[STATUS], n), STATUS)) for n in (2000, 8000))
    assert many < 3.2 * few


class Counted:
    """An expression that counts how often it is looked for."""

    def __init__(self, inner: re.Pattern[str]) -> None:
        self.inner, self.asked = inner, 0

    def search(self, *where: object) -> object:
        self.asked += 1
        return self.inner.search(*where)


@pytest.mark.parametrize("joint", [" and ", "; ", ", or ", "\n"])
def test_a_sentence_is_read_once_for_all_its_rules(monkeypatch: pytest.MonkeyPatch, joint: str) -> None:
    alone, back = Counted(weigh.ALONE), Counted(cure.TAKES_BACK)
    monkeypatch.setattr(weigh, "ALONE", alone)
    monkeypatch.setattr(cure, "TAKES_BACK", back)
    words = unbroken(RULES[STATUS], 6000, joint=joint)
    found(words, STATUS)
    assert alone.asked <= words.count("status") + 2
    assert back.asked <= words.count("\n") + 5


# --- what was spared was work only -----------------------------------------------------------------


def told(words: str, law: str) -> list[tuple[object, ...]]:
    """Of each section that bears: its number, verdict and the sections that clash with it, under the first reading."""
    first = packs.load(law).judged()[0].id
    return [
        (int(f.about.text.partition(".")[0]), f.question, f.verdict.value, *(c.text for c in f.clashes_with))
        for f in found(words, law)
        if isinstance(f.about, Passage) and f.reading == first
    ]


def test_each_section_is_told_of_all_that_contradict_it() -> None:
    leave, ban = (
        "Deputies may share immigration status with ICE.",
        "Deputies shall not give immigration status to ICE.",
    )
    words = f"1. {leave}\n2. {ban}\n3. The lot is closed at dusk.\n4. {leave}\n5. {ban}\n"
    a = f"{STATUS}#a"
    assert [row for row in told(words, STATUS) if row[1] == a] == [
        (1, a, "complies", ban, ban),
        (2, a, "conflict", leave, leave),
        (4, a, "complies", ban, ban),
        (5, a, "conflict", leave, leave),
    ]


def test_one_section_that_contradicts_itself_and_others_names_its_own_first() -> None:
    leave, ban = (
        "Deputies may share immigration status with ICE.",
        "Deputies shall not give immigration status to ICE.",
    )
    words = f"1. {leave}\n2. {ban} Guards may share immigration status with ICE.\n3. {leave}\n"
    row = next(r for r in told(words, STATUS) if r[:2] == (2, f"{STATUS}#a"))
    own = "Guards may share immigration status with ICE."
    assert row[2:] in (("conflict", leave, leave), ("conflict", own, leave, leave))


class Forgetful(dict[object, object]):
    """What is kept of a paper, as if each thing in it were asked for the first time."""

    def __contains__(self, _key: object) -> bool:
        return False


@pytest.mark.parametrize(
    ("words", "law"),
    [
        (
            "Deputies may share with ICE only the immigration status of a person; guards may tell ICE her release date",
            STATUS,
        ),
        (
            "Guards may tell ICE the release date alone. Deputies may give ICE solely the status of a person, and guards her address.",
            STATUS,
        ),
        (
            "No guard may give ICE the status of a person except as required by law; deputies may tell ICE the status notwithstanding any other rule of this manual",
            STATUS,
        ),
        (
            "Deputies may not ask about status; guards may ask about status unless a court forbids it, or the only question is of status",
            ASKING,
        ),
        (
            "The clerk may destroy any city record without the consent of the city attorney; the clerk shall not burn the minutes without a resolution",
            BOOKS,
        ),
        (
            "1. Nothing in this section prohibits deputies from sending ICE the status of a person.\n2. Guards shall not tell ICE the status of a person.\n3. Guards may tell ICE the status of a person.\n",
            STATUS,
        ),
    ],
)
def test_what_is_kept_of_a_paper_changes_no_finding(monkeypatch: pytest.MonkeyPatch, words: str, law: str) -> None:
    kept = [found(words, law), found("; ".join([words.rstrip(".")] * 4) + ".", law)]
    monkeypatch.setattr(sys.modules["showcause.assess.judge"], "page", lambda *a: replace(page(*a), known=Forgetful()))
    assert kept == [found(words, law), found("; ".join([words.rstrip(".")] * 4) + ".", law)]


def test_the_parts_of_a_section_are_the_same_by_their_root() -> None:
    words = "".join(f"{n}. Deputies shall be kind.\n" for n in range(1, 30)) + "30. " + ("Guards watch.\n\n" * 90)
    paper = page(words)
    for n in range(len(paper.sentences)):
        root, home = paper.root(n), paper.homes[n]
        parts = range(len(paper.sections))
        assert cure._here(paper, n) == {k for k in parts if k == home or paper.roots[k : k + 1] == (root,)}


def test_approval_is_asked_of_each_verb_and_waived_by_those_that_let() -> None:
    words = "Guards may send the file without the captain's prior written approval and shall not copy it without the captain's prior written approval."
    assert [(str(n.modality), str(n.manner)) for n in parse(words)] == [
        ("permitted", "plain"),
        ("forbidden", "approval"),
    ]
