"""A message in (RFC 5322, MIME), its header lines and its body out, with what is attached as parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from showcause.errors import Unreadable
from showcause.intake import plain, web
from showcause.intake.reading import Limits, Part, Reading, Transcript, unique

_LINES = ("From", "To", "Cc", "Bcc", "Date", "Subject")
_FIELD = re.compile(rb"([!-9;-~]{1,80}):[ \t]*(.*)")
_TRANSPORT = {
    b"message-id",
    b"mime-version",
    b"received",
    b"return-path",
    b"content-type",
    b"content-transfer-encoding",
    b"delivered-to",
    b"x-mailer",
    b"dkim-signature",
    b"authentication-results",
    b"in-reply-to",
    b"references",
    b"x-originating-ip",
    b"thread-index",
    b"user-agent",
}  # fmt: skip - one set
_WRITERS = {b"from", b"to", b"cc", b"bcc", b"date", b"subject", b"sender", b"reply-to"}
# What the standard library's header parser raises on some malformed lines, beside its own errors.
_MALFORMED = (MessageError, ValueError, LookupError, AttributeError, TypeError, OverflowError, RecursionError)
_DEPTH = 50  # multiparts inside one another that are followed


def is_message(blob: bytes, name: str) -> bool:
    """Whether the bytes begin with the header of a message.

    A memorandum also begins with From, To, Date and Subject: what no memorandum has is a line of the transport, such
    as Message-ID. Where all that is missing the name tells.
    """
    fields = _fields(blob[:65_536].lstrip(b"\xef\xbb\xbf\r\n"))
    if len(fields & (_WRITERS | _TRANSPORT)) < 2:
        return False
    return bool(fields & _TRANSPORT) or name.lower().endswith((".eml", ".email"))


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """Header lines as paragraphs, then the body: plain text where there is any, else the words of the HTML.

    Marks name the parts ("from", "to", "date", "subject", "body"); `date` is the day in UTC on which the message was
    sent; every attachment, picture and enclosed message is a part. Raises Unreadable where nothing can be read.
    """
    del name
    import email
    import email.policy

    message = email.message_from_bytes(_headed(blob), _class=EmailMessage, policy=email.policy.default)
    notes: dict[str, None] = {}
    _soften(message, notes)
    transcript = Transcript()
    for line in _LINES:
        said = _header(message, line, notes)
        if said:
            transcript.paragraph(f"{line}: {said}", part=line.lower(), group="header")
    body, parts = _taken_apart(message, limits, notes)
    for text in body:
        for paragraph in re.split(r"\n[^\S\n]*\n\s*", text):
            transcript.paragraph(paragraph.rstrip(), part="body")
    if not transcript.text:
        raise Unreadable("empty: the message holds no words")
    return Reading(
        kind="eml",
        text=transcript.text,
        pages=transcript.pages,
        title=_header(message, "Subject", notes),
        date=_day(_header(message, "Date", notes)),
        parts=unique(parts),
        notes=tuple(notes),
    )


def _fields(blob: bytes) -> set[bytes]:
    """The names of the header's fields, in lower case; none where its first line is no field."""
    names: set[bytes] = set()
    for number, line in enumerate(_headed(blob).splitlines()):
        if not line.strip():
            break
        if line[:1] in b" \t" and names:
            continue
        found = _FIELD.fullmatch(line)
        if found is None:
            return names if number > 3 else set()
        names.add(found[1].lower())
    return names


def _headed(blob: bytes) -> bytes:
    """The message without the separator line that a mailbox puts before it, and without a byte order mark."""
    blob = blob.lstrip(b"\xef\xbb\xbf\r\n")
    return blob.partition(b"\n")[2] if blob.startswith(b"From ") else blob


def _header(message: EmailMessage, name: str, notes: dict[str, None]) -> str:
    """All lines of that name, decoded and unfolded."""
    try:
        said = [str(value) for value in message.get_all(name, [])]
    except _MALFORMED:
        # The stdlib's header parser gives up on some malformed lines; the line as it stands still tells the reader.
        said = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
        notes[f"the header {name} is malformed and shown as it stands"] = None
    joined = " ".join("; ".join(said).split())
    if any("\ud800" <= character <= "\udfff" or character == "\ufffd" for character in joined):
        notes[f"the header {name} holds bytes of no known encoding; they show as U+FFFD"] = None
    return joined


def _soften(message: EmailMessage, notes: dict[str, None]) -> None:
    """Have the lines of a piece that the strict header parser gives up on parsed by the lenient one."""
    from email.policy import compat32

    for piece in message.walk():
        try:
            piece.get_content_type(), piece.get_content_disposition(), piece.get_filename()
            piece.get_content_charset(), piece.get("content-transfer-encoding")
        except _MALFORMED:
            piece.policy = compat32
            notes["the message is malformed in places"] = None


def _taken_apart(message: EmailMessage, limits: Limits, notes: dict[str, None]) -> tuple[list[str], list[Part]]:
    """The texts of the body, and everything else that the message carries."""
    body: list[str] = []
    parts: list[Part] = []
    for leaf, shown in _leaves(message, 0):
        if len(parts) >= limits.parts:
            notes[f"more than {limits.parts:,} parts: the rest was left out"] = None
            break
        if shown:
            body.append(_text(leaf, notes))
        else:
            parts.append(_part(leaf, len(parts) + 1, notes))
        if leaf.defects:  # those of an encoding show only when it is decoded
            notes["the message is malformed in places"] = None
    return [text for text in body if text.strip()], parts


def _leaves(message: EmailMessage, depth: int) -> Iterator[tuple[EmailMessage, bool]]:
    """Each piece of the message, and whether it belongs to the body that a reader is shown."""
    kind = message.get_content_type()
    if kind == "multipart/alternative" and depth < _DEPTH and message.is_multipart():
        yield from _chosen(message, depth)
    elif kind.startswith("multipart/") and message.is_multipart() and depth < _DEPTH:
        for piece in _pieces(message):
            yield from _leaves(piece, depth + 1)
    else:
        attached = message.get_content_disposition() == "attachment" or bool(_name(message))
        yield message, kind in {"text/plain", "text/html"} and not attached


def _chosen(message: EmailMessage, depth: int) -> Iterator[tuple[EmailMessage, bool]]:
    """Of pieces that say the same the plain one is shown; what else hangs on the others is kept."""
    leaves = [list(_leaves(piece, depth + 1)) for piece in _pieces(message)]
    texts = [leaf for held in leaves for leaf, shown in held if shown]
    best = next((leaf for leaf in texts if leaf.get_content_type() == "text/plain" and _words(leaf)), None)
    best = best or next((leaf for leaf in texts if leaf.get_content_type() == "text/html"), None)
    for leaf, shown in (pair for held in leaves for pair in held):
        if not shown or leaf is best:
            yield leaf, shown


def _pieces(message: EmailMessage) -> Iterator[EmailMessage]:
    payload = message.get_payload()
    return (piece for piece in payload if isinstance(piece, EmailMessage)) if isinstance(payload, list) else iter(())


def _words(leaf: EmailMessage) -> bool:
    return bool(_bytes(leaf).strip())


def _bytes(leaf: EmailMessage) -> bytes:
    payload = leaf.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(leaf: EmailMessage, notes: dict[str, None]) -> str:
    blob, declared = _bytes(leaf), leaf.get_content_charset()
    if not blob.strip():
        return ""
    if declared and not plain.known(declared):
        notes[f"the encoding {declared} is not known"] = None
    text, said = plain.characters(blob, declared)
    notes.update(dict.fromkeys(said))
    if leaf.get_content_type() == "text/plain":
        return text
    try:
        return web.page(text).text
    except Unreadable:  # a body of pictures alone has no words, and the pictures are parts
        return ""


def _part(leaf: EmailMessage, number: int, notes: dict[str, None]) -> Part:
    name = _name(leaf)
    if leaf.get_content_type() == "message/rfc822":
        enclosed = next(_pieces(leaf), None)
        if enclosed is not None:
            subject = re.sub(r"[\\/\s]+", " ", _header(enclosed, "Subject", notes)).strip()
            return Part(name or f"{subject or f'message {number}'}.eml", _enclosed(enclosed))
    blob = _enclosed(leaf) if leaf.is_multipart() else _bytes(leaf)
    return Part(name or f"part {number}.{leaf.get_content_subtype()}", blob)


def _enclosed(message: EmailMessage) -> bytes:
    """The enclosed message as a file of its own; one that can't be folded again is written with its lines as they are."""
    from email.policy import compat32

    try:
        return message.as_bytes()
    except _MALFORMED:
        return message.as_string(policy=compat32).encode("utf-8", "replace")


def _name(leaf: EmailMessage) -> str:
    try:
        name = leaf.get_filename()
    except _MALFORMED:
        return "unnamed"
    return " ".join(re.sub(r"[\\/\x00-\x1f]", "_", name).split()) if name else ""


def _day(stated: str) -> date | None:
    try:
        sent: datetime = parsedate_to_datetime(stated)
        return (sent if sent.tzinfo is None else sent.astimezone(UTC)).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
