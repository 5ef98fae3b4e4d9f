"""Which reader reads what, and the reasons for what none can."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from showcause.errors import Unreadable
from showcause.intake import Limits, read

MEMO = b"TO: All personnel\nFROM: The Chief\nDATE: May 4, 2031\nSUBJECT: Records\n\nMembers shall reply.\n"
MAIL = b"Message-ID: <1@a.example>\nFrom: a@a.example\nTo: b@a.example\nSubject: Records\n\nWe reply.\n"
PAGE = b"<!DOCTYPE html><html><body><p>We reply.</p></body></html>"
SAVED = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x; type="text/html"\n\n--x\nContent-Type: text/html\n\n'
    + PAGE
    + b"\n--x--\n"
)
MBOX = b"From a@a.example Mon May  4 10:00:00 2031\n" + MAIL + b"\nFrom b@a.example Mon May  4 11:00:00 2031\n" + MAIL


@pytest.mark.parametrize(
    ("blob", "name", "kind"),
    [
        (b"We reply.", "a.txt", "txt"),
        (b"We reply.", "a.pdf", "txt"),
        (b"We reply.", "a", "txt"),
        (b"# One\n\nWe reply.\n\n# Two\n", "a.md", "md"),
        (b"# One\n\nWe reply.\n\n# Two\n", "a", "md"),
        (b"# One\n\nWe reply.\n\n# Two\n", "a.txt", "txt"),
        (MEMO, "memo.txt", "txt"),
        (MEMO, "memo.eml", "eml"),
        (MAIL, "a.txt", "eml"),
        (b"From a@a.example Mon May  4 10:00:00 2031\n" + MAIL, "a", "eml"),
        (b"%d\n%s<?xml version='1.0'?><plist/>" % (len(MAIL), MAIL), "1.emlx", "emlx"),
        (PAGE, "a.txt", "html"),
        (b"\xef\xbb\xbf  <!-- saved --><HTML><p>We reply.</HTML>", "a", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html><body>We reply.</body></html>', "a.xml", "html"),
        (b"<p>We reply.</p>", "a.html", "html"),
        (b"<p align=center>Logo</p>\n\n# One\n", "README.md", "md"),
        (b"<name@a.example> wrote", "a.txt", "txt"),
        (b"{\\rtf1 We reply.}", "a.doc", "rtf"),
        (b'<?xml version="1.0"?><uscDoc>We reply.</uscDoc>', "a.doc", "xml"),
        (PAGE, "a.doc", "html"),
        (SAVED, "a.doc", "mhtml"),
        (b"Berth,Fee\nNorth,40\n", "a.csv", "csv"),
        (b"Berth\tFee\nNorth\t40\nSouth\t55\n", "a", "tsv"),
        (b"Berth, fee and bell.\nNorth, south and east.\nOne, two, three.\n", "a.txt", "txt"),
        (b"BEGIN:VCARD\nFN:K. Ito\nEND:VCARD\n", "a", "vcf"),
        (b"%PDF-1.7 is the first line of a PDF.", "a.txt", "txt"),
    ],
)
def test_content_chooses_the_reader(blob, name, kind):
    if blob.startswith(b"%PDF"):
        with pytest.raises(Unreadable, match="truncated"):
            read(blob, name=name)
    else:
        assert read(blob, name=name).kind == kind


def zipped(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("blob", "reason"),
    [
        (b"", "empty file"),
        (b" \n\n\t", "empty: it holds no words"),
        (b"\xef\xbb\xbf", "empty: it holds no words"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a compound file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "damaged: no valid image"),
        (b"{\\rtf1 }", "empty"),
        (zipped("a.txt"), "a ZIP archive"),
        (zipped("xl/workbook.xml"), "damaged: xl/workbook.xml"),
        (zipped("word/document.xml"), "damaged: word/document.xml"),
        (zipped("word/document.xml")[:-30], "truncated"),
        (b'<?xml version="1.0"?><uscDoc>We reply.', "damaged"),
        (b'<?xml version="1.0"?><uscDoc/>', "empty"),
        (bytes(range(256)) * 4, "unknown kind"),
        (b"a\0b\0\0\0c", "unknown kind"),
        (b"%PDF-1.7\n", "truncated"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF\n", "damaged"),
    ],
)
def test_what_no_reader_can_read_has_its_reason(blob, reason):
    with pytest.raises(Unreadable, match=reason):
        read(blob, name="a.bin")


def test_a_text_that_is_too_long_is_refused():
    for name in ("a.txt", "a.md", "a.html"):
        with pytest.raises(Unreadable, match="more than 10 characters"):
            read(b"<p>We shall reply.", name=name, limits=Limits(characters=10))


SEEDS = (
    b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    MAIL,
    MBOX,
    b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x--",
    PAGE,
    b"<html><table><tr><td><ol start=9><li>a<pre>b",
    b"# a\n```\n# b\n```\n",
    zipped("word/document.xml"),
    b"\xff\xfea\0",
    SAVED,
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nDTSTART:20310504\nEND:VEVENT\nEND:VCALENDAR\n",
    b'a,b\n1,"2"\n',
    rb"{\rtf1\ansi{\fonttbl{\f0\fcharset128 a;}}\f0 a\'82\'a0\u12354 ?{\*\footnote b}\par\intbl c\cell\row}",
    b'<?xml version="1.0"?><a><b>c</b>d</a>',
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.binary(max_size=40), st.integers(0, 200), st.sampled_from(["a", "a.md", "a.eml"]))
@example(b"\xff\xfe\x00\xd8", b"", 0, "a")
@example(b"a\x00b\x00\x00\xd8c\x00", b"", 99, "a")
def test_any_bytes_are_read_or_refused_in_words(seed, noise, place, name):
    blob = seed[:place] + noise + seed[place:]
    try:
        reading = read(blob, name=name)
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - most bytes are read, and then other things must hold
        return
    assert reading.text.strip() or (reading.container and reading.parts)
    assert reading.text.encode("utf-8") or reading.container
    assert "\0" not in reading.text
    assert [m.start for m in reading.pages.marks] == sorted(m.start for m in reading.pages.marks)
    assert all(0 <= h.start < h.end <= len(reading.text) for h in reading.headings)
