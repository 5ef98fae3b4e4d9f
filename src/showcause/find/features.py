"""A text's words in, the features out by which a learner tells texts apart: words and pairs of words, hashed, with counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from showcause.find.shingle import hashes
from showcause.find.tokens import words

Array = npt.NDArray[Any]
COLUMNS = 1 << 20  # places that features are hashed to
_PAIR = np.uint64(0xD6E8FEB86659FD93)


def features(hashed: Array) -> tuple[Array, Array]:
    """The columns of a text's words and pairs, each once and in order, and how often each comes; words as their hashes."""
    if not len(hashed):
        return np.zeros(0, np.uint32), np.zeros(0, np.uint16)
    pairs = (hashed[:-1] * _PAIR) ^ (hashed[1:] >> np.uint64(7))
    columns = np.concatenate((hashed, pairs)) >> np.uint64(64 - 20)
    found, counts = np.unique(columns.astype(np.uint32), return_counts=True)
    return found, np.minimum(counts, 0xFFFF).astype(np.uint16)


def features_of(text: str) -> tuple[Array, Array]:
    """The same of a text as it stands."""
    return features(hashes(words(text)))
