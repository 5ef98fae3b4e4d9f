"""The parts of a Word file (ECMA-376): bounded unpacking, safe XML, styles, and the numbers of lists."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from showcause.errors import Unreadable
from showcause.intake.numbering import numeral
from showcause.intake.reading import Limits

_MAIN = re.compile(r"(?:\A|/)word/document\d*\.xml\Z")
_CHAIN = 20  # styles that may rest on one another
_LEVELS = 9  # levels of a list (ECMA-376-1, 17.9.6)


def local(node: Any) -> str:
    """The name of an element without its namespace, so that the transitional and the strict form read alike."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(node: Any, name: str) -> Iterator[Any]:
    """The children of that name."""
    return (each for each in node if local(each) == name) if node is not None else iter(())


def child(node: Any, *path: str) -> Any:
    """The first descendant along `path`, or None."""
    for name in path:
        node = next(children(node, name), None)
        if node is None:
            return None
    return node


def value(node: Any, name: str = "val") -> str | None:
    """The attribute of that name, whatever its namespace, or None."""
    if node is None:
        return None
    return next((said for key, said in node.attrib.items() if key.rpartition("}")[2] == name), None)


def truth(node: Any) -> bool:
    """Whether an on-off property is on (ECMA-376-1, 17.17.4: present without a value is on)."""
    return node is not None and value(node) not in {"0", "false", "off", "none"}


class Package:
    """A ZIP file of XML parts that unpacks to `limits.unpacked` bytes at most."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.names = archive.namelist()
        self._archive = archive
        self._left = limits.unpacked
        self._limit = limits.unpacked
        self.main = next((name for name in self.names if _MAIN.search(name)), None)

    def blob(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable where the limit is passed, or a password is needed."""
        if self._archive.getinfo(name).flag_bits & 1:
            raise Unreadable("needs a password")
        with self._archive.open(name) as part:
            said = part.read(self._left + 1)
        self._left -= len(said)
        if self._left < 0:
            raise Unreadable(f"unpacks to more than {self._limit:,} bytes")
        return said

    def xml(self, name: str | None) -> Any:
        """The root element of a part, or None where there is no such part. Raises Unreadable where it is broken."""
        from lxml import etree

        if name not in self.names or name is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(self.blob(name), parser)
        except etree.XMLSyntaxError as error:
            raise Unreadable(f"damaged: {name}: {error.msg}") from None

    def related(self, kind: str) -> Any:
        """The root of the part that the main part names as `kind` ("styles", "footnotes", ...), or None."""
        folder, _, leaf = (self.main or "").rpartition("/")
        for link in children(self.xml(f"{folder}/_rels/{leaf}.rels"), "Relationship"):
            if (link.get("Type") or "").endswith(f"/{kind}"):
                target = link.get("Target") or ""
                return self.xml(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
        return None


class Styles:
    """Paragraph styles by id, each resting on another."""

    def __init__(self, root: Any) -> None:
        self._styles = {value(style, "styleId"): style for style in children(root, "style")}
        self._standard = next((s for s in self._styles.values() if _is_standard(s)), None)

    def chain(self, paragraph: Any) -> list[Any]:
        """The properties that hold for a paragraph: its own, then those of its style and of what that rests on."""
        own = child(paragraph, "pPr")
        named = value(child(own, "pStyle"))
        style = self._styles.get(named, self._standard) if named else self._standard
        found = [own] if own is not None else []
        for _ in range(_CHAIN):
            if style is None:
                break
            found.append(style)
            style = self._styles.get(value(child(style, "basedOn")))
        return found

    def level(self, chain: list[Any]) -> int:
        """The level of a heading, from 1; 0 where the paragraph is none."""
        for each in chain:
            outline = value(child(each, "outlineLvl") if local(each) == "pPr" else child(each, "pPr", "outlineLvl"))
            if outline is not None and outline.isdecimal():
                return int(outline) + 1 if int(outline) < _LEVELS else 0
            name = (value(child(each, "name")) or "").lower()
            if name == "title":
                return 1
            heading = re.fullmatch(r"heading ([1-9])", name)
            if heading:
                return int(heading[1])
        return 0


def _is_standard(style: Any) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}


class Lists:
    """The numbers that lists print, counted as the paragraphs come."""

    def __init__(self, root: Any) -> None:
        abstract = {value(a, "abstractNumId"): a for a in children(root, "abstractNum")}
        self._lists = {
            value(n, "numId"): (n, abstract.get(value(child(n, "abstractNumId")))) for n in children(root, "num")
        }
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, chain: list[Any]) -> str:
        """The number or bullet that stands before the paragraph whose properties these are, or nothing."""
        number, level = self._place(chain)
        own, base = self._lists.get(number, (None, None))
        if number is None or base is None:
            return ""
        levels = {int(value(lvl, "ilvl") or 0): lvl for lvl in children(base, "lvl")}
        levels |= {
            int(value(o, "ilvl") or 0): child(o, "lvl")
            for o in children(own, "lvlOverride")
            if child(o, "lvl") is not None
        }
        counts = self._counts.setdefault(id(base), [None] * _LEVELS)
        self._count(counts, levels, level, self._restart(number, own, level))
        return _label(counts, levels, level)

    def _place(self, chain: list[Any]) -> tuple[str | None, int]:
        number: str | None = None
        level: int | None = None
        for each in chain:
            numbered = child(each, "numPr") if local(each) == "pPr" else child(each, "pPr", "numPr")
            number = number if number is not None else value(child(numbered, "numId"))
            said = value(child(numbered, "ilvl"))
            level = level if level is not None or said is None or not said.isdecimal() else int(said)
        if level is None:
            level = self._level_of_style(chain, number)
        return number, min(level, _LEVELS - 1)

    def _level_of_style(self, chain: list[Any], number: str | None) -> int:
        styles = {value(each, "styleId") for each in chain if local(each) == "style"}
        levels = children(self._lists.get(number, (None, None))[1], "lvl")
        return next((int(value(v, "ilvl") or 0) for v in levels if value(child(v, "pStyle")) in styles - {None}), 0)

    def _restart(self, number: str, own: Any, level: int) -> int | None:
        if (number, level) in self._begun:
            return None
        self._begun.add((number, level))
        override = next((o for o in children(own, "lvlOverride") if value(o, "ilvl") == str(level)), None)
        return _whole(value(child(override, "startOverride")))

    def _count(self, counts: list[int | None], levels: dict[int, Any], level: int, restart: int | None) -> None:
        for above in range(level + 1):
            first = _whole(value(child(levels.get(above), "start")))
            start = 1 if first is None else first
            if above < level:
                counts[above] = start if counts[above] is None else counts[above]
            else:
                before = counts[level]
                counts[level] = restart if restart is not None else start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)


def _label(counts: list[int | None], levels: dict[int, Any], level: int) -> str:
    own = levels.get(level)
    style = value(child(own, "numFmt")) or "decimal"
    if style in {"bullet", "none"}:
        return "•" if style == "bullet" else ""
    legal = truth(child(own, "isLgl"))

    def said(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        other = "decimal" if legal else value(child(levels.get(place), "numFmt")) or "decimal"
        return numeral(counts[place] or 0, other)

    return re.sub(r"%([1-9])", said, value(child(own, "lvlText")) or "").strip()


def _whole(said: str | None) -> int | None:
    return int(said) if said is not None and said.isdecimal() and len(said) < 7 else None
