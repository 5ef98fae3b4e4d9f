"""Findings in; rows of the fixed JSON shape out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from showcause import text
from showcause.core import Document, Finding, Passage


def rows(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """A row for each finding: `{"id", "requirement", "reading", "verdict", "cites", "why", "by"}`.

    A passage's row has `"passage": {"start", "end", "section"}` too; `"confidence"`, `"clashes_with"` and
    `"caught_between"` stand where they apply. Offsets count characters of the document's text.
    """
    for f in findings:
        row: dict[str, Any] = {
            "id": _id(f),
            "requirement": f.question,
            "reading": f.reading,
            "verdict": str(f.verdict),
            "cites": [{"start": c.start, "end": c.end, "text": c.text} for c in f.cites],
            "why": f.why,
            "by": f.by,
        }
        if isinstance(f.about, Passage):
            row["passage"] = {"start": f.about.start, "end": f.about.end, "section": _section(f.about)}
        if f.confidence is not None:
            row["confidence"] = f.confidence
        if f.clashes_with:
            row["clashes_with"] = [{"start": c.start, "end": c.end} for c in f.clashes_with]
        if f.caught_between:
            row["caught_between"] = list(f.caught_between)
        yield row


def _id(f: Finding) -> str:
    return f.about.doc.id if isinstance(f.about, Passage) else f.about.id


def _section(passage: Passage) -> str:
    found = [s for s in _sections(passage.doc) if s.start <= passage.start < s.end]
    return (found[-1].number or found[-1].heading) if found else ""


@lru_cache(maxsize=32)
def _sections(document: Document) -> tuple[text.Section, ...]:
    return text.sections(text.standing(document.text), document.headings)
