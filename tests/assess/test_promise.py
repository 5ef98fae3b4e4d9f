"""Claims about production are held to the requests and their states; loaded words and speakers change nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from showcause.assess.claim import Held, against
from showcause.assess.promise import meant, of_production
from showcause.core import RECORD, Claim, Document, Finding, Kind, Law, Question, Requirement, Stance, Verdict

AT = datetime(2031, 5, 1, tzinfo=UTC)
LETTER = Document("l-1", "", "txt", "", None, "1. All call logs of the jail. 2. The police manual. 3. Training slides.")
ASKED = tuple(
    Question(
        f"l-1/request-{n}",
        Kind.REQUEST,
        text,
        LETTER.passage(LETTER.text.find(text), LETTER.text.find(text) + len(text)),
    )
    for n, text in enumerate(("All call logs of the jail.", "The police manual.", "Training slides."), start=1)
)
LAW = Law(
    "us/9-usc-777", "9 U.S.C. § 777", "", "United States", "", (Requirement("us/9-usc-777#a", "", "(a)"),), (), ""
)
POLICY = Document("d-1", "", "txt", "clerk", None, "No officer shall tell.")
BROKEN = Finding("us/9-usc-777#a", RECORD, "narrow", Verdict.CONFLICT, (POLICY.passage(0, 10),), "", "duty:1", AT)
QUESTION = Question("q", Kind.CLAIM, "a claim", "a statement")


def claim(text: str, stance: str, *, by: str = "Chief Roe", day: date | None = None) -> Claim:
    return Claim(by, text, Stance(stance), None, day, 0, len(text))


def held(one: Claim, *states: str) -> list[tuple[str, str]]:
    asked = tuple(zip(ASKED, states, strict=True))
    found = against(QUESTION, claim=one, held=Held([BROKEN], [LAW], asked), at=AT)
    return [(f.reading, f.verdict.value) for f in found]


PAST, COMING = date(2031, 4, 14), date(2031, 6, 1)
TABLE = (
    ("we will hand over everything", "will_produce", None, ("answered",) * 3, "supported"),
    ("we will hand over everything", "will_produce", None, ("open",) * 3, "unsupported"),
    ("we will hand over everything by June 1", "will_produce", COMING, ("open", "searching", "open"), "unsupported"),
    ("we will hand over everything by April 14", "will_produce", PAST, ("open", "searching", "open"), "contradicted"),
    ("we will hand over everything", "will_produce", PAST, ("answered", "open", "open"), "unclear"),
    ("we will hand over the call logs", "will_produce", PAST, ("answered", "open", "open"), "supported"),
    ("we will hand over the manual", "will_produce", PAST, ("answered", "objected", "open"), "contradicted"),
    ("we will not hand over the slides", "refuses", None, ("answered", "answered", "objected"), "supported"),
    ("we will not hand over the slides", "refuses", None, ("answered", "answered", "answered"), "contradicted"),
    ("the city has answered every request", "complies", None, ("answered",) * 3, "supported"),
    ("the city has answered every request", "complies", None, ("open",) * 3, "contradicted"),
    ("the city has answered every request", "complies", None, ("answered", "answered", "open"), "unclear"),
    ("the city has answered request 2", "complies", None, ("open", "answered", "open"), "supported"),
    ("they have sent us nothing", "violates", None, ("open",) * 3, "supported"),
    ("they have sent us nothing", "violates", None, ("answered",) * 3, "contradicted"),
    ("they have withheld the manual", "violates", None, ("answered", "objected", "answered"), "supported"),
)


@pytest.mark.parametrize(("text", "stance", "day", "states", "verdict"), TABLE)
def test_a_claim_about_production_is_held_to_the_requests(
    text: str, stance: str, day: date | None, states: tuple[str, ...], verdict: str
) -> None:
    assert held(claim(text, stance, day=day), *states) == [("plain", verdict)]


@pytest.mark.parametrize("by", ["Mayor Lund", "Director Abara", "the Department", "The Harbor Courier"])
def test_who_claims_it_changes_nothing(by: str) -> None:
    assert held(claim("they have sent us nothing", "violates", by=by), *(("open",) * 3)) == [("plain", "supported")]
    assert held(claim("the manual violates the law", "violates", by=by), *(("open",) * 3)) == [("narrow", "supported")]
    assert held(claim("there is no such policy", "complies", by=by), *(("open",) * 3)) == [("narrow", "contradicted")]


def test_a_claim_of_the_law_is_not_held_to_the_requests_and_neither_is_a_threat() -> None:
    assert not of_production(claim("our city complies with section 777", "complies"))
    assert held(claim("we will see them in court", "threatens"), *(("open",) * 3)) == []


def test_where_nothing_is_asked_a_promise_has_no_finding_and_a_withdrawn_request_counts_for_none() -> None:
    promise = claim("we will hand over everything", "will_produce")
    assert against(QUESTION, claim=promise, held=Held([BROKEN], [LAW]), at=AT) == ()
    assert held(promise, "withdrawn", "withdrawn", "withdrawn") == []
    assert held(promise, "answered", "withdrawn", "answered") == [("plain", "supported")]


def test_a_promise_without_a_date_is_told_to_have_none() -> None:
    asked = tuple((q, "open") for q in ASKED)
    (found,) = against(
        QUESTION, claim=claim("we will send all of it", "will_produce"), held=Held([], [LAW], asked), at=AT
    )
    assert "gives no date" in found.why
    assert [q.id for q, _ in meant(claim("the second request is answered", "complies"), asked)] == ["l-1/request-2"]


LOADED = (
    "",
    "outrageous",
    "bullying",
    "never ever",
    "utterly",
    "shameless",
    "not one",
    "completely",
    "draconian",
    "petty",
)
FRAMES = (
    ("we will {} hand over the call logs", "will_produce"),
    ("our city {} complies with section 777", "complies"),
    ("the {} town has answered every request", "complies"),
    ("the {} city violates federal law", "violates"),
    ("they have {} withheld the manual", "violates"),
)


@pytest.mark.parametrize(("frame", "stance"), FRAMES)
def test_swapping_loaded_words_changes_no_verdict(frame: str, stance: str) -> None:
    states = ("answered", "objected", "open")
    verdicts = {tuple(held(claim(" ".join(frame.format(word).split()), stance), *states)) for word in LOADED}
    assert len(verdicts) == 1


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("the city answered request 2", "2"),
        ("the city answered requests 2 and 3", "23"),
        ("the city answered requests 1-3", "123"),
        ("the city answered requests Nos. 1 through 2", "12"),
        ("the city answered items #1, #2 and #3", "123"),
        ("the city answered requests (1) & (3)", "13"),
        ("the city answered the first and third requests", "13"),
        ("the city answered requests one and three", "13"),
        ("the city answered request 2, 3 weeks late", "2"),
        ("the city answered request 3 on May 1, 2031", "3"),
        ("the city answered requests 3 to 2", "123"),  # no such numbers: all are meant
    ],
)
def test_every_request_that_a_claim_names_is_meant(words: str, numbers: str) -> None:
    """A claim that names two requests is held to both, so one that is answered does not bear it out."""
    asked = [(question, "open") for question in ASKED]
    assert "".join(q.id[-1] for q, _ in meant(claim(words, "complies"), asked)) == numbers


def test_one_answered_request_of_two_named_leaves_the_claim_open() -> None:
    assert held(claim("the city has answered requests 1 and 2", "complies"), "answered", "open", "open") == [
        ("plain", "unclear")
    ]
