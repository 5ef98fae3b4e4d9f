"""The promise that every store keeps: what may be written within an act, and what may be read at any time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from showcause.core import (
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
from showcause.store.blobs import Blobs
from showcause.store.log import Entry

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Event(Generic[E]):
    """Something that happened in the matter: what kind, to what (an id or a name), when (UTC) and by whom it was entered."""

    kind: str
    about: str
    value: E
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Said:
    """A finding without its words: what a judge said of a document (by id, or "record"), and whether of all of it."""

    question: str
    document: str
    whole: bool
    reading: str
    verdict: Verdict
    by: str
    at: datetime


class Writing(Protocol):
    """What may be written within one act; all of it stands when the act ends well, none of it otherwise.

    Every call also enters itself in the log with what it concerns, so an act of many things needs no detail of its own.
    """

    at: datetime

    def tell(self, **detail: Any) -> None:
        """Add to the detail of the act's own log entry, such as counts known only at its end."""

    def blob(self, source: Path | bytes) -> str:
        """Keep the bytes of a file, or bytes, under their SHA-256 (hex), which is given; on disk when the act ends."""

    def give(self, *given: Given) -> None:
        """Things given to `add`; one of the same path and SHA-256 takes the place of the earlier."""

    def withdraw(self, *pairs: tuple[str, str]) -> None:
        """Things given, by path and SHA-256, that another took the place of; the log keeps that they were there."""

    def documents(self, *docs: Document) -> None:
        """Documents read; one whose id is known stays as it was first written."""

    def scans(self, document_id: str, scans: Iterable[Scan]) -> None:
        """The words recognised on pages of a document of this act; a page that is known stays as it was first written."""

    def freeze(self, *laws: Law) -> None:
        """Law packs as they are now; the last frozen of an id is current. Its official text is added as a version."""

    def official(self, law_id: str, text: OfficialText) -> None:
        """One version of a law's official text; versions stand beside each other."""

    def letter(self, document_id: str, letter: Letter) -> None:
        """A letter as read from that document; raises NotFound."""

    def statement(self, document_id: str, statement: Statement) -> None:
        """An article or statement as read from that document; raises NotFound."""

    def ask(self, *questions: Question) -> None:
        """Questions; one whose id is known takes the place of the earlier."""

    def assess(self, about: str, *, key: str, by: str, questions: Iterable[str], findings: Iterable[Finding]) -> None:
        """A judge's whole answer on one document, by id, or on the record ("record").

        `key` is the digest of what it was judged under (questions, packs), `questions` the ids of those answered. What
        the same kind of judge answered to those questions on that document before is no longer current.
        """

    def find(self, *findings: Finding) -> None:
        """Findings that stand by themselves, such as a person's; none is ever overwritten."""

    def owe(self, source: str, deadlines: Iterable[Deadline]) -> None:
        """All deadlines that come from `source`, a document's id or a name, in place of those known from it."""

    def request_state(self, question: str, state: str) -> None:
        """The state of a request from now on; its earlier states stay readable."""

    def keep(self, key: str, value: Any) -> None:
        """A matter-level value, in JSON values."""

    def event(self, kind: str, about: str, value: Any) -> None:
        """Something that happened, of that kind, to `about` (an id or a name); never overwritten.

        `value` is JSON values, dates, instants, or a dataclass of these, read back by `Store.events` with its class.
        """


class Store(Protocol):
    """A matter's store. Reading gives core types; ids sort by code point.

    Raises Busy where another process holds it, NoRoom where the disk is full.
    """

    blobs: Blobs

    def act(
        self, by: str, act: str, detail: Mapping[str, Any] | None = None, *, at: datetime | None = None
    ) -> AbstractContextManager[Writing]:
        """One act in one transaction with its log entries; `by` who, `act` a verb, `at` UTC (None: now).

        `detail["about"]` lists the ids of what the act's own entry concerns; a proof opens only entries whose every
        `about` it contains, and never one without.
        """

    def writing(self, *, wait: float = 5.0) -> AbstractContextManager[None]:
        """Hold the matter for several acts, so that no other writer comes between; waits that many seconds, then Busy."""

    def given(self, *, state: State | None = None) -> Iterator[Given]:
        """Everything given to `add`, in order of path, then SHA-256."""

    def given_at(self, paths: Collection[str]) -> dict[str, tuple[Given, ...]]:
        """Of these paths those that something was given under, with every version in order of SHA-256.

        It is what a resumed `add` need not do again.
        """

    def given_counts(self) -> dict[State, int]:
        """How many things ended in each state; every state is in it."""

    def document(self, document_id: str) -> Document:
        """The document with that id; raises NotFound."""

    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, in order."""

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        """The documents of these ids (None: all) in order of id, few in memory at a time; ids that are not there are passed over."""

    def record_stamp(self) -> str:
        """A word that changes whenever a document or a thing given is written or withdrawn."""

    def documents_of(self, sha256: str) -> tuple[str, ...]:
        """The ids of the documents read from the bytes with that SHA-256 (hex)."""

    def known_given(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of these pairs of path and SHA-256 (hex) that were given."""

    def known_documents(self, sha256s: Collection[str]) -> dict[str, str]:
        """Of these SHA-256 (hex) those that a document was read from, with the id of the first such document."""

    def known_mail(self, digests: Collection[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """Of these mail hashes (hex) those of messages, with the id and the custodian of each."""

    def scans(self, document_id: str) -> Iterator[Scan]:
        """The recognised pages of a document, in order."""

    def copies(self, document_id: str) -> Iterator[Given]:
        """The thing given that became this document and those that repeat it, in order of path."""

    def law(self, law_id: str, *, on: date | None = None) -> Law:
        """The law as last frozen, with the official version in force on that day (None: the latest); raises NotFound."""

    def laws(self, *, on: date | None = None) -> tuple[Law, ...]:
        """Every law as last frozen, in order of id, with the official version in force on that day (None: the latest)."""

    def official(self, law_id: str, *, on: date | None = None) -> OfficialText | None:
        """The official version in force on that day (None: the latest), or None."""

    def officials(self, law_id: str) -> tuple[OfficialText, ...]:
        """All official versions, earliest first."""

    def letters(self) -> dict[str, Letter]:
        """Letters by the id of their document."""

    def statements(self) -> dict[str, Statement]:
        """Statements by the id of their document."""

    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order in which they were first asked."""

    def findings(
        self,
        *,
        question: str | None = None,
        about: str | None = None,
        as_of: datetime | None = None,
        current: bool = True,
    ) -> Iterator[Finding]:
        """Findings in the order in which they were written; `about` is a document's id or "record".

        Current are the latest per question, thing judged, reading and judge, without those that a later assessment of
        the same judge took the place of; `as_of` reads them as they stood after the last act at or before that instant.
        """

    def said(self, *, question: str | None = None, current: bool = True) -> Iterator[Said]:
        """The same findings without their words and passages, at a fraction of the cost."""

    def assessed(self, key: str, *, by: str) -> frozenset[str]:
        """The documents (or "record") whose current answer by that judge version was given under `key`."""

    def deadlines(self) -> tuple[Deadline, ...]:
        """All deadlines, by source and place."""

    def request_states(self) -> dict[str, str]:
        """The current state of each request, by question."""

    def request_history(self, question: str) -> tuple[tuple[datetime, str, str], ...]:
        """When the request came to each of its states, by whom, and the state."""

    def kept(self, key: str, default: Any = None) -> Any:
        """The matter-level value under that key."""

    def events(self, kind: str, of: type[E], *, about: str | None = None) -> tuple[Event[E], ...]:
        """What happened, of that kind and to `about` (None: to anything), in the order in which it was entered.

        `of` is the dataclass that was entered, or `dict` for plain values.
        """

    def log(self) -> Iterator[Entry]:
        """The log, in order."""

    def verify(self) -> int:
        """Check the log's chain and what it sealed against the tables; how many entries stand. Raises NotProven."""

    def close(self) -> None:
        """Let go of the database."""
