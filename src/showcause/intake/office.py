"""A DOCX file in (ECMA-376, WordprocessingML), its paragraphs and tables in document order out.

List numbers are written out, tracked changes stand as `[-deleted-]` and `{+inserted+}`; notes, comments, headers and
footers follow at the end, each once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from showcause.errors import Unreadable
from showcause.intake.package import ZIP, Package, child, children, holds, local, tree, truth, unpacked, value
from showcause.intake.reading import Limits, Reading, Transcript, redlined, stated
from showcause.intake.wordml import Lists, Styles, lean

_MAIN = re.compile(r"(?:\A|/)word/document\d*\.xml\Z")
_DEPTH = 60  # tables and controls inside one another that are followed
_UNREAD = {"instrText", "delInstrText", "rPr", "pPr", "tblPr", "tcPr", "trPr", "sdtPr", "Fallback", "fldData"}
_WRITTEN = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LOOKS = {"vanish", "strike", "dstrike", "u"}  # of a run, that something depends on
_GONE, _NEW = {"del", "moveFrom"}, {"ins", "moveTo"}


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one look: deleted or inserted by a tracked change, struck through, underlined."""

    text: str
    change: str = ""  # "-", "+" or nothing
    struck: bool = False
    underlined: bool = False


def is_docx(blob: bytes, name: str) -> bool:
    """Whether the bytes are a Word document; of a ZIP file that is cut off, the names in it and its own tell."""
    if holds(blob, _MAIN, b"word/"):
        return True
    cut = blob.startswith(ZIP) and b"PK\x05\x06" not in blob[-66_000:]
    return cut and name.lower().endswith((".docx", ".docm", ".dotx"))


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of a Word document, headings from its styles, a mark for each paragraph, embedded files as parts.

    Raises Unreadable where the file is cut off or damaged, unpacks to more than `limits.unpacked`, or has no words.
    """
    del name
    return unpacked(blob, limits, lambda package: _Words(package).reading())


class _Words:
    """Goes through one document and takes down its words."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.find(_MAIN) or ""
        styles = next((name for name in package.linked(self._main, "styles")[:1] if name in package.names), None)
        self._styles = Styles(None if styles is None else tree(lean(package.blob(styles)), styles))
        self._lists = Lists(package.related(self._main, "numbering"))
        self._transcript = Transcript()
        self._noted: dict[tuple[str, str], int] = {}  # kind and id of a note -> the number it is given
        self._boxes: list[Any] = []
        self._hidden = False
        self._deep = False
        self._part: str | None = None

    def reading(self) -> Reading:
        root = self._package.xml(self._main)
        self._blocks(child(root, "body"), "", 0)
        self._endings()
        comments = self._comments()
        self._margins()
        if not self._transcript.text:
            raise Unreadable("empty: the document holds no words")
        parts, left_out = self._package.embedded("word")
        notes = ["hidden text is shown"] if self._hidden else []
        notes += ["deeply nested tables are shown without their structure"] if self._deep else []
        notes += [f"comments that stand at the end: {comments}"] if comments else []
        outside = self._package.outside()
        notes += [f"links to things outside, which were not fetched: {outside}"] if outside else []
        title, day = self._package.properties()
        return Reading(
            kind="docx",
            text=self._transcript.text,
            pages=self._transcript.pages,
            headings=self._transcript.headings,
            title=title,
            date=stated(day),
            parts=parts,
            notes=(*notes, *left_out),
        )

    def _blocks(self, parent: Any, change: str, depth: int) -> None:
        if depth >= _DEPTH:
            self._deep = True
            self._say(" ".join(t.text or "" for t in parent.iter("{*}t", "{*}delText")))
            return
        for node in parent if parent is not None else ():
            kind = local(node)
            if kind == "p":
                self._paragraph(node, change)
            elif kind == "tbl":
                self._table(node, change, depth)
            elif kind not in _UNREAD:
                self._blocks(node, _changed(kind, change), depth + 1)

    def _paragraph(self, node: Any, change: str) -> None:
        look = self._styles.look(node)
        words = self._words(node, change)
        label = self._lists.label(look) if words.strip() else ""
        level = look.level or 0
        self._say(f"{label} {words}" if label else words, level=level, group="list" if label and not level else "")
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box, change, 1)

    def _say(self, text: str, *, level: int = 0, group: str = "") -> None:
        self._transcript.paragraph(text.strip(), level=level, part=self._part, group=group)

    def _words(self, paragraph: Any, change: str) -> str:
        """The words of a paragraph with its changes in brackets."""
        plain = None if change else _plain(paragraph)
        return _redlined(list(self._runs(paragraph, change))) if plain is None else plain

    def _runs(self, node: Any, change: str) -> Iterator[_Run]:
        for each in node.getchildren():
            kind = local(each)
            if kind == "r":
                yield from self._run(each, change)
            elif kind == "txbxContent":
                self._boxes.append(each)
            elif kind == "t":  # of a formula (m:t), which has no run of words around it
                yield _Run(each.text or "", change)
            elif kind not in _UNREAD:
                yield from self._runs(each, _changed(kind, change))

    def _run(self, node: Any, change: str) -> Iterator[_Run]:
        text = "".join(self._pieces(node))
        if not text:
            return
        look = {local(each): each for each in node[0]} if local(node[0]) == "rPr" else {}
        if not look:
            yield _Run(text, change)
            return
        self._hidden = self._hidden or truth(look.get("vanish"))
        struck = truth(look.get("strike")) or truth(look.get("dstrike"))
        under = look.get("u")
        yield _Run(text, change, struck, under is not None and value(under) != "none")

    def _pieces(self, run: Any) -> Iterator[str]:
        for node in run.getchildren():
            kind = local(node)
            if kind in {"t", "delText"}:
                yield node.text or ""
            elif kind == "br":
                yield "\n" if value(node, "type") != "page" else " "
            elif kind == "sym":
                yield _symbol(value(node, "char"))
            elif kind in _NOTES:
                yield f"[{self._number(_NOTES[kind], value(node, 'id') or '')}]"
            elif kind in _WRITTEN:
                yield _WRITTEN[kind]
            elif kind not in _UNREAD:
                self._boxes += [box for box in node.iter("{*}txbxContent") if not _fallback(box)]

    def _number(self, kind: str, key: str) -> int:
        return self._noted.setdefault((kind, key), len(self._noted) + 1)

    def _table(self, table: Any, change: str, depth: int) -> None:
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            gone, new = child(properties, "del"), child(properties, "ins")
            state = "-" if gone is not None else "+" if new is not None else change
            cells = list(_inside(row, "tc"))
            blocks = [[node for node in cell if local(node) in {"p", "tbl", "sdt"}] for cell in cells]
            if all(len(held) == 1 and local(held[0]) == "p" for held in blocks):
                self._row([held[0] for held in blocks], state)
            else:
                for cell in cells:
                    self._blocks(cell, state, depth + 1)

    def _row(self, paragraphs: list[Any], change: str) -> None:
        said = []
        for node in paragraphs:
            words = self._words(node, change).strip()
            label = self._lists.label(self._styles.look(node)) if words else ""
            said.append(f"{label} {words}" if label else words)
        if any(said):
            self._say(" | ".join(said), group="table")

    def _endings(self) -> None:
        """The notes in the order in which the text refers to them; a note may refer to another."""
        notes = {
            (kind, value(note, "id") or ""): note
            for kind in ("footnote", "endnote")
            for note in children(self._package.related(self._main, f"{kind}s"), kind)
        }
        done = 0
        while done < len(self._noted):
            (kind, key), number = list(self._noted.items())[done]
            done += 1
            self._part = kind
            paragraphs = [self._words(p, "").strip() for p in _inside(notes.get((kind, key)), "p")]
            self._say(f"[{number}] " + "\n".join(filter(None, paragraphs)))

    def _comments(self) -> int:
        count = 0
        for comment in children(self._package.related(self._main, "comments"), "comment"):
            self._part = "comment"
            paragraphs = [self._words(p, "").strip() for p in _inside(comment, "p")]
            words = "\n".join(filter(None, paragraphs))
            if words:
                count += 1
                self._say(f"[Comment by {value(comment, 'author') or 'unknown'}] {words}")
        return count

    def _margins(self) -> None:
        """The words of headers and footers, which a page repeats and this says once."""
        for part in ("header", "footer"):
            said = set()
            for name in self._package.linked(self._main, part):
                root = self._package.xml(name)
                held = [self._words(p, "").strip() for p in root.iter("{*}p")] if root is not None else []
                said.add("\n".join(filter(None, held)))
            self._part = part
            for words in sorted(said):
                self._say(words)


def _changed(kind: str, change: str) -> str:
    """The tracked change that holds inside an element; what is deleted stays so, whatever stands inside."""
    return "-" if kind in _GONE or change == "-" else "+" if kind in _NEW else change


def _inside(node: Any, name: str) -> Iterator[Any]:
    """Children of that name, also those inside content controls and custom XML."""
    for each in node if node is not None else ():
        kind = local(each)
        if kind == name:
            yield each
        elif kind in {"sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo"}:
            yield from _inside(each, name)


def _plain(paragraph: Any) -> str | None:
    """The words of a paragraph that holds nothing but runs of words, none of them changed, hidden or underlined."""
    said = []
    for each in paragraph.getchildren():  # a list comes several times faster than lxml's iterator
        kind = local(each)
        if kind == "r":
            for node in each.getchildren():
                kind = local(node)
                if kind == "t":
                    said.append(node.text or "")
                elif kind != "rPr" or not _LOOKS.isdisjoint(map(local, node.getchildren())):
                    return None
        elif kind not in _UNREAD and (len(each) or kind in {"t", "txbxContent"}):
            return None
    return "".join(said)


def _redlined(runs: list[_Run]) -> str:
    """The words of a paragraph with its changes in brackets.

    A struck run is a deletion; an underlined one is an insertion where something in the paragraph is struck.
    """
    struck = any(run.struck and run.text.strip() for run in runs)
    look = {True: "-", False: "+" if struck else ""}
    return redlined(
        (run.text, run.change or (look[run.struck] if run.struck or run.underlined else "")) for run in runs
    )


def _fallback(node: Any) -> bool:
    return any(local(above) in {"Fallback", "txbxContent"} for above in node.iterancestors())


def _symbol(code: str | None) -> str:
    """A character of a symbol font; those in the private area (U+F000 and up) show as the bullets they mostly are."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return "•" if 0xE000 <= number <= 0xF8FF else chr(number) if 31 < number < 0x110000 else ""
