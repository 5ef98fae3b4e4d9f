"""Stamped pages in, a PDF of images alone out: nothing of the source's bytes, no metadata, no text layer.

Ink stands in it as the Group 4 strip that the TIFF would hold, colour as the JPEG (ISO 32000-1, 7.4.6 and 7.4.8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from showcause.produce import ink
from showcause.produce.stamp import Stamped


def image_pdf(pages: Iterable[Stamped]) -> Iterator[bytes]:
    """The pieces of the file, one page in memory at a time."""
    offsets: list[int] = []
    at = 0

    def numbered(number: int, *body: bytes) -> bytes:
        nonlocal at
        while len(offsets) < number:
            offsets.append(0)
        offsets[number - 1] = at
        piece = b"".join((f"{number} 0 obj\n".encode(), *body, b"\nendobj\n"))
        at += len(piece)
        return piece

    head = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    at += len(head)
    yield head
    kids: list[int] = []
    for page in pages:
        first = 3 + 3 * len(kids)
        kids.append(first)
        width, height = page.image.width * 72 / page.dpi, page.image.height * 72 / page.dpi
        yield numbered(
            first,
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]"
            f"/Resources<</XObject<</P {first + 2} 0 R>>>>/Contents {first + 1} 0 R>>".encode(),
        )
        drawing = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode()
        yield numbered(first + 1, f"<</Length {len(drawing)}>>stream\n".encode(), drawing, b"\nendstream")
        yield numbered(first + 2, *_image(page))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    yield numbered(2, f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>".encode())
    yield numbered(1, b"<</Type/Catalog/Pages 2 0 R>>")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(offsets) + 1
    yield (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n"
    ).encode()


def _image(page: Stamped) -> tuple[bytes, bytes, bytes]:
    size = f"/Width {page.image.width}/Height {page.image.height}"
    if page.colour:
        data = ink.jpeg(page.image, dpi=page.dpi)
        kind = f"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode{size}"
    else:
        data = ink.strip(page.image)
        parameters = f"<</K -1/Columns {page.image.width}/Rows {page.image.height}>>"
        kind = f"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms{parameters}{size}"
    return f"<</Type/XObject/Subtype/Image{kind}/Length {len(data)}>>stream\n".encode(), data, b"\nendstream"
