"""Pages a second through the whole of `add`, everything stored, against bare pypdfium2 text extraction, on one core.

`add` walks, hashes, reads in a worker process, keeps the bytes under their SHA-256, and commits text, marks, custody
and log; the peer opens the same files and takes the text of each page. Both are held to one processor, in turns.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pages

from showcause import settings, store
from showcause.gather import Gathering, Rules

TURNS = 3


def held(work: Callable[[], int]) -> float:
    """Pages a second on one processor."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    try:
        begun = time.perf_counter()
        return work() / (time.perf_counter() - begun)
    finally:
        os.sched_setaffinity(0, all_of_them)


def stored(root: Path) -> int:
    """The files of the pages bench added to a fresh store; the number of their pages."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    kept = store.open(root / "matter.db", blobs=root / "blobs")
    own = settings.read({"SHOWCAUSE_ACTOR": "bench", "SHOWCAUSE_WORKERS": "1"})
    given = list(Gathering(kept, own, Rules("bench")).add([pages.OUT]))
    count = sum(len(kept.document(one.document).pages.marks) for one in given if one.document)
    kept.close()
    return count


def main() -> None:
    """Print the median of three interleaved turns."""
    blobs = pages.files()
    turns = [
        (held(lambda: stored(pages.OUT.parent / "store")), held(lambda: sum(map(pages.bare, blobs))))
        for _ in range(TURNS)
    ]
    ours, peer = (statistics.median(column) for column in zip(*turns, strict=True))
    ratio = statistics.median(a / b for a, b in turns)
    print(
        f"add: showcause {ours:,.0f} pages/s with everything stored, bare pypdfium2 {peer:,.0f}/s, ratio {ratio:.2f} (want >= 0.6)"
    )


if __name__ == "__main__":
    main()
