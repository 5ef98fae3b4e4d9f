"""Pieces of words against the numbers that BERT's own tokenizer gives, and windows over a passage."""

from hypothesis import given
from hypothesis import strategies as st

from showcause.assess import both, framing


def test_pieces_are_those_of_berts_tokenizer() -> None:
    """Numbers taken down once from the library `tokenizers` with the vocabulary of bert-base-uncased."""
    assert framing.pieces("Nobody shall disclose §1373(a) information.") == NOBODY
    assert framing.pieces("naïve café — “quoted” ﬁne ½ 漢字") == NAIVE
    assert framing.pieces("x" * 101) == [100]


NOBODY = [6343, 4618, 26056, 1073, 14989, 2509, 1006, 1037, 1007, 2592, 1012]
NAIVE = [15743, 7668, 1517, 1523, 9339, 1524, 1984, 2638, 1092, 1904, 100]


@given(st.text())
def test_any_text_is_cut_to_pieces_of_the_vocabulary(words: str) -> None:
    """No text raises, and no number lies outside the vocabulary."""
    assert all(0 <= n < 30522 for n in framing.pieces(words))


def test_what_is_read_is_cut_to_its_lengths() -> None:
    """The sentence's part is 1, the contrary's 2, the passage's 3, and four marks stand around them."""
    found = framing.framed([7] * 500, [9] * 500, [8] * 500)
    sentence, passage = framing.SENTENCE, framing.PASSAGE
    assert len(found.pieces) == 2 * sentence + passage + 4
    assert list(found.parts) == [0, *[1] * sentence, 0, *[2] * sentence, 0, *[3] * passage, 0]
    assert list(framing.framed([7], [], [8]).parts) == [0, 1, 0, 0, 3, 0]


def test_windows_take_in_every_sentence() -> None:
    """Each sentence stands whole in some window, and no window of several sentences is longer than the network can read."""
    words = " ".join(f"Sentence number {n} says that the clerk keeps record {n} for a while." for n in range(40))
    found = both.windows(words, 0, len(words))
    assert len(found) > 1
    for n in range(40):
        assert any(
            f"Sentence number {n} says" in words[a:b] and f"record {n} for a while." in words[a:b] for a, b in found
        )
    assert all(b - a <= both.WINDOW for a, b in found)
