"""Rows in, the parts that tell what the record says out: findings, what is caught between laws, clashes, silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from showcause.core import Document, Passage, Verdict
from showcause.opinion.says import joined, law_source
from showcause.opinion.tree import Basis, Cite, Fixed, Heading, Item, Paragraph, Part, Quotation, Said, Source
from showcause.opinion.wording import Wording as W  # noqa: N817  # its labels stand on every line
from showcause.paper import view
from showcause.paper.place import Places, title

MOST_NEAR = 40  # near misses told one by one in a document; the report and the findings file hold all of them


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
    """Each instrument, and in it each thing that bears, in its order, with what was found on it under each law."""
    yield Heading(W.FINDINGS, 1, "findings")
    things = view.judged(rows)
    yield Paragraph((Fixed(W.FINDINGS_LEAD if things else W.NOTHING_BEARS),))
    for _, group in groupby(things, key=lambda t: t.doc.id):
        mine = list(group)
        yield Heading(title(mine[0].doc), 2, f"findings-{mine[0].doc.id}", _basis(mine[0]))
        for thing in mine:
            if not thing.silent:
                yield from _thing(thing, places)
        yield from _near([t for t in mine if t.silent and t.cites], places)


def _basis(thing: view.Judged) -> tuple[Cite, ...]:
    return thing.cites or found(a for _, b in thing.found for a in b.answers)


def _thing(thing: view.Judged, places: Places) -> Iterator[Part]:
    about = thing.cites[0] if thing.cites else thing.about
    place = places.of(about) if isinstance(about, Passage) else None
    words = ", ".join(w for w in (place.mark, place.page) if w) if place else ""
    yield Heading(words or title(thing.doc), 3, cites=_basis(thing))
    for cite in thing.cites:
        yield Quotation(cite.text, cite)
    for names, b in _alike(thing):
        lead = Said("", _answered(b.answers), f"{joined(names)}.")
        told = (s for verdict, answers in view.by_verdict(b.answers).items() for s in _verdict(verdict, answers, b))
        yield Item((lead, *told))


def _alike(thing: view.Judged) -> Iterator[tuple[list[str], view.Bearing]]:
    """What was found, requirements on which the same was found together; those that are silent are left out."""
    by: dict[tuple[object, ...], tuple[list[str], view.Bearing]] = {}
    for row, b in thing.found:
        if b.worst is not Verdict.SILENT:
            key = tuple((a.reading.id, a.verdict, a.whys, a.cites) for a in b.answers)
            by.setdefault(key, ([], b))[0].append(row.cite)
    yield from by.values()


def _answered(answers: Sequence[view.Answer]) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys(c for a in answers for c in a.cites)) or found(answers)


def _verdict(verdict: Verdict, answers: list[view.Answer], b: view.Bearing) -> Iterator[Said]:
    cites = _answered(answers if any(a.findings for a in answers) else b.answers)
    names = joined([f"“{a.reading.title}”" for a in answers])
    people = sorted({f.by.partition(":")[2] for a in answers for f in a.findings if f.by.startswith("person:")})
    yield Said(f"({names}{'; found by ' + joined(people) if people else ''}).", cites, view.LABELS[verdict])
    for why in dict.fromkeys(w for a in answers for w in a.whys):
        yield Said(_sentence(why), cites)


def _sentence(words: str) -> str:
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!", "”", ")")) else ".")


def _near(near: list[view.Judged], places: Places) -> Iterator[Part]:
    if not near:
        return
    yield Heading(W.NEAR, 3)
    for thing in near[:MOST_NEAR]:
        whys = dict.fromkeys(_sentence(w) for _, b in thing.found for a in b.answers for w in a.whys)
        place = places.of(thing.cites[0])
        yield Item((Said(" ".join(whys) or "It is silent.", thing.cites, f"{place.words}."),))
    if len(near) > MOST_NEAR:
        yield Item((Said(f"{len(near) - MOST_NEAR:,} more are silent in the same way.", _basis(near[MOST_NEAR])),))


def caught(rows: Iterable[view.Row], places: Places) -> Iterator[Part]:
    """What satisfies one law by breaking another."""
    rows = tuple(rows)
    yield Heading(W.CAUGHT, 1, "caught")
    hits = view.caught(rows)
    yield Paragraph((Fixed(W.CAUGHT_LEAD if hits else W.NO_CAUGHT),))
    names = {row.requirement.id: row for row in rows}
    for hit in hits:
        yield Heading(places.of(hit.cites[0]).words, 3, cites=hit.cites)
        for cite in hit.cites:
            yield Quotation(cite.text, cite)
        keeps = joined([names[o].cite if o in names else o for o in hit.keeps])
        laws = tuple(dict.fromkeys(law_source(names[o].law) for o in hit.keeps if o in names))
        broken = [f"{row.cite} (read as {joined([f'“{r.title}”' for r in readings])})" for row, readings in hit.breaks]
        yield Paragraph((Said(f"It keeps {keeps}, and conflicts with {joined(broken)}.", (*hit.cites, *laws)),))


def clashes(rows: Iterable[view.Row], places: Places) -> Iterator[Part]:
    """Passages of one record that pull apart."""
    yield Heading(W.CLASHES, 1, "clashes")
    hits = view.clashes(rows)
    yield Paragraph((Fixed(W.CLASH_LEAD if hits else W.NO_CLASH),))
    for hit in hits:
        heading = f"{places.of(hit.one).words}, under {joined([row.cite for row in hit.rows])}"
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
