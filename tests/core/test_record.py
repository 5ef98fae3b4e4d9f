"""A Passage can't lie, and a PageMap tells where its words stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.core import Document, Mark, PageMap, Passage

DOC = Document(
    "d-1",
    "",
    "txt",
    "clerk",
    None,
    "No officer shall tell.\fMembers may ask.",
    PageMap((Mark(0, page=1), Mark(23, page=2))),
)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (0, 10, "No officers"),
        (0, 11, "No officer "),
        (-1, 2, "N"),
        (5, 5, ""),
        (30, 400, "rs may ask."),
        (12, 3, "shall"),
    ],
)
def test_a_passage_that_does_not_match_its_document_cannot_be_built(start: int, end: int, text: str) -> None:
    if DOC.text[start:end] == text and 0 <= start < end <= len(DOC.text):
        assert Passage(DOC, start, end, text).span == (start, end)
    else:
        with pytest.raises(ValueError, match="d-1"):
            Passage(DOC, start, end, text)


@given(st.integers(-5, 60), st.integers(-5, 60), st.text(max_size=5))
def test_whatever_is_built_stands_in_the_document(start: int, end: int, text: str) -> None:
    try:
        built = Passage(DOC, start, end, text)
    except ValueError:
        assert not (0 <= start < end <= len(DOC.text) and DOC.text[start:end] == text)
    else:
        assert DOC.text[built.start : built.end] == built.text


@pytest.mark.parametrize(("start", "end", "pages"), [(0, 5, (1,)), (20, 30, (1, 2)), (23, 24, (2,)), (22, 23, (1,))])
def test_a_page_map_names_the_pages_that_a_stretch_touches(start: int, end: int, pages: tuple[int, ...]) -> None:
    assert DOC.pages.pages(start, end) == pages


def test_before_the_first_mark_nothing_is_known() -> None:
    assert PageMap((Mark(4, page=1),)).at(3) is None
    assert PageMap().pages(0, 9) == ()
