"""A sentence in, its Norms out; the same reading for a law's requirement and a policy's sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from showcause import text as texts
from showcause.norm import english
from showcause.norm.clause import COND, EXC, MAIN, Clause, Operator, clauses, operators
from showcause.norm.deontic import Manner, Modality, Norm
from showcause.norm.force import (
    ALLOWED,
    FINITE_NEXT,
    FORBIDDEN,
    IN_WHICH,
    LIMITED,
    REQUIRED,
    SELF_SUBJECT,
    Force,
    subject,
    under,
)
from showcause.norm.verbs import Lexicon, Verb, lexicon, relative, verbs
from showcause.text import later

Span = tuple[int, int]
FOLDS = {"withhold": "tell", "answer": "answer", "destroy": "keep"}
PURPOSE = later(
    r"\b(?:in\s+order\s+(?:to|that)|so\s+as\s+to|for\s+(?:the\s+)?(?:sole\s+|limited\s+)?purposes?\s+of|with\s+a\s+view\s+to|in\s+connection\s+with|in\s+aid\s+of|for\s+use\s+in|in\s+furtherance\s+of|in\s+support\s+of|"
    r"to\s+(?:assist|help|support|further|facilitate|aid|complete|clear|resolve|enable|verify|establish|ensure|determine|settle|satisfy))\b"
)
RECITED = later(
    r"\b(?:(?:reporter|member|resident|speaker|caller|councillor|journalist|citizen|lawyer|somebody|someone)s?\s+(?:has\s+|have\s+)?asked\s+(?:whether|if)|unsure\s+(?:what|whether|if|how)|(?:write|wrote|writes)\s+that|(?:anyone|anybody|whoever|those|people)\s+who\s+(?:tells?|thinks?|says?|claims?)\b|(?:printing|edition|version|issue|draft|page)\s+(?:told|asked|ordered|forbade|had|let)\b|(?:propose[sd]?|proposal|urged)\s+that\b|says?(?=\s+(?:that\b|no\b|we\b|you\b|they\b|nobody\b|staff\b|members\b|officers\b|employees\b|it\b|the\b)|[,:]?\s*\")|recogni[sz]es?|hesitates?|is\s+aware|(?<!nothing )(?:(?<!that )said|said(?!,))|thinks?(?!\s+(?:twice|hard|carefully))|thought|believe[sd]?|understand|understood|heard\s+(?:that|from|of|it)|rumou?r(?:ed|s)?|assume[sd]?|moved|feared|worried|(?<!\bbe )(?<!\bis )(?<!\bare )used\s+to|formerly|previously|announced|reported\s+that|fear(?:s|ed)?|had\s+been\s+(?:the\s+)?(?:custom|practice)|has\s+been\s+(?:the\s+)?(?:custom|practice)|asked\s+(?:that|us|me|for)|(?<!\ba )promise[ds]?|recommend(?:s|ed)|suggest(?:s|ed)|petition(?:s|ed)|wondered|told\s+(?:his|her|their|its))\b"
)
SUPPOSED = later(
    r"\b(?:if|when|whenever|where|once|unless|after|before|until)\s+(?:(?!shall\b|must\b|may\b|will\b)[\w'-]+\s+){0,6}\Z"
)  # what is only supposed, "if they believe it excessive, report it", recites nothing
HABIT = later(
    r"\b(?:custom|habit|practice|arrangement|courtesy|policy|routine|tradition|system|days?)\b[^.;]{0,120}?\b(?:end(?:s|ed)?|stops?|ceases?|is\s+(?:over|ended|at\s+an\s+end|discontinued|abolished|withdrawn|no\s+more)|comes\s+to\s+an\s+end|discontinued|are\s+over|dies)\b|\b(?:we\s+)?(?:stop|end|cease|drop|discontinue|abandon|give\s+up|break)\b[^.;]{0,40}?\b(?:habits?|custom|practice|arrangement)\b|\b(?:do(?:es)?\s+not|don't|doesn't|never|will\s+not|won't|shall\s+not|must\s+not|may\s+not|cannot|can't)\s+(?:do|comply|oblige|play\s+along)\b(?:\s+(?:so|that|it|this|with\s+\w+))?\s*[.,;]|\bno\s+more\s+of\s+(?:that|this)\b|\b(?:that|this|it)\s+(?:stops|ends|ceases|is\s+over)\b"
)


def parse(text: str, start: int = 0, end: int | None = None, *, words: Lexicon | None = None) -> tuple[Norm, ...]:
    """The norms between `start` and `end` of `text`, sentence by sentence, in order."""
    low = texts.lowered(text)
    found: list[Norm] = []
    for one in texts.sentences(text, start, len(text) if end is None else end):
        found += sentence(low, one.start, one.end, words=words)
    return tuple(found)


MOST = 300  # verbs of one sentence that are read, so that a page without a stop takes no longer than its length


def sentence(low: str, start: int, end: int, *, words: Lexicon | None = None) -> tuple[Norm, ...]:
    """The norms of the one sentence between `start` and `end` of the lower-cased text `low`."""
    table = words or lexicon()
    if english.RECITES.match(low, start, end):
        operative = english.THEREFORE.search(low, start, end)
        if not operative:
            return (Norm(Modality.RECITED, "", "", (start, end), (start, start)),)
        start = operative.start()
    defined = _definition(low, start, end)
    parts = clauses(low, start, end)
    acts = [(v, part) for part in parts for v in verbs(low, part.start, part.end, table)]
    acts = [
        (v, p)
        for v, p in acts
        if v.kind != "nominal" or not any(p is q and w.start < v.start and w.kind != "nominal" for w, q in acts)
    ]
    acts = acts[:MOST]
    norms = [n for v, part in acts for n in _norm(_Frame(low, start, end, parts, acts), v, part)]
    norms = _once([*norms, *_sanctioned(low, start, end, table)])
    if defined:
        return (defined, *(n for n in norms if n.head[0] > (defined.object or defined.span)[1]))
    if any(n.modality not in (Modality.RECITED, Modality.RELEASED) for n in norms):
        return tuple(norms)
    return tuple(_verbless(low, start, end)) or tuple(norms)


SANCTION = later(
    r"\b(?:will|shall|may|is|are|can|must|faces?|risks?|breaks?|violates?|breach(?:es)?|commits?)\s+(?P<no>not\s+(?:be\s+)?|never\s+(?:be\s+)?|no\s+)?(?:be\s+|subject\s+to\s+|liable\s+to\s+|guilty\s+of\s+|in\s+for\s+|an?\s+|our\s+|the\s+|this\s+)?(?:\w+\s+){0,2}?(?:disciplin\w*|fired|dismiss\w*|suspen\w+|reprimand\w*|warned|docked|fined|relieved\s+(?:of|from)|sent\s+home|retrained|apologi[sz]\w*|demoted|censured|written\s+warning|trouble|liable|guilty|punish\w*|sanction\w*|terminat\w+|written\s+up|charged|rules?|offen[cs]e|misconduct|polic(?:y|ies)|order|oath|breach|violation|penalt\w+|penali[sz]ed)\b"
)


def _sanctioned(low: str, start: int, end: int, table: Lexicon) -> Iterator[Norm]:
    """Sanctions: "Employees who tell ... will be disciplined" forbids; "... breaks no rule" lets."""
    for v in relative(low, start, end, table):
        m = SANCTION.search(low, v.end, end)
        if m and v.sign > 0:
            free = bool(m["no"]) or bool(re.search(r"\b(?:nobody|no\s+one)\b", low[start : v.start]))
            modality = Modality.UNRESTRICTED if free else Modality.FORBIDDEN
            yield Norm(
                modality,
                FOLDS.get(v.family, v.family),
                v.base,
                (start, end),
                (v.start, v.end),
                object=(v.end, m.start()),
                counterpart=(v.end, m.start()),
            )


def _definition(low: str, start: int, end: int) -> Norm | None:
    m = english.DEFINES.search(low, start, end)
    if not m or m.start() - start > 80:
        return None
    term = m["t1"] or m["t2"] or m["t3"]
    stop = re.compile(r"(?<!\d)[.](?=\s|$)").search(low, m.end(), end)
    return Norm(
        Modality.DEFINED, "", "", (start, end), m.span(), object=(m.end(), stop.start() if stop else end), term=term
    )


def _once(norms: Sequence[Norm]) -> list[Norm]:
    seen: set[tuple[object, ...]] = set()
    out = []
    for n in norms:
        key = (n.modality, n.family, n.head)
        if key not in seen:
            seen.add(key)
            out.append(n)
    return out


@dataclass(frozen=True, slots=True)
class _Frame:
    """A sentence being read: its place, its clauses and the verbs in them."""

    low: str
    start: int
    end: int
    parts: Sequence[Clause]
    acts: Sequence[tuple[Verb, Clause]]


def _norm(frame: _Frame, v: Verb, part: Clause) -> Iterator[Norm]:
    force = under(frame.low, v, part, frame.parts)
    modality = _modality(frame, v, part, force) if force else None
    if force is None or modality is None:
        return
    low, end = frame.low, frame.end
    stop = _stop(frame, v, part)
    if _no_norm(low, v, part, stop):
        return
    span = (_begin(frame, v, part, force), stop)
    manner = _manner(low, frame.start, end, span, modality)
    if v.kind in ("gerund", "nominal") and force.governor == part.start:
        predicate = max(
            (m.end() for p in (FORBIDDEN, LIMITED, ALLOWED, REQUIRED) if (m := p.search(low, v.end, end))), default=stop
        )
        span = (span[0], max(stop, min(predicate, end)))
    if modality in (Modality.PERMITTED, Modality.OBLIGED) and (manner is Manner.APPROVAL or _only(low, part, v, end)):
        modality = Modality.ONLY_IF
    yield Norm(
        modality,
        _family(low, v, part),
        v.base,
        span,
        (v.start, v.end),
        bearer=(part.start, v.start if force.governor <= part.start else min(v.start, force.governor)),
        object=(v.end, stop),
        counterpart=(v.end, _next(v, part, frame.acts, stop)),
        condition=_beside(frame.parts, COND),
        exception=_beside(frame.parts, EXC),
        manner=manner,
        passive=v.kind == "participle",
        withheld=v.sign < 0,
    )


def _no_norm(low: str, v: Verb, part: Clause, stop: int) -> bool:
    """Whether a verb only names what another rules, or whom: what is sent, when one leaves, a copy of this text, talk that drives away."""
    before = (part.start, v.start)
    named = WHATEVER.match(low, *before) or WHAT_SAYS.match(low, *before) or IN_WHICH.search(low, *before)
    within = _operator_at(part, v.start)
    drives = within and within.kind == "restrict" and DRIVES.match(low, within.start)
    return bool(
        (named and FINITE_NEXT.search(low, v.end, part.end))
        or drives
        or OF_THIS.search(low, v.start, stop)
        or I_TELL.search(low, part.start, v.end)
        or (v.base.startswith("appl") and TEXT.search(low, part.start, v.start))
        or (v.base.startswith("provision") and A_PART.match(low, v.end, stop))
        or (v.family == "keep" and v.kind == "participle" and PROVISION.search(low, part.start, v.start))
        or (v.base == "ask" and NEEDS.search(low, part.start, v.start) and NOBODY.match(low, v.end, stop))
        or (v.base == "ask" and TO_DO_SO.match(low, v.end, stop))
        or (v.base == "address" and low.startswith(":", v.end))
        or (v.base == "tell" and TELLS_TO.match(low, v.end, stop))
    )


def _operator_at(part: Clause, place: int) -> Operator | None:
    """The operator of the clause within which `place` lies."""
    n = bisect_right(part.operators, place, key=lambda o: o.start) - 1
    return part.operators[n] if n >= 0 and place < part.operators[n].end else None


WHATEVER = later(
    r"\W*what(?:ever)?\s+(?:can't|cannot|may\s+not|must\s+not|is\s+not|isn't|aren't|can|may|must|is|are|has|have)\s+(?:not\s+)?(?:be\s+|been\s+)?\Z"
)  # "what can't be copied is sent": the one named is no rule
WHAT_SAYS = later(
    r"\W*(?:\w{1,4}[.-]\w{1,4}[.)]?\s+)?what(?:ever)?\s+(?:(?!you\b|we\b|they\b|he\b|she\b|may\b|must\b|shall\b)[\w']+\s+){1,4}\Z"
)
DRIVES = later(
    r"(?:put|talk|hold|warn|turn|head|lead|argue|reason)"
)  # "talk a clerk out of telling": the talk is no telling
_OF_TEXT = r"\s+of\s+(?:this|these|the\s+(?:foregoing|present))\s+(?:section|policy|order|rule|article|chapter|directive|ordinance|resolution|manual|memo\w*|bulletin|code|act|title|law|charter|by-?law|agreement|notice|card|page|paragraph|part|regulation|instruction)s?\b"
OF_THIS = later(r"\bcop(?:y|ies)" + _OF_TEXT)
A_PART = later(_OF_TEXT)  # "no provision of this order": what is provided there is nothing
PROVISION = later(
    r"(?:(?:sub)?section|rule|policy|paragraph|article|clause|directive|ordinance|prohibition|restriction)s?(?:\s+[\d.\-()\w]*\d[\d.\-()\w]*)?\s+(?:is|are|shall|will|must|to|be|\s)+\Z"
)  # a rule that "is to be kept" is obeyed
TEXT = later(
    r"\b(?:(?:sub)?section|rule|order|policy|paragraph|article|exception|clause|card|chapter|part|directive|ordinance|prohibition|restriction|ban|limit|it|this|that|[a-z]{1,3}[.\- ]?\d[\d.\-]*)(?:\s+[\d.\-()\w]*\d[\d.\-()\w]*)?\s+(?:(?:shall|does|do|will|is|are|may|must|also|only|not|never|no|longer|then)\s+)*\Z"
)  # "this section does not apply to": a text seeks nothing
NEEDS = later(r"\bneeds?\s+(?:to\s+)?\Z")
NOBODY = later(
    r"\s+(?:nobody|no\s+one|no\s+(?:officer|supervisor|superior|other|further))\b(?!\s+(?:about|whether|if|what|where)\b)"
)
TO_DO_SO = later(r"\s+(?:[\w']+\s+){1,3}?(?:not\s+)?to\s+do\s+(?:it|so|this|that)\b")  # "nor asks you to do it"
TELLS_TO = later(
    r"\s+(?:him|her|them|it|(?:the|any|a|that|this)\s+(?:\w+\s+)?(?:caller|agent|officer|person|man|woman|visitor|party|agency)s?|callers|agents|officers|ice|immigration)\s+(?:please\s+)?to\s+(?:look|go|call|ring|phone|write|wait|leave|try|come|apply|ask|check|consult|contact|see|put|send|submit|file|stop|hang|find|search|use|speak|talk|return|read)\b"
)  # "tell them to look elsewhere" tells nothing of anybody
I_TELL = later(r"\bi(?:'m|\s+am)\s+(?:not\s+)?(?:telling|saying|asking)\s*\Z")  # "I'm not telling you yes"


def _modality(frame: _Frame, v: Verb, part: Clause, force: Force) -> Modality | None:
    """The force folded with the verb's own sign; None where the clause is no norm of telling or keeping."""
    low = frame.low
    modality = Modality.ASKED if _question(low, frame.start, frame.end) else force.modality
    blame = BLAME.search(low, part.start, v.start) if v.kind == "gerund" else None
    if blame and not any(o.kind == "restrict" and o.start <= blame.start() < o.end for o in part.operators):
        modality = Modality.UNRESTRICTED if modality is Modality.FORBIDDEN else Modality.FORBIDDEN
    if v.sign < 0:
        modality = FLIPPED.get(modality, modality)
    if _own_text(low, part, v) and modality is not Modality.UNRESTRICTED:
        return None
    if modality is not Modality.ASKED and _recited(low, frame.start, v.start):
        return None if modality is Modality.RELEASED else Modality.RECITED
    return modality


ANSWER_TO = later(
    r"\b(?:answers?|repl(?:y|ies)|responses?|word|reaction)\s+(?:\w+\s+){0,2}?(?:to|for|on)\s+(?:(?:any|all|every|each|the|such|an?|their|its|these|those|federal|immigration|written|ice|dhs)\s+)*\Z"
)


def _family(low: str, v: Verb, part: Clause) -> str:
    """The verb's family; to refuse what is offered is to refuse to receive."""
    if v.family == "ask" and v.kind == "nominal" and ANSWER_TO.search(low, part.start, v.start):
        return "answer"
    if (
        v.base in ("refuse", "decline", "reject", "return")
        and v.kind == "participle"
        and OFFERED.search(low, part.start, v.start)
    ):
        return "receive"
    return FOLDS.get(v.family, v.family)


OFFERED = later(r"\b(?:offered|sent|supplied|provided|delivered|tendered|furnished|mailed|coming|received)\b")


def _next(v: Verb, part: Clause, acts: Sequence[tuple[Verb, Clause]], stop: int) -> int:
    return next((w.start for w, q in acts if q is part and v.end <= w.start < stop), stop)


INTERROGATIVE = later(
    r"(?:^|[.:;,?!]\s+)[\"'(]*(?:q\s*[.:]\s*|\d+[.)]\s*)?(?:so\s+|but\s+|and\s+)?(?:can|may|do|does|should|must|is|are|am|could|will|would|who|what|when|where|how|might|shall|did)\s"
)


def _question(low: str, start: int, end: int) -> bool:
    """Whether the sentence asks: "Can I tell them?"; "Ask each driver: citizen or not?" orders."""
    words = low[start:end].rstrip(" \"')")
    if PUTS.match(words):
        return False
    return words.endswith("?") and bool(
        INTERROGATIVE.search(words) or words.count(" ") < 3 or re.match(r"\w+ing\b", words)
    )


PUTS = later(
    r"[^?:]{0,160}\b(?:asks?|asked|asking|says?|puts?|poses?|runs?|reads?|questions?|is|are|this|these|things|following)\b[^?:]{0,40}:\s*[\"']?\s*(?:are|is|do|does|what|where|were|when|which|citizen|how|have|who|name)\b"
)  # "ask each arrestee: are you a citizen?" orders


BLAME = later(
    r"\b(?:trouble(?:\s+here)?|hot\s+water(?:\s+here)?|grief|flak|punish\w*|disciplin\w*|penali\w+|blam\w+|faulted|reprimand\w*|fired|sanction\w*|held\s+against\s+\w+)\s+for\s+(?:\w+ly\s+)?\Z"
)
FLIPPED = {
    Modality.OBLIGED: Modality.FORBIDDEN,
    Modality.FORBIDDEN: Modality.OBLIGED,
    Modality.PERMITTED: Modality.RELEASED,  # leave to withhold neither bans nor lets: it frees from a duty to tell
    Modality.UNRESTRICTED: Modality.RELEASED,
    Modality.RELEASED: Modality.PERMITTED,
}


def _stop(frame: _Frame, v: Verb, part: Clause) -> int:
    """The clause runs on through conditions and exceptions that hang on it, up to the next main clause."""
    low = frame.low
    later = [p for p in frame.parts if p.start > part.start]
    stop = part.end
    near = islice((w for w, q in frame.acts if q is part and w.start > v.end), 40)  # so that long lists stay linear
    following = next((w for w in near if _coordinate(low, v, w)), None)
    if following:
        return max(_tidy(low, v.end, following.start), v.end)
    for p in later:
        if p.kind == MAIN or p.hard:
            break
        stop = p.end
    return max(_tidy(low, v.end, stop), v.end)


def _coordinate(low: str, v: Verb, w: Verb) -> bool:
    """Whether `w` begins another predicate beside `v`, and `v` has an object of its own: "offer him a card, and tell him ..."."""
    between = low[v.end : w.start]
    if not re.search(r"(?:,|\band|\bor|\bnor|\bbut)\s+(?:to\s+|not\s+|then\s+|also\s+|from\s+)*$", between[-60:]):
        return False
    own = re.sub(r"\b(?:to|from|with|of|in|by|on|and|or|nor|but|not|then|also|it|them)\b|\W", " ", between).split()
    return len(own) >= 2


def _tidy(low: str, start: int, stop: int) -> int:
    """`stop` drawn back over trailing commas and joining words."""
    while stop > start:
        kept = low[start:stop].rstrip(" \t\n,;:")
        last = kept.rpartition(" ")[2]
        kept = kept[: -len(last)] if last in {"and", "or", "but", "nor", "so"} else kept
        if start + len(kept) == stop:
            break
        stop = start + len(kept)
    return stop


def _own_text(low: str, part: Clause, v: Verb) -> bool:
    """Whether the clause speaks of the text itself: "this section shall not be applied ..."."""
    return v.kind != "participle" and bool(SELF_SUBJECT.match(low, part.start, v.start))


def _begin(frame: _Frame, v: Verb, part: Clause, force: Force) -> int:
    low, begin = frame.low, part.start
    if v.kind == "participle" and force.governor >= part.start:
        begin = subject(low, frame.parts, part, force.governor)
    m = re.compile(r"[\s,;:]*(?:\(?\w{1,4}[.)]\s+|[-*•]\s+|(?:and|or|but)\s+)*").match(low, begin, v.start)
    return m.end() if m else begin


def _beside(parts: Sequence[Clause], kind: str) -> Span | None:
    for p in parts:
        if p.kind == kind:
            return (p.start, p.end)
    return None


def _manner(low: str, start: int, end: int, span: Span, modality: Modality) -> Manner:
    if approval(low, start, end, waives=modality in (Modality.PERMITTED, Modality.OBLIGED, Modality.UNRESTRICTED)):
        return Manner.APPROVAL
    if _soft(low, start, end):
        return Manner.SOFT
    if modality is Modality.PERMITTED and PURPOSE.search(low, *span):
        return Manner.PURPOSE
    return Manner.PLAIN


@lru_cache(maxsize=256)  # every verb of a sentence asks
def _soft(low: str, start: int, end: int) -> bool:
    return bool(english.SOFT.search(low, start, end))


APPROVED = later(
    rf"{english.FIRST.pattern}[^.;]{{0,100}}?{english.APPROVAL.pattern}|{english.APPROVER.pattern}[^.;]{{0,30}}{english.APPROVAL.pattern}\s+(?:first|beforehand|in\s+advance)|{english.FIRST.pattern}\s+(?:check|clear|talk|speak|ask|confer|consult|run\s+it|go)\w*\s+(?:it\s+)?(?:with|to|through|past|by)\s+[^.;]{{0,20}}?{english.APPROVER.pattern}|\b(?:if|when|once)\s+[^.;,]{{0,30}}?{english.APPROVER.pattern}[^.;,]{{0,40}}?\s(?:has|have)\s+(?:first\s+|also\s+|already\s+|personally\s+)?{english.APPROVAL.pattern}"
)


WHOSE = later(
    rf"\s+(?:of|from|by|on)\s+(?:the|an?|his|her|your|our|their)\s+(?:[\w']+\s+){{0,3}}?{english.APPROVER.pattern}|\s+on\s+it"
)


@lru_cache(maxsize=256)  # every verb of a sentence asks
def approval(low: str, start: int, end: int, *, waives: bool = False) -> bool:
    """Whether the words between `start` and `end` make something wait for somebody's approval.

    With `waives` the rule lets or orders, so that "without the captain's consent" dispenses with it.
    """
    return any(
        not (waives and m[0].startswith("without"))
        and (english.APPROVER.search(m[0]) or WHOSE.match(low, m.end(), end) or "written" in m[0] or "prior" in m[0])
        for m in APPROVED.finditer(low, start, end)
    )


THEN_ONLY = later(
    r"\b(?:then|after\s+that),?\s+and\s+(?:only\s+then|not\s+(?:before|until|sooner|earlier)),?\s+(?:[\w']+\s+){0,3}\Z"
)


def _only(low: str, part: Clause, v: Verb, end: int) -> bool:
    stop = low.find(";", v.end, end)
    if THEN_ONLY.search(low[max(0, v.start - 60) : v.start]):
        return True
    if english.CEILING.search(low, part.start, end if stop < 0 else stop):
        return True
    m = english.ONLY.search(low, max(part.start, v.start - 40), end if stop < 0 else stop)
    return bool(m) and low[m.start() - 4 : m.start()] != "not " if m else False


def _recited(low: str, start: int, head: int) -> bool:
    m = next((m for m in RECITED.finditer(low, start, head) if not SUPPOSED.search(low, start, m.start())), None)
    if not m:
        return False
    between = low[m.end() : head]
    if re.match(r"[\w\s']{0,30},\s+(?:but|yet|still|however)\b", between):
        return False
    if re.match(r"\s*(?:,|:)\s*\"", between) and m[0] == "say":
        return False
    return not re.search(r"[;:]", between) or '"' in between


# --- clauses without a verb of any family ---------------------------------------------------------


OF_TEXT = later(
    english.MARKS
    + r"(?:(?:and|but|so)\s+)?(?:nothing|none|no\s+(?:(?:other|single)\s+)?(?:word|part|portion|line|provision|clause|sentence|paragraph|section|rule|policy|order))\s+(?:[\w'-]+\s+){0,6}?"
    r"(?:affect|change|alter|limit|appl(?:y|ie)|concern|touch(?:e)?|modif(?:y|ie)|amend|extend|govern|cover|replace|supersede|repeal|create|waive|relate|deal|speak|bear|regulate|add|address(?:e)?|restrict|diminishe?|impair|enlarge|expand|displace|disturb|interfere|excuse|relax)s?\b"
)  # "Nothing in this rule affects parking." says what a text does, and denies nothing that was spoken of


def _denied(body: str) -> bool:
    """Whether a sentence without a verb of any family denies what was spoken of, or all else."""
    if OF_TEXT.match(body):
        return False
    if english.NO_OTHER.match(body):
        return bool(english.THE_REST.match(body))
    return bool(english.NO_NOUNS.match(body))


def _verbless(low: str, start: int, end: int) -> Iterator[Norm]:
    """Note form: "Status -> agency: no", "No hearing dates", "You may.", "That custom ends tonight."."""
    if low[end - 1 : end] == "?":
        return
    body = low[start:end]
    if "|" in body and "\n" in body:  # the rows of a table
        for row in re.finditer(r"[^\n]+", body):
            yield from _verbless(low, start + row.start(), start + row.end())
        return
    modality = None
    ruled = any(True for _ in operators(low, start, end))
    if english.NEEDLESS.search(body):
        modality = Modality.PERMITTED
    elif (
        HABIT.search(body)
        or (_denied(body) and len(body) < 120 and not ruled)
        or english.ANSWER_NO.search(body)
        or english.TOPIC_ONLY.search(body)
    ):
        modality = Modality.FORBIDDEN
    elif english.ANSWER_YES.search(body):
        modality = Modality.PERMITTED
    if modality:
        manner = Manner.SOFT if english.SOFT.search(body) else Manner.PLAIN
        if (
            modality is Modality.PERMITTED
            and not english.NEEDLESS.search(body)
            and approval(low, start, end, waives=True)
        ):
            modality, manner = Modality.ONLY_IF, Manner.APPROVAL  # "if the lieutenant says so, yes"
        family = "keep" if english.KEPT_THINGS.search(body) and modality is Modality.FORBIDDEN else ""
        yield Norm(
            modality,
            family,
            "",
            (start, end),
            (start, start),
            object=(start, end),
            counterpart=(start, end),
            manner=manner,
        )
