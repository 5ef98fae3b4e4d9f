"""What people called so far in, the order in which to read the rest out: continuous active learning over words and pairs.

The learner is a linear support vector machine with squared hinge loss over tf-idf weights, solved by Newton steps
(Keerthi, DeCoste 2005), so that the same calls give the same order everywhere. It is made anew after every few calls
(Cormack, Grossman 2014). It ranks; it never decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from showcause.find.features import COLUMNS, Array, features_of
from showcause.find.words import Words

LOSS = 0.03  # what a call on the wrong side costs, against the size of the weights
RELEVANT = 9.8  # how much more all relevant calls weigh than all others
STEPS, INNER = 12, 40  # Newton steps, and steps of conjugate gradients within one
NEVER = 1e-3  # of the gradient, at which it is solved


@dataclass(frozen=True, slots=True)
class Vectors:
    """Texts as rows of tf-idf weights of length one: row N holds `weights[at[N]:at[N + 1]]` in those `columns`."""

    columns: Array = field(repr=False)
    weights: Array = field(repr=False)
    at: Array = field(repr=False)

    def __len__(self) -> int:
        return len(self.at) - 1

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Vectors:
        """The vectors of these texts, in order."""
        found = [features_of(text) for text in texts]
        lengths = [len(columns) for columns, _ in found]
        columns = np.concatenate([one for one, _ in found]) if found else np.zeros(0, np.uint32)
        counts = np.concatenate([one for _, one in found]) if found else np.zeros(0, np.uint16)
        return cls.weighed(columns, counts, np.concatenate(([0], np.cumsum(lengths))).astype(np.int64))

    @classmethod
    def of_index(cls, words: Words) -> Vectors:
        """The vectors of an index's documents, by their numbers."""
        parts = [one.arrays for one in words.segments]
        if not parts:
            return cls.of_texts(())
        lengths = np.concatenate([np.diff(one["feature_at"]) for one in parts])
        columns, counts = (np.concatenate([one[name] for one in parts]) for name in ("features", "feature_counts"))
        return cls.weighed(columns, counts, np.concatenate(([0], np.cumsum(lengths))).astype(np.int64))

    @classmethod
    def weighed(cls, columns: Array, counts: Array, at: Array) -> Vectors:
        """Weights from counts: (1 + log count) times the rarity of the feature, each row brought to length one."""
        many = np.bincount(columns, minlength=COLUMNS)
        rare = np.log((1 + len(at) - 1) / (1 + many)) + 1
        weights = (1 + np.log(counts)) * rare[columns]
        rows = np.repeat(np.arange(len(at) - 1), np.diff(at))
        norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(at) - 1))
        weights /= np.maximum(norms[rows], 1e-12)
        return cls(columns.astype(np.int32), weights.astype(np.float32), at)

    def rows(self, numbers: Sequence[int] | Array) -> Vectors:
        """Some of the rows."""
        chosen = np.asarray(numbers, dtype=np.int64)
        lengths = self.at[chosen + 1] - self.at[chosen]
        at = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        places = np.arange(at[-1]) - np.repeat(at[:-1] - self.at[chosen], lengths)
        return Vectors(self.columns[places], self.weights[places], at)

    def times(self, weights: Array) -> Array:
        """Each row times a column of weights."""
        rows = np.repeat(np.arange(len(self)), np.diff(self.at))
        return np.bincount(rows, weights=self.weights * weights[self.columns], minlength=len(self))

    def across(self, values: Array, size: int = COLUMNS) -> Array:
        """The sum of all rows, each times its value."""
        return np.bincount(self.columns, weights=self.weights * np.repeat(values, np.diff(self.at)), minlength=size)


class Learner:
    """Ranks the rows of `vectors` from the calls on some of them; what it has learned last is where it starts next."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._weights = np.zeros(COLUMNS)

    def ranked(self, calls: Mapping[int, bool]) -> Array:
        """A score for each row, higher for likelier relevant; all equal until both kinds of call have been made."""
        if len(set(calls.values())) < 2:
            return np.zeros(len(self._vectors))
        numbers = np.array(sorted(calls), dtype=np.int64)
        self._learn(self._vectors.rows(numbers), np.array([1.0 if calls[n] else -1.0 for n in numbers.tolist()]))
        return self._vectors.times(self._weights)

    def _learn(self, rows: Vectors, wanted: Array) -> None:
        used, places = np.unique(rows.columns, return_inverse=True)
        own = Vectors(places.ravel(), rows.weights, rows.at)
        solved = _solved(own, wanted, start=np.append(self._weights[used], 0.0))
        self._weights = np.zeros(COLUMNS)
        self._weights[used] = solved[:-1]  # what stands for all rows alike ranks nothing


def _solved(rows: Vectors, wanted: Array, *, start: Array) -> Array:
    """The weights, the last the threshold, with the least loss."""
    positive = wanted > 0
    costs = np.where(positive, RELEVANT / positive.sum(), 1.0 / (~positive).sum()) * len(wanted) / (1 + RELEVANT)
    costs = costs * LOSS * 2
    size = len(start) - 1
    weights = start.copy()
    reached = None
    for _ in range(STEPS):
        margins = wanted * (rows.times(weights[:-1]) + weights[-1])
        active = margins < 1
        slack = np.where(active, costs * (margins - 1) * wanted, 0.0)
        slope = weights + np.append(rows.across(slack, size), slack.sum())
        length = float(np.linalg.norm(slope))
        reached = length if reached is None else reached
        if length <= NEVER * max(reached, 1e-9):
            break
        step = _step(rows, np.where(active, costs, 0.0), slope)
        weights = _shortened(rows, wanted, costs, weights, step)
    return weights


def _step(rows: Vectors, curving: Array, slope: Array) -> Array:
    """The Newton step, by conjugate gradients."""
    step = np.zeros_like(slope)
    rest = -slope
    along = rest.copy()
    length = float(rest @ rest)
    enough = length * 1e-4
    for _ in range(INNER):
        if length <= enough:
            break
        bent = curving * (rows.times(along[:-1]) + along[-1])
        turned = along + np.append(rows.across(bent, len(slope) - 1), bent.sum())
        far = length / float(along @ turned)
        step += far * along
        rest -= far * turned
        before, length = length, float(rest @ rest)
        along = rest + (length / before) * along
    return step


def _shortened(rows: Vectors, wanted: Array, costs: Array, weights: Array, step: Array) -> Array:
    """The weights after the step, halved until the loss falls."""
    here, there = rows.times(weights[:-1]) + weights[-1], rows.times(step[:-1]) + step[-1]

    def loss(far: float) -> float:
        short = np.maximum(0, 1 - wanted * (here + far * there))
        moved = weights + far * step
        return float(0.5 * moved @ moved + 0.5 * (costs * short**2).sum())

    far, before = 1.0, loss(0.0)
    while loss(far) > before and far > 1e-3:
        far /= 2
    return np.asarray(weights + far * step)
