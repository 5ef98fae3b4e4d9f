"""The how-to for a new law: `python docs/howto.py` runs its commands and writes what they print into how-to-new-law.md.

The page holds files (a block whose first line names it: "<!-- file: memo.txt -->") and console blocks; everything that
stands after "$ " is run in a folder of its own, in order. `tests/test_howto.py` runs it all again and holds the page to
the words that the commands print.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).with_name("how-to-new-law.md")
FILE = re.compile(r"<!-- file: (?P<name>[\w./-]+) -->\n```\w*\n(?P<text>.*?)```\n", re.DOTALL)
CONSOLE = re.compile(r"```console\n(?P<text>.*?)```\n", re.DOTALL)
STEP = re.compile(FILE.pattern.replace("name>", "file>").replace("text>", "held>") + "|" + CONSOLE.pattern, re.DOTALL)


def run(page: str, folder: Path) -> str:
    """The page with what its commands print now at 80 columns; raises CalledProcessError where one fails.

    A command may end with another code than 0 where the page says so: "$ showcause law check bad.toml  # says no".
    """
    env = os.environ | {"COLUMNS": "80", "SHOWCAUSE_HOME": "home", "SHOWCAUSE_ACTOR": "clerk", "NO_COLOR": "1"}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"

    def step(m: re.Match[str]) -> str:
        if m["file"]:
            place = folder / m["file"]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(m["held"], encoding="utf-8")
            return m[0]
        lines = [line[2:] for line in m["text"].splitlines() if line.startswith("$ ")]
        return "```console\n" + "\n".join(f"$ {line}\n{_said(line, folder, env)}" for line in lines) + "```\n"

    return STEP.sub(step, page)


def _said(line: str, folder: Path, env: dict[str, str]) -> str:
    words, _, remark = line.partition("  # ")
    done = subprocess.run(
        shlex.split(words), cwd=folder, env=env, capture_output=True, text=True, check=not remark.startswith("says no")
    )
    said = done.stdout + done.stderr
    return "".join(f"{text.rstrip()}\n" for text in said.strip("\n").splitlines())


def main() -> None:
    """Write what the commands print into the page."""
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(run(PAGE.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")


if __name__ == "__main__":
    main()
