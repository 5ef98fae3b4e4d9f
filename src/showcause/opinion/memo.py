"""A Case in, an Opinion out: which parts it has and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from showcause.core import Case, Law, Passage, Reading, Requirement
from showcause.opinion import around, body
from showcause.opinion.authorities import Scan, listed
from showcause.opinion.printing import strings
from showcause.opinion.says import account, day, joined, law_source, letters, moment, verdict_words
from showcause.opinion.tree import (
    Basis,
    Fixed,
    Grid,
    Heading,
    Item,
    Opinion,
    Paragraph,
    Part,
    Quotation,
    Said,
    Sentence,
    Source,
)
from showcause.opinion.wording import Wording as W  # noqa: N817  # its labels stand on every line
from showcause.paper import view
from showcause.paper.place import Places, Sections, printable, title
from showcause.text import sections


def opinion(case: Case, *, find: Sections = sections, scan: Scan | None = None) -> Opinion:
    """The memorandum on `case`.

    `find` gives the sections of a text, `scan` the citations in one (by default those of `text` and `ask`).
    """
    places, rows = Places(find), view.rows(case)
    parts = (
        *_question(case),
        *_short(case, rows, places),
        *_law(case),
        *_readings(case),
        *body.findings(rows, places),
        *body.caught(rows, places),
        *body.clashes(rows, places),
        *body.silence(rows),
        *around.claims(case),
        *around.requests(case),
        *around.unread(case),
        *_method(),
    )
    caption = (
        (W.MATTER, printable(case.name)),
        (W.RESPONDENT, printable(case.respondent)),
        (W.LAWS, joined([law.citation for law in case.laws]) or "—"),
        (W.AS_OF, moment(case.as_of)),
        (W.RECORD, account(case)),
    )
    made = Opinion(caption, printable(f"{case.name} · {case.respondent}"), case.as_of, parts)
    return replace(made, authorities=listed(strings(made), case, scan))


def _question(case: Case) -> Iterator[Part]:
    yield Heading(W.QUESTION, 1, "question")
    sources = tuple(law_source(law) for law in case.laws) or (Source(Basis.ACCOUNT, account(case)),)
    laws = joined([law.citation for law in case.laws]) or "the requirements asked about"
    asked = Said(f"Do the records of {case.respondent} keep {laws}, and on whose reading?", sources)
    yield Paragraph((asked, *letters(case)))


def _short(case: Case, rows: Iterable[view.Row], places: Places) -> Iterator[Part]:
    rows = tuple(rows)
    yield Heading(W.SHORT, 1, "short")
    yield Heading(W.PARTING, 2, "parting")
    parting = [row for row in rows if row.parts]
    provisions = view.parting(rows)
    yield Paragraph((Fixed(W.PART_LEAD if parting or provisions else W.NO_PART),))
    if parting:
        yield Paragraph((Fixed(W.PART_RECORD),))
    for row in parting:
        yield Item(tuple(_parting(row)))
    if provisions:
        yield Paragraph((Fixed(W.PART_PROVISIONS),))
        yield from _provisions(provisions, places)
    for law in case.laws:
        mine = sorted((r for r in rows if r.law.id == law.id), key=lambda r: r.requirement.id)
        if mine:
            yield Heading(f"{law.citation}: {law.title}", 2, f"short-{law.id}", (law_source(law),))
            yield Paragraph((Fixed(W.ANSWERS_LEAD),))
            yield _grid(law, mine)
        for reading in (r for r in law.readings if not r.judged):
            yield Paragraph(tuple(_beside(law, reading)))


def _parting(row: view.Row) -> Iterator[Said]:
    for place, (verdict, answers) in enumerate(view.by_verdict(row.answers).items()):
        names = joined([f"“{a.reading.title}”" for a in answers])
        lead = f"{row.cite}." if place == 0 else ""
        cites = tuple(dict.fromkeys(c for a in answers for c in a.cites))
        yield Said(f"Read as {names}, the record {verdict_words(verdict)}.", cites or body.found(answers), lead)


def _provisions(found: Iterable[view.Parting], places: Places) -> Iterator[Grid]:
    """A table for each set of readings that part: a line for each provision, with the laws under which they do."""
    sets: dict[tuple[str, ...], list[view.Parting]] = {}
    for one in found:
        sets.setdefault(tuple(a.reading.title for a in one.answers), []).append(one)
    for titles, lines in sets.items():
        source = tuple(dict.fromkeys(law_source(row.law) for one in lines for row in one.rows))
        head: tuple[Sentence, ...] = (Fixed(W.PROVISION), Fixed(W.UNDER), *(Said(name, source) for name in titles))
        yield Grid(head, tuple(_provision(one, places) for one in lines))


def _provision(one: view.Parting, places: Places) -> tuple[Sentence, ...]:
    cites = one.cites or body.found(one.answers)
    about = one.cites[0] if one.cites else one.about
    where = places.of(about).words if isinstance(about, Passage) else title(about)
    laws = Said(joined([row.cite for row in one.rows]), cites)
    return (Said(where, cites), laws, *(Said("", cites, view.LABELS[a.verdict]) for a in one.answers))


def _grid(law: Law, rows: Iterable[view.Row]) -> Grid:
    source = (law_source(law),)
    readings = law.judged()
    head: tuple[Sentence, ...] = (Fixed(W.REQUIREMENT), *(Said(r.title, source) for r in readings))
    lines = []
    for row in rows:
        answers = {a.reading.id: a for a in row.answers}
        cells = [_cell(answers.get(r.id), source) for r in readings]
        words = f"{row.requirement.pinpoint or row.requirement.id}"
        lines.append((Said(words, source), *cells))
    return Grid(head, tuple(lines))


def _cell(answer: view.Answer | None, source: tuple[Source, ...]) -> Said:
    if answer is None:
        return Said("not judged", source)
    return Said("", answer.cites or body.found([answer]), view.LABELS[answer.verdict])


def _beside(law: Law, reading: Reading) -> Iterator[Said | Fixed]:
    cites = tuple(Source(Basis.AUTHORITY, a.citation) for a in reading.authorities) or (law_source(law),)
    forums = f" ({joined(reading.forums)})" if reading.forums else ""
    yield Said(f"{reading.says}{forums}", cites, f"{reading.title}.")
    yield Fixed(W.NOT_JUDGED)


def _law(case: Case) -> Iterator[Part]:
    yield Heading(W.LAW, 1, "law")
    for law in case.laws:
        yield Heading(f"{law.citation}: {law.title}", 2, f"law-{law.id}", (law_source(law),))
        yield Paragraph((Fixed(W.OFFICIAL if law.official else W.RESTATED), *_version(law)))
        for requirement in law.requirements:
            yield from _requirement(law, requirement)


def _version(law: Law) -> Iterator[Said]:
    official, source = law.official, law_source(law)
    if official is None:
        yield Said(f"It restates {law.citation}, to be found at {law.source}.", (source,))
        return
    known = (
        ("published", official.published),
        ("in force from", official.in_force),
        ("repealed on", official.repealed),
    )
    version = ", ".join(f"{what} {day(when)}" for what, when in known if when) or "of a release without a date"
    yield Said(
        f"The version is that of {official.citation or law.citation}, {version}; file SHA-256 {official.sha256[:16]}….",
        (source,),
    )
    if official.note:
        yield Said(official.note, (source,))


def _requirement(law: Law, requirement: Requirement) -> Iterator[Part]:
    cite = f"{law.citation}{requirement.pinpoint}"
    words = [law.official.words(i) for i in requirement.official] if law.official else []
    quoted = [w for w in words if w]
    for one in quoted:
        yield Quotation(one.strip(), Source(Basis.LAW, cite))
    if not quoted:
        yield Item(
            (Said(requirement.text, (Source(Basis.LAW, f"{cite}, restated in the pack {law.id}"),), f"{cite}."),)
        )


def _readings(case: Case) -> Iterator[Part]:
    yield Heading(W.READINGS, 1, "readings")
    for law in case.laws:
        yield Heading(f"{law.citation}: {law.title}", 2, f"readings-{law.id}", (law_source(law),))
        for reading in law.readings:
            forums = f" Forum: {joined(reading.forums)}." if reading.forums else ""
            said = Said(f"{reading.says}{forums}", (law_source(law),), f"{reading.title}.")
            yield Paragraph((said,) if reading.judged else (said, Fixed(W.NOT_JUDGED)))
            for a in reading.authorities:
                when = f" {a.date.year}" if a.date else ""
                point = f" at {a.pinpoint}" if a.pinpoint else ""
                source = Source(Basis.AUTHORITY, a.citation)
                yield Item((Said(f"{a.citation}{point} ({a.forum}{when}). {a.holds}".strip(), (source,)),))


def _method() -> Iterator[Part]:
    yield Heading(W.METHOD, 1, "method")
    yield Paragraph((Fixed(W.METHOD_1), Fixed(W.METHOD_2), Fixed(W.METHOD_3)))
    yield Paragraph((Fixed(W.METHOD_4), Fixed(W.METHOD_5)))
    yield Paragraph((Fixed(W.METHOD_6),))
