"""Sentences that nobody trained on: where the rules hear nothing the network may speak, and where the two part a person decides."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from showcause.ask import law as packs
from showcause.assess import again, judge, judge_plain, known
from showcause.assess.again import Again
from showcause.core import Document, Finding, Kind, Question, Verdict

AT = datetime(2026, 3, 2, tzinfo=UTC)
V = Verdict
DEPOSIT = "A hall must give the deposit back to a renter who leaves it clean."
DOOR = "Visitors may not enter the boiler room."


def found(words: str, sentence: str) -> Finding:
    question = Question("q", Kind.REQUIREMENT, sentence, "asks")
    return judge_plain(Document("d", "", "txt", "", None, words), questions=[question], at=AT)[0]


@pytest.mark.parametrize(
    ("sentence", "words", "verdict"),
    [
        (DEPOSIT, "The deposit stays with us, however tidy the hall is when the renter goes.", "conflict"),
        (DOOR, "The boiler room is closed to visitors at all times; the stair gate stays locked.", "complies"),
        (DOOR, "Visitors are free to look round the boiler room.", "conflict"),
        (DOOR, "The picnic is on Friday, and everybody brings a dish.", "silent"),
    ],
)
def test_what_is_said_in_other_words_is_heard(sentence, words, verdict):
    assert str(found(words, sentence).verdict) == verdict


def test_a_finding_of_the_network_alone_says_so_and_cites_the_sentence():
    words = "The office opens at nine. Visitors are free to look round the boiler room. Keys hang by the door."
    one = found(words, DOOR)
    assert one.why.startswith("The learned judge alone:")
    assert one.by == f"duty:1+entail:{known.digest()}"
    assert one.confidence in {right for _, right in again.SURE}
    assert one.cites[0].text == words[one.cites[0].start : one.cites[0].end]
    assert "free to look" in one.cites[0].text


def test_the_sections_of_a_paper_are_read_apart():
    """What stands in the next section is about something else, and would drown what this one says."""
    first = "4.1 Every officer on the street has the camera running before leaving the yard."
    one = found(f"{first}\n\n4.2 Recordings are wiped after ninety days.", "Officers must wear body cameras on patrol.")
    assert one.verdict is V.COMPLIES
    assert one.cites[0].text == first


def test_a_document_of_other_words_is_not_read():
    """No stretch shares a word with the sentence, so nothing is asked of the network, and the rules' silence stands."""
    one = found("The picnic is on Friday.", DOOR)
    assert (one.verdict, one.by) == (V.SILENT, "duty:1")


@pytest.mark.parametrize(
    ("sentence", "words", "other"),
    [
        ("Notice must be given at least ten days ahead.", "We write three days before.", True),
        ("Notice must be given at least ten days ahead.", "We write three weeks before.", False),
        ("An answer is due within ten days.", "You will hear from us in a month.", True),
        ("An answer is due within ten days.", "You will hear from us in two days.", False),
        ("Ten days' notice is owed.", "Notice is given 10 days ahead.", False),
        ("Ten days' notice is owed.", "Notice is given ahead.", False),
        ("Notice is owed.", "Notice is given 10 days ahead.", False),
    ],
)
def test_periods_are_held_against_each_other(sentence, words, other):
    assert again.another_period(sentence, words) is other


def test_another_period_is_never_said_to_comply():
    one = found(
        "A renter hears from us about the deposit one day ahead.",
        "A renter must hear of the deposit at least ten days ahead.",
    )
    assert one.verdict is not V.COMPLIES


@pytest.mark.parametrize(
    ("rule", "bears", "way", "parts"),
    [
        (V.COMPLIES, 2.0, -3.0, True),
        (V.COMPLIES, 2.0, 3.0, False),
        (V.COMPLIES, -1.0, -3.0, False),
        (V.CONFLICT, 2.0, 3.0, True),
        (V.CONFLICT, 2.0, 0.5, False),
        (V.UNCLEAR, 2.0, 3.0, False),
    ],
)
def test_the_network_contradicts_only_where_it_bears_and_is_sure(rule, bears, way, parts):
    assert again.against(rule, Again((0, 1), bears, way)) is parts


def test_the_surer_it_is_the_higher_its_confidence():
    sure = [Again((0, 1), b, w).sure for b, w in ((0.1, 0.6), (0.6, 1.2), (2.0, -3.0))]
    assert sure == sorted(sure)


PACK = """
id = "own/hall"
citation = "Hall Rules"
network = {network}

[[requirements]]
name = "door"
text = "Visitors may not enter the boiler room."
modality = "forbidden"
acts = ["enter"]

[[readings]]
id = "plain"

[acts.enter]
verbs = ["enter"]
"""
MANUAL = "\n\n".join(
    [
        "1. Keys",
        "Keys hang by the door. " * 40,
        "2. Tours",
        "Visitors are invited to wander about the boiler room as they like.",
        "3. Hours",
        "The office opens at nine. " * 40,
    ]
)


def under(tmp_path: Path, words: str, *, network: bool) -> tuple[Finding, ...]:
    """The findings on `words` under a pack that nobody trained on."""
    pack = tmp_path / f"{network}.toml"
    pack.write_text(PACK.format(network=str(network).lower()), encoding="utf-8")
    return judge(Document("d", "", "txt", "", None, words), laws=[packs.load(str(pack))], at=AT)


@pytest.mark.parametrize("words", ["Visitors are invited to wander about the boiler room as they like.", MANUAL])
def test_under_a_pack_that_says_so_the_network_is_heard_where_the_rules_are_silent(tmp_path, words):
    alone, heard = (under(tmp_path, words, network=on) for on in (False, True))
    assert {(f.verdict, f.by) for f in alone} == {(V.SILENT, "duty:1")}
    for one in heard:
        assert (one.verdict, one.by) == (V.CONFLICT, f"duty:1+entail:{known.digest()}")
        assert "invited to wander" in one.cites[0].text
    assert len(heard) == (2 if words is MANUAL else 1)  # the document, and in the manual the section


def test_a_pack_says_true_or_false_of_the_network(tmp_path):
    pack = tmp_path / "wrong.toml"
    pack.write_text(PACK.format(network='"yes"'), encoding="utf-8")
    assert [(p.where, p.what) for p in packs.check(pack)] == [("network", "neither true nor false")]


def test_a_struck_period_is_no_period():
    """What a redline strikes is not what stands: "ten" is gone, and ninety days are another period."""
    asked = "The clerk must answer a records request within ten days."
    assert found("The clerk shall answer a records request within ten days.", asked).verdict is V.COMPLIES
    assert found("The clerk shall answer a records request within [-ten-] {+ninety+} days.", asked).verdict is V.UNCLEAR
    assert (
        found("The clerk shall answer a records request within [-ninety-] {+ten+} days.", asked).verdict is V.COMPLIES
    )
