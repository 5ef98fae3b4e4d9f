"""The parts of a letter in, the authorities out by which it claims to ask: statutes, rules, grant conditions, decrees."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from showcause.ask.citation import Source, citations
from showcause.ask.parts import BLOCK, Parts, Span, sentences

NUMBERED = r"\d+[A-Za-z]?(?:\.\d+)*(?:\([a-zA-Z0-9]{1,4}\))*"
INSTRUMENT = r"(?:consent\s+decree|decree|settlement(?:\s+agreement)?|(?:grant|award|funding|cooperative|memorandum\s+of|monitoring|data[-\s]sharing|participation|master)\s+(?:agreement|understanding|contract)|agreement|contract|(?:final|agreed|court(?:’s|'s)?)\s+(?:judgment|order)|judgment|stipulation|order|award|permit|licen[cs]e|charter|law|act|code|Decree|Agreement|Order|Judgment|Contract|statute|ordinance|title|chapter|[A-Z][\w.’']+(?:\s+(?:of|and|&|the|for|on|[A-Z][\w.’'-]+))*\s+(?:Act|Law|Code|Charter|Order|Agreement|Decree|Rules?|Regulations?|Ordinance|Statute|Constitution|Judgment|Contract|Plan|Policy|Manual|Rule|Conditions))"
NAMED = re.compile(
    rf"""(?:
      (?i:\b(?:special|general|standard|award|grant|program|licen[cs]e|permit|additional|specific)\s+(?:award\s+)?(?:conditions?|terms?|assurances?)\s+(?:no\.?\s*|number\s+)?{NUMBERED}(?:\s+(?:and|or|through|,)\s*{NUMBERED})*(?:\s+of\s+(?:the|your|its|that|this)\s+(?-i:{INSTRUMENT}))?)
    | (?i:\b(?:paragraphs?|¶¶?|articles?|sec(?:-\s+)?tions?|§§?|parts?|clauses?|chapters?|titles?|rules?|terms?|conditions?|exhibits?)\s*(?:{NUMBERED}|[IVXLC]+\b)(?:(?:,\s*|\s+and\s+|\s+or\s+|\s+through\s+|\s*[-–]\s*){NUMBERED})*,?\s+of\s+(?:the|your|our|its|that|this|said|each)\s+)(?:{INSTRUMENT})(?:\s+of\s+\d{{4}})?(?:\s+(?:entered|in|dated|between)\b(?:\s+[^,.;]{{3,60}})?)?
    | \b(?i:sec(?:-\s+)?tions?|§|articles?|parts?)\s+(?:[IVXLC]+|\d+),\s+(?:paragraphs?|¶)\s+{NUMBERED},?\s+of\s+(?:the|your|this|said)\s+(?:{INSTRUMENT})
    | \b(?i:article|section|part|chapter|title)\s+(?:[IVXLC]+|\d+),\s+(?:paragraph|section|clause|part|subsection)\s+{NUMBERED}
    | \b[A-Z][a-z]+\s+(?:[A-Z][a-z]+\s+){{0,4}}(?:Code|Laws?|Statutes?|Rules?|Regulations?),?\s+§§?\s*{NUMBERED}
    | \b(?:[A-Z]\.)+\s*(?:[A-Z][a-z]+\.?\s+){{1,4}}(?:Code|Laws?|Stat\.|Statutes?|Rules?|Regs?\.|Regulations?),?\s+§§?\s*{NUMBERED}
    | \b[A-Z][a-z]+\.?\s+(?:[A-Z][a-z]{{0,6}}\.\s+){{2,4}}(?:(?:Law|Code|Act)\s+)?(?:§§?\s*)?{NUMBERED}
    | \b[A-Z][\w’'.-]+(?:\s+(?:of|and|for|to|the|in|&|[A-Z][\w’'.-]+))*\s+(?:Act|Law|Charter|Ordinance)(?:\s+of\s+\d{{4}})?(?:,\s+(?:section|§)\s*{NUMBERED})?
    | \b(?:[A-Z]\w+\s+)?(?:Order|Resolution|Directive|Circular|Bulletin|Protocol|Regulation|Rule|Ordinance|Public\s+Act|P\.A\.|(?:House|Senate|Assembly)\s+Bill|Policy)\s+(?:No\.?\s*)?\d[\w.-]*\w(?:\([a-z0-9]{{1,3}}\))*
    | \b(?i:clause|article|paragraph|condition|assurance|covenant|rule)\s+{NUMBERED}
    )""",
    re.VERBOSE,
)
CLAIMS = re.compile(
    r"\b(?:under|pursuant\s+to|by\s+(?:virtue\s+of|authority\s+of|the\s+authority)|in\s+accordance\s+with|authori[sz]ed\s+by|authority\s+(?:of|under|granted|conferred|vested)|(?:rests|founded|based|relies|rely)\s+(?:up)?on|(?:derives?|comes|flows)\s+from|found\s+in|lies\s+in|given\s+by|relying\s+(?:up)?on|in\s+reliance\s+(?:up)?on|invoking|by(?=\s+(?:special|general|grant|award|section|paragraph|condition|article|resolution|ordinance)\b)|as\s+(?:required|authori[sz]ed|permitted)\s+(?:by|in|under)|required\s+by|in\s+exercise\s+of|on\s+the\s+authority\s+of|(?:powers?|right|rights)\s+(?:under|in|given|conferred)|granted\s+by|conferred\s+by|issued\s+under|Authority\s*:|provided\s+for\s+(?:in|by)|consistent\s+with|see\b)",
    re.IGNORECASE,
)
EMPOWERS = re.compile(
    r"^[^.;]{0,40}?\b(?:gives?|grants?|authori[sz]es?|empowers?|entitles?|permits?|obliges?|requires?|allows?|provides?|issued|directs?|confers?|imposes|says|lets?|makes|calls\s+for)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"(?:compl(?:y|ies|iance|ied|ying)\s+with|violat\w+(?:\s+of)?|observ\w+|abid\w+\s+by|bound\s+by|consistent\s+with|inconsistent\s+with|contrary\s+to|conflict\w*\s+with|breach\w*(?:\s+of)?|in\s+light\s+of|subject\s+to|defined\s+(?:in|by|at)|meaning\s+of|exempt\w*\s+(?:from|under)|privileged?\s+under|certif\w+\s+(?:that\s+\w+\s+)?(?:with|under)|adher\w+\s+to|penalt\w+\s+(?:under|of)|punishable\s+under|obligations?\s+under|rights\s+under|proof\s+(?:of|that)|remedies\s+under|sanctions\s+under|enforce\w*\s+(?:under)?|served\s+under|confidential\w*\s+under|withh\w+\s+(?:under|pursuant\s+to)|treated\s+(?:as\s+\w+\s+)?under|prescribed\s+(?:in|by))\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
THREATENS = re.compile(
    r"\b(?:penalt|punish|fined|imprison|contempt|will\s+seek|may\s+seek|fail(?:ure|s)?\s+to|does\s+not\s+(?:answer|comply|respond))",
    re.IGNORECASE,
)


BREACH = re.compile(r",?\s+(?:an?y?|the|your|such)?\s*(?:failure|refusal|delay|breach|default)\b", re.IGNORECASE)


def authority(letter: Parts, *, taken: list[Span], aside: Collection[int] = ()) -> tuple[str, ...]:
    """The authorities that the letter leans on, in their own words, each once; `taken` are the spans of what it asks.

    `aside` are the places where paragraphs of findings, definitions and instructions begin: nothing is claimed there.
    """
    said: dict[str, str] = {}
    for start, end in list(_places(letter, taken, aside)) or list(_places(letter, taken, aside, loosely=True)):
        words = letter.text[start:end]
        said.setdefault(" ".join(words.lower().split()), words)
    return tuple(said.values())


def _places(letter: Parts, taken: list[Span], aside: Collection[int], *, loosely: bool = False) -> Iterator[Span]:
    """Where authorities are claimed; `loosely` takes any that stand in a sentence on powers and duties."""
    text = letter.text
    cited = _cited(text)
    spans = [(one.body, one.end) for one in letter.paragraphs() if one.start not in aside]
    for s, e in (*spans, *_issued(letter)):
        for start, end in sentences(text, s, e):
            if not loosely:
                yield from _claimed(text, (start, end), cited, taken)
            elif POWER.search(text, start, end):
                yield from (s for s in cited if start <= s[0] and s[1] <= end and not ABOUT.search(text[start : s[0]]))


def _issued(letter: Parts) -> Iterator[Span]:
    """The paragraphs of the head that say under what it is issued."""
    for m in BLOCK.finditer(letter.text, *letter.head):
        if re.search(r"(?i)\b(?:authority|pursuant\s+to|under|by\s+virtue\s+of)\b", m[0]):
            yield m.span()


POWER = re.compile(
    r"(?i)\b(?:authori\w+|powers?|empower\w*|entitle[sd]?|right\s+to|(?:requires?|oblige[sd]?|bound|duty|agreed|promised|undertook)\b|access|conditions?|provides?|issued|under|pursuant|by\s+virtue)"
)


def _cited(text: str) -> list[Span]:
    """Citations and named instruments in order, of overlapping ones the longer."""
    spans = [(c.start, c.end) for c in citations(text) if c.kind is not Source.CASE]
    spans += [m.span() for m in NAMED.finditer(text)]
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= o[0] or o[1] <= span[0] for o in out):
            out.append(span)
    bare = sorted(_unled(text, s) for s in out)
    return [s for s in bare if len(text[slice(*s)].split()) > 1]


def _unled(text: str, span: Span) -> Span:
    """A name without the word that brings it in."""
    m = re.match(r"(?:(?:Under|Pursuant|By|The|In|This|And|Of|Section\s+of)\s+)+(?:to\s+|the\s+)*", text[slice(*span)])
    return (span[0] + m.end(), span[1]) if m else span


def _claimed(text: str, sentence: Span, cited: list[Span], taken: list[Span]) -> Iterator[Span]:
    """The authorities of one sentence: those in a chain behind a claiming word, and those said to give a power."""
    start, end = sentence
    inside = [s for s in cited if start <= s[0] and s[1] <= end and not any(a <= s[0] < b for a, b in taken)]
    chain = start
    for span in inside:
        before = text[max(start, chain) : span[0]]
        claimed = [m for m in CLAIMS.finditer(text, start, end) if m.end() <= span[0] and _reaches(text, m, span, end)]
        near = bool(claimed) and _chained(text, claimed[-1].end(), span[0], inside)
        gives = bool(EMPOWERS.match(_blanked(text, span[1], end, inside))) and not re.search(
            r"\b(?:that|which)\s*$", before
        )
        told = text[start : span[0]]
        if (
            (near or gives)
            and not ABOUT.search(told)
            and not _threatens(text, start, span[0])
            and not BREACH.match(text, span[1])
        ):
            yield span
        chain = span[1]


def _reaches(text: str, claim: re.Match[str], cited: Span, end: int) -> bool:
    """A bare "by" claims only what stands next to it, and only where a duty to show something follows."""
    if claim[0].lower() != "by":
        return True
    return not text[claim.end() : cited[0]].strip() and bool(SHOWN.search(text, cited[1], end))


SHOWN = re.compile(
    r"(?i)\b(?:prove|proof|furnish|produce|provide|submit|show|records?|access|inspect\w*|request\w*|asked?|demand\w*|answer)\b"
)


def _chained(text: str, begin: int, end: int, inside: list[Span]) -> bool:
    """Whether only other authorities and joints stand between a claiming word and an authority."""
    left = _blanked(text, begin, end, inside)
    return len(left.split()) <= 12 and not re.search(r"\b(?:please|shall|must|that\s+you)\b", left, re.IGNORECASE)


def _blanked(text: str, begin: int, end: int, inside: list[Span]) -> str:
    """The words between two places with the authorities among them blanked."""
    left = list(text[begin:end])
    for s, e in inside:
        for place in range(max(s, begin), min(e, end)):
            left[place - begin] = " "
    return " ".join("".join(left).split())


def _threatens(text: str, start: int, end: int) -> bool:
    return bool(THREATENS.search(text, start, end))
