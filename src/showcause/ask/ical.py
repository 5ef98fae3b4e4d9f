"""Deadlines in, an iCalendar file out (RFC 5545): an all-day event for each that has a day, with its working."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from showcause.core import Deadline

PRODID = "-//showcause//deadlines//EN"


def calendar(deadlines: Iterable[Deadline], *, stamped: datetime, warn: int = 3) -> bytes:
    """The deadlines that have a day, as one calendar; the same deadlines and stamp give the same bytes.

    `stamped` is when the calendar was made, with its zone; `warn` is how many days before the day an alarm is shown, 0 for none.
    Each event bears the words that fix it and its working (RFC 5545, 3.6.1 and 3.6.6).
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    for one in deadlines:
        if one.due:
            made.add_component(_event(one, stamped, warn))
    return bytes(made.to_ical())


def _event(one: Deadline, stamped: datetime, warn: int) -> Any:  # an icalendar.Event, imported where it is made
    from icalendar import Alarm, Event

    event = Event()
    told = "\n".join((one.what, one.to, str(one.due), one.source))
    event.add("uid", f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@showcause")
    event.add("dtstamp", stamped)
    event.add("summary", f"{one.what} ({one.to})" if one.to else one.what)
    event.add("dtstart", one.due)
    event.add("transp", "TRANSPARENT")
    event.add("description", "\n".join(filter(None, (one.rule, *one.working))))
    if warn:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Due: {one.what}")
        alarm.add("trigger", timedelta(days=-warn))
        event.add_component(alarm)
    return event
