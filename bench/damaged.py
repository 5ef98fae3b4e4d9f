"""A folder of some hundreds of damaged and hostile files through the whole of `add`: every one must end in a named state.

Sound files of each format are cut, flipped, blanked, renamed, nested and padded from a fixed seed; beside them lie bombs,
links, pipes and lines without end. Told are the states, how long the slowest file held the run, and what was left
running. The peer, `kreuzberg`, is given the same files one by one in one process of its own, as its manual has it.
"""

from __future__ import annotations

import bz2
import gzip
import io
import os
import random
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

from showcause import settings, store
from showcause.core import Given, State
from showcause.gather import Gathering, Rules

OUT = Path(__file__).parent / "out" / "damaged"
FILES = Path(__file__).parent.parent / "tests" / "intake" / "files"
SEED = 11
SECONDS = 20  # the limit of one item in this run
WORDS = "Members may tell the agency what the record shows unless the chief has said otherwise in writing. "


def sound() -> dict[str, bytes]:
    """One sound file of each format, by its name."""
    made = {
        "plain.txt": (WORDS * 400).encode(),
        "page.html": f"<!doctype html><html><body><h1>Order</h1><p>{WORDS * 40}</p></body></html>".encode(),
        "order.md": f"# Order\n\n{WORDS * 40}\n\n## Part\n\n{WORDS * 40}\n".encode(),
        "order.pdf": _pdf(),
        "letter.eml": _message(),
        "box.mbox": b"".join(b"From a@b.example Mon Mar  3 09:00:00 2031\n" + _message(n) + b"\n" for n in range(6)),
        "all.zip": _zip({"a.txt": WORDS.encode() * 50, "b/c.txt": WORDS.encode() * 60}),
        "all.tar": _tar(""),
        "all.tgz": _tar("gz"),
        "one.txt.gz": gzip.compress(WORDS.encode() * 90),
        "one.txt.bz2": bz2.compress(WORDS.encode() * 90),
        "order.docx": _docx(),
    }
    from PIL import Image

    for suffix in ("png", "jpg", "gif", "bmp", "tiff", "webp"):
        held = io.BytesIO()
        Image.effect_noise((240, 160), 40).convert("RGB").save(held, {"jpg": "jpeg"}.get(suffix, suffix))
        made[f"picture.{suffix}"] = held.getvalue()
    if FILES.is_dir():
        made |= {path.name: path.read_bytes() for path in sorted(FILES.iterdir()) if path.stat().st_size < 200_000}
    return made


def damaged(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the damaged files."""
    for name, blob in sound().items():
        stem, _, suffix = name.rpartition(".")
        yield f"sound-{name}", blob
        for part in (0.1, 0.5, 0.9, 0.99):
            yield f"cut-{int(100 * part)}-{name}", blob[: int(len(blob) * part)]
        for number in range(3):
            yield f"flipped-{number}-{name}", _flipped(blob, chance, 3**number)
        yield f"blanked-{name}", blob[: len(blob) // 3] + bytes(len(blob) // 3) + blob[2 * len(blob) // 3 :]
        yield f"shuffled-{name}", blob[:64] + bytes(chance.sample(list(blob[64:]), len(blob[64:])))
        yield f"padded-{name}", blob + bytes(chance.randbytes(5000))
        yield f"behind-{name}", chance.randbytes(300) + blob
        yield f"renamed-{stem}.{chance.choice(['pdf', 'docx', 'zip', 'eml', 'png', 'txt'])}", blob
        yield f"bare-{stem}-{suffix}", blob
        yield f"nested-{name}.zip", _zip({name: _flipped(blob, chance, 5), f"again/{name}": blob[: len(blob) // 2]})
    yield from bombs(chance)


def bombs(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Files that are made to fill a disk, a memory or a life."""
    entity = "".join(f'<!ENTITY l{n} "{_ten(n - 1)}">' for n in range(1, 10))
    laugh = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entity}]><x>&l9;</x>'.encode()
    yield "laugh.xml", laugh
    yield "laugh.docx", _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": laugh})
    yield "zeros.zip", _zip({"zeros": bytes(300_000_000)})
    yield "zeros.gz", gzip.compress(bytes(400_000_000))
    data = _zip({"zeros": bytes(300_000_000)})
    for level in range(3):
        data = _zip({f"{level}-{n}.zip": data for n in range(8)})
    yield "zeros-nested.zip", data
    yield "zeros.docx", _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w>" + b" " * 1_500_000_000})
    yield "tricks.zip", _zip({"../../../etc/cron.d/x": b"x", "/abs": b"y", "C:\\x": b"z", "a\0b": b"n", "con": b"c"})
    yield "brackets.txt", b"(" * 5_000_000
    yield "one-line.txt", WORDS.encode() * 1_000_000
    yield "nested.html", b"<div>" * 200_000 + b"deep"
    yield "nested.eml", _nested_mail(400)
    yield "many-parts.eml", _many_parts(30_000)
    yield "empty", b""
    yield "nul", bytes(1_000_000)
    yield "noise", chance.randbytes(1_000_000)
    yield "pages.pdf", _many_pages(1_000_000)
    yield "loop.pdf", _loop()


def build(folder: Path) -> int:
    """Write everything below `folder`; how many files and links there are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    chance = random.Random(SEED)  # noqa: S311 - a seeded choice of damage, no secret
    for number, (name, blob) in enumerate(damaged(chance)):
        (folder / f"{number:04}-{name}").write_bytes(blob)
    with (folder / "two-gigabytes-of-one-line.txt").open("wb") as line:
        line.truncate(2 << 30)
        line.write(b"begin")
    (folder / "away").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to("loop")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "pipe")
    (folder / "locked.txt").write_bytes(b"Nobody may open this.")
    (folder / "locked.txt").chmod(0)
    return len(list(folder.iterdir()))


def main() -> None:
    """Print the accounting, the longest wait, and what the peer did."""
    files = build(OUT / "records")
    given, longest, seconds = gathered()
    counts = Counter(one.state for one in given)
    whole = sum(one.parent is None for one in given)
    nameless = sum(one.state in {State.UNREADABLE, State.SKIPPED} and not one.reason for one in given)
    left = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-fc", "showcause.runner"], capture_output=True, text=True, check=False
    ).stdout
    said = ", ".join(f"{many} {state}" for state, many in sorted(counts.items()))
    print(f"damaged: {files} files, {whole} ended in a named state ({whole / files:.0%}, want 100%); {said}")
    print(f"damaged: {nameless} without a reason (want 0); {left.strip()} workers left (want 0)")
    print(f"damaged: {seconds:.0f} s in all; the longest wait for one was {longest:.1f} s (limit {SECONDS} s an item)")
    print(f"damaged: kreuzberg, one by one in one process: {_peer(files, seconds)}")
    shutil.rmtree(OUT, ignore_errors=True)


def gathered() -> tuple[list[Given], float, float]:
    """Everything given, the longest time in which nothing was told of, and the time in all; seconds."""
    held = store.open(OUT / "matter.db", blobs=OUT / "hidden" / "blobs")
    own = settings.read({"SHOWCAUSE_ACTOR": "bench", "SHOWCAUSE_WORKERS": "2", "SHOWCAUSE_SECONDS": str(SECONDS)})
    ticks = [time.monotonic()]
    try:
        run = Gathering(held, own, Rules("bench"))
        list(run.add([OUT / "records"], tell=lambda _: ticks.append(time.monotonic())))
        held.verify()
        given = list(held.given())
        if len(given) != sum(held.given_counts().values()):
            raise SystemExit("damaged: the counts do not add up")
    finally:
        held.close()
    waits = [after - before for before, after in pairwise(ticks)]
    return given, max(waits), ticks[-1] - ticks[0]


PEER = """
import sys
from pathlib import Path
from kreuzberg import extract_file_sync
read = 0
for number, path in enumerate(sorted(Path(sys.argv[1]).iterdir())):
    if path.is_symlink() or not path.is_file():
        continue
    print(number, path.name, read, flush=True)
    try:
        extract_file_sync(path)
        read += 1
    except Exception:
        pass
print("done", read, flush=True)
"""


def _peer(files: int, seconds: float) -> str:
    script = ["-c", PEER, str(OUT / "records")]
    limit = max(120.0, 3 * seconds)
    try:
        run = subprocess.run(
            [sys.executable, *script], capture_output=True, text=True, timeout=limit, check=False, preexec_fn=_bounded
        )
    except subprocess.TimeoutExpired as late:
        lines = (late.stdout or b"").decode("utf-8", "replace").splitlines()
        return f"hung for more than {limit:.0f} s at {lines[-1] if lines else '?'} of {files}; names no file of its own"
    last = run.stdout.splitlines()[-1] if run.stdout else "?"
    if run.returncode == 0:
        return f"ended, {last.partition(' ')[2]} files read"
    return f"ended with exit {run.returncode} at {last} of {files}: the rest was lost"


def _bounded() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))


# --- sound files -------------------------------------------------------------------------------


def _pdf() -> bytes:
    import typst

    return bytes(typst.compile(f"= Order\n\n{WORDS * 30}\n\n#pagebreak()\n\n{WORDS * 30}".encode()))


def _docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Order", 1)
    for _ in range(20):
        document.add_paragraph(WORDS * 3)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _message(number: int = 0) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "chief@city.example", "all@city.example", f"Order {number}"
    made["Date"], made["Message-ID"] = "Mon, 03 Mar 2031 09:00:00 -0800", f"<{number}@city.example>"
    made.set_content(WORDS * 5)
    made.add_attachment(WORDS.encode() * 20, maintype="text", subtype="plain", filename="note.txt")
    return made.as_bytes()


def _zip(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def _tar(squeeze: str) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=f"w:{squeeze}") as archive:
        for name in ("a.txt", "b/c.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(WORDS) * 40
            archive.addfile(info, io.BytesIO(WORDS.encode() * 40))
    return held.getvalue()


def _flipped(blob: bytes, chance: random.Random, many: int) -> bytes:
    made = bytearray(blob)
    for _ in range(many if made else 0):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


# --- bombs ---------------------------------------------------------------------------------------


def _nested_mail(deep: int) -> bytes:
    data = _message()
    for number in range(deep):
        head = f"From: a@b.example\nSubject: {number}\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
        data = head.encode() + data
    return data


def _many_parts(many: int) -> bytes:
    head = b'From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    part = b"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a\n\nx\n"
    return head + part * many + b"--b--\n"


def _many_pages(many: int) -> bytes:
    """A PDF whose page tree names one page a million times."""
    kids = " ".join(["3 0 R"] * many)
    return _objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {many} /Kids [{kids}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    )


def _loop() -> bytes:
    """A PDF whose page tree leads back to itself."""
    return _objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R] >>",
        "<< /Type /Pages /Count 9 /Parent 2 0 R /Kids [2 0 R] >>",
    )


def _ten(number: int) -> str:
    return f"&l{number};" * 10


def _objects(*bodies: str) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Root 1 0 R /Size {len(bodies) + 1} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


if __name__ == "__main__":
    main()
