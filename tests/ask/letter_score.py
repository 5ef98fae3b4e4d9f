"""A letter as read and its label in, a figure per field out: 1 for what is exactly right, F1 for what is a list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import mean

SINGLE = ("sender", "sender_office", "date", "due", "due_rule", "signer", "contact")


def figures(told: dict, gold: dict) -> dict[str, float]:
    """Each field between 0 and 1; white space, case and the stop at the end of words are forgiven, nothing else."""
    single = {name: float(_bare(told[name]) == _bare(gold[name])) for name in SINGLE}
    return single | {
        "addressees": _f1(told["addressees"], gold["addressees"]),
        "authority": _f1(told["authority"], gold["authority"]),
        "requests": _f1(_texts(told["requests"]), _texts(gold["requests"])),
        "labels": _f1(_keyed(told["requests"], "label"), _keyed(gold["requests"], "label")),
        "periods": _f1(_keyed(told["requests"], "period"), _keyed(gold["requests"], "period")),
        "questions": _f1(told["questions"], gold["questions"]),
        "consequences": _f1(_keyed(told["consequences"], "kind"), _keyed(gold["consequences"], "kind")),
    }


def averaged(scored: Iterable[dict[str, float]]) -> dict[str, float]:
    """The mean of each field over letters, and under "fields" the mean of those."""
    rows = list(scored)
    each = {name: mean(row[name] for row in rows) for name in rows[0]}
    return {"fields": mean(each.values())} | each


def gold_of(path: Path) -> dict:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def _texts(rows: list[dict]) -> list[str]:
    return [row["text"] for row in rows]


def _keyed(rows: list[dict], key: str) -> list[str]:
    return [f"{_bare(row['text'])} | {_bare(row[key])}" for row in rows]


def _bare(words: str | None) -> str | None:
    return " ".join(words.split()).rstrip(".;,").lower() if words else words


def _f1(told: list[str], gold: list[str]) -> float:
    if not told and not gold:
        return 1.0
    hits = (Counter(map(_bare, told)) & Counter(map(_bare, gold))).total()
    return 2 * hits / (len(told) + len(gold))
