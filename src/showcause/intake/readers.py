"""The bytes of one file in, a Reading out: the reader is chosen by content, and a name only breaks ties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from showcause.errors import Unreadable
from showcause.intake import (
    archived,
    binsheet,
    cards,
    emlx,
    flat,
    foreign,
    image,
    locked,
    mail,
    msg,
    odsheet,
    office,
    oldsheet,
    oldslides,
    oldword,
    opendocument,
    pdf,
    plain,
    rtf,
    sheet,
    slides,
    table,
    web,
)
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
    Reader("image", image.is_image, image.read),
    Reader("xlsx", sheet.is_xlsx, sheet.read),
    Reader("xlsb", binsheet.is_xlsb, binsheet.read),
    Reader("pptx", slides.is_pptx, slides.read),
    Reader("ods", odsheet.is_ods, odsheet.read),
    Reader("odt", opendocument.is_opendocument, opendocument.read),
    Reader("msg", msg.is_msg, msg.read),
    Reader("doc", oldword.is_doc, oldword.read),
    Reader("xls", oldsheet.is_xls, oldsheet.read),
    Reader("ppt", oldslides.is_ppt, oldslides.read),
    Reader("rtf", rtf.is_rtf, rtf.read),
    Reader("xml", flat.is_xml, flat.read),
    Reader("emlx", emlx.is_emlx, emlx.read),
    Reader("foreign", foreign.is_foreign, foreign.read),
    Reader("mhtml", archived.is_page, archived.read),
    Reader("ics", cards.is_card, cards.read),
    Reader("eml", mail.is_message, mail.read),
    Reader("html", web.is_html, web.read),
    Reader("csv", table.is_table, table.read),
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
    bounds = limits or Limits()
    blob, unlocked = locked.unlocked(blob, bounds)
    reader = next((r for r in READERS if r.knows(blob, name)), None)
    if reader is None:
        raise Unreadable("unknown kind: neither text nor a known format")
    try:
        reading = reader.reads(blob, name, bounds)
    except RecursionError:
        raise Unreadable("nested too deep to be read") from None
    if len(reading.text) > bounds.characters:
        raise Unreadable(f"too long: more than {bounds.characters:,} characters")
    notes = ("opened with a password", *reading.notes) if unlocked else reading.notes
    return replace(reading, title=" ".join(writable(reading.title).split()), notes=tuple(map(writable, notes)))
