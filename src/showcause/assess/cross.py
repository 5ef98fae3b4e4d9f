"""Sentences with their contraries and passages in; how far each passage bears, and which of the two it says, out.

Cross-encoders of six layers (`train/network.py`), run by onnxruntime on one core in floats; their weights are package data,
each loaded when first asked for. One reads any sentence; the others read better, each the few sentences that it was taught alone.
What they say is rounded, so that the last digits of a processor's arithmetic don't show.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib import resources
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from showcause.assess import framing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ANY, LAWS, STATUS, AGREEMENTS = NETWORKS = ("any", "laws", "status", "agreements")
# any sentence; the requirements of ten laws; those on status information; the sentences about agreements
WEIGHTS, VECTORS = "weights/{}.onnx.gz", "weights/pieces.npz"
FILES = (VECTORS, *(WEIGHTS.format(name) for name in NETWORKS))
PLACES = 2  # decimals of a log-odds that are kept
Asked = tuple[str, str, str]  # a sentence, its contrary (empty where nobody said it), a passage
Odds = tuple[float, float]


def odds(asked: Sequence[Asked], *, by: str = ANY) -> list[Odds]:
    """For each the log-odds that the passage bears, and that it says the sentence rather than the contrary; `by` is a network."""
    return [_run(by, *one) for one in asked]


def ahead(asked: Sequence[Asked], *, by: str) -> None:
    """Read these on all cores now, so that `odds` has them at once; those beyond what is kept are left for then."""
    cores = os.cpu_count() or 1
    if cores > 1 and len(asked) > 1:
        with ThreadPoolExecutor(min(cores, MOST)) as readers:
            list(readers.map(lambda one: _run(by, *one), asked[: KEPT // 2]))


def begin(by: str) -> None:
    """Begin to load the network `by` in a thread beside the caller's, unless that was done before."""
    if by not in _begun:
        _begun.add(by)
        Thread(target=_session, args=(by,)).start()  # waited for at the end, should the command be done before


def begun(by: str) -> bool:
    """Whether the network `by` was loaded, or is being."""
    return by in _begun


_begun: set[str] = set()
_loading = Lock()


MOST = 4  # threads that read at once
KEPT = 20_000  # readings that are kept


@lru_cache(maxsize=KEPT)  # a passage is asked about again under other readings and for its evidence
def _run(by: str, sentence: str, contrary: str, passage: str) -> Odds:
    """One passage alone: in company it would be padded, for no gain in speed, and its last digits could change."""
    import numpy as np

    row = framing.framed(_sentence(sentence), _sentence(contrary), framing.pieces(passage))
    whole, scale = _vectors()
    words = whole[row.pieces] * scale[row.pieces, None]
    parts = np.array([row.parts], dtype=np.int64)
    ((bears, way),) = _session(by).run(None, {"words": words[None], "parts": parts, "there": np.ones_like(parts)})[0]
    return round(float(bears), PLACES), round(float(way), PLACES)


@lru_cache(maxsize=4096)
def _sentence(words: str) -> tuple[int, ...]:
    return tuple(framing.pieces(words))


@cache
def _vectors() -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """The vectors of the pieces, (pieces, 384), in bytes, and the scale of each."""
    import numpy as np

    with (
        resources.as_file(resources.files("showcause.assess").joinpath(VECTORS)) as path,
        np.load(path) as held,
    ):
        return held["whole"], held["scale"]


def _session(by: str) -> Any:
    _begun.add(by)
    with _loading:  # two threads that want it load it once
        return _opened(by)


@cache
def _opened(by: str) -> Any:
    import onnxruntime as ort

    wanted = ort.SessionOptions()
    wanted.intra_op_num_threads = wanted.inter_op_num_threads = 1
    wanted.log_severity_level = 3
    wanted.add_session_config_entry("session.disable_quant_qdq", "1")  # bytes become floats once, at loading
    packed = resources.files("showcause.assess").joinpath(WEIGHTS.format(by)).read_bytes()
    return ort.InferenceSession(
        gzip.decompress(packed),
        wanted,
        providers=["CPUExecutionProvider"],
    )
