"""Messages a second: the reader alone on one core, and the whole of `add` on two; memory over a mailbox of gigabytes.

The messages are made here from a fixed seed: plain, HTML and both; one in five with an attachment of 20 to 200 KB, one
in forty with another message enclosed. The peers read the same messages: the standard library parses each and takes its
header, body and attachments; kreuzberg gives its text. Nothing is stored for a peer, everything is for `add`.

By itself the bench also makes a mailbox (--gigabytes, 5 where nothing is said; 0 leaves it out), adds it, and deletes it.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import mailbox
import random
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Self

import psutil

from showcause import settings, store
from showcause.core import Mail
from showcause.find import inclusive, threads
from showcause.gather import Gathering, Rules
from showcause.intake import Limits, read
from showcause.intake import mailbox as mbox

OUT = Path(__file__).parent / "out" / "mail"
SEED = 11
MADE = 600
FILES = 3000
TURNS = 3
WANTED_ALONE, WANTED = 600, 250
NUMBER = b"0123456789"  # stands in each message where its own number goes
WORDS = (  # noqa: SIM905 - a paragraph of words is easier to read than a list
    "member officer record person request agency section policy shall must may not unless except notice public "
    "inspection disclosure supervisor approval retention schedule complaint review written within days division "
    "commander report information custody release contact court order warrant training bulletin effective revised"
).split()


def messages() -> list[bytes]:
    """The messages, each with NUMBER in its subject and identifier."""
    return [_message(random.Random(SEED * 100_000 + number), number) for number in range(MADE)]  # noqa: S311 - seeded, no secret


def numbered(made: list[bytes], count: int) -> Iterator[bytes]:
    """As many messages as wanted, no two alike."""
    for number in range(count):
        yield made[number % len(made)].replace(NUMBER, b"%010d" % number)


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(8, 25))).capitalize() + "."


def _paragraphs(chance: random.Random, most: int) -> list[str]:
    return [" ".join(_sentence(chance) for _ in range(chance.randint(1, 5))) for _ in range(chance.randint(1, most))]


def _message(chance: random.Random, number: int, depth: int = 0) -> bytes:
    said = EmailMessage()
    zone = "-0700"
    said["Received"] = (
        "from a.example (a.example [192.0.2.1]) by b.example with ESMTPS id 1; Mon, 5 May 2031 09:00:00 +0000"
    )
    said["From"] = f"Ana Díaz <a{chance.randrange(90)}@a.example>"
    said["To"] = ", ".join(
        f'"Roe, Ben {n}" <b{n}@b.example>' for n in chance.choices(range(90), k=chance.randint(1, 6))
    )
    said["Date"] = format_datetime(datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=number)).replace("+0000", zone)
    said["Subject"] = f"Re: {_sentence(chance)[:60]} {NUMBER.decode()}"
    said["Message-ID"] = f"<{number}.{NUMBER.decode()}@a.example>"
    said["References"] = " ".join(f"<{n}@a.example>" for n in range(max(0, number - 3), number))
    quoted = [f"> {line}" for line in "\n\n".join(_paragraphs(chance, 4)).split("\n")]
    own = _paragraphs(chance, 8)
    page = "".join(f"<p>{one}</p>" for one in own) + f"<blockquote>{' '.join(quoted)}</blockquote>"
    if number % 10 == 3:
        said.set_content(f"<html><body>{page}</body></html>", subtype="html")
    else:
        said.set_content("\n\n".join([*own, "On Mon, 5 May 2031, Ben wrote:", "\n".join(quoted)]))
    if number % 2:
        said.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    if number % 5 == 0:
        text = "\n".join(_sentence(chance) for _ in range(chance.randint(200, 2000)))
        said.add_attachment(
            text.encode()[: chance.randint(20_000, 200_000)], maintype="text", subtype="plain", filename="a.txt"
        )
    if number % 40 == 6 and depth < 2:
        said.add_attachment(
            email.message_from_bytes(_message(chance, number + 1, depth + 1), policy=email.policy.default)
        )
    return said.as_bytes()


def stdlib(blob: bytes) -> int:
    """What a careful program takes of a message with the standard library's parser of today."""
    said = email.message_from_bytes(blob, policy=email.policy.default)
    size = sum(len(str(said[name])) for name in ("From", "To", "Date", "Subject", "Message-ID", "References"))
    body = said.get_body(("plain", "html"))
    size += len(body.get_content()) if body is not None else 0
    return size + sum(len(part.get_payload(decode=True) or b"") for part in said.iter_attachments())


def kreuzberg(blob: bytes) -> int:
    """The text of a message."""
    from kreuzberg import extract_bytes_sync

    return len(extract_bytes_sync(blob, "message/rfc822").content)


def rate(work: Callable[[bytes], object], blobs: Iterable[bytes]) -> float:
    """Messages a second of this process's own time, so that what else the machine does counts for nobody."""
    begun, count = time.process_time(), 0
    for count, blob in enumerate(blobs, start=1):  # noqa: B007 - the last one tells
        work(blob)
    return count / (time.process_time() - begun)


def alone(made: list[bytes]) -> None:
    """The reader against its peers, in turns."""
    works = (lambda blob: read(blob, name="a.eml"), stdlib, kreuzberg)
    turns = [[rate(work, made) for work in works] for _ in range(TURNS)]
    ours, theirs, other = (statistics.median(column) for column in zip(*turns, strict=True))
    print(
        f"mail: the reader alone {ours:,.0f} messages/s on one core (want >= {WANTED_ALONE}), "
        f"stdlib email {theirs:,.0f}/s, kreuzberg {other:,.0f}/s"
    )


class Watch:
    """The most memory that this process, and all its workers together, held at one moment, in MB."""

    def __init__(self) -> None:
        self.own = self.workers = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        here = psutil.Process()
        while not self._ended.wait(0.1):
            self.own = max(self.own, _megabytes(here))
            self.workers = max(self.workers, sum(map(_megabytes, here.children(recursive=True))))


def _megabytes(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / (1 << 20)
    except psutil.Error:
        return 0.0


def added(path: Path, root: Path) -> tuple[int, float, Watch]:
    """A file or folder added to a fresh store with two workers: the number of messages read, the seconds, the memory."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    kept = store.open(root / "matter.db", blobs=root / "blobs")
    own = settings.read({"SHOWCAUSE_ACTOR": "bench", "SHOWCAUSE_WORKERS": "2"})
    begun, count = time.perf_counter(), 0
    with Watch() as watch:
        for one in Gathering(kept, own, Rules("bench")).add([path]):
            count += one.document is not None and one.name.endswith(".eml")
    seconds = time.perf_counter() - begun
    kept.close()
    return count, seconds, watch


def whole(made: list[bytes]) -> None:
    """Single files through `add`."""
    folder = OUT / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, blob in enumerate(numbered(made, FILES)):
        (folder / f"{number:05d}.eml").write_bytes(blob)
    count, seconds, watch = added(folder, OUT / "store")
    print(
        f"mail: add on two cores {count / seconds:,.0f} messages/s, attachments included and everything stored "
        f"(want >= {WANTED}); peak memory {watch.own:,.0f} MB and {watch.workers:,.0f} MB of the workers together"
    )
    shutil.rmtree(folder)
    shutil.rmtree(OUT / "store")


def cut(path: Path) -> None:
    """The mailbox cut, and each message read out of it, by one process that stores nothing."""
    limits = Limits()
    begun = time.perf_counter()
    with Watch() as watch:
        pieces = list(mbox.cut(path, OUT, limits))
        middle = time.perf_counter()
        size = sum(len(part.blob) for piece in pieces for part in mbox.parts(path, OUT, piece, limits))
    ended = time.perf_counter()
    print(
        f"mail: {path.stat().st_size / 1e9:.1f} GB cut at {path.stat().st_size / (middle - begun) / 1e6:,.0f} MB/s and "
        f"taken out at {size / (ended - middle) / 1e6:,.0f} MB/s; peak memory {watch.own:,.0f} MB"
    )


def large(made: list[bytes], gigabytes: float) -> None:
    """A mailbox of that size, made, added and deleted."""
    OUT.mkdir(parents=True, exist_ok=True)
    path, size, number = OUT / "large.mbox", 0, 0
    with path.open("wb") as stream:
        while size < gigabytes * 1e9:
            blob = made[number % len(made)].replace(NUMBER, b"%010d" % number)
            size += stream.write(
                b"From a@a.example Mon May  5 09:00:00 2031\n" + blob.replace(b"\nFrom ", b"\n>From ") + b"\n\n"
            )
            number += 1
    cut(path)
    count, seconds, watch = added(path, OUT / "store")
    print(
        f"mail: a mailbox of {size / 1e9:.1f} GB, {number:,} messages: {number / seconds:,.0f} messages/s; peak memory "
        f"{watch.own:,.0f} MB and {watch.workers:,.0f} MB of the workers together (want < 1,024 in all); {count:,} read"
    )
    box = mailbox.mbox(path, create=False)
    begun = time.perf_counter()
    there = len(box)  # goes through the whole file
    middle = time.perf_counter()
    some = min(there, 1000)
    for key in range(some):
        stdlib(box.get_bytes(key))
    ended = time.perf_counter()
    print(
        f"mail: the standard library's mailbox is gone through at {size / (middle - begun) / 1e6:,.0f} MB/s and its "
        f"messages parsed at {some / (ended - middle):,.0f}/s, one core, nothing stored"
    )
    path.unlink()
    shutil.rmtree(OUT / "store")


def conversations(made: list[bytes], count: int = 1_000_000) -> None:
    """A million headers to threads and their inclusive messages."""
    some = [one for one in (read(blob, name="a.eml").mail for blob in made) if one is not None]
    chance = random.Random(SEED)  # noqa: S311 - a seeded choice, no secret
    mails: dict[str, Mail] = {}
    for number in range(count):
        base = some[number % len(some)]
        before = (str(number - chance.randint(1, 40)),) if number % 6 and number > 40 else ()
        mails[f"d{number}"] = Mail(base.sender, base.to, subject=f"Re: {number // 9}", sent=base.sent, message_id=str(number),
                                   references=before, digest=str(number), said=base.said[:2], quoted=base.quoted[:2])  # fmt: skip
    begun = time.process_time()
    found = threads(mails.items())
    middle = time.process_time()
    kept = sum(len(inclusive(one, mails)) for one in found)
    print(
        f"mail: {count:,} messages to {len(found):,} threads in {middle - begun:,.0f} s, "
        f"{kept:,} inclusive ones told in {time.process_time() - middle:,.0f} s"
    )


def main(gigabytes: float = 0.0) -> None:
    """Print what was measured."""
    made = messages()
    alone(list(numbered(made, MADE)))
    whole(made)
    conversations(made)
    if gigabytes:
        large(made, gigabytes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=5.0)
    main(parser.parse_args().gigabytes)
