"""Both judges read what stands: no quoted message, no struck word; and small texts that once went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from showcause.ask import law as packs
from showcause.assess import cure, framing, judge, known, spelled
from showcause.assess.judge import _read
from showcause.assess.page import page
from showcause.assess.plain import judge_plain
from showcause.assess.terms import vocabulary
from showcause.core import Document, Finding, Kind, Question, Verdict
from showcause.norm import Modality

AT = datetime(2031, 1, 1, tzinfo=UTC)
V = Verdict
MAIL = (
    "From: rota@harbor.example\nTo: all@harbor.example\nSubject: coffee\n\nThe coffee is back.\n\n"
    "On Mon, May 4 2020, Lt. Okafor wrote:\n> Drivers shall not tell immigration agents the citizenship of a passenger.\n"
)
RECORDS = "Any city record may be destroyed by the clerk without the city attorney's consent."


def found(text: str, law: str) -> tuple[Finding, ...]:
    return tuple(judge(Document("d", "", "txt", "", None, text), laws=[packs.load(law)], at=AT))


def loud(text: str, law: str) -> list[tuple[str, str, V]]:
    return [(f.question, f.reading, f.verdict) for f in found(text, law) if f.verdict is not V.SILENT]


@pytest.mark.parametrize(
    ("text", "law"),
    [
        (MAIL, "us/8-usc-1373"),
        (f"(({RECORDS})) The office is open on weekdays.", "ca/gov-34090"),
        (f"[-{RECORDS}-] The office is open on weekdays.", "ca/gov-34090"),
        (f'Section 9 is amended by striking "{RECORDS}"', "ca/gov-34090"),
    ],
    ids=["quoted mail", "struck", "struck in brackets", "struck by an instruction"],
)
def test_neither_judge_reads_what_no_longer_stands(text: str, law: str) -> None:
    assert loud(text, law) == []


def test_the_same_words_are_heard_where_they_stand() -> None:
    assert ("ca/gov-34090#attorney", "plain", V.CONFLICT) in loud(RECORDS, "ca/gov-34090")


def test_the_words_cited_are_verbatim_beside_struck_ones() -> None:
    text = f"((The clerk keeps all things.)) {RECORDS}"
    for f in found(text, "ca/gov-34090"):
        assert all(text[c.start : c.end] == c.text and "((" not in c.text for c in f.cites)


def test_blank_lines_at_the_end_change_nothing() -> None:
    rest = "The hall is swept each day."
    text = "\n".join(f"1.{n} " + (f"{RECORDS}" if n == 2 else rest) for n in range(1, 7))
    verdicts = [(f.question, f.verdict, f.confidence, type(f.about)) for f in found(text, "ca/gov-34090")]
    assert verdicts == [
        (f.question, f.verdict, f.confidence, type(f.about)) for f in found(text + "\n" * 2000, "ca/gov-34090")
    ]


def test_a_letter_that_grows_in_lower_case_moves_no_term() -> None:
    words = vocabulary(packs.load("us/8-usc-1373"))
    text = (
        '1.1 "Papers" are the citizenship and immigration status of a guest.\n1.2 '
        + "İ" * 12
        + " Hotel Papers go out.\n"
    )
    terms = spelled.terms(page(text, ()), words)
    start = text.index("1.2")
    said = spelled.out(text, (start, len(text)), terms)
    assert "Papers (the citizenship and immigration status of a guest) go out" in said
    found(text, "us/8-usc-1373")


def test_a_definition_is_not_cut_at_an_initial() -> None:
    words = vocabulary(packs.load("us/8-usc-1373"))
    text = '1.1 The desk.\n1.2 "Amber notes" are the U.S. citizenship and immigration status of a guest.\n1.3 Amber notes go up.\n'
    assert [one.means for one in spelled.terms(page(text, ()), words)] == [
        "the U.S. citizenship and immigration status of a guest"
    ]


@pytest.mark.parametrize("space", ["\u2028", "\u2029", "\f", "\v", "\x85"])
def test_what_parts_lines_and_pages_parts_words(space: str) -> None:
    assert framing.pieces(f"staff{space}shall") == framing.pieces("staff shall")


def test_an_empty_document_is_surely_silent() -> None:
    asked = Question("q", Kind.REQUIREMENT, "What is said aloud can be confidential information.", "a letter")
    (said,) = judge_plain(Document("d", "", "txt", "", None, ""), questions=[asked], at=AT)
    assert said.verdict is V.SILENT
    assert said.confidence is not None
    assert said.confidence > 0.9


def test_a_sentence_with_half_a_character_has_a_key() -> None:
    assert known.key("Clerks may not sing \ud83d.") != known.key("Clerks may not sing.")


def test_an_exception_does_not_depend_on_who_asks_first() -> None:
    law = packs.load("ca/gov-34090")
    words = vocabulary(law)
    document = Document("d", "", "txt", "", None, "The clerk destroys old records without a resolution of the council.")

    def asked(order: tuple[Modality, ...]) -> dict[Modality, frozenset[str]]:
        read = _read(document, words, [])
        rule = read.rules[0]
        return {
            m: cure.exceptions(read.paper, replace(rule, norm=replace(rule.norm, modality=m)), words).kinds
            for m in order
        }

    one, other = Modality.FORBIDDEN, Modality.PERMITTED
    assert asked((one, other)) == asked((other, one))


def test_a_line_end_opens_no_document_to_the_rules() -> None:
    """What no needed word opens stays shut to the rules, on one line and on two."""
    words = "No clerk may open a window before noon{}The porter sweeps the hall, and the hall is swept."
    one, two = (found(words.format(space), "us/8-usc-1373") for space in (". ", ".\n"))
    assert [f.verdict for f in one] == [f.verdict for f in two if isinstance(f.about, Document)]
