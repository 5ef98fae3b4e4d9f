"""A matter's review: proposals, the queue, people's calls, the sample that measures them; a person decides, always.

A call is a Finding by `person:NAME`. Nothing is overwritten: what the machines proposed stays beside it, an earlier call
of the same person stays readable, and the last person's word stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from showcause import review
from showcause.core import ORDER, Document, Finding, Kind, Passage, Question, Verdict
from showcause.errors import BadInput, NotFound
from showcause.find import Learner, Search, Vectors, Words, alike
from showcause.find.query import Or, Word
from showcause.find.tokens import words as words_of
from showcause.matter.desk import Desk
from showcause.matter.proposing import propose
from showcause.matter.searching import Searching, named, record_ids
from showcause.review import PERSON, Stand

BATCH, SAMPLE, RECENT = "review.batch", "review.sample", 200
PLAIN = "plain"
MARKED = {  # the verdicts that a learner looks for more of
    Kind.REQUEST: {Verdict.RESPONSIVE},
    Kind.PRIVILEGE: {Verdict.WITHHOLD, Verdict.REDACT},
    Kind.CLAIM: {Verdict.CONTRADICTED, Verdict.SUPPORTED},
    Kind.REQUIREMENT: {Verdict.CONFLICT, Verdict.COMPLIES},
}
Tell = Callable[..., None]


def silent(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents given out to a reviewer under a question and reading, in order; `left` are those not called yet."""

    question: str
    reading: str
    reviewer: str
    documents: tuple[str, ...]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A simple random sample of the documents left under a question: by which seed, of how many, how much was found by then."""

    question: str
    reading: str
    seed: int
    population: int
    found: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queued:
    """A document in its place in the queue: how it stands, and what it scores."""

    document: str
    score: float
    stand: Stand


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of one question is: documents by their standing, and what the sample says of the rest."""

    question: Question
    reading: str
    documents: int
    called: int
    verdicts: Mapping[str, int]
    proposed: Mapping[str, int]
    parted: int
    disputed: int
    overruled: int
    agreement: review.Agreement
    recall: review.Recall | None


@dataclass(frozen=True, slots=True)
class Status:
    """The review as it stands: question by question, and calls an hour by reviewer."""

    questions: tuple[Progress, ...]
    reviewers: Mapping[str, tuple[int, float | None]]


@dataclass(frozen=True, slots=True)
class Reviewing(Desk):
    """The review of a matter, reached as `matter.review`; the reviewer is the actor of its settings."""

    @property
    def search(self) -> Searching:
        """The search of the same matter."""
        return Searching(self.root, self.name, self.respondent, self.settings, self.store)

    @property
    def reviewer(self) -> str:
        """Who calls, as findings name them."""
        return f"{PERSON}{self.settings.actor}"

    def document(self, name: str) -> Document:
        """The document with that id or file name; raises NotFound, or BadInput where several have the name."""
        return named(self.store, name)

    def question(self, name: str | None, *, kind: Kind | None = None) -> Question:
        """The question of that id, request label or end of an id; without a name the only one there is.

        Raises NotFound, or BadInput where several fit.
        """
        asked = [q for q in self.store.questions() if kind is None or q.kind is kind]
        if name is None:
            fits = [q for q in asked if q.kind is Kind.REQUEST] or asked
        else:
            fits = [q for q in asked if q.id == name]
            fits = fits or [q for q in asked if q.id.endswith((f"/request-{name}", f"/{name}", f"#{name}"))]
        if not fits:
            known = ", ".join(q.id for q in asked[:8])
            raise NotFound(
                f"{name or 'review'}: no such question in this matter{f'; there are {known}' if known else ''}"
            )
        if len(fits) > 1:
            raise BadInput(
                f"{name or 'which question'}: {len(fits)} questions fit; give one: {', '.join(q.id for q in fits[:20])}"
            )
        return fits[0]

    def reading(self, question: Question, reading: str | None) -> str:
        """The reading meant; raises BadInput where a question of a law has several and none or another is given."""
        if question.kind is not Kind.REQUIREMENT:
            if reading not in (None, PLAIN):
                raise BadInput(f"{question.id}: has no readings, so none is called {reading}")
            return PLAIN
        law = self.store.law(question.id.partition("#")[0])
        known = [one.id for one in law.judged()] or [PLAIN]
        if reading is None and len(known) == 1:
            return known[0]
        if reading not in known:
            raise BadInput(f"{question.id}: give a reading: {', '.join(known)}")
        return reading

    # --- proposals ---------------------------------------------------------------------------------

    def propose(self, *, anew: bool = False, tell: Tell = silent) -> tuple[int, int]:
        """Propose for every request which documents respond; only what is new, unless `anew`.

        How many documents were looked at, and how many stood as they were.
        """
        return propose(self, self.search.words(), anew=anew, tell=tell)

    # --- calls -------------------------------------------------------------------------------------

    def call(
        self,
        name: str,
        *,
        question: str | None,
        verdict: str,
        reading: str | None = None,
        why: str = "",
        cites: Sequence[str] = (),
    ) -> Finding:
        """A person's call on a document, entered beside all that was said before.

        `cites` are words of the document that it rests on; without them the machine's own passages or the document's
        first words are cited where the verdict must cite. Raises BadInput for a verdict that the question doesn't take
        or words that the document doesn't hold, NotFound.
        """
        asked = self.question(question)
        under, said = self.reading(asked, reading), verdict_of(asked, verdict)
        document = self.document(name)
        with self.store.act(self.settings.actor, "review call") as act:
            made = self._finding(asked, document, under, said, why=why, words=cites, at=act.at)
            act.find(made)
        return made

    def bulk(  # noqa: PLR0913 - the parts of a call
        self,
        names: Iterable[str],
        *,
        question: str | None,
        verdict: str,
        reason: str,
        reading: str | None = None,
        why: str = "",
        over: bool = False,
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """One call on many documents by id, each with the `reason` why it is among them; the ids called and passed over.

        A document that a person has called already is passed over unless `over`.
        """
        asked = self.question(question)
        under, said = self.reading(asked, reading), verdict_of(asked, verdict)
        standing = self._stands(asked, under)
        chosen = list(dict.fromkeys(names))
        kept = [n for n in chosen if not over and n in standing and standing[n].calls]
        todo = [n for n in chosen if n not in set(kept)]
        told = f"{reason}; {why}" if why else reason
        with self.store.act(self.settings.actor, "review bulk") as act:
            act.tell(reason=reason, question=asked.id, documents=len(todo))
            for document in self.store.documents(todo):
                act.find(self._finding(asked, document, under, said, why=told, words=(), at=act.at))
        return tuple(todo), tuple(kept)

    def chosen(
        self, *, query: str | None = None, family: str | None = None, thread: str | None = None, like: str | None = None
    ) -> tuple[tuple[str, ...], str]:
        """The ids of the documents that a bulk call is about, and the reason in words; raises BadInput without just one choice."""
        if sum(one is not None for one in (query, family, thread, like)) != 1:
            raise BadInput("a bulk call is over one of --query, --family, --thread, --alike")
        if query is not None:
            return self.search.ids(query), f"bulk call over the query {query}"
        name = self.document(family or thread or like or "").id
        words = self.search.words()
        if name not in words.numbers:
            raise BadInput(f"{name}: is no document of the record")
        number = words.numbers[name]
        if family is not None:
            return tuple(words.family(number)), f"bulk call over the family of {name}"
        if thread is not None:
            return tuple(words.thread(number)), f"bulk call over the thread of {name}"
        groups = [one.documents for one in alike(words) if name in one.documents]
        return (groups[0] if groups else (name,)), f"bulk call over the near-duplicates of {name}"

    def _finding(  # noqa: PLR0913 - the parts of a call
        self,
        question: Question,
        document: Document,
        reading: str,
        verdict: Verdict,
        *,
        why: str,
        words: Sequence[str],
        at: datetime,
    ) -> Finding:
        cites = tuple(quoted(document, one) for one in words)
        if not cites and verdict is not ORDER[question.kind][-1]:
            cites = self._given_cites(question, document, reading, verdict)
        return Finding(question.id, document, reading, verdict, cites, why, self.reviewer, at)

    def _given_cites(
        self, question: Question, document: Document, reading: str, verdict: Verdict
    ) -> tuple[Passage, ...]:
        """What a machine cited for the same verdict, else for another, else the first words of the document."""
        found = [f for f in self.store.findings(question=question.id, about=document.id) if f.reading == reading]
        found = [f for f in found if f.cites and isinstance(f.about, Document)]
        best = sorted(found, key=lambda f: (f.verdict is not verdict, f.by == self.reviewer))
        if best:
            return best[0].cites
        first = re.search(r"\S[^\n]{0,200}", document.text)
        return (document.passage(first.start(), first.end()),) if first else ()

    # --- the queue ---------------------------------------------------------------------------------

    def stands(self, question: str | None = None, *, reading: str | None = None) -> dict[str, Stand]:
        """How each document stands under a question, by id; those of which nobody has said anything are not in it."""
        asked = self.question(question)
        return self._stands(asked, self.reading(asked, reading))

    def _stands(self, question: Question, reading: str) -> dict[str, Stand]:
        found = review.stands(self.store.said(question=question.id))
        return {stand.document: stand for (_, under), stand in found.items() if under == reading}

    def queue(
        self, question: str | None = None, *, reading: str | None = None, limit: int | None = None
    ) -> tuple[Queued, ...]:
        """The documents that no person has called under the question, in the order to read them."""
        asked = self.question(question)
        under = self.reading(asked, reading)
        order, standing, scores = self._order(asked, under, self.search.words())
        return tuple(
            Queued(name, round(scores[name], 4), standing.get(name, Stand(name, under))) for name in order[:limit]
        )

    def _order(
        self, question: Question, reading: str, words: Words
    ) -> tuple[tuple[str, ...], dict[str, Stand], dict[str, float]]:
        standing = self._stands(question, reading)
        left = [n for n in record_ids(self.store) if not (n in standing and standing[n].calls)]
        values, learned = self._scores(question, standing, words)
        scores = {name: float(values[words.numbers[name]]) for name in left}
        return review.ordered(left, stands=standing, scores=scores, learned=learned), standing, scores

    def _scores(self, question: Question, standing: Mapping[str, Stand], words: Words) -> tuple[Any, bool]:
        """A score for each document, and whether it was learned from calls; else by the question's own words."""
        marked = MARKED[question.kind]
        calls = {
            words.numbers[name]: stand.calls[-1].verdict in marked
            for name, stand in standing.items()
            if stand.calls and stand.calls[-1].verdict is not Verdict.UNCLEAR and name in words.numbers
        }
        if len(set(calls.values())) == 2:
            return Learner(Vectors.of_index(words)).ranked(calls), True
        asked = Or(tuple(Word(one) for one in dict.fromkeys(words_of(question.text))) or (Word("?"),))
        return Search(words).scores(asked, np.arange(len(words.ids))), False

    def batch(self, question: str | None = None, *, reading: str | None = None, size: int = 25) -> Batch:
        """The reviewer's open batch under a question; where there is none, the next documents are given out as one.

        What another reviewer holds in an open batch is not given out twice; families are given out whole.
        """
        asked = self.question(question)
        under = self.reading(asked, reading)
        words = self.search.words()
        order, _, _ = self._order(asked, under, words)
        left, mine, held = set(order), None, set[str]()
        latest = {
            e.value.reviewer: e.value
            for e in self.store.events(BATCH, Batch, about=asked.id)
            if e.value.reading == under
        }
        for one in latest.values():
            open_ = [n for n in one.documents if n in left]
            if one.reviewer == self.settings.actor:
                mine = Batch(asked.id, under, one.reviewer, one.documents, tuple(open_)) if open_ else None
            else:
                held |= set(open_)
        if mine is not None:
            return mine
        taken = review.batched(
            order, size=size, family=lambda name: words.family(words.numbers[name]), free=left - held
        )
        made = Batch(asked.id, under, self.settings.actor, taken, taken)
        if taken:
            with self.store.act(self.settings.actor, "review batch") as act:
                act.event(BATCH, asked.id, made)
        return made

    # --- what the calls are worth --------------------------------------------------------------------

    def sample(
        self, question: str | None = None, *, reading: str | None = None, size: int | None = None, seed: int = 1373
    ) -> Sample:
        """Draw a simple random sample of the documents that nobody has called, and keep it on the record.

        Without a size, as many as tell a share to 5 % with 95 % certainty. The calls on it then measure what was left
        behind. Raises BadInput where nothing is left.
        """
        asked = self.question(question)
        under = self.reading(asked, reading)
        standing = self._stands(asked, under)
        left = [n for n in record_ids(self.store) if not (n in standing and standing[n].calls)]
        if not left:
            raise BadInput(f"{asked.id}: every document has been called; there is nothing to sample")
        many = size or review.sample_size(len(left))
        found = _marked(standing.values(), asked)
        made = Sample(asked.id, under, seed, len(left), found, review.drawn(left, size=many, seed=seed))
        with self.store.act(self.settings.actor, "review sample") as act:
            act.event(SAMPLE, asked.id, made)
        return made

    def samples(self, question: str | None = None, *, reading: str | None = None) -> tuple[Sample, ...]:
        """The samples drawn under a question, in the order in which they were drawn."""
        asked = self.question(question)
        under = self.reading(asked, reading)
        return tuple(e.value for e in self.store.events(SAMPLE, Sample, about=asked.id) if e.value.reading == under)

    def disputes(self, question: str | None = None, *, reading: str | None = None) -> tuple[Stand, ...]:
        """The documents on which two people's latest calls differ."""
        found = self.stands(question, reading=reading)
        return tuple(stand for _, stand in sorted(found.items()) if stand.disputed)

    def history(self, name: str, *, question: str | None = None) -> tuple[Finding, ...]:
        """Everything that judges and people ever said of a document under a question, in order."""
        asked = self.question(question)
        found = self.store.findings(question=asked.id, about=self.document(name).id, current=False)
        return tuple(found)

    def status(self) -> Status:
        """How far the review is: for every request, and for what else people have called."""
        ids = set(record_ids(self.store))
        progress = []
        times: dict[str, list[datetime]] = {}
        for asked in self.store.questions():
            found = review.stands(self.store.said(question=asked.id))
            found = {key: stand for key, stand in found.items() if stand.document in ids}
            for stand in found.values():
                for one in stand.calls:
                    times.setdefault(one.by.removeprefix(PERSON), []).append(one.at)
            readings = {under for _, under in found} if asked.kind is Kind.REQUIREMENT else {PLAIN}
            for under in sorted(readings):
                mine = {key: stand for key, stand in found.items() if key[1] == under}
                if asked.kind in {Kind.REQUEST, Kind.PRIVILEGE} or any(s.calls for s in mine.values()):
                    progress.append(self._progress(asked, under, mine, ids))
        reviewers = {name: (len(at), review.rate(sorted(at)[-RECENT:])) for name, at in sorted(times.items())}
        return Status(tuple(progress), reviewers)

    def _progress(
        self, question: Question, reading: str, stands: Mapping[tuple[str, str], Stand], ids: set[str]
    ) -> Progress:
        called = [s for s in stands.values() if s.calls]
        order = ORDER[question.kind]
        return Progress(
            question,
            reading,
            documents=len(ids),
            called=len(called),
            verdicts={v.value: sum(s.verdict is v for s in called) for v in order},
            proposed={v.value: sum(not s.calls and s.verdict is v for s in stands.values()) for v in order},
            parted=sum(s.parted and not s.calls for s in stands.values()),
            disputed=sum(s.disputed for s in called),
            overruled=sum(s.overruled for s in called),
            agreement=review.agreement(review.doubles(stands)),
            recall=self._recall(question, reading, {s.document: s for s in called}),
        )

    def _recall(self, question: Question, reading: str, called: Mapping[str, Stand]) -> review.Recall | None:
        drawn = self.samples(question.id, reading=reading if question.kind is Kind.REQUIREMENT else None)
        if not drawn:
            return None
        last = drawn[-1]
        marked = MARKED[question.kind]
        told = [called[n].verdict in marked if n in called else None for n in last.documents]
        now = _marked(called.values(), question)
        return review.recall(told, population=last.population, found=last.found, now=now)


def verdict_of(question: Question, word: str) -> Verdict:
    """The verdict that a word or its beginning means to a question; raises BadInput with those it takes."""
    known = [v.value for v in ORDER[question.kind]]
    fits = [v for v in known if v == word.lower()] or [v for v in known if v.startswith(word.lower())]
    if len(fits) != 1:
        raise BadInput(f"{word}: no verdict on a {question.kind.value}; give {', '.join(known)}")
    return Verdict(fits[0])


def quoted(document: Document, words: str) -> Passage:
    """The first passage of a document that says these words, white space apart; raises BadInput where none does."""
    pieces = [re.escape(piece) for piece in words.split()]
    found = re.search(r"\s+".join(pieces), document.text) if pieces else None
    if found is None:
        raise BadInput(f"{document.name or document.id}: does not say “{words}”")
    return document.passage(found.start(), found.end())


def _marked(stands: Iterable[Stand], question: Question) -> int:
    return sum(bool(s.calls) and s.verdict in MARKED[question.kind] for s in stands)
