"""No cell of a table is one that a spreadsheet reckons, whatever the record holds."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from showcause.errors import BadInput
from showcause.paper import grid


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-x", "'-x"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("plain = words", "plain = words"),
        ("half \ud800", "half ?"),
        (None, ""),
        (-3, -3),
        (date(2031, 5, 6), "2031-05-06"),
    ],
)
def test_a_cell_is_never_a_formula(value: object, shown: object) -> None:
    assert grid.cell(value) == shown


def test_a_table_is_read_back_with_lines_and_quotes_in_its_cells() -> None:
    data = grid.table(("A", "B"), [('say "x"', "two\nlines"), ("é", None)])
    assert data.startswith(b"\xef\xbb\xbfA,B\r\n")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["A", "B"],
        ['say "x"', "two\nlines"],
        ["é", ""],
    ]


def test_an_ending_that_is_no_form_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"x\.doc: a board is written as \.csv"):
        grid.write(tmp_path / "x.doc", {".csv": bytes}, what="a board")
    assert not list(tmp_path.iterdir())
