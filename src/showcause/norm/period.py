"""Words in; the periods they name out, in days, the bound that a rule of law sets by one, and periods that keep a bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from showcause.text import later

Span = tuple[int, int]
NUMBERS: dict[str, float] = {
    "half a": 0.5, "a": 1, "an": 1, "single": 1, "couple of": 2, "dozen": 12, "one": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "twenty-one": 21, "twenty-four": 24, "twenty-five": 25, "thirty": 30, "thirty-six": 36, "forty": 40,
    "forty-five": 45, "forty-eight": 48, "fifty": 50, "sixty": 60, "seventy": 70, "seventy-two": 72, "eighty": 80,
    "ninety": 90, "hundred": 100,
}  # fmt: skip
UNITS = {"hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "quarter": 91.0}
UNITS |= {"year": 365.0, "yr": 365.0, "mo": 30.4, "decade": 3650.0, "century": 36500.0, "shift": 0.5}
WORKING = 1.4  # calendar days in a working day
FOREVER = 1e6
_NUMBER = "|".join(re.escape(w) for w in sorted(NUMBERS, key=len, reverse=True))
PERIOD = later(
    rf"(?<![\w$.])(?:(?P<n>\d{{1,4}}(?:\.\d)?|{_NUMBER})(?:[\s-]+(?P<more>and\s+a\s+half))?(?:\s*\(\d+\))?[\s-]+)"
    rf"(?P<kind>(?:full|whole|calendar|consecutive|more|complete|clear|fiscal|additional|further)\s+|(?:business|working|court|work)\s+|)?"
    rf"(?P<unit>{'|'.join(UNITS)})s?\b(?!['’]?s?\s+(?:notice|old\s+(?:boy|girl|man|woman)))"
    r"|\b(?P<ever>forever|for\s+good|permanent(?:ly)?|indefinitely|for\s+all\s+time|never\s+(?:destroyed|erased|deleted|purged)|in\s+perpetuity)\b"
    r"|\b(?P<now>at\s+once|immediately|straight\s+away|right\s+away|same\s+day|forthwith)\b"
)
AT_LEAST = later(
    r"\b(?:at\s+least|not\s+less\s+than|no\s+less\s+than|less\s+than|minimum|for\s+(?:a\s+period\s+of\s+)?)\s*(?:of\s+)?\Z"
)
WITHIN = later(r"\b(?:within|no\s+later\s+than|not\s+later\s+than|no\s+more\s+than|by)\s+\Z")


PAST = later(r"\b(?:past|last|previous|preceding)\s+\Z")  # "in the past three years" sets no period


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in days, and where it is said; `now` for "at once", which is no length."""

    days: float
    span: Span
    now: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound in days: `least` where the law asks for that long or longer, else that long or shorter."""

    days: float
    least: bool

    def kept(self, days: float) -> bool:
        """Whether a period of `days` keeps the bound; a hundredth is allowed for months of unlike length."""
        return days >= self.days * 0.985 if self.least else days <= self.days * 1.015


def periods(low: str, start: int, end: int) -> Iterator[Period]:
    """The periods named between `start` and `end` of the lower-cased text, in order."""
    for m in PERIOD.finditer(low, start, end):
        if m["ever"]:
            yield Period(FOREVER, m.span())
        elif m["now"]:
            yield Period(0.0, m.span(), now=True)
        else:
            number = float(m["n"]) if m["n"][0].isdigit() else NUMBERS[m["n"]]
            number += 0.5 * bool(m["more"])
            working = bool(m["kind"] and m["kind"].split()[0] in ("business", "working", "court", "work"))
            if PAST.search(low, max(start, m.start() - 12), m.start()):
                continue
            yield Period(number * UNITS[m["unit"]] * (WORKING if working else 1.0), m.span())


@lru_cache(maxsize=512)
def bound(words: str) -> Bound | None:
    """The bound that a requirement sets: the first period said as one, "within ten days", "for at least two years"."""
    low = words.lower()
    for one in periods(low, 0, len(low)):
        if one.now:
            continue
        if AT_LEAST.search(low, 0, one.span[0]):
            return Bound(one.days, least=True)
        if WITHIN.search(low, 0, one.span[0]):
            return Bound(one.days, least=False)
    return None


LEADS = 24  # characters before a period in which the words stand that make it a floor or a ceiling
FLOOR = later(
    r"(?:\bno[t]?\s+(?:less|fewer|sooner|earlier)\s+than|\bat\s+least|\bnot\s+before|\bminimum(?:\s+of)?|\b(?:more|longer|later)\s+than|\bover|\bexceed\w*|\bafter)\s+(?:a\s+period\s+of\s+)?\Z"
)
CEILING = later(
    r"(?:\bno[t]?\s+(?:later|more|longer)\s+than|\bnot?\s+(?:to\s+)?exceed\w*|\bat\s+most|\bat\s+the\s+latest|\bup\s+to|\bwithin|\bmaximum(?:\s+of)?)\s+(?:a\s+period\s+of\s+)?\Z"
)
KINDS = {"within": (False, True), "over": (False, False), "at least": (True, True), "under": (True, False)}
SAID = later(rf"@\s*(?P<kind>{'|'.join(KINDS)}|kept|broken)\b\s*(?P<period>.*)")


@dataclass(frozen=True, slots=True)
class Measured:
    """A place in a sign for a period that keeps the bound, or, unless `kept`, one that breaks it."""

    bound: Bound
    kept: bool

    def find(self, low: str, start: int, end: int) -> Span | None:
        """The first such period between `start` and `end`, with the words before it that make it a floor or a ceiling."""
        for one in periods(low, start, end):
            if one.now and self.bound.least:
                continue
            before = max(start, one.span[0] - LEADS)
            floor, ceiling = (lead.search(low, before, one.span[0]) for lead in (FLOOR, CEILING))
            ceiling = ceiling if ceiling and (not floor or ceiling.start() < floor.start()) else None
            floor = None if ceiling else floor
            kept = self.bound.kept(one.days)
            if kept and floor and not self.bound.least:
                continue  # "no sooner than a day" may be any time
            if (kept and not (ceiling and self.bound.least)) is self.kept:
                lead = floor or ceiling
                return (lead.start() if lead else one.span[0], one.span[1])
        return None


def measured(words: str, own: Bound | None) -> Measured:
    """The part of a sign "@within 7 days", "@over a month", "@at least a year" or "@under a year", compiled.

    "@kept" and "@broken" are set against the law's `own` bound. Raises KeyError where the words set no bound.
    """
    said = SAID.fullmatch(words.strip())
    if said and said["kind"] in ("kept", "broken") and own:
        return Measured(own, said["kind"] == "kept")
    if said and said["kind"] in KINDS:
        least, kept = KINDS[said["kind"]]
        low = said["period"].lower()
        for one in periods(low, 0, len(low)):
            return Measured(Bound(one.days, least=least), kept)
    raise KeyError(words)
