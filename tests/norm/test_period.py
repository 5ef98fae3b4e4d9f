"""Words in, the periods they name and the bound that a law sets out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.norm.period import FOREVER, Bound, bound, periods


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("kept for thirty (30) days", [30]),
        ("within 10 business days", [14]),
        ("two and a half years", [912.5]),
        ("for 18 months", [547.2]),
        ("a year, then six weeks", [365, 42]),
        ("kept permanently", [FOREVER]),
        ("section 34090.5 and $40", []),
        ("at once", [0]),
    ],
)
def test_periods_in_days(words, days):
    assert [round(p.days, 1) for p in periods(words, 0, len(words))] == days


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("The log shall be kept at least two years.", Bound(730, least=True)),
        ("A log less than two years old shall not be destroyed.", Bound(730, least=True)),
        ("Within ten days the agency shall answer.", Bound(10, least=False)),
        ("The agency shall answer promptly.", None),
    ],
)
def test_the_bound_that_a_law_sets(words, limit):
    assert bound(words) == limit


@pytest.mark.parametrize(
    ("limit", "days", "kept"),
    [
        (Bound(730, least=True), 729.6, True),
        (Bound(730, least=True), 547.2, False),
        (Bound(10, least=False), 5, True),
        (Bound(10, least=False), 14, False),
    ],
)
def test_a_stricter_period_keeps_the_bound(limit, days, kept):
    assert limit.kept(days) is kept


@given(st.text(alphabet="a 12wekmonthsyrd-.(),", max_size=120))
def test_periods_stand_in_the_words(words):
    for p in periods(words, 0, len(words)):
        assert 0 <= p.span[0] < p.span[1] <= len(words)
        assert p.days >= 0
