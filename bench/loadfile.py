"""A Concordance DAT of 100,000 documents written and read back: how fast against the csv module, and in how much memory.

The peer writes and reads the same values as CSV with every value quoted; it knows no substitutions and no faults.
"""

from __future__ import annotations

import csv
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from showcause.produce.loadfile import Record, Row, dat, read_dat

OUT = Path(__file__).parent / "out" / "loadfile"
FIELDS = tuple(f"FIELD{n:02d}" for n in range(24))
VALUES = (
    "Re: the budget; second draft",
    "a@city.example;b@city.example",
    "2030-01-02",
    "",
    "þ and ®",
    "line\r\nline",
) * 4
DOCUMENTS = 100_000
FLAT = 1.5


def rows(count: int) -> Iterator[Row]:
    """As many documents."""
    return (Row(f"ABC-{n:07d}", VALUES) for n in range(count))


def ours(place: Path, count: int) -> None:
    """Write and read as a production does."""
    with place.open("wb") as out:
        out.writelines(one.line for one in dat(FIELDS, rows(count)))
    with place.open("rb") as stream:
        read = sum(isinstance(one, Record) for one in read_dat(stream, name=place.name).records)
    if read != count:
        raise SystemExit(f"loadfile: {read} of {count} rows were read back")


def theirs(place: Path, count: int) -> None:
    """Write and read by the csv module."""
    with place.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(row.values for row in rows(count))
    with place.open(encoding="utf-8", newline="") as stream:
        sum(1 for _ in csv.reader(stream))


def peak(place: Path, count: int) -> int:
    """The most bytes that Python held meanwhile."""
    tracemalloc.start()
    ours(place, count)
    top = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return top


def main() -> float:
    """Print two lines; how many times the memory grows from 1,000 documents to 20,000."""
    OUT.mkdir(parents=True, exist_ok=True)
    times = []
    for work in (theirs, ours):
        begun = time.perf_counter()
        work(OUT / "load.dat", DOCUMENTS)
        times.append(time.perf_counter() - begun)
    print(f"loadfile: {DOCUMENTS / times[1]:,.0f} documents/s written and read, ratio to csv {times[0] / times[1]:.2f}")
    grown = peak(OUT / "load.dat", 20_000) / peak(OUT / "load.dat", 1_000)
    print(f"loadfile: memory of 20,000 documents {grown:.2f} times that of 1,000 (want <= {FLAT})")
    return grown


if __name__ == "__main__":
    main()
