"""What is redacted is neither in the picture nor in the text that is left; what is not redacted stays in both."""

from __future__ import annotations

import io

import papers
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from showcause.produce.item import Area
from showcause.produce.paging import opened
from showcause.produce.patterns import PATTERNS, words
from showcause.produce.profile import ImageRules
from showcause.produce.redact import MARK, burn, found, left, secrets, touches
from showcause.produce.stamp import Endorsement, stamped

LETTER = "Dear Ms. Overton, your number is 123-45-6789 and you live in Ferndale.\n\nYours, Kestrel"


def areas_of(content: bytes, *wanted: str) -> tuple[Area, ...]:
    with opened(papers.item("a.pdf", content)) as pages:
        return tuple(found(pages, map(words, wanted), reason="AC"))


def text_left(content: bytes, areas, page: int = 1, recognise=None):
    with opened(papers.item("a.pdf", content)) as pages:
        return left(pages, page, areas=areas, recognise=recognise)


def turned(content: bytes, degrees: int, crop: tuple[float, float, float, float] | None = None) -> bytes:
    pdf = pypdfium2.PdfDocument(content)
    pdf[0].set_rotation(degrees)
    if crop:
        pdf[0].set_cropbox(*crop)
    held = io.BytesIO()
    pdf.save(held)
    return held.getvalue()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (20, 250, 600, 780)])
def test_words_go_from_the_text_and_the_picture_however_the_page_lies(degrees: int, crop) -> None:
    content = turned(papers.pdf(LETTER), degrees, crop)
    areas = areas_of(content, "Overton", "Ferndale")
    rest = text_left(content, areas)
    want = f"Dear Ms. {MARK} your number is 123-45-6789 and you live in {MARK} Yours, Kestrel"
    assert sorted(rest.text.split()) == sorted(want.split())  # PDFium begins a page that lies with its last line
    assert len(areas) == 2
    assert [g.strip(",.") for g in rest.gone] == ["Overton", "Ferndale"]
    with opened(papers.item("a.pdf", content)) as pages:
        made = stamped(pages, 1, endorsement=Endorsement("A-1"), rules=ImageRules(), areas=areas)
    for area in areas:
        box = [round(v * 300 / 72) for v in (area.left, area.top, area.right, area.bottom)]
        part = made.image.convert("L").crop(box)  # in mode 1 a set bit is black
        assert part.histogram()[255] / (part.width * part.height) > 0.5
        edge = made.image.convert("L").crop((box[0], box[1], box[0] + 2, box[3]))
        assert edge.getextrema() == (255, 255)


def test_a_run_over_several_lines_has_an_area_a_line_and_one_mark() -> None:
    content = papers.pdf(
        "#set page(width: 4in)\nKeep this. The secret of the house is that nobody knows the way to it. Keep that."
    )
    areas = areas_of(content, "The secret of the house is that nobody knows the way to it.")
    assert len(areas) >= 2
    assert text_left(content, areas).text.split() == ["Keep", "this.", MARK, "Keep", "that."]


def test_patterns_find_the_numbers_on_a_page() -> None:
    with opened(papers.item("a.pdf", papers.pdf(LETTER))) as pages:
        areas = tuple(found(pages, PATTERNS, reason="PII"))
    assert len(areas) == 1
    assert "6789" not in text_left(papers.pdf(LETTER), areas).text


def test_letters_that_nobody_sees_are_not_in_the_text_that_is_left() -> None:
    hidden = "Seen.\n#text(fill: white)[unseen-white]\n#place(dx: -400pt)[unseen-outside]\n#box[under-a-box#place(dx: -80pt, dy: -14pt, rect(fill: black, width: 200pt, height: 30pt))]"
    rest = text_left(papers.pdf(hidden), (Area(1, 500, 700, 510, 710, "X"),))
    assert "Seen." in rest.text
    assert "unseen" not in rest.text
    assert "under-a" not in rest.text


def test_a_scan_is_read_anew_from_the_burned_picture() -> None:
    image = Image.new("RGB", (850, 1100), "white")
    burn(image, [Area(1, 100, 100, 200, 200, "")], scale=1)
    held = io.BytesIO()
    image.save(held, "PNG", dpi=(100, 100))
    seen: list[Image.Image] = []

    def recognise(picture: Image.Image) -> str:
        seen.append(picture)
        return "read anew"

    area = Area(1, 50, 50, 160, 160, "PII")
    with opened(papers.item("a.png", held.getvalue())) as pages:
        assert left(pages, 1, areas=(area,), recognise=recognise).text == "read anew"
        assert left(pages, 1, areas=(area,)).unread
    assert seen[0].getpixel((int(60 * 300 / 72), int(60 * 300 / 72))) == (0, 0, 0)


@given(st.tuples(*[st.floats(0, 600)] * 4), st.sampled_from([50, 72, 100, 289.5, 300]), st.sampled_from(["RGB", "L"]))
@settings(deadline=None, max_examples=60)
def test_every_pixel_of_an_area_is_burned(box, dpi: float, mode: str) -> None:
    image = Image.new(mode, (round(620 * dpi / 72), round(620 * dpi / 72)), "white")
    area = Area(1, *box, "")
    burn(image, [area], scale=dpi / 72)
    (left_, right), (top, bottom) = sorted((box[0], box[2])), sorted((box[1], box[3]))
    edges = (int(left_ * dpi / 72), int(top * dpi / 72), int(right * dpi / 72) + 1, int(bottom * dpi / 72) + 1)
    assert image.convert("L").crop(edges).getextrema() == (0, 0)


def test_a_reason_is_printed_in_white_on_its_box() -> None:
    image = Image.new("L", (600, 200), "white")
    burn(image, [Area(1, 10, 10, 500, 60, "AC-WP")], scale=1)
    assert image.crop((20, 15, 490, 55)).getextrema() == (0, 255)
    assert image.crop((9, 9, 502, 14)).getextrema() == (0, 0)


def test_a_box_that_only_touches_an_area_is_out() -> None:
    area = Area(1, 10, 10, 20, 20, "")
    assert touches((20, 20, 30, 30), area)
    assert not touches((20.1, 10, 30, 20), area)


SECRETS = [
    (["Jane Overton"], "Dear Ms., jane", {"janeoverton", "overton"}),
    (["the"], "", set()),
    (["Yours truly"], "yours truly", set()),
    (["k.ito@city.example"], "", {"k.ito@city.example"}),
]


@pytest.mark.parametrize(("gone", "seen", "want"), SECRETS)
def test_secrets_are_what_went_and_is_seen_nowhere_else(gone: list[str], seen: str, want: set[str]) -> None:
    assert secrets(gone, seen).words == want


def test_a_secret_is_told_by_a_name_in_any_case() -> None:
    told = secrets(["Overton"], "").told_by("re_OVERTON memo.pdf")
    assert told == ("overton",)
