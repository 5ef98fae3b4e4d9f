"""A message in (RFC 5322, MIME), its header lines and its body out, with what is attached as parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from showcause.core import Address, Mail
from showcause.errors import Unreadable
from showcause.intake import cms, copies, header, mapi, mime, quoted, tnef, web
from showcause.intake.mime import Entity
from showcause.intake.reading import REPLACED, Limits, Part, Reading, Transcript, unique, writable

_LINES = ("From", "To", "Cc", "Bcc", "Date", "Subject")
_TRANSPORT = {
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "content-type",
    "content-transfer-encoding",
    "delivered-to",
    "x-mailer",
    "dkim-signature",
    "authentication-results",
    "in-reply-to",
    "references",
    "x-originating-ip",
    "thread-index",
    "user-agent",
}  # fmt: skip - one set
_WRITERS = {"from", "to", "cc", "bcc", "date", "subject", "sender", "reply-to"}
_EXPUNGED = 0x0008  # of the bits that Thunderbird keeps in X-Mozilla-Status
_DEPTH = 50  # multiparts inside one another that are followed
_STUB = 400  # characters of plain text under which it may be a mere notice that the words stand in the HTML
_CID = re.compile(r"""cid:([^"'\s>)]+)""", re.IGNORECASE)
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_SEALED = "-----BEGIN PGP MESSAGE-----"
_SUFFIXES = {
    "text/plain": "txt",
    "text/calendar": "ics",
    "text/html": "html",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "image/jpeg": "jpeg",
    "message/rfc822": "eml",
    "message/delivery-status": "txt",
    "message/disposition-notification": "txt",
    "text/rfc822-headers": "txt",
    "application/octet-stream": "bin",
    "application/pkcs7-mime": "p7m",
    "application/pgp-signature": "asc",
    "application/pgp-encrypted": "txt",
    "application/ms-tnef": "dat",
}


def is_message(blob: bytes, name: str) -> bool:
    """Whether the bytes begin with the header of a message.

    A memorandum also begins with From, To, Date and Subject: what no memorandum has is a line of the transport, such
    as Message-ID. Where all that is missing the name tells.
    """
    head = blob[:65_536]
    fields, _, sound = header.split(head, _begin(head), len(head))
    names = {key for key, _ in fields}
    named = name.lower().endswith((".eml", ".email"))
    if not sound and len(fields) < 3:
        return False
    return len(names & (_WRITERS | _TRANSPORT)) >= (1 if named and sound else 2) and (named or bool(names & _TRANSPORT))


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """Header lines as paragraphs, then the body: plain text where there is any, else the words of the HTML.

    Marks name the parts ("from", "to", "date", "subject", "body"); `date` is the day in UTC on which the message was
    sent, while the line Date stands in the text as the sender wrote it; every attachment, picture and enclosed message
    is a part. Lines that a mail program wrapped by itself (format=flowed; RFC 3676) are one line again. A signed body
    is read (RFC 8551), an encrypted one is a part, with a note. A message of parts without any word of its own is only
    their container. Raises Unreadable where nothing can be read.
    """
    del name
    message = mime.entity(blob, _begin(blob))
    opened = _Opened(limits)
    opened.open(message)
    opened.notes.update(dict.fromkeys(_kept(message)))
    transcript = Transcript()
    for line in _LINES:
        said = _shown(message, line, opened.notes)
        if said:
            transcript.paragraph(f"{line}: {said}", part=line.lower(), group="header")
    marked = opened.body()
    body = quoted.unmarked(marked)
    for paragraph in _GAP.split(body):
        transcript.paragraph(paragraph.rstrip(), part="body")
    text, parts = transcript.text, unique(opened.attached())
    if not text and not parts:
        raise Unreadable("empty: the message holds no words")
    if len(text) > limits.characters:
        raise Unreadable(f"too long: more than {limits.characters:,} characters")
    mail = _mail(message, marked, body=body, parts=parts)
    return Reading(
        kind="eml",
        text=text,
        pages=transcript.pages,
        title=mail.subject,
        date=mail.sent.date() if mail.sent else None,
        parts=parts,
        notes=tuple(opened.notes),
        container=not text,
        mail=mail if text else None,
    )


def _begin(blob: bytes) -> int:
    """Where the message begins: after a byte order mark, empty lines, and a mailbox's separator line."""
    place = 3 if blob.startswith(b"\xef\xbb\xbf") else 0
    while blob[place : place + 1] in {b"\r", b"\n"}:
        place += 1
    if blob.startswith(b"From ", place):
        return blob.find(b"\n", place) + 1 or len(blob)
    return place


def _kept(message: Entity) -> Iterator[str]:
    """What the program that kept the message wrote into it of its own."""
    labels = header.words(message.raw("x-gmail-labels"))
    if labels:
        yield f"labels in Gmail: {labels}"
    status = message.raw("x-mozilla-status")
    if re.fullmatch(rb"[0-9A-Fa-f]{4}", status) and int(status, 16) & _EXPUNGED:
        yield "deleted in the mail program, which still kept it in its mailbox"
    lost = header.words(message.raw(mapi.DAMAGE.lower())).split(", ")
    yield from (said for word, said in mapi.LOSSES.items() if word in lost)


def _shown(message: Entity, name: str, notes: dict[str, None]) -> str:
    """All lines of that name, decoded and unfolded."""
    raw = message.every(name.lower())
    if any(map(header.is_guess, raw)):
        notes[f"the header {name} holds bytes of no stated encoding: read as Windows-1252"] = None
    said = "; ".join(filter(None, map(header.words, raw)))
    if REPLACED in said:
        notes[f"the header {name} holds bytes of no known encoding; they show as U+FFFD"] = None
    return said


def _mail(message: Entity, marked: str, *, body: str, parts: tuple[Part, ...]) -> Mail:
    """The message's header as values, with its digests."""
    sent, offset = header.sent(message.raw("date"))
    said, repeated = quoted.apart(marked)
    identifier = message.raw("message-id")
    plain = Mail(
        sender=next(iter((*_addresses(message, "from"), *_addresses(message, "sender"))), None),
        to=_addresses(message, "to"),
        cc=_addresses(message, "cc"),
        bcc=_addresses(message, "bcc"),
        subject=header.words(message.raw("subject")),
        sent=sent,
        offset=offset,
        message_id=next(iter(header.identifiers(identifier)), "") or header.words(identifier).strip("<> "),
        in_reply_to=_identifiers(message, "in-reply-to"),
        references=_identifiers(message, "references"),
        thread_index=header.conversation(message.raw("thread-index")),
        mih=copies.mih_of(identifier),
        said=said,
        quoted=repeated,
    )
    return replace(plain, digest=copies.digest_of(plain, body, parts))


def _addresses(message: Entity, name: str) -> tuple[Address, ...]:
    return tuple(dict.fromkeys(one for raw in message.every(name) for one in header.addresses(raw)))


def _identifiers(message: Entity, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for raw in message.every(name) for one in header.identifiers(raw)))


@dataclass(slots=True)
class _Opened:
    """A message taken apart: the texts that a reader is shown, and everything else that it carries."""

    limits: Limits
    notes: dict[str, None] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)
    _pages: list[Entity] = field(default_factory=list)  # HTML bodies, shown or not: they say which pictures are inline
    _held: list[tuple[Part, str, bool]] = field(default_factory=list)  # with Content-ID, and whether it may be inline

    def open(self, message: Entity) -> None:
        """Take the whole message apart."""
        self._heard(message)
        for count, (leaf, shown) in enumerate(self._leaves(message, 0)):
            if count >= self.limits.parts or len(self._held) >= self.limits.parts:
                self._too_many()
                return
            if shown:
                self._show(leaf)
            else:
                self._hold(leaf)

    def body(self) -> str:
        """The texts one after the other, with marks where quotations begin and end in what was HTML."""
        return "\n\n".join(text for text in self._texts if text.strip())

    def attached(self) -> list[Part]:
        """What is attached, the pictures that the words show marked as such."""
        cids: set[str] = set()
        if any(cid for _, cid, _ in self._held):
            cids = {said for page in self._pages for said in _CID.findall(self._text(page))}
        paged = bool(self._pages)
        return [
            replace(part, inline=True) if (cid and cid in cids) or (paged and loose) else part
            for part, cid, loose in self._held
        ]

    def _heard(self, one: Entity) -> None:
        if not one.sound:
            self.notes["the message is malformed in places"] = None

    def _leaves(self, one: Entity, depth: int) -> Iterator[tuple[Entity, bool]]:
        """Each piece of the message, and whether it belongs to the body that a reader is shown."""
        pieces: list[Entity] = []
        if one.kind.startswith("multipart/") and depth < _DEPTH:
            pieces = list(islice(mime.pieces(one), self.limits.parts + 1))
        if len(pieces) > self.limits.parts:
            self._too_many()
        if not pieces:
            if one.kind.startswith("multipart/") and depth < _DEPTH:
                self.notes["the message is malformed in places"] = None
            yield from self._leaf(one, depth)
            return
        if not mime.closed(one):
            self.notes["the message breaks off: its last part has no end"] = None
        if one.kind == "multipart/encrypted":
            self.notes["encrypted: PGP; the parts are kept as they are"] = None
        for piece in pieces:
            self._heard(piece)
        if one.kind == "multipart/alternative":
            yield from self._chosen(pieces, depth)
        else:
            for piece in pieces:
                yield from self._leaves(piece, depth + 1)

    def _too_many(self) -> None:
        self.notes[f"more than {self.limits.parts:,} parts: the rest was left out"] = None

    def _leaf(self, one: Entity, depth: int) -> Iterator[tuple[Entity, bool]]:
        if _is_cms(one) and depth < _DEPTH:
            blob, _ = mime.payload(one)
            held = cms.signed(blob)
            if held is not None:
                self.notes["signed (S/MIME): the words are those that were signed; the signature was not checked"] = (
                    None
                )
                yield from self._leaves(mime.entity(held), depth + 1)
                return
            if cms.is_encrypted(blob):
                self.notes["encrypted: S/MIME; the part is kept as it is"] = None
        attached = one.disposition == "attachment" or bool(one.name)
        unread = one.kind.startswith("multipart/") and depth >= _DEPTH
        text = one.kind in {"text/plain", "text/html"} or (one.kind.startswith("multipart/") and not unread)
        if one.kind == "text/html" and not attached:
            self._pages.append(one)
        yield one, text and not attached

    def _chosen(self, pieces: Iterable[Entity], depth: int) -> Iterator[tuple[Entity, bool]]:
        """Of pieces that say the same the plain one is shown; what else hangs on the others is kept."""
        leaves = [pair for piece in pieces for pair in self._leaves(piece, depth + 1)]
        texts = [leaf for leaf, shown in leaves if shown]
        best = next((leaf for leaf in texts if leaf.kind == "text/plain" and mime.payload(leaf)[0].strip()), None)
        page = next((leaf for leaf in texts if leaf.kind == "text/html"), None)
        if best is None or (page is not None and self._is_stub(best, page)):
            best = page
        for leaf, shown in leaves:
            if not shown or leaf is best:
                yield leaf, shown

    def _is_stub(self, text: Entity, page: Entity) -> bool:
        """Whether a plain text only says that the words stand in the HTML."""
        if text.end - text.body > _STUB or page.end - page.body < 2 * _STUB:
            return False
        return len(self._text(text).split()) * 4 < len(self._words(page).split())

    def _text(self, leaf: Entity) -> str:
        """The characters of a text, with what was guessed noted."""
        blob, sound = mime.payload(leaf)
        if not sound:
            self.notes["the message is malformed in places"] = None
        if not blob.strip():
            return ""
        text, notes = header.decoded(blob, leaf.charset)
        self.notes.update(dict.fromkeys(notes))
        return text.replace(quoted.OPEN, REPLACED).replace(quoted.CLOSE, REPLACED)

    def _words(self, leaf: Entity) -> str:
        return words(self._text(leaf))

    def _show(self, leaf: Entity) -> None:
        if leaf.kind == "text/html":
            self._texts.append(self._words(leaf))
            return
        text = self._text(leaf)
        if leaf.parameter("format").lower() == "flowed":
            text = _unwrapped(text, delete=leaf.parameter("delsp").lower() == "yes")
        if _SEALED in text:
            self.notes["encrypted: PGP; the text is kept as it is"] = None
        if "\nbegin " in text or text.startswith("begin "):
            text = self._without_files(text)
        self._texts.append(text)

    def _without_files(self, text: str) -> str:
        """The text without the files that stand uuencoded in it, which become parts."""
        blob = text.encode("utf-8", "replace")
        pieces, end = [], 0
        for name, held, sound, (start, stop) in mime.uuencoded(blob):
            if not sound:
                self.notes[f"the file {name} in the text is damaged"] = None
            self._held.append((Part(_file_name(name) or "unnamed", held), "", False))
            pieces.append(blob[end:start])
            end = stop
        return b"".join((*pieces, blob[end:])).decode("utf-8", "replace")

    def _hold(self, leaf: Entity) -> None:
        number = len(self._held) + 1
        if leaf.kind.startswith("multipart/"):  # nested too deep to be followed
            self._held.append((Part(leaf.name or f"part {number}.eml", leaf.whole), leaf.cid, False))
            return
        blob, sound = mime.payload(leaf)
        if not sound:
            self.notes["the message is malformed in places"] = None
        if _is_tnef(leaf) and self._unpacked(blob):
            return
        name = leaf.name or (_enclosed(blob, number) if leaf.kind == "message/rfc822" else _unnamed(leaf, number))
        loose = leaf.kind.startswith("image/") and leaf.disposition == "inline" and not leaf.name
        self._held.append((Part(name, blob), leaf.cid, loose))

    def _unpacked(self, blob: bytes) -> bool:
        """Whether what Outlook packed into winmail.dat could be unpacked: its files, and its body where there is no other."""
        packed = tnef.read(blob)
        if packed is None:
            self.notes["winmail.dat could not be unpacked and is kept as it is"] = None
            return False
        self.notes.update(dict.fromkeys(packed.notes))
        self._held += [(Part(_file_name(one.name) or "unnamed", one.blob), one.cid, False) for one in packed.files]
        if not any(text.strip() for text in self._texts):
            self._texts.append(packed.text or (words(packed.page) if packed.page else ""))
        return True


def words(page: str) -> str:
    """The words of an HTML body, with marks where its quotations begin and end; none where it shows only pictures."""
    try:
        return web.page(quoted.marked(page), everything=True).text
    except Unreadable:
        return ""


def _is_tnef(leaf: Entity) -> bool:
    return leaf.kind in {"application/ms-tnef", "application/vnd.ms-tnef"} or leaf.name.lower() == "winmail.dat"


def _is_cms(one: Entity) -> bool:
    return one.kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"} or one.name.lower().endswith(".p7m")


def _file_name(said: str) -> str:
    return writable(" ".join(re.sub(r"[\\/\x00-\x1f\x7f]", "_", said).split()))


def _enclosed(blob: bytes, number: int) -> str:
    """A name for an enclosed message: its subject."""
    subject = _file_name(
        header.words(mime.entity(blob, _begin(blob)).raw("subject")).replace("/", " ").replace("\\", " ")
    )
    return f"{subject[:120].strip() or f'message {number}'}.eml"


def _unnamed(leaf: Entity, number: int) -> str:
    subtype = re.sub(r"[^a-z0-9.+-]", "", leaf.kind.partition("/")[2])
    return f"part {number}.{_SUFFIXES.get(leaf.kind) or subtype or 'bin'}"


def _unwrapped(text: str, *, delete: bool) -> str:
    """The lines of a flowed text joined where they were wrapped (RFC 3676, 4.1-4.4); never across depths of quotation."""
    lines: list[str] = []
    depth_before, flowed = 0, False
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        stuffed = bare.removeprefix(" ")
        if flowed and depth == depth_before and stuffed != "-- ":
            lines[-1] = (lines[-1][:-1] if delete else lines[-1]) + stuffed
        else:
            lines.append(f"{'>' * depth} {stuffed}" if depth else stuffed)
        flowed = stuffed.endswith(" ") and stuffed != "-- "
        depth_before = depth
    return "\n".join(lines)
