#!/usr/bin/env python3
"""ContractNLI's training part and the corpus's develop half in; weights/known.npz, and scores on folds left out, out.

    python train/linear.py            a minute on two cores

Every known sentence gets two logistic models over hashed stems and pairs of stems: whether a passage bears on it, and
whether it says it or denies it. For the stack, each row and some of the passages written beside one requirement are also scored
by models that never saw them: train/out/folds.json.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

import examples
import numpy as np
import pairs
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from showcause.assess.grams import WIDE, grams
from showcause.assess.known import key
from showcause.text import standing

stands = cache(standing)  # each passage is read for every column and fold
HERE = Path(__file__).resolve().parent
TO = HERE.parent / "src/showcause/assess/weights/known.npz"
STRENGTH = 10.0  # inverse of the regularisation, for the sentences of agreements
# For requirements of laws: few of their passages bear, so that either kind weighs as much; both chosen on laws left out (stack.py).
LAW_STRENGTH, LAW_WEIGHT = 30.0, "balanced"
KEPT = 8000  # weights kept of each model, the largest
FOLDS = 5
BACKGROUND = 2000  # passages of everything else that a law's models learn to be silent on
log = logging.getLogger("train")
Matrix = Any  # a scipy CSR matrix


class Reader:
    """Texts to rows of TF-IDF weights; `rare` is how rare each place is."""

    def __init__(self, rare: Any = None) -> None:
        self.made: dict[str, tuple[Any, Any]] = {}
        self.rare = rare

    @classmethod
    def of(cls, texts: Sequence[str]) -> Reader:
        """One that learned from `texts` how rare a place is."""
        seen = np.asarray((cls().raw(texts) > 0).sum(0))[0]
        return cls((np.log((len(texts) + 1) / (seen + 1)) + 1).astype(np.float16).astype(np.float32))

    def raw(self, texts: Sequence[str]) -> Matrix:
        """(texts, places), each row a unit vector of how often each gram stands."""
        for text in texts:
            if text not in self.made:
                self.made[text] = grams(text)
        held = [self.made[t] for t in texts]
        ends = np.cumsum([0, *(len(p) for p, _ in held)])
        return sp.csr_matrix(
            (np.concatenate([w for _, w in held]), np.concatenate([p for p, _ in held]), ends), shape=(len(texts), WIDE)
        )

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """The same, rare grams weighing more."""
        return normalize(self.raw(texts).multiply(self.rare).tocsr())


def fitted(
    rows: Matrix, wanted: Any, strength: float = STRENGTH, weight: str | None = None
) -> LogisticRegression | None:
    """A logistic model; None where all rows want the same."""
    wanted = np.asarray(wanted)
    if wanted.all() or not wanted.any():
        return None
    return LogisticRegression(C=strength, class_weight=weight, solver="liblinear", random_state=0).fit(rows, wanted)


def entries(model: LogisticRegression | None, sure: float) -> tuple[Any, Any, float]:
    """The largest weights of a model with their places, and its bias."""
    if model is None:
        return np.zeros(0, np.float16), np.zeros(0, np.uint16), sure
    weights = model.coef_[0]
    places = np.sort(np.argsort(-np.abs(weights), kind="stable")[:KEPT])
    places = places[np.abs(weights[places]) > 1e-3]
    return weights[places].astype(np.float16), places.astype(np.uint16), float(model.intercept_[0])


def of_agreements(reader: Reader, found: Sequence[examples.Agreement], name: str) -> tuple[Any, Any]:
    """The two models of one of ContractNLI's sentences."""
    spans = [(s, a.asked[name]) for a in found for s in a.spans]
    bears = fitted(reader([s for s, _ in spans]), [s in evidence for s, (_, evidence) in spans])
    told = [(s, label) for s, (label, evidence) in spans if s in evidence]
    return bears, fitted(reader([s for s, _ in told]), [label == "E" for _, label in told])


def of_law(
    reader: Reader, rows: Sequence[examples.Row], column: examples.Column, beside: Sequence[tuple[str, str]]
) -> tuple[Any, Any]:
    """The two models of a requirement under a reading.

    Its wordings and their contraries are passages that bear, too; those written `beside` it alone count as rows do.
    """
    labelled = [*((stands(r["text"]), column.of(r)) for r in rows), *((stands(t), v) for t, v in beside)]
    yes, no = [w.text for w in column.said], [w.opposite for w in column.said]
    bears = fitted(
        reader([*(t for t, _ in labelled), *yes, *no]),
        [*(x != "silent" for _, x in labelled), *([True] * 2 * len(column.said))],
        LAW_STRENGTH,
        LAW_WEIGHT,
    )
    sure = [(t, x) for t, x in labelled if x in ("complies", "conflict")]
    way = fitted(
        reader([*(t for t, _ in sure), *yes, *no]),
        [*(x == "complies" for _, x in sure), *([True] * len(yes)), *([False] * len(no))],
        LAW_STRENGTH,
        LAW_WEIGHT,
    )
    return bears, way


def score(model: LogisticRegression | None, rows: Matrix) -> list[float]:
    """The model's log-odds for each row."""
    return [0.0] * rows.shape[0] if model is None else [round(float(x), 4) for x in model.decision_function(rows)]


def folds(
    reader: Reader,
    rows: Sequence[examples.Row],
    column: examples.Column,
    measured: Sequence[examples.Row],
    others: Sequence[tuple[str, str]],
) -> dict[str, list[float]]:
    """The two log-odds of each row, by models that learned from the other folds, and of passages `measured`, by one that never saw them."""
    models = of_law(reader, rows, column, [*examples.beside(column, learned=True), *others])
    out = apart(models, reader, measured)
    for n in range(FOLDS):
        mine = [r for r in rows if examples.part(r["id"], FOLDS) == n]
        rest = [r for r in rows if examples.part(r["id"], FOLDS) != n]
        out |= apart(of_law(reader, rest, column, [*examples.beside(column), *others]), reader, mine)
    return out


def apart(models: tuple[Any, Any], reader: Reader, rows: Sequence[examples.Row]) -> dict[str, list[float]]:
    """The two log-odds that models give each of the rows."""
    held = reader([stands(r["text"]) for r in rows])
    return {r["id"]: [b, w] for r, b, w in zip(rows, *(score(m, held) for m in models), strict=True)}


def of_folder(
    rare: Any, folder: tuple[str, Sequence[examples.Row]]
) -> tuple[dict[str, tuple[Any, Any]], dict[str, dict[str, list[float]]]]:
    """The models of a folder's columns by what each is known by, and what models that had not seen them say of its rows."""
    slug, rows = folder
    reader = Reader(rare)
    asked = examples.columns(slug)
    measured = list(examples.measured(asked))
    dice = random.Random(slug)  # noqa: S311 - reproducible, no secret
    others = [(text, "silent") for text in pairs.background([slug], BACKGROUND, dice)]
    models = {c.key: of_law(reader, rows, c, [*examples.beside(c), *others]) for c in asked}
    return models, {c.key: folds(reader, rows, c, measured, others) for c in asked}


def main() -> None:
    """Fit every model and write the weights."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument(
        "--contractnli",
        type=Path,
        default=Path(os.environ.get("CONTRACTNLI", HERE.parents[1] / "shared/data/contractnli")),
    )
    wanted.add_argument("--workers", type=int, default=os.cpu_count())
    args = wanted.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asks, found = examples.hypotheses(args.contractnli), list(examples.agreements(args.contractnli))
    laws = {slug: examples.develop(slug) for slug in examples.slugs()}
    reader = Reader.of([*(s for a in found for s in a.spans), *(r["text"] for rows in laws.values() for r in rows)])
    models = {key(text): of_agreements(reader, found, name) for name, text in sorted(asks.items())}
    log.info("%d sentences of agreements", len(models))
    left: dict[str, dict[str, list[float]]] = {}
    held = partial(threadpool_limits, 1)  # threads within each process beside the others: ten minutes for one
    with ProcessPoolExecutor(args.workers, multiprocessing.get_context("fork"), initializer=held) as pool:
        for slug, (fit, apart_from) in zip(laws, pool.map(partial(of_folder, reader.rare), laws.items()), strict=True):
            models |= fit
            left |= apart_from
            log.info("%s", slug)
    HERE.joinpath("out").mkdir(exist_ok=True)
    (HERE / "out/folds.json").write_text(json.dumps(left), encoding="utf-8")
    written(models, reader.rare, to=TO, contractnli=args.contractnli)


def by_place(name: str, found: Sequence[tuple[Any, Any, float]]) -> dict[str, Any]:
    """The weights of all models by their places: values, whose model each is of, and how many stand at each place."""
    values, places = (np.concatenate([e[n] for e in found]) for n in (0, 1))
    columns = np.repeat(np.arange(len(found), dtype=np.uint8), [len(e[0]) for e in found])
    order = np.argsort(places, kind="stable")
    many = np.bincount(places, minlength=WIDE).astype(np.uint8)
    return {name: values[order], f"{name}_of": columns[order], f"{name}_many": many}


def written(models: dict[str, tuple[Any, Any]], rare: Any, *, to: Path, contractnli: Path) -> None:
    """The models as package data."""
    bears = [entries(b, -8.0) for b, _ in models.values()]
    way = [entries(w, 8.0) for _, w in models.values()]
    places = {name: n for n, name in enumerate(models)}
    asks = examples.hypotheses(contractnli)
    alike = [
        (key(other), places[key(asks[name])])
        for name, row in sorted(examples.paraphrases().items())
        for other in row["same"]
    ]
    np.savez_compressed(
        to,
        keys=np.array(list(models)),
        asks=np.array(examples.SENTENCES),
        alike=np.array([k for k, _ in alike]),
        alike_to=np.array([n for _, n in alike]),
        rare=rare.astype(np.float16),
        **by_place("bears", bears),
        **by_place("way", way),
        bias=np.array([[e[2] for e in bears], [e[2] for e in way]], dtype=np.float32),
    )
    log.info("%s: %d models, %.1f MB", to.name, 2 * len(models), to.stat().st_size / 1e6)


if __name__ == "__main__":
    main()
