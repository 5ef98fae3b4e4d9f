"""Pages as scanners, printers and programs leave them."""

from __future__ import annotations

import ctypes
import io

import numpy as np
import pypdfium2
import typst
from PIL import Image, ImageFilter
from pypdfium2 import raw

WORDS = (
    "The agency shall reply to every request for public records within ten days of its receipt.",
    "A denial must be written and must name the exemption on which the supervisor relies.",
    "Body worn video is retained for five years, unless a court orders otherwise.",
    "Records of discipline are released after the names of minors have been withheld.",
)
PROSE = "\n".join(WORDS)


def page(body=PROSE, *, size="width: 5in, height: 3in, margin: 0.4in", font="Libertinus Serif", points=11):
    """Typst source of a page."""
    quoted = body.replace("\n", "\n\n")
    return f'#set page({size})\n#set text(font: "{font}", size: {points}pt)\n#set smartquote(enabled: false)\n{quoted}'


def pixels(source, *, dpi=300, angle=0.0, quarters=0, contrast=1.0, noise=8.0, seed=1):
    """A page as a scanner gives it: an image of grey pixels, leaning, pale, with noise; and the text of the page."""
    pdf = pypdfium2.PdfDocument(typst.compile(source.encode()))
    image = pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    text = pdf[0].get_textpage().get_text_range()
    if angle:
        image = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    held = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6))).astype(np.float32)
    held = 255 * (1 - contrast) * 0.6 + held * (1 - 0.9 * (1 - contrast))
    held += np.random.default_rng(seed).normal(0, noise, held.shape)
    done = Image.fromarray(np.clip(held, 0, 255).astype(np.uint8))
    return done.rotate(90 * quarters, expand=True), text


def encoded(image, form="PNG", **how):
    """The bytes of an image file."""
    stream = io.BytesIO()
    image.save(stream, form, **how)
    return stream.getvalue()


class Sheets:
    """A PDF made page by page, in points."""

    def __init__(self) -> None:
        self.pdf = pypdfium2.PdfDocument.new()
        self.font = raw.FPDFText_LoadStandardFont(self.pdf, b"Helvetica")
        self.pages = []

    def page(self, width=360, height=216, *, turn=0):
        """A new page, to be seen turned clockwise by so many degrees."""
        self.pages.append(self.pdf.new_page(width, height))
        self.pages[-1].set_rotation(turn)
        return self

    def image(self, picture, box=(0, 0, 360, 216)):
        """An image on the page, in a box of left, bottom, width, height."""
        thing = pypdfium2.PdfImage.new(self.pdf)
        thing.load_jpeg(io.BytesIO(encoded(picture.convert("RGB"), "JPEG", quality=92)), inline=True)
        left, bottom, width, height = box
        thing.set_matrix(pypdfium2.PdfMatrix().scale(width, height).translate(left, bottom))
        self.pages[-1].insert_obj(thing)
        return self

    def text(self, words, left, bottom, *, size=10, invisible=False, grey=0):
        """A line of text on the page."""
        thing = raw.FPDFPageObj_NewTextObj(self.pdf, b"Helvetica", size)
        held = ctypes.create_string_buffer((words + "\0").encode("utf-16-le"))
        raw.FPDFText_SetText(thing, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFTextObj_SetTextRenderMode(thing, 3 if invisible else 0)
        raw.FPDFPageObj_SetFillColor(thing, grey, grey, grey, 255)
        raw.FPDFPageObj_Transform(thing, 1, 0, 0, 1, left, bottom)
        raw.FPDFPage_InsertObject(self.pages[-1], thing)
        return self

    def layer(self, blob, lines, *, shift=0.0):
        """An invisible line of text over each line of the one page of the PDF `blob` that the scan was made of."""
        words = pypdfium2.PdfDocument(blob)[0].get_textpage()
        for number, line in zip(range(words.count_rects()), lines, strict=False):
            left, bottom, _, _ = words.get_rect(number)
            self.text(line, left, bottom + shift, invisible=True)
        return self

    def done(self):
        """The bytes of the file."""
        for page in self.pages:
            page.gen_content()
        stream = io.BytesIO()
        self.pdf.save(stream)
        return stream.getvalue()
