#!/usr/bin/env python3
"""Networks in; how well each tells what bears and which way it goes on what it never met, out.

    python train/measure.py NAME [...]     train/out/NAME.pt, or the name of a network that ships (`cross.NETWORKS`)

For each kind of case: the area under the curve of bearing from not bearing, the same of keeping from breaking over what bears, and how
often the sign of the latter is right. Kinds: `rows`, the ten laws' develop rows that were held out (all that bears, and a silent
requirement of each); `learned`, as many rows that were not; `status`, rows held out on status information; `general` and `hard`,
requirements of other laws that were kept; `clauses`, our own clauses of agreements that were kept; `beside` and `beside-status`, passages beside a requirement of the ten laws, or on status information, that were kept.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import examples
import learn
import network
import pairs
import torch
from sklearn.metrics import roc_auc_score

from showcause.assess import cross
from showcause.assess.contrary import contrary

Asked = tuple[str, str, str]
Case = tuple[Asked, str]  # what is asked, and the verdict that is right
Reads = Callable[[Sequence[Asked]], Sequence[Sequence[float]]]
FEW = 100  # requirements of each file of other laws
BATCH = 16


def of_rows(slugs: Sequence[str], *, held: bool, many: int = 1500) -> list[Case]:
    """Develop rows under each requirement that they bear on, and under one on which they are silent."""
    dice, out = random.Random("measure"), list[Case]()  # noqa: S311 - reproducible, no secret
    for slug in slugs:
        columns = examples.columns(slug)
        for row in examples.develop(slug):
            if pairs.held(row["id"]) is held:
                silent = [c for c in columns if c.of(row) == "silent"]
                bearing = [c for c in columns if c.of(row) != "silent"]
                chosen = [*bearing, *dice.sample(silent, min(1, len(silent)))]
                out += [((c.said[0].text, c.said[0].opposite, row["text"]), c.of(row)) for c in chosen]
    return out if len(out) <= many else dice.sample(out, many)


def of_others(path: Path) -> Iterator[Case]:
    """Requirements of other laws that the network never met, with their passages."""
    dice = random.Random("measure")  # noqa: S311 - reproducible, no secret
    for ask in pairs.never_met(path, FEW, dice):
        for p in ask["passages"]:
            yield (ask["text"], ask["opposite"], p["text"]), p["verdict"]


def of_beside(slugs: Sequence[str]) -> Iterator[Case]:
    """Passages beside one requirement of these laws that were kept."""
    columns = [c for slug in slugs for c in examples.columns(slug)]
    asked = {(c.requirement, c.reading): c.said[0] for c in columns}
    for row in examples.measured(columns):
        ((requirement, by),) = row["labels"].items()
        ((reading, verdict),) = by.items()
        said = asked[requirement, reading]
        yield (said.text, said.opposite, row["text"]), verdict


def of_clauses(contractnli: Path = learn.CONTRACTNLI) -> Iterator[Case]:
    """Our own clauses of confidentiality agreements that were kept, beside their sentences."""
    asks = examples.hypotheses(contractnli)
    for name, found in examples.clauses(measured=True).items():
        for passage, verdict in found:
            yield (asks[name], contrary(asks[name]), passage), verdict


KINDS: dict[str, Callable[[], Iterable[Case]]] = {
    "rows": lambda: of_rows(examples.ten(), held=True),
    "learned": lambda: of_rows(examples.ten(), held=False, many=800),
    "beside": lambda: of_beside(examples.ten()),
    "status": lambda: of_rows([examples.STATUS], held=True),
    "beside-status": lambda: of_beside([examples.STATUS]),
    "clauses": of_clauses,
    "general": lambda: of_others(pairs.GENERAL),
    "hard": lambda: of_others(pairs.HARD),
}


def reader(name: str) -> Reads:
    """The network of that name as a function of what is asked."""
    if name in cross.NETWORKS:
        return lambda asked: cross.odds(asked, by=name)
    net = learn.trained(name)

    @torch.no_grad()
    def reads(asked: Sequence[Asked]) -> Sequence[Sequence[float]]:
        order = sorted(range(len(asked)), key=lambda n: len(asked[n][2]))
        said: dict[int, list[float]] = {}
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            rows = learn.rows([pairs.Case(*asked[n], 0.0, None) for n in some])
            said |= dict(zip(some, net(*network.batch(rows)).tolist(), strict=True))
        return [said[n] for n in range(len(asked))]

    return reads


def line(found: Sequence[Case], said: Sequence[Sequence[float]]) -> str:
    """The figures of one kind."""
    bears = roc_auc_score([v != "silent" for _, v in found], [s[0] for s in said])
    told = [(v == "complies", s[1]) for (_, v), s in zip(found, said, strict=True) if v in {"complies", "conflict"}]
    way = roc_auc_score(*zip(*told, strict=True))
    right = sum((s > 0) == yes for yes, s in told) / len(told)
    return f"{len(found):6} {bears:6.3f} {way:6.3f} {right:6.3f}"


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("names", nargs="+")
    asked.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), help="kinds of case")
    args = asked.parse_args()
    every = {kind: list(KINDS[kind]()) for kind in args.only}
    print(f"{'':16} {'':13} {'cases':>6} {'bears':>6} {'way':>6} {'right':>6}")
    for name in args.names:
        reads = reader(name)
        for kind, found in every.items():
            print(f"{name:16} {kind:13} {line(found, reads([c for c, _ in found]))}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(2)
    main()
