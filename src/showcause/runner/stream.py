"""A step that gives many values and one item in, its values out one after the other, from a worker of its own."""

from __future__ import annotations

import pickle
import select
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

from showcause.errors import BadInput, Unreadable
from showcause.runner.outcome import Bounds, Item, Value, cause, too_long, unpacked
from showcause.runner.pool import SERVE, hello, settled, ticked
from showcause.runner.process import START, Folder, Process
from showcause.runner.worker import END, HELLO, TICK


def stream(
    step: Callable[[Item], Iterable[Value]], item: Item, *, seconds: float = 120.0, megabytes: int = 2048
) -> Iterator[Value]:
    """The values of the generator function `step` on `item`, made in a process of its own, a few of them ahead.

    `step` must be importable by its name (or a `functools.partial` of one). `seconds` bounds the wait for each next
    value, and counts anew from each `tick`; `megabytes` of address space bound the process. Closing the iterator ends
    the process. Raises Unreadable with the reason that `run` would give, BadInput where no worker can be started.
    """
    bounds = Bounds(1, seconds, megabytes)
    with closing(Folder()) as folder:
        worker = Process(SERVE, folder, hello(pickle.dumps(step), bounds, streams=True), most=bounds.output)
        source = _Source(worker, bounds)
        try:
            source.begin(item)
            while (frame := source.next())[:1] != END:
                value, reason = unpacked(frame, bounds)
                if reason is not None:
                    raise Unreadable(reason)
                source.more()
                yield value
            if (reason := unpacked(frame, bounds)[1]) is not None:
                raise Unreadable(reason)
        finally:
            source.close()


class _Source:
    """A worker that streams, and the wait for its next frame."""

    def __init__(self, worker: Process, bounds: Bounds) -> None:
        self._worker = worker
        self._bounds = bounds
        self._ended = False

    def begin(self, item: Any) -> None:
        """Give it the item as soon as it is ready."""
        if (frame := self._frame(START, f"a worker did not start within {START:g} s", BadInput))[:1] != HELLO:
            raise BadInput("a worker did not start")
        reason, self._worker.base = settled(frame)
        if reason is not None:
            raise BadInput(f"a worker can't run the step: {reason}")
        self._say(pickle.dumps(item, protocol=pickle.HIGHEST_PROTOCOL))

    def next(self) -> bytearray:
        """The next frame that is no tick."""
        return self._frame(self._bounds.seconds, too_long(self._bounds), Unreadable)

    def more(self) -> None:
        """Tell it that a value was taken."""
        self._say(b"+")

    def close(self) -> tuple[int, int]:
        """End it."""
        if self._ended:
            return 0, 0
        self._ended = True
        return self._worker.end()

    def _say(self, words: bytes) -> None:
        try:
            self._worker.send(words)
        except OSError:
            return  # it has ended; whether well or badly its last frame says

    def _frame(self, seconds: float, late: str, kind: type[BadInput]) -> bytearray:
        until = time.monotonic() + seconds
        while True:
            try:
                frame = self._worker.heard()
            except EOFError:
                raise kind(cause(*self.close(), self._bounds)) from None
            if frame is not None and frame[:1] != TICK:
                return frame
            if frame is not None:
                until = max(until, ticked(frame)[0] + seconds)
            elif not select.select([self._worker], [], [], max(0.0, until - time.monotonic()))[0]:
                raise kind(late)
