"""Where a rule says that more is said elsewhere it excepts nothing, and where a text says what it leaves alone it bans nothing."""

from __future__ import annotations

import pytest
from alone import verdict

ASKING = ("ca/gov-7284.6", "inquire", "plain")
TELLING = ("us/8-usc-1373", "a", "broad")


@pytest.mark.parametrize(
    "where",
    [
        " as provided in Section 9.4",
        ", as provided in Section 9.4",
        " as set out in Section 2",
        " as stated in the training manual",
        " as required by Section 4",
        " as may be set out in Appendix B",
    ],
)
def test_where_more_is_said_is_no_exception(where):
    assert verdict(f"Deputies shall not ask a person about his or her immigration status{where}.", ASKING) == "complies"
    assert verdict(f"Officers shall not give immigration status to ICE{where}.", TELLING) == "conflict"
    opened = where.strip(", ").capitalize()
    assert verdict(f"{opened}, officers shall not give immigration status to ICE.", TELLING) == "conflict"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (" except as provided in Section 9.4", "unclear"),
        (" as otherwise provided in Section 9.4", "unclear"),
        (" except as otherwise provided by law", "complies"),
        (" as permitted by federal law", "complies"),
        (" as provided by state law", "complies"),
        (" as required by law", "conflict"),
    ],
)
def test_what_excepts_still_excepts(where, said):
    assert verdict(f"Officers shall not give immigration status to ICE{where}.", TELLING) == said


IDLE = [
    "Nothing in this rule affects parking.",
    "Nothing here changes the dress code.",
    "No provision of this order applies to volunteers.",
    "No part of this section concerns overtime.",
    "None of this applies to parking.",
    "Nothing in these pages alters shift times.",
    "No rule here touches on leave.",
    "Nothing above limits overtime.",
    "(c) Nothing in this rule affects parking.",
]


@pytest.mark.parametrize("idle", IDLE)
@pytest.mark.parametrize(
    ("words", "said", "of"),
    [
        ("Officers may share a person's immigration status with ICE.", "complies", TELLING),
        ("Officers shall not share a person's immigration status with ICE.", "conflict", TELLING),
        ("Deputies may ask a person about immigration status.", "conflict", ASKING),
        ("Deputies shall not ask a person about immigration status.", "complies", ASKING),
    ],
)
def test_what_a_text_leaves_alone_turns_no_rule(words, said, of, idle):
    assert verdict(f"{words} {idle}", of) == said


@pytest.mark.parametrize(
    "words",
    [
        "What do they get of a person's immigration status when ICE calls? Nothing.",
        "Release dates may be given to ICE. No immigration status.",
        "ICE asks for immigration status now and then. Nothing to them.",
    ],
)
def test_a_short_denial_still_bans(words):
    assert verdict(words, TELLING) == "conflict"
