from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.ask.letter import letter_rows, read_letter
from showcause.core import Document

OWN = sorted((Path(__file__).parent / "letters").glob("*.json"))
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "gold" / "letters"
FIELDS = ("sender", "sender_office", "addressees", "date", "due", "due_rule", "signer", "contact")


def document(text: str) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(sha256[:12], sha256, "txt", "", None, text)


def rows(path: Path) -> dict:
    return letter_rows(read_letter(document(path.with_suffix(".txt").read_text(encoding="utf-8"))))


def bare(words: str | None) -> str | None:
    return " ".join(words.split()).rstrip(".;,") if words else words


@pytest.mark.parametrize("path", OWN, ids=lambda p: p.stem)
def test_who_asks_whom_and_by_when(path):
    gold, got = json.loads(path.read_text(encoding="utf-8")), rows(path)
    assert {k: got[k] for k in FIELDS} == {k: gold[k] for k in FIELDS}


@pytest.mark.parametrize("path", OWN, ids=lambda p: p.stem)
def test_what_is_asked_with_its_label_and_period(path):
    gold, got = json.loads(path.read_text(encoding="utf-8")), rows(path)
    assert [(r["label"], bare(r["text"]), r["period"]) for r in got["requests"]] == [
        (r["label"], bare(r["text"]), r["period"]) for r in gold["requests"]
    ]
    assert [bare(q) for q in got["questions"]] == [bare(q) for q in gold["questions"]]


@pytest.mark.parametrize("path", OWN, ids=lambda p: p.stem)
def test_under_what_and_what_follows_otherwise(path):
    gold, got = json.loads(path.read_text(encoding="utf-8")), rows(path)
    assert sorted(map(bare, got["authority"])) == sorted(map(bare, gold["authority"]))
    assert [(c["kind"], bare(c["text"])) for c in got["consequences"]] == [
        (c["kind"], bare(c["text"])) for c in gold["consequences"]
    ]


LETTER = "Board of Piers\n\nMay 4, 2031\n\nTown of Pell\n\nDear Sir:\n\n{body}\n\nSincerely,\n\nAda Byrd\nClerk\n"


@pytest.mark.parametrize(
    ("body", "requests"),
    [
        ("Please send us the pier log and the tide tables.", ["the pier log and the tide tables"]),
        (
            "We ask that you furnish (i) the pier log; (ii) the tide tables; and (iii) all notices.",
            ["the pier log", "the tide tables", "all notices"],
        ),
        ("Could you send the pier log by June 1, 2031?", ["the pier log"]),
        ("You shall produce all records of repairs since 2029.", ["all records of repairs since 2029"]),
        ("Please preserve all documents that bear on the pier.", []),
        ("Please send the documents described above to the address below.", []),
        ("If you withhold a document, please provide a log of it.", []),
        ("Please produce documents in electronic form.", []),
    ],
)
def test_requests_in_running_text(body, requests):
    assert [r.text for r in read_letter(document(LETTER.format(body=body))).requests] == requests


@pytest.mark.parametrize(
    ("body", "due_rule", "due"),
    [
        ("Send the log no later than June 2, 2031.", "no later than June 2, 2031", "2031-06-02"),
        ("Reply by 5 p.m. on Monday, June 2, 2031.", "by 5 p.m. on Monday, June 2, 2031", "2031-06-02"),
        (
            "Please answer within ten business days of receipt of this letter.",
            "within ten business days of receipt of this letter",
            None,
        ),
        ("Your response is due on or before Friday, June 6.", "on or before Friday, June 6", "2031-06-06"),
        ("The rule was adopted by the Board on March 1, 2030.", None, None),
    ],
)
def test_when_an_answer_is_due(body, due_rule, due):
    got = letter_rows(read_letter(document(LETTER.format(body=body))))
    assert got["due"] == due
    assert due_rule is None or due_rule in got["due_rule"]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("If you do not answer, we will issue a subpoena.", ["subpoena"]),
        ("Failure to respond may result in suspension of grant funds.", ["funding"]),
        ("Otherwise we shall ask the court to hold the Town in contempt.", ["litigation"]),
        (
            "If we hear nothing, the Board may recover the award, and it may refer the matter for other action.",
            ["funding", "other"],
        ),
        ("This letter is not final agency action.", []),
        ("You may redact the names of witnesses.", []),
    ],
)
def test_what_follows_is_told_from_what_is_allowed(body, kinds):
    assert [c.kind.value for c in read_letter(document(LETTER.format(body=body))).consequences] == kinds


@pytest.mark.parametrize(
    ("head", "addressees"),
    [
        (
            "Board of Piers\n\nOffice of the Clerk\n\n1 Quay, Pell\n\nMay 4, 2031\n\nTown of Pell\n1 Quay",
            ["Town of Pell"],
        ),
        ("Board of Piers\n\nTown of Pell\n1 Quay\n\nMay 4, 2031", ["Town of Pell"]),
        # a word processor's letter with every line of the address a paragraph
        ("Board of Piers\n\nMay 4, 2031\n\nMr. Ira Coe\n\nHarbor Town\n\n1 Quay\n\nPell, Vale 40011", ["Mr. Ira Coe"]),
        # a message to a bare address that carries a letter
        (
            "From: A Clerk <a@b.example>\nTo: x@y.example\n\nBoard of Piers\n\nMay 4, 2031\n\nTown of Pell\n1 Quay",
            ["Town of Pell"],
        ),
    ],
)
def test_a_letterhead_over_the_date_is_no_addressee(head, addressees):
    text = f"{head}\n\nDear Sir:\n\nPlease send us the pier log.\n\nSincerely,\n\nAda Byrd\n"
    assert list(read_letter(document(text)).addressees) == addressees


@pytest.mark.parametrize("lead", ["Please send us:", "Please produce:", "Kindly furnish these records:"])
def test_a_short_lead_in_is_no_heading(lead):
    body = f"{lead}\n\n1. the pier log\n\n2. the tide tables"
    assert [r.text for r in read_letter(document(LETTER.format(body=body))).requests] == [
        "the pier log",
        "the tide tables",
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *LETTER.split(),
                "\n\n",
                "\n",
                "1. ",
                "(a) ",
                "Please send the log;",
                "within 5 days of receipt",
                "?",
                ";",
                "Schedule A",
                "If not, we sue.",
            ]
        ),
        max_size=30,
    )
)
def test_every_text_of_a_letter_is_an_exact_substring(pieces):
    text = " ".join(pieces)
    got = read_letter(document(text))
    told = [
        got.sender,
        got.sender_office,
        got.due_rule,
        got.signer,
        got.contact,
        *got.addressees,
        *got.authority,
        *got.questions,
    ]
    told += [c.text for c in got.consequences]
    assert all(words in text for words in told if words)
    assert all(text[r.start : r.end] == r.text for r in got.requests)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the data folder is not beside the checkout")
def test_gold_letters_give_their_requests_and_dates():
    for path in sorted(SHARED.glob("letter-*.json")):
        gold, got = json.loads(path.read_text(encoding="utf-8")), rows(path)
        assert [bare(r["text"]) for r in got["requests"]] == [bare(r["text"]) for r in gold["requests"]], path.name
        assert got["date"] == gold["date"]


ATTACHED = (
    "SUBPOENA TO PRODUCE DOCUMENTS\n\nDate: December 19, 2031\n\nTO:  Custodian of Records\n     Port of Landry\n\n"
    "YOU ARE COMMANDED to produce the documents described in Attachment A by January 14, 2032.\n\nATTACHMENT A\n\n"
    "{lead}1. All contracts between the Port and Gantry Systems LLC.\n\n2. All invoices of Gantry Systems LLC.\n"
)


@pytest.mark.parametrize("lead", ["", "For the period January 1, 2028 to the present:\n\n"])
def test_a_list_under_a_bare_attachment_is_what_is_asked_for(lead):
    got = letter_rows(read_letter(document(ATTACHED.format(lead=lead))))
    assert [(r["label"], r["text"]) for r in got["requests"]] == [
        ("1", "All contracts between the Port and Gantry Systems LLC."),
        ("2", "All invoices of Gantry Systems LLC."),
    ]
    assert {r["period"] for r in got["requests"]} == {lead.strip(":\n") or None}


@pytest.mark.parametrize(
    ("body", "authority"),
    [
        (
            "Section XII, paragraph 141 of the Consent Decree entered on June 2, 2020 entitles the Monitor to the records. "
            "Under paragraph 158, a failure to give access is a breach.",
            ["Section XII, paragraph 141 of the Consent Decree"],
        ),
        ("This demand is made under V.Z. Labor Code § 6314(b).", ["V.Z. Labor Code § 6314(b)"]),
    ],
)
def test_what_gives_a_right_is_an_authority_and_what_threatens_is_none(body, authority):
    body += "\n\nPlease produce:\n\n1. The manual of the jail.\n\nQuestions? Call (555) 010-0000."
    got = letter_rows(read_letter(document(LETTER.format(body=body))))
    assert got["authority"] == authority
    assert got["questions"] == []
