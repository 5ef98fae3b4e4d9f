# ruff: noqa: D102 - `base.Store` says what each method promises
"""A place in, a Store out: SQLite in a file or PostgreSQL by URL, by one set of statements in SQLAlchemy Core."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from showcause.core import (
    Act,
    Deadline,
    Document,
    Finding,
    Given,
    Law,
    Letter,
    OfficialText,
    Question,
    Scan,
    State,
    Statement,
    Verdict,
)
from showcause.errors import Busy, NotFound, NotProven
from showcause.store import acts, base, log, rows, schema
from showcause.store.base import E, Event, Said
from showcause.store.blobs import Blobs
from showcause.store.engine import Base, connect, spoken
from showcause.store.plain import built, built_document, built_finding, built_question, instant, stamp

PAGE = 500  # rows fetched at once
FEW = 16  # documents with their texts fetched at once
RECENT = 128  # documents kept at hand while findings are read


def open_store(place: str | Path, *, blobs: Path, matter: str | None = None) -> base.Store:
    """The store at a path, `sqlite:///PATH` or `postgresql://...[?matter=NAME]`, made or brought up to date as needed.

    `blobs` is the folder for bytes; `matter` names the schema on PostgreSQL (default: "matter"). Raises BadInput where
    the place holds something else or is newer than this showcase of tables, NoRoom where it can't be written.
    """
    return SqlStore(connect(place, matter=matter), Blobs(blobs))


class SqlStore:
    """`base.Store` over an SQL database; may be shared by threads, of which one writes at a time."""

    def __init__(self, database: Base, blobs: Blobs) -> None:
        self.blobs = blobs
        self.name = database.name
        self._database = database
        self._turn = threading.RLock()
        self._depth = 0
        self._mine = threading.local()

    @contextlib.contextmanager
    def writing(self, *, wait: float = 5.0) -> Iterator[None]:
        if not self._turn.acquire(timeout=wait):
            raise Busy(f"{self.name}: another thread is writing this matter")
        try:
            if self._depth == 0:
                self._database.gate.take(wait)
                self.blobs.sweep()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._database.gate.release()
        finally:
            self._turn.release()

    @contextlib.contextmanager
    def act(
        self, by: str, act: str, detail: Mapping[str, Any] | None = None, *, at: datetime | None = None
    ) -> Iterator[base.Writing]:
        if getattr(self._mine, "acting", None) is not None:
            raise ValueError(f"{act}: an act can't begin within another")
        blobs = self.blobs.batch()
        try:
            with self.writing(), spoken(self.name), self._transaction() as connection:
                acting = acts.Acting(connection, by=by, at=at or datetime.now(UTC), blobs=blobs)
                self._mine.acting = acting
                yield acting
                acting.end(act, detail or {})
                blobs.settle()  # bytes are on disk before anything says that they are
        finally:
            self._mine.acting = None
            blobs.drop()

    def given(self, *, state: State | None = None) -> Iterator[Given]:
        table = schema.GIVEN
        chosen = sa.select(table.c.path, table.c.body, table.c.key)
        if state is not None:
            chosen = chosen.where(table.c.state == state.value)
        for row in self._paged(chosen, table.c.path, table.c.key):
            yield built(Given, _json(row.body))

    def given_at(self, paths: Collection[str]) -> dict[str, tuple[Given, ...]]:
        table = schema.GIVEN
        keys = {path.encode("utf-8", "surrogatepass") for path in paths}
        found: list[Given] = [
            built(Given, _json(row.body)) for row in self._among(sa.select(table.c.body), table.c.path, keys)
        ]
        versions: dict[str, tuple[Given, ...]] = {}
        for one in sorted(found, key=lambda one: one.sha256):
            versions[one.path] = (*versions.get(one.path, ()), one)
        return versions

    def copies(self, document_id: str) -> Iterator[Given]:
        table = schema.GIVEN
        chosen = sa.select(table.c.path, table.c.body, table.c.key).where(table.c.document == document_id)
        for row in self._paged(chosen, table.c.path, table.c.key):
            yield built(Given, _json(row.body))

    def given_counts(self) -> dict[State, int]:
        table = schema.GIVEN
        counted = self._all(sa.select(table.c.state, sa.func.count().label("many")).group_by(table.c.state))
        return dict.fromkeys(State, 0) | {State(row.state): int(row.many) for row in counted}

    def document(self, document_id: str) -> Document:
        found = list(self._documents([document_id]))
        if not found:
            raise NotFound(f"no document {document_id} is in the store")
        return found[0]

    def document_ids(self) -> tuple[str, ...]:
        table = schema.DOCUMENTS
        return tuple(row.id for row in self._all(sa.select(table.c.id).order_by(table.c.id)))

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        chosen = self.document_ids() if ids is None else sorted(ids)
        for start in range(0, len(chosen), FEW):
            yield from self._documents(chosen[start : start + FEW])

    def record_stamp(self) -> str:
        count, last = sa.func.count().label("many"), sa.func.coalesce
        found = []
        for table in (schema.GIVEN, schema.DOCUMENTS):
            row = self._all(sa.select(count, last(sa.func.max(table.c.act), 0).label("last")).select_from(table))[0]
            found.append(f"{row.many}/{row.last}")
        return " ".join(found)

    def documents_of(self, sha256: str) -> tuple[str, ...]:
        table = schema.DOCUMENTS
        chosen = sa.select(table.c.id).where(table.c.sha256 == sha256).order_by(table.c.id)
        return tuple(row.id for row in self._all(chosen))

    def known_given(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        table = schema.GIVEN
        keys = {rows.given_key(*pair): pair for pair in pairs}
        found = self._among(sa.select(table.c.key), table.c.key, keys)
        return {keys[row.key] for row in found}

    def known_documents(self, sha256s: Collection[str]) -> dict[str, str]:
        table = schema.DOCUMENTS
        found = self._among(sa.select(table.c.sha256, table.c.id), table.c.sha256, sha256s)
        return {row.sha256: row.id for row in sorted(found, key=lambda row: str(row.id), reverse=True)}

    def known_mail(self, digests: Collection[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        table = schema.DOCUMENTS
        chosen = sa.select(table.c.mail, table.c.id, table.c.body)
        known: dict[str, tuple[tuple[str, str], ...]] = {}
        for row in sorted(self._among(chosen, table.c.mail, digests), key=lambda row: str(row.id)):
            known[row.mail] = (*known.get(row.mail, ()), (row.id, _json(row.body)["custodian"]))
        return known

    def scans(self, document_id: str) -> Iterator[Scan]:
        table = schema.SCANS
        chosen = sa.select(table).where(table.c.document == document_id)
        for row in self._paged(chosen, table.c.page):
            yield Scan(row.page, bytes(row.words), **_json(row.body))

    def law(self, law_id: str, *, on: date | None = None) -> Law:
        found = self._laws(on, law_id)
        if not found:
            raise NotFound(f"no law {law_id} is in this matter")
        return found[0]

    def laws(self, *, on: date | None = None) -> tuple[Law, ...]:
        return self._laws(on)

    def official(self, law_id: str, *, on: date | None = None) -> OfficialText | None:
        return rows.in_force(self.officials(law_id), on)

    def officials(self, law_id: str) -> tuple[OfficialText, ...]:
        table = schema.OFFICIALS
        chosen = sa.select(table.c.body).where(table.c.law == law_id).order_by(table.c.digest)
        return tuple(sorted((built(OfficialText, _json(row.body)) for row in self._all(chosen)), key=rows.first_day))

    def letters(self) -> dict[str, Letter]:
        return self._by_document(schema.LETTERS, Letter)

    def statements(self) -> dict[str, Statement]:
        return self._by_document(schema.STATEMENTS, Statement)

    def questions(self) -> tuple[Question, ...]:
        table = schema.QUESTIONS
        fetch = lru_cache(RECENT)(self.document)
        return tuple(
            built_question(_json(row.body), fetch) for row in self._all(sa.select(table.c.body).order_by(table.c.seq))
        )

    def findings(
        self,
        *,
        question: str | None = None,
        about: str | None = None,
        as_of: datetime | None = None,
        current: bool = True,
    ) -> Iterator[Finding]:
        table = schema.FINDINGS
        chosen = _chosen(question, about, stamp(as_of) if as_of else None, current=current)
        numbers = [row.seq for row in self._all(chosen)]
        fetch = lru_cache(RECENT)(self.document)
        for some in _pages(numbers):
            page = sa.select(table.c.body).where(table.c.seq.in_(some)).order_by(table.c.seq)
            for row in self._all(page):
                yield built_finding(_json(row.body), fetch)

    def said(self, *, question: str | None = None, current: bool = True) -> Iterator[Said]:
        f = schema.FINDINGS.c
        numbers = [row.seq for row in self._all(_chosen(question, None, None, current=current))]
        columns = sa.select(f.question, f.document, f.about, f.reading, f.verdict, f.by, f.at)
        for some in _pages(numbers):
            for row in self._all(columns.where(f.seq.in_(some)).order_by(f.seq)):
                verdict = Verdict(row.verdict)
                yield Said(row.question, row.document, not row.about, row.reading, verdict, row.by, instant(row.at))

    def assessed(self, key: str, *, by: str) -> frozenset[str]:
        a, later = schema.ASSESSMENTS, schema.ASSESSMENTS.alias("later")
        mine, theirs = schema.COVERS.alias("mine"), schema.COVERS.alias("theirs")
        replaced = (
            sa.select(sa.literal(1))
            .select_from(
                later.join(theirs, theirs.c.key == later.c.key).join(mine, mine.c.question == theirs.c.question)
            )
            .where(later.c.document == a.c.document, later.c.judge == a.c.judge, later.c.seq > a.c.seq)
            .where(mine.c.key == a.c.key, sa.or_(later.c.key != a.c.key, later.c.by != a.c.by))
        )
        chosen = sa.select(a.c.document).where(a.c.key == key, a.c.by == by, ~replaced.exists())
        return frozenset(row.document for row in self._all(chosen))

    def deadlines(self) -> tuple[Deadline, ...]:
        table = schema.DEADLINES
        chosen = sa.select(table.c.body).order_by(table.c.source, table.c.place)
        return tuple(built(Deadline, _json(row.body)) for row in self._all(chosen))

    def request_states(self) -> dict[str, str]:
        table = schema.REQUEST_STATES
        chosen = sa.select(table.c.question, table.c.state).order_by(table.c.seq)
        return {row.question: row.state for row in self._all(chosen)}

    def request_history(self, question: str) -> tuple[tuple[datetime, str, str], ...]:
        table = schema.REQUEST_STATES
        chosen = sa.select(table).where(table.c.question == question).order_by(table.c.seq)
        return tuple((instant(row.at), row.by, row.state) for row in self._all(chosen))

    def kept(self, key: str, default: Any = None) -> Any:
        found = self._all(sa.select(schema.KEPT.c.value).where(schema.KEPT.c.key == key))
        return built(Any, _json(found[0].value)) if found else default

    def events(self, kind: str, of: type[E], *, about: str | None = None) -> tuple[Event[E], ...]:
        table = schema.EVENTS
        chosen = sa.select(table).where(table.c.kind == kind).order_by(table.c.seq)
        if about is not None:
            chosen = chosen.where(table.c.about == about)
        shape: Any = Any if of is dict else of
        return tuple(
            Event(row.kind, row.about, built(shape, _json(row.body)), instant(row.at), row.by)
            for row in self._all(chosen)
        )

    def log(self) -> Iterator[log.Entry]:
        table = schema.LOG
        last = 0
        while page := self._all(sa.select(table).where(table.c.seq > last).order_by(table.c.seq).limit(PAGE)):
            yield from (_entry(row) for row in page)
            last = page[-1].seq

    def verify(self) -> int:
        seals: dict[str, str | None] = {}

        def noted() -> Iterator[log.Entry]:
            for entry in self.log():
                sealed = entry.act.detail.get("sealed", {})
                seals.update(sealed if isinstance(sealed, dict) else {})
                yield entry

        count = log.verify(noted())
        for table in acts.ORDER:
            for row in self._paged(sa.select(table), *table.primary_key.columns):
                values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
                name = rows.row_name(table, values)
                if seals.pop(name, None) != rows.seal(values):
                    raise NotProven(f"{self.name}: row {name} is not what the log sealed")
        if missing := next((name for name, sealed in seals.items() if sealed is not None), None):
            raise NotProven(f"{self.name}: row {missing} is sealed in the log and missing")
        return count

    def close(self) -> None:
        self._database.engine.dispose()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        with self._database.engine.connect().execution_options(writing=True) as connection, connection.begin():
            yield connection

    def _all(self, chosen: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        """All rows; within an act its own writes are among them."""
        acting: acts.Acting | None = getattr(self._mine, "acting", None)
        with spoken(self.name):
            if acting is not None:
                acting.flush()
                return acting.connection.execute(chosen).all()
            with self._database.engine.connect() as connection:
                return connection.execute(chosen).all()

    def _among(
        self, chosen: sa.Select[Any], column: sa.ColumnElement[Any], values: Collection[Any]
    ) -> Iterator[sa.Row[Any]]:
        """The rows whose column is one of these values."""
        for some in _pages(sorted(values)):
            yield from self._all(chosen.where(column.in_(some)))

    def _paged(self, chosen: sa.Select[Any], *keys: sa.ColumnElement[Any]) -> Iterator[sa.Row[Any]]:
        """Rows in the order of `keys`, a page at a time, so that a long reading neither fills memory nor blocks."""
        names = [key.key for key in keys]
        after: sa.Select[Any] = chosen
        while page := self._all(after.order_by(*keys).limit(PAGE)):
            yield from page
            last = [getattr(page[-1], str(name)) for name in names]
            after = chosen.where(sa.tuple_(*keys) > sa.tuple_(*[sa.literal(value) for value in last]))

    def _documents(self, ids: Sequence[str]) -> Iterator[Document]:
        table = schema.DOCUMENTS
        for some in _pages(ids):
            chosen = sa.select(table.c.body, table.c.text).where(table.c.id.in_(some)).order_by(table.c.id)
            for row in self._all(chosen):
                yield built_document(_json(row.body), bytes(row.text).decode("utf-8", "surrogatepass"))

    def _laws(self, on: date | None, only: str | None = None) -> tuple[Law, ...]:
        table = schema.LAWS
        chosen = sa.select(table.c.id, table.c.body).order_by(table.c.id, table.c.act)
        if only is not None:
            chosen = chosen.where(table.c.id == only)
        latest = {row.id: row.body for row in self._all(chosen)}
        return tuple(self._law(law_id, body, on) for law_id, body in latest.items())

    def _law(self, law_id: str, body: str, on: date | None) -> Law:
        law: Law = built(Law, _json(body))
        return replace(law, official=self.official(law_id, on=on))

    def _by_document(self, table: sa.Table, kind: type[Any]) -> dict[str, Any]:
        chosen = sa.select(table.c.document, table.c.body).order_by(table.c.document)
        return {row.document: built(kind, _json(row.body)) for row in self._all(chosen)}


def _chosen(question: str | None, about: str | None, until: str | None, *, current: bool) -> sa.Select[Any]:
    """The numbers of the findings asked for, in order."""
    f = schema.FINDINGS.c
    asked = [f.question == question] if question is not None else []
    asked += [f.document == about] if about is not None else []
    asked += [f.at <= until] if until is not None else []
    chosen = sa.select(f.seq).where(*asked).order_by(f.seq)
    if not current:
        return chosen
    latest = sa.select(sa.func.max(f.seq)).where(*asked).group_by(f.question, f.document, f.about, f.reading, f.by)
    stands = sa.tuple_(f.assessment, f.question).in_(_standing(question, about, until))
    return chosen.where(f.seq.in_(latest), sa.or_(f.assessment.is_(None), stands))


def _standing(question: str | None, about: str | None, until: str | None) -> sa.Select[Any]:
    """Per document, judge and question the last assessment that answered it; uncorrelated, so it is made once."""
    a, c = schema.ASSESSMENTS.c, schema.COVERS.c
    asked = [c.question == question] if question is not None else []
    asked += [a.document == about] if about is not None else []
    asked += [a.at <= until] if until is not None else []
    joined = schema.ASSESSMENTS.join(schema.COVERS, a.key == c.key)
    last = sa.select(sa.func.max(a.seq), c.question).select_from(joined).where(*asked)
    return last.group_by(a.document, a.judge, c.question)


def _pages(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), PAGE):
        yield values[start : start + PAGE]


def _json(text: str) -> Any:
    return json.loads(text)


def _entry(row: sa.Row[Any]) -> log.Entry:
    detail = built(Any, json.loads(row.detail))
    act = Act(row.seq, instant(row.at), row.by, row.act, detail)
    return log.Entry(act, bytes(row.salt), bytes(row.commitment), bytes(row.chain))
