"""Paths in, records in the store out: every file and everything found in one ends in a named state, with its custody.

Files are read in worker processes, committed in batches, and taken up where an earlier run was cut off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from showcause import runner
from showcause.core import Document, Given, State
from showcause.errors import BadInput, Unreadable
from showcause.intake import Reading, read, walk
from showcause.intake.walk import Found
from showcause.settings import Settings
from showcause.store import Store, Writing

BATCH = 64  # files committed in one act: what a kill can cost
DEPTH = 32  # things inside things


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be read: a file, or a part found inside one; `refused` says why it is not to be read at all."""

    path: str
    name: str
    size: int
    sha256: str
    source: Path | bytes
    modified: datetime | None = None
    parent: str | None = None
    depth: int = 0
    refused: str | None = None


def read_task(task: Task) -> Reading:
    """What the bytes of one task say; runs in a worker. Raises Unreadable."""
    blob = task.source if isinstance(task.source, bytes) else task.source.read_bytes()
    return read(blob, name=task.name)


def document_of(path: Path, *, custodian: str, settings: Settings) -> Document:
    """One file as a Document, read in a worker; raises Unreadable or BadInput, naming the file and the reason."""
    task = _of_file(Found(path))
    if task.refused or not path.is_file():
        raise BadInput(f"{path}: {task.refused or 'not a file'}")
    outcome = next(iter(_read([task], settings)))
    if isinstance(outcome, str):
        raise Unreadable(f"{path}: {outcome}")
    return _document(task, outcome, custodian)


class Gathering:
    """One run of `add` into a store: what is known already is only looked at."""

    def __init__(self, store: Store, settings: Settings, custodian: str) -> None:
        self._store = store
        self._settings = settings
        self._custodian = custodian
        self._known = set(store.given_keys())
        self._settled: dict[str, Given] = {}  # SHA-256 -> where the first thing of those bytes ended in this run

    def add(self, paths: Iterable[Path], *, tell: Callable[..., None]) -> Iterator[Given]:
        """Each new thing with the state it ended in; `tell` is called with (done, total, name)."""
        found = list(walk(paths))
        with self._store.writing():
            for start in range(0, len(found), BATCH):
                batch = found[start : start + BATCH]
                tasks = [task for task in map(_of_file, batch) if (task.path, task.sha256) not in self._known]
                while tasks:  # the files, then what was found in them, then what was found in that
                    given, tasks = self._take(tasks)
                    yield from given
                tell(start + len(batch), len(found), str(batch[-1].path))

    def _take(self, tasks: Sequence[Task]) -> tuple[list[Given], list[Task]]:
        """Read and commit one generation of tasks; gives where each ended, and the parts found inside them."""
        fresh = [task for task in tasks if not task.refused and not self._repeats(task)]
        fresh = list({task.sha256: task for task in reversed(fresh)}.values())[::-1]
        outcomes = dict(zip(map(id, fresh), _read(fresh, self._settings), strict=True))
        given = []
        with self._store.act(self._settings.actor, "add") as act:
            for task in tasks:
                given.append(self._settle(act, task, outcomes.get(id(task))))
                act.give(given[-1])
            act.tell(about=sorted({g.document for g in given if g.document}))
        self._known |= {(g.path, g.sha256) for g in given}
        inside = [part for task in fresh for part in _parts(task, outcomes[id(task)])]
        return given, [part for part in inside if (part.path, part.sha256) not in self._known]

    def _repeats(self, task: Task) -> bool:
        return task.sha256 in self._settled or bool(self._store.documents_of(task.sha256))

    def _settle(self, act: Writing, task: Task, outcome: Reading | str | None) -> Given:
        if task.refused:
            return self._given(act, task, state=State.SKIPPED, reason=task.refused)
        if outcome is None:
            return self._repeated(act, task)
        act.blob(task.source)
        if isinstance(outcome, str):
            made = self._given(act, task, state=State.UNREADABLE, reason=outcome)
        elif outcome.container:
            made = self._given(act, task, state=State.CONTAINER, reason="; ".join(outcome.notes))
        else:
            document = _document(task, outcome, self._custodian)
            act.documents(document)
            made = self._given(act, task, state=State.READ, document=document.id, reason="; ".join(outcome.notes))
        self._settled[task.sha256] = made
        return made

    def _repeated(self, act: Writing, task: Task) -> Given:
        """Where a thing ends whose bytes were met before: a duplicate, or unreadable for the same reason."""
        first = self._settled.get(task.sha256)
        if first is not None and first.state is State.UNREADABLE:
            return self._given(act, task, state=State.UNREADABLE, reason=first.reason or "")
        document = first.document if first else self._store.documents_of(task.sha256)[0]
        return self._given(act, task, state=State.DUPLICATE, document=document)

    def _given(self, act: Writing, task: Task, *, state: State, document: str | None = None, reason: str = "") -> Given:
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
            reason=reason or None,
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


def _parts(task: Task, outcome: Reading | str) -> Iterator[Task]:
    for part in outcome.parts if isinstance(outcome, Reading) else ():
        sha256 = hashlib.sha256(part.blob).hexdigest()
        refused = f"more than {DEPTH} things deep inside others" if task.depth >= DEPTH else None
        yield Task(
            f"{task.path}!/{part.name}",
            part.name,
            len(part.blob),
            sha256,
            part.blob,
            task.modified,
            task.path,
            task.depth + 1,
            refused,
        )


def _read(tasks: Sequence[Task], settings: Settings) -> Iterator[Reading | str]:
    """What each task says, in order, or the reason in plain words why it can't be read."""
    outcomes = runner.run(
        read_task,
        tasks,
        workers=min(settings.workers, max(1, len(tasks) // 8)),
        seconds=settings.seconds,
        megabytes=settings.megabytes,
    )
    for outcome in outcomes:
        yield outcome.value if outcome.failure is None else outcome.failure


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
