"""Steps of legal holds in, the holds as they stand out, and what is still owed by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from showcause.core import Deadline, Hold, HoldStep


def holds(steps: Iterable[tuple[str, HoldStep]]) -> tuple[Hold, ...]:
    """The holds that these steps, each with the hold's id, come to, in the order in which they were issued."""
    held: dict[str, list[HoldStep]] = {}
    for name, step in steps:
        held.setdefault(name, []).append(step)
    return tuple(Hold(name, tuple(told)) for name, told in held.items())


def unacknowledged(held: Iterable[Hold], *, to: str) -> Iterator[Deadline]:
    """What is owed by each custodian who has not acknowledged a hold, to the one who issued it."""
    for hold in held:
        for who in hold.outstanding:
            what = f"Acknowledgement of the legal hold {hold.id}"
            yield Deadline(what, to, hold.due(who), hold.scope, f"hold/{hold.id}", (), who)
