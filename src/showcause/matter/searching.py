"""A matter's record searched: a query in, hits with their exact passages, families and threads out; and the term report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from showcause import paper
from showcause.core import Document, Happened, Passage
from showcause.errors import BadInput, NotFound
from showcause.find import ALIKE, Alike, Found, Search, Source, Words, alike, parse, refreshed, search
from showcause.find.segment import Array
from showcause.matter.desk import Desk
from showcause.store import Store

FOLDER = Path(".showcause") / "words"
AROUND = 90  # characters shown on either side of a hit
SHOWN = 5  # passages of a document that are shown


@dataclass(frozen=True, slots=True)
class Extract:
    """A piece of a document's text around hits: the passage, and the hits in it as passages of the same document."""

    around: Passage
    hits: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A document that fits: how well, its hits, the first extracts, and the ids of its family and of its thread."""

    document: Document
    score: float
    hits: int
    passages: tuple[Passage, ...] = field(repr=False)
    extracts: tuple[Extract, ...] = field(repr=False)
    family: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found in all, and the documents asked for."""

    found: Found
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Searching(Desk):
    """The search of a matter, reached as `matter.search`."""

    def words(self) -> Words:
        """The index of the record's words as the record stands; kept in the matter's folder, and made where it is missing."""
        ids = record_ids(self.store)
        source = Source(ids, self.store.documents, self.store.given, self.store.record_stamp())
        return refreshed(self.root / FOLDER, source)

    def find(self, query: str, *, limit: int = 20) -> Result:
        """The documents that fit, best first, `limit` of them with their passages; raises BadInput for a bad query."""
        parse(query)  # a bad query is told before the index is touched
        words = self.words()
        found = search(words, query, limit=limit)
        documents = {one.id: one for one in self.store.documents([hit.document for hit in found.shown])}
        matches = []
        for hit in found.shown:
            document, number = documents[hit.document], words.numbers[hit.document]
            passages = tuple(document.passage(a, b) for a, b in hit.spans)
            family = tuple(n for n in words.family(number) if n != hit.document)
            thread = tuple(n for n in words.thread(number) if n != hit.document)
            matches.append(Match(document, hit.score, hit.hits, passages, extracts(passages), family, thread))
        return Result(found, tuple(matches))

    def documents(self, ids: Iterable[str]) -> Iterator[Document]:
        """The documents of these ids, in order of id."""
        return self.store.documents(set(ids))

    def ids(self, query: str) -> tuple[str, ...]:
        """The ids of all documents that fit, best first."""
        parse(query)
        return search(self.words(), query, limit=0).documents

    def alike(self, *, least: float = ALIKE) -> tuple[Alike, ...]:
        """The groups of near-duplicates; `least` is the share of runs of three words in common, from 0 to 1."""
        return alike(self.words(), least=least)

    def terms(self, lines: Iterable[str], *, source: str = "terms") -> tuple[paper.Term, ...]:
        """The search term report: a row a query, then one for all of them.

        Empty lines and those that begin with # are passed over. Raises BadInput with the number of a line that can't be
        read; `source` is what the message calls the list.
        """
        words = self.words()
        asked = Search(words)
        told = [(n, line.strip()) for n, line in enumerate(lines, start=1)]
        queries = [_read(line, at=f"{source}:{n}") for n, line in told if line and not line.startswith("#")]
        if not queries:
            raise BadInput(f"{source}: holds no query")
        found = [(query, asked.matches(parse(query))) for query in queries]
        times = np.zeros(len(words.ids), dtype=np.int64)
        in_family = np.zeros(len(words.ids), dtype=np.int64)
        withs = [np.flatnonzero(_with_families(words, matches.documents)) for _, matches in found]
        for (_, matches), wide in zip(found, withs, strict=True):
            times[matches.documents] += 1
            in_family[wide] += 1
        rows = [
            paper.Term(
                query,
                documents=len(matches.documents),
                with_families=len(wide),
                unique=int((times[matches.documents] == 1).sum()),
                unique_with_families=int((in_family[wide] == 1).sum()),
                hits=len(matches.first),
            )
            for (query, matches), wide in zip(found, withs, strict=True)
        ]
        hits = sum(row.hits for row in rows)
        total = paper.Term("", int((times > 0).sum()), int((in_family > 0).sum()), None, None, hits)
        return (*rows, total)

    def report(self, lines: Iterable[str], *, to: Path, source: str = "terms") -> tuple[paper.Term, ...]:
        """The search term report as a CSV or XLSX file at `to`; raises BadInput for another kind, NoRoom."""
        rows = self.terms(lines, source=source)
        paper.term_report(rows, to=to, matter=self.name)
        return rows


def record_ids(store: Store) -> list[str]:
    """The ids of the documents of the record: not the letters and statements that the parties exchange."""
    apart = exchanged(store)
    return [name for name in store.document_ids() if name not in apart]


def exchanged(store: Store) -> frozenset[str]:
    """The ids of the letters, of either side, and the statements: what the parties say, which is no record."""
    papers = {e.value.paper for e in store.events("exchange", Happened) if e.value.paper}
    return frozenset(papers | store.letters().keys() | store.statements().keys())


def named(store: Store, name: str) -> Document:
    """The document with that id or file name, its own or a copy's; raises NotFound, or BadInput where the name is not one document's."""
    if by_id := list(store.documents([name])):
        return by_id[0]
    held = exchanged(store)
    known = {(g.document, g.name) for g in store.given() if g.document}
    known |= {(one, store.document(one).name) for one in held}  # what was asked or heard was never given to `add`
    ids = sorted({one for one, called in known if name == called})
    if not ids:
        raise NotFound(f"{name}: no document of this matter has this id or file name")
    if len(ids) > 1:
        raise BadInput(f"{name}: {len(ids)} documents have this name; give an id: {', '.join(ids)}")
    return store.document(ids[0])


def extracts(passages: Sequence[Passage], *, around: int = AROUND, most: int = SHOWN) -> tuple[Extract, ...]:
    """The first pieces of text around some passages of one document; pieces that touch are one."""
    pieces: list[tuple[int, int, list[Passage]]] = []
    for one in passages:
        start, end = _at_words(one.doc.text, max(0, one.start - around), min(len(one.doc.text), one.end + around))
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]), [*pieces[-1][2], one])
        elif len(pieces) < most:
            pieces.append((start, end, [one]))
        else:
            break
    return tuple(Extract(hits[0].doc.passage(a, b), tuple(hits)) for a, b, hits in pieces)


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The piece, cut where words end."""
    while start > 0 and start < end - 1 and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    while end < len(text) and end > start + 1 and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    return start, end


def _with_families(words: Words, documents: Array) -> Array:
    """Whether each document of the record is in the family of one of these."""
    return np.isin(words.heads, np.unique(words.heads[documents])) & words.alive


def _read(line: str, *, at: str) -> str:
    try:
        parse(line)
    except BadInput as bad:
        raise BadInput(f"{at}: {bad}") from bad
    return line
