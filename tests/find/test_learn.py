"""The learner: what calls teach it, that it is the same every time, and that it never ranks from nothing."""

from __future__ import annotations

import numpy as np
import pytest

from showcause.find import Learner, Vectors

PARKING = [f"parking permit for street number {n}" for n in range(12)]
ROOF = [f"the roof of the library leaks in room {n}" for n in range(30)]


@pytest.fixture
def vectors() -> Vectors:
    return Vectors.of_texts([*PARKING, *ROOF])


def test_two_calls_bring_up_what_is_like_the_relevant_one(vectors: Vectors) -> None:
    scores = Learner(vectors).ranked({0: True, 20: False})
    assert set(np.argsort(-scores)[: len(PARKING)].tolist()) == set(range(len(PARKING)))


@pytest.mark.parametrize("calls", [{}, {0: True}, {1: False, 2: False}])
def test_nothing_is_ranked_before_both_kinds_have_been_called(vectors: Vectors, calls: dict[int, bool]) -> None:
    assert not Learner(vectors).ranked(calls).any()


def test_the_same_calls_give_the_same_order_whatever_was_learned_before(vectors: Vectors) -> None:
    calls = {0: True, 3: True, 20: False, 25: False, 30: False}
    fresh = Learner(vectors).ranked(calls)
    taught = Learner(vectors)
    taught.ranked({0: True, 20: False})
    taught.ranked({0: False, 20: True})
    again = taught.ranked(calls)
    assert np.allclose(fresh, again, atol=1e-2)
    assert set(np.argsort(-fresh)[:12].tolist()) == set(np.argsort(-again)[:12].tolist())
    assert np.array_equal(fresh, Learner(vectors).ranked(calls))


def test_a_call_that_is_turned_round_turns_the_order(vectors: Vectors) -> None:
    learner = Learner(vectors)
    assert learner.ranked({0: True, 20: False})[1] > learner.ranked({0: False, 20: True})[1]


def test_rows_have_length_one_and_texts_without_words_none() -> None:
    vectors = Vectors.of_texts(["a b c", "", "a a a"])
    rows = [vectors.rows([n]) for n in range(len(vectors))]
    assert [float((row.weights**2).sum()) for row in rows] == pytest.approx([1.0, 0.0, 1.0])
