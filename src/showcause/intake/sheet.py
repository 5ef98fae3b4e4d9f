"""A spreadsheet in (XLSX, XLSM), its rows out: every sheet, a heading each, a mark for each row.

Values stand as a person sees them: dates in ISO form, percentages and currencies as their number format says, formulas
by their last result. Hidden sheets, rows and columns are shown, and named in the notes.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from showcause.errors import Unreadable
from showcause.intake.package import Package, child, children, holds, tree, unpacked, value
from showcause.intake.reading import Limits, Reading, stated
from showcause.intake.rows import Rows, column, letters
from showcause.intake.values import GENERAL, Shown, shown_as, spoken

_MAIN = re.compile(r"(?:\A|/)xl/workbook\d*\.xml\Z")
_LETTERS = re.compile(r"[A-Z]{1,3}\Z")
_LARGE = 20_000_000  # bytes of a sheet from which its tree is freed row by row
_FORMATS = {  # the number formats that need no entry in the file (ECMA-376-1, 18.8.30)
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}  # fmt: skip - one table
_Cells = str | list[tuple[int, str]]  # the line of cells without a gap from the first on, or each with its column
_ROW = re.compile(r'r="([0-9]{1,7})"[^>]*')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="(n|s|b|e|str)")?(?:/>|>(?:<f(?:/>|(?:>| [^>]*[^>/]>)[^<]*</f>| [^>]*/>))?'
    r"(?:<v>([^<]*)</v>|<v/>)?</c>)"
)
_LOOK = re.compile(r'(?: s="([0-9]{1,6})")?(?: t="(n|s|b|e|str)")?')
_BEGIN, _END = "><v>", "</v></c>"
_TABLE = re.compile(r"(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'](?i:utf-8)[\"'])?[^>]*\?>)?\s*<sst[^>]*>\s*\Z")
_KEPT = '<t xml:space="preserve">'
_COLUMNS = 16_384
_COLUMN = re.compile(rb"<col ([^>]*)>")
_ATTRIBUTE = re.compile(rb'(min|max)="([0-9]{1,5})"')
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
_BROKEN = re.compile("[\udc80-\udcff]")
_HIDDEN_ROW = re.compile(_HIDDEN.pattern.decode())
BUILT_IN = {key: shown_as(code) for key, code in _FORMATS.items()}


def is_xlsx(blob: bytes, name: str) -> bool:
    """Whether the bytes are an Office Open XML workbook."""
    del name
    return holds(blob, _MAIN, b"xl/workbook")


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The rows of every sheet. Raises Unreadable where the file is damaged, unpacks to too much, or holds no words."""
    del name
    return unpacked(blob, limits, lambda package: _Workbook(package).reading())


@dataclass(slots=True)
class _Sheet:
    """What stands beside a sheet's cells: its name, its hidden columns (from 1), the comments by cell."""

    name: str
    state: str
    part: str


class _Workbook:
    """Goes through a workbook and takes down its rows."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.find(_MAIN) or ""
        self._root = package.xml(self._main)
        named = next((name for name in package.linked(self._main, "sharedStrings")[:1] if name in package.names), None)
        self._strings = [] if named is None else _strings(package.blob(named), named)
        since_1904 = value(child(self._root, "workbookPr"), "date1904") in {"1", "true"}
        self._styles = list(_styles(package.related(self._main, "styles"), since_1904))
        self._rows = Rows(package.limits)
        self._columns: dict[str, int] = {}
        self._shared = {str(n): words for n, words in enumerate(self._strings)}
        self._numbers: dict[str, Callable[[str], str]] = {}
        self._looks: dict[str, Callable[[str], str | None]] = {}  # what a cell shows, by how its attributes are written
        self._begins: list[str] = []  # how the cells of a row without a gap begin

    def reading(self) -> Reading:
        for sheet in self._sheets():
            self._sheet(sheet)
        parts, left_out = self._package.embedded("xl")
        title, day = self._package.properties()
        outside = len(self._package.linked(self._main, "externalLink"))
        noted = [f"links to other workbooks, which were not followed: {outside}"] if outside else []
        return self._rows.reading("xlsx", title=title, day=stated(day), parts=parts, notes=(*noted, *left_out))

    def _sheets(self) -> Iterator[_Sheet]:
        links = self._package.links(self._main)
        for node in children(child(self._root, "sheets"), "sheet"):
            _, part, outside = links.get(value(node, "id") or "", ("", "", True))
            if not outside:
                yield _Sheet(node.get("name") or "", node.get("state") or "visible", part)

    def _sheet(self, sheet: _Sheet) -> None:
        self._rows.sheet(sheet.name, hidden=sheet.state != "visible")
        if sheet.part in self._package.names:
            for number, hidden, cells in self._cells(sheet):
                if isinstance(cells, str):
                    self._rows.line(number, cells, hidden=hidden)
                else:
                    self._rows.row(number, cells, hidden=hidden)
        for place, author, words in self._comments(sheet.part):
            self._rows.comment(place, author, words)
        for words in self._drawn(sheet.part):
            self._rows.beside(words)

    def _cells(self, sheet: _Sheet) -> Iterator[tuple[int, bool, _Cells]]:
        """Each row's number, whether it is hidden, and its cells."""
        blob = self._package.blob(sheet.part)
        plain = self._quick(blob)
        if plain is not None:
            for columns in _COLUMN.findall(blob, 0, blob.find(b"<sheetData")):
                if _HIDDEN.search(columns):
                    held = dict(_ATTRIBUTE.findall(columns))
                    self._rows.hidden_columns(int(held.get(b"min", 1)), int(held.get(b"max", 1)))
            yield from plain
            return
        number = 0
        for node in _rows(blob, sheet.part):
            if node.tag.endswith("col"):
                if node.get("hidden") in {"1", "true"}:
                    self._rows.hidden_columns(int(node.get("min") or 1), int(node.get("max") or 1))
                continue
            stated = node.get("r")
            number = int(stated) if stated and stated.isdecimal() and len(stated) < 8 else number + 1
            cells = self._row(node)
            if cells:
                yield number, node.get("hidden") in {"1", "true"}, cells

    def _quick(self, blob: bytes) -> list[tuple[int, bool, _Cells]] | None:
        """The rows of a sheet where each of its cells is written in the common form, without a tree of them; else None."""
        start, end = blob.find(b"<sheetData>"), blob.rfind(b"</sheetData>")
        if not 0 < start < end or b"<!DOCTYPE" in blob[:4096] or len(blob) > _LARGE:
            return None
        written = blob[start + 11 : end].decode("utf-8", "surrogateescape")
        sound = written.isascii() or not _BROKEN.search(written)
        rows: list[tuple[int, bool, _Cells]] = []
        for row in written.split("<row ")[1:]:
            look, _, held = row.partition(">")
            head = _ROW.fullmatch(look)
            if head is None or "<" in look:
                return None
            cells: _Cells | None = self._line(head[1], held) if sound and "&" not in held else None
            if cells is None:
                found = _CELL.findall(held)
                if len(found) != held.count("<c "):
                    return None
                if not sound:
                    for *_, said in found:
                        said.encode(
                            "utf-8", "surrogateescape"
                        ).decode()  # a cell must be UTF-8, what stands around it need not
                cells = self._row_of(found)
            if cells:
                rows.append((int(head[1]), "hidden" in look and bool(_HIDDEN_ROW.search(look)), cells))
        return rows

    def _line(self, number: str, row: str) -> str | None:
        """The line of a row that has a value of one line in each of its first cells and nothing else, else None."""
        *cells, rest = row.split(_END)
        if row.count("<") != 4 * len(cells) + 1 or rest.rstrip() != "</row>":
            return None
        looks, begins, said, mark = self._looks, [], [], f'{number}"'
        for cell in cells:
            head, _, held = cell.rpartition(_BEGIN)
            begin, _, look = head.partition(mark)
            shows = looks[look] if look in looks else self._shows(look)
            words = shows(held) if shows and held else None
            if not words:
                return None
            begins.append(begin)
            said.append(words)
        line = " | ".join(said)
        return line if begins == self._begun(len(begins)) and "\n" not in line else None

    def _begun(self, count: int) -> list[str]:
        """How so many cells begin that stand side by side from the first column on."""
        while len(self._begins) < count <= _COLUMNS:
            self._begins.append(f'<c r="{letters(len(self._begins) + 1)}')
        return self._begins[:count]

    def _shows(self, look: str) -> Callable[[str], str | None] | None:
        """What a cell with the attributes `look` shows of its value; None where they are written in another way."""
        found = _LOOK.fullmatch(look)
        if found is None:
            return None
        style, kind = found[1] or "", found[2] or "n"
        others: dict[str, Callable[[str], str | None]] = {"s": self._shared.get, "b": _truth}
        self._looks[look] = self._number(style) if kind == "n" else others.get(kind, str)
        return self._looks[look]

    def _row_of(self, found: list[tuple[str, str, str, str]]) -> list[tuple[int, str]]:
        """The cells of a row as (column, words), from their letters, style, kind and value as written."""
        shared, numbers, columns = self._shared, self._numbers, self._columns
        cells = []
        for place, style, kind, said in found:
            if not said:
                continue
            if kind == "s":
                words = shared[said] if said in shared else self._string(said)
            elif not kind or kind == "n":
                if style not in numbers:
                    numbers[style] = self._number(style)
                words = numbers[style](said if "&" not in said else html.unescape(said))
            elif kind == "b":
                words = "TRUE" if said == "1" or html.unescape(said) == "1" else "FALSE"
            else:
                words = said if "&" not in said else html.unescape(said)
            if words:
                if place not in columns:
                    columns[place] = column(place)
                cells.append((columns[place], words))
        return cells

    def _string(self, said: str) -> str:
        """A shared string whose place is written in another way than the common one."""
        place = int(html.unescape(said))
        return self._strings[place] if place < len(self._strings) else ""

    def _number(self, style: str) -> Callable[[str], str]:
        place = int(style or 0)
        return spoken(self._styles[place] if place < len(self._styles) else GENERAL)

    def _row(self, row: Any) -> list[tuple[int, str]]:
        cells, at, columns = [], 0, self._columns
        for cell in row:
            letters = (cell.get("r") or "").rstrip("0123456789")
            if letters in columns:
                at = columns[letters]
            else:
                at = columns[letters] = column(letters) if _LETTERS.match(letters) else at + 1
            words = self._words(cell)
            if words:
                cells.append((at, words))
        return cells

    def _words(self, cell: Any) -> str:
        if not len(cell):
            return ""
        kind, last = cell.get("t"), cell[-1]
        if not last.tag.endswith("}v"):
            if kind == "inlineStr":
                return _rich(child(cell, "is"))
            last = child(cell, "v")
        said = "" if last is None else last.text or ""
        if not said:
            return ""
        if kind is None or kind == "n":
            style = cell.get("s")
            shown = self._styles[int(style)] if style and int(style) < len(self._styles) else GENERAL
            return shown.number(said)
        if kind == "s":
            place = int(said)
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        return said if kind != "b" else "TRUE" if said == "1" else "FALSE"

    def _comments(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Cell, author and words of each comment; a thread of them stands in a part of its own, with its persons'."""
        threads = self._package.linked(part, "threadedComment")
        people = {
            value(person, "id"): value(person, "displayName") or ""
            for name in self._package.linked(self._main, "person")
            if threads
            for person in children(self._package.xml(name), "person")
        }  # fmt: skip - a comprehension of two loops
        threaded = set()
        for name in threads:
            for node in children(self._package.xml(name), "threadedComment"):
                threaded.add(node.get("ref") or "")
                words = child(node, "text")
                yield (
                    node.get("ref") or "",
                    people.get(node.get("personId"), ""),
                    (words.text or "") if words is not None else "",
                )
        root = self._package.related(part, "comments")
        authors = [node.text or "" for node in children(child(root, "authors"), "author")]
        for node in children(child(root, "commentList"), "comment"):
            said, place = node.get("authorId") or "", node.get("ref") or ""
            author = authors[int(said)] if said.isdecimal() and int(said) < len(authors) else ""
            if place not in threaded:
                yield place, author, _rich(child(node, "text"))

    def _drawn(self, part: str) -> Iterator[str]:
        """The words of text boxes and charts on a sheet."""
        for name in self._package.linked(part, "drawing"):
            root = self._package.xml(name)
            yield from _boxes(root)
            for chart in self._package.linked(name, "chart"):
                yield from _boxes(self._package.xml(chart))


def _truth(said: str) -> str:
    return "TRUE" if said == "1" else "FALSE"


def _strings(blob: bytes, name: str) -> list[str]:
    """The strings that cells share."""
    try:
        said = _shared(blob, name)
    except (Unreadable, ValueError):  # the whole says what is wrong with it, and where
        said = None
    return list(map(_rich, children(tree(blob, name), "si"))) if said is None else said


def _shared(blob: bytes, name: str) -> list[str] | None:
    """The strings of a table in the common form, with a tree of those alone that are more than a text; else None."""
    head, *items = blob.decode().split("<si>")
    if not items or not _TABLE.match(head) or blob.count(b"<si") != len(items) or b"<!" in blob:
        return None
    last, end, rest = items[-1].rpartition("</si>")
    items[-1] = last + end
    said: list[str] = []
    rich: list[int] = []
    for item in items:
        begin = 3 if item.startswith("<t>") else len(_KEPT) if item.startswith(_KEPT) else 0
        words = item[begin:-9]
        if not begin or "<" in words or not item.endswith("</t></si>") or "\r" in words or "&" in words:
            rich.append(len(said))
        said.append(words)
    if rich or rest.strip() != "</sst>":
        nodes = tree("".join([head, *("<si>" + items[n] for n in rich), rest]).encode(), name)
        for n, words in zip(rich, map(_rich, children(nodes, "si")), strict=True):
            said[n] = words
    return said


def _rows(blob: bytes, name: str) -> Iterator[Any]:
    """The `col` and `row` elements of a sheet; those of a large one are freed as they have been seen."""
    from lxml import etree

    if len(blob) < _LARGE:
        for node in tree(blob, name).iter("{*}col", "{*}row"):
            yield node
        return
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
    try:
        for _, node in etree.iterparse(io.BytesIO(blob), tag=("{*}col", "{*}row"), **safe):
            yield node
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"damaged: {name}: {error.msg}") from None


def _boxes(root: Any) -> Iterator[str]:
    for paragraph in root.iter("{*}p") if root is not None else ():
        yield "".join(t.text or "" for t in paragraph.iter("{*}t"))


def _rich(node: Any) -> str:
    """The words of a string item, whose phonetic guides are left out (ECMA-376-1, 18.4.8)."""
    if node is None:
        return ""
    if len(node) == 1 and node[0].tag.endswith("}t"):  # as nearly all are
        return node[0].text or ""
    said = []
    for each in node.getchildren():
        if each.tag.endswith("}t"):
            said.append(each.text or "")
        elif each.tag.endswith("}r"):
            said += [t.text or "" for t in each if t.tag.endswith("}t")]
    return "".join(said)


def _styles(root: Any, since_1904: bool) -> Iterable[Shown]:  # noqa: FBT001 - a fact of the file
    """How each cell style shows a number, by its place."""
    own = {node.get("numFmtId"): node.get("formatCode") or "" for node in children(child(root, "numFmts"), "numFmt")}
    made: dict[str, Shown] = {}
    for node in children(child(root, "cellXfs"), "xf"):
        key = node.get("numFmtId") or "0"
        if key not in made:
            code = own.get(key) or _FORMATS.get(int(key) if key.isdecimal() else 0, "General")
            made[key] = shown_as(code, since_1904=since_1904)
        yield made[key]
