"""A text in, its loaded words out, marked evenly for every voice; never a verdict, never part of one."""

from __future__ import annotations

import re
from functools import cache

from showcause.ask.edges import at_words, choices
from showcause.ask.lexicon import table
from showcause.core.exchange import Loaded, LoadedKind

KINDS = (LoadedKind.INSULT, LoadedKind.HYPERBOLE, LoadedKind.ABSOLUTE, LoadedKind.INTENSIFIER)


@cache
def _kinds() -> tuple[tuple[LoadedKind, re.Pattern[str]], ...]:
    """What each kind's words look like from where one of them starts, the kind that goes first first."""
    lists = table("loaded.toml")
    return tuple((kind, re.compile(rf"(?:{str(lists[kind.value]).lower()})\b")) for kind in KINDS)


@cache
def _any() -> re.Pattern[str]:
    """Where a word of any kind may start."""
    lists = table("loaded.toml")
    every = (choice for kind in KINDS for choice in choices(str(lists[kind.value]).lower()))
    return re.compile(at_words("|".join(rf"\b{choice}" for choice in every)))


def loaded(text: str) -> tuple[Loaded, ...]:
    """Every loaded word in order; a longer hyperbole goes before the insult that it holds."""
    low, found, at = _low(text), list[Loaded](), 0
    while begins := _any().search(low, at):
        start = begins.start()
        held = ((kind, match) for kind, pattern in _kinds() if (match := pattern.match(low, start)))
        kind, match = next(held, (None, None))
        if kind and match:
            found.append(Loaded(text[start : match.end()], kind, start, match.end()))
        at = max(start + 1, match.end() if match else 0)
    return tuple(found)


def _low(text: str) -> str:
    """The text in lower case, character for character: one whose lower case is longer stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
