"""Counts of search terms in, the search term report out, with the columns in which vendors deliver theirs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from showcause.paper import grid


@dataclass(frozen=True, slots=True)
class Term:
    """A query and what it found: documents, those and their families, those that no other query of the list finds, hits.

    An empty `query` stands for all of the list together, for which nothing is unique.
    """

    query: str
    documents: int
    with_families: int
    unique: int | None
    unique_with_families: int | None
    hits: int


COLUMNS = (
    ("Term", 60),
    ("Documents with hits", 20),
    ("Documents with hits, incl. family", 32),
    ("Unique hits", 13),
    ("Unique hits, incl. family", 25),
    ("Total hits", 12),
)
ALL = "All terms together (each document once)"


def term_report(terms: Sequence[Term], *, to: Path, matter: str) -> Path:
    """Write the report to a file; its suffix, .csv or .xlsx, says which form. Raises BadInput, or NoRoom."""
    head = [heading for heading, _ in COLUMNS]
    forms = {".csv": lambda: grid.table(head, map(cells, terms)), ".xlsx": lambda: _xlsx(terms, matter)}
    return grid.write(to, forms, what="a search term report")


def cells(term: Term) -> tuple[str | int, ...]:
    """A row of the report; what has no number is empty."""
    blank = ["" if n is None else n for n in (term.unique, term.unique_with_families)]
    return (term.query or ALL, term.documents, term.with_families, *blank, term.hits)


def _xlsx(terms: Sequence[Term], matter: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, grid.SAFE) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        total = book.add_format({"bold": True, "top": 1})
        sheet = book.add_worksheet("Terms")
        for column, (heading, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write(0, column, heading, bold)
        for row, one in enumerate(terms, start=1):
            sheet.write_row(row, 0, cells(one), None if one.query else total)
        sheet.freeze_panes(1, 0)
        sheet.set_footer(f"&L{matter}&RSearch term report, page &P of &N")
    return out.getvalue()
