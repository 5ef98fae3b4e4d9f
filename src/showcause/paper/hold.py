"""A step of a legal hold in, the notice that one custodian is sent out: as text, and the same words as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from showcause.core import Hold, Holding, HoldStep
from showcause.errors import BadInput
from showcause.paper.press import sheet_pdf, template
from showcause.paper.sheet import Block, Piece, Run, Sheet

TEMPLATE = "hold-notice.txt"
BANNER = "Legal hold · confidential"


@dataclass(frozen=True, slots=True)
class Notice:
    """What one custodian is sent."""

    text: str
    pdf: bytes


def hold_notice(
    step: HoldStep, custodian: str, *, hold: Hold, matter: tuple[str, str], template: str | None = None
) -> Notice:
    """The notice of a hold, or the reminder of one, to a custodian.

    `matter` is the matter's name and the respondent; `template` is one's own text (Jinja; the names: custodian, matter,
    respondent, scope, number, on, by, until, issued, reminder), None for the one that ships. A line that begins with `#`
    is a heading, one with `-` an item. Raises BadInput where one's own template can't be filled.
    """
    until = step.until or hold.due(custodian)
    issued = hold.on(Holding.ISSUED, custodian)
    facts = {
        "custodian": custodian,
        "matter": matter[0],
        "respondent": matter[1],
        "scope": step.scope or hold.scope,
        "number": hold.id,
        "on": _day(step.on),
        "by": step.by,
        "until": _day(until) if until else "",
        "issued": _day(issued) if issued else "",
        "reminder": step.what is Holding.REMINDED,
    }
    body = _filled(template, facts).strip() + "\n"
    title = "Reminder of a legal hold" if facts["reminder"] else "Notice of a legal hold"
    caption = (
        ("To", custodian),
        ("From", f"{step.by}, for {matter[1]}"),
        ("Date", str(facts["on"])),
        ("Hold", f"{hold.id}, in the matter “{matter[0]}”"),
    )
    head = "\n".join((title.upper(), "", *(f"{name + ':':6} {value}" for name, value in caption)))
    at = datetime.combine(step.on, time.min, UTC)
    sheet = Sheet(title, BANNER, f"Legal hold {hold.id}", at, caption, tuple(_pieces(body)))
    return Notice(f"{head}\n\n{body}", sheet_pdf(sheet))


def _filled(own: str | None, facts: dict[str, object]) -> str:
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    world = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    try:
        return world.from_string(own if own is not None else template(TEMPLATE)).render(**facts)
    except TemplateError as wrong:
        raise BadInput(f"the notice's template: {wrong}") from wrong


def _pieces(text: str) -> Iterator[Piece]:
    for chunk in text.strip().split("\n\n"):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if lines and lines[0].startswith("# "):
            yield Piece(Block.HEADING, (Run(lines.pop(0)[2:]),), level=3)
        while lines and lines[0].startswith("- "):
            yield Piece(Block.ITEM, (Run(lines.pop(0)[2:]),))
        if lines:
            yield Piece(Block.PARAGRAPH, (Run("\n".join(lines)),))


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
