"""Letters in and out, and what follows from them, in; days, states and what is owed out: the desk of an exchange.

Everything is entered as an event under a name that no proof contains (`exchange/...`, `hold/...`), so a proof for the
other side never opens it; what both sides know of (requests, their states, days due) is written beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from showcause import ask, paper
from showcause.ask import Before, Coming, Effect, Running, Stated, Terms
from showcause.core import (
    Deadline,
    Document,
    Happened,
    Hold,
    Holding,
    HoldStep,
    Kind,
    Letter,
    Question,
    Side,
    Standing,
    Tie,
    Turn,
    standing,
)
from showcause.core import (
    Exchange as Exchanged,
)
from showcause.errors import BadInput, NotFound
from showcause.gather import document_of
from showcause.matter.desk import Desk
from showcause.store import Event, Writing

STATE_OF = {Turn.REPLY: "answered", Turn.PRODUCED: "answered", Turn.OBJECTED: "objected", Turn.REFUSED: "objected"}
UNDATED = date.max


@dataclass(frozen=True, slots=True)
class Going:
    """What a person says of a letter that went out.

    `on` is the day it was sent (None: its own date, else today), `requests` are the labels that it answers, `until` or
    `days` the time that it asks for; `note` is for one's own side.
    """

    kind: Turn = Turn.REPLY
    on: date | None = None
    requests: tuple[str, ...] = ()
    until: date | None = None
    days: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """A letter that came, what it did and what it says of those before it."""

    document: Document
    letter: Letter
    effect: Effect


class Exchange(Desk):
    """The letters, deadlines, requests and legal holds of a matter."""

    __slots__ = ()

    # --- letters ---------------------------------------------------------------------------------

    def ask(self, path: Path, how: Coming | None = None) -> Came:
        """A letter of the other side in: its requests become Questions, and what it wants by when is owed.

        A letter that follows another is linked to it and takes effect on it: requests fall away, days are replaced, more
        time is given. Raises BadInput where it could follow two, NotFound where a rule or letter named is not here.
        """
        how = how or Coming()
        document = self.kept(path)
        letter = ask.read_letter(document)
        before = self._before(document.id)
        if how.follows not in ("", ask.coming.NONE):
            how = replace(how, follows=self.letter(how.follows))
        alone = self._joined({document.id: letter}, {document.id: how.terms})
        due = ask.reckoned(letter, ask.known_of(alone, document.id)).due
        effect = ask.effect(document, letter, before=before, how=how, due=due)
        came, here = Came(document, letter, effect), self.store.letters()
        running = self.running(effect.root) if effect.root in here else None
        was = self._root(document.id)
        left = self.running(was) if document.id in here and was != effect.root else None
        about = {"about": [document.id], "file": path.name}
        with self.store.act(self.settings.actor, "ask", about) as act:
            act.documents(document)
            act.blob(path)
            act.letter(document.id, letter)
            act.ask(*(asked(document, letter, place) for place in range(len(letter.requests))))
            if left:  # it was read as part of another exchange before
                self._owe(act, _without(left, document.id))
            self._entered(act, came, how.terms, running)
        return came

    def _entered(self, act: Writing, came: Came, terms: Terms, running: Running | None) -> None:
        """Everything that a letter does to the exchange `running`, and what is owed after it."""
        document, letter, effect = came.document.id, came.letter, came.effect
        before_it = [one for one in running.happened if one.paper == document] if running else []
        others = [one for one in running.happened if one.paper != document] if running else []
        fresh = (
            self._root(document) != effect.root or list(effect.happened) != before_it
        )  # a letter that was read so before does nothing twice
        fallen = dict(effect.states) if fresh else {}
        before = self.store.request_states()
        new = {q: "open" for label in ask.labels(letter) if (q := ask.question(document, label)) not in before}
        for question, state in (new | fallen).items():
            act.request_state(question, state)
        for tie in effect.ties:
            if tie not in self.ties():
                act.event("tie", f"exchange/{effect.root}", tie)
        if terms != Terms():
            act.event("terms", f"exchange/{document}", terms)
        if fresh:
            for one in effect.happened:
                act.event("exchange", f"exchange/{effect.root}", one)
        on = effect.happened[0].on if effect.happened else self.today()
        fell = [Stated(q, state, on) for q, state in fallen.items()]
        for stated in fell:
            act.event("request", f"exchange/{effect.root}", stated)
        letters = dict(running.letters if running else {}) | {document: letter}
        held = running.terms if running else {}
        now = Running(
            effect.root,
            letters,
            (*others, *effect.happened),
            dict(held) | {document: held.get(document, Terms()).then(terms)},
            before | new | fallen,
            (*(running.stated if running else ()), *fell),
        )
        self._owe(act, now)

    def sent(self, path: Path, *, answers: str = "", how: Going | None = None) -> Happened:
        """A letter of one's own out, kept with its hash: a reply, an acknowledgement, a wish for more time, a production.

        `answers` names the letter that it answers: its id, its file's name or its day; it may be left out where there is
        only one. Raises NotFound where there is none so named, BadInput for a request that it does not have.
        """
        how = how or Going()
        letter = self.letter(answers)
        document = self.kept(path)
        if document.id in self.store.letters():
            raise BadInput(f"{path}: is a letter of the other side in this matter")
        running = self.running(self._root(letter))
        chosen = [self._question(running, label, letter) for label in how.requests]
        on = how.on or ask.read_letter(document).date or self.today()
        one = Happened(
            how.kind, on, Side.ANSWERING, letter, document.id, document.name, document.sha256, how.requests,
            days=how.days, until=how.until, note=how.note,
        )  # fmt: skip
        state = STATE_OF.get(how.kind)
        stated = [Stated(q, state, on) for q in chosen] if state else []
        with self.store.act(self.settings.actor, "sent", {"about": [f"exchange/{running.root}"]}) as act:
            act.documents(document)
            act.blob(path)
            self._happen(act, running, [one], stated)
        return one

    def letters(self) -> tuple[Happened, ...]:
        """Every letter in and out with its hash, in the order of days."""
        told = [h for one in self.runnings() for h in one.happened if h.paper]
        seen: dict[str, Happened] = {}
        for one in sorted(told, key=lambda h: h.on):
            seen.setdefault(one.paper, one)
        return tuple(seen.values())

    def papers(self) -> frozenset[str]:
        """The ids of the documents that are letters between the parties, which are no records."""
        events = self.store.events("exchange", Happened)
        return frozenset(e.value.paper for e in events if e.value.paper) | self.store.letters().keys()

    def ties(self) -> tuple[Tie, ...]:
        """What letters say of those before them."""
        return tuple(e.value for e in self.store.events("tie", Tie))

    def letter(self, name: str) -> str:
        """The id of a letter of the other side by its id, its file's name or its day; the only one for "".

        Raises NotFound, or BadInput where several could be meant.
        """
        known = self.store.letters()
        found = [n for n, one in known.items() if name in ("", n, str(one.date), self.store.document(n).name)]
        asking = [n for n in found if known[n].requests] if not name else found
        found = asking if not name and len(found) > 1 and asking else found
        if not found:
            raise NotFound(
                f"{name or 'letter'}: no letter of the other side {'so named' if name else 'is'} in this matter"
            )
        if len(found) > 1:
            names = ", ".join(self.store.document(n).name for n in found)
            raise BadInput(f"{name or 'which letter'}: {len(found)} letters could be meant: {names}")
        return found[0]

    def names(self) -> dict[str, str]:
        """The file names of the letters of the other side, by their id."""
        return {name: self.store.document(name).name for name in self.store.letters()}

    def known(self, letter: str) -> Terms:
        """What was told of a letter's clock."""
        return self._terms(self.letter(letter))

    def kept(self, path: Path) -> Document:
        """The document of a file, as it is kept where its bytes are known."""
        document = document_of(path, custodian=self.respondent, settings=self.settings)
        known = self.store.documents_of(document.sha256)
        return self.store.document(known[0]) if known else document

    # --- time ------------------------------------------------------------------------------------

    def enter(self, letter: str, one: Happened) -> Happened:
        """What happened to a demand without a letter: more time by telephone, a closing; `one.note` is for one's own side."""
        name = self.letter(letter)
        running = self.running(self._root(name))
        made = replace(one, of=name)
        with self.store.act(self.settings.actor, made.what.value, {"about": [f"exchange/{running.root}"]}) as act:
            self._happen(act, running, [made], [])
        return made

    def pause(self, letter: str, *, why: str, on: date, source: str = "") -> Happened:
        """The clock of a letter stops after `on`, because of `why` (a reason that its rule names, or that `source` gives)."""
        return self.enter(letter, Happened(Turn.PAUSED, on, Side.ANSWERING, why=why, source=source))

    def resume(self, letter: str, *, on: date) -> Happened:
        """The clock of a letter runs again after `on`, the day on which the question was answered."""
        return self.enter(letter, Happened(Turn.RESUMED, on, Side.ASKING))

    def terms(self, letter: str, terms: Terms) -> Terms:
        """What is known of a letter's clock from now on: its rule, the day and way it came, zone and holidays."""
        name = self.letter(letter)
        running = self.running(self._root(name))
        now: Terms = running.terms.get(name, Terms()).then(terms)
        changed = replace(running, terms=dict(running.terms) | {name: now})
        ask.known_of(changed, name)  # a rule that isn't there is refused before anything is written
        with self.store.act(self.settings.actor, "terms", {"about": [f"exchange/{running.root}"]}) as act:
            act.event("terms", f"exchange/{name}", terms)
            self._owe(act, changed)
        return now

    def deadlines(self) -> tuple[Deadline, ...]:
        """All that is owed, with its working: to the other side, by it, by custodians; the first due first."""
        letters = self.store.letters()
        said = (d for d in self.store.deadlines() if d.source not in letters)
        owed = (
            line
            for one in self.runnings()  # counted anew: a request may have been settled elsewhere since
            for lines in ask.owed_under(one, respondent=self.respondent).values()
            for line in lines
        )
        held = (*said, *owed, *ask.unacknowledged(self.holds(), to=self.respondent))
        return tuple(sorted(held, key=lambda d: (d.due is None, d.due or date.max)))

    def calendar(self) -> bytes:
        """The deadlines that have a day, as one iCalendar file: one event for each letter and day, not for each request."""
        first = {(d.source, d.due, d.by): d for d in reversed(self.deadlines())}
        return ask.calendar(reversed(first.values()), stamped=datetime.now(UTC))

    # --- requests --------------------------------------------------------------------------------

    def request(self, name: str, state: str, *, on: date | None = None, note: str = "") -> Stated:
        """A request's state from now on; `name` is LETTER/LABEL, or LABEL where only one letter has it.

        States: open, searching, answered in part, answered, objected, withdrawn. Raises BadInput for another.
        """
        if state not in ask.STATES:
            raise BadInput(f"{state}: no state of a request; there are {', '.join(ask.STATES)}")
        which, _, label = name.rpartition("/")
        letters = [self.letter(which)] if which else list(self.store.letters())
        held = [one for one in letters if label in ask.labels(self.store.letters()[one])]
        if len(held) != 1:
            told = f"{len(held)} letters have a request {label}" if held else f"no request {label} is in this matter"
            raise (BadInput if held else NotFound)(f"{name}: {told}; name one as LETTER/LABEL")
        running = self.running(self._root(held[0]))
        stated = Stated(ask.question(held[0], label), state, on or self.today(), note)
        with self.store.act(self.settings.actor, "request", {"about": [f"exchange/{running.root}"]}) as act:
            self._happen(act, running, [], [stated])
        return stated

    # --- where it stands -------------------------------------------------------------------------

    def exchanges(self) -> tuple[Exchanged, ...]:
        """Each exchange with all that happened in it, notes and all; the first first."""
        return tuple(
            ask.exchange_of(one, title=self._title(one), respondent=self.respondent) for one in self.runnings()
        )

    def shown(self) -> tuple[Exchanged, ...]:
        """The same as both sides may see it: without notes of one's own."""
        return tuple(
            replace(one, happened=tuple(replace(h, note="") for h in one.happened)) for one in self.exchanges()
        )

    def standing(self, one: Exchanged) -> Standing:
        """Where an exchange stands today; where its letters are of later days, on the last of them."""
        last = max((h.on for h in one.happened), default=self.today())
        return standing(one.happened, today=max(last, self.today()), due=one.due)

    def timeline(self, to: Path) -> Path:
        """The exchanges drawn on a page at `to`: .html, .pdf or .svg; raises BadInput for another kind."""
        return paper.timeline(self.exchanges(), to=to, matter=self.name, today=self.today())

    def runnings(self) -> tuple[Running, ...]:
        """The exchanges of the matter as they run, the first letter's day first."""
        letters, known = self.store.letters(), self._roots()
        roots = dict.fromkeys(known.get(name, name) for name in letters)
        made = [self.running(root) for root in roots]
        return tuple(sorted(made, key=lambda one: letters[one.root].date or UNDATED))

    def running(self, root: str) -> Running:
        """The exchange that began with that letter; raises NotFound where the letter is not here."""
        letters = self.store.letters()
        if root not in letters:
            raise NotFound(f"{root}: no letter of this matter has this id")
        about, known = f"exchange/{root}", self._roots()
        happened = _standing(self.store.events("exchange", Happened, about=about), root, known)
        mine = {n: letters[n] for n in letters if known.get(n, n) == root}
        if not any(h.paper == root for h in happened):  # asked before events were kept
            happened = (self._opening(root, letters[root]), *happened)
        order = sorted(mine, key=lambda n: (n != root, letters[n].date or UNDATED))
        return Running(
            root,
            {n: mine[n] for n in order},
            happened,
            {n: self._terms(n) for n in order},
            self.store.request_states(),
            tuple(e.value for e in self.store.events("request", Stated, about=about)),
        )

    def _opening(self, root: str, letter: Letter) -> Happened:
        document = self.store.document(root)
        return Happened(
            Turn.DEMAND, letter.date or self.today(), Side.ASKING, root, root, document.name, document.sha256
        )

    def _terms(self, letter: str) -> Terms:
        told = Terms()
        for event in self.store.events("terms", Terms, about=f"exchange/{letter}"):
            told = told.then(event.value)
        return told

    def _roots(self) -> dict[str, str]:
        """The exchange that each letter of the other side belongs to: the last that it was entered in."""
        events = self.store.events("exchange", Happened)
        return {
            e.value.paper: e.about.partition("/")[2] for e in events if e.value.side is Side.ASKING and e.value.paper
        }

    def _root(self, letter: str) -> str:
        return self._roots().get(letter, letter)

    def _before(self, letter: str) -> Before:
        """The letters of the other side but that one, the first first."""
        held = {n: one for n, one in self.store.letters().items() if n != letter}
        order = sorted(held, key=lambda n: held[n].date or UNDATED)
        due = {d.source: d.due for d in reversed(self.store.deadlines()) if d.by in ("", self.respondent)}
        return Before({n: held[n] for n in order}, self._roots(), self.names(), self.today(), due)

    def _joined(self, letters: Mapping[str, Letter], terms: Mapping[str, Terms]) -> Running:
        (root,) = letters
        told = {root: self._terms(root).then(terms[root])}
        return Running(root, letters, (), told, {})

    def _title(self, one: Running) -> str:
        first = one.letters[one.root]
        return f"Demand of {ask.plain_day(first.date)}" if first.date else "Demand without a date"

    def _question(self, running: Running, label: str, letter: str) -> str:
        if label not in ask.labels(running.letters[letter]):
            known = ", ".join(ask.labels(running.letters[letter])) or "none"
            raise BadInput(f"{label}: no request of {self.store.document(letter).name}; it has {known}")
        return ask.question(letter, label)

    def _happen(self, act: Writing, running: Running, new: Sequence[Happened], stated: Sequence[Stated]) -> None:
        for one in new:
            act.event("exchange", f"exchange/{running.root}", one)
        for said in stated:
            act.request_state(said.question, said.state)
            act.event("request", f"exchange/{running.root}", said)
        states = dict(running.states) | {said.question: said.state for said in stated}
        happened, told = (*running.happened, *new), (*running.stated, *stated)
        self._owe(act, replace(running, happened=happened, states=states, stated=told))

    def _owe(self, act: Writing, running: Running) -> None:
        for letter, lines in ask.owed_under(running, respondent=self.respondent).items():
            act.owe(letter, lines)

    # --- legal holds -----------------------------------------------------------------------------

    def holds(self) -> tuple[Hold, ...]:
        """The legal holds as they stand, in the order in which they were issued."""
        events = self.store.events("hold", HoldStep)
        return ask.holds((e.about.partition("/")[2], e.value) for e in events)

    def hold(self, name: str) -> Hold:
        """The hold of that id, or the only one for ""; raises NotFound, BadInput."""
        found = [one for one in self.holds() if name in ("", one.id)]
        if len(found) > 1:
            raise BadInput(f"which hold? there are {', '.join(one.id for one in found)}")
        if not found:
            raise NotFound(f"{name or 'hold'}: no legal hold {'so named' if name else 'was issued'} in this matter")
        return found[0]

    def issue(self, step: HoldStep, *, to: Path, template: str | None = None) -> tuple[Hold, tuple[Path, ...]]:
        """A legal hold out to custodians: a notice for each, as text and PDF in the folder `to`, kept under its hash.

        `template` is one's own notice (Jinja), None for the one that ships. Raises BadInput without custodian or scope.
        """
        if not step.custodians or not step.scope.strip():
            raise BadInput("a legal hold needs at least one custodian and what must be kept")
        name = str(len(self.holds()) + 1)
        return self._notify(name, step, Hold(name, (step,)), to=to, template=template)

    def remind(
        self, name: str, step: HoldStep, *, to: Path, template: str | None = None
    ) -> tuple[Hold, tuple[Path, ...]]:
        """A second notice to custodians who have not acknowledged; to all of these where `step` names none."""
        hold = self.hold(name)
        whom = step.custodians or hold.outstanding
        _among(whom, hold)
        if not whom:
            raise BadInput(f"hold {hold.id}: everyone has acknowledged it")
        return self._notify(hold.id, replace(step, custodians=whom), hold, to=to, template=template)

    def acknowledge(self, name: str, step: HoldStep) -> Hold:
        """A custodian says that the hold is understood; raises BadInput for one that it was not issued to."""
        hold = self.hold(name)
        _among(step.custodians, hold)
        return self._step(hold.id, step)

    def release(self, name: str, step: HoldStep) -> Hold:
        """Custodians may let go; all of them where `step` names none."""
        hold = self.hold(name)
        _among(step.custodians, hold)
        return self._step(hold.id, replace(step, custodians=step.custodians or hold.custodians))

    def _notify(
        self, name: str, step: HoldStep, hold: Hold, *, to: Path, template: str | None
    ) -> tuple[Hold, tuple[Path, ...]]:
        notices = [
            paper.hold_notice(step, who, hold=hold, matter=(self.name, self.respondent), template=template)
            for who in step.custodians
        ]
        to.mkdir(parents=True, exist_ok=True)
        written = []
        for who, notice in zip(step.custodians, notices, strict=True):
            stem = f"hold-{name}-{step.what.value}-{''.join(c if c.isalnum() else '-' for c in who.lower())}"
            for ending, data in ((".txt", notice.text.encode()), (".pdf", notice.pdf)):
                (to / f"{stem}{ending}").write_bytes(data)
                written.append(to / f"{stem}{ending}")
        with self.store.act(self.settings.actor, f"hold {step.what.value}", {"about": [f"hold/{name}"]}) as act:
            kept = tuple(act.blob(notice.text.encode()) for notice in notices)
            act.event("hold", f"hold/{name}", replace(step, notices=kept))
        return self.hold(name), tuple(written)

    def _step(self, name: str, step: HoldStep) -> Hold:
        with self.store.act(self.settings.actor, f"hold {step.what.value}", {"about": [f"hold/{name}"]}) as act:
            act.event("hold", f"hold/{name}", step)
        return self.hold(name)

    # --- status ----------------------------------------------------------------------------------

    def status(self) -> dict[str, Any]:
        """Requests, demands, what is owed and legal holds, in the fixed JSON shape with what was added to it."""
        states, runnings = self.store.request_states(), self.runnings()
        days = {d.source: d.due for d in reversed(self.store.deadlines()) if d.by in ("", self.respondent)}
        letters = self.store.letters()
        return {
            "requests": [
                {
                    "label": q.id.partition("/request-")[2],
                    "letter": (letter := q.id.partition("/")[0]),
                    "name": self.store.document(letter).name,
                    "state": (state := states[q.id]),
                    "due": None if state == "withdrawn" else days.get(letter) or letters[letter].due,
                }
                for q in self.store.questions()
                if q.kind is Kind.REQUEST
            ],
            "owed": [self._owed_row(d, runnings) for d in self.deadlines()],
            "demands": [self._demand_row(one) for one in self.exchanges()],
            "holds": [hold_row(one) for one in self.holds()],
        }

    def _owed_row(self, d: Deadline, runnings: Iterable[Running]) -> dict[str, Any]:
        today = self.today()
        left = (d.due - today).days if d.due else None
        letter = next((one.letters[d.source] for one in runnings if d.source in one.letters), None)
        mine = d.by in ("", self.respondent)
        return {
            "what": d.what,
            "to": d.to,
            "due": d.due,
            "days_left": left,
            "by": d.by or self.respondent,
            "overdue": left is not None and left < 0,
            "working_days_left": self._working(d, runnings),
            "threat": [{"kind": c.kind.value, "text": c.text} for c in letter.consequences] if letter and mine else [],
            "source": d.source,
        }

    def _working(self, d: Deadline, runnings: Iterable[Running]) -> int | None:
        """The working days left, where the clock of the letter counts these alone."""
        running = next((one for one in runnings if d.source in one.letters), None)
        if running is None or d.due is None:
            return None
        known = ask.known_of(running, d.source)
        rule = ask.governing(running.letters[d.source], known)
        if rule is None or (by := ask.counting(rule.clock)).every_day:
            return None
        calendars = (known.told.calendars if known.told else ()) or by.calendars
        return ask.working_days(self.today(), d.due, calendars)

    def _demand_row(self, one: Exchanged) -> dict[str, Any]:
        stands = self.standing(one)
        return {
            "letter": self.store.document(one.letter).name,
            "title": one.title,
            "from": one.sender,
            "state": stands.stage.value,
            "since": stands.since,
            "due": stands.due,
            "days_left": (stands.due - self.today()).days if stands.due else None,
            "waits_for": stands.waits_for.value if stands.waits_for else None,
        }

    def today(self) -> date:
        """The day, in UTC."""
        return datetime.now(UTC).date()


def hold_row(hold: Hold) -> dict[str, Any]:
    """A legal hold as JSON values, custodian by custodian."""
    return {
        "id": hold.id,
        "scope": hold.scope,
        "custodians": [
            {
                "name": who,
                "state": str(hold.last(who)),
                "issued": hold.on(Holding.ISSUED, who),
                "reminded": hold.on(Holding.REMINDED, who),
                "acknowledged": hold.on(Holding.ACKNOWLEDGED, who),
                "released": hold.on(Holding.RELEASED, who),
                "due": hold.due(who),
            }
            for who in hold.custodians
        ],
        "outstanding": list(hold.outstanding),
    }


def asked(document: Document, letter: Letter, place: int) -> Question:
    """The Question that the request at `place` (from 0) of a letter becomes."""
    request = letter.requests[place]
    name = ask.question(document.id, ask.labels(letter)[place])
    return Question(name, Kind.REQUEST, request.text, document.passage(request.start, request.end))


def _standing(events: Iterable[Event[Happened]], root: str, roots: Mapping[str, str]) -> tuple[Happened, ...]:
    """What stands of what was entered in an exchange.

    A letter of the other side that was read again does what its last reading says, in the exchange that it says; a letter
    of one's own does each thing once, as it was last entered.
    """
    told = [e for e in events if e.value.side is Side.ANSWERING or roots.get(e.value.paper, root) == root]
    last = {e.value.paper: e.at for e in told}
    kept: dict[object, Happened] = {}
    for place, event in enumerate(told):
        one = event.value
        if one.paper and one.side is Side.ASKING and event.at != last[one.paper]:
            continue
        kept[(one.paper, one.what, one.of) if one.paper else place] = one
    return tuple(kept.values())


def _without(running: Running, letter: str) -> Running:
    """An exchange without one of its letters and what that did."""
    letters = {name: one for name, one in running.letters.items() if name != letter}
    return replace(running, letters=letters, happened=tuple(h for h in running.happened if h.paper != letter))


def _among(whom: Iterable[str], hold: Hold) -> None:
    for who in whom:
        if who not in hold.custodians:
            raise BadInput(f"{who}: hold {hold.id} was not issued to them, but to {', '.join(hold.custodians)}")
