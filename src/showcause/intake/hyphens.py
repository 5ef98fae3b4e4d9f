"""Words that a PDF breaks at the end of a line: whether the hyphen is the word's own or only the line's.

PDFium joins both halves and puts one mark in the place of hyphen and line end. The document's other lines tell most:
"informa|tion" is printed whole elsewhere, and so is "non-citizen". Where they don't, a hyphen between two whole words
of the document, or after a prefix that takes one, is the word's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

MARK = "\ufffe"  # a noncharacter, so no text has it of its own
_TOKEN = re.compile(f"[\\w{MARK}-]+")
_LEFT = re.compile(r"[\w-]*\Z")
_RIGHT = re.compile(r"[\w-]*")
_REACH = 60  # characters on each side in which the halves of a word stand
_PREFIXES = frozenset({"all", "co", "ex", "mid", "post", "pre", "pro", "sub"})  # also the beginnings of whole words
_HYPHENED = frozenset({"anti", "cross", "half", "non", "quasi", "self", "semi"})


def mender(texts: Iterable[str]) -> Callable[[re.Match[str]], str]:
    """From all pages of a document: what to write in the place of a mark found in one, a hyphen or nothing."""
    words = {token for text in texts for token in _TOKEN.findall(text.lower()) if MARK not in token}

    def written(found: re.Match[str]) -> str:
        text, place = found.string, found.start()
        left = _LEFT.search(text[max(0, place - _REACH) : place].rpartition(" ")[2])
        right = _RIGHT.match(text, place + 1)
        return "-" if left and right and _own(left[0], right[0], words) else ""

    return written


def _own(before: str, after: str, words: set[str]) -> bool:
    """Whether the hyphen between the two halves belongs to the word."""
    if f"{before}{after}".lower() in words:
        return False
    if f"{before}-{after}".lower() in words:
        return True
    left, right = before.rpartition("-")[2], after.partition("-")[0]
    if not left.isalpha() or not right.isalpha() or (right[0].isupper() and not left.isupper()):
        return True
    if left.lower() in _HYPHENED:
        return True
    return right.lower() in words and (left.lower() in words or left.lower() in _PREFIXES)
