"""An Outlook message file in (MSG; MS-OXMSG), the same Reading as of a message out."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

from showcause.errors import Unreadable
from showcause.intake import compound, mail, mapi
from showcause.intake.mapi import Attached, Item, Value
from showcause.intake.reading import Limits, Reading

_FIXED = "__properties_version1.0"
_STREAM = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})")
_HEADS = {"message": 32, "enclosed": 24, "other": 8}  # bytes before the first property (MS-OXMSG, 2.4.1)
_VARYING = {0x001E, 0x001F, 0x0102, 0x000D, 0x0048}
_ENCLOSED = "__substg1.0_3701000D"
_DEPTH = 20
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)  # what olefile raises


def is_msg(blob: bytes, name: str) -> bool:
    """Whether an OLE file holds a message; `name` plays no part."""
    del name
    return compound.names(blob, _FIXED)


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """Read as the message that its properties make (mapi.eml), so that header, marks, hash and parts are alike.

    A message attached to it is no file of its own: it becomes one in the same way, and a note says so. Raises Unreadable
    where the file is damaged.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(blob)) as file:
            item = _Store(file, limits).item([], 0)
    except _BROKEN as refused:
        raise Unreadable(f"damaged: {refused}") from None
    if not item.properties:
        raise Unreadable("damaged: the message has no properties")
    reading = mail.read(mapi.eml(item), name, limits)
    notes = list(reading.notes)
    if any(isinstance(one.held, Item) for one in item.attached):
        notes.append("messages attached to an Outlook message are no files: they were put together as EML")
    if any(one.held is None for one in item.attached):
        notes.append("something is attached by reference or can't be read: it is empty here")
    return replace(reading, kind="msg", notes=tuple(notes))


class _Store:
    """The storages of an OLE file, read as items."""

    def __init__(self, file: Any, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._under: dict[tuple[str, ...], list[str]] = {}
        for path in file.listdir(streams=True, storages=True):
            self._under.setdefault(tuple(path[:-1]), []).append(path[-1])
        stream = self._stream(["__nameid_version1.0", "__substg1.0_00030102"])
        self._names = mapi.numbers(stream)
        self._codepage = "cp1252"  # that of the message itself holds for its recipients and attachments
        self._taken = 0

    def item(self, path: list[str], depth: int) -> Item:
        """The message in a storage."""
        inside = sorted(self._under.get(tuple(path), []))
        properties = self._properties(path, "enclosed" if depth else "message")
        recipients = [
            self._properties([*path, name], "other") for name in inside if name.startswith("__recip_version1.0_")
        ]
        attached = [self._attached([*path, name], depth) for name in inside if name.startswith("__attach_version1.0_")]
        return Item(properties, tuple(recipients), tuple(attached))

    def _attached(self, path: list[str], depth: int) -> Attached:
        properties = self._properties(path, "other")
        held = properties.pop(mapi.DATA, None)
        self._taken += 1
        inner = _ENCLOSED in self._under.get(tuple(path), []) and depth < _DEPTH and self._taken < self._limits.parts
        if inner and _FIXED in self._under.get((*path, _ENCLOSED), []):
            return Attached(properties, self.item([*path, _ENCLOSED], depth + 1))
        return Attached(properties, held if isinstance(held, bytes) else None)

    def _properties(self, path: list[str], head: str) -> dict[int, Value]:
        """Those of fixed length from their table, the others each from a stream of its own."""
        table = self._stream([*path, _FIXED])
        said: dict[int, Value] = {}
        for place in range(_HEADS[head], len(table) - 15, 16):
            kind, number = (
                int.from_bytes(table[place : place + 2], "little"),
                int.from_bytes(table[place + 2 : place + 4], "little"),
            )
            value = None if kind in _VARYING or kind & 0x1000 else mapi.value(kind, table[place + 8 : place + 16])
            if value is not None:
                said[self._names.get(number, number)] = value
        page = said.get(mapi.ENCODING) or said.get(mapi.PAGE_ENCODING)
        codepage = f"cp{page}" if isinstance(page, int) else self._codepage
        if not path:
            self._codepage = codepage
        for name in self._under.get(tuple(path), []):
            found = _STREAM.fullmatch(name)
            if found is None or (*path, name) in self._under:
                continue
            number = int(found[1], 16)
            value = mapi.value(int(found[2], 16), self._stream([*path, name]), codepage)
            if value is not None:
                said[self._names.get(number, number)] = value
        return said

    def _stream(self, path: list[str]) -> bytes:
        try:
            return bytes(self._file.openstream(path).read())
        except _BROKEN:
            return b""
