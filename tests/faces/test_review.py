"""Search and review as a user at a terminal meets them: tables, JSON, piped calls, one clear line for what is wrong."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
from asked import ask

from showcause import matter as matters
from showcause.settings import Settings

COMMAND = Path(sys.executable).with_name("showcause")
LETTER = (
    "Office of the Attorney General\n\nMarch 3, 2025\n\nTo: City Clerk, City of Anywhere\n\n"
    "Please provide the following documents by April 4, 2025:\n\n"
    "1. All policies and orders concerning body worn cameras.\n\nSincerely,\nAda Lund\n"
)
TEXTS = {
    "policy-410.txt": "POLICY 410 BODY WORN CAMERAS\n\nOfficers turn the body worn camera on at every stop.",
    "noise.txt": "Ordinance on noise. No machine may be loud after ten at night.",
    "roof.txt": "Memorandum about the roof of the library, and nothing else.",
}


def showcause(
    *words: object, cwd: Path, actor: str = "ann", said: str | None = None
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SHOWCAUSE_HOME": str(cwd / "home"), "SHOWCAUSE_ACTOR": actor, "COLUMNS": "100"}
    command = [COMMAND, "-m", str(cwd / "m"), *map(str, words)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, input=said)


@pytest.fixture(scope="module")
def matter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    records = folder / "records"
    records.mkdir()
    for name, text in TEXTS.items():
        (records / name).write_text(text, encoding="utf-8")
    settings = Settings(actor="ann", key=folder / "key")
    with matters.init(folder / "m", laws=["us/8-usc-1373"], respondent="City", settings=settings) as made:
        made.add([records])
        ask(made, LETTER, periods={})
    return folder


def rows(run: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_add_leaves_the_index_ready(matter: Path) -> None:
    assert list((matter / "m" / ".showcause" / "words").glob("*.words"))


def test_find_shows_hits_in_their_words(matter: Path) -> None:
    run = showcause("find", "body worn camera*", cwd=matter)
    assert "1 documents" in run.stdout
    assert "»BODY WORN CAMERAS«" in run.stdout
    (row,) = rows(showcause("find", "camera* w/9 stop", "--json", cwd=matter))
    (one,) = row["found"]
    start, end = one["passages"][0]["start"], one["passages"][0]["end"]
    assert TEXTS["policy-410.txt"][start:end] == one["passages"][0]["text"] == "camera on at every stop"


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (("find", "a AND"), "query, character 6", 2),
        (("find",), "say what to look for", 2),
        (("find", "--report", "no-such.txt"), "no-such.txt", 2),
        (("review", "call", "noise.txt", "--verdict", "conflict"), "no verdict on a request", 2),
        (("review", "call", "nowhere.txt", "--verdict", "resp"), "nowhere.txt", 4),
        (("review", "bulk", "--verdict", "not"), "one of --query", 2),
        (("review", "queue", "-q", "9"), "no such question", 4),
    ],
)
def test_what_is_wrong_is_one_clear_line(matter: Path, words: tuple[str, ...], says: str, code: int) -> None:
    run = showcause(*words, cwd=matter)
    assert (run.returncode, run.stdout) == (code, "")
    assert says in run.stderr
    assert run.stderr.count("\n") == 1


def test_the_term_report_is_a_file_that_a_spreadsheet_reads(matter: Path) -> None:
    (matter / "terms.txt").write_text("# terms\ncamera*\nroof OR noise\n", encoding="utf-8")
    assert showcause("find", "--report", "terms.txt", "--to", "out.csv", cwd=matter).returncode == 0
    with (matter / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        told = list(csv.reader(stream))
    assert told[0][:2] == ["Term", "Documents with hits"]
    assert [row[:4] for row in told[1:3]] == [["camera*", "1", "1", "1"], ["roof OR noise", "2", "2", "2"]]
    assert "roof OR noise" in showcause("find", "--report", "terms.txt", cwd=matter).stdout


def test_a_review_from_proposal_to_recall(matter: Path) -> None:
    (told,) = rows(showcause("review", "propose", "--json", cwd=matter))
    assert (told["proposed"], told["kept"]) == (3, 0)
    queue = rows(showcause("review", "queue", "--json", cwd=matter))
    assert queue[0]["name"] == "policy-410.txt"
    session = showcause("review", cwd=matter, said="?\nr it is the policy\ns\nn no camera in it\n")
    assert session.returncode == 0, session.stderr
    assert "»" in session.stdout
    assert "means nothing here" in session.stdout
    assert "2 called; 1 left" in session.stdout
    (call,) = rows(showcause("review", "call", "policy-410.txt", "--verdict", "not", "--json", cwd=matter, actor="ben"))
    assert (call["verdict"], call["by"]) == ("not-responsive", "person:ben")
    assert len(rows(showcause("review", "disputes", "--json", cwd=matter))) == 1
    history = rows(showcause("review", "history", "policy-410.txt", "--json", cwd=matter))
    assert [one["by"] for one in history[1:]] == ["person:ann", "person:ben"]
    assert history[1]["why"] == "it is the policy"
    (drawn,) = rows(showcause("review", "sample", "--json", cwd=matter))
    assert drawn["population"] == 1
    (bulk,) = rows(showcause("review", "bulk", "--verdict", "not", "--query", "*", "--json", cwd=matter))
    assert (len(bulk["called"]), len(bulk["kept"])) == (1, 2)
    (status,) = rows(showcause("review", "status", "--json", cwd=matter))
    (question,) = status["questions"]
    assert (question["called"], question["left"], question["disputed"]) == (3, 0, 1)
    assert question["recall"]["judged"] == 1
    assert set(status["reviewers"]) == {"ann", "ben"}
    assert "request-1" in showcause("review", "status", cwd=matter).stdout
    assert rows(showcause("review", "batch", "--json", cwd=matter))[0]["left"] == []
