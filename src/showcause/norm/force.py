"""A verb in its clause in; the force that it is under out: what the operators to its left make of it, a predicate, a habit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from showcause.norm import english
from showcause.norm.clause import COND, EXC, MAIN, Clause, Operator
from showcause.norm.deontic import Modality
from showcause.norm.verbs import Verb
from showcause.text import later

PRED = r"(?:\s*,[^,.;]{1,90},)?\s*(?:is|are|shall\s+be|will\s+be|be|remains?|stays?|stands?|:|->|→|=|[-–—])\s*(?:\w+ly\s+|likewise\s+|hereby\s+|also\s+|still\s+|thus\s+)*"
FORBIDDEN = later(
    PRED
    + r"(?:forbidden|prohibited|barred|banned|not\s+(?:permitted|allowed|authori[sz]ed|to\s+be|done|on|our|lawful|acceptable)|never\s+(?:permitted|allowed|done)|off[\s-]limits|out\s+of\s+(?:bounds|the\s+question)|unlawful|against|a\s+(?:breach|violation|firing|offen[cs]e)|no\b|never\b|not\b|stopped|suspended|discontinued|ended|over\b|at\s+an\s+end|unauthori[sz]ed|misconduct|closed|grounds)"
)
LIMITED = later(
    PRED
    + r"(?:limited\s+to|confined\s+to|restricted(?:\s+to)?|capped|kept\s+to\s+(?:a|the|what|one)|held\s+to|only\b|requires?\b|subject\s+to\s+(?:the\s+)?(?:\w+\s+){0,3}(?:approval|consent|limit)|conditional|not\s+to\s+exceed)|\bshall\s+not\s+exceed\b|\bmay\s+not\s+exceed\b|\bmust\s+not\s+exceed\b|\brequires?\s+(?:the\s+)?(?:prior\s+|written\s+|advance\s+|express\s+)*(?:[\w']+\s+){0,4}?(?:approval|consent|permission|leave|signature|sign-off|authori[sz]ation)"
)
ALLOWED = later(
    PRED
    + r"(?:permitted|allowed|authori[sz]ed|fine|ok\b|okay|lawful|your\s+(?:own\s+)?(?:call|choice|decision)|up\s+to|a\s+matter\s+for\s+(?:you|each|the\s+(?:officer|member|employee))|welcome|all\s+right|acceptable|proper|yes\b|encouraged|open\s+to|unrestricted|free\b|not\s+(?:prohibited|forbidden|barred|restricted|banned))"
)
REQUIRED = later(PRED + r"(?:required|mandatory|compulsory|obligatory|a\s+duty|expected)")
QUESTION = later(
    r"\b(?:whether|if)\s+(?:[\w']+\s+){0,6}?(?:may|can|could|should|must|are\s+(?:allowed|free|permitted))\b|\?\s*[\"']?$"
)
PAST = later(r"\b(?:was|were|had|have\s+been|has\s+been|used)\s+(?:not\s+)?(?:to\b|\w+ed\b)")
SELF_SUBJECT = later(
    r"\W*(?:that\s+|and\s+|but\s+)*(?:this|these|the\s+(?:foregoing|preceding|above))\s+(?:(?:sub)?section|paragraph|order|policy|rule|chapter|article|directive|ordinance|act|manual|memo\w*|bulletin|regulation|resolution|instruction|notice|provision|clause)s?\b|\W*(?:sub)?section\s+[\d(]|\W*§"
)


@dataclass(frozen=True, slots=True)
class Force:
    """What a verb is under, and where the words that say so begin."""

    modality: Modality
    governor: int  # where the operators that gave it begin


def under(low: str, v: Verb, part: Clause, parts: Sequence[Clause]) -> Force | None:
    """The force on a verb: its operators to the left, else a predicate to the right, else the bare order or habit."""
    if part.kind == COND:
        return _first(low, v, part, parts) or _asked(low, v, part)
    if v.kind in ("nominal", "gerund", "base") and WITHOUT.search(low, part.start, v.start):
        return Force(Modality.FORBIDDEN, part.start)
    left = [o for o in part.operators if o.start < v.start and o.end <= v.start + 1]
    left = _reaching(low, left, v)
    begins = bool(VERB_OPENS.fullmatch(low, part.start, v.start))
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


VERB_OPENS = later(english.MARKS + r"(?:(?:and|or|nor|but|to|then|an?\s+\w+'s?|any|the)\s+)*")
ITEM_OPENS = later(english.MARKS + r"(?:or\s+|and\s+|to\s+)?")
WITHOUT = later(
    r"\bwithout\s+(?:any\s+|undue\s+|unreasonable\s+|unnecessary\s+|further\s+|needless\s+|avoidable\s+)+\Z"
)


def _bare(low: str, v: Verb, part: Clause, parts: Sequence[Clause], *, begins: bool) -> Force | None:
    """A verb without operators: an order or a habit, unless it tells what was, asks, or says what a paper says."""
    if v.kind == "base" and begins and SOMETHING.search(low, v.end, parts[-1].end):
        return Force(Modality.FORBIDDEN, part.start)
    if CONTACT_CLAUSE.search(low, part.start, v.start):
        return None
    if v.kind == "base" and DO_WE.fullmatch(low, part.start, v.start) and low[: part.end].rstrip(" \"')").endswith("?"):
        return Force(Modality.ASKED, part.start)
    if part.kind == EXC or QUESTION.search(low, part.start, part.end) or _told(low, v, part):
        return None
    count = _negatives(low, part.start, v, part.end) or int(bool(NEITHER.search(low, part.start, v.start)))
    return Force(Modality.FORBIDDEN if count % 2 else Modality.OBLIGED, part.start)


DO_WE = later(
    r"\W*(?:(?:q|so|and|but|then|now|well)\W+)*(?:do|does)\s+(?:we|i|you|they|staff|one)\s+(?:have\s+to\s+|\w+ly\s+)?"
)
CONTACT_CLAUSE = later(
    r"(?:^|[,:;(]\s*|\b(?:not|nor|or|and|tell|give|send|him|her|them|about|of)\s+)(?:the|any|each|every|that)\s+(?:[\w'-]+\s+){1,2}(?:they|he|she|it|you|we)\s+(?:\w+ly\s+)?\Z"
)  # "not the street they call home"
NEITHER = later(r"\bneither\s+(?:\w+ly\s+)?\Z")


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


SOMETHING = later(
    r"\bis\s+(?:something|what|a\s+thing)\s+(?:that\s+)?(?:[\w']+\s+){1,5}?(?:may|must|can|shall|do|does)\s*(?:not|n't|never)\b|\bis\s+(?:strictly\s+)?(?:forbidden|prohibited|off\s+limits|not\s+(?:allowed|permitted))\b"
)
WAS = later(r"\b(?:was|were|had\s+been|has\s+been|have\s+been)\b(?=[^.;]{0,30}$)")
INNER = later(
    r"\b(?:who|that|which|whether|if|he|she|it|they)\s+(?:is|are|was|were|be|has|have)\s+$"
)  # "any prisoner who is not a citizen"
WHICH = later(
    r"\b(?:of|in|by|for|to|from|with|on|under|at|about)\s+(?:which|whom|what)\s+$|\b(?:that|which|who)\s+(?:has|have|had|is|are|was|were|bears?|needs?|gives?|shows?)\s+$|\bwith\s+$"
)
SAYS = frozenset(
    ["note", "say", "state", "read", "show", "provide", "mention", "name", "report", "confirm"]
)  # what a paper says is no order to say it
FIRST_PERSON = later(r"\W*(?:(?:and|but|so)\s+)?i\b")


FINITE_NEXT = later(r"\b(?:is|are|isn't|aren't|goes|go|comes|must|shall|may|will|gets?|stays?|remains?)\b")


WHO_DOES = later(
    r"\bwho\s+(?!(?:also|then|later|still|already|now|so|ever|never|first|not|once|thus|in|at|on|by|for|under|has|have|had|\w+ly)\b)\w+s?\s+(?:\w+\s+)?\Z"
)  # "whoever comes along is not asked": the relative clause has had its verb


def _inside(low: str, o: Operator) -> bool:
    """Whether an operator stands in a relative clause: "a prisoner who may not"."""
    before = low[max(0, o.start - 30) : o.start]
    return bool(RELATIVE_OPENS.search(before)) and not (WHO_DOES.search(before) and DESCRIBES.match(low, o.start))


RELATIVE_OPENS = later(r"\b(?:who|which|whom)\s+(?:\w+\s+){0,2}\Z")


def _reaching(low: str, left: list[Operator], v: Verb) -> list[Operator]:
    """Operators that still govern at the verb: not those of an earlier relative clause."""
    return [
        o
        for o in left
        if (
            not _inside(low, o)
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


STOPPED = later(r"(?:stopped|limited|banned|blocked|barred|restricted)\b(?!\s+from\b)")
WHO_WAS = later(
    r"\b(?:person|driver|individual|party|parties|motorist|people|man|woman|youth|vehicle|rider|passenger|pedestrian)s?\s+\Z"
)  # "the person stopped"
IN_WHICH = later(
    r"\b(?:at|on|in|by|of|to|from|for|upon|under|during|after)\s+which\s+(?:(?!shall\b|must\b|may\b|will\b)[\w'-]+\s+){1,7}\Z"
)  # "the hour at which a prisoner is to go shall not be told"


BARE_MODAL = later(
    r"\s*(?:may|can|might|could|shall|must|will|should)\s*"
)  # governs no third person: "you may, but nobody tells"
DESCRIBES = later(r"(?:is|are|was|were)\s+(?:not|never)\b")
THAT = later(
    r"(?:(?:every|any|each|all|no|an?|the|those|such|other)\s+)(?:[\w'-]+\s+){1,4}that\s+\Z"
)  # "each record that is not exempt"


INSIDE = later(r"\b(?:which|who|whom|when|where)\s+(?:[\w'-]+\s+){0,5}\Z")


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


def _chain(low: str, left: Sequence[Operator], v: Verb, part: Clause, parts: Sequence[Clause]) -> Force | None:
    left = _joined(low, left)
    modal, restrict, negatives, begin = _folded(low, left)
    if "construe" in {o.kind for o in left} and not restrict and not _put_to_use(low, left, part, v):
        return None
    from_ = left[0].start if restrict or "construe" in {o.kind for o in left} else begin
    negatives += modal == "ban"
    home = next((p for p in parts if p.start <= from_ < p.end), part)
    begins = subject(low, parts, home, from_)
    negatives += max(_no_subject(low, begins, min(begin, v.start)), _no_object(low, v, part.end))
    if restrict and NEITHER.search(low, max(0, left[0].start - 24), left[0].start):
        negatives += 1
    if (
        modal == "duty"
        and not restrict
        and negatives == 1
        and NEEDS.match(low, begin)
        and _no_subject(low, home.start, min(begin, v.start))
    ):
        return Force(Modality.RELEASED, from_)  # "nobody has to"
    if modal != "ban" and not negatives and NOR.search(low, max(0, v.start - 44), v.start):
        negatives += 1
    if re.match(r"\s*(?:\w+\s+)?less\b", low[v.end : v.end + 20]) and modal == "leave":
        return None
    if modal == "leave" and (
        OR_NOT.search(low, part.start, v.start)
        or re.search(r"\bwhether\b(?![^.;()]*\))[^.;]*$", low[part.start : begin])
    ):
        return Force(Modality.ASKED, part.start)
    return _weighed(modal, restrict, negatives, from_)


SUBJECTLESS = later(r"[\s,]*(?:shall|must|may|will|should|can|cannot|is|are|has|have)\b")


def subject(low: str, parts: Sequence[Clause], home: Clause, governor: int) -> int:
    """Where the subject of a clause begins; before the clause, where commas part it: "no clerk, nor any deputy, shall"."""
    place, start = parts.index(home), home.start
    if low[start:governor].strip(" ,") or not SUBJECTLESS.match(low, start, home.end):
        return start
    while place and not parts[place].hard and not parts[place - 1].operators:
        place -= 1
        start = parts[place].start
    return start


OR_NOT = later(r"\bmay\s+(?:or|and)\s+may\s+not\b[^.;]*\Z")


NOR = later(
    r"\b(?:neither|nor)\s+(?:\w+ly\s+)?(?:(?:cause|permit|allow|suffer|have|get|let)\s+(?:\w+\s+)?(?:to\s+)?(?:be\s+)?)?\Z"
)
ANOTHER = later(r"[,;]|\b(?:and|or|but)\b")


def _put_to_use(low: str, left: Sequence[Operator], part: Clause, v: Verb) -> bool:
    """Whether means are denied to the act: "City funds shall not be used to tell ..."; a savings clause speaks of itself."""
    used = any(o.kind == "construe" and USED.search(low, o.start, o.end) for o in left)
    denied = NOT.search(low, part.start, v.start)
    return used and bool(denied) and not SELF_SUBJECT.match(low, part.start, v.start)


USED = later(r"\bused(?:\s+to|\s+in\s+any\s+way\s+to)?\s*$")
NOT = later(r"\b(?:no|not|never|none|nor|neither|nothing)\b")
NEEDS = later(
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


def _weighed(modal: str, restrict: int, negatives: int, begin: int) -> Force | None:
    if restrict:
        odd = (restrict + negatives) % 2
        return Force(Modality.FORBIDDEN if odd else Modality.UNRESTRICTED, begin)
    if modal == "lift":
        return Force(Modality.OBLIGED if negatives % 2 else Modality.RELEASED, begin)
    if negatives % 2:
        return Force(Modality.FORBIDDEN, begin)
    if modal == "leave":
        return Force(Modality.PERMITTED, begin)
    return Force(Modality.OBLIGED, begin)


def _negatives(low: str, start: int, v: Verb, end: int) -> int:
    return max(_no_subject(low, start, v.start), _no_object(low, v, end))


def _no_subject(low: str, start: int, stop: int) -> int:
    return int(bool(english.NO_SUBJECT.search(OPENER.sub("", low[start:stop]))))


OPENER = later(r"\A" + english.MARKS)


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


CLEARS = later(
    r"\b(?:clear|check|run|vet|consult|confer|talk|speak|ask|see|go|call|phone|ring|notify|write|apply|get|obtain|touch\s+base|file|submit|wait)\b"
)


NEEDED = later(
    r"\b(?:must|shall|has\s+to|have\s+to|needs?\s+to|is\s+to|are\s+to)\s+(?:first\s+)?be\s+(?:in\s+hand|on\s+file|obtained|had|got|given|granted|signed|secured|produced|shown|filed|received|sought|issued|stamped|in\s+(?:his|her|your|our|their|the)\s+(?:hands?|file|jacket))\b|"
    r"\b(?:is|are)\s+(?:first\s+)?(?:required|needed|necessary|wanted)\b"
)  # what must be had first


def _first(low: str, v: Verb, part: Clause, parts: Sequence[Clause]) -> Force | None:
    """Approval first: "Before you give it, you need the captain's word": a ban until somebody approves."""
    before = re.compile(r"\W*(?:before|prior\s+to|until)\b").match(low, part.start, part.end)
    if before and v.sign > 0 and english.SOFT.search(low, parts[0].start, part.start):
        return Force(Modality.PERMITTED, part.start)
    rest = any(
        NEEDED.search(low, p.start, p.end)
        or (
            (english.APPROVAL.search(low, p.start, p.end) or CLEARS.search(low, p.start, p.end))
            and english.APPROVER.search(low, p.start, p.end)
        )
        for p in parts
        if p.kind != COND
    )
    return Force(Modality.FORBIDDEN, part.start) if before and rest and v.sign > 0 else None


def _asked(low: str, v: Verb, part: Clause) -> Force | None:
    m = re.compile(r"\W*whether\b[^.;]*?\b(?:may|can|could|should|are\s+(?:allowed|free|permitted))\b").match(
        low, part.start, v.start
    )
    return Force(Modality.ASKED, part.start) if m else None


def _predicate(low: str, v: Verb, part: Clause, parts: Sequence[Clause]) -> Force | None:
    """A verbal noun is ruled by what is said of it: "is forbidden", "is limited to one call", "It is your call"."""
    end = parts[-1].end
    stop = low.find(";", v.end, end)
    end = end if stop < 0 else stop
    no = _negatives(low, part.start, v, part.end) % 2
    if QUESTION.search(low, part.start, end) and low.rstrip().endswith("?"):
        return Force(Modality.ASKED, part.start)
    for pattern, modality in (
        (FORBIDDEN, Modality.FORBIDDEN),
        (LIMITED, Modality.ONLY_IF),
        (ALLOWED, Modality.PERMITTED),
        (REQUIRED, Modality.OBLIGED),
    ):
        if pattern.search(low, v.end, end):
            flipped = {Modality.PERMITTED: Modality.FORBIDDEN, Modality.FORBIDDEN: Modality.UNRESTRICTED}
            return Force(flipped.get(modality, modality) if no else modality, part.start)
    if low[end - 1 : end] == "?":
        return Force(Modality.ASKED, part.start)
    if no:
        return Force(Modality.FORBIDDEN, part.start)
    return Force(Modality.PERMITTED, part.start) if english.SOFT.search(low, part.start, end) else None
