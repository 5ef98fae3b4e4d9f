"""The engines, and the order that they keep: an Outcome for each item, in the items' order, in flat memory.

"serial" does the step in this process, without limits, for steps that are trusted; it is what the others are held
against. "workers" does it in processes of this machine, under limits. An address "ray://HOST:PORT" does it in such
processes on every machine of a Ray cluster.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from showcause.errors import BadInput
from showcause.runner.cluster import Cluster
from showcause.runner.outcome import GIGABYTE, Bounds, Item, Job, Outcome, Value, attempt, unpacked
from showcause.runner.pool import Pool, Task

_WAITING = 256 << 20  # bytes of finished values that wait for an earlier one before no further item is begun


class _Crew(Protocol):
    """Whoever works tasks off; `turn` waits until something happens, `room` bounds how many are taken ahead."""

    def room(self, *, ahead: int) -> bool: ...
    def put(self, task: Task) -> None: ...
    def turn(self) -> None: ...
    def close(self) -> None: ...


def run(  # noqa: PLR0913 - a step, its items and their bounds, each with a default
    step: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    workers: int = 1,
    seconds: float = 120.0,
    megabytes: int = 2048,
    output: int = GIGABYTE,
    engine: str = "workers",
    carry: Callable[[Item], Item] | None = None,
) -> Iterator[Outcome[Item, Value]]:
    """An Outcome for every item, in order, as they come; only a bounded number of items is taken ahead.

    `step` must be a function that can be imported by its name (or a `functools.partial` of one). `seconds` (counted
    anew from each `tick`), `megabytes` of address space and `output` bytes of pickled value bound one item. An error
    that the step raises is the item's reason, and ends nothing. `engine` is "workers", "serial" or the address of a
    Ray cluster, "ray://HOST:PORT" with the port of its head (6379 unless told otherwise); there `carry(item)`, where
    given, is asked just before an item is sent for an item that has its bytes with it, because a worker may not share
    the disk, and `workers` is however many CPUs the cluster has. Raises BadInput for an unknown engine, where workers
    can't be started at all, or where a cluster can't be reached or is lost for good.
    """
    start = next((start for name, start in ENGINES if _means(engine, name)), None)
    if start is None:
        raise BadInput(f"no engine {engine}; there are {', '.join(name for name, _ in ENGINES)}")
    return start(Job(step, items, Bounds(max(1, workers), seconds, megabytes, output), engine, carry))


def _means(engine: str, name: str) -> bool:
    return engine == name or (name.endswith("://") and engine.startswith(name))


def serial(job: Job) -> Iterator[Outcome[Any, Any]]:
    """The engine that works in this process, item by item, without limits."""
    for item in job.items:
        value, reason = attempt(job.step, item, job.bounds)
        yield Outcome(item, value, reason)


def local(job: Job) -> Iterator[Outcome[Any, Any]]:
    """The engine that works in processes of this machine."""
    return _in_order(job, lambda: Pool(pickle.dumps(job.step), job.bounds))


def ray(job: Job) -> Iterator[Outcome[Any, Any]]:
    """The engine that works on every machine of a Ray cluster."""
    return _in_order(job, lambda: Cluster(job))


ENGINES: tuple[tuple[str, Callable[[Job], Iterator[Outcome[Any, Any]]]], ...] = (
    ("workers", local),
    ("serial", serial),
    ("ray://", ray),
)


def _in_order(job: Job, gather_crew: Callable[[], _Crew]) -> Iterator[Outcome[Any, Any]]:
    """What a crew makes of the items, in their order."""
    window: deque[Task] = deque()
    coming = iter(job.items)
    crew = gather_crew()
    try:
        while True:
            while _roomy(crew, window) and (item := next(coming, window)) is not window:
                window.append(Task(item))
                crew.put(window[-1])
            if not window:
                return
            if window[0].frame is None:
                crew.turn()
            else:
                yield _outcome(window.popleft(), job)
    finally:
        crew.close()


def _roomy(crew: _Crew, window: deque[Task]) -> bool:
    return crew.room(ahead=len(window)) and sum(len(t.frame) for t in window if t.frame is not None) < _WAITING


def _outcome(task: Task, job: Job) -> Outcome[Any, Any]:
    value, reason = (None, None) if task.frame is None else unpacked(task.frame, job.bounds)
    return Outcome(task.item, value, reason, task.landmarks if job.engine == "workers" else None)
