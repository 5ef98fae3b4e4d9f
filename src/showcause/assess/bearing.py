"""A document and a plain sentence in; how far each sentence of the document bears on it out, as scores in (0, 1]."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from showcause import text
from showcause.core import Heading
from showcause.norm.english import IRREGULAR, VERBS
from showcause.text import later

Span = tuple[int, int]
WORD = later(r"[a-z][a-z'\-]*[a-z]|\d+|[a-z]")
ITEM = later(
    r"(?:(?<=[;:,])|(?<=;\sand)|(?<=;\sor)|(?<=,\sand)|(?<=,\sor)|\n)\s*(?=\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s|\n|[-*•]\s)",
    re.IGNORECASE,
)
LINE = later(r"(?<=[:;])\s*\n\s*")
LITTLE = (
    "a an the of to in on at by for with from as and or nor but if it its is are was were be been being this that these those "
    "any all each every some such no not shall may must will can could would should might has have had do does did their his her "
    "they them he she we you your our i who which whom whose what when where there here than then so into upon under over out up "
    "one other same own also only even more most much many few both either neither very during after before within while until since between among through about against without toward towards case"
)  # words that say nothing of what a rule is about
STOP = frozenset(LITTLE.split())
WHOLE = {
    "information": "information",
    "party": "party",
    "parties": "party",
    "business": "business",
    "notice": "notic",
    "process": "process",
    "possession": "possession",
    "person": "person",
    "persons": "person",
    "copy": "copy",
    "copies": "copy",
}  # endings here are no endings
SUFFIXES = (
    "izations", "ization", "ifications", "ification", "ations", "ation", "ators", "ator", "ating", "ated", "ates", "ative", "ate",
    "itions", "ition", "ings", "ing", "edly", "ied", "ed", "ments", "ment", "ances", "ance", "ences", "ence", "ures", "ure",
    "ities", "ity", "ions", "ion", "ies", "ally", "al", "ers", "er", "ors", "or", "ees", "ee", "ly", "es", "s", "y", "e",
)  # fmt: skip
ACTS = """
keep retain retention preserve maintain hold store possess possession keeping save
destroy destruction delete deletion erase shred dispose disposal discard purge burn obliterate
return redeliver surrender restore hand-back
copy copies duplicate reproduce reproduction photocopy replicate replica
tell disclose disclosure reveal divulge share release furnish communicate communication provide disseminate transmit publish publicize supply
notify notification notice inform advise alert apprise warn
use utilize utilise employ exploit usage
create make prepare produce develop build generate devise
get acquire obtain receive receipt gain procure learn
give grant confer convey transfer bestow license licence
ask request inquire enquire demand query inquiry
charge bill fee fees cost costs price
pay payment reimburse compensate remit
refund repay reimbursement
let allow permit authorize authorise permission
forbid prohibit ban bar prohibition
stop end terminate termination cease expire expiration expiry conclude cancel completion
survive continue outlast persist remain surviving endure
begin start commence commencement initiate
hire recruit solicit solicitation entice engage induce
dismiss fire discharge lay-off
retaliate retaliation punish penalize penalise discipline reprisal
evict eviction eject oust
enter entry access admission
search inspect inspection examine examination audit
repair fix mend maintenance remedy
switch activate turn record film tape
disassemble decompile reverse-engineer reverse
answer respond response reply
mark marked label labelled legend stamp designate identify
include includes mean means comprise consist cover contain encompass embrace
encrypt encipher scramble encode
wear carry don
report submit file lodge
compel compelled require required order ordered oblige obliged
buy purchase procurement
"""  # verbs of rules in general, with their nouns, that say nearly the same: a group a line

THINGS = """
verbal oral orally verbally spoken
written writing paper document documentary
employee employees staff personnel worker workers workforce officer officers
consultant consultants advisor advisors adviser advisers counsel attorney attorneys accountant accountants agent agents contractor contractors subcontractor representative representatives
outsider third
tenant tenants renter renters lessee occupant
landlord landlords lessor
resident residents inhabitant citizen customer consumer
vendor vendors supplier bidder bidders contractor
bid bids offer offers tender tenders quotation proposal
court courts judge judicial tribunal subpoena
statute regulation regulations regulatory ordinance legal legally law laws
agency agencies department office bureau
recording recordings footage video camera cameras
deposit deposits escrow
breach breaches compromise intrusion
immediately promptly forthwith prompt
independently independent separately alone
secret confidential confidentially private nonpublic
similar like alike comparable
"""  # and the names of things, the same

OPPOSED = """
keep retain preserve maintain store possess | destroy delete erase shred dispose discard purge return redeliver
survive continue outlast persist remain | end terminate cease expire lapse
tell disclose reveal divulge share release provide | withhold conceal suppress
activate record film | deactivate disable mute
answer respond reply | ignore disregard
grant give | deny refuse revoke
repair fix mend remedy | neglect
hire recruit employ | dismiss discharge
encrypt encipher | decrypt
begin start commence | stop halt suspend
"""  # verbs that undo each other: a duty of one is a ban on the other


def undoing(verb: str) -> tuple[str, ...]:
    """The verbs that undo what `verb`, or one that says nearly the same, does."""
    like = near(verb)
    return tuple(dict.fromkeys(w for s in sorted(like) for w in opposites().get(s, ()) if stem(w) not in like))


@cache
def opposites() -> Mapping[str, tuple[str, ...]]:
    """Each stem with the verbs that undo what it does."""
    out: dict[str, tuple[str, ...]] = {}
    for line in OPPOSED.strip().splitlines():
        left, right = (tuple(side.split()) for side in line.split("|"))
        out.update({stem(w): right for w in left})
        out.update({stem(w): left for w in right})
    return out


@cache
def acts() -> frozenset[str]:
    """The verbs, and nouns of verbs, that stand in a group."""
    return frozenset(ACTS.split())


@cache
def alike(word: str) -> tuple[str, ...]:
    """The words, as written above, that say nearly the same as `word`; itself first."""
    lines = (line.split() for line in (ACTS + THINGS).split("\n") if line)
    return tuple(dict.fromkeys([word, *(w for line in lines if stem(word) in map(stem, line) for w in line)]))


@cache
def stem(word: str) -> str:
    """`word` in lower case without its endings: "disclosures" and "disclosing" are one."""
    word = _bases().get(word, word)
    if word in WHOLE or len(word) < 4:
        return WHOLE.get(word, word)
    for _ in range(2):
        for end in SUFFIXES:
            if (
                word.endswith(end)
                and len(word) - len(end) >= (3 if end in ("s", "es", "ing", "ed", "e") else 4)
                and not word.endswith("ss")
            ):
                word = word[: -len(end)]
                break
    return word


@cache
def _bases() -> Mapping[str, str]:
    """Irregular pasts and participles with their bases; not those that are words of their own."""
    own = {"left", "found", "saw", "hung", "fed", "felt", "bound"}
    return {form: base for base, forms in IRREGULAR.items() for form in forms.split() if form not in own}


@cache
def groups() -> Mapping[str, frozenset[str]]:
    """Each stem with the stems that say nearly the same."""
    out: dict[str, set[str]] = {}
    for line in filter(None, (ACTS + THINGS).split("\n")):
        stems = {stem(w) for w in line.split()}
        for one in stems:
            out.setdefault(one, set()).update(stems)
    return {one: frozenset(stems) for one, stems in out.items()}


@cache
def family(word: str) -> frozenset[str]:
    """The stems of the verbs in the norm parser's family of the verb `word`; empty where it has none."""
    for _, verbs in VERBS.values():
        if word in verbs.split():
            return frozenset(stem(v) for v in verbs.split() if "_" not in v)
    return frozenset()


def words(low: str) -> list[str]:
    """The words of the lower-cased text `low`, hyphens and possessives undone."""
    return [part for w in WORD.findall(low) for part in w.removesuffix("'s").replace("'", "").split("-") if part]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or one item of the list in a sentence; `whole` is the sentence, `lead` the words its list hangs on."""

    start: int
    end: int
    whole: Span
    lead: Span
    stems: Counter[str]
    above: frozenset[str]
    length: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document made ready for ranking: its lower-cased text, its units, how many of them have a stem, and its sections."""

    low: str
    units: tuple[Unit, ...]
    counts: Counter[str]
    mean: float
    sections: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4)
def sheet(standing: str, headings: tuple[Heading, ...] = ()) -> Sheet:
    """What stands of a text (`text.standing`, or its lines joined as well, `text.flowing`) made ready; spans are the text's own."""
    low = text.lowered(standing)
    found = []
    sections = text.sections(standing, headings)
    for section in sections:
        for one in text.sentences(standing, section.start, section.end):
            found += list(_units(low, one))
    found = _hung(low, found)
    counts: Counter[str] = Counter(s for u in found for s in u.stems)
    length = sum(u.length for u in found) / max(1, len(found))
    return Sheet(low, tuple(found), counts, length, tuple((s.start, s.end) for s in sections))


def _units(low: str, one: text.Sentence) -> Iterator[Unit]:
    cuts = sorted({one.start, *(m.end() for p in (ITEM, LINE) for m in p.finditer(low, one.start, one.end)), one.end})
    lead = (one.start, cuts[1])
    above: frozenset[str] = frozenset()
    for begin, stop in pairwise(cuts):
        start, end = text.trimmed(low, begin, stop)
        if start == end:
            continue
        stems = Counter(stem(w) for w in words(low[start:end]) if w not in STOP)
        yield Unit(start, end, (one.start, one.end), lead, stems, above, sum(stems.values()))
        above = above or frozenset(stems)


def _hung(low: str, found: Sequence[Unit]) -> list[Unit]:
    """Units with the words that their list hangs on, where sections or sentences part the items from them."""
    out: list[Unit] = []
    lead: Unit | None = None
    for unit in found:
        item = OPENS.match(low, unit.start, unit.end)
        if lead and item and unit.lead[0] == unit.whole[0] == unit.start:
            out.append(replace(unit, lead=(lead.start, lead.end), above=unit.above | frozenset(lead.stems)))
            continue
        if low[unit.start : unit.end].endswith((":", "—", "–", ": -", "that", "which")):
            lead = unit
        elif not item:
            lead = None
        out.append(unit)
    return out


OPENS = later(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)]?\s|[-*•]|(?:is|was|are|were|has|becomes?|to)\b")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the requirement: its stem, its near synonyms, what undoes it, and how much it weighs."""

    stem: str
    near: frozenset[str]
    weight: float
    far: frozenset[str] = frozenset()


def near(verb: str) -> frozenset[str]:
    """The stems that say what `verb` says: its group, or its family in the norm parser where it stands in no group."""
    return groups().get(stem(verb)) or family(verb) | {stem(verb)}


def terms(low: str, acts: frozenset[str], bearer: Span, undone: frozenset[str] = frozenset()) -> tuple[Term, ...]:
    """The words of the lower-cased requirement `low` that count; `acts` are the stems of its verbs.

    `bearer` is the span of its subject; `undone` are the stems of verbs that undo the act.
    """
    out: dict[str, Term] = {}
    for m in WORD.finditer(low):
        for w in words(m[0]):
            if w in STOP or stem(w) in out:
                continue
            weight = 1.6 if stem(w) in acts else 0.35 if bearer[0] <= m.start() < bearer[1] else 1.0
            own = stem(w) in acts
            like = near(w) if own else groups().get(stem(w), frozenset())
            out[stem(w)] = Term(stem(w), like, weight, undone if own else frozenset())
    return tuple(out.values())


def rank(paper: Sheet, wanted: Sequence[Term]) -> tuple[float, ...]:
    """A score in (0, 1] for each unit: the share of the requirement's weight that it meets, rare words weighing more.

    Okapi BM25's saturation and length norm (k1 0.9, b 0.3) over stems and near synonyms, as a share of the most that
    any sentence could have, so that scores of different documents compare.
    """
    weights = [t.weight * rarity(paper, t) for t in wanted]
    most = sum(weights) or 1.0
    return tuple(max(1e-6, min(1.0, _met(paper, unit, wanted, weights) / most)) for unit in paper.units)


def rarity(paper: Sheet, term: Term) -> float:
    """How much a word tells in this document: from 0.25 where it is everywhere to 1.25 where it is nowhere."""
    n = len(paper.units) + PRIOR
    seen = min(n, 1.0 + paper.counts[term.stem] + 0.5 * sum(paper.counts[s] for s in term.near - {term.stem}))
    return 0.25 + math.log(1 + (n - seen + 0.5) / (seen + 0.5)) / math.log(1 + n)


PRIOR = 20  # sentences of other documents that a short document is read among, each word in one of them


def _met(paper: Sheet, unit: Unit, wanted: Sequence[Term], weights: Sequence[float]) -> float:
    norm = 0.9 * (0.7 + 0.3 * unit.length / max(1.0, paper.mean))
    total = 0.0
    for term, weight in zip(wanted, weights, strict=True):
        tf = unit.stems[term.stem] + 0.7 * sum(unit.stems[s] for s in term.near if s != term.stem)
        tf += 0.3 * sum(unit.stems[s] for s in term.far)
        if not tf and (term.stem in unit.above or term.near & unit.above):
            tf = 0.3
        total += weight * tf * 1.9 / (tf + norm) / 1.9 if tf else 0.0
    return total
