"""Lines of words anywhere on a page in, the order in which a person reads them out: columns, tables, rows.

The page is cut where white bands run across it. Bands that share a gutter make one group: columns of flowing text are
read one after the other, a table row by row and in a row cell by cell, anything else row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from showcause.intake.straight import Grey

Spot = NDArray[np.float64]

_GUTTER = 0.9  # of the height of a line: white between two columns is at least so wide
_SHRUNK = 0.22  # of its height by which a line is made lower above and below, as lines reach into each other
_FLOWS = 0.6  # of a column's width: lines of flowing text are so long in the median
_COLUMN = 7  # heights of a line: a column of text is at least so wide
_LONG = 3  # rows: a column that flows has so many
_ROWS = 3.5  # rows of text between two wide bands of white, on average: a table has no more
_WIDE = 1.8  # of the usual band of white between two rows
_RULE = 0.12  # of the page's width: a line so long is a rule


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one line, and its box in pixels from the upper left corner of the upright page.

    `words` are (text, corners, confidence), the corners an array (4, 2) of places on that page.
    """

    left: int
    top: int
    right: int
    bottom: int
    words: tuple[tuple[str, Spot, float], ...] = field(repr=False)

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


def reading_order(lines: list[Line], grey: Grey) -> list[list[list[Line]]]:
    """Blocks of rows of lines: what stands side by side on one row of a block is one row."""
    if not lines:
        return []
    lines = list(_apart(lines))
    page = _Measures(median(line.height for line in lines), _rules(grey), _rules(grey.T))
    return list(_ordered([piece for line in lines for piece in _parted(line, _GUTTER * page.high)], page))


def _apart(lines: list[Line]) -> Iterator[Line]:
    """The lines without the word at either end that is a piece of a longer word of another: boxes may overlap."""
    for line in lines:
        beside = [one for one in lines if one is not line and one.left < line.right and line.left < one.right]
        ends = [one.words[place][1] for one in beside for place in (0, -1)]
        words = list(line.words)
        for place in (0, -1):
            if len(words) > 1 and any(_holds(end, words[place][1]) for end in ends):
                del words[place]
        if len(words) == len(line.words):
            yield line
        else:
            left = min(corners[:, 0].min() for _, corners, _ in words)
            right = max(corners[:, 0].max() for _, corners, _ in words)
            yield Line(int(left), line.top, int(right), line.bottom, tuple(words))


def _holds(wide: Spot, narrow: Spot) -> bool:
    """Whether most of a word's box lies in that of a wider one."""
    common = np.minimum(wide.max(axis=0), narrow.max(axis=0)) - np.maximum(wide.min(axis=0), narrow.min(axis=0))
    sizes = [np.ptp(one, axis=0) for one in (wide, narrow)]
    return bool((common > 0).all() and common.prod() > 0.5 * sizes[1].prod() and sizes[0][0] > sizes[1][0])


def _parted(line: Line, gutter: float) -> Iterator[Line]:
    """The line cut where white as wide as a gutter is between two words: the engine now and then reads over one."""
    if line.height > line.right - line.left:
        yield line
        return
    start = 0
    for place in range(1, len(line.words) + 1):
        ends = place == len(line.words)
        if ends or line.words[place][1][:, 0].min() - line.words[place - 1][1][:, 0].max() >= gutter:
            words = line.words[start:place]
            left, right = words[0][1][:, 0].min(), words[-1][1][:, 0].max()
            yield Line(int(left), line.top, int(right), line.bottom, words)
            start = place


@dataclass(frozen=True, slots=True)
class _Measures:
    """Of a page: the usual height of a line, and the rules across and down, each (from, to, how far down or across)."""

    high: float
    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]


def _rules(grey: Grey) -> list[tuple[float, float, float]]:
    """The rules across the page: from, to, and how far down, in pixels."""
    import cv2

    scale = min(1.0, 1200 / grey.shape[1])
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    small: Any = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    ink: Any = (small < 0.8 * np.percentile(small, 90)).astype(np.uint8)
    kernel: Any = np.ones((1, max(20, int(_RULE * size[0]))), np.uint8)
    runs: Any = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    _, _, facts, _ = cv2.connectedComponentsWithStats(runs)
    return [
        (left / scale, (left + width) / scale, (top + height / 2) / scale)
        for left, top, width, height, _ in facts[1:].tolist()
        if height < 12
    ]


def _ordered(lines: list[Line], page: _Measures) -> Iterator[list[list[Line]]]:
    for group in _groups(_bands(lines), page):
        columns = _columns(group, page)
        if len(columns) == 1:
            yield _rows(group)
        elif _flowing(group, columns, page):
            for column in columns:
                yield from _ordered(column, page) if len(column) < len(lines) else [_rows(column)]
        else:
            yield from _table(group, page)


def _bands(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines in bands from the top down, with white across the page between two."""
    bands: list[list[Line]] = []
    reach = float("-inf")
    for line in sorted(lines, key=lambda one: (one.top + one.bottom, one.left)):
        top, bottom = line.top + _SHRUNK * line.height, line.bottom - _SHRUNK * line.height
        if not bands or top >= reach:
            bands.append([])
        bands[-1].append(line)
        reach = max(reach, bottom)
    return bands


def _columns(lines: Iterable[Line], page: _Measures) -> list[list[Line]]:
    """The lines in columns from the left, with a gutter or a rule between two, all the way down."""
    columns: list[list[Line]] = []
    reach = float("-inf")
    for line in sorted(lines, key=lambda one: (one.left, one.top)):
        if not columns or line.left >= reach + _GUTTER * page.high or _ruled(columns, line, reach, page):
            columns.append([])
        columns[-1].append(line)
        reach = max(reach, line.right)
    return columns


def _ruled(columns: list[list[Line]], line: Line, reach: float, page: _Measures) -> bool:
    """Whether a rule runs down between the columns so far and the line."""
    return line.left >= reach and any(
        reach <= across <= line.left and start <= line.top + line.height / 2 <= end
        for start, end, across in page.down
        if any(start <= one.top + one.height / 2 <= end for one in columns[-1])
    )


def _groups(bands: list[list[Line]], page: _Measures) -> list[list[Line]]:
    """Bands that follow each other and share a gutter, together, and so those that have none."""
    groups: list[tuple[list[Line], bool]] = []
    for band in bands:
        parted = len(_columns(band, page)) > 1
        if groups:
            both = groups[-1][0] + band
            split = len(_columns(both, page)) > 1
            if split or not (groups[-1][1] or parted):
                groups[-1] = (both, split)
                continue
        groups.append((band, parted))
    return [group for group, _ in groups]


def _flowing(group: list[Line], columns: list[list[Line]], page: _Measures) -> bool:
    """Whether the columns are of flowing text, and no table's."""
    long = [column for column in columns if len(_rows(column)) >= _LONG]  # the last column may end early
    for column in long:
        wide = max(line.right for line in column) - min(line.left for line in column)
        lengths = [sum(line.right - line.left for line in row) for row in _rows(column)]
        if wide < _COLUMN * page.high or median(lengths) < _FLOWS * wide:
            return False
    if len(long) < len(columns) - 1 or not long:
        return False
    pieces, ruled = _pieces(group, page)
    return not ruled and (len(pieces) < 3 or sum(len(_bands(piece)) for piece in pieces) / len(pieces) > _ROWS)


def _pieces(group: list[Line], page: _Measures) -> tuple[list[list[Line]], bool]:
    """The group cut at its rules and its wide bands of white, and whether any rule cuts it."""
    bands = _bands(group)
    tops = [min(line.top for line in band) for band in bands]
    bottoms = [max(line.bottom for line in band) for band in bands]
    left, right = min(line.left for line in group), max(line.right for line in group)
    steps = [low - above for above, low in pairwise(tops)]
    usual = min(median(steps), 1.6 * page.high) if steps else page.high
    pieces, any_ruled = [bands[0].copy()], False
    for place in range(1, len(bands)):
        middle = (bottoms[place - 1] + tops[place]) / 2
        near = page.high / 2 + max(0, tops[place] - bottoms[place - 1]) / 2
        ruled = any(
            abs(down - middle) < near and min(end, right) - max(start, left) > 0.6 * (right - left)
            for start, end, down in page.across
        )
        if ruled or steps[place - 1] > _WIDE * usual:
            pieces.append([])
            any_ruled = any_ruled or ruled
        pieces[-1] += bands[place]
    return pieces, any_ruled


def _table(group: list[Line], page: _Measures) -> Iterator[list[list[Line]]]:
    """A table's rows from the top; where a row is higher than one line, cell by cell."""
    pieces, _ = _pieces(group, page)
    for piece in pieces:
        rows = _rows(piece)
        cells = _columns(piece, page)
        several = len(pieces) > 1 and len(rows) > 1 and len(cells) > 1
        yield from ([_rows(cell) for cell in cells] if several else [rows])


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines in rows, each from left to right: what overlaps by half of its height stands on one row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom, one.left)):
        middle = (line.top + line.bottom) / 2
        if rows and any(
            one.top + _SHRUNK * one.height < middle < one.bottom - _SHRUNK * one.height for one in rows[-1]
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.left) for row in rows]
