"""What a terminal shows of an exchange: letters, timelines, deadlines with their working, holds; or JSON rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from showcause.core import Deadline, Exchange, Happened, Hold, Holding, Side, Stage, Standing, Tie, Turn
from showcause.faces.show import grouped, short, table
from showcause.faces.show import letter as letter_page
from showcause.paper.timeline import words

if TYPE_CHECKING:
    from showcause.ask import Rule, Terms
    from showcause.matter import Came
    from showcause.matter import Exchange as Desk

TONES = {
    Stage.ESCALATED: "bold red",
    Stage.REFUSED: "bold red",
    Stage.FOLLOWED: "bold yellow",
    Stage.PART: "yellow",
    Stage.ANSWERED: "green",
    Stage.PRODUCED: "green",
    Stage.CLOSED: "green",
}
MARKS = {Turn.SUBPOENA: "bold red", Turn.FOLLOWED: "yellow", Turn.TIME_REFUSED: "red", Turn.REFUSED: "red"}
BAR = 58  # columns of a timeline's line


# --- rows --------------------------------------------------------------------------------------


def happened_row(one: Happened) -> dict[str, Any]:
    """One thing that happened, as JSON."""
    return {
        "what": one.what.value,
        "on": one.on,
        "side": one.side.value,
        "part": one.part,
        "letter": one.of,
        "paper": one.paper,
        "name": one.name,
        "sha256": one.sha256,
        "requests": list(one.requests),
        "days": one.days,
        "until": one.until,
        "why": one.why,
        "source": one.source,
        "note": one.note,
    }


def tie_rows(one: Happened, ties: Iterable[Tie], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a letter says of those before it, as JSON."""
    return [
        {
            "bond": tie.link.bond.value,
            "to": names.get(tie.to, tie.to),
            "requests": list(tie.link.requests),
            "by": tie.link.by,
            "text": tie.link.text,
            "start": tie.link.start,
            "end": tie.link.end,
        }
        for tie in ties
        if tie.letter == one.paper
    ]


def effect_row(came: Came) -> dict[str, Any]:
    """What a letter did, as JSON."""
    return {
        "document": came.document.id,
        "exchange": came.effect.root,
        "happened": [happened_row(one) for one in came.effect.happened],
        "states": dict(came.effect.states),
    }


def exchange_row(one: Exchange, stands: Standing) -> dict[str, Any]:
    """An exchange as JSON, with where it stands."""
    return {
        "letter": one.letter,
        "title": one.title,
        "from": one.sender,
        "state": stands.stage.value,
        "since": stands.since,
        "due": stands.due,
        "waits_for": stands.waits_for.value if stands.waits_for else None,
        "happened": [happened_row(h) for h in one.happened],
    }


def deadline_row(one: Deadline, today: date) -> dict[str, Any]:
    """A deadline as JSON, with its working."""
    return {
        "what": one.what,
        "by": one.by,
        "to": one.to,
        "due": one.due,
        "days_left": (one.due - today).days if one.due else None,
        "rule": one.rule,
        "source": one.source,
        "working": list(one.working),
    }


# --- letters -----------------------------------------------------------------------------------


def came(one: Came, names: Mapping[str, str]) -> RenderableType:
    """A letter at a glance, and what it did to those before it."""
    lines = [Text(line, style="bold") for line in _did(one, names)]
    return Group(letter_page(one.letter), *lines)


def _did(one: Came, names: Mapping[str, str]) -> Iterator[str]:
    for h in one.effect.happened:
        if h.of not in ("", one.document.id):
            yield f"{words(h)}: it follows {names.get(h.of, h.of)}"
    for question, state in one.effect.states.items():
        letter, _, label = question.partition("/request-")
        yield f"request {label} of {names.get(letter, letter)}: {state}"


def letters(found: Sequence[Happened], ties: Sequence[Tie], names: Mapping[str, str]) -> RenderableType:
    """Every letter, the first first, with its hash and what it says of those before it."""
    made = [Text("no letter yet: `showcause ask FILE` takes one in")] if not found else []
    for one in found:
        way = "in " if one.side is Side.ASKING else "out"
        line = Text(f"{one.on}  {way}  ").append(words(one), style="bold").append(f"  {one.name}")
        made += [line, Text(f"{'':12}{one.sha256}", style="dim")]
        for tie in (tie for tie in ties if tie.letter == one.paper):
            says = f"{tie.link.bond.value} {names.get(tie.to, tie.to)}: “{short(tie.link.text, 90)}”"
            made.append(Text(f"{'':12}{says}", style="italic"))
    return Group(*made)


def stands(desk: Desk, line: str) -> RenderableType:
    """A line on what was entered, and where the exchanges stand after it."""
    return Group(Text(line), *(_headline(one, desk.standing(one), desk.today()) for one in desk.exchanges()))


# --- timelines ---------------------------------------------------------------------------------


def timelines(found: Sequence[tuple[Exchange, Standing]], today: date) -> RenderableType:
    """Each exchange: where it stands, a line of its days, and below it what happened, day by day."""
    if not found:
        return Text("no letter yet: `showcause ask FILE` takes one in")
    parts: list[RenderableType] = []
    for one, where in found:
        parts += [_headline(one, where, today), *_line(one, where, today), _list(one, where, today), Text("")]
    return Group(*parts[:-1])


def _headline(one: Exchange, where: Standing, today: date) -> Text:
    made = Text(one.title, style="bold").append(f"  {short(one.sender, 40)}\n", style="dim")
    made.append(where.stage.value, style=TONES.get(where.stage, "bold")).append(f" since {where.since}")
    if where.due:
        left = (where.due - today).days
        made.append(f"; due {where.due}, ")
        made.append(_left(left), style="bold red" if left < 0 else "")
    if where.waits_for:
        made.append(f"; the {where.waits_for.value} side must act")
    return made


def _left(days: int) -> str:
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{many} left" if days > 0 else "due today" if days == 0 else f"{many} overdue"


def _line(one: Exchange, where: Standing, today: date) -> Iterator[Text]:
    """The days on a line of BAR columns: what the one who asks does above it, what the one who answers does below."""
    days = [h.on for h in one.happened] + ([where.due] if where.due else [])
    first, last = min(days), max(days)
    if first <= today <= last:
        days.append(today)

    def column(day: date) -> int:
        return round((BAR - 1) * (day - first).days / max(1, (last - first).days))

    rows = {Side.ASKING: [" "] * BAR, Side.ANSWERING: [" "] * BAR}
    line = ["─"] * BAR
    for h in one.happened:
        rows[h.side][column(h.on)] = "▼" if h.side is Side.ASKING else "△" if h.part else "▲"
        line[column(h.on)] = "┼"
    if first <= today <= last:
        line[column(today)] = "┊"
    made = Text("".join(line))
    if where.due:
        at = column(where.due)
        made = Text("".join(line[:at])).append("┃", style="bold red").append("".join(line[at + 1 :]))
    yield Text("asks     ", style="dim").append("".join(rows[Side.ASKING]).rstrip(), style="bold")
    yield Text(f"{first:%b %d}   ", style="dim").append_text(made).append(f" {last:%b %d}", style="dim")
    yield Text("answers  ", style="dim").append("".join(rows[Side.ANSWERING]).rstrip(), style="bold")


def _list(one: Exchange, where: Standing, today: date) -> RenderableType:
    made = table("day", "", "what", "letter")
    for h in one.happened:
        mark = "▼" if h.side is Side.ASKING else "△" if h.part else "▲"
        what = Text(words(h), style=MARKS.get(h.what, ""))
        if h.requests:
            what.append(f" of {', '.join(h.requests)}", style="dim")
        if h.note:
            what.append(f"\n{h.note}", style="italic dim")
        made.add_row(str(h.on), mark, what, short(h.name, 30))
    if where.due:
        late = where.due < today
        made.add_row(str(where.due), Text("┃", style="bold red"), Text("due", style="bold red" if late else "bold"), "")
    return made


# --- time --------------------------------------------------------------------------------------


def deadlines(found: Sequence[Deadline], today: date, *, why: bool) -> RenderableType:
    """What is due, the first first; with `why` the words that fix it and each step of the working."""
    if not found:
        return Text("nothing is owed")
    if why:
        return Group(*_worked(found, today))
    made = table("due", ">left", "what", "by")
    for what, row in grouped(deadline_row(one, today) for one in found):
        left = row["days_left"]
        style = "bold red" if left is not None and left < 0 else ""
        to = f"\nto {short(row['to'], 40)}" if row["to"] else ""
        made.add_row(
            str(row["due"] or "no day"),
            Text("" if left is None else str(left), style=style),
            f"{short(what, 120)}{to}",
            short(row["by"], 24),
        )
    return made


def _worked(found: Iterable[Deadline], today: date) -> Iterator[RenderableType]:
    """One block for each letter and day: what is due together, and how the day was found."""
    blocks: dict[tuple[Any, ...], list[Deadline]] = {}
    for one in found:
        blocks.setdefault((one.due, one.by, one.to, one.source, one.rule, one.working), []).append(one)
    for (due, by, to, _, rule, working), due_then in blocks.items():
        left = _left((due - today).days) if due else "no day"
        late = due is not None and due < today
        yield Text(f"{due or 'no day'}  {left}", style="bold red" if late else "bold")
        yield Text("\n".join(f"  {short(one.what, 74)}" for one in due_then))
        if by or to:
            yield Text(f"  by {by or '?'}" + (f", to {to}" if to else ""), style="dim")
        if rule:
            yield Text(f"  “{short(rule, 200)}”", style="italic")
        for place, step in enumerate(working, start=1):
            yield Text(f"  {place}. {step}")
        if due and not working:
            yield Text("  The day is stated; nothing is counted.")
        yield Text("")


def clock(now: Terms, found: Sequence[Deadline], rules: Mapping[str, Rule]) -> RenderableType:
    """How a letter's time is counted, with the working; and the rules that there are."""
    facts = table("", "")
    facts.show_header = False
    facts.add_row(
        "rule", f"{now.rule}: {rules[now.rule].source}" if now.rule in rules else "the letter's own, or its authority's"
    )
    facts.add_row("received", str(now.received or "not on record"))
    facts.add_row("served", now.service.value if now.service else "by hand")
    facts.add_row("zone", now.zone or "none given")
    facts.add_row("holidays", ", ".join(now.calendars) or "those of the rule")
    lines: list[RenderableType] = [facts]
    for one in found:
        lines.append(Text(f"due {one.due or 'on no day'}", style="bold"))
        lines += [Text(f"  {place}. {step}") for place, step in enumerate(one.working, start=1)]
    lines.append(Text(f"rules: {', '.join(rules)}", style="dim"))
    return Group(*lines)


# --- legal holds -------------------------------------------------------------------------------


def holds(found: Sequence[Hold]) -> RenderableType:
    """Each hold with its custodians; who has not acknowledged stands out."""
    if not found:
        return Text("no legal hold was issued: `showcause hold issue` does it")
    parts: list[RenderableType] = []
    for one in found:
        made = table(
            "custodian", "state", "issued", "reminded", "acknowledged", title=f"hold {one.id}: {short(one.scope, 60)}"
        )
        for who in one.custodians:
            waits = who in one.outstanding
            days = (one.on(what, who) for what in (Holding.ISSUED, Holding.REMINDED, Holding.ACKNOWLEDGED))
            state = Text("not acknowledged" if waits else str(one.last(who)), style="bold red" if waits else "green")
            made.add_row(who, state, *(str(day or "-") for day in days))
        parts.append(made)
    return Group(*parts)
