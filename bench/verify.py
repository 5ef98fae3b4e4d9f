"""How fast a proof is verified, against `sha256sum -c` on the same bytes: prints a ratio, 1.0 being as fast."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from showcause import store
from showcause.core import Case, Document, Finding, Given, Kind, Question, State, Verdict
from showcause.prove import Evidence, make_key, prove, verify

OUT = Path(__file__).parent / "out"
AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
WANT = 0.7


def sources(count: int, megabytes: int) -> Iterator[tuple[Document, bytes]]:
    """Documents with seeded sources of `megabytes` each."""
    words = "Members shall keep the record and shall not tell of it. " * 400
    for number in range(count):
        data = random.Random(number).randbytes(megabytes << 20)  # noqa: S311 - seeded, not secret
        sha256 = hashlib.sha256(data).hexdigest()
        yield Document(sha256[:16], sha256, "bin", "Records", date(2020, 1, 1), words, name=f"{number:04}.bin"), data


def build(count: int, megabytes: int) -> tuple[Path, Path]:
    """A bag as a folder and as a zip, with findings, passages and a log."""
    shutil.rmtree(OUT / "proof", ignore_errors=True)
    OUT.mkdir(exist_ok=True)
    shutil.rmtree(OUT / "proof-work", ignore_errors=True)
    kept = store.open(OUT / "proof-work" / "matter.db", blobs=OUT / "proof-work" / "blobs")
    docs, given, findings = {}, [], []
    for doc, data in sources(count, megabytes):
        with kept.act("bench", "add", {"about": [doc.id]}, at=AT) as act:
            given.append(
                Given(doc.name, doc.name, len(data), act.blob(data), State.READ, "", "bench", AT, None, doc.id)
            )
            act.documents(doc)
            act.give(given[-1])
        docs[doc.id] = doc
        for start in range(0, 20 * 56, 56):
            cite = doc.passage(start, start + 55)
            findings.append(Finding("b#a", cite, "plain", Verdict.UNCLEAR, (cite,), "why", "duty:1", AT))
    make_key(OUT / "proof-work" / "key")
    asked = (Question("b#a", Kind.REQUIREMENT, "Tell.", "here"),)
    case = Case("Bench", "Nobody", AT, (), docs, tuple(given), asked, tuple(findings))
    evidence = Evidence(tuple(kept.log()), {"opinion.pdf": b"%PDF"}, kept.blobs)
    begun = time.perf_counter()
    bags = [
        prove(case, to=OUT / name, evidence=evidence, key=OUT / "proof-work" / "key") for name in ("proof", "proof.zip")
    ]
    print(f"prove: two bags of {count * megabytes} MB in {time.perf_counter() - begun:.1f} s")
    kept.close()
    return bags[0], bags[1]


def seconds_of_verify(bag: Path) -> float:
    begun = time.perf_counter()
    report = verify(bag)
    taken = time.perf_counter() - begun
    if report.failures:
        raise SystemExit(f"verify: {report.failures[0]}")
    return taken


def seconds_of_sha256sum(bag: Path) -> float:
    begun = time.perf_counter()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=bag, check=True)
    return time.perf_counter() - begun


def timed(folder: Path, packed: Path, rounds: int) -> tuple[float, float, float]:
    """Median seconds of verifying the folder and the zip, and of sha256sum, by turns."""
    ours, zipped, theirs = [], [], []
    for _ in range(rounds):
        ours.append(seconds_of_verify(folder))
        theirs.append(seconds_of_sha256sum(folder))
        zipped.append(seconds_of_verify(packed))
    return statistics.median(ours), statistics.median(zipped), statistics.median(theirs)


def main() -> None:
    """Build the bags and time the two by turns, so that both meet the same machine."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=128)
    options.add_argument("--megabytes", type=int, default=8, help="of each file")
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    folder, packed = build(asked.files, asked.megabytes)
    seconds_of_sha256sum(folder)  # both find the bytes in the page cache
    said = f"bag of {asked.files * asked.megabytes / 1024:.2f} GB, {asked.files} documents"
    ours, zipped, theirs = timed(folder, packed, asked.rounds)
    print(f"verify: {said}: {ours:.2f} s, sha256sum {theirs:.2f} s, ratio {theirs / ours:.2f} (want >= {WANT})")
    print(f"verify: the same as one zip: {zipped:.2f} s, ratio {theirs / zipped:.2f}")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ours, zipped, theirs = timed(folder, packed, asked.rounds)
    print(f"verify: both held to one processor: folder ratio {theirs / ours:.2f}, zip ratio {theirs / zipped:.2f}")
    for made in (folder, OUT / "proof-work"):
        shutil.rmtree(made)
    packed.unlink()


if __name__ == "__main__":
    main()
