from __future__ import annotations

import re
import struct
import zlib
from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.core import Document
from showcause.errors import BadInput, Unreadable
from showcause.intake import boxes, page_image, read

MANUAL = """
#set document(title: "A Manual", date: datetime(year: 2031, month: 5, day: 4))
#set page(width: 11cm, height: 14cm, header: [Police Manual], footer: context [Page #counter(page).display()])
#set text(lang: "en", hyphenate: true)
#set par(justify: true)
#set heading(numbering: "1.1")
= General provisions
Members shall communicate administrative information and correspondence; a 😀 costs nothing. Correspondence and
administrative matters of a non-resident are international; internationally responsible representatives communicate.
== A heading that is so long that it runs over the end of its line and on to the next
- first item
+ first number
#columns(2)[#lorem(70)]
#pagebreak()
#rotate(90deg, reflow: true)[Words that run down the page]
#table(columns: 2, [left cell], [right cell])
#pagebreak()
#set page(flipped: true)
= Last
Done.
"""


@pytest.fixture(scope="session")
def manual(typeset):
    return typeset(MANUAL)


@pytest.fixture(scope="session")
def document(manual):
    reading = read(manual, name="manual.pdf")
    return Document("d", "", "pdf", "", None, reading.text, reading.pages)


def test_pages_are_marked_and_joined_by_form_feeds(document):
    texts = document.text.split("\f")
    assert len(texts) == 4
    assert [m.page for m in document.pages.marks] == [1, 2, 3, 4]
    for mark, text in zip(document.pages.marks, texts, strict=True):
        assert document.text[mark.start :].startswith(text)
        assert text.startswith("Police Manual")


def test_headings_come_from_the_outline_with_their_numbers(manual):
    reading = read(manual, name="a")
    said = [(" ".join(reading.text[h.start : h.end].split()), h.level) for h in reading.headings]
    assert said == [
        ("1 General provisions", 1),
        ("1.1 A heading that is so long that it runs over the end of its line and on to the next", 2),
        ("2 Last", 1),
    ]


def test_title_and_date_are_those_of_the_file(manual):
    reading = read(manual, name="a")
    assert (reading.kind, reading.title, reading.date) == ("pdf", "A Manual", date(2031, 5, 4))


def test_a_word_broken_at_a_line_end_is_one_word(document):
    assert "\ufffe" not in document.text
    assert "\x02" not in document.text
    assert not re.search(r"\w-\n", document.text)
    for word in ("administrative", "internationally", "representatives"):
        assert word in document.text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("informa-#linebreak()tion", "information"),
        ("non-#linebreak()citizen and a non-citizen", "non-citizen"),
        ("law-#linebreak()enforcement is enforcement of law", "law-enforcement"),
        ("non-#linebreak()citizen is no citizen", "non-citizen"),
        ("Anglo-#linebreak()American", "Anglo-American"),
        ("pre-#linebreak()vent", "prevent"),
        ("non-#linebreak()resident", "non-resident"),
    ],
)
def test_a_hyphen_at_a_line_end_stays_where_it_is_the_words_own(typeset, source, expected):
    assert read(typeset(source), name="a").text.startswith(expected)


def seen(blob, found):
    """What stands inside the boxes, without white space and without the hyphens of line ends."""
    pdf = pypdfium2.PdfDocument(blob)
    said = [pdf[b.page - 1].get_textpage().get_text_bounded(b.left, b.bottom, b.right, b.top) for b in found]
    return bare("".join(said))


def bare(text):
    return re.sub(r"[\s\x02\ufffe\f-]", "", text)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_boxes_of_a_passage_hold_its_words_and_no_others(manual, document, data):
    words = [m.span() for m in re.finditer(r"\S+", document.text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 40, len(words) - 1)))
    passage = document.passage(words[first][0], words[last][1])
    found = boxes(manual, passage)
    assert seen(manual, found) == bare(passage.text)
    assert tuple(dict.fromkeys(b.page for b in found)) == document.pages.pages(*passage.span)


def test_a_passage_has_a_box_for_each_line(manual, document):
    start = document.text.index("1.1 A heading")
    passage = document.passage(start, document.text.index("first item") - 3)
    found = boxes(manual, passage)
    assert len(found) == passage.text.count("\n") + 1 == 3
    assert [b.top for b in found] == sorted((b.top for b in found), reverse=True)


def test_white_space_has_no_box(manual, document):
    place = document.text.index("\n")
    assert boxes(manual, document.passage(place, place + 1)) == ()


def test_boxes_of_another_file_are_refused(typeset, document):
    with pytest.raises(BadInput, match="not of this file"):
        boxes(typeset("Other words."), document.passage(0, 5))


def test_a_page_is_seen_as_it_is_turned(manual):
    blob = page_image(manual, page=4, dpi=72)
    assert blob.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", blob[16:24])
    assert (width, height) == (397, 312)
    assert len(zlib.decompress(blob[41 : 41 + struct.unpack(">I", blob[33:37])[0]])) == height * (1 + 3 * width)
    with pytest.raises(BadInput, match="no page 5"):
        page_image(manual, page=5)


def test_pages_without_text_are_noted(typeset):
    reading = read(typeset("One #pagebreak() #pagebreak() #pagebreak() Four #pagebreak() #rect()"), name="a")
    assert reading.notes == ("no text layer: pages 2-3, 5",)
    assert [m.page for m in reading.pages.marks] == [1, 2, 3, 4, 5]


def test_remarks_and_forms_are_noted(assembled):
    words = b"BT /F 9 Tf 9 9 Td (We reply to every letter that reaches the office of the clerk within ten days.) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Annots [5 0 R 6 0 R] /Resources 7 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Annot /Subtype /Text /Rect [1 1 9 9] /Contents (check) >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (filled) /Rect [1 1 9 9] >>",
        b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
    )
    assert read(assembled(objects, b"/Root 1 0 R"), name="a").notes == (
        "remarks that are not in the text: page 1",
        "what is filled into the fields of its form is not in the text",
    )


def test_an_empty_page_is_no_scan(typeset):
    with pytest.raises(Unreadable, match="no text layer: no page holds any text"):
        read(typeset("#rect()"), name="a.pdf")


def test_a_locked_file_needs_a_password(locked):
    with pytest.raises(Unreadable, match=r"^needs a password$"):
        read(locked, name="a.pdf")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.98])
def test_a_file_cut_off_anywhere_is_called_truncated(manual, share):
    with pytest.raises(Unreadable, match=r"^truncated"):
        read(manual[: int(len(manual) * share)], name="a.pdf")


def test_zeros_after_the_end_do_no_harm(manual, document):
    assert read(manual + bytes(5000), name="a").text == document.text


ATTACHED = '#pdf.attach("a.txt", bytes("one")) #pdf.attach("b.txt", bytes("two"))'


def test_attached_files_are_parts(typeset):
    reading = read(typeset(f"Cover. {ATTACHED}"), name="a")
    assert [(p.name, p.blob) for p in reading.parts] == [("a.txt", b"one"), ("b.txt", b"two")]
    assert not reading.container


def test_a_file_without_text_but_with_attachments_is_a_container(typeset):
    reading = read(typeset(ATTACHED), name="a")
    assert reading.container
    assert len(reading.parts) == 2
    assert reading.notes == ("no text layer: no page holds any text",)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_words(manual, data):
    place = data.draw(st.integers(0, len(manual) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=30))
    try:
        reading = read(manual[:place] + noise + manual[place + len(noise) :], name="a.pdf")
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - most damage is mended, and then the text must be sound
        return
    assert reading.text.encode()
