from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import tomllib
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.ask.letter import letter_rows, read_letter
from showcause.ask.paged import paged
from showcause.core import Document
from showcause.demo_papers import letter_pdf as letter_pdf_of
from showcause.demo_papers import source
from showcause.intake import read

sys.path.insert(0, str(Path(__file__).parent))
from letter_pages import LAYOUTS, letter_pdf

OWN = sorted((Path(__file__).parent / "letters").glob("*.json"))
FEWEST = 0.98  # of the requests of all letters that have to survive each layout; all do where a wrap keeps its space


def document(text: str, kind: str = "pdf", headings: tuple = ()) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(sha256[:12], sha256, kind, "", None, text, headings=headings)


def bare(words: str | None) -> str:
    return " ".join((words or "").split()).rstrip(".;,")


def asked(letter: dict) -> set[tuple[str | None, str, str]]:
    return {(r["label"], bare(r["text"]), bare(r["period"])) for r in letter["requests"]}


@pytest.mark.parametrize("spaces", ["spaces at wraps", "no spaces at wraps"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_requests_and_due_day_survive_the_pages(layout, spaces, record_property):
    found = wanted = days = 0
    lost = []
    for path in OWN:
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_suffix(".txt").read_text(encoding="utf-8")
        who = f"Letter to {(gold['addressees'] or ['those concerned'])[0]}"
        reading = read(letter_pdf(source, layout, who=who, when="May 4, 2031"), name="letter.pdf")
        text = reading.text if spaces == "spaces at wraps" else re.sub(r" +(?=[\n\f])", "", reading.text)
        got = letter_rows(read_letter(document(text)))
        assert all(text[r["start"] : r["end"]] == r["text"] for r in got["requests"])
        found += len(asked(gold) & asked(got))
        wanted += len(asked(gold))
        lost += [(path.stem, r[0], r[1][:40]) for r in asked(gold) ^ asked(got)]
        days += (gold["due"], gold["date"]) == (got["due"], got["date"])
    record_property("survived", f"{found} of {wanted} requests, {days} of {len(OWN)} days")
    assert found >= FEWEST * wanted, f"{found} of {wanted}: {lost}"
    assert days == len(OWN)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_who_writes_to_whom_survives_the_pages(layout):
    """One source breaks an addressee's line; on a page it is whole, and the rest has to be the same."""
    fields = ("sender", "sender_office", "addressees", "due_rule", "authority", "questions", "signer", "contact")
    differ = []
    for path in OWN:
        gold = json.loads(path.read_text(encoding="utf-8"))
        pdf = letter_pdf(path.with_suffix(".txt").read_text(encoding="utf-8"), layout, who="Letter", when="May 4, 2031")
        got = letter_rows(read_letter(document(read(pdf, name="letter.pdf").text)))
        for name in fields:
            a, b = ([bare(x) for x in (v if isinstance(v, list) else [v])] for v in (gold[name], got[name]))
            differ += [(path.stem, name, a, b)] if a != b else []
    assert len(differ) <= 1, differ


def mailed(text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "A Clerk <a@b.example>", "x@y.example", "Letter"
    message.set_content(text)
    return message.as_bytes()


def word_file(text: str) -> bytes:
    paper = docx.Document()
    for paragraph in re.split(r"\n[ \t]*\n+", text):
        paper.add_paragraph(paragraph.strip("\n"))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "made"), [("letter.eml", mailed), ("letter.docx", word_file)])
def test_requests_and_due_day_survive_mail_and_word(name, made):
    for path in OWN:
        gold = json.loads(path.read_text(encoding="utf-8"))
        reading = read(made(path.with_suffix(".txt").read_text(encoding="utf-8")), name=name)
        got = letter_rows(read_letter(document(reading.text, reading.kind, reading.headings)))
        assert asked(got) == asked(gold), path.stem
        assert (got["due"], got["due_rule"]) == (gold["due"], gold["due_rule"]), path.stem


HEAD = "Board of Piers\nMay 4, 2031\nTown of Pell\n1 Quay\nPell, Vale 40011\nDear Sir:\n"
LONG = "The Board keeps the piers of the Town of Pell under the Piers Act and has done so for many years now\n"
CLOSE = "Sincerely,\nAda Byrd\nClerk"


@pytest.mark.parametrize(
    ("body", "requests"),
    [
        (
            (
                "Please send us:\n1. the pier log for the years in which the eastern pier of the Town was closed to all the\n"
                "boats; and\n2. the tide tables.\n"
            ),
            [
                "the pier log for the years in which the eastern pier of the Town was closed to all the\nboats",
                "the tide tables",
            ],
        ),
        (
            (
                "Please send us:\n• the pier log for the years in which the eastern pier of the Town was closed to all the\n"
                "boats\n• the tide tables\n"
            ),
            [
                "the pier log for the years in which the eastern pier of the Town was closed to all the\nboats",
                "the tide tables",
            ],
        ),
        # furniture divides a request: the longer piece stands, never words of the page
        (
            (
                "Please send us:\n1. the pier log\n2. the tide tables that were kept by the keeper of the western pier of the Town on\n"
                "12 Example Court, Anytown, Somestate 40099\fLetter to the Town of Pell\nMay 4, 2031\nPage 2\nSundays.\n"
            ),
            ["the pier log", "the tide tables that were kept by the keeper of the western pier of the Town on"],
        ),
        # without a head or foot the break is white space
        (
            (
                "Please send us:\n1. the pier log\n2. the tide tables that were kept by the keeper of the western pier"
                " of the Town on\fSundays.\n"
            ),
            [
                "the pier log",
                "the tide tables that were kept by the keeper of the western pier of the Town on\fSundays",
            ],
        ),
        # a number at the head of a wrapped line is no list mark
        (
            (
                "Rule 9.11 of the Board binds every keeper of every pier of the Town and so does its neighbour, the new\n"
                "9.12 of that year.\nPlease send us the pier log.\n"
            ),
            ["the pier log"],
        ),
    ],
)
def test_requests_on_pages(body, requests):
    text = HEAD + LONG + "today.\n" + body + CLOSE
    got = read_letter(document(text)).requests
    assert [r.text.rstrip(";.") for r in got] == requests
    assert all(text[r.start : r.end] == r.text for r in got)


def test_a_letter_whose_paragraphs_are_apart_is_read_as_it_stands():
    text = (Path(__file__).parent / "letters" / "dev-hard-wrapped.txt").read_text(encoding="utf-8")
    assert paged(document(text, "eml")).text is text


def test_the_demand_of_the_sample_matter_is_read_from_its_pdf():
    expected = tomllib.loads(source("expected.toml"))["letter"]
    reading = read(letter_pdf_of("demand.md"), name="demand.pdf")
    got = read_letter(document(reading.text, headings=reading.headings))
    assert (got.date, got.due, got.due_rule) == (expected["date"], expected["due"], expected["due_rule"])
    assert got.sender == expected["sender"]
    assert bare(got.contact) == expected["contact"]
    assert [r.label for r in got.requests] == ["1", "2", "3", "4", "5", "6"]
    assert [bool(r.period) for r in got.requests] == [True, True, True, True, True, False]
    assert got.requests[5].text.startswith("A signed opinion of the City Attorney")
    assert len(got.questions) == expected["questions"]
    assert [c.kind.value for c in got.consequences] == expected["consequences"]
    assert set(got.authority) == {"2 C.F.R. § 200.337", "special condition 41 of the award"}
    assert got.addressees == ("The Honorable Tobias Arrowsmith-Lee",)


PIECES = [
    *HEAD.splitlines(),
    LONG.strip(),
    "1. the log;",
    "(a) the tide tables",
    "Page 2",
    "- 3 -",
    "\f",
    "\n",
    "• x",
    "Please send:",
    "within 5 days",
    "Why?",
    "Sincerely,",
    "Schedule A",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", " \n", "\f", " "])), max_size=40))
def test_every_text_on_pages_is_an_exact_substring(pieces):
    text = "".join(words + end for words, end in pieces)
    got = read_letter(document(text))
    told = [got.sender, got.sender_office, got.due_rule, got.signer, got.contact, *got.addressees, *got.authority]
    told += [*got.questions, *(c.text for c in got.consequences), *(r.period for r in got.requests)]
    assert all(words in text for words in told if words)
    assert all(text[r.start : r.end] == r.text and r.text for r in got.requests)
