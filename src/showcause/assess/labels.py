"""A document's own names for things in; the matters that they stand for out: labels without quotation marks, lists told later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from showcause.assess.about import Span, Term, parties_in, term_of, terms_meant
from showcause.assess.page import Page
from showcause.assess.terms import Vocabulary
from showcause.norm.english import DEFINES
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
                    yield (
                        term,
                        Term(matters, frozenset(), (one.start, stop), (one.start if pattern is CALLED else at, stop)),
                    )


SHORT_FOR = later(
    r"(?m)(?:^|(?<=[.;:|(\]]))[ \t]*(?P<name>[A-Z][A-Z0-9]*(?:[ -][A-Z0-9]+){0,2}|[A-Z][a-z]+(?: [A-Z0-9][\w'-]*)?)[ \t]*=[ \t]*(?P<for>[^.;\n]{3,120})"
)


def short(paper: Page, words: Vocabulary) -> Iterator[tuple[str, Term]]:
    """The names that the document sets equal to others: "PIER 9 = the federal immigration service."."""
    for m in SHORT_FOR.finditer(paper.cased):
        matters = terms_meant(paper.low, m.span("for"), words) & set(words.specific())
        parties = parties_in(paper.low, *m.span("for"), words) & {"authority"}
        if matters or parties:
            yield " ".join(m["name"].lower().split()), Term(matters, parties, m.span(), m.span("for"))


CAPITAL = r"(?P<name>[A-Z][\w'-]*(?:[ ]+[\w'-]+){0,3}?)"
STANDS_FOR = r"(?:means?|stands?\s+for|signif(?:y|ies)|denotes?|refers?\s+to|(?:is|are)\s+(?:our\s+|the\s+|my\s+)?(?:short(?:hand)?|(?:short\s+)?(?:word|name|term|label)s?)\s+for|(?:is|are)\s+what\s+(?:we|I|this\s+\w+)\s+calls?)\b"
MEANT = (
    later(rf"(?:[Tt]he\s+|[Aa]n?\s+|[Oo]ur\s+)?{CAPITAL}(?:,\s+[^,.;]{{3,60}},)?\s+{STANDS_FOR}"),
    later(
        rf"\b(?:[Bb]y|[Ww]hen\s+(?:we|I|this\s+\w+)\s+(?:say|write|speak\s+of)s?)\s+(?:the\s+|an?\s+|our\s+)?{CAPITAL},?\s+(?:(?:we|I)\s+(?:only\s+)?mean|is\s+meant)\b"
    ),
)
HEADED = later(r"\W*[A-Z][\w'-]*(?:[ ]+[\w'-]+){0,3}\s*[.:]\s*\Z")
VERB = later(rf"\W*{STANDS_FOR}", re.IGNORECASE)


def meant(paper: Page, words: Vocabulary) -> Iterator[tuple[str, Term]]:
    """The names that the document says what they mean, without quotation marks: "Tier Two means ...", "TANGO. Means ..."."""
    for n, one in enumerate(paper.sentences):
        for pattern in MEANT:
            if m := pattern.match(paper.cased, one.body, one.end):
                yield from _meant(paper, m["name"], (m.end(), one.end), one.start, words)
        after = paper.sentences[n + 1] if n + 1 < len(paper.sentences) else None
        if after and HEADED.match(paper.cased, one.body, one.end) and (m := VERB.match(paper.cased, after.body)):
            yield from _meant(paper, paper.cased[one.body : one.end], (m.end(), after.end), one.start, words)


def _meant(paper: Page, name: str, means: Span, start: int, words: Vocabulary) -> Iterator[tuple[str, Term]]:
    term = " ".join(name.lower().split()).strip(" .:")
    found = term_of(paper.low, means, words, start)
    matters, parties = found.matters & set(words.specific()), found.parties & {"authority"}
    if (matters or parties) and paper.low.count(term) > 1 and not NOBODY.fullmatch(term):
        yield term, Term(matters, parties, found.span, means)


NOBODY = later(r"(?:it|this|that|these|those|they|he|she|we|you|which|what|who|nothing|silence|\w{1,2})")


def definitions(paper: Page, words: Vocabulary) -> dict[str, Term]:
    """The terms that the document defines, wherever it defines them."""
    key = ("defined", id(words))
    if key not in paper.known:
        paper.known[key] = _definitions(paper, words)
    found: dict[str, Term] = paper.known[key]
    return found


def _definitions(paper: Page, words: Vocabulary) -> dict[str, Term]:
    out: dict[str, Term] = dict([*defined(paper, words), *short(paper, words), *meant(paper, words)])
    for n, one in enumerate(paper.sentences):
        for m in DEFINES.finditer(paper.low, one.start, one.end):
            term = (m["t1"] or m["t2"] or m["t3"]).strip()
            stop = _defining_end(paper, n, m.end())
            out[term] = term_of(paper.low, (m.end(), stop), words, m.start())
    return out


def _defining_end(paper: Page, n: int, place: int) -> int:
    """A definition ends where the next one begins, or with its sentence."""
    one = paper.sentences[n]
    following = re.compile(r"(?:;\s*(?:and\s+)?|,\s+and\s+)(?=(?:\(\w{1,4}\)\s*)?\")").search(paper.low, place, one.end)
    stop = following.start() if following else one.end
    here = paper.low[one.start : stop]
    if not re.search(r"\b(?:means?|mean|includes?|=)", here) and n + 1 < len(paper.sentences):
        after = paper.sentences[n + 1]
        if re.match(
            r"(?:it|they|this|these|that|the\s+\w+)\s+(?:stands?|means?|includes?|covers?|refers?)\b",
            paper.low[after.start : after.start + 40],
        ):
            return after.end
    return stop


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
        return Term(inside, frozenset(), (here.body, here.end), (colon, here.end)) if inside else None
    low, own = paper.low, re.compile(rf"\W*(?:the\s+|our\s+)?{re.escape(m[0].strip())}\s+{TELLS}")
    for k, one in enumerate(paper.sentences):
        after = n < k <= n + AHEAD and LISTED.match(low, one.start, one.end)
        told = after or (k != n and own.match(low, one.start, one.end))
        if told and (matters := terms_meant(low, (told.end(), one.end), words) & set(words.specific())):
            return Term(matters, frozenset(), (one.start, one.end), (told.end(), one.end))
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
