"""Pages and what must go from them in, areas, burned pictures and the text that is left out.

Nothing of a redacted document's own bytes is produced: its pages are pixels with the areas burned in, and its text is
made anew from the characters that the eye still sees, or by whoever reads the burned picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from showcause.produce.ink import letters
from showcause.produce.item import Area
from showcause.produce.paging import Glyph, Pages
from showcause.produce.patterns import Pattern

if TYPE_CHECKING:
    from PIL import Image as Picture
    from PIL import ImageDraw

MARK: Final = "[redacted]"
GROW: Final = 0.5  # points that a found area reaches beyond its letters
SEEN_AT: Final = 100  # dots an inch at which a letter must be seen to be there
CONTRAST: Final = 24  # of 255, between the brightest and the darkest pixel of a letter's box
Recognise = Callable[["Picture.Image"], str]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a page's text, and the runs of words that went; `unread` where nobody could read the page."""

    text: str
    gone: tuple[str, ...] = ()
    unread: bool = False


# --- finding ----------------------------------------------------------------------------------------


def found(pages: Pages, patterns: Iterable[Pattern], *, reason: str) -> Iterator[Area]:
    """The areas of all that the patterns find on the pages that hold text, one a line, each with the reason's code."""
    patterns = tuple(patterns)
    for page in range(1, pages.count + 1):
        glyphs = pages.glyphs(page)
        text = "".join(glyph.character for glyph in glyphs)
        spans = {span for pattern in patterns for span in pattern.find(text)}
        for start, end in sorted(spans):
            for left, top, right, bottom in _rows(glyphs[start:end]):
                yield Area(page, left - GROW, top - GROW, right + GROW, bottom + GROW, reason)


def _rows(glyphs: Iterable[Glyph]) -> Iterator[Box]:
    """The boxes of the glyphs joined as long as they stand in one row or, on a page that lies, in one column."""
    row: Box | None = None
    last: Box | None = None
    for box in (glyph.box for glyph in glyphs if glyph.box):
        if row and last and _neighbours(last, box):
            row = (min(row[0], box[0]), min(row[1], box[1]), max(row[2], box[2]), max(row[3], box[3]))
        else:
            if row:
                yield row
            row = box
        last = box
    if row:
        yield row


def _neighbours(one: Box, other: Box) -> bool:
    """Whether two letters stand side by side, a wide space apart at most."""
    across, down = _shared(one[0::2], other[0::2]), _shared(one[1::2], other[1::2])
    wide, high = min(one[2] - one[0], other[2] - other[0]), min(one[3] - one[1], other[3] - other[1])
    return (down >= high / 2 and across > -2 * high) or (across >= wide / 2 and down > -2 * wide)


def _shared(one: Sequence[float], other: Sequence[float]) -> float:
    """How much two stretches overlap; below zero how far they lie apart."""
    return min(one[1], other[1]) - max(one[0], other[0])


def recognised(image: Picture.Image) -> str:
    """The words recognised on a burned picture; for pages whose own text can't be trusted (`Recognise`)."""
    import io

    from showcause.intake import Limits, recognise_pages

    held = io.BytesIO()
    image.save(held, "PNG", dpi=(300, 300))
    return "\n".join(page.text for page in recognise_pages(held.getvalue(), [1], Limits()))


# --- burning ----------------------------------------------------------------------------------------


def burn(image: Picture.Image, areas: Iterable[Area], *, scale: float) -> None:
    """Paints the areas black on the image (RGB or L), each with its reason's code in white; `scale` pixels a point.

    A pixel that an area touches is black, and the one beside it, so that no letter's edge is left.
    """
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    for area in areas:
        left, right = sorted((area.left * scale, area.right * scale))
        top, bottom = sorted((area.top * scale, area.bottom * scale))
        draw.rectangle((int(left) - 1, int(top) - 1, int(right) + 1, int(bottom) + 1), fill=0)
        _code(draw, area.reason, box=(left, top, right, bottom))


def _code(draw: ImageDraw.ImageDraw, reason: str, *, box: Box) -> None:
    """The reason's code in the middle of the box, as large as fits, not above what reads well."""
    width, height = box[2] - box[0], box[3] - box[1]
    size = int(min(height * 0.8, 60.0))
    if not reason or size < 6:
        return
    length = letters(size).getlength(reason)
    if length > width * 0.9:
        size = int(size * width * 0.9 / length)
    if size >= 6:
        draw.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), reason, font=letters(size), anchor="mm", fill="white")


def touches(box: Box, area: Area) -> bool:
    """Whether a box and an area share a point."""
    left, right = sorted((area.left, area.right))
    top, bottom = sorted((area.top, area.bottom))
    return box[0] <= right and box[2] >= left and box[1] <= bottom and box[3] >= top


# --- the text that is left --------------------------------------------------------------------------


def left(pages: Pages, page: int, *, areas: Sequence[Area], recognise: Recognise | None = None) -> Left:
    """The text that is left of a page of a redacted document: of the letters seen that no area touches.

    Under a scan letters stand where somebody guessed them, so there, and where a page has none, `recognise` reads the
    burned picture.
    """
    from PIL import Image as Picture

    own = [area for area in areas if area.page == page]
    glyphs = pages.glyphs(page)
    gone = tuple(_gone(glyphs, own))
    picture = Picture.fromarray(pages.grey(page, dpi=SEEN_AT))
    burn(picture, (replace(area, reason="") for area in own), scale=SEEN_AT / 72)
    if any(glyph.box for glyph in glyphs) and pages.drawn(page):
        return Left(_rebuilt(glyphs, own, picture), gone)
    if recognise is None:
        return Left("", gone, unread=bool(glyphs) or not _blank(picture))
    fine = pages.picture(page, dpi=300)
    burn(fine, own, scale=300 / 72)
    return Left(recognise(fine), gone)


def _rebuilt(glyphs: Sequence[Glyph], areas: Sequence[Area], picture: Picture.Image) -> str:
    kept: list[str] = []
    for glyph in glyphs:
        if glyph.box and any(touches(glyph.box, area) for area in areas):
            kept.append("\0")
        elif glyph.box is None or (glyph.visible and _stands_out(glyph.box, picture)):
            kept.append(glyph.character)
    text = re.sub(r"\0(?:\s*\0)*", MARK, "".join(kept))  # a run is one mark, whatever its words and lines were
    return re.sub(r"[ \t]+\n", "\n", text)


def _stands_out(box: Box, picture: Picture.Image) -> bool:
    """Whether there is anything to be seen in the box: light and dark."""
    scale = SEEN_AT / 72
    edges = (int(box[0] * scale) - 1, int(box[1] * scale) - 1, int(box[2] * scale) + 2, int(box[3] * scale) + 2)
    shown = (max(0, edges[0]), max(0, edges[1]), min(picture.width, edges[2]), min(picture.height, edges[3]))
    if shown[0] >= shown[2] or shown[1] >= shown[3]:
        return False
    dark, light = picture.crop(shown).getextrema()
    return float(light) - float(dark) >= CONTRAST  # type: ignore[arg-type] # one channel: its extrema are numbers


def _blank(picture: Picture.Image) -> bool:
    dark, light = picture.getextrema()
    return float(light) - float(dark) < CONTRAST  # type: ignore[arg-type] # the same


def _gone(glyphs: Iterable[Glyph], areas: Sequence[Area]) -> Iterator[str]:
    """The runs of words whose letters an area touches."""
    run: list[str] = []
    for glyph in glyphs:
        if glyph.box is None:
            run.append(" ")
        elif any(touches(glyph.box, area) for area in areas):
            run.append(glyph.character)
        else:
            if "".join(run).strip():
                yield " ".join("".join(run).split())
            run = []
    if "".join(run).strip():
        yield " ".join("".join(run).split())


# --- what may stand nowhere else --------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+(?:[-.@'\u2019][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Secrets:
    """The runs and the single words that were redacted and are seen nowhere else in the document."""

    words: frozenset[str]

    def told_by(self, text: str) -> tuple[str, ...]:
        """Those of them that `text` gives away, in any case and over any white space."""
        if not self.words:
            return ()
        flat = squeezed(text)
        return tuple(sorted(word for word in self.words if word in flat))


def squeezed(text: str) -> str:
    """The text as it is compared: without case and white space."""
    return "".join(text.split()).casefold()


def secrets(gone: Iterable[str], seen: str) -> Secrets:
    """The secrets of a document of which `gone` went and `seen` is left.

    A run of four letters or more is one; so is a word of it of four letters or more that is not left elsewhere, for a
    file's name or a subject may carry a name alone.
    """
    left_over = squeezed(seen)
    out: set[str] = set()
    for run in gone:
        pieces = [run, *_WORD.findall(run)]
        out.update(s for s in map(squeezed, pieces) if len(s) >= 4 and s not in left_over)
    return Secrets(frozenset(out))
