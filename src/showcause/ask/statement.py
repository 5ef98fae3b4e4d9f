"""An article, release or transcript in, its Statement out: who said what, what they claim, which words are loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from showcause.ask import reported
from showcause.ask.attribution import Cue, cues, first_voice, last_phrase, pieces_voice
from showcause.ask.hearing import Hearing, acts, add_claims, add_quote, denied, plain
from showcause.ask.lexicon import words
from showcause.ask.loaded import loaded
from showcause.ask.masthead import masthead, titled
from showcause.ask.own_voice import own_voice, speaks_for
from showcause.ask.prose import HIDDEN, Span, paragraphs, sentences
from showcause.ask.quotation import Marked, hide, marked
from showcause.ask.speaker import Voice, cast, phrase
from showcause.ask.turn import Turn, turns
from showcause.core.exchange import Claim, Quote, QuoteKind, Stance, Statement
from showcause.core.record import Document

_NAMED_SO = re.compile(
    r"(?:so-called|dubbed|nicknamed|entitled|titled|headlined|known as|under the title|headed|heading|the (?:words?|terms?|phrases?|label|slogan|title|banner)"
    r"|marked|stamped|(?:is|are|was|were|be|being|been) called|means?|meaning|defined as|definition of|defines?|no such thing as)\s*,?\s*[“‘\"]?$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"\b(?:the|an?|our|its|their|his|her|this|that|these|those|my|your|any|such|some)\s+$", re.IGNORECASE
)
_FINITE = re.compile(r"\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did)$")
_SHOWN = re.compile(
    r"(?:interview with|speaking (?:to|with)|spoke (?:to|with)|writing (?:in|for)|first reported by|reported by|column (?:in|for)|statement to|to|in|from|on|by|with)\s+(?:the\s+)?((?:[A-Z][\w’'&-]*\s?)+(?:\d+)?)"
)
_THROUGH = re.compile(
    r"\bthrough\s+(?:an?|the|his|her|its|their)\s+(?:[a-z]+\s+)?(?:spokes\w+|lawyer|attorney|aide|representative),\s+((?:[A-Z][\w.’'-]*\s?){2,4})(?=,)"
)
_HANDED = re.compile(
    r"(?:(?<=[.!?]\s)|^)(?:(?:From|Via|Per|Here[’']s|Here is|According to|As|More from|Over at|Again)\s+)?(?:[Tt]he\s+)?"
    r"((?:[A-Z0-9][\w.’'&-]*\s?){1,5})(?:\s+(?:reports?|reported|writes|wrote|has (?:it|more)|puts it|tells it|quotes [^.:]{3,40}))?:\s*$",
    re.MULTILINE,
)
_LED = re.compile(r"(?:The\s+)?((?:[A-Z][\w’'&-]*\s)*[A-Z][\w’'&-]*(?:\s\d+)?):\s*[“‘\"]")
_CARRIED = re.compile(r"((?:[A-Z][\w’'&-]*\s)*[A-Z][\w’'&-]*(?:\s\d+)?)(?:[’']s)?(?:\s[a-z][^.:“”]{0,50})?:\s*$")
LEAST = 80  # a paragraph of a report's body is longer than this, characters
LONG = 24  # a fragment in marks longer than this, characters, may claim by itself
_SAME = re.compile(r"in (?:the|that) (?:same )?(?:statement|interview|letter|post|release)")


def read_statement(document: Document) -> Statement:
    """What an article, release or transcript says: quotations with their speakers, claims, loaded words.

    Offsets count characters of `document.text`; every `text` stands there exactly. Never raises on any text.
    """
    text = document.text
    spans: Sequence[Span] = paragraphs(text)
    marks = marked(text, spans)
    hidden = hide(text, marks)
    head = masthead(text, spans)
    head = replace(head, outlet=head.outlet or titled(document.title), date=head.date or document.date)
    reading = Hearing(text, hidden, cast(hidden, spans), head)
    own = own_voice(text, byline=reading.head.byline)
    if own:
        reading.own, spans = own, [s for s in spans if own.start <= s[0] < own.end]
        reading.cast.meet(own.voice)
    spoken = {} if own and not own.release else turns(hidden, spans, reading.cast)
    for number, span in enumerate(spans):
        inside = [m for m in marks if span[0] <= m.start < span[1]]
        if number in spoken:
            _turn(reading, spoken[number], span)
        _paragraph(reading, span, inside, said=number in spoken)
    _named_late(reading, spans)
    quotes = tuple(sorted(reading.quotes, key=lambda q: (q.start, -q.end)))
    claims = tuple(_without_repeats(sorted(reading.claims, key=lambda c: (c.start, c.end))))
    return Statement(quotes, claims, loaded(text), head.outlet, head.byline, document.date or head.date)


def _named_late(reading: Hearing, spans: Sequence[Span]) -> None:
    """Give what an unnamed office says in the first paragraph to the person whom the second one names in its place.

    A report opens with the office ("The court-appointed monitor of X says ...") and names its holder only then; it is
    done where the first speaker after it is a person of whom no office is told anywhere.
    """
    body = [s for s in spans if s[0] >= reading.head.end and s[1] - s[0] > LEAST]
    if len(body) < 2 or reading.own:
        return
    first = [q for q in reading.quotes if body[0][0] <= q.start < body[0][1]]
    after = [q for q in reading.quotes if body[1][0] <= q.start < body[1][1]]
    if not (first and after and first[0].speaker and after[0].speaker):
        return
    unnamed, named = first[0].speaker, after[0].speaker
    office, holder = phrase(unnamed), phrase(named)
    if not (office and office.kind == "role" and holder and holder.kind == "person" and len(named.split()) > 1):
        return
    if after[0].role or reading.cast.people.get(named.split()[-1].lower(), holder).role:
        return
    role, organisation = office.role, office.organisation
    reading.quotes = [
        replace(q, speaker=named, role=q.role or role, organisation=q.organisation or organisation)
        if q.speaker in {unnamed, named}
        else q
        for q in reading.quotes
    ]
    reading.claims = [replace(c, by=named) if c.by == unnamed else c for c in reading.claims]


def statement_rows(statement: Statement) -> dict[str, object]:
    """The statement as JSON values, in the fixed shape of `showcause read statement`."""
    return {
        "outlet": statement.outlet,
        "byline": statement.byline,
        "date": statement.date.isoformat() if statement.date else None,
        "quotes": [_row(q, "text kind speaker role organisation via cue start end group") for q in statement.quotes],
        "claims": [_row(c, "by text stance about date_promised start end") for c in statement.claims],
        "loaded": [_row(w, "text kind start end") for w in statement.loaded],
    }


def _row(thing: object, names: str) -> dict[str, object]:
    values = {name: getattr(thing, name) for name in names.split()}
    return {
        k: v.isoformat() if hasattr(v, "isoformat") else (str(v) if hasattr(v, "name") else v)
        for k, v in values.items()
    }


def _carried(reading: Hearing, span: Span) -> bool:
    """Take the outlet that a paragraph hands over to; True where the paragraph does nothing else."""
    if ":" not in reading.hidden[span[0] : span[1]]:
        return False
    alone = _HANDED.search(reading.hidden, span[0], span[1])
    alone = None if alone and alone.group(1).startswith("Dear ") else alone
    if alone is None and (line := _CARRIED.search(reading.hidden, span[0], span[1])) and _outlet(line.group(1)):
        reading.via = line.group(1)
    elif alone and (alone.start() == span[0] or _outlet(alone.group(1))):
        reading.via = alone.group(1)
        return alone.start() == span[0]
    elif reading.text[span[0] : span[1]].rstrip().endswith(":"):
        reading.via = None
    return False


def _paragraph(reading: Hearing, span: Span, inside: list[Marked], *, said: bool) -> None:
    if reading.own is None and _carried(reading, span):
        return
    reading.subject = reading.lead
    every = sentences(reading.hidden, span)
    for place, sentence in enumerate(every):
        marks = [m for m in inside if sentence[0] <= m.opened < sentence[1] and m.depth == 0]
        nested = [m for m in inside if sentence[0] <= m.opened < sentence[1] and m.depth]
        after = every[place + 1] if place + 1 < len(every) else None
        _sentence(reading, sentence, marks, after, said=said)
        _nested(reading, [m for m in inside if sentence[0] <= m.opened < sentence[1]] if said else nested)
    ended = reading.text[span[0] : span[1]].rstrip().endswith(":")
    reading.lead = reading.subject if ended and not said else None


def _sentence(reading: Hearing, sentence: Span, marks: list[Marked], after: Span | None, *, said: bool) -> None:
    if sentence[1] <= reading.head.end and not marks:
        return
    found = [replace(c, voice=_resolved(reading, sentence, c)) for c in cues(reading.hidden, sentence)]
    outlets = [c for c in found if c.voice and _outlet(c.voice.name) and c.verb.startswith(("report", "according"))]
    via = _via(reading, sentence, found, outlets)
    for late in [c for c in found if c.verb == "according to" and _bears(c, found)]:
        found = [c for c in found if c is not late]
        via = via or (late.voice.name if late.voice else None)
    if any(c not in outlets and c.voice and not c.negated for c in found):
        found = [c for c in found if c not in outlets]
    elif outlets:
        found = [_carrying(reading, sentence, c) if c in outlets else c for c in found]
    taken = [m for m in marks if not said and _mark(reading, sentence, m, found, after, via)]
    if not said:
        _clauses(reading, sentence, found, taken, via)
        acts(reading, sentence)
        if reading.own:
            _own(reading, sentence, found)
    _remember(reading, sentence, found)
    spoke = [c.voice for c in found if c.voice and not c.negated]
    if spoke and not marks and spoke[-1].kind == "person":
        reading.subject = spoke[-1]


def _own(reading: Hearing, sentence: Span, found: list[Cue]) -> None:
    """What a text in its speaker's own voice asserts: every sentence that reports nobody else's words."""
    own = reading.own
    if own is None or any(c.start < sentence[1] and sentence[0] < c.end for c in reading.claims):
        return
    if own.release and (found or not _of_its_body(reading, sentence, own.voice.name)):
        if not found:
            add_claims(reading, sentence, own.voice.name, only=Stance.THREATENS, own=True)
        return
    reported_by = [c.voice for c, _ in reported.clauses(reading.hidden, sentence, found) if c.voice]
    if all(speaks_for(own, voice.name) == own.voice.name for voice in reported_by):
        add_claims(reading, sentence, own.voice.name, own=True)


def _of_its_body(reading: Hearing, sentence: Span, name: str) -> bool:
    """Whether a sentence of a release has its body for subject: "The City of ...", "We ...", "Its clerks ..."."""
    head = re.sub(r"^[A-Z .]{3,40}(?:, [\w.]+)?\s*[—–-]+\s*", "", reading.hidden[sentence[0] : sentence[1]])
    head = re.sub(
        r"^(?:If|Unless|Should|Until|When|Where|On|In|At|By|After|Before)\b[^,]{3,120},\s+(?=[a-z])", "", head
    )
    first = re.match(r"(?i:the\s+|our\s+|this\s+)?([\w’'-]+)", head)
    return bool(first and (first.group(1).capitalize() in {"We", "Our", "It", "Its"} or first.group(1) in name.split()))


def _bears(late: Cue, found: list[Cue]) -> bool:
    """Whether "according to X" at the end only says who told of words that somebody else spoke: they came through X."""
    spoke = [c.voice.name for c in found if c.voice and not c.negated and c.start < late.start]
    return bool(spoke and late.voice and late.voice.kind in {"person", "role"} and late.voice.name not in spoke)


def _carrying(reading: Hearing, sentence: Span, cue: Cue) -> Cue:
    """An outlet's report that somebody will do a thing, as theirs whom it tells of: its words came through the outlet."""
    that = re.compile(r"\s+that\s+").match(reading.hidden, cue.after, sentence[1])
    if that is None or not re.search(
        r"“|\b(?:will|would|plans|intends|agreed)\b", reading.hidden[that.end() : sentence[1]]
    ):
        return cue
    told = reading.cast.resolve(first_voice(reading.hidden, (that.end(), sentence[1])), cue.start)
    return replace(cue, voice=told) if told and told.kind != "paper" else cue


def _resolved(reading: Hearing, sentence: Span, cue: Cue) -> Voice | None:
    """Who a cue's subject is; a pronoun first answers to the person that its own sentence starts with."""
    if cue.voice and cue.voice.kind == "pronoun" and cue.left - sentence[0] > 8 and cue.voice.name in {"he", "she"}:
        own = reading.cast.resolve(first_voice(reading.hidden, (sentence[0], cue.left)), sentence[0])
        if own and own.kind == "person" and own.name.split()[-1].lower() in reading.cast.people:
            return own
    voice = reading.cast.resolve(cue.voice, cue.start)
    return _author(reading, voice) if voice and voice.kind == "paper" else voice


def _author(reading: Hearing, paper: Voice) -> Voice:
    """Who wrote a paper that speaks: its owner ("Ito's letter"), or who was said to have written such a paper."""
    owner = re.match(r"(?:[A-Z][\w.-]*\s+)*([A-Z][\w-]+)[’']s\s", paper.name)
    if owner and owner.group(1).lower() in reading.cast.people:
        return reading.cast.people[owner.group(1).lower()]
    bare = re.fullmatch(r"(?i)(?:the|that|this|his|her)\s+(\w+)", paper.name)
    return reading.authors.get(bare.group(1).lower(), paper) if bare else paper


_ASKED = re.compile(
    r"\b(?:I|[Ww]e)\s+(?:asked|called|phoned|telephoned|e-mailed|emailed|contacted|wrote to)\s+((?:the|his|her|its|their)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+?)(?=\s+(?:when|if|whether|why|what|how|for|to|about|on|and)\b|[.,;])"
)
_WRITTEN = re.compile(
    r"\b[Ii]n (?:an?|his|her|their|its)\s+(?:[\w-]+\s+){0,2}?(letter|memo|reply|response|filing|brief|complaint|report)\b"
)


def _remember(reading: Hearing, sentence: Span, found: list[Cue]) -> None:
    subject = reading.cast.resolve(first_voice(reading.hidden, sentence), sentence[0])
    if (
        subject
        and not _outlet(subject.name)
        and (subject.kind != "role" or (subject.role and not re.match(r"(?i)an?\s", subject.name)))
        and subject.kind != "pronoun"
        and (subject.kind != "person" or subject.name.split()[-1].lower() in reading.cast.people)
    ):
        reading.cast.heard(subject)
        reading.subject = subject
    asked = _ASKED.search(reading.hidden, *sentence)
    spoken_to = pieces_voice(reading.hidden, *asked.span(1)) if asked else None
    if spoken_to and spoken_to.kind == "body":
        reading.cast.heard(spoken_to)
    written = _WRITTEN.search(reading.hidden, *sentence)
    for cue in found:
        if written and cue.voice and cue.voice.kind == "person":
            reading.authors[written.group(1)] = cue.voice
        if cue.voice and cue.voice.kind != "pronoun" and not cue.negated and not _outlet(cue.voice.name):
            reading.cast.meet(cue.voice)
            reading.cast.heard(cue.voice)


@lru_cache(maxsize=1024)  # a name is asked about by each cue that it speaks by
def _outlet(name: str) -> bool:
    last = name.lower().split()[-1]
    return any(w in words("outlets") for w in [last, *last.split("-")]) or bool(
        re.search(r"\b[KW][A-Z]{2,3}\b|\bChannel \d|\.(?:com|org|net)$", name)
    )


def _via(reading: Hearing, sentence: Span, found: list[Cue], outlets: list[Cue]) -> str | None:
    text = reading.hidden[sentence[0] : sentence[1]]
    named = [c.voice.name for c in outlets if c.voice]
    through = _THROUGH.search(text)
    if through:
        return reading.cast.in_full(through.group(1).split()[-1]) or through.group(1)
    told = [
        re.sub(r"^(?:the|The)\s+", "", c.told)
        for c in found
        if c.told and c.verb.startswith("t") and re.match(r"(?:the\s+)?[A-Z]", c.told)
    ]
    told = [n for n in told if _is_press(reading, n)]
    told = [reading.cast.in_full(n) or n if " " not in n and _outlet(n) else n for n in told]
    named += [
        c.voice.name for c in found if c.voice and c.verb == "according to" and _outlet(c.voice.name) and len(found) > 1
    ]
    named += [m.group(1).strip() for m in _SHOWN.finditer(text)]
    led = _LED.match(text)
    named += [reading.cast.in_full(led.group(1)) or led.group(1)] if led and _outlet(led.group(1)) else []
    if re.search(r"told (?:the|that) (?:paper|newspaper|station|outlet|magazine|site|broadcaster)\b", text):
        named += [reading.story] if reading.story else []
    subject = first_voice(reading.hidden, sentence)
    if (
        subject
        and "quotes" in text
        and re.search(r"\b(?:the|that) (?:paper|newspaper|station|outlet|magazine|site)\s+quotes", text)
        and reading.story
    ):
        named.append(reading.story)
    if (
        subject
        and subject.kind in {"person", "body"}
        and _outlet(subject.name)
        and len(subject.name.split()) > 1
        and not re.search(r"\b(?:has|had|have)?\s*(?:asked|sued|requested|sought|filed)\b", text[:80])
    ):
        named.append(subject.name)
        reading.story = subject.name
    elif reading.story and sentence[0] < reading.story_end:
        named.append(reading.story)
    named = [reading.cast.in_full(n) or n if " " not in n else n for n in named]
    named = told + [n for n in named if _outlet(n)]
    named = [n for n in named if not (reading.head.outlet or "").endswith(n)]
    if named:
        reading.story, reading.story_end = named[0], _line_end(reading.text, sentence[1])
        return named[0]
    if _SAME.search(text):
        speaker = next((c.voice.name for c in found if c.voice), None)
        held = [q.via for q in reading.quotes if q.speaker == speaker and q.via]
        return held[-1] if held else reading.via
    return reading.via


def _is_press(reading: Hearing, name: str) -> bool:
    """Whether a name that somebody told a thing to is an outlet's: no person's, no court's, no council's."""
    last = name.lower().split()[-1]
    if _outlet(name):
        return True
    held = any(last in words(one) for one in ("people", "bodies", "titles", "papers"))
    office = name.lower().split()[0] in words("people") | words("titles")
    return not held and not office and last not in reading.cast.people and reading.cast.in_full(name) is None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _cue_for(mark: Marked, found: list[Cue], hidden: str) -> Cue | None:
    """The cue that governs words in marks: the last before them, else the first after."""
    spoken = [c for c in found if not c.negated and c.voice]
    before = [c for c in spoken if c.end <= mark.opened + 1]
    after = [c for c in spoken if c.start >= mark.closed]
    after = [c for c in after if reported.closes(c, hidden)]
    tied = (
        after and hidden[mark.closed - 2 : mark.closed - 1] in {",", "?", "!", "—"} and after[0].left - mark.closed < 4
    )
    if tied and before and not re.search(r"[,:]?\s*$", hidden[before[-1].after : mark.opened]):
        return after[0]
    if tied and (not before or len(hidden[before[-1].after : mark.opened].strip(" ,:")) > 0):
        return after[0]
    return before[-1] if before else (after[0] if after else None)


_HEADED = re.compile(r"([A-Z][\w’' -]{2,50}?):\s")


def _headed(reading: Hearing, sentence: Span, mark: Marked) -> bool:
    """Words in marks under a headline that opens with who says them: "Fire chief: inspectors got “every page”"."""
    head = _HEADED.match(reading.hidden, sentence[0], mark.opened) if sentence[1] <= reading.head.end else None
    voice = reading.cast.resolve(phrase(head.group(1).lower(), sentence[0]), sentence[0]) if head else None
    if voice is None or voice.kind != "person":
        return False
    _add(reading, mark, QuoteKind.MIXED, voice, None, None)
    return True


def _mark(
    reading: Hearing, sentence: Span, mark: Marked, found: list[Cue], after: Span | None, via: str | None
) -> bool:
    echoed = _echo(reading, mark)
    cue = _cue_for(mark, found, reading.hidden)
    full = _full(reading, mark)
    if echoed and not (cue and full):
        _add(reading, mark, echoed.kind if full else QuoteKind.MIXED, _voice_of(echoed), None, echoed.via)
        return True
    if cue is None and _headed(reading, sentence, mark):
        return True
    if cue is None:
        return (full or _owned(reading, sentence, mark)) and _uncued(reading, sentence, mark, after, via)
    if _not_said(reading, mark, cue) or _is_law(cue.voice):
        return False
    direct = full and _opens(reading, sentence, mark, cue)
    if not direct:
        direct = reading.last[1] >= sentence[0] and bool(reading.quotes) and reading.quotes[-1].kind is QuoteKind.DIRECT
    _add(reading, mark, QuoteKind.DIRECT if direct else QuoteKind.MIXED, cue.voice, cue, via)
    return True


def _is_law(voice: Voice | None) -> bool:
    """Whether it is a law that speaks: what it says is cited, and uttered by nobody."""
    return bool(
        voice
        and voice.kind == "paper"
        and re.search(
            r"(?i)\b(?:statutes?|laws?|constitution|rules?|codes?|acts?|ordinances?|regulations?)(?:,?\s+[\w.-]*\d[\w.-]*)?$",
            voice.name,
        )
    )


def _full(reading: Hearing, mark: Marked) -> bool:
    said = reading.text[mark.start : mark.end]
    ends = said[-1:] in ".,?!—…" or not mark.whole or reading.text[mark.closed : mark.closed + 1] in {",", "."}
    return (
        (said[:1].isupper() or said[:1].isdigit() or not said[:1].isalpha())
        and ends
        and (len(said.split()) > 2 or said[-1:] in "!?,.")
    )


def _opens(reading: Hearing, sentence: Span, mark: Marked, cue: Cue) -> bool:
    before = reading.hidden[sentence[0] : mark.opened].rstrip()
    return not before or before[-1] in ",:—”" or mark.opened - cue.after < 3


def _not_said(reading: Hearing, mark: Marked, cue: Cue) -> bool:
    before = reading.hidden[max(0, mark.opened - 60) : mark.opened]
    said = reading.text[mark.start : mark.end]
    if _NAMED_SO.search(before) and cue.end < mark.opened - 2:
        return True
    follows = re.match(r"\s+[a-z][\w-]+", reading.text[mark.closed : mark.closed + 30])
    short = len(said.split()) <= 4 and said[-1:] not in ".,!?"
    if (
        short
        and follows
        and not _FINITE.match(follows.group())
        and _ADJECTIVE.search(before)
        and cue.end <= mark.opened
    ):
        return cue.verb not in words("marked")
    title = all(w[:1].isupper() or len(w) < 4 for w in said.split()) and len(said.split()) > 1 and short
    return title and mark.opened - cue.after > 3


def _uncued(reading: Hearing, sentence: Span, mark: Marked, after: Span | None, via: str | None) -> bool:
    """Full words with no cue in their sentence: the utterance goes on, or the sentence before or after names who speaks."""
    before = reading.hidden[sentence[0] : mark.opened].strip()
    previous = reading.quotes[-1] if reading.quotes else None
    carried = previous and (
        mark.run == reading.last[0] or reading.hidden[reading.last[1] : mark.opened].strip(" .\n”") == ""
    )
    voice: Voice | None
    beside = _named_in(reading, mark.closed, sentence[1]) if mark.closed < sentence[1] else None
    if before and before[-1] == ":":
        voice = reading.cast.resolve(first_voice(reading.hidden, sentence), sentence[0])
        voice = _named_in(reading, sentence[0], mark.opened) or voice or reading.subject
    elif before and before[-1] not in "”.":
        voice = _named_in(reading, sentence[0], mark.opened)
        if voice is None or not _running(reading.text[mark.start : mark.end]):
            return False
    else:
        voice = reading.subject
    following = [c for c in cues(reading.hidden, after) if c.verb in {"was the view of", "came from"}] if after else []
    told = _named_in(reading, *after) if after and _THUS.match(reading.hidden, after[0]) else None
    if told or (beside and not before):
        voice = told or beside
    elif following:
        voice = reading.cast.resolve(following[0].voice, following[0].start)
    elif (
        previous
        and not before
        and (
            carried
            or (not before and reading.last[1] >= sentence[0] - 400 and voice is None)
            or (voice is None and _within(reading, previous, sentence))
        )
    ):
        voice = _voice_of(previous)
    if voice is None and previous and not before:
        voice = _voice_of(previous)
    if voice is None:
        return False
    _add(reading, mark, QuoteKind.DIRECT, voice, following[0] if following else None, via)
    return True


_THUS = re.compile(r"(?:That|This|Those|So|The words|The speaker|Thus|These)\b|[—–-]{1,2}\s*[A-Z]")


_OWN = re.compile(
    r"(?:His|Her|Their|Its)\s+(?:\w+\s+)?(?:words?|answer|reply|response|verdict|line|reaction|message|view|phrase|take|position|point|version)(?:\s+(?:is|was|were))?\s*[:,]?\s*$"
)


def _owned(reading: Hearing, sentence: Span, mark: Marked) -> bool:
    """Whether a sentence gives words in marks as somebody's own: "Her words: ..."."""
    return bool(_OWN.match(reading.hidden, sentence[0], mark.opened))


def _running(words_said: str) -> bool:
    """Whether words run on as a sentence does, and are no title."""
    every = words_said.split()
    return len(every) > 3 and 2 * sum(w[:1].islower() for w in every) >= len(every)


def _named_in(reading: Hearing, start: int, end: int) -> Voice | None:
    """The last person of the text's cast that the words from `start` to `end` name."""
    found = None
    for run in re.finditer(r"[A-Z][\w’'-]*", reading.hidden[start:end]):
        found = reading.cast.people.get(re.sub(r"[’']s$", "", run.group()).lower()) or found
    return found


def _within(reading: Hearing, previous: Quote, sentence: Span) -> bool:
    gap = reading.hidden[previous.end : sentence[0]]
    return (
        "\n" not in gap
        and (reading.subject is None or gap.count(".") + gap.count("?") <= 1)
        and previous.kind is QuoteKind.DIRECT
    )


def _voice_of(quote: Quote) -> Voice:
    return Voice(quote.speaker or "", "person", quote.role, quote.organisation, quote.start)


def _echo(reading: Hearing, mark: Marked) -> Quote | None:
    """An earlier quotation whose words these are again."""
    said = plain(reading.text[mark.start : mark.end])
    if len(said.split()) < 3:
        return None
    return next((q for q in reading.quotes if f" {said} " in f" {plain(q.text)} "), None)


def _add(
    reading: Hearing, mark: Marked, kind: QuoteKind, voice: Voice | None, cue: Cue | None, via: str | None
) -> None:
    previous = reading.quotes[-1] if reading.quotes else None
    gap = reading.hidden[reading.last[1] : mark.opened] if reading.last[1] >= 0 else ""
    near = "\n\n" not in gap and len(gap) < 160 and gap.count(".") <= 1
    joins = (
        previous
        and voice
        and previous.speaker == voice.name
        and (mark.run == reading.last[0] or near)
        and kind is previous.kind
    )
    if not joins:
        reading.group += 1
    via = via or (previous.via if joins and previous else None)
    words_said = cue.verb if cue else (previous.cue if joins and previous else None)
    add_quote(reading, (mark.start, mark.end), kind, voice, words_said, via)
    if kind is not QuoteKind.MIXED or mark.end - mark.start > LONG:
        add_claims(reading, (mark.start, mark.end), voice.name if voice else None)
    reading.last = (mark.run, mark.closed)


def _clauses(reading: Hearing, sentence: Span, found: list[Cue], taken: list[Marked], via: str | None) -> None:
    for cue, span in reported.clauses(reading.hidden, sentence, found):
        if _is_law(cue.voice):
            continue
        _gender(reading, cue, span)
        held = [m for m in taken if m.opened < span[1] and span[0] < m.closed]
        for part in reported.apart(reading.hidden, span, [(m.opened, m.closed) for m in held]) if held else ():
            reading.group += 1
            add_quote(reading, part, QuoteKind.INDIRECT, cue.voice, cue.verb, via)
        if reading.own and not reading.own.release and not held:
            add_claims(reading, span, cue.voice.name if cue.voice else reading.own.voice.name)
            continue
        if held or reading.hidden[span[0] : span[1]].strip(HIDDEN + "“”., ") == "":
            add_claims(reading, span, cue.voice.name if cue.voice else None)
            continue
        reading.group += 1
        add_quote(reading, span, QuoteKind.INDIRECT, cue.voice, cue.verb, via)
        if cue.verb in words("deny"):
            denied(reading, cue, span)
        else:
            add_claims(
                reading, reported.in_whole(reading.hidden, sentence, cue, span), cue.voice.name if cue.voice else None
            )


def _gender(reading: Hearing, cue: Cue, span: Span) -> None:
    """Learn from "Agee said he would" that it is he who spoke."""
    begins = re.match(r"(he|she)\b", reading.hidden[span[0] : span[0] + 4])
    if begins and cue.voice and cue.voice.kind == "person":
        key = cue.voice.name.split()[-1].lower()
        reading.cast.gender.setdefault(key, "male" if begins.group(1) == "he" else "female")


def _without_repeats(claims: list[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for one in claims:
        if any(k.start <= one.start and one.end <= k.end and k.by == one.by for k in kept):
            continue
        if any(plain(k.text) == plain(one.text) and k.by == one.by for k in kept):
            continue
        kept.append(one)
    return kept


def _turn(reading: Hearing, turn: Turn, span: Span) -> None:
    """One turn of an interview or transcript: all of it is the speaker's own words."""
    if turn.asks:
        return
    if not turn.goes_on:
        reading.group += 1
    add_quote(reading, (turn.start, span[1]), QuoteKind.DIRECT, turn.voice, None, reading.via)
    add_claims(reading, (turn.start, span[1]), turn.voice.name if turn.voice else None)


def _nested(reading: Hearing, marks: list[Marked]) -> None:
    """Words quoted inside a quotation: an entry of their own where the words before them say who spoke."""
    for mark in marks:
        since = (
            max(reading.text.rfind(sign, 0, mark.opened - 1) for sign in ("“", '"', ". ", "? ", "! ", ": ", "\n")) + 1
        )
        cue = _INNER.search(reading.text, since, mark.opened)
        if not cue:
            continue
        left = reading.text[since : cue.start()].rstrip()
        voice = reading.cast.resolve(
            last_phrase(left, since)[1] or first_voice(reading.text, (since, cue.start())), mark.opened
        )
        full = reading.text[mark.start].isupper()
        reading.group += 1
        held = reading.last
        add_quote(
            reading,
            (mark.start, mark.end),
            QuoteKind.DIRECT if full else QuoteKind.MIXED,
            voice,
            cue.group(1),
            reading.via,
        )
        reading.quotes.insert(max(0, len(reading.quotes) - 2), reading.quotes.pop())
        reading.last = held


_INNER = re.compile(
    r"\b(said|says|told\s+[\w’' ]+?|wrote|writes|asked|asks|added|replied|reads|calls?\s+[\w’' ]+?|called\s+[\w’' ]+?|described\s+[\w’' ]+?as)\s*[,:]?\s*$"
)
