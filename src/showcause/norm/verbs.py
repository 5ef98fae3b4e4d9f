"""The verbs of a clause: where each stands, its family, whether it does or withholds, and that it is no noun here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from showcause.norm import english
from showcause.text import later

Span = tuple[int, int]
WORD = later(r"[a-z]+(?:[-'][a-z]+)*")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BEFORE_NOUN = _words(
    "the a an any no this that these those his her its their our your my such of in on for by with from "
    "at into each every some all both other another same said federal state local written immigration "
    "public personal official criminal prior under about against per only last next first second new old "
    "right own what which whose one two three four five six seven eight nine ten twelve twenty thirty "
    "forty fifty sixty hundred dozen few many several between through over during via upon without "
    "routine"
)
VERB_NEXT = _words(
    "the a an any no every each all this that these those such it them him her us me you his its their "
    "our your what whether when where who how to with nothing everything nobody anything only neither "
    "either someone somebody about not as immigration ice federal information people's anybody's "
    "someone's somebody's anyone back nor up out over"
)
NOUNISH = _words(
    "report record request answer question list copy file note call release share contact address state "
    "name post check search demand index document code tag mark log register scan entry hold trade "
    "exchange swap mail fax e-mail email text wire cable radio telephone phone ring message volunteer "
    "process field supply display show signal tip brief run press read query quiz transfer grant present "
    "form force stop process cost bill charge award contract vote limit word title purchase threat delay bar help aid "
    "reply dispatch talk leave lock seal guard screen mask shield bin burn strike store start type purge "
    "cut feed forward pass hand flow cross look probe consult interrogate capture deposit archive drop "
    "slip chat set quote surrender part teletype inquiry experience honor honour study type produce "
    "express shelter empty"
)
BE = later(
    r"(?:\b(?:be|is|are|been|being|am|was|were|gets?|get|isn't|aren't|wasn't|weren't|ain't)\b|\b(?:it|that|this|he|she|there|they|we|you|who|what|which|nothing|everything|nobody|anything|one|none|list|answer)'(?:s|re)\b)(?:\s*,[^,]{1,60},)?(?:\s+(?:not|never|to|also|then|first|ever|only|ordinarily|thereby|so|\w+ly|or|and|in\s+any\s+way|either|neither|\w+(?:ed|en|ld|nt|pt)\s*,?(?:\s+(?:or|and|nor))?))*\s*$"
)
RELATIVE = later(r"\b(?:who|that|which|whom|and\s+who)\s+(?:has\s+|have\s+|may\s+|wishes\s+to\s+|wants?\s+to\s+)?$")
WANTS = later(
    r"\b(?:wants?|wanting|wish(?:es|ing)?|proposing|intending|minded|asks?|seeks?|seeking|threaten(?:s|ed|ing)?|hopes?|claims?|demands?|likes?)\s+(?:\w+\s+){0,2}?(?:to|for)\s+(?:\w+\s+){0,1}$"
)
REQUESTED = later(
    r"\b(?:requests?|demands?|inquir(?:y|ies)|petitions?|applications?)\s+(?:(?!(?:shall|must|may|will|is|are|can)\b)[\w']+\s+){0,5}?(?:to|that\s+(?:(?!(?:shall|must|may|will)\b)[\w']+\s+){1,3}?)\s*(?:be\s+)?\Z"
)  # what is asked for: "a request to be told"
IDLE = later(
    r"\b(?:nothing|something|anything|(?<!the )(?<!a )(?<!full )(?<!all )right|wrong)\s+to\s+$|\b(?:has|have|had)\s+(?:\w+\s+)?been\s+(?:\w+\s+)?$"
)
TAKES = _words("part care place steps note action time turns off down leave charge effect over up into")
CONSENT = later(r"(?:consent|approval|permission|leave|authori[sz]ation|clearance)\b")
COMPOUND = _words(
    "number numbers address addresses line lines desk clerk clerks room rooms book books office offices "
    "date dates book sheet roll rolls"
)
ADJECTIVES = _words("daily weekly monthly yearly hourly quarterly early only family elderly friendly likely")
SUBJECT = _words("you we they i he she it who nobody everyone staff anyone somebody someone police personnel everybody")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """English, and the verbs that a law adds: written form -> readings, and phrases as (family, sign, expression)."""

    forms: Mapping[str, tuple[tuple[str, int, str, str], ...]]
    phrases: tuple[tuple[str, int, str], ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb, or noun made from one, in a sentence; `kind` is base, third, gerund, participle or nominal."""

    start: int
    end: int
    family: str
    sign: int
    base: str
    kind: str


@cache
def lexicon(extra: tuple[tuple[str, int, str], ...] = ()) -> Lexicon:
    """English with `extra` verbs and verb phrases, each as (family, sign, words)."""
    forms = dict(english.verb_forms())
    phrases = list(english.PHRASES)
    for family, sign, words in extra:
        first, _, rest = words.partition(" ")
        if rest:
            tail = r"(?:[\w']+\s+){0,5}?" + r"\s+".join(map(re.escape, rest.split()))
            phrases.append((family, sign, rf"(?:{'|'.join(english.forms(first))})\s+{tail}\b"))
            continue
        for form, kind in english.forms(first).items():
            forms[form] = ((family, sign, first, kind), *forms.get(form, ()))
    pattern = "|".join(rf"(?:{p[2]})(?P<p{n}>)" for n, p in enumerate(phrases))
    return Lexicon(forms, tuple(phrases), re.compile(rf"\b(?:{pattern})"))


def relative(low: str, start: int, end: int, words: Lexicon) -> Iterator[Verb]:
    """The verbs of a relative clause: "an officer who tells ..."; they bind where a sanction follows."""
    for m in re.compile(
        r"\b(?:who(?:ever)?|that|which)\s+(?:\w+ly\s+|(?:forgets?|slips?(?:\s+up)?|goes\s+on|dares?)\s+(?:and|to)\s+|chooses?\s+to\s+|may\s+|has\s+|decides?\s+to\s+)?(?P<verb>[a-z-]+)"
    ).finditer(low, start, end):
        for family, sign, base, kind in words.forms.get(m["verb"], ()):
            if kind in ("base", "third"):
                yield Verb(m.start("verb"), m.end("verb"), family, sign, base, "third")
                break


def verbs(low: str, start: int, end: int, words: Lexicon) -> Iterator[Verb]:
    """The verbs between `start` and `end` of the lower-cased text, phrases before single words, left to right."""
    taken: list[Span] = []
    found: list[Verb] = []
    for m in words.pattern.finditer(low, start, end):
        family, sign, _ = words.phrases[int((m.lastgroup or "p0")[1:])]
        kind = _phrase_kind(low, m)
        if kind and not RELATIVE.search(low, start, m.start()):
            found.append(Verb(m.start(), m.end(), family, sign, m[0], kind))
            taken.append(m.span())
    for m in WORD.finditer(low, start, end):
        if m[0] in words.forms and not any(s <= m.start() < e for s, e in taken):
            found.extend(_single(low, m, start, end, words))
    yield from sorted(found, key=lambda v: v.start)


def _phrase_kind(low: str, m: re.Match[str]) -> str:
    first = m[0].split()[0]
    if first in {"required", "asked", "obliged", "compelled", "forced"} and low.endswith("not ", 0, m.start()):
        return ""
    if first.endswith("ing") and first != "bring":
        return "gerund"
    if first in {
        "no",
        "any",
        "a",
        "an",
        "the",
        "our",
        "your",
        "some",
        "access",
        "receipt",
        "acceptance",
        "exchange",
        "mum",
    } or first.endswith(("tion", "ure", "al", "ance", "ments")):
        return "nominal"
    if re.match(
        r"(?:communication|disclosure|transmission|notification|release|provision|dissemination|conveyance|transfer|delivery|publication|referral|revelation|inquir|enquir|questions?\b|requests?\b|quer|verification|checks?\b|contacts?\b|dealings|conversations?\b|correspondence|discussions?\b|talks?\b|dialogue|messages?\b|replies|answers\b|responses|collection|retention|maintenance|storage)",
        first,
    ):
        before = low[max(0, m.start() - 24) : m.start()]
        return "base" if re.search(r"\b(?:to|shall|may|must|not|will|can|you|we)\s+$", before) else "nominal"
    if first in {
        "required",
        "asked",
        "compelled",
        "obliged",
        "forced",
        "pressed",
        "questioned",
        "kept",
        "held",
        "left",
        "taken",
        "given",
        "made",
        "sent",
        "returned",
        "treated",
        "struck",
        "dropped",
        "written",
        "handed",
        "granted",
        "blacked",
        "noted",
        "regarded",
        "jotted",
        "acted",
        "dealt",
        "carried",
        "laid",
    }:
        return (
            "participle"
            if BE.search(low[max(0, m.start() - 80) : m.start()]) or first in {"kept", "held", "returned"}
            else ""
        )
    return "base"


def _single(low: str, m: re.Match[str], start: int, end: int, words: Lexicon) -> Iterator[Verb]:
    before = low[max(start, m.start() - 90) : m.start()]
    prev = (WORD.findall(before[-40:]) or [""])[-1]
    joined = before.rstrip().endswith((",", ";", ":", "(", '"', "—", "-", ")", ".", "?", "!")) or not before.strip()
    following = WORD.match(low, m.end() + 1, end)
    after = following[0] if following and low[m.end() : m.end() + 1] == " " else ""
    if _label(low, m, prev):
        return
    for family, sign, base, form in words.forms[m[0]]:
        kind = "participle" if form == "base" and base in UNCHANGED and BE.search(before) else form
        if kind in ("past", "participle") and HAVING.search(before):
            yield Verb(m.start(), m.end(), family, sign, base, "gerund")  # "blamed for having told"
            return
        if _stands(kind, base, before, prev, joined=joined, after=after):
            yield Verb(m.start(), m.end(), family, sign, base, kind)
            return


UNCHANGED = frozenset(["read", "put", "cut", "shut", "let", "set", "shed"])  # "may be read out to them"
HAVING = later(r"\b(?:for|by|of|in|from|after|over|about)\s+(?:\w+\s+)?having\s+(?:\w+ly\s+|never\s+|not\s+)?\Z")


def _label(low: str, m: re.Match[str], prev: str) -> bool:  # noqa: PLR0911 - one case a line
    """Whether a form is a label or half a name: "Answer: no", "the United States", "is stated to have been"."""
    if (m[0] == "states" and prev == "united") or (m[0] == "addressed" and prev in {"is", "are", "be", "been", "was"}):
        return True
    if m[0] == "state" and THE_STATE.match(low, m.end()):
        return True
    if m[0] == "asking" and low.startswith("for the ", max(0, m.start() - 8)):
        return True
    if m[0] in {"remain", "remains", "stay", "stays"} and low.startswith(
        (" open", " free", " able", " available", " lawful"), m.end()
    ):
        return True
    if m[0] in {"take", "takes"} and low.startswith((" it away", " that away", " this away", " it back"), m.end()):
        return True
    if m[0] == "save" and low.startswith(
        (" as ", " for ", " in ", " where ", " upon ", " that ", " when ", " by ", " to the extent"), m.end()
    ):
        return True
    if m[0] == "save" and english.EXCEPT.match(low, m.start()):
        return True
    if m[0] in {"keep", "keeps", "kept", "keeping"} and KEPT_FROM.match(low, m.end()):
        return True
    if m[0] == "go" and re.search(
        r"\b(?:let|lets|letting|be|been)\s+(?:[\w']+\s+)?\Z", low[max(0, m.start() - 20) : m.start()]
    ):
        return True  # let go
    if prev == "without" and m[0] in {"asking", "consulting", "checking", "requesting", "seeking", "verifying"}:
        return True
    if (m[0] in LABELS and low[m.end() : m.end() + 1] == ":") or (
        m[0] in {"question", "answer"} and NUMBERED.match(low, m.end())
    ):
        return True
    return m[0].endswith(("ed", "id", "wn")) and low.startswith((" to have ", " to be "), m.end())


LABELS = frozenset(
    ["answer", "reply", "note", "notice", "question", "report", "record", "press", "query", "request", "call", "mail"]
)
NUMBERED = later(r"\.?\s+\d|\.\s|\s*\(\d")  # "Question 7 of the quiz", "Question. May we ..."


REPORTED = later(r"\b(?:what|which|whether|how)\b[^,;:]*$|\bwho\b[^;:]*\b(?:or|and)\s+$")  # "what visa he holds"


THE_STATE = later(
    r",?\s+(?:or|and|federal)\b\s*(?:federal|local|county|tribal|private|body|agency)|\s+(?:law|statute|agenc|bod|officer|official|police|court|government|prison)"
)
KEPT_FROM = later(r"\s+(?:[\w']+\s+){1,4}?from\s+\w+ing\b")
UNASKED = frozenset(["ask", "consult", "check", "request", "seek", "verify"])  # "without the captain being consulted"


CAUSED = later(r"\b(?:who|that|which)\b[^.;]*\bcauses?\s+to\s+be\s+\Z")  # "who destroys or causes to be destroyed"


RAISED = {  # verbs that ask only where what they put forward is a question or a subject
    "put": re.compile(r"\b(?:questions?|inquir\w+|enquir\w+)\b"),
    "pose": re.compile(r"\b(?:questions?|inquir\w+|enquir\w+|an?|the|no|any)\b"),
    "raise": re.compile(
        r"\b(?:questions?|subjects?|topics?|matters?|issues?|status|citizenship|papers|visas?|immigration|it|this|that|either)\b"
    ),
}


QUESTIONS = later(r"\b(?:questions?|calls?|requests?|inquir\w+|letters?)\b[^.;:]*\Z")  # these get one answer
LEARNS = frozenset(["learn", "hear", "see", "find", "get", "leave", "go", "know"])
SEEKING = later(
    r"\b(?:rings?|calls?|phones?|telephones?|writes?|comes?|came|asks?|wants?|e-?mails?|(?:drops?|stops?)\s+(?:in|by)|(?:turns?|shows?)\s+up|knocks?|hoping|trying)\s+(?:[\w']+\s+){0,3}?to\s+\Z"
)  # who rings to learn it hasn't learnt it
ASKS_WHEN = later(
    r"\b(?:asks?|asked|asking|wants?\s+to\s+know|wonders?|inquires?|enquires?|ask(?:s|ing)?\s+you)\s+(?:[\w']+\s+){0,2}?(?:when|where|if|whether|why)\s+(?:[\w']+\s+){1,6}\Z"
)  # "ICE asks when he gets out"


def _sought(kind: str, base: str, before: str, after: str) -> bool:
    """Whether a verb of learning tells what is sought, or what questions get: no act of those who hold the answer."""
    if base == "get" and after in {"one", "the", "this", "a", "only"} and QUESTIONS.search(before):
        return True
    asked = kind in ("third", "base") and ASKS_WHEN.search(before)
    return base in LEARNS and bool(asked or SEEKING.search(before))


def _another(kind: str, base: str, before: str, after: str) -> bool:
    """Whether the form belongs to another clause or phrase: a relative one, a wish, "refuse to", "take part"."""
    if (
        kind == "past"
        or (base in RAISED and not RAISED[base].search(before + " " + after))
        or (kind == "participle" and CAUSED.search(before))
        or RELATIVE.search(before)
        or WANTS.search(before)
        or IDLE.search(before)
        or REQUESTED.search(before)
    ):
        return True
    if (kind == "third" and REPORTED.search(before)) or _sought(kind, base, before, after):
        return True
    if base in UNASKED and re.search(r"\bwithout\b[^,;.]{0,40}$", before):
        return True
    if base in ("refuse", "decline"):
        return after == "to"
    if base == "report" and after in {"yearly", "annually", "quarterly", "monthly", "weekly"}:
        return True
    return (
        (base == "say" and after == "so" and before.endswith("to "))
        or (base == "take" and after in TAKES)
        or (base in ("obtain", "get", "receive") and bool(CONSENT.match(after)))
    )


def _stands(kind: str, base: str, before: str, prev: str, *, joined: bool, after: str) -> bool:
    """Whether a form is a verb here, and not a noun or a participle that only describes."""
    if _another(kind, base, before, after):
        return False
    if kind == "participle":
        return (
            base != "document"
            and bool(BE.search(before))
            and not (after in ("to", "not") and base in ("ask", "tell", "advise", "require", "inform"))
        )
    if kind == "gerund":
        return (
            joined
            or prev not in BEFORE_NOUN
            or prev
            in {"from", "of", "for", "by", "in", "without", "with", "on", "into", "about", "against", "upon", "to"}
        )
    if joined:
        compound = base in NOUNISH and ((after in COMPOUND and not prev) or _listed(before, after))
        verbal = (
            base not in NOUNISH
            or not after
            or after in VERB_NEXT
            or after.endswith("'s")
            or (after in ("or", "and") and before.rstrip().endswith(","))
        )
        return (verbal and not compound) if kind == "base" else bool(after) and base not in NOUNISH
    if prev in BEFORE_NOUN or before.rstrip().endswith("'s") or (kind == "third" and prev in MODAL):
        return False
    named = kind == "third" and SENT.search(before)
    return base not in NOUNISH or (not named and _after_noun(kind, prev, after))


SENT = later(
    r"(?<!who )(?<!that )(?<!which )\b(?:shall|may|must|will|can|could|should|would|cannot|can't|won't|mustn't)\s+(?:(?!(?:and|or|but|nor|who|that|which|whom|if|when|where)\b)[a-z'-]+\s+){1,4}\Z"
)  # "may send medical records to any agency": a clause has its verb already


def _listed(before: str, after: str) -> bool:
    """Whether a word that may be a noun too stands in a list of nouns: "the name, address, number"."""
    return not after and bool(LISTED.search(before))


LISTED = later(
    r"\b(?:names?|numbers?|race|gender|age|dates?|addresses|places?|times?|reasons?|results?|address|plates?)\s*,\s*\Z"
)
MODAL = frozenset(["to", "not", "shall", "may", "must", "will", "can", "cannot"])


def _after_noun(kind: str, prev: str, after: str) -> bool:
    """Whether a word that may be a noun too is a verb between these two."""
    if prev in ("and", "or", "nor"):
        return after in VERB_NEXT and after not in COMPOUND
    if prev in SUBJECT or _governed(prev):
        return True
    return after in VERB_NEXT and (
        kind == "third" or prev.endswith("s") or prev in {"people", "men", "women", "crew", "folk"}
    )


GOVERNORS = _words(
    "to not shall may must will can cannot can't don't never or and nor please then should "
    "just won't neither either could might do ever freely also first hereby doesn't mustn't rather who at-once n't"
)


def _governed(prev: str) -> bool:
    return prev in GOVERNORS or (prev.endswith("ly") and prev not in ADJECTIVES)
