"""Formats that are known by their first bytes and have no reader yet, so that the reason can name them."""

from __future__ import annotations

from typing import NoReturn

from showcause.errors import Unreadable
from showcause.intake.reading import Limits

_FORMATS = (  # where, the bytes there, what they show
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a compound file of a kind that is not known"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (4, b"ftyp", "a film, sound or HEIF image"),
    (0, b"ID3", "a sound recording (MP3)"),
    (0, b"RIFF", "a film or sound recording"),
    (0, b"\xdb\xa5-\0", "a Word 2 file"),
    (0, b"\x31\xbe\0\0\0\xab", "a Windows Write file"),
    (0, b"\xffWPC", "a WordPerfect file"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"SQLite format 3\0", "a SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
)
_INSIDE_ZIP = (  # names that a ZIP directory holds, and what they show
    (b"index/Document.iwa", "a Pages, Numbers or Keynote file"),
    (b"Index/Document.iwa", "a Pages, Numbers or Keynote file"),
    (b"META-INF/container.xml", "an e-book (EPUB)"),
)
_TEXT_MAGIC = {b"MZ", b"ID3", b"BZh"}  # letters that a text may begin with


def is_foreign(blob: bytes, name: str) -> bool:
    """Whether the bytes begin like a known format that has no reader; `name` plays no part."""
    del name
    return _what(blob) is not None


def read(blob: bytes, name: str, limits: Limits) -> NoReturn:
    """Always raises Unreadable, naming the format."""
    del name, limits
    raise Unreadable(f"unknown kind: {_what(blob)}; no reader for it is installed")


def _what(blob: bytes) -> str | None:
    for start, magic, what in _FORMATS:
        if blob.startswith(magic, start) and not (magic in _TEXT_MAGIC and b"\0" not in blob[:512]):
            return _zipped(blob) or what if magic == b"PK\x03\x04" else what
    return None


def _zipped(blob: bytes) -> str | None:
    return next((what for inside, what in _INSIDE_ZIP if inside in blob), None)
