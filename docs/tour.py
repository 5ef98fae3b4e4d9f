"""The README's tour: `python docs/tour.py` runs its commands on the sample papers and writes what they print into README.md.

The commands stand in `TOUR`; the README holds them between two marks. `tests/test_readme.py` runs them again and holds
the README to the words that they print (numbers may differ: days pass, and keys are new each time).
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from showcause import demo_papers

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- tour -->\n", "<!-- end of tour -->\n"
TOUR = (
    'showcause init city --law us/8-usc-1373 --law ca/gov-7284.6 --respondent "City of Santa Ondina"',
    "showcause -m city law import papers/law/usc08_demo.xml",
    "showcause -m city add papers/records --custodian Police",
    "showcause -m city ask papers/letters/demand-2027-01-25.pdf",
    "showcause -m city assess",
    "showcause -m city opinion",
    "showcause key",
    "showcause -m city prove --withhold sections-722-724.eml",
    "showcause verify city/proof --rederive",
)


def run(folder: Path) -> list[tuple[str, str]]:
    """Each command of the tour with what it prints at 80 columns, in a folder that holds the sample papers alone.

    Raises CalledProcessError where a command fails.
    """
    demo_papers.write(folder / "papers")
    env = os.environ | {"COLUMNS": "80", "SHOWCAUSE_HOME": "home", "SHOWCAUSE_ACTOR": "clerk", "NO_COLOR": "1"}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    said = []
    for line in TOUR:
        done = subprocess.run(shlex.split(line), cwd=folder, env=env, capture_output=True, text=True, check=True)
        said.append((line, "\n".join(text.rstrip() for text in done.stdout.strip("\n").splitlines())))
    return said


def page(said: list[tuple[str, str]]) -> str:
    """The tour as a console block."""
    return "```console\n" + "\n\n".join(f"$ {line}\n{text}" for line, text in said) + "\n```\n"


def main() -> None:
    """Write the tour into README.md."""
    place = ROOT / "README.md"
    text = place.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    with tempfile.TemporaryDirectory() as scratch:
        said = run(Path(scratch))
    place.write_text(head + BEGIN + page(said) + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
