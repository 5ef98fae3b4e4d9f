"""Real files, built as the programs that make them do."""

from __future__ import annotations

import io
import zipfile

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = "http://schemas.openxmlformats.org/package/2006"


@pytest.fixture(scope="session")
def typeset():
    """Typst source in, a PDF out."""
    import typst

    return lambda source: typst.compile(source.encode())


@pytest.fixture(scope="session")
def locked():
    """A PDF that is encrypted with a password (ISO 32000-1, 7.6.3): no key follows from an empty one."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    )
    return pdf(objects, b"/Root 1 0 R /Encrypt 4 0 R /ID [<01> <01>]")


@pytest.fixture(scope="session")
def assembled():
    """Objects and the entries of the trailer in, a PDF out."""
    return pdf


def pdf(objects, trailer):
    """A PDF of the given objects, numbered from 1."""
    blob, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(blob))
        blob += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(blob))
    return blob + head + table + tail


@pytest.fixture(scope="session")
def word():
    """The XML inside `w:body`, and of other parts by their kind, in, a Word file out."""
    return _word


def _word(body, *, extra=None, **parts):
    links = "".join(
        f'<Relationship Id="r{n}" Type="{LINKS}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{ROOT}/content-types"/>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{ROOT}/relationships">{links}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    for kind, held in parts.items():
        files[f"word/{kind}.xml"] = f'<w:{kind} xmlns:w="{WORD}">{held}</w:{kind}>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in {**files, **(extra or {})}.items():
            archive.writestr(name, held)
    return stream.getvalue()
