"""Documents before they are numbered, and a volume after it is written, in; what every check found on them out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from showcause.core import Verdict
from showcause.errors import BadInput
from showcause.produce.bates import Series, Span
from showcause.produce.imagefile import Boundary, ImageLine, read_opt
from showcause.produce.item import Form, Item, Mail
from showcause.produce.lettering import Fault
from showcause.produce.loadfile import Record, read_dat
from showcause.produce.order import Check, Flag, Order
from showcause.produce.profile import LoadKind, Profile
from showcause.produce.writing import Kept, Planned

SUPPRESSED = "suppressing duplicates"
PROPOSED = "rule:"  # how the name of a judge begins that only proposes


# --- before anything is numbered --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Privileged:
    """What is privileged in the whole matter: ids of documents, and the conversations of messages."""

    documents: frozenset[str]
    threads: frozenset[str]


def privileged(items: Iterable[Item], order: Order) -> Privileged:
    """What the order names, with what is withheld among the items."""
    documents, threads = set(order.privileged), set(order.threads)
    for item in items:
        if item.withheld:
            documents.add(item.id)
            threads |= {item.mail.thread} if item.mail and item.mail.thread else set()
    return Privileged(frozenset(documents), frozenset(threads))


def before(family: Sequence[Planned], order: Order, *, known: Privileged) -> Iterator[Flag]:
    """What speaks against producing a family as it is coded."""
    ids = {p.item.id for p in family}
    if any(p.item.parent and p.item.parent not in ids for p in family):
        yield Flag(Check.FAMILY_SPLIT, family[0].item.id, "its parent is not in the volume")
    for one in family:
        if one.form in (Form.WITHHELD, Form.CLAWED_BACK):
            if one.item.coding.by.startswith(PROPOSED):
                yield Flag(Check.UNREVIEWED, one.item.id, "it is withheld by a proposal that nobody decided")
            continue
        yield from _coded(one, order)
        yield from _near(one.item, {p.item.id for p in family if p.item.withheld}, known)
        yield from _redaction(one.item)
        if not one.imaged:
            yield Flag(
                Check.NOT_IMAGED, one.item.id, f"no page of it can be imaged ({one.why}); a slip sheet stands for it"
            )
        if one.form is Form.IMAGES and one.imaged and not one.item.text.strip() and not one.item.areas:
            yield Flag(Check.MISSING, one.item.id, "it has no text")


def _coded(one: Planned, order: Order) -> Iterator[Flag]:
    item, coding = one.item, one.item.coding
    if coding.response is None or coding.privilege is None:
        yield Flag(Check.UNREVIEWED, item.id, "nobody decided on it")
    elif coding.response is not Verdict.RESPONSIVE:
        yield Flag(Check.NOT_RESPONSIVE, item.id, f"it is coded {coding.response.value}")
    if coding.privilege is Verdict.UNCLEAR:
        yield Flag(Check.PRIVILEGED, item.id, "whether it is privileged is unclear")
    had = order.ledger.of.get(item.id)
    if had and had.volume != order.volume and not order.replaces:
        name = order.ledger.series.name(had.span.first)
        yield Flag(Check.BEFORE, item.id, f"it was produced in {had.volume} as {name}")
    first, last = order.period
    day = item.day.date() if item.day else None
    if day and ((first and day < first) or (last and day > last)):
        yield Flag(Check.PERIOD, item.id, f"it is of {day.isoformat()}")
    if len(item.custodians) > 1 and SUPPRESSED in order.profile.approvals and SUPPRESSED not in order.approved:
        yield Flag(Check.APPROVAL, item.id, f"copies were suppressed; {order.profile.id} wants that approved first")


def _near(item: Item, withheld: set[str], known: Privileged) -> Iterator[Flag]:
    if item.id in known.documents:
        yield Flag(Check.PRIVILEGED, item.id, "it is on the list of privileged documents")
    if withheld:
        yield Flag(Check.FAMILY_PRIVILEGED, item.id, f"{', '.join(sorted(withheld))} of its family is withheld")
    near = sorted(known.documents & set(item.near))
    if near:
        yield Flag(Check.NEAR_PRIVILEGED, item.id, f"it is much like {', '.join(near)}, which is privileged")
    if item.mail and item.mail.thread in known.threads and item.mail.thread:
        yield Flag(Check.NEAR_PRIVILEGED, item.id, "a message of its conversation is privileged")


def _redaction(item: Item) -> Iterator[Flag]:
    tagged = item.coding.privilege is Verdict.REDACT
    if item.areas and not tagged:
        yield Flag(Check.NOT_TAGGED, item.id, f"{len(item.areas)} areas are burned out, and it is not coded redact")
    if tagged and not item.areas:
        yield Flag(Check.NOT_REDACTED, item.id, "it is coded redact, and no area is burned out")


# --- while it is written ------------------------------------------------------------------------------


def leaks(family: Sequence[Planned], kept: Sequence[Kept]) -> Iterator[Flag]:
    """Where words that were redacted, or the name of a document that is withheld, can still be read in the family."""
    names = {p.item.name.casefold() for p in family if p.form in (Form.WITHHELD, Form.CLAWED_BACK)}
    for one in kept:
        for page in one.unseen:
            yield Flag(Check.NOT_IMAGED, one.document, f"page {page} can't be imaged; a slip sheet stands for it")
        for run in one.again:
            yield Flag(Check.UNDER_REDACTION, one.document, f"{len(run)} letters redacted in it stand in it elsewhere")
        for page in one.unread:
            what = f"page {page} is a picture, and nobody read it after it was burned"
            yield Flag(Check.MISSING, one.document, what)
    for plan in family:
        if any(not 1 <= area.page <= plan.pages for area in plan.item.areas):
            yield Flag(Check.NOT_REDACTED, plan.item.id, "an area lies on no page of it")
        if plan.form in (Form.WITHHELD, Form.CLAWED_BACK) or plan.item.areas:
            continue
        told = [k.document for k in kept if k.secrets.told_by(f"{plan.item.text}\n{_metadata(plan.item)}")]
        if told:
            what = f"words redacted in {', '.join(told)} stand in its text or metadata"
            yield Flag(Check.UNDER_REDACTION, plan.item.id, what)
        if any(name and name in plan.item.text.casefold() for name in names):
            yield Flag(Check.UNDER_REDACTION, plan.item.id, "its text names a file that is withheld")


def _metadata(item: Item) -> str:
    """What a load file may tell of a document, a value a line."""
    mail = item.mail or Mail()
    people = (mail.sender, *mail.to, *mail.cc, *mail.bcc)
    return "\n".join((item.name, item.title, item.author, item.path, mail.subject, *people, *item.custodians))


# --- the volume itself --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume on the disk, and what should be in it; `documents` are first and last numbers in order."""

    root: Path
    name: str
    profile: Profile
    series: Series
    documents: Sequence[tuple[str, str]]
    gaps: Sequence[Span]
    files: Mapping[str, tuple[int, str]]


def after(volume: Volume) -> Iterator[Flag]:
    """What is wrong with the files of a volume, read again from the disk."""
    data = volume.root / volume.profile.volume.data
    if LoadKind.DAT in volume.profile.load.kinds:
        yield from _dat(volume, sorted(data.glob("*.DAT")))
    if LoadKind.OPT in volume.profile.load.kinds:
        yield from _opt(volume, data / f"{volume.name}.OPT")
    yield from _gaps(volume)
    yield from _hashes(volume)


def _dat(volume: Volume, places: Sequence[Path]) -> Iterator[Flag]:
    wanted = [rule.name for rule in volume.profile.fields]
    ends = {rule.source: place for place, rule in enumerate(volume.profile.fields)}
    paths = [ends[s] for s in ("native path", "text path", "image path") if s in ends]
    rows = 0
    for place in places:
        with place.open("rb") as stream:
            try:
                found = read_dat(stream, name=place.name)
            except BadInput as wrong:
                yield Flag(Check.FIELDS, "", str(wrong))
                continue
            if list(found.fields) != wanted:
                yield Flag(Check.FIELDS, "", f"{place.name}: the fields are not those of {volume.profile.id}")
            for one in found.records:
                if isinstance(one, Fault):
                    yield Flag(Check.ROWS, "", f"{place.name}: {one}")
                    continue
                yield from _record(volume, one, ends, rows)
                yield from _pointed(volume, place.name, one, paths)
                rows += 1
    if rows != len(volume.documents):
        yield Flag(Check.ROWS, "", f"{rows} rows stand for {len(volume.documents)} documents")


def _record(volume: Volume, one: Record, ends: Mapping[str, int], row: int) -> Iterator[Flag]:
    if row >= len(volume.documents):
        return
    for place, source in enumerate(("bates.first", "bates.last")):
        want = volume.documents[row][place]
        if source in ends and one.values[ends[source]] != want:
            yield Flag(Check.ENDS, want, f"line {one.line} says {one.values[ends[source]]}, not {want}")


def _pointed(volume: Volume, name: str, one: Record, paths: Iterable[int]) -> Iterator[Flag]:
    for place in paths:
        if one.values[place] and one.values[place] not in volume.files:
            yield Flag(Check.PATHS, "", f"{name} line {one.line}: {one.values[place]} is not in the volume")


def _opt(volume: Volume, place: Path) -> Iterator[Flag]:
    begun: list[str] = []
    last = ""
    with place.open("rb") as stream:
        for one in read_opt(stream, name=place.name):
            if isinstance(one, Fault):
                yield Flag(Check.DOCUMENTS, "", f"{place.name}: {one}")
                continue
            yield from _imaged(volume, one, place.name)
            if one.image.boundary is not Boundary.PAGE:
                begun.append(one.image.key)
            last = one.image.key
    if len(begun) != len(volume.documents):
        yield Flag(Check.DOCUMENTS, "", f"{len(begun)} lines carry Y for {len(volume.documents)} documents")
    elif begun and (begun[0], begun[-1]) != (volume.documents[0][0], volume.documents[-1][0]):
        yield Flag(Check.ENDS, "", f"{place.name} runs from {begun[0]} to {last}")


def _imaged(volume: Volume, one: ImageLine, name: str) -> Iterator[Flag]:
    if one.image.path not in volume.files:
        yield Flag(Check.PATHS, one.image.key, f"{name} line {one.line}: {one.image.path} is not in the volume")


def _gaps(volume: Volume) -> Iterator[Flag]:
    """Numbers that are missing between one document and the next and that no gap of the ledger explains."""
    numbers = volume.series.number
    known = {n for span in volume.gaps for n in range(span.first, span.last + 1)}
    for (_, last), (first, _) in zip(volume.documents, volume.documents[1:], strict=False):
        missing = [n for n in range(numbers(last) + 1, numbers(first)) if n not in known]
        if missing or numbers(first) <= numbers(last):
            yield Flag(Check.GAPS, first, f"it follows {last}")


def _hashes(volume: Volume) -> Iterator[Flag]:
    there = {p.relative_to(volume.root).as_posix().replace("/", "\\") for p in volume.root.rglob("*") if p.is_file()}
    for path in sorted(there - set(volume.files)):
        yield Flag(Check.HASHES, "", f"{path}: nobody wrote it")
    for path, (size, sha256) in volume.files.items():
        if path not in there:
            yield Flag(Check.MISSING, "", f"{path}: is not there")
            continue
        place = volume.root.joinpath(*path.split("\\"))
        with place.open("rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        if not same or place.stat().st_size != size:
            yield Flag(Check.HASHES, "", f"{path}: is not what was written")
