"""What the header of a message says, and the two digests by which messages are compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: the name that is shown, which may be empty, and the address itself in lower case."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Mail:
    """The header of one message.

    `sent` is in UTC and `offset` is the sender's own zone in minutes east of it, None where the header names none;
    `message_id`, `in_reply_to` and `references` are without angle brackets; `thread_index` is Outlook's (hex). `digest`
    is the mail hash (hex SHA-256) that tells copies of one message; `mih` is the EDRM message identification hash (hex
    MD5 of the Message-ID; EDRM MIH 1.0, 2023), empty where there is no Message-ID. `said` holds a digest (16 hex digits)
    for each paragraph of the body that is not quoted, and `quoted` for each that is, so that a message whose words all
    stand in a later one can be told.
    """

    sender: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    subject: str = ""
    sent: datetime | None = None
    offset: int | None = None
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    thread_index: str = ""
    digest: str = ""
    mih: str = ""
    said: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
