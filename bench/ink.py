"""Ways of making a page black and white, by how much of it a reader of letters still reads.

Pages are made here (plain print, pale and coloured print, print on tints, a shaded scan, a faint scan), made black and
white by each way, and read by the OCR engine that ships. The figure is the share of the words that are read right.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from showcause.produce import ink

WORDS = "The Chief shall notify the Council within thirty days of each request received under section 14 of the Code".split()  # noqa: SIM905 - a sentence is easier to read
DPI = 200
WIDTH, HEIGHT = 6 * DPI, 2 * DPI


def page(letters: tuple[int, int, int], ground: tuple[int, int, int]) -> Image.Image:
    """Four lines of print in one colour on another, on white paper."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((DPI // 2, DPI // 4, WIDTH - DPI // 2, HEIGHT - DPI // 4), fill=ground)
    for place in range(4):
        line = " ".join(WORDS[place * 5 : place * 5 + 5])
        draw.text((DPI * 0.7, DPI * (0.4 + 0.32 * place)), line, fill=letters, font=ink.letters(round(DPI * 11 / 72)))
    return image


def scanned(image: Image.Image, shade: float, noise: float) -> Image.Image:
    """The page as a scanner gives it: blurred, darker towards one side, with noise."""
    chance = np.random.default_rng(7)
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(1))).astype(float)
    pixels = pixels * np.linspace(1.0, 1.0 - shade, WIDTH)[None, :, None] + chance.normal(0, noise, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def pages() -> Iterator[tuple[str, Image.Image]]:
    """Each page with its name."""
    white = (255, 255, 255)
    yield "plain", page((0, 0, 0), white)
    yield "grey", page((150, 150, 150), white)
    yield "light blue", page((120, 180, 240), white)
    yield "orange", page((255, 150, 0), white)
    yield "on a tint", page((0, 0, 0), (140, 170, 210))
    yield "white on blue", page(white, (20, 50, 120))
    yield "shaded scan", scanned(page((30, 30, 30), white), 0.55, 8)
    yield "faint scan", scanned(page((150, 150, 150), white), 0.3, 8)


def fixed(at: int) -> Callable[[Image.Image], Image.Image]:
    """One threshold for all."""
    return lambda image: image.convert("L").point(lambda v: 255 if v < at else 0, "1")


def otsu(image: Image.Image) -> Image.Image:
    """The threshold that parts a page's pixels best into two kinds (Otsu 1979)."""
    counts = np.bincount(np.asarray(image.convert("L")).ravel(), minlength=256).astype(float)
    below, level = counts.cumsum(), (counts * np.arange(256)).cumsum()
    above = below[-1] - below
    with np.errstate(all="ignore"):
        apart = below * above * (level / below - (level[-1] - level) / above) ** 2
    return fixed(int(np.nanargmax(apart)) + 1)(image)


def ours(image: Image.Image) -> Image.Image:
    """The product's way."""
    rough = image.resize((image.width * ink.ROUGH // DPI, image.height * ink.ROUGH // DPI), Image.Resampling.BOX)
    return ink.inked(np.asarray(image.convert("L")), ink.measured(rough).paper)


def read(black: Image.Image, engine: Callable[[np.ndarray], object]) -> float:
    """The share of the words that are read right."""
    found = engine(np.asarray(Image.eval(black.convert("L"), lambda v: 255 - v).convert("RGB")))
    words = set(re.findall(r"\w+", " ".join(getattr(found, "txts", None) or ()).lower()))
    wanted = {word.lower() for word in WORDS}
    return len(wanted & words) / len(wanted)


def main() -> float:
    """Print a line a way; the mean of ours."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    engine = RapidOCR()
    ways = {"ours": ours, "fixed 128": fixed(128), "fixed 195": fixed(195), "Otsu": otsu}
    means = {}
    for name, way in ways.items():
        shares = {kind: read(way(image), engine) for kind, image in pages()}
        means[name] = sum(shares.values()) / len(shares)
        print(
            f"ink: {name:10} {means[name]:.2f}  " + ", ".join(f"{kind} {share:.2f}" for kind, share in shares.items())
        )
    return means["ours"]


if __name__ == "__main__":
    main()
