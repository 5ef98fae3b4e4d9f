from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.ask.calendars import holidays
from showcause.ask.clock import compute
from showcause.ask.days import as_day, as_number, next_day
from showcause.ask.deadline import owed, promised, rule_of
from showcause.ask.rulebook import Clock, Rule, Trigger, rules
from showcause.core import Claim, Letter, Request, Stance


@pytest.mark.parametrize(
    ("words", "days", "clock", "trigger"),
    [
        ("within thirty days of receipt of this letter", 30, Clock.CALENDAR, Trigger.RECEIPT),
        ("within thirty (30) calendar days after you receive this letter", 30, Clock.CALENDAR, Trigger.RECEIPT),
        ("within ten business days of the date of this letter", 10, Clock.BUSINESS, Trigger.DATE),
        ("two weeks from the date of this letter", 14, Clock.CALENDAR, Trigger.DATE),
        ("within 20 days after service", 20, Clock.CALENDAR, Trigger.SERVICE),
    ],
)
def test_the_words_of_a_letter_are_a_rule(words, days, clock, trigger):
    rule = rule_of(words)
    assert rule is not None
    assert (rule.days, rule.clock, rule.trigger) == (days, clock, trigger)


@pytest.mark.parametrize("words", ["by March 5, 2031", "soon", ""])
def test_words_without_a_count_are_no_rule(words):
    assert rule_of(words) is None


@pytest.mark.parametrize(
    ("rule", "trigger", "mailed", "due"),
    [
        ("frcp-34", date(2026, 10, 1), False, date(2026, 11, 2)),  # the 31st is a Saturday
        ("frcp-34", date(2026, 11, 25), False, date(2026, 12, 28)),  # Christmas Day is a Friday, a weekend follows
        ("frcp-34", date(2026, 11, 27), True, date(2026, 12, 31)),  # rolled to Monday, then three days for mail
        ("frcp-45-objection", date(2027, 6, 21), False, date(2027, 7, 6)),  # July 5 keeps the Fourth, a Sunday
        ("foia", date(2026, 11, 20), False, date(2026, 12, 21)),  # Thanksgiving is not counted
    ],
)
def test_a_rule_is_computed_on_the_calendar(rule, trigger, mailed, due):
    assert compute(rules()[rule], trigger, mailed=mailed).due == due


def test_the_working_names_the_rule_of_each_step():
    steps = compute(rules()["frcp-34"], date(2026, 11, 27), mailed=True).steps
    text = "\n".join(steps)
    for said in ("34(b)(2)(A)", "6(a)(1)(A)", "6(a)(1)(B)", "a Sunday", "6(a)(1)(C)", "6(d)", "December 31, 2026"):
        assert said in text


def test_a_letter_that_ends_on_a_sunday_is_not_moved_but_warned_of():
    rule = rule_of("within 3 days of the date of this letter")
    assert rule is not None
    computed = compute(rule, date(2026, 11, 26))
    assert computed.due == date(2026, 11, 29)
    assert "Sunday" in computed.steps[-1]


def test_months_end_on_the_last_day_of_a_shorter_month():
    assert compute(Rule(0, Clock.CALENDAR, Trigger.DATE, "test", months=1), date(2031, 1, 31)).due == date(2031, 2, 28)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 7, 3), "Independence Day (observed)"),
        (date(2026, 11, 26), "Thanksgiving Day"),
        (date(2027, 1, 18), "Martin Luther King Jr. Day"),
        (date(2027, 5, 31), "Memorial Day"),
        (date(2027, 12, 31), "New Year's Day (observed)"),
        (date(2028, 6, 19), "Juneteenth National Independence Day"),
    ],
)
def test_holidays_follow_the_statute(day, name):
    assert holidays(day.year)[day] == name


def test_there_was_no_juneteenth_before_its_statute():
    assert date(2019, 6, 19) not in holidays(2019)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("March 3, 2031", date(2031, 3, 3)),
        ("3 March 2031", date(2031, 3, 3)),
        ("the 3rd day of March, 2031", date(2031, 3, 3)),
        ("Monday, Sept. 1st, 2031", date(2031, 9, 1)),
        ("03/04/2031", date(2031, 3, 4)),
        ("2031-03-04", date(2031, 3, 4)),
        ("February 30, 2031", None),
        ("no day", None),
    ],
)
def test_dates_as_letters_write_them(words, day):
    assert as_day(words) == day


def test_a_date_without_a_year_is_the_next_such_day():
    assert next_day("by Friday, January 8", date(2026, 12, 1)) == date(2027, 1, 8)


@pytest.mark.parametrize(
    ("words", "n"), [("30", 30), ("thirty (30)", 30), ("forty-five", 45), ("ten", 10), ("many", None)]
)
def test_numbers_in_words(words, n):
    assert as_number(words) == n


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 120), st.booleans())
def test_under_rule_6_nothing_is_due_on_a_day_off_or_early(trigger, days, mailed):
    due = compute(Rule(days, Clock.FRCP, Trigger.SERVICE, "test"), trigger, mailed=mailed).due
    assert due >= trigger + timedelta(days=days)
    assert due.weekday() < 5
    assert due not in holidays(due.year)


def letter(**fields):
    given_ = {
        "sender": "A. Writer",
        "sender_office": "Bureau of Piers",
        "addressees": (),
        "date": date(2026, 11, 23),
        "due": None,
        "due_rule": None,
        "authority": (),
        "requests": (Request("1", "the pier log", None, 0, 12),),
        "questions": ("Why?",),
        "consequences": (),
        "signer": None,
        "contact": None,
    }
    return Letter(**{**given_, **fields})


@pytest.mark.parametrize(
    ("fields", "received", "due"),
    [
        ({"due": date(2027, 1, 4), "due_rule": "by January 4, 2027"}, None, date(2027, 1, 4)),
        ({"due_rule": "within ten days of the date of this letter"}, None, date(2026, 12, 3)),
        ({"due_rule": "within ten days of receipt"}, date(2026, 11, 30), date(2026, 12, 10)),
        ({"due_rule": "within ten days of receipt"}, None, None),
        ({}, date(2026, 11, 30), None),
    ],
)
def test_the_letter_each_request_and_each_question_are_owed_alike(fields, received, due):
    whole, request, question = owed(letter(**fields), received=received)
    assert whole.what == "Answer to the letter of November 23, 2026"
    assert request.what == "Request 1: the pier log"
    assert question.what == "Question 1: Why?"
    assert {d.due for d in (whole, request, question)} == {due}
    assert {d.to for d in (whole, request, question)} == {"Bureau of Piers"}


@pytest.mark.parametrize(
    ("fields", "rule", "working"),
    [
        ({"due": date(2027, 1, 4), "due_rule": "by\nJanuary 4, 2027"}, "by January 4, 2027", ""),
        ({"due_rule": "within ten days of receipt"}, "within ten days of receipt", "receipt is not on record"),
        (
            {"due_rule": "within ten days of the date of this letter"},
            "within ten days of the date of this letter",
            "Counting 10 calendar days from the day after, the last is Thursday, December 3, 2026.",
        ),
    ],
)
def test_the_rule_is_the_words_and_the_working_stands_beside_it(fields, rule, working):
    for one in owed(letter(**fields), received=None):
        assert one.rule == rule
        assert working in " ".join(one.working)
        assert bool(one.working) == bool(working)


def test_only_promises_to_produce_are_owed():
    def claim(stance, day):
        return Claim("Mayor Roe", "the city will send the logs", stance, None, day, 0, 27)

    found = promised(
        [claim(Stance.WILL_PRODUCE, date(2027, 2, 1)), claim(Stance.COMPLIES, None), claim(Stance.WILL_PRODUCE, None)]
    )
    words = "the city will send the logs"
    assert [(d.what, d.due, d.rule) for d in found] == [
        (f"Promise of Mayor Roe: {words}", date(2027, 2, 1), words),
        (f"Promise of Mayor Roe: {words}", None, words),
    ]
