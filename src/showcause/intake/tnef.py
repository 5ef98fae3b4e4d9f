"""The bytes of a winmail.dat in (MS-OXTNEF), the files and the body that Outlook packed into it out."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from showcause.intake import header, mapi
from showcause.intake.mapi import Attached, Item, Value

_SIGNATURE = b"\x78\x9f\x3e\x22"
_BEGIN_FILE, _FILE_NAME, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_MESSAGE_PROPERTIES, _RECIPIENTS, _BODY, _CODEPAGE = 0x9003, 0x9004, 0x800C, 0x9007
_SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4}
_SIZES |= {0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}
_VARYING = {0x001E, 0x001F, 0x0102, 0x000D}
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")  # IID_IMessage: the object attached is a message
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class File:
    """A file that was packed."""

    name: str
    blob: bytes = field(repr=False)
    cid: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: the body as plain text or as HTML, and the files."""

    text: str = ""
    page: str = ""
    files: tuple[File, ...] = ()
    notes: tuple[str, ...] = ()


def read(blob: bytes) -> Packed | None:
    """What a winmail.dat holds, None where it is none; what follows the place where it breaks off is noted as missing."""
    item, whole = _item(blob, 0)
    if item is None:
        return None
    text, page = mapi.bodies(item)
    files = tuple(
        File(
            mapi.name_of(one, number), mapi.blob(one.held) if isinstance(one.held, Item) else one.held or b"", _cid(one)
        )
        for number, one in enumerate(item.attached, start=1)
    )
    said = header.decoded(page[0], page[1])[0] if page else ""
    return Packed(text, said, files, () if whole else ("winmail.dat is damaged: what follows the damage is missing",))


def _cid(one: Attached) -> str:
    return mapi.text(one.properties, mapi.CID).strip("<> ")


def _item(blob: bytes, depth: int) -> tuple[Item | None, bool]:
    if not blob.startswith(_SIGNATURE) or depth > _DEPTH:
        return None, False
    properties: dict[int, Value] = {}
    recipients: list[dict[int, Value]] = []
    attached: list[Attached] = []
    codepage, whole = "cp1252", True
    try:
        for number, data in _attributes(blob):
            if number == _CODEPAGE and len(data) >= 4:
                codepage = f"cp{int.from_bytes(data[:4], 'little')}"
            elif number == _BODY:
                properties.setdefault(mapi.BODY, mapi.value(0x001E, data, codepage) or "")
            elif number == _MESSAGE_PROPERTIES:
                properties |= _properties(data, 0, codepage)[0]
            elif number == _RECIPIENTS:
                recipients += _rows(data, codepage)
            elif number in {_BEGIN_FILE, _FILE_NAME, _FILE_DATA, _FILE_PROPERTIES}:
                _attach(attached, number, data, codepage, depth)
    except (struct.error, LookupError, ValueError):
        whole = False
    return Item(properties, tuple(recipients), tuple(attached)), whole


def _attach(attached: list[Attached], number: int, data: bytes, codepage: str, depth: int) -> None:
    if number == _BEGIN_FILE or not attached:
        attached.append(Attached({}))
    last = attached[-1]
    if number == _FILE_NAME:
        name = mapi.value(0x001E, data, codepage) or ""
        attached[-1] = Attached({mapi.SHORT_NAME: name, **last.properties}, last.held)
    elif number == _FILE_DATA:
        attached[-1] = Attached(last.properties, data)
    elif number == _FILE_PROPERTIES:
        properties = {**last.properties, **_properties(data, 0, codepage)[0]}
        held = properties.pop(mapi.DATA, None)
        inner = _item(held[16:], depth + 1)[0] if isinstance(held, bytes) and held.startswith(_MESSAGE) else None
        attached[-1] = Attached(properties, inner or (last.held if last.held or not isinstance(held, bytes) else held))


def _attributes(blob: bytes) -> Iterator[tuple[int, bytes]]:
    place = 6
    while place < len(blob):
        _, number, _, size = struct.unpack_from("<BHHI", blob, place)
        place += 9
        if place + size > len(blob):
            raise ValueError("an attribute leads out of the file")
        yield number, blob[place : place + size]
        place += size + 2


def _rows(data: bytes, codepage: str) -> Iterator[dict[int, Value]]:
    (count,) = struct.unpack_from("<I", data, 0)
    place = 4
    for _ in range(min(count, 100_000)):
        row, place = _properties(data, place, codepage)
        yield row


def _properties(data: bytes, place: int, codepage: str) -> tuple[dict[int, Value], int]:
    """The properties of a block (MS-OXTNEF, 2.1.3.4), and where what follows it begins."""
    (count,) = struct.unpack_from("<I", data, place)
    place += 4
    held: dict[int, Value] = {}
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", data, place)
        place += 4
        if number >= 0x8000:
            place, number = _named(data, place)
        values, place = _values(data, place, kind)
        said = mapi.value(kind & 0x0FFF, values[0], codepage) if values else None
        if said is not None:
            held[number] = said
    return held, place


def _named(data: bytes, place: int) -> tuple[int, int]:
    """Where the value of a named property begins, and the number by which it is known here."""
    (kind, number) = struct.unpack_from("<II", data, place + 16)
    if kind == 0:
        return place + 24, mapi.NAMED + number
    return place + 24 + (number + 3 & ~3), -1


def _values(data: bytes, place: int, kind: int) -> tuple[list[bytes], int]:
    base, many = kind & 0x0FFF, bool(kind & 0x1000)
    count = 1
    if many or base in _VARYING:
        (count,) = struct.unpack_from("<I", data, place)
        place += 4
    values = []
    for _ in range(count):
        if base in _VARYING:
            (size,) = struct.unpack_from("<I", data, place)
            place += 4
        else:
            size = _SIZES[base]
        if place + size > len(data):
            raise ValueError("a value leads out of its block")
        values.append(data[place : place + size])
        place += size + 3 & ~3
    return values, place
