"""A document and a law's vocabulary in; its rules out, each with what it is about and toward whom, in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from showcause import norm, text
from showcause.assess.terms import Vocabulary
from showcause.norm import Manner, Modality, Norm

Span = tuple[int, int]
NEAR = 4  # sentences back in which a pronoun's antecedent is looked for
ANAPHOR = re.compile(r"\b(?:it|them|that|those|this|these|such|same|one|ones|any|the\s+(?:question|matter|subject|information|answer|reply|particular|list|form|request|query|call|letter)|so|him|her|he|she|they|there|neither|either|both|all\s+three|anything)\b")
LINKED = re.compile(r"\b(?:regarding|concerning|about|on|as\s+to|of|touching|relating\s+to|related\s+to|whether|that\s+shows?|showing|with\s+respect\s+to|respecting|for|into|which\s+shows?)\b")
WHOLE = re.compile(r"\b(?:includ\w+|whatever|whatsoever|whomever|of\s+any\s+(?:kind|sort)|any\s+subject|no\s+matter|everything|nothing\s+at\s+all|whole\s+file|at\s+all|of\s+every\s+kind)\b")
REST = re.compile(r"\b(?:nothing\s+(?:more|else|further|beyond)|and\s+no\s+(?:more|other|further)|everything\s+else|anything\s+else|all\s+else|the\s+rest|no\s+other|any\s+other\s+(?:information|fact|detail|particular)|other\s+than|except(?:ing)?|apart\s+from|aside\s+from|but\s+(?:not|for))\b")
CONTACT = re.compile(r"(?:phone|call|ring|wire|contact|write|e-?mail|telephone|cable|text|fax|radio|message|teletype|correspond|communicate|speak|talk|address|present|transmit|send|submit|direct|go|forward)\b")
SEEKS = re.compile(r"(?:[\w',-]+\s+){0,8}?(?:for\s+(?:a|an|the|any|his|her|their|that|verification|confirmation|information|status)\b|to\s+(?:ask|find\s+out|verify|check|inquire|enquire|learn|see|confirm|determine|ascertain|request|obtain|get|establish)\b|(?:an?|any|no|the)?\s*(?:inquir|enquir|request|query|queries|question)\w*)")
INSIDE = re.compile(r"^\s*(?:it\s+|them\s+|this\s+|that\s+|the\s+\w+\s+|such\s+\w+\s+|all\s+\w+\s+)?(?:up\s+)?(?:to\s+)?(?:me|us|your|our|the\s+(?:watch|shift|duty)|(?:the\s+|your\s+|a\s+)?(?:\w+\s+)?(?:sergeant|lieutenant|captain|supervisor|chief|counsel|attorney|manager|director|clerk|custodian|victim|press|media|reporter|public|communications|legal|liaison|foreman|superintendent))\b")


@dataclass(frozen=True, slots=True)
class Rule:
    """A norm in its context; `acts` are the law's acts it may be, `matters` the information it is about, `party` toward whom.

    `label` is the number of the sentence's section; `rest` where it speaks of all but its matters.
    """

    norm: Norm
    sentence: int
    label: str
    section: int
    matters: frozenset[str]
    parties: frozenset[str]
    acts: frozenset[str]
    limbs: bool = False
    excluded: frozenset[str] = frozenset()
    note: str = ""


@dataclass(slots=True)
class _Memory:
    """What has been spoken of in the sentences just before."""

    matters: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    parties: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    asked: tuple[int, Norm, frozenset[str], frozenset[str]] | None = None
    defined: dict[str, frozenset[str]] = field(default_factory=dict)

    def last(self, kind: Sequence[tuple[int, frozenset[str]]], at: int) -> frozenset[str]:
        """What was mentioned nearest before sentence `at`."""
        return next((found for place, found in reversed(kind) if at - place <= NEAR), frozenset())


@dataclass(frozen=True, slots=True)
class Page:
    """A document made ready: its amended text in lower case, sentences, sections and which section each is in."""

    low: str
    sentences: tuple[text.Sentence, ...]
    labels: tuple[str, ...]
    sections: tuple[text.Section, ...]
    homes: tuple[int, ...]


def page(words: str, headings: Sequence = ()) -> Page:  # type: ignore[type-arg]
    """`words` made ready for judging."""
    standing = text.amended(text.unfurnished(words))
    low = text.lowered(standing)
    sections = text.sections(standing, headings)
    found: list[text.Sentence] = []
    homes: list[int] = []
    labels: list[str] = []
    label = ""
    for n, section in enumerate(sections):
        label = section.number or label
        for one in text.sentences(standing, section.start, section.end):
            if one.label:
                label = _joined(label, one.label, section.number)
            found.append(one)
            homes.append(n)
            labels.append(label)
    return Page(low, tuple(found), tuple(labels), sections, tuple(homes))


def _joined(label: str, own: str, section: str) -> str:
    if own.startswith("("):
        return re.sub(r"\(.*", "", label) + own
    return section if section.startswith(own) else own


def rules(paper: Page, words: Vocabulary) -> tuple[Rule, ...]:
    """The rules of the document, in order."""
    memory = _Memory()
    out: list[Rule] = []
    for n, one in enumerate(paper.sentences):
        if n and paper.homes[n] != paper.homes[n - 1] and len(paper.sections) > 6 and _top(paper, n) != _top(paper, n - 1):
            memory = _Memory(defined=memory.defined)
        matters = matters_in(paper.low, one.start, one.end, words)
        parties = parties_in(paper.low, one.start, one.end, words)
        norms = norm.sentence(paper.low, one.body, one.end, words=words.lexicon) if _bears(memory, matters, parties, n) else ()
        for each in norms:
            rule = _rule(paper, n, each, words, memory)
            if rule:
                out.append(rule)
        _remember(memory, n, matters, parties)
    return tuple(out)


def _top(paper: Page, n: int) -> str:
    return ".".join(paper.sections[paper.homes[n]].number.split(".")[:2])


def _bears(memory: _Memory, matters: frozenset[str], parties: frozenset[str], n: int) -> bool:
    return bool(matters or parties or memory.last(memory.matters, n) or memory.last(memory.parties, n))


def _remember(memory: _Memory, n: int, matters: frozenset[str], parties: frozenset[str]) -> None:
    if matters:
        memory.matters.append((n, matters))
    keep = parties - {"person"}
    if keep:
        memory.parties.append((n, keep))


# --- what words speak of -------------------------------------------------------------------------


def matters_in(low: str, start: int, end: int, words: Vocabulary) -> frozenset[str]:
    """The matters that the words between `start` and `end` name; `all` only where no certain matter narrows it."""
    named = {m for m in words.specific() if words.matters[m].search(low, start, end)}
    if words.open and words.matters[words.open].search(low, start, end) and not named:
        named.add(words.open)
    if words.all:
        for m in words.matters[words.all].finditer(low, start, end):
            if not named or (WHOLE.search(low, start, end) and not LINKED.match(low[m.end() :].lstrip())):
                named.add(words.all)
                break
    return frozenset(named)


def parties_in(low: str, start: int, end: int, words: Vocabulary) -> frozenset[str]:
    """The parties that the words between `start` and `end` name."""
    return frozenset(p for p, pattern in words.parties.items() if pattern.search(low, start, end))


# --- a norm in its context -------------------------------------------------------------------------


def _rule(paper: Page, n: int, each: Norm, words: Vocabulary, memory: _Memory) -> Rule | None:
    low, one = paper.low, paper.sentences[n]
    if each.modality is Modality.DEFINED:
        span = each.object or each.span
        memory.defined[each.term] = _defined(low, span, words)
        return None
    if each.modality is Modality.RECITED:
        return None
    matters = _matters(low, n, one, each, words, memory)
    parties = _parties(low, n, one, each, words, memory)
    if each.modality is Modality.ASKED:
        memory.asked = (n, each, matters, parties)
        return None
    if not each.family and memory.asked and n - memory.asked[0] <= 2:
        asked = memory.asked
        each = replace(each, family=asked[1].family)
        matters, parties = asked[2] or matters, asked[3] or parties
    family = "ask" if each.family == "tell" and CONTACT.match(each.act) and SEEKS.match(low[each.head[1] : one.end].lstrip()) else each.family
    acts = frozenset(a.name for a in words.acts if family in a.families and _toward(a.toward, parties))
    rule = Rule(each, n, paper.labels[n], paper.homes[n], matters, parties, acts, limbs=_two_limbs(low, each, one, words), excluded=_excluded(low, one, words))
    return rule


def _toward(toward: frozenset[str], parties: frozenset[str]) -> bool:
    return bool(toward & (parties or {""})) or ("" in toward and not parties & {"authority", "anyone"})


def _defined(low: str, span: Span, words: Vocabulary) -> frozenset[str]:
    stop = re.compile(r"\b(?:does\s+not\s+include|not\s+including|excluding|is\s+not\s+an?\b)").search(low, *span)
    found = matters_in(low, span[0], stop.start() if stop else span[1], words)
    return found


def _matters(low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: _Memory) -> frozenset[str]:
    start, end = each.span
    used = [m for term, m in memory.defined.items() if term.rstrip("s") in low[start:end]]
    if used:
        return frozenset().union(*used)
    found = matters_in(low, start, end, words)
    specific = found & set(words.specific())
    if specific:
        return found
    whole = matters_in(low, one.body, one.end, words)
    if not found and whole:
        return whole
    before = memory.last(memory.matters, n)
    if found and not (words.all in found and ANAPHOR.search(low, start, end) and before):
        return found
    if not found and words.contacts.search(low, each.span[0], each.span[1]) and each.family in ("answer", "tell"):
        return before & set(words.specific()) or frozenset({words.all})
    return found or before or (frozenset({words.all}) if each.family == "answer" else frozenset())


def _parties(low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: _Memory) -> frozenset[str]:
    if each.family in ("tell", "answer", "move") and INSIDE.match(low[each.head[1] : each.span[1]]):
        return frozenset({"inside"})
    found = parties_in(low, *each.span, words)
    if each.family == "keep":
        return frozenset()
    if found - {"person"}:
        return found - ({"person"} if "authority" in found and each.family != "ask" else set())
    whole = parties_in(low, one.body, one.end, words)
    if each.family == "ask":
        if found:
            return found
        return whole or frozenset()
    if whole - {"person"}:
        return whole - {"person"}
    return memory.last(memory.parties, n)


def _two_limbs(low: str, each: Norm, one: text.Sentence, words: Vocabulary) -> bool:
    limb = re.compile(r"(?:respond|reply|answer)\w*\s+(?:to\s+)?(?:[\w']+\s+){0,6}?(?:inquir|enquir|question|request|quer|call)\w*\s+or\s+\w+").search(low, one.start, one.end)
    return bool(limb)


def _excluded(low: str, one: text.Sentence, words: Vocabulary) -> frozenset[str]:
    m = re.compile(r"\b(?:other\s+than|except(?:ing)?(?:\s+for)?|apart\s+from|aside\s+from|save(?:\s+for)?|but\s+not|excluding|beyond)\b").search(low, one.start, one.end)
    if not m:
        return frozenset()
    return frozenset(k for k in words.specific() if words.matters[k].search(low, m.end(), min(one.end, m.end() + 90)))
