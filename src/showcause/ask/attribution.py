"""A sentence with its quoted words hidden in, the cues that say who spoke out: each with its verb, its subject and its side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from showcause.ask.lexicon import choice, phrases, words
from showcause.ask.prose import Span
from showcause.ask.speaker import Voice, phrase, split_role

_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_TIME = (
    rf"(?:(?:on|late|early|this|last)\s+)*{_DAY}(?:\s+(?:morning|afternoon|evening|night))?|yesterday|today|tonight"
    r"|(?:this|last|earlier this)\s+(?:week|month|year|night|spring|summer|fall|winter)|at the time|again|later|then|here"
    r"|(?:on|in)\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d+)?"
)
_PLACE = (
    r"(?:in|through|by|via|during|at|on|from)\s+(?:(?:a|an|the|his|her|its|their|my|that|this|another)\s+)?(?:[\w’'-]+\s+){0,3}?"
    r"(?:statements?|letter|memo|interview|e-?mails?|filing|posts?|speech|conference|hearing|meeting|briefing|call|broadcast"
    r"|column|court|release|phone|reply|response|text|report|testimony|message|spokes\w+|affidavit|brief|motion|thread|radio|program|programme|show|podcast|panel|podium|steps|blog)"
    r"(?:\s+(?:to|with|before)\s+(?:(?:the|an?|its|his|her|their)\s+)?(?:[\w’'-]+\s+){0,3}?[\w’'-]+(?=[.,;:“]|\s+that\b|$))?|under oath"
)
_OBJECT = (
    r"(?:me|us|him|her|them|everyone|everybody|anyone|you|readers|(?:two|three|four|five|six|several|some|a few|\d+)\s+(?:[a-z-]+\s+)?[a-z-]+s|reporters|lawmakers|members|residents|colleagues|supporters|viewers|listeners|councilmembers"
    r"|(?:the|a|an|his|her|its|their|this|that|our|your)\s+(?:[A-Z][\w’'-]*(?:\s+(?:[A-Z][\w’'-]*|\d))*|[a-z’'-]+)"
    r"|(?:[a-z-]+\s+)?[a-z-]{3,}s(?=\s+(?:that|the|it|he|she|they|its|her|his|their|no|(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
    r"|[A-Z][\w’'-]*(?:\s+(?:[A-Z][\w’'-]*|\d))*)"
)
_FINITE = r"(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|may|might|must|should)"
_FIXED = r"(?:the|an?|its|his|her|their|our|no|he|she|it|they|we)"
_NOT = re.compile(
    r"(?:\b(?:not|never|(?<!went on )(?<!goes on )to|would|could|should|might|may|can|will|cannot|if|nobody|hardly)|n[’']t)"
    r"(?:\s+(?:have|be|yet|also|ever))*\s*$",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"(?:\s+|^)(?:has|have|had|is|was|also|later|then|now|still|first|recently|since|further|himself|herself|themselves|itself|once|again|did|does|soon"
    r"|repeatedly|previously|flatly|only|just|simply|earlier|\w{3,}ly|have|been|being|who)\s*$"
)
_LEAD = re.compile(
    r"(?:In|On|At|After|By|During|Before|Since|For|From|With|Under|Speaking|Asked|When|While|As|Earlier|Late|Last|This\s+week"
    r"|Yesterday|Today|Meanwhile|However|Still|But|And|Yet|Then|Instead|Now|Through|Despite|Within|Citing|Along|According|Writing|Reached|To)\b"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say somebody spoke: `start` to `end` from the verb on; `after` is where what was said may begin.

    `left` is where the subject starts, or `start` where it follows; `voice` is unresolved until read against a cast.
    """

    verb: str
    start: int
    end: int
    after: int
    left: int
    voice: Voice | None
    told: str | None = None
    negated: bool = False


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?<!-)(?<!\sin\s)(?:(?P<view>[Ii]n\s+(?:his|her|their|its)\s+(?:own\s+)?(?:view|opinion|judgment|judgement))|(?P<by>[Aa]ccording\s+to|in\s+the\s+words\s+of|was\s+the\s+view\s+of|came\s+from)"
        rf"|(?P<passive>(?:called|described|dismissed|denounced|quoted|labeled)\s+by|in\s+the\s+(?:view|opinion|telling|account)\s+of|as\s+told\s+by|by\s+the\s+account\s+of)"
        rf"|(?P<quoted>quot(?:es|ed|ing)|cit(?:es|ed|ing))(?=\s[^.,“”]{{3,80}}?\sas\s(?:saying|having|calling))"
        rf"|(?P<told>tell|tells|told|telling|assures?|assured|assuring|informs?|informed|informing|reminds?|reminded|reminding|warns?|warned|warning|notified|advised|advises|writes\s+to|wrote\s+to|wrote(?=\s+(?:me|him|her|us|them)\b))(?=\s+{_OBJECT}\b)"
        rf"|(?P<phrase>{phrases()})|(?P<verb>(?:(?<=[.!?”] )|(?<=\n)|^)(?:Said|Says|Adds|Added|Wrote|Writes|Replied|Replies|Responded|Responds|Asked|Asks|Quoth)|{choice('said', 'marked', 'that', 'deny')}))\b(?![-’'])"
    )


@cache
def _trail() -> re.Pattern[str]:
    return re.compile(rf"(?:,?\s+(?:{_PLACE}|{_TIME}))*")


_TOLD = re.compile(
    rf"\s+{_OBJECT}(?:(?:\s+(?!(?:{_FINITE}|{_FIXED}|on|in|at|that)\b)[a-z’'-]+|\s+(?:of|for)\s+(?:the\s+)?[\w’'-]+){{1,4}}(?=\s+that\s))?(?=[\s,.:;“]|$)"
)


_NOUN = re.compile(
    r"(?:\b(?:the|a|an|this|that|its|his|her|their|our|any|no|every|of|for|such|with|without|in|United)\s+(?:[a-z-]+\s+)?|[’']s\s+|\b(?:raises?|raised|voiced?|voices|expressed?|has|have|had|with)\s+)$"
)


_PASSIVE = re.compile(r"\b(?:been|was|were|is|are|being|be|getting)\s+(?:\w+ly\s+)?$")


def cues(hidden: str, sentence: Span) -> list[Cue]:
    """The cues of one sentence, in order, outside all marks."""
    found: list[Cue] = []
    for match in _cue().finditer(hidden, sentence[0], sentence[1]):
        cue = (
            _by(hidden, match, sentence)
            if match["by"] or match["passive"] or match["quoted"] or match["view"]
            else _verb(hidden, match, sentence, found)
        )
        if cue:
            found.append(cue)
    return found


def _by(hidden: str, match: re.Match[str], sentence: Span) -> Cue | None:
    if match["view"]:
        meant = {"his": "he", "her": "she", "its": "it"}.get(match.group().split()[1].lower(), "they")
        comma = match.end() + (hidden[match.end() : match.end() + 1] == ",")
        return Cue(
            "in view", match.start(), match.end(), comma, match.start(), Voice(meant, "pronoun", at=match.start())
        )
    end = _phrase_end(hidden, match.end(), sentence[1])
    seen = re.compile(r"\s(?:as|seen|obtained|reviewed|released|provided|published)\s").search(hidden, match.end(), end)
    voice = pieces_voice(hidden, match.end(), seen.start() if seen else end)
    verb = " ".join(match.group().split()).lower()
    return Cue(verb, match.start(), match.end(), end, match.start(), voice) if voice else None


def _phrase_end(hidden: str, start: int, end: int) -> int:
    stop = re.compile(
        r"[,;:“”]|[.!?](?=\s|$)(?<!\b[A-Z]\.)|\s(?:who|which|that|and|but|as|when|after)\s|,?\s(?:in|on|at)\s(?=a\b|the\b|[A-Z])"
    ).search(hidden, start + 1, end)
    first = stop.start() if stop else end
    if first < end and hidden[first] == ",":
        name = re.match(r",\s+((?:[A-Z][\w.’'-]*\s*){2,4})(?=[,.;]|\s*$)", hidden[first:end])
        if name:
            return first + name.end(1)
    return first


_PUT = re.compile(
    r"\s+(?:by|about|whether|if|how|why|what|when|where|who|which|for|to|at|on)\b"
)  # "Asked about it, he ..."
_THINGS = re.compile(
    r"\s+(?:(?:and|or)\s+[a-z]+\s+(?:will|would|are|is|were|was|have|has|shall|must|may)|will|would|are|were|have|shall|must|may|of|for each)\b"
)


def _verb(hidden: str, match: re.Match[str], sentence: Span, before: list[Cue]) -> Cue | None:
    if match.group() == "Asked" and _PUT.match(hidden, match.end(), sentence[1]):
        return None
    if match.group() in words("nouns") and _THINGS.match(hidden, match.end(), sentence[1]):
        return None
    if (
        not match["phrase"]
        and match.group() in words("nouns")
        and _NOUN.search(hidden, max(sentence[0], match.start() - 30), match.start())
    ):
        return None
    if (
        _PASSIVE.search(hidden, max(sentence[0], match.start() - 24), match.start())
        and not match["phrase"]
        and not match.group().endswith("ing")
    ):
        return None
    told, after = None, match.end()
    if match["told"]:
        target = _TOLD.match(hidden, match.end(), sentence[1])
        told, after = (target.group().strip(), target.end()) if target else (None, after)
    left, voice = (-1, None) if _turned(hidden, sentence, match) else _subject(hidden, sentence, match, before)
    if voice is None and left < 0:
        voice, after = _inverted(hidden, sentence, match, after)
    if voice is None:
        return None
    trail = _trail().match(hidden, after, sentence[1])
    end = trail.end() if trail else after
    negated = bool(_NOT.search(hidden, max(sentence[0], match.start() - 24), match.start()))
    start = left if left >= 0 else match.start()
    return Cue(match.group().lower(), match.start(), max(end, match.end()), end, start, voice, told, negated)


_VERBED = re.compile(rf"\b{_FINITE}\b")
_NAMES = re.compile(r"\s+(?:the|an?|its|his|her|their|one)\b|\s+[A-Z]")


def _turned(hidden: str, sentence: Span, match: re.Match[str]) -> bool:
    """Whether a comma before the cue closes a reported clause, its speaker following: "The files are safe, said Ito."."""
    if (
        hidden[sentence[0] : match.start()].rstrip()[-1:] != ","
        or match["told"]
        or not _NAMES.match(hidden, match.end())
    ):
        return False
    end = _phrase_end(hidden, match.end(), sentence[1])
    voice = pieces_voice(hidden, match.end(), end)
    if _VERBED.search(hidden, match.end(), end):
        return False
    return bool(
        voice
        and voice.kind != "pronoun"
        and hidden[end : end + 1] in {".", ";", ""}
        and len(hidden[match.end() : end].split()) < 9
    )


def _subject(hidden: str, sentence: Span, match: re.Match[str], before: list[Cue]) -> tuple[int, Voice | None]:
    """Where the subject before a cue starts, and who it is; -1 where none stands before it."""
    start = _clause_start(hidden, max(sentence[0], match.start() - REACH), match.start())
    left = hidden[start : match.start()].rstrip()
    if match.group().endswith("ing"):
        held = before[-1].voice if before else None
        return (match.start(), held) if held else (match.start(), first_voice(hidden, sentence))
    if relative := _WHICH.search(left):
        who = before[-1].voice if before and relative.group(1) == "who" else None
        return match.start(), who or _antecedent(left[: relative.start()], start)
    left = re.sub(r"\s+(?:went|goes) on to$", "", left)
    while cut := _ADVERB.search(left) or _NOT.search(left + " "):
        left = left[: cut.start()].rstrip()
    if not left.strip(" ,—"):
        if hidden[start - 1 : start] == "”" or match.start() == sentence[0]:
            return -1, None
        held = before[-1].voice if before else first_voice(hidden, (sentence[0], match.start()))
        return match.start(), held
    at, voice = last_phrase(left, start)
    if voice is None and hidden[start - 1 : start] == "”":
        return -1, None
    if voice is None:
        voice = first_voice(hidden, (start, match.start())) if not before else None
        at = start
    return at, voice


REACH = 400  # characters before a verb of saying within which its subject begins
_WHICH = re.compile(r"(?:,\s*|\s+)(which|who)\s*$")
_NOUNS = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne)\s|(?<![\w’'-]\s)(?=[A-Z])")
_WROTE = re.compile(r".*\b([a-z-]+)\s+(?:by|from)\s+(.+)$")


def _antecedent(left: str, offset: int) -> Voice | None:
    """Who "which" or "who" stands for: the noun phrase before it that names somebody, or whoever wrote the paper it names."""
    wrote = _WROTE.match(left)
    if wrote and wrote.group(1) in words("papers"):
        return pieces_voice(left, wrote.start(2), len(left))
    for place in reversed([m.start() for m in _NOUNS.finditer(left)]):
        voice = phrase(left[place:], offset + place)
        if voice and voice.kind in {"paper", "body"}:
            return voice
    return None


_CLAUSE = re.compile(
    r"”[,.]?|[;:—]|\s--\s|,?\s+(?:and|but|as|while|because|though|although|where)\s+(?=(?:[Hh]as|[Hh]ad|also|later|then)?\s*$)"
)


def _clause_start(hidden: str, start: int, end: int) -> int:
    at = start
    for stop in _CLAUSE.finditer(hidden, start, end):
        at = stop.end() if stop.group()[0] != "”" else stop.start() + 1
    return at


def last_phrase(left: str, offset: int) -> tuple[int, Voice | None]:
    """The noun phrase that ends `left`, or, before an apposition closed by a comma, the one that starts it."""
    trimmed = _trailing_place(left)
    apposed = trimmed.rstrip().endswith(",")
    parts = [(m.start(), m.group()) for m in re.finditer(r"[^,]+", trimmed) if m.group().strip()]
    if not parts:
        return offset, None
    if not apposed:
        parts = parts[-1:] if len(parts) < 2 or not re.match(r"\s*who\b", parts[-1][1]) else parts
    while len(parts) > 1 and _LEAD.match(parts[0][1].strip()):
        parts = parts[1:]
    if apposed and len(parts) > 3:
        parts = parts[-2:] if phrase(_tail(parts[-2][1])) else parts
    if apposed and len(parts) > 2 and _pair(parts[-2:], offset):
        parts = parts[-2:]
    at = parts[0][0]
    if not apposed:
        body = _tail(parts[0][1])
        at = parts[0][0] + parts[0][1].rfind(body)
        return offset + at, phrase(body, offset + at)
    return offset + at, _apposed(parts, offset)


def _pair(parts: list[tuple[int, str]], offset: int) -> bool:
    """Whether two parts between commas are an office and the name of its holder."""
    first, second = (phrase(_tail(part), offset + at) for at, part in parts)
    return bool(first and second and first.kind == "role" and second.kind == "person" and not second.role)


_JOINT = re.compile(r"\s(?:and|but|that|while|because|as|when|after|before|since|if|where|what|than|whether)\s+(?=\S)")


def _tail(part: str) -> str:
    tail = _JOINT.split(part)[-1].strip()
    return tail if phrase(tail) else part.strip()


def _trailing_place(left: str) -> str:
    return re.sub(
        rf",?\s*(?:,\s*(?:{_PLACE}|{_TIME}|in\s+(?:a|an)\s+[^,]+|who\b[^,]*|when\b[^,]*|speaking\b[^,]*|asked\b[^,]*),)\s*$",
        "",
        left,
    )


_OFFICE = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s|(?:[A-Z][\w’'&-]*\s+)*[A-Z][\w’'-]*[’']s\s+[a-z])"
)


def _apposed(parts: list[tuple[int, str]], offset: int) -> Voice | None:
    first = phrase(_tail(parts[0][1]), offset + parts[0][0])
    second = phrase(parts[1][1], offset + parts[1][0]) if len(parts) > 1 else None
    bare = bool(second and second.kind == "person" and not second.role)
    if (
        second
        and bare
        and len(second.name.split()) > 1
        and (first is None or first.kind == "paper")
        and _OFFICE.match(parts[0][1].strip())
    ):
        role, organisation = split_role(parts[0][1])
        return Voice(second.name, "person", role, organisation, second.at)
    if first and first.kind == "role" and first.role is None and second and second.kind == "person" and second.role:
        return second
    if first and first.kind in {"role", "body"} and second and bare:
        return Voice(second.name, "person", first.role, first.organisation, first.at)
    if first and first.kind == "person" and second and second.kind == "role":
        return Voice(
            first.name, "person", first.role or second.role, first.organisation or second.organisation, first.at
        )
    return first


def pieces_voice(hidden: str, start: int, end: int) -> Voice | None:
    """Who the words from `start` to `end` name, an office set beside its holder in commas being one person."""
    parts = [(m.start() + start, m.group()) for m in re.finditer(r"[^,]+", hidden[start:end]) if m.group().strip()]
    return _apposed([(at - start, part) for at, part in parts], start) if parts else None


def _inverted(hidden: str, sentence: Span, match: re.Match[str], after: int) -> tuple[Voice | None, int]:
    if match.group() in words("deny"):
        return None, after
    end = _phrase_end(hidden, match.end(), sentence[1])
    voice = pieces_voice(hidden, match.end(), end)
    if voice and voice.kind == "person" and not voice.role and hidden[end : end + 1] == ",":
        stop = re.compile(r"[,;“”]|\.(?=\s|$)").search(hidden, end + 1, sentence[1])
        voice = pieces_voice(hidden, match.end(), stop.start() if stop else sentence[1]) or voice
    return (
        (None, after) if voice and voice.kind == "pronoun" and voice.name in {"it", "we", "you", "i"} else (voice, end)
    )


def first_voice(hidden: str, sentence: Span) -> Voice | None:
    """The subject of a sentence: the first noun phrase that names somebody, after what leads up to it."""
    at = sentence[0]
    lead = _LEAD.match(hidden, at, sentence[1])
    comma = hidden.find(",", at, sentence[1]) if lead else -1
    if lead and lead.group() in {"But", "And", "Yet", "Then", "Still", "Now", "Meanwhile"}:
        at = lead.end() + (comma == lead.end())
    elif comma >= 0:
        at = comma + 1
    stop = _SUBJECT_END.search(hidden, at, sentence[1])
    end = stop.start() if stop else min(sentence[1], at + 90)
    voice = pieces_voice(hidden, at, end)
    return voice if voice and (voice.kind != "pronoun" or voice.name not in {"i", "we", "you"}) else None


_SUBJECT_END = re.compile(
    r"[“”;:.?!—](?!\w)(?<!\b[A-Z]\.)|\s(?:is|was|are|were|has|have|had|will|would|did|does|do|can|could|may|\w+n[’']t|said|says|[a-z]{2,}ed|asks|sees|keeps|wrote"
    r"|told|gave|took|made|went|got|left|stood|sent|came|[a-z]{3,}(?<!ou)(?<![su])s(?!\s+(?:of|for|with|attorney)))\s"
)
