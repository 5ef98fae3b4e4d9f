"""Matters in, a board out: each demand with where it stands, since when, by when, who must act, and what comes next.

A board reads matters without opening twice what has not changed: a row is kept beside the size and time of the
database it was read from, with what happened, so that states and days are counted anew on the day of reading.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from showcause import matter as matters
from showcause.campaign.rules import Rule, due
from showcause.core import Happened, Side, Stage, Standing, Turn, standing
from showcause.errors import BadInput
from showcause.matter import FILE, HIDDEN, Matter
from showcause.settings import Settings

KEPT, FORM = ".board.json", 1
DEEP = 3  # folders below the one named in which a matter is looked for
UNSENT = "not sent"
CALLED = {Stage.CLOSED: "cleared"}  # as a board says it: the one who asked is satisfied
ORDER = (  # as a board counts its states, what needs a person first
    "escalated", "refused", "followed up", "sent", "acknowledged", "extended", "answered in part", "answered",
    "produced", "cleared", "withdrawn", UNSENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand as it was read from a matter: what is needed to say on any later day where it stands."""

    matter: str
    body: str
    title: str
    sender: str
    happened: tuple[Happened, ...]
    due: date | None
    states: Mapping[str, int]  # how many of its requests are in each state
    threats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a board; `next` is the rule that asks for a draft on that day, None where none does."""

    matter: str
    body: str
    title: str
    sender: str
    state: str
    since: date | None = None
    due: date | None = None
    days_left: int | None = None
    waits_for: Side | None = None
    states: Mapping[str, int] | None = None
    threats: tuple[str, ...] = ()
    next: Rule | None = None

    @property
    def requests(self) -> str:
        """How many requests are answered, of how many: `3 of 5`."""
        held = {state: n for state, n in (self.states or {}).items() if state != "withdrawn"}
        done = sum(n for state, n in held.items() if state in {"answered", "objected"})
        return f"{done} of {sum(held.values())}" if held else ""

    def as_json(self) -> dict[str, Any]:
        """The row as JSON values."""
        told = asdict(self) | {"next": {"rule": self.next.id, "then": self.next.then} if self.next else None}
        return told | {"states": dict(self.states or {}), "threats": list(self.threats)}


def folders(root: Path) -> tuple[Path, ...]:
    """The matters in a folder and the folders below it, in order of path; raises BadInput where there is none."""
    found = sorted(_matters(root, DEEP))
    if not found:
        raise BadInput(f"{root}: no matter in it; a board needs a folder of matters")
    return tuple(found)


def board(
    places: Sequence[Path], *, settings: Settings, today: date, rules: Sequence[Rule] = (), keep: Path | None = None
) -> tuple[Row, ...]:
    """The rows of these matters' demands: what is due first comes first, what has ended last.

    `keep` is a folder in which what was read is kept for the next time; a matter without any demand is a row `not sent`.
    """
    rows = [row(one, today=today, rules=rules) for one in demands(places, settings=settings, keep=keep)]
    return tuple(sorted(rows, key=_urgency))


def row(one: Demand, *, today: date, rules: Sequence[Rule] = ()) -> Row:
    """Where a demand stands on a day."""
    past = [h for h in one.happened if h.on <= today]
    if not past:
        return Row(one.matter, one.body, one.title, one.sender, UNSENT)
    stands = standing(past, today=today, due=one.due)
    called = CALLED.get(stands.stage, stands.stage.value)
    return Row(
        one.matter, one.body, one.title, one.sender, called, stands.since, stands.due, stands.days_left,
        stands.waits_for, one.states, one.threats, due(rules, stands, today=today),
    )  # fmt: skip


def stands(one: Demand, *, today: date) -> Standing:
    """The standing of a demand that was sent; raises ValueError for one that was not."""
    return standing(one.happened, today=today, due=one.due)


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """How many demands are in each state, in the order of a board; only states that there are."""
    counts = Counter(one.state for one in rows)
    return {state: counts[state] for state in ORDER if counts[state]}


def demands(places: Sequence[Path], *, settings: Settings, keep: Path | None = None) -> Iterator[Demand]:
    """Every demand of these matters, a matter without one as one without events."""
    known = _known(keep)
    fresh: dict[str, Any] = {}
    for place in places:
        stamp = _stamp(place)
        held = known.get(str(place))
        if stamp and held and held["stamp"] == stamp:
            fresh[str(place)] = held
            yield from map(_read, held["demands"])
            continue
        with matters.find(place, settings=settings) as opened:
            made = tuple(of_matter(opened))
        fresh[str(place)] = {"stamp": _stamp(place), "demands": [_written(one) for one in made]}
        yield from made
    if keep is not None and fresh != known:
        _keep(keep, fresh)


def of_matter(one: Matter) -> Iterator[Demand]:
    """The demands of one open matter."""
    store, running = one.exchange.store, one.exchange.exchanges()
    states, read = store.request_states(), store.letters()
    for told in running:
        letters = [
            told.letter,
            *dict.fromkeys(h.paper for h in told.happened if h.paper in read and h.paper != told.letter),
        ]
        counts = Counter(state for q, state in states.items() if q.rpartition("/request-")[0] in letters)
        threats = tuple(c.text for letter in letters for c in read[letter].consequences)
        yield Demand(
            str(one.root), one.respondent, told.title, told.sender, told.happened, told.due, dict(counts), threats
        )
    if not running:
        yield Demand(str(one.root), one.respondent, one.name, "", (), None, {}, ())


def _urgency(one: Row) -> tuple[Any, ...]:
    ended = one.waits_for is None
    return (ended, one.due is None, one.due or date.max, one.body, one.title)


def _matters(folder: Path, deep: int) -> Iterator[Path]:
    if (folder / FILE).is_file():
        yield folder
    elif deep and folder.is_dir():
        for inner in folder.iterdir():
            if inner.is_dir() and not inner.is_symlink() and not inner.name.startswith("."):
                yield from _matters(inner, deep - 1)


# --- what is kept between readings ----------------------------------------------------------------


def _stamp(place: Path) -> list[int]:
    """By which a matter's database is known to be as it was; empty where it isn't a file here."""
    told = (place / FILE).stat()
    stamp = [told.st_mtime_ns, told.st_size]
    try:
        for name in ("matter.db", "matter.db-wal"):
            path = place / HIDDEN / name
            if name == "matter.db" or path.exists():
                told = path.stat()
                stamp += [told.st_mtime_ns, told.st_size] if told.st_size else []
    except OSError:
        return []
    return stamp


def _known(keep: Path | None) -> dict[str, Any]:
    try:
        held = json.loads((keep / KEPT).read_text(encoding="utf-8")) if keep else {}
    except (OSError, ValueError):
        return {}  # what was kept is only quicker: without it everything is read
    return dict(held.get("matters", {})) if isinstance(held, dict) and held.get("form") == FORM else {}


def _keep(keep: Path, fresh: Mapping[str, Any]) -> None:
    try:
        made = keep / f"{KEPT}.new"
        made.write_text(json.dumps({"form": FORM, "matters": fresh}, ensure_ascii=False), encoding="utf-8")
        made.replace(keep / KEPT)
    except OSError:
        return  # a folder that can't be written is read anew each time


def _written(one: Demand) -> dict[str, Any]:
    happened = [
        {"what": h.what.value, "on": h.on.isoformat(), "side": h.side.value, "part": h.part}
        | ({"until": h.until.isoformat()} if h.until else {})
        for h in one.happened
    ]
    due_day = one.due.isoformat() if one.due else None
    plain = {name: getattr(one, name) for name in ("matter", "body", "title", "sender", "states", "threats")}
    return plain | {"happened": happened, "due": due_day}


def _read(told: Mapping[str, Any]) -> Demand:
    day: Callable[[str | None], date | None] = lambda text: date.fromisoformat(text) if text else None  # noqa: E731
    happened = tuple(
        Happened(
            Turn(h["what"]),
            date.fromisoformat(h["on"]),
            Side(h["side"]),
            part=h["part"],
            until=day(h.get("until")),
        )
        for h in told["happened"]
    )
    plain = {name: told[name] for name in ("matter", "body", "title", "sender", "states")}
    return Demand(**plain, happened=happened, due=day(told["due"]), threats=tuple(told["threats"]))
