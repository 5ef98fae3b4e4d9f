"""What is read as it is written reads as its tree does: a comment in the XML is what makes the difference."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
import xlsxwriter

from showcause.core import Mark
from showcause.errors import Unreadable
from showcause.intake import odsheet, read, sheet, slides
from showcause.intake.package import directory
from showcause.intake.reading import placed
from showcause.intake.values import said_by, shown_as, spoken

FILES = Path(__file__).parent / "files"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
DAY = '<table:table-cell office:value-type="date" office:date-value="{}"><text:p>{}</text:p></table:table-cell>'
ROWS = (  # what stands in a row, and what it shows
    (CELL.format("Berth") + CELL.format("Fee"), "Berth | Fee"),
    (CELL.format("a &lt;b&gt; &amp;amp; c") + CELL.format("&quot;d&quot;"), 'a <b> &amp; c | "d"'),
    (CELL.format("&#233;t&#xe9;"), "été"),
    (CELL.format(" two  spaces ") + CELL.format("two\nlines"), "two spaces | two lines"),
    (DAY.format("2031-05-04", "4 May") + DAY.format("2031-05-04T10:30:00", "x"), "2031-05-04 | 2031-05-04 10:30"),
    (DAY.replace('"', "'").format("2031-05-04", "4 May"), "2031-05-04"),
    (CELL.format("a") + '<table:table-cell table:number-columns-repeated="3"/>' + CELL.format("b"), "a |  |  |  | b"),
    (CELL.format("a") + '<table:table-cell table:number-columns-repeated="16380"/>', "a"),
    ('<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>', "x | x"),
    ("<table:covered-table-cell/>" + CELL.format("under"), "under"),
    (CELL.format("a<text:span>b</text:span>c") + CELL.format("one</text:p><text:p>two"), "abc | one two"),
    ('<table:table-cell office:value-type="string"><text:p text:style-name="P1">q</text:p></table:table-cell>', "q"),
    (CELL.format("") + CELL.format("behind"), "behind"),
)


def changed(blob, change):
    """The package with its parts of XML as `change(name, bytes)` gives them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return stream.getvalue()


def commented(_, said):
    """A comment behind the first element of a kind that the short ways look for, as no office program writes one."""
    sign = rb"(<office:spreadsheet>|<table:table [^>]*>|<row [^>]*>|<sst [^>]*>|<p:spTree>|<Relationships [^>]*>)"
    return re.sub(sign, rb"\1<!--<c <si -->", said, count=1)


def spreadsheet(rows):
    held = "".join(f'<table:table-row table:style-name="ro1">{row}</table:table-row>' for row in rows)
    table = f'<table:table table:name="Berths">{held}</table:table>'
    content = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        declared = '<?xml version="1.0" encoding="UTF-8"?>'
        archive.writestr(
            "content.xml", f"{declared}<office:document-content {NAMES}>{content}</office:document-content>"
        )
    return stream.getvalue()


def workbook():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page, bold = book.add_worksheet("Fees"), book.add_format({"bold": True})
    for row, code in enumerate(
        ("General", "0.00", "#,##0.0", "0%", "yyyy-mm-dd", "h:mm", "[h]:mm", "# ?/?", "0;(0);none")
    ):
        look = book.add_format({"num_format": code})
        for column, number in enumerate((0, 1, -1.5, 0.125, 45_000, 45_000.75, 59, 1e-9, 1e20, 1e9, 2.675)):
            page.write_number(row, column, number, look)
    page.write_row(10, 0, ["plain", " kept ", "a & b <c>", "two\nlines", "", "gap before"])
    page.write_rich_string(11, 1, "rich ", bold, "and bold")
    page.write_boolean(11, 2, True)
    page.write_formula(11, 3, "=A1", None, "said & done")
    page.write_formula(11, 4, "=1/0", None, "#DIV/0!")
    page.set_row(4, None, None, {"hidden": True})
    page.set_column("C:D", None, None, {"hidden": True})
    book.close()
    return stream.getvalue()


SOURCES = {
    "fees.ods": (FILES / "fees.ods").read_bytes(),
    "rows.ods": spreadsheet(row for row, _ in ROWS),
    "fees.xlsx": (FILES / "fees.xlsx").read_bytes(),
    "book.xlsx": workbook(),
    "tour.pptx": (FILES / "tour.pptx").read_bytes(),
    "order.docx": (FILES / "order.docx").read_bytes(),
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_short_way_reads_what_the_tree_reads(name):
    blob = SOURCES[name]
    other = changed(blob, commented)
    assert other != changed(blob, lambda _, said: said)
    assert replace(read(blob, name=name), parts=()) == replace(read(other, name=name), parts=())


def test_rows_show_what_their_cells_hold():
    lines = read(SOURCES["rows.ods"], name="a.ods").text.split("\n")
    assert lines[2:] == [shown for _, shown in ROWS]


def test_the_short_ways_are_taken():
    rows: list[list[object]] = []
    with zipfile.ZipFile(io.BytesIO(SOURCES["rows.ods"])) as archive:
        content = archive.read("content.xml")
    assert len(odsheet._lean(content, rows)) < len(content)
    assert sum(map(len, rows)) >= 6
    with zipfile.ZipFile(io.BytesIO(SOURCES["book.xlsx"])) as archive:
        strings = sheet._shared(archive.read("xl/sharedStrings.xml"), "x")
    assert strings is not None
    assert {"plain", " kept ", "a & b <c>", "rich and bold"} <= set(strings)
    with zipfile.ZipFile(io.BytesIO(SOURCES["tour.pptx"])) as archive:
        said = [slides._plain(archive.read(n)) for n in archive.namelist() if n.startswith("ppt/slides/slide")]
    assert any(said)
    assert None in said  # the slide with a table


def test_rows_in_a_comment_are_no_rows():
    blob = SOURCES["rows.ods"]
    hidden = changed(
        blob,
        lambda _, said: said.replace(b"<table:table-row ", b"<!--<table:table-row ", 1).replace(
            b"Fee</text:p></table:table-cell></table:table-row>",
            b"Fee</text:p></table:table-cell></table:table-row>-->",
        ),
    )
    assert "Fee" not in read(hidden, name="a.ods").text


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rows.ods", b"</office:spreadsheet>", b""),
        ("fees.xlsx", b"</sst>", b""),
        ("tour.pptx", b"</p:spTree>", b""),
        ("fees.xlsx", b"</Relationships>", b""),
    ],
)
def test_a_part_that_breaks_off_is_damaged(name, old, new):
    with pytest.raises(Unreadable, match="damaged: "):
        read(changed(SOURCES[name], lambda _, said: said.replace(old, new)), name=name)


def test_the_directory_is_that_of_the_standard_library():
    for blob in SOURCES.values():
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            said = {n: (i.CRC, i.compress_size, i.file_size, i.header_offset) for n, i in archive.NameToInfo.items()}
        assert {n: (e.crc, e.packed, e.size, e.at) for n, e in directory(blob).items()} == said
    stream = io.BytesIO(SOURCES["fees.ods"])
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"a comment"
    assert directory(stream.getvalue()).keys() == directory(SOURCES["fees.ods"]).keys()


@pytest.mark.parametrize(
    "code", ["General", "0", "0.00", "#,##0.00", "0.0%", "yyyy-mm-dd", "h:mm", "[h]:mm", '"no" 0', "0;-0;none"]
)
def test_a_format_says_a_number_alike_by_whatever_way(code):
    shown = shown_as(code)
    for number in (0, 1, -1, 0.5, 2.675, -2.675, 59, 60, 45_000.75, 1e9, 1e15, 1e20, float("inf"), 3_000_000):
        assert said_by(shown)(number) == shown.value(number)
        assert spoken(shown)(repr(number)) == shown.number(repr(number))
    assert spoken(shown)("words") == "words"


def test_a_mark_is_a_mark_however_it_was_made():
    made = placed(5, Mark(0, page=2, sheet="s", slide=3), paragraph=1, part="p", cell="A1")
    assert (type(made), made) == (Mark, Mark(5, 2, 1, "p", "s", "A1", 3))
    assert hash(made) == hash(replace(made))
    with pytest.raises(FrozenInstanceError):
        made.start = 6


@pytest.mark.parametrize("row", ["<table:table-row >", "<table:table-row ><table:table-cell>"])
def test_rows_that_never_end_are_gone_through_once(row):
    rows: list[list[object]] = []
    with zipfile.ZipFile(io.BytesIO(SOURCES["rows.ods"])) as archive:
        content = archive.read("content.xml")
    swollen = content.replace(b"<table:table-row ", row.encode() * 200_000 + b"<table:table-row ", 1)
    assert len(odsheet._lean(swollen, rows)) > len(row) * 200_000
