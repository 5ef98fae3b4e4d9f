"""A long choice of patterns in, the same choice out so arranged that little of it is tried: by word's edge and first letter."""

from __future__ import annotations

from collections.abc import Iterator

_SIMPLE = frozenset("abcdefghijklmnopqrstuvwxyz'’")


def at_words(pattern: str) -> str:
    """The same pattern, its choices that start at a word's edge under one edge and, there, under their first letters.

    Between the edges of words none of these is tried then, and at an edge only those that start with what stands there.
    Which choice is taken where several fit is not kept: it is for patterns of which only that they match is asked.
    """
    every = list(choices(pattern))
    edged = [choice[2:] for choice in every if choice.startswith("\\b")]
    others = [choice for choice in every if not choice.startswith("\\b")]
    return "|".join([*([rf"\b(?:{'|'.join(_by_letter(edged))})"] if edged else []), *others])


def _by_letter(edged: list[str]) -> Iterator[str]:
    """The choices under a look ahead for each first letter, and those of which it can't be told."""
    held: dict[str, list[str]] = {}
    for choice in edged:
        for letter in _first(choice) or {""}:
            held.setdefault(letter, []).append(choice)
    for letter in sorted(held.keys() - {""}):
        yield f"(?={letter})(?:{'|'.join(held[letter])})"
    yield from held.get("", ())


def _first(pattern: str) -> set[str] | None:
    """The letters that a pattern can start with; None where that can't be told from its letters and plain groups."""
    at, found = 0, set[str]()
    while at < len(pattern):
        if pattern.startswith("(?:", at):
            end = _closing(pattern, at)
            inner = [_first(choice) for choice in choices(pattern[at + 3 : end])]
            if any(one is None for one in inner):
                return None
            found |= {letter for one in inner for letter in one or ()}
        elif pattern[at] == "[" and set(pattern[at + 1 : pattern.find("]", at)]) <= _SIMPLE:
            end = pattern.find("]", at)
            found |= set(pattern[at + 1 : end])
        elif pattern[at] in _SIMPLE:
            end = at
            found.add(pattern[at])
        else:
            return None
        if pattern[end + 1 : end + 2] not in {"?", "*"} or not pattern[end + 1 : end + 2]:
            return None if pattern[end + 1 : end + 2] == "{" else found
        at = end + 2
    return None


def _closing(pattern: str, at: int) -> int:
    """Where the group that opens at `at` closes."""
    depth = 0
    for place in range(at, len(pattern)):
        if place and pattern[place - 1] == "\\":
            continue
        depth += (pattern[place] == "(") - (pattern[place] == ")")
        if not depth:
            return place
    return len(pattern)


def choices(pattern: str) -> Iterator[str]:
    """What stands between the bars of a pattern that no group and no class holds."""
    depth, start, held = 0, 0, False
    for at, mark in enumerate(pattern):
        if at and pattern[at - 1] == "\\" and not (at > 1 and pattern[at - 2] == "\\"):
            continue
        held = mark == "[" or (held and mark != "]")
        depth += 0 if held else (mark == "(") - (mark == ")")
        if mark == "|" and not depth and not held:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]
