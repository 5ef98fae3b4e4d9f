"""What WordprocessingML (ECMA-376) says of a paragraph: its style, and the number that its list prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from showcause.intake.numbering import numeral
from showcause.intake.package import child, children, truth, value

_CHAIN = 20  # styles that may rest on one another
_LEVELS = 9  # levels of a list (ECMA-376-1, 17.9.6)


@dataclass(frozen=True, slots=True)
class Look:
    """What properties say: the heading's level (0 for none), the list, the level in it, the styles that they come from.

    None is what they are silent about.
    """

    level: int | None = None
    number: str | None = None
    depth: int | None = None
    styles: tuple[str, ...] = ()

    def over(self, base: Look) -> Look:
        """These properties, and those of `base` where these are silent."""
        return Look(
            base.level if self.level is None else self.level,
            base.number if self.number is None else self.number,
            base.depth if self.depth is None else self.depth,
            self.styles + base.styles,
        )


_PLAIN = Look()


def lean(blob: bytes) -> bytes:
    """A part of styles without those of tables, which no paragraph has, and which are most of what is to be parsed."""
    pieces, at = [], 0
    while (start := blob.find(b'<w:style w:type="table"', at)) >= 0:
        end = blob.find(b"</w:style>", start)
        if end < 0 or blob.find(b"<w:style ", start + 9, end) >= 0:
            return blob  # the parser says what is wrong with it
        pieces.append(blob[at:start])
        at = end + 10
    return b"".join([*pieces, blob[at:]]) if pieces else blob


class Styles:
    """Paragraph styles by id, each resting on another."""

    def __init__(self, root: Any) -> None:
        self._styles = {value(style, "styleId"): style for style in children(root, "style")}
        self._standard = next((key for key, style in self._styles.items() if _is_standard(style)), None)
        self._looks: dict[str | None, Look] = {}

    def look(self, paragraph: Any) -> Look:
        """What holds for a paragraph: its own properties, then those of its style and of what that rests on."""
        own = child(paragraph, "pPr")
        named = value(child(own, "pStyle"))
        base = self._style(named if named in self._styles else self._standard)
        return base if own is None or len(own) < (2 if named else 1) else _said(own).over(base)

    def _style(self, key: str | None) -> Look:
        if key not in self._looks:
            look, at = _PLAIN, key
            for _ in range(_CHAIN):
                style = self._styles.get(at)
                if style is None:
                    break
                own = _said(child(style, "pPr"))
                named = own if own.level is not None else replace(own, level=_named(value(child(style, "name")) or ""))
                look = look.over(replace(named, styles=(at or "",)))
                at = value(child(style, "basedOn"))
            self._looks[key] = look
        return self._looks[key]


def _said(properties: Any) -> Look:
    """What the elements of a `w:pPr` say of heading and list."""
    if properties is None:
        return _PLAIN
    outline = value(child(properties, "outlineLvl"))
    level = None
    if outline is not None and outline.isdecimal():
        level = int(outline) + 1 if int(outline) < _LEVELS else 0
    numbered = child(properties, "numPr")
    if numbered is None:
        return _PLAIN if level is None else Look(level)
    return Look(level, value(child(numbered, "numId")), _whole(value(child(numbered, "ilvl"))))


def _named(name: str) -> int | None:
    if name.lower() == "title":
        return 1
    heading = re.fullmatch(r"heading ([1-9])", name.lower())
    return int(heading[1]) if heading else None


def _is_standard(style: Any) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class _List:
    """A list (`w:num`): its levels, which level goes with a style, the counts that it shares, the numbers it starts at."""

    levels: dict[int, Any]
    styled: dict[str, int]
    counts: list[int | None]
    starts: dict[int, int | None]


class Lists:
    """The numbers that lists print, counted as the paragraphs come."""

    def __init__(self, root: Any) -> None:
        self._abstract = {value(a, "abstractNumId"): a for a in children(root, "abstractNum")}
        self._numbers = {value(n, "numId"): n for n in children(root, "num")}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str | None, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, look: Look) -> str:
        """The number or bullet that stands before the paragraph that looks so, or nothing."""
        number = look.number
        if number is None:
            return ""
        if number not in self._lists:
            self._lists[number] = self._list(number)
        held = self._lists[number]
        if held is None:
            return ""
        level = look.depth
        if level is None:
            level = next((held.styled[style] for style in look.styles if style in held.styled), 0)
        level = min(level, _LEVELS - 1)
        restart = None if (number, level) in self._begun else held.starts.get(level)
        self._begun.add((number, level))
        self._count(held.counts, held.levels, level, restart)
        return _label(held.counts, held.levels, level)

    def _list(self, number: str) -> _List | None:
        own = self._numbers.get(number)
        key = value(child(own, "abstractNumId"))
        base = self._abstract.get(key)
        if base is None:
            return None
        levels = {_whole(value(lvl, "ilvl")) or 0: lvl for lvl in children(base, "lvl")}
        styled = {style: n for n, lvl in levels.items() if (style := value(child(lvl, "pStyle")))}
        starts: dict[int, int | None] = {}
        for override in children(own, "lvlOverride"):
            level = _whole(value(override, "ilvl")) or 0
            starts[level] = _whole(value(child(override, "startOverride")))
            changed = child(override, "lvl")
            if changed is not None:
                levels[level] = changed
        return _List(levels, styled, self._counts.setdefault(key, [None] * _LEVELS), starts)

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
