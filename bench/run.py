"""Every benchmark in turn; each prints its ratio against the peer it names, measured in the same run."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

BENCHES = (
    "start",
    "judge",
    "articles",
    "pages",
    "add",
    "mail",
    "office",
    "ocr",
    "damaged",
    "board",
    "cluster",
    "verify",
    "loadfile",
    "stamp",
    "ink",
    "leaks",
    "find",
    "responsive",
    "screening",
)


def main() -> None:
    """Run the benchmarks named as arguments, or all of them."""
    names, sys.argv[1:] = sys.argv[1:] or list(BENCHES), []  # a bench reads its own arguments when it is run by itself
    for name in names:
        print(f"== {name}", flush=True)
        importlib.import_module(name).main()


if __name__ == "__main__":
    main()
