"""A passage in, the place where a reader finds it out: the instrument, its section, its page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from showcause.core import Document, Heading, Passage
from showcause.text import Section, sections

Sections = Callable[[str, Sequence[Heading]], Sequence[Section]]
EDGE = re.compile(
    r"(?<=[.?!;:])\s+|\n\s*\n|\f|(?<=[A-Z]{3})\n"
)  # where a sentence, limb, paragraph, page or capital heading ends
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands; `start` and `end` count characters of the document's text, `pages` from 1."""

    document: str
    title: str
    file: str
    section: str
    heading: str
    pages: tuple[int, ...]
    start: int
    end: int

    @property
    def mark(self) -> str:
        """The section as a reader looks it up: "§ 428.4", or its heading where it has no number."""
        if self.section:
            return f"§ {self.section}"
        return "" if self.heading in self.title else self.heading

    @property
    def page(self) -> str:
        """The page or pages: "p. 21", "pp. 21–22", "" where the source has none."""
        if not self.pages:
            return ""
        first, last = self.pages[0], self.pages[-1]
        return f"p. {first}" if first == last else f"pp. {first}–{last}"

    @property
    def words(self) -> str:
        """Instrument, section and page in one line."""
        return ", ".join(part for part in (self.title, self.mark, self.page) if part)

    @property
    def address(self) -> str:
        """The whole address: file, section, page and characters."""
        file = f"{self.title} [{self.file}]" if self.file and self.file != self.title else self.title
        spot = f"characters {self.start:,}–{self.end:,}"
        return ", ".join(part for part in (file, self.mark, self.page, spot) if part)


class Places:
    """The places of passages; the sections of a document are read once, by `find`."""

    def __init__(self, find: Sections = sections) -> None:
        self._find = find
        self._known: dict[str, tuple[list[int], Sequence[Section]]] = {}

    def of(self, passage: Passage) -> Place:
        """Where the passage stands."""
        doc = passage.doc
        found = self.section(doc, passage.start)
        pages = doc.pages.pages(passage.start, passage.end)
        number, heading = (printable(found.number), printable(found.heading)) if found else ("", "")
        return Place(doc.id, title(doc), printable(doc.name), number, heading, pages, passage.start, passage.end)

    def section(self, doc: Document, offset: int) -> Section | None:
        """The section of `doc` that holds the character at `offset`, or None before the first."""
        if doc.id not in self._known:
            found = self._find(doc.text, doc.headings)
            self._known[doc.id] = ([s.start for s in found], found)
        starts, found = self._known[doc.id]
        place = bisect_right(starts, offset)
        return found[place - 1] if place else None


def beside(passage: Passage, *, most: int = 240) -> tuple[str, str]:
    """The words before and after a passage up to the ends of its sentence or line, `most` characters of each."""
    text, start, end = passage.doc.text, passage.start, passage.end
    before = EDGE.split(text[max(0, start - most) : start])[-1]
    after = text[end : end + most]
    stop = EDGE.search(after) if not passage.text.rstrip().endswith((".", "?", "!")) else None
    rest = after[: stop.end()] if stop else ""
    return flowing(before.lstrip()), flowing(rest.rstrip())


def title(doc: Document) -> str:
    """What a paper calls a document: its title, or its file name where the title only shouts the name of its maker."""
    told = "" if doc.title.isupper() and doc.name else doc.title
    return printable(told or doc.name or doc.id)


WRAP = re.compile(r"(?<=\S)[ \t]*\n(?=[^\s(•*\-–—\d])(?![A-Za-z]{1,3}[.)]\s)")  # a line that only the page broke


def flowing(text: str) -> str:
    """A quotation as a paper sets it: lines that a page broke run on; paragraphs and list items keep their own."""
    return WRAP.sub(" ", printable(text))


def printable(text: str) -> str:
    """`text` of the same length: a page break as a line break, any other character that no paper can hold as U+FFFD."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\f", "\n"))
