"""Steps that behave as their item says, for every engine."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from showcause.errors import BadInput, Unreadable
from showcause.runner import tick


class Panic(BaseException):
    """What a library in another language may raise: no Exception."""


def act(item: str) -> object:  # noqa: C901, PLR0911, PLR0912 - a table of behaviours
    """A step that behaves as the item says."""
    match item:
        case "refuse":
            raise Unreadable("needs a password")
        case "bug":
            raise ValueError("odd\n  words   of another")
        case "long":
            raise ValueError("x" * 5000)
        case "panic":
            raise Panic("index out of bounds")
        case "exit":
            raise SystemExit(3)
        case "deep":
            return act(item)
        case "number":
            return {"number": 1.5, "none": None, "pair": (1, "ü")}
        case "crash":
            ctypes.string_at(0)
        case "abort":
            os.abort()
        case "hang":
            time.sleep(60)
        case "spin":
            re.match(r"(a+)+$", "a" * 40 + "b")  # in C, and no other thread of Python's runs meanwhile
        case "eat":
            return str(len(bytearray(3 << 30)))
        case "leave":
            os._exit(3)
        case "huge":
            return bytes(9 << 20)
        case "lambda":
            return lambda: item
        case "nest":
            return nest()
        case "print":
            os.write(1, b"noise")
        case "connect":
            socket.socket()
        case "execute":
            subprocess.run(["true"], check=True)
        case "fork":
            os.fork()
        case "signal":
            os.kill(os.getppid(), 0)
        case "fill":
            with tempfile.TemporaryFile() as file:
                file.truncate(64 << 20)
        case "ticks":
            for _ in range(15):
                time.sleep(0.1)
                tick()
        case "still":
            tick()
            time.sleep(60)
    return item.upper()


def nest() -> list[object]:
    held: list[object] = []
    for _ in range(100_000):
        held = [held]
    return held


def threads(item: int) -> int:
    """A value for each of as many threads as the item says, all of which tick at once."""
    seen: list[int] = []

    def work(number: int) -> None:
        for _ in range(2000):
            tick()
        seen.append(number)

    many = [threading.Thread(target=work, args=(number,)) for number in range(item)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    return len(seen)


def killed_once(item: Path) -> str:
    """Kills its own process the first time, as an operator would."""
    if not item.exists():
        item.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def always_killed(item: str) -> str:
    if item == "x":
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def echo(item: bytes) -> bytes:
    return item + b"!"


def process(item: int) -> int:
    del item
    return os.getpid()


def scratch(item: str) -> tuple[str, int]:
    """The folder for what is written, and the mode of a file made there."""
    path = Path(tempfile.gettempdir()) / item
    path.write_text(item)
    return str(path.parent), path.stat().st_mode & 0o777


def marked(item: tuple[int, Path]) -> str:
    """A value that takes some work; leaves the number of the process that asked for it in a folder."""
    number, folder = item
    (folder / f"{os.getppid()}").touch()
    until = time.monotonic() + 0.15
    while time.monotonic() < until:
        pass
    return name(number)


def name(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def digest(item: Path | bytes) -> str:
    """The digest of a file's bytes, whether it comes by its path or with them."""
    how = "by path" if isinstance(item, Path) else "carried"
    return f"{how} {hashlib.sha256(item.read_bytes() if isinstance(item, Path) else item).hexdigest()}"


def either(item: Path | bytes | str) -> object:
    return act(item) if isinstance(item, str) else digest(item)


def left(item: Path) -> None:
    """Writes down its process, then hangs where no signal handler of Python's is reached."""
    (item / str(os.getpid())).touch()
    act("spin")


def count(item: int) -> Iterator[int]:
    yield from range(item)


def values(item: list[str]) -> Iterator[object]:
    for one in item:
        yield act(one)


def counted(item: Path) -> Iterator[int]:
    """Numbers without end; the length of the file says how many were made."""
    for number in range(10_000):
        with item.open("ab") as file:
            file.write(b".")
        yield number


def unwilling(item: str) -> Iterator[str]:
    raise BadInput(f"{item} is no paper")


def slow_if_empty(item: bytes) -> bytes:
    if not item:
        time.sleep(1)
    return item


def pids(item: int) -> Iterator[int]:
    for _ in range(item):
        yield os.getpid()


class Lost:
    """A step that pickles, and can't be found where it arrives."""

    def __reduce__(self) -> tuple[object, ...]:
        return __import__, ("no_such_module",)

    def __call__(self, item: object) -> object:
        return item
