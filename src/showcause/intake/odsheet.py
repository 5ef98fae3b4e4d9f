"""An OpenDocument spreadsheet in (ODS, packed or flat), its rows out, as `sheet` does it for XLSX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from showcause.intake import odf
from showcause.intake.odf import Inline, Source
from showcause.intake.package import child, children, local, unescaped, value
from showcause.intake.reading import Limits, Reading
from showcause.intake.rows import Rows, letters

_DEPTH = 60  # groups of rows inside one another that are followed
_REPEATED = 1000  # equal rows or cells with words that are shown; empty ones only count
_HIDDEN = {"collapse", "filter"}
_Cells = str | list[tuple[int, str]]  # the line of cells without a gap, or each with its column
_Row = tuple[int, bool, _Cells]  # how often it comes, whether it is hidden
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_HEAD = re.compile(
    r"(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'](?i:utf-8)[\"'])?\?>)?\s*<office:document-content\s([^>]*)>"
)
_ROW, _ROW_END = "<table:table-row ", "</table:table-row>"
_BEGIN, _END = "><text:p>", "</text:p></table:table-cell>"
_EMPTY = re.compile("<table:table-cell[^>]*/>")
_CELL = re.compile(r"<table:(?:covered-)?table-cell([^>]*)>(?:<text:p>([^<]*)</text:p></table:table-cell>)?")
_DAY = re.compile(r' office:value-type="date" office:date-value="([^"&\s]+)"')
_COLUMNS = re.compile(r' table:number-columns-repeated="([0-9]{1,8})"')
_ROWS = re.compile(r' table:number-rows-repeated="([0-9]{1,8})"')
_SEEN = re.compile(r' table:visibility="([a-z]+)"')
_FEW = 16  # equal cells that are held as such
_TAKEN = "\ue000rows "  # what stands in the tree for rows that are taken down without it


def is_ods(blob: bytes, name: str) -> bool:
    """Whether the bytes are an OpenDocument spreadsheet."""
    del name
    return odf.kind(blob) == "ods"


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The rows of every sheet. Raises Unreadable where the file is damaged, locked, or holds no words."""
    del name
    taken: list[list[_Row]] = []
    return odf.opened(
        blob,
        limits,
        lambda source: _Tables(source, taken).reading(),
        lean=lambda content: _lean(content, taken),
    )


class _Tables:
    """Goes through the tables of a spreadsheet and takes down their rows."""

    def __init__(self, source: Source, taken: list[list[_Row]]) -> None:
        self._source = source
        self._taken = taken
        self._rows = Rows(source.limits)
        self._inline = Inline()
        self._comments: list[tuple[str, str, str]] = []
        self._unseen = {
            value(style, "name")
            for style in source.automatic()
            if value(child(style, "table-properties"), "display") == "false"
        }
        self._short = False
        office = source.root.tag.rpartition("}")[0]
        self._kind, self._day = f"{office}}}value-type", f"{office}}}date-value"

    def reading(self) -> Reading:
        for table in children(self._source.body("spreadsheet"), "table"):
            self._rows.sheet(value(table, "name") or "", hidden=value(table, "style-name") in self._unseen)
            self._columns(table)
            self._table(table)
            for place, author, words in self._comments:
                self._rows.comment(place, author, words)
            self._comments = []
            for shapes in children(table, "shapes"):
                for paragraph in shapes.iter("{*}p"):
                    self._rows.beside(self._inline.words(paragraph))
        parts, left_out = self._source.embedded()
        notes = ("equal rows or cells beyond a thousand are shown a thousand times",) if self._short else ()
        title, day = odf.dated(self._source)
        return self._rows.reading("ods", title=title, day=day, parts=parts, notes=(*notes, *left_out))

    def _columns(self, table: Any) -> None:
        at = 1
        for node in _inside(table, "table-column", 0):
            count = _count(node, "number-columns-repeated")
            if value(node, "visibility") in _HIDDEN:
                self._rows.hidden_columns(at, at + count - 1)
            at += count

    def _table(self, table: Any) -> None:
        number = 1
        for node in _inside(table, "table-row", 0):
            held = node.text
            if held and held.startswith(_TAKEN):
                rows = self._taken[int(held.removeprefix(_TAKEN))]
            else:
                cells = self._cells(node, number)
                rows = [(_count(node, "number-rows-repeated"), value(node, "visibility") in _HIDDEN, cells)]
            for count, hidden, said in rows:
                if said:
                    self._short = self._short or count > _REPEATED
                    for n in range(number, number + min(count, _REPEATED)):
                        if isinstance(said, str):
                            self._rows.line(n, said, hidden=hidden)
                        else:
                            self._rows.row(n, said, hidden=hidden)
                number += count

    def _cells(self, row: Any, number: int) -> list[tuple[int, str]]:
        said, at = [], 1
        repeated = f"{row.tag.rpartition('}')[0]}}}number-columns-repeated"
        for cell in row:
            stated = cell.get(repeated)
            count = 1 if stated is None else _whole(stated)
            held = len(cell)
            words = self._words(cell, held, at, number) if held else ""
            if words:
                self._short = self._short or count > _REPEATED
                said += [(at, words)] if count == 1 else [(n, words) for n in range(at, at + min(count, _REPEATED))]
            at += count
        return said

    def _words(self, cell: Any, held: int, at: int, number: int) -> str:
        """What the cell shows, but a day in ISO form; `held` is how many elements are in it."""
        first = cell[0]
        if held == 1 and not len(first) and first.tag.endswith("}p"):
            words = first.text or ""
            words = " ".join(words.split()) if "  " in words or "\n" in words else words
        else:
            words = "\n".join(self._inline.words(node) for node in children(cell, "p"))
            self._beside(cell, f"{letters(at)}{number}")
        if cell.get(self._kind) == "date":
            return _iso(cell.get(self._day) or words)
        return words

    def _beside(self, cell: Any, place: str) -> None:
        for node in children(cell, "annotation"):
            creator = child(node, "creator")
            words = "\n".join(self._inline.words(p) for p in node.iter("{*}p"))
            self._comments.append((place, "" if creator is None else creator.text or "", words))


def _inside(table: Any, name: str, depth: int) -> Iterator[Any]:
    """Rows or columns of a table, also those in groups and headers."""
    for node in table if depth < _DEPTH else ():
        if local(node) == name:
            yield node
        elif local(node) in _GROUPS:
            yield from _inside(node, name, depth + 1)


_GROUPS = {
    "table-header-rows",
    "table-rows",
    "table-row-group",
    "table-header-columns",
    "table-columns",
    "table-column-group",
}  # fmt: skip - one set


def _count(node: Any, name: str) -> int:
    return _whole(value(node, name))


def _whole(said: str | None) -> int:
    return int(said) if said is not None and said.isdecimal() and len(said) < 9 else 1


def _lean(content: bytes, taken: list[list[_Row]]) -> bytes:
    """The content without the rows whose cells are all written in the common form, which go to `taken`.

    Rows that follow one another are one entry of it, whose number stands in their place.
    """
    try:
        written = content.decode()
    except UnicodeDecodeError:
        return content
    head = _HEAD.match(written)
    names = ("office", "table", "text")
    if head is None or _TAKEN in written or not all(f'xmlns:{n}="{_NAMESPACE}{n}:1.0"' in head[1] for n in names):
        return content
    pieces: list[str] = []
    kept = 0
    heads: dict[str, tuple[int, bool] | None] = {}
    start = written.find(_ROW)
    while start >= 0 and (end := written.find(">", start)) >= 0:
        look, at, here = written[start + len(_ROW) - 1 : end], end + 1, start
        start = written.find(_ROW, at)  # of the next row, before which this one ends, or it is none of the common form
        if look not in heads:
            heads[look] = _row_look(look)
        said = heads[look]
        last = at if look[-1] == "/" else written.find(_ROW_END, at, start if start >= 0 else len(written))
        cells = _plain(written, at, last) if said is not None and last >= 0 else None
        if said is None or cells is None:
            continue
        if here != kept or not pieces:
            pieces += [written[kept:here], f"{_ROW}>{_TAKEN}{len(taken)}{_ROW_END}"]
            taken.append([])
        taken[-1].append((*said, cells))
        kept = at if look[-1] == "/" else last + len(_ROW_END)
    if any("<!" in piece for piece in pieces) or "<!" in written[kept:]:
        taken.clear()  # rows may stand in a comment
        return content
    return "".join([*pieces, written[kept:]]).encode()


def _row_look(look: str) -> tuple[int, bool] | None:
    """How often a row comes and whether it is hidden, by its attributes; None where they are written in another way."""
    rows, seen = _ROWS.search(look), _SEEN.search(look)
    if (rows is None and "repeated" in look) or (seen is None and "visibility" in look):
        return None
    return int(rows[1]) if rows else 1, seen is not None and seen[1] in _HIDDEN


def _plain(written: str, start: int, end: int) -> _Cells | None:
    """The cells that stand between two places; None where one is written in another form than the common ones."""
    if written.find("\r", start, end) >= 0:
        return None
    if written.find("&", start, end) < 0 and written.find("\n", start, end) < 0:
        line = _line(written[start:end])
        if line:
            return line
    return _sparse(written, start, end)


def _line(row: str) -> str:
    """The line of a row with one line of words in each of its first cells, and at most one empty cell behind; else ""."""
    said = []
    *cells, rest = row.split(_END)
    for cell in cells:
        look, _, words = cell.rpartition(_BEGIN)
        if not look or not words or "repeated" in look:
            return ""
        if "date" in look:
            day = _DAY.search(look)
            if day is None:
                return ""
            words = _iso(day[1])
        said.append(words)
    line = " | ".join(said)
    if "  " in line or row.count("<") != 4 * len(cells) + (rest != "") or (rest and not _EMPTY.fullmatch(rest)):
        return ""
    return line


def _sparse(written: str, start: int, end: int) -> list[tuple[int, str]] | None:
    """The cells with words that stand between two places, as (column, words); None where one is of another form."""
    said, at, found = [], 1, _CELL.findall(written, start, end)
    marks = len(found)
    for look, words in found:
        count = 1
        if "repeated" in look:
            repeated = _COLUMNS.search(look)
            if repeated is None:
                return None
            count = int(repeated[1])
        if words:
            marks += 3
            shown = unescaped(words if "\n" not in words and "  " not in words else " ".join(words.split()))
            if "date" in look:
                day = _DAY.search(look)
                shown = _iso(day[1]) if day else None
            if shown is None or (count > _FEW and shown):
                return None
            said += [(n, shown) for n in range(at, at + count) if shown]
        at += count
    return said if written.count("<", start, end) == marks else None


def _iso(day: str) -> str:
    return day.replace("T", " ").removesuffix(":00").removesuffix(" 00:00")
