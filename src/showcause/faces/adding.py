"""A run of `add` as a person sees it, on a bar, and as a program does, event by event."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from showcause.errors import BadInput
from showcause.faces import show as pages

if TYPE_CHECKING:
    from rich.console import RenderableType

    from showcause.core import Given
    from showcause.gather import Progress as Gathered
    from showcause.gather import Rules
    from showcause.matter import Matter

PAUSE = 0.5  # seconds between two events of progress


def rules(told: Mapping[str, Any], *, respondent: str) -> Rules:
    """The rules of a run from the options of the command; raises BadInput where a file that they name can't be used."""
    from showcause.gather import Rules, Scope
    from showcause.intake import software

    megabytes = told["larger_than"]
    return Rules(
        custodian=told["custodian"] or respondent,
        passwords=(*told["passwords"], *_lines(told["password_file"])),
        scope=Scope(told["scope"]),
        exclude=told["exclude"],
        largest=None if megabytes is None else megabytes << 20,
        software=software(told["nsrl"]) if told["nsrl"] else None,
        engine=told["engine"],
        anew=told["anew"],
    )


def as_events(matter: Matter, paths: Iterable[Path], rules: Rules, emit: Callable[[Iterable[Any]], None]) -> None:
    """A row of each new thing as it is committed, rows of progress between them, and a last one with the counts.

    The field `event` says which is which: "given", "progress", "done".
    """
    last = 0.0

    def tell(progress: Gathered) -> None:
        nonlocal last
        if time.monotonic() - last >= PAUSE:
            last = time.monotonic()
            emit([{"event": "progress"} | _as_json(progress)])

    def each(given: Given) -> None:
        emit([{"event": "given"} | pages.given_row(given)])

    counts = matter.add(paths, rules=rules, each=each, tell=tell)
    emit([{"event": "done", "new": {state.value: many for state, many in sorted(counts.items())}}])


def as_bar(matter: Matter, paths: Iterable[Path], rules: Rules) -> RenderableType:
    """The run behind a bar on standard error, where that is a terminal; then the counts and what was not read."""
    from showcause.core import State

    unread: list[Given] = []

    def each(given: Given) -> None:
        if given.state in {State.UNREADABLE, State.SKIPPED}:
            unread.append(given)

    with _bar() as tell:
        counts = matter.add(paths, rules=rules, each=each, tell=tell)
    return pages.added(counts, unread)


@contextmanager
def _bar() -> Iterator[Callable[[Gathered], None]]:
    from showcause.gather import silent

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console, Group
    from rich.live import Live
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn
    from rich.text import Text

    bar = Progress(BarColumn(bar_width=40), TaskProgressColumn(), TimeRemainingColumn(compact=True))
    task = bar.add_task("", total=None)
    begun = time.monotonic()
    with Live(console=Console(stderr=True), refresh_per_second=4, transient=True) as live:

        def tell(progress: Gathered) -> None:
            bar.update(task, completed=progress.bytes, total=progress.bytes_total or None)
            lines = (Text(line, no_wrap=True, overflow="ellipsis") for line in _lines_of(progress, begun))
            live.update(Group(bar, *lines))

        yield tell


def _lines_of(progress: Gathered, begun: float) -> Iterator[str]:
    """Two lines under the bar: how much, how fast, how many exceptions; and what it is at."""
    rate = progress.bytes / (1 << 20) / max(0.1, time.monotonic() - begun)
    files = (
        f"{progress.files:,} of {progress.files_total:,} files, {progress.things:,} things, {progress.pages:,} pages"
    )
    yield f"{files}, {rate:,.1f} MB/s, {progress.exceptions:,} exceptions"
    yield f"at {progress.now[-72:]}"


def _as_json(progress: Gathered) -> dict[str, Any]:
    return {name: getattr(progress, name) for name in progress.__slots__}


def _lines(path: Path | None) -> Sequence[str]:
    if path is None:
        return ()
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, UnicodeDecodeError) as unread:
        raise BadInput(f"{path}: can't be read as a list of passwords, one a line ({unread})") from unread
