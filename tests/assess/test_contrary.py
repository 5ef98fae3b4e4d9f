"""Sentences that rule, and the contraries that the program makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.assess.contrary import contrary

CASES = [
    ("The baker must date each loaf.", "The baker need not date each loaf."),
    ("A loaf shall be dated.", "A loaf need not be dated."),
    ("The baker need not date the rolls.", "The baker must date the rolls."),
    ("The baker does not have to date the rolls.", "The baker must date the rolls."),
    ("The baker must never sell stale rolls.", "The baker may sell stale rolls."),
    ("The baker cannot sell stale rolls.", "The baker may sell stale rolls."),
    ("No baker may sell stale rolls.", "Any baker may sell stale rolls."),
    ("Nobody may sell stale rolls.", "Anybody may sell stale rolls."),
    ("A customer may taste the cheese.", "A customer may not taste the cheese."),
    ("A customer is entitled to a receipt.", "A customer is not entitled to a receipt."),
    ("Dogs are allowed in the shop.", "Dogs are not allowed in the shop."),
    ("Dogs are prohibited in the shop.", "Dogs are not prohibited in the shop."),
    ("The manager may open the safe only with a witness.", "The manager may open the safe not only with a witness."),
    ("The baker is required to date each loaf.", "The baker is not required to date each loaf."),
    ("Neither the baker nor the clerk opens on Sunday.", "Both the baker and the clerk opens on Sunday."),
    ("The shop is open on Sunday.", "The shop is not open on Sunday."),
    ("The oven has a guard.", "The oven has no guard."),
    ("The baker opens at six.", ""),
    ("", ""),
]


@pytest.mark.parametrize(("sentence", "turned"), CASES)
def test_a_sentence_is_turned_into_its_contrary(sentence, turned):
    assert contrary(sentence) == turned


def test_what_must_be_need_not_be_and_back():
    assert contrary(contrary("The baker must date each loaf.")) == "The baker must date each loaf."


@given(st.text(max_size=200))
def test_any_text_has_a_contrary_or_none(words):
    assert contrary(words) != words or not words
