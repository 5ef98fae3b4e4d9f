"""Pages read per second by the whole read path against bare pypdfium2 text extraction over the same files.

The files are made here by Typst from a fixed seed: manuals of several layouts. The two are run in turns, and the
ratio is the median over the turns. `main` takes a step that stores each Reading, so that the same bench also tells
what a page costs when everything is stored.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from showcause.intake import Reading, read

OUT = Path(__file__).parent / "out" / "pages"
SEED = 7
FILES = 48
TURNS = 7
WANTED = 0.6
WORDS = (  # noqa: SIM905 - a paragraph of words is easier to read than a list
    "member officer record person request agency section policy shall must may not unless except notice public "
    "inspection disclosure supervisor approval retention schedule complaint review written within days division "
    "commander report information custody release contact court order warrant training bulletin effective revised"
).split()

Store = Callable[[Reading, bytes], object]


def manual(number: int) -> str:
    """The Typst source of a manual of about thirty pages: header and footer, headings, lists, tables, columns."""
    chance = random.Random(SEED * 1000 + number)  # noqa: S311 - a seeded choice of words, no secret

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(8, 30))).capitalize() + "."

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(chance.randint(2, 6)))

    lines = [
        '#set document(title: "Manual")',
        f'#set page(paper: "us-letter", header: [Manual {number}], footer: context counter(page).display())',
        f"#set page(columns: {1 + number % 2})",
        '#set heading(numbering: "1.1")',
        "#set par(justify: true)",
        "#set text(size: 10.5pt, hyphenate: true)",
    ]
    for _ in range(40):
        lines += [f"= {sentence()}", paragraph(), "", paragraph(), ""]
        lines += [f"+ {sentence()}" for _ in range(4)]
        lines += [f"== {sentence()}", *(f"{paragraph()}\n" for _ in range(4))]
        lines += ["#table(columns: 3, " + ", ".join(f"[{sentence()}]" for _ in range(9)) + ")"]
    return "\n".join(lines)


def files() -> list[bytes]:
    """The PDFs, made once."""
    import typst

    OUT.mkdir(parents=True, exist_ok=True)
    for number in range(FILES):
        path = OUT / f"manual-{SEED}-{number}.pdf"
        if not path.exists():
            path.write_bytes(typst.compile(manual(number).encode()))
    return [(OUT / f"manual-{SEED}-{number}.pdf").read_bytes() for number in range(FILES)]


def bare(blob: bytes) -> int:
    """The text of each page as pypdfium2's own manual takes it; the number of pages."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(blob)
    for page in pdf:
        page.get_textpage().get_text_range()
    return len(pdf)


def whole(blobs: Iterable[bytes], store: Store | None) -> int:
    """Every file read with its marks and headings and, where there is a `store`, stored; the number of pages."""
    pages = 0
    for number, blob in enumerate(blobs):
        reading = read(blob, name=f"manual-{number}.pdf")
        pages += len(reading.pages.marks)
        if store is not None:
            store(reading, blob)
    return pages


def timed(work: Callable[[], int]) -> float:
    """Pages a second."""
    begun = time.perf_counter()
    pages = work()
    return pages / (time.perf_counter() - begun)


def main(store: Store | None = None, label: str = "showcause") -> float:
    """Print one line; the median ratio."""
    blobs = files()
    ours, theirs, ratios = [], [], []
    for _ in range(TURNS):
        theirs.append(timed(lambda: sum(bare(blob) for blob in blobs)))
        ours.append(timed(lambda: whole(blobs, store)))
        ratios.append(ours[-1] / theirs[-1])
    ratio = statistics.median(ratios)
    said = f"{label} {statistics.median(ours):,.0f}/s, bare pypdfium2 {statistics.median(theirs):,.0f}/s"
    print(f"pages: {said}, ratio {ratio:.2f} (want >= {WANTED})")
    return ratio


if __name__ == "__main__":
    main()
