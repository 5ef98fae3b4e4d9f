"""A document and a plain sentence in; the pieces of the document by how far they bear on it, and which way they go, out.

For a sentence that the learned judge was trained on (`known`); of any other it says nothing, and the rules answer. Linear
models rank every piece, and the network (`cross`) reads the first of them again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from showcause import text
from showcause.assess import bearing, cross, known
from showcause.assess.bearing import Term
from showcause.assess.contrary import contrary
from showcause.assess.known import Known
from showcause.core import Document, Heading, Verdict
from showcause.text import later

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

V = Verdict
Span = tuple[int, int]
LABEL = later(r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)]{0,2}|[-*•])\s+", re.IGNORECASE)
BREAK = later(r"(?<=[.;:!?])\s*\n\s*|\s*\n\s*(?=[A-Z(“\"•\-\d])|\s*\n\s*\n\s*")
OWN = 0.7  # weight of a piece's own words beside those of its whole sentence
LITTLE = 6  # characters of a piece that says nothing
READ = 10  # pieces, the first by the linear models, that the network reads
# Chosen on the first fifty training agreements, by models of the other 373 (`train/choose.py`).
DEEP = 0.4  # weight of the network beside the linear models in the order of the pieces
VOICE = 0.3  # its weight in whether the document is silent
TURNS = 0.5  # its weight in which way a piece goes
SPEAKS = 0.1  # the best piece's score from which the document is not silent
LEANS = 0.9  # the log-odds above which it says the sentence
CHANCE = (0.90, 0.08)  # slope and height: from the best piece's score to the log-odds that the document is not silent


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learned judge answers: a verdict, how sure it is (in [0, 1]), the deciding pieces and every piece's score."""

    verdict: Verdict
    sure: float
    evidence: tuple[Span, ...]
    ranked: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A document's pieces, the unit that each is of, and each one's log-odds for every known sentence: (pieces, sentences)."""

    pieces: tuple[Span, ...]
    unit: tuple[int, ...]
    bears: Floats
    way: Floats


def knows(sentence: str) -> bool:
    """Whether the judge was trained on this plain sentence."""
    return known.key(sentence) in known.known().asks


def answer(document: Document, *, sentence: str, terms: Sequence[Term]) -> Answer:
    """The answer of the document to a known sentence; `terms` are the sentence's words."""
    import numpy as np

    paper = bearing.sheet(text.standing(document.text), document.headings)
    found, column = read(document, known.known()), known.known().columns[known.key(sentence)]
    if not found.pieces:
        return Answer(V.SILENT, round(1 - _sure(-9.0), 2), (), ())
    by_words = np.array(bearing.rank(paper, terms))[list(found.unit)]
    scores = found.bears[:, column] + by_words
    first, said = reread(document, found, scores, sentence)
    again = mixed(scores, first, said, DEEP)
    ways = goes(found.way[:, column], first, said)
    best, way = spoken(scores, found.way[:, column], first, said)
    ranked = tuple((*p, _score(float(s))) for p, s in zip(found.pieces, again, strict=True))
    if best < SPEAKS:
        return Answer(V.SILENT, round(1 - _sure(best), 2), (), ranked)
    verdict = V.COMPLIES if way > LEANS else V.CONFLICT
    ranking = order(again)
    best_one, *others = [n for n in ranking if (ways[n] > LEANS) is (verdict is V.COMPLIES)][:2] or ranking[:2]
    deciding = (found.pieces[best_one], *(found.pieces[n] for n in others if again[n] >= again[best_one] - 2.0))
    chance = 1 / (1 + math.exp(-abs(way - LEANS)))
    return Answer(verdict, round(_sure(best) * chance, 2), deciding, ranked)


def _sure(best: float) -> float:
    return 1 / (1 + math.exp(-CHANCE[0] * best - CHANCE[1]))


def _score(odds: float) -> float:
    return round(max(1e-6, 1 / (1 + math.exp(-odds))), 6)


def lean(scores: Floats, way: Floats) -> float:
    """The log-odds that the document says the sentence: its pieces', each weighing as it bears."""
    import numpy as np

    weight = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))) ** 2
    return float((weight * way).sum() / weight.sum())


def reread(document: Document, found: Read, scores: Floats, sentence: str) -> tuple[list[int], list[cross.Odds]]:
    """The first pieces by the linear models' scores, and what the network says of them."""
    first, against = order(scores)[:READ], contrary(sentence)
    stands = text.standing(document.text)
    words = [stands[slice(*found.pieces[n])] for n in first]
    return first, cross.odds([(sentence, against, w) for w in words], by=cross.AGREEMENTS)


def spoken(scores: Floats, way: Floats, first: Sequence[int], said: Sequence[cross.Odds]) -> tuple[float, float]:
    """The best piece's log-odds that it bears, and the log-odds that the document says the sentence."""
    heard = mixed(scores, first, said, VOICE)
    return float(heard.max()), lean(heard, goes(way, first, said))


def goes(way: Floats, first: Sequence[int], said: Sequence[cross.Odds]) -> Floats:
    """Which way each piece goes, with the network's word on the pieces `first` weighed in."""
    out = way.copy()
    for n, (_, mine) in zip(first, said, strict=True):
        out[n] += TURNS * (mine - out[n])
    return out


def mixed(scores: Floats, first: Sequence[int], said: Sequence[cross.Odds], share: float) -> Floats:
    """Linear scores with the network's for the pieces `first` weighed in."""
    out = scores.copy()
    for n, (bears, _) in zip(first, said, strict=True):
        out[n] += share * (bears - out[n])
    least = min((out[n] for n in first), default=0.0)
    behind = [n for n in range(len(out)) if n not in set(first)]
    out[behind] = out[behind].clip(max=least - BEHIND)
    return out


BEHIND = 1e-3  # how far behind the least piece that was read again the others stand, at least


def order(scores: Floats) -> list[int]:
    """Places by falling score, earlier ones first among equals."""
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def read(document: Document, models: Known) -> Read:
    """The document as those models hear it; kept for the next sentence, for four documents."""
    return _read(document.text, document.headings, models)


@lru_cache(maxsize=4)
def _read(words: str, headings: tuple[Heading, ...], models: Known) -> Read:
    import numpy as np

    words = text.standing(words)
    paper = bearing.sheet(words, headings)
    apart = [(n, p) for n, u in enumerate(paper.units) for p in pieces(words, u.start, u.end)]
    apart = [(n, (s, e)) for n, (s, e) in apart if e - s >= LITTLE] or apart
    wholes = [models.scores(words[u.start : u.end])[0] for u in paper.units]
    own = [models.scores(words[s:e]) for _, (s, e) in apart]
    bears = [OWN * b + (1 - OWN) * wholes[n] for (n, _), (b, _) in zip(apart, own, strict=True)]
    return Read(
        tuple(p for _, p in apart),
        tuple(n for n, _ in apart),
        np.array(bears, dtype=np.float64),
        np.array([w for _, w in own], dtype=np.float64),
    )


def pieces(words: str, start: int, end: int) -> Iterator[Span]:
    """A sentence's number, if it opens with one, and its lines where a line ends what it says; else the sentence."""
    opening = LABEL.match(words, start, end)
    body = opening.end() if opening and opening.end() < end else start
    cuts = sorted({start, body, *(m.end() for m in BREAK.finditer(words, body, end) if m.start() > body), end})
    for a, b in pairwise(cuts):
        piece = words[a:b]
        if piece.strip():
            begin = a + len(piece) - len(piece.lstrip())
            yield begin, begin + len(piece.strip())
