"""Passages in, the stretches of their documents that show them in their place out: marked, with pages and sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from showcause.core import Document, Passage
from showcause.paper.place import Places, printable, title

AROUND = 1200  # characters shown on either side of a passage


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of words, `marked` where a passage covers it.

    `opens` are the anchors of passages that begin with it, `page` is the page that does.
    """

    text: str
    marked: bool
    opens: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document that holds passages; `cut` tells whether words before and after it are left out."""

    bits: tuple[Bit, ...]
    start: int
    end: int
    place: str
    cut: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as far as a paper shows it."""

    anchor: str
    title: str
    file: str
    kind: str
    custodian: str
    sha256: str
    windows: tuple[Window, ...]
    length: int


def anchors(passages: Iterable[Passage]) -> Mapping[Passage, str]:
    """A short name for each passage, in the order of documents and places."""
    once = sorted(dict.fromkeys(passages), key=lambda p: (p.doc.name, p.doc.id, p.start, p.end))
    return {p: f"p{n}" for n, p in enumerate(once, start=1)}


def shown(names: Mapping[Passage, str], places: Places) -> Iterator[Shown]:
    """Every document that a named passage stands in, cut down to what surrounds its passages."""
    by: dict[str, list[Passage]] = defaultdict(list)
    for passage in names:
        by[passage.doc.id].append(passage)
    for number, found in enumerate(by.values(), start=1):
        doc = found[0].doc
        windows = tuple(_window(doc, span, found, names, places) for span in _spans(doc, found))
        name = (printable(doc.name), doc.kind, printable(doc.custodian), doc.sha256)
        yield Shown(f"d{number}", title(doc), *name, windows, len(doc.text))


def _spans(doc: Document, found: Sequence[Passage]) -> list[tuple[int, int]]:
    """The passages with what surrounds them, joined where they meet."""
    out: list[tuple[int, int]] = []
    for p in found:
        start, end = _word(doc.text, max(0, p.start - AROUND)), min(len(doc.text), p.end + AROUND)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _word(text: str, place: int) -> int:
    """The start of the next word, so that a stretch begins with a whole one."""
    if place == 0:
        return 0
    space = text.find(" ", place, place + 60)
    return place if space < 0 else space + 1


def _window(
    doc: Document, span: tuple[int, int], found: Sequence[Passage], names: Mapping[Passage, str], places: Places
) -> Window:
    start, end = span
    inside = [p for p in found if start <= p.start and p.end <= end]
    pages = {m.start: m.page for m in doc.pages.marks if start < m.start < end and m.page and _turns(doc, m.start)}
    edges = sorted({start, end, *pages, *(edge for p in inside for edge in p.span)})
    bits = []
    for a, b in pairwise(edges):
        opens = tuple(names[p] for p in inside if p.start == a)
        marked = any(p.start <= a and b <= p.end for p in inside)
        bits.append(Bit(printable(doc.text[a:b]), marked, opens, pages.get(a)))
    words = places.of(inside[0])
    return Window(
        tuple(bits), start, end, ", ".join(w for w in (words.mark, words.page) if w), (start > 0, end < len(doc.text))
    )


def _turns(doc: Document, offset: int) -> bool:
    """Whether a new page begins at the offset."""
    here, before = doc.pages.at(offset), doc.pages.at(offset - 1)
    return bool(here and before and here.page != before.page)
