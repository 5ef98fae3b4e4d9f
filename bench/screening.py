"""The learner on two sets of screened records: how much reading it saves, against the figures of ASReview 2.2's default.

A run begins with one relevant and one other record, chosen by a seed, calls the record that ranks highest, and learns
anew after every fiftieth of what has been called (at least one call). WSS@95 is the work saved over reading in any order
when 95 % of the relevant are found (Cohen 2006); the figures are means over the seeds. The folder of the sets may be given as an argument.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from showcause.find import Learner, Vectors

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "screening"
PEERS = {  # WSS@95, recall at 10 % and at 20 % of the records read
    "Kitchenham_2010": (0.720, 0.750, 0.909),
    "Nagtegaal_2019": (0.721, 0.650, 0.920),
}
SEEDS, EVERY = 3, 0.02
NAMES = ("WSS@95", "recall at 10 %", "recall at 20 %")


def read(path: Path) -> tuple[list[str], list[bool]]:
    """Title and abstract of each record, and whether it was included."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [f"{row['title']} {row['abstract']}" for row in rows], [row["label_included"] == "1" for row in rows]


def order(vectors: Vectors, relevant: Sequence[bool], *, seed: int) -> list[int]:
    """The records in the order in which they would be read, until all relevant ones are."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, no secret
    marked = [n for n, one in enumerate(relevant) if one]
    read_ = [chance.choice(marked), chance.choice([n for n, one in enumerate(relevant) if not one])]
    calls = {n: relevant[n] for n in read_}
    learner = Learner(vectors)
    while sum(calls.values()) < len(marked):
        ranked = np.argsort(-learner.ranked(calls), kind="stable").tolist()
        some = [n for n in ranked if n not in calls][: max(1, int(len(calls) * EVERY))]
        calls |= {n: relevant[n] for n in some}
        read_ += some
    return read_


def figures(read_: Sequence[int], relevant: Sequence[bool]) -> tuple[float, float, float]:
    """WSS@95 and the recall at 10 % and 20 %."""
    many, all_ = len(relevant), sum(relevant)
    found = np.cumsum([relevant[n] for n in read_])
    at = int(np.argmax(found >= np.ceil(0.95 * all_))) + 1
    ten, twenty = (float(found[min(len(found), round(many * part)) - 1]) / all_ for part in (0.1, 0.2))
    return (many - at) / many - 0.05, ten, twenty


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not folder.is_dir():
        print(f"screening: {folder} is not there; nothing was measured", file=sys.stderr)
        return
    for name, peer in PEERS.items():
        texts, relevant = read(folder / f"{name}.csv")
        vectors = Vectors.of_texts(texts)
        runs = [figures(order(vectors, relevant, seed=seed), relevant) for seed in range(SEEDS)]
        for column, (what, theirs) in enumerate(zip(NAMES, peer, strict=True)):
            ours = statistics.mean(run[column] for run in runs)
            print(f"screening, {name}, {what}: {ours:.3f}; peer {theirs:.3f}, ratio {ours / theirs:.3f}")


if __name__ == "__main__":
    main()
