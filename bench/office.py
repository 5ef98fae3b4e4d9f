"""Office files, format by format: seconds against kreuzberg alone, and in how many files the planted words are found.

A ratio of seconds is showcause's over kreuzberg's: 1.0 is as fast, 1.33 a third slower. Every file holds words that no
other has; it counts as found where all of them stand in the text. The binary formats are the files under
`tests/intake/files`, as LibreOffice wrote them, with a word of theirs put in place of another of the same length.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import io
import random
import statistics
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from showcause.errors import Unreadable
from showcause.intake import read

FILES = Path(__file__).parent.parent / "tests" / "intake" / "files"
WORDS = [
    "harbour",
    "council",
    "ledger",
    "permit",
    "archive",
    "quay",
    "lantern",
    "warden",
    "tariff",
    "notice",
    "record",
    "officer",
    "shall",
    "release",
    "bell",
    "dusk",
]
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "html": "text/html",
    "csv": "text/csv",
}
WANT = 4 / 3


def sentence(dice: random.Random) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(dice.randint(8, 24))).capitalize() + "."


def planted(dice: random.Random, letters: int = 12) -> str:
    """A word that no other file holds."""
    return "".join(dice.choice("bcdfghjklmnpqrstvwz") for _ in range(letters))


def docx(dice: random.Random) -> tuple[bytes, list[str]]:
    import docx as written

    document, words = written.Document(), [planted(dice) for _ in range(3)]
    for n in range(8):
        document.add_heading(sentence(dice) + (f" {words[0]}" if n == 3 else ""), 1)
        for _ in range(6):
            document.add_paragraph(" ".join(sentence(dice) for _ in range(4)))
        document.add_paragraph(sentence(dice), style="List Number")
    document.add_paragraph(f"{sentence(dice)} {words[1]}")
    table = document.add_table(6, 3)
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.text = sentence(dice)
    table.cell(4, 2).text = words[2]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue(), words


def xlsx(dice: random.Random) -> tuple[bytes, list[str]]:
    import xlsxwriter

    stream, words = io.BytesIO(), [planted(dice) for _ in range(2)]
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.0%"})
    for n in range(3):
        page = book.add_worksheet(f"Sheet {n}")
        for row in range(80):
            page.write_row(row, 0, [sentence(dice), row * 1.1, dice.randint(0, 9999)])
            page.write_number(row, 3, 45_000 + row, day)
            page.write_number(row, 4, row / 7, share)
        if n:
            page.write(40, 5, words[n - 1])
    book.get_worksheet_by_name("Sheet 2").hide()
    book.close()
    return stream.getvalue(), words


def rtf(dice: random.Random) -> tuple[bytes, list[str]]:
    words = [planted(dice), planted(dice)]
    body = [rf"\pard\plain\f0\fs24 {sentence(dice)} {sentence(dice)}\par" for _ in range(60)]
    body[30] += rf"\pard\b {words[0]}\b0\par"
    body += [rf"\trowd\cellx3000\cellx6000\pard\intbl {sentence(dice)}\cell {word}\cell\row" for word in words[1:]]
    return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Serif;}}" + "\n".join(body) + "}").encode(), words


def html(dice: random.Random) -> tuple[bytes, list[str]]:
    words = [planted(dice), planted(dice)]
    body = "".join(f"<h2>{sentence(dice)}</h2><p>{sentence(dice)}</p><p>{sentence(dice)}</p>" for _ in range(40))
    table = f"<table><tr><td>{sentence(dice)}</td><td>{words[1]}</td></tr></table>"
    return f"<!DOCTYPE html><html><body>{body}<p>{words[0]}</p>{table}</body></html>".encode(), words


def csv(dice: random.Random) -> tuple[bytes, list[str]]:
    word = planted(dice)
    rows = [f'{n},"{sentence(dice)}",{dice.random():.3f},2031-05-{n % 28 + 1:02}' for n in range(120)]
    rows[60] = f"60,{word},1,2031-05-04"
    return "\n".join(["Number,Said,Share,Day", *rows]).encode(), [word]


def changed(suffix: str) -> Callable[[random.Random], tuple[bytes, list[str]]]:
    """A file of the fixtures with a word of its own in place of one that all have."""
    name, word = {
        "doc": ("order.doc", "fathoms"),
        "xls": ("fees.xls", "closed"),
        "ppt": ("tour.ppt", "Grouped"),
        "pptx": ("tour.pptx", "Grouped"),
        "odt": ("order.odt", "fathoms"),
        "ods": ("fees.ods", "closed"),
    }[suffix]  # fmt: skip - one table
    path = FILES / name
    held = path.read_bytes() if path.exists() else gzip.decompress((FILES / f"{name}.gz").read_bytes())

    def made(dice: random.Random) -> tuple[bytes, list[str]]:
        new = planted(dice, len(word))
        if not held.startswith(b"PK"):
            said = held.replace(word.encode(), new.encode())
            return said.replace(word.encode("utf-16-le"), new.encode("utf-16-le")), [new]
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(held)) as inside, zipfile.ZipFile(stream, "w") as archive:
            for info in inside.infolist():
                archive.writestr(info, inside.read(info).replace(word.encode(), new.encode()), info.compress_type)
        return stream.getvalue(), [new]

    return made


def files(count: int, seed: int) -> Iterator[tuple[str, list[tuple[bytes, list[str]]]]]:
    """Each format with `count` files of it and the words planted in each."""
    made = {"docx": docx, "xlsx": xlsx, "rtf": rtf, "html": html, "csv": csv}
    for suffix in TYPES:
        dice = random.Random(f"{seed} {suffix}")  # noqa: S311 - seeded, not secret
        make = made.get(suffix) or changed(suffix)
        yield suffix, [make(dice) for _ in range(count)]


def ours(blob: bytes, suffix: str) -> str:
    try:
        return read(blob, name=f"a.{suffix}").text
    except Unreadable:
        return ""


def kreuzberg(blob: bytes, suffix: str) -> str:
    from kreuzberg import ExtractionConfig, extract_bytes_sync
    from kreuzberg.exceptions import KreuzbergError

    try:
        return extract_bytes_sync(blob, TYPES[suffix], ExtractionConfig(use_cache=False)).content
    except KreuzbergError:
        return ""


def markitdown() -> Callable[[bytes, str], str] | None:
    """The other peer, where requirements-bench.lock is installed."""
    if importlib.util.find_spec("markitdown") is None:
        return None
    from markitdown import MarkItDown, MarkItDownException

    held = MarkItDown(enable_plugins=False)

    def said(blob: bytes, suffix: str) -> str:
        try:
            return str(held.convert_stream(io.BytesIO(blob), file_extension=f".{suffix}").text_content)
        except MarkItDownException:
            return ""

    return said


def seconds(reads: Callable[[bytes, str], str], held: list[tuple[bytes, list[str]]], suffix: str) -> float:
    begun = time.perf_counter()
    for blob, _ in held:
        reads(blob, suffix)
    return time.perf_counter() - begun


def found(reads: Callable[[bytes, str], str], held: list[tuple[bytes, list[str]]], suffix: str) -> int:
    return sum(all(word in text for word in words) for blob, words in held for text in (reads(blob, suffix),))


def main() -> None:
    """Time the two by turns, so that both meet the same machine, and count what each finds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=30, help="of each format")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    other = markitdown()
    if other is None:
        print("office: markitdown is NOT installed (requirements-bench.lock): it is left out of what follows")
    total_ours = total_theirs = 0.0
    for suffix, held in files(asked.files, asked.seed):
        counts = [found(ours, held, suffix), found(kreuzberg, held, suffix)]
        counts += [found(other, held, suffix)] if other else []
        pairs = [(seconds(ours, held, suffix), seconds(kreuzberg, held, suffix)) for _ in range(asked.rounds)]
        mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        total_ours, total_theirs = total_ours + mine, total_theirs + theirs
        named = ("showcause", "kreuzberg", "markitdown")
        said = ", ".join(f"{name} {count}" for name, count in zip(named, counts, strict=False))
        fewer = "" if counts[0] >= max(counts) else " FEWER THAN THE BEST"
        print(f"office: {suffix:4} {mine / theirs:5.2f} of kreuzberg's time; words found of {len(held)}: {said}{fewer}")
    print(f"office: all {total_ours / total_theirs:5.2f} of kreuzberg's time (want <= {WANT:.2f})")


if __name__ == "__main__":
    main()
