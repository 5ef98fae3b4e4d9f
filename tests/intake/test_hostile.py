"""Files made to do harm: they are read or refused, soon, and with bounded memory."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from showcause.errors import Unreadable
from showcause.intake import Limits, read

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
FETCH = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), held)
    return stream.getvalue()


def odt(body, kind="text", before=""):
    content = (
        f'{before}<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TEXT}" xmlns:b="{TABLE}"><o:body><o:{kind}>{body}'
        f"</o:{kind}></o:body></o:document-content>"
    )
    kinds = {"text": "text", "spreadsheet": "spreadsheet"}
    return zipped(mimetype=f"application/vnd.oasis.opendocument.{kinds[kind]}", content_xml=content)


def soon(blob, limits=None):
    begun = time.perf_counter()
    reading = read(blob, name="a", limits=limits)
    assert time.perf_counter() - begun < 10
    return reading


@pytest.mark.parametrize("before", [LAUGHS, FETCH])
def test_no_entity_is_unfolded_or_fetched(before):
    assert soon(odt("<t:p>x&c;</t:p>" if before is LAUGHS else "<t:p>x&a;</t:p>", before=before)).text == "x"


def test_a_table_nested_three_hundred_deep_is_shown_without_its_structure(word):
    deep, close = "<w:tbl><w:tr><w:tc>" * 300, "</w:tc></w:tr></w:tbl>" * 300
    reading = soon(
        word(f"{deep}<w:p><w:r><w:t>deep</w:t></w:r></w:p>{close}" + "<w:p><w:r><w:t>after</w:t></w:r></w:p>")
    )
    assert reading.text.split() == ["deep", "after"]
    assert reading.notes == ("deeply nested tables are shown without their structure",)
    cells, close = "<b:table><b:table-row><b:table-cell>" * 80, "</b:table-cell></b:table-row></b:table>" * 80
    assert soon(odt(f"{cells}<t:p>deep</t:p>{close}<t:p>after</t:p>")).text.split() == ["deep", "after"]


def test_elements_nested_beyond_what_the_parser_takes_are_refused():
    with pytest.raises(Unreadable, match="damaged"):
        soon(odt("<t:span>" * 100_000))


def test_cells_repeated_a_million_times_are_shown_a_thousand_times():
    cell = '<b:table-cell b:number-columns-repeated="16384"><t:p>x</t:p></b:table-cell>'
    rows = f'<b:table b:name="s"><b:table-row b:number-rows-repeated="1048576">{cell}</b:table-row></b:table>'
    with pytest.raises(Unreadable, match="more than 1,000,000 characters"):
        soon(odt(rows, "spreadsheet"), Limits(characters=1_000_000))


def test_a_group_nested_without_end_is_refused():
    with pytest.raises(Unreadable, match="nested too deep"):
        soon(b"{\\rtf1 " + b"{" * 200_000)


@pytest.mark.parametrize(
    "blob",
    [
        b"{\\rtf1 " + b"\\'" * 500_000 + b"}",
        b"{\\rtf1{\\fonttbl" + b"{\\f0" * 50_000,
        b"{\\rtf1{\\stylesheet" + b"{\\s1 " * 50_000 + b"}",
        b"{\\rtf1 \\bin999999999 a}",
        b"~{" * 200_000,
        b"+AAA" * 200_000,
        b'a,"' * 200_000,
        b"BEGIN:VCARD\n" + b"FN;" * 200_000,
        b"BEGIN:VCARD\n" + b"BEGIN:VCARD\n" * 50_000,
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + b"--x\n" * 20_000,
        b"<?xml version='1.0'?>" + b"<a>b" * 50_000,
    ],
)
def test_what_repeats_without_end_is_read_or_refused_soon(blob):
    begun = time.perf_counter()
    try:
        said = read(blob, name="a").text
    except Unreadable as reason:
        said = str(reason)
    assert said
    assert time.perf_counter() - begun < 10


def test_many_rows_without_an_end_take_no_time():
    book = '<workbook xmlns:r="r"><sheets><sheet name="s" r:id="x"/></sheets></workbook>'
    links = '<Relationships><Relationship Id="x" Type="a/worksheet" Target="s.xml"/></Relationships>'
    sheet = "<worksheet><sheetData>" + '<row r="1"><sheetData><c r="A1"' * 100_000 + "</sheetData></worksheet>"
    held = zipped(xl__workbook_xml=book, xl__s_xml=sheet, **{"xl/_rels/workbook.xml.rels": links})
    with pytest.raises(Unreadable):
        soon(held)
