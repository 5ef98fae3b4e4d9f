"""A document and a law's vocabulary in; its rules out, each with what it is about and toward whom, in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from showcause import norm, text
from showcause.assess import asking, drift, labels, whole
from showcause.assess.about import (
    EVERYTHING,
    GUARDED,
    GUARDS,
    HELD,
    THEY,
    Memory,
    Span,
    acting,
    goes_toward,
    matters_beside,
    matters_in,
    named_itself,
    parties_in,
    spoken_matters,
    spoken_parties,
    terms_in,
    theirs,
    two_limbs,
)
from showcause.assess.page import Page
from showcause.assess.rule import Rule
from showcause.assess.terms import Vocabulary
from showcause.norm import Manner, Modality, Norm, english
from showcause.text import later

REST = later(
    r"\b(?:nothing\s+(?:more|else|further|beyond)|and\s+no\s+(?:more|other|further)|everything\s+else|anything\s+else|all\s+else|the\s+rest|no\s+other|(?:any|every|each|all)\s+other\s+(?:information|facts?|details?|particulars?|things?|matters?)|other\s+than|except(?:ing)?|apart\s+from|aside\s+from|but\s+(?:not|for))\b"
)
CONTACT = later(
    r"(?:phone|call|ring|wire|contact|write|e-?mail|telephone|cable|text|fax|radio|message|teletype|correspond|communicate|speak|talk|address|present|transmit|send|submit|direct|go|forward)\b"
)
SEEKS = later(
    r"(?:[\w',-]+\s+){0,16}?to\s+(?:find\s+out|learn|see|check|discover|establish)\s+(?:whether|if|what|where|when|how)\b|(?:[\w',-]+\s+){0,8}?(?:for\s+(?:a|an|the|any|his|her|their|that|verification|confirmation|information|status)\b|and\s+(?:ask|find\s+out|inquire|enquire)\b|to\s+(?:ask|find\s+out|verify|check|inquire|enquire|learn|see|confirm|determine|ascertain|request|obtain|get|establish)\b|(?:an?|any|no|the)?\s*(?:inquir|enquir|request|query|queries|question)\w*)"
)


def rules(paper: Page, words: Vocabulary) -> tuple[Rule, ...]:
    """The rules of the document, in order."""
    memory = Memory(defined=labels.definitions(paper, words))
    subject = parties_in(paper.subject, 0, len(paper.subject), words) - {"person", "anyone"}
    lists = frozenset(
        n for n, above in enumerate(paper.above) if any(LISTS.match(paper.sections[a].heading) for a in above)
    )
    out: list[Rule] = []
    for n, one in enumerate(paper.sentences):
        if n and len(paper.sections) > 6 and _apart(paper, n):
            memory = Memory(defined=memory.defined)
        if (
            n in paper.titles
            or paper.homes[n] in lists
            or PREFACE.match(paper.low, one.body, one.end)
            or PROPOSED.search(paper.low, one.body, one.end)
        ):
            continue
        if (
            drift.GRANTED.match(paper.low, one.body, one.end)
            and out
            and drift.waits(out[-1].norm, n - out[-1].sentence)
        ):
            continue  # what follows once leave was given
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
                and (
                    drift.elided(paper.low, (one.body, one.end))
                    or SAY_WHAT.search(paper.low, one.body, one.end)
                    or norm.gist.ENDING.search(paper.low, one.body, one.end)
                    or norm.gist.scripted(paper.low, one.body, one.end)
                )
            )
        ):
            out += _heard(paper, n, norms, words, memory) or _others(paper, n, out)
        else:
            out += _others(paper, n, out)
        if not any(e.modality is Modality.RECITED and not e.family for e in norms):
            terms = terms_in(paper.low, one.start, one.end, memory)
            _remember(memory, n, matters.union(*(t.matters for t in terms)), parties.union(*(t.parties for t in terms)))
    return tuple(out)


OTHERS = later(
    r"\W*(?:but\s+|and\s+|yet\s+|while\s+)?(?:(?P<nor>nor|neither)\s+(?:may|shall|must|can|do|does|will|should)\s+[\w' -]{2,50}|so\s+may\s+[\w' -]{2,50}|"
    r"(?!it\b|that\b|this\b|if\b|when\b|they\b|who\b|which\b)(?:[\w'-]+\s+){1,6}?(?:may|must|shall|can|could|should|do|does|will)(?P<not>\s+not|n't|\s+never|not)?(?:\s+do\s+so)?)\W*\Z"
)  # "Jailers may not.", "Nor may a clerk.", "So may the nurse."


def _others(paper: Page, n: int, found: Sequence[Rule]) -> list[Rule]:
    """The rule for others that a short sentence takes from the one before: "The sergeant may tell them. Jailers may not."."""
    last, one = found[-1] if found else None, paper.sentences[n]
    if last is None or last.sentence != n - 1 or paper.homes[n] != last.section or not last.norm.family:
        return []
    m = OTHERS.match(paper.low[one.body : one.end])
    if not m or last.norm.modality not in (Modality.PERMITTED, Modality.OBLIGED, Modality.ONLY_IF, Modality.FORBIDDEN):
        return []
    force = Modality.FORBIDDEN if m["nor"] or m["not"] else Modality.PERMITTED
    span = (one.body, one.end)
    each = replace(last.norm, modality=force, manner=Manner.PLAIN)
    return [replace(last, norm=each, sentence=n, label=paper.labels[n], cite=span)]


LISTS = later(
    r"\W*(?:\w{1,3}[\d.]*\s+)?(?:index\b|table\s+of\b|contents\s*\Z|list\s+of\b|where\s+to\s+(?:look|find))",
    re.IGNORECASE,
)  # what only points elsewhere
PREFACE = later(
    r"\W*(?:the\s+(?:purpose|aim|object)\s+of\s+)?(?:this|these)\s+(?:policy|policies|order|section|chapter|manual|article|ordinance|directive|rules?|bulletin|page)\s+"
    r"(?:states?|sets?\s+(?:out|forth)|describes?|explains?|tells?|lists?|gathers?|answers?|exists?|is\s+(?:to|meant|intended|written))\b(?![^.;]*\b(?:forbid|prohibit|bar|ban)s?\b)"
)
PROPOSED = later(
    r"\b(?:has|have|had)\s+(?:been\s+)?(?:proposed|suggested|urged|petitioned)\s+(?:us\s+|the\s+\w+\s+)?that\b"
)


def _heard(paper: Page, n: int, norms: Sequence[Norm], words: Vocabulary, memory: Memory) -> list[Rule]:
    """The rules of sentence `n`: what its frame comes to, else its verbs, else its idiom where no verb bears."""
    one = paper.sentences[n]
    span = (one.body, one.end)
    matters, parties = (
        matters_in(paper.low, one.start, one.end, words),
        parties_in(paper.low, one.start, one.end, words),
    )
    if spoken := whole.spoken(paper, n, words, memory):
        return [spoken]
    told = "authority" in parties and bool(matters & set(words.specific()))
    if told and drift.bygone(paper.low, paper.sentences, n):
        memory.asked = (n, Norm(Modality.ASKED, "", "", (span[0], span[0]), (span[0], span[0])), matters, parties)
        return []
    if any(e.modality in (Modality.RECITED, Modality.DEFINED) for e in norms):
        return [r for e in norms if (r := _rule(paper, n, e, words, memory))]
    if drift.doubted(paper.low, paper.sentences[max(0, n - 1)], one):
        memory.asked = (n, next(iter(norms), Norm(Modality.ASKED, "", "", span, (span[0], span[0]))), matters, parties)
        return []
    lifts = any(e.modality is Modality.UNRESTRICTED for e in norms)
    framed = None if lifts else drift.frame(paper.low, span, matters, parties, words)
    families = {e.family for e in norms if not asking.wanted(paper.low, e)}
    seeks = "ask" in families or (not families and _seeks_of(paper.low, span, words))
    if framed and framed.modality is Modality.ONLY_IF and seeks and not families & {"tell", "answer"}:
        framed = replace(framed, family="ask")
    one_rule = _rule(paper, n, framed, words, memory) if framed else None
    if one_rule is None and not (lifts and NOTHING.match(paper.low, *span)):
        one_rule = whole.ended(paper, n, words, memory)
    if one_rule:
        return [one_rule]
    return _by_its_words(paper, n, norms, words, memory)


SEEKS_OF = later(
    r"\b(?:quer(?:y|ies)|inquir(?:y|ies)|enquir(?:y|ies)|requests?|checks?|look-?ups?|search(?:es)?|verif(?:y|ication|ications)|confirm|inquire|enquire)\s+(?:it\s+|this\s+|that\s+|him\s+|her\s+)?(?:to|with|through|in)\s+(?:the\s+|an?\s+|any\s+)?"
)


def _seeks_of(low: str, span: Span, words: Vocabulary) -> bool:
    """Whether something is sought of the authority, in a sentence without a verb that says so: "each query to the service"."""
    authority = words.parties.get("authority")
    return any(authority and authority.match(low, m.end(), span[1]) for m in SEEKS_OF.finditer(low, *span))


NOTHING = later(english.MARKS + r"(?:nothing|no\s+(?:word|part|line|rule|provision|clause|sentence|paragraph))\b")


def _by_its_words(paper: Page, n: int, norms: Sequence[Norm], words: Vocabulary, memory: Memory) -> list[Rule]:
    """The rules of sentence `n` by its verbs, else by its negation or its idiom; a question is kept for its answer."""
    one = paper.sentences[n]
    span = (one.body, one.end)
    matters, parties = (
        matters_in(paper.low, one.start, one.end, words),
        parties_in(paper.low, one.start, one.end, words),
    )
    asked = memory.asked
    out = [r for e in norms if (r := _rule(paper, n, e, words, memory))]
    if asked and n > asked[0] and n - asked[0] <= 2 and out and (lead := norm.gist.LEAD.match(paper.low, *span)):
        short = drift.answered(paper.low, (span[0], lead.end()), asked[1])
        first = _rule(paper, n, replace(short, family=""), words, memory) if short else None
        own = frozenset().union(*(r.matters for r in out if r.acts)) - {words.all}
        if first and not first.matters & own:
            out = [first, *out]
            memory.asked = None
    told = any(not e.family for e in norms) or any(r.acts and r.matters and r.norm.family for r in out)
    if asked and told and memory.asked is asked and n > asked[0]:
        memory.asked = None  # answered
    heard = [r for r in out if r.norm.modality is not Modality.RELEASED]
    if any(r.acts and r.matters for r in heard) or memory.asked not in (asked, None):
        return out
    if SAY_WHAT.search(paper.low, *span):
        matters, parties = matters or memory.last(memory.matters, n), parties | memory.last(memory.parties, n)
    supposed = SUPPOSED.match(paper.low, *span) or paper.low[one.start : one.end].endswith("?")
    if supposed and "authority" in parties and matters & set(words.specific()):
        memory.asked = (n, Norm(Modality.ASKED, "", "", span, (span[0], span[0])), matters, parties)
        return out
    if drift.TOLD.search(paper.low, *span) or any(_let_go(paper.low, e, one) for e in norms):
        return out
    recent = frozenset().union(*(m for at, m in memory.matters if n - at == 1)) & set(words.specific())
    round_ = [
        replace(r, matters=recent) if recent and r.matters == {words.all} else r
        for r in _in_the_round(
            paper, n, [e for e in norms if e.modality is not Modality.RELEASED], matters, parties, words
        )
    ]
    return [*out, *(round_ or _drifting(paper, n, words, memory) or _hinted(paper, n, words, memory))]


def _hinted(paper: Page, n: int, words: Vocabulary, memory: Memory) -> list[Rule]:
    """The rule on asking a person that a sentence without such a verb comes to, of the matter it or the last ones name."""
    one, low = paper.sentences[n], paper.low
    span = (one.body, one.end)
    acts = [a for a in words.acts if "ask" in a.families and "person" in a.toward]
    mine = frozenset().union(*(a.matters for a in acts))
    named = matters_in(low, *span, words) & mine
    matters = named or frozenset().union(*(m for at, m in memory.matters if n - at <= 2)) & mine
    outside = any("authority" in who or "agency" in who for at, who in memory.parties if n - at <= 2)
    if not matters or outside or parties_in(low, *span, words) & {"authority", "agency"}:
        return []
    before = paper.sentences[max(0, n - 2)]
    same = before.start if paper.homes[n] == paper.homes[max(0, n - 2)] else one.start
    asked = bool(norm.gist.ASKING.search(low, same, one.end))
    force = asking.hinted(low, span, named=bool(named), asked=asked)
    if force is None or low.endswith("?", one.start, one.end):
        return []
    each = norm.gist.norm(span, "ask", (force, Manner.PLAIN))
    names = frozenset(a.name for a in acts)
    return [Rule(each, n, paper.labels[n], paper.homes[n], matters, frozenset({"person"}), names, note="v", cite=span)]


SUPPOSED = later(r"\W*(?:now\s+|so\s+)?(?:suppose|supposing|imagine|picture|let's\s+say|say\s+that)\b(?![^.;]*:)")
TURNS = {Modality.FORBIDDEN: Modality.PERMITTED, Modality.PERMITTED: Modality.FORBIDDEN}  # "Is it forbidden? No."
SAY_WHAT = later(
    r"\b(?:do|should|may|can|must|shall)\s+(?:we|i|you|they|staff)\s+(?:say|tell|answer|reply|give\s+it|do\s+it|do\s+so|speak|oblige)\s*\?|\bwhat\s+(?:do|should|shall|may|can|must|am|are|does)\s+(?:i|we|you|they|he|she|staff|one)\s+(?:to\s+)?(?:say|tell|do|answer|reply|give)\b"
)


def _drifting(paper: Page, n: int, words: Vocabulary, memory: Memory) -> list[Rule]:
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
        acts = frozenset(
            a.name for a in words.acts if "" in a.families and goes_toward(a.toward, frozenset({"authority"}))
        )
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
    if said and not said.family and _seeks_of(low, span, words):
        said = replace(said, family="ask")
    rule = _rule(paper, n, said, words, memory) if said else None
    return [replace(rule, matters=rule.matters or matters)] if rule else []


NEGATIVE = later(
    r"\b(?:no|not|never|nothing|nobody|none|neither|nor|cannot|mum|silent|silence|refus\w+|declin\w+|closed|shut|blank|ignored?|elsewhere|unanswered|unopened|bin|shredder|drawer|secret|confidential|private|internal|off|tight-lipped|sealed|denied|stripped|turned\s+away|without\s+action)\b|n't\b"
)
SPEECH = later(
    r"\b(?:nothing|anything|everything|information|word|words|answers?|reply|replies|calls?|caller|phones?|letters?|e-?mails?|questions?|asks?|forms?|fax\w*|talk|speak|list|lists|data|files?|records?|database|login|terminal|message\w*|tell|told|know|knows|details|not\s+an?\s+(?:name|number|page|scrap)|no\s+help)\b"
)
POSITIVE = later(
    r"\b(?:may|can|(?<!walks )(?<!walk )(?<!goes )(?<!go )(?<!set )free|welcome|yes|fine|okay|ok|lets?|allowed|permitted|up\s+to\s+(?:you|each|them|him|her|staff|us)|your\s+call|no\s+secret|hide\s+nothing|open\s+to|gladly|happily)\b"
)
TALE = later(
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
        if norm.gist.UNBARRED.search(here) or norm.gist.UNHINDERED.search(here)
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
    family = "ask" if TO_LEARN.search(here) else ""
    acts = frozenset(
        a.name for a in words.acts if family in a.families and goes_toward(a.toward, frozenset({"authority"}))
    )
    yield Rule(
        replace(each, family=family),
        n,
        paper.labels[n],
        paper.homes[n],
        certain,
        frozenset({"authority"}),
        acts,
        note="mp",
        cite=(one.body, one.end),
        wide=2 * bool(EVERYTHING.search(here)),
    )


TO_LEARN = later(
    r"\b(?:resort|recourse|appl(?:y|ication|ies)|turn|go|goes|log\s+(?:on|in)|sign\s+in|quer(?:y|ies))\b[^.;]{0,120}?\bto\s+(?:learn|find\s+out|ask|check|see|discover|establish|ascertain|determine|verify)\b"
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


def _bears(memory: Memory, matters: frozenset[str], parties: frozenset[str], n: int) -> bool:
    return bool(matters or parties or memory.last(memory.matters, n) or memory.last(memory.parties, n))


def _remember(memory: Memory, n: int, matters: frozenset[str], parties: frozenset[str]) -> None:
    if matters:
        memory.matters.append((n, matters))
    keep = parties - {"person"}
    if keep:
        memory.parties.append((n, keep))


def _rule(paper: Page, n: int, each: Norm, words: Vocabulary, memory: Memory) -> Rule | None:
    low, one = paper.low, paper.sentences[n]
    if _no_rule(paper, n, each, words, memory):
        return None
    if (each.family in ("tell", "keep") and _seeks(low, one, each)) or asking.stated(low, each, words):
        each = replace(each, family="ask")
    matters, excluded = spoken_matters(low, n, one, each, words, memory)
    parties = spoken_parties(low, n, one, each, words, memory)
    if each.family == "ask" and each.modality is Modality.FORBIDDEN and asking.ANY_AGENCY.search(low, *each.span):
        parties |= {"anyone", "person"}  # the authority is one of them, and the person is asked about all the same
    meant = _meant(paper, n, each, words)
    if each.family == "keep" and meant.family == "tell":
        parties |= {"authority"}  # of whose copy it is left out
    each = meant
    if each.modality is Modality.ASKED:
        memory.asked = (n, each, matters, parties)
        return None
    if not each.family and memory.asked and n - memory.asked[0] <= 2:
        asked = memory.asked
        if norm.gist.BARRED.search(low, *asked[1].span) and each.modality in TURNS:
            each = replace(each, modality=TURNS[each.modality])
        each = replace(each, family=asked[1].family)
        matters, parties = asked[2] or matters, asked[3] or parties
    family = "ask" if each.family in ("tell", "move") and _seeks(low, one, each) else each.family
    if family == "ask" and each.manner is Manner.PURPOSE:
        each = replace(each, manner=Manner.PLAIN)  # to verify is what asking is for
    named = family == "ask" and asking.looked_up(low, each)
    acts = frozenset(
        a.name
        for a in words.acts
        if family in a.families and (a.toward & parties if named else goes_toward(a.toward, parties))
    )
    support = labels.support(low, terms_in(low, *each.span, memory), matters, words)
    if matters == {words.open} and (told := labels.listed(paper, n, each.span, words)):
        matters, support = told.matters, labels.support(low, [told], told.matters, words)
    note = named_itself(low, each, words)
    if "m" not in note and each.family:
        support = (*support, *labels.items(low, each.span, one.end, matters, words))
    if _too_wide(low, one, each, words, (matters, note)) or _in_another_sense(low, each, words, note):
        matters = frozenset()
    return Rule(
        each,
        n,
        paper.labels[n],
        paper.homes[n],
        matters,
        parties,
        acts,
        limbs=two_limbs(low, one),
        excluded=excluded,
        note=note,
        cite=_cite(paper, n, each, note),
        support=support,
        wide=_wide(low, one, each, words, parties),
    )


def _wide(low: str, one: text.Sentence, each: Norm, words: Vocabulary, parties: frozenset[str]) -> int:
    """How plainly a rule that names no certain matter speaks of all, to the authority or to anyone outside."""
    everything = bool(EVERYTHING.search(low, *each.span))
    if not each.act and each.modality is not Modality.ONLY_IF:
        return int(everything) * (1 + ("authority" in parties_in(low, *each.span, words)))
    meant = each.withheld or everything
    them = meant and bool({"authority", "anyone"} & parties_in(low, one.body, one.end, words))
    them = them or ("authority" in parties and bool(REST.search(low, *each.span)))
    return 1 + bool(them or "authority" in parties_in(low, *each.span, words))


def _no_rule(paper: Page, n: int, each: Norm, words: Vocabulary, memory: Memory) -> bool:
    """Whether the norm is none of the body's own: recited, described, the authority's, or about something else."""
    low, one = paper.low, paper.sentences[n]
    if (
        each.modality in (Modality.RECITED, Modality.DEFINED)
        or not acting(low, each, words)
        or _named_so(low, each, memory)
    ):
        return True
    if (
        HEAD_ROW.match(low, low.rfind("\n", 0, each.head[0]) + 1)
        or drift.REACHES.match(low, each.span[0], each.span[1])
        or _let_go(low, each, one)
        or (each.act == "release" and not matters_beside(low, each, words))
    ):
        return True  # the release of a person
    if (
        DESCRIBED.search(low[max(one.start, each.head[0] - 40) : each.head[0]])
        or _handled(low, one, each)
        or (each.act in GUARDS and GUARDED.match(low, each.head[1], one.end))
    ):
        return True  # "a member who is asked"; "refer the inquiry"; "the law protects you"
    if (each.family == "keep" and HELD.match(low, each.head[1], one.end)) or (
        each.family == "ask" and asking.elsewhere(low, n, each, words, memory)
    ):
        return True
    open_ = each.modality is Modality.ASKED or (memory.asked and n - memory.asked[0] <= 2)
    elsewhere = not each.family and not open_ and _of_nothing(paper, n, words)
    if not each.family and "|" in low[slice(*each.span)] and not matters_in(low, *each.span, words):
        return True  # another row of the table
    return bool(elsewhere) or _unspoken(low, one, each, words, memory)


def _named_so(low: str, each: Norm, memory: Memory) -> bool:
    """Whether it is another body that asks, or the authority that acts, under a name that the text gives it."""
    if not each.bearer or each.family not in ("ask", "tell") or each.passive:
        return False
    if each.family == "ask" and asking.OUTSIDER.match(low, *each.bearer):
        return True
    if TOWARD.match(low, *each.bearer):
        return False
    opens = terms_in(low, each.bearer[0], min(each.bearer[1], each.bearer[0] + OPENING), memory)
    return any(t.parties == {"authority"} and not t.matters for t in opens)


TOWARD = later(r"\W*(?:to|toward|towards|with|from|for|of|against|by)\b")
OPENING = 24  # characters in which a clause names who acts
HEAD_ROW = later(r"[^\n]*\|[^\n]*\n\s*\|?\s*:?-{2,}")  # the row that names a table's columns


def _seeks(low: str, one: text.Sentence, each: Norm) -> bool:
    """Whether getting in touch is for asking: "call the desk to find out"."""
    return bool(CONTACT.match(each.act) and SEEKS.match(low[each.head[1] : one.end].lstrip()))


def _meant(paper: Page, n: int, each: Norm, words: Vocabulary) -> Norm:
    """The norm as its neighbourhood means it: what they receive we tell, an approval of course is none."""
    low, one = paper.low, paper.sentences[n]
    if each.family == "receive" and each.bearer and (THEY.search(low, *each.bearer) or theirs(low, each, words)):
        each = replace(each, family="tell")
    if (
        each.family == "keep"
        and each.withheld
        and each.modality is Modality.FORBIDDEN
        and drift.cut_for(low, (one.body, one.end), words)
    ):
        each = replace(each, family="tell")
    if not each.family and each.modality is Modality.FORBIDDEN and english.SOFT.search(low, one.body, one.end):
        each = replace(each, manner=Manner.SOFT)
    if not _of_course(paper, n, each):
        return each
    return replace(
        each, manner=Manner.PLAIN, modality=Modality.OBLIGED if each.modality is Modality.ONLY_IF else each.modality
    )


def _in_another_sense(low: str, each: Norm, words: Vocabulary, note: str) -> bool:
    """Whether a verb of many senses stands in a clause that names neither the law's matter nor its party."""
    if each.act not in drift.MANY_SENSES or "m" in note or "p" in note or each.family.startswith("act:"):
        return False
    return not words.contacts.search(low, *each.span) and not STANDS.search(low, *each.span)


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


THEM = later(
    r"\b(?:them|they|him|he|her|she|it|such|that\s+\w+|caller|agents?|officers?|nobody|no\s+one|anyone|anybody)\b"
)


def _cite(paper: Page, n: int, each: Norm, note: str) -> Span:
    """The deciding words: the clause, with the label or condition before it that says what it is about.

    Where the clause is a bare answer, the next short sentence goes with it.
    """
    one, (start, end) = paper.sentences[n], each.span
    if not ("m" in note and "p" in note) and end - one.body <= 260:
        start = min(start, one.body)
    if end - start < 30 and n + 1 < len(paper.sentences) and paper.homes[n + 1] == paper.homes[n]:
        after = paper.sentences[n + 1]
        end = after.end if after.end - after.start <= 70 else end
    return start, end


STANDS = later(
    r"\b(?:it|them|those|these|such|so|same|ones?|either|neither|both|they|this|that(?=\s*(?:[,.;:!?)]|$|(?:to|is|may|shall|will|must|kind|sort|way)\b))|(?:the|this|that|any|an?)\s+(?:question|matter|subject|information|answer|reply|particular|request|quer|inquir|enquir|caller|call|letter|list|detail|fact)\w*)\b"
    r"(?!\s+(?:section|policy|order|chapter|manual|article|paragraph|ordinance|directive|rule))"
)
FEW = 8  # words of a sentence that answers or adds to the one before


def _unspoken(low: str, one: text.Sentence, each: Norm, words: Vocabulary, memory: Memory) -> bool:
    """Whether the sentence names neither the information nor the authority, and nothing in it stands for them."""
    if not each.family or low[one.body : one.end].count(" ") < FEW or STANDS.search(low, one.body, one.end):
        return False
    if (
        matters_in(low, one.body, one.end, words)
        or terms_in(low, one.body, one.end, memory)
        or words.contacts.search(low, one.body, one.end)
    ):
        return False
    return not parties_in(low, one.body, one.end, words) - {"person"}


OF_COURSE = later(
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


DESCRIBED = later(
    r"\b(?:in\s+order|so\s+as)\s+(?:not\s+)?to\s+\Z|\b(?:who|that|which)\s+(?:(?:is|are|was|were|has\s+been|have\s+been)\s+)(?:\w+ly\s+)?\Z"
)
HANDS_ON = later(
    r"\b(?:refer|forward|pass|direct|send|route|handle|log|take|bring|decline|return|open|read)(?:s|es|ed|red|ring|ing)?\s+(?:(?:the|an?|any|all|each|every|such|that|this|these|his|her|their|written|oral|federal)\s+){0,2}\Z"
)


def _handled(low: str, one: text.Sentence, each: Norm) -> bool:
    """Whether an inquiry is only a thing that is handed on."""
    if each.family != "ask" or not re.match(
        r"(?:inquir|enquir|request|quer|question)", low[each.head[0] : each.head[1]]
    ):
        return False
    return bool(HANDS_ON.search(low[max(one.start, each.head[0] - 50) : each.head[0]]))


LET_GO = later(
    r"\b(?:persons?|individuals?|inmates?|prisoners?|somebody|someone|anybody|anyone|nobody|he|she|they|people|detainees?|arrestees?|juveniles?|child|man|woman|men|women|him\s+or\s+her)\b[^.;,]{0,40}\Z"
)


def _let_go(low: str, each: Norm, one: text.Sentence) -> bool:
    """Whether "released" is said of a person and not of information."""
    return (
        each.passive
        and each.act in ("release", "discharge", "free")
        and bool(LET_GO.search(low[max(one.start, each.head[0] - 80) : each.head[0]]))
    )
