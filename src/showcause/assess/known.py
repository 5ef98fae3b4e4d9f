"""A passage in; how far it bears on each sentence that the learned judge was trained on, and which way, out.

The weights are package data, loaded when first asked for: a linear model for each known sentence over hashed words and
pairs of words. A sentence is known by its words: a requirement whose text was changed is no longer known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from showcause.assess import cross
from showcause.assess.grams import grams

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.floating[Any]]
    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.integer[Any]]
WEIGHTS = "weights/known.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """One linear model for each sentence: the weights that are not nought, by place; `ends` (places + 1) says where each place's begin."""

    values: Floats
    columns: Bytes
    ends: Places

    def times(self, places: Places, weights: Floats, many: int) -> npt.NDArray[np.float64]:
        """The sum of `weights` at `places` in each of `many` models."""
        import numpy as np

        starts = self.ends[places]
        lengths = self.ends[places + 1] - starts
        there = np.arange(int(lengths.sum())) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        parts = self.values[there] * np.repeat(weights, lengths)
        return np.bincount(self.columns[there], parts, minlength=many).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The linear models: `columns` gives each known sentence's key its column; `bias` is (2, sentences).

    `asks` are the keys of the plain sentences among them, which are no requirement of a law, and of other wordings of
    these, which share their column.
    """

    columns: Mapping[str, int]
    asks: frozenset[str]
    rare: Floats
    bears: Models
    way: Models
    bias: Floats

    def scores(self, words: str) -> tuple[Floats, Floats]:
        """For each known sentence the log-odds that `words` bear on it, and that they say it rather than deny it."""
        import numpy as np

        places, weights = grams(words)
        told = weights * self.rare[places]
        told = told / max(1e-6, float(np.sqrt((told**2).sum())))
        bears, way = (m.times(places, told, self.bias.shape[1]) for m in (self.bears, self.way))
        return bears + self.bias[0], way + self.bias[1]


@lru_cache(maxsize=4096)
def key(sentence: str) -> str:
    """What a sentence is known by: its words in lower case, hashed."""
    return hashlib.sha256(" ".join(sentence.lower().split()).encode("utf-8", "replace")).hexdigest()[:16]


@cache
def digest() -> str:
    """The first eight digits of the SHA-256 of the weights, by which the judge is named."""
    held = resources.files("showcause.assess")
    found = hashlib.sha256()
    for name in (WEIGHTS, *cross.FILES, "weights/stack.json"):
        found.update(held.joinpath(name).read_bytes())
    return found.hexdigest()[:8]


def known() -> Known:
    """The models that ship, read once."""
    with _loading:
        return _shipped()


_loading = Lock()


@cache
def _shipped() -> Known:
    with resources.as_file(resources.files("showcause.assess").joinpath(WEIGHTS)) as path:
        return opened(path)


def opened(path: Path) -> Known:
    """The models in the file at `path`, as `train/linear.py` writes it."""
    import numpy as np

    with np.load(path) as held:
        keys = [str(k) for k in held["keys"]]
        asks = keys[: int(held["asks"])]
        alike = {str(k): int(n) for k, n in zip(held["alike"], held["alike_to"], strict=True)}
        return Known(
            {k: n for n, k in enumerate(keys)} | alike,
            frozenset([*asks, *alike]),
            held["rare"].astype(np.float32),
            _models(held, "bears"),
            _models(held, "way"),
            held["bias"].astype(np.float32),
        )


def _models(held: Mapping[str, npt.NDArray[Any]], name: str) -> Models:
    import numpy as np

    ends = np.concatenate([[0], np.cumsum(held[f"{name}_many"], dtype=np.int64)])
    return Models(held[name].astype(np.float32), held[f"{name}_of"], ends)
