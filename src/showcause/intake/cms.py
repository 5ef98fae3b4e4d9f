"""The bytes of a PKCS #7 object in, the message signed inside it out (RFC 5652, 5; RFC 8551, 3.5.2). No key is needed."""

from __future__ import annotations

from collections.abc import Iterator

_SIGNED = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
_ENVELOPED = (  # enveloped, encrypted and authenticated-enveloped data
    bytes.fromhex("2a864886f70d010703"),
    bytes.fromhex("2a864886f70d010706"),
    bytes.fromhex("2a864886f70d0109100117"),
)
_SEQUENCE, _OID, _OCTETS, _TAGGED = 0x30, 0x06, 0x04, 0xA0
_DEPTH = 20


def is_encrypted(blob: bytes) -> bool:
    """Whether the object is encrypted, so that only its recipients can read it."""
    return _kind(blob) in _ENVELOPED


def signed(blob: bytes) -> bytes | None:
    """What was signed, None where the object holds none or is damaged."""
    try:
        if _kind(blob) != _SIGNED:
            return None
        content = _within(blob, (_SEQUENCE, _TAGGED, _SEQUENCE, _SEQUENCE, _TAGGED))
        return None if content is None else b"".join(_octets(content, 0))
    except (IndexError, ValueError):
        return None


def _kind(blob: bytes) -> bytes | None:
    try:
        outer = next(_elements(blob))
        tag, value = next(_elements(outer[1]))
    except (IndexError, ValueError, StopIteration):
        return None
    return value if outer[0] == _SEQUENCE and tag == _OID else None


def _within(blob: bytes, path: tuple[int, ...]) -> bytes | None:
    """The value of the first element that the tags lead to."""
    for tag in path:
        found = next((value for one, value in _elements(blob) if one == tag), None)
        if found is None:
            return None
        blob = found
    return blob


def _octets(blob: bytes, depth: int) -> Iterator[bytes]:
    """The bytes of an octet string, which BER may cut into pieces."""
    for tag, value in _elements(blob):
        if tag == _OCTETS:
            yield value
        elif tag == _OCTETS | 0x20 and depth < _DEPTH:
            yield from _octets(value, depth + 1)


def _elements(blob: bytes) -> Iterator[tuple[int, bytes]]:
    """Tags and values one after the other (X.690, 8.1), those of indefinite length included."""
    place = 0
    while place + 1 < len(blob):
        tag, start, end, after = _element(blob, place, 0)
        if tag == 0:
            return
        yield tag, blob[start:end]
        place = after


def _element(blob: bytes, place: int, depth: int) -> tuple[int, int, int, int]:
    """The tag, where the value begins and ends, and where the next element begins."""
    tag, length, start = blob[place], blob[place + 1], place + 2
    if length < 0x80:
        return tag, start, start + length, start + length
    if length > 0x80:
        count = length & 0x7F
        size = int.from_bytes(blob[start : start + count], "big")
        if count > 8 or start + count + size > len(blob):
            raise ValueError("a length that leads out of the object")
        return tag, start + count, start + count + size, start + count + size
    if depth > _DEPTH:
        raise ValueError("nested too deep")
    inside = start
    while blob[inside] or blob[inside + 1]:
        inside = _element(blob, inside, depth + 1)[3]
    return tag, start, inside, inside + 2
