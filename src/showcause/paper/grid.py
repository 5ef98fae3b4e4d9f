"""Rows in, a table that a spreadsheet opens out; no value of it is ever taken for a formula or an address.

Names, subjects and quotations come from files that others made, and a cell that begins like a formula would be reckoned.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from showcause.errors import BadInput, NoRoom

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is reckoned by a spreadsheet
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}  # how xlsxwriter opens a workbook


def cell(value: Any) -> Any:
    """A value as a cell: None empty, a day in ISO form, half a character replaced, an apostrophe before a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    text = value.encode("utf-8", "replace").decode("utf-8")
    return f"'{text}" if text.startswith(FORMULA) else text


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it."""
    out = io.StringIO(newline="")
    written = csv.writer(out)
    written.writerow(head)
    written.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write(to: Path, forms: Mapping[str, Callable[[], bytes]], *, what: str) -> Path:
    """`what`, such as "a board", at `to` in the form of its ending; raises BadInput for an ending that is none, NoRoom."""
    form = forms.get(to.suffix.lower())
    if form is None:
        raise BadInput(f"{to}: {what} is written as {', '.join(forms)}")
    data = form()
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
    except OSError as refused:
        raise NoRoom(f"{to}: {refused.strerror or refused}") from refused
    return to
