"""Another party's volume in: a DAT with its text, natives and images; its documents in the record out, with their numbers.

A field is known by its name, as the common layouts write it; what a layout calls otherwise is left where it is. Every
line that is wrong is told, and the rest is taken in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path, PureWindowsPath
from typing import Final

from showcause.core import Address, Document, Given, Mail, Mark, PageMap, State
from showcause.errors import BadInput, Unreadable
from showcause.gather import document_of
from showcause.matter.desk import Desk
from showcause.produce import Encoding, Fault, read_dat
from showcause.produce.imagefile import Boundary, read_opt
from showcause.produce.loadfile import Record
from showcause.store import Writing

IMPORTED: Final = "imported"
BATCH: Final = 64  # documents in one act
NAMES: Final[Mapping[str, str]] = {
    "first": "BEGBATES BEGDOC BEGNO BEGCONTROL BATESBEG BEGINBATES PRODBEG PRODBEGBATES BATESSTART STARTBATES FIRSTBATES DOCID",
    "last": "ENDBATES ENDDOC ENDNO ENDCONTROL BATESEND PRODEND PRODENDBATES LASTBATES",
    "family": "BEGATTACH ATTACHBEG BEGFAMILY PRODBEGATTACH FAMILYBEG",
    "parent": "PARENTBATES PARENTID PARENTDOC PARENT",
    "custodian": "CUSTODIAN CUSTDIAN CUSTODIANS SOURCE",
    "name": "FILENAME DOCNAME ORIGFILENAME",
    "title": "TITLE DOCTITLE",
    "text": "TEXTLINK TEXTPATH TEXTFILE OCRPATH FULLTEXT EXTRACTEDTEXT TEXT",
    "native": "NATIVELINK NATIVEPATH NATIVEFILE FILELINK NATIVE DOCLINK",
    "from": "FROM AUTHORFROM EMAILFROM",
    "to": "TO RECIPIENT EMAILTO",
    "cc": "CC EMAILCC",
    "bcc": "BCC EMAILBCC",
    "subject": "SUBJECT EMAILSUBJECT",
    "sent": "DATESENT SENTDATE DOCDATE EMAILDATE",
    "time": "TIMESENT SENTTIME",
    "made": "DATEMODIFIED DATECREATED MODDATE CREATEDATE DATESVD DATECRTD",
}
_ROLE: Final = {name: role for role, names in NAMES.items() for name in names.split()}
_DAYS: Final = ("%m/%d/%Y", "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y")
_BOX: Final = re.compile(r"[\w.+'-]+@[\w.-]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """Where a document stood in another party's volume; `images` are its pages, by SHA-256 in the matter's store."""

    volume: str
    party: str
    first: str
    last: str
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of an import: how many documents, how many were known, the first and last number, and what was wrong."""

    volume: str
    party: str
    documents: int
    known: int
    first: str
    last: str
    faults: tuple[Fault, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Row:
    """One record of a DAT by the roles of its fields, and its image files."""

    line: int
    said: Mapping[str, str]
    images: tuple[Path, ...]

    def __getitem__(self, role: str) -> str:
        return self.said.get(role, "")


def taken_in(desk: Desk, volume: Path, *, party: str, encoding: str | None = None) -> TakenIn:
    """The documents of a volume (a folder, or its DAT) into the record; one taken in before is only counted.

    Raises BadInput where there is no DAT in it, or none of its fields is a beginning number.
    """
    dat, root = _found(volume)
    faults: list[Fault] = []
    images = _images(dat, root, faults)
    known = {e.about for e in desk.store.events(IMPORTED, Imported)}
    counts = {"documents": 0, "known": 0}
    ends: list[str] = []
    with desk.store.writing(), dat.open("rb") as stream:
        rows = _rows(stream, dat.name, encoding, (root, images, faults))
        while some := list(islice(rows, BATCH)):
            with desk.store.act(desk.settings.actor, "import") as act:
                made = [_taken(row, desk, act, _Volume(volume, dat, root, party, faults)) for row in some]
                ids = [name for name in made if name]
                act.tell(about=sorted(set(ids)))
            counts["documents"] += len(ids)
            counts["known"] += sum(name in known for name in ids)
            ends += [row["first"] for row in some]
        with desk.store.act(desk.settings.actor, "import") as act:
            act.give(_container(volume, dat, party, desk, act))
    return TakenIn(
        volume.name,
        party,
        counts["documents"],
        counts["known"],
        ends[0] if ends else "",
        ends[-1] if ends else "",
        tuple(faults),
    )


@dataclass(frozen=True, slots=True)
class _Volume:
    """Where a volume lies and whose it is."""

    place: Path
    dat: Path
    root: Path
    party: str
    faults: list[Fault]


def _found(volume: Path) -> tuple[Path, Path]:
    """The DAT, and the folder from which its paths run: the one above the DAT's own folder, unless that is the volume."""
    if volume.is_file():
        return volume, volume.parent.parent if volume.parent.name.upper() in {
            "DATA",
            "LOADFILES",
            "LOAD",
        } else volume.parent
    dats = sorted(p for p in volume.rglob("*") if p.suffix.lower() == ".dat" and p.is_file())
    if not dats:
        raise BadInput(f"{volume}: there is no DAT in it")
    return dats[0], volume


def _images(dat: Path, root: Path, faults: list[Fault]) -> dict[str, tuple[Path, ...]]:
    """The image files of each document by its first key, as the OPT beside the DAT has them."""
    out: dict[str, tuple[Path, ...]] = {}
    for place in sorted(p for p in dat.parent.iterdir() if p.suffix.lower() == ".opt"):
        begun = ""
        with place.open("rb") as stream:
            for one in read_opt(stream, name=place.name):
                if isinstance(one, Fault):
                    faults.append(one)
                    continue
                begun = one.image.key if one.image.boundary is not Boundary.PAGE else begun
                path = _inside(root, one.image.path)
                out[begun] = (*out.get(begun, ()), *([path] if path else []))
    return out


def _rows(
    stream: object, name: str, encoding: str | None, rest: tuple[Path, dict[str, tuple[Path, ...]], list[Fault]]
) -> Iterator[_Row]:
    root, images, faults = rest
    del root
    read = read_dat(stream, name=name, encoding=Encoding(encoding) if encoding else None)  # type: ignore[arg-type] # a binary file
    roles = [_ROLE.get(re.sub(r"[^A-Z]", "", one.upper()), "") for one in read.fields]
    if "first" not in roles:
        raise BadInput(f"{name}: none of its fields is a beginning number: {', '.join(read.fields)}")
    for one in read.records:
        if isinstance(one, Fault):
            faults.append(one)
            continue
        said = _said(one, roles)
        if said.get("first"):
            yield _Row(one.line, said, images.get(said["first"], ()))
        else:
            faults.append(Fault(one.line, "has no beginning number"))


def _said(one: Record, roles: Iterable[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for role, value in zip(roles, one.values, strict=True):
        if role and value and role not in out:
            out[role] = value
    return out


def _inside(root: Path, path: str) -> Path | None:
    r"""The file at a path of a load file, `.\TEXT\001\A.TXT`, in any case of its letters; None where it is not in the volume."""
    steps = [s for s in PureWindowsPath(path).parts if s not in {"\\", "/", "."} and not s.endswith((":\\", ":"))]
    if ".." in steps:
        return None
    for start in range(len(steps)):
        place: Path | None = root
        for step in steps[start:]:
            place = _child(place, step) if place else None
        if place and place.is_file():
            return place
    return None


def _child(folder: Path, name: str) -> Path | None:
    if (plain := folder / name).exists():
        return plain
    if not folder.is_dir():
        return None
    return next((p for p in folder.iterdir() if p.name.casefold() == name.casefold()), None)


def _taken(row: _Row, desk: Desk, act: Writing, volume: _Volume) -> str | None:
    """One record into the act; the id of its document, None where nothing of it can be read."""
    native = _inside(volume.root, row["native"]) if row["native"] else None
    place = _inside(volume.root, row["text"]) if row["text"] else None
    text = _text(place) if place else "" if "\\" in row["text"] else row["text"]
    source = native or place or (row.images[0] if row.images else None)
    if source is None:
        volume.faults.append(Fault(row.line, f"{row['first']}: neither text, native nor image is in the volume"))
        return None
    doc = _document(row, source, text, desk, volume)
    path = f"{volume.place}!/{row['first']}"
    head = row["parent"] or (row["family"] if row["family"] != row["first"] else "")
    known = desk.store.documents_of(doc.sha256) if doc else ()
    state = State.UNREADABLE if doc is None else State.DUPLICATE if known else State.READ
    act.blob(source)
    if doc and not known:
        act.documents(doc)
    given = Given(
        path=path,
        name=row["name"] or source.name,
        size=source.stat().st_size,
        sha256=doc.sha256 if doc else _sha256(source),
        state=state,
        custodian=row["custodian"].partition(";")[0] or volume.party,
        by=desk.settings.actor,
        at=act.at,
        modified=_when(row["made"], ""),
        document=doc.id if doc else None,
        reason=None if doc else "no words in its text, native or images",
        parent=f"{volume.place}!/{head}" if head else None,
    )
    if not desk.store.known_given([(given.path, given.sha256)]):
        act.give(given)
    if doc:
        images = tuple(act.blob(one) for one in row.images)
        value = Imported(volume.place.name, volume.party, row["first"], row["last"] or row["first"], images)
        if value not in {e.value for e in desk.store.events(IMPORTED, Imported, about=doc.id)}:
            act.event(IMPORTED, doc.id, value)
    return doc.id if doc else None


def _document(row: _Row, source: Path, text: str, desk: Desk, volume: _Volume) -> Document | None:
    sha256 = _sha256(source)
    kind = source.suffix.removeprefix(".").lower() or "txt"
    if not text.strip():  # no text was given: read what was
        try:
            own = document_of(source, custodian=volume.party, settings=desk.settings)
        except (Unreadable, BadInput):
            return None
        text, kind = own.text, own.kind
    custodian = row["custodian"].partition(";")[0] or volume.party
    sent = _when(row["sent"], row["time"])
    numbers = row["first"] if row["last"] in {"", row["first"]} else f"{row['first']} to {row['last']}"
    return Document(
        id=f"d-{sha256[:16]}",
        sha256=sha256,
        kind=kind,
        custodian=custodian,
        date=_day(sent) or _day(_when(row["made"], "")),
        text=text,
        pages=PageMap(tuple(_pages(text))),
        name=row["name"] or f"{row['first']}.{kind}",
        title=" · ".join(x for x in (numbers, row["title"] or row["subject"]) if x),
        mail=_mail(row, sent),
    )


def _mail(row: _Row, sent: datetime | None) -> Mail | None:
    if not row["from"]:
        return None
    to, cc, bcc = (tuple(map(_address, filter(None, map(str.strip, row[r].split(";"))))) for r in ("to", "cc", "bcc"))
    return Mail(_address(row["from"]), to, cc, bcc, row["subject"], sent)


def _address(said: str) -> Address:
    box = _BOX.search(said)
    name = said.replace(box[0], "").strip(" <>\"'()") if box else said
    return Address(name, box[0].casefold() if box else "")


def _when(day: str, time: str) -> datetime | None:
    for way in _DAYS:
        with suppress(ValueError):
            at = datetime.strptime(day.strip(), way).replace(tzinfo=UTC)
            clock = re.match(r"(\d{1,2}):(\d\d)(?::(\d\d))?", time.strip())
            return (
                at + timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3] or 0)) if clock else at
            )
    return None


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def _pages(text: str) -> Iterator[Mark]:
    """A page for each form feed."""
    at = 0
    for page, body in enumerate(text.split("\f"), 1):
        yield Mark(at, page=page)
        at += len(body) + 1


def _text(place: Path) -> str:
    raw = place.read_bytes()
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, "replace").replace("\r\n", "\n")
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").replace("\r\n", "\n")


def _sha256(place: Path) -> str:
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _container(volume: Path, dat: Path, party: str, desk: Desk, act: Writing) -> Given:
    return Given(
        path=str(volume),
        name=volume.name,
        size=dat.stat().st_size,
        sha256=_sha256(dat),
        state=State.CONTAINER,
        custodian=party,
        by=desk.settings.actor,
        at=act.at,
    )
