"""What was judged in; one or two plain sentences that say why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from showcause.assess import duty
from showcause.assess.page import Page
from showcause.assess.rule import Rule
from showcause.assess.terms import Vocabulary
from showcause.assess.weigh import Judged
from showcause.core import Verdict
from showcause.norm import Manner, Modality

V = Verdict
DOES = {
    Modality.FORBIDDEN: "forbids",
    Modality.OBLIGED: "requires",
    Modality.PERMITTED: "permits",
    Modality.ONLY_IF: "permits",
    Modality.UNRESTRICTED: "says that nothing forbids",
    Modality.RELEASED: "frees from",
}
CURED = {
    "words": "a savings clause leaves that free in plain words",
    "citation": "a savings clause that names federal law takes it back under this reading",
    "self-limit": "it limits itself to what federal law permits",
    "reference": "the section that it excepts lets it be done",
    "leave": "a later sentence lets it be done",
}
FAILED = {
    "required": "An exception for what the law requires saves nothing, since the law requires nothing here.",
    "judicial": "An exception for warrants, subpoenas and court orders saves nothing here.",
    "self-limit": "A clause that only points to federal law does not cure under this reading.",
    "reference": "The section that it excepts is not in the text.",
}


ALONE = {
    "none": "no savings clause stands in the text",
    "elsewhere": "no savings clause of the text is for this section",
    "savings": "the savings clause in the text does not take the ban back",
}


def small(why_: str) -> str:
    """A reason as it stands after a colon."""
    return why_[:1].lower() + why_[1:] if why_.startswith(("It ", "Its ", "No ", "The ")) else why_


def why(asked: duty.Ask, judged: Sequence[Judged], paper: Page, found: Sequence[Rule], words: Vocabulary) -> str:
    """The reason for the verdict that `judged` come to; for silence, what near thing was seen and is not reached."""
    if not judged:
        return _silence(asked, paper, found, words)
    first = judged[0]
    if first.rule is None:
        return (
            "It is a savings clause that names the law, and under this reading it leaves free what that law protects."
        )
    said = _said(first.rule, first.matters, asked, words)
    if first.cured:
        return f"It {said}, but {CURED[first.cured]}."
    if first.verdict is V.UNCLEAR:
        return f"It {said}; {_unclear(first)}."
    if first.failed in ALONE:
        return f"It {said}; under this reading such information is reached, and {ALONE[first.failed]}."
    tail = f" {FAILED[first.failed]}" if first.failed else ""
    return f"It {said}.{tail}"


def _said(rule: Rule, matters: frozenset[str], asked: duty.Ask, words: Vocabulary) -> str:
    doing, tail = DOES[rule.norm.modality], ""
    if rule.norm.modality is Modality.FORBIDDEN and rule.norm.manner is Manner.APPROVAL:
        tail = " before somebody approves"
    if rule.norm.modality is Modality.ONLY_IF:
        tail = " only after somebody approves" if rule.norm.manner is Manner.APPROVAL else " only on a condition"
    if rule.norm.manner is Manner.SOFT:
        doing = "speaks softly of"
    acts = [a.says for a in words.acts if a.name in rule.acts & asked.acts]
    return f"{doing} {_act(acts[0] if acts else 'it', _names(rule.matters & frozenset(words.matters) or matters, words))}{tail}"


def _act(says: str, matters: str) -> str:
    return says.replace("{matters}", matters) if "{matters}" in says else f"{says}: {matters}"


def _names(matters: frozenset[str], words: Vocabulary) -> str:
    names = [words.says.get(m, m) for m in words.matters if m in matters]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names) or "it"


def _unclear(first: Judged) -> str:
    rule = first.rule
    if first.failed:
        return ALONE.get(first.failed) or FAILED[first.failed][0].lower() + FAILED[first.failed][1:].rstrip(".")
    if rule and rule.norm.manner is Manner.SOFT:
        return "two fair readers would differ on whether that is a rule"
    if rule and rule.norm.manner is Manner.PURPOSE:
        return "leave for one purpose, without the word only, leaves open what holds for others"
    return "what the words take in is open on the text alone"


@lru_cache(maxsize=4)
def near(low: str, words: Vocabulary) -> str:
    """The first near miss that the text speaks of; looked for once for all requirements and readings."""
    return next((says for says, pattern in words.near if pattern.search(low)), "")


def _silence(asked: duty.Ask, paper: Page, found: Sequence[Rule], words: Vocabulary) -> str:
    about = [r for r in found if r.acts & asked.acts and r.matters]
    if about and asked.beside and duty.reached(asked, about[0], words):
        own = next(
            (words.says[k] for k in asked.requirement.rules.get("own_exceptions", ()) if k in words.says), "this"
        )
        return f"It {_said(about[0], about[0].matters, asked, words)}, and says nothing of {own}."
    if about:
        return f"It {_said(about[0], about[0].matters, asked, words)}, which this reading does not reach."
    says = near(paper.low, words)
    return "Its rules are about something else." if found and not says else unheard(says, unmet=asked.requirement.duty)


NOTHING = "No operative words bear on this requirement."


def unheard(says: str, *, unmet: bool) -> str:
    """Why a text on which no rule was heard is silent; `says` is the near miss that it speaks of, "" for none."""
    if says:
        return f"It speaks of {says}, which this requirement does not reach."
    return f"{NOTHING} A duty on which the text is silent is unmet." if unmet else NOTHING
