"""An index in, its near-duplicates out: groups around the longest text, with how much each of the others shares with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from showcause.find import shingle
from showcause.find.segment import Array
from showcause.find.words import Words

ALIKE = 0.8  # of their runs of three words, from which on two texts are near-duplicates


@dataclass(frozen=True, slots=True)
class Alike:
    """A group: the document it is built around, and the others with their likeness to it, from 0 to 1, likest first."""

    head: str
    others: tuple[tuple[str, float], ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """All of the group, its head first."""
        return (self.head, *(name for name, _ in self.others))


def alike(words: Words, *, least: float = ALIKE) -> tuple[Alike, ...]:
    """The groups of near-duplicates in the record, largest first; a document is in one group at most.

    `least` is the likeness, from 0 to 1, that a document must have to the head of its group. Every pair that is
    reported has been compared run by run; a pair of likeness .8 is missed once in about 3,000 times.
    """
    runs = _Runs(words)
    groups = []
    for head, others in runs.groups(least):
        listed = sorted(((words.ids[n], round(share, 3)) for n, share in others), key=lambda one: (-one[1], one[0]))
        groups.append(Alike(words.ids[head], tuple(listed)))
    return tuple(sorted(groups, key=lambda one: (-len(one.others), one.head)))


class _Runs:
    """The marks of likeness of all documents, over the segments."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._where = [(one, n) for one in words.segments for n in range(len(one.ids))]
        self._sizes = np.array([len(self.of(n)) for n in range(len(self._where))], dtype=np.int64)

    def of(self, number: int) -> Array:
        """The runs of a document."""
        one, place = self._where[number]
        at = one.arrays["shingle_at"]
        return np.asarray(one.arrays["shingles"][int(at[place]) : int(at[place + 1])])

    def groups(self, least: float) -> list[tuple[int, list[tuple[int, float]]]]:
        """Heads with the documents around them; the longest text that is in no group yet is the next head."""
        bands = self._bands()
        free = set(np.flatnonzero(self._words.alive & (self._sizes > 0)).tolist())
        found = []
        for head in sorted(free, key=lambda n: (-int(self._sizes[n]), self._words.ids[n])):
            if head not in free:
                continue
            free.discard(head)
            near = {n for labels, members in bands for n in members.get(int(labels[head]), ())}
            others = []
            for other in sorted(near & free):
                if self._sizes[other] >= least * self._sizes[head]:  # a smaller one can't share enough
                    share = shingle.likeness(self.of(head), self.of(other))
                    if share >= least:
                        others.append((other, share))
            if others:
                free -= {other for other, _ in others}
                found.append((head, others))
        return found

    def _bands(self) -> list[tuple[Array, dict[int, list[int]]]]:
        """For each band of the signatures: the label of each document, and those that share a label with another."""
        if not self._words.segments:
            return []
        signatures = np.concatenate([one.arrays["signatures"] for one in self._words.segments])
        bands = []
        for band in range(shingle.BANDS):
            rows = signatures[:, band * shingle.ROWS : (band + 1) * shingle.ROWS]
            _, labels, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
            labels = labels.ravel()
            members: dict[int, list[int]] = defaultdict(list)
            for number in np.flatnonzero((counts[labels] > 1) & (self._sizes > 0)).tolist():
                members[int(labels[number])].append(number)
            bands.append((labels, dict(members)))
        return bands
