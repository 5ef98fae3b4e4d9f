"""What an answering matter says on paper: the log, the cover and clawback letters, and the response to the demand.

The response is a draft of named blocks. What an attorney made of `response.md` is taken in before the blocks are made
anew, so no edit is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from showcause import produce
from showcause.core import Address, Letter, Verdict
from showcause.errors import BadInput, NotFound
from showcause.matter.answering import Answering, Clawback, VolumeMade
from showcause.matter.exchange import Exchange
from showcause.matter.placing import families
from showcause.produce import Answer, Block, Certification, Draft, Head, Item, LogKind, Objection, Outcome
from showcause.produce import reply as letters
from showcause.produce.draft import Held, Look
from showcause.produce.draft import State as Edited
from showcause.produce.log import flaws as log_flaws
from showcause.produce.logprint import to_csv, to_docx, to_pdf, to_xlsx
from showcause.store import Event

OBJECTED, ANSWERED, DRAFT, SIGNER = "objection", "question answered", "response drafted", "answer.signer"
FILE: Final = "response.md"
BULK, BY_QUERY = "review bulk", "bulk call over the query "  # an act of review, and how its reason begins
CODES: Final = "Redactions carry a code that says why: {}."


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs for the answering body, and as what."""

    name: str = "[Name]"
    office: str = "[Office]"


@dataclass(frozen=True, slots=True)
class Printed:
    """Files that were written, and what a rule asks for and they lack, a line each."""

    files: tuple[Path, ...]
    lacks: tuple[str, ...] = ()


class Papers:
    """The papers of an answer, printed from the matter as it stands."""

    def __init__(self, desk: Answering) -> None:
        self.desk = desk
        self.store = desk.store

    # --- who writes ----------------------------------------------------------------------------

    def sign(self, name: str, office: str) -> None:
        """Who signs from now on."""
        with self.store.act(self.desk.settings.actor, "sign") as act:
            act.keep(SIGNER, {"name": name, "office": office})

    def signer(self) -> Signer:
        """Who signs."""
        return Signer(**self.store.kept(SIGNER, {}))

    def head(self, title: str, *, day: date, letter: str = "") -> Head:
        """The head of a letter to whoever demanded."""
        name = letter or next(iter(self._demands()), "")
        demand = self.store.letters().get(name)
        signer = self.signer()
        to = (
            ", ".join(x for x in (demand.signer, demand.sender_office, demand.sender) if x) if demand else "[Recipient]"
        )
        dated = f" of {_long(demand.date)}" if demand and demand.date else ""
        about = f"Your demand{dated}" if demand else self.desk.name
        return Head(self.desk.respondent, signer.name, signer.office, to or "[Recipient]", about, day, title)

    def _sheet(self, blocks: Iterable[Block], head: Head, at: datetime, to: Path, stem: str) -> tuple[Path, ...]:
        sheet = letters.sheet(produce.begun(blocks), head, at=at)
        return _put({to / f"{stem}.pdf": letters.to_pdf(sheet), to / f"{stem}.docx": letters.to_docx(sheet)})

    # --- the log -------------------------------------------------------------------------------

    def log(self, kind: LogKind, to: Path, *, at: datetime, certification: Certification | None = None) -> Printed:
        """The privilege log of everything kept back at `to`: .csv, .xlsx, .docx or .pdf. Raises BadInput."""
        writers: Mapping[str, Callable[[Any], bytes]] = {
            ".csv": to_csv,
            ".xlsx": lambda one: to_xlsx(one, at=at),
            ".docx": lambda one: to_docx(one, at=at),
            ".pdf": lambda one: to_pdf(one, at=at),
        }
        if to.suffix.lower() not in writers:
            raise BadInput(f"{to}: a log is a .csv, .xlsx, .docx or .pdf")
        kept = self.desk.kept_back()
        entries = produce.entries(kept, numbers=self.desk.numbers())
        made = produce.log(
            entries,
            kind,
            title=f"Privilege log of {self.desk.respondent}",
            attorneys=self._attorneys(kept),
            certification=certification,
        )
        files = _put({to: writers[to.suffix.lower()](made)})
        self._told("log", files)
        return Printed(files, tuple(log_flaws(entries, kind)))

    def _attorneys(self, kept: Iterable[Item]) -> frozenset[str]:
        """Names and addresses of counsel, those of a firm known by its domain as they stand in these messages, too."""
        circle = self.desk.circle()
        known = {one.name for one in circle.counsel} | {e for one in circle.counsel for e in one.emails}
        mails = [item.mail for item in kept if item.mail]
        for person in dict.fromkeys(p for m in mails for p in (m.sender, *m.to, *m.cc, *m.bcc)):
            name, _, rest = person.partition("<")
            address = rest.partition(">")[0] or (name if "@" in name else "")
            if circle.of(Address(name.strip(), address.strip()), None):
                known.add(person)
        return frozenset(known)

    # --- with a volume, and after it -------------------------------------------------------------

    def cover(self, volume: str, to: Path, *, at: datetime) -> Printed:
        """The cover letter of a volume that was made, as PDF and DOCX in the folder `to`. Raises NotFound."""
        made = next((e.value for e in self.desk.volumes() if e.about == volume), None)
        if made is None:
            raise NotFound(f"{volume}: no volume of this name was made")
        blocks = letters.cover(
            produce.summary_of(made.summary),
            produce.profile(made.profile),
            head=(head := self.head(f"Production {volume}", day=at.date())),
            redactions=self._codes(made),
        )
        extra = [Block("proposed", PROPOSED)] if made.proposed else []
        files = self._sheet([*blocks[:1], *extra, *blocks[1:]], head, at, to, f"{volume}.cover")
        self._told("cover", files)
        return Printed(files)

    def _codes(self, made: VolumeMade) -> str:
        if not produce.summary_of(made.summary).redacted:
            return ""
        used = {r.reason for held in self.desk.redactions().values() for r in held}
        known = self.desk.reasons()
        return CODES.format("; ".join(f"{known[c].printed}: {known[c].says}" for c in sorted(used) if c in known))

    def clawback(self, one: Clawback, to: Path, *, at: datetime) -> Printed:
        """The letter that asks a document back, as PDF and DOCX in the folder `to`."""
        numbers = one.first if one.first == one.last else f"{one.first} through {one.last}"
        party = self.desk.respondent
        said = (
            f"{party} produced the document numbered {numbers} in volume {one.volume}. Its production was inadvertent. "
            f"{party} claims protection for it on this basis: {one.basis}. {one.why.rstrip('.')}.",
            "Under Fed. R. Civ. P. 26(b)(5)(B) and Fed. R. Evid. 502(b), please return, sequester or destroy the document "
            "and every copy of it promptly, do not use or disclose what it says until the claim is resolved, and take "
            "reasonable steps to retrieve it where it was disclosed before this notice came. If you dispute the claim, it "
            "may be presented to the court under seal.",
            f"A replacement volume holds a placeholder under the same number{'s' * (one.first != one.last)}, and the "
            "privilege log lists the document. Please confirm in writing when this is done.",
        )
        head = self.head("Notice of inadvertent production", day=at.date())
        close = f"{head.sender}\n{head.office}\nfor {head.party}"
        blocks = [*(Block(f"notice-{n}", words) for n, words in enumerate(said, 1)), Block("closing", close)]
        files = self._sheet(blocks, head, at, to, f"clawback-{one.first}")
        self._told("clawback letter", files)
        return Printed(files)

    # --- the response --------------------------------------------------------------------------

    def object(self, question: str, objection: Objection) -> None:
        """An objection to a request, by label, LETTER/LABEL or id. Raises NotFound, or BadInput where it has no grounds."""
        (asked,) = self.desk.questions([question])
        if not objection.grounds.strip():
            raise BadInput(f"{question}: an objection has grounds, stated with specificity (34(b)(2)(B))")
        with self.store.act(self.desk.settings.actor, "object", {"about": [asked]}) as act:
            act.event(OBJECTED, asked, objection)

    def answer(self, letter: str, number: int, words: str) -> None:
        """The answer to a question of a letter, counted from 1. Raises NotFound."""
        name = self._letter(letter)
        if not 1 <= number <= len(self.store.letters()[name].questions):
            raise NotFound(f"{letter}: has no question {number}")
        with self.store.act(self.desk.settings.actor, "answer", {"about": [name]}) as act:
            act.event(ANSWERED, f"{name}/question-{number}", {"words": words})

    def settle(self, question: str, *, part: bool) -> str:
        """A person's word that a request is answered, or answered in part; its state from now on."""
        (asked,) = self.desk.questions([question])
        state = "answered in part" if part else "answered"
        letter, _, label = asked.rpartition("/request-")
        return self._exchange().request(f"{letter}/{label}", state).state

    def reply(self, to: Path, *, at: datetime, letter: str = "") -> Printed:
        """The response to a letter (the first where none is named) as PDF, DOCX, HTML and as the draft `response.md`.

        A `response.md` that stands in `to` is read first: what was edited, added or struck out there stays.
        """
        name = self._letter(letter)
        demand = self.store.letters()[name]
        answers = tuple(self._answers(name, demand))
        form = self._form()
        head = self.head("Response to the demand", day=at.date(), letter=name)
        place = to / FILE
        before = self._draft(name)
        if place.is_file() and before:
            before = produce.from_text(place.read_text(encoding="utf-8"), before)
        draft = produce.merged(before, produce.response(answers, head=head, form=form))
        with self.store.act(self.desk.settings.actor, "reply", {"about": [name]}) as act:
            act.event(DRAFT, name, {"blocks": [_plain(held) for held in draft]})
        sheet = letters.sheet(draft, head, at=at)
        files = _put(
            {
                to / "response.pdf": letters.to_pdf(sheet),
                to / "response.docx": letters.to_docx(sheet),
                to / "response.html": letters.to_html(sheet),
                place: produce.to_text(draft).encode(),
            }
        )
        return Printed(files, (*letters.flaws(answers, form=form), *_open(draft)))

    def _letter(self, named: str) -> str:
        return self._exchange().letter(named)

    def _exchange(self) -> Exchange:
        desk = self.desk
        return Exchange(desk.root, desk.name, desk.respondent, desk.settings, desk.store)

    def _demands(self) -> dict[str, Letter]:
        """The letters that demand something, by the id of their document; those that only answer do not."""
        return {name: one for name, one in self.store.letters().items() if one.requests or one.questions}

    def _draft(self, letter: str) -> Draft:
        events: Sequence[Event[dict[str, Any]]] = self.store.events(DRAFT, dict, about=letter)
        return tuple(_held(one) for one in events[-1].value["blocks"]) if events else ()

    def _answers(self, name: str, demand: Letter) -> Iterator[Answer]:
        answered = self.desk.answered(proposed=False)
        looked = {q for calls in self.desk.answered().values() for q in calls}
        numbers, kept = self.desk.numbers(), {item.id: item for item in self.desk.kept_back()}
        members = self._members(answered)
        for place, request in enumerate(demand.requests, 1):
            question = f"{name}/request-{request.label or place}"
            mine = [doc for doc, calls in answered.items() if question in calls]
            all_of = dict.fromkeys(item for doc in mine for item in members.get(doc, (doc,)))
            evidence = _Evidence(
                ranges=self._ranges([i for i in all_of if i in numbers and not _whole(kept.get(i))]),
                kept=[kept[i] for i in all_of if i in kept and kept[i].coding.basis],
                objections=tuple(e.value for e in self.store.events(OBJECTED, Objection, about=question)),
                due=demand.due if set(mine) - numbers.keys() else None,
                reviewed=bool(self._reviewed(question)),
                proposed=question in looked,
            )
            yield _answer(request.label or str(place), request.text, evidence, self._searched(question))
        for number, text in enumerate(demand.questions, 1):
            said = self.store.events(ANSWERED, dict, about=f"{name}/question-{number}")
            words = said[-1].value["words"] if said else "[Answer this question in writing.]"
            yield Answer(str(number), text, Outcome.ANSWERED, words=words, question=True)

    def _members(self, answered: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each of these documents the items of its families: they are produced together."""
        wanted, out = set(answered), dict[str, tuple[str, ...]]()
        for family in families(self.store.given()):
            for name in {place.document for place in family} & wanted:
                out[str(name)] = (*out.get(str(name), ()), *(place.item for place in family))
        return out

    def _reviewed(self, question: str) -> int:
        return sum(1 for one in self.store.findings(question=question) if one.by.startswith("person:"))

    def _ranges(self, documents: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The numbers of these documents, runs joined."""
        wanted = set(documents)
        out: list[tuple[str, str]] = []
        for book in self.desk.ledgers():
            spans = sorted({t.span for t in book.taken if t.document in wanted})
            run: list[list[int]] = []
            for span in spans:
                if run and span.first <= run[-1][1] + 1:
                    run[-1][1] = max(run[-1][1], span.last)
                else:
                    run.append([span.first, span.last])
            out += [(book.series.name(first), book.series.name(last)) for first, last in run]
        return tuple(out)

    def _searched(self, question: str) -> str:
        """How the record was searched, as far as the log tells it: what was read, whose, of which days, by which queries."""
        counts = self.store.given_counts()
        days: list[date] = []
        whose: dict[str, None] = {}
        for one in self.store.given():
            whose.setdefault(one.custodian)
            days += [one.modified.date()] if one.modified else []
        reasons = (
            str(entry.act.detail.get("reason", ""))
            for entry in self.store.log()
            if entry.act.act == BULK and entry.act.detail.get("question") == question
        )
        queries = dict.fromkeys(one.removeprefix(BY_QUERY) for one in reasons if one.startswith(BY_QUERY))
        read = sum(count for state, count in counts.items() if state.value in {"read", "duplicate-of"})
        said = [f"{read:,} documents of {_listed(whose)} were collected and read"]
        said += [f"the files were last changed between {_long(min(days))} and {_long(max(days))}"] if days else []
        asked = "; ".join(f"“{query}”" for query in queries)
        said.append(f"they were searched for {asked}" if asked else "each was reviewed for the request")
        return ", ".join(said) + "."

    def _form(self) -> str:
        made = [e.value for e in self.desk.volumes()]
        if not made:
            return "Documents will be produced as searchable images with text, numbered on every page."
        profile = produce.profile(made[-1].profile)
        names = ", ".join(e.about for e in self.desk.volumes())
        kinds = ", ".join(profile.load.kinds).upper()
        return (
            f"Documents are produced in {'volume' if len(made) == 1 else 'volumes'} {names}, numbered on every page, as "
            f"images with searchable text for each document, spreadsheets in native form, and load files ({kinds}) in the "
            f"form of the profile “{profile.title}”. Each answer below names the numbers of what responds to it."
        )

    def _told(self, which: str, files: Iterable[Path]) -> None:
        with self.store.act(self.desk.settings.actor, which, {"files": sorted(f.name for f in files)}):
            pass


PROPOSED: Final = (
    "This volume holds documents that were selected by rule and that nobody has called responsive yet. It is provided "
    "without a determination that each of them responds."
)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What stands for a request: numbers produced, documents kept back, objections, and whether anybody looked."""

    ranges: tuple[tuple[str, str], ...]
    kept: Sequence[Item]
    objections: tuple[Objection, ...]
    due: date | None
    reviewed: bool
    proposed: bool


def _answer(label: str, text: str, found: _Evidence, searched: str) -> Answer:
    basis = "; ".join(dict.fromkeys(item.coding.basis for item in found.kept))
    bare = Answer(label, text, Outcome.PRODUCED, objections=found.objections, kept_back=len(found.kept), basis=basis)
    if found.objections and not found.ranges and not found.due and not any(o.reaches for o in found.objections):
        return replace(bare, outcome=Outcome.OBJECTED)
    if found.ranges or found.due:
        outcome = Outcome.PARTLY if found.objections else Outcome.PRODUCED
        return replace(bare, outcome=outcome, ranges=found.ranges, due=found.due)
    if found.kept:
        return replace(bare, outcome=Outcome.WITHHELD, searched=searched)
    if found.reviewed:
        return replace(bare, outcome=Outcome.NONE_FOUND, searched=searched)
    words = "[Documents are proposed for this request; a person has yet to review them.]" if found.proposed else UNSEEN
    return replace(bare, outcome=Outcome.ANSWERED, words=words)


UNSEEN: Final = "[No person has reviewed documents for this request yet.]"


def _open(draft: Draft) -> Iterator[str]:
    for held in draft:
        if held.state is Edited.CONFLICT:
            yield f"{held.id}: you edited it, and what is generated for it has changed; both can't stand"
        elif "[" in held.text and held.look is Look.PARAGRAPH and "]" in held.text.partition("[")[2]:
            yield f"{held.id}: holds words in brackets that somebody is to fill in"


def _whole(item: Item | None) -> bool:
    return item is not None and item.coding.privilege is Verdict.WITHHOLD


def _put(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    for place, content in files.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return tuple(files)


def _plain(held: Held) -> dict[str, Any]:
    return {
        "id": held.id,
        "text": held.text,
        "base": held.base,
        "look": held.look.value,
        "state": held.state.value,
        "pending": held.pending,
    }  # fmt: skip - as the class has them


def _held(said: Mapping[str, Any]) -> Held:
    return Held(said["id"], said["text"], said["base"], Look(said["look"]), Edited(said["state"]), said["pending"])


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _lowered(name: str) -> str:
    """A name in capitals, as a letterhead has it, as it is written in a line."""
    if not name.isupper():
        return name
    small = {"Of", "And", "The", "For", "In", "On"}
    words = [word.lower() if n and word in small else word for n, word in enumerate(name.title().split())]
    return " ".join(words)


def _listed(names: Iterable[str]) -> str:
    *some, last = list(names) or ["nobody"]
    return f"{', '.join(some)} and {last}" if some else last
