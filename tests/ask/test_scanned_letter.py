"""A letter that comes as a scan says the same as the paper: the same requests, the same day due."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pypdfium2
import pytest

from showcause import settings
from showcause.ask.letter import letter_rows, read_letter
from showcause.core import Document
from showcause.gather import document_of

sys.path.insert(0, str(Path(__file__).parent))
from letter_pages import letter_pdf
from letter_score import figures, gold_of

LETTERS = Path(__file__).parent / "letters"
DPI = 200


def scanned(pdf: bytes, to: Path) -> Path:
    """The pages of a PDF as pictures in a PDF without a word of text."""
    pages = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    to.write_bytes(stream.getvalue())
    return to


def read(path: Path) -> Document:
    return document_of(
        path, custodian="", settings=settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_WORKERS": "1"})
    )


@pytest.mark.parametrize("name", ["dev-subpoena", "kinds/develop/records-request-lettered"])
def test_a_scanned_letter_asks_for_the_same_by_the_same_day(name: str, tmp_path: Path) -> None:
    source = LETTERS / f"{name}.txt"
    path = scanned(letter_pdf(source.read_text(encoding="utf-8"), "plain", who="", when=""), tmp_path / "scan.pdf")
    assert not pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().strip()
    document = read(path)
    letter = read_letter(document)
    for one in letter.requests:
        assert document.text[one.start : one.end] == one.text
    got = figures(letter_rows(letter), gold_of(source))
    assert {name: got[name] for name in ("requests", "due", "date") if got[name] < 1} == {}
