"""A law pack (TOML) in, a Law out; or what is wrong in it, and where."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from showcause.ask.pack import Problem, problems
from showcause.core import Authority, Law, Reading, Requirement
from showcause.errors import BadPack, NotFound

SHIPPED = Path(__file__).parents[1] / "laws"
TABLES = ("acts", "parties", "matters", "exceptions", "cures", "near", "words")


def available(*, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The ids of the packs at hand: those in `folders`, then those that ship, each once, sorted."""
    return tuple(sorted({_id(path) for folder in (*folders, SHIPPED) for path in Path(folder).rglob("*.toml")}))


def _id(path: Path) -> str:
    try:
        return str(_table(path).get("id", path.stem))
    except BadPack:
        return path.stem


def load(law_id: str, *, folders: Sequence[Path] = ()) -> Law:
    """The law with that id, or in that file, from the first of `folders` that has it, else from the packs that ship.

    Raises NotFound where there is none, BadPack with the first problem's place where the pack is wrong.
    """
    path = _find(law_id, tuple(Path(f) for f in folders))
    stamp = path.stat()
    return _load(path, tuple(map(Path, folders)), (stamp.st_mtime_ns, stamp.st_size))


@cache
def _load(path: Path, folders: tuple[Path, ...], _stamp: tuple[int, int]) -> Law:
    wrong = () if path.is_relative_to(SHIPPED) else check(path, folders=folders)  # ours are checked where they are made
    if wrong:
        first = wrong[0]
        raise BadPack(f"{path}:{first.line}: {first.where}: {first.what}")
    return _law(*_joined(path, folders))


def check(path: Path, *, folders: Sequence[Path] = ()) -> tuple[Problem, ...]:
    """Everything that is wrong in the pack at `path`, in the order of its lines; raises NotFound where there is no file."""
    if not Path(path).is_file():
        raise NotFound(f"{path}: there is no such file")
    return problems(Path(path).read_bytes(), _used(Path(path), folders))


def _used(path: Path, folders: Sequence[Path]) -> dict[str, Any] | None:
    """The table of the pack that the one at `path` uses, None where it uses none that can be found."""
    try:
        name = _table(path).get("uses")
        return _joined(_find(name, folders), folders)[0] if name and isinstance(name, str) else None
    except (BadPack, NotFound):
        return None  # `problems` says what is wrong, with its line


def _find(law_id: str, folders: Sequence[Path]) -> Path:
    as_file = Path(law_id)
    if as_file.suffix == ".toml":
        if as_file.is_file():
            return as_file
        raise NotFound(f"{law_id}: there is no such file")
    for folder in (*folders, SHIPPED):
        for path in (folder / f"{law_id}.toml", *sorted(folder.rglob("*.toml"))):
            if path.is_file() and _id(path) == law_id:
                return path
    raise NotFound(f"{law_id}: there is no such law; known are {', '.join(available(folders=folders))}")


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadPack(f"{path}: {wrong}") from wrong


def _joined(path: Path, folders: Sequence[Path]) -> tuple[dict[str, Any], str]:
    """The pack with the tables of the one it uses under its own, and the digest of the bytes of both."""
    table, digest = _table(path), hashlib.sha256(path.read_bytes())
    if "uses" not in table:
        return table, digest.hexdigest()
    used, used_digest = _joined(_find(table["uses"], folders), folders)
    digest.update(used_digest.encode())
    for name in TABLES:
        table[name] = {**used.get(name, {}), **table.get(name, {})}
    for name in ("readings", "needs"):
        table.setdefault(name, used.get(name, []))
    return table, digest.hexdigest()


def _law(table: Mapping[str, Any], digest: str) -> Law:
    rules = {name: table.get(name, {}) for name in TABLES}
    rules["needs"] = table.get("needs", [])
    rules["network"] = table.get("network", False)
    rules["readings"] = {r["id"]: r for r in table.get("readings", ())}
    return Law(
        id=table["id"],
        citation=table["citation"],
        title=table.get("title", table["citation"]),
        jurisdiction=table.get("jurisdiction", ""),
        source=table.get("source", ""),
        requirements=tuple(_requirement(table["id"], r) for r in table["requirements"]),
        readings=tuple(_readings(table.get("readings", ()))),
        digest=digest,
        rules=rules,
    )


def _requirement(law: str, table: Mapping[str, Any]) -> Requirement:
    return Requirement(
        id=f"{law}#{table['name']}",
        text=table["text"],
        pinpoint=table.get("pinpoint", ""),
        official=tuple(table.get("official", ())),
        duty=table["modality"] == "obliged",
        rules=table,
    )


def _readings(tables: Sequence[Mapping[str, Any]]) -> Iterator[Reading]:
    for r in tables:
        yield Reading(
            id=r["id"],
            title=r.get("title", r["id"]),
            says=r.get("says", ""),
            authorities=tuple(_authority(a) for a in r.get("authorities", ())),
            forums=tuple(r.get("forums", ())),
            judged=r.get("judged", True),
        )


def _authority(table: Mapping[str, Any]) -> Authority:
    day = table.get("date")
    return Authority(
        table["citation"],
        table.get("forum", ""),
        table.get("holds", ""),
        day if isinstance(day, date) else None,
        table.get("pinpoint", ""),
    )
