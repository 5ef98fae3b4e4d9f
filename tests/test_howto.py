"""The how-to for a new law does what it says, in the words that it shows."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]


def howto() -> ModuleType:
    spec = importlib.util.spec_from_file_location("howto", ROOT / "docs" / "howto.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(page: str) -> list[str]:
    return [line for text in page.splitlines() if (line := " ".join(re.sub(r"[─]+", "", text).split()))]


def test_the_how_to_prints_what_its_commands_print(tmp_path: Path) -> None:
    module = howto()
    page = module.PAGE.read_text(encoding="utf-8")
    assert words(module.run(page, tmp_path)) == words(page)
    assert page.count("$ ") >= 8


def test_every_place_that_the_how_to_points_to_is_there() -> None:
    page = howto().PAGE
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
