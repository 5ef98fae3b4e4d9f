"""Members in, a BagIt bag (RFC 8493) out, as a folder or one zip, with the same bytes every time; and its reading."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from showcause.errors import BadInput, NoRoom, NotProven
from showcause.prove.packed import Packed, layout

CHUNK: Final = 1 << 20
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE, SIGNERS, PUBLIC = f"{TAGS}.sig", "allowed_signers", "signer.pub"
THREADS: Final = 4
REPACKED: Final = "if it was packed anew, unpack it and check the folder"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bag: its path there, and its bytes or what opens them."""

    path: str
    source: bytes | Callable[[], BinaryIO] = field(repr=False)

    def open(self) -> BinaryIO:
        """A stream of its bytes."""
        return io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source()


def sha256_of(stream: BinaryIO) -> tuple[str, int]:
    """SHA-256 (hex) of a stream, read in pieces of 1 MB, and its size in bytes."""
    running, size = hashlib.sha256(), 0
    buffer = memoryview(bytearray(CHUNK))
    while count := stream.readinto(buffer):  # type: ignore[attr-defined] # every stream opened here is buffered or raw
        running.update(buffer[:count])
        size += count
    return running.hexdigest(), size


def manifest(members: Iterable[tuple[str, str]]) -> bytes:
    """Path and SHA-256 of each member as a manifest; `sha256sum -c` reads it too (RFC 8493, 2.1.3)."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(members)).encode()


def write(members: Iterable[Member], *, to: Path) -> Path:
    """Write the members as a folder, or as one zip where `to` ends in .zip, whole or not at all; gives `to`.

    Raises BadInput where something that is no bag is in the way, NoRoom where it can't be written.
    """
    aside = to.with_name(f".{to.name}.part")
    _clear(to)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _remove(aside)
        (_write_zip if to.suffix == ".zip" else _write_folder)(sorted(members, key=lambda m: m.path), aside, to.stem)
        _remove(to)
        aside.rename(to)
    except OSError as refused:
        with contextlib.suppress(OSError):  # the refusal itself is what is told
            _remove(aside)
        raise NoRoom(f"{to}: {refused.strerror or refused}; no bag was written") from refused
    return to


def _clear(to: Path) -> None:
    if to.is_dir() and any(to.iterdir()) and not (to / "bagit.txt").is_file():
        raise BadInput(f"{to}: is a folder with other things in it; name a new one")
    if to.is_dir() and to.suffix == ".zip":
        raise BadInput(f"{to}: is a folder, where a file was to be written")
    if to.is_file() and not zipfile.is_zipfile(to):
        raise BadInput(f"{to}: is a file that is no bag; name a new one")


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _write_folder(members: Iterable[Member], folder: Path, _: str) -> None:
    for member in members:
        place = folder / member.path
        place.parent.mkdir(parents=True, exist_ok=True)
        with member.open() as source, place.open("wb") as out:
            shutil.copyfileobj(source, out, CHUNK)


def _write_zip(members: Iterable[Member], place: Path, name: str) -> None:
    listed = list(members)
    plan = layout([_packed(member, name) for member in listed])
    with place.open("wb") as out:
        for header, member in zip(plan.headers, listed, strict=True):
            out.write(header)
            with member.open() as source:
                shutil.copyfileobj(source, out, CHUNK)
        out.write(plan.tail)


def _packed(member: Member, name: str) -> Packed:
    size = crc = 0
    with member.open() as source:
        while chunk := source.read(CHUNK):
            size, crc = size + len(chunk), zlib.crc32(chunk, crc)
    return Packed(f"{name}/{member.path}", size, crc)


class Bag(Protocol):
    """A bag to be read: its files by path, and a stream of each."""

    @property
    def place(self) -> Path:
        """Where it is."""

    @property
    def paths(self) -> frozenset[str]:
        """Every file in it."""

    def open(self, path: str) -> BinaryIO:
        """A stream of the file's bytes; may be called from several threads."""

    def flaws(self) -> Iterator[str]:
        """What is wrong with the container itself."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A bag as a folder."""

    place: Path
    paths: frozenset[str]
    odd: tuple[str, ...]

    def open(self, path: str) -> BinaryIO:
        """A stream of the file's bytes."""
        return (self.place / path).open("rb")

    def flaws(self) -> Iterator[str]:
        """Whatever is neither a plain file nor a folder."""
        for path in self.odd:
            yield f"{path}: is a link or device, which no bag holds"


@dataclass(frozen=True, slots=True)
class Zipped:
    """A bag as one zip; each thread reads by a handle of its own."""

    place: Path
    paths: frozenset[str]
    top: str
    entries: tuple[zipfile.ZipInfo, ...]
    handles: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    def open(self, path: str) -> BinaryIO:
        """A stream of the file's bytes."""
        if not hasattr(self.handles, "archive"):
            self.handles.archive = zipfile.ZipFile(self.place)
        archive: zipfile.ZipFile = self.handles.archive
        return archive.open(f"{self.top}/{path}")  # type: ignore[return-value] # ZipExtFile is a BufferedIOBase

    def flaws(self) -> Iterator[str]:
        """Where the file is not, byte for byte, the zip that `prove` writes of these members."""
        names = {info.filename for info in self.entries}
        inside = all(name.startswith(f"{self.top}/") for name in names)
        if len(names) != len(self.entries) or not inside:
            yield f"{self.place.name}: holds a name twice, or something outside its one folder"
            return
        stored = [Packed(info.filename, info.file_size, info.CRC) for info in sorted(self.entries, key=_name)]
        plan, at = layout(stored), 0
        with self.place.open("rb") as stream:
            for header, offset, one in zip(plan.headers, plan.offsets, stored, strict=True):
                stream.seek(offset)
                if stream.read(len(header)) != header:
                    yield f"{one.name}: what the zip says of it (at byte {offset}) is not what was written; {REPACKED}"
                    return
                at = offset + len(header) + one.size
            stream.seek(at)
            if stream.read() != plan.tail:
                yield f"{self.place.name}: its directory (from byte {at}) is not what was written; {REPACKED}"


def _name(info: zipfile.ZipInfo) -> str:
    return info.filename


def opened(place: Path) -> Bag:
    """The bag at a folder or zip; raises BadInput where there is none, NotProven where the zip can't be read."""
    if place.is_dir():
        return _folder(place)
    if not place.is_file():
        raise BadInput(f"{place}: there is no bag here")
    try:
        with zipfile.ZipFile(place) as archive:
            entries = tuple(archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as broken:
        raise NotProven(f"{place.name}: can't be read as a zip ({broken})") from broken
    tops = {info.filename.partition("/")[0] for info in entries}
    top = next((t for t in sorted(tops) if any(e.filename == f"{t}/{TAGS}" for e in entries)), min(tops, default=""))
    inside = (info.filename.removeprefix(f"{top}/") for info in entries if not info.is_dir())
    return Zipped(place, frozenset(inside), top, entries)


def _folder(place: Path) -> Folder:
    paths: list[str] = []
    odd: list[str] = []
    for root, folders, files in os.walk(place):
        for name in (*files, *(f for f in folders if (Path(root) / f).is_symlink())):
            full = Path(root) / name
            path = full.relative_to(place).as_posix()
            (odd if full.is_symlink() or not full.is_file() else paths).append(path)
    return Folder(place, frozenset(paths), tuple(sorted(odd)))


def hashes(bag: Bag, paths: Iterable[str]) -> dict[str, tuple[str, int] | str]:
    """SHA-256 and size of each file, hashed in threads; in its place the reason, where a file can't be read."""

    def one(path: str) -> tuple[str, int] | str:
        try:
            with bag.open(path) as stream:
                return sha256_of(stream)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error, RuntimeError) as broken:
            return str(broken) or type(broken).__name__

    wanted = sorted(paths)
    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        return dict(zip(wanted, pool.map(one, wanted), strict=True))
