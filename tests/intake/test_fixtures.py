"""Office files as LibreOffice wrote them (`files/make.py`), format by format: their text, marks, notes and reasons."""

from __future__ import annotations

import gzip
import io
import random
import struct
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from showcause.errors import Unreadable
from showcause.intake import Limits, read

FILES = Path(__file__).parent / "files"
PASSWORD = "quay 7"  # noqa: S105 - it locks nothing but the files beside

ORDER = """Harbour Order 12
Wardens [-may-]{+shall+} keep the mooring ledger.[1]
Duties of the warden
1. Ring the bell at dusk.
(a) In fog, ring it twice.
(b) In frost, not at all.
2. Count the gulls.
• Rope of 9 fathoms
The fee is set by § 4 – “no more, no less” – for José, Łucja and 日本.
Berth | Length | Fee
North | 12 m | 40
South |  | 55
Signed at the quay[2].
Posted at the gate.
[1] See the tide table.
[2] Before two witnesses.
[Comment by M. Vale] Is the fee still right?
City of Lanternquay, Harbour Office
Order 12, as amended""".split("\n")  # noqa: SIM905 - as it reads

FEES = """Fees 2031
Berth | From | Code | Share | Fee | Twice
North § | 2031-05-04 | 00417 | 12.5% | $1,234.50 | $2,469.00
Gull rock, closed
0.3 |  |  | TRUE
[Comment by K. Ito at E2] Raised in May.
Old
Łucja paid in 2029""".split("\n")  # noqa: SIM905 - as it reads

TOUR = """Tour of the quay
Begin at the lantern – 9 o’clock
Łucja leads
Grouped words
More of them
Speak slowly here.
What we leave out
[Comment by M. Vale] Why leave it out?
Stop | Hour
Bell | Ten""".split("\n")  # noqa: SIM905 - as it reads


def blob(name):
    if (FILES / name).exists():
        return (FILES / name).read_bytes()
    return gzip.decompress((FILES / f"{name}.gz").read_bytes())


def lines(reading):
    return [line for line in reading.text.split("\n") if line]


@pytest.mark.parametrize("name", ["order.odt", "order.fodt", "order.docx", "order.doc", "order.rtf"])
def test_a_text_says_the_same_in_every_format(name):
    reading = read(blob(name), name="a")
    said = lines(reading)
    if name == "order.rtf":  # which anchors the box before its paragraph
        place = said.index("Posted at the gate.")
        said[place : place + 2] = reversed(said[place : place + 2])
    assert said == ORDER
    assert reading.kind == {"order.fodt": "odt"}.get(name, name.partition(".")[2])
    assert [(reading.text[h.start : h.end], h.level) for h in reading.headings] == [
        ("Harbour Order 12", 1),
        ("Duties of the warden", 2),
    ]
    parts = [m.part for m in reading.pages.marks if m.part]
    assert parts[-2:] == ["header", "footer"]
    assert parts.count("comment") == 1
    assert parts.count("footnote") + parts.count("endnote") == 2
    assert (reading.title, reading.date) == ("Harbour Order 12", date(2031, 5, 6))
    assert reading.notes == ("comments that stand at the end: 1",)


def test_the_xml_of_word_2003_is_read_as_it_was_written():
    said = lines(read(blob("order-2003.xml"), name="order.doc"))
    lost = {"[-may-]{+shall+}": "mayshall", "M. Vale": "unknown"}  # by the program that wrote it
    expected = [line.removeprefix("1. ").removeprefix("2. ").removeprefix("• ") for line in ORDER]
    for there, here in lost.items():
        expected = [line.replace(there, here) for line in expected]
    assert said == [line.removeprefix("(a) ").removeprefix("(b) ") for line in expected]


@pytest.mark.parametrize("name", ["fees.ods", "fees.fods", "fees.xlsx", "fees.xls"])
def test_a_workbook_says_the_same_in_every_format(name):
    reading = read(blob(name), name="a")
    said = [line.replace("| 2469", "| $2,469.00") for line in lines(reading)]
    assert said == FEES
    marks = [(m.sheet, m.cell, m.part) for m in reading.pages.marks]
    assert marks == [
        ("Fees 2031", None, None),
        ("Fees 2031", "A1", None),
        ("Fees 2031", "A2", None),
        ("Fees 2031", "A3", None),
        ("Fees 2031", "B5", None),
        ("Fees 2031", "E2", "comment"),
        ("Old", None, None),
        ("Old", "A1", None),
    ]
    assert [reading.text[h.start : h.end] for h in reading.headings] == ["Fees 2031", "Old"]
    assert (reading.title, reading.date) == ("Mooring fees", date(2031, 5, 6))
    assert reading.notes == (
        "hidden sheets, shown like the others: Old",
        "hidden rows of Fees 2031, shown like the others: 3",
        "hidden columns of Fees 2031, shown like the others: C",
        "comments that stand after their sheet: 1",
    )


def test_the_xml_of_excel_2003_is_read():
    reading = read(blob("fees-2003.xml"), name="fees.xls")
    assert lines(reading)[2:4] == ["North § | 2031-05-04 | 417 | 12.50% | $1,234.50 | $2,469.00", "Gull rock, closed"]
    assert reading.pages.at(reading.text.index("Gull")).cell == "A3"
    assert reading.notes[0] == "hidden rows of Fees 2031, shown like the others: 3"


@pytest.mark.parametrize("name", ["tour.odp", "tour.fodp", "tour.pptx", "tour.ppt"])
def test_a_presentation_says_the_same_in_every_format(name):
    reading = read(blob(name), name="a")
    assert [line.removeprefix("• ") for line in lines(reading)] == TOUR
    slides = [(m.slide, m.part) for m in reading.pages.marks]
    assert slides == [(1, None)] * 5 + [(1, "notes"), (2, None), (2, "comment"), (3, None), (3, None)]
    titles = ["Tour of the quay", "What we leave out"]
    if name == "tour.ppt":  # which was written with the second title as any other words
        titles.pop()
    assert [reading.text[h.start : h.end] for h in reading.headings] == titles
    assert set(reading.notes) == {
        "hidden slides, shown like the others: 2",
        "comments that stand after their slide: 1",
    }


def locked(name):
    """The file as Office locks it: as it was written, or, for the formats of today, sealed here."""
    stem, dot, suffix = name.partition(".")
    if (FILES / f"{stem}-locked{dot}{suffix}").exists():
        return (FILES / f"{stem}-locked{dot}{suffix}").read_bytes()
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(blob(name))).encrypt(PASSWORD, out)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["order.odt", "order.doc", "order.docx", "fees.ods", "fees.xls", "fees.xlsx", "tour.odp", "tour.pptx"]
)
def test_a_locked_file_is_opened_by_a_password_of_the_list_and_by_no_other(name):
    held = locked(name)
    with pytest.raises(Unreadable, match=r"^needs a password$"):
        read(held, name="a")
    with pytest.raises(Unreadable, match="needs a password: none of the 2 given opens it"):
        read(held, name="a", limits=Limits(passwords=("quay", "Quay 7")))
    reading = read(held, name="a", limits=Limits(passwords=("quay", PASSWORD)))
    assert reading.text == read(blob(name), name="a").text
    assert reading.notes[0] == "opened with a password"


def test_a_workbook_that_is_locked_against_changes_alone_opens_by_itself():
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(blob("fees.xlsx"))).encrypt("VelvetSweatshop", out)
    reading = read(out.getvalue(), name="a")
    assert lines(reading) == FEES
    assert "opened with a password" not in reading.notes


NAMES = (
    "order.odt",
    "order.docx",
    "order.doc",
    "order.rtf",
    "order-2003.xml",
    "fees.ods",
    "fees.xlsx",
    "fees.xls",
    "fees-2003.xml",
    "tour.odp",
    "tour.pptx",
    "tour.ppt",
    "order-locked.doc",
    "fees-locked.xls",
)
ROUNDS = 24
BLINK = 3.0  # seconds that no reading of a file so small should take, on a machine that does other things as well


def mutated(held, seed):
    """The same bytes with a few of them changed, taken out or doubled, as the seed says."""
    dice = random.Random(seed)  # noqa: S311 - seeded, not secret
    said = bytearray(held)
    for _ in range(dice.choice((1, 2, 8, 40))):
        at = dice.randrange(len(said))
        what = dice.randrange(4)
        if what == 0:
            said[at] = dice.randrange(256)
        elif what == 1:
            said[at : at + 4] = struct.pack("<I", dice.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, dice.randrange(1 << 32))))
        elif what == 2:
            del said[at : at + dice.randrange(1, 60)]
        else:
            said[at:at] = said[at : at + dice.randrange(1, 60)]
    return bytes(said[: dice.randrange(1, len(said))] if dice.random() < 0.1 else said)


def repacked(held, seed):
    """The same package with its parts mutated, so that what is broken is their XML and not the ZIP around them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(held)) as inside, zipfile.ZipFile(out, "w") as archive:
        for n, info in enumerate(inside.infolist()):
            part = inside.read(info)
            archive.writestr(info.filename, mutated(part, seed + n) if part and (seed + n) % 3 == 0 else part)
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_file_is_read_or_refused_in_words_and_soon(name):
    held = blob(name)
    for seed in range(ROUNDS):
        broken = repacked(held, seed) if held.startswith(b"PK") and seed % 2 else mutated(held, seed)
        begun = time.perf_counter()
        try:
            reading = read(broken, name=name, limits=Limits(passwords=(PASSWORD,)))
        except Unreadable as reason:
            said = str(reason)
        else:
            marks = [mark.start for mark in reading.pages.marks]
            assert marks == sorted(marks)
            assert all(0 <= h.start < h.end <= len(reading.text) for h in reading.headings)
            said = reading.text.encode()
        assert said
        assert time.perf_counter() - begun < BLINK


@pytest.mark.parametrize("name", NAMES[:12])
def test_a_file_cut_off_is_read_or_refused_in_words(name):
    held = blob(name)
    for share in (0.02, 0.2, 0.5, 0.9, 0.99):
        try:
            said = read(held[: int(len(held) * share)], name=name).kind
        except Unreadable as reason:
            said = str(reason).partition(":")[0]
        assert said in {"truncated", "damaged", "empty", "unknown kind", name.partition(".")[2], "docx", "txt"}
