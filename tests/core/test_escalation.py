"""Where a demand stands is a function of what happened to it, whatever the order in which it is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.core import Happened, Side, Stage, Turn, standing
from showcause.core.escalation import MOVES, OPEN

BEGUN = date(2031, 3, 3)
WORDS = {
    "demand": (Turn.DEMAND, Side.ASKING, False),
    "ack": (Turn.ACKNOWLEDGED, Side.ANSWERING, False),
    "they ack": (Turn.ACKNOWLEDGED, Side.ASKING, False),
    "ask time": (Turn.TIME_ASKED, Side.ANSWERING, False),
    "time": (Turn.EXTENDED, Side.ASKING, False),
    "no time": (Turn.TIME_REFUSED, Side.ASKING, False),
    "part": (Turn.REPLY, Side.ANSWERING, True),
    "reply": (Turn.REPLY, Side.ANSWERING, False),
    "some papers": (Turn.PRODUCED, Side.ANSWERING, True),
    "papers": (Turn.PRODUCED, Side.ANSWERING, False),
    "object in part": (Turn.OBJECTED, Side.ANSWERING, True),
    "object": (Turn.OBJECTED, Side.ANSWERING, False),
    "refuse": (Turn.REFUSED, Side.ANSWERING, False),
    "again": (Turn.FOLLOWED, Side.ASKING, False),
    "subpoena": (Turn.SUBPOENA, Side.ASKING, False),
    "withdraw": (Turn.WITHDRAWN, Side.ASKING, False),
    "withdraw one letter": (Turn.WITHDRAWN, Side.ASKING, True),
    "close": (Turn.CLOSED, Side.ASKING, False),
    "we are done": (Turn.CLOSED, Side.ANSWERING, False),
    "stop": (Turn.PAUSED, Side.ANSWERING, False),
}


def told(*words: str) -> list[Happened]:
    """The events of these words, a week apart."""
    return [
        Happened(WORDS[w][0], BEGUN + n * timedelta(days=7), WORDS[w][1], part=WORDS[w][2]) for n, w in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("words", "stage", "week", "waits"),
    [
        ("demand", Stage.SENT, 0, Side.ANSWERING),
        ("demand, ack", Stage.ACKNOWLEDGED, 1, Side.ANSWERING),
        ("demand, ack, ask time", Stage.ACKNOWLEDGED, 1, Side.ANSWERING),
        ("demand, ack, ask time, time", Stage.EXTENDED, 3, Side.ANSWERING),
        ("demand, time, ack", Stage.EXTENDED, 1, Side.ANSWERING),
        ("demand, ask time, no time", Stage.SENT, 0, Side.ANSWERING),
        ("demand, stop", Stage.SENT, 0, Side.ANSWERING),
        ("demand, ack, part", Stage.PART, 2, Side.ANSWERING),
        ("demand, part, time", Stage.PART, 1, Side.ANSWERING),
        ("demand, part, some papers", Stage.PART, 1, Side.ANSWERING),
        ("demand, part, reply", Stage.ANSWERED, 2, Side.ASKING),
        ("demand, reply, papers", Stage.PRODUCED, 2, Side.ASKING),
        ("demand, reply, they ack", Stage.ANSWERED, 1, Side.ASKING),
        ("demand, object", Stage.REFUSED, 1, Side.ASKING),
        ("demand, object in part", Stage.PART, 1, Side.ANSWERING),
        ("demand, refuse, part", Stage.PART, 2, Side.ANSWERING),
        ("demand, reply, again", Stage.FOLLOWED, 2, Side.ANSWERING),
        ("demand, again, ack", Stage.ACKNOWLEDGED, 2, Side.ANSWERING),
        ("demand, again, part, subpoena", Stage.ESCALATED, 3, Side.ANSWERING),
        ("demand, subpoena, ack, time, part", Stage.ESCALATED, 1, Side.ANSWERING),
        ("demand, subpoena, again", Stage.ESCALATED, 1, Side.ANSWERING),
        ("demand, subpoena, papers", Stage.PRODUCED, 2, Side.ASKING),
        ("subpoena", Stage.ESCALATED, 0, Side.ANSWERING),
        ("demand, papers, close", Stage.CLOSED, 2, None),
        ("demand, we are done", Stage.ANSWERED, 1, Side.ASKING),
        ("demand, close, again", Stage.FOLLOWED, 2, Side.ANSWERING),
        ("demand, close, demand", Stage.FOLLOWED, 2, Side.ANSWERING),
        ("demand, withdraw", Stage.WITHDRAWN, 1, None),
        ("demand, withdraw one letter", Stage.SENT, 0, Side.ANSWERING),
    ],
)
def test_a_demand_stands_where_its_history_left_it(words, stage, week, waits):
    found = standing(told(*words.split(", ")), today=BEGUN + timedelta(days=90))
    assert (found.stage, (found.since - BEGUN).days // 7, found.waits_for) == (stage, week, waits)


def test_the_day_due_is_the_last_that_was_set_and_ends_with_the_answer():
    due, later = date(2031, 4, 1), date(2031, 4, 15)
    history = [
        Happened(Turn.DEMAND, BEGUN, Side.ASKING, until=due),
        Happened(Turn.TIME_ASKED, date(2031, 3, 20), Side.ANSWERING, until=date(2031, 5, 1)),
        Happened(Turn.EXTENDED, date(2031, 3, 25), Side.ASKING, until=later),
        Happened(Turn.REPLY, date(2031, 4, 20), Side.ANSWERING),
    ]
    days = [date(2031, 3, 10), date(2031, 3, 22), date(2031, 4, 10), date(2031, 4, 18), date(2031, 4, 21)]
    seen = [standing(history, today=day) for day in days]
    assert [one.due for one in seen] == [due, due, later, later, None]
    assert [one.days_left for one in seen] == [22, 10, 5, -3, None]
    assert [one.overdue for one in seen] == [False, False, False, True, False]


def test_a_day_that_was_counted_stands_in_place_of_those_set():
    history = told("demand", "again")
    assert standing(history, today=BEGUN, due=date(2031, 3, 13)).days_left == 10


def test_nothing_is_no_demand():
    with pytest.raises(ValueError, match="no demand"):
        standing([], today=BEGUN)
    with pytest.raises(ValueError, match="no demand"):
        standing(told("demand"), today=BEGUN - timedelta(days=1))


@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing_and_only_moves_of_the_table_are_made(words, chance):
    history = told("demand", *words)
    today = BEGUN + timedelta(days=7 * len(words))
    mixed = list(history)
    chance.shuffle(mixed)
    found = standing(mixed, today=today)
    assert found == standing(history, today=today)
    assert found.since in {one.on for one in history}
    assert found.stage in {Stage.SENT} | {to for _, to in MOVES.values()}
    assert (found.waits_for is Side.ANSWERING) == (found.stage in OPEN)


@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=12), st.integers(0, 12))
def test_what_is_to_come_does_not_change_where_it_stood(words, weeks):
    history = told("demand", *words)
    then = BEGUN + timedelta(days=7 * weeks)
    assert standing(history, today=then) == standing([h for h in history if h.on <= then], today=then)
