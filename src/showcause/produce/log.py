"""What is withheld or redacted in, a privilege log out: in four kinds, as CSV, XLSX, DOCX and PDF.

Fed. R. Civ. P. 26(b)(5)(A) wants the claim made expressly and the thing described without revealing it; the columns are
those that local rules such as S.D.N.Y. Civ. R. 26.2 ask for. Attorneys are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Final

from showcause.core import Verdict
from showcause.errors import BadInput
from showcause.produce.item import Item, Mail

ATTORNEY: Final = "*"
LEGEND: Final = "* marks an attorney."


class LogKind(StrEnum):
    """The four kinds of log."""

    DOCUMENT = "document by document"
    METADATA = "metadata"
    TOPIC = "metadata plus topic"
    CATEGORICAL = "categorical"


class Column(StrEnum):
    """The columns of a log, by their heads."""

    ID = "LogID"
    BATES = "Bates"
    TYPE = "Type"
    DATE = "Date"
    AUTHOR = "Author"
    TO = "To"
    CC = "Cc"
    BCC = "Bcc"
    SUBJECT = "Subject"
    TOPIC = "Topic"
    DESCRIPTION = "Description"
    BASIS = "Basis"
    CUSTODIAN = "Custodian"
    FAMILY = "Family"
    TREATMENT = "Treatment"
    CATEGORY = "Category"
    DATES = "Dates"
    AUTHORS = "Authors"
    RECIPIENTS = "Recipients"
    WITHHELD = "Withheld"
    REDACTED = "Redacted"


C = Column
_WHO = (C.ID, C.BATES, C.TYPE, C.DATE, C.AUTHOR, C.TO, C.CC, C.BCC, C.SUBJECT)
_END = (C.BASIS, C.CUSTODIAN, C.FAMILY, C.TREATMENT)
COLUMNS: Final[Mapping[LogKind, tuple[Column, ...]]] = MappingProxyType(
    {
        LogKind.DOCUMENT: (*_WHO, C.DESCRIPTION, *_END),
        LogKind.METADATA: (*_WHO, *_END),
        LogKind.TOPIC: (*_WHO, C.TOPIC, *_END),
        LogKind.CATEGORICAL: (
            *(C.ID, C.CATEGORY, C.DESCRIPTION, C.BASIS, C.TYPE, C.DATES),
            *(C.AUTHORS, C.RECIPIENTS, C.CUSTODIAN, C.WITHHELD, C.REDACTED, C.BATES),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the log; `bates` is its first and last number, or the placeholder where it has none."""

    item: Item
    id: str
    bates: str
    family: str

    @property
    def treatment(self) -> str:
        """Whether it is withheld whole or produced with redactions."""
        return "Withheld" if self.item.withheld else "Redacted"


@dataclass(frozen=True, slots=True)
class Certification:
    """Who certifies a categorical log, as what, for whom, and when; `words` is what is certified."""

    name: str
    office: str
    day: date | None = None
    words: str = (
        "I certify that each document in the categories above was reviewed by me or under my direction, that the "
        "privilege or protection claimed for it applies to it, and that the descriptions are accurate and complete to "
        "the best of my knowledge, information and belief formed after a reasonable inquiry."
    )


@dataclass(frozen=True, slots=True)
class Log:
    """A log ready to be printed: head, rows of equal length, and the certification of a categorical one."""

    title: str
    kind: LogKind
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    certification: Certification | None = None


def entries(
    items: Iterable[Item],
    *,
    numbers: Mapping[str, tuple[str, str]],
    placeholder: str = "Not produced",
    prefix: str = "PL",
) -> tuple[Entry, ...]:
    """The entries for what is withheld or redacted as privileged, in order, numbered `PL-0001` and on.

    `numbers` gives the first and last Bates number of a document by its id. A family shows as the number of its head.
    """
    out: list[Entry] = []
    for item in items:
        if not item.withheld and not (item.redacted and item.coding.basis):
            continue  # what is redacted for privacy alone has its reason on its face and is not privileged
        ends = numbers.get(item.id)
        bates = placeholder if ends is None else ends[0] if ends[0] == ends[1] else f"{ends[0]} - {ends[1]}"
        head = item.family or item.id
        family = numbers.get(head, (head, ""))[0] if head != item.id or item.parent else ""
        out.append(Entry(item, f"{prefix}-{len(out) + 1:04d}", bates, family))
    return tuple(out)


def flaws(logged: Iterable[Entry], kind: LogKind) -> Iterator[str]:
    """What an entry lacks that a court would ask for, one line each."""
    for entry in logged:
        item, coding = entry.item, entry.item.coding
        said = {
            "basis": coding.basis,
            "description": coding.description if kind in (LogKind.DOCUMENT, LogKind.CATEGORICAL) else "-",
            "topic": coding.topic if kind in (LogKind.TOPIC, LogKind.CATEGORICAL) else "-",
            "date": "-" if item.day else "",
            "author": item.mail.sender if item.mail else item.author,
            "decision by a person": coding.by,
        }
        for what, words in said.items():
            if not words.strip():
                yield f"{entry.id} ({item.id}): no {what}"


def log(
    logged: Sequence[Entry],
    kind: LogKind,
    *,
    title: str,
    attorneys: frozenset[str] = frozenset(),
    certification: Certification | None = None,
) -> Log:
    """The log of one kind. `attorneys` are names and addresses, in any case, that are marked.

    Raises BadInput where a categorical log has no certification.
    """
    known = frozenset(a.casefold() for a in attorneys)
    if kind is LogKind.CATEGORICAL:
        if certification is None:
            raise BadInput("a categorical log needs a certification that somebody signs")
        rows = tuple(_categories(logged, known))
    else:
        rows = tuple(tuple(_cell(entry, column, known) for column in COLUMNS[kind]) for entry in logged)
    return Log(title, kind, COLUMNS[kind], rows, certification if kind is LogKind.CATEGORICAL else None)


def marked(person: str, attorneys: frozenset[str]) -> str:
    """The person with the mark where the name, or the address in it, is an attorney's."""
    name, _, rest = person.partition("<")
    address = rest.partition(">")[0]
    is_one = any(part.strip().strip('"').casefold() in attorneys for part in (person, name, address) if part.strip())
    return f"{person}{ATTORNEY}" if is_one else person


def _people(persons: Iterable[str], attorneys: frozenset[str]) -> str:
    return "; ".join(marked(p, attorneys) for p in persons)


def _cell(entry: Entry, column: Column, attorneys: frozenset[str]) -> str:
    item, mail = entry.item, entry.item.mail or Mail()
    cells = {
        C.ID: entry.id,
        C.BATES: entry.bates,
        C.TYPE: _type(item),
        C.DATE: item.day.date().isoformat() if item.day else "Undated",
        C.AUTHOR: _people([mail.sender or item.author], attorneys) if mail.sender or item.author else "",
        C.TO: _people(mail.to, attorneys),
        C.CC: _people(mail.cc, attorneys),
        C.BCC: _people(mail.bcc, attorneys),
        C.SUBJECT: mail.subject or item.title or (item.name if not item.mail else ""),
        C.TOPIC: item.coding.topic,
        C.DESCRIPTION: item.coding.description,
        C.BASIS: item.coding.basis,
        C.CUSTODIAN: "; ".join(item.custodians),
        C.FAMILY: entry.family,
        C.TREATMENT: entry.treatment,
    }
    return cells[column]


def _type(item: Item) -> str:
    if item.mail:
        return "E-mail"
    kinds = {"docx": "Word document", "doc": "Word document", "xlsx": "Spreadsheet", "xls": "Spreadsheet"}
    return kinds.get(item.kind, item.kind.upper())


def _categories(logged: Sequence[Entry], attorneys: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """A row a category: documents of one topic and one basis."""

    def category(entry: Entry) -> tuple[str, str]:
        return entry.item.coding.topic, entry.item.coding.basis

    ordered = sorted(logged, key=category)
    for number, ((topic, basis), group) in enumerate(groupby(ordered, key=category), 1):
        members = list(group)
        items = [entry.item for entry in members]
        days = sorted(item.day.date() for item in items if item.day)
        mails = [item.mail or Mail() for item in items]
        withheld = sum(item.coding.privilege is Verdict.WITHHOLD for item in items)
        cells = {
            C.ID: f"C-{number:03d}",
            C.CATEGORY: topic,
            C.DESCRIPTION: " ".join(_each(item.coding.description for item in items)),
            C.BASIS: basis,
            C.TYPE: "; ".join(_each(map(_type, items))),
            C.DATES: f"{days[0].isoformat()} to {days[-1].isoformat()}" if days else "Undated",
            C.AUTHORS: _people(_each(m.sender or i.author for m, i in zip(mails, items, strict=True)), attorneys),
            C.RECIPIENTS: _people(_each(p for m in mails for p in (*m.to, *m.cc, *m.bcc)), attorneys),
            C.CUSTODIAN: "; ".join(_each(c for item in items for c in item.custodians)),
            C.WITHHELD: str(withheld),
            C.REDACTED: str(len(items) - withheld),
            C.BATES: "; ".join(_each(entry.bates for entry in members)),
        }
        yield tuple(cells[column] for column in COLUMNS[LogKind.CATEGORICAL])


def _each(words: Iterable[str]) -> list[str]:
    """Each of the words once, in order, without the empty ones."""
    return list(dict.fromkeys(w for w in words if w))
