from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.core import Address
from showcause.errors import Unreadable
from showcause.intake import Limits, read

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


def mail_of(lines, body=b"Words"):
    return read(HEAD + lines + b"\n" + body, name="a.eml")


@pytest.mark.parametrize(
    ("line", "given"),
    [
        (b"b@a.example", [("", "b@a.example")]),
        (b"Ben <B@A.Example>", [("Ben", "b@a.example")]),
        (b'"Doe, Jane" <j@a.example>, b@a.example', [("Doe, Jane", "j@a.example"), ("", "b@a.example")]),
        (
            b"Doe, Jane <j@a.example>, Roe, Rick <r@a.example>",
            [("Doe, Jane", "j@a.example"), ("Roe, Rick", "r@a.example")],
        ),
        (b"=?utf-8?q?D=C3=ADaz=2C_Ana?= <a@a.example>", [("Díaz, Ana", "a@a.example")]),
        (b"=?utf-8?b?QW5hIDxhQGEuZXhhbXBsZT4=?=", [("Ana", "a@a.example")]),
        (b"=?iso-8859-1?q?D=EDaz?= <a@a.example>", [("Díaz", "a@a.example")]),
        (
            b"Staff: b@a.example, Cy <c@a.example>;, d@a.example",
            [("", "b@a.example"), ("Cy", "c@a.example"), ("", "d@a.example")],
        ),
        (b"undisclosed-recipients:;", []),
        (b"b@a.example (Ben Roe)", [("Ben Roe", "b@a.example")]),
        (b"b@a.example; c@a.example", [("", "b@a.example"), ("", "c@a.example")]),
        (b"'b@a.example' <b@a.example>", [("b@a.example", "b@a.example")]),
        (b"<mailto:b@a.example>", [("", "b@a.example")]),
        (b"< b @ a.example >", [("", "b@a.example")]),
        (b'"Ben <b@a.example>', [("Ben", "b@a.example")]),
        (b"Ben b@a.example", [("Ben", "b@a.example")]),
        (b"The Whole Office", [("", "the whole office")]),
        (b'"/O=ORG/OU=X/CN=BEN" <>', [("/O=ORG/OU=X/CN=BEN", "/o=org/ou=x/cn=ben")]),
        (b"Jos\xe9 <j@a.example>", [("José", "j@a.example")]),
        (b",,;<>,", []),
    ],
)
def test_addresses_are_taken_from_well_and_badly_formed_lines(line, given):
    reading = mail_of(b"To: " + line + b"\n")
    assert reading.mail.to == tuple(Address(name, address) for name, address in given)


def test_several_senders_are_shown_and_the_first_counts():
    reading = read(b"From: B <b@a.example>\nFrom: c@a.example\nMessage-ID: <1@a>\n\nWords", name="a")
    assert reading.text.startswith("From: B <b@a.example>; c@a.example")
    assert reading.mail.sender == Address("B", "b@a.example")
    assert read(b"Sender: c@a.example\nMessage-ID: <1@a>\n\nWords", name="a").mail.sender == Address("", "c@a.example")


@pytest.mark.parametrize(
    ("line", "sent", "offset"),
    [
        (b"Sun, 4 May 2031 20:30:00 -0700", datetime(2031, 5, 5, 3, 30, tzinfo=UTC), -420),
        (b"4 May 31 20:30 +0530 (IST)", datetime(2031, 5, 4, 15, 0, tzinfo=UTC), 330),
        (b"Sun, 4 May 2031 20:30:00 EST", datetime(2031, 5, 5, 1, 30, tzinfo=UTC), -300),
        (b"Sun, 4 May 2031 20:30:00 CEST", datetime(2031, 5, 4, 20, 30, tzinfo=UTC), None),
        (b"Sun, 4 May 2031 20:30:00", datetime(2031, 5, 4, 20, 30, tzinfo=UTC), None),
        (b"Sun, 4 May 2031 20:30:00 -0000", datetime(2031, 5, 4, 20, 30, tzinfo=UTC), None),
        (b"2031-05-04T20:30:00.25+02:00", datetime(2031, 5, 4, 18, 30, tzinfo=UTC), 120),
        (b"Thu, 99 Foo 99999 99:99", None, None),
        (b"", None, None),
    ],
)
def test_the_moment_sent_is_in_utc_beside_the_writers_own_zone(line, sent, offset):
    reading = mail_of(b"Date: " + line + b"\n")
    assert (reading.mail.sent, reading.mail.offset) == (sent, offset)
    assert reading.date == (sent.date() if sent else None)
    assert (f"Date: {line.decode()}" in reading.text) is bool(line)


def test_identifiers_lose_their_brackets_and_malformed_ones_are_kept():
    reading = read(
        b"Message-ID: <a.\n b@a.example> (x)\nReferences: <1@a> <2@a>\n\t<3@a><2@a>\n"
        b"In-Reply-To: Your message of Monday <3@a>\nThread-Index: AQHT0yHFwtxk7ksvUNpB1o9CABSHpNIp\n\nWords",
        name="a.eml",
    )
    assert reading.mail.message_id == "a.b@a.example"
    assert reading.mail.references == ("1@a", "2@a", "3@a")
    assert reading.mail.in_reply_to == ("3@a",)
    assert reading.mail.thread_index == "0101d3d321c5c2dc64ee4b2f50da41d68f42001487a4d229"
    assert read(b"Message-ID: 7@a\nFrom: a@a\n\nWords", name="a").mail.message_id == "7@a"


@pytest.mark.parametrize(
    ("line", "digest"),
    [
        (b"<1@a.example>", "93569deedf32cc1e7d9a79cfde63eb26"),
        (b"  <1@a.example>  ", "93569deedf32cc1e7d9a79cfde63eb26"),
        (b"<1@a.example> (added by a relay)", "93569deedf32cc1e7d9a79cfde63eb26"),
        (b"", ""),
    ],
)
def test_the_edrm_hash_is_of_the_identifier_with_its_brackets(line, digest):
    reading = read(b"From: a@a.example\nMIME-Version: 1.0\nMessage-ID: " + line + b"\n\nWords", name="a")
    assert reading.mail.mih == digest


def test_the_mail_hash_is_of_the_lines_that_its_documentation_names():
    import hashlib

    said = message(body="We reply: 42.")
    said.add_attachment(b"one", maintype="application", subtype="octet-stream", filename="b.bin")
    lines = (
        "sent 2031-05-05T03:30:00Z",
        "from a@a.example",
        "to b@a.example c@a.example",
        "subject Records",
        "body Wereply42",
        "file 3 b.bin",
    )
    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert read(said.as_bytes(), name="a").mail.digest == digest


ONE = (
    b"Message-ID: <1@a.example>\nFrom: Ana <a@a.example>\nTo: b@a.example, c@a.example\n"
    b"Date: Sun, 4 May 2031 20:30:00 -0700\nSubject: Our records\n\nWe reply to you on 4 May,\nas we said.\n"
)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (b"Message-ID: <1@a.example>\n", b"Received: from x\nMessage-ID: <2@a.example>\nX-Spam: no\n", True),
        (b"From: Ana <a@a.example>\n", b'From: "Ana D." <A@a.example>\n', True),
        (b"b@a.example, c@a.example", b"Cy <c@a.example>,\n Ben <b@a.example>", True),
        (b"20:30:00 -0700", b"23:30:00 -0400", True),
        (b"To: b@a.example, c@a.example", b"To: c@a.example\nCc: b@a.example", True),
        (b"Subject: Our records", b"Subject: =?utf-8?q?Our?=\n records", True),
        (b"May,\nas we", b"May, as\n>we", True),
        (b"May,\nas", b"May\r\n\r\nas", True),
        (b"4 May,\nas", b"5 May,\nas", False),
        (b"we said", b"We said", False),
        (b"20:30:00 -0700", b"20:30:01 -0700", False),
        (b", c@a.example", b"", False),
        (b"Our records", b"Our record", False),
        (b"a@a.example>", b"d@a.example>", False),
        (b"\nSubject", b"\nBcc: d@a.example\nSubject", False),
    ],
)
def test_the_mail_hash_counts_what_a_message_says_and_nothing_of_its_way(before, after, same):
    assert before in ONE
    first = read(ONE, name="a.eml").mail.digest
    assert (read(ONE.replace(before, after), name="b.eml").mail.digest == first) is same


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(5)), st.integers(20, 90), st.text("ab 1ñ.\n", min_size=1, max_size=200))
def test_the_mail_hash_survives_order_and_wrapping_and_no_changed_digit(order, width, body):
    import textwrap

    lines = ONE.split(b"\n\n")[0].split(b"\n")
    shuffled = b"\n".join(lines[n] for n in order)
    head = b"\n".join(lines) + b"\nContent-Type: text/plain; charset=utf-8\n\n"
    again = shuffled + b"\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    wrapped = "\n".join(textwrap.wrap(body, width)) or body
    digest = read(head + body.encode(), name="a.eml").mail.digest
    assert read(again + base64.encodebytes(wrapped.encode()), name="a.eml").mail.digest == digest
    assert read(head + body.encode() + b" 2", name="a.eml").mail.digest != digest


def test_pictures_that_the_html_shows_are_told_from_attachments():
    said = message(body="")
    said.set_content("<p>See <img src='cid:a@x'> and more</p>", subtype="html")
    said.add_related(b"shown", maintype="image", subtype="png", cid="<a@x>", filename="a.png")
    said.add_related(b"loose", maintype="image", subtype="png", disposition="inline")
    said.add_related(b"named", maintype="image", subtype="png", cid="<b@x>", filename="b.png")
    said.make_mixed()
    said.add_attachment(b"hung", maintype="image", subtype="png", filename="c.png")
    parts = read(said.as_bytes(), name="a").parts
    assert [(p.blob, p.inline) for p in parts] == [
        (b"shown", True),
        (b"loose", True),
        (b"named", False),
        (b"hung", False),
    ]


def test_an_enclosed_message_comes_out_byte_for_byte():
    inner = b"From: b@a.example\r\nSubject:   odd   spacing\r\nMessage-ID: <2@a>\r\n\r\nWords  \r\n.\r\n"
    outer = HEAD.replace(b"\n", b"\r\n") + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHello\r\n"
    outer += b"--x\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--x--\r\n"
    (part,) = read(outer, name="a").parts
    assert (part.name, part.blob) == ("odd spacing.eml", inner)


MIXED = b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHello\n--x\n%s\n\n%s\n--x--\n"


@pytest.mark.parametrize(
    ("lines", "body", "name", "blob"),
    [
        (b"Content-Type: text/calendar; method=REQUEST", b"BEGIN:VCALENDAR", "part 1.ics", b"BEGIN:VCALENDAR"),
        (b"Content-Type: message/delivery-status", b"Action: failed", "part 1.txt", b"Action: failed"),
        (b"Content-Disposition: attachment; filename*=utf-8''a%20%C3%B1.txt", b"x", "a ñ.txt", b"x"),
        (b'Content-Disposition: attachment; filename*0="a";\n filename*1="b.txt"', b"x", "ab.txt", b"x"),
        (b'Content-Disposition: attachment; filename="=?utf-8?q?a=C3=B1.txt?="', b"x", "añ.txt", b"x"),
        (b'Content-Type: application/pdf; name="a;b.pdf"', b"x", "a;b.pdf", b"x"),
        (b"Content-Type: a/b; name=a.bin\nContent-Transfer-Encoding: base64", b"b25l", "a.bin", b"one"),
        (b"Content-Type: a/b; name=a.bin\nContent-Transfer-Encoding: base64", b"b2*5\n!l", "a.bin", b"one"),
        (b"Content-Type: a/b; name=a.bin\nContent-Transfer-Encoding: base64", b"b25", "a.bin", b"on"),
        (b"Content-Type: a/b; name=a.bin\nContent-Transfer-Encoding: base64", b"b25lMQ==\nMg==", "a.bin", b"one12"),
        (b"Content-Type: a/b; name=a.bin\nContent-Transfer-Encoding: base64", b"MQ==\n-- a list", "a.bin", b"1"),
        (
            b"Content-Type: a/b; name=a.bin\nContent-Transfer-Encoding: x-uuencode",
            b"begin 644 a\n#;VYE\n`\nend",
            "a.bin",
            b"one",
        ),
    ],
)
def test_what_is_attached_keeps_its_name_and_bytes(lines, body, name, blob):
    reading = read(HEAD + MIXED % (lines, body), name="a")
    assert [(p.name, p.blob) for p in reading.parts] == [(name, blob)]
    assert reading.text.endswith("Hello")


def test_files_uuencoded_in_the_text_become_parts():
    body = b"See this.\n\nbegin 644 a b.txt\n#;VYE\n`\nend\n\nAnd go."
    reading = mail_of(b"", body)
    assert [(p.name, p.blob) for p in reading.parts] == [("a b.txt", b"one")]
    assert reading.text.endswith("See this.\n\nAnd go.")


@pytest.mark.parametrize(
    ("charset", "body", "text", "noted"),
    [
        ("us-ascii", "José".encode(), "José", False),
        ("iso-8859-1", "José “ñ”".encode("cp1252"), "José “ñ”", False),
        ("iso-8859-1", "José".encode(), "José", True),
        ("gb2312", "处分".encode("gb18030"), "处分", False),
        ("ks_c_5601-1987", "기록".encode("cp949"), "기록", False),
        ("windows-950", "記錄".encode("cp950"), "記錄", False),
        ("shift_jis", "記録".encode("cp932"), "記録", False),
    ],
)
def test_what_a_message_says_of_its_encoding_is_believed_where_it_fits(charset, body, text, noted):
    reading = mail_of(f"Content-Type: text/plain; charset={charset}\n".encode(), body)
    assert reading.text.endswith(text)
    assert bool(reading.notes) is noted


def test_flowed_lines_are_joined_and_quotations_are_not():
    body = b"Our answer \nfollows.\n>You asked \n>us\n>> and before\n-- \nAna"
    reading = mail_of(b"Content-Type: text/plain; format=flowed\n", body)
    assert reading.text.endswith("Our answer follows.\n> You asked us\n>> and before\n-- \nAna")


def test_a_notice_that_the_words_stand_in_the_html_gives_way_to_them():
    said = message(body="This message needs an HTML viewer.")
    said.add_alternative(
        f"<html><body>{'<p>The record shows that we replied in time.</p>' * 40}</body></html>", subtype="html"
    )
    text = read(said.as_bytes(), name="a").text
    assert "viewer" not in text
    assert text.count("replied in time") == 40


def test_nothing_is_left_out_of_an_html_body_as_if_it_stood_beside_the_words():
    said = message(body="")
    said.set_content(
        "<nav>One</nav><footer>Two</footer><article><p>Three</p></article><form>Four</form>", subtype="html"
    )
    assert read(said.as_bytes(), name="a").text.split("\n\n")[1:] == ["One", "Two", "Three", "Four"]


def test_what_is_encrypted_is_kept_and_said_to_be():
    pgp = (
        b"Content-Type: multipart/encrypted; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
    )
    pgp += b"--x\nContent-Type: application/octet-stream; name=e.asc\n\n-----BEGIN PGP MESSAGE-----\n--x--\n"
    reading = read(HEAD + pgp, name="a")
    assert any(note.startswith("encrypted: PGP") for note in reading.notes)
    assert [p.name for p in reading.parts] == ["part 1.txt", "e.asc"]
    sealed = b"Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n"
    enveloped = bytes.fromhex("300d06092a864886f70d010703a000")
    reading = mail_of(sealed, base64.b64encode(enveloped))
    assert any(note.startswith("encrypted: S/MIME") for note in reading.notes)
    assert [(p.name, p.blob) for p in reading.parts] == [("smime.p7m", enveloped)]


def der(tag, value):
    size = len(value)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + value


@pytest.mark.parametrize("cut", [False, True])
def test_a_signed_message_is_read(cut):
    inner = b"Content-Type: text/plain\r\n\r\nSigned words"
    octets = b"\x24\x80" + der(4, inner[:9]) + der(4, inner[9:]) + b"\0\0" if cut else der(4, inner)
    data = der(0x30, der(6, bytes.fromhex("2a864886f70d010701")) + der(0xA0, octets))
    signed = der(0x30, der(2, b"\1") + der(0x31, b"") + data + der(0x31, b""))
    whole = der(0x30, der(6, bytes.fromhex("2a864886f70d010702")) + der(0xA0, signed))
    head = b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
    reading = mail_of(head + b"Content-Transfer-Encoding: base64\n", base64.encodebytes(whole))
    assert reading.text.endswith("Signed words")
    assert reading.parts == ()
    assert any(note.startswith("signed (S/MIME)") for note in reading.notes)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (b"X-Gmail-Labels: Inbox,=?utf-8?q?se=C3=B1al?=\n", "labels in Gmail: Inbox,señal"),
        (b"X-Mozilla-Status: 0009\n", "deleted in the mail program, which still kept it in its mailbox"),
    ],
)
def test_what_the_mail_program_noted_is_told(line, note):
    assert note in mail_of(line).notes
    assert mail_of(b"X-Mozilla-Status: 0001\n").notes == ()


def test_a_message_that_breaks_off_says_so():
    said = message()
    said.add_attachment(b"x" * 3000, maintype="application", subtype="octet-stream", filename="a.bin")
    reading = read(said.as_bytes()[:-1000], name="a")
    assert any("breaks off" in note for note in reading.notes)
    assert reading.parts[0].name == "a.bin"


@pytest.mark.parametrize("kind", ["mixed", "alternative"])
def test_more_parts_than_may_be_are_left_out_and_said_to_be(kind):
    head = b"Content-Type: multipart/%s; boundary=x\n\n" % kind.encode()
    many = head + b"--x\n\nWords\n" * 30
    reading = read(HEAD + many, name="a", limits=Limits(parts=10))
    assert reading.text.count("Words") == (10 if kind == "mixed" else 1)
    assert "more than 10 parts: the rest was left out" in reading.notes


def test_a_message_of_parts_alone_is_their_container():
    reading = read(b"Content-Type: message/rfc822\nMIME-Version: 1.0\n\n" + HEAD + b"\nWords", name="a.eml")
    assert (reading.container, reading.text, len(reading.parts)) == (True, "", 1)


FULL = (
    HEAD
    + b'To: "Doe, J" <j@a.example>\nDate: Sun, 4 May 2031 20:30:00 -0700\nSubject: =?utf-8?b?Sm9zw6k=?=\n'
    + MIXED
    % (
        b"Content-Type: application/pkcs7-mime; name*0*=utf-8''a%20; name*1=b.p7m\nContent-Transfer-Encoding: base64",
        b"MIAGCSqGSIb3DQEHAqCA",
    )
)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(FULL)), st.binary(max_size=12), st.integers(0, 60))
def test_a_message_changed_anywhere_is_read_or_refused_in_words(place, noise, cut):
    try:
        reading = read(FULL[:place] + noise + FULL[place + cut :], name="a.eml")
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - either end is right; any other error is not
    else:
        assert reading.text or reading.parts
