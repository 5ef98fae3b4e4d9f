"""A norm of asking in; whether it is the body's own people who ask a person, or somebody else, or a look into the files, out."""

from __future__ import annotations

import re

from showcause.assess.about import Memory, parties_in
from showcause.assess.terms import Vocabulary
from showcause.norm import Modality, Norm
from showcause.text import later

OURS = r"(?:officers?|deput(?:y|ies)|staff|clerks?|members?|employees?|workers?|nurses?|teachers?|guards?|jailers?|sergeants?|detectives?|interviewers?|registrars?|secretar(?:y|ies)|assessor|volunteers?|police|counselors?|you|we|i)"
OUTSIDERS = later(
    r"\b(?:callers?|reporters?|journalists?|press|newspapers?|media|agents?|inspectors?|analysts?|people|public|visitors?|passengers?|patrons?|landlords?|neighbou?rs?|parents?|famil(?:y|ies)|lawyers?|attorney\s+general|auditors?|anybody|anyone|somebody|someone|everybody|riders?|employers?|consulates?|embass(?:y|ies)|bureaus?|quiz|survey|others|council(?:l?ors?|men|man)?|bank|insurers?)"
    r"\W+(?:(?:who|that)\s+[\w\s']{1,30}?\s+)?(?:(?:may|might|will|can|could|should|do|does|has|have|had|often|sometimes|ever|always|never|just|then|also|calls?|rings?|phones?|writes?|wants?|comes?\s+in|and|or|to|up|in|not)\W+)*\Z"
)
PRONOUN = later(
    r"\b(?:they|he|she|it|who)(?:'ll|'d|'ve)?\s+(?:(?:may|might|will|can|could|should|do|does|have|has|had|to|often|ever|always|wants?|just|then|also|ways|other)\s+)*\Z"
)
BY = later(rf"\s+(?:\w+\s+){{0,2}}?by\s+(?!(?:(?:the|our|an?|any|each|his|her)\s+)?(?:[\w-]+\s+){{0,2}}?{OURS}\b)")
ASKED_STAFF = later(
    rf"\b{OURS}\W+(?:who\s+)?(?:(?:may|might|will|can|is|are|be|being|was|were|ever|also|now|then|often|not|when|if)\s+)+\Z"
)
ABOUT_RULES = later(
    r"\b(?:you|he|she|they|some|several|members?|staff|deputies|who|one)\s+(?:of\s+you\s+)?(?:(?:wrote|writes?|rang|called|phoned|have|has|had|were|was|will)\s+)?(?:(?:in\s+)?to\s+)?\Z"
)
WHETHER_WE = later(
    r"\s+(?:me\s+|us\s+)?(?:now\s+and\s+then\s+)?(?:if|whether|why|what|how|that)\s+(?:the|this|our|we|they|staff|that|it|chapter|section|anything)\s+(?:old\s+|new\s+)?(?:rule|phrase|words?|order|circular|policy|memo|ban|law|office|section|ordinance|may|can|must|should|form|new|will|don't|can't|do|means?)\b"
)
LOOKS = later(
    r"(?:look\w*\s+(?:\w+\s+){0,3}?(?:up|into)|query|queries|consult|search|run\b|runs\b|running\b|check|verify|find\w*\s+out|seek|apply|quer)"
)
FILES = later(
    r"\b(?:against|through|by|in|with|past|from|on)\s+(?:[\w'-]+\s+){0,5}?(?:systems?|databases?|index|registers?|records?|files?|rolls?|lists?|charts?|roster|tables?|terminals?|portals?|desk|line|bureau|office|service|somebody\s+else)\b"
)
SAYS_WHAT = later(
    r"\b(?:everything|anything|whatever|what|as|when|if|unless|once|until|before)\s+(?:they|he|she|it)\s+\Z"
)
LET_THEM = later(r"\blet(?:s|ting)?\s+(?!us\b)[\w' -]{2,40}?\s+\Z")


WANTS = frozenset({"require", "seek", "demand", "request", "ask", "apply", "solicit", "call"})
THINGS = later(
    r"\s+(?:for\s+)?(?:(?!(?:about|of|whether|if|from|to)\b)[\w'’-]+\s+){0,4}?(?:approvals?|consent|permission|leave(?!\s+to)|authori[sz]ation(?!\s+to)|sign-?off|signatures?|clearance|review|visas?\b(?!\s+(?:status|number|type|class|particulars?))|asylum|naturali[sz]ation|green\s+cards?|residency|help|advice|relief|benefits)\b(?!\s+(?:status|number|papers|details|type|class))"
)  # what is wanted and not asked about


def wanted(low: str, each: Norm) -> bool:
    """Whether a thing is asked for and no fact: "requires the captain's consent", "leave must be sought", "seek a visa"."""
    if each.family != "ask" or each.act.split(" ")[0] not in WANTS:
        return False
    if each.act.startswith("ask") and CARD.match(low, each.head[1], each.span[1]):
        return False
    return bool(
        THINGS.match(low, each.head[1], each.span[1])
        or (each.passive and LEAVE_IS.search(low, max(0, each.head[0] - 60), each.head[0]))
    )


CARD = later(r"\s+(?:[\w'-]+\s+){0,5}?(?:green\s+cards?|visas?)\b")
LEAVE_IS = later(
    r"\b(?:approval|permission|leave|consent|authori[sz]ation|clearance|sign-?off|signature|order|warrant)\s+(?:\w+\s+){0,3}\Z"
)


def elsewhere(low: str, n: int, each: Norm, words: Vocabulary, memory: Memory) -> bool:
    """Whether others than the body's own people ask, or the asking is told of and not ruled."""
    if wanted(low, each):
        return True
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


HELD_BACK = later(
    r"\b(?:is|are|'s)\s+(?:none|no)\s+(?:of\s+)?(?:our|your|my|the\s+\w+'s|an?\s+\w+'s|any\w*'s|the)\s+(?:\w+\s+)?(?:business|concern|affair)s?\b|\b(?:is|are)\s+(?:his|her|their|its|your|everyone's)\s+own\s+(?:business|affair|concern)s?\b|"
    r"\b(?:isn't|aren't|is\s+not|are\s+not)\s+(?:an?\s+|any\s+)?(?:(?:fit|proper|suitable|right)\s+)?(?:part\s+of\s+(?:it|that|the|this|our)|on\s+(?:that|the|this|our)\s+(?:list|form|script|sheet|card)|subject|topic|third|fourth|fifth|sixth|chat|conversation|small\s+talk|our\s+business)\b|"
    r"\bout\s+of\s+bounds\b|\boff[\s-]limits\b|\boff\s+the\s+table\b|\b(?:is|are|be|shall|must|to)\s+(?:left\s+alone|left\s+unasked|leave\s+unasked)\b|\b(?:has|have)\s+no\s+place\b|\bdo(?:es)?(?:n't|\s+not)\s+(?:belong\s+(?:in|on|at|here)|come\s+up\b|need\s+to\s+know|get\s+(?:asked|into))|"
    r"\bno\s+questions?\s+(?:on|about|as\s+to|touching|concerning|of)\b|\bstops?\s+at\s+(?:the|this|our)\s+(?:[\w-]+\s+){0,2}(?:door|counter|desk|gate)\b|\bnever\s+about\b|"
    r"\b(?:don't|do\s+not|never|not\s+to|doesn't|won't)\s+(?:ever\s+)?(?:bring\s+(?:it|that|this)\s+up|raise\s+(?:it|that|this)|go\s+there|follow\s+up|start\s+that|remark\s+on\s+it|get\s+into\s+(?:it|that)|dig|pry)\b|"
    r"\b(?:drop|swallow)\s+(?:it|that)\b|\bpass(?:es)?\s+over\s+it\b|\b(?:that|this|it)\s+(?:stops|ends)\s+(?:today|now|here|at\s+once|tonight)\b|\bwithout\s+asking(?=\s*(?:[.;,!]|$))"
)
SHORT_NO = later(
    r"\b(?:we|you|they|staff|nobody|the\s+\w+|i)\s+(?:don't|won't|can't|cannot|do\s+not|will\s+not|may\s+not|must\s+not|shall\s+not|does\s+not|doesn't)\s*(?:ask\b|either|any\s+more|now|here)?\s*(?:[.,;!]|$)|^\W*not\s+at\s+(?:our|this|the)\s+(?:door|desk|counter|window|gate)\b|^\W*(?:a\W+)?no\b[,.]"
)
LET = later(
    r"\bask\s+away\b|\bgo\s+(?:right\s+)?(?:ahead|on)\b|\b(?:carry|keep)\s+(?:on|it\s+up)\b|\bsure\s+thing\b|\bby\s+all\s+means\b|\bno\s+harm\s+in\s+it\b|\bas\s+you\s+think\s+best\b|\bput\s+it\s+or\s+leave\s+it\b|\bgo\s+and\s+ask\b|\beverybody\s+is\s+asked\b|\bup\s+to\s+(?:you|the\s+\w+|each\s+\w+)\b|^\W*(?:you|they|staff)\s+(?:may|can)\s*[.,;]|\bdo\s+it\b"
)


def hinted(low: str, span: tuple[int, int], *, named: bool, asked: bool) -> Modality | None:
    """What a sentence without a verb of asking comes to as a rule on it: "that's his own business", "ask away".

    `named` tells whether it names the matter itself, `asked` whether asking was spoken of just before.
    """
    if HELD_BACK.search(low, *span) and (named or asked):
        return Modality.FORBIDDEN
    if not asked:
        return None
    body = low[span[0] : span[1]]
    if SHORT_NO.search(body):
        return Modality.FORBIDDEN
    return Modality.PERMITTED if LET.search(body) else None


STATES = frozenset(["state", "declare", "indicate", "enter", "tick"])
STAFF = later(
    r"\b(?:employees?|officers?|deput(?:y|ies)|clerks?|staff|members?|nurses?|teachers?|registrars?|supervisors?|sergeants?|we|you)\b"
)
PAPERS = later(
    r"\b(?:forms?|box(?:es)?|field|sheet|card|application|questionnaire|line|item|intake|booking|registration)\b"
)


def stated(low: str, each: Norm, words: Vocabulary) -> bool:
    """Whether a person must say something of himself on a paper of the body's, who so asks it: "each applicant states on the form"."""
    if each.act not in STATES or each.modality is not Modality.OBLIGED or not each.bearer or each.passive:
        return False
    bearer = low[slice(*each.bearer)]
    person = words.parties.get("person")
    said = person is not None and person.search(bearer) and not STAFF.search(bearer)
    return bool(said and PAPERS.search(low, *each.span))


OUTSIDER = later(
    r"\W*(?:q\s*[.:]\s*)?(?:(?:when(?:ever)?|if|suppose|say)\s+)?(?:another|(?:the|an?|any|some)\s+(?:next|other|neighbou?ring|outside|sister|nearby|adjoining|different))\b[^.;,?]{0,60}\Z"
)  # whose asking is none of ours: "the next county's center asks what our file says"
ANY_AGENCY = later(
    r"\b(?:any|no|some)\s+(?:other\s+|outside\s+)?(?:(?:public|government\w*|law[\s-]enforcement|federal|state|local|third)\s+)*(?:agenc(?:y|ies)|bod(?:y|ies)|departments?|authorit(?:y|ies)|part(?:y|ies)\s+or\s+agency)\b(?!\s+(?:to|for|of\s+(?:this|the)\s+city|employee|member|staff|officer|form|policy|head))"
)  # whom nobody may ask
