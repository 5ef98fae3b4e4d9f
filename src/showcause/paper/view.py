"""A Case in; what its papers tell in the same order: answers per requirement, what bears on them, clashes, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from showcause.core import (
    ORDER,
    RECORD,
    Case,
    Deadline,
    Document,
    Finding,
    Given,
    Kind,
    Law,
    Passage,
    Question,
    Reading,
    Requirement,
    State,
    Verdict,
    combine,
    settle,
)

LABELS: Mapping[Verdict, str] = {
    v: v.value.replace("-", " ").capitalize() for v in Verdict
}  # a verdict is never told by colour alone
SIGNS: Mapping[Verdict, str] = {
    Verdict.CONFLICT: "✕",
    Verdict.UNCLEAR: "?",
    Verdict.COMPLIES: "✓",
    Verdict.SILENT: "–",
    Verdict.RESPONSIVE: "✓",
    Verdict.NOT_RESPONSIVE: "–",
    Verdict.CONTRADICTED: "✕",
    Verdict.SUPPORTED: "✓",
    Verdict.UNSUPPORTED: "–",
    Verdict.WITHHOLD: "✕",
    Verdict.REDACT: "?",
    Verdict.PRODUCE: "✓",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the judges of one thing come to under one reading; `findings` are theirs, those that decide first."""

    reading: Reading
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def whys(self) -> tuple[str, ...]:
        """The reasons given, each once."""
        return tuple(dict.fromkeys(f.why for f in self.findings if f.why))

    @property
    def cites(self) -> tuple[Passage, ...]:
        """The passages cited, each once."""
        return tuple(dict.fromkeys(c for f in self.findings for c in f.cites))


@dataclass(frozen=True, slots=True)
class Bearing:
    """One thing that bears on a requirement, with an Answer per reading; `about` is a passage or a document."""

    requirement: Requirement
    about: Passage | Document
    answers: tuple[Answer, ...]

    @property
    def worst(self) -> Verdict:
        """The worst of its verdicts."""
        return combine(a.verdict for a in self.answers)

    @property
    def parts(self) -> bool:
        """Whether the readings part on it."""
        return len({a.verdict for a in self.answers}) > 1

    @property
    def cites(self) -> tuple[Passage, ...]:
        """The passages that decide, each once."""
        return tuple(dict.fromkeys(c for a in self.answers for c in a.cites))

    @property
    def doc(self) -> Document:
        """The document that it stands in."""
        return self.about.doc if isinstance(self.about, Passage) else self.about


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement and what the whole record comes to under each judged reading of its law."""

    law: Law
    requirement: Requirement
    answers: tuple[Answer, ...]
    bearings: tuple[Bearing, ...]

    @property
    def parts(self) -> bool:
        """Whether the readings part on the whole record, which is where the dispute lies."""
        return len({a.verdict for a in self.answers}) > 1

    @property
    def cite(self) -> str:
        """The law's citation with the requirement's subdivision."""
        return f"{self.law.citation}{self.requirement.pinpoint}"


@dataclass(frozen=True, slots=True)
class Clash:
    """A passage and the others of the record that pull apart from it, with the requirements under which they do."""

    one: Passage
    others: tuple[Passage, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Caught:
    """A thing that keeps some requirements by breaking others; `breaks` gives the readings under which it does."""

    about: Passage | Document
    cites: tuple[Passage, ...]
    keeps: tuple[str, ...]
    breaks: tuple[tuple[Row, tuple[Reading, ...]], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A claim or request and the findings on it, by reading."""

    question: Question
    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its verdicts, None where nothing was held against the record."""
        return combine((a.verdict for a in self.answers), self.question.kind) if self.answers else None


PLAIN = Reading("plain", "As written", "")


def rows(case: Case) -> tuple[Row, ...]:
    """A Row per requirement in the order of the laws, those on which the readings part first."""
    asked = {r.id: (law, r) for law in case.laws for r in law.requirements}
    for q in case.questions:
        if q.kind is Kind.REQUIREMENT and q.id not in asked:  # a plain sentence with no pack
            asked[q.id] = (_packless(q), Requirement(q.id, q.text))
    spoken = _by_question(case.findings)
    made = [_row(law, requirement, spoken.get(requirement.id, [])) for law, requirement in asked.values()]
    return tuple(sorted(made, key=lambda row: not row.parts))


def _packless(q: Question) -> Law:
    source = q.source if isinstance(q.source, str) else q.id
    return Law(q.id, source, "A plain sentence", "", source, (), (PLAIN,), "")


def _by_question(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    out: dict[str, list[Finding]] = defaultdict(list)
    for f in findings:
        out[f.question].append(f)
    return out


def _row(law: Law, requirement: Requirement, findings: list[Finding]) -> Row:
    things: dict[object, list[Finding]] = defaultdict(list)
    for f in findings:
        things[f.about].append(f)
    whole = _answers(law, things.pop(RECORD, []))
    bearings = [Bearing(requirement, about, _filled(law, _answers(law, got))) for about, got in things.items()]  # type: ignore[arg-type]  # the record was popped
    return Row(law, requirement, whole or _joined(law, bearings), tuple(_bearing(bearings)))


def _answers(law: Law, findings: Iterable[Finding]) -> tuple[Answer, ...]:
    by: dict[str, list[Finding]] = defaultdict(list)
    for f in findings:
        by[f.reading].append(f)
    known = law.judged()
    others = [Reading(name, name, "") for name in by if name not in {r.id for r in known}]
    return tuple(_answer(reading, by[reading.id]) for reading in (*known, *others) if reading.id in by)


def _filled(law: Law, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers, with silence under those readings of the law under which nobody found that the thing bears."""
    told = {a.reading.id: a for a in answers}
    silent = {r.id: Answer(r, Verdict.SILENT, ()) for r in law.judged() if r.id not in told}
    return tuple((silent | told)[r.id] for r in law.judged()) + tuple(
        a for a in answers if a.reading.id not in {r.id for r in law.judged()}
    )


def _answer(reading: Reading, findings: list[Finding]) -> Answer:
    verdict = settle(findings)
    deciding = sorted(findings, key=lambda f: (f.verdict is not verdict, f.by))
    return Answer(reading, verdict, tuple(deciding))


def _joined(law: Law, bearings: list[Bearing]) -> tuple[Answer, ...]:
    """The worst of the bearings, where nobody has concluded on the whole record."""
    out = []
    for reading in law.judged():
        found = [a for b in bearings for a in b.answers if a.reading.id == reading.id]
        verdict = combine(a.verdict for a in found)
        out.append(Answer(reading, verdict, tuple(f for a in found if a.verdict is verdict for f in a.findings)))
    return tuple(out)


def _bearing(found: list[Bearing]) -> Iterator[Bearing]:
    """What bears, worst first: the passages of a document, or the document where it was judged whole."""
    split = {b.doc.id for b in found if isinstance(b.about, Passage)}
    kept = [
        b for b in found if isinstance(b.about, Passage) or (b.doc.id not in split and b.worst is not Verdict.SILENT)
    ]
    order = ORDER[Kind.REQUIREMENT]
    yield from sorted(kept, key=lambda b: (order.index(b.worst), b.doc.name, b.doc.id, _start(b)))


def _start(bearing: Bearing) -> int:
    return bearing.about.start if isinstance(bearing.about, Passage) else 0


def clashes(found: Iterable[Row]) -> tuple[Clash, ...]:
    """The clashes in the record: each pair of passages once, told from the first of them, whatever the requirement."""
    pairs: dict[frozenset[Passage], tuple[Passage, Passage, dict[str, Row]]] = {}
    for row in found:
        for f in (f for b in row.bearings for a in b.answers for f in a.findings):
            one = f.cites[0] if f.cites else f.about
            if not isinstance(one, Passage):
                continue
            for other in f.clashes_with:
                if not _overlap(one, other):
                    pairs.setdefault(frozenset((one, other)), (one, other, {}))[2][row.requirement.id] = row
    by: dict[tuple[Passage, tuple[str, ...]], tuple[list[Passage], dict[str, Row]]] = {}
    for one, other, rows_of in pairs.values():
        by.setdefault((one, tuple(rows_of)), ([], rows_of))[0].append(other)
    return tuple(Clash(one, tuple(others), tuple(rows_of.values())) for (one, _), (others, rows_of) in by.items())


def _overlap(one: Passage, other: Passage) -> bool:
    return one.doc.id == other.doc.id and one.start < other.end and other.start < one.end


def caught(found: Iterable[Row]) -> tuple[Caught, ...]:
    """What is caught between laws, each thing once, by document and place."""
    out = []
    for thing in judged(found):
        breaks, keeps, cites = [], dict[str, None](), dict[Passage, None]()
        for row, b in thing.found:
            hits = [a for a in b.answers if a.verdict is Verdict.CONFLICT and any(f.caught_between for f in a.findings)]
            if hits:
                breaks.append((row, tuple(a.reading for a in hits)))
                keeps |= dict.fromkeys(o for a in hits for f in a.findings for o in f.caught_between)
                cites |= dict.fromkeys(c for a in hits for c in a.cites)
        if breaks:
            out.append(Caught(thing.about, tuple(cites), tuple(keeps), tuple(breaks)))
    return tuple(out)


def held(case: Case, kind: Kind) -> tuple[Held, ...]:
    """The questions of that kind with what was found on them, in the order in which they were asked."""
    spoken = _by_question(case.findings)
    readings = {r.id: r for law in case.laws for r in law.readings}
    out = []
    for q in (q for q in case.questions if q.kind is kind):
        by: dict[str, list[Finding]] = defaultdict(list)
        for f in spoken.get(q.id, []):
            by[f.reading].append(f)
        answers = [_answer(readings.get(name, Reading(name, name, "")), got) for name, got in by.items()]
        out.append(Held(q, tuple(answers)))
    return tuple(out)


def accounting(case: Case) -> dict[str, int]:
    """How many things were given, and how many ended in each state; the second add up to the first."""
    counts = {state.value: sum(g.state is state for g in case.given) for state in State}
    return {"given": len(case.given)} | counts


def whereabouts(given: Given) -> str:
    """The file's name, in a container after the container's; where it lies on a machine is no business of a paper."""
    outer, inside, rest = given.path.partition("!/")
    return f"{PurePath(outer).name}!/{rest}" if inside else given.name


def by_verdict(answers: Iterable[Answer]) -> dict[Verdict, list[Answer]]:
    """The answers by their verdict, worst first."""
    out: dict[Verdict, list[Answer]] = defaultdict(list)
    for answer in answers:
        out[answer.verdict].append(answer)
    return dict(out)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who made a claim and what it asserts."""

    by: str
    stance: str


def speaker(case: Case, question: Question) -> Speaker:
    """Who made the claim that is asked about, by the statement it was read from."""
    source = question.source
    if isinstance(source, Passage) and source.doc.id in case.statements:
        for claim in case.statements[source.doc.id].claims:
            if (claim.start, claim.end) == source.span:
                return Speaker(claim.by or "", claim.stance.value.replace("_", " "))
    return Speaker("", "")


def label(question: Question) -> str:
    """How a letter numbers a request: "Request 3"."""
    return f"Request {question.id.rpartition('request-')[2]}" if "request-" in question.id else question.id


def deadlines(case: Case) -> tuple[Deadline, ...]:
    """What is owed, the first due first and what has no date last."""
    return tuple(sorted(case.deadlines, key=lambda d: (d.due is None, d.due or date.max, d.what)))


def days_left(deadline: Deadline, case: Case) -> str:
    """The days from the case's own moment to the day due, in words; "" where no day is given."""
    if deadline.due is None:
        return ""
    left = (deadline.due - case.as_of.date()).days
    if left == 0:
        return "due that day"
    many = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    return f"{many} left" if left > 0 else f"{many} overdue"


@dataclass(frozen=True, slots=True)
class Parting:
    """A thing on which the readings part alike under each of `rows`, with an Answer per reading."""

    about: Passage | Document
    rows: tuple[Row, ...]
    answers: tuple[Answer, ...]

    @property
    def cites(self) -> tuple[Passage, ...]:
        """The passages that decide, each once."""
        return tuple(dict.fromkeys(c for a in self.answers for c in a.cites))


@dataclass(frozen=True, slots=True)
class Judged:
    """A thing of the record with all that was found on it, requirement by requirement."""

    about: Passage | Document
    found: tuple[tuple[Row, Bearing], ...]

    @property
    def doc(self) -> Document:
        """The document that it stands in."""
        return self.found[0][1].doc

    @property
    def silent(self) -> bool:
        """Whether every verdict on it is silence: a near miss."""
        return all(b.worst is Verdict.SILENT for _, b in self.found)

    @property
    def cites(self) -> tuple[Passage, ...]:
        """The passages that decide, those of verdicts other than silence first, each once, in their order."""
        told = [c for _, b in self.found if b.worst is not Verdict.SILENT for c in b.cites]
        loud = told or [c for _, b in self.found for c in b.cites]
        return tuple(sorted(dict.fromkeys(loud), key=lambda c: (c.doc.id != self.doc.id, c.doc.name, c.start, c.end)))


def judged(found: Iterable[Row]) -> tuple[Judged, ...]:
    """Each thing that bears on any requirement, once, by document and place."""
    by: dict[Passage | Document, list[tuple[Row, Bearing]]] = defaultdict(list)
    for row in found:
        for b in row.bearings:
            by[b.about].append((row, b))
    things = [Judged(about, tuple(sorted(got, key=lambda one: one[0].cite))) for about, got in by.items()]
    return tuple(sorted(things, key=lambda t: (t.doc.name, t.doc.id, _start(t.found[0][1]))))


def parting(found: Iterable[Row]) -> tuple[Parting, ...]:
    """The things on which the readings part, by document and place; requirements on which they part alike stand together."""
    out: dict[tuple[Passage | Document, tuple[tuple[str, Verdict], ...]], Parting] = {}
    for thing in judged(found):
        for row, b in thing.found:
            if b.parts:
                key = (b.about, tuple((a.reading.id, a.verdict) for a in b.answers))
                before = out.get(key)
                out[key] = Parting(b.about, (*(before.rows if before else ()), row), b.answers)
    return tuple(out.values())
