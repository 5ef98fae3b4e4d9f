"""Paths in, every file under them out in one order, each to be read or skipped with its reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from showcause.errors import BadInput


@dataclass(frozen=True, slots=True)
class Found:
    """A file as found; `skipped` is the reason in plain words why it is not to be read, or None."""

    path: Path
    skipped: str | None = None


_SPECIAL = (
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


def walk(paths: Iterable[Path]) -> Iterator[Found]:
    """Every file that `paths` name or hold, in the order given, folders by name; each comes once.

    A symbolic link is followed where it stays inside the folder given, and else skipped with the reason; so are
    devices, sockets, pipes and what can't be listed. Raises BadInput for a path that is not there.
    """
    seen: set[str] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise BadInput(f"{path}: no such file or folder")
        for found in _named(path):
            if str(found.path) not in seen:
                seen.add(str(found.path))
                yield found


def _named(path: Path) -> Iterator[Found]:
    """What a path given by name leads to: a link is followed here, wherever it leads, because it was asked for."""
    target = Path(os.path.realpath(path))  # unlike resolve() it ends on a link to itself
    if path.is_symlink() and target.is_dir():
        for name in sorted(os.listdir(path)):  # noqa: PTH208 - names, not paths, give the order
            yield from _under(path / name, target)
    else:
        yield from _under(path, target if target.is_dir() else target.parent)


def _under(path: Path, root: Path) -> Iterator[Found]:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            yield from _linked(path, root)
        elif stat.S_ISDIR(mode):
            for name in sorted(os.listdir(path)):  # noqa: PTH208 - names, not paths, give the order
                yield from _under(path / name, root)
        else:
            yield Found(path, _reason(mode))
    except OSError as error:
        yield Found(path, f"can't be opened: {error.strerror or error}")


def _linked(path: Path, root: Path) -> Iterator[Found]:
    target = Path(os.path.realpath(path))  # unlike resolve() it ends on a link to itself
    if not target.exists():
        yield Found(path, f"a link to {path.readlink()}, which is not there")
    elif target.is_dir():
        # The folder itself is walked where it stands; through the link its files would come twice, or without end.
        yield Found(path, f"a link to the folder {path.readlink()}")
    elif not target.is_relative_to(root):
        yield Found(path, f"a link that leaves the folder, to {path.readlink()}")
    else:
        yield Found(path, _reason(target.stat().st_mode))


def _reason(mode: int) -> str | None:
    return next((what for test, what in _SPECIAL if test(mode)), None)
