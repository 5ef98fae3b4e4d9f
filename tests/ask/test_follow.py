from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.ask.follow import follows
from showcause.core import Bond, Letter

FIRST, SECOND = date(2031, 3, 3), date(2031, 5, 4)
KINDS = Path(__file__).parent / "letters" / "kinds"


def letter(day: date) -> Letter:
    return Letter("A. Writer", "Bureau", (), day, None, None, (), (), (), (), None, None)


EARLIER = (letter(FIRST), letter(SECOND))


@pytest.mark.parametrize(
    ("words", "bond", "dated", "requests", "by", "meant"),
    [
        ("This letter follows my letter of March 3.", Bond.FOLLOWS, FIRST, (), None, 0),
        ("Further to our request of 4 May 2031, we write again.", Bond.FOLLOWS, SECOND, (), None, 1),
        ("In addition to our request of May 4, 2031, please send the log.", Bond.SUPPLEMENTS, SECOND, (), None, 1),
        ("We supplement our earlier request.", Bond.SUPPLEMENTS, None, (), None, None),
        ("This demand supersedes the subpoena issued May 4, 2031.", Bond.SUPERSEDES, SECOND, (), None, 1),
        ("The Board's letter of March 3, 2031 is withdrawn.", Bond.WITHDRAWS, FIRST, (), None, 0),
        ("Request 4 is withdrawn.", Bond.WITHDRAWS, None, ("4",), None, None),
        ("We withdraw Requests 4 through 6 and 9.", Bond.WITHDRAWS, None, ("4", "5", "6", "9"), None, None),
        ("You need not answer Request No. 2.", Bond.WITHDRAWS, None, ("2",), None, None),
        ("Item A replaces Request 2 of our letter of May 4, 2031.", Bond.SUPERSEDES, SECOND, ("2",), "A", 1),
        ("Request 3 is replaced by Request 7 below.", Bond.SUPERSEDES, None, ("3",), "7", None),
        ("Items B and C remain outstanding.", Bond.STANDS, None, ("B", "C"), None, None),
        ("My letter of June 9, 2030 has not been answered.", Bond.FOLLOWS, date(2030, 6, 9), (), None, None),
    ],
)
def test_a_word_on_an_earlier_letter_is_a_link(words, bond, dated, requests, by, meant):
    (link,) = follows(words, EARLIER)
    assert (link.bond, link.dated, link.requests, link.by, link.earlier) == (bond, dated, requests, by, meant)


@pytest.mark.parametrize(
    "words",
    [
        "Your letter of May 4, 2031 said nothing.",
        "Please answer each request in full.",
        "The order of March 3, 2031 follows the statute.",
        "Produce the letters described in Request 4.",
        "",
    ],
)
def test_what_is_no_word_on_an_earlier_letter_is_no_link(words):
    assert follows(words, EARLIER) == ()


def test_two_words_on_requests_in_one_sentence_are_two_links():
    links = follows("Requests 1 and 2 stand; Request 3 is withdrawn.", EARLIER)
    assert [(k.bond, k.requests) for k in links] == [(Bond.STANDS, ("1", "2")), (Bond.WITHDRAWS, ("3",))]


def test_a_request_belongs_to_the_letter_that_the_paper_names_or_to_the_only_one():
    for text in ("Further to my letter of May 4, 2031: Request 4 is withdrawn.", "Request 4 is withdrawn."):
        given_ = EARLIER if "May" in text else EARLIER[:1]
        assert {k.earlier for k in follows(text, given_)} == {given_.index(given_[-1])}


def test_a_letter_that_replaces_another_in_part():
    text = (KINDS / "develop" / "supersedes-in-part.txt").read_text(encoding="utf-8")
    links = follows(text, (letter(date(2032, 10, 1)),))
    assert [(k.bond, k.requests, k.by) for k in links] == [
        (Bond.SUPERSEDES, (), None),
        (Bond.FOLLOWS, (), None),
        (Bond.WITHDRAWS, ("4",), None),
        (Bond.SUPERSEDES, ("2",), "A"),
        (Bond.STANDS, ("1", "3", "5"), None),
    ]
    assert {k.earlier for k in links} == {0}


PIECES = ["Request 4", "is withdrawn", "our letter of May 4, 2031", "; ", ". ", "supersedes", "and", "stand", "Items A to C", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_each_text_is_an_exact_substring_in_its_place(pieces):
    text = " ".join(pieces)
    for link in follows(text, EARLIER):
        assert text[link.start : link.end] == link.text != ""
