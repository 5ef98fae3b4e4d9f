"""Bytes in, their SHA-256 out; kept once under it, whole or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from showcause.errors import BadInput, NoRoom, NotFound

CHUNK = 1 << 20
FEW = 8  # places up to which each is brought to the disk by itself
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO})


@dataclass(slots=True)
class Batch:
    """Blobs written but not yet at their place; `settle` brings all to disk at once, which is what makes bulk quick."""

    blobs: Blobs
    waiting: dict[str, Path] = field(default_factory=dict)

    def put(self, source: Path | bytes) -> str:
        """Write one blob aside and give its SHA-256 (hex); raises NoRoom."""
        if isinstance(source, bytes) and self._held(sha256 := hashlib.sha256(source).hexdigest()):
            return sha256
        temp, sha256 = self.blobs.aside(source)
        if self._held(sha256):
            temp.unlink()
        else:
            self.waiting[sha256] = temp
        return sha256

    def _held(self, sha256: str) -> bool:
        return sha256 in self.waiting or self.blobs.has(sha256)

    def settle(self) -> None:
        """Every waiting blob to disk and to its place; raises NoRoom."""
        with _room(self.blobs.folder):
            if not self.waiting:
                return
            _all_to_disk(self.blobs.folder, self.waiting.values())
            folders = {self._place(sha256, temp) for sha256, temp in self.waiting.items()}
            _all_to_disk(self.blobs.folder, folders | {folder.parent for folder in folders})
            self.waiting.clear()

    def _place(self, sha256: str, temp: Path) -> Path:
        """Move one to its place, and give the folder that it is in."""
        place = self.blobs.path(sha256)
        try:
            temp.replace(place)
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            temp.replace(place)
        return place.parent

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


def _all_to_disk(folder: Path, places: Collection[Path]) -> None:
    """Files or folders to the disk, whose file system `folder` is on: one by one where they are few.

    Many are quicker in one call for the whole file system (Linux, syncfs(2)), which waits for what others write there,
    too, but only once; where there is no such call, threads wait for them side by side.
    """
    if len(places) > FEW and _system_to_disk(folder):
        return
    if len(places) == 1:
        _to_disk(next(iter(places)))
        return
    with ThreadPoolExecutor(8) as pool:  # waiting for the disk, not for the processor
        list(pool.map(_to_disk, places))


def _system_to_disk(folder: Path) -> bool:
    """Everything of the file system that `folder` is on to the disk; whether there is such a call."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(handle)
    return True


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
