"""The formats of wrappers, and one of them that is itself inside something in, its things as a Reading's parts out."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from showcause.errors import Unreadable
from showcause.intake.mailbox import MBOX
from showcause.intake.outlook import PST
from showcause.intake.reading import Limits, Part, Reading, unique
from showcause.intake.wrapper import HEAD as HEAD
from showcause.intake.wrapper import HEAVY as HEAVY
from showcause.intake.wrapper import Container as Container
from showcause.intake.wrapper import Piece as Piece

CONTAINERS: tuple[Container, ...] = (PST, MBOX)  # the first that knows the head takes the file


def contained(blob: bytes, name: str, container: Container, limits: Limits) -> Reading:
    """All things of a wrapper that is in memory, such as a mailbox attached to a message.

    They are read through a file in a temporary folder, as the container wants one. Raises Unreadable where there is
    nothing in it or where it is damaged from the start; what is damaged further on, or goes beyond `limits`, is noted.
    """
    del name
    parts: list[Part] = []
    notes: dict[str, None] = {}
    with tempfile.TemporaryDirectory(prefix="showcause-") as folder:
        path, spool = Path(folder) / "whole", Path(folder) / "spool"
        path.write_bytes(blob)
        spool.mkdir()
        try:
            _collect(path, spool, container, limits, parts, notes)
        except Unreadable as refused:
            if not parts:
                raise
            notes[f"what follows is missing: {refused}"] = None
    return Reading(container.kind, "", parts=unique(parts), notes=tuple(notes), container=True)


def readers() -> tuple[tuple[Container, partial[Reading]], ...]:
    """Each container with the function that reads one in memory."""
    return tuple((one, partial(_read, one)) for one in CONTAINERS)


def _read(container: Container, blob: bytes, name: str, limits: Limits) -> Reading:
    return contained(blob, name, container, limits)


def _collect(
    path: Path, spool: Path, container: Container, limits: Limits, parts: list[Part], notes: dict[str, None]
) -> None:
    """Take the things of a wrapper into `parts`, and what there is to say of it into `notes`."""
    size = 0
    for piece in container.cut(path, spool, limits):
        for part in container.parts(path, spool, piece, limits) if piece.keys else ():
            held = part.blob if isinstance(part.blob, bytes) else part.blob.read_bytes()
            size += len(held)
            if len(parts) >= limits.parts or size > limits.unpacked:
                notes["more than may be unpacked: the rest was left out"] = None
                return
            parts.append(replace(part, blob=held))
        if piece.note:
            notes[piece.note] = None
