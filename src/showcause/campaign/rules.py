"""Where a demand stands in, what is to be written next out, by rules that a person can read and change."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from showcause.core import Stage, Standing
from showcause.errors import BadInput

THEN = ("follow-up", "subpoena")
SHIPPED = "rules.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: in which stages, after how many days of it or beyond the day due, what is drafted; None asks for nothing."""

    id: str
    when: frozenset[Stage]
    then: str
    since: int | None = None
    overdue: int | None = None
    template: str = ""

    def fits(self, stands: Standing, *, today: date) -> bool:
        """Whether the rule asks for a draft on that day."""
        late = -1 if stands.days_left is None else -stands.days_left
        return (
            stands.stage in self.when
            and (self.since is None or (today - stands.since).days >= self.since)
            and (self.overdue is None or late >= self.overdue)
        )

    @property
    def says(self) -> str:
        """Why the rule asks, in plain words: `14 days in that state and 1 day past due`."""
        waits = [f"{_days(self.since)} in that state"] if self.since is not None else []
        waits += [f"{_days(self.overdue)} past due"] if self.overdue is not None else []
        return " and ".join(waits)


def shipped() -> str:
    """The rules that ship, as TOML."""
    return files("showcause.campaign").joinpath(SHIPPED).read_text(encoding="utf-8")


def rules(text: str, *, name: str) -> tuple[Rule, ...]:
    """The rules of a TOML text, in its order; raises BadInput, naming `name` and the rule."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as bad:
        raise BadInput(f"{name}: {bad}") from bad
    made = tuple(_rule(one, f"{name}: rule {number}") for number, one in enumerate(told.get("rule", []), start=1))
    twice = sorted({one.id for one in made if [r.id for r in made].count(one.id) > 1})
    if twice:
        raise BadInput(f"{name}: two rules are called {twice[0]}")
    return made


def rules_of(folder: Path) -> tuple[Rule, ...]:
    """The rules of a campaign's folder, or those that ship."""
    own = folder / SHIPPED
    return rules(own.read_text(encoding="utf-8"), name=str(own)) if own.is_file() else rules(shipped(), name=SHIPPED)


def due(known: Iterable[Rule], stands: Standing, *, today: date) -> Rule | None:
    """The first rule that asks for a draft on that day."""
    return next((one for one in known if one.fits(stands, today=today)), None)


def _rule(told: Mapping[str, Any], where: str) -> Rule:
    strange = sorted(told.keys() - {"id", "when", "then", "since", "overdue", "template"})
    if strange:
        raise BadInput(f"{where}: a rule has no `{strange[0]}`")
    name = str(told.get("id", ""))
    stages = {str(one) for one in Stage}
    wrong = [one for one in told.get("when", ()) if one not in stages]
    if not name or not told.get("when") or wrong:
        raise BadInput(f"{where}: `id` and `when` are needed; states are {', '.join(sorted(stages))}")
    if told.get("then") not in THEN:
        raise BadInput(f"{where} ({name}): `then` is {' or '.join(THEN)}")
    counts = {key: told[key] for key in ("since", "overdue") if key in told}
    if not counts or not all(type(days) is int and days >= 0 for days in counts.values()):
        raise BadInput(f"{where} ({name}): `since` or `overdue`, in whole days, is needed")
    when = frozenset(Stage(one) for one in told["when"])
    return Rule(
        name, when, str(told["then"]), counts.get("since"), counts.get("overdue"), str(told.get("template", ""))
    )


def _days(number: int) -> str:
    return f"{number} day{'s'[: number != 1]}"
