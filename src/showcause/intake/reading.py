"""What a reader gives: the text of one file, the way back to its source, and the things found inside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import cast

from showcause.core import Heading, Mail, Mark, PageMap, Scan

# PostgreSQL can't hold U+0000 in a text, and no encoding can hold half a surrogate pair.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
REPLACED = "\ufffd"


def no_tick() -> None:
    """Tell nobody of progress."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may grow while it is read, and what its reading may use.

    `characters` bounds the text; `unpacked` bounds the bytes that a compressed file may unpack to; `parts` bounds
    the things found inside one file; so a small hostile file can't fill the disk or the memory. Time and memory are
    bounded from outside, by the runner, to which a reader that does much (a page recognised, a part unpacked) says so
    by `tick`. `passwords` are tried in their order. `recognise` is how many pages without usable text a reader may
    recognise by itself: where a file has more it leaves all of them in `Reading.pending`; 0 leaves every page.
    """

    characters: int = 100_000_000
    unpacked: int = 1_000_000_000
    parts: int = 10_000
    passwords: tuple[str, ...] = field(default=(), repr=False)
    tick: Callable[[], None] = no_tick
    recognise: int = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A thing found inside a file, such as an attachment; names are unique within one Reading.

    `blob` are its bytes, or the path of a file in the folder where a container was unpacked; `inline` is True for a
    picture that the message shows within its words; `modified` is when it was last changed (UTC), where the container
    says so; `refused` is the reason in plain words why its bytes can't be had, and `skipped` the one why it is none that
    is read (a link, a device); its bytes are then empty.
    """

    name: str
    blob: bytes | Path = field(repr=False)
    inline: bool = False
    modified: datetime | None = None
    refused: str | None = None
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as text.

    `kind` is the format that its content shows ("pdf", "docx", "eml", "html", "md", "txt"); `pages` and `headings`
    count characters of `text`; `date` is the day that the file itself states (UTC where it states an hour); `parts`
    are the things found inside; `notes` say in plain words what of the source the text does not show, or shows by
    a guess; `container` is True where the file is only a wrapper for its parts; `mail` is a message's header; `scans`
    are the pages whose words were recognised, and `pending` the pages (from 1) that are still to be.
    """

    kind: str
    text: str = field(repr=False)
    pages: PageMap = field(default=PageMap(), repr=False)
    headings: tuple[Heading, ...] = field(default=(), repr=False)
    title: str = ""
    date: date | None = None
    parts: tuple[Part, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    container: bool = False
    mail: Mail | None = field(default=None, repr=False)
    scans: tuple[Scan, ...] = field(default=(), repr=False)
    pending: tuple[int, ...] = ()


NOWHERE = Mark(0)


class _Placed:
    """A mark in the making, with the slots of Mark."""

    __slots__ = ("cell", "page", "paragraph", "part", "sheet", "slide", "start")

    start: int
    page: int | None
    paragraph: int | None
    part: str | None
    sheet: str | None
    cell: str | None
    slide: int | None


def placed(start: int, at: Mark, *, paragraph: int | None, part: str | None, cell: str | None) -> Mark:
    """`Mark(start, at.page, paragraph, part, at.sheet, cell, at.slide)`, in a fourth of the time.

    A frozen dataclass sets each field by a call; a large sheet has as many marks as rows.
    """
    made = _Placed()
    made.start, made.paragraph, made.part, made.cell = start, paragraph, part, cell
    made.page, made.sheet, made.slide = at.page, at.sheet, at.slide
    made.__class__ = Mark  # type: ignore[assignment]
    return cast("Mark", made)


class Transcript:
    """Paragraphs taken down one after the other, with their marks and headings."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._group = ""
        self._marks: list[Mark] = []
        self._headings: list[Heading] = []

    def paragraph(
        self, text: str, *, level: int = 0, part: str | None = None, group: str = "", at: Mark = NOWHERE
    ) -> None:
        """Add `text` as the next paragraph, after a blank line, or a line break after one of its `group`.

        `level` counts from 1 where the paragraph is a heading; a paragraph of white space alone is left out; `at` says
        the page, sheet, cell or slide, and nothing else of it is looked at.
        """
        text = writable(text).strip("\n")
        if not text or text.isspace():
            return
        pieces, start = self._pieces, self._length
        if pieces:
            gap = "\n" if group and group == self._group else "\n\n"
            pieces.append(gap)
            start += len(gap)
        self._group = group
        self._marks.append(placed(start, at, paragraph=len(self._marks) + 1, part=part, cell=at.cell))
        pieces.append(text)
        self._length = start + len(text)
        if level:
            self._headings.append(Heading(start, self._length, level))

    def row(self, cells: Sequence[Sequence[str]], *, part: str | None = None) -> None:
        """Add a row of a table, a line of it; where a cell holds several paragraphs, each is one of its own."""
        if all(len(cell) < 2 for cell in cells):
            if any(map(any, cells)):
                self.paragraph(" | ".join("".join(cell) for cell in cells), part=part, group="table")
            return
        for cell in cells:
            for words in cell:
                self.paragraph(words, part=part)

    @property
    def text(self) -> str:
        """All that was taken down."""
        return "".join(self._pieces)

    @property
    def pages(self) -> PageMap:
        """A mark for each paragraph."""
        return PageMap(tuple(self._marks))

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in order."""
        return tuple(self._headings)


def stated(stamp: str) -> date | None:
    """The day of a stamp that begins as ISO 8601 writes a date, or None."""
    try:
        return date.fromisoformat(stamp.strip()[:10])
    except ValueError:
        return None


def writable(text: str) -> str:
    """The same text, of the same length, that every store and encoding can hold."""
    if text.isascii() and "\0" not in text:  # both are looked up faster than the expression
        return text
    return _UNWRITABLE.sub(REPLACED, text)


def redlined(pieces: Iterable[tuple[str, str]]) -> str:
    """Words with their changes in brackets, from pieces of (words, "-" deleted, "+" inserted or "").

    White space stays outside the brackets; deleted white space is left out.
    """
    held = list(pieces)
    if not any(change for _, change in held):
        return "".join(words for words, _ in held)
    said: list[str] = []
    for change, group in groupby(held, lambda piece: piece[1]):
        text = "".join(words for words, _ in group)
        bare = text.strip()
        if change and bare:
            lead, trail = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
            text = f"{lead}[-{bare}-]{trail}" if change == "-" else f"{lead}{{+{bare}+}}{trail}"
        said.append("" if change == "-" and not bare else text)
    return "".join(said)


def unique(parts: list[Part]) -> tuple[Part, ...]:
    """The same parts, with a number before the suffix where a name comes again: `scan (2).pdf`."""
    taken: set[str] = set()
    given: list[Part] = []
    for part in parts:
        name, count = part.name, 1
        while name in taken:
            count += 1
            stem, dot, suffix = part.name.rpartition(".")
            name = f"{stem} ({count}).{suffix}" if dot and stem else f"{part.name} ({count})"
        taken.add(name)
        given.append(replace(part, name=name))
    return tuple(given)
