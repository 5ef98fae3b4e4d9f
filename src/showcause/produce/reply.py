"""A volume's summary in, its cover letter out; answers to requests and questions in, the response to a demand out.

The response follows Fed. R. Civ. P. 34(b)(2)(B)-(D): each item is answered by itself; objections are specific and say
whether anything is withheld on them; what is not objected to is produced, by when and in which form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from showcause.paper import Block as Part
from showcause.paper import Piece, Run, Sheet, docx, sheet_html
from showcause.produce.draft import Block, Draft, Look
from showcause.produce.item import Form
from showcause.produce.pressing import pressed
from showcause.produce.profile import Profile, Told
from showcause.produce.volume import Summary

BANNER = "Draft for an attorney’s review · not legal advice"


class Outcome(StrEnum):
    """How an item of a demand is answered."""

    PRODUCED = "produced"
    WITHHELD = "withheld"
    PARTLY = "objected to in part"
    OBJECTED = "objected to"
    NONE_FOUND = "none found"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection with its grounds; `withheld` says whether anything is withheld on it (None: nobody said yet).

    `reaches` is the part of the request that it goes to, empty where it goes to all of it.
    """

    grounds: str
    withheld: bool | None
    reaches: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request or question of a demand.

    `ranges` are first and last Bates numbers of what is produced; `due` the day by which it will be, None where it is
    produced with this letter; `kept_back` how many documents are withheld or redacted as privileged, on `basis`, listed
    in the privilege log; `searched` how it was looked for; `words` the answer to a question.
    """

    label: str
    text: str
    outcome: Outcome
    ranges: tuple[tuple[str, str], ...] = ()
    due: date | None = None
    objections: tuple[Objection, ...] = ()
    kept_back: int = 0
    basis: str = ""
    searched: str = ""
    words: str = ""
    question: bool = False

    @property
    def name(self) -> str:
        """What the letter calls it."""
        return f"{'Question' if self.question else 'Request'} {self.label}"


@dataclass(frozen=True, slots=True)
class Head:
    """Who writes to whom, when, about what; `party` is the body that answers."""

    party: str
    sender: str
    office: str
    recipient: str
    about: str
    day: date
    title: str = "Response"


# --- the cover letter -------------------------------------------------------------------------------


def cover(summary: Summary, profile: Profile, *, head: Head, redactions: str = "") -> tuple[Block, ...]:
    """The blocks of a cover letter: everything that the profile wants listed. `redactions` explains the codes on boxes."""
    kinds = ", ".join(profile.load.kinds).upper()
    opening = (
        f"{head.party} produces volume {summary.volume}: {_count(summary.documents, 'document')}, "
        f"{_count(summary.pages, 'page')}, in the form of the profile “{profile.title}”. Load files: {kinds}."
    )
    parts = [Block("opening", opening), *_counts(summary, profile), *_numbers(summary, profile)]
    if Told.FIELDS in profile.cover:
        parts += [Block("fields-head", "Fields of the load file", Look.HEADING)]
        parts += [Block("fields", ", ".join(rule.name for rule in profile.fields) + ".")]
    if Told.DUPLICATES in profile.cover:
        parts += [Block("duplicates", _duplicates(summary))]
    forms = dict(summary.forms)
    parts += [Block("forms", _forms(forms, summary.redacted))]
    if redactions:
        parts += [Block("redactions", redactions)]
    return (*parts, Block("closing", _closing(head)))


def _counts(summary: Summary, profile: Profile) -> Iterator[Block]:
    if not {Told.CUSTODIANS, Told.COUNTS, Told.TOTALS} & set(profile.cover):
        return
    yield Block("custodians-head", "Custodians", Look.HEADING)
    rows = [f"{custodian or 'Unknown'}\t{count:,}" for custodian, count in summary.custodians]
    total = [f"Total\t{summary.documents:,}"]
    yield Block("custodians", "\n".join(["Custodian\tRecords", *rows, *total]), Look.TABLE)


def _numbers(summary: Summary, profile: Profile) -> Iterator[Block]:
    if Told.RANGES in profile.cover:
        yield Block("ranges-head", "Bates numbers", Look.HEADING)
        rows = [f"{first}\t{last}" for first, last in summary.ranges]
        yield Block("ranges", "\n".join(["First\tLast", *rows]), Look.TABLE)
    if Told.GAPS in profile.cover:
        yield Block("gaps-head", "Gaps in the numbers", Look.HEADING)
        rows = [f"{first}\t{last}\t{why}" for first, last, why in summary.gaps]
        none = Block("gaps", "There is no gap between the first number of this volume and its last.")
        yield Block("gaps", "\n".join(["First\tLast\tReason", *rows]), Look.TABLE) if rows else none


def _duplicates(summary: Summary) -> str:
    if not summary.suppressed:
        return "No duplicate was suppressed."
    copies = _count(summary.suppressed, "copy", "copies")
    return f"{copies} held by other custodians were suppressed; every such custodian is named in the load file."


def _forms(forms: dict[Form, int], redacted: int) -> str:
    said = [
        (forms.get(Form.IMAGES, 0), "as images with text"),
        (forms.get(Form.NATIVE, 0), "in native form behind a slip sheet"),
        (forms.get(Form.WITHHELD, 0), "withheld, with a placeholder under its number"),
        (forms.get(Form.CLAWED_BACK, 0), "clawed back, with a placeholder under its numbers"),
    ]
    listed = "; ".join(f"{count:,} {words}" for count, words in said if count)
    extra = (
        f" Of the images, {_count(redacted, 'document')} {'is' if redacted == 1 else 'are'} redacted."
        if redacted
        else ""
    )
    return f"Form of production: {listed}.{extra}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _closing(head: Head) -> str:
    return f"{head.sender}\n{head.office}\nfor {head.party}"


# --- the response -----------------------------------------------------------------------------------


def response(answers: Sequence[Answer], *, head: Head, form: str) -> tuple[Block, ...]:
    """The blocks of a response to a demand, item by item; `form` says in which form is produced."""
    opening = f"{head.party} answers the demand item by item. Nothing in one answer limits another."
    parts = [Block("opening", opening), Block("form", form)]
    for answer in answers:
        key = f"{'question' if answer.question else 'request'}-{_plain(answer.label)}"
        parts += [
            Block(f"{key}-head", answer.name, Look.HEADING),
            Block(f"{key}-text", " ".join(answer.text.split()), Look.QUOTE),
            Block(key, "\n\n".join(_paragraphs(answer, head.party))),
        ]
    return (*parts, Block("closing", _closing(head)))


def _plain(label: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in label).strip("-") or "x"


def _paragraphs(answer: Answer, party: str) -> Iterator[str]:
    if answer.words:
        yield answer.words
    for number, objection in enumerate(answer.objections, 1):
        yield _objection(objection, number if len(answer.objections) > 1 else 0, party)
    if answer.outcome in (Outcome.PRODUCED, Outcome.PARTLY) or answer.ranges:
        yield _produced(answer, party)
    if answer.kept_back:
        documents = _count(answer.kept_back, "responsive document")
        verb = "is" if answer.kept_back == 1 else "are"
        listed = "it" if answer.kept_back == 1 else "each"
        yield f"{documents} {verb} withheld or redacted as privileged ({answer.basis}); the privilege log lists {listed}."
    if answer.outcome is Outcome.NONE_FOUND:
        yield f"{party} found no responsive document in its possession, custody or control."
    if answer.searched:
        yield f"How it was searched: {answer.searched}"


def _objection(one: Objection, number: int, party: str) -> str:
    name = f"Objection {number}: " if number else "Objection: "
    reach = f" It goes to this part of the request alone: {one.reaches.rstrip('.')}." if one.reaches else ""
    kept = {
        True: f"{party} withholds responsive documents on this objection.",
        False: "Nothing is withheld on this objection.",
        None: "[Say whether anything is withheld on this objection.]",
    }
    return f"{name}{one.grounds.rstrip('.')}.{reach} {kept[one.withheld]}"


def _produced(answer: Answer, party: str) -> str:
    rest = "the documents that answer the rest of the request" if answer.objections else "the responsive documents"
    ranges = ", ".join(first if first == last else f"{first} through {last}" for first, last in answer.ranges)
    if answer.due:
        return f"{party} will produce {rest} by {answer.due:%B} {answer.due.day}, {answer.due.year}" + (
            f"; what is numbered {ranges} is produced already." if ranges else "."
        )
    return f"{party} produces {rest}" + (f", numbered {ranges}." if ranges else ".")


def flaws(answers: Iterable[Answer], *, form: str) -> Iterator[str]:
    """What the rule asks for and an answer lacks, one line each (Fed. R. Civ. P. 34(b)(2)(B)-(E))."""
    if not form.strip():
        yield "the form of production is not said (34(b)(2)(D), (E))"
    for one in answers:
        for objection in one.objections:
            if not objection.grounds.strip():
                yield f"{one.name}: an objection has no grounds (34(b)(2)(B))"
            if objection.withheld is None:
                yield f"{one.name}: it is not said whether anything is withheld on an objection (34(b)(2)(C))"
        yield from (f"{one.name}: {what}" for what in _lacks(one))


def _lacks(one: Answer) -> Iterator[str]:
    if one.outcome is Outcome.PRODUCED and not one.ranges and not one.due:
        yield "it says neither what is produced nor by when the rest will be (34(b)(2)(B))"
    if one.outcome in (Outcome.OBJECTED, Outcome.PARTLY) and not one.objections:
        yield "it is objected to without an objection (34(b)(2)(B))"
    if one.outcome is Outcome.PARTLY and not any(o.reaches for o in one.objections):
        yield "it is not said to which part the objection goes (34(b)(2)(C))"
    if one.outcome is Outcome.PARTLY and not one.ranges and not one.due:
        yield "the part that is not objected to is neither produced nor promised by a day (34(b)(2)(C))"
    if (one.outcome is Outcome.WITHHELD or one.kept_back) and not (one.basis and one.kept_back):
        yield "what is withheld has no basis or no count (26(b)(5)(A))"
    if one.outcome is Outcome.NONE_FOUND and not one.searched:
        yield "it is not said how it was searched"
    if one.question and not one.words:
        yield "the question is not answered"


# --- printing ---------------------------------------------------------------------------------------


def sheet(draft: Draft, head: Head, *, at: datetime, banner: str = BANNER) -> Sheet:
    """The letter as a Sheet; a block that was struck out is not in it. `at` (UTC) is the time its files carry."""
    day = f"{head.day:%B} {head.day.day}, {head.day.year}"
    caption = (("To", head.recipient), ("From", f"{head.sender}, {head.office}"), ("Date", day), ("Re", head.about))
    pieces = tuple(piece for held in draft if held.text.strip() for piece in _pieces(held.id, held.look, held.text))
    return Sheet(head.title, banner, head.party, at, caption, pieces, author=head.sender)


def _pieces(block: str, look: Look, text: str) -> Iterator[Piece]:
    if look is Look.HEADING:
        yield Piece(Part.HEADING, (Run(" ".join(text.split())),), 1, block)
    elif look is Look.TABLE and "\t" in text:
        rows = [line.split("\t") for line in text.split("\n") if line.strip()]
        width = max(map(len, rows))
        filled = (row + [""] * (width - len(row)) for row in rows)
        yield Piece(Part.GRID, rows=tuple(tuple((Run(cell),) for cell in row) for row in filled))
    else:
        kind = Part.QUOTE if look is Look.QUOTE else Part.PARAGRAPH
        for paragraph in text.split("\n\n"):
            if paragraph.strip():
                yield Piece(kind, (Run(paragraph.strip()),))


def to_pdf(letter: Sheet) -> bytes:
    """The letter as tagged PDF/A-2."""
    return pressed("letter.typ", asdict(letter), at=letter.at)


def to_docx(letter: Sheet) -> bytes:
    """The letter as a Word document."""
    return docx(letter)


def to_html(letter: Sheet) -> bytes:
    """The letter as one self-contained HTML page, in UTF-8."""
    return sheet_html(letter).encode()
