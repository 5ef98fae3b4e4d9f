"""A sentence of a law in whose subject stands behind its word of force; the same in plain order out.

"In no event shall a keeper sell a hive" is "a keeper shall not sell a hive". The words that deny come first, and the
word of force draws before its subject.
"""

from __future__ import annotations

import re

from showcause.ask.deeds import forms
from showcause.norm.verbs import NOUNISH

NO_CASE = (
    r"(?:in|under|at|on|by|for|with|upon)\s+no\s+(?:\w+\s+)?(?:events?|circumstances?|cases?|instances?|conditions?|"
    r"situations?|times?|points?|stages?|accounts?|occasions?|means|reasons?|purposes?|pretexts?|excuses?|ways?|manner|wise)"
)
MODAL = r"(?:shall|must|may|will|can)"
TURNED = re.compile(
    rf"(?P<joint>^|[;:—]\s*(?:(?:and|but)\s+)?|,\s*(?:(?:and|but)\s+)?|\s(?:and|but)\s+)"
    rf"(?P<never>{NO_CASE}|never|neither|nor)\s*,?\s+(?P<modal>{MODAL})\s+(?=[a-z])"
)
DETERMINERS = frozenset(["a", "an", "the", "any", "each", "every", "no", "such", "that", "this", "its", "their", "all"])
JOINING = frozenset(["of", "for", "to", "by", "with", "in", "on", "at", "under", "from", "against", "or", "and"])
SUBJECT_LONGEST = 240  # characters in which the verb is looked for


def turned(low: str) -> re.Match[str] | None:
    """The words that deny, with the word of force that draws before its subject, in a sentence in lower case."""
    return TURNED.search(low)


def again(low: str, opening: re.Pattern[str]) -> re.Match[str] | None:
    """Such words where a rule went before them: "shall keep a log, and in no case shall the clerk sell it".

    What stands before a mere comma may be no rule but a condition, which `opening` tells.
    """
    m = next((m for m in TURNED.finditer(low) if re.search(rf"\b{MODAL}\b", low[: m.start()])), None)
    if m is None or (m["joint"].strip() == "," and opening.match(low)):
        return None
    return m


def plain_order(text: str, low: str, own: int) -> tuple[str, int] | None:
    """The sentence with its subject first and its word of force denied, and where its own words begin then.

    None where nothing is turned round in it or no verb is found behind the subject.
    """
    m = turned(low)
    place = _deed(low, m.end()) if m else None
    if m is None or place is None:
        return None
    subject = text[m.end() : place].rstrip()
    whole = f"{text[: m.start('never')]}{subject} {m['modal']} not {text[place:]}"
    return whole, own + len(whole) - len(text) if own >= place else min(own, m.start("never"))


def _deed(low: str, place: int) -> int | None:
    """Where the subject that begins at `place` has ended: at its verb, or at the colon of a list of verbs."""
    found = list(re.finditer(r"[a-z][a-z'’-]*|[:—]", low[place : place + SUBJECT_LONGEST]))
    for before, word, after in zip(found, found[1:], [*found[2:], None], strict=True):
        if word[0] in ":—":
            return place + word.start()
        if not _verb(word[0], before[0], after[0] if after else ""):
            continue
        return place + (before if before[0].endswith("ly") and before is not found[0] else word).start()
    return None


def _verb(word: str, before: str, after: str) -> bool:
    """Whether a word of a clause that is turned round is its verb, and no noun of its subject."""
    if word in ("be", "have"):
        return True
    if before in DETERMINERS | JOINING or forms().get(word) != word:
        return False
    return not (word in NOUNISH and (after == "be" or forms().get(after) == after))
