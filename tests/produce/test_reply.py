"""A cover letter lists what the profile wants; a response answers each item as the rule asks, and says what it lacks."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest

from showcause.produce.draft import begun
from showcause.produce.item import Form
from showcause.produce.profile import profile
from showcause.produce.reply import (
    Answer,
    Head,
    Objection,
    Outcome,
    cover,
    flaws,
    response,
    sheet,
    to_docx,
    to_html,
    to_pdf,
)
from showcause.produce.volume import Summary

AT = datetime(2031, 5, 2, tzinfo=UTC)
HEAD = Head(
    "The City",
    "Nora Brandt",
    "City Attorney",
    "The Department",
    "Demand of January 25, 2031",
    date(2031, 5, 2),
    "Response to the demand",
)
SUMMARY = Summary(
    "VOL001", 1204, 5310, (("Clerk", 1000), ("Mayor", 204)), ((Form.IMAGES, 1190), (Form.NATIVE, 10), (Form.WITHHELD, 4)),
    7, 31, (("A-0001", "A-0400"), ("A-0410", "A-5319")), (("A-0401", "A-0409", "held for exhibits"),),
)  # fmt: skip
FORM = "Documents are produced as single-page images with text and load files."
ANSWERS = (
    Answer("1", "Every edition of the manual.", Outcome.PRODUCED, (("A-0001", "A-0400"), ("A-0410", "A-0410"))),
    Answer("2", "All e-mail.", Outcome.PARTLY, (("A-0411", "A-5319"),), date(2031, 6, 1),
           (Objection("It asks for private mail.", withheld=True, reaches="mail of private accounts."), Objection("It names no period", withheld=False)),
           kept_back=4, basis="attorney-client privilege"),
    Answer("3", "The call log.", Outcome.NONE_FOUND, searched="The Clerk searched the jail's files from 2026 on for “call log”."),
    Answer("4", "Opinions.", Outcome.WITHHELD, kept_back=1, basis="work product"),
    Answer("5", "Everything.", Outcome.OBJECTED, objections=(Objection("It is not tied to any law", withheld=True),)),
    Answer("1", "Is status shared?", Outcome.ANSWERED, words="Yes; see General Order 26-04.", question=True),
)  # fmt: skip


def test_a_cover_letter_lists_custodians_counts_totals_ranges_and_gaps() -> None:
    blocks = {b.id: b.text for b in cover(SUMMARY, profile("doj-antitrust"), head=HEAD)}
    assert blocks["custodians"] == "Custodian\tRecords\nClerk\t1,000\nMayor\t204\nTotal\t1,204"
    assert blocks["ranges"] == "First\tLast\nA-0001\tA-0400\nA-0410\tA-5319"
    assert blocks["gaps"] == "First\tLast\tReason\nA-0401\tA-0409\theld for exhibits"
    assert "1,204 documents, 5,310 pages" in blocks["opening"]
    assert "4 withheld" in blocks["forms"]
    assert "7 documents are redacted" in blocks["forms"]
    assert "fields" not in blocks
    sec = {b.id: b.text for b in cover(SUMMARY, profile("sec"), head=HEAD, redactions="PII: private numbers.")}
    assert sec["fields"].startswith("FIRSTBATES, LASTBATES")
    assert sec["duplicates"].startswith("31 copies")
    assert sec["redactions"] == "PII: private numbers."
    whole = {b.id: b.text for b in cover(replace(SUMMARY, gaps=()), profile("ftc"), head=HEAD)}
    assert whole["gaps"] == "There is no gap between the first number of this volume and its last."


SAID = {
    "request-1": "The City produces the responsive documents, numbered A-0001 through A-0400, A-0410.",
    "request-2": "Objection 1: It asks for private mail. It goes to this part of the request alone: mail of private accounts. "
    "The City withholds responsive documents on this objection.\n\n"
    "Objection 2: It names no period. Nothing is withheld on this objection.\n\n"
    "The City will produce the documents that answer the rest of the request by June 1, 2031; what is numbered A-0411 "
    "through A-5319 is produced already.\n\n"
    "4 responsive documents are withheld or redacted as privileged (attorney-client privilege); the privilege log lists each.",
    "request-3": "The City found no responsive document in its possession, custody or control.\n\n"
    "How it was searched: The Clerk searched the jail's files from 2026 on for “call log”.",
    "request-4": "1 responsive document is withheld or redacted as privileged (work product); the privilege log lists it.",
    "request-5": "Objection: It is not tied to any law. The City withholds responsive documents on this objection.",
    "question-1": "Yes; see General Order 26-04.",
}


@pytest.mark.parametrize("block", SAID)
def test_each_item_is_answered_by_itself(block: str) -> None:
    blocks = {b.id: b.text for b in response(ANSWERS, head=HEAD, form=FORM)}
    assert blocks[block] == SAID[block]
    assert blocks["form"] == FORM


def test_a_response_that_lacks_nothing_has_no_flaw() -> None:
    assert list(flaws(ANSWERS, form=FORM)) == []


LACKS = [
    (Answer("1", "x", Outcome.PRODUCED), "neither what is produced nor by when"),
    (Answer("1", "x", Outcome.OBJECTED), "without an objection"),
    (Answer("1", "x", Outcome.OBJECTED, objections=(Objection("Too broad", None),)), "whether anything is withheld"),
    (Answer("1", "x", Outcome.OBJECTED, objections=(Objection(" ", withheld=True),)), "no grounds"),
    (Answer("1", "x", Outcome.PARTLY, (("A", "B"),), objections=(Objection("x", withheld=True),)), "to which part"),
    (
        Answer("1", "x", Outcome.PARTLY, objections=(Objection("x", withheld=True, reaches="y"),)),
        "neither produced nor promised",
    ),
    (Answer("1", "x", Outcome.WITHHELD), "no basis or no count"),
    (Answer("1", "x", Outcome.NONE_FOUND), "how it was searched"),
    (Answer("1", "x", Outcome.ANSWERED, question=True), "Question 1: the question is not answered"),
]


@pytest.mark.parametrize(("answer", "what"), LACKS)
def test_what_the_rule_asks_for_and_is_lacking_is_told(answer: Answer, what: str) -> None:
    assert any(what in flaw for flaw in flaws([answer], form=FORM))


def test_a_response_without_a_form_of_production_says_so() -> None:
    assert next(flaws([], form=" ")).startswith("the form of production is not said")


def test_a_letter_is_printed_the_same_in_every_format() -> None:
    for blocks in (response(ANSWERS, head=HEAD, form=FORM), cover(SUMMARY, profile("sec"), head=HEAD)):
        letter = sheet(begun(blocks), HEAD, at=AT)
        text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(to_pdf(letter)))
        word = docx.Document(io.BytesIO(to_docx(letter)))
        words = " ".join(p.text for p in word.paragraphs) + " ".join(
            c.text for t in word.tables for r in t.rows for c in r.cells
        )
        flat, plain = "".join(text.split()), "".join(words.split())
        for cell in (c for b in blocks for line in b.text.split("\n") for c in line.split("\t")):
            assert "".join(cell.split()) in plain
        assert "A-5319" in flat
        assert b"A-5319" in to_html(letter)
        assert to_pdf(letter) == to_pdf(letter)


def test_a_block_that_was_struck_out_is_not_printed() -> None:
    draft = tuple(replace(h, text="") if h.id == "form" else h for h in begun(response(ANSWERS, head=HEAD, form=FORM)))
    assert FORM.encode() not in to_html(sheet(draft, HEAD, at=AT))
