"""What a request asks for, and what is proposed on a document: by subject, sort, period, people and family."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from showcause.assess import responsive
from showcause.assess.responsive import propose, wanted, with_family
from showcause.assess.sort import Sort, sorts
from showcause.core import Address, Document, Finding, Kind, Mail, Question, Verdict

AT = datetime(2026, 1, 1, tzinfo=UTC)
POLICY = "POLICY 410 BODY WORN CAMERAS\n\nOfficers activate the body worn camera at every stop. Footage is kept."
ASKED = "All policies concerning body worn cameras, from January 1, 2023 to the present."
FROM = {"first": date(2023, 1, 1)}


def document(
    text: str, *, name: str = "d.txt", day: date | None = date(2024, 5, 6), mail: Mail | None = None
) -> Document:
    kind = "eml" if mail else name.rpartition(".")[2]
    return Document(name, name, kind, "Records Division", day, text, name=name, mail=mail)


def mail(sender: str, *to: str, subject: str = "") -> Mail:
    return Mail(Address("", sender), tuple(Address("", one) for one in to), subject=subject)


def proposed(doc: Document, text: str, **told: Any) -> Finding:
    question = Question("l/request-1", Kind.REQUEST, text, "a letter")
    (found,) = propose(doc, [wanted(question, **told)], at=AT)
    return found


@pytest.mark.parametrize(
    ("doc", "asked", "told", "verdict", "says"),
    [
        (document(POLICY), ASKED, FROM, "responsive", "Asked for is a policy or order, and it is a policy or order."),
        (document(POLICY, day=None), ASKED, FROM, "unclear", "It bears no date"),
        (document(POLICY, day=date(2022, 12, 31)), ASKED, FROM, "not-responsive", "2022-12-31, is before the period"),
        (document(POLICY), ASKED, {"last": date(2023, 1, 1)}, "not-responsive", "2024-05-06, is after the period"),
        (
            document(POLICY, day=date(2019, 1, 1)),
            "Policies on body worn cameras in effect at any time since 2023.",
            FROM,
            "unclear",
            "may have been in force then",
        ),
        (
            document("Body worn cameras: what do you think of the policy?", mail=mail("a@x.example", "b@x.example")),
            ASKED,
            FROM,
            "not-responsive",
            "and it is a message or letter",
        ),
        (document("The library has a new roof."), ASKED, FROM, "not-responsive", "It says nothing of"),
        (
            document("Body worn camera: press twice."),
            ASKED,
            FROM,
            "unclear",
            "what sort of document it is can't be told",
        ),
        (document(POLICY), "All documents concerning body worn cameras.", {}, "responsive", "It speaks of"),
        (
            document("Invoices", name="x.txt"),
            "The files of Records Division on invoices.",
            {"custodians": ["Records Division", "Mayor"]},
            "responsive",
            "invoices",
        ),
        (
            document("Invoices", name="x.txt"),
            "Documents in the files of the Mayor concerning invoices.",
            {"custodians": ["Records Division", "Mayor"]},
            "unclear",
            "it comes from Records Division",
        ),
    ],
)
def test_a_proposal_says_why_in_plain_words(
    doc: Document, asked: str, told: dict[str, Any], verdict: str, says: str
) -> None:
    found = proposed(doc, asked, **told)
    assert found.verdict.value == verdict, found.why
    assert says in found.why
    assert found.by == responsive.BY
    assert bool(found.cites) == (verdict != "not-responsive")


@pytest.mark.parametrize(
    ("sender", "to", "verdict"),
    [
        ("duty@ice.example", "jail@county.example", "responsive"),
        ("sergeant@county.example", "jail@county.example", "not-responsive"),
        ("someone@press.example", "jail@county.example", "unclear"),
    ],
)
def test_communications_between_two_are_told_by_who_wrote_and_read(sender: str, to: str, verdict: str) -> None:
    text = "All communications between the County and ICE about the release of inmates."
    doc = document("We release the inmate on Tuesday. Release of inmates is at nine.", mail=mail(sender, to))
    assert proposed(doc, text).verdict.value == verdict


def test_a_request_is_read_into_sorts_and_subject() -> None:
    asked = wanted(Question("q", Kind.REQUEST, "Training materials and lesson plans on the use of force.", "x"))
    assert asked.sorts == {Sort.TRAINING}
    assert set(asked.spoken.values()) == {"force"}


def test_the_letters_own_definitions_widen_a_subject() -> None:
    letter = (
        "Definitions. “Gang File” means the list of street groups kept by detectives.\n\n"
        "Please produce all documents concerning the Gang File."
    )
    source = document(letter)
    start = letter.index("all documents")
    question = Question("q", Kind.REQUEST, letter[start:], source.passage(start, len(letter)))
    assert {"street", "detectives"} <= set(wanted(question).spoken.values())


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    question = Question("q", Kind.REQUEST, "All documents about helicopters and training.", "x")
    weights = wanted(question, share=lambda key: 0.6 if key.startswith("train") else 0.01).weights
    assert (
        weights[next(k for k in weights if k.startswith("helic"))]
        > 2 * weights[next(k for k in weights if k.startswith("train"))]
    )


def test_a_family_goes_together_with_the_member_that_responds() -> None:
    lead = proposed(document(POLICY, name="policy.txt"), ASKED, **FROM)
    cover = proposed(document("See attached.", mail=mail("a@x.example", "b@x.example")), ASKED, **FROM)
    assert cover.verdict is Verdict.NOT_RESPONSIVE
    both = with_family([cover, lead], at=AT)
    assert [f.verdict for f in both] == [Verdict.RESPONSIVE] * 2
    assert both[0].cites[0].doc.name == "policy.txt"
    assert "in one family with policy.txt" in both[0].why
    assert with_family([cover], at=AT) == (cover,)


def test_cites_come_best_first_and_hold_the_subject() -> None:
    text = (
        "Roofs are red. " * 5
        + "\n\nCameras are worn. "
        + "Nothing here. " * 10
        + "\n\nThe body worn camera records every stop."
    )
    found = proposed(document(text), "All documents about the body worn camera.")
    assert "body worn camera" in found.cites[0].text


def test_a_document_without_words_is_no_answer_and_harms_nothing() -> None:
    assert proposed(document(""), ASKED, **FROM).verdict is Verdict.NOT_RESPONSIVE
    assert proposed(document(""), "All documents.").verdict is Verdict.RESPONSIVE


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "GENERAL ORDER 22\nSubject: dogs", {Sort.POLICY}),
        ("a.csv", "name,rank", {Sort.LOG}),
        ("deck.pptx", "Slide", {Sort.TRAINING}),
        ("a.txt", "Dear Mayor,\n\nThank you.", {Sort.MESSAGE}),
        ("a.txt", "MEMORANDUM\nTo: all\nFrom: me", {Sort.MEMO, Sort.MESSAGE}),
        ("minutes-2024.txt", "The Board met and spoke of a policy.", {Sort.MINUTES}),
        ("a.txt", "The roof leaks.", set()),
    ],
)
def test_what_sort_a_document_is(name: str, text: str, expected: set[Sort]) -> None:
    assert sorts(document(text, name=name)) == expected
