"""A large file that is only a wrapper in (a mailbox, an archive), the things inside it out, some at a time.

Such a file is never read as a whole. `cut` goes through it once and says what is where, as Pieces that a worker each
can read; `parts` reads the things of one Piece. What can't be reached by itself (the members of a solid archive) is
unpacked by `cut` into a folder, under names of our own, and read from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from showcause.intake.reading import Limits, Part

HEAVY = 64 << 20  # bytes: a thing larger than this is unpacked to a file instead of being held in memory
HEAD = 65_536  # bytes of a file by which its kind is known


@dataclass(frozen=True, slots=True)
class Piece:
    """Some things of a container, which a worker reads at a time.

    `keys` say to the container's own `parts` which things these are, one key a thing (plain values that can be
    pickled); `size` is how many bytes they take, at least roughly; `note` is what there is to say of the container once
    they were read, and a piece may have no keys and only a note.
    """

    keys: tuple[Any, ...]
    size: int = 0
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """A format of wrappers.

    `knows(head, name)` is asked with the first HEAD bytes; `cut(path, spool, limits)` gives the Pieces in the order of
    the file and may unpack into the folder `spool`; `parts(path, spool, piece, limits)` gives a Part for each key, in
    their order. All three raise Unreadable with the reason in plain words; what `cut` gave before that stands.
    """

    kind: str
    knows: Callable[[bytes, str], bool]
    cut: Callable[[Path, Path, Limits], Iterator[Piece]]
    parts: Callable[[Path, Path, Piece, Limits], Iterator[Part]]
