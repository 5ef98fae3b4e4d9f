"""A plain requirement and one sentence of a document in; whether the sentence meets or breaks the requirement out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from showcause import norm, text
from showcause.assess import bearing
from showcause.assess.bearing import Sheet, Term, Unit, stem
from showcause.assess.duty import TABLE
from showcause.core import Verdict
from showcause.norm import Lexicon, Manner, Modality, Norm
from showcause.norm.english import EXCEPT, verb_forms
from showcause.text import later

Span = tuple[int, int]
V, M = Verdict, Modality
MODAL = later(
    r"\b(?P<modal>shall|must|may|will|can|cannot|should|(?:is|are)\s+(?:required|obliged|permitted|allowed|entitled|forbidden|prohibited|to)|(?:has|have)\s+to|ought\s+to)\b"
    r"(?P<not>\s+(?:not|never))?(?P<only>\s+only|\s+solely)?(?:\s+(?:to|from|be|have|\w+ly|also|at|all|times|first|always|promptly))*\s+(?P<verb>[a-z][a-z-]+)"
)
LIGHT = later(
    r"(?:make|create|grant|give|provide|take|have|conduct|perform|carry)\b(?:\s+(?:out|[a-z' -]+?))??\s+(?:a|an|any|no)\s+(?P<noun>[a-z]+)"
)
COORDINATE = later(r"\s*(?:,|,?\s*\bor\b|,?\s*\band\b|/)\s*(?:to\s+)?(?P<verb>[a-z]+)\b")
SOME = later(r"\b(?:some|certain|in\s+some\s+(?:cases|circumstances)|a\s+few|sometimes)\b")
NOUN_ENDS = ("tion", "sion", "ment", "ure", "ly", "al", "ance", "ence", "ant", "ee", "ees", "nts", "ors", "ers", "ity")
EXCLUDES = later(
    r"\b(?:(?:shall|do|does|will|is|are)\s+not\s+(?:\w+\s+)?(?:include|apply|extend|cover|pertain|deemed|considered)|not\s+apply|(?:no|any)\s+(?:obligation|duty|restriction)s?|exclud(?:e|es|ed|ing)|exempt\w*|exceptions?|inapplicab\w+|not\s+(?:include|be\s+subject))\b"
)
ANYHOW = later(
    r"\b(?:whether\s+or\s+not|regardless\s+of\s+(?:whether|the|its|how)|irrespective\s+of|even\s+(?:if|though|when)(?:\s+\w+){0,3}?\s+not|without\s+regard\s+to|need\s+not|not\s+(?:be\s+)?(?:required|necessary))\b"
)
NOT = later(
    r"\b(?:no|not|nor|neither|never|nothing|cannot|none|nobody)\b(?!\s+(?:only|limited|later|less|more|longer\s+than))|\b(?:prohibit|forbid|prevent|refrain|bar|ban)\w*\b"
)
LEAVE = later(r"\b(?:may|can|permitted|allowed|authori[sz]ed|entitled|free|right\s+to|at\s+liberty)\b")
DUTY = later(r"\b(?:shall|must|will|required|undertakes?|agrees?|responsible|has\s+to|have\s+to|ensure|obligations?)\b")
DEFINING = frozenset(stem(w) for w in ("include", "mean", "comprise", "consist", "contain", "cover", "encompass"))
ONLY = later(r"\b(?:only|solely|exclusively)\b")
APPROVED = later(r"\b(?:consent|approval|approved|permission|authori[sz]ation|agreement|agreed)\b")
ANY = later(r"\b(?:any|all|every|without|whenever|whatever|at\s+will)\b")
NOTHING = later(
    r"\bnothing\b[^.;]{0,120}?\b(?:construed|deemed|interpreted|understood|read|taken|contained|shall|gives?|grants?|confers?)\b[^.;]*$"
)
RESTRICTS = later(r"\b(?:prohibit|forbid|prevent|restrict|limit|preclude|bar|prejudice)\w*\b")
PROVISO = later(r"\b(?:provided|so\s+long\s+as|on\s+(?:the\s+)?condition|subject\s+to)\b[^.;]*$")
IDIOM = later(
    r"(?:keep|maintain|preserv|hold|retain)\w*\s+(?:[\w',]+\s+){0,8}?(?:(?:in\s+)?(?:strict\s+)?confiden\w+|secre\w+|secur\w+|safe\w*|in\s+trust)"
)
EVERY = frozenset(
    {
        stem(w)
        for w in (
            "anyone",
            "anybody",
            "anything",
            "nobody",
            "everyone",
            "third",
            "whomsoever",
            "whatever",
            "whatsoever",
        )
    }
)
LONGEST = 4000  # characters; no sentence that rules is longer, and the parser's time grows faster than its length
ENOUGH = 0.36  # the share of the object's weight that a sentence must name
SHOWN = {
    M.OBLIGED: "requires",
    M.FORBIDDEN: "forbids",
    M.PERMITTED: "permits",
    M.ONLY_IF: "permits only on a condition",
    M.UNRESTRICTED: "says that nothing forbids",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement as parsed: what it does, its act and the words that count; `some` where a part of it is enough."""

    modality: Modality
    act: str
    acts: frozenset[str]
    terms: tuple[Term, ...]
    object: tuple[Term, ...]
    undone: frozenset[str]
    subject: frozenset[str]
    words: Lexicon
    some: bool
    excepted: bool


@lru_cache(maxsize=512)
def asked(requirement: str) -> Asked:
    """`requirement`, one plain sentence, read by the norm parser; a sentence without a modal verb describes."""
    low = text.lowered(requirement).strip()
    m = MODAL.search(low)
    verbs, bearer, tail = _verbs(low, m)
    words = _lexicon(verbs)
    modality = _modality(low, m, words)
    own = frozenset(s for v in verbs for s in bearing.near(v))
    undone = frozenset(stem(w) for v in verbs for w in bearing.undoing(v)) - own
    terms = bearing.terms(low, frozenset(stem(v) for v in verbs), bearer, undone)
    subject = frozenset(stem(w) for w in bearing.words(low[slice(*bearer)]) if w not in bearing.STOP)
    later = frozenset(stem(w) for w in bearing.words(low[tail:]))
    object_ = tuple(
        t for t in terms if t.stem not in own and (t.stem in later or t.stem not in subject) and t.stem not in subject
    )
    return Asked(
        modality,
        verbs[0],
        own,
        terms,
        object_,
        undone,
        subject,
        words,
        bool(SOME.search(low)),
        bool(EXCEPT.search(low)),
    )


def _verbs(low: str, m: re.Match[str] | None) -> tuple[tuple[str, ...], Span, int]:
    """The verbs of the requirement in their base form, the span of its subject and where its object begins."""
    if not m and (told := _told(low)):
        return (_base(told["verb"]),), (0, told.start()), told.end()
    if not m:
        found = [n for n in norm.sentence(low, 0, len(low)) if n.act]
        if not found:
            return ("",), (0, 0), 0
        return (found[0].act,), (0, found[0].head[0]), found[0].head[1]
    light = LIGHT.match(low, m.start("verb"))
    first = light["noun"] if light and len(bearing.alike(light["noun"])) > 1 else _base(m["verb"])
    out = [first]
    end = m.end("verb")
    while not light and (c := COORDINATE.match(low, end)) and len(bearing.alike(c["verb"])) > 1:
        out.append(_base(c["verb"]))
        end = c.end()
    return tuple(out), (0, m.start()), end


def _told(low: str) -> re.Match[str] | None:
    """The verb of a sentence without a modal verb: "the warranty survives"; the first known word in the third person."""
    passive = re.search(r"\b(?:is|are)\s+(?:\w+ly\s+|never\s+|not\s+)?(?P<verb>\w+(?:ed|en|ept|eld|ent|own))\b", low)
    third = (
        m
        for m in re.finditer(r"(?<=\w )(?P<verb>[a-z]+[^s\W]s)\b", low)
        if m[0][:-1] in bearing.acts() or m[0] in bearing.acts()
    )
    return passive or next(third, None)


def _base(verb: str) -> str:
    """A form of a known verb brought back to its base, else as it is."""
    known = verb_forms().get(verb)
    if known:
        return known[0][2]
    like = [
        w for w in bearing.alike(verb)[1:] if stem(w) == stem(verb) and verb.startswith(w[:-1]) and len(w) <= len(verb)
    ]
    return min(like, key=len, default=verb)


def _lexicon(verbs: Iterable[str]) -> Lexicon:
    """The parser's lexicon with the requirement's acts under the family "plain", and what undoes them reversed."""
    like = [w for v in verbs for w in bearing.alike(v)]
    own = {stem(w) for w in like}
    undone = [w for v in verbs for w in bearing.undoing(v) if stem(w) not in own]
    extra = [("plain", 1, w) for w in like if w and not w.endswith(NOUN_ENDS)]
    extra += [("plain", -1, w) for w in undone]
    return norm.lexicon(tuple(dict.fromkeys(extra)))


def _modality(low: str, m: re.Match[str] | None, words: Lexicon) -> Modality:
    found = [n for n in norm.sentence(low, 0, len(low), words=words) if n.modality in norm.OPERATIVE]
    at = [n for n in found if m and m.start("verb") <= n.head[0] <= m.end("verb")] or [
        n for n in found if n.family == "plain"
    ]
    if m and m["only"]:
        return M.ONLY_IF
    if at:
        return at[0].modality
    if m is None:
        return M.RECITED
    if (
        m["not"]
        or m["modal"] == "cannot"
        or re.search(r"forbidden|prohibited", m["modal"])
        or re.match(r"\W*no(?:ne|body)?\b", low)
    ):
        return M.FORBIDDEN
    return M.PERMITTED if re.search(r"may|can|permitted|allowed|entitled", m["modal"]) else M.OBLIGED


def weigh(wanted: Asked, paper: Sheet, unit: Unit) -> tuple[Verdict, str] | None:
    """What `unit` comes to under the requirement, with the reason; None where it doesn't bear."""
    if not ((wanted.acts | wanted.undone) & (unit.stems.keys() | unit.above)):
        return None
    if wanted.acts & DEFINING:
        return _defined(wanted, paper, unit)
    if not _bears(wanted, paper, unit.stems.keys() | unit.above):
        return None
    for force, note in _forces(wanted, paper, unit):
        verdict = _verdict(wanted, force, wide=bool(ANY.search(paper.low, unit.start, unit.end)))
        if verdict:
            return verdict, f"It {note or SHOWN[force]} what the requirement {SHOWN.get(wanted.modality, 'describes')}."
    return None


def _bears(wanted: Asked, paper: Sheet, stems: AbstractSet[str]) -> bool:
    """Whether enough of what the requirement says of its act is said, rare words weighing more."""
    if not wanted.object:
        return True
    weights = [bearing.rarity(paper, t) ** 2 for t in wanted.object]
    met = sum(w for w, t in zip(weights, wanted.object, strict=True) if t.stem in stems or t.near & stems)
    if stems & EVERY and wanted.modality is not M.OBLIGED:
        met += 0.5 * (sum(weights) - met)
    return met >= ENOUGH * sum(weights)


def _verdict(wanted: Asked, force: Modality, *, wide: bool) -> Verdict | None:
    if force not in SHOWN:
        return None
    asks = wanted.modality
    if asks in (M.RECITED, M.UNRESTRICTED):
        asks = M.PERMITTED
    if asks is M.FORBIDDEN and wanted.excepted and force in (M.OBLIGED, M.PERMITTED) and not wide:
        return None  # what is let or asked for may be what the requirement excepts
    if asks is M.ONLY_IF:
        return V.COMPLIES if force in (M.ONLY_IF, M.FORBIDDEN) else V.UNCLEAR if force is M.PERMITTED else None
    if force is M.ONLY_IF and ((asks is M.FORBIDDEN and wanted.excepted) or (asks is M.PERMITTED and wanted.some)):
        return V.COMPLIES
    return TABLE[str(asks)][force]


def _forces(wanted: Asked, paper: Sheet, unit: Unit) -> Iterator[tuple[Modality, str]]:
    """What the sentence does with the act: by what it takes out, by the parser, else by the words before the act."""
    low = paper.low
    act = _act_at(wanted, low, unit)
    lead = low[slice(*unit.lead)] if unit.lead[0] != unit.start else ""
    before = low[unit.start : act] if act is not None else ""
    if ANYHOW.search(before[-60:]):
        yield (M.UNRESTRICTED if wanted.modality is M.PERMITTED else M.FORBIDDEN), "does without"
    if wanted.modality is M.PERMITTED and EXCLUDES.search(lead + " " + before):
        yield M.PERMITTED, "leaves out of its rule"
    if wanted.modality is M.OBLIGED and PROVISO.search(before[-120:]):
        yield M.OBLIGED, "makes a condition of"
    if nothing := NOTHING.search(before):
        yield (M.UNRESTRICTED if RESTRICTS.search(nothing[0]) else M.FORBIDDEN), ""
    for n in norm.sentence(low, *_parsed(unit), words=wanted.words):
        if _own(n, low, unit) and _bears(wanted, paper, _stems(low, n) | unit.above):
            yield _excepted(wanted, low, n, unit), ""
    if act is not None and _verbal(wanted, low, act) and (force := _plain_force((lead + " " + before)[-50:])):
        yield _turned(wanted, force, low, act, unit.end), ""


def _parsed(unit: Unit) -> Span:
    """The sentence as far as the parser is given it: its list's item alone where the whole is too long."""
    start, end = unit.whole if unit.whole[1] - unit.whole[0] <= LONGEST else (unit.start, unit.end)
    return start, min(end, start + LONGEST)


def _verbal(wanted: Asked, low: str, act: int) -> bool:
    """Whether the act stands as a verb, or is a noun that a duty is said with: "give notice"."""
    word = bearing.WORD.match(low, act)
    before = low[max(0, act - 24) : act]
    if wanted.modality is M.OBLIGED:
        return True
    return not (word and word[0].endswith(NOUN_ENDS)) and not re.search(
        r"\b(?:the|such|any|of|or|and|an?|its|their|this)\s+(?:\w+\s+)?$", before
    )


def _own(n: Norm, low: str, unit: Unit) -> bool:
    """Whether the norm is of the requirement's act, stands in the unit, and is no idiom: "keep it confidential"."""
    if n.family != "plain" or n.modality not in norm.OPERATIVE or not unit.start <= n.head[0] < unit.end:
        return False
    return not IDIOM.match(low, n.head[0], n.span[1])


def _stems(low: str, n: Norm) -> frozenset[str]:
    return frozenset(stem(w) for w in bearing.words(low[n.span[0] : n.span[1]]))


def _act_at(wanted: Asked, low: str, unit: Unit) -> int | None:
    for m in bearing.WORD.finditer(low, unit.start, unit.end):
        if any(stem(w) in wanted.acts for w in bearing.words(m[0])):
            return m.start()
    return None


def _plain_force(before: str) -> Modality | None:
    """The force of the words before an act that the parser does not take for a verb."""
    clause = re.split(r"[;.]\s", before)[-1]
    if NOT.search(clause):
        return M.FORBIDDEN
    if LEAVE.search(clause):
        return M.PERMITTED
    return M.OBLIGED if DUTY.search(clause) else None


def _excepted(wanted: Asked, low: str, n: Norm, unit: Unit) -> Modality:
    if n.manner is Manner.SOFT and n.modality is M.OBLIGED:
        return M.PERMITTED
    return _turned(wanted, n.modality, low, n.head[1], max(unit.end, n.span[1]))


def _turned(wanted: Asked, force: Modality, low: str, start: int, end: int) -> Modality:
    """A ban whose exception names what the requirement asks about is leave for it."""
    if force not in (M.FORBIDDEN, M.ONLY_IF) or wanted.modality is M.FORBIDDEN:
        return force
    m = EXCEPT.search(low, start, end) or ONLY.search(low, start, end)
    if not m:
        return force
    inside = {stem(w) for w in bearing.words(low[m.end() : end])}
    outside = {stem(w) for w in bearing.words(low[start : m.start()])}
    named = [t for t in wanted.object if (t.near | {t.stem}) & inside and t.stem not in outside]
    consent = APPROVED.search(low, m.end(), end)
    if named or (wanted.some and not consent):
        return M.PERMITTED
    return force


def _defined(wanted: Asked, paper: Sheet, unit: Unit) -> tuple[Verdict, str] | None:
    """A requirement on what a term takes in, held against a sentence that says what it takes in."""
    said = paper.low[unit.start : unit.end]
    lead = paper.low[slice(*unit.lead)]
    taken = not EXCLUDES.search(said) and not EXCLUDES.search(lead)
    if wanted.modality is M.ONLY_IF:
        own = {stem(w) for w in bearing.words(said)[:14]} | unit.above
        wide = said.count(",") >= 3 and wanted.subject <= own
        return (V.CONFLICT, "It takes in more than the requirement lets it.") if wide and taken else None
    if not _bears(wanted, paper, unit.stems.keys() | unit.above):
        return None
    if wanted.modality is M.FORBIDDEN:
        return (
            (V.CONFLICT, "It takes in what the requirement leaves out.")
            if taken
            else (V.COMPLIES, "It leaves that out.")
        )
    return (V.COMPLIES, "It takes that in.") if taken else (V.CONFLICT, "It leaves out what the requirement takes in.")
