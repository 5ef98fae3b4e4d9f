#!/usr/bin/env python3
"""What the rules, the linear models and a network say of rows in; weights/stack.json, and the scores of parts left out, out.

    python train/stack.py             some minutes; run it again whenever the rules or the packs have changed
    python train/stack.py --only laws the stack beside that network alone; the other stays as it is

The rows are those of the develop half that the network never saw (`pairs.held`), and the passages written beside one requirement
that it never saw (`examples.measured`). Rows by whose scores words of the rules were chosen (those of the ten laws under number
`check.LATER`) are not among them: on these the rules are right oftener than on words that nobody chose. The linear models' scores
of both are by models that had not seen them either (train/out/folds.json). The stack is chosen by leaving each law out in turn, and
how often it is right at which chance (the calibration) is measured on the rows of the laws left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import examples
import numpy as np
import pairs
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from showcause import text
from showcause.ask import law as packs
from showcause.assess import both, cross, duty, joint
from showcause.assess.judge import _finding, _Frame, _read, _weighed  # the rules alone, without the stack made here
from showcause.assess.terms import vocabulary
from showcause.core import Document, Verdict, combine

HERE = Path(__file__).resolve().parent
TO = HERE.parent / "src/showcause/assess/weights/stack.json"
AT = datetime(2031, 1, 1, tzinfo=UTC)
VERDICTS = ("conflict", "complies", "silent", "unclear")
SURE = VERDICTS[:3]
STRENGTHS = (0.03, 0.1)
PARTS = 5  # of the rows on status information, each left out in turn
LIMITS = tuple(
    joint.Limits(low, high, tells, turns, turns, opens, least)
    for low, high, tells, turns, opens, least in product(
        (0.05, 0.2), (0.5, 0.6, 0.8), (0.5, 0.6), (0.55, 0.6, 0.7, 0.8), (0.5, 1.0), (0.0, 0.06)
    )
)  # among which those of `joint` were chosen, from the figures that are printed
log = logging.getLogger("train")
Example = dict[str, Any]


def pairs_of(column: examples.Column) -> tuple[joint.Pair, ...]:
    """The sentences by which the network is asked about a column, each with its contrary."""
    return tuple((said.text, said.opposite) for said in column.said[:ASKED])


ASKED = 2  # wordings of a requirement


class Network:
    """What a network says of rows; kept in train/out/deep-BY.json for the same weights, asked in the same way."""

    def __init__(self, by: str) -> None:
        self.by, self.path = by, HERE / f"out/deep-{by}.json"
        asked = f"{ASKED} {joint.UNSURE}".encode()
        self.name = hashlib.sha256((TO.parents[1] / cross.WEIGHTS.format(by)).read_bytes() + asked).hexdigest()
        held = json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}
        self.said: dict[str, joint.Odds] = held["said"] if held.get("name") == self.name else {}

    def __call__(self, row: examples.Row, column: examples.Column) -> joint.Odds:
        """The row's two log-odds."""
        place = f"{row['id']} {column.key}"
        if place not in self.said:
            words = text.standing(row["text"])
            shown = [words[a:b] for a, b in both.windows(words, 0, len(words))]
            self.said[place] = joint.deep(pairs_of(column), shown, by=self.by)
        bears, way = self.said[place]
        return bears, way

    def keep(self) -> None:
        """Write what was said."""
        self.path.write_text(json.dumps({"name": self.name, "said": self.said}), encoding="utf-8")


def spoken(
    row: examples.Row, columns: Sequence[examples.Column], scores: dict[str, dict[str, list[float]]], network: Network
) -> Iterator[Example]:
    """What the judges say of a row in each column that it has a label for, as facts."""
    document = Document(row["id"], "", "txt", "", None, row["text"])
    for name in dict.fromkeys(c.law for c in columns):
        law, mine = packs.load(name), {(c.requirement, c.reading): c for c in columns if c.law == name}
        words = vocabulary(law)
        of = {c.key: c.requirement for c in mine.values()}
        heard = joint.among({k: (scores[k][row["id"]][0], scores[k][row["id"]][1]) for k in of}, of)
        read = _read(document, words, [a.signs for a in duty.asks(law) if a.signs])
        for asked in duty.asks(law):
            column = mine.get((asked.requirement.id, asked.reading.id))
            if column is None or column.reading not in row["labels"].get(column.requirement, ()):
                continue
            frame = _Frame(document, asked, read, words, AT, "duty:1")
            judged = _weighed(frame)
            hears = heard[column.key]
            if judged or hears.bears >= joint.FAR:
                hears = replace(hears, deep=network(row, column))
            found, _, _ = _finding(frame, judged, document)
            yield {
                "id": row["id"],
                "law": law.id,
                "part": law.id if network.by == cross.LAWS else part(row["id"]),
                "requirement": f"{asked.requirement.id} {asked.reading.id}",
                "gold": column.of(row),
                "facts": joint.facts(asked, judged, hears, near=not judged and found.why.startswith("It ")),
                "rule": str(combine(j.verdict for j in judged)),
                "learned": str(hears.verdict),
                "far": not judged and hears.bears < joint.FAR,
                "beside": row["id"].startswith("laws-"),
            }


def part(row_id: str) -> str:
    """The part in which a row with the nine beside it, or a passage with those written beside it, is left out."""
    entry, _, passage = row_id.partition("/")
    return str(examples.fold(entry, PARTS) if passage else examples.stack_part(entry, PARTS))


def f1(gold: Sequence[str], said: Sequence[str], verdict: str) -> float:
    """Harmonic mean of precision and recall."""
    hit = sum(g == s == verdict for g, s in zip(gold, said, strict=True))
    return 2 * hit / max(1, gold.count(verdict) + said.count(verdict))


def scores(found: Sequence[Example], said: Sequence[str]) -> tuple[float, float]:
    """Macro (over requirements, then laws) and accuracy, as `corpus/score.py` has them."""
    columns: dict[str, dict[str, tuple[list[str], list[str]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for e, s in zip(found, said, strict=True):
        gold, mine = columns[e["law"]][e["requirement"]]
        gold.append(e["gold"])
        mine.append(s)
    means = [
        np.mean([np.mean([f1(g, s, v) for v in set(g) & set(SURE)]) for g, s in by.values() if set(g) & set(SURE)])
        for by in columns.values()
    ]
    sure = [e["gold"] == s for e, s in zip(found, said, strict=True) if e["gold"] in SURE]
    return float(np.mean(means)), float(np.mean(sure))


def fitted(found: Sequence[Example], names: Sequence[str], strength: float) -> LogisticRegression:
    """The stack's own model.

    A last column tells passages written beside one requirement, of which most bear, from rows; it takes up that difference, and is
    left out of what ships.
    """
    values = [[*(e["facts"][n] for n in names), APART * e["beside"]] for e in found]
    return LogisticRegression(C=strength, max_iter=3000).fit(np.array(values), [e["gold"] for e in found])


APART = 3.0  # large enough that its weight is hardly held down


def stack(model: LogisticRegression, names: Sequence[str], right: Mapping[str, joint.Points]) -> joint.Stack:
    """A fitted model as the judge holds it."""
    place = [list(model.classes_).index(v) for v in VERDICTS]
    return joint.Stack(
        {},
        tuple(names),
        tuple(Verdict(v) for v in VERDICTS),
        tuple(tuple(round(float(w), 5) for w in model.coef_[p][: len(names)]) for p in place),
        tuple(round(float(model.intercept_[p]), 5) for p in place),
        right,
    )


def decided(by: joint.Stack, found: Sequence[Example], at: joint.Limits) -> list[joint.Joint]:
    """What the stack says of each."""
    return [
        FAR
        if e["far"]
        else joint.decided(by, e["facts"], rule=Verdict(e["rule"]), learned=Verdict(e["learned"]), at=at)
        for e in found
    ]


FAR = joint.Joint(Verdict.SILENT, 1.0, Verdict.SILENT, Verdict.SILENT, 0.0)  # what `joint.far` says, uncalibrated
FLAT = {"silent": ((0.0, 0.0), (1.0, 1.0)), "speaks": ((0.0, 0.0), (1.0, 1.0))}


def left_out(
    found: Sequence[Example], names: Sequence[str], strength: float
) -> list[tuple[list[Example], joint.Stack]]:
    """For each law (or part), its examples and a stack that learned from the others."""
    out = []
    for out_of in sorted({e["part"] for e in found}):
        mine = [e for e in found if e["part"] == out_of]
        others = [e for e in found if e["part"] != out_of and not e["far"]]
        out.append((mine, stack(fitted(others, names, strength), names, FLAT)))
    return out


def curve(said: Sequence[tuple[float, bool]]) -> joint.Points:
    """How often a verdict was right at each chance: a rising line (isotonic regression) through what was measured.

    Each step is set at the lower end of its 90 % interval (Wilson 1927): the rows are few, and rules and limits were chosen on them.
    """
    at, right = np.array([s for s, _ in said]), np.array([float(r) for _, r in said])
    model = IsotonicRegression(out_of_bounds="clip").fit(at, right)
    steps = model.predict(at)
    low = {step: surely(float(step), int((steps == step).sum())) for step in np.unique(steps)}
    points, out = np.quantile(at, np.linspace(0, 1, 21)), []
    for x, step in zip(points, model.predict(points), strict=True):
        y = low.get(step, surely(float(step), len(said) // 20))
        out.append((round(float(x), 3), round(max(y, out[-1][1] if out else 0.0), 3)))
    return tuple(out)


def surely(share: float, many: int) -> float:
    """The lower end of the 90 % interval of a share found among so many."""
    z = 1.645
    middle = share + z * z / (2 * many)
    return max(
        0.02, (middle - z * math.sqrt(share * (1 - share) / many + z * z / (4 * many * many))) / (1 + z * z / many)
    )


def halves(found: Sequence[tuple[Example, joint.Joint]]) -> dict[str, list[tuple[float, bool]]]:
    """The chance of each verdict but `unclear`, and whether it was right; silence apart from the rest."""
    out: dict[str, list[tuple[float, bool]]] = {"silent": [], "speaks": []}
    for e, j in found:
        if j.sure is not None:
            out["silent" if j.verdict is Verdict.SILENT else "speaks"].append((j.sure, str(j.verdict) == e["gold"]))
    return out


def report(name: str, said: Sequence[tuple[Example, str]]) -> float:
    """Print the scores on the rows and on the passages, and give the mean of both macros."""
    both = [scores(*zip(*((e, v) for e, v in said if e["beside"] == beside), strict=True)) for beside in (False, True)]
    log.info("%s: rows macro %.3f, accuracy %.3f; passages %.3f, %.3f", name, *both[0], *both[1])
    return (both[0][0] + both[1][0]) / 2


def made(by: str, slugs: Sequence[str], left: dict[str, dict[str, list[float]]]) -> dict[str, Any]:
    """The stack beside the network `by`, chosen and fitted on the rows of these folders, as `stack.json` holds it."""
    network, found, known_as = Network(by), list[Example](), {}
    for slug in slugs:
        columns = examples.columns(slug)
        known_as |= {c.key: pairs_of(c) for c in columns}
        rows = [
            row
            for row in examples.develop(slug)
            if pairs.held(row["id"]) and int(row["id"][-4:]) >= examples.check.LATER
        ]
        beside = list(examples.measured(columns))
        found += [e for row in (*rows, *beside) for e in spoken(row, columns, left, network)]
        log.info("%s: %d rows, %d passages", slug, len(rows), len(beside))
        network.keep()
    names = sorted(found[0]["facts"])
    report("rules alone", [(e, e["rule"]) for e in found])
    report("learned alone", [(e, e["learned"]) for e in found])
    tried = []
    for strength in STRENGTHS:
        parts = left_out(found, names, strength)
        said = [(e, j) for mine, one in parts for e, j in zip(mine, decided(one, mine, joint.LIMITS[by]), strict=True)]
        macro = report(f"strength {strength}, parts left out", [(e, str(j.verdict)) for e, j in said])
        tried.append((macro, strength, [(e, j) for e, j in said if not e["beside"]]))
        for at in LIMITS:
            given = [
                (e, str(j.verdict)) for mine, one in parts for e, j in zip(mine, decided(one, mine, at), strict=True)
            ]
            report(f"  {tuple(at)}", given)
    _, strength, said = max(tried, key=lambda t: t[0])
    right = {name: curve(points) for name, points in halves(said).items()}
    fit = stack(fitted([e for e in found if not e["far"]], names, strength), names, right)
    return {
        "known": known_as,
        "facts": names,
        "verdicts": VERDICTS,
        "weights": fit.weights,
        "bias": fit.bias,
        "right": right,
    }


def main() -> None:
    """Choose, fit and write the stacks."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", choices=joint.LIMITS, help="the network beside which the stack is made")
    args = asked.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    left = json.loads((HERE / "out/folds.json").read_text(encoding="utf-8"))
    slugs = {cross.LAWS: examples.ten(), cross.STATUS: [examples.STATUS]}
    made_anew = {by: made(by, slugs[by], left) for by in ([args.only] if args.only else slugs)}
    held = json.loads(TO.read_text(encoding="utf-8")) if args.only else {}
    TO.write_text(json.dumps(held | made_anew, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
