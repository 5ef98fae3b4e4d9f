"""A document in, its pages out: as they are seen, as pixels, and the characters on them with their boxes.

A PDF gives its own pages, a picture one for each of its frames, anything else those of `pages_of` or, at the last, its
text set on plain pages. All measures are points from the upper left corner of the page as it is seen: cropped, rotated.
"""

from __future__ import annotations

import ctypes
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from showcause.errors import Unreadable
from showcause.produce.item import Item

if TYPE_CHECKING:
    from PIL import Image as Picture

    from showcause.produce.ink import Grey

PICTURES: Final = frozenset({"png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp", "webp"})
_CR: Final = 13
_HYPHEN: Final = 2  # PDFium's code for a hyphen at the end of a line
LETTER: Final = (612.0, 792.0)  # points
MOST: Final = 160_000_000  # pixels of one page; a larger page is imaged at fewer dots an inch
FINE: Final = 1000  # device units a point when a box is turned from page space to the page as seen
_TEXT_PAGE: Final = """
#let text-in = json(bytes(sys.inputs.data))
#set page(paper: "us-letter", margin: (x: 1in, top: 0.9in, bottom: 1in))
#set text(size: 10pt, font: ("Libertinus Serif", "New Computer Modern"), hyphenate: false)
#set par(leading: 0.6em)
#for (n, body) in text-in.enumerate() [
  #if n > 0 { pagebreak() }
  #for line in body.split("\\n") [#text(line) #linebreak()]
]
"""


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of a page's text and its box (left, top, right, bottom); None where it is only a space or an end.

    `visible` is False where it is drawn with no ink, as the letters that an OCR engine lays under a scan.
    """

    character: str
    box: Box | None
    visible: bool = True


class Pages(Protocol):
    """The pages of one document; they count from 1."""

    count: int

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points, as the page is seen."""

    def picture(self, page: int, *, dpi: float) -> Picture.Image:
        """The page as RGB."""

    def grey(self, page: int, *, dpi: float) -> Grey:
        """The page as shades of grey."""

    def glyphs(self, page: int) -> tuple[Glyph, ...]:
        """The characters of the page in reading order; none where it holds no text of its own."""

    def drawn(self, page: int) -> bool:
        """Whether most of the page's own text is drawn for the eye, so that its boxes can be trusted; not under a scan."""

    def seen(self, page: int, box: Box) -> Box:
        """A box of the page's own space (left, bottom, right, top in points, as a scan's words have) on the page as seen."""


@contextmanager
def opened(item: Item) -> Iterator[Pages]:
    """The pages of a document. Raises Unreadable with the reason where it has none that can be opened."""
    if item.kind in PICTURES:
        with item.open() as stream:
            yield _Frames(stream.read(), item.name)
        return
    pages = _Pdf(_pdf_of(item), item.name)
    try:
        yield pages
    finally:
        pages.close()


def _pdf_of(item: Item) -> bytes:
    if item.kind == "pdf":
        with item.open() as stream:
            return stream.read()
    return item.pages_of() if item.pages_of else plain_pages(item.text)


def plain_pages(text: str) -> bytes:
    """The text set on letter pages as PDF; a form feed begins a page. The same text gives the same bytes."""
    import typst

    from showcause.paper.place import printable

    bodies = [printable(body) for body in text.split("\f")]
    return bytes(
        typst.compile(
            _TEXT_PAGE.encode(),
            sys_inputs={"data": json.dumps(bodies, ensure_ascii=False)},
            ignore_system_fonts=True,
            format="pdf",
            timestamp=0,
        )
    )


class _Pdf:
    """The pages of a PDF by PDFium."""

    def __init__(self, blob: bytes, name: str) -> None:
        import pypdfium2

        try:
            self._pdf = pypdfium2.PdfDocument(blob)
        except pypdfium2.PdfiumError as broken:
            raise Unreadable(f"{name}: can't be imaged: {broken}") from broken
        self._pdf.init_forms()
        self.count = len(self._pdf)
        self._name, self._at, self._page = name, 0, None

    _page: Any

    def close(self) -> None:
        """Let go of the file."""
        if self._page is not None:
            self._page.close()
        self._pdf.close()

    def _loaded(self, page: int) -> Any:
        import pypdfium2

        if page != self._at:
            if self._page is not None:
                self._page.close()
            self._page, self._at = None, 0
            try:
                self._page = self._pdf[page - 1]
            except pypdfium2.PdfiumError as broken:
                raise Unreadable(f"{self._name}: page {page} can't be opened") from broken
            self._at = page
        return self._page

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points, as the page is seen."""
        width, height = self._loaded(page).get_size()
        return max(width, 1.0), max(height, 1.0)

    def picture(self, page: int, *, dpi: float) -> Picture.Image:
        """The page as RGB, annotations and filled fields included, hidden layers not."""
        image: Picture.Image = self._rendered(page, dpi, grayscale=False).to_pil()
        return image if image.mode == "RGB" else image.convert("RGB")

    def grey(self, page: int, *, dpi: float) -> Grey:
        """The same as shades of grey."""
        pixels: Grey = self._rendered(page, dpi, grayscale=True).to_numpy()
        return pixels

    def _rendered(self, page: int, dpi: float, *, grayscale: bool) -> Any:
        scale = dpi / 72 - 1e-9  # whole inches would else gain a pixel by rounding
        return self._loaded(page).render(scale=scale, grayscale=grayscale, rev_byteorder=True, prefer_bgrx=False)

    def glyphs(self, page: int) -> tuple[Glyph, ...]:
        """The characters of the page in PDFium's order."""
        loaded = self._loaded(page)
        words = loaded.get_textpage()
        try:
            return tuple(_glyphs(loaded, words, self.size(page)))
        finally:
            words.close()

    def seen(self, page: int, box: Box) -> Box:
        """The box turned and cropped as the page is."""
        loaded, size = self._loaded(page), self.size(page)
        corners = [_point(loaded, x, y, size) for x in (box[0], box[2]) for y in (box[1], box[3])]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return min(across), min(down), max(across), max(down)

    def drawn(self, page: int) -> bool:
        """Whether most characters are drawn with ink."""
        inked = [glyph.visible for glyph in self.glyphs(page) if glyph.box]
        return sum(inked) * 2 > len(inked)


def _glyphs(page: Any, words: Any, size: tuple[float, float]) -> Iterator[Glyph]:
    from pypdfium2 import raw

    for index in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, index)
        if code == _CR:
            continue  # PDFium ends a line by CR LF
        character = "-" if code == _HYPHEN else chr(code) if code not in range(0xD800, 0xE000) else "\ufffd"
        if raw.FPDFText_IsGenerated(words, index) == 1 or character.isspace():
            yield Glyph("\n" if character == "\n" else " ", None)
            continue
        box = _seen(page, words, index, size)
        ink = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(words, index))
        yield Glyph(character, box, ink not in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))


def _seen(page: Any, words: Any, index: int, size: tuple[float, float]) -> Box:
    """The box of a character, the tight and the loose one together, on the page as it is seen."""
    from pypdfium2 import PdfiumError

    corners: list[tuple[float, float]] = []
    for loose in (False, True):
        try:
            left, bottom, right, top = words.get_charbox(index, loose=loose)
        except PdfiumError:
            continue
        corners += [_point(page, x, y, size) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in corners] or [0.0], [y for _, y in corners] or [0.0]
    return min(across), min(down), max(across), max(down)


def _point(page: Any, x: float, y: float, size: tuple[float, float]) -> tuple[float, float]:
    from pypdfium2 import raw

    across, down = ctypes.c_int(), ctypes.c_int()
    width, height = round(size[0] * FINE), round(size[1] * FINE)
    raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
    return across.value / FINE, down.value / FINE


class _Frames:
    """The frames of a picture, each a page: at its own dots an inch where it says them, else fitted on a letter page."""

    def __init__(self, blob: bytes, name: str) -> None:
        from PIL import Image as Picture

        try:
            self._image = Picture.open(io.BytesIO(blob))
            self.count = getattr(self._image, "n_frames", 1)
        except (OSError, Picture.DecompressionBombError, ValueError) as broken:
            raise Unreadable(f"{name}: can't be imaged: {broken}") from broken
        self._name = name

    def _frame(self, page: int) -> Picture.Image:
        from PIL import ImageOps

        try:
            self._image.seek(page - 1)
            return ImageOps.exif_transpose(self._image)
        except (OSError, EOFError, ValueError) as broken:
            raise Unreadable(f"{self._name}: page {page} can't be opened: {broken}") from broken

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points."""
        frame = self._frame(page)
        dots = float((frame.info.get("dpi") or (0, 0))[0])
        if not 72 <= dots <= 1200:
            dots = max(frame.width / LETTER[0], frame.height / LETTER[1]) * 72
        return frame.width / dots * 72, frame.height / dots * 72

    def picture(self, page: int, *, dpi: float) -> Picture.Image:
        """The frame on white, as many pixels as its size asks for."""
        from PIL import Image as Picture

        frame, (width, height) = self._frame(page), self.size(page)
        if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
            paper = Picture.new("RGBA", frame.size, "white")
            frame = Picture.alpha_composite(paper, frame.convert("RGBA"))
        target = (max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72)))
        return frame.convert("RGB").resize(target, Picture.Resampling.LANCZOS)

    def grey(self, page: int, *, dpi: float) -> Grey:
        """The same as shades of grey."""
        import numpy as np

        return np.asarray(self.picture(page, dpi=dpi).convert("L"))

    def glyphs(self, page: int) -> tuple[Glyph, ...]:
        """None: a picture holds no text of its own."""
        del page
        return ()

    def seen(self, page: int, box: Box) -> Box:
        """The box from points of the picture's own space to points of its page."""
        from showcause.intake import own_size

        frame, (width, height) = self._frame(page), self.size(page)
        own = own_size(frame)
        across, down = width / own[0], height / own[1]
        return box[0] * across, (own[1] - box[3]) * down, box[2] * across, (own[1] - box[1]) * down

    def drawn(self, page: int) -> bool:
        """False: a picture draws its letters as pixels."""
        del page
        return False
