"""Documents that hold a secret in as many places as a document has, made here by hand; and what is left to be seen.

Every PDF shows `KEEP` in one line and the secret in another. Where else the secret stands is a list of `HIDES`.
"""

from __future__ import annotations

import base64
import io
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from random import Random

import papers
import xlsxwriter
from papers import Area, Item, Mail, Verdict, coded

KEEP = "Publicwords"
HIDES = (
    "form", "annotation", "layer", "attachment", "info", "xmp", "revision", "thumbnail", "outside", "white", "outline",
    "field", "javascript", "name",
)  # fmt: skip
FILTERS = ("", "FlateDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode")
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET</x:xmpmeta>'
WIDTH, HEIGHT = 252, 180


def token(chance: Random) -> str:
    """A secret word that stands nowhere by accident."""
    return "Qz" + "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=10))


def encoded(content: bytes, way: str) -> bytes:
    """The content through a filter of PDF."""
    if way == "FlateDecode":
        return zlib.compress(content)
    if way == "ASCIIHexDecode":
        return content.hex().encode() + b">"
    if way == "ASCII85Decode":
        return base64.a85encode(content) + b"~>"
    if way == "RunLengthDecode":
        pieces = (content[n : n + 128] for n in range(0, len(content), 128))
        return b"".join(bytes([len(p) - 1]) + p for p in pieces) + b"\x80"
    return content


class Paper:
    """A PDF in the making: objects by number from 1, the catalog first."""

    def __init__(self, way: str) -> None:
        self.way, self.objects = way, list[bytes]()

    def add(self, body: str | bytes = "") -> int:
        """One more object; its number."""
        self.objects.append(body.encode() if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, content: str | bytes, head: str = "") -> int:
        """A stream through the paper's filter."""
        raw = encoded(content.encode() if isinstance(content, str) else content, self.way)
        named = f"/Filter/{self.way}" if self.way else ""
        return self.add(f"<<{head}{named}/Length {len(raw)}>>stream\n".encode() + raw + b"\nendstream")

    def file(self, info: int = 0) -> bytes:
        """The whole file."""
        out, offsets = bytearray(b"%PDF-1.7\n"), []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{o:010d} 00000 n \n".encode() for o in offsets)
        named = f"/Info {info} 0 R" if info else ""
        out += f"trailer\n<</Size {len(offsets) + 1}/Root 1 0 R{named}>>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def line(words: str, down: int, across: int = 20) -> str:
    """A line of twelve point Courier, so that every word of a length is as wide."""
    return f"BT /F 12 Tf {across} {down} Td ({words}) Tj ET\n"


def pdf(secret: str, hides: tuple[str, ...], way: str, rotate: int = 0, seen: str = "") -> bytes:  # noqa: C901, PLR0912 - a branch a hide
    """A page with the secret on it, or with the word `seen` in its place, and the secret in all that `hides` names."""
    seen = seen or secret
    paper = Paper(way)
    for _ in range(4):
        paper.add()
    font = "/Resources<</Font<</F 4 0 R>>{}>>"
    drawing = line(KEEP, 120)
    objects, more, catalog, info = "", "", "", 0
    if "form" in hides:
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 {WIDTH} {HEIGHT}]" + font.format("")
        objects = f"/XObject<</X {paper.stream(line(seen, 80), head)} 0 R>>"
        drawing += "/X Do\n"
    else:
        drawing += line(seen, 80)
    if "layer" in hides:
        group = paper.add("<</Type/OCG/Name(hidden)>>")
        objects += f"/Properties<</L {group} 0 R>>"
        catalog += f"/OCProperties<</OCGs[{group} 0 R]/D<</BaseState/ON/OFF[{group} 0 R]>>>>"
        drawing += f"/OC /L BDC\n{line(secret, 40)}EMC\n"
    if "outside" in hides:
        drawing += line(secret, -200)
    if "white" in hides:
        drawing += f"1 g\n{line(secret, 20, 120)}0 g\n"
    if "annotation" in hides:
        note = paper.add(f"<</Type/Annot/Subtype/Text/F 2/Rect[0 0 9 9]/Contents({secret})/T({secret})>>")
        more += f"/Annots[{note} 0 R]"
    if "thumbnail" in hides:
        more += f"/Thumb {paper.stream(secret.encode() * 3, '/Width 6/Height 6/BitsPerComponent 8')} 0 R"
    if "attachment" in hides:
        inside = paper.stream(f"inside: {secret}", "/Type/EmbeddedFile")
        spec = paper.add(f"<</Type/Filespec/F({secret}.txt)/UF({secret}.txt)/EF<</F {inside} 0 R>>>>")
        catalog += f"/Names<</EmbeddedFiles<</Names[({secret}.txt) {spec} 0 R]>>>>"
    if "xmp" in hides:
        said = XMP.replace("SECRET", secret)
        catalog += f"/Metadata {paper.stream(said, '/Type/Metadata/Subtype/XML')} 0 R"
    if "outline" in hides:
        entry = paper.add()
        root = paper.add(f"<</Type/Outlines/First {entry} 0 R/Last {entry} 0 R/Count 1>>")
        paper.objects[entry - 1] = f"<</Title({secret})/Parent {root} 0 R/Dest[3 0 R/Fit]>>".encode()
        catalog += f"/Outlines {root} 0 R"
    if "field" in hides:
        box = paper.add(f"<</FT/Tx/T(x)/V({secret})/DV({secret})/Subtype/Widget/Type/Annot/F 2/Rect[0 0 1 1]>>")
        catalog += f"/AcroForm<</Fields[{box} 0 R]>>"
    if "javascript" in hides:
        catalog += f"/OpenAction<</S/JavaScript/JS(app.alert('{secret}'))>>"
    if "info" in hides:
        info = paper.add(f"<</Title({secret})/Author({secret})/Keywords<{secret.encode().hex()}>>>")
    content = paper.stream(drawing + (f"% {secret}\n" if "revision" in hides else ""))
    turned = f"/Rotate {rotate}/CropBox[5 5 {WIDTH} {HEIGHT}]" if rotate else ""
    paper.objects[:4] = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]{turned}/Contents {content} 0 R{font.format(objects)}{more}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    ]
    made = paper.file(info)
    return _revised(made, content, drawing) if "revision" in hides else made


def _revised(made: bytes, content: int, drawing: str) -> bytes:
    """The file with an update behind it, in which the page's drawing is another and the old one only lies there."""
    body = f"{content} 0 obj\n<</Length {len(drawing)}>>stream\n{drawing}\nendstream\nendobj\n".encode()
    at = len(made)
    before = int(made.rsplit(b"startxref\n", 1)[1].split()[0])
    size = made.rsplit(b"/Size ", 1)[1].split(b"/")[0].decode()
    table = f"xref\n{content} 1\n{at:010d} 00000 n \ntrailer\n<</Size {size}/Root 1 0 R/Prev {before}>>\n"
    return made + body + f"{table}startxref\n{at + len(body)}\n%%EOF\n".encode()


# the visible line of the secret, on the page as it is seen
def area(rotate: int) -> Area:
    """Where the secret is seen; on a cropped page that lies, the crop and the turn are reckoned in."""
    left, right, bottom, top = 18.0, 130.0, 74.0, 92.0
    if not rotate:
        return Area(1, left, HEIGHT - top, right, HEIGHT - bottom, "AC")
    left, right, bottom, top = left - 5, right - 5, bottom - 5, top - 5
    wide, high = WIDTH - 5, HEIGHT - 5
    boxes = {
        90: (bottom, left, top, right),
        180: (wide - right, bottom, wide - left, top),
        270: (high - top, wide - right, high - bottom, wide - left),
    }
    return Area(1, *boxes[rotate], "AC")


def sheet(secret: str) -> bytes:
    """A workbook with the secret in a hidden row, a hidden sheet, a comment and its properties."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": secret, "author": secret, "comments": secret})
    page = book.add_worksheet("Open")
    page.write(0, 0, KEEP)
    page.write(1, 0, secret)
    page.set_row(1, None, None, {"hidden": True})
    page.write_comment(0, 0, secret)
    book.add_worksheet("Hidden").hide()
    book.close()
    return held.getvalue()


def mail(secret: str, attached: bytes, name: str) -> bytes:
    """A message with the secret in its head and in a file that hangs on it."""
    message = EmailMessage()
    message["From"], message["To"] = f"{secret}@city.example", "clerk@city.example"
    message["Subject"] = f"About {secret}"
    message["Thread-Topic"] = secret
    message.set_content(f"{KEEP}\n")
    message.add_attachment(attached, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


def redacted(number: int, secret: str, *, hides: tuple[str, ...], way: str, rotate: int) -> Item:
    """A PDF whose visible secret is burned out by a box."""
    name = f"{secret}.pdf" if "name" in hides else f"paper-{number}.pdf"
    content = pdf(secret, hides, way, rotate)
    coding = coded(Verdict.REDACT)
    told = {"title": f"On {secret}", "author": secret, "path": f"C:\\{secret}\\x", "text": f"{KEEP}\n{secret}"}
    item = papers.item(name, content, areas=(area(rotate),), coding=coding, **told)
    return replace(item, id=f"P{number}")


def family(number: int, chance: Random) -> tuple[list[Item], str]:
    """A family of one of four kinds, and its secret."""
    secret = token(chance)
    hides = tuple(h for h in HIDES if chance.random() < 0.4)
    way, rotate = chance.choice(FILTERS), chance.choice((0, 0, 90, 180, 270))
    paper = redacted(number, secret, hides=hides, way=way, rotate=rotate)
    kind = chance.choice(("paper", "paper", "mail", "withheld", "sheet"))
    if kind == "paper":
        return [paper], secret
    if kind == "sheet":
        page = pdf(secret, (), way)
        book = papers.item(f"{secret}.xlsx", sheet(secret), areas=(area(0),), coding=coded(Verdict.REDACT, native=True))
        return [replace(book, id=f"S{number}", text=secret, title=secret, pages_of=lambda: page)], secret
    head = papers.item(f"mail-{number}.eml", mail(secret, pdf(secret, hides, way), f"{secret}.pdf"), text=KEEP)
    sent = datetime(2030, 1, 2, tzinfo=UTC)
    if kind == "mail":  # its own head is redacted too, and it asks to be produced natively
        page = pdf(secret, (), way)
        said = Mail(f"{secret}@city.example", ("clerk@city.example", secret), subject=f"About {secret}", sent=sent)
        head = replace(head, areas=(area(0),), coding=coded(Verdict.REDACT, native=True), mail=said, text=secret)
        head = replace(head, pages_of=lambda: page)
        child = replace(paper, family=f"M{number}", parent=f"M{number}")
    else:
        coding = coded(Verdict.WITHHOLD, description=secret, topic=secret)
        said = Mail("clerk@city.example", subject="Nothing", sent=sent)
        head = replace(head, coding=replace(papers.RESPONSIVE, native=True), mail=said)
        withheld = papers.item(f"{secret}.pdf", pdf(secret, hides, way), coding=coding, text=secret, title=secret)
        child = replace(
            withheld, id=f"W{number}", family=f"M{number}", parent=f"M{number}", mail=Mail(secret, subject=secret)
        )
    return [replace(head, id=f"M{number}", family=f"M{number}"), child], secret
