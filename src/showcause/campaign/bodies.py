"""A table of jurisdictions in (CSV, TSV or XLSX, its first row the names of the columns), the bodies to write to out."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from showcause.errors import BadInput

NAMES = (
    "body",
    "respondent",
    "jurisdiction",
    "name",
)  # the column that names the body: the first of these that is there
GAP = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that a campaign writes to: `id` names its matter's folder, `values` hold its row by column."""

    id: str
    name: str
    values: Mapping[str, str]


def bodies(path: Path) -> tuple[Body, ...]:
    """The bodies of a table, in its order.

    Column names are taken in lower case with `_` for what is no letter or digit, so that a template can say them; rows
    without any value are passed over. Raises BadInput, naming the row, where a body has no name, is named twice, or has
    more cells than the table has columns.
    """
    head, *rows = _rows(path)
    columns = [word(cell) for cell in head]
    named = next((name for name in NAMES if name in columns), None)
    if named is None:
        raise BadInput(f"{path}: no column names the body; call one of them `body` (there are: {', '.join(columns)})")
    made: dict[str, Body] = {}
    for number, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells):
            one = _body(path, number, columns, cells, named)
            if one.id in made:
                raise BadInput(f"{path}: row {number}: {one.name} stands here a second time")
            made[one.id] = one
    if not made:
        raise BadInput(f"{path}: no body is in the table")
    return tuple(made.values())


def word(text: str) -> str:
    """The name by which a template calls a column."""
    return _plain(text).replace("-", "_")


def _body(path: Path, number: int, columns: Sequence[str], cells: Sequence[str], named: str) -> Body:
    spare = [cell for cell in cells[len(columns) :] if cell.strip()]
    if spare:
        raise BadInput(f"{path}: row {number}: more cells than columns (`{spare[0]}`)")
    values = {name: " ".join(cell.split()) for name, cell in zip(columns, cells, strict=False) if name}
    values = dict.fromkeys(filter(None, columns), "") | values
    name = values[named]
    if not _plain(name):
        raise BadInput(f"{path}: row {number}: no name in the column `{named}`")
    return Body(_plain(name), name, values)


def _plain(text: str) -> str:
    """Lower-case ASCII letters and digits with `-` between: a name that any file system takes."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return GAP.sub("-", ascii_).strip("-")


def _rows(path: Path) -> list[list[str]]:
    try:
        blob = path.read_bytes()
    except OSError as unread:
        raise BadInput(f"{path}: can't be read ({unread.strerror})") from unread
    rows = _sheet(path) if blob[:2] == b"PK" else _lines(path, blob)
    if not rows:
        raise BadInput(f"{path}: empty")
    return rows


def _lines(path: Path, blob: bytes) -> list[list[str]]:
    """CSV as RFC 4180 has it, or with semicolons or tabs; the head decides which."""
    try:
        text = blob.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = blob.decode("cp1252", "replace")
    if "\0" in text:
        raise BadInput(f"{path}: neither CSV nor XLSX")
    head = text.split("\n", 1)[0]
    divider = max(",;\t", key=head.count)
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True) if row]
    except csv.Error as bad:
        raise BadInput(f"{path}: {bad}") from bad


def _sheet(path: Path) -> list[list[str]]:
    """The rows of the first sheet of a workbook; a day in ISO form, a whole number without its point."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as bad:
        raise BadInput(f"{path}: no workbook that can be read ({bad})") from bad
    return [[_cell(cell) for cell in row] for row in rows if any(cell != "" for cell in row)]


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
