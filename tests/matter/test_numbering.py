"""Bates numbers have no gap and no double, whatever runs are killed, taken up again or passed by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from showcause.matter import numbering
from showcause.matter.numbering import BEGUN, LOST, MADE, Claimed
from showcause.store import Event

AT = datetime(2031, 1, 1, tzinfo=UTC)


@dataclass
class Kept:
    """As much of a store as a ledger is read from."""

    said: list[Event[Any]] = field(default_factory=list)

    def event(self, kind: str, about: str, value: Any) -> None:
        self.said.append(Event(kind, about, value, AT, "k.ito"))

    def events(self, kind: str, of: type[Any], *, about: str | None = None) -> tuple[Event[Any], ...]:
        del of
        return tuple(e for e in self.said if e.kind == kind and about in (None, e.about))


RUNS = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),  # the volume
        st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), min_size=1, max_size=4),  # pages by family
        st.booleans(),  # whether it is killed after its claim
    ),
    max_size=12,
)


@given(RUNS, st.none() | st.tuples(st.integers(1, 30), st.integers(0, 9)))
def test_every_number_up_to_the_last_is_one_thing(
    runs: list[tuple[str, list[list[int]], bool]], aside: tuple[int, int] | None
) -> None:
    store = Kept()
    if aside:
        store.event(numbering.RESERVED, "X-", numbering.Reserved(aside[0], sum(aside), "for the board"))
    plans: dict[str, list[list[int]]] = {}
    for volume, pages, killed in runs:
        if any(e.about == volume for e in store.events(MADE, dict)):
            continue
        plan = plans.setdefault(volume, pages)  # a run that goes on has the same documents
        before = numbering.ledger(store, "X-", volume=volume)  # type: ignore[arg-type] # as much as is asked of it
        named = [[(f"{volume}{n}.{m}", count) for m, count in enumerate(family)] for n, family in enumerate(plan)]
        after = before.allot(volume, named)
        store.event(BEGUN, volume, numbering.claimed(after, volume=volume, replaces=False))
        if not killed:
            store.event(MADE, volume, {})
    book = numbering.ledger(store, "X-")  # type: ignore[arg-type] # the same
    spans = [t.span for t in book.taken] + [k.span for k in book.void]
    spans += [k.span for k in book.reserved]
    numbers = sorted(n for span in spans for n in range(span.first, span.last + 1) if n <= book.last)
    assert numbers == list(range(1, book.last + 1))
    assert not any(k.why == LOST for k in book.void), "what is claimed stays its volume's"
    for event in store.events(BEGUN, Claimed):
        mine = [t.span.first for t in book.taken if t.volume == event.about]
        assert mine == sorted(mine)


def test_a_claim_that_nobody_passed_is_given_again() -> None:
    store = Kept()
    first = numbering.ledger(store, "X-", volume="A")  # type: ignore[arg-type] # as much as is asked of it
    grown = first.allot("A", [[("one", 3)]])
    store.event(BEGUN, "A", numbering.claimed(grown, volume="A", replaces=False))
    again = numbering.ledger(store, "X-", volume="A")  # type: ignore[arg-type] # the same
    assert again.allot("A", [[("two", 2)]]).last == 2
    other = numbering.ledger(store, "X-", volume="B")  # type: ignore[arg-type] # the same
    assert other.allot("B", [[("three", 1)]]).of["three"].span.first == 4
