"""Documents in, one sealed file of the index out: words with their places, days, marks of likeness, a learner's features.

All words of a segment stand in one row, text after text, so a word's places are one sorted array of numbers and nearness
is arithmetic. A text is a region; a document has one for its words and one for each field. Terms are sorted by their
bytes, so that words with a common beginning stand together. The file is a line of JSON that says where each array
stands, then the arrays, and is read through a memory map.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from showcause.find import shingle
from showcause.find.features import features
from showcause.find.tokens import Vocabulary, tokens

Array = npt.NDArray[Any]
MAGIC = b"showcause words 1\n"
ALIGN = 64
BODY = ""  # the field of a document's own words
PART = "\t"  # between the field and the word of a term
NO_DAY = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as it is indexed: its id, its day, and its texts by field ("" the words of the document)."""

    id: str
    texts: Sequence[tuple[str, str]] = field(repr=False)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """An open segment; arrays are read-only and come from the file as they are needed.

    `regions` are the first places of the texts and, last, the number of all words; `owners` the documents that the texts
    belong to, by number; `starts` and `ends` the characters at which each word stands in its text; `terms` the bytes of
    all terms and `term_at` where each begins; `posts` the places of term after term and `post_at` where each begins.
    """

    ids: tuple[str, ...]
    arrays: Mapping[str, Array] = field(repr=False)

    def term(self, number: int) -> bytes:
        """The bytes of a term."""
        at = self.arrays["term_at"]
        return bytes(self.arrays["terms"][int(at[number]) : int(at[number + 1]) - 1])

    def __len__(self) -> int:
        return len(self.arrays["term_at"]) - 1

    def first(self, term: bytes) -> int:
        """The number of the first term that is not below this one."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, term: bytes) -> int | None:
        """The number of a term, None where it does not stand in the segment."""
        found = self.first(term)
        return found if found < len(self) and self.term(found) == term else None

    def places(self, number: int) -> Array:
        """The places of a term, in order."""
        at = self.arrays["post_at"]
        return np.asarray(self.arrays["posts"][int(at[number]) : int(at[number + 1])])


def build(entries: Iterable[Entry], *, alike: bool = True) -> tuple[list[str], dict[str, Array]]:
    """The ids and arrays of a segment; `alike` adds the marks by which near-duplicates are told."""
    made = _Build(alike=alike)
    for entry in entries:
        made.take(entry)
    return made.ids, made.arrays()


class _Build:
    """A segment as it grows."""

    def __init__(self, *, alike: bool) -> None:
        self.ids: list[str] = []
        self._days: list[int] = []
        self._owners: list[int] = []
        self._lengths: list[int] = []
        self._numbers: list[Array] = []
        self._spans: list[tuple[Array, Array]] = []
        self._vocabularies: dict[str, Vocabulary] = {}
        self._offsets: dict[str, list[Array]] = {}
        self._fields: list[str] = []
        self._alike = alike

    def take(self, entry: Entry) -> None:
        owner = len(self.ids)
        self.ids.append(entry.id)
        self._days.append(entry.day.toordinal() if entry.day else NO_DAY)
        for name, text in entry.texts:
            written, starts, ends = tokens(text)
            vocabulary = self._vocabularies.setdefault(name, Vocabulary())
            self._owners.append(owner)
            self._fields.append(name)
            self._lengths.append(len(written))
            self._numbers.append(vocabulary.numbered(written))
            self._spans.append((starts.astype(np.int32), ends.astype(np.int32)))

    def arrays(self) -> dict[str, Array]:
        """Everything that was taken, put in order."""
        terms, numbers = self._terms()
        order = np.argsort(numbers, kind="stable").astype(np.int32)
        counts = np.bincount(numbers, minlength=len(terms)) if len(terms) else np.zeros(0, np.int64)
        joined = b"".join(term + b"\n" for term in terms)
        lengths = np.fromiter((len(term) + 1 for term in terms), dtype=np.int64, count=len(terms))
        made = {
            "days": np.array(self._days, dtype=np.int32),
            "owners": np.array(self._owners, dtype=np.int32),
            "regions": _running(np.array(self._lengths, dtype=np.int64)),
            "starts": _joined([a for a, _ in self._spans], np.int32),
            "ends": _joined([b for _, b in self._spans], np.int32),
            "terms": np.frombuffer(joined, dtype=np.uint8),
            "term_at": _running(lengths),
            "masks": np.array([_mask(term) for term in terms], dtype=np.uint32),
            "posts": order,
            "post_at": _running(counts),
        }
        return made | (self._shingles() if self._alike else {})

    def _terms(self) -> tuple[list[bytes], Array]:
        """All terms in order, and the number of the term at each place."""
        shifted, before, all_terms = {}, 0, []
        for name, vocabulary in self._vocabularies.items():
            shifted[name] = before
            before += len(vocabulary.numbers)
            all_terms += [f"{name}{PART}{word}".encode("utf-8", "surrogatepass") for word in vocabulary.numbers]
        order = sorted(range(len(all_terms)), key=all_terms.__getitem__)
        place = np.empty(len(order), dtype=np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        parts = [place[numbers + shifted[name]] for name, numbers in zip(self._fields, self._numbers, strict=True)]
        return [all_terms[one] for one in order], _joined(parts, np.int32)

    def _shingles(self) -> dict[str, Array]:
        vocabulary = self._vocabularies.get(BODY, Vocabulary())
        hashes = shingle.hashes(vocabulary.numbers)
        held: list[Array] = [shingle.NOTHING] * len(self.ids)
        told = [features(shingle.NOTHING)] * len(self.ids)
        for owner, name, numbers in zip(self._owners, self._fields, self._numbers, strict=True):
            if name == BODY:
                held[owner], told[owner] = shingle.shingles(hashes[numbers]), features(hashes[numbers])
        return {
            "features": _joined([columns for columns, _ in told], np.uint32),
            "feature_counts": _joined([counts for _, counts in told], np.uint16),
            "feature_at": _running(np.array([len(columns) for columns, _ in told], dtype=np.int64)),
            "shingles": _joined(held, np.uint32),
            "shingle_at": _running(np.array([len(one) for one in held], dtype=np.int64)),
            "signatures": np.array([shingle.signature(one) for one in held], dtype=np.uint32).reshape(
                len(held), shingle.HASHES
            ),
        }


def save(folder: Path, ids: Sequence[str], arrays: Mapping[str, Array]) -> str:
    """Write a segment below `folder`, on disk when this returns; its name follows from what it holds."""
    heading: dict[str, Any] = {"ids": list(ids), "arrays": {}}
    at = 0
    for name, array in arrays.items():
        heading["arrays"][name] = [array.dtype.str, list(array.shape), at]
        at += -(-array.nbytes // ALIGN) * ALIGN
    head = MAGIC + json.dumps(heading).encode("ascii") + b"\n"
    head += b" " * (-len(head) % ALIGN)
    digest = hashlib.sha256(head)
    for array in arrays.values():
        digest.update(array.tobytes())
    name = f"{digest.hexdigest()[:24]}.words"
    partly = folder / f".{name}.{os.getpid()}"
    with partly.open("wb") as out:
        out.write(head)
        for array in arrays.values():
            out.write(np.ascontiguousarray(array).tobytes())
            out.write(b"\0" * (-array.nbytes % ALIGN))
        out.flush()
        os.fsync(out.fileno())
    partly.rename(folder / name)
    return name


def load(path: Path) -> Segment:
    """An open segment; raises OSError where the file is gone, ValueError where it is none or is cut off."""
    with path.open("rb") as stream:
        if stream.readline() != MAGIC:
            raise ValueError(f"{path}: no segment of this showcause's index")
        heading = json.loads(stream.readline())
        begins = -(-stream.tell() // ALIGN) * ALIGN
        held = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    arrays: dict[str, Array] = {}
    for name, (kind, shape, at) in heading["arrays"].items():
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(held, dtype=kind, count=count, offset=begins + at if count else 0).reshape(shape)
    return Segment(tuple(heading["ids"]), arrays)


def _mask(term: bytes) -> int:
    """Which letters a word has, as a set of 32 bits: words that differ in few letters differ in few bits."""
    mask = 0
    for char in term.partition(PART.encode())[2].decode("utf-8", "surrogatepass"):
        mask |= 1 << (ord(char) & 31)
    return mask


def mask(word: str) -> int:
    """The same of a word that is asked for."""
    return _mask(f"{PART}{word}".encode("utf-8", "surrogatepass"))


def _running(lengths: Array) -> Array:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))


def _joined(arrays: Sequence[Array], kind: Any) -> Array:
    return np.concatenate(arrays).astype(kind, copy=False) if arrays else np.zeros(0, kind)
