"""A text in, the words it sets in quotation marks out: straight or typographic, nested, carried over paragraphs, unclosed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from showcause.ask.prose import HIDDEN, Span

_DOUBLE = re.compile(r"[\"“”„«»]")
_SINGLE = re.compile(r"(?<![\w’])[‘'](?=\w)([^“”\"\n]*?\S)[’'](?![\w])")
_TAIL = re.compile(
    r",\s+(?:[A-Z][\w.’'&-]*(?:\s+[A-Z0-9][\w.’'&-]*){0,5}|[Hh]e|[Ss]he|[Tt]hey|[Tt]he\s+[a-z]+)\s+"
    r"(?:said|says|wrote|reported|reports|added|told)\b[^“\"]{0,60}?\.(?=\s|$)"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in marks: `start` and `end` bound the words, `opened` and `closed` the marks (characters).

    `depth` is 0 or, inside other marks, 1; `run` numbers the marks that one opening carries over paragraphs;
    `whole` is False where the closing mark is missing.
    """

    start: int
    end: int
    opened: int
    closed: int
    depth: int
    run: int
    whole: bool


def marked(text: str, paragraphs: Sequence[Span]) -> tuple[Marked, ...]:
    """All words in quotation marks, in order of their start; an unclosed quotation ends where its paragraph ends."""
    found: list[Marked] = []
    carried = False
    for span in paragraphs:
        if carried and text[span[0]] not in '"“':
            carried = False
        here = list(_of_paragraph(text, span, (found[-1].run if carried and found else -1), len(found)))
        carried = bool(here) and not here[-1].whole and here[-1].end == span[1]
        found += here
    outer = [_trim(text, m) for m in found if m.end > m.start]
    outer = [m for m in outer if m.end > m.start]
    found = sorted([*outer, *_singles(text, paragraphs, outer)], key=lambda m: (m.start, -m.end))
    return tuple(_lifted(text, found))


_SPOKE = re.compile(r"\b(?:said|says|told|tells|wrote|writes|added|adds|asked|asks|replied|replies)\b")


def _lifted(text: str, found: list[Marked]) -> Iterator[Marked]:
    """The marks, those of a passage that quotes somebody else in single marks given up for the single ones within."""
    for mark in found:
        held = [m for m in found if m.depth and mark.opened < m.opened and m.closed <= mark.closed]
        if mark.depth:
            carrier = next(
                (m for m in found if not m.depth and m.opened < mark.opened and mark.closed <= m.closed), None
            )
            yield replace(mark, depth=0) if carrier and _carries(text, carrier, found) else mark
        elif not (held and _carries(text, mark, found)):
            yield mark


def _carries(text: str, mark: Marked, found: list[Marked]) -> bool:
    """Whether marked words open with somebody else's in single marks and go on to say whose they are."""
    held = [m for m in found if m.depth and mark.opened < m.opened and m.closed <= mark.closed]
    if not held or held[0].opened - mark.start > 1:
        return False
    return _SPOKE.search(text, held[0].closed, held[1].opened if len(held) > 1 else mark.end) is not None


def _of_paragraph(text: str, span: Span, run: int, number: int) -> Iterator[Marked]:
    opened, inner = -1, 0
    for mark in _DOUBLE.finditer(text, span[0], span[1]):
        at, kind = mark.start(), _kind(text, mark.start(), span, inside=opened >= 0)
        if kind == "open" and opened < 0:
            opened, inner = at, 0
        elif kind == "open" and _nests(text, at, span[1]):
            inner += 1
        elif kind == "open":
            yield _unclosed(text, opened, _clause_end(text, opened, at), number, run)
            number, run, opened, inner = number + 1, -1, at, 0
        elif kind == "close" and inner:
            inner -= 1
        elif kind == "close" and opened >= 0:
            yield Marked(opened + 1, at, opened, at + 1, 0, number if run < 0 else run, whole=True)
            number, run, opened = number + 1, -1, -1
    if opened >= 0:
        yield _unclosed(text, opened, _clause_end(text, opened, span[1]), number, run)


def _kind(text: str, at: int, span: Span, *, inside: bool) -> str:
    mark = text[at]
    if mark in "“„«":
        return "open"
    if mark in "”»":
        return "close"
    before = text[at - 1] if at > span[0] else " "
    after = text[at + 1] if at + 1 < span[1] else " "
    if inside:
        return "open" if before.isspace() and not after.isspace() else "close"
    return "open" if not after.isspace() and not before.isalnum() else "none"


def _nests(text: str, at: int, end: int) -> bool:
    if text[at] == '"':
        return False
    close = text.find("”", at, end)
    again = text.find("”", close + 1, end)
    reopened = text.find("“", at + 1, end)
    return 0 <= close < again and not 0 <= reopened < again


def _unclosed(text: str, opened: int, end: int, number: int, run: int) -> Marked:
    while end > opened + 1 and text[end - 1].isspace():
        end -= 1
    return Marked(opened + 1, end, opened, end, 0, number if run < 0 else run, whole=False)


def _clause_end(text: str, opened: int, end: int) -> int:
    tail = _TAIL.search(text, opened, end)
    return tail.start() + 1 if tail else end


def _trim(text: str, mark: Marked) -> Marked:
    start, end = mark.start, mark.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return replace(mark, start=start, end=end)


def _singles(text: str, paragraphs: Sequence[Span], outer: Sequence[Marked]) -> Iterator[Marked]:
    number = len(outer) + len(paragraphs)
    for span in paragraphs:
        for match in _SINGLE.finditer(text, span[0], span[1]):
            inside = any(m.opened < match.start() and match.end() <= m.closed for m in outer)
            clear = all(m.closed <= match.start() or match.end() <= m.opened for m in outer)
            if not (inside or clear):
                continue
            number += 1
            yield Marked(match.start(1), match.end(1), match.start(), match.end(), int(inside), number, whole=True)


def hide(text: str, marks: Sequence[Marked]) -> str:
    """The same text, of the same length, with quoted words hidden and every outer mark written “ or ”.

    The last character of each quotation stays where it is punctuation, so that sentences still end.
    """
    parts: list[str] = []
    at = 0
    for mark in marks:
        if mark.depth or mark.opened < at:
            continue
        last = text[mark.end - 1] if text[mark.end - 1] in ".,!?…:;—" else HIDDEN
        pad = HIDDEN * (mark.end - mark.opened - 2) + last if mark.end - mark.opened > 1 else ""
        body = "“" + pad + text[mark.end : mark.closed - 1] + ("”" if mark.whole else "")
        parts += [text[at : mark.opened], body]
        at = mark.closed
    return "".join([*parts, text[at:]])
