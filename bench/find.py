"""A record of 10,000 documents indexed, searched and compared: against SQLite's full text search over the same texts.

The peer is FTS5 with its own tokenizer and `NEAR`; the queries are those that both can express, and both must find the
same documents. Then how long near-duplicates and one more document take.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from showcause.core import Document
from showcause.find import Source, alike, refreshed, search

DOCUMENTS, LENGTH, KINDS = 10_000, 300, 30_000
QUERIES = (  # ours, and the same for the peer
    ("w40", "w40"),
    ("w40 AND w90 AND NOT w3", "(w40 AND w90) NOT w3"),
    ('"w1 w2"', '"w1 w2"'),
    ("w5 w/5 w9", "NEAR(w5 w9, 4)"),
    ("w211*", "w211*"),
    ("w40 OR w41 OR w42 OR w43", "w40 OR w41 OR w42 OR w43"),
    ("(w7 OR w8) AND w1*", "(w7 OR w8) AND w1*"),
)
ALONE = ("w4000~1", "*99", "w5 not w/9 w6", "date:none AND w77")  # what the peer has no words for


def texts() -> Iterator[str]:
    """Texts whose words are as unequally common as those of a language; every twentieth repeats the one before, edited."""
    chance = random.Random(1373)  # noqa: S311 - texts, no secrets
    before: list[str] = []
    for n in range(DOCUMENTS):
        if n % 20 == 19:
            before = [*before[:-9], *(f"edit{n}x{k}" for k in range(3))]
        else:
            before = [f"w{int(KINDS ** chance.random())}" for _ in range(LENGTH)]
        yield " ".join(before)


def timed(work: Callable[[], object], times: int = 5) -> float:
    """The median of some runs, in seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> None:
    held = {f"d{n:05}": Document(f"d{n:05}", "0", "txt", "R", None, text) for n, text in enumerate(texts())}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)

        def ours(stamp: str) -> Source:
            return Source(sorted(held), lambda ids: (held[i] for i in sorted(ids)), lambda: (), stamp)

        begun = time.perf_counter()
        words = refreshed(place / "ours", ours("1"))
        own = time.perf_counter() - begun
        begun = time.perf_counter()
        base = sqlite3.connect(place / "peer.db")
        base.execute("CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, body)")
        base.executemany("INSERT INTO t VALUES (?, ?)", ((one.id, one.text) for one in held.values()))
        base.commit()
        peer = time.perf_counter() - begun
        print(
            f"find, index: {own:.1f} s for {DOCUMENTS:,} documents (with marks of likeness and features); FTS5 {peer:.1f} s"
        )
        for mine, theirs in QUERIES:
            asked = "SELECT id FROM t WHERE t MATCH ?"
            there = {row[0] for row in base.execute(asked, (theirs,))}
            here = set(search(words, mine, limit=20).documents)
            if here != there:
                raise SystemExit(f"find: {mine} finds {len(here)} documents, the peer {len(there)}")
            a = timed(lambda mine=mine: search(words, mine, limit=20))
            b = timed(lambda theirs=theirs, asked=asked: base.execute(asked, (theirs,)).fetchall())
            print(
                f"find, query {mine}: {len(here):,} documents, {a * 1000:.1f} ms; FTS5 {b * 1000:.1f} ms, ratio {a / b:.2f}"
            )
        for mine in ALONE:
            a = timed(lambda mine=mine: search(words, mine, limit=20))
            print(f"find, query {mine}: {len(search(words, mine, limit=0).documents):,} documents, {a * 1000:.1f} ms")
        begun = time.perf_counter()
        groups = alike(words)
        print(
            f"find, near-duplicates: {len(groups):,} groups of {DOCUMENTS // 20:,} made, {time.perf_counter() - begun:.2f} s"
        )
        held["e"] = Document("e", "0", "txt", "R", None, "one more document")
        print(f"find, one more document: {timed(lambda: refreshed(place / 'ours', ours('2')), 1):.2f} s")
        print(f"find, opened with nothing new: {timed(lambda: refreshed(place / 'ours', ours('2'))):.3f} s")


if __name__ == "__main__":
    main()
