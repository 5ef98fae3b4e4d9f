"""Document, the only address that passages point to, and Passage, an exact quotation with that address."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from showcause.core.mail import Mail


@dataclass(frozen=True, slots=True)
class Mark:
    """From `start` (a character offset into the document's text) to the next mark, the text stands here in the source.

    `page`, `paragraph` and `slide` count from 1; `part` names a piece of the source such as "subject" or "body" of a
    message; `sheet` is a sheet's name and `cell` the first cell of what begins here, as the sheet's user writes it ("B7").
    """

    start: int
    page: int | None = None
    paragraph: int | None = None
    part: str | None = None
    sheet: str | None = None
    cell: str | None = None
    slide: int | None = None


@dataclass(frozen=True, slots=True)
class PageMap:
    """Marks in order of their start: which page, paragraph or part each character of a text came from."""

    marks: tuple[Mark, ...] = ()

    def at(self, offset: int) -> Mark | None:
        """The mark that governs the character at `offset`, or None before the first."""
        place = bisect_right(self.marks, offset, key=lambda mark: mark.start)
        return self.marks[place - 1] if place else None

    def pages(self, start: int, end: int) -> tuple[int, ...]:
        """The pages that the characters from `start` to `end` touch, in order."""
        return tuple(dict.fromkeys(mark.page for mark in self._over(start, end) if mark.page is not None))

    def _over(self, start: int, end: int) -> Iterator[Mark]:
        place = max(0, bisect_right(self.marks, start, key=lambda mark: mark.start) - 1)
        while place < len(self.marks) and self.marks[place].start < max(end, start + 1):
            yield self.marks[place]
            place += 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the reader found in the source's own structure; `level` counts from 1, offsets are characters."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the record, as text with the way back to its source.

    `id` follows from the bytes of the source, so the same file has the same id everywhere; `sha256` is of those
    bytes; `kind` is the source's format ("pdf", "docx", "eml", "html", "md", "txt"); `name` is its file name; `mail` is
    what a message's header says, None for what is no message.
    """

    id: str
    sha256: str
    kind: str
    custodian: str
    date: date | None
    text: str = field(repr=False)
    pages: PageMap = field(default=PageMap(), repr=False)
    name: str = ""
    title: str = ""
    headings: tuple[Heading, ...] = field(default=(), repr=False)
    mail: Mail | None = field(default=None, repr=False)

    def passage(self, start: int, end: int) -> Passage:
        """The passage from character `start` up to `end`."""
        return Passage(self, start, end, self.text[start:end])

    def __hash__(self) -> int:
        return hash((self.id, self.sha256))


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact quotation; can't be built unless `doc.text[start:end] == text`."""

    doc: Document
    start: int
    end: int
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.doc.text):
            raise ValueError(
                f"{self.doc.id}: no passage from {self.start} to {self.end} in {len(self.doc.text)} characters"
            )
        if self.doc.text[self.start : self.end] != self.text:
            raise ValueError(f"{self.doc.id}: the words at {self.start} to {self.end} are not those of the passage")

    @property
    def span(self) -> tuple[int, int]:
        """Start and end, in characters of the document's text."""
        return (self.start, self.end)
