"""The same outcomes from a real Ray cluster of two nodes, also when a worker, the courier and a node are killed."""

from __future__ import annotations

import os
import signal
import socket
import time
from functools import partial
from pathlib import Path

import pytest
import runner_steps as steps
from ray_nodes import end, members
from test_engines import GOOD, HOSTILE, alive, written

from showcause.errors import BadInput, Unreadable
from showcause.runner import run

bounded = partial(run, seconds=1.0, megabytes=1024, output=8 << 20)


def test_a_cluster_gives_the_same_bytes_and_the_same_reasons_and_items_bring_theirs(nodes, tmp_path):
    paths = [tmp_path / str(number) for number in range(24)]
    for number, path in enumerate(paths):
        path.write_bytes(bytes([number]) * (300_000 if number % 2 else 10))
    carried = []

    def carry(item):
        carried.append(item)
        if item == paths[5]:
            raise Unreadable("gone meanwhile")
        return item.read_bytes() if isinstance(item, Path) else item

    items = [*GOOD, *HOSTILE, "ticks", "connect", *paths]
    outcomes = bounded(steps.either, items, engine=nodes.address, carry=carry)
    first = next(outcomes)
    assert len(carried) < len(items) / 2
    done = [first, *outcomes]
    assert carried == items
    texts, named, files = done[: len(GOOD)], done[len(GOOD) : -len(paths) - 2], done[-len(paths) :]
    assert written(texts) == written(run(steps.act, GOOD, engine="serial"))
    assert {o.item: o.reason for o in named} == HOSTILE
    assert done[-len(paths) - 2].value == "TICKS"
    assert [o.value for o in files] == [steps.digest(path if path == paths[5] else path.read_bytes()) for path in paths]


def test_a_worker_the_courier_and_a_node_are_killed_and_nothing_is_lost_or_left(nodes, tmp_path):
    outcomes = run(steps.marked, ((number, tmp_path) for number in range(10_000)), engine=nodes.address)
    done = []
    for outcome in outcomes:
        done.append(outcome)
        actors = {int(path.name) for path in tmp_path.iterdir()}
        if len(done) == 15:
            os.kill(actors.pop(), signal.SIGKILL)
        if len(done) == 40:
            os.kill(courier(), signal.SIGKILL)
        if len(done) == 80:
            assert actors & set(members(nodes.second)), "the second node had no part in it"
            end(nodes.second)
        if len(done) == 120:
            outcomes.close()
    assert [o.item[0] for o in done] == list(range(120))
    assert [o.value for o in done] == [steps.name(number) for number in range(120)]
    assert len(actors) >= 4, "no actor came after those that were killed"
    until = time.monotonic() + 10
    while any(map(alive, actors)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(alive, actors))


def courier() -> int:
    """The process that speaks with Ray for this one."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            parent = (path.parent / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"courier" in path.read_bytes():
                return int(path.parent.name)
        except OSError:
            continue
    raise AssertionError


@pytest.mark.parametrize("address", ["ray://", "ray://host/path", "ray://host:99999", "ray://no-such-host.invalid:1"])
def test_an_address_that_is_none_is_one_clear_line(address):
    pytest.importorskip("ray")
    with pytest.raises(BadInput, match=f"^{address}: "):
        list(run(steps.act, ["a"], engine=address))


def test_a_cluster_that_is_not_there_is_one_clear_line_at_once():
    pytest.importorskip("ray")
    begun = time.monotonic()
    with pytest.raises(BadInput, match=r"^ray://127\.0\.0\.1:1: no cluster answers there: Connection refused$"):
        list(run(steps.act, ["a"], engine="ray://127.0.0.1:1"))
    assert time.monotonic() - begun < 2


def test_something_else_that_listens_there_is_one_clear_line(monkeypatch):
    pytest.importorskip("ray")
    monkeypatch.setattr("showcause.runner.cluster._CONNECT", 4.0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(BadInput, match="does not answer as the head of a Ray cluster"):
            list(run(steps.act, ["a"], engine=f"ray://127.0.0.1:{other.getsockname()[1]}"))


def test_without_ray_the_extra_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(BadInput, match=r"pip install showcause\[ray\]"):
        list(run(steps.act, ["a"], engine="ray://127.0.0.1:1"))
