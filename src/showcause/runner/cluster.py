"""Tasks in, their frames filled by a Ray cluster, through a courier: a process that alone speaks with Ray.

Ray ends a process that loses its cluster, takes over its signals and writes to its terminal. So the courier may die,
and the run lives: another takes its place and is given again what the first had not brought back.
"""

from __future__ import annotations

import importlib.util
import pickle
import select
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import showcause
from showcause.errors import BadInput, ShowcauseError
from showcause.runner.courier import FAILED, ID, REPLY, STAFF
from showcause.runner.outcome import Job, attempt, packed
from showcause.runner.pool import AHEAD, Task
from showcause.runner.process import Folder, Process
from showcause.runner.worker import LAST

SERVE = "showcause.runner.courier.serve"
PORT = 6379  # where the head of a Ray cluster listens unless it is told otherwise
_REACH = 5.0  # seconds that the head may take to answer a first knock
_CONNECT = 45.0  # seconds that a courier may take until it knows the cluster, and then between two words
_RETURN = 60.0  # seconds that a cluster which was lost has to come back
_COURIERS = 3  # couriers lost one after the other, without a value from any, that end the run
_EACH = 2  # items sent for each CPU: one at work, one on its way


class Cluster:
    """A courier to the cluster of `job.engine`, and the tasks that it has or will have."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._host, self._port = _place(job.engine)
        if importlib.util.find_spec("ray") is None:
            raise BadInput(f"{job.engine}: Ray is not installed here; pip install showcause[ray] brings it")
        self._waiting: deque[Task] = deque()
        self._sent: dict[int, Task] = {}
        self._count = 0
        self._lost = 0
        self._staff = 0
        self._joined = False
        self._knock(_REACH)
        self._folder = Folder()
        self._courier = self._start()

    def room(self, *, ahead: int) -> bool:
        """Whether another task can be taken while `ahead` are not yet handed out; few wait that have not been sent."""
        return ahead < max(1, self._staff) * AHEAD and len(self._waiting) < max(1, self._staff)

    def put(self, task: Task) -> None:
        """Take a task; it is sent as soon as a worker of the cluster has room for it."""
        self._waiting.append(task)
        self._hand_out()

    def turn(self) -> None:
        """Wait until the courier says something, and deal with it."""
        self._hand_out()
        select.select([self._courier], [], [], max(0.0, self._courier.until - time.monotonic()))
        try:
            frame = self._courier.heard()
        except EOFError:
            self._again()
            return
        if frame is not None:
            self._courier.until = time.monotonic() + _CONNECT
            self._hear(frame)
        elif time.monotonic() >= self._courier.until:
            self._again()
        self._hand_out()

    def close(self) -> None:
        """Let the courier take its leave of the cluster, which ends the workers there."""
        self._courier.leave()
        self._folder.close()

    def _hear(self, frame: bytearray) -> None:
        kind, self._joined = frame[:1], True
        if kind == STAFF:
            (self._staff,) = ID.unpack(memoryview(frame)[1:])
        elif kind == FAILED:
            raise BadInput(f"{self._job.engine}: {frame[1:].decode()}")
        elif kind == REPLY:
            (number,) = ID.unpack(memoryview(frame)[1 : 1 + ID.size])
            self._sent.pop(number).frame = memoryview(frame)[1 + ID.size :]
            self._lost = 0

    def _hand_out(self) -> None:
        while self._waiting and len(self._sent) < self._staff * _EACH:
            task = self._waiting.popleft()
            frame, reason = attempt(self._carried, task.item, self._job.bounds)
            if reason is not None:
                task.frame = packed((None, reason), LAST, self._job.bounds)
                continue
            self._count += 1
            self._sent[self._count] = task
            try:
                self._courier.send(ID.pack(self._count) + frame)
            except OSError:  # it is gone, which the next turn hears
                return

    def _carried(self, item: Any) -> bytes:
        if self._job.carry is not None:
            with suppress(OSError, ShowcauseError):  # then it goes as it is, and the step says what is wrong with it
                item = self._job.carry(item)
        return pickle.dumps(item, protocol=pickle.HIGHEST_PROTOCOL)

    def _again(self) -> None:
        """Another courier in the place of one that was lost."""
        self._courier.end()
        if not self._joined:
            raise BadInput(f"{self._job.engine}: what listens there does not answer as the head of a Ray cluster")
        self._lost += 1
        if self._lost == _COURIERS:
            raise BadInput(f"{self._job.engine}: the cluster was lost {_COURIERS} times without a result")
        self._waiting.extendleft(self._sent[number] for number in sorted(self._sent, reverse=True))
        self._sent.clear()
        self._staff = 0
        self._knock(_RETURN)
        self._courier = self._start()

    def _start(self) -> Process:
        bounds = self._job.bounds
        hello = {
            "address": f"{self._host}:{self._port}",
            "bounds": (1, bounds.seconds, bounds.megabytes, bounds.output),
            "step": pickle.dumps(self._job.step),
            "modules": _modules(self._job.step),
        }
        courier = Process(SERVE, self._folder, pickle.dumps(hello), most=bounds.output)
        courier.until = time.monotonic() + _CONNECT
        return courier

    def _knock(self, seconds: float) -> None:
        """Raise BadInput unless something listens there within `seconds`, tried again only where it did before."""
        until = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection((self._host, self._port), _REACH).close()
            except OSError as refused:
                if seconds == _REACH or time.monotonic() > until:
                    said = refused.strerror or str(refused)
                    raise BadInput(f"{self._job.engine}: no cluster answers there: {said}") from refused
                time.sleep(0.5)
            else:
                return


def _place(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or PORT
    except ValueError as wrong:
        raise BadInput(f"{address}: {wrong}") from wrong
    if not host or parts.path.strip("/") or parts.query:
        raise BadInput(f"{address}: a cluster's address is ray://HOST:PORT")
    return host, port


def _modules(step: Callable[[Any], Any]) -> list[str]:
    """The code to bring to the cluster: this showcause, and what defines the step where that is no installed package."""
    paths = [str(Path(showcause.__file__).parent)]
    while isinstance(step, partial):
        step = step.func
    top = sys.modules.get(str(getattr(step, "__module__", "")).partition(".")[0])
    file = getattr(top, "__file__", None)
    if top is None or file is None or top is showcause or top.__name__ == "__main__":
        return paths
    path = Path(file).parent if hasattr(top, "__path__") else Path(file)
    installed = "site-packages" in path.parts or path.is_relative_to(Path(struct.__file__ or "/").parent)
    return paths if installed else [*paths, str(path)]
