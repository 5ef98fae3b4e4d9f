"""A document and plain sentences as requirements in; Findings and their rows out, with every sentence ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from showcause.assess import bearing
from showcause.core import Document, Finding, Question, Verdict

BY = "duty:1"


def judge_plain(document: Document, *, questions: Sequence[Question], at: datetime) -> tuple[Finding, ...]:
    """The findings on `document` under each plain sentence of `questions`, as of `at` (UTC)."""
    return tuple(
        Finding(q.id, document, "plain", Verdict.SILENT, (), "No operative words bear on this requirement.", BY, at)
        for q in questions
    )


def plain_rows(
    document: Document, *, questions: Sequence[Question], at: datetime, rank: bool
) -> Iterator[dict[str, Any]]:
    """A row for each finding of `judge_plain`; with `rank`, each has every sentence with its score in (0, 1]."""
    from showcause.assess.rows import rows

    paper = bearing.sheet(document.text, document.headings)
    for q, row in zip(questions, rows(judge_plain(document, questions=questions, at=at)), strict=True):
        if rank:
            scores = bearing.rank(paper, bearing.terms(q.text.lower(), "", (0, 0)))
            row["ranked"] = [
                {"start": u.start, "end": u.end, "score": round(s, 4)} for u, s in zip(paper.units, scores, strict=True)
            ]
        yield row
