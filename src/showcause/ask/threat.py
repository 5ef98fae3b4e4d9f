"""The parts of a letter in, what it says will follow out: each threat as the smallest clause that makes it, by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcause.ask.parts import Parts, Span, sentences
from showcause.core import Consequence, Threat

WILL = r"\b(?:may|might|will|would|shall|could|can|must|intends?|plans?|prepared|reserves?|leaves?|left|obliged|compelled|consider(?:s|ing)?|expects?|ha(?:s|ve)\s+(?:authori[sz]ed|instructed|told|advised|no\s+choice)|(?:has|have)\s+the\s+(?:right|power|authority)|empowered|is\s+authori[sz]ed|are\s+authori[sz]ed|subjects?|result|results|risks?|exposes?|grounds?\s+for|constitutes?|sorry|regret|reluctan\w*|hate\s+to|need\s+not|ha(?:s|ve)\s+in\s+the\s+past|no\s+(?:choice|alternative|option)|is\s+punishable|are\s+punishable|carries|entitled)\b"
KINDS = (
    (
        Threat.SUBPOENA,
        r"(?<!this )(?<!obey the )(?<!with the )(?<!with this )subpoenas?|(?:use|resort\s+to)\s+(?:its|our|that|this|the|my)\s+(?:\w+\s+)?powers?(?:\s+to\s+compel)?|compulsory\s+process|compulsory\s+demand|investigative\s+demand|compel\s+(?:the\s+)?(?:production|testimony)|administrative\s+summons|summons",
    ),
    (
        Threat.LITIGATION,
        (
            r"contempt|seek\s+sanctions|courts?\b|litigation|lawsuit|civil\s+action|legal\s+action|judicial|sue\b|suit\b|injuncti\w+|receiver\w*|petition\s+(?:for|to)|mandamus|prosecut\w+|enforcement\s+(?:action|proceeding)|"
            r"complaint\s+(?:in|with)|action\s+(?:in|under|for|to)\s|move\s+(?:for|the)|motion|magistrate|proceedings?\s+(?:in|under|before|to\s+enforce)|attorney\s+general\s+(?:for|to)|(?:seek|apply\s+for|obtain)\s+an?\s+order|judgment|judge\s+to"
        ),
    ),
    (
        Threat.FUNDING,
        r"fund(?:s|ing|ed)?\b|(?:financial|federal|state)\s+(?:assistance|support)|\baid\b|h[eo]ld\s+back|costs?\s+(?:\w+\s+){0,3}(?:questioned|recovered|refunded)|(?<!to )(?<!may )(?<!will )(?<!shall )grants?\b|awards?\b|ineligible|eligib\w+|reimburse\w*|payments?\b|drawdowns?|disallow\w*|recoup\w*|repay\w*|repaid|clawback|de-?obligat\w*|debar\w*|suspen(?:d|sion)\w*\s+(?:of\s+)?(?:\w+\s+)?(?:payments?|funds?|the\s+award)|allocation|appropriation|tranche|disbursements?|costs?\s+(?:questioned|disallowed)|questioned\s+costs|subsid\w+",
    ),
    (
        Threat.OTHER,
        (
            r"penalt\w+|fines?\b|adverse\s+inference|infer\b|treat(?:ed)?\s+(?:\w+\s+){0,4}as|note\s+in\s+(?:the|our|my|its)\s+report|deem\w*|refer(?:red|ral|s)?\b|report(?:ed)?\s+(?:\w+\s+){0,4}(?:to|non-?compliance|as)|listed\s+as|tell\s+(?:Judge|the\s+\w+)|inform\s+(?:Judge|the\s+\w+)|recommend|publish\w*|publicly?|non-?compliance|revo(?:ke|cation)\w*|licen[cs]e|sanctions?|disciplin\w+|"
            r"unannounced|inspect\w*|site\s+visit|on-site|further\s+(?:action|measures|steps)|appropriate\s+(?:action|measures|steps)|other\s+(?:action|measures|remedies|means|steps)|remedies|formal\s+(?:action|steps|means|process)|less\s+(?:friendly|convenient|agreeable)|escalat\w+|suspend\w*|terminat\w+|withdraw\w*|charges?\b|misdemeanor|felony|imprison\w*|perjury|waive[rd]?|forfeit\w*|avenues|draw\s+(?:its|our|my|the)\s+own\s+conclusions?|conclude\s+that|assume\s+that|matter\s+of\s+record|consequences"
        ),
    ),
)
TRIGGER = re.compile(
    r"\b(?:if\s+(?:you|the|we|I|no|that|it|this|these|any|your|a\s+full)|fail(?:ure|s|ed)?\b|refus\w+|absent\b|in\s+the\s+absence|otherwise\b|should\s+(?:you|the|we|I|any|this|it|that|no|these|those|they)\b|were\s+(?:I|we|you|the)\b|not\s+(?:provided|produced|received|answered|furnished|supplied|delivered)|unless\b|non-?compliance|without\s+(?:a\s+|your\s+|further\s+)?(?:full\s+|timely\s+|complete\s+)?(?:response|answer|reply|notice)|goes\s+unanswered|does\s+not\s+(?:answer|respond|comply|produce)|neglect|incomplete|late\b|delay|disregard|short\s+of|in\s+that\s+(?:event|case)|silence\b|lapse)",
    re.IGNORECASE,
)
CALM = re.compile(
    r"\b(?:not\s+(?:a\s+)?final\s+agency\s+action|no\s+final\s+determination|not\s+reached\s+a\s+conclusion|no\s+conclusion|ha(?:s|ve)\s+not\s+(?:yet\s+)?(?:decided|determined|reached)|you\s+may\s+(?:redact|withhold|withdraw|object|ask|request|seek|petition|move)|may\s+be\s+(?:sent|delivered|addressed|directed|put|redacted|reached)|do\s+not\s+(?:intend|mean))",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"^\W*(?:kindly|under\b|pursuant\b|we\s+(?:ask|request))|\bplease\b(?!\s+(?:note|be\s+advised))", re.IGNORECASE
)


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
            before = triggered and not ASKS.search(words)
        before = before and one.rank > 0


def _strong(words: str) -> bool:
    """A sentence that threatens without naming the failure: "We will not hesitate to issue a subpoena"."""
    return bool(STRONG.search(words))


STRONG = re.compile(
    r"\b(?:hesitate|obliged\s+to\s+(?:ask|seek|refer|report|issue|tell)|take\s+note|hate\s+to|need\s+not\s+(?:use|resort)|go\s+unnoticed|will\s+(?:then\s+)?(?:seek|issue|move|ask\s+the\s+court|apply|petition|refer|recommend)|reserves?\b|"
    r"would\s+(?:then\s+)?(?:move|seek)|sorry|regret|prepared\s+to|subject\s+to\s+(?:a\s+)?(?:civil|criminal|penalt|fine)|punish\w*|"
    r"(?:may|could|will|can)\s+(?:also\s+)?(?:result|lead|be\s+(?:fined|imprisoned|held|enforced|suspended|terminated|withheld|required\s+to\s+repay))|"
    r"(?:has|have)\s+the\s+(?:right|power|authority)\s+to|empowered\s+to|intends?\s+to\s+(?:seek|move|ask|sue))",
    re.IGNORECASE,
)
FAILING = re.compile(
    r"\b(?:fail\w*|refus\w*|absent|in\s+the\s+absence|otherwise|unless|goes\s+unanswered|silence|neglect\w*|incomplete|"
    r"(?:not|no)\s+(?:\w+\s+){0,4}?(?:come|answer\w*|respon\w+|receiv\w*|produc\w*|provid\w*|comply|here|arriv\w*|hear|forthcoming|furnish\w*|reach\w*|suppl\w+|repl\w+)|"
    r"without\s+(?:a\s+)?(?:full|timely|complete)?\s*(?:response|answer|reply))\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"^\W*(?:(?:and|but|so|accordingly|please\s+(?:note|be\s+advised)\s+that|be\s+advised\s+that)\s*,?\s+)*(?:if|should|unless|absent|in\s+the\s+(?:absence|event)|where|were|without|failing|in\s+that\s+(?:event|case)|otherwise|thereafter|after\s+that(?:\s+(?:date|day|time))?)\b",
    re.IGNORECASE,
)
SUBJECT = r"(?:(?:paragraph|section|condition|article|clause)\s+\d\S*\s+|(?:the|this|its|our|your|any|all|such|an?|those|these|my|his|her|their)\s+(?:[\w’'-]+\s+){1,5}?|it\s+|we\s+|I\s+|you\s+|he\s+|she\s+|they\s+|staff\s+|(?:[A-Z][\w’'.-]*\s+){1,4}|[\w’']+s[’']?\s+(?:\w+\s+)?)"
MODAL = r"(?:may|might|will|would|shall|could|can|must|intends?|plans?|has|have|is|are|leaves?|reserves?|should)\b"
JOINT = re.compile(
    rf"(?:;\s*(?:and|or|but)?|,\s*(?:and|or|but|so)?|\s+and|\s+but|\s+or)\s+(?={SUBJECT}(?:\w+ly\s+|also\s+|then\s+)?{MODAL})"
)
OR_VERB = re.compile(
    r"(?:(?:,\s*(?:and|or|and/or)|,|;\s*(?:and|or)?)\s+(?:also\s+|to\s+)?(?=[a-z]{3,}\s)(?!(?:and|or|then|the|its|our|your|their|any|all|that|which|who|under|with)\s)"
    r"|\s+(?:and|or)\s+(?=(?:may|might|will|would|could|shall)\s))"
)
AFTER_IF = re.compile(rf"\s+(?={SUBJECT}(?:\w+ly\s+|also\s+|then\s+)?(?:may|will|would|shall|could|intends?|must)\b)")


def _clauses(text: str, start: int, end: int, *, loose: bool) -> Iterator[tuple[int, int, Threat]]:
    """The clauses of a sentence that say what follows, each with its kind; the condition is left off."""
    failing = bool(FAILING.search(text, start, end)) and bool(CONDITION.match(text[start:end]))
    for s, e in _merged(text, start, end):
        words = text[s:e]
        if CALM.search(words) or not re.search(WILL, words, re.IGNORECASE):
            continue
        kind = _kind(words)
        if (
            kind is None
            and failing
            and s > start
            and re.match(r"(?:I|we|staff|the\s+(?!City|County|Town|District))\b", words, re.IGNORECASE)
        ):
            kind = Threat.OTHER
        if kind is None or (kind is Threat.OTHER and not loose and not _strong(words)):
            continue
        yield from _by_kind(text, (s, e), kind)


def _by_kind(text: str, span: Span, kind: Threat) -> Iterator[tuple[int, int, Threat]]:
    """A clause, cut where a further verb threatens something of another kind."""
    place = span[0]
    for m in OR_VERB.finditer(text, *span):
        before, after = _kind(text[place : m.start()]), _kind(text[m.end() : span[1]])
        if before and after and before is not after:
            yield place, m.start(), before
            place, kind = m.end(), after
    yield place, span[1], _kind(text[place : span[1]]) or kind


def _kind(words: str) -> Threat | None:
    """The kind of the first telling word of a clause; "subpoena" tells before all others."""
    words = " ".join(words.split())
    if re.search(rf"\b(?:{KINDS[0][1]})", words, re.IGNORECASE):
        return Threat.SUBPOENA
    found = [
        (m.start(), kind) for kind, pattern in KINDS[1:3] if (m := re.search(rf"\b(?:{pattern})", words, re.IGNORECASE))
    ]
    if found:
        return min(found)[1]
    return Threat.OTHER if re.search(rf"\b(?:{KINDS[3][1]})", words, re.IGNORECASE) else None


def _merged(text: str, start: int, end: int) -> list[Span]:
    """The clauses of a sentence that have a subject and a verb of their own, each without its condition."""
    if CONDITION.match(text[start:end]):
        start = _past_condition(text, start, end)
    cuts = [start]
    for m in JOINT.finditer(text, start, end):
        cuts += [m.start(), m.end()]
    cuts.append(end)
    return [_bared(text, cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2)]


def _past_condition(text: str, start: int, end: int) -> int:
    """Where the main clause behind "If ..." begins: at a subject with a modal verb, after the first comma if there is one."""
    found = [
        m.end()
        for m in re.compile(rf",\s+(?:then\s+)?(?={SUBJECT}(?:\w+ly\s+|also\s+|then\s+)?{MODAL})").finditer(
            text, start, end
        )
    ]
    if not found:
        found = [m.end() for m in AFTER_IF.finditer(text, start + 12, end)]
    if not found:
        found = [m.end() for m in re.compile(r",\s+").finditer(text, start, end)]
    return found[0] if found else start


def _bared(text: str, start: int, end: int) -> Span:
    """A clause without the words that bring it in, or its stop."""
    words = text[start:end]
    lead = LEAD.match(words)
    start += lead.end() if lead else 0
    kept = text[start:end].rstrip().rstrip(".;,")
    return start, start + len(kept)


LEAD = re.compile(
    r"\s*(?:(?:and|or|but|so|then|accordingly|therefore|moreover|in\s+addition|further(?:more)?|finally)\b,?\s+|"
    r"(?:please\s+)?(?:note|be\s+advised)\s+that\s+|you\s+are\s+(?:further\s+)?advised\s+that\s+|(?:I|we)\s+(?:must|should)\s+(?:add|note|warn\s+you|tell\s+you)\s+that\s+)*",
    re.IGNORECASE,
)
