"""Sections, sentences, redlines and cross-references, all at the source's own offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause import text


def cut(words: str) -> list[str]:
    return [words[s.start : s.end] for s in text.sentences(words)]


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("See 8 U.S.C. 1373 for that. Then stop.", ["See 8 U.S.C. 1373 for that.", "Then stop."]),
        ("No. 4 is kept by Sgt. Bell. He signs.", ["No. 4 is kept by Sgt. Bell.", "He signs."]),
        (
            "Nobody shall:\n(1) run;\n(2) walk; or\n(3) sit.\nThat is all.",
            ["Nobody shall:\n(1) run;\n(2) walk; or\n(3) sit.", "That is all."],
        ),
        ("First line without a stop\n\nSecond paragraph", ["First line without a stop", "Second paragraph"]),
        (
            "Whereas it rains; WHEREAS it pours; now, therefore, stay in.",
            ["Whereas it rains", "WHEREAS it pours", "now, therefore, stay in."],
        ),
        ('He said "stop." They stopped.', ['He said "stop."', "They stopped."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(words, sentences):
    assert cut(words) == sentences


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("5.9.2 Members sign.", "5.9.2"),
        ("§ 31.24 A clerk signs.", "31.24"),
        ("Section 4. Clerks sign.", "4"),
        ("Rule 12. Clerks sign.", "12"),
        ("Card 31. Clerks sign.", "31"),
        ("Art. XI. Clerks sign.", "XI"),
        ("18:407. Clerks sign.", "18:407"),
        ("# Conduct", ""),
        ("FIELD OPERATIONS", ""),
    ],
)
def test_a_section_begins_at_its_number_or_heading(line, number):
    words = f"Some title page\n\n{line}\nand on it goes.\n"
    last = text.sections(words)[-1]
    assert (last.number, words[last.start :].startswith(line)) == (number, True)


def test_lettered_parts_carry_the_number_of_their_section():
    assert [s.number for s in text.sections("8.13 Calls.\n(a) One.\n(b) Two.\n")] == ["8.13", "8.13(a)", "8.13(b)"]


@pytest.mark.parametrize(
    ("marked", "stands"),
    [
        ("Clerks {+shall not+} [-may-] tell.", "Clerks shall not tell."),
        ("Clerks may ((not)) tell.", "Clerks may tell."),
        ("Clerks ((may not)) {+may+} tell.", "Clerks may tell."),
        ("Nothing is marked.", "Nothing is marked."),
    ],
)
def test_a_redline_is_read_as_amended_at_the_same_offsets(marked, stands):
    amended = text.amended(marked)
    assert " ".join(amended.split()) == stands
    assert len(amended) == len(marked)


def test_page_furniture_is_blanked_and_a_sentence_runs_on_across_it():
    words = ["pen", "book", "key", "lamp", "rope", "cart", "bell", "drum", "flag", "gate", "wall"]
    body = "\n".join(
        f"5.{n} Members take the {w} and\n\nTown Manual - page {n}\f\nput the {w} back." for n, w in enumerate(words, 1)
    )
    clean = text.unfurnished(body)
    assert len(clean) == len(body)
    assert "page" not in clean
    assert "\f" not in clean
    assert len(list(text.sentences(clean, 0, clean.index("5.2")))) == 1


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("as section 12.40.090 and paragraph (b) say", ["12.40.090", "(b)"]),
        ("save as stated in 5.9.5, no clerk", ["5.9.5"]),
        ("except as § 31.24 provides", ["31.24"]),
        ("nothing is cited here", []),
    ],
)
def test_cross_references_are_found(words, numbers):
    assert [r[2] for r in text.references(words)] == numbers


@given(st.text())
def test_cleaning_keeps_every_offset(words):
    assert len(text.amended(words)) == len(text.lowered(words)) == len(text.unfurnished(words)) == len(words)


@given(st.text(alphabet="abc .;:\n()§123\"'-#*ABC", max_size=300))
def test_sentences_and_sections_lie_in_the_text_in_order(words):
    spans = [(s.start, s.end) for s in text.sentences(words)]
    assert spans == sorted(spans)
    assert all(0 <= a < b <= len(words) for a, b in spans)
    heads = text.sections(words)
    assert all(a.end <= b.start for a, b in pairwise(heads))


SCHEMES = [
    ["E-1.", "E-2.", "E-3.", "F-1.", "F-2."],
    ["IX-8.", "IX-9.", "X-1.", "X-2."],
    ["II-A.", "II-B.", "II-C.", "III-A.", "III-B."],
    ["2/1 ", "2/2 ", "2/3 ", "3/1 ", "3/2 "],
    ["B1 ", "B2 ", "B4 ", "B5 ", "C1 ", "C2 "],
    ["301 ", "302 ", "303 ", "305 "],
]


@pytest.mark.parametrize("numbers", SCHEMES, ids=lambda numbers: numbers[0])
def test_numbers_of_a_making_of_their_own_open_sections_where_they_count_on(numbers):
    words = "HANDBOOK\n\n" + "\n\n".join(f"{n} Sign the log\nbefore noon." for n in numbers)
    assert [s.number for s in text.sections(words) if s.number] == [n.strip(" .") for n in numbers]


def test_a_forms_number_where_a_line_begins_opens_no_section():
    words = "Send form\nF-16 to Payroll, form\nF-17 to the Chief and form\nI-247 to nobody. The desk is open\n24/7 for\nF-16 alone."
    assert [s.number for s in text.sections(words)] == [""]


def test_an_answer_stands_with_its_question():
    words = "Q. May I tell?\nA. Yes.\n\nQ. May I ask?\nA. No.\n"
    assert ["May I" in words[s.start : s.end] for s in text.sections(words)] == [True, True]
