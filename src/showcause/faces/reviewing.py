"""Words at a terminal in, people's calls out: the queue, single and bulk calls, samples, and where the review stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showcause.faces.base import Faces, as_json, emit, opened, progress, show

if TYPE_CHECKING:
    from rich.console import RenderableType

    from showcause.core import Finding
    from showcause.matter import Progress, Queued, Sample, Status
    from showcause.review import Recall, Stand

question = click.option("--question", "-q", help="A question's id or a request's label (default: the only one).")
reading = click.option("--reading", help="The reading of a law's requirement that is called.")


@click.group(cls=Faces, invoke_without_command=True)
@question
@reading
@click.option("--size", type=click.IntRange(min=1), default=25, show_default=True, help="Documents in a batch.")
@click.pass_context
def review(ctx: click.Context, question: str | None, reading: str | None, size: int) -> None:
    """People's calls: by itself, a session that shows passages and takes one key a document.

    Where the input is no terminal, a line is a call: its key, then why. Every call is kept; the last one stands.
    """
    if ctx.invoked_subcommand is None:
        from showcause.faces import sitting

        with opened(ctx.obj) as matter:
            sitting.session(matter, question=question, reading=reading, size=size)


@review.command()
@click.option("--anew", is_flag=True, help="Look at every document again, also where nothing has changed.")
@as_json
@click.pass_obj
def propose(folder: Path | None, *, anew: bool, as_json: bool) -> None:
    """Propose for every request what responds; only what is new."""
    with opened(folder) as matter, progress("proposing", quiet=as_json) as tell:
        looked, kept = matter.review.propose(anew=anew, tell=tell)
        status = matter.review.status()
    if as_json:
        emit([{"proposed": looked, "kept": kept, "questions": [progress_row(one) for one in status.questions]}])
    else:
        click.echo(f"{looked:,} documents looked at, {kept:,} kept from before")
        show(_status(status))


@review.command()
@question
@reading
@click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="How many are shown.")
@as_json
@click.pass_obj
def queue(folder: Path | None, *, question: str | None, reading: str | None, limit: int, as_json: bool) -> None:
    """What is left to call, in the order to read it.

    First where the machines disagree; then the likeliest, as learned from the calls so far.
    """
    with opened(folder) as matter:
        found = matter.review.queue(question, reading=reading, limit=limit)
        names = {d.id: d.name for d in matter.search.documents([one.document for one in found])}
    if as_json:
        emit(_queued_row(one, names) for one in found)
    else:
        show(_queue(found, names))


@review.command()
@question
@reading
@click.option("--size", type=click.IntRange(min=1), default=25, show_default=True, help="Documents in a batch.")
@as_json
@click.pass_obj
def batch(folder: Path | None, *, question: str | None, reading: str | None, size: int, as_json: bool) -> None:
    """Your open batch, or the next documents as one.

    No other reviewer is given them meanwhile; families are given out whole.
    """
    with opened(folder) as matter:
        made = matter.review.batch(question, reading=reading, size=size)
    if as_json:
        emit([{name: getattr(made, name) for name in made.__slots__}])
    else:
        click.echo(f"{len(made.left)} of {len(made.documents)} documents left for {made.reviewer}, {made.question}")
        for name in made.left:
            click.echo(name)


@review.command()
@click.argument("document")
@question
@click.option("--verdict", required=True, help="Such as responsive, unclear, not-responsive; its beginning will do.")
@reading
@click.option("--why", default="", help="The reason, in your words.")
@click.option(
    "--cite", "cites", multiple=True, help="Words of the document that it rests on; may be given more than once."
)
@as_json
@click.pass_obj
def call(folder: Path | None, /, document: str, *, as_json: bool, **told: Any) -> None:
    """Your call on DOCUMENT (id or file name).

    It stands above every machine's and every earlier call; all of them stay on the record.
    """
    with opened(folder) as matter:
        made = matter.review.call(document, **told)
    if as_json:
        emit([finding_row(made)])
    else:
        click.echo(f"{document}: {made.verdict} on {made.question} ({made.reading}), by {made.by}")


@review.command()
@question
@click.option("--verdict", required=True, help="Such as responsive, unclear, not-responsive; its beginning will do.")
@reading
@click.option("--query", help="All documents that fit this query.")
@click.option("--family", help="The family of this document.")
@click.option("--thread", help="The conversation of this message.")
@click.option("--alike", "like", help="The near-duplicates of this document.")
@click.option("--why", default="", help="The reason, in your words.")
@click.option("--over", is_flag=True, help="Also where a person has called before.")
@click.option("--dry-run", is_flag=True, help="Only say how many it would be.")
@as_json
@click.pass_obj
def bulk(folder: Path | None, /, *, question: str | None, dry_run: bool, as_json: bool, **told: Any) -> None:
    """One call on many documents.

    Over the hits of a query, a family, a thread or near-duplicates. The reason says what they were chosen by.
    """
    choice = {name: told.pop(name) for name in ("query", "family", "thread", "like")}
    with opened(folder) as matter:
        names, reason = matter.review.chosen(**choice)
        called, kept = (names, ()) if dry_run else matter.review.bulk(names, question=question, reason=reason, **told)
    if as_json:
        emit([{"called": list(called), "kept": list(kept), "reason": reason, "dry_run": dry_run}])
    else:
        would = "would be called" if dry_run else "called"
        click.echo(f"{len(called):,} documents {would}, {len(kept):,} passed over that a person has called: {reason}")


@review.command()
@question
@reading
@click.option("--size", type=click.IntRange(min=1), help="How many (default: enough for 5 %, 95 % certain).")
@click.option("--seed", type=int, default=1373, show_default=True, help="By which the sample is drawn.")
@as_json
@click.pass_obj
def sample(folder: Path | None, /, *, question: str | None, as_json: bool, **told: Any) -> None:
    """Draw an elusion sample of what nobody has called.

    Call its documents; `review status` then says how much of what responds has been found, with bounds.
    """
    with opened(folder) as matter:
        made = matter.review.sample(question, **told)
    if as_json:
        emit([_sample_row(made)])
    else:
        click.echo(
            f"{len(made.documents):,} of {made.population:,} documents left, drawn by seed {made.seed}; call them:"
        )
        for name in made.documents:
            click.echo(name)


@review.command()
@question
@reading
@as_json
@click.pass_obj
def disputes(folder: Path | None, *, question: str | None, reading: str | None, as_json: bool) -> None:
    """Documents on which reviewers differ."""
    with opened(folder) as matter:
        found = matter.review.disputes(question, reading=reading)
    if as_json:
        emit(_stand_row(one) for one in found)
    elif not found:
        click.echo("no two reviewers differ")
    else:
        for one in found:
            said = "; ".join(f"{c.by.partition(':')[2]}: {c.verdict} ({c.at:%Y-%m-%d %H:%M})" for c in one.calls)
            click.echo(f"{one.document}  {said}")


@review.command()
@click.argument("document")
@question
@as_json
@click.pass_obj
def history(folder: Path | None, document: str, *, question: str | None, as_json: bool) -> None:
    """All that was ever said of DOCUMENT."""
    with opened(folder) as matter:
        found = matter.review.history(document, question=question)
    if as_json:
        emit(finding_row(one) for one in found)
    else:
        for one in found:
            click.echo(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.by}  {one.reading}  {one.verdict}  {one.why}")


@review.command()
@as_json
@click.pass_obj
def status(folder: Path | None, *, as_json: bool) -> None:
    """Done, left, pace, agreement, estimated recall."""
    with opened(folder) as matter:
        found = matter.review.status()
    if as_json:
        emit([status_row(found)])
    else:
        show(_status(found))


# --- what is shown -------------------------------------------------------------------------------


def finding_row(finding: Finding) -> dict[str, Any]:
    """A call or proposal as JSON."""
    from showcause.assess import rows

    return next(rows([finding])) | {"at": finding.at.isoformat()}


def progress_row(one: Progress) -> dict[str, Any]:
    """The review of one question as JSON."""
    return {
        "question": one.question.id,
        "kind": one.question.kind,
        "reading": one.reading,
        "documents": one.documents,
        "called": one.called,
        "left": one.documents - one.called,
        "verdicts": dict(one.verdicts),
        "proposed": dict(one.proposed),
        "machines_disagree": one.parted,
        "disputed": one.disputed,
        "overruled": one.overruled,
        "agreement": {"both": one.agreement.both, "share": one.agreement.share, "kappa": one.agreement.kappa},
        "recall": recall_row(one.recall) if one.recall else None,
    }


def recall_row(one: Recall) -> dict[str, Any]:
    """An estimate of recall as JSON; bounds are those of 95 % certainty by the exact binomial."""
    return {
        "sample": one.size,
        "judged": one.judged,
        "missed": one.missed,
        "population": one.population,
        "found": one.found,
        "now": one.now,
        "elusion": {"point": one.elusion.point, "low": one.elusion.low, "high": one.elusion.high},
        "recall": {"point": one.recall.point, "low": one.recall.low, "high": one.recall.high},
    }


HAND = 3600  # calls an hour beyond which they were not made one by one


def status_row(found: Status) -> dict[str, Any]:
    """The whole review as JSON."""
    people = {name: {"calls": calls, "per_hour": pace} for name, (calls, pace) in found.reviewers.items()}
    return {"questions": [progress_row(one) for one in found.questions], "reviewers": people}


def _status(found: Status) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from showcause.faces.show import short

    made: list[RenderableType] = []
    for one in found.questions:
        name = one.question.id.rpartition("/")[2] if "/request-" in one.question.id else one.question.id
        reading = f", read {one.reading}" if one.reading != "plain" else ""
        made.append(Text.assemble((f"{name}{reading}  ", "bold"), (short(one.question.text, 60), "dim")))
        facts = [
            f"{one.called:,} called ({_counts(one.verdicts)})" if one.called else "none called",
            f"{one.documents - one.called:,} left ({_counts(one.proposed)} proposed)",
            f"recall: {_recall(one.recall)}".replace("\n", ", "),
        ]
        if one.agreement.both:
            facts.append(f"reviewers agree on {one.agreement.share:.0%} of {one.agreement.both}")
        if one.disputed:
            facts.append(f"{one.disputed} in dispute")
        made.append(Text("  " + "; ".join(facts) + "\n"))
    lines = [
        Text(f"{name}: {calls:,} call{'s'[: calls != 1]}" + (f", {pace:,.0f} an hour" if pace and pace < HAND else ""))
        for name, (calls, pace) in found.reviewers.items()
    ]
    if not found.questions:
        return Text("nothing is under review: `showcause ask` brings requests in, `review propose` looks at them")
    return Group(*made, *lines)


def _counts(counts: Any) -> str:
    return ", ".join(f"{many:,} {name}" for name, many in counts.items() if many) or "nothing"


def _recall(one: Recall | None) -> str:
    if one is None:
        return "no sample"
    if one.judged < one.size:
        return f"{one.judged} of {one.size}\nof the sample called"
    return f"{one.recall.point:.0%}\n({one.recall.low:.0%} to {one.recall.high:.0%})"


def _queued_row(one: Queued, names: dict[str, str]) -> dict[str, Any]:
    return {"id": one.document, "name": names.get(one.document, ""), "score": one.score} | _stand_row(one.stand)


def _stand_row(stand: Stand) -> dict[str, Any]:
    return {
        "document": stand.document,
        "reading": stand.reading,
        "verdict": stand.verdict,
        "proposed": [{"by": s.by, "verdict": s.verdict} for s in stand.proposed],
        "calls": [{"by": s.by, "verdict": s.verdict, "at": s.at.isoformat()} for s in stand.calls],
    }


def _queue(found: Sequence[Queued], names: dict[str, str]) -> RenderableType:
    from rich.text import Text

    from showcause.faces.show import table

    if not found:
        return Text("nothing is left to call")
    made = table("document", "id", "proposed", ">score")
    for one in found:
        proposed = "disagree" if one.stand.parted else str(one.stand.verdict or "-")
        made.add_row(names.get(one.document, ""), one.document, proposed, f"{one.score:.3f}")
    return made


def _sample_row(made: Sample) -> dict[str, Any]:
    return {name: getattr(made, name) for name in made.__slots__}
