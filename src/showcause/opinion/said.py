"""A case in; what each speaker said over time out: each claim with what the record makes of it, and what changed.

Nothing here reads a store or a file: the same case gives the same sheet. Both sides stand in one list, told alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from showcause.core import Case, Claim, Kind, Passage, Quote, Stance, Statement
from showcause.paper import view

UNNAMED = "An unnamed speaker"


class Topic(StrEnum):
    """What a claim is about, so far as two claims can be set against each other."""

    LAW = "the law"
    PRODUCTION = "what was asked for"
    AUTHORITY = "the authority to ask"
    THREAT = "what will follow"
    OTHER = "another matter"


TOPICS = {
    Stance.COMPLIES: Topic.LAW,
    Stance.VIOLATES: Topic.LAW,
    Stance.WILL_PRODUCE: Topic.PRODUCTION,
    Stance.REFUSES: Topic.PRODUCTION,
    Stance.DISPUTES_AUTHORITY: Topic.AUTHORITY,
    Stance.THREATENS: Topic.THREAT,
    Stance.OTHER: Topic.OTHER,
}
SAYS = {
    Stance.COMPLIES: "the law is kept",
    Stance.VIOLATES: "the law is broken",
    Stance.WILL_PRODUCE: "it will be produced",
    Stance.REFUSES: "it will not be produced",
    Stance.DISPUTES_AUTHORITY: "there is no authority to ask",
    Stance.THREATENS: "a step will follow",
    Stance.OTHER: "the matter is left open",
}


@dataclass(frozen=True, slots=True)
class Utterance:
    """One claim as it was made: when (None where no date is known), where, in whose telling, and what came of it.

    `passage` is where it stands; `loaded` are the loaded words that stand in it, with their kinds; `answers` is what
    the record makes of it, reading by reading.
    """

    on: date | None
    by: str
    outlet: str | None
    claim: Claim
    passage: Passage
    loaded: tuple[tuple[str, str], ...]
    answers: tuple[view.Answer, ...]

    @property
    def topic(self) -> Topic:
        """What it is about."""
        return TOPICS[self.claim.stance]

    @property
    def undated(self) -> bool:
        """Whether it promises production and gives no date."""
        return self.claim.stance is Stance.WILL_PRODUCE and self.claim.date_promised is None


@dataclass(frozen=True, slots=True)
class Change:
    """What one speaker said otherwise later, in words, with both places."""

    earlier: Utterance
    later: Utterance
    what: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker over time: every form of the name's role, what was claimed in order of time, and what changed."""

    name: str
    roles: tuple[str, ...]
    organisation: str | None
    said: tuple[Utterance, ...]
    changes: tuple[Change, ...]


def speakers(case: Case, *, named: str | None = None) -> tuple[Speaker, ...]:
    """Every speaker of the case's statements who claims something, by name; with `named` those whose name holds it."""
    said = list(_utterances(case))
    names = _same({u.by for u in said})
    by: dict[str, list[Utterance]] = {}
    for one in sorted(said, key=lambda u: (u.on is None, u.on or date.max, u.passage.doc.id, u.passage.start)):
        by.setdefault(names[one.by], []).append(one)
    wanted = {name: told for name, told in by.items() if named is None or named.casefold() in name.casefold()}
    return tuple(_speaker(case, name, told) for name, told in sorted(wanted.items(), key=lambda i: i[0].casefold()))


def _utterances(case: Case) -> Iterator[Utterance]:
    answers = {
        (source.doc.id, source.span): held.answers
        for held in view.held(case, Kind.CLAIM)
        if isinstance(source := held.question.source, Passage)
    }
    for name, statement in case.statements.items():
        doc = case.documents[name]
        for claim in statement.claims:
            held = (w for w in statement.loaded if claim.start <= w.start and w.end <= claim.end)
            yield Utterance(
                statement.date or doc.date,
                claim.by or UNNAMED,
                _through(statement, claim),
                claim,
                doc.passage(claim.start, claim.end),
                tuple((word.text, word.kind.value) for word in held),
                answers.get((name, (claim.start, claim.end)), ()),
            )


def _through(statement: Statement, claim: Claim) -> str | None:
    """The outlet or person through which a claim came: its quotation's, else the article's own."""
    quoted = [q.via for q in statement.quotes if q.start < claim.end and claim.start < q.end and q.via]
    return quoted[0] if quoted else statement.outlet


def _same(names: Iterable[str]) -> dict[str, str]:
    """Each name with the fullest form of it that is there: "Ito" is "Rosa Ito" where only one Ito speaks."""
    every = sorted(set(names))
    found: dict[str, str] = {}
    for name in every:
        bare = _bare(name)
        fuller = [other for other in every if other != name and _bare(other) == bare and len(other) > len(name)]
        if " " not in bare:
            fuller += [other for other in every if " " in _bare(other) and _bare(other).split()[-1] == bare]
        found[name] = fuller[0] if len({_bare(f) for f in fuller}) == 1 else name
    return found


def _bare(name: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(name.split()).casefold())


def _speaker(case: Case, name: str, said: Sequence[Utterance]) -> Speaker:
    told = {u.by for u in said}
    quotes: list[Quote] = [q for s in case.statements.values() for q in s.quotes if q.speaker in told]
    roles = tuple(dict.fromkeys(q.role for q in quotes if q.role))
    organisation = next((q.organisation for q in quotes if q.organisation), None)
    return Speaker(name, roles, organisation, tuple(said), tuple(_changes(said)))


def _changes(said: Sequence[Utterance]) -> Iterator[Change]:
    """What was said otherwise than the last time that the same speaker spoke of the same thing."""
    last: dict[Topic, Utterance] = {}
    for now in said:
        before = last.get(now.topic)
        last[now.topic] = now
        what = _otherwise(before.claim, now.claim) if before else None
        if before and what:
            yield Change(before, now, what)


def _otherwise(before: Claim, now: Claim) -> str | None:
    if before.stance is not now.stance:
        return f"First that {SAYS[before.stance]}; later that {SAYS[now.stance]}."
    if now.stance is not Stance.WILL_PRODUCE or before.date_promised == now.date_promised:
        return None
    if before.date_promised is None:
        return f"No date was given; later {now.date_promised}."
    if now.date_promised is None:
        return f"The date given first, {before.date_promised}, is not given again."
    way = "put off" if now.date_promised > before.date_promised else "brought forward"
    return f"The date was {way} from {before.date_promised} to {now.date_promised}."
