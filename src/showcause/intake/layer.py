"""A page of a PDF in, what of it must be recognised out: nothing, the whole page, or what its own text leaves over.

What is cheap is measured first: the length of the text, its vowels and its odd characters, whether the file holds
a picture that is large enough to show words. Only where one of them raises a doubt are the page's objects looked at,
and only where they leave it is the page drawn small, to see whether its text stands where it has ink, and how much ink
has no text. An invisible layer over a scan is judged by the same measures, so it is kept where it reads like words and
lies on the ink.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from showcause.intake.reading import REPLACED

Area = tuple[float, float, float, float]  # left, bottom, right, top in points

_SHORT = 200  # characters: a page with less text is looked at
_VOWELS = "aeiouAEIOU"
_FEW_VOWELS = 0.12  # of a page's characters: running text in Latin letters has two to three times as many
_LETTERS = 40  # so many letters tell something about their vowels
_DISTINCT = 6  # different characters: a text with fewer is one glyph that stands for all
_ODD = re.compile(f"[{REPLACED}\x01-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
_TOO_ODD = 0.1  # of the characters that are no white space
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_WIDTH, _HEIGHT = re.compile(rb"/Width\s+(\d+)\b(?!\s+\d+\s+R)"), re.compile(rb"/Height\s+(\d+)\b(?!\s+\d+\s+R)")
_DICTIONARY = 1500  # bytes around its subtype in which a picture's size stands
_WORDY = 100_000  # pixels: a smaller picture is a logo or a sign
_PART = 0.05  # of the page: a picture that covers less is no piece of text
_CURVES, _STROKES = 100, 600  # so many pieces of drawn lines may be letters
_OBJECTS = 20_000  # objects of a page that are looked at
_DPI = 50  # of the small drawing
_ON_INK = 0.5  # of the text, by length: what a page shows of its own text at least
_BARE = 0.002  # of the page: less ink without text is dirt
_LIGHT = 0.5  # of a picture that shows words: paper


class Need(Enum):
    """What of a page is to be recognised."""

    NOTHING = "nothing"
    WHOLE = "the whole page, in the place of its text"
    REST = "what its own text leaves over"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page draws beside text: the areas of its pictures, and whether its lines may be letters."""

    pictures: tuple[Area, ...]
    lettered: bool


def large_picture(blob: bytes) -> bool:
    """Whether the bytes of a PDF hold a picture that is large enough to show words.

    A picture is a stream, so its dictionary stands in no compressed object (ISO 32000-1, 7.5.7).
    """
    return any(_large(blob, found.start()) for found in _IMAGE.finditer(blob))


def _large(blob: bytes, place: int) -> bool:
    start = max(blob.rfind(b"obj", max(0, place - _DICTIONARY), place), place - _DICTIONARY, 0)
    end = blob.find(b"stream", place, place + _DICTIONARY)
    held = blob[start : end if end >= 0 else place + _DICTIONARY]
    wide, high = _WIDTH.search(held), _HEIGHT.search(held)
    return wide is None or high is None or int(wide[1]) * int(high[1]) >= _WORDY


def need(page: Any, words: Any, text: str, *, pictures: bool) -> Need:
    """What of the page is to be recognised.

    `page` and `words` are pypdfium2's page and its text page, `text` what that gives; `pictures` whether the file has
    a `large_picture`.
    """
    if not pictures and len(text) >= _SHORT and not _odd(text) and _voiced(text):
        return Need.NOTHING
    drawn = drawing(page)
    if text.strip() and not like_words(text):
        return Need.WHOLE
    if not drawn.pictures and not (drawn.lettered and len(text) < _SHORT):
        return Need.NOTHING
    return _by_ink(page, words, text, drawn)


def _odd(text: str) -> bool:
    return not text.isascii() and _ODD.search(text) is not None


def _voiced(text: str) -> bool:
    return sum(map(text.count, _VOWELS)) > _FEW_VOWELS * len(text)


def like_words(text: str) -> bool:
    """Whether the text reads like words, by its characters alone: odd ones, letters, vowels among these."""
    bare = "".join(text.split())
    if not bare:
        return False
    if len(_ODD.findall(bare)) > _TOO_ODD * len(bare):
        return False
    said = sum(map(str.isalnum, bare))
    if len(bare) > _LETTERS and (said < 0.5 * len(bare) or len(set(bare)) < _DISTINCT):
        return False
    latin = sum(character.isascii() and character.isalpha() for character in bare)
    if latin < _LETTERS or latin < 0.5 * said:  # numbers, or another script
        return True
    mean = len(bare) / max(1, len(text.split()))
    return 0.2 <= sum(map(bare.count, _VOWELS)) / latin <= 0.65 and 1.7 <= mean <= 25


def drawing(page: Any) -> Drawn:
    """What the page draws beside text."""
    from pypdfium2 import raw

    seen = bounds(page)
    whole = max(1.0, (seen[2] - seen[0]) * (seen[3] - seen[1]))
    pictures: list[Area] = []
    curves = strokes = 0
    for thing, area in _things(page, raw):
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            shown = _common(area, seen)
            pictures += [shown] if (shown[2] - shown[0]) * (shown[3] - shown[1]) >= _PART * whole else []
        elif kind == raw.FPDF_PAGEOBJ_PATH and curves < _CURVES and strokes < _STROKES:
            count = min(raw.FPDFPath_CountSegments(thing), _STROKES)
            kinds = [raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(thing, n)) for n in range(count)]
            curves += kinds.count(raw.FPDF_SEGMENT_BEZIERTO)
            strokes += kinds.count(raw.FPDF_SEGMENT_LINETO)
    return Drawn(tuple(pictures), curves >= _CURVES or strokes >= _STROKES)


def _things(page: Any, raw: Any) -> Iterator[tuple[Any, Area]]:
    """The objects of the page and of the forms on it, each with its area on the page, a form's for what it holds."""
    for number in range(min(raw.FPDFPage_CountObjects(page), _OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, number)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        yield thing, _area(thing, raw) if kind != raw.FPDF_PAGEOBJ_PATH else (0.0, 0.0, 0.0, 0.0)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            area = _area(thing, raw)
            for inner in _inside(thing, raw, depth=4):
                yield inner, area


def _inside(form: Any, raw: Any, *, depth: int) -> Iterator[Any]:
    for number in range(min(raw.FPDFFormObj_CountObjects(form), _OBJECTS)):
        thing = raw.FPDFFormObj_GetObject(form, number)
        yield thing
        if depth and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
            yield from _inside(thing, raw, depth=depth - 1)


def _area(thing: Any, raw: Any) -> Area:
    from ctypes import c_float

    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def bounds(page: Any) -> Area:
    """The part of the page's space that is seen, in points (ISO 32000-1, 14.11.2)."""
    held: Area = page.get_mediabox()
    return _common(page.get_cropbox(), held)


def _common(one: Area, other: Area) -> Area:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, max(left, min(one[2], other[2])), max(bottom, min(one[3], other[3]))


def rectangles(words: Any) -> list[Area]:
    """Where the page's own text stands, a rectangle for each run of it."""
    return [words.get_rect(number) for number in range(words.count_rects())]


def _by_ink(page: Any, words: Any, text: str, drawn: Drawn) -> Need:
    """What a small drawing of the page shows."""
    import numpy as np

    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    place = bitmap.get_posconv(page)
    paper, ink = (float(level) for level in np.percentile(grey, (90, 1)))
    if paper - ink < 12:
        return Need.NOTHING  # nothing is to be seen
    dark = grey < (paper + ink) / 2
    open_to = np.zeros(dark.shape, np.bool_)
    for area in drawn.pictures:
        open_to[pixels(area, place, dark.shape)] = True
    if drawn.lettered and len(text) < _SHORT:
        open_to[:] = True
    own = rectangles(words) if text.strip() else []
    shown = told = 0.0
    covered = np.zeros(dark.shape, np.bool_)
    for area in own:
        held = dark[pixels(area, place, dark.shape)]
        length = max(area[2] - area[0], area[3] - area[1])
        told += length
        shown += length if held.size and held.mean() > 0.02 else 0.0
        covered[pixels(area, place, dark.shape, around=2)] = True
    if told and shown < _ON_INK * told:
        return Need.WHOLE if _bare(dark, open_to) else Need.NOTHING
    if not _bare(dark & ~covered, open_to):
        return Need.NOTHING
    if not own:
        return Need.WHOLE
    light = (grey > paper - 0.35 * (paper - ink))[open_to].mean()
    return Need.REST if len(text) < _SHORT or light >= _LIGHT else Need.NOTHING


def _bare(dark: Any, open_to: Any) -> bool:
    """Whether enough of what is dark lies where words may be."""
    return bool((dark & open_to).sum() > _BARE * dark.size)


def pixels(area: Area, place: Any, shape: tuple[int, ...], *, around: int = 0) -> tuple[slice, slice]:
    """Rows and columns of an area of the page, and so many pixels around it, on a drawing of `shape`.

    `place` is pypdfium2's converter between the two.
    """
    columns, rows = zip(place.to_bitmap(area[0], area[1]), place.to_bitmap(area[2], area[3]), strict=True)
    top, left = max(0, min(rows) - around), max(0, min(columns) - around)
    bottom, right = min(shape[0], max(rows) + 1 + around), min(shape[1], max(columns) + 1 + around)
    return slice(top, max(top, bottom)), slice(left, max(left, right))
