"""The record's places, calls and redactions in, the documents of a production out, built one family at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from showcause.assess.privilege import Proposal
from showcause.core import Address, Document, Verdict
from showcause.core import Mail as Header
from showcause.errors import NotFound
from showcause.find import threads
from showcause.matter.deciding import Call, CallFacts, Standing
from showcause.matter.placing import Family, Place
from showcause.matter.redacting import Reason, Redaction, areas
from showcause.produce import Coding, Item, Mail
from showcause.store import Store

FEW = 32  # documents in memory at once
WORDS = 5  # words of a shingle
ALIKE = 0.6  # of the shingles of the shorter document, from which two are near-duplicates


@dataclass(frozen=True, slots=True)
class Book:
    """All that is decided of the record, by document: privilege, redactions, what else a person said, conversations."""

    privilege: Mapping[str, Standing]
    redactions: Mapping[str, tuple[Redaction, ...]] = field(default_factory=dict)
    facts: Mapping[str, CallFacts] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    threads: Mapping[str, str] = field(default_factory=dict)
    clawed_back: frozenset[str] = frozenset()

    @property
    def withheld(self) -> frozenset[str]:
        """The documents that are withheld whole, by a person or by a proposal that nobody decided yet."""
        return frozenset(name for name, one in self.privilege.items() if one.call.verdict is Verdict.WITHHOLD)

    @property
    def kept_back(self) -> frozenset[str]:
        """The documents of which anything is kept back."""
        part = {name for name, one in self.privilege.items() if one.call.verdict is Verdict.REDACT}
        return self.withheld | part | self.redactions.keys() | self.clawed_back


@dataclass(frozen=True, slots=True)
class Items:
    """The documents of some families as a production wants them, as often as they are asked for; one in memory at a time.

    `answers` holds, for a document that was called responsive, who called it so; its family goes with it.
    """

    store: Store
    families: Sequence[Family]
    book: Book
    answers: Mapping[str, Call]
    endorsement: str = ""
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Item]:
        for some in _by_few(self.families):
            held = {doc.id: doc for doc in self.store.documents({p.document for f in some for p in f if p.document})}
            for family in some:
                calls = (self.answers.get(p.document or "") for p in family)
                carried = next((call for call in calls if call), None)
                for place in family:
                    yield self._item(place, held.get(place.document or ""), carried)

    def item(self, place: Place) -> Item:
        """One document with what was decided of it."""
        return self._item(place, self.store.document(place.document) if place.document else None, None)

    def _item(self, place: Place, doc: Document | None, carried: Call | None) -> Item:
        """`carried` is the call that the document's family goes by."""
        name = place.document
        burned = areas(self.book.redactions.get(name or "", ()), dict(self.book.reasons))
        return Item(
            id=place.item,
            name=place.name,
            kind=doc.kind if doc else PurePath(place.name).suffix.removeprefix(".").lower() or "bin",
            source=self.store.blobs.path(place.sha256),
            sha256=place.sha256,
            custodians=place.custodians,
            family=place.family,
            parent=place.parent,
            text=doc.text if doc else "",
            title=doc.title if doc else "",
            path=place.path,
            size=place.size,
            modified=place.modified,
            mail=_mail(doc.mail, self.book.threads.get(doc.id, "")) if doc and doc.mail else None,
            coding=self._coding(place, self.answers.get(name or "") or carried, burned=bool(burned)),
            areas=burned,
            near=self.near.get(name or "", ()),
        )

    def _coding(self, place: Place, answer: Call | None, *, burned: bool) -> Coding:
        name = place.document or ""
        stands = self.book.privilege.get(name)
        call = stands.call if stands else None
        verdict = call.verdict if call else None
        by, at = (call.by, call.at) if call else ("", None)
        entered = self.book.redactions.get(name, ())
        if burned and verdict is not Verdict.WITHHOLD:  # who enters a redaction decides, by that, to redact
            verdict, by = Verdict.REDACT, f"person:{entered[-1].by}"
        facts = self.book.facts.get(name, CallFacts())
        privileged = any(self.book.reasons[r.reason].privilege for r in entered if r.reason in self.book.reasons)
        keeps = verdict is Verdict.WITHHOLD or privileged or (verdict is Verdict.REDACT and not entered)
        return Coding(
            response=answer.verdict if answer else None,
            privilege=verdict,
            basis=(facts.basis or self._basis(entered)) if keeps else "",
            topic=facts.topic,
            description=facts.description,
            confidentiality=self.endorsement,
            native=place.document is None,  # what nobody could read can only go as it is
            by=by,
            at=at,
        )

    def _basis(self, entered: Iterable[Redaction]) -> str:
        said = (self.book.reasons[r.reason] for r in entered if r.reason in self.book.reasons)
        names = dict.fromkeys(reason.says for reason in said if reason.privilege)
        return "; ".join(name[:1].upper() + name[1:] for name in names)


def documents(store: Store, ids: Sequence[str]) -> Iterator[Document]:
    """These documents, some at a time."""
    for start in range(0, len(ids), FEW):
        yield from store.documents(ids[start : start + FEW])


def _by_few(families: Iterable[Family]) -> Iterator[list[Family]]:
    """The families some at a time, so that the store is asked once for all their documents."""
    some: list[Family] = []
    for family in families:
        some.append(family)
        if sum(map(len, some)) >= FEW:
            yield some
            some = []
    if some:
        yield some


def filled(facts: CallFacts, proposal: Proposal) -> CallFacts:
    """What a person said of a call, with what the rule says where the person said nothing."""
    return CallFacts(
        facts.basis or proposal.basis, facts.topic or proposal.topic, facts.description or proposal.description
    )


def conversations(messages: Iterable[tuple[str, Header]]) -> dict[str, str]:
    """For each message, by its document's id, the id of its conversation, copies included."""
    out: dict[str, str] = {}
    for thread in threads(messages):
        for node in thread.nodes:
            for name in (*([] if node.missing else [node.id]), *node.copies):
                out[name] = thread.id
    return out


def near(documents: Iterable[Document], secret: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """For each document the ids of the `secret` ones that it is much like, by runs of five words; its own never."""
    held: dict[int, list[str]] = {}
    sizes: dict[str, int] = {}
    for doc in secret:
        shingles = _shingles(doc.text)
        sizes[doc.id] = len(shingles)
        for one in shingles:
            held.setdefault(one, []).append(doc.id)
    out: dict[str, tuple[str, ...]] = {}
    for doc in documents if held else ():
        shingles, shared = _shingles(doc.text), dict[str, int]()
        for one in shingles:
            for name in held.get(one, ()):
                shared[name] = shared.get(name, 0) + 1
        alike = (n for n, count in shared.items() if count >= ALIKE * min(len(shingles), sizes[n]) and n != doc.id)
        if found := tuple(sorted(alike)):
            out[doc.id] = found
    return out


def _shingles(text: str) -> frozenset[int]:
    words = text.casefold().split()
    return frozenset(
        zlib.crc32(" ".join(words[n : n + WORDS]).encode("utf-8", "replace")) for n in range(len(words) - WORDS + 1)
    )


def _mail(header: Header, thread: str) -> Mail:
    return Mail(
        sender=_shown(header.sender) if header.sender else "",
        to=tuple(map(_shown, header.to)),
        cc=tuple(map(_shown, header.cc)),
        bcc=tuple(map(_shown, header.bcc)),
        subject=header.subject,
        sent=header.sent,
        message_id=header.message_id,
        thread=thread,
    )


def _shown(one: Address) -> str:
    return f"{one.name} <{one.address}>" if one.name and one.address else one.name or one.address


def named(families: Iterable[Family], name: str) -> list[Place]:
    """The places of a document by its id. Raises NotFound."""
    found = [place for family in families for place in family if name in {place.item, place.document}]
    if not found:
        raise NotFound(f"{name}: was never given to `add`, so it has no place in a production")
    return found
