"""What was written of each family in, one line of JSON a family on the disk out; a torn last line is as if not there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from showcause.produce.item import Form
from showcause.produce.redact import Secrets
from showcause.produce.writing import File, Kept

SYNCED = 64  # families between two that are brought to the disk


class Journal:
    """The journal of one volume that is being written; it stays on the producing side."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._added = 0

    def families(self) -> Iterator[tuple[Kept, ...]]:
        """The families that were written whole, in order."""
        if not self._place.exists():
            return
        with self._place.open("rb") as stream:
            for line in stream:
                if not line.endswith(b"\n"):
                    return
                yield tuple(_kept(one) for one in json.loads(line))

    def mend(self) -> None:
        """Cut a torn last line off."""
        if not self._place.exists():
            return
        raw = self._place.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]
        if whole != raw:
            self._place.write_bytes(whole)

    def add(self, family: Sequence[Kept]) -> None:
        """Note that a family is written; what ends this process from here on can't undo that."""
        line = json.dumps([_plain(one) for one in family], ensure_ascii=False)
        with self._place.open("ab") as out:
            out.write(f"{line}\n".encode())
            self._added += 1
            if self._added % SYNCED == 0:  # a fall of the whole machine costs so many at most
                out.flush()
                os.fsync(out.fileno())


def _plain(one: Kept) -> dict[str, Any]:
    return {**asdict(one), "secrets": sorted(one.secrets.words)}


def _kept(said: dict[str, Any]) -> Kept:
    def file(one: dict[str, Any] | None) -> File | None:
        return File(**one) if one else None

    return Kept(
        **{
            **said,
            "form": Form(said["form"]),
            "images": tuple(File(**one) for one in said["images"]),
            "text": file(said["text"]),
            "native": file(said["native"]),
            "gone": tuple(said["gone"]),
            "again": tuple(said["again"]),
            "secrets": Secrets(frozenset(said["secrets"])),
            "unread": tuple(said["unread"]),
            "unseen": tuple(said["unseen"]),
        }
    )
