"""A public claim, the record's findings and the requests in; whether they bear the claim out, per reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from showcause.assess import promise
from showcause.core import (
    RECORD,
    Claim,
    Finding,
    Kind,
    Law,
    Question,
    Record,
    Stance,
    Verdict,
    combine,
)

BY = "duty:1"
MOST_CITES = 3

ANSWERS: dict[Stance, dict[Verdict, Verdict]] = {  # what the record's verdict makes of a claim of that stance
    Stance.COMPLIES: {
        Verdict.CONFLICT: Verdict.CONTRADICTED,
        Verdict.UNCLEAR: Verdict.UNCLEAR,
        Verdict.COMPLIES: Verdict.SUPPORTED,
        Verdict.SILENT: Verdict.UNSUPPORTED,
    },
    Stance.VIOLATES: {
        Verdict.CONFLICT: Verdict.SUPPORTED,
        Verdict.UNCLEAR: Verdict.UNCLEAR,
        Verdict.COMPLIES: Verdict.CONTRADICTED,
        Verdict.SILENT: Verdict.UNSUPPORTED,
    },
}
SAYS = {
    Verdict.CONTRADICTED: "The record holds passages that pull against it",
    Verdict.SUPPORTED: "The record bears it out",
    Verdict.UNCLEAR: "Fair readers of the record would differ",
    Verdict.UNSUPPORTED: "Nothing in the record bears on it",
}

WORST = {
    Verdict.CONFLICT: "in conflict with",
    Verdict.UNCLEAR: "unclear under",
    Verdict.COMPLIES: "in line with",
    Verdict.SILENT: "silent on",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What a claim is held to: the whole-record findings of the laws' requirements, and the requests with their states."""

    findings: Sequence[Finding]
    laws: Sequence[Law]
    asked: Sequence[promise.Asked] = ()


def against(question: Question, *, claim: Claim, held: Held, at: datetime) -> tuple[Finding, ...]:
    """A claim about production held to what was asked and produced, any other to the record under each reading.

    Who speaks is never looked at, nor is any word by which a claim is loaded: both sides are held alike.
    """
    if promise.of_production(claim):
        found = promise.against_requests(question, claim=claim, asked=held.asked, at=at)
        if found:
            return found
    return against_record(question, claim=claim, findings=held.findings, laws=held.laws, at=at)


def against_record(
    question: Question, *, claim: Claim, findings: Iterable[Finding], laws: Sequence[Law], at: datetime
) -> tuple[Finding, ...]:
    """One Finding a reading for a claim that somebody complies or violates; none for a claim of another stance.

    `findings` are the whole-record findings of the requirements; a claim that names a law is held to that law, one
    that names none to every law of the matter. The most telling passages are cited, three at most.
    """
    answers = ANSWERS.get(claim.stance)
    if answers is None:
        return ()
    meant = named(claim, laws)
    wanted = {requirement.id for law in meant for requirement in law.requirements}
    whole = [f for f in findings if isinstance(f.about, Record) and f.question in wanted]
    readings = dict.fromkeys(f.reading for f in whole)
    cited = {
        requirement.id: f"{law.citation}{requirement.pinpoint}" for law in meant for requirement in law.requirements
    }
    return tuple(
        _under(question, reading, [f for f in whole if f.reading == reading], answers=answers, cited=cited, at=at)
        for reading in readings
    )


def named(claim: Claim, laws: Sequence[Law]) -> tuple[Law, ...]:
    """The laws that a claim speaks of: by section number, else by whose law it says ("federal", "state"), else all."""
    words = f"{claim.about or ''} {claim.text}".casefold()
    numbers = set(re.findall(r"\d{3,}(?:\.\d+)?", words))
    by_number = [law for law in laws if numbers & set(re.findall(r"\d{3,}(?:\.\d+)?", law.citation))]
    if by_number:
        return tuple(by_number)
    for word, federal in (("federal", True), ("state law", False)):
        of_that_kind = [
            law for law in laws if law.jurisdiction.casefold().startswith(("us", "united states")) is federal
        ]
        if word in words and of_that_kind:
            return tuple(of_that_kind)
    return tuple(laws)


def _under(
    question: Question,
    reading: str,
    whole: Sequence[Finding],
    *,
    answers: dict[Verdict, Verdict],
    cited: dict[str, str],
    at: datetime,
) -> Finding:
    worst = combine(f.verdict for f in whole)
    telling = [f for f in whole if f.verdict is worst]
    verdict = combine((answers[f.verdict] for f in telling), Kind.CLAIM)
    cites = tuple(dict.fromkeys(cite for f in telling for cite in f.cites))[:MOST_CITES]
    of = ", ".join(dict.fromkeys(cited[f.question] for f in telling))
    why = f"{SAYS[verdict]}: the record as a whole is {WORST[worst]} {of}."
    return Finding(
        question.id, RECORD, reading, verdict, cites if verdict is not Verdict.UNSUPPORTED else (), why, BY, at
    )
