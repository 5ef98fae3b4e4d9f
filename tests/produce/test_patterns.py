"""Private numbers are found by their rules and the words around them; what only looks like one is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause.produce.patterns import PATTERNS, luhn, routes, words

FIND = {pattern.name: pattern.find for pattern in PATTERNS}

TRUE = {
    "social security number": [
        ("SSN: 123-45-6789.", "123-45-6789"),
        ("his number, 219-09-9998, is", "219-09-9998"),
        ("Social Security no. 123456789", "123456789"),
        ("social security number 123 45 6789", "123 45 6789"),
        ("SSN 123.45.6789", "123.45.6789"),
        ("(123–45–6789)", "123–45–6789"),
        ("Social\nSecurity\n123-45-6789", "123-45-6789"),
    ],
    "date of birth": [
        ("DOB: 3/4/1980", "3/4/1980"),
        ("D.O.B. 03-04-80", "03-04-80"),
        ("born on March 3, 1980 in", "March 3, 1980"),
        ("date of birth (1980-03-04)", "1980-03-04"),
        ("Birthdate 4th Sept. 1971", "4th Sept. 1971"),
        ("Date\nof birth: 31/12/1999", "31/12/1999"),
    ],
    "telephone number": [
        ("call (415) 555-2671 now", "(415) 555-2671"),
        ("415-555-2671", "415-555-2671"),
        ("415.555.2671.", "415.555.2671"),
        ("+1 415 555 2671", "+1 415 555 2671"),
        ("Tel. 4155552671", "4155552671"),
        ("fax 14155552671", "14155552671"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("+49 (0)30 123456-7", "+49 (0)30 123456-7"),
    ],
    "payment card": [
        ("card 4111 1111 1111 1111 exp", "4111 1111 1111 1111"),
        ("5500-0055-5555-5559", "5500-0055-5555-5559"),
        ("3782 822463 10005", "3782 822463 10005"),
        ("paid by 6011000990139424", "6011000990139424"),
        ("2223003122003222", "2223003122003222"),
    ],
    "bank routing number": [
        ("routing number 021000021", "021000021"),
        ("ABA: 122105155", "122105155"),
        ("(wire to 026009593)", "026009593"),
        ("026009593 (routing)", "026009593"),
    ],
    "account number": [
        ("Account No. 000123456789", "000123456789"),
        ("acct # 12345-6789", "12345-6789"),
        ("checking account number: 987654321", "987654321"),
        ("IBAN DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("to GB29NWBK60161331926819 today", "GB29NWBK60161331926819"),
    ],
}
FALSE = {
    "social security number": [
        "000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000", "123456789", "Case No. 123-45-6789",
        "Docket # 123-45-6789", "123-45-67890", "1123-45-6789", "123-456-789", "ABC-123-45-6789", "123 45 6789",
        "Part no. 123-45-6789", "zip 94103-4567",
    ],
    "date of birth": [
        "dated March 3, 1980", "3/4/1980", "DOB: 13/45/1980", "born to lead; effective next year only: Rule 3/4",
        "the birth of the policy, adopted by vote of the whole council on 3/4/2001", "DOB unknown",
    ],
    "telephone number": [
        "4155552671", "115-555-2671", "415-155-2671", "Docket No. 415-555-2671", "415-555-26711", "10.415.555.2671",
        "ABC-415-555-2671", "version 415.555.2671.9", "$415 555", "2031-05-04 12:30", "Case 415-555-2671",
    ],
    "payment card": [
        "4111 1111 1111 1112", "4111-1111 1111-1111", "1234567890123456", "0000 0000 0000 0000", "4444444444444444444444",
        "invoice no. 4111111111111111", "tracking # 6011000990139424", "9111111111111111", "4111111111111111.25",
    ],
    "bank routing number": ["021000021", "routing number 021000022", "routing number 991000029", "aba 02100002", "grant 122105155"],
    "account number": [
        "account 12", "on account of 2031 events", "account for $12,345,678", "account 3.14159", "taking into account 45%",
        "IBAN DE89 3704 0044 0532 0130 01", "Section 1234567", "accounts 10/12/2031",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "want"), [(n, t, w) for n, rows in TRUE.items() for t, w in rows])
def test_a_private_number_is_found_whole(name: str, text: str, want: str) -> None:
    assert [text[start:end] for start, end in FIND[name](text)] == [want]


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, rows in FALSE.items() for t in rows])
def test_what_only_looks_like_one_is_left_alone(name: str, text: str) -> None:
    assert [text[start:end] for start, end in FIND[name](text)] == []


@given(st.text(alphabet="0123456789 -.()+/\nABCssn#:DOBtelacctrouting", max_size=120))
def test_no_text_breaks_a_pattern(text: str) -> None:
    for find in FIND.values():
        assert all(0 <= start < end <= len(text) for start, end in find(text))


@given(st.integers(0, 10**15 - 1), st.integers(0, 9))
def test_luhn_takes_one_check_digit_in_ten(body: int, wrong: int) -> None:
    good = [d for d in "0123456789" if luhn(f"{body}{d}")]
    assert len(good) == 1
    assert luhn(f"{body}{wrong}") is (str(wrong) == good[0])


def test_a_routing_number_has_a_district_and_weights() -> None:
    assert [n for n in ("021000021", "122105155", "000000000", "130000008", "021000012") if routes(n)] == [
        "021000021",
        "122105155",
    ]


WORDS = [
    ("John Smith", "JOHN  smith", ["JOHN  smith"]),
    ("John Smith", "John\nSmith", ["John\nSmith"]),
    ("Smith", "Smi-\nth and Smithson", ["Smi-\nth"]),
    ("a.b", "a.b aXb", ["a.b"]),
    (" ", "a b", []),
]


@pytest.mark.parametrize(("wanted", "text", "want"), WORDS)
def test_words_are_found_in_any_case_and_over_line_ends(wanted: str, text: str, want: list[str]) -> None:
    assert [text[start:end] for start, end in words(wanted).find(text)] == want
