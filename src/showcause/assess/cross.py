"""Sentences with their contraries and passages in; how far each passage bears, and which of the two it says, out.

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
PLACES = 2  # decimals of a log-odds that are kept
Asked = tuple[str, str, str]  # a sentence, its contrary (empty where nobody said it), a passage
Odds = tuple[float, float]


def odds(asked: Sequence[Asked]) -> list[Odds]:
    """For each the log-odds that the passage bears, and that it says the sentence rather than the contrary."""
    return [_run(*one) for one in asked]


@lru_cache(maxsize=20_000)  # a passage is asked about again under other readings and for its evidence
def _run(sentence: str, contrary: str, passage: str) -> Odds:
    """One passage alone: in company it would be padded, for no gain in speed, and its last digits could change."""
    import numpy as np

    row = framing.framed(_sentence(sentence), _sentence(contrary), framing.pieces(passage))
    pieces, parts = (np.array([numbers], dtype=np.int64) for numbers in (row.pieces, row.parts))
    ((bears, way),) = _session().run(None, {"pieces": pieces, "parts": parts, "there": np.ones_like(pieces)})[0]
    return round(float(bears), PLACES), round(float(way), PLACES)


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
