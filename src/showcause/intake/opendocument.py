"""An OpenDocument text or presentation in (ODT, ODP, ODG, packed or flat), its paragraphs or slides in order out.

List numbers are written out, tracked changes stand as `[-deleted-]` and `{+inserted+}`; notes, comments, headers and
footers follow at the end of a text. A slide's title is a heading; its notes follow it.
"""

from __future__ import annotations

from typing import Any

from showcause.core import Mark
from showcause.errors import Unreadable
from showcause.intake import odf
from showcause.intake.odf import Inline, Lists, Source
from showcause.intake.package import child, children, local, value
from showcause.intake.reading import NOWHERE, Limits, Reading, Transcript

_DEPTH = 60  # sections, lists and tables inside one another that are followed
_UNREAD = {
    "tracked-changes",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "forms",
    "table-of-content-source",
    "alphabetical-index-source",
    "settings",
    "header-decl",
    "footer-decl",
    "date-time-decl",
    "event-listeners",
    "title",
    "desc",
    "annotation-end",
}  # fmt: skip - one set
_REPEATED = 100  # equal cells in a row that are shown


def is_opendocument(blob: bytes, name: str) -> bool:
    """Whether the bytes are an OpenDocument text, presentation or drawing."""
    del name
    return odf.kind(blob) in {"odt", "odp", "odg"}


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of the file. Raises Unreadable where it is cut off, damaged, locked, or has no words."""
    del name
    kind = odf.kind(blob)
    return odf.opened(blob, limits, lambda source: _Words(source, kind).reading())


class _Words:
    """Goes through one document and takes down its words."""

    def __init__(self, source: Source, kind: str) -> None:
        self._source = source
        self._kind = kind
        self._transcript = Transcript()
        self._lists = Lists(source)
        self._part: str | None = None
        self._at: Mark = NOWHERE
        body = source.body("text")
        self._inline = Inline(child(body, "tracked-changes"))
        self._comments = 0
        self._hidden: list[int] = []
        self._deep = False

    def reading(self) -> Reading:
        if self._kind == "odt":
            self._blocks(self._source.body("text"), 0)
            self._endings()
            for part, node in self._source.margins():
                self._part = part
                self._blocks(node, 0)
        else:
            self._slides()
        if not self._transcript.text:
            raise Unreadable("empty: the document holds no words")
        parts, left_out = self._source.embedded()
        place = "at the end" if self._kind == "odt" else "after their slide"
        notes = [f"comments that stand {place}: {self._comments}"] if self._comments else []
        if self._deep:
            notes.append("deeply nested tables are shown without their structure")
        if self._hidden:
            notes.append(f"hidden slides, shown like the others: {', '.join(map(str, self._hidden))}")
        title, day = odf.dated(self._source)
        return Reading(
            self._kind,
            self._transcript.text,
            self._transcript.pages,
            self._transcript.headings,
            title,
            day,
            parts,
            (*notes, *left_out),
        )

    def _blocks(self, parent: Any, depth: int) -> None:
        if depth >= _DEPTH:
            self._deep = True
            self._say(
                " ".join("".join(p.itertext()) for p in parent.iter("{*}p", "{*}h")) if parent is not None else ""
            )
            return
        for node in parent if parent is not None else ():
            name = local(node)
            if name == "p":
                self._paragraph(node)
            elif name == "h":
                self._heading(node)
            elif name == "list":
                self._list(node, value(node, "style-name"), 1, depth)
            elif name == "table":
                self._table(node, depth)
            elif name in {"change", "change-start", "change-end"}:
                self._say(self._inline.standing(node))
            elif name == "annotation":
                self._inline.comments.append((_creator(node), node))
            elif name not in _UNREAD:
                self._blocks(node, depth + 1)

    def _say(self, words: str, *, level: int = 0, group: str = "") -> None:
        self._transcript.paragraph(words.strip(), level=level, part=self._part, group=group, at=self._at)

    def _boxes(self, depth: int) -> None:
        boxes, self._inline.boxes = self._inline.boxes, []
        for box in boxes:
            self._blocks(box, depth + 1)

    def _paragraph(self, node: Any) -> None:
        self._say(self._inline.words(node))
        if self._inline.boxes:
            self._boxes(1)

    def _heading(self, node: Any) -> None:
        words = self._inline.words(node).strip()
        said = value(node, "outline-level") or "1"
        level = min(int(said), 9) if said.isdecimal() and 0 < len(said) < 4 else 1
        label = self._lists.heading(level) if words and value(node, "is-list-header") != "true" else ""
        self._say(f"{label} {words}" if label else words, level=level or 1)
        self._boxes(1)

    def _list(self, node: Any, style: str | None, level: int, depth: int) -> None:
        if level == 1 and value(node, "continue-numbering") != "true" and value(node, "continue-list") is None:
            self._lists.restart(style)
        for item in node if depth < _DEPTH else ():
            numbered = local(item) == "list-item"
            start = value(item, "start-value")
            for block in item:
                name = local(block)
                if name == "list":
                    self._list(block, value(block, "style-name") or style, level + 1, depth + 1)
                elif name in {"p", "h"}:
                    begin = int(start) if start and start.isdecimal() and len(start) < 7 else None
                    numbered = self._item(block, style, level, begin if numbered else None, numbered=numbered)
                else:
                    self._blocks([block], depth + 1)

    def _item(self, block: Any, style: str | None, level: int, start: int | None, *, numbered: bool) -> bool:
        """Take down a paragraph of a list item; True where the item's number is still to come."""
        words = self._inline.words(block).strip()
        label = self._lists.label(style, block, level, start) if numbered and words else ""
        heading = int(value(block, "outline-level") or level) if local(block) == "h" else 0
        if heading and not label.strip("•"):
            label = self._lists.heading(heading) if words else ""
        self._say(f"{label} {words}" if label else words, level=heading, group="" if heading else "list")
        if self._inline.boxes:
            self._boxes(1)
        return numbered and not words

    def _table(self, table: Any, depth: int) -> None:
        for row in _rows(table, 0):
            cells = [c for c in row if local(c) in {"table-cell", "covered-table-cell"}]
            if all(len(c) <= 1 and (not len(c) or local(c[0]) == "p") for c in cells):
                said: list[str] = []
                for cell in cells:
                    words = self._inline.words(cell[0]).strip() if len(cell) else ""
                    count = value(cell, "number-columns-repeated")
                    if count is None:
                        said.append(words)
                    else:
                        said += [words] * (min(int(count), _REPEATED) if count.isdecimal() and len(count) < 9 else 1)
                while said and not said[-1] and len(said) > len(cells):
                    said.pop()
                if any(said):
                    self._say(" | ".join(said), group="table")
                self._boxes(depth + 1)
            else:
                for cell in cells:
                    self._blocks(cell, depth + 1)

    def _endings(self) -> None:
        """The notes in the order in which the text refers to them, then the comments; both may hold more of them."""
        done = 0
        while done < len(self._inline.notes):
            self._part, sign, body = self._inline.notes[done]
            done += 1
            self._say(f"[{sign}] {self._inside(body)}")
        self._said_of()

    def _said_of(self) -> None:
        comments, self._inline.comments = self._inline.comments, []
        for author, node in comments:
            self._part = "comment"
            words = self._inside(node)
            if words:
                self._comments += 1
                self._say(f"[Comment by {author or 'unknown'}] {words}")
        self._part = None

    def _inside(self, node: Any) -> str:
        paragraphs = node.iter("{*}p", "{*}h") if node is not None else ()
        return "\n".join(filter(None, (self._inline.words(p).strip() for p in paragraphs)))

    def _slides(self) -> None:
        body = self._source.body("presentation")
        body = self._source.body("drawing") if body is None else body
        unseen = {
            value(style, "name")
            for style in self._source.automatic()
            if value(child(style, "drawing-page-properties"), "visibility") == "hidden"
        }
        for number, page in enumerate(children(body, "page"), 1):
            self._at = Mark(0, slide=number)
            if value(page, "style-name") in unseen:
                self._hidden.append(number)
            frames = [node for node in page if local(node) != "notes"]
            for frame in sorted(frames, key=lambda node: value(node, "class") != "title"):
                self._frame(frame)
            self._part = "notes"
            for frame in child(page, "notes") if child(page, "notes") is not None else ():
                if value(frame, "class") not in {"page", "header", "footer", "date-time", "page-number"}:
                    self._blocks(frame, 1)
            self._part = None
            self._said_of()

    def _frame(self, frame: Any) -> None:
        if value(frame, "class") == "title":
            self._say(self._inside(frame), level=1)
        elif local(frame) == "annotation":
            self._inline.comments.append((_creator(frame), frame))
        elif local(frame) not in _UNREAD:
            self._blocks(frame, 1)


def _rows(table: Any, depth: int) -> Any:
    for node in table if depth < _DEPTH else ():
        name = local(node)
        if name == "table-row":
            yield node
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(node, depth + 1)


def _creator(node: Any) -> str:
    creator = child(node, "creator")
    return "" if creator is None else creator.text or ""
