"""Documents and a law or plain sentences in, rows out: what `judge` does without a matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from showcause.ask import law as packs
from showcause.assess import judge, judge_explained, ready, rows
from showcause.assess.plain import plain_rows
from showcause.core import Document, Kind, Question
from showcause.errors import BadInput
from showcause.faces import files
from showcause.settings import Settings


def judge_alone(
    found: Iterable[Document], *, laws: Sequence[str], settings: Settings, explain: bool = False
) -> Iterator[dict[str, Any]]:
    """A row per document, requirement and reading, in the fixed JSON shape; `explain` adds what decided it."""
    loaded = [packs.load(law, folders=settings.packs) for law in laws]
    ready(loaded)
    at = datetime.now(UTC)
    for one in found:
        if not explain:
            yield from rows(judge(one, laws=loaded, at=at))
            continue
        explained = judge_explained(one, laws=loaded, at=at)
        for row, (_, why) in zip(rows(f for f, _ in explained), explained, strict=True):
            yield {**row, "explain": why.row(one)}


def judge_plain(found: Iterable[Document], *, asks: Path, rank: bool) -> Iterator[dict[str, Any]]:
    """The same for plain sentences in place of a law; `rank` adds every sentence of the document with its score."""
    questions = [Question(row["id"], Kind.REQUIREMENT, row["text"], asks.name) for row in _asked(asks)]
    for q in questions:
        if not q.text.strip():
            raise BadInput(f"{asks}: {q.id}: its text is empty: a sentence is wanted")
    at = datetime.now(UTC)
    for one in found:
        yield from plain_rows(one, questions=questions, at=at, rank=rank)


def _asked(asks: Path) -> list[dict[str, Any]]:
    """The rows of the file of sentences; whoever gave a sentence in its place is told what the file holds."""
    try:
        return list(files.json_lines(asks))
    except BadInput as wrong:
        if isinstance(wrong.__cause__, OSError):
            raise BadInput(
                f'{wrong}; --ask takes a file with a line {{"id": "a", "text": "..."}} for each sentence'
            ) from wrong
        raise
