"""A PDF with a text layer in, its text by page out; and, on demand, the boxes of a passage and the image of a page.

The text of a page is what PDFium gives, in the order in which the page draws it. Only these characters are written
otherwise, each with an exact way back to PDFium's own index: CR LF becomes LF, and the mark that PDFium gives for a
hyphen and line end inside a word becomes a hyphen where the word has one, else nothing (`hyphens`). Pages are joined
by a form feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from showcause.core import Heading, Mark, PageMap, Passage
from showcause.errors import BadInput, Unreadable
from showcause.intake.hyphens import MARK, mender
from showcause.intake.reading import REPLACED, Limits, Part, Reading, unique
from showcause.text import Offsets

_WRITTEN = {"\r\n": "\n", "\r": "\n", "\f": " ", "\0": REPLACED}
_SPECIAL = re.compile("\r\n|[\r\f\0\ud800-\udfff]")
_CHANGED = re.compile(f"{_SPECIAL.pattern}|{MARK}")
_TAIL = 2048  # bytes at the end in which readers look for the end mark (ISO 32000-1, annex H, note 18: 1024)
_HEAD = 1024  # bytes at the start in which the header may stand (the same, note 13)
_STAMP = 80  # characters: a page number, a stamp
_OUTLINE = 20_000  # entries of an outline that are looked at
_NUMBER = re.compile(r"[\w.()§–-]{0,12}[ \t]+\Z")
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the lower left corner of the page's own space; pages count from 1."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def is_pdf(blob: bytes, name: str) -> bool:
    """Whether the bytes are a PDF; `name` plays no part."""
    del name
    place = blob.find(b"%PDF-", 0, _HEAD)
    return place >= 0 and (not blob[:place].strip(b"\xef\xbb\xbf \t\r\n\0") or b"startxref" in blob)


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The text of every page, a mark for each, headings from the outline, and the files attached.

    A file without text that holds other files is their container. Raises Unreadable where the file is cut off or
    damaged, needs a password, or has neither text nor attachments.
    """
    del name
    with _opened(blob) as pdf:
        pages = _read_pages(pdf, limits)
        parts, left_out = _attachments(pdf, limits)
        reason = _wordless(pdf, pages)
        if reason and parts:
            return Reading("pdf", "", parts=parts, notes=(reason, *left_out), container=True)
        if reason:
            raise Unreadable(reason)
        starts = _starts(pages.texts)
        marks = tuple(Mark(start, page=number) for number, start in enumerate(starts, 1))
        return Reading(
            kind="pdf",
            text="\f".join(pages.texts),
            pages=PageMap(marks),
            headings=tuple(_headings(pdf, pages.texts, starts)),
            title=pdf.get_metadata_value("Title"),
            date=_day(pdf.get_metadata_value("CreationDate")),
            parts=parts,
            notes=(*_notes(pdf, pages), *left_out),
        )


def boxes(blob: bytes, passage: Passage) -> tuple[Box, ...]:
    """The boxes of a passage on the pages of the PDF `blob` that its document was read from, one a line, in order.

    White space has no box. Raises BadInput where the document was not read from this file, Unreadable as `read` does.
    """
    marks, text = passage.doc.pages.marks, passage.doc.text
    found: list[Box] = []
    with _opened(blob) as pdf:
        for place, mark in enumerate(marks):
            after = marks[place + 1].start - 1 if place + 1 < len(marks) else len(text)
            if mark.start < passage.end and passage.start < after and mark.page is not None:
                span = (max(0, passage.start - mark.start), min(passage.end, after) - mark.start)
                found += _on_page(pdf, mark.page, text[mark.start : after], span)
    return tuple(found)


def page_image(blob: bytes, *, page: int, dpi: float = 96.0) -> bytes:
    """The page (counted from 1) as it is seen, as a PNG of RGB pixels, `dpi` pixels an inch."""
    from showcause.intake.png import png

    with _opened(blob) as pdf:
        if not 1 <= page <= len(pdf):
            raise BadInput(f"no page {page}: the file has {len(pdf)}")
        bitmap = pdf[page - 1].render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=False)
        return png(bytes(bitmap.buffer), width=bitmap.width, stride=bitmap.stride, channels=bitmap.n_channels)


@contextmanager
def _opened(blob: bytes) -> Iterator[Any]:
    import pypdfium2

    tail = blob.rstrip(b"\0")[-_TAIL:]
    cut = b"%%EOF" not in tail and b"startxref" not in tail
    try:
        pdf = pypdfium2.PdfDocument(blob)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Unreadable("needs a password") from None
        raise Unreadable("truncated: the end of the PDF is missing" if cut else "damaged: no valid PDF") from None
    try:
        # PDFium mends a file whose end is missing and gives the pages it can; which are lost nobody could tell.
        if cut:
            raise Unreadable("truncated: the end of the PDF is missing")
        yield pdf
    finally:
        pdf.close()


@dataclass(slots=True)
class _Pages:
    """The text of each page, and the numbers of those that could not be opened and of those that carry remarks."""

    texts: list[str]
    failed: list[int]
    remarked: list[int]


def _read_pages(pdf: Any, limits: Limits) -> _Pages:
    from pypdfium2 import PdfiumError

    pages = _Pages([], [], [])
    length = 0
    for number in range(1, len(pdf) + 1):
        try:
            text, remarks = _one_page(pdf, number)
        except PdfiumError:
            pages.failed.append(number)
            text, remarks = "", False
        pages.texts.append(text)
        pages.remarked += [number] if remarks else []
        length += len(text)
        if length > limits.characters:
            raise Unreadable(f"too long: more than {limits.characters:,} characters")
    if any(MARK in text for text in pages.texts):
        written = mender(pages.texts)
        pages.texts = [re.sub(MARK, written, text) for text in pages.texts]
    return pages


def _one_page(pdf: Any, number: int) -> tuple[str, bool]:
    """The text of a page, counted from 1, and whether somebody left a remark on it."""
    page = pdf[number - 1]
    words = page.get_textpage()
    try:
        return _plain(words.get_text_range(errors="surrogatepass")), _has_remark(page)
    finally:
        words.close()
        page.close()


def _has_remark(page: Any) -> bool:
    """Whether the page has an annotation other than a link, a field of a form or the window of another one."""
    from pypdfium2 import raw

    for place in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind not in {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP}:
            return True
    return False


def _plain(raw: str) -> str:
    """The page's text as this module's docstring says, but for broken words."""
    text = raw.replace("\r\n", "\n").replace("\x02", MARK)
    return _SPECIAL.sub(_write, text) if _SPECIAL.search(text) else text


def _write(found: re.Match[str]) -> str:
    return _WRITTEN.get(found[0], REPLACED)


def _wordless(pdf: Any, pages: _Pages) -> str | None:
    """Why the file has no text, or None where it has."""
    count = len(pages.texts)
    if any(text.strip() for text in pages.texts):
        return None
    if len(pages.failed) == count:
        return "damaged: no page of the PDF can be opened" if count else "damaged: the PDF has no page"
    if any(_has_image(pdf, number) for number in range(1, count + 1) if number not in pages.failed):
        return "no text layer: a scan; OCR is not installed"
    return "no text layer: no page holds any text"


def _has_image(pdf: Any, number: int) -> bool:
    from pypdfium2 import raw

    return any(True for _ in pdf[number - 1].get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)))


def _notes(pdf: Any, pages: _Pages) -> Iterator[str]:
    """What of the source the text does not show."""
    short = [n for n, text in enumerate(pages.texts, 1) if len(text) < _STAMP and n not in pages.failed]
    bare = [n for n in short if not pages.texts[n - 1].strip()]
    stamped = [n for n in short if n not in bare and _has_image(pdf, n)]
    for what, numbers in (
        ("could not be opened", pages.failed),
        ("no text layer", bare),
        ("a picture and next to no text, perhaps a scan", stamped),
        ("remarks that are not in the text", pages.remarked),
    ):
        if numbers:
            yield f"{what}: {_ranges(numbers)}"
    if pdf.get_formtype():
        yield "what is filled into the fields of its form is not in the text"


def _ranges(numbers: list[int]) -> str:
    """Page numbers in words: `pages 2, 5-7`."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    said = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"page {said}" if len(numbers) == 1 else f"pages {said}"


def _starts(texts: list[str]) -> list[int]:
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    return starts


def _headings(pdf: Any, texts: list[str], starts: list[int]) -> Iterator[Heading]:
    """The entries of the outline that stand, as lines, on the page they point to."""
    last: dict[int, int] = {}
    for entry in islice(pdf.get_toc(), _OUTLINE):
        target = entry.get_dest()
        page = target.get_index() if target else None
        title = entry.get_title().split()
        if page is None or not 0 <= page < len(texts) or not title:
            continue
        place = _located(title, texts[page], last.get(page, 0))
        if place:
            last[page] = place[1]
            yield Heading(starts[page] + place[0], starts[page] + place[1], entry.level + 1)


def _located(title: list[str], text: str, start: int) -> tuple[int, int] | None:
    """Where the words of `title` stand at the beginning of a line, a number before them, from `start` on."""
    for begin, end in _occurrences(title, text, start):
        line = text.rfind("\n", 0, begin) + 1
        if begin == line or _NUMBER.fullmatch(text, line, begin):
            return line, end
    return None


def _occurrences(words: list[str], text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the words stand in a row, whatever white space is between them."""
    reach = sum(map(len, words)) + 4 * len(words)
    begin = text.find(words[0], start)
    while begin >= 0:
        row = text[begin : begin + reach].split()[: len(words)]
        if row[:-1] == words[:-1] and row[-1].startswith(words[-1]):
            end = begin
            for word in words:
                end = text.index(word, end) + len(word)
            yield begin, end
        begin = text.find(words[0], begin + 1)


def _attachments(pdf: Any, limits: Limits) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    from pypdfium2 import PdfiumError

    parts: list[Part] = []
    notes: list[str] = []
    for number in range(min(pdf.count_attachments(), limits.parts)):
        attachment = pdf.get_attachment(number)
        name = attachment.get_name() or f"attachment {number + 1}"
        try:
            parts.append(Part(name, bytes(attachment.get_data())))
        except PdfiumError:
            notes.append(f"attachment {name} could not be taken out")
    return unique(parts), tuple(notes)


def _day(stamp: str) -> date | None:
    """The day of a PDF date, "D:20240305120000Z" (ISO 32000-1, 7.9.4)."""
    found = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", stamp)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


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
    for found in _CHANGED.finditer(raw):
        place += found.start() - source
        own = "-" if text[place : place + 1] == "-" else ""  # what the whole document's words decided when it was read
        place += len(own if found[0] == MARK else _write(found))
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
