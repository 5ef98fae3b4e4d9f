"""Sentences and passages in; how far each passage bears on its sentence, and which way, by the network that ships, out.

A cross-encoder of six layers (`train/network.py`), run by onnxruntime on one core in floats; its weights are package data,
loaded when first asked for. What it says is rounded, so that the last digits of a processor's arithmetic don't show.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from showcause.assess import framing

WEIGHTS = "weights/network.onnx"
AT_ONCE = 16  # pairs that the network reads side by side
PLACES = 2  # decimals of a log-odds that are kept
Pair = tuple[str, str]
Odds = tuple[float, float]


def odds(pairs: Sequence[Pair]) -> list[Odds]:
    """For each (sentence, passage) the log-odds that the passage bears, and that it says the sentence rather than denies it."""
    held = _held()
    missing = sorted({p for p in pairs if p not in held}, key=lambda p: (len(p[0]) + len(p[1]), p))
    for start in range(0, len(missing), AT_ONCE):
        some = missing[start : start + AT_ONCE]
        held |= dict(zip(some, _run(some), strict=True))
    found = [held[p] for p in pairs]
    if len(held) > MOST_HELD:
        held.clear()
    return found


MOST_HELD = 20_000  # pairs whose answer is kept, since a passage is asked about under several readings


@cache
def _held() -> dict[Pair, Odds]:
    return {}


def _run(pairs: Sequence[Pair]) -> list[Odds]:
    import numpy as np

    rows = [framing.framed(_sentence(s), framing.pieces(p)) for s, p in pairs]
    longest = max(len(r.pieces) for r in rows)
    pieces, sides, there = (np.zeros((len(rows), longest), dtype=np.int64) for _ in range(3))
    for n, row in enumerate(rows):
        pieces[n, : len(row.pieces)], sides[n, : len(row.pieces)], there[n, : len(row.pieces)] = (
            row.pieces,
            row.sides,
            1,
        )
    found = _session().run(None, {"pieces": pieces, "sides": sides, "there": there})[0]
    return [(round(float(b), PLACES), round(float(w), PLACES)) for b, w in found]


@lru_cache(maxsize=4096)
def _sentence(words: str) -> tuple[int, ...]:
    return tuple(framing.pieces(words))


@cache
def _session() -> Any:
    import onnxruntime as ort

    wanted = ort.SessionOptions()
    wanted.intra_op_num_threads = wanted.inter_op_num_threads = 1
    wanted.log_severity_level = 3
    wanted.add_session_config_entry("session.disable_quant_qdq", "1")  # bytes become floats once, at loading
    return ort.InferenceSession(
        resources.files("showcause.assess").joinpath(WEIGHTS).read_bytes(), wanted, providers=["CPUExecutionProvider"]
    )
