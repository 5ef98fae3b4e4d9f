"""An OpenDocument spreadsheet in (ODS, packed or flat), its rows out, as `sheet` does it for XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from showcause.intake import odf
from showcause.intake.odf import Inline, Source
from showcause.intake.package import child, children, local, value
from showcause.intake.reading import Limits, Reading
from showcause.intake.rows import Rows, letters

_DEPTH = 60  # groups of rows inside one another that are followed
_REPEATED = 1000  # equal rows or cells with words that are shown; empty ones only count
_HIDDEN = {"collapse", "filter"}


def is_ods(blob: bytes, name: str) -> bool:
    """Whether the bytes are an OpenDocument spreadsheet."""
    del name
    return odf.kind(blob) == "ods"


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The rows of every sheet. Raises Unreadable where the file is damaged, locked, or holds no words."""
    del name
    return odf.opened(blob, limits, lambda source: _Tables(source).reading())


class _Tables:
    """Goes through the tables of a spreadsheet and takes down their rows."""

    def __init__(self, source: Source) -> None:
        self._source = source
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
        for row in _inside(table, "table-row", 0):
            count = _count(row, "number-rows-repeated")
            cells = self._cells(row, number)
            if cells:
                hidden = value(row, "visibility") in _HIDDEN
                self._short = self._short or count > _REPEATED
                for n in range(number, number + min(count, _REPEATED)):
                    self._rows.row(n, cells, hidden=hidden)
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
            said = cell.get(self._day) or words
            return said.replace("T", " ").removesuffix(":00").removesuffix(" 00:00")
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
