"""Outlook's items: the message put together from properties, MSG files, Rich Text bodies, winmail.dat."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.errors import Unreadable
from showcause.intake import enclosed_rtf, mapi, read, tnef
from showcause.intake.mapi import Attached, Item

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "mail"
SENT = datetime(2031, 5, 5, 3, 30, tzinfo=UTC)
TO, CC = {mapi.RECIPIENT_KIND: 1}, {mapi.RECIPIENT_KIND: 2}


def item(**more):
    properties = {
        mapi.CLASS: "IPM.Note",
        mapi.SUBJECT: "\x01\x05RE: José",
        mapi.SUBMITTED: SENT,
        0x0C1A: "Díaz, Ana",
        0x5D01: "a@a.example",
        mapi.IDENTIFIER: "<1@a.example>",
        mapi.CONVERSATION: bytes(range(22)),
        mapi.BODY: "We reply.\r\n\r\nTomorrow.",
    }
    given = {key if isinstance(key, int) else getattr(mapi, key): value for key, value in more.pop("also", {}).items()}
    people = (
        {**TO, mapi.SHOWN: "Roe, Ben", mapi.SMTP: "b@a.example", mapi.ADDRESS: "/o=Org/cn=ben"},
        {**CC, mapi.SHOWN: "c@a.example", mapi.ADDRESS: "c@a.example"},
    )
    return Item({**properties, **given}, more.get("recipients", people), more.get("attached", ()))


def test_a_message_is_put_together_from_its_properties():
    blob = mapi.eml(item())
    assert blob.isascii()
    assert max(map(len, blob.split(b"\r\n"))) <= 998
    reading = read(blob, name="a.eml")
    assert reading.text == (
        'From: Díaz, Ana <a@a.example>\nTo: "Roe, Ben" <b@a.example>\nCc: c@a.example\n'
        "Date: Mon, 05 May 2031 03:30:00 +0000\nSubject: RE: José\n\nWe reply.\n\nTomorrow."
    ).replace("c@a.example\n", "<c@a.example>\n")
    assert reading.mail.sent == SENT
    assert reading.mail.message_id == "1@a.example"
    assert reading.mail.thread_index == bytes(range(22)).hex()
    assert [one.address for one in reading.mail.to] == ["b@a.example"]


def test_the_transports_own_header_stands_where_it_was_kept():
    kept = (
        "Microsoft Mail Internet Headers Version 2.0\r\nReceived: from x\r\nFrom: Ana <ana@b.example>\r\n"
        "Date: Sun, 4 May 2031 20:30:00 -0700\r\nContent-Type: multipart/mixed;\r\n\tboundary=x\r\nSubject: RE: José\r\n"
    )
    reading = read(mapi.eml(item(also={"HEADERS": kept})), name="a.eml")
    assert reading.text.startswith("From: Ana <ana@b.example>\n")
    assert "-0700" in reading.text
    assert [one.address for one in reading.mail.cc] == ["c@a.example"]  # the header kept lacks it
    assert reading.mail.offset == -420


def test_the_same_item_gives_the_same_bytes_and_nothing_attached_is_lost():
    inner = item(attached=(Attached({mapi.LONG_NAME: "deep.bin"}, b"deep"),))
    outer = item(
        attached=(
            Attached({mapi.LONG_NAME: "señal/1.png", mapi.CID: "p@x", mapi.TYPE: "image/png"}, b"png"),
            Attached({mapi.SHOWN: "RE: José"}, inner),
            Attached({mapi.SHORT_NAME: "LOST.DOC"}, None),
        ),
        also={"PAGE": b"<p>We <img src='cid:p@x'> reply.</p>", "PAGE_ENCODING": 65001},
    )
    blob = mapi.eml(outer)
    assert mapi.eml(outer) == blob
    parts = read(blob, name="a.eml").parts
    assert [(p.name, p.inline) for p in parts] == [("señal 1.png", True), ("RE José.eml", False), ("LOST.DOC", False)]
    assert parts[0].blob == b"png"
    assert parts[1].blob == mapi.eml(inner, 1)
    assert [(p.name, p.blob) for p in read(parts[1].blob, name="b.eml").parts] == [("deep.bin", b"deep")]


@pytest.mark.parametrize(
    ("kind", "also", "end", "words"),
    [
        (
            "IPM.Contact",
            {0x3001: "Ben Roe", 0x3A08: "555-0100", mapi.NAMED + 0x8083: "b@a.example"},
            "vcf",
            "TEL;TYPE=work:555-0100",
        ),
        (
            "IPM.Appointment",
            {mapi.NAMED + 0x820D: SENT, mapi.NAMED + 0x8208: "Room 4, East"},
            "ics",
            "LOCATION:Room 4\\, East",
        ),
        ("IPM.Task", {mapi.NAMED + 0x8105: SENT}, "txt", "Due: 2031-05-05"),
        ("IPM.StickyNote", {}, "txt", "RE: José"),
        ("IPM.Schedule.Meeting.Request", {}, "eml", "Subject:"),
    ],
)
def test_what_is_no_message_becomes_a_file_of_its_kind(kind, also, end, words):
    one = item(also={"CLASS": kind, **also})
    assert mapi.suffix(one) == end
    assert words in mapi.blob(one).decode()
    hung = item(also={"CLASS": kind, **also}, attached=(Attached({mapi.LONG_NAME: "a.bin"}, b"one"),))
    assert mapi.suffix(hung) == "eml"
    reading = read(mapi.blob(hung), name="a.eml")
    assert [p.name for p in reading.parts] == ["a.bin"]
    assert "We reply." in reading.text


HTML = rb"""{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Cyr;}}
{\*\htmltag64 <p>}\htmlrtf {\f0\htmlrtf0 We \'93reply\'94 {\*\htmltag84 <b>}\htmlrtf \b \htmlrtf0 now\u8364\'80 \{x\}
{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 \htmlrtf \par \htmlrtf0 {\f1 \'c4\'e0}{\*\htmltag72 </p>}}"""


def test_the_html_hidden_in_a_rich_text_body_is_found():
    assert enclosed_rtf.original(HTML) == ("<p>We “reply” <b>now€ {x}</b>Да</p>", True)


def test_a_rich_text_body_that_hides_nothing_is_its_words():
    text = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}{\info{\title t}}We reply.\par\tab To\'e9\line{\b you}\u-10179 ?\u-8704 ?}"
    assert enclosed_rtf.original(text) == ("We reply.\n\tToé\nyou😀", False)


def test_compressed_rich_text_is_expanded():
    blob = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert enclosed_rtf.decompressed(blob) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert enclosed_rtf.decompressed(struct.pack("<II4sI", 9, 4, b"MELA", 0) + b"{\\r}") == b"{\\r}"
    assert enclosed_rtf.decompressed(b"nothing of the kind") == b""


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_rich_text_is_taken_as_far_as_it_goes(noise, place):
    text = HTML[:place] + noise + HTML[place:]
    assert isinstance(enclosed_rtf.original(text)[0].encode("utf-8"), bytes)
    assert len(enclosed_rtf.decompressed(struct.pack("<II4sI", 9, 500, b"LZFu", 0) + noise)) <= 500


def attribute(level, number, data):
    return struct.pack("<BHHI", level, number, 0, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def properties(*held):
    blob = struct.pack("<I", len(held))
    for kind, number, data in held:
        blob += struct.pack("<HH", kind, number)
        blob += (
            struct.pack("<II", 1, len(data)) + data + bytes(-len(data) % 4)
            if kind in {0x1E, 0x1F, 0x102, 0xD}
            else data
        )
    return blob


def packed(*attributes):
    return b"\x78\x9f\x3e\x22\x01\0" + b"".join(attributes)


INNER = packed(attribute(1, 0x9003, properties((0x1F, 0x37, "Inner\0".encode("utf-16-le")), (0x1E, 0x1000, b"Deep\0"))))
WINMAIL = packed(
    attribute(1, 0x9007, struct.pack("<II", 1252, 0)),
    attribute(1, 0x9003, properties((0x3, 0x17, b"\1\0\0\0"), (0x102, 0x1013, b"<p>Packed words</p>"))),
    attribute(2, 0x9002, bytes(14)),
    attribute(2, 0x8010, b"A~1.TXT\0"),
    attribute(2, 0x800F, b"one"),
    attribute(2, 0x9005, properties((0x1F, 0x3707, "añ.txt\0".encode("utf-16-le")))),
    attribute(2, 0x9002, bytes(14)),
    attribute(2, 0x9005, properties((0xD, 0x3701, bytes.fromhex("0703020000000000c000000000000046") + INNER))),
)
TNEF_MAIL = b"Message-ID: <1@a>\nFrom: a@a.example\nContent-Type: application/ms-tnef; name=winmail.dat\n\n"


def test_winmail_is_unpacked():
    reading = read(TNEF_MAIL + WINMAIL, name="a.eml")
    assert reading.text.endswith("Packed words")
    assert [p.name for p in reading.parts] == ["añ.txt", "Inner.eml"]
    assert reading.parts[0].blob == b"one"
    assert read(reading.parts[1].blob, name="b.eml").text.endswith("Deep")


def test_winmail_that_is_damaged_is_unpacked_as_far_as_it_goes_or_kept():
    reading = read(TNEF_MAIL + WINMAIL[:-40], name="a.eml")
    assert reading.parts[0].name == "añ.txt"
    assert any("damaged" in note for note in reading.notes)
    reading = read(TNEF_MAIL + b"nothing of the kind", name="a.eml")
    assert [p.name for p in reading.parts] == ["winmail.dat"]
    assert any("could not be unpacked" in note for note in reading.notes)


@settings(max_examples=150, deadline=None)
@given(st.integers(6, len(WINMAIL)), st.binary(max_size=8))
def test_any_winmail_is_unpacked_or_not(place, noise):
    assert tnef.read(WINMAIL[:place] + noise + WINMAIL[place + len(noise) :]) is not None


def chained(blob, size, first):
    """A blob in whole sectors, and the chain of those from number `first`."""
    count = -(-len(blob) // size)
    return blob.ljust(count * size, b"\0"), [*range(first + 1, first + count), 0xFFFFFFFE] if count else []


def compound(streams):
    """An OLE file (MS-CFB) of streams shorter than 4,096 bytes by their paths."""
    paths = sorted({path[: n + 1] for path in streams for n in range(len(path))})
    small, minifat = b"", []
    entries, number = [["Root Entry", 5, 0, 0, []]], {(): 0}
    for path in paths:
        held = streams.get(path)
        number[path] = len(entries)
        entries.append([path[-1], 1 if held is None else 2, len(minifat) if held else 0xFFFFFFFE, len(held or b""), []])
        blob, chain = chained(held or b"", 64, len(minifat))
        small, minifat = small + blob, minifat + chain
    for path in paths:
        entries[number[path[:-1]]][4].append(number[path])
    body, fat = chained(small, 512, 0)
    entries[0][2:4] = 0, len(small)
    minis, chain = chained(struct.pack(f"<{len(minifat)}I", *minifat), 512, len(fat))
    mini_at, fat = len(fat), fat + chain
    after = {kid: nxt for *_, kids in entries for kid, nxt in pairwise(kids)}
    table = b""
    for place, (name, kind, start, size, kids) in enumerate(entries):
        text = name.encode("utf-16-le") + b"\0\0"
        table += text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
        table += struct.pack("<III", 0xFFFFFFFF, after.get(place, 0xFFFFFFFF), kids[0] if kids else 0xFFFFFFFF)
        table += bytes(36) + struct.pack("<IQ", start, size)
    table, chain = chained(table, 512, len(fat))
    table_at, fat = len(fat), fat + chain
    at, fat = len(fat), [*fat, 0xFFFFFFFD]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xII", 62, 3, 0xFFFE, 9, 6, 0, 1)
    head += struct.pack("<IIIIIII", table_at, 0, 4096, mini_at, len(minis) // 512, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", at, *[0xFFFFFFFF] * 108)
    return head + body + minis + table + struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat)))


def msg(at=(), head=32, **text):
    """The streams of a message in the storage `at`."""
    fixed = bytes(head) + struct.pack("<HHI", 0x40, mapi.SUBMITTED, 6) + struct.pack("<Q", 136000000000000000)
    streams = {(*at, "__properties_version1.0"): fixed}
    for key, value in text.items():
        streams[*at, f"__substg1.0_{getattr(mapi, key):04X}001F"] = value.encode("utf-16-le")
    return streams


ATTACHED = "__attach_version1.0_#0000000"


def test_a_message_enclosed_in_an_outlook_message_becomes_one_of_its_own():
    streams = msg(SUBJECT="Outer", BODY="We reply.", IDENTIFIER="<1@a>") | {
        (f"{ATTACHED}0", "__properties_version1.0"): bytes(8),
        (f"{ATTACHED}0", "__substg1.0_3707001F"): "a.bin".encode("utf-16-le"),
        (f"{ATTACHED}0", "__substg1.0_37010102"): b"one",
        (f"{ATTACHED}1", "__properties_version1.0"): bytes(8),
        **msg((f"{ATTACHED}1", "__substg1.0_3701000D"), 24, SUBJECT="Inner", BODY="Deep"),
    }
    reading = read(compound(streams), name="a.msg")
    assert (reading.kind, reading.title) == ("msg", "Outer")
    assert reading.text.endswith("We reply.")
    assert [p.name for p in reading.parts] == ["a.bin", "Inner.eml"]
    assert reading.parts[0].blob == b"one"
    assert read(reading.parts[1].blob, name="b.eml").text.endswith("Subject: Inner\n\nDeep")
    assert any("no files" in note for note in reading.notes)
    assert reading.mail.digest == read(mapi.eml(item_of(reading)), name="a").mail.digest


def item_of(reading):
    """The same message as its sender's own program would have sent it."""
    inner = Item({mapi.SUBJECT: "Inner", mapi.BODY: "Deep", mapi.SUBMITTED: reading.mail.sent})
    held = (Attached({mapi.LONG_NAME: "a.bin"}, b"one"), Attached({}, inner))
    return Item({mapi.SUBJECT: "Outer", mapi.BODY: "We reply.", mapi.SUBMITTED: reading.mail.sent}, (), held)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=20))
def test_any_outlook_message_is_read_or_refused_in_words(place, noise):
    blob = compound(msg(SUBJECT="Outer", BODY="We reply."))
    try:
        reading = read(blob[:place] + noise + blob[place + len(noise) :], name="a.msg")
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017 - either end is right; any other error is not
    else:
        assert reading.text


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the data folder is not beside the checkout")
@pytest.mark.parametrize(
    ("name", "title", "sender", "sent", "offset", "words"),
    [
        (
            "testMSG.msg",
            "MIME registry use cases",
            "jukka.zitting@gmail.com",
            datetime(2009, 1, 29, 19, 16, 40, tzinfo=UTC),
            60,
            "BR,",
        ),
        (
            "testMSG_forwarded.msg",
            "FW: Testing",
            "paul@metajure.com",
            datetime(2011, 12, 8, 0, 30, 39, tzinfo=UTC),
            -480,
            "Forwarded Body",
        ),
    ],
)
def test_real_outlook_messages_are_read(name, title, sender, sent, offset, words):
    reading = read((SHARED / name).read_bytes(), name=name)
    assert (reading.kind, reading.title, reading.mail.sender.address) == ("msg", title, sender)
    assert (reading.mail.sent, reading.mail.offset) == (sent, offset)
    assert words in reading.text
    assert reading.mail.said
    assert reading.mail.mih
