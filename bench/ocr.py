"""Character error and pages a minute on noisy pages of 300 dots an inch, against the engine alone.

The pages are made here by Typst from a fixed seed, in several fonts, sizes and layouts, then turned, made pale and
covered with noise. The error is the Levenshtein distance over white-space-normalised text, by the length of the text.
The engine alone is `rapidocr` as it is imported, on one thread, on the same pages upright: it gets no turn to undo.
Where `tesserocr` is installed its error and pace on the upright pages are printed, too.
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

SEED = 11
DPI = 300
MOST_ERROR = 0.005
WANTED = 0.9
WORDS = (  # noqa: SIM905 - a paragraph of words is easier to read than a list
    "member officer record person request agency section policy shall must may not unless except notice public "
    "inspection disclosure supervisor approval retention schedule complaint review written within days division "
    "commander report information custody release contact court order warrant training bulletin effective revised "
    "§ 12.34(a); 552(b)(6), No. 2031-00457 $1,250.00 June 14, 2031 (ii) non-citizen 90% and/or L.A.P.D."
).split()
PAGES = (  # font, points, columns, degrees counter-clockwise, quarters of a circle, contrast
    ("Libertinus Serif", 11, 1, 0.0, 0, 1.0),
    ("DejaVu Serif", 10, 1, 2.4, 0, 0.6),
    ("DejaVu Sans", 9, 2, -5.0, 0, 0.8),
    ("New Computer Modern", 12, 1, 9.0, 0, 0.5),
    ("DejaVu Sans Mono", 8, 1, -0.7, 1, 0.7),
    ("Libertinus Serif", 9, 2, 1.3, 2, 0.45),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's text, its image as it was scanned, and the same with nothing to undo but the noise."""

    text: str
    scanned: Image.Image
    upright: Image.Image


def sheet(number: int) -> Sheet:
    """One of the pages."""
    import pypdfium2
    import typst

    font, points, columns, angle, quarters, contrast = PAGES[number]
    chance = random.Random(SEED * 1000 + number)  # noqa: S311 - a seeded choice of words, no secret

    def paragraph() -> str:
        said = " ".join(chance.choices(WORDS, k=70)).capitalize() + "."
        return said.replace("$", r"\$").replace("/", r"\/")

    body = "\n\n".join(paragraph() for _ in range(5))
    source = (
        f'#set page(paper: "us-letter", margin: 1in, header: [Department Manual], footer: [Page {number + 1}])\n'
        f'#set text(font: "{font}", size: {points}pt, hyphenate: false)\n#set smartquote(enabled: false)\n'
        f"#set par(justify: true)\n= Duties of the agency\n#columns({columns})[\n{body}\n]"
    )
    page = pypdfium2.PdfDocument(typst.compile(source.encode()))[0]
    clean = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    leaning = clean.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    scanned = noisy(leaning, contrast, number).rotate(90 * quarters, expand=True)
    return Sheet(page.get_textpage().get_text_range(), scanned, noisy(clean, contrast, number))


def noisy(image: Image.Image, contrast: float, seed: int) -> Image.Image:
    """The image as an old scanner gives it: soft, pale, grainy, with specks."""
    chance = np.random.default_rng(seed)
    held = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6))).astype(np.float32)
    held = 255 * (1 - contrast) * 0.6 + held * (1 - 0.9 * (1 - contrast))
    held += chance.normal(0, 12, held.shape)
    specks = chance.random(held.shape)
    held[specks < 0.0005] = 0
    held[specks > 0.9995] = 255
    return Image.fromarray(np.clip(held, 0, 255).astype(np.uint8))


def error(said: str, truth: str) -> float:
    """The character error: how many characters must be put in, taken out or changed, by the length of the truth."""
    one, other = " ".join(truth.split()), " ".join(said.split())
    codes = np.array([ord(character) for character in one])
    places = np.arange(len(one) + 1)
    row = places.copy()
    for number, character in enumerate(other, 1):
        least = np.empty_like(row)
        least[0] = number
        least[1:] = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(character)))
        row = np.minimum.accumulate(least - places) + places
    return int(row[-1]) / len(one)


def png(image: Image.Image) -> bytes:
    """The bytes of the image as a file."""
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def engine_alone() -> Callable[[bytes], str]:
    """`rapidocr` as it comes, but quiet and on one thread."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    reader: Any = RapidOCR(params={"Global.log_level": "critical", **threads})
    return lambda image: "\n".join(reader(image).txts or ())


def tesseract() -> Callable[[bytes], str] | None:
    """Tesseract on one thread, or None where it is not installed."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        import tesserocr
    except ImportError:
        return None
    reader = tesserocr.PyTessBaseAPI()

    def read(image: bytes) -> str:
        reader.SetImage(Image.open(io.BytesIO(image)))
        return str(reader.GetUTF8Text())

    return read


def seconds() -> float:
    """Of the processor, in this process: other work on the machine does not count."""
    spent = os.times()
    return spent.user + spent.system


def measured(read: Callable[[bytes], str], images: list[bytes], truths: list[str]) -> tuple[list[float], list[float]]:
    """For each image the character error and the seconds it took, after a warm-up on the first."""
    read(images[0])
    errors, spent = [], []
    for image, truth in zip(images, truths, strict=True):
        begun = seconds()
        said = read(image)
        spent.append(seconds() - begun)
        errors.append(error(said, truth))
    return errors, spent


def main() -> float:
    """Print the errors and the paces; the ratio of the paces."""
    from showcause.intake.ocr import page_of

    sheets = [sheet(number) for number in range(len(PAGES))]
    truths = [one.text for one in sheets]
    ours, our_time = measured(page_of, [png(one.scanned) for one in sheets], truths)
    upright = [png(one.upright) for one in sheets]
    theirs, their_time = measured(engine_alone(), upright, truths)
    for (font, points, columns, angle, quarters, contrast), mine, its in zip(PAGES, ours, theirs, strict=True):
        turned = f"{angle:+.1f} degrees and {quarters} quarters, contrast {contrast:.2f}"
        print(f"  {font} {points} pt, {columns} columns, {turned}: error {mine:.4f} (engine, upright: {its:.4f})")
    ratio = sum(their_time) / sum(our_time)
    other = tesseract()
    if other is not None:
        errors, spent = measured(other, upright, truths)
        print(f"  tesseract, upright: error {np.mean(errors):.4f}, {60 * len(spent) / sum(spent):.1f} pages a minute")
    mean = float(np.mean(ours))
    print(f"ocr: character error {mean:.4f} (want <= {MOST_ERROR}); the engine alone, upright: {np.mean(theirs):.4f}")
    pace, its_pace = (60 * len(spent) / sum(spent) for spent in (our_time, their_time))
    print(
        f"ocr: {pace:.1f} pages a minute a core, the engine alone {its_pace:.1f}, ratio {ratio:.2f} (want >= {WANTED})"
    )
    return ratio


if __name__ == "__main__":
    main()
