"""A clause and its speaker in, the claim it makes out: compliance, violation, production, refusal, threat, authority."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from showcause.ask.days import MONTHS
from showcause.ask.edges import at_words, choices
from showcause.ask.lexicon import table
from showcause.ask.prose import Span, shortened
from showcause.core.exchange import Stance

_ORDER = ("other", "disputes_authority", "refuses", "threatens", "will_produce", "complies", "violates")
_SPLIT = re.compile(
    r"[.!?;]+[”’\"')]*\s+|\s+[—–]\s+|;\s+|(?<!\ball)(?<!thing),?\s+(?:but|so that)\s+|,\s+yet\s+|,?\s+and\s+that\s+|,\s+(?:and|rather than|which|because|or)\s+(?=\w+)"
    r"|,\s+(?=instead of|not\b)|\s+and\s+(?=(?:I|we|he|she|they|it|you|asks?|the\s+(?:\w+\s+){1,3}(?:is|are|was|were|has|have|had|will|would|can|may|must|does|did))\b)"
    r"|(?P<splice>,\s+(?=(?:I|we|you|they|he|she|it)\s+(?:can|can[’']t|cannot|will|won[’']t|do|don[’']t|did|didn[’']t|have|haven[’']t|are|is|\w+ed)\b))"
    r"|\s+and\s+(?=(?:(?:will|would|can|could|may)\s+(?:not|never)|won[’']t|cannot|does not|do not|never)\b)"
)
_SENTENCE = re.compile(r"[.!?;]+[”’\"')]*\s+")
_CONDITION = re.compile(
    r"^(?:if|unless|until|when|whenever|once|whether|although|because)\b[^,]{3,200},\s+", re.IGNORECASE
)
_WHEN = re.compile(
    r"[“\"‘']?(?:if|unless|when|once|until|whenever|should|as|since|because|while|although|though|so)\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"(?<=\w) (?:that|who|which) (?:do|does|did|fail|fails|refuse|refuses|have|has|cannot|can[’']t|won[’']t)\b.{2,70}?(?= (?:will|shall|may|must|face|faces|risk|lose)\b)"
)
_OWN_CUE = re.compile(
    r"(?:(?:and|but|so) )?(?:i|we|(?:my|our|the|his|her) \w+) (?:told|tells?|say|said|thinks?|thought|believes?|know|assured|repeat|promise you)"
    r"(?: (?:me|us|them|him|her|you|everyone|the \w+))?,?(?: that)? ?[‘'“\"]?(?=\w{2})",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?P<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>\d{4}))?"
    r"|\b(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m2>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?(?:,?\s+(?P<y2>\d{4}))?|\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
)


@cache
def _patterns() -> tuple[tuple[Stance, re.Pattern[str], re.Pattern[str] | None], ...]:
    """Each stance with what asserts it and with what, in the same clause, shows that it isn't asserted."""
    lists, never = table("claims.toml")["patterns"], table("claims.toml")["never"]
    if not isinstance(lists, dict) or not isinstance(never, dict):
        raise TypeError("claims.toml: patterns and never must be tables")
    return tuple(
        (Stance(name), _compiled("|".join(lists[name])), _compiled(never[name]) if name in never else None)
        for name in _ORDER
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """One pattern over a clause in lower case, each family named in it written out."""
    families = table("claims.toml")["families"]
    if not isinstance(families, dict):
        raise TypeError("claims.toml: families must be a table")
    for name, words_of_it in families.items():
        pattern = pattern.replace(f"<{name}>", words_of_it)
    guard = str(families["yes"])
    guarded = [choice.removeprefix(guard) for choice in choices(pattern) if choice.startswith(guard)]
    free = "|".join(choice for choice in choices(pattern) if not choice.startswith(guard))
    plainly = (
        [f"{guard}(?:{at_words('|'.join(guarded))})"] if guarded else []
    )  # what none of them may hold is looked for once
    return re.compile("|".join([*([at_words(free)] if free else []), *plainly]))


@cache
def _about() -> dict[str, re.Pattern[str]]:
    lists = table("claims.toml")["about"]
    if not isinstance(lists, dict):
        raise TypeError("claims.toml: about must be a table")
    return {"law": re.compile(lists["law"]), "records": re.compile(lists["records"], re.IGNORECASE)}


@lru_cache(maxsize=512)  # a sentence of one clause is asked about twice
def stance(clause: str) -> Stance | None:
    """What one clause asserts, or None where it asserts none of these."""
    line = _RELATIVE.sub("", _CONDITION.sub("", " ".join(clause.lower().split())))
    return next(
        (name for name, says, never in _patterns() if says.search(line) and not (never and never.search(line))), None
    )


def asserted(text: str, span: Span) -> Iterator[tuple[Span, Stance]]:
    """The clauses from `span` that claim something; where only the whole sentence does, the sentence.

    Given a text whose quoted words are hidden, what those words would claim is left out.
    """
    for sentence in _parts(text, span, _SENTENCE):
        parts = (_uncued(text, part) for part in _parts(text, sentence, _SPLIT))
        found = [(part, kind) for part in parts if (kind := stance(text[part[0] : part[1]]))]
        whole = None if found else stance(text[sentence[0] : sentence[1]])
        yield from found or ([(sentence, whole)] if whole else [])


def _uncued(text: str, part: Span) -> Span:
    """A clause without the words that say that its own speaker says it: "I told them that", "My lawyer told me, ‘"."""
    cue = _OWN_CUE.match(text, *part)
    return (cue.end(), part[1]) if cue and part[1] - cue.end() > 12 else part


def _parts(text: str, span: Span, split: re.Pattern[str]) -> Iterator[Span]:
    """The pieces of `span` between the cuts, each without the comma that closes it."""
    at = span[0]
    cuts = [c for c in split.finditer(text, span[0], span[1]) if not shortened(text, c.start())]
    for cut in [*cuts, None]:
        if cut and cut.lastgroup == "splice" and _WHEN.match(text, at, cut.start()):
            continue
        end = cut.start() if cut else span[1]
        if cut and text[cut.start()] in ".!?":
            end += 1
        start, end = trim(text, at, end)
        if end > start:
            yield start, end
        at = cut.end() if cut else end


def trim(text: str, start: int, end: int) -> Span:
    """The span without spaces, commas and marks around it."""
    while start < end and (text[start].isspace() or text[start] in ',“”"—'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',“"—'):
        end -= 1
    return start, end


def about(clause: str, kind: Stance, context: str) -> str | None:
    """The law or request that a claim is about: named in the clause, or the law that the text speaks of first."""
    law = _about()["law"].search(clause)
    if law and kind not in {Stance.WILL_PRODUCE, Stance.REFUSES}:
        return " ".join(law.group().split()).rstrip(".")
    if kind in {Stance.WILL_PRODUCE, Stance.REFUSES, Stance.THREATENS, Stance.DISPUTES_AUTHORITY}:
        return "request"
    return _first_law(context)


@lru_cache(maxsize=4)  # asked for by each claim of one text
def _first_law(context: str) -> str | None:
    first = _about()["law"].search(context)
    return " ".join(first.group().split()).rstrip(".") if first else None


def day_of(match: re.Match[str], year: int | None) -> dt.date | None:
    """The day that a matched date names, its year taken from `year` where it has none; None where there is no such day."""
    if match["iso"]:
        written = match["iso"]
    else:
        month = next(i for i, m in enumerate(MONTHS, 1) if m.startswith((match["m"] or match["m2"]).lower()[:3]))
        stated = match["y"] or match["y2"] or year
        written = f"{int(stated):04d}-{month:02d}-{int(match['d'] or match['d2']):02d}" if stated else ""
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def first_date(text: str) -> dt.date | None:
    """The first date that a text gives with its year."""
    days = (day_of(m, None) for m in _DATE.finditer(text))
    return next((d for d in days if d), None)


def promised(clause: str, anchor: dt.date | None) -> dt.date | None:
    """The day by which a clause promises, a date without a year being the first such day on or after `anchor`."""
    found = _DATE.search(clause)
    if found is None:
        return None
    day = day_of(found, anchor.year if anchor else None)
    bare = not (found["y"] or found["y2"] or found["iso"])
    if day and anchor and bare and day < anchor:
        return day_of(found, anchor.year + 1)
    return day
