"""A text in, its citations out: exact words and place, one normal form for all the ways of citing the same thing.

citeurl finds statutes, regulations, rules and constitutions (its own templates and those of `codes.yaml`), eyecite finds
cases; what both cut short or miss is found here: lists ("sections 1373 and 1644"), bare references, local codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any


class Source(StrEnum):
    """What kind of authority a citation names; a table of authorities is grouped by it."""

    CASE = "case"
    CONSTITUTION = "constitution"
    STATUTE = "statute"
    REGULATION = "regulation"
    RULE = "rule"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: `text` is exactly `source[start:end]`, offsets in characters; `normal` is the form to print."""

    start: int
    end: int
    text: str
    normal: str
    kind: Source


SUBDIVISION = r"(?:\((?:[0-9]{1,3}|[a-zA-Z]{1,2}|[ivxlIVXL]{1,5})\))*"
DOTTED = r"\d+[A-Z]?(?:[.\-]\d+[A-Z]?){2,}|\d+[A-Z]?\.\d{2,}[A-Z]?"  # 12.40.030, 2-173-030, 9.30: how cities number
BARE = r"\d+[a-zA-Z]{0,2}(?:[.\-]\d+[a-zA-Z]{0,2})*"
MARK = r"(?:\b[Ss]ections?|\bSECTIONS?|\b[Ss]ecs?\.|§§?)\s*"
JOIN = r"\s*(?:,\s*(?:and|or|&)?|and|or|&|through|to)\s*"


def citations(text: str) -> tuple[Citation, ...]:
    """Every citation of `text` in order, none overlapping another.

    A bare reference ("Section 1373(b)") is given the normal form of the statute that the text cites by that number;
    one that the text never cites in full is left out, unless its number is that of a local code.
    """
    found = list(_apart(_cases(text)))
    found = list(_apart([*found, *_extended(text, _codes(text)), *_local(text)]))
    found += [one for one in _listed(text, found) if _free(one, found)]
    found += [one for one in _short(text, found) if _free(one, found)]
    return tuple(sorted(found, key=lambda c: c.start))


def _free(one: Citation, found: Iterable[Citation]) -> bool:
    return all(one.end <= other.start or other.end <= one.start for other in found)


def _apart(found: Iterable[Citation]) -> Iterator[Citation]:
    """Of overlapping citations the longest."""
    kept: list[Citation] = []
    for one in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if _free(one, kept):
            kept.append(one)
            yield one


# --- codes, regulations, rules, constitutions: citeurl --------------------------------------------

REGULATION = re.compile(r"Regulation|Register|Admin|C\.F\.R\.")
AMENDMENT = re.compile(
    r"\b(?:First|Second|Fourth|Fifth|Sixth|Eighth|Tenth|Eleventh|Fourteenth|Fifteenth)\s+Amendment\b"
)
RULE = re.compile(r"\bRules?\b")


@cache
def _templates() -> tuple[Any, ...]:
    """Our own templates, then citeurl's where ours has none of that name."""
    from citeurl import Citator

    own = Citator.from_yaml(Path(__file__).with_name("codes.yaml").read_text(encoding="utf-8")).templates
    rest = Citator(["general federal law", "specific federal laws", "state law"]).templates
    return (*own.values(), *(t for name, t in rest.items() if name not in own))


def _codes(text: str) -> Iterator[Citation]:
    flat = re.sub(r"\s", " ", text)  # a citation may run over the end of a line
    for template in _templates():
        for cite in template.list_longform_cites(flat):
            start, end = cite.span
            name = cite.name or " ".join(cite.text.split())
            yield Citation(start, end, text[start:end], name.replace("\\", ""), _kind(template.name, name))
    for m in AMENDMENT.finditer(text):
        yield Citation(m.start(), m.end(), m[0], f"U.S. Const., {' '.join(m[0].split())}", Source.CONSTITUTION)


def _kind(template: str, name: str) -> Source:
    if "Constitution" in template:
        return Source.CONSTITUTION
    if REGULATION.search(template) or REGULATION.search(name):
        return Source.REGULATION
    return Source.RULE if RULE.search(template) else Source.STATUTE


TAIL = re.compile(r"(?:-\d+[a-z]{0,2}|[a-z]{1,2}(?![\w]))+|\.\d+\b")


def _extended(text: str, found: Iterable[Citation]) -> Iterator[Citation]:
    """The citations with the rest of a section number that a template cut short: 54-192h, 57b-1."""
    for one in found:
        m = TAIL.match(text, one.end) if text[one.end - 1 : one.end].isdigit() else None
        if m is None:
            yield one
            continue
        yield Citation(one.start, m.end(), text[one.start : m.end()], one.normal + m[0], one.kind)


# --- lists and bare references --------------------------------------------------------------------

NEXT = re.compile(JOIN + rf"(?P<n>{BARE}{SUBDIVISION})(?![\w%$]|\.\d|\s+(?:U\.|C\.F|F\.|days?|of\s+[Tt]itle))")
PLURAL = re.compile(r"§§|[Ss]ections|[Ss]ecs\.|SECTIONS")
PLAIN = re.compile(MARK + rf"(?P<n>{BARE})(?P<sub>{SUBDIVISION})")
TITLED = re.compile(
    rf"\b[Ss]ections?\s+(?P<n>{BARE}{SUBDIVISION}(?:{JOIN}{BARE}{SUBDIVISION})+),?\s+of\s+[Tt]itle\s+(?P<title>\d+)"
)


def _listed(text: str, found: Iterable[Citation]) -> Iterator[Citation]:
    """The further members of "8 U.S.C. §§ 1373 and 1644" and all those of "sections 1373 and 1644 of title 8"."""
    for one in found:
        if one.kind is not Source.CASE and PLURAL.search(one.text):
            yield from _members(text, one.end, one.normal, one.kind)
    for m in TITLED.finditer(text):
        for n in re.finditer(rf"{BARE}{SUBDIVISION}", m["n"]):
            start = m.start("n") + n.start()
            yield Citation(start, start + len(n[0]), n[0], f"{m['title']} U.S.C. § {n[0]}", Source.STATUTE)


def _members(text: str, place: int, normal: str, kind: Source) -> Iterator[Citation]:
    body = normal.rpartition("§ ")[0]
    while body and (m := NEXT.match(text, place)):
        yield Citation(m.start("n"), m.end("n"), m["n"], f"{body}§ {m['n']}", kind)
        place = m.end("n")


def _short(text: str, found: list[Citation]) -> Iterator[Citation]:
    """Bare references to a section that the text cites in full somewhere, the nearest such citation before it first."""
    full = [(c.start, *_parted(c.normal), c.kind) for c in found if "§ " in c.normal]
    for m in PLAIN.finditer(text):
        yield from _resolved(text, m, full)
        place = m.end()
        while PLURAL.match(m[0]) and (further := NEXT.match(text, place)):
            inner = re.match(rf"(?P<n>{BARE})(?P<sub>{SUBDIVISION})", further["n"])
            if inner:
                yield from _resolved(text, inner, full, shift=further.start("n"))
            place = further.end("n")


def _parted(normal: str) -> tuple[str, str]:
    """A normal form as its code and its section: ("8 U.S.C.", "1373")."""
    code, _, rest = normal.rpartition("§ ")
    return code.strip(), re.split(r"[\s(,]", rest, maxsplit=1)[0]


def _resolved(
    text: str, m: re.Match[str], full: list[tuple[int, str, str, Source]], *, shift: int = 0
) -> Iterator[Citation]:
    start, end = m.start() + shift, m.end() + shift
    like = [c for c in full if c[2] == m["n"]]
    if not like:
        return
    before = [c for c in like if c[0] < start]
    _, code, section, kind = before[-1] if before else like[0]
    yield Citation(start, end, text[start:end], f"{code} § {section}{m['sub']}".strip(), kind)


# --- local codes and instruments ------------------------------------------------------------------

NAME = r"(?:[A-Z][\w.'’\-]*(?:\s+(?:of|and|&|the)(?=\s+[A-Z]))?\s+){1,5}"
CODE = r"(?:Code\s+of\s+Ordinances|(?:Municipal|City|County|Town|Village|Administrative|Admin\.|Mun\.|Local)\s+Code|Code(?:\s+of\s+[A-Z]\w+(?:\s+[A-Z]\w+)?)?)"
PINNED = rf"(?P<n>(?:{DOTTED}){SUBDIVISION})"
LOCAL = (
    re.compile(rf"(?P<code>{NAME}{CODE}),?\s+(?:{MARK}|[Cc]h(?:apter|\.)\s*){PINNED}"),
    re.compile(rf"(?:{MARK}|\b[Cc]hapter\s+){PINNED}\s+of\s+the\s+(?P<code>{NAME}{CODE}|{CODE})"),
    re.compile(rf"{MARK}{PINNED}"),
    re.compile(r"\b[Cc]hapter\s+(?P<n>\d+[A-Z]?\.\d+[A-Z]?)\b"),
    re.compile(r"\b(?:Ordinance|Ord\.|Resolution|Res\.)\s+(?:No\.\s*)?(?P<n>[A-Z]{0,3}-?\d+(?:[-–.]\d+)*)\b"),
)
ABBREVIATED = re.compile(  # a code that no template knows, by its form: "Olm. Rev. Stat. § 367.240"
    rf"(?:[A-Z][\w’']*\.?\s+){{1,4}}(?:(?:Rev\.|Gen\.|Comp\.|Ann\.)\s+)*(?:Stat\.|Statutes?|Code|Laws)(?:\s+Ann\.)?,?\s+§§?\s*(?P<n>{BARE}{SUBDIVISION})"
)
STATE = re.compile(r"^(?:Cal(?:ifornia|\.)|Gov|Civ|Pen|Revised|U\.S\.|United\s+States|D\.C\.|Texas|Tex\.|Ohio|Wash)")


def _local(text: str) -> Iterator[Citation]:
    """Codes of cities and counties, by their name or by the shape of the number, and ordinances."""
    known: str | None = None
    for m in ABBREVIATED.finditer(text):
        if "." in m[0].partition("§")[0]:
            yield Citation(m.start(), m.end(), m[0], " ".join(m[0].split()), Source.STATUTE)
    for m in sorted((m for p in LOCAL for m in p.finditer(text)), key=lambda m: (m.start(), -m.end())):
        code = m.groupdict().get("code")
        if code and STATE.match(code):
            continue
        if code and len(code.split()) > 1:
            known = re.sub(r"\s+", " ", code)
        kind = Source.STATUTE if code and re.match(r"Code\s+of\s+(?!Ordinances)", code) else Source.LOCAL
        yield Citation(m.start(), m.end(), m[0], _local_form(m, known), kind)


def _local_form(m: re.Match[str], known: str | None) -> str:
    words = re.sub(r"\s+", " ", m[0])
    if re.match(r"Ord|Res", words):
        return words
    mark = "ch." if re.search(r"\b[Cc]h(?:apter|\.)", words) else "§"
    return f"{known} {mark} {m['n']}" if known else f"{mark} {m['n']}"


# --- cases: eyecite -------------------------------------------------------------------------------

CASE = re.compile(r"\sv\.\s|\bIn\s+re\b|\bF\.\s?(?:2d|3d|4th|Supp)|\bS\.\s?Ct\.|\d\s+U\.S\.\s+\d")


def _cases(text: str) -> Iterator[Citation]:
    """Cases with their names; a short or `Id.` citation bears the normal form of the case it stands for."""
    if not CASE.search(text):
        return
    from eyecite import get_citations, resolve_citations
    from eyecite.models import FullCaseCitation

    resolved: dict[Any, Any] = dict(resolve_citations(get_citations(text)))
    for resource, cites in resolved.items():
        head = resource.citation
        if not isinstance(head, FullCaseCitation):
            continue
        normal = _case_form(text, head)
        cite: Any
        for cite in cites:
            start, end = cite.full_span() if isinstance(cite, FullCaseCitation) else cite.span()
            words = text[start:end].rstrip(" ,;.") if isinstance(cite, FullCaseCitation) else text[start:end]
            yield Citation(start, start + len(words), words, normal, Source.CASE)


def _case_form(text: str, cite: Any) -> str:
    """Name, reporter and the court and year in brackets, without the pages pointed to."""
    start, end = cite.span()
    full_start, full_end = cite.full_span()
    name = re.sub(r"\s+", " ", text[full_start:start]).strip(" ,")
    bracket = re.search(r"\([^()]*\d{4}\)", text[end:full_end])
    words = f"{name}, {cite.corrected_citation()}".lstrip(", ")
    return " ".join([words, *bracket[0].split()]) if bracket else words
