"""A folder in, the index of a record's words out: brought up to date by what is new, rebuilt where it is lost or damaged.

The index holds nothing that the store does not hold: it may be deleted at any time. A manifest names the segments that
count and is replaced in one step, so a run that is cut off loses the batch it was at and nothing else.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from showcause.core import Document, Given, Mail, State
from showcause.find import segment
from showcause.find.segment import Array, Entry, Segment
from showcause.find.thread import Thread, threads
from showcause.store.plain import built, plain

LOG = logging.getLogger(__name__)
MANIFEST, LOCK = "index.json", "index.lock"
FORM = 1  # of the files; another form is built anew
BATCH, CHARACTERS = 4000, 32 << 20  # documents and characters in one segment


@dataclass(frozen=True, slots=True)
class Source:
    """Where the record comes from: the ids of its documents, the documents of some ids, what was given to `add`.

    `stamp` changes whenever something is given or withdrawn, so that custodians and families are known to be current.
    """

    ids: Sequence[str]
    documents: Callable[[Sequence[str]], Iterable[Document]]
    given: Callable[[], Iterable[Given]]
    stamp: str


@dataclass(frozen=True, slots=True)
class Words:
    """An open index. Documents are numbered over all segments, and places over all their words."""

    ids: tuple[str, ...]
    segments: tuple[Segment, ...] = field(repr=False)
    facts: Segment = field(repr=False)  # custodians, names and paths, from what was given
    regions: Array = field(repr=False)  # the first place of each text
    owners: Array = field(repr=False)  # the document of each text
    alive: Array = field(repr=False)  # whether a document is of the record as it stands
    numbers: Mapping[str, int] = field(repr=False)
    heads: Array = field(repr=False)  # the document that each one's family hangs on
    conversations: Array = field(repr=False)  # the first document of each one's thread
    lengths: Array = field(repr=False)  # words of each document
    days: Array = field(repr=False)

    def parts(self) -> Iterator[tuple[Segment, int]]:
        """Each segment with the place at which its words begin."""
        before = 0
        for one in (*self.segments, self.facts):
            yield one, before
            before += int(one.arrays["regions"][-1])

    def documents(self, places: Array) -> Array:
        """The documents in which these places are."""
        return np.asarray(self.owners[np.searchsorted(self.regions, places, side="right") - 1])

    def characters(self, first: Array, last: Array) -> list[tuple[int, int]]:
        """From which to which character these runs of words stand in the texts of their documents."""
        out: list[tuple[int, int]] = []
        bases = np.array([before for _, before in self.parts()])
        for a, b in zip(first.tolist(), last.tolist(), strict=True):
            which = int(np.searchsorted(bases, a, side="right")) - 1
            arrays = (*self.segments, self.facts)[which].arrays
            out.append((int(arrays["starts"][a - bases[which]]), int(arrays["ends"][b - bases[which]])))
        return out

    def in_text(self, places: Array) -> Array:
        """Whether places are in the words of a document, not in a field; the first text of a document is its words."""
        region = np.searchsorted(self.regions, places, side="right") - 1
        facts = sum(int(one.arrays["regions"][-1]) for one in self.segments)
        begins = (region == 0) | (self.owners[np.maximum(region - 1, 0)] != self.owners[region])
        return np.asarray(begins & (places < facts))

    def family(self, number: int) -> list[str]:
        """The ids of a document's family, itself among them."""
        return [self.ids[n] for n in np.flatnonzero((self.heads == self.heads[number]) & self.alive).tolist()]

    def thread(self, number: int) -> list[str]:
        """The ids of the messages of a document's conversation; itself where it is no message."""
        found = (self.conversations == self.conversations[number]) & self.alive
        return [self.ids[n] for n in np.flatnonzero(found).tolist()]

    def mails(self) -> Iterator[tuple[str, Mail]]:
        """The messages of the record with their headers."""
        for one in self.segments:
            yield from _mails(one)


def refreshed(folder: Path, source: Source) -> Words:
    """The index in `folder`, made or brought up to date with the record."""
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder):
        names, facts = _manifest(folder)
        try:
            segments = [segment.load(folder / name) for name in names]
            known = segment.load(folder / facts[0]) if facts else None
        except (OSError, ValueError, KeyError) as lost:
            LOG.warning("the index of words is built anew: %s", lost)
            names, facts, segments, known = [], None, [], None
        state = _State(folder, names, segments)
        grown = state.grow(source)
        if known is None or facts is None or facts[1] != source.stamp or grown:
            name = segment.save(folder, *_facts(source, state.segments))
            known, facts = segment.load(folder / name), (name, source.stamp)
            state.seal(facts)
        return _opened(state.segments, known, source.ids)


class _State:
    """The segments that count, as they grow."""

    def __init__(self, folder: Path, names: list[str], segments: list[Segment]) -> None:
        self.folder, self.names, self.segments = folder, names, segments

    def grow(self, source: Source) -> bool:
        """Index what is new, batch by batch; whether anything was."""
        known = {name for one in self.segments for name in one.ids}
        new = [name for name in source.ids if name not in known]
        for entries in _batches(source.documents(new)):
            self._add(entries)
            while len(self.segments) > 1 and self._pair_is_small():
                joined = [*self.segments[-2].ids, *self.segments[-1].ids]
                del self.names[-2:], self.segments[-2:]
                for some in _batches(source.documents(joined)):
                    self._add(some)
            self.seal(None)
        return bool(new)

    def _pair_is_small(self) -> bool:
        before, last = len(self.segments[-2].ids), len(self.segments[-1].ids)
        return before <= 2 * last and before + last <= BATCH

    def _add(self, documents: Sequence[Document]) -> None:
        ids, arrays = segment.build(_entry(one) for one in documents)
        name = segment.save(self.folder, ids, arrays | _mail_arrays(documents))
        self.names.append(name)
        self.segments.append(segment.load(self.folder / name))

    def seal(self, facts: tuple[str, str] | None) -> None:
        """Make these segments the ones that count, and remove the rest."""
        told = {"form": FORM, "segments": self.names, "facts": list(facts) if facts else None}
        partly = self.folder / f".{MANIFEST}.{os.getpid()}"
        with partly.open("w", encoding="ascii") as out:
            json.dump(told, out)
            out.flush()
            os.fsync(out.fileno())
        partly.replace(self.folder / MANIFEST)
        kept = {*self.names, *(facts[:1] if facts else ())}
        for path in (*self.folder.glob("*.words"), *self.folder.glob(".*.words.*")):
            if path.name not in kept and (facts or path.name.startswith(".")):
                path.unlink(missing_ok=True)


def _manifest(folder: Path) -> tuple[list[str], tuple[str, str] | None]:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="ascii"))
        if told["form"] != FORM:
            return [], None
        facts = told["facts"]
        return [str(name) for name in told["segments"]], (facts[0], facts[1]) if facts else None
    except (OSError, ValueError, KeyError, TypeError):
        return [], None


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One process at a time brings an index up to date."""
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    held = 0
    for one in documents:
        batch.append(one)
        held += len(one.text)
        if len(batch) >= BATCH or held >= CHARACTERS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _entry(document: Document) -> Entry:
    texts = [(segment.BODY, document.text), ("id", document.id), ("title", document.title)]
    mail = document.mail
    texts.append(("kind", f"{document.kind} mail" if mail else document.kind))
    if mail:
        boxes = {"from": [mail.sender] if mail.sender else [], "to": mail.to, "cc": mail.cc, "bcc": mail.bcc}
        texts += [(name, f"{one.name} {one.address}") for name, some in boxes.items() for one in some]
        texts.append(("subject", mail.subject))
    return Entry(document.id, texts, document.date)


def _mail_arrays(documents: Sequence[Document]) -> dict[str, Array]:
    said = [json.dumps(plain(one.mail)).encode("ascii") if one.mail else b"" for one in documents]
    at = np.concatenate((np.zeros(1, np.int64), np.cumsum([len(one) for one in said], dtype=np.int64)))
    return {"mail": np.frombuffer(b"".join(said), dtype=np.uint8), "mail_at": at}


def _mails(one: Segment) -> Iterator[tuple[str, Mail]]:
    at = one.arrays["mail_at"].tolist()
    for place, name in enumerate(one.ids):
        if at[place + 1] > at[place]:
            told = json.loads(bytes(one.arrays["mail"][at[place] : at[place + 1]]))
            yield name, built(Mail, told)


def _facts(source: Source, segments: Sequence[Segment]) -> tuple[list[str], dict[str, Array]]:
    """What is known of each document from what was given, and which documents belong together."""
    givens = list(source.given())
    ids = [name for one in segments for name in one.ids]
    told: dict[str, dict[tuple[str, str], None]] = {name: {} for name in ids}
    for given in givens:
        if given.document in told:
            for name, text in (("custodian", given.custodian), ("name", given.name), ("path", given.path)):
                told[given.document].setdefault((name, text))
    made, arrays = segment.build((Entry(name, list(texts)) for name, texts in told.items()), alike=False)
    numbers = {name: number for number, name in enumerate(made)}
    heads = families(givens)
    of_thread = conversations(threads(pair for one in segments for pair in _mails(one)))
    arrays["heads"] = np.array([numbers.get(heads.get(name, name), n) for n, name in enumerate(made)], np.int32)
    arrays["threads"] = np.array([numbers[of_thread.get(name, name)] for name in made], np.int32)
    return made, arrays


def families(givens: Iterable[Given]) -> dict[str, str]:
    """For each document the one that its family hangs on: the topmost message or file that it was found in.

    What an archive or a mailbox holds is no family: the chain ends below it.
    """
    by_path = {one.path: one for one in givens if one.document or one.state is State.CONTAINER}
    heads: dict[str, str] = {}
    for one in sorted(by_path.values(), key=lambda one: one.path):
        if one.state is not State.READ or one.document is None or one.document in heads:
            continue
        top, seen = one, {one.path}
        while top.parent in by_path and top.parent not in seen:
            above = by_path[top.parent]
            seen.add(above.path)
            if above.document is None:
                break
            top = above
        heads[one.document] = top.document or one.document
    return heads


def conversations(found: Iterable[Thread]) -> dict[str, str]:
    """For each message the first message of its thread; copies belong to it too."""
    out: dict[str, str] = {}
    for one in found:
        for node in one.nodes:
            if not node.missing:
                out |= dict.fromkeys((node.id, *node.copies), one.messages[0])
    return out


def _opened(segments: Sequence[Segment], facts: Segment, ids: Sequence[str]) -> Words:
    all_ids = tuple(name for one in segments for name in one.ids)
    numbers = {name: number for number, name in enumerate(all_ids)}
    regions, owners, words, documents = [], [], 0, 0
    lengths = np.zeros(len(all_ids), dtype=np.int64)
    for one in segments:
        owner = one.arrays["owners"] + documents
        regions.append(one.arrays["regions"][:-1] + words)
        owners.append(owner)
        np.add.at(lengths, owner, np.diff(one.arrays["regions"]))
        words += int(one.arrays["regions"][-1])
        documents += len(one.ids)
    renumbered = np.array([numbers[name] for name in facts.ids], dtype=np.int32)
    regions.append(facts.arrays["regions"][:-1] + words)
    owners.append(renumbered[facts.arrays["owners"]] if len(facts.ids) else np.zeros(0, np.int32))
    alive = np.zeros(len(all_ids), dtype=bool)
    alive[[numbers[name] for name in ids if name in numbers]] = True
    heads, talks = (np.arange(len(all_ids), dtype=np.int32) for _ in range(2))
    heads[renumbered] = renumbered[facts.arrays["heads"]]
    talks[renumbered] = renumbered[facts.arrays["threads"]]
    days = [one.arrays["days"] for one in segments]
    return Words(
        ids=all_ids,
        segments=tuple(segments),
        facts=facts,
        regions=np.concatenate(regions),
        owners=np.concatenate(owners),
        alive=alive,
        numbers=numbers,
        heads=heads,
        conversations=talks,
        lengths=lengths,
        days=np.concatenate(days) if days else np.zeros(0, np.int32),
    )
