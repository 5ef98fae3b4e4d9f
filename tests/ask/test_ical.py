from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from showcause.ask.ical import calendar
from showcause.core import Deadline

STAMP = datetime(2031, 1, 2, 3, 4, tzinfo=UTC)
OWED = (
    Deadline("Request 1: the pier log", "Board of Piers", date(2031, 3, 3), "by March 3", "d1", ("One step.", "Two.")),
    Deadline("Request 2: the tide tables", "Board of Piers", None, "soon"),
    Deadline("Question 1: Why?", "", date(2031, 3, 4), ""),
)


def test_each_deadline_with_a_day_is_an_all_day_event_with_its_working():
    made = Calendar.from_ical(calendar(OWED, stamped=STAMP))
    first, second = made.walk("VEVENT")
    assert (str(first["summary"]), first.decoded("dtstart")) == (
        "Request 1: the pier log (Board of Piers)",
        date(2031, 3, 3),
    )
    assert str(first["description"]) == "by March 3\nOne step.\nTwo."
    assert (str(second["summary"]), second.decoded("dtstart")) == ("Question 1: Why?", date(2031, 3, 4))
    assert first["uid"] != second["uid"]
    assert [a.decoded("trigger") for a in made.walk("VALARM")] == [timedelta(days=-3)] * 2


def test_no_alarm_is_set_where_none_is_wanted():
    assert b"VALARM" not in calendar(OWED, stamped=STAMP, warn=0)


def test_the_same_deadlines_give_the_same_bytes():
    assert calendar(OWED, stamped=STAMP) == calendar(iter(OWED), stamped=STAMP)
