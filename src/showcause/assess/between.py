"""Findings in; the same, each marked with the requirements of other laws that it breaks by keeping its own, or the reverse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from showcause.core import Document, Finding, Law, Passage, Record, Verdict


def caught(findings: Sequence[Finding], laws: Iterable[Law]) -> Iterator[Finding]:
    """Each finding; where another law's finding on the same words pulls the other way, with that requirement named."""
    pulling = [f for f in findings if f.verdict in (Verdict.CONFLICT, Verdict.COMPLIES)]
    if len({f.verdict for f in pulling}) < 2:
        yield from findings
        return
    laws = tuple(laws)
    home = {r.id: law.id for law in laws for r in law.requirements}
    known = {r.id: frozenset(how.id for how in law.judged()) for law in laws for r in law.requirements}
    beside: defaultdict[Document | Passage | Record, list[Finding]] = defaultdict(list)
    for g in pulling:
        beside[g.about].append(g)
    for f in findings:
        others = (
            [g for g in beside[f.about] if _apart(f, g, home) and _together(f, g, known)]
            if f.verdict in (Verdict.CONFLICT, Verdict.COMPLIES)
            else []
        )
        yield replace(f, caught_between=tuple(dict.fromkeys(g.question for g in others))) if others else f


def _apart(f: Finding, g: Finding, home: dict[str, str]) -> bool:
    if f.verdict is g.verdict or home[f.question] == home[g.question]:
        return False
    return any(a.start < b.end and b.start < a.end for a in f.cites for b in g.cites)


def _together(f: Finding, g: Finding, known: dict[str, frozenset[str]]) -> bool:
    """Whether both may be right at once: two laws that share a reading are read by it alike."""
    return f.reading == g.reading or not (f.reading in known[g.question] or g.reading in known[f.question])
