"""A matter's review from end to end, on both stores: proposals, calls, bulk calls, batches, samples, undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from asked import ask

from showcause import matter as matters
from showcause.core import Address, Document, Finding, Given, Mail, State, Verdict
from showcause.errors import BadInput, NotFound
from showcause.matter import Matter
from showcause.settings import Settings

LETTER = """Office of the Attorney General
State of Elsewhere

March 3, 2025

To: City Clerk, City of Anywhere

Please provide the following documents by April 4, 2025:

1. All policies and orders concerning body worn cameras, from January 1, 2023 to the present.

2. All communications about parking permits, from January 1, 2024 to December 31, 2024.

Sincerely,
Ada Lund
"""
PERIODS = {"1": "from January 1, 2023 to the present", "2": "from January 1, 2024 to December 31, 2024"}
CAMERA = "POLICY 410 BODY WORN CAMERAS\n\nDate: May 6, 2024\n\nOfficers turn the body worn camera on at every stop. Footage is kept for one year."
NOISE = "Ordinance on noise. No machine may be loud after ten at night. The clerk hears complaints on Mondays."
MAIL = (
    "From: Kay <kay@city.example>\nTo: Lee <lee@city.example>\nSubject: parking permits\n"
    "Date: Tue, 6 Feb 2024 10:00:00 +0000\nMessage-ID: <1@city.example>\n\n"
    "The parking permits for Elm Street are ready. Please send the parking permits out on Friday.\n"
)


def enter(matter: Matter) -> None:
    """The records, as `add` enters them, without its workers."""
    texts = {
        "policy-410.txt": (CAMERA, date(2024, 5, 6)),
        "noise.txt": (NOISE, None),
        "mail.eml": (MAIL, date(2024, 2, 6)),
    }
    texts |= {f"memo-{n}.txt": (f"Memorandum {n} about the roof of the library, floor {n}.", None) for n in range(5)}
    lee, kay = Address("Lee", "lee@city.example"), Address("Kay", "kay@city.example")
    with matter.review.store.act("ann", "add") as act:
        for name, (text, day) in texts.items():
            mail = Mail(kay, (lee,), subject="parking permits") if name.endswith("eml") else None
            sha256 = act.blob(text.encode())
            kind = name.rpartition(".")[2]
            one = Document(f"d-{sha256[:12]}", sha256, kind, "Clerk", day, text, name=name, mail=mail)
            act.documents(one)
            act.give(Given(name, name, len(text), sha256, State.READ, "Clerk", "ann", act.at, document=one.id))


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Matter]]:
    """Opens one matter as the reviewer of that name."""
    url = None
    if request.param == "postgresql":
        server = request.getfixturevalue("server")
        url = f"{server}{'&' if '?' in server else '?'}matter=t{uuid.uuid4().hex[:12]}"
    settings = {name: Settings(actor=name, key=tmp_path / "key") for name in ("ann", "ben")}
    folder = tmp_path / "m"
    laws = ["us/8-usc-1373"]
    with matters.init(folder, laws=laws, respondent="City of Anywhere", settings=settings["ann"], url=url) as made:
        enter(made)
        ask(made, LETTER, periods=PERIODS)
    held = []

    def as_(name: str) -> Matter:
        held.append(matters.find(folder, settings=settings[name]))
        return held[-1]

    yield as_
    for one in held:
        one.close()


def verdicts(found: Iterator[Finding] | tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.by, f.verdict.value) for f in found]


def test_proposals_are_made_once_and_say_why_in_words_of_the_record(opened: Callable[[str], Matter]) -> None:
    ann = opened("ann")
    assert ann.review.propose() == (8, 0)
    assert ann.review.propose() == (0, 8)
    first = ann.review.history("policy-410.txt", question="1")
    assert first[0].by.startswith("rule:responsive")
    assert first[0].verdict in {Verdict.RESPONSIVE, Verdict.UNCLEAR}
    assert "camera" in first[0].cites[0].text.lower()
    assert "cameras" in first[0].why
    mail = ann.review.history("mail.eml", question="2")
    assert mail[0].verdict is Verdict.RESPONSIVE
    assert ann.review.history("noise.txt", question="1")[0].verdict is Verdict.NOT_RESPONSIVE


def test_a_call_stands_above_the_machine_and_a_later_call_above_an_earlier(opened: Callable[[str], Matter]) -> None:
    ann, ben = opened("ann"), opened("ben")
    ann.review.propose()
    ann.review.call("noise.txt", question="1", verdict="responsive", why="it is", cites=["No machine  may be loud"])
    assert ann.review.stands("1")[ann.document("noise.txt").id].verdict is Verdict.RESPONSIVE
    ben.review.call("noise.txt", question="1", verdict="not")
    assert [s.document for s in ann.review.disputes("1")] == [ann.document("noise.txt").id]
    ann.review.call("noise.txt", question="1", verdict="not-responsive")
    assert ann.review.disputes("1") == ()
    assert verdicts(ann.review.history("noise.txt", question="1"))[1:] == [
        ("person:ann", "responsive"),
        ("person:ben", "not-responsive"),
        ("person:ann", "not-responsive"),
    ]
    called = ann.review.history("noise.txt", question="1")[1]
    assert called.cites[0].text == "No machine may be loud"
    status = ann.review.status()
    one = next(p for p in status.questions if p.question.id.endswith("request-1"))
    assert (one.called, one.agreement.both, one.agreement.share) == (1, 1, 1.0)
    assert status.reviewers["ann"][0] == 1


def test_a_matter_proposed_on_anew_keeps_what_people_said(opened: Callable[[str], Matter]) -> None:
    ann = opened("ann")
    ann.review.propose()
    ann.review.call("mail.eml", question="2", verdict="not")
    ann.review.propose(anew=True)
    assert ann.review.stands("2")[ann.document("mail.eml").id].verdict is Verdict.NOT_RESPONSIVE


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"question": "1", "verdict": "conflict"}, "no verdict on a request"),
        ({"question": "1", "verdict": "resp", "cites": ["no such words"]}, "does not say"),
        ({"question": "7", "verdict": "resp"}, "no such question"),
        ({"question": None, "verdict": "resp"}, "2 questions fit"),
        ({"question": "us/8-usc-1373#a", "verdict": "conflict"}, "give a reading: narrow, broad, doj-2017"),
        ({"question": "1", "verdict": "resp", "reading": "broad"}, "has no readings"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_and_nothing_is_entered(
    opened: Callable[[str], Matter], told: dict[str, str], says: str
) -> None:
    ann = opened("ann")
    with pytest.raises(BadInput, match=says):
        ann.review.call("noise.txt", **told)
    assert ann.review.history("noise.txt", question="1") == ()


def test_a_requirement_is_overruled_per_reading(opened: Callable[[str], Matter]) -> None:
    ann = opened("ann")
    ann.assess()
    ann.review.call("noise.txt", question="#a".strip("#"), verdict="conflict", reading="broad", why="look")
    found = ann.review.stands("us/8-usc-1373#a", reading="broad")[ann.document("noise.txt").id]
    assert (found.verdict, found.overruled) == (Verdict.CONFLICT, True)
    assert not ann.review.stands("us/8-usc-1373#a", reading="narrow")[ann.document("noise.txt").id].calls


def test_a_bulk_call_gives_its_reason_and_passes_over_what_people_called(opened: Callable[[str], Matter]) -> None:
    ann = opened("ann")
    ann.review.call("memo-3.txt", question="1", verdict="unclear")
    names, reason = ann.review.chosen(query="library AND roof")
    called, kept = ann.review.bulk(names, question="1", verdict="not", reason=reason, why="a roof")
    assert (len(called), len(kept)) == (4, 1)
    told = ann.review.history("memo-1.txt", question="1")[-1]
    assert told.why == "bulk call over the query library AND roof; a roof"
    called, kept = ann.review.bulk(names, question="1", verdict="not", reason=reason, over=True)
    assert (len(called), len(kept)) == (5, 0)
    alike, _ = ann.review.chosen(like="memo-1.txt")
    assert ann.document("memo-1.txt").id in alike
    with pytest.raises(BadInput, match="one of --query"):
        ann.review.chosen(query="a", family="memo-1.txt")
    with pytest.raises(NotFound):
        ann.review.chosen(family="no-such.txt")


def test_two_reviewers_are_never_given_the_same_documents(opened: Callable[[str], Matter]) -> None:
    ann, ben = opened("ann"), opened("ben")
    first = ann.review.batch("1", size=3)
    second = ben.review.batch("1", size=3)
    assert len(first.documents) == len(second.documents) == 3
    assert not set(first.documents) & set(second.documents)
    ann.review.call(first.documents[0], question="1", verdict="not")
    again = ann.review.batch("1", size=3)
    assert again.documents == first.documents
    assert again.left == first.documents[1:]
    for name in again.left:
        ann.review.call(name, question="1", verdict="not")
    assert not set(ann.review.batch("1", size=3).documents) & {*first.documents, *second.documents}


def test_the_queue_learns_from_calls(opened: Callable[[str], Matter]) -> None:
    ann = opened("ann")
    ann.review.call("memo-0.txt", question="1", verdict="resp")
    ann.review.call("noise.txt", question="1", verdict="not")
    order = [one.document for one in ann.review.queue("1")]
    memos = {ann.document(f"memo-{n}.txt").id for n in range(1, 5)}
    assert set(order[:4]) == memos
    assert len(order) == 6


def test_a_sample_is_kept_on_the_record_and_measures_recall(opened: Callable[[str], Matter]) -> None:
    ann = opened("ann")
    ann.review.call("policy-410.txt", question="1", verdict="resp")
    drawn = ann.review.sample("1", size=4, seed=5)
    assert (drawn.population, drawn.found, len(drawn.documents)) == (7, 1, 4)
    assert opened("ben").review.samples("1") == (drawn,)
    assert "recall" not in str(drawn)
    for place, name in enumerate(drawn.documents):
        ann.review.call(name, question="1", verdict="resp" if place == 0 else "not")
    found = next(p.recall for p in ann.review.status().questions if p.question.id.endswith("request-1"))
    assert found is not None
    assert (found.judged, found.missed, found.found, found.now) == (4, 1, 1, 2)
    assert found.recall.point == pytest.approx(2 / (1 + 7 / 4))
    assert found.recall.low < found.recall.point


def test_no_paper_shows_what_the_review_says_and_the_store_still_proves_itself(opened: Callable[[str], Matter]) -> None:
    ann = opened("ann")
    ann.review.propose()
    ann.review.call("noise.txt", question="1", verdict="resp", why="a secret reason")
    requests = {q.id for q in ann.review.store.questions() if "/request-" in q.id}
    assert not any(f.question in requests for f in ann.case().findings)
    assert ann.review.store.verify() > 0
    entered = [e for e in ann.review.store.log() if e.act.act == "find"]
    assert entered
    assert all("review" in e.about for e in entered)


def test_the_term_report_counts_documents_families_and_unique_hits(
    opened: Callable[[str], Matter], tmp_path: Path
) -> None:
    ann = opened("ann")
    rows = ann.search.terms(["# the list", "", "camera*", "library", "roof OR noise"])
    assert [(r.query, r.documents, r.with_families, r.unique, r.hits) for r in rows] == [
        ("camera*", 1, 1, 1, 2),
        ("library", 5, 5, 0, 5),
        ("roof OR noise", 6, 6, 1, 6),
        ("", 7, 7, None, 13),
    ]
    for suffix in (".csv", ".xlsx"):
        ann.search.report(["camera"], to=tmp_path / f"terms{suffix}")
        assert (tmp_path / f"terms{suffix}").stat().st_size > 0
    with pytest.raises(BadInput, match="a search term report is"):
        ann.search.report(["camera"], to=tmp_path / "terms.pdf")
    with pytest.raises(BadInput, match=r"list:2: query, character 1: this bracket"):
        ann.search.terms(["camera", "(x"], source="list")
    with pytest.raises(BadInput, match="holds no query"):
        ann.search.terms(["# nothing"])
