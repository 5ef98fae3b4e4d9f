"""A text's words in, the marks of likeness out: its runs of three words as numbers, and a signature to find like ones by.

Likeness is Jaccard's: the runs that two texts share over all runs of both. The signature is a minhash of 100 numbers
(Broder 1997): the share of equal numbers estimates the likeness, and texts that agree in some band of five are compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
RUN = 3  # words in a run
BANDS, ROWS = 20, 5
HASHES = BANDS * ROWS
CHUNK = 4096
NOTHING: Array = np.zeros(0, np.uint32)
_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SEEDS = np.random.Generator(np.random.PCG64(1373)).integers(1, 2**63, size=(2, HASHES), dtype=np.uint64) | np.uint64(1)


def hashes(words: Iterable[str]) -> Array:
    """A number of 64 bits for each word, the same everywhere."""
    made = [
        int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()) for word in words
    ]
    return np.array(made, dtype=np.uint64)


def shingles(words: Array) -> Array:
    """The runs of three words of a text, by the numbers of its words: sorted, each once; a shorter text is one run."""
    if not len(words):
        return NOTHING
    run = min(RUN, len(words))
    made = words[: len(words) - run + 1].copy()
    for step in range(1, run):
        made = _mixed(made * _ODD + words[step : len(words) - run + 1 + step])
    return np.unique((_mixed(made) >> np.uint64(32)).astype(np.uint32))


def signature(runs: Array) -> Array:
    """The minhash of a text's runs, 100 numbers; all ones where it has none."""
    least = np.full(HASHES, 0xFFFFFFFF, dtype=np.uint32)
    for start in range(0, len(runs), CHUNK):
        some = runs[start : start + CHUNK].astype(np.uint64)
        turned = (some[:, None] * _SEEDS[0] + _SEEDS[1]) >> np.uint64(32)
        least = np.minimum(least, turned.min(axis=0).astype(np.uint32))
    return least


def likeness(one: Array, other: Array) -> float:
    """How much two texts share, from 0 to 1, by their runs."""
    if not len(one) or not len(other):
        return 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared)


def _mixed(numbers: Array) -> Array:
    turned = (numbers ^ (numbers >> np.uint64(31))) * _MIX
    return np.asarray(turned ^ (turned >> np.uint64(29)))
