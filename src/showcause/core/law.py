"""A law as data: its requirements, the readings of each with their authorities, and its official text by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Authority:
    """Who says that a reading is right: a court, an agency or a party, where it binds, and what it holds in our words."""

    citation: str
    forum: str
    holds: str = ""
    date: date | None = None
    pinpoint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a requirement's terms reach and what a savings clause cures.

    `judged` is False for a reading that changes no verdict (`unenforceable`): it is reported beside the others.
    """

    id: str
    title: str
    says: str
    authorities: tuple[Authority, ...] = ()
    forums: tuple[str, ...] = ()
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Requirement:
    """One duty, ban or permission of a law, restated; `id` is `LAW#NAME`.

    `pinpoint` is the subdivision, "(a)"; `official` the identifiers of the provisions in an imported official text
    that say it; `duty` is True where silence of the record is an unmet duty.
    """

    id: str
    text: str
    pinpoint: str = ""
    official: tuple[str, ...] = ()
    duty: bool = False
    rules: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Provision:
    """One section or subdivision of an official text; `start` and `end` are its characters in that text."""

    identifier: str
    number: str
    heading: str
    level: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OfficialText:
    """The words of a law as an official file gives them, with the version they are.

    `in_force` and `repealed` bound the days on which it was law (None: not known, or still in force); `published` is
    the day of the release. `sha256` is of the imported file's bytes.
    """

    citation: str
    identifier: str
    heading: str
    text: str = field(repr=False)
    provisions: tuple[Provision, ...] = field(repr=False)
    source: str = ""
    sha256: str = ""
    published: date | None = None
    in_force: date | None = None
    repealed: date | None = None
    note: str = ""

    def words(self, identifier: str) -> str | None:
        """The exact words of the provision with that identifier, or None."""
        found = next((p for p in self.provisions if p.identifier == identifier), None)
        return self.text[found.start : found.end] if found else None


@dataclass(frozen=True, slots=True)
class Law:
    """A law pack in memory; `rules` holds the pack's own tables for the judge, `digest` the SHA-256 of the pack's bytes."""

    id: str
    citation: str
    title: str
    jurisdiction: str
    source: str
    requirements: tuple[Requirement, ...]
    readings: tuple[Reading, ...]
    digest: str
    rules: Mapping[str, Any] = field(default_factory=dict, repr=False)
    official: OfficialText | None = field(default=None, repr=False)

    def judged(self) -> tuple[Reading, ...]:
        """The readings that give verdicts, in the pack's order."""
        return tuple(r for r in self.readings if r.judged)
