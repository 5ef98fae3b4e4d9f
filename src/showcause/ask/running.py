"""An exchange of letters and what happened in it in; what is owed under each letter, and where it stands, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from showcause.ask.clock import Told, plain_day
from showcause.ask.deadline import Known, governing, owed
from showcause.ask.rulebook import Extension, Pause, Rule, Service, rules
from showcause.core import Deadline, Exchange, Happened, Letter, Side, Turn, standing
from showcause.core.escalation import OPEN
from showcause.errors import NotFound

STATES = ("open", "searching", "answered in part", "answered", "objected", "withdrawn")
DONE = frozenset({"answered", "objected", "withdrawn"})
ANSWERS = frozenset({Turn.REPLY, Turn.PRODUCED, Turn.OBJECTED})


@dataclass(frozen=True, slots=True)
class Terms:
    """What was told of a letter's clock: the id of a rule, the day and the way it came, the recipient's zone and holidays."""

    rule: str = ""
    received: date | None = None
    service: Service | None = None
    zone: str = ""
    calendars: tuple[str, ...] = ()

    def then(self, later: Terms) -> Terms:
        """These terms with what was told later in the place of what was told before."""
        told = {name: getattr(later, name) for name in self.__slots__ if getattr(later, name)}
        return replace(self, **told)


@dataclass(frozen=True, slots=True)
class Stated:
    """The state that a request came to, and on which day; `note` is for one's own side."""

    question: str
    state: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """One exchange: the letters that ask, by the id of their document, the first first, and all that happened since.

    `states` are those of requests by question; `stated` how they came to them, in the order in which it was entered.
    """

    root: str
    letters: Mapping[str, Letter]
    happened: tuple[Happened, ...]
    terms: Mapping[str, Terms]
    states: Mapping[str, str]
    stated: tuple[Stated, ...] = ()

    def questions(self) -> Iterator[tuple[str, str, str]]:
        """Each request as its question's id, the letter's id and its label."""
        for letter, read in self.letters.items():
            for label in labels(read):
                yield question(letter, label), letter, label


def labels(letter: Letter) -> tuple[str, ...]:
    """The labels of a letter's requests; the place, from "1", of one that has none."""
    return tuple(r.label or str(n) for n, r in enumerate(letter.requests, 1))


def question(letter: str, label: str) -> str:
    """The id of the Question that a request of a letter became."""
    return f"{letter}/request-{label}"


# --- what happened ------------------------------------------------------------------------------


def settled(running: Running) -> tuple[Happened, ...]:
    """What happened in the order of days, each answer with whether it left something open on the day it was given.

    A request may be answered after the last letter was sent; the answer is whole on that day. An answer that objects to
    everything that is asked is an objection, whatever it was called.
    """
    told = sorted(running.happened, key=lambda h: h.on)
    out = [_weighed(h, running) if h.what in ANSWERS else h for h in told]
    asked = _asked(running, date.max)
    given = [h for h in out if h.what in ANSWERS]
    if given and asked and all(h.part for h in given) and _all_done(asked, running):
        last = max(_since(q, running) for q in asked)
        what = Turn.OBJECTED if _objected(asked, running) else Turn.REPLY
        out.append(Happened(what, max(last, given[-1].on), Side.ANSWERING))
    return tuple(sorted(out, key=lambda h: h.on))


def _weighed(one: Happened, running: Running) -> Happened:
    asked = _asked(running, one.on)
    if not asked:
        return one
    part = not _all_done(asked, running) or any(_since(q, running) > one.on for q in asked)
    if one.what is Turn.PRODUCED or part:
        return replace(one, part=part)
    return replace(one, part=False, what=Turn.OBJECTED if _objected(asked, running) else Turn.REPLY)


def _asked(running: Running, on: date) -> list[str]:
    """The requests of letters up to that day, without those withdrawn."""
    came = {h.paper: h.on for h in reversed(running.happened) if h.paper}
    return [
        q
        for q, letter, _ in running.questions()
        if came.get(letter, date.min) <= on and running.states.get(q) != "withdrawn"
    ]


def _all_done(asked: Iterable[str], running: Running) -> bool:
    return all(running.states.get(q, "open") in DONE for q in asked)


def _objected(asked: Iterable[str], running: Running) -> bool:
    return all(running.states.get(q) == "objected" for q in asked)


def _since(asked: str, running: Running) -> date:
    return next((s.on for s in reversed(running.stated) if s.question == asked), date.min)


# --- what is owed -------------------------------------------------------------------------------


def known_of(running: Running, letter: str) -> Known:
    """What is known of the clock of one letter of an exchange; raises NotFound where its rule is none of ours."""
    terms, read = running.terms.get(letter, Terms()), running.letters[letter]
    chosen = _rule(terms.rule) if terms.rule else None
    happened = [h for h in sorted(running.happened, key=lambda h: h.on) if h.of in ("", letter)]
    instead, since = None, date.min
    for one in happened:
        if one.what in {Turn.FOLLOWED, Turn.SUBPOENA} and one.until and one.of == letter:
            instead, since = (one.until, f"the letter of {plain_day(one.on)}"), one.on
    rule = governing(read, Known(terms.received, None, chosen, instead))
    later = [h for h in happened if h.on >= since]
    told = Told(
        service=terms.service or Service.HAND,
        pauses=tuple(_pauses(later)),
        extensions=tuple(_extensions(later, rule)),
        calendars=terms.calendars,
        zone=terms.zone or None,
        returnable=read.due,
    )
    return Known(terms.received, told, chosen, instead)


def _rule(name: str) -> Rule:
    try:
        return rules()[name]
    except KeyError:
        raise NotFound(f"{name}: no such rule; there are {', '.join(rules())}") from None


def _extensions(happened: Iterable[Happened], rule: Rule | None) -> Iterator[Extension]:
    """More time asked for, given or refused; where a statute lets one take it by notice, the notice itself gives it."""
    asked: Happened | None = None
    for one in happened:
        if one.what is Turn.TIME_ASKED:
            if asked:
                yield _unanswered(asked, rule)
            asked = one
        elif one.what is Turn.EXTENDED:
            begun = asked.on if asked else None
            source = one.source or (f"the letter of {plain_day(one.on)}" if one.paper else "the writer's grant")
            yield Extension(one.days, one.until, begun, one.on, source=source)
            asked = None
        elif one.what is Turn.TIME_REFUSED and asked:
            yield Extension(asked.days, asked.until, asked.on, None, source=one.source)
            asked = None
    if asked:
        yield _unanswered(asked, rule)


def _unanswered(asked: Happened, rule: Rule | None) -> Extension:
    if rule and rule.extension and rule.extension.notice:
        return Extension(asked.days, None, asked.on, asked.on)
    return Extension(asked.days, asked.until, asked.on, None, source=asked.source)


def _pauses(happened: Iterable[Happened]) -> Iterator[Pause]:
    begun: Happened | None = None
    for one in happened:
        if one.what is Turn.PAUSED and begun is None:
            begun = one
        elif one.what is Turn.RESUMED and begun:
            yield Pause(begun.on, one.on, begun.why, begun.source)
            begun = None
    if begun:
        yield Pause(begun.on, None, begun.why, begun.source)


def owed_under(running: Running, *, respondent: str) -> Mapping[str, tuple[Deadline, ...]]:
    """What is owed under each letter of an exchange, by its id, and who owes it; nothing where nothing is open.

    A request for more time that was not answered is owed an answer by the one who asks.
    """
    happened = settled(running)
    last = max((h.on for h in happened), default=date.min)
    stage = standing(happened, today=last).stage if happened else None
    gone = {h.of for h in happened if h.what is Turn.WITHDRAWN}
    out: dict[str, tuple[Deadline, ...]] = {}
    for name, letter in running.letters.items():
        quiet = stage not in OPEN or name in gone or _nothing_left(running, name)
        lines = () if quiet else tuple(_lines(running, name, letter, respondent))
        out[name] = lines
    return out


def _nothing_left(running: Running, name: str) -> bool:
    """Whether a letter asks for nothing, or nothing of what it asks is open; a first letter that asks nothing wants an answer."""
    letter = running.letters[name]
    open_ = [label for label in labels(letter) if running.states.get(question(name, label), "open") not in DONE]
    if letter.questions or open_:
        return False
    return bool(letter.requests) or name != running.root


def _lines(running: Running, name: str, letter: Letter, respondent: str) -> Iterator[Deadline]:
    done = [label for label in labels(letter) if running.states.get(question(name, label), "open") in DONE]
    known = known_of(running, name)
    for line in owed(letter, received=known.received, known=known, done=done):
        yield replace(line, source=name, by=respondent)
    asked = [h for h in sorted(running.happened, key=lambda h: h.on) if h.of in ("", name)]
    pending = next((h for h in reversed(asked) if h.what in {Turn.TIME_ASKED, Turn.EXTENDED, Turn.TIME_REFUSED}), None)
    if pending and pending.what is Turn.TIME_ASKED and not _by_notice(letter, known):
        sender = " ".join((letter.sender_office or letter.sender or "").split())
        what = f"Answer to the request for more time of {plain_day(pending.on)}"
        yield Deadline(what, respondent, None, "", name, (), sender)


def _by_notice(letter: Letter, known: Known) -> bool:
    rule = governing(letter, known)
    return bool(rule and rule.extension and rule.extension.notice)


def exchange_of(running: Running, *, title: str, respondent: str) -> Exchange:
    """The exchange as papers tell it, with the next day on which something is due."""
    lines = owed_under(running, respondent=respondent)
    days = [line.due for held in lines.values() for line in held if line.due and line.by == respondent]
    first = running.letters[running.root]
    sender = " ".join((first.sender_office or first.sender or "").split())
    return Exchange(running.root, title, sender, settled(running), min(days, default=None))
