"""The commands that answer a demand, as their user meets them: one flow from counsel to the response."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from showcause.faces.cli import main

LETTER = """UNITED STATES DEPARTMENT OF AWARDS
Office of Assurance

May 5, 2031

Chief Maren Oduya
Elsewhere Police Department

Dear Chief Oduya:

Please produce the following no later than June 6, 2031:

1. The key book.

2. The minutes of the annex board.

Sincerely,

Ines Corrado
Director
"""
ADVICE = "From: Ines Vane\nTo: Maren Oduya\nRe: Keys\n\nMy legal advice: the clause is enforceable, and a court would say so.\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A matter with two records and a letter, made once."""
    root = tmp_path_factory.mktemp("filled")
    (root / "box").mkdir()
    (root / "box" / "book.txt").write_text("The key book: forty keys, and the code 8812 of the safe.\n")
    (root / "box" / "advice.txt").write_text(ADVICE)
    (root / "letter.txt").write_text(LETTER)
    with pytest.MonkeyPatch.context() as patch:
        told(patch, root)
        run(root, "init", root / "m", "--law", "us/8-usc-1373", "--respondent", "City of Elsewhere", bare=True)
        run(root, "add", root / "box")
        run(root, "ask", root / "letter.txt")
    return root


@pytest.fixture
def folder(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(filled / "m", tmp_path / "m")
    told(monkeypatch, tmp_path)
    return tmp_path


def told(patch: pytest.MonkeyPatch, root: Path) -> None:
    for name, value in (("HOME", str(root / "home")), ("ACTOR", "k.ito"), ("WORKERS", "1")):
        patch.setenv(f"SHOWCAUSE_{name}", value)


def run(folder: Path, *words: object, code: int = 0, bare: bool = False) -> Result:
    matter = () if bare else ("-m", str(folder / "m"))
    done = CliRunner().invoke(main, [*matter, *map(str, words)])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def test_a_demand_is_answered_from_the_command_line(folder: Path) -> None:
    out = folder / "out"
    run(folder, "counsel", "add", "Ines Vane", "--email", "i.vane@elsewhere.example", "--since", "2029-01-01")
    run(folder, "counsel", "inside", "elsewhere.example")
    assert json.loads(run(folder, "counsel", "list", "--json").output)["name"] == "Ines Vane"
    assert json.loads(run(folder, "privilege", "propose", "--json").output) == {"withhold": 1, "produce": 1}
    assert "wait for a person's call" in run(folder, "privilege", "list").output
    called = run(folder, "privilege", "call", "advice.txt", "--verdict", "withhold", "--why", "advice")
    assert "by person:k.ito" in called.output
    (row,) = (json.loads(line) for line in run(folder, "privilege", "list", "--json").output.splitlines())
    assert (row["name"], row["verdict"], row["proposed"]) == ("advice.txt", "withhold", "withhold")
    entered = run(folder, "redact", "book.txt", "--text", "8812", "--reason", "LE", "--preview", folder / "look.pdf")
    assert "1 entered" in entered.output
    assert (folder / "look.pdf").read_bytes().startswith(b"%PDF")
    made = ("produce", "VOL001", "--prefix", "ELS-", "--to", out, "--id", "book.txt", "--id", "advice.txt")
    volume = json.loads(run(folder, *made, "--json").output)
    assert volume["summary"]["documents"] == 2
    assert Path(volume["cover"][0]).is_file()
    assert not any(b"8812" in p.read_bytes() for p in Path(volume["volume"]).rglob("*") if p.is_file())
    log = json.loads(run(folder, "log", "--kind", "topic", "--to", folder / "log.csv", "--json").output)
    assert log["written"] == [str(folder / "log.csv")]
    assert "ELS-0000001" in (folder / "log.csv").read_text("utf-8-sig")
    run(folder, "object", "1", "--ground", "It reaches codes", "--part", "codes", "--nothing-withheld")
    replied = run(folder, "reply", "--to", folder / "reply", "--signer", "Ines Vane, City Attorney")
    assert "response.pdf" in replied.output
    assert "Ines Vane" in (folder / "reply" / "response.md").read_text()
    assert "answered in part" in run(folder, "answered", "1", "--part").output
    letter = run(folder, "clawback", "ELS-0000002", "--why", "It was filed with the public copies", "--to", out)
    assert "clawback-ELS-0000002.pdf" in letter.output
    run(
        folder,
        "produce",
        "VOL001R",
        "--prefix",
        "ELS-",
        "--to",
        out,
        "--replaces",
        "--override",
        "text under a redaction",
        "--why",
        "seen",
    )
    run(folder, "init", folder / "theirs", "--law", "us/8-usc-1373", "--respondent", "Them", bare=True)
    taken = CliRunner().invoke(
        main, ["-m", str(folder / "theirs"), "import", str(out / "VOL001"), "--party", "City", "--json"]
    )
    assert json.loads(taken.output)["documents"] == 2


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (("produce", "V1", "--prefix", "A-"), "nothing is to be produced", 2),
        (("produce", "V1", "--prefix", "A-", "--id", "book.txt", "--profile", "nope"), "nope", 2),
        (("produce", "V1", "--prefix", "A1", "--id", "book.txt"), "digit", 2),
        (("produce", "V1", "--prefix", "A-", "--request", "9"), "no request", 4),
        (("privilege", "call", "nope.txt", "--verdict", "withhold", "--why", "x"), "nope.txt", 4),
        (("redact",), "name a document", 2),
        (("redact", "book.txt", "--box", "1,2"), "PAGE,LEFT,TOP", 2),
        (("redact", "book.txt", "--passage", "5:2"), "START:END", 2),
        (("redact", "--pattern", "shoe size"), "no pattern", 2),
        (("log", "--to", "log.odt"), "a log is", 2),
        (("log", "--kind", "categorical"), "certification", 2),
        (("clawback", "A-0000001", "--why", "x"), "carries this number", 4),
        (("reply", "--answer", "yes"), "N=WORDS", 2),
        (("import", "nowhere", "--party", "x"), "no DAT", 2),
        (("counsel", "remove", "Nobody"), "Nobody", 4),
    ],
)
def test_bad_input_is_one_clear_line(folder: Path, words: tuple[str, ...], says: str, code: int) -> None:
    done = run(folder, *words, code=code)
    assert says in done.output
    assert done.output.count("\n") == 1


def test_a_check_that_stops_is_shown_and_nothing_is_made(folder: Path) -> None:
    done = run(folder, "produce", "V1", "--prefix", "A-", "--id", "book.txt", "--to", folder / "out", code=7)
    assert "unreviewed" in done.output
    assert not (folder / "out" / "V1").exists()
