"""A binary presentation in (PPT, [MS-PPT]), its slides in order out: title, words, tables, notes, comments.

The directory of the last save names the slides as they now stand; what earlier saves left behind is not shown.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from showcause.core import Mark
from showcause.errors import Unreadable
from showcause.intake import compound
from showcause.intake.compound import Compound
from showcause.intake.package import DAMAGE
from showcause.intake.reading import Limits, Reading, Transcript, unique

_SLIDE, _NOTES_ATOM = 0x03EE, 0x03F1
_PERSIST, _SHOWN, _LISTED, _EDIT, _DIRECTORY = 0x03F3, 0x03F9, 0x0FF0, 0x0FF5, 0x1772
_HEADER, _CHARS, _BYTES, _OUTLINE, _STRING, _COMMENT = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E, 0x0FBA, 0x2EE0
_GROUP, _SHAPE, _BOX, _ANCHOR, _MORE = 0xF003, 0xF004, 0xF00D, 0xF00F, 0xF122
_HEAD = struct.Struct("<HHI")
_TAGS = 0x138B  # a record that holds records without saying so
_TITLES = {0, 6}
_BOXED = b"\x0d\xf0"  # the kind of a text box, where there is one
_UNSEEN, _COMMENTED = struct.pack("<H", _SHOWN), struct.pack("<H", _COMMENT)  # the same of other kinds
_CLOSED = {_TAGS, _COMMENT}  # what is not looked into for words of the slide
_PLACEHOLDER = b"\xc3\x0b\x08\0\0\0"
_TITLE_PLACES = {1, 3, 13, 15, 17}
_LOCKED = 0xF3D1C4DF
_DEPTH = 60
_MOST = 2_000_000  # records that are looked at
_TOO_MANY = "damaged: it holds more records than a presentation can"
_TABLE = b"\x9f\x03"  # the property by which a group of shapes is a table ([MS-ODRAW] 2.3.4.36)


def is_ppt(blob: bytes, name: str) -> bool:
    """Whether the bytes are a compound file with the stream of a presentation."""
    del name
    return compound.holds(blob, "PowerPoint Document")


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of the file. Raises Unreadable where it is cut off, damaged, locked, or has no words."""
    del name
    return compound.opened(blob, limits, lambda held: _Slides(held).reading())


class _Record(NamedTuple):
    """A record: its kind, its instance, where its content begins and ends in the stream, whether it holds others."""

    kind: int
    instance: int
    start: int
    end: int
    holds: bool


@dataclass(slots=True)
class _Listed:
    """A slide or page of notes as the document lists it: where it stands, its number, its outline's texts with kinds."""

    persist: int
    number: int
    texts: list[tuple[int, str]] = field(default_factory=list)


class _Slides:
    """Goes through a presentation and takes down its words."""

    def __init__(self, held: Compound) -> None:
        self._held = held
        self._stream = held.stream("PowerPoint Document")
        self._left = _MOST
        self._transcript = Transcript()
        self._hidden: list[int] = []
        self._comments = 0
        self._guessed = False
        self._places: dict[int, int] = {}
        self._document = 0

    def reading(self) -> Reading:
        slides, notes = self._lists()
        for number, slide in enumerate(slides, 1):
            self._slide(number, slide, notes.get(slide.number))
        if not self._transcript.text:
            raise Unreadable("empty: the presentation holds no words")
        title, day = self._held.properties()
        parts, objects = self._held.embedded()
        parts += compound.pictures(self._held.stream("Pictures"), self._held.limits)
        said = ["the directory of its slides is damaged: their order is guessed"] if self._guessed else []
        said += [f"hidden slides, shown like the others: {', '.join(map(str, self._hidden))}"] if self._hidden else []
        said += [f"comments that stand after their slide: {self._comments}"] if self._comments else []
        said += [f"embedded objects that are not shown: {objects}"] if objects else []
        if any(name.startswith("_vba") or "/vba/" in name for name in self._held.streams):
            said.append("holds macros, which are not shown")
        return Reading(
            "ppt",
            self._transcript.text,
            self._transcript.pages,
            self._transcript.headings,
            title,
            day,
            unique(parts),
            tuple(said),
        )

    # Where things stand

    def _lists(self) -> tuple[list[_Listed], dict[int, _Listed]]:
        """The slides in order, and the pages of notes by the number of the slide that they belong to."""
        try:
            self._directory()
            document = self._record(self._places[self._document])
            lists = [r for r in self._inside(document) if r.kind == _LISTED]
        except DAMAGE:
            lists = []
        slides = [each for found in lists if found.instance == 0 for each in self._listed(found)]
        if not slides:
            return self._found(), {}
        notes = {}
        for page in (each for found in lists if found.instance == 2 for each in self._listed(found)):
            for atom in self._inside(self._at(page)):
                if atom.kind == _NOTES_ATOM and atom.end - atom.start >= 4:
                    notes[struct.unpack_from("<I", self._stream, atom.start)[0]] = page
        return slides, notes

    def _directory(self) -> None:
        """Where each persistent object stands after the last save (2.3.3 to 2.3.5)."""
        token, edit = struct.unpack_from("<II", self._held.stream("Current User"), 12)
        if token == _LOCKED:
            raise Unreadable("needs a password")
        for save in range(10_000):
            record = self._record(edit)
            if record.kind != _EDIT:
                raise ValueError("no edit")
            edit, place, document = struct.unpack_from("<8xIII", self._stream, record.start)
            self._document = self._document if save else document
            if record.end - record.start >= 32 and not save:
                raise Unreadable("needs a password")
            self._persisted(self._record(place))
            if edit == 0:
                return

    def _persisted(self, record: _Record) -> None:
        if record.kind != _DIRECTORY:
            raise ValueError("no directory")
        at = record.start
        while at + 4 <= record.end:
            (said,) = struct.unpack_from("<I", self._stream, at)
            first, count = said & 0xFFFFF, min(said >> 20, (record.end - at - 4) // 4)
            for n, place in enumerate(struct.unpack_from(f"<{count}I", self._stream, at + 4)):
                self._places.setdefault(first + n, place)
            at += 4 + 4 * max(1, count)

    def _found(self) -> list[_Listed]:
        """Every slide that stands in the stream, for a file whose directory is damaged."""
        self._guessed = True
        whole = _Record(0, 0, 0, len(self._stream), holds=True)
        slides = [record for record in self._inside(whole) if record.kind == _SLIDE]
        self._places = {n: record.start - 8 for n, record in enumerate(slides)}
        return [_Listed(n, -1) for n in range(len(slides))]

    def _listed(self, found: _Record) -> list[_Listed]:
        listed: list[_Listed] = []
        kind = 4
        for record in self._inside(found):
            if record.kind == _PERSIST:
                persist, number = struct.unpack_from("<I8xI", self._stream, record.start)
                listed.append(_Listed(persist, number))
            elif record.kind == _HEADER:
                (kind,) = struct.unpack_from("<I", self._stream, record.start)
                if listed:
                    listed[-1].texts.append((kind, ""))
            elif record.kind in {_CHARS, _BYTES} and listed and listed[-1].texts:
                listed[-1].texts[-1] = (kind, self._text(record))
        return listed

    def _record(self, place: int) -> _Record:
        self._count()
        said, kind, length = struct.unpack_from("<HHI", self._stream, place)
        end = min(place + 8 + length, len(self._stream))
        return _Record(kind, said >> 4, place + 8, end, said & 15 == 15 or kind == _TAGS)

    def _inside(self, record: _Record) -> Iterator[_Record]:
        at, last, stream = record.start, record.end, self._stream
        while at + 8 <= last:
            self._count()
            said, kind, length = _HEAD.unpack_from(stream, at)
            start, at = at + 8, min(at + 8 + length, last)
            yield _Record(kind, said >> 4, start, at, said & 15 == 15 or kind == _TAGS)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unreadable(_TOO_MANY)

    def _at(self, listed: _Listed) -> _Record:
        place = self._places.get(listed.persist)
        return _Record(0, 0, 0, 0, holds=True) if place is None else self._record(place)

    def _text(self, record: _Record) -> str:
        held = self._stream[record.start : record.end]
        return (
            held.decode("latin-1")
            if record.kind == _BYTES
            else held[: len(held) // 2 * 2].decode("utf-16-le", "replace")
        )

    # What stands there

    def _slide(self, number: int, slide: _Listed, notes: _Listed | None) -> None:
        at = Mark(0, slide=number)
        record = self._at(slide)
        said = list(self._words(record, slide.texts, 0))
        shown = {text for _, text in said}
        said += [text for text in slide.texts if text[1] not in shown]  # of shapes that an outline alone holds
        for kind, text in sorted(said, key=lambda each: each[0] not in _TITLES):
            self._say(text, at, level=1 if kind in _TITLES else 0)
        if self._stream.find(_UNSEEN, record.start, record.end) >= 0 and any(map(self._unseen, self._inside(record))):
            self._hidden.append(number)
        if notes is not None:
            for kind, text in self._words(self._at(notes), notes.texts, 0):
                if kind != 4 or len(text) > 5:  # the page's number is a text of its own
                    self._say(text, at, part="notes")
        for author, words in self._said_of(record, 0):
            self._comments += 1
            self._say(f"[Comment by {author or 'unknown'}] {words}", at, part="comment")

    def _say(self, text: str, at: Mark, *, level: int = 0, part: str | None = None) -> None:
        if level:
            self._transcript.paragraph(" ".join(text.split()), level=level, at=at)
            return
        rows = text.startswith("\t")
        for paragraph in text.removeprefix("\t").replace("\x0b", "\n").split("\r"):
            self._transcript.paragraph(paragraph.strip(), part=part, group="table" if rows else "", at=at)

    def _unseen(self, record: _Record) -> bool:
        if record.kind != _SHOWN or record.end - record.start < 12:
            return False
        return bool(struct.unpack_from("<10xH", self._stream, record.start)[0] & 4)

    def _words(self, record: _Record, outline: list[tuple[int, str]], depth: int) -> Iterator[tuple[int, str]]:
        """The texts of the shapes, with their kind; a table's rows are one text that begins with a tab."""
        if depth > _DEPTH:
            return
        if record.kind == _GROUP and depth > 3 and self._is_table(record):
            yield 4, "\t" + "\r".join(self._rows(record, outline))
            return
        title = record.kind == _SHAPE and self._is_title(record)
        at, last, stream = record.start, record.end, self._stream
        box = stream.find(_BOXED, at, last)
        while box >= 0 and at + 8 <= last:  # as `_inside` does it, with a record made only of what holds words
            self._left -= 1
            said, kind, length = _HEAD.unpack_from(stream, at)
            start, at = at + 8, at + 8 + length
            if at <= box:
                continue
            at = min(at, last)
            if self._left < 0:
                raise Unreadable(_TOO_MANY)
            if kind == _BOX:
                for what, text in self._box(start, at, outline):
                    yield 0 if title else what, text
            elif said & 15 == 15 and kind not in _CLOSED and stream.find(_BOXED, start, at) >= 0:
                yield from self._words(_Record(kind, said >> 4, start, at, holds=True), outline, depth + 1)
            box = stream.find(_BOXED, at, last)

    def _box(self, at: int, last: int, outline: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The texts of a text box that stands between two places, with their kinds."""
        kind, stream = 4, self._stream
        while at + 8 <= last:
            self._count()
            _, what, length = _HEAD.unpack_from(stream, at)
            start, at = at + 8, min(at + 8 + length, last)
            if what == _HEADER:
                (kind,) = struct.unpack_from("<I", stream, start)
            elif what in {_CHARS, _BYTES}:
                text = self._text(_Record(what, 0, start, at, holds=False))
                if text.strip() not in {"", "*"}:  # a field that the master fills
                    yield kind, text
            elif what == _OUTLINE:
                (place,) = struct.unpack_from("<I", stream, start)
                if place < len(outline):
                    yield outline[place]

    def _is_title(self, shape: _Record) -> bool:
        """Whether the shape fills the place of a title (2.5.5)."""
        at = self._stream.find(_PLACEHOLDER, shape.start, shape.end - 12)
        return at >= 0 and self._stream[at + len(_PLACEHOLDER) + 4] in _TITLE_PLACES

    def _is_table(self, group: _Record) -> bool:
        first = next(self._inside(group), None)
        if first is None or first.kind != _SHAPE:
            return False
        return any(_TABLE in self._stream[r.start : r.end] for r in self._inside(first) if r.kind == _MORE)

    def _rows(self, group: _Record, outline: list[tuple[int, str]]) -> Iterator[str]:
        rows: dict[int, list[tuple[int, str]]] = {}
        for shape in self._inside(group):
            if self._stream.find(_BOXED, shape.start, shape.end) < 0:
                continue
            anchor = next((r for r in self._inside(shape) if r.kind == _ANCHOR), None)
            words = " ".join(" ".join(text.split()) for _, text in self._words(shape, outline, 4))
            if anchor is not None and anchor.end - anchor.start >= 16 and words:
                left, top = struct.unpack_from("<ii", self._stream, anchor.start)
                rows.setdefault(top, []).append((left, words))
        for top in sorted(rows):
            yield " | ".join(words for _, words in sorted(rows[top]))

    def _said_of(self, record: _Record, depth: int) -> Iterator[tuple[str, str]]:
        if depth >= 8 or self._stream.find(_COMMENTED, record.start, record.end) < 0:
            return
        for each in self._inside(record):
            if each.kind == _COMMENT:
                said = {r.instance: self._text(r) for r in self._inside(each) if r.kind == _STRING}
                if said.get(1, "").strip():
                    yield said.get(0, ""), said[1].strip()
            elif each.holds and each.kind >> 8 == 0x13:
                yield from self._said_of(each, depth + 1)
