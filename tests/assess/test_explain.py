"""A document and a law in; what decided each finding out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from showcause.ask import law as packs
from showcause.assess import judge, judge_explained
from showcause.assess.duty import TABLE
from showcause.core import Document, Verdict

AT = datetime(2031, 1, 1, tzinfo=UTC)
CAMERAS, RECORDS, FORCE = (packs.load(name) for name in ("ca/pen-832.18", "ca/gov-34090", "ca/gov-7286"))
VERDICTS = [
    (RECORDS, "Old ledgers shall be shredded after one year.", "two-years", "conflict"),
    (RECORDS, "Old ledgers shall be shredded after three years.", "two-years", "complies"),
    (RECORDS, "Old ledgers shall be shredded after three years.", "attorney", "silent"),
    (
        RECORDS,
        "The manager may destroy old city records without the written consent of the city attorney.",
        "attorney",
        "conflict",
    ),
    (RECORDS, "No city record shall be destroyed.", "two-years", "complies"),
    (RECORDS, "Ledgers may be shredded by resolution of the council.", "resolution", "complies"),
    (CAMERAS, "Recordings of arrests are kept for ninety days.", "two-years", "conflict"),
    (CAMERAS, "| Use of force | 3 years |\n| Other footage | 90 days |", "sixty-days", "complies"),
    (FORCE, "Officers need not report another officer's excessive force.", "report", "conflict"),
    (FORCE, "Officers may decline to report another officer's excessive force.", "report", "conflict"),
]


def document(words: str) -> Document:
    return Document("d", "", "txt", "", None, words, name="d")


@pytest.mark.parametrize(("law", "words", "requirement", "verdict"), VERDICTS, ids=[v[1][:50] + v[2] for v in VERDICTS])
def test_periods_releases_and_several_grounds(law, words, requirement, verdict):
    found = {
        f.question.rpartition("#")[2]: f.verdict for f in judge(document(words), laws=[law], at=AT, rules_alone=True)
    }
    assert found[requirement] == verdict


def test_explained_findings_are_the_judges_own():
    words = document("Old ledgers shall be shredded after one year. Nobody asks the council.")
    explained = judge_explained(words, laws=[RECORDS], at=AT)
    assert tuple(f for f, _ in explained) == judge(words, laws=[RECORDS], at=AT)


def test_the_rule_the_law_and_the_cell_are_told():
    words = document("The clerk shall shred old ledgers after three years.")
    why = next(w for f, w in judge_explained(words, laws=[RECORDS], at=AT) if f.question.endswith("two-years"))
    row = why.row(words)
    assert row["sentence"]["text"] == words.text
    assert (row["rule"]["bearer"], row["rule"]["modality"], row["rule"]["act"]) == ("The clerk", "obliged", "shred")
    assert row["law"]["modality"] == "forbidden"
    assert row["table"] == TABLE["forbidden"]["obliged"] == Verdict.CONFLICT
    assert "period" in row["moved"]


def test_a_silence_says_that_nothing_bore():
    words = document("The pool opens in May.")
    assert all(w.sentence is None and w.moved for _, w in judge_explained(words, laws=[RECORDS], at=AT))
