"""Pages as scanners, printers and programs leave them."""

from __future__ import annotations

import ctypes
import io
from functools import partial
from hashlib import md5 as _md5

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
    return f'#set page({size})\n#set text(font: "{font}", size: {points}pt, hyphenate: false)\n#set smartquote(enabled: false)\n{quoted}'


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


md5 = partial(_md5, usedforsecurity=False)
_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")  # ISO 32000-1, 7.6.3.3


def rc4(key, data):
    """The cipher of the first locked PDFs."""
    box, j, said = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        said.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(said)


def locked(password, words):
    """Objects and trailer of a PDF that says `words` and opens with `password` alone (ISO 32000-1, 7.6.2 and 7.6.3)."""
    padded = (password + _PAD)[:32]
    owner = rc4(md5(padded).digest()[:5], padded)
    key = md5(padded + owner + b"\xfc\xff\xff\xff" + b"\1").digest()[:5]
    drawn = rc4(md5(key + b"\4\0\0\0\0").digest()[:10], b"BT /F 9 Tf 9 50 Td (%s) Tj ET" % words)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 99] /Contents 4 0 R /Resources 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), rc4(key, _PAD).hex().encode()),
    )
    return objects, b"/Root 1 0 R /Encrypt 6 0 R /ID [<01> <01>]"
