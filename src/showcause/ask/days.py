"""Words in, days out: dates as letters write them, numbers as words, and the federal legal holidays of a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
DATE = (
    rf"(?:{WEEKDAY}(?:the\s+)?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+day)?\s+(?:of\s+)?{MONTH},?\s+\d{{4}}"
    r"|\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}[-/]\d{1,2}[-/]\d{1,2}))"
)
YEARLESS = rf"{WEEKDAY}(?:the\s+)?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!,?\s*\d)|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?{MONTH}(?!,?\s*\d))"
_DATE = re.compile(DATE, re.IGNORECASE)
_MONTH_DAY = re.compile(rf"({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day)?\s+(?:of\s+)?({MONTH}),?\s+(\d{{4}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: `text[start:end]` says `day`."""

    start: int
    end: int
    day: date


def dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Dated]:
    """The full dates in `text`, in order; a date that no calendar has is left out. 03/04/2031 is the fourth of March."""
    for m in _DATE.finditer(text, start, len(text) if end is None else end):
        day = as_day(m[0])
        if day:
            yield Dated(m.start(), m.end(), day)


def as_day(words: str) -> date | None:
    """The day that a full date names, or None."""
    try:
        if m := _MONTH_DAY.search(words):
            return date(int(m[3]), _month(m[1]), int(m[2]))
        if m := _DAY_MONTH.search(words):
            return date(int(m[3]), _month(m[2]), int(m[1]))
        if m := re.search(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", words):
            return date(int(m[3]), int(m[1]), int(m[2]))
        if m := re.search(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", words):
            return date(int(m[1]), int(m[2]), int(m[3]))
    except ValueError:
        return None
    return None


def next_day(words: str, after: date) -> date | None:
    """The first day after `after` that a date without a year names ("Friday, June 4"), or None."""
    if not (m := re.search(YEARLESS, words, re.IGNORECASE)):
        return None
    days = [as_day(f"{m[0].rstrip('.')} {year}") for year in (after.year, after.year + 1)]
    return next((day for day in days if day and day > after), None)


def _month(words: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(words.lower().rstrip(".")[:3]))


# --- numbers ------------------------------------------------------------------------------------

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ONE = "|".join(sorted(_ONES, key=len, reverse=True))
NUMBER = rf"(?:\d{{1,3}}|(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{_ONE}))?|{_ONE}))(?:\s*\(\d{{1,3}}\))?"


def as_number(words: str) -> int | None:
    """The number that digits or English words up to ninety-nine say: "30", "thirty (30)", "forty-five"."""
    digits = re.search(r"\d+", words)
    if digits:
        return int(digits[0])
    parts = re.split(r"[-\s]+", words.strip().lower())
    total = 0
    for part in parts:
        if part in _TENS:
            total += 20 + 10 * _TENS.index(part)
        elif part in _ONES:
            total += _ONES.index(part)
        else:
            return None
    return total


# --- holidays -----------------------------------------------------------------------------------

# 5 U.S.C. 6103(a): name, month, then a day, or a weekday (Monday is 0) and which of the month (-1 the last); first year
_HOLIDAYS = (
    ("New Year's Day", 1, (1,), 1871),
    ("Birthday of Martin Luther King, Jr.", 1, (0, 3), 1986),
    ("Washington's Birthday", 2, (0, 3), 1971),
    ("Memorial Day", 5, (0, -1), 1971),
    ("Juneteenth National Independence Day", 6, (19,), 2021),
    ("Independence Day", 7, (4,), 1871),
    ("Labor Day", 9, (0, 1), 1894),
    ("Columbus Day", 10, (0, 2), 1971),
    ("Veterans Day", 11, (11,), 1978),
    ("Thanksgiving Day", 11, (3, 4), 1942),
    ("Christmas Day", 12, (25,), 1871),
)


@cache
def holidays(year: int) -> dict[date, str]:
    """The federal legal holidays observed in a year, by day (5 U.S.C. 6103(a)), and the weekday kept for one on a weekend.

    A holiday on Saturday is kept on Friday (6103(b)(1)), one on Sunday on Monday (Executive Order 11582). Inauguration
    Day, kept in the District of Columbia only, and days proclaimed for once are not in the table.
    """
    found: dict[date, str] = {}
    for of in (year, year + 1):  # the first of January on a Saturday is kept in the year before
        for name, month, rule, first in _HOLIDAYS:
            if of >= first:
                day = date(of, month, rule[0]) if len(rule) == 1 else _weekday(of, month, *rule)
                found[day] = name
                kept = day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
                found.setdefault(kept, f"{name} (observed)")
    return {day: name for day, name in sorted(found.items()) if day.year == year}


def _weekday(year: int, month: int, weekday: int, which: int) -> date:
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
