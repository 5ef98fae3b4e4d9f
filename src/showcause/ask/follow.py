"""The text of a letter and earlier letters in, what it says of them out: it follows, adds to, replaces or withdraws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from showcause.ask.days import DATE, YEARLESS, as_day
from showcause.ask.parts import BLOCK, Span, sentences
from showcause.core import Bond, Letter, Link

PAPER = r"(?:letters?|requests?|demands?|subpoenas?|e-?mails?|messages?|memorand(?:um|a)|memos?|notices?|correspondence|inquir(?:y|ies))"
EARLIER = r"(?:first|second|third|earlier|previous|prior|initial|original|last|former|preceding|pending)"
WHOSE = r"(?:my|our|this\s+(?:office|committee|department|board|agency)[’']s|the\s+[\w’']+[’']s?|the|this|an?|that)"
NAMED = re.compile(  # "our letter of October 1, 2032", "the Committee's earlier request"; "your letter" is the other side's
    rf"\b(?P<whose>{WHOSE}|your)\s+(?:(?P<old>{EARLIER})\s+)?(?:\w+\s+){{0,2}}?{PAPER}(?:,?\s+(?:to\s+you\s+)?(?:of|dated|sent(?:\s+on)?|issued(?:\s+on)?|from|on)\s+(?P<day>{DATE}|{YEARLESS}))?",
    re.IGNORECASE,
)
LABEL = r"(?:\d{1,3}(?:\([a-z]\))?|[A-Z](?:-\d{1,2})?(?![a-z])|[IVX]{2,5}\b)"
ITEMS = re.compile(
    rf"\b(?P<what>(?:[Rr]equests?|[Ii]tems?|[Dd]emands?|[Ss]pecifications?|[Ii]nterrogator(?:y|ies)|[Pp]aragraphs?|[Qq]uestions?|REQUESTS?)(?:\s+[Nn](?:os?\.|umbers?))?)\s+"
    rf"(?P<labels>{LABEL}(?:(?:,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*[–-]\s*|\s+(?:through|to)\s+){LABEL})*)"
)
BONDS = (
    (
        Bond.WITHDRAWS,
        r"withdr[ae]w\w*|rescind\w*|cancel\w*|no\s+longer\s+(?:need|seek|ask|require|want)\w*|(?:do|does|need)\s+not\s+(?:now\s+)?(?:need|require|be\s+answered|answer)|drop(?:s|ped)?\b|disregard",
    ),
    (
        Bond.SUPERSEDES,
        r"supersed\w*|replac\w*|modif(?:y|ies|ied)|amend(?:s|ed)?\b|revis(?:e|es|ed)\b|takes?\s+the\s+place\s+of|(?:in\s+(?:place|lieu)|instead)\s+of|substitut\w*|narrow(?:s|ed)?\b",
    ),
    (
        Bond.SUPPLEMENTS,
        r"in\s+addition\s+to|supplement\w*|adds?\s+to|beyond\s+what|as\s+well\s+as\s+what|over\s+and\s+above",
    ),
    (
        Bond.STANDS,
        r"stands?\b|remains?\s+(?:\w+\s+)?(?:in\s+(?:force|effect)|unchanged|outstanding|pending|unanswered|due|owing|open)|continues?\s+(?:in\s+(?:force|effect)|to\s+apply)|(?:is|are)\s+(?:unaffected|still\s+\w+|overdue|outstanding|renewed|unchanged)|renews?\b|maintain\w*",
    ),
    (
        Bond.FOLLOWS,
        r"follow(?:s|ing)?(?:[-\s]+up)?\b|further\s+to|reminds?\b|reminder|writ(?:e|ing)\s+(?:to\s+you\s+)?again|second\s+(?:request|letter|notice)|third\s+(?:request|letter|notice)|with\s+reference\s+to|refer(?:s|ring)?\s+to|re\s*:|as\s+(?:we|I)\s+(?:asked|wrote|requested)|since\s+(?:my|our)|in\s+(?:my|our)\b|by\s+(?:my|our)\b|(?:has|have)\s+not\s+(?:been\s+)?answered|no\s+(?:answer|reply|response)",
    ),
)
CUT = re.compile(
    r";\s*(?:and\s+|but\s+)?|,\s+(?:and|but|while)\s+(?=(?:we|I|the|our|my|all|[Rr]equests?|[Ii]tems?)\b)|\s+(?:and|but)\s+(?=(?:[Rr]equests?|[Ii]tems?)\s+(?:[Nn]os?\.\s+)?[\dA-Z]+\b[^,;]*\b(?:is|are|has|have|stands?|remains?)\b)"
)
BY = re.compile(rf"\b(?:by|with|in\s+favou?r\s+of)\s+(?:the\s+)?(?:new\s+)?{ITEMS.pattern}")
TAKES = re.compile(r"\b(?:supersedes?|replaces?|takes?\s+the\s+place\s+of|modifies|amends)\b", re.IGNORECASE)


class _Day(NamedTuple):
    """A month and a day, with its year where the words give one."""

    month: int
    day: int
    year: int | None


def follows(letter_text: str, earlier: Sequence[Letter]) -> tuple[Link, ...]:
    """What a letter says of earlier ones of its writer, in its order; each text is an exact substring.

    `earlier` are the letters it may mean, in any order; a link names one by its place among them where its date, or its
    being the only one, tells it. The other side's letters ("your letter of May 3") are no links.
    """
    links: list[Link] = []
    named: int | None = None
    for span in _clauses(letter_text):
        for link in _linked(letter_text, span, earlier):
            named = link.earlier if link.earlier is not None else named
            links.append(link)
    if named is None and len(earlier) == 1 and links:
        named = 0
    return tuple(_settled(link, named) for link in links)


def _settled(link: Link, named: int | None) -> Link:
    """A link to requests without a date is to the letter that the same paper names."""
    if link.earlier is not None or link.dated is not None:
        return link
    return Link(link.bond, link.text, link.start, link.end, link.dated, link.requests, link.by, named)


def _clauses(text: str) -> Iterator[Span]:
    for block in BLOCK.finditer(text):
        for start, end in sentences(text, *block.span()):
            place = start
            for cut in CUT.finditer(text, start, end):
                yield place, cut.start()
                place = cut.end()
            yield place, end


def _linked(text: str, span: Span, earlier: Sequence[Letter]) -> Iterator[Link]:
    """The link that a clause makes: by its word, the letter or the requests that it names."""
    words = text[slice(*span)]
    paper = next((m for m in NAMED.finditer(words) if _theirs(m)), None)
    by = BY.search(words)
    items = [m for m in ITEMS.finditer(words) if not (by and by.start() < m.start() < by.end())]
    if paper is None and not items:
        return
    bond = _bond(words, alone=not items)
    if bond is None:
        return
    taker = _taker(words, items) if bond is Bond.SUPERSEDES and not by else None
    labels = [label for m in items if m is not taker for label in _labels(m["labels"])]
    new = by["labels"] if by else taker["labels"] if taker else None
    said = paper["day"] if paper else None
    day = _day(said)
    kept = words.rstrip().rstrip(".;,")
    meant = next((n for n, one in enumerate(earlier) if day and _is(one.date, day)), None)
    dated = as_day(said) if said else None
    if dated is None and meant is not None:
        dated = earlier[meant].date
    yield Link(bond, kept, span[0], span[0] + len(kept), dated, tuple(labels), new, meant)


def _theirs(m: re.Match[str]) -> bool:
    """Whether a paper named is an earlier one of the writer: it has a date, or "earlier", and is not "your letter"."""
    whose = " ".join(m["whose"].lower().split())
    return whose != "your" and bool(m["day"] or m["old"])


def _bond(words: str, *, alone: bool) -> Bond | None:
    """The bond of the first word that makes one; requests are only withdrawn, replaced, added to or kept."""
    for bond, pattern in BONDS:
        if (alone or bond is not Bond.FOLLOWS) and re.search(rf"(?<![\w-])(?:{pattern})", words, re.IGNORECASE):
            return bond
    return None


def _taker(words: str, items: list[re.Match[str]]) -> re.Match[str] | None:
    """The new request in "Item A replaces Request 2": the one before a verb that has another behind it."""
    verb = TAKES.search(words)
    if verb is None or len(items) < 2:
        return None
    return items[0] if items[0].end() <= verb.start() < items[-1].start() else None


def _labels(words: str) -> list[str]:
    """Each label of a list: "1, 3 and 5 to 7" is 1, 3, 5, 6, 7."""
    out: list[str] = []
    pieces = re.split(r"(,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*[–-]\s*(?=\d)|\s+(?:through|to)\s+)", words)
    for place in range(0, len(pieces), 2):
        joint = pieces[place - 1].strip() if place else ""
        label = pieces[place]
        if joint in ("through", "to", "-", "–") and out and out[-1].isdigit() and label.isdigit():
            out += [str(n) for n in range(int(out[-1]) + 1, int(label))]
        out.append(label)
    return out


def _day(words: str | None) -> _Day | None:
    """The day that words name, with or without its year."""
    if not words:
        return None
    full = as_day(words)
    if full:
        return _Day(full.month, full.day, full.year)
    leap = as_day(f"{words.rstrip('.')} 2000")  # a leap year has every day
    return _Day(leap.month, leap.day, None) if leap else None


def _is(day: date | None, named: _Day) -> bool:
    if day is None or named.year not in (None, day.year):
        return False
    return (day.month, day.day) == (named.month, named.day)
