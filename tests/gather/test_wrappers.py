"""What is in a wrapper ends in a named state as if it lay in a folder, however much there is and whatever it hides."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pyzipper

from showcause import settings, store
from showcause.core import Given, State
from showcause.gather import Gathering, Progress, Rules, Scope
from showcause.gather import task as tasks
from showcause.intake import bulk, software

OWN = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_WORKERS": "2", "SHOWCAUSE_SECONDS": "30"})


@contextmanager
def opened(root: Path) -> Iterator[store.Store]:
    held = store.open(root / "matter.db", blobs=root / "hidden" / "blobs")
    try:
        yield held
    finally:
        held.close()


def added(root: Path, *paths: Path, rules: Rules | None = None) -> dict[str, Given]:
    with opened(root) as held:
        return {g.path: g for g in Gathering(held, OWN, rules or Rules("Police")).add(paths)}


def states(givens: dict[str, Given], root: Path) -> dict[str, str]:
    return {path.removeprefix(f"{root}/"): given.state.value for path, given in givens.items()}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_archives_in_archives_are_opened_and_their_paths_told(tmp_path: Path) -> None:
    inner = zipped({"rule.txt": b"Nobody shall tell.", "bad.bin": bytes(range(256))})
    (tmp_path / "all.zip").write_bytes(zipped({"in/inner.zip": inner, "../up.txt": b"Members may tell."}))
    given = added(tmp_path, tmp_path / "all.zip")
    assert states(given, tmp_path) == {
        "all.zip": "container",
        "all.zip!/in/inner.zip": "container",
        "all.zip!/in/inner.zip!/rule.txt": "read",
        "all.zip!/in/inner.zip!/bad.bin": "unreadable",
        "all.zip!/../up.txt": "read",
    }
    assert given[f"{tmp_path}/all.zip!/in/inner.zip!/rule.txt"].parent == f"{tmp_path}/all.zip!/in/inner.zip"
    assert not list((tmp_path / "hidden" / "spool").glob("*"))


def test_a_large_wrapper_is_cut_and_comes_to_the_same(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for number in range(60):
            data = f"{number}. Members may tell the agency {number % 50} times.".encode() * 4000
            info = tarfile.TarInfo(f"{number:02}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    (tmp_path / "all.tgz").write_bytes(out.getvalue())
    whole = added(tmp_path / "whole", tmp_path / "all.tgz")
    big = tmp_path / "big.tar"
    big.write_bytes(zipped({"x.txt": b"y" * (bulk.MODEST + 1), "all.tgz": out.getvalue()}))
    cut = added(tmp_path / "cut", big)
    inside = {path.partition("all.tgz")[2]: g.state for path, g in cut.items() if "all.tgz" in path}
    assert inside == {path.partition("all.tgz")[2]: g.state for path, g in whole.items()}
    assert Counter(inside.values()) == {State.READ: 60, State.CONTAINER: 1}
    assert [g.state for path, g in cut.items() if path == str(big)] == [State.CONTAINER]


def test_a_cut_archive_says_what_was_taken_before_the_end(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, size in (("first.txt", 30), ("second.txt", bulk.MODEST)):
            info = tarfile.TarInfo(name)
            info.size = size
            archive.addfile(info, io.BytesIO(b"w" * size))
    (tmp_path / "cut.tar").write_bytes(out.getvalue()[: bulk.MODEST + 700])
    given = added(tmp_path, tmp_path / "cut.tar")
    assert states(given, tmp_path) == {"cut.tar!/first.txt": "read", "cut.tar": "unreadable"}
    assert given[f"{tmp_path}/cut.tar"].reason == (
        "truncated: the end of the archive is missing; 1 things before that were taken"
    )


def test_wrappers_inside_wrappers_come_to_an_end(tmp_path: Path) -> None:
    data = b"end"
    for level in range(tasks.DEPTH + 3):
        data = zipped({f"{level}.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    given = list(added(tmp_path, tmp_path / "deep.zip").values())
    assert given[-1].state is State.UNREADABLE
    assert given[-1].reason == f"more than {tasks.DEPTH} things deep inside others"


def test_the_users_rules_leave_files_out_and_say_so(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.tmp").write_bytes(b"x")
    (folder / "large.txt").write_bytes(b"word " * 500_000)
    (folder / "known.txt").write_bytes(b"A known program's file.")
    (folder / "pack.zip").write_bytes(
        zipped({"known.txt": b"A known program's file.", "new.txt": b"Members may tell."})
    )
    known = hashlib.sha1((folder / "known.txt").read_bytes(), usedforsecurity=False).hexdigest().upper()
    (tmp_path / "list.txt").write_text(f'"SHA-1","MD5"\n"{"0" * 40}",""\n"{known}",""\n')
    rules = Rules("Police", exclude=("*.tmp",), largest=1 << 20, software=software(tmp_path / "list.txt"))
    given = added(tmp_path, folder, rules=rules)
    assert {p.removeprefix(f"{folder}/"): g.reason for p, g in given.items() if g.state is State.SKIPPED} == {
        "a.tmp": "left out by your rule: --exclude *.tmp",
        "large.txt": "left out by your rule: larger than 1 MB",
        "known.txt": "on your list of known programs' files",
        "pack.zip!/known.txt": "on your list of known programs' files",
    }
    again = added(tmp_path, folder)  # what a rule left out is taken when the rule is gone
    assert again[f"{folder}/a.tmp"].state is State.READ


def message(number: int, *, to: str = "all@city.example", seen: str = "") -> bytes:
    return (
        f"{seen}From: chief@city.example\r\nTo: {to}\r\nSubject: rule {number}\r\nMessage-ID: <{number}@city.example>\r\n"
        f"Date: Mon, 03 Mar 2031 09:00:{number % 60:02} -0800\r\n\r\nMembers may tell number {number}.\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("scope", "expected"), [(Scope.GLOBAL, "duplicate-of"), (Scope.CUSTODIAN, "read"), (Scope.NONE, "read")]
)
def test_copies_of_a_message_are_one_within_the_scope_and_keep_their_custodians(
    tmp_path: Path, scope: Scope, expected: str
) -> None:
    (tmp_path / "one.eml").write_bytes(message(1))
    (tmp_path / "two.eml").write_bytes(message(1, seen="Received: from relay.example by mail.example\r\n"))
    added(tmp_path, tmp_path / "one.eml", rules=Rules("Jail"))
    [second] = added(tmp_path, tmp_path / "two.eml", rules=Rules("Police", scope=scope)).values()
    assert second.state.value == expected
    with opened(tmp_path) as held:
        custodians = sorted(sorted({g.custodian for g in held.copies(one)}) for one in held.document_ids())
    assert custodians == ([["Jail", "Police"]] if scope is Scope.GLOBAL else [["Jail"], ["Police"]])


def test_progress_tells_files_bytes_and_exceptions(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for name, data in (("a.txt", b"Members may tell."), ("b.pdf", b""), ("c.zip", zipped({"d.txt": b"Nobody shall."}))):
        (folder / name).write_bytes(data)
    heard: list[Progress] = []
    with opened(tmp_path) as held:
        list(Gathering(held, OWN, Rules("Police")).add([folder], tell=heard.append))
    last, size = heard[-1], sum(path.stat().st_size for path in folder.iterdir())
    assert (last.files, last.files_total, last.bytes, last.bytes_total) == (3, 3, size, size)
    assert (last.things, last.exceptions, last.now) == (4, 1, f"{folder}/c.zip")


SCRIPT = """
import sys
from pathlib import Path
from showcause import settings, store
from showcause.gather import Gathering, Rules, gathering
from showcause.intake import archive, bulk
gathering.BATCH = 3
root, source = Path(sys.argv[1]), Path(sys.argv[2])
held = store.open(root / "matter.db", blobs=root / "hidden" / "blobs")
own = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_WORKERS": "1"})
for given in Gathering(held, own, Rules("Police")).add([source]):
    print(given.path, flush=True)
"""


def test_a_kill_within_a_cut_wrapper_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    files = {f"{n:02}.eml": message(n) for n in range(30)} | {"pad.txt": b"w" * (bulk.MODEST + 1)}
    source = tmp_path / "all.zip"
    source.write_bytes(zipped(files))
    killed = tmp_path / "killed"
    killed.mkdir()
    run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(killed), str(source)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    for _ in range(4):
        run.stdout.readline()
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    run.stdout.close()
    with opened(killed) as held:
        before = len(list(held.given()))
    assert 0 < before < len(files), "the kill came too late to prove anything"
    added(killed, source)
    added(tmp_path / "whole", source)
    ends = []
    for root in (killed, tmp_path / "whole"):
        with opened(root) as held:
            ends.append([(g.path, g.state, g.document) for g in held.given()])
            held.verify()
    assert ends[0] == ends[1]
    assert len(ends[0]) == len(files) + 1
    assert added(killed, source) == {}


def test_what_was_locked_is_tried_again_once_there_is_a_password(tmp_path: Path) -> None:
    secret = io.BytesIO()
    with pyzipper.AESZipFile(secret, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"Geheim")
        archive.writestr("rule.txt", b"Nobody shall tell.")
    (tmp_path / "all.zip").write_bytes(zipped({"open.txt": b"Members may tell.", "secret.zip": secret.getvalue()}))
    first = added(tmp_path, tmp_path / "all.zip")
    assert first[f"{tmp_path}/all.zip!/secret.zip!/rule.txt"].reason == "needs a password"
    assert added(tmp_path, tmp_path / "all.zip") == {}
    again = added(tmp_path, tmp_path / "all.zip", rules=Rules("Police", passwords=("Geheim",)))
    assert states(again, tmp_path) == {"all.zip!/secret.zip!/rule.txt": "read"}
    with opened(tmp_path) as held:
        assert Counter(g.state for g in held.given()) == {State.READ: 2, State.CONTAINER: 2}
        held.verify()
