"""Images of every kind that scanners and cameras leave, and hostile ones."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date

import numpy as np
import pytest
from PIL import Image
from scans import WORDS, encoded, page, pixels

from showcause.core import Document
from showcause.errors import BadInput, Unreadable
from showcause.intake import Limits, boxes, completed, page_image, read, recognise_pages

LINE = "Records are released within ten days."
SMALL = page(LINE, size="width: 3.2in, height: 0.9in, margin: 0.3in")


@pytest.fixture(scope="module")
def image():
    return pixels(SMALL)[0]


def transparent(image):
    clear = Image.new("RGBA", image.size, (0, 0, 0, 0))
    clear.putalpha(image.point(lambda level: 255 - level))
    return clear


KINDS = {
    "png": encoded,
    "png, transparent": lambda image: encoded(transparent(image)),
    "png, 16 bits": lambda image: encoded(Image.fromarray(np.asarray(image).astype(np.uint16) * 40 + 500)),
    "png, palette": lambda image: encoded(image.convert("P")),
    "jpeg": lambda image: encoded(image, "JPEG", quality=60),
    "jpeg, CMYK": lambda image: encoded(image.convert("RGB").convert("CMYK"), "JPEG"),
    "gif": lambda image: encoded(image, "GIF"),
    "bmp": lambda image: encoded(image, "BMP"),
    "webp": lambda image: encoded(image, "WEBP"),
    "tiff, fax": lambda image: encoded(
        image.point(lambda level: 255 * (level > 150)).convert("1"), "TIFF", compression="group4"
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_image_is_read(kind, image):
    reading = read(KINDS[kind](image), name="a")
    assert reading.kind == kind.partition(",")[0]
    assert reading.text == LINE
    assert [mark.page for mark in reading.pages.marks] == [1]


def test_what_the_camera_noted_is_kept_and_undone(image):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be seen turned clockwise by a quarter
    exif[0x0132] = "2031:05:04 10:00:00"
    blob = encoded(image.rotate(90, expand=True), "JPEG", exif=exif, dpi=(300, 300))
    reading = read(blob, name="a.jpg")
    assert (reading.text, reading.date) == (LINE, date(2031, 5, 4))
    assert reading.scans[0].turned == 0
    words = list(reading.scans[0].words())
    assert words[0].left == pytest.approx(0.3 * 72, abs=2)
    assert 0 < words[0].bottom < words[0].top < 0.9 * 72


def test_boxes_count_points_where_a_resolution_is_stated_else_pixels(image):
    for blob, scale in ((encoded(image, dpi=(300, 300)), 72 / 300), (encoded(image), 1.0)):
        reading = read(blob, name="a.png")
        doc = Document("d", "", "png", "", None, reading.text, reading.pages)
        start = LINE.index("released")
        (box,) = boxes(blob, doc.passage(start, start + 8), scans=reading.scans)
        high = image.height
        cut = image.crop((int(box.left / scale), int(high - box.top / scale), int(box.right / scale), high))
        ink = np.asarray(cut) < 128
        assert ink[:, :12].any()
        assert ink[:, -12:].any()
        assert (box.right - box.left) / scale == pytest.approx(150, abs=30)
        seen = Image.open(io.BytesIO(page_image(blob, page=1, dpi=72)))
        assert seen.width == round(image.width * scale)


def test_the_pages_of_a_tiff_are_pages_now_or_later(image):
    second, _ = pixels(page(WORDS[1], size="width: 4in, height: 1in, margin: 0.2in"))
    blank = Image.new("L", (300, 200), 255)
    blob = encoded(image, "TIFF", save_all=True, append_images=[blank, second], dpi=(300, 300))
    reading = read(blob, name="a.tif")
    first, empty, last = reading.text.split("\f")
    assert (first, empty, " ".join(last.split())) == (LINE, "", WORDS[1])
    assert [mark.page for mark in reading.pages.marks] == [1, 2, 3]
    assert [scan.page for scan in reading.scans] == [1, 3]
    assert reading.notes[-1] == "no words were found by OCR: page 2"
    later = read(blob, name="a.tif", limits=Limits(recognise=2))
    assert later.pending == (1, 2, 3)
    assert completed(later, recognise_pages(blob, later.pending, Limits())) == reading
    with pytest.raises(BadInput, match="no page 4: the image has 3"):
        recognise_pages(blob, [4], Limits())
    with pytest.raises(Unreadable, match="too long: 3 pages"):
        read(blob, name="a.tif", limits=Limits(parts=2))


def test_of_an_animation_the_first_picture_is_read(image):
    other = Image.new("L", image.size, 255)
    reading = read(encoded(image, "GIF", save_all=True, append_images=[other]), name="a.gif")
    assert reading.text == LINE
    assert reading.notes[0] == "an animation: only the first of its 2 pictures was read"


def test_an_image_without_words_is_refused():
    noise = np.random.default_rng(1).normal(128, 40, (300, 400))
    with pytest.raises(Unreadable, match=r"^no words were found on the image$"):
        read(encoded(Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8))), name="a.png")


def huge(width, height):
    """A PNG whose header promises more than any memory holds."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = (header, body, b"IEND")
    lengths = (struct.pack(">I", len(chunk) - 4) for chunk in chunks)
    sums = (struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(b"".join(parts) for parts in zip(lengths, chunks, sums, strict=True))


@pytest.mark.parametrize(
    ("blob", "reason"),
    [
        (huge(40_000, 40_000), r"^too large: 40000 x 40000 pixels$"),
        (huge(9000, 9000), "truncated|damaged"),
        (
            b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0) + b"," + struct.pack("<HHHHB", 0, 0, 40_000, 40_000, 0),
            r"^too large: a frame of more than [\d,]+ pixels$",
        ),
        (b"II*\0" + b"\xff" * 40, "damaged"),
        (b"GIF89a" + bytes(30), "damaged|no words"),
        (b"\xff\xd8\xff" + bytes(30), "damaged"),
        (b"RIFF\x20\0\0\0WEBPVP8 " + bytes(40), "damaged"),
        (b"BM" + bytes(60), "damaged"),
    ],
)
def test_hostile_images_are_refused_in_words(blob, reason):
    with pytest.raises(Unreadable, match=reason):
        read(blob, name="a")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_an_image_cut_off_anywhere_is_refused(form, share, image):
    blob = encoded(image, form)
    with pytest.raises(Unreadable, match=r"^(truncated|damaged)"):
        read(blob[: int(len(blob) * share)], name="a")
