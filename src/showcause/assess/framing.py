"""A sentence, its contrary and a passage in; the pieces of words, framed as the network of the learned judge reads them, out.

The pieces are those of BERT's uncased vocabulary (Devlin et al. 2019; WordPiece, the longest piece first): letters made small,
accents taken off, punctuation and ideographs each a word of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

SENTENCE, PASSAGE = 56, 116  # pieces of each at most
FIRST, APART, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST = 100  # letters of a word that is still taken to pieces
IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@dataclass(frozen=True, slots=True)
class Framed:
    """What is read, as numbers: each piece's place in the vocabulary, and whose it is (1 the sentence's, 2 the contrary's, 3 the passage's, 0 a mark)."""

    pieces: Sequence[int]
    parts: Sequence[int]


@cache
def _vocabulary() -> Mapping[str, int]:
    held = resources.files("showcause.assess").joinpath("weights/pieces.txt").read_text(encoding="utf-8")
    return {piece: n for n, piece in enumerate(held.rstrip("\n").split("\n"))}


def pieces(words: str) -> list[int]:
    """The numbers of the pieces of `words`, none added."""
    return [n for word in _words(words) for n in _pieces(word)]


def framed(sentence: Sequence[int], contrary: Sequence[int], passage: Sequence[int]) -> Framed:
    """The pieces of a sentence, of its contrary (none where nobody said it) and of a passage, each cut to its length."""
    held = _vocabulary()
    found, parts = [held[FIRST]], [0]
    for part, own in enumerate((sentence[:SENTENCE], contrary[:SENTENCE], passage[:PASSAGE]), 1):
        found += [*own, held[APART]]
        parts += [*[part] * len(own), 0]
    return Framed(found, parts)


def _words(text: str) -> Iterator[str]:
    """Words in small letters without accents; punctuation and ideographs alone."""
    word = []
    for letter in unicodedata.normalize("NFD", text).lower():
        kind = _kind(letter)
        if kind == "letter":
            word.append(letter)
        elif kind != "nothing":
            if word:
                yield "".join(word)
                word.clear()
            if kind == "alone":
                yield letter
    if word:
        yield "".join(word)


@lru_cache(maxsize=1 << 14)
def _kind(letter: str) -> str:
    """`letter`, `alone` (punctuation, symbols of ASCII, ideographs), `space`, or `nothing` (controls, accents)."""
    code, category = ord(letter), unicodedata.category(letter)
    if letter in "\t\n\v\f\r\x85" or category in {"Zs", "Zl", "Zp"}:
        return "space"
    if category in {"Mn", "Cc", "Cf", "Co", "Cs"} or code in {0, 0xFFFD}:
        return "nothing"
    if category.startswith("P") or letter in "$+<=>^`|~" or any(a <= code <= b for a, b in IDEOGRAPHS):
        return "alone"
    return "letter"


@lru_cache(maxsize=1 << 15)
def _pieces(word: str) -> tuple[int, ...]:
    """The longest pieces of the vocabulary that make up the word, from its start; one unknown where none does."""
    held = _vocabulary()
    if len(word) > LONGEST:
        return (held[UNKNOWN],)
    found, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        end = next((e for e in range(len(word), start, -1) if mark + word[start:e] in held), None)
        if end is None:
            return (held[UNKNOWN],)
        found.append(held[mark + word[start:end]])
        start = end
    return tuple(found)
