"""A page that a browser or Word saved with all it shows (MHTML, RFC 2557) in, the words of the page out."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage

from showcause.errors import Unreadable
from showcause.intake import plain, web
from showcause.intake.reading import Limits, Part, Reading, unique

_RELATED = re.compile(rb"(?im)^content-type:\s*multipart/related\b")
_MADE = re.compile(
    rb"(?im)^(?:snapshot-content-location:|content-location:|from:\s*\"?<?saved by)|^\s*type=\"?text/html"
)
_SENT = re.compile(rb"(?im)^(?:message-id|received|to|delivered-to):")


def is_page(blob: bytes, name: str) -> bool:
    """Whether the bytes are a saved page: related parts under a header that was sent to nobody."""
    del name
    head = re.split(rb"\r?\n\r?\n", blob[:16_384].lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    if b"multipart/related" not in head.lower():
        return False
    return bool(
        _RELATED.search(head) and not _SENT.search(head) and (_MADE.search(head) or b"mime-version" in head.lower())
    )


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of the first page in the file, its pictures as parts. Raises Unreadable where it holds no page."""
    del name
    import email
    from email import policy

    try:
        message = email.message_from_bytes(blob.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
        parts = [part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart()]
        pages = [part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
        if not pages:
            raise Unreadable("empty: the saved page holds no words")
        held = pages[0].get_payload(decode=True)
        text, notes = plain.characters(held if isinstance(held, bytes) else b"", pages[0].get_content_charset())
        pictures = [part for part in parts if part.get_content_maintype() == "image"][: limits.parts]
        found = [Part(_named(part, n), _bytes(part), inline=True) for n, part in enumerate(pictures, 1)]
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise Unreadable(f"damaged: {error}") from None
    more = (f"frames of the page that are not shown: {len(pages) - 1}",) if len(pages) > 1 else ()
    reading = web.page(text, notes)
    return replace(reading, kind="mhtml", parts=unique(found), notes=(*reading.notes, *more))


def _named(part: EmailMessage, number: int) -> str:
    place = str(part.get("Content-Location", "")).partition("?")[0].rpartition("/")[2]
    return part.get_filename() or place or f"picture {number}.{part.get_content_subtype()}"


def _bytes(part: EmailMessage) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""
