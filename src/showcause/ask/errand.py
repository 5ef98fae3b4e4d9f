"""The text of a letter in, what it does to a demand that is already there out: more time, none, a subpoena, the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from showcause.ask.days import DATE, NUMBER, as_day, as_number
from showcause.ask.parts import BLOCK, sentences
from showcause.core import Turn

TIME = r"(?:extension|more\s+time|additional\s+time|further\s+time|enlargement)"
WRITER = r"(?:\b(?:we|I)|\b(?:the|this)\s+(?:[A-Z]\w+|office|committee|department|agency|board))(?:\s+(?:hereby|therefore|also|can|will|must|do|are\s+(?:able|pleased)\s+to|is\s+(?:able|pleased)\s+to|am\s+(?:able|pleased)\s+to))*"
SAYS = (
    (
        Turn.TIME_REFUSED,
        re.compile(
            rf"{WRITER}\s+(?:(?:declines?|den(?:y|ies)|refuses?)|(?:cannot|can\s+not|will\s+not|do\s+not|does\s+not)\s+(?:grant|agree|consent|allow|extend)|(?:is|are|am)\s+unable\s+to\s+(?:grant|agree|consent|allow|extend))[^.;]{{0,60}}\b{TIME}|\b{TIME}\b[^.;]{{0,60}}\b(?:is|are|has\s+been|must\s+be)\s+(?:denied|declined|refused)|no\s+{TIME}\s+(?:will|can|is)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Turn.EXTENDED,
        re.compile(
            rf"{WRITER}\s+(?:grants?|agrees?\s+to|allows?|consents?\s+to|approves?|gives?\s+you)\b[^.;]{{0,60}}\b{TIME}|\b{TIME}\b[^.;]{{0,60}}\b(?:is|are|has\s+been)\s+(?:hereby\s+)?(?:granted|allowed|approved)|\b(?:time|date|deadline|period)\b[^.;]{{0,60}}\b(?:is|are|has\s+been)\s+(?:hereby\s+)?extended\b|{WRITER}\s+extends?\s+(?:the|your)\s+(?:time|date|deadline|period)|\byou\s+(?:now\s+)?have\s+until\b",
            re.IGNORECASE,
        ),
    ),
    (
        Turn.CLOSED,
        re.compile(
            rf"{WRITER}\s+(?:(?:has|have)\s+)?(?:closed?|closes|conclude[sd]?|(?:is|are|am)\s+(?:now\s+)?closing)\s+(?:our|its|this|the|my|that)\s+(?:\w+\s+)?(?:review|inquiry|matter|file|investigation|request|demand)|\b(?:review|inquiry|matter|file|investigation)\b[^.;]{{0,40}}\b(?:is|has\s+been)\s+(?:now\s+)?(?:closed|concluded)|\bno\s+further\s+(?:action|response|production)\s+(?:is|will\s+be)\s+(?:required|needed|taken|asked)",
            re.IGNORECASE,
        ),
    ),
    (
        Turn.ACKNOWLEDGED,
        re.compile(
            rf"{WRITER}\s+acknowledges?\s+(?:the\s+)?receipt\b|\b(?:have|has)\s+received\s+your\s+(?:letter|reply|response|production)",
            re.IGNORECASE,
        ),
    ),
)
SUBPOENA = re.compile(
    r"^\W*(?:[A-Z]+\s+){0,3}SUBPOENA\b|^\W*(?:Administrative\s+)?Subpoena\s+(?:duces|to\s+(?:produce|testify))|\byou\s+are\s+(?:hereby\s+)?commanded\b",
    re.MULTILINE | re.IGNORECASE,
)
DOUBT = re.compile(
    r"\b(?:if|should|unless|until\s+(?:we|I)|may|would|could|whether|were|before|not\s+(?:be\s+)?(?:closed?|granted))\b",
    re.IGNORECASE,
)
LETTERHEAD = 1500  # characters in which a subpoena says that it is one


@dataclass(frozen=True, slots=True)
class Errand:
    """What a letter does, in the sentence at `start` to `end` that says it, with the time that it gives."""

    what: Turn
    text: str
    start: int
    end: int
    until: date | None = None
    days: int = 0


def errands(text: str) -> tuple[Errand, ...]:
    """What a letter says that it does, each kind once, in its order; each text is an exact substring.

    A sentence that only supposes ("if the time is extended") does nothing. A reader's guess: a person may say otherwise.
    """
    found: dict[Turn, Errand] = {}
    if (m := SUBPOENA.search(text, 0, LETTERHEAD)) is not None:
        found[Turn.SUBPOENA] = Errand(Turn.SUBPOENA, m[0].strip(), m.end() - len(m[0].lstrip()), m.end())
    for one in _said(text):
        found.setdefault(one.what, one)
    if Turn.TIME_REFUSED in found:
        found.pop(Turn.EXTENDED, None)
    return tuple(sorted(found.values(), key=lambda e: e.start))


def _said(text: str) -> Iterator[Errand]:
    for block in BLOCK.finditer(text):
        for start, end in sentences(text, *block.span()):
            for what, pattern in SAYS:
                m = pattern.search(text, start, end)
                if m is None or DOUBT.search(text, start, m.end()):
                    continue
                kept = text[start:end].rstrip()
                yield Errand(what, kept, start, start + len(kept), *_time(kept, what))
                break


def _time(words: str, what: Turn) -> tuple[date | None, int]:
    """The day until which, or the days for which, a grant gives time."""
    if what is not Turn.EXTENDED:
        return None, 0
    if days := re.search(rf"(?:until|to|through|by)\s+(?:and\s+including\s+)?({DATE})", words, re.IGNORECASE):
        return as_day(days[1]), 0
    many = re.search(rf"({NUMBER})(?:\s*\(\d+\))?[-\s]+(?:\w+\s+)?(days?|weeks?)", words, re.IGNORECASE)
    n = as_number(many[1]) if many else None
    return None, (n or 0) * (7 if many and many[2].lower().startswith("week") else 1)
