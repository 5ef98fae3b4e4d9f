"""A stamped page keeps its size, shows its number on white, and is what viewers of TIFF, JPEG and PDF expect."""

from __future__ import annotations

import io

import papers
import pypdfium2
import pytest
from PIL import Image, ImageChops

from showcause.errors import BadInput, Unreadable
from showcause.produce import ink
from showcause.produce.imagepdf import image_pdf
from showcause.produce.paging import opened, plain_pages
from showcause.produce.profile import ImageRules
from showcause.produce.stamp import Endorsement, Stamped, slip, stamped

STAMP = Endorsement("ABC-000001", "CONFIDENTIAL")
RULES = ImageRules()


def one(
    content: bytes, name: str = "a.pdf", page: int = 1, stamp: Endorsement = STAMP, rules: ImageRules = RULES
) -> Stamped:
    with opened(papers.item(name, content)) as pages:
        return stamped(pages, page, endorsement=stamp, rules=rules)


def grey(page: Stamped) -> Image.Image:
    return Image.open(io.BytesIO(page.file())).convert("L")


PLAIN = "#set text(size: 11pt)\n#lorem(200)"
COLOURS = [
    (PLAIN, False),
    ("#text(fill: luma(45%))[" + "#lorem(100)]", False),
    ("#text(fill: red)[IMPORTANT. Act by Friday, all of you.]\n#lorem(200)", True),
    ("#rect(fill: yellow)[#lorem(8)]\n#lorem(100)", True),
    ('#rect(width: 40%, height: 10%, fill: rgb("#3366cc"))', True),
    ('#rect(width: 40%, height: 10%, fill: rgb("#f4f2ee"))#lorem(50)', False),  # paper that is not quite white
]


@pytest.mark.parametrize(("body", "colour"), COLOURS)
def test_colour_is_kept_where_it_carries_meaning(body: str, *, colour: bool) -> None:
    made = one(papers.pdf(body))
    assert made.colour is colour
    assert made.suffix == (".JPG" if colour else ".TIF")
    assert not one(papers.pdf(body), rules=ImageRules(colour=False)).colour


def test_a_tiff_is_group_4_white_is_zero_one_strip_at_300_dots() -> None:
    image = Image.open(io.BytesIO(one(papers.pdf(PLAIN)).file()))
    tags = image.tag_v2
    assert (image.mode, image.size, tags[258], tags[259], tags[262], tags[277]) == ("1", (2550, 3300), (1,), 4, 0, 1)
    assert (tags[278], len(tags[273]), tags[282], tags[283], tags[296]) == (3300, 1, 300, 300, 2)
    assert set(tags) == {256, 257, 258, 259, 262, 273, 277, 278, 279, 282, 283, 296}  # nothing that could tell more
    assert image.convert("L").getpixel((5, 5)) == 255


def test_the_number_stands_lower_right_and_the_confidentiality_lower_left() -> None:
    bare, made = grey(one(papers.pdf(PLAIN), stamp=Endorsement(" "))), grey(one(papers.pdf(PLAIN)))
    left, top, right, bottom = ImageChops.difference(bare, made).getbbox()
    assert top > 3300 - 27 / 72 * 300
    assert bottom < 3300
    assert left < 2550 * 0.1
    assert right > 2550 * 0.95
    middle = ImageChops.difference(bare, made).crop((1000, 0, 1600, 3300))
    assert middle.getbbox() is None


def test_a_page_without_white_shrinks_by_no_more_than_a_tenth_and_keeps_its_size() -> None:
    full = papers.pdf("#lorem(3000)", setup="#set page(margin: 3pt)\n#set text(size: 9pt)")
    made = one(full)
    assert 0 < made.shrunk <= 10
    assert made.image.size == (2550, 3300)
    foot = grey(made).crop((700, 3300 - 90, 1900, 3300))
    assert foot.getextrema() == (255, 255)
    assert one(papers.pdf(PLAIN)).shrunk == 0


@pytest.mark.parametrize("size", ["width: 2in, height: 1in", "width: 1in, height: 9in", "width: 30in, height: 20in"])
def test_pages_of_any_size_are_stamped_whole(size: str) -> None:
    content = papers.pdf("X", setup=f"#set page({size}, margin: 2pt)")
    bare, made = one(content, stamp=Endorsement(" ")), one(content)
    assert made.image.size == bare.image.size
    assert made.shrunk <= 10
    box = ImageChops.difference(grey(bare), grey(made)).getbbox()
    assert box is not None
    assert box[0] >= 0
    assert box[2] <= made.image.width


def test_a_rotated_and_cropped_page_is_stamped_as_it_is_seen() -> None:
    pdf = pypdfium2.PdfDocument(papers.pdf(PLAIN))
    pdf[0].set_rotation(90)
    pdf[0].set_cropbox(0, 300, 612, 792)
    held = io.BytesIO()
    pdf.save(held)
    assert one(held.getvalue()).image.size == (round(492 / 72 * 300), 2550)


def test_pale_letters_on_white_and_dark_letters_on_a_tint_are_kept() -> None:
    body = "#text(size: 30pt, fill: luma(60%))[HHHH]\n#rect(fill: luma(60%))[#text(size: 30pt)[HHHH]]"
    made = grey(one(papers.pdf(body)))
    pale, tinted = made.crop((290, 280, 800, 420)), made.crop((330, 440, 800, 560))
    for part in (pale, tinted):
        black = part.histogram()[0] / (part.width * part.height)
        assert 0.02 < black < 0.7


def test_a_picture_is_a_page_at_its_own_dots_or_fitted_on_letter() -> None:
    held = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(held, "PNG")
    made = one(held.getvalue(), "scan.png")
    assert made.image.size == (2550, round(2550 * 3 / 4))
    held = io.BytesIO()
    frames = [Image.new("1", (1700, 2200), 1) for _ in range(3)]
    frames[0].save(held, "TIFF", save_all=True, append_images=frames[1:], dpi=(200, 200))
    with opened(papers.item("fax.tif", held.getvalue())) as pages:
        assert (pages.count, pages.size(3)) == (3, (612, 792))


def test_a_document_without_pages_has_its_text_set_on_some() -> None:
    with opened(papers.item("a.txt", b"", text="One line\nand another\f#import *second* page")) as pages:
        assert pages.count == 2
        assert "".join(g.character for g in pages.glyphs(2)).strip() == "#import *second* page"
    assert plain_pages("a") == plain_pages("a")


@pytest.mark.parametrize("name", ["a.pdf", "a.png"])
def test_what_cannot_be_imaged_says_so(name: str) -> None:
    with pytest.raises(Unreadable, match="can't be imaged"), opened(papers.item(name, b"nothing")):
        pass


def test_letters_that_the_stamp_lacks_are_refused_before_they_become_boxes() -> None:
    assert Endorsement("A-1", "CONFIDENTIAL – ATTORNEYS’ EYES ONLY").confidentiality
    with pytest.raises(BadInput, match="can't be stamped"):
        Endorsement("A-1", "機密")


def test_a_slip_sheet_says_what_stands_in_its_place() -> None:
    made = slip(("Produced natively",), endorsement=STAMP, dpi=300)
    assert made.image.size == (2550, 3300)
    other = slip(("Withheld",), endorsement=STAMP, dpi=300)
    assert made.file() != other.file()
    assert slip(("Withheld " * 60,), endorsement=STAMP, dpi=300).image.size == (2550, 3300)


def test_an_image_pdf_shows_the_same_pixels_and_holds_nothing_else() -> None:
    made = [one(papers.pdf(PLAIN)), one(papers.pdf(COLOURS[3][0])), slip(("Withheld",), endorsement=STAMP, dpi=300)]
    raw = b"".join(image_pdf(made))
    pdf = pypdfium2.PdfDocument(raw)
    assert [p.get_size() for p in pdf] == [(612, 792)] * 3
    assert pdf.get_metadata_dict(skip_empty=True) == {}
    assert all(p.get_textpage().count_chars() == 0 for p in pdf)
    shown = pdf[0].render(scale=300 / 72, grayscale=True).to_pil().resize((255, 330), Image.Resampling.BOX)
    wanted = grey(made[0]).resize((255, 330), Image.Resampling.BOX)
    assert max(ImageChops.difference(shown, wanted).histogram()[40:]) == 0


def test_the_same_page_gives_the_same_bytes() -> None:
    assert one(papers.pdf(PLAIN)).file() == one(papers.pdf(PLAIN)).file()
    assert ink.strip(one(papers.pdf(PLAIN)).image) == ink.strip(one(papers.pdf(PLAIN)).image)
