"""Outlook mailboxes: a real one, whole, cut off and changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcause.errors import Unreadable
from showcause.intake import Limits, contained, outlook, read

PST = Path(__file__).resolve().parents[3] / "shared" / "data" / "mail" / "testPST_variousBodyTypes.pst"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PST.is_file(), reason="the data folder is not beside the checkout"),
]


def taken(path, tmp_path):
    """The items and the notes."""
    limits = Limits()
    pieces = list(outlook.cut(path, tmp_path, limits))
    parts = [part for piece in pieces for part in outlook.parts(path, tmp_path, piece, limits)]
    return parts, [piece.note for piece in pieces if piece.note]


def test_each_item_is_a_message_of_its_own(tmp_path):
    parts, notes = taken(PST, tmp_path)
    assert notes == []
    assert [p.name for p in parts] == [
        "Inbox/tmp/0001 original email.eml",
        "Inbox/tmp/0002 FW original email.eml",
        "Inbox/tmp/0003 FW original email.eml",
        "Inbox/tmp/0004 FW original email.eml",
    ]
    readings = [read(p.blob, name=p.name) for p in parts]
    assert all(r.mail.sender.address == "tallison@mitre.org" for r in readings)
    assert [next(kind for kind in ("RTF", "plain text", "html") if kind in r.text) for r in readings] == [
        "html",
        "html",
        "RTF",
        "plain text",
    ]
    first = readings[0].mail
    assert all(r.mail.in_reply_to == (first.message_id,) for r in readings[1:])
    assert all(set(first.said) <= set(r.mail.quoted) for r in readings[1:])
    assert taken(PST, tmp_path)[0] == parts


def test_a_small_mailbox_is_read_at_once():
    reading = contained(PST, outlook.PST, Limits())
    assert (reading.kind, reading.container, len(reading.parts)) == ("pst", True, 4)


def test_a_mailbox_that_was_cut_off_says_so(tmp_path):
    path = tmp_path / "a.pst"
    path.write_bytes(PST.read_bytes()[:200_000])
    parts, notes = taken(path, tmp_path)
    assert any("cut off: 200,000 of 271,360 bytes" in note for note in notes)
    assert all(part.name.startswith("Inbox/tmp/") for part in parts)


@pytest.mark.parametrize("place", [*range(0, 270_000, 9_001)])
def test_a_damaged_mailbox_is_read_as_far_as_it_goes_or_refused_in_words(place, tmp_path):
    blob = bytearray(PST.read_bytes())
    blob[place : place + 600] = bytes(600)
    path = tmp_path / "a.pst"
    path.write_bytes(blob)
    try:
        parts, notes = taken(path, tmp_path)
    except Unreadable as refused:
        assert str(refused).startswith("damaged: ")  # noqa: PT017 - either end is right; any other error is not
    else:
        assert len(parts) <= 4
        assert parts or notes
