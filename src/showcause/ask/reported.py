"""A sentence and its cues in, the clauses they report out, each without its cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcause.ask.attribution import Cue
from showcause.ask.claim import trim
from showcause.ask.lexicon import words
from showcause.ask.prose import HIDDEN, Span

_FINITE = re.compile(
    r"\b(?:\w+[’'](?:d|ll|re|ve)|(?:he|she|it|that|there|what|who)[’']s|is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|cannot|won[’']t|isn[’']t|it[’']s"
    r"|don[’']t|didn[’']t|\w+n[’']t|\w{2,}ed|\w{2,}[^s\W]s|made|took|gave|went|kept|left|sent|got|came|saw|knew|broke|wrote|met|lost|won|built|held|told|paid|ran|run|let|put|set|cut|need|want)\b"
)
_NO_CLAUSE = re.compile(
    r"(?:to|in|of|for|about|on|at|with|by|no(?=[.,;]|\s+(?:to|comment|such)\b|$)|nothing|little|so|as|yes|from|after|before|when|if only|against|than|whether|how|what|why)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r",?\s+according to\b|;\s+(?!(?:he|she|it|they|that)\b)|,\s+(?:adding|saying|noting|citing|calling|and\s+(?:has|have|had)\s+\w+ed|and\s+(?:said|added|called|noted|told)"
    r"|but\s+(?:said|added|declined|did not|would not\s+(?:say|comment|elaborate|discuss|explain|answer|name|give)))\b|\s+[—–]\s+|\s+(?:and|but)\s+(?:called|said|added|declined|accused|asked|urged|thanked|requested|vowed|refused|promised|pledged|warned|threatened|invited)\b"
)


def closes(cue: Cue, hidden: str) -> bool:
    """Whether a cue may close what was said: "..., the letter says." and not "..., and she has answered it"."""
    if " " in cue.verb and cue.verb not in words("said"):
        return True
    follows = hidden[cue.end : cue.end + 12].lstrip(" ")
    return cue.told is not None or (
        cue.verb in words("said") | words("marked")
        and (
            cue.left >= cue.start
            or follows[:1] in ",.;:”“—"
            or not follows
            or follows.startswith(
                ("of ", "as ", "when ", "after ", "in ", "on ", "at ", "during ", "by ", "to ", "before ", "and ")
            )
        )
    )


def clauses(hidden: str, sentence: Span, found: list[Cue]) -> Iterator[tuple[Cue, Span]]:
    """Each reported clause with its cue: after the cue, or before it where the cue trails."""
    floor = sentence[0]
    for place, cue in enumerate(found):
        if cue.negated or cue.start < floor or not _reports(cue):
            continue
        limit = min([c.left for c in found[place + 1 :] if _reports(c) and _outer(hidden, c)] or [sentence[1]])
        span = _span(hidden, (floor, sentence[1]), cue, limit)
        least = 1 if span and hidden[cue.end : span[0]].strip() == "," else 2
        if span and len(hidden[span[0] : span[1]].split()) > least:
            first = _led(hidden, (floor, sentence[1]), cue, span)
            if first:
                yield cue, first
            yield cue, span
            floor = max(floor, span[1])


def _led(hidden: str, sentence: Span, cue: Cue, span: Span) -> Span | None:
    """The clause before a cue where another one after it is joined on: "The act requires it, she said, and he knows"."""
    head = hidden[sentence[0] : cue.left].rstrip()
    if not re.match(r",\s+(?:and|but)\s", hidden[cue.end : span[1]]):
        return None
    first = _before(hidden, sentence[0], cue.left) if head.endswith(",") and "”" not in head[-3:] else None
    whole = first and _FINITE.search(hidden, *first) and not _BARE.fullmatch(hidden, *first)
    return first if whole and first and first[1] <= span[0] and not _WHEN.match(hidden, first[0]) else None


def _outer(hidden: str, cue: Cue) -> bool:
    before = hidden[max(0, cue.left - 40) : cue.left].rstrip()
    return before[-1:] in {",", ";", "”"} or before.endswith((", and", ", but", ", while")) or cue.verb.endswith("ing")


def _reports(cue: Cue) -> bool:
    return (
        cue.told is not None
        or " " in cue.verb
        or cue.verb.startswith("according")
        or any(cue.verb in words(name) for name in ("said", "that", "deny"))
    )


def _span(hidden: str, sentence: Span, cue: Cue, limit: int) -> Span | None:
    if cue.verb.startswith(("according", "in the", "in view", "by the")):
        return _by_account(hidden, sentence, cue, limit)
    rest = hidden[cue.after : sentence[1]]
    if _SAID_IT.match(rest):
        return None
    that = re.match(
        r"(?:\s+to\s+(?:[\w.’'-]+\s+){0,4}?[\w.’'-]+)?[\s,]+(?:(?:only|also|again|just|merely|simply|instead|\w+ly)\s+)?that\s+",
        rest,
    )
    if that:
        return _after(hidden, cue.after + that.end(), limit, sentence[1])
    if re.match(r"[.?!]|,|;|$", rest.lstrip(" ")) or not rest.strip(" .”"):
        return _trailing(hidden, sentence, cue, limit)
    if (
        cue.verb in words("said") - words("that")
        or cue.told
        or " " in cue.verb
        or (cue.verb in words("said") and _says_so(rest))
    ):
        start = cue.after + len(rest) - len(rest.lstrip())
        begins = hidden[start : start + 12]
        if not _NO_CLAUSE.match(begins) and begins[0] not in "“:—" and _FINITE.search(hidden, start, sentence[1]):
            return _after(hidden, start, limit, sentence[1])
    return None


def _by_account(hidden: str, sentence: Span, cue: Cue, limit: int) -> Span | None:
    """What is reported on somebody's account: before the cue that names them, or after it."""
    if cue.verb == "in view":
        before = hidden[max(0, cue.start - 8) : cue.start].rstrip()
        opens = not before or before[-1] in ".;:!?\n”"
        return _after(hidden, cue.after, limit, sentence[1]) if opens else None
    comma = re.compile(r"[^,“”]*,\s+").match(hidden, cue.end, sentence[1])
    if cue.start - sentence[0] > 8:
        led = _WHEN.match(hidden, sentence[0]) or _DANGLES.search(hidden, sentence[0], cue.left)
        return None if led else _before(hidden, sentence[0], cue.left)
    return _after(hidden, comma.end() if comma else cue.end, limit, sentence[1])


_SAID_IT = re.compile(
    r"\s+(?:it|this|that|so|as much|the same)\s+(?:again|once|twice|of|about|to|in|at|before|three|many|for|on|when|under)\b"
)


def _says_so(rest: str) -> bool:
    return bool(
        re.match(r"\s+(?:the|it|he|she|they|we|there|its|their|his|her|[A-Z][\w’'-]*)\b", rest)
        and _FINITE.search(rest[:80])
    )


def _after(hidden: str, start: int, limit: int, end: int) -> Span | None:
    stop = _END.search(hidden, start, end)
    end = min(limit, stop.start() if stop else end)
    return _tidy(hidden, start, end)


def _before(hidden: str, start: int, end: int) -> Span | None:
    lead = re.compile(r"(?:But|And|Yet|Still)\s+").match(hidden, start, end)
    return _tidy(hidden, lead.end() if lead else start, end)


def _trailing(hidden: str, sentence: Span, cue: Cue, limit: int) -> Span | None:
    head = hidden[sentence[0] : cue.left].rstrip()
    if not head.endswith(",") or "”" in head[-3:]:
        return None
    first = _before(hidden, sentence[0], cue.left)
    if first and _WHEN.match(hidden, first[0]) and hidden[cue.end : cue.end + 3].endswith("“"):
        return None
    rest = re.compile(r",\s+").match(hidden, cue.end)
    if rest and hidden[rest.end()] != "“":
        second = _after(hidden, rest.end(), limit, sentence[1])
        if first and len(hidden[first[0] : first[1]].split()) > 5 and not _WHEN.match(hidden, first[0]):
            return first
        if first and second and _BARE.fullmatch(hidden, *first) and _PREDICATE.match(hidden, second[0]):
            return second
        if second and _FINITE.search(hidden, second[0], second[1]):
            return second
    return first if first and _FINITE.search(hidden, first[0], first[1]) else None


_DANGLES = re.compile(r"\b(?:which|who|whom|that|where|when|and|but|because)\s*,?\s*$")
_BARE = re.compile(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’'-]*)(?:\s+[\w’'-]+){0,4}")
_PREDICATE = re.compile(
    r"(?!(?:the|this|its|his|as|was not asked)\b)(?:is|are|was|were|has|have|had|will|would|can|cannot|could|may|must|should|does|do|did|never|\w{3,}[^s\W]s|\w{3,}ed)\s"
)
_WHEN = re.compile(
    r"(?:Asked|Speaking|Told|Pressed|If|When|Unless|Until|Once|While|As|Because|Since|Although|Though|After|Before)\b"
)
_JOIN = re.compile(r",?\s+(?:and|but)(?:\s+that)?\s+|;\s+")


def apart(hidden: str, span: Span, held: list[Span]) -> Iterator[Span]:
    """The conjuncts of a reported clause that stand apart from the words in marks: `held` are the places of the marks."""
    at = span[0]
    for cut in [*_JOIN.finditer(hidden, span[0], span[1]), None]:
        end = cut.start() if cut else span[1]
        part = _tidy(hidden, at, end)
        if part and not any(a < part[1] and part[0] < b for a, b in held):
            said = hidden[part[0] : part[1]]
            if len(said.split()) > 3 and _FINITE.search(said):
                yield part
        at = cut.end() if cut else end


def _tidy(hidden: str, start: int, end: int) -> Span | None:
    start, end = trim(hidden, start, end)
    dangling = re.compile(r"[,;]?\s+(?:and|but|while)$").search(hidden, max(start, end - 8), end)
    end = dangling.start() if dangling else end
    while (
        end > start
        and hidden[end - 1] in ".!?,;:)"
        and (hidden[end - 1] != ")" or "(" not in hidden[start:end])
        and hidden[end - 2 : end - 1] != HIDDEN
    ):
        end -= 1
    return (start, end) if end > start else None


def in_whole(hidden: str, sentence: Span, cue: Cue, span: Span) -> Span:
    """A clause that its cue stands in the midst of, from its subject on: "The results, he said, were mailed"."""
    head = hidden[sentence[0] : cue.left].rstrip()
    if span[0] < cue.end or not head.endswith(","):
        return span
    first = _before(hidden, sentence[0], cue.left)
    bare = first and _BARE.fullmatch(hidden, *first) and _PREDICATE.match(hidden, span[0])
    return (first[0], span[1]) if first and bare else span
