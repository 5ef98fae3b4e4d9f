#!/usr/bin/env python3
"""The first fifty training agreements of ContractNLI in; accuracy and evidence at several thresholds of `assess/entail.py` out.

The models that judge them learned from the other 373, so that the thresholds are chosen on agreements that were not seen.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import examples
import linear
import numpy as np
from sklearn.linear_model import LogisticRegression

from showcause.assess import bearing, entail, known, sentence
from showcause.core import Document
from showcause.text import standing

HERE = Path(__file__).resolve().parent
log = logging.getLogger("train")


def held_out(folder: Path, asks: dict[str, str]) -> known.Known:
    """The models of all but the agreements whose whole text is at hand."""
    found = list(examples.agreements(folder))
    reader = linear.Reader.of([s for a in found for s in a.spans])
    models = {
        known.key(text): linear.of_agreements(reader, found[examples.WHOLE :], name) for name, text in asks.items()
    }
    path = HERE / "out/held-out.npz"
    linear.written(models, reader.rare, to=path, contractnli=folder)
    return known.opened(path)


def asked(folder: Path) -> Iterator[tuple[Document, dict[str, Any], list[tuple[int, int]]]]:
    """Each whole agreement with its labels and the spans that these number."""
    for one in json.loads((folder / "train_truncated.json").read_text(encoding="utf-8"))["documents"]:
        yield (
            Document(str(one["id"]), "", "txt", "", None, one["text"]),
            one["annotation_sets"][0]["annotations"],
            [(a, b) for a, b in one["spans"]],
        )


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
    for document, labels, spans in asked(args.contractnli):
        read = entail.read(document, models)
        paper = bearing.sheet(standing(document.text), document.headings)
        for name, text in asks.items():
            column = models.columns[known.key(text)]
            by_words = read.bears[:, column] + np.array(bearing.rank(paper, terms[name]))[list(read.unit)]
            first, said = entail.reread(document, read, by_words, text)
            evidence = [spans[n] for n in labels[name]["spans"]]
            heard.append(
                Heard(name, labels[name]["choice"], evidence, read.pieces, (by_words, read.way[:, column]), first, said)
            )
    log.info("the chance that a document is not silent: slope %.2f, height %.2f", *chance(heard))
    for share in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        log.info("order of the evidence, the network weighing %.1f: %s", share, order(heard, share))
    for voice, turns in product((0.0, 0.3, 0.5, 0.7), (0.0, 0.3, 0.5, 0.7, 1.0)):
        entail.VOICE, entail.TURNS = voice, turns
        log.info("verdict, the network weighing %.1f, its way %.1f: %s", voice, turns, figures(heard))


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence asked of an agreement: its label and evidence, the pieces, linear scores and ways, and the network's of the first."""

    name: str
    choice: str
    evidence: Sequence[tuple[int, int]]
    pieces: Sequence[tuple[int, int]]
    by_words: tuple[Any, Any]
    first: Sequence[int]
    said: Sequence[tuple[float, float]]


def chance(heard: Sequence[Heard]) -> tuple[float, float]:
    """`entail.CHANCE` under the weights in force: from the best piece's score to the log-odds that the document is not silent."""
    best = [[entail.spoken(*h.by_words, h.first, h.said)[0]] for h in heard]
    model = LogisticRegression(C=1e6).fit(best, [h.choice != "NotMentioned" for h in heard])
    return float(model.coef_[0][0]), float(model.intercept_[0])


def order(heard: Sequence[Heard], share: float) -> str:
    """The order of the pieces where the network weighs that much: mean average precision, and how often the first place is right."""
    places = [
        [of_evidence(h, n) for n in entail.order(entail.mixed(h.by_words[0], h.first, h.said, share))]
        for h in heard
        if h.choice != "NotMentioned"
    ]
    precision = [np.mean([np.mean(hits[: n + 1]) for n, hit in enumerate(hits) if hit] or [0]) for hits in places]
    return f"precision {np.mean(precision):.3f}, first {np.mean([hits[0] for hits in places]):.3f}"


def figures(heard: Sequence[Heard]) -> str:
    """The best thresholds under the weights in force, and what they bring."""
    found = [(h.name, h.choice, *entail.spoken(*h.by_words, h.first, h.said)) for h in heard]
    _, right, denied, speaks, leans = max(
        (accuracy(found, s, w) + denials(found, s, w) / 2, accuracy(found, s, w), denials(found, s, w), s, w)
        for s in np.arange(-2.4, 1.2, 0.1)
        for w in np.arange(-0.9, 1.3, 0.3)
    )
    return f"accuracy {right:.3f}, F1 contradiction {denied:.3f} from {speaks:.2f}, leaning {leans:.2f}"


def of_evidence(heard: Heard, n: int) -> bool:
    """Whether a piece shares half of itself, or of a span of the evidence, with that span."""
    start, end = heard.pieces[n]
    return any(min(end, b) - max(start, a) >= 0.5 * min(b - a, end - start) for a, b in heard.evidence)


Scored = Sequence[tuple[str, str, float, float]]


def answers(found: Scored, speaks: float, leans: float) -> list[str]:
    """The label of each at these thresholds."""
    return ["NotMentioned" if b < speaks else "Entailment" if w > leans else "Contradiction" for _, _, b, w in found]


def accuracy(found: Scored, speaks: float, leans: float) -> float:
    """The share of right answers at these thresholds."""
    return sum(s == f[1] for s, f in zip(answers(found, speaks, leans), found, strict=True)) / len(found)


def denials(found: Scored, speaks: float, leans: float) -> float:
    """The F1 of contradiction, a mean over the sentences that anything contradicts."""
    met: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for said, (name, choice, _, _) in zip(answers(found, speaks, leans), found, strict=True):
        met[name].append((choice == "Contradiction", said == "Contradiction"))
    each = [
        2 * sum(g and s for g, s in pairs) / max(1, sum(g for g, _ in pairs) + sum(s for _, s in pairs))
        for pairs in met.values()
        if any(g for g, _ in pairs)
    ]
    return float(np.mean(each))


if __name__ == "__main__":
    main()
