"""An attorney's edits outlive every regeneration; what was not touched follows what is generated."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.errors import BadInput
from showcause.produce.draft import Block, Held, State, begun, from_text, merged, settled, three_way, to_text

LINES = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "", "<!-- block x -->", "\\<!-- block y -->"]), max_size=6
)
TEXTS = LINES.map("\n".join)
IDS = ["opening", "request-1", "request-2", "closing"]
BLOCKS = st.lists(st.sampled_from(IDS), unique=True).flatmap(
    lambda ids: st.tuples(*[st.builds(Block, st.just(i), TEXTS) for i in ids])
)


@given(st.lists(st.tuples(BLOCKS, st.sampled_from(IDS), st.integers(0, 6)), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_no_edit_is_ever_dropped(rounds) -> None:
    draft, edits = (), []
    for number, (blocks, block, place) in enumerate(rounds):
        draft = merged(draft, blocks)
        if block in {held.id for held in draft}:
            edit = f"EDIT{number}"
            text = next(h.text for h in draft if h.id == block).split("\n")
            text.insert(place, edit)
            edited = tuple(
                Held(h.id, "\n".join(text) if h.id == block else h.text, h.base, h.look, h.state, h.pending)
                for h in draft
            )
            draft = from_text(to_text(edited), draft)
            edits.append(edit)
        written = "\n".join(held.text for held in draft)
        assert all(edit in written for edit in edits)
        regenerated = merged(draft, blocks)
        assert all(edit in "\n".join(h.text for h in regenerated) for edit in edits)
        assert merged(regenerated, blocks) == regenerated
    for held in draft:
        if held.text == held.base:
            generated = {b.id: b.text for b in rounds[-1][0]}
            assert held.text == generated.get(held.id)


@given(BLOCKS, st.sampled_from(["\n", "\r\n"]))
def test_the_text_reads_back_as_it_was(blocks, ending: str) -> None:
    draft = begun(blocks)
    text = to_text(draft)
    assert from_text(text.replace("\n", ending), draft) == draft


MERGES = [
    ("a\nb\nc\nd\ne", "A\nb\nc\nd\ne", "a\nb\nc\nd\nE", "A\nb\nc\nd\nE"),
    ("a\nb\nc", "a\nB\nc", "a\nX\nc", None),
    ("a\nb\nc", "a\nb\nc\nmine", "new\na\nb\nc", "new\na\nb\nc\nmine"),
    ("a\nb\nc\nd", "b\nc\nd", "a\nb\nc\nd\ne", "b\nc\nd\ne"),
    ("a", "mine", "theirs", None),
    ("a\nb", "a\nb", "x\nb", "x\nb"),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "want"), MERGES)
def test_changes_of_different_lines_are_joined(base: str, mine: str, theirs: str, want: str | None) -> None:
    assert three_way(base, mine, theirs) == want


def text_of(draft, block: str, text: str):
    return from_text(to_text(tuple(Held(h.id, text if h.id == block else h.text, h.base) for h in draft)), draft)


def test_an_untouched_block_takes_the_new_text_and_says_so() -> None:
    (held,) = merged(begun([Block("a", "old")]), [Block("a", "new")])
    assert (held.text, held.base, held.state) == ("new", "new", State.CHANGED)


def test_an_edit_beside_a_changed_text_waits_for_a_person() -> None:
    draft = merged(text_of(begun([Block("a", "old")]), "a", "mine"), [Block("a", "new")])
    assert [(h.text, h.pending, h.state) for h in draft] == [("mine", "new", State.CONFLICT)]
    assert merged(draft, [Block("a", "newer")])[0].pending == "newer"
    (held,) = settled(draft, "a", "new and mine")
    assert (held.text, held.base, held.pending) == ("new and mine", "new", "")
    assert merged((held,), [Block("a", "new")])[0].text == "new and mine"
    with pytest.raises(BadInput):
        settled(draft, "z", "x")


def test_a_block_that_was_struck_out_stays_struck_out() -> None:
    draft = begun([Block("a", "one"), Block("b", "two"), Block("c", "three")])
    text = to_text(draft).replace("<!-- block b (generated) -->\ntwo\n", "")
    draft = from_text(text, draft)
    assert [(h.id, h.text) for h in draft] == [("a", "one"), ("b", ""), ("c", "three")]
    again = merged(draft, [Block("a", "one"), Block("b", "two"), Block("c", "three")])
    assert again[1].text == ""


def test_what_is_added_by_hand_stays_where_it_stood() -> None:
    draft = begun([Block("a", "one"), Block("b", "two")])
    text = "Before all.\n" + to_text(draft).replace("<!-- block b", "<!-- block mine -->\nBetween.\n<!-- block b")
    draft = merged(from_text(text, draft), [Block("a", "ONE"), Block("new", "x"), Block("b", "two")])
    assert [(h.id, h.text) for h in draft] == [
        ("own-1", "Before all."), ("a", "ONE"), ("mine", "Between."), ("new", "x"), ("b", "two"),
    ]  # fmt: skip


def test_an_edited_block_that_is_no_longer_generated_stays() -> None:
    draft = text_of(begun([Block("a", "one"), Block("b", "two")]), "b", "two, but mine")
    assert [(h.id, h.state) for h in merged(draft, [Block("a", "one")])][1] == ("b", State.ORPHAN)
    assert [h.id for h in merged(begun([Block("a", "one"), Block("b", "two")]), [Block("a", "one")])] == ["a"]


def test_a_block_comes_once() -> None:
    with pytest.raises(BadInput, match="a is generated twice"):
        begun([Block("a", "1"), Block("a", "2")])
    draft = begun([Block("a", "1")])
    with pytest.raises(BadInput, match="stands twice"):
        from_text(to_text(draft) * 2, draft)
