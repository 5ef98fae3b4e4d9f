"""A presentation in (PPTX, PresentationML, ECMA-376), its slides in order out: title, words, tables, notes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from showcause.core import Mark
from showcause.errors import Unreadable
from showcause.intake.package import Package, child, children, holds, local, unpacked, value
from showcause.intake.reading import Limits, Reading, Transcript, stated

_MAIN = re.compile(r"(?:\A|/)ppt/presentation\d*\.xml\Z")
_DEPTH = 60  # groups of shapes inside one another that are followed
_TITLES = {"title", "ctrTitle"}
_ASIDE = {"dt", "ftr", "sldNum", "hdr", "sldImg"}  # placeholders that repeat the master's words


def is_pptx(blob: bytes, name: str) -> bool:
    """Whether the bytes are an Office Open XML presentation."""
    del name
    return holds(blob, _MAIN, b"ppt/presentation")


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of every slide, a mark for each paragraph, titles as headings, notes and comments after their slide.

    Raises Unreadable where the file is cut off or damaged, unpacks to more than `limits.unpacked`, or has no words.
    """
    del name
    return unpacked(blob, limits, lambda package: _Slides(package).reading())


class _Slides:
    """Goes through a presentation and takes down its words."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.find(_MAIN) or ""
        self._transcript = Transcript()
        self._at = Mark(0)
        self._part: str | None = None
        self._hidden: list[int] = []
        self._comments = 0
        self._authors: dict[str, str] | None = None

    def reading(self) -> Reading:
        links = self._package.links(self._main)
        listed = children(child(self._package.xml(self._main), "sldIdLst"), "sldId")
        slides = [links.get(_link(node), ("", "", True))[1] for node in listed]
        for number, name in enumerate(slides, 1):
            self._at = Mark(0, slide=number)
            self._slide(number, name)
        if not self._transcript.text:
            raise Unreadable("empty: the presentation holds no words")
        parts, left_out = self._package.embedded("ppt")
        title, day = self._package.properties()
        return Reading(
            "pptx",
            self._transcript.text,
            self._transcript.pages,
            self._transcript.headings,
            title,
            stated(day),
            parts,
            (*self._notes(), *left_out),
        )

    def _notes(self) -> Iterator[str]:
        if self._hidden:
            yield f"hidden slides, shown like the others: {', '.join(map(str, self._hidden))}"
        if self._comments:
            yield f"comments that stand after their slide: {self._comments}"
        outside = self._package.outside()
        if outside:
            yield f"links to things outside, which were not fetched: {outside}"

    def _slide(self, number: int, name: str) -> None:
        root = self._package.xml(name)
        if root is None:
            return
        if root.get("show") in {"0", "false"}:
            self._hidden.append(number)
        shapes = list(_shapes(child(root, "cSld", "spTree"), 0))
        for shape in sorted(shapes, key=lambda each: _placeholder(each) not in _TITLES):
            self._shape(shape, name)
        self._part = "notes"
        for notes in self._package.linked(name, "notesSlide"):
            for shape in _shapes(child(self._package.xml(notes), "cSld", "spTree"), 0):
                self._shape(shape, notes)
        self._part = "comment"
        for author, words in self._said_of(name):
            self._comments += 1
            self._say(f"[Comment by {author or 'unknown'}] {words}")
        self._part = None

    def _say(self, words: str, *, level: int = 0, group: str = "") -> None:
        self._transcript.paragraph(words.strip(), level=level, part=self._part, group=group, at=self._at)

    def _shape(self, shape: Any, name: str) -> None:
        kind = _placeholder(shape)
        if kind in _ASIDE:
            return
        body = child(shape, "txBody")
        if body is not None:
            if kind in _TITLES and self._part is None:
                self._say(" ".join(_words(p).replace("\n", " ") for p in children(body, "p")), level=1)
            else:
                for paragraph in children(body, "p"):
                    self._say(_words(paragraph))
        elif local(shape) == "graphicFrame":
            self._graphic(child(shape, "graphic", "graphicData"), name)

    def _graphic(self, data: Any, name: str) -> None:
        for table in children(data, "tbl"):
            for row in children(table, "tr"):
                cells = [
                    " ".join(filter(None, (_words(p).strip() for p in children(child(cell, "txBody"), "p"))))
                    for cell in children(row, "tc")
                    if value(cell, "hMerge") not in {"1", "true"} and value(cell, "vMerge") not in {"1", "true"}
                ]
                if any(cells):
                    self._say(" | ".join(cells), group="table")
        links = self._package.links(name)
        for each in data if data is not None else ():
            if local(each) in {"relIds", "chart"}:
                key = value(each, "dm") if local(each) == "relIds" else value(each, "id")
                _, target, outside = links.get(key or "", ("", "", True))
                if not outside:
                    self._drawn(self._package.xml(target))

    def _drawn(self, root: Any) -> None:
        """The words of a diagram or a chart: its paragraphs, then the names of its series and categories."""
        if root is None:
            return
        for paragraph in root.iter("{*}p"):
            self._say(_words(paragraph), group="diagram")
        names = dict.fromkeys(v.text or "" for cache in root.iter("{*}strCache") for v in cache.iter("{*}v"))
        self._say(" | ".join(filter(None, names)), group="diagram")

    def _said_of(self, name: str) -> Iterator[tuple[str, str]]:
        for part in self._package.linked(name, "comments"):
            root = self._package.xml(part)
            for node in root.iter("{*}cm", "{*}reply") if root is not None else ():
                text = child(node, "text")
                paragraphs = children(child(node, "txBody"), "p")
                words = (text.text or "") if text is not None else "\n".join(map(_words, paragraphs))
                if words.strip():
                    yield self._author(value(node, "authorId") or ""), words.strip()

    def _author(self, key: str) -> str:
        if self._authors is None:
            self._authors = {
                value(node, "id") or "": value(node, "name") or ""
                for kind in ("commentAuthors", "authors")
                for name in self._package.linked(self._main, kind)
                for node in self._package.xml(name)
            }
        return self._authors.get(key, "")


def _link(node: Any) -> str:
    """The id of the part that a slide's entry names; its own number has the same name without a namespace."""
    return next((said for key, said in node.items() if key.endswith("}id")), "")


def _shapes(tree: Any, depth: int) -> Iterator[Any]:
    for node in tree if tree is not None and depth < _DEPTH else ():
        kind = local(node)
        if kind in {"grpSp", "AlternateContent", "Choice"}:
            yield from _shapes(node, depth + 1)
        elif kind in {"sp", "graphicFrame", "cxnSp", "pic"}:
            yield node


def _placeholder(shape: Any) -> str:
    """The kind of the placeholder that a shape fills, or ""."""
    for node in shape.getchildren():
        kind = local(node)
        if kind.startswith("nv"):
            place = child(node, "nvPr", "ph")
            return "" if place is None else place.get("type") or "body"
    return ""


def _words(paragraph: Any) -> str:
    """The words of a DrawingML paragraph, with the bullet or number that its own properties name."""
    said = []
    for node in paragraph.getchildren():
        kind = local(node)
        if kind in {"r", "fld"}:
            text = child(node, "t")
            said.append((text.text or "") if text is not None else "")
        elif kind == "br":
            said.append("\n")
        elif kind in {"AlternateContent", "m"}:  # a formula
            said += [t.text or "" for t in node.iter("{*}t")]
    words = "".join(said)
    marked = child(paragraph, "pPr", "buChar") is not None or child(paragraph, "pPr", "buAutoNum") is not None
    return f"• {words}" if marked and words.strip() else words
