"""Every file given to `add` ends in a named state, once, whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import pytest

from showcause import settings, store
from showcause.core import Given, State
from showcause.gather import Gathering, Rules

OWN = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_WORKERS": "2"})


def message(subject: str, *parts: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "chief@city.example", "all@city.example", subject
    made["Date"] = "Mon, 03 Mar 2031 09:00:00 -0800"
    made.set_content(f"About {subject}.")
    for name, data in parts:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    inner = message("the inner one", ("rule.txt", b"No member shall tell."))
    for name, data in {
        "order.txt": b"1. Members may tell.\n",
        "same.txt": b"1. Members may tell.\n",
        "empty.pdf": b"",
        "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "mail.eml": message(
            "the order", ("note.txt", b"A note."), ("inner.eml", inner), ("bad.bin", bytes(range(256)))
        ),
    }.items():
        (folder / name).write_bytes(data)
    (folder / "away").symlink_to("/etc/hostname")
    return folder


def added(root: Path, records: Path) -> list[Given]:
    held = store.open(root / "matter.db", blobs=root / "blobs")
    try:
        return list(Gathering(held, OWN, Rules("Police")).add([records]))
    finally:
        held.close()


def standing(root: Path) -> dict[str, tuple[State, str | None]]:
    held = store.open(root / "matter.db", blobs=root / "blobs")
    try:
        return {g.path: (g.state, g.document) for g in held.given()}
    finally:
        held.close()


def test_every_file_and_everything_inside_one_ends_in_a_named_state(tmp_path: Path, records: Path) -> None:
    ended = {g.path.removeprefix(f"{records}/"): g for g in added(tmp_path, records)}
    assert {path: g.state.value for path, g in ended.items()} == {
        "away": "skipped",
        "cut.pdf": "unreadable",
        "empty.pdf": "unreadable",
        "mail.eml": "read",
        "mail.eml!/note.txt": "read",
        "mail.eml!/inner.eml": "read",
        "mail.eml!/inner.eml!/rule.txt": "read",
        "mail.eml!/bad.bin": "unreadable",
        "order.txt": "read",
        "same.txt": "duplicate-of",
    }
    assert all(g.reason for g in ended.values() if g.state in {State.UNREADABLE, State.SKIPPED})
    assert ended["same.txt"].document == ended["order.txt"].document
    assert ended["mail.eml!/inner.eml!/rule.txt"].parent == f"{records}/mail.eml!/inner.eml"
    assert all(
        g.sha256 and g.custodian == "Police" and g.by == "clerk" for g in ended.values() if g.state is not State.SKIPPED
    )


def test_the_same_folder_again_is_only_looked_at(tmp_path: Path, records: Path) -> None:
    first = added(tmp_path, records)
    again = [g for g in added(tmp_path, records) if g.state is not State.SKIPPED]
    assert again == []
    assert len(standing(tmp_path)) == len(first)


def test_a_file_changed_since_is_a_new_version_and_the_old_one_stays(tmp_path: Path, records: Path) -> None:
    added(tmp_path, records)
    (records / "order.txt").write_text("1. Members shall tell.\n")
    assert [g.state for g in added(tmp_path, records) if g.name == "order.txt"] == [State.READ]
    held = store.open(tmp_path / "matter.db", blobs=tmp_path / "blobs")
    assert sorted(g.state for g in held.given() if g.name == "order.txt") == [State.READ, State.READ]
    held.close()


SCRIPT = """
import sys
from pathlib import Path
from showcause import settings, store
from showcause.gather import Gathering, Rules
from showcause.gather import gathering
gathering.BATCH = 3
root, records = Path(sys.argv[1]), Path(sys.argv[2])
held = store.open(root / "matter.db", blobs=root / "blobs")
own = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_WORKERS": "1"})
for given in Gathering(held, own, Rules("Police")).add([records]):
    print(given.path, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 8, 21])
def test_a_kill_at_any_instant_loses_nothing_and_doubles_nothing(tmp_path: Path, lines: int) -> None:
    records, killed, whole = tmp_path / "records", tmp_path / "killed", tmp_path / "whole"
    for folder in (records, killed, whole):
        folder.mkdir()
    for n in range(24):
        (records / f"{n:02}.txt").write_text(f"{n % 20}. Members may tell number {n % 20}.\n")
        (records / f"{n:02}.eml").write_bytes(message(f"rule {n}", ("a.txt", b"Attached %d" % n)))
    run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(killed), str(records)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    for _ in range(lines):
        run.stdout.readline()
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    run.stdout.close()
    time.sleep(0.1)
    before = len(standing(killed))
    added(killed, records)
    added(whole, records)
    assert 0 < before < 72, "the kill came too late to prove anything"
    assert standing(killed) == standing(whole)
    assert Counter(state for state, _ in standing(whole).values()) == {State.READ: 68, State.DUPLICATE: 4}
