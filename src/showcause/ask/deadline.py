"""A letter or a statement in, what is owed by when out, with the working shown.

A letter's own words are a rule ("within thirty days of receipt"), and so is each entry of `rules/*.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from showcause.ask.clock import Told, compute, plain
from showcause.ask.days import NUMBER, as_day, as_number
from showcause.ask.rulebook import Clock, Rule, Trigger
from showcause.core import Claim, Deadline, Letter, Stance

RELATIVE = re.compile(
    rf"""(?P<n>{NUMBER}|a|an|one)\s+(?:\(\w+\)\s+)?(?P<unit>(?:full\s+|calendar\s+|consecutive\s+)?
        (?P<work>(?:business|working|work)\s+)?(?P<what>days?|weeks?|months?))['’]?\s*
        (?:after|of|from|following|upon)\s+
        (?:(?:the|your|its|this|you|are)\s+|date\s+of\s+|day\s+of\s+|(?:of|on)\s+)*
        (?P<event>\w+)(?P<rest>[^.;]{{0,40}})""",
    re.IGNORECASE | re.VERBOSE,
)


def rule_of(words: str) -> Rule | None:
    """The rule that a letter's words lay down ("within ten business days of the date of this letter"), or None."""
    m = RELATIVE.search(words)
    if m is None:
        return None
    n = 1 if m["n"].lower() in ("a", "an") else as_number(m["n"])
    if n is None:
        return None
    what = m["what"].lower()
    days = 0 if what.startswith("month") else 7 * n if what.startswith("week") else n
    clock = Clock.BUSINESS if m["work"] else Clock.CALENDAR
    flat = " ".join(words.split())
    return Rule(days, clock, _trigger(m), f"the letter: “{flat}”", flat, months=n if what.startswith("month") else 0)


def _trigger(m: re.Match[str]) -> Trigger:
    event = m["event"].lower()
    if event.startswith(("receipt", "receiv", "deliver")):
        return Trigger.RECEIPT
    if event.startswith(("service", "serv", "being")):
        return Trigger.SERVICE
    if re.search(r"recei", m["rest"], re.IGNORECASE):
        return Trigger.RECEIPT
    return Trigger.DATE


# --- what is owed -------------------------------------------------------------------------------


def owed(letter: Letter, *, received: date | None, told: Told | None = None) -> tuple[Deadline, ...]:
    """What is owed under a letter: the answer as a whole, each request and each question, with its day.

    `rule` has the letter's words, `working` how its days were counted. `received` is the day on which the letter came,
    where it is known; a rule that runs from receipt has no day without it. `told` is what else is known: the
    recipient's zone and holidays, more time that the writer gave, a clock that was stopped.
    """
    due, working = _due(letter, received, told)
    words = " ".join((letter.due_rule or "").split())
    to = letter.sender_office or letter.sender or ""
    day = f"letter of {plain(letter.date)}" if letter.date else "letter without a date"
    whole = Deadline(f"Answer to the {day}", " ".join(to.split()), due, words, day, working)
    asked = [f"Request {r.label or n}: {_brief(r.text)}" for n, r in enumerate(letter.requests, 1)]
    asked += [f"Question {n}: {_brief(q)}" for n, q in enumerate(letter.questions, 1)]
    return (whole, *(replace(whole, what=what) for what in asked))


def _due(letter: Letter, received: date | None, told: Told | None) -> tuple[date | None, tuple[str, ...]]:
    """The day of the answer, and how it was counted; nothing is counted where the letter names the day."""
    if letter.due:
        return letter.due, ()
    words = " ".join((letter.due_rule or "").split())
    rule = rule_of(words)
    if rule is None:
        return as_day(words), ()
    begin = letter.date if rule.trigger is Trigger.DATE else received
    if begin is None:
        return None, (f"The day of {rule.trigger.value} is not on record.",)
    computed = compute(rule, begin, told=told)
    return computed.due, computed.steps


def _brief(words: str, most: int = 90) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: flat.rfind(" ", 0, most)] + " ..."


def promised(claims: Iterable[Claim]) -> tuple[Deadline, ...]:
    """What speakers have promised to produce, in their words, each with the day that they gave, if they gave one."""
    return tuple(
        Deadline(
            f"Promise of {claim.by or 'an unnamed speaker'}: {_brief(claim.text)}", "", claim.date_promised, claim.text
        )
        for claim in claims
        if claim.stance is Stance.WILL_PRODUCE
    )
