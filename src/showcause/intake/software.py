"""A list of known programs' files in (the user's own NSRL, or hashes a line), whether a file is on it out.

Read are the Reference Data Set of NIST's National Software Reference Library in both its forms (a SQLite database with
the table FILE since version 3, "NSRLFile.txt" with a quoted CSV line a file before), and plain lists of one hash a line
(MD5, SHA-1 or SHA-256 in hex, anything after it ignored).
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from showcause.errors import BadInput

_LINE = re.compile(rb'^"?([0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})"?(?=[\s,;]|$)')
_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256"}
_COLUMNS = ("sha256", "sha1", "md5")  # the surest first
_BATCH = 1_000_000  # hashes held as objects while a list is read


class Software(Protocol):
    """A list of known files; `algorithm` is the hash that it is asked by."""

    @property
    def algorithm(self) -> str:
        """The hash's name, as hashlib calls it."""

    def knows(self, digest: str) -> bool:
        """Whether the file with that hash (hex) is on the list."""


def software(path: Path) -> Software:
    """The list in a file; raises BadInput, naming it, where it is none."""
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
        return _Database(path) if head.startswith(b"SQLite format 3\0") else _List(path)
    except (OSError, sqlite3.Error) as unread:
        raise BadInput(f"{path}: can't be read as a list of known files ({unread})") from unread


def digest(source: Path | bytes, algorithm: str) -> str:
    """The hash (hex) of a file or of bytes."""
    make: Callable[[], Any] = lambda: hashlib.new(algorithm, usedforsecurity=False)  # noqa: E731 - hashlib asks for it
    if isinstance(source, bytes):
        return str(hashlib.new(algorithm, source, usedforsecurity=False).hexdigest())
    with source.open("rb") as stream:
        return hashlib.file_digest(stream, make).hexdigest()


class _Database:
    """The RDS since version 3: asked where it lies, because it has tens of millions of rows."""

    def __init__(self, path: Path) -> None:
        self._place = f"file:{path.resolve()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(self._place, uri=True)) as database:
            columns = {str(row[1]).lower() for row in database.execute("PRAGMA table_info(FILE)")}
        self.algorithm = next((name for name in _COLUMNS if name in columns), "")
        if not self.algorithm:
            raise BadInput(f"{path}: has no table FILE with hashes, so it is no NSRL list")

    def knows(self, digest: str) -> bool:
        """Whether the table FILE has that hash."""
        asked = f"SELECT 1 FROM FILE WHERE {self.algorithm} IN (?, ?) LIMIT 1"  # noqa: S608 - one of three names of ours
        with closing(sqlite3.connect(self._place, uri=True)) as database:
            return database.execute(asked, (digest.upper(), digest.lower())).fetchone() is not None


class _List:
    """Hashes of one kind, sorted, as many bytes each as the hash has."""

    def __init__(self, path: Path) -> None:
        import numpy as np

        self._sorted: Any = None
        self.algorithm = ""
        for batch in self._batches(path):
            made = np.frombuffer(b"".join(batch), dtype=f"S{len(batch[0])}")
            self._sorted = made if self._sorted is None else np.concatenate([self._sorted, made])
        if self._sorted is None:
            raise BadInput(f"{path}: holds no line that begins with an MD5, SHA-1 or SHA-256 hash")
        self._sorted = np.sort(self._sorted)

    def _batches(self, path: Path) -> Iterator[list[bytes]]:
        batch: list[bytes] = []
        with path.open("rb") as stream:
            for line in stream:
                found = _LINE.match(line)
                kind = _BY_LENGTH[len(found[1])] if found else ""
                if not found or (self.algorithm and kind != self.algorithm):
                    continue  # a heading, or a hash of another kind than the first
                self.algorithm = kind
                batch.append(bytes.fromhex(found[1].decode()))
                if len(batch) == _BATCH:
                    yield batch
                    batch = []
        if batch:
            yield batch

    def knows(self, digest: str) -> bool:
        """Whether the list has that hash."""
        wanted = bytes.fromhex(digest)
        place = int(self._sorted.searchsorted(wanted))
        # NumPy drops zero bytes at the end of what it holds.
        return place < len(self._sorted) and bytes(self._sorted[place]) == wanted.rstrip(b"\0")
