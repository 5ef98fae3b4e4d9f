"""What is known while one text is read from its start to its end, and how a quotation or a claim is put into it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from showcause.ask import claim
from showcause.ask.attribution import Cue, first_voice
from showcause.ask.masthead import Masthead
from showcause.ask.own_voice import OwnVoice, speaks_for
from showcause.ask.prose import Span
from showcause.ask.speaker import Cast, Voice
from showcause.core.exchange import Claim, Quote, QuoteKind, Stance


@dataclass(slots=True)
class Hearing:
    """What is known while one text is read from its start to its end."""

    text: str
    hidden: str
    cast: Cast
    head: Masthead
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    via: str | None = None
    story: str | None = None
    story_end: int = -1
    group: int = 0
    lead: Voice | None = None
    last: tuple[int, int] = (-1, -1)
    subject: Voice | None = None
    own: OwnVoice | None = None
    authors: dict[str, Voice] = field(default_factory=dict)


def add_quote(
    reading: Hearing, span: Span, kind: QuoteKind, voice: Voice | None, cue: str | None, via: str | None
) -> None:
    """Put a quotation in; `span` counts characters, `cue` are the words that say somebody spoke."""
    name, role, body = (voice.name, voice.role, voice.organisation) if voice else (None, None, None)
    text = reading.text[span[0] : span[1]]
    quote = Quote(text, kind, name, role, body, via, cue, span[0], span[1], f"g{reading.group}")
    reading.quotes.append(quote)


def add_claims(reading: Hearing, span: Span, by: str | None, *, only: Stance | None = None, own: bool = False) -> None:
    """Put in what each clause of a span claims, in the name of `by`; with `only` nothing but claims of that stance.

    With `own` what stands in marks is left out: in a text of one's own it is somebody else's.
    """
    for part, kind in claim.asserted(reading.hidden if own else reading.text, span):
        if only not in {None, kind}:
            continue
        if len(reading.text[part[0] : part[1]].split()) > 1:
            claim_as(reading, part, by, kind)


def claim_as(reading: Hearing, span: Span, by: str | None, kind: Stance) -> None:
    """Put one claim in; a promise or a threat carries its day, completed from the head of the text."""
    words_said = reading.text[span[0] : span[1]]
    due = claim.promised(words_said, reading.head.date) if kind in {Stance.WILL_PRODUCE, Stance.THREATENS} else None
    topic = claim.about(words_said, kind, reading.text)
    by = speaks_for(reading.own, by) if by else by
    reading.claims.append(Claim(by, words_said, kind, topic, due, span[0], span[1]))


def denied(reading: Hearing, cue: Cue, span: Span) -> None:
    """Put in the claim that a denial makes: the opposite of the clause denied."""
    kind = claim.stance(reading.text[span[0] : span[1]])
    turned = {Stance.VIOLATES: Stance.COMPLIES, Stance.COMPLIES: Stance.VIOLATES}.get(kind) if kind else None
    if turned:
        claim_as(reading, (cue.start, span[1]), cue.voice.name if cue.voice else None, turned)


_VERBS = re.compile(
    r"\b(?:(?:has |have |had )?(?P<will_produce>promised|pledged|vowed|agreed|offered|undertook|committed)\s+(?:to\s+(?:produce|hand|turn|give|provide"
    r"|answer|respond|deliver|release|send|reply|comply|cooperate|publish|open|disclose|share)\b|(?!to\b|that\b)(?:[\w-]+\s+){0,3}?(?:answers?|response|reply|records?|documents?|cooperation|reports?|minutes|e-?mails?|files?|logs?|ledgers?|contracts?|manuals?|orders?|copies|pages|papers|tapes|letters?)\b)"
    r"|(?P<refuses>recommend(?:ed|s) against (?:producing|handing|releasing|answering|giving|turning|sending)\b|refused|declined|refuses|declines)(?:\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?(?:(?<=ing)|\s+to\s+(?:produce|hand|turn|give|provide|answer the|respond|deliver|release|send|comply|cooperate|publish|open|disclose|share|sign|write)\b)"
    r"|(?P<threatens>threatened|threatens|threatening|vowed|warned of)\s+(?:to\b|with\b|an?\b|court|litigation|legal)"
    r"|(?P<violates>accused|accuses)\s+(?:the|[A-Z]|its|of))[^.;\n]*"
)


def acts(reading: Hearing, sentence: Span) -> None:
    """Claims that the writer reports by their act: somebody promised, refused, threatened, accused."""
    for match in _VERBS.finditer(reading.hidden, sentence[0], sentence[1]):
        voice = reading.cast.resolve(first_voice(reading.hidden, (sentence[0], match.end())), sentence[0])
        left = reading.hidden[sentence[0] : match.start()]
        if voice is None or re.search(r"\b(?:not|never)\s+$", left) or _WITHHELD.search(match.group()):
            continue
        kind = Stance(match.lastgroup or "other")
        end = _act_end(reading.hidden, match)
        reading.claims = [c for c in reading.claims if not (match.start() <= c.start < end and c.by == voice.name)]
        for part in (
            _dated(reading.hidden, (match.start(), end)) if kind is Stance.WILL_PRODUCE else [(match.start(), end)]
        ):
            claim_as(reading, part, voice.name, kind)


_WITHHELD = re.compile(
    r"\bto (?:give|share|provide|disclose) (?:his|her|their|its|a|any|further) (?:\w+ )?(?:names?|comment|details?|interview|reason)\b"
)


def _act_end(hidden: str, match: re.Match[str]) -> int:
    stop = _ACT_ENDS.search(hidden, match.start(), match.end())
    end = stop.start() if stop else match.end()
    return end + 2 if hidden[end : end + 2] == ".”" else end


_ACT_ENDS = re.compile(r",\s+(?:and(?!\s+(?:the|its|his|her|their|all|any)\s)|but|which|who|saying|adding|according)\b")


def _dated(hidden: str, span: Span) -> list[Span]:
    """The parts of a promise that have a day each: "the minutes by May 3, and the orders by June 4"."""
    cuts = list(re.compile(r",?\s+and\s+(?=(?:the|its|his|her|their|all|any)\s)").finditer(hidden, *span))
    cuts = [
        c
        for c in cuts
        if claim.promised(hidden[span[0] : c.start()], dt.date.min)
        and claim.promised(hidden[c.end() : span[1]], dt.date.min)
    ]
    places = [span[0], *(c.end() for c in cuts)]
    return list(zip(places, [*(c.start() for c in cuts), span[1]], strict=True))


def plain(text: str) -> str:
    """The words alone, in lower case and without marks."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())
