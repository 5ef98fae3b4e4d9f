"""A text in, its loaded words out, marked evenly for every voice; never a verdict, never part of one."""

from __future__ import annotations

import re
from functools import cache

from showcause.ask.lexicon import table
from showcause.core.exchange import Loaded, LoadedKind

KINDS = (LoadedKind.INSULT, LoadedKind.HYPERBOLE, LoadedKind.ABSOLUTE, LoadedKind.INTENSIFIER)


@cache
def _pattern() -> re.Pattern[str]:
    lists = table("loaded.toml")
    return re.compile("|".join(rf"(?P<{kind.value}>\b(?:{lists[kind.value]})\b)" for kind in KINDS), re.IGNORECASE)


def loaded(text: str) -> tuple[Loaded, ...]:
    """Every loaded word in order; a longer hyperbole goes before the insult that it holds."""
    found: list[Loaded] = []
    for match in _pattern().finditer(text):
        kind = LoadedKind(match.lastgroup or "absolute")
        found.append(Loaded(match.group(), kind, match.start(), match.end()))
    return tuple(found)
