"""A step and items in, an Outcome for each item out, in the items' order, whatever engine does the work.

The engine "workers" keeps a small pool of processes of its own, because parsers of other people's files crash and
hang: each worker does one item after the other under a limit of time and of memory, and when it dies it takes its own
item with it and no other. "serial" does the same in this process, without limits, for steps that are trusted; it is
what the other engines are held against. A cluster is one more line in `ENGINES`.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, Generic, TypeVar

from showcause.errors import BadInput, ShowcauseError

Item = TypeVar("Item")
Value = TypeVar("Value")

_AHEAD = 4  # items begun for each worker before the oldest of them is handed out: memory stays flat
_NEVER = inf
_START = 60.0  # seconds that a worker may take to start
_GRACE = 10.0  # seconds after which a worker whose parent is gone ends itself
_SERVE = "from showcause.runner import serve; serve()"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Value]):
    """What became of one item: the step's `value`, or the `reason` in plain words why there is none."""

    item: Item
    value: Value | None = None
    reason: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the step gave a value."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many processes work at once, and what one item may use: seconds of time, megabytes of memory."""

    workers: int
    seconds: float
    megabytes: int


@dataclass(slots=True)
class _Task:
    """An item on its way; `killed` where somebody killed a worker that had it."""

    item: Any
    killed: bool = False
    outcome: Outcome[Any, Any] | None = None


@dataclass(slots=True)
class _Worker:
    """A process at the other end of a pipe; `until` is the moment at which its patience ends."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    ready: bool = False
    task: _Task | None = None
    until: float = _NEVER


def run(
    step: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    workers: int = 1,
    seconds: float = 120.0,
    megabytes: int = 2048,
    engine: str = "workers",
) -> Iterator[Outcome[Item, Value]]:
    """An Outcome for every item, in order, as they come; only a bounded number of items is taken ahead.

    `step` must be a function that can be imported by its name (or a `functools.partial` of one); `seconds` and
    `megabytes` (of address space) bound one item. An error that the step raises is the item's reason, and ends
    nothing. Raises BadInput for an unknown engine, or where workers can't be started at all.
    """
    chosen = next((start for name, start in ENGINES if name == engine), None)
    if chosen is None:
        raise BadInput(f"no engine {engine}; there are {', '.join(name for name, _ in ENGINES)}")
    return chosen(step, items, Bounds(max(1, workers), seconds, megabytes))


def serial(step: Callable[[Any], Any], items: Iterable[Any], bounds: Bounds) -> Iterator[Outcome[Any, Any]]:
    """The engine that works in this process, item by item, without limits."""
    for item in items:
        value, reason = _attempt(step, item, bounds)
        yield Outcome(item, value, reason)


def local(step: Callable[[Any], Any], items: Iterable[Any], bounds: Bounds) -> Iterator[Outcome[Any, Any]]:
    """The engine that works in processes of this machine."""
    pool = _Pool(step, bounds)
    window: deque[_Task] = deque()
    coming = iter(items)
    try:
        while True:
            while len(window) < bounds.workers * _AHEAD and (item := next(coming, window)) is not window:
                window.append(_Task(item))
                pool.put(window[-1])
            if not window:
                return
            while window[0].outcome is None:
                pool.turn()
            outcome = window.popleft().outcome
            if outcome is not None:
                yield outcome
    finally:
        pool.close()


ENGINES: tuple[tuple[str, Callable[..., Iterator[Outcome[Any, Any]]]], ...] = (("workers", local), ("serial", serial))


class _Pool:
    """Workers, and the tasks that wait for them."""

    def __init__(self, step: Callable[[Any], Any], bounds: Bounds) -> None:
        self._hello = pickle.dumps((bounds.seconds, bounds.megabytes, pickle.dumps(step)))
        self._bounds = bounds
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()

    def put(self, task: _Task) -> None:
        """Take a task; it starts as soon as a worker is free."""
        self._waiting.append(task)
        self._hand_out()

    def turn(self) -> None:
        """Wait until a worker has something to say or has run out of time, and deal with it."""
        self._hand_out()
        soonest = min(worker.until for worker in self._workers)
        heard = wait([worker.pipe for worker in self._workers], max(0.0, soonest - time.monotonic()))
        for worker in list(self._workers):
            if worker.pipe in heard:
                self._hear(worker)
            elif time.monotonic() >= worker.until:
                self._late(worker)
        self._hand_out()

    def close(self) -> None:
        """End every worker."""
        while self._workers:
            self._end(self._workers[-1])

    def _hand_out(self) -> None:
        idle = [worker for worker in self._workers if worker.ready and worker.task is None]
        while self._waiting and idle:
            self._give(idle.pop(), self._waiting.popleft())
        starting = sum(not worker.ready for worker in self._workers)
        wanted = min(len(self._waiting) - starting, self._bounds.workers - len(self._workers))
        self._workers += [_start(self._hello) for _ in range(wanted)]

    def _give(self, worker: _Worker, task: _Task) -> None:
        try:
            worker.pipe.send(task.item)
        except OSError:  # it died between two items, which is no fault of the one that waits
            self._waiting.appendleft(task)
            self._end(worker)
        else:
            worker.task, worker.until = task, time.monotonic() + self._bounds.seconds

    def _hear(self, worker: _Worker) -> None:
        try:
            value, reason, last = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        task, worker.task, worker.until = worker.task, None, _NEVER
        if task is not None:
            task.outcome = Outcome(task.item, value, reason)
        elif reason is not None:
            raise BadInput(f"a worker can't run the step: {reason}")
        worker.ready = True
        if last:
            self._end(worker)

    def _late(self, worker: _Worker) -> None:
        self._end(worker)
        if worker.task is None:
            raise BadInput(f"a worker did not start within {_START:g} s")
        worker.task.outcome = Outcome(worker.task.item, reason=_too_long(self._bounds))

    def _died(self, worker: _Worker) -> None:
        code, peak = self._end(worker)
        task = worker.task
        if task is None and not worker.ready:
            raise BadInput(f"a worker ended while it started (exit {code})")
        if task is None:
            return
        if code == -signal.SIGKILL and not task.killed:
            # No parser kills itself so: an operator or the system did, and the item gets one more chance.
            task.killed = True
            self._waiting.appendleft(task)
        else:
            task.outcome = Outcome(task.item, reason=_cause(code, peak, self._bounds))

    def _end(self, worker: _Worker) -> tuple[int, int]:
        """Kill and bury a worker; its exit code (a signal is negative) and the most megabytes that it held."""
        worker.pipe.close()
        self._workers.remove(worker)
        os.kill(worker.process.pid, signal.SIGKILL)  # one that is already dead keeps the exit code that it has
        _, status, usage = os.wait4(worker.process.pid, 0)
        worker.process.returncode = os.waitstatus_to_exitcode(status)
        return worker.process.returncode, usage.ru_maxrss // 1024


def _start(hello: bytes) -> _Worker:
    ours, theirs = Pipe()
    process = subprocess.Popen(  # noqa: S603 - this same Python, with words of our own
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {_SERVE}", str(theirs.fileno())],
        pass_fds=(theirs.fileno(),),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # what a parser prints would stand in the middle of a command's JSON
        stderr=subprocess.DEVNULL,
    )
    theirs.close()
    with suppress(OSError):  # one that died at once is found by `_died`
        ours.send_bytes(hello)
    return _Worker(process, ours, until=time.monotonic() + _START)


def _cause(code: int, peak: int, bounds: Bounds) -> str:
    if code == -signal.SIGALRM:
        return _too_long(bounds)
    if peak > 0.9 * bounds.megabytes:
        return _too_big(bounds)
    return f"the reader crashed (signal {-code})" if code < 0 else f"the reader ended itself (exit {code})"


def _too_long(bounds: Bounds) -> str:
    return f"timed out after {bounds.seconds:g} s"


def _too_big(bounds: Bounds) -> str:
    return f"used more than {bounds.megabytes} MB"


def _attempt(step: Callable[[Any], Any], item: Any, bounds: Bounds) -> tuple[Any, str | None]:
    """The step's value, or the reason why there is none; both engines speak through it, so they say the same."""
    try:
        return step(item), None
    except ShowcauseError as error:
        return None, str(error)
    except MemoryError:
        return None, _too_big(bounds)
    except RecursionError:
        return None, "nested too deep"
    except Exception as error:  # noqa: BLE001 - parsers raise anything, and one file can't stop the others
        return None, f"the reader failed: {type(error).__name__}: {error}"


def serve() -> None:
    """The life of a worker: take an item from the pipe, do the step, send what came of it, until the pipe closes."""
    pipe = Connection(int(sys.argv[1]))
    bounds, step = _greeted(pipe)
    while step is not None:
        try:
            item = pipe.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, bounds.seconds + _GRACE)  # where the parent is gone nobody else would
        value, reason = _attempt(step, item, bounds)
        signal.setitimer(signal.ITIMER_REAL, 0)
        last = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 > bounds.megabytes // 2
        _reply(pipe, (value, reason, last), bounds)
        if last:
            return


def _greeted(pipe: Connection) -> tuple[Bounds, Callable[[Any], Any] | None]:
    seconds, megabytes, packed = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from the parent, over its own pipe
    bounds = Bounds(1, seconds, megabytes)
    step, reason = _attempt(pickle.loads, packed, bounds)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    pipe.send((None, reason, False))
    return bounds, step


def _reply(pipe: Connection, said: tuple[Any, str | None, bool], bounds: Bounds) -> None:
    packed, reason = _attempt(pickle.dumps, said, bounds)
    pipe.send_bytes(packed if reason is None else pickle.dumps((None, reason, said[2])))
