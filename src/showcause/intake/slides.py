"""A presentation in (PPTX, PresentationML, ECMA-376), its slides in order out: title, words, tables, notes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from showcause.core import Mark
from showcause.errors import Unreadable
from showcause.intake.package import Package, child, children, holds, local, tree, unescaped, unpacked, value
from showcause.intake.reading import Limits, Reading, Transcript, stated

_MAIN = re.compile(r"(?:\A|/)ppt/presentation\d*\.xml\Z")
_DEPTH = 60  # groups of shapes inside one another that are followed
_TITLES = {"title", "ctrTitle"}
_ROOT = re.compile(
    r"(?:<\?xml version=\"1\.0\"(?: encoding=\"(?i:utf-8)\")?[^>]*\?>)?\s*<p:(sld|notes)\s([^>]*)>\s*<p:cSld[ >]"
)
_HIDDEN = re.compile(r"\sshow=([\"'])(?:0|false)\1")
_PLACE = re.compile(r"<p:ph(?=[ />])([^>]*)>")
_TYPE = re.compile(r' type="([^"]*)"')
_TREE, _TREE_END = "<p:spTree>", "</p:spTree>"
_NAMES = ("p:sp>", "p:txBody>", "a:p>", "a:r>", "a:t>")  # elements that hold words
_TELLING = re.compile("<(/?(?:p:sp|p:txBody|a:[prt])>|p:graphicFrame|mc:|a14:|!|a:[tp][ /]|p:sp )")
_COMMON = frozenset({*_NAMES, *(f"/{name}" for name in _NAMES)})  # what of these the common form has
_Said = tuple[str, list[str]]  # the kind of the placeholder that a shape fills, or "", and its paragraphs
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
        if name not in self._package.names:
            return
        blob = self._package.blob(name)
        plain = _plain(blob)
        if plain is not None:
            hidden, shapes = plain
            for shape in sorted(shapes, key=lambda each: each[0] not in _TITLES):
                self._box(*shape)
        else:
            root = tree(blob, name)
            hidden = root.get("show") in {"0", "false"}
            for node in sorted(_shapes(child(root, "cSld", "spTree"), 0), key=lambda n: _placeholder(n) not in _TITLES):
                self._shape(node, name)
        if hidden:
            self._hidden.append(number)
        self._part = "notes"
        for notes in self._package.linked(name, "notesSlide"):
            self._noted(notes)
        self._part = "comment"
        for author, words in self._said_of(name):
            self._comments += 1
            self._say(f"[Comment by {author or 'unknown'}] {words}")
        self._part = None

    def _noted(self, name: str) -> None:
        if name not in self._package.names:
            return
        blob = self._package.blob(name)
        plain = _plain(blob)
        if plain is not None:
            for shape in plain[1]:
                self._box(*shape)
        else:
            for node in _shapes(child(tree(blob, name), "cSld", "spTree"), 0):
                self._shape(node, name)

    def _say(self, words: str, *, level: int = 0, group: str = "") -> None:
        self._transcript.paragraph(words.strip(), level=level, part=self._part, group=group, at=self._at)

    def _shape(self, shape: Any, name: str) -> None:
        kind = _placeholder(shape)
        body = child(shape, "txBody")
        if body is not None:
            self._box(kind, map(_words, children(body, "p")))
        elif local(shape) == "graphicFrame" and kind not in _ASIDE:
            self._graphic(child(shape, "graphic", "graphicData"), name)

    def _box(self, kind: str, paragraphs: Iterable[str]) -> None:
        if kind in _ASIDE:
            return
        if kind in _TITLES and self._part is None:
            self._say(" ".join(words.replace("\n", " ") for words in paragraphs), level=1)
        else:
            for words in paragraphs:
                self._say(words)

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


def _plain(blob: bytes) -> tuple[bool, list[_Said]] | None:
    """Whether a slide is hidden, and what its shapes say, where all of them are text in the common form; else None."""
    try:
        written = blob.decode()
    except UnicodeDecodeError:
        return None
    root, start, end = _ROOT.match(written), written.find(_TREE), written.rfind(_TREE_END)
    if root is None or not 0 < start < end or not written.rstrip().endswith(f"</p:{root[1]}>"):
        return None
    held = written[start + len(_TREE) : end]
    if "xmlns:a=" not in root[2] or "xmlns:p=" not in root[2] or "\r" in held:
        return None
    if held.count("<p:grpSp>") >= _DEPTH or not _whole(held):
        return None
    shapes = list(map(_shape, held.split("<p:sp>")[1:]))
    said = [shape for shape in shapes if shape is not None]
    return (_HIDDEN.search(root[2]) is not None, said) if len(said) == len(shapes) else None


def _whole(held: str) -> bool:
    """Whether shapes are in the common form, and as many elements end as begin, so that a damaged slide loses no words."""
    found = _TELLING.findall(held)
    return (
        _COMMON.issuperset(found)
        and held.count("<") == 2 * held.count("</") + held.count("/>")
        and all(found.count(name) == found.count(f"/{name}") for name in _NAMES)
    )


def _shape(written: str) -> _Said | None:
    """The kind of a shape's placeholder, or "", and its paragraphs; None where they are written in another form."""
    held, end, _ = written.partition("</p:sp>")
    head, *paragraphs = held.split("<a:p>")
    place = _PLACE.search(head)
    if not end or (place and "'" in place[1]):
        return None
    kind = _TYPE.search(place[1]) if place else None
    said: list[str] = []
    for paragraph in paragraphs:
        whole, end, _ = paragraph.partition("</a:p>")
        pieces = whole.split("<a:t>")
        for n in range(1, len(pieces)):
            text, end, rest = pieces[n].partition("</a:t>")
            if not end or "<" in text:
                return None
            pieces[n] = text + "\n" * rest.count("<a:br")
        pieces[0] = "\n" * pieces[0].count("<a:br")
        words = unescaped("".join(pieces))
        if not end or words is None:
            return None
        marked = "<a:buChar" in whole or "<a:buAutoNum" in whole
        said.append(f"• {words}" if marked and words.strip() else words)
    return (kind[1] if kind else "") or ("body" if place else ""), said
