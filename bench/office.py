"""Office files, format by format: seconds against kreuzberg alone, and in how many files the planted words are found.

A ratio of seconds is showcause's over kreuzberg's: 1.0 is as fast, 1.33 a third slower. Every file holds words that no
other has; it counts as found where all of them stand in the text. There are two sizes: small files, where the fixed
costs of a file weigh most, and large ones as a record has them (20 pages, 2,000 rows of 10 cells, 30 slides). The small
binary files are those under `tests/intake/files` with a word of theirs put in place of another of the same length; the
large ones are written by LibreOffice from the others, and left out, with a word on it, where there is none.

Seconds are of processor time, all threads of the process counted, and both are held to one core: kreuzberg would
spread a file over several, where showcause reads as many files at once as there are cores.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import io
import os
import random
import shutil
import statistics
import subprocess
import tempfile
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
FATHOMS = "fathomsdeep"  # which each large file changes for a word of its own


def sentence(dice: random.Random) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(dice.randint(8, 24))).capitalize() + "."


def planted(dice: random.Random, letters: int = 12) -> str:
    """A word that no other file holds."""
    return "".join(dice.choice("bcdfghjklmnpqrstvwz") for _ in range(letters))


def docx(dice: random.Random, *, large: bool) -> tuple[bytes, list[str]]:
    import docx as written

    document, words = written.Document(), [planted(dice) for _ in range(3)]
    document.add_paragraph(FATHOMS)
    for n in range(26 if large else 8):
        document.add_heading(sentence(dice) + (f" {words[0]}" if n == 3 else ""), 1)
        for _ in range(6):
            paragraph = document.add_paragraph(" ".join(sentence(dice) for _ in range(3)))
            for look in ("italic", "bold") if large else ():  # runs of their own, as a hand that edits leaves them
                setattr(paragraph.add_run(f" {sentence(dice)} "), look, True)
                paragraph.add_run(sentence(dice))
        document.add_paragraph(sentence(dice), style="List Number")
    document.add_paragraph(f"{sentence(dice)} {words[1]}")
    table = document.add_table(40 if large else 6, 3)
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.text = sentence(dice)
    table.cell(4, 2).text = words[2]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue(), words


def xlsx(dice: random.Random, *, large: bool) -> tuple[bytes, list[str]]:
    import xlsxwriter

    stream, words = io.BytesIO(), [planted(dice) for _ in range(2)]
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.0%"})
    for n in range(1 if large else 3):
        page = book.add_worksheet(f"Sheet {n}")
        for row in range(2_000 if large else 80):
            page.write_row(row, 0, [sentence(dice), row * 1.1, dice.randint(0, 9999)])
            page.write_number(row, 3, 45_000 + row, day)
            page.write_number(row, 4, row / 7, share)
            if large:
                page.write_row(row, 5, [f"{dice.choice(WORDS)} {dice.randint(0, 400)}", *dice.sample(WORDS, 3), row])
        if n or large:
            page.write(40, 10 if large else 5, " ".join(words) if large else words[n - 1])
    page.write(44, 10, FATHOMS)
    if not large:
        page.hide()
    book.close()
    return stream.getvalue(), words


def rtf(dice: random.Random, *, large: bool) -> tuple[bytes, list[str]]:
    words = [planted(dice), planted(dice)]
    body = [rf"\pard\plain\f0\fs24 {sentence(dice)} {sentence(dice)}\par" for _ in range(400 if large else 60)]
    body[30] += rf"\pard\b {words[0]}\b0\par"
    body += [rf"\trowd\cellx3000\cellx6000\pard\intbl {sentence(dice)}\cell {word}\cell\row" for word in words[1:]]
    return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Serif;}}" + "\n".join(body) + "}").encode(), words


def html(dice: random.Random, *, large: bool) -> tuple[bytes, list[str]]:
    words = [planted(dice), planted(dice)]
    body = "".join(
        f"<h2>{sentence(dice)}</h2><p>{sentence(dice)}</p><p>{sentence(dice)} <b>{sentence(dice)}</b></p>"
        for _ in range(200 if large else 40)
    )
    table = f"<table><tr><td>{sentence(dice)}</td><td>{words[1]}</td></tr></table>"
    return f"<!DOCTYPE html><html><body>{body}<p>{words[0]}</p>{table}</body></html>".encode(), words


def csv(dice: random.Random, *, large: bool) -> tuple[bytes, list[str]]:
    word = planted(dice)
    rows = [
        f'{n},"{sentence(dice)}",{dice.random():.3f},2031-05-{n % 28 + 1:02}' + (",a quay,b,c,d,12" if large else "")
        for n in range(2_000 if large else 120)
    ]
    rows[60] = f"60,{word},1,2031-05-04" + (",a,b,c,d,12,1" if large else "")
    return "\n".join(["Number,Said,Share,Day" + (",A,B,C,D,E" if large else ""), *rows]).encode(), [word]


def fodp(dice: random.Random) -> bytes:
    """A flat presentation of 30 slides: a title and six points on each, notes on every third."""
    pages = []
    for n in range(30):
        points = "".join(f"<text:p>{sentence(dice)}</text:p>" for _ in range(6))
        notes = (
            '<presentation:notes><draw:frame presentation:class="notes" svg:width="10cm" svg:height="5cm"><draw:text-box>'
            f"<text:p>{sentence(dice)}</text:p></draw:text-box></draw:frame></presentation:notes>"
        )
        pages.append(
            f'<draw:page draw:name="n{n}"><draw:frame presentation:class="title" svg:width="20cm" svg:height="3cm">'
            f"<draw:text-box><text:p>{sentence(dice)}{FATHOMS * (n == 4)}</text:p></draw:text-box></draw:frame>"
            '<draw:frame presentation:class="outline" svg:width="20cm" svg:height="12cm" svg:y="4cm"><draw:text-box>'
            f"{points}</draw:text-box></draw:frame>{notes * (n % 3 == 0)}</draw:page>"
        )
    names = {"office": "office", "text": "text", "draw": "drawing", "presentation": "presentation"}
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>'
        f"{''.join(pages)}</office:presentation></office:body></office:document>"
    ).encode()


def converted(dice: random.Random) -> dict[str, bytes]:
    """The large files that LibreOffice writes, by their suffix; nothing where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    sources = {"docx": docx(dice, large=True)[0], "xlsx": xlsx(dice, large=True)[0], "fodp": fodp(dice)}
    wanted = {"docx": ("doc", "odt"), "xlsx": ("xls", "ods"), "fodp": ("pptx", "ppt")}
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        for kind, blob in sources.items():
            (made / f"a.{kind}").write_bytes(blob)
            for suffix in wanted[kind]:
                asked = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix]
                subprocess.run([*asked, "--outdir", folder, f"{folder}/a.{kind}"], check=True, capture_output=True)
        return {suffix: (made / f"a.{suffix}").read_bytes() for pair in wanted.values() for suffix in pair}


FIXTURES = {
    "doc": ("order.doc", "fathoms"),
    "xls": ("fees.xls", "closed"),
    "ppt": ("tour.ppt", "Grouped"),
    "pptx": ("tour.pptx", "Grouped"),
    "odt": ("order.odt", "fathoms"),
    "ods": ("fees.ods", "closed"),
}


def changed(dice: random.Random, held: bytes, word: str) -> tuple[bytes, list[str]]:
    """A file with a word of its own in place of one that all have."""
    new = planted(dice, len(word))
    if not held.startswith(b"PK"):
        said = held.replace(word.encode(), new.encode())
        return said.replace(word.encode("utf-16-le"), new.encode("utf-16-le")), [new]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(held)) as inside, zipfile.ZipFile(stream, "w") as archive:
        for info in inside.infolist():
            archive.writestr(info, inside.read(info).replace(word.encode(), new.encode()), info.compress_type)
    return stream.getvalue(), [new]


def files(count: int, seed: int, *, large: bool) -> Iterator[tuple[str, list[tuple[bytes, list[str]]]]]:
    """Each format with `count` files of it and the words planted in each."""
    made = {"docx": docx, "xlsx": xlsx, "rtf": rtf, "html": html, "csv": csv}
    written = converted(random.Random(f"{seed} office")) if large else {}  # noqa: S311 - seeded, not secret
    for suffix in TYPES:
        dice = random.Random(f"{seed} {suffix}")  # noqa: S311 - seeded, not secret
        if suffix in made:
            yield suffix, [made[suffix](dice, large=large) for _ in range(count)]
        elif not large:
            name, word = FIXTURES[suffix]
            path = FILES / name
            held = path.read_bytes() if path.exists() else gzip.decompress((FILES / f"{name}.gz").read_bytes())
            yield suffix, [changed(dice, held, word) for _ in range(count)]
        elif suffix in written:
            yield suffix, [changed(dice, written[suffix], FATHOMS) for _ in range(count)]


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
    begun = time.process_time()
    for blob, _ in held:
        reads(blob, suffix)
    return time.process_time() - begun


def found(reads: Callable[[bytes, str], str], held: list[tuple[bytes, list[str]]], suffix: str) -> int:
    return sum(all(word in text for word in words) for blob, words in held for text in (reads(blob, suffix),))


def report(asked: argparse.Namespace, other: Callable[[bytes, str], str] | None, *, large: bool) -> float:
    """Print a line for each format, and give the ratio of all."""
    size, total_ours, total_theirs = "large" if large else "small", 0.0, 0.0
    missing = set(TYPES)
    for suffix, held in files(asked.large if large else asked.files, asked.seed, large=large):
        missing.discard(suffix)
        counts = [found(ours, held, suffix), found(kreuzberg, held, suffix)]
        counts += [found(other, held, suffix)] if other else []
        pairs = [(seconds(ours, held, suffix), seconds(kreuzberg, held, suffix)) for _ in range(asked.rounds)]
        mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        total_ours, total_theirs = total_ours + mine, total_theirs + theirs
        named = ("showcause", "kreuzberg", "markitdown")
        said = ", ".join(f"{name} {count}" for name, count in zip(named, counts, strict=False))
        fewer = "" if counts[0] >= max(counts) else " FEWER THAN THE BEST"
        mean = sum(len(blob) for blob, _ in held) / len(held) / 1e3
        print(
            f"office: {size} {suffix:4} {mean:4.0f} kB {1e3 * mine / len(held):6.2f} ms, {mine / theirs:5.2f} of "
            f"kreuzberg's time; words found of {len(held)}: {said}{fewer}"
        )
    if missing:
        print(f"office: {size}: {', '.join(sorted(missing))} NOT measured: LibreOffice (soffice) is not installed")
    return total_ours / total_theirs


def main() -> None:
    """Time the two by turns, so that both meet the same machine, and count what each finds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=30, help="small files of each format, 0 for none")
    options.add_argument("--large", type=int, default=4, help="large files of each format, 0 for none")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})  # before kreuzberg's threads are made
    other = markitdown()
    if other is None:
        print("office: markitdown is NOT installed (requirements-bench.lock): it is left out of what follows")
    for large in (False, True):
        if asked.large if large else asked.files:
            ratio = report(asked, other, large=large)
            print(f"office: {'large' if large else 'small'} {ratio:5.2f} of kreuzberg's time (want <= {WANT:.2f})")


if __name__ == "__main__":
    main()
