"""Bytes are kept whole under their SHA-256, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.errors import BadInput, NoRoom, NotFound
from showcause.store import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """An empty folder of blobs."""
    return Blobs(tmp_path / "blobs")


@given(data=st.binary(max_size=3000))
def test_bytes_come_back_under_their_digest(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    blobs = Blobs(tmp_path_factory.getbasetemp() / "any")
    sha256 = blobs.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert blobs.read(sha256) == data
    assert blobs.path(sha256) == blobs.folder / sha256[:2] / sha256[2:4] / sha256


def test_a_file_is_copied_and_kept_once(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(os.urandom(3 << 20))
    assert blobs.put(source) == blobs.put(source.read_bytes())
    assert len(list(blobs)) == 1
    assert not list((blobs.folder / "aside").iterdir())


def test_a_batch_is_at_its_place_only_when_settled(blobs: Blobs) -> None:
    batch = blobs.batch()
    names = [batch.put(b"one"), batch.put(b"two"), batch.put(b"one")]
    assert list(blobs) == []
    batch.settle()
    assert list(blobs) == sorted(set(names))
    batch.put(b"three")
    batch.drop()
    assert list(blobs) == sorted(set(names))
    assert not list((blobs.folder / "aside").iterdir())


def test_changed_bytes_are_noticed_when_read(blobs: Blobs) -> None:
    sha256 = blobs.put(b"words")
    blobs.path(sha256).write_bytes(b"wards")
    assert blobs.read(sha256, verify=False) == b"wards"
    with pytest.raises(BadInput, match="no longer those"):
        blobs.read(sha256)


def test_what_is_not_kept_is_not_found(blobs: Blobs) -> None:
    with pytest.raises(NotFound):
        blobs.read("ab" * 32)


def test_a_source_that_cannot_be_read_is_named(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.txt: can't be read"):
        blobs.put(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("call", ["fsync", "fdopen"])
def test_a_full_disk_leaves_nothing_half_written(blobs: Blobs, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    blobs.put(b"before")
    monkeypatch.setattr(f"showcause.store.blobs.os.{call}", full)
    with pytest.raises(NoRoom, match="No space left on device; nothing was stored"):
        blobs.put(b"after")
    monkeypatch.undo()
    assert list(blobs) == [hashlib.sha256(b"before").hexdigest()]
    assert not list((blobs.folder / "aside").iterdir())


def test_what_an_interrupted_writer_left_is_swept(blobs: Blobs) -> None:
    blobs.put(b"kept")
    (blobs.folder / "aside" / "half").write_bytes(b"ha")
    assert blobs.sweep() == 0
    assert blobs.sweep(seconds=0) == 1
    assert len(list(blobs)) == 1
