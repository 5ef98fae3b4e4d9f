"""Two rules of a document in; whether nobody can obey both out: one lets or orders what the other forbids."""

from __future__ import annotations

import re

from showcause.assess import cure
from showcause.assess.context import Page, Rule
from showcause.assess.cure import Saving
from showcause.assess.terms import Vocabulary
from showcause.norm import Modality

BANS = frozenset({Modality.FORBIDDEN, Modality.ONLY_IF})
LETS = frozenset({Modality.PERMITTED, Modality.OBLIGED})
SOME_PERSONS = re.compile(
    r"\b(?:of|about|concerning|regarding|as\s+to)\s+(?:an?|the|any|each|every)\s+(?:\w+\s+)?(?:juvenile|child|minor|youth|victim|witness|patient|student|pupil|tenant|client|complainant|reporter|employee|guest|passenger)s?\b"
    r"|\b(?:person|persons|people|individuals?|anyone|anybody|somebody|someone|one|those)\s+who\b"
)


def clash(paper: Page, one: Rule, other: Rule, saved: tuple[Saving, ...], words: Vocabulary) -> bool:
    """Whether a ban and a leave or duty bear on the same act, the same information and the same party.

    No clash are a ban that a savings clause or an exception takes back, a ban for some persons beside a rule for all
    (the special rule stands), and the leave that belongs to a savings clause.
    """
    ban, leave = (one, other) if one.norm.modality in BANS else (other, one)
    if ban.norm.modality not in BANS or leave.norm.modality not in LETS or ban.sentence == leave.sentence:
        return False
    if not ban.acts & leave.acts or not _same(ban, leave, words) or not _toward(ban, leave):
        return False
    if any(s.section == leave.section for s in saved) or any(_saves(s, ban) for s in saved):
        return False
    excepts = cure.exceptions(paper, ban, words)
    if "self-limit" in excepts.kinds or any(cure.stands_in(leave.label, number) for number in excepts.references):
        return False
    return not (_special(paper, ban) and not _special(paper, leave))


def _same(ban: Rule, leave: Rule, words: Vocabulary) -> bool:
    """Whether both are about the same information; all of it takes in each."""
    mine, theirs = ban.matters - ban.excluded, leave.matters - leave.excluded
    return bool(mine & theirs) or (words.all in mine and bool(theirs - ban.excluded)) or (words.all in theirs and bool(mine))


def _toward(ban: Rule, leave: Rule) -> bool:
    return bool(ban.parties & leave.parties) or not ban.parties or not leave.parties


def _saves(saving: Saving, ban: Rule) -> bool:
    return cure.covers(saving, ban) and (not saving.acts or bool(ban.acts & saving.acts))


def _special(paper: Page, rule: Rule) -> bool:
    return bool(SOME_PERSONS.search(paper.low, *rule.norm.span))
