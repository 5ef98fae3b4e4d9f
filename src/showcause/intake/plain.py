"""Bytes of plain text or Markdown in, their characters out, with pages, paragraphs and headings."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from showcause.core import Heading, Mark, PageMap
from showcause.errors import Unreadable
from showcause.intake import encodings
from showcause.intake.reading import REPLACED, Limits, Reading, writable

_BOMS = (  # the longer first: the mark of UTF-32 LE begins with that of UTF-16 LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536  # bytes that settle whether something is text
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\x0b\x1b\x08\x1a")
_BLANK = re.compile(r"(?:\n[^\S\n\f]*+)*+\f\s*|\n[^\S\n\f]*+\n\s*")
_EMPTY = re.compile(r"\n[^\S\n]*+\n\s*")  # the same where there is no form feed; it begins with a letter to look for
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)", re.MULTILINE)
_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]++(\S[^\n]*)$", re.MULTILINE)
_SETEXT = re.compile(r"^ {0,3}(?![-=>#*+\s])(\S[^\n]*)\n {0,3}(=++|--++)[ \t]*+$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)


def is_text(blob: bytes, name: str) -> bool:
    """Whether the bytes are characters of some encoding rather than a binary format; `name` plays no part."""
    del name
    sample = blob[:_SAMPLE]
    if any(sample.startswith(bom) for bom, _ in _BOMS) or _wide(sample):
        return True
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\0" not in sample and controls <= len(sample) // 200


def is_markdown(blob: bytes, name: str) -> bool:
    """Whether a text is Markdown: by its suffix, or, where the suffix says nothing, by two headings or more."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in {"md", "markdown", "mdown"}:
        return is_text(blob, name)
    known = suffix in {"txt", "text", "log", "csv", "asc"}
    return not known and is_text(blob, name) and len(re.findall(rb"(?m)^#{1,6} \S", opening(blob))) >= 2


def opening(blob: bytes) -> bytes:
    """The first bytes of a text, as UTF-8 where two or four bytes make a character, so that ASCII can be looked for."""
    sample = blob[:_SAMPLE]
    encoding = next((name for bom, name in _BOMS if sample.startswith(bom)), None) or _wide(sample)
    return sample.decode(encoding, "ignore").encode("utf-8", "ignore") if encoding else sample


def read_text(blob: bytes, name: str, limits: Limits) -> Reading:
    """A plain text; a form feed ends a page, a blank line a paragraph. Raises Unreadable where it holds no words."""
    del name
    text, notes = characters(blob)
    return Reading("txt", _bounded(text, limits), PageMap(tuple(_marks(text))), notes=notes)


def read_markdown(blob: bytes, name: str, limits: Limits) -> Reading:
    """A Markdown text as it stands, with its headings; title and date from its front matter or its first heading."""
    del name
    text, notes = characters(blob)
    headings = tuple(_headings(_bounded(text, limits)))
    front = _FRONT.match(text)
    title = _field(front[1], "title") if front else ""
    if not title and headings:
        title = text[headings[0].start : headings[0].end]
    day = _day(_field(front[1], "date")) if front else None
    return Reading("md", text, PageMap(tuple(_marks(text))), headings, title, day, notes=notes)


def characters(blob: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    r"""The characters of `blob` with `\n` as the only line end, and notes on what had to be guessed.

    A byte order mark stands above `declared` (the encoding that the file itself names), that above UTF-8, that above
    UTF-16 without a mark, that above what the signs themselves make likely, that above Windows-1252.
    """
    for bom, encoding in _BOMS:
        if blob.startswith(bom):
            return _decoded(blob[len(bom) :], encoding)
    if declared and known(declared):
        return _decoded(blob, declared)
    wide = _wide(blob[:_SAMPLE])
    if wide:
        return _decoded(blob, wide)
    try:
        text = blob.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(blob)
    shifted = encodings.seven_bit(blob) if text.isascii() else None
    if shifted:
        return _lines(blob.decode(shifted, "replace")), (
            f"written in ASCII: read as {shifted.upper().replace('_', '-')}",
        )
    return _lines(text), ()


def known(encoding: str) -> bool:
    """Whether `encoding` names an encoding of characters that can be decoded here."""
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 - codecs tells text from rot13 nowhere else
    except (LookupError, ValueError):
        return False


def _guessed(blob: bytes) -> tuple[str, tuple[str, ...]]:
    broken = blob.decode("utf-8", "replace")
    wrong = broken.count(REPLACED)
    if sum(map(len, re.findall("[\u0080-\ufffc]+", broken))) > 2 * wrong:  # UTF-8 with a few bytes broken
        return _decoded(blob, "utf-8")
    encoding = encodings.guess(blob) or "cp1252"
    text = blob.decode(encoding, "replace")
    lost = text.count(REPLACED)
    note = f"not UTF-8: read as {encodings.named(encoding)}"
    return _lines(text), (f"{note}, which does not fit in places, which show as U+FFFD: {lost}" if lost else note,)


def _decoded(blob: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return _lines(blob.decode(encoding)), ()
    except UnicodeDecodeError:
        text = blob.decode(encoding, "replace")
    return _lines(text), (f"not {encoding} in places, which show as U+FFFD: {text.count(REPLACED)}",)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a zero in every other byte, and none in the bytes between."""
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.4 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.02 else None


def _lines(text: str) -> str:
    return writable(text.replace("\r\n", "\n").replace("\r", "\n"))


def _bounded(text: str, limits: Limits) -> str:
    if len(text) > limits.characters:
        raise Unreadable(f"too long: more than {limits.characters:,} characters")
    if not text.strip():
        raise Unreadable("empty: it holds no words")
    return text


def _marks(text: str) -> Iterator[Mark]:
    """A mark for each paragraph; pages are numbered only where the text has form feeds."""
    paged, page, paragraph = "\f" in text, 1, 1
    yield Mark(0, page=page if paged else None, paragraph=paragraph)
    for gap in (_BLANK if paged else _EMPTY).finditer(text):
        if gap.end() == len(text):
            return
        page += gap[0].count("\f")
        paragraph += 1
        yield Mark(gap.end(), page=page if paged else None, paragraph=paragraph)


def _headings(text: str) -> Iterator[Heading]:
    fences = [m.start() for m in _FENCE.finditer(text)]
    found = [(len(m[1]), m.start(2), m[2].rstrip().rstrip("#").rstrip() or m[2]) for m in _ATX.finditer(text)]
    found += [(1 if m[2][0] == "=" else 2, m.start(1), m[1].rstrip()) for m in _SETEXT.finditer(text)]
    front = _FRONT.match(text)
    for level, start, words in sorted(found, key=lambda heading: heading[1]):
        fenced = bisect_right(fences, start) % 2  # between an opening fence and its closing one
        if not fenced and not (front and start < front.end()):
            yield Heading(start, start + len(words), level)


def _field(front: str, key: str) -> str:
    found = re.search(rf"^{key}:[ \t]*(.*)$", front, re.MULTILINE)
    return found[1].strip().strip("'\"") if found else ""


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None
