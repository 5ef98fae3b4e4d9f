"""A volume's folder and words in, every place where one of the words can be read out, however it is wrapped there.

Looks at names; at raw bytes in five encodings, as hexadecimal, base64 in its three alignments and quoted-printable; at
every zlib, gzip and zip stream found at any offset; at PDF strings, literal and hexadecimal, alone and joined as text
arrays are, and PDF streams through ASCIIHex, ASCII85, LZW, RunLength and Flate with predictors; at the tags of images
and whatever text PDFium finds. What is unwrapped is searched again.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

DEEP = 4
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, zlib.error, EOFError)
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_STREAM = re.compile(rb"<<((?:(?!endobj).){0,4000}?)>>\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.|\([^()]*\)){1,4000})\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{4,4000})>")
_FILTERS = re.compile(rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|FlateDecode|Fl)\b")


def found(root: Path, words: Iterable[str]) -> list[str]:
    """Where any of the words stands: the file and how it is wrapped there."""
    wanted = list(words)
    pattern = _pattern({needle for word in wanted for needle in _needles(word)})
    places: list[str] = []
    for place in sorted(root.rglob("*")):
        name = place.relative_to(root).as_posix()
        places += [f"{name}: its name" for word in wanted if word.casefold() in name.casefold()]
        if place.is_file():
            content = place.read_bytes()
            places += [f"{name}: {how}: {hit!r}" for how, hit in _hits(content, pattern)]
    return places


def _pattern(needles: set[bytes]) -> re.Pattern[bytes]:
    """Any of the needles, those with the same beginning together, so that a thousand cost little more than one."""
    grouped: dict[bytes, list[bytes]] = {}
    for needle in sorted(needles, key=len, reverse=True):
        grouped.setdefault(needle[:3], []).append(re.escape(needle[3:]))
    groups = (re.escape(start) + b"(?:" + b"|".join(rests) + b")" for start, rests in grouped.items())
    return re.compile(b"|".join(groups), re.IGNORECASE)


def _needles(word: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-7"):
        yield word.encode(encoding)
    raw = word.encode()
    yield raw.hex().encode()
    yield "".join(f"={b:02X}" for b in raw).encode()
    yield "".join(f"%{b:02X}" for b in raw).encode()
    yield "".join(f"&#{b};" for b in raw).encode()
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
        yield text[(0, 2, 3)[shift] : len(text) - (0 if (shift + len(raw)) % 3 == 0 else 1)]


def _hits(content: bytes, pattern: re.Pattern[bytes], how: str = "raw", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    for hit in pattern.finditer(content):
        yield how, hit[0]
    if depth < DEEP:
        for way, inner in _unwrapped(content):
            yield from _hits(inner, pattern, f"{how} > {way}", depth + 1)


def _unwrapped(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content[:5] == b"%PDF-" or b"%PDF-" in content[:1024]:
        yield from _pdf(content)
    if content[:2] == b"PK":
        yield from _zip(content)
    if content[:4] in (b"II*\0", b"MM\0*", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\x89PNG"):
        yield "tags", _tags(content)
    for start in _ZLIB.finditer(content):
        inner = _inflated(content[start.start() :], zlib.MAX_WBITS)
        if len(inner) > 8:
            yield f"zlib at {start.start()}", inner
    for start in re.finditer(rb"\x1f\x8b\x08", content):
        inner = _inflated(content[start.start() :], 16 + zlib.MAX_WBITS)
        if inner:
            yield f"gzip at {start.start()}", inner
    folded = re.sub(rb"\\\r?\n|=\r?\n|\r?\n[ \t]", b"", content) if len(content) < 4_000_000 else content
    if folded != content and len(folded) < len(content):
        yield "folded lines", folded


def _inflated(content: bytes, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(content, 20_000_000)
    except zlib.error:
        return b""


def _zip(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                yield f"zip name {info.filename}", info.filename.encode() + info.comment + info.extra
                try:
                    yield f"zip {info.filename}", archive.read(info)
                except BROKEN:
                    continue
    except BROKEN:
        return


def _tags(content: bytes) -> bytes:
    """Whatever an image says of itself besides its pixels."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            said = [repr(image.info), repr(dict(image.getexif()))]
            tags = getattr(image, "tag_v2", None)
            said.append(repr(dict(tags)) if tags else "")
            return "\n".join(said).encode()
    except (OSError, SyntaxError, ValueError):
        return b""


def _pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    for number, stream in enumerate(_STREAM.finditer(content)):
        inner = stream[2]
        for way in _FILTERS.findall(stream[1]):
            inner = _decoded(way, inner)
        if b"Predictor" in stream[1]:
            inner += _unpredicted(inner, stream[1])
        if inner != stream[2]:
            yield f"stream {number}", inner
        yield f"strings of stream {number}", _strings(inner)
    yield "strings", _strings(content)
    try:
        pdf = pypdfium2.PdfDocument(content)
        said = [repr(pdf.get_metadata_dict())]
        said += [page.get_textpage().get_text_range(errors="ignore") for page in pdf]
        for number in range(pdf.count_attachments()):
            one = pdf.get_attachment(number)
            said.append(one.get_name())
            yield f"attachment {number}", bytes(one.get_data())
        yield "PDFium", "\n".join(said).encode()
    except pypdfium2.PdfiumError:
        return


def _strings(content: bytes) -> bytes:
    """Every literal and hexadecimal string, one a line, and all of them joined as the eye would read them."""
    literals = [_unescaped(found[1]) for found in _LITERAL.finditer(content)]
    hexes = [_unhexed(found[1]) for found in _HEX.finditer(content)]
    return b"\n".join([*literals, *hexes, b"".join(literals), b"".join(hexes)])


def _unescaped(raw: bytes) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}

    def one(found: re.Match[bytes]) -> bytes:
        digits = found[1]
        return bytes([int(digits, 8) & 255]) if not digits.strip(b"01234567") else named.get(digits, digits)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, raw, flags=re.DOTALL)


def _unhexed(raw: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", raw)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _decoded(way: bytes, raw: bytes) -> bytes:
    try:
        if way in (b"FlateDecode", b"Fl"):
            return _inflated(raw, zlib.MAX_WBITS) or raw
        if way in (b"ASCIIHexDecode", b"AHx"):
            return _unhexed(raw.partition(b">")[0])
        if way in (b"ASCII85Decode", b"A85"):
            return base64.a85decode(raw.partition(b"~>")[0].removeprefix(b"<~"))
        return _run_lengths(raw) if way in (b"RunLengthDecode", b"RL") else _lzw(raw)
    except ValueError:
        return raw


def _run_lengths(raw: bytes) -> bytes:
    out, at = bytearray(), 0
    while at < len(raw) and raw[at] != 128:
        if raw[at] < 128:
            out += raw[at + 1 : at + 2 + raw[at]]
            at += 2 + raw[at]
        else:
            out += raw[at + 1 : at + 2] * (257 - raw[at])
            at += 2
    return bytes(out)


def _lzw(raw: bytes) -> bytes:
    bits = int.from_bytes(raw, "big")
    total, at, width = len(raw) * 8, 0, 9
    table, out, last = {}, bytearray(), b""
    while at + width <= total:
        code = bits >> (total - at - width) & ((1 << width) - 1)
        at += width
        if code == 256 or not table:
            table, width, last = {n: bytes([n]) for n in range(256)} | {256: b"", 257: b""}, 9, b""
            if code == 256:
                continue
        if code == 257:
            break
        entry = table.get(code, last + last[:1])
        out += entry
        if last:
            table[len(table)] = last + entry[:1]
        last = entry
        width = max(9, min(12, (len(table) + 1).bit_length()))
    return bytes(out)


def _unpredicted(raw: bytes, head: bytes) -> bytes:
    """A PNG predictor undone, row by row (only None, Sub and Up, which writers of text use)."""
    columns = re.search(rb"/Columns\s+(\d+)", head)
    width = int(columns[1]) if columns else 1
    out, above = bytearray(), bytes(width)
    for start in range(0, len(raw) - width, width + 1):
        kind, row = raw[start], bytearray(raw[start + 1 : start + 1 + width])
        for place in range(len(row)):
            if kind == 1 and place:
                row[place] = (row[place] + row[place - 1]) & 255
            elif kind == 2:
                row[place] = (row[place] + above[place]) & 255
        out, above = out + row, bytes(row)
    return bytes(out)
