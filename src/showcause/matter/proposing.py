"""A matter's requests and record in, proposals of what responds out; only what is new is looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from showcause.ask.span import span
from showcause.assess import responsive
from showcause.assess.responsive import BY, Wanted
from showcause.core import Kind, Letter, Passage, Question, Request
from showcause.find import Search, Words
from showcause.find.query import Word
from showcause.matter.desk import Desk

SHARES = "responsive.shares"
BATCH = 64  # documents proposed on in one act
GROWN = 2  # times as many documents as when the shares were counted: then they are counted again


def propose(desk: Desk, words: Words, *, anew: bool, tell: Callable[..., None]) -> tuple[int, int]:
    """Propose on every document for every request; how many documents were looked at, and how many stood as they were.

    How common each word of a request is was counted when it was first asked, and is counted again when the record has
    doubled or `anew`; so that a document added later does not move what was proposed before.
    """
    store = desk.store
    questions = [q for q in store.questions() if q.kind is Kind.REQUEST]
    families = _families(words)
    if not questions or not families:
        return 0, 0
    shares = _shares(desk, words, questions, anew=anew)
    custodians = sorted({given.custodian for given in store.given()})
    letters = store.letters()
    asked = [_wanted(q, letters, shares=shares, custodians=custodians) for q in questions]
    key = _key(asked)
    done = store.assessed(key, by=BY)
    todo = [family for family in families if anew or not done.issuperset(family)]
    total, looked = sum(len(family) for family in families), 0
    with store.writing():
        for some in _batches(todo):
            _enter(desk, some, asked, key=key)
            looked += sum(len(family) for family in some)
            tell(looked, sum(len(family) for family in todo), "")
    return looked, total - looked


def _enter(desk: Desk, families: Sequence[Sequence[str]], asked: Sequence[Wanted], *, key: str) -> None:
    with desk.store.act(desk.settings.actor, "review propose") as act:
        for family in families:
            found = [responsive.propose(d, asked, at=act.at) for d in desk.store.documents(family)]
            whole = [responsive.with_family(column, at=act.at) for column in zip(*found, strict=True)]
            ids = [one.question.id for one in asked]
            for name, answers in zip(sorted(family), zip(*whole, strict=True), strict=True):
                act.assess(name, key=key, by=BY, questions=ids, findings=answers)


def _families(words: Words) -> list[tuple[str, ...]]:
    """The documents of the record, family by family."""
    found: dict[int, list[str]] = {}
    for number, name in enumerate(words.ids):
        if words.alive[number]:
            found.setdefault(int(words.heads[number]), []).append(name)
    return [tuple(sorted(some)) for _, some in sorted(found.items())]


def _batches(families: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    batch: list[tuple[str, ...]] = []
    for family in families:
        batch.append(family)
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _wanted(
    question: Question, letters: Mapping[str, Letter], *, shares: Mapping[str, float], custodians: Sequence[str]
) -> Wanted:
    request, letter = _request(question, letters)
    first, last = span(request.period if request else None, written=letter.date if letter else None)
    return responsive.wanted(
        question, first=first, last=last, share=lambda key: shares.get(key, 0.0), custodians=custodians
    )


def _request(question: Question, letters: Mapping[str, Letter]) -> tuple[Request | None, Letter | None]:
    """The request of a letter that a question was made of."""
    if not isinstance(question.source, Passage):
        return None, None
    letter = letters.get(question.source.doc.id)
    found = [r for r in letter.requests if r.start == question.source.start] if letter else []
    return (found[0] if found else None), letter


def _shares(desk: Desk, words: Words, questions: Sequence[Question], *, anew: bool) -> Mapping[str, float]:
    """How much of the record holds each stem of the requests, as it was when that was last counted."""
    known: dict[str, Any] = desk.store.kept(SHARES, {"documents": 0, "shares": {}})
    many = max(1, int(words.alive.sum()))
    if anew or many > GROWN * known["documents"]:
        known = {"documents": many, "shares": {}}
    wanted = {key for q in questions for key in responsive.stems(q)}
    missing = sorted(wanted - known["shares"].keys())
    if missing:
        search = Search(words)
        counted = {key: round(len(search.matches(Word(f"{key}*")).documents) / many, 3) for key in missing}
        known = {"documents": known["documents"], "shares": {**known["shares"], **counted}}
        with desk.store.act(desk.settings.actor, "review shares") as act:
            act.keep(SHARES, known)
    shares: Mapping[str, float] = known["shares"]
    return shares


def _key(asked: Sequence[Wanted]) -> str:
    """The digest of what is proposed under: the requests as they are read."""
    parts = [BY]
    for one in asked:
        weights = ",".join(f"{key}={weight:.4f}" for key, weight in sorted(one.weights.items()))
        parts.append(f"{one.question.id} {one.question.text} {one.first} {one.last} {sorted(one.sorts)} {weights}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
