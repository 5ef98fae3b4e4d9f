"""A document's own terms in; the words of a passage out with these terms spelled out, for a judge that reads no other passage.

"Green facts go to the Bureau" says nothing to who never read that green facts are addresses and the Bureau an agency. The
rules have the whole document in view; the learned judge reads one section, and reads it so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from showcause import text
from showcause.assess.about import Span, named
from showcause.assess.labels import definitions
from showcause.assess.page import Page
from showcause.assess.terms import Vocabulary
from showcause.text import later

LONGEST = 140  # characters of a definition that stand for the term; more is cut at its last comma, or word
END = later(r"(?<![A-Z])[;.](?:\s|\Z)|\bbut\s+not\b|\bdoes\s+not\s+include\b")
LEAD = later(
    r"\W*(?:(?:(?:we|I)\s+(?:only\s+)?mean|is|are|means?|includes?|covers?|stands?\s+for|=|:)\s+)?(?:what\s+(?:\w+\s+){1,2}calls?\s+|(?:our|the)\s+(?:short\s+)?(?:word|name|term)\s+for\s+)?"
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A term, the words that it stands for, and where the document defines it; `proper` is a word that is a term only with its capital."""

    term: re.Pattern[str]
    means: str
    defined: Span
    proper: bool = False


def terms(paper: Page, words: Vocabulary) -> tuple[Spelled, ...]:
    """The terms of the document that stand for what the law is about, or for the body toward which it asks things."""
    about = set(words.specific())
    found = []
    for term, one in definitions(paper, words).items() if len(paper.sections) > 1 else ():
        if (one.matters & about or "authority" in one.parties) and (means := _means(paper.cased, one.means)):
            proper = " " not in term and term.capitalize() in paper.cased[slice(*one.span)]
            pattern = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)") if proper else named(term)
            found.append(Spelled(pattern, means, one.span, proper))
    return tuple(found)


def _means(cased: str, span: Span) -> str:
    """The words of a definition, without its verb, up to its first end."""
    lead = LEAD.match(cased, *span)
    start = lead.end() if lead else span[0]
    end = END.search(cased, start, span[1])
    said = " ".join(cased[start : end.start() if end else span[1]].split())
    if len(said) > LONGEST:
        said = said[:LONGEST]
        said = said[: said.rfind(",") if said.rfind(",") > LONGEST // 2 else said.rfind(" ")]
    return said.strip(" ,:\"'")


def out(words: str, span: Span, defined: Sequence[Spelled]) -> str:
    """The words at `span`, each term's first use there followed by what it stands for; nothing is added where it is defined."""
    here = words[slice(*span)]
    low, added = text.lowered(here), []
    for one in defined:
        if span[0] < one.defined[1] and one.defined[0] < span[1]:
            continue
        if m := next((m for m in one.term.finditer(low) if not one.proper or here[m.start()].isupper()), None):
            added.append((m.end(), one.means))
    for at, means in sorted(added, reverse=True):
        here = f"{here[:at]} ({means}){here[at:]}"
    return here
