"""What is read on an image: the words, their order, their places, and the same ones every time."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scans import PROSE, encoded, page, pixels

from showcause.core import Document
from showcause.intake import boxes, read
from showcause.intake.glyphs import Glyph, spaced
from showcause.intake.ocr import engine, page_of, recognised
from showcause.intake.straight import levelled, on_its_head, upright


def bare(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("angle", "quarters", "contrast", "font"),
    [
        (0.0, 0, 1.0, "Libertinus Serif"),
        (-9.0, 0, 0.5, "DejaVu Sans"),
        (3.3, 1, 0.6, "DejaVu Serif"),
        (-0.6, 2, 0.4, "New Computer Modern"),
        (6.0, 3, 0.8, "Libertinus Serif"),
    ],
)
def test_a_page_is_read_however_it_was_laid_on_the_glass(angle, quarters, contrast, font):
    image, truth = pixels(page(font=font), angle=angle, quarters=quarters, contrast=contrast)
    seen = recognised(np.asarray(image), engine())
    assert bare(seen.text) == bare(truth)
    assert abs((seen.turned - angle - 90 * quarters + 180) % 360 - 180) < 0.3
    assert all(confidence > 0.8 for _, _, _, confidence in seen.words)
    assert [seen.text[start:end] for start, end, _, _ in seen.words] == seen.text.split()


COLUMNS = f"#columns(2)[#set par(justify: true)\n{PROSE} {PROSE}]"
TABLE = """Fees for copies of records that the agency charges under its schedule, by kind and by size of the request:
#table(columns: (1fr, 2fr, 1fr), [Paper copies of reports that are not kept], [Ten cents a page, of which the first
twenty are free to every person who asks], [General fund], [Video], [Nothing for the first hour of footage], [Legal])"""
FORM = "Name: #h(1fr) Case number:\n\nOfficer Jane Roe #h(1fr) 2031-00457\n\nReceived by: #h(1fr) Date of receipt:"


@pytest.mark.parametrize("body", [COLUMNS, TABLE, FORM], ids=["columns", "table", "form"])
def test_words_come_in_the_order_in_which_a_person_reads_them(body):
    image, truth = pixels(page(body, points=9), angle=1.5)
    assert bare(page_of(encoded(image))) == bare(truth)


def test_a_word_broken_at_the_end_of_its_line_is_one_word_on_two_lines():
    image, _ = pixels(page("The officer gave the infor-#linebreak()mation to a non-#linebreak()Citizen of age."))
    blob = encoded(image, dpi=(300, 300))
    reading = read(blob, name="a.png")
    assert reading.text == "The officer gave the information to a non-\nCitizen of age."
    start = reading.text.index("information")
    doc = Document("d", "", "png", "", None, reading.text, reading.pages)
    assert len(boxes(blob, doc.passage(start, start + 11), scans=reading.scans)) == 2


def test_the_same_page_reads_the_same_here_and_in_another_process():
    image, _ = pixels(page(), contrast=0.3, noise=25)
    blob = encoded(image)
    code = "import sys; from showcause.intake import read; r = read(sys.stdin.buffer.read(), name=''); "
    code += "sys.stdout.buffer.write(r.text.encode() + r.scans[0].packed)"
    ran = subprocess.run([sys.executable, "-c", code], input=blob, capture_output=True, check=True)
    first, second = read(blob, name="a"), read(blob, name="a")
    assert first == second
    assert ran.stdout == first.text.encode() + first.scans[0].packed
    assert not ran.stderr


def test_nothing_is_fetched(monkeypatch):
    import socket

    def refuse(*_):
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    engine.cache_clear()
    assert engine().name.startswith("rapidocr ")


def glyphs(text, middles):
    return [Glyph(character, 0.9, middle) for character, middle in zip(text, middles, strict=True)]


def test_a_space_that_the_reader_missed_is_told_by_the_ink():
    strip = np.full((40, 200), 255, np.uint8)
    letters = (5, 17, 47, 59, 89, 101, 131, 143)
    for left in letters:
        strip[8:32, left : left + 8] = 0
    middles = [left + 4 for left in letters]
    said = glyphs("ab cd efgh", [9, 21, 36, 51, 63, 78, *middles[4:]])
    tokens = spaced(said, strip)
    assert [token.text for token in tokens] == ["ab", "cd", "ef", "gh"]
    assert [(token.left, token.right) for token in tokens] == [(5, 25), (47, 67), (89, 109), (131, 151)]
    assert {(token.top, token.bottom) for token in tokens} == {(8, 32)}


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("lean", [0.0, 7.5])
@pytest.mark.parametrize("head", [False, True])
def test_a_place_on_the_upright_page_leads_back_to_the_image(quarters, lean, head):
    image = np.full((200, 320), 255, np.uint8)
    image[40:46, 250:256] = 0
    turned = levelled(image, quarters=quarters, lean=lean)
    turned = on_its_head(turned) if head else turned
    rows, columns = np.nonzero(turned.grey < 128)
    back = turned.source(np.array([[columns.mean() + 0.5, rows.mean() + 0.5]]))
    assert np.abs(back - [[253, 43]]).max() < 1


def test_an_empty_page_is_left_as_it_is():
    blank = np.full((300, 200), 250, np.uint8)
    assert upright(blank).turned == 0
    assert recognised(blank, engine()).words == ()
