"""A PDF in, its text by page out, with what is recognised where a page shows words that it does not hold as text.

The text of a page is what PDFium gives, in the order in which the page draws it. Only these characters are written
otherwise, each with an exact way back to PDFium's own index: CR LF becomes LF, and the mark that PDFium gives for a
hyphen and line end inside a word becomes a hyphen where the word has one, else nothing (`hyphens`). Recognised words
follow the page's own text, a line below. Pages are joined by a form feed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from showcause.core import Heading, Mark, PageMap
from showcause.errors import BadInput, Unreadable
from showcause.intake.hyphens import MARK, mender
from showcause.intake.layer import Need, large_picture, need
from showcause.intake.pages import PageText, completed, ranges
from showcause.intake.reading import REPLACED, Limits, Part, Reading, unique

_WRITTEN = {"\r\n": "\n", "\r": "\n", "\f": " ", "\0": REPLACED}
_SPECIAL = re.compile("\r\n|[\r\f\0\ud800-\udfff]")
CHANGED = re.compile(f"{_SPECIAL.pattern}|{MARK}")
_TAIL = 2048  # bytes at the end in which readers look for the end mark (ISO 32000-1, annex H, note 18: 1024)
_HEAD = 1024  # bytes at the start in which the header may stand (the same, note 13)
_OUTLINE = 20_000  # entries of an outline that are looked at
_NUMBER = re.compile(r"[\w.()§–-]{0,12}[ \t]+\Z")
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def is_pdf(blob: bytes, name: str) -> bool:
    """Whether the bytes are a PDF; `name` plays no part."""
    del name
    place = blob.find(b"%PDF-", 0, _HEAD)
    return place >= 0 and (not blob[:place].strip(b"\xef\xbb\xbf \t\r\n\0") or b"startxref" in blob)


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The text of every page, a mark for each, headings from the outline, and the files attached.

    Pages whose words are not there as text are recognised where they are at most `limits.recognise`, else they are
    `pending`. A file without text that holds other files is their container. Raises Unreadable where the file is cut
    off or damaged, needs a password, or has neither words nor attachments.
    """
    del name
    with opened(blob, limits.passwords) as pdf:
        pages = _read_pages(pdf, limits, pictures=large_picture(blob))
        parts, left_out = _attachments(pdf, limits)
        reason = _wordless(pages)
        if reason and parts:
            return Reading("pdf", "", parts=parts, notes=(reason, *left_out), container=True)
        if reason:
            raise Unreadable(reason)
        starts = _starts(pages.texts)
        reading = Reading(
            kind="pdf",
            text="\f".join(pages.texts),
            pages=PageMap(tuple(Mark(start, page=number) for number, start in enumerate(starts, 1))),
            headings=tuple(_all_headings(_outline(pdf), pages.texts, starts)),
            title=pdf.get_metadata_value("Title"),
            date=_day(pdf.get_metadata_value("CreationDate")),
            parts=parts,
            notes=(*_notes(pdf, pages), *left_out),
            pending=tuple(pages.unread),
        )
        if reading.pending and len(reading.pending) <= limits.recognise:
            return completed(reading, recognise(pdf, reading.pending, limits))
        return reading


def recognise(pdf: Any, pages: Iterable[int], limits: Limits) -> Iterator[PageText]:
    """What is recognised on each of the `pages` (from 1) of an open PDF, with the headings that its outline names."""
    from showcause.intake.ocr import engine
    from showcause.intake.scanned import page_text

    outline = _outline(pdf)
    for number in pages:
        if not 1 <= number <= len(pdf):
            raise BadInput(f"no page {number}: the file has {len(pdf)}")
        page = pdf[number - 1]
        words = page.get_textpage()
        try:
            wanted = need(page, words, _text(words), pictures=True)  # chosen already: now whether its own text stays
            seen = page_text(page, number, engine(), rest=wanted is Need.REST)
        finally:
            words.close()
            page.close()
        own = outline if wanted is Need.WHOLE else {}
        yield replace(seen, headings=tuple(_headings(own.get(number, ()), seen.text)))
        limits.tick()


@contextmanager
def opened(blob: bytes, passwords: tuple[str, ...] = ()) -> Iterator[Any]:
    """The PDF, opened by pypdfium2, with the first of the `passwords` that opens it where it is locked.

    Raises Unreadable where it is cut off or damaged, or needs a password that is not among them.
    """
    tail = blob.rstrip(b"\0")[-_TAIL:]
    cut = b"%%EOF" not in tail and b"startxref" not in tail
    pdf = _unlocked(blob, passwords, cut=cut)
    try:
        # PDFium mends a file whose end is missing and gives the pages it can; which are lost nobody could tell.
        if cut:
            raise Unreadable("truncated: the end of the PDF is missing")
        yield pdf
    finally:
        pdf.close()


def _unlocked(blob: bytes, passwords: tuple[str, ...], *, cut: bool) -> Any:
    import pypdfium2

    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(blob, password=password)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) != _PASSWORD:
                raise Unreadable(
                    "truncated: the end of the PDF is missing" if cut else "damaged: no valid PDF"
                ) from None
    tried = f": none of the {len(passwords)} given opens it" if passwords else ""
    raise Unreadable(f"needs a password{tried}")


@dataclass(slots=True)
class _Pages:
    """The text of each page, and the numbers of pages: not opened, with remarks, to be recognised, their text false."""

    texts: list[str]
    failed: list[int]
    remarked: list[int]
    unread: list[int]
    false: list[int]


def _read_pages(pdf: Any, limits: Limits, *, pictures: bool) -> _Pages:
    from pypdfium2 import PdfiumError

    pages = _Pages([], [], [], [], [])
    length = 0
    for number in range(1, len(pdf) + 1):
        try:
            text = _one_page(pdf, number, pages, pictures=pictures)
        except PdfiumError:
            pages.failed.append(number)
            text = ""
        pages.texts.append(text)
        length += len(text)
        if length > limits.characters:
            raise Unreadable(f"too long: more than {limits.characters:,} characters")
    if any(MARK in text for text in pages.texts):
        written = mender(pages.texts)
        pages.texts = [re.sub(MARK, written, text) for text in pages.texts]
    return pages


def _one_page(pdf: Any, number: int, pages: _Pages, *, pictures: bool) -> str:
    """The page's own text, counted from 1, as far as it is true; what else is found goes to `pages`."""
    page = pdf[number - 1]
    words = page.get_textpage()
    try:
        text = _text(words)
        wanted = need(page, words, text, pictures=pictures)
        if _has_remark(page):
            pages.remarked.append(number)
    finally:
        words.close()
        page.close()
    if wanted is not Need.NOTHING:
        pages.unread.append(number)
    if wanted is Need.WHOLE and text.strip():
        pages.false.append(number)
    return "" if wanted is Need.WHOLE else text


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


def _text(words: Any) -> str:
    """The page's text as this module's docstring says, but for broken words."""
    text = words.get_text_range(errors="surrogatepass").replace("\r\n", "\n").replace("\x02", MARK)
    return _SPECIAL.sub(write, text) if _SPECIAL.search(text) else text


def write(found: re.Match[str]) -> str:
    """What is written for characters of PDFium's that a text can't hold."""
    return _WRITTEN.get(found[0], REPLACED)


def _wordless(pages: _Pages) -> str | None:
    """Why the file has no text and can get none, or None where it has or can."""
    count = len(pages.texts)
    if pages.unread or any(text.strip() for text in pages.texts):
        return None
    if len(pages.failed) == count:
        return "damaged: no page of the PDF can be opened" if count else "damaged: the PDF has no page"
    return "no text layer: no page holds any text"


def _notes(pdf: Any, pages: _Pages) -> Iterator[str]:
    """What of the source the text does not show."""
    known = {*pages.failed, *pages.unread}
    bare = [n for n, text in enumerate(pages.texts, 1) if not text.strip() and n not in known]
    for what, numbers in (
        ("could not be opened", pages.failed),
        ("no text layer", bare),
        ("a text layer that is not what the page shows was left out", pages.false),
        ("remarks that are not in the text", pages.remarked),
    ):
        if numbers:
            yield f"{what}: {ranges(numbers)}"
    if pdf.get_formtype():
        yield "what is filled into the fields of its form is not in the text"


def _starts(texts: list[str]) -> list[int]:
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    return starts


def _outline(pdf: Any) -> Mapping[int, list[tuple[list[str], int]]]:
    """For each page (from 1) the entries of the outline that point to it: the words, and a level from 1."""
    entries: dict[int, list[tuple[list[str], int]]] = defaultdict(list)
    for entry in islice(pdf.get_toc(), _OUTLINE):
        target = entry.get_dest()
        page = target.get_index() if target else None
        title = entry.get_title().split()
        if page is not None and title:
            entries[page + 1].append((title, entry.level + 1))
    return entries


def _all_headings(
    outline: Mapping[int, list[tuple[list[str], int]]], texts: list[str], starts: list[int]
) -> Iterator[Heading]:
    for page in sorted(outline):
        if 1 <= page <= len(texts):
            start = starts[page - 1]
            for one in _headings(outline[page], texts[page - 1]):
                yield Heading(start + one.start, start + one.end, one.level)


def _headings(entries: Iterable[tuple[list[str], int]], text: str) -> Iterator[Heading]:
    """The entries that stand, as lines, in the text of their page."""
    last = 0
    for title, level in entries:
        place = _located(title, text, last)
        if place:
            last = place[1]
            yield Heading(*place, level)


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
