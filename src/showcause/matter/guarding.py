"""The record and the circle of a matter in, the proposal on each document in its family and conversation out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from showcause import produce
from showcause.assess import privilege
from showcause.assess.counsel import Circle, Counsel
from showcause.core import Document, Mail, Verdict
from showcause.errors import BadInput
from showcause.matter.placing import Place, families
from showcause.matter.producing import conversations, documents
from showcause.store import Store
from showcause.store.plain import digest

PRIVATE: Final = tuple(p.find for p in produce.PATTERNS if p.name != "telephone number")


@dataclass(frozen=True, slots=True)
class Context:
    """What a proposal depends on beside its own document: who is counsel, and what else is proposed as withheld."""

    circle: Circle
    key: str
    families: Mapping[str, tuple[Place, ...]]
    threads: Mapping[str, str]
    withheld: Mapping[str, tuple[str, frozenset[str]]]

    @classmethod
    def of(cls, store: Store, circle: Circle, ids: Sequence[str], *, mails: Sequence[tuple[str, Mail]]) -> Context:
        """The context of these documents; `mails` are the heads of the messages among them."""
        withheld: dict[str, tuple[str, frozenset[str]]] = {}
        for doc in documents(store, ids):
            if privilege.propose(doc, circle).verdict is Verdict.WITHHOLD:
                withheld[doc.id] = doc.name, frozenset(doc.mail.said if doc.mail else ())
        whole = (f for f in families(store.given()) if any(p.document in withheld for p in f))
        threads = conversations(mails)
        kept = {threads[name] for name in withheld if name in threads}
        key = digest([privilege.BY, repr(circle.counsel), sorted(circle.own), sorted(withheld)])
        return cls(
            circle,
            key,
            {p.document: f for f in whole for p in f if p.document},
            {name: thread for name, thread in threads.items() if thread in kept},
            withheld,
        )

    def proposal(self, doc: Document) -> privilege.Proposal:
        """The proposal for a document in its family and conversation."""
        own = privilege.propose(doc, self.circle, private=PRIVATE)
        if doc.id in self.withheld:
            return own
        members = self.families.get(doc.id, ())
        beside = [p for p in members if p.document in self.withheld]
        if beside:
            mine = next(p for p in members if p.document == doc.id)
            above = any(p.item == mine.parent for p in beside)
            own = privilege.in_family(doc, own, names=[p.name for p in beside], above=above)
        thread = self.threads.get(doc.id)
        others = [name for name in self.withheld if thread and self.threads.get(name) == thread]
        if others:
            said = frozenset().union(*(self.withheld[name][1] for name in others))
            own = privilege.in_thread(doc, own, names=[self.withheld[n][0] for n in others], said=said)
        return own


def counsel_of(row: Mapping[str, str | None], where: str) -> Counsel:
    """One line of a CSV of counsel; raises BadInput, naming `where` it stands."""
    said = {
        (key or "").strip().casefold(): (value or "").strip() for key, value in row.items() if isinstance(value, str)
    }

    def each(name: str) -> tuple[str, ...]:
        return tuple(one.strip() for one in said.get(name, "").replace(",", ";").split(";") if one.strip())

    def day(name: str) -> date | None:
        return date.fromisoformat(said[name]) if said.get(name) else None

    try:
        return Counsel(
            said.get("name", ""), each("email"), each("domain"), said.get("firm", ""), day("since"), day("until")
        )
    except ValueError as wrong:
        raise BadInput(f"{where}: {wrong}") from wrong
