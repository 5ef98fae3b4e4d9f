"""A letter as pages give it in, its text with blank lines between paragraphs out, and the way back to its own characters.

The text of a PDF has a line end at every wrap and no blank line between paragraphs; heads and feet stand in the midst of
what runs on over the page. Where a paragraph ends is told by the line that stops short, by list marks, headings,
salutation and closing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from showcause.ask.days import DATE
from showcause.ask.parts import ANNEX, BULLET, CLOSING, MARKER, TITLES, Span
from showcause.core import Document
from showcause.text import Offsets, unfurnished

FEW = 0.05  # blank lines to a line of words: below it, paragraphs are not parted by blank lines
SHORTEST = 8  # lines; a shorter text is read as it stands
FULL = 0.88  # of the column, characters: a line that would not reach it with the next word was ended on purpose
NARROW = 0.6  # of the column: lines all below it are not wrapped but a block, as an address is
WRAPS = 0.2  # of the lines: so many with a space at their end show that the file keeps the space of a wrap
EDGE = 4  # lines at the top or foot of a page that may be its head or foot


@dataclass(frozen=True, slots=True)
class Paged:
    """The text as it is read, `offsets` from it into `source`, and the `furniture` of the source's pages in order."""

    text: str = field(repr=False)
    source: str = field(repr=False)
    offsets: Offsets = field(repr=False)
    furniture: tuple[Span, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a span of the text; of one that furniture divides, the longest piece."""
        first, last = self.offsets.span(start, end)
        pieces: list[Span] = []
        for s, e in self.furniture:
            if first < s and e < last:
                pieces.append((first, s))
                first = e
        pieces.append((first, last))
        return max((_bare(self.source, *piece) for piece in pieces), key=lambda p: p[1] - p[0])

    def words(self, words: str) -> str:
        """The words as the source has them."""
        place = self.text.find(words)
        if self.text is self.source or not words or place < 0:
            return words
        start, end = self.span(place, place + len(words))
        return self.source[start:end]


def _bare(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def paged(document: Document) -> Paged:
    """The letter's text with its paragraphs apart; as it stands where blank lines part them already."""
    source = document.text
    lines = source.splitlines()
    worded = sum(1 for line in lines if line.strip())
    if worded < SHORTEST or (len(lines) - worded > FEW * worded and "\f" not in source):
        return Paged(source, source, Offsets())
    furniture = tuple(_furniture(source))
    page = _page(document, furniture)
    text: list[str] = []
    pieces: list[Span] = []
    length = 0
    for place, (start, end) in enumerate(page.lines):
        joint = page.joint(place) if place else ""
        pieces.append((length + len(joint), start))
        text.append(joint + source[start:end])
        length += len(text[-1])
    return Paged("".join(text), source, Offsets(tuple(pieces) or ((0, 0),)), furniture)


# --- furniture ----------------------------------------------------------------------------------

REACHED = re.compile(
    r"(?i)\b\d{5}(?:-\d{4})?\W*$|\bwww\.|https?://|\(\d{3}\)\s*\d{3}-\d{4}|\b\d{3}[-.]\d{3}[-.]\d{4}\b|\w@\w"
)

NUMBERED = re.compile(
    r"(?:P(?:age|AGE)\s+\d{1,3}(?:\s+(?:of|OF)\s+\d+)?\b.{0,80}|.{0,110}\bP(?:age|AGE)\s+\d{1,3}(?:\s+(?:of|OF)\s+\d+)?|[-–—\s]*\d{1,3}(?:\s+of\s+\d+)?[-–—\s]*)$"
)


def _furniture(text: str) -> Iterator[Span]:
    """The lines that belong to the pages and not to the letter, each with what white space the view blanks about it."""
    bare = unfurnished(text)
    told = set(_edged(text))
    for m in re.finditer(r"[^\n\f]+", text):
        if m[0].strip() and (m.span() in told or not bare[m.start() : m.end()].strip()):
            yield m.span()


def _edged(text: str) -> Iterator[Span]:
    """Heads from the second page on, feet, and the address at the foot of a letterhead."""
    edges = _edges(text)
    tops = Counter(key for top, _ in edges for key in _shapes(text, top[:2]))
    feet = Counter(key for _, foot in edges for key in _shapes(text, foot[:-3:-1]))
    for number, (top, foot) in enumerate(edges):
        if number:
            yield from _counted(text, top)
            yield from (line for key, line in _shapes(text, top[:2]).items() if tops[key] > 1)
        yield from _counted(text, foot[::-1])
        yield from (line for key, line in _shapes(text, foot[:-3:-1]).items() if feet[key] > 1)
        s, e = foot[-1]
        if number + 1 < len(edges) and e - s < 120 and REACHED.search(text[s:e]):
            yield s, e


def _edges(text: str) -> list[tuple[list[Span], list[Span]]]:
    """The first and last lines of words of every page."""
    out: list[tuple[list[Span], list[Span]]] = []
    for page in re.finditer(r"[^\f]+", text):
        lines = [m.span() for m in re.compile(r"[^\n\f]+").finditer(text, *page.span()) if m[0].strip()]
        if lines:
            out.append((lines[:EDGE], lines[-EDGE:]))
    return out


def _shapes(text: str, lines: list[Span]) -> dict[tuple[int, str], Span]:
    """Lines by their distance from the edge of the page and their words, whatever the numbers in them."""
    return {(n, re.sub(r"\d+", "#", text[s:e].strip())): (s, e) for n, (s, e) in enumerate(lines)}


def _counted(text: str, lines: list[Span]) -> list[Span]:
    """The lines from the edge of a page up to its number, if they are short: "Mayor Roe", "May 4, 2031", "Page 2"."""
    for place, (s, e) in enumerate(lines):
        words = text[s:e].strip()
        if NUMBERED.match(words):
            return lines[: place + 1]
        if len(words) > 60 or words.endswith((".", ";", ":", "?")):
            return []
    return []


# --- paragraphs ---------------------------------------------------------------------------------

GREETING = re.compile(
    rf"(?:(?i:Dear\b.{{1,90}}|To\s+Whom\s+It\s+May\s+Concern\s*[:,]?|Greetings[:,]?|Ladies\s+and\s+Gentlemen\s*[:,]?)|(?:{TITLES})(?:[ ](?!of\b)[^.:,]{{1,40}}(?:\.[^.:,]{{1,20}})?)?[:,])[ \t]*$"
)
DATED = re.compile(rf"(?i)^\W*(?:(?:dated?|issued)\b:?\s*(?:on\s+)?)?{DATE}\W*$")
OWN_LINE = re.compile(r"(?i)^[ \t]*(?:re|subject|in\s+re|from|to|cc|attn|attention)\b\.?\s*:")
DELIVERY = re.compile(
    r"(?i)^[ \t]*(?:sent\s+)?(?:(?:by|via)\s+(?:e-?mail|hand|courier|certified|registered|first|overnight|fax|facsimile|electronic|u\.?s\.?)|certified\s+mail|first[-\s]class\s+mail|hand[-\s]delivered)\b"
)
ADDRESS_END = re.compile(r"\b\d{5}(?:-\d{4})?$")
STOPPED = re.compile(r"(?:[.;:?!][\"'”’)\]]{0,2}|[;,]\s+(?:and|or))$")


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a letter's words; `body`, `closing` and `annex` are where they begin in `lines`.

    A paragraph begins at each place in `apart`; `column` is the width of a full line in characters; `wraps` tells
    whether the space of a wrap stands at the end of its line.
    """

    text: str = field(repr=False)
    lines: list[Span]
    headings: frozenset[int]
    apart: frozenset[int]
    body: int
    closing: int
    annex: int
    column: int
    wraps: bool

    def words(self, place: int) -> str:
        """The words of a line."""
        return self.text[slice(*self.lines[place])].strip()

    def joint(self, place: int) -> str:
        """What stands between the line at `place` and the one before it: a blank line, a line end or a space."""
        if self.parted(place):
            return "\n\n"
        if self._spaced(place) and self.wraps:
            return ""
        in_blocks = place < self.body or self.closing < place < self.annex
        return "\n" if in_blocks or not self._runs_on(place) else " "

    def _spaced(self, place: int) -> bool:
        return self.text[self.lines[place - 1][1] - 1] == " "

    def parted(self, place: int) -> bool:
        """Whether a paragraph begins with the line at `place`."""
        if place in self.apart:
            return True
        if place < self.body:
            return self._parted_in_head(place)
        if self.closing < place < self.annex:
            return False
        return self._parted_in_body(place)

    def _parted_in_head(self, place: int) -> bool:
        before, words = self.words(place - 1), self.words(place)
        apart = DATED.match(words) or DATED.match(before) or ADDRESS_END.search(before)
        return bool(apart or OWN_LINE.match(words) or DELIVERY.match(words) or DELIVERY.match(before))

    def _parted_in_body(self, place: int) -> bool:
        before, words = self.words(place - 1), self.words(place)
        if place in self.headings or place - 1 in self.headings:
            return True
        if ANNEX.match(before) or ANNEX.match(words) or DATED.match(before):
            return True
        if _only_mark(before):
            return False
        ended = not self._runs_on(place)
        if words[0] in "•‣◦▪" or (_marked(words) and (ended or STOPPED.search(before))):
            return True
        if self._titled(place) and STOPPED.search(before):
            return True
        return ended and not self._in_block(place)

    def _runs_on(self, place: int) -> bool:
        """Whether the line before was broken because the next word had no room."""
        if self.wraps:
            goes_on = self.words(place - 1)[-1] in "-–—/" or self.words(place)[0].islower()
            return self._spaced(place) or (goes_on and self._full(place))
        return self._full(place)

    def _full(self, place: int) -> bool:
        near = max(len(self.words(p)) for p in range(max(0, place - 3), min(len(self.lines), place + 3)))
        column = near if near >= NARROW * self.column else self.column
        first = self.words(place).split()[0]
        return len(self.words(place - 1)) + 1 + len(first) > FULL * column

    def _titled(self, place: int) -> bool:
        """Whether a line looks like a heading: short, without a stop, its long words in capitals, prose or a list below."""
        words = self.words(place)
        long = [w for w in words.split() if len(w) > 3]
        if (
            len(words) > NARROW * self.column
            or words[-1] in ".,;?!"
            or not words[0].isupper()
            or place + 1 == len(self.lines)
        ):
            return False
        after = self.words(place + 1)
        return (len(words.split()) < 5 or all(w[0].isupper() for w in long)) and not after[0].islower()

    def _in_block(self, place: int) -> bool:
        """Whether two short lines without stops stand together, as those of an address do."""
        before, words = self.words(place - 1), self.words(place)
        short = max(len(before), len(words)) < NARROW * self.column
        return short and not STOPPED.search(before) and not STOPPED.search(words) and not _marked(words)


def _marked(words: str) -> bool:
    return bool(MARKER.match(words + " ") or BULLET.match(words))


def _only_mark(words: str) -> bool:
    m = MARKER.match(words + " ")
    return bool(m and m.end() >= len(words)) or words in "-*•‣◦▪–·"


def _page(document: Document, furniture: tuple[Span, ...]) -> _Page:
    text, away = document.text, set(furniture)
    every = [m.span() for m in re.finditer(r"[^\n\f]*[^\n\f]", text)]
    lines = [span for span in every if span not in away and text[slice(*span)].strip()]
    words = [text[slice(*span)].strip() for span in lines]
    greeting = next((n for n, w in enumerate(words) if GREETING.match(w)), None)
    begin = _prose(words) if greeting is None else greeting + 1
    annex = next((n for n, w in enumerate(words) if n > begin and ANNEX.match(w)), len(words))
    closing = next((n for n in reversed(range(annex)) if n > begin and CLOSING.match(words[n])), annex)
    return _Page(
        text=text,
        lines=lines,
        headings=frozenset(n for n, (s, e) in enumerate(lines) if any(s <= h.start < e for h in document.headings)),
        apart=frozenset((begin, closing, annex, -1 if greeting is None else greeting))
        | {n for n in range(1, len(lines)) if _blank(text, lines[n - 1][1], lines[n][0])},
        body=begin,
        closing=closing,
        annex=annex,
        column=_column(words),
        wraps=sum(text[e - 1] == " " for _, e in lines) > WRAPS * len(lines),
    )


def _blank(text: str, end: int, start: int) -> bool:
    """Whether a blank line that is no page's edge stands between two lines."""
    return "\f" not in text[end:start] and text.count("\n", end, start) > 1


def _column(words: list[str]) -> int:
    """The width of a full line in characters: that of the tenth part of the lines that are longest."""
    widths = sorted(map(len, words), reverse=True)
    return widths[len(widths) // 10] if widths else 0


def _prose(words: list[str]) -> int:
    """The line with which prose begins, in a letter without a salutation."""
    column = _column(words)
    for place, line in enumerate(words[:-1]):
        many = [w for w in line.split() if w[0].isalpha()]
        plain = sum(w[0].islower() for w in many)
        if len(line) > 0.7 * column and plain > 0.4 * len(many) and not OWN_LINE.match(line):
            above = words[place - 1] if place else ""
            wrapped = len(above) > FULL * column and not STOPPED.search(above) and not OWN_LINE.match(above)
            return place - wrapped
    return 0
