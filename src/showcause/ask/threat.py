"""The parts of a letter in, what it says will follow out: each threat as the smallest clause that makes it, by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcause.ask.parts import Parts, Span, sentences
from showcause.core import Consequence, Threat

WILL = r"\b(?:may|might|will|would|shall|could|can|must|intends?|plans?|prepared|reserves?|leaves?|left|obliged|compelled|consider(?:s|ing)?|expects?|ha(?:s|ve)\s+(?:authori[sz]ed|instructed|told|advised|no\s+choice)|is\s+authori[sz]ed|are\s+authori[sz]ed|subjects?|result|results|risks?|exposes?|grounds?\s+for|constitutes?|sorry|regret|reluctan\w*|no\s+(?:choice|alternative|option)|is\s+punishable|are\s+punishable|carries|entitled)\b"
KINDS = (
    (
        Threat.SUBPOENA,
        r"subpoenas?|compulsory\s+process|compulsory\s+demand|investigative\s+demand|compel\s+(?:the\s+)?(?:production|testimony)|administrative\s+summons|summons",
    ),
    (
        Threat.LITIGATION,
        r"contempt|courts?\b|litigation|lawsuit|civil\s+action|legal\s+action|judicial|sue\b|suit\b|injuncti\w+|receiver\w*|petition\s+(?:for|to)|mandamus|prosecut\w+|enforcement\s+(?:action|proceeding)|"
        r"complaint\s+(?:in|with)|action\s+(?:in|under|for|to)\s|move\s+(?:for|the)|motion|magistrate|proceedings?\s+(?:in|under|before|to\s+enforce)|attorney\s+general\s+(?:for|to)|(?:seek|apply\s+for|obtain)\s+an?\s+order|judgment|judge\s+to",
    ),
    (
        Threat.FUNDING,
        r"fund(?:s|ing|ed)?\b|grants?\b|awards?\b|ineligible|eligib\w+|reimburse\w*|payments?\b|drawdowns?|disallow\w*|recoup\w*|repay\w*|repaid|clawback|de-?obligat\w*|debar\w*|suspen(?:d|sion)\w*\s+(?:of\s+)?(?:\w+\s+)?(?:payments?|funds?|the\s+award)|allocation|appropriation|tranche|disbursements?|costs?\s+(?:questioned|disallowed)|questioned\s+costs|subsid\w+",
    ),
    (
        Threat.OTHER,
        r"penalt\w+|fines?\b|adverse\s+inference|infer\b|treat\s+(?:\w+\s+){0,4}as|deem\w*|refer(?:red|ral|s)?\b|report(?:ed)?\s+(?:\w+\s+){0,4}(?:to|non-?compliance|as)|publish\w*|publicly?|non-?compliance|revo(?:ke|cation)\w*|licen[cs]e|sanctions?|disciplin\w+|"
        r"unannounced|inspect\w*|site\s+visit|on-site|further\s+(?:action|measures|steps)|appropriate\s+(?:action|measures|steps)|other\s+(?:action|measures|remedies|means|steps)|remedies|formal\s+(?:action|steps|means|process)|less\s+(?:friendly|convenient|agreeable)|escalat\w+|suspend\w*|terminat\w+|withdraw\w*|charges?\b|misdemeanor|felony|imprison\w*|perjury|waive[rd]?|forfeit\w*|avenues|draw\s+(?:its|our|my|the)\s+own\s+conclusions?|conclude\s+that|assume\s+that|matter\s+of\s+record|consequences",
    ),
)
TRIGGER = re.compile(
    r"\b(?:if\s+(?:you|the|we|I|no|that|it|this|these|any|your|a\s+full)|fail(?:ure|s|ed)?\b|refus\w+|absent\b|in\s+the\s+absence|otherwise\b|should\s+(?:you|the|we|any|this|it|that|no)\b|unless\b|non-?compliance|without\s+(?:a\s+|your\s+|further\s+)?(?:full\s+|timely\s+|complete\s+)?(?:response|answer|reply|notice)|goes\s+unanswered|does\s+not\s+(?:answer|respond|comply|produce)|neglect|incomplete|late\b|delay|disregard|short\s+of|in\s+that\s+(?:event|case)|silence\b|lapse)",
    re.IGNORECASE,
)
CALM = re.compile(
    r"\b(?:not\s+(?:a\s+)?final\s+agency\s+action|no\s+final\s+determination|not\s+reached\s+a\s+conclusion|no\s+conclusion|ha(?:s|ve)\s+not\s+(?:yet\s+)?(?:decided|determined|reached)|you\s+may\s+(?:redact|withhold|withdraw|object|ask|request|seek|petition|move)|may\s+be\s+(?:sent|delivered|addressed|directed|put|redacted|reached)|do\s+not\s+(?:intend|mean))",
    re.IGNORECASE,
)
ASKS = re.compile(r"^\W*(?:please|kindly|under\b|pursuant\b|we\s+(?:ask|request))", re.IGNORECASE)


def consequences(letter: Parts, *, taken: list[Span]) -> tuple[Consequence, ...]:
    """What the letter says will follow, in its order; `taken` are the spans of requests and questions, which threaten nothing."""
    out = []
    for start, end, kind in _threats(letter, taken):
        out.append(Consequence(kind, letter.text[start:end]))
    return tuple(dict.fromkeys(out))


def _threats(letter: Parts, taken: list[Span]) -> Iterator[tuple[int, int, Threat]]:
    before = False
    for one in letter.paragraphs():
        for start, end in sentences(letter.text, one.body, one.end):
            if any(s < end and start < e for s, e in taken):
                continue
            words = letter.text[start:end]
            triggered = bool(TRIGGER.search(words))
            if not one.heading and (triggered or _strong(words) or before):
                yield from _clauses(letter.text, start, end, loose=triggered or before)
            before = triggered and not ASKS.match(words)
        before = before and one.rank > 0


def _strong(words: str) -> bool:
    """A sentence that threatens without naming the failure: "We will not hesitate to issue a subpoena"."""
    return bool(re.search(r"\b(?:hesitate|will\s+(?:then\s+)?(?:seek|issue|move|ask\s+the\s+court|apply|petition|refer)|reserves?\b|would\s+(?:then\s+)?(?:move|seek)|sorry|regret|prepared\s+to|subject\s+to\s+(?:a\s+)?(?:civil|criminal|penalt|fine)|punishable|may\s+result|could\s+result)", words, re.IGNORECASE))


CONDITION = re.compile(
    r"^\W*(?:(?:and|but|so|accordingly|please\s+(?:note|be\s+advised)\s+that|be\s+advised\s+that)\s*,?\s+)*(?:if|should|unless|absent|in\s+the\s+(?:absence|event)|where|were|without|failing|in\s+that\s+(?:event|case)|otherwise|thereafter|after\s+that\s+date)\b",
    re.IGNORECASE,
)
JOINT = re.compile(
    r"(?:;\s*(?:and|or|but)?|,\s*(?:and|or|but|so)|,|\s+and|\s+but)\s+(?=(?:(?:that\s+)?(?:the|this|its|our|your|any|all|such|it|we|I|you|paragraph|section|a|an|he|she|they|further|future|no|payments?|funds?)\b|(?:may|will|would|could|shall)\b|[A-Z]\w+\s+(?:may|will|would|could)\b))",
)


def _clauses(text: str, start: int, end: int, *, loose: bool) -> Iterator[tuple[int, int, Threat]]:
    """The clauses of a sentence that say what follows, each with its kind; the condition is left off."""
    for s, e in _merged(text, start, end):
        words = text[s:e]
        if CALM.search(words) or not re.search(WILL, words, re.IGNORECASE):
            continue
        kind = _kind(words)
        if kind is None or (kind is Threat.OTHER and not loose and not _strong(words)):
            continue
        yield s, e, kind


def _kind(words: str) -> Threat | None:
    """The kind of the first telling word of a clause; "subpoena" tells before all others."""
    if re.search(KINDS[0][1], words, re.IGNORECASE):
        return Threat.SUBPOENA
    found = [(m.start(), kind) for kind, pattern in KINDS[1:3] if (m := re.search(rf"\b(?:{pattern})", words, re.IGNORECASE))]
    if found:
        return min(found)[1]
    return Threat.OTHER if re.search(rf"\b(?:{KINDS[3][1]})", words, re.IGNORECASE) else None


def _merged(text: str, start: int, end: int) -> list[Span]:
    """The clauses of a sentence; one without a subject and verb of its own stays with the one before it."""
    cuts = [start]
    for m in JOINT.finditer(text, start, end):
        cuts += [m.start(), m.end()]
    pieces = [(cuts[i], cuts[i + 1] if i + 1 < len(cuts) else end) for i in range(0, len(cuts), 2)]
    out: list[Span] = []
    for s, e in pieces:
        words = text[s:e]
        own = re.search(WILL, words, re.IGNORECASE) and _says_who(words)
        if out and not own and not CONDITION.match(text[slice(*out[-1])]):
            out[-1] = (out[-1][0], e)
        else:
            out.append((s, e))
    return [_bared(text, s, e) for s, e in out if not (CONDITION.match(text[s:e]) and "," not in text[s:e])]


def _says_who(words: str) -> bool:
    return not re.match(r"\s*(?:may|will|would|could|shall)\b", words, re.IGNORECASE)


def _bared(text: str, start: int, end: int) -> Span:
    """A clause without the condition before it, the words that bring it in, or its stop."""
    words = text[start:end]
    if CONDITION.match(words):
        comma = re.search(r",\s+", words)
        if comma:
            start += comma.end()
            words = text[start:end]
    lead = re.match(r"\s*(?:(?:and|or|but|so|then|accordingly|therefore|moreover|in\s+addition|further(?:more)?)\b,?\s+|please\s+(?:note|be\s+advised)\s+that\s+|(?:be|you\s+are)\s+(?:further\s+)?advised\s+that\s+|(?:I|we)\s+(?:must|should)\s+(?:add|note|warn\s+you|tell\s+you)\s+that\s+)*", words, re.IGNORECASE)
    start += lead.end() if lead else 0
    kept = text[start:end].rstrip().rstrip(".;,")
    return start, start + len(kept)
