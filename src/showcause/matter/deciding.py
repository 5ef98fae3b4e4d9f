"""Findings on privilege and on requests in, what stands for each document out: a person's word above every rule's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from showcause.core import Document, Finding, Judge, Passage, Verdict

PLAIN_ORDER = (Verdict.WITHHOLD, Verdict.REDACT, Verdict.RESPONSIVE, Verdict.UNCLEAR)  # of passages, the first wins


@dataclass(frozen=True, slots=True)
class Call:
    """What stands for a document on a question, by whom, since when, and why."""

    verdict: Verdict
    by: str
    at: datetime
    why: str

    @property
    def person(self) -> bool:
        """Whether a person decided."""
        return self.by.startswith(f"{Judge.PERSON.value}:")


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What a person says beside a privilege call, for the log; an empty one leaves what the rule says."""

    basis: str = ""
    topic: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a document, and what a rule proposes beside it (None where no rule has looked)."""

    call: Call
    proposed: Call | None = None


def standing(findings: Iterable[Finding]) -> dict[str, Standing]:
    """For each document by id what stands on one question: the last person's word, else the rule's."""
    rules: dict[str, Call] = {}
    people: dict[str, Call] = {}
    for one in findings:
        name = _document(one)
        if name is None:
            continue
        call = Call(one.verdict, one.by, one.at, one.why)
        if call.person:
            if name not in people or call.at >= people[name].at:
                people[name] = call
        elif name not in rules or _graver(call, rules[name]):
            rules[name] = call
    return {name: Standing(people.get(name) or rules[name], rules.get(name)) for name in rules | people}


def responsive(found: Mapping[str, Mapping[str, Standing]], *, proposed: bool) -> dict[str, dict[str, Call]]:
    """For each document that is called responsive the questions it answers; `proposed` takes a rule's word where no person spoke."""
    out: dict[str, dict[str, Call]] = {}
    for question, documents in found.items():
        for name, one in documents.items():
            if one.call.verdict is Verdict.RESPONSIVE and (one.call.person or proposed):
                out.setdefault(name, {})[question] = one.call
    return out


def _document(finding: Finding) -> str | None:
    about = finding.about
    if isinstance(about, Passage):
        return about.doc.id
    return about.id if isinstance(about, Document) else None


def _graver(one: Call, other: Call) -> bool:
    def rank(call: Call) -> int:
        return PLAIN_ORDER.index(call.verdict) if call.verdict in PLAIN_ORDER else len(PLAIN_ORDER)

    return rank(one) < rank(other)
