"""An Outlook mailbox in (PST, OST; MS-PST), each item of it as a file of its own out.

The items of such a file are no files, so each becomes one that says the same: a message in RFC 5322, a contact as a
vCard, an appointment as an iCalendar, a task or note as text. libpff opens a file that was cut off without a word, so
the size that the file states for itself and the number of items that each folder states are held against what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from showcause.errors import Unreadable
from showcause.intake import mapi
from showcause.intake.bulk import HEAVY, Container, Piece
from showcause.intake.mapi import Attached, Item, Value
from showcause.intake.reading import Limits, Part

PIECE = 100  # items that a worker takes at a time
_ROUGHLY = 65_536  # bytes that an item is taken to have before it is read
_CONTENT_COUNT = 0x3602
_UNICODE = 23  # the version from which on a file is of the newer form (MS-PST, 2.2.2.6)
_SIZES = {False: (168, 4), True: (184, 8)}  # where the header states the size of the file, and in how many bytes
_DEPTH = 20  # messages attached to one another
_FOLDERS = 100  # folders inside one another
# What libpff raises; its errors have no class of their own.
_BROKEN = (
    OSError,
    ValueError,
    RuntimeError,
    SystemError,
    MemoryError,
    OverflowError,
    TypeError,
    AttributeError,
    KeyError,
)


def knows(head: bytes, name: str) -> bool:
    """Whether the first bytes are those of an Outlook mailbox; `name` plays no part."""
    del name
    return head.startswith(b"!BDN")


def cut(path: Path, spool: Path, limits: Limits) -> Iterator[Piece]:
    """The items folder by folder; a key is (indices of the folders, index of the item, name of the folder, number).

    Items that hang on no folder come last, with no indices. Raises Unreadable where the file can't be opened.
    """
    del spool
    number = 0
    notes = _cut_off(path)
    with _opened(path) as file:
        for indices, folder, name in _folders(_root(file), (), "", notes):
            limits.tick()
            count = _noted(folder, "number_of_sub_messages", name, notes)
            stated = _stated(folder)
            if stated is not None and stated > count:
                notes.append(f"the folder {name or '/'} states {stated:,} items, but {count:,} can be found")
            for start in range(0, count, PIECE):
                end = min(start + PIECE, count)
                keys = tuple((indices, place, name, number + place - start + 1) for place in range(start, end))
                number += end - start
                yield Piece(keys, len(keys) * _ROUGHLY)
        orphans = _count(file, "number_of_orphan_items")
        for start in range(0, orphans, PIECE):
            places = range(start, min(start + PIECE, orphans))
            yield Piece(tuple((None, place, "Recovered", number + place + 1) for place in places))
    if orphans:
        notes.append(f"{orphans:,} items hang on no folder and were recovered")
    if not number and not orphans and not notes:
        notes.append("the mailbox holds no items")
    for note in notes:
        yield Piece((), 0, note)


def parts(path: Path, spool: Path, piece: Piece, limits: Limits) -> Iterator[Part]:
    """The items of a piece as files, named by folder, number and subject; one that can't be read says why."""
    with _opened(path) as file:
        folders: dict[Any, Any] = {}
        names = _names(file)
        for indices, place, name, number in piece.keys:
            limits.tick()
            try:
                if indices is None:
                    held = file.get_orphan_item(place)
                else:
                    if indices not in folders:
                        folders = {indices: _folder(file, indices)}
                    held = folders[indices].get_sub_message(place)
                item = _Walk(limits, names).item(held, 0)
                part = _part(item, spool, name, number)
            except _BROKEN as refused:
                part = Part(_path(name, f"{number:04d}.eml"), b"", refused=f"damaged: {_plain(refused)}")
            yield part


def _part(item: Item, spool: Path, folder: str, number: int) -> Part:
    blob, end = mapi.blob(item), mapi.suffix(item)
    named = _path(folder, f"{number:04d} {_bare(mapi.subject(item))[:100]}".strip() + f".{end}")
    changed = item.properties.get(mapi.CHANGED)
    modified = changed if isinstance(changed, datetime) else None
    if len(blob) <= HEAVY:
        return Part(named, blob, modified=modified)
    target = spool / f"pst-{number:06d}.{end}"
    target.write_bytes(blob)
    return Part(named, target, modified=modified)


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import pypff

    file = pypff.file()
    try:
        file.open(str(path))
    except _BROKEN as refused:
        raise Unreadable(f"damaged: {_plain(refused)}") from None
    try:
        yield file
    finally:
        file.close()


def _plain(refused: BaseException) -> str:
    """The first two of the reasons that libpff gives one after the other, without the names of its functions."""
    said = re.sub(r"\b(?:py|lib)[a-z]+_[a-z0-9_]+: ", "", str(refused).replace("\n", " "))
    return "; ".join(said.split(". ")[:2]).strip(". ") or type(refused).__name__


def _cut_off(path: Path) -> list[str]:
    """What to say where the file is shorter than its header states (MS-PST, 2.2.2.6 and 2.2.2.5: ibFileEof)."""
    with path.open("rb") as stream:
        head = stream.read(256)
    place, size = _SIZES[int.from_bytes(head[10:12], "little") >= _UNICODE]
    stated, there = int.from_bytes(head[place : place + size], "little"), _size(path)
    return (
        [f"the file is cut off: {there:,} of {stated:,} bytes are there, so items are missing"]
        if there < stated
        else []
    )


def _size(path: Path) -> int:
    return path.stat().st_size


def _root(file: Any) -> Any:
    try:
        return file.root_folder
    except _BROKEN as refused:
        raise Unreadable(f"damaged: {_plain(refused)}") from None


def _folders(
    folder: Any, indices: tuple[int, ...], name: str, notes: list[str]
) -> Iterator[tuple[tuple[int, ...], Any, str]]:
    """Every folder with the indices that lead to it and its path; Outlook's own top folder is left out of the path."""
    yield indices, folder, name
    for place in range(_noted(folder, "number_of_sub_folders", name, notes) if len(indices) < _FOLDERS else 0):
        try:
            inner = folder.get_sub_folder(place)
        except _BROKEN as refused:
            notes.append(f"a folder of {name or '/'} can't be read: {_plain(refused)}")
            continue
        own = _title(inner) or f"folder {place + 1}"
        top = not indices and _count(inner, "number_of_sub_folders")
        yield from _folders(inner, (*indices, place), "" if top else f"{name}/{own}" if name else own, notes)


def _title(folder: Any) -> str:
    try:
        return _bare(folder.name or "")
    except _BROKEN:
        return ""


def _noted(folder: Any, count: str, name: str, notes: list[str]) -> int:
    """A count of a folder; where it can't be read there is nothing to be found under it, and a note says so."""
    try:
        return int(getattr(folder, count) or 0)
    except _BROKEN as refused:
        notes.append(f"the folder {name or '/'} can't be read: {_plain(refused)}")
        return 0


def _folder(file: Any, indices: tuple[int, ...]) -> Any:
    folder = file.root_folder
    for place in indices:
        folder = folder.get_sub_folder(place)
    return folder


def _count(held: Any, name: str) -> int:
    try:
        return int(getattr(held, name) or 0)
    except _BROKEN:
        return 0


def _stated(folder: Any) -> int | None:
    """How many items the folder itself states."""
    said = _properties(folder, 0).get(_CONTENT_COUNT)
    return said if isinstance(said, int) else None


def _bare(said: str) -> str:
    return " ".join(re.sub(r'[\\/\x00-\x1f\x7f:*?"<>|\ud800-\udfff]', " ", said).split())


@dataclass(slots=True)
class _Walk:
    """Takes one item with all that hangs on it; of what libpff can't read it keeps in mind that it was there."""

    limits: Limits
    names: Mapping[int, int]
    _taken: int = 0

    def item(self, held: Any, depth: int) -> Item:
        lost: dict[str, None] = {}
        properties = _properties(held, 0, self.names)
        recipients = tuple(self._recipients(held, lost))
        return Item(properties, recipients, tuple(self._attached(held, depth, lost)), tuple(lost))

    def _recipients(self, held: Any, lost: dict[str, None]) -> Iterator[dict[int, Value]]:
        """The properties of each recipient; those before the damage stay."""
        try:
            listed = held.recipients
            count = int(listed.number_of_record_sets or 0) if listed else 0
        except _BROKEN:
            lost["recipients"] = None
            return
        for place in range(count):
            said = _properties(listed, place)
            if said:
                yield said
            else:
                lost["recipients"] = None

    def _attached(self, held: Any, depth: int, lost: dict[str, None]) -> Iterator[Attached]:
        try:
            count = int(getattr(held, "number_of_attachments", 0) or 0)
        except _BROKEN:
            lost["attachments"] = None
            return
        for place in range(count):
            if depth >= _DEPTH or self._taken >= self.limits.parts:
                lost["beyond"] = None
                return
            self._taken += 1
            try:
                one = held.get_attachment(place)
            except _BROKEN:
                lost["attachments"] = None
                yield Attached({mapi.LONG_NAME: f"attachment {place + 1}, damaged.bin"}, b"")
                continue
            properties = _properties(one, 0)
            inside, whole = self._held(one, properties, depth)
            if not whole:
                lost["attachments"] = None
            if not whole and not (mapi.LONG_NAME in properties or mapi.SHORT_NAME in properties):
                properties[mapi.LONG_NAME] = f"attachment {place + 1}, damaged.bin"
            yield Attached({k: v for k, v in properties.items() if k != mapi.DATA}, inside)

    def _held(self, one: Any, properties: dict[int, Value], depth: int) -> tuple[bytes | Item | None, bool]:
        """What is attached, and whether it could be read to its end."""
        try:
            if int(one.number_of_sub_items or 0):
                return self.item(one.get_sub_item(0), depth + 1), True
            size = min(int(one.size or 0), self.limits.unpacked)
            if size:
                said = bytes(one.read_buffer(size))
                return said, len(said) == size
        except _BROKEN:
            kept = properties.get(mapi.DATA)
            return (kept, True) if isinstance(kept, bytes) else (None, False)
        kept = properties.get(mapi.DATA)
        return kept if isinstance(kept, bytes) else None, True


def _properties(held: Any, place: int, names: Mapping[int, int] | None = None) -> dict[int, Value]:
    """The properties of one of an item's sets by number; `names` tells those whose numbers are the file's own."""
    said: dict[int, Value] = {}
    codepage = "cp1252"
    try:
        entries = list(held.get_record_set(place).entries) if _count(held, "number_of_record_sets") > place else []
    except _BROKEN:
        return said
    for entry in entries:
        try:
            number, kind, data = entry.entry_type, entry.value_type, entry.data
            value = None if number is None or kind is None or data is None else mapi.value(kind, data, codepage)
        except _BROKEN:
            continue
        if value is not None:
            said[(names or {}).get(number, number)] = value
            if number == mapi.ENCODING and isinstance(value, int):
                codepage = f"cp{value}"
    return said


def _names(file: Any) -> dict[int, int]:
    """The file's own map of property names."""
    try:
        stream = _properties(file.get_name_to_id_map(), 0).get(3)
    except _BROKEN:
        return {}
    return mapi.numbers(stream) if isinstance(stream, bytes) else {}


PST = Container("pst", knows, cut, parts)
