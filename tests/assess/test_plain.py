"""Plain sentences as requirements: each with the sentences that meet it and those that break it, over varied laws."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.assess import judge_plain, plain_rows
from showcause.assess.plain import mixed
from showcause.core import Document, Kind, Question

AT = datetime(2026, 3, 2, tzinfo=UTC)
CASES = [  # policy sentence, requirement, verdict
    # keeping records
    ("The clerk shall retain election records for twenty-two months.", "The clerk shall retain election records.", "complies"),
    ("The clerk shall destroy election records on the day after the count.", "The clerk shall retain election records.", "conflict"),
    ("Staff may discard election records once they are counted.", "No employee may destroy election records.", "conflict"),
    ("No employee shall shred election records.", "No employee may destroy election records.", "complies"),
    ("Personnel must preserve payroll files for six years.", "Payroll files shall be kept.", "complies"),
    ("The mailroom opens at eight.", "The clerk shall retain election records.", "silent"),
    # body cameras
    ("Officers shall activate the body camera at the start of every stop.", "Officers must turn on body cameras during stops.", "complies"),
    ("Officers shall not activate the body camera during a stop.", "Officers must turn on body cameras during stops.", "conflict"),
    ("Officers shall deactivate the body camera during a stop.", "Officers must turn on body cameras during stops.", "conflict"),
    ("Members must not release body camera footage to the press.", "Body camera footage shall not be disclosed.", "complies"),
    ("Members may release body camera footage to the press.", "Body camera footage shall not be disclosed.", "conflict"),
    ("Officers may review footage before writing a report.", "Officers may review footage before writing a report.", "complies"),
    ("Officers shall not review footage before writing a report.", "Officers may review footage before writing a report.", "conflict"),
    ("Cameras are worn on the chest.", "Body camera footage shall not be disclosed.", "silent"),
    # open records
    ("The custodian shall respond to a records request within ten days.", "The custodian must answer records requests.", "complies"),
    ("The custodian shall not respond to a records request from the press.", "The custodian must answer records requests.", "conflict"),
    ("The custodian shall ignore any records request sent by e-mail.", "The custodian must answer records requests.", "conflict"),
    ("The office may charge a fee for copies of public records.", "The office shall not charge a fee for copies of public records.", "conflict"),
    ("No fee shall be charged for copies of public records.", "The office shall not charge a fee for copies of public records.", "complies"),
    ("A requester must be asked for the purpose of the request.", "A requester shall not be asked the purpose of a request.", "conflict"),
    ("Staff shall not ask a requester the purpose of the request.", "A requester shall not be asked the purpose of a request.", "complies"),
    # breach notice
    ("The company shall notify each customer of a security breach without delay.", "Customers must be informed of a security breach.", "complies"),
    ("The company shall not notify any customer of a security breach.", "Customers must be informed of a security breach.", "conflict"),
    ("The company may notify customers of a security breach.", "Customers must be informed of a security breach.", "unclear"),
    ("Health data must be encrypted on every laptop.", "Health data shall be encrypted.", "complies"),
    ("Health data shall not be encrypted on laptops.", "Health data shall be encrypted.", "conflict"),
    # procurement
    ("Purchasing staff shall not accept gifts from any bidder.", "Employees may not accept gifts from vendors.", "complies"),
    ("Purchasing staff may accept gifts from a bidder.", "Employees may not accept gifts from vendors.", "conflict"),
    ("The department shall publish every contract award online.", "Contract awards shall be published.", "complies"),
    ("The department shall not publish contract awards.", "Contract awards shall be published.", "conflict"),
    ("The buyer may waive the bid bond.", "Nobody may waive the bid bond.", "conflict"),
    ("The buyer shall not waive the bid bond.", "Nobody may waive the bid bond.", "complies"),
    # housing
    ("The landlord shall return the security deposit within thirty days.", "The landlord must return the security deposit.", "complies"),
    ("The landlord shall not return the security deposit.", "The landlord must return the security deposit.", "conflict"),
    ("The owner may evict a tenant who complains to the city.", "A landlord shall not evict a tenant who complains.", "conflict"),
    ("The owner must not evict a tenant who complains to the city.", "A landlord shall not evict a tenant who complains.", "complies"),
    ("Tenants may keep a service animal.", "A tenant may keep a service animal.", "complies"),
    ("Tenants may not keep any animal, service animals included.", "A tenant may keep a service animal.", "conflict"),
    ("The landlord may enter the unit only after written notice.", "The landlord may not enter the unit except after written notice.", "complies"),
    ("The laundry room closes at ten.", "The landlord must return the security deposit.", "silent"),
    # exceptions, exclusions and what describes
    ("The contractor shall not disclose the plans to anyone except its engineers.", "The contractor may share the plans with its engineers.", "complies"),
    ("The contractor shall not disclose the plans to its engineers.", "The contractor may share the plans with its engineers.", "conflict"),
    ("The contractor shall not disclose the plans to anyone.", "The contractor may share some plans with its engineers.", "conflict"),
    ("The ban does not apply to seed that the grower independently produces.", "The grower may independently produce seed.", "complies"),
    ("The warranty shall continue after the lease expires.", "The warranty survives the expiration of the lease.", "complies"),
    ("The warranty shall end when the lease expires.", "The warranty shall survive the expiration of the lease.", "conflict"),
    ('"Waste" means ash, slag and any spent fuel.', "Waste includes spent fuel.", "complies"),
    ('"Waste" does not include spent fuel.', "Waste includes spent fuel.", "conflict"),
    ("Drawings are protected whether or not they are marked.", "All protected drawings shall be marked.", "conflict"),
]  # fmt: skip


def paper(words: str) -> Document:
    return Document("d", "0" * 64, "txt", "", None, words, name="d.txt")


def question(words: str) -> Question:
    return Question("q", Kind.REQUIREMENT, words, "asked")


@pytest.mark.parametrize(("policy", "requirement", "verdict"), CASES)
def test_a_policy_meets_breaks_or_leaves_a_plain_requirement(policy, requirement, verdict):
    found = judge_plain(paper(policy), questions=[question(requirement)], at=AT)
    assert found[0].verdict == verdict, found[0].why


@pytest.mark.parametrize(("policy", "requirement", "verdict"), CASES)
def test_the_verdict_stands_among_sentences_about_other_things(policy, requirement, verdict):
    words = f"The council met on Tuesday. {policy} The elevator was inspected in May. Lunch is served at noon."
    found = judge_plain(paper(words), questions=[question(requirement)], at=AT)
    assert found[0].verdict == verdict, found[0].why
    assert all(policy in c.text or c.text in policy for c in found[0].cites)


def test_with_rank_every_row_ranks_every_sentence_even_where_silent():
    words = "The council met. Officers shall activate the body camera. (a) Lunch is at noon."
    asked = [question("Officers must turn on body cameras."), question("The landlord must return the deposit.")]
    rows = list(plain_rows(paper(words), questions=asked, at=AT, rank=True))
    assert [r["verdict"] for r in rows] == ["complies", "silent"]
    assert all(0 < r["score"] <= 1 for row in rows for r in row["ranked"])
    best = max(rows[0]["ranked"], key=lambda r: r["score"])
    assert words[best["start"] : best["end"]] == "Officers shall activate the body camera."


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120), st.sampled_from([c[1] for c in CASES]))
@settings(max_examples=40, deadline=None)
def test_any_text_is_judged_with_exact_cites(words, requirement):
    for row in plain_rows(paper(words), questions=[question(requirement)], at=AT, rank=True):
        assert all(words[c["start"] : c["end"]] == c["text"] for c in row["cites"])
        assert row["cites"] or row["verdict"] == "silent"


@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_sentence_can_be_asked(requirement):
    rows = list(plain_rows(paper("Staff shall keep the log."), questions=[question(requirement)], at=AT, rank=False))
    assert len(rows) == 1
    assert rows[0]["by"] == "duty:1"


def test_the_network_moves_what_it_read_and_holds_the_rest_to_be_far():
    near, far, unread = mixed([0.5, 0.5, 0.5], {0: 3.0, 1: -3.0})
    assert 1 > near > 0.5 > far > unread > 0
    assert mixed([1.0, 0.0], {}) == sorted(mixed([1.0, 0.0], {}), reverse=True)


def test_of_two_sentences_with_the_same_words_the_one_that_bears_is_ranked_first():
    text = "The clerk of records serves lunch to the auditors. Whoever holds the records lets the auditors see them."
    questions = [Question("q", Kind.REQUIREMENT, "The records shall be open to the auditors.", "q")]
    (row,) = plain_rows(Document("d", "", "txt", "", None, text), questions=questions, at=AT, rank=True)
    best = max(row["ranked"], key=lambda r: r["score"])
    assert text[best["start"] : best["end"]].startswith("Whoever")
