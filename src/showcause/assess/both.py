"""The rule judge's finding on a passage in; the finding of both judges out, with how sure it is and who said what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from showcause import text
from showcause.assess import cross, joint, known, reasons, spelled
from showcause.assess.cross import Odds
from showcause.assess.duty import Ask
from showcause.assess.joint import Heard, Joint
from showcause.assess.weigh import Judged
from showcause.core import Document, Finding, Law, Passage, Verdict, combine

V = Verdict
Span = tuple[int, int]
MAYBE = "The learned judge thinks that it may bear all the same."
BACKED = "The learned judge finds, too, that this bears on it."
DOUBTED = "The learned judge doubts that this bears on it."
ALONE = "The learned judge alone"
LIFTED = f"{ALONE}: this breaks what is asked, and a savings clause of the document takes that back. The rules:"
NEAR = 2.0  # log-odds under the best sentence within which the one beside it is cited, too
DOUBT = 0.4  # the chance that a silent passage bears from which its reason says so
READ = 6  # sentences or stretches of a span that the network reads, at most
WINDOW = 520  # characters that the network reads at once; more is cut at its 116 pieces
FEW = 100  # characters under which a sentence is cited with its neighbour
SHORT = 240  # characters under which a passage is cited whole
PARTING = "The judges part."
SIGN = {V.COMPLIES: 1.0, V.CONFLICT: -1.0}


@dataclass(frozen=True, slots=True)
class Ear:
    """A document under one law, as the learned judge hears it; what it heard in a span is kept, and how it was cut.

    It reads what stands (`text.standing`), no quoted message and no struck word, with the document's own `terms` spelled out.
    """

    document: Document
    law: Law
    terms: tuple[spelled.Spelled, ...] = ()
    kept: dict[Span, dict[str, Heard]] = field(default_factory=dict)
    cut: dict[Span, list[str]] = field(default_factory=dict)

    @property
    def stands(self) -> str:
        """The document's text as it now stands."""
        return text.standing(self.document.text)

    def hears(self, span: Span) -> dict[str, Heard]:
        """What the linear models hear there on each requirement that they know, by what it is known by."""
        if span not in self.kept:
            self.kept[span] = joint.heard(self.law, self.words(span))
        return self.kept[span]

    def words(self, span: Span) -> str:
        """The words of the span, with the document's terms spelled out."""
        return spelled.out(self.stands, span, self.terms)

    def begin(self) -> None:
        """Begin to load the networks, where the document as a whole may bear on what they were taught."""
        waiting = [name for name in joint.networks(self.law) if not cross.begun(name)]
        whole = (0, len(self.document.text))
        if waiting and any(not self.far(key, whole) for key in self.hears(whole)):
            for name in waiting:
                cross.begin(name)

    def reads(self, key: str, span: Span) -> Odds:
        """What the network reads there on the requirement that is known by `key`; of a long span the likeliest stretches."""
        return joint.deep(joint.taught()[key], self.stretches(key, span), by=joint.network(key))

    def stretches(self, key: str, span: Span) -> list[str]:
        """What of the span the network reads."""
        if span not in self.cut:
            self.cut[span] = [self.words(one) for one in windows(self.stands, *span)]
        found = self.cut[span]
        return [found[n] for n in self.likeliest(key, found)]

    def ahead(self, wanted: Iterable[tuple[str, Span]]) -> None:
        """Read these spans, each on the requirement known by its key, on all cores: `reads` has them at once then."""
        asked: dict[str, list[tuple[str, list[str]]]] = {}
        for key, span in wanted:
            asked.setdefault(joint.network(key), []).append((key, self.stretches(key, span)))
        said = joint.taught()
        for by, each in asked.items():
            cross.ahead([(*said[key][0], w) for key, windows in each for w in windows], by=by)
            cross.ahead([one for key, windows in each for one in joint.asked_again(said[key], windows, by=by)], by=by)

    def far(self, key: str, span: Span) -> bool:
        """Whether what the linear models hear there is too far from the requirement to be read."""
        return self.hears(span)[key].bears < joint.FAR

    def likeliest(self, key: str, words: Sequence[str]) -> list[int]:
        """The places of the few that bear most by the linear models, in their order; all, where there are few."""
        if len(words) <= READ:
            return list(range(len(words)))
        column = known.known().columns[key]
        scores = [joint.scores(w)[0][column] for w in words]
        return sorted(sorted(range(len(words)), key=lambda n: (-scores[n], n))[:READ])

    def evidence(self, key: str, span: Span, verdict: Verdict) -> tuple[Passage, ...]:
        """The words of the span that bear most and go the way of `verdict`: a short span whole, else the best sentence.

        A short sentence brings a neighbour that does nearly as well.
        """
        found = [text.trimmed(self.stands, s.start, s.end) for s in text.sentences(self.stands, *span)]
        if not found:
            return ()
        if found[-1][1] - found[0][0] < SHORT:
            return (self.document.passage(found[0][0], found[-1][1]),)
        words, scores = [self.words(one) for one in found], [-math.inf] * len(found)
        for n in self.likeliest(key, words):
            ((bears, way),) = cross.odds([(*joint.taught()[key][0], words[n])], by=joint.network(key))
            scores[n] = bears + SIGN.get(verdict, 0.0) * way
        best = max(range(len(found)), key=lambda n: (scores[n], -n))
        start, end = found[best]
        for n in (best - 1, best + 1):
            if 0 <= n < len(found) and (scores[n] >= scores[best] - NEAR and end - start < FEW):
                start, end = min(start, found[n][0]), max(end, found[n][1])
        return (self.document.passage(start, end),)


def windows(words: str, start: int, end: int) -> list[Span]:
    """The span in stretches of whole sentences that the network can read at once; each begins with the last one's last sentence."""
    found = [text.trimmed(words, s.start, s.end) for s in text.sentences(words, start, end)]
    out: list[Span] = []
    for last, one in zip([(start, start), *found], found, strict=False):
        if out and one[1] - out[-1][0] <= WINDOW:
            out[-1] = (out[-1][0], one[1])
        else:
            out.append((last[0] if out and one[1] - last[0] <= WINDOW else one[0], one[1]))
    return out or [(start, end)]


def passage(
    found: Finding, mine: Sequence[Judged], *, asked: Ask, ear: Ear, span: Span, lifted: Span | None = None
) -> tuple[Finding, Joint]:
    """The rules' finding on the passage at `span`, which `mine` came to there, weighed with what the learned judge hears.

    `lifted` is the document's savings clause that would take back a ban there.
    """
    key = joint.column(asked.requirement, asked.reading)
    hears = ear.hears(span)[key]
    if not mine and ear.far(key, span):
        said = joint.far(key)
        return replace(found, confidence=said.sure), said
    hears = replace(hears, deep=ear.reads(key, span))
    near = not mine and found.why.startswith("It ")
    of, within = joint.facts(asked, mine, hears, near=near), span != (0, len(ear.document.text))
    saved = any(j.cured and not span[0] <= j.cites[0][0] < span[1] for j in mine)
    said = joint.settled(key, of, rule=found.verdict, learned=hears.verdict, within=within, saved=saved)
    why = _why(found, said)
    if said.verdict is found.verdict:
        return replace(found, why=why, confidence=said.sure), said
    turned = {said.verdict, found.verdict} == {V.CONFLICT, V.COMPLIES}
    own = turned or not found.cites  # the words that decide are not those that the rules heard
    cites = () if said.verdict is V.SILENT else ear.evidence(key, span, said.verdict) if own else found.cites
    if said.verdict is not V.SILENT and not cites:
        return replace(found, confidence=None), said
    if lifted and said.verdict is V.CONFLICT and found.verdict is V.SILENT:
        said = replace(said, verdict=V.COMPLIES)
        cites, why = (*cites, ear.document.passage(*lifted)), f"{LIFTED} {reasons.small(found.why)}"
    kept = found.clashes_with if said.verdict is not V.SILENT and not turned else ()
    return replace(found, verdict=said.verdict, cites=cites, why=why, confidence=said.sure, clashes_with=kept), said


HALF = 0.5  # the chance that a passage bears, under which it is likelier about something else
GOES = {V.COMPLIES: "keeps what is asked", V.CONFLICT: "breaks what is asked"}


def _why(found: Finding, said: Joint) -> str:
    """The reason, with the name of the judge that gives it."""
    rules = reasons.small(found.why)
    if said.verdict is said.rule:
        if said.verdict is V.SILENT:
            return f"{found.why} {MAYBE}" if said.bears >= DOUBT else found.why
        return f"{found.why} {BACKED if said.learned is not V.SILENT else DOUBTED}"
    if said.rule is V.SILENT:
        if said.verdict is V.UNCLEAR:
            return f"{PARTING} The learned judge: this is like passages that bear on the requirement, and a person must say which way. The rules: {rules}"
        return f"{ALONE}: this is like passages that bear on the requirement, and it {GOES[said.verdict]}. The rules: {rules}"
    return f"{_parting(said)} {rules}"


def _parting(said: Joint) -> str:
    """What the learned judge has against the rules, which heard something."""
    if said.verdict in GOES:
        if said.rule is V.UNCLEAR:
            return f"The learned judge: this {GOES[said.verdict]}. The rules leave it open:"
        return f"The learned judge outweighs the rules: this likely {GOES[said.verdict]}. The rules alone would say {said.rule}:"
    parts = "likely goes the other way"
    if said.verdict is V.SILENT or said.bears < HALF:
        parts = f"is {'most ' if said.verdict is V.SILENT else ''}likely about something else"
    elif said.likely is said.rule:
        parts = "is too doubtful to be said"
    return f"{PARTING} The learned judge: this {parts}. The rules alone would say {said.rule}:"


def whole(found: Finding, parts: Sequence[Finding]) -> tuple[Finding, int]:
    """The rules' finding on a document, made the worst of what both judges find in its sections, `parts`; and the part that decides."""
    verdict = combine(f.verdict for f in parts)
    deciding = [f for f in parts if f.verdict is verdict]
    own = next((f for f in deciding if set(found.cites) & set(f.cites)), None)
    if verdict is V.SILENT:
        sure = _least(deciding)
        if not found.cites:
            return replace(found, confidence=sure), parts.index(deciding[0])
        first = next((f for f in deciding if f.why.startswith(PARTING)), deciding[0])
        said = replace(found, verdict=verdict, cites=(), clashes_with=(), why=first.why, confidence=sure)
        return said, parts.index(first)
    if found.verdict is verdict and own:
        return replace(found, why=own.why, by=own.by, confidence=own.confidence), parts.index(own)
    first = max(deciding, key=lambda f: f.confidence or 0.0)
    said = replace(
        found,
        verdict=verdict,
        cites=first.cites,
        why=first.why,
        by=first.by,
        clashes_with=first.clashes_with,
        confidence=first.confidence,
    )
    return said, parts.index(first)


def _least(parts: Sequence[Finding]) -> float | None:
    return min((f.confidence for f in parts if f.confidence is not None), default=None)
