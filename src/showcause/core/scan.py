"""Words that were recognised on the image of a page: where each stands in the text, where on the page, how surely."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_WORD = struct.Struct("<IHffffB")


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word and how sure its engine was of it.

    `start` and `end` count characters of the document's text; the box is in points from the lower left corner of the
    page's own space; `confidence` is from 0 to 1, in steps of a hundredth.
    """

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Scan:
    """The words of one recognised page (counted from 1), packed.

    `turned` is by how many degrees clockwise the image was turned before it was read; `engine` names what read it.
    """

    page: int
    packed: bytes = field(repr=False)
    turned: float = 0.0
    engine: str = ""

    @classmethod
    def of(cls, page: int, words: Iterable[Word], *, turned: float = 0.0, engine: str = "") -> Scan:
        """The scan of a page from its words, in order of their start; a word is shorter than 65,536 characters."""
        return cls(page, b"".join(_packed(word) for word in words), turned, engine)

    def words(self) -> Iterator[Word]:
        """The words in order of their start."""
        for start, length, left, bottom, right, top, hundredths in _WORD.iter_unpack(self.packed):
            yield Word(start, start + length, left, bottom, right, top, hundredths / 100)


def _packed(word: Word) -> bytes:
    sure = round(100 * min(1.0, max(0.0, word.confidence)))
    return _WORD.pack(word.start, word.end - word.start, word.left, word.bottom, word.right, word.top, sure)
