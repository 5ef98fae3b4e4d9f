"""What the network learns from: never a row that it is measured on."""

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pairs() -> ModuleType:
    """`train/pairs.py`, which stands beside the package and not in it."""
    sys.path.insert(0, str(ROOT / "train"))
    try:
        spec = importlib.util.find_spec("pairs")
        assert spec
        assert spec.loader
        found = importlib.util.module_from_spec(spec)
        sys.modules["pairs"] = found
        spec.loader.exec_module(found)
    finally:
        sys.path.remove(str(ROOT / "train"))
    return found


def test_no_row_kept_for_checking_or_for_the_stack_is_learned(pairs: ModuleType) -> None:
    """Texts of the check half, of the rows held for the stack and of unseen requirements stand in no case."""
    examples = pairs.examples
    dice = random.Random(0)  # noqa: S311 - no secret
    many = [
        *pairs.asks(),
        *(a for stage in pairs.STAGES for a in pairs.ways(stage)),
        *(a for a in pairs.lines(pairs.HARD) if not pairs.unseen(a)),
    ]
    beside = [a for a in examples.written() if not pairs.unseen(a)]
    learned = {
        c.passage
        for c in [
            *pairs.of_laws(dice),
            *pairs.of_status(dice),
            *pairs.of_many(dice, many),
            *pairs.of_written(dice, beside),
        ]
    }
    kept = {
        row["text"]
        for slug in examples.slugs()
        for _, row in examples.check.rows(examples.CORPUS / slug / "provisions.jsonl")
        if examples.check.split(row["id"]) == "check" or pairs.held(row["id"])
    }
    unseen = [a for path in (pairs.GENERAL, pairs.WAYS, pairs.HARD) for a in pairs.lines(path) if pairs.unseen(a)]
    known = {a["text"] for a in many}
    assert not known & {a["text"] for a in unseen}
    assert len(kept) > 3000
    assert not learned & kept


def test_every_rule_of_ways_is_in_one_stage_or_kept(pairs: ModuleType) -> None:
    """None is learned twice over, and none forgotten."""
    parts = [a["id"] for stage in pairs.STAGES for a in pairs.ways(stage)]
    assert len(parts) == len(set(parts))
    every = pairs.lines(pairs.WAYS)
    assert len(parts) + sum(map(pairs.unseen, every)) == len(every)


def test_the_contrary_stands_first_as_often_as_not(pairs: ModuleType) -> None:
    """So the passage alone never tells the way: among what keeps a rule as many cases say 1 as 0, and so among what breaks it."""
    asks = pairs.asks()
    for verdict in ("complies", "conflict"):
        only = [{**a, "passages": [p for p in a["passages"] if p["verdict"] == verdict]} for a in asks]
        ways = [c.way for c in pairs.of_many(random.Random(1), only) if c.way is not None]  # noqa: S311 - no secret
        assert len(ways) > 500
        assert 0.45 < sum(ways) / len(ways) < 0.55


def test_the_rows_of_the_stack_are_left_out_by_parts(pairs: ModuleType) -> None:
    examples = pairs.examples
    rows = [r["id"] for r in examples.develop(examples.STATUS) if pairs.held(r["id"])]
    parts = [examples.stack_part(row, 5) for row in rows]
    assert min(parts.count(n) for n in range(5)) > len(rows) / 10
    tens: dict[str, set[int]] = {}
    for row, part in zip(rows, parts, strict=True):
        tens.setdefault(row[:-1], set()).add(part)
    assert all(len(found) == 1 for found in tens.values())
