"""Mailboxes of many messages: where each begins and ends, whatever program wrote them."""

from __future__ import annotations

import mailbox as stdlib
import re
import tracemalloc
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.intake import CONTAINERS, Limits, contained, mailbox

SEPARATOR = b"From a@a.example Mon May  5 09:00:00 2031\n"
ONE = b"Message-ID: <1@a>\nFrom: a@a.example\n\nFirst\n"
TWO = b"Message-ID: <2@a>\nFrom: b@a.example\n\nSecond\n"
BODY = b"\n" + SEPARATOR + b"X-Not: a message\n"
STATED = b"Message-ID: <1@a>\nContent-Length: %d\n\n" % len(BODY) + BODY


def held(path, tmp_path):
    limits = Limits()
    pieces = list(mailbox.cut(path, tmp_path, limits))
    return [part for piece in pieces for part in mailbox.parts(path, tmp_path, piece, limits)]


def blobs(blob, tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(blob)
    return [part.blob for part in held(path, tmp_path)]


@pytest.mark.parametrize(
    ("blob", "found"),
    [
        (SEPARATOR + ONE + b"\n" + SEPARATOR + TWO + b"\n", [ONE, TWO]),
        (SEPARATOR + ONE + b"\n" + SEPARATOR + TWO.rstrip(b"\n"), [ONE, TWO.rstrip(b"\n")]),
        (b"\xef\xbb\xbf\n" + SEPARATOR + ONE + b"\n" + SEPARATOR + TWO, [ONE, TWO]),
        (
            (SEPARATOR + ONE + b"\n" + SEPARATOR + TWO + b"\n").replace(b"\n", b"\r\n"),
            [ONE.replace(b"\n", b"\r\n"), TWO.replace(b"\n", b"\r\n")],
        ),
        # A "From " in a body: without a date, without an empty line before, without a header after.
        (
            SEPARATOR + ONE + b"\nFrom here on\nit goes.\n\n" + SEPARATOR + TWO,
            [ONE + b"\nFrom here on\nit goes.\n", TWO],
        ),
        (SEPARATOR + ONE + SEPARATOR + TWO + b"\n" + SEPARATOR + TWO, [ONE + SEPARATOR + TWO, TWO]),
        (
            SEPARATOR + ONE + b"\n" + SEPARATOR + b"is how one begins.\n\n" + SEPARATOR + TWO,
            [ONE + b"\n" + SEPARATOR + b"is how one begins.\n", TWO],
        ),
        # Marks before "From ": mboxo and mboxrd.
        (SEPARATOR + ONE + b">From me\n>>From you\n\n" + SEPARATOR + TWO, [ONE + b"From me\n>From you\n", TWO]),
        # mboxcl: the length stated leads over what looks like a separator.
        (
            SEPARATOR + STATED + b"\n" + SEPARATOR + TWO,
            [STATED, TWO],
        ),
        # A length that leads nowhere is passed over.
        (SEPARATOR + b"Content-Length: 9999\n" + ONE + b"\n" + SEPARATOR + TWO, [b"Content-Length: 9999\n" + ONE, TWO]),
        # Thunderbird and Takeout.
        (b"From - Mon May 05 09:00:00 2031\n" + ONE + b"\nFrom \r\n" + TWO, [ONE, TWO]),
        (
            b"From 1799@xxx Mon May 05 09:00:00 +0000 2031\nX-Gmail-Labels: Inbox\n" + ONE + b"\n" + SEPARATOR + TWO,
            [b"X-Gmail-Labels: Inbox\n" + ONE, TWO],
        ),
    ],
)
def test_messages_are_cut_where_they_begin(blob, found, tmp_path):
    assert blobs(blob, tmp_path) == found


@pytest.mark.parametrize(
    ("blob", "known"),
    [
        (SEPARATOR + ONE + b"\n" + SEPARATOR + TWO, True),
        (SEPARATOR + ONE, True),
        (ONE, False),
        (b"From here on it goes.\n\nFrom there 10:00:00 2031\nit comes.", False),
        (b"From there 10:00:00 2031\nit comes.", False),
        (b"", False),
    ],
)
def test_a_mailbox_is_known_by_its_first_bytes(blob, known):
    assert mailbox.knows(blob, "a") is known


def test_a_mailbox_gives_its_messages_as_parts(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(SEPARATOR + ONE + b"\n" + SEPARATOR + TWO)
    reading = contained(path, mailbox.MBOX, Limits())
    assert (reading.kind, reading.container) == ("mbox", True)
    assert [(p.name, p.blob) for p in reading.parts] == [("message 000001.eml", ONE), ("message 000002.eml", TWO)]


@pytest.mark.parametrize(
    ("head", "kind"),
    [(SEPARATOR + ONE, "mbox"), (b"!BDN" + bytes(99), "pst"), (ONE, None), (b"PK\3\4", "zip")],
)
def test_the_container_is_chosen_by_the_first_bytes(head, kind):
    assert next((one.kind for one in CONTAINERS if one.knows(head, "a")), None) == kind


@pytest.mark.parametrize("blob", [SEPARATOR + ONE, b"nothing of the kind"])
def test_a_file_of_one_message_is_that_message(blob, tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(blob)
    assert contained(path, mailbox.MBOX, Limits()) is None


def test_a_heavy_message_is_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(mailbox, "HEAVY", 1000)
    monkeypatch.setattr(mailbox, "PIECE", 700)
    body = ONE + b"\n".join(b">From %d" % n for n in range(400)) + b"\n"
    path = tmp_path / "a.mbox"
    path.write_bytes(SEPARATOR + body + b"\n" + SEPARATOR + TWO)
    first, second = held(path, tmp_path)
    assert first.blob.read_bytes() == body.replace(b">From", b"From")
    assert second.blob == TWO


def test_memory_does_not_grow_with_the_mailbox(tmp_path):
    path = tmp_path / "a.mbox"
    with path.open("wb") as stream:
        for _ in range(40):
            stream.write((SEPARATOR + ONE + b"x" * 99_000 + b"\n\n") * 10)
    tracemalloc.start()
    pieces = sum(len(piece.keys) for piece in mailbox.cut(path, tmp_path, Limits()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pieces == 400
    assert peak < 2 << 20


def unmarked(blob):
    return re.sub(rb"(?m)^>+From ", b"From ", blob.rstrip(b"\n"))


LINES = st.lists(
    st.sampled_from(["", "Words", "From me", ">From you", ">>From them", "From a Mon May  5 09:00:00 2031", "ñ"]),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=2, max_size=5))
def test_what_the_standard_library_puts_in_comes_out(tmp_path_factory, bodies):
    folder = tmp_path_factory.mktemp("mbox")
    box = stdlib.mbox(folder / "a.mbox")
    sent = []
    for number, lines in enumerate(bodies):
        said = EmailMessage()
        said["Message-ID"] = f"<{number}@a>"
        said.set_content("\n".join(lines))
        box.add(said)
        sent.append(said.as_bytes())
    box.close()
    given = [part.blob for part in held(folder / "a.mbox", folder)]
    assert len(given) == len(sent)
    for ours, theirs in zip(given, sent, strict=True):  # mboxo can't tell ">From " that was there from one it made
        assert unmarked(ours) == unmarked(theirs)


def test_a_mailbox_looked_at_through_a_small_window_is_cut_the_same(tmp_path, monkeypatch):
    path = tmp_path / "box"
    one = b"From a@b.example Mon Mar  3 09:00:00 2031\nSubject: %d\n\nWe reply.\n%s\n\n"
    path.write_bytes(b"".join(one % (n, b"From here on. " * (n * 37 % 900)) for n in range(400)))
    whole = [key for piece in mailbox.cut(path, tmp_path, Limits()) for key in piece.keys]
    monkeypatch.setattr(mailbox, "_WINDOW", 8192)
    assert [key for piece in mailbox.cut(path, tmp_path, Limits()) for key in piece.keys] == whole
    assert len(whole) == 400
