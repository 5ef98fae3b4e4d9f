"""A sentence in which no verb bears in; the rule that its frame or its idiom comes to out, where it names enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from showcause import text
from showcause.assess.terms import Vocabulary
from showcause.norm import Manner, Modality, Norm, gist
from showcause.norm.verbs import BE
from showcause.text import later

Span = tuple[int, int]
GETS = later(
    r"\b(?:gets?|have|has|hears?|learns?|receives?|told|knows?|take|takes|carry|come|comes|leaves?|out\s+of\s+(?:us|me|you|them|our)|from\s+(?:us|me|you|our|this|the|any|staff|members)|give|gives|given|say|says|tell|tells|answer|answers)\b"
)
PRONOUN = later(
    r"^\W*(?:to|for|from|with)\s|\b(?:they|them|it|he|him|she|her|that|this|those|these|there|none|any|neither|so|such|such\s+\w+|the\s+same)\b"
)
OWN = later(
    r"\W*(?:nothing\s+in|(?:the|an|one|any|this|that)\s+exceptions?|this\s+(?:section|policy|paragraph|clause|order|rule|chapter|article|memo\w*|notice|card|circular)|sections?\s+\d|§)\b"
)
TOLD = later(
    r"\b(?:was|were|had|said|told\s+(?:us|me|him|her|them)|asked\s+(?:us|me|him|her|them|for|again|that|whether)|claim\w*|scam|worr\w+|threaten\w*|recogni[sz]\w+|acknowledg\w+|affirm\w*|believe\w*|fear\w*|used\s+to|wondered|believed|thought|reported\s+that|without\s+regard|regardless|because\s+of|on\s+account\s+of|solely|eligib\w+|discriminat\w+)\b"
)
LONG = 12  # words above which a sentence that names neither party nor matter is no answer


def frame(low: str, span: Span, matters: frozenset[str], parties: frozenset[str], words: Vocabulary) -> Norm | None:
    """The norm of a sentence whose frame decides it: "whoever tells them is dismissed"; None where there is none."""
    asks = "authority" not in parties and bool(matters & set(words.specific()) and gist.ASKING.search(low, *span))
    if ("authority" not in parties and not asks) or not matters or low[span[0] : span[1]].rstrip("\"') ").endswith("?"):
        return None
    force = gist.framed(low, *span) or _stripped(low, span, words)
    family, head = told(low, span, words) if force else ("", span)
    if force is Modality.ONLY_IF and not asks:
        return gist.norm(span, "", (force, Manner.PLAIN))
    if not force or not family or (asks and family != "ask"):
        return None
    return replace(
        gist.norm(span, "tell" if family == "withhold" else family, (force, Manner.PLAIN)),
        head=head,
        counterpart=(head[1], span[1]),
    )


STRIPPED = later(
    r"\bwith\s+(?:the\s+|any\s+|all\s+)?(?P<what>[^.;,]{3,70}?)\s+(?:pulled|removed|taken\s+out|left\s+out|blacked\s+out|blanked(?:\s+out)?|redacted|cut\s+(?:out|off|away)|stripped(?:\s+out)?|missing|deleted|covered|masked|withheld|struck(?:\s+out)?|torn\s+(?:out|off))\b|\b(?:minus|less|stripped\s+of|shorn\s+of)\s+(?:the\s+|any\s+|all\s+)?(?P<less>[^.;,]{3,70})"
)


def _stripped(low: str, span: Span, words: Vocabulary) -> Modality | None:
    """A ban where something goes out with what the law is about taken from it: "with the addresses blacked out"."""
    m = STRIPPED.search(low, *span)
    gone = m and (m["what"] or m["less"])
    return Modality.FORBIDDEN if gone and any(words.matters[k].search(gone) for k in words.specific()) else None


INQUIRIES = later(r"(?:questions?|requests?|inquir|enquir|quer)")  # theirs


def _theirs(low: str, start: int, verb: re.Match[str], words: Vocabulary) -> bool:
    """Whether the authority stands right before the verb: "if ICE asks"."""
    authority = words.parties.get("authority")
    before = authority.finditer(low, max(start, verb.start() - 60), verb.start()) if authority else ()
    return any(m.end() >= verb.start() - 1 for m in before)


def told(low: str, span: Span, words: Vocabulary) -> tuple[str, Span]:
    """The family and the place of the first verb of telling or asking that the frame is round, "" for none."""
    phrase = words.lexicon.pattern.search(low, *span)
    family = words.lexicon.phrases[int((phrase.lastgroup or "p0")[1:])][0] if phrase else ""
    if phrase and family in ACTING and not NEED.search(low, *span) and not gist.NEEDLESS.search(low, *span):
        return family, phrase.span()
    start = span[0]
    if need := NEED.search(low, *span) or gist.NEEDLESS.search(low, *span):
        start = need.end()
        if not phrase or phrase.start() < start:
            later = words.lexicon.pattern.search(low, start, span[1])
            if later and words.lexicon.phrases[int((later.lastgroup or "p0")[1:])][0] in ACTING:
                return words.lexicon.phrases[int((later.lastgroup or "p0")[1:])][0], later.span()
    for m in re.compile(r"[a-z-]+").finditer(low, start, span[1]):
        known = next((f for f, _, _, kind in words.lexicon.forms.get(m[0], ()) if kind != "past" and f in ACTING), "")
        if (
            known
            and not low.startswith("for the ", max(0, m.start() - 8))
            and not (known == "ask" and _theirs(low, start, m, words))
        ):
            return known, m.span()
    return "", span


NEED = later(
    r"\b(?:need(?:s)?\s+not|needn't|(?:need|have)\s+to)\s+(?:ask|clear|check|consult|wait|get|seek|log|tell\s+(?:me|us|any\w+))\b"
)
ACTING = frozenset({"tell", "answer", "ask", "exchange", "withhold"})


def idiom(low: str, span: Span, matters: frozenset[str], parties: frozenset[str], words: Vocabulary) -> Norm | None:
    """The norm of a sentence without a bearing verb: of keeping, of telling or of asking, as its words are."""
    if low[span[0] : span[1]].rstrip("\"') ").endswith("?") or OWN.match(low, *span) or TOLD.search(low, *span):
        return None
    if _aside(low, span, words) and not (matters and gist.HUSH.search(low, *span)):
        return None
    named = matters & set(words.specific())
    if "authority" in parties:
        force = gist.drift(low, *span) if named or GETS.search(low, *span) else None
        return gist.norm(span, "", force) if force and matters else None
    return _without(low, span, parties) if named else None


def _without(low: str, span: Span, parties: frozenset[str]) -> Norm | None:
    """The norm of a sentence that names the information and not the authority: of another body, of files, of asking."""
    if "agency" in parties and (force := gist.drift(low, *span)) and GETS.search(low, *span):
        return gist.norm(span, "exchange", force)
    kept = gist.filing(low, *span)
    if kept:
        return gist.norm(span, "keep", (kept, Manner.PLAIN))
    force = gist.drift(low, *span) if gist.ASKING.search(low, *span) else None
    return gist.norm(span, "ask", force) if force else None


def given(low: str, span: Span, matters: frozenset[str], words: Vocabulary) -> Norm | None:
    """The norm of a sentence whose first verb of telling comes before the authority, and nothing denies it."""
    authority = words.parties.get("authority")
    place = authority.search(low, *span) if authority else None
    family, head = told(low, span, words)
    if (
        not place
        or not matters & set(words.specific())
        or family not in ("tell", "exchange")
        or head[1] > place.start()
        or gist.NO.search(low, *span)
    ):
        return None
    if _past(low, span, head, words):
        return None  # a tale of what was done
    if not re.search(r"\b(?:to|with|before)\s+(?:the\s+|any\s+|our\s+)?$", low[head[1] : place.start()]) or TOLD.search(
        low, *span
    ):
        return None
    return replace(gist.norm(span, family, (Modality.OBLIGED, Manner.PLAIN)), head=head, counterpart=(head[1], span[1]))


def _past(low: str, span: Span, head: Span, words: Vocabulary) -> bool:
    """Whether the verb at `head` tells what was done: "faxed it every Monday", "have long mailed a list"."""
    kinds = {kind for _, _, _, kind in words.lexicon.forms.get(low[head[0] : head[1]], ())}
    return bool(kinds & {"past", "participle"}) and not kinds & {"base"} and not BE.search(low[span[0] : head[0]])


def enacted(low: str, span: Span) -> int:
    """Where the operative words of a sentence begin: after "it was moved that", where the motion was carried."""
    m = gist.MOVED.match(low, *span)
    return m.end() if m and _carried(low) else span[0]


@lru_cache(maxsize=8)
def _carried(low: str) -> bool:
    """Whether the document says that a motion was carried; asked once, since minutes ask it of every sentence."""
    return bool(gist.CARRIED.search(low))


def doubted(low: str, before: text.Sentence, one: text.Sentence) -> bool:
    """Whether the sentence is one of which it is asked whether it is true."""
    asks = (
        gist.TRUTH.search(low, before.start, before.end)
        if before.start < one.start and before.end - before.start < 60
        else None
    )
    own = gist.TRUTH.search(low, one.start, min(one.end, one.start + 40))
    if gist.MYTH.match(low, one.start, one.end):
        return True
    if gist.MYTH.match(low, before.start, before.end) and before.start < one.start:
        return False
    return bool(asks or own) and not gist.FALSE.match(low, one.start, one.end)


BYGONE = later(
    r"\b(?:formerly|previously|used\s+to|once|until\s+(?:now|then|today|lately|recently|this|last|january|february|march|april|may\s+\d|june|july|august|september|october|november|december|\d)|(?:last|the\s+last|the\s+old|the\s+former|the\s+previous|an?\s+earlier|the\s+earlier|the\s+\d{4})\s+(?:[\w'-]+\s+){0,2}?(?:said|told|let|forbade|barred|allowed|permitted|had)|last\s+year's\s+\w+\s+(?:said|told|let|forbade|barred|allowed|permitted|had)|in\s+the\s+old\s+days|time\s+was)\b"
)
ANEW = later(
    r"\W*(?:but\s+|and\s+|so\s+)?(?:now\b|as\s+amended|since\b|from\s+(?:now|today|this|next|monday|\d)|today\b|these\s+days|this\s+(?:year|month)|no\s+longer|not\s+any\s*more|no\s+more|under\s+the\s+new|the\s+new|it\s+(?:now\s+)?(?:permits|forbids|allows|bars|lets|prohibits)|we\s+(?:now|no\s+longer|don't\s+any)|you\s+(?:now|no\s+longer)|that\s+(?:has\s+)?changed)"
)


def bygone(low: str, sentences: Sequence[text.Sentence], n: int) -> bool:
    """Whether sentence `n` tells an old rule, and the next short one tells the new by leaving the rest to be understood."""
    if n + 1 >= len(sentences):
        return False
    one, after = sentences[n], sentences[n + 1]
    return (
        bool(BYGONE.search(low, one.start, one.end) and ANEW.match(low, after.start, after.end))
        and low.count(" ", after.body, after.end) < LONG
    )


TURNS = later(
    r"\b(?:permits?|allows?|lets?|requires?|may|can|do|does|must|shall|give|tell|send|share|answer|report)\b(?!\s*(?:not|n't|n\b))"
)


def elided(low: str, span: Span) -> bool:
    """Whether the sentence leaves both what and whom to be understood: "he doesn't get it from us"."""
    return bool(gist.ELLIPSIS.search(low, *span))


def answered(low: str, span: Span, asked: Norm) -> Norm | None:
    """The norm that a short sentence after a question comes to: "She may not.", "Afraid not.", "Sure you can."."""
    body = low[span[0] : span[1]]
    if len(body.split()) > LONG or TOLD.search(body) or body.rstrip("\"') ").endswith("?"):
        return None
    if gist.TRUTH.search(low, *span):
        return None
    if gist.FALSE.match(low, *span):
        return gist.norm(span, asked.family, (Modality.FORBIDDEN, Manner.PLAIN))
    if gist.BARRED.search(low, *asked.span):
        no = gist.NO.search(low, *span)
        barred = (Modality.FORBIDDEN, Manner.PLAIN) if SURE.search(body) or BET.search(body) else None
        force = (Modality.PERMITTED, Manner.PLAIN) if no else barred
        return gist.norm(span, asked.family, force) if force else None
    force = gist.drift(low, *span) or (
        (Modality.PERMITTED, Manner.PLAIN)
        if SURE.search(body) or (ANEW.match(low, *span) and TURNS.search(body))
        else None
    )
    return gist.norm(span, asked.family, force) if force else None


SURE = later(
    r"\b(?:yes|sure|certainly|of\s+course|indeed|true|absolutely|please\s+do|(?:you|we|they|he|she|staff|it|one)\s+(?:may|can|do|does|should|must)|it\s+(?:is|does))\b"
)


BET = later(r"\byou\s+bet\b|\b(?:it|you|they|he|she)\s+(?:does|do|can|will|would|could)\b|\bindeed\b")


def _aside(low: str, span: Span, words: Vocabulary) -> bool:
    """Whether the sentence is of detainers, doors or money."""
    return any(pattern.search(low, *span) for _, pattern in words.near)


GRANTED = later(
    r"\W*(?:with(?:out)?\s+(?:it|that|one|his|her|their)\b|with(?:out)?\s*,|(?:once|when|if)\s+(?:it|that|he|she|they)(?:'s|\s+(?:is|has|have|does|do|says?|agrees?|signs?|comes?))\b)"
)


SENT = later(
    r"\b(?:goes?|going|sent|sends?|sending|seen|sees?|shown|given|gives?|giving|handed|reach\w*|leaves?|fax\w*|mail\w*|produced|supplied|furnished|released|read|gets?|meant\s+for|bound\s+for|for|to|from\s+(?:the|any|what|every|each)\s+[\w' ]{0,30})\b"
)


def cut_for(low: str, span: Span, words: Vocabulary) -> bool:
    """Whether what is struck out is kept from the authority, to which the rest goes."""
    authority = words.parties.get("authority")
    m = authority.search(low, span[0], span[1]) if authority else None
    return bool(m and (SENT.search(low, max(span[0], m.start() - 50), m.start()) or COPY.match(low, m.end(), span[1])))


COPY = later(
    r"(?:'s?)?\s+(?:feed|cop(?:y|ies)|file|list|packet|print-?out|upload|report|version|export|batch|mailing|transcript|screen|tape)s?\b"
)  # what is made for the authority: "keep it off the ICE feed"


REACHES = later(
    r"\W*(?:(?:that|this|the|our)\s+(?:\w+\s+)?(?:rule|section|paragraph|order|policy|ban|card|clause|item|directive|chapter|part|line)|(?:rule|section|paragraph|para\.|§|item|card|order|clause)?\s*(?:[a-z]{1,3}[-./]?)?\d[\w.\-/]*|it|that|this)\s+"
    r"(?:(?:does|do|did)(?:\s+not|n't)|never|doesn't)\s+(?:reach|cover|touch|apply|extend|go|affect|concern|catch|mean|speak)(?:\s+(?:to|that|it|this|them|these|those|here|so|far|of)){1,3}\s*[.;,)]"
)  # how far a rule goes is no rule of its own: "section 4 does not reach that"

MANY_SENSES = frozenset(
    re.findall(
        r"\w+",
        "drop close shut stay remain terminate show present field read feed slip wire "
        "address offer part post go reach  start pass hand run leave see find lock seal mark type scan hold capture process name",
    )
)  # verbs that tell, keep or withhold only of some things


def waits(last: Norm, back: int) -> bool:
    """Whether the last norm stands in the sentence before and makes something wait, for leave as a rule."""
    return back == 1 and last.modality is Modality.ONLY_IF
