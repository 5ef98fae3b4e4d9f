"""Pages stamped and written as TIFF Group 4 a second, against bare rendering and encoding of the same pages.

Bare is what pypdfium2 and Pillow do by themselves in the fewest steps: render in grey at 300 dots an inch, cut at
half, save as Group 4. Ours also looks for colour, for white where the stamp goes, takes the paper's shade out, and
stamps. The two are run in turns, page by page; the ratio is the median over the turns.
"""

from __future__ import annotations

import io
import statistics
import time
from typing import Any

from pages import files

from showcause.produce.item import Item
from showcause.produce.paging import Pages, opened
from showcause.produce.profile import ImageRules
from showcause.produce.stamp import Endorsement, stamped

PAGES = 16
TURNS = 7
WANTED = 0.8


def bare(pdf: Any, number: int) -> None:
    """Render and encode, nothing else."""
    from PIL import Image

    image = pdf[number - 1].render(scale=300 / 72, grayscale=True).to_pil()
    image.convert("1", dither=Image.Dither.NONE).save(io.BytesIO(), "TIFF", compression="group4")


def ours(pages: Pages, number: int) -> None:
    """The page as a production has it."""
    endorsement = Endorsement(f"BENCH-{number:06d}", "CONFIDENTIAL")
    stamped(pages, number, endorsement=endorsement, rules=ImageRules()).file()


def turn(blob: bytes) -> tuple[float, float]:
    """Seconds for the pages of one file, bare and ours, page by page in turns."""
    import pypdfium2

    pdf, spent = pypdfium2.PdfDocument(blob), [0.0, 0.0]
    with opened(Item("bench", "bench.pdf", "pdf", blob, "", ("Nobody",))) as pages:
        for number in range(1, PAGES + 1):
            both = [(0, bare, pdf), (1, ours, pages)]
            for place, work, source in both if number % 2 else reversed(both):  # whoever comes second finds it warm
                begun = time.perf_counter()
                work(source, number)
                spent[place] += time.perf_counter() - begun
    return spent[0], spent[1]


def main() -> float:
    """Print one line; the median ratio."""
    blobs = files()[:TURNS]
    turn(blobs[0])
    turns = [turn(blob) for blob in blobs]
    ratio = statistics.median(base / spent for base, spent in turns)
    rate = statistics.median(PAGES / spent for _, spent in turns)
    print(f"stamp: {rate:.1f} pages/s as Group 4, ratio {ratio:.2f} (want >= {WANTED})")
    return ratio


if __name__ == "__main__":
    main()
