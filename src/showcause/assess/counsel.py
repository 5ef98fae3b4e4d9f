"""The list of counsel and a document in: who of them wrote, received or was copied, and who stands outside.

The list is the user's: nobody is taken for an attorney because a text calls him one. Whoever is neither on it nor of
the client's own domains is an outsider, whose presence may waive the privilege.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from showcause.core import Address, Document
from showcause.text import later

HEAD: Final = 2000  # characters of a memorandum in which its head stands
_LINE = later(r"^[ \t>*_#]*(from|to|cc|bcc)[ \t*_]*:[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_MAILBOX = later(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_SECOND = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ca", "ny", "tx", "wa", "il", "ma", "pa"})
_MANY = 0.2  # of the record's messages: a domain that sends so many is the client's own


@dataclass(frozen=True, slots=True)
class Counsel:
    """One attorney, or a firm or office with all its people, from `since` to `until` (both included; None: open).

    `emails` are addresses and `domains` those whose every address is theirs, in any case.
    """

    name: str
    emails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    firm: str = ""
    since: date | None = None
    until: date | None = None

    def on(self, day: date | None) -> bool:
        """Whether they were counsel on that day; on an unknown one they may have been."""
        return day is None or not ((self.since and day < self.since) or (self.until and day > self.until))

    def is_address(self, address: str) -> bool:
        """Whether the address is theirs."""
        said = address.casefold()
        return said in {e.casefold() for e in self.emails} or under(said, self.domains)

    def is_name(self, name: str) -> bool:
        """Whether somebody named so is they: the words of the shorter name all stand in the other, two at least."""
        mine, theirs = _words(self.name), _words(name)
        short, long = sorted((mine, theirs), key=len)
        return len(short) >= 2 and short <= long


@dataclass(frozen=True, slots=True)
class Circle:
    """Who may know a privileged thing: counsel, and the client by its own domains."""

    counsel: tuple[Counsel, ...]
    own: frozenset[str] = frozenset()

    def of(self, one: Address, day: date | None) -> Counsel | None:
        """The counsel that this person was on that day."""
        known = (c for c in self.counsel if c.on(day))
        return next((c for c in known if c.is_address(one.address) or (one.name and c.is_name(one.name))), None)

    def inside(self, one: Address, day: date | None) -> bool:
        """Whether the person is counsel or of the client's; whoever has no address is not known to be outside."""
        return not one.address or under(one.address, self.own) or self.of(one, day) is not None


@dataclass(frozen=True, slots=True)
class Roles:
    """Who stands in which place of a document's head; `counsel` of them, and `outside` who is neither side's own."""

    sender: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    counsel: tuple[tuple[str, Address, Counsel], ...] = field(default=())
    outside: tuple[Address, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """Where counsel stands: "from", "to", "cc"."""
        return frozenset(place for place, _, _ in self.counsel)


def roles(doc: Document, circle: Circle) -> Roles:
    """The roles of a message, or of a memorandum with lines such as To and From at its head."""
    sender, to, cc = _people(doc)
    everyone = [*(("from", one) for one in sender), *(("to", one) for one in to), *(("cc", one) for one in cc)]
    day = sent(doc)
    counsel = tuple((place, one, c) for place, one in everyone if (c := circle.of(one, day)))
    outside = tuple(dict.fromkeys(one for _, one in everyone if not circle.inside(one, day)))
    return Roles(sender[0] if sender else None, tuple(to), tuple(cc), counsel, outside)


def sent(doc: Document) -> date | None:
    """The day of a document."""
    when: datetime | None = doc.mail.sent if doc.mail else None
    return when.date() if when else doc.date


def own_domains(senders: Iterable[str]) -> frozenset[str]:
    """The domains, down to what is registered, from which a fifth or more of these addresses write."""
    counted = Counter(registered(one.rpartition("@")[2]) for one in senders if "@" in one)
    most = sum(counted.values())
    return frozenset(domain for domain, count in counted.items() if count >= max(1, most * _MANY))


def registered(domain: str) -> str:
    """The part of a domain under which a body's offices have theirs: `town.example` of `police.town.example`."""
    steps = domain.casefold().strip(".").split(".")
    two = len(steps) > 2 and steps[-2] in _SECOND and len(steps[-1]) == 2
    return ".".join(steps[-3:] if two else steps[-2:])


def under(address: str, domains: Iterable[str]) -> bool:
    """Whether an address is at one of the domains, or below one."""
    at = address.casefold().rpartition("@")[2]
    return any(at == (d := one.casefold().lstrip("@.")) or at.endswith(f".{d}") for one in domains if one)


def person(one: Address) -> str:
    """The person as a reader knows them."""
    return one.name or one.address


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", name.casefold()) if word not in {"esq", "mr", "ms"})


def _people(doc: Document) -> tuple[list[Address], list[Address], list[Address]]:
    if doc.mail:
        mail = doc.mail
        return [mail.sender] if mail.sender else [], list(mail.to), [*mail.cc, *mail.bcc]
    found: dict[str, list[Address]] = {"from": [], "to": [], "cc": []}
    for line in _LINE.finditer(doc.text[:HEAD]):
        found["cc" if line[1].casefold() == "bcc" else line[1].casefold()] += _named(line[2])
    return found["from"], found["to"], found["cc"]


def _named(line: str) -> Iterator[Address]:
    for piece in re.split(r"[;,]\s+(?=[A-Z\"<])", line):
        box = _MAILBOX.search(piece)
        name = re.sub(r"[<(\[].*", "", piece).replace(box[0] if box else "\0", "").strip(" \t\"'*_,;")
        if box or name:
            yield Address(name.partition(",")[0], box[0].casefold() if box else "")
