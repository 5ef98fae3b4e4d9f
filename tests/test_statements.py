"""A letter asked and articles heard over time: what each speaker said, what changed, and what was produced since."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from showcause import matter, settings
from showcause.faces.cli import main

LETTER = """Department of Fair Notice
12 Hall Street, Capital City

March 3, 2031

City of Tern Hollow
Tern Hollow

Dear Mayor Lund:

The Department asks for the following documents:

1. All call logs of the jail from 2029 on.
2. The police manual now in force.

Please answer by April 14, 2031. If you do not, the Department will subpoena them.

Sincerely,
Ines Abara
Director
"""
FIRST = """Tern Hollow digs in
By Rosa Pell, The Harbor Courier

March 10, 2031

Mayor Ada Lund said the city complies with federal law. “We will hand over the call logs in due course,” Lund said.

Director Ines Abara of the Department of Fair Notice said the city has sent nothing.
"""
SECOND = """Tern Hollow changes its tune
By Rosa Pell, The Harbor Courier

April 2, 2031

“We will hand over the call logs by April 9,” Mayor Ada Lund said.
"""
THIRD = """Tern Hollow says no
By Rosa Pell, The Harbor Courier

April 20, 2031

Mayor Ada Lund said the city will not hand over the call logs.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A matter with one letter and three articles, assessed."""
    papers = {"letter.txt": LETTER, "one.txt": FIRST, "two.txt": SECOND, "three.txt": THIRD}
    for name, text in papers.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    policy = tmp_path / "records" / "policy.txt"
    policy.parent.mkdir()
    policy.write_text("No employee shall send information regarding immigration status to federal officers.\n")
    made = tmp_path / "matter"
    with matter.init(made, laws=["us/8-usc-1373"], respondent="Tern Hollow", settings=settings.read()) as one:
        one.add([policy])
        one.ask(tmp_path / "letter.txt")
        for name in ("one.txt", "two.txt", "three.txt"):
            one.hear(tmp_path / name)
        one.assess()
    return made


def heard(folder: Path, *words: str) -> dict:
    """What the command prints as JSON."""
    done = CliRunner().invoke(main, ["-m", str(folder), "statements", "--json", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_what_was_said_stands_by_speaker_and_time_with_what_changed(folder: Path) -> None:
    told = heard(folder, "--speaker", "lund")
    assert {row["speaker"] for row in told["claims"]} == {"Ada Lund"}
    stances = list(dict.fromkeys((row["date"], row["stance"]) for row in told["claims"]))
    assert stances == [
        ("2031-03-10", "complies"),
        ("2031-03-10", "will_produce"),
        ("2031-04-02", "will_produce"),
        ("2031-04-20", "refuses"),
    ]
    assert [row["what"] for row in told["changes"]] == [
        "No date was given; later 2031-04-09.",
        "First that it will be produced; later that it will not be produced.",
    ]
    assert [row["claim"] for row in told["undated"]] == ["We will hand over the call logs in due course"]


def test_a_claim_of_the_law_is_held_under_each_reading_and_one_of_production_to_the_requests(folder: Path) -> None:
    rows = heard(folder)["claims"]
    kept = {row["reading"]: row["verdict"] for row in rows if row["stance"] == "complies"}
    assert kept == {"narrow": "contradicted", "broad": "contradicted", "doj-2017": "contradicted"}
    sent = [row for row in rows if row["speaker"] == "Ines Abara" and row["stance"] == "violates"]
    assert [(row["reading"], row["verdict"]) for row in sent] == [("plain", "supported")]
    promised = {row["date_promised"]: row["verdict"] for row in rows if row["stance"] == "will_produce"}
    late = datetime.now(UTC).date() > date(2031, 4, 9)
    assert promised == {"no date given": "unsupported", "2031-04-09": "contradicted" if late else "unsupported"}


def test_the_sheet_is_printed_in_four_forms_and_anew_the_same(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    written = heard(folder, "--to", str(first))["written"]
    heard(folder, "--to", str(second))
    assert sorted(Path(path).suffix for path in written) == [".csv", ".docx", ".html", ".pdf"]
    for name in ("statements.pdf", "statements.docx", "statements.html", "statements.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    page = (first / "statements.html").read_text(encoding="utf-8")
    assert "Promises that give no date" in page
    assert "What changed" in page
    lines = list(csv.DictReader(io.StringIO((first / "statements.csv").read_text(encoding="utf-8-sig"))))
    assert lines
    assert {line["date_promised"] for line in lines if line["stance"] == "will_produce"} == {
        "no date given",
        "2031-04-09",
    }


def test_the_command_tells_it_on_a_terminal_and_says_when_nobody_of_that_name_spoke(folder: Path) -> None:
    done = CliRunner().invoke(main, ["-m", str(folder), "statements"], catch_exceptions=False)
    assert "Ada Lund" in done.stdout
    assert heard(folder, "--speaker", "nobody of that name") == {"claims": [], "changes": [], "undated": []}


def test_promises_enter_the_deadlines_with_or_without_a_day(folder: Path) -> None:
    with matter.find(folder, settings=settings.read()) as one:
        owed = [(d["what"][:24], str(d["due"])) for d in one.status()["owed"] if d["what"].startswith("Promise")]
    assert owed == [("Promise of Ada Lund: We ", "2031-04-09"), ("Promise of Ada Lund: We ", "None")]


REAL = next(
    (found for up in Path(__file__).parents if (found := up / "shared" / "data" / "article").is_dir()), Path("absent")
)


@pytest.mark.shared
@pytest.mark.skipif(not REAL.is_dir(), reason="the article is not beside the checkout")
def test_the_real_article_runs_into_a_matter(tmp_path: Path) -> None:
    """Heard whole: each claim is a question at its place, the promise is owed without a day, the writer's comments are no quotation."""
    path = next(REAL.glob("*.txt"))
    text = path.read_text(encoding="utf-8")
    with matter.init(tmp_path / "m", laws=["us/8-usc-1373"], respondent="Oakland", settings=settings.read()) as one:
        statement = one.hear(path)
        told, case = one.statements().rows(), one.case()
        owed = [d for d in one.status()["owed"] if d["what"].startswith("Promise of Barbara J. Parker")]
    assert [(d["due"], "at the appropriate time" in d["what"]) for d in owed] == [(None, True)]
    assert all(q.source.text == q.text for q in case.questions if q.kind == "claim")
    assert {row["speaker"] for row in told["claims"]} >= {"Jeff Sessions", "Jenny Durkan", "Barbara J. Parker"}
    assert [row["speaker"] for row in told["undated"]] == ["Barbara J. Parker"]
    comments = ("Note the exaggeration", "total, complete nonsense", "Unbelievable", "uphill battle", "unapologetic")
    assert all(words in text for words in comments)
    assert [w for w in comments if any(w in q.text for q in statement.quotes)] == []
    kinds = {word.kind.value for word in statement.loaded}
    assert {"absolute", "hyperbole"} <= kinds
