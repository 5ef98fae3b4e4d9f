"""Letters to many bodies: what each asks is seen before it goes, and where each stands is counted from what happened."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
import python_calamine
import xlsxwriter

from showcause import campaign as room
from showcause import matter, settings
from showcause.campaign import printing, template
from showcause.campaign.rules import due, rules, shipped
from showcause.core import Happened, Side, Stage, Turn, standing
from showcause.errors import BadInput, NoMatter, NotFound
from showcause.settings import Settings

LAW = "us/8-usc-1373"
AT = datetime(2031, 5, 5, 12, tzinfo=UTC)
TABLE = """Body,Addressee,Address,Due,Docket No.
"City of Elsewhere","Chief Maren Oduya","3 Mill Lane",2031-06-06,EL-1
Town of Ávila Bay,,,,AB-2
,,,,
"""
LETTER = """{{ from }}
Office of Assurance

{{ date }}

{% if addressee %}
{{ addressee }}
{% endif %}
{{ body }}

Dear {{ addressee or "Counsel" }}:

Under {{ law }}, please produce the following{% if due %} no later than {{ due }}{% endif %} (docket {{ docket_no }}):

1. Every general order in force since January 1, 2030 that mentions immigration status.

2. The training records for each such order.

If {{ body }} does not answer, the Department will issue a subpoena.

Sincerely,

Ines Corrado
Director
"""
REPLY = """City of Elsewhere

May 20, 2031

Department of Awards

Dear Director Corrado:

We have received your letter of May 5, 2031 and are reviewing it.

Sincerely,

Maren Oduya
Chief
"""


@pytest.fixture
def told(tmp_path: Path) -> Settings:
    return _told(tmp_path)


def _told(home: Path) -> Settings:
    return replace(settings.read({"HOME": str(home)}), key=home / "key", actor="clerk")


@pytest.fixture
def made(tmp_path: Path, told: Settings) -> room.Campaign:
    return _made(tmp_path, told)


def _made(folder: Path, told: Settings) -> room.Campaign:
    (folder / "t.csv").write_text(TABLE, encoding="utf-8")
    (folder / "l.md").write_text(LETTER, encoding="utf-8")
    plan = room.Plan("Orders of 2031", "Department of Awards", (LAW,), date(2031, 5, 5), date(2031, 6, 10))
    return room.new(folder / "c", plan, table=folder / "t.csv", template=folder / "l.md", settings=told)


@pytest.fixture(scope="module")
def went(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign whose letters went out, made once; every test works on a copy."""
    folder = tmp_path_factory.mktemp("went")
    made = _made(folder, _told(folder))
    list(made.letters())
    list(made.send())
    return made.root


@pytest.fixture
def sent(went: Path, tmp_path: Path, told: Settings) -> room.Campaign:
    shutil.copytree(went, tmp_path / "c")
    return room.find(tmp_path / "c", settings=told)


# --- the table ----------------------------------------------------------------------------------


def _csv(path: Path, rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";" if path.stem == "semicolons" else "\t" if path.suffix == ".tsv" else ",").writerows(
        rows
    )
    path.write_bytes(out.getvalue().encode("utf-8-sig" if path.stem == "marked" else "cp1252"))


def _xlsx(path: Path, rows: list[list[str]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Bodies")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(number, column, cell)


@pytest.mark.parametrize(
    ("name", "write"),
    [("plain.csv", _csv), ("marked.csv", _csv), ("semicolons.csv", _csv), ("t.tsv", _csv), ("t.xlsx", _xlsx)],
)
def test_a_table_reads_the_same_in_every_form(
    tmp_path: Path, name: str, write: Callable[[Path, list[list[str]]], None]
) -> None:
    far = [""] * 12
    write(tmp_path / name, [["Body", *far, "Sent On!"], ["Town of Ávila | Bay", *far, "by hand, twice"], [""] * 14])
    (one,) = room.bodies(tmp_path / name)
    assert (one.id, one.name) == ("town-of-avila-bay", "Town of Ávila | Bay")
    assert one.values["sent_on"] == "by hand, twice"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("town,due\nX,\n", "no column names the body"),
        ("body,due\nX,1,2\n", "row 2: more cells than columns"),
        ("body,due\n ,2031-01-01\n", "row 2: no name"),
        ("body\nX Town\nx-town\n", "row 3: x-town stands here a second time"),
        ("body,due\n", "no body is in the table"),
        ("\0\1\2", "neither CSV nor XLSX"),
        ("PK\3\4 no zip", "no workbook"),
        ('body\n"open', "unexpected end"),
    ],
)
def test_a_table_that_is_wrong_is_told_by_row(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(BadInput, match=says) as refused:
        room.bodies(tmp_path / "t.csv")
    assert "t.csv" in str(refused.value)


# --- the letter ---------------------------------------------------------------------------------

WORDS = {"body": "Town of X", "date": "May 5, 2031", "due": ""}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("l.md", "Dear {{ nobody }}", "'nobody' is undefined"),
        ("l.md", "Dear {{ body", "line 1"),
        ("l.md", "{{ body.__class__.__mro__ }}", "unsafe"),
        ("l.typ", "#sys.inputs.nobody", "nobody"),
        ("l.typ", '#read("/etc/hostname")', "hostname"),
        ("l.docx", "no Word file", "no Word file"),
        ("l.rtf", "x", "template is a"),
        ("gone.md", None, "no such file"),
    ],
)
def test_a_template_that_is_wrong_is_told(tmp_path: Path, name: str, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(BadInput, match=says) as refused:
        template.letter(tmp_path / name, WORDS, at=AT)
    assert name in str(refused.value)


def test_a_word_file_keeps_its_looks_where_a_mark_spans_runs(tmp_path: Path) -> None:
    doc = docx.Document()
    paragraph = doc.add_paragraph("To ")
    paragraph.add_run("the {{ bo").bold = True
    paragraph.add_run("dy }}, on ").italic = True
    paragraph.add_run("{{ date }}.")
    doc.add_table(1, 1).cell(0, 0).text = "{% if due %}Due {{ due }}{% else %}No day{% endif %}"
    doc.sections[0].header.paragraphs[0].text = "{{ body }}"
    doc.save(str(tmp_path / "l.docx"))
    made = template.letter(tmp_path / "l.docx", WORDS, at=AT)[".docx"]
    read = docx.Document(io.BytesIO(made))
    runs = [(run.text, bool(run.bold), bool(run.italic)) for run in read.paragraphs[0].runs]
    assert runs == [
        ("To ", False, False),
        ("the Town of X", True, False),
        (", on ", False, True),
        ("May 5, 2031.", False, False),
    ]
    assert read.tables[0].cell(0, 0).text == "No day"
    assert read.sections[0].header.paragraphs[0].text == "Town of X"


def test_the_same_letter_is_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "l.md").write_text("# A\n\n1. One\n\n> Words\n\nTo {{ body }}")
    first, second = (template.letter(tmp_path / "l.md", WORDS, at=AT) for _ in range(2))
    assert first == second
    assert set(first) == {".pdf", ".docx"}


def test_a_letter_is_shown_as_our_own_reader_reads_it(made: room.Campaign) -> None:
    written = list(made.letters())
    assert [(one.body.name, one.requests, one.due) for one in written] == [
        ("City of Elsewhere", 2, date(2031, 6, 6)),  # the table's own day goes before the campaign's
        ("Town of Ávila Bay", 2, date(2031, 6, 10)),
    ]
    assert all("subpoena" in one.threats[0] for one in written)
    assert all(path.is_file() for one in written for path in one.files)


def test_no_letter_is_written_where_one_of_them_cannot_be(made: room.Campaign) -> None:
    (made.root / "letter.md").write_text("{{ nothing }}")
    with pytest.raises(BadInput, match="nothing"):
        list(made.letters())
    assert not (made.root / "letters").exists()


# --- what happened ------------------------------------------------------------------------------


def test_a_campaign_goes_from_letters_to_a_board(sent: room.Campaign, tmp_path: Path) -> None:
    assert [(r.body, r.state, r.due, r.days_left) for r in sent.board(today=date(2031, 5, 10))] == [
        ("City of Elsewhere", "sent", date(2031, 6, 6), 27),
        ("Town of Ávila Bay", "sent", date(2031, 6, 10), 31),
    ]
    (tmp_path / "ack.txt").write_text(REPLY)
    sent.heard("City of Elsewhere", tmp_path / "ack.txt", how=room.Going(Turn.ACKNOWLEDGED, date(2031, 5, 20)))
    by = {r.body: r for r in sent.board(today=date(2031, 6, 8))}
    assert (by["City of Elsewhere"].state, by["City of Elsewhere"].days_left) == ("acknowledged", -2)
    assert by["City of Elsewhere"].next is not None
    assert by["City of Elsewhere"].next.id == "overdue"
    assert by["Town of Ávila Bay"].next is not None
    assert by["Town of Ávila Bay"].next.id == "no-acknowledgement"
    sent.close("Town of Ávila Bay", on=date(2031, 6, 9))
    rows = sent.board(today=date(2031, 6, 9))
    assert [(r.state, r.waits_for) for r in rows] == [("acknowledged", Side.ANSWERING), ("cleared", None)]
    assert room.counted(rows) == {"acknowledged": 1, "cleared": 1}


def test_sending_twice_sends_once(sent: room.Campaign) -> None:
    list(sent.send())
    assert [r.state for r in sent.board(today=date(2031, 5, 10))] == ["sent", "sent"]
    with matter.find(sent.matter("Town of Ávila Bay"), settings=sent.settings) as opened:
        assert len(opened.exchange.exchanges()) == 1
        assert [law.id for law in opened.laws()] == [LAW]


def test_a_draft_asks_in_the_letters_own_words_and_stays_as_it_was_edited(sent: room.Campaign) -> None:
    (one, _) = sent.drafts(today=date(2031, 6, 12))
    text = one.files[0].read_text()
    assert one.made
    assert "2. The training records for each such order." in text
    assert "due on June 6, 2031, 6 days ago" in text
    one.files[0].write_text(text.replace("We have not received an answer.", "We are surprised."))
    (again, _) = sent.drafts(today=date(2031, 6, 13))
    assert not again.made
    assert "We are surprised." in again.files[0].read_text()


def test_a_follow_up_that_is_not_answered_asks_for_a_subpoena(sent: room.Campaign) -> None:
    draft = next(d for d in sent.drafts(today=date(2031, 6, 12)) if d.body == "City of Elsewhere")
    sent.follow("City of Elsewhere", draft.files[1], kind=Turn.FOLLOWED)
    rows = {r.body: r for r in sent.board(today=date(2031, 6, 13))}
    assert (rows["City of Elsewhere"].state, rows["City of Elsewhere"].next) == ("followed up", None)
    late = [d for d in sent.drafts(today=date(2031, 7, 20)) if d.body == "City of Elsewhere"]
    assert [d.rule.then for d in late] == ["subpoena"]
    text = late[0].files[0].read_text()
    assert "DRAFT" in text
    assert "will issue a subpoena" in text


@pytest.mark.parametrize(
    ("happened", "today", "wants"),
    [
        ([], date(2031, 5, 6), None),
        ([], date(2031, 5, 19), "no-acknowledgement"),
        ([(Turn.ACKNOWLEDGED, 8, Side.ANSWERING)], date(2031, 6, 6), None),
        ([(Turn.ACKNOWLEDGED, 8, Side.ANSWERING)], date(2031, 6, 7), "overdue"),
        ([(Turn.REFUSED, 20, Side.ANSWERING)], date(2031, 5, 26), None),
        ([(Turn.REFUSED, 20, Side.ANSWERING)], date(2031, 5, 27), "refused"),
        ([(Turn.REPLY, 20, Side.ANSWERING)], date(2031, 9, 1), None),
        ([(Turn.SUBPOENA, 20, Side.ASKING)], date(2031, 9, 1), None),
    ],
)
def test_the_rules_that_ship_propose_the_next_letter(
    happened: list[tuple[Turn, int, Side]], today: date, wants: str | None
) -> None:
    first = Happened(Turn.DEMAND, date(2031, 5, 5), Side.ASKING, until=date(2031, 6, 6))
    all_ = [first, *(Happened(what, date(2031, 5, day), side) for what, day, side in happened)]
    found = due(rules(shipped(), name="rules.toml"), standing(all_, today=today), today=today)
    assert (found.id if found else None) == wants


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[rule]]\nid = 'a'\nwhen = ['lost']\nthen = 'follow-up'\nsince = 1", "rule 1: `id` and `when` are needed"),
        ("[[rule]]\nid = 'a'\nwhen = ['sent']\nthen = 'sue'\nsince = 1", "`then` is"),
        ("[[rule]]\nid = 'a'\nwhen = ['sent']\nthen = 'subpoena'", "`since` or `overdue`"),
        ("[[rule]]\nid = 'a'\nwhen = ['sent']\nthen = 'subpoena'\nsince = true", "whole days"),
        ("[[rule]]\nid = 'a'\nwhen = ['sent']\nthen = 'subpoena'\nsince = 1\nwho = 'x'", "no `who`"),
        ("[[rule]\n", "rules.toml"),
    ],
)
def test_a_rule_that_is_wrong_is_told(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        rules(text, name="rules.toml")


# --- the board ----------------------------------------------------------------------------------


def test_a_board_reads_only_what_changed(sent: room.Campaign, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = sent.board(today=date(2031, 5, 10))
    (tmp_path / "ack.txt").write_text(REPLY)
    sent.heard("City of Elsewhere", tmp_path / "ack.txt", how=room.Going(Turn.ACKNOWLEDGED, date(2031, 5, 9)))
    opened: list[str] = []
    find = matter.find
    monkeypatch.setattr(matter, "find", lambda place, **more: opened.append(place.name) or find(place, **more))
    second = sent.board(today=date(2031, 5, 10))
    assert opened == ["city-of-elsewhere"]
    assert [r.state for r in first] == ["sent", "sent"]
    assert sorted(r.state for r in second) == ["acknowledged", "sent"]
    assert sent.board(today=date(2031, 5, 10)) == second
    assert opened == ["city-of-elsewhere"]


def test_many_demands_on_one_body_stand_on_one_board(tmp_path: Path, told: Settings) -> None:
    for number, office in enumerate(("Department of Awards", "Office of Grants"), start=1):
        text = template.filled(
            LETTER,
            {
                "from": office,
                "date": "May 5, 2031",
                "due": f"June {number}, 2031",
                "law": "2 C.F.R. § 200.337",
                "docket_no": "1",
                "body": "City of Elsewhere",
                "addressee": "",
            },
            name="l",
        )
        (tmp_path / f"{number}.txt").write_text(text)
        with matter.init(
            tmp_path / "all" / str(number), laws=[LAW], respondent="City of Elsewhere", settings=told
        ) as one:
            one.ask(tmp_path / f"{number}.txt")
    rows = room.board(room.folders(tmp_path / "all"), settings=told, today=date(2031, 5, 10))
    assert [(r.body, r.due) for r in rows] == [("City of Elsewhere", date(2031, 6, n)) for n in (1, 2)]
    assert len({r.sender for r in rows}) == 2


@pytest.mark.parametrize("ending", [".html", ".pdf", ".csv", ".xlsx", ".json"])
def test_a_board_is_written_in_every_form(tmp_path: Path, ending: str) -> None:
    row = room.Row(
        "m",
        "=Town <b>",
        "Demand of May 5",
        "Office",
        "sent",
        date(2031, 5, 5),
        date(2031, 6, 6),
        -3,
        Side.ANSWERING,
        {"open": 2, "answered": 1},
    )
    to = printing.board([row], to=tmp_path / f"b{ending}", name="All & more", today=date(2031, 6, 9))
    data = to.read_bytes()
    if ending == ".csv":
        (cells,) = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert (cells["Body"], cells["DaysLeft"], cells["Answered"], cells["Requests"]) == (
            "'=Town <b>",
            "-3",
            "1",
            "3",
        )
    elif ending == ".xlsx":
        rows = python_calamine.CalamineWorkbook.from_path(str(to)).get_sheet_by_index(0).to_python()
        assert rows[1][0] == "=Town <b>"
        assert rows[1][5] == date(2031, 6, 6)
    elif ending == ".json":
        assert json.loads(data)[0]["days_left"] == -3
    elif ending == ".html":
        assert "=Town &lt;b&gt;" in data.decode()
        assert "3 days late" in data.decode()
        assert not re.search(r"https?:|src=|url\(", data.decode())
    else:
        assert data.startswith(b"%PDF")


def test_bad_places_are_told(tmp_path: Path, told: Settings, made: room.Campaign) -> None:
    with pytest.raises(NoMatter, match="no campaign here"):
        room.find(tmp_path, settings=told)
    with pytest.raises(BadInput, match="no matter in it"):
        room.folders(tmp_path / "c" / "official")
    with pytest.raises(NotFound, match=r"Nowhere: no body of bodies\.csv"):
        made.bodies(["Nowhere"])
    with pytest.raises(NotFound, match="no letter in"):
        list(made.send())
    with pytest.raises(NotFound, match="not written to yet"):
        made.matter("City of Elsewhere")
    with pytest.raises(BadInput, match="a board is written as"):
        printing.board([], to=tmp_path / "b.doc", name="x", today=date(2031, 6, 9))
    (made.root / "letter.txt").write_text("x")
    with pytest.raises(BadInput, match="there are 2"):
        list(made.letters())


# --- side by side -------------------------------------------------------------------------------


def test_bodies_stand_side_by_side_per_reading(sent: room.Campaign, tmp_path: Path) -> None:
    texts = {
        "City of Elsewhere": "GENERAL ORDER 1\n\n1. No member shall disclose the immigration status of any person to a federal immigration agency.\n",
        "Town of Ávila Bay": "MEMO 1\n\n1. The property room is open from seven until four.\n",
    }
    for body, text in texts.items():
        path = tmp_path / f"{body[:4]}.txt"
        path.write_text(text)
        with matter.find(sent.matter(body), settings=sent.settings) as opened:
            opened.add([path])
            opened.assess()
    made = room.compare(sent.places(), settings=sent.settings, only=[f"{LAW}#a"])
    verdicts = {
        (line.body, reading): cell.verdict.value for line in made.lines for (_, reading), cell in line.cells.items()
    }
    assert verdicts["City of Elsewhere", "broad"] == "conflict"
    assert verdicts["Town of Ávila Bay", "broad"] == "silent"
    assert made.parts(f"{LAW}#a")
    page = room.comparison_html(made, name="x", today=date(2031, 6, 9))
    assert "No member shall disclose the immigration status" in page
    quoted = {row["cites"][0]["document"] for row in made.as_json() if row["cites"]}
    assert quoted == {"City.txt"}
    with pytest.raises(NotFound, match="no requirement of these matters"):
        room.compare(sent.places(), settings=sent.settings, only=["x#y"])


def test_every_stage_has_a_place_on_the_board() -> None:
    from showcause.campaign.board import CALLED, ORDER

    assert {CALLED.get(stage, stage.value) for stage in Stage} | {"not sent"} == set(ORDER)
