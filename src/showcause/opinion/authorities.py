"""The printed strings of an opinion in, its table of authorities out: what the strings cite, no more and no less."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
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
REPORTER = re.compile(r"\b(\d+) ([A-Z][\w.’' ]*?) (\d+)\b")
SUBDIVISIONS = re.compile(r"(?:\(\w{1,5}\))+(?:[,–-].*)?$")
GAP = "\n\n\n"


class Cited(Protocol):
    """A citation in a text: its place, in characters, and its form to print."""

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


def _cited(strings: Sequence[str], known: Iterable[str], scan: Scan) -> Iterator[tuple[int, str, str]]:
    """Which string cites what: the scanner's citations, and authorities without a reporter by their own words."""
    starts = [0, *accumulate(len(s) + len(GAP) for s in strings)]
    cases = {key: name for name in known if (key := _reporter(name))}
    for one in scan(GAP.join(strings)):
        place = bisect_right(starts, one.end - 1) - 1
        yield place, GROUPS.get(str(one.kind), OTHER), _form(one, cases)
    for name in known:
        if not _reporter(name) and not list(scan(name)):
            yield from ((n, OTHER, name) for n, text in enumerate(strings) if name in text)


def _form(one: Cited, cases: dict[str, str]) -> str:
    """The form to print: a case as the law's pack names it, a statute without the subdivisions pointed to."""
    if str(one.kind) == "case":
        key = _reporter(one.normal)
        return cases.get(key, one.normal) if key else one.normal
    return SUBDIVISIONS.sub("", one.normal)


def _reporter(citation: str) -> str | None:
    """Volume, reporter and page, if the citation has them and is no section of a code."""
    found = REPORTER.search(citation)
    return " ".join(found.groups()) if found and "§" not in citation and "," in citation else None
