"""A law pack's bytes in; what is wrong in it out, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from showcause.norm import wordlist
from showcause.norm.english import VERBS
from showcause.norm.period import Bound, bound, measured
from showcause.norm.signwords import parts
from showcause.text import sentences

MODALITIES = ("obliged", "forbidden", "permitted", "unrestricted")
CURES = ("words", "citation", "self-limit", "leave")
KINDS = ("all", "open")
SENTENCES = ("wordings", "contraries")
SIGNS = ("keeps", "breaks", "asides", "about")
FEWEST = 3  # words in a plain sentence
LISTS = {
    "parties": ("says", "words", "weak"),
    "matters": ("says", "words", "weak", "kind", "contacts"),
    "exceptions": ("says", "words"),
    "near": ("says", "words"),
}
KEYS = {
    "": (
        "id",
        "citation",
        "title",
        "jurisdiction",
        "source",
        "uses",
        "needs",
        "network",
        "requirements",
        "readings",
        "acts",
        "cures",
        "words",
        *LISTS,
    ),
    "requirements": (
        "name",
        "pinpoint",
        "official",
        "text",
        "modality",
        "acts",
        "matters",
        "own_exceptions",
        "wordings",
        "contraries",
        "keeps",
        "breaks",
        "asides",
        "about",
    ),
    "readings": (
        "id",
        "title",
        "says",
        "reaches",
        "acts",
        "cured_by",
        "cures_named_only",
        "forums",
        "authorities",
        "judged",
    ),
    "authorities": ("citation", "forum", "holds", "date", "pinpoint"),
    "acts": ("says", "families", "verbs", "opposed", "toward", "matters"),
    "cures": ("citation", "alone"),
}
TEXTS = {  # keys whose value is text
    "": ("id", "citation", "title", "jurisdiction", "source", "uses"),
    "requirements": ("name", "pinpoint", "text"),
    "readings": ("id", "title", "says"),
    "authorities": ("citation", "forum", "holds", "pinpoint"),
    "acts": ("says",),
}
NAMED = ("acts", *LISTS)  # tables of tables
MUST = {
    "": ("id", "citation", "requirements"),
    "requirements": ("name", "text", "modality", "acts"),
    "readings": ("id",),
    "authorities": ("citation", "forum"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a pack: the line (from 1), the table or key, and what is wrong."""

    line: int
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class _Pack:
    """A pack's table, the tables of the pack it uses, and its lines."""

    table: Mapping[str, Any]
    used: Mapping[str, Any]
    lines: tuple[str, ...]

    def names(self, table: str) -> set[str]:
        """What the pack and the one it uses define in `table`."""
        return {*_dict(self.table.get(table)), *_dict(self.used.get(table))}

    def line(self, header: str, nth: int = 0, key: str = "", value: str = "") -> int:
        """The line of the nth table of that header, of a key in it, or of a value under the key."""
        return _line(self.lines, header, nth, (key, value))


def problems(raw: bytes, used: Mapping[str, Any] | None = None) -> tuple[Problem, ...]:
    """Everything wrong in the pack with these bytes, by line; `used` is the table of the pack that it uses, or None."""
    try:
        words = raw.decode("utf-8-sig")
        table = tomllib.loads(words)
    except UnicodeDecodeError as wrong:
        return (Problem(raw[: wrong.start].count(b"\n") + 1, "file", "it is not UTF-8"),)
    except tomllib.TOMLDecodeError as wrong:
        place = re.search(r"line (\d+)", str(wrong))
        return (Problem(int(place[1]) if place else len(words.splitlines()) or 1, "TOML", str(wrong)),)
    pack = _Pack(table, used or {}, tuple(words.splitlines()))
    if ill := [*_shapes(pack)]:  # what is inside can't be read
        ill += _texts(pack, _Place("", 0, ""), "", pack.table)
        return tuple(sorted(ill, key=lambda p: (p.line, p.where)))
    found = [*_top(pack), *_requirements(pack), *_readings(pack), *_acts(pack), *_lists(pack)]
    return tuple(sorted(found, key=lambda p: (p.line, p.where)))


# --- what each table must say ---------------------------------------------------------------------


def _shapes(pack: _Pack) -> Iterator[Problem]:
    """What ought to be a table and is none."""
    for key in ("requirements", "readings"):
        if not _are_tables(pack.table.get(key, [])):
            yield Problem(pack.line("", key=key), key, f"is {_called(pack.table[key])}, no table [[{key}]]")
    for n, one in enumerate(_dicts(pack.table.get("readings"))):
        if not _are_tables(one.get("authorities", [])):
            said = f"is {_called(one['authorities'])}, no table [[readings.authorities]]"
            yield Problem(pack.line("readings", n, "authorities"), "readings.authorities", said)
    for key in (*NAMED, "cures", "words"):
        held = pack.table.get(key, {})
        if not isinstance(held, dict):
            yield Problem(pack.line("", key=key), key, f"is {_called(held)}, no table [{key}]")
            continue
        for name, one in held.items() if key in NAMED else ():
            if not isinstance(one, dict):
                said = f"is {_called(one)}, no table [{key}.{name}]"
                yield Problem(pack.line(key, key=name), f"{key}.{name}", said)


def _are_tables(held: Any) -> bool:
    return isinstance(held, list) and len(_dicts(held)) == len(held)


def _called(value: Any) -> str:
    """What a TOML value is, in words."""
    kinds = (
        (bool, "true or false"),
        (str, "text"),
        (int, "a number"),
        (float, "a number"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((said for kind, said in kinds if isinstance(value, kind)), "a date or time")


def _top(pack: _Pack) -> Iterator[Problem]:
    yield from _keys(pack, "", pack.table, "", 0)
    if isinstance(pack.table.get("uses"), str) and not pack.used:
        yield Problem(pack.line("", key="uses"), "uses", f"there is no pack {pack.table['uses']}")
    yield from _known(
        pack, _Place("", 0, "needs"), pack.table.get("needs"), pack.names("parties") | pack.names("matters")
    )
    if not isinstance(pack.table.get("network", False), bool):
        yield Problem(pack.line("", key="network"), "network", "neither true nor false")
    if not pack.table.get("readings") and not pack.used.get("readings"):
        yield Problem(1, "readings", "a law is read in at least one way: add a [[readings]]")


def _requirements(pack: _Pack) -> Iterator[Problem]:
    yield from _once(pack, "requirements", "name")
    for n, one in enumerate(_dicts(pack.table.get("requirements"))):
        yield from _keys(pack, "requirements", one, "requirements", n)
        yield from _one_of(pack, _Place("requirements", n, "modality"), one.get("modality"), MODALITIES)
        for key, names in (
            ("acts", pack.names("acts")),
            ("matters", pack.names("matters")),
            ("own_exceptions", pack.names("exceptions")),
        ):
            yield from _known(pack, _Place("requirements", n, key), one.get(key), names)
        for key in SENTENCES:
            yield from _sentences(pack, _Place("requirements", n, key), one.get(key))
        for key in SIGNS:
            yield from _signs(pack, _Place("requirements", n, key), one.get(key), bound(str(one.get("text", ""))))


def _readings(pack: _Pack) -> Iterator[Problem]:
    yield from _once(pack, "readings", "id")
    counted = 0
    for n, one in enumerate(_dicts(pack.table.get("readings"))):
        yield from _keys(pack, "readings", one, "readings", n)
        for key, names in (("reaches", pack.names("matters")), ("acts", pack.names("acts")), ("cured_by", set(CURES))):
            yield from _known(pack, _Place("readings", n, key), one.get(key), names)
        for each in _dicts(one.get("authorities")):
            yield from _keys(pack, "authorities", each, "readings.authorities", counted)
            if "date" in each and type(each["date"]) is not date:
                yield Problem(
                    pack.line("readings.authorities", counted, "date"),
                    "readings.authorities.date",
                    "a date is written 2019-03-25, without quotation marks",
                )
            counted += 1


def _acts(pack: _Pack) -> Iterator[Problem]:
    for name, one in _dict(pack.table.get("acts")).items():
        header = f"acts.{name}"
        yield from _keys(pack, "acts", one, header, 0)
        yield from _known(pack, _Place(header, 0, "families"), one.get("families"), {*VERBS, ""})
        yield from _known(pack, _Place(header, 0, "toward"), one.get("toward"), pack.names("parties") | {""})
        yield from _known(pack, _Place(header, 0, "matters"), one.get("matters"), pack.names("matters"))
        if not any(one.get(key) for key in ("families", "verbs", "opposed")):
            yield Problem(pack.line(header), header, "an act needs families or verbs that do it")


def _lists(pack: _Pack) -> Iterator[Problem]:
    for table, keys in LISTS.items():
        for name, one in _dict(pack.table.get(table)).items():
            header = f"{table}.{name}"
            yield from (
                Problem(pack.line(header, key=k), f"{header}.{k}", f"unknown key; known are {', '.join(keys)}")
                for k in one
                if k not in keys
            )
            if "words" not in one:
                yield Problem(pack.line(header), header, "words are missing")
            if "kind" in one:
                yield from _one_of(pack, _Place(header, 0, "kind"), one["kind"], KINDS)
            for key in ("words", "weak", "contacts"):
                yield from _words(pack, header, key, one.get(key))
    yield from _keys(pack, "cures", _dict(pack.table.get("cures")), "cures", 0)
    for key in KEYS["cures"]:
        yield from _words(pack, "cures", key, _dict(pack.table.get("cures")).get(key))


def _words(pack: _Pack, header: str, key: str, words: Any) -> Iterator[Problem]:
    if words is None:
        return
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w.strip() for w in words):
        yield Problem(
            pack.line(header, key=key), f"{header}.{key}", "a word list holds at least one word, and no empty one"
        )
        return
    for entry in words:
        try:
            wordlist.check(entry)
        except re.error as wrong:
            yield Problem(pack.line(header, 0, key, entry), f"{header}.{key}", f"{entry!r}: {wrong}")


# --- checks that serve every table -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    header: str
    nth: int
    key: str

    def __str__(self) -> str:
        return ".".join(part for part in (self.header, self.key) if part)


def _keys(pack: _Pack, kind: str, one: Mapping[str, Any], header: str, nth: int) -> Iterator[Problem]:
    for key in one:
        if key not in KEYS[kind]:
            yield Problem(
                pack.line(header, nth, key) if header else pack.line("", key=key) or pack.line(key),
                str(_Place(header, nth, key)),
                f"unknown key; known are {', '.join(KEYS[kind])}",
            )
    yield from _texts(pack, _Place(header, nth, ""), kind, one)
    for key in MUST.get(kind, ()):
        if key not in one or one[key] in ("", [], {}):
            yield Problem(pack.line(header, nth) or 1, str(_Place(header, nth, key)), "is missing")


def _texts(pack: _Pack, place: _Place, kind: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    """The keys of a table whose value ought to be text and is none."""
    for key in TEXTS.get(kind, ()):
        if not isinstance(one.get(key, ""), str):
            line, where = pack.line(place.header, place.nth, key), str(_Place(place.header, place.nth, key))
            yield Problem(line, where, f"is {_called(one[key])}, no text in quotation marks")


def _known(pack: _Pack, place: _Place, said: Any, names: Iterable[str]) -> Iterator[Problem]:
    for value in said if isinstance(said, list) else ():
        if value not in names:
            line = pack.line(place.header, place.nth, place.key, str(value))
            yield Problem(line, str(place), f"unknown {value!r}; known are {', '.join(sorted(n for n in names if n))}")
    if said is not None and not isinstance(said, list):
        yield Problem(pack.line(place.header, place.nth, place.key), str(place), "is a list of names")


def _one_of(pack: _Pack, place: _Place, said: Any, names: Sequence[str]) -> Iterator[Problem]:
    if said is not None and said not in names:
        yield Problem(
            pack.line(place.header, place.nth, place.key), str(place), f"unknown {said!r}; known are {', '.join(names)}"
        )


def _sentences(pack: _Pack, place: _Place, said: Any) -> Iterator[Problem]:
    """Each entry must be one plain sentence of at least three words."""
    if said is None:
        return
    if not isinstance(said, list) or not said:
        yield Problem(pack.line(place.header, place.nth, place.key), str(place), "is a list of plain sentences")
        return
    for one in said:
        if not isinstance(one, str) or len(one.split()) < FEWEST:
            line = pack.line(place.header, place.nth, place.key, str(one))
            yield Problem(line, str(place), f"{one!r} is no plain sentence of at least three words")
            continue
        if len(tuple(sentences(one))) > 1:
            line = pack.line(place.header, place.nth, place.key, one)
            yield Problem(line, str(place), f"{one!r} is more than one sentence: give each its own entry")


def _signs(pack: _Pack, place: _Place, said: Any, limit: Bound | None) -> Iterator[Problem]:
    """Each entry must be a sign: word lists joined by "&", whose names the pack or English knows."""
    own = _named(pack.table)
    for one in said if isinstance(said, list) else ():
        line = pack.line(place.header, place.nth, place.key, str(one))
        try:
            for p in (p.lstrip("&!~") for p in parts(str(one), own)):
                measured(p, limit) if p.startswith("@") else wordlist.pattern([p])
        except KeyError as wrong:
            name = str(wrong.args[0])
            what = f"{name!r} names no period" if name.startswith("@") else f"there is no word list {name!r} in [words]"
            yield Problem(line, str(place), what)
        except re.error as wrong:
            yield Problem(line, str(place), f"{one!r} is no sign: {wrong}")
    if said is not None and not isinstance(said, list):
        yield Problem(pack.line(place.header, place.nth, place.key), str(place), "is a list of signs")


def _named(table: Mapping[str, Any]) -> Mapping[str, str]:
    """The word lists of the pack's own that signs name."""
    listed = table.get("words")
    return {k: v for k, v in listed.items() if isinstance(v, str)} if isinstance(listed, dict) else {}


def _once(pack: _Pack, table: str, key: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, one in enumerate(_dicts(pack.table.get(table))):
        name = str(one.get(key, ""))
        if name in seen:
            yield Problem(pack.line(table, n, key), f"{table}.{key}", f"{name!r} stands twice")
        seen.add(name)


def _dict(value: Any) -> Mapping[str, Any]:
    return {k: v for k, v in value.items() if isinstance(v, (dict, list))} if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


# --- lines -----------------------------------------------------------------------------------------


def line_of(raw: bytes, header: str, nth: int, key: str) -> int:
    """The line of a key in the nth table of that header, in a pack of these bytes."""
    return _line(raw.decode("utf-8-sig").splitlines(), header, nth, (key, ""))


def _line(lines: Sequence[str], header: str, nth: int, what: tuple[str, str]) -> int:
    """Line numbers by the written form: `[header]` or `[[header]]`, then `key =`, then the value's own words."""
    key, value = what
    place = _header(lines, header, nth) if header else 0
    if not place and header:
        return 1
    if not key:
        return place or 1
    for n in range(place, len(lines)):
        if header and n > place - 1 and re.match(r"\s*\[", lines[n]):
            break
        if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[n]):
            return _value(lines, n, value)
    return place or 1


def _header(lines: Sequence[str], header: str, nth: int) -> int:
    wanted = re.compile(rf"\s*\[\[?\s*{re.escape(header)}\s*\]\]?")
    found = [n for n, line in enumerate(lines, 1) if wanted.match(line)]
    return found[nth] if nth < len(found) else 0


def _value(lines: Sequence[str], first: int, value: str) -> int:
    if value:
        for n in range(first, len(lines)):
            if value in lines[n] or value.replace("\\", "\\\\") in lines[n]:
                return n + 1
            if n > first and re.match(r"\s*(?:\[|\w+\s*=)", lines[n]):
                break
    return first + 1
