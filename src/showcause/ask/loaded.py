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
    return re.compile(
        r"\b(?:" + "|".join(rf"(?P<{kind.value}>(?:{str(lists[kind.value]).lower()})\b)" for kind in KINDS) + ")"
    )


def loaded(text: str) -> tuple[Loaded, ...]:
    """Every loaded word in order; a longer hyperbole goes before the insult that it holds."""
    found: list[Loaded] = []
    for match in _pattern().finditer(_low(text)):
        kind = LoadedKind(match.lastgroup or "absolute")
        found.append(Loaded(text[match.start() : match.end()], kind, match.start(), match.end()))
    return tuple(found)


def _low(text: str) -> str:
    """The text in lower case, character for character: one whose lower case is longer stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
