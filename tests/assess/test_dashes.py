"""What stands between a subject and its verb, in dashes, commas or brackets, and what stands before a colon, turn no rule."""

from __future__ import annotations

import pytest
from alone import verdict

ASKING = ("ca/gov-7284.6", "inquire", "plain")
TELLING = ("us/8-usc-1373", "a", "broad")
MARKS = [("\u2014", "\u2014"), (" \u2013 ", " \u2013 "), (" - ", " - "), (" -- ", " -- "), (", ", ", "), (" (", ") ")]


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize(
    "aside", ["volunteers included", "whether paid or not", "including volunteers", "sworn or civilian", "at any desk"]
)
@pytest.mark.parametrize(
    ("before", "after", "said", "of"),
    [
        ("No clerk", "may give the citizenship status of any person to ICE.", "conflict", TELLING),
        ("No clerk", "shall be prohibited from sending a person's immigration status to ICE.", "complies", TELLING),
        ("Clerks", "shall not give the citizenship status of any person to ICE.", "conflict", TELLING),
        ("Clerks", "may give the citizenship status of any person to ICE.", "complies", TELLING),
        ("No deputy", "may ask a person about immigration status.", "complies", ASKING),
        ("Deputies", "may ask a person about immigration status.", "conflict", ASKING),
    ],
)
def test_an_aside_turns_no_rule(marks, aside, before, after, said, of):
    assert verdict(f"{before}{marks[0]}{aside}{marks[1]}{after}", of) == said


@pytest.mark.parametrize("marks", MARKS[:3] + MARKS[4:5])
def test_whom_a_ban_excepts_turns_it_into_no_leave(marks):
    words = f"No clerk{marks[0]}except the registrar{marks[1]}may give a person's immigration status to ICE."
    assert verdict(words, TELLING) == "conflict"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Officers shall not \u2014 under any circumstances \u2014 give immigration status to ICE.", "conflict"),
        ("Officers may not give immigration status \u2013 not even on request \u2013 to ICE.", "conflict"),
        ("Immigration status \u2013 to ICE: no.", "conflict"),
        ("Lawyers \u2013 no. ICE \u2013 may have release dates \u2013 may not have immigration status.", "conflict"),
        ("No parking \u2013 visitors only. Officers may give immigration status to ICE.", "complies"),
    ],
)
def test_dashes_that_part_clauses_still_do(words, said):
    assert verdict(words, TELLING) == said


@pytest.mark.parametrize(
    "opening",
    [
        "To all staff: ",
        "A: ",
        "Rule 4: ",
        "Note to clerks: ",
        "Say this: ",
        "Section 3 is amended to read: \u201c",
        'Policy: "',
    ],
)
@pytest.mark.parametrize(
    ("words", "said", "of"),
    [
        ("No employee shall be prohibited from sending immigration status to ICE.", "complies", TELLING),
        ("No officer or clerk may be disciplined for sending immigration status to ICE.", "complies", TELLING),
        ("Nobody is barred from sending immigration status to ICE.", "complies", TELLING),
        ("No employee shall send immigration status to ICE.", "conflict", TELLING),
        ("No deputy is prohibited from asking a person about immigration status.", "conflict", ASKING),
        ("No deputy shall ask a person about immigration status.", "complies", ASKING),
    ],
)
def test_whom_a_rule_is_told_turns_it_into_no_answer(opening, words, said, of):
    closing = {"\u201c": "\u201d", '"': '"'}.get(opening[-1], "")
    assert verdict(f"{opening}{words}{closing}", of) == said


def test_an_answer_of_no_is_still_a_refusal():
    assert (
        verdict('When ICE asks for immigration status, say: "No, we give nothing of the kind."', TELLING) == "conflict"
    )
