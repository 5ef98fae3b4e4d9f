"""A letter that came and those before it in, what it does to them out: what it is, whom it follows, what falls away.

A letter that could follow two is refused with both named: a person says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from showcause.ask.clock import plain_day
from showcause.ask.days import DATE, as_day
from showcause.ask.errand import Errand, errands
from showcause.ask.follow import follows
from showcause.ask.running import Terms, labels, question
from showcause.core import Bond, Document, Happened, Letter, Link, Side, Tie, Turn
from showcause.errors import BadInput

WHOLE = re.compile(
    r"supersed|replac|place\s+of|(?:in\s+(?:place|lieu)|instead)\s+of|substitut|withdr|rescind|cancel", re.IGNORECASE
)
BARE = frozenset({Turn.EXTENDED, Turn.TIME_REFUSED, Turn.CLOSED, Turn.ACKNOWLEDGED})  # what needs no request
NONE = "none"


@dataclass(frozen=True, slots=True)
class Coming:
    """What a person says of a letter that came; what is left out is read from the letter.

    `follows` is the id of an earlier letter's document, or "none"; `until` or `days` is the time that it gives.
    """

    terms: Terms = field(default_factory=Terms)
    kind: Turn | None = None
    follows: str = ""
    until: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Before:
    """The letters that came before, by the id of their document, the first first; the exchange, file name and day due of each.

    `today` is the day of a letter that has none.
    """

    letters: Mapping[str, Letter]
    roots: Mapping[str, str]
    names: Mapping[str, str]
    today: date
    due: Mapping[str, date | None] = field(default_factory=dict)

    def root(self, letter: str) -> str:
        """The first letter of the exchange that a letter belongs to."""
        return self.roots.get(letter, letter)

    def told(self, letter: str) -> str:
        """A letter in words: its file and its day."""
        day = self.letters[letter].date
        return f"{self.names.get(letter, letter)} ({plain_day(day) if day else 'without a date'})"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a letter does: it belongs to the exchange of `root`; `states` are new states of requests, by question."""

    root: str
    happened: tuple[Happened, ...]
    ties: tuple[Tie, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)


class _Said(NamedTuple):
    """What a letter says of those before it, and what it says that it does."""

    links: Sequence[Link]
    errands: Sequence[Errand]


def effect(document: Document, letter: Letter, *, before: Before, how: Coming, due: date | None) -> Effect:
    """What a letter does to those before it; `due` is the day on which its own answer is due.

    Raises BadInput where it speaks of an earlier letter and two could be meant.
    """
    said = _Said(follows(document.text, tuple(before.letters.values())), errands(document.text))
    on = letter.date or how.terms.received or before.today
    came = Happened(Turn.DEMAND, on, Side.ASKING, document.id, document.id, document.name, document.sha256)
    target = _target(document, letter, said, before=before, how=how)
    if target is None:
        subpoena = any(e.what is Turn.SUBPOENA for e in said.errands)
        return Effect(document.id, (replace(came, what=how.kind or (Turn.SUBPOENA if subpoena else Turn.DEMAND)),))
    ties = tuple(_ties(document.id, said.links, target, before))
    gone = dict.fromkeys(t.to for t in ties if _takes_all(t.link))
    turns = [replace(one, of=target, paper=came.paper) for one in _turns(came, letter, said.errands, how)]
    if due and due != before.due.get(target) and target not in gone and _renews(letter, due, ties):
        turns = [replace(one, until=due) if one.what in {Turn.FOLLOWED, Turn.SUBPOENA} else one for one in turns]
    others = [one for one in before.letters if before.root(one) == before.root(target) and one not in gone]
    left = bool(letter.requests or letter.questions or any(before.letters[one].requests for one in others))
    turns += [replace(came, what=Turn.WITHDRAWN, of=one, part=left) for one in gone]
    return Effect(before.root(target), tuple(turns), ties, dict(_states(ties, gone, before)))


# --- whom it follows ----------------------------------------------------------------------------


def _target(document: Document, letter: Letter, said: _Said, *, before: Before, how: Coming) -> str | None:
    """The letter that this one follows; None where it follows none of those that are here."""
    if how.follows:
        return None if how.follows == NONE else how.follows
    if how.kind is Turn.DEMAND:
        return None
    ids = tuple(before.letters)
    named = [ids[link.earlier] for link in said.links if link.earlier is not None]
    if named:
        return named[0]
    speaks = any(link.dated is None for link in said.links) or (how.kind or Turn.DEMAND) is not Turn.DEMAND
    if not speaks and not (any(e.what in BARE for e in said.errands) and not letter.requests):
        return None
    meant = _candidates(letter, before)
    if len(meant) > 1:
        listed = "; ".join(before.told(one) for one in meant)
        raise BadInput(
            f"{document.name}: speaks of an earlier letter, and could follow any of {len(meant)}: {listed}; "
            "say which with --follows, or --follows none"
        )
    return meant[0] if meant else None


def _candidates(letter: Letter, before: Before) -> list[str]:
    """The letters that could be meant, the last that asks of each exchange: of the same office where there are such.

    Of another office only where the letter names none, or there is one exchange only.
    """
    office = _flat(letter.sender_office)
    same = [n for n, one in before.letters.items() if office and _flat(one.sender_office) == office]
    alone = not office or len({before.root(n) for n in before.letters}) == 1
    last: dict[str, str] = {}
    for name in same or (before.letters if alone else ()):
        if before.letters[name].requests or before.root(name) == name:
            last[before.root(name)] = name
    return list(last.values())


def _flat(words: str | None) -> str:
    return " ".join((words or "").lower().split())


def _ties(letter: str, links: Sequence[Link], target: str, before: Before) -> Iterator[Tie]:
    """Each word of a letter on an earlier one that is here; a day that none of them has is of a letter that isn't."""
    ids = tuple(before.letters)
    for link in links:
        if link.earlier is not None:
            yield Tie(letter, ids[link.earlier], link)
        elif link.dated is None:
            yield Tie(letter, target, link)


# --- what it does -------------------------------------------------------------------------------


def _turns(came: Happened, letter: Letter, told: Sequence[Errand], how: Coming) -> Iterator[Happened]:
    """What a letter that follows another does, one a kind; a follow-up where it asks again or does nothing else."""
    if how.kind:
        read = next((e for e in told if e.what is how.kind), Errand(how.kind, "", 0, 0))
        what = Turn.FOLLOWED if how.kind is Turn.DEMAND else how.kind
        yield _timed(replace(came, what=what), letter, read, how)
        return
    does = {e.what for e in told}
    if Turn.SUBPOENA not in does and (letter.requests or not does):
        yield replace(came, what=Turn.FOLLOWED)
    for one in told:
        yield _timed(replace(came, what=one.what), letter, one, how)


def _timed(came: Happened, letter: Letter, read: Errand, how: Coming) -> Happened:
    """With the time that a grant gives: as a person says, as its sentence says, or the day that the letter names."""
    if came.what is not Turn.EXTENDED:
        return came
    if how.until or how.days:
        return replace(came, until=how.until, days=how.days)
    return replace(came, until=read.until or (None if read.days else letter.due), days=read.days)


def _takes_all(link: Link) -> bool:
    """Whether a link takes a whole letter away: it withdraws or replaces it; "amends" leaves the rest as it is."""
    return link.bond in {Bond.WITHDRAWS, Bond.SUPERSEDES} and not link.requests and bool(WHOLE.search(link.text))


def _states(ties: Sequence[Tie], gone: Mapping[str, None], before: Before) -> Iterator[tuple[str, str]]:
    """The requests that fall away: those withdrawn or replaced by their label, and all of a letter that is gone."""
    for tie in ties:
        held = labels(before.letters[tie.to])
        if tie.link.bond in {Bond.WITHDRAWS, Bond.SUPERSEDES}:
            yield from ((question(tie.to, label), "withdrawn") for label in tie.link.requests if label in held)
    for one in gone:
        yield from ((question(one, label), "withdrawn") for label in labels(before.letters[one]))


def _renews(letter: Letter, due: date, ties: Sequence[Tie]) -> bool:
    """Whether the day of a letter is one for what was asked before: it asks nothing new, or says so of what stands."""
    bonds = {tie.link.bond for tie in ties}
    if not letter.requests and not letter.questions:
        return Bond.SUPPLEMENTS not in bonds
    standing = [tie.link.text for tie in ties if tie.link.bond is Bond.STANDS]
    return any(as_day(m[0]) == due for text in standing for m in re.finditer(DATE, text, re.IGNORECASE))
