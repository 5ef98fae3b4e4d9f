"""A Case, its log and its printed papers in, a signed bag out that anyone can check; the same state gives the same bytes."""

from __future__ import annotations

import importlib.metadata
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from showcause.core import Case, Document, Passage
from showcause.prove import bag, choose, howto, sshsig
from showcause.prove.bag import Member
from showcause.prove.search import search
from showcause.store import Blobs, Entry
from showcause.store.log import plain_act
from showcause.store.plain import digest, plain, plain_document, plain_finding, stamp

SAFE: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a proof takes besides the Case.

    `entries` is the log up to the state proven; `papers` are printed papers by file name, in the edition for the one
    who will read the bag; `blobs` holds the sources; `withheld` are ids of documents that the bag holds nothing of.
    """

    entries: Sequence[Entry]
    papers: Mapping[str, bytes]
    blobs: Blobs
    withheld: frozenset[str] = field(default=frozenset())


def prove(case: Case, *, to: Path, evidence: Evidence, key: Path | None, internal: bool = False) -> Path:
    """Write the bag at `to`, a folder or, where the name ends in .zip, one zip; gives `to`.

    `case` holds everything, withheld documents too: what of it may be shown is chosen here. `internal` writes the full
    edition. `key` signs (None: the bag stays unsigned, and `verify` says so). Raises NotFound where there is no such
    key, NotProven where something withheld would stand in the bag, BadInput and NoRoom as `bag.write`.
    """
    withheld = frozenset() if internal else evidence.withheld
    seen = choose.shown(case, evidence.entries, withheld)
    payload = [
        *_said(seen, [*evidence.papers]),
        *_documents(seen.case, [*choose.sources(case, evidence.entries, withheld)], evidence.blobs),
        Member("data/log.jsonl", _lines(_log(evidence.entries, seen, internal=internal))),
        *(Member(f"data/papers/{name}", data) for name, data in sorted(evidence.papers.items())),
    ]
    search(payload, seen.secret)
    return bag.write([*payload, *_tags(payload, seen.case, key=key)], to=to)


def safe(name: str) -> str:
    """An id as a file name; one that can't be is named by its digest."""
    return name if SAFE.fullmatch(name) else digest(name)


def _said(seen: choose.Shown, papers: list[str]) -> Iterator[Member]:
    case = seen.case
    for law in case.laws:
        yield Member(f"data/laws/{safe(law.id.replace('/', '_'))}.json", _json(plain(law)))
    yield Member("data/questions.jsonl", _lines(map(plain, case.questions)))
    yield Member("data/findings.jsonl", _lines(map(plain_finding, case.findings)))
    yield Member("data/not-rederivable.jsonl", _lines(map(plain, seen.lacking)))
    yield Member("data/passages.jsonl", _lines(_passages(case)))
    yield Member("data/custody.jsonl", _lines(plain(one) for one in case.given if one.document in case.documents))
    matter = {
        "name": case.name,
        "respondent": case.respondent,
        "as_of": stamp(case.as_of),
        "papers": sorted(papers),
        "letters": plain(case.letters),
        "statements": plain(case.statements),
        "deadlines": plain(case.deadlines),
        "request_states": plain(case.request_states),
    }
    yield Member("data/matter.json", _json(matter))


def _documents(case: Case, whole: Iterable[Document], blobs: Blobs) -> Iterator[Member]:
    for name, doc in case.documents.items():
        yield Member(f"data/documents/{safe(name)}.txt", partial(_text_of, doc))
        yield Member(f"data/documents/{safe(name)}.json", _json(plain_document(doc)))
    for doc in whole:
        if blobs.has(doc.sha256):
            kind = doc.kind if SAFE.fullmatch(doc.kind) else "bin"
            yield Member(f"data/sources/{safe(doc.id)}.{kind}", partial(blobs.open, doc.sha256))


def _text_of(doc: Document) -> BinaryIO:
    return io.BytesIO(doc.text.encode("utf-8", "surrogatepass"))


def _passages(case: Case) -> Iterator[dict[str, Any]]:
    cited: dict[tuple[str, int, int], Passage] = {}
    for finding in case.findings:
        about = (finding.about,) if isinstance(finding.about, Passage) else ()
        for passage in (*about, *finding.cites, *finding.clashes_with):
            cited[passage.doc.id, passage.start, passage.end] = passage
    for _, passage in sorted(cited.items()):
        pages = list(passage.doc.pages.pages(passage.start, passage.end))
        yield {**plain(passage), "name": passage.doc.name, "pages": pages, "text": passage.text}


def _log(entries: Iterable[Entry], seen: choose.Shown, *, internal: bool) -> Iterator[dict[str, Any]]:
    for entry in entries:
        line: dict[str, Any] = {"n": entry.act.seq, "commitment": entry.commitment.hex(), "chain": entry.chain.hex()}
        if internal or choose.may_open(entry, seen):
            line |= {"salt": entry.salt.hex(), "entry": plain_act(entry.act)}
        yield line


def _tags(payload: list[Member], case: Case, *, key: Path | None) -> Iterator[Member]:
    sums, octets = [], 0
    for member in payload:
        with member.open() as source:
            sha256, size = bag.sha256_of(source)
        sums.append((member.path, sha256))
        octets += size
    listed = [
        Member("bagit.txt", bag.DECLARATION),
        Member("bag-info.txt", _info(case, f"{octets}.{len(payload)}")),
        Member("HOWTO.txt", howto.text(signed=key is not None).encode()),
        Member(bag.MANIFEST, bag.manifest(sums)),
    ]
    if key is not None:
        _, public = sshsig.sign(b"", key=key)
        listed.append(Member(bag.PUBLIC, f"{public}\n".encode()))
        listed.append(Member(bag.SIGNERS, f'{sshsig.SIGNER} namespaces="{sshsig.NAMESPACE}" {public}\n'.encode()))
    tags = bag.manifest((member.path, bag.sha256_of(member.open())[0]) for member in listed)
    yield from listed
    yield Member(bag.TAGS, tags)
    if key is not None:
        yield Member(bag.SIGNATURE, sshsig.sign(tags, key=key)[0].encode())


def _info(case: Case, oxum: str) -> bytes:
    told = {
        "Source-Organization": case.respondent,
        "External-Description": f"Proof in the matter {case.name}, as of {stamp(case.as_of)}",
        "Bagging-Date": case.as_of.date().isoformat(),
        "Bag-Software-Agent": f"showcause {importlib.metadata.version('showcause')}",
        "Payload-Oxum": oxum,
    }
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in told.items()).encode(
        "utf-8", "backslashreplace"
    )


def _lines(rows: Iterable[Any]) -> bytes:
    return b"".join(_text(row, indent=None) for row in rows)


def _json(value: Any) -> bytes:
    return _text(value, indent=1)


def _text(value: Any, *, indent: int | None) -> bytes:
    """JSON that a person can read; half a surrogate pair is written as the escape that JSON has for it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent)
    return (text + "\n").encode("utf-8", "backslashreplace")
