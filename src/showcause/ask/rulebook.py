"""The rules of `rules/*.toml` in, periods and ways of counting out, as frozen values.

A rule says how long, from what and by which counting; a counting says which days are counted and what each step cites.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from showcause.ask.lexicon import table
from showcause.errors import BadInput, NotFound

OWN = ("rules/federal.toml", "rules/states.toml")
COUNTINGS = "rules/countings.toml"


class Clock(StrEnum):
    """How days are counted: the names of three countings; `rules/countings.toml` has more."""

    CALENDAR = "calendar"
    BUSINESS = "business"
    FRCP = "frcp"


class Trigger(StrEnum):
    """What starts a clock."""

    RECEIPT = "receipt"
    DATE = "date"
    SERVICE = "service"
    ACKNOWLEDGEMENT = "acknowledgement"


class Service(StrEnum):
    """How a paper was served: by hand, mail, leaving it with the clerk, other means agreed in writing, or electronically."""

    HAND = "hand"
    MAIL = "mail"
    CLERK = "clerk"
    AGREED = "agreed"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Leave:
    """The extension that a statute allows: at most so many days, by notice within the period."""

    days: int
    source: str
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Tolling:
    """What a statute lets stop a clock, and how often (None: without limit)."""

    source: str
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """So many days after a trigger; `months` are counted before days, `days` under 0 before the trigger.

    `hours` are counted in place of days. `words` are the rule's own, `source` its citation, `clock` the name of a
    counting. `earlier`: the time that the paper itself states governs where it comes first. `extra`: days for mail apply.
    `named` are patterns (regular expressions) of the authorities by which a letter asks under this rule.
    """

    days: int
    clock: str
    trigger: Trigger
    source: str
    words: str = ""
    months: int = 0
    hours: int = 0
    extension: Leave | None = None
    pauses: Mapping[str, Tolling] = field(default_factory=dict)
    earlier: bool = False
    extra: bool = True
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counting:
    """Which days are counted, what happens to a last day that is no working day, and the rule that each step cites."""

    name: str
    every_day: bool
    rolls: bool
    calendars: tuple[str, ...]
    first: str
    count: str
    roll: str = ""
    closed: str = ""
    back: str = ""
    brief: str = ""
    hours: str = ""
    ends: str = ""
    short: int = 0
    local: bool = False
    extra_days: int = 0
    extra_by: tuple[str, ...] = ()
    extra: str = ""
    extends: str = ""
    late: str = ""
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A clock that stands still after `start` up to and with `end` (None: still), for a reason that the rule names.

    The day of asking counts, the day of the answer does not. A pause with a `source` of its own (an order, an agreement)
    needs no rule.
    """

    start: date
    end: date | None
    why: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time: so many `days`, or `until` a stated day; when it was asked for, and when given (None: never).

    `neglect` says that a court found the neglect to ask in time excusable.
    """

    days: int = 0
    until: date | None = None
    asked: date | None = None
    given: date | None = None
    neglect: bool = False
    source: str = ""


@cache
def rules() -> Mapping[str, Rule]:
    """The rules that come with the product, by name."""
    return {name: _rule(name, told) for file in OWN for name, told in table(file).items()}


def read_rules(text: str) -> Mapping[str, Rule]:
    """Rules of one's own, in the TOML of `rules/federal.toml`; raises BadInput with the name of a rule that is wrong."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadInput(f"the rules are no TOML: {wrong}") from wrong
    return {name: _rule(name, one) for name, one in told.items()}


def counting(name: str) -> Counting:
    """A counting of `rules/countings.toml`; raises NotFound for a name that isn't there."""
    told = table(COUNTINGS).get(name)
    if not isinstance(told, dict):
        raise NotFound(f"no way of counting named {name!r} in {COUNTINGS}")
    held: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    return Counting(name=name, **held)


def _rule(name: str, told: object) -> Rule:
    known = {f.name for f in fields(Rule)}
    if not isinstance(told, dict) or not told.keys() <= known or not {"clock", "trigger", "source"} <= told.keys():
        raise BadInput(f"rule {name!r} needs clock, trigger and source, and may have: {', '.join(sorted(known))}")
    held = {"days": 0, **told}
    try:
        held["trigger"] = Trigger(held["trigger"])
        if "extension" in held:
            held["extension"] = Leave(**held["extension"])
        held["named"] = tuple(map(str, held.get("named", ())))
        held["pauses"] = {why: Tolling(**one) for why, one in held.get("pauses", {}).items()}
        counting(held["clock"])
        return Rule(**held)
    except (ValueError, TypeError, NotFound) as wrong:
        raise BadInput(f"rule {name!r}: {wrong}") from wrong
