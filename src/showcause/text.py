"""A text in; its amended words, sections, sentences, list items and cross-references out, all at the text's own offsets.

Whatever is struck or is page furniture is blanked with spaces, so a place in the cleaned text is the same place in the
source. `Offsets` serves cleanings that can't keep the length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

from showcause.core import Heading

Span = tuple[int, int]


class _Later:
    """An expression that is compiled when it is first searched with; from then on its methods are those of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._wanted = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        made = re.compile(self.pattern, self._wanted)
        self.__dict__ |= {each: getattr(made, each) for each in METHODS}
        return getattr(made, name)


METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, without its cost at the start: of the many expressions of the house a command needs some."""
    return cast("re.Pattern[str]", _Later(pattern, flags))


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or headed piece of a text, from its number or heading to the next one of any level.

    `number` is as written without its mark ("5.9.2", "8.13(b)", "31.24"), "" where there is none; `level` counts from 1.
    """

    start: int
    end: int
    number: str
    heading: str
    level: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, note line or list; `label` is the number it opens with ("31.24", "(b)"), `body` where its words begin."""

    start: int
    end: int
    label: str = ""
    body: int = 0


@dataclass(frozen=True, slots=True)
class Offsets:
    """The way back from a cleaned text to its source: pieces as (start in cleaned, start in source), in order."""

    pieces: tuple[tuple[int, int], ...] = field(default=((0, 0),))

    def source(self, place: int) -> int:
        """The offset in the source of the character at `place` in the cleaned text."""
        cleaned, source = self.pieces[bisect_right(self.pieces, (place, 1 << 62)) - 1]
        return source + place - cleaned

    def cleaned(self, place: int) -> int:
        """The offset in the cleaned text of the source's character at `place`, or of what follows it there."""
        after = bisect_right(self.pieces, place, key=itemgetter(1))
        source = self.pieces[after - 1][1]
        cleaned = self.pieces[bisect_left(self.pieces, source, key=itemgetter(1))][0]
        return min(cleaned + place - source, *(c for c, _ in self.pieces[after : after + 1]), 1 << 62)

    def span(self, start: int, end: int) -> Span:
        """The span in the source of the cleaned characters from `start` up to `end` (not empty)."""
        return self.source(start), self.source(end - 1) + 1


# --- what stands, and what is struck or furniture -------------------------------------------------

STRUCK = later(
    r"\(\((?!\w{1,4}\)\)).{0,3000}?\)\)|\[-.{0,3000}?-\]|\(\(\w{1,4}\)\)|(?<!~)~~(?=[^\s~]).{1,3000}?(?<=[^\s~])~~(?!~)|"
    r"<(?P<tag>del|s|strike)>.{0,3000}?</(?P=tag)>",
    re.DOTALL | re.IGNORECASE,
)
ADDED = later(r"\{\+|\+\}")
PAGE = later(r"(?i)^(?:.{0,60}\bpage\s+\d+(?:\s+of\s+\d+)?.{0,20}|[-–—\s]*\d{1,4}[-–—\s]*)$")


def amended(text: str) -> str:
    """The text as it now stands, of the same length: struck words and the marks of added ones are blanked."""
    text = _in_words(text)
    if not any(sign in text for sign in ("((", "[-", "{+", "~~", "</")):
        return text
    return ADDED.sub("  ", STRUCK.sub(lambda m: " " * len(m[0]), text))


_QUOTED = r"[\"“‘'](?:[^\"“”‘’']|(?<=\w)['’](?=\w)){2,300}[\"”’']"
REPLACED = later(
    rf"\b(?:strik(?:e|ing)|delet(?:e|ing)|remov(?:e|ing)|omit(?:ting)?|replac(?:e|ing)|repeal(?:ing)?|for)\s+(?:out\s+)?(?:the\s+)?(?:words?|phrase|sentence|text|line)?\s*(?P<a>{_QUOTED})|"
    rf"(?P<b>{_QUOTED}),?\s+(?:is|are|be|shall\s+be|was|were)\s+(?:hereby\s+)?(?:deleted|struck|stricken|repealed|removed|omitted|replaced)\b",
    re.IGNORECASE,
)


def _in_words(text: str) -> str:
    """The text without what it says is struck out of another: 'the words "may not" are deleted'."""
    if not re.search(r"\b(?:strik|struck|delet|remov|omit|replac|repeal|substitut)", text, re.IGNORECASE):
        return text
    out = list(text)
    for m in REPLACED.finditer(text):
        if (
            m["a"]
            and m[0][:3].lower() == "for"
            and not re.match(r"[,;]?\s*(?:substitute|insert|read|there)", text[m.end() : m.end() + 20])
        ):
            continue
        start, end = m.span("a") if m["a"] else m.span("b")
        out[start:end] = " " * (end - start)
        lead = re.search(
            r"\b(?:strik\w+|delet\w+|remov\w+|omit\w*|replac\w+)\s+(?:out\s+)?(?:the\s+)?(?:words?|phrase|sentence|text|line)?\s*\Z",
            text[m.start() : start],
            re.IGNORECASE,
        )
        if lead:
            out[m.start() : start] = " " * (start - m.start())
    return "".join(out)


def unfurnished(text: str) -> str:
    """The text with running heads, feet, page numbers and form feeds blanked, of the same length."""
    if text.count("\n") < 20 and "\f" not in text:
        return text
    out = list(text)
    for start, end in _furniture(text):
        out[start:end] = " " * (end - start)
    return "".join(out)


def _furniture(text: str) -> Iterator[Span]:
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\f]+", text)]
    shape = Counter(re.sub(r"\d+", "#", text[s:e].strip()) for s, e in lines if e - s < 120)
    broken = "\f" in text
    opens = Counter(_opening(text[s:e]) for s, e in lines if broken and e - s < 120 and _beside_break(text, s, e))
    for start, end in lines:
        words = text[start:end].strip()
        key = re.sub(r"\d+", "#", words)
        numbered_page = bool(PAGE.match(words)) and (shape[key] > 1 or "\f" in text[max(0, start - 3) : end + 3])
        edge = broken and end - start < 120 and _beside_break(text, start, end)
        running = (
            edge
            and len(words) > 3
            and (shape[key] > 2 or (opens[_opening(words)] > 2 and not words.endswith((".", ";", ","))))
        )
        if words and (numbered_page or running):
            yield _swallow(text, start, end)
    for m in re.finditer("\f", text):
        yield m.span()


def _opening(line: str) -> str:
    """The first words of a line; running heads that name the chapter begin alike."""
    return " ".join(line.split()[:3]) if line.count(" ") > 2 else line.strip()


def _beside_break(text: str, start: int, end: int) -> bool:
    """Whether the line is the first or the last of its page."""
    before, after = text[max(0, start - 40) : start].rstrip(" \n\t"), text[end : end + 40].lstrip(" \n\t")
    return before.endswith("\f") or after.startswith("\f")


def _swallow(text: str, start: int, end: int) -> Span:
    """A furniture line with the blank lines about it, where the sentence before it runs on after it."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if before and after and before[-1] not in ".:;?!" and after[:1].islower():
        return len(before), len(text) - len(after)
    return start, end


_BULLET = "-*•+–▪◦‣●○■□·"
_MARK = rf"(?:[{_BULLET}]|o|\(?(?:[a-zA-Z]|[ivxIVX]{{1,5}}|\d{{1,3}})[.)]|\[(?:[a-zA-Z]|\d{{1,3}})\]|[①-⑳])"
WRAPPED = later(r"(?<=[^\s.;:?!])[ \t]*\n(?=[ \t]*\S)")
ANEW = later(
    r"[ \t]*(?:[-*•+#>|]|\(?\w{1,4}[.)]\s|§|\d+(?:[.\-]\d+)+[a-z]?\s+[A-Z]|[^\na-z]+(?:\n|$)|[A-Z][\w-]*:\s|(?:section|chapter|article|part|policy)\s+[\dIVX])",
    re.IGNORECASE,
)
UNENDED = (
    "the|an?|of|to|for|by|with|from|(?<!if )any|shall|must|may|will|should|cannot|shall not|must not|may not|never"
)
OPEN_END = later(rf"(?<![\w-])(?:{UNENDED}|and|or|nor|not|into|under|upon|without|between|(?<=\w )(?<!\bor )no)\Z")
LISTS = later(rf"[ \t]*(?:{_MARK}\s|[#>|])")
WIDE = 60  # characters of a line that is wrapped because it is full


def unwrapped(text: str, kept: Iterable[int] = ()) -> str:
    """The text with the line ends that only wrap a sentence made spaces, of the same length.

    A line is wrapped where the next goes on in lower case, where it ends in a word that ends no sentence, or where it is
    full and the next begins nothing new. The line ends in `kept` (those at headings) stay.
    """
    stay = frozenset(kept)
    out: list[str] = []
    place = 0
    for m in WRAPPED.finditer(text):
        if m.end() - 1 not in stay and _runs_on(text, m):
            out += (text[place : m.end() - 1], " ")
            place = m.end()
    return "".join((*out, text[place:]))


def _runs_on(text: str, m: re.Match[str]) -> bool:
    following = text[m.end() : m.end() + 12].lstrip(" \t")
    if following[:1].islower() and not re.match(r"(?:[a-z]{1,4}[.)]|o)\s", following):
        return True
    begin = text.rfind("\n", 0, m.start()) + 1
    if OPEN_END.search(text[max(begin, m.start() - 20) : m.start()]) and not LISTS.match(text, m.end()):
        return True
    return m.start() - begin >= WIDE and not ANEW.match(text, m.end())


HEADER = later(r"(?:(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Message-ID):[^\n]*\n(?:[ \t]+[^\n]*\n)*){2,}")
QUOTED = later(r"(?m)^[ \t]*>[^\n]*$|^On [^\n]{6,120} wrote:[ \t]*$")


def unquoted(text: str) -> str:
    """A message with its header lines and the earlier messages that it quotes blanked, of the same length."""
    header = HEADER.match(text)
    if header:
        text = re.sub(r"[^\n]", " ", header[0]) + text[header.end() :]
        text = QUOTED.sub(lambda m: " " * len(m[0]), text)
    return text


BARRED = later(r"(?m)(?:^[ \t]*>[^\n]*(?:\n|\Z)){2,}")


def unbarred(text: str) -> str:
    """The text without the ">" before each line of a quotation, of the same length."""
    if ">" not in text:
        return text
    return BARRED.sub(lambda m: re.sub(r"(?m)^[ \t]*>[> \t]*", lambda bar: " " * len(bar[0]), m[0]), text)


EMPHASIS = later(
    r"(?<!\w)_{1,3}(?=[^\W_])|(?<=[^\s_])_{1,3}(?!\w)|\*{2,3}|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|</?(?:b|i|u|em|strong|mark)>",
    re.IGNORECASE,
)  # "_No clerk may._", "shall *not*", "<b>No</b> clerk"; not a blank to fill in, nor a bullet


def unmarked(text: str) -> str:
    """The text with a line feed as its only line end and without marks of emphasis, of the same length."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if "_" in text or "*" in text or "<" in text:
        text = EMPHASIS.sub(lambda m: " " * len(m[0]), text)
    return text


@lru_cache(maxsize=16)
def standing(text: str) -> str:
    """The text as it now stands, of the same length: quoted messages, what pages repeat, and struck words are blanked."""
    return amended(_bare(text))


@lru_cache(maxsize=16)
def flowing(text: str, headings: tuple[Heading, ...] = ()) -> str:
    """The text as it now stands (`standing`), its wrapped lines joined (`unwrapped`); the line ends at `headings` stay."""
    kept = {place for h in headings for place in (text.rfind("\n", 0, h.start), h.end, text.find("\n", h.end - 1))}
    return amended(unwrapped(_bare(text), kept))


def _bare(text: str) -> str:
    """The text without marks of emphasis and of quotations, quoted messages and what pages repeat."""
    return unfurnished(unbarred(unquoted(unmarked(text))))


# --- sections -------------------------------------------------------------------------------------

ROMAN = r"(?=[IVXLC])[IVXLC]{1,7}"
NUMBER = later(
    r"""^[ \t]*(?:\#{1,6}[ ]+)?(?:
        (?P<word>(?:section|sec|art(?:icle)?|rule|card|chapter|ch|part|tab|item|step|policy|order|regulation|reg|directive|
          general\ order|clause|para(?:graph)?|title|appendix|annex|schedule|proviso|slide|note|bulletin)\b\.?[ ]*)
          (?P<n1>\d[\w.\-:]*(?:\([a-zA-Z0-9]{1,4}\))*|"""
    + ROMAN
    + r"""\b|[A-Z]\b)
      | (?P<mark>§+[ ]*)(?P<n2>\d[\w.\-:]*(?:\([a-zA-Z0-9]{1,4}\))*)
      | (?P<n3>\d{1,4}(?:[.\-:]\d+[a-z]?)+(?:\([a-zA-Z0-9]{1,4}\))*)
      | (?P<n4>\d{1,3})[.)](?=[ ])
      | (?P<n5>(?:\([a-zA-Z0-9]{1,4}\))+)
      | (?P<n6>[A-Z]|"""
    + ROMAN
    + r""")\.(?=[ ])
      )[.:)]?(?=\s|$)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
SERIAL = later(  # what may be a number of the text's own making: "E-7", "IX-4.", "2/1", "B12", "1-06", "D.4", "301", "SS 3.11"
    r"(?m)^[ \t\f]*(?P<n>(?P<of>(?:[A-Z]{1,5}[-–./ ]?(?:\d{1,3}[.–-])?|\d{1,4}[-–./ ]?))(?P<last>\d{1,4}[a-z]?|(?<=[-–./])[A-Z])|\d{1,4})(?P<end>[.:)]|(?=[ \t]))(?=[ \t])"
)
ASKED = later(r"(?:^|\s)Q[.:]\s")
FEW = 4  # numbers that make a series
AFTER = 3  # how far one number of a series may be from the one before
CAPS = later(r"(?m)^[ \t]*+(?=[^\na-z]{0,80}[A-Z]{3})(?:[A-Z0-9][^\na-z]{2,78})$")
MARKDOWN = later(r"(?m)^(#{1,6})[ ]+(.+)$")


def sections(text: str, headings: Sequence[Heading] = ()) -> tuple[Section, ...]:
    """The sections of `text` in order, by its numbering and headings and by the reader's own `headings`.

    They tile the text from the first number or heading on; what stands before it is a section without a number.
    """
    heads = _heads(text, headings)
    if not heads or heads[0][0] > 0:
        heads.insert(0, (0, "", 1, -1))  # what stands before the first head has no heading of its own
    out = []
    for (start, number, level, body), following in zip(heads, [*(h[0] for h in heads[1:]), len(text)], strict=True):
        if text[start:following].strip():
            out.append(Section(start, following, number, _heading(text, body, following) if body >= 0 else "", level))
    return _named(out)


def _heads(text: str, headings: Sequence[Heading]) -> list[tuple[int, str, int, int]]:
    found: dict[int, tuple[int, str, int, int]] = {}
    for mark in headings:
        opening = OPENING.match(text, mark.start, mark.end)
        body = opening.end() if opening else mark.start
        place = _line(text, mark.start)
        found[place] = (place, opening["n"].rstrip(".") if opening else "", mark.level, body)
    for m in MARKDOWN.finditer(text):
        found.setdefault(m.start(), (m.start(), "", len(m[1]), m.start(2)))
    for m in CAPS.finditer(text):
        found.setdefault(m.start(), (m.start(), "", 1, m.start()))
    for m in NUMBER.finditer(text):
        number = next(m[g] for g in ("n1", "n2", "n3", "n4", "n5", "n6") if m[g]).rstrip(".:-")
        if number == "A" and ASKED.search(text, 0, m.start()):
            continue  # an answer, which stands with its question
        level = found[m.start()][2] if m.start() in found else _level(number, m)
        found[m.start()] = (m.start(), number, level, m.end())
    for m in _series(text):
        found.setdefault(m.start(), (m.start(), m["n"], 2, m.end()))
    return [found[place] for place in sorted(found)]


def _series(text: str) -> list[re.Match[str]]:
    """The numbers of the commonest make that count on from line to line, where there are enough of them; else none.

    A form's number or a time of day that stands where a line begins doesn't count on.
    """
    makes: dict[str, list[re.Match[str]]] = {}
    for m in SERIAL.finditer(text):
        makes.setdefault(_make(m), []).append(m)
    best: list[re.Match[str]] = []
    for found in makes.values():
        counted = [
            m
            for before, m, after in zip([None, *found], found, [*found[1:], None], strict=False)
            if _next(before, m) or _next(m, after)
        ]
        if len(counted) >= FEW and len(counted) > len(best) and 3 * len(counted) >= 2 * len(found):
            best = counted
    return best


def _make(m: re.Match[str]) -> str:
    """What all numbers of a series share: what their parts are, what parts them, what ends them."""
    return re.sub(r"\d+", "9", re.sub(r"[A-Z]+", "A", m["n"])) + m["end"]


def _next(one: re.Match[str] | None, other: re.Match[str] | None) -> bool:
    """Whether one number is counted on by the other."""
    if one is None or other is None or one["of"] != other["of"]:
        return False
    return 0 < _count(other) - _count(one) <= AFTER


def _count(m: re.Match[str]) -> int:
    last = m["last"] or m["n"]
    digits = re.match(r"\d+", last)
    return int(digits[0]) if digits else ord(last)


OPENING = later(r"(?P<n>\d{1,4}(?:[.\-]\d+)*)[.)]?\s+(?=\S)")  # the number that a heading begins with


def _line(text: str, start: int) -> int:
    """Where the line of a heading begins, if nothing but marks of a heading stands before it; else `start`."""
    begin = text.rfind("\n", 0, start) + 1
    return start if text[begin:start].strip("# \t") else begin


def _level(number: str, m: re.Match[str]) -> int:
    if m["word"] or m["mark"]:
        return 1
    depth = number.count(".") + number.count("(")
    return depth + (2 if number.startswith("(") else 1)


def _heading(text: str, start: int, end: int) -> str:
    line = text[start:end].lstrip(" .:\t").split("\n", 1)[0].strip(" #")
    return line if len(line) <= 80 and not line.endswith((".", ";", ",")) else ""


def _named(found: list[Section]) -> tuple[Section, ...]:
    """Sections lettered "(b)" carry the number of the section they stand in: "8.13(b)"."""
    out: list[Section] = []
    stack: list[Section] = []
    for one in found:
        if not one.number.startswith("("):
            stack = [one]
            out.append(one)
            continue
        parent = stack[0].number if stack else ""
        out.append(Section(one.start, one.end, parent + one.number, one.heading, one.level))
    return tuple(out)


# --- sentences ------------------------------------------------------------------------------------

ABBREVIATION = later(
    r"(?:\b(?:U\.S|U\.S\.C|C\.F\.R|No|Nos|Sec|Secs|Art|Arts|Mr|Mrs|Ms|Dr|St|Sgt|Lt|Capt|Chf|Dept|Div|Ch|Para|Paras|Reg|Regs|Ord|"
    r"Res|Gov|Gen|Sen|Rep|Supp|Cal|Fed|Cir|Stat|Rev|Op|cf|e\.g|i\.e|etc|viz|vs?|approx|Inc|Co|Corp|Ltd|p|pp|al|ed|Jr|Sr|"
    r"Immig|immig|Cit|Tel|ext|Bd|Cty|Twp|Subd|subd|subsec|seq|[A-Z]))\.$"
)
END = later(
    r"""(?P<stop>[.?!]["'\u201d\u2019)\]]{0,2})(?=\s+["'\u201c\u2018(\[{§A-Z0-9+*\-\u2460-\u2473])|(?P<blank>\n[ \t]*(?:\n[ \t]*)+|[ \t]{300,})|(?P<recital>;\s+(?:and\s+)?)(?=whereas\b|now,?\s+therefore|be\s+it\s+(?:further\s+)?(?:resolved|ordered|enacted)|WHEREAS\b|Whereas\b|NOW,?\s+THEREFORE|BE\s+IT)|(?P<line>\n(?=[ \t]*(?:[-*•+\u2460-\u2473]\s|\(?[a-zA-Z0-9]{1,4}[.)]\s|\[[a-zA-Z0-9]{1,3}\]\s|[QA][.:]\s)))""",
    re.VERBOSE,
)
LABEL = later(
    r"""\s*(?:(?:section|sec|art(?:icle)?|rule|card|chapter|part|tab|item|step|slide|proviso|policy)\b\.?\s*)?(?:§+\s*)?(?P<n>\d[\w.\-:/]*(?:\([a-z0-9]{1,4}\))*|(?:\([a-z0-9]{1,4}\))+|[A-Z](?=\.\s)|[IVX]+(?=\.\s))[.:)]?(?=\s)\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """The sentences of `text` between `start` and `end`; a list stands in one sentence with the chapeau it hangs on."""
    for span in with_items(text, _pieces(text, start, len(text) if end is None else end)):
        yield _sentence(text, *span)


LONGEST = 12_000  # characters; what runs on for longer is no sentence, and is taken in lengths of this


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for begin, stop in _whole(text, start, end):
        place = begin
        while stop - place > LONGEST:
            space = text.rfind(" ", place, place + LONGEST)
            cut = space if space > place else place + LONGEST
            if piece := _trimmed(text, place, cut):
                yield piece
            place = cut
        if piece := _trimmed(text, place, stop):
            yield piece


def _whole(text: str, start: int, end: int) -> Iterator[Span]:
    place = start
    for m in END.finditer(text, start, end):
        if m["stop"] and (_abbreviated(text, place, m) or LABEL.fullmatch(text, place, min(end, m.end() + 1))):
            continue
        stop = m.end("stop") if m["stop"] else m.start()
        piece = _trimmed(text, place, stop)
        if piece:
            yield piece
        place = m.end()
    last = _trimmed(text, place, end)
    if last:
        yield last


NUMBERED = later(r"[ \t]*[A-Z]{0,3}[-\u2013 ]?[\d#]")


def _abbreviated(text: str, place: int, m: re.Match[str]) -> bool:
    if text[max(place, m.start() - 3) : m.start()].strip() in ("No", "?No") and not NUMBERED.match(text, m.end()):
        return False  # an answer
    return text[m.start()] == "." and bool(ABBREVIATION.search(text[max(place, m.start() - 12) : m.start() + 1]))


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the blanks at its ends; of blanks alone nothing is left, where they end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    start, end = trimmed(text, start, end)
    return (start, end) if start < end else None


# --- lists ----------------------------------------------------------------------------------------

MARK = later(rf"{_MARK}(?=\s)")
ITEM = later(rf"(?:[{_BULLET}①-⑳]|o|\(?[a-zA-Z0-9]{{1,4}}[.)]|\[[a-zA-Z0-9]{{1,3}}\])\s")
LISTED = later(rf"(?:[:—–]|\b(?:shall|must|may|will|should|cannot|not|never))\s+(?P<mark>{_MARK})(?=\s)", re.IGNORECASE)
CHAPEAU = later(rf"(?:[:—–]|\b(?:{UNENDED}))\Z", re.IGNORECASE)
GOES_ON = later(r"(?:[;,]|;\s*(?:and|or)|,\s*(?:and|or)|\b(?:and|or))\Z")
OWN = later(
    r"\s*(?:[A-Z][\w ,'’/&-]{1,60}(?:[.:]|\.?[—–])\s*)?(?:(?:Do\s+not|Don['’]t|Never|No|Nobody|None|Nothing|Always|Please|You|We|They|It)\b|"
    r"[\"“][^\"”\n]{1,60}[\"”],?\s+(?:[\w,]+\s+){0,6}?(?:means?|includes?|refers|has|have|is|are|shall)\b|"
    r"(?=[A-Z])(?:(?!(?:who|whom|which|that|where|when|if|unless|as|to|by|By)\b)[\w'’,/-]+\s+){1,8}?(?:shall|must|may|will|should|can|cannot|is|are|means|includes|refers)\b)"
)  # an item that is a sentence of its own, and hangs on nothing


class _List:
    """The lists that are open under a chapeau: for each make of mark the last mark and how far it is indented."""

    def __init__(self) -> None:
        self.last: dict[str, tuple[str, int]] = {}

    def opened(self, text: str, start: int, end: int) -> None:
        """Take the mark, between `start` and `end`, of an item that hangs on the chapeau or goes on its list."""
        mark = text[start:end]
        self.last[_make_of(mark)] = (mark, _indent(text, start))

    def goes_on(self, text: str, mark: re.Match[str]) -> bool:
        """Whether the item with this mark is the next one of an open list, whatever the one before ended in."""
        last, indent = self.last.get(_make_of(mark[0]), ("", 0))
        if not last or _indent(text, mark.start()) < indent - 1 or OWN.match(text, mark.end()):
            return False
        one, other = (re.search(r"\d+", m) for m in (last, mark[0]))
        return int(other[0]) == int(one[0]) + 1 if one and other else last != mark[0] or not last.strip(_BULLET + "o")


def _make_of(mark: str) -> str:
    """What the marks of one list share: "(a)" and "(iv)", "1." and "12."."""
    if mark == "o":
        return mark
    for like, sign in ((r"[a-z]+", "a"), (r"[A-Z]+", "A"), (r"\d+", "9"), (r"[①-⑳]", "①")):
        mark = re.sub(like, sign, mark)
    return mark


def _indent(text: str, place: int) -> int:
    """How many blanks stand before `place` in its line; 0 where words do."""
    before = text[text.rfind("\n", 0, place) + 1 : place]
    return 0 if before.strip() else len(before)


def with_items(text: str, pieces: Iterable[Span], most: int = LONGEST) -> Iterator[Span]:
    """The pieces, the items of a list joined to its chapeau with what is said in their lines, up to `most` characters."""
    held: Span | None = None
    beside: list[Span] = []  # what follows an item in its line; it stays in the list where another item comes
    listed = _List()
    for begin, stop in pieces:
        mark = MARK.match(text, begin, stop)
        last = (held, *beside)[-1]
        if held and last and stop - held[0] <= most and _hangs(text, last, begin, listed):
            if mark and (_make_of(mark[0]) in listed.last or CHAPEAU.search(_tail(text, last))):
                listed.opened(text, *mark.span())
            held, beside = (held[0], stop), []
        elif last and listed.last and not mark and "\n" not in text[last[1] : begin]:
            beside.append((begin, stop))
            continue
        else:
            yield from (one for one in (held, *beside) if one)
            held, beside, listed = (begin, stop), [], _List()
        if inner := LISTED.search(text, begin, stop):
            listed.opened(text, *inner.span("mark"))
    yield from (one for one in (held, *beside) if one)


def _hangs(text: str, held: Span, begin: int, listed: _List) -> bool:
    """Whether the piece at `begin` is an item under the chapeau held, of a list whose items end in ";", or of an open one."""
    if not ITEM.match(text, begin):
        return False
    tail, mark = _tail(text, held), MARK.match(text, begin)
    return bool(CHAPEAU.search(tail) or GOES_ON.search(tail) or (mark and listed.goes_on(text, mark)))


def _tail(text: str, span: Span) -> str:
    """The last words of a span."""
    return text[max(span[0], span[1] - 40) : span[1]].rstrip()


def _sentence(text: str, start: int, end: int) -> Sentence:
    m = LABEL.match(text, start, end)
    if not m:
        return Sentence(start, end, "", start)
    return Sentence(start, end, m["n"].rstrip(".:-"), m.end())


# --- cross-references -----------------------------------------------------------------------------

REFERENCE = later(
    r"""(?:(?:sub)?(?:section|sec\.|paragraph|para\.|para|rule|article|art\.|clause|item|policy|order)s?\s*|§+\s*)
        (?P<n>(?:[a-z]{1,5}[-./]?)?\d[\w.\-:/]*\w(?:\([a-z0-9]{1,4}\))*|(?:[a-z]{1,5}[-./]?)?\d+|[ivx]{1,5}-[a-z]\b|\([a-z0-9]{1,4}\)(?:\([a-z0-9]{1,4}\))*)|(?P<bare>\b\d+(?:\.\d+)+(?:\([a-z0-9]{1,4}\))*)""",
    re.IGNORECASE | re.VERBOSE,
)


def references(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int, str], ...]:
    """The cross-references between `start` and `end`, each as (start, end, number): "section 12.40.090", "paragraph (b)"."""
    stop = len(text) if end is None else end
    return tuple((m.start(), m.end(), (m["n"] or m["bare"]).rstrip(".")) for m in REFERENCE.finditer(text, start, stop))


def lowered(text: str) -> str:
    """`text` in lower case, with straight quotation marks and plain marks of lists, of the same length whatever its script."""
    plain = BRACKETED.sub(lambda m: f"{m[1]}({m[2]})" if m[2] else f"{m[1]}•", text).translate(STRAIGHT)
    low = plain.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


BRACKETED = later(r"(?m)^([ \t]*)(?:\[([a-wyz]|\d{1,3})\]|o)(?=[ \t]+\S)")  # "[1] lend keys", "o lend keys"
STRAIGHT = str.maketrans(
    {
        sign: plain
        for plain, signs in (("'", "’‘‛ʼ´＇′`"), ('"', "“”„‟″＂"), ("-", "\u2010\u2011"), (" ", "\u00a0"))
        for sign in signs
    }
    | dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "•")  # marks of a list
)
