"""Two judges weighed: whose verdict stands at which chance, and when the network is asked again."""

from collections.abc import Sequence

import pytest

from showcause.assess import cross, joint
from showcause.core import Verdict

V = Verdict
ORDER = (V.CONFLICT, V.COMPLIES, V.SILENT, V.UNCLEAR)
FLAT = dict.fromkeys(("silent", "speaks"), ((0.0, 0.0), (1.0, 1.0)))
AT = joint.Limits(low=0.1, high=0.6, tells=0.7, parts=0.6, turns=0.8, opens=0.75, least=0.15)


def stack(*odds: float) -> joint.Stack:
    """A stack that gives these log-odds whatever it is told."""
    return joint.Stack({}, (), ORDER, ((), (), (), ()), odds, FLAT)


def said(*odds: float, rule: Verdict, learned: Verdict = V.UNCLEAR, at: joint.Limits = AT) -> Verdict:
    """The verdict that both come to where the stack gives these log-odds of conflict, complies, silent and unclear."""
    return joint.decided(stack(*odds), {}, rule=rule, learned=learned, at=at).verdict


@pytest.mark.parametrize(
    ("odds", "rule", "verdict"),
    [
        ((3, 0, 0, 0), V.CONFLICT, V.CONFLICT),
        ((0.3, 0, 0, 0), V.COMPLIES, V.COMPLIES),  # hardly likelier the other way: what the rules heard stands
        ((1, 0, 0, 0), V.COMPLIES, V.UNCLEAR),  # likelier: a person must read
        ((3, 0, 0, 0), V.COMPLIES, V.CONFLICT),  # more than likely: it goes as the learned judge says
        ((0, 3, 0, 0), V.CONFLICT, V.COMPLIES),
        ((0, 0, 5, 0), V.CONFLICT, V.SILENT),  # most likely about something else
        ((0, 0, 1, 0), V.SILENT, V.SILENT),
        ((3, 0, 0, 0), V.SILENT, V.CONFLICT),
        ((1.2, 1, 0, 0), V.SILENT, V.UNCLEAR),  # it bears, and nobody can say which way
        ((0.5, 2, 0, 0), V.UNCLEAR, V.COMPLIES),
        ((0.5, 1, 0, 0), V.UNCLEAR, V.UNCLEAR),
        ((0, 0, 0, 3), V.CONFLICT, V.UNCLEAR),  # that it is a conflict is unlikely
    ],
)
def test_the_verdict_of_both_judges(odds: tuple[float, ...], rule: Verdict, verdict: Verdict) -> None:
    assert said(*odds, rule=rule) is verdict


def test_what_another_section_decided_for_the_rules_is_not_outweighed() -> None:
    assert said(3, 0, 0, 0, rule=V.COMPLIES, at=AT._replace(turns=joint.NEVER)) is V.UNCLEAR


@pytest.mark.parametrize(
    ("learned", "verdict"),
    [(V.CONFLICT, V.CONFLICT), (V.UNCLEAR, V.CONFLICT), (V.SILENT, V.UNCLEAR), (V.COMPLIES, V.COMPLIES)],
)
def test_nothing_is_said_that_neither_judge_supports(learned: Verdict, verdict: Verdict) -> None:
    assert said(3, 0, 0, 0, rule=V.COMPLIES, learned=learned, at=AT._replace(least=0.0)) is verdict


def test_no_chance_is_told_of_what_is_unclear() -> None:
    assert joint.decided(stack(1, 0, 0, 0), {}, rule=V.COMPLIES, learned=V.CONFLICT, at=AT).sure is None
    assert (joint.decided(stack(3, 0, 0, 0), {}, rule=V.CONFLICT, learned=V.CONFLICT, at=AT).sure or 0) > 0.8


SAID = (("Keys hang.", "Keys lie."), ("Keys are hung.", "Keys are laid."))


@pytest.mark.parametrize(
    ("first", "asked", "result"),
    [
        ((5.0, 4.0), [], (5.0, 4.0)),
        ((-4.0, 0.3), [], (-4.0, 0.3)),
        ((1.0, 4.0), [("Keys lie.", "Keys hang.", "b"), ("Keys are laid.", "Keys are hung.", "b")], (0.0, 2.0)),
        ((5.0, 0.7), [("Keys lie.", "Keys hang.", "b"), ("Keys are laid.", "Keys are hung.", "b")], (4 / 3, 0.9)),
    ],
)
def test_the_network_is_asked_again_where_it_is_unsure(
    monkeypatch: pytest.MonkeyPatch, first: cross.Odds, asked: list[cross.Asked], result: cross.Odds
) -> None:
    def odds(some: Sequence[cross.Asked], *, by: str) -> list[cross.Odds]:
        assert by == "laws"
        return [(-0.5, -1.0) if one[0] != "Keys hang." else first if one[2] == "b" else (-9.0, 9.0) for one in some]

    monkeypatch.setattr(cross, "odds", odds)
    assert joint.asked_again(SAID, ["a", "b"], by="laws") == asked
    assert joint.deep(SAID, ["a", "b"], by="laws") == pytest.approx(result)
