"""Letters, releases, prepared statements and posts speak for whoever puts them out; articles never do."""

from __future__ import annotations

import datetime as dt

import pytest

from showcause.ask.own_voice import own_voice
from showcause.ask.statement import read_statement
from showcause.core.exchange import Statement
from showcause.core.record import Document


def read(text: str) -> Statement:
    return read_statement(Document("d", "0" * 64, "txt", "", None, text))


LETTER = "Town of Wren\n\nMay 2, 2031\n\nDear Ms. Oyelaran:\n\n{body}\n\n{closing}\n\n{signed}\n"
SIGNED = (
    ("Sincerely,", "Ada B. Quist\nMayor", "Ada B. Quist"),
    ("Respectfully submitted,", "/s/ A. Quist\nAda B. Quist, Town Counsel", "Ada B. Quist"),
    ("Very truly yours,", "TOWN OF WREN\nBy: Ada Quist\nTown Clerk", "Ada Quist"),
    ("Best regards,", "/s/ Ada Quist\nAda Quist", "Ada Quist"),
    ("/s/ Ada Quist", "Ada Quist\nTown Clerk", "Ada Quist"),
    ("Yours faithfully", "Ada de la Quist\nClerk of the Town", "Ada de la Quist"),
)


@pytest.mark.parametrize(("closing", "signed", "name"), SIGNED)
def test_a_letter_speaks_for_whoever_signs_it(closing: str, signed: str, name: str) -> None:
    text = LETTER.format(body="The Town will send the maps by June 4, 2031.", closing=closing, signed=signed)
    claims = [(c.by, c.stance.value, c.date_promised) for c in read(text).claims]
    assert claims == [(name, "will_produce", dt.date(2031, 6, 4))]


BODIES = (
    ("The Town obeys the Map Act.", ["complies"]),
    ("The maps named in your second request will be produced on or before June 4, 2031.", ["will_produce"]),
    ("The Town objects to the third request.", ["refuses"]),
    ("The Bureau has no authority to issue a summons.", ["disputes_authority"]),
    ("You have failed to file the maps that the Map Act requires.", ["violates"]),
    ("If the maps are not filed by June 4, we will seek a subpoena.", ["threatens"]),
    ("Please send the maps by June 4. You must produce the lists too.", []),
    ("The parade is on Sunday.", []),
    ("Dear friends of the town write to us each year.", []),
)


@pytest.mark.parametrize(("body", "stances"), BODIES)
def test_a_letter_asserts_what_its_sentences_assert(body: str, stances: list[str]) -> None:
    found = read(LETTER.format(body=body, closing="Sincerely,", signed="Ada Quist\nMayor"))
    assert [c.stance.value for c in found.claims] == stances
    assert found.quotes == ()


def test_a_letter_does_not_make_another_s_words_its_own() -> None:
    body = "Your counsel, Lu Marsh, wrote that the Bureau will sue the Town."
    claims = read(LETTER.format(body=body, closing="Sincerely,", signed="Ada Quist\nMayor")).claims
    assert [(c.by, c.stance.value) for c in claims] == [("Lu Marsh", "threatens")]


def test_a_salutation_is_no_outlet() -> None:
    body = "The Town noted that the “quiet map” is gone. It said: “We obey.”"
    found = read(LETTER.format(body=body, closing="Sincerely,", signed="Ada Quist\nMayor"))
    assert {q.via for q in found.quotes} == {None}


def test_a_release_speaks_for_its_body_and_quotes_its_people() -> None:
    text = (
        "FOR IMMEDIATE RELEASE\n\nTown of Wren answers the Bureau\n\nWREN — The Town of Wren complies with the Map Act. "
        "The Bureau was founded in 1990.\n\n“We will send the maps,” said Mayor Ada Quist.\n\n###\n"
    )
    found = read(text)
    assert [(c.by, c.stance.value) for c in found.claims] == [
        ("Town of Wren", "complies"),
        ("Ada Quist", "will_produce"),
    ]
    assert [q.speaker for q in found.quotes] == ["Ada Quist"]


SPOKEN = (
    ("Statement of Mayor Ada Quist\n\nWe obey the Map Act.\n", "Ada Quist"),
    ("PREPARED STATEMENT BY MAYOR ADA QUIST\n\nWe obey the Map Act.\n", "Ada Quist"),
    ("Statement from the Department of Maps on the Wren letter\n\nWe obey the Map Act.\n", "Department of Maps"),
    ("Posted by Ada Quist\n\nWe obey the Map Act.\n", "Ada Quist"),
)


@pytest.mark.parametrize(("text", "name"), SPOKEN)
def test_a_prepared_statement_speaks_for_its_maker(text: str, name: str) -> None:
    claims = read(text).claims
    assert [(c.by, c.stance.value) for c in claims] == [(name, "complies")]


ARTICLES = (
    "Town answers\nBy Rosa Lund, The Harbor Courier\n\nDear reader,\n\nThe town obeys the Map Act.\n\nSincerely,\n\nRosa Lund\n",
    "The board met on Monday.\n\nThe town complies with the Map Act.\n",
    "Statement of mayor stirs the town\n\nThe town complies with the Map Act.\n",
    "The mayor sent a letter. “Dear Ms. Oyelaran,” it began. The town complies with the Map Act.\n",
)


@pytest.mark.parametrize("text", ARTICLES)
def test_an_article_has_no_voice_of_its_own(text: str) -> None:
    assert read(text).claims == ()


def test_an_empty_text_has_no_voice() -> None:
    assert own_voice("", byline=None) is None
