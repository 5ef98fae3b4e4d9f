"""What happens in a run of `add` in, how far it is out: a file counts once it is done, not once it is begun."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from showcause.gather.rules import Progress, Tell, silent
from showcause.gather.task import Taken
from showcause.intake import walk


class Meter:
    """Counts, and tells after each change; files are done in the order in which they were begun."""

    def __init__(self, tell: Tell, named: Iterable[Path]) -> None:
        self._tell = tell
        self._done = Progress() if tell is silent else _all_of(named)
        self._begun: deque[tuple[str, int]] = deque()
        self._within = 0  # bytes of things done in the file that is at work

    def began(self, path: str, size: int) -> None:
        """A file was handed out to be read."""
        self._begun.append((path, size))
        self._say()

    def passed(self, path: str, size: int) -> None:
        """A file was only looked at."""
        done = self._done
        self._done = replace(done, files=done.files + 1, bytes=done.bytes + size, now=path)
        self._say()

    def ended(self, taken: Taken) -> None:
        """A file is done, or one thing in a wrapper that is at work."""
        if taken.task.parent is not None:
            self._within += taken.task.size
        elif self._begun:
            self._within = 0
            self.passed(*self._begun.popleft())
        self._say()

    def committed(self, *, things: int, pages: int, exceptions: int) -> None:
        """So many things have their state."""
        p = self._done
        self._done = replace(p, things=p.things + things, pages=p.pages + pages, exceptions=p.exceptions + exceptions)
        self._say()

    def _say(self) -> None:
        """What is done, and of the file that is at work as much as is; a wrapper may hold more than its own size."""
        if not self._begun:
            self._tell(self._done)
            return
        path, size = self._begun[0]
        self._tell(replace(self._done, bytes=self._done.bytes + min(self._within, size), now=path))


def size_of(path: Path) -> int:
    """Its bytes; 0 where they can't be told."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _all_of(named: Iterable[Path]) -> Progress:
    """The files and bytes that are to come, so that the time left can be told."""
    files = size = 0
    for found in walk(named):
        files += 1
        size += size_of(found.path)
    return Progress(files_total=files, bytes_total=size)
