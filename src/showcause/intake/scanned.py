"""A page of an open PDF in, what is recognised on it out.

The page is drawn at the resolution of its scan where one picture fills it, else at 300 dots an inch. Where only the
rest of a page is to be recognised, what lies outside its pictures and the page's own text are painted over first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from showcause.core import Scan
from showcause.intake.layer import bounds, drawing, pixels, rectangles
from showcause.intake.ocr import Engine, recognised
from showcause.intake.pages import PageText, words_of
from showcause.intake.straight import Grey

_DPI = 300.0
_SCANNED = (200.0, 400.0)  # dots an inch: a scan within them is read as it is
_FILLS = 0.8  # of the page: the picture of a scan
_PIXELS = 40_000_000  # of a drawing: a larger page is drawn at a lower resolution


def page_text(page: Any, number: int, own: Engine, *, rest: bool) -> PageText:
    """What is recognised on pypdfium2's `page`: all of it, or where `rest` what its own text leaves over."""
    grey, place = _drawing(page)
    if rest:
        _paint_over(grey, page, place)
    seen = recognised(grey, own)
    if not seen.words:
        return PageText(number)
    way = _way(place, grey.shape)
    found = (
        (start, end, (corners @ way[:2] + way[2]).tolist(), confidence)
        for start, end, corners, confidence in seen.words
    )
    return PageText(number, seen.text, Scan.of(number, words_of(found), turned=seen.turned, engine=seen.engine))


def _drawing(page: Any) -> tuple[Grey, Any]:
    """The page as grey pixels, and the converter between these and the page's own space."""
    bitmap = page.render(scale=_resolution(page) / 72, grayscale=True)
    return np.array(bitmap.to_numpy().reshape(bitmap.height, bitmap.width), np.uint8), bitmap.get_posconv(page)


def _resolution(page: Any) -> float:
    """Dots an inch at which the page is drawn."""
    width, height = page.get_size()
    most = 72 * (_PIXELS / max(1.0, width * height)) ** 0.5
    return float(min(most, _scanned(page) or _DPI))


def _scanned(page: Any) -> float | None:
    """The resolution of the one picture that fills the page, where it is one of a scanner's."""
    from pypdfium2 import raw

    left, bottom, right, top = bounds(page)
    pictures = list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=1))
    if len(pictures) != 1:
        return None
    placed = pictures[0].get_bounds()
    covers = (placed[2] - placed[0]) * (placed[3] - placed[1]) / max(1.0, (right - left) * (top - bottom))
    if not _FILLS <= covers <= 1 / _FILLS:
        return None
    sides = sorted(pictures[0].get_px_size())
    shown = sorted((placed[2] - placed[0], placed[3] - placed[1]))
    dpi = 72 * float(sides[1]) / max(1.0, shown[1])
    return dpi if _SCANNED[0] <= dpi <= _SCANNED[1] else None


def _paint_over(grey: Grey, page: Any, place: Any) -> None:
    """White where the page's own text stands and where no words in pictures or drawn lines may be."""
    drawn = drawing(page)
    if drawn.pictures and not drawn.lettered:
        kept = np.full_like(grey, 255)
        for area in drawn.pictures:
            spot = pixels(area, place, grey.shape)
            kept[spot] = grey[spot]
        grey[:] = kept
    words = page.get_textpage()
    try:
        for area in rectangles(words):
            grey[pixels(area, place, grey.shape, around=2)] = 255
    finally:
        words.close()


def _way(place: Any, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """The map (3, 2) from pixels to points: what one pixel to the right adds, what one down, and where the first is.

    It is taken from the corners, since pypdfium2 converts whole pixels only.
    """
    high, wide = shape[0], shape[1]
    first, right, down = (np.array(place.to_page(*corner)) for corner in ((0, 0), (wide, 0), (0, high)))
    return np.stack([(right - first) / wide, (down - first) / high, first])
