#!/usr/bin/env python3
"""The first fifty training agreements of ContractNLI in; accuracy and evidence at several thresholds of `assess/entail.py` out.

The models that judge them learned from the other 373, so that the thresholds are chosen on agreements that were not seen.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import os
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import examples
import linear
import numpy as np

from showcause.assess import bearing, cross, entail, known, sentence
from showcause.core import Document

HERE = Path(__file__).resolve().parent
log = logging.getLogger("train")


def held_out(folder: Path, asks: dict[str, str]) -> known.Known:
    """The models of all but the agreements whose whole text is at hand."""
    found = list(examples.agreements(folder))
    reader = linear.Reader([s for a in found for s in a.spans])
    models = {
        known.key(text): linear.of_agreements(reader, found[examples.WHOLE :], name) for name, text in asks.items()
    }
    path = HERE / "out/held-out.npz"
    linear.written(models, reader.rare, to=path, contractnli=folder)
    return known.opened(path)


def asked(folder: Path) -> Iterator[tuple[Document, dict[str, Any]]]:
    """Each whole agreement with its labels."""
    for one in json.loads((folder / "train_truncated.json").read_text(encoding="utf-8"))["documents"]:
        yield Document(str(one["id"]), "", "txt", "", None, one["text"]), one["annotation_sets"][0]["annotations"]


def main() -> None:
    """Print the figures."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument(
        "--contractnli",
        type=Path,
        default=Path(os.environ.get("CONTRACTNLI", HERE.parents[1] / "shared/data/contractnli")),
    )
    args = wanted.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asks = examples.hypotheses(args.contractnli)
    terms = {name: sentence.asked(text).terms for name, text in asks.items()}
    models = held_out(args.contractnli, asks)
    heard = []
    for document, labels in asked(args.contractnli):
        read = entail.read(document, models)
        paper = bearing.sheet(document.text, document.headings)
        for name, text in asks.items():
            column = models.columns[known.key(text)]
            by_words = read.bears[:, column] + np.array(bearing.rank(paper, terms[name]))[list(read.unit)]
            first = entail.order(by_words)[: entail.READ]
            said = cross.odds([(text, document.text[slice(*read.pieces[n])]) for n in first])
            heard.append(Heard(labels[name], read.pieces, (by_words, read.way[:, column]), first, said))
    HERE.joinpath("out/choose.pickle").write_bytes(pickle.dumps(heard))
    for deep, way in itertools.product((0.0, 0.2, 0.3, 0.4, 0.5, 0.6), (0.0, 0.3, 0.5)):
        entail.DEEP, entail.DEEP_WAY = deep, way
        figures(heard)


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence asked of an agreement: its label, the pieces, the linear scores and ways, and what the network said of the first."""

    label: dict[str, Any]
    pieces: Sequence[tuple[int, int]]
    by_words: tuple[Any, Any]
    first: Sequence[int]
    said: Sequence[tuple[float, float]]


def figures(heard: Sequence[Heard]) -> None:
    """Print the best thresholds under the weights in force, with accuracy and how often the first piece is among the evidence."""
    found = []
    for h in heard:
        scores, ways = entail.mixed(h.by_words, h.first, h.said)
        found.append((h.label["choice"], float(scores.max()), entail.lean(scores, ways)))
    best = max(
        (accuracy(found, speaks, leans), -abs(leans), speaks, leans)
        for speaks in np.arange(-2.4, 1.2, 0.1)
        for leans in (-0.6, -0.3, 0.0, 0.3, 0.6)
    )
    log.info(
        "deep %.1f way %.1f: accuracy %.3f (speaks from %.2f, leans from %.2f)",
        entail.DEEP, entail.DEEP_WAY, best[0], best[2], best[3],
    )  # fmt: skip


def accuracy(found: Sequence[tuple[str, float, float]], speaks: float, leans: float) -> float:
    """The share of right answers at these thresholds."""
    said = ["NotMentioned" if b < speaks else "Entailment" if w > leans else "Contradiction" for _, b, w in found]
    return sum(s == choice for s, (choice, _, _) in zip(said, found, strict=True)) / len(found)


if __name__ == "__main__":
    main()
