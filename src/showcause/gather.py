"""Paths in, records in the store out: every file and everything found in one ends in a named state, with its custody.

Files are read in worker processes, whole families at a time. A family is committed in one act, so a run that was cut
off never leaves a message without its attachments, and the next run takes up what is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from showcause import runner
from showcause.core import Document, Given, State
from showcause.errors import BadInput, ShowcauseError, Unreadable
from showcause.intake import Found, Reading, read, walk
from showcause.settings import Settings
from showcause.store import Store, Writing

BATCH = 64  # families committed in one act: what a kill can cost
HEAVY = 64 << 20  # bytes read after which a batch is committed however few its families
DEPTH = 32  # things inside things


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be read: a file, or a part found inside one.

    `refused` says why it must not be read, `repeats` names the document that its bytes became before.
    """

    path: str
    name: str
    size: int
    sha256: str
    source: Path | bytes
    modified: datetime | None = None
    parent: str | None = None
    depth: int = 0
    refused: str | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A task with what it says, or the reason why nothing, and what was found inside it."""

    task: Task
    reading: Reading | None = None
    reason: str | None = None
    inside: tuple[Taken, ...] = ()


def take(task: Task, *, deep: bool = True) -> Taken:
    """What a task and (where `deep`) everything inside it says; runs in a worker."""
    if task.refused or task.repeats:
        return Taken(task)
    try:
        blob = task.source if isinstance(task.source, bytes) else task.source.read_bytes()
        reading = read(blob, name=task.name)
    except ShowcauseError as refused:
        return Taken(task, reason=str(refused))
    except OSError as refused:
        return Taken(task, reason=f"can't be read: {refused.strerror or refused}")
    inside = tuple(take(part) for part in _parts(task, reading)) if deep else ()
    return Taken(task, reading, inside=inside)


def document_of(path: Path, *, custodian: str, settings: Settings) -> Document:
    """One file as a Document, read in a worker; raises Unreadable or BadInput, naming the file and the reason."""
    task = _of_file(Found(path))
    if task.refused:
        raise BadInput(f"{path}: {task.refused}")
    taken = _alone(task, settings)
    if taken.reading is None:
        raise Unreadable(f"{path}: {taken.reason}")
    return _document(task, taken.reading, custodian)


class Gathering:
    """One run of `add` into a store: what is known already is only looked at."""

    def __init__(self, store: Store, settings: Settings, custodian: str) -> None:
        self._store = store
        self._settings = settings
        self._custodian = custodian
        self._known = {(one.path, one.sha256) for one in store.given()}
        self._first: dict[str, str] = {}  # SHA-256 -> the document it became in this run

    def add(self, paths: Iterable[Path], *, tell: Callable[..., None]) -> Iterator[Given]:
        """Each new thing with the state it ended in; `tell` is called with (done, total, name)."""
        found = list(walk(paths))
        with self._store.writing():
            batch: list[Taken] = []
            heavy = 0
            for done, taken in enumerate(self._taken(found), start=1):
                batch.append(taken)
                heavy += taken.task.size
                if len(batch) == BATCH or heavy > HEAVY:
                    yield from self._commit(batch)
                    batch, heavy = [], 0
                tell(done, len(found), taken.task.path)
            yield from self._commit(batch)

    def _taken(self, found: Iterable[Found]) -> Iterator[Taken]:
        fresh = (task for task in map(_of_file, found) if (task.path, task.sha256) not in self._known)
        own = self._settings
        marked = map(self._marked, fresh)
        for outcome in runner.run(take, marked, workers=own.workers, seconds=own.seconds, megabytes=own.megabytes):
            yield outcome.value or self._piecemeal(outcome.item)

    def _marked(self, task: Task) -> Task:
        known = self._first.get(task.sha256) or next(iter(self._store.documents_of(task.sha256)), None)
        return replace(task, repeats=known)

    def _piecemeal(self, task: Task) -> Taken:
        """A family that ended its worker, thing by thing, so that only the guilty one is lost."""
        taken = _alone(task, self._settings)
        if taken.reading is None:
            return taken
        return replace(taken, inside=tuple(self._piecemeal(part) for part in _parts(task, taken.reading)))

    def _commit(self, batch: Iterable[Taken]) -> Iterator[Given]:
        with self._store.act(self._settings.actor, "add") as act:
            given = [one for taken in batch for one in self._family(act, taken)]
            act.give(*given)
            act.tell(about=sorted({g.document for g in given if g.document}))
        yield from given

    def _family(self, act: Writing, taken: Taken) -> Iterator[Given]:
        if (taken.task.path, taken.task.sha256) in self._known:
            return
        self._known.add((taken.task.path, taken.task.sha256))
        state, document, reason = self._settle(act, taken)
        yield self._given(act, taken.task, state=state, document=document, reason=reason)
        for part in taken.inside if state is not State.DUPLICATE else ():
            yield from self._family(act, part)

    def _settle(self, act: Writing, taken: Taken) -> tuple[State, str | None, str | None]:
        """The state a thing ends in, the document it became or repeats, and the reason where there is one to tell."""
        task, reading = taken.task, taken.reading
        if task.refused:
            return State.SKIPPED, None, task.refused
        known = task.repeats or self._marked(task).repeats
        if known:
            return State.DUPLICATE, known, None
        act.blob(task.source)
        if reading is None:
            return State.UNREADABLE, None, taken.reason
        notes = "; ".join(reading.notes) or None
        if reading.container:
            return State.CONTAINER, None, notes
        document = _document(task, reading, self._custodian)
        act.documents(document)
        self._first[task.sha256] = document.id
        return State.READ, document.id, notes

    def _given(self, act: Writing, task: Task, *, state: State, document: str | None, reason: str | None) -> Given:
        return Given(
            path=task.path,
            name=task.name,
            size=task.size,
            sha256=task.sha256,
            state=state,
            custodian=self._custodian,
            by=self._settings.actor,
            at=act.at,
            modified=task.modified,
            document=document,
            reason=reason,
            parent=task.parent,
        )


def _of_file(found: Found) -> Task:
    path = found.path
    if found.skipped:
        return Task(str(path), path.name, 0, "", path, refused=found.skipped)
    try:
        facts = path.stat()
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as refused:
        return Task(str(path), path.name, 0, "", path, refused=f"can't be read: {refused.strerror or refused}")
    return Task(str(path), path.name, facts.st_size, sha256, path, datetime.fromtimestamp(facts.st_mtime, UTC))


def _parts(task: Task, reading: Reading) -> Iterator[Task]:
    for part in reading.parts:
        blob = part.blob if isinstance(part.blob, bytes) else part.blob.read_bytes()
        yield Task(
            path=f"{task.path}!/{part.name}",
            name=part.name,
            size=len(blob),
            sha256=hashlib.sha256(blob).hexdigest(),
            source=blob,
            modified=task.modified,
            parent=task.path,
            depth=task.depth + 1,
            refused=f"more than {DEPTH} things deep inside others" if task.depth >= DEPTH else None,
        )


def _alone(task: Task, settings: Settings) -> Taken:
    """One thing without what is inside it, read in a worker of its own."""
    step = partial(take, deep=False)
    outcome = next(iter(runner.run(step, [task], workers=1, seconds=settings.seconds, megabytes=settings.megabytes)))
    return outcome.value or Taken(task, reason=outcome.reason)


def _document(task: Task, reading: Reading, custodian: str) -> Document:
    return Document(
        id=f"d-{task.sha256[:16]}",
        sha256=task.sha256,
        kind=reading.kind,
        custodian=custodian,
        date=reading.date,
        text=reading.text,
        pages=reading.pages,
        name=task.name,
        title=reading.title or task.name,
        headings=reading.headings,
    )
