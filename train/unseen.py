#!/usr/bin/env python3
"""Networks trained without a fold of ContractNLI's sentences in; how well they find evidence for those sentences out.

    python train/learn.py fold0 --stage agreements --fold 0 --after second --epochs 2 --steps 400 --rate 1e-4
    python train/unseen.py fold0 [fold1 ...]      on dev.json's agreements, of which nothing is ever trained on

For each (agreement, sentence of the fold) that has evidence, the agreement's pieces are ranked by their words (`bearing`), and
the best of them again by the network. An annotated span has the score of the best piece that overlaps it by half of the
shorter; `P@1` and `MAP` are over spans, means over those pairs, beside those of the words alone. `way` is how often the
network tells entailed from contradicted, given the evidence.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import examples
import learn
import network
import pairs
import torch

from showcause.assess import bearing, sentence
from showcause.assess.contrary import contrary
from showcause.assess.plain import (
    READ,
    _heard,
    _ranked,
    mixed,
)  # the words alone, though the sentence be known to the judge
from showcause.core import Document
from showcause.text import flowing

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with evidence in one agreement: its pieces with their scores, best first, and the spans each stands for."""

    sentence: str
    entailed: bool
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    stands_for: tuple[tuple[int, ...], ...]
    evidence: frozenset[int]
    deciding: str

    def ranked(self, scores: Sequence[float]) -> list[bool]:
        """For each span that any piece stands for, best first, whether it is evidence."""
        best: dict[int, float] = {}
        for score, spans in zip(scores, self.stands_for, strict=True):
            for n in spans:
                best[n] = max(score, best.get(n, -math.inf))
        return [n in self.evidence for n in sorted(best, key=lambda n: (-best[n], n))]


def cases(folder: Path, wanted: Sequence[str]) -> Iterator[Case]:
    """The cases of dev.json for the sentences of those ids."""
    said = examples.hypotheses(folder)
    for one in json.loads((folder / "dev.json").read_text(encoding="utf-8"))["documents"]:
        document = Document(str(one["id"]), "", "txt", "", None, one["text"])
        for name in wanted:
            label = one["annotation_sets"][0]["annotations"][name]
            if label["choice"] != "NotMentioned":
                spans = [(int(a), int(b)) for a, b in one["spans"]]
                yield _case(document, said[name], spans, label)


def _case(document: Document, words: str, spans: Sequence[Span], label: dict[str, Any]) -> Case:
    asked = sentence.asked(words)
    paper = bearing.sheet(flowing(document.text, document.headings), document.headings)
    heard = _heard(asked, paper, bearing.rank(paper, asked.terms), document.text)
    ranked = sorted(_ranked(document, asked, heard), key=lambda r: -r[2])
    return Case(
        words,
        label["choice"] == "Entailment",
        tuple(document.text[s:e] for s, e, _ in ranked),
        tuple(score for _, _, score in ranked),
        tuple(
            tuple(n for n, (a, b) in enumerate(spans) if min(e, b) - max(s, a) >= 0.5 * min(b - a, e - s))
            for s, e, _ in ranked
        ),
        frozenset(label["spans"]),
        document.text[slice(*spans[label["spans"][0]])],
    )


@torch.no_grad()
def odds(net: network.Network, words: str, passages: Sequence[str]) -> list[Any]:
    """The network's two log-odds of each passage, beside the sentence and the contrary that the program makes of it."""
    rows = learn.rows([pairs.Case(words, contrary(words), p, 0.0, None) for p in passages])
    return list(net(*network.batch(rows)).tolist())


def precision(right: Sequence[bool], many: int) -> float:
    """Average precision of a ranking in which `many` are to be found."""
    found = [n for n, r in enumerate(right) if r]
    return sum((k + 1) / (n + 1) for k, n in enumerate(found)) / max(many, len(found), 1)


def main() -> int:
    """Print a line for each fold and their mean."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("names", nargs="+", help="weights in train/out/, named fold0 to fold3")
    asked.add_argument("--contractnli", type=Path, default=Path(os.environ.get("CONTRACTNLI", learn.CONTRACTNLI)))
    args = asked.parse_args()
    every: list[Row] = []
    print(f"{'':8} {'cases':>5} {'P@1':>6} {'MAP':>6} {'words: P@1':>11} {'MAP':>6} {'way':>6} {'always entailed':>16}")
    for name in args.names:
        net = learn.trained(name)
        fold = examples.fold_of_sentences(args.contractnli, int(name[-1]))
        rows = [row(net, case) for case in cases(args.contractnli, fold)]
        every += rows
        print(line(name, rows), flush=True)
    print(line("all", every))
    return 0


Row = tuple[float, ...]


def row(net: network.Network, case: Case) -> Row:
    """The figures of one case, in the order of the table."""
    said = odds(net, case.sentence, case.pieces[:READ])
    with_it = case.ranked(mixed(case.scores, {n: bears for n, (bears, _) in enumerate(said)}))
    without = case.ranked(case.scores)
    ((_, way),) = odds(net, case.sentence, [case.deciding])
    many = len(case.evidence)
    return (
        float(with_it[0]),
        precision(with_it, many),
        float(without[0]),
        precision(without, many),
        float((way > 0) is case.entailed),
        float(case.entailed),
    )


def line(name: str, rows: Sequence[Row]) -> str:
    """One row of the table."""
    first, mean, own, own_mean, way, entailed = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return f"{name:8} {len(rows):5} {first:6.3f} {mean:6.3f} {own:11.3f} {own_mean:6.3f} {way:6.3f} {entailed:16.3f}"


if __name__ == "__main__":
    sys.exit(main())
