"""Names, sizes and checksums in, the bytes of a zip around its members out: one form, so that any other is seen.

Nothing is compressed, since compressed bytes depend on a library's version; times are the first that a zip can write.
The form is that of PKWARE's APPNOTE 6.3, with its ZIP64 fields where a member or an offset needs them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LIMIT: Final = 0xFFFFFFFF
MANY: Final = 0xFFFF
UTF8: Final = 0x0800
MIDNIGHT, FIRST_DAY = 0, 0x21  # 1980-01-01
UNIX: Final = 0x031E
PLAIN_FILE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Packed:
    """One member: its full name in the zip, its size in bytes and its CRC-32."""

    name: str
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The bytes that stand before each member, where (bytes from the start), and those behind the last."""

    headers: tuple[bytes, ...]
    offsets: tuple[int, ...]
    tail: bytes
    end: int


def layout(members: Sequence[Packed]) -> Layout:
    """How a zip of these members, in this order, is laid out."""
    headers, offsets, entries, at = [], [], [], 0
    for member in members:
        headers.append(_header(member))
        offsets.append(at)
        entries.append(_entry(member, at))
        at += len(headers[-1]) + member.size
    directory = b"".join(entries)
    tail = directory + _end(len(members), len(directory), at)
    return Layout(tuple(headers), tuple(offsets), tail, at)


def _header(member: Packed) -> bytes:
    name, large = member.name.encode(), member.size >= LIMIT
    extra = struct.pack("<HHQQ", 1, 16, member.size, member.size) if large else b""
    size = LIMIT if large else member.size
    kind = (45 if large else 20, UTF8, 0, MIDNIGHT, FIRST_DAY)
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, *kind, member.crc, size, size, len(name), len(extra)) + name + extra


def _entry(member: Packed, at: int) -> bytes:
    name, large, far = member.name.encode(), member.size >= LIMIT, at >= LIMIT
    wide = ([member.size, member.size] if large else []) + ([at] if far else [])
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    size = LIMIT if large else member.size
    kind = (UNIX, 45 if wide else 20, UTF8, 0, MIDNIGHT, FIRST_DAY)
    fixed = struct.pack("<IHHHHHHIII", 0x02014B50, *kind, member.crc, size, size)
    rest = struct.pack("<HHHHHII", len(name), len(extra), 0, 0, 0, PLAIN_FILE, LIMIT if far else at)
    return fixed + rest + name + extra


def _end(count: int, size: int, at: int) -> bytes:
    few = struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, min(count, MANY), min(count, MANY), min(size, LIMIT), min(at, LIMIT), 0
    )
    if count < MANY and size < LIMIT and at < LIMIT:
        return few
    many = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, UNIX, 45, 0, 0, count, count, size, at)
    return many + struct.pack("<IIQI", 0x07064B50, 0, at + size, 1) + few
