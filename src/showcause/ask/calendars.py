"""A jurisdiction and a year in, the days out on which its offices are closed, each with its name.

The days come from the `holidays` package; `rules/calendars.toml` says which of them a statute keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from showcause.ask.lexicon import table
from showcause.errors import NotFound

OBSERVED = " (observed)"


@dataclass(frozen=True, slots=True)
class Closed:
    """A day off: its name and the statute that makes it one."""

    name: str
    source: str


def holidays(year: int, calendar: str = "US") -> Mapping[date, str]:
    """The holidays kept in a year under a calendar of `rules/calendars.toml`, by day in order.

    Raises NotFound for a calendar that isn't there. Days proclaimed for once are in no table.
    """
    told = _calendar(calendar)
    kept = told.get("observed", "both")
    dropped = frozenset(map(str, _listed(told, "drop")))
    found = {}
    for day, names in _kept(str(told["of"]), str(told.get("part", "")), year).items():
        held = [n for n in names.split("; ") if n not in dropped and _observes(n, day, str(kept))]
        if held:
            found[day] = "; ".join(held)
    return found


def closed(day: date, calendars: tuple[str, ...]) -> Closed | None:
    """Why the offices of any of these jurisdictions are closed on a day that is no Saturday or Sunday, or None."""
    for calendar in calendars:
        name = holidays(day.year, calendar).get(day)
        if name:
            return Closed(name, str(_calendar(calendar)["source"]))
    return None


def _calendar(name: str) -> dict[str, object]:
    told = table("rules/calendars.toml").get(name)
    if not isinstance(told, dict):
        raise NotFound(f"no calendar named {name!r} in rules/calendars.toml")
    return told


def _listed(told: dict[str, object], key: str) -> list[object]:
    held = told.get(key, [])
    return held if isinstance(held, list) else []


def _observes(name: str, day: date, kept: str) -> bool:
    """Whether the statute keeps a day that stands for a holiday on a weekend: Monday for Sunday, Friday for Saturday."""
    if not name.endswith(OBSERVED) or kept == "both":
        return True
    return kept == "sunday" and day.weekday() == 0


@cache
def _kept(country: str, part: str, year: int) -> dict[date, str]:
    import holidays as public  # a third of a second that only a count of days needs

    found = public.country_holidays(country, subdiv=part or None, years=year)
    return {day: found[day] for day in sorted(found) if day.year == year}
