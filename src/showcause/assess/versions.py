"""A document in; which of its sentences are old text beside the new, called false, or said to be wrong, out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from showcause.assess.page import Page
from showcause.norm import gist
from showcause.text import later

_WORDING = r"(?:text|wording|words|rule|version|language|policy|order|practice|form|reading|instruction|entry|line|guidance|edition|provision|paragraph|section|clause|card|sign|memo)"
OLD = later(
    rf"\W*(?:[\w.§() ]{{0,16}}?[.:)]\s+)?(?:(?:the\s+)?(?:old|former|previous|prior|earlier|superseded|repealed|past|original|existing)\s+{_WORDING}\b(?:\s+\w+)?\s*(?:\([^)]{{0,60}}\)\s*|,[^:.]{{1,40}})?(?:[:—–-]|\b(?:ran|read|said|was)\b\s*[:,]?)|"
    r"(?:was|before|then|formerly|previously|originally|old|wrong|incorrect|bad|out|from|struck|deleted|yesterday|last\s+(?:year|month|week))(?:\s*\([^)]{0,60}\))?\s*:|"
    rf"(?:{_WORDING}|section|sec\.?|§|version|v\.?)?\s*[\w.-]{{0,12}}\s*\([^)]{{0,40}}\b(?:superseded|repealed|old|former|obsolete|withdrawn|replaced|expired|until|through)\b[^)]{{0,40}}\)|"
    r"version\s+(?:1|one|a)\b[^:.]{0,40}:)"
)
NEW = later(
    rf"\W*(?:[\w.§() ]{{0,16}}?[.:)]\s+)?(?:(?:the\s+)?(?:new|current|present|revised|amended|updated|governing|correct|replacement|substituted)\s+{_WORDING}\b(?:\s+\w+)?\s*(?:\([^)]{{0,60}}\)\s*|,[^:.]{{1,40}})?(?:[:—–-]|\b(?:runs?|reads?|says?|is)\b\s*[:,]?)|"
    r"(?:now|after|new|right|correct|better|in|to|today|as\s+amended|from\s+(?:now|today)(?:\s+on)?|this\s+(?:year|month|week)|current|currently)(?:\s*\([^)]{0,60}\))?\s*:|"
    rf"(?:{_WORDING}|section|sec\.?|§|version|v\.?)?\s*[\w.-]{{0,12}}\s*\([^)]{{0,40}}\b(?:current|in\s+force|now|new|effective|since|from|governing)\b[^)]{{0,40}}\)|"
    r"version\s+(?:2|two|b)\b[^:.]{0,40}:)"
)
WRONG = later(
    r"\W*(?:(?:he|she|they|it|that|this|both|all|those|which|the\s+(?:rumou?r|card|poster|sign|memo|note|old\s+\w+))(?:'s|'re|\s+(?:is|are|was|were))\s+(?:all\s+|quite\s+|dead\s+|simply\s+|just\s+|plain\s+|flat\s+|now\s+)*"
    r"(?:wrong|mistaken|false|untrue|an?\s+(?:mistake|error|myth|misreading)|nonsense|not\s+(?:so|true|right|correct|the\s+case|our\s+rule|our\s+policy)|incorrect|out\s+of\s+date|bad\s+advice)|"
    r"(?:that\s+)?(?:isn't|ain't|is\s+not|wasn't|was\s+not|not)\s+(?:so|true|right|correct|the\s+case|our\s+(?:rule|policy))|(?:wrong|false|nonsense|incorrect|bunk|rubbish))\s*[.!;:,—–-]"
)
SHORT = 70  # characters of a sentence that only calls another wrong


def old(paper: Page) -> set[int]:
    """Sentences of the old text, where the new stands beside it under a mark of its own."""
    marks = list(_marks(paper))
    kinds = {kind for _, kind in marks}
    out: set[int] = set()
    if not {"old", "new"} <= kinds:
        return out
    marks = [(n, kind) for n, kind in marks if kind != "myth"]
    for (n, kind), (after, then) in zip(marks, [*marks[1:], (len(paper.sentences), "")], strict=True):
        if kind == "old":
            stretch = range(n, after)
            out |= {k for k in stretch if then == "new" or paper.root(k) == paper.root(n)}
    return out


HEADER = later(
    r"\A(?:[^\n]*\n){0,6}?(?:[ \t*|]{0,40}(?:to|from|date|sent|subject|re|cc|bcc|via|through|attn|attention)[ \t*]{0,20}:[^\n]{0,300}(?:\n\s{0,60}|\Z)){2,}"
)
DATED = later(r"^[ \t*|]*(?:date|sent|subject|re|cc|via|attn|attention)[ \t*]*:", re.MULTILINE)


def _headed(paper: Page) -> int:
    """Where the head of a memorandum or a message ends, whose "from" and "to" mark no text; 0 where there is none."""
    head = HEADER.match(paper.low)
    return head.end() if head and DATED.search(head[0]) else 0


def _marks(paper: Page) -> Iterator[tuple[int, str]]:
    headed = _headed(paper)
    for n, one in enumerate(paper.sentences):
        if one.start < headed:
            continue
        for kind, pattern in (("old", OLD), ("new", NEW), ("myth", gist.MYTH)):
            if pattern.match(paper.low, one.start, one.end):
                yield n, kind
                break


def denied(paper: Page) -> set[int]:
    """Sentences called false beforehand, or that the next one calls wrong: "You've been told that you can't. They are wrong."."""
    called = {n for n, kind in _marks(paper) if kind == "myth"}
    return called | {
        n - 1
        for n, one in enumerate(paper.sentences)
        if n
        and paper.homes[n] == paper.homes[n - 1]
        and WRONG.match(paper.low, one.body, one.end)
        and not paper.low.endswith("?", paper.sentences[n - 1].start, paper.sentences[n - 1].end)
    }
