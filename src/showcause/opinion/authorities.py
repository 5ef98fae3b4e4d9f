"""The printed strings of an opinion in, its table of authorities out: what the strings cite, no more and no less."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Protocol

from showcause.core import Case
from showcause.opinion.tree import Listed

GROUPS = {
    "case": "Cases",
    "constitution": "Constitutions",
    "statute": "Statutes",
    "regulation": "Regulations",
    "rule": "Rules",
    "local": "Local law",
}
OTHER = "Agency papers and other authorities"
SUBDIVISIONS = re.compile(r"(?:\(\w{1,5}\))+(?:[,–-].*)?$")
REPORTER = re.compile(r"\d+ [A-Z][^\n]* \d+")
GAP = "\n\n■\n\n"  # what no citation reaches across


class Cited(Protocol):
    """A citation in a text: its place, in characters, and its form to print."""

    @property
    def start(self) -> int:
        """The offset of its first character."""

    @property
    def end(self) -> int:
        """The offset after its last character."""

    @property
    def normal(self) -> str:
        """The form to print."""

    @property
    def kind(self) -> str:
        """One of the keys of GROUPS."""


Scan = Callable[[str], Iterable[Cited]]


def listed(strings: Sequence[str], case: Case, scan: Scan | None = None) -> tuple[Listed, ...]:
    """Every authority that the strings cite, by group and then by name, with the places of the strings that do."""
    known = dict.fromkeys(a.citation for law in case.laws for r in law.readings for a in r.authorities)
    at: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, group, words in _cited(strings, known, scan or _citations()):
        at[group, words].add(place)
    order = [*GROUPS.values(), OTHER]
    lines = sorted(at.items(), key=lambda one: (order.index(one[0][0]), one[0][1].casefold()))
    return tuple(Listed(group, words, tuple(sorted(places))) for (group, words), places in lines)


def _citations() -> Scan:
    from showcause.ask.citation import citations

    return citations


def _cited(strings: Sequence[str], known: Collection[str], scan: Scan) -> Iterator[tuple[int, str, str]]:
    """Which string cites what: the authorities of the laws' readings by their own words, the rest by the scanner."""
    once = list(dict.fromkeys(strings))
    places: dict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(strings):
        places[text].append(n)
    starts = [0, *accumulate(len(s) + len(GAP) for s in once)]
    whole = GAP.join(once)
    named = list(_named(whole, known))
    found = [(end, OTHER if " v. " not in name else GROUPS["case"], name) for _, end, name in named]
    cases = {name.rpartition(", ")[2]: name for name in known if " v. " in name}
    found += [
        (one.end, GROUPS.get(str(one.kind), OTHER), _form(one, cases))
        for one in scan(whole)
        if _names_one(one, whole) and not any(one.start < end and start < one.end for start, end, _ in named)
    ]
    for end, group, words in found:
        for place in places[once[bisect_right(starts, end - 1) - 1]]:
            yield place, group, words


def _names_one(one: Cited, text: str) -> bool:
    """Whether the words name an authority: a party's name alone, which a scanner of cases may take for a case, does not."""
    words = text[one.start : one.end]
    return str(one.kind) != "case" or " v. " in words or bool(REPORTER.search(words))


def _named(text: str, known: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where the text names an authority as a law's pack does; a section of a code is left to the scanner."""
    for name in known:
        if "§" not in name:
            yield from ((m.start(), m.end(), name) for m in re.finditer(re.escape(name), text))


def _form(one: Cited, cases: Mapping[str, str]) -> str:
    """The form to print: a case as the law's pack names it, a statute without the subdivisions pointed to."""
    if str(one.kind) == "case":
        return next((name for key, name in cases.items() if key in one.normal), one.normal)
    return SUBDIVISIONS.sub("", one.normal)
