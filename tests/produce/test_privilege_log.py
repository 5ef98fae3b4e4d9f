"""A privilege log of each kind says what the rules ask for, marks attorneys, and is the same in every format."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import papers
import pypdfium2
import pytest
from papers import Area, Mail, Verdict, coded
from python_calamine import CalamineWorkbook

from showcause.errors import BadInput
from showcause.produce.log import COLUMNS, Certification, Column, LogKind, entries, flaws, log, marked
from showcause.produce.logprint import to_csv, to_docx, to_pdf, to_xlsx

AT = datetime(2031, 5, 2, tzinfo=UTC)
ATTORNEYS = frozenset({"n.brandt@law.example", "Nora Brandt"})
SENT = datetime(2030, 2, 3, 4, tzinfo=UTC)
SIGNED = Certification("Nora Brandt", "City Attorney", date(2031, 5, 2))


def memo(number: int, **more):
    coding = coded(
        Verdict.WITHHOLD,
        basis="Attorney-client",
        topic="Release policy",
        description="E-mail seeking legal advice on the release policy.",
    )
    said = Mail(
        "Chief <chief@city.example>",
        ("Brandt, Nora <n.brandt@law.example>", "clerk@city.example"),
        subject=f"=Advice {number}",
        sent=SENT,
    )
    return replace(papers.item(f"m{number}.eml", b"", coding=coding, mail=said), **more)


def items():
    redacted = papers.item(
        "r.pdf",
        b"",
        areas=(Area(1, 0, 0, 9, 9, "AC"),),
        coding=coded(Verdict.REDACT, basis="Work product", topic="Litigation", description="Memorandum."),
        author="Nora Brandt",
    )
    private = papers.item("p.pdf", b"", areas=(Area(1, 0, 0, 9, 9, "PII"),), coding=coded(Verdict.REDACT))
    child = memo(2, family="m1.eml", parent="m1.eml", mail=None, author="Nora Brandt", kind="docx")
    return [memo(1), child, papers.item("open.pdf", b""), redacted, private]


def logged():
    return entries(items(), numbers={"m1.eml": ("A-001", "A-001"), "r.pdf": ("A-003", "A-009")})


def test_an_entry_stands_for_each_thing_withheld_or_redacted_as_privileged() -> None:
    assert [(e.id, e.bates, e.family, e.treatment) for e in logged()] == [
        ("PL-0001", "A-001", "", "Withheld"),
        ("PL-0002", "Not produced", "A-001", "Withheld"),
        ("PL-0003", "A-003 - A-009", "", "Redacted"),
    ]


@pytest.mark.parametrize("kind", list(LogKind))
def test_each_kind_has_its_columns_and_no_other(kind: LogKind) -> None:
    made = log(logged(), kind, title="Privilege Log", attorneys=ATTORNEYS, certification=SIGNED)
    assert made.columns == COLUMNS[kind]
    assert (Column.DESCRIPTION in made.columns) is (kind in (LogKind.DOCUMENT, LogKind.CATEGORICAL))
    assert (Column.TOPIC in made.columns) is (kind is LogKind.TOPIC)
    assert all(len(row) == len(made.columns) for row in made.rows)
    assert (made.certification is None) is (kind is not LogKind.CATEGORICAL)


def test_a_document_by_document_row() -> None:
    made = log(logged(), LogKind.DOCUMENT, title="Privilege Log", attorneys=ATTORNEYS)
    assert dict(zip(made.columns, made.rows[0], strict=True)) == {
        Column.ID: "PL-0001", Column.BATES: "A-001", Column.TYPE: "E-mail", Column.DATE: "2030-02-03",
        Column.AUTHOR: "Chief <chief@city.example>", Column.TO: "Brandt, Nora <n.brandt@law.example>*; clerk@city.example",
        Column.CC: "", Column.BCC: "", Column.SUBJECT: "=Advice 1",
        Column.DESCRIPTION: "E-mail seeking legal advice on the release policy.", Column.BASIS: "Attorney-client",
        Column.CUSTODIAN: "Records Bureau", Column.FAMILY: "", Column.TREATMENT: "Withheld",
    }  # fmt: skip


def test_a_categorical_log_joins_topic_and_basis_and_is_signed() -> None:
    made = log(logged(), LogKind.CATEGORICAL, title="Log", attorneys=ATTORNEYS, certification=SIGNED)
    rows = [dict(zip(made.columns, row, strict=True)) for row in made.rows]
    assert [(r[Column.CATEGORY], r[Column.WITHHELD], r[Column.REDACTED]) for r in rows] == [
        ("Litigation", "0", "1"), ("Release policy", "2", "0"),
    ]  # fmt: skip
    assert rows[1][Column.AUTHORS] == "Chief <chief@city.example>; Nora Brandt*"
    assert rows[1][Column.DATES] == "2030-02-03 to 2030-03-04"
    with pytest.raises(BadInput, match="certification"):
        log(logged(), LogKind.CATEGORICAL, title="Log")


PEOPLE = [
    ("Nora Brandt", "Nora Brandt*"),
    ("N. B. <N.BRANDT@law.example>", "N. B. <N.BRANDT@law.example>*"),
    ('"Nora Brandt" <x@y.example>', '"Nora Brandt" <x@y.example>*'),
    ("Nora Brandtson", "Nora Brandtson"),
    ("", ""),
]


@pytest.mark.parametrize(("person", "want"), PEOPLE)
def test_attorneys_are_marked_by_name_or_address(person: str, want: str) -> None:
    assert marked(person, frozenset(a.casefold() for a in ATTORNEYS)) == want


def test_what_an_entry_lacks_is_told() -> None:
    bare = replace(memo(9), coding=coded(Verdict.WITHHOLD), mail=Mail())
    assert list(flaws(entries([replace(bare, modified=None)], numbers={}), LogKind.DOCUMENT)) == [
        "PL-0001 (m9.eml): no basis", "PL-0001 (m9.eml): no description", "PL-0001 (m9.eml): no date", "PL-0001 (m9.eml): no author",
    ]  # fmt: skip
    assert list(flaws(logged(), LogKind.DOCUMENT)) == []


@pytest.mark.parametrize("kind", list(LogKind))
def test_every_format_says_the_same_and_the_same_twice(kind: LogKind) -> None:
    made = log(logged(), kind, title="Privilege Log", attorneys=ATTORNEYS, certification=SIGNED)
    rows = list(csv.reader(io.StringIO(to_csv(made).decode("utf-8-sig"))))
    assert rows[0] == list(made.columns)
    assert [[c.removeprefix("'") for c in row] for row in rows[1 : len(made.rows) + 1]] == [list(r) for r in made.rows]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(made, at=AT))).get_sheet_by_index(0).to_python()
    assert [list(map(str, row)) for row in sheet[1 : len(made.rows) + 1]] == [list(r) for r in made.rows]
    table = docx.Document(io.BytesIO(to_docx(made, at=AT))).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows][1:] == [list(r) for r in made.rows]
    text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(to_pdf(made, at=AT)))
    flat = "".join(c for c in text if c.isalnum())
    for cell in (c for row in made.rows for c in row):
        assert "".join(c for c in cell.split("; ")[0] if c.isalnum()) in flat
    for way in (to_xlsx, to_docx, to_pdf):
        assert way(made, at=AT) == way(made, at=AT)


def test_a_cell_that_a_spreadsheet_would_reckon_is_only_words() -> None:
    made = log(logged(), LogKind.METADATA, title="Log")
    assert b",'=Advice 1," in to_csv(made)
