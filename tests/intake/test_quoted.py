"""What a message's writer says, told from what is repeated of earlier messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.intake import quoted, web

HEADER = "From: Ana\nSent: Monday, May 5, 2031 9:00 AM\nTo: Ben\nSubject: Records"


@pytest.mark.parametrize(
    ("text", "said", "repeated"),
    [
        ("We reply.\n\nTomorrow.", ["We reply.", "Tomorrow."], []),
        ("Yes.\n\n> Do you comply?\n>\n> > We did.", ["Yes."], ["Do you comply?", "We did."]),
        ("Yes.\n> Do you comply?\nAnd gladly.", ["Yes.", "And gladly."], ["Do you comply?"]),
        ("Yes.\n\nOn Mon, 5 May 2031, Ana wrote:\n> Do you comply?", ["Yes."], ["Do you comply?"]),
        (
            "Yes.\n\nOn Mon, 5 May 2031 at 9:00 Ana Díaz\n<a@a.example> wrote:\n\n> Do you comply?",
            ["Yes."],
            ["Do you comply?"],
        ),
        ("Yes.\n\nOn May 5, 2031, Ana wrote:\n\nDo you comply?", ["Yes."], ["Do you comply?"]),
        ("Ja.\n\nAm 05.05.2031 um 09:00 schrieb Ana:\n> Wirklich?", ["Ja."], ["Wirklich?"]),
        ("As the judge wrote:\n\nMembers shall reply.", ["As the judge wrote:", "Members shall reply."], []),
        ("Yes.\n\n-----Original Message-----\n" + HEADER + "\n\nDo you comply?", ["Yes."], ["Do you comply?"]),
        ("Yes.\n\n" + HEADER + "\n\nDo you comply?\n\nAna", ["Yes."], ["Do you comply?", "Ana"]),
        ("Yes.\n\n" + HEADER.replace("\n", "\n\n") + "\n\nDo you comply?", ["Yes."], ["Do you comply?"]),
        ("FYI\n\nBegin forwarded message:\n\n> " + HEADER.replace("\n", "\n> ") + "\n>\n> Look.", ["FYI"], ["Look."]),
        ("FYI\n\n---------- Forwarded message ---------\n" + HEADER + "\n\nLook.", ["FYI"], ["Look."]),
        ("Yes.\n\n" + HEADER.replace("To: Ben", "To: Ben; Cy;\n Dee <d@a.example>") + "\n\nWhy?", ["Yes."], ["Why?"]),
        ("To: be sure\nwe asked.", ["To: be sure\nwe asked."], []),
        ("From: here\nto there.", ["From: here\nto there."], []),
    ],
)
def test_quotations_are_known_by_what_programs_put_before_them(text, said, repeated):
    given = list(quoted.paragraphs(text))
    assert [words for words, again in given if not again] == said
    assert [words for words, again in given if again] == repeated


def test_quotations_of_html_are_known_by_their_element():
    page = (
        "<p>Yes.</p><blockquote type=cite><p>Do you comply?</p><blockquote>We did.</blockquote></blockquote><p>Ana</p>"
    )
    text = web.page(quoted.marked(page), everything=True).text
    given = list(quoted.paragraphs(text))
    assert given == [("Yes.", False), ("Do you comply?", True), ("We did.", True), ("Ana", False)]
    assert quoted.unmarked(text) == "Yes.\n\nDo you comply?\n\nWe did.\n\nAna"


@pytest.mark.parametrize("other", ["we REPLY, to\nyou: 4 May!", "We  reply to you 4\nMay", "“We reply to you” – 4 May"])
def test_wrapping_case_and_marks_don_t_change_a_digest(other):
    assert quoted.apart("We reply to you: 4 May.") == quoted.apart(other)
    assert quoted.apart("We reply to you: 5 May.") != quoted.apart(other)


def test_what_one_said_is_what_the_answer_quotes():
    body = "Do you comply with the order of 4 May?\n\nPlease answer."
    answer = "Yes.\n\nOn Mon, 5 May 2031, Ana wrote:\n" + "\n".join(f"> {line}" for line in body.split("\n"))
    assert quoted.apart(answer)[1] == quoted.apart(body)[0]


LINES = st.sampled_from(
    ["", "> a", ">> b", "Words 1", "On 5 May A wrote:", "From: a", "To: b", "Subject: c", quoted.OPEN, quoted.CLOSE]
)


@given(st.lists(LINES, max_size=30))
def test_no_word_is_lost_but_those_that_introduce_a_quotation(lines):
    kept = " ".join(words for words, _ in quoted.paragraphs("\n".join(lines)))
    assert kept.split().count("Words") == lines.count("Words 1")
    assert kept.split().count("b") >= lines.count(">> b")
