"""A binary Word file in (DOC, [MS-DOC]; Word 6 and 95 too), its paragraphs in order out.

The piece table gives the words as they now stand, what a quick save left behind is not among them. Tracked changes
stand as `[-deleted-]` and `{+inserted+}`; notes, comments, headers and footers follow at the end, each once.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from showcause.errors import Unreadable
from showcause.intake import compound
from showcause.intake.compound import Compound
from showcause.intake.oldlists import Lists
from showcause.intake.reading import Limits, Reading, Transcript, redlined, unique

_STORIES = (  # pieces of the text by their order, the place of their length in the FIB, the part that they are
    ("", 76),
    ("footnote", 80),
    ("header", 84),
    ("macro", 88),
    ("comment", 92),
    ("endnote", 96),
    ("box", 100),
    ("box", 104),
)  # fmt: skip - one table
_STORIES_95 = (("", 52), ("footnote", 56), ("header", 60), ("macro", 64), ("comment", 68))
_STYLES, _CHARS, _PARAGRAPHS, _CLX = 1, 12, 13, 33  # places in the FIB's list of tables ([MS-DOC] 2.5.6)
_TABLES = {"footnote": (2, 3), "comment": (4, 5), "endnote": (46, 47)}  # references and texts
_HEADERS, _AUTHORS, _LISTS, _OVERRIDES = 11, 36, 73, 74
_FIELD = re.compile("\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x14\x15]*))?\x15")
_ENDS = re.compile("[\r\x07\x0c]")  # of paragraphs
_SIGNS = str.maketrans(
    {
        "\x0b": "\n",
        "\x0e": "\n",
        "\x1e": "-",
        "\x1f": None,
        "\0": None,
        "\x01": None,
        "\x02": None,
        "\x03": None,
        "\x04": None,
        "\x05": None,
        "\x08": None,
        "\x13": None,
        "\x14": None,
        "\x15": None,
    }
)  # fmt: skip - one table
_WIDTHS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of what follows a property, by the top bits of its number (2.6)
_DELETED, _INSERTED, _HIDDEN, _ROW_END, _OUTLINE = 0x0800, 0x0801, 0x083C, 0x2417, 0x2640
_LIST, _DEPTH, _IN_LIST, _ENDS_ROW = 0x460B, 0x260A, b"\x0b\x46", b"\x17\x24"
_LOOKS = tuple(struct.pack("<H", sprm) + b"\x01" for sprm in (_DELETED, _INSERTED, _HIDDEN))
_TITLE = 62  # the number of the style Title among those that every Word has


def is_doc(blob: bytes, name: str) -> bool:
    """Whether the bytes are a compound file with the stream of a Word document."""
    del name
    return compound.holds(blob, "WordDocument")


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of the file. Raises Unreadable where it is cut off, damaged, locked, or has no words."""
    del name
    return compound.opened(blob, limits, lambda held: _Words(held).reading())


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters `start` to `end` of the text, at byte `place` of the stream, `width` bytes each."""

    start: int
    end: int
    place: int
    width: int


class _Words:
    """Takes the text of one document together from its pieces, and down by paragraphs."""

    def __init__(self, held: Compound) -> None:
        self._held = held
        self._main = main = held.stream("WordDocument")
        magic, self._version, flags = struct.unpack_from("<HH6xH", main)
        if magic not in {0xA5EC, 0xA5DC}:
            raise Unreadable("unknown kind: a Word file older than Word 6, for which no reader is installed")
        if flags & 0x0100:
            raise Unreadable("needs a password")
        self._old = self._version < 0xC1
        self._table = main if self._old else held.stream("1Table" if flags & 0x0200 else "0Table")
        self._stories = {part: (0, 0) for part, _ in _STORIES}
        self._boxes: list[tuple[int, int]] = []
        at = 0
        for part, place in _STORIES_95 if self._old else _STORIES:
            (length,) = struct.unpack_from("<i", main, place)
            end = at + max(0, length)
            if part == "box":
                self._boxes.append((at, end))
            self._stories[part] = (at, end)
            at = end
        self._pieces = list(self._pieced(complex_=bool(flags & 4), total=at))
        self._begins = [piece.start for piece in self._pieces]
        self._text = _fieldless("".join(self._characters()))
        self._ends, self._styles = self._paragraphs() if not self._old else ([], [])
        self._levels = self._heading_styles() if not self._old else {}
        self._lists = self._listed()
        self._looks = list(self._changes()) if not self._old else []
        self._transcript = Transcript()
        self._notes = self._references()
        self._hidden = any(change == "h" for _, _, change in self._looks)

    def reading(self) -> Reading:
        self._body(*self._stories[""], part=None)
        for start, end in self._boxes:
            self._body(start, end, part=None)
        for number, (part, place) in enumerate(sorted(self._notes.items(), key=lambda note: note[1][0]), 1):
            self._note(number, part[0], place[1])
        comments = self._comments()
        self._margins()
        if not self._transcript.text:
            raise Unreadable("empty: the document holds no words")
        return self._reading(comments)

    def _reading(self, comments: int) -> Reading:
        title, day = self._held.properties()
        parts, objects = self._held.embedded()
        parts += compound.pictures(self._held.stream("Data"), self._held.limits)
        notes = ["hidden text is shown"] if self._hidden else []
        notes += [f"comments that stand at the end: {comments}"] if comments else []
        notes += [f"embedded objects that are not shown: {objects}"] if objects else []
        if any(name.startswith("macros/") for name in self._held.streams):
            notes.append("holds macros, which are not shown")
        return Reading(
            "doc",
            self._transcript.text,
            self._transcript.pages,
            self._transcript.headings,
            title,
            day,
            unique(parts),
            tuple(notes),
        )

    # The text and its properties

    def _entry(self, number: int) -> bytes:
        """A table that the FIB names by its place in the list ([MS-DOC] 2.5.6)."""
        place, length = struct.unpack_from("<II", self._main, 154 + 8 * number)
        return self._table[place : place + length]

    def _pieced(self, *, complex_: bool, total: int) -> Iterator[_Piece]:
        """The pieces of the text (2.8.35); a file of Word 6 or 95 that was saved whole has one."""
        if self._old:
            first, last, clx, length = (
                *struct.unpack_from("<II", self._main, 24),
                *struct.unpack_from("<II", self._main, 0x160),
            )
            if not complex_:
                yield _Piece(0, min(last - first, total or last - first), first, 1)
                return
            held = self._main[clx : clx + length]
        else:
            held = self._entry(_CLX)
        at = 0
        while at + 3 <= len(held) and held[at] == 1:
            at += 3 + struct.unpack_from("<H", held, at + 1)[0]
        if held[at : at + 1] != b"\x02":
            raise Unreadable("damaged: the table of its pieces is missing")
        table = held[at + 5 : at + 5 + struct.unpack_from("<I", held, at + 1)[0]]
        count = max(0, (len(table) - 4) // 12)
        ends = struct.unpack_from(f"<{count + 1}I", table)
        for n in range(count):
            (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * n + 2)
            if ends[n + 1] < ends[n]:
                raise Unreadable("damaged: its pieces run backwards")
            if self._old or place & 0x40000000:
                place = (place & 0x3FFFFFFF) // (1 if self._old else 2)
                yield _Piece(ends[n], ends[n + 1], place, 1)
            else:
                yield _Piece(ends[n], ends[n + 1], place, 2)

    def _characters(self) -> Iterator[str]:
        """The characters of each piece; one that claims more than the file holds is cut there and filled up."""
        left = 8 * len(self._main) + 1_000_000
        for piece in self._pieces:
            length = piece.end - piece.start
            left -= length
            if left < 0:
                raise Unreadable("damaged: its pieces claim more than the file holds")
            held = self._main[piece.place : piece.place + length * piece.width]
            if piece.width == 1:
                yield held.decode("cp1252", "replace").ljust(length, "\0")
            else:
                said = held[: len(held) // 2 * 2].decode("utf-16-le", "surrogatepass")
                wide = len(held) // 2 - len(said)  # characters beyond U+FFFF take two places
                yield (said + "\0" * wide).ljust(length, "\0") if wide else said.ljust(length, "\0")

    def _pages(self, number: int) -> Iterator[bytes]:
        """The pages of properties that a table names (2.8.5, 2.8.6)."""
        table = self._entry(number)
        count = max(0, (len(table) - 4) // 8)
        seen = set()
        for (page,) in struct.iter_unpack("<I", table[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
            held = self._main[page * 512 : page * 512 + 512]
            if page not in seen and len(held) == 512:
                seen.add(page)
                yield held

    def _paragraphs(self) -> tuple[list[int], list[tuple[int, int, bytes]]]:
        """For each paragraph where it begins in the stream; where it ends, its style's number, its own properties."""
        found = []
        for page in self._pages(_PARAGRAPHS):
            count = min(page[511], 29)
            places = struct.unpack_from(f"<{count + 1}I", page)
            for n in range(count):
                at = page[4 * (count + 1) + 13 * n] * 2
                if at == 0 or at >= 508:
                    found.append((places[n], places[n + 1], 0, b""))
                    continue
                size = page[at] * 2 - 1
                if size < 0:
                    at, size = at + 1, page[at + 1] * 2
                (style,) = struct.unpack_from("<H", page, at + 1)
                found.append((places[n], places[n + 1], style, page[at + 3 : at + 1 + size]))
        found.sort()
        return [each[0] for each in found], [each[1:] for each in found]

    def _heading_styles(self) -> dict[int, int]:
        """The level of each style that is a heading, or rests on one (2.9.260 and on)."""
        held = self._entry(_STYLES)
        if len(held) < 4:
            return {}
        size, count = struct.unpack_from("<HH", held)
        at = 2 + size
        named: dict[int, int] = {}
        based: dict[int, int] = {}
        for style in range(min(count, 4096)):
            if at + 2 > len(held):
                break
            (length,) = struct.unpack_from("<H", held, at)
            if length >= 4 and at + 6 <= len(held):
                number, rest = struct.unpack_from("<HH", held, at + 2)
                named[style], based[style] = number & 0xFFF, rest >> 4
            at += 2 + length + length % 2
        levels = {}
        for style in named:
            under = style
            for _ in range(20):
                if under not in named:
                    break
                if 1 <= named[under] <= 9 or named[under] == _TITLE:
                    levels[style] = 1 if named[under] == _TITLE else named[under]
                    break
                under = based[under]
        return levels

    def _listed(self) -> Lists:
        if self._old:
            return Lists(b"", b"", b"")
        place, length = struct.unpack_from("<II", self._main, 154 + 8 * _LISTS)
        return Lists(self._entry(_LISTS), self._entry(_OVERRIDES), self._table[place + length :] if length else b"")

    def _changes(self) -> Iterator[tuple[int, int, str]]:
        """Where the stream's characters are deleted ("-"), inserted ("+") or hidden ("h"), in order."""
        pages = list(self._pages(_CHARS))
        said = b"".join(pages)
        if not any(look in said for look in _LOOKS):
            return
        for page in sorted(pages, key=lambda held: struct.unpack_from("<I", held)):
            count = min(page[511], 101)
            places = struct.unpack_from(f"<{count + 1}I", page)
            for n in range(count):
                at = page[4 * (count + 1) + n] * 2
                held = _set(page[at + 1 : at + 1 + page[at]]) if at else {}
                if held.get(_DELETED) or held.get(_INSERTED) or held.get(_HIDDEN):
                    yield places[n], places[n + 1], "-" if held.get(_DELETED) else "+" if held.get(_INSERTED) else "h"

    def _place(self, at: int) -> int:
        """The byte of the stream where character `at` of the text stands."""
        piece = self._pieces[max(0, bisect_right(self._begins, at) - 1)]
        return piece.place + (at - piece.start) * piece.width

    # The paragraphs

    def _properties(self, last: int) -> tuple[int, bytes]:
        """Style and own properties of the paragraph whose last character is `last`."""
        place = self._place(last)
        number = bisect_right(self._ends, place) - 1
        if number < 0 or place >= self._styles[number][0]:
            return 0, b""
        return self._styles[number][1:]

    def _body(self, start: int, end: int, *, part: str | None) -> None:
        row: list[list[str]] = []
        cell: list[str] = []
        for first, last, sign in _cut(self._text, start, end):
            words = self._words(first, last).strip()
            style, own = self._properties(last) if sign != "\x0c" and self._ends else (0, b"")
            if sign == "\x07":
                cell += [words] if words else []
                if self._is_row_end(own, words, cell, row):
                    self._transcript.row(row, part=part)
                    row = []
                else:
                    row.append(cell)
                cell = []
            elif self._in_table(own):
                cell += [words] if words else []
            else:
                self._say(words, style, own, part)
        self._transcript.row([*row, cell], part=part)

    def _is_row_end(self, own: bytes, words: str, cell: list[str], row: list[list[str]]) -> bool:
        if self._ends:
            return _ENDS_ROW in own and _set(own).get(_ROW_END, 0) == 1
        return not words and not cell and bool(row)

    def _in_table(self, own: bytes) -> bool:
        return b"\x16\x24\x01" in own  # sprmPFInTable

    def _say(self, words: str, style: int, own: bytes, part: str | None) -> None:
        level = self._levels.get(style, 0)
        if b"\x40\x26" in own:
            outline = _set(own).get(_OUTLINE, 9)
            level = outline + 1 if outline < 9 else 0
        label = ""
        if _IN_LIST in own and words:
            said = _set(own)
            label = self._lists.label(said.get(_LIST, 0), said.get(_DEPTH, 0))
        group = "list" if label and not level else ""
        self._transcript.paragraph(f"{label} {words}" if label else words, level=level, part=part, group=group)

    def _words(self, start: int, end: int) -> str:
        """The characters from `start` to `end` with their changes in brackets and the numbers of notes."""
        text = self._text[start:end]
        if "\x02" in text or "\x05" in text:
            pieces, at = [], start
            for place, number in self._signs:
                if start <= place < end:
                    pieces.append(self._changed(at, place) + f"[{number}]")
                    at = place + 1
            return "".join([*pieces, self._changed(at, end)])
        return self._changed(start, end)

    def _changed(self, start: int, end: int) -> str:
        if not self._looks:
            return self._text[start:end].translate(_SIGNS)
        return redlined((words.translate(_SIGNS), change) for words, change in self._cut_by_changes(start, end))

    def _cut_by_changes(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        at = start
        while at < end:
            place = self._place(at)
            piece = self._pieces[max(0, bisect_right(self._begins, at) - 1)]
            number = bisect_right(self._looks, place, key=lambda look: look[0]) - 1
            inside = number >= 0 and place < self._looks[number][1]
            if inside:
                until = self._looks[number][1]
            else:
                until = (
                    self._looks[number + 1][0] if number + 1 < len(self._looks) else place + (end - at) * piece.width
                )
            step = max(1, min((until - place) // piece.width, piece.end - at, end - at))
            change = self._looks[number][2].strip("h") if inside else ""
            yield self._text[at : at + step], change
            at += step

    # Notes, comments, headers

    def _plc(self, number: int, size: int) -> list[int]:
        """The character positions at the beginning of a table whose entries take `size` bytes besides."""
        held = self._entry(number)
        count = max(0, (len(held) - 4) // (4 + size)) + 1 if len(held) >= 4 else 0
        return list(struct.unpack_from(f"<{count}I", held)) if count else []

    def _references(self) -> dict[tuple[str, int], tuple[int, tuple[int, int]]]:
        """Foot- and endnotes by kind and place: where the text refers to them, where their words stand."""
        notes: dict[tuple[str, int], tuple[int, tuple[int, int]]] = {}
        for part in ("footnote", "endnote") if not self._old else ():
            first, last = self._stories[part]
            if first == last:
                continue
            places, texts = self._plc(_TABLES[part][0], 2)[:-1], self._plc(_TABLES[part][1], 0)
            for n, place in enumerate(places[: max(0, len(texts) - 1)]):
                notes[part, n] = (place, (first + texts[n], min(last, first + texts[n + 1])))
        order = sorted(place for place, _ in notes.values())
        self._signs = list(zip(order, range(1, len(order) + 1), strict=True))
        return notes

    def _note(self, number: int, part: str, span: tuple[int, int]) -> None:
        self._transcript.paragraph(f"[{number}] {self._lines(*span)}", part=part)

    def _lines(self, start: int, end: int) -> str:
        spans = _cut(self._text, start, end)
        return "\n".join(filter(None, (self._changed(first, last).strip() for first, last, _ in spans)))

    def _comments(self) -> int:
        first, last = self._stories["comment"]
        if first == last or self._old:
            return 0
        held, texts = self._entry(_TABLES["comment"][0]), self._plc(_TABLES["comment"][1], 0)
        count = max(0, (len(held) - 4) // 34)
        owners, said = _strings(self._entry(_AUTHORS)), 0
        for n in range(min(count, len(texts) - 1)):
            (owner,) = struct.unpack_from("<H", held, 4 * (count + 1) + 30 * n + 20)
            words = self._lines(first + texts[n], min(last, first + texts[n + 1]))
            if words:
                author = owners[owner] if owner < len(owners) else "unknown"
                self._transcript.paragraph(f"[Comment by {author}] {words}", part="comment")
                said += 1
        return said

    def _margins(self) -> None:
        """Headers and footers, said once; the first six stories are the lines that part notes from text (2.8.22)."""
        first, last = self._stories["header"]
        if first == last:
            return
        places = self._plc(_HEADERS, 0) if not self._old else [0] * 6 + [0, last - first]
        said: set[tuple[str, str]] = set()
        for n in range(6, len(places) - 1):
            words = self._lines(first + places[n], min(last, first + places[n + 1]))
            part = "footer" if (n - 6) % 6 in {2, 3, 5} else "header"
            if words and (part, words) not in said:
                said.add((part, words))
                self._transcript.paragraph(words, part=part)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Paragraphs between two characters: first, last and the sign that ends each (CR, cell mark, page break)."""
    at = start
    for found in _ENDS.finditer(text, start, end):
        yield at, found.start(), found[0]
        at = found.end()
    if at < min(end, len(text)):
        yield at, min(end, len(text)), "\x0c"


def _fieldless(text: str) -> str:
    """The text, of the same length, without the instructions of its fields; what they show stays."""
    while True:
        plain = _FIELD.sub(_shown, text)
        if plain == text:
            return text
        text = plain


def _shown(field: re.Match[str]) -> str:
    shown = field[2] or ""
    return "\0" * (len(field[0]) - len(shown) - 1) + shown + "\0"


@lru_cache(maxsize=1024)
def _set(said: bytes) -> dict[int, int]:
    """The properties of a list, which many paragraphs have alike, by their number."""
    return dict(_sprms(said))


def _sprms(said: bytes) -> Iterator[tuple[int, int]]:
    """The properties of a list and what each is set to, of longer ones the first byte (2.6.1 and on)."""
    at = 0
    while at + 3 <= len(said):
        (sprm,) = struct.unpack_from("<H", said, at)
        width = _WIDTHS[sprm >> 13]
        yield sprm, struct.unpack_from("<H", said, at + 2)[0] if width == 2 and at + 4 <= len(said) else said[at + 2]
        if width:
            at += 2 + width
        elif sprm == 0xD608:  # sprmTDefTable, whose length takes two bytes
            at += 3 + struct.unpack_from("<H", said.ljust(at + 4, b"\0"), at + 2)[0]
        else:
            at += 3 + said[at + 2]


def _strings(held: bytes) -> list[str]:
    said, at = [], 0
    while at + 2 <= len(held):
        length = struct.unpack_from("<H", held, at)[0] * 2
        said.append(held[at + 2 : at + 2 + length].decode("utf-16-le", "replace"))
        at += 2 + length
    return said
