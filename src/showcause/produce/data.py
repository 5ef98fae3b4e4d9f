"""The documents of a volume with what was written of them in, its load files on the disk out.

Every value that could not be written as it is stands in one of two lists on the producing side: `substitutions.csv`
and `cuts.csv`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, Final

from showcause.produce.edrm import EdrmDocument, FileType, edrm
from showcause.produce.fields import Produced
from showcause.produce.imagefile import Boundary, Image, ImageType, lfp, opt
from showcause.produce.item import Item
from showcause.produce.lettering import Written
from showcause.produce.loadfile import Row, dat
from showcause.produce.order import Order
from showcause.produce.profile import LoadKind
from showcause.produce.rows import edrm_document, edrm_fields, external, row
from showcause.produce.writing import Kept

Pair = tuple[Item, Kept]
Families = Iterable[tuple[Pair, ...]]
SWAPPED: Final = ("load file", "document", "field", "character", "written as", "times")
CUT: Final = ("document", "field", "characters", "at most")
_TYPES: Final = {".TIF": ImageType.TIFF, ".JPG": ImageType.COLOUR, ".PDF": ImageType.PDF_COLOUR}


def load_files(families: Families, order: Order, *, folder: Path, record: Path) -> None:
    """Writes every load file of the profile into `folder`, and what was changed into the lists in `record`.

    `families` is gone through anew for each kind of load file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    load = order.profile.load
    with ExitStack() as stack:
        swaps, cuts = (_list(stack, record / f"{n}.csv", h) for n, h in (("substitutions", SWAPPED), ("cuts", CUT)))
        if LoadKind.DAT in load.kinds:
            _dats(_rows(families, order, cuts), order, folder=folder, swaps=swaps)
        if LoadKind.EDRM in load.kinds:
            lines = edrm(edrm_fields(), _edrm(families, order), encoding=load.encoding, table=load.table)
            _write(lines, folder / f"{order.volume}.XML", swaps)
        for kind, lines_of in ((LoadKind.OPT, opt), (LoadKind.LFP, lfp)):
            if kind in load.kinds:
                with (folder / f"{order.volume}.{kind.upper()}").open("wb") as out:
                    out.writelines(lines_of(images(families, order), encoding=load.image_encoding))


def produced(family: tuple[Pair, ...], order: Order) -> Iterator[Produced]:
    """The members of a family as the fields of a load file see them."""
    first_of = {item.id: kept.first for item, kept in family}
    ends = (family[0][1].first, family[-1][1].last) if len(family) > 1 else ("", "")
    for item, kept in family:
        yield Produced(
            item=item,
            form=kept.form,
            volume=order.volume,
            first=kept.first,
            last=kept.last,
            pages=kept.pages,
            family=ends,
            parent=first_of.get(item.parent or "", ""),
            children=tuple(first_of[other.id] for other, _ in family if other.parent == item.id),
            native=kept.native.path if kept.native else "",
            text=kept.text.path if kept.text else "",
            sha256=kept.native.sha256 if kept.native else "",
            images=tuple(f.path for f in kept.images),
            zone=order.profile.load.zone,
            party=order.party,
        )


def images(families: Families, order: Order) -> Iterator[Image]:
    """The images of the volume in order: a file a page, or one a document."""
    series = order.ledger.series
    for item, kept in chain.from_iterable(families):
        boundary = Boundary.CHILD if item.parent else Boundary.DOCUMENT
        for place, file in enumerate(kept.images):
            yield Image(
                series.name(series.number(kept.first) + place),
                order.volume,
                file.path,
                Boundary.PAGE if place else boundary,
                None if place else kept.pages,
                type=_TYPES[file.path[-4:]],
            )


def _list(stack: ExitStack, place: Path, head: tuple[str, ...]) -> Any:
    rows = csv.writer(stack.enter_context(place.open("w", encoding="utf-8", newline="")))
    rows.writerow(head)
    return rows


def _rows(families: Families, order: Order, cuts: Any) -> Iterator[Row]:
    for family in families:
        for one, (_, kept) in zip(produced(family, order), family, strict=True):
            made, short = row(one, order.profile, secrets=kept.secrets)
            cuts.writerows((c.document, c.field, c.length, c.at_most) for c in short)
            yield made


def _dats(rows: Iterator[Row], order: Order, *, folder: Path, swaps: Any) -> None:
    """One DAT, or as many as the limit of records asks for."""
    names = [rule.name for rule in order.profile.fields]
    load, most = order.profile.load, order.profile.volume.records_per_load_file
    for number in count(1):
        first = next(rows, None)
        if first is None and number > 1:
            return
        part = chain([first] if first else [], islice(rows, most - 1 if most else None))
        name = f"{order.volume}.DAT" if number == 1 else f"{order.volume}_{number:03d}.DAT"
        _write(dat(names, part, encoding=load.encoding, table=load.table), folder / name, swaps)


def _edrm(families: Families, order: Order) -> Iterator[EdrmDocument]:
    for family in families:
        for one, (_, kept) in zip(produced(family, order), family, strict=True):
            kinds = [(f, FileType.IMAGE) for f in kept.images]
            kinds += [(kept.native, FileType.NATIVE)] if kept.native else []
            kinds += [(kept.text, FileType.TEXT)] if kept.text else []
            files = tuple(external(f.path, kind, size=f.size, sha256=f.sha256) for f, kind in kinds)
            yield edrm_document(one, files, secrets=kept.secrets)


def _write(lines: Iterable[Written], place: Path, swaps: Any) -> None:
    with place.open("wb") as out:
        for one in lines:
            out.write(one.line)
            swaps.writerows(
                (place.name, s.document, s.field, f"U+{ord(s.character):04X}", s.written, s.count) for s in one.swaps
            )
