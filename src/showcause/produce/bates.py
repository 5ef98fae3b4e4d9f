"""Documents with their counts of pages in, Bates numbers out, and the ledger of every number ever used.

Every number up to the last one used is exactly one of taken, reserved and void; nothing is used twice but by a
replacement, which stands under the numbers of what it replaces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from showcause.errors import BadInput

PLAIN: Final = re.compile(r"[A-Za-z0-9_.\-]*")


@dataclass(frozen=True, slots=True)
class Series:
    """How a number is written: prefix, then `width` digits with leading zeros; `start` is the first number."""

    prefix: str
    width: int = 7
    start: int = 1

    def __post_init__(self) -> None:
        if not PLAIN.fullmatch(self.prefix):
            raise BadInput(f"{self.prefix!r}: a Bates prefix holds letters, digits, '-', '_' and '.' alone")
        if self.prefix[-1:].isdigit():
            raise BadInput(f"{self.prefix!r}: a Bates prefix can't end in a digit; set a '-' behind it")
        if self.width < 1 or not 0 <= self.start < 10**self.width:
            raise BadInput(f"{self.prefix}: no number {self.start} of {self.width} digits")

    def name(self, number: int) -> str:
        """The number as it is stamped. Raises BadInput where it needs more digits than the series has."""
        if not 0 <= number < 10**self.width:
            raise BadInput(f"{self.prefix}{number}: needs more than {self.width} digits; begin a wider series")
        return f"{self.prefix}{number:0{self.width}d}"

    def number(self, name: str) -> int:
        """The number that is stamped so. Raises BadInput where `name` is not of this series; case counts."""
        digits = name.removeprefix(self.prefix)
        if not name.startswith(self.prefix) or len(digits) != self.width or not (digits.isascii() and digits.isdigit()):
            raise BadInput(f"{name}: is no number of the series {self.name(self.start)}")
        return int(digits)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Numbers from the first to the last, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Taken:
    """The numbers of a document in a volume; `replaces` where they stood on an earlier version of it already."""

    volume: str
    document: str
    span: Span
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Numbers that no document gets, and why: reserved by a person, or void."""

    span: Span
    why: str


@dataclass(frozen=True)
class Ledger:
    """Every number that was used or set aside; a value that grows by `allot`, `replacement` and `reserve` alone."""

    series: Series
    taken: tuple[Taken, ...] = ()
    reserved: tuple[Kept, ...] = ()
    void: tuple[Kept, ...] = ()

    def __post_init__(self) -> None:
        """Raises BadInput where numbers overlap."""
        spans = sorted([t.span for t in self.taken if not t.replaces] + [k.span for k in (*self.reserved, *self.void)])
        for span in spans:
            if not self.series.start <= span.first <= span.last:
                raise BadInput(f"{self.series.prefix}: no numbers from {span.first} to {span.last}")
        for before, after in pairwise(spans):
            if after.first <= before.last:
                raise BadInput(f"{self.series.name(after.first)}: is used twice")

    @cached_property
    def last(self) -> int:
        """The last number taken or void, one before the start where there is none."""
        used = [*(t.span.last for t in self.taken), *(k.span.last for k in self.void)]
        return max(used, default=self.series.start - 1)

    @cached_property
    def of(self) -> Mapping[str, Taken]:
        """The latest numbers of each document."""
        return {t.document: t for t in self.taken}

    def reserve(self, span: Span, why: str) -> Ledger:
        """The ledger with these numbers set aside. Raises BadInput where one of them is used."""
        return replace(self, reserved=(*self.reserved, Kept(span, why)))

    def allot(self, volume: str, families: Iterable[Iterable[tuple[str, int]]]) -> Ledger:
        """The ledger with numbers for every document (id and count of pages), each family in one run.

        A family that does not fit before a reserved range begins behind it, and the numbers between are void. A
        document that has its numbers in this volume keeps them, so that a run that was broken off can be run again.
        Raises BadInput where such a document now has another count of pages, where a document has numbers from another
        volume, has no page, or comes twice.
        """
        taken, void, at = [*self.taken], [*self.void], self.last + 1
        known, seen = self.of, set[str]()
        blocks = sorted(k.span for k in self.reserved)
        for family in families:
            members = list(family)
            for document, pages in members:
                _sound(document, pages, seen)
            had = [known[d] for d, _ in members if d in known]
            if had:
                self._same(volume, members, had)
                continue
            first = _free(at, sum(pages for _, pages in members), blocks)
            void += _skipped(at, first, blocks)
            at = first
            for document, pages in members:
                taken.append(Taken(volume, document, Span(at, at + pages - 1)))
                at += pages
            self.series.name(at - 1)
        return replace(self, taken=tuple(taken), void=tuple(void))

    def _same(self, volume: str, members: list[tuple[str, int]], had: list[Taken]) -> None:
        """Raises BadInput unless the whole family has its numbers from this very volume, as many as it needs."""
        counts = {t.document: t for t in had}
        for document, pages in members:
            one = counts.get(document)
            if one is None:
                raise BadInput(f"{document}: joined a family of {volume} that has its numbers already")
            if one.volume != volume:
                raise BadInput(
                    f"{document}: was produced in {one.volume} already, as {self.series.name(one.span.first)}"
                )
            if one.span.count != pages:
                raise BadInput(f"{document}: has {pages} pages, and {one.span.count} numbers in {volume}")

    def replacement(self, volume: str, documents: Iterable[tuple[str, int]]) -> Ledger:
        """The ledger with a volume whose documents (id and count of pages) stand under the numbers they had.

        A document may have fewer pages than before. Raises BadInput where it has more, or no number yet.
        """
        taken = [*self.taken]
        for document, pages in documents:
            had = self.of.get(document)
            if had is None:
                raise BadInput(f"{document}: was never produced, so there is nothing to replace")
            if pages > had.span.count:
                name = self.series.name(had.span.first)
                raise BadInput(f"{document}: {pages} pages can't stand under the {had.span.count} numbers from {name}")
            if had.volume != volume:
                taken.append(Taken(volume, document, had.span, replaces=True))
        return replace(self, taken=tuple(taken))

    def ranges(self, volume: str) -> tuple[Span, ...]:
        """The runs of numbers of a volume, in order."""
        return tuple(_runs(t.span for t in self.taken if t.volume == volume))

    def gaps(self, volume: str) -> tuple[Kept, ...]:
        """The numbers between the first and the last of a volume that are not in it, with the reason for each run."""
        runs = self.ranges(volume)
        between = [Span(a.last + 1, b.first - 1) for a, b in pairwise(runs)]
        known = [(k.span, k.why) for k in (*self.reserved, *self.void)]
        known += [(t.span, t.volume) for t in self.taken if not t.replaces and t.volume != volume]
        return tuple(_reasons(between, known))


def _sound(document: str, pages: int, seen: set[str]) -> None:
    if document in seen:
        raise BadInput(f"{document}: comes twice")
    if pages < 1:
        raise BadInput(f"{document}: has no page; not even a slip sheet")
    seen.add(document)


def _free(at: int, count: int, blocks: list[Span]) -> int:
    """The first number from `at` on with `count` free ones in a row."""
    for block in blocks:
        if block.last >= at and block.first < at + count:
            at = block.last + 1
    return at


def _skipped(at: int, first: int, blocks: list[Span]) -> Iterator[Kept]:
    """The numbers from `at` up to `first` that are not reserved."""
    for block in (*blocks, Span(first, first)):
        if at < min(block.first, first) and block.last >= at:
            why = "too few numbers in a row before a reserved range"
            yield Kept(Span(at, min(block.first, first) - 1), why)
        at = max(at, min(block.last + 1, first))


def _runs(spans: Iterable[Span]) -> Iterator[Span]:
    run: Span | None = None
    for span in sorted(spans):
        if run and span.first <= run.last + 1:
            run = Span(run.first, max(run.last, span.last))
            continue
        if run:
            yield run
        run = span
    if run:
        yield run


def _reasons(between: Iterable[Span], known: list[tuple[Span, str]]) -> Iterator[Kept]:
    """Each gap, cut where the reason for it changes; neighbours with one reason are joined."""
    known = sorted(known)
    starts = [span.first for span, _ in known]
    for gap in between:
        at, out = gap.first, list[Kept]()
        while at <= gap.last:
            span, why = known[bisect_right(starts, at) - 1]
            end = min(span.last, gap.last)
            if out and out[-1].why == why:
                out[-1] = Kept(Span(out[-1].span.first, end), why)
            else:
                out.append(Kept(Span(at, end), why))
            at = end + 1
        yield from out
