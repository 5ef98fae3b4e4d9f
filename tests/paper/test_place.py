"""Where a passage stands, as a reader looks it up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.core import Document, Mark, PageMap
from showcause.paper.place import Places, beside, flowing, printable, title

DOC = Document(
    "d",
    "00",
    "pdf",
    "",
    None,
    "1.2 Calls. We tell; members shall not tell anyone. Then more.",
    PageMap((Mark(0, page=3), Mark(30, page=4))),
    "m.pdf",
    "Manual",
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We tell", "Manual, § 1.2, p. 3"),
        ("shall not tell", "Manual, § 1.2, pp. 3–4"),
        ("Then more", "Manual, § 1.2, p. 4"),
    ],
)
def test_a_passage_is_found_by_instrument_section_and_page(words, expected):
    start = DOC.text.index(words)
    assert Places().of(DOC.passage(start, start + len(words))).words == expected


@pytest.mark.parametrize(
    ("given_title", "name", "expected"),
    [
        ("Manual", "m.pdf", "Manual"),
        ("CITY OF X", "m.pdf", "m.pdf"),
        ("", "m.pdf", "m.pdf"),
        ("", "", "d"),
        ("CITY", "", "CITY"),
    ],
)
def test_a_document_is_called_by_its_title_unless_that_only_shouts(given_title, name, expected):
    assert title(replace(DOC, title=given_title, name=name)) == expected


def test_the_rest_of_the_sentence_stands_beside_a_passage():
    start = DOC.text.index("shall not")
    assert beside(DOC.passage(start, start + 9)) == ("members ", " tell anyone.")


@given(st.text())
def test_printable_keeps_length_and_can_be_encoded(text):
    assert len(printable(text)) == len(text)
    printable(text).encode()


@pytest.mark.parametrize(
    ("words", "set_as"),
    [
        ("about his or \nher status", "about his or her status"),
        ("shall not:\n(a) tell;\n(b) ask", "shall not:\n(a) tell;\n(b) ask"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("Ask for:\n• a list\n1. a card", "Ask for:\n• a list\n1. a card"),
    ],
)
def test_lines_that_a_page_broke_run_on_and_items_keep_theirs(words: str, set_as: str) -> None:
    assert flowing(words) == set_as
