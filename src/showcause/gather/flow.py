"""Tasks in, what came of each out in their order, with everything that one worker alone could not do.

A worker takes a thing with all that is inside it. Three kinds of things come back unfinished: a wrapper with much in it
is cut into pieces, which the workers read like files; a scan of many pages is recognised some pages at a time; and a
family that ended its worker is taken again thing by thing, so that only the guilty one is lost.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from showcause import intake, runner
from showcause.errors import Unreadable
from showcause.gather.rules import Rules
from showcause.gather.task import Step, Taken, Task, carried, inner_tasks, opened, take
from showcause.intake import HEAD, Limits, PageText, Piece, Reading, completed, singles
from showcause.settings import Settings

SOME = 8  # pages of a scan that a worker recognises at a time


@dataclass(frozen=True, slots=True)
class Sheets:
    """Some pages (from 1) of a scan, to be recognised."""

    source: Path | bytes
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A wrapper to be cut: its file, the folder to unpack to, its format."""

    path: Path
    spool: Path
    kind: str


def cut(wrapper: Cut, *, limits: Limits) -> Iterator[Piece]:
    """The pieces of a wrapper, as they are found; runs in a worker of its own."""
    container = next(c for c in intake.CONTAINERS if c.kind == wrapper.kind)
    yield from container.cut(wrapper.path, wrapper.spool, limits)


def recognised(sheets: Sheets, *, limits: Limits) -> tuple[PageText, ...]:
    """What is recognised on some pages of a scan."""
    return intake.recognise_pages(sheets.source, sheets.pages, limits)


def brought(sheets: Sheets) -> Sheets:
    """The pages with the bytes of their file, for a worker that can't reach this disk."""
    return replace(sheets, source=sheets.source if isinstance(sheets.source, bytes) else sheets.source.read_bytes())


class Flow:
    """Reads tasks by the engine that the rules name; `spool` is a folder for what must lie on the disk for a while."""

    def __init__(self, settings: Settings, rules: Rules, spool: Path) -> None:
        self._settings = settings
        self._rules = rules
        self._spool = spool
        self._limits = Limits(passwords=rules.passwords, tick=runner.tick)

    def taken(self, tasks: Iterable[Task]) -> Iterator[Taken | None]:
        """What came of each task, finished; None asks that all before it be committed now, because its files go."""
        for outcome in self._run(Step(take, limits=self._limits), tasks, carry=carried):
            if outcome.value is None:
                yield from self._rescued(outcome)
            elif outcome.item.piece is not None:
                for thing in outcome.value.inside:
                    yield from self._finished(thing)
            else:
                yield from self._finished(outcome.value)

    def alone(self, task: Task) -> Taken:
        """One thing without what is inside it, read in a worker of its own on this machine."""
        step = Step(take, limits=self._limits, deep=False)
        outcome = next(iter(self._here(step, [task])))
        return self._legible(outcome.value or Taken(task, reason=outcome.reason))

    def _run(
        self, step: Callable[[Any], Any], items: Iterable[Any], *, carry: Callable[[Any], Any]
    ) -> Iterator[runner.Outcome[Any, Any]]:
        own = self._settings
        return runner.run(
            step,
            items,
            workers=own.workers,
            seconds=own.seconds,
            megabytes=own.megabytes,
            engine=self._rules.engine,
            carry=carry,
        )

    def _here(self, step: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[runner.Outcome[Any, Any]]:
        own = self._settings
        return runner.run(step, items, workers=own.workers, seconds=own.seconds, megabytes=own.megabytes)

    # --- what one worker could not finish --------------------------------------------------------

    def _finished(self, taken: Taken) -> Iterator[Taken | None]:
        """The thing with everything done that was put off; what was found in a wrapper comes before the wrapper."""
        yield (yield from self._completed(taken))

    def _completed(self, taken: Taken) -> Generator[Taken | None, None, Taken]:
        inside: list[Taken] = []
        for part in taken.inside:
            inside += [(yield from self._completed(part))]
        if taken.bulky:
            taken = yield from self._expanded(taken.task)
        return self._legible(replace(taken, inside=tuple(inside)))

    def _legible(self, taken: Taken) -> Taken:
        """The thing with the pages recognised that one worker left, by all of them, some pages each."""
        reading = taken.reading
        if reading is None or not reading.pending:
            return taken
        with self._on_disk(taken.task) as (path, _):
            pages = reading.pending
            some = [Sheets(path, pages[start : start + SOME]) for start in range(0, len(pages), SOME)]
            read: list[PageText] = []
            for outcome in self._run(Step(recognised, limits=self._limits), some, carry=brought):
                lost = (PageText(page, reason=outcome.reason or "") for page in outcome.item.pages)
                read += lost if outcome.value is None else outcome.value
        try:
            return replace(taken, reading=completed(reading, read))
        except Unreadable as wordless:
            return replace(taken, reading=None, reason=str(wordless))

    def _expanded(self, task: Task) -> Generator[Taken | None, None, Taken]:
        """All that is in a wrapper, then the wrapper itself."""
        with self._on_disk(task) as (path, spool):
            kind = _kind(path, task.name)
            told = _Told()
            own = self._settings
            wrapper = Cut(path, spool, kind)
            pieces = runner.stream(
                Step(cut, limits=self._limits), wrapper, seconds=own.seconds, megabytes=own.megabytes
            )
            tasks = (replace(task, source=path, spool=spool, kind=kind, piece=piece) for piece in told.heard(pieces))
            yield from self._taken_pieces(tasks)
            yield None
        if told.whole:
            return self.alone(task)
        if told.reason:
            after = f"; {told.things:,} things before that were taken" if told.things else ""
            return Taken(task, reason=told.reason + after)
        return Taken(task, Reading(kind, "", notes=tuple(told.notes), container=True))

    def _taken_pieces(self, tasks: Iterable[Task]) -> Iterator[Taken | None]:
        if self._rules.engine in {"workers", "serial"}:
            yield from self.taken(tasks)
            return
        # The container lies on this disk alone: its things are opened here, and travel with their bytes.
        failed: list[runner.Outcome[Any, Any]] = []

        def things() -> Iterator[Task]:
            for outcome in self._here(Step(opened, limits=self._limits), tasks):
                if outcome.value is None:
                    failed.append(outcome)
                else:
                    yield from outcome.value

        yield from self.taken(things())
        for outcome in failed:
            yield from self._rescued(outcome)

    def _rescued(self, outcome: runner.Outcome[Task, Any]) -> Iterator[Taken | None]:
        """What can be had of a task that ended its worker."""
        task = outcome.item
        if task.piece is None and outcome.landmarks == 0:
            yield Taken(task, reason=outcome.reason)  # it was the outermost thing itself: there is nothing to save
        elif task.piece is None:
            yield from self._finished(self._piecemeal(task))
        elif len(task.piece.keys) > 1:
            yield from self._taken_pieces(replace(task, piece=one) for one in singles(task.piece))
        else:
            found = next(iter(self._here(Step(opened, limits=self._limits), [task])))
            if found.value is None:
                yield Taken(_nameless(task), reason=found.reason)
            for thing in found.value or ():
                yield from self._finished(self._piecemeal(thing))

    def _piecemeal(self, task: Task) -> Taken:
        """A family thing by thing, so that only the guilty one is lost."""
        taken = self.alone(task)
        return replace(taken, inside=tuple(self._piecemeal(part) for part in inner_tasks(taken)))

    @contextmanager
    def _on_disk(self, task: Task) -> Iterator[tuple[Path, Path]]:
        """The file of a task, and a folder to unpack it to, which goes afterwards."""
        self._spool.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=self._spool))
        try:
            path = task.source
            if isinstance(path, bytes):
                path = folder / "source"
                path.write_bytes(task.source if isinstance(task.source, bytes) else b"")
            inside = folder / "inside"
            inside.mkdir()
            yield path, inside
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class _Told:
    """What the cutting of a wrapper had to say beside its pieces."""

    def __init__(self) -> None:
        self.notes: dict[str, None] = {}
        self.reason: str | None = None
        self.things = 0
        self.whole = False

    def heard(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """The pieces that have things in them; what ends the cutting early becomes the reason."""
        try:
            for piece in pieces:
                self.whole = self.whole or piece.whole
                self.things += len(piece.keys)
                self.notes |= {piece.note: None} if piece.note else {}
                if piece.keys:
                    yield piece
        except Unreadable as ended:
            self.reason = str(ended)


def _kind(path: Path, name: str) -> str:
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    return next(container.kind for container in intake.CONTAINERS if container.knows(head, name))


def _nameless(task: Task) -> Task:
    """A thing of a container that could not even be opened, called by its key."""
    key = str(task.piece.keys[0]) if task.piece else ""
    return replace(
        task, path=f"{task.path}!/{key}", name=key, size=0, sha256="", parent=task.path, source=b"", piece=None
    )
