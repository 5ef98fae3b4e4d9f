"""What could not be read in, the exceptions report out, in the form in which e-discovery vendors deliver theirs.

A row a thing: a running number, its category, the reason in plain words, where it came from and its hash, so that the
other party can name the file, and the matter's own side can mend it and add it again.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from showcause.core import Given
from showcause.paper import grid

CATEGORIES = (  # how a reason begins, and what vendors call it; the first that fits
    ("needs a password", "Password protected"),
    ("encrypted", "Encrypted"),
    ("empty", "Zero byte or no words"),
    ("no words", "Zero byte or no words"),
    ("no text", "Zero byte or no words"),
    ("truncated", "Truncated"),
    ("damaged", "Corrupt"),
    ("unknown kind", "Unsupported type"),
    ("timed out", "Timed out"),
    ("too large", "Too large"),
    ("too long", "Too large"),
    ("used more than", "Too large"),
    ("gave more than", "Too large"),
    ("more than", "Nested too deep"),
    ("nested too deep", "Nested too deep"),
    ("the reader", "Processing failure"),
    ("can't be", "Not accessible"),
    ("a link", "Link or device"),
    ("a device", "Link or device"),
    ("a pipe", "Link or device"),
    ("a socket", "Link or device"),
    ("left out by your rule", "Left out by rule"),
    ("on your list", "Known software"),
)
OTHER = "Other"


def category(given: Given) -> str:
    """What vendors call such an exception."""
    reason = given.reason or ""
    return next((name for begins, name in CATEGORIES if reason.startswith(begins)), OTHER)


COLUMNS: tuple[
    tuple[str, int, Callable[[Given], str | int]], ...
] = (  # heading, width in characters, what stands there
    ("Category", 22, category),
    ("Reason", 60, lambda one: one.reason or ""),
    ("FileName", 32, lambda one: one.name),
    ("SourcePath", 60, lambda one: one.path),
    ("Parent", 40, lambda one: one.parent or ""),
    ("Custodian", 24, lambda one: one.custodian),
    ("FileSize", 12, lambda one: one.size),
    ("SHA256", 66, lambda one: one.sha256),
    ("DateModified", 21, lambda one: _stamp(one.modified)),
    ("DateAdded", 21, lambda one: _stamp(one.at)),
    ("AddedBy", 16, lambda one: one.by),
    ("State", 12, lambda one: one.state.value),
)


def exceptions(givens: Iterable[Given], *, to: Path, matter: str) -> Path:
    """Write the report to a file; its suffix, .csv or .xlsx, says which form. Raises BadInput, or NoRoom."""
    rows = sorted(givens, key=lambda one: (category(one), one.path, one.sha256))
    head = ["ExceptionID", *(heading for heading, _, _ in COLUMNS)]
    listed = [[number, *(value(one) for _, _, value in COLUMNS)] for number, one in enumerate(rows, start=1)]
    forms = {".csv": lambda: grid.table(head, listed), ".xlsx": lambda: _xlsx(rows, matter)}
    return grid.write(to, forms, what="an exceptions report")


def _xlsx(rows: Sequence[Given], matter: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, grid.SAFE) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        listed = book.add_worksheet("Exceptions")
        for column, (heading, width) in enumerate([("ExceptionID", 11), *((h, w) for h, w, _ in COLUMNS)]):
            listed.set_column(column, column, width, wrap)
            listed.write(0, column, heading, bold)
        for number, one in enumerate(rows, start=1):
            listed.write_row(number, 0, [number, *(grid.cell(value(one)) for _, _, value in COLUMNS)])
        listed.freeze_panes(1, 1)
        listed.autofilter(0, 0, max(1, len(rows)), len(COLUMNS))
        counted = book.add_worksheet("Summary")
        counted.set_column(0, 0, 30)
        counted.write_row(0, 0, ["Category", "Count"], bold)
        for place, (name, many) in enumerate(sorted(Counter(map(category, rows)).items()), start=1):
            counted.write_row(place, 0, [name, many])
        counted.write_row(len(set(map(category, rows))) + 2, 0, [f"Matter: {matter}", len(rows)], bold)
    return out.getvalue()


def _stamp(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%SZ") if at else ""
