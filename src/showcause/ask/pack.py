"""What is wrong in a law pack, and on which line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def problems(raw: bytes, *, folders: Sequence[Path] = ()) -> tuple:  # type: ignore[type-arg]
    return ()
