"""Archives give their members, never a path on the disk, and no bomb goes off."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import py7zr
import pytest
import pyzipper

from showcause.errors import Unreadable
from showcause.intake import CONTAINERS, HEAD, Bulky, Limits, Part, contained
from showcause.intake.bulk import Piece, batched, singles

FILES = {"a.txt": b"Members may tell.", "sub/b.txt": b"Nobody shall tell.", "../../c.txt": b"Out of the folder."}


def zipped(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_900_000_000
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def sevenzipped(files: dict[str, bytes], password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=password is not None) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return out.getvalue()


def locked(files: dict[str, bytes], password: str, *, aes: bool) -> bytes:
    out = io.BytesIO()
    kind = {"encryption": pyzipper.WZ_AES} if aes else {}
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, **kind) as archive:
        archive.setpassword(password.encode())
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts(tmp_path: Path, blob: bytes, name: str = "file", limits: Limits | None = None) -> list[Part]:
    path = tmp_path / name
    path.write_bytes(blob)
    container = next(c for c in CONTAINERS if c.knows(blob[:HEAD], name))
    reading = contained(path, container, limits or Limits())
    assert reading is not None
    assert reading.container
    return list(reading.parts)


@pytest.mark.parametrize(
    ("blob", "name"),
    [
        (zipped(FILES), "file.bin"),
        (zipped(FILES, method=zipfile.ZIP_STORED), "report.docx"),
        (zipped(FILES, method=zipfile.ZIP_LZMA), "a.zip"),
        (tarred(FILES), "a.zip"),
        (tarred(FILES, "w:gz"), "a.txt"),
        (tarred(FILES, "w:bz2"), "a"),
        (tarred(FILES, "w:xz"), "a"),
    ],
)
def test_members_come_in_order_whatever_the_file_is_called(tmp_path: Path, blob: bytes, name: str) -> None:
    assert [(p.name, p.blob) for p in parts(tmp_path, blob, name)] == list(FILES.items())


def test_a_sevenzip_gives_its_members_under_our_own_numbers(tmp_path: Path) -> None:
    files = {"a.txt": FILES["a.txt"], "sub/b.txt": FILES["sub/b.txt"]}
    assert [(p.name, p.blob) for p in parts(tmp_path, sevenzipped(files))] == list(files.items())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(("squeeze", "suffix"), [(gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")])
def test_a_compressed_stream_holds_one_file_called_as_it_is(tmp_path: Path, squeeze: object, suffix: str) -> None:
    blob = squeeze(b"Members may tell.\n" * 400)  # type: ignore[operator]
    [part] = parts(tmp_path, blob, f"order.txt.{suffix}")
    assert (part.name, part.blob) == ("order.txt", b"Members may tell.\n" * 400)


@pytest.mark.parametrize(
    ("blob", "passwords", "found"),
    [
        (locked({"a": b"secret"}, "Geheim", aes=True), (), "needs a password"),
        (locked({"a": b"secret"}, "Geheim", aes=True), ("x", "y"), "needs a password: none of the 2 given opens it"),
        (locked({"a": b"secret"}, "Geheim", aes=True), ("x", "Geheim"), b"secret"),
        (sevenzipped({"a": b"secret"}, "Geheim"), (), "needs a password"),
        (sevenzipped({"a": b"secret"}, "Geheim"), ("x", "Geheim"), b"secret"),
    ],
)
def test_locked_archives_open_with_a_password_of_the_list(
    tmp_path: Path, blob: bytes, passwords: tuple[str, ...], found: str | bytes
) -> None:
    try:
        [part] = parts(tmp_path, blob, limits=Limits(passwords=passwords))
        said = part.refused or part.blob
    except Unreadable as refused:
        said = str(refused)
    assert said == found


@pytest.mark.parametrize(
    ("blob", "reason"),
    [
        (zipped(FILES)[:-40], "truncated: the end of the archive is missing"),
        (sevenzipped({"x": bytes(range(256)) * 9})[:-9], "truncated: the end of the archive is missing"),
        (gzip.compress(bytes(range(256)) * 50)[:-30], "truncated: the end of the archive is missing"),
        (tarred({"a": bytes(9000)})[:4000], "truncated: the end of the archive is missing"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(60), "damaged"),
        (b"\x1f\x8b\x08\0" + b"\xff" * 60, "damaged"),
    ],
)
def test_what_is_cut_or_damaged_is_said_in_plain_words(tmp_path: Path, blob: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parts(tmp_path, blob)


def test_what_came_before_the_cut_is_kept(tmp_path: Path) -> None:
    blob = tarred({"a": b"kept", "b": bytes(100_000)})[:50_000]
    path = tmp_path / "cut.tar"
    path.write_bytes(blob)
    reading = contained(path, next(c for c in CONTAINERS if c.kind == "tar"), Limits())
    assert reading is not None
    assert [p.blob for p in reading.parts] == [b"kept"]
    assert reading.notes == ("truncated: the end of the archive is missing; 1 things before that were read",)


def test_links_and_devices_of_an_archive_are_none_that_are_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "link"), (tarfile.CHRTYPE, "device"), (tarfile.FIFOTYPE, "pipe")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert [(p.name, p.skipped) for p in parts(tmp_path, out.getvalue())] == [
        ("link", "a link to /etc/passwd inside the archive"),
        ("device", "a device inside the archive"),
        ("pipe", "a pipe inside the archive"),
    ]


def test_a_member_that_swells_is_refused_before_it_is_written(tmp_path: Path) -> None:
    [part] = parts(tmp_path, zipped({"zeros": bytes(300_000_000)}))
    assert part.refused is not None
    assert part.refused.startswith("too large: it unpacks to 300,000,000 bytes")
    with pytest.raises(Unreadable, match="too large: it unpacks to"):
        parts(tmp_path, gzip.compress(bytes(300_000_000)), "zeros.gz")


def test_an_archive_that_counts_the_same_bytes_twice_is_refused(tmp_path: Path) -> None:
    blob = bytearray(zipped({"a": bytes(range(256)) * 40, "b": bytes(range(256)) * 40}, method=zipfile.ZIP_STORED))
    first, second = (place for place in range(len(blob)) if blob[place : place + 4] == b"PK\x01\x02")
    blob[second + 42 : second + 46] = blob[first + 42 : first + 46]  # both point to the first member
    del blob[10_300:20_500]  # and the second is gone
    (tmp_path / "x").write_bytes(bytes(blob))
    try:
        found = parts(tmp_path, bytes(blob))
    except Unreadable as refused:
        assert "too large" in str(refused) or "damaged" in str(refused)  # noqa: PT017 - either refusal will do
    else:
        assert any(part.refused for part in found)


def test_a_wrapper_with_much_in_it_is_left_to_be_cut(tmp_path: Path) -> None:
    with pytest.raises(Bulky):
        parts(tmp_path, zipped({f"{n}.txt": b"x" for n in range(40)}), limits=Limits(parts=30))


def test_same_names_are_told_apart(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for data in (b"one", b"two"):
            info = tarfile.TarInfo("same")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    assert [(p.name, p.blob) for p in parts(tmp_path, out.getvalue())] == [("same", b"one"), ("same (2)", b"two")]


def test_an_office_file_is_no_archive() -> None:
    for name in ("[Content_Types].xml", "mimetype", "word/document.xml"):
        assert not any(c.knows(zipped({name: b"x"})[:HEAD], "a.zip") for c in CONTAINERS)


def test_pieces_are_bounded_by_bytes_and_by_number() -> None:
    keys = [("a", 5), ("b", 6), ("c", 1), ("d", 1), ("e", 1), ("f", 90)]
    pieces = list(batched(iter(keys), size=10, many=3))
    assert [(p.keys, p.size) for p in pieces] == [(("a",), 5), (("b", "c", "d"), 8), (("e",), 1), (("f",), 90)]
    assert [p.keys for p in singles(Piece(("a", "b"), 4))] == [("a",), ("b",)]
