"""The paragraphs of an interview or transcript in, whose turn each of them is out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from showcause.ask.lexicon import words
from showcause.ask.prose import Span
from showcause.ask.speaker import Cast, Voice, phrase

_LABEL = re.compile(
    r"(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?\s+)?(?:[*_]{0,2})(?:(?P<short>[QA])[.:][*_]{0,2}\s+|(?P<name>[A-Z@][\w.’'-]*(?:\s+[A-Z(@][\w.’'@)-]*){0,5})(?:\s*,\s*[^:.\n]{3,50}|\s*\([^)\n]{2,60}\)|\s*[/|]?\s*@\w+)?(?::[*_]{0,2}|[*_]{1,2}:)\s+)(?=\S)"
)
_RECORD = re.compile(  # "Ms. OBUYA. Thank you", as the printed record of a hearing has it
    r"(?P<name>(?:The\s+)?(?:(?:Mr|Mrs|Ms|Dr|Hon)\.\s+|(?:[A-Z][a-z]+\s+){1,2})[A-ZÀ-Þ]{2}[A-ZÀ-Þ’'-]*(?:\s+[A-ZÀ-Þ]{2}[A-ZÀ-Þ’'-]*)?|The\s+[A-Z]{4,})\.\s+(?=[A-Z“\"])"
)
_POST = re.compile(  # "Senator Isolde Marchbanks (@SenMarchbanks) · May 6" alone on its line, the words below it
    r"(?P<name>[A-Z@][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,5})\s*(?:\(@\w+\)|@\w+)\s*(?:[·|,—–-]\s*[^“”\n]{1,30})?$"
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
    posts = {n: m for n, (a, b) in enumerate(spans) if (m := _POST.match(hidden, a, b))}
    if len(posts) > 1:
        return _posted(spans, posts, cast)
    labels = {n: m for n, (a, b) in enumerate(spans) if (m := _label(hidden, a, b)) and _fits(hidden, m)}
    names = [_name(m) for m in labels.values()]
    if len(names) < 3 or len(set(names)) == len(names) > 5:
        labels = {n: m for n, m in labels.items() if _stands_alone(hidden, spans[n], m, cast)}
        return {n: _turn(spans[n], m, cast, set()) for n, m in labels.items()}
    formal = sum(bool(_FORMAL.match(name)) for name in set(names)) > 1
    asking = set() if formal else _asking(hidden, spans, labels)
    found: dict[int, Turn] = {}
    for number in range(min(labels), len(spans)):
        if number in labels:
            turn = _turn(spans[number], labels[number], cast, asking)
            if turn.voice and _narrates(turn.voice) and hidden[spans[number][1] - 1] != "?":
                continue
            found[number] = turn
            if formal and hidden[spans[number][1] - 1] == "?":
                found[number] = replace(found[number], asks=True)
        elif number - 1 in found and number < max(labels):
            found[number] = replace(found[number - 1], start=spans[number][0], goes_on=True)
    return found


def _narrates(voice: Voice) -> bool:
    """Whether somebody tells what others said, as a reporter on the air does."""
    return bool({w.lower() for w in (voice.role or "").split()} & words("narrating"))


_FORMAL = re.compile(
    r"(?i)(?:(?:mr|mrs|ms|dr|hon)\.|the (?:court|chair|witness)|chair|(?:senator|representative|delegate|examiner|judge|justice|president|director|secretary)\b)"
)
_HOSTS = re.compile(
    r"\b(?:(?:my|our) guest|joins? (?:me|us)\b|with (?:us|me) (?:today|tonight|now|is)|(?:(?<=: )|(?<=[.!?] ))welcome\b|stay with us|thank(?:s| you) for (?:joining|coming|being)"
    r"|back in a moment|be (?:right )?back|more after (?:the|this)|let[’']s get to it)",
    re.IGNORECASE,
)


def _label(hidden: str, start: int, end: int) -> re.Match[str] | None:
    return _LABEL.match(hidden, start, end) or _RECORD.match(hidden, start, end)


def _posted(spans: Sequence[Span], heads: dict[int, re.Match[str]], cast: Cast) -> dict[int, Turn]:
    """Posts whose maker stands on a line above them: the paragraphs up to the next such line are one turn."""
    found: dict[int, Turn] = {}
    held: Turn | None = None
    for number, span in enumerate(spans):
        if number in heads:
            held = _turn(span, heads[number], cast, set())
        elif held:
            found[number] = replace(held, start=span[0], goes_on=number - 1 in found)
    return found


def _asking(hidden: str, spans: Sequence[Span], labels: dict[int, re.Match[str]]) -> set[str]:
    """Who mostly asks, or speaks as the host of a programme does; "NELL AGUIRRE" and "AGUIRRE" are one."""
    by: dict[str, list[int]] = {}
    for number, label in labels.items():
        by.setdefault(_name(label).split()[-1].lower(), []).append(number)
    asking = {last for last, held in by.items() if _asks(hidden, [spans[n] for n in held])}
    return {name for m in labels.values() if (name := _name(m)).split()[-1].lower() in asking}


def _asks(hidden: str, said: list[Span]) -> bool:
    """Whether more than half of what somebody says ends as a question, or some of it is what only a host says."""
    ends = [hidden[span[1] - 1] == "?" for span in said]
    return sum(ends) * 2 > len(ends) or any(_HOSTS.search(hidden, *span) for span in said)


def _name(label: re.Match[str]) -> str:
    named = label.groupdict()
    return named.get("name") or named["short"] or ""


def _stands_alone(hidden: str, span: Span, label: re.Match[str], cast: Cast) -> bool:
    """Whether one labelled paragraph is a turn by itself: its label ends in the name of a person, and nothing is in marks."""
    known = _name(label).split()[-1].lower() in cast.people
    return known and "“" not in hidden[span[0] : span[1]]


def _fits(hidden: str, label: re.Match[str]) -> bool:
    first = _name(label).lower().split()[0]
    return first not in words("unlabelled") and hidden[label.end() : label.end() + 1] != "“"


def _turn(span: Span, label: re.Match[str], cast: Cast, asking: set[str]) -> Turn:
    name = re.sub(r"(?<=\w)\s+@\w+$", "", _name(label))
    low = name.lower().split()
    asks = name in asking or bool({low[0], low[-1]} & words("asking")) or low[-1] in words("outlets")
    if low == ["a"]:
        known = sorted(cast.people.values(), key=lambda p: p.at)
        voice: Voice | None = known[0] if known else None
    else:
        shown = re.sub(r"\s*\(.*$", "", re.sub(r"\b[A-ZÀ-Þ]{2}[A-ZÀ-Þ’'-]*", lambda m: m.group().title(), name))
        voice = cast.resolve(phrase(shown, span[0]) or Voice(shown, "person", at=span[0]), span[0])
    return Turn(voice, label.end(), asks)
