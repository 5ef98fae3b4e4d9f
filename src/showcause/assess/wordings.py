"""A law's wordings and contraries in; how near a sentence comes to each requirement, and what acts do it, out.

A pack may say a requirement, and its contrary, in plain sentences. They are read by the parser that reads the document.
What they share with a sentence says whether it speaks of the requirement at all; the acts of English in them say which
acts keep it and which break it, beside the acts that the pack lists.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from showcause import norm, text
from showcause.assess import bearing
from showcause.assess.page import Page
from showcause.assess.terms import Vocabulary, vocabulary
from showcause.core import Law, Requirement
from showcause.norm import Modality, acts

DOING = {
    Modality.OBLIGED: 1,
    Modality.PERMITTED: 1,
    Modality.UNRESTRICTED: 1,
    Modality.ONLY_IF: 1,
    Modality.FORBIDDEN: -1,
    Modality.RELEASED: -1,
}
CLEAR = 0.7  # share of the wordings with an act that must agree on what it comes to


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence that says a requirement, or with `contrary` its breach; `weight` is how much its marks say."""

    requirement: str
    said: str
    contrary: bool
    marks: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """All wordings of a law: `rarity` of each mark among its requirements; `does` gives for each requirement the acts
    of English that keep it (1) or break it (-1).
    """

    each: tuple[Wording, ...]
    rarity: Mapping[str, float]
    own: float
    does: Mapping[str, Mapping[str, int]]


def wordings(law: Law) -> Wordings | None:
    """The wordings of `law`, made once for each pack; None where no requirement has any."""
    if law.digest not in _known:
        told = any(r.rules.get("wordings") or r.rules.get("contraries") for r in law.requirements)
        _known[law.digest] = _made(law) if told else None
    return _known[law.digest]


_known: dict[str, Wordings | None] = {}


def _made(law: Law) -> Wordings:
    words = vocabulary(law)
    said = [
        (r.id, one, contrary, marks(text.lowered(one), (0, len(one)), words))
        for r in law.requirements
        for one, contrary in _all(r)
    ]
    held: dict[str, set[str]] = defaultdict(set)
    for requirement, _, _, found in said:
        for mark in found:
            held[mark].add(requirement)
    rarity = {mark: math.log((len(law.requirements) + 1) / len(where)) for mark, where in held.items()}
    each = tuple(Wording(*one, sum(rarity[m] for m in sorted(one[3]))) for one in said)
    return Wordings(each, rarity, math.log((len(law.requirements) + 1) / 2), {r.id: _does(r) for r in law.requirements})


def _all(one: Requirement) -> Iterator[tuple[str, bool]]:
    yield one.text, False
    yield from ((said, False) for said in one.rules.get("wordings", ()))
    yield from ((said, True) for said in one.rules.get("contraries", ()))


def _does(one: Requirement) -> Mapping[str, int]:
    """The acts on which most of the wordings agree: doing them keeps the requirement (1), or breaks it (-1)."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for said, contrary in _all(one):
        for each in norm.parse(said, words=acts.words()):
            if each.modality in DOING and each.family.startswith(acts.NAMED):
                votes[each.family][DOING[each.modality] * (-1 if contrary else 1)] += 1
    return {
        family: 1 if count[1] > count[-1] else -1
        for family, count in votes.items()
        if max(count.values()) >= CLEAR * count.total()
    }


def marks(low: str, span: tuple[int, int], words: Vocabulary) -> frozenset[str]:
    """What the words of `span` are known by: their stems, their families of acts, the pack's terms that they name."""
    found = [w for w in bearing.words(low[slice(*span)]) if w not in bearing.STOP]
    out = {bearing.stem(w) for w in found} | {f"~{acts.forms()[w]}" for w in found if w in acts.forms()}
    for sign, terms in (("#", words.matters), ("@", words.parties), ("!", words.exceptions)):
        out |= {sign + name for name, pattern in terms.items() if pattern.search(low, *span)}
    return frozenset(out)


def near(paper: Page, n: int, words: Vocabulary, told: Wordings) -> Mapping[str, float]:
    """How near sentence `n` comes to each requirement, from 0 up: what it shares with the nearest wording, by rarity."""
    key = ("near", id(told), n)
    if key not in paper.known:
        one = paper.sentences[n]
        paper.known[key] = _nearest(marks(paper.low, (one.body, one.end), words), told)
    found: Mapping[str, float] = paper.known[key]
    return found


def _nearest(found: frozenset[str], told: Wordings) -> Mapping[str, float]:
    best: dict[str, float] = {}
    for one in told.each:
        shared = found & one.marks
        if len(shared) > 1 and max(told.rarity[m] for m in shared) >= told.own:
            score = sum(told.rarity[m] for m in sorted(shared)) / math.sqrt(one.weight + 1)
            if score > best.get(one.requirement, 0.0):
                best[one.requirement] = score
    return best
