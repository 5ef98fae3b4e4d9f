"""The judge at the command line: words as they stand, odd files, and reasons that agree with the finding."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from showcause.faces.cli import main

LAW = ("--law", "us/8-usc-1373")


def showcause(*words: object, cwd: Path) -> Result:
    with contextlib.chdir(cwd):
        return CliRunner(env={"SHOWCAUSE_HOME": str(cwd / "home"), "COLUMNS": "200"}).invoke(
            main, [str(w) for w in words]
        )


def test_words_in_brackets_are_printed_as_they_stand(tmp_path: Path) -> None:
    said = "Officers shall not tell ICE the immigration status of [name of detainee], [/s/ J. Doe] [bold]ever[/bold]."
    (tmp_path / "order.txt").write_text(said, encoding="utf-8")
    run = showcause("judge", "order.txt", *LAW, cwd=tmp_path)
    assert run.exit_code == 0, run.exception
    assert said in run.stdout
    (tmp_path / "letter.txt").write_text(
        "Dear City Attorney:\n\n1. Produce all records of [/name] and [redacted] within ten days.\n", encoding="utf-8"
    )
    run = showcause("read", "letter", "letter.txt", cwd=tmp_path)
    assert run.exit_code == 0, run.exception
    assert "records of [/name] and [redacted]" in run.stdout


@pytest.mark.parametrize(
    "row", ['{"id":"e","text":"\\ud800 shall be sold."}', '{"id":"\\ud800","text":"It shall be."}']
)
def test_half_a_character_is_one_clear_line(tmp_path: Path, row: str) -> None:
    (tmp_path / "rows.jsonl").write_text(f'{{"id":"a","text":"Keep it."}}\n{row}\n', encoding="utf-8")
    run = showcause("judge", "rows.jsonl", *LAW, cwd=tmp_path)
    assert run.exit_code == 2
    assert "rows.jsonl:2: half a character" in run.stderr


def test_a_mark_of_the_byte_order_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The gate is green.", encoding="utf-8")
    (tmp_path / "asks.jsonl").write_text('{"id":"q","text":"The gate must be green."}\n', encoding="utf-8-sig")
    assert showcause("judge", "one.txt", "--ask", "asks.jsonl", cwd=tmp_path).exit_code == 0
    shipped = Path(__file__).parents[2] / "src/showcause/laws/ca/gov-34090.toml"
    (tmp_path / "pack.toml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8-sig")
    run = showcause("law", "check", "pack.toml", cwd=tmp_path)
    assert run.exit_code == 0, run.output


def test_an_empty_question_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The gate is green.", encoding="utf-8")
    (tmp_path / "asks.jsonl").write_text('{"id":"q7","text":"  "}\n', encoding="utf-8")
    run = showcause("judge", "one.txt", "--ask", "asks.jsonl", cwd=tmp_path)
    assert run.exit_code == 2
    assert "asks.jsonl: q7: its text is empty" in run.stderr


def test_another_period_is_explained_as_one(tmp_path: Path) -> None:
    statute = "§ 9.4. Camera footage\n(a) An agency shall keep footage for at least one hundred eighty days.\n"
    (tmp_path / "law.txt").write_text(statute, encoding="utf-8")
    assert showcause("law", "draft", "law.txt", "--to", "own.toml", "--id", "xx/f", cwd=tmp_path).exit_code == 0
    (tmp_path / "paper.txt").write_text("Footage shall be kept for 90 days.\n", encoding="utf-8")
    run = showcause("judge", "paper.txt", "--law", "own.toml", "--explain", cwd=tmp_path)
    assert run.exit_code == 0, run.exception
    assert "It names another period: a person must compare them." in run.stdout
    assert "the period that it names was set against the law's own" in run.stdout
    assert "an exception of its own sentence" not in run.stdout


@pytest.mark.parametrize("second", ['{"id":"a","text":"Sell it."}', '\n{"id":"b","text":"x."}\n{"id":"a","text":"Keep it."}'])  # fmt: skip
def test_an_id_that_stands_twice_is_one_clear_line(tmp_path: Path, second: str) -> None:
    (tmp_path / "rows.jsonl").write_text(f'{{"id":"a","text":"Keep it."}}\n{second}\n', encoding="utf-8")
    (tmp_path / "one.txt").write_text("The gate is green.", encoding="utf-8")
    for words in (("judge", "rows.jsonl", *LAW), ("judge", "one.txt", "--ask", "rows.jsonl")):
        run = showcause(*words, cwd=tmp_path)
        assert run.exit_code == 2
        assert f"rows.jsonl:{1 + second.count(chr(10)) + 1}: the id 'a' stands in line 1 too" in run.stderr


@pytest.mark.parametrize("said", ["The gate must be green.", "The gate must be green. " * 30])
def test_a_sentence_in_place_of_a_file_is_told_what_the_file_holds(tmp_path: Path, said: str) -> None:
    (tmp_path / "one.txt").write_text("The gate is green.", encoding="utf-8")
    run = showcause("judge", "one.txt", "--ask", said, cwd=tmp_path)
    assert run.exit_code == 2
    assert '--ask takes a file with a line {"id": "a", "text": "..."} for each sentence' in run.stderr


def test_a_law_file_that_is_not_there_is_named_alone(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The gate is green.", encoding="utf-8")
    run = showcause("judge", "one.txt", "--law", "../mine.toml", cwd=tmp_path)
    assert (run.exit_code, run.stderr.strip()) == (4, "showcause: ../mine.toml: there is no such file")
