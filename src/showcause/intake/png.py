"""Rows of pixels in, a PNG file out (ISO/IEC 15948), so that no imaging library is needed for a page view."""

from __future__ import annotations

import struct
import zlib

_COLOUR = {1: 0, 3: 2, 4: 6}  # channels -> colour type (11.2.2): grey, RGB, RGBA


def png(pixels: bytes, *, width: int, stride: int, channels: int) -> bytes:
    """The PNG of `pixels`: 8 bits a channel, rows of `stride` bytes of which the first `width * channels` are pixels."""
    rows = range(0, len(pixels) - stride + 1, stride)
    lines = b"".join(b"\0" + pixels[row : row + width * channels] for row in rows)
    header = struct.pack(">IIBBBBB", width, len(rows), 8, _COLOUR[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
