"""A Reading with pages still to be recognised and the texts of these pages in, the finished Reading out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from showcause.core import Heading, Mark, PageMap, Scan, Word
from showcause.errors import Unreadable
from showcause.intake.reading import Reading

_SURE = 0.8  # mean confidence of a page below which it is named
NO_WORDS = "no words were found on its pages"


@dataclass(frozen=True, slots=True)
class PageText:
    """What was recognised on one page (counted from 1).

    The places of `scan` and `headings` count characters of `text`; `scan` is None where no word was found. `reason`
    says why the page could not be recognised, and is empty where it was.
    """

    page: int
    text: str = field(default="", repr=False)
    scan: Scan | None = None
    headings: tuple[Heading, ...] = ()
    reason: str = ""


def completed(reading: Reading, recognised: Iterable[PageText]) -> Reading:
    """The Reading with the text of each of its pending pages after what the page has of its own.

    Raises ValueError where `recognised` are not the pending pages, in any order, and Unreadable where the whole file
    then has no words and holds no parts.
    """
    given = {one.page: one for one in recognised}
    if given.keys() != set(reading.pending):
        raise ValueError(f"pages {sorted(given)} were recognised, {list(reading.pending)} were to be")
    texts: list[str] = []
    marks: list[Mark] = []
    scans: list[Scan] = []
    headings: list[Heading] = []
    length = 0
    for mark, own in _owned(reading):
        new = given.get(mark.page or 0, PageText(0))
        added = length + len(own) + 1 if own and new.text else length + len(own)
        marks.append(replace(mark, start=length))
        headings += [_moved(one, length - mark.start) for one in _held(reading, mark.start, len(own))]
        headings += [_moved(one, added) for one in new.headings]
        scans += [rebased(new.scan, added)] if new.scan else []
        texts.append(f"{own}\n{new.text}" if own and new.text else own or new.text)
        length += len(texts[-1]) + 1
    text = "\f".join(texts)
    notes = (*reading.notes, *_notes(scans, given.values()))
    if not text.strip() and not reading.parts:
        raise Unreadable(next((one.reason for one in given.values() if one.reason), NO_WORDS))
    if not text.strip():
        return replace(reading, text="", pages=PageMap(), notes=notes, container=True, pending=())
    return replace(
        reading,
        text=text,
        pages=PageMap(tuple(marks)),
        headings=tuple(sorted(headings, key=lambda one: one.start)),
        notes=notes,
        scans=tuple(scans),
        pending=(),
    )


def rebased(scan: Scan, start: int) -> Scan:
    """The scan of a page whose text begins at `start` of the document's."""
    words = (replace(word, start=word.start + start, end=word.end + start) for word in scan.words())
    return Scan.of(scan.page, words, turned=scan.turned, engine=scan.engine)


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers in words: `pages 2, 5-7`."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    said = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"page {said}" if len(numbers) == 1 else f"pages {said}"


def _owned(reading: Reading) -> Iterator[tuple[Mark, str]]:
    """Each page's mark and its own text."""
    marks = reading.pages.marks
    for place, mark in enumerate(marks):
        end = marks[place + 1].start - 1 if place + 1 < len(marks) else len(reading.text)
        yield mark, reading.text[mark.start : end]


def _held(reading: Reading, start: int, length: int) -> list[Heading]:
    return [one for one in reading.headings if start <= one.start and one.end <= start + length]


def _moved(heading: Heading, by: int) -> Heading:
    return replace(heading, start=heading.start + by, end=heading.end + by)


def _notes(scans: list[Scan], given: Iterable[PageText]) -> Iterator[str]:
    sure = {scan.page: [word.confidence for word in scan.words()] for scan in scans}
    every = [confidence for page in sure.values() for confidence in page]
    if every:
        yield f"recognised by OCR: {ranges(list(sure))} (mean confidence {sum(every) / len(every):.2f})"
    doubtful = [page for page, words in sure.items() if sum(words) < _SURE * len(words)]
    if doubtful:
        yield f"recognised with little confidence (below {_SURE:.2f}), to be read with care: {ranges(doubtful)}"
    ordered = sorted(given, key=lambda one: one.page)
    wordless = [one.page for one in ordered if one.scan is None and not one.reason]
    if wordless:
        yield f"no words were found by OCR: {ranges(wordless)}"
    yield from (f"could not be recognised ({one.reason}): page {one.page}" for one in ordered if one.reason)


def words_of(
    found: Iterable[tuple[int, int, Sequence[tuple[float, float]], float]],
) -> list[Word]:
    """Words from (start, end, corners, confidence), the corners in the page's own space; a box holds all of them."""
    words: list[Word] = []
    for start, end, corners, sure in found:
        across, up = zip(*corners, strict=True)
        words.append(Word(start, end, min(across), min(up), max(across), max(up), sure))
    return words
