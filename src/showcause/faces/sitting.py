"""A reviewer at a terminal: a document at a time, what is proposed and why, its passages, and one key for the call.

Without a terminal a line of the input is a call: its key, then the reason; so that a list of calls can be piped in.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from showcause.core import Kind, Verdict

if TYPE_CHECKING:
    from showcause.core import Document, Question
    from showcause.matter import Matter

V = Verdict
KEYS = {  # one key a verdict
    Kind.REQUEST: {"r": V.RESPONSIVE, "u": V.UNCLEAR, "n": V.NOT_RESPONSIVE},
    Kind.PRIVILEGE: {"w": V.WITHHOLD, "d": V.REDACT, "u": V.UNCLEAR, "p": V.PRODUCE},
    Kind.REQUIREMENT: {"x": V.CONFLICT, "u": V.UNCLEAR, "c": V.COMPLIES, "n": V.SILENT},
    Kind.CLAIM: {"x": V.CONTRADICTED, "u": V.UNCLEAR, "c": V.SUPPORTED, "n": V.UNSUPPORTED},
}
CONTROLS = {"s": "skip", "b": "back", "y": "give a reason", "t": "whole text", "q": "quit"}
PAGE = 6000  # characters of a text that are shown at once


@dataclass(frozen=True, slots=True)
class Key:
    """What the reviewer pressed, and the reason that came with it."""

    key: str
    why: str = ""


def session(matter: Matter, *, question: str | None, reading: str | None, size: int) -> None:
    """Take calls on the reviewer's batch, one after another, until it is done, the input ends or `q` is pressed."""
    desk = matter.review
    asked = desk.question(question)
    under = desk.reading(asked, reading)
    batch = desk.batch(asked.id, reading=under if asked.kind is Kind.REQUIREMENT else None, size=size)
    click.echo(f"{asked.id}: {' '.join(asked.text.split())}")
    if not batch.left:
        click.echo("nothing is left to call")
        return
    keys = KEYS[asked.kind]
    click.echo(", ".join([*(f"{k} {v}" for k, v in keys.items()), *(f"{k} {what}" for k, what in CONTROLS.items())]))
    next_key = _typed() if sys.stdin.isatty() else _piped()
    place = called = 0
    while 0 <= place < len(batch.left):
        document = desk.document(batch.left[place])
        _show(matter, document, asked, under, place=f"{place + 1} of {len(batch.left)}")
        pressed = _answer(next_key, document, allowed={*keys, *CONTROLS} - {"y", "t"})
        if pressed is None or pressed.key == "q":
            break
        if pressed.key == "b":
            place = max(0, place - 1)
            continue
        if pressed.key in keys:
            told = under if asked.kind is Kind.REQUIREMENT else None
            desk.call(document.id, question=asked.id, verdict=keys[pressed.key].value, reading=told, why=pressed.why)
            click.echo(f"  {keys[pressed.key]}")
            called += 1
        place += 1
    click.echo(
        f"{called} called; {len(desk.queue(asked.id, reading=under if asked.kind is Kind.REQUIREMENT else None))} left"
    )


def _answer(next_key: Callable[[], Key | None], document: Document, *, allowed: set[str]) -> Key | None:
    """The next key that means something here; reasons are gathered and texts shown on the way. None at the end."""
    why = ""
    while (pressed := next_key()) is not None:
        if pressed.key == "y":
            why = pressed.why or click.prompt("  why", default="", show_default=False)
        elif pressed.key == "t":
            _page(document)
        elif pressed.key in allowed:
            return Key(pressed.key, pressed.why or why)
        else:
            click.echo(f"  “{pressed.key}” means nothing here; one of {', '.join(sorted(allowed))}, y, t")
    return None


def _typed() -> Callable[[], Key | None]:
    def take() -> Key | None:
        try:
            pressed = click.getchar().lower()
        except (EOFError, KeyboardInterrupt):
            return None
        return Key({" ": "s", "\r": "s", "\n": "s", "\x1b[d": "b", "\x03": "q", "\x04": "q"}.get(pressed, pressed))

    return take


def _piped() -> Callable[[], Key | None]:
    lines = _lines()

    def take() -> Key | None:
        line = next(lines, None)
        return None if line is None else Key(line[0].lower(), line[1:].strip())

    return take


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()


def _show(matter: Matter, document: Document, asked: Question, reading: str, *, place: str) -> None:
    from showcause.core import Document as Whole
    from showcause.core import Passage
    from showcause.faces.base import show
    from showcause.faces.finding import marked
    from showcause.matter import extracts

    click.echo(
        f"\n[{place}] {document.name or document.id}  {document.kind}, {document.date or 'no date'}, {document.custodian}"
    )
    cites: dict[tuple[int, int], Passage] = {}
    for finding in matter.review.store.findings(question=asked.id, about=document.id):
        if finding.reading == reading and isinstance(finding.about, Whole):
            click.echo(f"  {finding.by}: {finding.verdict}. {finding.why}")
            cites |= {one.span: one for one in finding.cites if one.doc.id == document.id}
    for extract in extracts([cites[span] for span in sorted(cites)]):
        show(marked(extract))
    if not cites:
        click.echo(f"  {' '.join(document.text[:400].split()) or 'it holds no words'}")


def _page(document: Document) -> None:
    if sys.stdin.isatty():
        click.echo_via_pager(document.text)
    else:
        click.echo(document.text[:PAGE])
