"""What a terminal shows of an answer: calls, redactions, volumes and their checks; and the same as JSON rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from showcause.faces.show import short, table

if TYPE_CHECKING:
    from showcause.assess.counsel import Circle, Counsel
    from showcause.matter.answering import Called
    from showcause.matter.importing import TakenIn
    from showcause.matter.redacting import Hit, Redaction
    from showcause.produce import Made

COLOURS = {"withhold": "bold red", "redact": "yellow", "unclear": "bold yellow", "produce": "green"}
LISTED = 40  # findings of checks that a terminal shows


def counsel_row(one: Counsel) -> dict[str, Any]:
    """One attorney or firm as JSON."""
    return asdict(one)


def counsel(circle: Circle) -> RenderableType:
    """The list of counsel, and whose domains are inside."""
    made = table("counsel", "known by", "since", "until")
    for one in circle.counsel:
        made.add_row(one.name, ", ".join((*one.emails, *one.domains)), str(one.since or ""), str(one.until or ""))
    return Group(made, Text(f"inside: {', '.join(sorted(circle.own)) or 'nobody is known to be'}"))


def called_row(one: Called) -> dict[str, Any]:
    """One document's privilege as JSON."""
    return {
        "document": one.document,
        "name": one.name,
        "verdict": one.stands.verdict,
        "by": one.stands.by,
        "why": one.stands.why,
        "proposed": one.proposed.verdict if one.proposed else None,
        "proposed_why": one.proposed.why if one.proposed else None,
    }


def called(rows: Sequence[Called]) -> RenderableType:
    """Document by document what stands, by whom and why."""
    if not rows:
        return Text("nothing is withheld, redacted or unclear; `showcause privilege propose` looks for it")
    made = table("document", "call", "by", "why")
    for one in rows:
        whose = one.stands.by if one.stands.person else "proposed"
        verdict = Text(one.stands.verdict, style=COLOURS.get(one.stands.verdict, ""))
        made.add_row(f"{one.name}\n{one.document}", verdict, whose, short(one.stands.why, 200))
    open_ = sum(not one.stands.person for one in rows)
    return Group(made, Text(f"{open_:,} of {len(rows):,} wait for a person's call: `showcause privilege call`"))


def hit_row(name: str, hit: Hit, *, entered: bool) -> dict[str, Any]:
    """Words that a pattern found, as JSON."""
    pages = sorted({area.page for area in hit.areas})
    return {"document": name, "how": hit.how, "words": " … ".join(hit.words), "pages": pages, "entered": entered}


def redaction_row(name: str, one: Redaction) -> dict[str, Any]:
    """One redaction as JSON."""
    pages = sorted({area.page for area in one.areas})
    return {"document": name, "how": one.how, "words": " … ".join(one.words), "pages": pages, "entered": True}


def redacted(rows: Sequence[Mapping[str, Any]], *, accepted: bool) -> RenderableType:
    """What was found and entered."""
    made = table("document", "how", "words", "pages")
    for row in rows:
        made.add_row(row["document"], row["how"], short(row["words"], 60), ", ".join(map(str, row["pages"])))
    open_ = sum(not row["entered"] for row in rows)
    note = (
        f"{open_:,} found and not entered; --accept enters them" if open_ and not accepted else f"{len(rows):,} entered"
    )
    return Group(*([made] if rows else []), Text(note if rows else "nothing found"))


def made_row(made: Made, cover: Iterable[Path]) -> dict[str, Any]:
    """A volume as JSON."""
    flags = [
        {
            "check": flag.check,
            "document": flag.document,
            "what": flag.what,
            "overridden": {"by": flag.by.who, "why": flag.by.why} if flag.by else None,
        }
        for flag in made.flags
    ]
    summary = asdict(made.summary) if made.summary else None
    return {
        "volume": str(made.place) if made.place else None,
        "summary": summary,
        "checks": flags,
        "cover": [str(place) for place in cover],
    }


def made(volume: Made, cover: Sequence[Path]) -> RenderableType:
    """What was made or what stopped it, and what was overridden by whom."""
    parts: list[RenderableType] = []
    if volume.flags:
        listed = table("check", "document", "what", "overridden")
        for flag in volume.flags[:LISTED]:
            by = f"{flag.by.who}: {flag.by.why}" if flag.by else Text("STOPS", style="bold red")
            listed.add_row(flag.check, flag.document, flag.what, by)
        counts = Counter(flag.check.value for flag in volume.flags[LISTED:])
        parts += [listed, *(Text(f"and {count:,} more: {check}") for check, count in counts.items())]
    if volume.place and volume.summary:
        one = volume.summary
        ranges = ", ".join(first if first == last else f"{first} to {last}" for first, last in one.ranges)
        forms = ", ".join(f"{count:,} {form.value}" for form, count in one.forms)
        parts.append(Text(f"{volume.place}: {one.documents:,} documents, {one.pages:,} pages ({forms}), {ranges}"))
        parts += [Text(str(place)) for place in cover]
    return Group(*parts)


def imported_row(done: TakenIn) -> dict[str, Any]:
    """What came of an import, as JSON."""
    return {**asdict(done), "faults": [str(one) for one in done.faults]}


def imported(done: TakenIn) -> RenderableType:
    """What came in, and what could not."""
    line = f"{done.documents:,} documents of {done.party}, {done.first} to {done.last}; {done.known:,} known already"
    return Group(Text(line), *(Text(str(fault), style="yellow") for fault in done.faults[:LISTED]))
