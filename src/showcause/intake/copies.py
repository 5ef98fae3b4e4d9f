r"""What a message says in, the two digests by which its copies are told out.

**The mail hash** is the SHA-256, in hex, of these lines, each of UTF-8 and ended by one line feed (0x0A):

    sent      the moment sent in UTC, whole seconds, as 2031-05-05T03:30:00Z; empty where the header names none
    from      the sender's address in lower case; empty where there is none
    to        the addresses of To, Cc and Bcc together in lower case, each once, sorted by code point, joined by a space
    subject   the subject decoded, each run of white space one space
    body      the letters and digits of the body shown (Unicode NFC; all else left out, case kept), in one line
    file      for each thing attached: its bytes as a decimal number, a space, its name; sorted by code point

Every line begins with its name above and one space. Display names, the order and folding of header lines, lines of the
transport, wrapping, quotation marks and encodings don't count. Bcc counts: the writer's own copy is the only one that
says who else was told, so it must not vanish behind another's. Pictures shown in the body count as files.

**The EDRM message identification hash** (EDRM MIH 1.0, 2023) is the MD5, in hex, of the Message-ID from its first
character up to and with the first ">", angle brackets included, white space around it left out, case kept. Programs
write the digits in either case, so compare without regard to it. It is metadata for exchange, never the key by which a
copy is suppressed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from showcause.core import Mail
from showcause.intake.quoted import reduced
from showcause.intake.reading import Part


def digest_of(mail: Mail, body: str, parts: Iterable[Part]) -> str:
    """The mail hash of a message: `mail` its header, `body` the words shown, `parts` what is attached."""
    recipients = sorted({one.address for one in (*mail.to, *mail.cc, *mail.bcc)})
    files = sorted(f"file {size_of(part)} {' '.join(part.name.split())}" for part in parts)
    lines = (
        f"sent {mail.sent.strftime('%Y-%m-%dT%H:%M:%SZ').rjust(20, '0') if mail.sent else ''}",
        f"from {mail.sender.address if mail.sender else ''}",
        f"to {' '.join(recipients)}",
        f"subject {' '.join(mail.subject.split())}",
        f"body {reduced(body)}",
        *files,
    )
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def size_of(part: Part) -> int:
    """How many bytes a part has."""
    return len(part.blob) if isinstance(part.blob, bytes) else part.blob.stat().st_size


def mih_of(raw: bytes) -> str:
    """The EDRM message identification hash of a Message-ID line's value; empty where there is none."""
    bare = raw.strip()
    head, end, _ = bare.partition(b">")
    return hashlib.md5(head + end, usedforsecurity=False).hexdigest() if bare else ""
