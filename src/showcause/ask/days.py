"""Words in, days out: dates as letters write them, and numbers as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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
