r"""A second reader of load files, written from the published formats alone; it knows nothing of the product.

Concordance DAT: 0x14 between fields, 0xFE around each value, 0xAE for a line break, `;` and `\` in lists. Opticon OPT:
seven columns apart by commas. LFP: IM,key,boundary,offset,@volume;path;file;type,rotate. EDRM XML: by expat.
"""

from __future__ import annotations

import xml.parsers.expat
from pathlib import Path


def decoded(raw: bytes) -> str:
    """The text, its encoding told by the byte order mark alone."""
    if raw[:3] == b"\xef\xbb\xbf":
        return raw[3:].decode("utf-8")
    if raw[:2] == b"\xff\xfe":
        return raw[2:].decode("utf-16-le")
    return raw.decode("cp1252")


def dat(raw: bytes) -> tuple[list[str], list[list[str]]]:
    """Names of fields and rows of values; asserts everything that a strict reader would refuse."""
    text = decoded(raw)
    assert text.endswith("\r\n")
    rows = []
    for line in text[:-2].split("\r\n"):
        assert "\n" not in line
        assert "\r" not in line
        row = []
        for piece in line.split(chr(0x14)):
            assert piece[0] == piece[-1] == chr(0xFE)
            assert len(piece) >= 2
            inner = piece[1:-1]
            assert chr(0xFE) not in inner
            row.append(inner.replace(chr(0xAE), "\r\n"))
        rows.append(row)
    assert all(len(row) == len(rows[0]) for row in rows)
    return rows[0], rows[1:]


def opt(raw: bytes) -> list[dict[str, str]]:
    """The rows of an Opticon file by column."""
    names = ("key", "volume", "path", "document", "folder", "box", "pages")
    lines = decoded(raw).split("\r\n")
    assert lines.pop() == ""
    rows = []
    for line in lines:
        columns = line.split(",")
        assert len(columns) == 7
        rows.append(dict(zip(names, columns, strict=True)))
    assert rows[0]["document"] == "Y"
    assert all((row["document"] == "Y") == bool(row["pages"]) for row in rows)
    return rows


def lfp(raw: bytes) -> list[dict[str, str]]:
    """The rows of an LFP by column."""
    lines = decoded(raw).split("\r\n")
    assert lines.pop() == ""
    rows = []
    for line in lines:
        command, key, boundary, offset, where, rotate = line.split(",")
        assert command == "IM"
        volume, path, file, kind = where.split(";")
        assert volume[0] == "@"
        names = ("key", "boundary", "offset", "volume", "path", "file", "type", "rotate")
        rows.append(dict(zip(names, (key, boundary, offset, volume[1:], path, file, kind, rotate), strict=True)))
    return rows


def edrm(raw: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Every element of an XML file by expat: its path, attributes and own words."""
    found: list[tuple[str, dict[str, str], list[str]]] = []
    stack: list[tuple[str, dict[str, str], list[str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path = f"{stack[-1][0]}/{name}" if stack else name
        stack.append((path, attributes, []))
        found.append(stack[-1])

    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = lambda words: stack[-1][2].append(words)  # noqa: PLW0108 - the stack grows meanwhile
    parser.Parse(raw, True)
    return [(path, attributes, "".join(words)) for path, attributes, words in found]


def at(root: Path, windows: str) -> Path:
    """The file that a path of a load file points to, by its exact case."""
    place = root
    for step in windows.split("\\"):
        assert step in {entry.name for entry in place.iterdir()}, windows
        place = place / step
    return place
