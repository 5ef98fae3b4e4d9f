"""A mailbox of messages one after the other in (mbox; RFC 4155), each message as a file of its own out.

The file is looked at once, through a window of some megabytes that is mapped into memory: what separates messages is found
by search, not line by line, so a mailbox of many gigabytes takes no more memory than a small one, nor more addresses. A separator is a line that begins with "From " and
ends in a date, after an empty line and before a line of a header; a "From " in a body that lacks any of these is text.
"""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from showcause.errors import Unreadable
from showcause.intake.bulk import HEAVY, Container, Piece, batched
from showcause.intake.reading import Limits, Part

PIECE = 4 << 20  # bytes of messages that a worker takes at a time
MESSAGES = 200  # and how many of them at most
_SEPARATOR = re.compile(
    rb"From (?:[^\r\n]{0,500}?(?:\d{1,2}:\d{2}|[A-Z][a-z]{2} +\d{1,2})[^\r\n]{0,60}?\d{4}[^\r\n]{0,20}|- *|)[ \t]*\r?\n"
)
_FIELD = re.compile(rb"(?:>?From [^\r\n]*\r?\n)?(?:[!-9;-~]{1,100}[ \t]*:|\r?\n)")
_FIELDS_ONLY = re.compile(rb"(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,100}[ \t]*:")
_MANGLED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$")
_HEADER = 65_536  # bytes in which the end of a header is looked for
_BLANK = b"\r\n\t \xef\xbb\xbf"
_WINDOW = 64 << 20  # bytes of the file that are mapped into memory at a time
_LINE = 1024  # bytes of a separator with the first line after it


def knows(head: bytes, name: str) -> bool:
    """Whether the first bytes are a separator and a header; `name` plays no part."""
    del name
    start = len(head) - len(head.lstrip(_BLANK))
    found = _SEPARATOR.match(head, start)
    return found is not None and _FIELDS_ONLY.match(head, found.end()) is not None


def cut(path: Path, spool: Path, limits: Limits) -> Iterator[Piece]:
    """Where the messages stand, some megabytes of them at a time; a key is (number from 1, start, end) in bytes.

    A file of one message is no mailbox, but a message that was saved with its separator.
    """
    del spool
    with _mapped(path) as held:
        messages = enumerate(_messages(held, limits), start=1)
        first = next(messages, None)
        second = next(messages, None)
        if first is None or (second is None and len(held) <= HEAVY):
            yield Piece((), whole=True)
            return
        each = chain((one for one in (first, second) if one), messages)
        yield from batched((((n, start, end), end - start) for n, (start, end) in each), size=PIECE, many=MESSAGES)


def parts(path: Path, spool: Path, piece: Piece, limits: Limits) -> Iterator[Part]:
    """The messages of a piece, named by their number; one larger than HEAVY is a file in `spool`."""
    with path.open("rb") as stream:
        for number, start, end in piece.keys:
            limits.tick()
            name = f"message {number:06d}.eml"
            if end - start > HEAVY:
                yield Part(name, _spooled(path, spool / f"mbox-{number:06d}.eml", start, end))
                continue
            stream.seek(start)
            yield Part(name, _restored(stream.read(end - start)))


class _Window:
    """A file as bytes, of which a part is mapped into memory at a time."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._handle = stream.fileno()
        self._size = size
        self._start = 0
        self._held: mmap.mmap | None = None

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, span: slice) -> bytes:
        """The bytes from `span.start` up to `span.stop`, as far as there are any."""
        return os.pread(self._handle, max(0, span.stop - span.start), span.start)

    def find(self, wanted: bytes, start: int) -> int:
        """Where `wanted` stands at or after `start`, or -1."""
        while start < self._size:
            held = self._over(start)
            found = held.find(wanted, start - self._start)
            if found >= 0:
                return self._start + found
            end = self._start + len(held)
            if end == self._size:
                return -1
            start = end - len(wanted) + 1  # it may stand across the edge
        return -1

    def _over(self, start: int) -> mmap.mmap:
        """The part that begins near `start`, unless the part at hand holds it."""
        if self._held is None or not self._start <= start < self._start + len(self._held) - _LINE:
            self.close()
            self._start = start // mmap.ALLOCATIONGRANULARITY * mmap.ALLOCATIONGRANULARITY
            length = min(_WINDOW, self._size - self._start)
            self._held = mmap.mmap(self._handle, length, access=mmap.ACCESS_READ, offset=self._start)
        return self._held

    def close(self) -> None:
        """Let go of the part at hand."""
        if self._held is not None:
            self._held.close()
            self._held = None


def _messages(held: _Window, limits: Limits) -> Iterator[tuple[int, int]]:
    """Where each message begins (after its separator) and ends."""
    size = len(held)
    place = 0
    while place < size and held[place : place + 1] in {b"\r", b"\n", b"\xef", b"\xbb", b"\xbf"}:
        place += 1
    found = _SEPARATOR.match(held[place : place + _LINE])
    if found is None:
        return
    start = place + found.end()
    place = _skipped(held, start)
    while (place := held.find(b"\nFrom ", place) + 1) > 0:
        line = held[place : place + _LINE]
        found = _SEPARATOR.match(line)
        if found is None or not _empty_before(held, place) or not _FIELD.match(line, found.end()):
            continue
        yield start, _end(held, start, place)
        start = place + found.end()
        place = _skipped(held, start)
        limits.tick()
    yield start, _end(held, start, size)


def _skipped(held: _Window, start: int) -> int:
    """Where to look for the next separator: after a body whose length is stated (mboxcl), if one really follows there."""
    head = held[start : start + _HEADER]
    gap = re.search(rb"\n\r?\n", head)
    found = _LENGTH.search(head, 0, gap.start() + 1) if gap else None
    if gap is None or found is None:
        return max(0, start - 1)
    end = start + gap.end() + int(found[1])
    if end <= len(held):
        after = held[end : end + 600].lstrip(b"\r\n")
        if not after or _SEPARATOR.match(after):
            return max(start, end - 2)
    return max(0, start - 1)


def _empty_before(held: Any, place: int) -> bool:
    """Whether an empty line stands before, as some programs forget only after a header without a body."""
    before = held[max(0, place - 3) : place]
    return before.endswith((b"\n\n", b"\n\r\n")) or place < 3


def _end(held: _Window, start: int, stop: int) -> int:
    """The end of a message without the one empty line that a mailbox puts after it."""
    tail = held[max(start, stop - 4) : stop]
    for mark in (b"\r\n\r\n", b"\n\n"):
        if tail.endswith(mark):
            return stop - len(mark) // 2
    return stop


def _restored(blob: bytes) -> bytes:
    """The message as it was before it was put into the mailbox: ">From " at the start of a line is "From " again.

    In mboxrd every such line got one more ">"; in mboxo only "From " itself did, so there a line that had ">From " already
    can't be told from one that got its mark, which is the known flaw of that form.
    """
    return _MANGLED.sub(rb"\1", blob) if b">From " in blob else blob


def _spooled(path: Path, target: Path, start: int, end: int) -> Path:
    """A large message copied to a file of its own, some megabytes at a time."""
    with path.open("rb") as source, target.open("wb") as copy:
        source.seek(start)
        left, carried = end - start, b""
        while left:
            chunk = source.read(min(left, PIECE))
            if not chunk:
                break
            left -= len(chunk)
            text = carried + chunk
            whole = text.rfind(b"\n") + 1 if left else len(text)
            copy.write(_restored(text[:whole]))
            carried = text[whole:]
        copy.write(carried)
    return target


@contextmanager
def _mapped(path: Path) -> Iterator[_Window]:
    try:
        with path.open("rb") as stream, closing(_Window(stream, path.stat().st_size)) as held:
            yield held
    except (OSError, ValueError) as refused:
        raise Unreadable(f"can't be read: {refused}") from None


MBOX = Container("mbox", knows, cut, parts)
