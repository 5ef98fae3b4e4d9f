"""A norm of asking in; whether it is the body's own people who ask a person, or somebody else, or a look into the files, out."""

from __future__ import annotations

import re

from showcause.assess.about import Memory, parties_in
from showcause.assess.terms import Vocabulary
from showcause.norm import Norm

OURS = r"(?:officers?|deput(?:y|ies)|staff|clerks?|members?|employees?|workers?|nurses?|teachers?|guards?|jailers?|sergeants?|detectives?|interviewers?|registrars?|secretar(?:y|ies)|assessor|volunteers?|police|counselors?|you|we|i)"
OUTSIDERS = re.compile(
    r"\b(?:callers?|reporters?|journalists?|press|newspapers?|media|agents?|inspectors?|analysts?|people|public|visitors?|passengers?|patrons?|landlords?|neighbou?rs?|parents?|famil(?:y|ies)|lawyers?|attorney\s+general|auditors?|anybody|anyone|somebody|someone|everybody|riders?|employers?|consulates?|embass(?:y|ies)|bureaus?|quiz|survey|others|council(?:l?ors?|men|man)?|bank|insurers?)"
    r"\W+(?:(?:who|that)\s+[\w\s']{1,30}?\s+)?(?:(?:may|might|will|can|could|should|do|does|has|have|had|often|sometimes|ever|always|never|just|then|also|calls?|rings?|phones?|writes?|wants?|comes?\s+in|and|or|to|up|in|not)\W+)*\Z"
)
PRONOUN = re.compile(
    r"\b(?:they|he|she|it|who)(?:'ll|'d|'ve)?\s+(?:(?:may|might|will|can|could|should|do|does|have|has|had|to|often|ever|always|wants?|just|then|also|ways|other)\s+)*\Z"
)
BY = re.compile(rf"\s+(?:\w+\s+){{0,2}}?by\s+(?!(?:(?:the|our|an?|any|each|his|her)\s+)?(?:[\w-]+\s+){{0,2}}?{OURS}\b)")
ASKED_STAFF = re.compile(
    rf"\b{OURS}\W+(?:who\s+)?(?:(?:may|might|will|can|is|are|be|being|was|were|ever|also|now|then|often|not|when|if)\s+)+\Z"
)
ABOUT_RULES = re.compile(
    r"\b(?:you|he|she|they|some|several|members?|staff|deputies|who|one)\s+(?:of\s+you\s+)?(?:(?:wrote|writes?|rang|called|phoned|have|has|had|were|was|will)\s+)?(?:(?:in\s+)?to\s+)?\Z"
)
WHETHER_WE = re.compile(
    r"\s+(?:me\s+|us\s+)?(?:now\s+and\s+then\s+)?(?:if|whether|why|what|how|that)\s+(?:the|this|our|we|they|staff|that|it|chapter|section|anything)\s+(?:old\s+|new\s+)?(?:rule|phrase|words?|order|circular|policy|memo|ban|law|office|section|ordinance|may|can|must|should|form|new|will|don't|can't|do|means?)\b"
)
LOOKS = re.compile(
    r"(?:look\w*\s+(?:\w+\s+){0,3}?(?:up|into)|query|queries|consult|search|run\b|runs\b|running\b|check|verify|find\w*\s+out|seek|apply|quer)"
)
FILES = re.compile(
    r"\b(?:against|through|by|in|with|past|from|on)\s+(?:[\w'-]+\s+){0,5}?(?:systems?|databases?|index|registers?|records?|files?|rolls?|lists?|charts?|roster|tables?|terminals?|portals?|desk|line|bureau|office|service|somebody\s+else)\b"
)
SAYS_WHAT = re.compile(
    r"\b(?:everything|anything|whatever|what|as|when|if|unless|once|until|before)\s+(?:they|he|she|it)\s+\Z"
)
LET_THEM = re.compile(r"\blet(?:s|ting)?\s+(?!us\b)[\w' -]{2,40}?\s+\Z")


def elsewhere(low: str, n: int, each: Norm, words: Vocabulary, memory: Memory) -> bool:
    """Whether others than the body's own people ask, or the asking is told of and not ruled."""
    before = low[max(each.span[0] - 40, each.head[0] - 90, 0) : each.head[0]]
    clause = re.split(r"[.;:?!]\s", before)[-1]
    if each.passive:
        return bool(BY.match(low, each.head[1], each.span[1]) or ASKED_STAFF.search(clause))
    if ABOUT_RULES.search(clause) and WHETHER_WE.match(low, each.head[1]):
        return True
    if LET_THEM.search(clause) or OUTSIDERS.search(clause):
        return True
    if PRONOUN.search(clause):
        named = parties_in(low, max(0, each.head[0] - 200), each.head[0], words) | memory.last(memory.parties, n)
        return bool(SAYS_WHAT.search(clause) or named & {"authority", "agency"}) and not re.search(
            rf"\b{OURS}\b", low[max(0, each.head[0] - 60) : each.head[0]]
        )
    return False


def looked_up(low: str, each: Norm) -> bool:
    """Whether the asking is of files: nobody is asked where a name is looked up, or checked against a roster."""
    if not LOOKS.match(each.act):
        return False
    return not each.act.startswith(("check", "verify", "find", "seek", "apply")) or bool(
        FILES.search(low, each.head[1], each.span[1])
    )
