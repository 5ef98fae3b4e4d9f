"""A requirement's signs in; the sentences that show one, and what each comes to by its negation and force, out.

A pack may list, for each requirement, phrases that keep it (`keeps`) and phrases that break it (`breaks`). A sign is one
word list, or several joined by "&" that stand in the same sentence, or the one before, in any order ("!" before one: it stands not there). The first is the
one whose force counts: "wait for the board" breaks what "do not wait for the board" keeps. "=" before a sign takes it as
it stands; under a negation it says nothing. "+" before a sign makes it a sure one, which goes before any rule heard.
"%" before a sign takes it as it stands, negation or not ("never erased before" and "erased after" set one period).
"@" before a part makes it a period that is set against a bound, "~" one that stands in the clause of the first ("!~": not there).
"^" before a sign makes it a condition, which no "not" takes away but "need not", "without" and the like. "-" before one: it counts only
where no other shows. "?" before one: a question that shows it is heard as it stands; other questions are heard by the yes or no that follows them.
"&&" in place of "&": the words may stand a few sentences off.
`asides` are signs of sentences that speak of something else, and say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from showcause.assess.page import Page
from showcause.core import Law, Requirement, Verdict
from showcause.norm import english
from showcause.norm.english import APPROVAL, APPROVER
from showcause.norm.period import PERIOD, Bound, Measured, bound, measured
from showcause.norm.signwords import marks, parts
from showcause.norm.wordlist import pattern
from showcause.text import later

V = Verdict
Span = tuple[int, int]
Part = re.Pattern[str] | Measured
NEGATIONS = (  # each kind turns what stands under it once, however often it is said: "neither ... nor", "no ... forbids"
    re.compile(
        r"\b(?:not|never|no(?!\.|,|\s+(?:matter|doubt|later|longer\s+than|less|fewer|more\s+than))|nobody|none|nor|neither|cannot|nothing|no-one|nowhere|\w+n't|hardly|stop|cease|instead\s+of|rather\s+than|free\s+of)\b"
    ),
    re.compile(
        r"\b(?:refrain\w*\s+from|avoid\w*|forbid\w*|forbidden|prohibit\w*|ban(?:s|ned|ning)?\b|bars?|barred|prevent\w*|preclud\w+|refus\w*\s+to|declin\w*\s+to|fail\w*\s+to|omit\w*\s+to|neglect\w*\s+to|unlawful|illegal|wrong\s+to|misconduct|excused\s+from|protect\w*\s+(?:from|against)|safe\s+from|unable\s+to|exempt\s+from|abstain\w*\s+from|keeps?\s+from|without|(?:tak|throw|leav|cut|weed|kick)(?:e|es|ing|n|s)?\s+(?:it\s+|them\s+)?out|takes?\s+down|left\s+out|strik(?:es?|ing)|struck|remov\w+|delet\w+|reject\w*|complaints?\s+that|offen[cs]e\s+to|wrong\s+for)\b"
    ),
)
BARRED = later(
    r"[^.;:]{0,140}?\b(?:is|are|be|shall\s+be|will\s+be)\s+(?:hereby\s+|strictly\s+|expressly\s+)?(?:forbidden|prohibited|barred|banned|unlawful|misconduct|not\s+(?:allowed|permitted|acceptable|tolerated|an?\s+(?:excuse|reason|ground|defense))|no\s+(?:excuse|reason|ground|defense)|against|a\s+(?:violation|breach)|out\s+of\s+the\s+question|off[\s-]limits|grounds\s+for)\b"
)
FREE = later(
    r"\b(?:may|might|can|could|encourag\w+|optional\w*|hopes?|aims?|tr(?:y|ies)|normally|usually|ordinarily|generally|should\s+consider|where\s+(?:practicable|possible|feasible)|if\s+possible|when\s+possible|ideally|prefer\w*|recommend\w*|at\s+(?:its|his|her|their|your)\s+(?:option|discretion))\b"
)
HARD = r"[.;:]|,\s+(?:and|but|so|then(?!\s+or))\b|\b(?:but|unless|except|save|other\s+than|apart\s+from|until|because|so\s+that|provided)\b"
BREAK = later(HARD + r"|\b(?:if|when|where|who|whom|whose|which|whether)\b")
STOP = later(HARD)
DOT = later(r"[.;:]\s")
NO_ONE = later(r"\b(?:no(?:\s+(?!matter|doubt|later|longer|less|fewer|more)\w+|-one)|nobody|none|neither|nothing)\b")
DOER = later(r"\b(?:who|whoever|whosoever|anyone|anybody|one\s+that|any\s+\w+\s+that)\b")
PUNISHED = later(
    r"[^.;]{0,160}?\b(?:commits?\s+(?:a|an)\b|(?:is|are|be)\s+(?:guilty|liable|struck\s+(?:off|from)|in\s+(?:breach|violation)|answerable|fined|let\s+go|removed\s+from)|subject\s+to\s+(?:discipline|removal|dismissal|penalt\w+|a\s+fine)|faces?\s+(?:discipline|removal|dismissal)|loses?\s+(?:his|her|the|their)\s+(?:license|licence|contract|job)|(?:will|shall)\s+(?:answer|hear\s+from|be\s+(?:dismissed|disciplined|fired|removed|fined))|misconduct|misdemeanor)\b"
)
NEEDLESS = later(
    r"\b(?:without|need(?:s|ed)?\s+(?:not?|never|neither)|needn't|no\s+need|(?:not|n't)\s+(?:have|need|required|obliged|bound|expected)\s+to|no(?=\W+(?:\w+\W+){0,2}\Z)|nobody(?:'s|\s+needs?|\s+has\s+to)|regardless\s+of|instead\s+of|free\s+of|owes?\s+no|waive\w*|abolish\w*|not\s+(?:be\s+)?(?:subject|conditioned|dependent)|(?:don't|doesn't|do\s+not|does\s+not)\s+(?:have|need)\s+to|nor|not\s+even|(?:n't|not|never|nobody|no\s+one)\s+(?:collects?|asks?|seeks?|wants?|gets?|gathers?|requires?|needs?|demands?|insists?|calls?)(?!\s+(?:anyone|anybody)\b))\b"
)
NEEDED_NOT = later(
    r"[^.;:]{0,80}?\b(?:(?:is|are|shall\s+be|will\s+be)\s+(?:not|no\s+longer|never)\s+(?:be\s+)?(?:required|needed|necessary|asked\s+for|wanted)|(?:isn't|aren't|won't\s+be)\s+(?:required|needed|necessary)|(?:is|are)\s+(?:unnecessary|optional|abolished))\b"
)
PERIOD_ALONE = re.sub(r"\(\?P<\w+>", "(?:", PERIOD.pattern)
CLAUSE = later(r"[;\n]|,\s+(?:and|but|so|then)\b|\bbut\b")
CONDITION = later(
    r"\b(?:(?P<strict>(?:but|and)\s+only|(?<!not\s)only\s+(?:if|when|where|after|once|upon|with|by)|unless|except\s+(?:that|when|where|if|with))|provided(?:\s+that)?|(?:so|as)\s+long\s+as|on\s+condition|until|till|(?<!at )once|after|subject\s+to|if|when|where|whenever|as(?=\s+(?:time|staff|resources|the\s+budget|workload)))\b(?P<what>[^.;]{0,90})"
)
OWN = later(
    r"\b(?:law|laws|statut\w+|act|section|sections|code|exempt\w*|courts?|judge|litigation|longer|more|sooner|earlier)\b|§"
)
FOREIGN = later(
    r"\b(?:paid|pays?|payment|fees?|deposit|convenien\w+|(?:time|staff\w*|budget|funds|funding|resources|workload|space|storage)\s+(?:allows?|permits?|is\s+available|are\s+available|is\s+short|runs?\s+(?:out|short|low))|short[\s-](?:handed|staffed)|resources|staffing|workload|busy|sees?\s+fit|thinks?\s+(?:fit|best|it)|chooses?|likes?|wish(?:es)?|decides?\s+otherwise|directs?\s+otherwise|says?\s+otherwise|deems?|in\s+the\s+mood|objects?)\b"
)
SENTENCE = later(r"[.;]\s|\n\n|\Z")
REACH = 200  # characters before a sign in which its negation and force are looked for
NEAR = 4  # sentences off in which the words after "&&" may stand


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, compiled: the words whose force counts, the others that must stand there, those that must not.

    `close` are those of the others that must stand in the clause of the first and `apart` those that must not, `wide`
    those that must stand near, and `nowhere` those that must not.
    """

    key: Part
    beside: tuple[Part, ...]
    without: tuple[Part, ...]
    keeps: bool
    marks: str
    close: tuple[Part, ...] = ()
    wide: tuple[Part, ...] = ()
    nowhere: tuple[Part, ...] = ()
    apart: tuple[Part, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it goes before any rule heard."""
        return "+" in self.marks


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one requirement, and one expression that any of them needs; those of sentences on something else.

    `lets` tells whether leave alone keeps the requirement, `steps` whether the law itself names conditions of what it
    bans; one of `about`, if any, must stand around what was heard.
    """

    each: tuple[Sign, ...]
    any: re.Pattern[str]
    asides: tuple[Sign, ...] = ()
    lets: bool = False
    about: tuple[Sign, ...] = ()
    steps: bool = False

    @property
    def sure(self) -> bool:
        """Whether any of them is sure."""
        return any(s.sure for s in self.each)


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign in a sentence: the sentence's number, where the sign stands, what it comes to, and whether it is sure, or weak."""

    sentence: int
    start: int
    end: int
    verdict: Verdict
    sure: bool = False
    weak: bool = False


def compiled(sign: str, own: Mapping[str, str], *, keeps: bool, limit: Bound | None = None) -> Sign:
    """One sign of a pack, ready, `limit` being the law's own bound; raises re.error and KeyError."""
    key, *rest = parts(sign, own)

    def those(mark: str) -> tuple[Part, ...]:
        return tuple(part(p[len(mark) :].strip(), limit) for p in rest if p[: len(p) - len(p.lstrip("&!~"))] == mark)

    return Sign(
        part(key, limit),
        beside=those(""),
        without=those("!"),
        keeps=keeps,
        marks=marks(sign),
        close=those("~"),
        wide=those("&"),
        nowhere=those("&!"),
        apart=those("!~"),
    )


def part(words: str, limit: Bound | None) -> Part:
    """One part of a sign: a word list, or after "@" a period set against a bound."""
    return measured(words, limit) if words.startswith("@") else pattern([words])


def signs(law: Law, one: Requirement) -> Signs | None:
    """The signs of the requirement `one` of `law`, made once; None where it has none."""
    key = (law.digest, one.id)
    if key not in _known:
        _known[key] = _made(law, one)
    return _known[key]


_known: dict[tuple[str, str], Signs | None] = {}


def _made(law: Law, one: Requirement) -> Signs | None:
    own: Mapping[str, str] = law.rules.get("words", {})
    listed = [(s, keeps) for name, keeps in (("keeps", True), ("breaks", False)) for s in one.rules.get(name, ())]
    asides = one.rules.get("asides", ())
    if not listed and not asides:
        return None
    limit = bound(one.text)
    keys = [parts(s, own)[0] for s, _ in listed]
    anyone = pattern(f"/{PERIOD_ALONE}/" if k.startswith("@") else k for k in keys)
    return Signs(
        tuple(compiled(s, own, keeps=keeps, limit=limit) for s, keeps in listed),
        anyone,
        tuple(compiled(s, own, keeps=True, limit=limit) for s in asides),
        lets=one.rules.get("modality") in ("permitted", "unrestricted"),
        about=tuple(compiled(s, own, keeps=True, limit=limit) for s in one.rules.get("about", ())),
        steps=_steps(law, one),
    )


AROUND = 600  # characters on either side of a sentence, in its section, that tell what it is about


def bears(paper: Page, n: int, of: Signs) -> bool:
    """Whether the words around sentence `n` are about the requirement, by its `about`; all are where it has none."""
    if not of.about:
        return True
    one = paper.sentences[n]
    start, end = _nearby(paper, n)
    return any(
        _found(s.key, paper.low, start, end)
        and all(_found(p, paper.low, start, end) for p in s.beside)
        and not any(_found(p, paper.low, one.body, one.end) for p in s.without)
        for s in of.about
    )


def _nearby(paper: Page, n: int) -> Span:
    """The stretch of the section of sentence `n` that tells what it is about."""
    here, first, last = paper.sentences[n], n, n
    while first and paper.homes[first - 1] == paper.homes[n] and here.body - paper.sentences[first - 1].body < AROUND:
        first -= 1
    ends = len(paper.sentences) - 1
    while last < ends and paper.homes[last + 1] == paper.homes[n] and paper.sentences[last + 1].end - here.end < AROUND:
        last += 1
    return paper.sentences[first].body, paper.sentences[last].end


ANSWER = later(
    r"(?:(?:a|answer|reply)\s*[.:)-]+\s*)?[\"'(]*(?:(?P<no>no|never|not|nope|certainly\s+not|absolutely\s+not|by\s+no\s+means|nobody)|(?P<yes>yes|always|certainly|of\s+course|absolutely|it\s+does|you\s+(?:do|must|may|can)|we\s+do|they\s+(?:do|may|must|can)))\b"
)


def answered(paper: Page, n: int) -> bool | None:
    """Whether the question that sentence `n` asks is answered with yes; None where it isn't answered at once."""
    if n + 1 >= len(paper.sentences):
        return None
    after = paper.sentences[n + 1]
    said = ANSWER.match(paper.low, after.body, after.end)
    return bool(said["yes"]) if said else None


def _steps(law: Law, one: Requirement) -> bool:
    """Whether the law bans the act in several requirements, each with exceptions: the steps that let it be done."""
    same = [r for r in law.requirements if r.rules.get("acts") == one.rules.get("acts")]
    return len(same) > 1 and all(r.rules.get("own_exceptions") for r in same)


def shown(paper: Page, of: Signs) -> Iterator[Shown]:
    """For each sentence of `paper` that shows a sign, the longest of them, with what it comes to.

    In a question it comes to what the answer makes of it, and to nothing where there is none.
    """
    found = [s for n in range(len(paper.sentences)) for s in _shown_in(paper, n, of)]
    strong = [s for s in found if not s.weak]
    kept: dict[int, Shown] = {}
    for s in strong or found:
        best = kept.get(s.sentence)
        kept[s.sentence] = max((best, s), key=_weight) if best else s
    yield from kept.values()


def _weight(s: Shown) -> tuple[bool, int, bool]:
    return s.sure, s.end - s.start, s.verdict is V.CONFLICT


def _shown_in(paper: Page, n: int, of: Signs) -> Iterator[Shown]:
    one = paper.sentences[n]
    if n in paper.titles or not of.any.search(paper.low, one.body, one.end) or penalty(paper, n):
        return
    said_yes = answered(paper, n) if paper.low.endswith("?", one.start, one.end) else True
    for sign in of.each:
        heard = said_yes is not None or "?" in sign.marks
        found = _stands(paper, n, sign) if heard else None
        said = _comes_to(paper.low, one.body, found, sign, of, denied=said_yes is False) if found else None
        if found and said:
            yield Shown(n, *found, said, sign.sure, "-" in sign.marks)


def penalty(paper: Page, n: int) -> bool:
    """Whether sentence `n` only says what comes of breaking the rules before it."""
    one = paper.sentences[n]
    return bool(english.PENALTY.match(paper.low, one.body, one.end))


def aside(paper: Page, n: int, of: Signs) -> bool:
    """Whether sentence `n` shows that it speaks of something else than the requirement."""
    return any(_stands(paper, n, sign) for sign in of.asides)


def _stands(paper: Page, n: int, sign: Sign) -> Span | None:
    """Where the sign's key stands in sentence `n`, if all that it needs stands there too, or in the one before."""
    one = paper.sentences[n]
    found = _found(sign.key, paper.low, one.body, one.end)
    if found and (opening := english.OVERRIDING.match(paper.low, one.body, one.end)) and found[0] < opening.end():
        found = _found(sign.key, paper.low, opening.end(), one.end)
    if not found or any(_found(p, paper.low, one.body, one.end) for p in sign.without):
        return None
    if sign.wide or sign.nowhere:
        there = _near(paper, n)
        if any(_found(p, paper.low, *there) for p in sign.nowhere) or not all(
            _found(p, paper.low, *there) for p in sign.wide
        ):
            return None
    start = paper.sentences[n - 1].body if n and paper.homes[n - 1] == paper.homes[n] else one.body
    end = one.body if english.NO_EXCEPTION.match(paper.low, one.body, one.end) else one.end
    if not all(_found(p, paper.low, start, end) for p in sign.beside):
        return None
    while found and not _fits(paper.low, (one.body, one.end), found, sign):
        found = _found(sign.key, paper.low, found[1], one.end)
    return found


def _fits(low: str, one: Span, found: Span, sign: Sign) -> bool:
    """Whether the clause in which the key stands holds all that must stand close to it, and nothing that must not."""
    if not (sign.close or sign.apart):
        return True
    around = _around(low, one, found)
    return all(_found(p, low, *around) for p in sign.close) and not any(_found(p, low, *around) for p in sign.apart)


def _near(paper: Page, n: int) -> Span:
    """The text from a few sentences before sentence `n` to a few after it."""
    first, last = max(0, n - NEAR), min(len(paper.sentences) - 1, n + NEAR)
    return paper.sentences[first].start, paper.sentences[last].end


def _around(low: str, one: Span, found: Span) -> Span:
    """The clause of the sentence `one` in which `found` stands."""
    starts = [m.end() for m in CLAUSE.finditer(low, one[0], found[0])]
    after = CLAUSE.search(low, found[1], one[1])
    return (starts[-1] if starts else one[0], after.start() if after else one[1])


def _found(one: Part, low: str, start: int, end: int) -> Span | None:
    """Where a part stands first between `start` and `end`."""
    if isinstance(one, Measured):
        return one.find(low, start, end)
    there = one.search(low, start, end)
    return there.span() if there else None


def _comes_to(low: str, start: int, found: Span, sign: Sign, of: Signs, *, denied: bool) -> Verdict | None:
    """A sign under a negation comes to its contrary, a fixed one to nothing; what keeps by leave alone is unclear."""
    if "%" in sign.marks:
        return V.COMPLIES if sign.keeps and not _conditional(low, found[1]) else V.CONFLICT
    before = low[max(start, found[0] - REACH) : found[0]]
    if FORCE_NEXT.match(low, found[0]):
        before = OF_A_THING.sub("", before)
    if "^" in sign.marks:
        lifted = _lifted(before) or bool(NEEDED_NOT.match(low, found[1]))
        lifted = lifted and (of.steps or not _conditional(low, found[1]))
        return V.COMPLIES if sign.keeps is (lifted == denied) else V.CONFLICT
    turned = _turned(before) != denied
    if "=" in sign.marks:
        said = V.COMPLIES if sign.keeps else V.CONFLICT
        return None if turned else V.CONFLICT if sign.keeps and not of.steps and _conditional(low, found[1]) else said
    turned = turned != (bool(BARRED.match(low, found[1])) or _punished(low, before, found[1]))
    if sign.keeps is turned:
        return V.CONFLICT
    here = _clause(before, BREAK)
    if sign.keeps and not of.lets and (FREE.search(here) or english.SOFT.search(here)):
        return V.UNCLEAR
    return V.CONFLICT if not of.steps and _conditional(low, found[1]) else V.COMPLIES


def _conditional(low: str, end: int) -> bool:
    """Whether what was kept up to `end` is kept only on a condition that is no law's: "unless the chief objects"."""
    stop = SENTENCE.search(low, end)
    for m in CONDITION.finditer(low, end, stop.start() if stop else len(low)):
        what = m["what"]
        if OWN.search(what):
            continue
        if m["strict"] or FOREIGN.search(what) or (APPROVER.search(what) and APPROVAL.search(what)):
            return True
    return False


FORCE_NEXT = later(r"(?:shall|must|may|will|is\s+to|are\s+to)\b")
OF_A_THING = later(
    r"\b(?:that|which|whom?)\s+(?:[\w']+\s+){0,4}?(?:(?:do|does|did|is|are|was|were|has|have)\s+not|\w+n't|never)\s+[\w']+\s+\Z"
)  # "data that it does not own shall": what is denied of the data is none of the duty's


def _turned(before: str) -> bool:
    """Whether what follows these words is denied: by one kind of negation, and not by two.

    "No one who ..." denies what comes after the clause that it opens, too.
    """
    here = _clause(before, BREAK)
    denied = [kind.search(here) for kind in NEGATIONS]
    no_one = denied[0] or NO_ONE.search(_clause(before, STOP))
    return bool(no_one) != bool(denied[1])


def _punished(low: str, before: str, end: int) -> bool:
    """Whether the sentence punishes the one who does what the sign says."""
    return bool(DOER.search(_clause(before, DOT)) and PUNISHED.match(low, end))


def _lifted(before: str) -> bool:
    """Whether these words take the condition away that follows them: "without", and not "no one ... without"."""
    here = _clause(before, STOP)
    m = NEEDLESS.search(_clause(before, BREAK))
    return m is not None and not NEGATIONS[0].search(here, 0, here.rfind(m[0]))


def _clause(before: str, ends: re.Pattern[str]) -> str:
    """The words of the same clause."""
    last = 0
    for m in ends.finditer(before):
        last = m.end()
    return before[last:]
