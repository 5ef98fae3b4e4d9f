"""Statements: who said what, what they claim, which words are loaded; offsets are exact and nothing raises."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.ask.statement import read_statement, statement_rows
from showcause.core.exchange import LoadedKind, QuoteKind, Stance, Statement
from showcause.core.record import Document

REAL = next(
    (found for up in Path(__file__).parents if (found := up / "shared" / "data" / "article").is_dir()), Path("absent")
)


def read(text: str) -> Statement:
    return read_statement(Document("d", "0" * 64, "txt", "", None, text))


SAID = (
    ("“We comply with the law,” Mayor Ada Quist said.", "We comply with the law,", "direct", "Ada Quist"),
    ('"We comply with the law," said Mayor Ada Quist.', "We comply with the law,", "direct", "Ada Quist"),
    ("Mayor Ada Quist said the town had kept the law.", "the town had kept the law", "indirect", "Ada Quist"),
    ("The files are safe, said Mayor Ada Quist.", "The files are safe", "indirect", "Ada Quist"),
    ("The files are safe, according to the mayor, Ada Quist.", "The files are safe", "indirect", "Ada Quist"),
    ("According to Mayor Ada Quist, the files are safe.", "the files are safe", "indirect", "Ada Quist"),
    ("Mayor Ada Quist called the demand “a circus.”", "a circus.", "mixed", "Ada Quist"),
    ("The letter says the rule “appears to gag” clerks.", "appears to gag", "mixed", "The letter"),
    ("Piet Oren, a spokesman for the board, said: “No comment.”", "No comment.", "direct", "Piet Oren"),
    ("A spokeswoman for the board, Ines Oren, said the vote was lost.", "the vote was lost", "indirect", "Ines Oren"),
    ("One of them said the vote was lost.", "the vote was lost", "indirect", "One of them"),
    ("Chief Lu Marsh denied that the office was in breach.", "the office was in breach", "indirect", "Lu Marsh"),
    ("The press office said in a statement that no file was lost.", "no file was lost", "indirect", "The press office"),
)


@pytest.mark.parametrize(("text", "words", "kind", "speaker"), SAID)
def test_a_quotation_has_its_words_its_kind_and_its_speaker(text: str, words: str, kind: str, speaker: str) -> None:
    quotes = read(text).quotes
    assert [(q.text, str(q.kind), q.speaker) for q in quotes] == [(words, kind, speaker)]


def test_a_surname_and_a_pronoun_stand_for_the_fullest_name() -> None:
    text = "Mayor Ada B. Quist met the board.\n\n“No,” Quist said.\n\nShe said the vote was lost.\n"
    assert {q.speaker for q in read(text).quotes} == {"Ada B. Quist"}


def test_an_office_stands_for_its_holder() -> None:
    text = "Mayor Ada Quist met Sheriff Lu Marsh.\n\n“We will answer,” the mayor said.\n"
    assert read(text).quotes[0].speaker == "Ada Quist"
    assert read(text).quotes[0].role == "Mayor"


def test_pieces_of_one_utterance_share_a_group() -> None:
    first, second = read("“We will answer,” Mayor Ada Quist said, “and soon.”").quotes
    assert first.group == second.group
    assert second.kind is QuoteKind.DIRECT


def test_a_quotation_goes_on_over_paragraphs_that_open_with_a_mark() -> None:
    text = "“We obey the code,” said Mayor Ada Quist. “We always have.\n\n“We always will.”\n"
    assert [q.speaker for q in read(text).quotes] == ["Ada Quist"] * 3


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "Mayor Ada Quist said: “We obey the code.\n\nThe board met on Monday.\n"
    assert [q.text for q in read(text).quotes] == ["We obey the code."]


NOT_SAID = (
    "The so-called “quiet rule” was adopted after a raid.",
    "Our “friends” in the capital will not stop.",
    "The town holds a “Festival of Lamps” each May.",
    "The term “record” is wide.",
)


@pytest.mark.parametrize("text", NOT_SAID)
def test_words_in_marks_that_nobody_uttered_are_no_quotation(text: str) -> None:
    assert read(text).quotes == ()


def test_an_outlet_on_a_line_of_its_own_carries_what_follows() -> None:
    text = "The fight goes on.\n\nHarbor News:\n\n“We obey the code,” Mayor Ada Quist said.\n"
    assert read(text).quotes[0].via == "Harbor News"


def test_a_transcript_gives_each_turn_to_its_speaker_and_leaves_the_questions() -> None:
    text = (
        "HOST: With us is Mayor Ada Quist. Is it so?\n\nQUIST: It is. We obey the code.\n\n"
        "HOST: And the files?\n\nQUIST: They will be sent.\n"
    )
    assert [(q.text, q.speaker) for q in read(text).quotes] == [
        ("It is. We obey the code.", "Ada Quist"),
        ("They will be sent.", "Ada Quist"),
    ]


CLAIMS = (
    ("“We comply with section 12,” Mayor Ada Quist said.", Stance.COMPLIES),
    ("“The town broke the law,” Secretary Ada Quist said.", Stance.VIOLATES),
    ("“We will hand over the files,” Mayor Ada Quist said.", Stance.WILL_PRODUCE),
    ("“We will not hand over the files,” Mayor Ada Quist said.", Stance.REFUSES),
    ("“We will see them in court,” Secretary Ada Quist said.", Stance.THREATENS),
    ("“The bureau has no power to ask for it,” Mayor Ada Quist said.", Stance.DISPUTES_AUTHORITY),
    ("Chief Lu Marsh denied that the office was in breach of the decree.", Stance.COMPLIES),
)


@pytest.mark.parametrize(("text", "stance"), CLAIMS)
def test_a_clause_claims_by_its_speaker(text: str, stance: Stance) -> None:
    assert [c.stance for c in read(text).claims] == [stance]


def test_a_promise_takes_its_year_from_the_article() -> None:
    text = "Harbor Post, December 2, 2030\n\n“We will deliver the files by January 9,” Mayor Ada Quist said.\n"
    assert read(text).claims[0].date_promised == dt.date(2031, 1, 9)


def test_a_promise_without_a_date_has_none() -> None:
    text = "Mayor Ada Quist said the town will answer “in due course.”\n"
    claim = read(text).claims[0]
    assert (claim.stance, claim.date_promised) == (Stance.WILL_PRODUCE, None)


def test_loaded_words_are_marked_whoever_says_them() -> None:
    text = "The bullying letter is outrageous.\n\n“They are bullying us. It is outrageous,” Mayor Ada Quist said.\n"
    kinds = [w.kind for w in read(text).loaded]
    assert kinds == [LoadedKind.INSULT, LoadedKind.HYPERBOLE] * 2


def test_the_head_gives_outlet_byline_and_date() -> None:
    found = read("Board digs in\nBy Rosa Lund, The Harbor Courier\n\nJuly 4, 2031\n\nThe board met.\n")
    assert (found.outlet, found.byline, found.date) == ("Harbor Courier", "Rosa Lund", dt.date(2031, 7, 4))


PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "said", "Mayor Ada Quist", "He", ",", ".", ":", "\n", "\n\n", " ", "Q:", "A:", "according to",
     "the letter", "told", "the Post", "denied that", "will produce", "by May 3", "—", "Fox 4", "é", "\x00", "\ue000", "\f"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_every_text_stands_at_its_offsets_and_nothing_raises(text: str) -> None:
    found = read(text)
    places = [(q.start, q.end, q.text) for q in found.quotes]
    places += [(c.start, c.end, c.text) for c in found.claims]
    places += [(w.start, w.end, w.text) for w in found.loaded]
    assert [text[start:end] for start, end, _ in places] == [words for _, _, words in places]
    assert list(statement_rows(found)) == ["outlet", "byline", "date", "quotes", "claims", "loaded"]


@pytest.mark.shared
@pytest.mark.skipif(not REAL.is_dir(), reason="the article is not beside the checkout")
def test_the_real_article() -> None:
    """Every quotation with its speaker, role and outlet; the promise that gives no date."""
    found = read(next(REAL.glob("*.txt")).read_text(encoding="utf-8"))
    said = [((q.speaker or "").split()[-1], (q.role or "").split()[0], q.via) for q in found.quotes]
    mayor = ("Durkan", "Seattle", "Fox News")
    assert said == [
        *[("Sessions", "Attorney", "Fox News")] * 2,
        *[mayor] * 6,
        ("Berton", "spokesman", None),
        *[("Parker", "city", "KRON 4 Bay Area")] * 4,
    ]
    promise = [c for c in found.claims if c.stance is Stance.WILL_PRODUCE]
    assert [(p.by, p.date_promised) for p in promise] == [("Barbara J. Parker", None)]
    assert found.quotes[9].text.startswith("Oakland is proud")
    assert found.quotes[9].text.endswith("federal immigration law,")
