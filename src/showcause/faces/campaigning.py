"""The commands of a campaign: letters out to many bodies, the board, drafts by rule, the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showcause import settings
from showcause.faces.base import FILE, Faces, as_json, emit, near, progress, show

if TYPE_CHECKING:
    from showcause.campaign import Campaign, Comparison, Demand, Draft, Row, Written

DAY = click.DateTime(["%Y-%m-%d"])
OURS = ("follow-up", "subpoena", "extension granted", "extension refused", "withdrawal", "closing")
THEIRS = ("acknowledgement", "extension asked", "objection", "reply", "production", "refusal")


@click.group(cls=Faces)
def campaign() -> None:
    """Letters to many bodies under one law; the board, the comparison."""


@contextmanager
def found(folder: Path | None) -> Iterator[Campaign]:
    """The campaign that a command works on."""
    from showcause import campaign as room

    yield room.find(folder or Path.cwd(), settings=settings.read())


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@campaign.command("new")
@click.argument("folder", type=FILE)
@click.option(
    "--law", "laws", multiple=True, required=True, help="A law pack's id or file; may be given more than once."
)
@click.option("--table", type=FILE, required=True, help="The bodies: CSV, TSV or XLSX with a column `body`.")
@click.option("--from", "sender", required=True, help="The office that writes.")
@click.option("--template", type=FILE, help="The letter: .typ, .docx, .md or .txt (default: one to start from).")
@click.option("--name", help="The campaign's name (default: the folder's).")
@click.option("--date", "day", type=DAY, help="The day of the letters (default: today).")
@click.option("--due", type=DAY, help="The day on which answers are due; a column `due` of the table goes before it.")
@click.option("--official", type=FILE, multiple=True, help="An official text that every matter takes.")
def campaign_new(folder: Path, **told: Any) -> None:
    """Make a campaign in FOLDER from a law, a letter and a table of bodies."""
    from showcause import campaign as room

    day = _day(told["day"]) or datetime.now(UTC).date()
    plan = room.Plan(told["name"] or folder.resolve().name, told["sender"], told["laws"], day, _day(told["due"]))
    made = room.new(
        folder,
        plan,
        table=told["table"],
        settings=settings.read(),
        template=told["template"],
        official=told["official"],
    )
    many = len(made.bodies())
    click.echo(f"{near(made.root)}: a campaign of {plan.sender} to {many} {'body' if many == 1 else 'bodies'}")
    click.echo("read its letter, then: showcause campaign letters")


@campaign.command("letters")
@click.argument("bodies", nargs=-1)
@as_json
@click.pass_obj
def campaign_letters(folder: Path | None, bodies: tuple[str, ...], *, as_json: bool) -> None:
    """Write the letters, and show what each asks and by when.

    Each letter is read back by the reader that reads letters that come in. Nothing is sent.
    """
    with found(folder) as made, progress("letters", quiet=as_json) as tell:
        written = list(made.letters(chosen=bodies, tell=tell))
    if as_json:
        emit(_written_row(one) for one in written)
    else:
        show(_letters(written))


@campaign.command("send")
@click.argument("bodies", nargs=-1)
@click.option(
    "--on", type=DAY, help="The day on which they were received, which starts a clock that runs from receipt."
)
@as_json
@click.pass_obj
def campaign_send(folder: Path | None, bodies: tuple[str, ...], on: datetime | None, *, as_json: bool) -> None:
    """Put on record that the letters went out: a matter each.

    BODIES are names or ids of the table (default: all). What was sent before is left as it is.
    """
    with found(folder) as made, progress("matters", quiet=as_json) as tell:
        sent = list(made.send(chosen=bodies, on=_day(on), tell=tell))
        rows = made.board()
    _said(sent, rows, as_json=as_json)


@campaign.command("follow")
@click.argument("body")
@click.argument("file", type=FILE)
@click.option("--kind", type=click.Choice(OURS), help="What the letter does (default: as it says).")
@as_json
@click.pass_obj
def campaign_follow(folder: Path | None, body: str, file: Path, kind: str | None, *, as_json: bool) -> None:
    """Put on record that FILE, a further letter, went to BODY."""
    from showcause.core import Turn

    with found(folder) as made:
        told = made.follow(body, file, kind=Turn(kind) if kind else None)
        rows = made.board()
    _said([told], rows, as_json=as_json)


@campaign.command("heard")
@click.argument("body")
@click.argument("file", type=FILE)
@click.option("--kind", type=click.Choice(THEIRS), default="reply", show_default=True, help="What the letter does.")
@click.option("--on", type=DAY, help="Its day (default: as it says).")
@click.option("--request", "requests", multiple=True, help="The label of a request that it answers; may be repeated.")
@click.option("--until", type=DAY, help="The day until which it asks for time.")
@as_json
@click.pass_obj
def campaign_heard(folder: Path | None, /, body: str, file: Path, *, as_json: bool, **told: Any) -> None:
    """Put on record FILE, a letter of BODY: what it answers."""
    from showcause.core import Turn
    from showcause.matter.exchange import Going

    how = Going(Turn(told["kind"]), _day(told["on"]), told["requests"], _day(told["until"]))
    with found(folder) as made:
        demand = made.heard(body, file, how=how)
        rows = made.board()
    _said([demand], rows, as_json=as_json)


@campaign.command("close")
@click.argument("body")
@click.option("--on", type=DAY, help="The day (default: today).")
@click.option("--withdrawn", is_flag=True, help="The demand is taken back; without it, the body is cleared.")
@as_json
@click.pass_obj
def campaign_close(folder: Path | None, body: str, on: datetime | None, *, withdrawn: bool, as_json: bool) -> None:
    """Clear BODY: the one who asked is satisfied."""
    from showcause.core import Turn

    kind = Turn.WITHDRAWN if withdrawn else Turn.CLOSED
    with found(folder) as made:
        demand = made.close(body, on=_day(on) or datetime.now(UTC).date(), kind=kind)
        rows = made.board()
    _said([demand], rows, as_json=as_json)


@campaign.command("board")
@click.argument("places", nargs=-1, type=FILE)
@click.option("--to", type=FILE, multiple=True, help="Write it to this file (.html, .pdf, .csv, .xlsx, .json).")
@click.option("--on", type=DAY, help="As of this day (default: today).")
@as_json
@click.pass_obj
def campaign_board(
    folder: Path | None, places: tuple[Path, ...], to: tuple[Path, ...], on: datetime | None, *, as_json: bool
) -> None:
    """Where every demand stands, with the days left.

    PLACES are matters or folders of matters, such as all demands on one body; without them, this campaign's.
    """
    from showcause import campaign as room

    day = _day(on) or datetime.now(UTC).date()
    name, rows = _rows(folder, places, day)
    for path in to:
        room.board_file(rows, to=path, name=name, today=day)
    if as_json:
        emit(one.as_json() for one in rows)
    else:
        show(_board(rows))
        for path in to:
            click.echo(near(path))


def _rows(folder: Path | None, places: Sequence[Path], day: date) -> tuple[str, tuple[Row, ...]]:
    from showcause import campaign as room
    from showcause.campaign.rules import rules_of

    if not places:
        with found(folder) as made:
            return made.plan.name, made.board(today=day)
    read = settings.read()
    matters = [one for place in places for one in room.folders(place)]
    keep = places[0] if len(places) == 1 and places[0].is_dir() else None
    rules = rules_of(places[0])
    return places[0].resolve().name, room.board(matters, settings=read, today=day, rules=rules, keep=keep)


@campaign.command("drafts")
@click.option("--on", type=DAY, help="As of this day (default: today).")
@as_json
@click.pass_obj
def campaign_drafts(folder: Path | None, on: datetime | None, *, as_json: bool) -> None:
    """Write what the rules propose: follow-ups and subpoenas.

    A draft that lies there is left as you edited it; its PDF and DOCX are made anew. Nothing is sent.
    """
    with found(folder) as made:
        drafts = list(made.drafts(today=_day(on)))
    if as_json:
        emit(_draft_row(one) for one in drafts)
    else:
        show(_drafts(drafts))


@campaign.command("compare")
@click.argument("places", nargs=-1, type=FILE)
@click.option(
    "--requirement", "only", multiple=True, help="Only this requirement (its id); may be given more than once."
)
@click.option("--to", type=FILE, multiple=True, help="Write it to this file (.html, .csv, .xlsx, .json).")
@as_json
@click.pass_obj
def campaign_compare(
    folder: Path | None, places: tuple[Path, ...], only: tuple[str, ...], to: tuple[Path, ...], *, as_json: bool
) -> None:
    """The same requirement side by side over all bodies, per reading.

    The matters must have been assessed (`showcause -m campaign/matters/BODY assess`).
    """
    from showcause import campaign as room

    day = datetime.now(UTC).date()
    if places:
        name, matters = places[0].resolve().name, [one for place in places for one in room.folders(place)]
    else:
        with found(folder) as made:
            name, matters = made.plan.name, list(made.places())
    compared = room.compare(matters, settings=settings.read(), only=only)
    for path in to:
        room.comparison_file(compared, to=path, name=name, today=day)
    if as_json:
        emit(compared.as_json())
    else:
        show(_compared(compared))
        for path in to:
            click.echo(near(path))


# --- what is shown ------------------------------------------------------------------------------


def _said(told: Sequence[Demand], rows: Sequence[Row], *, as_json: bool) -> None:
    mine = {one.matter for one in told}
    chosen = [one for one in rows if one.matter in mine]
    if as_json:
        emit(one.as_json() for one in chosen)
    else:
        show(_board(chosen))


def _board(rows: Sequence[Row]) -> Any:
    from rich.console import Group
    from rich.text import Text

    from showcause.campaign import counted, left
    from showcause.faces.show import short, table

    made = table("Body", "State", "Due", ">Done", "Next")
    for one in rows:
        due = Text(f"{one.due:%b} {one.due.day}, {one.due.year}\n" if one.due else "")
        due.append(left(one), style="bold red" if (one.days_left or 0) < 0 else "dim")
        state = Text(one.state, style=STYLES.get(one.state, ""))
        if one.since:
            state.append(f"\nsince {one.since:%b} {one.since.day}", style="dim")
        name = Text(short(one.body, 30))
        name.append(f"\n{short(one.title, 30)}" if one.title else "", style="dim")
        made.add_row(name, state, due, one.requests, one.next.then if one.next else "")
    counts = ", ".join(f"{n} {state}" for state, n in counted(rows).items())
    return Group(made, Text(f"{len(rows)} demand{'s'[: len(rows) != 1]}: {counts}"))


STYLES = {
    "escalated": "bold red",
    "refused": "bold red",
    "followed up": "bold yellow",
    "answered in part": "yellow",
    "answered": "green",
    "produced": "green",
    "cleared": "green",
    "withdrawn": "dim",
    "not sent": "dim",
}


def _letters(written: Sequence[Written]) -> Any:
    from showcause.faces.show import short, table

    made = table("Body", ">Asks", "Due", "Says what follows", "Letter")
    for one in written:
        asks = f"{one.requests} request{'s'[: one.requests != 1]}"
        due = one.due.isoformat() if one.due else "no day"
        follows = short(one.threats[0], 24) if one.threats else ""
        made.add_row(short(one.body.name, 24), asks, due, follows, str(near(one.files[0])))
    return made


def _written_row(one: Written) -> dict[str, Any]:
    return {
        "body": one.body.name,
        "files": [str(path) for path in one.files],
        "requests": one.requests,
        "due": one.due,
        "threats": list(one.threats),
    }


def _drafts(drafts: Sequence[Draft]) -> Any:
    from rich.text import Text

    from showcause.faces.show import short, table

    if not drafts:
        return Text("No rule asks for a letter today.")
    made = table("Body", "Draft", "Because", "File")
    for one in drafts:
        state = one.rule.then if one.made else f"{one.rule.then} (as left)"
        made.add_row(short(one.body, 24), state, one.rule.says, str(near(one.files[0])))
    return made


def _draft_row(one: Draft) -> dict[str, Any]:
    return {
        "body": one.body,
        "rule": one.rule.id,
        "then": one.rule.then,
        "files": [str(path) for path in one.files],
        "made": one.made,
    }


def _compared(made: Comparison) -> Any:
    from rich.console import Group
    from rich.text import Text

    from showcause.faces.show import short, table, word

    parts: list[Any] = []
    for law, requirement in made.requirements:
        readings = made.readings[law.id]
        differs = " (differs)" if made.parts(requirement.id) else ""
        listed = table("Body", *readings, title=f"{requirement.id}{differs}")
        for line in made.lines:
            cells = [line.cells.get((requirement.id, reading)) for reading in readings]
            listed.add_row(short(line.body, 30), *(word(c.verdict.value) if c else Text("-", "dim") for c in cells))
        parts += [Text(short(requirement.text, 160), style="dim"), listed]
    return Group(*parts) if parts else Text("No requirement to compare.")
