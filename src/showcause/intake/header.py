"""The lines of a message's header in, as bytes; words, addresses, moments and identifiers out. Nothing malformed raises."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from showcause.core import Address
from showcause.errors import Unreadable
from showcause.intake import plain
from showcause.intake.reading import writable

Fields = tuple[tuple[str, bytes], ...]  # names in lower case, values unfolded, in their order

_END = re.compile(rb"\n\r?\n|\r\r")
_NAME = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_FIRST = re.compile(rb">?From |[ \t]*[!-9;-~]{1,200}[ \t]*:")
_ENCODED = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"|\(((?:[^()\\]|\\.)*+)\)|<([^<>]*+)>|([,;:])|([^"(<,;:]++)|.', re.DOTALL)
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*+"?|[^;]*)', re.DOTALL)
_EXTENDED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")
_IDENTIFIER = re.compile(r"<([^<>]*)>")
_ZONE = re.compile(r"(?:[+-](?!0000)\d{4}|\+0000|\b(?:UTC?|GMT|Z|[ACEMP][SD]T))\s*(?:\([^)]*\)\s*)*$")  # RFC 5322, 4.3
_LONGEST = 1_000_000  # bytes of one header line that are looked at
_NAMES = {  # encodings as mail names them, and as Python does; the wider set where the two are mixed up in practice
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "big5": "cp950",
    "windows-950": "cp950",
    "windows-936": "gb18030",
    "windows-949": "cp949",
    "windows-932": "cp932",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}


def split(blob: bytes, start: int, end: int) -> tuple[Fields, int, bool]:
    """The header of blob[start:end], where its body begins, and whether the header was well formed.

    A line that is no field ends the header, and the body begins there; the separator lines of a mailbox are passed over.
    """
    if blob[start : start + 1] == b"\n" or blob[start : start + 2] == b"\r\n":
        return (), start + (1 if blob[start : start + 1] == b"\n" else 2), True
    if not _FIRST.match(blob, start, end):  # most of what is asked is no message, and some of it long
        return (), start, start == end
    found = _END.search(blob, start, end)
    stop, body = (found.start() + 1, found.end()) if found else (end, end)
    fields: list[tuple[str, bytes]] = []
    head = blob[start:stop]
    for line in _lines(head):
        if _NAME.match(line):
            name, _, value = line.partition(b":")
            fields.append((name.rstrip().lower().decode("ascii"), value.strip()[:_LONGEST]))
        elif line.startswith((b"From ", b">From ")):
            continue
        elif line:
            return tuple(fields), max(start, blob.find(line[:200], start, end)), False
    return tuple(fields), body, True


def _lines(head: bytes) -> list[bytes]:
    """The lines of a header, unfolded (RFC 5322, 2.2.3)."""
    text = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in head else head
    return text.replace(b"\n ", b" ").replace(b"\n\t", b"\t").split(b"\n")


def words(raw: bytes) -> str:
    """A header's value as it is shown: encoded words decoded (RFC 2047), white space run together."""
    return _said(_characters(raw))


def is_guess(raw: bytes) -> bool:
    """Whether the bytes are no UTF-8, so that their characters are a guess."""
    return not raw.isascii() and _utf8(raw) is None


def addresses(raw: bytes) -> tuple[Address, ...]:
    """The mailboxes of an address line (RFC 5322, 3.4), groups dissolved; what is malformed is taken as it can be.

    A name with a bare comma before an address in angle brackets ("Smith, John <j@a.example>") is one name; a mailbox
    without any address (a name in an address book) has its name as the address, in lower case.
    """
    text = _characters(raw)
    if "@" not in text and "=?" in text:  # the whole line in one encoded word
        decoded = _said(text)
        text = decoded if "@" in decoded else text
    given: list[Address] = []
    bare: list[str] = []  # pieces without an address, which may be the front half of the next name
    for name, address, quoted in _mailboxes(text):
        if "@" not in address and not quoted and name and not address:
            bare.append(name)
            continue
        if name and bare and not quoted and address:
            name = ", ".join((*bare, name))  # noqa: PLW2901 - the name is whole only now
            bare = []
        given += [Address("", writable(one.lower())) for one in bare]
        bare = []
        given.append(Address(name, _address(address or name)))
    given += [Address("", writable(one.lower())) for one in bare]
    return tuple(dict.fromkeys(one for one in given if one.address))


def sent(raw: bytes) -> tuple[datetime | None, int | None]:
    """The moment in UTC that a Date line names, and its zone in minutes east; None for what it does not name."""
    text = " ".join(_characters(raw).split())[:200]
    try:
        found = parsedate_tz(text)
        if found is not None:
            year, month, day, hour, minute, second = found[:6]
            moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
            east = (found[9] or 0) if _ZONE.search(text) else None  # parsedate_tz gives 0 for a zone it doesn't know
            return moment - timedelta(seconds=east or 0), None if east is None else east // 60
        stated = datetime.fromisoformat(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None, None
    if stated.tzinfo is None:
        return stated.replace(tzinfo=UTC, microsecond=0), None
    zone = stated.utcoffset() or timedelta()
    try:
        return stated.astimezone(UTC).replace(microsecond=0), int(zone.total_seconds() // 60)
    except OverflowError:
        return None, None


def identifiers(raw: bytes) -> tuple[str, ...]:
    """The message identifiers of a line, without angle brackets; where it has none, its words with an "@" in them."""
    text = writable(_characters(raw))
    found = ["".join(one.split()) for one in _IDENTIFIER.findall(text)] or [
        one.strip("<>,;\"'") for one in text.split() if "@" in one
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def conversation(raw: bytes) -> str:
    """Outlook's Thread-Index in hex (MS-OXOMSG, 2.2.1.3): 22 bytes for the first message, 5 more for each answer."""
    try:
        return binascii.a2b_base64(re.sub(rb"[^A-Za-z0-9+/=]", b"", raw)).hex()
    except binascii.Error:
        return ""


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """The value of a Content line in lower case, and its parameters with RFC 2231's continuations put together."""
    text = _characters(raw)
    value, _, _ = text.partition(";")
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for key, said in _PARAMETER.findall(text):
        found = _EXTENDED.fullmatch(key.lower())
        if found is not None:
            bare = re.sub(r"\\(.)", r"\1", said[1:].removesuffix('"')) if said.startswith('"') else said.strip()
            pieces.setdefault(found[1], []).append((int(found[2] or 0), bool(found[3]), bare))
    return value.strip().lower(), {key: _joined(said) for key, said in pieces.items()}


def encoding(declared: str) -> str:
    """The name under which Python knows an encoding that a message declares; the same name where it knows none."""
    bare = declared.strip().strip("\"'").lower()
    return _NAMES.get(bare, bare)


def decoded(blob: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    """The characters of a text, and notes on what was guessed: what a message declares is believed only where it fits."""
    name = encoding(declared) if declared else ""
    if name and not plain.known(name):
        text, notes = _guessed(blob)
        return text, (f"the encoding {declared} is not known", *notes)
    if name in {"", "us-ascii", "ascii"} or (name == "utf-8" and _utf8(blob) is None):
        return _guessed(blob)
    if name in {"cp1252", "iso-8859-15"} and not blob.isascii() and _utf8(blob) is not None:
        return plain.characters(blob, "utf-8")[0], (f"declared as {declared}, but UTF-8: read as that",)
    return plain.characters(blob, name)


def _guessed(blob: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return plain.characters(blob)
    except Unreadable:
        text, _ = plain.characters(blob, "cp1252")
        return text, ("in no known encoding: read as Windows-1252, with U+FFFD for what that lacks",)


def _utf8(blob: bytes) -> str | None:
    try:
        return blob.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _characters(raw: bytes) -> str:
    if raw.isascii():
        return raw.decode("ascii")
    text = _utf8(raw)
    return raw.decode("cp1252", "replace") if text is None else text


def _said(text: str) -> str:
    if "=?" in text:
        text = "".join(_unencoded(_BETWEEN.sub(r"\1", text)))
    return " ".join(writable(text).split())


def _unencoded(text: str) -> Iterator[str]:
    """The pieces of a line; encoded words of one encoding that touch are decoded as one, as some split a character."""
    held, name, end = b"", "", 0
    for found in _ENCODED.finditer(text):
        between = text[end : found.start()]
        if held and (between or encoding(found[1]) != name):
            yield _decoded_word(held, name)
            held = b""
        yield between
        name, end = encoding(found[1]), found.end()
        held += _bytes(found[3], found[2])
    if held:
        yield _decoded_word(held, name)
    yield text[end:]


def _bytes(said: str, how: str) -> bytes:
    raw = said.encode("utf-8", "replace")
    if how in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    bare = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    return binascii.a2b_base64(bare[: len(bare) - (len(bare) % 4 == 1)] + b"=" * (-len(bare) % 4))


def _decoded_word(held: bytes, name: str) -> str:
    try:
        return codecs.decode(held, name) if plain.known(name) else held.decode("utf-8")
    except (UnicodeError, ValueError):
        return _utf8(held) or held.decode(name if plain.known(name) else "ascii", "replace")


def _mailboxes(text: str) -> Iterator[tuple[str, str, bool]]:
    """Name, address and whether the name was quoted, for each piece between separators."""
    name: list[str] = []
    comment, address, quoted = "", "", False
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            break
        place = found.end()
        if found[0] == '"':  # a quotation that never ends: its marks mean nothing from here on
            text, place = text[place:].replace('"', " "), 0
        elif found[1] is not None:
            name, quoted = [*name, re.sub(r"\\(.)", r"\1", found[1])], True
        elif found[2] is not None:
            comment = comment or found[2]
        elif found[3] is not None:
            address = address or found[3].strip()
        elif found[4] == ":":
            name = [] if "@" not in "".join(name) else name
        elif found[4]:
            yield from _mailbox(name, comment, address, quoted=quoted)
            name, comment, address, quoted = [], "", "", False
        elif found[5]:
            name.append(found[5])
    yield from _mailbox(name, comment, address, quoted=quoted)


def _mailbox(name: list[str], comment: str, address: str, *, quoted: bool) -> Iterator[tuple[str, str, bool]]:
    said = _said(" ".join(name))
    if not address and "@" in said:
        address = next(word for word in said.split() if "@" in word)
        said = " ".join(said.replace(address, " ", 1).split())
        quoted = True  # a bare address is no half of a name
    shown = (said or _said(comment)).strip("'\" ")
    if shown or address:
        yield shown, address, quoted


def _address(said: str) -> str:
    bare = _said(said).strip("'\" ").removeprefix("mailto:")
    return ("".join(bare.split()) if "@" in bare else bare).lower()


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """The value of one parameter from its pieces (RFC 2231, 3 and 4)."""
    pieces = sorted(pieces, key=lambda piece: piece[0])
    if not any(extended for _, extended, _ in pieces):
        return _said("".join(said for _, _, said in pieces))
    name, first = "utf-8", True
    held = b""
    for _, extended, said in pieces:
        if extended and first and said.count("'") >= 2:
            name, _, rest = said.split("'", 2)
            held += unquote_to_bytes(rest)
        else:
            held += unquote_to_bytes(said) if extended else said.encode("utf-8", "replace")
        first = False
    known = encoding(name) if name and plain.known(encoding(name)) else "utf-8"
    return " ".join(writable(held.decode(known, "replace")).split())
