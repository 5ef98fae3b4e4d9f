"""A letter or a statement in, what is owed by when out, with the working shown.

A letter's own words are a rule ("within thirty days of receipt"), and so is each entry of `rules/*.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from showcause.ask.clock import Computed, Step, Told, compute, plain_day, shown
from showcause.ask.days import NUMBER, as_day, as_number
from showcause.ask.rulebook import Clock, Rule, Trigger, rules
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


def rule_named(letter: Letter) -> Rule | None:
    """The rule of `rules/*.toml` that an authority of the letter names, the first authority first; None where none does."""
    for authority in letter.authority:
        flat = " ".join(authority.split())
        for rule in rules().values():
            if any(re.search(pattern, flat) for pattern in rule.named):
                return rule
    return None


# --- the day ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a letter's deadline beside its own words.

    `rule` was chosen by a person; None leaves it to the letter: the day that it names, else its authority's rule, else
    the period in its words. `received` is the day on which it came or was served; `told` what happened since; `instead`
    are a day that a later letter put in the place of this one's, and the words for it.
    """

    received: date | None = None
    told: Told | None = None
    rule: Rule | None = None
    instead: tuple[date, str] | None = None


def governing(letter: Letter, known: Known) -> Rule | None:
    """The rule by which a letter's day is counted; None where the letter itself names the day, or no rule at all."""
    if known.rule:
        return known.rule
    if letter.due or known.instead:
        return None
    said, named = rule_of(letter.due_rule or ""), rule_named(letter)
    return said if said and (named is None or said.days != named.days) else named


def reckoned(letter: Letter, known: Known) -> Computed:
    """The day on which a letter's answer is due, with each step of the working and the rule that decides it."""
    rule = governing(letter, known)
    if rule is None:
        return _stated(letter, known)
    begin = letter.date if rule.trigger is Trigger.DATE else known.received
    if begin is None:
        lacks = (
            "The letter has no date"
            if rule.trigger is Trigger.DATE
            else f"The day of {rule.trigger.value} is not on record"
        )
        return Computed(None, (Step(lacks, rule.source, None),))
    named = rule_named(letter)
    counted = compute(rule, begin, told=known.told)
    if named in (None, rule) or known.rule:
        return counted
    aside = Step(f"{named.source} itself gives {named.days} days; the letter's own period is counted", "", None)
    return replace(counted, working=(*counted.working, aside))


def _stated(letter: Letter, known: Known) -> Computed:
    """The day that a letter names, or a later one in its place, moved only by more time that its writer gave."""
    words = " ".join((letter.due_rule or "").split())
    due, source = letter.due or as_day(words), f"the letter: “{words}”"
    if known.instead:
        due, source = known.instead
    told = known.told or Told()
    if due is None:
        return Computed(None, ())
    steps = [Step(f"The day stated is {shown(due)}", source, due)] if known.instead or told.extensions else []
    for more in told.extensions:
        if more.given is None:
            steps.append(Step("More time was asked for and not given; it is not counted", more.source, None))
            continue
        due = more.until or date.fromordinal(due.toordinal() + more.days)
        gave = f"More time was given on {shown(more.given)}: until {shown(due)}"
        steps.append(Step(gave, more.source or "the writer's grant", due))
    if told.pauses:
        steps.append(Step("A day that a letter states does not wait while a question is open", "", None))
    return Computed(due, tuple(steps))


# --- what is owed -------------------------------------------------------------------------------


def owed(
    letter: Letter,
    *,
    received: date | None,
    told: Told | None = None,
    known: Known | None = None,
    done: Collection[str] = (),
) -> tuple[Deadline, ...]:
    """What is owed under a letter: the answer as a whole, each request and each question, with its day.

    `rule` has the letter's words, `working` how its days were counted. `received` is the day on which the letter came,
    where it is known; a rule that runs from receipt has no day without it. `told` is what else is known: the
    recipient's zone and holidays, more time that the writer gave, a clock that was stopped. `known` stands in place of
    both. `done` are the labels of the requests (or places, from "1", where one has no label) that nothing is owed on.
    """
    counted = reckoned(letter, known or Known(received, told))
    words = " ".join((letter.due_rule or "").split())
    to = letter.sender_office or letter.sender or ""
    day = f"letter of {plain_day(letter.date)}" if letter.date else "letter without a date"
    whole = Deadline(f"Answer to the {day}", " ".join(to.split()), counted.due, words, day, counted.steps)
    requests = [(r.label or str(n), r) for n, r in enumerate(letter.requests, 1)]
    asked = [f"Request {label}: {_brief(r.text)}" for label, r in requests if label not in done]
    asked += [f"Question {n}: {_brief(q)}" for n, q in enumerate(letter.questions, 1)]
    return (whole, *(replace(whole, what=what) for what in asked))


def _brief(words: str, most: int = 90) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: flat.rfind(" ", 0, most)] + " ..."


def promised(claims: Iterable[Claim]) -> tuple[Deadline, ...]:
    """What speakers have promised to produce, in their words, each with the day that they gave, if they gave one."""
    return tuple(
        Deadline(
            f"Promise of {claim.by or 'an unnamed speaker'}: {_brief(claim.text)}",
            "",
            claim.date_promised,
            claim.text,
            by=claim.by or "",
        )
        for claim in claims
        if claim.stance is Stance.WILL_PRODUCE
    )
