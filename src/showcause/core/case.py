"""A matter at one moment: the frozen whole that every paper is printed from, so that papers can't disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from showcause.core.dealing import Exchange
from showcause.core.exchange import Letter, Statement
from showcause.core.finding import Finding, Question
from showcause.core.law import Law
from showcause.core.record import Document


class State(StrEnum):
    """Where each thing given to `add` ends."""

    READ = "read"
    DUPLICATE = "duplicate-of"
    CONTAINER = "container"
    UNREADABLE = "unreadable"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Given:
    """A file named to `add`, or a thing found inside one, with its custody and the state it ended in.

    `path` is the source path as given (inside a container: the container's path, `!/`, the name); `document` is the id
    of the Document it became or, for a duplicate, of the one it repeats; `reason` says why it was not read; `parent` is
    the path of the thing it was found in; `size` counts bytes; `at` and `modified` are UTC; `inline` is True for a
    picture that a message shows within its words.
    """

    path: str
    name: str
    size: int
    sha256: str
    state: State
    custodian: str
    by: str
    at: datetime
    modified: datetime | None = None
    document: str | None = None
    reason: str | None = None
    parent: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the log: what was done, by whom, when, about what; `detail` holds JSON values."""

    seq: int
    at: datetime
    by: str
    act: str
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is owed, to whom, by when (None: no date given), and the words that fix it; `working` is how they were counted.

    `by` is who owes it, empty for the respondent.
    """

    what: str
    to: str
    due: date | None
    rule: str
    source: str = ""
    working: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a paper may say of a matter, as of `as_of` (UTC): the time of the last act proven.

    `documents` holds by id every document that a finding, letter or statement points to; `letters` and `statements`
    are keyed by the id of the document they were read from; `findings` are the current ones: of passages, of documents
    and of the whole record. `exchanges` are what both sides know of: letters, days, and no notes of one's own.
    """

    name: str
    respondent: str
    as_of: datetime
    laws: tuple[Law, ...]
    documents: Mapping[str, Document]
    given: tuple[Given, ...]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    letters: Mapping[str, Letter] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    request_states: Mapping[str, str] = field(default_factory=dict)
    exchanges: tuple[Exchange, ...] = ()
