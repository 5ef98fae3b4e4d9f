"""A document in; its amended words, sentences and sections out, with the chapter that each section stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from showcause import text
from showcause.core import Heading
from showcause.text import later


@dataclass(frozen=True, slots=True)
class Page:
    """A document made ready: its amended text in lower case (and, of the same length, `cased` as written), sentences, sections and which section each is in.

    A long section without numbers inside is parted into its paragraphs; `roots` gives for each section the first of its
    parts. `above` gives for each section the headed sections that it stands in, outermost first and itself last; `titles` are
    the sentences that are headings; `subject` is what the document says it is about, in lower case. `known` keeps what
    was once worked out of a rule here, since every requirement and reading asks for it again.
    """

    low: str
    sentences: tuple[text.Sentence, ...]
    labels: tuple[str, ...]
    sections: tuple[text.Section, ...]
    homes: tuple[int, ...]
    above: tuple[tuple[int, ...], ...] = ()
    roots: tuple[int, ...] = ()
    titles: frozenset[int] = frozenset()
    subject: str = ""
    cased: str = ""
    known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def root(self, n: int) -> int:
        """The first of the parts into which the section of sentence `n` is parted."""
        home = self.homes[n]
        return self.roots[home] if self.roots else home

    def rows(self, one: text.Sentence) -> list[tuple[int, int]]:
        """The lines of a sentence that is a table or a list of short lines; else the sentence itself."""
        lines = [(m.start(), m.end()) for m in re.compile(r"[^\n]+").finditer(self.low, one.body, one.end)]
        return lines or [(one.body, one.end)]


def page(words: str, headings: Sequence[Heading] = ()) -> Page:
    """`words` made ready for judging."""
    standing = text.flowing(words, tuple(headings))
    low = text.lowered(standing)
    sections = text.sections(standing, headings)
    found: list[text.Sentence] = []
    homes: list[int] = []
    labels: list[str] = []
    label = ""
    sections, roots = _parted(standing, _whole_lists(standing, sections))
    marked = {h.start: h.end for h in headings}
    titles: set[int] = set()
    for n, section in enumerate(sections):
        label = section.number or label
        body = _body(standing, section, marked)
        if standing[section.start : body].rstrip().endswith("?"):
            body = section.start  # a question that the text below answers
        if body > section.start:
            titles.add(len(found))
            found.append(text.Sentence(section.start, body, section.number, body))
            homes.append(n)
            labels.append(label)
        for one in (_numbered(standing, section, s) for s in text.sentences(standing, body, section.end)):
            if one.label:
                label = _joined(label, one.label, section.number)
            found.append(one)
            homes.append(n)
            labels.append(label)
    return Page(
        low,
        tuple(found),
        tuple(labels),
        sections,
        tuple(homes),
        _above(standing, sections, headings),
        roots,
        frozenset(titles),
        _subject(words),
        standing,
    )


def _numbered(words: str, section: text.Section, one: text.Sentence) -> text.Sentence:
    """A section's first sentence without the section's number before its words, where the number is of the text's own make."""
    if one.label or not section.number or one.start - section.start > len(section.number):
        return one
    m = re.compile(rf"{re.escape(section.number)}[.:)]?\s+").match(words, one.start, one.end)
    return replace(one, body=m.end()) if m and m.end() < one.end else one


TITLE = later(
    r"(?:\#{1,6}\s+)?(?:section\s+|sec\.\s+|§+\s*)?[\d.\-]+[.)]?[ \t]+(?=[^\na-z]*[A-Z]{3})[^\na-z]{4,90}(?=\n)",
    re.IGNORECASE,
)


SUBJECT = later(r"^\W*(?:subject|re|regarding|concerning|about):\W*(.{3,160})$", re.IGNORECASE | re.MULTILINE)


def _subject(words: str) -> str:
    """The words of the subject line in the head of a memorandum, an order or a message; "" where there is none."""
    m = SUBJECT.search(words, 0, 1500)
    return text.lowered(m[1]) if m else ""


def _body(words: str, section: text.Section, marked: Mapping[int, int]) -> int:
    """Where the words under a section's heading begin; its start where it has no heading of its own."""
    end = next(
        (marked[place] for place in range(section.start, min(section.start + 8, section.end)) if place in marked), None
    )
    if end is not None and end < section.end:
        return end
    m = TITLE.match(words, section.start, section.end)
    return m.end() if m and m[0] == m[0].upper() else section.start


def _above(words: str, sections: Sequence[text.Section], headings: Sequence[Heading]) -> tuple[tuple[int, ...], ...]:
    """For each section the headed sections that it stands in; a section without a heading stands in the last one."""
    levels = {words.rfind("\n", 0, h.start) + 1: h.level for h in headings}
    stack: list[tuple[int, int]] = []
    out = []
    for n, one in enumerate(sections):
        level = levels.get(one.start)
        if level is not None:
            stack = [*(s for s in stack if s[0] < level), (level, n)]
        out.append(tuple(place for _, place in stack))
    return tuple(out)


def within(paper: Page, section: int, what: str) -> frozenset[int]:
    """The sections of the `what` ("chapter", "policy") in which a section stands: by headings, else by numbering.

    Numbering is read as manuals have it: 428.3 is of policy 428 and chapter 4. Without either, every section.
    """
    every = frozenset(range(len(paper.sections)))
    above = paper.above[section] if paper.above else ()
    named = [p for p in above if paper.low[paper.sections[p].start :].lstrip("# ").startswith(what)]
    number = paper.sections[section].number.split(".")[0]
    if what == "policy":
        named = named or [p for p in above if number and paper.sections[p].number == number]
    elif what == "chapter" and len(above) > 1:
        top = [p for p in above[:1] if sum(len(a) == 1 for a in paper.above) > 1]
        named = named or top
    if named:
        return frozenset(n for n in every if named[-1] in paper.above[n])
    if not (number.isdigit() and int(number) >= 100 and "." in paper.sections[section].number):
        return every
    return frozenset(n for n in every if _same(paper.sections[n].number.split(".")[0], number, what))


def _same(one: str, other: str, what: str) -> bool:
    if what == "policy":
        return one == other
    return one.isdigit() and int(one) // 100 == int(other) // 100


def _whole_lists(words: str, sections: tuple[text.Section, ...]) -> tuple[text.Section, ...]:
    """Sections with the items of a list joined to the chapeau that they hang on."""
    spans = [text.trimmed(words, one.start, one.end) for one in sections]
    starts, ends = ({span[at]: n for n, span in enumerate(spans)} for at in (0, 1))
    return tuple(
        replace(sections[starts[start]], end=sections[ends[end]].end)
        for start, end in text.with_items(words, spans, len(words))
    )


def _parted(words: str, sections: Sequence[text.Section]) -> tuple[tuple[text.Section, ...], tuple[int, ...]]:
    """Sections with the long ones cut into their paragraphs, and for each the place of the first of its own parts."""
    out: list[text.Section] = []
    roots: list[int] = []
    for one in sections:
        root = len(out)
        for start, end in _paragraphs(words, one) if one.end - one.start > LONG else [(one.start, one.end)]:
            out.append(replace(one, start=start, end=end))
            roots.append(root)
    return tuple(out), tuple(roots)


LONG = 1500  # characters up to which a section, or a whole document, is read at once, as one would read a clause


def _paragraphs(words: str, one: text.Section) -> list[tuple[int, int]]:
    """The paragraphs of a section; an item stays with what it hangs on, and a line that only heads one with the next."""
    cuts = [one.start]
    for m in BLANK.finditer(words, one.start, one.end):
        before = words[cuts[-1] : m.start()].strip()
        hangs = HANGING.search(before) or len(before) < SHORT or ITEM.match(words, m.end(), one.end)
        if not hangs and words[m.end() : one.end].strip():
            cuts.append(m.end())
    return list(pairwise([*cuts, one.end]))


SHORT = 80  # characters of a paragraph that is no more than a heading
BLANK = later(r"\n[ \t]*(?:\f[ \t]*)?\n\s*")
HANGING = later(r"(?:[:;,—–]|;\s*(?:and|or)|,\s*(?:and|or))\s*\Z")
ITEM = later(r"\s*(?:\(\w{1,4}\)|\w{1,2}[.)]|[-*•])\s")


def _joined(label: str, own: str, section: str) -> str:
    if own.startswith("("):
        return re.sub(r"\(.*", "", label) + own
    return section if section.startswith(own) else own
