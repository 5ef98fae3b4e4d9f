"""Questions, the verdicts that answer them, and the algebra that joins verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from showcause.core.record import Document, Passage


class Kind(StrEnum):
    """What a Question asks about."""

    REQUIREMENT = "requirement"
    REQUEST = "request"
    CLAIM = "claim"
    PRIVILEGE = "privilege"


class Verdict(StrEnum):
    """What a Finding answers; which verdicts a kind of Question takes stands in `ORDER`."""

    CONFLICT = "conflict"
    UNCLEAR = "unclear"
    COMPLIES = "complies"
    SILENT = "silent"
    RESPONSIVE = "responsive"
    NOT_RESPONSIVE = "not-responsive"
    CONTRADICTED = "contradicted"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    WITHHOLD = "withhold"
    REDACT = "redact"
    PRODUCE = "produce"


V = Verdict
ORDER: dict[Kind, tuple[Verdict, ...]] = {  # worst first
    Kind.REQUIREMENT: (V.CONFLICT, V.UNCLEAR, V.COMPLIES, V.SILENT),
    Kind.REQUEST: (V.RESPONSIVE, V.UNCLEAR, V.NOT_RESPONSIVE),
    Kind.CLAIM: (V.CONTRADICTED, V.UNCLEAR, V.SUPPORTED, V.UNSUPPORTED),
    Kind.PRIVILEGE: (V.WITHHOLD, V.REDACT, V.UNCLEAR, V.PRODUCE),
}
SILENCE = frozenset(
    {V.SILENT, V.NOT_RESPONSIVE, V.UNSUPPORTED, V.PRODUCE}
)  # the verdicts that may stand without a cite


class Judge(StrEnum):
    """Who answered; `Finding.by` is one of these, a colon and a name or version: `duty:1`, `person:k.ito`."""

    DUTY = "duty"
    ENTAIL = "entail"
    LLM = "llm"
    RULE = "rule"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the record: a requirement of a law, a request of a letter, a public claim, a privilege call.

    `source` is where it comes from: a passage of a document in the matter, or a citation.
    """

    id: str
    kind: Kind
    text: str
    source: Passage | str


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record, as the thing that a Finding is about."""

    id: str = "record"


RECORD = Record()


@dataclass(frozen=True, slots=True)
class Finding:
    """One judge's answer to one Question under one reading; any verdict but silence cites, if there are words to cite.

    `question` is the Question's id; `about` the passage, document or whole record judged; `reading` is `plain`
    where a question has no readings; `at` is UTC. `clashes_with` are passages that pull the other way, and
    `caught_between` the requirements of another law that this passage breaks by satisfying this one, or the reverse.
    `confidence` is the calibrated chance that the verdict is right, in [0, 1]; None where nobody measured it.
    """

    question: str
    about: Passage | Document | Record
    reading: str
    verdict: Verdict
    cites: tuple[Passage, ...]
    why: str
    by: str
    at: datetime
    clashes_with: tuple[Passage, ...] = ()
    caught_between: tuple[str, ...] = ()
    confidence: float | None = None

    def __post_init__(self) -> None:
        wordless = isinstance(self.about, Document) and not self.about.text.strip()
        if not self.cites and self.verdict not in SILENCE and not wordless:
            raise ValueError(f"{self.question}: a finding of {self.verdict} must cite")

    @property
    def judge(self) -> Judge:
        """The kind of judge that made it."""
        return Judge(self.by.partition(":")[0])


def combine(verdicts: Iterable[Verdict], kind: Kind = Kind.REQUIREMENT) -> Verdict:
    """The worst of `verdicts` in the order of `kind`; its mildest where there are none."""
    order = ORDER[kind]
    return min(verdicts, key=order.index, default=order[-1])


def settle(findings: Iterable[Finding]) -> Verdict:
    """What the judges of one passage come to: the last person's word, else what all agree on, else `unclear`.

    Raises ValueError where there is no finding.
    """
    spoken = list(findings)
    if not spoken:
        raise ValueError("nothing to settle: no finding was given")
    people = [f for f in spoken if f.judge is Judge.PERSON]
    if people:
        return max(people, key=lambda f: f.at).verdict
    said = {f.verdict for f in spoken}
    return said.pop() if len(said) == 1 else Verdict.UNCLEAR
