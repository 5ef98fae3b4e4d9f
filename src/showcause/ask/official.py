"""The bytes of an official law file in, one OfficialText a section and version out: USLM, Akoma Ntoso or the D.C. Code.

Formats: USLM in both of its namespaces (xml.house.gov/schemas/uslm/1.0, schemas.gpo.gov/xml/uslm), matched by local
names; OASIS LegalDocML (Akoma Ntoso 3.0); the XML in which the D.C. Council publishes its code.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from showcause.ask.layout import Element, Shape, flowed, heading, laid_out, local, number, sections
from showcause.core import OfficialText
from showcause.errors import BadInput

MOST_BYTES = 1 << 29  # the largest title of the U.S. Code is a quarter of it

_NOTES = frozenset(("note", "notes", "sourceCredit", "footnote", "toc", "meta", "annotations", "authorialNote"))
_RUNGS = frozenset(("subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem"))

USLM = Shape(
    "USLM",
    sections=("section",),
    subdivisions=_RUNGS | {"level"},
    through=frozenset(),
    skipped=_NOTES,
    quoted=frozenset(("quotedContent", "quotedText")),
)
AKOMA = Shape(
    "Akoma Ntoso",
    sections=("section", "article", "rule"),
    subdivisions=_RUNGS - {"item"}
    | {"subparagraph", "point", "indent", "alinea", "level", "hcontainer", "item", "rule"},
    through=frozenset(("list", "blockList")),
    skipped=_NOTES | {"crossHeading"},
    quoted=frozenset(("quotedStructure", "embeddedStructure", "quotedText", "embeddedText", "mod")),
)
COUNCIL = Shape(
    "D.C. Code",
    sections=("section",),
    subdivisions=frozenset(("para",)),
    through=frozenset(),
    skipped=_NOTES,
    quoted=frozenset(("quotedContent",)),
    ladder=True,
)

Period = tuple[date | None, date | None]  # the first day, and the first day after the last; None is without bound


@dataclass(frozen=True, slots=True)
class _File:
    """A parsed file with what its meta says of all its sections."""

    name: str
    sha256: str
    root: Any
    shape: Shape
    published: date | None
    whole: Period
    note: str
    period: Callable[[Element], Period]


def read_official(blob: bytes, *, name: str) -> tuple[OfficialText, ...]:
    """The sections of an official file, each in every version that it holds, in the order of the file.

    `name` stands in `source` and in messages. Raises BadInput with file and line where the bytes are no XML, are too
    large, lean on an outside entity, or are no law in a form known here.
    """
    root = _parsed(blob, name)
    read = _opened(root, name, hashlib.sha256(blob).hexdigest())
    found = tuple(text for section in sections(root, read.shape) for text in _versions(section, read))
    if not found:
        raise BadInput(f"{name}: {read.shape.name} without a section of its own")
    return found


def version_at(texts: Iterable[OfficialText], day: date) -> OfficialText | None:
    """The version in force on that day: the one that began last, or one without a first day where none is known."""
    alive = [t for t in texts if t.repealed is None or day < t.repealed]
    begun = [t for t in alive if t.in_force is not None and t.in_force <= day]
    if begun:
        return max(begun, key=lambda t: t.in_force or date.min)
    return next((t for t in alive if t.in_force is None), None)


# --- opening ------------------------------------------------------------------------------------


def _parsed(blob: bytes, name: str) -> Element:
    from lxml import etree

    if len(blob) > MOST_BYTES:
        raise BadInput(f"{name}: {len(blob)} bytes, more than the {MOST_BYTES} that a law file may have")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(blob, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise BadInput(f"{name}: line {line}: not well-formed XML: {getattr(error, 'msg', error)}") from error
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:
        raise BadInput(
            f"{name}: line {entity.sourceline}: the entity {entity.text} is not resolved; write its words out"
        )
    return root


def _opened(root: Element, name: str, sha256: str) -> _File:
    space = root.tag.rpartition("}")[0].lower()
    if "dccouncil" in space:
        return _File(name, sha256, root, COUNCIL, None, (None, None), "", lambda _: (None, None))
    if local(root) == "akomaNtoso" or "akn" in space or "akomantoso" in space:
        return _akoma(root, name, sha256)
    if "uslm" in space or local(root) in ("uscDoc", "lawDoc", "pLaw", "bill", "resolution"):
        published = _first_day(root, ("docPublicationDate", "processedDate", "created", "date", "modified"))
        return _File(name, sha256, root, USLM, published, (None, None), _release(root), _uslm_period)
    raise BadInput(f"{name}: line {root.sourceline}: <{local(root)}> is no USLM, Akoma Ntoso or D.C. Code")


def _release(root: Element) -> str:
    told = [_meta(root, key) for key in ("docPublicationName", "docReleasePoint")]
    return ", ".join(words for words in told if words)


def _meta(root: Element, key: str) -> str:
    meta = next((e for e in root.iter() if local(e) == "meta"), None)
    found = next((e for e in meta.iter() if local(e) == key), None) if meta is not None else None
    return flowed(found, frozenset()) if found is not None else ""


def _first_day(root: Element, keys: Iterable[str]) -> date | None:
    return next((day for day in (_day(_meta(root, key)) for key in keys) if day), None)


def _day(words: str | None) -> date | None:
    m = re.match(r"\s*(\d{4})-?(\d\d)-?(\d\d)", words or "")
    if not m:
        return None
    try:
        return date(int(m[1]), int(m[2]), int(m[3]))
    except ValueError:
        return None


def _uslm_period(element: Element) -> Period:
    """USLM's endPeriod is the last day of a version; ours is the first day after it."""
    last = _day(element.get("endPeriod"))
    return _day(element.get("startPeriod")), last + timedelta(days=1) if last else None


# --- Akoma Ntoso --------------------------------------------------------------------------------


def _akoma(root: Element, name: str, sha256: str) -> _File:
    events = [e for e in root.iter() if local(e) == "eventRef"]
    days = {_key(e): _day(e.get("date")) for e in events}
    groups = {_key(e): _interval(e, days) for e in root.iter() if local(e) == "temporalGroup"}
    expressed = _frbr(root, "FRBRExpression")

    def period(element: Element) -> Period:
        return groups.get((element.get("period") or "").lstrip("#"), (None, None))

    begun = [d for d in days.values() if d and expressed and d <= expressed]
    over = [_day(e.get("date")) for e in events if e.get("type") == "repeal"]
    known = [d for d in days.values() if d]
    first = min(known, default=None) if groups else max(begun, default=None)
    whole = (first, next(iter(over), None))
    published = _frbr(root, "FRBRManifestation") or expressed
    return _File(name, sha256, root, AKOMA, published, whole, "", period)


def _key(element: Element) -> str:
    return str(element.get("eId") or element.get("id") or "")


def _interval(group: Element, days: dict[str, date | None]) -> Period:
    spans = [e for e in group if local(e) == "timeInterval"]
    named = [e for e in spans if "force" in (e.get("refersTo") or "").lower()]
    if not spans:
        return None, None
    span = (named or spans)[0]
    first, last = ((span.get(side) or "").lstrip("#") for side in ("start", "end"))
    return days.get(first), days.get(last)


def _frbr(root: Element, level: str) -> date | None:
    node = next((e for e in root.iter() if local(e) == level), None)
    found = [e for e in node if local(e) == "FRBRdate"] if node is not None else []
    return _day(found[0].get("date")) if found else None


# --- versions -----------------------------------------------------------------------------------


def _versions(section: Element, read: _File) -> Iterator[OfficialText]:
    """A section once for each stretch of time in which none of its words changed."""
    first, last = _own_period(section, read)
    inner = [read.period(e) for e in section.iterdescendants() if local(e)]
    days = {d for pair in inner for d in pair if d and (not first or d > first) and (not last or d < last)}
    edges = [first, *sorted(days), last]
    for begin, end in pairwise(edges):
        yield _text(section, read, begin, end)


def _own_period(section: Element, read: _File) -> Period:
    pairs = [read.whole, *(read.period(e) for e in (section, *section.iterancestors()))]
    first = max((p[0] for p in pairs if p[0]), default=None)
    last = min((p[1] for p in pairs if p[1]), default=None)
    if read.shape is COUNCIL:
        first = max(_effective(section), default=None)
    return first, last


def _effective(section: Element) -> Iterator[date]:
    """The days on which permanent acts took effect, as the history of a D.C. section lists them."""
    for e in section.iter():
        if local(e) == "annotation" and e.get("type") == "History" and e.get("display") != "false":
            day = _day(e.get("eff"))
            if day:
                yield day


def _text(section: Element, read: _File, begin: date | None, end: date | None) -> OfficialText:
    def kept(element: Element) -> bool:
        first, last = read.period(element)
        return (first is None or (begin is not None and first <= begin)) and (
            last is None or (end is not None and end <= last)
        )

    identifier = _identifier(section, read)
    text, provisions = laid_out(section, identifier, read.shape, kept=kept)
    status = section.get("status")
    return OfficialText(
        citation=_citation(section, identifier, read),
        identifier=identifier,
        heading=heading(section),
        text=text,
        provisions=provisions,
        source=read.name,
        sha256=read.sha256,
        published=read.published,
        in_force=begin,
        repealed=end,
        note="; ".join(words for words in (read.note, f"status: {status}" if status else "") if words),
    )


def _identifier(section: Element, read: _File) -> str:
    if read.shape is COUNCIL:
        return f"/us/dc/code/{number(section)}"
    own = section.get("identifier") or section.get("wId") or section.get("eId")
    if own and read.shape is USLM:
        return str(own)
    if own:
        return f"{_work(read.root)}/~{own}"
    above = next((a.get("identifier") for a in section.iterancestors() if a.get("identifier")), "")
    return f"{above}/s{number(section)}"


def _work(root: Element) -> str:
    named = {
        local(e): e for e in root.iter() if local(e) in ("FRBRuri", "FRBRthis") and local(e.getparent()) == "FRBRWork"
    }
    found = named.get("FRBRuri", named.get("FRBRthis"))
    return str(found.get("value") or "").rstrip("/") if found is not None else ""


def _citation(section: Element, identifier: str, read: _File) -> str:
    """How a paper cites the section, by its identifier where that tells, else by the file's own title."""
    if read.shape is COUNCIL:
        return f"D.C. Code § {number(section)}"
    for pattern, form in _FORMS:
        m = re.match(pattern, identifier)
        if m:
            return form.format(*m.groups())
    title = (
        _meta(read.root, "shortTitle") or _meta(read.root, "title") or _meta(read.root, "docTitle") or _named(read.root)
    )
    mark = "art." if local(section) == "article" else "§"
    return f"{title}, {mark} {number(section)}".lstrip(", ")


_FORMS = (
    (r"/us/usc/t(\w+)/s([^/]+)", "{} U.S.C. § {}"),
    (r"/us/cfr/t(\w+)(?:/.*)?/s([^/]+)", "{} C.F.R. § {}"),
    (r"/us/pl/(\d+)/(\d+)/(?:.*/)?s([^/]+)", "Pub. L. {}-{}, § {}"),
)


def _named(root: Element) -> str:
    """The title of an Akoma Ntoso document: its alias, its short title, else the title on its cover."""
    for name in ("FRBRalias", "shortTitle", "docTitle", "FRBRname"):
        found = next((e for e in root.iter() if local(e) == name), None)
        if found is not None:
            words = found.get("value") or flowed(found, frozenset())
            if words:
                return str(words)
    return ""
