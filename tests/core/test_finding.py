"""The algebra of verdicts: combine joins passages, settle joins judges, and only silence stands without a cite."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.core import ORDER, RECORD, Document, Finding, Kind, Verdict, combine, settle

DOC = Document("d-1", "", "txt", "clerk", None, "No officer shall tell.")
AT = datetime(2031, 3, 3, tzinfo=UTC)


def finding(verdict: Verdict, by: str, *, later: int = 0) -> Finding:
    return Finding("law#a", DOC, "plain", verdict, (DOC.passage(0, 10),), "", by, AT + timedelta(hours=later))


@pytest.mark.parametrize(
    ("kind", "verdicts", "joined"),
    [
        (Kind.REQUIREMENT, "complies conflict unclear", "conflict"),
        (Kind.REQUIREMENT, "silent complies", "complies"),
        (Kind.REQUIREMENT, "complies unclear silent", "unclear"),
        (Kind.REQUIREMENT, "", "silent"),
        (Kind.REQUEST, "not-responsive responsive", "responsive"),
        (Kind.CLAIM, "supported contradicted", "contradicted"),
        (Kind.PRIVILEGE, "produce redact", "redact"),
        (Kind.PRIVILEGE, "redact withhold", "withhold"),
    ],
)
def test_combine_gives_the_worst(kind: Kind, verdicts: str, joined: str) -> None:
    assert combine([Verdict(v) for v in verdicts.split()], kind) is Verdict(joined)


@given(st.lists(st.sampled_from(ORDER[Kind.REQUIREMENT])), st.lists(st.sampled_from(ORDER[Kind.REQUIREMENT])))
def test_combine_does_not_care_for_order_or_grouping(left: list[Verdict], right: list[Verdict]) -> None:
    assert combine(left + right) is combine([combine(right), combine(left)])


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ([("conflict", "duty:1", 0)], "conflict"),
        ([("conflict", "duty:1", 0), ("conflict", "entail:1", 0)], "conflict"),
        ([("conflict", "duty:1", 0), ("complies", "entail:1", 0)], "unclear"),
        ([("conflict", "duty:1", 0), ("complies", "person:k.ito", -5)], "complies"),
        ([("complies", "person:k.ito", 0), ("conflict", "person:a.roe", 1), ("complies", "duty:1", 2)], "conflict"),
    ],
)
def test_settle_puts_a_person_above_judges_and_disagreement_to_unclear(
    said: list[tuple[str, str, int]], settled: str
) -> None:
    assert settle([finding(Verdict(v), by, later=hours) for v, by, hours in said]) is Verdict(settled)


def test_settle_refuses_nothing_at_all() -> None:
    with pytest.raises(ValueError, match="nothing to settle"):
        settle([])


@pytest.mark.parametrize("verdict", list(Verdict))
def test_any_verdict_but_silence_must_cite(verdict: Verdict) -> None:
    bare = ("law#a", RECORD, "plain", verdict, (), "", "duty:1", AT)
    if verdict in {Verdict.SILENT, Verdict.NOT_RESPONSIVE, Verdict.UNSUPPORTED, Verdict.PRODUCE}:
        assert Finding(*bare).cites == ()
    else:
        with pytest.raises(ValueError, match="must cite"):
            Finding(*bare)


def test_a_document_without_words_may_be_found_anything_without_a_cite() -> None:
    photo = Document("d-2", "", "jpg", "clerk", None, " \n")
    assert Finding("r", photo, "plain", Verdict.RESPONSIVE, (), "a photograph", "person:k.ito", AT).cites == ()
    with pytest.raises(ValueError, match="must cite"):
        Finding("r", DOC, "plain", Verdict.RESPONSIVE, (), "", "person:k.ito", AT)
