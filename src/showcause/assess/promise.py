"""A claim about production and the requests with their states in; whether what was produced bears it out.

"We will hand over the logs", "the county has answered every request", "they have sent us nothing": each is held to the
requests that it speaks of, whoever says it. Only what was asked and how it stands decides; no word of the claim does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from showcause.core import RECORD, Claim, Finding, Passage, Question, Stance, Verdict
from showcause.text import later

BY = "duty:1"
PLAIN = "plain"  # the reading of a question that has none
MOST_CITES = 3
Asked = tuple[Question, str]  # a request and its state


class Standing(StrEnum):
    """How the requests that a claim speaks of stand, taken together."""

    DONE = "done"
    MIXED = "mixed"
    REFUSED = "refused"
    WAITING = "waiting"
    LATE = "late"


STATES = {  # a request's state, and what it counts as
    "answered": Standing.DONE,
    "answered in part": Standing.MIXED,
    "objected": Standing.REFUSED,
    "open": Standing.WAITING,
    "searching": Standing.WAITING,
}
S, V = Standing, Verdict
ANSWERS: dict[Stance, dict[Standing, Verdict]] = {
    Stance.WILL_PRODUCE: {
        S.DONE: V.SUPPORTED,
        S.MIXED: V.UNCLEAR,
        S.REFUSED: V.CONTRADICTED,
        S.WAITING: V.UNSUPPORTED,
        S.LATE: V.CONTRADICTED,
    },
    Stance.REFUSES: {
        S.DONE: V.CONTRADICTED,
        S.MIXED: V.UNCLEAR,
        S.REFUSED: V.SUPPORTED,
        S.WAITING: V.UNSUPPORTED,
        S.LATE: V.UNSUPPORTED,
    },
    Stance.COMPLIES: {
        S.DONE: V.SUPPORTED,
        S.MIXED: V.UNCLEAR,
        S.REFUSED: V.CONTRADICTED,
        S.WAITING: V.CONTRADICTED,
        S.LATE: V.CONTRADICTED,
    },
    Stance.VIOLATES: {
        S.DONE: V.CONTRADICTED,
        S.MIXED: V.UNCLEAR,
        S.REFUSED: V.SUPPORTED,
        S.WAITING: V.SUPPORTED,
        S.LATE: V.SUPPORTED,
    },
}
_PRODUCED = later(
    r"\b(?:answer(?:s|ed)?|replied|responded|produced|delivered|hand(?:ed)? (?:it |them )?over|turned (?:it |them )?over|provided"
    r"|sent|gave|given|furnished|submitted|filed|mailed|posted|published|with(?:held|hold\w*)|held back|h[eo]ld\w* nothing back"
    r"|missed|deadlines?|stonewall\w*|refused)\b"
)
_LAW = later(r"\b(?:laws?|statutes?|acts?|codes?|sections?|decrees?|ordinances?|constitution|u\.s\.c)\b|§")
_CARDINAL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINAL = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TO = r"(?:-|–|to\b|through\b|thru\b)"
_COUNT = r"days?|weeks?|months?|years?|hours?|pages?|times?|percent"  # what a number counts, and is no request's
_N = rf"#?\(?(?:\d{{1,3}}\b|(?:{'|'.join(_CARDINAL)})(?=\s*(?:\Z|[.,;:)&–-]|and\b|or\b|to\b|through\b)))\)?(?!\s+(?:{_COUNT}))"
_NUMBERED = later(
    rf"\b(?:requests?|items?|demands?)\s+(?:nos?\.?\s*|numbers?\s+|numbered\s+)?(?P<all>{_N}(?:\s*(?:,?\s*(?:and|or|&)\s|,|;|{_TO})\s*(?:nos?\.?\s*)?{_N})*)"
)
_RANGE = later(rf"(?P<first>\d+|[a-z]{{3,}})\)?(?:\s*{_TO}\s*#?\(?(?P<last>\d+|[a-z]{{3,}}))?")
_NTH = "|".join(_ORDINAL)
_ORDERED = later(rf"\b((?:{_NTH})(?:(?:,\s*|\s+)(?:(?:and|or)\s+)?(?:{_NTH}))*)\s+(?:requests?|items?|demands?)\b")
_WORD = later(r"[a-z]{4,}")
STEM = 5  # letters by which two words are the same thing
_WORDS = """record records document documents request requests requested letter letters answer answers every each will would have been that
this which with from their there these those they them including between such since department office city county state provide provided
produce produced copies copy relating regarding concerning date dates after before"""
_GENERAL = frozenset(word[:STEM] for word in _WORDS.split())


def of_production(claim: Claim) -> bool:
    """Whether a claim is about what is produced or answered, and not about what a law asks for."""
    if claim.stance in {Stance.WILL_PRODUCE, Stance.REFUSES}:
        return True
    words = claim.text.casefold()
    return claim.stance in ANSWERS and bool(_PRODUCED.search(words)) and not _LAW.search(words)


def against_requests(question: Question, *, claim: Claim, asked: Sequence[Asked], at: datetime) -> tuple[Finding, ...]:
    """One Finding under the plain reading for a claim about production; none for another, or where nothing is asked.

    `asked` are the requests with their states (open, searching, answered in part, answered, objected, withdrawn). A
    promise is late once the day that it names lies before `at` (UTC); one that names no day never is.
    """
    spoken_of = [(q, state) for q, state in meant(claim, asked) if state in STATES]
    cites = tuple(q.source for q, _ in spoken_of if isinstance(q.source, Passage))[:MOST_CITES]
    if not of_production(claim) or not cites:
        return ()
    standing = _standing([state for _, state in spoken_of], claim.date_promised, at.date())
    verdict = ANSWERS[claim.stance][standing]
    why = _why([state for _, state in spoken_of], claim, standing)
    held = () if verdict is Verdict.UNSUPPORTED else cites
    return (Finding(question.id, RECORD, PLAIN, verdict, held, why, BY, at),)


def meant(claim: Claim, asked: Sequence[Asked]) -> list[Asked]:
    """The requests that a claim speaks of: by their number, else by the thing asked for, else all of them."""
    words = " ".join(claim.text.casefold().split())
    numbers = _numbers(words)
    by_number = [one for one in asked if one[0].id.rpartition("request-")[2] in numbers]
    if by_number:
        return by_number
    things = _things(words)
    by_thing = [one for one in asked if things & _things(one[0].text.casefold())]
    return by_thing or list(asked)


def _numbers(words: str) -> set[str]:
    """The numbers of requests that are named: "request 4", "requests 1, 3 and 5-7", "the first and third requests"."""
    out: set[str] = set()
    for named in _NUMBERED.finditer(words):
        for m in _RANGE.finditer(named["all"]):
            first, last = _number(m["first"]), _number(m["last"] or m["first"])
            out |= {str(n) for n in range(first, last + 1)} if first else set()
    for ordered in _ORDERED.finditer(words):
        out |= {str(n) for n, name in enumerate(_ORDINAL, 1) if name in ordered[1].replace(",", " ").split()}
    return out


def _number(word: str) -> int:
    """A number in figures or letters; 0 for another word."""
    return int(word) if word.isdigit() else _CARDINAL.index(word) + 1 if word in _CARDINAL else 0


def _things(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(words)) - _GENERAL


def _standing(states: Sequence[str], due: date | None, today: date) -> Standing:
    kinds = {STATES[state] for state in states}
    if kinds == {Standing.WAITING}:
        return Standing.LATE if due and due < today else Standing.WAITING
    return kinds.pop() if len(kinds) == 1 else Standing.MIXED


def _why(states: Sequence[str], claim: Claim, standing: Standing) -> str:
    counted = Counter(states)
    many = f"{len(states)} request{'s' if len(states) > 1 else ''}"
    said = f"Of the {many} that it speaks of, " + ", ".join(f"{n} {state}" for state, n in counted.items()) + "."
    if claim.stance is not Stance.WILL_PRODUCE:
        return said
    if claim.date_promised is None:
        return f"{said} The promise gives no date."
    passed = standing is Standing.LATE
    return f"{said} The day promised, {claim.date_promised.isoformat()}, {'has passed' if passed else 'is on record'}."
