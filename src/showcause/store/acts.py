# ruff: noqa: D102 - `base.Writing` says what each method promises
"""What one act writes: rows gathered and sent in bulk, each sealed by an entry of the log in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from showcause.core import (
    RECORD,
    Act,
    Deadline,
    Document,
    Finding,
    Given,
    Law,
    Letter,
    OfficialText,
    Passage,
    Question,
    Scan,
    Statement,
)
from showcause.errors import NotFound
from showcause.store import log, rows, schema
from showcause.store.blobs import Batch
from showcause.store.plain import canonical, plain, stamp
from showcause.store.rows import Row

ROWS, BYTES = 2000, 32 << 20  # rows and bytes of text gathered before they are sent
ORDER = (  # parents before what refers to them
    schema.GIVEN,
    schema.DOCUMENTS,
    schema.SCANS,
    schema.LAWS,
    schema.OFFICIALS,
    schema.QUESTIONS,
    schema.LETTERS,
    schema.STATEMENTS,
    schema.COVERS,
    schema.ASSESSMENTS,
    schema.FINDINGS,
    schema.DEADLINES,
    schema.REQUEST_STATES,
    schema.KEPT,
    schema.EVENTS,
)
APPENDED = (
    schema.DOCUMENTS,
    schema.SCANS,
    schema.COVERS,
    schema.ASSESSMENTS,
    schema.FINDINGS,
    schema.REQUEST_STATES,
    schema.EVENTS,
)


class Acting:
    """One act under way; `base.Writing` says what each method promises."""

    def __init__(self, connection: sa.Connection, *, by: str, at: datetime, blobs: Batch) -> None:
        self.connection, self.by, self.at, self.blobs = connection, by, at, blobs
        self._waiting: dict[sa.Table, dict[str, Row]] = {}
        self._entries: list[Row] = []
        self._told: dict[str, Any] = {}
        self._size = 0
        self._known: set[str] = set()
        self._seqs: dict[sa.Table, int] = {}
        self._before = self._last_chain()

    def tell(self, **detail: Any) -> None:
        self._told |= detail

    def blob(self, source: Path | bytes) -> str:
        return self.blobs.put(source)

    def give(self, *given: Given) -> None:
        for one in given:
            about = [one.document] if one.document else []
            self._write("give", {schema.GIVEN: [rows.given_row(one)]}, about=about, told=_custody(one))

    def withdraw(self, *pairs: tuple[str, str]) -> None:
        self.flush()
        for path, sha256 in pairs:
            key = rows.given_key(path, sha256)
            self.connection.execute(schema.GIVEN.delete().where(schema.GIVEN.c.key == key))
            told = {"path": path, "sha256": sha256}
            self._write("withdraw", {}, about=[], told=told, gone=[f"{schema.GIVEN.name}/{key}"])

    def documents(self, *docs: Document) -> None:
        known = self._present([doc.id for doc in docs])
        for doc in docs:
            if doc.id not in known:
                known.add(doc.id)
                told = {"document": doc.id, "sha256": doc.sha256}
                self._write("read", {schema.DOCUMENTS: [rows.document_row(doc)]}, about=[doc.id], told=told)
        self._known |= known

    def scans(self, document_id: str, scans: Iterable[Scan]) -> None:
        made = [rows.scan_row(document_id, scan) for scan in scans]
        if made:
            self._must_have({document_id})
            told = {"document": document_id, "pages": len(made)}
            self._write("scan", {schema.SCANS: made}, about=[document_id], told=told)

    def freeze(self, *laws: Law) -> None:
        for law in laws:
            told = {"law": law.id, "digest": law.digest}
            self._write("freeze", {schema.LAWS: [rows.law_row(law)]}, about=[law.id], told=told)
            if law.official is not None:
                self.official(law.id, law.official)

    def official(self, law_id: str, text: OfficialText) -> None:
        told = {"law": law_id, "citation": text.citation, "sha256": text.sha256}
        self._write("official", {schema.OFFICIALS: [rows.official_row(law_id, text)]}, about=[law_id], told=told)

    def letter(self, document_id: str, letter: Letter) -> None:
        self._of_document(schema.LETTERS, document_id, letter)

    def statement(self, document_id: str, statement: Statement) -> None:
        self._of_document(schema.STATEMENTS, document_id, statement)

    def ask(self, *questions: Question) -> None:
        self.flush()
        held: dict[str, int] = {
            row.id: row.seq for row in self.connection.execute(sa.select(schema.QUESTIONS.c.id, schema.QUESTIONS.c.seq))
        }
        for question in questions:
            seq = held.get(question.id) or self._next(schema.QUESTIONS)
            held[question.id] = seq
            source = [question.source.doc.id] if isinstance(question.source, Passage) else []
            row = rows.question_row(question, seq)
            self._write("ask", {schema.QUESTIONS: [row]}, about=[question.id, *source], told={"question": question.id})

    def assess(self, about: str, *, key: str, by: str, questions: Iterable[str], findings: Iterable[Finding]) -> None:
        answered, found = sorted(set(questions)), list(findings)
        _must_answer(found, about, answered, by)
        leans = rows.leans_on(found)
        self._must_have({about, *leans})
        covers = [{"key": key, "question": question} for question in answered] if self._is_new(key, answered) else []
        number = self._next(schema.ASSESSMENTS)
        assessment: Row = {
            "seq": number,
            "document": about,
            "key": key,
            "by": by,
            "judge": by.partition(":")[0],
            "at": stamp(self.at),
        }
        made = [self._finding_row(one, number) for one in found]
        told = {"document": about, "key": key, "judge": by, "findings": len(made)}
        written = {schema.COVERS: covers, schema.ASSESSMENTS: [assessment], schema.FINDINGS: made}
        self._write("assess", written, about=sorted({about, *leans}), told=told)

    def find(self, *findings: Finding) -> None:
        for one in findings:
            leans = rows.leans_on([one])
            self._must_have(set(leans))
            told = {"question": one.question, "judge": one.by, "verdict": one.verdict.value}
            made = {schema.FINDINGS: [self._finding_row(one, None)]}
            inner = ["review"] if rows.of_review(one) else []  # no proof opens what people decide for themselves
            self._write("find", made, about=[one.question, *leans, *inner], told=told)

    def owe(self, source: str, deadlines: Iterable[Deadline]) -> None:
        self.flush()
        owed = list(deadlines)
        ours = schema.DEADLINES.c.source == source
        before = self.connection.scalars(sa.select(schema.DEADLINES.c.place).where(ours)).all()
        self.connection.execute(schema.DEADLINES.delete().where(ours))
        made = [{"source": source, "place": n, "body": canonical(plain(one))} for n, one in enumerate(owed, 1)]
        gone = [f"{schema.DEADLINES.name}/{source}/{place}" for place in before if place > len(made)]
        told = {"source": source, "deadlines": len(made)}
        self._write("owe", {schema.DEADLINES: made}, about=[source], told=told, gone=gone)

    def request_state(self, question: str, state: str) -> None:
        row = {
            "seq": self._next(schema.REQUEST_STATES),
            "question": question,
            "state": state,
            "at": stamp(self.at),
            "by": self.by,
        }
        told = {"question": question, "state": state}
        self._write("request state", {schema.REQUEST_STATES: [row]}, about=[question], told=told)

    def keep(self, key: str, value: Any) -> None:
        row = {"key": key, "value": canonical(plain(value, loose=True))}
        self._write("keep", {schema.KEPT: [row]}, about=[], told={"key": key})

    def event(self, kind: str, about: str, value: Any) -> None:
        row = {
            "seq": self._next(schema.EVENTS),
            "kind": kind,
            "about": about,
            "at": stamp(self.at),
            "by": self.by,
            "body": canonical(plain(value, loose=True)),
        }
        self._write(kind, {schema.EVENTS: [row]}, about=[about], told={"event": kind})

    def end(self, act: str, detail: Mapping[str, Any]) -> None:
        """Enter the act itself, behind what it wrote, and send all that waits."""
        self._enter(act, {**detail, **self._told})
        self.flush()

    def flush(self) -> None:
        """Send what waits to the database, so that a reader within the act sees it."""
        for table in ORDER:
            if waiting := self._waiting.pop(table, None):
                self.connection.execute(self._insert(table), list(waiting.values()))
        if self._entries:
            self.connection.execute(schema.LOG.insert(), self._entries)
        self._entries, self._size = [], 0

    def _write(
        self,
        act: str,
        made: Mapping[sa.Table, list[Row]],
        *,
        about: list[str],
        told: dict[str, Any],
        gone: Iterable[str] = (),
    ) -> None:
        seq = self._next(schema.LOG)
        self._seqs[schema.LOG] -= 1  # `_enter` takes it
        seals: dict[str, str | None] = dict.fromkeys(gone)
        for table, new in made.items():
            for row in new:
                if "act" in table.c:
                    row["act"] = seq
                name = rows.row_name(table, row)
                seals[name] = rows.seal(row)
                self._waiting.setdefault(table, {})[name] = row
                self._size += len(row.get("text", b""))
        self._enter(act, {**told, "about": about, "sealed": seals})
        if len(self._entries) >= ROWS or self._size >= BYTES:
            self.flush()

    def _enter(self, act: str, detail: Mapping[str, Any]) -> None:
        entry = log.entered(Act(self._next(schema.LOG), self.at, self.by, act, detail), self._before)
        self._before = entry.chain
        sealed = {"salt": entry.salt, "commitment": entry.commitment, "chain": entry.chain}
        told = log.plain_act(entry.act)
        self._entries.append(told | sealed | {"detail": canonical(told["detail"])})

    def _of_document(self, table: sa.Table, document_id: str, value: Letter | Statement) -> None:
        self._must_have({document_id})
        row = {"document": document_id, "body": canonical(plain(value))}
        self._write(table.name.removesuffix("s"), {table: [row]}, about=[document_id], told={"document": document_id})

    def _finding_row(self, finding: Finding, assessment: int | None) -> Row:
        return rows.finding_row(finding, seq=self._next(schema.FINDINGS), at=self.at, assessment=assessment)

    def _is_new(self, key: str, questions: list[str]) -> bool:
        """Whether nothing was assessed under `key` yet; raises ValueError where it stands for other questions."""
        waiting = [r["question"] for r in self._waiting.get(schema.COVERS, {}).values() if r["key"] == key]
        chosen = sa.select(schema.COVERS.c.question).where(schema.COVERS.c.key == key)
        held = {*waiting, *self.connection.scalars(chosen)}
        if held and held != set(questions):
            raise ValueError(f"the key {key} stands for other questions: {sorted(held ^ set(questions))}")
        return not held

    def _must_have(self, ids: set[str]) -> None:
        wanted = ids - {RECORD.id} - self._known
        missing = wanted - self._present(list(wanted)) if wanted else set()
        if missing:
            raise NotFound(f"no document {min(missing)} is in the store")
        self._known |= wanted

    def _present(self, ids: list[str]) -> set[str]:
        """Which of these documents are in the store or on their way."""
        there = {one for one in ids if one in self._known}
        rest = [one for one in ids if one not in there]
        for some in _by_hundreds(rest):
            chosen = sa.select(schema.DOCUMENTS.c.id).where(schema.DOCUMENTS.c.id.in_(some))
            there |= set(self.connection.scalars(chosen))
        return there

    def _next(self, table: sa.Table) -> int:
        """The next number of a table; there is one writer, so numbers have no gap and no race."""
        if table not in self._seqs:
            self._seqs[table] = self.connection.scalar(sa.select(sa.func.max(table.c.seq))) or 0
        self._seqs[table] += 1
        return self._seqs[table]

    def _last_chain(self) -> bytes:
        last = sa.select(schema.LOG.c.chain).order_by(schema.LOG.c.seq.desc()).limit(1)
        return bytes(self.connection.scalar(last) or log.ORIGIN)

    def _insert(self, table: sa.Table) -> Any:
        if table in APPENDED:
            return table.insert()
        dialect = sqlite if self.connection.dialect.name == "sqlite" else postgresql
        insert = dialect.insert(table)
        keys = [column.name for column in table.primary_key.columns]
        fresh = {column.name: insert.excluded[column.name] for column in table.c if column.name not in keys}
        return insert.on_conflict_do_update(index_elements=keys, set_=fresh)


def _custody(one: Given) -> dict[str, Any]:
    return {
        "path": one.path,
        "sha256": one.sha256,
        "state": one.state.value,
        "custodian": one.custodian,
        "document": one.document,
    }


def _must_answer(findings: Iterable[Finding], about: str, questions: Iterable[str], by: str) -> None:
    answered = set(questions)
    for one in findings:
        if rows.about_id(one.about) != about or one.question not in answered or one.by != by:
            raise ValueError(f"a finding of {one.by} on {one.question} is no part of {by}'s assessment of {about}")


def _by_hundreds(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), 500):
        yield ids[start : start + 500]
