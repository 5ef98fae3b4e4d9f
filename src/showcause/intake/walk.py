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
    """A file as found.

    `skipped` is the reason in plain words why it is none that is read (a link that leads away, a device), `failed` the
    one why it can't be.
    """

    path: Path
    skipped: str | None = None
    failed: str | None = None


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
    named = list(paths)
    missing = next((path for path in named if not os.path.lexists(path)), None)
    if missing is not None:
        raise BadInput(f"{missing}: no such file or folder")
    seen: set[Path] = set()
    for path in named:
        for found in _named(path):
            if found.path in seen:
                continue
            if len(named) > 1:  # under one path nothing comes twice, and the set would grow with the record
                seen.add(found.path)
            yield found


def _named(path: Path) -> Iterator[Found]:
    """What a path given by name leads to: a link is followed here, wherever it leads, because it was asked for."""
    target = Path(os.path.realpath(path))
    if path.is_symlink() and target.is_dir():
        yield from _under([path / name for name in _reversed(path)], target)
    else:
        yield from _under([path], target if target.is_dir() else target.parent)


def _under(stack: list[Path], root: Path) -> Iterator[Found]:
    """The files at and under the paths of `stack`, from its last."""
    while stack:
        path = stack.pop()
        try:
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode):
                stack += [path / name for name in _reversed(path)]
                continue
            found = _linked(path, root) if stat.S_ISLNK(mode) else Found(path, _reason(mode))
        except OSError as error:
            found = Found(path, failed=f"can't be opened: {error.strerror or error}")
        yield found


def _reversed(folder: Path) -> list[str]:
    """The names in a folder, the first last, as they are put on the stack."""
    return sorted(os.listdir(folder), reverse=True)  # noqa: PTH208 - names, not paths, give the order


def _linked(path: Path, root: Path) -> Found:
    target = Path(os.path.realpath(path))  # unlike resolve() it ends on a link to itself
    if not target.exists():
        return Found(path, f"a link to {path.readlink()}, which is not there")
    if target.is_dir():
        # The folder itself is walked where it stands; through the link its files would come twice, or without end.
        return Found(path, f"a link to the folder {path.readlink()}")
    if not target.is_relative_to(root):
        return Found(path, f"a link that leaves the folder, to {path.readlink()}")
    return Found(path, _reason(target.stat().st_mode))


def _reason(mode: int) -> str | None:
    return next((what for test, what in _SPECIAL if test(mode)), None)
