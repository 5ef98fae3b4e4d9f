"""What a letter does to a demand that is already there is read from the sentence that says it."""

from __future__ import annotations

from datetime import date

import pytest

from showcause.ask.errand import errands
from showcause.core import Turn

D = date.fromisoformat


@pytest.mark.parametrize(
    ("text", "what", "until", "days"),
    [
        ("We grant an extension until March 19, 2031.", Turn.EXTENDED, D("2031-03-19"), 0),
        ("Your request for more time is granted.", Turn.EXTENDED, None, 0),
        ("The time to respond is extended by fourteen days.", Turn.EXTENDED, None, 14),
        ("The Department agrees to an extension of two weeks.", Turn.EXTENDED, None, 14),
        ("You have until April 4, 2031 to answer.", Turn.EXTENDED, D("2031-04-04"), 0),
        ("The Office is unable to agree to any extension.", Turn.TIME_REFUSED, None, 0),
        ("Your request for additional time is denied.", Turn.TIME_REFUSED, None, 0),
        ("We cannot grant more time.", Turn.TIME_REFUSED, None, 0),
        ("The Department has closed its review of the County.", Turn.CLOSED, None, 0),
        ("No further response is required.", Turn.CLOSED, None, 0),
        ("This office acknowledges receipt of your letter of May 3.", Turn.ACKNOWLEDGED, None, 0),
        ("ADMINISTRATIVE SUBPOENA\n\nTo: the Clerk", Turn.SUBPOENA, None, 0),
        ("YOU ARE HEREBY COMMANDED to produce the following.", Turn.SUBPOENA, None, 0),
    ],
)
def test_a_letter_says_what_it_does(text, what, until, days):
    (found,) = errands(text)
    assert (found.what, found.until, found.days) == (what, until, days)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "If more time is granted, we will say so.",
        "Should you need an extension, ask for it before May 1.",
        "If the City does not answer, the Department will issue a subpoena.",
        "The matter may be closed once the records are here.",
        "The jail has extended visiting hours until nine.",
        "",
    ],
)
def test_what_is_only_supposed_or_meant_of_other_things_does_nothing(text):
    assert errands(text) == ()


def test_a_refusal_with_a_shorter_time_is_a_refusal():
    assert [e.what for e in errands("We deny the request for an extension. You have until May 2, 2031.")] == [
        Turn.TIME_REFUSED
    ]
