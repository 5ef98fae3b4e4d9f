"""A section of a law in XML in, its words laid out line by line with the place of every subdivision out.

One walk serves USLM, Akoma Ntoso and the D.C. Code: they differ in the names of their elements, which a `Shape` holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from showcause.core import Provision

Element = Any  # an lxml element; lxml is imported where a file is parsed
Kept = Callable[[Element], bool]

SPACE = re.compile(r"[ \t\r\n]+")  # the no-break and em spaces of a printed code are its words and stay
BLOCKS = frozenset(
    [
        "p",
        "br",
        "list",
        "listItem",
        "item",
        "point",
        "tr",
        "table",
        "row",
        "blockContainer",
        "blockList",
        "li",
        "def",
        "quotedStructure",
    ]
)
CELLS = frozenset(["td", "th", "cell", "entry"])
DEEPER = ("section", "subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem")


@dataclass(frozen=True, slots=True)
class Shape:
    """The element names of one format of law: what is a section, a subdivision of one, and what is no word of the law.

    `through` are containers without words of their own; `quoted` hold the words of another instrument, so that a
    section in them is no section of this one. `ladder` is True where nested subdivisions all bear one name.
    """

    name: str
    sections: tuple[str, ...]
    subdivisions: frozenset[str]
    through: frozenset[str]
    skipped: frozenset[str]
    quoted: frozenset[str]
    ladder: bool = False


@dataclass(slots=True)
class _Sheet:
    """The page as it is being set: lines joined by newlines, and the provisions placed on it so far."""

    shape: Shape
    kept: Kept
    words: list[str] = field(default_factory=list)
    length: int = 0
    run_in: bool = False  # the line so far is a bare number or a heading that runs into the words after it
    provisions: list[Provision] = field(default_factory=list)

    def set(self, line: str) -> int:
        """Sets one line and gives the offset at which it begins."""
        joint = "" if not self.words or self.run_in else "\n"
        self.words.append(joint + line)
        begin = self.length + len(joint)
        self.length += len(joint) + len(line)
        self.run_in = False
        return begin


def local(element: Element) -> str:
    """The element's name without its namespace; "" for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def sections(root: Element, shape: Shape) -> Iterator[Element]:
    """The sections of the document itself, in order, leaving out those inside words that it quotes."""
    names = {local(e) for e in root.iter() if local(e) in shape.sections}
    unit = next((name for name in shape.sections if name in names), None)
    for element in root.iter():
        if local(element) == unit and not any(local(a) in shape.quoted for a in element.iterancestors()):
            yield element


def laid_out(section: Element, identifier: str, shape: Shape, *, kept: Kept) -> tuple[str, tuple[Provision, ...]]:
    """The text of a section and its provisions, the section itself first; `kept` says which elements were in force."""
    sheet = _Sheet(shape, kept)
    _set(section, sheet, identifier, 0)
    return "".join(sheet.words), tuple(sheet.provisions)


def number(element: Element) -> str:
    """The number of a section or subdivision without its marks: "1373", "b", "4.1"."""
    found = _child(element, "num")
    if found is None:
        return ""
    bare = found.get("value") or flowed(found, frozenset(("ref", "footnote")))
    return re.sub(
        r"^(?:§+|sections?|sec\.|art(?:icle|\.)|s\.)\s*|[().:\s—]+$|^\(+", "", bare.strip(), flags=re.IGNORECASE
    )


def heading(element: Element) -> str:
    """The heading of a section or subdivision without the dash that runs it in."""
    found = _child(element, "heading")
    return flowed(found, _NO_WORDS).rstrip(" —–-") if found is not None else ""


def _set(element: Element, sheet: _Sheet, identifier: str, depth: int) -> None:
    begin = _set_head(element, sheet)
    place = len(sheet.provisions)
    before = sheet.length
    _set_body(element, sheet, identifier, depth)
    if begin is None:
        if sheet.length == before:
            return
        begin = before + (1 if before else 0)
    name = DEEPER[min(depth, len(DEEPER) - 1)] if sheet.shape.ladder else local(element)
    shown = number(element) if depth == 0 else _printed(element)
    provision = Provision(identifier, shown, heading(element), name, begin, sheet.length)
    sheet.provisions.insert(place, provision)


def _set_head(element: Element, sheet: _Sheet) -> int | None:
    """Sets number and heading on one line; the offset at which they begin, or None where there is neither."""
    headed = _child(element, "heading")
    title = flowed(headed, _NO_WORDS) if headed is not None else ""
    head = " ".join(piece for piece in (_printed(element), title) if piece)
    if not head:
        return None
    runs_in = head.endswith("—")
    bare = not title and head.startswith("(")
    begin = sheet.set(head + ("" if runs_in or not bare else " "))
    sheet.run_in = runs_in or bare
    return begin


def _set_body(element: Element, sheet: _Sheet, identifier: str, depth: int) -> None:
    shape = sheet.shape
    for child in element:
        name = local(child)
        if not name or name in shape.skipped or name in ("num", "heading") or not sheet.kept(child):
            continue
        if name in shape.subdivisions:
            _unspaced(sheet)
            _set(child, sheet, named(child, identifier), depth + 1)
        elif name in shape.through:
            _set_body(child, sheet, identifier, depth)
        else:
            for line in _lines(child, shape.skipped):
                sheet.set(line)


def _unspaced(sheet: _Sheet) -> None:
    """Takes the space from a bare "(d) " that "(1) ..." follows: codes print "(d)(1)"."""
    if sheet.run_in and sheet.words[-1].endswith(") "):
        sheet.words[-1] = sheet.words[-1][:-1]
        sheet.length -= 1


def named(element: Element, parent: str) -> str:
    """The identifier of a subdivision: its own where it has one, else its parent's and its number."""
    own = element.get("identifier") or element.get("wId") or element.get("eId")
    if own:
        return str(own)
    return f"{parent}/{number(element) or _place(element)}"


def _place(element: Element) -> str:
    """Counts an unnumbered subdivision among its like, from 1."""
    return f"{local(element)}-{sum(1 for e in element.itersiblings(preceding=True) if e.tag == element.tag) + 1}"


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child) == name), None)


def _printed(element: Element) -> str:
    found = _child(element, "num")
    return flowed(found, _NO_WORDS) if found is not None else ""


# --- running text -------------------------------------------------------------------------------

_NO_WORDS = frozenset(("footnote", "note", "notes", "authorialNote", "noteRef"))


def flowed(element: Element, skipped: frozenset[str]) -> str:
    """The words of an element on one line."""
    return " ".join(_lines(element, skipped))


def _lines(element: Element, skipped: frozenset[str]) -> list[str]:
    raw = "".join(_pieces(element, skipped | _NO_WORDS))
    return [line for line in (re.sub(" {2,}", " ", piece).strip(" ") for piece in raw.split("\n")) if line]


def _pieces(element: Element, skipped: frozenset[str]) -> Iterator[str]:
    """The text of an element in order; a newline stands about each block."""
    name = local(element)
    wordless = not name or name in skipped or element.get("class") == "footnoteRef"
    if not wordless:
        edge = "\n" if name in BLOCKS else " " if name in CELLS else ""
        yield edge
        yield SPACE.sub(" ", element.text or "")
        for child in element:
            yield from _pieces(child, skipped)
            yield SPACE.sub(" ", child.tail or "")
        yield edge
