"""A document's rules and one requirement under one reading in; what each rule comes to, cures and exceptions resolved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from showcause.assess import cure, duty, versions
from showcause.assess.about import matters_in
from showcause.assess.context import DESCRIBED
from showcause.assess.page import Page
from showcause.assess.rule import Rule
from showcause.assess.signs import Shown, Signs, aside, bears, penalty, shown
from showcause.assess.terms import Vocabulary
from showcause.assess.wordings import near, nearest
from showcause.core import Verdict
from showcause.norm import Manner, Modality, Norm, acts, gist, sentence
from showcause.norm import period as periods
from showcause.norm.english import NOT_LAW, ONLY, THE_REST
from showcause.norm.parse import FLIPPED, approval
from showcause.text import later

V = Verdict
Span = tuple[int, int]
LEAVE = frozenset({Modality.PERMITTED, Modality.UNRESTRICTED, Modality.OBLIGED})
DISOWNS = later(
    r"\b(?:(?:is|was)\s+)?(?:not\s+(?:our|ours|this\s+\w+'s)\b(?!\s+(?:to|business|job|call))|their\s+(?:law|rule|order|policy)\s+and\s+not|taken?\s+no\s+position|another\s+(?:body|city|county|agency)'s\s+(?:rule|order|law))"
)
NO_MORE = later(
    r"\bnothing\s+(?:more|else|further|beyond)\b|\bno\s+other\s+(?!time|way|case|circumstance|manner|means|purpose|hour|occasion|reason|place)(?:\w+\s*)?[.;]|\b(?:and|but)\s+no\s+(?:more|further)\s*[.;]|\bthat\s+(?:and\s+only\s+that|is\s+all)\b"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one rule, or a savings clause standing alone, comes to; `cured` tells by what kind of words, "" if not."""

    verdict: Verdict
    rule: Rule | None
    matters: frozenset[str]
    cites: tuple[Span, ...]
    section: int
    cured: str = ""
    failed: str = ""
    timed: bool = False


def standing(paper: Page, found: Sequence[Rule], words: Vocabulary) -> tuple[Rule, ...]:
    """The rules that are law here: not those of drafts, of repealed text or of other bodies, whose rest is worked out."""
    dead = _dead(paper)
    heard = [r for r in found if r.sentence not in dead]
    return _rest(paper, list(_denied(paper, heard)), words)


TURNED = {
    Modality.FORBIDDEN: Modality.PERMITTED,
    Modality.ONLY_IF: Modality.PERMITTED,
    Modality.PERMITTED: Modality.FORBIDDEN,
    Modality.OBLIGED: Modality.FORBIDDEN,
}


def _denied(paper: Page, heard: Sequence[Rule]) -> Iterator[Rule]:
    """The rules, those turned round that are called false; not where what is true follows in so many words."""
    false = versions.denied(paper)
    sure = {r.sentence for r in heard if r.acts and r.sentence not in false}
    for r in heard:
        if r.sentence not in false or r.norm.modality not in TURNED:
            yield r
        elif not {r.sentence + 1, r.sentence + 2} & sure:
            yield replace(r, norm=replace(r.norm, modality=TURNED[r.norm.modality], manner=Manner.PLAIN))


FEW = 8  # a section of so many sentences is dead as a whole where one of them says so


def _dead(paper: Page) -> set[int]:
    """Sentences in or beside one that says that the text is no law, or another body's."""
    if "dead" not in paper.known:
        paper.known["dead"] = _said_dead(paper)
    dead: set[int] = paper.known["dead"]
    return dead


def _said_dead(paper: Page) -> set[int]:
    dead: set[int] = versions.old(paper)
    roots = [paper.root(n) for n in range(len(paper.sentences))]
    size = Counter(roots)
    for n, one in enumerate(paper.sentences):
        home = roots[n]
        if gist.LIFTED.search(paper.low, one.start, one.end):
            continue  # the end of a ban is law
        if NOT_LAW.search(paper.low, one.start, one.end) and (size[home] <= FEW or n == 0):
            dead |= {k for k, place in enumerate(roots) if place == home or len(size) < 4}
        elif NOT_LAW.search(paper.low, one.start, one.end):
            dead |= {n - 2, n - 1, n, n + 1, n + 2}
        elif DISOWNS.search(paper.low, one.start, one.end):
            dead |= {n - 3, n - 2, n - 1, n}
    return dead


def _rest(paper: Page, found: Sequence[Rule], words: Vocabulary) -> tuple[Rule, ...]:
    """The rest: "... and nothing more" adds a ban on the rest; a ban on all leaves out what the same section lets be told."""
    out: list[Rule] = []
    for heard in found:
        r, alone = _alone(paper, heard, words)
        if r.norm.modality is Modality.FORBIDDEN and words.all in r.matters:
            given = [
                g.matters
                for g in found
                if g.section == r.section
                and g.norm.modality in (Modality.PERMITTED, Modality.UNRESTRICTED)
                and words.all not in g.matters
                and g.acts & r.acts
            ]
            out.append(replace(r, excluded=r.excluded.union(*given)))
        else:
            out.append(r)
        one = paper.sentences[r.sentence]
        if (
            r.norm.modality in (Modality.PERMITTED, Modality.OBLIGED, Modality.ONLY_IF)
            and r.matters
            and (alone or NO_MORE.search(paper.low, one.start, one.end))
        ):
            out.append(
                replace(
                    r,
                    norm=replace(r.norm, modality=Modality.FORBIDDEN),
                    matters=frozenset({words.all}),
                    excluded=r.matters,
                    wide=2,
                )
            )
    return tuple(out)


ALONE = later(
    r"\b(?:only|solely|exclusively)\s+(?:(?:an?|the|his|her|their|its|[\w']+'s?)\s+){0,2}\Z"
)  # before a matter's name
CONDITIONS = ("where ", "when ", "if ")  # with which a matter may be named that is a condition after "only"
ALONE_AFTER = later(
    r"\s+(?:information\s+)?(?:(?:only|solely|exclusively)\s*[.;:!]|alone\s+(?:may|can|shall|will|must|is|are)\b)"
)


def _alone(paper: Page, r: Rule, words: Vocabulary) -> tuple[Rule, bool]:
    """The rule, and whether what it lets be told is all: "only her status"; "Nothing else." bans what was not just spoken of."""
    one = paper.sentences[r.sentence]
    rest = r.norm.modality is Modality.FORBIDDEN and THE_REST.match(paper.low[one.body : one.end])
    if rest and words.all and words.all not in r.matters:
        return replace(r, matters=frozenset({words.all}), excluded=r.matters, wide=2), False
    if _these_only(paper, r, words):
        banned = replace(r.norm, modality=Modality.FORBIDDEN)
        return replace(r, norm=banned, matters=frozenset({words.all}), wide=2), False
    if r.norm.modality not in LEAVE | {Modality.ONLY_IF} or r.norm.manner is Manner.APPROVAL or r.norm.condition:
        return r, False
    if not _named_alone(paper, r, words):
        return r, False
    limits = len(list(ONLY.finditer(paper.low, one.body, one.end)))
    return (r if limits > 1 else replace(r, norm=replace(r.norm, modality=Modality.PERMITTED))), limits < 2


def _named_alone(paper: Page, r: Rule, words: Vocabulary) -> bool:
    """Whether a matter of the rule is named as the only one in its sentence; worked out once for all rules of a sentence."""
    if (key := ("alone", id(words), r.sentence, r.matters)) not in paper.known:
        low, one = paper.low, paper.sentences[r.sentence]
        paper.known[key] = any(
            (ALONE.search(low[one.body : m.start()]) and not low.startswith(CONDITIONS, m.start()))
            or ALONE_AFTER.match(low, m.end())
            for k in r.matters & set(words.specific())
            for m in words.matters[k].finditer(low, one.body, one.end)
        )
    alone: bool = paper.known[key]
    return alone


THESE_ONLY = later(
    r"\bonly\s+(?:the|an?|his|her|their|its|these|those|this|that|what|such|one|two|three|four)\s+(?!\w+\s+(?:of\s+)?(?:shift|day|week|month|morning|time|hours?|moment|event|case|manner|way|form|channel|liaison|unit|desk|sergeant|lieutenant|chief)\b)|\b(?:these|those|the\s+following)\s+(?:[\w-]+\s+){0,2}only\b"
)  # "may give them only the charge", "these things only": a closed list


ALL_THEY_GET = later(
    r"\b(?:is|are|'s)\s+all\s+(?:that\s+)?(?:[\w'-]+\s+){1,4}?(?:gets?|hears?|learns?|receives?|sees?|takes?|may\s+have|(?:is|are|will\s+be|may\s+be)\s+(?:told|given|sent|shown))\b"
)  # "that is all they get"


def _these_only(paper: Page, r: Rule, words: Vocabulary) -> bool:
    """Whether the rule lets the authority be told a closed list of things, none of which is the law's matter: it bans all else."""
    low, one, span = paper.low, paper.sentences[r.sentence], (r.norm.head[1], r.norm.span[1])
    if not words.all or r.matters or "authority" not in r.parties or r.norm.manner is Manner.APPROVAL:
        return False
    if any(p.search(low, *span) for _, p in words.near):
        return False
    if r.norm.modality is Modality.ONLY_IF:
        return r.norm.family in ("tell", "answer", "exchange") and bool(THESE_ONLY.search(low, *span))
    return r.norm.modality in LEAVE and bool(ALL_THEY_GET.search(low, one.body, one.end))


def weigh(
    asked: duty.Ask, paper: Page, found: Sequence[Rule], saved: Sequence[cure.Saving], words: Vocabulary
) -> list[Judged]:
    """What each rule that bears on the requirement comes to under the reading."""
    case = _Case(asked, paper, found, saved, words)
    out = [j for rule in found if (j := _one(case, rule))]
    if asked.bound and asked.bound.least:
        heard = {j.rule.sentence for j in out if j.rule}
        out += [j for rule in _terms(case, heard) if (j := _one(case, rule))]
    out = _within(case, out)
    if asked.told:
        near_it = [j for j in out if j.rule is None or j.timed or _about(case, j.rule.sentence)]
        out = near_it or _within(case, _worded(case))
    if asked.signs:
        out = _overruled(case, out, list(_signed(case, asked.signs)))
        out = [j for j in out if j.rule is None or bears(case.paper, j.rule.sentence, asked.signs)]
    if asked.modality == "unrestricted" and "citation" in asked.cured_by:
        own = {j.section for j in out}
        alone = [s for s in saved if s.kind == "citation" and s.names_law and not s.here & own]
        out += [Judged(V.COMPLIES, None, frozenset(), (s.span,), s.section, cured="citation") for s in alone]
    return out


@dataclass(frozen=True, slots=True)
class _Case:
    asked: duty.Ask
    paper: Page
    found: Sequence[Rule]
    saved: Sequence[cure.Saving]
    words: Vocabulary


def _one(case: _Case, rule: Rule) -> Judged | None:
    matters = duty.reached(case.asked, rule, case.words)
    if not matters:
        return _left_open(case, rule) or _limbs(case, rule)
    excepts = cure.exceptions(case.paper, rule, case.words)
    if case.asked.modality == "forbidden" and excepts.references and not _given_back(case, rule, matters, excepts):
        excepts = replace(excepts, kinds=excepts.kinds - {"other"})
    timed = _timed(case, rule)
    said = timed or duty.verdict(
        case.asked, rule, excepts, case.words, sufficient=not case.asked.beside or _sufficient(case, rule, excepts)
    )
    if said is V.SILENT or (said is V.COMPLIES and _of_another_class(case, rule, excepts)):
        return None
    judged = Judged(said, rule, matters, (rule.cite,), rule.section, timed=timed is not None)
    bans = rule.norm.modality in (Modality.FORBIDDEN, Modality.ONLY_IF)
    if case.asked.modality == "unrestricted" and bans and said in (V.CONFLICT, V.UNCLEAR):
        return _cured(case, rule, matters, excepts) or replace(judged, failed=_failed(case, rule, excepts))
    return judged


GATE = 1.0  # how near a sentence must come to a wording of the requirement for its rule to be one about it
SHORT = 9  # words under which a sentence shares too little with anything to be told apart
SPEAKS = 1.6  # how near it must come to be about it where no act or word of the pack says so


def _nearness(case: _Case, n: int) -> float:
    told = case.asked.told
    return near(case.paper, n, case.words, told).get(case.asked.requirement.id, 0.0) if told else 0.0


def _nearest(case: _Case, n: int) -> str:
    """The wording of the requirement that sentence `n` comes nearest to."""
    told, one = case.asked.told, case.paper.sentences[n]
    return nearest(case.paper.low, (one.body, one.end), case.words, (told, case.asked.requirement.id)) if told else ""


SIGNED = {  # the law's modality and what a sign comes to: the rule that the document makes
    ("obliged", V.COMPLIES): Modality.OBLIGED,
    ("obliged", V.CONFLICT): Modality.FORBIDDEN,
    ("forbidden", V.COMPLIES): Modality.FORBIDDEN,
    ("forbidden", V.CONFLICT): Modality.PERMITTED,
    ("permitted", V.COMPLIES): Modality.PERMITTED,
    ("permitted", V.CONFLICT): Modality.FORBIDDEN,
    ("unrestricted", V.COMPLIES): Modality.PERMITTED,
    ("unrestricted", V.CONFLICT): Modality.FORBIDDEN,
}


WORDY = 8  # characters of a sign that tells more than a word


def _overruled(case: _Case, heard: list[Judged], signed: list[tuple[Judged, Shown]]) -> list[Judged]:
    """What was heard and what the signs come to: sure signs alone, else long ones before rules.

    A sign of several words, or of keeping, goes before a rule of its own sentence; not where the law sets a period or asks for several steps, which a rule alone is set against.
    """
    sure = [j for j, one in signed if one.sure]
    if sure:
        return sure
    if not heard or case.asked.bound or case.asked.beside:
        return heard or [j for j, _ in signed]
    telling = [
        (j, one) for j, one in signed if not one.weak and (j.verdict is V.COMPLIES or one.end - one.start >= WORDY)
    ]
    own = {one.sentence for _, one in telling}
    return [j for j, _ in telling] + [j for j in heard if j.timed or j.rule is None or j.rule.sentence not in own]


def _signed(case: _Case, of: Signs) -> Iterator[tuple[Judged, Shown]]:
    """What the requirement's signs come to in the sentences that are law."""
    for one in shown(case.paper, of):
        if (
            one.sentence not in _dead(case.paper)
            and not _recites(case.paper, one.sentence)
            and not aside(case.paper, one.sentence, of)
        ):
            yield _by_sign(case, one), one


def _within(case: _Case, found: Iterable[Judged]) -> list[Judged]:
    """Those of `found` that do not stand in a sentence on something else, or on what comes of a breach."""
    of = case.asked.signs
    if of:
        found = [j for j in found if j.rule is None or not penalty(case.paper, j.rule.sentence)]
    if not of or not of.asides:
        return list(found)
    return [j for j in found if j.rule is None or not aside(case.paper, j.rule.sentence, of)]


def _no_rule(paper: Page, n: int) -> bool:
    """Whether sentence `n` asks, recites or defines."""
    one = paper.sentences[n]
    return paper.low.endswith("?", one.start, one.end) or _recites(paper, n)


def _recites(paper: Page, n: int) -> bool:
    """Whether sentence `n` recites or defines."""
    found = _acts_in(paper, n)
    return bool(found) and all(e.modality in (Modality.RECITED, Modality.DEFINED) for e in found)


def _by_sign(case: _Case, one: Shown) -> Judged:
    """A sign as a rule of the document's, the whole sentence being its words."""
    here, n = case.paper.sentences[one.sentence], one.sentence
    soft = one.verdict is V.UNCLEAR
    modality = SIGNED[case.asked.modality, V.COMPLIES if soft else one.verdict]
    each = Norm(
        modality,
        "",
        "",
        (here.body, here.end),
        (one.start, one.end),
        object=(here.body, here.end),
        manner=Manner.SOFT if soft else Manner.PLAIN,
    )
    rule = _whole(case, n, each)
    return Judged(one.verdict, rule, case.asked.reach, (rule.cite,), rule.section)


def _about(case: _Case, n: int) -> bool:
    """Whether a sentence in which a rule was heard is about the requirement: near to a wording, or too short to tell."""
    one = case.paper.sentences[n]
    return case.paper.low.count(" ", one.body, one.end) < SHORT or _nearness(case, n) >= GATE


def _worded(case: _Case) -> Iterator[Judged]:
    """What the sentences come to that are near to a wording and do one of the acts that keep or break it."""
    told, low = case.asked.told, case.paper.low
    if told is None:
        return
    does = told.does[case.asked.requirement.id]
    for n, one in enumerate(case.paper.sentences):
        passed = n in case.paper.titles or n in _dead(case.paper)
        if passed or _nearness(case, n) < SPEAKS or _no_rule(case.paper, n):
            continue
        for each in _acts_in(case.paper, n):
            known = each.modality in LEAVE | {Modality.FORBIDDEN, Modality.ONLY_IF, Modality.RELEASED}
            described = DESCRIBED.search(low[max(one.start, each.head[0] - 40) : each.head[0]])
            if known and not described and each.family in does and (rule := _taken(case, n, each, does[each.family])):
                judged = _one(case, rule)
                if judged:
                    yield judged


LONGEST = 4000  # characters of a sentence that is read for the acts of the wordings


def _acts_in(paper: Page, n: int) -> tuple[Norm, ...]:
    """The norms of sentence `n` with acts of general English, read once for all requirements; none of an endless one."""
    key = ("acts", n)
    if key not in paper.known:
        one = paper.sentences[n]
        long = one.end - one.body > LONGEST
        paper.known[key] = () if long else sentence(paper.low, one.body, one.end, words=acts.words())
    found: tuple[Norm, ...] = paper.known[key]
    return found


def _taken(case: _Case, n: int, each: Norm, keeps: int) -> Rule | None:
    """The norm as a rule about the requirement's act; of an act that breaks a duty, or keeps a ban, as its opposite."""
    act = -1 if case.asked.modality == "forbidden" else 1
    modality = each.modality if keeps == act else FLIPPED.get(each.modality, each.modality)
    if modality is Modality.RELEASED and case.asked.modality == "forbidden":
        return None
    return _whole(case, n, replace(each, modality=modality))


def _whole(case: _Case, n: int, each: Norm) -> Rule:
    """A norm of sentence `n` as a rule about all that the requirement is about; the whole sentence is its words."""
    one = case.paper.sentences[n]
    return Rule(
        each,
        n,
        case.paper.labels[n],
        case.paper.homes[n],
        case.asked.reach,
        frozenset(),
        case.asked.acts,
        note="mv",
        cite=(one.body, one.end),
        said=_nearest(case, n),
    )


def _of_another_class(case: _Case, rule: Rule, excepts: cure.Exceptions) -> bool:
    """Whether a flat ban is for a class that the law names apart, and so for that class alone."""
    if rule.norm.modality is not Modality.FORBIDDEN or excepts.kinds & case.asked.own:
        return False
    return bool(rule.matters & case.asked.apart) and not EVERY.search(case.paper.low, *rule.norm.span)


EVERY = later(
    r"\b(?:no|any|every|all|each)\s+(?:\w+\s+){0,2}?(?:records?|documents?|files?|papers?)\b|\bnothing\b|\banything\b|\beverything\b"
)
ENOUGH = later(
    r"\bwithout\s+(?:further|any|the|asking|anyone|a|more|prior|being|council|waiting|going|leave)\b|\bno\s+(?:other|further|more|one\s+else|approval|sign|permission|need|paper|form)|\b(?:need|needs)\s+(?:not|no)\b|\bneedn't\b|"
    r"\b(?:is|are)\s+(?:enough|sufficient|all\s+(?:it|that)\b)|\bsuffic(?:es?|ient)\b|\bat\s+(?:his|her|their|your|its|the\s+\w+'s)\s+(?:own\s+)?discretion\b|\b(?:as|when|whenever|what(?:ever)?|which|that)\s+(?:the\s+)?[\w\s]{1,30}\b(?:sees?\s+fit|thinks?\s+(?:fit|best)|deems?|decides?|chooses?|judges?|considers?|wants?|likes?)\b|"
    r"\bon\s+(?:his|her|their|your|the\s+[\w']+(?:\s+\w+)?'?s?)\s+(?:own\s+)?(?:authority|say-so|word|signature|order|approval|initials?)\b|\b(?:your|his|her|their)\s+(?:own\s+)?(?:call|decision|choice|judg?ment)\b|\bstraight\s+(?:to|into)\b"
)


def _sufficient(case: _Case, rule: Rule, excepts: cure.Exceptions) -> bool:
    """Whether the rule's words name who decides, give another ground as enough, or say that no more is needed."""
    one = case.paper.sentences[rule.sentence]
    if excepts.kinds & {"approval"} or excepts.kinds & case.asked.steps:
        return True
    if ENOUGH.search(case.paper.low, one.body, one.end):
        return True
    return approval(case.paper.low, one.body, one.end)


def _timed(case: _Case, rule: Rule) -> Verdict | None:
    """What the period that the rule names comes to under the law's own; None where either names none."""
    limit, spoken = case.asked.bound, rule.norm.modality not in (Modality.ASKED, Modality.ONLY_IF)
    if limit is None or not spoken or rule.norm.manner is Manner.SOFT:
        return None
    said = _said_period(case.paper, rule, limit)
    if said is None or (not limit.least and rule.norm.modality is not Modality.OBLIGED):
        return None
    return V.COMPLIES if limit.kept(said) else V.CONFLICT


def _said_period(paper: Page, rule: Rule, limit: periods.Bound) -> float | None:
    """The period of a rule in days: the first after its verb, else the one in its clause or sentence."""
    one = paper.sentences[rule.sentence]
    for start, end in ((rule.norm.head[1], rule.norm.span[1]), rule.norm.span, (one.body, one.end)):
        found = [p.days for p in periods.periods(paper.low, start, end) if not (p.now and limit.least)]
        if found:
            return found[0]
    return None


RETAINING = later(
    r"\b(?:retention|retain\w*|kept|keeps?|keeping|stor(?:e|ed|age)|hold|held|stays?|remains?|destroy\w*|destruction|delet\w+|eras\w+|purg\w+|wip(?:e|ed|es)|dispos\w+|shred\w*|gone|overwrit\w+|rolls?\s+off|drops?\s+off|ages?\s+(?:out|off)|expires?)\b|\||:|→|->|="
)


def _terms(case: _Case, heard: set[int]) -> Iterator[Rule]:
    """The terms of keeping that sentences and table rows set without a rule that was heard: "Detentions | 2 years"."""
    forms = case.words.lexicon.forms.get("retain") or case.words.lexicon.forms.get("keep") or ()
    signs = {family: sign for family, sign, _, _ in forms}
    acts = {a.name: f for a in case.words.acts for f in a.families if f in signs and a.name in case.asked.acts}
    sign = next((signs[f] for f in acts.values()), 0)
    for n, one in enumerate(case.paper.sentences) if sign else ():
        if (
            n in heard
            or n in case.paper.titles
            or n in _dead(case.paper)
            or case.paper.low.endswith("?", one.start, one.end)
        ):
            continue
        for start, end in case.paper.rows(one):
            matters = matters_in(case.paper.low, start, end, case.words)
            named = any(not p.now for p in periods.periods(case.paper.low, start, end))
            if not (named and matters & case.asked.reach and RETAINING.search(case.paper.low, start, end)):
                continue
            force = Modality.OBLIGED if sign > 0 else Modality.FORBIDDEN
            each = Norm(force, "keep", "", (start, end), (start, start), object=(start, end))
            yield Rule(
                each,
                n,
                case.paper.labels[n],
                case.paper.homes[n],
                matters,
                frozenset(),
                frozenset(acts),
                cite=(start, end),
            )


def _given_back(case: _Case, rule: Rule, matters: frozenset[str], excepts: cure.Exceptions) -> bool:
    """Whether a section that the ban excepts lets any of `matters` be done, or isn't in the text."""
    for number in excepts.references:
        there = [r for r in case.found if cure.stands_in(r.label, number) and r.sentence != rule.sentence]
        if not any(cure.stands_in(label, number) for label in case.paper.labels):
            return True
        if any(r.norm.modality in LEAVE and r.acts & rule.acts and r.matters & matters for r in there):
            return True
    return False


def _left_open(case: _Case, rule: Rule) -> Judged | None:
    """A ban on all but what the reading reaches leaves that open: "no information other than status"."""
    open_ = rule.excluded & case.asked.reach
    own = duty.reached(case.asked, replace(rule, excluded=frozenset()), case.words)
    if case.asked.modality == "unrestricted" and rule.norm.modality is Modality.FORBIDDEN and open_ and own:
        return Judged(V.COMPLIES, rule, frozenset(open_), (rule.cite,), rule.section)
    return None


def _limbs(case: _Case, rule: Rule) -> Judged | None:
    if rule.limbs and rule.acts & case.asked.acts and case.asked.modality == "unrestricted":
        return Judged(V.UNCLEAR, rule, rule.matters, (rule.cite,), rule.section)
    return None


def _cured(case: _Case, rule: Rule, matters: frozenset[str], excepts: cure.Exceptions) -> Judged | None:
    """The finding where an exception, a cross-reference, a savings clause or a later leave takes the ban back."""
    if "self-limit" in excepts.kinds and "self-limit" in case.asked.cured_by:
        span = cure.limiting(case.paper, rule) or rule.cite
        return Judged(V.COMPLIES, rule, matters, (span,), rule.section, cured="self-limit")
    for number in excepts.references:
        judged = _followed(case, rule, matters, number)
        if judged:
            return judged
    for s in case.saved:
        kind = _taken_back(case.asked, s, rule, matters)
        if kind:
            return Judged(V.COMPLIES, rule, matters, (s.span,), rule.section, cured=kind)
    for r in case.found:
        if (
            r.sentence > rule.sentence
            and r.norm.modality is Modality.PERMITTED
            and r.acts & rule.acts
            and not matters - r.matters
            and _turns(case.paper, r)
        ):
            return Judged(V.COMPLIES, rule, matters, (r.cite,), rule.section, cured="leave")
    return None


def _turns(paper: Page, r: Rule) -> bool:
    one = paper.sentences[r.sentence]
    return bool(cure.HOWEVER.match(paper.low, one.start, one.end))


def _followed(case: _Case, rule: Rule, matters: frozenset[str], number: str) -> Judged | None:
    """An exception by cross-reference: the section it names, where the document has it."""
    there = [r for r in case.found if cure.stands_in(r.label, number) and r.sentence != rule.sentence]
    lets = [r for r in there if r.norm.modality in LEAVE and r.acts & rule.acts]
    if lets and not matters - frozenset().union(*(r.matters for r in lets)):
        return Judged(V.COMPLIES, rule, matters, (lets[0].cite,), rule.section, cured="reference")
    known = any(cure.stands_in(label, number) for label in case.paper.labels)
    if not known and not case.asked.named_only:
        return Judged(V.UNCLEAR, rule, matters, (rule.cite,), rule.section, failed="reference")
    return None


def _taken_back(asked: duty.Ask, s: cure.Saving, rule: Rule, matters: frozenset[str]) -> str:
    if s.kind not in asked.cured_by or not cure.covers(s, rule):
        return ""
    if s.kind == "words" and s.acts and rule.acts & asked.acts - s.acts:
        return ""
    if s.kind == "words" and (s.narrow or asked.named_only) and matters - s.matters:
        return ""
    return s.kind


def lifted(asked: duty.Ask, paper: Page, saved: Sequence[cure.Saving], n: int) -> Span | None:
    """The savings clause that would take back a ban in section `n` of which is known only that it breaks the requirement.

    It must reach all that the reading does, whatever the ban is about.
    """
    if asked.modality != "unrestricted" or not saved:
        return None
    first = bisect_left(paper.homes, n)  # of the section's sentences
    if first == len(paper.homes):
        return None
    ban = Norm(Modality.FORBIDDEN, "", "", (0, 0), (0, 0))
    any_ = Rule(ban, first, paper.labels[first], n, asked.reach, frozenset(), asked.acts)
    return next((s.span for s in saved if s.section != n and _taken_back(asked, s, any_, asked.reach)), None)


def _failed(case: _Case, rule: Rule, excepts: cure.Exceptions) -> str:
    """Why what looks like a cure is none here."""
    for kind in ("required", "judicial", "self-limit"):
        if kind in excepts.kinds:
            return kind
    if not case.saved:
        return "none"
    return "savings" if any(cure.covers(s, rule) for s in case.saved) else "elsewhere"
