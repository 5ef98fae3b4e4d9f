"""Rows of plain text in (CSV, RFC 4180, and its like with tabs or semicolons), the same rows with their cells out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from showcause.intake.plain import characters, is_text, opening, read_text
from showcause.intake.reading import Limits, Reading
from showcause.intake.rows import Rows

_DELIMITERS = ",\t;|"
_SUFFIXES = (".csv", ".tsv", ".tab")
_LINES = 40  # that settle what parts the cells
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_PROSE = re.compile(r"[^,;|\t]{90,}")


def is_table(blob: bytes, name: str) -> bool:
    """Whether a text is rows of cells: by its suffix, or where every one of its first lines has as many cells."""
    if not is_text(blob, name):
        return False
    lines = _lines(opening(blob).decode("utf-8", "replace"))
    if name.lower().endswith(_SUFFIXES):
        return _delimiter(lines) is not None
    if "." in name and not name.lower().endswith((".txt", ".dat")):
        return False
    sure = _delimiter(lines, share=1.0)
    return (
        sure is not None
        and len(lines) > 2
        and (sure == "\t" or lines[0].count(sure) > 1)
        and not any(map(_PROSE.search, lines))
    )


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The rows, a mark with its first cell for each; what the rows can't be read by is read as plain text."""
    text, notes = characters(blob)
    delimiter = _delimiter(_lines(text[:65_536]))
    rows = Rows(limits)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter or ","), 1):
            rows.row(number, [(at, said) for at, cell in enumerate(row, 1) if (said := cell.strip())])
    except csv.Error:  # a cell beyond the library's bound, or a line end within one that has no quotes
        return replace(
            read_text(blob, name, limits), notes=(*notes, "rows that can't be told apart: read as plain text")
        )
    return rows.reading("tsv" if delimiter == "\t" else "csv", notes=notes)


def _lines(text: str) -> list[str]:
    lines = [line for line in text.splitlines()[: _LINES + 1] if line.strip()]
    return lines[:_LINES]


def _delimiter(lines: list[str], *, share: float = 0.6) -> str | None:
    """What parts the cells: the sign that stands as often in most of the lines."""
    bare = [_QUOTED.sub("", line) if '"' in line else line for line in lines]
    best: tuple[float, int, str] | None = None
    for sign in _DELIMITERS:
        counts = [line.count(sign) for line in bare]
        often = max(set(counts), key=counts.count, default=0)
        if often and counts.count(often) >= share * len(counts):
            best = max(best or (0.0, 0, ""), (counts.count(often) / len(counts), often, sign))
    return best[2] if best else None
