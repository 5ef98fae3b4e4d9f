"""Outcomes of every engine, in order; what a hostile item can't do to the others."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import runner_steps as steps

from showcause import runner
from showcause.errors import BadInput
from showcause.intake import read
from showcause.runner import Outcome, run

HERE = ["workers", "serial"]
HOSTILE = {
    "crash": "the reader crashed (signal 11)",
    "abort": "the reader crashed (signal 6)",
    "hang": "timed out after 1 s",
    "spin": "timed out after 1 s",
    "still": "timed out after 1 s",
    "eat": "used more than 1024 MB",
    "leave": "the reader ended itself (exit 3)",
    "huge": "gave more than 8 MB",
    "lambda": "gave what pickle can't send back: function",
    "nest": "nested too deep",
    "fill": "the reader failed: OSError: [Errno 27] File too large",
}
SEALED = ("connect", "execute", "fork", "signal")
GOOD = {
    "a": ("A", None),
    "refuse": (None, "needs a password"),
    "bug": (None, "the reader failed: ValueError: odd words of another"),
    "long": (None, f"the reader failed: ValueError: {'x' * 400}"),
    "panic": (None, "the reader failed: Panic: index out of bounds"),
    "exit": (None, "the reader failed: SystemExit: 3"),
    "deep": (None, "nested too deep"),
    "print": ("PRINT", None),
    "number": ({"number": 1.5, "none": None, "pair": (1, "ü")}, None),
    "z": ("Z", None),
}
bounded = partial(run, seconds=1.0, megabytes=1024, output=8 << 20)


def test_the_door_hands_on_what_it_names():
    assert set(runner.__all__) == {"ENGINES", "Bounds", "Outcome", "run", "stream", "tick"}
    assert all(hasattr(runner, name) for name in runner.__all__)


@pytest.mark.parametrize("engine", HERE)
def test_outcomes_come_in_order_and_an_error_ends_nothing(engine):
    done = list(run(steps.act, GOOD, workers=2, engine=engine))
    assert done == [Outcome(item, *said) for item, said in GOOD.items()]


def test_the_engines_give_the_same_bytes():
    here, there = (written(run(steps.act, GOOD, workers=2, engine=engine)) for engine in HERE)
    assert here == there


def written(outcomes):
    """Each outcome's bytes; the value once there and back, so that it does not matter which equal objects are one."""
    return [(o.item, pickle.dumps(pickle.loads(pickle.dumps(o.value))), o.reason) for o in outcomes]  # noqa: S301 - our own


def test_a_hostile_item_takes_no_other_with_it():
    items = [name for hostile in HOSTILE for name in ("a", hostile)]
    done = list(bounded(steps.act, items, workers=2))
    assert {o.item: o.reason for o in done if not o.ok} == HOSTILE
    assert [o.value for o in done if o.ok] == ["A"] * len(HOSTILE)


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
def test_a_worker_reaches_no_network_no_program_and_no_other_process():
    done = list(run(steps.act, SEALED, workers=1))
    assert {o.reason for o in done} == {"the reader failed: PermissionError: [Errno 1] Operation not permitted"}


def test_ticks_count_the_time_anew():
    begun = time.monotonic()
    assert [o.value for o in bounded(steps.act, ["ticks"])] == ["TICKS"]
    assert time.monotonic() - begun > 1.4


def test_threads_may_tick_all_at_once():
    assert [o.value for o in run(steps.threads, [8, 8], workers=1, seconds=30.0)] == [8, 8]


@pytest.mark.parametrize("engine", HERE)
def test_a_tick_where_nobody_counts_does_nothing(engine):
    runner.tick()
    assert [o.value for o in run(steps.threads, [1], engine=engine)] == [1]


def test_what_a_worker_writes_is_private_and_goes_with_it():
    outcomes = run(steps.scratch, ["a", "b"], workers=1)
    folder, mode = next(outcomes).value
    assert mode == 0o600
    assert Path(folder).is_dir()
    outcomes.close()
    assert not Path(folder).parent.exists()


def test_the_folder_of_a_run_that_was_killed_goes_when_another_starts(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stale, fresh = tmp_path / "showcause-run-stale", tmp_path / "showcause-run-fresh"
    for folder in (stale, fresh):
        folder.mkdir()
        (folder / "held").touch()
    os.utime(stale, (0, 0))
    assert [o.ok for o in run(steps.act, ["a"])] == [True]
    assert list(tmp_path.iterdir()) == [fresh]


def test_an_item_whose_worker_was_killed_from_outside_gets_one_more_chance(tmp_path):
    done = list(run(steps.killed_once, [tmp_path / "one", tmp_path / "two"], workers=2))
    assert [o.value for o in done] == ["done", "done"]


def test_an_item_that_is_killed_twice_is_named():
    done = list(run(steps.always_killed, ["a", "x", "b"], workers=1))
    assert [o.reason for o in done] == [None, "the reader crashed (signal 9)", None]


def test_only_a_bounded_number_of_items_is_taken_ahead():
    taken = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield "hang" if number == 3 else str(number)

    outcomes = run(steps.act, items(), workers=2)
    assert next(outcomes).value == "0"
    assert len(taken) < 40
    outcomes.close()


def test_finished_values_that_wait_are_bounded_in_bytes(monkeypatch):
    monkeypatch.setattr("showcause.runner.engines._WAITING", 4 << 20)
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield bytes(1 << 20) if number else b""

    outcomes = run(steps.slow_if_empty, items(), workers=2)
    assert next(outcomes).ok
    assert len(taken) < 12
    outcomes.close()


def test_a_worker_does_many_items_also_for_a_parent_that_holds_much():
    held = bytearray(os.urandom(1 << 20) * 300)
    pids = {o.value for o in run(steps.process, range(50), workers=2, megabytes=512)}
    assert 1 <= len(pids) <= 2
    del held


def test_large_items_and_values_pass():
    blob = os.urandom(20 << 20)
    assert [o.value for o in run(steps.echo, [blob] * 3, workers=2)] == [blob + b"!"] * 3


def test_an_item_that_no_worker_could_hold_is_named():
    done = list(run(steps.echo, [bytes(300 << 20), b""], workers=1, megabytes=256))
    assert [(o.value, o.reason) for o in done] == [(None, "used more than 256 MB"), (b"!", None)]


def test_an_item_that_cannot_be_sent_is_named():
    done = list(run(steps.act, [lambda: 1, "a"], workers=1))
    assert [o.value for o in done] == [None, "A"]
    assert "pickle" in str(done[0].reason)


def test_a_step_that_no_worker_can_find_is_refused():
    with pytest.raises(BadInput, match="a worker can't run the step"):
        list(run(steps.Lost(), ["a"]))


def test_no_worker_is_left_behind():
    outcomes = run(steps.process, range(100), workers=2)
    pids = {next(outcomes).value, next(outcomes).value}
    outcomes.close()
    assert not any(map(alive, pids))


PARENT = """
import sys
from pathlib import Path
import runner_steps
from showcause.runner import run
list(run(runner_steps.left, [Path(sys.argv[1])] * 2, workers=2))
"""


def test_no_worker_outlives_a_parent_that_is_killed(tmp_path):
    path = os.pathsep.join(sys.path)
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], env={**os.environ, "PYTHONPATH": path})
    until = time.monotonic() + 20
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    pids = [int(path.name) for path in tmp_path.iterdir()]
    assert len(pids) == 2
    assert all(map(alive, pids))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    time.sleep(1)
    assert not any(map(alive, pids))


def alive(pid: int) -> bool:
    """Whether a process runs; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_no_items_start_no_worker():
    assert list(run(steps.act, [])) == []


def test_a_step_may_carry_settings():
    assert [o.value for o in run(partial(max, "m"), ["a", "z"], workers=1)] == ["m", "z"]


def test_readers_say_the_same_on_every_engine():
    blobs = [
        b"Words.",
        b"",
        b"<html><p>Words.",
        b"%PDF-1.4",
        b"From: a@a.example\nMessage-ID: <1>\n\nWords.",
        bytes(99),
    ]
    said = [list(run(partial(read, name="a"), blobs, workers=2, engine=name)) for name in HERE]
    assert said[0] == said[1]
    assert [o.ok for o in said[0]] == [True, False, True, False, True, False]


@pytest.mark.parametrize("engine", ["moon", "ray", "", "worker"])
def test_an_unknown_engine_is_refused(engine):
    with pytest.raises(BadInput, match="there are workers, serial, ray://"):
        run(steps.act, [], engine=engine)
