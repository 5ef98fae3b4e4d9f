"""An Opinion in, the same memorandum as PDF, DOCX and HTML out: what is a note, what stands under a quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from showcause.core import Passage
from showcause.opinion.tree import (
    Cite,
    Fixed,
    Grid,
    Heading,
    Item,
    Opinion,
    Paragraph,
    Part,
    Quotation,
    Sentence,
)
from showcause.opinion.wording import Wording as W  # noqa: N817  # its labels stand on every line
from showcause.paper import press, word
from showcause.paper.place import Places, flowing, printable
from showcause.paper.sheet import Block, Look, Piece, Run, Sheet

Shown = set[Cite]


def to_pdf(memo: Opinion) -> bytes:
    """The opinion as tagged PDF/A-2; the same opinion gives the same bytes."""
    return press.sheet_pdf(sheet(memo))


def to_docx(memo: Opinion) -> bytes:
    """The opinion as a Word document, its notes as numbered references at its end."""
    return word.docx(sheet(memo))


def to_html(memo: Opinion) -> bytes:
    """The opinion as one self-contained HTML page, in UTF-8."""
    return press.sheet_html(sheet(memo)).encode()


def sheet(memo: Opinion) -> Sheet:
    """The opinion as a Sheet, its table of authorities at its end."""
    at: dict[int, list[str]] = {}
    for one in memo.authorities:
        for place in one.at:
            at.setdefault(place, []).append(one.words)
    pieces = tuple(_cited(_pieces(memo), at))
    return Sheet(
        title=W.TITLE.value,
        banner=W.BANNER.value,
        running=memo.running,
        at=memo.at,
        caption=tuple((label.value, words) for label, words in memo.caption),
        pieces=(*pieces, *_table(memo)),
        contents=True,
    )


def strings(memo: Opinion) -> tuple[str, ...]:
    """Every string that a printing shows before the table of authorities: each run's words, then its note."""
    return tuple(s for piece in _pieces(memo) for run in _runs(piece) for s in (run.text, run.note))


def _runs(piece: Piece) -> Iterator[Run]:
    yield from piece.runs
    for row in piece.rows:
        for cell in row:
            yield from cell


def _cited(pieces: Iterable[Piece], at: dict[int, list[str]]) -> Iterator[Piece]:
    """The pieces, each run with the authorities that its words and its note cite."""
    place = 0

    def marked(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        nonlocal place
        out = []
        for run in runs:
            names = dict.fromkeys((*at.get(place, ()), *at.get(place + 1, ())))
            out.append(Run(run.text, run.look, run.note, tuple(names)))
            place += 2
        return tuple(out)

    for piece in pieces:
        runs = marked(piece.runs)
        rows = tuple(tuple(marked(cell) for cell in row) for row in piece.rows)
        yield Piece(piece.kind, runs, piece.level, piece.anchor, rows)


def _table(memo: Opinion) -> Iterator[Piece]:
    yield Piece(Block.HEADING, (Run(W.AUTHORITIES.value),), 1, "authorities")
    group = ""
    for one in memo.authorities:
        if one.group != group:
            group = one.group
            yield Piece(Block.HEADING, (Run(group),), 3)
        yield Piece(Block.AUTHORITY, (Run(one.words),))


def _pieces(memo: Opinion) -> Iterator[Piece]:
    places, shown = Places(), Shown()
    for part in memo.parts:
        if isinstance(part, Heading):
            shown.clear()
        yield from _piece(part, places, shown)


def _piece(part: Part, places: Places, shown: Shown) -> Iterator[Piece]:
    match part:
        case Heading():
            words = part.title.value if isinstance(part.title, W) else part.title
            yield Piece(Block.HEADING, (Run(printable(words)),), part.level, part.anchor)
        case Quotation():
            yield Piece(Block.QUOTE, (Run(flowing(part.words)),))
            yield Piece(Block.SOURCE, (Run(_note((part.cite,), places)),))
            shown.add(part.cite)
        case Paragraph():
            yield Piece(Block.PARAGRAPH, _sentences(part.sentences, places, shown))
        case Item():
            yield Piece(Block.ITEM, _sentences(part.sentences, places, shown))
        case Grid():
            lines = (part.head, *part.rows)
            rows = tuple(tuple(_sentences((cell,), places, shown) for cell in line) for line in lines)
            yield Piece(Block.GRID, rows=rows)


def _sentences(sentences: Iterable[Sentence], places: Places, shown: Shown) -> tuple[Run, ...]:
    """The runs of sentences; a cite that stands above under its quotation, or in the note before, gets no second note."""
    out: list[Run] = []
    for one in sentences:
        gap = " " if out else ""
        if isinstance(one, Fixed):
            out.append(Run(gap + one.text))
            continue
        fresh = tuple(c for c in one.cites if c not in shown and not _told(c, one.text))
        note = _note(fresh, places) if fresh else ""
        shown.update(fresh)
        if one.strong:
            out.append(Run(gap + printable(one.strong), Look.STRONG, "" if one.text else note))
            gap = " "
        if one.text:
            out.append(Run(gap + printable(one.text), note=note))
    return tuple(out)


def _told(cite: Cite, text: str) -> bool:
    """Whether the sentence itself already gives the source in its words."""
    return not isinstance(cite, Passage) and cite.words in text


def _note(cites: Iterable[Cite], places: Places) -> str:
    words = dict.fromkeys(places.of(c).address if isinstance(c, Passage) else printable(c.words) for c in cites)
    return "; ".join(words)
