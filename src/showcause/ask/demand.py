"""The parts of a letter in, what it asks for out: things to be produced, and questions to be answered.

Lists are read by the heading or lead-in that they hang on, prose by its verbs; definitions, instructions and the
passages that trouble the writer are told from what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from showcause.ask.days import DATE, MONTH, NUMBER
from showcause.ask.parts import ANNEX, Paragraph, Parts, Span, sentences
from showcause.core import Request


class Mode(StrEnum):
    """What the list or paragraphs under a heading or lead-in are."""

    PROSE = "prose"
    REQUEST = "request"
    QUESTION = "question"
    ASIDE = "aside"  # definitions, instructions, findings, terms: nothing is asked there


@dataclass(slots=True)
class Asked:
    """What has been found so far, in order of the letter."""

    requests: list[Request] = field(default_factory=list)
    questions: list[Span] = field(default_factory=list)
    asides: set[int] = field(default_factory=set)  # where the paragraphs begin in which nothing is asked


THING = re.compile(
    r"""\b(?:documents?|documentation|records?|cop(?:y|ies)|polic(?:y|ies)|orders?|e-?mails?|messages?|reports?|logs?|lists?|
    rosters?|memorand(?:um|a)|memos?|minutes|contracts?|agreements?|correspondence|communications?|data|videos?|footage|
    recordings?|materials?|files?|database|dataset|spreadsheets?|invoices?|receipts?|manuals?|slides|bulletins?|notices?|
    opinions?|certifications?|affidavits?|letters?|transcripts?|notes|calendars?|forms?|charts?|ledgers?|statements?|
    studies|study|audits?|budgets?|vouchers?|timesheets?|payrolls?|complaints?|procedures?|protocols?|guidelines?|guidance|
    directives?|instructions?|instruments?|ordinances?|resolutions?|versions?|drafts?|photographs?|maps?|plans?|
    specifications?|items?|evidence|results?|inventor(?:y|ies)|ind(?:ex|ices)|schedules?|resumes?|bylaws|bills|checks|
    submissions?|responses|posts|applications?|permits?|licen[cs]es?|texts|tapes?|texts|samples?|scripts?|brochures?|advertisements?|
    proof|information|accounts?|summar(?:y|ies)|tables?|breakdown|names|identit(?:y|ies)|exhibits?|diagrams?|proposals?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
GIVE = (
    r"(?:furnish|produce|provide|submit|send|supply|deliver|forward|transmit|share|return|release|disclose|turn\s+over|hand\s+over|"
    r"give|make\s+available|make\s+(?:the\s+)?(?:following\s+)?available|bring(?:\s+with\s+you)?|let\s+(?:me|us)\s+(?:have|see)|enclose|upload|attach|file)"
)
WHO = r"(?:you|it|they|the\s+\w+(?:\s+\w+){0,2}|your\s+\w+(?:\s+\w+)?|[A-Z]\w+(?:\s+[A-Z]\w+){0,3})"
SOON = r"(?:,?\s*(?:also|hereby|promptly|therefore|further|now|then|likewise|immediately|in\s+addition|as\s+well|at\s+your\s+earliest\s+convenience)\s*,?|,?\s*(?:by|before|within|not?\s+later\s+than|on\s+or\s+before|on)\s+[^.;:]{3,70}?,?)*"
ASKING = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"\b(?:please|kindly)\b{SOON}\s+{GIVE}\b(?P<obj>.+)",
        rf"\b(?:ask|asks|request|requests|require|requires|demand|demands|insist|direct|directs|order|orders|urge)\b(?:\s+again)?(?:\s+that)?(?:\s+{WHO})?{SOON}\s+(?:(?:to|shall|must|should|will)\s+)?{GIVE}\b(?P<obj>.+)",
        rf"\b(?:shall|must|should|is\s+to|are\s+to|commanded|directed|required|ordered|requested|asked|obliged|called\s+upon|need|needs|has|have)\b{SOON}\s+(?:to\s+)?{GIVE}\b(?P<obj>.+)",
        rf"^\W*(?:(?:first|second|third|fourth|next|finally|lastly|also|then|and),?\s+)?{GIVE}\b(?P<obj>.+)",
        rf"\b(?:could|can|would|will|may)\s+(?:you|your\s+\w+|we|I)\s+(?:please\s+|kindly\s+|also\s+)*(?:{GIVE}|have|see|trouble\s+you\s+for)\b(?P<obj>.+)",
        r"\b(?:I|we|this\s+(?:office|subpoena|request|committee|letter)|the\s+\w+(?:\s+\w+){0,2})\s+(?:(?:also|hereby|therefore|now|further|again|respectfully|still|would)\s+)*(?:request|requests|demand|demands|seek|seeks|ask\s+(?:again\s+)?for|asks\s+for|require|want|need|await|awaits|wish\s+to\s+(?:see|inspect|receive|have)|am\s+writing\s+to\s+request|are\s+writing\s+to\s+request|write\s+to\s+request|call\s+for)(?!\s+(?:that|you|your\s+\w+\s+to|the\s+\w+(?:\s+\w+)?\s+to)\b)\b(?P<obj>.+)",
        r"\b(?:(?:would|should)\s+(?:also\s+)?(?:like|appreciate|welcome|be\s+(?:glad|grateful|obliged|pleased)(?:\s+(?:of|for|to\s+have|to\s+receive|to\s+see|if\s+you\s+(?:would|could)\s+send(?:\s+us)?))?)|(?:will|shall)\s+(?:also\s+)?(?:want|need|require|expect))\s+(?:to\s+(?:see|have|receive|review|inspect)\s+)?(?P<obj>.+)",
        r"\b(?:still|yet|remain(?:s|ing)?)\s+(?:outstanding|missing|owed|due|lack(?:s|ing)?)(?:\s+(?:is|are))?\s*:?\s+(?P<obj>.+)",
    )
)
SAYING = re.compile(
    rf"""(?:^\W*(?:(?:also|second|finally|lastly|and),?\s+)?|\b(?:please|kindly|ask|asks|request|requests|wish|like|grateful|must|shall|you\s+should|would|could|can|will|to)\b
      (?:\s+(?:that\s+)?{WHO})?(?:\s+(?:if|that|you|would|could|also|to|please|then|further))*\s+)
      (?:tell|state|say|explain|advise|confirm|inform|let|indicate|describe|clarify|specify|report|know|learn|identify|list|answer|certify|set\s+out|show)
      (?:\s+(?:me|us|this\s+office|the\s+\w+))?(?:\s+know)?(?:,?\s+(?:as\s+well|also|in\s+writing|by\s+return|further|in\s+detail|briefly|too|in\s+addition)\b)*,?\s*:?\s+
      (?:of\s+|on\s+)?(?P<obj>(?:whether|how|why|what|when|who|whom|which|if|where|by\s+what|on\s+what|under\s+what|in\s+what|for\s+what|each|every|all|any|the\s+(?:number|name|names|date|dates|reason|reasons|basis|steps|title|titles|person|persons|manner|process|procedure|extent|total|position|identity|criteria|circumstances)s?)\b.+)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
TOLD = re.compile(
    r"^\W*(?:please\s+|kindly\s+|also\s+)*(?:state|describe|explain|identify|confirm|indicate|advise|tell|whether|list|specify|say|clarify|set\s+out|how|why|when|who|what|which|where|does|do|did|is|are|was|were|has|have|can|will)\b",
    re.IGNORECASE,
)

# --- headings and lead-ins ----------------------------------------------------------------------

HEADINGS = (
    (
        Mode.ASIDE,
        r"definition|instruction|concern|finding|background|violation|basis|format|manner|preserv|privilege|certif|consequence|what\s+follows|contact|enforcement|penalt|rights|notice|authority|confidential|summary|introduction|reservation|questions\s+about|delivery|claims?\s+of|general|period|compliance",
    ),
    (
        Mode.QUESTION,
        r"interrogator|questions?|narrative|to\s+be\s+answered|information\s+to\s+be\s+stated|written\s+(?:responses|answers)|points\s+to\s+address",
    ),
    (
        Mode.REQUEST,
        r"(?:documents?|records?|materials?|items?|information|data|things)\s+(?:\w+\s+)?(?:requested|demanded|to\s+be\s+(?:produced|furnished|brought)|sought|required|requests?|demands?|wanted)|requests?\b|specifications?|demands?|production|to\s+be\s+produced|schedule\s+of\s+documents|outstanding|what\s+(?:we|I)\s+(?:ask|need|seek)",
    ),
)
ASIDE_LEAD = re.compile(
    r"concern|appear\b|violat|inconsisten|trouble|following\s+(?:provisions|passages|sections|terms|definitions|instructions|meanings?|formats?|findings|reasons|facts)|"
    r"shall\s+mean|the\s+following\s+apply|means\b|in\s+the\s+following\s+(?:form|format|manner)|may\s+be\s+(?:sent|delivered|made)|as\s+follows\s*:\s*$(?<!produce)|(?:log|objection|claim)\s+(?:shall|must|should)\s+(?:state|give|contain)|penalt|consequences|remedies",
    re.IGNORECASE,
)
QUESTION_LEAD = re.compile(
    r"\b(?:answers?\s+(?:to\s+)?(?:the|each|these|in)|(?:following|these|two|three|four|five|several|some)\s+questions|respond\s+to\s+(?:the\s+following|these)\s+questions|questions?\s*:|(?:tell|inform)\s+(?:me|us)|let\s+(?:me|us)\s+know|state\s+in\s+writing|explain|interrogator)",
    re.IGNORECASE,
)
REQUEST_LEAD = re.compile(
    rf"\b{GIVE}\b|\b(?:request|demand|require|seek|ask|need|want|await|call)|(?:documents|records|items|materials|categories)\b|outstanding|produc",
    re.IGNORECASE,
)


DATED_LIST = re.compile(
    r"(?i)\W*(?:for|covering|during)\s+the\s+(?:\w+\s+)?(?:period|time|years?|months?)\b[^\n]*:\s*$"
)


def asked(letter: Parts) -> Asked:
    """The requests and questions of a letter; offsets are characters of its text."""
    found = Asked()
    text = letter.text
    everything = list(letter.paragraphs())
    mode, led, place = Mode.PROSE, False, 0
    while place < len(everything):
        one = everything[place]
        following = everything[place + 1] if place + 1 < len(everything) else None
        place += 1
        if one.rank == 0 and led:
            mode, led = Mode.PROSE, False
        if _heads(one, following):
            words = text[one.body : one.end]
            if DATED_LIST.match(words) and mode is not Mode.ASIDE:
                continue  # "For the period March 1 to May 31:" says nothing of what the list is
            mode, led = _headed(words), False
            if mode is Mode.PROSE and ANNEX.fullmatch(words.strip()) and ATTACHED.search(text, 0, one.start):
                mode = Mode.REQUEST
            if mode is Mode.PROSE and words.endswith(":"):  # "Please send us:" is a short lead-in
                mode, led = _led(words, mode), True
            continue
        if one.rank == 0:
            lead = _lead(text, one, following)
            if mode is Mode.ASIDE:
                found.asides.add(one.start)
            for span, under in _run_ins(text, (one.body, lead[0] if lead else one.end), mode):
                mode = under
                _prose(text, span, mode, found)
            if lead:
                mode, led = _led(text[lead[0] : lead[1]], mode), True
            continue
        end = one.end
        while place < len(everything) and _nested(text, one, everything[place]):
            end = everything[place].end
            place += 1
        _item(text, one, end, mode=mode, found=found)
    return _with_periods(letter, found)


def _heads(one: Paragraph, following: Paragraph | None) -> bool:
    if not one.heading:
        return False
    if one.rank == 0:
        return True
    same = (
        following is not None
        and following.rank == one.rank
        and (following.label or "").isdigit() == (one.label or "").isdigit()
    )
    return not same and following is not None and (one.label or "-").isupper()


def _headed(words: str) -> Mode:
    for mode, pattern in HEADINGS:
        if re.search(rf"\b(?:{pattern})", words, re.IGNORECASE):
            return mode
    return Mode.PROSE


RUN_IN = re.compile(
    r"(?:^|(?<=[.?!]\s)|(?<=[.?!]\s\s))[*_]*(?P<head>[A-Z][A-Za-z’' /&]{3,45}?)[*_]*(?::|\.\s*[\u2013\u2014-]+|\.\*\*)[*_]*\s+(?=[A-Z(])"
)


def _run_ins(text: str, span: Span, mode: Mode) -> Iterator[tuple[Span, Mode]]:
    """A paragraph cut at the headings that run in with its text ("Documents Requested: ..."), with the mode of each piece."""
    place = span[0]
    for m in RUN_IN.finditer(text[span[0] : span[1]]):
        under = _headed(m["head"])
        if len(m["head"].split()) > 6 or under is Mode.PROSE:
            continue
        if span[0] + m.start() > place:
            yield (place, span[0] + m.start()), mode
        place, mode = span[0] + m.end(), under
    if place < span[1]:
        yield (place, span[1]), mode


def _lead(text: str, one: Paragraph, following: Paragraph | None) -> Span | None:
    """The last sentence of a paragraph, where a list hangs on it."""
    if following is None or following.rank == 0:
        return None
    last = list(sentences(text, one.body, one.end))[-1:]
    if not last:
        return None
    words = text[slice(*last[0])]
    open_end = words.rstrip().endswith((":", ";", "-", "—", ","))
    return last[0] if open_end or re.search(r"\b(?:follow(?:s|ing)|below|these)\b", words, re.IGNORECASE) else None


def _led(words: str, mode: Mode) -> Mode:
    if mode in (Mode.ASIDE, Mode.QUESTION) and not re.search(rf"\b{GIVE}\b", words, re.IGNORECASE):
        return mode
    if QUESTION_LEAD.search(words) and not re.search(
        r"\b(?:produce|furnish|documents|records)\b", words, re.IGNORECASE
    ):
        return Mode.QUESTION
    asks = re.search(rf"\b{GIVE}\b|\brequests?\b|\bdemands?\b", words, re.IGNORECASE)
    if ASIDE_LEAD.search(words) and not asks:
        return Mode.ASIDE
    return Mode.REQUEST if REQUEST_LEAD.search(words) else mode


def _nested(text: str, one: Paragraph, below: Paragraph) -> bool:
    if below.rank == 0:
        return False
    if below.rank > one.rank and one.label is not None:
        return True
    opens = text[one.body : one.end].rstrip().endswith(":")
    return opens and (below.label is None) != (one.label is None)


# --- items --------------------------------------------------------------------------------------


def _item(text: str, one: Paragraph, end: int, *, mode: Mode, found: Asked) -> None:
    words = text[one.body : end]
    if mode is Mode.ASIDE:
        found.asides.add(one.start)
        return
    if mode is Mode.QUESTION:
        found.questions += _questions(text, one.body, one.end) or [_first(text, one.body, end)]
    elif mode is Mode.PROSE:
        _prose(text, (one.body, one.end), mode, found, label=one.label)
    elif _told(words):
        found.questions += _questions(text, one.body, one.end) or [_first(text, one.body, end)]
    else:
        span = _first(text, one.body, end)
        _add(text, _unstopped(text, span) if text[span[0]].islower() else span, found, label=one.label)


def _told(words: str) -> bool:
    """Whether an item of a list of requests asks for words and not for things."""
    opening = " ".join(words.split()[:40])
    return words.rstrip().endswith("?") or bool(TOLD.match(opening) and not re.match(r"\W*(?:what|which)ever", opening))


def _questions(text: str, start: int, end: int) -> list[Span]:
    return [(s, e) for s, e in sentences(text, start, end) if text[s:e].rstrip("\"'”’) ").endswith("?")]


def _first(text: str, start: int, end: int) -> Span:
    """The words of an item that ask: its first sentence, or two where the first only names the thing."""
    if re.search(r":\s*\n", text[start:end]):
        return _bare(text, start, end)
    pieces = list(sentences(text, start, end))
    stop = pieces[0][1]
    if len(text[start:stop].split()) <= 4 and len(pieces) > 1:
        stop = pieces[1][1]
    return _bare(text, start, stop)


def _bare(text: str, start: int, end: int) -> Span:
    """A span without the joint of a list about it: "; and", ";", a comma."""
    words = text[start:end]
    words = re.sub(r"(?:[;,]\s*(?:and|or|and/or)|[;,])\s*$", "", words.rstrip()).rstrip()
    lead = re.match(
        r"\s*(?:(?:and|or)\s+)?(?:(?:also|finally|lastly)\b,?\s+|(?:first|second|third|fourth|fifth|sixth|seventh|next|last)(?:ly)?,\s+)?",
        words,
    )
    skip = lead.end() if lead else 0
    return start + skip, start + len(words)


def _add(text: str, span: Span, found: Asked, *, label: str | None) -> None:
    start, end = span
    if len(text[start:end].split()) < 2:
        return
    found.requests.append(Request(label, text[start:end], period(text[start:end]), start, end))


# --- prose --------------------------------------------------------------------------------------

POINTER = re.compile(
    r"^(?:(?:all|any|each|of|the|these|those|such|copies|following|said)\s+)*(?:documents?|records?|materials?|items?|information|things|responses?|submissions?|data|files|answers?|production)?(?:\s+and\s+(?:the\s+)?(?:written\s+|sworn\s+)?(?:information|things|records|documents|materials|answers|responses))?\s*(?:(?:that\s+are|which\s+are|is|are)\s+)?"
    r"(?:(?:described|listed|requested|identified|specified|set\s+(?:forth|out)|demanded|sought|named|called\s+for|required|responsive|in\s+the\s+attached|below|above|in\s+(?:electronic|native|searchable|the\s+form|pdf|hard)|electronically|as\s+(?:searchable|they)|to\s+(?:the\s+(?:address|attention|undersigned|office)|me|us)|via|through|by)\b|$|[.,:;]\s*$)",
    re.IGNORECASE,
)
ATTACHED = re.compile(
    r"\b(?:documents?|records|items|materials|things|information)\s+(?:(?:that|which)\s+)?(?:(?:is|are)\s+)?(?:\w+\s+)?(?:in|on|below|above|by)\s+(?:the\s+)?(?:attached|enclosed|Attachment|Schedule|Exhibit|Appendix|Annex|Enclosure|Rider)\b",
    re.IGNORECASE,
)
RESPONSE = re.compile(
    r"^(?:(?:a|an|the|your|its|any|full|complete|written|detailed|prompt|timely|signed|formal|sworn)\s+)*(?:responses?|reply|answers?|cooperation|attention|patience|courtesy|assistance|objections?|opportunity|privilege\s+log|log\s+of\s+(?:any|each|every)|extension|time|assurances?|acknowledg\w+|notice|call|meeting|waiver|(?:electronic|paper|digital|certified|native|searchable)\s+(?:copies|versions|form|format|files))\b(?!\s+of\s+(?:the|all|any|each|every))(?!\s+to\s+(?:items?|requests?)\s+\d)",
    re.IGNORECASE,
)
TO_WHOM = re.compile(
    rf"^\s*(?:(?:to\s+)?(?:have|receive|see|be\s+given)\b\s*,?\s*)?(?:(?:to|for)\s+)?(?:(?:(?:us|me|him|her|them|this\s+(?:office|department|agency|commission|committee)|the\s+(?:undersigned|monitor|department|commission|office|division|bureau|inspector\s+general|committee|board|agency|secretary|attorney\s+general)|our\s+office|my\s+office)\b(?:\s+with\b)?|with)\s*,?\s*)?(?:(?:by|before|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|within)\s+(?:[^;:]{{0,40}}?{DATE}\s*[,:]?|[^,;:]{{3,60}}\s*[,:])\s*)?(?:(?:also|now|again|as\s+well|promptly)\s*,?\s+)?(?:for\s+)?",
    re.IGNORECASE,
)
FOLLOWING = re.compile(
    r"^(?:(?:all|each|copies|of|any|the|these)\s+)*(?:following|below)(?:\s+(?:\w+\s+){0,6}?\w*)?\s*:\s*", re.IGNORECASE
)
WHEN = re.compile(
    rf",?\s+(?:(?:and\s+)?(?:to\s+do\s+so\s+)?)(?:(?:not?\s+later\s+than|on\s+or\s+before|by|before)\s+(?:(?:close|end)\s+of\s+business\s+on\s+|\d{{1,2}}:\d\d\s*[ap]\.?m\.?,?\s+(?:\w+\s+time\s+)?on\s+|noon\s+on\s+)?{DATE}|within\s+{NUMBER}\s+(?:\w+\s+){{0,2}}(?:days?|weeks?|months?)\b[^;]*)[\s.,?]*$",
    re.IGNORECASE,
)
ENUMERATED = re.compile(r"(?:^|(?<=[\s:;,]))\((?P<label>\d{1,2}|[a-z]|[ivx]{2,5})\)\s+")
CONDITIONAL = re.compile(
    r"^\W*(?:if|should\s+(?:you|the|any)|where|unless|to\s+the\s+extent|in\s+the\s+event|for\s+(?:each|any|every)\s+(?:document|record)|when\s+producing|failure)\b",
    re.IGNORECASE,
)


def _prose(text: str, span: Span, mode: Mode, found: Asked, *, label: str | None = None) -> None:
    """The requests and questions in running text."""
    if mode is Mode.ASIDE:
        return
    start, end = span
    if mode is Mode.REQUEST and (pieces := _enumerated(text, start, end)):
        _pieces(text, pieces, found)
        start = min(end, pieces[-1][1][1] + 1)
        mode = Mode.PROSE
    for s, e in sentences(text, start, end):
        _sentence(text, s, e, found=found, label=label, mode=mode)


def _sentence(text: str, start: int, end: int, *, found: Asked, label: str | None, mode: Mode) -> None:
    words = text[start:end]
    thing = _object(words) if not CONDITIONAL.match(words) else None
    polite = re.match(
        r"\W*(?:(?:also|and|finally),?\s+)?(?:could|can|would|will)\s+(?:you|your\s+\w+|we|I)\b", words, re.IGNORECASE
    )
    if thing is not None:
        place = start + thing
        pieces = _enumerated(text, place, end) or _semicolons(text, place, end)
        _pieces(text, [(label if label and len(pieces) == 1 else n, span) for n, span in pieces], found)
        _also_said(text, place, end, found)
    elif words.rstrip("\"'”’) ").endswith("?") and not polite:
        found.questions.append((start, end))
    elif m := SAYING.search(words):
        if not CONDITIONAL.match(words):
            found.questions += _split_questions(text, start + m.start("obj"), start + m.end("obj"))
    elif mode is Mode.REQUEST and re.match(
        r"\W*(?:all|any|every|each|copies|documents|records)\b", words, re.IGNORECASE
    ):
        _pieces(text, _semicolons(text, start, end), found)


def _also_said(text: str, start: int, end: int, found: Asked) -> None:
    """A question joined to a request: "send the log, and tell us whether ..."."""
    m = re.search(
        r"(?:,|;)?\s+and\s+(?:to\s+)?(?:please\s+)?(?:tell|state|explain|say|advise|inform|let)\s+(?:(?:me|us)\s+)?(?:know\s+)?(?P<obj>(?:whether|how|why|what|when|who|if)\b.+)",
        text[start:end],
        re.IGNORECASE | re.DOTALL,
    )
    if m and found.requests and found.requests[-1].end > start + m.start():
        last = found.requests.pop()
        _add(text, _bare(text, last.start, start + m.start()), found, label=last.label)
        found.questions += _split_questions(text, start + m.start("obj"), end)


def _object(words: str) -> int | None:
    """Where the thing asked for begins in a sentence that asks for one."""
    best: int | None = None
    for pattern in ASKING:
        m = pattern.search(words)
        if m is None:
            continue
        place = _past(words, m.start("obj"))
        rest = words[place:]
        if (
            len(rest.split()) < 2
            or POINTER.match(rest)
            or ATTACHED.search(rest)
            or RESPONSE.match(rest)
            or re.match(r"(?:up)?on\s+request\b", rest)
            or not THING.search(rest)
        ):
            continue
        if re.match(r"(?:whether|how|why|what|if|that|to)\b", rest, re.IGNORECASE):
            continue
        best = place if best is None else min(best, place)
    return best


def _past(words: str, place: int) -> int:
    """Past the receiver, the day and "the following ...:" to the thing itself."""
    for pattern in (re.compile(r"\s*"), TO_WHOM, FOLLOWING, re.compile(r"\s*:?\s*")):
        m = pattern.match(words[place:])
        place += m.end() if m else 0
    return place


ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
DIGITS = tuple(str(n) for n in range(1, 100))
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def _enumerated(text: str, start: int, end: int) -> list[tuple[str | None, Span]]:
    """Pieces behind "(1) ... (2) ..." or "(a) ..." inside running text; none where fewer than two stand in order."""
    marks: list[re.Match[str]] = []
    for m in ENUMERATED.finditer(text, start, end):
        label = m["label"]
        first = marks[0]["label"] if marks else label
        order = ROMAN if first == "i" else DIGITS if first == "1" else LETTERS
        if len(marks) < len(order) and label == order[len(marks)]:
            marks.append(m)
    if len(marks) < 2:
        return []
    edges = [*(m.start() for m in marks[1:]), end]
    out: list[tuple[str | None, Span]] = []
    for m, stop in zip(marks, edges, strict=True):
        last = stop == end
        first = next(sentences(text, m.end(), stop), (m.end(), stop))
        span = _bare(text, m.end(), first[1] if last else stop)
        out.append((m["label"], _unstopped(text, span)))
    return out


def _semicolons(text: str, start: int, end: int) -> list[tuple[str | None, Span]]:
    cuts = [start, *(start + m.end() for m in re.finditer(r";", text[start:end])), end]
    pieces = [_bare(text, a, b) for a, b in pairwise(cuts) if b > a]
    return [(None, _unstopped(text, _unwhen(text, piece))) for piece in pieces if piece[1] > piece[0]]


def _unwhen(text: str, span: Span) -> Span:
    m = WHEN.search(text[span[0] : span[1]])
    return (span[0], span[0] + m.start()) if m and m.start() > 3 else span


def _unstopped(text: str, span: Span) -> Span:
    words = text[span[0] : span[1]].rstrip()
    return span[0], span[0] + len(words) - (words.endswith((".", "?", ",", ";")) and not words.endswith("etc."))


def _pieces(text: str, pieces: Sequence[tuple[str | None, Span]], found: Asked) -> None:
    for label, span in pieces:
        if TOLD.match(text[slice(*span)]) and not THING.search(text[slice(*span)][:60]):
            found.questions.append(span)
        else:
            _add(text, span, found, label=label)


def _split_questions(text: str, start: int, end: int) -> list[Span]:
    """Questions joined by "and if not", "and how" or a semicolon, one each, without the closing stop."""
    joint = re.compile(
        r"(?:[,;]\s*(?:and|or)?|\band)\s+(?=(?:if\s+(?:not|so)|whether|how|why|what|when|who|which|where|on\s+what|by\s+whom)\b)",
        re.IGNORECASE,
    )
    cuts = [
        (start, start),
        *((start + m.start(), start + m.end()) for m in joint.finditer(text[start:end])),
        (end, end),
    ]
    spans = [_unstopped(text, (a[1], b[0])) for a, b in pairwise(cuts)]
    return [s for s in spans if len(text[slice(*s)].split()) > 2]


# --- periods ------------------------------------------------------------------------------------

YEAR = r"(?:(?:calendar|fiscal|school|program|academic)\s+years?\s+)?(?:FY\s*)?(?:19|20)\d\d(?:[-–/]\d{2,4})?"
POINT = rf"(?:{DATE}|the\s+\d{{4}}[-–]\d{{2,4}}\s+(?:school|fiscal|academic)\s+year|(?:the\s+)?(?:(?:beginning|end|start|close)\s+of\s+)?(?:{MONTH}\s+)?{YEAR}|the\s+(?:present(?:\s+day|\s+time)?|date\s+of\s+(?:(?:this|your)\s+)?(?:letter|subpoena|request|receipt|response|production|service|award|issuance|full\s+compliance|compliance|the\s+\w+)(?:\s+(?:hereof|(?:of|with|to)\s+(?:this|the)\s+\w+))?)|present|date|today|now)"
HOUR = r"(?:\d{1,2}(?::\d\d)?\s*[ap]\.?\s?m\.?|noon|midnight)"
QUARTER = (
    r"(?:first|second|third|fourth|last)(?:,?\s+(?:and|through|to|or)\s+(?:first|second|third|fourth|last))?\s+(?:quarters?|halves|half)\s+of\s+"
    + YEAR
)
PERIOD = re.compile(
    rf"""(?:
      (?:\b(?:for|during|covering|over|in)\s+the\s+)?\bperiod\s+(?:of\s+time\s+)?(?:from\s+|between\s+|beginning\s+(?:on\s+)?|commencing\s+(?:on\s+)?|starting\s+(?:on\s+)?|of\s+|since\s+)?{POINT}(?:,?\s*(?:to|through|until|and|up\s+to|ending(?:\s+on)?|and\s+ending(?:\s+on)?|and\s+continuing\s+(?:to|through)|[-–—])\s*{POINT})?
    | \b(?:from|between)\s+(?:on\s+or\s+about\s+)?{POINT},?\s*(?:to|through|until|and|up\s+to|till|[-–—]|thru|and\s+continuing\s+(?:to|through))\s*(?:and\s+including\s+)?{POINT}
    | \b{POINT}\s*(?:,?\s*(?:to|through|until|[-–—]|thru)\s+){POINT}
    | \b(?:on\s+or\s+after|on\s+and\s+after|since|after|before|prior\s+to|as\s+of|until|on\s+or\s+before)\s+{POINT}
    | \b(?:the\s+)?{QUARTER}
    | \bfor\s+the\s+{NUMBER}\s+(?:calendar\s+|fiscal\s+)?(?:years?|months?|weeks?|days?)\s+(?:before|preceding|prior\s+to|ending(?:\s+on)?|after|following)\s+{POINT}
    | \b(?:for|on|during)\s+the\s+(?:whole|entirety|night|day|morning|evening|week|month)\s+of\s+{POINT}
    | \bon\s+{MONTH}\s+\d{{1,2}}(?:,?\s+(?:and\s+|or\s+)?\d{{1,2}}\b(?!,?\s*\d\d\d))*,?\s+(?:and|or|through|to)\s+\d{{1,2}},?\s+\d{{4}}
    | \bon\s+{DATE},?\s+(?:between|from)\s+{HOUR}\s+(?:and|to|until)\s+{HOUR}
    | \b(?:from|between)\s+{MONTH}\s+\d{{1,2}},?\s*(?:to|through|until|and|[-–—]|thru)\s*{DATE}
    | \b(?:(?:in|for|during|over|within)\s+)?(?:each\s+of\s+)?the\s+(?:past|last|preceding|previous|prior|most\s+recent)\s+(?:{NUMBER}\s+)?(?:calendar\s+|fiscal\s+)?(?:years?|months?|weeks?|quarters?|days?)
    | \b(?:in|for|during|of)\s+{YEAR}(?:(?:,\s*{YEAR})*,?\s*(?:and|or|through|to|[-–])\s*{YEAR})?(?![\w-])
    | \b(?:for|in|during)\s+(?:the\s+)?(?:(?:calendar|fiscal|school)\s+)?years\s+{YEAR}(?:,?\s*(?:and|or|through|to|,|[-–])\s*{YEAR})*
    | \b(?:in|during|of)\s+{MONTH}(?:\s+(?:and|through|to|or)\s+{MONTH})?,?\s+\d{{4}}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
GENERAL = re.compile(
    r"(?:(?:relevant|applicable|covered|request|review|audit|reporting)\s+(?:time\s+)?period|unless\s+(?:otherwise|a\s+request|a\s+different|another)|time\s+(?:period|frame)|period\s+(?:covered|of\s+time|for)|these\s+requests\s+cover|(?:each|every|all|the)\s+(?:request|item|specification|demand)s?\b[^.]{0,40}\b(?:covers?|calls?\s+for|reach|runs?|is\s+limited|concerns?|relates?|are\s+limited)|for\s+the\s+period|the\s+following[^.:]{0,80}\bfor\b)",
    re.IGNORECASE,
)


def period(words: str) -> str | None:
    """The words of a request that fix its period, the longest such; None where it has none."""
    found = [m[0] for m in PERIOD.finditer(words)]
    return max(found, key=len, default=None)


def _with_periods(letter: Parts, found: Asked) -> Asked:
    """Requests without a period of their own take the one that a definition, an instruction or the lead-in fixes."""
    spans = [(r.start, r.end) for r in found.requests]
    common = _common_period(letter, spans)
    if common:
        found.requests = [Request(r.label, r.text, r.period or common, r.start, r.end) for r in found.requests]
    return found


def _common_period(letter: Parts, taken: Sequence[Span]) -> str | None:
    for one in letter.paragraphs():
        for start, end in _outside(letter.text, one, taken):
            words = letter.text[start:end]
            if GENERAL.search(words):
                said = period(words)
                if said:
                    return said
    return None


def _outside(text: str, one: Paragraph, taken: Sequence[Span]) -> Iterator[Span]:
    """The sentences of a paragraph up to the first request in each."""
    for start, end in sentences(text, one.body, one.end):
        inner = [s for s, e in taken if start <= s < end or s <= start < e]
        if not inner:
            yield start, end
        elif min(inner) > start:
            yield start, min(inner)
