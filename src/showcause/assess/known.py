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
from typing import TYPE_CHECKING

from showcause.assess import cross
from showcause.assess.grams import WIDE, grams

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
WEIGHTS = "weights/known.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The linear models: `columns` gives each known sentence's key its column; `bears` and `way` are (places, sentences).

    `asks` are the keys of the plain sentences among them, which are no requirement of a law, and of other wordings of
    these, which share their column.
    """

    columns: Mapping[str, int]
    asks: frozenset[str]
    rare: Floats
    bears: Floats
    way: Floats
    bias: Floats

    def scores(self, words: str) -> tuple[Floats, Floats]:
        """For each known sentence the log-odds that `words` bear on it, and that they say it rather than deny it."""
        import numpy as np

        places, weights = grams(words)
        weights = weights * self.rare[places]
        weights = weights / max(1e-6, float(np.sqrt((weights**2).sum())))
        return weights @ self.bears[places] + self.bias[0], weights @ self.way[places] + self.bias[1]


@lru_cache(maxsize=4096)
def key(sentence: str) -> str:
    """What a sentence is known by: its words in lower case, hashed."""
    return hashlib.sha256(" ".join(sentence.lower().split()).encode()).hexdigest()[:16]


@cache
def digest() -> str:
    """The first eight digits of the SHA-256 of the weights, by which the judge is named."""
    held = resources.files("showcause.assess")
    found = hashlib.sha256()
    for name in (WEIGHTS, *cross.FILES, "weights/stack.json"):
        found.update(held.joinpath(name).read_bytes())
    return found.hexdigest()[:8]


@cache
def known() -> Known:
    """The models that ship, read once."""
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
            _dense(held["bears"], held["bears_at"], held["bears_ends"]),
            _dense(held["way"], held["way_at"], held["way_ends"]),
            held["bias"].astype(np.float32),
        )


def _dense(values: npt.NDArray[np.float16], at: npt.NDArray[np.uint16], ends: npt.NDArray[np.int64]) -> Floats:
    """Columns kept as their entries, made whole again."""
    import numpy as np

    out = np.zeros((WIDE, len(ends)), dtype=np.float32)
    column = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    out[at, column] = values
    return out
