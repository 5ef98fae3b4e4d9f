"""The commands of an exchange: letters in and out, time, requests, legal holds, and where each demand stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from showcause.faces.base import FILE, Faces, as_json, emit, near, opened, show


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; anything else fails with the form that is wanted."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value}: a day is written YYYY-MM-DD", param, ctx)


DAY = Day()
KINDS_IN = {
    "demand": "DEMAND",
    "follow-up": "FOLLOWED",
    "subpoena": "SUBPOENA",
    "extension": "EXTENDED",
    "no-extension": "TIME_REFUSED",
    "acknowledgement": "ACKNOWLEDGED",
    "withdrawal": "WITHDRAWN",
    "closing": "CLOSED",
}
KINDS_OUT = {
    "reply": "REPLY",
    "acknowledgement": "ACKNOWLEDGED",
    "extension": "TIME_ASKED",
    "objection": "OBJECTED",
    "production": "PRODUCED",
    "refusal": "REFUSED",
    "closing": "CLOSED",
}
SERVED = ("hand", "mail", "clerk", "agreed", "electronic")


def _terms(told: dict[str, Any]) -> Any:
    from showcause.ask import Service, Terms

    served = Service(told["served"]) if told["served"] else None
    return Terms(told["rule"] or "", told["received"], served, told["zone"] or "", tuple(told["holidays"]))


def _clock(command: Any) -> Any:
    """The options by which a letter's clock is told of."""
    for option in (
        click.option("--holidays", multiple=True, metavar="CALENDAR", help="Count by these holidays, such as US-CA."),
        click.option("--zone", help="The recipient's time zone, such as America/Denver."),
        click.option(
            "--rule", metavar="ID", help="Count by this rule, such as frcp-34 (default: the letter's authority)."
        ),
        click.option("--served", type=click.Choice(SERVED), help="How it came; mail adds days under some rules."),
        click.option(
            "--received",
            type=DAY,
            help="The day it came, which starts a clock such as “within 30 days of receipt”.",
        ),
    ):
        command = option(command)
    return command


# --- letters -----------------------------------------------------------------------------------


@click.command()
@click.argument("file", type=FILE)
@_clock
@click.option("--kind", type=click.Choice(list(KINDS_IN)), help="What the letter is (default: as it says).")
@click.option("--follows", metavar="LETTER", help="The letter that it follows: a file's name, an id, a day, or none.")
@click.option("--until", type=DAY, help="The day until which it gives more time (default: as it says).")
@click.option("--days", type=int, default=0, help="The days of more time that it gives (default: as it says).")
@as_json
@click.pass_obj
def ask(folder: Path | None, /, file: Path, *, as_json: bool, **told: Any) -> None:
    """A letter in: its requests become Questions.

    Dates and threats are read, and what is owed by when enters the deadlines. A letter that follows another is linked to
    it: requests that it withdraws or replaces fall away, and days that it gives count from then on.
    """
    from showcause.ask import Coming, letter_rows
    from showcause.core import Turn
    from showcause.faces import exchanged as pages

    kind = Turn[KINDS_IN[told["kind"]]] if told["kind"] else None
    how = Coming(_terms(told), kind, told["follows"] or "", told["until"], told["days"])
    with opened(folder) as matter:
        came = matter.exchange.ask(file, how)
        if as_json:
            emit([letter_rows(came.letter) | {"exchange": pages.effect_row(came)}])
        else:
            show(pages.came(came, names=matter.exchange.names()))


@click.command()
@click.argument("file", type=FILE)
@click.option("--answers", "--to", "answers", default="", metavar="LETTER", help="The letter that it answers.")
@click.option("--kind", type=click.Choice(list(KINDS_OUT)), default="reply", help="What it is (default: a reply).")
@click.option("--on", type=DAY, help="The day it was sent (default: its own date).")
@click.option("--request", "requests", multiple=True, metavar="LABEL", help="A request that it answers; several times.")
@click.option("--until", type=DAY, help="With --kind extension: the day until which time is asked for.")
@click.option("--days", type=int, default=0, help="With --kind extension: the days that are asked for.")
@click.option("--note", default="", help="For your own side; in no paper for the other.")
@as_json
@click.pass_obj
def sent(folder: Path | None, /, file: Path, *, as_json: bool, **told: Any) -> None:
    """A letter of yours out, kept with its hash.

    A reply, an acknowledgement, a wish for more time, an objection, a production. LETTER is a file's name, an id or a
    day, and may be left out where there is one letter only.
    """
    from showcause.core import Turn
    from showcause.faces import exchanged as pages
    from showcause.matter import Going

    kind = Turn[KINDS_OUT[told["kind"]]]
    how = Going(kind, told["on"], told["requests"], told["until"], told["days"], told["note"])
    with opened(folder) as matter:
        one = matter.exchange.sent(file, answers=told["answers"], how=how)
        if as_json:
            emit([pages.happened_row(one)])
        else:
            show(pages.stands(matter.exchange, f"{one.name}: {one.what.value} of {one.on}, SHA-256 {one.sha256}"))


@click.command()
@as_json
@click.pass_obj
def letters(folder: Path | None, *, as_json: bool) -> None:
    """Every letter in and out, with its hash.

    What letters say of those before them stands beneath, in their words.
    """
    from showcause.faces import exchanged as pages

    with opened(folder) as matter:
        found, ties, names = matter.exchange.letters(), matter.exchange.ties(), matter.exchange.names()
    if as_json:
        emit(pages.happened_row(one) | {"says": pages.tie_rows(one, ties, names)} for one in found)
    else:
        show(pages.letters(found, ties, names))


# --- time --------------------------------------------------------------------------------------


@click.command()
@click.option("--ics", type=FILE, help="Write them as an iCalendar file.")
@click.option("--why", is_flag=True, help="Each step of the working, with the rule that decides it.")
@as_json
@click.pass_obj
def deadlines(folder: Path | None, ics: Path | None, *, why: bool, as_json: bool) -> None:
    """What is due when, and how it was counted."""
    from showcause.faces import exchanged as pages

    with opened(folder) as matter:
        found = matter.exchange.deadlines()
        if ics is not None:
            ics.write_bytes(matter.exchange.calendar())
    today = datetime.now(UTC).date()
    if as_json:
        emit(pages.deadline_row(one, today) for one in found)
    else:
        show(pages.deadlines(found, today, why=why))
        if ics is not None:
            click.echo(near(ics))


@click.command()
@click.argument("letter", default="")
@_clock
@as_json
@click.pass_obj
def clock(folder: Path | None, /, letter: str, *, as_json: bool, **told: Any) -> None:
    """How the time of LETTER is counted.

    By which rule, from which day, in whose zone and by whose holidays; what is given here is counted from now on.
    """
    from dataclasses import asdict

    from showcause.ask import Terms, rules
    from showcause.faces import exchanged as pages

    terms = _terms(told)
    with opened(folder) as matter:
        name = matter.exchange.letter(letter)
        now = matter.exchange.terms(name, terms) if terms != Terms() else matter.exchange.known(name)
        found = [d for d in matter.exchange.deadlines() if d.source == name][:1]
    if as_json:
        emit(
            [asdict(now) | {"deadline": pages.deadline_row(d, datetime.now(UTC).date())} for d in found]
            or [asdict(now)]
        )
    else:
        show(pages.clock(now, found, rules()))


@click.command()
@click.argument("letter", default="")
@click.option("--until", type=DAY, help="The day until which.")
@click.option("--days", type=int, default=0, help="How many days more.")
@click.option("--on", type=DAY, help="The day on which it was said (default: today).")
@click.option("--asked", is_flag=True, help="It was asked for, not given.")
@click.option("--refused", is_flag=True, help="It was refused.")
@click.option("--source", default="", help="What gives it: an order, an agreement. The working cites it.")
@click.option("--note", default="", help="For your own side; in no paper for the other.")
@as_json
@click.pass_obj
def extend(folder: Path | None, /, letter: str, *, as_json: bool, **told: Any) -> None:
    """More time for LETTER, without a letter.

    Given by the one who asks, as by telephone; with --asked wished for by the one who answers, with --refused refused.
    """
    from showcause.core import Happened, Side, Turn
    from showcause.errors import BadInput
    from showcause.faces import exchanged as pages

    if told["asked"] and told["refused"]:
        raise BadInput("extend: --asked and --refused do not go together")
    what = Turn.TIME_ASKED if told["asked"] else Turn.TIME_REFUSED if told["refused"] else Turn.EXTENDED
    if not told["until"] and not told["days"] and not told["refused"]:
        raise BadInput("extend: give --until or --days")
    side = Side.ANSWERING if told["asked"] else Side.ASKING
    on = told["on"] or datetime.now(UTC).date()
    more = Happened(what, on, side, days=told["days"], until=told["until"], source=told["source"], note=told["note"])
    with opened(folder) as matter:
        one = matter.exchange.enter(letter, more)
        if as_json:
            emit([pages.happened_row(one)])
        else:
            show(pages.stands(matter.exchange, f"{one.what.value} on {one.on}"))


@click.command()
@click.argument("letter", default="")
@click.option(
    "--why", required=True, help="A reason that the rule names (information, fees), or your own with --source."
)
@click.option("--on", type=DAY, help="The day of the question, which still counts (default: today).")
@click.option("--source", default="", help="What lets the clock stop: an order, an agreement. The working cites it.")
@as_json
@click.pass_obj
def pause(folder: Path | None, /, letter: str, *, as_json: bool, **told: Any) -> None:
    """Stop the clock of LETTER while a question or a fee is open."""
    from showcause.faces import exchanged as pages

    on = told["on"] or datetime.now(UTC).date()
    with opened(folder) as matter:
        one = matter.exchange.pause(letter, why=told["why"], on=on, source=told["source"])
        if as_json:
            emit([pages.happened_row(one)])
        else:
            show(pages.stands(matter.exchange, f"the clock stands still after {one.on}: {one.why}"))


@click.command()
@click.argument("letter", default="")
@click.option("--on", type=DAY, help="The day of the answer, which does not count (default: today).")
@as_json
@click.pass_obj
def resume(folder: Path | None, letter: str, on: date | None, *, as_json: bool) -> None:
    """Let the clock of LETTER run again."""
    from showcause.faces import exchanged as pages

    with opened(folder) as matter:
        one = matter.exchange.resume(letter, on=on or datetime.now(UTC).date())
        if as_json:
            emit([pages.happened_row(one)])
        else:
            show(pages.stands(matter.exchange, f"the clock runs again after {one.on}"))


# --- where it stands ---------------------------------------------------------------------------


@click.command()
@click.argument("name", metavar="LETTER/LABEL")
@click.argument("state")
@click.option("--on", type=DAY, help="The day on which it came to that state (default: today).")
@click.option("--note", default="", help="For your own side; in no paper for the other.")
@as_json
@click.pass_obj
def request(folder: Path | None, name: str, state: str, on: date | None, *, note: str, as_json: bool) -> None:
    """Set the state of a request.

    States: open, searching, answered in part, answered, objected, withdrawn. LABEL alone is enough where only one
    letter has it.
    """
    with opened(folder) as matter:
        stated = matter.exchange.request(name, state, on=on, note=note)
    if as_json:
        emit([{"question": stated.question, "state": stated.state, "on": stated.on}])
    else:
        click.echo(f"request {stated.question.partition('/request-')[2]}: {stated.state} since {stated.on}")


@click.command()
@click.option("--to", type=FILE, help="Write it as a page: a name ending in .html, .pdf or .svg.")
@as_json
@click.pass_obj
def timeline(folder: Path | None, to: Path | None, *, as_json: bool) -> None:
    """Each demand and what happened to it."""
    from showcause.faces import exchanged as pages

    with opened(folder) as matter:
        if to is not None:
            matter.exchange.timeline(to)
        desk = matter.exchange
        found = [(one, desk.standing(one)) for one in desk.exchanges()]
    if as_json:
        emit(pages.exchange_row(one, stands) for one, stands in found)
    elif to is not None:
        click.echo(near(to))
    else:
        show(pages.timelines(found, datetime.now(UTC).date()))


# --- legal holds -------------------------------------------------------------------------------


@click.group(cls=Faces)
def hold() -> None:
    """Legal holds: notices, acknowledgements, releases."""


def _step(what: str, told: dict[str, Any], **more: Any) -> Any:
    from showcause.core import Holding, HoldStep
    from showcause.settings import read

    on = told["on"] or datetime.now(UTC).date()
    return HoldStep(Holding[what], on, tuple(told["custodians"]), told["by"] or read().actor, note=told["note"], **more)


def _step_options(command: Any) -> Any:
    for option in (
        click.option("--note", default="", help="For your own side; in no paper for the other."),
        click.option("--by", help="Who does it (default: the one at the keyboard)."),
        click.option("--on", type=DAY, help="The day (default: today)."),
    ):
        command = option(command)
    return command


def _notice_options(command: Any) -> Any:
    for option in (
        click.option("--to", type=FILE, help="The folder for the notices (default: holds/ in the matter)."),
        click.option(
            "--template", type=FILE, help="Your own notice: a text file with {{ custodian }}, {{ scope }} ..."
        ),
        click.option("--acknowledge-by", "until", type=DAY, help="The day by which it must be acknowledged."),
    ):
        command = option(command)
    return command


def _custodians(command: Any) -> Any:
    return click.option("--custodian", "custodians", multiple=True, help="Whom it goes to; several times.")(command)


def _template(path: Path | None) -> str | None:
    from showcause.errors import BadInput

    try:
        return path.read_text(encoding="utf-8") if path else None
    except (OSError, UnicodeDecodeError) as unread:
        raise BadInput(f"{path}: can't be read as a notice ({unread})") from unread


@hold.command("issue")
@_custodians
@click.option("--scope", required=True, help="What must be kept, in plain words.")
@_notice_options
@_step_options
@as_json
@click.pass_obj
def hold_issue(folder: Path | None, /, *, as_json: bool, **told: Any) -> None:
    """Tell custodians to keep what may bear.

    Writes a notice for each, as text and PDF; you send them. Who has not acknowledged is owed in `status`.
    """
    step = _step("ISSUED", told, scope=told["scope"], until=told["until"])
    with opened(folder) as matter:
        to = told["to"] or matter.root / "holds"
        made, written = matter.exchange.issue(step, to=to, template=_template(told["template"]))
    _noticed(made, written, as_json=as_json)


@hold.command("remind")
@click.argument("name", default="")
@_custodians
@_notice_options
@_step_options
@as_json
@click.pass_obj
def hold_remind(folder: Path | None, /, name: str, *, as_json: bool, **told: Any) -> None:
    """Remind those who have not acknowledged hold NAME."""
    step = _step("REMINDED", told, until=told["until"])
    with opened(folder) as matter:
        to = told["to"] or matter.root / "holds"
        made, written = matter.exchange.remind(name, step, to=to, template=_template(told["template"]))
    _noticed(made, written, as_json=as_json)


@hold.command("acknowledge")
@click.argument("name", default="")
@_custodians
@_step_options
@as_json
@click.pass_obj
def hold_acknowledge(folder: Path | None, /, name: str, *, as_json: bool, **told: Any) -> None:
    """A custodian acknowledges hold NAME."""
    from showcause.errors import BadInput

    if not told["custodians"]:
        raise BadInput("hold acknowledge: give --custodian")
    with opened(folder) as matter:
        made = matter.exchange.acknowledge(name, _step("ACKNOWLEDGED", told))
    _noticed(made, (), as_json=as_json)


@hold.command("release")
@click.argument("name", default="")
@_custodians
@_step_options
@as_json
@click.pass_obj
def hold_release(folder: Path | None, /, name: str, *, as_json: bool, **told: Any) -> None:
    """Let custodians of hold NAME go; without --custodian all of them."""
    with opened(folder) as matter:
        made = matter.exchange.release(name, _step("RELEASED", told))
    _noticed(made, (), as_json=as_json)


@hold.command("list")
@as_json
@click.pass_obj
def hold_list(folder: Path | None, *, as_json: bool) -> None:
    """The holds, custodian by custodian."""
    from showcause.faces import exchanged as pages
    from showcause.matter import hold_row

    with opened(folder) as matter:
        found = matter.exchange.holds()
    if as_json:
        emit(hold_row(one) for one in found)
    else:
        show(pages.holds(found))


def _noticed(made: Any, written: tuple[Path, ...], *, as_json: bool) -> None:
    from showcause.faces import exchanged as pages
    from showcause.matter import hold_row

    if as_json:
        emit([hold_row(made) | {"written": [str(path) for path in written]}])
        return
    show(pages.holds([made]))
    for path in written:
        click.echo(near(path))
