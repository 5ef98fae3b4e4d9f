"""Bates numbers have no gap that is not told and no double, over volumes, interruptions, reservations, replacements."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.errors import BadInput
from showcause.produce.bates import Kept, Ledger, Series, Span

SERIES = Series("ABC-", 6)
PAGES = st.integers(1, 9)
VOLUME = st.lists(st.lists(PAGES, min_size=1, max_size=4), max_size=5)
RESERVED = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 12)), max_size=4)


def named(volumes: list[list[list[int]]]) -> list[tuple[str, list[list[tuple[str, int]]]]]:
    return [
        (f"V{v}", [[(f"D{v}.{f}.{m}", pages) for m, pages in enumerate(family)] for f, family in enumerate(families)])
        for v, families in enumerate(volumes)
    ]


def with_reserved(blocks: list[tuple[int, int]]) -> Ledger:
    ledger = Ledger(SERIES)
    for first, count in blocks:
        try:
            ledger = ledger.reserve(Span(first, first + count - 1), "held for exhibits")
        except BadInput:
            continue
    return ledger


def numbers(spans) -> list[int]:
    return [n for span in spans for n in range(span.first, span.last + 1)]


@given(st.lists(VOLUME, max_size=4), RESERVED, st.data())
@settings(max_examples=150, deadline=None)
def test_every_number_is_used_once_set_aside_or_void_over_broken_runs(volumes, blocks, data) -> None:
    ledger = with_reserved(blocks)
    for volume, families in named(volumes):
        cut = data.draw(st.integers(0, len(families)))
        broken = ledger.allot(volume, families[:cut])  # a run that stopped after so many families
        resumed = broken.allot(volume, families)
        assert resumed == ledger.allot(volume, families)
        assert resumed.allot(volume, families) == resumed
        for family in families:
            spans = [resumed.of[d].span for d, _ in family]
            assert [s.count for s in spans] == [p for _, p in family]
            assert all(b.first == a.last + 1 for a, b in itertools.pairwise(spans))
        ledger = resumed
    taken = numbers(t.span for t in ledger.taken)
    void, reserved = numbers(k.span for k in ledger.void), numbers(k.span for k in ledger.reserved)
    used = [*taken, *void, *reserved]
    assert len(used) == len(set(used))
    assert set(range(SERIES.start, ledger.last + 1)) <= set(used)
    assert taken == sorted(taken)


@given(st.lists(VOLUME, min_size=1, max_size=3), RESERVED)
@settings(deadline=None)
def test_ranges_and_gaps_of_a_volume_are_all_its_numbers(volumes, blocks) -> None:
    ledger = with_reserved(blocks)
    for volume, families in named(volumes):
        ledger = ledger.allot(volume, families)
    for volume, families in named(volumes):
        if not families:
            assert ledger.ranges(volume) == ledger.gaps(volume) == ()
            continue
        runs, gaps = numbers(ledger.ranges(volume)), numbers(k.span for k in ledger.gaps(volume))
        assert sorted(runs + gaps) == list(range(min(runs), max(runs) + 1))
        assert sum(p for family in families for _, p in family) == len(runs)


def test_volumes_run_on_and_a_family_is_not_cut_by_a_reserved_range() -> None:
    ledger = Ledger(SERIES).allot("V1", [[("a", 3)]]).reserve(Span(6, 8), "exhibits")
    ledger = ledger.allot("V2", [[("b", 1), ("c", 2)], [("d", 1)]])
    assert {d: t.span for d, t in ledger.of.items()} == {
        "a": Span(1, 3),
        "b": Span(9, 9),
        "c": Span(10, 11),
        "d": Span(12, 12),
    }
    assert ledger.void == (Kept(Span(4, 5), "too few numbers in a row before a reserved range"),)
    assert ledger.gaps("V2") == ()
    ledger = ledger.allot("V3", [[("e", 1)]]).allot("V2", [[("f", 1)]])
    assert ledger.gaps("V2") == (Kept(Span(13, 13), "V3"),)


def test_a_replacement_stands_under_the_old_numbers_and_uses_none_up() -> None:
    ledger = Ledger(SERIES).allot("V1", [[("a", 3)], [("b", 1)]])
    again = ledger.replacement("R1", [("a", 1)])
    assert again.of["a"].volume == "R1"
    assert again.ranges("R1") == (Span(1, 3),)
    assert again.replacement("R1", [("a", 1)]) == again
    assert again.allot("V2", [[("c", 1)]]).of["c"].span == Span(5, 5)


REFUSED = [
    (lambda led: led.allot("V2", [[("a", 3)]]), "a: was produced in V1 already, as ABC-000001"),
    (lambda led: led.allot("V1", [[("a", 4)]]), "a: has 4 pages, and 3 numbers in V1"),
    (lambda led: led.allot("V1", [[("a", 3), ("x", 1)]]), "x: joined a family of V1 that has its numbers already"),
    (lambda led: led.allot("V2", [[("x", 1)], [("x", 1)]]), "x: comes twice"),
    (lambda led: led.allot("V2", [[("x", 0)]]), "x: has no page"),
    (lambda led: led.allot("V2", [[("x", 10**6)]]), "needs more than 6 digits"),
    (lambda led: led.reserve(Span(3, 9), "x"), "ABC-000003: is used twice"),
    (lambda led: led.replacement("R", [("a", 4)]), "4 pages can't stand under the 3 numbers from ABC-000001"),
    (lambda led: led.replacement("R", [("z", 1)]), "z: was never produced"),
    (lambda _: Ledger(SERIES, reserved=(Kept(Span(0, 1), "x"),)), "no numbers from 0 to 1"),
]


@pytest.mark.parametrize(("act", "what"), REFUSED)
def test_what_would_double_or_lose_a_number_is_refused(act, what: str) -> None:
    with pytest.raises(BadInput) as refused:
        act(Ledger(SERIES).allot("V1", [[("a", 3)]]))
    assert what in str(refused.value)


@pytest.mark.parametrize(
    ("prefix", "width", "start"), [("A B", 4, 1), ("A1", 4, 1), ("A", 0, 1), ("A", 2, 100), ("é", 4, 1)]
)
def test_a_series_that_could_be_misread_is_refused(prefix: str, width: int, start: int) -> None:
    with pytest.raises(BadInput):
        Series(prefix, width, start)


def test_a_name_is_read_back_in_its_case_alone() -> None:
    assert SERIES.name(42) == "ABC-000042"
    assert SERIES.number("ABC-000042") == 42
    for bad in ("abc-000042", "ABC-42", "ABC-0000042", "ABC-00004²", "XABC-000042"):
        with pytest.raises(BadInput):
            SERIES.number(bad)
