"""What one item may use, what became of it, and the plain words for why nothing did.

Every engine does a step through `attempt` and takes its words from here, so that they all say the same.
"""

from __future__ import annotations

import io
import pickle
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from showcause.errors import ShowcauseError

Item = TypeVar("Item")
Value = TypeVar("Value")

GIGABYTE = 1 << 30
_WORDS = 400  # characters of another library's message that a reason repeats


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Value]):
    """What became of one item: the step's `value`, or the `reason` in plain words why there is none.

    `landmarks` counts those that the step passed by `tick`, None where the engine doesn't hear of them.
    """

    item: Item
    value: Value | None = None
    reason: str | None = None
    landmarks: int | None = field(default=None, compare=False)

    @property
    def ok(self) -> bool:
        """Whether the step gave a value."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many processes work at once, and what one item may use.

    `seconds` of time, `megabytes` of address space, and `output` bytes, which bound both the pickled value that goes
    back and each file that the step writes.
    """

    workers: int
    seconds: float
    megabytes: int
    output: int = GIGABYTE


@dataclass(frozen=True, slots=True)
class Job:
    """What an engine is asked to do; `engine` is its name or address, `carry` gives an item with its bytes."""

    step: Callable[[Any], Any]
    items: Iterable[Any]
    bounds: Bounds
    engine: str = "workers"
    carry: Callable[[Any], Any] | None = None


def attempt(step: Callable[[Any], Any], item: Any, bounds: Bounds) -> tuple[Any, str | None]:
    """The step's value, or the reason why there is none."""
    try:
        return step(item), None
    except BaseException as error:  # noqa: BLE001 - parsers raise anything, a panic too, and one file can't stop others
        return None, told(error, bounds)


def told(error: BaseException, bounds: Bounds) -> str:
    """What a step raised, in one line; raises it again where a person interrupted."""
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, MemoryError):
        return too_big(bounds)
    if isinstance(error, RecursionError):
        return "nested too deep"
    try:
        words = " ".join(str(error).split())[:_WORDS]
    except Exception:  # noqa: BLE001 - a foreign error's own words may fail as well
        words = ""
    if isinstance(error, ShowcauseError):
        return words or "can't be read"
    return f"the reader failed: {type(error).__name__}: {words}"


def packed(said: tuple[Any, str | None], kind: bytes, bounds: Bounds) -> memoryview:
    """`kind` and the pickle of (value, reason) in one frame; of the reason alone where the value can't go back."""
    frame = _Frame(bounds.output)
    frame.write(kind)
    try:
        pickle.dump(said, frame, protocol=pickle.HIGHEST_PROTOCOL)
    except _TooMuch:
        return packed((None, too_much(bounds)), kind, bounds)
    except MemoryError:
        return packed((None, too_big(bounds)), kind, bounds)
    except RecursionError:
        return packed((None, "nested too deep"), kind, bounds)
    except Exception:  # noqa: BLE001 - whatever pickle says of a value that it can't write
        return packed((None, f"gave what pickle can't send back: {type(said[0]).__name__}"), kind, bounds)
    return frame.getbuffer()


def unpacked(frame: bytes | bytearray | memoryview, bounds: Bounds) -> tuple[Any, str | None]:
    """The (value, reason) of a frame that `packed` made."""
    said, reason = attempt(pickle.loads, memoryview(frame)[1:], bounds)
    return (None, reason) if said is None else said


class _TooMuch(Exception):
    pass


class _Frame(io.BytesIO):
    """Bytes in memory, up to a limit; the reason why there is nothing always fits."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = max(most, 4 * _WORDS + 200)

    def write(self, data: Any) -> int:
        """As of any stream."""
        if self.tell() + len(data) > self._most:
            raise _TooMuch
        return super().write(data)


def cause(code: int, peak: int, bounds: Bounds) -> str:
    """Why a worker is gone that ended with `code` (a signal is negative) after it had held `peak` megabytes."""
    if code == -signal.SIGALRM:
        return too_long(bounds)
    if peak > 0.9 * bounds.megabytes:
        return too_big(bounds)
    return f"the reader crashed (signal {-code})" if code < 0 else f"the reader ended itself (exit {code})"


def too_long(bounds: Bounds) -> str:
    """The reason where time ran out."""
    return f"timed out after {bounds.seconds:g} s"


def too_big(bounds: Bounds) -> str:
    """The reason where memory ran out."""
    return f"used more than {bounds.megabytes} MB"


def too_much(bounds: Bounds) -> str:
    """The reason where the value was too large."""
    return f"gave more than {bounds.output / (1 << 20):g} MB"
