"""A small matter with all that a proof must show and hide, its log in a real store, and a key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from showcause import store
from showcause.core import (
    RECORD,
    Case,
    Deadline,
    Document,
    Finding,
    Given,
    Heading,
    Kind,
    Law,
    Mark,
    OfficialText,
    PageMap,
    Provision,
    Question,
    Reading,
    Requirement,
    State,
    Verdict,
)
from showcause.prove import Evidence, make_key

T = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
CANARY = "Peregrine"  # in the withheld document's text, name, custodian, custody and findings, and nowhere else
BY = "duty:1"


def law() -> Law:
    words = "No law may ban the telling."
    official = OfficialText("9 T.C. 1", "/t/1", "Telling", words, (Provision("/t/1/a", "(a)", "", "section", 0, 27),))
    requirement = Requirement(
        "t/telling#a", "Telling is not banned.", "(a)", ("/t/1/a",), rules={"ban": ["never tell"]}
    )
    readings = (Reading("narrow", "Narrow", "few"), Reading("broad", "Broad", "many"))
    since = {"since": date(2001, 2, 3)}
    return Law("t/telling", "9 T.C. 1", "Telling", "t", "own", (requirement,), readings, "ff" * 32, since, official)


def judge(doc: Document, *, laws: Sequence[Law], at: datetime) -> Iterable[Finding]:
    """A judge of one rule, which the law carries: the words of its ban are a conflict."""
    for one in laws:
        for requirement in one.requirements:
            for reading in one.judged():
                found = [m.span() for m in re.finditer("|".join(requirement.rules["ban"]), doc.text)]
                cites = tuple(doc.passage(*span) for span in found)
                for cite in cites:
                    yield Finding(requirement.id, cite, reading.id, Verdict.CONFLICT, (cite,), "it bans", BY, at)
                verdict = Verdict.CONFLICT if cites else Verdict.SILENT
                yield Finding(requirement.id, doc, reading.id, verdict, cites, "worst of its passages", BY, at)


def source(name: str, words: str, kind: str = "txt") -> tuple[Document, bytes]:
    data = f"<source of {name}>\n{words}".encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(data).hexdigest()
    marks = PageMap((Mark(0, page=1), Mark(9, page=2)))
    doc = Document(
        "d" + sha256[:11], sha256, kind, "Records", date(2020, 1, 1), words, marks, name, name, (Heading(0, 4, 1),)
    )
    return doc, data


@dataclass(frozen=True)
class Matter:
    """All that `prove` takes."""

    case: Case
    evidence: Evidence
    key: Path
    secret: Document
    holder: Document


@pytest.fixture
def matter(tmp_path: Path) -> Matter:
    """Four documents, of which one was found inside another and is withheld."""
    manual, manual_bytes = source(
        "manual.txt", "Rule 1. Members shall never tell.\r\nNul \x00, half \ud800, 日本 \U0001f5ce."
    )
    order, order_bytes = source("order.txt", "Rule 2. Members tell the truth.")
    secret, secret_bytes = source(f"{CANARY}.txt", f"Counsel {CANARY} says: never tell.")
    holder, holder_bytes = source("mail.eml", "Please see the attached advice.", "eml")
    holder_bytes += secret_bytes
    holder = replace(holder, sha256=hashlib.sha256(holder_bytes).hexdigest())
    docs = {manual: manual_bytes, order: order_bytes, secret: secret_bytes, holder: holder_bytes}
    given = [
        Given(doc.name, doc.name, len(data), doc.sha256, State.READ, "Records", "k", T, T, doc.id)
        for doc, data in docs.items()
        if doc is not secret
    ]
    inside = f"mail.eml!/{secret.name}"
    given.append(
        Given(inside, secret.name, 9, secret.sha256, State.READ, CANARY, "k", T, None, secret.id, None, "mail.eml")
    )
    findings = [finding for doc in (manual, order, secret) for finding in judge(doc, laws=[law()], at=T)]
    person = replace(findings[0], by="person:k.ito", verdict=Verdict.COMPLIES, why="harmless here")
    question = Question("t/telling#a", Kind.REQUIREMENT, "Telling is not banned.", "9 T.C. 1")
    claim = Question("c1", Kind.CLAIM, "truth", order.passage(13, 30))
    held = replace(findings[0], question="c1", about=RECORD, reading="plain", verdict=Verdict.CONTRADICTED)
    worst = replace(findings[0], about=RECORD, reading="broad", why="worst of the record")
    hidden = replace(worst, reading="narrow", cites=(manual.passage(16, 26), secret.passage(25, 35)), why=CANARY)
    findings += [person, held, worst, hidden]
    kept = store.open(tmp_path / "matter.db", blobs=tmp_path / "blobs")
    with kept.act("k", "add", {"about": [doc.id for doc in docs]}, at=T) as act:
        for data in docs.values():
            act.blob(data)
        act.documents(*docs)
        act.give(*given)
        act.freeze(law())
        act.ask(question, claim)
        for doc in (manual, order, secret):
            mine = [f for f in findings if f.by == BY and f.about is not RECORD and _about(f) == doc.id]
            act.assess(doc.id, key="k1", by=BY, questions=["t/telling#a"], findings=mine)
        act.find(person, held, worst, hidden)
    entries = tuple(kept.log())
    kept.close()
    case = Case(
        name="City ✓ v. Dept",
        respondent="The City",
        as_of=T,
        laws=(law(),),
        documents={doc.id: doc for doc in docs},
        given=tuple(given),
        questions=(question, claim),
        findings=tuple(findings),
        deadlines=(Deadline("records", "Dept", date(2026, 4, 1), "30 days"),),
    )
    papers = {"opinion.pdf": b"%PDF-1.7 draft", "report.html": b"<!doctype html>"}
    evidence = Evidence(entries, papers, kept.blobs, frozenset({secret.id}))
    make_key(tmp_path / "key")
    return Matter(case, evidence, tmp_path / "key", secret, holder)


def _about(finding: Finding) -> str:
    return finding.about.id if isinstance(finding.about, Document) else finding.about.doc.id  # type: ignore[union-attr]
