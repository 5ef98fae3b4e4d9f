"""The README's tour says what the commands print."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def skeleton(text: str) -> list[str]:
    """The words of each line: without numbers, digests and the widths that columns happen to have."""
    lines = (re.sub(r"SHA256:\S+", "SHA256:", line) for line in text.splitlines())
    return [words for line in lines if (words := " ".join(re.sub(r"[\d─]+", "", line).split()))]


def test_the_tour_in_the_readme_is_what_the_commands_print(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("tour", ROOT / "docs" / "tour.py")
    assert spec is not None
    assert spec.loader is not None
    tour = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tour)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = readme.split(tour.BEGIN)[1].split(tour.END)[0]
    assert skeleton(told) == skeleton(tour.page(tour.run(tmp_path)))


def test_every_file_that_the_readme_points_to_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (ROOT / target).exists(), target
