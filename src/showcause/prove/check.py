"""A bag in, a Report out: every check that a bag stands or falls by, each failing file named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from showcause.core import Document, Finding
from showcause.errors import BadInput, NotProven, ShowcauseError
from showcause.prove import bag, sshsig
from showcause.prove.again import Again, again
from showcause.prove.choose import NotRederivable
from showcause.prove.proof import safe
from showcause.store import log
from showcause.store.plain import built_document, built_finding, built_question, plain, requoted

Rederive = Callable[..., Iterable[Finding]]
Seen = Mapping[str, tuple[str, int] | str]  # what `bag.hashes` gives
BROKEN: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    ShowcauseError,
    RuntimeError,
    BadZipFile,
    re.error,
)
ALWAYS: Final = frozenset({bag.TAGS, bag.SIGNATURE})  # the two files that no manifest can list
TAG_FILES: Final = frozenset({"bagit.txt", "bag-info.txt", bag.MANIFEST})


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, whether it held, and what was seen or what failed, each file named."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a bag; `rederived` counts the findings reached again (None: it was not asked for)."""

    bundle: Path
    checks: tuple[Check, ...]
    rederived: int | None = None
    not_rederivable: tuple[NotRederivable, ...] = field(default=())

    @property
    def failures(self) -> tuple[str, ...]:
        """Every check that failed, with the file."""
        return tuple(f"{check.name}: {check.detail}" for check in self.checks if not check.ok)


def verify(bundle: Path, *, rederive: Rederive | None = None, signers: Path | None = None) -> Report:
    """Check the bag at a folder or zip.

    `rederive(document, laws=, at=)` judges a document again; with it, every finding that stands whole in the bag must
    be reached. `signers` is an allowed_signers or `.pub` file whose keys alone are trusted. Raises BadInput where
    there is no bag, or no such file; a bag that fails is reported, not raised.
    """
    trusted = _trusted(signers)
    try:
        one = bag.opened(bundle)
    except NotProven as broken:
        return Report(bundle, (Check("container", ok=False, detail=str(broken)),))
    if isinstance(one, bag.Folder) and not one.paths & {"bagit.txt", bag.MANIFEST, bag.TAGS}:
        raise BadInput(f"{bundle}: is no bag (no bagit.txt is in it)")
    seen = bag.hashes(one, one.paths - ALWAYS)
    checks = [
        _check("container", one.flaws, f"{len(one.paths)} files"),
        *_digests(one, seen),
        _signature(one, trusted),
        _check("log", lambda: _log(one), "every commitment and every opened entry stands in the chain"),
        _check("passages", lambda: _passages(one, seen), "every cited passage stands at its place in its document"),
        _check("papers", lambda: _papers(one), "all papers are there"),
    ]
    if rederive is None:
        return Report(bundle, tuple(checks))
    return _judged_again(bundle, checks, one=one, rederive=rederive)


def _judged_again(bundle: Path, checks: list[Check], *, one: bag.Bag, rederive: Rederive) -> Report:
    try:
        seen = again(Read(one), rederive)
    except BROKEN as broken:
        seen = Again(0, (), (f"can't judge again: {_words(broken)}",))
    found = f"{seen.reached} findings were reached again, {len(seen.lacking)} can't be"
    checks.append(_check("rederive", lambda: iter(seen.differing), found))
    return Report(bundle, tuple(checks), seen.reached, seen.lacking)


@dataclass(frozen=True, slots=True)
class Read:
    """What a bag says, read back into core types; any part of it may raise what `BROKEN` lists."""

    one: bag.Bag

    def bytes(self, path: str) -> bytes:
        """The bytes of one file; raises BadInput where it isn't there."""
        if path not in self.one.paths:
            raise BadInput(f"{path}: is missing")
        with self.one.open(path) as stream:
            return stream.read()

    def json(self, path: str) -> Any:
        """The JSON value of one file."""
        return _json(self.bytes(path), path)

    def lines(self, path: str) -> Iterator[tuple[str, Any]]:
        """The JSON values of one file's lines, each with a name for messages."""
        for number, line in enumerate(self.bytes(path).split(b"\n"), start=1):
            if line:
                yield f"{path} line {number}", _json(line, f"{path} line {number}")

    def document(self, name: str) -> Document:
        """The document with that id."""
        text = self.bytes(f"data/documents/{safe(name)}.txt").decode("utf-8", "surrogatepass")
        doc = built_document(self.json(f"data/documents/{safe(name)}.json"), text)
        if doc.id != name:
            raise NotProven(f"data/documents/{safe(name)}.json: is of another document ({doc.id})")
        return doc

    def described(self) -> Iterator[dict[str, Any]]:
        """What is said of each document besides its text, in order of their files."""
        for path in sorted(self.one.paths):
            if path.startswith("data/documents/") and path.endswith(".json"):
                yield self.json(path)


def _check(name: str, flaws: Callable[[], Iterable[str]], held: str) -> Check:
    found: list[str] = []
    try:
        found.extend(flaws())
    except BROKEN as broken:
        found.append(_words(broken))
    return Check(name, ok=not found, detail="; ".join(found) or held)


def _words(broken: BaseException) -> str:
    return str(broken) if isinstance(broken, ShowcauseError) else f"{type(broken).__name__}: {broken}"


def _trusted(signers: Path | None) -> frozenset[str] | None:
    if signers is None:
        return None
    try:
        return sshsig.allowed(signers.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as unread:
        raise BadInput(f"{signers}: can't be read as a file of allowed signers ({unread})") from unread


# --- files -----------------------------------------------------------------------------------------


def _digests(one: bag.Bag, seen: Seen) -> Iterator[Check]:
    """The digests of tag files and of the payload, and that no file is there unlisted."""
    tags, data = _listed(one, bag.TAGS), _listed(one, bag.MANIFEST)
    yield _check("tag files", lambda: [*_compared(tags, seen, bag.TAGS), *_declared(one, tags)], f"{len(tags)} match")
    yield _check("manifest", lambda: _compared(data, seen, bag.MANIFEST), f"{len(data)} match")
    unlisted = sorted(one.paths - ALWAYS - tags.keys() - data.keys()) if tags and data else ()
    yield _check("files", lambda: [f"{path}: is in no manifest" for path in unlisted], "none is there unlisted")


def _listed(one: bag.Bag, name: str) -> dict[str, str]:
    """Path and digest by a manifest; what can't be read of it is kept under its own line, which then fails."""
    try:
        lines = Read(one).bytes(name).decode("utf-8", "replace").splitlines()
    except BROKEN:
        return {}  # `_compared` says so
    listed: dict[str, str] = {}
    for line in lines:
        sha256, _, path = line.partition("  ")
        listed[path if path not in listed else f"{path} (listed twice)"] = sha256
    return listed


def _compared(listed: Mapping[str, str], seen: Seen, name: str) -> Iterator[str]:
    if not listed:
        yield f"{name}: is missing, empty or can't be read"
    for path, sha256 in listed.items():
        got = seen.get(path)
        if got is None:
            yield f"{path or name}: is listed in {name} and missing"
        elif isinstance(got, str):
            yield f"{path}: can't be read ({got})"
        elif got[0] != sha256:
            yield f"{path}: is not the file that {name} lists"


def _declared(one: bag.Bag, tags: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(TAG_FILES - tags.keys()):
        yield f"{path}: is not listed in {bag.TAGS}"
    if Read(one).bytes("bagit.txt") != bag.DECLARATION:
        yield "bagit.txt: is not the declaration of a bag of version 1.0"
    if bag.TAGS in one.paths and bag.manifest(tags.items()) != Read(one).bytes(bag.TAGS):
        yield f"{bag.TAGS}: is not in the form in which it was written"


def _signature(one: bag.Bag, trusted: frozenset[str] | None) -> Check:
    try:
        if bag.SIGNATURE not in one.paths:
            raise NotProven(f"{bag.SIGNATURE}: is missing; the bag is not signed")
        read = Read(one)
        public = sshsig.check(read.bytes(bag.TAGS), read.bytes(bag.SIGNATURE).decode("ascii"))
        own = sshsig.allowed(read.bytes(bag.SIGNERS).decode().splitlines())
        detail = f"good, by the key {sshsig.fingerprint(public)}"
        if public not in (own if trusted is None else trusted):
            where = bag.SIGNERS if trusted is None else "the signers you named"
            return Check("signature", ok=False, detail=f"{bag.SIGNATURE}: {detail}, which is not among {where}")
    except BROKEN as broken:
        said = _words(broken)
        return Check("signature", ok=False, detail=said if bag.TAGS in said else f"{bag.SIGNATURE}: {said}")
    own_word = "" if trusted is not None else "; compare it with one that the signer gave you by another way"
    return Check("signature", ok=True, detail=detail + own_word)


# --- what the files say ----------------------------------------------------------------------------


def _log(one: bag.Bag) -> Iterator[str]:
    before = log.ORIGIN
    for number, (name, line) in enumerate(Read(one).lines("data/log.jsonl"), start=1):
        commitment, chain = bytes.fromhex(line["commitment"]), bytes.fromhex(line["chain"])
        if line["n"] != number:
            yield f"{name}: carries the number {line['n']}, not {number}"
        if log.link(before, commitment) != chain:
            yield f"{name}: the chain breaks here"
        if ("entry" in line) != ("salt" in line):
            yield f"{name}: is opened by half"
        elif "entry" in line and log.commit(line["entry"], bytes.fromhex(line["salt"])) != commitment:
            yield f"{name}: is not what was committed to"
        elif "entry" in line and line["entry"]["seq"] != number:
            yield f"{name}: opens entry {line['entry']['seq']}"
        before = chain


def _passages(one: bag.Bag, seen: Seen) -> Iterator[str]:
    read = Read(one)
    fetch = lru_cache(256)(read.document)
    steps: tuple[tuple[str, Callable[[Any], object]], ...] = (
        ("data/passages.jsonl", lambda line: _same_words(requoted(line, fetch).text, line["text"])),
        ("data/findings.jsonl", lambda line: built_finding(line, fetch)),
        ("data/questions.jsonl", lambda line: built_question(line, fetch)),
    )
    for path, step in steps:
        for name, line in read.lines(path):
            try:
                step(line)
            except BROKEN as broken:
                yield f"{name}: {_words(broken)}"
    yield from _sources(read, seen)


def _same_words(there: str, told: str) -> None:
    if plain(there) != told.encode("utf-8", "backslashreplace").decode():
        raise NotProven("its words are not those at its place")


def _sources(read: Read, seen: Seen) -> Iterator[str]:
    told = {f"data/sources/{safe(doc['id'])}": str(doc["sha256"]) for doc in read.described()}
    for path in sorted(read.one.paths):
        if path.startswith("data/sources/") and seen[path][0] != told.get(path.rpartition(".")[0]):
            yield f"{path}: is not the source of the document of that name"


def _papers(one: bag.Bag) -> Iterator[str]:
    for name in Read(one).json("data/matter.json")["papers"]:
        if f"data/papers/{name}" not in one.paths:
            yield f"data/papers/{name}: is missing"


def _json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data)
    except ValueError as bad:
        raise NotProven(f"{name}: is no JSON ({bad})") from bad
