"""Pages in, stamped pages out: the Bates number lower right, the confidentiality lower left; and slip sheets.

A page keeps its size. Where there is no white for the stamp, what the page shows shrinks towards the top, by no more
than the profile lets it (FORMATS: at most 10 %). Black and white pages become TIFF Group 4, pages on which colour
carries meaning JPEG; or all of them one PDF of images.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from showcause.errors import BadInput
from showcause.produce import ink
from showcause.produce.item import Area
from showcause.produce.paging import MOST, Pages
from showcause.produce.profile import ImageRules
from showcause.produce.redact import burn

if TYPE_CHECKING:
    from PIL import Image as Picture

STRIP: Final = 27.0  # points: what the stamp needs at the foot of a page
EDGE: Final = 22.0  # points between the stamp and the side of the page
FOOT: Final = 9.0  # points between the stamp and the foot
SIZE: Final = 10.0  # points of the letters
SMALL: Final = 5.0
CLEAR: Final = 2.0  # points of white around the stamp
PAPER: Final = 250  # of 255: a pixel at least so bright is white
_STAMPED: Final = str.maketrans("\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d", "----''\"\"")
_LETTERS: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0x100))))


@dataclass(frozen=True, slots=True)
class Endorsement:
    """What is stamped on a page; raises BadInput for letters that the stamp has not (it has those of Latin-1)."""

    number: str
    confidentiality: str = ""

    def __post_init__(self) -> None:
        for words in (self.number, self.confidentiality):
            if odd := sorted(set(words.translate(_STAMPED)) - _LETTERS):
                raise BadInput(f"{words!r}: can't be stamped, the stamp has no {odd[0]!r}")


@dataclass(frozen=True, slots=True)
class Stamped:
    """A stamped page as pixels: RGB where colour carries meaning, else mode 1 in which a set bit is black.

    `shrunk` is by how many percent what it shows was made smaller, `dpi` its dots an inch.
    """

    image: Picture.Image
    dpi: int
    shrunk: float = 0.0

    @property
    def colour(self) -> bool:
        """Whether it is in colour."""
        return self.image.mode == "RGB"

    @property
    def suffix(self) -> str:
        """How its file's name ends."""
        return ".JPG" if self.colour else ".TIF"

    def file(self) -> bytes:
        """The page as a file of its own."""
        return ink.jpeg(self.image, dpi=self.dpi) if self.colour else ink.tiff(self.image, dpi=self.dpi)


def stamped(
    pages: Pages, page: int, *, endorsement: Endorsement, rules: ImageRules, areas: Sequence[Area] = ()
) -> Stamped:
    """The page (from 1) with its `areas` burned out and its endorsement on it."""
    width, height = pages.size(page)
    rough = _burned(pages, page, areas, dpi=ink.ROUGH)
    measure = ink.measured(rough)
    colour = rules.colour and measure.coloured
    dpi = _dpi(rules.dpi, width, height)
    fitted = _fits(rough, endorsement, (width, height))
    kept = 1.0 if fitted else 1 - min(rules.shrink / 100, STRIP / height)
    if colour:
        image = _burned(pages, page, areas, dpi=dpi * kept)
    else:
        image = ink.inked(_burned_grey(pages, page, areas, dpi=dpi * kept), measure.paper)
    if not fitted:
        image = _on_paper(image, (round(width * dpi / 72), round(height * dpi / 72)))
    _endorse(image, endorsement, dpi=dpi, height=STRIP if fitted else height * (1 - kept))
    return Stamped(image, dpi, round((1 - kept) * 100, 1))


def _burned(pages: Pages, page: int, areas: Sequence[Area], *, dpi: float) -> Picture.Image:
    """The page in colour with its areas burned out."""
    image = pages.picture(page, dpi=dpi)
    if areas:
        burn(image, areas, scale=dpi / 72)
    return image


def _burned_grey(pages: Pages, page: int, areas: Sequence[Area], *, dpi: float) -> ink.Grey:
    """The page in grey with its areas burned out."""
    import numpy as np
    from PIL import Image as Picture

    grey = pages.grey(page, dpi=dpi)
    if not areas:
        return grey
    image = Picture.fromarray(grey)
    burn(image, areas, scale=dpi / 72)
    return np.asarray(image)


def _dpi(wanted: int, width: float, height: float) -> int:
    """The dots an inch, fewer than wanted only where the page would else have more than `MOST` pixels."""
    pixels = width * height * (wanted / 72) ** 2
    return wanted if pixels <= MOST else int(wanted * (MOST / pixels) ** 0.5)


def _fits(rough: Picture.Image, endorsement: Endorsement, size: tuple[float, float]) -> bool:
    """Whether there is white where the stamp goes."""
    scale = ink.ROUGH / 72
    grey = rough.convert("L")
    for left, width in _places(endorsement, size[0]):
        box = [(left - CLEAR) * scale, (size[1] - STRIP) * scale, (left + width + CLEAR) * scale, size[1] * scale]
        if left < 0 or size[1] < 4 * STRIP:
            return False
        found = grey.crop((max(0, int(box[0])), int(box[1]), min(grey.width, int(box[2]) + 1), grey.height))
        if float(found.getextrema()[0]) < PAPER:  # type: ignore[arg-type] # one channel: its extrema are numbers
            return False
    return True


def _places(endorsement: Endorsement, width: float) -> list[tuple[float, float]]:
    """Left edge and width, in points, of what is stamped on a page of that width."""
    number = ink.letters(round(SIZE * 10)).getlength(endorsement.number) / 10
    places = [(width - EDGE - number, number)]
    if endorsement.confidentiality:
        places.append((EDGE, ink.letters(round(SIZE * 10)).getlength(endorsement.confidentiality) / 10))
    return places


def _on_paper(image: Picture.Image, size: tuple[int, int]) -> Picture.Image:
    """The smaller picture on a white page, at the top and in the middle."""
    from PIL import Image as Picture

    paper = Picture.new(image.mode, size, 0 if image.mode == "1" else "white")
    paper.paste(image, ((size[0] - image.width) // 2, 0))
    return paper


def _endorse(image: Picture.Image, endorsement: Endorsement, *, dpi: int, height: float) -> None:
    """Writes the stamp into the strip of `height` points at the foot, smaller where it would not fit."""
    scale = dpi / 72
    room = image.width / scale - 2 * EDGE if image.width / scale > 4 * EDGE else image.width / scale
    wanted = sum(width for _, width in _places(endorsement, 0)) + (SIZE if endorsement.confidentiality else 0)
    size = max(SMALL, min(SIZE, (height - CLEAR) * SIZE / (STRIP - FOOT), SIZE * room / max(wanted, 1)))
    font = ink.letters(round(size * scale))
    base = image.height - min(FOOT, max(CLEAR, height - size)) * scale
    edge = (image.width - room * scale) / 2
    _write(image, endorsement.number, letters=font, at=(image.width - edge, base), anchor="rs")
    if endorsement.confidentiality:
        _write(image, endorsement.confidentiality, letters=font, at=(edge, base), anchor="ls")


def _write(image: Picture.Image, words: str, *, letters: Any, at: tuple[float, float], anchor: str) -> None:
    """Writes words in black on a white ground of their own."""
    from PIL import ImageDraw

    words = words.translate(_STAMPED)
    draw = ImageDraw.Draw(image)
    bit = image.mode == "1"
    left, top, right, bottom = draw.textbbox(at, words, font=letters, anchor=anchor)
    clear = (bottom - top) / 6
    draw.rectangle((left - clear, top - clear, right + clear, bottom + clear), fill=0 if bit else "white")
    draw.text(at, words, font=letters, anchor=anchor, fill=1 if bit else "black")


# --- slip sheets ----------------------------------------------------------------------------------


def slip(words: Sequence[str], *, endorsement: Endorsement, dpi: int) -> Stamped:
    """A letter page that says `words`, the first line large, in place of a document."""
    from PIL import Image as Picture
    from PIL import ImageDraw

    width, height = round(8.5 * dpi), 11 * dpi
    image = Picture.new("1", (width, height), 0)
    draw = ImageDraw.Draw(image)
    draw.rectangle((dpi, 3.6 * dpi, width - dpi, 6.4 * dpi), outline=1, width=max(2, dpi // 100))
    at = 4.6 * dpi
    for place, line in enumerate(words):
        size = (22 if place == 0 else 12) * dpi / 72
        for piece in _wrapped(line, ink.letters(round(size)), width - 2.4 * dpi):
            draw.text((width / 2, at), piece, font=ink.letters(round(size)), anchor="ms", fill=1)
            at += size * 1.45
        at += size * 0.3
    _endorse(image, endorsement, dpi=dpi, height=STRIP)
    return Stamped(image, dpi)


def _wrapped(line: str, letters: Any, room: float) -> list[str]:
    """The line in pieces that fit."""
    pieces: list[str] = []
    for word in line.split():
        joined = f"{pieces[-1]} {word}" if pieces else word
        if pieces and letters.getlength(joined) <= room:
            pieces[-1] = joined
        else:
            pieces.append(word)
    return pieces
