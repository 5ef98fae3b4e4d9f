"""The image of a page in, the same page upright, level and with its full contrast out, and the way back to the image.

The lean is measured on a small copy: for every angle tried, the lower edges of the ink are counted row by row, and
the rows differ most where the lines of text lie level. Whether lines run across or up the image is told by the same
measure. Whether a level page stands on its head can't be told so; `ocr` asks the engine and calls `turned`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Places = NDArray[np.float64]

_SIDE = 1000  # pixels: the long side of the small copy
_REACH = 12.0  # degrees: the greatest lean that is looked for
_LEVEL = 0.08  # degrees: a lean that is left as it is, since turning blurs
_POINTS = 60_000
_PAPER, _INK = 90, 1  # per cent of the pixels that are darker: paper, ink
_CLEAR = 200  # grey levels between ink and paper above which the contrast is left as it is


@dataclass(frozen=True, slots=True)
class Upright:
    """A page as it is read: `grey` pixels, rows from the top, and how it came from its image.

    `quarters` (of a circle, clockwise) and then `lean` (degrees, counter-clockwise) are by what the image was turned;
    `back` takes a place (x, y) of `grey` to one of the image, in pixels from the upper left corner.
    """

    grey: Grey
    quarters: int
    lean: float
    back: Places

    @property
    def turned(self) -> float:
        """By how many degrees clockwise the image was turned, from 0 up to 360."""
        return round((90 * self.quarters - self.lean) % 360, 2)

    def source(self, places: Places) -> Places:
        """Places (n, 2) on the upright page as places on the image."""
        return np.asarray(places @ self.back[:, :2].T + self.back[:, 2], np.float64)


def upright(grey: Grey) -> Upright:
    """The page with its lines level; it may still stand on its head."""
    clear = _contrast(grey)
    quarters, lean = _lean(clear)
    return levelled(clear, quarters=quarters, lean=lean)


def levelled(grey: Grey, *, quarters: int, lean: float) -> Upright:
    """The page turned clockwise by so many `quarters`, then counter-clockwise by `lean` degrees."""
    import cv2

    height, width = grey.shape
    page = np.ascontiguousarray(np.rot90(grey, -quarters))
    back = _quarter_back(quarters, width=width, height=height)
    if abs(lean) < _LEVEL:
        return Upright(page, quarters, 0.0, back)
    rows, columns = page.shape
    turn = np.radians(lean)
    sine, cosine = np.sin(turn), np.cos(turn)
    wide = int(np.ceil(columns * cosine + rows * abs(sine)))
    high = int(np.ceil(rows * cosine + columns * abs(sine)))
    forth = np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0]])
    forth[:, 2] = np.array([wide, high]) / 2 - forth[:, :2] @ (np.array([columns, rows]) / 2)
    paper = int(np.percentile(page[::8, ::8], _PAPER))
    level: Any = cv2.warpAffine(page, forth, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(paper,))
    inverse = np.linalg.inv(np.vstack([forth, [0, 0, 1]]))[:2]
    return Upright(np.asarray(level, np.uint8), quarters, lean, _after(inverse, back))


def on_its_head(page: Upright) -> Upright:
    """The same page turned by half a circle."""
    height, width = page.grey.shape
    half = np.array([[-1.0, 0.0, width], [0.0, -1.0, height]])
    grey = np.ascontiguousarray(page.grey[::-1, ::-1])
    return replace(page, grey=grey, quarters=(page.quarters + 2) % 4, back=_after(half, page.back))


def _after(first: Places, then: Places) -> Places:
    """The map that does `first` and `then`."""
    both = np.vstack([then, [0, 0, 1]]) @ np.vstack([first, [0, 0, 1]])
    return np.asarray(both[:2], np.float64)


def _quarter_back(quarters: int, *, width: int, height: int) -> Places:
    """From a page turned clockwise by so many quarters to the image of `width` and `height` pixels."""
    maps = (
        [[1, 0, 0], [0, 1, 0]],
        [[0, 1, 0], [-1, 0, height]],
        [[-1, 0, width], [0, -1, height]],
        [[0, -1, width], [1, 0, 0]],
    )
    return np.array(maps[quarters % 4], np.float64)


def _contrast(grey: Grey) -> Grey:
    """The same page with its ink black and its paper white, where it is pale or dark."""
    sample = grey[::4, ::4]
    ink, paper = (float(level) for level in np.percentile(sample, (_INK, _PAPER)))
    if paper - ink >= _CLEAR or paper - ink < 8:
        return grey
    table = np.clip((np.arange(256) - ink) * (255.0 / (paper - ink)), 0, 255).astype(np.uint8)
    return np.asarray(table[grey], np.uint8)


def _lean(grey: Grey) -> tuple[int, float]:
    """Quarters (0, or 1 where lines run up or down the image) and the lean of the lines in degrees, clockwise."""
    ink = _ink(grey)
    across = _best(*_edges(ink))
    down = _best(*_edges(np.ascontiguousarray(np.rot90(ink, -1))))
    return (0, across[1]) if across[0] >= down[0] else (1, down[1])


def _ink(grey: Grey) -> NDArray[np.bool_]:
    """Where the small copy of a page has ink, without what is too large for letters: rules, pictures, dark margins."""
    import cv2

    scale = min(1.0, _SIDE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    small: Any = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    ink: Any = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 20)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(ink)
    most = max(size) // 6
    small_enough = (facts[:, cv2.CC_STAT_WIDTH] < most) & (facts[:, cv2.CC_STAT_HEIGHT] < most)
    small_enough &= facts[:, cv2.CC_STAT_AREA] > 3
    small_enough[0] = False
    return np.asarray(small_enough[labels], np.bool_) if count > 1 else np.zeros(small.shape, np.bool_)


def _edges(ink: NDArray[np.bool_]) -> tuple[Places, Places]:
    """The places (x, y) of the lower edges of the ink, at most so many that counting them is quick."""
    lower = ink[:-1] & ~ink[1:]
    rows, columns = np.nonzero(lower)
    step = 1 + len(rows) // _POINTS
    return columns[::step].astype(np.float64), rows[::step].astype(np.float64)


def _best(columns: Places, rows: Places) -> tuple[float, float]:
    """How sharp the lines are at the angle where they are sharpest, and that angle in degrees."""
    if len(rows) < 20:
        return 0.0, 0.0
    coarse = max(np.arange(-_REACH, _REACH + 0.1, 0.5), key=lambda angle: _sharpness(columns, rows, angle))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.05), key=lambda angle: _sharpness(columns, rows, angle))
    return _sharpness(columns, rows, fine), round(float(fine), 2)


def _sharpness(columns: Places, rows: Places, angle: float) -> float:
    turn = np.radians(angle)
    level = rows * np.cos(turn) - columns * np.sin(turn)
    counts = np.bincount((level - level.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum()) / len(rows) ** 2
