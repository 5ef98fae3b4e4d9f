"""Pages a second through the whole of `add`, everything stored, against bare pypdfium2 and against markitdown.

`add` walks, hashes, reads in a worker process, keeps the bytes under their SHA-256, and commits text, marks, custody
and log with the store's indexes; the peers open the same files and take the text. All are held to one processor, in
turns; then `add` once more with two workers on two processors against one on one.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import time
from collections.abc import Callable

import pages

from showcause import settings, store
from showcause.gather import Gathering, Rules

TURNS = 3
FEW = 2  # files that markitdown is given, which takes its time


def held(work: Callable[[], int], cores: int = 1) -> float:
    """Pages a second on that many processors."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(all_of_them)[:cores]))
    try:
        begun = time.perf_counter()
        return work() / (time.perf_counter() - begun)
    finally:
        os.sched_setaffinity(0, all_of_them)


def stored(workers: int = 1) -> int:
    """The files of the pages bench added to a fresh store; the number of their pages."""
    root = pages.OUT.parent / "store"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    kept = store.open(root / "matter.db", blobs=root / "blobs")
    own = settings.read({"SHOWCAUSE_ACTOR": "bench", "SHOWCAUSE_WORKERS": str(workers)})
    given = list(Gathering(kept, own, Rules("bench")).add([pages.OUT]))
    count = sum(len(kept.document(one.document).pages.marks) for one in given if one.document)
    kept.close()
    return count


def markitdown(blobs: list[bytes]) -> float | None:
    """Pages a second of markitdown on some of the files; None where it isn't installed."""
    try:
        from markitdown import MarkItDown, StreamInfo
    except ImportError:
        return None
    made, info, some = MarkItDown(), StreamInfo(extension=".pdf"), blobs[:FEW]

    def work() -> int:
        for blob in some:
            made.convert_stream(io.BytesIO(blob), stream_info=info)
        return sum(map(pages.bare, some))

    return held(work)


def main() -> None:
    """Print the medians of interleaved turns."""
    blobs = pages.files()
    turns = [(held(stored), held(lambda: sum(map(pages.bare, blobs)))) for _ in range(TURNS)]
    ours, peer = (statistics.median(column) for column in zip(*turns, strict=True))
    ratio = statistics.median(a / b for a, b in turns)
    print(
        f"add: showcause {ours:,.0f} pages/s with everything stored, bare pypdfium2 {peer:,.0f}/s, ratio {ratio:.2f} (want >= 0.7)"
    )
    other = markitdown(blobs)
    if other is None:
        print("add: markitdown is not installed: its ratio is LEFT OUT (`make bench` installs it)")
    else:
        print(f"add: markitdown {other:,.1f} pages/s, showcause {ours / other:,.0f} times that (want >= 10)")
    both = [(held(lambda: stored(2), 2), held(stored)) for _ in range(TURNS)]
    print(
        f"add: two processes on two cores {statistics.median(a for a, _ in both):,.0f} pages/s, "
        f"{statistics.median(a / b for a, b in both):.2f} times one on one (want >= 1.7)"
    )


if __name__ == "__main__":
    main()
