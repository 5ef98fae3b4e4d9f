"""A produced document in, the values of a load file's fields out; every source of a value stands in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from showcause.core import Verdict
from showcause.produce.item import Form, Item, Mail
from showcause.produce.loadfile import Part

Raw = str | int | datetime | tuple[Part, ...] | None


class Kind(StrEnum):
    """What a source gives; dates and times are written as the profile says."""

    TEXT = "text"
    LIST = "list"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Produced:
    r"""A document as it stands in a volume: its numbers, its family's, its files.

    Paths run from the volume's root, their steps apart by `\`. `parent` and `children` are first Bates numbers, `family`
    the first and last of the whole family, empty where it has no second member. `known` tells whether metadata may be
    shown at all: of a withheld document only its custodians are.
    """

    item: Item
    form: Form
    volume: str
    first: str
    last: str
    pages: int
    family: tuple[str, str] = ("", "")
    parent: str = ""
    children: tuple[str, ...] = ()
    native: str = ""
    text: str = ""
    sha256: str = ""
    images: tuple[str, ...] = field(default=(), repr=False)
    zone: str = "UTC"
    party: str = ""

    @property
    def known(self) -> bool:
        """Whether its metadata may be shown."""
        return self.form not in (Form.WITHHELD, Form.CLAWED_BACK)

    @property
    def mail(self) -> Mail:
        """The head of the message, an empty one where it is none or may not be shown."""
        return (self.item.mail if self.known else None) or Mail()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's values come from; `shown` of what may be shown of a withheld document too."""

    kind: Kind
    of: Callable[[Produced], Raw]
    withheld: bool = False


def _suffix(item: Item) -> str:
    return PurePosixPath(item.name).suffix.removeprefix(".").lower() or item.kind


def _properties(one: Produced) -> str:
    """What is remarkable about the document, as the older agencies' layouts want it in one field."""
    said = {
        "Withheld": one.form is Form.WITHHELD,
        "Clawed back": one.form is Form.CLAWED_BACK,
        "Redacted": one.known and one.item.redacted,
        "Native": one.form is Form.NATIVE,
    }
    return "; ".join(words for words, holds in said.items() if holds)


T, L, N, D, C = Kind.TEXT, Kind.LIST, Kind.NUMBER, Kind.DATE, Kind.TIME
SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        "bates.first": Source(T, lambda p: p.first, withheld=True),
        "bates.last": Source(T, lambda p: p.last, withheld=True),
        "bates.range": Source(T, lambda p: f"{p.first}-{p.last}", withheld=True),
        "family.first": Source(T, lambda p: p.family[0], withheld=True),
        "family.last": Source(T, lambda p: p.family[1], withheld=True),
        "family.range": Source(T, lambda p: "-".join(p.family) if p.family[0] else "", withheld=True),
        "family.parent": Source(T, lambda p: p.parent, withheld=True),
        "family.children": Source(L, lambda p: p.children, withheld=True),
        "pages": Source(N, lambda p: p.pages, withheld=True),
        "producing party": Source(T, lambda p: p.party, withheld=True),
        "zone": Source(T, lambda p: p.zone),
        "volume": Source(T, lambda p: p.volume, withheld=True),
        "custodian": Source(T, lambda p: p.item.custodians[0] if p.item.custodians else "", withheld=True),
        "custodians": Source(L, lambda p: p.item.custodians, withheld=True),
        "other custodians": Source(L, lambda p: p.item.custodians[1:], withheld=True),
        "properties": Source(T, _properties, withheld=True),
        "redacted": Source(T, lambda p: "Yes" if p.known and p.item.redacted else "", withheld=True),
        "withheld": Source(T, lambda p: "Yes" if p.form is Form.WITHHELD else "", withheld=True),
        "confidentiality": Source(T, lambda p: p.item.coding.confidentiality),
        "responsive": Source(T, lambda p: "Yes" if p.item.coding.response is Verdict.RESPONSIVE else ""),
        "file.name": Source(T, lambda p: p.item.name),
        "file.extension": Source(T, lambda p: _suffix(p.item)),
        "file.size": Source(N, lambda p: p.item.size or None),
        "file.path": Source(T, lambda p: p.item.path),
        "file.created date": Source(D, lambda p: p.item.created),
        "file.created time": Source(C, lambda p: p.item.created),
        "file.modified date": Source(D, lambda p: p.item.modified),
        "file.modified time": Source(C, lambda p: p.item.modified),
        "file.title": Source(T, lambda p: p.item.title),
        "file.author": Source(T, lambda p: p.item.author),
        "document date": Source(D, lambda p: p.item.day),
        "mail.from": Source(T, lambda p: p.mail.sender),
        "mail.to": Source(L, lambda p: p.mail.to),
        "mail.cc": Source(L, lambda p: p.mail.cc),
        "mail.bcc": Source(L, lambda p: p.mail.bcc),
        "mail.subject": Source(T, lambda p: p.mail.subject),
        "mail.sent date": Source(D, lambda p: p.mail.sent),
        "mail.sent time": Source(C, lambda p: p.mail.sent),
        "mail.received date": Source(D, lambda p: p.mail.received),
        "mail.received time": Source(C, lambda p: p.mail.received),
        "mail.id": Source(T, lambda p: p.mail.message_id),
        "mail.thread": Source(T, lambda p: p.mail.thread),
        "hash.sha256": Source(T, lambda p: p.sha256),
        "native path": Source(T, lambda p: p.native),
        "text path": Source(T, lambda p: p.text, withheld=True),
        "image path": Source(T, lambda p: p.images[0] if p.images else "", withheld=True),
    }
)


def value(one: Produced, source: str) -> Raw:
    """What the source gives for this document; None where nothing is to be shown."""
    found = SOURCES[source]
    return found.of(one) if one.known or found.withheld else None
