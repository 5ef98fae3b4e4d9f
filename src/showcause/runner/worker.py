"""The life of a worker: a step and its bounds in, then items in and what came of each out, until the parent is gone.

Frames go both ways over one socket: eight bytes of length, then a kind, then its content. A worker is alone in its
process group, and the kernel kills the group the moment that its parent's end of the lifeline closes, also where a
parser hangs in C code. An alarm stands behind that: no item outlives its seconds by more than the grace.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import resource
import select
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from showcause.runner.confine import confine
from showcause.runner.outcome import Bounds, attempt, packed

GRACE = 10.0  # seconds after which a worker that nobody ended ends itself
AHEAD = 4  # values that a stream makes before the first of them is taken
LENGTH = struct.Struct("!Q")
HELLO, TICK, REPLY, LAST, VALUE, END = b"h", b"t", b"r", b"l", b"v", b"e"  # the kinds of frame that a worker sends
TICKED = struct.Struct("!d?")  # the moment of a tick, and whether it is a landmark
_OFTEN = 0.2  # seconds between two ticks that are sent


class _Pulse:
    """Where a tick goes: nowhere, except in a worker that is at work on an item."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._seconds = 0.0
        self._next = 0.0

    def start(self, pipe: socket.socket, seconds: float) -> None:
        """Count an item's seconds from now."""
        with self._lock:
            self._socket, self._seconds = pipe, seconds
            self._wind(time.monotonic())

    def stop(self) -> None:
        """Count no more."""
        with self._lock:
            self._socket = None
            signal.setitimer(signal.ITIMER_REAL, 0)

    def tick(self, *, landmark: bool) -> None:
        """Count the seconds anew; tell the parent from when."""
        now = time.monotonic()
        if (now < self._next and not landmark) or self._socket is None:
            return
        with self._lock:
            if self._socket is not None:  # not stopped by another thread meanwhile
                self._wind(now)
                said = TICK + TICKED.pack(now, landmark)
                with suppress(BlockingIOError):  # a parent that is that far behind does not count either
                    self._socket.send(LENGTH.pack(len(said)) + said, socket.MSG_DONTWAIT)

    def _wind(self, now: float) -> None:
        self._next = now + min(_OFTEN, self._seconds / 8)
        signal.setitimer(signal.ITIMER_REAL, self._seconds + GRACE)  # its signal ends the process, whatever runs


_PULSE = _Pulse()


def tick(*, landmark: bool = False) -> None:
    """Say from within a step that it has made progress (a page was read): its `seconds` count anew from now.

    Cheap enough for every page; outside a worker, and in the serial engine, it does nothing. A `landmark`, of which a
    step passes few, is told for sure: an Outcome without a value says how many were passed.
    """
    _PULSE.tick(landmark=landmark)


def send(pipe: socket.socket, frame: bytes | memoryview) -> None:
    """One frame down the socket."""
    if len(frame) < 1 << 16:
        pipe.sendall(LENGTH.pack(len(frame)) + frame)
    else:
        pipe.sendall(LENGTH.pack(len(frame)))
        pipe.sendall(frame)


def receive(pipe: socket.socket) -> bytearray:
    """The next frame; raises EOFError where the other side has closed."""
    (size,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    return _exactly(pipe, size)


def _exactly(pipe: socket.socket, size: int) -> bytearray:
    held = bytearray(size)
    view, got = memoryview(held), 0
    while got < size:
        more = pipe.recv_into(view[got:])
        if not more:
            raise EOFError
        got += more
    return held


def serve() -> None:
    """A worker's whole life; its socket and its lifeline are the numbers on the command line."""
    pipe, lifeline = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    hold(lifeline)
    hello = pickle.loads(receive(pipe))  # noqa: S301 - from the parent, over its own socket
    bounds = Bounds(1, *hello["bounds"])
    sealed = confine(bounds)
    step, reason = attempt(pickle.loads, hello["step"], bounds)
    send(pipe, HELLO + pickle.dumps((reason, sealed, peak_of(resource.getrusage(resource.RUSAGE_SELF)))))
    work = _stream if hello["stream"] else _run
    try:
        while reason is None and work(pipe, step, bounds):
            pass
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def hold(lifeline: int) -> None:
    """Let the kernel kill this process group when the other end of `lifeline` closes."""
    for number in (signal.SIGALRM, signal.SIGIO):  # a parent may have had them otherwise
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGALRM, signal.SIGIO))
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:  # it closed before the kernel was asked to watch it
        raise SystemExit


def _run(pipe: socket.socket, step: Callable[[Any], Any], bounds: Bounds) -> bool:
    """One item; whether there may be another."""
    frame = receive(pipe)
    _PULSE.start(pipe, bounds.seconds)
    said = attempt(lambda packed_item: step(pickle.loads(packed_item)), frame, bounds)  # noqa: S301 - from the parent
    del frame
    last = _peak() > bounds.megabytes // 2
    reply = packed(said, LAST if last else REPLY, bounds)
    _PULSE.stop()  # from here on it is the parent that may be slow
    send(pipe, reply)
    return not last


def _stream(pipe: socket.socket, step: Callable[[Any], Iterable[Any]], bounds: Bounds) -> bool:
    """One item's values, each as soon as the parent has room for it; never another item."""
    frame = receive(pipe)
    _PULSE.start(pipe, bounds.seconds)
    values, reason = attempt(lambda packed_item: iter(step(pickle.loads(packed_item))), frame, bounds)  # noqa: S301
    room = AHEAD
    while reason is None:
        _PULSE.start(pipe, bounds.seconds)
        value, reason = attempt(lambda given: next(given, _PULSE), values, bounds)
        if value is _PULSE or reason is not None:
            break
        reply = packed((value, None), VALUE, bounds)
        _PULSE.stop()
        if not room:
            receive(pipe)  # a word from the parent for each value that was taken
            room += 1
        send(pipe, reply)
        room -= 1
    _PULSE.stop()
    send(pipe, packed((None, reason), END, bounds))
    return False


def _peak() -> int:
    """The most megabytes that this process held; what its parent held when it started it counts in `getrusage`."""
    try:
        held = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
        return int(held.partition("VmHWM:")[2].split(maxsplit=1)[0]) >> 10
    except (OSError, ValueError, IndexError):
        return peak_of(resource.getrusage(resource.RUSAGE_SELF))


def peak_of(usage: resource.struct_rusage) -> int:
    """Megabytes of `ru_maxrss`, which is kilobytes on Linux and bytes on macOS."""
    return usage.ru_maxrss >> (20 if sys.platform == "darwin" else 10)
