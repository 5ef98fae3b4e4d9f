"""A passage in, where it stands on the pages of its file out; and the image of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from showcause.core import Passage, Scan, Word
from showcause.errors import BadInput
from showcause.intake import image
from showcause.intake.hyphens import MARK
from showcause.intake.pdf import CHANGED, is_pdf, opened, write
from showcause.text import Offsets


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the lower left corner of the page's own space; pages count from 1.

    An image's points are those of `image`.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float


def boxes(
    blob: bytes, passage: Passage, *, scans: Iterable[Scan] = (), passwords: tuple[str, ...] = ()
) -> tuple[Box, ...]:
    """The boxes of a passage on the pages of the file `blob` that its document was read from, one a line, in order.

    `scans` are the document's recognised pages: words on them have the boxes where they were recognised; `passwords`
    are tried on a locked PDF. White space has no box. Raises BadInput where the document was not read from this file,
    Unreadable as `read` does.
    """
    recognised = {scan.page: scan for scan in scans}
    found: list[Box] = []
    for page, start, end in _pages(passage):
        words = list(recognised[page].words()) if page in recognised else []
        own_end = words[0].start - 1 if words else end
        span = (max(passage.start, start), min(passage.end, own_end))
        if span[0] < span[1] and is_pdf(blob, ""):
            with opened(blob, passwords) as pdf:
                own = passage.doc.text[start:own_end]
                found += _on_page(pdf, page, own, (span[0] - start, span[1] - start))
        found += _recognised(page, passage, words)
    return tuple(found)


def _pages(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """The pages that the passage touches, each with where its text begins and ends in the document's."""
    marks, text = passage.doc.pages.marks, passage.doc.text
    for place, mark in enumerate(marks):
        end = marks[place + 1].start - 1 if place + 1 < len(marks) else len(text)
        if mark.start < passage.end and passage.start < end and mark.page is not None:
            yield mark.page, mark.start, end


def _recognised(page: int, passage: Passage, words: list[Word]) -> Iterator[Box]:
    """The boxes of the recognised words that the passage touches, a line each."""
    touched = [word for word in words if word.start < passage.end and passage.start < word.end]
    line: list[Word] = touched[:1]
    for before, word in pairwise(touched):
        between = passage.doc.text[before.end : word.start]
        if "\n" in between or not between:  # the halves of a broken word stand on two lines
            yield _line_box(page, line)
            line = []
        line.append(word)
    if line:
        yield _line_box(page, line)


def _line_box(page: int, line: list[Word]) -> Box:
    return _union(page, [(word.left, word.bottom, word.right, word.top) for word in line])


def page_image(blob: bytes, *, page: int, dpi: float = 96.0, passwords: tuple[str, ...] = ()) -> bytes:
    """The page (counted from 1) as it is seen, as a PNG of RGB pixels, `dpi` pixels an inch."""
    from showcause.intake.png import png

    if not is_pdf(blob, ""):
        return image.seen(blob, page=page, dpi=dpi)
    with opened(blob, passwords) as pdf:
        if not 1 <= page <= len(pdf):
            raise BadInput(f"no page {page}: the file has {len(pdf)}")
        bitmap = pdf[page - 1].render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=False)
        return png(bytes(bitmap.buffer), width=bitmap.width, stride=bitmap.stride, channels=bitmap.n_channels)


def _on_page(pdf: Any, page: int, text: str, span: tuple[int, int]) -> Iterator[Box]:
    """The boxes of a span of the page's `text`, a line each."""
    if not 1 <= page <= len(pdf):
        raise BadInput(f"no page {page}: the file has {len(pdf)}")
    handle = pdf[page - 1]
    words = handle.get_textpage()
    try:
        raw = words.get_text_range(errors="surrogatepass").replace("\x02", MARK)
        line: list[tuple[float, float, float, float]] = []
        for broken, rectangle in _characters(words, raw, *_raw_span(raw, text, span)):
            if broken and line:
                yield _union(page, line)
                line = []
            if rectangle:
                line.append(rectangle)
        if line:
            yield _union(page, line)
    finally:
        words.close()
        handle.close()


def _raw_span(raw: str, text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span in PDFium's text `raw` of a span of the page's `text` as it was read. Raises BadInput if they differ."""
    pieces, place, source = [(0, 0)], 0, 0
    for found in CHANGED.finditer(raw):
        place += found.start() - source
        own = "-" if text[place : place + 1] == "-" else ""  # what the whole document's words decided when it was read
        place += len(own if found[0] == MARK else write(found))
        source = found.end()
        pieces.append((place, source))
    if place + len(raw) - source != len(text):
        raise BadInput("the passage is not of this file: its page reads otherwise")
    start, end = Offsets(tuple(pieces)).span(*span)
    return start, end


def _characters(
    words: Any, raw: str, start: int, end: int
) -> Iterator[tuple[bool, tuple[float, float, float, float] | None]]:
    """For each character, whether a line begins with it, and its box where it has one."""
    from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex as index_of

    unit = len(raw[:start].encode("utf-16-le", "surrogatepass")) // 2
    broken, previous = False, None
    for character in raw[start:end]:
        if character.isspace():
            broken = broken or character in "\r\n"
        else:
            index = index_of(words, unit)
            box = words.get_charbox(index) if index >= 0 else None
            apart = bool(box and previous and not _same_line(box, previous))
            yield broken or apart, box
            broken, previous = character == MARK, box or previous
        unit += 2 if ord(character) > 0xFFFF else 1


def _same_line(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes overlap in height, or in width where the text runs up or down the page."""
    high = one[1] <= other[3] + 2 and other[1] <= one[3] + 2
    wide = one[0] <= other[2] + 2 and other[0] <= one[2] + 2
    return high or wide


def _union(page: int, line: list[tuple[float, float, float, float]]) -> Box:
    lefts, bottoms, rights, tops = zip(*line, strict=True)
    return Box(page, min(lefts), min(bottoms), max(rights), max(tops))
