"""A page as pixels in, black and white out; whether its colour carries meaning; the files of both.

A pixel is ink where it is darker than `RELATIVE` of the paper around it, or very dark by itself. That keeps pale
letters on white and dark letters on a tint, and takes the shade of a scan for paper (bench/ink.py measures it).
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:  # both take long to load, and a volume is rarely made
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image as Picture

    Grey = NDArray[np.uint8]  # rows of pixels, 0 black

ROUGH: Final = 50  # dots an inch at which a page is measured
CHROMA: Final = 48  # of 255: a pixel whose channels lie further apart is coloured; the noise of scans lies below
COLOURED: Final = 0.001  # of the page's pixels: from one in a thousand on, colour carries meaning
RELATIVE: Final = 0.85  # of the brightness of the paper around
BLACK: Final = 80  # of 255: darker is ink whatever is around it
AROUND: Final = 3  # pixels at half of ROUGH: about an eighth of an inch on each side
EVEN: Final = 170  # of 255: where the paper is nowhere darker, one threshold serves the whole page
ONE: Final = 195  # that threshold
QUALITY: Final = 88  # of JPEGs
_LIMIT: Final = [max(BLACK, round(v * RELATIVE)) for v in range(256)]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a rough look at a page tells: the share of coloured pixels, and the brightness of the paper all over it."""

    colour: float
    paper: Picture.Image

    @property
    def coloured(self) -> bool:
        """Whether colour carries meaning on this page."""
        return self.colour >= COLOURED


def measured(rough: Picture.Image) -> Measure:
    """The measure of a page given as RGB at `ROUGH` dots an inch."""
    from PIL import ImageChops, ImageFilter

    red, green, blue = rough.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    apart = ImageChops.subtract(most, least).histogram()
    paper = rough.convert("L").reduce(2).filter(ImageFilter.BoxBlur(AROUND))
    return Measure(sum(apart[CHROMA:]) / (rough.width * rough.height), paper)


def inked(grey: Grey, paper: Picture.Image) -> Picture.Image:
    """The page as ink: mode 1, in which a set bit is black. `paper` is what `measured` gave for it."""
    import numpy as np
    from PIL import Image as Picture

    if float(paper.getextrema()[0]) >= EVEN:  # type: ignore[arg-type] # one channel: its extrema are numbers
        dark = np.less(grey, ONE)
    else:
        limit = paper.point(_LIMIT).resize((grey.shape[1], grey.shape[0]), Picture.Resampling.BILINEAR)
        dark = np.less(grey, np.asarray(limit))
    bits = dark.view(np.uint8)
    np.negative(bits, out=bits)  # 1 becomes 255
    return Picture.fromarray(bits).convert("1", dither=Picture.Dither.NONE)


def strip(ink: Picture.Image) -> bytes:
    """Ink as one strip of Group 4 (ITU-T T.6), white runs first."""
    from PIL import Image as Picture

    held = io.BytesIO()
    ink.save(held, "TIFF", compression="group4", strip_size=1 << 40)
    with Picture.open(io.BytesIO(held.getvalue())) as made:
        tags = made.tag_v2  # type: ignore[attr-defined] # a TIFF has tags
        (start,), (length,) = tags[273], tags[279]
    return held.getvalue()[start : start + length]


def tiff(ink: Picture.Image, *, dpi: int) -> bytes:
    """Ink as a TIFF of one page and one strip, white is zero, and no tag but those that its reading needs (TIFF 6.0)."""
    data = strip(ink)
    start = 8
    end = start + len(data) + len(data) % 2
    rational = end + 2 + 12 * 12 + 4
    entries = (
        (256, 4, ink.width),
        (257, 4, ink.height),
        (258, 3, 1),
        (259, 3, 4),  # Group 4
        (262, 3, 0),  # white is zero
        (273, 4, start),
        (277, 3, 1),
        (278, 4, ink.height),
        (279, 4, len(data)),
        (282, 5, rational),
        (283, 5, rational),
        (296, 3, 2),  # inches
    )
    head = struct.pack("<2sHI", b"II", 42, end)
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    tail = struct.pack("<H", len(entries)) + table + struct.pack("<III", 0, dpi, 1)
    return head + data + b"\0" * (len(data) % 2) + tail


def jpeg(image: Picture.Image, *, dpi: int) -> bytes:
    """The page (RGB) as JPEG without any remark or preview."""
    held = io.BytesIO()
    image.save(held, "JPEG", quality=QUALITY, subsampling=0, dpi=(dpi, dpi))
    return held.getvalue()


@cache
def letters(pixels: int) -> Any:
    """The sans serif that comes with Pillow, so that no font of the machine decides how a stamp looks."""
    from PIL import ImageFont

    return ImageFont.load_default(size=max(6, pixels))
