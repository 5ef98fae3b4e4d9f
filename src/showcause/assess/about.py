"""A clause of a document and what was said before it in; what it is about and toward whom out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from showcause import text
from showcause.assess.terms import Vocabulary
from showcause.norm import Modality, Norm
from showcause.text import later

Span = tuple[int, int]
NEAR = 4  # sentences back in which a pronoun's antecedent is looked for
ANAPHOR = later(
    r"\b(?:it|them|that|those|this|these|such|same|one|ones|any|the\s+(?:question|matter|subject|information|answer|reply|particular|list|form|request|query|call|letter)|so|him|her|he|she|they|there|neither|either|both|all\s+three|anything)\b"
)
LINKED = later(
    r"\b(?:regarding|concerning|about|on|as\s+to|of|touching|relating\s+to|related\s+to|whether|that\s+shows?|showing|with\s+respect\s+to|respecting|for|into|which\s+shows?)\b"
)
WHOLE = later(
    r"\b(?:includ\w+|whatever|whatsoever|whomever|of\s+any\s+(?:kind|sort)|any\s+subject|no\s+matter|everything|nothing\s+at\s+all|whole\s+file|at\s+all|of\s+every\s+kind)\b"
)
INSIDE = later(
    r"^\s*(?:it\s+|them\s+|this\s+|that\s+|the\s+\w+\s+|such\s+\w+\s+|all\s+\w+\s+)?(?:up\s+|first\s+)?(?:to\s+|through\s+|via\s+|past\s+)?(?:me|us|your|our|the\s+(?:watch|shift|duty)|(?:the\s+|your\s+|a\s+)?(?:\w+\s+)?(?:sergeant|lieutenant|captain|supervisor|chief|counsel|attorney|manager|director|clerk|custodian|victim|press|media|reporter|public|communications|legal|liaison|foreman|superintendent))\b"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: the matters and parties that its definition names, where it stands, and where the words that it stands for do."""

    matters: frozenset[str]
    parties: frozenset[str]
    span: Span
    means: Span


@dataclass(slots=True)
class Memory:
    """What has been spoken of in the sentences just before."""

    matters: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    parties: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    about: frozenset[str] = frozenset()
    asked: tuple[int, Norm, frozenset[str], frozenset[str]] | None = None
    defined: dict[str, Term] = field(default_factory=dict)

    def last(self, kind: Sequence[tuple[int, frozenset[str]]], at: int) -> frozenset[str]:
        """What was mentioned nearest before sentence `at`."""
        return next((found for place, found in reversed(kind) if at - place <= NEAR), frozenset())


@lru_cache(maxsize=4096)
def matters_in(low: str, start: int, end: int, words: Vocabulary) -> frozenset[str]:
    """The matters that the words between `start` and `end` name; `all` only where no certain matter narrows it."""
    named = {m for m in words.specific() if words.matters[m].search(low, start, end)}
    if words.open and words.matters[words.open].search(low, start, end) and not named:
        named.add(words.open)
    if words.all:
        for m in words.matters[words.all].finditer(low, start, end):
            if not named or (WHOLE.search(low, start, end) and not LINKED.match(low[m.end() :].lstrip())):
                named.add(words.all)
                break
    return frozenset(named)


@lru_cache(maxsize=4096)
def parties_in(low: str, start: int, end: int, words: Vocabulary) -> frozenset[str]:
    """The parties that the words between `start` and `end` name, without those that they except."""
    found = {p: m for p, pattern in words.parties.items() if (m := pattern.search(low, start, end))}
    if len(found) > 1:
        found = {p: m for p, m in found.items() if not OTHER_THAN.search(low[max(start, m.start() - 40) : m.start()])}
    return frozenset(found)


OTHER_THAN = later(
    r"\b(?:other\s+than|apart\s+from|aside\s+from|excepting|except|but\s+not)\s+(?:(?:to|with|from|by)\s+)?(?:an?\s+|the\s+|any\s+|to\s+)*\Z"
)
GUARDS = frozenset({"protect", "shield", "guard", "safeguard", "shelter", "cover_up", "hide"})
GUARDED = later(
    r"\s+(?:you|us|him|her|them|(?:an?|the|any|every|all|our|your|its|those|their)?\s*(?:\w+\s+)?(?:employees?|staff|officers?|deput(?:y|ies)|members?|workers?|clerks?|residents?|victims?|people|families|children|communit(?:y|ies)|neighbou?rs?|rights?|public|privacy))\b(?!')"
)  # whom or what is guarded, and no information
EVERYTHING = later(
    r"\b(?:nothing|none\s+of\s+(?:it|that|this)|anything|everything|whatever|zilch|nada|nowt|naught|(?:no|any|all|every)\s+(?:\w+\s+)?(?:information|info|details?|data|facts?|particulars?|word|records?|files?|papers|documents?)|(?:not\s+)?a\s+(?:word|thing|peep|syllable|whisper|crumb|scrap)|not\s+(?:one|a\s+single)\s+(?:item|fact|detail|line|thing|scrap|particular|word))\b(?!\s+(?:to\s+do|wrong|against|stops?|prevents?|bars?|forbids?))"
)
HELD = later(
    r"\s*(?:on\s+to\s+)?(?:him|her|them|anyone|anybody|people|persons?|(?:an?|the|any)\s+(?:person|individual|prisoner|inmate|detainee|man|woman|arrestee|alien)|prisoners|inmates|individuals|someone|somebody|nobody|no\s+one)\b(?!')(?!\s+(?:informed|numbers?|registration|files?|codes?|cards?|status|documents?|class\w*)\b)"
)
THEY = later(r"(?:^|[,;:]\s+|\b(?:and|but)\s+)\W*(?:they|he|she)\s+(?:[\w']+\s+){0,2}$")


def goes_toward(toward: frozenset[str], parties: frozenset[str]) -> bool:
    """Whether an act that is done toward `toward` is done toward one of the parties named."""
    return bool(toward & (parties or {""})) or ("" in toward and not parties & {"authority", "anyone"})


def terms_meant(low: str, span: Span, words: Vocabulary) -> frozenset[str]:
    """The matters that a definition brings in, without those that it leaves out in terms."""
    stop = re.compile(r"\b(?:does\s+not\s+include|not\s+including|excluding|is\s+not\s+an?\b)").search(low, *span)
    return matters_in(low, span[0], stop.start() if stop else span[1], words)


CHARGED = later(
    r"\s+(?:(?:charged|entrusted|tasked)\s+with|(?:that|which)\s+(?:enforces?|administers?|removes?|deports?)|responsible\s+for|(?:engaged|employed)\s+in)\b[^.;,]*"
)


def unnamed(low: str, words: Vocabulary) -> str:
    """The words without the name of an authority, in which a matter may stand: "the agency charged with the removal of aliens"."""
    authority, out = words.parties.get("authority"), low
    for m in authority.finditer(low) if authority else ():
        further = CHARGED.match(low, m.end())
        end = further.end() if further else m.end()
        out = out[: m.start()] + " " * (end - m.start()) + out[end:]
    return out


THING = later(
    r"\W*(?:what(?:ever)?|anything|everything|all|any|every|the|an?|our|that|such|those)?\s*(?:\w+\s+){0,2}?(?:information|facts?|particulars?|data|papers?|records?|lists?|sheets?|pages?|files?|forms?|cards?|rolls?|notes?|copy|copies|what|whatever|that)\b"
)
AHEAD = 40  # characters of a definition in which it says that it is of a body


def term_of(low: str, span: Span, words: Vocabulary, start: int) -> Term:
    """The term that is defined by the words in `span`, from `start` on: a body is no information, whoever works for it."""
    told, authority = unnamed(low[slice(*span)], words), words.parties.get("authority")
    first = authority.search(low, *span) if authority else None
    body = first is not None and first.start() - span[0] < AHEAD
    named = frozenset[str]() if body and not THING.match(low, *span) else terms_meant(told, (0, len(told)), words)
    return Term(named, parties_in(low, *span, words), (start, span[1]), span)


def spoken_matters(
    low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: Memory
) -> tuple[frozenset[str], frozenset[str]]:
    """What the norm is about and what it leaves out: its own clause, else its sentence, else what was just spoken of."""
    start, end = each.span
    used = [t.matters for t in terms_in(low, start, end, memory) if t.matters]
    if used and not ({words.all} & frozenset().union(*used)):
        return frozenset().union(*used), frozenset()
    named = _left_out(low, each, words)
    if named:
        return frozenset({words.all}), named
    return _spoken_of(low, n, one, each, words, memory), frozenset()


def _left_out(low: str, each: Norm, words: Vocabulary) -> frozenset[str]:
    """What a rule about everything excepts by name: "no information other than status"."""
    start, end = each.span
    tail = LEAVES_OUT.search(low, start, end)
    if tail is None or matters_in(low, start, tail.start(), words) - {words.all}:
        return frozenset()
    return frozenset(
        k for k in words.specific() if words.matters[k].search(low, tail.end(), min(end, tail.end() + 100))
    )


def _spoken_of(low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: Memory) -> frozenset[str]:
    """What the norm is about, with what its own words leave to be understood."""
    start, end = each.span
    found = (
        matters_beside(low, each, words) if each.act == "release" else matters_in(low, start, end, words)
    )  # the verb, not the date
    if found & set(words.specific()) or words.open in found:
        return found
    if WHOLE_SUBJECT.search(low, start, end):
        return frozenset({words.all})
    if (
        not found - {words.all}
        and each.family != "ask"
        and not (each.family == "move" and ANAPHOR.search(low, start, each.head[0]))
        and any(p.search(low, start, end) for says, p in words.near if "money" not in says)
    ):
        return frozenset()
    vague = words.all in found and (
        not ABOUT.search(low, start, end)
        or bool(re.search(r"\s(?:it|them)\b", each.act) or FOLLOWING.search(low, start, end))
    )
    whole = matters_in(low, one.body, one.end, words).union(
        *(t.matters for t in terms_in(low, one.body, one.end, memory))
    )
    whole &= set(words.specific())
    apart = each.family == "keep" or OWN_ITEM.search(low, one.body, start)
    if (not found or vague) and whole and (not apart or _leans(low, each, end)):
        return whole
    before = memory.last(memory.matters, n)
    if found:
        return before if vague and before else found
    return _understood(low, one, each, words, before)


OWN_ITEM = later(
    r"[;:,.\n]\s*(?:and\s+|or\s+)?\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s*\Z"
)  # an item of a list, which is about its own object


def _understood(low: str, one: text.Sentence, each: Norm, words: Vocabulary, before: frozenset[str]) -> frozenset[str]:
    """What a clause that names no information is about: all of it, what was spoken of before, or nothing."""
    everything = frozenset({words.all})
    telling = each.family in ("tell", "answer")
    if telling and _of_somebody(low, each, each.span[1], words):
        return everything
    if telling and each.modality is Modality.FORBIDDEN and not before and _nothing_else(low, each, each.span[1], words):
        return everything
    if telling and _contacts(low, each, words):
        return before & set(words.specific()) or everything
    if each.withheld and not before and words.contacts.search(low, one.body, one.end):
        return everything
    if _leans(low, each, each.span[1]):
        return before or (everything if each.family == "answer" else frozenset())
    return everything if each.family == "answer" and not each.withheld else frozenset()


def _contacts(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether calls, letters or questions are what the clause is about, and not its verb."""
    found = words.contacts.finditer(low, *each.span)
    return any(
        not (m.start() < each.head[1] and each.head[0] < m.end()) and not low.startswith("number", m.end() + 1)
        for m in found
    )


GIVEN = frozenset(
    ["lend", "give", "provide", "supply", "hand", "send", "offer", "deliver", "furnish", "render", "share"]
)  # verbs whose object may be a thing
STOP = later(
    r"\b(?:to|with|the|an?|any|of|in|on|at|by|for|from|this|that|it|them|him|us|our|your|their|or|and|is|are|be|when|if|who|which|under|all|no|not|ever|reason|circumstances?|way|kind|sort|time|here|staff|phone|person|writing|agents?|officers?|officials?)\b|\W"
)


def _nothing_else(low: str, each: Norm, end: int, words: Vocabulary) -> bool:
    """Whether the authority is named and nothing else: "no one talks to ICE"."""
    after = low[each.head[1] : end]
    authority = words.parties.get("authority")
    if authority is None or not authority.search(low, *each.span):
        return False
    return len(STOP.sub(" ", authority.sub(" ", after)).split()) <= (each.act not in GIVEN)


def _of_somebody(low: str, each: Norm, end: int, words: Vocabulary) -> bool:
    """Whether it says "... concerning any resident": all information about a person."""
    m = re.compile(
        r"\b(?:about|concerning|regarding|respecting|touching|relating\s+to|pertaining\s+to|as\s+to|with\s+(?:regard|respect|reference)\s+to|in\s+(?:regard|respect)\s+(?:of|to)|on\s+the\s+subject\s+of)\s+"
    ).search(low, each.head[1], end)
    person = words.parties.get("person")
    return bool(m and person and person.search(low, m.end(), min(end, m.end() + 40)))


def matters_beside(low: str, each: Norm, words: Vocabulary) -> frozenset[str]:
    """The matters of a clause but for those that its own verb would name: "may release the list"."""
    return matters_in(low, each.span[0], each.head[0], words) | matters_in(low, each.head[1], each.span[1], words)


def terms_in(low: str, start: int, end: int, memory: Memory) -> list[Term]:
    """The defined terms that stand between `start` and `end`."""
    return [t for term, t in memory.defined.items() if _stands(low, named(term), start, end)]


OUTSIDE = later(r"\b(?:outside|beyond|without|other\s+than)\s+(?:of\s+)?(?:the\s+|this\s+|our\s+)?\Z")


def _stands(low: str, term: re.Pattern[str], start: int, end: int) -> bool:
    """Whether a term stands there, and not only to say what is outside of it."""
    return any(not OUTSIDE.search(low[max(start, m.start() - 20) : m.start()]) for m in term.finditer(low, start, end))


@lru_cache(maxsize=1024)
def named(term: str) -> re.Pattern[str]:
    """The term as a word of its own, one or many: "hall" and "halls", and not "shall"."""
    many = term[:-1] + "ies" if term.endswith("y") else term.rstrip("s")
    return re.compile(rf"(?<!\w)(?:{re.escape(many)}(?:e?s)?|{re.escape(term)})(?!\w)")


def _leans(low: str, each: Norm, end: int) -> bool:
    """Whether the clause leaves its object to be understood: a pronoun, or nothing at all after the verb."""
    if not each.family:
        return True
    after = low[each.head[1] : end]
    if re.search(r"\s(?:it|them|that|those|this)\b", each.act):
        return True
    if not re.search(
        r"\w",
        re.sub(
            r"\b(?:first|please|either|at\s+all|ever|now|again|civilly|politely|too|also|back|out|up|over|anything|nothing)\b",
            "",
            after,
        ),
    ):
        return True
    if (each.passive or each.family == "move") and ANAPHOR.search(low, each.span[0], each.head[0]):
        return True
    return (
        bool(OBJECT.match(after))
        or (each.withheld and bool(ANAPHOR.search(low, *each.span)))
        or bool(FRONTED.search(low, each.span[0], each.head[0]))
    )


OBJECT = later(
    r"\s*(?:(?:word|notice|warning)\s+of\s+)?(?:\w+ly\s+)?(?:to\s+|with\s+|of\s+|for\s+|out\s+|up\s+|over\s+)?(?:(?:it|them|that|this|those|these|him|her|one|any|both|all\s+three|so|either|neither|such\s+\w+|the\s+(?:question|same|information|answer|matter|particulars?|list|form|details?|facts?|date|subject|latter|former|said)|more|less|further|anything|nothing|something|immigration|ice|anyone|anybody|nobody|no\s+one|any\s+\w+\s+(?:person|agency|body)|an?\s+(?:answer|reply)|federal\s+\w+|the\s+(?:agents?|officers?|service|bureau|authorit\w+|agency|caller|feds|customer|person|driver|patient|cardholder|client))\b|$|[.,;:?!)])"
)
WHOLE_SUBJECT = later(
    r"\b(?:on\s+(?:whatever|any|every)\s+(?:subject|matter|topic)|about\s+(?:whom(?:so)?ever|anyone|anybody|any\s+person)|of\s+any\s+(?:kind|sort)|whatever\s+(?:the\s+)?(?:subject|question|topic))\b"
)
FOLLOWING = later(r"\bof\s+(?:the\s+following|these|those)\b")
FRONTED = later(r"\b(?:that|this|it|which|what)\b[^.;]{0,40}$")
ABOUT = later(
    r"\b(?:about|regarding|concerning|on|of|as\s+to|relating\s+to|touching)\s+(?:an?|any|the|that|his|her|our|their|somebody|someone|anybody|anyone|whom|each|every|people|persons?|individuals?|\w+s)\b|\bwhat(?:so)?ever\b|\bat\s+all\b|\bof\s+any\s+(?:kind|sort)\b"
)
LEAVES_OUT = later(
    r"\b(?:other\s+than|except(?:ing)?(?:\s+(?:for|as\s+to))?|apart\s+from|aside\s+from|save(?:\s+for)?|but\s+not|excluding|beyond|besides|but\s+for|but)\b(?=\s+(?:\w+('s)?\s+){0,3}?(?:status|citizenship|immigration|nationality|release|address|home))|\b(?:other\s+than|except(?:ing)?\s+for|apart\s+from|aside\s+from|beyond)\b"
)


def spoken_parties(
    low: str, n: int, one: text.Sentence, each: Norm, words: Vocabulary, memory: Memory
) -> frozenset[str]:
    """Toward whom: the one addressed, else those named in the clause, the sentence, or just before."""
    if each.family == "keep":
        return frozenset()
    after = low[each.head[1] : each.span[1]]
    if each.family in ("tell", "answer", "move") and INSIDE.match(after):
        return frozenset({"inside"})
    beside = each.counterpart or each.span
    meant, named = _bodies(low, beside, memory), _bodies(low, each.span, memory)
    near = parties_in(low, *beside, words) - {"person"}
    if each.family != "ask" and (found := meant or near):
        return found
    if named:
        return named
    found = parties_in(low, *each.span, words)
    whole = parties_in(low, one.body, one.end, words)
    if each.family == "ask":
        return _asked_party(low, each, found, whole, words, memory.last(memory.parties, n))
    mine = {"person"} if each.passive else {"person", "agency"}  # a body that acts is not the one acted toward
    termed = (
        frozenset[str]().union(*(t.parties for t in terms_in(low, one.body, one.end, memory) if not t.matters)) - mine
    )
    return (
        found - mine
        or whole - mine
        or termed
        or _unnamed(low, n, each, words, memory)
        or _everyone(low, each, words, whole)
    )


def _bodies(low: str, span: Span, memory: Memory) -> frozenset[str]:
    """The parties that the defined terms in `span` stand for."""
    return frozenset[str]().union(*(t.parties for t in terms_in(low, *span, memory) if not t.matters)) - {"person"}


SECRET = later(r"\b(?:confidential|in\s+(?:\w+\s+)?confidence|secret|private|sealed|under\s+(?:lock|wraps|seal))\b")
STAYS = later(
    r"\b(?:stays?|remains?|rests?|keep|keeps|kept)\s+(?:[\w']+\s+){0,5}?(?:right\s+)?(?:here|within\s+(?:us|(?:the|this|our|these)\s+\w+)|with\s+us|in(?:side)?\s+(?:the|this|our)\s+(?:building|office|house|walls|department|agency|bureau|jail|station|shop)|in-house|between\s+us)\b"
)


def _everyone(low: str, each: Norm, words: Vocabulary, whole: frozenset[str]) -> frozenset[str]:
    """Anyone outside, where what the law is about is to be kept secret and nobody is named from whom."""
    mine = frozenset().union(*(a.matters for a in words.acts)) & set(words.specific())
    withheld = each.withheld and each.modality is Modality.FORBIDDEN
    stays = "agency" not in whole and STAYS.search(low, *each.span)
    secret = withheld and (stays or SECRET.search(low, *each.span))
    return (
        frozenset({"anyone"})
        if secret and "anyone" in words.parties and mine & matters_in(low, *each.span, words)
        else frozenset()
    )


def _unnamed(low: str, n: int, each: Norm, words: Vocabulary, memory: Memory) -> frozenset[str]:
    """Toward whom where nobody is named: the person that "to the rider" says, whoever was spoken of, or the paper's subject."""
    person = words.parties.get("person")
    if person and any(
        person.match(low, m.end(), each.span[1]) for m in ADDRESSED.finditer(low, each.head[0], each.span[1])
    ):
        return frozenset({"person"})
    if OTHERS.search(low, each.head[1], each.span[1]):
        return frozenset()
    named = bool(not each.family or matters_in(low, *each.span, words) & set(words.specific()))
    return memory.last(memory.parties, n) or (memory.about if named else frozenset())


OTHERS = later(
    r"\b(?:to|with)\s+(?:who(?:m)?ever\b|(?:the|an?|our|your|his|her|their|its)\s+(?!(?:\w+\s+)?(?:same|question|request|inquir|enquir|letter|call|phone|form|bottom|top|rule|law|order|extent|effect|best|end|contrary|agency|caller|officers?|agents?|service|bureau|authorit\w+|office|department|desk|feds?|government|people|matter|subject|point|person|public|press)\b)[a-z]+\b(?!\s*')(?=\s*(?:[.,;]|and\b|or\b|$)))"
)  # somebody else, in so many words
ADDRESSED = later(r"\bto\s+(?:an?|the|each|every|any|that|his|her|their)\s+")


def _asked_party(
    low: str, each: Norm, found: frozenset[str], whole: frozenset[str], words: Vocabulary, before: frozenset[str]
) -> frozenset[str]:
    """Who is asked: the direct object, else an authority in the clause; a pronoun stands for whoever was last named."""
    head = low[each.head[1] : min(each.span[1], each.head[1] + 60)]
    direct = re.split(
        r"\b(?:status|citizenship|papers|nationality|of\s+(?:each|an?|the|any|his|her|their|every)|verification|about|regarding|concerning|whether|as\s+to|on|to\s+state|for|if|what|into|when|where)\b",
        head,
        maxsplit=1,
    )[0]
    if subject := _asked_of(low, each, head, words):
        return subject
    if outside := _sources(low, each, words):
        return outside
    through = DIRECT_FROM.match(low, each.head[1], each.span[1])
    direct = max(direct, through[0] if through else "", key=len)
    named = parties_in(low, each.head[1], each.head[1] + len(direct), words)
    if _asked_through(low, each, words):
        return frozenset({"authority"})
    if not _first_named(low, each, len(direct), words):
        named -= {"authority"}  # half of a longer name: "immigration papers"
    others = named & {"authority", "anyone", "agency"}
    if others:
        return others | ({"person"} if PERSON_TOO.match(low, each.head[1], each.head[1] + len(direct) + 20) else set())
    if named:
        return frozenset({"person"})
    return _stood_for(low, each, head, whole & {"authority"} or before & {"authority"}) or (
        found & {"authority", "anyone", "agency"} or (frozenset({"person"}) if found else frozenset())
    )


def _stood_for(low: str, each: Norm, head: str, authority: frozenset[str]) -> frozenset[str]:
    """Whom a pronoun or an unlisted body's name stands for; nobody where the verb has neither beside it."""
    person = frozenset({"person"})
    if HIM.match(head) and not CALLER.search(low, max(0, each.head[0] - 220), each.head[0]):
        return person
    if BODY.search(low, each.head[1], each.span[1]):
        return frozenset({"authority"})
    return (authority or person) if THAT_ONE.match(head) else frozenset()


def _asked_of(low: str, each: Norm, head: str, words: Vocabulary) -> frozenset[str]:
    """Whom the subject of "is asked" names."""
    if not (each.passive and each.bearer and PUT_TO.match(each.act)) or re.match(r"\s*(?:of|from|by)\b", head):
        return frozenset()
    subject = parties_in(low, *each.bearer, words)
    return subject & {"authority"} or (frozenset({"person"}) if subject else frozenset())


SOURCES = later(
    r"\b(?:from|through|by\s+(?:asking|(?:inquiry|enquiry|a\s+question|questions)\s+(?:of|to)|putting\s+(?:the|a|any)\s+(?:same\s+)?questions?\s+to))\s+(?P<who>[^.;:]{3,120})"
)


def _sources(low: str, each: Norm, words: Vocabulary) -> frozenset[str]:
    """The outsiders from whom the thing is sought, and the person where the clause names one too: "from him or any third party"."""
    for m in SOURCES.finditer(low, each.head[1], each.span[1]):
        who = parties_in(low, m.start("who"), m.end("who"), words)
        if who & {"authority", "anyone", "agency"}:
            return (who - {"person"}) | ({"person"} if HIMSELF.match(low, m.start("who")) else set())
    return frozenset()


HIMSELF = later(
    r"(?:him|her|them|(?:the|that|any|an?|each)\s+(?:person|individual|party|prisoner|arrestee|driver|applicant|inmate|tenant|patient|student|resident|suspect|detainee|victim|witness|worker|rider)s?)\b(?!')"
)


THAT_ONE = later(r"\s*(?:of\s+|to\s+)?(?:him|her|it|them|that\s+\w+)\b")
HIM = later(
    r"\s*(?:of\s+|to\s+)?(?:him|her)\b(?!\s+(?!if|whether|what|where|how|about|for|to|in|at|of|on|when|and|or|who)[a-z]+)"
)
CALLER = later(r"\b(?:agent|inspector|official|caller|investigator|immigration\s+(?:man|woman|officer))\b")
PUT_TO = later(
    r"(?:ask|question|quiz|interrogat|press|examin|prompt|grill|prob|canvass|made|required|compelled|obliged)"
)
PERSON_TOO = later(
    r"[\w\s,'-]{0,40}?\b(?:of|from)\s+(?:any|an?|the|each)\s+(?:person|individual|party|prisoner|arrestee|driver|applicant)s?\b(?!')|\s*(?:any\s+(?:person|individual)|anyone|anybody)\b(?!')(?!\s+(?:else|outside))"
)  # "from any person, or from any third party": the person is asked too
BODY = later(
    r"\b(?:from|of|with|through|by|against|to)\s+(?:the|an?|any)\s+(?:[\w-]+\s+){0,4}?(?:center|centre|system|bureau|index|portal|database|terminal|program)\b"
)  # a body, by its last word
DIRECT_FROM = later(
    r"\s*,?\s*(?:of|from)\s+(?:[\w'-]+\s+){1,4}?(?:[\w'-]+)?(?:,?\s+(?:or|and|nor)\s+(?:of\s+|from\s+)?(?:[\w'-]+\s+){1,3}?[\w'-]+)?(?=\s*[,.;]|\s+(?:about|as\s+to|concerning|regarding|whether|if|what|information)|$)"
)


def _first_named(low: str, each: Norm, reach: int, words: Vocabulary) -> bool:
    """Whether the authority is named within `reach` characters of the verb, in full."""
    authority = words.parties.get("authority")
    m = authority.search(low, each.head[1], each.span[1]) if authority else None
    return m is not None and m.start() < each.head[1] + reach


def _asked_through(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether it is the authority that is asked: "check it with them", "call them to check"."""
    authority = words.parties.get("authority")
    if authority is None:
        return False
    if low.endswith("to ", 0, each.head[0]) and authority.search(low, each.span[0], each.head[0]):
        return True
    m = authority.search(low, each.head[1], each.span[1])
    return bool(
        m and re.search(r"\b(?:with|from|through|via|against|of|to)\s+(?:the\s+)?$", low[each.head[1] : m.start()])
    )


TWO_LIMBS = later(
    r"(?:respond|reply|answer)\w*\s+(?:to\s+)?(?:[\w']+\s+){0,6}?(?:inquir|enquir|question|request|quer|call)\w*\s+or\s+\w+"
)


def two_limbs(low: str, one: text.Sentence) -> bool:
    """Whether it is open what the matter governs: "answering inquiries or communicating ... regarding release dates"."""
    return bool(TWO_LIMBS.search(low, one.start, one.end))


def named_itself(low: str, each: Norm, words: Vocabulary) -> str:
    """How much of itself the clause says: "m" for its matter, "p" for its party, "v" for a verb."""
    matter = any(words.matters[k].search(low, *each.span) for k in words.matters)
    return (
        ("m" if matter else "")
        + ("p" if parties_in(low, *each.span, words) - {"person"} else "")
        + ("v" if each.family else "")
    )


def theirs(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether the authority is the one who acts."""
    if each.bearer is None or each.passive or "authority" not in words.parties:
        return False
    subject = low[each.bearer[0] : each.bearer[1]]
    if ASKED_FIRST.match(subject):
        subject = subject[subject.rfind(",") + 1 :]
    m = words.parties["authority"].search(subject)
    return bool(m and m.start() <= 12) and not re.search(r"\b(?:who|staff|member|you|we)\b", subject)


ASKED_FIRST = later(
    r"\W*(?:when\s+|if\s+|once\s+)?(?:asked|questioned|approached|telephoned|called|contacted|pressed|requested)\b[^,]*,"
)  # "asked by an agent whether he is held, the desk shall ..."
ASKED_BY = later(r"\s+(?:of|from|by|made\s+by|received\s+from)\s+(?:an?|the|any)?\s*")


def _of_theirs(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether a noun of asking is the authority's own: "a request of the bureau to hold a person"."""
    m = ASKED_BY.match(low, each.head[1], each.span[1])
    authority = words.parties.get("authority")
    if not (m and authority and re.match(r"(?:request|inquir|enquir|quer|question)", low[each.head[0] : each.head[1]])):
        return False
    before = low[max(0, each.head[0] - 8) : each.head[0]]
    return bool(authority.match(low, m.end())) and bool(
        re.search(r"(?:^|\W)(?:an?|the|any|each|every|such|no)\s+\Z", before) or not before.strip()
    )


SHOWS = frozenset({"say", "show", "state", "tell", "read", "indicate", "name", "mark", "note", "list", "record"})
THING = later(
    r"\b(?:form|log|sign|table|label|stamp|entry|entries|register|receipt|certificate|invoice)s?\W*(?:also\s+)?\Z"
)  # not a person who acts


DEED = later(
    r"\b(?:requests?|notices?|demands?|detainers?|orders?)\b[^.;]{0,60}?\b(?:to|that\s+we|for\s+the)\s+"
    r"(?:hold|detain|keep|arrest|transfer|house|jail|interview|custody|detention|arrest\s+of|transfer\s+of)\b"
)


def _of_a_deed(low: str, each: Norm) -> bool:
    """Whether what is answered is a request for a deed, to hold or hand over a person, and not for information."""
    return each.family == "answer" and bool(DEED.search(low, each.span[0], each.span[1]))


def acting(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether the clause is about what the body's own people do: not what the authority itself may do or asks."""
    if _of_theirs(low, each, words) or _of_a_deed(low, each):
        return False
    if each.bearer is None or not each.family or each.passive or each.family == "receive":
        return True
    subject = low[each.bearer[0] : each.bearer[1]]
    if each.act in SHOWS and THING.search(subject):
        return False
    by_them = theirs(low, each, words)
    pronoun = re.match(r"\W*(?:they|it|he|she)\b", subject)
    if each.family == "move" and each.act in ("have", "see", "find", "learn", "get", "come", "hear", "reach"):
        return (
            bool(
                by_them
                or pronoun
                or re.search(r"\b(?:they|he|she|it)\s+(?:[\w']+\s+){0,2}$", low[each.span[0] : each.head[0]])
            )
            or each.act == "reach"
        )
    if each.family == "move" and not THITHER.search(low, each.head[1], each.span[1]):
        return False
    return not by_them


THITHER = later(r"\b(?:to|into|onto|with|by|before|for|over|out|this|our|the|here)\b")
