"""Items of an Outlook mailbox of which libpff can't read all: none of it is passed over in silence."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from showcause.errors import Unreadable
from showcause.intake import Limits, mapi, outlook, read

RECIPIENTS = "damaged in the mailbox: recipients are missing"
ATTACHMENTS = "damaged in the mailbox: attachments are missing or empty"
BEYOND = "more is attached than is taken out of one message: the rest was left out"


def sets(*held):
    """An item with so many sets of properties, each of texts by number; None is one that can't be read."""

    def one(place):
        if held[place] is None:
            raise OSError("libpff: unable to read")
        entries = [
            SimpleNamespace(entry_type=k, value_type=0x1F, data=v.encode("utf-16-le")) for k, v in held[place].items()
        ]
        return SimpleNamespace(entries=entries)

    return {"number_of_record_sets": len(held), "get_record_set": one}


class Broken:
    """An item, some of whose properties and methods fail."""

    def __init__(self, *fails, **held) -> None:
        self.__dict__.update({name: said for name, said in held.items() if name not in fails})
        self.fails = fails

    def __getattr__(self, name: str) -> object:
        if name in self.__dict__.get("fails", ()):
            raise OSError(f"libpff: {name} is damaged")
        raise AttributeError(name)


def attachment(*fails, said=b"berths", size=None, named="berths.txt", sub=0):
    names = {mapi.LONG_NAME: named} if named else {}
    size = len(said) if size is None else size
    return Broken(*fails, **sets(names), number_of_sub_items=sub, size=size, read_buffer=lambda n: said[:n])


def message(*fails, recipients=({mapi.SHOWN: "Ana Vale"},), attached=()):
    return Broken(
        *fails,
        **sets({mapi.CLASS: "IPM.Note", mapi.SUBJECT: "Berths", mapi.BODY: "The quay is closed."}),
        recipients=SimpleNamespace(**sets(*recipients)),
        number_of_attachments=len(attached),
        get_attachment=lambda place: attached[place],
    )


def reading(held, **limits):
    item = outlook._Walk(Limits(**limits), {}).item(held, 0)
    return read(mapi.blob(item), name=f"a.{mapi.suffix(item)}")


@pytest.mark.parametrize(
    ("held", "notes", "to"),
    [
        (message(), (), ["Ana Vale"]),
        (message("recipients"), (RECIPIENTS,), []),
        (message(recipients=({mapi.SHOWN: "Ana Vale"}, None)), (RECIPIENTS,), ["Ana Vale"]),
        (message(attached=(attachment(),)), (), ["Ana Vale"]),
        (message("number_of_attachments", attached=(attachment(),)), (ATTACHMENTS,), ["Ana Vale"]),
        (message("get_attachment", attached=(attachment(),)), (ATTACHMENTS,), ["Ana Vale"]),
        (message(attached=(attachment("read_buffer"),)), (ATTACHMENTS,), ["Ana Vale"]),
        (message(attached=(attachment("size"),)), (ATTACHMENTS,), ["Ana Vale"]),
        (message(attached=(attachment(size=600),)), (ATTACHMENTS,), ["Ana Vale"]),
        (message("recipients", attached=(attachment("size"),)), (RECIPIENTS, ATTACHMENTS), []),
    ],
)
def test_what_is_lost_of_a_message_leaves_a_note_on_it(held, notes, to):
    said = reading(held)
    assert said.notes == notes
    assert "The quay is closed." in said.text
    assert [one.name or one.address for one in said.mail.to] == to


def test_an_attachment_that_cannot_be_read_is_a_child_by_its_name():
    held = message(attached=(attachment(), attachment("read_buffer", named="tides.txt"), attachment("size", named="")))
    parts = reading(held).parts
    assert [(part.name, part.blob) for part in parts] == [
        ("berths.txt", b"berths"),
        ("tides.txt", b""),
        ("attachment 3, damaged.bin", b""),
    ]
    for part in parts[1:]:
        with pytest.raises(Unreadable, match="empty file"):
            read(part.blob, name=part.name)


def test_what_is_attached_beyond_the_limit_leaves_a_note():
    said = reading(message(attached=(attachment(), attachment(named="tides.txt"))), parts=1)
    assert (said.notes, [part.name for part in said.parts]) == ((BEYOND,), ["berths.txt"])


def test_a_contact_that_lost_something_is_a_message_that_says_so():
    held = message("recipients")
    held.__dict__.update(sets({mapi.CLASS: "IPM.Contact", 0x3001: "Ana Vale"}))
    said = reading(held)
    assert (said.kind, said.notes) == ("eml", (RECIPIENTS,))
    assert "FN:Ana Vale" in said.text


def test_a_line_that_the_message_itself_brought_is_no_note():
    item = mapi.Item({mapi.HEADERS: f"{mapi.DAMAGE}: recipients\r\nFrom: a@b.example\r\n", mapi.BODY: "Closed."})
    assert read(mapi.eml(item), name="a.eml").notes == ()
