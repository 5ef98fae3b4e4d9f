"""What happened to a demand in, where it stands out: since when, due when, who must act; a function of the events alone.

    sent ──► acknowledged ──► extended          what is answered in part, acknowledged or extended
     │            │              │              goes on as a demand that is open
     ├────────────┴──────────────┤
     │                           ▼
     │                    answered in part ──► answered | produced ──► closed
     │                           │                     ▲
     ├──► refused ◄──────────────┤                     │
     │       │                   │                     │
     ▼       ▼                   ▼                     │
    followed up ──────────► escalated (subpoena) ──────┘

    any of them ──► withdrawn | closed; a later letter of the one who asks opens it again

A subpoena ends only by an answer in full, a production, a withdrawal or a closing: an acknowledgement, more time or a
part of the answer leaves it escalated. What was answered is not acknowledged or extended any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from showcause.core.dealing import Happened, Side, Turn


class Stage(StrEnum):
    """Where a demand stands."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    EXTENDED = "extended"
    FOLLOWED = "followed up"
    PART = "answered in part"
    ANSWERED = "answered"
    PRODUCED = "produced"
    REFUSED = "refused"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


S = Stage
YOUNG = frozenset({S.SENT, S.FOLLOWED})
WAITING = YOUNG | {S.ACKNOWLEDGED, S.EXTENDED}
OPEN = WAITING | {S.PART, S.ESCALATED}  # the one who answers must act
GIVEN = frozenset({S.ANSWERED, S.PRODUCED, S.REFUSED})  # the one who asks must act
ENDED = frozenset({S.WITHDRAWN, S.CLOSED})
ANY = frozenset(Stage)

MOVES: Mapping[tuple[Turn, bool], tuple[frozenset[Stage], Stage]] = {
    # what happened, and whether it leaves something open: from which stages it moves, and to which
    (Turn.ACKNOWLEDGED, False): (YOUNG, S.ACKNOWLEDGED),
    (Turn.EXTENDED, False): (WAITING, S.EXTENDED),
    (Turn.OBJECTED, True): (WAITING | {S.PART, S.REFUSED}, S.PART),
    (Turn.OBJECTED, False): (OPEN - {S.ESCALATED}, S.REFUSED),
    (Turn.REPLY, True): (WAITING | {S.PART, S.REFUSED}, S.PART),
    (Turn.REPLY, False): (OPEN | {S.REFUSED}, S.ANSWERED),
    (Turn.PRODUCED, True): (WAITING | {S.PART, S.REFUSED}, S.PART),
    (Turn.PRODUCED, False): (OPEN | {S.REFUSED, S.ANSWERED}, S.PRODUCED),
    (Turn.REFUSED, False): (OPEN - {S.ESCALATED}, S.REFUSED),
    (Turn.FOLLOWED, False): (ANY - {S.ESCALATED}, S.FOLLOWED),
    (Turn.DEMAND, False): (ENDED | GIVEN, S.FOLLOWED),
    (Turn.SUBPOENA, False): (ANY, S.ESCALATED),
    (Turn.WITHDRAWN, False): (ANY, S.WITHDRAWN),
    (Turn.CLOSED, False): (ANY, S.CLOSED),
}
SETS_DAY = frozenset({Turn.DEMAND, Turn.EXTENDED, Turn.FOLLOWED, Turn.SUBPOENA})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a demand stands since which day; `due` and `days_left` are None where nothing is owed or no day is known.

    `waits_for` is the side that must act, None at the end; `days_left` is under 0 where the day is past.
    """

    stage: Stage
    since: date
    due: date | None
    days_left: int | None
    waits_for: Side | None

    @property
    def overdue(self) -> bool:
        """Whether the day is past and nothing was answered."""
        return self.days_left is not None and self.days_left < 0


def standing(happened: Iterable[Happened], *, today: date, due: date | None = None) -> Standing:
    """Where a demand stands after all that happened to it up to and with `today`; raises ValueError for none.

    The events may come in any order: days decide, and on one day the order given. The day due is the last that a
    demand, an extension, a follow-up or a subpoena set (`until`), or `due` where it was counted otherwise. A `closing`
    of the one who answers says that all is answered; only the one who asks can close.
    """
    told = sorted((h for h in happened if h.on <= today), key=lambda h: h.on)
    if not told:
        raise ValueError("nothing happened up to that day, so there is no demand")
    stage, since, until = S.SENT, told[0].on, told[0].until
    for one in told:
        begins, ends = _move(one)
        if ends is not None and stage in begins and ends is not stage:
            stage, since = ends, one.on
        if one.what in SETS_DAY and one.until:
            until = one.until
    day = (due or until) if stage in OPEN else None
    waits = Side.ANSWERING if stage in OPEN else Side.ASKING if stage in GIVEN else None
    return Standing(stage, since, day, (day - today).days if day else None, waits)


def _move(one: Happened) -> tuple[frozenset[Stage], Stage | None]:
    """From which stages a thing moves a demand, and to which; to none where it changes nothing."""
    if one.what is Turn.ACKNOWLEDGED and one.side is Side.ASKING:
        return frozenset(), None  # that an answer came says nothing of what it holds
    if one.what is Turn.CLOSED and one.side is Side.ANSWERING:
        return MOVES[Turn.REPLY, False]
    return MOVES.get((one.what, one.part), (frozenset(), None))
