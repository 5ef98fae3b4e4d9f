"""The tables of lists of a binary Word file in ([MS-DOC] 2.9.147, 2.9.131, 2.9.150), the numbers that they print out."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from showcause.intake.numbering import numeral

_STYLES = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero"}
_BULLET, _NONE = 23, 255
_LEVELS = 9
_MOST = 4_000  # lists that are looked at


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list counts: its first number, its kind of numeral, its words with levels as characters."""

    start: int
    style: int
    words: str


class Lists:
    """The numbers of lists, counted as the paragraphs come."""

    def __init__(self, lists: bytes, overrides: bytes, rest: bytes) -> None:
        """Of the list table, of what follows it in its stream (`rest`), and of the overrides that paragraphs name."""
        self._lists = dict(_read(lists, rest)) if len(lists) >= 2 else {}
        self._numbers: list[int] = []
        count = min(struct.unpack_from("<I", overrides)[0], _MOST) if len(overrides) >= 4 else 0
        for n in range(count):
            if 4 + 16 * n + 4 <= len(overrides):
                self._numbers.append(struct.unpack_from("<i", overrides, 4 + 16 * n)[0])
        self._counts: dict[int, list[int]] = {}

    def label(self, override: int, level: int) -> str:
        """The number or bullet before a paragraph of the list `override` (from 1) at `level` (from 0), or nothing."""
        if not 0 < override <= len(self._numbers):
            return ""
        key = self._numbers[override - 1]
        levels = self._lists.get(key)
        if not levels or level >= len(levels):
            return ""
        counts = self._counts.setdefault(key, [-1] * _LEVELS)
        own = levels[level]
        for above in range(level):
            if counts[above] < 0:
                counts[above] = levels[above].start
        counts[level] = own.start if counts[level] < 0 else counts[level] + 1
        counts[level + 1 :] = [-1] * (_LEVELS - level - 1)
        if own.style == _BULLET:
            return "•"
        return "".join(self._shown(sign, counts, levels) for sign in own.words).strip()

    def _shown(self, sign: str, counts: list[int], levels: list[_Level]) -> str:
        place = ord(sign)
        if place >= len(levels):
            return sign
        style = levels[place].style
        return "" if style == _NONE else numeral(max(0, counts[place]), _STYLES.get(style, "decimal"))


def _read(table: bytes, rest: bytes) -> Iterator[tuple[int, list[_Level]]]:
    """Each list with its levels, which follow the table one after the other."""
    (count,) = struct.unpack_from("<H", table)
    at = 0
    for n in range(min(count, _MOST)):
        if 2 + 28 * n + 28 > len(table):
            return
        (key,) = struct.unpack_from("<i", table, 2 + 28 * n)
        levels = []
        for _ in range(1 if table[2 + 28 * n + 26] & 1 else _LEVELS):
            if at + 30 > len(rest):
                return
            start, style = struct.unpack_from("<iB", rest, at)
            characters, paragraphs = rest[at + 24], rest[at + 25]
            at += 28 + characters + paragraphs
            (length,) = struct.unpack_from("<H", rest, at)
            words = rest[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
            at += 2 + 2 * length
            levels.append(_Level(max(0, start), style, words))
        yield key, levels
