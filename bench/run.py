"""Every benchmark in turn; each prints its ratio against the peer it names, measured in the same run."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

BENCHES = ("start", "judge", "pages", "add", "verify")


def main() -> None:
    """Run the benchmarks named as arguments, or all of them."""
    for name in sys.argv[1:] or BENCHES:
        print(f"== {name}", flush=True)
        importlib.import_module(name).main()


if __name__ == "__main__":
    main()
