"""The properties of an Outlook item in (MS-OXPROPS), a message of RFC 5322 out, the same bytes on every machine.

Outlook keeps messages as properties in a database (PST), in an OLE file (MSG) or in an attachment (winmail.dat). None of
them is a message as it was sent, so one is put together: the transport's header where it was kept, else one from the
properties; the bodies; what is attached. A contact, appointment, task or note becomes a vCard, an iCalendar or a text.
"""

from __future__ import annotations

import hashlib
import re
import struct
from base64 import b64encode, encodebytes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from showcause.intake import enclosed_rtf, header, plain

Value = str | bytes | int | bool | datetime
Properties = Mapping[int, Value]

NAMED = 1 << 32  # added to the number of a property that has a number in its own set (MS-OXPROPS, "LID")
CLASS, SUBJECT, SUBMITTED, HEADERS = 0x001A, 0x0037, 0x0039, 0x007D
CONVERSATION, DELIVERED, CREATED, CHANGED = 0x0071, 0x0E06, 0x3007, 0x3008
RECIPIENT_KIND = 0x0C15
BODY, RICH, PAGE, PAGE_ENCODING, ENCODING = 0x1000, 0x1009, 0x1013, 0x3FDE, 0x3FFD
IDENTIFIER, REFERENCES, ANSWERED = 0x1035, 0x1039, 0x1042
SHOWN, ADDRESS, SMTP = 0x3001, 0x3003, 0x39FE
SENDERS = (
    (0x5D02, 0x0065, 0x0042),
    (0x5D01, 0x0C1F, 0x0C1A),
)  # SMTP address, address, name: on behalf of whom; by whom
DISPLAYED = {1: 0x0E04, 2: 0x0E03, 3: 0x0E02}  # To, Cc, Bcc as Outlook shows them
DATA, SHORT_NAME, LONG_NAME, TYPE, CID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
DAMAGE = "X-Mailbox-Damage"  # the line of a message in which it says what was lost of it
LOSSES = {  # each word of that line, and what it tells the reader
    "recipients": "damaged in the mailbox: recipients are missing",
    "attachments": "damaged in the mailbox: attachments are missing or empty",
    "beyond": "more is attached than is taken out of one message: the rest was left out",
}
_START, _END_AT, _PLACE, _DUE = NAMED + 0x820D, NAMED + 0x820E, NAMED + 0x8208, NAMED + 0x8105
_CONTACT = (
    ("FN", 0x3001),
    ("ORG", 0x3A16),
    ("TITLE", 0x3A17),
    ("EMAIL", NAMED + 0x8083),
    ("EMAIL", NAMED + 0x8093),
    ("EMAIL", NAMED + 0x80A3),
    ("TEL;TYPE=work", 0x3A08),
    ("TEL;TYPE=home", 0x3A09),
    ("TEL;TYPE=cell", 0x3A1C),
    ("ADR;TYPE=work", NAMED + 0x801B),
    ("ADR;TYPE=home", NAMED + 0x801A),
    ("URL", 0x3A51),
)  # MS-OXOCNTC
_KINDS = ("To", "Cc", "Bcc")
_TEXTS = {
    "ipm.contact": "vcf",
    "ipm.appointment": "ics",
    "ipm.task": "txt",
    "ipm.stickynote": "txt",
    "ipm.activity": "txt",
}
_PAGES = {
    65001: "utf-8",
    20127: "us-ascii",
    28591: "iso-8859-1",
    1200: "utf-16-le",
    50220: "iso-2022-jp",
    20866: "koi8-r",
}
_PAGES |= {28591 + n: f"iso-8859-{n + 1}" for n in (1, 2, 3, 4, 5, 6, 7, 8)} | {28605: "iso-8859-15", 21866: "koi8-u"}
_PAGES |= {936: "gb18030", 54936: "gb18030", 51949: "euc-kr", 51932: "euc-jp", 1201: "utf-16-be", 50221: "iso-2022-jp"}
_LEFT_OUT = re.compile(r"content-|mime-version$|x-ms-tnef")
_LINE = 900  # bytes after which a header line is folded
_DEPTH = 30  # messages inside one another


@dataclass(frozen=True, slots=True)
class Attached:
    """What hangs on an item: bytes, another item, or nothing that could be read."""

    properties: Properties
    held: bytes | Item | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """A message, contact, appointment, task or note: its properties by number, its recipients', and what is attached.

    `lost` says what of it can't be read, in the words of LOSSES.
    """

    properties: Properties
    recipients: tuple[Properties, ...] = ()
    attached: tuple[Attached, ...] = ()
    lost: tuple[str, ...] = ()


def value(kind: int, data: bytes, codepage: str = "cp1252") -> Value | None:
    """A property's value from its bytes (MS-OXCDATA, 2.11.1); None where it is of no kind that is needed here."""
    if kind == 0x001F:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    if kind == 0x001E:
        return data.decode(codepage if plain.known(codepage) else "cp1252", "replace").rstrip("\0")
    if kind in {0x0102, 0x000D}:
        return data
    if kind == 0x0040 and len(data) >= 8:
        return _moment(data)
    sizes = {0x0002: 2, 0x0003: 4, 0x000B: 1, 0x0014: 8}
    size = sizes.get(kind)
    return int.from_bytes(data[:size], "little", signed=kind != 0x000B) if size and len(data) >= size else None


def numbers(stream: bytes) -> dict[int, int]:
    """For each property numbered by the file itself (from 0x8000) that has a number in its own set: that number.

    `stream` is the entry stream of the file's map of names (MS-PST, 2.4.7.1; MS-OXMSG, 2.2.3.1.2).
    """
    entries = (struct.unpack_from("<IHH", stream, place) for place in range(0, len(stream) - 7, 8))
    return {0x8000 + place: NAMED + number for number, kind, place in entries if not kind & 1}


def encoding_of(page: object) -> str:
    """The name of a Windows code page as a message declares it."""
    return _PAGES.get(page, f"windows-{page}" if 1250 <= page <= 1258 else f"cp{page}") if isinstance(page, int) else ""


def text(properties: Properties, number: int) -> str:
    """A property that holds characters; "" where it is missing."""
    said = properties.get(number)
    return said if isinstance(said, str) else ""


def subject(item: Item) -> str:
    """The subject, without the two characters in which Outlook notes the length of its "RE: " (MS-PST, 2.5.3.1.1.1)."""
    said = text(item.properties, SUBJECT)
    return said[2:] if said.startswith("\x01") else said


def suffix(item: Item) -> str:
    """How the name of the file ends that an item becomes: eml, vcf, ics or txt."""
    kind = text(item.properties, CLASS).lower()
    found = next((end for start, end in _TEXTS.items() if kind == start or kind.startswith(f"{start}.")), "eml")
    return "eml" if item.attached or item.lost else found  # only a message can carry what is attached, or a note


def blob(item: Item) -> bytes:
    """The file that an item becomes."""
    end = suffix(item)
    if end == "eml":
        return eml(item)
    return {"vcf": _card, "ics": _calendar, "txt": _note}[end](item).encode("utf-8", "replace")


def eml(item: Item, depth: int = 0) -> bytes:
    """A message as RFC 5322 and 2045 have it, in ASCII, lines ended by CR LF."""
    bodies = list(_bodies(item))
    attached = [_entity(one, depth) for one in item.attached]
    body = bodies[0] if len(bodies) == 1 else _multipart("alternative", bodies)
    if attached:
        body = _multipart("mixed", [body, *attached])
    return (
        b"".join(f"{line}\r\n".encode("ascii", "replace") for line in _header(item)) + b"MIME-Version: 1.0\r\n" + body
    )


def bodies(item: Item) -> tuple[str, tuple[bytes, str] | None]:
    """The plain text of an item, and its HTML as bytes with the name of their encoding."""
    said, properties = text(item.properties, BODY), item.properties
    page = properties.get(PAGE)
    if isinstance(page, bytes) and page.strip(b"\0 \r\n"):
        return said, (page.rstrip(b"\0"), encoding_of(properties.get(PAGE_ENCODING) or properties.get(ENCODING)))
    if isinstance(page, str) and page.strip():
        return said, (page.encode("utf-8", "replace"), "utf-8")
    rich = properties.get(RICH)
    if isinstance(rich, bytes):
        original, is_page = enclosed_rtf.original(enclosed_rtf.decompressed(rich))
        if is_page and original.strip():
            return said, (original.encode("utf-8", "replace"), "utf-8")
        said = said if said.strip() else original
    return said, None


def name_of(one: Attached, number: int) -> str:
    """The name of what is attached; that of an item is its subject."""
    said = text(one.properties, LONG_NAME) or text(one.properties, SHORT_NAME)
    if isinstance(one.held, Item):
        said = subject(one.held) or text(one.properties, SHOWN) or said or f"message {number}"
        return f"{_bare(said)[:120].strip()}.{suffix(one.held)}"
    return _bare(said or text(one.properties, SHOWN)) or f"part {number}.bin"


def _moment(data: bytes) -> datetime | None:
    """A FILETIME: tenths of microseconds since 1601, in UTC."""
    ticks = struct.unpack("<Q", data[:8])[0]
    try:
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None


def _bare(said: str) -> str:
    return " ".join(re.sub(r'[\\/\x00-\x1f\x7f:*?"<>|]', " ", said).split())


def _header(item: Item) -> Iterator[str]:
    """The lines of the transport's header where it was kept, and those that it lacks from the properties."""
    kept = text(item.properties, HEADERS).lstrip("\r\n ")
    if ":" not in kept.partition("\n")[0].partition(" ")[0]:
        kept = kept.partition("\n")[2]  # "Microsoft Mail Internet Headers Version 2.0"
    raw = kept.encode("utf-8", "replace")
    fields, _, _ = header.split(raw, 0, len(raw))
    there = {name for name, _ in fields if not _LEFT_OUT.match(name)} - {DAMAGE.lower()}
    for name, held in fields:
        if name in there:
            yield from _folded(f"{name.title()}: {_encoded(held.decode('utf-8', 'replace'))}")
    for name, said in _made(item):
        if said and name.lower() not in there:
            yield from _folded(f"{name}: {said}")


def _made(item: Item) -> Iterator[tuple[str, str]]:
    properties = item.properties
    yield "From", next(filter(None, (_sender(properties, *one) for one in SENDERS)), "")
    for number, kind in enumerate(_KINDS, start=1):
        yield kind, _recipients(item, number)
    moment = next((said for key in (SUBMITTED, DELIVERED) if isinstance(said := properties.get(key), datetime)), None)
    yield "Date", format_datetime(moment.replace(microsecond=0)) if moment else ""
    yield "Subject", _encoded(subject(item))
    yield "Message-ID", _printable(text(properties, IDENTIFIER))
    yield "In-Reply-To", _printable(text(properties, ANSWERED))
    yield "References", _printable(text(properties, REFERENCES))
    index = properties.get(CONVERSATION)
    yield DAMAGE, ", ".join(item.lost)
    yield "Thread-Index", b64encode(index).decode("ascii") if isinstance(index, bytes) else ""


def _sender(properties: Properties, smtp: int, address: int, name: int) -> str:
    return _mailbox(text(properties, name), text(properties, smtp) or text(properties, address))


def _recipients(item: Item, kind: int) -> str:
    """The mailboxes of one line; where none of the recipients was kept, the names that Outlook shows."""
    if not item.recipients:
        names = [name.strip() for name in text(item.properties, DISPLAYED[kind]).split(";")]
        return ", ".join(_mailbox(name, "") for name in names if name)
    chosen = [one for one in item.recipients if (one.get(RECIPIENT_KIND) or 1) == kind]
    said = (_mailbox(text(one, SHOWN), text(one, SMTP) or text(one, ADDRESS)) for one in chosen)
    return ", ".join(filter(None, said))


def _mailbox(name: str, address: str) -> str:
    name, address = " ".join(name.split()), " ".join(address.split())
    if not address and "@" in name and " " not in name:
        name, address = "", name
    if name == address or name.strip("'") == address:
        name = ""
    quoted = name if not name or _encoded(name) != name else '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    shown = _encoded(quoted) if quoted.isascii() is False else quoted
    return f"{shown} <{_printable(address)}>".strip() if address else shown


def _printable(said: str) -> str:
    return " ".join("".join(one if " " <= one <= "~" else "?" for one in said).split())


def _encoded(said: str) -> str:
    """A header's value in ASCII: as encoded words (RFC 2047) of at most 75 characters where it is not."""
    said = " ".join(said.split())
    if said.isascii() and said.isprintable():
        return said
    pieces, held = [], b""
    for one in said:
        if len(held) + len(one.encode("utf-8", "replace")) > 45:
            pieces.append(held)
            held = b""
        held += one.encode("utf-8", "replace")
    return " ".join(f"=?utf-8?B?{b64encode(piece).decode('ascii')}?=" for piece in (*pieces, held))


def _folded(line: str) -> Iterator[str]:
    """A header line in lines of at most 998 characters (RFC 5322, 2.1.1), broken at spaces where there are any."""
    while len(line) > _LINE:
        place = line.rfind(" ", 1, _LINE)
        place = place if place > 0 and line[:place].strip() else _LINE
        yield line[:place]
        line = f" {line[place:].lstrip(' ')}"
    yield line


def _bodies(item: Item) -> Iterator[bytes]:
    said, page = bodies(item)
    end = suffix(item)
    if (
        end == "eml"
        and (item.attached or item.lost)
        and not text(item.properties, CLASS).lower().startswith("ipm.note")
    ):
        made = _made_of(item)
        said = f"{said}\n\n{made}".strip() if made else said
    if said.strip() or page is None:
        yield _leaf('text/plain; charset="utf-8"', said.replace("\r\n", "\n").encode("utf-8", "replace"))
    if page is not None:
        yield _leaf(f'text/html; charset="{page[1] or "utf-8"}"', page[0])


def _made_of(item: Item) -> str:
    """What a contact, appointment or task says, to stand in the message that it becomes for what is attached to it."""
    kind = text(item.properties, CLASS).lower()
    maker = {"ipm.contact": _card, "ipm.appointment": _calendar, "ipm.task": _note}.get(kind)
    return maker(item) if maker else ""


def _leaf(kind: str, held: bytes, *lines: str) -> bytes:
    head = [f"Content-Type: {kind}", *lines, "Content-Transfer-Encoding: base64", "", ""]
    return "\r\n".join(head).encode("ascii", "replace") + encodebytes(held).replace(b"\n", b"\r\n")


def _entity(one: Attached, depth: int) -> bytes:
    name = name_of(one, 1)
    disposition = f"Content-Disposition: attachment;\r\n filename*=utf-8''{_percent(name)}"
    cid = _printable(text(one.properties, CID)).strip("<> ")
    lines = [disposition, *([f"Content-ID: <{cid}>"] if cid else [])]
    if isinstance(one.held, Item):
        if suffix(one.held) == "eml" and depth < _DEPTH:
            head = "\r\n".join(["Content-Type: message/rfc822", *lines, "", ""])
            return head.encode("ascii", "replace") + eml(one.held, depth + 1)
        return _leaf("application/octet-stream", blob(one.held) if depth < _DEPTH else b"", *lines)
    kind = text(one.properties, TYPE).lower()
    fit = re.fullmatch(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}", kind) and not kind.startswith(
        ("message/", "multipart/")
    )
    return _leaf(kind if fit else "application/octet-stream", one.held or b"", *lines)


def _percent(name: str) -> str:
    safe = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
    return "".join(chr(one) if one in safe else f"%{one:02X}" for one in name.encode("utf-8", "replace"))


def _multipart(kind: str, pieces: list[bytes]) -> bytes:
    """The pieces with a boundary that follows from them."""
    boundary = "=_" + hashlib.sha256(b"\0".join(pieces)).hexdigest()[:40]
    mark = f"--{boundary}".encode("ascii")
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode("ascii")
    inside = b"".join(mark + b"\r\n" + piece + b"\r\n" for piece in pieces)  # the last line end is the boundary's
    return head + inside + mark + b"--\r\n"


def _stamp(moment: Value | None) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ") if isinstance(moment, datetime) else ""


def _escaped(said: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", said.replace("\r\n", "\n").strip()).replace("\n", "\\n")


def _card(item: Item) -> str:
    """A contact as a vCard 4.0 (RFC 6350)."""
    lines = [f"{key}:{_escaped(said)}" for key, number in _CONTACT if (said := text(item.properties, number)).strip()]
    if not any(line.startswith("FN:") for line in lines):
        lines.insert(0, f"FN:{_escaped(subject(item))}")
    note = bodies(item)[0]
    lines += [f"NOTE:{_escaped(note)}"] if note.strip() else []
    return "\r\n".join(("BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD", ""))


def _calendar(item: Item) -> str:
    """An appointment as an iCalendar object (RFC 5545)."""
    held = item.properties
    start, end = held.get(_START) or held.get(0x0060), held.get(_END_AT) or held.get(0x0061)
    said = bodies(item)[0]
    lines = [
        ("UID", hashlib.sha256(repr(sorted(map(str, held.items()))).encode("utf-8", "replace")).hexdigest()[:32]),
        ("DTSTAMP", _stamp(held.get(CREATED) or held.get(SUBMITTED)) or "19700101T000000Z"),
        ("DTSTART", _stamp(start)),
        ("DTEND", _stamp(end)),
        ("SUMMARY", _escaped(subject(item))),
        ("LOCATION", _escaped(text(held, _PLACE))),
        ("DESCRIPTION", _escaped(said)),
    ]
    lines += [("ATTENDEE", f"mailto:{text(one, SMTP) or text(one, ADDRESS)}") for one in item.recipients]
    inside = [f"{key}:{said}" for key, said in lines if said]
    frame = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//showcause//EN", "BEGIN:VEVENT")
    return "\r\n".join((*frame, *inside, "END:VEVENT", "END:VCALENDAR", ""))


def _note(item: Item) -> str:
    """A task or note as plain text."""
    due = item.properties.get(_DUE)
    lines = [subject(item), f"Due: {due:%Y-%m-%d}" if isinstance(due, datetime) else "", bodies(item)[0]]
    return "\n\n".join(line.replace("\r\n", "\n").strip() for line in lines if line.strip()) + "\n"
