"""The drift of a sentence that says its rule without a verb of any family: frames and idioms as data, tried in order.

"Whoever tells them forfeits a week's pay", "they can whistle for it", "hands off", "feel free": what decides is a frame
round the act, or an idiom in place of one. A frame overrules the verbs in the sentence; an idiom is heard only where no
verb bears.
"""

from __future__ import annotations

import re

from showcause.norm import english
from showcause.norm.deontic import Manner, Modality, Norm
from showcause.norm.parse import approval
from showcause.text import later

SANCTION = (
    r"(?:forfeits?|(?:finds?|will\s+find|shall\s+find)\s+(?:him|her|them|your)sel(?:f|ves)\s+(?:out\s+of|without|looking|on\s+the)|clean(?:s|\s+out)?\s+(?:out\s+)?(?:his|her|their|your)\s+(?:desk|locker)|(?:won't|will\s+not|doesn't|does\s+not)\s+(?:work|be\s+working|last|be\s+here)\s+(?:here\s+)?(?:long|any\s+longer|much\s+longer|tomorrow)|(?:faces?|risks?|earns?|draws?|invites?|courts|means)\s+(?:an?\s+|the\s+|his\s+|her\s+|their\s+|your\s+)?(?:[\w-]+\s+){0,3}?(?:suspension|dismissal|discipline|charges?|sack|penalt(?:y|ies)|fine|reprimand|firing|loss|termination|demotion|boot)\b|gets?\s+(?:an?|the|his|her|their|your)\s+(?:[\w-]+\s+){0,2}?(?:letter\s+in\s+(?:his|her|their|your)\s+file|letter\s+of\s+reprimand|warning|reprimand|sack|boot|axe|write-up|cards|notice|marching\s+orders|pink\s+slip)|(?:is|are|be|will\s+be|shall\s+be)\s+(?:looking\s+for\s+(?:other|another|a\s+new|new)\s+(?:work|job|employment|employer)|out\s+(?:of\s+(?:a\s+job|work)|on\s+(?:his|her|your|their)\s+ear)|acting\s+against\s+(?:it|orders?|this|the)|in\s+breach|at\s+odds\s+with)|(?:fireable|sackable|firing|dismissible|disciplinary|hanging|punishable)\s+(?:offen[cs]e|matter)s?|(?:is|are|be|shall\s+be|stands?)\s+(?:held\s+)?(?:guilty|liable|answerable|punishable|out\s+of\s+a\s+job)|commits?\s+(?:an?\s+|gross\s+|grave\s+|serious\s+)*(?:offen[cs]e|breach|violation|misconduct|misdemeanou?r|wrong|infraction)|"
    r"(?:shall|will|may|must|can|to|is|are|gets?|be)\s+(?:be\s+|get\s+)?(?:dismissed|fined|disciplined|suspended|punished|sacked|fired|struck\s+(?:off|from)|reprimanded|docked|terminated|cashiered|expelled|censured|written\s+up|demoted|shown\s+the\s+door)|"
    r"loses?\s+(?:his|her|their|the|your)\s+(?:\w+\s+)?(?:post|job|place|badge|pension|pay|shift|rank|licen[sc]e|keys)|(?:pays?|owes?)\s+(?:a\s+(?:fine|penalty|forfeit)|\w+\s+dollars)|answers?\s+for\s+it|"
    r"(?:is|are|counts?\s+as|amounts?\s+to|constitutes?|shall\s+be|will\s+be|be)\s+(?:regarded\s+as\s+|treated\s+as\s+|deemed\s+)?(?:an?\s+|gross\s+|grave\s+|serious\s+|a\s+matter\s+(?:of|for)\s+|grounds\s+for\s+|cause\s+for\s+)*(?:firing|sacking|hanging|dismissal|discipline|discharge|offen[cs]e|misconduct|breach|violation|misdemeanou?r|crime|infraction|contravention)|"
    r"(?:breaks?|breaches|violates?|offends?|contravenes?)\s+(?:the\s+|this\s+|our\s+|a\s+)?(?:rules?|order|oath|code|policy|section|law|duty|trust)|(?:you're|is|are|you\s+are)\s+off\s+the\s+(?:rota|force|job|list|team|roster)|clears?\s+(?:his|her|their)\s+(?:desk|locker)|(?:turns?|hands?|gives?)\s+in\s+(?:his|her|their|your|the)\s+(?:keys?|badge|shield|gun|pass|uniform))"
)
UNPUNISHED = later(
    r"\b(?:no\s*(?:one|body)|nobody|no\s+(?:\w+\s+){1,2}|not|never|nor|neither)\b[^.;]{0,40}?\b(?:be\s+)?(?:in(?:to)?\s+(?:any\s+)?(?:trouble|hot\s+water)(?:\s+here)?|any\s+(?:grief|heat|flak|trouble)|punished|disciplined|dismissed|fined|sacked|fired|blamed|faulted|reprimanded|penali[sz]ed|suspended|censured|written\s+up|demoted)\s+(?:for|if|because|who|when)\b|"
    r"\b(?:breaks?|breach(?:es)?|violates?|offends?|contravenes?|commits?|does|do|is|are|it's)\s+no\s+(?:rule|order|breach|offen[cs]e|wrong|misconduct|violation|law|policy|crime|harm|duty|sin)\b|\bno\s+(?:breach|offen[cs]e|violation|misconduct|crime)\s+(?:of\s+[\w\s]{1,30}\s+)?to\b"
)
UNBARRED = later(
    r"\bno\s+(?:bar|objection|obstacle|impediment|hindrance|ban|rule|law|order|harm|shame|prohibition|restriction|limit|barrier)s?\s+(?:to|on|against|in|upon)\b|\b(?:don't|do\s+not|never|not|without)\s+(?:be\s+)?(?:shy|bashful|afraid|coy|backward|hesitat\w+|hold\s+back)|"
    r"\bneed(?:s)?\s+(?:not|never)\s+(?:hesitate|hold\s+back|fear|scruple|think\s+twice|worry)|\bneed\s+have\s+no\s+(?:fear|scruple|qualms?)|\bmake\s+no\s+(?:secret|bones|mystery)\b|\bno\s+secret\s+(?:of|from|to)\b|\bfor\s+the\s+asking\b|\b(?:is|are)\s+an\s+open\s+book\b|"
    r"\bno\s+(?:[\w']+\s+){0,3}?(?:leave|permission|approval|consent|clearance|authori[sz]ation|sign-off|signature|warrant|okay)\s+(?:is|are|'s|will\s+be|shall\s+be)?\s*(?:needed|required|necessary|wanted|asked\s+for)\b|\bneeds?\s+no\s+(?:\w+\s+)?(?:leave|permission|approval|consent|clearance|okay|blessing|sign-off|authori[sz]ation)\b|"
    r"\b(?:need(?:s)?\s+not|needn't|do(?:es)?\s*n(?:o|')t\s+(?:need|have)\s+to|no\s+need\s+to)\s+(?:ask|clear|check|consult|wait|get\s+(?:leave|permission|approval|an?\s+okay)|seek|log|tell\s+(?:me|us|anyone|anybody))\b|"
    r"\b(?:no|neither)\s+(?:\w+\s+){1,3}?(?:may|shall|can|will)\s+(?:stand|come|get|step)\s+(?:between|in\s+(?:the|their|your|his|her)\s+way)\b|\b(?:choose|wish|want|decide|prefer)s?\s+to\b[^.;]{1,120}?\b(?:leave\s+(?:them|him|her|it)\s+(?:alone|be|to\s+it)|let\s+(?:them|him|her)\b)|"
    r"\b(?:don't|do\s+not|never)\s+let\s+\w+\s+(?:tell|persuade|convince)\s+you\b[^.;]{0,40}?\b(?:can't|cannot|may\s+not|must\s+not|forbidden|not\s+allowed)\b|\b(?:myth|not\s+true|untrue|false|wrong|mistaken|nonsense)\s+(?:to\s+(?:say|think)\s+)?that\b[^.;]{0,60}?\b(?:can't|cannot|may\s+not|must\s+not|forbid\w*|not\s+allowed|barred)\b|"
    r"\bnot\s+(?:\w+ly\s+|to\s+be\s+|in\s+any\s+way\s+|considered\s+|deemed\s+|held\s+|kept\s+|treated\s+as\s+|regarded\s+as\s+|an?\s+)?(?:confidential|secret|private|privileged|off[\s-]limits|closed|sealed|barred|restricted|withheld|protected)\b(?!\s+(?:information|data|facts?|matters?|records?|details?|materials?|particulars|papers|files?))|\b(?:keep|hold|hide|withhold|conceal|refuse|deny)s?\s+nothing\b|\b(?:does\s+not|doesn't)\s+(?:reach|apply\s+to|cover|touch|extend\s+to|affect|concern|limit|restrict|bar|prohibit)\b|"
    r"\bnothing\s+(?:\w+\s+){0,3}?(?:stops|prevents|bars|forbids|against|wrong\s+with|hinders|stands\s+in)\b"
)
_PAPER = r"(?:leave|permission|approval|consent|clearance|authori[sz]ation|authority|sign-?off|signatures?|initials?|word|nod|say-so|okay|ok|o\.k\.|blessing|go-ahead|green\s+light|warrant|subpoena|court\s+order|permit|slip|chit|ticket|forms?|release\s+form|reasons?|supervisor|sergeant|lieutenant|captain|chief|sheriff|lawyer|counsel|boss|manager|anybody|anyone|a\s+soul|review|countersignature|waiver|memo|okays?|stamp)"
NEEDLESS = later(
    rf"\b(?:nobody|no\s+one|none\s+of\s+\w+|neither\s+of\s+\w+|no\s+(?:[\w-]+\s+){{1,2}}?)\s*(?:needs?|requires?|has\s+to\s+(?:have|get|ask|seek|wait)|must\s+(?:have|get|seek|ask))\s+(?:(?!to\b|not\b)[\w'’,-]+\s+){{0,7}}?{_PAPER}\b|"
    rf"\b(?:do(?:es)?\s+not|don't|doesn't|need\s+not|needn't|no\s+longer|never)\s+(?:(?:have|need)\s+to\s+)?(?:need|needs|require|requires|seek|get|obtain|wait\s+(?:for|on)|go\s+through|run\s+it\s+(?:past|by))\s+(?:(?!to\b|not\b)[\w'’,-]+\s+){{0,7}}?{_PAPER}\b(?!\s+(?:not\s+)?to\s+(?:refuse|decline|withhold|keep|hold))|"
    rf"\b(?:no\s+|neither\s+)?{_PAPER}(?:\s+\w+)?\s+(?:is|are|shall\s+be|will\s+be|need\s+be|needs?\s+to\s+be)\s*(?P<not>not|n't|never|no\s+longer)?\s*(?:ever\s+|be\s+)?(?:needed|required|necessary|called\s+for|wanted|insisted\s+(?:up)?on|asked\s+for|sought|obtained|demanded|in\s+order)\b|"
    rf"\b{_PAPER}\s+(?:isn't|aren't|needn't\s+be)\s+(?:needed|required|necessary|called\s+for|wanted|asked\s+for|sought|obtained|demanded)\b|"
    rf"\bneeds?\s+(?:no(?:body's|\s+one's|\b)|neither)\s+(?:[\w'’-]+\s+){{0,3}}?{_PAPER}\b|\b(?:may|shall|must|can|will)(?:\s+not|n't)\s+(?:ever\s+)?be\s+(?:made|required|told|asked|obliged|compelled|forced)\s+to\s+(?:get|obtain|seek|ask|have|wait|clear|check|consult|go\s+through)\b|\bnot\s+subject\s+to\s+(?:[\w'-]+\s+){{0,3}}?{_PAPER}\b|"
    rf"\b(?:nobody|no\s+one|neither|no\s+(?:[\w'-]+\s+){{1,4}}?|never|not|don't|won't)\b[^.;]{{0,90}}?\b(?:require|make|oblige|ask|order|tell|force|compel|direct|expect|demand\s+that|insist\s+that)s?\s+(?:(?!not\b)[\w',-]+\s+){{1,5}}?(?:to\s+)?(?:get|obtain|seek|ask|ask\s+for|have|wait\s+for|secure|apply\s+for|clear|check|request|first\s+\w+)\s+(?:(?!to\b|not\b)[\w'’,-]+\s+){{0,4}}?{_PAPER}\b|"
    rf"\b(?:i|we|managers?|sergeants?|supervisors?|lieutenants?|captains?|chiefs?|directors?|counsel|neither\s+[^.;,]{{2,60}}?)\s+(?:(?:do(?:es)?|will|shall|need)\s*(?:not|n't)\s+(?:have\s+to\s+|need\s+to\s+)?(?:approve|sign\s+off\s+on|clear|review|vet|screen|authori[sz]e)|(?:don't|doesn't|won't|needn't)\s+(?:have\s+to\s+|need\s+to\s+)?(?:approve|sign\s+off\s+on|clear|review|vet|screen|authori[sz]e)|signs?\s+off\s+on)\b(?<!\bi signs off on)"
)  # leave that is dispensed with
_WE = r"(?:he|she|they|you|we|staff|clerks?|officers?|deput(?:y|ies)|members?|employees?|it|people|(?:a|an|the|any)\s+\w+)"
_TOLD_OFF = later(
    rf"(?:\b(?:nobody|no\s+one|never|not|stop|cease|quit|wrong|mistaken|nonsense|untrue|false|myth|no\s+(?:[\w'-]+\s+){{1,3}}?)|n't)\s[^.;]{{0,80}}?\b(?:tell(?:s|ing)?|told|say(?:s|ing)?|hear[sd]?|claim\w*|inform\w*|teach\w*)\s+(?:(?!to\b)[\w',]+\s+){{0,6}}?(?:that\s+)?{_WE}\s+(?:can't|cannot|can\s+not|may\s+not|must\s+not|mustn't|aren't\s+(?:allowed|free|to)|are\s+not\s+(?:allowed|free|to)|isn't\s+(?:allowed|free|to)|is\s+not\s+(?:allowed|free|to)|shouldn't|needs?\s+(?:leave|permission)|must\s+(?:ask|wait|clear))\b|"
    r"(?:\b(?:no|neither)\s+(?:[\w',-]+\s+){1,8}?(?:may|shall|can|will|is\s+to|gets\s+to|has\s+the\s+right\s+to)\s+(?:be\s+)?|\b(?:may|shall|must|do|does|will)\s+not\s+|\b(?:never|don't|doesn't|won't)\s+)(?:\w+\s+){0,2}?(?:tell|told|order(?:ed)?|instruct(?:ed)?|direct(?:ed)?|ask(?:ed)?|make|made|forced?|require[sd]?|counsel(?:led|ed)?|advised?|pressured?|press(?:ed)?|urged?|encouraged?|induced?|persuaded?|bind|bound|compel(?:led)?|oblige[sd]?)\s+(?:(?:by|[\w',]+)\s+){0,7}?(?:not\s+to|to\s+(?:withhold|keep|hold|refrain|hush|refuse|decline|sit\s+on|stay\s+silent|conceal|hide|suppress|say\s+nothing)|into\s+silence|to\s+silence)\b|"
    r"\b(?:treat|regard|disregard|ignore|tear\s+up|count|hold|deem|consider|forget|scrap|bin)s?\s+(?:as\s+void\s+|void\s+|as\s+of\s+no\s+effect\s+)?(?:any|every|all|an?|the|such)\s+(?:\w+\s+){0,3}?(?:order|instruction|memo\w*|direction|directive|request|advice|rule|by-?law|promise|command|suggestion|agreement|note)s?\b[^.;]{0,60}?\b(?:not\s+to|to\s+(?:withhold|keep|hold|refrain|refuse|conceal|hide)|against|forbidding|barring|that\s+(?:forbids|bars|keeps))\b"
)  # nobody may be told not to
MINDLESS = later(
    r"\b(?:nobody|no\s+one|none\s+of\s+us|no\s+\w+)\b[^.;,]{0,30}?\b(?:minds|objects|cares|(?:will|would|is\s+going\s+to)\s+(?:mind|object|care|complain|stop\s+(?:you|them|him|her)|ask\s+(?:you\s+)?why|second-guess|hold\s+it\s+against)|think(?:s)?\s+(?:the\s+)?(?:any\s+)?(?:less|worse|ill)\s+of)\b|"
    r"\b(?:i|we|the\s+\w+|nobody)\s+(?:won't|don't|doesn't|will\s+not|do\s+not|shall\s+not|does\s+not)\s+(?:mind|object\s+to|second-guess|police|stand\s+in\s+(?:the|your|their)\s+way|take\s+(?:it|that)\s+(?:back|away|amiss))\b|\b(?:is|are|'s)\s+nobody's\s+(?:secret|business\s+but|concern\s+but|affair\s+but)|\banswerable\s+to\s+(?:nobody|no\s+one)\b|\bnobody's\s+(?:secret|allotment|leave)\b|"
    r"\b(?:isn't|is\s+not|aren't|are\s+not|not)\s+(?:against|contrary\s+to|in\s+breach\s+of|a\s+breach\s+of|a\s+violation\s+of|forbidden\s+by|barred\s+by)\s+(?:any|the|our|a|this|department|city|county)\b|\b(?:isn't|aren't|is\s+not|are\s+not)\s+(?:an?\s+)?(?:secret|forbidden|prohibited|banned|barred|off[\s-]limits|restricted|confidential|fireable|punishable|misconduct|an\s+offen[cs]e|a\s+firing)\b|\b(?:is|are|remains?|stays?)\s+(?:entirely\s+|purely\s+)?(?:optional|voluntary|discretionary|unrestricted|unfettered)\b|"
    r"\bno\s+(?:restriction|restraint|bar|ban|limit|prohibition|condition|protocol|waiting\s+period|impediment|obstacle|hindrance|fetter)s?\b[^.;]{0,60}?\b(?:on|upon|to|against)\b|\b(?:removes?|takes?\s+away|abridges?|touches|limits)\s+no\s+(?:freedom|right|liberty|leave)\b|\b(?:does|do)\s+so\s+by\s+right\b|\b(?:is|are)\s+(?:left\s+)?to\s+(?:his|her|their|your)\s+own\s+(?:good\s+)?(?:sense|judg?ment|discretion|conscience)\b|\bbetween\s+(?:him|her|them|you)\s+and\s+(?:ice|immigration|them|him|the\s+\w+)\b|\b(?:has|have)\s+(?:the\s+)?(?:[\w']+\s+){0,2}?leave\s+to\s+(?:answer|tell|speak|say)"
)  # nobody minds
_GONE = r"(?:lifted|repealed|withdrawn|rescinded|revoked|void|voided|null|invalid|unenforceable|gone|struck(?:\s+(?:out|down|from\s+\w+))?|abolished|removed|cancell?ed|dropped|scrapped|at\s+an\s+end|over|off|dead|discontinued|annulled|quashed|set\s+aside|taken\s+(?:down|off|out)|deleted|suspended|done\s+away\s+with|of\s+no\s+(?:force|effect)|without\s+(?:force|effect)|contrary\s+to\s+public\s+policy|not\s+binding|no\s+longer\s+(?:in\s+force|our\s+rule|binding))"
LIFTED = later(
    rf"\b(?P<ban>ban|gag|bar|prohibition|restriction|limit|freeze|embargo|hold|moratorium|silence)s?\b(?!\s+(?:the|on\s+to)\b)[^.;]{{0,100}}?\b(?:is|are|has\s+been|have\s+been|stands?|shall\s+be)\s+(?:hereby\s+|now\s+)?{_GONE}\b|"
    rf"\b(?:rule|order|policy|directive|practice|custom|habit|by-?law|regulation|instruction|memo(?:randum)?|note|sentence|line|paragraph|clause|condition|requirement|agreement|promise|covenant|protocol|bulletin|arrangement|routine|step)s?\b(?P<says>[^.;]{{0,160}}?)\b(?:is|are|has\s+been|have\s+been|stands?|shall\s+be)\s+(?:hereby\s+|now\s+)?{_GONE}\b"
)  # the end of a ban is leave
_BANS = later(
    r"\bnot\b|n't\b|\bnever\b|\bno\b|\bnothing\b|\b(?:forbid|forbad|prohibit|barr|bann|withh|refus|declin|conceal|hid|keep|kept|sit|prevent|stay|silen|quiet|confiden|clear|approv|permission|leave|consent|sign-off|before|until|unless|without|first|through|against|stop|limit|restrict|gag)\w*\b"
)
_LETS = later(
    r"\b(?:let|lets|letting|allow\w*|permit\w*|may|can|tell\w*|told|send\w*|sent|giv\w+|shar\w+|report\w*|notif\w*|call\w*|phon\w*|fax\w*|inform\w*|answer\w*|disclos\w*|hand\w*|pass\w*|supply\w*|furnish\w*|forward\w*)\b"
)


def lifted(low: str, start: int, end: int) -> Modality | None:
    """What the end of a rule comes to: the end of a ban is leave, that of leave or of a habit of telling a ban."""
    m = LIFTED.search(low, start, end)
    if not m or (m["says"] is None and not m["ban"]):
        return None
    said = m["says"] or ""
    if m["ban"] or _BANS.search(said):
        return Modality.PERMITTED
    if re.match(r"(?:practice|custom|habit|arrangement|routine)", m[0]):
        return Modality.FORBIDDEN
    return Modality.FORBIDDEN if _LETS.search(said) else Modality.PERMITTED


VOIDED = later(
    r"\b(?:(?:polic(?:y|ies)|rules?|orders?|practices?|agreements?|contracts?|provisions?|clauses?|bylaws?|memos?|memorand(?:um|a)|circulars?)\s+(?:that|which|by\s+which|under\s+which)\s+(?:\w+ly\s+)?(?:lets?|allows?|permits?|authori[sz]es?|requires?|enables?|obliges?|directs?|tells?|invites?|encourages?)\b|(?:permissions?|leave|licen[sc]es?|authority|authori[sz]ations?|duty|obligation|freedom|privileges?|instructions?)\s+(?:to|of|,\s+from\s+\w+(?:\s+\w+)?,\s+to)\b)[^.;]*?"
    r"\b(?:(?:is|are|be|was|were|stands?)\s+(?:hereby\s+|now\s+|also\s+)?(?:void|null|repealed|withdrawn|rescinded|revoked|at\s+an\s+end|abolished|cancell?ed|struck|taken\s+(?:back|away)|suspended|no\s+more)|(?:has|have)\s+(?:been\s+)?(?:withdrawn|revoked|rescinded|ended|lapsed|expired)|(?:ends|lapses|expires))\b"
)  # the end of a leave is a ban
SPEAKS = r"(?:repl(?:y|ies)|answers?|responds?|speaks?|talks?|tells?|decides?|determines?|signs?|sends?|gives?|deals?|handles?|picks?\s+up|takes?|makes?|discloses?|releases?|communicates?|corresponds?|furnish(?:es)?|provides?|authori[sz]es?|rules?|says?|knows?|may|can|shall|is\s+to|are\s+to|has\s+authority)"
WAY = r"(?:contacts?|traffic|communications?|repl(?:y|ies)|calls?|questions?|requests?|messages?|letters?|dealings?|exchanges?|conversations?|correspondence|inquir(?:y|ies)|enquir(?:y|ies)|answers?|responses?|quer(?:y|ies)|disclosures?|information|word|e-?mails?|business)"
DONE = r"(?:made|sent|given|furnished|disclosed|shared|transmitted|provided|supplied|answered|told|communicated|confirmed|mailed|faxed|forwarded|passed|handed|issued|revealed|delivered|reported|conveyed)"
_GRANT = r"(?:decision|approval|answer|word|review|say-so|signature|ruling|clearance|okay|ok|nod|consent|permission|go-ahead|sign-off|authori[sz]ation|concurrence|vote|initials|instructions?)"
CHANNEL = later(
    rf"\bonly\s+(?:the|our|your|my|a|an|one|two|sergeants?|lieutenants?|captains?|supervisors?|counsel|legal|those)\s+(?:[\w'-]+\s+){{0,4}}?(?:(?:him|her|it|them)sel(?:f|ves)\s+)?{SPEAKS}\b|\bby\s+(?:no\s+one|nobody)\s+(?:else|but|other|save|except)\b|\bthrough\s+no\s+(?:one|other)\b|\bwaits?\s+(?:[\w-]+\s+){{1,4}}?(?:before|until)\b|\bonly\s+after\s+(?:[\w-]+\s+){{1,3}}?(?:hours?|days?|weeks?)\b"
    rf"|\b(?:the|is|are)\s+(?:the\s+)?(?:only|sole|one)\s+(?:one|person|people|desk|office|officer|employee|member|official|clerk|unit|voice|door|channel|contact|point|place|man|woman)s?\s+(?:[\w']+\s+){{0,3}}?(?:who|that|to|through|by|for|allowed|authori[sz]ed|permitted)\b|\balone\s+(?:{SPEAKS})\b(?!\s+be\b)|\b(?:by|through|via|with|lies\s+with|rests\s+with|belongs\s+to|is\s+for|for)\s+(?:[\w'.-]+\s+){{1,4}}?alone\b"
    rf"|\b(?:nobody|no\s+one)\s+(?:else|but|other\s+than|except|save)\b|\bno\s+other\s+(?:officer|employee|person|door|desk|office|member|official|unit|staff|route|road|channel|line|way)\b|\bthere(?:'s|\s+is)\s+no\s+other\s+(?:door|way|road|route|channel)\b"
    rf"|\b(?:all|any|every|each)\s+(?:[\w'-]+\s+){{0,3}}?{WAY}\b[^.;]{{0,160}}?\b(?:go(?:es)?|runs?|pass(?:es)?|comes?|(?:is|are|be)\s+(?:to\s+be\s+)?(?:made|routed|handled|channel?led|directed|conducted|funnel?ed|processed|passed|sent|put|carried|exercised|done))\s+(?:\w+ly\s+|up\s+|first\s+)?(?:through|via|by\s+way\s+of)\s"
    r"|\b(?:what(?:ever)?|all\s+that|anything)\b[^.;]{3,160}?\b(?:is|are|be)\s+(?:strictly\s+)?(?:limited|confined|restricted)\s+to\b"
    rf"|\bonly\s+(?:through|via|by\s+way\s+of|by|over|under|upon|at|on|in\s+writing|between|during|where|when|if|with|from)\b"
    rf"|\b(?:no|not)\s+(?:sooner|earlier)\b(?!\s+than\s+(?:the\s+)?(?:public|anyone|everyone))|\b(?:and|only)\s+(?:only\s+)?then\s+(?:[\w']+\s+){{0,2}}?(?:may|can)\b"
    rf"|\b(?:review|approv|audit|vet|clear|check|consult|notice|notif|read|sign|decid|examin|inspect|advis|counsel|log)\w*\b[^.;]{{0,120}}?\bbefore\s+(?:(?:[\w'-]+\s+){{1,8}}?(?:is|are|be)\s+(?:so\s+)?{DONE}|(?:it|(?:[\w'-]+\s+){{0,3}}?(?:status|information|answers?|reply|replies|letters?|forms?|data|papers?|word|anything|particulars))\s+(?:goes|go|leaves?))\b"
    rf"|\b(?:wish(?:es|ing)?|wants?|wanting|intend(?:s|ing)?|propos(?:es|ing)|desir(?:es|ing|ous)|means?|meaning|minded|plans?|hopes?|asked|about)\s+to\b[^.;]{{1,160}}?\b(?:first|beforehand|ahead|in\s+advance|exhausts?|(?:fills?\s+(?:out|in)|files?|submits?|lodges?|completes?|signs?|writes?)\s+(?:an?|the|his|her|their)\s+(?:[\w'-]+\s+){{0,2}}?(?:form|request|application|notice|intention|memo\w*|statement|log|slip)|(?:shall|must|has\s+to|is\s+to)\s+(?:wait|clear|ask|apply|obtain|get|seek|notify|give\s+notice))\b"
    rf"|{english.APPROVER.pattern}(?:\s+(?:on|of|in|for)\s+(?:[\w']+\s+){{1,2}})?\s*,?\s+(?:who\s+)?(?:alone\s+)?(?:then\s+)?(?:decides?|determines?|chooses?|rules?|says?|picks)\s+(?:whether|if|what|which|when|who)\b|\bwith\s+(?:the|his|her|their|that)\s+(?:[\w]+'s?\s+)?(?:own\s+|written\s+|express\s+|signed\s+|prior\s+)*(?:consent|permission|leave|say-so|blessing)\b"
)
GATED = later(
    rf"\b(?:held|kept|parked|queued|set\s+aside|put\s+aside|stays?|sits?|waits?|awaits?|await|rests?|pending|hangs?)\s+(?:up\s+)?(?:(?:for|until|till|on|upon|in\s+the\s+\w+)\s+)?(?:[\w'-]+\s+){{0,5}}?{_GRANT}\b"
    rf"|\b(?:is|are|be|remains?)\s+(?:made\s+)?(?:subject\s+to|conditional\s+(?:up)?on|conditioned\s+(?:up)?on|contingent\s+(?:up)?on|dependent\s+(?:up)?on|reserved\s+(?:to|for))\s+(?:[\w'-]+\s+){{0,5}}?(?:{_GRANT}|{english.APPROVER.pattern})\b"
    rf"|\b{_GRANT}\s+(?:of\s+[\w' -]{{2,40}}\s+)?(?:is|shall\s+be|be)\s+(?:an?\s+|the\s+|first\s+|always\s+)*(?:condition|precondition|prerequisite|price|gate|first\s+step)\b"
    rf"|\b(?:permission|leave|consent|approval|authori[sz]ation|clearance|sign-off)\s+(?:must|shall|has\s+to|is\s+to|needs?\s+to)\s+(?:first\s+)?be\s+(?:sought|obtained|had|given|asked|got|secured|requested|granted)\b"
    rf"|\b{_GRANT}\s+(?:needed|required|necessary|wanted|by)\s*:|\b(?:clear|run|put|check|route|take|send|bring|pass)\w*\s+(?:[\w',-]+\s+){{0,9}}?(?:past|by|through|with)\s+(?:[\w'-]+\s+){{0,3}}?{english.APPROVER.pattern}\b(?:[^.;]{{0,20}}\b(?:before|first|beforehand|who\s+(?:decides?|approves?|clears?|may\s+(?:refuse|decline|stop|strike)))\b)"
    rf"|{english.APPROVER.pattern}(?:'s|s')\s+(?:[\w-]+\s+){{0,2}}?{_GRANT}\s+(?:(?:comes|goes|is\s+(?:got|had|needed))\s+)?(?:first|beforehand)\b"
    rf"|\b(?:go(?:es)?|lands?|comes?|pass(?:es)?|cross(?:es)?|travels?)\s+(?:(?:to|in|into|on|onto|across|past|by|through|via|over)\s+)?(?:(?:the|an?|your|our|his|her|their)\s+)?(?:[\w'-]+\s+){{0,2}}?{english.APPROVER.pattern}(?:'s|s')?\s+(?:(?:[\w-]+\s+)?(?:tray|desk|in-?box|basket|hands?|office|folder|table)\s+)?(?:first\b|before\s+(?:it|they|anything)\s+(?:is|are|goes?|leaves?|may)\b)"
    rf"|\bon\s+(?:the|an?|his|her|their|your)\s+(?:[\w-]+\s+){{0,2}}?{english.APPROVER.pattern}(?:'s|s')\s+(?:written\s+|express\s+|prior\s+)*{_GRANT}\b"
    rf"|\b(?:then|after\s+that),?\s+and\s+(?:only\s+then|not\s+(?:before|until|sooner|earlier))\b|\b(?:not\s+)?until\s+(?:the|an?|his|her|their|your)\s+(?:[\w'-]+\s+){{0,3}}?{english.APPROVER.pattern}\s+(?:has|have|is|says?|gives?|signs?|agrees?)\b"
)  # what waits for leave
TARIFF = later(
    r"(?:\bfees?\s+(?:for|of|is|are|shall)\b|\b(?:pay(?:ment|s|able)?|paid)\s+(?:of\b|in\s+advance|ahead|beforehand|before|first|by)|\bcosts?\b[^.;]{0,40}?(?:\$\s?\d|dollars?|cents)|\$\s?\d|\bdollars?\s+(?:a|an|per|each|apiece|for)\b|\bcharged?\b[^.;]{0,40}?(?:\$\s?\d|dollars?))"
)
GRATIS = later(
    r"\b(?:no|without|any|waive\w*)\s+(?:a\s+|the\s+)?(?:fee|charge|payment|cost)s?\b|\bfor\s+free\b|\bfree\s+of\s+charge\b|\b(?:fine|fined|penalt\w+|forfeit\w*|reward\w*|bond|bail|salary)\b"
)
ENDING = later(
    r"\b(?:that|this|these|those|the|such|our|its|both|any\s+such|all\s+such|standing)\s+(?:[\w-]+\s+){0,3}?(?:custom|habit|practice|arrangement|courtesy|routine|tradition|service|courier|feed|feeds|fax|faxes|call|calls|list|lists|tape|tapes|report|reports|run|mailing|mailings|mail|e-?mails?|download|downloads|upload|uploads|transfer|transfers|read-out|link|line|pipe|channel|exchange|sharing|transmission|transmissions|system|permission|permissions|leave|days|agreement|deal|favou?r|drop|traffic)\b[^.;]{0,60}?"
    r"\b(?:(?:is|are|was|were|be|has\s+been|have\s+been|shall\s+be|will\s+be)\s+(?:hereby\s+|now\s+|thereby\s+|also\s+|all\s+|to\s+be\s+)?(?:history|over|ended|at\s+an\s+end|discontinued|abolished|withdrawn|no\s+more|gone|dead|done(?:\s+with)?|dropped|stopped|suspended|cancell?ed|revoked|rescinded|scrapped|halted|cut(?:\s+off)?|switched\s+off|turned\s+off|shut\s+(?:off|down)|on\s+hold|finished|retired|put\s+(?:a\s+stop|an\s+end)\s+to|a\s+thing\s+of\s+the\s+past)\b|(?:has|have)\s+(?:now\s+)?(?:ended|stopped|ceased|lapsed|expired|gone|run\s+its\s+course|come\s+to\s+an\s+end)\b|(?:ends|stops|ceases|lapses|expires|terminates|comes\s+to\s+an\s+end)\b|(?:shall|will|must|is\s+to|are\s+to)\s+(?:now\s+)?(?:end|stop|cease|lapse|terminate)\b)"
    r"|\b(?:we|the\s+[\w']+(?:\s+\w+)?|staff|they|clerks?|officers|deputies)\s+(?:(?:has|have|ha?ve)\s+)?(?:now\s+)?(?:stopped|quit|ceased|given\s+up|discontinued|ended|suspended)\s+(?:doing\s+(?:so|it|this|that)|(?:\w+ing)\b|(?:it|this|that)\b)|\b(?:that|this|it|all\s+(?:of\s+)?(?:that|this))\s+(?:(?:now\s+)?(?:stops|ends|ceases)|is\s+(?:now\s+)?(?:history|over|at\s+an\s+end|no\s+more|done\s+with|a\s+thing\s+of\s+the\s+past)|(?:has|have)\s+(?:now\s+)?(?:stopped|ended|ceased)|(?:must|will|shall|is\s+to)\s+(?:now\s+)?(?:stop|end|cease))\b"
)  # a habit named before ends: "That fax is history."
ENDED = later(
    r"\b(?:custom|habit|practice|arrangement|courtesy|routine|tradition|days|system|service)s?\s+(?:of|whereby|by\s+which|under\s+which)\b[^;]{0,200}?\b(?:abolished|ended|ends|over|discontinued|withdrawn|ceases?|stopped|stops|at\s+an\s+end|done\s+with|suspended|revoked|no\s+more|gone|dropped)\b|\b(?:abolish|discontinue|end|abandon|scrap|drop|stop|withdraw)(?:s|es|ed)?\s+(?:the|our|this|that)\s+(?:\w+\s+)?(?:custom|habit|practice|arrangement|courtesy|routine|tradition|system)\b"
)
OMITS = later(
    r"\b(?:(?:fail|neglect|omit|withhold|hold\s+back|conceal|delay|obstruct|prevent|stop|hinder|forbid|block|punish)(?:s|es|ed|ing|ping|ting|ding|eth)?|(?:refus|declin)(?:e|es|ed|ing|eth|al)|hid(?:e|es|ing|den)?|forget(?:s|ting)?)\b"
)
WHOEVER = later(
    r"\b(?:whoever|whosoever|who|anyone|anybody|if\s+(?:you|a|an|any)|he\s+that|those\s+that|any\s+\w+\s+(?:found|caught))\b|\w+ing\b"
)
IDIOMS_NO: tuple[str, ...] = (
    # silence
    r"(?:hold|bite|button|zip|seal|curb|guard|mind|still|swallow)s?\s+(?:your|his|her|their|our|the|my)\s+(?:tongue|lip|mouth|peace|whistle)s?",
    r"zip\s+it|button\s+it|clam(?:s)?\s+up|shtum|schtum|mum\b|tight-lipped|close-mouthed|lips\s+(?:are\s+)?sealed",
    r"plays?\s+dumb|(?:act|play|look)s?\s+(?:blank|stupid|the\s+fool|deaf)",
    r"silent|silence|say\s+nothing|says\s+nothing|keep\s+quiet|quiet\s+as",
    r"chang(?:e|es|ing)\s+the\s+subject|talk\s+about\s+(?:something\s+else|the\s+weather)",
    r"under\s+(?:your|his|her|their)\s+hat|to\s+(?:the|your|his|her)\s+grave",
    # turning away
    r"(?:can|may|will|they|he)?\s*whistles?\s+for|empty[\s-]handed|none\s+the\s+wiser|out\s+of\s+luck|get(?:s)?\s+lost|get\s+stuffed|no\s+(?:joy|dice|luck|chance|way|deal|sale|go|thanks|comment)\b|nothing\s+doing|jog\s+on|not\s+a\s+(?:chance|hope|prayer|sausage|word|whisper|peep|syllable|crumb|scrap)|over\s+my\s+dead\s+body|not\s+on\s+your\s+life",
    r"(?:send|sends|sent)\s+(?:\w+\s+){0,5}?(?:packing|away|on\s+(?:his|her|its|their)\s+way)|turn(?:s|ed|ing)?\s+(?:\w+\s+){0,5}?(?:away|down|back)|(?:show|shows|shown)\s+(?:\w+\s+){0,3}?the\s+(?:door|gate|street)|(?:gets?|give|gives|given)\s+(?:\w+\s+){0,3}?the\s+(?:brush-off|cold\s+shoulder|bird|boot|heave-ho|runaround)|deaf\s+ear|stonewall\w*|fob(?:s|bed)?\s+off|brush(?:es|ed)?\s+(?:\w+\s+){0,2}?off|rebuff\w*",
    r"hang(?:s|ing)?\s+up|put(?:s|ting)?\s+(?:down\s+the|the)\s+(?:phone|receiver)(?:\s+down)?|ring(?:s)?\s+off|walk(?:s)?\s+(?:away|off)|unopened|unanswered|unread|refus\w+|declin\w+|den(?:y|ies|ied)\b|withh\w+|wrong\s+(?:number|counter|door|place|shop|window|person|house)",
    # shut
    r"hands\s+off|off\s+(?:the\s+)?(?:table|menu|agenda|limits)|off-limits|out\s+of\s+(?:bounds|the\s+question)|taboo|(?:closed|shut|barred|locked|sealed|blocked)\b(?:\s+(?:to|against|off|from|up|away))?|in\s+the\s+dark|closed\s+(?:book|subject)|behind\s+(?:closed|shut)\s+doors|under\s+(?:lock|wraps|seal)|secret|confidential|private\b",
    r"(?:stops?|stays?|ends?|dies|rests?|remains?)\s+(?:right\s+)?(?:here|put|at\s+(?:this|the|our)|with(?:in)?\s+(?:us|you|me|our|the|this)|in\s+(?:the|this|our|here|house)|inside|behind|between|on\s+our\s+side)|goes?\s+no\s+further",
    r"for(?:bid|bids|bidden|bad)\w*|prohibit\w*|bann?(?:ed|s)?\b|illegal\s+to|unlawful\s+to|outlawed|verboten",
    r"lets?\s+(?:it|them|the\s+(?:phone|line|letter|call|fax))\s+(?:\w+\s+)?(?:ring|rest|lapse|lie|sleep|drop|go\s+to\s+voicemail)|on\s+(?:hold|ice|the\s+shelf|the\s+back\s+burner)|in\s+(?:a|the)\s+drawer|return(?:s|ed)?\s+to\s+sender|blanked|out\s+to\s+lunch|at\s+lunch|(?:not\s+)?(?:un)?available\s+to\s+(?:no|none)|nobody(?:'s|\s+is)\s+(?:home|available|in)|(?:the\s+)?weather|(?:a\s+)?(?:smile|shrug|blank\s+stare)\s+and|walks?\s+on|drops?\s+the\s+subject|be\s+dumb|(?:know|knows|seen|heard|saw|sees|hears)\s+nothing|loses?\s+it\b|forgets?\s+(?:it|you|that)\b|look\s+it\s+up\s+(?:himself|herself|themselves|elsewhere)|find\s+(?:it\s+)?out\s+(?:from|for)\s+(?:somebody|someone|themselves|himself)|unknown\s+to|safe\s+from",
    r"(?:the\s+)?(?:line|phone)\s+(?:goes|went|going)\s+dead|shrugs?\b|hits?\s+the\s+(?:bin|shredder|floor)|drops?\s+the\s+call",
    r"zilch|nada|nil\b|nowt|naught|diddly|bupkis|squat|jack\s+all|zip\b|sweet\s+nothing",
    r"keeps?\s+(?:[\w']+\s+){0,6}?(?:out\s+of\s+it|to\s+(?:your|our|them|him|her)sel(?:f|ves)|from\b|away|clear|in-house|back)|kept\s+(?:from|back|in|to|away|out)|leaves?\s+(?:[\w']+\s+){0,6}?(?:out\s+of\s+it|alone|be\b|unsaid)|steer(?:s)?\s+clear|stay(?:s)?\s+out|count\s+us\s+out|(?:is|are)\s+(?:for\s+)?(?:our|your)\s+eyes\s+only",
    r"\bceas\w+|discontinu\w+|abolish\w+|no\s+longer|no\s+more|(?<!\ba )(?<!\bthe )(?<!\beach )(?<!\btraffic )(?<!\bany )(?:stop|stops|stopped)\b",
)
NO_WORDS = r"not|no|zero|never|nothing|none|nobody|no-one|neither|nor|cannot|nowhere|\w+n't"
IDIOMS_YES: tuple[str, ...] = (
    r"feel\s+free|by\s+all\s+means|(?:go|goes)\s+(?:right\s+)?ahead|(?:be\s+)?my\s+guest|fire\s+away|ask\s+away|knock\s+yourself\s+out|help\s+yourselves?|fair\s+game|green\s+light|(?:is|are|'re|be)\s+(?:quite\s+|always\s+|perfectly\s+)?(?:welcome|free|at\s+liberty|entitled|allowed|permitted|cleared|authori[sz]ed)\b|open\s+to\b|up\s+to\s+you|your\s+(?:own\s+)?(?:call|choice)|no\s+(?:problem|worries|objection)|at\s+will|whenever\s+you\s+like|yes\b",
    r"(?:make|making|makes)\s+(?:sure|certain)|see\s+(?:to\s+it\s+)?that|(?:is|are|be)\s+(?:sure|certain)\s+(?:to|that)|(?:is|are)\s+to\s+(?:have|get|see|hear|receive|be\s+told|be\s+sent|be\s+given)|(?:get|gets|hears?|has|have|receives?)\s+(?:\w+\s+){0,2}?(?:from\s+us|a\s+copy|the\s+list|word\s+of|notice|first)",
)
NO = later("|".join(rf"\b(?:{p})" for p in IDIOMS_NO) + rf"|\b(?:{NO_WORDS})\b")
YES = later("|".join(rf"\b(?:{p})" for p in IDIOMS_YES))
BURNT = later(
    r"\b(?:stove|shredder|bin|fire|furnace|bonfire|incinerator|waste\w*|trash|rubbish|pulper|dustbin|garbage|burn\s+bag|flames)\b"
)
BLANK = later(
    r"\b(?:leave|leaves|left|stay|stays|remain|remains|is|are|keep|keeps)\b[^.;]{0,40}?\b(?:blank|empty|bare|unfilled|untouched|open|void|clear|out)\b|\b(?:redact|remove|omit|expunge|delete|skip|strike|cross|rip|tear|scratch|rub|black|blot|cut|scrub|wipe)(?:s|es|ped|ed|d)?\b|\bpass\s+over\b|\bline\s+through\b|\b(?:torn|tear|tears)\s+(?:\w+\s+)?out\b|\b(?:burnt|burned|destroyed|shredded)\b"
)
FILLED = later(r"\b(?:fill|fills|filled|complete|tick|enter|put|write|note)\b|\bgoes?\s+(?:in|into|on)\b")
PAPER = later(
    r"\b(?:box(?:es)?|columns?|fields?|drawers?|ledgers?|registers?|notebooks?|log|file|files|folder|folders|cabinet|card|cards|form|forms|line|stove|shredder|bin|fire|furnace|bonfire|incinerator|sheet|chart|charts|jacket|records?|notes|paperwork|database|system|spreadsheet|docket|entry|entries|blank|reports?|pages?|logbook|paper(?!s))\b"
)
NOT_IN = later(
    r"^\W*(?:no|not|never)\b[^.;]{1,60}?\b(?:in|on|into)\s+(?:the|any|our|your|his|her|a)\s+(?:\w+\s+)?(?:log|files?|records?|reports?|charts?|books?|register|ledger|notes?|system|form|card)\b"
)
PUT = later(
    r"\b(?:puts?|write|writes|written|enter|enters|entered|notes?|noted|goes?|record|records|recorded|filed?|kept|keep|hold|holds|stored?|copied|copy|marked?)\b"
)
HUSH = later("|".join(rf"\b(?:{p})" for p in IDIOMS_NO[:2]))
_RULES = r"(?:polic(?:y|ies)|position|view|rule|practice|intention|intent|aim|meaning|purpose|sense|understanding|reading|wish|stance|law|order)"
_HELD_OFF = r"(?:barred|bars?|banned|prohibit(?:ed|s)?|forbidden|forbids?|prevent(?:ed|s)?|kept|keeps?|stopp?(?:ed|s)?|restrain(?:ed|s)?|hindered|hinders?|restrict(?:ed|s)?|preclude[ds]?|debarred|disallow(?:ed|s)?|may\s+not|must\s+not|can't|cannot|mustn't)"
DENIED = later(
    rf"\b(?:not|never|no|nothing|nobody|nowhere|neither|nor|isn't|wasn't|aren't)\b[^.;]{{0,140}}?(?:\b{_RULES}\b(?:\s*,)?(?:\s+(?:of|in|at|for|here)\s+[\w' ,]{{1,60}}?)?(?:\s*,[^,.;]{{1,80}},)?\s+that\b|\b(?:mean|means|meant|say|says|said|read|taken|understood|construed|think|thinks|believe|believes|suppose|supposes|conclude|imagine|imply|implies|suggest|suggests|infer)\b(?:\s+(?:to\s+(?:mean|say|imply|be)|as|at\s+all|here|in\s+it))*\s*(?:,[^.;]{{1,80}},\s+)?that\b)[^.;]{{0,80}}?\b{_HELD_OFF}\b"
)  # "it is not our position that a member is kept from ..."
_WE = r"(?:we|you|i|staff|they|the\s+[\w']+(?:\s+\w+)?|this\s+\w+|our\s+\w+)"
ALL_BUT = later(
    rf"\b(?:nothing|no\s+(?:\w+\s+){{0,3}}?\w+)\b[^.;,]{{0,60}}?\b{_WE}\s+(?:ever\s+|would\s+|will\s+|may\s+)?(?:hold|keep|withhold|refuse|hide|conceal|deny|lock)\b"
    rf"|\bthe\s+(?:only|one|sole)\s+(?:\w+\s+){{1,3}}?(?:that\s+|which\s+)?{_WE}\s+(?:won't|don't|will\s+not|do\s+not|may\s+not|can't|cannot|must\s+not|never|refuse\s+to)\s+(?:\w+ly\s+)?(?:show|tell|give|hand|let|share|send|pass|read|disclose)\b"
    rf"|\b(?:gets?\s+to|may|can|is\s+(?:free|allowed|welcome)\s+to)\s+(?:see|have|read|copy|look\s+(?:at|through)|get|know)\s+(?:all|everything|whatever|anything)\s+{_WE}\s+(?:have|has|hold|holds|keep|keeps|know|knows|got)\b"
)  # nothing is kept back, or but one thing
NOT_WHO = later(
    r"(?:\A|[.:;?!]\s+|[\"'(]|\n\s*)(?:and\s+|but\s+)?who\s+(?:may\s+not|can't|cannot|can\s+not|doesn't|does\s+not|don't|mustn't|must\s+not|shouldn't|isn't\s+(?:allowed|to)|is\s+not\s+(?:allowed|to)|shall\s+not)\b(?:\s+[\w']+){0,6}\s*[:.?—–-]"
)
WHO = later(
    r"(?:\A|[.:;?!]\s+|[\"'(]|\n\s*)(?:and\s+|but\s+)?who\s+(?:may|can|should|does|gets?|sees?|is\s+(?:allowed|free)\s+to)\b(?!\s+not)(?:\s+[\w']+){0,6}\s*[:.?—–-]"
)


def roll(low: str, start: int, end: int) -> tuple[Modality, int] | None:
    """What the head of a list of people comes to, and where the list begins: "Who may not: the press, agents."."""
    for pattern, force in ((NOT_WHO, Modality.FORBIDDEN), (WHO, Modality.PERMITTED)):
        if m := pattern.search(low[start:end]):
            return force, start + m.end()
    return None


THEIRS = later(
    r"\b(?:may|can|shall|will|must|(?:is|are)\s+(?:free|welcome|allowed|permitted|entitled|to)(?:\s+to)?|gets?\s+to|(?:wants?|expects?|likes?)\s+(?:[\w']+\s+){1,4}?to)\s+(?:\w+ly\s+)?(?:have|see|get|look|read|copy|inspect|consult|learn|hear|collect|view|search|examine|find|take|know|use|be\s+(?:told|given|shown|sent|pointed|handed|read|furnished|supplied|allowed|let))\b"
)  # what the authority may have
ELLIPSIS = later(
    r"\b(?:they|he|she|it|one|that|those|the\s+rest)\b[^.;]{0,50}?\b(?:don't|doesn't|won't|can't|cannot|never|(?:do|does|will|may)\s+not)\s+(?:get|gets|have|see|hear|learn|find|leave)\b|\bwhistles?\s+for\b|\bnone\s+of\s+(?:your|their|its|his|her)\s+(?:business|affairs?|concern)\b|\b(?:now|today)\b[^.;]{0,12}?\b(?:we|you|they)\s+(?:don't|do\s+not)\b|^\W*(?:and\s+)?(?:to|for)\s+[^.;:]{2,40}[,:]\s*(?:no|never|nothing)\b|\banswer(?:'s|\s+is|:)\s+(?:\w+\s+)?no\b|\bwe\s+(?:stopped|quit)\b|\bends?\s+with\s+\"?no\b|\bgets?\s+(?:nothing|none|no\s+\w+)\b|^\W*(?:hands\s+off|play\s+dumb|hang\s+up|say\s+nothing|forget\s+it|no\s+way|tell\s+(?:them|him|her)\s+nothing|zilch|mum)\b"
)
TRUTH = later(
    r"\btrue\s+or\s+false\b|\bfact\s+or\s+(?:fiction|myth)\b|\bmyth\b|\bright\s+or\s+wrong\b|(?<!\bsay )(?<!\bsays )(?<!\banswer )(?<!\bwith )(?<!\btell )(?<!\ba )(?<!\bplain )(?<!\bsimple )\byes\s+or\s+no\b"
)
MYTH = later(
    r"\W*(?:(?:a\s+|the\s+|common\s+|popular\s+)*(?:myth|misconception|fiction|rumou?r|untruth|falsehood|wrong|false|misunderstanding|hearsay)s?(?:\s+(?:no\.?\s*)?\d+)?)\s*[:.—–-]+\s*(?=[a-z'\"]+\s+\S+\s+\S+)"
)  # a sentence that is called false beforehand
FALSE = later(r"\W*(?:answer|a|reality|truth|fact)?\W*(?:false|wrong|fiction|myth|untrue|no)\b")
BARRED = later(
    r"\bany\s+(?:bar|ban|rule|law|objection|reason|harm|obstacle|order)\b|\b(?:forbid|forbidden|prohibit|prohibited|barred|bar|stop|stops|keep|keeps|hinder|hinders|prevent|prevents|object|mind|wrong|against|trouble|punish\w*|disciplin\w*|fired|sacked|reprimand\w*|suspended|penal\w*|break|breaking|violat\w*|lose\s+my\s+(?:job|place|badge)|in\s+breach)\b"
)
LEAD = later(
    r"\W*(?:a\s*[.:]\s*|answer\s*[.:]\s*)?(?:no|never|yes|not\s+(?:that|this|the\s+\w+)|sure)\b\s*(?=[,;:—–-])"
)
CARRIED = later(
    r"\b(?:motion|resolution|question|proposal|rule|it)\s+(?:was|is|being)?\s*(?:then\s+)?(?:put\s+and\s+)?(?:carried|adopted|passed|agreed\s+to)\b|\bcarried\s+(?:unanimously|by|\d)|\b(?:so|thus)\s+(?:ordered|resolved|voted)\b|\bhas\s+effect\s+from\b|\bthe\s+ayes\s+have\s+it\b|\ball\s+in\s+favou?r\b|\bvoted\s+yes\b"
)
MOVED = later(
    r"\W*(?:[\d.]+\s+)?(?:it\s+was\s+|\w+\s+){0,4}?(?:moved|proposed|resolved|agreed|voted|decided)\b(?:,?\s+(?:seconded|and|by|\w+)){0,4}?,?\s+that\b"
)
ASKING = later(
    r"\b(?:ask(?:s|ed|ing)?|questions?|inquir\w+|enquir\w+|wonder\w*|quer(?:y|ies)|quizz?\w*|prob(?:e|es|ing)|pry|prying|curious|bring\s+up|raise|comes?\s+up)\b"
)


MENTIONS = later(
    r"\byes\s+or\s+no\b|\b(?:is|are|was)\s+(?:and|or|but)\s+(?:who\s+)?(?:(?:is|are)\s+not|isn't|aren't|not)\b|\bor\s+(?:not|isn't|aren't|neither)\b|\bwho\s+(?:isn't|is\s+not|aren't|are\s+not)\b|\bnot\s+(?:an?\s+)?(?:citizen|american|national|resident)s?\b|\b(?:is|are)n't\s+(?:an?\s+)?(?:citizen|documented|legal)s?\b|"
    r"\bno\s+papers\b|\bif\s+(?:he|she|they|it|you)\s+(?:is|are|does|do|has|have)(?:n't|\s+not)\b"
)  # negative words inside what is asked about, which forbid nothing


UNHINDERED = later(
    rf"(?:\b(?:{NO_WORDS})\b|n't\b)[^.;:,|]{{0,70}}?\b(?:hinder\w*|hamper\w*|imped\w+|obstruct\w*|restrain\w*|prevent\w*|stop(?:s|ped|ping)?(?!\s+by\b)|barred|bars|block(?:s|ed|ing)|restrict\w*|limit(?:s|ed|ing)?|curb\w*|gag(?:s|ged)?|muzzl\w+|silenc(?:e[ds]|ing)|discourag\w+|dissuad\w+|deter(?:s|red)?|penali[sz]\w+|punish\w*|disciplin\w+|reprimand\w*|retaliat\w+|second-guess\w*|delay\w*|refus\w+|declin\w+|withh[eo]ld\w*|h[eo]ld\s+back|conceal\w*|hid(?:e|es|den|ing)|stonewall\w*|(?:turn(?:s|ed|ing)?|sen[dt]s?)\s+(?:[\w']+\s+){{0,3}}?away|(?:keep|keeps|kept)\s+(?:[\w']+\s+){{0,3}}?(?:waiting|back\b|quiet|in\s+the\s+dark|secret)|put\s+off|fobb?ed|brush(?:es|ed)\s+(?:\w+\s+)?off|interfer\w+|stand\s+in|counsel(?:s|ed)?\s+against|told\s+not\s+to|forbid\w*|forbad\w*|prohibit\w*|condition\w*\b(?=[^.;]{{0,60}}\b(?:placed|put|set|imposed|attached|laid)\b)|(?:protocol|step|hurdle|obstacle|barrier|waiting\s+period|precondition|requirement|burden|fetter|gate|wall)s?\b(?=[^.;]{{0,60}}\b(?:between|placed|put|set|imposed|attached|laid|upon|on|before|around)\b))"
)  # a ban on hindering


def _bare(low: str, start: int, end: int) -> str:
    return MENTIONS.sub(lambda m: " " * len(m[0]), low[start:end])


def needless(low: str, start: int, end: int) -> bool:
    """Whether leave is dispensed with: "nobody needs my word to", "a form is not needed", "no leave need be sought"."""
    return any(
        not re.search(r"\b(?:unless|except|only|other\s+than)\b", low[start : m.start()])
        and (
            m["not"]
            or not re.search(
                r"\b(?:is|are|be)\s+(?:needed|required|necessary|called\s+for|wanted|insisted|asked|sought|obtained|demanded|in\s+order)|needs?\s+to\s+be",
                m[0],
            )
            or m[0].startswith(("no ", "neither "))
        )
        for m in NEEDLESS.finditer(low, start, end)
    )


_FREED = later(
    r"(?:\b(?:not|never|neither|nor|no\s+longer|without|ever)|n't)\s+(?:\w+\s+){0,2}\Z|\b(?:no|neither|nor|nothing|nobody)\b[^.;,]{0,90}\s\Z"
)
_STILL = later(r"(?:held|kept|parked|queued|set|put|stays?|sits?|hangs?|is|are|be|remains?)\s")


def framed(low: str, start: int, end: int) -> Modality | None:  # noqa: PLR0911 - one frame a line
    """What a frame round the act comes to: a penalty for it, none for it, a custom that ends, no bar to it."""
    if VOIDED.search(low, start, end):
        return Modality.FORBIDDEN
    if over := lifted(low, start, end):
        return over
    if needless(low, start, end) or _TOLD_OFF.search(low, start, end) or MINDLESS.search(low, start, end):
        return Modality.PERMITTED
    if UNPUNISHED.search(low, start, end) or UNBARRED.search(low, start, end):
        return None if OMITS.search(low, start, end) and not UNBARRED.search(low, start, end) else Modality.PERMITTED
    if ended := ENDED.search(low, start, end):
        return Modality.PERMITTED if OMITS.search(ended[0]) else Modality.FORBIDDEN
    tolled = TARIFF.search(low, start, end) and not GRATIS.search(low, start, end)
    if tolled or CHANNEL.search(low, start, end):
        return Modality.ONLY_IF
    if gated := GATED.search(low, start, end):
        free = _STILL.match(gated[0]) and _FREED.search(low[max(start, gated.start() - 110) : gated.start()])
        return Modality.PERMITTED if free else Modality.ONLY_IF
    if punished := _FOR.search(low, start, end):
        return Modality.OBLIGED if OMITS.search(low, punished.end(), end) else Modality.FORBIDDEN
    m = _SANCTION.search(low, start, end)
    who = WHOEVER.search(low, start, m.start()) if m else None
    if not m or not who or re.search(rf"\b(?:{NO_WORDS})\s*$", low[start : who.start()]):
        return None
    return Modality.OBLIGED if OMITS.search(low, who.start(), m.start()) else Modality.FORBIDDEN


_SANCTION = later(rf"\b{SANCTION}\b")
_FOR = later(
    rf"\b(?:you|he|she|they|one|staff|clerks?|officers?|employees?|members?)\s+(?:can|may|will|shall|could|is|are|might)\s+(?:be\s+|get\s+)?{SANCTION}\s+for\s+(?=[\w,' ]{{0,160}}?\b\w+ing\b)"
)  # "you can lose your job for letting them see it"


def drift(low: str, start: int, end: int) -> tuple[Modality, Manner] | None:
    """What the idioms and the negative words of a sentence come to; None where it has none."""
    manner = (
        Manner.APPROVAL
        if approval(low, start, end)
        else Manner.SOFT
        if english.SOFT.search(low, start, end)
        else Manner.PLAIN
    )
    if manner is Manner.APPROVAL:
        return Modality.ONLY_IF, manner
    if UNBARRED.search(low, start, end) or UNHINDERED.search(low, start, end) or needless(low, start, end):
        return Modality.PERMITTED, manner
    if NO.search(_bare(low, start, end)):
        return Modality.FORBIDDEN, manner
    if THEIRS.search(low, start, end):
        return (Modality.ONLY_IF if english.ONLY.search(low, start, end) else Modality.PERMITTED), manner
    if YES.search(low, start, end):
        return Modality.PERMITTED, manner
    return (manner is Manner.SOFT and (Modality.FORBIDDEN, manner)) or None


def filing(low: str, start: int, end: int) -> Modality | None:
    """What a sentence about boxes, columns and files comes to: whether the thing is to stand there."""
    if not PAPER.search(low, start, end):
        return None
    if NOT_IN.search(low, start, end):
        return Modality.FORBIDDEN
    if (
        BURNT.search(low, start, end)
        or BLANK.search(low, start, end)
        or (PUT.search(low, start, end) and NO.search(_bare(low, start, end)))
    ):
        return Modality.FORBIDDEN
    return Modality.OBLIGED if FILLED.search(low, start, end) else None


_SAYS = r"(?:\b(?:say|says|saying|answer|answers|reply|replies|respond|responds|read|reads\s+out|recite|repeat|use|script|line|response|this|you|staff|clerk|officer|deputy|operator|receptionist|desk|us|we|a|me|tell\s+(?:them|him|her|the\s+\w+))\s*[,:]\s*(?:that\s*)?[\"']?|\b(?:say|says|saying|answer|answers|reply|replies|tell\s+(?:them|him|her|the\s+\w+))\s+(?:only\s+|just\s+|simply\s+)?[\"'])\s*"
_POLITE = r"(?:(?:i'm|i\s+am|we're|we\s+are)?\s*(?:very\s+|so\s+|terribly\s+)?(?:sorry|afraid)[,;:.—–-]?\s*(?:but\s+|that\s+|sir[,.]?\s*|ma'am[,.]?\s*|officer[,.]?\s*)?|thank\s+you(?:\s+for\s+\w+)?[,;.]?\s*(?:but\s+)?)?"
_LET = r"(?:[\w'-]+\s+){1,5}?(?:shall|may|must|will|can|is|are)\s+(?:ever\s+)?(?:be\s+)?(?:\w+ly\s+)?(?:prohibited|forbidden|barred|banned|prevented|precluded|restrained|restricted|hindered|disciplined|punished|penali[sz]ed|stopped|kept)\b"  # "no clerk shall be barred" is no answer
REFUSES = later(
    rf"{_SAYS}{_POLITE}(?:(?:i|we|this\s+\w+|our\s+\w+|staff|it)(?:'m|'re|\s+am|\s+are|\s+is)?\s*(?:can't|cannot|can\s+not|don't|do\s+not|won't|will\s+not|aren't|isn't|not\s+(?:able|allowed|permitted|free|at\s+liberty|in\s+a\s+position)|unable)|no\b(?!\s+(?:problem|trouble|worries))(?!\s+{_LET})|that(?:'s|\s+is|\s+isn't|'s\s+not)\s+(?:not\s+|none\s+)?(?:something|anything|for|of|our|confidential|private|information)|not\s+(?:here|from\s+(?:us|me|here|(?:this|our)\s+\w+)|without)|ask\s+(?:someone|somebody|elsewhere)|you'll\s+have\s+to)"
)
OBLIGES = later(
    rf"{_SAYS}(?:certainly|sure\b|of\s+course|yes\b|here(?:'s|\s+is|\s+are|\s+it|\s+you)|no\s+(?:problem|trouble)|gladly|happy\s+to|(?:he|she)(?:'s|\s+is)\s)"
)


def scripted(low: str, start: int, end: int) -> Modality | None:
    """What words put into the speaker's mouth come to: a refusal is a ban, an answer is leave."""
    if low.endswith("?", start, end) or not SCRIPT.search(low, start, end):
        return None
    if REFUSES.search(low, start, end):
        return Modality.FORBIDDEN
    return Modality.PERMITTED if OBLIGES.search(low, start, end) else None


SCRIPT = later(r"[:\"']")


def norm(span: tuple[int, int], family: str, force: tuple[Modality, Manner]) -> Norm:
    """The whole sentence as one norm of the family."""
    return Norm(force[0], family, "", span, (span[0], span[0]), object=span, counterpart=span, manner=force[1])
