"""What a run of `add` is told: whose records, which files to leave out, which copies of a message are one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path

from showcause.core import Given
from showcause.intake import Software


class Scope(StrEnum):
    """Within what two copies of a message are one: the whole record, one custodian's, or never."""

    GLOBAL = "global"
    CUSTODIAN = "custodian"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Rules:
    """The user's rules for one run.

    `passwords` are tried in their order on what is locked, and are kept nowhere; `exclude` are patterns for the name or
    the path ("*.tmp", "*/cache/*"); `largest` is the size in bytes above which a file is left out; `software` the list
    of known programs' files, such as the NSRL; `engine` and `workers` say who reads (`runner.run`); `anew` has every
    file looked into, also where size and time are those of the last run.
    """

    custodian: str
    passwords: tuple[str, ...] = field(default=(), repr=False)
    scope: Scope = Scope.GLOBAL
    exclude: tuple[str, ...] = ()
    largest: int | None = None
    software: Software | None = None
    engine: str = "workers"
    anew: bool = False

    def excludes(self, path: Path, size: int) -> str | None:
        """Why a file is left out before it is looked into, or None."""
        pattern = next((p for p in self.exclude if fnmatch(path.name, p) or fnmatch(str(path), p)), None)
        if pattern is not None:
            return f"left out by your rule: --exclude {pattern}"
        if self.largest is not None and size > self.largest:
            return f"left out by your rule: larger than {self.largest >> 20:,} MB"
        return None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run of `add` is; files are those named to it, things all that ended in a state.

    `files_total` and `bytes_total` are what was found beforehand; `now` is the path that was last taken up and
    `exceptions` the number of things that could not be read.
    """

    files: int = 0
    files_total: int = 0
    bytes: int = 0
    bytes_total: int = 0
    things: int = 0
    pages: int = 0
    exceptions: int = 0
    now: str = ""


Tell = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Tell nobody."""
    del progress


def unheard(given: Given) -> None:
    """Let a thing pass."""
    del given
