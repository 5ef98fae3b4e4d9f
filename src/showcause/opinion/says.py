"""Small things in, the words for them out: days, lists, laws, letters, the accounting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from showcause.core import Case, Law, Verdict
from showcause.opinion.tree import Basis, Said, Source
from showcause.paper import view
from showcause.paper.place import title

SAYS = {
    Verdict.CONFLICT: "conflicts with it",
    Verdict.UNCLEAR: "can fairly be read both ways",
    Verdict.COMPLIES: "complies with it",
    Verdict.SILENT: "is silent on it",
}


def verdict_words(verdict: Verdict) -> str:
    """What a thing does under a requirement, as the rest of a sentence about it."""
    return SAYS.get(verdict, view.LABELS[verdict].lower())


def joined(words: Sequence[str]) -> str:
    """The words in a row: “a”, “a and b”, “a, b and c”."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def day(when: date) -> str:
    """The day as a letter writes it: “March 5, 2027”."""
    return f"{when:%B} {when.day}, {when.year}"


def moment(when: datetime) -> str:
    """The day and minute, in UTC."""
    return f"{day(when.date())}, {when:%H:%M} UTC"


def account(case: Case) -> str:
    """Where everything given ended, in one line that adds up."""
    counts = view.accounting(case)
    rest = ", ".join(f"{n:,} {name.replace('-of', '')}" for name, n in counts.items() if name != "given")
    return f"{counts['given']:,} given = {rest}"


def law_source(law: Law) -> Source:
    """The law as the matter holds it: its citation, with the version where the official text is there."""
    when = law.official.published or law.official.in_force if law.official else None
    return Source(Basis.LAW, f"{law.citation} ({day(when)})" if when else law.citation)


def letters(case: Case) -> Iterator[Said]:
    """Who puts the question, in which letter, and by when it is to be answered."""
    for name, letter in case.letters.items():
        if not letter.requests and not letter.questions:
            continue
        doc = case.documents.get(name)
        source = Source(
            Basis.LETTER, f"{title(doc) if doc else name}" + (f", {day(letter.date)}" if letter.date else "")
        )
        who = letter.sender_office or letter.sender or "A letter"
        via = f", by {letter.sender}," if letter.sender and letter.sender_office else ""
        by = f", to be answered by {day(letter.due)}" if letter.due else ""
        when = f" on {day(letter.date)}" if letter.date else ""
        yield Said(f"{who}{via} asked{when} for {_count(len(letter.requests))}{by}.", (source,))


def _count(n: int) -> str:
    return f"{n} thing{'' if n == 1 else 's'} to be produced" if n else "an answer"
