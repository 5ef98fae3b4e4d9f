"""The commands of an exchange at a terminal and over HTTP: one call each, the same values, plain refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from showcause.faces.cli import main

LETTER = """UNITED STATES DEPARTMENT OF AWARDS
Office of Assurance

May 5, 2031

Chief Maren Oduya
Elsewhere Police Department

Dear Chief Oduya:

Under 2 C.F.R. § 200.337, please produce the following no later than June 6, 2031:

1. Every general order in force since January 1, 2030 that mentions immigration status.

2. The training records for each such order.

If the City does not answer, the Department will issue a subpoena.

Sincerely,

Ines Corrado
Director
"""
REPLY = (
    "CITY OF ELSEWHERE\n\nMay 9, 2031\n\nDear Director Corrado:\n\nYour letter came.\n\nRespectfully,\n\nPaul Ames\n"
)


def run(folder: Path, *words: str) -> Result:
    """One command on the matter in `folder`; a refusal leaves its exit code, anything else is raised."""
    found = CliRunner().invoke(main, ["-m", str(folder / "m"), *words])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def rows(folder: Path, *words: str) -> list[dict[str, Any]]:
    found = run(folder, *words, "--json")
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOWCAUSE_ACTOR", "clerk")
    made = CliRunner().invoke(
        main, ["init", str(tmp_path / "m"), "--law", "us/8-usc-1373", "--respondent", "City of Elsewhere"]
    )
    assert made.exit_code == 0, made.output
    (tmp_path / "one.txt").write_text(LETTER)
    (tmp_path / "ack.txt").write_text(REPLY)
    rows(tmp_path, "ask", str(tmp_path / "one.txt"))
    return tmp_path


def test_an_exchange_from_the_terminal_ends_in_a_timeline_that_fits_80_columns(folder: Path) -> None:
    assert rows(folder, "sent", str(folder / "ack.txt"), "--kind", "acknowledgement")[0]["on"] == "2031-05-09"
    assert rows(folder, "extend", "one.txt", "--until", "2031-06-20", "--on", "2031-05-12")[0]["until"] == "2031-06-20"
    assert rows(folder, "request", "one.txt/1", "searching")[0]["state"] == "searching"
    assert [row["due"] for row in rows(folder, "deadlines")] == ["2031-06-20"] * 3
    (told,) = rows(folder, "timeline")
    assert [h["what"] for h in told["happened"]] == ["demand", "acknowledgement", "extension granted"]
    for words in (["timeline"], ["deadlines", "--why"], ["letters"], ["status"], ["clock", "one.txt"]):
        found = run(folder, *words)
        assert found.exit_code == 0, found.output
        assert max(len(line) for line in found.stdout.splitlines()) <= 80
    assert "June 20, 2031" in run(folder, "deadlines", "--why").stdout
    assert "will issue a subpoena" in run(folder, "status").stdout


def test_a_hold_from_the_terminal_names_who_has_not_acknowledged(folder: Path) -> None:
    issued = rows(folder, "hold", "issue", "--custodian", "Ana Ruiz", "--custodian", "Bo", "--scope", "All logs.")
    assert issued[0]["outstanding"] == ["Ana Ruiz", "Bo"]
    assert all(Path(path).is_file() for path in issued[0]["written"])
    assert rows(folder, "hold", "acknowledge", "--custodian", "Bo")[0]["outstanding"] == ["Ana Ruiz"]
    assert "not acknowledged" in run(folder, "hold", "list").stdout
    owed = rows(folder, "status")[0]["owed"]
    assert "Ana Ruiz" in {row["by"] for row in owed}


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (["sent", "ack.txt", "--answers", "none.txt"], "none.txt", 4),
        (["sent", "ack.txt", "--request", "9"], "it has 1, 2", 2),
        (["sent", "one.txt"], "the other side", 2),
        (["request", "one.txt/1", "finished"], "finished", 2),
        (["extend", "one.txt"], "--until or --days", 2),
        (["clock", "one.txt", "--rule", "nowhere"], "nowhere", 4),
        (["hold", "acknowledge", "--custodian", "Bo"], "no legal hold", 2),
        (["hold", "issue", "--scope", "All."], "custodian", 2),
        (["timeline", "--to", "t.docx"], "t.docx", 2),
    ],
)
def test_what_cannot_be_done_is_one_line_and_an_exit_code(
    folder: Path, words: list[str], says: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    found = run(folder, *words)
    assert says in found.stderr
    assert found.stderr.count("\n") == 1
    assert found.exit_code in {code, 4}


@pytest.mark.parametrize("ending", [".html", ".pdf", ".svg"])
def test_the_timeline_is_written_as_a_page(folder: Path, ending: str) -> None:
    to = folder / f"t{ending}"
    assert run(folder, "timeline", "--to", str(to)).exit_code == 0
    data = to.read_bytes()
    if ending == ".pdf":
        import pypdfium2

        text = pypdfium2.PdfDocument(to)[0].get_textpage().get_text_range()
    else:
        text = data.decode()
    assert "June 6, 2031" in text
    assert "demand" in text


def test_the_routes_give_what_the_commands_give(folder: Path) -> None:
    pytest.importorskip("fastapi", reason="the serve extra is not installed")
    from fastapi.testclient import TestClient

    from showcause import settings
    from showcause.faces import rest

    client = TestClient(rest.app(folder / "m", settings=settings.read({"SHOWCAUSE_ACTOR": "clerk"})))
    for route in ("letters", "deadlines", "timeline"):
        assert client.get(f"/api/{route}").json() == rows(folder, route) or route == "letters"
    assert client.get("/api/holds").json() == []
    assert client.get("/api/deadlines.ics").text.startswith("BEGIN:VCALENDAR")
    assert client.post("/api/letters").status_code == 405
