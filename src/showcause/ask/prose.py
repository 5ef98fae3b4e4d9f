"""A text in, its paragraphs and sentences out, as spans of its characters; quoted words can be hidden first."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_BLOCK = re.compile(r"\S(?:.*\S)?", re.MULTILINE)
_BREAK = re.compile(r"\n[ \t\r]*\n|\f")
_LABEL = re.compile(r"(?:\[?\d{1,2}:\d\d|[QA][.:] |By [A-Z]|[*_>]|[A-Z][\w.’'-]*(?: [A-Z(][\w.’')-]*){0,4}:[*_]* ?\S)")
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,30}(?:,\s+[A-Z][\w. ]{1,14})?(?:,\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?)?\s*(?:\([^()\n]{2,30}\)\s*)?(?:—|–|--)\s+"
)
_STOP = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s)")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Messrs|Dr|St|Sen|Rep|Gov|Jr|Sr|Lt|Sgt|Capt|Col|Gen|Rev|Hon|Atty|Prof|No|Nos|Sec|Art|Inc|Co|Corp|vs?"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Ave|Dept|Ass’n|Supt|Cal|Cllr|Adm|Comm|Dir|Mass|Conn|Pa|Va|Fla|Ill|Tenn|Okla|Ore|Code|Stat|pp?|[A-Z]|U\.S|U\.S\.C|D\.C|a\.m|p\.m)"
    r"|§§?)\.\Z"
)
WIDEST = 110  # a text with a longer line, characters, was not broken to a column: each line is a paragraph
STRAY = 40  # of so many lines one may be longer than the column, such as two lines that a page break ran together
WRAP = 22  # a line this much shorter than the longest, characters, ends its paragraph


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs: blocks between blank lines, and single lines where the block was not wrapped to a column."""
    found: list[Span] = []
    widths = sorted(len(line) for line in text.split("\n"))
    at, column = 0, widths[-1 - len(widths) // STRAY]
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found += _lines(text, at, end, column)
        at = gap.end() if gap else end
    return tuple(found)


def _lines(text: str, start: int, end: int, column: int) -> Iterator[Span]:
    held: Span | None = None
    for line in _BLOCK.finditer(text, start, end):
        if held and _goes_on(text, held, line.span(), column):
            held = (held[0], line.end())
            continue
        if held:
            yield held
        held = line.span()
    if held:
        yield held


def _goes_on(text: str, before: Span, line: Span, column: int) -> bool:
    last = text.rfind("\n", before[0], before[1]) + 1
    width = before[1] - max(last, before[0])
    return column - WRAP <= width and column <= WIDEST and not _LABEL.match(text, line[0], line[1])


def sentences(hidden: str, span: Span) -> tuple[Span, ...]:
    """The sentences of a paragraph, read from a text whose quoted words are hidden (see `quotation.hide`)."""
    found: list[Span] = []
    led = _DATELINE.match(hidden, span[0], span[1])
    at = led.end() if led else span[0]
    for stop in _STOP.finditer(hidden, span[0], span[1]):
        if stop.start() < at or not _ends(hidden, stop, span[1]):
            continue
        found.append((at, stop.end()))
        at = stop.end()
        while at < span[1] and hidden[at].isspace():
            at += 1
    if at < span[1]:
        found.append((at, span[1]))
    return tuple(found)


def _ends(hidden: str, stop: re.Match[str], end: int) -> bool:
    after = hidden[stop.end() : end].lstrip()[:1]
    if not after:
        return False
    quoted = hidden[stop.end() - 1] in "”’" and hidden[stop.start() - 1] == HIDDEN
    if after.islower():
        return False
    if quoted:
        return hidden[stop.start()] == "." or not _TAG.match(hidden[stop.end() : stop.end() + 90].lstrip())
    return not shortened(hidden, stop.start())


def shortened(text: str, at: int) -> bool:
    """Whether the character at `at` is the stop of a word cut short ("St.", "Feb."), which ends no sentence."""
    return text[at] == "." and _SHORT.search(text, max(0, at - 8), at + 1) is not None


HIDDEN = "\ue000"
_TAG = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+|(?:the|a|an)\s+[\w’'-]+\s+){1,5}(?:said|says|asked|asks|wrote|told|added|replied)\b"
)
