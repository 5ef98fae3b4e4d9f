"""Values one after the other from a process of its own, under the limits of `run` and with its words."""

from __future__ import annotations

import os
import time
from itertools import islice
from pathlib import Path

import pytest
import runner_steps as steps
from test_engines import alive

from showcause.errors import BadInput, Unreadable
from showcause.runner import stream


def test_values_come_in_order():
    assert list(stream(steps.count, 1000)) == list(range(1000))


def test_no_value_is_no_error():
    assert list(stream(steps.count, 0)) == []


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("refuse", "needs a password"),
        ("bug", "the reader failed: ValueError: odd words of another"),
        ("panic", "the reader failed: Panic: index out of bounds"),
        ("deep", "nested too deep"),
        ("crash", r"the reader crashed \(signal 11\)"),
        ("hang", "timed out after 1 s"),
        ("spin", "timed out after 1 s"),
        ("eat", "used more than 1024 MB"),
        ("leave", r"the reader ended itself \(exit 3\)"),
        ("lambda", "gave what pickle can't send back: function"),
    ],
)
def test_what_was_given_before_an_end_is_kept_and_the_end_has_its_reason(item, reason):
    values = stream(steps.values, ["a", item, "b"], seconds=1.0, megabytes=1024)
    assert next(values) == "A"
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        next(values)
    assert list(values) == []


def test_a_generator_that_never_begins_says_why():
    with pytest.raises(Unreadable, match=r"^letter is no paper$"):
        list(stream(steps.unwilling, "letter"))


def test_ticks_count_the_time_anew():
    assert list(stream(steps.values, ["ticks", "a", "ticks"], seconds=1.0)) == ["TICKS", "A", "TICKS"]


def test_a_slow_taker_is_no_fault_of_the_step():
    values = stream(steps.count, 20, seconds=0.3)
    taken = []
    for value in values:
        taken.append(value)
        time.sleep(0.5 if value in {0, 3} else 0)
    assert taken == list(range(20))


def test_only_a_few_values_are_made_ahead(tmp_path: Path):
    made = tmp_path / "made"
    values = stream(steps.counted, made)
    assert list(islice(values, 3)) == [0, 1, 2]
    time.sleep(0.5)
    assert 3 <= made.stat().st_size <= 10
    values.close()


def test_closing_early_ends_the_process():
    values = stream(steps.pids, 100)
    pid = next(values)
    assert pid != os.getpid()
    assert alive(pid)
    values.close()
    assert not alive(pid)


def test_a_step_that_no_worker_can_find_is_refused():
    with pytest.raises(BadInput, match="a worker can't run the step"):
        next(stream(steps.Lost(), 1))
