"""The reference, from the code: `python docs/generate.py` writes it, `--check` says whether it is true."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from showcause.faces.cli import main as command

HERE = Path(__file__).parent / "reference"


def commands(group: click.Command, words: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command below `group` with the words that call it, in the order of the help."""
    if not isinstance(group, click.Group):
        return [(words, group)]
    return [one for name in group.commands for one in commands(group.commands[name], (*words, name))]


def cli() -> str:
    """The commands' own help, as one page."""
    parts = ["# Commands\n", "Made from the code by `make docs`; exit codes stand in `showcause/errors.py`.\n"]
    for words, found in commands(command, ("showcause",)):
        with click.Context(found, info_name=" ".join(words), max_content_width=100) as ctx:
            parts.append(f"## `{' '.join(words)}`\n\n```text\n{found.get_help(ctx)}\n```\n")
    return "\n".join(parts)


def errors() -> str:
    """The tree of errors with exit codes and HTTP statuses, as it is drawn in the code."""
    from showcause import errors as tree

    return "# Errors\n\n```text\n" + (tree.__doc__ or "") + "```\n"


PAGES = {"commands.md": cli, "errors.md": errors}


def main() -> int:
    """Write the pages, or with `--check` name those that are not true."""
    stale = []
    for name, page in PAGES.items():
        place, text = HERE / name, page()
        if "--check" not in sys.argv:
            HERE.mkdir(exist_ok=True)
            place.write_text(text, encoding="utf-8")
        elif not place.exists() or place.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name in stale:
        print(f"docs/reference/{name} is not what the code says: run make docs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
