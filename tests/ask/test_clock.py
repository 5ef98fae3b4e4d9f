from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.ask.calendars import holidays
from showcause.ask.clock import Told, compute
from showcause.ask.rulebook import Extension, Pause, Rule, Service, Trigger, read_rules, rules
from showcause.errors import BadInput, NotFound

D = date.fromisoformat


def period(days: int, clock: str = "frcp", **more) -> Rule:
    return Rule(days, clock, Trigger.SERVICE, "a rule of the test", **more)


def more_time(**fields) -> Told:
    return Told(extensions=(Extension(**fields),))


def stopped(*pauses: tuple[str, str | None, str]) -> Told:
    return Told(pauses=tuple(Pause(D(start), end and D(end), why) for start, end, why in pauses))


MAIL, CLERK, AGREED, WIRED = (
    Told(service=s) for s in (Service.MAIL, Service.CLERK, Service.AGREED, Service.ELECTRONIC)
)
CIVIL, COUNT, ROLL, HOLIDAY, THREE = (f"Fed. R. Civ. P. 6({n})" for n in ("b)(1", "a)(1)(B", "a)(1)(C", "a)(6", "d"))
FOIA = "5 U.S.C. § 552(a)(6)"
TIME = "Fed. R. Civ. P. 6(a)(2)"

# name, rule, the day or moment that starts it, what else is known, the day due, the rule that decides the case
CASES = [
    # a last day on a weekend or a holiday
    ("a plain thirty days", "frcp-34", "2026-09-01", None, "2026-10-01", COUNT),
    ("interrogatories", "frcp-33", "2026-09-01", None, "2026-10-01", "Fed. R. Civ. P. 33(b)(2)"),
    ("admissions", "frcp-36", "2026-09-01", None, "2026-10-01", "Fed. R. Civ. P. 36(a)(3)"),
    ("the last day is a Saturday", "frcp-34", "2026-10-01", None, "2026-11-02", ROLL),
    ("Christmas, then a weekend", "frcp-34", "2026-11-25", None, "2026-12-28", HOLIDAY),
    ("New Year, then a weekend", "frcp-34", "2026-12-02", None, "2027-01-04", HOLIDAY),
    ("a holiday on a Monday", "frcp-34", "2026-12-19", None, "2027-01-19", HOLIDAY),
    ("Columbus Day", "frcp-34", "2026-09-12", None, "2026-10-13", HOLIDAY),
    ("Veterans Day in midweek", "frcp-34", "2026-10-12", None, "2026-11-12", HOLIDAY),
    ("Juneteenth", "frcp-34", "2028-05-20", None, "2028-06-20", HOLIDAY),
    ("Juneteenth before its statute", "frcp-34", "2019-05-20", None, "2019-06-19", COUNT),
    ("Sunday the Fourth kept on Monday", "frcp-34", "2027-06-05", None, "2027-07-06", HOLIDAY),
    ("Saturday the Fourth kept on Friday", "frcp-34", "2026-06-03", None, "2026-07-06", HOLIDAY),
    ("Saturday Christmas kept on Friday", "frcp-34", "2027-11-24", None, "2027-12-27", HOLIDAY),
    ("New Year kept in the year before", "frcp-34", "2027-12-01", None, "2028-01-03", HOLIDAY),
    # leap days
    ("the last day is a leap day", "frcp-34", "2028-01-30", None, "2028-02-29", COUNT),
    ("the same in a common year", "frcp-34", "2027-01-30", None, "2027-03-01", COUNT),
    ("served on a leap day", "frcp-34", "2028-02-29", None, "2028-03-30", COUNT),
    # mail
    ("mail, after a rolled Sunday", "frcp-34", "2026-11-27", MAIL, "2026-12-31", THREE),
    ("mail, and the third day is a Sunday", "frcp-34", "2026-09-01", MAIL, "2026-10-05", THREE),
    ("a holiday among the three days counts", "frcp-34", "2026-11-23", MAIL, "2026-12-28", THREE),
    ("the third day is a holiday", "frcp-34", "2026-11-22", MAIL, "2026-12-28", HOLIDAY),
    ("the third day is the eve of a holiday", "frcp-34", "2026-11-21", MAIL, "2026-12-24", THREE),
    ("left with the clerk", "frcp-34", "2026-09-01", CLERK, "2026-10-05", THREE),
    ("other means agreed to", "frcp-34", "2026-09-01", AGREED, "2026-10-05", THREE),
    ("electronic service adds nothing", "frcp-34", "2026-09-01", WIRED, "2026-10-01", THREE),
    # subpoenas
    ("objections", "frcp-45-objection", "2026-09-01", None, "2026-09-15", "Fed. R. Civ. P. 45(d)(2)(B)"),
    ("mail adds nothing", "frcp-45-objection", "2026-09-01", MAIL, "2026-09-15", "Fed. R. Civ. P. 45(d)(2)(B)"),
    (
        "the time for compliance comes first",
        "frcp-45-objection",
        "2026-09-01",
        Told(returnable=D("2026-09-10")),
        "2026-09-10",
        "Fed. R. Civ. P. 45(d)(2)(B)",
    ),
    (
        "the time for compliance comes later",
        "frcp-45-objection",
        "2026-09-01",
        Told(returnable=D("2026-09-30")),
        "2026-09-15",
        COUNT,
    ),
    ("fourteen days to an observed holiday", "frcp-45-objection", "2027-06-21", None, "2027-07-06", HOLIDAY),
    # short periods
    ("one day from a Friday", period(1), "2026-10-02", None, "2026-10-05", ROLL),
    ("three days count the weekend", period(3), "2026-10-02", None, "2026-10-05", COUNT),
    ("seven days to Thanksgiving", period(7), "2026-11-19", None, "2026-11-27", HOLIDAY),
    (
        "seven days before 2009",
        period(7, "frcp-before-december-2009"),
        "2008-09-04",
        None,
        "2008-09-15",
        "6(a)(2) (2007)",
    ),
    (
        "eleven days before 2009",
        period(11, "frcp-before-december-2009"),
        "2008-09-04",
        None,
        "2008-09-15",
        "6(a)(3) (2007)",
    ),
    # the state where the court sits, and counting backward
    (
        "a state's day off",
        period(7),
        "2026-11-19",
        Told(calendars=("US-CA",)),
        "2026-11-30",
        "Cal. Gov. Code §§ 6700, 6701",
    ),
    ("Lincoln's birthday", "frcp-34", "2027-01-13", Told(calendars=("US-NY",)), "2027-02-16", "Gen. Constr. Law § 24"),
    ("no holiday of the federation", "frcp-34", "2027-01-13", None, "2027-02-12", COUNT),
    ("fourteen days before", period(-14), "2026-12-21", None, "2026-12-07", COUNT),
    ("backward over Thanksgiving", period(-7), "2026-12-03", None, "2026-11-25", "Fed. R. Civ. P. 6(a)(5)"),
    ("no state's day off backward", period(-5), "2026-12-02", Told(calendars=("US-CA",)), "2026-11-27", COUNT),
    # extensions
    (
        "asked in time, given after",
        "frcp-34",
        "2026-09-01",
        more_time(days=14, asked=D("2026-09-28"), given=D("2026-10-05")),
        "2026-10-15",
        f"{CIVIL}(A)",
    ),
    (
        "asked too late",
        "frcp-34",
        "2026-09-01",
        more_time(days=14, asked=D("2026-10-02"), given=D("2026-10-05")),
        "2026-10-01",
        f"{CIVIL}(B)",
    ),
    (
        "asked too late, and excused",
        "frcp-34",
        "2026-09-01",
        more_time(days=14, asked=D("2026-10-02"), given=D("2026-10-05"), neglect=True),
        "2026-10-15",
        f"{CIVIL}(B)",
    ),
    (
        "asked and not given",
        "frcp-34",
        "2026-09-01",
        more_time(days=14, asked=D("2026-09-20")),
        "2026-10-01",
        f"{CIVIL}(A)",
    ),
    (
        "a stated Saturday stays",
        "frcp-34",
        "2026-09-01",
        more_time(until=D("2026-10-24"), given=D("2026-09-20")),
        "2026-10-24",
        "committee note of 2009",
    ),
    (
        "a stipulation, rolled",
        "frcp-34",
        "2026-09-01",
        more_time(days=30, given=D("2026-09-15"), source="Fed. R. Civ. P. 29(b)"),
        "2026-11-02",
        "Fed. R. Civ. P. 29(b)",
    ),
    (
        "a writer's grant after the day",
        period(5, "calendar"),
        "2026-11-02",
        more_time(days=7, given=D("2026-11-10")),
        "2026-11-14",
        "the writer's grant",
    ),
    (
        "a stay by order",
        "frcp-34",
        "2026-09-20",
        Told(pauses=(Pause(D("2026-10-05"), D("2026-10-15"), "stay", "the order of October 5"),)),
        "2026-10-30",
        "the order of October 5",
    ),
    # FOIA
    ("twenty working days", "foia", "2026-11-20", None, "2026-12-21", f"{FOIA}(A)(i)"),
    ("received on a Saturday", "foia", "2026-11-21", None, "2026-12-21", f"{FOIA}(A)(i)"),
    (
        "unusual circumstances",
        "foia",
        "2026-11-20",
        more_time(days=10, given=D("2026-12-15")),
        "2027-01-06",
        f"{FOIA}(B)(i)",
    ),
    ("notice too late", "foia", "2026-11-20", more_time(days=10, given=D("2026-12-22")), "2026-12-21", f"{FOIA}(B)(i)"),
    (
        "no more than ten days",
        "foia",
        "2026-11-20",
        more_time(days=15, given=D("2026-12-15")),
        "2027-01-06",
        f"{FOIA}(B)(i)",
    ),
    (
        "a question to the requester",
        "foia",
        "2026-11-20",
        stopped(("2026-11-30", "2026-12-07", "information")),
        "2026-12-29",
        f"{FOIA}(A)(ii)(I)",
    ),
    (
        "one question only",
        "foia",
        "2026-11-20",
        stopped(("2026-11-30", "2026-12-07", "information"), ("2026-12-09", "2026-12-14", "information")),
        "2026-12-29",
        f"{FOIA}(A)(ii)(I)",
    ),
    (
        "fees, twice",
        "foia",
        "2026-11-20",
        stopped(("2026-11-30", "2026-12-02", "fees"), ("2026-12-04", "2026-12-07", "fees")),
        "2026-12-24",
        f"{FOIA}(A)(ii)(II)",
    ),
    (
        "still waiting for an answer",
        "foia",
        "2026-11-20",
        stopped(("2026-11-30", None, "information")),
        None,
        f"{FOIA}(A)(ii)(I)",
    ),
    (
        "no pause that the statute names",
        "foia",
        "2026-11-20",
        stopped(("2026-11-30", "2026-12-07", "vacation")),
        "2026-12-21",
        f"{FOIA}(A)(i)",
    ),
    ("an appeal", "foia-appeal", "2026-12-01", None, "2026-12-30", f"{FOIA}(A)(ii)"),
    ("expedition ends on a Saturday", "foia-expedited", "2026-11-25", None, "2026-12-05", f"{FOIA}(E)(ii)(I)"),
    # California
    ("ten days", "ca-records", "2026-11-02", None, "2026-11-12", "§ 7922.535(a)"),
    ("ten days to a holiday", "ca-records", "2026-11-01", None, "2026-11-12", "Cal. Gov. Code § 6700"),
    ("the day after Thanksgiving", "ca-records", "2026-11-17", None, "2026-11-30", "Cal. Gov. Code § 6700"),
    ("ten days to a Sunday", "ca-records", "2026-10-08", None, "2026-10-19", "Cal. Gov. Code § 6800"),
    ("Friday is not kept for Saturday", "ca-records", "2026-06-23", None, "2026-07-03", "Cal. Gov. Code § 6800"),
    (
        "fourteen more",
        "ca-records",
        "2026-11-02",
        more_time(days=14, given=D("2026-11-10")),
        "2026-11-30",
        "§ 7922.535(b)",
    ),
    (
        "fourteen more, too late",
        "ca-records",
        "2026-11-02",
        more_time(days=14, given=D("2026-11-20")),
        "2026-11-12",
        "§ 7922.535(b)",
    ),
    # New York
    ("five business days", "ny-records", "2026-11-23", None, "2026-12-01", "§ 89(3)(a)"),
    ("Election Day", "ny-records", "2026-10-30", None, "2026-11-09", "Gen. Constr. Law § 24"),
    ("Lincoln and Washington", "ny-records", "2027-02-08", None, "2027-02-17", "Gen. Constr. Law § 24"),
    ("a Friday before Saturday the Fourth", "ny-records", "2026-06-29", None, "2026-07-06", "§ 89(3)(a)"),
    ("twenty from the acknowledgement", "ny-records-grant", "2026-12-01", None, "2026-12-30", "§ 89(3)(a)"),
    ("an appeal in New York", "ny-records-appeal", "2026-11-20", None, "2026-12-07", "§ 89(4)(a)"),
    # Texas
    ("two days off at Thanksgiving", "tx-records", "2026-11-20", None, "2026-12-08", "§ 552.0031"),
    ("Christmas Eve", "tx-records", "2026-12-14", None, "2026-12-30", "§ 552.0031"),
    ("Saturday Christmas is not moved", "tx-records", "2027-12-15", None, "2027-12-30", "§ 552.0031"),
    ("San Jacinto Day", "tx-records", "2027-04-14", None, "2027-04-29", "§§ 552.0031, 662.003"),
    ("Good Friday is optional", "tx-records", "2027-03-15", None, "2027-03-29", "§ 552.221(d)"),
    ("a ruling is asked for", "tx-records-ruling", "2026-11-20", None, "2026-12-08", "§ 552.301(b)"),
    ("its briefing", "tx-records-briefing", "2026-11-20", None, "2026-12-15", "§ 552.301(e)"),
    # the words of a letter
    (
        "a month to a shorter one",
        period(0, "calendar", months=1),
        "2031-01-31",
        None,
        "2031-02-28",
        "a rule of the test",
    ),
    ("business days of a letter", period(3, "business"), "2026-11-25", None, "2026-12-01", "5 U.S.C. § 6103"),
    ("a letter's Sunday is not moved", period(3, "calendar"), "2026-11-26", None, "2026-11-29", ""),
    # more than one thing at once
    (
        "stopped by agreement",
        "frcp-34",
        "2026-09-01",
        Told(pauses=(Pause(D("2026-09-10"), D("2026-09-17"), "a question", "the parties' stipulation"),)),
        "2026-10-08",
        "the parties' stipulation",
    ),
    (
        "more time while a fee is open",
        "foia",
        "2026-11-02",
        Told(
            pauses=(Pause(D("2026-11-09"), D("2026-11-16"), "fees"),),
            extensions=(Extension(days=10, given=D("2026-11-20")),),
        ),
        "2026-12-22",
        f"{FOIA}(B)(i)",
    ),
    (
        "more time after mail",
        "frcp-34",
        "2026-09-01",
        Told(service=Service.MAIL, extensions=(Extension(days=14, given=D("2026-09-20"), source="a letter"),)),
        "2026-10-19",
        THREE,
    ),
    (
        "business days from a Sunday evening",
        "ny-records",
        datetime(2026, 11, 30, 3, 30, tzinfo=UTC),
        Told(zone="America/New_York"),
        "2026-12-04",
        "the recipient's zone",
    ),
    (
        "a state's holiday and a stop by order",
        "frcp-34",
        "2027-02-24",
        Told(calendars=("US-CA",), pauses=(Pause(D("2027-03-01"), D("2027-03-06"), "a motion", "an order"),)),
        "2027-04-01",
        "Cal. Gov. Code",
    ),
    # zones
    (
        "received the evening before, out west",
        period(10, "calendar"),
        datetime(2026, 11, 30, 3, 30, tzinfo=UTC),
        Told(zone="America/Los_Angeles"),
        "2026-12-09",
        "the recipient's zone",
    ),
    (
        "the same moment in London",
        period(10, "calendar"),
        datetime(2026, 11, 30, 3, 30, tzinfo=UTC),
        Told(zone="Europe/London"),
        "2026-12-10",
        "the recipient's zone",
    ),
    (
        "the next day in Tokyo",
        period(10, "calendar"),
        datetime(2026, 11, 30, 16, tzinfo=UTC),
        Told(zone="Asia/Tokyo"),
        "2026-12-11",
        "the recipient's zone",
    ),
]
HOURS = [
    ("over the end of summer time", 72, "America/New_York", "2007-11-02T10:23", "2007-11-05T09:23", f"{TIME}(A)-(B)"),
    ("to a Saturday", 24, "America/New_York", "2026-10-02T15:00", "2026-10-05T15:00", f"{TIME}(C)"),
    ("past Thanksgiving", 48, "America/New_York", "2026-11-25T09:00", "2026-11-27T09:00", f"{TIME}(A)-(B)"),
    ("to Thanksgiving", 24, "America/New_York", "2026-11-25T09:00", "2026-11-27T09:00", f"{TIME}(C)"),
    ("over the start of summer time", 24, "America/Denver", "2027-03-13T12:00", "2027-03-15T13:00", f"{TIME}(C)"),
    ("within a day", 6, "America/Chicago", "2026-10-05T09:30", "2026-10-05T15:30", f"{TIME}(A)-(B)"),
]


@pytest.mark.parametrize(("rule", "start", "told", "due", "decides"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_deadline_and_the_rule_that_decides_it(rule, start, told, due, decides):
    started = D(start) if isinstance(start, str) else start
    computed = compute(rules()[rule] if isinstance(rule, str) else rule, started, told=told)
    assert computed.due == (due and D(due)), computed.steps
    assert any(decides in step.rule for step in computed.working), computed.steps


@pytest.mark.parametrize(
    ("hours", "zone", "start", "ends", "decides"), [c[1:] for c in HOURS], ids=[c[0] for c in HOURS]
)
def test_hours_run_through_nights_and_days_off(hours, zone, start, ends, decides):
    there = ZoneInfo(zone)
    computed = compute(period(0, hours=hours), datetime.fromisoformat(start).replace(tzinfo=there))
    assert computed.ends == datetime.fromisoformat(ends).replace(tzinfo=there), computed.steps
    assert any(decides in step.rule for step in computed.working)


def test_hours_from_a_day_without_a_moment_are_refused():
    with pytest.raises(BadInput, match="moment"):
        compute(period(0, hours=24), D("2026-10-02"))


def test_the_last_day_ends_at_midnight_where_the_recipient_is():
    computed = compute(rules()["frcp-34"], D("2026-09-01"), told=Told(zone="America/Denver"))
    assert computed.ends == datetime(2026, 10, 2, tzinfo=ZoneInfo("America/Denver"))
    assert "6(a)(4)" in computed.working[-1].rule


def test_the_working_of_a_pause_and_an_extension_is_told_in_order():
    told = Told(
        pauses=(Pause(D("2026-11-30"), D("2026-12-07"), "information"),),
        extensions=(Extension(days=10, given=D("2026-12-15")),),
    )
    computed = compute(rules()["foia"], D("2026-11-20"), told=told)
    assert computed.due == D("2027-01-13")
    assert computed.steps == (
        "The clock starts on Friday, November 20, 2026: receipt (5 U.S.C. § 552(a)(6)(A)(i)).",
        "Notice of Tuesday, December 15, 2026 extends the period by 10 days (5 U.S.C. § 552(a)(6)(B)(i)).",
        "The period is now 30 days.",
        "The clock stands still after Monday, November 30, 2026 to Monday, December 7, 2026 (information)"
        " (5 U.S.C. § 552(a)(6)(A)(ii)(I)).",
        "Thursday, November 26, 2026 is Thanksgiving Day, a legal holiday, and is not counted (5 U.S.C. § 6103).",
        "Friday, December 25, 2026 is Christmas Day, a legal holiday, and is not counted (5 U.S.C. § 6103).",
        "Friday, January 1, 2027 is New Year's Day, a legal holiday, and is not counted (5 U.S.C. § 6103).",
        "Counting 30 business days, without Saturdays, Sundays and legal holidays, the last is Wednesday, January 13, 2027"
        " (5 U.S.C. § 552(a)(6)(A)(i)).",
    )


def test_rules_of_ones_own_are_read_from_toml():
    own = read_rules(
        '[ours]\ndays = 12\nclock = "ny"\ntrigger = "receipt"\nsource = "our act"'.replace('"ny"', '"foia"')
    )
    assert compute(own["ours"], D("2026-12-01")).due == D("2026-12-17")


@pytest.mark.parametrize(
    "text",
    [
        "days = ",
        "[a]\ndays = 3",
        '[a]\nclock = "no such"\ntrigger = "receipt"\nsource = "x"',
        '[a]\nclock = "foia"\ntrigger = "whim"\nsource = "x"',
        '[a]\nclock = "foia"\ntrigger = "receipt"\nsource = "x"\ndaze = 3',
    ],
)
def test_a_wrong_rule_is_refused(text):
    with pytest.raises(BadInput):
        read_rules(text)


def test_a_calendar_that_is_not_there_is_told():
    with pytest.raises(NotFound, match="US-ZZ"):
        holidays(2026, "US-ZZ")


@given(
    st.sampled_from(sorted(rules())),
    st.dates(date(2022, 1, 1), date(2040, 1, 1)),
    st.dates(date(2022, 1, 1), date(2040, 1, 1)),
    st.integers(0, 30),
)
def test_a_pause_never_brings_a_day_forward(name, start, begin, length):
    stop = Pause(begin, date.fromordinal(begin.toordinal() + length), "stay", "an order")
    plain, paused = (compute(rules()[name], start, told=t).due for t in (None, Told(pauses=(stop,))))
    assert paused >= plain > start
