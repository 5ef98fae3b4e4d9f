"""A text in; its words and pairs of words as hashed places and weights out, for the linear half of the learned judge."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from showcause.assess.bearing import stem
from showcause.text import later

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int32]
    Weights = npt.NDArray[np.float32]

WIDE = 1 << 16  # places
WORD = later(r"[a-z][a-z'\-]*[a-z]|\d+|[a-z]")


@lru_cache(maxsize=1 << 16)
def _place(gram: str) -> int:
    return crc32(gram.encode()) % WIDE


def grams(words: str) -> tuple[Places, Weights]:
    """The places of the stems of `words`, alone and in pairs, and how often each stands: 1 + ln n, as one unit vector."""
    import numpy as np

    stems = [stem(w) for w in WORD.findall(words.lower())]
    counts = Counter(map(_place, stems))
    counts.update(_place(f"{a} {b}") for a, b in pairwise(stems))
    places = np.fromiter(sorted(counts), dtype=np.int32, count=len(counts))
    weights = np.array([1.0 + math.log(counts[int(p)]) for p in places], dtype=np.float32)
    return places, weights / max(1e-6, float(np.sqrt((weights**2).sum())))
