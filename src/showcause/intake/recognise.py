"""A file and some of its pages in, what is recognised on them out: the step that is spread over workers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from showcause.errors import Unreadable
from showcause.intake import image, pdf
from showcause.intake.pages import PageText
from showcause.intake.reading import Limits


def recognise_pages(blob: bytes | Path, pages: Iterable[int], limits: Limits) -> tuple[PageText, ...]:
    """What is recognised on the `pages` (from 1) of a PDF or an image, given as bytes or by the path of its file.

    `limits.tick` is called after each page. Raises Unreadable where the file can't be opened or is of another kind,
    BadInput where it has no such page.
    """
    held = blob if isinstance(blob, bytes) else blob.read_bytes()
    if pdf.is_pdf(held, ""):
        with pdf.opened(held, limits.passwords) as opened:
            return tuple(pdf.recognise(opened, pages, limits))
    if image.is_image(held, ""):
        return tuple(image.recognise(held, pages, limits))
    raise Unreadable("unknown kind: neither a PDF nor an image")
