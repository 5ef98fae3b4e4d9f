"""A Ray cluster of two nodes with one CPU each, on loopback, for as long as one module's tests run."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

MISSING = "ray is not installed: NOTHING below was tried on a cluster"


@dataclass
class Nodes:
    """The address of the head, and the process group of the second node."""

    address: str
    second: int


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    """Two nodes; skips, loudly, where Ray is not installed."""
    try:
        import ray
    except ImportError:
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip(MISSING)
    del ray
    with tempfile.TemporaryDirectory(prefix="ray", ignore_cleanup_errors=True) as folder, pytest.MonkeyPatch.context() as patch:
        token = Path(folder) / "token"
        token.write_text(secrets.token_hex(32))
        token.chmod(0o600)
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN_PATH", str(token))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        port = free_port()
        groups: list[int] = []
        try:
            first, second = Path(folder) / "first.log", Path(folder) / "second.log"
            head = ("--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}/r")
            groups.append(start(first, *head))
            wait_for(first)
            groups.append(start(second, f"--address=127.0.0.1:{port}"))
            wait_for(second)
            yield Nodes(f"ray://127.0.0.1:{port}", groups[1])
        finally:
            for group in reversed(groups):
                end(group)


def start(log: Path, *options: str) -> int:
    """A node with one CPU, in a process group of its own, whose number is given."""
    command = [str(Path(sys.executable).parent / "ray"), "start", "--block", "--node-ip-address=127.0.0.1"]
    small = ["--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats"]
    with log.open("wb") as out:
        return subprocess.Popen([*command, *small, *options], stdout=out, stderr=out, start_new_session=True).pid


def end(group: int) -> None:
    """Kill a node with all that belongs to it."""
    for pid in members(group):
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


def wait_for(log: Path) -> None:
    """Until a node says that it has started."""
    until = time.monotonic() + 60
    while "runtime started" not in log.read_text():
        if time.monotonic() > until:
            pytest.fail(f"a node of the cluster did not start: {log.read_text()[-500:]}")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
