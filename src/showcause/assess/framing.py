"""A sentence and a passage in; the pieces of words, framed as the network of the learned judge reads them, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SENTENCE, PASSAGE = 56, 116  # pieces of each at most
FIRST, APART = 101, 102  # the numbers of [CLS] and [SEP] in the vocabulary of BERT


@dataclass(frozen=True, slots=True)
class Framed:
    """A pair as numbers: each piece's place in the vocabulary, and whether it is the sentence's (0) or the passage's (1)."""

    pieces: Sequence[int]
    sides: Sequence[int]


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    found = Tokenizer.from_str(
        resources.files("showcause.assess").joinpath("weights/vocabulary.json").read_text(encoding="utf-8")
    )
    found.no_truncation()
    found.no_padding()
    return found


def pieces(words: str) -> list[int]:
    """The numbers of the pieces of `words`, none added."""
    return list(_tokenizer().encode(words, add_special_tokens=False).ids)


def framed(sentence: Sequence[int], passage: Sequence[int]) -> Framed:
    """The pieces of a sentence and of a passage, each cut to its length, side by side."""
    first, second = [FIRST, *sentence[:SENTENCE], APART], [*passage[:PASSAGE], APART]
    return Framed([*first, *second], [0] * len(first) + [1] * len(second))
