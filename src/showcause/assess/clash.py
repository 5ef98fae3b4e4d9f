"""Two rules of a document in; whether nobody can obey both out: one lets or orders what the other forbids."""

from __future__ import annotations

from dataclasses import dataclass, replace

from showcause.assess import cure
from showcause.assess.cure import Saving
from showcause.assess.page import Page
from showcause.assess.rule import Rule
from showcause.assess.terms import Vocabulary
from showcause.norm import Modality
from showcause.text import later

BANS = frozenset({Modality.FORBIDDEN, Modality.ONLY_IF})
LETS = frozenset({Modality.PERMITTED, Modality.OBLIGED})
SOME_PERSONS = later(
    r"\b(?:of|about|concerning|regarding|as\s+to)\s+(?:an?|the|any|each|every)\s+(?:\w+\s+)?(?:juvenile|child|minor|youth|victim|witness|patient|student|pupil|tenant|client|complainant|reporter|employee|guest|passenger)s?\b"
    r"|\b(?:person|persons|people|individuals?|anyone|anybody|somebody|someone|one|those)\s+who\b"
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What two rules are read beside: their document, its other rules and its savings clauses."""

    paper: Page
    found: tuple[Rule, ...]
    saved: tuple[Saving, ...]
    words: Vocabulary


BEARER = later(r"\W*(?:(?:an?|the|each|every|any|no|all|our)\s+)?(?P<who>[a-z]+(?:\s+[a-z]+)?)(?=\s|$)")
EVERYBODY_FIRST = frozenset(
    {
        "member",
        "employee",
        "you",
        "we",
        "nobody",
        "anyone",
        "everyone",
        "officer",
        "person",
        "personnel",
        "one",
        "none",
        "do",
        "please",
        "never",
        "not",
    }
)
EVERYBODY = EVERYBODY_FIRST | frozenset({"staff"})


def clash(beside: Beside, one: Rule, other: Rule) -> bool:
    """Whether a ban and a leave or duty bear on the same act, the same information and the same party.

    No clash are a ban that a savings clause or an exception takes back, a ban for some persons beside a rule for all
    (the special rule stands), and the leave that belongs to a savings clause.
    """
    ban, leave = (one, other) if one.norm.modality in BANS else (other, one)
    if ban.norm.modality not in BANS or leave.norm.modality not in LETS or not _meet(beside, ban, leave):
        return False
    excepts = cure.exceptions(beside.paper, ban, beside.words)
    if excepts.references and not _same(replace(ban, matters=_left(beside, ban, excepts)), leave, beside.words):
        return False
    if "self-limit" in excepts.kinds or any(cure.stands_in(leave.label, number) for number in excepts.references):
        return False
    saved = any(leave.section in s.here or _saves(s, ban) for s in beside.saved)
    return not saved and not (_special(beside.paper, ban) and not _special(beside.paper, leave))


def _meet(beside: Beside, ban: Rule, leave: Rule) -> bool:
    """Whether two sentences bind the same people in the same act on the same information."""
    if ban.sentence == leave.sentence or "v" not in leave.note or not ban.acts & leave.acts or not _toward(ban, leave):
        return False
    return _same(ban, leave, beside.words) and not _others(beside.paper, ban, leave)


def _left(beside: Beside, ban: Rule, excepts: cure.Exceptions) -> frozenset[str]:
    """The information that a ban still covers when the sections that it excepts have let some of it be given."""
    there = (r for r in beside.found if any(cure.stands_in(r.label, number) for number in excepts.references))
    return ban.matters.difference(*(r.matters for r in there if r.norm.modality in LETS and r.acts & ban.acts))


def _same(ban: Rule, leave: Rule, words: Vocabulary) -> bool:
    """Whether both are about the same information; a ban on all of it takes in each, a ban on some stands beside leave for all."""
    mine, theirs = ban.matters - ban.excluded, leave.matters - leave.excluded
    return bool(mine & theirs) or (words.all in mine and bool(theirs - ban.excluded))


def _toward(ban: Rule, leave: Rule) -> bool:
    return bool(ban.parties & leave.parties) or not ban.parties or not leave.parties


def _saves(saving: Saving, ban: Rule) -> bool:
    return cure.covers(saving, ban) and (not saving.acts or bool(ban.acts & saving.acts))


def _special(paper: Page, rule: Rule) -> bool:
    one = paper.sentences[rule.sentence]
    return bool(SOME_PERSONS.search(paper.low, rule.norm.head[1], one.end))


def _others(paper: Page, one: Rule, other: Rule) -> bool:
    """Whether the rules bind different people: dispatchers the one, jailers the other."""
    mine, theirs = _bearers(paper, one), _bearers(paper, other)
    return bool(mine and theirs) and not mine & theirs


def _bearers(paper: Page, rule: Rule) -> frozenset[str]:
    """The words that say whom a rule binds, "s" cut off; empty where it binds everybody."""
    if rule.norm.bearer is None or rule.norm.passive:
        return frozenset()
    start, end = rule.norm.bearer
    told = paper.low.rfind(" that ", start, rule.norm.head[0])  # "shall teach that a member may"
    found = BEARER.match(paper.low, start, end) if told < 0 else BEARER.match(paper.low, told + 6, rule.norm.head[0])
    said = frozenset(w.rstrip("s") for w in (found["who"].split() if found else ()))
    return frozenset() if not said or said <= EVERYBODY or said & EVERYBODY_FIRST else said
