"""A profile's TOML in, what a recipient wants of a volume out; everything wrong in it is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from showcause.errors import BadInput
from showcause.produce.fields import SOURCES, Kind
from showcause.produce.lettering import Encoding, Table, table

DATE_PARTS: Final = {"YYYY": "%Y", "MM": "%m", "DD": "%d"}
TIME_PARTS: Final = {"HH": "%H", "MM": "%M", "SS": "%S"}


class LoadKind(StrEnum):
    """The load files that a volume may have."""

    DAT = "dat"
    OPT = "opt"
    LFP = "lfp"
    EDRM = "edrm"


class ImageForm(StrEnum):
    """What the images are: a file a page, or a stamped PDF a document."""

    TIFF = "tiff"
    PDF = "pdf"


class Told(StrEnum):
    """What a cover letter may have to list."""

    CUSTODIANS = "custodians"
    COUNTS = "records per custodian"
    TOTALS = "totals"
    RANGES = "ranges"
    GAPS = "gaps"
    FIELDS = "fields"
    DUPLICATES = "suppressed duplicates"


@dataclass(frozen=True, slots=True)
class VolumeRules:
    """How a volume is laid out; `name` is a pattern that its name matches, `None` stands for no limit."""

    name: str = r"[A-Za-z0-9_-]+"
    images: str = "IMAGES"
    natives: str = "NATIVES"
    text: str = "TEXT"
    data: str = "DATA"
    files_per_folder: int = 5000
    records_per_load_file: int | None = None
    by_custodian: bool = False


@dataclass(frozen=True, slots=True)
class LoadRules:
    """Which load files, in which encodings, how dates and times are written and in which zone."""

    kinds: tuple[LoadKind, ...] = (LoadKind.DAT, LoadKind.OPT)
    encoding: Encoding = Encoding.UTF8
    image_encoding: Encoding = Encoding.CP1252
    dates: str = "MM/DD/YYYY"
    times: str = "HH:MM:SS"
    zone: str = "UTC"
    field_names_at_most: int | None = None
    table: Table = field(default_factory=Table)


@dataclass(frozen=True, slots=True)
class ImageRules:
    """How pages are imaged: dots an inch, JPEG where colour carries meaning, by how much a page may shrink (percent)."""

    form: ImageForm = ImageForm.TIFF
    dpi: int = 300
    colour: bool = True
    shrink: int = 10
    native_kinds: tuple[str, ...] = ("xlsx", "xls", "csv", "ods")


@dataclass(frozen=True, slots=True)
class BatesRules:
    """What a Bates number looks like: a pattern for the prefix, and how many digits at least and at most."""

    prefix: str = r"[A-Za-z0-9_.-]+"
    digits_at_least: int = 1
    digits_at_most: int = 12


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field: its name, the source of its values, and how many characters it holds at most."""

    name: str
    source: str
    at_most: int | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a recipient wants of a volume; `approvals` are what needs the recipient's word before it is done."""

    id: str
    title: str
    fields: tuple[FieldRule, ...]
    source: str = ""
    volume: VolumeRules = VolumeRules()
    load: LoadRules = LoadRules()
    images: ImageRules = ImageRules()
    bates: BatesRules = BatesRules()
    cover: tuple[Told, ...] = ()
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a profile: the line (from 1), the table and key, and what is wrong."""

    line: int
    where: str
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.where}: {self.what}"


def shipped() -> tuple[str, ...]:
    """The names of the profiles that ship."""
    folder = files("showcause").joinpath("produce", "profiles")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def profile(name: str | Path) -> Profile:
    """The profile that ships under `name`, or the one in the file there. Raises BadInput with everything wrong in it."""
    if str(name) in shipped():
        return parsed(files("showcause").joinpath("produce", "profiles", f"{name}.toml").read_bytes(), name=str(name))
    place = Path(name)
    if not place.is_file():
        raise BadInput(f"{name}: is neither a file nor a profile that ships ({', '.join(shipped())})")
    return parsed(place.read_bytes(), name=str(place))


def parsed(raw: bytes, *, name: str) -> Profile:
    """The profile in these bytes. Raises BadInput with everything wrong in it, `name` and each line named."""
    found = problems(raw)
    if found:
        raise BadInput("; ".join(f"{name}: {p}" for p in found))
    said = tomllib.loads(raw.decode())
    load = dict(said.get("load_files", {}))
    changes = load.pop("substitutions", {})
    return Profile(
        id=said["id"],
        title=said["title"],
        source=said.get("source", ""),
        volume=VolumeRules(**said.get("volume", {})),
        load=_load(load, changes),
        images=_images(said.get("images", {})),
        bates=BatesRules(**said.get("bates", {})),
        fields=tuple(FieldRule(**one) for one in said["fields"]),
        cover=tuple(Told(t) for t in said.get("cover", ())),
        approvals=tuple(said.get("approvals", ())),
    )


def _load(said: dict[str, Any], changes: dict[str, str]) -> LoadRules:
    kinds = tuple(LoadKind(k) for k in said.pop("kinds", ("dat", "opt")))
    for key in ("encoding", "image_encoding"):
        if key in said:
            said[key] = Encoding(said[key])
    controls, missing = changes.pop("controls", ""), changes.pop("missing", "?")
    return LoadRules(kinds=kinds, table=table(changes, controls=controls, missing=missing), **said)


def _images(said: dict[str, Any]) -> ImageRules:
    form = ImageForm(said.get("form", "tiff"))
    kinds = tuple(said.get("native_kinds", ImageRules().native_kinds))
    return ImageRules(**{**said, "form": form, "native_kinds": kinds})


def format_of(written: str, parts: Mapping[str, str]) -> str:
    """A way of writing dates or times, "MM/DD/YYYY", as strftime knows it."""
    return re.sub("|".join(parts), lambda found: parts[found[0]], written.replace("%", "%%"))


# --- what is wrong in a profile ---------------------------------------------------------------------

_TABLES: Final[Mapping[str, Mapping[str, type]]] = {
    "": {
        "id": str,
        "title": str,
        "source": str,
        "cover": list,
        "approvals": list,
        "volume": dict,
        "load_files": dict,
        "images": dict,
        "bates": dict,
        "fields": list,
    },
    "volume": {
        "name": str,
        "images": str,
        "natives": str,
        "text": str,
        "data": str,
        "files_per_folder": int,
        "records_per_load_file": int,
        "by_custodian": bool,
    },
    "load_files": {
        "kinds": list,
        "encoding": str,
        "image_encoding": str,
        "dates": str,
        "times": str,
        "zone": str,
        "field_names_at_most": int,
        "substitutions": dict,
    },
    "images": {"form": str, "dpi": int, "colour": bool, "shrink": int, "native_kinds": list},
    "bates": {"prefix": str, "digits_at_least": int, "digits_at_most": int},
    "fields": {"name": str, "source": str, "at_most": int, "written": str},
}
_MUST: Final = {"": ("id", "title", "fields"), "fields": ("name", "source")}
_ONE_OF: Final[Mapping[tuple[str, str], Sequence[str]]] = {
    ("", "cover"): tuple(Told),
    ("load_files", "kinds"): tuple(LoadKind),
    ("load_files", "encoding"): tuple(Encoding),
    ("load_files", "image_encoding"): tuple(Encoding),
    ("images", "form"): tuple(ImageForm),
    ("fields", "source"): tuple(SOURCES),
}
_BETWEEN: Final = {
    ("volume", "files_per_folder"): (1, 100_000),
    ("volume", "records_per_load_file"): (1, 10_000_000),
    ("load_files", "field_names_at_most"): (1, 255),
    ("images", "dpi"): (300, 1200),
    ("images", "shrink"): (0, 10),
    ("bates", "digits_at_least"): (1, 20),
    ("bates", "digits_at_most"): (1, 20),
    ("fields", "at_most"): (1, 10_000_000),
}
_PATTERNS: Final = {("volume", "name"), ("bates", "prefix")}
_FOLDERS: Final = ("images", "natives", "text", "data")
_WORDS: Final = {str: "words", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


def problems(raw: bytes) -> tuple[Problem, ...]:
    """Everything wrong in the profile with these bytes, by line."""
    try:
        words = raw.decode()
        said = tomllib.loads(words)
    except UnicodeDecodeError as wrong:
        return (Problem(raw[: wrong.start].count(b"\n") + 1, "file", "it is not UTF-8"),)
    except tomllib.TOMLDecodeError as wrong:
        place = re.search(r"line (\d+)", str(wrong))
        return (Problem(int(place[1]) if place else len(words.splitlines()) or 1, "TOML", str(wrong)),)
    lines = words.splitlines()
    found = [Problem(_line(lines, w, n), ".".join(p for p in w if p) or "file", what) for w, n, what in _wrong(said)]
    return tuple(sorted(found, key=lambda p: (p.line, p.where)))


Wrong = tuple[tuple[str, str], int, str]  # table and key, which of the tables of that name (from 0), what is wrong


def _wrong(said: Mapping[str, Any]) -> Iterator[Wrong]:
    yield from _keys("", 0, said)
    for name in ("volume", "load_files", "images", "bates"):
        if isinstance(said.get(name), dict):
            yield from _keys(name, 0, said[name])
    fields = said.get("fields")
    for place, one in enumerate(fields if isinstance(fields, list) else ()):
        if isinstance(one, dict):
            yield from _keys("fields", place, one)
        else:
            yield ("fields", ""), place, "a field is a table with a name and a source"
    yield from _names(said)
    yield from _load_files(said)


def _keys(name: str, place: int, one: Mapping[str, Any]) -> Iterator[Wrong]:
    known = _TABLES[name]
    for key, value in one.items():
        where = (name, key)
        if key not in known:
            yield where, place, f"unknown key; known are {', '.join(known)}"
        elif not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
            yield where, place, f"is {_WORDS[known[key]]}, not {value!r}"
        else:
            yield from _value(where, place, value)
    for key in _MUST.get(name, ()):
        if not one.get(key):
            yield (name, key), place, "is missing"


def _value(where: tuple[str, str], place: int, value: Any) -> Iterator[Wrong]:
    if where in _ONE_OF:
        for one in value if isinstance(value, list) else (value,):
            if one not in _ONE_OF[where]:
                yield where, place, f"unknown {one!r}; known are {', '.join(_ONE_OF[where])}"
    low, high = _BETWEEN.get(where, (None, None))
    if low is not None and not low <= value <= high:
        yield where, place, f"{value} is not from {low} to {high}"
    if where in _PATTERNS:
        try:
            re.compile(value)
        except re.error as wrong:
            yield where, place, f"{value!r} is no pattern: {wrong}"
    if where[0] == "volume" and where[1] in _FOLDERS and not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        yield where, place, f"{value!r} is no name for a folder; letters, digits, '-' and '_' are"


def _names(said: Mapping[str, Any]) -> Iterator[Wrong]:
    """Names of fields that stand twice or are too long, ways of writing that are none."""
    load = said.get("load_files")
    most = load.get("field_names_at_most") if isinstance(load, dict) else None
    seen: set[str] = set()
    fields = said.get("fields")
    for place, one in enumerate(fields if isinstance(fields, list) else ()):
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            yield ("fields", "name"), place, f"{name!r} stands twice"
        if isinstance(most, int) and len(name) > most:
            yield ("fields", "name"), place, f"{name!r} has more than {most} characters"
        seen.add(name)
        yield from _writing(one, place)


def _writing(one: Mapping[str, Any], place: int) -> Iterator[Wrong]:
    written, source = one.get("written"), SOURCES.get(str(one.get("source")))
    if not isinstance(written, str) or source is None:
        return
    parts = {Kind.DATE: DATE_PARTS, Kind.TIME: TIME_PARTS}.get(source.kind)
    if parts is None:
        yield ("fields", "written"), place, "only a date or a time can be written in more than one way"
    elif not any(p in written for p in parts):
        yield ("fields", "written"), place, f"{written!r} holds none of {', '.join(parts)}"


def _load_files(said: Mapping[str, Any]) -> Iterator[Wrong]:
    load = said.get("load_files")
    if not isinstance(load, dict):
        return
    for key, parts in (("dates", DATE_PARTS), ("times", TIME_PARTS)):
        value = load.get(key)
        if isinstance(value, str) and not any(p in value for p in parts):
            yield ("load_files", key), 0, f"{value!r} holds none of {', '.join(parts)}"
    try:
        ZoneInfo(str(load.get("zone", "UTC")))
    except (ZoneInfoNotFoundError, ValueError):
        yield ("load_files", "zone"), 0, f"{load['zone']!r} is no time zone"
    changes = load.get("substitutions")
    for key, value in changes.items() if isinstance(changes, dict) else ():
        if not isinstance(value, str) or (len(key) != 1 and key not in {"controls", "missing"}):
            yield ("load_files", "substitutions"), 0, f"{key!r} = {value!r}: one character stands for words"


def _line(lines: Sequence[str], where: tuple[str, str], place: int) -> int:
    """The line of a key by its written form: the header of its table, then `key =`; the header where it is not there."""
    name, key = where
    start = 0
    if name:
        headers = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[?\s*{name}[\].]", line)]
        inline = [n for n, line in enumerate(lines) if re.match(rf"\s*{name}\s*=", line)]
        start = headers[place] if place < len(headers) else inline[0] + place + 1 if inline else 0
    for number in range(start, len(lines)):
        if number > start and name and re.match(r"\s*\[", lines[number]):
            break
        if key and re.search(rf"(?:^|[\s{{,]){re.escape(key)}\s*=|^\s*\[\[?{re.escape(key)}\]", lines[number]):
            return number + 1
    return min(start + 1, max(len(lines), 1))
