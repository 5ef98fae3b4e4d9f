"""A thing to be read in, what it says and what was found inside it out; all of this runs in a worker."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from showcause import intake
from showcause.core import Mail
from showcause.errors import ShowcauseError, Unreadable
from showcause.intake import HEAD, Bulky, Container, Limits, Part, Piece, Reading, contained
from showcause.runner import tick

DEPTH = 32  # things inside things
HEAVIER = 1536 << 20  # bytes: a file that is no wrapper is held in memory while it is read, and this is too much


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be read: a file, a part found inside one, or a piece of a container.

    `refused` says why it can't be read and `skipped` by which rule it isn't; `repeats` names the document that its bytes
    became before. Where there is a
    `piece`, `source` is the container's file, `spool` the folder it was unpacked to and `kind` its format; the task
    stands for all things of the piece.
    """

    path: str
    name: str
    size: int
    sha256: str
    source: Path | bytes = field(repr=False)
    modified: datetime | None = None
    parent: str | None = None
    depth: int = 0
    refused: str | None = None
    skipped: str | None = None
    repeats: str | None = None
    inline: bool = False
    loose: bool = False
    kind: str = ""
    spool: Path | None = None
    piece: Piece | None = None

    @property
    def settled(self) -> bool:
        """Whether there is nothing to read."""
        return bool(self.refused or self.skipped or self.repeats)


@dataclass(frozen=True, slots=True)
class Taken:
    """A task with what it says, or the reason why nothing, and what was found inside it.

    `bulky` says that it is a wrapper with more inside than one worker should hold: it is to be cut. Where the task is a
    piece, the things of it are `inside`, and it is nothing by itself.
    """

    task: Task
    reading: Reading | None = None
    reason: str | None = None
    inside: tuple[Taken, ...] = ()
    bulky: bool = False

    @property
    def mail(self) -> Mail | None:
        """The header, where the thing is a message."""
        return self.reading.mail if self.reading else None


class Step(partial[Any]):
    """A step for a worker: it brings the readers of all formats, so that they are there before the first thing is."""

    def __setstate__(self, state: Any) -> None:
        super().__setstate__(state)  # type: ignore[misc]  # the stubs leave it out
        _ = intake.READERS, intake.CONTAINERS


class _Budget:
    """What may still be found inside one outermost thing, so that wrappers inside wrappers end."""

    def __init__(self, limits: Limits) -> None:
        self._bytes, self._things = limits.unpacked, limits.parts

    def refuses(self, size: int) -> str | None:
        """Take a thing of that many bytes into account; the reason where it is one too many."""
        self._bytes -= size
        self._things -= 1
        if self._things < 0:
            return "too large: there are too many things inside the file it came in"
        return "too large: what is inside the file it came in unpacks to too much" if self._bytes < 0 else None


def take(task: Task, *, limits: Limits, deep: bool = True) -> Taken:
    """What a task and (where `deep`) everything inside it says."""
    if task.piece is not None:
        return Taken(task, inside=tuple(_each(task, limits)))
    return _take(task, limits, _Budget(limits) if deep else None)


def opened(task: Task, *, limits: Limits) -> tuple[Task, ...]:
    """The things of a piece as tasks of their own, unread, with their bytes."""
    return tuple(_things(task, limits))


def carried(task: Task) -> Task:
    """The task with its bytes, for a worker that can't reach this disk."""
    if isinstance(task.source, bytes) or task.piece is not None or task.settled:
        return task
    return replace(task, source=task.source.read_bytes())


def _each(task: Task, limits: Limits) -> Iterator[Taken]:
    for thing in _things(task, limits):
        yield _take(thing, limits, _Budget(limits))
        limits.tick()


def _things(task: Task, limits: Limits) -> Iterator[Task]:
    container = next(c for c in intake.CONTAINERS if c.kind == task.kind)
    if task.piece is None or task.spool is None or isinstance(task.source, bytes):
        raise ValueError(f"{task.path}: no piece of a container")
    parts = container.parts(task.source, task.spool, task.piece, limits)
    yield from (_inner(task, part, loose=True) for part in parts)


def _take(task: Task, limits: Limits, budget: _Budget | None) -> Taken:
    if task.settled:
        return Taken(task)
    try:
        reading = _reading(task, limits)
    except Bulky:
        return Taken(task, bulky=True)
    except ShowcauseError as refused:
        return Taken(task, reason=str(refused))
    except OSError as refused:
        return Taken(task, reason=f"can't be read: {refused.strerror or refused}")
    if task.parent is None:
        tick(landmark=True)  # whatever ends this worker from here on, it is no fault of the outermost thing
    inside = tuple(_take(part, limits, budget) for part in _inners(task, reading, budget)) if budget else ()
    return Taken(task, reading if budget is None else replace(reading, parts=()), inside=inside)


def _reading(task: Task, limits: Limits) -> Reading:
    """What the bytes say; a wrapper is opened by its path, which a thing from memory is given for the moment."""
    container = _container(task)
    if container is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = task.source if isinstance(task.source, Path) else _written(task.source, Path(folder), task.name)
            found = contained(path, container, limits)
        if found is not None:
            return found
    if task.size > HEAVIER:
        raise Unreadable(
            f"too large: {task.size >> 20:,} MB, and a file of its kind is read whole, up to {HEAVIER >> 20:,}"
        )
    blob = task.source if isinstance(task.source, bytes) else task.source.read_bytes()
    return intake.read(blob, name=task.name, limits=limits)


def _container(task: Task) -> Container | None:
    if isinstance(task.source, bytes):
        head = task.source[:HEAD]
    else:
        with task.source.open("rb") as stream:
            head = stream.read(HEAD)
    return next((container for container in intake.CONTAINERS if container.knows(head, task.name)), None)


def _written(blob: bytes, folder: Path, name: str) -> Path:
    # A compressed stream's inner name follows from its own; of any other name only a plain one is worth keeping.
    safe = "".join(c if c.isalnum() or c in "._- " else "_" for c in name)[-80:].lstrip(".")
    path = folder / (safe or "file")
    path.write_bytes(blob)
    return path


def _inners(task: Task, reading: Reading, budget: _Budget) -> Iterator[Task]:
    for part in reading.parts:
        inner = _inner(task, part, loose=reading.container)
        refused = inner.refused or budget.refuses(inner.size)
        yield replace(inner, refused=refused) if refused else inner


def inner_tasks(taken: Taken) -> tuple[Task, ...]:
    """The parts of a thing that was taken without what is inside it, as tasks."""
    reading = taken.reading
    return tuple(_inner(taken.task, part, loose=reading.container) for part in reading.parts) if reading else ()


def _inner(task: Task, part: Part, *, loose: bool) -> Task:
    size, sha256 = _measured(part.blob)
    deep = f"more than {DEPTH} things deep inside others" if task.depth >= DEPTH else None
    return Task(
        path=f"{task.path}!/{part.name}",
        name=part.name.rpartition("/")[2] or part.name,
        size=size,
        sha256=sha256,
        source=part.blob,
        modified=part.modified or (task.modified if not task.piece else None),
        parent=task.path,
        depth=task.depth + 1,
        refused=part.refused or deep,
        skipped=part.skipped,
        inline=part.inline,
        loose=loose,
    )


def _measured(blob: bytes | Path) -> tuple[int, str]:
    if isinstance(blob, bytes):
        return len(blob), hashlib.sha256(blob).hexdigest()
    with blob.open("rb") as stream:
        return blob.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest()
