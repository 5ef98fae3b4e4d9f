"""Core values in, plain JSON values out, and back again; and the one canonical form that is hashed."""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any

from showcause.core import Document, Finding, Mark, Passage, Question, Record, Verdict
from showcause.errors import BadInput

type_hints = cache(typing.get_type_hints)
_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})
DATE = "$date"  # a TOML date inside a pack's own tables, which have no type to be read back by
Fetch = Callable[[str], Document]


def canonical(value: Any) -> str:
    """The JSON text of a plain value that is hashed: keys sorted, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(value: Any) -> str:
    """SHA-256 (hex) of the canonical form of a plain value."""
    return hashlib.sha256(canonical(value).encode("ascii")).hexdigest()


def words_digest(text: str) -> str:
    """SHA-256 (hex) of a text in UTF-8; halves of a broken surrogate pair are kept as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stamp(at: datetime) -> str:
    """An instant as text of fixed width in UTC, so that its order as text is its order in time."""
    utc = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def instant(text: str) -> datetime:
    """The instant that `stamp` wrote."""
    return datetime.fromisoformat(text)


def plain(value: Any, *, loose: bool = False) -> Any:
    """`value` as JSON values; `loose` marks dates, where no type will be at hand to read them back."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is Mark:  # a text has thousands, and most of their fields are empty
        return {name: said for name in Mark.__slots__ if (said := getattr(value, name)) is not None}
    if names := _names_of(kind):  # type: ignore[arg-type]  # mypy doubts that a class can be hashed
        return quoted(value) if kind is Passage else {name: plain(getattr(value, name)) for name in names}
    return _plain_other(value, loose=loose)


def _plain_other(value: Any, *, loose: bool) -> Any:
    if isinstance(value, date):
        text = stamp(value) if isinstance(value, datetime) else value.isoformat()
        return {DATE: text} if loose else text
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return _plain_many(value, loose=loose)
    return value.value if isinstance(value, Enum) else value


@cache
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    """The names of a dataclass's fields; none where the type is no dataclass."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


def _plain_many(value: Mapping[str, Any] | Iterable[Any], *, loose: bool) -> Any:
    if isinstance(value, Mapping):
        return {key: plain(inner, loose=True) for key, inner in _escaped(value).items()}
    made = [plain(inner, loose=loose) for inner in value]
    return sorted(made, key=canonical) if isinstance(value, set | frozenset) else made


def _escaped(value: Mapping[str, Any]) -> dict[str, Any]:
    """The table by the strings of its keys; a lone key that could be taken for the mark of a date gets a "'" more."""
    if len(value) == 1:
        ((key, inner),) = value.items()
        return {f"{key}'" if str(key).rstrip("'") == DATE else str(key): inner}
    return {str(key): inner for key, inner in value.items()}


def _unescaped(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table as it was before `_escaped`."""
    lone = next(iter(value)) if len(value) == 1 else ""
    return {lone[:-1]: value[lone]} if lone != DATE and lone.rstrip("'") == DATE else value


def quoted(passage: Passage) -> dict[str, Any]:
    """The address of a passage and the digest of its words."""
    return {
        "document": passage.doc.id,
        "start": passage.start,
        "end": passage.end,
        "sha256": words_digest(passage.text),
    }


def requoted(value: Mapping[str, Any], fetch: Fetch) -> Passage:
    """The passage at that address; raises BadInput where the document no longer says those words."""
    doc = fetch(value["document"])
    passage = doc.passage(value["start"], value["end"])
    if words_digest(passage.text) != value["sha256"]:
        raise BadInput(f"document {doc.id}: the words at {passage.start} to {passage.end} are not those once cited")
    return passage


def built(kind: Any, value: Any, fetch: Fetch | None = None) -> Any:
    """A value of the type `kind` from what `plain` made of it; `fetch` gives the documents that passages point to."""
    if value is None or kind is Any:
        return _untyped(value)
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _one_of(inside, value, fetch)
    if origin is tuple:
        return tuple(built(inside[0], inner, fetch) for inner in value)
    if origin is not None:  # Mapping[str, X]
        return {key: built(inside[1], inner, fetch) for key, inner in _unescaped(value).items()}
    return _single(kind, value, fetch)


def _single(kind: Any, value: Any, fetch: Fetch | None) -> Any:
    if kind is Passage and fetch is not None:
        return requoted(value, fetch)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = type_hints(kind)
        return kind(**{name: built(hints[name], inner, fetch) for name, inner in value.items() if name in hints})
    if kind is datetime:
        return instant(value)
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def _one_of(kinds: tuple[Any, ...], value: Any, fetch: Fetch | None) -> Any:
    """A union's value: of its type other than None; a string stays a string beside Passage (`Question.source`)."""
    if isinstance(value, str) and str in kinds:
        return value
    kind = next(k for k in kinds if k not in (type(None), str))
    return built(kind, value, fetch)


def _untyped(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {DATE}:
            text = value[DATE]
            return instant(text) if "T" in text else date.fromisoformat(text)
        return {key: _untyped(inner) for key, inner in _unescaped(value).items()}
    return [_untyped(inner) for inner in value] if isinstance(value, list) else value


def plain_document(doc: Document) -> dict[str, Any]:
    """Everything of a document but its text."""
    return {f.name: plain(getattr(doc, f.name)) for f in fields(doc) if f.name != "text"}


def built_document(value: Mapping[str, Any], text: str) -> Document:
    """The document that `plain_document` wrote, with its text."""
    doc: Document = built(Document, {**value, "text": text})
    return doc


def plain_finding(finding: Finding) -> dict[str, Any]:
    """A finding, its passages as addresses."""
    return {
        "question": finding.question,
        "about": _plain_about(finding.about),
        "reading": finding.reading,
        "verdict": finding.verdict.value,
        "cites": [quoted(cite) for cite in finding.cites],
        "why": finding.why,
        "by": finding.by,
        "at": stamp(finding.at),
        "clashes_with": [quoted(cite) for cite in finding.clashes_with],
        "caught_between": list(finding.caught_between),
        **({} if finding.confidence is None else {"confidence": finding.confidence}),
    }


def built_finding(value: Mapping[str, Any], fetch: Fetch) -> Finding:
    """The finding that `plain_finding` wrote; raises where a passage no longer stands in its document."""
    return Finding(
        question=value["question"],
        about=_built_about(value["about"], fetch),
        reading=value["reading"],
        verdict=Verdict(value["verdict"]),
        cites=tuple(requoted(cite, fetch) for cite in value["cites"]),
        why=value["why"],
        by=value["by"],
        at=instant(value["at"]),
        clashes_with=tuple(requoted(cite, fetch) for cite in value["clashes_with"]),
        caught_between=tuple(value["caught_between"]),
        confidence=value.get("confidence"),
    )


def built_question(value: Mapping[str, Any], fetch: Fetch) -> Question:
    """The question that `plain` wrote."""
    question: Question = built(Question, value, fetch)
    return question


def _plain_about(about: Passage | Document | Record) -> dict[str, Any]:
    if isinstance(about, Passage):
        return quoted(about)
    return {"document": about.id} if isinstance(about, Document) else {"record": about.id}


def _built_about(value: Mapping[str, Any], fetch: Fetch) -> Passage | Document | Record:
    if "record" in value:
        return Record(value["record"])
    return requoted(value, fetch) if "start" in value else fetch(value["document"])
