"""An XML file in, its words out: Word and Excel as of 2003, packages written flat (ECMA-376), and XML of any kind."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from showcause.errors import Unreadable
from showcause.intake import office, sheet, slides
from showcause.intake.package import DAMAGE, child, children, local, tree, value
from showcause.intake.plain import opening
from showcause.intake.reading import Limits, Reading, Transcript, redlined, stated
from showcause.intake.rows import Rows, letters
from showcause.intake.values import GENERAL, Shown, shown_as
from showcause.intake.wordml import Styles

_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s")
_XHTML = re.compile(rb"(?i)<(?:!doctype\s+)?html\b")
_DEPTH = 60  # of sections, tables and changes within one another
_CHANGES = {"Word.Insertion": "+", "Word.Deletion": "-"}
_READERS = ((office.is_docx, office.read), (sheet.is_xlsx, sheet.read), (slides.is_pptx, slides.read))
_FORMATS = {"Percent": "0.00%", "Currency": "$#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00"}  # by name
_ASIDE = {"rPr", "pPr", "instrText", "tblPr", "tcPr", "trPr", "sectPr", "binData", "listPr", "delInstrText"}


def is_xml(blob: bytes, name: str) -> bool:
    """Whether the bytes begin with an XML declaration, and are no page for a browser."""
    del name
    start = opening(blob)
    return _XML.match(start) is not None and not _XHTML.search(start, 0, 2048)


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of the file. Raises Unreadable where it is damaged or holds no words."""
    try:
        root = tree(blob)
        kind = local(root)
        if kind == "package" and child(root, "part") is not None:
            return _packed(root, name, limits)
        if kind == "wordDocument":
            return _Words(root).reading()
        if kind == "Workbook" and child(root, "Worksheet") is not None:
            return _rows(root, limits)
        return _any(root)
    except DAMAGE as error:
        raise Unreadable(f"damaged: {error or type(error).__name__}") from None


def _packed(root: Any, name: str, limits: Limits) -> Reading:
    """A package that is written as one XML file (ECMA-376-2, flat), by the reader of what it holds."""
    from lxml import etree

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in children(root, "part"):
            data, binary = child(part, "xmlData"), child(part, "binaryData")
            held = etree.tostring(data[0]) if data is not None and len(data) else b""
            if binary is not None:
                held = base64.b64decode(binary.text or "")
            archive.writestr(zipfile.ZipInfo((value(part, "name") or "").lstrip("/")), held)
    blob = stream.getvalue()
    reads = next((reads for knows, reads in _READERS if knows(blob, name)), None)
    if reads is None:
        raise Unreadable("unknown kind: a package without a document, a workbook or a presentation")
    return reads(blob, name, limits)


def _any(root: Any) -> Reading:
    """The words of the elements of any XML file, a paragraph for each that holds words of its own."""
    transcript = Transcript()
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        inline = any((each.tail or "").strip() for each in node)
        above = node.getparent()
        within = above is not None and ((above.text or "").strip() or any((each.tail or "").strip() for each in above))
        if within:
            continue  # said with the element around it
        words = "".join(node.itertext()) if inline or (node.text or "").strip() else ""
        transcript.paragraph(" ".join(words.split()))
    if not transcript.text:
        raise Unreadable("empty: the XML file holds no words")
    notes = ("an XML file: the words of its elements are shown, their names and attributes are not",)
    return Reading("xml", transcript.text, transcript.pages, notes=notes)


def _rows(root: Any, limits: Limits) -> Reading:
    """The rows of a workbook in the XML of Excel 2002 and 2003."""
    rows = Rows(limits)
    formats = {
        value(style, "ID") or "": shown_as(_FORMATS.get(code, code))
        for style in children(child(root, "Styles"), "Style")
        if (code := value(child(style, "NumberFormat"), "Format"))
    }
    for node in children(root, "Worksheet"):
        state = child(node, "WorksheetOptions", "Visible")
        rows.sheet(value(node, "Name") or "", hidden=state is not None and (state.text or "") != "SheetVisible")
        table, number, comments = child(node, "Table"), 0, []
        for column, at in _places(children(table, "Column")):
            if value(column, "Hidden") == "1":
                rows.hidden_columns(at, at + int(value(column, "Span") or 0))
        for row in children(table, "Row"):
            said = value(row, "Index")
            number = int(said) if said and said.isdecimal() and len(said) < 8 else number + 1
            cells = []
            for cell, at in _places(children(row, "Cell")):
                data, comment = child(cell, "Data"), child(cell, "Comment")
                words = _shown(data, formats.get(value(cell, "StyleID") or "", GENERAL))
                cells += [(at, words)] if words else []
                if comment is not None:
                    comments.append((at, number, value(comment, "Author") or "", "".join(comment.itertext())))
            rows.row(number, cells, hidden=value(row, "Hidden") == "1")
        for at, number, author, words in comments:
            rows.comment(f"{letters(at)}{number}", author, words)
    properties = child(root, "DocumentProperties")
    title, day = (child(properties, name) for name in ("Title", "LastSaved"))
    said_day = stated((day.text or "") if day is not None else "")
    return rows.reading("xls", title=(title.text or "") if title is not None else "", day=said_day)


def _shown(data: Any, shown: Shown) -> str:
    words = "".join(data.itertext()).strip() if data is not None else ""
    kind = value(data, "Type")
    if kind == "DateTime":
        return words.replace("T", " ").partition(".")[0].removesuffix(" 00:00:00")
    if kind == "Boolean":
        return "TRUE" if words == "1" else "FALSE"
    return shown.number(words) if kind == "Number" else words


def _places(nodes: Iterator[Any]) -> Iterator[tuple[Any, int]]:
    """Cells or columns with their numbers, which they state only where some are left out."""
    at = 0
    for node in nodes:
        said = value(node, "Index")
        at = int(said) if said and said.isdecimal() and len(said) < 6 else at + 1
        yield node, at
        over = value(node, "MergeAcross") or value(node, "Span") or "0"
        at += int(over) if over.isdecimal() and len(over) < 6 else 0


class _Words:
    """Goes through a document in the XML of Word 2003."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._styles = Styles(child(root, "styles"))
        self._transcript = Transcript()
        self._notes: list[tuple[str, str]] = []
        self._comments: list[str] = []
        self._boxes: list[Any] = []

    def reading(self) -> Reading:
        self._blocks(child(self._root, "body"), "", 0)
        for part, words in self._notes:
            self._transcript.paragraph(words, part=part)
        for words in self._comments:
            self._transcript.paragraph(words, part="comment")
        for part, name in (("header", "hdr"), ("footer", "ftr")):
            said = dict.fromkeys(self._inside(node) for node in self._root.iter(f"{{*}}{name}"))
            for words in said:
                self._transcript.paragraph(words, part=part)
        if not self._transcript.text:
            raise Unreadable("empty: the document holds no words")
        properties = child(self._root, "DocumentProperties")
        title, day = (child(properties, name) for name in ("Title", "LastSaved"))
        notes = (f"comments that stand at the end: {len(self._comments)}",) if self._comments else ()
        return Reading(
            "docx",
            self._transcript.text,
            self._transcript.pages,
            self._transcript.headings,
            (title.text or "") if title is not None else "",
            stated((day.text or "") if day is not None else ""),
            notes=notes,
        )

    def _blocks(self, parent: Any, change: str, depth: int) -> None:
        for node in parent if parent is not None and depth < _DEPTH else ():
            kind = local(node)
            if kind == "p":
                self._paragraph(node, change)
            elif kind == "tbl":
                for row in children(node, "tr"):
                    self._transcript.row([self._cell(cell, change) for cell in children(row, "tc")])
            elif kind not in _ASIDE:
                self._blocks(node, _CHANGES.get(value(node, "type") or "", change), depth + 1)

    def _cell(self, cell: Any, change: str) -> list[str]:
        return list(filter(None, (redlined(self._runs(p, change, 0)).strip() for p in cell.iter("{*}p"))))

    def _paragraph(self, node: Any, change: str) -> None:
        words = redlined(self._runs(node, change, 0)).strip()
        listed = child(node, "pPr", "listPr")
        label = (value(child(listed, "t")) or "").strip() if listed is not None and words else ""
        label = "•" if label and not label.isascii() else label
        level = self._styles.look(node).level or 0
        self._transcript.paragraph(f"{label} {words}" if label else words, level=level, group="list" if label else "")
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box, change, 1)

    def _runs(self, node: Any, change: str, depth: int) -> Iterator[tuple[str, str]]:
        for each in node if depth < _DEPTH else ():
            kind = local(each)
            if kind in {"t", "delText"}:
                yield each.text or "", change
            elif kind in {"tab", "br"}:
                yield "\t" if kind == "tab" else "\n", change
            elif kind in {"footnote", "endnote"}:
                self._notes.append((kind, ""))
                number = len(self._notes)
                self._notes[-1] = (kind, f"[{number}] {self._inside(each)}")
                yield f"[{number}]", change
            elif kind == "annotation" and value(each, "type") == "Word.Comment":
                words = self._inside(each)
                self._comments += [f"[Comment by {value(each, 'author') or 'unknown'}] {words}"] if words else []
            elif kind == "txbxContent":
                self._boxes.append(each)
            elif kind not in _ASIDE:
                yield from self._runs(each, _CHANGES.get(value(each, "type") or "", change), depth + 1)

    def _inside(self, node: Any) -> str:
        return "\n".join(filter(None, (redlined(self._runs(p, "", 1)).strip() for p in node.iter("{*}p"))))
