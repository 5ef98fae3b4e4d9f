"""Which pages of a PDF are recognised, and what becomes of their own text."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
import typst
from PIL import Image
from scans import PROSE, WORDS, Sheets, encoded, page, pixels
from scans import locked as locked_with

from showcause.core import Document, Heading
from showcause.errors import BadInput, Unreadable
from showcause.intake import Limits, PageText, boxes, completed, page_image, read, recognise_pages
from showcause.intake.layer import Need, large_picture, like_words, need

CHANCE = np.random.default_rng(3)
LATER = Limits(recognise=0)


@pytest.fixture(scope="module")
def clean():
    return typst.compile(page().encode())


@pytest.fixture(scope="module")
def scan():
    return pixels(page())[0]


@pytest.fixture(scope="module")
def lines(clean):
    return pypdfium2.PdfDocument(clean)[0].get_textpage().get_text_range().split("\r\n")


def random_page(mean, spread):
    return Image.fromarray(np.clip(CHANCE.normal(mean, spread, (900, 1500)), 0, 255).astype(np.uint8))


def printed(sheets):
    for number, line in enumerate(WORDS + WORDS):
        sheets.text(line[:55], 30, 190 - 14 * number)
    return sheets


def lying(lines, first, last):
    """Lines of the same length of characters from a range."""
    return ["".join(map(chr, CHANCE.integers(first, last, len(line)))) for line in lines]


def as_curves(folder):
    (folder / "page.svg").write_bytes(typst.compile(page().encode(), format="svg"))
    (folder / "curves.typ").write_text('#set page(width: 5in, height: 3in, margin: 0pt)\n#image("page.svg")')
    return typst.compile(str(folder / "curves.typ"))


def pasted(folder, scan):
    (folder / "scan.png").write_bytes(encoded(scan))
    own = "The cover sheet of the agency is text. " * 8
    (folder / "pasted.typ").write_text(f'#set page(width: 5in, height: 6in)\n{own}\n#image("scan.png")')
    return typst.compile(str(folder / "pasted.typ"))


CASES = {
    "text": (Need.NOTHING, lambda made: made.clean),
    "blank page": (Need.NOTHING, lambda _: Sheets().page().done()),
    "scan": (Need.WHOLE, lambda made: Sheets().page().image(made.scan).done()),
    "blank scan": (Need.NOTHING, lambda _: Sheets().page().image(random_page(240, 4)).done()),
    "scan with a good layer": (
        Need.NOTHING,
        lambda made: Sheets().page().image(made.scan).layer(made.clean, made.lines).done(),
    ),
    "scan with a layer of noise": (
        Need.WHOLE,
        lambda made: Sheets().page().image(made.scan).layer(made.clean, lying(made.lines, 35, 120)).done(),
    ),
    "scan with a layer without characters": (
        Need.WHOLE,
        lambda made: Sheets().page().image(made.scan).layer(made.clean, lying(made.lines, 0xE000, 0xE050)).done(),
    ),
    "scan with a layer of another page": (
        Need.WHOLE,
        lambda made: Sheets().page(360, 700).image(made.scan, (0, 484, 360, 216)).layer(made.clean, made.lines).done(),
    ),
    "scan with a layer for one line": (
        Need.REST,
        lambda made: Sheets().page().image(made.scan).layer(made.clean, made.lines[:1]).done(),
    ),
    "scan with a stamp": (Need.REST, lambda made: Sheets().page().image(made.scan).text("ZY 000123", 150, 8).done()),
    "scan with white words on it": (
        Need.WHOLE,
        lambda made: Sheets().page().image(made.scan).text("Words that nobody sees.", 30, 12, grey=255).done(),
    ),
    "text drawn as curves": (Need.WHOLE, lambda made: as_curves(made.folder)),
    "text with a pasted scan": (Need.REST, lambda made: pasted(made.folder, made.scan)),
    "text on a sheet of paper": (
        Need.NOTHING,
        lambda _: printed(Sheets().page().image(random_page(240, 4))).done(),
    ),
    "text with a photograph": (
        Need.NOTHING,
        lambda _: printed(Sheets().page().image(random_page(120, 50), (200, 10, 150, 70))).done(),
    ),
    "few words and rules": (Need.NOTHING, lambda _: typst.compile(b"Annex #table(columns: 4, ..range(24).map(str))")),
}


class Made:
    """What the cases are made of."""


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_recognised_where_it_shows_words_that_are_not_its_text(case, clean, scan, lines, tmp_path):
    made = Made()
    made.clean, made.scan, made.lines, made.folder = clean, scan, lines, tmp_path
    expected, make = CASES[case]
    blob = make(made)
    held = pypdfium2.PdfDocument(blob)[0]
    words = held.get_textpage()
    text = words.get_text_range()
    assert need(held, words, text, pictures=True) is expected
    assert need(held, words, text, pictures=large_picture(blob)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE, True),
        ("Exhibit 7", True),
        ("1,204 3,381 2,290 871 904 1,120 " * 4, True),
        ("Полиция отвечает на каждый запрос в течение десяти дней. " * 2, True),
        ("".join(chr(ord(c) - 29) if ord(c) > 60 else c for c in PROSE), False),
        ("\ue001\ue002\ue003 \ue004" * 9, False),
        ("ÿ" * 60, False),
        ("\ufffd\ufffd\ufffd", False),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z " * 2, False),
        (" \n", False),
    ],
)
def test_what_reads_like_words(text, expected):
    assert like_words(text) is expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (b"<< /Type /XObject /Subtype /Image /Width 1500 /Height 900 >> stream", True),
        (b"<</Subtype/Image/Width 90/Height 60>>stream", False),
        (b"<</Subtype/Image/Width 7 0 R/Height 60>>stream", True),
        (b"1 0 obj<</Width 9 /Height 9>>stream endobj 2 0 obj<</Subtype/Image/Height 900/Width 900>>stream", True),
        (b"<</Subtype/Form>>", False),
    ],
)
def test_a_large_picture_shows_in_the_bytes(held, expected):
    assert large_picture(held) is expected


@pytest.fixture(scope="module")
def mixed(scan):
    """A page of text, one turned, one stamped, one leaning, one blank."""
    sheets = printed(Sheets().page())
    sheets.page(216, 360, turn=90).image(scan.rotate(90, expand=True), (0, 0, 216, 360))
    sheets.page().image(scan).text("ZY 000123", 150, 8)
    sheets.page().image(pixels(page(WORDS[0] + " " + WORDS[1]), angle=2)[0]).page()
    return sheets.done()


@pytest.fixture(scope="module")
def whole(mixed):
    return read(mixed, name="a.pdf")


def test_pages_are_recognised_within_the_limit_and_said(mixed, whole):
    ticks = []
    assert read(mixed, name="a.pdf", limits=Limits(recognise=3, tick=lambda: ticks.append(1))) == whole
    assert len(ticks) == 3
    texts = whole.text.split("\f")
    assert [mark.page for mark in whole.pages.marks] == [1, 2, 3, 4, 5]
    assert texts[2].startswith("ZY 000123\nThe agency shall reply")
    assert [" ".join(text.split()) for text in texts[1:2]] == [" ".join(PROSE.split())]
    assert texts[4] == ""
    assert whole.notes[0] == "no text layer: page 5"
    assert re.fullmatch(r"recognised by OCR: pages 2-4 \(mean confidence (0\.9\d|1\.00)\)", whole.notes[1])
    assert [scan.page for scan in whole.scans] == [2, 3, 4]
    for scan in whole.scans:
        for word in scan.words():
            assert not re.search(r"\s", whole.text[word.start : word.end])
            assert 0 <= word.confidence <= 1


def test_pages_recognised_later_and_one_by_one_make_the_same_reading(mixed, whole, tmp_path):
    first = read(mixed, name="a.pdf", limits=LATER)
    assert first.pending == (2, 3, 4)
    assert first.scans == ()
    assert read(mixed, name="a.pdf", limits=Limits(recognise=2)) == first
    (tmp_path / "a.pdf").write_bytes(mixed)
    given = [one for page in (4, 2, 3) for one in recognise_pages(tmp_path / "a.pdf", [page], LATER)]
    assert completed(first, given) == whole
    with pytest.raises(ValueError, match=r"pages \[2, 4\] were recognised, \[2, 3, 4\] were to be"):
        completed(first, given[:2])
    lost = completed(first, [PageText(4, reason="timed out after 120 s"), *given[1:]])
    assert lost.notes[-1] == "could not be recognised (timed out after 120 s): page 4"
    assert lost.text.split("\f")[3:] == ["", ""]


def test_a_page_that_is_not_there_is_refused(mixed):
    with pytest.raises(BadInput, match="no page 6: the file has 5"):
        recognise_pages(mixed, [6], LATER)
    with pytest.raises(Unreadable, match="neither a PDF nor an image"):
        recognise_pages(b"Words.", [1], LATER)


def test_boxes_of_recognised_words_hold_the_word_on_the_page(mixed, whole):
    """What is cut out of the drawn page inside the boxes of a word is read as that word again."""
    from io import BytesIO

    from showcause.intake.ocr import page_of

    doc = Document("d", "", "pdf", "", None, whole.text, whole.pages)
    for number, word in ((2, "exemption"), (3, "supervisor"), (4, "receipt")):
        mark = whole.pages.marks[number - 1]
        start = whole.text.index(word, mark.start)
        (box,) = boxes(mixed, doc.passage(start, start + len(word)), scans=whole.scans)
        assert box.page == number
        page = pypdfium2.PdfDocument(mixed)[number - 1]
        place = page.render(scale=300 / 72).get_posconv(page)
        xs, ys = zip(place.to_bitmap(box.left, box.bottom), place.to_bitmap(box.right, box.top), strict=True)
        seen = Image.open(BytesIO(page_image(mixed, page=number, dpi=300))).convert("L")
        cut = seen.crop((min(xs) - 4, min(ys) - 4, max(xs) + 4, max(ys) + 4))
        framed = Image.new("L", (cut.width + 200, cut.height + 200), 245)
        framed.paste(cut, (100, 100))
        assert page_of(encoded(framed)).strip(" .,") == word


def test_a_passage_over_own_and_recognised_text_has_boxes_of_both(mixed, whole):
    doc = Document("d", "", "pdf", "", None, whole.text, whole.pages)
    start = whole.text.index("ZY 000123")
    passage = doc.passage(start, whole.text.index("days", start) + 4)
    found = boxes(mixed, passage, scans=whole.scans)
    assert len(found) == passage.text.count("\n") + 1
    assert found[0].top < 20 < found[1].bottom
    everything = boxes(mixed, doc.passage(0, len(doc.text)), scans=whole.scans)
    assert {box.page for box in everything} == {1, 2, 3, 4}
    assert len(everything) == len([line for line in re.split("[\n\f]", doc.text) if line])


def test_headings_of_the_outline_are_found_on_recognised_pages(whole):
    base = replace(whole, text="Own", pages=replace(whole.pages, marks=whole.pages.marks[:1]), scans=(), notes=())
    first = replace(base, headings=(Heading(0, 3, 1),), pending=(1,))
    done = completed(first, [PageText(1, "Two words", headings=(Heading(0, 3, 2),))])
    assert [(done.text[one.start : one.end], one.level) for one in done.headings] == [("Own", 1), ("Two", 2)]


def test_a_scan_without_words_is_refused_and_one_with_attachments_is_a_container():
    photo = random_page(128, 40)
    with pytest.raises(Unreadable, match="no words were found on its pages"):
        read(Sheets().page().image(photo).done(), name="a.pdf")
    sheets = Sheets().page().image(photo)
    sheets.pdf.new_attachment("a.txt").set_data(b"one")
    reading = read(sheets.done(), name="a.pdf")
    assert reading.container
    assert [part.name for part in reading.parts] == ["a.txt"]
    assert reading.notes == ("no words were found by OCR: page 1",)


def test_passwords_are_tried_in_their_order(assembled):
    blob = assembled(*locked_with(b"sesame", b"We reply within ten days."))
    for passwords, reason in (
        ((), r"^needs a password$"),
        (("a", "b"), r"^needs a password: none of the 2 given opens it$"),
    ):
        with pytest.raises(Unreadable, match=reason):
            read(blob, name="a.pdf", limits=Limits(passwords=passwords))
    reading = read(blob, name="a.pdf", limits=Limits(passwords=("a", "sesame")))
    assert reading.text == "We reply within ten days."
    doc = Document("d", "", "pdf", "", None, reading.text, reading.pages)
    assert len(boxes(blob, doc.passage(0, 8), passwords=("sesame",))) == 1
    assert page_image(blob, page=1, passwords=("sesame",)).startswith(b"\x89PNG")
