"""Archives in (ZIP, tar, what gzip, bzip2 and xz compress), their members out as a Container's Pieces and Parts.

No name from an archive ever reaches the disk: what must be unpacked is written under numbers. A member that unpacks to
many times its size is refused before it is written, and an archive whose directory counts the same bytes twice is
refused as a whole, so that no bomb goes off.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is a class
from struct import unpack_from
from typing import IO, Any

from showcause.errors import Unreadable
from showcause.intake.bulk import HEAVY, Container, Piece, batched
from showcause.intake.reading import Limits, Part

PIECE = 8 << 20  # bytes of things that a worker reads at a time
MANY = 500  # and how many of them
CHUNK = 1 << 20
SWOLLEN = 256 << 20  # bytes from which the ratio of a member is looked at
RATIO = 100  # times its packed size to which such a member may unpack
_OFFICE = re.compile(rb"\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/|ppt/|mimetype|META-INF/")
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    StructError,
    NotImplementedError,  # what zipfile says of a method that it can't unpack
    RuntimeError,
)
_SQUEEZED: tuple[tuple[bytes, Callable[..., Any], str], ...] = (
    (b"\x1f\x8b", gzip.open, "gz"),
    (b"BZh", bz2.open, "bz2"),
    (b"\xfd7zXZ\0", lzma.open, "xz"),
)


# --- ZIP (PKWARE APPNOTE 6.3) ------------------------------------------------------------------


def is_zip(head: bytes, name: str) -> bool:
    """Whether a file begins as a ZIP archive and not as an Office document, which is a ZIP file too."""
    del name
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")):
        return False
    return not _OFFICE.match(head, 30)  # the name in the first local header (4.3.7)


def cut_zip(path: Path, spool: Path, limits: Limits) -> Iterator[Piece]:
    """The members of a ZIP archive; a key is a member's place in the directory and its name, made unique."""
    del spool, limits
    archive = _zip(path)
    members = [(n, m) for n, m in enumerate(archive.infolist()) if not m.is_dir()]
    if any(m.filename == "[Content_Types].xml" for _, m in members):
        yield Piece((), whole=True)
        return
    if sum(m.compress_size for _, m in members) > path.stat().st_size:
        raise Unreadable("too large: its directory counts the same bytes more than once, as a bomb does")
    names = Names()
    keys = (((n, names.of(m.filename)), 0 if _bomb(m) else m.file_size) for n, m in members)
    yield from batched(keys, size=PIECE, many=MANY)
    yield Piece((), note="" if members else "the archive is empty")


def zip_parts(path: Path, spool: Path, piece: Piece, limits: Limits) -> Iterator[Part]:
    """The members that a piece names."""
    archive = _zip(path)
    for place, name in piece.keys:
        yield _member(archive, archive.infolist()[place], name, place, spool, limits)


def _zip(path: Path) -> zipfile.ZipFile:
    facts = path.stat()
    try:
        return _opened_zip(str(path), facts.st_size, facts.st_mtime_ns)
    except _DAMAGE as bad:
        with path.open("rb") as stream:
            stream.seek(max(0, facts.st_size - 66_000))  # the end record and its longest comment (4.3.16)
            cut = b"PK\x05\x06" not in stream.read()
        raise Unreadable("truncated: the end of the archive is missing" if cut else f"damaged: {bad}") from None


@lru_cache(maxsize=1)  # a worker reads many pieces of one archive, whose directory may be long
def _opened_zip(path: str, size: int, changed: int) -> zipfile.ZipFile:
    del size, changed
    return zipfile.ZipFile(path)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, place: int, spool: Path, limits: Limits
) -> Part:
    modified = _zip_time(info)
    if _bomb(info):
        return Part(name, b"", refused=swollen(info.file_size, info.compress_size), modified=modified)
    try:
        with _unlocked(archive, info, limits) as stream:
            return Part(name, unpacked(stream, info.file_size, spool / f"zip-{place}"), modified=modified)
    except Unreadable as refused:
        return Part(name, b"", refused=str(refused), modified=modified)
    except _DAMAGE as bad:
        return Part(name, b"", refused=_zip_fault(info, bad), modified=modified)


def _bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > SWOLLEN and info.file_size > RATIO * max(1, info.compress_size)


def _unlocked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> IO[bytes]:
    if not info.flag_bits & 1:  # 4.4.4: bit 0, encrypted
        return archive.open(info)
    import pyzipper

    for password in limits.passwords:
        with suppress(RuntimeError, *_DAMAGE):  # a wrong password shows as any kind of damage
            locked: IO[bytes] = pyzipper.AESZipFile(archive.filename).open(info.filename, pwd=password.encode())
            return _tried(locked, archive, info, password)
    raise Unreadable(needs_password(limits))


def _tried(stream: IO[bytes], archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: str) -> IO[bytes]:
    """The member from its start, once its first bytes (for a small one: its checksum) have shown the password right."""
    import pyzipper

    stream.read(CHUNK)
    stream.close()
    again: IO[bytes] = pyzipper.AESZipFile(archive.filename).open(info.filename, pwd=password.encode())
    return again


def _zip_fault(info: zipfile.ZipInfo, bad: Exception) -> str:
    if isinstance(bad, NotImplementedError):
        return f"unknown kind: compressed by a method (ZIP {info.compress_type}) that can't be unpacked"
    return "truncated: the member ends early" if isinstance(bad, EOFError) else f"damaged: {bad}"


def _zip_time(info: zipfile.ZipInfo) -> datetime | None:
    """When the member was last changed: only the extended timestamp (extra field 0x5455) says it in UTC."""
    extra, place = info.extra, 0
    while place + 4 <= len(extra):
        kind, size = unpack_from("<HH", extra, place)
        if kind == 0x5455 and size >= 5 and place + 9 <= len(extra) and extra[place + 4] & 1:
            return datetime.fromtimestamp(unpack_from("<i", extra, place + 5)[0], UTC)
        place += 4 + size
    return None


# --- tar, and what is compressed as one stream -------------------------------------------------


def is_tar(head: bytes, name: str) -> bool:
    """Whether a file begins as a tar archive (POSIX.1-1988 ustar or GNU)."""
    del name
    return head[257:262] == b"ustar"


def is_squeezed(head: bytes, name: str) -> bool:
    """Whether a file begins as a stream of gzip, bzip2 or xz."""
    del name
    return _squeezer(head) is not None and b"\0" in head[:4096]  # "BZh" alone could begin a text


def cut_tar(path: Path, spool: Path, limits: Limits) -> Iterator[Piece]:
    """The members of a tar archive, unpacked into `spool` one after the other."""
    with path.open("rb") as stream:
        yield from _tar(stream, path.stat().st_size, spool, limits)


def cut_squeezed(path: Path, spool: Path, limits: Limits) -> Iterator[Piece]:
    """The one member of a compressed stream, or those of the tar archive that it holds."""
    opening, suffix = next(found for found in map(_squeezer, [path.open("rb").read(8)]) if found)
    size = path.stat().st_size
    with opening(path, "rb") as stream:
        try:
            tar = is_tar(stream.read(512), "")
            stream.seek(0)
        except _DAMAGE as bad:
            raise Unreadable(_stream_fault(bad)) from None
        if tar:
            yield from _tar(stream, size, spool, limits)
            return
        out = spool / "member"
        try:
            written = poured(stream, out, packed=size, limits=limits)
        except _DAMAGE as bad:
            raise Unreadable(_stream_fault(bad)) from None
        yield Piece(((out.name, _inner_name(path, suffix), None),), written)


def spooled_parts(path: Path, spool: Path, piece: Piece, limits: Limits) -> Iterator[Part]:
    """The things that `cut` unpacked into `spool`; a key is (number there or "", name, reason or time or None)."""
    del path, limits
    for number, name, said in piece.keys:
        if not number:
            yield Part(name, b"", skipped=said) if said.startswith("a ") else Part(name, b"", refused=said)
            continue
        place = spool / number
        modified = datetime.fromtimestamp(said, UTC) if said is not None else None
        yield Part(name, place if place.stat().st_size > HEAVY else place.read_bytes(), modified=modified)


def _tar(stream: IO[bytes], packed: int, spool: Path, limits: Limits) -> Iterator[Piece]:
    keys = _tar_members(stream, packed, spool, limits)
    read = 0
    for piece in batched(keys, size=PIECE, many=MANY):
        read += len(piece.keys)
        yield piece
    if not read:
        yield Piece((), note="the archive is empty")


def _tar_members(
    stream: IO[bytes], packed: int, spool: Path, limits: Limits
) -> Iterator[tuple[tuple[str, str, Any], int]]:
    names = Names()
    try:
        with tarfile.open(fileobj=stream, mode="r|", errorlevel=2) as archive:
            for number, member in enumerate(archive):
                archive.members = []  # type: ignore[attr-defined]  # it would remember every member it has seen
                if member.isdir():
                    continue
                name = names.of(member.name)
                if not member.isfile():
                    yield ("", name, f"{_tar_kind(member)} inside the archive"), 0
                    continue
                source = archive.extractfile(member)
                if source is None or (member.size > SWOLLEN and member.size > RATIO * packed):
                    yield ("", name, swollen(member.size, packed)), 0
                    continue
                out = spool / f"tar-{number}"
                written = poured(source, out, packed=packed, limits=limits)
                yield (out.name, name, member.mtime if 0 <= member.mtime < 1 << 33 else None), written
    except _DAMAGE as bad:
        raise Unreadable(_stream_fault(bad)) from None


def _tar_kind(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return f"a link to {member.linkname}"
    return "a pipe" if member.isfifo() else "a device" if member.isdev() else "a special file"


def _squeezer(head: bytes) -> tuple[Callable[..., Any], str] | None:
    return next(((opening, suffix) for magic, opening, suffix in _SQUEEZED if head.startswith(magic)), None)


def _inner_name(path: Path, suffix: str) -> str:
    name = path.name
    stem = name[: -len(suffix) - 1] if name.lower().endswith(f".{suffix}") else name
    return stem if stem != name else f"{name} unpacked"


def _stream_fault(bad: Exception) -> str:
    said = str(bad)
    ended = isinstance(bad, EOFError) or "end of data" in said or "unexpected end" in said.lower()
    return "truncated: the end of the archive is missing" if ended else f"damaged: {said}"


# --- shared by all archives --------------------------------------------------------------------


class Names:
    """Names as an archive gives them, made unique and printable; they are only ever said, never opened."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, name: str) -> str:
        """The name without control characters, with a number where it comes again."""
        clean = "".join(c if c.isprintable() else "_" for c in name.replace("\\", "/")) or "unnamed"
        count = self._seen[clean] = self._seen.get(clean, 0) + 1
        return clean if count == 1 else f"{clean} ({count})"


def unpacked(stream: IO[bytes], size: int, place: Path) -> bytes | Path:
    """What a stream gives, in memory, or in a file at `place` where it is heavy; never more than `size` bytes.

    Raises Unreadable where the stream holds more than its directory said.
    """
    if size <= HEAVY:
        data = stream.read(size + 1)
        if len(data) > size:
            raise Unreadable("damaged: it unpacks to more than its directory says")
        return data
    left = size
    with place.open("wb") as out:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Unreadable("damaged: it unpacks to more than its directory says")
            out.write(chunk)
    return place


def poured(stream: IO[bytes], out: Path, *, packed: int, limits: Limits) -> int:
    """Write a stream to a file and give its bytes; raises Unreadable once it has grown as only a bomb does."""
    written = 0
    with out.open("wb") as file:
        while chunk := stream.read(CHUNK):
            written += len(chunk)
            if written > SWOLLEN and written > RATIO * packed:
                out.unlink()
                raise Unreadable(swollen(written, packed))
            file.write(chunk)
            limits.tick()
    return written


def swollen(size: int, packed: int) -> str:
    """The reason for what unpacks to too many times its size."""
    return f"too large: it unpacks to {size:,} bytes or more, {size // max(1, packed):,} times its size"


def needs_password(limits: Limits) -> str:
    """The reason for what is locked, with how many passwords were tried."""
    tried = len(limits.passwords)
    return f"needs a password: none of the {tried} given opens it" if tried else "needs a password"


ZIP = Container("zip", is_zip, cut_zip, zip_parts)
TAR = Container("tar", is_tar, cut_tar, spooled_parts)
SQUEEZED = Container("compressed", is_squeezed, cut_squeezed, spooled_parts)
