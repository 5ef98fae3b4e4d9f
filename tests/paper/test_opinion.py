"""The memorandum: nothing uncited, nothing unlisted, the same in three formats and the same bytes twice."""

import io
import re
import zipfile

import pypdfium2
import pytest

from showcause import opinion as opinions
from showcause.ask.citation import citations
from showcause.core import Passage
from showcause.opinion import Fixed, Said, Wording
from showcause.opinion.authorities import SUBDIVISIONS
from showcause.opinion.printing import sheet, strings
from showcause.opinion.tree import Grid, Heading, Quotation


def headings(memo):
    return [p.title for p in memo.parts if isinstance(p, Heading)]


def told(memo):
    return "\n".join(strings(memo))


def under(memo, wording):
    """The printed words from that heading to the next of its level."""
    cells = ["".join(r.text for row in p.rows for cell in row for r in cell) for p in sheet(memo).pieces]
    words = [
        (p.kind.value, p.level, "".join(r.text for r in p.runs) + cell)
        for p, cell in zip(sheet(memo).pieces, cells, strict=True)
    ]
    start = next(n for n, one in enumerate(words) if one[2] == wording.value)
    rest = next(
        (n for n in range(start + 1, len(words)) if words[n][0] == "heading" and words[n][1] <= words[start][1]), None
    )
    return "\n".join(w for _, _, w in words[start:rest])


def test_a_sentence_without_a_cite_cannot_be_built():
    with pytest.raises(ValueError, match="without a cite"):
        Said("The city complies.", ())
    with pytest.raises(ValueError, match="neither fixed nor cited"):
        Heading("The city complies", 1)


def test_every_sentence_is_fixed_wording_or_cites(memo):
    seen = list(memo.sentences())
    assert len(seen) > 80
    assert all(isinstance(s, Fixed) or s.cites for s in seen)


def test_fixed_wording_cites_nothing_and_names_nothing(case):
    words = "\n".join(w.value for w in Wording)
    assert not citations(words)
    assert case.respondent not in words


def test_every_quotation_of_the_record_stands_at_its_offsets(memo):
    quoted = [p for p in memo.parts if isinstance(p, Quotation) and isinstance(p.cite, Passage)]
    assert quoted
    assert all(p.words == p.cite.doc.text[p.cite.start : p.cite.end] for p in quoted)


def test_the_parts_stand_in_order_and_where_the_readings_part_comes_first(memo):
    first = [w for w in headings(memo) if isinstance(w, Wording)]
    wanted = [
        Wording.QUESTION, Wording.SHORT, Wording.PARTING, Wording.LAW, Wording.READINGS, Wording.FINDINGS, Wording.CAUGHT,
        Wording.CLASHES, Wording.SILENCE, Wording.CLAIMS, Wording.REQUESTS, Wording.UNREAD, Wording.METHOD,
    ]  # fmt: skip
    assert [w for w in first if w in wanted] == wanted


def test_every_citation_in_the_text_is_in_the_table(memo):
    listed = [a.words for a in memo.authorities]
    missing = [
        c.normal
        for c in citations("\n\n■\n\n".join(dict.fromkeys(strings(memo))))
        if not any(SUBDIVISIONS.sub("", c.normal) == w or w.rpartition(", ")[2] in c.normal for w in listed)
    ]
    assert not missing


def test_every_authority_in_the_table_is_in_the_text(memo):
    printed = strings(memo)
    for one in memo.authorities:
        assert one.at, one.words
        if "§" not in one.words and one.group != "Constitutions":
            assert all(one.words in printed[n] for n in one.at), one.words
        else:
            number = re.findall(r"[\d.\-]+\w*", one.words)
            assert all(not number or number[-1] in printed[n] for n in one.at), one.words


def test_authorities_of_every_reading_are_listed_the_unenforceable_one_among_them(case, memo):
    listed = {a.words for a in memo.authorities}
    wanted = {a.citation for law in case.laws for r in law.readings for a in r.authorities if "§" not in a.citation}
    assert wanted <= listed


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Wording.PARTING, "Read as “Legal status and citizenship only”, the record complies with it."),
        (Wording.PARTING, "Police Manual, § 210.4, p. 2"),
        (Wording.LAW, "Notwithstanding any other provision of Federal, State, or local law"),
        (Wording.LAW, Wording.RESTATED.value),
        (Wording.LAW, "published January 5, 2026"),
        (Wording.READINGS, "Murphy v. National Collegiate Athletic Association, 584 U.S. 453"),
        (Wording.FINDINGS, "shall not exchange such a note with any other agency"),
        (Wording.FINDINGS, "found by k.ito"),
        (Wording.FINDINGS, "Restricts vehicles, not information."),
        (Wording.CAUGHT, "It keeps Cal. Gov. Code § 7284.6(a)(1)(C), and conflicts with 8 U.S.C. § 1373(a)"),
        (Wording.CLASHES, "Members shall not answer an inquiry"),
        (Wording.SILENCE, Wording.UNMET.value),
        (Wording.CLAIMS, "Mayor Ines Dahl (complies)."),
        (Wording.REQUESTS, "Request 2 · open."),
        (Wording.REQUESTS, "March 1, 2027 (19 days left)."),
        (Wording.REQUESTS, "no date given."),
        (Wording.UNREAD, "unreadable: the file ends in the middle"),
    ],
)
def test_each_part_says_what_it_must(memo, part, words):
    assert words in under(memo, part)


def test_silence_is_a_breach_only_of_a_duty(memo):
    items = [line for line in under(memo, Wording.SILENCE).split("\n") if line.startswith("8 U.S.C. § 1644")]
    assert [Wording.UNMET.value in line for line in items] == ["(z)" in line for line in items]
    assert {"(z)" in line for line in items} == {True, False}


def test_the_grid_of_answers_names_every_verdict_in_words(memo):
    cells = [s for p in memo.parts if isinstance(p, Grid) for row in p.rows for s in row]
    assert {"Conflict", "Complies", "Silent"} <= {c.strong for c in cells if isinstance(c, Said)}


def test_the_same_case_prints_the_same_bytes(case, memo):
    again = opinions.opinion(case)
    assert opinions.to_pdf(again) == opinions.to_pdf(memo)
    assert opinions.to_docx(again) == opinions.to_docx(memo)
    assert opinions.to_html(again) == opinions.to_html(memo)


def test_pdf_is_tagged_archival_and_holds_the_words(memo):
    data = opinions.to_pdf(memo)
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"/StructTreeRoot" in data
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert f"1 of {len(pages)}" in pages[0]
    whole = " ".join(" ".join(pages).split())
    assert "Table of authorities".lower() in whole.lower()
    assert "Steinle v. City & County of San Francisco, 919 F.3d 1154 " in whole


def test_docx_has_styles_fields_and_references(memo):
    import docx

    data = opinions.to_docx(memo)
    doc = docx.Document(io.BytesIO(data))
    assert {"Title", "Heading 1", "Heading 2", "Quote"} <= {p.style.name for p in doc.paragraphs}
    assert not doc.core_properties.author
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"NUMPAGES" in packed.read("word/footer1.xml")
        body = packed.read("word/document.xml").decode()
    anchors = set(re.findall(r'w:anchor="(note\d+)"', body))
    assert anchors
    assert anchors == set(re.findall(r'w:name="(note\d+)"', body))


def test_html_escapes_what_documents_hold_and_every_reference_leads_somewhere(memo):
    page = opinions.to_html(memo).decode()
    assert "<script" not in page
    assert "<img" not in page
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets
    assert "default-src 'none'" in page
