"""A Case in, the parts about what is said and asked around the record out: claims, requests, deadlines, unread files."""

from __future__ import annotations

from collections.abc import Iterator

from showcause.core import Case, Kind, Passage, State
from showcause.opinion.body import found
from showcause.opinion.says import day, joined
from showcause.opinion.tree import Basis, Cite, Fixed, Heading, Item, Paragraph, Part, Quotation, Said, Source
from showcause.opinion.wording import Wording as W  # noqa: N817  # its labels stand on every line
from showcause.paper import view
from showcause.paper.place import title


def claims(case: Case) -> Iterator[Part]:
    """Each claim with who made it, and what the record makes of it."""
    yield Heading(W.CLAIMS, 1, "claims")
    asked = view.held(case, Kind.CLAIM)
    yield Paragraph((Fixed(W.CLAIMS_LEAD if asked else W.NO_CLAIMS),))
    for one in asked:
        source = one.question.source
        cite: Cite = source if isinstance(source, Passage) else Source(Basis.LETTER, source)
        yield Quotation(one.question.text, cite)
        who = view.speaker(case, one.question)
        lead = f"{who.by or 'An unnamed speaker'}{f' ({who.stance})' if who.stance else ''}."
        told = tuple(s for answers in view.by_verdict(one.answers).values() for s in _held(answers))
        yield Paragraph((Said("", (cite,), lead), *(told or (Fixed(W.NOT_HELD),))))


def _held(answers: list[view.Answer]) -> Iterator[Said]:
    cites: tuple[Cite, ...] = tuple(dict.fromkeys(c for a in answers for c in a.cites)) or found(answers)
    names = joined([f"“{a.reading.title}”" for a in answers])
    yield Said(f"({names}).", cites, view.LABELS[answers[0].verdict])
    for why in dict.fromkeys(w for a in answers for w in a.whys):
        yield Said(why, cites)


def requests(case: Case) -> Iterator[Part]:
    """What letters ask to be produced with its state, and what is owed by when."""
    yield Heading(W.REQUESTS, 1, "requests")
    asked = [q for q in case.questions if q.kind is Kind.REQUEST]
    yield Heading(W.REQUESTED, 2)
    if not asked:
        yield Paragraph((Fixed(W.NO_REQUESTS),))
    for q in asked:
        cite: Cite = q.source if isinstance(q.source, Passage) else Source(Basis.LETTER, q.source)
        state = case.request_states.get(q.id, "open")
        yield Item((Said(" ".join(q.text.split()), (cite,), f"{view.label(q)} · {state}."),))
    yield Heading(W.OWED, 2)
    if not case.deadlines:
        yield Paragraph((Fixed(W.NO_DEADLINES),))
    for d in view.deadlines(case):
        left = view.days_left(d, case)
        when = f"{day(d.due)} ({left})" if d.due else "no date given"
        doc = case.documents.get(d.source)
        source = Source(Basis.LETTER, title(doc) if doc else d.source or d.rule or d.what)
        rule = f" “{' '.join(d.rule.split())}”" if d.rule else ""
        yield Item((Said(f"{d.what}{f', to {d.to}' if d.to else ''}.{rule}", (source,), f"{when}."),))


def unread(case: Case) -> Iterator[Part]:
    """Each file that was not read, with the reason."""
    yield Heading(W.UNREAD, 1, "unread")
    files = [g for g in case.given if g.state in (State.UNREADABLE, State.SKIPPED)]
    yield Paragraph((Fixed(W.UNREAD_LEAD if files else W.ALL_READ),))
    for g in files:
        source = Source(Basis.FILE, f"{view.whereabouts(g)}, {g.size:,} bytes, SHA-256 {g.sha256[:16]}…")
        yield Item((Said(f"{g.state.value}: {g.reason or 'no reason was recorded'}", (source,), f"{g.name}."),))
