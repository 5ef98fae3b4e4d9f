"""A sentence in lower case in; its clauses out, each with its kind and its operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from showcause.norm import english
from showcause.text import later

Span = tuple[int, int]
HARD = later(
    r";|:(?=\s|$)|\s[—–]\s|—|\s-\s|->|→|\n|(?<=[?!.])(?<!\.[a-z]\.)(?<!\bsec\.)(?<!\bpara\.)(?<!\bparas\.)(?<!\bsubd\.)(?<!\bpt\.)(?<!\breg\.)(?<!\brev\.)(?<!\beff\.)(?<!\bart\.)(?<!\bno\.)(?<!\bnos\.)(?<!\bmr\.)(?<!\bmrs\.)(?<!\bms\.)(?<!\bdr\.)(?<!\bsgt\.)(?<!\bcapt\.)(?<!\blt\.)(?<!\bch\.)\s"
)
NEW_SUBJECT = later(
    r",?\s+(?:and|but|or|so(?!\s+that)|yet|nor)\s+(?=(?:you|we|they|i|nobody|no\s+one|do\s+not|don't|please|never)\b|(?<!or\s)(?:he|she)\b"
    r"|(?:(?:it|that|this|neither|none|nothing|staff|members|employees|officers|clerks|section|no|the|an?|any|every|each|all|those|these|such)\b|§)\s*(?:(?!(?:which|whom?|when|where)\b)[\w.'-]+\s+){0,7}?(?:shall|must|may|will|can|cannot|is|are|needs?|does|do)\b)"
    r"|,\s+(?:(?:and|or|but)\s+)?(?=(?:shall|must|may|will|should)\b)|,\s+so\s+(?!that\b|as\b|long\b|far\b|much\b)(?=[a-z])"
    r"|,\s+(?=(?:you|we|they|nobody|no\s+one|don't|do\s+not|never|please)\b|(?:no|staff|members|employees|officers)\s+(?:[\w'-]+\s+){0,8}?(?:shall|may|must|will)\b)"
)
CONTENT = later(
    r"(?:\b(?:of|to|about|as\s+to|know|knows|whether|or|and|nor|neither|not|tell\w*|told|ask\w*|say\w*|inform\w*|advis\w*|inquir\w*|"
    r"enquir\w*|notif\w*|show\w*|learn\w*|find\s+out|find\w*|determin\w*|ascertain\w*|confirm\w*|disclos\w*|reveal\w*|state\w*|report\w*|alert\w*|"
    r"verif\w*|discuss\w*|hour|day|date|time|place|address|who|what|how|them|him|her|agents?|officers?|just|exactly|matters?|regarding|concerning|on|see|check\w*|mention\w*|wonder\w*|record\w*|note\w*|writ\w*|is|only|even|except|unless)|[(\"])\s*$"
)
NOUN_PHRASE = later(r"(?:the|an?|any|every|each|all|such|no|those|these|staff|members|employees|officers|clerks)\b")
FINITE = later(
    r"\b(?:shall|must|may|will|can|cannot|is|are|do|does|don't|doesn't|has|have|should|need|needs|let|tell|give|send|keep|ask)\b|\w+n't\b"
)
FINITE_OWN = later(
    r"\b(?:shall|must|may|will|do\s+not|don't|need|needs|cannot|can't)\b|(?:\bare|'re)\s+(?:allowed|free|permitted|welcome)\b"
)
IDLE = later(
    r"(?:where|when|wherever|if)\s+(?:(?:they|he|she|you|we|it)\s+can\b|at\s+all|practicable|possible|appropriate|feasible|necessary|reasonable|needed|requested|asked)\b|whether\s+(?:by|in|on|through|orally|verbally|directly|or\s+not)\b|whatever\s+(?:concerning|about|regarding|respecting|touching|relating|shall|must|will)\b|say\b"
)
SUBJECT_CLAUSE = later(r"\W*(?:whether|where|when|whatever|whoever)\b")
MAIN, COND, EXC = "main", "condition", "exception"


@dataclass(frozen=True, slots=True)
class Operator:
    """A word or phrase that gives force: kind is duty, leave, ban, restrict, construe or lift."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A stretch of a sentence; `hard` where a semicolon, colon, dash or new line stands before it.

    It equals itself alone, since each verb of a sentence looks for its own among all of them.
    """

    start: int
    end: int
    kind: str
    hard: bool
    colon: bool
    operators: tuple[Operator, ...]


@cache
def operator_pattern() -> re.Pattern[str]:
    """All operators in one expression; the name of the empty group after one is its kind and a number."""
    each = "|".join(rf"(?:{pattern})(?P<{kind}_{n}>)" for n, (kind, pattern) in enumerate(english.OPERATORS))
    return re.compile(rf"(?<![\w'])(?:{each})")


def operators(low: str, start: int, end: int) -> Iterator[Operator]:
    """The operators between `start` and `end`, left to right, the longer reading of a place first."""
    for m in operator_pattern().finditer(low, start, end):
        name = m.lastgroup or ""
        yield Operator(m.start(), m.end(), name.rpartition("_")[0])


def clauses(low: str, start: int, end: int) -> tuple[Clause, ...]:
    """The clauses of the sentence between `start` and `end` of the lower-cased text `low`."""
    cuts = _ordered(low, start, end)
    out = []
    for (place, kind, hard, colon), following in zip(cuts, [*(c[0] for c in cuts[1:]), end], strict=True):
        if low[place:following].strip(" ,;:"):
            out.append(Clause(place, following, kind, hard, colon, tuple(operators(low, place, following))))
    return tuple(out)


def _ordered(low: str, start: int, end: int) -> list[tuple[int, str, bool, bool]]:
    cuts: dict[int, tuple[int, str, bool, bool]] = {start: (start, _opener(low, start, start, end), True, False)}
    aside = [m.span("aside") for m in ASIDE.finditer(low, start, end) if not FINITE.search(m["aside"])]
    for opens, closes in aside:
        kind = _opener(low, opens, opens, closes)
        cuts[opens] = (opens, kind if kind == EXC else COND, False, False)
        after = DASH.match(low, closes, end)
        place = after.end() if after else closes
        cuts[place] = (place, MAIN, False, False)
    for m in HARD.finditer(low, start, end):
        place = m.end()
        if any(opens <= place and m.start() <= closes for opens, closes in aside):
            continue
        cuts[place] = (place, _opener(low, place, place, end), True, m[0].startswith(":"))
    for m in english.EXCEPT.finditer(low, start, end):
        cuts.setdefault(m.start(), (m.start(), EXC, False, False))
    for m in english.CONDITION.finditer(low, start, end):
        if not CONTENT.search(low, start, m.start()) and m[0] != "say" and not IDLE.match(low, m.start(), end):
            cuts.setdefault(m.start(), (m.start(), MAIN if SAVING.match(low, m.start(), end) else COND, False, False))
    for m in NEW_SUBJECT.finditer(low, start, end):
        if NOUN_PHRASE.match(low, m.end(), end) and not FINITE.search(
            low, max(c for c in cuts if c <= m.start()), m.start()
        ):
            continue
        home = max((c for c in cuts if c <= m.start()), default=start)
        runs_on = (
            cuts[home][1] == COND
            and re.match(r",?\s*(?:and|or)\b", m[0])
            and not FINITE_OWN.search(low, m.end(), min(end, m.end() + 40))
        )
        cuts.setdefault(m.end(), (m.end(), COND if runs_on else _opener(low, m.end(), m.end(), end), False, False))
    for m in LET_GO.finditer(low, start, end):
        cuts.setdefault(m.end(), (m.end(), MAIN, False, False))
    _close_openings(low, cuts, end)
    return [cuts[place] for place in sorted(cuts)]


LET_GO = later(
    r"\b(?:not|never|no\s+longer)\s+(?:appl(?:y|ies)\s+to|bind|reach|govern|cover|extend\s+to|hold\s+for)\s+[^.;]{2,90}?,\s+who\s+(?=(?:may|shall|must|will|can|is|are)\b)"
)  # "does not bind the squad, who may ask": of whom a rule lets go a new one is said


DASH = later(r"\s?[\u2013\u2014]\s?|\s--?\s")
ASIDE = later(
    rf"(?<=\w)(?:{DASH.pattern})(?P<aside>[^;:.?!\n\u2013\u2014]{{2,60}}?)(?=(?:{DASH.pattern})(?:\w+ly\s+)?(?:shall|must|may|will|should|can|cannot|can't|won't|is|are|has|have)\b)"
)  # "no clerk \u2014 volunteers included \u2014 may": what stands between the dashes parts nothing


CLAUSE_OPENS = later(english.MARKS + r"(?:and\s+|but\s+|or\s+|only\s+)?")


def _opener(low: str, place: int, start: int, end: int) -> str:
    m = CLAUSE_OPENS.match(low, start, end)
    at = m.end() if m else place
    if english.EXCEPT.match(low, at, end):
        return EXC
    if PROVISO.match(low, at, end):
        return MAIN
    if english.CONDITION.match(low, at, end):
        return COND
    return MAIN


def _close_openings(low: str, cuts: dict[int, tuple[int, str, bool, bool]], end: int) -> None:
    """A condition or exception that opens a clause ends at its comma, where a main clause goes on after it."""
    start_of = min(cuts)
    for place in sorted(cuts):
        _, kind, *_ = cuts[place]
        if kind == MAIN:
            continue
        later = min((p for p in cuts if p > place), default=end)
        comma = (
            _closing_comma(low, place, later) or _bare_turn(low, place, later) or _resumed(low, start_of, place, later)
        )
        if comma is not None:
            cuts.setdefault(comma, (comma, MAIN, False, False))
        elif cuts[place][2] and SUBJECT_CLAUSE.match(low, place, end) and not ABILITY.search(low, place, later):
            cuts[place] = (place, MAIN, True, cuts[place][3])  # "whether he is in custody is not something we tell"


RESUMED = later(r",\s+(?=(?:to|not\s+to|nor\s+to|that)\s+[a-z]+)")
AWAITS = later(
    r"\b(?:unlawful|illegal|lawful|forbidden|prohibited|permitted|allowed|free|entitled|required|right|leave|duty|policy|offen[cs]e|breach|violation|misdemeanou?r|wrong|improper|is|are|ordered|directed|instructed)\b[^;]*,\s*$"
)


def _resumed(low: str, first: int, start: int, end: int) -> int | None:
    """Where the main clause goes on after a condition that stands between its commas: "unlawful for any member, while on duty, to tell"."""
    if not AWAITS.search(low, first, start):
        return None
    m = RESUMED.search(low, start, end)
    return m.end() if m else None


LISTED_SUBJECT = later(
    r"[^,;]{2,60}?\b(?:or|and)\s+(?:[\w'-]+\s+){1,4}?(?:asks?|calls?|rings?|phones?|telephones?|wants?|writes?|comes?|requests?|seeks?|inquires?|demands?|e-?mails?)\b[^;]*,"
)


def _closing_comma(low: str, start: int, end: int) -> int | None:
    for m in re.compile(
        r",\s+(?!(?:or|and|nor|to|whether|if|when|where|who|which|that|as|in|by|on|at|for|with|of|including)\b)"
    ).finditer(low, start, end):
        rest = low[m.end() : end]
        if low.count(",", start, m.start()) == 0 and LISTED_SUBJECT.match(rest):
            continue  # "when Probation, the district or a neighboring county calls, ..."
        if any(True for _ in operators(low, m.end(), end)) or re.match(
            r"(?:the|a|an|no|any|you|we|they|he|she|it|staff|\w+)\s+\w+", rest
        ):
            return m.end()
    return None


ABILITY = later(r"\b(?:may|can|could|should|are\s+(?:allowed|free|permitted))\b")
SAVING = later(
    r"provided,?\s+(?:however,?\s+|further,?\s+|always,?\s+)?that\s+(?:nothing|no\s+(?:part|word|provision))\b"
)
PROVISO = later(
    r"provided,?\s+(?:however,?\s+|further,?\s+|always,?\s+)?that\s+(?:[\w']+\s+){1,6}?(?:may|shall|must|can|will|is\s+free)\b"
)  # a rule of its own
TURN = later(
    r"(?<!\bif)(?<!\bwhen)(?<!\bbefore)(?<!\bthat)(?<!whether)(?<!\bwhat)(?<!which)(?<!\band)(?<!\bor)(?<!unless)(?<!until)(?<!\bas)(?<!where)(?<!because)(?<!than)(?<!\bwho)(?<!\bonce)(?<!after)(?<!\bto)(?<!thing)(?<!\bone)(?<!matter)(?<!question)(?<!subject)(?<!anybody)\s(?=(?:you|we)\s+\w+)"
    r"|\s(?=(?:the|an?|any|each|every|no)\s+(?:[\w'-]+\s+){1,4}?(?:shall|must|may|will)\b)"
)


def _bare_turn(low: str, start: int, end: int) -> int | None:
    """Where a condition without its comma turns into the main clause: "the moment he is booked you ring the desk"."""
    first = re.compile(r"\s*(?:\S+\s+){2}").match(low, start, end)
    if not first or not english.CONDITION.match(low, start, end):
        return None
    found = [
        m
        for m in TURN.finditer(low, first.end() - 1, end)
        if not RELATIVE.search(low, max(start, m.start() - 7), m.start())
    ]
    return found[-1].end() if found else None


RELATIVE = later(r"\b(?:which|(?<!provided )(?<!provided, )that|whom|when|what|how|where|why|whose)\Z")
