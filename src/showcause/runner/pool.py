"""Tasks in, their frames filled: a few workers, each at one task at a time under its bounds.

When a worker dies it takes its own task with it and no other.
"""

from __future__ import annotations

import pickle
import selectors
import signal
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from showcause.errors import BadInput
from showcause.runner.outcome import Bounds, attempt, cause, packed, too_big, too_long
from showcause.runner.process import NEVER, START, Folder, Process
from showcause.runner.worker import HELLO, LAST, TICK, TICKED

SERVE = "showcause.runner.worker.serve"
AHEAD = 16  # tasks taken for each worker before the oldest of them is handed out: memory stays flat
_CHANCES = 2  # times that an item is begun, where it was not the item that ended its worker


@dataclass(slots=True)
class Task:
    """An item on its way, or its pickle; `begun` counts the workers lost with it, `frame` says what came of it.

    `landmarks` counts those that the step has passed, where they are heard of.
    """

    item: Any
    packed: bytes | None = field(default=None, repr=False)
    begun: int = 0
    landmarks: int = 0
    frame: bytes | bytearray | memoryview | None = field(default=None, repr=False)


def hello(packed_step: bytes, bounds: Bounds, *, streams: bool = False) -> bytes:
    """The first words to a worker."""
    told = (bounds.seconds, bounds.megabytes, bounds.output)
    return pickle.dumps({"bounds": told, "step": packed_step, "stream": streams})


def settled(frame: bytearray) -> tuple[str | None, int]:
    """What a worker's answer to `hello` says: why it can't do the step, and the megabytes counted before it began."""
    reason, _, base = pickle.loads(memoryview(frame)[1:])  # noqa: S301 - our own worker, before it meets any item
    return reason, base


def ticked(frame: bytearray) -> tuple[float, bool]:
    """The moment of a tick, on the monotonic clock that the processes of a machine share; whether it is a landmark."""
    moment, landmark = TICKED.unpack(memoryview(frame)[1:])
    return min(moment, time.monotonic()), landmark


class Pool:
    """At most `bounds.workers` workers for one step, and the tasks that wait for them."""

    def __init__(self, packed_step: bytes, bounds: Bounds) -> None:
        self.pulse = time.monotonic()  # when a worker last made progress
        self._hello = hello(packed_step, bounds)
        self._bounds = bounds
        self._folder = Folder()
        self._selector = selectors.DefaultSelector()
        self._starting: set[Process] = set()
        self._idle: list[Process] = []
        self._busy: dict[Process, Task] = {}
        self._waiting: deque[Task] = deque()

    def room(self, *, ahead: int) -> bool:
        """Whether another task can be taken while `ahead` are not yet handed out; few wait that have not begun."""
        return ahead < self._bounds.workers * AHEAD and len(self._waiting) < self._bounds.workers

    def put(self, task: Task) -> None:
        """Take a task; it starts as soon as a worker is free."""
        self._waiting.append(task)
        self._hand_out()

    def turn(self) -> None:
        """Wait until a worker has something to say or has run out of time, and deal with it."""
        self._hand_out()
        working = [*self._starting, *self._busy]
        if not working:
            return
        soonest = min(worker.until for worker in working)
        heard: list[Process] = [key.data for key, _ in self._selector.select(max(0.0, soonest - time.monotonic()))]
        for worker in heard:
            self._hear(worker)
        now = time.monotonic()
        for worker in working:
            if now >= worker.until and worker not in heard and (worker in self._busy or worker in self._starting):
                self._late(worker)
        self._hand_out()

    def close(self) -> None:
        """End every worker."""
        for worker in [*self._starting, *self._idle, *self._busy]:
            self._end(worker)
        self._selector.close()
        self._folder.close()

    def _hand_out(self) -> None:
        while self._waiting and self._idle:
            self._give(self._idle.pop(), self._waiting.popleft())
        wanted = min(
            len(self._waiting) - len(self._starting),
            self._bounds.workers - len(self._starting) - len(self._idle) - len(self._busy),
        )
        for _ in range(wanted):
            worker = Process(SERVE, self._folder, self._hello, most=self._bounds.output)
            self._starting.add(worker)
            self._selector.register(worker, selectors.EVENT_READ, worker)

    def _give(self, worker: Process, task: Task) -> None:
        frame, reason = attempt(_frame, task, self._bounds)
        if reason is None and len(frame) > self._bounds.megabytes << 20:
            reason = too_big(self._bounds)
        if reason is not None:
            task.frame = packed((None, reason), LAST, self._bounds)
            self._idle.append(worker)
            return
        try:
            worker.send(frame)
        except OSError:  # it died between two items, which is no fault of the one that waits
            self._lost(task, *self._end(worker))
        else:
            self._busy[worker] = task
            self.pulse = time.monotonic()
            worker.until = self.pulse + self._bounds.seconds

    def _hear(self, worker: Process) -> None:
        try:
            frame = worker.heard()
        except EOFError:
            self._died(worker)
            return
        kind = b"" if frame is None else frame[:1]
        if frame is None:
            return
        if kind == TICK:
            self.pulse, landmark = ticked(frame)
            self._busy[worker].landmarks += landmark
            worker.until = self.pulse + self._bounds.seconds
        elif kind == HELLO:
            self._ready(worker, frame)
        else:
            self._busy.pop(worker).frame = frame
            worker.until = NEVER
            self._idle.append(worker)
            if kind == LAST:
                self._end(worker)

    def _ready(self, worker: Process, frame: bytearray) -> None:
        reason, worker.base = settled(frame)
        if reason is not None:
            raise BadInput(f"a worker can't run the step: {reason}")
        worker.until = NEVER
        self._starting.discard(worker)
        self._idle.append(worker)

    def _late(self, worker: Process) -> None:
        task = self._busy.get(worker)
        self._end(worker)
        if task is None:
            raise BadInput(f"a worker did not start within {START:g} s")
        task.frame = packed((None, too_long(self._bounds)), LAST, self._bounds)

    def _died(self, worker: Process) -> None:
        task, starting = self._busy.get(worker), worker in self._starting
        code, peak = self._end(worker)
        if starting:
            raise BadInput(f"a worker ended while it started (exit {code})")
        if task is not None:
            self._lost(task, code, peak)

    def _lost(self, task: Task, code: int, peak: int) -> None:
        task.begun += 1
        if code == -signal.SIGKILL and task.begun < _CHANCES:
            # No parser kills itself so: an operator or the system did, and the item gets one more chance.
            self._waiting.appendleft(task)
        else:
            task.frame = packed((None, cause(code, peak, self._bounds)), LAST, self._bounds)

    def _end(self, worker: Process) -> tuple[int, int]:
        """Bury a worker, whatever it was doing."""
        self._selector.unregister(worker)
        self._starting.discard(worker)
        self._busy.pop(worker, None)
        if worker in self._idle:
            self._idle.remove(worker)
        return worker.end()


def _frame(task: Task) -> bytes:
    return task.packed or pickle.dumps(task.item, protocol=pickle.HIGHEST_PROTOCOL)
