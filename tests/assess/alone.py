"""Words in; the rules' verdict on them under one requirement and reading of a shipped pack out."""

from __future__ import annotations

from datetime import UTC, datetime

from showcause.ask import law
from showcause.assess import judge
from showcause.core import Document

AT = datetime(2031, 1, 1, tzinfo=UTC)


def verdict(words: str, of: tuple[str, ...]) -> str:
    """What the rules alone say of `words` as a document; `of` is a pack, the name of its requirement and, where it has several, a reading."""
    pack, requirement, *reading = of
    found = judge(Document("d", "", "txt", "", None, words), laws=[law.load(pack)], at=AT, rules_alone=True)
    assert all(words[c.start : c.end] == c.text for f in found for c in f.cites)
    return next(
        str(f.verdict)
        for f in found
        if f.question == f"{pack}#{requirement}"
        and (not reading or f.reading in reading)
        and isinstance(f.about, Document)
    )
