"""A document, a plain sentence that nobody trained on and what the rules make of it in; what the network adds, out.

The network (`cross`) reads the few stretches whose words are nearest to the sentence, beside the sentence and its contrary.
It speaks where the rules are silent and it is sure of both: that a stretch bears, and which way it goes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from showcause import text
from showcause.assess import both, cross, joint, reasons
from showcause.assess.bearing import Sheet
from showcause.assess.contrary import contrary
from showcause.core import Document, Finding, Passage, Verdict
from showcause.norm import period

V = Verdict
Span = tuple[int, int]
READ = 3  # stretches that are read, the nearest by their words
TOUCHES = 0.03  # the score by words under which a stretch is not read
# Chosen on requirements that the network never met (`train/plainly.py`).
HEARS = 0.0  # log-odds from which a stretch bears
TELLS = 0.5  # log-odds from which it goes one way
PARTS = 2.0  # log-odds from which the network contradicts the rules
SURE = (
    (3.0, 0.9),
    (2.0, 0.75),
    (1.0, 0.7),
    (0.0, 0.55),
)  # by how far both log-odds pass those, and how often it was right


class Again(NamedTuple):
    """A stretch that the network read: where it is, and the log-odds that it bears, and that it says the sentence."""

    span: Span
    bears: float
    way: float

    @property
    def verdict(self) -> Verdict:
        """What the network says of it by itself."""
        if self.bears < HEARS:
            return V.SILENT
        return V.UNCLEAR if abs(self.way) < TELLS else V.COMPLIES if self.way > 0 else V.CONFLICT

    @property
    def sure(self) -> float:
        """How often a verdict of such odds was right on requirements that the network never met, in [0, 1]."""
        return next(right for least, right in SURE if min(self.bears - HEARS, abs(self.way) - TELLS) >= least)


WAYS = {V.COMPLIES: "say it", V.CONFLICT: "say the contrary"}


def read(
    words: str, sentence: str, paper: Sheet, scores: Sequence[float], *, spans: Sequence[Span] = (), many: int = READ
) -> tuple[Again, ...]:
    """The nearest `many` stretches of `words` read; what bears most first.

    No stretch runs from one section, or where they are given from one of `spans`, into the next, which is about something else.
    `scores` are those of the sheet's units by their words.
    """
    words = text.standing(words)
    near, starts = {}, [u.start for u in paper.units]
    for span in [w for s, e in spans or paper.sections for w in both.windows(words, s, e)]:
        score = max(scores[bisect_left(starts, span[0]) : bisect_left(starts, span[1])], default=0.0)
        if score >= TOUCHES:
            near[span] = score
    first = sorted(near, key=lambda span: (-near[span], span))[:many]
    against = contrary(sentence)
    said = cross.odds([(sentence, against, words[slice(*span)]) for span in first])
    found = [Again(span, *odds) for span, odds in zip(first, said, strict=True)]
    return tuple(sorted(found, key=lambda a: (-a.bears, a.span)))


def against(rule: Verdict, found: Again) -> bool:
    """Whether the network contradicts what the rules say of the stretch that it read."""
    if rule not in {V.COMPLIES, V.CONFLICT} or found.bears < HEARS:
        return False
    return found.way <= -PARTS if rule is V.COMPLIES else found.way >= PARTS


def deciding(words: str, sentence: str, found: Again) -> Span:
    """Of the stretch that was read, the sentence that says most of what it comes to."""
    words = text.standing(words)
    parts = [(s.start, s.end) for s in text.sentences(words, *found.span)]
    if len(parts) < 2:
        return found.span
    side = 1 if found.way > 0 else -1
    said = cross.odds([(sentence, contrary(sentence), words[slice(*part)]) for part in parts])
    return text.trimmed(
        words, *max(zip(said, parts, strict=True), key=lambda one: (one[0][0] + side * one[0][1], -one[1][0]))[1]
    )


def another_period(sentence: str, passage: str) -> bool:
    """Whether both name periods, and none of the passage's keeps the sentence's bound or, where it sets none, is the same."""
    asked, said = (list(period.periods(w.lower(), 0, len(w))) for w in (sentence, passage))
    if not asked or not said:
        return False
    bound = period.bound(sentence)
    if bound:
        return not any(bound.kept(s.days) for s in said)
    return not any(abs(s.days - a.days) <= SAME * a.days for s in said for a in asked)


def _stands(document: Document, cites: Sequence[Passage]) -> str:
    """The words of `cites` as they now stand, without what is struck."""
    standing = text.standing(document.text)
    return " ".join(" ".join(standing[c.start : c.end] for c in cites).split())


PERIOD = "It names another period: a person must compare them."
SAME = 0.015  # part of a period by which another may differ, for months of unlike length


def weighed(document: Document, rules: Finding, sentence: str, read: Sequence[Again], *, least: float = 0.0) -> Finding:
    """The rules' finding, with what the network read: where they are silent it may speak, and where it contradicts, a person decides.

    So it is where its verdict is less sure than `least`.
    """
    by = joint.together()
    if rules.verdict is V.COMPLIES and another_period(sentence, _stands(document, rules.cites)):
        return replace(rules, verdict=V.UNCLEAR, why=f"{rules.why} {PERIOD}")
    if rules.verdict in {V.SILENT, V.UNCLEAR}:
        heard = read and read[0].verdict in WAYS
        return _alone(document, replace(rules, by=by), sentence, read[0], least) if heard else rules
    parts = next((r for r in read if r.span[0] <= rules.cites[0].start < r.span[1]), None)
    if parts is None or not against(rules.verdict, parts):
        return rules
    why = f"{both.PARTING} The learned judge: these words {WAYS[parts.verdict]}. The rules alone would say {rules.verdict}: {reasons.small(rules.why)}"
    return replace(rules, verdict=V.UNCLEAR, why=why, by=by)


def _alone(document: Document, rules: Finding, sentence: str, one: Again, least: float) -> Finding:
    """What the network says where the rules are silent or leave it open."""
    cites, says = (document.passage(*deciding(document.text, sentence, one)),), WAYS[one.verdict]
    if one.verdict is V.COMPLIES and another_period(sentence, _stands(document, cites)):
        why = f"{both.ALONE}: the nearest words say it, but with another period; a person must compare them."
        return replace(rules, verdict=V.UNCLEAR, cites=cites, why=why, confidence=None)
    sure, theirs = one.sure, f"The rules: {reasons.small(rules.why)}"
    if sure < least:
        why = f"{both.ALONE}, and not surely: the nearest words {says}. {theirs}"
        return replace(rules, verdict=V.UNCLEAR, cites=cites, why=why, confidence=None)
    why = f"{both.ALONE}: the nearest words {says}. {theirs}"
    return replace(rules, verdict=one.verdict, cites=cites, why=why, confidence=sure)
