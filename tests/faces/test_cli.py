"""What a user at a terminal meets: one clear line and the right exit code for bad input, and nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("showcause")
LAW = ("--law", "us/8-usc-1373")


def showcause(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SHOWCAUSE_HOME": str(cwd / "home"), "SHOWCAUSE_ACTOR": "clerk"}
    return subprocess.run([COMMAND, *map(str, words)], cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def matter(tmp_path: Path) -> Path:
    made = showcause("init", "m", *LAW, "--respondent", "City of Elsewhere", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    return tmp_path


@pytest.mark.parametrize(
    ("name", "data", "says", "code"),
    [
        ("empty.txt", b"", "empty", 6),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "truncated", 6),
        ("odd.bin", bytes(range(256)) * 8, "unknown kind", 6),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, name: str, data: bytes, says: str, code: int
) -> None:
    (tmp_path / name).write_bytes(data)
    run = showcause("judge", name, *LAW, "--json", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (code, "")
    assert name in run.stderr
    assert says in run.stderr
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (("judge", "nowhere.txt", *LAW), "nowhere.txt", 2),
        (("judge", "a.txt", "--law", "us/no-such-law"), "us/no-such-law", 4),
        (("judge", "a.txt"), "--law", 2),
        (("judge", "bad.jsonl", *LAW), "bad.jsonl:2", 2),
        (("judge", "nothing.jsonl", *LAW), "nothing.jsonl: empty", 2),
        (("judge", "a.txt", "--ask", "nothing.jsonl"), "nothing.jsonl: empty", 2),
        (("status",), "no matter", 3),
        (("-m", "nowhere", "add", "a.txt"), "no matter", 3),
        (("law", "check", "bad.toml"), "bad.toml", 5),
        (("law", "show", "bad.toml"), "bad.toml", 5),
        (("verify", "a.txt"), "a.txt", 7),
        (("read", "letter", "nowhere.txt"), "nowhere.txt", 2),
    ],
)
def test_bad_input_gets_one_clear_line_and_its_exit_code(
    tmp_path: Path, words: tuple[str, ...], says: str, code: int
) -> None:
    (tmp_path / "a.txt").write_text("Members may tell.")
    (tmp_path / "bad.jsonl").write_text('{"id": "x", "text": "Members may tell."}\n{"id": \n')
    (tmp_path / "nothing.jsonl").write_text("\n")
    (tmp_path / "bad.toml").write_text('id = "x/y"\ncitation = 3\nmodallity = "forbidden"\n')
    run = showcause(*words, cwd=tmp_path)
    assert run.returncode == code, run.stderr
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_a_second_matter_in_the_same_folder_is_refused_and_the_first_stands(matter: Path) -> None:
    before = (matter / "m" / "matter.toml").read_bytes()
    run = showcause("init", "m", *LAW, "--respondent", "Another", cwd=matter)
    assert run.returncode == 2
    assert (matter / "m" / "matter.toml").read_bytes() == before


def test_proving_without_a_key_says_how_to_make_one(matter: Path) -> None:
    run = showcause("-m", "m", "prove", cwd=matter)
    assert run.returncode == 4
    assert "showcause key" in run.stderr


def test_a_full_disk_is_one_line_and_what_stood_before_stands(matter: Path) -> None:
    (matter / "a.txt").write_text("Members may tell an immigration officer a person's citizenship.")
    assert showcause("-m", "m", "add", "a.txt", cwd=matter).returncode == 0
    (matter / "b.txt").write_text("x" * 3_000_000)
    limited = f'ulimit -f 1024; "{COMMAND}" -m m add b.txt'  # blocks of 1 KiB: the store can't grow past a megabyte
    env = {**os.environ, "SHOWCAUSE_ACTOR": "clerk"}
    run = subprocess.run(["bash", "-c", limited], cwd=matter, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 9, run.stderr
    assert "Traceback" not in run.stderr
    told = json.loads(showcause("-m", "m", "status", "--json", cwd=matter).stdout)
    assert told["records"]["given"] == told["records"]["read"] == 1
    assert showcause("-m", "m", "add", "b.txt", cwd=matter).returncode == 0


@pytest.mark.parametrize("words", [(), ("law",), ("read",)])
def test_every_command_has_help(tmp_path: Path, words: tuple[str, ...]) -> None:
    run = showcause(*words, "--help", cwd=tmp_path)
    assert run.returncode == 0
    listed = run.stdout.split("Commands:")[1].splitlines()
    assert all(len(line.split(maxsplit=1)) == 2 for line in listed if line.strip())
