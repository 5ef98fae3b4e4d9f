"""A law's text in, a first pack out; a pack in, what is wrong in it or how it is heard out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from showcause.ask import law as packs
from showcause.ask import pack, packtext
from showcause.ask.advice import instead
from showcause.ask.frame import Frame, heard
from showcause.ask.official import read_official
from showcause.ask.statute import Article
from showcause.core import Law
from showcause.errors import BadInput, BadPack
from showcause.settings import Settings


@dataclass(frozen=True, slots=True)
class Named:
    """What the user says of the law: the pack's id, its citation, the sections wanted; empty where it is the file's to say."""

    id: str = ""
    citation: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a pack found: lines for a terminal, the same as rows, and how many problems there are."""

    lines: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    problems: int


def drafted(file: Path, *, named: Named, settings: Settings) -> packtext.Drawn:
    """The first pack of the law in `file`; raises BadInput or Unreadable where it can't be read or holds no such section."""
    if _is_xml(file):
        texts = read_official(_bytes(file), name=file.name)
        today = datetime.now(UTC).date()
        return packtext.of_official(
            texts, day=today, sections=named.sections, citation=named.citation, pack_id=named.id
        )
    from showcause.faces import files

    document = files.document(file, settings=settings)
    return packtext.of_text(
        document.text, name=file.name, sections=named.sections, citation=named.citation, pack_id=named.id
    )


def _is_xml(file: Path) -> bool:
    head = _bytes(file)[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<?xml") or (file.suffix.lower() == ".xml" and head.startswith(b"<"))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as unread:
        raise BadInput(f"{file}: can't be read ({unread.strerror})") from unread


def write(made: packtext.Drawn, to: Path) -> None:
    """The pack in a file; raises BadInput where one stands there, for a person may have worked on it."""
    if to.exists():
        raise BadInput(f"{to}: is there already; a draft does not take the place of a pack")
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(made.text, encoding="utf-8")


def row(made: packtext.Drawn, to: Path | None) -> dict[str, Any]:
    """The draft as JSON: what was made of each sentence."""
    return {
        "id": made.head.id,
        "citation": made.head.citation,
        "written": str(to) if to else None,
        "requirements": [
            {
                "name": one.name,
                "pinpoint": one.frame.article.section + one.frame.article.pinpoint,
                "modality": one.frame.modality,
                "text": one.text,
                "look": list(one.looks),
            }
            for one in made.draft.requirements
        ],
        "definitions": [
            {"pinpoint": t.article.section + t.article.pinpoint, "terms": list(t.names)} for t in made.draft.terms
        ],
        "left_out": [
            {"pinpoint": a.article.section + a.article.pinpoint, "kind": a.kind, "why": a.why, "text": a.article.text}
            for a in made.draft.apart
        ],
        "problems": [p.what for p in made.problems],
        "pack": None if to else made.text,
    }


def lines(made: packtext.Drawn, to: Path) -> Iterator[str]:
    """What a terminal says of a draft that was written."""
    draft = made.draft
    looks = made.text.count(packtext.LOOK)
    yield f"{to}: {made.head.citation} as {made.head.id}"
    yield f"  {_many(len(draft.requirements), 'requirement')}, {_many(len(draft.terms), 'definition')}, {_many(len(draft.apart), 'sentence')} left out with the reason"
    for one in draft.requirements:
        yield f"  #{one.name} {one.frame.modality}: {_short(one.text)}"
    if made.problems:
        yield f"  {_many(len(made.problems), 'problem')} to mend: showcause law check {to}"
    yield f"  {_many(looks, 'place')} marked “# look:” where a person must decide; then showcause law check {to}"


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'s'[: n != 1]}"


def _short(text: str, length: int = 96) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


# --- checking ------------------------------------------------------------------------------------

SPOKEN = {
    "obliged": "must",
    "forbidden": "must not",
    "permitted": "may",
    "unrestricted": "must be left free to",
}


def checked(path: Path, *, settings: Settings) -> Checked:
    """What is wrong in the pack at `path`, each with what to write instead; else how each of its requirements is heard."""
    problems = packs.check(path, folders=settings.packs)
    if problems:
        return Checked(tuple(_wrong(path, problems)), tuple(_problem(path, p) for p in problems), len(problems))
    from showcause.assess.explain import requirement_frames

    law = packs.load(str(path), folders=settings.packs) if path.suffix == ".toml" else None
    if law is None:
        raise BadPack(f"{path}: a pack's file name ends in .toml")
    if turned := tuple(_turned(path, law)):
        return Checked(tuple(_wrong(path, turned)), tuple(_problem(path, p) for p in turned), len(turned))
    frames = requirement_frames(law)
    told = [f"{path}: nothing wrong"]
    rows = []
    for requirement, frame, remark in frames:
        told.append(f"  #{requirement.id.partition('#')[2]} is heard as: {_plain(frame)}")
        told += [f"    remark: {remark}"] if remark else []
        rows.append(
            {"file": str(path), "requirement": requirement.id, "frame": frame, "says": _plain(frame), "remark": remark}
        )
    return Checked(tuple(told), tuple(rows), 0)


CONTRARY: Mapping[str, frozenset[str]] = {  # by the pack's word, the forces that go the other way
    "obliged": frozenset({"forbidden", "permitted-only-if"}),
    "forbidden": frozenset({"obliged", "permitted", "unrestricted"}),
    "permitted": frozenset({"forbidden"}),
    "unrestricted": frozenset({"forbidden"}),
}
WANTING = re.compile(r"\b(?:lack\w*|without|unless|fail\w*|refus\w*|omit\w*|neglect\w*|withhold\w*|den(?:y|ies))\b")


def _turned(path: Path, law: Law) -> Iterator[pack.Problem]:
    """The requirements whose sentence goes the other way than the pack says, by both who read it: the drafter and the parser.

    To forbid that something be wanting is to command it, so a sentence about a want is left to its author.
    """
    from showcause.assess.explain import forces

    raw, parsed = _bytes(path), forces(law)
    for n, one in enumerate(law.requirements):
        stated, article = str(one.rules["modality"]), Article("", "", "", "", one.text)
        drafted_as = {h.modality for h in heard(article) if isinstance(h, Frame)}
        read_as = parsed.get(one.id, frozenset())
        both = bool(drafted_as and read_as) and drafted_as | read_as <= CONTRARY[stated]
        if both and not WANTING.search(one.text.lower()):
            said = f"the sentence reads as {' or '.join(sorted(drafted_as))}, the pack says {stated}"
            yield pack.Problem(pack.line_of(raw, "requirements", n, "modality"), "requirements.modality", said)


def _wrong(path: Path, problems: Sequence[pack.Problem]) -> Iterator[str]:
    for p in problems:
        yield f"{path}:{p.line}: {p.where}: {p.what}"
        if advice := instead(p):
            yield f"    {advice}"


def _problem(path: Path, p: pack.Problem) -> dict[str, Any]:
    return {"file": str(path), "line": p.line, "where": p.where, "what": p.what, "instead": instead(p)}


def _plain(frame: dict[str, str]) -> str:
    """A norm's frame as one line of plain words: who must or may do what to what, when, and save when."""
    named = {"counterpart": "toward", "condition": "when", "exception": "save"}
    parts = [
        frame.get("bearer", "(nobody named)"),
        SPOKEN.get(frame["modality"], frame["modality"]),
        frame.get("act", ""),
    ]
    line = " | ".join(p for p in (*parts, frame.get("object", "")) if p)
    return line + "".join(f" | {named[k]}: {frame[k]}" for k in named if frame.get(k))
