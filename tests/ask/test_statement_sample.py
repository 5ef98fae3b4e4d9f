"""The sample matter: its articles and its letter are read as a careful reader reads them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from showcause import demo_papers
from showcause.ask.statement import read_statement
from showcause.core.exchange import Stance, Statement
from showcause.core.record import Document
from showcause.intake import read

LETTER = "letters/reply-2027-02-08.docx"


@cache
def expected() -> dict[str, Any]:
    return tomllib.loads(resources.files("showcause.demo_data").joinpath("expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Statement]:
    """Every article of the sample matter, and its letter, as read."""
    folder = tmp_path_factory.mktemp("sample")
    demo_papers.write(folder)
    names = {row["file"] for row in [*expected()["quote"], *expected()["claim"]]} | {LETTER}
    return {name: _heard(folder / name) for name in names}


def _heard(path: Path) -> Statement:
    seen = read(path.read_bytes(), name=path.name)
    return read_statement(Document("d", "0" * 64, seen.kind, seen.title, seen.date, seen.text))


def bare(text: str) -> str:
    return " ".join(text.split()).strip(" .,“”")


def near(left: str, right: str) -> bool:
    """Whether one text holds the other, and both are of a size."""
    left, right = bare(left), bare(right)
    return (left in right or right in left) and min(len(left), len(right)) >= 0.4 * max(len(left), len(right))


def _outlet(name: str | None) -> str:
    return (name or "").removeprefix("The ")


def right_quotes(heard: dict[str, Statement]) -> Iterator[bool]:
    for row in expected()["quote"]:
        mine = [q for q in heard[row["file"]].quotes if near(q.text, row["text"])]
        yield any(q.speaker == row["speaker"] and _outlet(q.via) == _outlet(row.get("via", q.via)) for q in mine)


def right_claims(heard: dict[str, Statement]) -> Iterator[bool]:
    for row in expected()["claim"]:
        mine = [c for c in heard[row["file"]].claims if near(c.text, row["text"]) and c.by == row["by"]]
        yield any(
            c.stance == row["stance"] and c.date_promised == row.get("date_promised")
            for c in mine
            if row["stance"] != Stance.THREATENS or c.stance is Stance.THREATENS
        )


def test_quotations_have_their_speakers(heard: dict[str, Statement]) -> None:
    right = list(right_quotes(heard))
    assert sum(right) / len(right) >= 0.85


def test_claims_have_their_stance_and_their_speaker(heard: dict[str, Statement]) -> None:
    right = list(right_claims(heard))
    assert sum(right) / len(right) >= 0.8


def test_words_in_marks_that_nobody_uttered_are_left(heard: dict[str, Statement]) -> None:
    for row in expected()["not_a_quote"]:
        assert not [q.text for q in heard[row["file"]].quotes if bare(q.text) == row["text"]]


LETTER_CLAIMS = (
    ("complies with section 1373", "complies", None),
    ("The City will respond in full at the appropriate time", "will_produce", None),
    ("The City will produce the editions of the Police Manual policies", "will_produce", "2027-03-05"),
    ("The orders, bulletins and intranet pages named in your second request will be", "will_produce", "2027-03-05"),
    ("Staff reports and minutes will be produced by February 26, 2027", "will_produce", "2027-02-26"),
    ("The City will produce the call log in redacted form", "will_produce", None),
    ("The City objects to the sixth request", "refuses", None),
    ("the Department has no authority to issue the subpoena", "disputes_authority", None),
)


@pytest.mark.parametrize(("words", "stance", "day"), LETTER_CLAIMS)
def test_a_letter_speaks_for_its_signer(heard: dict[str, Statement], words: str, stance: str, day: str | None) -> None:
    found = [c for c in heard[LETTER].claims if words in c.text]
    dates = [c.date_promised.isoformat() if c.date_promised else None for c in found]
    assert [(c.by, c.stance.value) for c in found] == [("Leocadia Vance", stance)]
    assert dates == [day]


def test_a_letter_has_no_outlet_and_quotes_only_what_stands_in_marks(heard: dict[str, Statement]) -> None:
    letter = heard[LETTER]
    assert letter.outlet is None
    assert letter.quotes == ()
