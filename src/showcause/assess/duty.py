"""One rule of a document against one requirement under one reading: the table, and what the reading makes of cures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from showcause.assess.cure import Exceptions
from showcause.assess.rule import Rule
from showcause.assess.signs import Signs, signs
from showcause.assess.terms import Vocabulary
from showcause.assess.wordings import Wordings, wordings
from showcause.core import Law, Reading, Requirement, Verdict
from showcause.norm import Manner, Modality
from showcause.norm.period import Bound, bound

V, M = Verdict, Modality
LAW = {"obliged", "forbidden", "permitted", "unrestricted"}
TABLE: dict[str, dict[Modality, Verdict]] = {  # the law's modality, then the policy's (Hohfeld; von Wright)
    "obliged": {
        M.OBLIGED: V.COMPLIES,
        M.FORBIDDEN: V.CONFLICT,
        M.PERMITTED: V.UNCLEAR,
        M.ONLY_IF: V.UNCLEAR,
        M.UNRESTRICTED: V.UNCLEAR,
        M.RELEASED: V.CONFLICT,
    },
    "forbidden": {
        M.OBLIGED: V.CONFLICT,
        M.FORBIDDEN: V.COMPLIES,
        M.PERMITTED: V.CONFLICT,
        M.ONLY_IF: V.CONFLICT,
        M.UNRESTRICTED: V.CONFLICT,
        M.RELEASED: V.SILENT,
    },
    "permitted": {
        M.OBLIGED: V.COMPLIES,
        M.FORBIDDEN: V.CONFLICT,
        M.PERMITTED: V.COMPLIES,
        M.ONLY_IF: V.CONFLICT,
        M.UNRESTRICTED: V.COMPLIES,
        M.RELEASED: V.SILENT,
    },
    "unrestricted": {
        M.OBLIGED: V.COMPLIES,
        M.FORBIDDEN: V.CONFLICT,
        M.PERMITTED: V.COMPLIES,
        M.ONLY_IF: V.CONFLICT,
        M.UNRESTRICTED: V.COMPLIES,
        M.RELEASED: V.SILENT,
    },
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A requirement under one reading, with what of it the reading takes in."""

    requirement: Requirement
    reading: Reading
    modality: str
    acts: frozenset[str]
    reach: frozenset[str]
    own: frozenset[str]
    cured_by: frozenset[str]
    named_only: bool
    bound: Bound | None = None
    beside: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    told: Wordings | None = None
    apart: frozenset[str] = frozenset()
    signs: Signs | None = None


def asks(law: Law) -> tuple[Ask, ...]:
    """What `law` asks, requirement by requirement and reading by reading; made once for each pack."""
    if law.digest not in _asked:
        _asked[law.digest] = tuple(
            replace(
                ask(r, how, law.rules),
                beside=_beside(r, law),
                steps=_beside(r, law, timed=False),
                apart=_apart(r, law),
                signs=signs(law, r),
                told=wordings(law) if r.rules.get("wordings") or r.rules.get("contraries") else None,
            )
            for r in law.requirements
            for how in law.judged()
        )
    return _asked[law.digest]


_asked: dict[str, tuple[Ask, ...]] = {}


def _apart(requirement: Requirement, law: Law) -> frozenset[str]:
    """The matters among several of a ban for which the law has a ban of their own on the same act."""
    of = requirement.rules
    mine = frozenset(of.get("matters") or ())
    alone = [
        r.rules for r in law.requirements if len(r.rules.get("matters") or ()) == 1 and r.rules["acts"] == of["acts"]
    ]
    return frozenset(m for r in alone for m in r["matters"] if len(mine) > 1) & mine


def _beside(requirement: Requirement, law: Law, *, timed: bool = True) -> frozenset[str]:
    """The exceptions of the law's other bans on the same act and matters: the steps that stand beside this one's.

    Those of a ban that a period bounds are among them where `timed`.
    """
    of = requirement.rules
    others = (
        r.rules
        for r in law.requirements
        if r.id != requirement.id
        and (timed or bound(r.text) is None)
        and of["modality"] == r.rules["modality"] == "forbidden"
        and of["acts"] == r.rules["acts"]
        and set(of.get("matters", ())) == set(r.rules.get("matters", ()))
    )
    mine = frozenset(of.get("own_exceptions", ()))
    return frozenset().union(*(frozenset(o.get("own_exceptions", ())) - mine for o in others))


def ask(requirement: Requirement, reading: Reading, rules: Mapping[str, Any]) -> Ask:
    """What `requirement` asks under `reading`, by the pack's tables."""
    of, how = requirement.rules, rules["readings"].get(reading.id, {})
    matters = frozenset(of.get("matters") or rules["matters"])
    return Ask(
        requirement,
        reading,
        of["modality"],
        acts=frozenset(of["acts"]) & frozenset(how.get("acts") or of["acts"]),
        reach=frozenset(how.get("reaches") or matters) & matters,
        own=frozenset(of.get("own_exceptions", ())),
        cured_by=frozenset(how.get("cured_by", ())),
        named_only=bool(how.get("cures_named_only", False)),
        bound=bound(requirement.text),
    )


def _of_all(asked: Ask, rule: Rule, words: Vocabulary) -> bool:
    """Whether a rule that names no certain matter is told plainly enough to be one about all of them."""
    if rule.matters - {words.all}:
        return True
    return rule.wide > (asked.modality == "forbidden")


def reached(asked: Ask, rule: Rule, words: Vocabulary) -> frozenset[str]:
    """The matters of the rule that the reading reaches, "open" among them where the rule's matter is undefined."""
    out: set[str] = set()
    for act in words.acts:
        if act.name not in asked.acts or act.name not in rule.acts:
            continue
        may = asked.reach & act.matters if act.matters else asked.reach
        bans = rule.norm.modality in (M.FORBIDDEN, M.ONLY_IF)
        if (
            words.all in rule.matters
            and _of_all(asked, rule, words)
            and (not act.matters or (bans and words.all in act.matters))
        ):
            out |= may - rule.excluded
        out |= (rule.matters & may) - rule.excluded
        if words.open in rule.matters and (not act.matters or words.open in act.matters):
            out.add(words.open)
    return frozenset(out)


def _one_of_several(asked: Ask, modality: Modality, excepts: Exceptions, *, sufficient: bool) -> Verdict:
    """The verdict where the law bans one act save on several grounds, each a requirement of its own.

    A rule speaks to this ground where it names it, bans the act outright, or says what is enough without it.
    """
    if excepts.kinds & asked.own:
        return V.COMPLIES
    if modality is M.FORBIDDEN:
        return V.SILENT if excepts.kinds & (asked.beside | {"approval", "other"}) else V.COMPLIES
    if asked.bound:
        return V.SILENT  # no period is named
    return V.CONFLICT if sufficient else V.SILENT


def verdict(asked: Ask, rule: Rule, excepts: Exceptions, words: Vocabulary, *, sufficient: bool = True) -> Verdict:  # noqa: PLR0911 - one case a line
    """The table's verdict on a rule that is reached, before savings clauses elsewhere are read with it.

    `sufficient` tells whether the rule's sentence names who decides or says that no more is needed.
    """
    modality, manner = rule.norm.modality, rule.norm.manner
    if manner is Manner.SOFT or manner is Manner.PURPOSE:
        return V.UNCLEAR
    if rule.matters == {words.open}:
        return V.UNCLEAR
    said = TABLE[asked.modality][modality]
    if asked.modality == "obliged" and modality is M.ONLY_IF and manner is Manner.APPROVAL:
        return V.CONFLICT  # an approval that the law does not know stands before its duty
    if asked.modality == "forbidden":
        if asked.beside:
            return _one_of_several(asked, modality, excepts, sufficient=sufficient)
        if (
            modality is M.FORBIDDEN
            and excepts.kinds - asked.own & {"approval", "other"}
            and excepts.kinds & {"approval", "other"}
        ):
            return V.CONFLICT
        if modality in (M.ONLY_IF, M.PERMITTED, M.OBLIGED) and excepts.kinds & asked.own:
            return V.COMPLIES
    return said
