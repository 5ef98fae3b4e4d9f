"""A compound file ([MS-CFB]) in, its streams by name out; what old office programs write, and locked new ones."""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from showcause.errors import Unreadable
from showcause.intake.package import DAMAGE, Same
from showcause.intake.reading import Limits, Part

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = frozenset({"worddocument", "workbook", "book", "powerpoint document"})
_FREE = 0xFFFFFFFA  # sector numbers from here on mean something else than a sector ([MS-CFB] 2.1)
_ENTRY = 128  # bytes of a directory entry
_MOST = 100_000  # entries of a directory that are looked at
_PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n.*?IEND\xaeB`\x82|\xff\xd8\xff[\xe0\xe1].*?\xff\xd9", re.DOTALL)
_LEAST = 512  # bytes of a picture that is worth a look

_T = TypeVar("_T")


def opened(blob: bytes, limits: Limits, reads: Callable[[Compound], _T]) -> _T:
    """What `reads` makes of the compound file. Raises Unreadable where it is cut off or damaged."""
    try:
        return reads(held(blob, limits))
    except DAMAGE as error:
        raise Unreadable(f"damaged: {error or type(error).__name__}") from None


def holds(blob: bytes, *names: str) -> bool:
    """Whether the bytes are a compound file with a stream of one of those names at its top."""
    if not blob.startswith(MAGIC):
        return False
    try:
        parsed = _parsed(blob)
    except (Unreadable, *DAMAGE):  # what is wrong with it the reader says, where one of the names stands in it
        return any(name.encode("utf-16-le") in blob for name in names)
    return any(name.lower() in parsed.streams and parsed.names(name) for name in names)


def names(blob: bytes, name: str) -> bool:
    """Whether the bytes are a compound file in whose directory a name stands.

    Of one that is damaged, or that holds none of the documents known by a stream of theirs, all bytes are looked through.
    """
    if not blob.startswith(MAGIC):
        return False
    try:
        parsed = _parsed(blob)
    except (Unreadable, *DAMAGE):
        return name.encode("utf-16-le") in blob
    return parsed.names(name) or (_KNOWN.isdisjoint(parsed.streams) and name.encode("utf-16-le") in blob)


def held(blob: bytes, limits: Limits) -> Compound:
    """The compound file that the bytes are; the last one is kept, since several readers ask for it in turn."""
    said = _parsed(blob)
    said.limits = limits
    return said


def _parsed(blob: bytes) -> Compound:
    return _opened(Same(blob))


@lru_cache(maxsize=1)
def _opened(same: Same) -> Compound:
    return Compound(same.blob, Limits())


class Compound:
    """The streams of a compound file, by their path in small letters ("worddocument", "objectpool/_12/package")."""

    def __init__(self, blob: bytes, limits: Limits) -> None:
        self.limits = limits
        self._blob = blob
        if len(blob) < 512:
            raise Unreadable("truncated: the file ends within its header")
        shift, self._mini_shift = struct.unpack_from("<HH", blob, 30)
        if shift not in {9, 12} or self._mini_shift != 6:
            raise Unreadable("damaged: the sizes of its sectors are impossible")
        self._size = 1 << shift
        first, _, self._cutoff, mini, _, more = struct.unpack_from("<6I", blob, 48)
        self._fat = self._table(list(struct.unpack_from("<109I", blob, 76)), more)
        self._minifat = array("I", self._chain(mini, None)) if mini < _FREE else array("I")
        self._entries = self._chain(first, None)
        start, size = self._place(0)
        self._mini = self._chain(start, size) if start < _FREE else b""
        self.streams: dict[str, int] = {}
        self._walk()

    def names(self, name: str) -> bool:
        """Whether a name stands in the directory, as it is written and wherever."""
        return name.encode("utf-16-le") in self._entries

    def head(self, name: str, length: int) -> bytes:
        """The first bytes of a stream, `length` at most."""
        number = self.streams.get(name.lower())
        start, size = self._place(number) if number is not None else (0, 0)
        return self._chain(start, length) if self._cutoff <= size >= length else self.stream(name)[:length]

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, nothing where there is none of that name."""
        number = self.streams.get(name.lower())
        if number is None:
            return b""
        start, size = self._place(number)
        if size > self.limits.unpacked:
            raise Unreadable(f"unpacks to more than {self.limits.unpacked:,} bytes")
        if size >= self._cutoff:
            return self._chain(start, size)
        pieces, at, left = [], start, size
        for _ in range(len(self._minifat)):
            if at >= _FREE or left <= 0:
                break
            pieces.append(self._mini[at << 6 : (at + 1) << 6])
            left -= 64
            at = self._minifat[at]
        return b"".join(pieces)[:size]

    def _table(self, listed: list[int], more: int) -> array[int]:
        """The allocation table, from the sectors that the header and what it leads to list."""
        for _ in range(len(self._blob) // self._size + 1):
            if more >= _FREE:
                break
            held = array("I", self._sector(more))
            *named, more = held
            listed += named
        fat = array("I")
        for number in listed:
            if number < _FREE:
                fat.frombytes(self._sector(number))
        return fat

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        held = self._blob[start : start + self._size]
        return held.ljust(self._size, b"\xff") if held else b"\xff" * self._size

    def _chain(self, start: int, size: int | None) -> bytes:
        """The bytes from sector `start` on, `size` of them or to the chain's end; a chain that runs in a ring ends."""
        pieces, at, left = [], start, len(self._blob) if size is None else size
        whole, blob, fat = self._size, self._blob, self._fat
        sectors = len(fat)
        while sectors > 0 and at < _FREE and left > 0:
            run = _run(fat, at, min(sectors, -(-left // whole), len(fat) - at))
            pieces.append(blob[(at + 1) * whole : (at + 1) * whole + min(run * whole, left)])
            left -= run * whole
            sectors -= run
            at += run - 1
            if at >= len(fat):
                break
            at = fat[at]
        held = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        return held[: len(held) // 4 * 4] if size is None else held[:size]

    def _place(self, number: int) -> tuple[int, int]:
        start, size = struct.unpack_from("<II", self._entries, number * _ENTRY + 116)
        return start, size

    def _walk(self) -> None:
        entries, count = self._entries, min(len(self._entries) // _ENTRY, _MOST)
        seen = {0}
        todo = [(struct.unpack_from("<I", entries, 76)[0], "")]
        while todo:
            number, above = todo.pop()
            if number >= count or number in seen:
                continue
            seen.add(number)
            at = number * _ENTRY
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            left, right, below = struct.unpack_from("<3I", entries, at + 68)
            name = above + entries[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace").lower()
            if kind == 2:
                self.streams.setdefault(name, number)
            elif kind == 1:
                todo.append((below, f"{name}/"))
            todo += [(left, above), (right, above)]

    def properties(self) -> tuple[str, date | None]:
        """The title and the day of the last change that the file states of itself ([MS-OLEPS])."""
        blob = self.stream("\x05summaryinformation")
        try:
            held = _properties(blob)
        except DAMAGE:
            return "", None
        title = held.get(2, b"")
        stamps = [_day(held[key]) for key in (13, 12) if isinstance(held.get(key), int)]  # saved, made
        return title if isinstance(title, str) else "", next(filter(None, stamps), None)

    def embedded(self) -> tuple[list[Part], int]:
        """The files that the document holds as parts, and how many objects it holds that are no file."""
        parts: list[Part] = []
        folders: set[str] = set()
        for name in list(self.streams):
            folder, _, leaf = name.rpartition("/")
            if not folder or len(parts) >= self.limits.parts:
                continue
            if leaf == "package":
                parts.append(Part(f"{folder.rpartition('/')[2]}.zip", self.stream(name)))
            elif leaf == "\x01ole10native":
                part = native(self.stream(name))
                parts += [part] if part is not None else []
            elif leaf in {"workbook", "worddocument", "book", "powerpoint document"}:
                folders.add(folder)
        return parts, len(folders)


def _run(fat: array[int], at: int, most: int) -> int:
    """How many sectors from `at` on, `most` at most, are sure to follow one another as they lie; at least one."""
    run = most
    while run > 1 and fat[at : at + run - 1] != array("I", range(at + 1, at + run)):
        run //= 2
    return max(1, run)


def pictures(stream: bytes, limits: Limits) -> list[Part]:
    """The PNG and JPEG pictures that stand whole in a stream of drawings, as parts within the words."""
    parts: list[Part] = []
    for found in _PICTURE.finditer(stream):
        if len(found[0]) >= _LEAST and len(parts) < limits.parts:
            suffix = "png" if found[0].startswith(b"\x89") else "jpg"
            parts.append(Part(f"picture {len(parts) + 1}.{suffix}", found[0], inline=True))
    return parts


def native(blob: bytes) -> Part | None:
    """A file that was put into a document as it is ([MS-OLEDS] 2.3.6)."""
    label, _, rest = blob[6:].partition(b"\0")
    _, _, rest = rest.partition(b"\0")
    if len(rest) < 8:
        return None
    (length,) = struct.unpack_from("<I", rest, 4)
    at = 8 + length
    if at + 4 > len(rest):
        return None
    (size,) = struct.unpack_from("<I", rest, at)
    name = label.decode("cp1252", "replace").replace("\\", "/").rpartition("/")[2]
    held = rest[at + 4 : at + 4 + size]
    return Part(name or "embedded", held) if held else None


def _properties(blob: bytes) -> dict[int, str | int | bytes]:
    """Texts, and times as ticks of 100 nanoseconds since 1601, by their number."""
    if len(blob) < 48:
        return {}
    (start,) = struct.unpack_from("<I", blob, 44)
    (count,) = struct.unpack_from("<I", blob, start + 4)
    said: dict[int, str | int | bytes] = {}
    encoding = "cp1252"
    for n in range(min(count, 100)):
        key, offset = struct.unpack_from("<II", blob, start + 8 + 8 * n)
        (kind,) = struct.unpack_from("<I", blob, start + offset)
        at = start + offset + 4
        if key == 1 and kind == 2:
            page = struct.unpack_from("<H", blob, at)[0]
            encoding = "utf-8" if page == 65001 else f"cp{page}"
        elif kind == 30:
            (length,) = struct.unpack_from("<I", blob, at)
            said[key] = blob[at + 4 : at + 4 + length].rstrip(b"\0")
        elif kind == 31:
            (length,) = struct.unpack_from("<I", blob, at)
            said[key] = blob[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace").rstrip("\0")
        elif kind == 64:
            said[key] = struct.unpack_from("<Q", blob, at)[0]
    return {key: held.decode(encoding, "replace") if isinstance(held, bytes) else held for key, held in said.items()}


def _day(ticks: str | int | bytes) -> date | None:
    if not isinstance(ticks, int) or not 119_600_064_000_000_000 < ticks < 150_000_000_000_000_000:  # 1980 to 2076
        return None
    return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).date()
