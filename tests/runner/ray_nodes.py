"""Ray nodes as processes of this machine: started, waited for, ended by the numbers of their processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Nodes:
    """The address of the head, and the process group of the second node."""

    address: str
    second: int


def start(log: Path, *options: str) -> int:
    """A node with one CPU that has started, in a process group of its own, whose number is given."""
    for _ in range(3):  # on a busy machine Ray gives up after half a minute of its own
        group = begin(log, *options)
        if wait_for(log):
            return group
        end(group)
    pytest.fail(f"a node of the cluster did not start: {log.read_text()[-500:]}")


def begin(log: Path, *options: str) -> int:
    """A node that is starting."""
    command = [str(Path(sys.executable).parent / "ray"), "start", "--block", "--node-ip-address=127.0.0.1"]
    small = ["--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats"]
    with log.open("wb") as out:
        return subprocess.Popen([*command, *small, *options], stdout=out, stderr=out, start_new_session=True).pid


def wait_for(log: Path) -> bool:
    """Whether a node says within a minute that it has started."""
    until = time.monotonic() + 60
    while "runtime started" not in (said := log.read_text()):
        if time.monotonic() > until or "Exception: " in said:
            return False
        time.sleep(0.1)
    return True


def end(group: int) -> None:
    """Kill a node with all that belongs to it."""
    for pid in members(group):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def members(group: int) -> list[int]:
    """The processes of a node: those of its group, and those that they started."""
    parents: dict[int, int] = {}
    found: set[int] = set()
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
    return sorted(found)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
