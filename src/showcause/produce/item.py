"""What a production needs to know of a document, whoever keeps it: values alone, its bytes behind a callable."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from showcause.core import Verdict
from showcause.errors import BadInput

Source = bytes | Path | Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Mail:
    """The head of a message; addresses as they stand in it; `thread` is equal for the messages of one conversation."""

    sender: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str = ""
    sent: datetime | None = None
    received: datetime | None = None
    message_id: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """What people decided on a document; None where nobody has.

    `response` is responsive, not-responsive or unclear; `privilege` is produce, redact, withhold or unclear (core's
    tables). `basis`, `topic` and `description` are the privilege log's; `confidentiality` is stamped on every page;
    `native` asks for production in native form.
    """

    response: Verdict | None = None
    privilege: Verdict | None = None
    basis: str = ""
    topic: str = ""
    description: str = ""
    confidentiality: str = ""
    native: bool = False
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a page that is burned out, in points from the upper left corner of the page as it is seen.

    Pages count from 1; `reason` is the code printed on it.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One document as it may be produced.

    `family` is the id of the topmost document that it hangs on, its own where it hangs on none; `parent` the one right
    above it. `custodians` names the holder first, then everyone whose copy was suppressed. `text` is the whole text,
    pages apart by form feeds where the source has pages. `pages_of` gives a PDF of its pages where the source is none.
    `near` are the ids of its near-duplicates. Times are UTC.
    """

    id: str
    name: str
    kind: str
    source: Source = field(repr=False)
    sha256: str
    custodians: tuple[str, ...]
    family: str = ""
    parent: str | None = None
    text: str = field(default="", repr=False)
    title: str = ""
    author: str = ""
    path: str = ""
    size: int = 0
    created: datetime | None = None
    modified: datetime | None = None
    mail: Mail | None = None
    coding: Coding = Coding()
    areas: tuple[Area, ...] = ()
    near: tuple[str, ...] = ()
    pages_of: Callable[[], bytes] | None = field(default=None, repr=False)

    def open(self) -> BinaryIO:
        """A stream of the native file's bytes."""
        if isinstance(self.source, bytes):
            return io.BytesIO(self.source)
        return self.source.open("rb") if isinstance(self.source, Path) else self.source()

    @property
    def withheld(self) -> bool:
        """Whether it is kept back whole."""
        return self.coding.privilege is Verdict.WITHHOLD

    @property
    def redacted(self) -> bool:
        """Whether any of it is burned out."""
        return bool(self.areas) and not self.withheld

    @property
    def day(self) -> datetime | None:
        """When it was sent, else last changed, else made."""
        sent = self.mail.sent if self.mail else None
        return sent or self.modified or self.created


class Form(StrEnum):
    """The form in which a document is produced."""

    IMAGES = "images"
    NATIVE = "native"
    WITHHELD = "withheld"
    CLAWED_BACK = "clawed back"


def families(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """The documents family by family, as they come. Raises BadInput where a family comes in two pieces or its head late.

    Only the ids of the families are kept meanwhile.
    """
    seen: set[str] = set()
    for name, members in groupby(items, key=lambda item: item.family or item.id):
        if name in seen:
            raise BadInput(f"{name}: its family comes in pieces; give the documents family by family")
        seen.add(name)
        whole = tuple(members)
        known = {whole[0].id}
        if whole[0].id != name:
            raise BadInput(f"{whole[0].id}: comes before the head of its family, {name}")
        for child in whole[1:]:
            if child.parent not in known:
                raise BadInput(f"{child.id}: hangs on {child.parent}, which does not come before it in its family")
            known.add(child.id)
        yield whole
