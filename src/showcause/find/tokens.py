"""A text in, its words out with their places: what the index holds and what a query asks for are cut by one rule.

A word is a run of letters, digits and the marks that combine with them; everything else parts words, the hyphen, the
apostrophe and the underscore too. A character of a script that is written without spaces is a word of its own. No word
is left out for being common. Words are compared without case, accents and ligatures.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
NONE, LETTER, ALONE = 0, 1, 2
_UNSPACED = (  # scripts written without spaces between words (Unicode blocks, first and last)
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def part(char: str) -> int:
    """What a character is to a word: NONE, LETTER, or ALONE."""
    code = ord(char)
    if code < 0x80:
        return LETTER if char.isalnum() else NONE
    if not char.isalnum() and unicodedata.category(char)[0] != "M":
        return NONE
    return ALONE if any(first <= code <= last for first, last in _UNSPACED) else LETTER


@lru_cache(1)
def _table() -> Codes:
    return np.array([part(chr(code)) for code in range(0x10000)], dtype=np.uint8)


def tokens(text: str) -> tuple[list[str], Numbers, Numbers]:
    """The words of a text as written, and where each starts and ends, in characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = _table()
    parts = table[np.minimum(codes, 0xFFFF)]
    for place in np.flatnonzero(codes > 0xFFFF).tolist():
        parts[place] = part(text[place])
    before = np.concatenate(([0], parts[:-1])) if len(parts) else parts
    after = np.concatenate((parts[1:], [0])) if len(parts) else parts
    starts = np.flatnonzero((parts > 0) & ((before == 0) | (parts == ALONE) | (before == ALONE)))
    ends = np.flatnonzero((parts > 0) & ((after == 0) | (parts == ALONE) | (after == ALONE))) + 1
    return [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)], starts, ends


def fold(word: str) -> str:
    """The word without case, accents and ligatures, as words are compared."""
    if word.isascii():
        return word.lower()
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    ).casefold()
    return plain if plain and all(part(char) == LETTER for char in plain) else word.casefold()


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [fold(word) for word in tokens(text)[0]]


class Vocabulary(dict[str, int]):
    """A word as written to the number of the word as compared; a new one gets the next number."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}

    def __missing__(self, written: str) -> int:
        compared = fold(written)
        number = self.numbers.setdefault(compared, len(self.numbers))
        self[written] = number
        return number

    def numbered(self, written: list[str]) -> npt.NDArray[Any]:
        """The numbers of these words."""
        return np.fromiter(map(self.__getitem__, written), dtype=np.int32, count=len(written))
