"""Matters under the same laws in, the same requirement side by side over their bodies out, per reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from showcause import matter as matters
from showcause.core import RECORD, Finding, Law, Passage, Requirement, Verdict, settle
from showcause.errors import NotFound
from showcause.matter import Matter
from showcause.settings import Settings

SHOWN = 2  # passages that a cell shows


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a record that decide, with the document that they stand in."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What a body's record comes to on one requirement under one reading."""

    verdict: Verdict
    why: str
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One body: its cells by requirement and reading; none for what was not judged yet."""

    matter: str
    body: str
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The laws' requirements and readings in their order, and a line a body in the order of names."""

    requirements: tuple[tuple[Law, Requirement], ...]
    readings: Mapping[str, tuple[str, ...]]  # of a law, by its id
    lines: tuple[Line, ...]

    def columns(self) -> tuple[tuple[Requirement, str], ...]:
        """Each requirement with each reading of its law."""
        return tuple((r, reading) for law, r in self.requirements for reading in self.readings[law.id])

    def parts(self, requirement: str) -> bool:
        """Whether the bodies, or the readings for one body, come to different verdicts on a requirement."""
        return len({c.verdict for line in self.lines for (r, _), c in line.cells.items() if r == requirement}) > 1

    def as_json(self) -> list[dict[str, Any]]:
        """A row per body, requirement and reading, as JSON values."""
        return [
            {
                "matter": line.matter,
                "body": line.body,
                "requirement": requirement,
                "reading": reading,
                "verdict": cell.verdict.value,
                "why": cell.why,
                "cites": [{"document": q.document, "text": q.text} for q in cell.quoted],
            }
            for line in self.lines
            for (requirement, reading), cell in line.cells.items()
        ]


def compare(places: Sequence[Path], *, settings: Settings, only: Iterable[str] = ()) -> Comparison:
    """The bodies of these matters side by side, on all requirements or on those of `only`.

    Raises NotFound where a requirement named is in no matter's laws.
    """
    laws: dict[str, Law] = {}
    lines = []
    for place in places:
        with matters.find(place, settings=settings) as opened:
            for law in opened.laws():
                laws.setdefault(law.id, law)
            lines.append(line(opened))
    wanted = tuple(only)
    known = {r.id for law in laws.values() for r in law.requirements}
    if missing := next((one for one in wanted if one not in known), None):
        raise NotFound(f"{missing}: no requirement of these matters; there are {', '.join(sorted(known))}")
    chosen = tuple((law, r) for law in laws.values() for r in law.requirements if not wanted or r.id in wanted)
    ids = {r.id for _, r in chosen}
    kept = [Line(one.matter, one.body, {k: c for k, c in one.cells.items() if k[0] in ids}) for one in lines]
    readings = {law.id: tuple(r.id for r in law.judged()) for law in laws.values()}
    return Comparison(chosen, readings, tuple(sorted(kept, key=lambda one: (one.body, one.matter))))


def line(one: Matter) -> Line:
    """What an open matter's record comes to, a person's word above the judges'."""
    held: dict[tuple[str, str], list[Finding]] = {}
    for finding in one.exchange.store.findings(about=RECORD.id):
        held.setdefault((finding.question, finding.reading), []).append(finding)
    return Line(str(one.root), one.respondent, {key: _cell(found) for key, found in held.items()})


def _cell(found: Sequence[Finding]) -> Cell:
    verdict = settle(found)
    first = next((f for f in found if f.verdict is verdict), found[0])
    return Cell(verdict, first.why, tuple(_quoted(cite) for cite in first.cites[:SHOWN]))


def _quoted(cite: Passage) -> Quoted:
    return Quoted(cite.doc.name, cite.text)
