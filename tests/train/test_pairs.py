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
    """Texts of the check half, of the rows held for the stack and of unseen requirements stand in no pair."""
    examples = pairs.examples
    dice = random.Random(0)  # noqa: S311 - no secret
    learned = {p.passage for p in [*pairs.of_laws(dice, per_row=9), *pairs.of_status(dice), *pairs.of_asks(dice)]}
    kept = {
        row["text"]
        for slug in examples.slugs()
        for _, row in examples.check.rows(examples.CORPUS / slug / "provisions.jsonl")
        if examples.check.split(row["id"]) == "check" or pairs.held(row["id"])
    }
    kept |= {p["text"] for a in pairs.asks() if pairs.unseen(int(a["id"][-3:])) for p in a["passages"]}
    assert len(kept) > 3000
    assert not learned & kept


def test_what_says_a_requirement_denies_its_contrary(pairs: ModuleType) -> None:
    """For each pair with a way there is one of the same passage with the other way."""
    found = [p for p in pairs.of_asks(random.Random(1)) if p.way is not None]  # noqa: S311 - no secret
    ways = {(p.passage, p.way) for p in found}
    assert found
    assert all((p.passage, 1 - p.way) in ways for p in found)
