"""A process of this same Python at the other end of a socket, with a folder of its own: started, heard, ended."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import weakref
from contextlib import suppress
from math import inf
from pathlib import Path

from showcause.runner.worker import LENGTH, peak_of, send

NEVER = inf
START = 180.0  # seconds that a worker may take to start
_PREFIX = "showcause-run-"
_HELD = "held"  # the file in a run's folder that its process holds locked for as long as it lives
_MARGIN = 1 << 16  # bytes that a frame may have besides its value
_LEAVE = 5.0  # seconds that a process may take to put its things in order
_SEND = 60  # seconds that a worker which waits for an item may take to read it


class Folder:
    """A private folder for what the workers of one run write; gone when closed, or when the next run starts."""

    def __init__(self) -> None:
        _sweep()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = (self.path / _HELD).open("wb")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)  # at the latest at exit

    def inner(self) -> Path:
        """A new folder in it, for one worker."""
        return Path(tempfile.mkdtemp(dir=self.path))

    def close(self) -> None:
        """Remove it with everything in it."""
        self._remove()
        self._lock.close()


def _sweep() -> None:
    """Remove the folders of runs that were killed: nobody holds their lock any more."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError), (path / _HELD).open("rb") as lock:
            if path.stat().st_uid == os.getuid() and time.time() - path.stat().st_mtime > _SEND:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)


class Process:
    """`serve`, a dotted name, run by a fresh Python in a process group of its own, and frames to and from it.

    `most` bounds the bytes of a frame from it. `until` is the moment (of the monotonic clock) at which patience with it ends; `base` is what `ended` counted as
    its memory before it held anything of its own, in megabytes.
    """

    def __init__(self, serve: str, folder: Folder, hello: bytes, *, most: int) -> None:
        self.until = time.monotonic() + START
        self.base = 0
        self._most = most
        self._home = folder.inner()
        self._pipe, theirs = socket.socketpair()
        lifeline, self._lifeline = os.pipe()
        module, _, name = serve.rpartition(".")
        words = f"import sys; sys.path[:] = {sys.path!r}; from {module} import {name}; {name}()"
        self._process = subprocess.Popen(  # noqa: S603 - this same Python, with words of our own
            [sys.executable, "-c", words, str(theirs.fileno()), str(lifeline)],
            pass_fds=(theirs.fileno(), lifeline),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # what a parser prints would stand in the middle of a command's JSON
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(self._home)},
        )
        theirs.close()
        os.close(lifeline)
        self._frame: bytearray | None = None
        self._head = bytearray(LENGTH.size)
        self._got = 0
        # Only sending has a limit of its own; Python's timeout would make each look into the socket wait.
        self._pipe.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", _SEND, 0))
        self._ended: tuple[int, int] | None = None
        with suppress(OSError):  # one that died at once is found when it is heard
            send(self._pipe, hello)

    def fileno(self) -> int:
        """What a selector watches."""
        return self._pipe.fileno()

    def send(self, frame: bytes) -> None:
        """One frame to it; raises OSError where it is gone."""
        send(self._pipe, frame)

    def heard(self) -> bytearray | None:
        """A whole frame, or None where there is none yet; raises EOFError where it is gone. Never waits."""
        while True:
            target = self._head if self._frame is None else self._frame
            if self._got == len(target):
                self._got = 0
                if self._frame is not None:
                    self._frame = None
                    return target
                self._frame = bytearray(self._size())
                continue
            try:
                more = self._pipe.recv_into(memoryview(target)[self._got :], 0, socket.MSG_DONTWAIT)
            except (BlockingIOError, InterruptedError):
                return None
            except OSError as gone:
                raise EOFError from gone
            if not more:
                raise EOFError
            self._got += more

    def _size(self) -> int:
        size: int = LENGTH.unpack(self._head)[0]
        if size > self._most + _MARGIN:  # no frame of ours: whatever wrote it can't be heard any more
            raise EOFError
        return size

    def leave(self) -> None:
        """End it when it has seen that its socket is closed, or after a few seconds."""
        with suppress(OSError):
            self._pipe.shutdown(socket.SHUT_WR)
            self._pipe.settimeout(_LEAVE)
            while self._pipe.recv(_MARGIN):
                pass
        self.end()

    def end(self) -> tuple[int, int]:
        """Kill it with all that it started, and bury it: its exit code (a signal is negative), and its megabytes.

        One that is dead already keeps the exit code that it has; memory is 0 where it can't be told from what was
        counted before it began. Asked again, it only repeats that.
        """
        if self._ended is None:
            self._ended = self._end()
        return self._ended

    def _end(self) -> tuple[int, int]:
        self._pipe.close()
        os.close(self._lifeline)
        for kill in (os.killpg, os.kill):  # it may be too young to have a group of its own
            with suppress(ProcessLookupError, PermissionError):
                kill(self._process.pid, signal.SIGKILL)
        try:
            _, status, usage = os.wait4(self._process.pid, 0)
        except ImportError:  # this interpreter itself is ending, and nobody will ask what became of the worker
            return -signal.SIGKILL, 0
        self._process.returncode = os.waitstatus_to_exitcode(status)
        shutil.rmtree(self._home, ignore_errors=True)
        peak = peak_of(usage)
        return self._process.returncode, peak if peak > self.base else 0
