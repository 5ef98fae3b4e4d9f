"""An entry of a pack's word list in; the regular expression that finds it out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

NEVER = r"(?!)"


def expression(words: str) -> str:
    """A regular expression for one entry of a pack's word list.

    "*" stands for any ending or, alone, for one word; "..." for up to six words; "(a|b)" for either; "/.../" is a
    regular expression as written.
    """
    if words.startswith("/") and words.endswith("/") and len(words) > 1:
        return words[1:-1]
    out = re.sub(r"[.\\+?\[\]{}^$]", lambda m: "\\" + m[0], words.replace("...", "\0"))
    out = re.sub(r" ?\0 ?", r" (?:[\\w',-]+ ){0,6}?", out)
    out = re.sub(r"(?<![\w)])\*", "[\x01']+", out).replace("*", "\x01*").replace("\x01", r"\w")
    return re.sub(r" +", r"(?:\\s+|-)", out)


def check(words: str) -> None:
    """Raises re.error where an entry can't be read; of one that is no regular expression, only its brackets can be wrong."""
    depths = list(accumulate((c == "(") - (c == ")") for c in words))
    if words.startswith("/") or (depths and (min(depths) < 0 or depths[-1])):
        pattern([words])


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """One expression for a whole word list, on word borders; raises re.error."""
    return re.compile(joined(words))


def joined(words: Iterable[str]) -> str:
    """The expression of `pattern`: the longest entries first; of no entries one that is found nowhere."""
    entries = sorted(words, key=len, reverse=True)
    if not entries:
        return NEVER
    return r"(?<!\w)(?:" + "|".join(rf"(?:{expression(w)})(?!\w)" for w in entries) + ")"
