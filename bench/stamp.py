"""Pages stamped and written as TIFF Group 4 a second, against bare rendering and encoding of the same pages.

Bare is what pypdfium2 and Pillow do by themselves in the fewest steps: render in grey at 300 dots an inch, cut at
half, save as Group 4. Ours also looks for colour, for white where the stamp goes, takes the paper's shade out, and
stamps. The two are run in turns, page by page; the ratio is the median over the turns.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

from pages import files

from showcause.produce.item import Item
from showcause.produce.paging import opened
from showcause.produce.profile import ImageRules
from showcause.produce.stamp import Endorsement, stamped

PAGES = 16
TURNS = 7
WANTED = 0.8


def bare(blob: bytes) -> None:
    """Render and encode, nothing else."""
    import pypdfium2
    from PIL import Image

    pdf = pypdfium2.PdfDocument(blob)
    for number in range(PAGES):
        image = pdf[number].render(scale=300 / 72, grayscale=True).to_pil()
        image.convert("1", dither=Image.Dither.NONE).save(io.BytesIO(), "TIFF", compression="group4")


def ours(blob: bytes) -> None:
    """The pages as a production has them."""
    item = Item("bench", "bench.pdf", "pdf", blob, "", ("Nobody",))
    with opened(item) as pages:
        for number in range(1, PAGES + 1):
            endorsement = Endorsement(f"BENCH-{number:06d}", "CONFIDENTIAL")
            stamped(pages, number, endorsement=endorsement, rules=ImageRules()).file()


def timed(work: Callable[[bytes], None], blob: bytes) -> float:
    """Pages a second."""
    begun = time.perf_counter()
    work(blob)
    return PAGES / (time.perf_counter() - begun)


def main() -> float:
    """Print one line; the median ratio."""
    blobs = files()[:TURNS]
    ours(blobs[0])
    ratios, rates = [], []
    for blob in blobs:
        base = timed(bare, blob)
        rates.append(timed(ours, blob))
        ratios.append(rates[-1] / base)
    ratio = statistics.median(ratios)
    print(f"stamp: {statistics.median(rates):.1f} pages/s as Group 4, ratio {ratio:.2f} (want >= {WANTED})")
    return ratio


if __name__ == "__main__":
    main()
