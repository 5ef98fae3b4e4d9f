"""What the reader of lines gives, as words: the characters with their places, spaces by the ink, and a box a word.

The reader tells for each of its steps along a line how likely each character is. It now and then misses a space. The
gaps that the ink leaves tell them: a gap inside a word that is as wide as those between the line's other words is one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from showcause.intake.straight import Grey

_LIKE_OTHERS = 0.75  # of the usual gap between words: a gap so wide is one
_LEAST = 0.16  # of the height of the letters: no gap between words is narrower
_ALONE = 0.45  # the same, where the line shows no gap between words to go by
_SPECKS = 1  # pixels of ink in a column or row that are dirt


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, how sure the reader was, and its middle in pixels from the left end of the line."""

    character: str
    confidence: float
    middle: float


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line and its box, in pixels from the upper left corner of the line's image."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float


def decoded(shares: NDArray[np.float32], characters: Sequence[str], *, width: int) -> list[Glyph]:
    """The characters on a line of `width` pixels from `shares` (steps, characters), the first of which is a blank.

    Each step says its likeliest character; the same one over several steps is one (A. Graves et al., ICML 2006).
    """
    likeliest = shares.argmax(axis=1)
    steps = np.flatnonzero((likeliest != 0) & np.r_[True, likeliest[1:] != likeliest[:-1]])
    a_step = width / len(likeliest)
    return [
        Glyph(_plain(characters[likeliest[step]]), float(shares[step, likeliest[step]]), (step + 0.5) * a_step)
        for step in steps.tolist()
    ]


def spaced(glyphs: list[Glyph], strip: Grey) -> list[Token]:
    """The words of a line, whose image is `strip`, in order."""
    glyphs = _trimmed(glyphs)
    if not glyphs:
        return []
    ink = _ink(strip)
    top, bottom = _height(ink)
    blank = ink[top:bottom].sum(axis=0) <= _SPECKS
    breaks = _breaks(glyphs, blank, bottom - top)
    filled = np.flatnonzero(~blank)
    first = float(filled[0]) if len(filled) else 0.0
    last = float(filled[-1] + 1) if len(filled) else float(len(blank))
    edges = [first, *(edge for _, gap in breaks for edge in gap), last]
    ends = [place for place, _ in breaks]
    tokens: list[Token] = []
    for number, (start, end) in enumerate(zip([0, *ends], [*ends, len(glyphs)], strict=True)):
        word = [glyph for glyph in glyphs[start:end] if not glyph.character.isspace()]
        left, right = edges[2 * number], edges[2 * number + 1]
        sure = sum(glyph.confidence for glyph in word) / len(word)
        text = "".join(glyph.character for glyph in word)
        tokens.append(Token(text, sure, left, float(top), max(right, left + 1.0), float(bottom)))
    return tokens


def _plain(character: str) -> str:
    """Full-width letters and signs (U+FF01-FF5E) as the narrow ones that they are read for."""
    return unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character


def _trimmed(glyphs: list[Glyph]) -> list[Glyph]:
    """Without spaces at the ends and after spaces."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.character.isspace() or (kept and not kept[-1].character.isspace()):
            kept.append(glyph)
    return kept[:-1] if kept and kept[-1].character.isspace() else kept


def _ink(strip: Grey) -> NDArray[np.bool_]:
    """Where a line has ink: what is nearer to its darkest than to its paper, whichever of them is the ink."""
    dark, paper = np.percentile(strip, (2, 90))
    middle = (float(dark) + float(paper)) / 2
    ink = strip < middle
    return np.asarray(~ink if ink.mean() > 0.5 else ink, np.bool_)


def _height(ink: NDArray[np.bool_]) -> tuple[int, int]:
    """From where to where the letters reach, going out from the middle: lines above and below are left out."""
    rows = ink.sum(axis=1)
    least = max(_SPECKS, 0.005 * ink.shape[1])
    heavy = int(np.argmax(np.convolve(rows, np.ones(5), "same")[len(rows) // 4 : max(1, 3 * len(rows) // 4)]))
    top = bottom = heavy + len(rows) // 4
    while top > 0 and rows[top - 1] > least:
        top -= 1
    while bottom < len(rows) and rows[bottom] > least:
        bottom += 1
    return (top, bottom) if bottom - top >= 4 else (0, len(rows))


def _breaks(glyphs: list[Glyph], blank: NDArray[np.bool_], high: int) -> list[tuple[int, tuple[float, float]]]:
    """Before which glyphs a word begins, each with the gap in front of it."""
    gaps: list[Any] = [None]
    before = 0
    for place in range(1, len(glyphs)):
        said = glyphs[place].character.isspace()
        gaps.append(None if said else _gap(blank, glyphs[before].middle, glyphs[place].middle))
        before = before if said else place
    after_space = [place for place in range(1, len(glyphs)) if glyphs[place - 1].character.isspace()]
    known = [gaps[place][1] - gaps[place][0] for place in after_space]
    least = max(_LEAST * high, _LIKE_OTHERS * median(known)) if len(known) > 1 else _ALONE * high
    return [
        (place, gap)
        for place, gap in enumerate(gaps)
        if gap is not None and (glyphs[place - 1].character.isspace() or gap[1] - gap[0] >= least)
    ]


def _gap(blank: NDArray[np.bool_], start: float, end: float) -> tuple[float, float]:
    """The widest run of blank columns between two places, or the middle between them where there is none."""
    first, last = max(0, int(start)), min(len(blank), max(int(start) + 1, round(end)))
    run = np.flatnonzero(np.diff(np.r_[0, blank[first:last].astype(np.int8), 0]))
    if not len(run):
        return (start + end) / 2, (start + end) / 2
    widest = int(np.argmax(run[1::2] - run[::2]))
    return float(first + run[2 * widest]), float(first + run[2 * widest + 1])
