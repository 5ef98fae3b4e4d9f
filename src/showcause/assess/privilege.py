"""A document and the circle of those who may know it in; a proposal to withhold, redact, look or produce out, never final.

A communication is proposed as privileged where counsel of the user's list took part in it as such: wrote or received
it, in words of law or under an express claim, with nobody outside. Each doubt (counsel only copied, somebody outside, a
claim without counsel) makes it unclear, for a person to decide. Footers that programs write under every message claim
nothing. Fed. R. Civ. P. 26(b)(3), 26(b)(5)(A); Fed. R. Evid. 502; 5 U.S.C. 552(b)(5), (6).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from showcause.assess.counsel import Circle, Roles, person, roles
from showcause.assess.counsel_words import (
    BOILERPLATE,
    BUSINESS,
    CLAIM,
    DELIBERATIVE,
    DRAFT,
    LAW,
    OPINION,
    PRIVATE,
    RELAY,
    TOPICS,
    UNDECIDED,
    WORK_PRODUCT,
)
from showcause.core import Document, Finding, Kind, Passage, Question, Verdict
from showcause.text import later

BY: Final = "rule:privilege:1"
QUESTION: Final = Question(
    "privilege",
    Kind.PRIVILEGE,
    "May the document be kept back, wholly or in part, as privileged or protected?",
    "Fed. R. Civ. P. 26(b)(5)(A)",
)
ENOUGH: Final = 2  # different words of law that make a message of counsel more than a note
CITED: Final = 3  # passages that a proposal cites at most, where it does not redact
Private = Callable[[str], Iterable[tuple[int, int]]]  # the spans of private numbers in a text
_WROTE = later(
    r"^[^\n]{0,200}\bwrote:[ \t]*$|^-{2,}[ \t]*(?:original|forwarded) message[^\n]*$", re.IGNORECASE | re.MULTILINE
)
_QUOTED = later(r"(?:^[ \t]*>[^\n]*(?:\n|$))+", re.MULTILINE)
_PARAGRAPH = later(r"[^\s](?:[^\n]|\n(?!\s*\n))*")


class Ground(StrEnum):
    """On what a document is kept back; the value is what a privilege log says as its basis."""

    ATTORNEY_CLIENT = "Attorney-client privilege"
    WORK_PRODUCT = "Attorney work product"
    DELIBERATIVE = "Deliberative process privilege"
    PRIVACY = "Personal privacy"


BASIS: Final = {
    Ground.ATTORNEY_CLIENT: "a confidential communication between client and counsel to give or obtain legal advice",
    Ground.WORK_PRODUCT: "prepared by or for counsel in anticipation of litigation (Fed. R. Civ. P. 26(b)(3))",
    Ground.DELIBERATIVE: "advice or opinion within the body before a decision was taken (5 U.S.C. 552(b)(5))",
    Ground.PRIVACY: "personal, medical or financial particulars of a private person (5 U.S.C. 552(b)(6))",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one document, and why; `cites` are the passages it rests on or, to redact, those that go.

    `topic` and `description` say for a privilege log what the document is about without what it says.
    """

    verdict: Verdict
    why: str
    ground: Ground | None = None
    cites: tuple[Passage, ...] = ()
    topic: str = ""
    description: str = ""

    @property
    def basis(self) -> str:
        """The basis as a log states it."""
        return self.ground.value if self.ground else ""


def propose(doc: Document, circle: Circle, *, private: Sequence[Private] = ()) -> Proposal:
    """The proposal for one document by itself; `private` find the private numbers of a text."""
    if not doc.text.strip():
        return Proposal(Verdict.PRODUCE, "it holds no words")
    seen = _Seen.of(doc, circle)
    made = _of_counsel(seen) or _claimed(seen) or _told_again(seen) or _deliberative(seen) or _personal(seen, private)
    return _described(made or Proposal(Verdict.PRODUCE, seen.plainly()), seen)


def finding(doc: Document, proposal: Proposal, *, at: datetime) -> Finding:
    """The proposal as a Finding by this rule."""
    about = f"{proposal.why} [{proposal.ground.value}: {BASIS[proposal.ground]}]" if proposal.ground else proposal.why
    return Finding(QUESTION.id, doc, "plain", proposal.verdict, proposal.cites, about, BY, at)


# --- what hangs together ----------------------------------------------------------------------------


def in_family(doc: Document, own: Proposal, *, names: Sequence[str], above: bool) -> Proposal:
    """The proposal for a document in whose family others (by their `names`) are proposed as withheld.

    `above` says that one of them is the message that it hangs on. What would be produced becomes unclear: a fact is not
    privileged because it was sent to counsel, but what was written for counsel may be.
    """
    place = "hangs on" if above else "is in one family with"
    why = f"it {place} {', '.join(names)}, which is proposed as withheld (family)"
    return _joined(doc, own, why)


def in_thread(doc: Document, own: Proposal, *, names: Sequence[str], said: frozenset[str]) -> Proposal:
    """The proposal for a message in whose conversation others are proposed as withheld.

    `said` are the digests of the paragraphs that those say. A message that repeats one of them below its own words is
    proposed for redaction of what it repeats; another one keeps its proposal, and the conversation is named beside it.
    """
    listed = ", ".join(names)
    if doc.mail and said & set(doc.mail.quoted):
        quoted = tuple(_quoted(doc))
        if own.verdict is Verdict.PRODUCE and quoted:
            why = f"it repeats words of {listed}, which is proposed as withheld (thread)"
            return replace(own, verdict=Verdict.REDACT, why=why, ground=Ground.ATTORNEY_CLIENT, cites=quoted)
        return _joined(doc, own, f"it repeats words of {listed}, which is proposed as withheld (thread)")
    return replace(own, why=f"{own.why}; {listed} of its conversation is proposed as withheld (thread)")


def _joined(doc: Document, own: Proposal, why: str) -> Proposal:
    if own.verdict is not Verdict.PRODUCE:
        return replace(own, why=f"{own.why}; {why}")
    return replace(own, verdict=Verdict.UNCLEAR, why=why, cites=_first(doc))


# --- what one document shows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """A document as it is judged: its roles, its own words, the subject, and what of it is repeated or boilerplate."""

    doc: Document
    circle: Circle
    roles: Roles
    subject: str
    body: tuple[tuple[int, int], ...]  # the paragraphs of its own words
    law: tuple[tuple[int, int], ...]  # where different words of law stand in them

    @classmethod
    def of(cls, doc: Document, circle: Circle) -> _Seen:
        found = roles(doc, circle)
        body = tuple(_body(doc))
        subject = doc.mail.subject if doc.mail else doc.title or doc.text[:120].partition("\n")[0]
        return cls(doc, circle, found, subject, body, tuple(_law(doc, body)))

    def within(self, pattern: re.Pattern[str]) -> tuple[Passage, ...]:
        """The sentences of its own words, or its subject, in which the pattern stands."""
        places = [*self._subject(), *self.body]
        hits = (m for start, end in places for m in pattern.finditer(self.doc.text, start, end))
        return tuple(dict.fromkeys(_sentence(self.doc, m.start(), m.end()) for m in hits))

    def _subject(self) -> Iterator[tuple[int, int]]:
        at = self.doc.text.find(self.subject) if self.subject else -1
        if at >= 0 and not any(start <= at < end for start, end in self.body):
            yield at, at + len(self.subject)

    @property
    def legal(self) -> int:
        """How many different words of law it says."""
        return len(self.law)

    @property
    def cited(self) -> tuple[Passage, ...]:
        """The first of its sentences that speak of law, else its first words."""
        found = tuple(dict.fromkeys(_sentence(self.doc, *span) for span in self.law))[:CITED]
        return found or _first(self.doc)

    def who(self) -> str:
        """Counsel by name and place."""
        names = dict.fromkeys(f"{person(one)} ({place})" for place, one, _ in self.roles.counsel)
        return ", ".join(names)

    def plainly(self) -> str:
        """Why nothing is proposed."""
        if self.roles.counsel:
            return f"counsel took part ({self.who()}), and nothing in it is legal advice or asks for it"
        return "no counsel of the list took part, and nothing in it claims or repeats advice"


def _of_counsel(seen: _Seen) -> Proposal | None:
    """A message in which counsel took part."""
    if not seen.roles.counsel:
        return None
    claims, work = seen.within(CLAIM), seen.within(WORK_PRODUCT)
    ground = Ground.WORK_PRODUCT if work else Ground.ATTORNEY_CLIENT
    if not claims and not work and seen.legal < ENOUGH:
        return None if seen.legal == 0 or BUSINESS.search(seen.doc.text) else _thin(seen)
    cites = tuple(dict.fromkeys([*work[:1], *claims[:1], *seen.cited]))[:CITED]
    spoken = f"{seen.who()}; {seen.legal} different words of law" + (
        ", and it claims protection" if claims or work else ""
    )
    made = Proposal(Verdict.WITHHOLD, f"counsel took part: {spoken}", ground, cites)
    if seen.roles.outside:
        return _with_outsiders(made, seen)
    if seen.roles.places == {"cc"} and not claims and not work:
        return replace(made, verdict=Verdict.UNCLEAR, why=f"counsel was only copied: {spoken}")
    return made


def _thin(seen: _Seen) -> Proposal | None:
    """A message to or from counsel with one word of law in it: advice may be short, and so may be a note."""
    if seen.roles.outside or seen.roles.places == {"cc"}:
        return None
    why = f"counsel took part ({seen.who()}), with one word of law: whether it is advice is for a person to say"
    return Proposal(Verdict.UNCLEAR, why, Ground.ATTORNEY_CLIENT, seen.cited)


def _with_outsiders(made: Proposal, seen: _Seen) -> Proposal:
    """What the presence of somebody outside does: between the sides nothing is confidential; else a person looks."""
    named = ", ".join(f"{person(one)} <{one.address}>" for one in seen.roles.outside)
    sender, outside = seen.roles.sender, set(seen.roles.outside)
    addressed = seen.roles.to
    if sender in outside or (addressed and all(one in outside for one in addressed)):
        side = "came from" if sender in outside else "went to"
        return Proposal(Verdict.PRODUCE, f"it {side} {named}, outside the privilege: it was never confidential")
    return replace(made, verdict=Verdict.UNCLEAR, why=f"{made.why}; waiver risk: {named} stands outside the privilege")


def _claimed(seen: _Seen) -> Proposal | None:
    """An express claim in something in which no counsel of the list took part."""
    claims = seen.within(CLAIM) or seen.within(WORK_PRODUCT)
    if not claims or seen.roles.counsel or _shared(seen):
        return None
    why = "it claims protection, and no counsel of the list took part in it"
    return Proposal(Verdict.UNCLEAR, why, Ground.ATTORNEY_CLIENT, claims[:CITED])


def _told_again(seen: _Seen) -> Proposal | None:
    """Advice of counsel that one of the client's people repeats to another, or quotes below."""
    if _shared(seen):
        return None
    names = {word for c in seen.circle.counsel for word in c.name.split() if len(word) > 2 and word[0].isupper()}
    own = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names))) or '(?!)'})(?:['’]s)?\b")
    told = list(seen.within(RELAY))
    told += [p for p in seen.within(own) if OPINION.search(p.text) and not seen.roles.counsel]
    below = [p for p in _quoted(seen.doc) if _by_counsel(seen, p) and len(list(_law(seen.doc, (p.span,)))) >= 1]
    cites = tuple(sorted(dict.fromkeys((*told, *below)), key=lambda p: p.start))
    if not cites:
        return None
    how = "quotes what counsel wrote" if below else "repeats advice of counsel"
    return Proposal(Verdict.REDACT, f"it {how} among other things", Ground.ATTORNEY_CLIENT, cites)


def _deliberative(seen: _Seen) -> Proposal | None:
    """Opinion within the body before a decision."""
    strong = seen.within(DELIBERATIVE)
    if seen.roles.outside or (not strong and not DRAFT.search(seen.subject)):
        return None
    views = seen.within(UNDECIDED)
    if strong:
        why = "it says of itself that it comes before a decision, and nobody outside received it"
        return Proposal(Verdict.WITHHOLD, why, Ground.DELIBERATIVE, (*strong[:1], *views)[:CITED])
    if not views:
        return None
    why = "a draft that recommends, before a decision: what of it is opinion is for a person to say"
    return Proposal(Verdict.UNCLEAR, why, Ground.DELIBERATIVE, views[:CITED])


def _personal(seen: _Seen, private: Sequence[Private]) -> Proposal | None:
    """Particulars of a private person, to be redacted."""
    spans = {span for find in private for span in find(seen.doc.text)}
    spans |= {found.span() for found in PRIVATE.finditer(seen.doc.text)}
    if not spans:
        return None
    cites = tuple(seen.doc.passage(*span) for span in _apart(spans))
    return Proposal(Verdict.REDACT, "it holds particulars of a private person", Ground.PRIVACY, cites)


def _described(made: Proposal, seen: _Seen) -> Proposal:
    if made.ground is None:
        return made
    topic = next((name for name, words in TOPICS if words.search(seen.doc.text)), "legal matters")
    kind = "E-mail" if seen.doc.mail else "Document"
    if made.ground is Ground.PRIVACY:
        return replace(made, topic="personal particulars", description=f"{kind} with particulars of a private person.")
    if made.ground is Ground.DELIBERATIVE:
        return replace(made, topic=topic, description=f"{kind} with opinions before a decision about {topic}.")
    if made.verdict is Verdict.REDACT:
        return replace(made, topic=topic, description=f"{kind}, part of which repeats legal advice about {topic}.")
    does = {True: "giving legal advice", False: "asking for legal advice"}["from" in seen.roles.places]
    if made.ground is Ground.WORK_PRODUCT:
        does = "prepared by or for counsel in anticipation of litigation"
    return replace(made, topic=topic, description=f"{kind} {does} about {topic}.")


def _shared(seen: _Seen) -> bool:
    """Whether somebody outside wrote or received it."""
    return bool(seen.roles.outside)


# --- places in a text -------------------------------------------------------------------------------


def _body(doc: Document) -> Iterator[tuple[int, int]]:
    """The paragraphs of a document's own words: after a message's head, no quotation, no footer of a program."""
    start = next((m.start for m in doc.pages.marks if m.part == "body"), 0) if doc.mail else 0
    cut = _WROTE.search(doc.text, start) if doc.mail else None
    for found in _PARAGRAPH.finditer(doc.text, start, cut.start() if cut else len(doc.text)):
        if not BOILERPLATE.search(found[0]) and not found[0].lstrip().startswith(">"):
            yield found.span()


def _law(doc: Document, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where each different word of law first stands."""
    seen: set[str] = set()
    for start, end in spans:
        for found in LAW.finditer(doc.text, start, end):
            kind = next(k for k, said in found.groupdict().items() if said)
            if kind not in seen:
                seen.add(kind)
                yield found.span()


def _quoted(doc: Document) -> Iterator[Passage]:
    """What a message repeats below: lines marked so, or all behind the line that names an earlier message."""
    start = next((m.start for m in doc.pages.marks if m.part == "body"), 0)
    cut = _WROTE.search(doc.text, start)
    if cut:
        yield _trimmed(doc, cut.start(), len(doc.text))
        return
    for found in _QUOTED.finditer(doc.text, start):
        yield _trimmed(doc, *found.span())


def _by_counsel(seen: _Seen, passage: Passage) -> bool:
    """Whether what is repeated names counsel in its first line."""
    head = passage.text[:300].casefold()
    boxes = {word.strip("<>[]():;,") for word in head.split() if "@" in word}
    known = seen.circle.counsel
    return any(c.is_address(box) for c in known for box in boxes) or any(c.name.casefold() in head for c in known)


def _sentence(doc: Document, start: int, end: int) -> Passage:
    """The sentence around a place."""
    text = doc.text
    before = max(text.rfind(mark, 0, start) + len(mark) for mark in (". ", "? ", "! ", "\n\n", ".\n"))
    first = before if 0 <= start - before < 600 and before > 1 else max(text.rfind("\n", 0, start) + 1, 0)
    after = re.compile(r"[.?!](?=\s|$)|\n\s*\n|$").search(text, end)
    return _trimmed(doc, first, (after.start() + (after[0][:1] in ".?!" and bool(after[0]))) if after else len(text))


def _trimmed(doc: Document, start: int, end: int) -> Passage:
    words = doc.text[start:end]
    start += len(words) - len(words.lstrip())
    return doc.passage(start, start + len(words.strip()))


def _first(doc: Document) -> tuple[Passage, ...]:
    """The first line of a document, for want of a better place."""
    found = re.search(r"\S[^\n]*", doc.text)
    return (doc.passage(found.start(), min(found.end(), found.start() + 200)),) if found else ()


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    held: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if held and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held
