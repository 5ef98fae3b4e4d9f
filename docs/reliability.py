#!/usr/bin/env python3
"""The corpus's check half in; docs/images/reliability.svg out: of the findings given with a confidence, how many are right.

python docs/reliability.py        totals only; no row of the check half is shown
"""

from __future__ import annotations

import itertools
import sys
from collections import defaultdict
from datetime import UTC, datetime
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "corpus"))


import check  # noqa: E402 - the corpus's own reader stands beside the corpus

from showcause.ask import law as packs  # noqa: E402 - after the path is set
from showcause.assess import judge  # noqa: E402 - the same
from showcause.core import Document, Verdict  # noqa: E402 - the same

AT = datetime(2031, 1, 1, tzinfo=UTC)
STEPS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
WIDE, HIGH, EDGE = 460, 380, 50
Points = list[tuple[float, float, int]]


def told() -> dict[str, list[tuple[float, bool]]]:
    """Each confidence with whether the verdict was right, silence apart from the rest."""
    out: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for path in sorted(check.HERE.glob("*/provisions.jsonl")):
        for _, row in check.rows(path):
            if check.split(row["id"]) != "check":
                continue
            document = Document(row["id"], "", "txt", "", None, row["text"])
            for f in judge(document, laws=[packs.load(law) for law in check.laws(row)], at=AT):
                if isinstance(f.about, Document) and f.confidence is not None:
                    name = "silent" if f.verdict is Verdict.SILENT else "conflict or complies"
                    out[name].append((f.confidence, row["labels"][f.question][f.reading] == str(f.verdict)))
    return out


def points(said: list[tuple[float, bool]]) -> Points:
    """Mean confidence, share that was right and count of each step."""
    out = []
    for low, high in itertools.pairwise(STEPS):
        here = [(c, right) for c, right in said if low <= c < high]
        if here:
            out.append((sum(c for c, _ in here) / len(here), sum(r for _, r in here) / len(here), len(here)))
    return out


def drawn(found: dict[str, Points]) -> str:
    """The picture."""
    side = HIGH - 2 * EDGE

    def at(x: float, y: float) -> tuple[float, float]:
        return round(EDGE + x * side, 1), round(HIGH - EDGE - y * side, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12">'
    ]
    parts.append(f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>')
    parts.append(f'<rect x="{EDGE}" y="{EDGE}" width="{side}" height="{side}" fill="none" stroke="#999"/>')
    parts.append(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#bbb" stroke-dasharray="4"/>'.format(*at(0, 0), *at(1, 1))
    )
    for n, (name, ps) in enumerate(sorted(found.items())):
        colour = ("#b3412e", "#2e6db3")[n]
        path = " ".join("{},{}".format(*at(x, y)) for x, y, _ in ps)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y, many in ps:
            a, b = at(x, y)
            parts.append(
                f'<circle cx="{a}" cy="{b}" r="{2 + min(6, many**0.5 / 10):.1f}" fill="{colour}"><title>{many}</title></circle>'
            )
        parts.append(f'<text x="{EDGE + 10}" y="{EDGE + 18 + 16 * n}" fill="{colour}">{escape(name)}</text>')
    for v in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{at(v, 0)[0]}" y="{HIGH - EDGE + 16}" text-anchor="middle">{v}</text>')
        parts.append(f'<text x="{EDGE - 6}" y="{at(0, v)[1] + 4}" text-anchor="end">{v}</text>')
    parts.append(f'<text x="{EDGE + side / 2}" y="{HIGH - 12}" text-anchor="middle">confidence given</text>')
    parts.append(
        f'<text x="14" y="{HIGH / 2}" text-anchor="middle" transform="rotate(-90 14 {HIGH / 2})">share that was right</text></svg>'
    )
    return "\n".join(parts) + "\n"


def main() -> None:
    """Measure and draw."""
    found = {name: points(said) for name, said in told().items()}
    (HERE / "images").mkdir(exist_ok=True)
    (HERE / "images" / "reliability.svg").write_text(drawn(found), encoding="utf-8")
    for name, ps in sorted(found.items()):
        for given, right, many in ps:
            print(f"{name:22} given {given:.2f}, right {right:.2f}, n {many}")


if __name__ == "__main__":
    main()
