from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from showcause.errors import Unreadable
from showcause.intake import read

HEAD = b"Message-ID: <1@a.example>\nFrom: a@a.example\nMIME-Version: 1.0\n"


def message(subject="Records", body="We reply.\n\nTomorrow."):
    said = EmailMessage()
    said["From"] = "Ana Díaz <a@a.example>"
    said["To"] = "b@a.example, c@a.example"
    said["Date"] = "Sun, 4 May 2031 20:30:00 -0700"
    said["Subject"] = subject
    said["Message-ID"] = "<1@a.example>"
    if body:
        said.set_content(body)
    return said


def test_header_lines_stand_before_the_body_and_parts_are_marked():
    reading = read(message().as_bytes(), name="a.eml")
    assert reading.text == (
        "From: Ana Díaz <a@a.example>\nTo: b@a.example, c@a.example\nDate: Sun, 04 May 2031 20:30:00 -0700\n"
        "Subject: Records\n\nWe reply.\n\nTomorrow."
    )
    assert [m.part for m in reading.pages.marks] == ["from", "to", "date", "subject", "body", "body"]
    assert (reading.kind, reading.title, reading.date) == ("eml", "Records", date(2031, 5, 5))
    assert reading.notes == ()


def test_attachments_and_enclosed_messages_are_parts():
    inner = message("Inner: a/b")
    inner.add_attachment(b"deep", maintype="application", subtype="octet-stream", filename="deep.bin")
    outer = message("Outer")
    outer.add_attachment(b"one", maintype="application", subtype="octet-stream", filename="a.bin")
    outer.add_attachment(b"two", maintype="application", subtype="octet-stream", filename="a.bin")
    outer.add_attachment(b"x", maintype="image", subtype="png")
    outer.add_attachment("note", filename="../../etc/passwd")
    outer.add_attachment(inner)
    reading = read(outer.as_bytes(), name="a.eml")
    assert [p.name for p in reading.parts] == ["a.bin", "a (2).bin", "part 3.png", ".._.._etc_passwd", "Inner: a b.eml"]
    assert [p.blob for p in reading.parts[:3]] == [b"one", b"two", b"x"]
    enclosed = read(reading.parts[4].blob, name=reading.parts[4].name)
    assert enclosed.kind == "eml"
    assert [(p.name, p.blob) for p in enclosed.parts] == [("deep.bin", b"deep")]
    assert not reading.container


def test_plain_text_is_preferred_and_pictures_of_the_other_form_are_kept():
    said = message(body="Plain words.")
    said.add_alternative("<p>HTML words.</p><img src='cid:1'>", subtype="html")
    said.get_payload()[1].add_related(b"png", maintype="image", subtype="png", cid="<1>")
    reading = read(said.as_bytes(), name="a")
    assert "Plain words." in reading.text
    assert "HTML" not in reading.text
    assert [p.blob for p in reading.parts] == [b"png"]


def test_html_is_read_where_there_is_no_plain_text():
    said = message(body="")
    said.set_content("<html><body><h1>Notice</h1><p>Words &amp; more</p></body></html>", subtype="html")
    assert read(said.as_bytes(), name="a").text.endswith("Notice\n\nWords & more")


@pytest.mark.parametrize(
    ("lines", "body", "text", "noted"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1\n", "José".encode("latin-1"), "José", False),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", b"Sm9zw6k=", "José", False),
        (b"Content-Transfer-Encoding: quoted-printable\n", b"a=3Db=\n c", "a=b c", False),
        (b"Content-Type: text/plain; charset=utf-8\n", b"Jos\xe9 " * 9, "José", True),
        (b"Content-Type: text/plain; charset=x-unknown\n", "José".encode(), "José", True),
        (b"", "José".encode("cp1252"), "José", True),
        (b"Content-Transfer-Encoding: base64\n", b"!!!", "", True),
    ],
)
def test_odd_encodings(lines, body, text, noted):
    reading = read(HEAD + lines + b"\n" + body, name="a.eml")
    assert text in reading.text
    assert bool(reading.notes) is noted


def test_encoded_and_folded_header_lines_are_made_readable():
    blob = HEAD + b"Subject: =?utf-8?b?Sm9zw6k=?=\n and more\nDate: nonsense\n\nWords"
    reading = read(blob, name="a.eml")
    assert reading.title == "José and more"
    assert reading.date is None


@pytest.mark.parametrize(
    "head",
    [
        b"To: =?utf-8?q?=FF?= <\n",
        b"To: (((((\nCc: @@@,,,;;\n",
        b"Subject: caf\xe9\n",
        b"Content-Type: multipart/mixed; boundary=\n",
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"Content-Type: text/plain; name*0*=x''%\n",
        b"Content-Disposition: attachment; filename*=a'b\n",
        b"Content-Type: /\n",
        b'Content-Type: text/plain; charset="\n',
        b"Content-Disposition: attachment; filename==?utf-8?b?\0?=\n",
        b"Date: Thu, 99 Foo 99999 99:99\n",
        b"Content-Type: message/rfc822\n",
    ],
)
def test_malformed_headers_are_read_or_refused_in_words(head):
    try:
        assert read(HEAD + head + b"\nWords", name="a.eml").text.startswith("From: a@a.example")
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - either end is right; any other error is not


def nested(levels):
    heads = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels))
    return HEAD + b"".join(heads) + b"\nWords"


def test_what_is_nested_deep_is_kept_as_a_part():
    assert read(nested(40), name="a.eml").text.endswith("Words")
    (part,) = read(nested(80), name="a.eml").parts
    assert b"Words" in part.blob


def test_what_is_nested_without_end_comes_out_piece_by_piece():
    blob, levels = nested(300), 0
    while b"Words" in blob:
        reading = read(blob, name="a.eml")
        levels += 1
        blob = reading.parts[0].blob if reading.parts else b""
    assert levels == 6
    assert reading.text.endswith("Words")
