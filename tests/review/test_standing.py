"""How documents stand by what was said of them, in which order they are read, and who holds which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from showcause.core import Verdict
from showcause.review import Stand, batched, doubles, drawn, ordered, rate, stands
from showcause.store import Said

V = Verdict
T = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def said(document: str, verdict: Verdict, by: str, *, minute: int = 0, whole: bool = True) -> Said:
    return Said("q", document, whole, "plain", verdict, by, T + timedelta(minutes=minute))


def test_the_last_persons_word_stands_and_everything_else_is_kept() -> None:
    told = [
        said("d", V.RESPONSIVE, "rule:responsive:1"),
        said("d", V.NOT_RESPONSIVE, "person:ann", minute=1),
        said("d", V.UNCLEAR, "person:ben", minute=2),
        said("d", V.NOT_RESPONSIVE, "person:ann", minute=3),
    ]
    one = stands(told)["d", "plain"]
    assert one.verdict is V.NOT_RESPONSIVE
    assert [call.by for call in one.calls] == ["person:ben", "person:ann"]
    assert one.overruled
    assert one.disputed


def test_machines_that_disagree_leave_it_unclear_and_passages_do_not_count() -> None:
    told = [said("d", V.RESPONSIVE, "rule:r:1"), said("d", V.NOT_RESPONSIVE, "entail:1")]
    told.append(said("e", V.RESPONSIVE, "rule:r:1", whole=False))
    found = stands(told)
    assert set(found) == {("d", "plain")}
    assert found["d", "plain"].verdict is V.UNCLEAR
    assert found["d", "plain"].parted


def test_the_queue_begins_where_machines_disagree_then_by_proposal_then_by_score() -> None:
    known = {
        "a": Stand("a", "plain", (said("a", V.NOT_RESPONSIVE, "rule:1"),)),
        "b": Stand("b", "plain", (said("b", V.RESPONSIVE, "rule:1"),)),
        "c": Stand("c", "plain", (said("c", V.RESPONSIVE, "rule:1"), said("c", V.NOT_RESPONSIVE, "entail:1"))),
    }
    scores = {"a": 9.0, "b": 1.0, "c": 0.0, "d": 5.0}
    assert ordered("abcd", stands=known, scores=scores, learned=False) == ("c", "b", "a", "d")
    assert ordered("abcd", stands=known, scores=scores, learned=True) == ("c", "a", "d", "b")


def test_a_batch_gives_out_whole_families_and_nothing_that_another_holds() -> None:
    family = {"a": ["a", "x"], "b": ["b"], "c": ["c"], "x": ["a", "x"]}
    taken = batched("abcx", size=2, family=family.__getitem__, free={"a", "c", "x"})
    assert taken == ("a", "x")
    assert batched("abcx", size=3, family=family.__getitem__, free={"b", "c", "x"}) == ("b", "c", "x")


def test_a_sample_is_the_same_for_the_same_seed_and_order_of_documents_does_not_matter() -> None:
    names = [f"d{n}" for n in range(100)]
    one = drawn(names, size=10, seed=7)
    assert one == drawn(names[::-1], size=10, seed=7)
    assert one != drawn(names, size=10, seed=8)
    assert len(set(one)) == 10
    assert set(drawn(names, size=500, seed=1)) == set(names)


@pytest.mark.parametrize(
    ("minutes", "pace"), [([], None), ([0], None), ([0, 1, 2], 60.0), ([0, 2, 300, 302], 30.0), ([0, 0, 3], 20.0)]
)
def test_the_pace_leaves_pauses_out(minutes: list[int], pace: float | None) -> None:
    assert rate(T + timedelta(minutes=m) for m in minutes) == pace


def test_double_calls_are_the_first_and_the_last_reviewers() -> None:
    told = [said("d", V.RESPONSIVE, "person:ann"), said("d", V.UNCLEAR, "person:ben", minute=1)]
    told.append(said("e", V.RESPONSIVE, "person:ann"))
    assert list(doubles(stands(told))) == [("responsive", "unclear")]
