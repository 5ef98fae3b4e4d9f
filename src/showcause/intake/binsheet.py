"""A binary workbook in (XLSB, [MS-XLSB]), its rows out, as `sheet` does it for XLSX."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from showcause.intake.oldsheet import error, packed
from showcause.intake.package import Package, holds, unpacked
from showcause.intake.reading import Limits, Reading, stated
from showcause.intake.rows import Rows, letters
from showcause.intake.sheet import BUILT_IN
from showcause.intake.values import GENERAL, Shown, shown_as

_MAIN = re.compile(r"(?:\A|/)xl/workbook\d*\.bin\Z")
_ROW, _RK, _ERROR, _BOOL, _TEXT, _SHARED, _F_TEXT, _F_BOOL, _F_ERROR = 0, 2, 3, 4, 6, 7, 8, 10, 11
_ITEM, _FORMAT, _XF, _COLUMN, _SHEET, _BOOK, _XFS, _XFS_END = 19, 44, 47, 60, 156, 153, 617, 618
_AUTHOR, _COMMENT, _SAID = 632, 635, 637
_COLUMNS = 16_384


def is_xlsb(blob: bytes, name: str) -> bool:
    """Whether the bytes are a package with a binary workbook."""
    del name
    return holds(blob, _MAIN, b"xl/workbook.bin")


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The rows of every sheet. Raises Unreadable where the file is damaged, unpacks to too much, or holds no words."""
    del name
    return unpacked(blob, limits, lambda package: _Workbook(package).reading())


def _records(blob: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record; both kind and length take seven bits a byte (2.1.4)."""
    at, end = 0, len(blob)
    while at < end:
        kind = blob[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = kind & 0x7F | (blob[at] & 0x7F) << 7
            at += 1
        length = 0
        for shift in (0, 7, 14, 21):
            if at >= end:
                break
            said = blob[at]
            at += 1
            length |= (said & 0x7F) << shift
            if not said & 0x80:
                break
        yield kind, blob[at : at + length]
        at += length


def _text(held: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; a length of all ones is no text."""
    (length,) = struct.unpack_from("<I", held, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return held[at + 4 : end].decode("utf-16-le", "replace"), end


class _Workbook:
    """Goes through a workbook and takes down its rows."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.find(_MAIN) or ""
        self._rows = Rows(package.limits)
        self._strings = [_text(held, 1)[0] for kind, held in self._related("sharedStrings") if kind == _ITEM]
        self._sheets: list[tuple[str, bool, str]] = []
        since_1904 = self._book()
        self._shown = list(self._styles(since_1904=since_1904))

    def reading(self) -> Reading:
        for name, hidden, part in self._sheets:
            self._rows.sheet(name, hidden=hidden)
            if part in self._package.names:
                self._sheet(part)
            self._comments(part)
        parts, left_out = self._package.embedded("xl")
        title, day = self._package.properties()
        outside = len(self._package.linked(self._main, "externalLink"))
        noted = [f"links to other workbooks, which were not followed: {outside}"] if outside else []
        return self._rows.reading("xlsb", title=title, day=stated(day), parts=parts, notes=(*noted, *left_out))

    def _related(self, kind: str) -> Iterator[tuple[int, bytes]]:
        for name in self._package.linked(self._main, kind):
            if name in self._package.names:
                yield from _records(self._package.blob(name))

    def _book(self) -> bool:
        links, since_1904 = self._package.links(self._main), False
        for kind, held in _records(self._package.blob(self._main)):
            if kind == _BOOK and held:
                since_1904 = bool(held[0] & 1)
            elif kind == _SHEET:
                key, at = _text(held, 8)
                _, part, outside = links.get(key, ("", "", True))
                if not outside:
                    self._sheets.append((_text(held, at)[0], held[0] != 0, part))
        return since_1904

    def _styles(self, *, since_1904: bool) -> Iterator[Shown]:
        own: dict[int, Shown] = {}
        inside = False
        for kind, held in self._related("styles"):
            if kind == _FORMAT:
                own[struct.unpack_from("<H", held)[0]] = shown_as(_text(held, 2)[0], since_1904=since_1904)
            elif kind in {_XFS, _XFS_END}:
                inside = kind == _XFS
            elif kind == _XF and inside:
                (look,) = struct.unpack_from("<2xH", held)
                yield own.get(look) or BUILT_IN.get(look, GENERAL)

    def _sheet(self, part: str) -> None:
        number, hidden = -1, False
        cells: list[tuple[int, str]] = []
        for kind, held in _records(self._package.blob(part)):
            if kind == _ROW and len(held) >= 12:
                self._rows.row(number + 1, cells, hidden=hidden)
                (number,) = struct.unpack_from("<I", held)
                hidden, cells = bool(held[11] & 0x10), []
            elif kind == _COLUMN and len(held) >= 18 and held[16] & 1:
                first, last = struct.unpack_from("<II", held)
                self._rows.hidden_columns(first + 1, min(last, _COLUMNS - 1) + 1)
            elif _RK <= kind <= _F_ERROR and len(held) >= 9:
                column, look = struct.unpack_from("<II", held)
                words = self._words(kind, held, look & 0xFFFFFF)
                if words and column < _COLUMNS:
                    cells.append((column + 1, words))
        self._rows.row(number + 1, cells, hidden=hidden)

    def _words(self, kind: int, held: bytes, look: int) -> str:
        if kind in {_TEXT, _F_TEXT}:
            return _text(held, 8)[0]
        if kind == _SHARED:
            (place,) = struct.unpack_from("<I", held, 8)
            return self._strings[place] if place < len(self._strings) else ""
        if kind in {_BOOL, _F_BOOL}:
            return "TRUE" if held[8] else "FALSE"
        if kind in {_ERROR, _F_ERROR}:
            return error(held[8])
        number = packed(struct.unpack_from("<I", held, 8)[0]) if kind == _RK else struct.unpack_from("<d", held, 8)[0]
        return (self._shown[look] if look < len(self._shown) else GENERAL).value(number)

    def _comments(self, part: str) -> None:
        for name in self._package.linked(part, "comments"):
            authors, author, place = [], "", ""
            for kind, held in _records(self._package.blob(name)):
                if kind == _AUTHOR:
                    authors.append(_text(held, 0)[0])
                elif kind == _COMMENT:
                    by, row, _, column = struct.unpack_from("<4I", held)
                    author, place = authors[by] if by < len(authors) else "", f"{letters(column + 1)}{row + 1}"
                elif kind == _SAID:
                    self._rows.comment(place, author, _text(held, 1)[0])
