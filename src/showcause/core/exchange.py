"""What the parties say to each other: letters with requests and threats, statements with quotations and claims.

Texts are exact substrings of the document they were read from; `start` and `end` count its characters.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Threat(StrEnum):
    """What a letter says will follow."""

    SUBPOENA = "subpoena"
    FUNDING = "funding"
    LITIGATION = "litigation"
    OTHER = "other"


class QuoteKind(StrEnum):
    """Full words in marks, a reported clause, or a fragment in marks inside one."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What a claim asserts."""

    COMPLIES = "complies"
    VIOLATES = "violates"
    WILL_PRODUCE = "will_produce"
    REFUSES = "refuses"
    THREATENS = "threatens"
    DISPUTES_AUTHORITY = "disputes_authority"
    OTHER = "other"


class LoadedKind(StrEnum):
    """How a loaded word is loaded; never a verdict, never part of one."""

    ABSOLUTE = "absolute"
    INTENSIFIER = "intensifier"
    HYPERBOLE = "hyperbole"
    INSULT = "insult"


@dataclass(frozen=True, slots=True)
class Request:
    """A thing that a letter asks to be produced; `period` are the words that fix its period."""

    label: str | None
    text: str
    period: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a letter says will follow, and of which kind."""

    kind: Threat
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A demand as read; `due` is None where the rule is relative, and `due_rule` is the rule's own words."""

    sender: str | None
    sender_office: str | None
    addressees: tuple[str, ...]
    date: dt.date | None
    due: dt.date | None
    due_rule: str | None
    authority: tuple[str, ...]
    requests: tuple[Request, ...]
    questions: tuple[str, ...]
    consequences: tuple[Consequence, ...]
    signer: str | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody is said to have uttered; `via` is the outlet or person through which they came."""

    text: str
    kind: QuoteKind
    speaker: str | None
    role: str | None
    organisation: str | None
    via: str | None
    cue: str | None
    start: int
    end: int
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The smallest clause that asserts compliance, production, authority, refusal or threat."""

    by: str | None
    text: str
    stance: Stance
    about: str | None
    date_promised: dt.date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded word and how it is loaded, marked evenly for every speaker and the writer."""

    text: str
    kind: LoadedKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """An article, release or transcript as read."""

    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    loaded: tuple[Loaded, ...]
    outlet: str | None = None
    byline: str | None = None
    date: dt.date | None = None


class Bond(StrEnum):
    """What a letter does to an earlier one, or to a request of it."""

    FOLLOWS = "follows"
    SUPPLEMENTS = "supplements"
    SUPERSEDES = "supersedes"
    WITHDRAWS = "withdraws"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Link:
    """A letter's word on an earlier one: `text` is the clause at `start` to `end`, in characters of the later letter.

    `dated` is the day by which it names the earlier letter, None where it names none; `requests` are the labels that it
    speaks of, empty for the letter as a whole; `by` is the label of what takes their place; `earlier` is the place of
    the letter meant among those given, None where it can't be told.
    """

    bond: Bond
    text: str
    start: int
    end: int
    dated: dt.date | None
    requests: tuple[str, ...] = ()
    by: str | None = None
    earlier: int | None = None
