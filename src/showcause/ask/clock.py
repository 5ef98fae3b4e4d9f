"""A rule, the day that starts its clock and what happened since in, the day it ends out, with each step and its rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from showcause.ask.calendars import closed
from showcause.ask.rulebook import Counting, Extension, Leave, Pause, Rule, Service, counting
from showcause.errors import BadInput

DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one deadline beside its rule.

    `calendars` replace those of the counting, or join them where it admits the holidays of a court's state. `zone` is
    the recipient's ("America/Denver"): a moment of receipt is a day there, and the last day ends there. `returnable` is
    the time for compliance that the paper itself states.
    """

    service: Service = Service.HAND
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    calendars: tuple[str, ...] = ()
    zone: str | None = None
    returnable: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working: what was done, the rule that decides it, and the day (None: no day) that it led to."""

    words: str
    rule: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Computed:
    """The day something is due (None while the clock stands still), the working, and the moment it ends, if a zone is known."""

    due: date | None
    working: tuple[Step, ...]
    ends: datetime | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        """The working as sentences, a line a step, each with its rule in brackets."""
        return tuple(f"{s.words} ({s.rule})." if s.rule else f"{s.words}." for s in self.working)


@dataclass(slots=True)
class _Count:
    """One computation as it goes."""

    rule: Rule
    by: Counting
    told: Told
    calendars: tuple[str, ...]
    steps: list[Step] = field(default_factory=list)

    def say(self, words: str, rule: str, day: date | None = None) -> None:
        """Put a step in."""
        self.steps.append(Step(words, rule, day))


def compute(rule: Rule, trigger: date, *, mailed: bool = False, told: Told | None = None) -> Computed:
    """When something is due under `rule` if its clock started on `trigger`, a day or a moment with its zone.

    `mailed` is short for service by mail. Raises BadInput for hours from a day without a moment, NotFound for a
    calendar or a counting that isn't there.
    """
    told = told or Told(service=Service.MAIL if mailed else Service.HAND)
    by = counting(rule.clock)
    backward = rule.days < 0  # a state's holidays are no legal holidays there (Fed. R. Civ. P. 6(a)(6)(C))
    joined = tuple(dict.fromkeys((*by.calendars, *(() if backward else told.calendars))))
    count = _Count(rule, by, told, joined if by.local else told.calendars or by.calendars)
    if rule.hours:
        return _hours(count, trigger)
    start = _day(count, trigger)
    count.say(f"The clock starts on {shown(start)}: {rule.trigger.value}", rule.source, start)
    begin = months_on(start, rule.months)
    if rule.months:
        count.say(f"{rule.months} calendar months on is {shown(begin)}", rule.source, begin)
    due = _extended(count, begin)
    if due and rule.earlier and told.returnable and told.returnable < due:
        due = told.returnable
        count.say(f"The time for compliance, {shown(due)}, comes first", rule.source, due)
    ends = _ends(count, due)
    return Computed(due, tuple(count.steps), ends)


def shown(day: date) -> str:
    """A day as "Monday, March 3, 2031"."""
    return f"{day:%A}, {plain_day(day)}"


def plain_day(day: date) -> str:
    """A day as "March 3, 2031"."""
    return f"{day:%B} {day.day}, {day.year}"


def working_days(start: date, end: date, calendars: tuple[str, ...]) -> int:
    """The days after `start` up to and with `end` on which an office of these jurisdictions is open; under 0 where `end` is past."""
    first, last = min(start, end), max(start, end)
    days = (first + n * DAY for n in range(1, (last - first).days + 1))
    many = sum(day.weekday() <= FRIDAY and closed(day, calendars) is None for day in days)
    return many if start <= end else -many


def months_on(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (after - DAY).day))


# --- moments ------------------------------------------------------------------------------------


def _zone(told: Told) -> ZoneInfo | None:
    if told.zone is None:
        return None
    try:
        return ZoneInfo(told.zone)
    except (KeyError, ValueError, OSError) as wrong:
        raise BadInput(f"no time zone named {told.zone!r}") from wrong


def _day(count: _Count, trigger: date) -> date:
    """The day of a trigger; a moment is the day that it was where the recipient is."""
    if not isinstance(trigger, datetime):
        return trigger
    zone = _zone(count.told)
    if zone is None or trigger.tzinfo is None:
        return trigger.date()
    there = trigger.astimezone(zone)
    if there.date() != trigger.date():
        count.say(
            f"{_moment(trigger)} is {_moment(there)} where the recipient is", "the recipient's zone", there.date()
        )
    return there.date()


def _ends(count: _Count, due: date | None) -> datetime | None:
    zone = _zone(count.told)
    if due is None or zone is None:
        return None
    ends = datetime.combine(due + DAY, time.min, zone)
    count.say(f"The day ends at midnight, {ends.tzname()}", count.by.ends or "the recipient's zone", due)
    return ends


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} {moment.tzname()} on {shown(moment.date())}"


def _hours(count: _Count, trigger: date) -> Computed:
    """Hours run from the event, through nights and days off; an end on a day off goes on to the same time of the next."""
    if not isinstance(trigger, datetime) or trigger.tzinfo is None:
        raise BadInput("a period of hours runs from a moment with its time zone")
    cite = count.by.hours or count.rule.source
    start = trigger.astimezone(_zone(count.told) or trigger.tzinfo)
    count.say(f"The clock starts at {_moment(start)}: {count.rule.trigger.value}", count.rule.source, start.date())
    ends = (start.astimezone(UTC) + timedelta(hours=count.rule.hours)).astimezone(start.tzinfo)
    count.say(f"Every hour counts; hour {count.rule.hours} ends at {_moment(ends)}", f"{cite}(A)-(B)", ends.date())
    while count.by.rolls and (why := _off(count, ends.date())):
        count.say(f"{shown(ends.date())} is {why[0]}; the period runs to the same time of the next day", f"{cite}(C)")
        ends += DAY  # by the clock on the wall
    return Computed(ends.date(), tuple(count.steps), ends)


# --- days ---------------------------------------------------------------------------------------


def _off(count: _Count, day: date) -> tuple[str, str] | None:
    """Why a day is no working day, and the statute that makes a holiday one; None where it is one."""
    if day.weekday() > FRIDAY:
        return ("a Saturday" if day.weekday() == FRIDAY + 1 else "a Sunday"), ""
    why = closed(day, count.calendars)
    return (f"{why.name}, a legal holiday", why.source) if why else None


def _period(count: _Count, begin: date, days: int) -> date | None:
    """The end of a period of so many days, rolled, with the days for service added; None while the clock stands still."""
    last = _walk(count, begin, days)
    if last is None:
        return None
    if not count.by.rolls:
        _warn(count, last)
        return last
    day = _rolled(count, last, -1 if days < 0 else 1)
    if count.by.extra_days and count.rule.extra:
        day = _served(count, day)
    return day


def _walk(count: _Count, begin: date, days: int) -> date | None:
    """Counts day by day past pauses and, under a clock of working days, past days off."""
    stops = list(_stops(count))
    every = count.by.every_day and abs(days) >= count.by.short
    if count.by.every_day and not every:
        count.say(f"A period of fewer than {count.by.short} days is counted in working days", count.by.brief)
    on, left, day = DAY if days >= 0 else -DAY, abs(days), begin
    while left:
        day += on
        stop = next((p for p in stops if p.start < day and (p.end is None or day <= p.end)), None)
        if stop and stop.end is None:
            count.say(
                f"The clock has stood still since {shown(stop.start)} ({stop.why}), {left} days left", stop.source
            )
            return None
        off = None if stop or every else _off(count, day)
        if off and off[1]:
            count.say(f"{shown(day)} is {off[0]}, and is not counted", off[1], day)
        left -= stop is None and off is None
    _counted(count, days, day, every=every)
    return day


def _counted(count: _Count, days: int, last: date, *, every: bool) -> None:
    many = abs(days)
    if count.by.rolls and every:
        way = "before it, backward," if days < 0 else "after it"
        count.say("The day of the event is left out", count.by.first)
        count.say(f"Every day {way} counts; day {many} is {shown(last)}", count.by.count, last)
    elif every and many:
        count.say(f"Counting {many} calendar days from the day after, the last is {shown(last)}", count.by.count, last)
    elif many:
        words = (
            f"Counting {many} business days, without Saturdays, Sundays and legal holidays, the last is {shown(last)}"
        )
        count.say(words, count.by.count, last)


def _stops(count: _Count) -> Iterator[Pause]:
    """The pauses that the rule allows or that have a source of their own, each with its source; says of the others why not."""
    used: dict[str, int] = {}
    for pause in sorted(count.told.pauses, key=lambda p: p.start):
        rule = count.rule.pauses.get(pause.why)
        source = pause.source or (rule.source if rule else "")
        used[pause.why] = used.get(pause.why, 0) + 1
        if not source:
            count.say(f"The rule names no pause for {pause.why}; the clock runs on", count.rule.source)
        elif rule and not pause.source and rule.most is not None and used[pause.why] > rule.most:
            count.say(f"The clock can stop {rule.most} time for {pause.why}; it runs on", source)
        else:
            until = f"to {shown(pause.end)}" if pause.end else "until an answer comes"
            count.say(f"The clock stands still after {shown(pause.start)} {until} ({pause.why})", source)
            yield Pause(pause.start, pause.end, pause.why, source)


def _rolled(count: _Count, day: date, way: int) -> date:
    while (why := _off(count, day)) is not None:
        cite = "; ".join(
            c for c in (count.by.roll, count.by.back if way < 0 else "", why[1] and count.by.closed, why[1]) if c
        )
        turn = "runs back to the day before" if way < 0 else "runs to the next day"
        count.say(f"{shown(day)} is {why[0]}; the period {turn}", cite)
        day += way * DAY
    return day


def _served(count: _Count, day: date) -> date:
    """The days added after service by some means: they follow the period as rolled, and their end is rolled again."""
    served = count.told.service
    if served.value in count.by.extra_by:
        last = day + count.by.extra_days * DAY
        count.say(f"{count.by.extra_days} days are added after service by {_means(served)}", count.by.extra, last)
        day = _rolled(count, last, 1)
    elif served is Service.ELECTRONIC:
        count.say("Nothing is added after electronic service", count.by.extra, day)
    count.say(f"Due {shown(day)}", "", day)
    return day


def _means(served: Service) -> str:
    return {Service.CLERK: "leaving it with the clerk", Service.AGREED: "other means agreed to"}.get(
        served, served.value
    )


def _warn(count: _Count, last: date) -> None:
    why = _off(count, last)
    if why:
        words = f"{shown(last)} is {why[0]}; nothing here says that the period runs on, so it is not moved"
        count.say(words, why[1])


# --- extensions ---------------------------------------------------------------------------------


def _extended(count: _Count, begin: date) -> date | None:
    """The end of the period with the extensions that count; what the shorter periods gave is left out of the working."""
    days, until = count.rule.days, None
    for extension in count.told.extensions:
        kept = list(count.steps)
        due = until or _period(count, begin, days)
        count.steps[:] = kept
        more = _more(count, extension, due, days - count.rule.days)
        if isinstance(more, date):
            until = more
        elif more:
            days, until = days + more, until + more * DAY if until else None
            count.say(f"The period is now {days} days", "")
    if until is None:
        return _period(count, begin, days)
    count.say(f"Due {shown(until)}, the day stated", count.by.stated, until)
    _warn(count, until)
    return until


def _more(count: _Count, asked: Extension, due: date | None, used: int) -> int | date:
    """The days that an extension gives or the day that it states; 0 where it does not count, with the reason."""
    if asked.given is None:
        count.say("More time was asked for and not given; it is not counted", asked.source or count.by.extends)
        return 0
    if count.rule.extension and not asked.source:
        return _by_statute(count, count.rule.extension, asked, due, used)
    what = f"until {shown(asked.until)}" if asked.until else f"{asked.days} days"
    in_time = due is None or min(asked.asked or asked.given, asked.given) <= due
    if count.by.extends and not in_time and not asked.neglect:
        count.say(f"More time ({what}) was asked for after {due and shown(due)}, and no neglect excused", count.by.late)
        return 0
    cite = asked.source or (count.by.extends if in_time else count.by.late) or "the writer's grant"
    count.say(f"More time was given on {shown(asked.given)}: {what}", cite)
    return asked.until or asked.days


def _by_statute(count: _Count, leave: Leave, asked: Extension, due: date | None, used: int) -> int:
    """The days of an extension that the statute itself allows: within the period, and no more than it says."""
    if asked.given and leave.notice and due and asked.given > due:
        count.say(f"Notice of {shown(asked.given)} came after the period had run on {shown(due)}", leave.source)
        return 0
    days = min(asked.days or leave.days, leave.days - used)
    if days < asked.days:
        count.say(f"An extension of more than {leave.days} days is not allowed", leave.source)
    if asked.given and days:
        count.say(f"Notice of {shown(asked.given)} extends the period by {days} days", leave.source)
    return days
