"""Requests of a letter and a document in; for each a proposal out: responsive, unclear or not, with the reasons in plain words.

A request is read into what it asks for: sorts of document, a subject, numbers and names, people, a period. A document
is held against each, and the passages that speak of the subject are cited, best first. It proposes; a person decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from showcause import text
from showcause.assess import sort
from showcause.assess.bearing import STOP, stem
from showcause.assess.sort import Sort
from showcause.core import Document, Finding, Passage, Question, Verdict
from showcause.text import later

BY = "rule:responsive:1"
FULL, HALF = 0.62, 0.42  # of the subject's weight, from which on a document speaks of it, and may speak of it
RUN = 3  # sentences that are looked at together
LONG = 600  # characters of a run, where it is more than one sentence
CITED = 3
NUMBER, NAME = 2.0, 1.3  # how much more a number or a name weighs than a word
ALIKE = 0.75  # what a word of like meaning counts
V = Verdict
Share = Callable[[str], float]

_WORD = later(r"\d+(?:[.\-–]\d+)*[a-z]?|[^\W\d_]+(?:['’][^\W\d_]+)?", re.IGNORECASE)
_LEAD = later(
    r"^\W*(?:please\s+)?(?:provide|produce|send|submit|furnish|give|copies\s+of|a\s+copy\s+of|any\s+and\s+all|documents?\s+sufficient\s+to\s+(?:show|identify))\b",
    re.IGNORECASE,
)
_SUBJECT = later(
    r"\b(?:concerning|regarding|relat(?:ing|ed)\s+to|pertaining\s+to|referring\s+to|respecting|about|with\s+respect\s+to|in\s+connection\s+with"
    r"|govern(?:s|ing)?|describ(?:es?|ing)|address(?:es|ing)?|reflect(?:s|ing)?|discuss(?:es|ing)?|mention(?:s|ing)?|show(?:s|ing)?|evidencing|constituting"
    r"|that|which|whether|under\s+which|at\s+which|in\s+which|on|of|for|between|sent|made|to|from|against|by)\b",
    re.IGNORECASE,
)
_BARE = frozenset(
    [
        "document",
        "file",
        "record",
        "material",
        "paper",
        "information",
        "item",
        "thing",
        "copy",
        "version",
        "each",
        "every",
        "all",
        "any",
        "such",
        "other",
        "include",
        "limit",
        "provide",
        "produce",
        "send",
        "relate",
        "concern",
        "regard",
        "pertain",
        "reflect",
        "describe",
        "discuss",
        "address",
        "mention",
        "show",
        "sufficient",
        "identify",
        "date",
        "time",
        "period",
        "present",
        "letter",
        "request",
        "response",
        "follow",
        "respect",
        "current",
        "currently",
        "effect",
        "department",
        "office",
        "agency",
        "body",
        "city",
        "county",
        "employee",
        "staff",
        "person",
        "people",
        "member",
        "make",
        "use",
        "used",
        "using",
        "give",
        "given",
        "well",
        "also",
        "another",
        "whether",
        "may",
        "must",
        "full",
        "complete",
        "final",
        "draft",
        "received",
        "sent",
        "including",
        "without",
        "limitation",
        "but",
        "made",
        "number",
        "name",
        "whole",
        "several",
        "various",
        "type",
        "kind",
        "form",
        "part",
        "tell",
        "speak",
        "say",
        "know",
        "ask",
        "own",
        "your",
        "yours",
        "our",
        "ours",
        "their",
        "officer",
        "deputy",
    ]
)
_INFORCE = later(r"\b(?:in\s+(?:effect|force)|then\s+current|currently|effective)\b", re.IGNORECASE)
_BETWEEN = later(
    r"\b(?:between|(?:sent|written|addressed)\s+(?:to|by|from)|to\s+or\s+from|exchanged\s+with|with|from|by)\s+((?:(?:the|any|its|other)\s+)*[A-Z][\w.&’'-]*(?:\s+(?:of|the|and|for|or|any|other|[A-Z][\w.&’'-]*))*)"
)
_DEFINED = later(
    r"[“\"]\s*(?P<term>[^”\"\n]{2,60}?)\s*,?[”\"]\s*(?:,?\s*(?:as\s+used\s+\w+,?\s*)?(?:shall\s+)?(?:means?|includes?|refers?\s+to))\s+(?P<says>[^.;\n]{3,300})",
    re.IGNORECASE,
)
LIKE = """
immigration alien noncitizen undocumented citizenship ice dhs cbp deportation removal
detainer hold
jail custody detention inmate prisoner detainee
video footage recording
training course curriculum class academy lesson instruction
complaint grievance allegation
force restraint taser pepper
release discharge
retention destruction disposition
payment invoice payroll compensation
vendor contractor supplier
agreement contract
vehicle car fleet cruiser
"""  # words of such requests that are near enough to count for each other: a group a line


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request as it was read.

    `sorts` are the sorts of document it asks for, none where it asks for any; `weights` the stems of its subject and what
    each weighs; `first` and `last` its period; `standing` where what was in force in the period is asked for; `people`
    are the names that it wants to have written or received the documents.
    """

    question: Question
    sorts: frozenset[Sort]
    weights: Mapping[str, float]
    spoken: Mapping[str, str]  # the words of the subject by their stems
    first: date | None = None
    last: date | None = None
    standing: bool = False
    people: tuple[str, ...] = ()
    custodians: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A few sentences that stand together, the share of the subject that they hold, and the stems by which."""

    start: int
    end: int
    share: float
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A document as it is held against requests: the stems of each sentence, and of its name, title and headings."""

    document: Document
    sentences: tuple[tuple[int, int, frozenset[str]], ...] = field(repr=False)
    title: frozenset[str] = field(repr=False)
    sorts: frozenset[Sort]


def wanted(
    question: Question,
    *,
    first: date | None = None,
    last: date | None = None,
    share: Share | None = None,
    custodians: Sequence[str] = (),
) -> Wanted:
    """What a request asks for. `share` tells how much of the record holds a stem, from 0 to 1: rare ones weigh more.

    The letter's own definitions of the request's terms are read from the document that the question comes from.
    """
    said = _INFORCE.sub(" ", _without_period(question.text))
    letter = question.source.doc.text if isinstance(question.source, Passage) else ""
    head, tail = _parted(said)
    sorts, of_sorts = sort.asked(head)
    people = _people(said) if sorts and sorts <= {Sort.MESSAGE} else ()
    named_people = frozenset(word.lower() for one in people for word in re.findall(r"[\w’']+", one))
    named = tuple(c for c in custodians if c and re.search(rf"(?<!\w){re.escape(c)}(?!\w)", said, re.IGNORECASE))
    named_people |= {word.lower() for one in named for word in re.findall(r"\w+", one)}
    words = [*_words(head, but=of_sorts | named_people), *_words(tail, but=of_sorts | named_people)]
    words += [one for means in _definitions(said, letter) for one in _words(means, but=frozenset())[:6]]
    weights: dict[str, float] = {}
    spoken: dict[str, str] = {}
    for word, place in words:
        key = _stem(word)
        if key and key not in weights:
            weights[key] = _weight(place, share(key) if share else 0.0)
            spoken[key] = word
    return Wanted(question, sorts, weights, spoken, first, last, bool(_INFORCE.search(question.text)), people, named)


def stems(question: Question) -> tuple[str, ...]:
    """The stems of a request's subject, of which a caller may tell how common they are."""
    return tuple(wanted(question).weights)


def propose(document: Document, asked: Iterable[Wanted], *, at: datetime) -> tuple[Finding, ...]:
    """A proposal for each request on one document by itself, as of `at` (UTC)."""
    sheet = _sheet(document)
    return tuple(_proposal(sheet, one, at) for one in asked)


def with_family(found: Sequence[Finding], *, at: datetime) -> tuple[Finding, ...]:
    """The proposals on a whole family under one request: where one member responds, the others go with it."""
    answers = [f for f in found if f.verdict is V.RESPONSIVE]
    if not answers:
        return tuple(found)
    lead = answers[0]
    name = (lead.about.name or lead.about.id) if isinstance(lead.about, Document) else ""
    why = f"It is in one family with {name}, which responds; by itself: "
    return tuple(
        f
        if f.verdict is V.RESPONSIVE
        else replace(f, verdict=V.RESPONSIVE, cites=(*lead.cites[:1], *f.cites), why=why + _lower(f.why), at=at)
        for f in found
    )


# --- the request --------------------------------------------------------------------------------


_PERIODS = later(
    r"(?:,?\s*\b(?:from|between|since|after|before|during|in|for|of|on\s+or\s+after|at\s+any\s+time)\s+(?:the\s+(?:period|years?)\s+)?(?:of\s+|from\s+|since\s+|between\s+)?)?"
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d|\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:19|20)\d\d|(?<![-\d.])(?:19|20)\d\d(?![-\d]))"
    r"(?:\s*(?:,|to|through|until|and|[-–])\s*(?:the\s+)?(?:present|date\s+of\s+\w+(?:\s+\w+)?))?",
    re.IGNORECASE,
)


def _parted(said: str) -> tuple[str, str]:
    """What sorts of document are asked for, and on what: parted at the first word of relation behind a sort."""
    lead = _LEAD.match(said)
    cuts = [m.start() for m in _SUBJECT.finditer(said, lead.end() if lead else 0)]
    for cut in cuts:
        if sort.named(said[:cut]):
            return said[:cut], said[cut:]
    return said, ""


def _without_period(words: str) -> str:
    return _PERIODS.sub(" ", words)


def _words(words: str, *, but: frozenset[str]) -> list[tuple[str, str]]:
    """The words that say what a piece of a request is about, each with how it stands: number, name or word."""
    out = []
    for m in _WORD.finditer(words):
        low = m[0].lower()
        if (
            low in STOP
            or stem(low) in _bare()
            or low in but
            or stem(low) in {stem(one) for one in but}
            or (len(low) < 3 and not low.isdigit())
        ):
            continue
        begins = m.start() == 0 or words[: m.start()].rstrip()[-1:] in {"", ".", ":", "\n"}
        kind = "number" if low[0].isdigit() else "name" if m[0][0].isupper() and not begins else "word"
        out.append((m[0], kind))
    return out


@lru_cache(1)
def _bare() -> frozenset[str]:
    return frozenset(stem(word) for word in _BARE)


def _definitions(said: str, letter: str) -> Iterator[str]:
    """What the letter says that a term of the request means; a term that stands for who answers is none of the subject."""
    for m in _DEFINED.finditer(letter):
        term = m["term"].strip()
        if term.lower() in {"you", "your", "document", "documents", "communication", "communications", "any", "all"}:
            continue
        if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", said):
            yield m["says"]


def _weight(kind: str, share: float) -> float:
    rare = min(1.0, 0.25 - 0.25 * math.log(share + 0.02)) if share else 1.0
    return rare * {"number": NUMBER, "name": NAME}.get(kind, 1.0)


def _people(said: str) -> tuple[str, ...]:
    found: list[str] = []
    for m in _BETWEEN.finditer(said):
        for one in re.split(r"\s+(?:and|or)\s+|,\s*", m[1]):
            name = re.sub(r"^(?:(?:the|any|its|other)\s+)+", "", one).strip()
            if name and name[0].isupper():
                found.append(name)
    return tuple(dict.fromkeys(found))


@lru_cache(1)
def _like() -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for line in filter(None, LIKE.split("\n")):
        group = {stem(word) for word in line.split()}
        for one in group:
            out.setdefault(one, set()).update(group - {one})
    return {one: frozenset(group) for one, group in out.items()}


def _stem(word: str) -> str:
    low = word.lower().replace("’", "'").removesuffix("'s")
    return low if low[:1].isdigit() else stem(low)


# --- the document -------------------------------------------------------------------------------


def _sheet(document: Document) -> _Sheet:
    found = tuple((s.start, s.end, _stems(document.text[s.start : s.end])) for s in text.sentences(document.text))
    heads = " ".join(document.text[h.start : h.end] for h in document.headings[:3])
    subject = document.mail.subject if document.mail else ""
    name = re.sub(r"[_\W]+", " ", document.name.rpartition(".")[0] or document.name)
    first = document.text.lstrip().partition("\n")[0][:120]
    title = _stems(f"{name} {document.title} {subject} {heads} {first}")
    return _Sheet(document, found, title, sort.sorts(document))


def _stems(words: str) -> frozenset[str]:
    return frozenset(_stem(m[0]) for m in _WORD.finditer(words))


def _runs(sheet: _Sheet, asked: Wanted) -> tuple[Run, ...]:
    """The runs of sentences that hold most of the subject, best first, none within another."""
    total = sum(asked.weights.values())
    if not total:
        return ()
    titled = _held(sheet.title, asked)
    found = []
    for n, (start, _, _) in enumerate(sheet.sentences):
        some = [one for one in sheet.sentences[n : n + RUN] if one[1] - start <= LONG] or sheet.sentences[n : n + 1]
        held = _held(frozenset().union(*(s for _, _, s in some)), asked)
        if not held:
            continue
        both = {key: max(held.get(key, 0.0), 0.9 * titled.get(key, 0.0)) for key in {*held, *titled}}
        share = sum(asked.weights[key] * part for key, part in both.items()) / total
        found.append(Run(start, some[-1][1], share, frozenset(both)))
    best: list[Run] = []
    for run in sorted(found, key=lambda r: (-round(r.share, 6), r.end - r.start, r.start)):
        if all(run.end <= one.start or run.start >= one.end for one in best):
            best.append(run)
        if len(best) == CITED:
            break
    return tuple(best)


def _held(there: frozenset[str], asked: Wanted) -> dict[str, float]:
    """Of the subject's stems those that are there, with 1 for itself and less for one of like meaning."""
    out = {}
    for key in asked.weights:
        if key in there:
            out[key] = 1.0
        elif _like().get(key, frozenset()) & there:
            out[key] = ALIKE
    return out


# --- the two against each other -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """What a document is to one part of a request: True, False, or None where it can't be told; and the reason."""

    fits: bool | None
    why: str


def _proposal(sheet: _Sheet, asked: Wanted, at: datetime) -> Finding:
    runs = _runs(sheet, asked)
    share = runs[0].share if runs else (1.0 if not asked.weights else 0.0)
    subject = _subject(asked, runs, share)
    parts = [_sorted(sheet, asked), _dated(sheet.document, asked), _peopled(sheet.document, asked)]
    verdict = _verdict(share, parts)
    why = " ".join(one.why for one in (subject, *parts) if one.why)
    cites = tuple(sheet.document.passage(run.start, run.end) for run in runs if run.share >= 0.6 * share)
    if verdict is V.NOT_RESPONSIVE:
        cites = ()
    elif not cites:
        cites = tuple(sheet.document.passage(a, b) for a, b, _ in sheet.sentences[:1])
        verdict = verdict if cites or not sheet.document.text.strip() else V.NOT_RESPONSIVE
    return Finding(asked.question.id, sheet.document, "plain", verdict, cites, why, BY, at)


def _verdict(share: float, parts: Sequence[_Held]) -> Verdict:
    kinds, days, people = parts
    if days.fits is False or share < HALF:
        return V.NOT_RESPONSIVE
    if kinds.fits is False or people.fits is False:
        return V.NOT_RESPONSIVE
    if share < FULL or None in (kinds.fits, days.fits, people.fits):
        return V.UNCLEAR
    return V.RESPONSIVE


def _subject(asked: Wanted, runs: Sequence[Run], share: float) -> _Held:
    if not asked.weights:
        return _Held(True, "The request names no subject.")
    held = [asked.spoken[key] for key in asked.weights if runs and key in runs[0].stems]
    lacks = [asked.spoken[key] for key in asked.weights if not (runs and key in runs[0].stems)]
    if share < HALF:
        if not held:
            return _Held(False, f"It says nothing of {_listed(lacks)}.")
        return _Held(False, f"It says too little of what is asked: {_listed(held)} and not {_listed(lacks)}.")
    said = f"It speaks of {_listed(held)}" + (f", not of {_listed(lacks)}." if lacks else ".")
    return _Held(True if share >= FULL else None, said)


def _sorted(sheet: _Sheet, asked: Wanted) -> _Held:
    if not asked.sorts:
        return _Held(True, "")
    wants = " or ".join(sorted(one.value for one in asked.sorts))
    if common := asked.sorts & sheet.sorts:
        return _Held(True, f"Asked for is a {wants}, and it is a {' and '.join(sorted(one.value for one in common))}.")
    if not sheet.sorts:
        return _Held(None, f"Asked for is a {wants}; what sort of document it is can't be told.")
    return _Held(
        False, f"Asked for is a {wants}, and it is a {' and '.join(sorted(one.value for one in sheet.sorts))}."
    )


def _dated(document: Document, asked: Wanted) -> _Held:
    if asked.first is None and asked.last is None:
        return _Held(True, "")
    period = f"the period {asked.first or 'from the beginning'} to {asked.last or 'the present'}"
    if document.date is None:
        return _Held(None, f"It bears no date, so whether it is of {period} can't be told.")
    if asked.last and document.date > asked.last:
        return _Held(False, f"Its date, {document.date}, is after {period}.")
    if asked.first and document.date < asked.first:
        if asked.standing:
            return _Held(None, f"Its date, {document.date}, is before {period}, but it may have been in force then.")
        return _Held(False, f"Its date, {document.date}, is before {period}.")
    return _Held(True, f"Its date, {document.date}, is in {period}.")


def _peopled(document: Document, asked: Wanted) -> _Held:
    if asked.custodians and not any(c.lower() in document.custodian.lower() for c in asked.custodians):
        return _Held(
            None, f"Asked for are the files of {_listed(asked.custodians)}; it comes from {document.custodian}."
        )
    if not asked.people or document.mail is None:
        return _Held(True, "")
    mail = document.mail
    boxes = [*([mail.sender] if mail.sender else []), *mail.to, *mail.cc, *mail.bcc]
    said = _stems(" ".join(f"{one.name} {re.sub(r'[@._-]', ' ', one.address)}" for one in boxes))
    there = [one for one in asked.people if _stems(one) & said or _initials(one) in said]
    between = len(asked.people) > 1 and "between" in asked.question.text
    if there and not (between and len(there) < len(asked.people)):
        return _Held(True, f"Among its writer and readers is {_listed(there)}.")
    if between and len({one.address.rpartition("@")[2] for one in boxes}) == 1:
        return _Held(False, "Its writer and readers are all of one house.")
    return _Held(None, f"Neither its writer nor a reader can be told to be {_listed(asked.people)}.")


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).lower()


def _listed(words: Sequence[str], most: int = 8) -> str:
    shown = list(dict.fromkeys(word.lower() if not word.isupper() else word for word in words))
    return ", ".join(shown[:most]) + (" and more" if len(shown) > most else "")


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]
