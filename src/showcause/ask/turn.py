"""The paragraphs of an interview or transcript in, whose turn each of them is out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from showcause.ask.lexicon import words
from showcause.ask.prose import Span
from showcause.ask.speaker import Cast, Voice, phrase

_LABEL = re.compile(
    r"(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?\s+)?(?:[*_]{0,2})(?:(?P<short>[QA])[.:][*_]{0,2}\s+|(?P<name>[A-Z@][\w.’'-]*(?:\s+[A-Z(@][\w.’'@)-]*){0,5})(?:\s*,\s*[^:.\n]{3,50}|\s*\([^)\n]{2,60}\))?(?::[*_]{0,2}|[*_]{1,2}:)\s+)(?=\S)"
)
_ASKS = frozenset(
    [
        "q",
        "question",
        "host",
        "interviewer",
        "moderator",
        "reporter",
        "anchor",
        "announcer",
        "caller",
        "presenter",
        "narrator",
    ]
)
_NOT = frozenset(
    [
        "note",
        "update",
        "correction",
        "editor",
        "subject",
        "re",
        "date",
        "from",
        "to",
        "contact",
        "media",
        "monitor",
        "opinion",
        "breaking",
        "watch",
        "location",
        "present",
        "time",
        "photo",
        "caption",
        "video",
        "headline",
        "agenda",
        "item",
        "motion",
        "resolution",
        "action",
        "analysis",
        "exclusive",
    ]
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of somebody's turn; `start` is where the words begin, `goes_on` that it is not the turn's first."""

    voice: Voice | None
    start: int
    asks: bool
    goes_on: bool = False


def turns(hidden: str, spans: Sequence[Span], cast: Cast) -> dict[int, Turn]:
    """By number of paragraph, the turns of a text that is told in turns; none where fewer than three lines are labelled."""
    labels = {n: m for n, (a, b) in enumerate(spans) if (m := _LABEL.match(hidden, a, b)) and _fits(hidden, m)}
    names = [_name(m) for m in labels.values()]
    if len(names) < 3 or len(set(names)) == len(names) > 5:
        labels = {n: m for n, m in labels.items() if _stands_alone(hidden, spans[n], m, cast)}
        names = [_name(m) for m in labels.values()]
        return {n: _turn(spans[n], m, cast, set()) for n, m in labels.items()}
    asking = {name for name in names if _asks(hidden, [spans[n] for n, m in labels.items() if _name(m) == name])}
    found: dict[int, Turn] = {}
    for number in range(min(labels), len(spans)):
        if number in labels:
            found[number] = _turn(spans[number], labels[number], cast, asking)
        elif number - 1 in found and number < max(labels):
            found[number] = replace(found[number - 1], start=spans[number][0], goes_on=True)
    return found


def _asks(hidden: str, said: list[Span]) -> bool:
    ends = [hidden[span[1] - 1] == "?" for span in said]
    return sum(ends) * 2 > len(ends)


def _name(label: re.Match[str]) -> str:
    return label["name"] or label["short"]


def _stands_alone(hidden: str, span: Span, label: re.Match[str], cast: Cast) -> bool:
    """Whether one labelled paragraph is a turn by itself: its label ends in the name of a person, and nothing is in marks."""
    known = _name(label).split()[-1].lower() in cast.people
    return known and "“" not in hidden[span[0] : span[1]]


def _fits(hidden: str, label: re.Match[str]) -> bool:
    first = _name(label).lower().split()[0]
    return first not in _NOT and hidden[label.end() : label.end() + 1] != "“"


def _turn(span: Span, label: re.Match[str], cast: Cast, asking: set[str]) -> Turn:
    name = _name(label)
    low = name.lower()
    asks = name in asking or low.split()[-1] in _ASKS or low.split()[0] in _ASKS or low.split()[-1] in words("outlets")
    if low == "a":
        known = sorted(cast.people.values(), key=lambda p: p.at)
        voice: Voice | None = known[0] if known else None
    else:
        shown = name.title() if name.isupper() else re.sub(r"\s*\(.*$", "", name)
        voice = cast.resolve(phrase(shown, span[0]) or Voice(shown, "person", at=span[0]), span[0])
    return Turn(voice, label.end(), asks)
