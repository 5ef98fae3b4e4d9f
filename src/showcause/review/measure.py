"""Counts in, what they are worth out: intervals of a share, agreement of two reviewers, recall from an elusion sample."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

SURE = 0.95
STEPS = 10_000  # of a continued fraction, which needs some root of the sample's size


@dataclass(frozen=True, slots=True)
class Interval:
    """A share as found, and the bounds within which it lies with the certainty asked for; all from 0 to 1."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Recall:
    """How much of what is responsive has been found, by a sample of what was left behind.

    `judged` of `size` documents of the sample have been called, `missed` of them responsive; `elusion` is their share of
    the `population`, the documents left when the sample was drawn; `found` were called responsive by then, `now` are by
    now. `recall` is now over all that there should be; its bounds come from those of the elusion.
    """

    size: int
    judged: int
    missed: int
    population: int
    found: int
    now: int
    elusion: Interval
    recall: Interval


@dataclass(frozen=True, slots=True)
class Agreement:
    """Documents that two reviewers called, the share on which they agree, and Cohen's kappa (1960), None where chance alone explains all."""

    both: int
    share: float
    kappa: float | None


def exact(hits: int, of: int, *, sure: float = SURE) -> Interval:
    """The two-sided interval of a share by the binomial distribution (Clopper, Pearson 1934)."""
    _must_fit(hits, of)
    tail = (1 - sure) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: 1 - _below(hits - 1, of, p), tail, rising=True)
    high = 1.0 if hits == of else _solve(lambda p: _below(hits, of, p), tail, rising=False)
    return Interval(hits / of if of else 0.0, low, high)


def upper(hits: int, of: int, *, sure: float = SURE) -> float:
    """The one-sided upper bound of a share by the binomial distribution."""
    _must_fit(hits, of)
    return 1.0 if hits == of else _solve(lambda p: _below(hits, of, p), 1 - sure, rising=False)


def wilson(hits: int, of: int, *, sure: float = SURE) -> Interval:
    """The two-sided interval of a share by Wilson's score (1927)."""
    _must_fit(hits, of)
    if not of:
        return Interval(0.0, 0.0, 1.0)
    z = NormalDist().inv_cdf(1 - (1 - sure) / 2)
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def sample_size(population: int, *, margin: float = 0.05, sure: float = SURE) -> int:
    """How many to draw so that a share is known to that margin at worst, with the finite correction (Cochran 1977, 4.4)."""
    z = NormalDist().inv_cdf(1 - (1 - sure) / 2)
    wide = z * z / (4 * margin * margin)
    return min(population, math.ceil(wide / (1 + (wide - 1) / population))) if population else 0


def recall(sample: Sequence[bool | None], *, population: int, found: int, now: int) -> Recall:
    """Recall by the calls on a sample of what was left: True for responsive, None where nobody has called yet."""
    called = [one for one in sample if one is not None]
    missed = sum(called)
    elusion = exact(missed, len(called)) if called else Interval(0.0, 0.0, 1.0)
    if len(called) == population:  # all of it was read: nothing is estimated
        elusion = Interval(elusion.point, elusion.point, elusion.point)
    shares = [_share(now, found + share * population) for share in (elusion.point, elusion.high, elusion.low)]
    return Recall(len(sample), len(called), missed, population, found, now, elusion, Interval(*shares))


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """How two calls on each of some documents agree."""
    both = list(pairs)
    if not both:
        return Agreement(0, 0.0, None)
    same = sum(a == b for a, b in both) / len(both)
    first, second = Counter(a for a, _ in both), Counter(b for _, b in both)
    chance = sum(first[one] * second[one] for one in first) / len(both) ** 2
    return Agreement(len(both), same, None if chance == 1 else (same - chance) / (1 - chance))


def _share(now: int, all_: float) -> float:
    return 1.0 if all_ <= now else now / all_


def _must_fit(hits: int, of: int) -> None:
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")


def _below(hits: int, of: int, p: float) -> float:
    """The chance of `hits` or fewer among `of`: the incomplete beta function (DLMF 8.17.5)."""
    if p <= 0 or hits >= of:
        return 1.0
    return 0.0 if p >= 1 else _beta(1 - p, of - hits, hits + 1)


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22) on the side where it is short."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    scale = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    return scale * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction, from its front (Lentz 1976)."""
    least = 1e-300
    upper, lower = 1.0, 1 - (a + b) * x / (a + 1)
    lower = 1 / (lower or least)
    whole = lower
    for m in range(1, STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            lower = 1 / ((1 + term * lower) or least)
            upper = (1 + term / upper) or least
            whole *= lower * upper
        if abs(lower * upper - 1) < 1e-14:
            break
    return whole


def _solve(chance: Callable[[float], float], wanted: float, *, rising: bool) -> float:
    """The share at which the chance is as wanted, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if (chance(middle) < wanted) is rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
