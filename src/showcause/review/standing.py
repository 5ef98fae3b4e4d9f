"""What judges and people said of documents in; how each document stands out: proposed, called, in dispute."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from showcause.core import Judge, Verdict
from showcause.store import Said

PERSON = f"{Judge.PERSON.value}:"
PAUSE = timedelta(minutes=15)  # between two calls, from which on the reviewer was not at it


@dataclass(frozen=True, slots=True)
class Stand:
    """How a document stands under a question and reading: what machines propose, and each person's latest call, oldest first."""

    document: str
    reading: str
    proposed: tuple[Said, ...] = ()
    calls: tuple[Said, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The last person's word, else what all judges agree on, else unclear; None where nobody has said anything."""
        if self.calls:
            return self.calls[-1].verdict
        said = {one.verdict for one in self.proposed}
        return None if not said else said.pop() if len(said) == 1 else Verdict.UNCLEAR

    @property
    def parted(self) -> bool:
        """Whether the machines disagree."""
        return len({one.verdict for one in self.proposed}) > 1

    @property
    def disputed(self) -> bool:
        """Whether the people who called it disagree."""
        return len({one.verdict for one in self.calls}) > 1

    @property
    def overruled(self) -> bool:
        """Whether a person said other than every machine that spoke."""
        return bool(self.calls and self.proposed) and all(
            one.verdict != self.calls[-1].verdict for one in self.proposed
        )


def stands(said: Iterable[Said]) -> dict[tuple[str, str], Stand]:
    """Every document that somebody spoke of as a whole, by id and reading; `said` are the current findings on one question."""
    machines: dict[tuple[str, str], list[Said]] = defaultdict(list)
    people: dict[tuple[str, str], dict[str, Said]] = defaultdict(dict)
    for one in said:
        if not one.whole:
            continue
        key = (one.document, one.reading)
        if one.by.startswith(PERSON):
            people[key].pop(one.by, None)  # the latest call of a person stands last
            people[key][one.by] = one
        else:
            machines[key].append(one)
    keys = dict.fromkeys([*machines, *people])
    return {
        key: Stand(
            *key, tuple(machines.get(key, ())), tuple(sorted(people.get(key, {}).values(), key=lambda one: one.at))
        )
        for key in keys
    }


def rate(times: Iterable[datetime]) -> float | None:
    """Calls an hour of one reviewer, pauses left out; None before there are two calls. A bulk call's time counts once."""
    ordered = sorted(set(times))
    steps = [b - a for a, b in itertools.pairwise(ordered) if b - a <= PAUSE]
    spent = sum(steps, timedelta())
    return len(steps) / (spent / timedelta(hours=1)) if spent else None


def doubles(stand: Mapping[tuple[str, str], Stand]) -> Iterator[tuple[str, str]]:
    """The first and the last reviewer's verdict on each document that more than one has called."""
    for one in stand.values():
        if len(one.calls) > 1:
            yield one.calls[0].verdict.value, one.calls[-1].verdict.value
