"""A number in, the numeral that a list prints for it out."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)  # fmt: skip - one table
_MOST = 32_767  # the greatest number that a list may count to (ECMA-376-1, 17.18.59)


def numeral(number: int, style: str) -> str:
    """`number` in a style named as in ECMA-376-1, 17.18.59 ("decimal", "lowerLetter", "upperRoman", ...)."""
    if not 0 < number <= _MOST:
        return str(number)
    if style in {"lowerLetter", "upperLetter"}:
        said = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style in {"lowerRoman", "upperRoman"}:
        said = _roman(number)
    else:
        return f"{number:02}" if style == "decimalZero" else str(number)
    return said.upper() if style.startswith("upper") else said


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said
