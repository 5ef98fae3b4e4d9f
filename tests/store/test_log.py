"""The chain is what its description says, and any entry changed, moved or dropped is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.core import Act
from showcause.errors import NotProven
from showcause.store import log

AT = datetime(2026, 1, 2, 3, 4, 5, 678, UTC)


def chained(acts: Sequence[str]) -> list[log.Entry]:
    entries: list[log.Entry] = []
    for seq, act in enumerate(acts, start=1):
        before = entries[-1].chain if entries else log.ORIGIN
        entries.append(log.entered(Act(seq, AT, "k", act, {"about": ["d"], "n": seq}), before))
    return entries


def test_the_chain_can_be_computed_by_what_is_said_of_it_alone() -> None:
    (entry,) = chained(["add"])
    told = {"seq": 1, "at": "2026-01-02T03:04:05.000678Z", "by": "k", "act": "add", "detail": {"about": ["d"], "n": 1}}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    commitment = hashlib.sha256(entry.salt + text.encode()).digest()
    assert entry.commitment == commitment
    assert entry.chain == hashlib.sha256(hashlib.sha256(b"showcause log 1").digest() + commitment).digest()
    assert len(entry.salt) == 16


def test_an_empty_log_stands() -> None:
    assert log.verify([]) == 0


@given(acts=st.lists(st.text(max_size=5), min_size=2, max_size=6), data=st.data())
def test_an_entry_changed_moved_or_dropped_is_named(acts: list[str], data: st.DataObject) -> None:
    entries = chained(acts)
    assert log.verify(entries) == len(acts)
    place = data.draw(st.integers(0, len(acts) - 2))
    one, other = entries[place], entries[place + 1]
    for wrong in (
        [replace(one, act=replace(one.act, by="x"))],
        [replace(one, act=replace(one.act, detail={**one.act.detail, "n": 0}))],
        [replace(one, salt=b"0" * 16)],
        [replace(one, commitment=other.commitment)],
        [replace(one, chain=other.chain)],
        [],
        [one, one],
        [other],
    ):
        with pytest.raises(NotProven, match=f"log entry ({place + 1}|{place + 2}) "):
            log.verify([*entries[:place], *wrong, *entries[place + 1 :]])
