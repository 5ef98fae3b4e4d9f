"""Proposals of privilege: each doubt goes to a person, each reason is said, and a labelled set says how often it is right."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from showcause.assess import privilege
from showcause.assess.counsel import Circle, Counsel, own_domains, registered, roles
from showcause.assess.privilege import Ground, propose
from showcause.core import Document, Verdict
from showcause.intake import Limits, read
from showcause.produce import PATTERNS

V = Verdict
CIRCLE = Circle(
    (
        Counsel("Imogen Sallow", ("i.sallow@brackwater.example",), since=date(2029, 1, 1)),
        Counsel("Peter Marchbanks", ("p.marchbanks@brackwater.example",), until=date(2028, 12, 31)),
        Counsel("Teo Lindqvist", ("t.lindqvist@brackwater.example",), since=date(2029, 1, 1)),
        Counsel("Dunmore & Pike LLP", domains=("dunmorepike.example",), firm="Dunmore & Pike LLP"),
    ),
    frozenset({"brackwater.example"}),
)
PRIVATE = tuple(p.find for p in PATTERNS if p.name != "telephone number")
SET = Path(__file__).with_name("privileged.txt")


def document(raw: bytes, name: str = "m.eml") -> Document:
    reading = read(raw, name=name, limits=Limits())
    return Document(
        f"d-{name}", "0" * 64, reading.kind, "Clerk", reading.date, reading.text, reading.pages, name, mail=reading.mail
    )


def message(**more: str) -> Document:
    """A message from the manager to counsel that asks for nothing, unless `more` says otherwise."""
    known = {
        "from": "Dora Finch <d.finch@brackwater.example>",
        "to": "Imogen Sallow <i.sallow@brackwater.example>",
        "date": "Mon, 5 Mar 2029 09:12:00 -0500",
        "subject": "Hello",
        "body": "The copier is fixed.",
    } | more
    body = known.pop("body")
    head = "".join(f"{key.title()}: {value}\n" for key, value in known.items() if value)
    return document(f"{head}\n{body}\n".encode())


def labelled() -> list[tuple[int, str, str, Document]]:
    found = []
    for piece in re.split(r"^== ", SET.read_text(), flags=re.MULTILINE)[1:]:
        head, raw = piece.split("\n", 1)
        number, call, ground = head.split()
        found.append((int(number), call, ground, document(raw.encode(), f"{number}.eml")))
    return found


def measured(half: int) -> dict[str, float]:
    """Of one half: how much of what is privileged isn't let go, how much is kept back rightly, how often the call is met."""
    rows = [(V(call), propose(doc, CIRCLE, private=PRIVATE).verdict) for n, call, _, doc in labelled() if n % 2 == half]
    kept = {V.WITHHOLD, V.REDACT}
    privileged = [said for gold, said in rows if gold is not V.PRODUCE]
    back = [gold for gold, said in rows if said in kept]
    return {
        "messages": len(rows),
        "recall": sum(said is not V.PRODUCE for said in privileged) / len(privileged),
        "precision": sum(gold in kept for gold in back) / len(back),
        "exact": sum(gold is said for gold, said in rows) / len(rows),
        "let go rightly": sum(said is V.PRODUCE for gold, said in rows if gold is V.PRODUCE)
        / sum(gold is V.PRODUCE for gold, _ in rows),
    }


@pytest.mark.parametrize("half", [1, 0], ids=["seen", "held"])
def test_the_labelled_set(half: int) -> None:
    got = measured(half)
    print(("seen", "held")[half == 0], {k: round(v, 3) for k, v in got.items()})
    assert got["messages"] == 40
    assert got["recall"] >= 0.9
    assert got["precision"] >= 0.9


def test_the_set_is_of_every_call() -> None:
    counts = Counter((n % 2, call) for n, call, _, _ in labelled())
    assert len(labelled()) == 80
    assert all(counts[half, call] >= 4 for half in (0, 1) for call in ("withhold", "redact", "unclear", "produce"))


ADVICE = "In my opinion the statute makes us liable, and my advice is to settle before the hearing."
CALLS = [
    ("counsel advises", {"from": "Imogen Sallow <i.sallow@brackwater.example>", "to": "d.finch@brackwater.example", "body": ADVICE}, V.WITHHOLD, "Imogen Sallow (from)"),
    ("the client asks", {"body": "Can we legally end the lease, or does the clause bind us?"}, V.WITHHOLD, "(to)"),
    ("counsel is only copied", {"to": "w.orlan@brackwater.example", "cc": "i.sallow@brackwater.example", "body": "He will sue us over the claim, and the court may agree."}, V.UNCLEAR, "only copied"),
    ("somebody outside is copied", {"cc": "June Abbot <june@pool.example>", "body": ADVICE}, V.UNCLEAR, "waiver risk: June Abbot"),
    ("it went to the other side", {"from": "i.sallow@brackwater.example", "to": "r.hask@haskhale.example", "body": ADVICE}, V.PRODUCE, "outside the privilege"),
    ("it came from the other side", {"from": "r.hask@haskhale.example", "body": ADVICE}, V.PRODUCE, "came from"),
    ("before counsel was counsel", {"date": "Mon, 6 Mar 2028 09:12:00 -0500", "body": ADVICE}, V.PRODUCE, "no counsel"),
    ("a claim without counsel", {"to": "w.orlan@brackwater.example", "subject": "Attorney-client privileged", "body": "The roof leaks."}, V.UNCLEAR, "claims protection"),
    ("a footer claims nothing", {"to": "w.orlan@brackwater.example", "body": "The roof leaks.\n\nThis message may contain attorney-client privileged material. If you are not the intended recipient, delete it."}, V.PRODUCE, ""),
    ("a note to counsel", {"body": "Lunch at noon?"}, V.PRODUCE, "counsel took part"),
    ("advice passed on", {"to": "w.orlan@brackwater.example", "body": "The roof leaks.\n\nThe Town Attorney advised us that the roofer must pay. Call him.\n\nBring a ladder."}, V.REDACT, "repeats advice"),
    ("a firm by its domain", {"to": "someone@dunmorepike.example", "body": "What do we tell the judge about the motion?"}, V.WITHHOLD, "(to)"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "call", "why"), [c[1:] for c in CALLS], ids=[c[0] for c in CALLS])
def test_each_case_has_its_call_and_says_why(more: dict[str, str], call: Verdict, why: str) -> None:
    doc = message(**more)
    found = propose(doc, CIRCLE, private=PRIVATE)
    assert (found.verdict, why in found.why) == (call, True), found.why
    assert all(doc.text[c.start : c.end] == c.text for c in found.cites)
    privilege.finding(doc, found, at=datetime(2031, 1, 1, tzinfo=UTC))  # every call but produce cites


def test_what_is_redacted_is_the_sentence_alone() -> None:
    doc = message(
        to="w.orlan@brackwater.example",
        body="The roof leaks. The Town Attorney advised us that the roofer must pay. Bring a ladder.",
    )
    assert [c.text for c in propose(doc, CIRCLE).cites] == ["The Town Attorney advised us that the roofer must pay."]


def test_a_memorandum_has_roles_too() -> None:
    text = "MEMORANDUM\n\nTO: Dora Finch\nFROM: Imogen Sallow, Town Attorney\nRE: Dock lease\n\n" + ADVICE
    doc = Document("d", "0" * 64, "txt", "Clerk", date(2029, 3, 1), text, name="memo.txt")
    assert roles(doc, CIRCLE).places == {"from"}
    assert propose(doc, CIRCLE).verdict is V.WITHHOLD


def test_a_family_and_a_conversation_carry_the_reason() -> None:
    head = message(body=ADVICE)
    sheet = Document("d-2", "1" * 64, "txt", "Clerk", None, "Hours worked: 61", name="hours.txt")
    child = privilege.in_family(sheet, propose(sheet, CIRCLE), names=["hello.eml"], above=True)
    assert (child.verdict, "hangs on hello.eml" in child.why) == (V.UNCLEAR, True)
    answer = message(
        to="w.orlan@brackwater.example",
        body=f"Go ahead then.\n\nOn Mon, Mar 5, 2029 at 9:12 AM, A B <a@b.example> wrote:\n> {ADVICE}",
    )
    assert head.mail
    repeated = privilege.in_thread(answer, propose(answer, CIRCLE), names=["hello.eml"], said=frozenset(head.mail.said))
    assert repeated.verdict is V.REDACT
    assert ADVICE in repeated.cites[0].text
    other = message(to="w.orlan@brackwater.example")
    named = privilege.in_thread(other, propose(other, CIRCLE), names=["hello.eml"], said=frozenset(head.mail.said))
    assert (named.verdict, "(thread)" in named.why) == (V.PRODUCE, True)


def test_a_log_may_say_what_a_proposal_says_of_itself() -> None:
    found = propose(message(body=ADVICE), CIRCLE)
    assert found.basis == Ground.ATTORNEY_CLIENT.value
    assert "E-mail" in found.description
    assert ADVICE not in found.description


@pytest.mark.parametrize(
    ("domain", "own"),
    [
        ("police.town.example", "town.example"),
        ("ci.town.ca.us", "town.ca.us"),
        ("town.gov", "town.gov"),
        ("a.b.co.uk", "b.co.uk"),
    ],
)
def test_a_bodys_own_domain_is_what_is_registered(domain: str, own: str) -> None:
    assert registered(domain) == own


def test_own_domains_are_those_that_write_most() -> None:
    senders = ["a@police.town.example"] * 6 + ["b@law.town.example"] * 3 + ["x@press.example"]
    assert own_domains(senders) == {"town.example"}
