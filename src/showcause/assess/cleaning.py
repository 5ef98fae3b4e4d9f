"""A document in; a copy for judging without invisible characters, ligatures and broken words, and the way back, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from unicodedata import normalize

from showcause.core import Document, Finding, Heading, Law, Passage
from showcause.text import Offsets, later

Span = tuple[int, int]
_BREAK = r"[-\u2010\u00ad](?<=[^\W\d_][^\W\d_].)[ \t]*\r?\n[ \t]*(?!(?:and|or|to|nor|but)\b)(?=[a-z]{2})"
UNCLEAN = later(
    rf"(?P<broken>{_BREAK})|(?P<unseen>[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]+)|"
    r"(?P<other>[\ufb00-\ufb06\uff01-\uff06\uff08-\uff5e])"
)  # a hyphen at a line's end, what Unicode calls a format character, Latin ligatures and full-width letters
BROKEN = later(rf"(?P<broken>{_BREAK})")  # what alone can be unclean in ASCII
HALVES = later(rf"[\w-]{{0,60}}{_BREAK}\w*")
LEFT = later(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
RIGHT = later(r"[^\W\d_]+")
WORD = later(r"[^\W\d_]+(?:-[^\W\d_]+)*")
REACH = 60  # characters before a break in which its word stands
HYPHENED = frozenset(["anti", "co", "cross", "ex", "half", "non", "pre", "quasi", "re", "self", "semi", "well"])


@dataclass(frozen=True, slots=True)
class Clean:
    """The copy that is judged, the document it was made of, and the offsets from one to the other."""

    document: Document
    source: Document
    offsets: Offsets

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a span of the copy."""
        return self.offsets.span(start, end) if start < end else (self.offsets.source(start),) * 2

    def back(self, found: Finding) -> Finding:
        """A finding on the copy as one on the source, its words verbatim of the source."""
        if self.document is self.source:
            return found
        about = self._passage(found.about) if isinstance(found.about, Passage) else self.source
        cites, clashes = (tuple(map(self._passage, each)) for each in (found.cites, found.clashes_with))
        return replace(found, about=about, cites=cites, clashes_with=clashes)

    def _passage(self, one: Passage) -> Passage:
        return self.source.passage(*self.span(one.start, one.end))


def cleaned(document: Document, laws: Iterable[Law] = ()) -> Clean:
    """The document made ready for judging; the document itself where nothing is unclean.

    A hyphen at a line's end goes unless it is the word's own, as the document's other words and the words of `laws` tell.
    """
    text = document.text
    found = list((BROKEN if text.isascii() else UNCLEAN).finditer(text))
    if not found:
        return Clean(document, document, Offsets())
    words = _words([HALVES.sub(" ", text), *(r.text for law in laws for r in law.requirements)])
    out: list[str] = []
    pieces: list[Span] = [(0, 0)]
    length = place = 0
    for m in found:
        written = _written(m, words)
        out += (text[place : m.start()], written)
        length += m.start() - place
        pieces += [(length + n, m.start()) for n in range(len(written))]
        length += len(written)
        place = m.end()
        pieces.append((length, place))
    offsets = Offsets(tuple(pieces))
    copy = "".join((*out, text[place:]))
    headings = (Heading(offsets.cleaned(h.start), offsets.cleaned(h.end), h.level) for h in document.headings)
    kept = tuple(h for h in headings if h.start < h.end)
    return Clean(replace(document, text=copy, headings=kept), document, offsets)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(w for text in texts for w in WORD.findall(text.lower()))


def _written(m: re.Match[str], words: frozenset[str]) -> str:
    """What stands in the copy for an unclean place."""
    if m.lastgroup == "other":
        return normalize("NFKC", m[0])
    if m.lastgroup == "unseen" or m[0].startswith("\u00ad"):
        return ""
    before, after = LEFT.search(m.string[max(0, m.start() - REACH) : m.start()]), RIGHT.match(m.string, m.end())
    return "-" if before and after and _own(before[0].lower(), after[0].lower(), words) else ""


def _own(before: str, after: str, words: frozenset[str]) -> bool:
    """Whether the hyphen between the halves of a broken word is the word's own."""
    if before + after in words:
        return False
    if f"{before}-{after}" in words or "-" in before or before in HYPHENED:
        return True
    return before in words and after in words
