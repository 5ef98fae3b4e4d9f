#!/usr/bin/env python3
"""The first fifty training agreements of ContractNLI in; accuracy and evidence at several thresholds of `assess/entail.py` out.

The models that judge them learned from the other 373, so that the thresholds are chosen on agreements that were not seen.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import examples
import linear
import numpy as np

from showcause.assess import bearing, entail, known, sentence
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
            scores = read.bears[:, column] + np.array(bearing.rank(paper, terms[name]))[list(read.unit)]
            heard.append((labels[name]["choice"], scores.max(), entail.lean(scores, read.way[:, column])))
    for speaks in np.arange(-1.6, 0.2, 0.2):
        for leans in (0.0, 0.3, 0.6):
            said = [
                "NotMentioned" if best < speaks else "Entailment" if way > leans else "Contradiction"
                for _, best, way in heard
            ]
            right = [s == choice for s, (choice, _, _) in zip(said, heard, strict=True)]
            log.info("speaks from %.2f, leans from %.2f: accuracy %.3f", speaks, leans, sum(right) / len(right))


if __name__ == "__main__":
    main()
