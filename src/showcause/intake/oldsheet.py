"""A binary spreadsheet in (XLS, [MS-XLS], Excel 5 to 2003), its rows out, as `sheet` does it for XLSX."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from showcause.errors import Unreadable
from showcause.intake import compound
from showcause.intake.compound import Compound
from showcause.intake.plain import known
from showcause.intake.reading import Limits, Reading, unique
from showcause.intake.rows import Rows, adjacent, letters
from showcause.intake.sheet import BUILT_IN
from showcause.intake.values import GENERAL, Shown, general, said_by, shown_as

_BOF, _EOF, _SHEET, _FORMAT, _XF, _1904, _SST, _CONTINUE = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22, 0xFC, 0x3C
_LOCKED, _PAGE, _ROW, _COLUMN, _NOTE, _OBJECT, _TEXT, _OUTSIDE = 0x2F, 0x42, 0x208, 0x7D, 0x1C, 0x5D, 0x1B6, 0x1AE
_NUMBER, _RK, _MULRK, _FORMULA, _STRING, _BOOLERR = 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x205
_LABEL, _RSTRING, _LABELSST = 0x204, 0xD6, 0xFD
_COMMON = {_NUMBER, _RK, _LABELSST}
_HEAD, _DOUBLE, _PACKED = (
    struct.Struct("<HH").unpack_from,
    struct.Struct("<d").unpack_from,
    struct.Struct("<HI").iter_unpack,
)
_QUAD = struct.Struct("<Q").pack
_RECORD = struct.Struct("<HHHHHI").unpack_from  # kind, length, and what a cell begins with: row, column, look, value
_KNOWN = 50_000  # numbers whose words are kept in mind
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
    held: float = _DOUBLE(_QUAD((said & 0xFFFFFFFC) << 32))[0]
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
        self._says: list[Callable[[float], str]] = []  # what a cell of each look shows of a number
        self._packs: dict[int, str] = {}  # the same of a number in four bytes, by look and number
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
        stream, end, head = self._stream, len(self._stream), _HEAD
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
        shown = map(self._show, self._looks)
        self._says = list(map(said_by, shown))

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
        sheet, depth, at, stream, end = _Sheet(), 0, place, self._stream, len(self._stream)
        while at + 4 <= end:
            if depth == 1:  # deeper is a chart within the sheet
                at = self._cells(at, sheet)
            if at + 4 > end:
                break
            kind, length = _HEAD(stream, at)
            held, at = stream[at + 4 : at + 4 + length], at + 4 + length
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1:
                self._take(kind, held, sheet)
        return sheet

    def _cells(self, at: int, sheet: _Sheet) -> int:
        """Take down cells of the kinds that nearly all are, and rows that are seen; where another record begins."""
        stream, end, strings, packs, says = self._stream, len(self._stream), self._strings, self._packs, self._says
        shared, known, row_of, here = len(strings), len(says), -1, sheet.waiting
        cells: dict[int, str] = {}
        while at + 22 <= end:
            kind, length, row, column, look, said = _RECORD(stream, at)
            if kind == _LABELSST and length >= 10:
                words = strings[said] if said < shared else ""
            elif kind == _NUMBER and length >= 14:
                words = (says[look] if look < known else general)(_DOUBLE(stream, at + 10)[0])
            elif kind == _RK and length >= 10:
                words = packs.get(look << 32 | said) or self._packed(look, said)
            elif kind == _ROW and length >= 16 and not stream[at + 16] & 0x20:
                at += 4 + length
                continue
            elif kind == _MULRK and length >= 12 and at + 4 + length <= end:
                self._several(row, column, stream[at + 8 : at + 2 + length], sheet)
                at, here = at + 4 + length, (row, column)
                continue
            else:
                break
            at += 4 + length
            here = row, column
            if words:
                if row != row_of:
                    row_of, cells = row, sheet.cells.setdefault(row, {})
                cells[column] = words
        sheet.waiting = here
        return at

    def _several(self, row: int, column: int, held: bytes, sheet: _Sheet) -> None:
        """Take down the numbers of cells that follow one another from `column` on."""
        packs, cells = self._packs, sheet.cells.setdefault(row, {})
        for place, (look, said) in enumerate(_PACKED(held[: len(held) // 6 * 6]), column):
            words = packs.get(look << 32 | said) or self._packed(look, said)
            if words:
                cells[place] = words

    def _packed(self, look: int, said: int) -> str:
        """What a cell shows of a number in four bytes; what is no plain whole number is kept in mind."""
        says = self._says[look] if look < len(self._says) else general
        if said & 0x80000003 == 2 and says is general:
            return str(said >> 2)
        words = says(packed(said))
        if len(self._packs) < _KNOWN:
            self._packs[look << 32 | said] = words
        return words

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
        if kind in _COMMON:  # at the end of the stream
            if len(held) < (14 if kind == _NUMBER else 10):
                raise Unreadable("damaged: a cell is cut off")
            sheet.put(row, column, self._common(kind, held, look))
        elif kind == _MULRK:
            self._several(row, column, held[4:-2], sheet)
        elif kind == _BOOLERR:
            sheet.put(row, column, error(held[6]) if held[7] else "TRUE" if held[6] else "FALSE")
        elif kind == _FORMULA:
            sheet.put(row, column, self._result(held, look))
        else:
            sheet.put(row, column, self._long(held, 6) if self._wide else self._narrow(held, 6))

    def _common(self, kind: int, held: bytes, look: int) -> str:
        if kind == _NUMBER:
            return self._number(look, _DOUBLE(held, 6)[0])
        (said,) = struct.unpack_from("<6xI", held)
        if kind == _RK:
            return self._packed(look, said)
        return self._strings[said] if said < len(self._strings) else ""

    def _result(self, held: bytes, look: int) -> str:
        """What a formula last gave; a text stands in the record that follows."""
        if held[12:14] != b"\xff\xff":
            return self._number(look, struct.unpack_from("<d", held, 6)[0])
        kind, said = held[6], held[8]
        return error(said) if kind == 2 else ("TRUE" if said else "FALSE") if kind == 1 else ""

    def _number(self, look: int, number: float) -> str:
        return (self._says[look] if look < len(self._says) else general)(number)

    def _note(self, held: bytes) -> tuple[int, int, int, str]:
        row, column, _, number = struct.unpack_from("<4H", held)
        if not self._wide:
            return row, column, -1, held[6:].decode(self._encoding, "replace")
        return row, column, number, self._long(held, 8) if len(held) > 11 else ""

    def _take_down(self, sheet: _Sheet) -> None:
        for first, last in sheet.columns:
            self._rows.hidden_columns(first, last)
        for row in sorted(sheet.cells):
            held, hidden = sheet.cells[row], row in sheet.hidden
            line = " | ".join(held.values())
            if tuple(held) == adjacent(0, len(held)) and "\n" not in line:
                self._rows.line(row + 1, line, hidden=hidden)
            else:
                cells = [(column + 1, words) for column, words in sorted(held.items())]
                self._rows.row(row + 1, cells, hidden=hidden)
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
    number, held, at, begins, size = 0, chunks[0], 8, struct.Struct("<HB").unpack_from, len(chunks[0])
    for _ in range(count):
        while at >= size:
            number += 1
            if number >= len(chunks):
                return
            held, at = chunks[number], at - size
            size = len(held)
        if at + 3 > size:
            return
        length, flags = begins(held, at)
        at += 3
        end = at + (length << (flags & 1))
        if not flags & 12 and length and end <= size:  # as nearly all are: whole, and with no look of its own
            yield held[at:end].decode("utf-16-le", "replace") if flags & 1 else held[at:end].decode("latin-1")
            at = end
            continue
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
            size = len(held)
            wide = held[0] & 1 if held else 0
        at += behind
        yield said
