"""The bytes of one file in, a Reading out: the reader is chosen by content, and a name only breaks ties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from showcause.errors import Unreadable
from showcause.intake import emlx, foreign, image, mail, msg, office, pdf, plain, web
from showcause.intake.reading import Limits, Reading, writable


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `knows(blob, name)` says whether the bytes are of it, `reads(blob, name, limits)` reads them."""

    kind: str
    knows: Callable[[bytes, str], bool]
    reads: Callable[[bytes, str, Limits], Reading]


READERS = (  # the first that knows the bytes reads them
    Reader("pdf", pdf.is_pdf, pdf.read),
    Reader("docx", office.is_docx, office.read),
    Reader("msg", msg.is_msg, msg.read),
    Reader("emlx", emlx.is_emlx, emlx.read),
    Reader("image", image.is_image, image.read),
    Reader("foreign", foreign.is_foreign, foreign.read),
    Reader("eml", mail.is_message, mail.read),
    Reader("html", web.is_html, web.read),
    Reader("md", plain.is_markdown, plain.read_markdown),
    Reader("txt", plain.is_text, plain.read_text),
)


def read(blob: bytes, *, name: str, limits: Limits | None = None) -> Reading:
    """What the bytes of one file say.

    `name` is its file name. Raises Unreadable with the reason in plain words: empty, truncated, needs a password, no
    text layer, unknown kind.
    """
    if not blob:
        raise Unreadable("empty file")
    reader = next((r for r in READERS if r.knows(blob, name)), None)
    if reader is None:
        raise Unreadable("unknown kind: neither text nor a known format")
    bounds = limits or Limits()
    try:
        reading = reader.reads(blob, name, bounds)
    except RecursionError:
        raise Unreadable("nested too deep to be read") from None
    if len(reading.text) > bounds.characters:
        raise Unreadable(f"too long: more than {bounds.characters:,} characters")
    return replace(reading, title=" ".join(writable(reading.title).split()), notes=tuple(map(writable, reading.notes)))
