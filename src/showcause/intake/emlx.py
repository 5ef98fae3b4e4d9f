"""A message as Apple Mail keeps it in (EMLX), the same Reading as of a message out.

The first line says in digits how many bytes the message has; the message follows, and after it a property list.
"""

from __future__ import annotations

import re
from dataclasses import replace

from showcause.intake import mail
from showcause.intake.reading import Limits, Reading

_COUNT = re.compile(rb"[ \t]*(\d{1,12})[ \t]*\r?\n")


def is_emlx(blob: bytes, name: str) -> bool:
    """Whether a number of bytes stands before a message, and the rest is a property list or nothing."""
    found = _COUNT.match(blob)
    if found is None or int(found[1]) > len(blob) - found.end():
        return False
    rest = blob[found.end() + int(found[1]) :].lstrip()
    named = name.lower().endswith((".emlx", ".partial.emlx"))
    return (named or rest.startswith(b"<?xml")) and mail.is_message(blob[found.end() :], f"{name}.eml")


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The message without what Apple Mail put around it."""
    found = _COUNT.match(blob)
    start, size = (found.end(), int(found[1])) if found else (0, len(blob))
    reading = mail.read(blob[start : start + size], name, limits)
    if not name.lower().endswith(".partial.emlx"):
        return replace(reading, kind="emlx")
    return replace(
        reading, kind="emlx", notes=(*reading.notes, "Apple Mail keeps the attachments apart from this file")
    )
