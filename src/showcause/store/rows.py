"""A core value in, the row that holds it out; and the seal of a row, by which the log vouches for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table

from showcause.core import (
    ORDER,
    Document,
    Finding,
    Given,
    Kind,
    Law,
    OfficialText,
    Passage,
    Question,
    Record,
    Scan,
    Verdict,
)
from showcause.store.plain import canonical, digest, plain, plain_document, plain_finding, quoted, stamp

Row = dict[str, Any]


def seal(row: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over all columns of a row; bytes enter as their own SHA-256."""
    return digest({name: _sealable(value) for name, value in row.items()})


def _sealable(value: Any) -> Any:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value


def row_name(table: Table, row: Mapping[str, Any]) -> str:
    """`TABLE/KEY[/KEY]`: what the log calls a row."""
    return "/".join([table.name, *(str(row[column.name]) for column in table.primary_key.columns)])


def given_row(given: Given) -> Row:
    """The row of a thing given; its key is the digest of path and SHA-256."""
    path = given.path.encode("utf-8", "surrogatepass")
    return {
        "key": given_key(given.path, given.sha256),
        "path": path,
        "state": given.state.value,
        "document": given.document,
        "body": canonical(plain(given)),
    }


def given_key(path: str, sha256: str) -> str:
    """The key of a thing given."""
    return hashlib.sha256(path.encode("utf-8", "surrogatepass") + b"\0" + sha256.encode()).hexdigest()


def document_row(doc: Document) -> Row:
    """The row of a document, its text as bytes."""
    return {
        "id": doc.id,
        "sha256": doc.sha256,
        "body": canonical(plain_document(doc)),
        "text": doc.text.encode("utf-8", "surrogatepass"),
        "mail": doc.mail.digest or None if doc.mail else None,
    }


def scan_row(document_id: str, scan: Scan) -> Row:
    """The row of one recognised page, its words packed."""
    body = canonical({"turned": scan.turned, "engine": scan.engine})
    return {"document": document_id, "page": scan.page, "body": body, "words": scan.packed}


def law_row(law: Law) -> Row:
    """The row of a law pack, without its official text, which is a row of its own."""
    body = {name: value for name, value in plain(law).items() if name != "official"}
    return {"id": law.id, "digest": law.digest, "body": canonical(body)}


def official_row(law_id: str, text: OfficialText) -> Row:
    """The row of one official version."""
    body = canonical(plain(text))
    return {"law": law_id, "digest": hashlib.sha256(body.encode()).hexdigest(), "body": body}


def question_row(question: Question, seq: int) -> Row:
    """The row of a question."""
    return {"id": question.id, "seq": seq, "kind": question.kind.value, "body": canonical(plain(question))}


def finding_row(finding: Finding, *, seq: int, at: datetime, assessment: int | None) -> Row:
    """The row of a finding; `at` is the time of the act that recorded it, by which it is read "as of"."""
    return {
        "seq": seq,
        "question": finding.question,
        "document": about_id(finding.about),
        "about": canonical(quoted(finding.about)) if isinstance(finding.about, Passage) else "",
        "reading": finding.reading,
        "verdict": finding.verdict.value,
        "by": finding.by,
        "judge": finding.judge.value,
        "at": stamp(at),
        "assessment": assessment,
        "body": canonical(plain_finding(finding)),
    }


def of_review(finding: Finding) -> bool:
    """Whether a finding answers a request or a privilege question: the review of one side, which no paper shows."""
    words = {*ORDER[Kind.REQUEST], *ORDER[Kind.PRIVILEGE]} - {Verdict.UNCLEAR}
    return finding.verdict in words or "/request-" in finding.question or finding.question == Kind.PRIVILEGE.value


def about_id(about: Passage | Document | Record) -> str:
    """The id of the document judged, or of the record."""
    return about.doc.id if isinstance(about, Passage) else about.id


def leans_on(findings: Iterable[Finding]) -> list[str]:
    """The ids of all documents that these findings judge or cite, each once, sorted."""
    ids = set()
    for finding in findings:
        ids.add(about_id(finding.about))
        ids |= {cite.doc.id for cite in (*finding.cites, *finding.clashes_with)}
    return sorted(ids)


def in_force(versions: Iterable[OfficialText], on: date | None) -> OfficialText | None:
    """The version in force on a day; the latest where no day is given.

    A version whose first day is not known stands in only where none is known to have been in force.
    """
    ordered = sorted(versions, key=first_day)
    if on is None:
        return ordered[-1] if ordered else None
    alive = [v for v in ordered if v.repealed is None or v.repealed > on]
    begun = [v for v in alive if first_day(v) <= on]
    unknown = [v for v in alive if v.in_force is None]
    return begun[-1] if begun else next(iter(unknown), None)


def first_day(text: OfficialText) -> date:
    """The first day on which a version is known to have been law: in force, else released, else the beginning."""
    return text.in_force or text.published or date.min
