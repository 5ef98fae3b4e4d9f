"""Paths in, records in the store out: every file and everything found in one ends in a named state, with its custody.

Files are read in worker processes, whole families at a time. A family is committed in one act, and a container after
all that is in it, so a run that was cut off never leaves a message without its attachments, nor a mailbox that says it
is done; the next run takes up what is missing.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from showcause.core import Document, Given, Scan, State
from showcause.errors import BadInput, Unreadable
from showcause.gather.flow import Flow
from showcause.gather.meter import Meter, size_of
from showcause.gather.rules import Rules, Scope, Tell, silent
from showcause.gather.task import Taken, Task
from showcause.intake import Found, Reading, digest, walk
from showcause.settings import Settings

if TYPE_CHECKING:  # one file is read without a store
    from showcause.store import Store, Writing

BATCH = 64  # families committed in one act: what a kill can cost
ASKED = 32  # files that the store is asked about at once
HEAVY = 64 << 20  # bytes read after which a batch is committed however few its families
_End = tuple[State, str | None, str | None]  # the state, the document, the reason
LOCKED = "needs a password"
KNOWN = "on your list of known programs' files"


def document_of(path: Path, *, custodian: str, settings: Settings) -> Document:
    """One file as a Document, read in a worker; raises Unreadable or BadInput, naming the file and the reason."""
    task = _of_file(Found(path))
    if task.skipped or task.refused:
        raise BadInput(f"{path}: {task.skipped or task.refused}")
    flow = Flow(settings, Rules(custodian), path.parent)
    taken = flow.alone(task)
    if taken.bulky or (taken.reading and taken.reading.container):
        raise Unreadable(f"{path}: a wrapper of other files; name the one you mean")
    if taken.reading is None:
        raise Unreadable(f"{path}: {taken.reason}")
    return _document(task, taken.reading, custodian)


class Gathering:
    """One run of `add` into a store: what is known already is only looked at."""

    def __init__(self, store: Store, settings: Settings, rules: Rules) -> None:
        self._store = store
        self._settings = settings
        self._rules = rules
        self._spool = store.blobs.folder.parent / "spool"
        self._flow = Flow(settings, rules, self._spool)
        self._meter = Meter(silent, ())
        self._again: set[tuple[str, str]] = set()  # path and SHA-256 of what could not be read and is tried again
        self._reopened: set[str] = set()  # the files that these are, or are in
        self._bytesless: dict[str, str] = {}  # path -> SHA-256 of those whose bytes could not be had

    def add(self, paths: Iterable[Path], *, tell: Tell = silent) -> Iterator[Given]:
        """Each new thing with the state it ended in, as it is committed; `tell` hears how far the run is."""
        named = list(paths)
        self._meter = Meter(tell, named)
        with self._store.writing():
            shutil.rmtree(self._spool, ignore_errors=True)  # what a run that was killed had unpacked
            self._again = set(self._tried_again())
            self._reopened = {path.partition("!/")[0] for path, _ in self._again}
            batch: list[Taken] = []
            heavy = 0
            for taken in self._flow.taken(self._tasks(named)):
                if taken is not None:
                    batch.append(taken)
                    heavy += taken.task.size
                    self._meter.ended(taken)
                if taken is None or len(batch) == BATCH or heavy > HEAVY:
                    yield from self._commit(batch)
                    batch, heavy = [], 0
            yield from self._commit(batch)

    def _tried_again(self) -> Iterator[tuple[str, str]]:
        """What was locked, where there are passwords; everything that could not be read, where all is looked at anew."""
        if self._rules.anew or self._rules.passwords:
            for given in self._store.given(state=State.UNREADABLE):
                if self._rules.anew or (given.reason or "").startswith(LOCKED):
                    if given.size == 0:
                        self._bytesless[given.path] = given.sha256
                    yield given.path, given.sha256

    def _tasks(self, named: list[Path]) -> Iterator[Task]:
        """The files to be read; of those that stand as they were only the size and the time are looked at."""
        coming = walk(named)
        while some := list(islice(coming, ASKED)):  # the store is asked once for some of them
            before = self._store.given_at({str(found.path) for found in some})
            tasks = [self._task(found, before.get(str(found.path), ())) for found in some]
            known = self._store.known_documents({task.sha256 for task in tasks if task})
            for found, task in zip(some, tasks, strict=True):
                if task is None:
                    self._meter.passed(str(found.path), size_of(found.path))
                else:
                    self._meter.began(task.path, task.size)
                    yield self._marked(task, known)

    def _task(self, found: Found, before: tuple[Given, ...]) -> Task | None:
        reopened = str(found.path) in self._reopened
        if before and not (self._rules.anew or reopened) and _as_it_was(found.path, before):
            return None
        excluded = None if found.skipped or found.failed else self._rules.excludes(found.path, size_of(found.path))
        task = _of_file(replace(found, skipped=found.skipped or excluded))
        known = any(one.sha256 == task.sha256 and (task.sha256 or one.reason == _said(task)) for one in before)
        if known and not reopened:
            return None
        return task

    def _marked(self, task: Task, known: Mapping[str, str]) -> Task:
        """The task, unless it need not be read: known bytes, or a known program's file."""
        if task.skipped or task.refused:
            return task
        if self._listed(task):
            return replace(task, skipped=KNOWN)
        return replace(task, repeats=known[task.sha256]) if task.sha256 in known else task

    def _listed(self, task: Task) -> bool:
        software = self._rules.software
        if software is None or task.size == 0:
            return False
        hashed = task.sha256 if software.algorithm == "sha256" else digest(task.source, software.algorithm)
        return software.knows(hashed)

    # --- one act ---------------------------------------------------------------------------------

    def _commit(self, batch: list[Taken]) -> Iterator[Given]:
        if not batch:
            return
        ledger = _Ledger(self._store, batch, self._again)
        with self._store.act(self._settings.actor, "add") as act:
            given = [one for taken in batch for one in self._family(act, taken, ledger)]
            act.documents(*ledger.added)
            for document_id, scans in ledger.scans.items():
                act.scans(document_id, scans)
            act.give(*given)
            act.withdraw(*self._replaced(given))
            act.tell(about=sorted({g.document for g in given if g.document}))
        unread = sum(g.state is State.UNREADABLE for g in given)
        self._meter.committed(things=len(given), pages=ledger.pages, exceptions=unread)
        yield from given

    def _replaced(self, given: Iterable[Given]) -> Iterator[tuple[str, str]]:
        """What stood for a thing as long as its bytes could not be had."""
        for one in given:
            before = self._bytesless.pop(one.path, one.sha256)
            if before != one.sha256:
                yield one.path, before

    def _family(self, act: Writing, taken: Taken, ledger: _Ledger) -> Iterator[Given]:
        """The rows of a thing and of what is inside it; what is inside a copy is not taken again."""
        if not ledger.is_new(taken.task):
            if taken.task.path.partition("!/")[0] in self._reopened:
                for part in taken.inside:
                    yield from self._family(act, part, ledger)
            return
        state, document, reason = self._settle(act, taken, ledger)
        yield self._given(act, taken.task, state=state, document=document, reason=reason)
        for part in taken.inside if state is not State.DUPLICATE else ():
            yield from self._family(act, part, ledger)

    def _settle(self, act: Writing, taken: Taken, ledger: _Ledger) -> _End:
        """The state a thing ends in, the document it became or repeats, and the reason where there is one to tell."""
        return self._unread(taken.task, ledger) or self._kept(act, taken, ledger)

    def _unread(self, task: Task, ledger: _Ledger) -> _End | None:
        """How a thing ends whose words do not matter."""
        if task.skipped:
            return State.SKIPPED, None, task.skipped
        if task.refused:
            return State.UNREADABLE, None, task.refused
        if known := task.repeats or ledger.documents.get(task.sha256):
            return State.DUPLICATE, known, None
        if task.parent is not None and self._listed(task):
            return State.SKIPPED, None, KNOWN
        return None

    def _kept(self, act: Writing, taken: Taken, ledger: _Ledger) -> _End:
        task, reading = taken.task, taken.reading
        act.blob(task.source)
        if reading is None:
            return State.UNREADABLE, None, taken.reason
        notes = "; ".join(reading.notes) or None
        if reading.container:
            return State.CONTAINER, None, notes
        if first := self._message(taken, ledger):
            return State.DUPLICATE, first, "the same message by its mail hash"
        document = _document(task, reading, self._rules.custodian)
        ledger.enter(document, taken, self._rules.custodian)
        return State.READ, document.id, notes

    def _message(self, taken: Taken, ledger: _Ledger) -> str | None:
        """The document of the same message, where this one is a copy within the scope; attachments are never copies."""
        mail, scope = taken.mail, self._rules.scope
        if (
            mail is None
            or not mail.digest
            or scope is Scope.NONE
            or not (taken.task.parent is None or taken.task.loose)
        ):
            return None
        whose = self._rules.custodian if scope is Scope.CUSTODIAN else None
        return ledger.message(mail.digest, whose)

    def _given(self, act: Writing, task: Task, *, state: State, document: str | None, reason: str | None) -> Given:
        return Given(
            path=task.path,
            name=task.name,
            size=task.size,
            sha256=task.sha256,
            state=state,
            custodian=self._rules.custodian,
            by=self._settings.actor,
            at=act.at,
            modified=task.modified,
            document=document,
            reason=reason,
            parent=task.parent,
            inline=task.inline,
        )


@dataclass(slots=True)
class _Ledger:
    """What the store knows already of the things in a batch, asked once for all of them, and what the batch adds."""

    store: Store
    batch: Iterable[Taken]
    again: set[tuple[str, str]]
    documents: dict[str, str] = field(init=False)  # SHA-256 -> document
    added: list[Document] = field(default_factory=list)
    scans: dict[str, tuple[Scan, ...]] = field(default_factory=dict)
    pages: int = 0
    _given: set[tuple[str, str]] = field(init=False)
    _mail: dict[str, list[tuple[str, str]]] = field(init=False)  # mail hash -> (document, custodian)

    def __post_init__(self) -> None:
        things = [thing for taken in self.batch for thing in _all(taken)]
        self.documents = self.store.known_documents({thing.task.sha256 for thing in things})
        self._given = self.store.known_given({(thing.task.path, thing.task.sha256) for thing in things})
        digests = {thing.mail.digest for thing in things if thing.mail and thing.mail.digest}
        self._mail = {one: list(found) for one, found in self.store.known_mail(digests).items()}

    def is_new(self, task: Task) -> bool:
        """Whether the thing has no row yet; from now on it has."""
        key = (task.path, task.sha256)
        new = key not in self._given or key in self.again
        self._given.add(key)
        self.again.discard(key)
        return new

    def message(self, mail_hash: str, custodian: str | None) -> str | None:
        """The first document with that mail hash, of that custodian or of any."""
        found = self._mail.get(mail_hash, [])
        return next((doc for doc, whose in found if custodian is None or whose == custodian), None)

    def enter(self, document: Document, taken: Taken, custodian: str) -> None:
        """Note a document that the batch adds."""
        self.documents[taken.task.sha256] = document.id
        self.added.append(document)
        if taken.reading and taken.reading.scans:
            self.scans[document.id] = taken.reading.scans
        self.pages += sum(mark.page is not None for mark in document.pages.marks)
        if document.mail and document.mail.digest:
            self._mail.setdefault(document.mail.digest, []).append((document.id, custodian))


def _all(taken: Taken) -> Iterator[Taken]:
    yield taken
    for part in taken.inside:
        yield from _all(part)


def _as_it_was(path: Path, before: Iterable[Given]) -> bool:
    """Whether a file's size and time are those of a version that was taken, and its time is old enough to be trusted.

    A file that was changed in the very moment in which it was taken may have changed again without showing it.
    """
    try:
        facts = path.stat()
    except OSError:
        return False
    changed = datetime.fromtimestamp(facts.st_mtime, UTC)
    return any(
        one.size == facts.st_size and one.modified == changed and changed < one.at and one.state is not State.SKIPPED
        for one in before
    )


def _said(task: Task) -> str | None:
    return task.skipped or task.refused


def _of_file(found: Found) -> Task:
    path = found.path
    if found.skipped or found.failed:
        return Task(str(path), path.name, 0, "", path, skipped=found.skipped, refused=found.failed)
    try:
        facts = path.stat()
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as refused:
        return Task(str(path), path.name, 0, "", path, refused=f"can't be read: {refused.strerror or refused}")
    return Task(str(path), path.name, facts.st_size, sha256, path, datetime.fromtimestamp(facts.st_mtime, UTC))


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
        mail=reading.mail,
    )
