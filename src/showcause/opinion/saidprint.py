"""Speakers over time in, their statement sheet out: as PDF, DOCX, HTML and CSV, all of one Sheet or one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from showcause.core import Case
from showcause.opinion.said import Speaker, Utterance
from showcause.opinion.wording import Wording as W  # noqa: N817  # its labels stand on every line
from showcause.paper import Block, Look, Piece, Run, Sheet, docx, grid, sheet_html, sheet_pdf, view
from showcause.paper.place import flowing, printable, title

TITLE = "Statements over time"
LEAD = "Each claim as it was made, by speaker and in order of time, with what the record makes of it under each reading. Both sides are held alike."
NOTHING = "No speaker of that name claims anything in what was heard."
HEAD = ("Said", "Claim", "Asserts", "Against the record")
UNDATED = "no date given"
UNHEARD = "not held against the record"
COLUMNS = (
    "speaker",
    "role",
    "organisation",
    "date",
    "outlet",
    "stance",
    "claim",
    "about",
    "date_promised",
    "loaded",
    "reading",
    "verdict",
    "why",
    "document",
    "start",
    "end",
)  # fmt: skip - one table's head, read as a line


def papers(case: Case, speakers: Sequence[Speaker]) -> dict[str, bytes]:
    """The sheet in every form, by file name; the same speakers give the same bytes."""
    made = sheet(case, speakers)
    return {
        "statements.pdf": sheet_pdf(made),
        "statements.docx": docx(made),
        "statements.html": sheet_html(made).encode(),
        "statements.csv": table(speakers),
    }


def sheet(case: Case, speakers: Sequence[Speaker]) -> Sheet:
    """The statement sheet of these speakers."""
    caption = (
        (W.MATTER.value, case.name),
        (W.RESPONDENT.value, case.respondent),
        (W.AS_OF.value, f"{case.as_of:%Y-%m-%d}"),
    )
    return Sheet(TITLE, W.BANNER.value, f"{case.name} · {TITLE}", case.as_of, caption, tuple(_pieces(case, speakers)))


def rows(speakers: Iterable[Speaker]) -> Iterator[dict[str, Any]]:
    """One row a claim and reading, of JSON values, in the order of the columns."""
    for speaker in speakers:
        for one in speaker.said:
            for answer in one.answers or (None,):
                yield dict(zip(COLUMNS, _row(speaker, one, answer), strict=True))


def changes(speakers: Iterable[Speaker]) -> Iterator[dict[str, Any]]:
    """One row a change, of JSON values."""
    for speaker in speakers:
        for one in speaker.changes:
            yield {
                "speaker": speaker.name,
                "what": one.what,
                "earlier": {"date": _day(one.earlier), "claim": _flat(one.earlier.claim.text)},
                "later": {"date": _day(one.later), "claim": _flat(one.later.claim.text)},
            }


def table(speakers: Iterable[Speaker]) -> bytes:
    """The rows as CSV in UTF-8 with a byte order mark (RFC 4180); no value is one that a spreadsheet takes for a formula."""
    return grid.table(COLUMNS, (tuple(row.values()) for row in rows(speakers)))


def _row(speaker: Speaker, one: Utterance, answer: view.Answer | None) -> list[Any]:
    claim = one.claim
    promised = claim.date_promised.isoformat() if claim.date_promised else UNDATED if one.undated else None
    loaded = "; ".join(f"{word} ({kind})" for word, kind in one.loaded)
    who = [speaker.name, "; ".join(speaker.roles) or None, speaker.organisation, _day(one), one.outlet]
    held = [answer.reading.id, answer.verdict.value, " ".join(answer.whys)] if answer else [None, None, None]
    said = [claim.stance.value, _flat(claim.text), claim.about, promised, loaded or None]
    return [*who, *said, *held, one.passage.doc.id, one.passage.start, one.passage.end]


def _pieces(case: Case, speakers: Sequence[Speaker]) -> Iterator[Piece]:
    yield Piece(Block.PARAGRAPH, (Run(LEAD if speakers else NOTHING),))
    for speaker in speakers:
        yield Piece(Block.HEADING, (Run(printable(speaker.name)),), 1)
        who = ", ".join([*speaker.roles, *([speaker.organisation] if speaker.organisation else [])])
        yield from [Piece(Block.PARAGRAPH, (Run(printable(who), Look.EMPHASIS),))] if who else []
        yield Piece(Block.GRID, rows=(_head(), *(_line(case, one) for one in speaker.said)))
        if speaker.changes:
            yield Piece(Block.HEADING, (Run("What changed"),), 2)
        for change in speaker.changes:
            before, now = _when(change.earlier), _when(change.later)
            yield Piece(Block.ITEM, (Run(f"{before} to {now}: ", Look.STRONG), Run(change.what)))
    undated = [(speaker, one) for speaker in speakers for one in speaker.said if one.undated]
    if undated:
        yield Piece(Block.HEADING, (Run("Promises that give no date"),), 1)
    for speaker, one in undated:
        words = Run(f"“{flowing(_flat(one.claim.text))}” ({_when(one)})")
        yield Piece(Block.ITEM, (Run(f"{printable(speaker.name)}: ", Look.STRONG), words))


def _head() -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(words, Look.STRONG),) for words in HEAD)


def _line(case: Case, one: Utterance) -> tuple[tuple[Run, ...], ...]:
    where = one.outlet or title(case.documents[one.passage.doc.id])
    asserts = one.claim.stance.value.replace("_", " ")
    if one.claim.date_promised or one.undated:
        asserts += f", {one.claim.date_promised or UNDATED}"
    loaded = ", ".join(f"{word} ({kind})" for word, kind in one.loaded)
    held = tuple(_held(one)) or (Run(UNHEARD),)
    words = (
        Run(f"“{flowing(_flat(one.claim.text))}”"),
        *([Run(f" Loaded: {printable(loaded)}.", Look.EMPHASIS)] if loaded else []),
    )
    return ((Run(f"{_when(one)}, {printable(where)}"),), words, (Run(asserts),), held)


def _held(one: Utterance) -> Iterator[Run]:
    for verdict, answers in view.by_verdict(one.answers).items():
        names = ", ".join(a.reading.title for a in answers)
        yield Run(view.LABELS[verdict], Look.VERDICT)
        yield Run(f" ({printable(names)}). " + " ".join(dict.fromkeys(w for a in answers for w in a.whys)) + " ")


def _when(one: Utterance) -> str:
    return _day(one) or "undated"


def _day(one: Utterance) -> str | None:
    return one.on.isoformat() if one.on else None


def _flat(words: str) -> str:
    return " ".join(words.split())
