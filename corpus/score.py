#!/usr/bin/env python3
"""The corpus's provisions in; how often showcause's duty judge is right on them out.

    python corpus/score.py                        every law, both halves
    python corpus/score.py SLUG ... --half check  these laws, this half
    python corpus/score.py --by trap              the same per trap (or register, or requirement)

`macro` is the mean over requirements and readings of F1 over the verdicts that are present, `unclear` left out;
`accuracy` is over the labels that are not `unclear`; `evidence` is the share of right conflicts and complies whose
cites hold at least half of the deciding words and not three times as many; `exact` is the share of cites that are
verbatim. Run it with the package's own Python.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import check

from showcause.ask import law as packs
from showcause.assess import judge
from showcause.core import Document, Finding

AT = datetime(2031, 1, 1, tzinfo=UTC)
HALVES = ("develop", "check")
WAYS = ("requirement", "register", "trap")
SURE = ("conflict", "complies", "silent")


@dataclass(frozen=True, slots=True)
class Said:
    """One label and what the judge made of it; `cited` tells whether its cites hold the deciding words."""

    slug: str
    half: str
    row: check.Row
    requirement: str
    reading: str
    gold: str
    found: Finding
    cited: bool
    exact: int

    @property
    def verdict(self) -> str:
        """What the judge said."""
        return str(self.found.verdict)

    def group(self, way: str) -> str:
        """What the row counts under."""
        return self.requirement if way == "requirement" else str(self.row[way])


def holds(text: str, want: str | None, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether the spans take in half of the words wanted and are not much longer than they."""
    if not want:
        return False
    at, found = text.find(want), list(spans)
    got = sum(max(0, min(at + len(want), e) - max(at, s)) for s, e in found)
    return got >= len(want) / 2 and sum(e - s for s, e in found) <= 3 * len(want) + 120


def said(slug: str, halves: Iterable[str]) -> Iterator[Said]:
    """Every label of the law's rows of those halves beside the judge's finding."""
    wanted = frozenset(halves)
    for _, row in check.rows(check.HERE / slug / "provisions.jsonl"):
        half = check.split(row["id"])
        if half not in wanted:
            continue
        document = Document(row["id"], "", "txt", "", None, row["text"])
        found = judge(document, laws=[packs.load(law) for law in check.laws(row)], at=AT)
        whole = {(f.question, f.reading): f for f in found if isinstance(f.about, Document)}
        for requirement, readings in row["labels"].items():
            for reading, gold in readings.items():
                f = whole[requirement, reading]
                cited = holds(row["text"], row["evidence"][requirement], [(c.start, c.end) for c in f.cites])
                exact = sum(row["text"][c.start : c.end] == c.text for c in f.cites)
                yield Said(slug, half, row, requirement, reading, gold, f, cited, exact)


def f1(pairs: list[tuple[str, str]], verdict: str) -> float:
    """Harmonic mean of precision and recall of one verdict over (gold, said)."""
    hit = sum(g == p == verdict for g, p in pairs)
    both = sum(g == verdict for g, _ in pairs) + sum(p == verdict for _, p in pairs)
    return 2 * hit / both if both else 1.0


def macro(found: Iterable[Said]) -> float:
    """Mean over requirements and readings of the mean F1 of the verdicts present."""
    columns: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for s in found:
        columns[s.requirement, s.reading].append((s.gold, s.verdict))
    means = []
    for pairs in columns.values():
        present = {g for g, _ in pairs} & set(SURE)
        if present:
            means.append(sum(f1(pairs, v) for v in present) / len(present))
    return sum(means) / len(means) if means else 0.0


def line(name: str, found: list[Said]) -> str:
    """One row of the table."""
    sure = [s for s in found if s.gold in SURE]
    right = [s for s in sure if s.gold == s.verdict]
    spoken = [s for s in right if s.gold != "silent"]
    cites = sum(len(s.found.cites) for s in found)
    accuracy = len(right) / max(1, len(sure))
    evidence = sum(s.cited for s in spoken) / max(1, len(spoken))
    exact = sum(s.exact for s in found) / max(1, cites)
    rows = len({s.row["id"] for s in found})
    return f"{name:46.46} {rows:5} {macro(found):6.3f} {accuracy:8.3f} {evidence:8.3f} {exact:6.3f}"


def main() -> int:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("slugs", nargs="*")
    asked.add_argument("--half", choices=HALVES)
    asked.add_argument("--by", choices=WAYS, action="append", default=[])
    args = asked.parse_args()
    slugs = args.slugs or sorted(p.parent.name for p in check.HERE.glob("*/provisions.jsonl"))
    halves = (args.half,) if args.half else HALVES
    every = [s for slug in slugs for s in said(slug, halves)]
    print(f"{'':46} {'rows':>5} {'macro':>6} {'accuracy':>8} {'evidence':>8} {'exact':>6}")
    for half in halves:
        here = [s for s in every if s.half == half]
        for slug in slugs:
            print(line(f"{slug} {half}", [s for s in here if s.slug == slug]))
        means = [macro([s for s in here if s.slug == slug]) for slug in slugs]
        print(f"{line(f'all {half}', here)}  mean of laws {sum(means) / len(means):.3f}")
        for way in args.by:
            for name in sorted({s.group(way) for s in here}):
                print(line(f"  {half} {name}", [s for s in here if s.group(way) == name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
