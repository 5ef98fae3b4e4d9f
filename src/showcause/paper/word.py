"""A Sheet in, a Word document out: real styles, notes as numbered references, page numbers as fields, the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from showcause.paper.place import printable
from showcause.paper.sheet import Block, Look, Piece, Run, Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can carry
STYLES = {
    Block.PARAGRAPH: "Body Text",
    Block.QUOTE: "Quote",
    Block.SOURCE: "Caption",
    Block.ITEM: "List Bullet",
    Block.AUTHORITY: "List",
    Block.NOTICE: "Intense Quote",
}


def docx(sheet: Sheet) -> bytes:
    """The sheet as DOCX."""
    import docx as word

    doc = word.Document()
    _look(doc)
    _properties(doc, sheet)
    _furniture(doc, sheet)
    doc.add_paragraph(printable(sheet.banner), style="Intense Quote")
    doc.add_paragraph(printable(sheet.title), style="Title")
    _caption(doc, sheet)
    notes: list[str] = []
    for piece in sheet.pieces:
        _piece(doc, piece, notes)
    _notes(doc, notes)
    return _same(doc)


def _look(doc: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt, RGBColor

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Quote", "Caption", "Intense Quote"):
        style = doc.styles[name]
        style.font.name = "Georgia"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Georgia")
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    for attribute in list(doc.styles["Title"].element.rPr.rFonts.attrib):
        if "Theme" in attribute:
            del doc.styles["Title"].element.rPr.rFonts.attrib[attribute]
    sizes = {"Normal": 11, "Title": 24, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11, "Caption": 9}
    for name, size in sizes.items():
        doc.styles[name].font.size = Pt(size)
    quote = doc.styles["Quote"].paragraph_format
    quote.left_indent = quote.right_indent = Inches(0.5)
    doc.styles["Caption"].paragraph_format.left_indent = Inches(0.5)
    doc.styles["Caption"].font.bold = False
    for section in doc.sections:
        section.left_margin = section.right_margin = Inches(1.25)
        section.top_margin = section.bottom_margin = Inches(1.1)


def _properties(doc: Any, sheet: Sheet) -> None:
    core = doc.core_properties
    core.title, core.subject = printable(sheet.title), printable(sheet.running)
    core.author = core.last_modified_by = printable(sheet.author)
    core.created = core.modified = sheet.at.replace(tzinfo=None)
    core.comments, core.revision = "", 1


def _furniture(doc: Any, sheet: Sheet) -> None:
    section = doc.sections[0]
    section.header.paragraphs[0].text = printable(f"{sheet.running}\t\t{sheet.banner}")
    foot = section.footer.paragraphs[0]
    foot.add_run("\t\tPage ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001  # python-docx has no door to fields


def _caption(doc: Any, sheet: Sheet) -> None:
    table = doc.add_table(rows=0, cols=2)
    for label, words in sheet.caption:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(printable(label)).bold = True
        cells[1].text = printable(words)
    doc.add_paragraph()


def _piece(doc: Any, piece: Piece, notes: list[str]) -> None:
    if piece.kind is Block.GRID:
        _grid(doc, piece, notes)
        return
    style = f"Heading {piece.level}" if piece.kind is Block.HEADING else STYLES[piece.kind]
    paragraph = doc.add_paragraph(style=style)
    _write(paragraph, piece.runs, notes)
    paragraph.paragraph_format.keep_with_next = piece.kind in (Block.HEADING, Block.QUOTE)


def _grid(doc: Any, piece: Piece, notes: list[str]) -> None:
    table = doc.add_table(rows=0, cols=len(piece.rows[0]), style="Light Grid Accent 1")
    for row in piece.rows:
        cells = table.add_row().cells
        for cell, runs in zip(cells, row, strict=True):
            _write(cell.paragraphs[0], runs, notes)
    doc.add_paragraph()


def _write(paragraph: Any, runs: tuple[Run, ...], notes: list[str]) -> None:
    for run in runs:
        made = paragraph.add_run(printable(run.text))
        made.bold = run.look in (Look.STRONG, Look.VERDICT) or None
        made.italic = run.look is Look.EMPHASIS or None
        if run.note:
            notes.append(run.note)
            _link(paragraph, str(len(notes)), f"note{len(notes)}")


def _link(paragraph: Any, words: str, anchor: str) -> None:
    """A raised number that leads to its note."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(f"[{words}]")
    run.font.superscript = True
    link.append(run._r)  # noqa: SLF001  # python-docx has no door to inner links
    paragraph._p.append(link)  # noqa: SLF001  # the same


def _notes(doc: Any, notes: list[str]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if notes:
        doc.add_paragraph("References", style="Heading 1")
    for number, note in enumerate(notes, start=1):
        paragraph = doc.add_paragraph(style="Body Text")
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(number))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), f"note{number}")
            paragraph._p.append(mark)  # noqa: SLF001  # python-docx has no door to bookmarks
        paragraph.add_run(f"[{number}] {printable(note)}")


def _same(doc: Any) -> bytes:
    """The document's bytes with every entry of its zip at the same moment."""
    loose, tight = io.BytesIO(), io.BytesIO()
    doc.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return tight.getvalue()
