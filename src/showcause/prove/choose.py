"""A Case and what is withheld in; what may be shown of it out, and why a finding can't be judged again.

Nothing that rests on a withheld document stays, in any form; what else a bag can't show is listed with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from showcause.core import (
    Case,
    Document,
    Finding,
    Judge,
    Kind,
    Passage,
    Record,
    Verdict,
)
from showcause.core.finding import SILENCE
from showcause.store.log import Entry, plain_act
from showcause.store.plain import plain, plain_finding


class Reason(StrEnum):
    """Why a finding can't be reached again from the bag alone."""

    WITHHELD = "rests on a withheld document"
    OUTSIDE = "rests on a document that is not in the bag"
    SILENCE = "rests on silence over documents that are not in the bag"
    PERSON = "rests on a person's judgement"
    LLM = "rests on an LLM"
    WHOLE = "was held against the whole record, of which the bag holds a part"
    OTHER = "was made by a judge that a check does not run"


@dataclass(frozen=True, slots=True)
class NotRederivable:
    """A finding that can't be judged again, in words that name it, and the reason."""

    finding: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a bag shows: a Case without what is withheld, from which its papers are printed, and what that lacks.

    `contained` are the ids of the documents, questions and laws in it, `secret` the words that must stand nowhere.
    """

    case: Case
    lacking: tuple[NotRederivable, ...]
    contained: frozenset[str]
    secret: tuple[str, ...]


def shown(case: Case, entries: Sequence[Entry], withheld: frozenset[str]) -> Shown:
    """The case as a bag may show it when these documents, by id, are withheld."""
    documents = {name: doc for name, doc in sorted(case.documents.items()) if name not in withheld}
    secret = _secret(case, entries, withheld)
    questions = tuple(q for q in case.questions if not _names(plain(q), secret))
    asked = {q.id for q in questions} | {r.id for law in case.laws for r in law.requirements}
    hidden = _hidden(case, withheld)
    findings: list[Finding] = []
    lacking: list[NotRederivable] = []
    for one in (f for f in case.findings if f.question in asked):
        why = _left_out(one, documents, withheld, hidden)
        if why is None and _names(plain_finding(one), secret):
            why = Reason.WITHHELD
        if why is None:
            findings.append(one)
        else:  # named by its question and reading alone: more would name the document
            lacking.append(NotRederivable(f"{one.question}, {one.reading}", why))
    clear = replace(
        case,
        documents=documents,
        questions=questions,
        findings=tuple(findings),
        given=tuple(g for g in case.given if not _names(plain(g), secret)),
        letters={name: letter for name, letter in sorted(case.letters.items()) if name in documents},
        statements={name: said for name, said in sorted(case.statements.items()) if name in documents},
        deadlines=tuple(d for d in case.deadlines if not _names(plain(d), secret)),
        request_states={q: state for q, state in sorted(case.request_states.items()) if q in asked},
        exchanges=tuple(e for e in case.exchanges if e.letter in documents and not _names(plain(e), secret)),
    )
    contained = frozenset(documents) | asked | {law.id for law in case.laws}
    return Shown(clear, (*dict.fromkeys(lacking), *_lacking(clear)), contained, secret)


def leans_on(finding: Finding) -> set[str]:
    """The ids of the documents that a finding judges or cites."""
    leans = {cite.doc.id for cite in (*finding.cites, *finding.clashes_with)}
    if isinstance(finding.about, Passage):
        leans.add(finding.about.doc.id)
    elif isinstance(finding.about, Document):
        leans.add(finding.about.id)
    return leans


def reason(finding: Finding, *, kinds: Mapping[str, Kind], people: Mapping[tuple[str, str], Reason]) -> Reason | None:
    """Why this finding, all of whose documents are in the bag, can't be judged again; None where it can.

    `kinds` gives the kind of a question by its id, `people` the questions and readings on which a person or an LLM has
    spoken, with which of them.
    """
    by = {
        Judge.PERSON: Reason.PERSON,
        Judge.LLM: Reason.LLM,
        Judge.ENTAIL: Reason.OTHER,
        Judge.RULE: Reason.OTHER,
    }.get(finding.judge)
    if by is not None:
        return by
    if kinds.get(finding.question, Kind.REQUIREMENT) is not Kind.REQUIREMENT:
        return Reason.WHOLE
    if not isinstance(finding.about, Record):
        return None
    if finding.verdict is Verdict.SILENT:
        return Reason.SILENCE
    return people.get((finding.question, finding.reading))


def named(finding: Finding) -> str:
    """A finding in words: its question, reading and what it is about."""
    about = finding.about
    if isinstance(about, Passage):
        place = f"{about.doc.name or about.doc.id} {about.start}-{about.end}"
    else:
        place = (about.name or about.id) if isinstance(about, Document) else "the record"
    return f"{finding.question}, {finding.reading}: {place} ({finding.by})"


def spoken(findings: Iterable[Finding]) -> dict[tuple[str, str], Reason]:
    """The questions and readings on which a person or an LLM has spoken, with which; a person goes before."""
    found: dict[tuple[str, str], Reason] = {}
    for f in findings:
        if f.judge is Judge.PERSON:
            found[f.question, f.reading] = Reason.PERSON
        elif f.judge is Judge.LLM:
            found.setdefault((f.question, f.reading), Reason.LLM)
    return found


def may_open(entry: Entry, seen: Shown) -> bool:
    """Whether all that a log entry concerns is in the bag, and nothing in it names what is withheld."""
    about = entry.about
    return bool(about) and seen.contained.issuperset(about) and not _names(plain_act(entry.act), seen.secret)


def sources(case: Case, entries: Iterable[Entry], withheld: frozenset[str]) -> Iterator[Document]:
    """The documents whose source bytes may be shown whole: not those in which a withheld one was found."""
    paths = [path for path, _, _ in _custody(case, entries, withheld)]
    holding = {g.document for g in case.given if any(path.startswith(f"{g.path}!/") for path in paths)}
    for name, doc in sorted(case.documents.items()):
        if name not in withheld and name not in holding:
            yield doc


def _lacking(case: Case) -> Iterator[NotRederivable]:
    kinds, people = {q.id: q.kind for q in case.questions}, spoken(case.findings)
    for finding in case.findings:
        if (why := reason(finding, kinds=kinds, people=people)) is not None:
            yield NotRederivable(named(finding), why)


def _hidden(case: Case, withheld: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The questions and readings on which a withheld document bears: what is found of the whole record rests on it.

    A claim is held against what the record comes to on the laws, so then each claim may rest on it.
    """
    bears = {(f.question, f.reading) for f in case.findings if f.verdict not in SILENCE and leans_on(f) & withheld}
    claims = {q.id for q in case.questions if q.kind is Kind.CLAIM} if bears else set()
    return frozenset(bears | {(f.question, f.reading) for f in case.findings if f.question in claims})


def _left_out(
    finding: Finding,
    documents: Mapping[str, Document],
    withheld: frozenset[str],
    hidden: frozenset[tuple[str, str]],
) -> Reason | None:
    """Why the bag leaves a finding out; None where it doesn't."""
    leans = leans_on(finding)
    if leans & withheld or (isinstance(finding.about, Record) and (finding.question, finding.reading) in hidden):
        return Reason.WITHHELD
    if leans <= documents.keys():
        return None
    return Reason.SILENCE if finding.verdict is Verdict.SILENT else Reason.OUTSIDE


def _secret(case: Case, entries: Iterable[Entry], withheld: frozenset[str]) -> tuple[str, ...]:
    """The words by which withheld documents could be known: ids, digests, and names that no shown document speaks."""
    sure, names = set(withheld), set()
    for name in withheld & case.documents.keys():
        sure.add(case.documents[name].sha256)
        names.add(case.documents[name].name)
    for path, name, sha256 in _custody(case, entries, withheld):
        sure.add(sha256)
        names |= {path, name}
    texts = [doc.text for name, doc in case.documents.items() if name not in withheld]
    names -= {doc.name for name, doc in case.documents.items() if name not in withheld}  # another is called so, too
    kept = {name for name in names if name and not any(name in text for text in texts)}
    return tuple(sorted(word for word in sure | kept if word))


def _custody(case: Case, entries: Iterable[Entry], withheld: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Path, name and digest of every thing given that became a withheld document, by the case and by the log."""
    for given in case.given:
        if given.document in withheld:
            yield given.path, given.name, given.sha256
    for entry in entries:
        told = entry.act.detail
        if withheld and told.get("document") in withheld and "path" in told:
            path = str(told["path"])
            yield path, re.split(r"[/\\]", path)[-1], str(told.get("sha256", ""))


def _names(value: Any, secret: Iterable[str]) -> bool:
    return any(named_in(text, word) for text in _texts(value) for word in secret)


def named_in(text: str, word: str) -> bool:
    """Whether a text names a word, not merely as part of a longer one: `a.txt` is not named by `data.txt`."""
    return word in text and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
