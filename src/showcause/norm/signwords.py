"""English that the signs of many laws share, as data: `{name}` in a sign stands for one of these word lists.

Each is an alternation in the syntax of a pack's word lists (`norm/wordlist.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from showcause.text import later

SLOT = later(r"\{(\w+)\}")
DEEPEST = 4  # word lists that name one another

SHARED: dict[str, str] = {
    "needless": "(need not|needn't|need never|(do|does) not (need|have) to|(don't|doesn't) (need|have) to|(is|are) not (required|obliged|bound|expected|called on) to|(is|are) under no (duty|obligation) to|no (need|duty|obligation|requirement) to|not necessary to|may (choose|elect|decide) not to|may (decline|omit|refuse) to|may (dispense with|forgo|skip|waive|leave out)|can skip|free not to|excused from|exempt from|relieved of|at (its|his|her|their|your) (own |sole |)(option|discretion|pleasure))",
    "optional": "(optional|voluntary|not (required|mandatory|needed|necessary|compulsory|obligatory)|unnecessary|needless|if (time|the mood|it suits|convenient|anyone|somebody|you (like|wish|want|care))*|up to (you|him|her|them|the *)|a matter of (choice|taste|courtesy|discretion|judgment)|(your|his|her|their) (own |)(call|choice|decision)|can be skipped|may be (skipped|omitted|waived|dispensed with))",
    "leave": "(may|can|free to|at liberty to|welcome to|entitled to|allowed to|permitted to|authorized to|(has|have) (discretion|leave|authority|power|the right) to|feel free to)",
    "until": "(until|till|pending|unless and until|only after|before|once|not before|awaiting)",
    "onlyif": "(only (if|when|where|in|after|once|upon|on|with|to|for|those|the|who|for)|unless|except (where|when|if|that)|so long as|as long as|provided (that|)|no ... (unless|without|until))",
    "wait": "(wait|waits|waiting|delay|delays|delayed|delaying|defer|defers|deferred|deferring|postpone|postpones|postponed|postponing|put off|puts off|putting off|hold|holds|held|holding|hold off|hold back|hold up|sit on|sits on|sit|sits|stall|stalls|park|parks|parked|suspend|suspends|suspended|stays|embargo*|push* back|shelve|shelves|shelved|table|tabled|drag|slow-walk|keep back|stand* over|lie over|lies over|on hold|on ice|no hurry|takes its turn|in the queue|tray|drawer)",
    "council": "(council|board|commission|supervisors|trustees|selectmen|aldermen|directors|governing body|legislative body|committee|assembly)",
    "boss": "(chief|sheriff|captain|lieutenant|sergeant|commander|supervisor*|superintendent|director*|manager*|head|heads|boss|administrator*|mayor|dean|president|principal|executive|commissioner|foreman|chair|superior*|command|management|department head|upstairs|front office)",
    "counsel": "(attorney|city attorney|counsel|lawyer|lawyers|solicitor|law office|legal (department|office|staff|counsel|division|adviser|review)|legal|law department)",
    "approve": "(approv*|consent*|sign* off|signs|signed|signature*|sign|sign-off|signoff|okay*|ok|o.k.|ok'd|clear|clears|cleared|clearance|leave|permission|authori*|assent*|concur*|endors*|initial*|blessing|nod|go-ahead|say-so|countersign*|bless*|agree*|vote*|resol*)",
    "punish": "(fire|fires|fired|firing|sack|sacked|dismiss|dismisses|dismissed|dismissal|terminate*|termination|discharge|discharged|disciplin*|suspend|suspends|suspended|suspension|demot*|reprimand*|transfer|transfers|transferred|reassign*|write up|written up|write* him up|punish*|penali*|sanction*|dock|docked|cut his hours|shift* to|passed over|pass over|deny promotion|bad (review|evaluation|rating)*|poor (review|evaluation|rating)*|low* (rating|mark|evaluation|score)*|harass*|retaliat*|reprisal*|threaten*|threat|blacklist*|ostraci*|isolate*|hostile|adverse action*|unfavorable|worse (shift|hours|post)*|graveyard|night shift|moved to|sent to|lose* (his|her|their|the) (post|job|assignment|overtime|shift|badge|bonus|place)|stripped of|removed from|bypass*|taken off|kept off|off the list|black mark|loyalty|get* even|make* (him|her|them) pay|pay* for it|sidelin*|freeze out|frozen out|downgrad*|withheld*)",
    "day": "(day|days|week|weeks|month|months|year|years|hour|hours|quarter)",
}


def filled(sign: str, own: Mapping[str, str]) -> str:
    """`sign` with the word lists put in that it names; KeyError for a name that neither the pack nor English has."""
    for _ in range(DEEPEST):
        sign = SLOT.sub(lambda m: own[m[1]] if m[1] in own else SHARED[m[1]], sign)
    return sign


MARKS = "=+-^?%"  # what may stand before a sign


def marks(sign: str) -> str:
    """The marks before a sign."""
    return sign[: len(sign) - len(sign.lstrip(MARKS))]


def parts(sign: str, own: Mapping[str, str]) -> tuple[str, ...]:
    """The word lists of a sign, the first being the one whose force counts.

    "!" stays before those that must not stand, "&" before those that may stand a few sentences off, "~" before those
    that must stand in the clause of the first ("!~": must not).
    """
    return tuple(one.strip() for one in filled(sign.lstrip(MARKS), own).replace(" && ", " & &").split(" & "))
