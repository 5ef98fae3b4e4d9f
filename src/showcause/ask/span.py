"""The words that fix a request's period in, its first and last day out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from showcause.ask.days import DATE, MONTH, NUMBER, as_day, as_number

Days = tuple[date | None, date | None]
_NOW = r"the\s+present(?:\s+day|\s+time)?|\bpresent\b|\btoday\b|\bnow\b|the\s+date\s+of\b[^.;]*|date\s+of\s+(?:this|your|issue|service|receipt|response|production)\b[^.;]*"
_POINT = re.compile(
    rf"(?P<day>{DATE})|(?P<month>{MONTH})\s+(?P<of>(?:19|20)\d\d)\b"
    rf"|(?P<broken>(?:fiscal|school|program|academic)\s+years?\s+|FY\s*)?(?P<year>(?:19|20)\d\d)(?:[-–/](?P<to>\d{{4}}|\d\d)\b)?|(?P<now>{_NOW})",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:since|on\s+(?:or|and)\s+after|after|as\s+of|beginning|commencing|starting)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|prior\s+to|until|up\s+to|on\s+or\s+before)\b", re.IGNORECASE)
_STRICT = re.compile(r"(?<!or )(?<!and )\bafter\b|(?<!or )\bbefore\b|\bprior\s+to\b", re.IGNORECASE)
_LAST = re.compile(
    rf"\b(?:past|last|preceding|previous|prior|most\s+recent)\s+(?P<many>{NUMBER}\s+)?(?:calendar\s+|fiscal\s+)?(?P<unit>year|month|week|quarter|day)s?\b(?!\s+of\s+\D{{0,16}}\d{{4}})",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\b(first|second|third|fourth|last)\b", re.IGNORECASE)
_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_MONTHS = {"year": 12, "quarter": 3, "month": 1}


def span(words: str | None, *, written: date | None) -> Days:
    """The first and the last day of a period, both included, None where it is open or names none.

    `written` is the day of the letter, from which "the past five years" and "the date of this letter" count; a period
    that runs to the present has no last day.
    """
    if words and (m := _LAST.search(words)):
        return _back(m, _first_day(words) or written)
    points = list(_points(words or "", written))
    if not words or not points:
        return None, None
    if re.search(r"\bquarters?\b|\bhal(?:f|ves)\b", words, re.IGNORECASE):
        return _quarters(words, points[0][0])
    first, last = points[0][0], points[-1][1]
    if len(points) > 1:
        return first, last
    return _one(words, first, last)


def _one(words: str, first: date | None, last: date | None) -> Days:
    """A period that names one point in time, of which these are the first and the last day."""
    strict = _STRICT.search(words)
    if _BEFORE.search(words):
        return None, (first - timedelta(days=1) if strict and first else last)
    if _AFTER.search(words):
        return (last + timedelta(days=1) if strict and last else first), None
    return first, last


def _points(words: str, written: date | None) -> Iterator[Days]:
    """The points in time that the words name, each as the first and last day that it may mean."""
    for m in _POINT.finditer(words):
        if m["day"]:
            day = as_day(m["day"])
            if day:
                yield day, day
        elif m["month"]:
            first = as_day(f"{m['month']} 1 {m['of']}")
            if first:
                yield first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        elif m["year"]:
            yield _year(m)
        elif re.search(r"\b(?:letter|subpoena|request|issue|issuance)\b", m["now"], re.IGNORECASE):
            yield written, written
        else:
            yield None, None


def _year(m: re.Match[str]) -> Days:
    """A calendar year, or from the July before to the end of what may be any fiscal or school year."""
    year = int(m["year"])
    to = int(m["to"]) if m["to"] else year
    last = to if to > 99 else year // 100 * 100 + to
    return date(year - bool(m["broken"] and not m["to"]), 7 if m["broken"] else 1, 1), date(last, 12, 31)


def _first_day(words: str) -> date | None:
    return next((first for first, _ in _points(words, None) if first), None)


def _back(m: re.Match[str], end: date | None) -> Days:
    if end is None:
        return None, None
    many = (as_number(m["many"]) if m["many"] else None) or 1
    unit = m["unit"].lower()
    if unit in {"day", "week"}:
        return end - timedelta(days=many * (7 if unit == "week" else 1)), None
    months = end.year * 12 + end.month - 1 - many * _MONTHS[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(end.day, calendar.monthrange(year, month + 1)[1])), None


def _quarters(words: str, first: date | None) -> Days:
    named = [_RANKS[m[1].lower()] for m in _QUARTER.finditer(words)]
    if first is None or not named:
        return first, None
    long = 3 if re.search(r"\bquarters?\b", words, re.IGNORECASE) else 6
    most = 12 // long
    begin, end = (min(max(n, 1), most) for n in (min(named), max(named)))
    month = end * long
    return date(first.year, (begin - 1) * long + 1, 1), date(
        first.year, month, calendar.monthrange(first.year, month)[1]
    )
