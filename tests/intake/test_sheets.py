"""What cells show, and workbooks that are odd, hostile or binary."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
import python_calamine
import xlsxwriter

from showcause.errors import Unreadable
from showcause.intake import Limits, read
from showcause.intake.rows import column, letters
from showcause.intake.values import shown_as


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("General", 6.6000000000000005, "6.6"),
        ("General", 0.1 + 0.2, "0.3"),
        ("General", 1e22, "1E+22"),
        ("0.0%", 1 / 7, "14.3%"),
        ("$#,##0.00", 1234.5, "$1,234.50"),
        ('"$"#,##0.00_);[Red]("$"#,##0.00)', -1234.5, "($1,234.50)"),
        ("[$€-407] #,##0.00", -3.5, "-€ 3.50"),
        ('_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', 0, "-"),
        ("yyyy-mm-dd", 45292.5, "2024-01-01"),
        ("m/d/yy h:mm", 45292.5, "2024-01-01 12:00"),
        ("yyyy-mm-dd", 59, "1900-02-28"),
        ("yyyy-mm-dd", -5, "-5"),
        ("[h]:mm", 1.5, "36:00"),
        ("h:mm AM/PM", 0.75, "18:00"),
        ("0.###", 1.5, "1.5"),
        ("0", 2.5, "3"),
        ("0.00", 2.675, "2.68"),
        ("# ?/?", 0.5, "0.5"),
        ("@", 5, "5"),
        ("00000", 501, "00501"),
        ("000-00-0000", 12345678, "012-34-5678"),
        ('#,##0 "kg"', 12000, "12,000 kg"),
        ('0.0,,"M"', 1e6, "1000000"),
    ],
)
def test_a_number_stands_as_its_format_shows_it(code, number, shown):
    assert shown_as(code).value(number) == shown


def test_the_days_of_1904_are_counted_from_there():
    assert shown_as("yyyy-mm-dd", since_1904=True).value(0) == "1904-01-01"


@pytest.mark.parametrize(("name", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_columns_have_letters(name, number):
    assert (column(name), letters(number)) == (number, name)


def workbook(write):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        write(book)
    return stream.getvalue()


def test_two_cells_at_the_ends_of_a_sheet_take_no_time_and_no_room():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write("A1", "first")
        sheet.write("XFD1048576", "last")
        sheet.write("A3", "left")
        sheet.write("XFD3", "right")

    reading = read(workbook(write), name="a")
    assert reading.text == "Sheet1\n\nfirst\n\nleft |  | right\n\nlast"
    assert reading.pages.marks[-1].cell == "XFD1048576"


def test_words_with_signs_of_xml_and_line_ends_stand_on_one_line():
    reading = read(
        workbook(lambda book: book.add_worksheet().write_row(0, 0, ["a < b & c", "one\ntwo", True])), name="a"
    )
    assert reading.text == "Sheet1\n\na < b & c | one two | TRUE"


def test_cells_written_in_an_uncommon_form_are_read_the_same():
    held = workbook(lambda book: book.add_worksheet().write_row(0, 0, ["a", 0.125, "b"]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(held)) as inside, zipfile.ZipFile(out, "w") as archive:
        for name in inside.namelist():
            part = inside.read(name)
            if "sheet1" in name:
                part = part.replace(b'<c r="A1" t="s">', b"<c t='s'>").replace(
                    b"</row>", b"<c t='inlineStr'><is><t>c</t></is></c></row>"
                )
            archive.writestr(name, part)
    assert read(out.getvalue(), name="a").text == "Sheet1\n\na | 0.125 | b | c"


def test_a_workbook_without_words_is_refused():
    with pytest.raises(Unreadable, match="no sheet holds a word"):
        read(workbook(lambda book: book.add_worksheet()), name="a")


def test_a_workbook_that_swells_is_refused():
    held = workbook(lambda book: book.add_worksheet().write_column(0, 0, ["gull"] * 50_000))
    with pytest.raises(Unreadable, match="unpacks to more than 100,000 bytes"):
        read(held, name="a", limits=Limits(unpacked=100_000))
    with pytest.raises(Unreadable, match="more than 1,000 characters"):
        read(held, name="a", limits=Limits(characters=1_000))


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def record(kind, held=b""):
    said = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return said + bytes([len(held) & 127 | 128, len(held) >> 7]) + held


def cell(kind, at, held, look=0):
    return record(kind, struct.pack("<II", at, look) + held)


def xlsb():
    """A binary workbook of one sheet, written from [MS-XLSB]."""
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    root = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheet = record(129) + record(148, struct.pack("<4I", 0, 4, 0, 3)) + record(145)
    for number, hidden, cells in (
        (0, 0, cell(7, 0, struct.pack("<I", 0)) + cell(6, 1, wide("inline"))),
        (
            4,
            16,
            cell(5, 1, struct.pack("<d", 0.125), 1) + cell(2, 2, struct.pack("<I", (417 << 2) | 2)) + cell(4, 3, b"\1"),
        ),
    ):
        sheet += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, hidden, 0, 0)) + cells
    sheet += record(146) + record(130)
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Fees"))
        + record(144)
        + record(132)
    )
    styles = record(615 - 337, b"") + record(617, struct.pack("<I", 2))
    styles += b"".join(record(47, struct.pack("<HH", 0, look) + bytes(12)) for look in (0, 10)) + record(618)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{root}"><Relationship Id="r" Type="{links}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{root}"><Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.bin"/>'
        f'<Relationship Id="rId2" Type="{links}/sharedStrings" Target="sharedStrings.bin"/><Relationship Id="rId3" Type="{links}/styles" Target="styles.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": sheet,
        "xl/sharedStrings.bin": record(159, struct.pack("<II", 1, 1))
        + record(19, b"\0" + wide("shared"))
        + record(160),
        "xl/styles.bin": styles,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, held in parts.items():
            archive.writestr(name, held)
    return stream.getvalue()


def test_a_binary_workbook_is_read_as_another_library_reads_it():
    reading = read(xlsb(), name="a")
    assert reading.text == "Fees\n\nshared | inline\n\n12.50% | 417 | TRUE"
    assert [m.cell for m in reading.pages.marks] == [None, "A1", "B5"]
    assert reading.notes == ("hidden rows of Fees, shown like the others: 5",)
    rows = python_calamine.load_workbook(io.BytesIO(xlsb())).get_sheet_by_index(0).to_python()
    assert (rows[0][:2], rows[4]) == (["shared", "inline"], ["", 0.125, 417, True])


@pytest.mark.parametrize(
    ("blob", "name", "kind", "text"),
    [
        (b'Berth,Fee\n"North, old",40\n\nSouth,\n', "a.csv", "csv", "Berth | Fee\nNorth, old | 40\n\nSouth"),
        ("Berth;Fee\nNörd;40\n".encode("cp1252"), "a.csv", "csv", "Berth | Fee\nNörd | 40"),
        (b"Berth\tFee\nNorth\t40\n", "a.tsv", "tsv", "Berth | Fee\nNorth | 40"),
        (b"one word\n", "a.csv", "txt", "one word\n"),
    ],
)
def test_rows_of_plain_text(blob, name, kind, text):
    reading = read(blob, name=name)
    assert (reading.kind, reading.text) == (kind, text)


def test_each_row_of_plain_text_has_its_cell():
    assert [m.cell for m in read(b"a,b\n,c\nd,e\n", name="a.csv").pages.marks] == ["A1", "B2", "A3"]
