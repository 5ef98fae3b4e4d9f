"""Words that fix a period, and the days that they mean."""

from __future__ import annotations

from datetime import date

import pytest

from showcause.ask.span import span

WRITTEN = date(2030, 9, 1)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("from January 1, 2023 to the present", "2023-01-01", None),
        ("from January 1, 2023 to present", "2023-01-01", None),
        ("between January 1, 2028 and the date of this letter", "2028-01-01", "2030-09-01"),
        ("1 October 2027 through 31 August 2030", "2027-10-01", "2030-08-31"),
        ("at any time since 2025", "2025-01-01", None),
        ("the second and third quarters of 2029", "2029-04-01", "2029-09-30"),
        ("the last quarter of 2029", "2029-10-01", "2029-12-31"),
        ("after June 1, 2029", "2029-06-02", None),
        ("on or after 2024-03-01", "2024-03-01", None),
        ("before March 2024", None, "2024-02-29"),
        ("on or before March 1, 2024", None, "2024-03-01"),
        ("January 1, 2029 to the date\nof issue", "2029-01-01", "2030-09-01"),
        ("the past five years", "2025-09-01", None),
        ("during the last 90 days", "2030-06-03", None),
        ("in 2024", "2024-01-01", "2024-12-31"),
        ("for the years 2021, 2022 and 2023", "2021-01-01", "2023-12-31"),
        ("during February 2024", "2024-02-01", "2024-02-29"),
        ("fiscal year 2025", "2024-07-01", "2025-12-31"),
        ("the relevant period", None, None),
        (None, None, None),
    ],
)
def test_a_period_is_read_into_its_days(words: str | None, first: str | None, last: str | None) -> None:
    wanted = tuple(date.fromisoformat(one) if one else None for one in (first, last))
    assert span(words, written=WRITTEN) == wanted


def test_a_period_that_counts_from_a_letter_without_a_date_is_open() -> None:
    assert span("the past five years", written=None) == (None, None)
