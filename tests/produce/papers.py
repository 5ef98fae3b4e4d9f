"""Small documents for the tests of a production, made here; nothing in them is anybody's."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache

import typst

from showcause.core import Verdict
from showcause.produce.item import Area, Coding, Item, Mail

RESPONSIVE = Coding(Verdict.RESPONSIVE, Verdict.PRODUCE, by="person:reviewer", at=datetime(2031, 5, 1, tzinfo=UTC))


@cache
def pdf(*pages: str, setup: str = "") -> bytes:
    """A PDF of these pages, each in Typst's markup."""
    body = "\n#pagebreak()\n".join(pages)
    return bytes(typst.compile(f'#set page(paper: "us-letter")\n{setup}\n{body}'.encode()))


def item(name: str, content: bytes, **more: object) -> Item:
    """A document that is responsive and may be produced, unless `more` says otherwise."""
    known: dict[str, object] = {
        "id": name,
        "name": name,
        "kind": name.rpartition(".")[2],
        "source": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "custodians": ("Records Bureau",),
        "family": "",
        "size": len(content),
        "coding": RESPONSIVE,
        "modified": datetime(2030, 3, 4, 5, 6, 7, tzinfo=UTC),
    }
    return Item(**{**known, **more})


def coded(privilege: Verdict, **more: object) -> Coding:
    """A call of a person on a responsive document."""
    return Coding(Verdict.RESPONSIVE, privilege, by="person:reviewer", at=datetime(2031, 5, 1, tzinfo=UTC), **more)


__all__ = ["RESPONSIVE", "Area", "Coding", "Item", "Mail", "Verdict", "coded", "item", "pdf"]
