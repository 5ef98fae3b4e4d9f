"""A bag read back and a judge in; which of its findings are reached again, which differ, and which can't be out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from showcause.core import Document, Finding, Kind, Law, Question, Record, Verdict, combine
from showcause.prove.choose import NotRederivable, named, reason, spoken
from showcause.store.plain import built, built_finding, built_question, canonical, instant, plain_finding

Rederive = Callable[..., Iterable[Finding]]


class Reading(Protocol):
    """What is asked of a bag that has been read."""

    @property
    def one(self) -> Any:
        """The bag."""

    def json(self, path: str) -> Any:
        """The JSON value of one file."""

    def lines(self, path: str) -> Iterator[tuple[str, Any]]:
        """The JSON values of one file's lines, each with its name."""

    def document(self, name: str) -> Document:
        """The document with that id."""

    def described(self) -> Iterator[dict[str, Any]]:
        """What is said of each document besides its text."""


@dataclass(frozen=True, slots=True)
class Again:
    """How many findings were reached again, which can't be, and every difference in words."""

    reached: int
    lacking: tuple[NotRederivable, ...]
    differing: tuple[str, ...]


def again(read: Reading, rederive: Rederive) -> Again:
    """Judge every document of the bag again and compare what stands whole in it."""
    docs = {said["id"]: read.document(said["id"]) for said in read.described()}
    laws = [built(Law, read.json(path)) for path in sorted(read.one.paths) if path.startswith("data/laws/")]
    told = [built_finding(line, docs.__getitem__) for _, line in read.lines("data/findings.jsonl")]
    questions = [built_question(line, docs.__getitem__) for _, line in read.lines("data/questions.jsonl")]
    at = instant(read.json("data/matter.json")["as_of"])
    whole, lacking = _parted(told, questions)
    listed = [NotRederivable(line["finding"], line["reason"]) for _, line in read.lines("data/not-rederivable.jsonl")]
    asked = {finding.question for finding in told}
    judged = [
        finding
        for name in sorted({_document(one) for one in whole} & docs.keys())
        for finding in rederive(docs[name], laws=laws, at=at)
        if finding.question in asked
    ]
    reached, differing = _compared(whole, judged)
    return Again(reached, tuple(listed), (*differing, *_unlisted(lacking, listed)))


def _parted(told: Iterable[Finding], questions: Iterable[Question]) -> tuple[list[Finding], list[NotRederivable]]:
    """The findings that stand whole in the bag, and those that don't with the reason."""
    findings = list(told)
    kinds: Mapping[str, Kind] = {question.id: question.kind for question in questions}
    people = spoken(findings)
    whole, lacking = [], []
    for finding in findings:
        why = reason(finding, kinds=kinds, people=people)
        if why is None:
            whole.append(finding)
        else:
            lacking.append(NotRederivable(named(finding), why))
    return whole, lacking


def _compared(whole: Iterable[Finding], judged: Iterable[Finding]) -> tuple[int, list[str]]:
    """How many findings are reached again, and every difference in words."""
    told: list[Finding] = []
    records: list[Finding] = []
    for finding in whole:
        (records if isinstance(finding.about, Record) else told).append(finding)
    fresh = [finding for finding in judged if not isinstance(finding.about, Record)]
    then, now = {finding.by for finding in told}, {finding.by for finding in fresh}
    if then and now and not then & now:
        return 0, [
            f"data/findings.jsonl: was judged by {', '.join(sorted(then))}; here judges {', '.join(sorted(now))}"
        ]
    wrong = [*_records(records, fresh)]
    reached = (Counter(map(_essence, told)) & Counter(map(_essence, fresh))).total()
    return reached + len(records) - len(wrong), [*_differing(told, fresh), *wrong]


def _differing(told: Iterable[Finding], fresh: Iterable[Finding]) -> Iterator[str]:
    """Each finding that is not reached again, and each that is found now and was not told."""
    then = {_essence(finding): finding for finding in told}
    now = {_essence(finding): finding for finding in fresh}
    for essence in sorted(then.keys() - now.keys()):
        yield f"data/findings.jsonl: {named(then[essence])} is not reached again"
    for essence in sorted(now.keys() - then.keys()):
        yield f"data/findings.jsonl: lacks {named(now[essence])}, which judging again finds"


def _records(told: Iterable[Finding], fresh: Iterable[Finding]) -> Iterator[str]:
    """Each finding on the record that is not the worst of those on its passages and documents."""
    worst: dict[tuple[str, str], list[Verdict]] = {}
    for finding in fresh:
        worst.setdefault((finding.question, finding.reading), []).append(finding.verdict)
    for finding in told:
        got = combine(worst.get((finding.question, finding.reading), []))
        if got is not finding.verdict:
            yield f"data/findings.jsonl: {named(finding)} says {finding.verdict}; judged again it is {got}"


def _unlisted(lacking: Iterable[NotRederivable], listed: Iterable[NotRederivable]) -> Iterator[str]:
    for one in Counter(lacking) - Counter(listed):
        yield f"data/not-rederivable.jsonl: does not list {one.finding}, which {one.reason}"


def _essence(finding: Finding) -> str:
    """All of a finding but when it was made."""
    return canonical({name: value for name, value in plain_finding(finding).items() if name != "at"})


def _document(finding: Finding) -> str:
    about = finding.about
    return about.id if isinstance(about, Document | Record) else about.doc.id
