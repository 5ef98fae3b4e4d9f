"""The word lists that statements are read with, from the TOML files beside this module, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def table(file: str) -> dict[str, object]:
    """The whole of one file; raises FileNotFoundError for a name that isn't there."""
    return tomllib.loads(resources.files("showcause.ask").joinpath(file).read_text(encoding="utf-8"))


@cache
def words(name: str, file: str = "cues.toml") -> frozenset[str]:
    """The words of one list, in lower case."""
    return frozenset(str(table(file)[name]).split())


@cache
def phrases() -> str:
    """The phrases that report a clause, as one alternative of a regular expression."""
    held = table("cues.toml")["phrases"]
    return "|".join(held) if isinstance(held, list) else ""


@cache
def choice(*names: str) -> str:
    """The words of these lists as one alternative of a regular expression, longest first."""
    every = frozenset[str]().union(*(words(n) for n in names))
    return "|".join(sorted(every, key=lambda w: (-len(w), w)))
