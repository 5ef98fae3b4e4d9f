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
        owners = np.repeat(np.arange(len(rows)), np.diff(rows.at))
        called = _Called(owners, places.ravel(), rows.weights.astype(np.float64), wanted, _costs(wanted))
        solved = called.solved(np.append(self._weights[used], 0.0))
        self._weights = np.zeros(COLUMNS)
        self._weights[used] = solved[:-1]  # what stands for all rows alike ranks nothing


def _costs(wanted: Array) -> Array:
    """What each call costs on the wrong side: all relevant ones together weigh so much more than all others."""
    positive = wanted > 0
    shares = np.where(positive, RELEVANT / positive.sum(), 1.0 / (~positive).sum())
    return np.asarray(shares * len(wanted) / (1 + RELEVANT) * LOSS * 2)


@dataclass(frozen=True, slots=True)
class _Called:
    """The rows that were called: for each weight its row and column; for each row 1 or -1, and what it costs."""

    owners: Array
    columns: Array
    weights: Array
    wanted: Array
    costs: Array

    def times(self, values: Array) -> Array:
        """Each row times the values of its columns, and the threshold, which stands last."""
        return np.bincount(self.owners, self.weights * values[self.columns], len(self.wanted)) + values[-1]

    def across(self, values: Array, size: int) -> Array:
        """The sum of all rows, each times its value, and of the values themselves."""
        return np.append(np.bincount(self.columns, self.weights * values[self.owners], size - 1), values.sum())

    def solved(self, start: Array) -> Array:
        """The weights with the least loss, the threshold last."""
        weights, least = start, None
        for _ in range(STEPS):
            here = self.times(weights)
            active = self.wanted * here < 1
            slack = np.where(active, self.costs * (here - self.wanted), 0.0)
            slope = weights + self.across(slack, len(weights))
            length = float(np.linalg.norm(slope))
            least = NEVER * max(length, 1e-9) if least is None else least
            if length <= least:
                break
            weights = self._shortened(weights, here, self._step(np.where(active, self.costs, 0.0), slope))
        return weights

    def _step(self, curving: Array, slope: Array) -> Array:
        """The Newton step, by conjugate gradients."""
        step, rest = np.zeros_like(slope), -slope
        along, length = rest, float(rest @ rest)
        enough = length * 1e-4
        for _ in range(INNER):
            if length <= enough:
                break
            turned = along + self.across(curving * self.times(along), len(slope))
            far = length / float(along @ turned)
            step = step + far * along
            rest = rest - far * turned
            before, length = length, float(rest @ rest)
            along = rest + (length / before) * along
        return step

    def _shortened(self, weights: Array, here: Array, step: Array) -> Array:
        """The weights after the step, halved until the loss falls."""
        there = self.times(step)

        def loss(far: float) -> float:
            short = np.maximum(0, 1 - self.wanted * (here + far * there))
            moved = weights + far * step
            return float(0.5 * moved @ moved + 0.5 * (self.costs * short**2).sum())

        far, before = 1.0, loss(0.0)
        while loss(far) > before and far > 1e-3:
            far /= 2
        return np.asarray(weights + far * step)
