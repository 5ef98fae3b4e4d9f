"""A file in, rows out: what the commands do that need no matter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from showcause.ask import law as packs
from showcause.assess import judge, judge_explained, rows
from showcause.assess.plain import plain_rows
from showcause.core import Document, Kind, Question
from showcause.errors import BadInput
from showcause.gather import document_of
from showcause.settings import Settings


def document(path: Path, *, settings: Settings) -> Document:
    """One file as a Document whose id is its file name; raises Unreadable or BadInput."""
    return replace(document_of(path, custodian="", settings=settings), id=path.name)


def documents(path: Path, *, settings: Settings) -> Iterator[Document]:
    """The documents of FILE: one a line of JSON Lines `{"id", "text"}`, else the file itself."""
    if path.suffix != ".jsonl":
        yield document(path, settings=settings)
        return
    for row in _json_lines(path):
        text = row["text"]
        yield Document(row["id"], hashlib.sha256(text.encode()).hexdigest(), "txt", "", None, text, name=row["id"])


def judge_alone(
    found: Iterable[Document], *, laws: Sequence[str], settings: Settings, explain: bool = False
) -> Iterator[dict[str, Any]]:
    """A row per document, requirement and reading, in the fixed JSON shape; `explain` adds what decided it."""
    loaded = [packs.load(law, folders=settings.packs) for law in laws]
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
    questions = [Question(row["id"], Kind.REQUIREMENT, row["text"], asks.name) for row in _json_lines(asks)]
    at = datetime.now(UTC)
    for one in found:
        yield from plain_rows(one, questions=questions, at=at, rank=rank)


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    if not _text(path).strip():
        raise BadInput(f"{path}: empty: it holds no line of JSON")
    for number, line in enumerate(_text(path).split("\n"), start=1):  # a JSON text may hold other line breaks
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as bad:
            raise BadInput(f"{path}:{number}: not JSON ({bad})") from bad
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
            raise BadInput(f'{path}:{number}: wants {{"id": ..., "text": "..."}}')
        yield {**row, "id": str(row["id"])}


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as unread:
        raise BadInput(f"{path}: can't be read ({unread.strerror})") from unread
    except UnicodeDecodeError as bad:
        raise BadInput(f"{path}: not UTF-8 ({bad.reason} at byte {bad.start})") from bad
