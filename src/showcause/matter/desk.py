"""What every desk of a matter works with: where the matter lies, whose it is, its settings and its store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from showcause.settings import Settings
from showcause.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """One part of a matter's work over its store; a desk is made by `Matter`, costs nothing to make and keeps no state."""

    root: Path
    name: str
    respondent: str
    settings: Settings
    store: Store
