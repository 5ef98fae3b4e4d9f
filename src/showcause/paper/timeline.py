"""Exchanges in, their timelines out: one drawing each (SVG), on a page as HTML or PDF, with every letter beneath it.

Time runs to the right; what the one who asks does stands over the line, what the one who answers does under it. A day
due is a red post, today a dotted one.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from showcause.core import Exchange, Happened, Side, Standing, Turn, standing
from showcause.errors import BadInput
from showcause.paper import grid
from showcause.paper.place import printable

WIDE, LEFT, RIGHT = 960, 28, 28  # points: the drawing and its margins
ROW, MARK, AXIS = 21, 5.5, 30  # a row of labels, a mark's radius, the room of the axis
CHARACTER = 6.6  # points that a character of a label takes at 11.5 points
FONT = "Libertinus Serif, Iowan Old Style, Palatino, Georgia, serif"
INK, FAINT, RULE, BAD, GOOD, FLAG = "#1a1c21", "#595e69", "#b9bdc6", "#9b1c1c", "#1c6238", "#4a2a86"
TONE = {
    Turn.DEMAND: INK, Turn.FOLLOWED: FLAG, Turn.SUBPOENA: BAD, Turn.CLOSED: GOOD, Turn.EXTENDED: GOOD,
    Turn.PRODUCED: GOOD, Turn.REPLY: GOOD, Turn.REFUSED: BAD, Turn.TIME_REFUSED: BAD, Turn.OBJECTED: FLAG,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a mark: where it stands and in which row, counted from the line outward."""

    text: str
    x: float
    start: float
    end: float
    row: int
    one: Happened


def timeline(exchanges: Sequence[Exchange], *, to: Path, matter: str, today: date) -> Path:
    """The timelines of a matter at `to`: .svg (the first alone), .html or .pdf; raises BadInput for another kind, NoRoom."""
    if not exchanges:
        raise BadInput("there is no letter in this matter yet, so there is no timeline")
    forms = {
        ".html": lambda: _html(exchanges, matter, today).encode(),
        ".pdf": lambda: _pdf(exchanges, matter, today),
        ".svg": lambda: svg(exchanges[0], today=today).encode(),
    }
    return grid.write(to, forms, what="a timeline")


def words(one: Happened) -> str:
    """What happened in a word or three: "extension granted to March 19, 2027", "reply, in part"."""
    told = one.what.value
    if one.what is Turn.WITHDRAWN and one.part:
        told = "letter withdrawn"
    if one.part and one.what is not Turn.WITHDRAWN:
        told += ", in part"
    if one.until and one.what in {Turn.EXTENDED, Turn.TIME_ASKED, Turn.FOLLOWED, Turn.SUBPOENA}:
        told += f" to {_day(one.until)}"
    elif one.days:
        told += f", {one.days} days"
    return told + (f" ({one.why})" if one.why else "")


def stands(one: Exchange, *, today: date) -> Standing:
    """Where an exchange stands today; where its letters are of later days, on the last of them."""
    last = max((h.on for h in one.happened), default=today)
    return standing(one.happened, today=max(last, today), due=one.due)


def told(one: Exchange, *, today: date) -> dict[str, Any]:
    """An exchange as the pages print it: where it stands, the drawing, and a row for each thing that happened."""
    where = stands(one, today=today)
    left = (where.due - today).days if where.due else None
    return {
        "title": one.title,
        "sender": one.sender,
        "stage": where.stage.value,
        "since": _day(where.since),
        "due": _day(where.due) if where.due else "",
        "left": _left(left),
        "overdue": left is not None and left < 0,
        "drawing": svg(one, today=today),
        "rows": [
            {
                "on": _day(h.on), "side": h.side.value, "what": words(h), "paper": printable(h.name),
                "sha256": h.sha256, "requests": ", ".join(h.requests), "tone": TONE.get(h.what, FAINT),
            }
            for h in one.happened
        ],
    }  # fmt: skip


def _left(days: int | None) -> str:
    if days is None:
        return ""
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{many} left" if days > 0 else "due today" if days == 0 else f"{many} overdue"


# --- the drawing --------------------------------------------------------------------------------


def svg(one: Exchange, *, today: date) -> str:
    """One exchange as a drawing, WIDE points wide and as high as its labels need."""
    where = stands(one, today=today)
    begin, end = _span(one, where, today)
    over = _placed([h for h in one.happened if h.side is Side.ASKING], begin, end)
    under = _placed([h for h in one.happened if h.side is Side.ANSWERING], begin, end)
    top = 14 + ROW * (1 + max((label.row for label in over), default=0))
    line = top + 12
    foot = line + 12 + ROW * (1 + max((label.row for label in under), default=-1)) + (14 if where.due else 0)
    tall = foot + AXIS + 8
    parts = [
        *_axis(begin, end, foot),
        *_posts(where, today, begin, end, top, foot),
        f'<line x1="{LEFT}" y1="{line}" x2="{WIDE - RIGHT}" y2="{line}" stroke="{INK}" stroke-width="1.6"/>',
        *(piece for label in over for piece in _drawn(label, line, -1)),
        *(piece for label in under for piece in _drawn(label, line, 1)),
    ]
    name = html.escape(f"{one.title}: {where.stage.value} since {_day(where.since)}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" width="{WIDE}" height="{tall}" role="img" '
        f'aria-label="{name}" font-family="{FONT}" font-size="11.5"><title>{name}</title>{"".join(parts)}</svg>'
    )


def _span(one: Exchange, where: Standing, today: date) -> tuple[date, date]:
    """The first and last day drawn: a margin about all that happened, and today where it is near."""
    days = [h.on for h in one.happened] + ([where.due] if where.due else [])
    first, last = min(days), max(days)
    room = max(timedelta(days=7), (last - first) / 12)
    if first - room <= today <= last + 4 * room:
        last = max(last, today)
    return first - room / 3, last + room


def _x(day: date, begin: date, end: date) -> float:
    return round(LEFT + (WIDE - LEFT - RIGHT) * (day - begin).days / max(1, (end - begin).days), 1)


def _placed(happened: Sequence[Happened], begin: date, end: date) -> list[Label]:
    """Labels in rows, counted from the line outward, so that no label touches another or is crossed by a stem.

    A label stands right of its mark, the last nearest to the line; one without room there stands left of it, outermost.
    """
    out: list[Label] = []
    marked = [(f"{h.on:%b} {h.on.day}  {words(h)}", _x(h.on, begin, end), h) for h in happened]
    fits = [x - 2 + CHARACTER * len(text) + 10 < WIDE - RIGHT for text, x, _ in marked]
    for (text, x, one), right in sorted(zip(marked, fits, strict=True), key=lambda m: (not m[1], -m[0][1])):
        wide = CHARACTER * len(text) + 10
        start = x - 2 if right else max(0, x + 2 - wide)
        near = [o for o in out if (start < o.end and o.start < start + wide) or start <= o.x <= start + wide]
        rows = {o.row for o in near}
        row = next(n for n in range(len(out) + 1) if n not in rows) if right else max(rows, default=-1) + 1
        out.append(Label(text, x, start, start + wide, row, one))
    return out


def _drawn(label: Label, line: float, way: int) -> Iterator[str]:
    """A mark on the line, its stem and its words; what leaves something open is an open mark."""
    tone = TONE.get(label.one.what, FAINT)
    y = line + way * (12 + ROW * label.row + ROW / 2)
    fill = "#ffffff" if label.one.part else tone
    yield f'<line x1="{label.x}" y1="{line}" x2="{label.x}" y2="{y}" stroke="{tone}" stroke-width="0.9"/>'
    yield f'<circle cx="{label.x}" cy="{line}" r="{MARK}" fill="{fill}" stroke="{tone}" stroke-width="1.6"/>'
    day, _, rest = label.text.partition("  ")
    left = label.start < label.x - 2
    at, anchor = (label.x - 5, "end") if left else (label.x + 5, "start")
    yield (
        f'<text x="{at:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}" paint-order="stroke" stroke="#ffffff" stroke-width="3">'
        f'<tspan fill="{FAINT}">{html.escape(day)}</tspan> <tspan fill="{tone}" font-weight="600">{html.escape(rest)}</tspan></text>'
    )


def _axis(begin: date, end: date, foot: float) -> Iterator[str]:
    """Months under the drawing, thinned where they would touch."""
    y = foot + 8
    months = list(_months(begin, end))
    every = max(1, -(-len(months) * 62 // (WIDE - LEFT - RIGHT)))
    yield f'<line x1="{LEFT}" y1="{y}" x2="{WIDE - RIGHT}" y2="{y}" stroke="{RULE}" stroke-width="0.8"/>'
    for place, day in enumerate(months):
        x = _x(day, begin, end)
        yield f'<line x1="{x}" y1="{y - 3}" x2="{x}" y2="{y + 3}" stroke="{RULE}" stroke-width="0.8"/>'
        if place % every == 0 and x < WIDE - RIGHT - 40:
            shown = f"{day:%b %Y}" if place == 0 or day.month == 1 else f"{day:%b}"
            yield f'<text x="{x + 3}" y="{y + 16}" fill="{FAINT}" font-size="10.5">{shown}</text>'


def _months(begin: date, end: date) -> Iterator[date]:
    day = date(begin.year, begin.month, 1)
    while day <= end:
        if day >= begin:
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _posts(where: Standing, today: date, begin: date, end: date, top: float, foot: float) -> Iterator[str]:
    """The day due and today."""
    if where.due:
        x = _x(where.due, begin, end)
        yield f'<line x1="{x}" y1="{top - 14}" x2="{x}" y2="{foot + 8}" stroke="{BAD}" stroke-width="1.4"/>'
        side = "end" if x > WIDE - 140 else "start"
        at = x - 5 if side == "end" else x + 5
        yield f'<text x="{at}" y="{foot + 4}" fill="{BAD}" font-weight="600" text-anchor="{side}" paint-order="stroke" stroke="#ffffff" stroke-width="3">due {html.escape(_day(where.due))}</text>'
    if begin <= today <= end:
        x = _x(today, begin, end)
        side = "end" if where.due and 0 <= _x(where.due, begin, end) - x < 46 else "start"
        at = x - 4 if side == "end" else x + 4
        yield f'<line x1="{x}" y1="{top - 14}" x2="{x}" y2="{foot + 8}" stroke="{FAINT}" stroke-width="1" stroke-dasharray="2 3"/>'
        yield f'<text x="{at}" y="{top - 4}" fill="{FAINT}" font-size="10.5" font-style="italic" text-anchor="{side}">today</text>'


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


# --- pages --------------------------------------------------------------------------------------


def _html(exchanges: Iterable[Exchange], matter: str, today: date) -> str:
    from showcause.paper import press

    data = {
        "matter": matter,
        "today": _day(today),
        "exchanges": [told(one, today=today) for one in exchanges],
        "style": press.template("timeline.css"),
    }
    return printable(press.html("timeline.html", data))


def _pdf(exchanges: Iterable[Exchange], matter: str, today: date) -> bytes:
    from datetime import UTC, datetime, time

    from showcause.paper import press

    data = {
        "matter": matter,
        "today": _day(today),
        "day": today.isoformat(),
        "exchanges": [told(one, today=today) for one in exchanges],
    }
    return press.pdf("timeline.typ", data, at=datetime.combine(today, time.min, UTC))
