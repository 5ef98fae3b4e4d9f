from __future__ import annotations

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.intake import read
from showcause.intake.plain import characters

WORDS = "§ 5 – “No” für José"


@pytest.mark.parametrize(
    ("blob", "notes"),
    [
        (WORDS.encode(), 0),
        (WORDS.encode("utf-8-sig"), 0),
        (WORDS.encode("cp1252"), 1),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), 0),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), 0),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), 0),
    ],
)
def test_an_encoding_is_recognised_and_a_guess_is_noted(blob, notes):
    reading = read(blob, name="a.txt")
    assert reading.text == WORDS
    assert len(reading.notes) == notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(encoding):
    assert read("The city shall reply.".encode(encoding), name="a").text == "The city shall reply."


def test_broken_bytes_in_utf_8_show_and_are_noted():
    reading = read(("ü" * 20).encode() + b"\xff rest", name="a.txt")
    assert reading.text == "ü" * 20 + "\ufffd rest"
    assert reading.notes == ("not utf-8 in places, which show as U+FFFD: 1",)


@given(st.text(min_size=1))
def test_utf_8_comes_back_as_it_was_but_for_line_ends(text):
    said, notes = characters(codecs.BOM_UTF8 + text.encode())
    assert said == text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert notes == ()


def test_form_feeds_end_pages_and_blank_lines_paragraphs():
    reading = read(b"One.\r\n\r\nTwo.\n\fThree.\n \nFour.\n", name="a.txt")
    marks = [(reading.text[m.start : m.start + 3], m.page, m.paragraph) for m in reading.pages.marks]
    assert marks == [("One", 1, 1), ("Two", 1, 2), ("Thr", 2, 3), ("Fou", 2, 4)]


def test_a_text_without_form_feeds_has_no_pages():
    assert {m.page for m in read(b"One.\n\nTwo.", name="a.txt").pages.marks} == {None}


MARKDOWN = """---
title: "Records"
date: 2031-05-04
---
# Duties #

```
# not a heading
```

Retention
---------

A line.
- - -
| a |
|---|
### Notice
"""


def test_markdown_is_kept_as_it_is_with_its_headings():
    reading = read(MARKDOWN.encode(), name="a.md")
    assert reading.text == MARKDOWN
    assert [(reading.text[h.start : h.end], h.level) for h in reading.headings] == [
        ("Duties", 1),
        ("Retention", 2),
        ("Notice", 3),
    ]
    assert (reading.title, reading.date) == ("Records", date(2031, 5, 4))


def test_the_first_heading_is_the_title_of_a_markdown_file_without_front_matter():
    assert read(b"# One\n\nText.", name="a.md").title == "One"
