"""What any paper is made of, with no look of its own: blocks of runs with notes, printed as PDF, DOCX or HTML alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Look(StrEnum):
    """How a run of words stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    VERDICT = "verdict"


class Block(StrEnum):
    """What a piece of a sheet is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    SOURCE = "source"
    ITEM = "item"
    GRID = "grid"
    AUTHORITY = "authority"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look, the note that hangs on them, and the authorities (by name) that they cite."""

    text: str
    look: Look = Look.PLAIN
    note: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One block; `level` counts headings from 1; `rows` are the rows of a grid, its head first."""

    kind: Block
    runs: tuple[Run, ...] = ()
    level: int = 0
    anchor: str = ""
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole paper: its title, the banner over it, the caption under it, the running head and its pieces.

    `at` (UTC) is the only time that any printing of it carries.
    """

    title: str
    banner: str
    running: str
    at: datetime
    caption: tuple[tuple[str, str], ...] = ()
    pieces: tuple[Piece, ...] = field(default=(), repr=False)
    contents: bool = False
    author: str = ""
