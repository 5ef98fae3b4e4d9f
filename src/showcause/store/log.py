"""Acts in, a hash chain over salted commitments out; any entry changed, moved or dropped is found and named.

Entry i has a random salt of 16 bytes; its commitment is SHA-256(salt || canonical JSON of the entry), and its chain
value SHA-256(chain value of entry i-1 || commitment). A commitment tells nothing of its entry until the salt is given,
so a proof carries them all and opens only some.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from showcause.core import Act
from showcause.errors import NotProven
from showcause.store.plain import canonical, plain, stamp

ORIGIN = hashlib.sha256(b"showcause log 1").digest()  # the chain value before the first entry
SALT = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as logged: with its salt (bytes), its commitment and its chain value (32 bytes each)."""

    act: Act
    salt: bytes = field(repr=False)
    commitment: bytes
    chain: bytes

    @property
    def about(self) -> tuple[str, ...]:
        """The ids of what the act concerns: documents, questions, laws; empty where it was not said."""
        about = self.act.detail.get("about", ())
        return tuple(str(one) for one in about) if isinstance(about, list | tuple) else ()


def plain_act(act: Act) -> dict[str, Any]:
    """An act as the JSON values that are committed to."""
    return {"seq": act.seq, "at": stamp(act.at), "by": act.by, "act": act.act, "detail": plain(act.detail, loose=True)}


def commit(act: Mapping[str, Any], salt: bytes) -> bytes:
    """The commitment to a plain act under that salt."""
    return hashlib.sha256(salt + canonical(act).encode("ascii")).digest()


def link(before: bytes, commitment: bytes) -> bytes:
    """The chain value after `before` and that commitment."""
    return hashlib.sha256(before + commitment).digest()


def entered(act: Act, before: bytes) -> Entry:
    """The entry of `act` behind the chain value `before`, under a fresh salt."""
    salt = secrets.token_bytes(SALT)
    commitment = commit(plain_act(act), salt)
    return Entry(act, salt, commitment, link(before, commitment))


def verify(entries: Iterable[Entry]) -> int:
    """How many entries stand, read in order from the first; raises NotProven naming the first that doesn't."""
    before, count = ORIGIN, 0
    for count, entry in enumerate(entries, start=1):
        name = f"log entry {count} ({entry.act.act}, {stamp(entry.act.at)})"
        if entry.act.seq != count:
            raise NotProven(f"{name}: carries the number {entry.act.seq}; an entry was dropped, added or moved")
        if commit(plain_act(entry.act), entry.salt) != entry.commitment:
            raise NotProven(f"{name}: is not what was committed to")
        if link(before, entry.commitment) != entry.chain:
            raise NotProven(f"{name}: the chain breaks here")
        before = entry.chain
    return count
