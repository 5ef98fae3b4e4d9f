"""A text in, what its head says of itself out: the outlet, who wrote it, and its day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from showcause.ask.claim import first_date
from showcause.ask.lexicon import words
from showcause.ask.prose import Span

LINES = 6  # paragraphs from the top that may be head
_BY = re.compile(
    r"(?:^|—\s*|–\s*|\|\s*)[Bb]y\s+((?:[A-Z][\w.’'-]*\s?){2,5})(?:,\s*(?:for\s+)?(?:the\s+|The\s+)?(?=[A-Z])([^\n,|]{3,40}))?",
    re.MULTILINE,
)
_WIRED = re.compile(r"[A-Z][A-Z.’' -]{2,30}(?:,[^()\n]{1,30})?\s*\((?:The\s+)?([A-Z][^()\n]{2,40})\)\s*(?:—|–|--?)\s")
_OUTLET = re.compile(r"(?:[Tt]he\s+)?((?:[A-Z][\w’'&-]*\s){0,4}[A-Z][\w’'&-]*)")


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of an article; `end` is where its body starts, in characters."""

    outlet: str | None
    byline: str | None
    date: dt.date | None
    end: int


def masthead(text: str, spans: Sequence[Span]) -> Masthead:
    """What the first lines say; the date is the first in the text that has its year."""
    top = [s for s in spans[:LINES] if s[1] - s[0] < 160]
    wired = next((m.group(1) for s in spans[:LINES] if (m := _WIRED.match(text, *s))), None)
    end, byline, outlet = 0, None, None
    for span in top:
        line = text[span[0] : span[1]]
        by = _BY.search(line)
        if by:
            named = re.sub(
                r"\s+(?:[Ss]taff|[Ss]enior|[Pp]olitical)?\s*(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent)$",
                "",
                by.group(2) or "",
            )
            byline, outlet, end = by.group(1).strip(), (named or outlet or "").strip() or None, span[1]
        outlet = outlet or _outlet_line(line)
    if (
        spans
        and text[spans[0][0] : spans[0][1]].rstrip()[-1:] not in '.!?”"'
        and spans[0][1] - spans[0][0] < 130
        and ":" not in text[spans[0][0] : spans[0][1]][-2:]
    ):
        end = max(end, spans[0][1])
    outlet = outlet or (wired if wired and _outlet_line(wired) else None)
    head_date = first_date(text[: spans[min(LINES, len(spans)) - 1][1]]) if spans else None
    return Masthead(outlet, byline, head_date or first_date(text), end)


def _outlet_line(line: str) -> str | None:
    if len(line) > 110 or line.rstrip()[-1:] in ".?!”":
        return None
    for found in _OUTLET.finditer(line):
        last = found.group(1).split()[-1].lower()
        if last in words("outlets") and len(found.group(1).split()) > 1:
            return found.group(1)
    return None


def titled(title: str) -> str | None:
    """The outlet that a page's title ends in: "Clerk locks the cabinet | The Saltgrass Call"; None where it names none."""
    tail = re.search(r"\s[|–—·-]\s+((?:The\s+)?[A-Z][^|–—·]{2,50})$", title)
    name = tail.group(1).strip() if tail else ""
    known = bool(name) and (
        name.lower().split()[-1] in words("outlets") or re.search(r"\.(?:com|org|net)$|\b[KW][A-Z]{2,3}\b", name)
    )
    return re.sub(r"^The\s+", "", name) if known else None
