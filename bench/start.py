"""`showcause --help` against a bare `python -c pass`: what the command adds before it answers."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

COMMAND = Path(sys.executable).with_name("showcause")


def seconds(*words: str) -> float:
    """Wall seconds of one run."""
    began = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print the medians of eleven interleaved runs."""
    pairs = [(seconds(str(COMMAND), "--help"), seconds(sys.executable, "-c", "pass")) for _ in range(11)]
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"start: showcause --help {ours:.3f} s, bare python {bare:.3f} s, ratio {ours / bare:.1f} (want under 0.4 s)")
