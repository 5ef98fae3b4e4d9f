"""Our own articles of many kinds: how many of their quotations, speakers and claims are read right."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from showcause.ask.statement import read_statement
from showcause.core.exchange import Quote
from showcause.core.record import Document

ARTICLES = Path(__file__).parent / "articles"


def alike(gold: dict[str, Any], quote: Quote) -> bool:
    """Whether two places share seven tenths of the longer."""
    start, end = gold["start"], gold["start"] + len(gold["text"])
    both = min(end, quote.end) - max(start, quote.start)
    return bool(both >= 0.7 * max(end - start, quote.end - quote.start))


def bare(name: str | None) -> str:
    """A body's name without its article."""
    return (name or "").removeprefix("The ").removeprefix("the ")


def counts(which: str) -> Counter[str]:
    """What is wanted, said and right over the articles of one part."""
    total: Counter[str] = Counter()
    for path in sorted(ARTICLES.glob(f"article-{which}*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        found = read_statement(Document("d", "0" * 64, "txt", "", None, text))
        pairs = [(g, q) for g in gold["quotes"] for q in found.quotes if alike(g, q)]
        total["quotes"] += len(gold["quotes"]) + len(found.quotes)
        total["matched"] += len(pairs)
        total["speakers"] += sum((q.speaker or "").split()[-1:] == g["speaker"].split()[-1:] for g, q in pairs)
        stances = {(c.stance.value, bare(c.by)) for c in found.claims}
        total["claims"] += len(gold["claims"])
        total["claimed"] += sum((c["stance"], bare(c["by"])) in stances for c in gold["claims"])
    return total


@pytest.mark.parametrize(("which", "claims"), [("dev", 0.8), ("check", 0.55)])
def test_most_quotations_speakers_and_claims_are_right(which: str, claims: float) -> None:
    total = counts(which)
    assert 2 * total["matched"] / total["quotes"] >= 0.93
    assert total["speakers"] / total["matched"] >= 0.92
    assert total["claimed"] / total["claims"] >= claims
