"""Entries of word lists: what can't be read is said before anything is looked for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.norm.wordlist import check, pattern


@given(st.text(alphabet="ab *().|?+[]{}\\^$-'", min_size=1, max_size=12).filter(str.strip))
def test_an_entry_passes_just_where_it_compiles(entry: str) -> None:
    try:
        pattern([entry])
    except re.error:
        with pytest.raises(re.error):
            check(entry)
    else:
        check(entry)


def test_a_regular_expression_is_checked_as_one() -> None:
    check("/a(?=b)/")
    with pytest.raises(re.error):
        check("/a(?<b)/")
