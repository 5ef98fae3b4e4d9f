"""An image in, the words on it out: PNG, JPEG, TIFF of several pages, GIF, BMP, WebP.

A page of an image has its own space: its lower left corner is the origin, and a pixel is 72/dpi points where the image
states its resolution, one point where it states none. What the camera noted of its turn (EXIF orientation) is undone
first, so that space is of the image as it is seen.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from showcause.core import Mark, PageMap, Scan
from showcause.errors import BadInput, Unreadable
from showcause.intake.pages import PageText, completed, words_of
from showcause.intake.reading import Limits, Reading

_MAGIC = (  # where, the bytes there, the name that Pillow gives the format, the kind
    (0, b"\x89PNG\r\n\x1a\n", "PNG", "png"),
    (0, b"\xff\xd8\xff", "JPEG", "jpeg"),
    (0, b"GIF87a", "GIF", "gif"),
    (0, b"GIF89a", "GIF", "gif"),
    (0, b"II*\0", "TIFF", "tiff"),
    (0, b"MM\0*", "TIFF", "tiff"),
    (0, b"BM", "BMP", "bmp"),
    (8, b"WEBP", "WEBP", "webp"),
)
_PAGED = "TIFF"
_STATED = (30.0, 2400.0)  # dots an inch: what an image states outside of them is no resolution of a page
_TAKEN = (0x9003, 0x0132)  # the EXIF tags DateTimeOriginal and DateTime (CIPA DC-008, 4.6.4 and 4.6.5)
_PIXELS = 178_956_970  # of one page, as Pillow's own limit (2 * Image.MAX_IMAGE_PIXELS)
_READ = 40_000_000  # pixels: a larger page is read at a lower resolution
_NO_WORDS = "no words were found on the image"


def is_image(blob: bytes, name: str) -> bool:
    """Whether the bytes begin like an image; `name` plays no part."""
    del name
    return _format(blob) is not None


def _format(blob: bytes) -> tuple[str, str] | None:
    for start, magic, pillow, kind in _MAGIC:
        if blob.startswith(magic, start) and not (magic == b"BM" and b"\0" not in blob[:512]):
            return pillow, kind
    return None


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of every page of an image, a mark for each page.

    Pages are recognised where they are at most `limits.recognise`, else they are `pending`. Of an animation the first
    picture is read. Raises Unreadable where the image is damaged, cut off, too large or without words.
    """
    del name
    with _opened(blob) as picture:
        kind = (_format(blob) or ("", ""))[1]
        count = getattr(picture, "n_frames", 1)
        paged = picture.format == _PAGED
        if paged and count > limits.parts:
            raise Unreadable(f"too long: {count:,} pages")
        pages = range(1, count + 1 if paged else 2)
        reading = Reading(
            kind=kind,
            text="\f" * (len(pages) - 1),
            pages=PageMap(tuple(Mark(number - 1, page=number) for number in pages)),
            date=_day(picture),
            notes=() if paged or count == 1 else (f"an animation: only the first of its {count} pictures was read",),
            pending=tuple(pages),
        )
        if len(pages) > limits.recognise:
            return reading
        try:
            return completed(reading, _recognised(picture, pages, limits))
        except Unreadable as refused:
            raise Unreadable(_NO_WORDS if "no words" in str(refused) else str(refused)) from None


def recognise(blob: bytes, pages: Iterable[int], limits: Limits) -> Iterator[PageText]:
    """What is recognised on each of the `pages` (from 1) of an image."""
    with _opened(blob) as picture:
        yield from _recognised(picture, pages, limits)


def seen(blob: bytes, *, page: int, dpi: float) -> bytes:
    """The page (from 1) of an image as it is seen, as a PNG of RGB pixels, `dpi` pixels to 72 points of its space."""
    with _opened(blob) as picture:
        frame = _frame(picture, page)
        scale = dpi / 72 * _point(frame)
        size = (max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))
        stream = io.BytesIO()
        _flat(frame).convert("RGB").resize(size).save(stream, "PNG")
        return stream.getvalue()


@contextmanager
def _opened(blob: bytes) -> Iterator[Any]:
    """The image, opened by Pillow; what Pillow says no to becomes Unreadable."""
    from PIL import Image, UnidentifiedImageError

    pillow = _format(blob)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a large image, and of a header's oddities: both are measured here
            with Image.open(io.BytesIO(blob), formats=(pillow[0],) if pillow else ()) as picture:
                yield picture
    except Image.DecompressionBombError:
        raise Unreadable(_too_large(blob)) from None
    except UnidentifiedImageError:
        raise Unreadable("damaged: no valid image") from None
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, ZeroDivisionError, OverflowError) as broken:
        said = str(broken)
        cut = "truncated" in said or "unexpected end" in said.lower()
        raise Unreadable("truncated: the end of the image is missing" if cut else f"damaged: {said}") from None


def _too_large(blob: bytes) -> str:
    """The reason for an image that Pillow does not open for its size, which only its header tells."""
    from PIL import Image

    try:
        with Image.OPEN[(_format(blob) or ("", ""))[0]][0](io.BytesIO(blob), "") as picture:
            return _size(picture)
    except Image.DecompressionBombError:  # a GIF's frame, whose size stands apart from the image's
        return f"too large: a frame of more than {2 * (Image.MAX_IMAGE_PIXELS or 0):,} pixels"


def _size(picture: Any) -> str:
    return f"too large: {picture.width} x {picture.height} pixels"


def _frame(picture: Any, page: int) -> Any:
    """A page of the image, decoded and turned as its camera noted."""
    from PIL import ImageOps

    count = getattr(picture, "n_frames", 1)
    if not 1 <= page <= count:
        raise BadInput(f"no page {page}: the image has {count}")
    if count > 1:
        picture.seek(page - 1)
    if picture.width * picture.height > _PIXELS:
        raise Unreadable(_size(picture))
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    turned.info.setdefault("dpi", picture.info.get("dpi"))
    return turned


def _recognised(picture: Any, pages: Iterable[int], limits: Limits) -> Iterator[PageText]:
    import numpy as np

    from showcause.intake.ocr import engine, recognised

    for number in pages:
        frame = _frame(picture, number)
        point = _point(frame)
        grey = _grey(frame)
        shrunk = frame.width / grey.width
        said = recognised(np.asarray(grey), engine())
        high = frame.height
        found = (
            (start, end, [(x * shrunk * point, (high - y * shrunk) * point) for x, y in corners.tolist()], sure)
            for start, end, corners, sure in said.words
        )
        scan = Scan.of(number, words_of(found), turned=said.turned, engine=said.engine) if said.words else None
        yield PageText(number, said.text, scan)
        limits.tick()


def _grey(frame: Any) -> Any:
    """The image in 256 levels of grey, not larger than is read."""
    grey = _flat(frame)
    if grey.mode != "L":
        grey = grey.convert("L")
    if grey.width * grey.height > _READ:
        scale = (_READ / (grey.width * grey.height)) ** 0.5
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    return grey


def _flat(frame: Any) -> Any:
    """The image without transparency, on white, and with 8 bits a channel."""
    from PIL import Image

    if frame.mode.startswith("I;16") or frame.mode in {"I", "F"}:
        low, high = frame.convert("F").getextrema()
        scale = 255.0 / (high - low) if high > low else 0.0
        return frame.convert("F").point(lambda level: level * scale + (-low * scale)).convert("L")
    if frame.mode in {"RGBA", "LA", "PA"} or "transparency" in frame.info:
        above = frame.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", above.size, "white"), above).convert("RGB")
    return frame


def own_size(frame: Any) -> tuple[float, float]:
    """Width and height of a frame in points of its own space."""
    point = _point(frame)
    return frame.width * point, frame.height * point


def _point(frame: Any) -> float:
    """How many points a pixel is."""
    stated = frame.info.get("dpi") or (0, 0)
    try:
        dpi = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 1.0
    return 72.0 / dpi if _STATED[0] <= dpi <= _STATED[1] else 1.0


def _day(picture: Any) -> date | None:
    """The day on which the camera says that the picture was taken, "2031:05:04 10:00:00"."""
    try:
        held = picture.getexif()
        said = held.get_ifd(0x8769).get(_TAKEN[0]) or held.get(_TAKEN[1]) or ""
        return date(*map(int, str(said).split()[0].split(":")))
    except (ValueError, IndexError, TypeError, KeyError, SyntaxError, OSError, AttributeError):
        return None
