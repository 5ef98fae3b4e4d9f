"""A document and a law's vocabulary in; its rules out, each with what it is about and toward whom, in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from showcause import norm, text
from showcause.assess import drift
from showcause.assess.page import Page
from showcause.assess.terms import Vocabulary
from showcause.norm import Manner, Modality, Norm, english
from showcause.norm.english import DEFINES

Span = tuple[int, int]
NEAR = 4  # sentences back in which a pronoun's antecedent is looked for
ANAPHOR = re.compile(
    r"\b(?:it|them|that|those|this|these|such|same|one|ones|any|the\s+(?:question|matter|subject|information|answer|reply|particular|list|form|request|query|call|letter)|so|him|her|he|she|they|there|neither|either|both|all\s+three|anything)\b"
)
LINKED = re.compile(
    r"\b(?:regarding|concerning|about|on|as\s+to|of|touching|relating\s+to|related\s+to|whether|that\s+shows?|showing|with\s+respect\s+to|respecting|for|into|which\s+shows?)\b"
)
WHOLE = re.compile(
    r"\b(?:includ\w+|whatever|whatsoever|whomever|of\s+any\s+(?:kind|sort)|any\s+subject|no\s+matter|everything|nothing\s+at\s+all|whole\s+file|at\s+all|of\s+every\s+kind)\b"
)
REST = re.compile(
    r"\b(?:nothing\s+(?:more|else|further|beyond)|and\s+no\s+(?:more|other|further)|everything\s+else|anything\s+else|all\s+else|the\s+rest|no\s+other|any\s+other\s+(?:information|fact|detail|particular)|other\s+than|except(?:ing)?|apart\s+from|aside\s+from|but\s+(?:not|for))\b"
)
CONTACT = re.compile(
    r"(?:phone|call|ring|wire|contact|write|e-?mail|telephone|cable|text|fax|radio|message|teletype|correspond|communicate|speak|talk|address|present|transmit|send|submit|direct|go|forward)\b"
)
SEEKS = re.compile(
    r"(?:[\w',-]+\s+){0,8}?(?:for\s+(?:a|an|the|any|his|her|their|that|verification|confirmation|information|status)\b|and\s+(?:ask|find\s+out|inquire|enquire)\b|to\s+(?:ask|find\s+out|verify|check|inquire|enquire|learn|see|confirm|determine|ascertain|request|obtain|get|establish)\b|(?:an?|any|no|the)?\s*(?:inquir|enquir|request|query|queries|question)\w*)"
)
INSIDE = re.compile(
    r"^\s*(?:it\s+|them\s+|this\s+|that\s+|the\s+\w+\s+|such\s+\w+\s+|all\s+\w+\s+)?(?:up\s+|first\s+)?(?:to\s+|through\s+|via\s+|past\s+)?(?:me|us|your|our|the\s+(?:watch|shift|duty)|(?:the\s+|your\s+|a\s+)?(?:\w+\s+)?(?:sergeant|lieutenant|captain|supervisor|chief|counsel|attorney|manager|director|clerk|custodian|victim|press|media|reporter|public|communications|legal|liaison|foreman|superintendent))\b"
)


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
    cite: Span = (0, 0)
    support: Span | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: the matters and parties that its definition names, and where it stands."""

    matters: frozenset[str]
    parties: frozenset[str]
    span: Span


@dataclass(slots=True)
class _Memory:
    """What has been spoken of in the sentences just before."""

    matters: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    parties: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    about: frozenset[str] = frozenset()
    asked: tuple[int, Norm, frozenset[str], frozenset[str]] | None = None
    defined: dict[str, Term] = field(default_factory=dict)

    def last(self, kind: Sequence[tuple[int, frozenset[str]]], at: int) -> frozenset[str]:
        """What was mentioned nearest before sentence `at`."""
        return next((found for place, found in reversed(kind) if at - place <= NEAR), frozenset())


def rules(paper: Page, words: Vocabulary) -> tuple[Rule, ...]:
    """The rules of the document, in order."""
    memory = _Memory(defined=definitions(paper, words))
    subject = parties_in(paper.subject, 0, len(paper.subject), words) - {"person", "anyone"}
    lists = frozenset(
        n for n, above in enumerate(paper.above) if any(LISTS.match(paper.sections[a].heading) for a in above)
    )
    out: list[Rule] = []
    for n, one in enumerate(paper.sentences):
        if n and len(paper.sections) > 6 and _apart(paper, n):
            memory = _Memory(defined=memory.defined)
        if (
            n in paper.titles
            or paper.homes[n] in lists
            or PREFACE.match(paper.low, one.body, one.end)
            or PROPOSED.search(paper.low, one.body, one.end)
        ):
            continue
        memory.about = subject | parties_in(
            heading := paper.sections[paper.homes[n]].heading.lower(), 0, len(heading), words
        ) - {"person", "anyone"}
        matters = matters_in(paper.low, one.start, one.end, words)
        parties = parties_in(paper.low, one.start, one.end, words)
        norms = (
            norm.sentence(paper.low, drift.enacted(paper.low, (one.body, one.end)), one.end, words=words.lexicon)
            if _bears(memory, matters, parties, n)
            else ()
        )
        if (
            norms
            or memory.asked
            or matters
            or parties
            or (
                memory.matters
                and (drift.elided(paper.low, (one.body, one.end)) or SAY_WHAT.search(paper.low, one.body, one.end))
            )
        ):
            out += _heard(paper, n, norms, words, memory)
        if not any(e.modality is Modality.RECITED and not e.family for e in norms):
            terms = _terms(paper.low, one.start, one.end, memory)
            _remember(memory, n, matters.union(*(t.matters for t in terms)), parties.union(*(t.parties for t in terms)))
    return tuple(out)


LISTS = re.compile(
    r"\W*(?:\w{1,3}[\d.]*\s+)?(?:index\b|table\s+of\b|contents\s*\Z|list\s+of\b|where\s+to\s+(?:look|find))",
    re.IGNORECASE,
)  # what only points elsewhere
PREFACE = re.compile(
    r"\W*(?:the\s+(?:purpose|aim|object)\s+of\s+)?(?:this|these)\s+(?:policy|policies|order|section|chapter|manual|article|ordinance|directive|rules?|bulletin|page)\s+"
    r"(?:states?|sets?\s+(?:out|forth)|describes?|explains?|tells?|lists?|gathers?|answers?|exists?|is\s+(?:to|meant|intended|written))\b(?![^.;]*\b(?:forbid|prohibit|bar|ban)s?\b)"
)
PROPOSED = re.compile(
    r"\b(?:has|have|had)\s+(?:been\s+)?(?:proposed|suggested|urged|petitioned)\s+(?:us\s+|the\s+\w+\s+)?that\b"
)


def _heard(paper: Page, n: int, norms: Sequence[Norm], words: Vocabulary, memory: _Memory) -> list[Rule]:
    """The rules of sentence `n`: what its frame comes to, else its verbs, else its idiom where no verb bears."""
    one = paper.sentences[n]
    span = (one.body, one.end)
    matters, parties = (
        matters_in(paper.low, one.start, one.end, words),
        parties_in(paper.low, one.start, one.end, words),
    )
    if any(e.modality in (Modality.RECITED, Modality.DEFINED) for e in norms):
        return [r for e in norms if (r := _rule(paper, n, e, words, memory))]
    if drift.doubted(paper.low, paper.sentences[max(0, n - 1)], one):
        memory.asked = (n, next(iter(norms), Norm(Modality.ASKED, "", "", span, (span[0], span[0]))), matters, parties)
        return []
    framed = (
        None
        if any(e.modality is Modality.UNRESTRICTED for e in norms)
        else drift.frame(paper.low, span, matters, parties, words)
    )
    if framed and (r := _rule(paper, n, framed, words, memory)):
        return [r]
    return _by_its_words(paper, n, norms, words, memory)


def _by_its_words(paper: Page, n: int, norms: Sequence[Norm], words: Vocabulary, memory: _Memory) -> list[Rule]:
    """The rules of sentence `n` by its verbs, else by its negation or its idiom; a question is kept for its answer."""
    one = paper.sentences[n]
    span = (one.body, one.end)
    matters, parties = (
        matters_in(paper.low, one.start, one.end, words),
        parties_in(paper.low, one.start, one.end, words),
    )
    asked = memory.asked
    out = [r for e in norms if (r := _rule(paper, n, e, words, memory))]
    if asked and any(not e.family for e in norms) and memory.asked is asked and n > asked[0]:
        memory.asked = None  # answered
    if any(r.acts and r.matters for r in out) or memory.asked not in (asked, None):
        return out
    if SAY_WHAT.search(paper.low, *span):
        matters, parties = matters or memory.last(memory.matters, n), parties | memory.last(memory.parties, n)
    if paper.low[one.start : one.end].endswith("?") and "authority" in parties and matters & set(words.specific()):
        memory.asked = (n, Norm(Modality.ASKED, "", "", span, (span[0], span[0])), matters, parties)
        return out
    if drift.TOLD.search(paper.low, *span) or any(_let_go(paper.low, e, one) for e in norms):
        return out
    recent = frozenset().union(*(m for at, m in memory.matters if n - at == 1)) & set(words.specific())
    round_ = [
        replace(r, matters=recent) if recent and r.matters == {words.all} else r
        for r in _in_the_round(paper, n, norms, matters, parties, words)
    ]
    return [*out, *(round_ or _drifting(paper, n, words, memory))]


SAY_WHAT = re.compile(
    r"\b(?:do|should|may|can|must|shall)\s+(?:we|i|you|they|staff)\s+(?:say|tell|answer|reply|give\s+it|do\s+it|do\s+so|speak|oblige)\s*\?|\bwhat\s+(?:do|should|shall|may|can|must|am|are|does)\s+(?:i|we|you|they|he|she|staff|one)\s+(?:to\s+)?(?:say|tell|do|answer|reply|give)\b"
)


def _drifting(paper: Page, n: int, words: Vocabulary, memory: _Memory) -> list[Rule]:
    """The rule of a sentence that answers a question, or says its rule by an idiom, with what was just spoken of."""
    one, low = paper.sentences[n], paper.low
    span = (one.body, one.end)
    matters, parties = matters_in(low, *span, words), parties_in(low, *span, words)
    if memory.asked and n - memory.asked[0] <= 2 and (said := drift.answered(low, span, memory.asked[1])):
        answer = _rule(paper, n, replace(said, family=""), words, memory)
        memory.asked = None
        return [answer] if answer else []
    if not matters & set(words.specific()) and "authority" not in parties and drift.elided(low, span):
        matters, parties = memory.last(memory.matters, n), memory.last(memory.parties, n)
    if matters & set(words.specific()) and any(n - at <= 2 and "authority" in who for at, who in memory.parties):
        parties |= {"authority"}
    if not matters and "authority" in parties and drift.PRONOUN.search(low, *span):
        matters = memory.last(memory.matters, n)
    if (
        drift.elided(low, span)
        and "authority" in parties
        and matters & set(words.specific())
        and not drift.TOLD.search(low, *span)
    ):
        acts = frozenset(a.name for a in words.acts if "" in a.families and _toward(a.toward, frozenset({"authority"})))
        return [
            Rule(
                norm.gist.norm(span, "", (Modality.FORBIDDEN, Manner.PLAIN)),
                n,
                paper.labels[n],
                paper.homes[n],
                matters,
                parties,
                acts,
                cite=span,
            )
        ]
    said = drift.idiom(low, span, matters, parties, words) or drift.given(low, span, matters, words)
    rule = _rule(paper, n, said, words, memory) if said else None
    return [replace(rule, matters=rule.matters or matters)] if rule else []


NEGATIVE = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|neither|nor|cannot|mum|silent|silence|refus\w+|declin\w+|closed|shut|blank|ignored?|elsewhere|unanswered|unopened|bin|shredder|drawer|secret|confidential|private|internal|off|tight-lipped|sealed|denied|stripped|turned\s+away|without\s+action)\b|n't\b"
)
SPEECH = re.compile(
    r"\b(?:nothing|anything|everything|information|word|words|answers?|reply|replies|calls?|caller|phones?|letters?|e-?mails?|questions?|asks?|forms?|fax\w*|talk|speak|list|lists|data|files?|records?|database|login|terminal|message\w*|tell|told|know|knows|details|not\s+an?\s+(?:name|number|page|scrap)|no\s+help)\b"
)
POSITIVE = re.compile(
    r"\b(?:may|can|free|welcome|yes|fine|okay|ok|lets?|allowed|permitted|up\s+to|your\s+call|no\s+secret|hide\s+nothing|open\s+to|gladly|happily)\b"
)
TALE = re.compile(
    r"\b(?:was|were|had|would|has|have|said|fear\w*|believe\w*|worr\w+|recogni[sz]\w+|acknowledg\w+|affirm\w*|landlord\w*|threat\w*|coerce\w*|regard(?:less)?|because\s+of|on\s+account\s+of|solely|eligib\w+|discriminat\w+|report\s+shall|annual)\b"
)


def _in_the_round(
    paper: Page, n: int, norms: Sequence[Norm], matters: frozenset[str], parties: frozenset[str], words: Vocabulary
) -> Iterator[Rule]:
    """A sentence that names the authority and the information, whose verb no list knows: judged by its negation alone."""
    one, low = paper.sentences[n], paper.low
    here = low[one.start : one.end]
    certain = matters & frozenset(words.specific()) or (
        frozenset({words.all}) if words.all and SPEECH.search(here) and NEGATIVE.search(here) else frozenset()
    )
    if (
        "authority" not in parties
        or not certain
        or any(e.family or e.modality is Modality.DEFINED for e in norms)
        or any(e.modality is Modality.RECITED for e in norms)
    ):
        return
    if here.endswith("?") or TALE.search(here) or any(p.search(here) for _, p in words.near):
        return
    modality = (
        Modality.PERMITTED
        if norm.gist.UNBARRED.search(here)
        else Modality.FORBIDDEN
        if NEGATIVE.search(here)
        else Modality.PERMITTED
        if POSITIVE.search(here)
        else None
    )
    if modality is None:
        return
    if modality is Modality.PERMITTED and english.ONLY.search(here):
        modality = Modality.ONLY_IF
    each = Norm(
        modality,
        "",
        "",
        (one.body, one.end),
        (one.body, one.body),
        manner=Manner.SOFT if english.SOFT.search(here) else Manner.PLAIN,
    )
    acts = frozenset(a.name for a in words.acts if "" in a.families and _toward(a.toward, frozenset({"authority"})))
    yield Rule(
        each,
        n,
        paper.labels[n],
        paper.homes[n],
        certain,
        frozenset({"authority"}),
        acts,
        note="mp",
        cite=(one.body, one.end),
    )


def _apart(paper: Page, n: int) -> bool:
    """Whether sentence `n` begins a section that stands on its own: numbered, and no part of the one before."""
    if paper.homes[n] == paper.homes[n - 1]:
        return False
    here, before = paper.sections[paper.homes[n]], paper.sections[paper.homes[n - 1]]
    return (
        bool(here.number)
        and bool(before.number)
        and re.sub(r"\(.*", "", here.number) != re.sub(r"\(.*", "", before.number)
    )


def definitions(paper: Page, words: Vocabulary) -> dict[str, Term]:
    """The terms that the document defines, wherever it defines them."""
    out: dict[str, Term] = {}
    for n, one in enumerate(paper.sentences):
        for m in DEFINES.finditer(paper.low, one.start, one.end):
            term = (m["t1"] or m["t2"] or m["t3"]).strip()
            stop = _defining_end(paper, n, m.end())
            out[term] = Term(
                _defined(paper.low, (m.end(), stop), words),
                parties_in(paper.low, m.end(), stop, words),
                (m.start(), stop),
            )
    return out


def _defining_end(paper: Page, n: int, place: int) -> int:
    """A definition ends where the next one begins, or with its sentence."""
    one = paper.sentences[n]
    following = re.compile(r";\s*(?:and\s+)?(?=\")").search(paper.low, place, one.end)
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


def _bears(memory: _Memory, matters: frozenset[str], parties: frozenset[str], n: int) -> bool:
    return bool(matters or parties or memory.last(memory.matters, n) or memory.last(memory.parties, n))


def _remember(memory: _Memory, n: int, matters: frozenset[str], parties: frozenset[str]) -> None:
    if matters:
        memory.matters.append((n, matters))
    keep = parties - {"person"}
    if keep:
        memory.parties.append((n, keep))


# --- what words speak of -------------------------------------------------------------------------


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
def parties_in(low: str, start: int, end: int, words: Vocabulary) -> frozenset[str]:
    """The parties that the words between `start` and `end` name, without those that they except."""
    found = {p: m for p, pattern in words.parties.items() if (m := pattern.search(low, start, end))}
    if len(found) > 1:
        found = {p: m for p, m in found.items() if not OTHER_THAN.search(low[max(start, m.start() - 40) : m.start()])}
    return frozenset(found)


OTHER_THAN = re.compile(
    r"\b(?:other\s+than|apart\s+from|aside\s+from|excepting|except|but\s+not)\s+(?:(?:to|with|from|by)\s+)?(?:an?\s+|the\s+|any\s+|to\s+)*\Z"
)


# --- a norm in its context -------------------------------------------------------------------------


def _rule(paper: Page, n: int, each: Norm, words: Vocabulary, memory: _Memory) -> Rule | None:
    low, one = paper.low, paper.sentences[n]
    if _no_rule(paper, n, each, words, memory):
        return None
    if each.family in ("tell", "keep") and _seeks(low, one, each):
        each = replace(each, family="ask")
    matters, excluded = _matters(low, n, one, each, words, memory)
    parties = _parties(low, n, one, each, words, memory)
    each = _meant(paper, n, each, words)
    if each.modality is Modality.ASKED:
        memory.asked = (n, each, matters, parties)
        return None
    if not each.family and memory.asked and n - memory.asked[0] <= 2:
        asked = memory.asked
        each = replace(each, family=asked[1].family)
        matters, parties = asked[2] or matters, asked[3] or parties
    family = "ask" if each.family in ("tell", "move") and _seeks(low, one, each) else each.family
    if family == "ask" and each.manner is Manner.PURPOSE:
        each = replace(each, manner=Manner.PLAIN)  # to verify is what asking is for
    acts = frozenset(a.name for a in words.acts if family in a.families and _toward(a.toward, parties))
    support = next((t.span for t in _terms(low, *each.span, memory) if t.matters & matters), None)
    note = _explicit(low, each, words)
    if _too_wide(low, one, each, words, (matters, note)):
        matters = frozenset()
    return Rule(
        each,
        n,
        paper.labels[n],
        paper.homes[n],
        matters,
        parties,
        acts,
        limbs=_two_limbs(low, one),
        excluded=excluded,
        note=note,
        cite=_cite(paper, n, each, note),
        support=support,
    )


def _no_rule(paper: Page, n: int, each: Norm, words: Vocabulary, memory: _Memory) -> bool:
    """Whether the norm is none of the body's own: recited, described, the authority's, or about something else."""
    low, one = paper.low, paper.sentences[n]
    if each.modality in (Modality.RECITED, Modality.DEFINED) or not _acting(low, each, words):
        return True
    if _let_go(low, each, one) or (each.act == "release" and not _beside(low, each, words)):
        return True  # the release of a person
    if DESCRIBED.search(low[max(one.start, each.head[0] - 40) : each.head[0]]) or _handled(low, one, each):
        return True  # "a member who is asked"; "refer the inquiry"
    if each.family == "keep" and HELD.match(low, each.head[1], one.end):
        return True
    open_ = each.modality is Modality.ASKED or (memory.asked and n - memory.asked[0] <= 2)
    elsewhere = not each.family and not open_ and _of_nothing(paper, n, words)
    if not each.family and "|" in low[slice(*each.span)] and not matters_in(low, *each.span, words):
        return True  # another row of the table
    return bool(elsewhere) or _unspoken(low, one, each, words, memory)


def _seeks(low: str, one: text.Sentence, each: Norm) -> bool:
    """Whether getting in touch is for asking: "call the desk to find out"."""
    return bool(CONTACT.match(each.act) and SEEKS.match(low[each.head[1] : one.end].lstrip()))


def _meant(paper: Page, n: int, each: Norm, words: Vocabulary) -> Norm:
    """The norm as its neighbourhood means it: what they receive we tell, an approval of course is none."""
    low, one = paper.low, paper.sentences[n]
    if each.family == "receive" and each.bearer and (THEY.search(low, *each.bearer) or _theirs(low, each, words)):
        each = replace(each, family="tell")
    if not each.family and each.modality is Modality.FORBIDDEN and english.SOFT.search(low, one.body, one.end):
        each = replace(each, manner=Manner.SOFT)
    if not _of_course(paper, n, each):
        return each
    return replace(
        each, manner=Manner.PLAIN, modality=Modality.OBLIGED if each.modality is Modality.ONLY_IF else each.modality
    )


def _too_wide(low: str, one: text.Sentence, each: Norm, words: Vocabulary, said: tuple[frozenset[str], str]) -> bool:
    """Whether the matters are more than a clause that doesn't name the authority can be read to speak of."""
    matters, note = said
    if "p" in note:
        return False
    if each.family == "move" and each.modality is Modality.OBLIGED:
        return True  # things go to many places: the authority must be named as theirs
    # all information to somebody named elsewhere is too much to read into a clause
    return (
        matters == {words.all}
        and not THEM.search(low, *each.span)
        and "authority" not in parties_in(low, one.body, one.end, words)
    )


THEM = re.compile(
    r"\b(?:them|they|him|he|her|she|it|such|that\s+\w+|caller|agents?|officers?|nobody|no\s+one|anyone|anybody)\b"
)


def _cite(paper: Page, n: int, each: Norm, note: str) -> Span:
    """The deciding words: the clause, with the label or condition before it that says what it is about, or the next
    short sentence where the clause is a bare answer.
    """
    one, (start, end) = paper.sentences[n], each.span
    if not ("m" in note and "p" in note) and end - one.body <= 260:
        start = min(start, one.body)
    if end - start < 30 and n + 1 < len(paper.sentences) and paper.homes[n + 1] == paper.homes[n]:
        after = paper.sentences[n + 1]
        end = after.end if after.end - after.start <= 70 else end
    return start, end


STANDS = re.compile(
    r"\b(?:it|them|those|these|such|so|same|ones?|either|neither|both|they|this|that(?=\s*(?:[,.;:!?)]|$|(?:to|is|may|shall|will|must|kind|sort|way)\b))|(?:the|this|that|any|an?)\s+(?:question|matter|subject|information|answer|reply|particular|request|quer|inquir|enquir|caller|call|letter|list|detail|fact)\w*)\b"
    r"(?!\s+(?:section|policy|order|chapter|manual|article|paragraph|ordinance|directive|rule))"
)
FEW = 8  # words of a sentence that answers or adds to the one before


def _unspoken(low: str, one: text.Sentence, each: Norm, words: Vocabulary, memory: _Memory) -> bool:
    """Whether the sentence names neither the information nor the authority, and nothing in it stands for them."""
    if not each.family or low[one.body : one.end].count(" ") < FEW or STANDS.search(low, one.body, one.end):
        return False
    if (
        matters_in(low, one.body, one.end, words)
        or _terms(low, one.body, one.end, memory)
        or words.contacts.search(low, one.body, one.end)
    ):
        return False
    return not parties_in(low, one.body, one.end, words) - {"person"}


OF_COURSE = re.compile(
    r"\W*(?:the|that|such|this|his|her)?\s*(?:approval|consent|leave|permission|authori[sz]ation|signature)\s+(?:is|will\s+be|shall\s+be)\s+(?:always\s+|routinely\s+|automatically\s+)?(?:given|granted|automatic)(?:\s+as\s+a\s+matter\s+of\s+course|\s+(?:automatically|routinely|always|in\s+every\s+case|without\s+more))?"
)


def _of_course(paper: Page, n: int, each: Norm) -> bool:
    """Whether the next sentence says that the approval is no more than a form."""
    if each.manner is not Manner.APPROVAL or n + 1 >= len(paper.sentences) or paper.homes[n + 1] != paper.homes[n]:
        return False
    after = paper.sentences[n + 1]
    m = OF_COURSE.match(paper.low, after.start, after.end)
    return bool(m and re.search(r"course|automatic|routine|always|every|more", m[0]))


def _of_nothing(paper: Page, n: int, words: Vocabulary) -> bool:
    """Whether sentence `n` answers the question just before it, and that question is of something else."""
    if not n or paper.homes[n] != paper.homes[n - 1]:
        return False
    low, before = paper.low, paper.sentences[n - 1]
    if (
        not low[before.start : before.end].endswith("?")
        or STANDS.search(low, before.start, before.end)
        or SAY_WHAT.search(low, before.start, before.end)
    ):
        return False
    return not matters_in(low, before.start, before.end, words) and not parties_in(
        low, before.start, before.end, words
    ) - {"person"}


DESCRIBED = re.compile(
    r"\b(?:in\s+order|so\s+as)\s+(?:not\s+)?to\s+\Z|\b(?:who|that|which)\s+(?:(?:is|are|was|were|has\s+been|have\s+been)\s+)(?:\w+ly\s+)?\Z"
)
HANDS_ON = re.compile(
    r"\b(?:refer|forward|pass|direct|send|route|handle|log|take|bring|decline|return|open|read)(?:s|es|ed|red|ring|ing)?\s+(?:(?:the|an?|any|all|each|every|such|that|this|these|his|her|their|written|oral|federal)\s+){0,2}\Z"
)


def _handled(low: str, one: text.Sentence, each: Norm) -> bool:
    """Whether an inquiry is only a thing that is handed on."""
    if each.family != "ask" or not re.match(
        r"(?:inquir|enquir|request|quer|question)", low[each.head[0] : each.head[1]]
    ):
        return False
    return bool(HANDS_ON.search(low[max(one.start, each.head[0] - 50) : each.head[0]]))


LET_GO = re.compile(
    r"\b(?:persons?|individuals?|inmates?|prisoners?|somebody|someone|anybody|anyone|nobody|he|she|they|people|detainees?|arrestees?|juveniles?|child|man|woman|men|women|him\s+or\s+her)\b[^.;,]{0,40}\Z"
)


def _let_go(low: str, each: Norm, one: text.Sentence) -> bool:
    """Whether "released" is said of a person and not of information."""
    return (
        each.passive
        and each.act in ("release", "discharge", "free")
        and bool(LET_GO.search(low[max(one.start, each.head[0] - 80) : each.head[0]]))
    )


HELD = re.compile(
    r"\s*(?:on\s+to\s+)?(?:him|her|them|anyone|anybody|people|persons?|(?:an?|the|any)\s+(?:person|individual|prisoner|inmate|detainee|man|woman|arrestee|alien)|prisoners|inmates|individuals|someone|somebody|nobody|no\s+one)\b(?!')(?!\s+informed)"
)
THEY = re.compile(r"(?:^|[,;:]\s+|\b(?:and|but)\s+)\W*(?:they|he|she)\s+(?:[\w']+\s+){0,2}$")


def _toward(toward: frozenset[str], parties: frozenset[str]) -> bool:
    return bool(toward & (parties or {""})) or ("" in toward and not parties & {"authority", "anyone"})


def _defined(low: str, span: Span, words: Vocabulary) -> frozenset[str]:
    stop = re.compile(r"\b(?:does\s+not\s+include|not\s+including|excluding|is\s+not\s+an?\b)").search(low, *span)
    return matters_in(low, span[0], stop.start() if stop else span[1], words)


def _matters(
    low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: _Memory
) -> tuple[frozenset[str], frozenset[str]]:
    """What the norm is about and what it leaves out: its own clause, else its sentence, else what was just spoken of."""
    start, end = each.span
    used = [t.matters for t in _terms(low, start, end, memory) if t.matters]
    if used and not ({words.all} & frozenset().union(*used)):
        return frozenset().union(*used), frozenset()
    named = _left_out(low, each, words)
    if named:
        return frozenset({words.all}), named
    return _spoken_of(low, n, one, each, words, memory), frozenset()


def _left_out(low: str, each: Norm, words: Vocabulary) -> frozenset[str]:
    """What a rule about everything excepts by name: "no information other than status"."""
    start, end = each.span
    tail = LEAVES_OUT.search(low, start, end)
    if tail is None or matters_in(low, start, tail.start(), words) - {words.all}:
        return frozenset()
    return frozenset(
        k for k in words.specific() if words.matters[k].search(low, tail.end(), min(end, tail.end() + 100))
    )


def _spoken_of(low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: _Memory) -> frozenset[str]:
    """What the norm is about, with what its own words leave to be understood."""
    start, end = each.span
    found = (
        _beside(low, each, words) if each.act == "release" else matters_in(low, start, end, words)
    )  # the verb, not the date
    if found & set(words.specific()) or words.open in found:
        return found
    if WHOLE_SUBJECT.search(low, start, end):
        return frozenset({words.all})
    if (
        not found - {words.all}
        and each.family != "ask"
        and any(p.search(low, start, end) for says, p in words.near if "money" not in says)
    ):
        return frozenset()
    vague = words.all in found and (not ABOUT.search(low, start, end) or bool(re.search(r"\s(?:it|them)\b", each.act)))
    whole = matters_in(low, one.body, one.end, words) & set(words.specific())
    if (not found or vague) and whole and (each.family != "keep" or _leans(low, each, end)):
        return whole
    before = memory.last(memory.matters, n)
    if found:
        return before if vague and before else found
    return _understood(low, one, each, words, before)


def _understood(low: str, one: text.Sentence, each: Norm, words: Vocabulary, before: frozenset[str]) -> frozenset[str]:
    """What a clause that names no information is about: all of it, what was spoken of before, or nothing."""
    everything = frozenset({words.all})
    telling = each.family in ("tell", "answer")
    if telling and _of_somebody(low, each, each.span[1], words):
        return everything
    if telling and each.modality is Modality.FORBIDDEN and not before and _nothing_else(low, each, each.span[1], words):
        return everything
    if telling and _contacts(low, each, words):
        return before & set(words.specific()) or everything
    if each.withheld and not before and words.contacts.search(low, one.body, one.end):
        return everything
    if _leans(low, each, each.span[1]):
        return before or (everything if each.family == "answer" else frozenset())
    return everything if each.family == "answer" and not each.withheld else frozenset()


def _contacts(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether calls, letters or questions are what the clause is about, and not its verb."""
    found = words.contacts.finditer(low, *each.span)
    return any(
        not (m.start() < each.head[1] and each.head[0] < m.end()) and not low.startswith("number", m.end() + 1)
        for m in found
    )


GIVEN = frozenset(
    ["lend", "give", "provide", "supply", "hand", "send", "offer", "deliver", "furnish", "render", "share"]
)  # verbs whose object may be a thing
STOP = re.compile(
    r"\b(?:to|with|the|an?|any|of|in|on|at|by|for|from|this|that|it|them|him|us|our|your|their|or|and|is|are|be|when|if|who|which|under|all|no|not|ever|reason|circumstances?|way|kind|sort|time|here|staff|phone|person|writing|agents?|officers?|officials?)\b|\W"
)


def _nothing_else(low: str, each: Norm, end: int, words: Vocabulary) -> bool:
    """Whether the authority is named and nothing else: "no one talks to ICE"."""
    after = low[each.head[1] : end]
    authority = words.parties.get("authority")
    if authority is None or not authority.search(low, *each.span):
        return False
    return len(STOP.sub(" ", authority.sub(" ", after)).split()) <= (each.act not in GIVEN)


def _of_somebody(low: str, each: Norm, end: int, words: Vocabulary) -> bool:
    """ "... concerning any resident": all information about a person."""
    m = re.compile(r"\b(?:about|concerning|regarding|on\s+the\s+subject\s+of)\s+").search(low, each.head[1], end)
    person = words.parties.get("person")
    return bool(m and person and person.search(low, m.end(), min(end, m.end() + 40)))


def _beside(low: str, each: Norm, words: Vocabulary) -> frozenset[str]:
    """The matters of a clause but for those that its own verb would name: "may release the list"."""
    return matters_in(low, each.span[0], each.head[0], words) | matters_in(low, each.head[1], each.span[1], words)


def _terms(low: str, start: int, end: int, memory: _Memory) -> list[Term]:
    here = low[start:end]
    return [
        t
        for term, t in memory.defined.items()
        if (term[:-1] + "ies" if term.endswith("y") else term.rstrip("s")) in here or term in here
    ]


def _leans(low: str, each: Norm, end: int) -> bool:
    """Whether the clause leaves its object to be understood: a pronoun, or nothing at all after the verb."""
    if not each.family:
        return True
    after = low[each.head[1] : end]
    if re.search(r"\s(?:it|them|that|those|this)\b", each.act):
        return True
    if not re.search(
        r"\w",
        re.sub(
            r"\b(?:first|please|either|at\s+all|ever|now|again|civilly|politely|too|also|back|out|up|over|anything|nothing)\b",
            "",
            after,
        ),
    ):
        return True
    if (each.passive or each.family == "move") and ANAPHOR.search(low, each.span[0], each.head[0]):
        return True
    return (
        bool(OBJECT.match(after))
        or (each.withheld and bool(ANAPHOR.search(low, *each.span)))
        or bool(FRONTED.search(low, each.span[0], each.head[0]))
    )


OBJECT = re.compile(
    r"\s*(?:(?:word|notice|warning)\s+of\s+)?(?:\w+ly\s+)?(?:to\s+|with\s+|of\s+|for\s+|out\s+|up\s+|over\s+)?(?:(?:it|them|that|this|those|these|him|her|one|any|both|all\s+three|so|either|neither|such\s+\w+|the\s+(?:question|same|information|answer|matter|particulars?|list|form|details?|facts?|date|subject|latter|former|said)|more|less|further|anything|nothing|something|immigration|ice|anyone|anybody|nobody|no\s+one|any\s+\w+\s+(?:person|agency|body)|an?\s+(?:answer|reply)|federal\s+\w+|the\s+(?:agents?|officers?|service|bureau|authorit\w+|agency|caller|feds|customer|person|driver|patient|cardholder|client))\b|$|[.,;:?!)])"
)
WHOLE_SUBJECT = re.compile(
    r"\b(?:on\s+(?:whatever|any|every)\s+(?:subject|matter|topic)|about\s+(?:whom(?:so)?ever|anyone|anybody|any\s+person)|of\s+any\s+(?:kind|sort)|whatever\s+(?:the\s+)?(?:subject|question|topic))\b"
)
FRONTED = re.compile(r"\b(?:that|this|it|which|what)\b[^.;]{0,40}$")
ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|on|of|as\s+to|relating\s+to|touching)\s+(?:an?|any|the|that|his|her|our|their|somebody|someone|anybody|anyone|whom|each|every|people|persons?|individuals?|\w+s)\b|\bwhat(?:so)?ever\b|\bat\s+all\b|\bof\s+any\s+(?:kind|sort)\b"
)
LEAVES_OUT = re.compile(
    r"\b(?:other\s+than|except(?:ing)?(?:\s+(?:for|as\s+to))?|apart\s+from|aside\s+from|save(?:\s+for)?|but\s+not|excluding|beyond|besides|but\s+for|but)\b(?=\s+(?:\w+('s)?\s+){0,3}?(?:status|citizenship|immigration|nationality|release|address|home))|\b(?:other\s+than|except(?:ing)?\s+for|apart\s+from|aside\s+from|beyond)\b"
)


def _parties(low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: _Memory) -> frozenset[str]:
    """Toward whom: the one addressed, else those named in the clause, the sentence, or just before."""
    if each.family == "keep":
        return frozenset()
    after = low[each.head[1] : each.span[1]]
    if each.family in ("tell", "answer", "move") and INSIDE.match(after):
        return frozenset({"inside"})
    named = frozenset().union(*(t.parties for t in _terms(low, *each.span, memory) if not t.matters)) - {"person"}
    near = parties_in(low, *(each.counterpart or each.span), words) - {"person"}
    if named or (near and each.family != "ask"):
        return named or near
    found = parties_in(low, *each.span, words)
    whole = parties_in(low, one.body, one.end, words)
    if each.family == "ask":
        return _asked_party(low, each, found, whole, words, memory, n)
    mine = {"person"} if each.passive else {"person", "agency"}  # a body that acts is not the one acted toward
    return found - mine or whole - mine or _unnamed(low, n, each, words, memory)


def _unnamed(low: str, n: int, each: Norm, words: Vocabulary, memory: _Memory) -> frozenset[str]:
    """Toward whom where nobody is named: the person that "to the rider" says, whoever was spoken of, or the paper's subject."""
    person = words.parties.get("person")
    if person and any(
        person.match(low, m.end(), each.span[1]) for m in ADDRESSED.finditer(low, each.head[0], each.span[1])
    ):
        return frozenset({"person"})
    named = bool(not each.family or matters_in(low, *each.span, words) & set(words.specific()))
    return memory.last(memory.parties, n) or (memory.about if named else frozenset())


ADDRESSED = re.compile(r"\bto\s+(?:an?|the|each|every|any|that|his|her|their)\s+")


def _asked_party(
    low: str, each: Norm, found: frozenset[str], whole: frozenset[str], words: Vocabulary, memory: _Memory, n: int
) -> frozenset[str]:
    """Who is asked: the direct object, else an authority in the clause; a pronoun stands for whoever was last named."""
    head = low[each.head[1] : min(each.span[1], each.head[1] + 60)]
    direct = re.split(
        r"\b(?:status|citizenship|papers|nationality|of\s+(?:each|an?|the|any|his|her|their|every)|verification|about|regarding|concerning|whether|as\s+to|on|to\s+state|for|if|what|into|when|where)\b",
        head,
        maxsplit=1,
    )[0]
    named = parties_in(low, each.head[1], each.head[1] + len(direct), words)
    if _asked_through(low, each, words):
        return frozenset({"authority"})
    if not _first_named(low, each, len(direct), words):
        named -= {"authority"}  # half of a longer name: "immigration papers"
    others = named & {"authority", "anyone", "agency"}
    if others:
        return others
    if named:
        return frozenset({"person"})
    if re.match(r"\s*(?:of\s+|to\s+)?(?:him|her|it|them|that\s+\w+)\b", head):
        return (whole & {"authority"}) or memory.last(memory.parties, n) & {"authority"} or frozenset({"person"})
    if found & {"authority", "anyone", "agency"}:
        return found & {"authority", "anyone", "agency"}
    return frozenset({"person"}) if found else frozenset()


def _first_named(low: str, each: Norm, reach: int, words: Vocabulary) -> bool:
    """Whether the authority is named within `reach` characters of the verb, in full."""
    authority = words.parties.get("authority")
    m = authority.search(low, each.head[1], each.span[1]) if authority else None
    return m is not None and m.start() < each.head[1] + reach


def _asked_through(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether it is the authority that is asked: "check it with them", "call them to check"."""
    authority = words.parties.get("authority")
    if authority is None:
        return False
    if low.endswith("to ", 0, each.head[0]) and authority.search(low, each.span[0], each.head[0]):
        return True
    m = authority.search(low, each.head[1], each.span[1])
    return bool(
        m and re.search(r"\b(?:with|from|through|via|against|of|to)\s+(?:the\s+)?$", low[each.head[1] : m.start()])
    )


TWO_LIMBS = re.compile(
    r"(?:respond|reply|answer)\w*\s+(?:to\s+)?(?:[\w']+\s+){0,6}?(?:inquir|enquir|question|request|quer|call)\w*\s+or\s+\w+"
)


def _two_limbs(low: str, one: text.Sentence) -> bool:
    """ "answering inquiries or communicating ... regarding release dates": whether the matter governs both is open."""
    return bool(TWO_LIMBS.search(low, one.start, one.end))


def _explicit(low: str, each: Norm, words: Vocabulary) -> str:
    """How much of itself the clause says: "m" for its matter, "p" for its party, "v" for a verb."""
    matter = any(words.matters[k].search(low, *each.span) for k in words.matters)
    return (
        ("m" if matter else "")
        + ("p" if parties_in(low, *each.span, words) - {"person"} else "")
        + ("v" if each.family else "")
    )


def _theirs(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether the authority is the one who acts."""
    if each.bearer is None or each.passive or "authority" not in words.parties:
        return False
    subject = low[each.bearer[0] : each.bearer[1]]
    m = words.parties["authority"].search(subject)
    return bool(m and m.start() <= 12) and not re.search(r"\b(?:who|staff|member|you|we)\b", subject)


ASKED_BY = re.compile(r"\s+(?:of|from|by|made\s+by|received\s+from)\s+(?:an?|the|any)?\s*")


def _of_theirs(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether a noun of asking is the authority's own: "a request of the bureau to hold a person"."""
    m = ASKED_BY.match(low, each.head[1], each.span[1])
    authority = words.parties.get("authority")
    if not (m and authority and re.match(r"(?:request|inquir|enquir|quer|question)", low[each.head[0] : each.head[1]])):
        return False
    before = low[max(0, each.head[0] - 8) : each.head[0]]
    return bool(authority.match(low, m.end())) and bool(
        re.search(r"(?:^|\W)(?:an?|the|any|each|every|such|no)\s+\Z", before) or not before.strip()
    )


SHOWS = frozenset({"say", "show", "state", "tell", "read", "indicate", "name", "mark", "note", "list", "record"})
THING = re.compile(
    r"\b(?:form|log|sign|table|label|stamp|entry|entries|register|receipt|certificate|invoice)s?\W*(?:also\s+)?\Z"
)  # not a person who acts


def _acting(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether the clause is about what the body's own people do: not what the authority itself may do or asks."""
    if _of_theirs(low, each, words):
        return False
    if each.bearer is None or not each.family or each.passive or each.family == "receive":
        return True
    subject = low[each.bearer[0] : each.bearer[1]]
    if each.act in SHOWS and THING.search(subject):
        return False
    theirs = _theirs(low, each, words)
    pronoun = re.match(r"\W*(?:they|it|he|she)\b", subject)
    if each.family == "move" and each.act in ("have", "see", "find", "learn", "get", "come", "hear", "reach"):
        return (
            bool(
                theirs
                or pronoun
                or re.search(r"\b(?:they|he|she|it)\s+(?:[\w']+\s+){0,2}$", low[each.span[0] : each.head[0]])
            )
            or each.act == "reach"
        )
    if each.family == "move" and not THITHER.search(low, each.head[1], each.span[1]):
        return False
    return not theirs


THITHER = re.compile(r"\b(?:to|into|onto|with|by|before|for|over|out|this|our|the|here)\b")
