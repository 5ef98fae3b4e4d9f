"""The answer of a matter: privilege, redactions, volumes, logs and letters, each step on the record and run again at will.

A rule proposes, a person decides: nothing is withheld, redacted or overridden for good but by a person's act, and what a
rule holds back stays back until a person has spoken.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from showcause import produce
from showcause.assess import privilege
from showcause.assess.counsel import Circle, Counsel, own_domains
from showcause.core import Document, Finding, Kind, Mail, Verdict
from showcause.errors import BadInput, NotFound
from showcause.matter import numbering, redacting
from showcause.matter.deciding import Call, CallFacts, Standing, responsive, standing
from showcause.matter.desk import Desk
from showcause.matter.guarding import PRIVATE, Context, counsel_of
from showcause.matter.importing import IMPORTED, Imported
from showcause.matter.numbering import BEGUN, MADE, RESERVED, Claimed, Reserved
from showcause.matter.placing import Family, families
from showcause.matter.producing import Book, Items, conversations, documents, filled, named, near
from showcause.matter.redacting import ENTERED, LIFTED, Hit, Redaction, Wanted
from showcause.matter.reviewing import Reviewing
from showcause.matter.searching import Searching, record_ids
from showcause.produce import Area, Check, Item, Ledger, Made, Order, Override
from showcause.produce.profile import ImageForm, LoadKind, Profile
from showcause.produce.redact import recognised
from showcause.produce.work import Hands
from showcause.store import Event

COUNSEL, GONE, INSIDE, CALLED, OVERRIDDEN, CLAWED = (
    "counsel",
    "counsel removed",
    "inside the privilege",
    "privilege call",
    "check overridden",
    "clawback",
)  # fmt: skip - one line of kinds
OWN: Final = "privilege.own"
BATCH: Final = 64  # documents proposed in one act
LOOKED: Final = (Check.NEAR_PRIVILEGED, Check.FAMILY_PRIVILEGED)  # what a person's own call of a document answers
Tell = Callable[..., None]
E = TypeVar("E", bound=StrEnum)


def silent(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Clawback:
    """A document that is asked back: its first number, the volume it was in, and why."""

    first: str
    last: str
    volume: str
    why: str
    basis: str


@dataclass(frozen=True, slots=True)
class Called:
    """One document's privilege: what stands and by whom, and what the rule proposes."""

    document: str
    name: str
    stands: Call
    proposed: Call | None


@dataclass(frozen=True, slots=True)
class Production:
    """A volume as a person asks for it.

    `requests` are labels or question ids (empty: all), `query` narrows to what fits it, `ids` are documents besides, `proposed` takes what rules propose as
    responsive, too. `replaces` makes a volume of documents produced before, under their numbers: those clawed back
    since, or `ids`. `images` is "tiff", "pdf" or empty for what the profile says; `load` names load files likewise.
    """

    volume: str
    profile: str = "plain"
    prefix: str = ""
    width: int | None = None
    requests: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    query: str = ""
    proposed: bool = False
    endorsement: str = ""
    images: str = ""
    load: tuple[str, ...] = ()
    period: tuple[date | None, date | None] = (None, None)
    approved: tuple[str, ...] = ()
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class VolumeMade:
    """What is kept of a volume that was made; `summary` is `produce.Summary` in JSON values."""

    profile: str
    place: str
    prefix: str
    requests: tuple[str, ...]
    proposed: bool
    replaces: bool
    endorsement: str
    summary: Any


class Answering(Desk):
    """The desk at which a demand is answered; reached as `matter.answer`."""

    __slots__ = ()

    # --- who is counsel ------------------------------------------------------------------------

    def counsel(self) -> tuple[Counsel, ...]:
        """The attorneys, firms and offices of the matter."""
        gone = {e.about: e.at for e in self.store.events(GONE, dict)}
        latest = {e.about: e for e in self.store.events(COUNSEL, Counsel)}
        return tuple(e.value for name, e in sorted(latest.items()) if name not in gone or gone[name] < e.at)

    def add_counsel(self, *people: Counsel) -> None:
        """Attorneys, firms or offices; one of the same name takes the place of the earlier. Raises BadInput."""
        for one in people:
            if not one.name.strip() or (one.since and one.until and one.until < one.since):
                raise BadInput(f"{one.name or 'counsel'}: needs a name, and to end after it begins")
        with self.store.act(self.settings.actor, "counsel") as act:
            for one in people:
                act.event(COUNSEL, one.name, one)

    def load_counsel(self, place: Path) -> int:
        """Attorneys from a CSV file with a head: name, email, domain, firm, since, until; how many. Raises BadInput."""
        try:
            with place.open(encoding="utf-8-sig", newline="") as stream:
                people = [counsel_of(row, f"{place}: line {n}") for n, row in enumerate(csv.DictReader(stream), 2)]
        except (OSError, UnicodeDecodeError, csv.Error) as wrong:
            raise BadInput(f"{place}: {wrong}") from wrong
        self.add_counsel(*people)
        return len(people)

    def remove_counsel(self, name: str) -> None:
        """Somebody is counsel no more, as if never entered; for one who left give `until`. Raises NotFound."""
        if name not in {one.name for one in self.counsel()}:
            raise NotFound(f"{name}: is not among the counsel of this matter")
        with self.store.act(self.settings.actor, "counsel") as act:
            act.event(GONE, name, {})

    def add_inside(self, *domains: str) -> None:
        """Domains of the client itself, and of whoever may know what is privileged."""
        with self.store.act(self.settings.actor, "counsel") as act:
            for one in domains:
                act.event(INSIDE, one.casefold().lstrip("@"), {})

    def circle(self) -> Circle:
        """Counsel and the client's own domains: those entered, else those from which the record's mail comes."""
        entered = frozenset(e.about for e in self.store.events(INSIDE, dict))
        return Circle(self.counsel(), entered or frozenset(self.store.kept(OWN, [])))

    # --- privilege -----------------------------------------------------------------------------

    def propose(self, *, tell: Tell = silent) -> Counter[Verdict]:
        """The rule's proposal on every document of the record; how many of each. What stands as it stood costs nothing."""
        ids = self._record_ids()
        mails = [(doc.id, doc.mail) for doc in documents(self.store, ids) if doc.mail]
        with self.store.writing():
            own = sorted(own_domains(mail.sender.address for _, mail in mails if mail.sender))
            if own != self.store.kept(OWN, []):
                with self.store.act(self.settings.actor, "propose", {}) as act:
                    act.keep(OWN, own)
            return self._propose(ids, Context.of(self.store, self.circle(), ids, mails=mails), tell)

    def _propose(self, ids: Sequence[str], context: Context, tell: Tell) -> Counter[Verdict]:
        counts: Counter[Verdict] = Counter()
        done = self.store.assessed(context.key, by=privilege.BY)
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            with self.store.act(self.settings.actor, "propose", {"about": list(some)}) as act:
                if start == 0:
                    act.ask(privilege.QUESTION)
                for doc in documents(self.store, some):
                    name = doc.id
                    made = context.proposal(doc)
                    counts[made.verdict] += 1
                    if name not in done:
                        found = privilege.finding(doc, made, at=act.at)
                        asked = [privilege.QUESTION.id]
                        act.assess(name, key=context.key, by=privilege.BY, questions=asked, findings=[found])
            tell(min(start + BATCH, len(ids)), len(ids), "")
        return counts

    def call(self, name: str, verdict: Verdict, *, why: str, facts: CallFacts | None = None) -> Finding:
        """A person's call on a document, which stands above every proposal. Raises BadInput where it gives no reason."""
        if verdict not in {Verdict.WITHHOLD, Verdict.REDACT, Verdict.UNCLEAR, Verdict.PRODUCE} or not why.strip():
            raise BadInput(f"{name}: a call is withhold, redact, unclear or produce, and says why")
        doc = self.document(name)
        proposed = privilege.propose(doc, self.circle(), private=PRIVATE)
        cites = () if verdict is Verdict.PRODUCE else proposed.cites or _first(doc)
        with self.store.act(self.settings.actor, "privilege call", {"about": [doc.id]}) as act:
            found = Finding(
                privilege.QUESTION.id, doc, "plain", verdict, cites, why, f"person:{self.settings.actor}", act.at
            )
            act.ask(privilege.QUESTION)
            act.find(found)
            act.event(CALLED, doc.id, facts or CallFacts())
        return found

    def calls(self) -> Iterator[Called]:
        """What stands on privilege, document by document: what is kept back first."""
        names = {p.document: p.name for family in families(self.store.given()) for p in family if p.document}
        order = {v: n for n, v in enumerate((Verdict.WITHHOLD, Verdict.REDACT, Verdict.UNCLEAR, Verdict.PRODUCE))}
        stands = self._privilege()
        for name in sorted(stands, key=lambda n: (order.get(stands[n].call.verdict, 9), names.get(n, n))):
            yield Called(name, names.get(name, name), stands[name].call, stands[name].proposed)

    def held_back(self) -> frozenset[str]:
        """The documents of which anything is kept back: none of it goes to the other side but by a production."""
        return self._book().kept_back

    # --- redactions ----------------------------------------------------------------------------

    def redact(
        self, name: str, *, reason: str, texts: Sequence[str] = (), boxes: Sequence[Area] = ()
    ) -> tuple[Redaction, ...]:
        """Redactions of one document: all places of each of the `texts`, and `boxes` of its pages.

        Raises BadInput where a text stands on no page, a box lies on none, or the reason is not known.
        """
        doc = self.document(name)
        self._known(reason)
        wanted = Wanted(tuple(texts), (), reason, tuple(self.store.scans(doc.id)), tuple(boxes))
        _, hits, failed = next(redacting.hits([(self.item(doc.id), wanted)], self.settings))
        if failed:
            raise BadInput(f"{doc.name}: {failed}")
        if missing := next((hit for hit in hits if not hit.areas), None):
            raise BadInput(f"{doc.name}: “{missing.words[0]}” stands on none of its pages; draw a box")
        entered = tuple(self._redaction(hit, reason) for hit in hits)
        with self.store.act(self.settings.actor, "redact", {"about": [doc.id]}) as act:
            for one in entered:
                act.event(ENTERED, doc.id, one)
        return entered

    def _known(self, reason: str) -> None:
        if reason not in (known := self.reasons()):
            raise BadInput(f"{reason}: no reason; known are {', '.join(known)}, and more in {redacting.FILE}")

    def _redaction(self, hit: Hit, reason: str) -> Redaction:
        """What was found as a redaction by this person."""
        return Redaction(hit.how, reason, self.settings.actor, hit.words, hit.areas)

    def patterns(
        self, wanted: Sequence[str], *, reason: str, names: Sequence[str] = (), accept: bool = False
    ) -> Iterator[tuple[str, str, Hit]]:
        """Private numbers of these kinds in the production set (or these documents): id, name and what was found.

        With `accept` each is entered as a redaction by this person. Raises BadInput for an unknown kind or reason.
        """
        self._known(reason)
        chosen = redacting.patterns(wanted)
        ids = [self.document(name).id for name in names] or self._responsive_ids()
        book = self._book()
        items, known = Items(self.store, [], book, {}), book.redactions
        whole = families(self.store.given())
        places = {p.document: p for family in whole for p in family if p.item == p.document}
        wants = (Wanted((), chosen, reason, tuple(self.store.scans(n))) for n in ids if n in places)
        tasks = zip((items.item(places[n]) for n in ids if n in places), wants, strict=True)
        for item, hits, _ in redacting.hits(tasks, self.settings):
            fresh = [h for h in hits if not any(set(h.areas) <= set(r.areas) for r in known.get(item.id, ()))]
            if accept and fresh:
                with self.store.act(self.settings.actor, "redact", {"about": [item.id]}) as act:
                    for hit in fresh:
                        act.event(ENTERED, item.id, self._redaction(hit, reason))
            yield from ((item.id, item.name, hit) for hit in fresh)

    def _responsive_ids(self) -> list[str]:
        """The documents of the production set, else of the record."""
        answers = self._answers(Production("", proposed=True))
        chosen = [p.document for f in families(self.store.given()) if any(p.document in answers for p in f) for p in f]
        return list(dict.fromkeys(n for n in chosen if n)) or self._record_ids()

    def lift(self, name: str, *, why: str) -> int:
        """All redactions of a document taken back; how many there were. Raises BadInput where no reason is given."""
        doc = self.document(name)
        if not why.strip():
            raise BadInput(f"{name}: say why its redactions are lifted")
        before = len(self._book().redactions.get(doc.id, ()))
        with self.store.act(self.settings.actor, "redact", {"about": [doc.id]}) as act:
            act.event(LIFTED, doc.id, {"why": why})
        return before

    def preview(self, name: str, to: Path) -> list[Path]:
        """The pages of a document with its redactions burned in, as a PDF or pictures at `to`."""
        return redacting.preview(self.item(self.document(name).id), to, self.settings)

    def redactions(self) -> dict[str, tuple[Redaction, ...]]:
        """The redactions that stand, by document."""
        lifted = {e.about: e.at for e in self.store.events(LIFTED, dict)}
        entered: dict[str, tuple[Redaction, ...]] = {}
        for one in self.store.events(ENTERED, Redaction):
            if one.about not in lifted or one.at > lifted[one.about]:
                entered[one.about] = (*entered.get(one.about, ()), one.value)
        return entered

    def reasons(self) -> dict[str, redacting.Reason]:
        """The reasons for redactions by their codes."""
        return redacting.reasons(self.root)

    # --- volumes -------------------------------------------------------------------------------

    def reserve(self, prefix: str, first: int, last: int, *, why: str) -> None:
        """Numbers of a series set aside. Raises BadInput where one of them is used."""
        numbering.ledger(self.store, prefix).reserve(produce.Span(first, last), why)
        with self.store.act(self.settings.actor, "reserve") as act:
            act.event(RESERVED, prefix, Reserved(first, last, why))

    def produce(self, wanted: Production, *, to: Path, overrides: Iterable[tuple[str, str, str]] = ()) -> Made:
        """The volume in the folder `to`, whole or not at all; `overrides` are check, reason, and a document or "".

        Every override is on the record before the volume is made, and stands for it from then on. A run that was cut
        off goes on when it is asked for again. Raises BadInput where nothing is to be produced.
        """
        with self.store.writing():
            self._override(wanted.volume, overrides)
            if finished := self._finished(wanted, to):
                return finished
            order = self._order(wanted)
            items = self._items(wanted, order)
            order = replace(order, overrides=(*order.overrides, *self._looked(items)))

            def claim(grown: Ledger) -> None:
                value = numbering.claimed(grown, volume=wanted.volume, replaces=wanted.replaces)
                with self.store.act(self.settings.actor, "produce") as act:
                    act.event(BEGUN, wanted.volume, value)

            to.mkdir(parents=True, exist_ok=True)
            made = produce.make(items, order, folder=to, hands=self._hands(), claim=claim)
            if made.place and made.summary:
                self._made(wanted, made.place, produce.summary_json(made.summary))
            return made

    def _made(self, wanted: Production, place: Path, summary: Any) -> None:
        value = VolumeMade(
            wanted.profile,
            str(place),
            wanted.prefix,
            wanted.requests,
            wanted.proposed,
            wanted.replaces,
            wanted.endorsement,
            summary,
        )  # fmt: skip - as the class has them
        with self.store.act(self.settings.actor, "produce") as act:
            act.event(MADE, wanted.volume, value)

    def _finished(self, wanted: Production, to: Path) -> Made | None:
        """A volume that was moved to its place by a run that was killed before it could say so."""
        place, report = to / wanted.volume, to / f"{wanted.volume}.record" / "checks.json"
        begun = any(e.about == wanted.volume for e in self.store.events(BEGUN, Claimed))
        made = any(e.about == wanted.volume for e in self.store.events(MADE, dict))
        if made:
            raise BadInput(f"{wanted.volume}: was made already; a volume is never written over")
        if not (begun and place.is_dir() and report.is_file()) or (to / f".{wanted.volume}.part" / "record").exists():
            return None
        summary = json.loads(report.read_text(encoding="utf-8"))["summary"]
        self._made(wanted, place, summary)
        book = numbering.ledger(self.store, wanted.prefix)
        return Made(place, (), book, produce.summary_of(summary))

    def _override(self, volume: str, overrides: Iterable[tuple[str, str, str]]) -> None:
        entered = [
            Override(_one_of(Check, check, "the checks are"), self.settings.actor, why, self._item_id(one))
            for check, why, one in overrides
        ]
        if entered:
            with self.store.act(self.settings.actor, "override") as act:
                for one in entered:
                    act.event(OVERRIDDEN, volume, one)

    def _item_id(self, name: str) -> str:
        return self.document(name).id if name else ""

    def _order(self, wanted: Production) -> Order:
        profile = shaped(wanted)
        events = self.store.events(OVERRIDDEN, Override, about=wanted.volume)
        return Order(
            volume=wanted.volume,
            profile=profile,
            ledger=numbering.ledger(self.store, wanted.prefix, volume=wanted.volume, width=wanted.width),
            party=self.respondent,
            replaces=wanted.replaces,
            clawed_back=self._clawed_back(),
            approved=frozenset(wanted.approved),
            period=wanted.period,
            overrides=tuple(e.value for e in events),
            recognise=recognised,
        )

    def _items(self, wanted: Production, order: Order) -> Items:
        answers = self._answers(wanted)
        whole = families(self.store.given())
        chosen = (
            self._replaced(wanted, order, whole)
            if wanted.replaces
            else [family for family in whole if any(p.document in answers for p in family)]
        )  # fmt: skip - two ways to choose
        if not chosen:
            what = "was produced and clawed back since" if wanted.replaces else "is called responsive by a person"
            raise BadInput(f"{wanted.volume}: no document {what}; nothing is to be produced")
        if wanted.replaces:
            answers = {p.document: _AGAIN for family in chosen for p in family if p.document}
        book = self._book(self._mails())
        ids = [p.document for family in chosen for p in family if p.document]
        secret = map(self.store.document, sorted(book.withheld))
        return Items(self.store, chosen, book, answers, wanted.endorsement, near(documents(self.store, ids), secret))

    def _replaced(self, wanted: Production, order: Order, whole: Iterable[Family]) -> list[Family]:
        """The families of what is to be produced again, all of whose members were produced."""
        ids = {self.document(name).id for name in wanted.ids} or set(order.clawed_back)
        known = order.ledger.of
        return [f for f in whole if any({p.item, p.document} & ids for p in f) and all(p.item in known for p in f)]

    def _looked(self, items: Items) -> Iterator[Override]:
        """A person who called a document to be produced has looked at what it hangs together with."""
        for family in items.families:
            for place in family:
                stands = items.book.privilege.get(place.document or "")
                if stands and stands.call.person and stands.call.verdict is not Verdict.WITHHOLD:
                    who = stands.call.by.partition(":")[2]
                    yield from (Override(check, who, stands.call.why or "called", place.item) for check in LOOKED)

    def _hands(self) -> Hands:
        own = self.settings
        return Hands("workers", own.workers, own.seconds, own.megabytes)

    # --- clawback ------------------------------------------------------------------------------

    def clawback(self, bates: str, *, why: str, facts: CallFacts | None = None) -> Clawback:
        """A document that was produced is asked back: withheld from now on; a replacement volume holds its placeholder.

        Raises NotFound where the number is on no document, BadInput where no reason is given.
        """
        item, volume, first, last = self._numbered(bates)
        name = item.partition(".")[0]
        basis = (facts.basis if facts else "") or self._proposed(self.store.document(name)).basis
        basis = basis or privilege.Ground.ATTORNEY_CLIENT.value
        self.call(name, Verdict.WITHHOLD, why=why, facts=replace(facts or CallFacts(), basis=basis))
        value = Clawback(first, last, volume, why, basis)
        with self.store.act(self.settings.actor, "clawback") as act:
            act.event(CLAWED, item, value)
        return value

    def clawed_back(self) -> tuple[Event[Clawback], ...]:
        """What was asked back, in order."""
        return self.store.events(CLAWED, Clawback)

    def _clawed_back(self) -> frozenset[str]:
        return frozenset(e.about for e in self.clawed_back())

    # --- what the papers are made of -------------------------------------------------------------

    def volumes(self) -> tuple[Event[VolumeMade], ...]:
        """The volumes that were made, in order."""
        return self.store.events(MADE, VolumeMade)

    def ledgers(self) -> tuple[Ledger, ...]:
        """The ledger of every series."""
        prefixes = dict.fromkeys(e.value.prefix for e in self.store.events(BEGUN, Claimed))
        return tuple(numbering.ledger(self.store, prefix) for prefix in prefixes)

    def numbers(self) -> dict[str, tuple[str, str]]:
        """First and last Bates number of each produced item."""
        made = {e.about for e in self.volumes()}
        return {
            t.document: (book.series.name(t.span.first), book.series.name(t.span.last))
            for book in self.ledgers()
            for t in book.taken
            if t.volume in made
        }

    def answered(self, *, proposed: bool = True) -> dict[str, dict[str, Call]]:
        """The documents called responsive, each with the questions that it answers."""
        asked = [q.id for q in self.store.questions() if q.kind is Kind.REQUEST]
        found = {one: standing(self.store.findings(question=one)) for one in asked}
        return responsive(found, proposed=proposed)

    def responds(self, name: str, *, request: str, why: str) -> Finding:
        """A person's call that a document answers a request, by its label, LETTER/LABEL or id. Raises NotFound."""
        (asked,) = self.questions([request])
        desk = Reviewing(self.root, self.name, self.respondent, self.settings, self.store)
        return desk.call(name, question=asked, verdict=Verdict.RESPONSIVE.value, why=why)

    def kept_back(self) -> tuple[Item, ...]:
        """What is withheld or redacted and was produced or is responsive, with what the log says of it."""
        book, numbers, answers = self._book(), self.numbers(), self.answered()
        whole = families(self.store.given())
        scope = [f for f in whole if any(p.item in numbers or p.document in answers for p in f)]
        facts = {
            n: filled(book.facts.get(n, CallFacts()), self._proposed(self.store.document(n))) for n in book.kept_back
        }
        items = Items(self.store, scope, replace(book, facts=facts), {})
        kept = (items.item(p) for family in scope for p in family if p.document in book.kept_back)
        return tuple(redacting.hushed(item, book.redactions.get(item.id.partition(".")[0], ())) for item in kept)

    def item(self, name: str) -> Item:
        """A document as a production would have it, by its id."""
        place = named(self._near_places(name), name)[0]
        return Items(self.store, [], self._book(), {}).item(place)

    def document(self, name: str) -> Document:
        """The document with that id, Bates number or file name. Raises NotFound, or BadInput where several have the name."""
        with suppress(NotFound):
            return self.store.document(name.partition(".")[0] if name.startswith("d-") else name)
        with suppress(NotFound):
            return self.store.document(self._numbered(name)[0].partition(".")[0])
        if theirs := [e.about for e in self.store.events(IMPORTED, Imported) if name == e.value.first]:
            return self.store.document(theirs[-1])
        ids = sorted({g.document for g in self.store.given() if g.document and g.name == name})
        if not ids:
            raise NotFound(f"{name}: no document of this matter has this id, number or file name")
        if len(ids) > 1:
            raise BadInput(f"{name}: {len(ids)} documents have this name; give an id: {', '.join(ids)}")
        return self.store.document(ids[0])

    def _numbered(self, bates: str) -> tuple[str, str, str, str]:
        """Item, volume, first and last number of the document that carries a number. Raises NotFound."""
        for book in self.ledgers():
            with suppress(BadInput):
                at = book.series.number(bates)
                for one in reversed(book.taken):
                    if one.span.first <= at <= one.span.last:
                        name = book.series.name
                        return one.document, one.volume, name(one.span.first), name(one.span.last)
        raise NotFound(f"{bates}: no document carries this number")

    def _near_places(self, name: str) -> tuple[Family, ...]:
        """The family of one document and no other, where it can be had without all that was given."""
        own = list(self.store.copies(name))
        if own and all(one.parent is None for one in own):
            return families(own)
        return families(self.store.given())

    def _proposed(self, doc: Document) -> privilege.Proposal:
        return privilege.propose(doc, self.circle(), private=PRIVATE)

    def _answers(self, wanted: Production) -> dict[str, Call]:
        """For each document to be produced the call by which it is."""
        asked = self.questions(wanted.requests)
        found = {one: standing(self.store.findings(question=one)) for one in asked}
        out = {name: next(iter(calls.values())) for name, calls in responsive(found, proposed=wanted.proposed).items()}
        if wanted.query:
            fit = set(self._search(wanted.query))
            out = {name: call for name, call in out.items() if name in fit}
        for name in wanted.ids:
            out[self.document(name).id] = Call(
                Verdict.RESPONSIVE, f"person:{self.settings.actor}", datetime.now(UTC), "named for this volume"
            )
        return out

    def questions(self, requests: Sequence[str] = ()) -> list[str]:
        """The ids of the requests with these labels (or LETTER/LABEL, or ids); all where none is named. Raises NotFound."""
        asked = [q.id for q in self.store.questions() if q.kind is Kind.REQUEST]
        if not requests:
            return asked
        out: list[str] = []
        for label in requests:
            found = [q for q in asked if q == label or _is(q, label, self._letter_names())]
            states = self.store.request_states() if len(found) > 1 else {}
            found = [q for q in found if states.get(q) != "withdrawn"] if states else found
            if len(found) != 1:
                what = "no request" if not found else f"{len(found)} requests"
                raise NotFound(f"{label}: {what} of this matter; say LETTER/LABEL: {', '.join(asked)}")
            out += found
        return out

    def _search(self, query: str) -> tuple[str, ...]:
        return Searching(self.root, self.name, self.respondent, self.settings, self.store).ids(query)

    def _letter_names(self) -> dict[str, str]:
        return {name: self.store.document(name).name for name in self.store.letters()}

    def _privilege(self) -> dict[str, Standing]:
        return standing(self.store.findings(question=privilege.QUESTION.id))

    def _book(self, mails: Iterable[tuple[str, Mail]] = ()) -> Book:
        return Book(
            privilege=self._privilege(),
            redactions=self.redactions(),
            facts={e.about: e.value for e in self.store.events(CALLED, CallFacts)},
            reasons=self.reasons(),
            threads=conversations(mails),
            clawed_back=frozenset(one.partition(".")[0] for one in self._clawed_back()),
        )

    def _mails(self) -> Iterator[tuple[str, Mail]]:
        return ((doc.id, doc.mail) for doc in documents(self.store, self._record_ids()) if doc.mail)

    def _record_ids(self) -> list[str]:
        return record_ids(self.store)


_AGAIN: Final = Call(Verdict.RESPONSIVE, "person:", datetime(1970, 1, 1, tzinfo=UTC), "produced before")


def shaped(wanted: Production) -> Profile:
    """The profile of a volume with the images and load files that are asked for. Raises BadInput for unknown ones."""
    profile = produce.profile(wanted.profile)
    if wanted.images:
        form = _one_of(ImageForm, wanted.images, "images are")
        profile = replace(profile, images=replace(profile.images, form=form))
    if wanted.load:
        kinds = tuple(_one_of(LoadKind, kind, "load files are") for kind in wanted.load)
        profile = replace(profile, load=replace(profile.load, kinds=kinds))
    return profile


def _one_of(kind: type[E], said: str, what: str) -> E:
    try:
        return kind(said)
    except ValueError:
        raise BadInput(f"{said}: {what} {', '.join(kind)}") from None


def _is(question: str, label: str, letters: Mapping[str, str]) -> bool:
    letter, _, own = question.partition("/request-")
    name, _, wanted = label.rpartition("/")
    return own == wanted and (not name or name in {letter, letters.get(letter)})


def _first(doc: Document) -> tuple[Any, ...]:
    start = len(doc.text) - len(doc.text.lstrip())
    return (doc.passage(start, min(start + 80, len(doc.text))),)
