"""A plain sentence that requires, forbids or permits in; one that says the contrary out.

What the law asks and what its contrary asks stand in the square of opposition: who must need not, who must not may, who may may
not. The network (`cross`) reads a passage beside both and tells with which of them it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Turn = Callable[[re.Match[str]], str]

BE = r"(?P<be>is|are|was|were|be)"
# The first of these that a sentence holds is turned; the others stand as they are.
TURNS: tuple[tuple[re.Pattern[str], str | Turn], ...] = tuple(
    (re.compile(words, re.IGNORECASE), turn)
    for words, turn in (
        (r"^no (?P<who>(?:[\w'-]+ ){1,8}?)(?:may|shall|must|can|will)\b", r"Any \g<who>may"),
        (r"^no (?P<who>(?:[\w'-]+ ){1,8}?)(?P<has>is|are|has|have)\b", r"Some \g<who>\g<has>"),
        (r"^(?:nobody|no one)\b", "Anybody"),
        (r"^nothing\b", "Something"),
        (r"^neither (?P<a>.{1,60}?) nor\b", r"Both \g<a> and"),
        (r"\b(?:need not|needn't|(?:does|do) not (?:have|need) to)\b", "must"),
        (rf"\b{BE} not (?:required|obliged|obligated|bound) to\b", r"\g<be> required to"),
        (r"\b(?:may|must|shall|can|should|will) (?:not|never)\b|\bcannot\b|\bcan't\b|\bmustn't\b", "may"),
        (r"\b(?P<modal>may|can|shall|must|will) (?:only|solely)\b", r"\g<modal> not only"),
        (
            r"\b(?:may|can) (?P<rest>[^.;]{0,160}?)\bonly (?P<when>if|when|where|after|with|on|upon|to|for|in|by|until|as)\b",
            r"may \g<rest>not only \g<when>",
        ),
        (rf"\b{BE} (?:prohibited|forbidden|barred|banned|prevented)\b", r"\g<be> not prohibited"),
        (
            rf"\b{BE} (?P<how>permitted|allowed|entitled|authori[sz]ed|free|required|obliged|obligated|bound)\b",
            r"\g<be> not \g<how>",
        ),
        (r"\b(?:must|shall|ought to|(?:has|have) to|should)\b", "need not"),
        (r"\b(?P<modal>may|can)\b", r"\g<modal> not"),
        (r"\b(?:does|do|did) not\b", "does"),
        (rf"\b{BE} not\b", r"\g<be>"),
        (r"\bwill\b", "will not"),
        (rf"\b{BE}\b", r"\g<be> not"),
        (r"\b(?P<has>has|have) no\b", r"\g<has> a"),
        (r"\b(?P<has>has|have)\b(?: an?\b)?", r"\g<has> no"),
    )
)


@lru_cache(maxsize=4096)
def contrary(sentence: str) -> str:
    """The sentence turned into its contrary; empty where it has no verb that says how it rules."""
    for words, turn in TURNS:
        turned, found = words.subn(turn, sentence, count=1)
        if found:
            return turned
    return ""
