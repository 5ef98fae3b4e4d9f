"""What counts are worth: intervals against published values, agreement, and recall from a sample of what was left."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.review import agreement, exact, recall, sample_size, upper, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 300, 0.0, 0.01222), (5, 50, 0.03328, 0.21814), (50, 50, 0.92887, 1.0), (10, 100, 0.04900, 0.17622)],
)
def test_the_exact_interval_is_clopper_and_pearsons(hits: int, of: int, low: float, high: float) -> None:
    found = exact(hits, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))


@pytest.mark.parametrize(("of", "bound"), [(300, 0.0099), (600, 0.0050), (1500, 0.0020)])
def test_no_hit_bounds_the_elusion(of: int, bound: float) -> None:
    assert upper(0, of) == pytest.approx(bound, abs=5e-5)


def test_wilsons_interval_is_as_published() -> None:
    found = wilson(5, 50)
    assert (found.low, found.high) == (pytest.approx(0.04348, abs=1e-5), pytest.approx(0.21360, abs=1e-5))


@pytest.mark.parametrize(("margin", "many"), [(0.05, 385), (0.025, 1537), (0.02, 2401)])
def test_a_large_record_needs_the_usual_samples(margin: float, many: int) -> None:
    assert sample_size(10**9, margin=margin) == many


def test_a_small_record_needs_no_more_than_itself() -> None:
    assert [sample_size(n) for n in (0, 1, 20, 1000)] == [0, 1, 20, 278]


@settings(deadline=None)
@given(st.integers(1, 400), st.data())
def test_an_interval_holds_the_share_and_bounds_are_shares(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    for found in (exact(hits, of), wilson(hits, of)):
        assert 0 <= found.low <= found.point + 1e-9
        assert found.point - 1e-9 <= found.high <= 1


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_the_bounds_are_where_the_tails_of_the_binomial_say(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    found = exact(hits, of)

    def tail(p: float, counts: range) -> float:
        return sum(math.comb(of, k) * p**k * (1 - p) ** (of - k) for k in counts)

    if hits:
        assert tail(found.low, range(hits, of + 1)) == pytest.approx(0.025, abs=1e-6)
    if hits < of:
        assert tail(found.high, range(hits + 1)) == pytest.approx(0.025, abs=1e-6)


def test_large_samples_are_no_trouble() -> None:
    found = exact(50_000, 100_000)
    assert (found.low, found.high) == (pytest.approx(0.49690, abs=1e-4), pytest.approx(0.50310, abs=1e-4))


def test_recall_comes_from_what_was_left_with_its_bounds() -> None:
    found = recall([True] * 2 + [False] * 98, population=1000, found=80, now=82)
    assert found.elusion.point == 0.02
    assert found.recall.point == pytest.approx(82 / 100)
    assert found.recall.low == pytest.approx(82 / (80 + 1000 * found.elusion.high))
    assert found.recall.high == pytest.approx(min(1.0, 82 / (80 + 1000 * found.elusion.low)))
    assert found.recall.low < found.recall.point < found.recall.high


def test_an_unfinished_sample_counts_what_is_called_and_an_empty_one_says_nothing() -> None:
    assert recall([True, None, False], population=10, found=0, now=1).judged == 2
    nothing = recall([None, None], population=10, found=5, now=5)
    assert (nothing.recall.low, nothing.recall.high) == (pytest.approx(5 / 15), 1.0)


def test_what_is_read_whole_is_not_estimated() -> None:
    found = recall([True, False, False], population=3, found=1, now=2)
    assert (found.recall.low, found.recall.point, found.recall.high) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("pairs", "share", "kappa"),
    [
        ([], 0.0, None),
        ([("r", "r")] * 3, 1.0, None),
        ([("r", "r")] * 20 + [("r", "n")] * 5 + [("n", "r")] * 10 + [("n", "n")] * 15, 0.7, 0.4),
    ],
)
def test_agreement_is_share_and_kappa(pairs: list[tuple[str, str]], share: float, kappa: float | None) -> None:
    found = agreement(pairs)
    assert found.share == pytest.approx(share)
    assert found.kappa == (None if kappa is None else pytest.approx(kappa))
