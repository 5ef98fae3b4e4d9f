"""The volumes begun and made as the store has them in, the ledger of a series out; so a killed run costs no number.

A volume claims its numbers before anything is written under them. A claim that is last in its series and was never made
is given again to whoever comes next; one that others have passed becomes a gap with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from showcause.errors import BadInput
from showcause.produce import Ledger, Series, Span
from showcause.produce.bates import Kept, Taken
from showcause.store import Store

BEGUN, MADE, RESERVED = "volume begun", "volume made", "numbers reserved"


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
    made = {e.about for e in store.events(MADE, dict)}
    digits = begun[0].value.width if begun else width or 7
    if width and width != digits:
        raise BadInput(f"{prefix}: its numbers have {digits} digits, not {width}")
    series = Series(prefix, digits, begun[0].value.start if begun else 1)
    book = Ledger(series)
    for one in store.events(RESERVED, Reserved, about=prefix):
        book = book.reserve(Span(one.value.first, one.value.last), one.value.why)
    latest = {e.about: place for place, e in enumerate(begun)}
    for place, event in enumerate(begun):
        current = latest[event.about] == place
        book = _with(book, event.about, event.value, stands=current or event.about in made)
    if volume not in made:
        book = _freed(book, volume)
    return book


def claimed(before: Ledger, after: Ledger, *, volume: str, replaces: bool) -> Claimed:
    """What a volume takes of a ledger that grew."""
    mine = [t for t in after.taken if t.volume == volume]
    series = after.series
    void = tuple((k.span.first, k.span.last) for k in after.void if k not in before.void)
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


def _with(book: Ledger, volume: str, claim: Claimed, *, stands: bool) -> Ledger:
    """The ledger with a claim; one that another of the same volume took the place of leaves only what nobody used since."""
    if not stands:
        return book
    void = tuple(Kept(Span(*span), "too few numbers in a row before a reserved range") for span in claim.void)
    grown = [*book.taken, *taken(volume, claim)]
    spans = sorted(t.span for t in grown if not t.replaces)
    used = [*spans, *(k.span for k in (*book.reserved, *book.void, *void))]
    return replace(book, taken=tuple(grown), void=(*book.void, *void, *_lost(sorted(used), book.series.start)))


def _lost(used: Sequence[Span], start: int) -> list[Kept]:
    """The numbers before the last used that nobody has: those of a volume that was begun, passed by and never made."""
    out, at = list[Kept](), start
    for span in used:
        if span.first > at:
            out.append(Kept(Span(at, span.first - 1), "set aside for a volume that was not made"))
        at = max(at, span.last + 1)
    return out


def _freed(book: Ledger, volume: str) -> Ledger:
    """The ledger without the claim of this volume, where nothing stands behind it."""
    mine = [t for t in book.taken if t.volume == volume]
    others = [t.span.last for t in book.taken if t.volume != volume]
    if mine and max(others, default=0) > min(t.span.first for t in mine) and not any(t.replaces for t in mine):
        return book
    floor = max(others, default=book.series.start - 1)
    void = tuple(k for k in book.void if k.span.last < floor) if mine and not mine[0].replaces else book.void
    return replace(book, taken=tuple(t for t in book.taken if t.volume != volume), void=void)
