"""What every command is made of: the group that turns a refusal into one line, the matter it works on, what it prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showcause import settings
from showcause.errors import ShowcauseError

if TYPE_CHECKING:  # rich and the matter are loaded by the commands that need them
    from showcause.matter import Matter

FILE = click.Path(path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="JSON or JSON Lines on standard output, nothing else.")


class Faces(click.Group):
    """The command group: commands stand in the order of the work, and a known error is one line and its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands as they were written, not by the alphabet."""
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command; what showcause says no to is one line on standard error and the error's exit code."""
        try:
            return super().main(*args, **kwargs)
        except ShowcauseError as refused:
            click.echo(f"showcause: {refused}", err=True)
            sys.exit(refused.exit_code)
        except OSError as failed:
            sys.exit(_disk(failed))


def _disk(failed: OSError) -> int:
    import errno

    from showcause.errors import BadInput, NoRoom

    full = failed.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
    named = f"{failed.filename}: " if failed.filename else ""
    click.echo(f"showcause: {named}{failed.strerror or failed}; what was written before stands", err=True)
    return (NoRoom if full else BadInput).exit_code


def emit(rows: Iterable[Any]) -> None:
    """JSON Lines, one a row."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=str))


@contextmanager
def opened(folder: Path | None) -> Iterator[Matter]:
    """The matter that a command works on, closed afterwards."""
    from showcause import matter

    with matter.find(folder or Path.cwd(), settings=settings.read()) as found:
        yield found


def near(path: Path) -> Path:
    """The path as seen from the working folder, where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def show(renderable: Any) -> None:
    """A table or text on standard output, words in brackets as they stand."""
    from rich.console import Console

    Console(highlight=False, markup=False, soft_wrap=False).print(renderable)


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Callable[..., None]]:
    """A bar on standard error when it is a terminal; the yielded call takes (done, total, note)."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None, note="")
        yield lambda done, total=None, note="": bar.update(task, completed=done, total=total, note=note[-40:])
