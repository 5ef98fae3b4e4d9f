"""Documents and laws in, findings out: the traps of real provisions, each cell of the table, and what holds for any text."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.ask import law as packs
from showcause.assess import judge as both
from showcause.assess import record, rows
from showcause.core import RECORD, Document, Finding, Passage, Verdict

judge = partial(both, rules_alone=True)  # what the rules hear; both judges together: test_entail.py

AT = datetime(2031, 1, 1, tzinfo=UTC)
HERE = Path(__file__).parent
FEDERAL, STATE = packs.load("us/8-usc-1373"), packs.load("ca/gov-7284.6")
LETTER = {"conflict": "c", "unclear": "u", "complies": "y", "silent": "s"}
CASES = [
    line.split(" | ", 1)
    for line in (HERE / "cases.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
A, B, RELEASE, PERSONAL = (
    "us/8-usc-1373#a",
    "us/8-usc-1373#b",
    "ca/gov-7284.6#release-date",
    "ca/gov-7284.6#personal-information",
)


def document(words: str, name: str = "d") -> Document:
    return Document(name, "", "txt", "", None, words, name=name)


def found(words: str, *laws) -> dict[str, str]:
    """The letters of each requirement's verdicts on a document, reading by reading."""
    out: dict[str, str] = {}
    for f in judge(document(words), laws=laws or (FEDERAL, STATE), at=AT):
        if isinstance(f.about, Document):
            out[f.question] = out.get(f.question, "") + LETTER[f.verdict]
    return out


@pytest.mark.parametrize(("verdicts", "words"), CASES, ids=[words[:60] for _, words in CASES])
def test_one_sentence_alone(verdicts, words):
    assert " ".join(found(words).values()) == verdicts


@pytest.mark.parametrize(
    ("words", "a"),
    [
        (
            "Clerks shall not tell ICE a person's immigration status. Nothing in this section prevents a clerk from telling ICE a person's immigration status.",
            "yyy",
        ),
        (
            "(a) Clerks shall not tell ICE a person's immigration status. (b) Nothing in this subsection (b) prevents a clerk from sending immigration status to ICE.",
            "ccc",
        ),
        ("Clerks shall not tell ICE a person's immigration status. This policy is subject to 8 U.S.C. 1373.", "yyc"),
        (
            "Clerks shall not tell ICE a person's immigration status. Nothing in this policy shall prevent obedience to a judicial warrant.",
            "ccc",
        ),
        (
            "Clerks shall not tell ICE a person's immigration status. Nothing in this policy shall prevent what federal law requires.",
            "ccc",
        ),
        (
            "Clerks shall not tell ICE a person's immigration status. However, a clerk may tell ICE a person's immigration status.",
            "yyy",
        ),
        (
            "§ 4.1 Save as § 4.2 provides, no clerk shall tell ICE a person's citizenship. § 4.2 A clerk may tell ICE a person's citizenship.",
            "yyy",
        ),
        ("§ 4.1 Save as § 9.9 provides, no clerk shall tell ICE a person's citizenship.", "uuc"),
        (
            "§ 7. No fact about a ward shall be given to ICE by any employee.\n\n§ 8. Staff park in lot C.\n\n§ 9. Notwithstanding Section 7, every employee may send to ICE information regarding citizenship or immigration status.",
            "yyc",
        ),
        (
            "7-02  Tell ICE nothing about anyone on this campus.\n\n7-03  Despite 7-02, any member may send ICE information regarding citizenship or immigration status of any person.",
            "yyc",
        ),
        ('"Closed facts" means a person\'s home address. Clerks shall not send closed facts to ICE.', "scc"),
        ('"Closed facts" means a person\'s citizenship. Clerks shall not send closed facts to ICE.', "ccc"),
        ("Clerks ((shall not)) {+may+} tell ICE a person's citizenship.", "yyy"),
        ("Clerks may {+not+} tell ICE a person's citizenship.", "ccc"),
        ("Can I tell ICE a person's citizenship? No.", "ccc"),
        ("Can I tell ICE a person's citizenship? Yes.", "yyy"),
        ("ICE asks about a prisoner's citizenship. We do not give it.", "ccc"),
        ("No clerk shall:\n(1) sleep at the desk;\n(2) tell ICE a person's citizenship; or\n(3) eat.", "ccc"),
        ("DRAFT. Clerks shall not tell ICE a person's citizenship.", "sss"),
        (
            "The town of Wick says that its clerks shall not tell ICE anybody's citizenship. That is not our rule.",
            "sss",
        ),
    ],
)
def test_sentences_are_read_together(words, a):
    assert found(words)[A] == a


@pytest.mark.parametrize(
    ("words", "publish", "copy"),
    [
        ("The board shall publish its minutes.", "y", "s"),
        ("The board shall not publish its minutes.", "c", "s"),
        ("The board shall embargo the minutes.", "c", "s"),
        ("The board may publish its minutes.", "u", "s"),
        ("The board may publish its minutes only in June.", "u", "s"),
        ("The board meets in June and keeps minutes.", "s", "s"),
        ("A visitor may copy the minutes.", "s", "y"),
        ("A visitor may copy the minutes only in June.", "s", "c"),
        ("No visitor shall photograph the minutes.", "s", "c"),
    ],
)
def test_the_table_for_a_duty_and_a_permission_of_another_law(words, publish, copy):
    law = packs.load(str(HERE / "packs" / "records.toml"))
    assert found(words, law) == {"xx/records-act#publish": publish, "xx/records-act#copy": copy}


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Officers shall not turn the body camera off.", "y"),
        ("Officers shall not mute the camera.", "y"),
        ("Officers may switch the camera off at lunch.", "c"),
        ("Officers may switch the camera off only in a hospital.", "y"),
        ("Officers may turn the camera off only when they are bored.", "c"),
        ("Officers shall turn the camera on.", "y"),
        ("Officers shall wear boots.", "s"),
    ],
)
def test_the_table_for_a_prohibition_with_an_exception_of_its_own(words, verdict):
    law = packs.load(str(HERE / "packs" / "cameras.toml"))
    assert found(words, law) == {"xx/camera-act#on": verdict}


def test_silence_over_a_duty_is_said_to_be_unmet():
    law = packs.load(str(HERE / "packs" / "records.toml"))
    judged = judge(document("The board meets in June."), laws=[law], at=AT)
    assert "unmet" in judged[0].why
    whole = {f.question: f for f in record(judged, laws=[law], at=AT)}
    assert "unmet" in whole["xx/records-act#publish"].why
    assert "unmet" not in whole["xx/records-act#copy"].why


MANUAL = """HILL POLICE MANUAL
1.1 CALLS
1.1.1 Members answer the telephone within four rings.
1.1.2 Save as stated in 1.2.2, no member shall tell the immigration service a person's citizenship.
1.2 FEDERAL AGENCIES
1.2.1 Members shall not tell an immigration officer when a prisoner will be released.
1.2.2 Members may send a person's citizenship or immigration status to the immigration service.
1.3 COUNTER
1.3.1 Members shall not answer questions of the immigration service, on any subject.
1.3.2 Dogs are left outside.
1.4 GENERAL
1.4.1 Nothing in 1.9.1 affects anything.
1.4.2 The book is signed.
"""


def passages(reading: str, requirement: str) -> dict[str, str]:
    """The verdict on each section that bears."""
    judged = judge(document(MANUAL), laws=(FEDERAL, STATE), at=AT)
    return {
        r["passage"]["section"]: r["verdict"]
        for r in rows(judged)
        if "passage" in r and (r["reading"], r["requirement"]) == (reading, requirement)
    }


def test_a_manual_is_judged_section_by_section_with_the_whole_in_view():
    assert passages("narrow", A) == {"1.1.2": "complies", "1.2.2": "complies", "1.3.1": "conflict"}
    assert passages("broad", A) == {"1.1.2": "complies", "1.2.1": "conflict", "1.2.2": "complies", "1.3.1": "conflict"}
    assert passages("plain", RELEASE) == {"1.2.1": "complies", "1.3.1": "complies"}


def test_rules_of_one_document_that_contradict_each_other_are_reported_as_a_clash():
    judged = [f for f in judge(document(MANUAL), laws=[FEDERAL], at=AT) if (f.question, f.reading) == (A, "narrow")]
    clash = {
        f.about.text[:5]: [c.text[:7] for c in f.clashes_with]
        for f in judged
        if isinstance(f.about, Passage) and f.clashes_with
    }
    assert clash == {"1.2.2": ["Members"], "1.3.1": ["Members"]}


def test_a_section_cured_by_another_cites_both():
    judged = judge(document(MANUAL), laws=[FEDERAL], at=AT)
    one = next(
        f for f in judged if isinstance(f.about, Passage) and f.about.text.startswith("1.1.2") and f.question == A
    )
    assert ["no member shall tell" in one.cites[0].text, "Members may send" in one.cites[1].text] == [True, True]


def test_a_passage_that_keeps_one_law_by_breaking_another_is_caught_between():
    judged = judge(
        document("Deputies shall not tell ICE when a prisoner will be released."), laws=(FEDERAL, STATE), at=AT
    )
    between = {(f.question, f.reading): f.caught_between for f in judged if f.caught_between}
    assert between[A, "broad"] == (RELEASE,)
    assert between[RELEASE, "plain"] == (A, B)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Deputies shall not hold anyone on an immigration detainer.", "detainers"),
        ("Clerks shall not tell ICE a person's home address.", "does not reach"),
        (
            "Clerks shall not tell ICE a person's citizenship. Nothing in this policy shall be read to conflict with federal law.",
            "takes it back",
        ),
        ("Clerks may tell ICE a person's citizenship in order to close a case.", "without the word only"),
        (
            "Clerks shall not tell ICE a person's citizenship.",
            "forbids sending immigration status to the immigration authority",
        ),
    ],
)
def test_why_says_it_in_plain_words(words, says):
    assert says in next(f.why for f in judge(document(words), laws=[FEDERAL], at=AT) if f.reading == "narrow")


def test_the_record_takes_the_worst_and_shows_what_pulls_the_other_way():
    ban, leave = (
        document("Clerks shall not tell ICE a person's citizenship.", "ban"),
        document("Clerks may tell ICE a person's citizenship.", "leave"),
    )
    judged = [f for d in (ban, leave) for f in judge(d, laws=[FEDERAL], at=AT)]
    whole = {(f.question, f.reading): f for f in record(judged, laws=[FEDERAL], at=AT)}
    one = whole[A, "narrow"]
    assert (one.about, one.verdict, one.cites[0].doc.id) == (RECORD, Verdict.CONFLICT, "ban")
    assert [c.doc.id for c in one.clashes_with] == ["leave"]


def test_a_person_stands_above_the_judge_in_the_record():
    ban = document("Clerks shall not tell ICE a person's citizenship.")
    judged = list(judge(ban, laws=[FEDERAL], at=AT))
    person = Finding(
        A, ban, "narrow", Verdict.COMPLIES, (ban.passage(0, 6),), "Read with the circular.", "person:k.ito", AT
    )
    whole = {(f.question, f.reading): f.verdict for f in record([*judged, person], laws=[FEDERAL], at=AT)}
    assert (whole[A, "narrow"], whole[A, "broad"]) == (Verdict.COMPLIES, Verdict.CONFLICT)


def test_rows_have_the_fixed_shape():
    row = next(rows(judge(document("Clerks shall not tell ICE a person's citizenship."), laws=[FEDERAL], at=AT)))
    assert {k: row[k] for k in ("id", "requirement", "reading", "verdict", "by")} == {
        "id": "d",
        "requirement": A,
        "reading": "narrow",
        "verdict": "conflict",
        "by": "duty:1",
    }
    assert row["cites"] == [{"start": 0, "end": 49, "text": "Clerks shall not tell ICE a person's citizenship."}]


WORDS = st.lists(
    st.sampled_from(
        [
            "no",
            "clerk",
            "shall",
            "not",
            "may",
            "tell",
            "ICE",
            "immigration",
            "status",
            "release",
            "date",
            "unless",
            "only",
            "if",
            "until",
            "Nothing",
            "in",
            "this",
            "section",
            "prohibits",
            ",",
            ".",
            ";",
            ":",
            "(",
            ")",
            "\n",
            "5.1",
            "(a)",
            "§",
            "((not))",
            "{+may+}",
            "[-no-]",
            '"',
            "?",
            "who",
            "approves",
            "->",
            "|",
            "citizen",
            "address",
        ]
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(WORDS.map(" ".join) | st.text(max_size=120).map(lambda t: f"immigration {t} status"))
def test_any_text_is_judged_with_exact_cites_and_always_alike(words):
    once = judge(document(words), laws=(FEDERAL, STATE), at=AT)
    assert once == judge(document(words), laws=(FEDERAL, STATE), at=AT)
    assert all(c.text == words[c.start : c.end] for f in once for c in f.cites)
