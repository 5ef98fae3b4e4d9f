"""A file named on the command line in, its Documents out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

from showcause.core import Document
from showcause.errors import BadInput
from showcause.gather import document_of
from showcause.settings import Settings


def document(path: Path, *, settings: Settings) -> Document:
    """One file as a Document whose id is its file name; raises Unreadable or BadInput."""
    return replace(document_of(path, custodian="", settings=settings), id=path.name)


def documents(path: Path, *, settings: Settings) -> Iterator[Document]:
    """The documents of FILE: one a line of JSON Lines `{"id", "text"}`, else the file itself.

    A worker begins to read the file now, while the caller loads what is to judge it; what is wrong with the file is
    raised when the document is taken.
    """
    return _rows(path) if path.suffix == ".jsonl" else _taken(_begun(path, settings))


def _begun(path: Path, settings: Settings) -> Future[Document]:
    come: Future[Document] = Future()

    def read() -> None:
        try:
            come.set_result(document(path, settings=settings))
        except BaseException as wrong:  # noqa: BLE001 - raised again where the document is taken
            come.set_exception(wrong)

    Thread(target=read, daemon=True).start()  # a daemon: who breaks the command off doesn't wait for it
    return come


def _taken(come: Future[Document]) -> Iterator[Document]:
    yield come.result()


def _rows(path: Path) -> Iterator[Document]:
    for row in json_lines(path):
        text = row["text"]
        yield Document(row["id"], hashlib.sha256(text.encode()).hexdigest(), "txt", "", None, text, name=row["id"])


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Each line's object, which has an `id` of its own and a `text`; raises BadInput with the line of the first that has not."""
    first: dict[str, int] = {}
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
        if _halved(f"{row['id']}{row['text']}"):
            raise BadInput(f"{path}:{number}: half a character (a lone surrogate) stands in its id or text")
        name = str(row["id"])
        if first.setdefault(name, number) != number:
            raise BadInput(f"{path}:{number}: the id {name!r} stands in line {first[name]} too; give each line its own")
        yield {**row, "id": name}


def _halved(words: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in words)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as unread:
        raise BadInput(f"{path}: can't be read ({unread.strerror})") from unread
    except UnicodeDecodeError as bad:
        raise BadInput(f"{path}: not UTF-8 ({bad.reason} at byte {bad.start})") from bad
