"""A 7-Zip archive in, its members out, unpacked once in a row because most such archives are solid.

py7zr asks a factory of ours where each member goes, so that nothing reaches the disk under an archive's own name and
no member grows past what the directory says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from showcause.errors import Unreadable
from showcause.intake.archive import MANY, PIECE, RATIO, SWOLLEN, Names, needs_password, spooled_parts, swollen
from showcause.intake.bulk import Container, Piece, batched
from showcause.intake.reading import Limits

MAGIC = b"7z\xbc\xaf\x27\x1c"


def is_sevenzip(head: bytes, name: str) -> bool:
    """Whether a file begins as a 7-Zip archive (7zFormat.txt, Signature Header)."""
    del name
    return head.startswith(MAGIC)


def cut_sevenzip(path: Path, spool: Path, limits: Limits) -> Iterator[Piece]:
    """The members, unpacked into `spool` under numbers; tries `limits.passwords` where the archive is locked."""
    refused: Unreadable | None = None
    for password in (None, *limits.passwords):
        try:
            keys = _unpack(path, spool, password, limits)
        except _Locked as locked:
            refused = Unreadable(str(locked))
            continue
        yield from batched(iter(keys), size=PIECE, many=MANY)
        if not keys:
            yield Piece((), note="the archive is empty")
        return
    raise refused or Unreadable(needs_password(limits))


class _Locked(Exception):
    """The archive could not be opened with this password, or without one."""


def _unpack(path: Path, spool: Path, password: str | None, limits: Limits) -> list[tuple[tuple[str, str, Any], int]]:
    import py7zr
    from py7zr.exceptions import ArchiveError, CrcError, PasswordRequired, UnsupportedCompressionMethodError

    try:
        # The open file, not its name: py7zr would unpack a named one in threads.
        with path.open("rb") as stream, py7zr.SevenZipFile(stream, "r", password=password) as archive:
            return _members(archive, path.stat().st_size, spool, limits)
    except PasswordRequired:
        raise _Locked(needs_password(limits)) from None
    except UnsupportedCompressionMethodError as unknown:
        raise Unreadable(f"unknown kind: compressed by a method that can't be unpacked ({unknown})") from None
    except (
        ArchiveError,
        CrcError,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
    ) as bad:
        raise _fault(bad, password, limits) from None
    except Exception as bad:  # noqa: BLE001 - its decoders raise errors of their own (LZMAError, brotli.error, ...)
        raise _fault(bad, password, limits) from None


def _fault(bad: Exception, password: str | None, limits: Limits) -> Exception:
    if isinstance(bad, Unreadable | _Locked):
        return bad
    if password is not None:
        return _Locked(needs_password(limits))
    cut = isinstance(bad, EOFError) or "exceeds the archive size" in str(bad)
    return Unreadable(
        "truncated: the end of the archive is missing" if cut else f"damaged: {bad or 'no valid archive'}"
    )


def _members(archive: Any, packed: int, spool: Path, limits: Limits) -> list[tuple[tuple[str, str, Any], int]]:
    names = Names()
    keys: list[tuple[tuple[str, str, Any], int]] = []
    total = 0
    for number, member in enumerate(archive.files):
        if member.is_directory:
            continue
        name, size = names.of(member.filename), member.uncompressed or 0
        if member.is_symlink or member.is_junction or member.is_socket:
            keys.append((("", name, "a link or special file inside the archive"), 0))
            continue
        total += size
        if total > SWOLLEN and total > RATIO * packed:
            raise Unreadable(swollen(total, packed))
        own = f"7z-{number}"
        (spool / own).touch()
        member.file_properties()
        archive.files.files_list[number]["filename"] = own  # the archive's name reaches neither disk nor sanitizer
        keys.append(((own, name, _changed(member)), size))
    archive.extractall(path=str(spool), factory=_Writers(spool, limits))
    return keys


def _changed(member: Any) -> float | None:
    stamp = member.lastwritetime
    if stamp is None:
        return None
    seconds: float = stamp.totimestamp()
    return seconds if 0 <= seconds < datetime(2200, 1, 1, tzinfo=UTC).timestamp() else None


class _Writers:
    """py7zr's WriterFactory: a file of ours for each member."""

    def __init__(self, spool: Path, limits: Limits) -> None:
        self._spool = spool
        self._limits = limits

    def create(self, filename: str) -> _Writer:
        """The file for a member; of its path only the number that we gave it is used."""
        return _Writer(self._spool / Path(filename).name, self._limits)


class _Writer:
    """py7zr's Py7zIO over a file."""

    def __init__(self, place: Path, limits: Limits) -> None:
        self._file = place.open("w+b")
        self._limits = limits

    def write(self, data: bytes | bytearray) -> int:
        """Write, and say that there is progress."""
        self._limits.tick()
        return self._file.write(data)

    def read(self, size: int | None = None) -> bytes:
        """What was written, for the checksum."""
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        """To the disk."""
        self._file.flush()

    def size(self) -> int:
        """Bytes written."""
        return self._file.seek(0, 2)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


SEVENZIP = Container("7z", is_sevenzip, cut_sevenzip, spooled_parts)
