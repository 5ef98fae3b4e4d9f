"""The words by which the privilege rule knows a claim, legal matter, advice passed on, deliberation and private things."""

from __future__ import annotations

import re
from typing import Final

from showcause.text import later


def _any(*said: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in said), re.IGNORECASE)


# An express claim: made by a person, in a subject or a line of the text; never the footer of a mail program.
CLAIM: Final = _any(
    r"attorney[- ]client(?:[- ](?:privileged?|communications?|confidential))?",
    r"privileged\s*(?:and|&|/)\s*confidential",
    r"confidential(?:\s*(?:and|&|/)\s*privileged)?\s+(?:legal|attorney)",
    r"(?:legally|solicitor)[- ]privileged",
    r"^\s*privileged\b",
    r"subject to (?:a claim of )?privilege",
    r"privileged (?:legal )?(?:communication|advice|memorandum)",
)
WORK_PRODUCT: Final = _any(
    r"(?:attorney|counsel)[’']?s? work[- ]product",
    r"\bwork[- ]product\b",
    r"(?:prepared )?in anticipation of (?:litigation|trial|suit)",
    r"(?:our|my|draft|counsel[’']s) (?:draft )?(?:of )?(?:the )?(?:motion|brief|pleading|complaint|answer) (?:to dismiss|for)",
    r"mental impressions",
    r"at (?:your|counsel[’']s|the) (?:direction|request)(?: of (?:our |the )?(?:counsel|attorneys?))?,? I (?:interviewed|prepared)",
    r"(?:you asked me to|I was asked to) prepare for the [\w ]*(?:trial|lawsuit|litigation|case|hearing)",
    r"(?:draft questions|outline) for the (?:cross-examination|deposition)",
    r"litigation (?:strategy|hold memorandum|file)",
)
BOILERPLATE: Final = _any(
    r"intended (?:only for|recipient)",
    r"(?:received|sent to you) [\w\s,/-]{0,40}in error",
    r"(?:confidentiality|privacy|legal) (?:notice|disclaimer)\s*:",
    r"(?:may|might) contain [\w\s,/-]{0,60}(?:privileged|confidential)",
)
BUSINESS: Final = _any(
    r"\b(?:invoice|statement|balance due|payment|toner|lunch|vacation|parking|conference room|calendar|agenda|rota)\b",
)
# Each group is one word of law, however often it is said.
LAW: Final = later(
    r"\b(?:"
    r"(?P<advice>legal(?:ly)?|(?:my|our|your|counsel[’']s) (?:legal )?advice|in my (?:legal )?opinion|I (?:would )?advise|please advise)"
    r"|(?P<asked>(?:can|may|must|should) we|are we (?:required|allowed|liable|obliged|permitted)|do we (?:have|need) to|is (?:that|this|it) a violation|what do we (?:tell|say))"
    r"|(?P<view>I (?:think|would|do not think|don[’']t think)|you asked (?:whether|for my|me))"
    r"|(?P<liable>liab(?:le|ility)|exposure|negligen(?:t|ce)|damages|indemnif\w+|reserve of)"
    r"|(?P<statute>statut\w+|ordinance|regulations?|code section|section \d+|§|under the [\w ]{0,20}law|wage law|(?:the|case|state|federal) law)"
    r"|(?P<court>courts?|judges?|jury|tribunal|circuit)"
    r"|(?P<suit>lawsuits?|litigation|suit|sue[sd]?|trial|hearing|arbitration|grievance)"
    r"|(?P<paper>motions?|briefs?|pleadings?|depositions?|subpoenas?|interrogator\w+|discovery|exhibits?|appeals?|stipulation)"
    r"|(?P<claim>claims?|complaint|violations?|allegation)"
    r"|(?P<settle>settl\w+|penalt\w+|back pay)"
    r"|(?P<contract>clause|enforceable|paragraph \d+|as drafted|breach|amendment|signed release)"
    r"|(?P<lawyer>lawyers?|attorneys?|counsel)"
    r"|(?P<privilege>privileged?|waiver|exempt(?:ion|ed)?|doctrine|immunity|work product)"
    r")\b",
    re.IGNORECASE,
)
_SPOKE = r"(?:advis\w+|told|tells?|recommend\w*|warn\w*|opine\w*|concluded?|(?:has|have) said|says?|thinks?)"
_COUNSEL = (
    r"(?:(?:town|city|county|state|general|corporate|district|our|outside)\s+)(?:attorneys?|counsel|lawyers?|solicitor)"
)
RELAY: Final = _any(
    rf"\b{_COUNSEL}\b[^.\n]{{0,40}}?\b{_SPOKE}\s+(?:us|me|that|against|the|you)\b",
    r"\bon (?:the )?advice of (?:our )?(?:counsel|attorneys?)\b",
    r"\b(?:per|according to) (?:our )?(?:counsel|attorneys?|lawyers?)\b",
    r"\b(?:counsel|attorney)[’']s (?:legal )?(?:advice|opinion) (?:is|was) that\b",
)
OPINION: Final = _any(
    r"\blegal (?:opinion|advice)\b", r"\badvi[sc]ed? (?:us|me|that|against)\b", r"[’']s (?:advice|opinion)\b"
)
DELIBERATIVE: Final = _any(
    r"pre-?decisional", r"deliberative (?:process|material|and)", r"internal deliberations?", r"deliberative;"
)
DRAFT: Final = _any(r"\bdraft\b")
UNDECIDED: Final = _any(
    r"\bI (?:recommend|propose|suggest|would prefer)\b",
    r"\bmy (?:recommendation|thinking|proposal)\b",
    r"\b(?:yet to decide|not (?:yet )?decided|nothing is decided|before (?:the \w+ )?decid\w+)\b",
)  # fmt: skip - a line a thought
PRIVATE: Final = _any(
    r"\b(?:home|personal|private) (?:phone|telephone|number|cell)(?: (?:is|no\.?))?:?\s*\(?\d[\d() .-]{6,}\d",
    r"\bcell(?: phone)?:?\s*\(?\d{3}[\d() .-]{5,}\d",
    r"\bhome address (?:is|:)\s*[^.\n]{4,80}",
    r"\bdiagnos(?:is|ed)(?: with|:)?\s+[^.\n]{3,80}",
    r"\bmedical record (?:no|number)\.?:?\s*[\w-]+",
)
# What a document is about, as a log may say it; the first that is spoken of.
TOPICS: Final = (
    ("immigration policy", _any(r"\bimmigration\b", r"\b(?:1373|7284)\b")),
    ("pending or expected litigation", _any(r"\b(?:lawsuit|litigation|trial|motion|deposition|v\.)\b")),
    ("a request for records", _any(r"\brecords? request\b", r"\bpublic records?\b")),
    ("employment", _any(r"\b(?:union|grievance|personnel|overtime|discipline|wage)\b")),
    ("contracts", _any(r"\b(?:contract|lease|clause|indemnif\w+)\b")),
    ("the body’s rules and manuals", _any(r"\b(?:policy|policies|manual|order|ordinance|section)\b")),
    ("land and works", _any(r"\b(?:boundary|survey|fence|permit|seawall)\b")),
)
