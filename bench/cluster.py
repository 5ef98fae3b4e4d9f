"""Two Ray nodes with one core each against one: items done a second, as a ratio, and where the rest goes.

The nodes run on this machine, each pinned to a core of its own, so two cores are needed. The baseline is one node on
one core with its driver pinned to that core too; the pair has its driver on the first node's core, so nobody is given
a core that the other lacks. The first figure is of pages recognised (`intake.ocr.page_of`), their images sent along;
the second of the whole read path (`gather.take`) on text PDFs made by `pages`.
"""

from __future__ import annotations

import importlib
import os
import pickle
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import pages

from showcause.gather.task import Task, take
from showcause.intake import Limits, page_image
from showcause.intake.ocr import page_of
from showcause.runner import run

WANTED = 1.7
TURNS = 3
ITEMS = 16  # pages recognised in a turn
COPIES = 6  # times that the text PDFs are read in one turn, so that a turn takes some seconds
RAY = str(Path(sys.executable).parent / "ray")
SMALL = ("--num-cpus=1", "--object-store-memory=200000000", "--disable-usage-stats", "--node-ip-address=127.0.0.1")


@dataclass(frozen=True)
class Turn:
    """One turn: seconds from the first value to the last, values, and the processor seconds of the step and driver.

    `step` is what the step itself used on the workers, `driver` what this process used, `pickled` what writing and
    reading the items and values costs once each.
    """

    seconds: float
    values: int
    step: float
    driver: float
    pickled: float

    @property
    def rate(self) -> float:
        """Values a second."""
        return self.values / self.seconds


def timed(item: Any, *, step: Callable[[Any], Any]) -> tuple[float, Any]:
    """The processor seconds that a step uses, and its value."""
    begun = time.process_time()
    value = step(item)
    return time.process_time() - begun, value


def images() -> list[bytes]:
    """Pages of the text PDFs as PNG files, at 150 dots an inch, since a smaller page is as good here as a larger."""
    return [page_image(blob, page=number, dpi=150) for blob in pages.files()[: ITEMS // 4] for number in (2, 3, 4, 5)]


def text(blob: bytes, *, number: int) -> Task:
    """A text PDF as the gathering hands it to a worker."""
    name = f"manual-{number}.pdf"
    return Task(name, name, len(blob), f"{number:064x}", blob)


@contextmanager
def cluster(cores: Sequence[int]) -> Iterator[str]:
    """The address of a cluster with a node on each of `cores`, while it is needed."""
    begun: list[int] = []
    with tempfile.TemporaryDirectory(prefix="ray", ignore_cleanup_errors=True) as folder:
        token = Path(folder) / "token"
        token.write_text(secrets.token_hex(32))
        token.chmod(0o600)
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token), "RAY_USAGE_STATS_ENABLED": "0"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        head = ("--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}/r")
        try:
            for core in cores:
                begun.append(
                    node(core, Path(folder) / f"{core}.log", *(head if not begun else (f"--address=127.0.0.1:{port}",)))
                )
            yield f"ray://127.0.0.1:{port}"
        finally:
            for group in reversed(begun):
                end(group)


def node(core: int, log: Path, *options: str) -> int:
    """A node pinned to a core; its process group, once it has started."""
    command = ["taskset", "-c", str(core), RAY, "start", "--block", *SMALL, *options]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}  # the steps of this file are found there
    for _ in range(3):  # on a busy machine Ray gives up after half a minute of its own
        with log.open("wb") as out:
            group = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, env=here).pid
        until = time.monotonic() + 60
        while time.monotonic() < until and "Exception: " not in (said := log.read_text()):
            if "runtime started" in said:
                return group
            time.sleep(0.2)
        end(group)
    raise SystemExit(f"a node did not start: {log.read_text()[-400:]}")


def end(group: int) -> None:
    """End a node: the processes of its group, and those that they started."""
    parents, found = {}, {group}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, parent, own, *_ = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(parent)
        if int(own) == group:
            found.add(int(path.parent.name))
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    for pid in found:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def turn(step: Callable[[Any], Any], items: Sequence[Any], address: str) -> Turn:
    """One turn over the items, from the first value on: what it takes until a cluster is joined is not counted."""
    outcomes = run(partial(timed, step=step), items, engine=address, megabytes=4096)
    first = next(outcomes)
    begun, driver = time.perf_counter(), time.process_time()
    done = list(outcomes)
    seconds, driver = time.perf_counter() - begun, time.process_time() - driver
    if bad := [o.reason for o in (first, *done) if not o.ok]:
        raise SystemExit(f"{len(bad)} items were not done: {bad[0]}")
    used = [o.value[0] for o in done if o.value]
    return Turn(seconds, len(done), sum(used), driver, pickling([(o.item, o.value) for o in done]))


def pickling(things: Sequence[tuple[Any, Any]]) -> float:
    """Processor seconds to write and read each of the items and values once."""
    begun = time.process_time()
    for pair in things:
        for thing in pair:
            pickle.loads(pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL))  # noqa: S301 - made here
    return time.process_time() - begun


def measured(step: Callable[[Any], Any], items: Sequence[Any], label: str) -> float:
    """Print one line of rates and one of where the time goes; the ratio of two nodes to one, in the median."""
    turns = {}
    for cores in ((0,), (0, 1)):
        with cluster(cores) as address:
            turns[len(cores)] = [turn(step, items, address) for _ in range(TURNS)]
    one, two = (sorted(turns[number], key=lambda t: t.rate)[TURNS // 2] for number in (1, 2))
    ratio = statistics.median(t.rate for t in turns[2]) / statistics.median(t.rate for t in turns[1])
    print(f"cluster, {label}: two nodes {two.rate:.1f}/s, one {one.rate:.1f}/s, ratio {ratio:.2f}", flush=True)
    for number, said in ((1, one), (2, two)):
        rest = number * said.seconds - said.step - said.driver
        print(
            f"  of {number * said.seconds:.1f} core seconds on {number}: step {said.step:.1f}, driver {said.driver:.1f} "
            f"(of it reading values), Ray's transport and waiting {rest:.1f}; pickling once each way {said.pickled:.1f}",
            flush=True,
        )
    return ratio


def main(step: Callable[[Any], Any] = page_of, items: Sequence[Any] | None = None, label: str = "OCR pages") -> float:
    """Print the figures of the pages and of the text PDFs; the ratio of the pages."""
    cores = os.sched_getaffinity(0)
    if len(cores) < 2:
        print("cluster: two cores are needed, nothing was measured")
        return 0.0
    os.sched_setaffinity(0, {0})
    try:
        ratio = measured(step, items or images(), label)
        print(f"cluster: ratio {ratio:.2f} (want >= {WANTED})")
        blobs = pages.files() * COPIES
        texts = [text(blob, number=number) for number, blob in enumerate(blobs)]
        measured(partial(take, limits=Limits()), texts, "text PDFs")
    finally:
        os.sched_setaffinity(0, cores)
    return ratio


if __name__ == "__main__":
    importlib.import_module("cluster").main()  # by its name, under which the nodes find its steps
