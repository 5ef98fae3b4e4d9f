"""How documents stand and what they score in, the order in which people should read them out, families kept together."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence

from showcause.core import Verdict
from showcause.review.standing import Stand

FIRST = {Verdict.RESPONSIVE: 0, Verdict.WITHHOLD: 0, Verdict.CONFLICT: 0, Verdict.CONTRADICTED: 0, Verdict.REDACT: 1}
UNKNOWN = 3


def ordered(
    left: Collection[str], *, stands: Mapping[str, Stand], scores: Mapping[str, float], learned: bool
) -> tuple[str, ...]:
    """The documents left, in the order to read them.

    First where the machines disagree; then by score where the learner has been taught by calls of both kinds, before
    that by what the machines propose and then by score. Equal ones go by id.
    """

    def place(name: str) -> tuple[bool, int, float, str]:
        stand = stands.get(name)
        verdict = stand.verdict if stand else None
        proposed = FIRST.get(verdict, 2) if verdict else UNKNOWN
        return (not (stand and stand.parted), 0 if learned else proposed, -scores.get(name, 0.0), name)

    return tuple(sorted(left, key=place))


def batched(
    order: Sequence[str], *, size: int, family: Callable[[str], Sequence[str]], free: Collection[str]
) -> tuple[str, ...]:
    """The next documents, about `size` of them: a family is given out whole, its members one after another."""
    taken: dict[str, None] = {}
    for name in order:
        if len(taken) >= size:
            break
        if name in free and name not in taken:
            taken |= dict.fromkeys(one for one in family(name) if one in free)
            taken.setdefault(name)
    return tuple(taken)


def drawn(population: Collection[str], *, size: int, seed: int) -> tuple[str, ...]:
    """A simple random sample, the same for the same documents, size and seed, in the order drawn."""
    return tuple(random.Random(seed).sample(sorted(population), min(size, len(population))))  # noqa: S311 - a sample, no secret
