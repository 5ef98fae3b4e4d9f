"""A rule and the day that starts its clock in, the day on which something is due out, with the working shown.

A letter's own words are a rule ("within thirty days of receipt"), and so is each line of `RULES`. Days are counted as
the rule's clock says: by the calendar, by business days, or by Fed. R. Civ. P. 6(a)(1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from showcause.ask.days import NUMBER, as_day, as_number, holidays
from showcause.core import Claim, Deadline, Letter, Stance

MAIL = (
    3  # Fed. R. Civ. P. 6(d): days added after service by mail, with the clerk or by other means agreed; not electronic
)


class Clock(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar"
    BUSINESS = "business"
    FRCP = "frcp"


class Trigger(StrEnum):
    """What starts a clock."""

    RECEIPT = "receipt"
    DATE = "date"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Rule:
    """So many days after a trigger; `months` are counted before days. `words` are the rule's own, `source` its citation."""

    days: int
    clock: Clock
    trigger: Trigger
    source: str
    words: str = ""
    months: int = 0


@dataclass(frozen=True, slots=True)
class Computed:
    """The day something is due, and the working, a line a step, each with the rule that it follows."""

    due: date
    steps: tuple[str, ...]


_CIVIL = "Fed. R. Civ. P."
RULES: dict[str, Rule] = {
    "frcp-33": Rule(30, Clock.FRCP, Trigger.SERVICE, f"{_CIVIL} 33(b)(2)", "30 days after being served"),
    "frcp-34": Rule(30, Clock.FRCP, Trigger.SERVICE, f"{_CIVIL} 34(b)(2)(A)", "30 days after being served"),
    "frcp-36": Rule(30, Clock.FRCP, Trigger.SERVICE, f"{_CIVIL} 36(a)(3)", "30 days after being served"),
    "frcp-45-objection": Rule(
        14, Clock.FRCP, Trigger.SERVICE, f"{_CIVIL} 45(d)(2)(B)", "14 days after the subpoena is served"
    ),
    "foia": Rule(
        20, Clock.BUSINESS, Trigger.RECEIPT, "5 U.S.C. § 552(a)(6)(A)(i)", "20 days except weekends and holidays"
    ),
}

RELATIVE = re.compile(
    rf"""(?P<n>{NUMBER}|a|an|one)\s+(?:\(\w+\)\s+)?(?P<unit>(?:full\s+|calendar\s+|consecutive\s+)?
        (?P<work>(?:business|working|work)\s+)?(?P<what>days?|weeks?|months?))['’]?\s*
        (?:after|of|from|following|upon)\s+
        (?:(?:the|your|its|this|you|are)\s+|date\s+of\s+|day\s+of\s+|(?:of|on)\s+)*
        (?P<event>\w+)(?P<rest>[^.;]{{0,40}})""",
    re.IGNORECASE | re.VERBOSE,
)


def rule_of(words: str) -> Rule | None:
    """The rule that a letter's words lay down ("within ten business days of the date of this letter"), or None."""
    m = RELATIVE.search(words)
    if m is None:
        return None
    n = 1 if m["n"].lower() in ("a", "an") else as_number(m["n"])
    if n is None:
        return None
    what = m["what"].lower()
    days = 0 if what.startswith("month") else 7 * n if what.startswith("week") else n
    clock = Clock.BUSINESS if m["work"] else Clock.CALENDAR
    flat = " ".join(words.split())
    return Rule(days, clock, _trigger(m), f"the letter: “{flat}”", flat, months=n if what.startswith("month") else 0)


def _trigger(m: re.Match[str]) -> Trigger:
    event = m["event"].lower()
    if event.startswith(("receipt", "receiv", "deliver")):
        return Trigger.RECEIPT
    if event.startswith(("service", "serv", "being")):
        return Trigger.SERVICE
    if re.search(r"recei", m["rest"], re.IGNORECASE):
        return Trigger.RECEIPT
    return Trigger.DATE


def compute(rule: Rule, trigger: date, *, mailed: bool = False) -> Computed:
    """The day on which something is due under `rule` if its clock started on `trigger`; `mailed` adds Rule 6(d)'s days."""
    steps = [f"The clock starts on {_shown(trigger)}: {rule.trigger.value} ({rule.source})."]
    begin = _months_on(trigger, rule.months)
    if rule.months:
        steps.append(f"{rule.months} calendar months on is {_shown(begin)}.")
    if rule.clock is Clock.BUSINESS:
        return _counted_in_business_days(rule, begin, steps)
    last = begin + timedelta(days=rule.days)
    if rule.clock is Clock.CALENDAR:
        if rule.days:
            steps.append(f"Counting {rule.days} calendar days from the day after, the last is {_shown(last)}.")
        return Computed(last, (*steps, *_warned(last)))
    return _counted_by_rule_6(rule, last, steps, mailed=mailed)


def _counted_in_business_days(rule: Rule, begin: date, steps: list[str]) -> Computed:
    day, left = begin, rule.days
    passed: list[str] = []
    while left:
        day += timedelta(days=1)
        if day.weekday() > 4:
            continue
        if day in holidays(day.year):
            passed.append(f"{_shown(day)} is {holidays(day.year)[day]} and is not counted (5 U.S.C. § 6103(a)).")
            continue
        left -= 1
    counted = (
        f"Counting {rule.days} business days, without Saturdays, Sundays and legal holidays, the last is {_shown(day)}."
    )
    return Computed(day, (*steps, *passed, counted))


def _counted_by_rule_6(rule: Rule, last: date, steps: list[str], *, mailed: bool) -> Computed:
    counted = f"The day of the event is left out, every day after it counts; day {rule.days} is {_shown(last)}"
    steps.append(f"{counted} ({_CIVIL} 6(a)(1)(A)-(B)).")
    day, rolled = _rolled(last)
    if mailed:
        # the three days follow the period as computed, and the end is rolled again (6(d); committee note of 2005)
        steps += rolled
        day, rolled = _rolled(day + timedelta(days=MAIL))
        steps.append(f"{MAIL} days are added after service by mail ({_CIVIL} 6(d)).")
    return Computed(day, (*steps, *rolled, f"Due {_shown(day)}."))


def _rolled(day: date) -> tuple[date, list[str]]:
    steps = []
    while (why := _no_working_day(day)) is not None:
        steps.append(f"{_shown(day)} is {why}; the period runs to the next day ({_CIVIL} 6(a)(1)(C)).")
        day += timedelta(days=1)
    return day, steps


def _no_working_day(day: date) -> str | None:
    if day.weekday() > 4:
        return "a Saturday" if day.weekday() == 5 else "a Sunday"
    name = holidays(day.year).get(day)
    return f"{name}, a legal holiday (5 U.S.C. § 6103)" if name else None


def _warned(day: date) -> Iterator[str]:
    why = _no_working_day(day)
    if why:
        yield f"{_shown(day)} is {why}; the letter's words do not say that the period runs on, so it is not moved."


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (after - timedelta(days=1)).day))


def _shown(day: date) -> str:
    return f"{day:%A}, {_plain(day)}"


# --- what is owed -------------------------------------------------------------------------------


def owed(letter: Letter, *, received: date | None) -> tuple[Deadline, ...]:
    """What is owed under a letter: the answer as a whole, each request and each question, with its day.

    `rule` has the letter's words, `working` how its days were counted. `received` is the day on which the letter came,
    where it is known; a rule that runs from receipt has no day without it.
    """
    due, working = _due(letter, received)
    words = " ".join((letter.due_rule or "").split())
    to = letter.sender_office or letter.sender or ""
    day = f"letter of {_plain(letter.date)}" if letter.date else "letter without a date"
    whole = Deadline(f"Answer to the {day}", " ".join(to.split()), due, words, day, working)
    asked = [f"Request {r.label or n}: {_brief(r.text)}" for n, r in enumerate(letter.requests, 1)]
    asked += [f"Question {n}: {_brief(q)}" for n, q in enumerate(letter.questions, 1)]
    return (whole, *(replace(whole, what=what) for what in asked))


def _due(letter: Letter, received: date | None) -> tuple[date | None, tuple[str, ...]]:
    """The day of the answer, and how it was counted; nothing is counted where the letter names the day."""
    if letter.due:
        return letter.due, ()
    words = " ".join((letter.due_rule or "").split())
    rule = rule_of(words)
    if rule is None:
        return as_day(words), ()
    begin = letter.date if rule.trigger is Trigger.DATE else received
    if begin is None:
        return None, (f"The day of {rule.trigger.value} is not on record.",)
    computed = compute(rule, begin)
    return computed.due, computed.steps


def _plain(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _brief(words: str, most: int = 90) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: flat.rfind(" ", 0, most)] + " ..."


def promised(claims: Iterable[Claim]) -> tuple[Deadline, ...]:
    """What speakers have promised to produce, in their words, each with the day that they gave, if they gave one."""
    return tuple(
        Deadline(
            f"Promise of {claim.by or 'an unnamed speaker'}: {_brief(claim.text)}", "", claim.date_promised, claim.text
        )
        for claim in claims
        if claim.stance is Stance.WILL_PRODUCE
    )
