from __future__ import annotations

import ctypes
import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from showcause.errors import BadInput, Unreadable
from showcause.intake import read
from showcause.runner import run

NAMES = ["workers", "serial"]


def act(item: str) -> str:
    """A step that behaves as the item says."""
    if item == "refuse":
        raise Unreadable("needs a password")
    if item == "bug":
        raise ValueError("odd")
    if item == "deep":
        return act(item)
    if item == "crash":
        ctypes.string_at(0)
    if item == "hang":
        time.sleep(60)
    if item == "eat":
        return str(len(bytearray(3 << 30)))
    if item == "leave":
        os._exit(3)
    if item == "print":
        os.write(1, b"noise")
    return item.upper()


def closure(item: str) -> object:
    return lambda: item


def killed_once(item: Path) -> str:
    """Kills its own process the first time, as an operator would."""
    if not item.exists():
        item.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def always_killed(item: str) -> str:
    if item == "x":
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def length(item: bytes) -> bytes:
    return item + b"!"


@pytest.mark.parametrize("engine", NAMES)
def test_outcomes_come_in_order_and_an_error_ends_nothing(engine):
    done = list(run(act, ["a", "refuse", "bug", "deep", "print", "z"], workers=2, engine=engine))
    assert [(o.value, o.reason) for o in done] == [
        ("A", None),
        (None, "needs a password"),
        (None, "the reader failed: ValueError: odd"),
        (None, "nested too deep"),
        ("PRINT", None),
        ("Z", None),
    ]
    assert [o.item for o in done] == ["a", "refuse", "bug", "deep", "print", "z"]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("crash", "the reader crashed (signal 11)"),
        ("hang", "timed out after 1 s"),
        ("eat", "used more than 1024 MB"),
        ("leave", "the reader ended itself (exit 3)"),
    ],
)
def test_a_hostile_item_takes_no_other_with_it(item, reason):
    done = list(run(act, ["a", item, "b", item, "c"], workers=2, seconds=1.0, megabytes=1024))
    assert [o.reason for o in done] == [None, reason, None, reason, None]
    assert [o.value for o in done if o.ok] == ["A", "B", "C"]


def test_an_item_whose_worker_was_killed_from_outside_gets_one_more_chance(tmp_path):
    done = list(run(killed_once, [tmp_path / "one", tmp_path / "two"], workers=2))
    assert [o.value for o in done] == ["done", "done"]


def test_an_item_that_is_killed_twice_is_named():
    done = list(run(always_killed, ["a", "x", "b"], workers=1))
    assert [o.reason for o in done] == [None, "the reader crashed (signal 9)", None]


def test_only_a_bounded_number_of_items_is_taken_ahead():
    taken = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield str(number)

    outcomes = run(act, items(), workers=2)
    assert next(outcomes).value == "0"
    assert len(taken) < 40
    outcomes.close()


def test_a_worker_does_many_items():
    pids = {o.value for o in run(process, range(50), workers=2)}
    assert 1 <= len(pids) <= 2


def process(item: int) -> int:
    del item
    return os.getpid()


def test_large_items_and_values_pass():
    blob = os.urandom(5 << 20)
    assert [o.value for o in run(length, [blob] * 3, workers=2)] == [blob + b"!"] * 3


def test_what_cannot_be_sent_back_is_a_reason():
    (outcome,) = run(closure, ["a"], workers=1)
    assert outcome.reason is not None
    assert "pickle" in outcome.reason


def test_no_worker_is_left_behind():
    outcomes = run(process, range(100), workers=2)
    pids = {next(outcomes).value, next(outcomes).value}
    outcomes.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_no_items_start_no_worker():
    assert list(run(act, [])) == []


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
    said = [list(run(partial(read, name="a"), blobs, workers=2, engine=name)) for name in NAMES]
    assert said[0] == said[1]
    assert [o.ok for o in said[0]] == [True, False, True, False, True, False]


def test_an_unknown_engine_is_refused():
    with pytest.raises(BadInput, match="no engine moon; there are workers, serial"):
        run(act, [], engine="moon")
