"""A document's own names for things in; the matters that they stand for out: labels without quotation marks, lists told later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from showcause.assess.about import Span, Term, parties_in, terms_meant
from showcause.assess.page import Page
from showcause.assess.terms import Vocabulary
from showcause.text import later

NAME = r"(?:[A-Z][\w'-]*)(?:\s+(?:[A-Z][\w'-]*|\d+|and|of(?=\s+[A-Z]))){1,3}"  # "Closed File", "Tier Two"
HOLDER = r"(?:[\w'-]+\s+){1,2}(?:list|sheet|file|drawer|shelf|column|folder|cards?|register|box|page|half|book|field|part|group|class)"
CALLED = later(
    rf"\b(?:call(?:s|ed)?|name(?:s|d)?|known\s+as|speak\s+of)\s+(?:(?:it|that|this|them|these|those|all\s+(?:this|that)|(?:that|this)\s+\w+)\s+)?(?:as\s+)?(?:the\s+|our\s+)?(?P<name>{NAME})"
)
EQUALS = later(
    rf"\b(?:[Tt]he\s+|[Oo]ur\s+)?(?P<name>{NAME})\s+(?:is|are|means?|covers?|includes?|takes?\s+in|comprises?|stands?\s+for)\s"
)
INTO = later(
    rf"\b(?:[Ii]n|[Oo]n|[Ii]nto|[Uu]nder|[Tt]o)\s+(?:the\s+|our\s+)?(?P<name>{NAME})(?=\s+(?:we|I|go|goes|belongs?|are|is|stands?|come|comes|fall|falls)\b|[.:])"
)
HOLDS = later(rf"\b[Tt]he\s+(?P<name>{HOLDER})\s+(?:lists?|holds?|contains?|carries|carry|shows?|names?|gives?|has)\s")
NO_LABEL = later(
    r"\b(?:division|department|office|bureau|unit|city|county|town|village|police|act|ordinance|code|policy|order|section|chapter|law|board|council|court|service|services|desk|sheriff|state|states|officers?|commission|committee|center|agency|district|school|hospital|library|authority|university|college|immigration|customs|homeland|security|chief|clerk|manager|director|mayor|january|february|march|april|may|june|july|august|september|october|november|december|i|q|a)\b"
)  # bodies, laws and dates, which are spoken of and stand for nothing
FRAGMENT = 120  # characters of a sentence that is only the head of what follows


def defined(paper: Page, words: Vocabulary) -> Iterator[tuple[str, Term]]:
    """The labels that the document gives to information and uses again: "On the Blue Shelf we put citizenship and health."."""
    for n, one in enumerate(paper.sentences if len(paper.sentences) > 1 else ()):
        part = paper.cased[one.start : one.end]
        for pattern in (CALLED, EQUALS, INTO, HOLDS):
            for m in pattern.finditer(part):
                term = " ".join(m["name"].lower().split())
                if NO_LABEL.search(term) or paper.low.count(term) < 2:
                    continue
                at = one.start + m.start() if pattern is CALLED else one.start + m.end()
                stop = _told_until(paper, n, at)
                matters = terms_meant(paper.low, (at, stop), words) & set(words.specific())
                if matters:
                    yield term, Term(matters, frozenset(), (one.start, stop))


SHORT_FOR = later(
    r"(?m)(?:^|(?<=[.;:|(\]]))[ \t]*(?P<name>[A-Z][A-Z0-9]*(?:[ -][A-Z0-9]+){0,2}|[A-Z][a-z]+(?: [A-Z0-9][\w'-]*)?)[ \t]*=[ \t]*(?P<for>[^.;\n]{3,120})"
)


def short(paper: Page, words: Vocabulary) -> Iterator[tuple[str, Term]]:
    """The names that the document sets equal to others: "PIER 9 = the federal immigration service."."""
    for m in SHORT_FOR.finditer(paper.cased):
        matters = terms_meant(paper.low, m.span("for"), words) & set(words.specific())
        parties = parties_in(paper.low, *m.span("for"), words) & {"authority"}
        if matters or parties:
            yield " ".join(m["name"].lower().split()), Term(matters, parties, m.span())


def _told_until(paper: Page, n: int, at: int) -> int:
    """Where the telling of what a label stands for ends: with its sentence, or the next where it is only a head or a question."""
    one = paper.sentences[n]
    rest = paper.low[at : one.end].strip(" .:?\"'")
    bare = one.end - one.start < FRAGMENT and (
        len(rest) < len("four things") or paper.low.endswith("?", one.start, one.end)
    )
    if bare and n + 1 < len(paper.sentences):
        return paper.sentences[n + 1].end
    return one.end


TELLS = r"(?:are|is|means?|includes?|comprises?|cover|covers|take\s+in|follow)\b"
LISTED = later(
    rf"\W*(?:\(?\w{{1,3}}[.)]\s+)?(?:(?:they|these|those|such\s+\w+|the\s+(?:things|matters|facts|particulars|subjects|items)(?:\s+in\s+question|\s+meant)?|all\s+of\s+them)\s+{TELLS}|(?:namely|to\s+wit|that\s+is(?:\s+to\s+say)?)\b)"
)
AHEAD = 2  # sentences after an open term in which its list is looked for


def listed(paper: Page, n: int, span: Span, words: Vocabulary) -> Term | None:
    """What an open term in `span` of sentence `n` stands for, where the text tells it: after a colon, in the next sentences, or by its own words."""
    if not words.open or not (m := words.matters[words.open].search(paper.low, *span)):
        return None
    here = paper.sentences[n]
    if (colon := paper.low.find(": ", m.end(), here.end)) > 0:
        inside = terms_meant(paper.low, (colon, here.end), words) & set(words.specific())
        return Term(inside, frozenset(), (here.body, here.end)) if inside else None
    low, own = paper.low, re.compile(rf"\W*(?:the\s+|our\s+)?{re.escape(m[0].strip())}\s+{TELLS}")
    for k, one in enumerate(paper.sentences):
        after = n < k <= n + AHEAD and LISTED.match(low, one.start, one.end)
        told = after or (k != n and own.match(low, one.start, one.end))
        if told and (matters := terms_meant(low, (told.end(), one.end), words) & set(words.specific())):
            return Term(matters, frozenset(), (one.start, one.end))
    return None


SHORT = 120  # characters of a definition that is cited whole
ITEM = later(r"[;:]\s|(?<=[.!?])\s")  # between the items of a list


def support(
    low: str, terms: Sequence[Term], matters: frozenset[str], words: Vocabulary
) -> tuple[tuple[str, Span], ...]:
    """For each matter that the terms bring in, the words that do: the item of a long list, a short definition whole."""
    return tuple(
        (matter, _item(low, t.span, words.matters[matter])) for t in terms for matter in sorted(t.matters & matters)
    )


def items(low: str, span: Span, end: int, matters: frozenset[str], words: Vocabulary) -> tuple[tuple[str, Span], ...]:
    """For each matter that stands in a list after the clause at `span`, up to `end`, its item."""
    return tuple(
        (matter, _between(low, (span[1], end), m))
        for matter in sorted(matters & set(words.specific()))
        if (m := words.matters[matter].search(low, span[1], end))
    )


def _item(low: str, span: Span, matter: re.Pattern[str]) -> Span:
    found = next(reversed([*matter.finditer(low, *span)]), None)  # not the term itself, which may name it
    if not found or span[1] - span[0] <= SHORT:
        return span
    return _between(low, span, found)


def _between(low: str, span: Span, found: re.Match[str]) -> Span:
    """The item of the list in `span` in which `found` stands."""
    start = max((m.end() for m in ITEM.finditer(low, span[0], found.start())), default=span[0])
    end = next((m.start() for m in ITEM.finditer(low, found.end(), span[1])), span[1])
    return start, end
