"""A query's tree and an index in, the documents that fit out, best first, with the exact places of every hit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from showcause.find import segment
from showcause.find.query import And, Dated, Every, Near, Node, Not, Or, Phrase, Word, leaves, parse, spoken
from showcause.find.segment import NO_DAY, PART, Array, Segment
from showcause.find.words import Words

_FIRST = np.zeros(0, np.int64)
K, B = 1.2, 0.75  # of the ranking by BM25 (Robertson, Zaragoza 2009)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that fits: how well, in how many places, and where in its text (characters); fields have no place."""

    document: str
    score: float
    hits: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: the query as understood, documents and hits in all, with families, and the documents asked for.

    `documents` are the ids of all that fit, best first; `with_families` counts them with everything that hangs together
    with one of them.
    """

    query: str
    documents: tuple[str, ...] = field(repr=False)
    hits: int
    with_families: int
    shown: tuple[Hit, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents by number, in order, and runs of words by first and last place, in order of the first."""

    documents: Array
    first: Array = field(default_factory=lambda: _FIRST)
    last: Array = field(default_factory=lambda: _FIRST)


def search(words: Words, query: str, *, limit: int | None = None) -> Found:
    """What fits the query; the first `limit` documents come with their places. Raises BadInput for a bad query."""
    node = parse(query)
    search_ = Search(words)
    found = search_.matches(node)
    scores = search_.scores(node, found.documents)
    order = np.lexsort((-words.days[found.documents], -scores))
    ranked = found.documents[order]
    owners = words.documents(found.first)
    shown = []
    for number in ranked[:limit].tolist():
        a, b = np.searchsorted(owners, number), np.searchsorted(owners, number, side="right")
        first, last = (found.first[a:b], found.last[a:b]) if _sorted(owners) else _of(owners, number, found)
        inside = words.in_text(first) if len(first) else np.zeros(0, bool)
        spans = tuple(sorted(set(words.characters(first[inside], last[inside]))))
        score = float(scores[np.searchsorted(found.documents, number)])
        shown.append(Hit(words.ids[number], round(score, 4), len(first), spans))
    heads = np.isin(words.heads, np.unique(words.heads[found.documents])) & words.alive
    return Found(
        spoken(node), tuple(words.ids[n] for n in ranked.tolist()), len(found.first), int(heads.sum()), tuple(shown)
    )


def _sorted(owners: Array) -> bool:
    return bool(np.all(owners[1:] >= owners[:-1]))


def _of(owners: Array, number: int, found: Matches) -> tuple[Array, Array]:
    mine = owners == number
    return found.first[mine], found.last[mine]


class Search:
    """One index asked; a word or phrase that comes twice is looked up once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[Node, Matches] = {}

    def matches(self, node: Node) -> Matches:
        """The documents of the record that fit a tree, and its hits in them."""
        found = self._matches(node)
        return self._within(found, found.documents[self._words.alive[found.documents]])

    def numbers(self, query: str) -> Array:
        """The documents that fit a query, by number."""
        return self.matches(parse(query)).documents

    def scores(self, node: Node, documents: Array) -> Array:
        """How well each of these documents fits: BM25 over the words and phrases looked for."""
        lengths = self._words.lengths
        mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
        total = np.zeros(len(lengths))
        for leaf in dict.fromkeys(leaves(node)):
            found = self._matches(leaf)
            many = np.bincount(self._words.documents(found.first), minlength=len(lengths)).astype(float)
            rare = np.log1p((len(lengths) - len(found.documents) + 0.5) / (len(found.documents) + 0.5))
            total += rare * many * (K + 1) / (many + K * (1 - B + B * lengths / mean))
        return np.asarray(total[documents])

    def _matches(self, node: Node) -> Matches:
        if node not in self._known:
            self._known[node] = self._look(node)
        return self._known[node]

    def _look(self, node: Node) -> Matches:
        match node:
            case Word():
                return self._at(places := self._places(node), places)
            case Phrase():
                return self._phrase(node)
            case Near():
                return self._near(node)
            case And() | Or():
                return self._joined(node)
            case _:
                return Matches(self._without(node))

    def _joined(self, node: And | Or) -> Matches:
        parts = [self._matches(one) for one in node.parts]
        whole = _union(parts)
        if isinstance(node, Or):
            return whole
        return self._within(whole, reduce(np.intersect1d, (one.documents for one in parts)))

    def _without(self, node: Dated | Not | Every) -> Array:
        """The documents that fit without any word in them."""
        if isinstance(node, Dated):
            return np.flatnonzero(self._dated(node))
        every = np.arange(len(self._words.ids))
        return np.setdiff1d(every, self._matches(node.part).documents) if isinstance(node, Not) else every

    def _at(self, first: Array, last: Array) -> Matches:
        there = np.zeros(len(self._words.ids), dtype=bool)
        there[self._words.documents(first)] = True
        return Matches(np.flatnonzero(there), first, last)

    def _within(self, found: Matches, documents: Array) -> Matches:
        wanted = np.zeros(len(self._words.ids), dtype=bool)
        wanted[documents] = True
        kept = wanted[self._words.documents(found.first)] if len(found.first) else _FIRST.astype(bool)
        return Matches(documents, found.first[kept], found.last[kept])

    def _dated(self, node: Dated) -> Array:
        days = self._words.days
        if node.unknown:
            return np.asarray(days == NO_DAY)
        first = node.first.toordinal() if node.first else 1
        last = node.last.toordinal() if node.last else np.iinfo(np.int32).max
        return np.asarray((days >= first) & (days <= last))

    def _places(self, word: Word) -> Array:
        found = [
            one.places(term) + np.int64(before) for one, before in self._words.parts() for term in _terms(one, word)
        ]
        return np.sort(np.concatenate(found)) if found else _FIRST

    def _phrase(self, phrase: Phrase) -> Matches:
        first: Array | None = None
        for step, word in enumerate(phrase.words):
            if word.letters.strip("*"):
                here = self._places(word) - step
                first = here if first is None else np.intersect1d(first, here, assume_unique=True)
        begins = _FIRST if first is None else first[first >= 0]
        ends = begins + len(phrase.words) - 1
        kept = (ends < self._end()) & self._together(begins, ends)
        return self._at(begins[kept], ends[kept])

    def _end(self) -> int:
        return sum(int(one.arrays["regions"][-1]) for one, _ in self._words.parts())

    def _together(self, first: Array, last: Array) -> Array:
        """Whether both places are in one text."""
        regions = self._words.regions
        return np.asarray(np.searchsorted(regions, first, side="right") == np.searchsorted(regions, last, side="right"))

    def _near(self, node: Near) -> Matches:
        left, right = self._matches(node.left), self._matches(node.right)
        pairs = [self._before(left, right, node.within)]
        if not node.ordered:
            pairs.append(self._before(right, left, node.within))
        if node.apart:
            taken = np.concatenate([pairs[0][0], *(two[1] for two in pairs[1:])])  # the first places of near left ones
            kept = ~np.isin(left.first, taken)
            return self._at(left.first[kept], left.last[kept])
        first, last = (np.concatenate([one[side] for one in pairs]) for side in (0, 3))
        return self._at(*_each_once(first, last))

    def _before(self, one: Matches, other: Matches, within: int) -> tuple[Array, Array, Array, Array]:
        """The pairs in which a run of `one` goes before one of `other` in the same text, at most so many words apart.

        Each run is paired with the nearest: first places of both, then last places of both.
        """
        if not len(one.first) or not len(other.first):
            return _FIRST, _FIRST, _FIRST, _FIRST
        after = np.searchsorted(other.first, one.first, side="right")
        a, b = np.flatnonzero(after < len(other.first)), after[after < len(other.first)]
        by_end = np.argsort(one.last, kind="stable")
        earlier = np.searchsorted(one.last[by_end], other.last, side="left") - 1
        c, d = by_end[earlier[earlier >= 0]], np.flatnonzero(earlier >= 0)
        x, y = np.concatenate((a, c)), np.concatenate((b, d))
        close = other.first[y] - one.last[x] <= within
        close &= (other.first[y] > one.first[x]) & (other.last[y] > one.last[x])
        x, y = x[close], y[close]
        kept = self._together(one.first[x], other.last[y])
        x, y = x[kept], y[kept]
        return one.first[x], other.first[y], one.last[x], other.last[y]


def _union(parts: Sequence[Matches]) -> Matches:
    documents = reduce(np.union1d, (one.documents for one in parts))
    first, last = (np.concatenate([getattr(one, name) for one in parts]) for name in ("first", "last"))
    return Matches(documents, *_each_once(first, last))


def _each_once(first: Array, last: Array) -> tuple[Array, Array]:
    """Runs of words in order, each once; first place and length are joined into one number, which sorts faster."""
    longest = int((last - first).max()) + 1 if len(first) else 1
    numbers = np.unique(first * longest + (last - first))
    return numbers // longest, numbers // longest + numbers % longest


# --- the terms that a word of a query stands for -------------------------------------------------


def _terms(one: Segment, word: Word) -> Sequence[int]:
    prefix = f"{word.field}{PART}".encode()
    if word.wrong:
        return _fuzzy(one, prefix, word)
    if "*" not in word.letters and "?" not in word.letters:
        number = one.number(prefix + word.letters.encode("utf-8", "surrogatepass"))
        return [] if number is None else [number]
    begins = re.split(r"[*?]", word.letters)[0]
    low, high = _range(one, prefix + begins.encode("utf-8", "surrogatepass"))
    if word.letters == begins + "*":
        return range(low, high)
    letters = "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in word.letters)
    fits = re.compile(letters)
    return [low + n for n, term in enumerate(_between(one, low, high)) if fits.fullmatch(term)]


def _range(one: Segment, prefix: bytes) -> tuple[int, int]:
    return one.first(prefix), one.first(prefix + b"\xff")


def _between(one: Segment, low: int, high: int) -> list[str]:
    """The words of some terms, without their field."""
    at = one.arrays["term_at"]
    text = bytes(one.arrays["terms"][int(at[low]) : int(at[high])]).decode("utf-8", "surrogatepass")
    return [line.partition(PART)[2] for line in text.split("\n")[:-1]]


def _fuzzy(one: Segment, prefix: bytes, word: Word) -> list[int]:
    low, high = _range(one, prefix)
    apart = np.bitwise_count(one.arrays["masks"][low:high] ^ np.uint32(segment.mask(word.letters)))
    near = (np.flatnonzero(apart <= 2 * word.wrong) + low).tolist()
    return [n for n in near if _is_like(_word(one, n), word.letters, word.wrong)]


def _word(one: Segment, number: int) -> str:
    return one.term(number).decode("utf-8", "surrogatepass").partition(PART)[2]


def _is_like(one: str, other: str, wrong: int) -> bool:
    """Whether so few letters are wrong, missing, added or swapped with their neighbour (Damerau 1964)."""
    if abs(len(one) - len(other)) > wrong:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, a in enumerate(one, start=1):
        line = [row]
        for column, b in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (a != b))
            if row > 1 and column > 1 and a == other[column - 2] and one[row - 2] == b:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > wrong:
            return False
        before, last = last, line
    return last[-1] <= wrong
