from __future__ import annotations

import os
import socket

import pytest

from showcause.errors import BadInput
from showcause.intake import walk


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "records"
    (root / "b").mkdir(parents=True)
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden"):
        (root / name).write_text(name)
    return root


def told(paths, root):
    return [(str(f.path.relative_to(root)), f.skipped) for f in walk(paths)]


def test_files_come_in_one_order_and_none_is_left_out(folder):
    expected = [(".hidden", None), ("a.txt", None), ("b/1.txt", None), ("b/2.txt", None)]
    assert told([folder], folder) == expected


def test_each_file_comes_once_however_often_it_is_named(folder):
    assert told([folder / "b", folder / "b" / "1.txt", folder / "a.txt"], folder) == [
        ("b/1.txt", None),
        ("b/2.txt", None),
        ("a.txt", None),
    ]


def test_what_is_no_file_is_skipped_with_its_reason(folder, tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("x")
    (folder / "inside").symlink_to("a.txt")
    (folder / "outside").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder)
    (folder / "gone").symlink_to("nowhere")
    (folder / "self").symlink_to("self")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(folder)  # the path of a socket may be 108 bytes long
        server.bind("socket")
    found = dict(told([folder], folder))
    assert found["inside"] is None
    assert found["outside"].startswith("a link that leaves the folder")
    assert found["loop"].startswith("a link to the folder")
    assert found["gone"] == "a link to nowhere, which is not there"
    assert "self" in found["self"]
    assert found["pipe"] == "a pipe"
    assert found["socket"] == "a socket"
    assert len(found) == 11


def test_a_link_that_is_named_is_followed(folder, tmp_path):
    (tmp_path / "door").symlink_to(folder)
    assert [f.path.name for f in walk([tmp_path / "door"])] == [".hidden", "a.txt", "1.txt", "2.txt"]


def test_depth_is_no_matter(tmp_path):
    deep = tmp_path.joinpath(*["d"] * 600)
    deep.mkdir(parents=True)
    (deep / "a.txt").touch()
    assert [f.path.name for f in walk([tmp_path])] == ["a.txt"]


def test_a_path_that_is_not_there_is_refused_before_any_file_comes(folder, tmp_path):
    with pytest.raises(BadInput, match="no such file or folder"):
        next(walk([folder, tmp_path / "x"]))
