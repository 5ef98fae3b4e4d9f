"""Articles with their labels in, strict figures out: quotations, speakers, both at once, claims, promised days, outlets.

`python tests/ask/statement_score.py FOLDER [--missed]` prints them; with `--missed` also what each article has wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from showcause.ask.statement import read_statement
from showcause.core.exchange import Claim, Quote
from showcause.core.record import Document

SHARED = 0.7  # of two spans, intersection over union, from which they are the same quotation
SIZE = 0.4  # the shorter of two claims, part of the longer, from which one may stand for the other


@dataclass(slots=True)
class Score:
    """What was counted over some articles, and in words what of it was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Each between 0 and 1: `attributed` and `claims` want the words and who said them right at once."""
        n = self.counts
        return {
            "quotes": _f1(n["matched"], n["gold"], n["said"]),
            "speaker": n["speaker"] / max(1, n["matched"]),
            "attributed": _f1(n["speaker"], n["gold"], n["said"]),
            "kind": n["kind"] / max(1, n["matched"]),
            "role": n["role"] / max(1, n["matched"]),
            "via": n["via"] / max(1, n["matched"]),
            "claims": _f1(n["stance"], n["claims"], n["claimed"]),
            "clauses": _f1(n["clause"], n["claims"], n["claimed"]),
            "dates": n["dated"] / max(1, n["stance"]),
        }


def score(folders: Iterable[Path]) -> Score:
    """The score over every labelled article of these folders."""
    total = Score()
    for path in sorted(p for folder in folders for p in folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        found = read_statement(Document("d", "0" * 64, "txt", "", None, text))
        total.wrong.append(f"== {path.stem}")
        _quotes(total, gold["quotes"], found.quotes)
        _claims(total, gold["claims"], found.claims)
    return total


def _quotes(total: Score, gold: list[dict[str, Any]], found: tuple[Quote, ...]) -> None:
    n = total.counts
    n["gold"] += len(gold)
    n["said"] += len(found)
    taken: set[int] = set()
    for one in gold:
        span = (one["start"], one["start"] + len(one["text"]))
        free = [k for k in range(len(found)) if k not in taken]
        best = max(free, key=lambda k: _shared(span, (found[k].start, found[k].end)), default=None)
        if best is None or _shared(span, (found[best].start, found[best].end)) < SHARED:
            total.wrong.append(f"  lost  {one['kind']} [{one['speaker']}] {one['text'][:110]!r}")
            continue
        taken.add(best)
        quote = found[best]
        right = {
            "speaker": _last(quote.speaker) == _last(one["speaker"]),
            "kind": quote.kind.value == one["kind"],
            "role": _within(one.get("role"), quote.role),
            "via": _within(one.get("via"), quote.via) and _within(quote.via, one.get("via")),
        }
        n["matched"] += 1
        n.update(name for name, ok in right.items() if ok)
        bad = {k: (one.get(k), str(getattr(quote, k))) for k, ok in right.items() if not ok}
        total.wrong += [f"  {bad} {one['text'][:70]!r}"] if bad else []
    total.wrong += [f"  extra {q.kind} [{q.speaker}] {q.text[:110]!r}" for k, q in enumerate(found) if k not in taken]


def _claims(total: Score, gold: list[dict[str, Any]], found: tuple[Claim, ...]) -> None:
    n = total.counts
    n["claims"] += len(gold)
    n["claimed"] += len(found)
    near: set[int] = set()
    for one in gold:
        mine = [k for k, claim in enumerate(found) if _alike(one["text"], claim.text)]
        right = [k for k in mine if found[k].stance.value == one["stance"] and _last(found[k].by) == _last(one["by"])]
        near.update(right)
        n["clause"] += bool(mine)
        n["stance"] += bool(right)
        n["dated"] += any(_day(found[k]) == one["date_promised"] for k in right)
        if not right:
            said = [(found[k].stance.value, found[k].by) for k in mine]
            total.wrong.append(f"  claim lost {one['stance']} [{one['by']}] {one['text'][:110]!r} {said}")
        elif not any(_day(found[k]) == one["date_promised"] for k in right):
            total.wrong.append(
                f"  claim day {one['date_promised']} {[_day(found[k]) for k in right]} {one['text'][:80]!r}"
            )
    total.wrong += [f"  claim extra {c.stance} [{c.by}] {c.text[:110]!r}" for k, c in enumerate(found) if k not in near]


def _shared(left: tuple[int, int], right: tuple[int, int]) -> float:
    both = max(0, min(left[1], right[1]) - max(left[0], right[0]))
    return both / max(1, max(left[1], right[1]) - min(left[0], right[0]))


def _alike(left: str, right: str) -> bool:
    left, right = " ".join(left.lower().split()), " ".join(right.lower().split())
    return (left in right or right in left) and min(len(left), len(right)) >= SIZE * max(len(left), len(right))


def _last(name: str | None) -> str:
    return ((name or "").lower().split() or [""])[-1]


def _within(part: str | None, whole: str | None) -> bool:
    return (part or "").lower() in (whole or "").lower()


def _day(claim: Claim) -> str | None:
    return claim.date_promised.isoformat() if claim.date_promised else None


def _f1(hit: int, gold: int, said: int) -> float:
    return 2 * hit / max(1, gold + said)


def _lines(folders: list[Path], *, missed: bool) -> Iterator[str]:
    total = score(folders)
    yield from total.wrong if missed else ()
    yield " ".join(f"{name}={value:.3f}" for name, value in total.figures().items())
    yield " ".join(f"{name} {value}" for name, value in sorted(total.counts.items()))


if __name__ == "__main__":
    named = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    print("\n".join(_lines(named, missed="--missed" in sys.argv)))
