from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from showcause.errors import Unreadable
from showcause.intake import Limits, read


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, style="", number=None):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{''.join(runs)}</w:p>"


def ins(text):
    return f"<w:ins>{run(text)}</w:ins>"


def deleted(text):
    return f'<w:del><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


STRIKE, LINE = "<w:strike/>", '<w:u w:val="single"/>'
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Out"><w:name w:val="Out"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
"""


def levels(*rows):
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (fmt, text) in enumerate(rows)
    )


NUMBERING = f"""
<w:abstractNum w:abstractNumId="0">{levels(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%1.%2.%3"))}
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{levels(("bullet", ""))}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{levels(("upperRoman", "Article %1."))}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


@pytest.fixture
def text(word):
    return lambda body, **parts: read(word(body, **parts), name="a.docx").text


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([run("Members "), deleted("may "), ins("shall "), run("reply.")], "Members [-may-] {+shall+} reply."),
        ([f"<w:ins>{deleted('gone')}{run('new')}</w:ins>"], "[-gone-]{+new+}"),
        ([ins("one "), ins("two")], "{+one two+}"),
        ([run("No "), run("one", STRIKE), run("all", LINE)], "No [-one-]{+all+}"),
        ([run("A "), run("title", LINE)], "A title"),
        ([run("A"), run("b", '<w:strike w:val="0"/>'), run("c", '<w:u w:val="none"/>')], "Abc"),
        (["<w:moveFrom>" + run("a") + "</w:moveFrom>", "<w:moveTo>" + run("b") + "</w:moveTo>"], "[-a-]{+b+}"),
        (["<w:hyperlink>" + run("link") + "</w:hyperlink>", "<w:smartTag>" + run("ed") + "</w:smartTag>"], "linked"),
        (["<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/></w:r>"], "a\tb\n-"),
        (["<w:r><w:instrText>PAGE</w:instrText></w:r>", "<w:fldSimple>" + run("5") + "</w:fldSimple>"], "5"),
    ],
)
def test_the_words_of_a_paragraph_with_its_changes(text, runs, expected):
    assert text(p(*runs)) == expected


def test_list_numbers_are_written_out(text):
    body = "".join(
        p(run(word), number=number)
        for word, number in [
            ("a", (1, 0)),
            ("b", (1, 1)),
            ("c", (1, 1)),
            ("d", (1, 2)),
            ("e", (1, 0)),
            ("f", (1, 1)),
            ("g", (2, 0)),
            ("h", (4, 0)),
            ("i", (4, 0)),
            ("j", (9, 0)),
            ("k", (0, 0)),
        ]
    )
    expected = ["1. a", "(a) b", "(b) c", "1.b.i d", "2. e", "(a) f", "• g", "7. h", "8. i", "j", "k"]
    assert text(body, numbering=NUMBERING).split() == " ".join(expected).split()


def test_headings_come_from_styles_whatever_the_language(word):
    body = p(run("Records"), style="T") + p(run("One"), style="berschrift1") + p(run("Words"))
    body += p(run("Two"), style="Own") + p(run("Deep"), style="Out") + p(run("Round"), style="Loop")
    reading = read(word(body, styles=STYLES, numbering=NUMBERING), name="a")
    assert [(reading.text[h.start : h.end], h.level) for h in reading.headings] == [
        ("Records", 1),
        ("Article I. One", 1),
        ("Article II. Two", 1),
        ("Deep", 3),
    ]
    assert [m.paragraph for m in reading.pages.marks] == [1, 2, 3, 4, 5, 6]


def test_tables_stand_in_document_order_a_row_a_line(text):
    def row(*cells):
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    table = f"<w:tbl>{row(p(run('a')), p(run('b')))}{row(p(run('c')), p(run('d')))}</w:tbl>"
    long = f"<w:tbl>{row(p(run('One.')) + p(run('Two.')), p(run('Three.')))}</w:tbl>"
    gone = "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p(run("old")) + "</w:tc></w:tr></w:tbl>"
    said = text(p(run("Before")) + table + p(run("After")) + long + gone)
    assert said == "Before\n\na | b\nc | d\n\nAfter\n\nOne.\n\nTwo.\n\nThree.\n\n[-old-]"


def test_notes_and_comments_follow_at_the_end(word):
    body = p(run("Words"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" more")) + "<w:sdt><w:sdtContent>"
    body += p(run("inside"), '<w:r><w:endnoteReference w:id="2"/></w:r>') + "</w:sdtContent></w:sdt>"
    parts = {
        "footnotes": f'<w:footnote w:id="2">{p(run("A note."))}</w:footnote><w:footnote w:id="0">{p(run("-"))}</w:footnote>',
        "endnotes": f'<w:endnote w:id="2">{p(run("An end."))}</w:endnote>',
        "comments": f'<w:comment w:id="0" w:author="K. Ito">{p(run("Check this."))}</w:comment>',
    }
    reading = read(word(body, **parts), name="a")
    assert reading.text.split("\n\n") == [
        "Words[1] more",
        "inside[2]",
        "[1] A note.",
        "[2] An end.",
        "[Comment by K. Ito] Check this.",
    ]
    assert [m.part for m in reading.pages.marks] == [None, None, "footnote", "endnote", "comment"]
    assert reading.notes == ("comments that stand at the end: 1",)


def test_text_boxes_follow_their_paragraph_once(text):
    box = f"<w:txbxContent>{p(run('boxed'))}</w:txbxContent>"
    alternate = f'<mc:AlternateContent xmlns:mc="m"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    assert text(p(run("a"), f"<w:r>{alternate}</mc:AlternateContent></w:r>")) == "a\n\nboxed"


def test_title_date_and_embedded_files(word):
    core = (
        '<c:coreProperties xmlns:c="c" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="t">'
        "<d:title>Records</d:title><t:created>2030-01-02T00:00:00Z</t:created>"
        "<t:modified>2031-05-04T00:00:00Z</t:modified></c:coreProperties>"
    )
    extra = {"docProps/core.xml": core, "word/embeddings/sheet.xlsx": "PK"}
    reading = read(word(p(run("a")), extra=extra), name="a")
    assert (reading.kind, reading.title, reading.date) == ("docx", "Records", date(2031, 5, 4))
    assert [(part.name, part.blob) for part in reading.parts] == [("sheet.xlsx", b"PK")]


def test_hidden_text_is_shown_and_noted(word):
    reading = read(word(p(run("secret", "<w:vanish/>"))), name="a")
    assert (reading.text, reading.notes) == ("secret", ("hidden text is shown",))


def test_what_python_docx_writes_is_read():
    import docx

    document = docx.Document()
    document.add_heading("Records", 1)
    document.add_paragraph("One", style="List Number")
    document.add_paragraph("Two", style="List Number")
    document.add_paragraph("Three", style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    reading = read(stream.getvalue(), name="a")
    assert reading.text == "Records\n\n1. One\n2. Two\n• Three"


def swollen():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 5_000_000)
    return stream.getvalue()


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>x&b;</w:t></w:r></w:p></w:body></w:document>'


def test_a_file_that_swells_is_refused():
    with pytest.raises(Unreadable, match="unpacks to more than 1,000,000 bytes"):
        read(swollen(), name="a", limits=Limits(unpacked=1_000_000))


def test_entities_are_not_unfolded(word):
    assert read(word("", extra={"word/document.xml": LAUGHS}), name="a").text == "x"


def test_an_empty_document_is_refused(word):
    with pytest.raises(Unreadable, match="holds no words"):
        read(word(p()), name="a")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_cut_off_is_called_truncated(word, share):
    blob = word(p(run("words " * 500)), styles=STYLES)
    with pytest.raises(Unreadable, match=r"^truncated"):
        read(blob[: int(len(blob) * share)], name="a.docx")
