"""A privilege log in, the same log as CSV, XLSX, DOCX and PDF out; the same log and time give the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any, Final

from showcause.paper import grid
from showcause.paper.place import printable
from showcause.produce.log import LEGEND, Column, Log
from showcause.produce.pressing import pressed

WIDE: Final = frozenset(
    {Column.DESCRIPTION, Column.SUBJECT, Column.TO, Column.RECIPIENTS, Column.TOPIC, Column.AUTHORS}
)
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def to_csv(log: Log) -> bytes:
    """UTF-8 with its mark, lines apart by CR LF; a cell that a spreadsheet would reckon has an apostrophe before it."""
    return grid.table(log.columns, (*log.rows, (), *((line,) for line in _foot(log))))


def to_xlsx(log: Log, *, at: datetime) -> bytes:
    """A workbook: heads that stay in view and filter, every cell as words."""
    import xlsxwriter  # it ships no types

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, grid.SAFE)
    book.set_properties({"title": printable(log.title), "created": at.replace(tzinfo=None)})
    page = book.add_worksheet("Privilege log")
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7E6E6", "border": 1, "valign": "top"})
    cells = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    for place, column in enumerate(log.columns):
        page.set_column(place, place, 34 if column in WIDE else 16)
        page.write_string(0, place, column, head)
    for number, row in enumerate(log.rows, 1):
        for place, cell in enumerate(row):
            page.write_string(number, place, printable(cell)[:32767], cells)
    for number, line in enumerate(_foot(log), len(log.rows) + 2):
        page.write_string(number, 0, printable(line))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(log.rows)), len(log.columns) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    book.close()
    return held.getvalue()


def to_docx(log: Log, *, at: datetime) -> bytes:
    """A Word document, landscape, whose head repeats on every page."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Inches, Pt

    doc = docx.Document()
    section = doc.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Inches(14), Inches(8.5)
    section.left_margin = section.right_margin = Inches(0.5)
    doc.styles["Normal"].font.size = Pt(8)
    doc.core_properties.title = printable(log.title)
    doc.core_properties.author = doc.core_properties.last_modified_by = ""
    doc.core_properties.created = doc.core_properties.modified = at.replace(tzinfo=None)
    doc.add_paragraph(printable(log.title), style="Title")
    table = doc.add_table(rows=1, cols=len(log.columns), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, log.columns, strict=True):
        cell.paragraphs[0].add_run(column).bold = True
    _repeated(table.rows[0])
    for row in log.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = printable(words)
    for line in _foot(log):
        doc.add_paragraph(printable(line))
    return _same(doc)


def _repeated(row: Any) -> None:
    """The row stands at the top of every page (Office Open XML, 17.4.49)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  # python-docx has no door to repeated rows


def _same(doc: Any) -> bytes:
    """The document's bytes with every entry of its zip at the same moment."""
    loose, tight = io.BytesIO(), io.BytesIO()
    doc.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return tight.getvalue()


def to_pdf(log: Log, *, at: datetime) -> bytes:
    """Tagged PDF/A-2, landscape, the head on every page."""
    wide = [column in WIDE for column in log.columns]
    data = {"title": log.title, "kind": log.kind, "columns": list(log.columns), "wide": wide}
    said = {**data, "rows": [list(row) for row in log.rows], "foot": _foot(log)}
    return pressed("log.typ", said, at=at)


def _foot(log: Log) -> list[str]:
    """The lines under the table."""
    if log.certification is None:
        return [LEGEND]
    one = log.certification
    day = one.day.isoformat() if one.day else "____________"
    return [LEGEND, one.words, f"Signed: ______________________   Date: {day}", f"{one.name}, {one.office}"]
