"""What is written as JSON values comes back the same, whatever it says; and one canonical form is hashed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.core import Document, Finding, Heading, Law, Mark, PageMap, Reading, Requirement, Verdict
from showcause.errors import BadInput
from showcause.store import plain

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)  # halves of surrogate pairs and NUL too
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-8))])
BOUNDS = (datetime(2, 1, 1), datetime(9998, 1, 1))  # noqa: DTZ001 - Hypothesis takes bounds without a zone
INSTANTS = st.datetimes(*BOUNDS, timezones=ZONES)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT | st.dates() | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def through_json(value: object) -> object:
    return json.loads(plain.canonical(value))


@given(text=ANY_TEXT, name=ANY_TEXT, day=st.none() | st.dates())
def test_a_document_comes_back_whatever_its_text(text: str, name: str, day: date | None) -> None:
    doc = Document("d", "s", "txt", name, day, text, PageMap((Mark(0, 1, 2, name),)), name, name, (Heading(0, 1, 1),))
    assert plain.built_document(through_json(plain.plain_document(doc)), text) == doc


@given(rules=st.dictionaries(ANY_TEXT, JSON_VALUES, max_size=4))
def test_a_pack_s_own_tables_come_back_with_their_dates(rules: dict[str, object]) -> None:
    law = Law("l", "c", "t", "j", "s", (Requirement("l#a", "t", rules=rules),), (Reading("r", "R", "s"),), "d", rules)
    assert plain.built(Law, through_json(plain.plain(law))) == law


@pytest.mark.parametrize(
    "own", [{"$date": None}, {"$date": "2026-01-01"}, {"$date'": {"$date": 1}}, {"$date": 1, "b": 2}]
)
def test_a_table_that_looks_like_the_mark_of_a_date_comes_back(own: dict[str, object]) -> None:
    for rules in (own, {"a": own}, {"a": [own]}):
        law = Law(
            "l", "c", "t", "j", "s", (Requirement("l#a", "t", rules=rules),), (Reading("r", "R", "s"),), "d", rules
        )
        assert plain.built(Law, through_json(plain.plain(law))) == law


@given(text=st.text(min_size=1, max_size=40), data=st.data())
def test_a_finding_comes_back_through_its_document(text: str, data: st.DataObject) -> None:
    doc = Document("d", "s", "txt", "", None, text)
    start = data.draw(st.integers(0, len(text) - 1))
    cite = doc.passage(start, data.draw(st.integers(start + 1, len(text))))
    finding = Finding(
        "q", cite, "r", Verdict.UNCLEAR, (cite,), text, "duty:1", datetime(2026, 1, 1, tzinfo=UTC), (cite,)
    )
    written = through_json(plain.plain_finding(finding))
    assert plain.built_finding(written, {"d": doc}.__getitem__) == finding  # type: ignore[arg-type]
    changed = Document("d", "s", "txt", "", None, "\x01" * len(text))
    if cite.text != changed.text[cite.start : cite.end]:
        with pytest.raises(BadInput, match="not those once cited"):
            plain.built_finding(written, {"d": changed}.__getitem__)  # type: ignore[arg-type]


@given(at=st.lists(INSTANTS, min_size=2, max_size=6))
def test_instants_sort_as_text_as_they_do_in_time(at: list[datetime]) -> None:
    assert [plain.instant(text) for text in sorted(map(plain.stamp, at))] == sorted(at)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [1, 2]}, '{"a":[1,2],"b":1}'),
        ("é\x00\ud800", r'"\u00e9\u0000\ud800"'),
        (plain.plain({"on": date(2026, 1, 2)}), '{"on":{"$date":"2026-01-02"}}'),
        (plain.plain(frozenset({"b", "a"})), '["a","b"]'),
    ],
)
def test_the_canonical_form_is_fixed(value: object, expected: str) -> None:
    assert plain.canonical(value) == expected
