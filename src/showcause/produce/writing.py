"""A family of documents with their numbers in, its files on the disk out, and what was written of each.

Text and pictures of a redacted document come from what is left of it alone; a file that holds a withheld or redacted
document inside, as a message holds its attachments, is never produced as it is.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from showcause.errors import Unreadable
from showcause.produce.imagepdf import image_pdf
from showcause.produce.item import Form, Item
from showcause.produce.layout import Layout
from showcause.produce.order import Order
from showcause.produce.paging import Pages, opened
from showcause.produce.profile import ImageForm
from showcause.produce.redact import MARK, Left, Secrets, left, secrets, squeezed
from showcause.produce.stamp import Endorsement, Stamped, slip, stamped

SLIPS: Final = {
    Form.NATIVE: "Produced in native form",
    Form.WITHHELD: "Withheld",
    Form.CLAWED_BACK: "Withdrawn: this document was produced inadvertently and has been clawed back",
    Form.IMAGES: "This document can't be imaged",
}
UNSEEN: Final = "This page can't be imaged"
NOTHING: Final = Secrets(frozenset())
BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Planned:
    """A document, the form in which it is produced, and its pages; `imaged` is False where nobody can image it, and `why`."""

    item: Item
    form: Form
    pages: int
    imaged: bool = True
    why: str = ""

    @property
    def slipped(self) -> bool:
        """Whether a slip sheet stands for its pages."""
        return self.form is not Form.IMAGES or not self.imaged


@dataclass(frozen=True, slots=True)
class File:
    r"""A file of the volume: its path with `\`, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written of a document; `gone` are the runs of words that were redacted, `again` those still seen.

    `unread` are pages whose text nobody could read once they were burned, `unseen` those that could not be imaged.
    """

    document: str
    form: Form
    first: str
    last: str
    pages: int
    images: tuple[File, ...] = ()
    text: File | None = None
    native: File | None = None
    gone: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    secrets: Secrets = field(default=NOTHING)
    unread: tuple[int, ...] = ()
    unseen: tuple[int, ...] = ()
    shrunk: float = 0.0

    @property
    def files(self) -> Iterator[File]:
        """All its files."""
        yield from self.images
        yield from (f for f in (self.text, self.native) if f)


def planned(family: Sequence[Item], order: Order) -> tuple[Planned, ...]:
    """The form and the count of pages of each member of a family."""
    kept_back = {i.id for i in family if i.withheld or i.areas or i.id in order.clawed_back}
    parents = {i.id: i.parent for i in family}
    holding: set[str] = set()  # what holds a document that is kept back, wholly or in part
    for one in kept_back:
        above = parents.get(one)
        while above is not None and above not in holding:
            holding.add(above)
            above = parents.get(above)
    return tuple(_planned(item, order, whole=item.id not in holding | kept_back) for item in family)


def _planned(item: Item, order: Order, *, whole: bool) -> Planned:
    had = order.ledger.of.get(item.id)
    if item.id in order.clawed_back:
        return Planned(item, Form.CLAWED_BACK, had.span.count if had else 1)
    if item.withheld:
        return Planned(item, Form.WITHHELD, had.span.count if order.replaces and had else 1)
    if whole and (item.coding.native or item.kind in order.profile.images.native_kinds):
        return Planned(item, Form.NATIVE, 1)
    try:
        with opened(item) as pages:
            return Planned(item, Form.IMAGES, max(pages.count, 1), imaged=pages.count > 0)
    except Unreadable as wrong:
        return Planned(item, Form.IMAGES, 1, imaged=False, why=str(wrong))


def written(family: Sequence[Planned], order: Order, *, places: Sequence[Places], root: Path) -> tuple[Kept, ...]:
    """Writes the files of a family into their folders below `root`; the same family writes the same files."""
    return tuple(_document(one, order, its, root) for one, its in zip(family, places, strict=True))


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a document's files."""

    images: tuple[str, ...]
    text: str
    native: str


def placed(family: Sequence[Planned], order: Order, layout: Layout) -> list[Places]:
    """The folders of a family's files, as the layout has room."""
    rules = order.profile.volume
    custodian = family[0].item.custodians[0] if family[0].item.custodians else ""
    one_each = order.profile.images.form is ImageForm.PDF
    images = layout.folders(rules.images, [1 if one_each else p.pages for p in family], custodian=custodian)
    texts = layout.folders(rules.text, [1] * len(family), custodian=custodian)
    natives = layout.folders(rules.natives, [p.form is Form.NATIVE for p in family], custodian=custodian)
    return [Places(tuple(i), t[0], n[0] if n else "") for i, t, n in zip(images, texts, natives, strict=True)]


def _document(one: Planned, order: Order, places: Places, root: Path) -> Kept:
    series, span = order.ledger.series, order.ledger.of[one.item.id].span
    first, last = series.name(span.first), series.name(span.first + one.pages - 1)
    if one.slipped:
        images = tuple(_images(_slips(one, order, span.first), order, places, root, first))
        words = f"{SLIPS[one.form]}\n" if one.form is not Form.NATIVE else one.item.text
        text = _text(words, root, places.text, first)
        native = _native(one.item, root, places.native, first) if one.form is Form.NATIVE else None
        return Kept(one.item.id, one.form, first, last, one.pages, images, text, native)
    with opened(one.item) as pages:
        stamps = _Stamps(one.item, pages, order, span.first)
        images = tuple(_images(stamps, order, places, root, first))
        remains = _remains(one.item, pages, order) if one.item.areas else None
    words = "\f".join(page.text for page in remains) if remains is not None else one.item.text
    gone = tuple(run for page in remains or () for run in page.gone)
    hidden, again = secrets(gone, words), _again(gone, words)
    return Kept(
        one.item.id,
        one.form,
        first,
        last,
        one.pages,
        images,
        _text(_hushed(words, again), root, places.text, first),
        gone=gone,
        again=again,
        secrets=hidden,
        unread=tuple(n for n, page in enumerate(remains or (), 1) if page.unread),
        unseen=tuple(stamps.failed),
        shrunk=stamps.shrunk,
    )


class _Stamps:
    """The stamped pages of a document, one at a time; a slip stands for a page that can't be opened, told in `failed`.

    `shrunk` is by how many percent the most shrunken one was.
    """

    def __init__(self, item: Item, pages: Pages, order: Order, first: int) -> None:
        self._item, self._pages, self._order, self._first = item, pages, order, first
        self.shrunk = 0.0
        self.failed: list[int] = []

    def __iter__(self) -> Iterator[Stamped]:
        rules = self._order.profile.images
        for page in range(1, self._pages.count + 1):
            endorsement = _endorsement(self._item, self._order, self._first + page - 1)
            areas = [area for area in self._item.areas if area.page == page]
            try:
                made = stamped(self._pages, page, endorsement=endorsement, rules=rules, areas=areas)
            except Unreadable:
                self.failed.append(page)
                made = slip((UNSEEN,), endorsement=endorsement, dpi=rules.dpi)
            self.shrunk = max(self.shrunk, made.shrunk)
            yield made


def _endorsement(item: Item, order: Order, number: int) -> Endorsement:
    return Endorsement(order.ledger.series.name(number), item.coding.confidentiality)


def _slips(one: Planned, order: Order, first: int) -> Iterator[Stamped]:
    for place in range(one.pages):
        endorsement = _endorsement(one.item, order, first + place)
        yield slip((SLIPS[one.form],), endorsement=endorsement, dpi=order.profile.images.dpi)


def _images(pages: Iterator[Stamped] | _Stamps, order: Order, places: Places, root: Path, first: str) -> Iterator[File]:
    if order.profile.images.form is ImageForm.PDF:
        yield _put(root, f"{places.images[0]}\\{first}.PDF", b"".join(image_pdf(pages)))
        return
    series = order.ledger.series
    for place, page in enumerate(pages):
        name = series.name(series.number(first) + place)
        yield _put(root, f"{places.images[place]}\\{name}{page.suffix}", page.file())


def _remains(item: Item, pages: Pages, order: Order) -> list[Left]:
    return [_left(item, pages, n, order) for n in range(1, pages.count + 1)]


def _left(item: Item, pages: Pages, page: int, order: Order) -> Left:
    try:
        return left(pages, page, areas=item.areas, recognise=order.recognise)
    except Unreadable:
        return Left("", unread=True)


def _again(gone: Sequence[str], words: str) -> tuple[str, ...]:
    """The runs of six letters or more that went in one place and are still in the text at another."""
    flat = squeezed(words)
    return tuple(sorted({run for run in gone if len(squeezed(run)) >= 6 and squeezed(run) in flat}))


def _hushed(words: str, again: Sequence[str]) -> str:
    """The text without those runs; that their page shows them is for a person to see to."""
    from showcause.produce.patterns import words as pattern

    for run in again:
        spans = list(pattern(run.strip(".,;:!?")).find(words))
        for start, end in reversed(spans):
            words = words[:start] + MARK + words[end:]
    return words


def _text(words: str, root: Path, folder: str, first: str) -> File:
    """The text as UTF-8 with its mark, lines apart by CR LF."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return _put(root, f"{folder}\\{first}.TXT", BOM + lines.encode("utf-8", "replace"))


def _native(item: Item, root: Path, folder: str, first: str) -> File:
    """The native file, copied piece by piece under its number."""
    suffix = "".join(c for c in item.kind.upper() if c.isalnum()) or "BIN"
    path = f"{folder}\\{first}.{suffix}"
    place = _place(root, path)
    with item.open() as source, place.open("wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    with place.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return File(path, place.stat().st_size, sha256)


def _put(root: Path, path: str, content: bytes) -> File:
    _place(root, path).write_bytes(content)
    return File(path, len(content), hashlib.sha256(content).hexdigest())


def _place(root: Path, path: str) -> Path:
    place = root.joinpath(*path.split("\\"))
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
