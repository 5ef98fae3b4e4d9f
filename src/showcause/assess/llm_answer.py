"""The body of an endpoint's answer and the passage that was sent in; a verdict with its quotations out, or why it is dropped.

The form is the one of the chat completions API: `choices[0].message.content` holds the model's words, here one JSON
object. Nothing is mended: what isn't exactly that is dropped.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from showcause.core import ORDER, Kind, Verdict

KEYS = frozenset({"verdict", "quotes", "why"})
VERDICTS = {str(v): v for v in ORDER[Kind.REQUIREMENT]}
MOST_QUOTES, LONGEST_QUOTE, LONGEST_WHY = 5, 2000, 1000
LEAST_QUOTE = 12  # characters; fewer stand anywhere, unless they are the whole passage


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict, the places of its quotations in the passage (characters), and the model's own reason."""

    verdict: Verdict
    spans: tuple[tuple[int, int], ...]
    why: str

    def reason(self) -> str:
        """The reason as a paper may print it: said to be the model's, on one line."""
        return f"The model's reason: {self.why}" if self.why else "The model gave no reason."


@dataclass(frozen=True, slots=True)
class Dropped:
    """An answer that counts for nothing, and why; `later` where the same question may be answered another time."""

    reason: str
    later: bool = False


def read(body: bytes, *, passage: str, standing: str) -> Answer | Dropped:
    """The model's answer, if it is whole, strict, and quotes only what stands in `passage`.

    `standing` is the passage with what no longer stands in it (struck words, a quoted message) blanked, character for character.
    """
    try:
        outer = _json(body.decode("utf-8"))
        said = outer["choices"][0]["message"]["content"]
        ended = outer["choices"][0].get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Dropped("not in the form of a chat completion")
    if not isinstance(said, str):
        return Dropped("not in the form of a chat completion")
    if ended == "length":
        return Dropped("cut off")
    try:
        told = _json(said)
    except (ValueError, RecursionError):
        return Dropped("not one JSON object")
    return _strict(told, passage, standing)


def _strict(told: Any, passage: str, standing: str) -> Answer | Dropped:  # noqa: PLR0911 - one case a line
    if not isinstance(told, dict):
        return Dropped("not one JSON object")
    if told.keys() != KEYS or not isinstance(told["why"], str) or not isinstance(told["quotes"], list):
        return Dropped("other fields than were asked for")
    verdict = VERDICTS.get(told["verdict"]) if isinstance(told["verdict"], str) else None
    if verdict is None:
        return Dropped("no verdict of the four")
    quotes = told["quotes"]
    if len(quotes) > MOST_QUOTES or len(told["why"]) > LONGEST_WHY:
        return Dropped("longer than was asked for")
    if not all(isinstance(q, str) and len(q) <= LONGEST_QUOTE for q in quotes):
        return Dropped("other fields than were asked for")
    if not all(q in passage for q in quotes):
        return Dropped("quotes what does not stand in the passage")
    if verdict is Verdict.SILENT:
        return Answer(verdict, (), _line(told["why"]))
    if not quotes or any(_little(passage, q) for q in quotes):
        return Dropped("quotes nothing, or too little")
    spans = [_span(passage, q.strip(), standing) for q in quotes]
    if any(s is None for s in spans):
        return Dropped("quotes words that no longer stand")
    return Answer(verdict, tuple(sorted({s for s in spans if s})), _line(told["why"]))


def _little(passage: str, quote: str) -> bool:
    """Whether a quotation is so short, or so empty of words, that it tells nothing."""
    bare = quote.strip()
    return not any(c.isalnum() for c in bare) or (len(bare) < LEAST_QUOTE and bare != passage.strip())


def _span(passage: str, bare: str, standing: str) -> tuple[int, int] | None:
    """The first place of the quotation in which all its letters stand; None where there is none."""
    start = passage.find(bare)
    while start >= 0:
        end = start + len(bare)
        if all(now == c for c, now in zip(bare, standing[start:end], strict=True) if c.isalnum()):
            return start, end
        start = passage.find(bare, start + 1)
    return None


def _line(words: str) -> str:
    """The words on one line, without characters that steer a terminal."""
    return " ".join(
        re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", " ", words).split()
    )


def _json(text: str) -> Any:
    """JSON without keys that stand twice and without NaN; raises ValueError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice")
        return found

    def no_constant(name: str) -> Any:
        raise ValueError(f"{name} is no JSON")

    return json.loads(text, object_pairs_hook=once, parse_constant=no_constant)
