"""The volumes begun and made as the store has them in, the ledger of a series out; so a killed run costs no number.

A volume claims its numbers before anything is written under them. A claim that is last in its series and was never made
is given again to whoever comes next; one that others have passed becomes a gap with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from showcause.errors import BadInput
from showcause.produce import Ledger, Series, Span
from showcause.produce.bates import Kept, Taken
from showcause.store import Store

BEGUN, MADE, RESERVED = "volume begun", "volume made", "numbers reserved"
SKIPPED: Final = "too few numbers in a row before a reserved range"
LOST: Final = "set aside for a volume that was not made"


@dataclass(frozen=True, slots=True)
class Claimed:
    """The numbers of one volume: its series, and each document with its first and last; `void` are what it had to skip."""

    prefix: str
    width: int
    start: int
    replaces: bool
    documents: tuple[str, ...]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    void: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Reserved:
    """Numbers that a person set aside."""

    first: int
    last: int
    why: str


def ledger(store: Store, prefix: str, *, volume: str = "", width: int | None = None) -> Ledger:
    """The ledger of a series as it stands for whoever makes `volume` now.

    Raises BadInput where the series is written with another width.
    """
    begun = [e for e in store.events(BEGUN, Claimed) if e.value.prefix == prefix]
    digits = begun[0].value.width if begun else width or 7
    if width and width != digits:
        raise BadInput(f"{prefix}: its numbers have {digits} digits, not {width}")
    series = Series(prefix, digits, begun[0].value.start if begun else 1)
    book = Ledger(series)
    for one in store.events(RESERVED, Reserved, about=prefix):
        book = book.reserve(Span(one.value.first, one.value.last), one.value.why)
    latest = {e.about: e.value for e in begun}  # a run that goes on claims anew
    grown = [one for name, claim in latest.items() for one in taken(name, claim)]
    void = dict.fromkeys(Kept(Span(*span), SKIPPED) for claim in latest.values() for span in claim.void)
    book = replace(book, taken=tuple(grown), void=tuple(void))
    if volume not in {e.about for e in store.events(MADE, dict)}:
        book = _freed(book, volume)
    return replace(book, void=(*book.void, *_lost(book)))


def claimed(after: Ledger, *, volume: str, replaces: bool) -> Claimed:
    """What a volume takes, of the ledger that has grown by it."""
    mine = [t for t in after.taken if t.volume == volume]
    series = after.series
    void = tuple((k.span.first, k.span.last) for k in after.void if k.why == SKIPPED)
    return Claimed(
        series.prefix,
        series.width,
        series.start,
        replaces,
        tuple(t.document for t in mine),
        tuple(t.span.first for t in mine),
        tuple(t.span.last for t in mine),
        void,
    )


def taken(volume: str, claim: Claimed) -> Sequence[Taken]:
    """A claim as the ledger keeps it."""
    spans = zip(claim.documents, claim.firsts, claim.lasts, strict=True)
    return [Taken(volume, document, Span(first, last), claim.replaces) for document, first, last in spans]


def _lost(book: Ledger) -> Iterator[Kept]:
    """The numbers before the last taken that nobody has: those of a volume that was begun, passed by and never made."""
    at = book.series.start
    last = max((t.span.last for t in book.taken), default=at - 1)
    spans = [t.span for t in book.taken if not t.replaces] + [k.span for k in (*book.reserved, *book.void)]
    for span in sorted(spans):
        if at < span.first <= last:
            yield Kept(Span(at, span.first - 1), LOST)
        at = max(at, span.last + 1)


def _freed(book: Ledger, volume: str) -> Ledger:
    """The ledger without the claim of this volume, where nothing stands behind it."""
    mine = [t for t in book.taken if t.volume == volume]
    others = [t.span.last for t in book.taken if t.volume != volume]
    if mine and max(others, default=0) > min(t.span.first for t in mine) and not any(t.replaces for t in mine):
        return book
    floor = max(others, default=book.series.start - 1)
    void = tuple(k for k in book.void if k.span.last < floor) if mine and not mine[0].replaces else book.void
    return replace(book, taken=tuple(t for t in book.taken if t.volume != volume), void=void)
