"""A letter entered in a matter as `ask` enters it, without a reader's worker."""

from __future__ import annotations

import re
from datetime import date

from showcause.core import Document, Kind, Letter, Question, Request
from showcause.matter import Matter


def ask(matter: Matter, text: str, *, periods: dict[str, str]) -> None:
    """The numbered lines of the letter become its requests; `periods` by label."""
    document = Document("d-letter", "f" * 64, "txt", "City", None, text, name="letter.txt")
    found = [(m[1], m.start(2), m.end(2)) for m in re.finditer(r"^(\d+)\. (.+)$", text, re.MULTILINE)]
    requests = tuple(Request(label, text[a:b], periods.get(label), a, b) for label, a, b in found)
    letter = Letter("Ada Lund", None, (), date(2025, 3, 3), None, None, (), requests, (), (), None, None)
    with matter.review.store.act("ann", "ask") as act:
        act.documents(document)
        act.letter(document.id, letter)
        for one in requests:
            source = document.passage(one.start, one.end)
            act.ask(Question(f"{document.id}/request-{one.label}", Kind.REQUEST, one.text, source))
