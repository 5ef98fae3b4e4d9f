"""A binary spreadsheet in (XLS, [MS-XLS], Excel 5 to 2003), its rows out, as `sheet` does it for XLSX."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from showcause.errors import Unreadable
from showcause.intake import compound
from showcause.intake.compound import Compound
from showcause.intake.plain import known
from showcause.intake.reading import Limits, Reading, unique
from showcause.intake.rows import Rows, letters
from showcause.intake.sheet import BUILT_IN
from showcause.intake.values import GENERAL, Shown, shown_as

_BOF, _EOF, _SHEET, _FORMAT, _XF, _1904, _SST, _CONTINUE = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22, 0xFC, 0x3C
_LOCKED, _PAGE, _ROW, _COLUMN, _NOTE, _OBJECT, _TEXT, _OUTSIDE = 0x2F, 0x42, 0x208, 0x7D, 0x1C, 0x5D, 0x1B6, 0x1AE
_NUMBER, _RK, _MULRK, _FORMULA, _STRING, _BOOLERR = 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x205
_LABEL, _RSTRING, _LABELSST = 0x204, 0xD6, 0xFD
_COMMON = {_NUMBER, _RK, _LABELSST}
_HEAD, _CELL, _DOUBLE = struct.Struct("<HH"), struct.Struct("<HHHI"), struct.Struct("<d")
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_WORKBOOK, _WORKSHEET = 5, 0x10
_EXCEL_97 = 0x600


def is_xls(blob: bytes, name: str) -> bool:
    """Whether the bytes are a compound file with the stream of a workbook."""
    del name
    return compound.holds(blob, "Workbook", "Book")


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The rows of every sheet. Raises Unreadable where it is cut off, damaged, locked, or holds no words."""
    del name
    return compound.opened(blob, limits, lambda held: _Workbook(held).reading())


def error(code: int) -> str:
    """What a cell shows for an error, by its number."""
    return _ERRORS.get(code, "#ERROR")


def packed(said: int) -> float:
    """The number that four bytes hold ([MS-XLS] 2.5.122)."""
    number = (said >> 2) - (1 << 30 if said & 0x80000000 else 0) if said & 2 else _double(said)
    return number / 100 if said & 1 else number


def _double(said: int) -> float:
    held: float = struct.unpack("<d", struct.pack("<Q", (said & 0xFFFFFFFC) << 32))[0]
    return held


@dataclass(slots=True)
class _Sheet:
    """What a sheet holds, while it is read: words by row and column, rows that are hidden, comments by object."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, int, int, str]] = field(default_factory=list)  # row, column, object, author or words
    texts: dict[int, str] = field(default_factory=dict)
    waiting: tuple[int, int] = (0, 0)  # the cell of a formula whose words follow
    number: int = 0  # of the object that was last named
    box: bytes = b""  # what a text that follows belongs to

    def put(self, row: int, column: int, words: str) -> None:
        if words:
            self.cells.setdefault(row, {})[column] = words


class _Workbook:
    """Goes through the records of a workbook and takes down its rows."""

    def __init__(self, held: Compound) -> None:
        self._held = held
        self._stream = held.stream("Workbook") or held.stream("Book")
        self._rows = Rows(held.limits)
        self._wide = True  # whether texts are those of Excel 97 and later
        self._encoding = "cp1252"
        self._sheets: list[tuple[int, int, str]] = []
        self._formats: dict[int, str] = {}
        self._looks: list[int] = []
        self._strings: list[str] = []
        self._shown: list[Shown] = []
        self._outside = False
        self._since_1904 = False

    def reading(self) -> Reading:
        self._globals()
        for place, state, name in self._sheets:
            self._rows.sheet(name, hidden=state != 0)
            self._take_down(self._sheet(place))
        title, day = self._held.properties()
        parts, objects = self._held.embedded()
        notes = [f"embedded objects that are not shown: {objects}"] if objects else []
        notes += ["links to other workbooks, which were not followed"] if self._outside else []
        if any(name.startswith("_vba_project_cur/") for name in self._held.streams):
            notes.append("holds macros, which are not shown")
        return self._rows.reading("xls", title=title, day=day, parts=unique(parts), notes=notes)

    def _records(self, at: int) -> Iterator[tuple[int, bytes]]:
        stream, end, head = self._stream, len(self._stream), _HEAD.unpack_from
        while at + 4 <= end:
            kind, length = head(stream, at)
            start, at = at + 4, at + 4 + length
            yield kind, stream[start:at]

    def _globals(self) -> None:
        chunks: list[bytes] = []
        for kind, held in self._records(0):
            if kind == _SST or (kind == _CONTINUE and chunks):
                chunks.append(held)
                continue
            if chunks and not self._strings:
                self._strings = list(_shared(chunks))
                chunks = []
            if kind == _EOF:
                break
            self._global(kind, held)
        self._shown = [self._show(look) for look in self._looks]

    def _global(self, kind: int, held: bytes) -> None:
        if kind == _BOF:
            self._begin(held)
        elif kind == _LOCKED:
            raise Unreadable("needs a password")
        elif kind == _SHEET and len(held) > 6:
            place, state, what = struct.unpack_from("<IBB", held)
            if what == 0:  # neither macros nor a chart
                self._sheets.append((place, state & 3, self._name(held[6:])))
        elif kind == _FORMAT:
            code = self._long(held, 2) if self._wide else self._name(held[2:])
            self._formats[struct.unpack_from("<H", held)[0]] = code
        elif kind == _XF:
            self._looks.append(struct.unpack_from("<2xH", held)[0])
        elif kind == _1904:
            self._since_1904 = held[:1] == b"\1"
        elif kind == _PAGE:
            page = f"cp{struct.unpack_from('<H', held)[0]}"
            self._encoding = page if known(page) else "cp1252"
        elif kind == _OUTSIDE and len(held) > 4:
            self._outside = True

    def _begin(self, held: bytes) -> None:
        version, what = struct.unpack_from("<HH", held)
        self._wide = version >= _EXCEL_97
        if what == _WORKSHEET:
            self._sheets.append((0, 0, ""))  # a sheet without a book, as the first Excels wrote it

    def _show(self, look: int) -> Shown:
        code = self._formats.get(look)
        if code is not None:
            return shown_as(code, since_1904=self._since_1904)
        shown = BUILT_IN.get(look, GENERAL)
        if self._since_1904 and (shown.day or shown.hour):
            return Shown(shown.day, shown.hour, shown.span, shown.sections, since_1904=True)
        return shown

    def _sheet(self, place: int) -> _Sheet:
        sheet, depth = _Sheet(), 0
        for kind, held in self._records(place):
            if depth == 1 and kind in _COMMON and len(held) >= 14 - 4 * (kind != _NUMBER):
                self._common(kind, held, sheet)
            elif kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1:  # deeper is a chart within the sheet
                self._take(kind, held, sheet)
        return sheet

    def _common(self, kind: int, held: bytes, sheet: _Sheet) -> None:
        """A cell of one of the three kinds that nearly all cells are."""
        row, column, look, said = _CELL.unpack_from(held)
        sheet.waiting = row, column
        if kind == _LABELSST:
            words = self._strings[said] if said < len(self._strings) else ""
        else:
            number = _DOUBLE.unpack_from(held, 6)[0] if kind == _NUMBER else packed(said)
            words = (self._shown[look] if look < len(self._shown) else GENERAL).value(number)
        if words:
            cells = sheet.cells
            if row in cells:
                cells[row][column] = words
            else:
                cells[row] = {column: words}

    def _take(self, kind: int, held: bytes, sheet: _Sheet) -> None:
        if kind in _CELLS and len(held) >= 6:
            sheet.waiting = struct.unpack_from("<HH", held)
            self._cell(kind, held, sheet)
        elif kind == _STRING:
            sheet.put(*sheet.waiting, self._long(held, 0) if self._wide else self._narrow(held, 0))
        elif kind == _ROW and len(held) >= 16 and held[12] & 0x20:
            sheet.hidden.add(struct.unpack_from("<H", held)[0])
        elif kind == _COLUMN and len(held) >= 10 and held[8] & 1:
            first, last = struct.unpack_from("<HH", held)
            sheet.columns.append((first + 1, min(last, 255) + 1))
        elif kind == _NOTE and len(held) >= 8:
            sheet.notes.append(self._note(held))
        elif kind == _OBJECT and len(held) >= 8:
            (sheet.number,) = struct.unpack_from("<6xH", held)
        elif kind == _TEXT and len(held) >= 12:
            sheet.box = held
        elif kind == _CONTINUE and sheet.box:
            sheet.texts.setdefault(sheet.number, _continued(held, sheet.box))
            sheet.box = b""

    def _cell(self, kind: int, held: bytes, sheet: _Sheet) -> None:
        row, column, look = struct.unpack_from("<HHH", held)
        if kind in _COMMON:
            raise Unreadable("damaged: a cell is cut off")
        if kind == _MULRK:
            for n in range((len(held) - 6) // 6):
                look, said = struct.unpack_from("<HI", held, 4 + 6 * n)
                sheet.put(row, column + n, self._number(look, packed(said)))
        elif kind == _BOOLERR:
            sheet.put(row, column, error(held[6]) if held[7] else "TRUE" if held[6] else "FALSE")
        elif kind == _FORMULA:
            sheet.put(row, column, self._result(held, look))
        else:
            sheet.put(row, column, self._long(held, 6) if self._wide else self._narrow(held, 6))

    def _result(self, held: bytes, look: int) -> str:
        """What a formula last gave; a text stands in the record that follows."""
        if held[12:14] != b"\xff\xff":
            return self._number(look, struct.unpack_from("<d", held, 6)[0])
        kind, said = held[6], held[8]
        return error(said) if kind == 2 else ("TRUE" if said else "FALSE") if kind == 1 else ""

    def _number(self, look: int, number: float) -> str:
        return (self._shown[look] if look < len(self._shown) else GENERAL).value(number)

    def _note(self, held: bytes) -> tuple[int, int, int, str]:
        row, column, _, number = struct.unpack_from("<4H", held)
        if not self._wide:
            return row, column, -1, held[6:].decode(self._encoding, "replace")
        return row, column, number, self._long(held, 8) if len(held) > 11 else ""

    def _take_down(self, sheet: _Sheet) -> None:
        for first, last in sheet.columns:
            self._rows.hidden_columns(first, last)
        for row in sorted(sheet.cells):
            cells = [(column + 1, words) for column, words in sorted(sheet.cells[row].items())]
            self._rows.row(row + 1, cells, hidden=row in sheet.hidden)
        noted = set()
        for row, column, number, author in sheet.notes:
            place = f"{letters(column + 1)}{row + 1}"
            noted.add(number)
            if number < 0:
                self._rows.comment(place, "", author)
            else:
                self._rows.comment(place, author, sheet.texts.get(number, ""))
        for number, words in sheet.texts.items():
            if number not in noted:
                self._rows.beside(words)

    def _name(self, held: bytes) -> str:
        """A text with its length in a byte before it."""
        length = held[0]
        if self._wide:
            return (
                held[2 : 2 + 2 * length].decode("utf-16-le", "replace")
                if held[1] & 1
                else held[2 : 2 + length].decode("latin-1")
            )
        return held[1 : 1 + length].decode(self._encoding, "replace")

    def _long(self, held: bytes, at: int) -> str:
        """A text with its length in two bytes and the width of its characters in a third."""
        length, flags = struct.unpack_from("<HB", held, at)
        if flags & 1:
            return held[at + 3 : at + 3 + 2 * length].decode("utf-16-le", "replace")
        return held[at + 3 : at + 3 + length].decode("latin-1")

    def _narrow(self, held: bytes, at: int) -> str:
        (length,) = struct.unpack_from("<H", held, at)
        return held[at + 2 : at + 2 + length].decode(self._encoding, "replace")


_CELLS = {_NUMBER, _RK, _MULRK, _LABELSST, _BOOLERR, _FORMULA, _LABEL, _RSTRING}


def _continued(held: bytes, box: bytes) -> str:
    """The words of a box or comment, whose length stands in the record before (2.4.329)."""
    length = struct.unpack_from("<10xH", box)[0]
    if held[:1] == b"\1":
        return held[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return held[1 : 1 + length].decode("latin-1")


def _shared(chunks: list[bytes]) -> Iterator[str]:
    """The texts that cells share (2.4.265); where one runs over into the next record, its width is said again."""
    if not chunks or len(chunks[0]) < 8:
        return
    count = struct.unpack_from("<4xI", chunks[0])[0]
    number, held, at = 0, chunks[0], 8
    for _ in range(count):
        while at >= len(held):
            number += 1
            if number >= len(chunks):
                return
            held, at = chunks[number], at - len(held)
        if at + 3 > len(held):
            return
        length, flags = struct.unpack_from("<HB", held, at)
        at += 3
        behind = 0
        if flags & 8:
            behind += 4 * struct.unpack_from("<H", held, at)[0]
            at += 2
        if flags & 4:
            behind += struct.unpack_from("<I", held, at)[0]
            at += 4
        said, wide = "", flags & 1
        while True:
            piece = held[at : at + (length << wide)]
            said += piece.decode("utf-16-le", "replace") if wide else piece.decode("latin-1")
            at += len(piece)
            length -= len(piece) >> wide
            if length <= 0 or number + 1 >= len(chunks):
                break
            number += 1
            held, at = chunks[number], 1
            wide = held[0] & 1 if held else 0
        at += behind
        yield said
