"""A letter's text in, its parts out: head, body and close, paragraphs, list items, headings and sentences, with offsets.

What a letter means depends on where it says it: a date in the head is its own, one in the body may be the day it is due.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from showcause.text import ABBREVIATION

Span = tuple[int, int]

TITLES = (
    r"(?:Mr|Ms|Mrs|Mx|Dr|Hon|Prof|Rev|Sgt|Lt|Capt|Col)\.|Chief|Mayor|Sheriff|Counsel(?:or)?|Madam|Sir|Director|Commissioners?|Superintendent|"
    r"Chair(?:man|woman|person)?|President|Secretary|Judge|Justice|Governor|Administrator|Warden|Chancellor|Supervisors?|Colleagues?|Friends|"
    r"Members|Councilm\w+|Alderm\w+|Captain|Colonel|General|Inspector|Trustees?|Professor|Manager|Clerk|Officer|Attorney|Solicitor|Custodian|Treasurer|Auditor"
)
SALUTATION = re.compile(
    rf"(?m)^[ \t]*(?i:Dear\b[^\n]{{1,90}}[:,]?|To\s+Whom\s+It\s+May\s+Concern\s*[:,]?|Greetings[:,]?|Ladies\s+and\s+Gentlemen\s*[:,]?"
    rf"|Good\s+(?:morning|afternoon|day|evening)\b[^\n]{{0,40}}[,:.]?|H(?:i|ello)\b[^\n]{{1,40}},)[ \t]*$"
    rf"|(?<=\n\n)[ \t]*(?:{TITLES})(?:[ ](?!of\b)[^\n.:,]{{1,40}}(?:\.[^\n.:,]{{1,20}})?)?[:,][ \t]*(?=\n[ \t]*\n)"
)
CLOSING = re.compile(
    r"(?im)^[ \t]*(?:(?:very\s+|most\s+)?(?:sincerely|respectfully|truly)(?:\s+(?:yours|submitted))?|(?:yours|best|warm|kind|with|sincere|faithful|cordial|many\s+thanks|in\s+(?:service|friendship|peace))(?:ly)?(?:\s+[\w’']+){0,6}"
    r"|regards|thank\s+you|thanks)\s*(?:,[ \t]*$|$)|^[ \t]*(?:sincerely|respectfully|regards|thank\s+you)[.][ \t]*$"
)
ANNEX = re.compile(
    r"(?m)^[ \t#*]*(?:SCHEDULE|Schedule|ATTACHMENT|Attachment|APPENDIX|Appendix|EXHIBIT|Exhibit|ANNEX|Annex|ENCLOSURE|RIDER)(?:\s+(?:[A-Z]|\d+|ONE|One))?\s*(?:[:.\u2013\u2014-][^\n]{0,60})?[ \t*]*$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines without a blank one between them, or one item of a list; `label` as written without its marks.

    `body` is where its words begin; `rank` is 0 for plain text, else the depth of its list mark, from 1; `heading` is
    True for a short line that names what follows.
    """

    start: int
    end: int
    body: int
    label: str | None = None
    rank: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The letter divided: `head` up to the salutation, `body` with any schedule after it, `close` from the closing on."""

    text: str = field(repr=False)
    head: Span
    body: Span
    close: Span
    annex: Span

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of body and schedule, in order."""
        for start, end in (self.body, self.annex):
            yield from paragraphs(self.text, start, end)


def parts(text: str) -> Parts:
    """The parts of a letter; a form without a salutation has its head up to the first long paragraph or heading."""
    greeting = SALUTATION.search(text)
    begin = greeting.end() if greeting else _head_end(text)
    closings = list(CLOSING.finditer(text, begin))
    annexes = [m.start() for m in ANNEX.finditer(text, begin)]
    annex = next((a for a in annexes if not closings or a > closings[0].start()), len(text))
    head = (0, greeting.start() if greeting else begin)
    closing = next((m.start() for m in reversed(closings) if m.start() < annex), None)
    if closing is None:
        closing = _signed(text, begin, annex)
    if closing < annex or annex == len(text):
        return Parts(text, head, (begin, closing), (closing, annex), (annex, len(text)))
    late = _signed(text, annex, len(text))  # a form signed at the foot of its schedule
    return Parts(text, head, (begin, annex), (late, len(text)), (annex, late))


def _head_end(text: str) -> int:
    """Where the first paragraph of prose begins: three lines or a full sentence of it."""
    for m in BLOCK.finditer(text):
        words = [w for w in m[0].split() if w[0].isalpha()]
        plain = sum(w[0].islower() for w in words)
        prose = (
            len(words) > 10 and plain > 0.5 * len(words) and re.search(r"[a-z]{2,}[.:;]\s|[\w)][.:;]\s*$", m[0] + "\n")
        )
        if prose and not re.match(r"\s*(?:re|subject|to|from)\s*:", m[0], re.IGNORECASE):
            return m.start()
    return 0


def _signed(text: str, begin: int, end: int) -> int:
    """Where a signature without a closing begins: an /s/, a rule to sign on or "By:"."""
    marks = list(
        re.finditer(
            r"(?m)^[ \t]*(?:/s/|_{5,}|By:|By\s+(?:order|direction)\s+of\b|(?:For|On\s+behalf\s+of)\s+the\s+[A-Z][\w ]{3,40}[:,]?[ \t]*$|Issued\s+by:|[(\[]signed[)\]]|Signed:|(?:SO\s+ORDERED|DATED?|Dated):?)",
            text[:end],
        )
    )
    late = [m.start() for m in marks if m.start() > begin]
    if late:
        return late[0]
    blocks = [m for m in BLOCK.finditer(text[:end]) if m.start() > begin][-4:]
    return next(
        (m.start() for m in reversed(blocks) if SIGNED.match(m[0]) and not ANNEX.match(m[0]) and m.start() > end // 2),
        end,
    )


BLOCK = re.compile(r"[^\n]+(?:\n(?![ \t]*(?:\n|$))[^\n]+)*")
SIGNED = re.compile(  # a name on a line of its own, with a few short lines of title, body and number below it
    r"[ \t*_~–—-]*(?:Signed[,:]?[ \t\n]+)?[A-Z][\w’'.-]+(?:[ ]+(?:[A-Z][\w’'.-]*|de|van|von|der|la|del))+[*_]*(?:,[ ][^\n]{2,70}|[ ]+(?:for|on[ ]behalf[ ]of)[ ][^\n]{3,60}|[ ]*[|(–—-][^\n]{2,60})?[ \t]*(?:\n[^\n]{2,60}){0,5}$"
)


# --- paragraphs and items -----------------------------------------------------------------------

LINE = re.compile(r"[^\n]+")
MARKER = re.compile(
    r"""[ \t]*(?:[-*•‣◦–]\s+)?(?:
        (?:Request|Specification|Item|Interrogatory|Question|Demand|Category)\s+(?:No\.?\s*|Number\s+)?(?P<named>\d{1,3}|[A-Z])\s*[.:)\u2013\u2014-]
      | (?P<coded>\#?\d{1,2}\.\d{1,2}\.?|[A-Z]-?\d{1,2}[.:)]|\[\d{1,2}\]|\#\d{1,2}[.:)]?|(?:No|Req)\.\s*\d{1,2}[.:)]?)
      | \((?P<paren>\d{1,3}|[a-zA-Z]|[ivx]{2,5})\)
      | (?P<dot>\d{1,3}|[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})[.)]
    )(?=\s)[ \t]*""",
    re.VERBOSE,
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
BULLET = re.compile(r"[ \t]*[-*•‣◦▪–·o][ \t]+(?=\S)")


def paragraphs(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """The paragraphs and list items between two offsets; an item ends where the next item or a blank line stands."""
    last: dict[str, str] = {}
    for block in BLOCK.finditer(text, start, end):
        if block[0].strip():
            yield from _split(text, block.start(), block.end(), last)


def _split(text: str, start: int, end: int, last: dict[str, str]) -> Iterator[Paragraph]:
    """One block, cut before each of its lines that opens with a list mark."""
    cuts: list[tuple[int, int, str | None, int]] = []
    for line in LINE.finditer(text, start, end):
        at = line.start()
        mark = _mark(text, at, last, opens=at == start)
        if mark or not cuts:
            cuts.append((at, *(mark or (at, None, 0))))
    for (at, marked, label, rank), following in zip(cuts, [*(c[0] for c in cuts[1:]), end], strict=True):
        stop = at + len(text[at:following].rstrip())
        body = marked + len(text[marked:stop]) - len(text[marked:stop].lstrip())
        if body < stop:
            yield Paragraph(at, stop, body, label, rank, heading=_is_heading(text[body:stop]))


def _mark(text: str, at: int, last: dict[str, str], *, opens: bool) -> tuple[int, str | None, int] | None:
    """The list mark at the beginning of a line: where its words begin, its label and depth; None where it is none."""
    m = MARKER.match(text, at)
    if m:
        if m["coded"]:
            return m.end(), m["coded"].strip("[]#.:) "), 1
        label = m["named"] or m["paren"] or m["dot"]
        style = ("named" if m["named"] else "paren" if m["paren"] else "dot") + _script(label)
        if _follows(label, last.get(style), opens=opens):
            last[style] = label
            rank = 1 if m["named"] or label.isdigit() or label.isupper() else 2
            return m.end(), label, rank
        return None
    m = BULLET.match(text, at)
    return (m.end(), None, 1) if m else None


def _script(label: str) -> str:
    return "1" if label.isdigit() else "A" if label.isupper() else "a"


def _follows(label: str, before: str | None, *, opens: bool) -> bool:
    """Whether a label continues its list; a line of prose may begin with "J." by chance of its wrapping."""
    if label in ("1", "a", "A", "i", "I", "ii", "iii", "iv", "II", "III", "IV", "V"):
        return True
    if label.isdigit():
        return (before is not None and int(label) == int(before) + 1) or opens
    if before is None:
        return False
    if label.lower() in ROMAN and before.lower() == ROMAN[ROMAN.index(label.lower()) - 1]:
        return True
    return len(label) > 1 or ord(label.lower()) == ord(before[-1].lower()) + 1


def _is_heading(words: str) -> bool:
    flat = " ".join(words.strip("#*_ \t").split())
    many = flat.split()
    if not flat or len(many) > 10 or flat[-1] in ".?;!,":
        return False
    capital = sum(w[0].isupper() for w in many if w[0].isalpha() and len(w) > 3)
    return (
        words.lstrip().startswith("#")
        or flat.isupper()
        or flat.endswith(":")
        or capital >= max(1, len([w for w in many if len(w) > 3]) // 2)
    )


# --- sentences ----------------------------------------------------------------------------------

CITED = re.compile(
    r"\s+(?:§|(?:Code|Stat|Rev|Gen|Admin|Ann|Const|Comp|Laws?(?=\s+§)|Mun|Cas|Reg|Off|Civ|Crim|Pub|Evid|Proc|P(?=\.\s+\d))\b)|(?<=\b(?:P|R)\.)\s+(?=\d+(?:\.\d+)?(?:\(|[,;]))"
)  # "Olm. Rev. Stat. §"
STOP = re.compile(r"[.?!:]?[.?!][\"'”’)\]]{0,2}(?=\s+[\"'“‘(\[§A-Z0-9]|\s*$)")


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences between two offsets that lie in one paragraph."""
    place = start
    for m in STOP.finditer(text, start, end):
        if text[m.end() - 1] == "." and (
            ABBREVIATION.search(text, max(place, m.end() - 12), m.end()) or CITED.match(text, m.end())
        ):
            continue
        yield from _trimmed(text, place, m.end())
        place = m.end()
    yield from _trimmed(text, place, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())
