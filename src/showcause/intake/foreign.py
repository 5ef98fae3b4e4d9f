"""Formats that are known by their first bytes and have no reader yet, so that the reason can name them."""

from __future__ import annotations

import re
from typing import NoReturn

from showcause.errors import Unreadable
from showcause.intake.reading import Limits

_FORMATS = (  # where, the bytes there, what they show
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Outlook message or another compound file"),
    (0, b"!BDN", "an Outlook mailbox (PST)"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (0, b"\xff\xd8\xff", "an image (JPEG)"),
    (0, b"GIF8", "an image (GIF)"),
    (0, b"II*\0", "an image (TIFF)"),
    (0, b"MM\0*", "an image (TIFF)"),
    (0, b"BM", "an image (BMP)"),
    (8, b"WEBP", "an image (WebP)"),
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
_TEXT_MAGIC = {b"BM", b"MZ", b"ID3", b"BZh"}  # letters that a text may begin with
_MBOX = re.compile(rb"(?:\A|\n\r?\n)From [^\r\n]{3,200}\d{4}\r?\n[!-9;-~]{2,40}:")


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
    return "a mailbox of several messages (mbox)" if len(_MBOX.findall(blob)) > 1 else None


def _zipped(blob: bytes) -> str | None:
    return next((what for inside, what in _INSIDE_ZIP if inside in blob), None)
