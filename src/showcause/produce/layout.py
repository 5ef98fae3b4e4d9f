r"""Documents of a volume in their order in, the path of every file in it out, no folder fuller than the profile lets it.

`IMAGES\001\ABC-000001.TIF`; a family's pages stand in one folder where they fit in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from showcause.produce.profile import VolumeRules


@dataclass(slots=True)
class _Filling:
    """The folder that is being filled, from 1, and how many files stand in it."""

    number: int = 1
    count: int = 0

    def take(self, limit: int) -> int:
        """The number of the folder for one more file."""
        if self.count >= limit:
            self.turn()
        self.count += 1
        return self.number

    def turn(self) -> None:
        """Begin another folder."""
        self.number, self.count = self.number + 1, 0


@dataclass(slots=True)
class Layout:
    """Gives folders as a volume grows; the same documents in the same order get the same folders."""

    rules: VolumeRules
    _filling: dict[tuple[str, str], _Filling] = field(default_factory=dict)
    _named: dict[str, str] = field(default_factory=dict)

    def folders(self, kind: str, counts: Sequence[int], *, custodian: str) -> list[list[str]]:
        """For each document of a family the folder of each of its files; `counts` says how many each has."""
        limit = self.rules.files_per_folder
        steps = [kind, self._name(custodian)] if self.rules.by_custodian else [kind]
        filling = self._filling.setdefault((kind, "\\".join(steps)), _Filling())
        if filling.count + sum(counts) > limit >= sum(counts):
            filling.turn()
        out: list[list[str]] = []
        for count in counts:
            if filling.count + count > limit >= count:
                filling.turn()
            out.append(["\\".join((*steps, f"{filling.take(limit):03d}")) for _ in range(count)])
        return out

    def _name(self, custodian: str) -> str:
        """The custodian as the name of a folder: letters and digits, another one for every other custodian."""
        if custodian not in self._named:
            plain = re.sub(r"[^A-Z0-9]+", "_", custodian.upper()).strip("_")[:40] or "UNKNOWN"
            taken, number = set(self._named.values()), 2
            name = plain
            while name in taken:
                name, number = f"{plain}_{number}", number + 1
            self._named[custodian] = name
        return self._named[custodian]
