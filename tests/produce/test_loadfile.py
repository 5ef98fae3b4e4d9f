"""What is written in a load file is read back the same by a stranger, or is on the list of substitutions."""

from __future__ import annotations

import io
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import independent
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from showcause.errors import BadInput
from showcause.produce import edrm as xml
from showcause.produce.imagefile import Boundary, Image, ImageLine, ImageType, lfp, opt, read_lfp, read_opt
from showcause.produce.lettering import Encoding, Fault, Table, Written, table
from showcause.produce.loadfile import Record, Row, dat, parts, read_dat, steps

NASTY = [
    "þ",
    "Þ",
    "\x14",
    "®",
    "\r\n",
    "\n",
    "\r",
    '"',
    "“",
    "’",
    ";",
    "\\",
    "\t",
    "\0",
    "\x07",
    "\x1a",
    "\x7f",
    "\x85",
    "\x9d",
]
NASTY += [
    "\u2028",
    "\u202e",
    "שלום",
    "مرحبا",
    "😀",
    "👩‍⚖️",
    "\ufeff",
    "\ufffe",
    "\ud800",
    "\udfff",
    "é",
    "ÿ",
    "€",
    "漢",
    "a" * 70,
    ",",
]
VALUES = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=8)), max_size=12).map("".join)
ENCODINGS = st.sampled_from(list(Encoding))


def raw(written: Iterable[Written]) -> bytes:
    return b"".join(one.line for one in written)


def held(character: str, encoding: Encoding) -> bool:
    """By the published rules: no thorn, 0x14, 0xAE or control, and only what the encoding has."""
    code = ord(character)
    if character in "þ®" or code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
        return False
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def swapped_by_hand(value: str, encoding: Encoding) -> tuple[str, Counter[str]]:
    """What a strict clerk would write for `value` under the default rules, and what he would note."""
    out, noted = [], Counter()
    pieces = value.split("\r\n")
    for place, piece in enumerate(pieces):
        out.append("\r\n" if place else "")
        for character in piece:
            if held(character, encoding):
                out.append(character)
                continue
            noted[character] += 1
            named = {"þ": "th", "\x14": " ", "®": "(R)", "\n": "\r\n", "\r": "\r\n"}
            control = ord(character) < 32 or 0x7F <= ord(character) < 0xA0
            space = " " if character.isspace() else ""
            out.append(named.get(character, space if control else "?"))
    return "".join(out), noted


# --- Concordance DAT ------------------------------------------------------------------------------


@given(st.lists(st.tuples(VALUES, VALUES), max_size=6), ENCODINGS)
@example([("x" * 65536, "þ" * 65536)], Encoding.UTF8)
@example([("é\r\n" * 21845, "😀" * 32768)], Encoding.UTF16LE)
@example([("é" * 65536, "漢" * 65536)], Encoding.CP1252)
@settings(max_examples=150, deadline=None)
def test_a_stranger_reads_every_value_or_finds_it_on_the_list(rows, encoding: Encoding) -> None:
    fields = ("BEGDOC", "TITLE")
    written = list(dat(fields, [Row(f"D{n}", row) for n, row in enumerate(rows)], encoding=encoding))
    names, read = independent.dat(raw(written))
    listed = Counter()
    for swap in (s for one in written for s in one.swaps):
        listed[swap.document, swap.field, swap.character] += swap.count
    noted = Counter()
    for number, row in enumerate(rows):
        for field, value, got in zip(fields, row, read[number], strict=True):
            want, counted = swapped_by_hand(value, encoding)
            assert got == want
            noted.update({(f"D{number}", field, c): n for c, n in counted.items()})
    assert names == list(fields)
    assert listed == noted
    ours = read_dat(io.BytesIO(raw(written)), name="x.dat")
    assert ours.encoding is encoding
    assert [list(r.values) for r in ours.records] == read


@given(VALUES, ENCODINGS)
def test_what_can_be_held_is_held(value: str, encoding: Encoding) -> None:
    value = "".join(c for c in value if held(c, encoding)) + "\r\nend"
    (header, line) = dat(("F",), [Row("D", (value,))], encoding=encoding)
    assert not line.swaps
    assert independent.dat(header.line + line.line)[1] == [[value]]


def test_the_bytes_are_those_of_the_format() -> None:
    rows = [Row("A1", ("A1", "x\r\ny")), Row("A2", ("", "é"))]
    assert raw(dat(("ID", "T"), rows)) == (
        b"\xef\xbb\xbf\xc3\xbeID\xc3\xbe\x14\xc3\xbeT\xc3\xbe\r\n"
        b"\xc3\xbeA1\xc3\xbe\x14\xc3\xbex\xc2\xaey\xc3\xbe\r\n"
        b"\xc3\xbe\xc3\xbe\x14\xc3\xbe\xc3\xa9\xc3\xbe\r\n"
    )
    assert raw(dat(("ID",), [Row("A", ("é",))], encoding=Encoding.CP1252)) == b"\xfeID\xfe\r\n\xfe\xe9\xfe\r\n"
    assert raw(dat(("I",), [], encoding=Encoding.UTF16LE)) == b"\xff\xfe\xfe\0I\0\xfe\0\r\0\n\0"


@example(("\0",))
@example(("",))
@given(
    st.lists(st.one_of(VALUES, st.lists(VALUES, min_size=2, max_size=3).map(tuple)), min_size=1, max_size=4).map(tuple)
)
def test_lists_and_nested_values_keep_their_parts(value) -> None:
    _, line = dat(("F",), [Row("D", (value,))])
    (read,) = read_dat(io.BytesIO(raw(dat(("F",), [Row("D", (value,))]))), name="x").records
    if read.values[0] or len(value) > 1:
        assert len(parts(read.values[0])) == len(value)
    else:  # a list of one part with nothing left to write: no list, and each character of it is on the list
        assert sum(s.count for s in line.swaps) == len("".join(value))
    for part, got in zip(value, parts(read.values[0]), strict=False):
        if isinstance(part, tuple) and any(part):
            assert len(steps(got)) == len(part)
    semicolons = sum(p.count(";") for part in value for p in ([part] if isinstance(part, str) else part))
    assert sum(s.count for s in line.swaps if s.character == ";") == semicolons


def test_the_user_changes_the_table() -> None:
    mine = table({"þ": "[thorn]", "漢": "[han]", "\n": " / "}, controls="~", missing="#")
    _, line = dat(("F",), [Row("D", ("þ漢字\x07\n",))], encoding=Encoding.CP1252, table=mine)
    assert line.line == b"\xfe[thorn][han]#~ / \xfe\r\n"
    assert [(s.character, s.written, s.count) for s in line.swaps] == [
        ("\x07", "~", 1),
        ("\n", " / ", 1),
        ("þ", "[thorn]", 1),
        ("字", "#", 1),
        ("漢", "[han]", 1),
    ]


@pytest.mark.parametrize("bad", [{"þ": "þ"}, {"®": "\x14"}, {"é": "漢"}, {"x": ";"}, {"ab": "c"}, {"x": "a\nb"}])
def test_a_table_that_writes_what_cannot_be_held_is_refused(bad: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="substitutions"):
        list(dat(("F",), [], encoding=Encoding.CP1252, table=table(bad)))


@pytest.mark.parametrize("fields", [(), ("A", ""), ("A", "A")])
def test_fields_have_names_of_their_own(fields: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        list(dat(fields, []))


def test_a_row_has_a_value_for_each_field() -> None:
    with pytest.raises(BadInput, match="D7: 1 values for 2 fields"):
        list(dat(("A", "B"), [Row("D7", ("x",))]))


T = chr(0xFE)
FAULTS = [
    (f"{T}a{T}\x14{T}b{T}", None),
    (f"{T}a{T}", "1 values, where the header names 2 fields"),
    (
        f"{T}a{T}\x14{T}b",
        "value 2 (TITLE) is not closed by a thorn (0xFE); a line break inside a value is written as 0xAE",
    ),
    (f"a\x14{T}b{T}", "value 1 (ID) does not begin with a thorn (0xFE)"),
    (f"{T}a{T}x{T}\x14{T}b{T}", "value 1 (ID) has a thorn (0xFE) inside"),
    (f"{T}\x14{T}b{T}", "value 1 (ID) is not closed by a thorn (0xFE); a line break inside a value is written as 0xAE"),
    ("", "is blank"),
]


@pytest.mark.parametrize("encoding", list(Encoding))
def test_each_bad_line_is_told_and_the_others_are_read(encoding: Encoding) -> None:
    text = "\r\n".join([f"{T}ID{T}\x14{T}TITLE{T}", *(line for line, _ in FAULTS), f"{T}z{T}\x14{T}{T}"]) + "\r\n"
    found = read_dat(io.BytesIO(encoding.mark + text.encode(encoding)), name="x.dat")
    assert found.fields == ("ID", "TITLE")
    want = [Fault(n, what) if what else Record(n, ("a", "b")) for n, (_, what) in enumerate(FAULTS, 2)]
    assert list(found.records) == [*want, Record(len(FAULTS) + 2, ("z", ""))]


HEADERS = [
    (b"", "x.dat: is empty"),
    (b"ID,TITLE\r\n", "line 1 is no header of fields: value 1 does not begin with a thorn"),
    (b"\xfeID\xfe\x14\xfeID\xfe\r\n", "line 1: the field ID stands twice"),
    (b"\xfeID\xfe\x14\xfe\xfe\r\n", "line 1: a field has no name"),
    (b"\xc3\xbeID\xc3\xbe\r\n", "is UTF-8 without its byte order mark; name the encoding"),
    (b"\xfe\xff\0I", "begins with the mark of UTF-16BE"),
    (b"\xef\xbb\xbf\xfeID\xfe\r\n", "line 1: byte 0xFE at character 1 is not utf-8"),
]


@pytest.mark.parametrize(("content", "what"), HEADERS)
def test_what_is_no_dat_is_refused_in_one_line(content: bytes, what: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_dat(io.BytesIO(content), name="x.dat")
    assert what in str(refused.value)


def test_bytes_that_are_not_the_encoding_are_told_with_their_place() -> None:
    content = b"\xfeF\xfe\r\n\xfea\x81\xfe\r\n\xfeb\xfe\r\n"
    assert [str(r) if isinstance(r, Fault) else r.values for r in read_dat(io.BytesIO(content), name="x").records] == [
        "line 2: byte 0x81 at character 3 is not cp1252",
        ("b",),
    ]
    cut = "\ufeffþFþ\r\nþaþ\r\n".encode("utf-16-le")[:-1]
    assert list(read_dat(io.BytesIO(cut), name="x").records)[-1] == Fault(
        2, "ends in the middle of a character of utf-16-le"
    )


def test_a_named_encoding_stands_above_the_missing_mark() -> None:
    found = read_dat(io.BytesIO("þFþ\r\nþéþ\r\n".encode()), name="x", encoding=Encoding.UTF8)
    assert [r.values for r in found.records] == [("é",)]


def test_a_header_that_would_look_like_another_encoding_is_refused() -> None:
    with pytest.raises(BadInput, match="byte order mark"):
        list(dat(("ÿ",), [], encoding=Encoding.CP1252))


def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    place = tmp_path / "big.dat"
    fields = tuple(f"F{n}" for n in range(12))

    def peak(count: int) -> int:
        tracemalloc.start()
        with place.open("wb") as out:
            for one in dat(fields, (Row(f"D{n}", ("words þ",) * 12) for n in range(count))):
                out.write(one.line)
        with place.open("rb") as source:
            assert sum(isinstance(r, Record) for r in read_dat(source, name="big").records) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    few = peak(300)
    assert peak(2_000) < few * 1.2 + 100_000


# --- Opticon and IPRO -----------------------------------------------------------------------------

IMAGES = [
    Image("ZY00001", "ZY01", "D:\\IMAGES\\001\\ZY00001.TIF", Boundary.DOCUMENT, 3),
    Image("ZY00002", "ZY01", "D:\\IMAGES\\001\\ZY00002.TIF"),
    Image("ZY00003", "ZY01", "D:\\IMAGES\\001\\ZY00003.JPG", type=ImageType.COLOUR),
    Image("zy00003", "", "IMAGES\\001\\zy00003.pdf", Boundary.FOLDER, 12, type=ImageType.PDF),
]


def test_the_lines_of_an_opt_are_those_of_the_manual() -> None:
    assert b"".join(opt(IMAGES)).decode() == (
        "ZY00001,ZY01,D:\\IMAGES\\001\\ZY00001.TIF,Y,,,3\r\n"
        "ZY00002,ZY01,D:\\IMAGES\\001\\ZY00002.TIF,,,,\r\n"
        "ZY00003,ZY01,D:\\IMAGES\\001\\ZY00003.JPG,,,,\r\n"
        "zy00003,,IMAGES\\001\\zy00003.pdf,Y,Y,,12\r\n"
    )


def test_the_lines_of_an_lfp_are_those_of_the_manual() -> None:
    turned = Image("MSC-00014", "MDEMO", "IMAGES\\00\\00\\014.TIF", Boundary.DOCUMENT, rotate=90)
    assert b"".join(lfp([turned, IMAGES[2]])).decode() == (
        "IM,MSC-00014,D,0,@MDEMO;IMAGES\\00\\00;014.TIF;2,1\r\nIM,ZY00003,,0,@ZY01;D:\\IMAGES\\001;ZY00003.JPG;4,0\r\n"
    )


@pytest.mark.parametrize("encoding", list(Encoding))
def test_images_are_read_back_by_us_and_by_a_stranger(encoding: Encoding) -> None:
    written = b"".join(opt(IMAGES, encoding=encoding))
    read = list(read_opt(io.BytesIO(written), name="x.opt"))
    assert [r.image for r in read] == IMAGES
    assert [row["key"] for row in independent.opt(written)] == [i.key for i in IMAGES]
    written = b"".join(lfp(IMAGES, encoding=encoding))
    read = list(read_lfp(io.BytesIO(written), name="x.lfp"))
    assert [(r.image.key, r.image.path, r.image.boundary, r.image.type) for r in read] == [
        (i.key, i.path, i.boundary, i.type) for i in IMAGES
    ]
    assert [row["boundary"] for row in independent.lfp(written)] == ["D", "", "", "F"]


@pytest.mark.parametrize("name", ["a,b", "a;b", "a\r\nb", "漢", " a", "", "a@b"])
def test_a_name_that_an_image_file_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        list(lfp([Image(name, "V", "I\\1.TIF", Boundary.DOCUMENT)]))


def test_the_first_image_begins_a_document() -> None:
    with pytest.raises(BadInput, match="begins a document"):
        list(opt(IMAGES[1:]))


OPT_FAULTS = [
    ("A1,V,p.tif,,,,\r\n", [(1, "A1: the first line begins no document (its fourth column is not Y)")]),
    ("A1,V,p.tif,Y,,1\r\n", [(1, "6 columns, where an OPT has 7")]),
    ("A1,V,p.tif,Y,,,2\r\nA2,V,q.tif,Y,,,1\r\n", [(1, "A1 is said to have 2 pages, and 1 stand here")]),
    ("A1,V,p.tif,Y,,,1\r\nA2,V,q.tif,,,,\r\n", [(1, "A1 is said to have 1 pages, and 2 stand here")]),
    ("A1,V,p.pdf,Y,,,9\r\n", []),
    ("A1,V,p.tif,y,,,1\r\n", [(1, "A1: a break is Y or nothing, not 'y'")]),
    ("A1,V,p.tif,Y,,,x\r\n", [(1, "A1: 'x' is no count of pages")]),
    (
        "A1,V,p.tif,Y,,,1\r\n\r\nA2,V,q.tif,,,,3\r\n",
        [(2, "is blank"), (3, "A2: a count of pages stands on the first page of a document alone")],
    ),
    (",V,p.tif,Y,,,1\r\n", [(1, "has no image key")]),
]


@pytest.mark.parametrize(("content", "want"), OPT_FAULTS)
def test_each_bad_line_of_an_opt_is_told(content: str, want: list[tuple[int, str]]) -> None:
    found = read_opt(io.BytesIO(content.encode()), name="x.opt")
    assert [(f.line, f.what) for f in found if isinstance(f, Fault)] == want


LFP_FAULTS = [
    ("OF,x", "the command 'OF' is not read here, only IM"),
    ("IM,k,D,0", "4 columns, where an IM line has 6"),
    ("IM,k,Q,0,@V;p;f.tif;2,0", "k: 'Q' is no boundary; known are S, B, F, D and C"),
    ("IM,k,D,0,V;p;f.tif;2,0", "k: 'V;p;f.tif;2' is not @volume;path;file;type"),
    ("IM,k,D,0,@V;p;f.tif;3,0", "k: '3' is no type of image known here"),
    ("IM,k,D,0,@V;p;f.tif;2,7", "k: '7' is no rotation"),
    ("IM,k,D,x,@V;p;f.tif;2,0", "k: 'x' is no offset"),
]


@pytest.mark.parametrize(("line", "want"), LFP_FAULTS)
def test_each_bad_line_of_an_lfp_is_told(line: str, want: str) -> None:
    assert list(read_lfp(io.BytesIO(f"{line}\r\n".encode()), name="x.lfp")) == [Fault(1, want)]


def test_an_lfp_line_without_a_rotation_is_upright() -> None:
    (one,) = read_lfp(io.BytesIO(b"IM,k, ,2,@V;;f.pdf;6\r\n"), name="x")
    assert isinstance(one, ImageLine)
    assert one.image == Image("k", "V", "f.pdf", offset=2, type=ImageType.PDF_COLOUR)


# --- EDRM XML -------------------------------------------------------------------------------------

XML_VALUES = VALUES.filter(lambda v: v != "")


@given(XML_VALUES, XML_VALUES, ENCODINGS)
@settings(max_examples=200, deadline=None)
def test_edrm_holds_every_character_of_xml_and_lists_the_rest(value: str, name: str, encoding: Encoding) -> None:
    document = xml.EdrmDocument(
        "A1",
        xml.DocType.MESSAGE,
        "message/rfc822",
        (("#Subject", value),),
        (xml.ExternalFile(xml.FileType.NATIVE, "NATIVES\\001", "A1.eml", 12, "ab"),),
        (xml.Location(name, "box"),),
    )
    child = xml.EdrmDocument("A2", xml.DocType.FILE, parent="A1")
    written = list(xml.edrm([xml.Field("#Subject")], [document, child], encoding=encoding))
    lost = (
        {"\ufffe", "\uffff"}
        | {chr(c) for c in range(32) if c not in (9, 10, 13)}
        | {chr(c) for c in range(0xD800, 0xE000)}
    )

    def kept(words: str) -> str:
        return "".join(c if c not in lost else Table().written(c) for c in words)

    found = independent.edrm(raw(written))
    assert found[0] == ("Root", {**found[0][1], "MajorVersion": "1", "MinorVersion": "2"}, found[0][2])
    at = {path: (attributes, words) for path, attributes, words in reversed(found)}
    base = "Root/Batch/Documents/Document"
    assert at[f"{base}/Tags/Tag"][0] == {"TagName": "#Subject", "TagValue": kept(value), "TagDataType": "Text"}
    assert at[f"{base}/Locations/Location/Custodian"][1] == kept(name)
    assert at["Root/Batch/Relationships/Relationship"][0] == {
        "RelationshipType": "Attachment", "ParentDocId": "A1", "ChildDocId": "A2",
    }  # fmt: skip
    counted = Counter(c for c in value if c in lost), Counter(c for c in name if c in lost)
    listed = [s for one in written for s in one.swaps]
    assert {s.character: s.count for s in listed if s.field == "#Subject"} == counted[0]
    assert {s.character: s.count for s in listed if s.field == "Custodian"} == counted[1]
    pieces = list(xml.read_edrm(io.BytesIO(raw(written)), name="x.xml"))
    assert pieces[0] == xml.EdrmFields((xml.Field("#Subject"),))
    assert pieces[1].tags == (("#Subject", kept(value)),)
    assert pieces[1].files == document.files
    assert pieces[3] == xml.Relationship("A1", "A2")


EDRM_REFUSED = [
    (b"<a/>", "x.xml: begins with a; EDRM XML begins with Root, MajorVersion 1"),
    (b"<Root MajorVersion='2'/>", "EDRM XML begins with Root, MajorVersion 1"),
    (b"<Root MajorVersion='1'><Batch>", "x.xml: line 1:"),
    (b"", "x.xml"),
]


@pytest.mark.parametrize(("content", "what"), EDRM_REFUSED)
def test_what_is_no_edrm_xml_is_refused(content: bytes, what: str) -> None:
    with pytest.raises(BadInput) as refused:
        list(xml.read_edrm(io.BytesIO(content), name="x.xml"))
    assert what in str(refused.value)


def test_a_bad_document_of_edrm_is_told_and_the_others_are_read() -> None:
    content = b"""<Root MajorVersion="1" MinorVersion="2"><Batch><Documents>
<Document DocType="File"/>
<Document DocID="B" DocType="Thing"/>
<Document DocID="C" DocType="File"><Files><File FileType="Native"><ExternalFile FileSize="x"/></File></Files></Document>
<Document DocID="D" DocType="File"/>
</Documents><Relationships><Relationship ParentDocId="D"/></Relationships></Batch></Root>"""
    found = list(xml.read_edrm(io.BytesIO(content), name="x"))
    assert [str(f) if isinstance(f, Fault) else f.id for f in found] == [
        "line 2: a Document has no DocID",
        "line 3: B: DocType 'Thing' is neither Message nor File",
        "line 4: C: a file of type 'Native' and of 'x' bytes",
        "D",
        "line 6: a Relationship needs ParentDocId and ChildDocId",
    ]


def test_an_entity_in_edrm_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    content = f"""<!DOCTYPE Root [<!ENTITY e SYSTEM "{secret.as_uri()}">]><Root MajorVersion="1"><Batch><Documents>
<Document DocID="A" DocType="File"><Locations><Location><Custodian>&e;</Custodian></Location></Locations></Document>
</Documents></Batch></Root>"""
    found = list(xml.read_edrm(io.BytesIO(content.encode()), name="x"))
    assert "canary" not in repr(found)
