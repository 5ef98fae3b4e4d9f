"""A number and its number format in (ECMA-376-1, 18.8.31), the words that a person sees in the cell out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

_TOKEN = re.compile(
    r'"([^"]*)"?|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]|(AM/PM|A/P)|(General)|(E[+-])|(.)',
    re.IGNORECASE,
)
_PLAIN = re.compile(r"-?[0-9]+\.[0-9]+")
_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+|(?<=;)(?=;)')
_DAY_1900, _DAY_1904 = date(1899, 12, 30).toordinal(), date(1904, 1, 1).toordinal()
_UP = 1 + 1e-15  # by which a number is raised so that it is rounded half up
_KNOWN = 50_000  # numbers of one format that are kept in mind
_LAST_SERIAL = 2_958_466  # the day after 31 December 9999


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a number format: the words around the digits and how many digits there are."""

    before: str = ""
    after: str = ""
    digits: bool = False
    least: int = 0  # decimals at least and at most
    most: int = 0
    grouped: bool = False
    percent: bool = False
    whole: int = 0  # digits before the point at least
    mask: str = ""  # where words stand between the digits, as in 000-00-0000

    def show(self, number: float) -> str:
        """The number, which is not below zero, rounded half up as a sheet rounds what it writes with 15 digits."""
        if not self.digits:
            return self.before
        shown = (number * 100 if self.percent else number) * (_UP if number < 1e9 else 1)
        if self.mask:
            return self._masked(f"{shown:.0f}")
        said = f"{shown:,.{self.most}f}" if self.grouped else f"{shown:.{self.most}f}"
        if self.most > self.least:
            whole, dot, decimals = said.partition(".")
            kept = decimals.rstrip("0").ljust(self.least, "0")
            said = whole + (dot + kept if kept else "")
        if self.whole > 1:
            said = said.rjust(self.whole + (len(said) - said.find(".") if "." in said else 0), "0")
        return f"{self.before}{said}{self.after}"

    def _masked(self, digits: str) -> str:
        left, said = list(digits), ""
        for sign in reversed(self.mask):
            if sign not in "0#?":
                said = sign + said
            elif left:
                said = left.pop() + said
            elif sign == "0":
                said = "0" + said
        return self.before + "".join(left) + said


@dataclass(frozen=True, slots=True)
class Shown:
    """How a cell shows a number: as a day, an hour, a span of time, by sections for digits, or as it is."""

    day: bool = False
    hour: bool = False
    span: bool = False
    sections: tuple[_Section, ...] = ()
    since_1904: bool = False

    def number(self, said: str) -> str:
        """What a person sees where the file writes `said`; what is no number stays as it is."""
        if self is GENERAL and len(said) < 16 and (said.isdigit() or (_PLAIN.fullmatch(said) and said[-1] != "0")):
            return said
        try:
            return self.value(float(said))
        except ValueError:
            return said

    def value(self, number: float) -> str:
        """What a person sees of the number."""
        if self is GENERAL:
            return general(number)
        if self.span:
            return _span(number)
        if (self.day or self.hour) and 0 <= number < _LAST_SERIAL:
            return self._moment(number)
        if self.sections and abs(number) < 1e15:
            return self._digits(number)
        return general(number)

    def _moment(self, number: float) -> str:
        if not self.hour and number >= 60:
            return date.fromordinal((_DAY_1904 if self.since_1904 else _DAY_1900) + int(number)).isoformat()
        start = datetime(1904, 1, 1) if self.since_1904 else datetime(1899, 12, 30 if number >= 60 else 31)  # noqa: DTZ001
        try:
            at = start + timedelta(seconds=round(number * 86_400))
        except OverflowError:
            return general(number)
        hour = at.strftime("%H:%M:%S" if at.second else "%H:%M")
        if not self.hour:
            return at.date().isoformat()
        return f"{at.date().isoformat()} {hour}" if self.day else hour

    def _digits(self, number: float) -> str:
        sections = self.sections
        if number == 0 and len(sections) > 2:
            return sections[2].show(number).strip()
        if number < 0 and len(sections) > 1:
            return sections[1].show(-number).strip()
        said = sections[0].show(abs(number)).strip()
        return f"-{said}" if number < 0 and said.strip("0.,% ") else said


@lru_cache(maxsize=1024)
def said_by(shown: Shown) -> Callable[[float], str]:
    """`shown.value`, made for the format where it is one of the common: a day, or digits with as many decimals always."""
    if shown is GENERAL:
        return general
    if shown.day and not shown.hour and not shown.span:
        start = _DAY_1904 if shown.since_1904 else _DAY_1900

        def day(number: float) -> str:
            if 60 <= number < _LAST_SERIAL:
                return date.fromordinal(start + int(number)).isoformat()
            return shown.value(number)

        return day
    if shown.span or shown.day or shown.hour or not shown.sections:
        return shown.value
    one = shown.sections[0]
    if not one.digits or one.mask or one.most > one.least or one.whole > 1:
        return shown.value
    scale, form, before, after = 100 if one.percent else 1, f"{',' * one.grouped}.{one.most}f", one.before, one.after

    def digits(number: float) -> str:
        if 0 < number < 1e9:
            return f"{before}{format(number * scale * _UP, form)}{after}".strip()
        return shown.value(number)

    return digits


def spoken(shown: Shown) -> Callable[[str], str]:
    """`shown.number`, with what was asked before kept in mind: a sheet says the same days and amounts many times."""
    if shown is GENERAL:
        return shown.number
    known: dict[str, str] = {}
    value = said_by(shown)

    def number(said: str) -> str:
        words = known.get(said)
        if words is None:
            try:
                words = value(float(said))
            except ValueError:
                words = said
            if len(known) < _KNOWN:
                known[said] = words
        return words

    return number


def general(number: float) -> str:
    """A number without the noise of its binary form."""
    if -1e18 < number < 1e18:
        whole = int(number)
        if whole == number:
            return str(whole)
    said = f"{number:.15g}"
    return said.upper() if "e" in said or "n" in said else said


def moment(value: object) -> str:
    """A day, an hour or a span of time, as a reader of workbooks gives it, in ISO form."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00").removesuffix(" 00:00")
    if isinstance(value, timedelta):
        return _span(value.total_seconds() / 86_400)
    return value.isoformat() if isinstance(value, date) else str(value).removesuffix(":00")


@lru_cache(maxsize=1024)
def shown_as(code: str, *, since_1904: bool = False) -> Shown:
    """How a cell with the number format `code` shows its number; what is not understood shows the number as it is."""
    sections = _SECTIONS.findall(code)[:3]
    if not sections:
        return GENERAL
    tokens = [match.groups() for match in _TOKEN.finditer(sections[0])]
    if any(span for _, _, _, span, *_ in tokens):
        return Shown(span=True)
    bare = {other.lower() for *_, other in tokens if other}
    hour = bool(bare & {"h", "s"}) or any(half for _, _, _, _, half, *_ in tokens)
    day = bool(bare & {"y", "d"}) or ("m" in bare and not hour)
    if day or hour:
        return Shown(day=day, hour=hour, since_1904=since_1904)
    if code.lower() == "general":
        return GENERAL
    made = [_section(section) for section in sections]
    return GENERAL if any(each is None for each in made) else Shown(sections=tuple(each for each in made if each))


def _section(code: str) -> _Section | None:
    """A section of digits, or of words alone; None for what has no plain digits (fractions, powers, General, text)."""
    before, after, pattern, mask = "", "", "", ""
    for quoted, escaped, currency, _, _, whole, power, other in _TOKEN.findall(code):
        if whole or power or other in {"@", "/"}:
            return None
        if other and other in "0#?.,":
            pattern += other
            mask += after + other
            after = ""
        elif pattern:
            after += quoted or escaped or currency or other
        else:
            before += quoted or escaped or currency or other
    digits, _, decimals = pattern.partition(".")
    if digits.endswith(",") or decimals.endswith(",") or (mask != pattern and set(pattern) & set(".,%")):
        return None  # thousands or millions
    if not pattern.strip("?"):
        return _Section(before + after)
    return _Section(
        before,
        after,
        digits=True,
        least=decimals.count("0"),
        most=min(len(decimals), 15),
        grouped="," in digits,
        percent="%" in before + after,
        whole=digits.count("0"),
        mask=mask if mask != pattern else "",
    )


def _span(days: float) -> str:
    if abs(days) > 1e9:
        return general(days)
    minutes, seconds = divmod(round(abs(days) * 86_400), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if days < 0 else ''}{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


GENERAL = Shown()
