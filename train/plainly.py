#!/usr/bin/env python3
"""Requirements that the network never met and passages in; how right the rules, the network and both are about them, out.

    python train/plainly.py [general|hard|ways ...]

Each passage stands alone, as a document of its own: those of the requirement, and three of other requirements, which are held to be
silent. For several thresholds of `assess/again.py`: macro (the mean F1 of conflict, complies and silent), how many of the conflicts
and compliances spoken are right and point the right way, and how often the network speaks of what is another requirement's.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pairs
from stack import f1

from showcause.assess import again, bearing, sentence
from showcause.assess.plain import _heard, _settled  # the rules alone
from showcause.core import Verdict
from showcause.text import flowing

FILES = {"general": pairs.GENERAL, "hard": pairs.HARD, "ways": pairs.WAYS}
FEW = 90  # requirements of each file
V = Verdict
SPEAKS = frozenset({V.COMPLIES, V.CONFLICT})


@dataclass(frozen=True, slots=True)
class Case:
    """A passage under a requirement: what is right, what the rules say, and what the network reads there."""

    gold: str
    far: bool
    rule: Verdict
    bears: float
    way: float


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file."""
    dice = random.Random("plainly")  # noqa: S311 - reproducible, no secret
    chosen = pairs.never_met(path, FEW, dice)
    for ask in chosen:
        for p in ask["passages"]:
            yield case(ask["text"], p["text"], p["verdict"], far=False)
        for other in dice.sample([a for a in chosen if a is not ask], 3):
            yield case(ask["text"], dice.choice(other["passages"])["text"], "silent", far=True)


def case(asked: str, words: str, gold: str, *, far: bool) -> Case:
    """One passage under one requirement."""
    paper, parsed = bearing.sheet(flowing(words)), sentence.asked(asked)
    scores = bearing.rank(paper, parsed.terms)
    rule, _, _ = _settled(_heard(parsed, paper, scores, words), parsed)
    read = again.read(words, asked, paper, scores)
    return Case(gold, far, rule, *(read[0][1:] if read else (-9.0, 0.0)))


def said(one: Case) -> Verdict:
    """The verdict at the thresholds in force."""
    read = again.Again((0, 0), one.bears, one.way)
    if one.rule in {V.COMPLIES, V.CONFLICT}:
        return V.UNCLEAR if again.against(one.rule, read) else one.rule
    return read.verdict if read.verdict in {V.COMPLIES, V.CONFLICT} else one.rule


def line(name: str, found: Sequence[Case], given: Sequence[str]) -> str:
    """One row of the table."""
    gold = [c.gold for c in found]
    spoken = [(g, s) for g, s in zip(gold, given, strict=True) if s in {"conflict", "complies"}]
    bearing_ = [(g, s) for g, s in spoken if g in {"conflict", "complies"}]
    macro = np.mean([f1(gold, given, v) for v in ("conflict", "complies", "silent")])
    far = [s for c, s in zip(found, given, strict=True) if c.far]
    return (
        f"{name:24} {macro:6.3f} {len(spoken):7} {np.mean([g == s for g, s in spoken] or [0]):6.3f} "
        f"{np.mean([g == s for g, s in bearing_] or [0]):10.3f} {np.mean([s != 'silent' for s in far]):8.3f}"
    )


def main() -> int:
    """Print a table for each file, and how often the network alone was right for each confidence that it gives."""
    every: list[Case] = []
    for name in sys.argv[1:] or FILES:
        found = list(cases(FILES[name]))
        every += found
        print(f"{name}: {len(found)} passages")
        print(f"{'':24} {'macro':>6} {'spoken':>7} {'right':>6} {'right way':>10} {'far off':>8}")
        print(line("rules", found, [str(c.rule) for c in found]))
        shipped = again.HEARS, again.TELLS, again.PARTS
        for hears, tells, parts in product((-1.0, 0.0, 1.0), (0.0, 0.5, 1.0), (2.0, 9.0)):
            again.HEARS, again.TELLS, again.PARTS = hears, tells, parts
            given = [str(said(c)) for c in found]
            print(line(f"{hears:.0f} {tells:.1f} {parts:.0f}", found, given), flush=True)
        again.HEARS, again.TELLS, again.PARTS = shipped
    alone = [(again.Again((0, 0), c.bears, c.way), c) for c in every if c.rule not in {V.COMPLIES, V.CONFLICT}]
    for least, given_as in again.SURE:
        right = [read.verdict == c.gold for read, c in alone if SPEAKS & {read.verdict} and read.sure == given_as]
        print(
            f"given {given_as:.2f} (log-odds past the thresholds by {least:.0f}): right in {np.mean(right or [0]):.3f} of {len(right)}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
