"""The bytes of a message in, its entities out (RFC 2045, 2046): places in those bytes, decoded only when asked.

Written for speed and for mail as it is found: the lines of a large attachment are never looked at one by one, and an
enclosed message comes out byte for byte as it went in.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from showcause.intake import header

_REST = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r|\Z)")
_UU = re.compile(rb"(?m)^begin[ \t]+[0-7]{3,4}[ \t]+([^\r\n]{1,255}?)[ \t]*\r?\n")
_UU_END = re.compile(rb"(?m)^(?:`|[ \t]*)?\r?\nend[ \t]*\r?$|^end[ \t]*\r?$")
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_ALPHABET))


@dataclass(frozen=True)
class Entity:
    """A message or a piece of one: `blob[start:end]`, its body from `body`.

    `sound` is False where its header broke off.
    """

    blob: bytes = field(repr=False)
    fields: header.Fields
    start: int
    body: int
    end: int
    sound: bool = True
    digest: bool = False

    @cached_property
    def _type(self) -> tuple[str, dict[str, str]]:
        return header.parameters(self.raw("content-type"))

    @cached_property
    def _disposition(self) -> tuple[str, dict[str, str]]:
        return header.parameters(self.raw("content-disposition"))

    @cached_property
    def kind(self) -> str:
        """The media type in lower case; what is missing or malformed counts as text (RFC 2045, 5.2)."""
        said = self._type[0].split("(")[0].strip()
        if re.fullmatch(r"[^\s/]+/[^\s/]+", said):
            return said
        return "message/rfc822" if self.digest and not said else "text/plain"

    @property
    def disposition(self) -> str:
        """The word of Content-Disposition, such as "attachment" or "inline"; "" where none is named."""
        return self._disposition[0]

    @property
    def charset(self) -> str:
        """The encoding declared, "" where none is."""
        return self._type[1].get("charset", "")

    @cached_property
    def name(self) -> str:
        """The file name, fit to be one; "" where there is none."""
        said = self._disposition[1].get("filename") or self._type[1].get("name") or ""
        return " ".join(re.sub(r"[\\/\x00-\x1f\x7f]", "_", said).split())

    @cached_property
    def cid(self) -> str:
        """The Content-ID without its brackets."""
        return next(iter(header.identifiers(self.raw("content-id"))), "") or header.words(self.raw("content-id"))

    def parameter(self, key: str) -> str:
        """A parameter of the media type, "" where it is not there."""
        return self._type[1].get(key, "")

    def raw(self, name: str) -> bytes:
        """The value of the first line of that name."""
        return next((value for key, value in self.fields if key == name), b"")

    def every(self, name: str) -> list[bytes]:
        """The values of all lines of that name."""
        return [value for key, value in self.fields if key == name]

    @property
    def whole(self) -> bytes:
        """The entity with its header, as it stands."""
        return self.blob[self.start : self.end]


def entity(blob: bytes, start: int = 0, end: int | None = None, *, digest: bool = False) -> Entity:
    """The entity that begins at `start`; in a multipart/digest a piece without a type is a message (RFC 2046, 5.1.5)."""
    stop = len(blob) if end is None else end
    fields, body, sound = header.split(blob, start, stop)
    return Entity(blob, fields, start, body, stop, sound, digest)


def pieces(whole: Entity) -> Iterator[Entity]:
    """The pieces of a multipart (RFC 2046, 5.1), none where its boundary is not there; the last may lack its end."""
    boundary = whole.parameter("boundary").encode("utf-8", "replace")
    if not whole.kind.startswith("multipart/") or not boundary:
        return
    digest = whole.kind == "multipart/digest"
    begun: int | None = None
    for stop, resume, last in _delimiters(whole, b"--" + boundary):
        if begun is not None:
            yield entity(whole.blob, begun, max(begun, stop), digest=digest)
        begun = resume
        if last:
            return
    if begun is not None and begun < whole.end:
        yield entity(whole.blob, begun, whole.end, digest=digest)


def closed(whole: Entity) -> bool:
    """Whether a multipart has its end."""
    boundary = whole.parameter("boundary").encode("utf-8", "replace")
    return any(last for _, _, last in _delimiters(whole, b"--" + boundary))


def payload(leaf: Entity) -> tuple[bytes, bool]:
    """The bytes of a leaf with its transfer encoding undone, and whether that encoding was sound."""
    how = header.words(leaf.raw("content-transfer-encoding")).lower().strip("\"' ;")
    if how == "base64":
        return _base64(leaf.blob, leaf.body, leaf.end)
    if how == "quoted-printable":
        return binascii.a2b_qp(leaf.blob[leaf.body : leaf.end]), True
    if how in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        found = next(uuencoded(leaf.blob[leaf.body : leaf.end]), None)
        return (found[1], found[2]) if found else (leaf.blob[leaf.body : leaf.end], False)
    return leaf.blob[leaf.body : leaf.end], how in {"", "7bit", "8bit", "binary"}


def uuencoded(text: bytes) -> Iterator[tuple[str, bytes, bool, tuple[int, int]]]:
    """The files that stand uuencoded in a text: name, bytes, whether sound, and from where to where they stand."""
    place = 0
    while found := _UU.search(text, place):
        end = _UU_END.search(text, found.end())
        stop = end.start() if end else len(text)
        held, sound = _unuued(text[found.end() : stop])
        if held or end:
            name = header.words(found[1])
            yield name, held, sound and end is not None, (found.start(), end.end() if end else stop)
        place = end.end() if end else len(text)


def _unuued(text: bytes) -> tuple[bytes, bool]:
    held, sound = [], True
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            held.append(binascii.a2b_uu(line))
        except binascii.Error:
            try:  # some encoders leave white space at the end, others cut it off
                held.append(binascii.a2b_uu(line[: ((line[0] - 32 & 63) * 4 + 5) // 3 + 1]))
            except binascii.Error:
                sound = False
    return b"".join(held), sound


def _delimiters(whole: Entity, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """For each delimiter line: where what stands before it ends, where what follows begins, and whether it is the last."""
    blob, place = whole.blob, whole.body
    while (found := blob.find(mark, place, whole.end)) >= 0:
        place = found + len(mark)
        rest = _REST.match(blob, place, whole.end)
        if rest is None or (found > whole.body and blob[found - 1] not in b"\n\r"):
            continue
        stop = found - 1 if found > whole.body else found
        if stop > whole.body and blob[stop] == 10 and blob[stop - 1] == 13:
            stop -= 1
        yield stop, rest.end(), rest[1] is not None
        place = max(place, rest.end() - 1)


def _base64(blob: bytes, start: int, end: int) -> tuple[bytes, bool]:
    first = blob.find(b"=", start, end)
    if first < 0 or not blob[first:end].strip(b"= \t\r\n"):
        try:
            held = binascii.a2b_base64(memoryview(blob)[start:end])
        except binascii.Error:
            return _mended(blob[start:end]), False
        letters = end - start - blob.count(b"\n", start, end) - blob.count(b"\r", start, end)
        return held, letters - 8 <= len(held) * 4 / 3 and bool(held or not letters)
    return b"".join(_mended(one) for one in _runs(blob[start:end])), False


def _runs(text: bytes) -> Iterator[bytes]:
    """Texts of base64 that were put one after the other; what follows the first and is no base64 is a footer."""
    for number, run in enumerate(re.split(rb"=+", text)):
        if number and re.search(rb"[^A-Za-z0-9+/\s]", run):
            return
        yield run


def _mended(text: bytes) -> bytes:
    bare = text.translate(None, _NOT_BASE64)
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]
    return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))
