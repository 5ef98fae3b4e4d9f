"""The network of the learned judge: what bears, what is cut, and the same answer in another process."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from importlib import resources

import pytest

from showcause.ask import law as packs
from showcause.assess import cross, joint, judge
from showcause.core import Document

ASKED = ("Visitors must sign the book at the door.", "Visitors need not sign the book at the door.")
PASSAGES = (
    "Nobody walks in without putting a name in the book by the entrance.",
    "People come and go at the door as they please; the book is gone.",
    "The picnic is on Friday, and everybody brings a dish. " * 6,
)


def test_what_speaks_of_the_matter_bears_more_than_what_does_not():
    kept, thrown, picnic = (b for b, _ in cross.odds([(*ASKED, p) for p in PASSAGES]))
    assert kept > picnic
    assert thrown > picnic


def test_what_keeps_leans_to_the_sentence_and_what_breaks_to_the_contrary():
    (_, kept), (_, thrown), _ = cross.odds([(*ASKED, p) for p in PASSAGES])
    assert kept > 0 > thrown


def test_the_contrary_asked_first_turns_the_way_round():
    yes, no = ASKED
    for passage in PASSAGES[:2]:
        ((_, way),) = cross.odds([(yes, no, passage)])
        ((_, turned),) = cross.odds([(no, yes, passage)])
        assert way * turned < 0


def test_a_passage_longer_than_the_network_reads_is_cut():
    """What stands after the cut changes nothing."""
    long = "Every form is kept for five years. " * 40
    assert cross.odds([(*ASKED, long)]) == cross.odds([(*ASKED, long + "Nothing is kept at all.")])


TAUGHT = {
    cross.ANY: (*ASKED, PASSAGES[0], PASSAGES[1]),
    cross.LAWS: (
        "City records may be destroyed only with the written consent of the city attorney.",
        "City records may be destroyed without the city attorney's written consent.",
        "Before any city record is destroyed the city attorney must have agreed in writing.",
        "The manager may have old city records destroyed and need not trouble the city attorney for a paper.",
    ),
    cross.STATUS: (
        "Staff must not ask a person about his immigration status.",
        "Staff may or must ask a person about his immigration status.",
        "At the counter we never put to anybody the question where he was born or what visa he holds.",
        "At the counter we put to everybody the question where he was born and what visa he holds.",
    ),
    cross.AGREEMENTS: (
        "Receiving Party shall not reverse engineer any objects which embody Disclosing Party's Confidential Information.",
        "Receiving Party may reverse engineer such objects.",
        "The Recipient will not disassemble, decompile or reverse engineer any sample that it is given.",
        "The Recipient may take apart and reverse engineer the samples as it pleases.",
    ),
}


@pytest.mark.parametrize("by", cross.NETWORKS)
def test_each_network_tells_keeping_from_breaking_on_what_it_was_taught(by):
    yes, no, keeps, breaks = TAUGHT[by]
    (kept, one), (broken, other), (picnic, _) = cross.odds([(yes, no, p) for p in (keeps, breaks, PASSAGES[2])], by=by)
    assert min(kept, broken) > picnic
    assert one > -joint.LEANS  # it may be undecided, and must not be taken to say the contrary
    assert other < min(0.0, one)


def test_where_the_network_may_be_undecided_both_judges_are_right():
    *_, keeps, breaks = TAUGHT[cross.LAWS]
    for words, verdict in ((keeps, "complies"), (breaks, "conflict")):
        document = Document("1", "", "txt", "", None, words)
        found = judge(document, laws=[packs.load("ca/gov-34090")], at=datetime(2031, 1, 1, tzinfo=UTC))
        assert [f.verdict for f in found if f.question.endswith("#attorney")] == [verdict]


def test_the_weights_are_light():
    held = resources.files("showcause.assess").joinpath("weights")
    assert sum(len(f.read_bytes()) for f in held.iterdir()) < 60e6


CODE = f"""
from showcause.assess import cross
print(cross.odds([(*{ASKED!r}, p) for p in {PASSAGES!r}]))
"""


def test_two_processes_answer_the_same():
    said = {subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(said) == 1


def test_what_is_read_ahead_on_many_threads_is_what_is_read_one_by_one():
    asked = [(*ASKED, passage) for passage in PASSAGES]
    alone = cross.odds(asked)
    cross._run.cache_clear()
    cross.ahead(asked, by=cross.ANY)
    held = cross._run.cache_info()
    assert held.currsize == len(set(asked))
    assert cross.odds(asked) == alone
    assert cross._run.cache_info().misses == held.misses
