"""What the rule judge and the learned judge say of one passage in; the verdict that both come to, and how sure it is, out.

The learned judge has two parts: linear models (`known`), which hear every passage, and a network (`cross`), which reads the
passages that these or the rules bring up. A logistic model over the facts of all, trained on provisions that none had seen
(`train/stack.py`), weighs them; its weights are package data that a person can read (`weights/stack.json`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from threading import Thread
from typing import NamedTuple

from showcause.assess import cross, known
from showcause.assess.cross import Odds
from showcause.assess.duty import Ask
from showcause.assess.weigh import Judged
from showcause.core import Law, Reading, Requirement, Verdict, combine
from showcause.norm import Manner

V = Verdict
STACK = "weights/stack.json"
MOST = 6.0  # log-odds beyond which a linear model is not believed
FAR = -2.0  # log-odds of the linear models under which a passage is silent, unread, where the rules are silent, too
LEANS = 1.0  # log-odds from which the network is taken to say which way a passage goes
UNSURE = 2.0  # log-odds of the network's, of bearing or of the way, under which it is asked again in other words
NOTHING: Odds = (-MOST, 0.0)  # what the network is taken to say of a passage that it didn't read
Facts = Mapping[str, float]
Pair = tuple[str, str]  # a sentence that says a requirement, and one that says the contrary


class Limits(NamedTuple):
    """Chances at which a verdict is given; chosen on laws left out (`train/stack.py`).

    `low`: that a passage bears, below which what the rules heard is held to be about something else. `high`: from which a passage
    bears on which the rules are silent. `tells`: that such a passage goes one way, from which it is said to; `opens` the same of one
    that the rules found unclear. `parts`: that a passage goes the other way than the rules say, from which it is unclear, and `turns`
    from which it goes that other way. `least`: that the verdict is right, under which a person must read.
    """

    low: float
    high: float
    tells: float
    parts: float
    turns: float
    opens: float
    least: float


TEN = Limits(low=0.2, high=0.5, tells=0.5, parts=0.55, turns=0.55, opens=0.5, least=0.0)
KNOWN_TO_RULES = Limits(low=0.05, high=0.88, tells=0.6, parts=0.9, turns=0.9, opens=0.95, least=0.0)
LIMITS = {cross.LAWS: TEN, cross.STATUS: KNOWN_TO_RULES}
NEVER = 2.0  # no chance
WITHIN = {
    cross.LAWS: TEN._replace(high=0.6, least=0.06),
    cross.STATUS: KNOWN_TO_RULES._replace(high=0.95, tells=0.75, parts=0.88, turns=0.88, opens=0.8, least=0.1),
}  # in a section of a longer paper, most of which bear on nothing
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """The log-odds, by the linear models, that a passage bears on a requirement and that it keeps rather than breaks it.

    `rival` is the most that it bears on another requirement of the same law; `deep` are the network's two log-odds.
    """

    bears: float
    way: float
    rival: float
    deep: Odds = NOTHING

    @property
    def verdict(self) -> Verdict:
        """What the learned judge says by itself."""
        bears, way = self.deep
        if bears < 0:
            return V.SILENT
        return V.UNCLEAR if abs(way) < LEANS else V.COMPLIES if way > 0 else V.CONFLICT


@dataclass(frozen=True, slots=True)
class Joint:
    """What both judges come to; `sure` is the calibrated chance that it is right, in [0, 1], None for `unclear`.

    `bears` is the chance that the passage bears at all, and `likely` the way that it likelier goes, if it does.
    """

    verdict: Verdict
    sure: float | None
    rule: Verdict
    learned: Verdict
    bears: float
    likely: Verdict = V.SILENT


def column(requirement: Requirement, reading: Reading) -> str:
    """What a requirement under a reading is known by to the learned judge: its words, and where readings differ the reading."""
    own = known.key(requirement.text)
    return own if own in taught() else known.key(f"{requirement.text} [{reading.id}]")


def knows(laws: Iterable[Law]) -> bool:
    """Whether the learned judge was trained on a requirement of one of these laws."""
    return any(_knows(law) for law in laws)


def _knows(law: Law) -> bool:
    if law.digest not in _known:
        _known[law.digest] = any(key in taught() for key in requirements(law))
    return _known[law.digest]


_known: dict[str, bool] = {}


def ready(laws: Iterable[Law]) -> None:
    """Load the linear models in a thread beside the caller's, where `laws` have a requirement that was taught."""
    if knows(laws):
        Thread(target=lambda: (known.known(), known.digest())).start()


def networks(law: Law) -> frozenset[str]:
    """The networks that were taught the law's requirements."""
    if law.digest not in _read_by:
        _read_by[law.digest] = frozenset(network(c) for c in requirements(law) if c in taught())
    return _read_by[law.digest]


_read_by: dict[str, frozenset[str]] = {}


@cache
def taught() -> Mapping[str, Sequence[Pair]]:
    """For each requirement that was learned, by what it is known by, sentences that say it, each with one that says the contrary."""
    return {key: said for stack in _stacks().values() for key, said in stack.known.items()}


@cache
def network(key: str) -> str:
    """The network that was taught the requirement known by `key`; its stack has the same name."""
    return next(name for name, stack in _stacks().items() if key in stack.known)


def by(laws: Iterable[Law]) -> str:
    """Who judges under `laws`: the rules alone, or the rules and the learned judge with the digest of its weights."""
    laws = list(laws)
    return together() if knows(laws) or any(law.rules.get("network") for law in laws) else "duty:1"


def together() -> str:
    """The name of the rules and the learned judge together."""
    return f"duty:1+entail:{known.digest()}"


def requirements(law: Law) -> Mapping[str, str]:
    """The id of each requirement of `law`, by what it is known by under each reading."""
    if law.digest not in _columns:
        _columns[law.digest] = {column(r, how): r.id for r in law.requirements for how in law.readings}
    return _columns[law.digest]


_columns: dict[str, Mapping[str, str]] = {}


def heard(law: Law, words: str) -> dict[str, Heard]:
    """What the linear models hear in `words` on each requirement of `law` that they know, by what it is known by."""
    columns, models = requirements(law), known.known()
    asked = {key: models.columns[key] for key in columns if key in taught() and key in models.columns}
    if not asked:
        return {}
    bears, way = scores(words)
    return among({key: (bears[c], way[c]) for key, c in asked.items()}, columns)


@lru_cache(maxsize=256)
def scores(words: str) -> tuple[list[float], list[float]]:
    """Every known sentence's two log-odds; kept, since each law of a matter asks for the same words."""
    bears, way = known.known().scores(words)
    return bears.tolist(), way.tolist()


def among(scores: Mapping[str, tuple[float, float]], of: Mapping[str, str]) -> dict[str, Heard]:
    """Each column's two log-odds, beside its rivals': the columns of other requirements; `of` names each one's requirement."""
    rivals = {r: max((b for q, (b, _) in scores.items() if of[q] != of[r]), default=-MOST) for r in scores}
    return {r: Heard(_within(b), _within(w), _within(rivals[r])) for r, (b, w) in scores.items()}


def deep(said: Sequence[Pair], windows: Sequence[str], *, by: str) -> Odds:
    """What the network `by` says of a passage, read in `windows`: the most that one bears, and which way that one goes.

    `said` are sentences that say the requirement, each with one that says the contrary. The network is asked with the first; where it
    is unsure it is asked again with each, the contrary put first, and the mean of all is taken.
    """
    _, (bears, way) = _first(said, windows, by=by)
    more = cross.odds(asked_again(said, windows, by=by), by=by)
    many = 1 + len(more)
    return (bears + math.fsum(b for b, _ in more)) / many, (way - math.fsum(w for _, w in more)) / many


def asked_again(said: Sequence[Pair], windows: Sequence[str], *, by: str) -> list[cross.Asked]:
    """What the network is asked further about the window that bears most, where it was not sure of that."""
    window, (bears, way) = _first(said, windows, by=by)
    if bears <= -UNSURE or (bears >= UNSURE and abs(way) >= UNSURE):
        return []
    return [(no, yes, window) for yes, no in said]


def _first(said: Sequence[Pair], windows: Sequence[str], *, by: str) -> tuple[str, Odds]:
    """The window that bears most by the first sentences, and what the network says of it; `cross` keeps what it read."""
    readings = cross.odds([(*said[0], w) for w in windows], by=by)
    return max(zip(windows, readings, strict=True), key=lambda one: one[1][0])


def _within(odds: float) -> float:
    return max(-MOST, min(MOST, odds))


STATES = ("conflict", "complies", "unclear", "near", "silent")


def facts(asked: Ask, judged: Sequence[Judged], of: Heard, *, near: bool) -> Facts:
    """The numbers that the stack weighs; `near` tells whether the rules saw something near that they don't reach."""
    verdict = combine(j.verdict for j in judged)
    state = str(verdict) if judged else "near" if near else "silent"
    first = next((j for j in judged if j.verdict is verdict), None)
    manner = first.rule.norm.manner if first and first.rule else None
    chance, surely = 1 / (1 + math.exp(-of.bears)), 1 / (1 + math.exp(-of.deep[0]))
    out = {
        "bears": of.bears,
        "bears+": max(0.0, of.bears),
        "way": of.way,
        "way if it bears": of.way * chance,
        "strength if it bears": abs(of.way) * chance,
        "rival": of.rival,
        "over rival": max(0.0, of.bears - of.rival),
        "deep": of.deep[0],
        "deep+": max(0.0, of.deep[0]),
        "deep way": of.deep[1],
        "deep way if it bears": of.deep[1] * surely,
        "read": float(of.deep is not NOTHING),
        "cured": float(bool(first and first.cured)),
        "timed": float(bool(first and first.timed)),
        "soft": float(manner is Manner.SOFT),
        "approval": float(manner is Manner.APPROVAL),
        "apart": float(len({j.verdict for j in judged}) > 1),
    }
    for name in STATES:
        on = float(state == name)
        out |= {name: on, f"{name} bears": on * of.bears, f"{name} way": on * of.way * chance}
        out |= {f"{name} deep": on * of.deep[0], f"{name} deep way": on * of.deep[1] * surely}
    for modality in ("obliged", "forbidden", "permitted", "unrestricted"):
        on = float(asked.modality == modality)
        out |= {f"{modality} {s}": on * float(state == s) for s in ("conflict", "complies")}
        out |= {f"{modality} way": on * of.way * chance}
    return out


@dataclass(frozen=True, slots=True)
class Stack:
    """The stack: a weight for each verdict and fact, what is added to each verdict, and what a chance has come to.

    `right` gives for "silent" and for "speaks" how often a verdict of a certain chance was right, by rising chance.
    """

    known: Mapping[str, tuple[Pair, ...]]
    names: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    right: Mapping[str, Points]

    def chances(self, of: Facts) -> tuple[float, ...]:
        """The chance of each verdict, in the order of `verdicts`."""
        live = [(n, value) for n, name in enumerate(self.names) if (value := of[name])]
        odds = [
            b + math.fsum(row[n] * value for n, value in live) for row, b in zip(self.weights, self.bias, strict=True)
        ]
        parts = [math.exp(o - max(odds)) for o in odds]
        return tuple(p / math.fsum(parts) for p in parts)

    def sure(self, verdict: Verdict, chance: float) -> float:
        """How often a verdict given with that chance was right, between the points at which it was measured."""
        (x0, y0), *rest = self.right["silent" if verdict is V.SILENT else "speaks"]
        for x1, y1 in rest if chance > x0 else ():
            if chance <= x1:
                return round(y0 + (y1 - y0) * (chance - x0) / max(1e-9, x1 - x0), 2)
            x0, y0 = x1, y1
        return round(y0, 2)


@cache
def _stacks() -> Mapping[str, Stack]:
    """The stack beside each network that was taught requirements, by its name."""
    held = json.loads(resources.files("showcause.assess").joinpath(STACK).read_text(encoding="utf-8"))
    return {
        name: Stack(
            {key: tuple((yes, no) for yes, no in said) for key, said in one["known"].items()},
            tuple(one["facts"]),
            tuple(Verdict(v) for v in one["verdicts"]),
            tuple(tuple(row) for row in one["weights"]),
            tuple(one["bias"]),
            {kind: tuple((x, y) for x, y in points) for kind, points in one["right"].items()},
        )
        for name, one in held.items()
    }


def far(key: str) -> Joint:
    """What both judges come to on a passage on which the rules are silent, and that the learned judge finds far off."""
    return Joint(V.SILENT, _stacks()[network(key)].sure(V.SILENT, 1.0), V.SILENT, V.SILENT, 0.0)


def settled(key: str, of: Facts, *, rule: Verdict, learned: Verdict, within: bool, saved: bool = False) -> Joint:
    """The verdict that both judges come to on the requirement known by `key`, by the stack that ships.

    `within` tells that the passage is a section of a longer paper; `saved`, that words of another section, which the learned judge
    does not read, decided for the rules: these are then not outweighed.
    """
    by = network(key)
    at = (WITHIN if within else LIMITS)[by]
    return decided(_stacks()[by], of, rule=rule, learned=learned, at=at._replace(turns=NEVER) if saved else at)


def decided(stack: Stack, of: Facts, *, rule: Verdict, learned: Verdict, at: Limits) -> Joint:
    """The verdict of the two, by the chances of the stack.

    What the rules heard stands, unless the passage is most likely about something else: then it is silent; or likely goes the other
    way: then it goes that way, where the network doesn't speak against it, and is `unclear` where that hears nothing; or what is said
    is unlikely: then it is `unclear`. Where the rules are silent and the passage likely bears, it goes the way it likely goes, or is
    `unclear`: somebody must read it.
    """
    chances = dict(zip(stack.verdicts, stack.chances(of), strict=True))
    bears = 1 - chances[V.SILENT]
    keeps = chances[V.COMPLIES] / (chances[V.COMPLIES] + chances[V.CONFLICT])
    likely, sure = (V.COMPLIES, keeps) if keeps >= 0.5 else (V.CONFLICT, 1 - keeps)
    if bears < at.low or (rule is V.SILENT and bears < at.high):
        said = V.SILENT
    elif rule in {V.SILENT, V.UNCLEAR}:
        said = likely if sure >= (at.tells if rule is V.SILENT else at.opens) else V.UNCLEAR
    elif rule in {likely, learned} or sure < at.parts:
        said = rule
    else:
        said = likely if sure >= at.turns and learned is not V.SILENT else V.UNCLEAR
    if said is not V.SILENT and chances[said] < at.least:
        said = V.UNCLEAR
    return Joint(said, None if said is V.UNCLEAR else stack.sure(said, chances[said]), rule, learned, bears, likely)
