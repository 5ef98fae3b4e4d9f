"""A board of 300 matters: seconds the first time, and once what has not changed is known from the last time.

There is no peer to name; the measure is the wanted second, and the ratio is of the first reading to the next.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from showcause import campaign, matter, settings

MANY, WANTED = 300, 1.0  # matters; seconds
LETTER = """Office of Assurance

May 5, 2031

City Attorney
City of Number {n}

Dear Counsel:

Under 2 C.F.R. § 200.337, please produce the following no later than June {day}, 2031:

1. Every general order in force since January 1, 2030.

2. The training records for each such order.

Sincerely,

Ines Corrado
Director
"""


def made(root: Path, told: settings.Settings) -> None:
    """The matters: one is made and asked by the commands' own way, the others are copies of it under other names."""
    (root / "letter.txt").write_text(LETTER.format(n=1, day=6))
    with matter.init(root / "m" / "1", laws=["us/8-usc-1373"], respondent="City of Number 1", settings=told) as first:
        first.ask(root / "letter.txt")
    for number in range(2, MANY + 1):
        place = root / "m" / str(number)
        shutil.copytree(root / "m" / "1", place)
        facts = (place / "matter.toml").read_text().replace("Number 1", f"Number {number}")
        (place / "matter.toml").write_text(facts)


def main() -> None:
    """Print the two readings."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        told = replace(settings.read({"HOME": folder}), actor="bench")
        made(root, told)
        times = []
        for _ in range(2):
            begun = time.perf_counter()
            rows = campaign.board(campaign.folders(root / "m"), settings=told, today=date(2031, 5, 20), keep=root / "m")
            times.append(time.perf_counter() - begun)
            if len(rows) != MANY:
                raise SystemExit(f"board: {len(rows)} rows of {MANY} matters")
    first, again = times
    print(
        f"board of {MANY} matters: first {first:.2f} s, again {again:.2f} s, ratio {first / again:.0f} (want again <= {WANTED})"
    )


if __name__ == "__main__":
    main()
