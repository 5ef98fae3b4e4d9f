"""A text in, the spans of private numbers in it out: each checked by its own rule and by the words around it.

A bare regular expression takes a docket number for a telephone and an invoice for a card; so each kind has a check of
its digits (Luhn, the bank's weights, mod 97, the calendar, the numbers never given out) and, where digits alone say too
little, needs a word that says what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

Span = tuple[int, int]
BEFORE: Final = 48  # characters before a number in which a word may say what it is
_LABEL = re.compile(
    r"\b(?:case|docket|part|invoice|order|tracking|model|serial|ticket|purchase|contract|grant|file|matter|item|sku|ref"
    r"(?:erence)?|claim|permit|version|cause)\b\.?\s*(?:(?:no|num|number|nos)\b\.?|#)?\s*[:#]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of private number; `find` gives the spans of a text, in characters."""

    name: str
    find: Callable[[str], Iterator[Span]]


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def routes(digits: str) -> bool:
    """Whether nine digits are a bank's routing number: its district exists and its weights add up (3, 7, 1)."""
    district = int(digits[:2])
    weighed = sum(int(d) * weight for d, weight in zip(digits, (3, 7, 1) * 3, strict=True))
    known = district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80
    return known and digits != "0" * 9 and weighed % 10 == 0


def _said(text: str, start: int, words: re.Pattern[str], reach: int = BEFORE) -> bool:
    """Whether one of the words stands before `start`, on this line or the end of the one before."""
    return bool(words.search(text, max(0, start - reach), start))


def _labelled(text: str, start: int) -> bool:
    """Whether another kind of number is announced right before `start`."""
    return bool(_LABEL.search(text[max(0, start - 32) : start]))


# --- social security numbers ------------------------------------------------------------------------

_SSN = re.compile(r"(?<![\w-])(\d{3})([- \u2010\u2011\u2013.])(\d{2})\2(\d{4})(?![\w-]|\.\d)")
_SSN_BARE = re.compile(r"(?<![\w-])(\d{3})(\d{2})(\d{4})(?![\w-])")
_SSN_WORDS = re.compile(r"\b(?:ssn|ss#|s\.s\.n|social[ \t\n]+security|soc\.?[ \t]+sec)", re.IGNORECASE)


def _ssn(text: str) -> Iterator[Span]:
    for found in _SSN.finditer(text):
        said = _said(text, found.start(), _SSN_WORDS)
        plain = found[2] in "-\u2010\u2011\u2013" and not _labelled(text, found.start())
        if _given(found[1], found[3], found[4]) and (said or plain):
            yield found.span()
    for found in _SSN_BARE.finditer(text):
        if _given(found[1], found[2], found[3]) and _said(text, found.start(), _SSN_WORDS):
            yield found.span()


def _given(area: str, group: str, serial: str) -> bool:
    """Whether such a number can have been given out (Social Security Administration: never 000, 666, 9xx, 00, 0000)."""
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


# --- dates of birth ---------------------------------------------------------------------------------

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - twelve words read better in a row
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<m>\d{{1,2}})[/.-](?P<d>\d{{1,2}})[/.-](?P<y>\d{{4}}|\d\d)|(?P<y2>\d{{4}})-(?P<m2>\d\d)-(?P<d2>\d\d)"
    rf"|(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m4>{_MONTH}),?\s+(?P<y4>\d{{4}}))(?!\w)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:born|birth[ \t]?date|birthday|date\s+of\s+birth|d\.?o\.?b\b|place\s+and\s+date\s+of\s+birth)", re.IGNORECASE
)


def _birth(text: str) -> Iterator[Span]:
    for found in _DATE.finditer(text):
        if _said(text, found.start(), _BORN, 32) and _on_calendar(found):
            yield found.span()


def _on_calendar(found: re.Match[str]) -> bool:
    parts = {key.rstrip("234"): value for key, value in found.groupdict().items() if value}
    month = parts["m"] if parts["m"].isdigit() else str(_MONTHS.index(parts["m"][:3].lower()) + 1)
    year = int(parts["y"]) + (1900 if len(parts["y"]) == 2 else 0)
    for one, other in ((int(month), int(parts["d"])), (int(parts["d"]), int(month))):
        try:
            return date(year, one, other).year >= 1870
        except ValueError:
            continue
    return False


# --- telephones -------------------------------------------------------------------------------------

_PHONE = re.compile(r"(?<![\w.+-])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\)[ ]?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?![\w-]|\.\d)")
_PHONE_BARE = re.compile(r"(?<![\w.+-])1?[2-9]\d\d[2-9]\d{6}(?![\w-])")
_PHONE_ABROAD = re.compile(r"(?<![\w.])\+(?!1\b)[2-9](?:[ ().-]{0,2}\d){7,13}(?!\d)")
_PHONE_WORDS = re.compile(
    r"\b(?:tel(?:ephone)?|phone|cell|mobile|fax|call(?:ed)?|text(?:ed)?|reach(?:ed)?|contact|pager|dial)\b",
    re.IGNORECASE,
)


def _phone(text: str) -> Iterator[Span]:
    for found in _PHONE.finditer(text):
        if not _labelled(text, found.start()) or _said(text, found.start(), _PHONE_WORDS, 16):
            yield found.span()
    for found in _PHONE_BARE.finditer(text):
        if _said(text, found.start(), _PHONE_WORDS, 24) and not _labelled(text, found.start()):
            yield found.span()
    for found in _PHONE_ABROAD.finditer(text):
        yield found.span()


# --- payment cards ----------------------------------------------------------------------------------

_CARD = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w]|[ -]\d|\.\d)")
_BRANDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|(?:6011|64[4-9]\d|65\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}"
)


def _card(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        even = len(set(re.sub(r"\d", "", found[0]))) <= 1  # one kind of separator
        varied = len(set(digits)) > 1
        if even and varied and _BRANDS.fullmatch(digits) and luhn(digits) and not _labelled(text, found.start()):
            yield found.span()


# --- banks ------------------------------------------------------------------------------------------

_ROUTING = re.compile(r"(?<![\w-])\d{9}(?![\w-])")
_ROUTING_WORDS = re.compile(r"\b(?:routing|aba|rtn|transit|r/t|wire|ach)\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<![\w.$/-])\d(?:[ -]?\d){4,16}(?![\w]|-\d|[./]\d|%)")
_ACCOUNT_WORDS = re.compile(
    r"(?:\b(?:account|acct|a/c|checking|savings|deposited to|iban)\b\.?(?:\s*(?:(?:no|num|number|nos)\b\.?|#))?"
    r"(?:\s+(?:is|was|ending in|of))?\s*[:#(]?\s*)$",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")


def _routing(text: str) -> Iterator[Span]:
    for found in _ROUTING.finditer(text):
        after = text[found.end() : found.end() + 20]
        if routes(found[0]) and (_said(text, found.start(), _ROUTING_WORDS) or _ROUTING_WORDS.search(after)):
            yield found.span()


def _account(text: str) -> Iterator[Span]:
    for found in _ACCOUNT.finditer(text):
        if _ACCOUNT_WORDS.search(text[max(0, found.start() - BEFORE) : found.start()]):
            yield found.span()
    for found in _IBAN.finditer(text):
        if _mod97(re.sub(r"\s", "", found[0])):
            yield found.span()


def _mod97(iban: str) -> bool:
    """Whether an IBAN's check digits hold (ISO 13616)."""
    turned = iban[4:] + iban[:4]
    return 15 <= len(iban) <= 34 and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


PATTERNS: Final = (
    Pattern("social security number", _ssn),
    Pattern("date of birth", _birth),
    Pattern("telephone number", _phone),
    Pattern("payment card", _card),
    Pattern("bank routing number", _routing),
    Pattern("account number", _account),
)


def words(wanted: str) -> Pattern:
    """The words of a text as a pattern: in any case, over line ends, whole, broken by a hyphen at a line's end or not."""
    apart = r"\s+".join(
        r"(?:[-\u00ad]?\n)?".join(re.escape(character) for character in word) for word in wanted.split()
    )
    found = re.compile(rf"(?<!\w){apart}(?!\w)", re.IGNORECASE)

    def find(text: str) -> Iterator[Span]:
        if wanted.strip():
            yield from (match.span() for match in found.finditer(text))

    return Pattern(wanted, find)
