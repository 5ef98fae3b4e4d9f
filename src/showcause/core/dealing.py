"""What happens between the parties after a demand, and to a legal hold: each thing once, with its day and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from showcause.core.exchange import Link


class Side(StrEnum):
    """Who acts: the one who asks, or the one who answers."""

    ASKING = "asking"
    ANSWERING = "answering"


class Turn(StrEnum):
    """What happens to a demand."""

    DEMAND = "demand"
    ACKNOWLEDGED = "acknowledgement"
    TIME_ASKED = "extension asked"
    EXTENDED = "extension granted"
    TIME_REFUSED = "extension refused"
    PAUSED = "clock stopped"
    RESUMED = "clock runs again"
    OBJECTED = "objection"
    REPLY = "reply"
    PRODUCED = "production"
    REFUSED = "refusal"
    FOLLOWED = "follow-up"
    SUBPOENA = "subpoena"
    WITHDRAWN = "withdrawal"
    CLOSED = "closing"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a demand on a day.

    `paper`, `name` and `sha256` are of the letter that did it, empty where none did; `of` is the id of the letter that
    it concerns (empty: the demand as a whole); `requests` are the labels that it speaks of; `part` says that it leaves
    some of what was asked open. `days` or `until` is the time that it gives; `why` is what stops a clock, `source` the
    rule or agreement that lets it. `note` is for one's own side and goes into no paper for the other.
    """

    what: Turn
    on: date
    side: Side
    of: str = ""
    paper: str = ""
    name: str = ""
    sha256: str = ""
    requests: tuple[str, ...] = ()
    part: bool = False
    days: int = 0
    until: date | None = None
    why: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """What a letter, by its document's id, says of the earlier letter `to`."""

    letter: str
    to: str
    link: Link


@dataclass(frozen=True, slots=True)
class Exchange:
    """A demand and what happened to it since, in the order of days; `letter` is the id of the first letter's document.

    `due` is the next day on which something is due under it, None where nothing is or no day is known.
    """

    letter: str
    title: str
    sender: str
    happened: tuple[Happened, ...]
    due: date | None = None


# --- legal holds --------------------------------------------------------------------------------


class Holding(StrEnum):
    """What happens to a legal hold."""

    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    REMINDED = "reminded"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class HoldStep:
    """One act on a legal hold: on which custodians, when, by whom; `notices` are the SHA-256 of what was sent, in their order.

    `scope` is what must be kept, `until` the day by which an acknowledgement is wanted.
    """

    what: Holding
    on: date
    custodians: tuple[str, ...]
    by: str
    scope: str = ""
    until: date | None = None
    notices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold as it stands, with every step that was taken."""

    id: str
    steps: tuple[HoldStep, ...]

    @property
    def scope(self) -> str:
        """What must be kept, in the last words given."""
        return next((step.scope for step in reversed(self.steps) if step.scope), "")

    @property
    def custodians(self) -> tuple[str, ...]:
        """Everyone it was issued to, each once."""
        return tuple(dict.fromkeys(who for step in self._of(Holding.ISSUED) for who in step.custodians))

    @property
    def released(self) -> tuple[str, ...]:
        """Those who may let go again."""
        return tuple(dict.fromkeys(who for step in self._of(Holding.RELEASED) for who in step.custodians))

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Those who are held and have not acknowledged the hold since it was last issued to them."""
        return tuple(who for who in self.custodians if self.last(who) in {Holding.ISSUED, Holding.REMINDED})

    def last(self, custodian: str) -> Holding | None:
        """How the hold stands with one custodian; a reminder takes no acknowledgement back."""
        stands: Holding | None = None
        for step in self.steps:
            if custodian in step.custodians and not (step.what is Holding.REMINDED and stands is not Holding.ISSUED):
                stands = step.what
        return stands

    def on(self, what: Holding, custodian: str) -> date | None:
        """The last day on which that was done with a custodian."""
        return next((s.on for s in reversed(self.steps) if s.what is what and custodian in s.custodians), None)

    def due(self, custodian: str) -> date | None:
        """The day by which a custodian was last asked to acknowledge."""
        asked = (s for s in reversed(self.steps) if s.until and custodian in s.custodians)
        return next((s.until for s in asked), None)

    def _of(self, what: Holding) -> tuple[HoldStep, ...]:
        return tuple(step for step in self.steps if step.what is what)
