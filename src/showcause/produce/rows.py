"""A produced document and a profile in, the row of a load file out: dates as the recipient writes them, secrets out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from showcause.produce.edrm import DataType, DocType, EdrmDocument, ExternalFile, Field, FileType, Location
from showcause.produce.fields import SOURCES, Kind, Produced, Raw, value
from showcause.produce.loadfile import Part, Row, Value
from showcause.produce.profile import DATE_PARTS, TIME_PARTS, FieldRule, Profile, format_of
from showcause.produce.redact import MARK, Secrets

OWN: Final = frozenset(
    {"bates.first", "bates.last", "bates.range", "family.first", "family.last", "family.range", "family.parent"}
    | {"family.children", "pages", "volume", "zone", "native path", "text path", "image path", "hash.sha256"}
)  # what this production itself made, which tells nothing of a document

# EDRM's own names of tags (EDRM XML 1.2) for what they can be filled from
TAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "#From": "mail.from",
        "#To": "mail.to",
        "#CC": "mail.cc",
        "#BCC": "mail.bcc",
        "#Subject": "mail.subject",
        "#DateSent": "mail.sent date",
        "#DateReceived": "mail.received date",
        "#FileName": "file.name",
        "#FileExtension": "file.extension",
        "#FileSize": "file.size",
        "#DateCreated": "file.created date",
        "#DateModified": "file.modified date",
        "#Title": "file.title",
        "#Author": "file.author",
    }
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A value that is not whole: `length` characters of which the field holds `at_most`, or none where it told a secret."""

    document: str
    field: str
    length: int
    at_most: int


def row(one: Produced, profile: Profile, *, secrets: Secrets) -> tuple[Row, tuple[Cut, ...]]:
    """The row of a DAT, and what is not whole in it; a value that tells a secret is replaced by a mark."""
    values: list[Value] = []
    cuts: list[Cut] = []
    for rule in profile.fields:
        whole = _written(one, rule, profile)
        written = whole if rule.source in OWN else clean(whole, secrets)
        if written != whole:
            cuts.append(Cut(one.first, rule.name, len(str(whole)), 0))
        if isinstance(written, str) and rule.at_most is not None and len(written) > rule.at_most:
            cuts.append(Cut(one.first, rule.name, len(written), rule.at_most))
            written = written[: rule.at_most]
        values.append(written)
    return Row(one.first, tuple(values)), tuple(cuts)


def _written(one: Produced, rule: FieldRule, profile: Profile) -> Value:
    raw = value(one, rule.source)
    if not isinstance(raw, datetime):
        return _words(raw)
    load, kind = profile.load, SOURCES[rule.source].kind
    plain, parts = (load.dates, DATE_PARTS) if kind is Kind.DATE else (load.times, TIME_PARTS)
    return raw.astimezone(ZoneInfo(load.zone)).strftime(format_of(rule.written or plain, parts))


def _words(raw: Raw) -> Value:
    if raw is None:
        return ""
    if isinstance(raw, tuple):
        return raw
    return str(raw)


def clean(written: Value, secrets: Secrets) -> Value:
    """The value, or the part of a list, that tells a secret as a mark."""
    if isinstance(written, str):
        return MARK if secrets.told_by(written) else written
    return tuple(_clean(part, secrets) for part in written)


def _clean(part: Part, secrets: Secrets) -> Part:
    return MARK if secrets.told_by(part if isinstance(part, str) else " ".join(part)) else part


# --- EDRM -----------------------------------------------------------------------------------------


def edrm_fields() -> tuple[Field, ...]:
    """The tags that an EDRM load file declares."""
    return tuple(Field(name, _type(source)) for name, source in TAGS.items())


def _type(source: str) -> DataType:
    kinds = {Kind.DATE: DataType.DATETIME, Kind.NUMBER: DataType.LONG}
    return kinds.get(SOURCES[source].kind, DataType.TEXT)


def edrm_document(one: Produced, files: tuple[ExternalFile, ...], *, secrets: Secrets) -> EdrmDocument:
    """The document as EDRM knows it; times in UTC as XML writes them."""
    tags: list[tuple[str, str]] = []
    for name, source in TAGS.items():
        raw = value(one, source)
        if raw in (None, "", ()):
            continue
        if isinstance(raw, datetime):
            said = raw.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        else:
            written = clean(_words(raw), secrets)
            said = written if isinstance(written, str) else ";".join(map(str, written))
        tags.append((name, said))
    places = tuple(Location(str(clean(custodian, secrets))) for custodian in one.item.custodians)
    message = one.known and one.item.mail is not None
    kind = DocType.MESSAGE if message else DocType.FILE
    return EdrmDocument(one.first, kind, "", tuple(tags), files, places, one.parent or None)


def external(path: str, kind: FileType, *, size: int, sha256: str) -> ExternalFile:
    """A file of the volume as EDRM names it."""
    folder, _, name = path.rpartition("\\")
    return ExternalFile(kind, folder, name, size, sha256)
