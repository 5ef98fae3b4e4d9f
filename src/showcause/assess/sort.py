"""What sort of document a request asks for, and what sort a document is: by its form, its name and its opening words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from showcause.core import Document
from showcause.text import later


class Sort(StrEnum):
    """A sort of document, as a reason names it."""

    POLICY = "policy or order"
    MESSAGE = "message or letter"
    TRAINING = "training paper"
    CONTRACT = "contract"
    REPORT = "report"
    MINUTES = "record of a meeting"
    LOG = "log or table of data"
    MONEY = "bill or budget"
    COMPLAINT = "complaint or disciplinary paper"
    VIDEO = "recording"
    FORM = "form"
    MEMO = "memorandum"


WORDS = {  # of a request, and of a document's name and opening
    Sort.POLICY: "policy policies procedure procedures directive directives guideline guidelines guidance manual manuals rule rules regulation regulations protocol protocols general_order general_orders special_order special_orders order orders bulletin bulletins notice notices ordinance code handbook instruction instructions resolution",
    Sort.MESSAGE: "communication communications correspondence email emails e-mail e-mails message messages letter letters memo_to text_messages exchange exchanges",
    Sort.TRAINING: "training trainings curriculum curricula lesson_plan lesson_plans lesson lessons slide slides course courses academy bulletin bulletins module modules handout handouts quiz",
    Sort.CONTRACT: "contract contracts agreement agreements mou mous memorandum_of_understanding memoranda_of_understanding lease leases amendment amendments purchase_order statement_of_work",
    Sort.REPORT: "report reports audit audits review reviews study studies assessment assessments evaluation evaluations analysis analyses findings summary summaries",
    Sort.MINUTES: "minutes agenda agendas transcript transcripts proceedings meeting_notes",
    Sort.LOG: "log logs ledger ledgers roster rosters list lists data database spreadsheet spreadsheets statistics table tables register inventory schedule records_of notification notifications index count counts",
    Sort.MONEY: "invoice invoices budget budgets payment payments expenditure expenditures receipt receipts bill bills grant_award grant_awards appropriation payroll",
    Sort.COMPLAINT: "complaint complaints grievance grievances disciplinary discipline disciplinary_files personnel_file internal_affairs investigation investigations",
    Sort.VIDEO: "video videos recording recordings footage audio photograph photographs",
    Sort.FORM: "form forms template templates questionnaire checklist checklists",
    Sort.MEMO: "memorandum memoranda memo memos",
}
ANY = later(
    r"\b(?:documents?|records?|materials?|papers?|information|files?|writings?)\b(?!\s+(?:retention|management|system|request|division|section|unit))",
    re.IGNORECASE,
)
_OF_SORT = later(r"\b(?:training|policy|disciplinary|personnel|budget|meeting|contract|complaint)\s+\Z", re.IGNORECASE)
_MESSAGE_KINDS = frozenset({"eml", "msg", "mbox", "emlx", "mail"})
_SHEETS = frozenset({"xlsx", "xls", "csv", "ods", "tsv"})
_SLIDES = frozenset({"pptx", "ppt", "odp"})
_LETTER = later(r"^\s*(?:dear\b|re:)", re.IGNORECASE | re.MULTILINE)
_MEMO = later(r"^\s*(?:memorandum|to:|from:)", re.IGNORECASE | re.MULTILINE)
_WEAK = frozenset(
    [
        "notice",
        "notices",
        "bulletin",
        "bulletins",
        "instruction",
        "instructions",
        "code",
        "rule",
        "rules",
        "order",
        "orders",
    ]
)
_LONG, _OPENING = 400, 160  # characters


@lru_cache(1)
def _patterns() -> tuple[tuple[Sort, re.Pattern[str]], ...]:
    made = []
    for one, words in WORDS.items():
        known = (word.replace("_", r"[\s_-]+") for word in sorted(words.split(), key=len, reverse=True))
        made.append((one, re.compile(rf"\b(?:{'|'.join(known)})\b", re.IGNORECASE)))
    return tuple(made)


def asked(head: str) -> tuple[frozenset[Sort], frozenset[str]]:
    """The sorts that the head of a request names, none where it asks for any; and the words by which it names them."""
    found: set[Sort] = set()
    words: set[str] = set()
    for one, pattern in _patterns():
        for m in pattern.finditer(head):
            found.add(one)
            words |= {word.lower() for word in re.findall(r"[\w-]+", m[0])}
    if any(not _OF_SORT.search(head[: m.start()]) for m in ANY.finditer(head)):
        return frozenset(), frozenset(words)
    return frozenset(found), frozenset(words)


def named(head: str) -> bool:
    """Whether the words name any sort of document, be it all of them."""
    return bool(ANY.search(head)) or any(pattern.search(head) for _, pattern in _patterns())


def sorts(document: Document) -> frozenset[Sort]:
    """What sorts a document is; none where it can't be told."""
    found: set[Sort] = set()
    if document.mail is not None or document.kind in _MESSAGE_KINDS:
        return frozenset({Sort.MESSAGE})
    if document.kind in _SHEETS:
        found.add(Sort.LOG)
    if document.kind in _SLIDES:
        found.add(Sort.TRAINING)
    opening = document.text.lstrip()[:_LONG]
    name = re.sub(r"[_.-]+", " ", document.name.rpartition(".")[0])
    if _MEMO.search(opening):
        found |= {Sort.MEMO, Sort.MESSAGE}
    if _LETTER.search(opening):
        found.add(Sort.MESSAGE)
    first = re.split(r"\n|(?<=[.:])\s", opening[:_OPENING], maxsplit=1)[0]
    named = f"{name} \n {document.title}"
    named = named if any(pattern.search(named) for _, pattern in _patterns()) else first
    found |= {one for one, pattern in _patterns() if pattern.search(named)}
    if Sort.POLICY in found and len(found) > 1 and _weakly(named):
        found.discard(Sort.POLICY)
    return frozenset(found)


def _weakly(named: str) -> bool:
    """Whether a document is called a policy only by a word that other papers bear too."""
    pattern = next(pattern for one, pattern in _patterns() if one is Sort.POLICY)
    return {m[0].lower() for m in pattern.finditer(named)} <= _WEAK
