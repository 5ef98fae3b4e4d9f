"""Bytes in, their SHA-256 out; kept once under it, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from showcause.errors import BadInput, NoRoom, NotFound

CHUNK = 1 << 20
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO})


@dataclass(slots=True)
class Batch:
    """Blobs written but not yet at their place; `settle` brings all to disk at once, which is what makes bulk quick."""

    blobs: Blobs
    waiting: dict[str, Path] = field(default_factory=dict)

    def put(self, source: Path | bytes) -> str:
        """Write one blob aside and give its SHA-256 (hex); raises NoRoom."""
        temp, sha256 = self.blobs.aside(source)
        if sha256 in self.waiting or self.blobs.has(sha256):
            temp.unlink()
        else:
            self.waiting[sha256] = temp
        return sha256

    def settle(self) -> None:
        """Every waiting blob to disk and to its place; raises NoRoom."""
        with _room(self.blobs.folder):
            if len(self.waiting) == 1:
                _to_disk(next(iter(self.waiting.values())))
            elif self.waiting:
                with ThreadPoolExecutor(8) as pool:  # waiting for the disk, not for the processor
                    list(pool.map(_to_disk, self.waiting.values()))
            self._place()

    def _place(self) -> None:
        folders = set()
        for sha256, temp in self.waiting.items():
            place = self.blobs.path(sha256)
            place.parent.mkdir(parents=True, exist_ok=True)
            temp.replace(place)
            folders |= {place.parent, place.parent.parent}
        for folder in sorted(folders):
            _to_disk(folder)
        self.waiting.clear()

    def drop(self) -> None:
        """Forget what waits."""
        for temp in self.waiting.values():
            temp.unlink(missing_ok=True)
        self.waiting.clear()


@dataclass(frozen=True, slots=True)
class Blobs:
    """A folder of bytes under their SHA-256, two levels deep: `ab/cd/abcd...`."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where the bytes with that SHA-256 (hex) lie, or would lie."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Whether those bytes are kept."""
        return self.path(sha256).is_file()

    def put(self, source: Path | bytes) -> str:
        """Keep the bytes of a file, or bytes, and give their SHA-256 (hex); raises NoRoom with nothing half-written."""
        batch = Batch(self)
        try:
            sha256 = batch.put(source)
            batch.settle()
        finally:
            batch.drop()
        return sha256

    def batch(self) -> Batch:
        """A batch whose blobs reach the disk together."""
        return Batch(self)

    def read(self, sha256: str, *, verify: bool = True) -> bytes:
        """The bytes with that SHA-256 (hex); raises NotFound, or BadInput where they have changed."""
        with self.open(sha256) as stream:
            data = stream.read()
        if verify and hashlib.sha256(data).hexdigest() != sha256:
            raise BadInput(f"{self.path(sha256)}: the bytes kept here are no longer those that were stored")
        return data

    def open(self, sha256: str) -> BinaryIO:
        """A stream of the bytes with that SHA-256 (hex), unchecked; raises NotFound."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as missing:
            raise NotFound(f"{self.path(sha256)}: no bytes are kept under this SHA-256") from missing

    def __iter__(self) -> Iterator[str]:
        """The SHA-256 of everything kept, in order."""
        for place in sorted(self.folder.glob("??/??/*")):
            yield place.name

    def sweep(self, *, seconds: float = 3600) -> int:
        """Remove what interrupted writers left aside that many seconds ago or earlier, and give the count."""
        left = [temp for temp in (self.folder / "aside").glob("*") if temp.stat().st_mtime <= time.time() - seconds]
        for temp in left:
            temp.unlink(missing_ok=True)
        return len(left)

    def aside(self, source: Path | bytes) -> tuple[Path, str]:
        """A temporary file with a copy of `source`, and its SHA-256; raises NoRoom, leaving nothing."""
        with _room(self.folder):
            waiting = self.folder / "aside"
            waiting.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=waiting)
            try:
                with os.fdopen(handle, "wb") as out:
                    return Path(name), _copy(source, out)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise


def _copy(source: Path | bytes, out: BinaryIO) -> str:
    if isinstance(source, bytes):
        out.write(source)
        return hashlib.sha256(source).hexdigest()
    running = hashlib.sha256()
    try:
        stream = source.open("rb")
    except OSError as unread:
        raise BadInput(f"{source}: can't be read ({unread.strerror})") from unread
    with stream:
        while chunk := stream.read(CHUNK):
            running.update(chunk)
            out.write(chunk)
    return running.hexdigest()


def _to_disk(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _room(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as refused:
        if refused.errno in FULL:
            raise NoRoom(f"{folder}: {refused.strerror}; nothing was stored") from refused
        raise
