"""A sentence in, its Norms out; the same reading for a law's requirement and a policy's sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from showcause import text as texts
from showcause.norm import english
from showcause.norm.clause import COND, EXC, MAIN, Clause, Operator, clauses, operators
from showcause.norm.deontic import Manner, Modality, Norm
from showcause.norm.verbs import Lexicon, Verb, lexicon, relative, verbs

Span = tuple[int, int]
FOLDS = {"withhold": "tell", "answer": "answer", "destroy": "keep"}
PRED = r"(?:\s*,[^,.;]{1,90},)?\s*(?:is|are|shall\s+be|will\s+be|be|remains?|stays?|stands?|:|->|→|=|[-–—])\s*(?:\w+ly\s+|likewise\s+|hereby\s+|also\s+|still\s+|thus\s+)*"
FORBIDDEN = re.compile(
    PRED
    + r"(?:forbidden|prohibited|barred|banned|not\s+(?:permitted|allowed|authori[sz]ed|to\s+be|done|on|our|lawful|acceptable)|never\s+(?:permitted|allowed|done)|off[\s-]limits|out\s+of\s+(?:bounds|the\s+question)|unlawful|against|a\s+(?:breach|violation|firing|offen[cs]e)|no\b|never\b|not\b|stopped|suspended|discontinued|ended|over\b|at\s+an\s+end|unauthori[sz]ed|misconduct|closed|grounds)"
)
LIMITED = re.compile(
    PRED
    + r"(?:limited\s+to|confined\s+to|restricted(?:\s+to)?|capped|kept\s+to\s+(?:a|the|what|one)|held\s+to|only\b|requires?\b|subject\s+to\s+(?:the\s+)?(?:\w+\s+){0,3}(?:approval|consent|limit)|conditional|not\s+to\s+exceed)|\bshall\s+not\s+exceed\b|\bmay\s+not\s+exceed\b|\bmust\s+not\s+exceed\b|\brequires?\s+(?:the\s+)?(?:prior\s+|written\s+|advance\s+|express\s+)*(?:[\w']+\s+){0,4}?(?:approval|consent|permission|leave|signature|sign-off|authori[sz]ation)"
)
ALLOWED = re.compile(
    PRED
    + r"(?:permitted|allowed|authori[sz]ed|fine|ok\b|okay|lawful|your\s+(?:own\s+)?(?:call|choice|decision)|up\s+to|a\s+matter\s+for\s+(?:you|each|the\s+(?:officer|member|employee))|welcome|all\s+right|acceptable|proper|yes\b|encouraged|open\s+to|unrestricted|free\b|not\s+(?:prohibited|forbidden|barred|restricted|banned))"
)
REQUIRED = re.compile(PRED + r"(?:required|mandatory|compulsory|obligatory|a\s+duty|expected)")
PURPOSE = re.compile(
    r"\b(?:in\s+order\s+(?:to|that)|so\s+as\s+to|for\s+(?:the\s+)?(?:sole\s+|limited\s+)?purposes?\s+of|with\s+a\s+view\s+to|in\s+connection\s+with|in\s+aid\s+of|for\s+use\s+in|in\s+furtherance\s+of|in\s+support\s+of|"
    r"to\s+(?:assist|help|support|further|facilitate|aid|complete|clear|resolve|enable|verify|establish|ensure|determine|settle|satisfy))\b"
)
QUESTION = re.compile(
    r"\b(?:whether|if)\s+(?:[\w']+\s+){0,6}?(?:may|can|could|should|must|are\s+(?:allowed|free|permitted))\b|\?\s*[\"']?$"
)
RECITED = re.compile(
    r"\b(?:(?:reporter|member|resident|speaker|caller|councillor|journalist|citizen|lawyer|somebody|someone)s?\s+(?:has\s+|have\s+)?asked\s+(?:whether|if)|unsure\s+(?:what|whether|if|how)|(?:write|wrote|writes)\s+that|(?:anyone|anybody|whoever|those|people)\s+who\s+(?:tells?|thinks?|says?|claims?)\b|(?:printing|edition|version|issue|draft|page)\s+(?:told|asked|ordered|forbade|had|let)\b|(?:propose[sd]?|proposal|urged)\s+that\b|says?(?=\s+(?:that\b|no\b|we\b|you\b|they\b|nobody\b|staff\b|members\b|officers\b|employees\b|it\b|the\b)|[,:]?\s*\")|recogni[sz]es?|hesitates?|is\s+aware|(?<!nothing )(?:(?<!that )said|said(?!,))|thinks?(?!\s+(?:twice|hard|carefully))|thought|believe[sd]?|understand|understood|heard\s+(?:that|from|of|it)|rumou?r(?:ed|s)?|assume[sd]?|moved|feared|worried|(?<!\bbe )(?<!\bis )(?<!\bare )used\s+to|formerly|previously|announced|reported\s+that|fear(?:s|ed)?|had\s+been\s+(?:the\s+)?(?:custom|practice)|has\s+been\s+(?:the\s+)?(?:custom|practice)|asked\s+(?:that|us|me|for)|(?<!\ba )promise[ds]?|recommend(?:s|ed)|suggest(?:s|ed)|petition(?:s|ed)|wondered|told\s+(?:his|her|their|its))\b"
)
SUPPOSED = re.compile(
    r"\b(?:if|when|whenever|where|once|unless|after|before|until)\s+(?:(?!shall\b|must\b|may\b|will\b)[\w'-]+\s+){0,6}\Z"
)  # what is only supposed, "if they believe it excessive, report it", recites nothing
PAST = re.compile(r"\b(?:was|were|had|have\s+been|has\s+been|used)\s+(?:not\s+)?(?:to\b|\w+ed\b)")
HABIT = re.compile(
    r"\b(?:custom|habit|practice|arrangement|courtesy|policy|routine|tradition|system|days?)\b[^.;]{0,120}?\b(?:end(?:s|ed)?|stops?|ceases?|is\s+(?:over|ended|at\s+an\s+end|discontinued|abolished|withdrawn|no\s+more)|comes\s+to\s+an\s+end|discontinued|are\s+over|dies)\b|\b(?:we\s+)?(?:stop|end|cease|drop|discontinue|abandon|give\s+up|break)\b[^.;]{0,40}?\b(?:habits?|custom|practice|arrangement)\b|\b(?:do(?:es)?\s+not|don't|doesn't|never|will\s+not|won't|shall\s+not|must\s+not|may\s+not|cannot|can't)\s+(?:do|comply|oblige|play\s+along)\b(?:\s+(?:so|that|it|this|with\s+\w+))?\s*[.,;]|\bno\s+more\s+of\s+(?:that|this)\b|\b(?:that|this|it)\s+(?:stops|ends|ceases|is\s+over)\b"
)


@dataclass(frozen=True, slots=True)
class _Force:
    modality: Modality
    governor: int  # where the operators that gave it begin


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


SANCTION = re.compile(
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
    force = _force(frame.low, v, part, frame.parts)
    modality = _modality(frame, v, part, force) if force else None
    if force is None or modality is None:
        return
    low, end = frame.low, frame.end
    if WHATEVER.match(low, part.start, v.start) and FINITE_NEXT.search(low, v.end, part.end):
        return  # "what can't be copied is sent": the one named is no rule
    if any(o.kind == "restrict" and o.start <= v.start < o.end and DRIVES.match(low, o.start) for o in part.operators):
        return  # "talk a clerk out of telling": the talk is no telling
    if OF_THIS.search(low, v.start, _stop(frame, v, part)):
        return  # "give each officer a copy of this section"
    if WHICH_DOES.search(low, part.start, v.start) and IS_NEXT.search(low, v.end, part.end):
        return  # "the hour at which a prisoner is to leave shall not be told"
    if (WHAT_SAYS.match(low, part.start, v.start) and IS_NEXT.search(low, v.end, part.end)) or I_TELL.search(
        low, part.start, v.end
    ):
        return  # "what our files say is not for them"; "I'm not telling you yes"
    stop = _stop(frame, v, part)
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


WHAT_SAYS = re.compile(
    r"\W*(?:\w{1,4}[.-]\w{1,4}[.)]?\s+)?what(?:ever)?\s+(?:(?!you\b|we\b|they\b|he\b|she\b|may\b|must\b|shall\b)[\w']+\s+){1,4}\Z"
)
IS_NEXT = re.compile(r"\b(?:is|are|isn't|aren't|stays?|remains?|must|shall|may|will|goes)\b")
DRIVES = re.compile(r"(?:put|talk|hold|warn|turn|head|lead|argue|reason)")
OF_THIS = re.compile(
    r"\bcop(?:y|ies)\s+of\s+(?:this|these|the\s+(?:foregoing|present))\s+(?:section|policy|order|rule|article|chapter|directive|ordinance|resolution|manual|memo\w*|bulletin|code|act|title|law|charter|by-?law|agreement|notice|card|page|paragraph|part|regulation|instruction)s?\b"
)
WHICH_DOES = re.compile(
    r"\b(?:at|on|in|by|of|from|for|upon|under|during|after)\s+which\s+(?:(?!shall\b|must\b|may\b|will\b)[\w'-]+\s+){1,7}\Z"
)
I_TELL = re.compile(r"\bi(?:'m|\s+am)\s+(?:not\s+)?(?:telling|saying|asking)\s*\Z")


def _modality(frame: _Frame, v: Verb, part: Clause, force: _Force) -> Modality | None:
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


ANSWER_TO = re.compile(
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


def _next(v: Verb, part: Clause, acts: Sequence[tuple[Verb, Clause]], stop: int) -> int:
    return next((w.start for w, q in acts if q is part and v.end <= w.start < stop), stop)


INTERROGATIVE = re.compile(
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


PUTS = re.compile(
    r"[^?:]{0,160}\b(?:asks?|asked|asking|says?|puts?|poses?|runs?|reads?|questions?|is|are|this|these|things|following)\b[^?:]{0,40}:\s*[\"']?\s*(?:are|is|do|does|what|where|were|when|which|citizen|how|have|who|name)\b"
)  # "ask each arrestee: are you a citizen?" orders


BLAME = re.compile(
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


SELF_SUBJECT = re.compile(
    r"\W*(?:that\s+|and\s+|but\s+)*(?:this|these|the\s+(?:foregoing|preceding|above))\s+(?:(?:sub)?section|paragraph|order|policy|rule|chapter|article|directive|ordinance|act|manual|memo\w*|bulletin|regulation|resolution|instruction|notice|provision|clause)s?\b|\W*(?:sub)?section\s+[\d(]|\W*§"
)


def _own_text(low: str, part: Clause, v: Verb) -> bool:
    """Whether the clause speaks of the text itself: "this section shall not be applied ..."."""
    return v.kind != "participle" and bool(SELF_SUBJECT.match(low, part.start, v.start))


def _begin(frame: _Frame, v: Verb, part: Clause, force: _Force) -> int:
    low, begin = frame.low, part.start
    if v.kind == "participle" and force.governor >= part.start:
        begin = _subject(low, frame.parts, part, force.governor)
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
    if english.SOFT.search(low, start, end):
        return Manner.SOFT
    if modality is Modality.PERMITTED and PURPOSE.search(low, *span):
        return Manner.PURPOSE
    return Manner.PLAIN


APPROVED = re.compile(
    rf"{english.FIRST.pattern}[^.;]{{0,100}}?{english.APPROVAL.pattern}|{english.APPROVER.pattern}[^.;]{{0,30}}{english.APPROVAL.pattern}\s+(?:first|beforehand|in\s+advance)|{english.FIRST.pattern}\s+(?:check|clear|talk|speak|ask|confer|consult|run\s+it|go)\w*\s+(?:it\s+)?(?:with|to|through|past|by)\s+[^.;]{{0,20}}?{english.APPROVER.pattern}"
)


WHOSE = re.compile(
    rf"\s+(?:of|from|by|on)\s+(?:the|an?|his|her|your|our|their)\s+(?:[\w']+\s+){{0,3}}?{english.APPROVER.pattern}|\s+on\s+it"
)


def approval(low: str, start: int, end: int, *, waives: bool = False) -> bool:
    """Whether the words between `start` and `end` make something wait for somebody's approval.

    With `waives` the rule lets or orders, so that "without the captain's consent" dispenses with it.
    """
    return any(
        not (waives and m[0].startswith("without"))
        and (english.APPROVER.search(m[0]) or WHOSE.match(low, m.end(), end) or "written" in m[0] or "prior" in m[0])
        for m in APPROVED.finditer(low, start, end)
    )


THEN_ONLY = re.compile(
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


# --- force ---------------------------------------------------------------------------------------


def _force(low: str, v: Verb, part: Clause, parts: Sequence[Clause]) -> _Force | None:
    """The force on a verb: its operators to the left, else a predicate to the right, else the bare order or habit."""
    if part.kind == COND:
        return _first(low, v, part, parts) or _asked(low, v, part)
    if v.kind in ("nominal", "gerund", "base") and WITHOUT.search(low, part.start, v.start):
        return _Force(Modality.FORBIDDEN, part.start)
    left = [o for o in part.operators if o.start < v.start and o.end <= v.start + 1]
    left = _reaching(low, left, v)
    begins = not low[part.start : v.start].strip(' ,;:()"0123456789.-*•§') or bool(
        re.fullmatch(
            r"\W*(?:\(?\w{1,4}[.)]\s+)?(?:(?:and|or|nor|but|to|then|an?\s+\w+'s?|any|the)\s+)*",
            low[part.start : v.start],
        )
    )
    place = parts.index(part)
    if not left and begins and v.kind != "third":
        left = _carried(low, parts, place)
    elif (
        left
        and part.hard
        and all(o.kind == "not" for o in left)
        and ITEM_OPENS.fullmatch(low, part.start, left[0].start)
    ):
        left = [*_carried(low, parts, place), *left]  # "shall not: (a) lend keys; (b) refuse to send"
    if left:
        return _chain(low, left, v, part, parts)
    if v.kind in ("gerund", "nominal"):
        return _predicate(low, v, part, parts)
    return _bare(low, v, part, parts, begins=begins)


ITEM_OPENS = re.compile(r"\W*(?:\(?\w{1,4}[.)]\s+)?(?:or\s+|and\s+|to\s+)?")
WITHOUT = re.compile(
    r"\bwithout\s+(?:any\s+|undue\s+|unreasonable\s+|unnecessary\s+|further\s+|needless\s+|avoidable\s+)+\Z"
)


def _bare(low: str, v: Verb, part: Clause, parts: Sequence[Clause], *, begins: bool) -> _Force | None:
    """A verb without operators: an order or a habit, unless it tells what was, asks, or says what a paper says."""
    if v.kind == "base" and begins and SOMETHING.search(low, v.end, parts[-1].end):
        return _Force(Modality.FORBIDDEN, part.start)
    if CONTACT_CLAUSE.search(low, part.start, v.start):
        return None
    if part.kind == EXC or QUESTION.search(low, part.start, part.end) or _told(low, v, part):
        return None
    count = _negatives(low, part.start, v, part.end) or int(bool(NEITHER.search(low, part.start, v.start)))
    return _Force(Modality.FORBIDDEN if count % 2 else Modality.OBLIGED, part.start)


CONTACT_CLAUSE = re.compile(
    r"(?:^|[,:;(]\s*|\b(?:not|nor|or|and|tell|give|send|him|her|them|about|of)\s+)(?:the|any|each|every|that)\s+(?:[\w'-]+\s+){1,2}(?:they|he|she|it|you|we)\s+(?:\w+ly\s+)?\Z"
)  # "not the street they call home"
NEITHER = re.compile(r"\bneither\s+(?:\w+ly\s+)?\Z")


def _told(low: str, v: Verb, part: Clause) -> bool:
    """Whether the clause tells of the past, of the writer, or of what a paper says."""
    if v.kind == "third" and v.base in SAYS and re.match(r"\s+(?:that|so|as)\b|\W*[\"]", low[v.end : v.end + 8]):
        return True
    if v.base == "answer" and re.match(r"\s+for\b", low[v.end : v.end + 5]):
        return True
    return bool(
        PAST.search(low, max(part.start, low.rfind(", ", part.start, v.start)), v.end)
        or WAS.search(low[part.start : v.start])
        or (FIRST_PERSON.match(low, part.start, v.start) and not re.search(r",\s+but\b", low[part.start : v.start]))
    )


SOMETHING = re.compile(
    r"\bis\s+(?:something|what|a\s+thing)\s+(?:that\s+)?(?:[\w']+\s+){1,5}?(?:may|must|can|shall|do|does)\s*(?:not|n't|never)\b|\bis\s+(?:strictly\s+)?(?:forbidden|prohibited|off\s+limits|not\s+(?:allowed|permitted))\b"
)
WAS = re.compile(r"\b(?:was|were|had\s+been|has\s+been|have\s+been)\b(?=[^.;]{0,30}$)")
INNER = re.compile(
    r"\b(?:who|that|which|whether|if|he|she|it|they)\s+(?:is|are|was|were|be|has|have)\s+$"
)  # "any prisoner who is not a citizen"
WHICH = re.compile(
    r"\b(?:of|in|by|for|to|from|with|on|under|at|about)\s+(?:which|whom|what)\s+$|\b(?:that|which|who)\s+(?:has|have|had|is|are|was|were|bears?|needs?|gives?|shows?)\s+$|\bwith\s+$"
)
SAYS = frozenset(
    ["note", "say", "state", "read", "show", "provide", "mention", "name", "report", "confirm"]
)  # what a paper says is no order to say it
OFFERED = re.compile(r"\b(?:offered|sent|supplied|provided|delivered|tendered|furnished|mailed|coming|received)\b")
FIRST_PERSON = re.compile(r"\W*(?:(?:and|but|so)\s+)?i\b")


WHATEVER = re.compile(
    r"\W*what(?:ever)?\s+(?:can't|cannot|may\s+not|must\s+not|is\s+not|isn't|aren't|can|may|must|is|are|has|have)\s+(?:not\s+)?(?:be\s+|been\s+)?\Z"
)
FINITE_NEXT = re.compile(r"\b(?:is|are|goes|go|comes|must|shall|may|will|gets?|stays?)\b")


def _reaching(low: str, left: list[Operator], v: Verb) -> list[Operator]:
    """Operators that still govern at the verb: not those of an earlier relative clause."""
    return [
        o
        for o in left
        if (
            not re.search(r"\b(?:who|which|whom)\s+(?:\w+\s+){0,2}$", low[max(0, o.start - 30) : o.start])
            or (
                low[o.end : v.start].count(" ") < 3
                and re.search(r",\s+(?:who|which)\s+$", low[max(0, o.start - 30) : o.start])
            )
        )
        and not (
            re.search(r"(?:^|[.;:,!?]\s*|\n)(?:what|whatever)\s+$", low[max(0, o.start - 30) : o.start])
            and FINITE_NEXT.search(low, o.end, v.start)
        )
        and not (v.kind == "third" and BARE_MODAL.fullmatch(low, o.start, o.end))
        and not (DESCRIBES.match(low, o.start) and THAT.search(low, max(0, o.start - 30), o.start))
        and not (o.kind == "restrict" and STOPPED.match(low, o.start) and WHO_WAS.search(low, 0, o.start))
        and not (IN_WHICH.search(low, max(0, o.start - 70), o.start) and any(o.end <= later.start for later in left))
    ]


STOPPED = re.compile(r"(?:stopped|limited|banned|blocked|barred|restricted)\b(?!\s+from\b)")
WHO_WAS = re.compile(
    r"\b(?:person|driver|individual|party|parties|motorist|people|man|woman|youth|vehicle|rider|passenger|pedestrian)s?\s+\Z"
)  # "the person stopped"
IN_WHICH = re.compile(
    r"\b(?:at|on|in|by|of|to|from|for|upon|under|during|after)\s+which\s+(?:(?!shall\b|must\b|may\b|will\b)[\w'-]+\s+){1,7}\Z"
)  # "the hour at which a prisoner is to go shall not be told"


BARE_MODAL = re.compile(
    r"\s*(?:may|can|might|could|shall|must|will|should)\s*"
)  # governs no third person: "you may, but nobody tells"
DESCRIBES = re.compile(r"(?:is|are|was|were)\s+(?:not|never)\b")
THAT = re.compile(
    r"(?:(?:every|any|each|all|no|an?|the|those|such|other)\s+)(?:[\w'-]+\s+){1,4}that\s+\Z"
)  # "each record that is not exempt"


INSIDE = re.compile(r"\b(?:which|who|whom|when|where)\s+(?:[\w'-]+\s+){0,5}\Z")


def _carried(low: str, parts: Sequence[Clause], place: int) -> list[Operator]:
    """The operators of the chapeau or of the coordinated clause before, for a clause that opens with its verb."""
    for p in reversed(parts[:place]):
        if p.kind == COND and not p.operators:
            continue
        governing = [o for o in p.operators if not INSIDE.search(low, p.start, o.start)]
        if governing:
            return governing
        if p.kind == MAIN and p.hard and not p.colon and parts[place].colon is False and not parts[place].hard:
            return []
    return []


def _folded(low: str, left: Sequence[Operator]) -> tuple[str, int, int, int]:
    """The modal that governs, how many operators restrict and how many deny, and where the first that counts begins."""
    negatives = restrict = 0
    modal, begin = "", left[0].start
    for o in reversed(left):
        if o.kind == "not":
            if modal and ANOTHER.search(low, o.end, begin):
                break  # "shall refrain from smoking and shall decline to tell"
            negatives += 1
            begin = o.start
            continue
        if modal and o.kind in ("leave", "duty", "ban", "lift"):
            begin = o.end
            break
        if o.kind == "restrict":
            restrict += 1
        elif o.kind == "construe":
            negatives += bool(re.search(r"\bnot\b|n't\b", low[o.start : o.end]))
            modal = modal or "duty"
            begin = o.start
        else:
            modal, begin = o.kind, o.start
    return modal, restrict, negatives, begin


def _chain(low: str, left: Sequence[Operator], v: Verb, part: Clause, parts: Sequence[Clause]) -> _Force | None:
    left = _joined(low, left)
    modal, restrict, negatives, begin = _folded(low, left)
    if "construe" in {o.kind for o in left} and not restrict and not _put_to_use(low, left, part, v):
        return None
    from_ = left[0].start if restrict or "construe" in {o.kind for o in left} else begin
    negatives += modal == "ban"
    home = next((p for p in parts if p.start <= from_ < p.end), part)
    subject = _subject(low, parts, home, from_)
    negatives += max(_no_subject(low, subject, min(begin, v.start)), _no_object(low, v, part.end))
    if restrict and NEITHER.search(low, max(0, left[0].start - 24), left[0].start):
        negatives += 1
    if (
        modal == "duty"
        and not restrict
        and negatives == 1
        and NEEDS.match(low, begin)
        and _no_subject(low, home.start, min(begin, v.start))
    ):
        return _Force(Modality.RELEASED, from_)  # "nobody has to"
    if modal != "ban" and not negatives and NOR.search(low, max(0, v.start - 44), v.start):
        negatives += 1
    if re.match(r"\s*(?:\w+\s+)?less\b", low[v.end : v.end + 20]) and modal == "leave":
        return None
    if modal == "leave" and (
        OR_NOT.search(low, part.start, v.start) or re.search(r"\bwhether\b[^.;]*$", low[part.start : begin])
    ):
        return _Force(Modality.ASKED, part.start)
    return _weighed(modal, restrict, negatives, from_)


SUBJECTLESS = re.compile(r"[\s,]*(?:shall|must|may|will|should|can|cannot|is|are|has|have)\b")


def _subject(low: str, parts: Sequence[Clause], home: Clause, governor: int) -> int:
    """Where the subject of a clause begins; before the clause, where commas part it: "no clerk, nor any deputy, shall"."""
    place, start = parts.index(home), home.start
    if low[start:governor].strip(" ,") or not SUBJECTLESS.match(low, start, home.end):
        return start
    while place and not parts[place].hard and parts[place - 1].kind != EXC and not parts[place - 1].operators:
        place -= 1
        start = parts[place].start
    return start


OR_NOT = re.compile(r"\bmay\s+(?:or|and)\s+may\s+not\b[^.;]*\Z")


NOR = re.compile(
    r"\b(?:neither|nor)\s+(?:\w+ly\s+)?(?:(?:cause|permit|allow|suffer|have|get|let)\s+(?:\w+\s+)?(?:to\s+)?(?:be\s+)?)?\Z"
)
ANOTHER = re.compile(r"[,;]|\b(?:and|or|but)\b")


def _put_to_use(low: str, left: Sequence[Operator], part: Clause, v: Verb) -> bool:
    """Whether means are denied to the act: "City funds shall not be used to tell ..."; a savings clause speaks of itself."""
    used = any(o.kind == "construe" and USED.search(low, o.start, o.end) for o in left)
    denied = NOT.search(low, part.start, v.start)
    return used and bool(denied) and not SELF_SUBJECT.match(low, part.start, v.start)


USED = re.compile(r"\bused(?:\s+to|\s+in\s+any\s+way\s+to)?\s*$")
NOT = re.compile(r"\b(?:no|not|never|none|nor|neither|nothing)\b")
NEEDS = re.compile(
    r"(?:(?:is|are|be)\s+)?(?:need(?:s)?\s+to|has\s+to|have\s+to|(?:required|obliged|bound|expected|obligated)\s+to)\b"
)


def _joined(low: str, left: Sequence[Operator]) -> list[Operator]:
    """Operators with "prohibit, or in any way restrict," taken as one."""
    out: list[Operator] = []
    for o in left:
        if (
            out
            and o.kind == out[-1].kind == "restrict"
            and re.fullmatch(
                r"[\s,]*(?:or|and|nor)?[\s,]*(?:in\s+any\s+(?:way|manner)|otherwise)?[\s,]*", low[out[-1].end : o.start]
            )
        ):
            continue
        out.append(o)
    return out


def _weighed(modal: str, restrict: int, negatives: int, begin: int) -> _Force | None:
    if restrict:
        odd = (restrict + negatives) % 2
        return _Force(Modality.FORBIDDEN if odd else Modality.UNRESTRICTED, begin)
    if modal == "lift":
        return _Force(Modality.OBLIGED if negatives % 2 else Modality.RELEASED, begin)
    if negatives % 2:
        return _Force(Modality.FORBIDDEN, begin)
    if modal == "leave":
        return _Force(Modality.PERMITTED, begin)
    return _Force(Modality.OBLIGED, begin)


def _negatives(low: str, start: int, v: Verb, end: int) -> int:
    return max(_no_subject(low, start, v.start), _no_object(low, v, end))


def _no_subject(low: str, start: int, stop: int) -> int:
    return int(bool(english.NO_SUBJECT.search(low[start:stop])))


def _no_object(low: str, v: Verb, end: int) -> int:
    stop = next((low.find(c, v.end, end) for c in (",", ";", ".") if low.find(c, v.end, end) > 0), end)
    if v.sign > 0 and re.search(r"\b(?:no|nothing)\b", low[v.start : v.end]):
        return 1
    if v.kind in ("nominal", "gerund") and re.search(
        r"\b(?:no|zero)\s+(?!business|right|authority|power|leave|call|reason|need)(?:\w+\s+){0,2}$",
        low[max(0, v.start - 30) : v.start],
    ):
        return 1
    m = english.NO_OBJECT.search(low, v.end, min(end, stop, v.end + 70))
    return int(m is not None and not INNER.search(low, v.end, m.start()) and not WHICH.search(low, v.end, m.start()))


CLEARS = re.compile(
    r"\b(?:clear|check|run|vet|consult|confer|talk|speak|ask|see|go|call|phone|ring|notify|write|apply|get|obtain|touch\s+base|file|submit|wait)\b"
)


NEEDED = re.compile(
    r"\b(?:must|shall|has\s+to|have\s+to|needs?\s+to|is\s+to|are\s+to)\s+(?:first\s+)?be\s+(?:in\s+hand|on\s+file|obtained|had|got|given|granted|signed|secured|produced|shown|filed|received|sought|issued|stamped|in\s+(?:his|her|your|our|their|the)\s+(?:hands?|file|jacket))\b|"
    r"\b(?:is|are)\s+(?:first\s+)?(?:required|needed|necessary|wanted)\b"
)  # what must be had first


def _first(low: str, v: Verb, part: Clause, parts: Sequence[Clause]) -> _Force | None:
    """Approval first: "Before you give it, you need the captain's word": a ban until somebody approves."""
    before = re.compile(r"\W*(?:before|prior\s+to|until)\b").match(low, part.start, part.end)
    if before and v.sign > 0 and english.SOFT.search(low, parts[0].start, part.start):
        return _Force(Modality.PERMITTED, part.start)
    rest = any(
        NEEDED.search(low, p.start, p.end)
        or (
            (english.APPROVAL.search(low, p.start, p.end) or CLEARS.search(low, p.start, p.end))
            and english.APPROVER.search(low, p.start, p.end)
        )
        for p in parts
        if p.kind != COND
    )
    return _Force(Modality.FORBIDDEN, part.start) if before and rest and v.sign > 0 else None


def _asked(low: str, v: Verb, part: Clause) -> _Force | None:
    m = re.compile(r"\W*whether\b[^.;]*?\b(?:may|can|could|should|are\s+(?:allowed|free|permitted))\b").match(
        low, part.start, v.start
    )
    return _Force(Modality.ASKED, part.start) if m else None


def _predicate(low: str, v: Verb, part: Clause, parts: Sequence[Clause]) -> _Force | None:
    """A verbal noun is ruled by what is said of it: "is forbidden", "is limited to one call", "It is your call"."""
    end = parts[-1].end
    stop = low.find(";", v.end, end)
    end = end if stop < 0 else stop
    no = _negatives(low, part.start, v, part.end) % 2
    if QUESTION.search(low, part.start, end) and low.rstrip().endswith("?"):
        return _Force(Modality.ASKED, part.start)
    for pattern, modality in (
        (FORBIDDEN, Modality.FORBIDDEN),
        (LIMITED, Modality.ONLY_IF),
        (ALLOWED, Modality.PERMITTED),
        (REQUIRED, Modality.OBLIGED),
    ):
        if pattern.search(low, v.end, end):
            flipped = {Modality.PERMITTED: Modality.FORBIDDEN, Modality.FORBIDDEN: Modality.UNRESTRICTED}
            return _Force(flipped.get(modality, modality) if no else modality, part.start)
    if low[end - 1 : end] == "?":
        return _Force(Modality.ASKED, part.start)
    if no:
        return _Force(Modality.FORBIDDEN, part.start)
    return _Force(Modality.PERMITTED, part.start) if english.SOFT.search(low, part.start, end) else None


# --- clauses without a verb of any family ---------------------------------------------------------


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
        or (english.NO_NOUNS.match(body) and len(body) < 120 and not ruled)
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
