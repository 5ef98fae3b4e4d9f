"""A document and what the rules found in it in; the passages that an LLM may be asked about, and its votes, out.

An LLM is a third judge, off unless it is asked for. It sees candidates alone, its every quotation must stand in what it
was sent, and what it says stands beside the rules' finding on the same thing: `core.settle` makes disagreement `unclear`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from string import Template
from typing import Any

from showcause import text
from showcause.assess import duty, llm_answer
from showcause.assess.counsel_words import CLAIM
from showcause.assess.llm_answer import Answer, Dropped
from showcause.assess.llm_wire import Endpoint, Refused
from showcause.assess.page import page
from showcause.assess.rows import rows
from showcause.assess.terms import Vocabulary, vocabulary
from showcause.core import Document, Finding, Law, Passage, Verdict, combine, settle
from showcause.errors import Unheard
from showcause.text import later

MOST_PASSAGE = 6000  # characters of one passage that are sent
MOST_TOKENS = 700
SECRET = (
    8  # characters from which a key is one: local services are given "none" or "EMPTY", which are words of answers, too
)
MARKED = later(
    r"\b(?:privileged\s*(?:and|&|/)\s*confidential|confidential\s*(?:and|&|/)\s*privileged|attorney[-–—/\s]+client\s+(?:privileged?|communication)|"
    r"(?:attorney\s+)?work[-\s]+product|prepared\s+in\s+anticipation\s+of\s+litigation|subject\s+to\s+(?:\w+\s+)?privilege|legally\s+privileged)\b",
    re.IGNORECASE,
)
HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"))
Span = tuple[int, int]
Send = Callable[[bytes], bytes]  # a payload in, the body of the answer out; raises Refused


@dataclass(frozen=True, slots=True)
class Candidate:
    """One requirement under one reading, and the passage of a document that may bear on it."""

    law: Law
    asked: duty.Ask
    passage: Passage


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking about one candidate: the payload as sent, the answer as it came ("" for none), and what it is worth."""

    candidate: Candidate
    payload: bytes
    came: str
    said: Answer | Dropped

    @property
    def outcome(self) -> str:
        """The verdict, or why the answer was dropped."""
        return f"dropped: {self.said.reason}" if isinstance(self.said, Dropped) else str(self.said.verdict)


@dataclass(slots=True)
class Tally:
    """How many were asked, how many answers were kept, and why the others were dropped."""

    asked: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    unheard: int = 0  # of those dropped, the ones that nobody answered

    def count(self, one: Asked) -> None:
        """Count one more."""
        self.asked += 1
        if isinstance(one.said, Dropped):
            self.dropped[one.said.reason] += 1
            self.unheard += one.said.later
        else:
            self.kept += 1

    def answered(self, host: str) -> None:
        """Raises Unheard where requests were sent to `host` and not one was answered."""
        if self.asked and self.unheard == self.asked:
            why = next(iter(self.dropped))
            raise Unheard(f"{host}: none of {self.asked} requests was answered ({why}); the rules' findings stand")

    def line(self) -> str:
        """The counts in one line."""
        why = ", ".join(f"{n} {reason}" for reason, n in sorted(self.dropped.items()))
        return f"{self.asked} asked, {self.kept} answers kept, {sum(self.dropped.values())} dropped" + (
            f" ({why})" if why else ""
        )


# --- what may be sent ----------------------------------------------------------------------------


def marked(document: Document) -> bool:
    """Whether the document calls itself privileged, or claims it in a line; such a one is never sent."""
    words = f"{document.title}\n{document.text}".translate(HYPHENS)
    return bool(MARKED.search(words)) or any(CLAIM.search(line) for line in words.splitlines())


def candidates(document: Document, *, laws: Sequence[Law], findings: Iterable[Finding]) -> tuple[Candidate, ...]:
    """The passages of `document` that may bear on a requirement: those that the rules found to, and those that name its matter.

    None where the document is marked privileged.
    """
    if marked(document):
        return ()
    bears: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for f in findings:
        if f.verdict is not Verdict.SILENT:
            bears[f.question, f.reading] += [(c.start, c.end) for c in f.cites]
    paper = page(document.text, document.headings)
    tiles = [(s.start, s.end) for s in paper.sections] or [(0, len(document.text))]
    out = []
    for law in laws:
        words = vocabulary(law)
        heard = words.heard(paper.low)
        for asked in duty.asks(law):
            cited = bears.get((asked.requirement.id, asked.reading.id), [])
            for tile in tiles:
                place = _place(paper.low, tile, cited, _matters(asked, words) if heard else ())
                if place is not None:
                    out.append(Candidate(law, asked, document.passage(*_window(document.text, tile, place))))
    return tuple(out)


def _matters(asked: duty.Ask, words: Vocabulary) -> tuple[re.Pattern[str], ...]:
    return tuple(words.matters[name] for name in sorted(asked.reach) if name in words.matters)


def _place(low: str, tile: Span, cited: Sequence[Span], matters: Iterable[re.Pattern[str]]) -> int | None:
    """Where in the section something bears: a cite of the rules', else the first word that names the matter."""
    inside = [start for start, _ in cited if tile[0] <= start < tile[1]]
    if inside:
        return min(inside)
    named = [m.start() for p in matters if (m := p.search(low, *tile))]
    return min(named, default=None)


def _window(words: str, tile: Span, place: int) -> Span:
    """The section without the space about it; of a long one the part about `place`, cut at spaces."""
    start, end = tile
    if end - start > MOST_PASSAGE:
        start = max(start, min(place - MOST_PASSAGE // 2, end - MOST_PASSAGE))
        end = start + MOST_PASSAGE
        start = start if start == tile[0] else (words.find(" ", start, place) + 1 or start)
        end = end if end == tile[1] else (words.rfind(" ", place, end) if words.rfind(" ", place, end) > place else end)
    while end > start and words[end - 1].isspace():
        end -= 1
    while start < end and words[start].isspace():
        start += 1
    return start, end


@cache
def prompt(name: str) -> str:
    """The words of a prompt; they are files beside this module."""
    return resources.files("showcause.assess").joinpath("prompts", f"{name}.txt").read_text(encoding="utf-8").strip()


def payload(one: Candidate, *, model: str) -> bytes:
    """The exact bytes that are sent about a candidate: JSON in the form of the chat completions API."""
    words = one.passage.text
    mark = f"=== {hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:16]} ==="  # no passage can hold its own digest
    reading = one.asked.reading
    question = Template(prompt("question")).substitute(
        citation=f"{one.law.citation}{one.asked.requirement.pinpoint}",
        requirement=one.asked.requirement.text,
        reading=reading.says or reading.title,
        mark=mark,
        passage=words,
    )
    told = {
        "model": model,
        "messages": [{"role": "system", "content": prompt("system")}, {"role": "user", "content": question}],
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "response_format": {"type": "json_object"},
    }
    return json.dumps(told, ensure_ascii=True, sort_keys=True).encode("ascii")


def sent(one: Candidate, *, model: str) -> dict[str, Any]:
    """What is written down of a request before it is made: what it asks of which place, and all that is sent."""
    body = payload(one, model=model)
    return {
        "document": one.passage.doc.id,
        "requirement": one.asked.requirement.id,
        "reading": one.asked.reading.id,
        "start": one.passage.start,
        "end": one.passage.end,
        "sha256": hashlib.sha256(body).hexdigest(),
        "payload": body.decode("ascii"),
    }


def came(one: Asked) -> dict[str, Any]:
    """What is written down of an answer: the digest of the payload that it answers, the answer as it came, and what it is worth."""
    return {"sha256": hashlib.sha256(one.payload).hexdigest(), "answer": one.came, "outcome": one.outcome}


def announced(found: Sequence[Candidate], *, endpoint: Endpoint) -> str:
    """In one line: how many characters of how many documents go to which host, and that nothing is taken out of them."""
    characters = sum(len(payload(one, model=endpoint.model)) for one in found)
    passages = len({(one.passage.doc.id, one.passage.start, one.passage.end) for one in found})
    documents = len({one.passage.doc.id for one in found})
    return (
        f"{len(found)} requests on {passages} passages of {documents} documents, {characters:,} characters, "
        f"go to {endpoint.host} ({endpoint.model}); names and other personal data in them are sent as they stand"
    )


# --- asking --------------------------------------------------------------------------------------


def ask(found: Sequence[Candidate], *, endpoint: Endpoint, send: Send) -> Iterator[Asked]:
    """What came of each candidate, in their order; at most `endpoint.at_once` requests are under way."""
    with ThreadPoolExecutor(max_workers=max(1, endpoint.at_once)) as pool:
        yield from pool.map(lambda one: _one(one, endpoint, send), found)


def _one(one: Candidate, endpoint: Endpoint, send: Send) -> Asked:
    body, words = payload(one, model=endpoint.model), one.passage
    try:
        answer = send(body)
    except Refused as refused:
        return Asked(one, body, "", Dropped(refused.reason, later=True))  # nobody answered: the next run asks again
    if len(endpoint.key) >= SECRET:
        answer = answer.replace(endpoint.key.encode(), b"[key]")  # an endpoint may echo it; it is written down nowhere
    standing = text.standing(words.doc.text)[words.start : words.end]
    return Asked(
        one, body, answer.decode("utf-8", "replace"), llm_answer.read(answer, passage=words.text, standing=standing)
    )


# --- votes ---------------------------------------------------------------------------------------


def votes(
    answered: Iterable[Asked], *, beside: Iterable[Finding], endpoint: Endpoint, at: datetime
) -> tuple[Finding, ...]:
    """The LLM's findings, each on a thing on which a finding of `beside` stands, so that none is settled by it alone.

    A vote on the whole document is cast only where every answer about it under that reading was kept.
    """
    by = f"llm:{endpoint.model}@{endpoint.host}"
    there = {(f.question, f.reading, _thing(f.about)): f.about for f in beside}
    groups: dict[tuple[str, str, str], list[Asked]] = defaultdict(list)
    for one in answered:
        requirement, reading = one.candidate.asked.requirement.id, one.candidate.asked.reading.id
        groups[requirement, reading, one.candidate.passage.doc.id].append(one)
    out: list[Finding] = []
    for (requirement, reading, doc), group in groups.items():
        kept = [(one, one.said) for one in group if isinstance(one.said, Answer)]
        for one, said in kept:
            about = there.get((requirement, reading, _thing(one.candidate.passage)))
            if isinstance(about, Passage):
                out.append(Finding(requirement, about, reading, said.verdict, _cites(one, said), said.reason(), by, at))
        whole = there.get((requirement, reading, doc))
        if isinstance(whole, Document) and len(kept) == len(group):
            verdict = combine(said.verdict for _, said in kept)
            deciding = [(one, said) for one, said in kept if said.verdict is verdict]
            cites = tuple(dict.fromkeys(c for one, said in deciding for c in _cites(one, said)))
            out.append(Finding(requirement, whole, reading, verdict, cites, deciding[0][1].reason(), by, at))
    return tuple(out)


def _thing(about: object) -> str | tuple[str, int, int]:
    if isinstance(about, Passage):
        return (about.doc.id, about.start, about.end)
    return about.id if isinstance(about, Document) else "record"


def _cites(one: Asked, said: Answer) -> tuple[Passage, ...]:
    place, doc = one.candidate.passage.start, one.candidate.passage.doc
    return tuple(doc.passage(place + start, place + end) for start, end in said.spans)


def joined(findings: Iterable[Finding], voted: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """A row for each finding in the fixed JSON shape, settled with the vote on the same thing where there is one.

    Such a row has `"votes"` too, a row's verdict, cites, why and by for each judge.
    """
    beside = {(f.question, f.reading, _thing(f.about)): f for f in voted}
    for f in findings:
        (row,) = rows([f])
        vote = beside.get((f.question, f.reading, _thing(f.about)))
        if vote is not None:
            (other,) = rows([vote])
            row["votes"] = [{key: one[key] for key in ("by", "verdict", "cites", "why")} for one in (dict(row), other)]
            row["verdict"] = str(settle([f, vote]))
            row["by"] = f"{f.by}, {vote.by}"
            row["cites"] = list({(c["start"], c["end"]): c for c in (*row["cites"], *other["cites"])}.values())
            if f.verdict is not vote.verdict:
                row.pop("confidence", None)  # it was of the one verdict
                row["why"] = f"The judges differ. {f.by}: {f.verdict}. {f.why} {vote.by}: {vote.verdict}. {vote.why}"
        yield row
