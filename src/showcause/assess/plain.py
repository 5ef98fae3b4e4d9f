"""A document and plain sentences as requirements in; Findings and their rows out, with every sentence ranked.

A requirement without a law pack is read by the parser that reads the document. The sentences that bear on it are found
by their words (`bearing`), and what each does with the requirement's act is set against what the requirement does.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from showcause import text
from showcause.assess import again, bearing, cross, entail, known, sentence
from showcause.assess.bearing import Sheet, Unit
from showcause.assess.cleaning import Clean, cleaned
from showcause.assess.contrary import contrary
from showcause.assess.rows import rows
from showcause.assess.sentence import Asked
from showcause.core import Document, Finding, Heading, Passage, Question, Verdict, combine
from showcause.norm import Modality

BY = "duty:1"
V = Verdict
LEAST = 0.22  # the score under which a sentence is not looked at
NEAR = 0.8  # how near to the best score another sentence must come to be heard beside it
RAISE = 0.12  # how far towards one a sentence rises that does something with the act
LITTLE = 0.02  # the score under which a piece of such a sentence does not rise with it
HEARD = 8  # sentences looked at, at most
READ = 12  # pieces that the network reads, the best by their words
SHARE = 0.15  # of the network's log-odds in their sum with those of the words (`train/unseen.py`)
UNREAD = -4.0  # what the network is taken to say of a piece that it didn't read
EDGE = 1e-4  # the score nearest to none and to one


@dataclass(frozen=True, slots=True)
class _Said:
    """What one sentence comes to, how far it bears, and why."""

    verdict: Verdict
    unit: Unit
    score: float
    why: str


def judge_plain(document: Document, *, questions: Sequence[Question], at: datetime) -> tuple[Finding, ...]:
    """The findings on `document` under each plain sentence of `questions`, as of `at` (UTC), one for each."""
    clean, paper = _ready(document)
    return tuple(clean.back(_finding(clean.document, q, paper, at, rank=False)[0]) for q in questions)


def plain_rows(
    document: Document, *, questions: Sequence[Question], at: datetime, rank: bool
) -> Iterator[dict[str, Any]]:
    """A row for each finding of `judge_plain`; with `rank`, each has every sentence with its score in (0, 1]."""
    clean, paper = _ready(document)
    for q in questions:
        finding, ranked = _finding(clean.document, q, paper, at, rank=rank)
        for row in rows([clean.back(finding)]):
            if rank:
                spans = [(*clean.span(start, end), score) for start, end, score in ranked]
                row["ranked"] = [{"start": start, "end": end, "score": score} for start, end, score in spans]
            yield row


def _ready(document: Document) -> tuple[Clean, Sheet]:
    """The copy that is judged, and its sentences and sections."""
    clean = cleaned(document)
    copy = clean.document
    return clean, bearing.sheet(text.flowing(copy.text, copy.headings), copy.headings)


Ranked = tuple[tuple[int, int, float], ...]


def _finding(
    document: Document, question: Question, paper: Sheet, at: datetime, *, rank: bool
) -> tuple[Finding, Ranked]:
    if entail.knows(question.text):
        return _learned(document, question, at)
    asked = sentence.asked(question.text)
    scores = bearing.rank(paper, asked.terms)
    said = _heard(asked, paper, scores, document.text)
    verdict, deciding, against = _settled(said, asked)
    why = deciding[0].why if deciding else _silence(scores)
    cites = tuple(_passage(document, s.unit) for s in deciding[:2])
    clashes = tuple(_passage(document, s.unit) for s in against)
    found = Finding(question.id, document, "plain", verdict, cites, why, BY, at, clashes_with=clashes)
    found = again.weighed(document, found, question.text, again.read(document.text, question.text, paper, scores))
    return found, _read(document, question.text, tuple(_ranked(document, asked, said))) if rank else ()


def _read(document: Document, sentence_: str, ranked: Ranked) -> Ranked:
    """The pieces with the scores of their words, those of the best mixed with what the network says of each."""
    best = sorted(range(len(ranked)), key=lambda n: (-ranked[n][2], n))[:READ]
    against, standing = contrary(sentence_), text.standing(document.text)
    odds = cross.odds([(sentence_, against, standing[slice(*ranked[n][:2])]) for n in best])
    scores = mixed([score for _, _, score in ranked], {n: bears for n, (bears, _) in zip(best, odds, strict=True)})
    return tuple((start, end, round(score, 6)) for (start, end, _), score in zip(ranked, scores, strict=True))


def mixed(scores: Sequence[float], bears: Mapping[int, float]) -> list[float]:
    """Scores in (0, 1], each moved by the network's log-odds of the piece in that place; a piece not read is held to be far."""
    out = []
    for n, score in enumerate(scores):
        own = math.log(max(score, EDGE) / max(1 - score, EDGE))
        out.append(1 / (1 + math.exp(SHARE * -bears.get(n, UNREAD) - (1 - SHARE) * own)))
    return out


def _ranked(document: Document, asked: Asked, said: Sequence[_Said]) -> Iterator[tuple[int, int, float]]:
    """Every piece of the document with its score; those of sentences that do something with the act are raised."""
    fine = _fine(document.text, document.headings)
    for unit, score in zip(fine.units, _raised(fine, bearing.rank(fine, asked.terms), said), strict=True):
        yield unit.start, unit.end, round(score, 6)


@lru_cache(maxsize=4)
def _fine(words: str, headings: tuple[Heading, ...]) -> Sheet:
    """The sheet of a document with its sentences in pieces: numbers and headings apart from what they stand over."""
    paper = bearing.sheet(text.flowing(words, headings), headings)
    units = []
    for u in paper.units:
        for start, end in entail.pieces(words, u.start, u.end):
            stems = Counter(bearing.stem(w) for w in bearing.words(paper.low[start:end]) if w not in bearing.STOP)
            units.append(replace(u, start=start, end=end, stems=stems, length=sum(stems.values())))
    return replace(paper, units=tuple(units))


def _learned(document: Document, question: Question, at: datetime) -> tuple[Finding, Ranked]:
    """The learned judge's finding on a sentence that it was trained on."""
    terms = sentence.asked(question.text).terms
    said = entail.answer(document, sentence=question.text, terms=terms)
    why = "The learned judge finds no words that bear on this."
    if said.verdict is not V.SILENT:
        why = f"The learned judge: of the passages that bear on this, the nearest {again.WAYS[said.verdict]}."
    cites = tuple(document.passage(start, end) for start, end in said.evidence)
    by = f"entail:{known.digest()}"
    return Finding(question.id, document, "plain", said.verdict, cites, why, by, at, confidence=said.sure), said.ranked


def _raised(paper: Sheet, scores: Sequence[float], said: Sequence[_Said]) -> tuple[float, ...]:
    """Scores with the pieces of sentences that do something with the requirement's act raised part of the way to one."""
    bears = [(s.unit.start, s.unit.end) for s in said]
    return tuple(
        s + RAISE * (1 - s) if s > LITTLE and any(a <= u.start and u.end <= b for a, b in bears) else s
        for u, s in zip(paper.units, scores, strict=True)
    )


def _heard(asked: Asked, paper: Sheet, scores: Sequence[float], words: str) -> list[_Said]:
    """The sentences that bear, best first, with what each comes to."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:HEARD]
    out: list[_Said] = []
    for i in order:
        if scores[i] < LEAST:
            break
        unit = paper.units[i]
        if _title(words[unit.start : unit.end]):
            continue
        found = sentence.weigh(asked, paper, unit)
        if found:
            out.append(_Said(found[0], unit, scores[i], found[1]))
    return out


def _title(words: str) -> bool:
    """A heading: ten words at most, no full stop, every longer word with a capital."""
    found = words.split()
    return len(found) <= 10 and words[-1:] not in ".;:," and all(not w[0].islower() for w in found if len(w) > 3)


def _settled(said: Sequence[_Said], asked: Asked) -> tuple[Verdict, list[_Said], list[_Said]]:
    """The verdict of the sentences nearest to the best, worst first; those that decide it, and those against it."""
    if not said:
        return V.SILENT, [], []
    near = [s for s in said if s.score >= NEAR * said[0].score]
    verdict = combine(s.verdict for s in near)
    if asked.some and asked.modality is Modality.PERMITTED and any(s.verdict is V.COMPLIES for s in near):
        verdict = V.COMPLIES  # leave for some of it is met by one sentence that gives leave
    deciding = [s for s in near if s.verdict is verdict]
    against = [s for s in near if {s.verdict, verdict} == {V.CONFLICT, V.COMPLIES}]
    return verdict, deciding, against


def _silence(scores: Sequence[float]) -> str:
    if max(scores, default=0.0) >= LEAST:
        return "The nearest sentences speak of its words, but neither require, permit nor forbid what it asks."
    return "No operative words bear on this requirement."


def _passage(document: Document, unit: Unit) -> Passage:
    return document.passage(unit.start, unit.end)
