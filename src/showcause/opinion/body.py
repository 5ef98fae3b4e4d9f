"""Rows in, the parts that tell what the record says out: findings, what is caught between laws, clashes, silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from showcause.core import Document, Passage, Verdict
from showcause.opinion.says import joined, law_source, verdict_words
from showcause.opinion.tree import Basis, Cite, Fixed, Heading, Item, Paragraph, Part, Quotation, Said, Source
from showcause.opinion.wording import Wording as W  # noqa: N817  # its labels stand on every line
from showcause.paper import view
from showcause.paper.place import Places, title

MOST_NEAR = 40  # near misses told one by one under a requirement; the report and the findings file hold all of them


def found(answers: Iterable[view.Answer]) -> tuple[Cite, ...]:
    """The findings themselves, as what a sentence rests on where a verdict of silence cites no passage."""
    names = dict.fromkeys(f"finding of {f.by} on {_about(f.about)}, {f.question}" for a in answers for f in a.findings)
    return tuple(Source(Basis.FINDING, name) for name in names) or (
        Source(Basis.FINDING, "no finding was made on the record"),
    )


def _about(about: object) -> str:
    if isinstance(about, Passage):
        return f"{title(about.doc)}, characters {about.start:,}–{about.end:,}"
    return title(about) if isinstance(about, Document) else "the whole record"


def findings(rows: Iterable[view.Row], places: Places) -> Iterator[Part]:
    """Each requirement, and under it each thing that bears on it, worst first."""
    yield Heading(W.FINDINGS, 1, "findings")
    yield Paragraph((Fixed(W.FINDINGS_LEAD),))
    for row in rows:
        yield Heading(row.cite, 2, f"findings-{row.requirement.id}", (law_source(row.law),))
        yield Paragraph((Said(row.requirement.text, (law_source(row.law),)), *_whole(row)))
        bearing = [b for b in row.bearings if b.worst is not Verdict.SILENT]
        for b in bearing:
            yield from _bearing(b, places)
        if not bearing:
            yield Paragraph((Fixed(W.NOTHING),))
        yield from _near([b for b in row.bearings if b.worst is Verdict.SILENT and b.cites], places)


def _whole(row: view.Row) -> Iterator[Said]:
    for verdict, answers in view.by_verdict(row.answers).items():
        cites = tuple(dict.fromkeys(c for a in answers for c in a.cites)) or found(answers)
        names = joined([f"“{a.reading.title}”" for a in answers])
        yield Said(f"Read as {names}, the record as a whole {verdict_words(verdict)}.", cites)


def _bearing(b: view.Bearing, places: Places) -> Iterator[Part]:
    cites = b.cites
    at = places.of(cites[0] if cites else b.about) if cites or isinstance(b.about, Passage) else None  # type: ignore[arg-type]  # a document has no place
    basis: tuple[Cite, ...] = cites or found(b.answers)
    yield Heading(at.words if at else title(b.doc), 3, cites=basis)
    for cite in cites:
        yield Quotation(cite.text, cite)
    yield Paragraph(
        tuple(s for verdict, answers in view.by_verdict(b.answers).items() for s in _verdict(verdict, answers))
    )


def _verdict(verdict: Verdict, answers: list[view.Answer]) -> Iterator[Said]:
    cites: tuple[Cite, ...] = tuple(dict.fromkeys(c for a in answers for c in a.cites)) or found(answers)
    names = joined([f"“{a.reading.title}”" for a in answers])
    people = sorted({f.by.partition(":")[2] for a in answers for f in a.findings if f.by.startswith("person:")})
    yield Said(f"({names}{'; found by ' + joined(people) if people else ''}).", cites, view.LABELS[verdict])
    for why in dict.fromkeys(w for a in answers for w in a.whys):
        yield Said(_sentence(why), cites)


def _sentence(words: str) -> str:
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!", "”", ")")) else ".")


def _near(near: list[view.Bearing], places: Places) -> Iterator[Part]:
    if not near:
        return
    yield Heading(W.NEAR, 3)
    for b in near[:MOST_NEAR]:
        whys = " ".join(_sentence(why) for why in dict.fromkeys(w for a in b.answers for w in a.whys))
        yield Item((Said(whys or "It is silent.", b.cites, f"{places.of(b.cites[0]).words}."),))
    if len(near) > MOST_NEAR:
        rest = near[MOST_NEAR:]
        yield Item((Said(f"{len(rest):,} more are silent in the same way.", found(rest[0].answers)),))


def caught(rows: Iterable[view.Row]) -> Iterator[Part]:
    """What satisfies one law by breaking another."""
    rows = tuple(rows)
    yield Heading(W.CAUGHT, 1, "caught")
    hits = view.caught(rows)
    yield Paragraph((Fixed(W.CAUGHT_LEAD if hits else W.NO_CAUGHT),))
    names = {row.requirement.id: row for row in rows}
    for hit in hits:
        cites = hit.bearing.cites
        for cite in cites:
            yield Quotation(cite.text, cite)
        others = joined([names[o].cite if o in names else o for o in hit.others])
        laws = tuple(law_source(names[o].law) for o in hit.others if o in names)
        titles = joined([f"“{a.reading.title}”" for a in hit.bearing.answers if a.reading.id in hit.readings])
        yield Paragraph(
            (Said(f"It keeps {others} and conflicts with {hit.row.cite}, read as {titles}.", (*cites, *laws)),)
        )


def clashes(rows: Iterable[view.Row], places: Places) -> Iterator[Part]:
    """Passages of one record that pull apart."""
    yield Heading(W.CLASHES, 1, "clashes")
    hits = view.clashes(rows)
    yield Paragraph((Fixed(W.CLASH_LEAD if hits else W.NO_CLASH),))
    for hit in hits:
        heading = f"{places.of(hit.one).words}, under {hit.row.cite}"
        yield Heading(heading, 3, cites=(hit.one,))
        yield Quotation(hit.one.text, hit.one)
        yield Paragraph((Fixed(W.AGAINST),))
        for other in hit.others:
            yield Quotation(other.text, other)


def silence(rows: Iterable[view.Row]) -> Iterator[Part]:
    """The requirements on which the whole record is silent under some reading, and whether that is a breach."""
    yield Heading(W.SILENCE, 1, "silence")
    silent = [(row, [a for a in row.answers if a.verdict is Verdict.SILENT]) for row in rows]
    silent = [(row, answers) for row, answers in silent if answers]
    if not silent:
        yield Paragraph((Fixed(W.NO_SILENCE),))
    for row, answers in silent:
        names = joined([f"“{a.reading.title}”" for a in answers])
        said = Said(
            f"{row.requirement.text} Read as {names}, the record is silent on it.", found(answers), f"{row.cite}."
        )
        yield Item((said, Fixed(W.UNMET if row.requirement.duty else W.NOT_UNMET)))
