"""The learned judge: what it knows, how it ranks, how it and the rules come to one finding, and that it never guesses aloud."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.ask import law as packs
from showcause.assess import entail, grams, joint, judge, judge_explained, judge_plain, known, plain_rows, rows
from showcause.core import Document, Finding, Kind, Question, Verdict, combine
from showcause.store.plain import built_finding, plain_finding

AT = datetime(2026, 3, 2, tzinfo=UTC)
V = Verdict
ORAL = "What is said aloud can be confidential information."
MARKED = "Whatever is to be confidential has to be expressly labelled so by the discloser."
KEPT = "The recipient may keep some confidential material though the rest is returned or destroyed."
AGREEMENT = """1. Definitions. Confidential Information means any information that one party discloses to the other, whether in writing, orally or by inspection of samples.
2. Term. This agreement ends two years after the day on which it is signed.
3. The parties will have lunch in June."""
HELD = "ca/gov-34090"


def question(text: str) -> Question:
    return Question("q", Kind.REQUIREMENT, text, "asks")


def document(text: str) -> Document:
    return Document("d", "", "txt", "", None, text)


def answer(text: str, sentence: str = ORAL) -> Finding:
    return judge_plain(document(text), questions=[question(sentence)], at=AT)[0]


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        (ORAL, AGREEMENT, "complies"),
        (ORAL, "The parties will have lunch in June.", "silent"),
        (
            MARKED,
            "Confidential Information is all information disclosed, whether or not it is marked as confidential.",
            "conflict",
        ),
        (
            KEPT,
            "Upon request the Recipient shall return all Confidential Information and retain no copies of it.",
            "conflict",
        ),
    ],
)
def test_a_known_sentence_is_answered_by_what_was_learned(sentence, text, verdict):
    found = answer(text, sentence)
    assert str(found.verdict) == verdict
    assert found.by == f"entail:{known.digest()}"
    assert found.confidence is not None
    assert 0 <= found.confidence <= 1


def test_the_words_that_decide_are_cited_verbatim():
    found = answer(AGREEMENT)
    assert found.cites
    assert all(AGREEMENT[c.start : c.end] == c.text for c in found.cites)
    assert "orally" in found.cites[0].text


def test_a_sentence_that_was_not_learned_is_left_to_the_rules():
    found = answer("The clerk shall retain election records.", "The clerk shall retain election records.")
    assert found.by == "duty:1"
    assert found.confidence is None


def test_what_bears_comes_first_in_the_ranking():
    row = next(iter(plain_rows(document(AGREEMENT), questions=[question(ORAL)], at=AT, rank=True)))
    first = max(row["ranked"], key=lambda r: r["score"])
    assert "orally" in AGREEMENT[first["start"] : first["end"]]
    assert all(0 < r["score"] <= 1 for r in row["ranked"])


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab1. \n(),;:A", max_size=200))
def test_pieces_are_in_order_and_hold_all_that_is_no_blank(words):
    found = list(entail.pieces(words, 0, len(words)))
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert "".join(words[s:e] for s, e in found).split() == words.split() or "".join(
        "".join(words[s:e].split()) for s, e in found
    ) == "".join(words.split())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_a_text_is_a_unit_vector_or_nothing(words):
    places, weights = grams.grams(words)
    assert len(places) == len(weights)
    assert not len(weights) or abs(float((weights**2).sum()) - 1) < 1e-4


def test_every_shipped_requirement_that_is_taught_has_its_models():
    held = known.known()
    shipped = {known.key(r.text) for law in packs.available() for r in packs.load(law).requirements}
    taught = shipped & joint.taught().keys()
    assert taught
    assert taught <= held.columns.keys()
    assert not taught & held.asks


def test_a_law_that_was_not_learned_is_judged_by_the_rules_alone():
    law = packs.load("us/8-usc-1644")
    found = judge(document("No officer shall disclose immigration status to federal agents."), laws=[law], at=AT)
    assert {f.by for f in found} == {"duty:1"}
    assert all(f.confidence is None for f in found)


WEIGHED = re.compile(r"the rules say (\w+), the learned judge (\w+)")
CLAUSES = (
    "Any city record may be destroyed by the clerk without asking anybody.",
    "The clerk shall destroy no city record without a resolution of the council and the written consent of the city attorney.",
    "Minutes of the council are kept forever.",
    "The picnic is on Friday.",
)


@pytest.mark.parametrize("text", CLAUSES)
def test_no_verdict_is_given_that_neither_judge_supports(text):
    """Where the finding is not the rules' own, the explanation names both judges, and it is one of theirs or unclear."""
    for found, why in judge_explained(document(text), laws=[packs.load(HELD)], at=AT):
        weighed = WEIGHED.search(why.moved)
        assert not weighed or found.verdict in {V.UNCLEAR, V.SILENT, Verdict(weighed[1])}
        assert weighed or found.verdict is V.SILENT or why.table
        assert found.verdict is V.UNCLEAR or found.confidence is not None


ASKED = "Q. Deportation officers want to know where a patient sleeps. Do I help? A. You do not. Let that line ring."


def test_what_the_rules_do_not_hear_on_status_the_learned_judge_may():
    """By itself it says so in the reason, quotes the words and gives a measured confidence."""
    law = packs.load("us/8-usc-1373")
    rules, both = (judge(document(ASKED), laws=[law], at=AT, rules_alone=alone) for alone in (True, False))
    assert {f.verdict for f in rules} == {V.SILENT}
    assert {f.by for f in rules} == {"duty:1"}
    heard = {(f.question[-1], f.reading): f for f in both if f.verdict is not V.SILENT}
    assert {f.verdict for f in heard.values()} == {V.CONFLICT}
    assert ("a", "narrow") not in heard
    for f in heard.values():
        assert f.why.startswith("The learned judge alone")
        assert all(c.text in ASKED for c in f.cites)
        assert f.cites
        assert 0 < (f.confidence or 0) < 1


def test_a_silence_of_many_papers_is_heard_quickly_without_a_network():
    """A paper that is far from every requirement loads none."""
    done = subprocess.run(
        [sys.executable, "-c", FAR, "The picnic is on Friday at noon; bring a chair and a hat."],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


FAR = """
import sys
from datetime import UTC, datetime
from showcause.ask import law
from showcause.assess import cross, judge
from showcause.core import Document
judge(Document("d", "", "txt", "", None, sys.argv[1]), laws=[law.load("us/8-usc-1373")], at=datetime(2026, 3, 2, tzinfo=UTC))
print(cross.begun(cross.STATUS))
"""


def test_where_the_judges_part_both_are_named():
    law = packs.load(HELD)
    found = [f for t in CLAUSES for f in judge(document(t), laws=[law], at=AT) if f.why.startswith("The judges part")]
    assert all("The learned judge:" in f.why and "The rules" in f.why for f in found)
    assert all(f.cites for f in found if f.verdict is V.UNCLEAR)


def test_a_document_is_as_bad_as_its_worst_section():
    text = "\n\n".join(
        f"{n}. {clause} " + "The office is open on weekdays. " * 12 for n, clause in enumerate(CLAUSES, 1)
    )
    assert len(text) > 1500
    found = judge(document(text), laws=[packs.load(HELD)], at=AT)
    for whole in (f for f in found if isinstance(f.about, Document)):
        parts = [f.verdict for f in found if f.question == whole.question and not isinstance(f.about, Document)]
        assert combine([*parts, whole.verdict]) is whole.verdict


def test_the_confidence_is_in_the_row_and_survives_the_store():
    one = document(CLAUSES[0])
    found = judge(one, laws=[packs.load(HELD)], at=AT)
    told = [f for f in found if f.confidence is not None]
    assert told
    assert all(row["confidence"] == f.confidence for row, f in zip(rows(told), told, strict=True))
    assert all(built_finding(json.loads(json.dumps(plain_finding(f))), lambda _: one) == f for f in found)


SCRIPT = """
import json, sys
from datetime import UTC, datetime
from showcause.ask import law
from showcause.assess import judge, rows
from showcause.core import Document
one = Document("d", "", "txt", "", None, sys.argv[1])
print(json.dumps(list(rows(judge(one, laws=[law.load("ca/gov-34090")], at=datetime(2026, 3, 2, tzinfo=UTC))))))
"""


def test_two_processes_find_the_same():
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, " ".join(CLAUSES)],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_judging_by_rules_alone_loads_no_weights():
    code = "import sys; import showcause.assess; print('numpy' in sys.modules, 'onnxruntime' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert out.split() == ["False", "False"]
