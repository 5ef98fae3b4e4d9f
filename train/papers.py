#!/usr/bin/env python3
"""Requirements that the network never met, each asked of a paper of five sections, in; how right the judge is, read whole and by section, out.

    python train/papers.py

One section is a passage of the requirement; the others, in any order, are passages of four other requirements, held to be silent.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pairs
from stack import f1

from showcause.assess import bearing
from showcause.assess.plain import _finding  # of a paper whose sections can be put aside
from showcause.core import Document, Kind, Question
from showcause.text import flowing

FEW, EACH, OTHERS = 40, 4, 4  # requirements of a file, passages of each, sections beside them
AT = datetime(2031, 1, 1, tzinfo=UTC)


def papers(path: Path) -> Iterator[tuple[str, str, str]]:
    """What is asked, a paper, and the verdict that is right."""
    dice = random.Random("papers")  # noqa: S311 - reproducible, no secret
    chosen = pairs.never_met(path, FEW, dice)
    for ask in chosen:
        for p in dice.sample(ask["passages"], min(EACH, len(ask["passages"]))):
            beside = dice.sample([a for a in chosen if a is not ask], OTHERS)
            parts = [p, *(dice.choice(one["passages"]) for one in beside)]
            dice.shuffle(parts)
            words = "\n\n".join(f"4.{n} {' '.join(part['text'].split())}" for n, part in enumerate(parts, 1))
            yield ask["text"], words, p["verdict"]


def said(asked: str, words: str, *, whole: bool) -> str:
    """The judge's verdict; `whole` reads the paper without regard to its sections."""
    document, question = Document("d", "", "txt", "", None, words), Question("q", Kind.REQUIREMENT, asked, "")
    paper = bearing.sheet(flowing(words))
    if whole:
        paper = replace(paper, sections=((0, len(words)),))
    found, _ = _finding(document, question, paper, AT, rank=False)
    return str(found.verdict)


def main() -> None:
    """Print a row for each file and way of reading."""
    print(f"{'':16} {'papers':>6} {'macro':>6} {'spoken':>6} {'right':>6}")
    for path in (pairs.GENERAL, pairs.HARD):
        every = list(papers(path))
        gold = [verdict for _, _, verdict in every]
        for whole in (True, False):
            given = [said(asked, words, whole=whole) for asked, words, _ in every]
            macro = np.mean([f1(gold, given, v) for v in ("conflict", "complies", "silent")])
            spoken = [g == s for g, s in zip(gold, given, strict=True) if s in {"conflict", "complies"}]
            name = f"{path.stem} {'whole' if whole else 'sections'}"
            print(f"{name:16} {len(every):6} {macro:6.3f} {len(spoken):6} {np.mean(spoken):6.3f}", flush=True)


if __name__ == "__main__":
    main()
