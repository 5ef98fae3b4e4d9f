"""Queries as e-discovery users write them: how each is understood, and where a bad one is said to be bad."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.errors import BadInput
from showcause.find import parse, spoken


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("retention AND (policy OR schedule) NOT draft", "retention AND (policy OR schedule) AND NOT draft"),
        ("retention and policy or schedule", "(retention AND policy) OR schedule"),
        ("body worn camera", '"body worn camera"'),
        ("“body worn” camera", '"body worn" AND camera'),
        ("camera w/5 footage", "camera w/5 footage"),
        ("Camera PRE/3 Footage", "camera pre/3 footage"),
        ("camera not w/5 footage", "camera not w/5 footage"),
        ("a w/3 b w/4 c", "(a w/3 b) w/4 c"),
        ("(a or b) w/3 (c or d)", "(a OR b) w/3 (c OR d)"),
        ("a w/3 b OR c AND d", "(a w/3 b) OR (c AND d)"),
        ("retent* wom?n", '"retent* wom?n"'),
        ("colour~1 OR color~", "colour~1 OR color~1"),
        ("the * camera", '"the * camera"'),
        ("Résumé", "resume"),
        ("8 U.S.C. 1373", '"8 u s c 1373"'),
        ("k.ito@city.example", '"k ito city example"'),
        ("from:ito subject:(budget OR “second draft”)", 'from:ito AND (subject:budget OR subject:"second draft")'),
        ("custodian:'Records' kind:mail", "custodian:records AND kind:mail"),
        ("date:2024-01..2024-02", "date:2024-01-01..2024-02-29"),
        ("date:2023", "date:2023-01-01..2023-12-31"),
        ("date:>2024-03-31", "date:2024-04-01.."),
        ("date:<2024", "date:..2023-12-31"),
        ("date:..2024-06", "date:..2024-06-30"),
        ("date:none", "date:none"),
        ("*", "*"),
        ("NOT NOT draft", "NOT NOT draft"),
        ("数据", '"数 据"'),
    ],
)
def test_a_query_is_understood_as_its_user_means_it(query: str, understood: str) -> None:
    assert spoken(parse(query)) == understood


@pytest.mark.parametrize(
    ("query", "character", "says"),
    [
        ("", 1, "nothing to look for"),
        ('retention "of records', 11, "not closed"),
        ("retention AND", 14, "ends where a word should follow"),
        ("retention AND OR policy", 15, "a word should stand here"),
        ("(retention", 1, "not closed"),
        ("retention)", 10, "closes none"),
        ("retention ()", 11, "nothing stands in these brackets"),
        ("colour:red", 1, "no field is called “colour”"),
        ("a w/ b", 3, "how many words apart"),
        ("a w/1001 b", 3, "how many words apart"),
        ("(a and b) w/5 c", 11, "(a w/5 c) AND (b w/5 c)"),
        ("from:a w/3 b", 8, "one field"),
        ("colour~4", 1, "how many letters wrong"),
        ("re*~1", 1, "belongs to one whole word"),
        ("date:2024-13", 6, "“2024-13” is no day"),
        ("date:2024-02..2024-01", 6, "end before they begin"),
        ("date:..", 6, "which days"),
        ("x !!!", 3, "holds no word"),
        ('"*"', 1, "holds no word"),
        ("w/5 b", 1, "a word should stand here"),
    ],
)
def test_a_bad_query_is_named_with_the_character(query: str, character: int, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(query)
    assert f"character {character}:" in str(refused.value)
    assert says in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(query: str) -> None:
    understood = understood_or_refused(query)
    if understood is not None:
        assert understood_or_refused(understood) == understood


def understood_or_refused(query: str) -> str | None:
    """The query as understood, None where it is refused; any other error is none of a user's business."""
    try:
        return spoken(parse(query))
    except BadInput:
        return None


@given(
    st.recursive(
        st.sampled_from(["a", "b*", '"c d"', "e~1", "from:f"]),
        lambda inner: st.tuples(inner, st.sampled_from([" AND ", " OR ", " AND NOT "]), inner).map(
            lambda three: f"({three[0]}{three[1]}{three[2]})"
        ),
        max_leaves=8,
    )
)
def test_the_query_as_understood_is_understood_the_same(query: str) -> None:
    assert spoken(parse(spoken(parse(query)))) == spoken(parse(query))
