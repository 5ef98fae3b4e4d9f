"""Findings on passages and documents in; what the whole record comes to under each requirement and reading out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from showcause.core import RECORD, Document, Finding, Law, Passage, Requirement, Verdict, combine, settle

BY = "duty:1"
MOST_CITES = 5
V = Verdict
SAYS = {
    V.CONFLICT: "conflicts with it",
    V.UNCLEAR: "can fairly be read both ways",
    V.COMPLIES: "keeps it",
}


def record(findings: Iterable[Finding], *, laws: Sequence[Law], at: datetime) -> tuple[Finding, ...]:
    """One finding about the whole record for each requirement and judged reading of `laws`, worst first.

    Findings of several judges on one thing are settled first (a person stands above all, disagreement is unclear); a
    passage finding that a person made replaces the judge's finding on its document where it is the only passage.
    """
    spoken: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for f in findings:
        if f.about is not RECORD:
            spoken[f.question, f.reading].append(f)
    out = []
    for law in laws:
        for requirement in law.requirements:
            out += [_whole(requirement, how.id, spoken.get((requirement.id, how.id), []), at) for how in law.judged()]
    return tuple(out)


def _whole(requirement: Requirement, reading: str, spoken: Sequence[Finding], at: datetime) -> Finding:
    settled = _settled(spoken)
    verdict = combine(v for v, _ in settled)
    deciding = [f for v, group in settled if v is verdict for f in group]
    cites = _cites(deciding, verdict)
    others = _cites([f for v, group in settled if _pulls(v, verdict) for f in group], None)
    if verdict is not V.SILENT and not cites:
        cites = _cites([f for _, group in settled for f in group], None)
    return Finding(
        requirement.id,
        RECORD,
        reading,
        verdict,
        cites,
        _why(requirement, verdict, deciding, others),
        BY,
        at,
        clashes_with=others,
        caught_between=tuple(dict.fromkeys(c for f in deciding for c in f.caught_between)),
    )


def _settled(spoken: Sequence[Finding]) -> list[tuple[Verdict, list[Finding]]]:
    """What each thing judged comes to; the passages of a document stand in its place where a person spoke on one."""
    things: dict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    for f in spoken:
        things[_thing(f)].append(f)
    people = {key[0] for key, group in things.items() if key[1] >= 0 and any(f.by.startswith("person:") for f in group)}
    out = []
    for (doc, start, _), group in things.items():
        overruled = doc in people and start < 0 and not any(f.by.startswith("person:") for f in group)
        if start >= 0 or not overruled:
            out.append((settle(group), group))
    return out


def _thing(f: Finding) -> tuple[str, int, int]:
    if isinstance(f.about, Passage):
        return (f.about.doc.id, f.about.start, f.about.end)
    return (f.about.id, -1, -1)


def _pulls(verdict: Verdict, whole: Verdict) -> bool:
    return {verdict, whole} == {V.CONFLICT, V.COMPLIES}


def _cites(findings: Iterable[Finding], verdict: Verdict | None) -> tuple[Passage, ...]:
    found = (c for f in findings if verdict is None or f.verdict is verdict or f.cites for c in f.cites)
    return tuple(dict.fromkeys(found))[:MOST_CITES]


def _why(requirement: Requirement, verdict: Verdict, deciding: Sequence[Finding], others: Sequence[Passage]) -> str:
    if verdict is V.SILENT:
        unmet = "; a duty of which the record says nothing is unmet" if requirement.duty else ""
        return f"Nothing in the record bears on this requirement{unmet}."
    names = list(dict.fromkeys(_document(f).name or _document(f).id for f in deciding))
    where = names[0] if len(names) == 1 else f"{len(names)} documents, {names[0]} first,"
    tail = " Other passages of the record pull the other way." if others else ""
    return (
        f"A passage in {where} {SAYS[verdict]}.{tail}"
        if len(names) == 1
        else f"Passages in {where} bear on it: the worst {SAYS[verdict]}.{tail}"
    )


def _document(f: Finding) -> Document:
    if isinstance(f.about, Passage):
        return f.about.doc
    return f.about if isinstance(f.about, Document) else f.cites[0].doc
