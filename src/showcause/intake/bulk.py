"""A file that is only a wrapper in (a mailbox, an archive), the things inside it out, some at a time.

Such a file is never held in memory. `cut` goes through it once and says what is where, as Pieces that a worker each
can read; `parts` reads the things of one Piece. What can't be reached by itself (the members of a solid archive) is
unpacked by `cut` into a folder, under names of our own, and read from there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from showcause.errors import Unreadable
from showcause.intake.reading import Limits, Part, Reading

HEAVY = 64 << 20  # bytes: a thing larger than this is unpacked to a file instead of being held in memory
HEAD = 65_536  # bytes of a file by which its kind is known
MODEST = 16 << 20  # bytes: a wrapper up to this size, and
LIGHT = 128 << 20  # whose things take no more than this, is read by one worker at once; any other is cut


@dataclass(frozen=True, slots=True)
class Piece:
    """Some things of a container, which a worker reads at a time.

    `keys` say to the container's own `parts` which things these are, one key a thing (plain values that can be
    pickled); `size` is how many bytes they take, at least roughly; `note` is what there is to say of the container once
    they were read, and a piece may have no keys and only a note. `whole` says that the file is no wrapper after all
    and is to be read as one.
    """

    keys: tuple[Any, ...]
    size: int = 0
    note: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Container:
    """A format of wrappers.

    `knows(head, name)` is asked with the first HEAD bytes; `cut(path, spool, limits)` gives the Pieces in the order of
    the file and may unpack into the folder `spool`; `parts(path, spool, piece, limits)` gives a Part for each key, in
    their order. `cut` and `parts` raise Unreadable with the reason in plain words; what `cut` gave before that stands.
    """

    kind: str
    knows: Callable[[bytes, str], bool]
    cut: Callable[[Path, Path, Limits], Iterator[Piece]]
    parts: Callable[[Path, Path, Piece, Limits], Iterator[Part]]


class Bulky(Exception):
    """A wrapper that must be cut rather than be read at once."""


def contained(path: Path, container: Container, limits: Limits) -> Reading | None:
    """A modest wrapper with everything in it, held in memory; None where the file is no wrapper after all.

    Raises Bulky where there is more in it than one worker should hold, Unreadable where nothing in it can be reached.
    """
    if path.stat().st_size > MODEST:
        raise Bulky
    parts: list[Part] = []
    notes: dict[str, None] = {}
    size = 0
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder)
        try:
            for piece in container.cut(path, spool, limits):
                if piece.whole:
                    return None
                size += piece.size
                if size > LIGHT or len(parts) + len(piece.keys) > limits.parts:
                    raise Bulky
                parts += map(_held, container.parts(path, spool, piece, limits))
                notes |= {piece.note: None} if piece.note else {}
                limits.tick()
        except Unreadable as cut:
            if not parts:
                raise
            notes[f"{cut}; {len(parts)} things before that were read"] = None
    return Reading(container.kind, "", parts=tuple(parts), notes=tuple(notes), container=True)


def _held(part: Part) -> Part:
    return replace(part, blob=part.blob.read_bytes()) if isinstance(part.blob, Path) else part


def batched(keys: Iterator[tuple[Any, int]], *, size: int, many: int) -> Iterator[Piece]:
    """Keys with the size of their things in bytes, gathered to Pieces of at most `size` bytes and `many` things.

    Where `keys` ends in Unreadable, what came before is given first.
    """
    held: list[Any] = []
    weight = 0
    ended: Unreadable | None = None
    try:
        for key, heavy in keys:
            if held and (weight + heavy > size or len(held) == many):
                yield Piece(tuple(held), weight)
                held, weight = [], 0
            held.append(key)
            weight += heavy
    except Unreadable as cut:
        ended = cut
    if held:
        yield Piece(tuple(held), weight)
    if ended is not None:
        raise ended


def singles(piece: Piece) -> Iterator[Piece]:
    """The piece as pieces of one thing each."""
    each = piece.size // max(1, len(piece.keys))
    for key in piece.keys:
        yield Piece((key,), each)
