"""The commands that answer a demand: counsel, privilege, redact, produce, log, clawback, object, reply, import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showcause.faces.base import FILE, Faces, as_json, emit, near, opened, progress, show

if TYPE_CHECKING:
    from showcause.matter.replying import Papers, Printed

DAY = click.DateTime(["%Y-%m-%d"])
PRIVILEGE = click.Choice(["withhold", "redact", "unclear", "produce"])
KINDS = {
    "document": "document by document",
    "metadata": "metadata",
    "topic": "metadata plus topic",
    "categorical": "categorical",
}


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


@contextmanager
def _papers(folder: Path | None) -> Iterator[tuple[Any, Papers]]:
    from showcause.matter.replying import Papers

    with opened(folder) as matter:
        yield matter, Papers(matter.answer)


def _tell(printed: Printed, *, as_json: bool) -> None:
    """Where the files are, and what they still lack."""
    if as_json:
        emit([{"written": [str(place) for place in printed.files], "lacks": list(printed.lacks)}])
        return
    for place in printed.files:
        click.echo(near(place))
    for line in printed.lacks:
        click.echo(f"lacks: {line}")


# --- counsel -----------------------------------------------------------------------------------


@click.group(cls=Faces)
def counsel() -> None:
    """Who is counsel, and whose domains are the client's own."""


@counsel.command("add")
@click.argument("name")
@click.option("--email", "emails", multiple=True, help="An address of theirs; may be given more than once.")
@click.option("--domain", "domains", multiple=True, help="A domain whose every address is theirs.")
@click.option("--firm", default="", help="Their firm or office.")
@click.option("--since", type=DAY, help="The first day on which they were counsel.")
@click.option("--until", type=DAY, help="The last day.")
@click.pass_obj
def counsel_add(folder: Path | None, /, name: str, **told: Any) -> None:
    """An attorney, or a firm by its domain."""
    from showcause.assess.counsel import Counsel

    one = Counsel(name, told["emails"], told["domains"], told["firm"], _day(told["since"]), _day(told["until"]))
    with opened(folder) as matter:
        matter.answer.add_counsel(one)
    click.echo(f"{name}: counsel; run `showcause privilege propose` to see what changes")


@counsel.command("load")
@click.argument("file", type=FILE)
@click.pass_obj
def counsel_load(folder: Path | None, file: Path) -> None:
    """Attorneys from a CSV FILE with the columns name, email, domain, firm, since, until."""
    with opened(folder) as matter:
        click.echo(f"{matter.answer.load_counsel(file)} attorneys and firms")


@counsel.command("remove")
@click.argument("name")
@click.pass_obj
def counsel_remove(folder: Path | None, name: str) -> None:
    """Take NAME off the list; for one who left, add them with --until."""
    with opened(folder) as matter:
        matter.answer.remove_counsel(name)


@counsel.command("inside")
@click.argument("domains", nargs=-1, required=True)
@click.pass_obj
def counsel_inside(folder: Path | None, domains: tuple[str, ...]) -> None:
    """Domains of the client itself; without any, those that most of the record's mail comes from count."""
    with opened(folder) as matter:
        matter.answer.add_inside(*domains)


@counsel.command("list")
@as_json
@click.pass_obj
def counsel_list(folder: Path | None, *, as_json: bool) -> None:
    """The list of counsel, and the client's own domains."""
    from showcause.faces import shown

    with opened(folder) as matter:
        circle = matter.answer.circle()
    if as_json:
        emit(shown.counsel_row(one) for one in circle.counsel)
    else:
        show(shown.counsel(circle))


# --- privilege ---------------------------------------------------------------------------------


@click.group(cls=Faces)
def privilege() -> None:
    """Privilege: a rule proposes, a person calls."""


@privilege.command("propose")
@as_json
@click.pass_obj
def privilege_propose(folder: Path | None, *, as_json: bool) -> None:
    """What may be privileged in the record, and why; never final."""
    with opened(folder) as matter, progress("privilege", quiet=as_json) as tell:
        counts = matter.answer.propose(tell=tell)
        named = bool(matter.answer.counsel())
    if as_json:
        emit([{verdict.value: count for verdict, count in counts.items()}])
        return
    click.echo(", ".join(f"{count:,} {verdict.value}" for verdict, count in sorted(counts.items())) or "no documents")
    if not named:
        click.echo("no counsel is named, so little can be proposed: `showcause counsel add NAME --email ...`")


@privilege.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what is to be produced.")
@as_json
@click.pass_obj
def privilege_list(folder: Path | None, *, everything: bool, as_json: bool) -> None:
    """What stands, document by document: proposals and people's calls."""
    from showcause.faces import shown

    with opened(folder) as matter:
        rows = [one for one in matter.answer.calls() if everything or one.stands.verdict.value != "produce"]
    if as_json:
        emit(shown.called_row(one) for one in rows)
    else:
        show(shown.called(rows))


@privilege.command("call")
@click.argument("doc")
@click.option("--verdict", type=PRIVILEGE, required=True, help="What is to be done with it.")
@click.option("--why", required=True, help="Your reason, for the record.")
@click.option("--basis", default="", help="The privilege, as the log states it.")
@click.option("--topic", default="", help="What it is about, in a word or two, for the log.")
@click.option("--description", default="", help="The log's description, without what it says.")
@click.pass_obj
def privilege_call(folder: Path | None, /, doc: str, verdict: str, why: str, **facts: str) -> None:
    """Your call on DOC (an id, file name or Bates number), above every proposal."""
    from showcause.core import Verdict
    from showcause.matter.deciding import CallFacts

    with opened(folder) as matter:
        found = matter.answer.call(doc, Verdict(verdict), why=why, facts=CallFacts(**facts))
    click.echo(f"{doc}: {found.verdict.value}, by {found.by}")


# --- redactions --------------------------------------------------------------------------------


def _box(said: str) -> Any:
    from showcause.errors import BadInput
    from showcause.produce import Area

    try:
        page, left, top, right, bottom = said.split(",")
        return Area(int(page), float(left), float(top), float(right), float(bottom), "")
    except ValueError:
        raise BadInput(f"--box {said}: is PAGE,LEFT,TOP,RIGHT,BOTTOM in points from the upper left corner") from None


def _passage(said: str, text: str) -> str:
    from showcause.errors import BadInput

    start, _, end = said.partition(":")
    if not (start.isdigit() and end.isdigit() and text[int(start) : int(end)].strip()):
        raise BadInput(f"--passage {said}: is START:END in characters of the document's text")
    return text[int(start) : int(end)]


@click.command()
@click.argument("docs", nargs=-1)
@click.option("--text", "texts", multiple=True, help="Every place of these words.")
@click.option("--pattern", help="Private numbers: ssn, birth, phone, card, routing, account; apart by commas.")
@click.option("--box", "boxes", multiple=True, metavar="PAGE,LEFT,TOP,RIGHT,BOTTOM", help="A box, in points.")
@click.option("--passage", "passages", multiple=True, metavar="START:END", help="A passage of its text, in characters.")
@click.option("--reason", default="PII", show_default=True, help="The reason's code; more in redactions.toml.")
@click.option("--accept", is_flag=True, help="Enter what --pattern found; without it, it is only listed.")
@click.option("--preview", type=FILE, help="Write the pages as they will look, as .pdf or .png.")
@click.option("--lift", metavar="WHY", help="Take all redactions of these documents back.")
@as_json
@click.pass_obj
def redact(folder: Path | None, /, docs: tuple[str, ...], *, as_json: bool, **told: Any) -> None:
    """Burn words out of documents; nothing of them is left in any file that is produced.

    DOCS are ids, file names or Bates numbers. With --pattern and no DOCS the whole production set is searched.
    """
    from showcause.errors import BadInput
    from showcause.faces import shown

    if not docs and not told["pattern"]:
        raise BadInput("redact: name a document, or --pattern for the whole production set")
    rows: list[dict[str, Any]] = []
    with opened(folder) as matter:
        desk = matter.answer
        if told["pattern"]:
            kinds = [one.strip() for one in told["pattern"].split(",") if one.strip()]
            found = desk.patterns(kinds, reason=told["reason"], names=docs, accept=told["accept"])
            rows += [shown.hit_row(name, hit, entered=told["accept"]) for _, name, hit in found]
        for doc in docs:
            if told["lift"]:
                click.echo(f"{doc}: {desk.lift(doc, why=told['lift'])} redactions lifted", err=as_json)
            texts = [*told["texts"], *(_passage(one, desk.document(doc).text) for one in told["passages"])]
            boxes = [_box(one) for one in told["boxes"]]
            if texts or boxes:
                entered = desk.redact(doc, reason=told["reason"], texts=texts, boxes=boxes)
                rows += [shown.redaction_row(doc, one) for one in entered]
            if told["preview"]:
                for place in desk.preview(doc, told["preview"]):
                    click.echo(near(place), err=as_json)
    if as_json:
        emit(rows)
    else:
        show(shown.redacted(rows, accepted=told["accept"]))


# --- volumes -----------------------------------------------------------------------------------


@click.command()
@click.argument("volume")
@click.option("--prefix", required=True, help="The Bates prefix, such as ABC-.")
@click.option("--width", type=int, help="Digits of a number (default: 7, or those of the series).")
@click.option("--profile", default="plain", show_default=True, help="plain, sec, ftc, doj-antitrust, or a file.")
@click.option("--to", type=FILE, help="The folder to write to (default: productions/ in the matter).")
@click.option("--request", "requests", multiple=True, help="Only what answers this request: a label or LETTER/LABEL.")
@click.option("--query", default="", help="Only what fits this query (`showcause find`), of what was called.")
@click.option("--id", "ids", multiple=True, help="A document besides, by id or name; with --replaces, only these.")
@click.option("--proposed", is_flag=True, help="Also what rules propose as responsive; the papers say so.")
@click.option("--endorse", "endorsement", default="", help="Stamped on every page, such as CONFIDENTIAL.")
@click.option("--images", type=click.Choice(["tiff", "pdf"]), help="The form of images (default: the profile's).")
@click.option(
    "--load",
    multiple=True,
    type=click.Choice(["dat", "opt", "lfp", "edrm"]),
    help="Which load files (default: the profile's).",
)
@click.option("--from", "first", type=DAY, help="The first day asked for; what is earlier stops the volume.")
@click.option("--until", "last", type=DAY, help="The last day asked for.")
@click.option("--approved", multiple=True, help="What the recipient agreed to, such as 'suppressing duplicates'.")
@click.option("--replaces", is_flag=True, help="Produce again, under their numbers, what was clawed back or --id.")
@click.option(
    "--override", "overrides", multiple=True, help="Let a check pass: its name, or NAME@DOC for one document."
)
@click.option("--why", default="", help="The reason for what is overridden, for the record.")
@as_json
@click.pass_obj
def produce(folder: Path | None, /, volume: str, *, as_json: bool, **told: Any) -> None:
    """Make a production volume: numbered, stamped, checked, with load files and a cover letter.

    It holds what a person called responsive and not withheld, with its families. A check that fails stops it. A run that
    was cut off goes on when it is asked for again.
    """
    from showcause.errors import NotProven
    from showcause.faces import shown
    from showcause.matter.answering import Production

    to, why, overrides = (told.pop(name) for name in ("to", "why", "overrides"))
    period = (_day(told.pop("first")), _day(told.pop("last")))
    wanted = Production(volume, period=period, **told | {"images": told["images"] or ""})
    passed = [(name.partition("@")[0], why, name.partition("@")[2]) for name in overrides]
    with _papers(folder) as (matter, papers):
        to = to or matter.root / "productions"
        made = matter.answer.produce(wanted, to=to, overrides=passed)
        cover = papers.cover(volume, to, at=_now()).files if made.place else ()
    if as_json:
        emit([shown.made_row(made, cover)])
    else:
        show(shown.made(made, [near(place) for place in cover]))
    if made.place is None:
        raise NotProven(
            f"{volume}: not made: {len(made.stopped)} findings stopped it; decide, or --override CHECK --why"
        )


@click.command()
@click.option(
    "--kind", type=click.Choice(list(KINDS)), default="document", show_default=True, help="Which kind of log."
)
@click.option(
    "--to", type=FILE, help="The file: .docx, .xlsx, .pdf or .csv (default: privilege-log.docx in the matter)."
)
@click.option("--certified-by", "name", default="", help="Who signs the certification of a categorical log.")
@click.option("--office", default="", help="As what.")
@as_json
@click.pass_obj
def log(folder: Path | None, /, *, kind: str, to: Path | None, name: str, office: str, as_json: bool) -> None:
    """The privilege log of everything withheld or redacted as privileged."""
    from showcause.produce import Certification, LogKind

    signed = Certification(name, office) if name else None
    with _papers(folder) as (matter, papers):
        place = to or matter.root / "privilege-log.docx"
        _tell(papers.log(LogKind(KINDS[kind]), place, at=_now(), certification=signed), as_json=as_json)


@click.command()
@click.argument("bates")
@click.option("--why", required=True, help="How it came to be produced, for the letter and the record.")
@click.option("--basis", default="", help="The privilege claimed (default: what the rule proposes).")
@click.option("--to", type=FILE, help="The folder for the letter (default: productions/ in the matter).")
@as_json
@click.pass_obj
def clawback(folder: Path | None, /, bates: str, *, why: str, basis: str, to: Path | None, as_json: bool) -> None:
    """Ask the document that carries BATES back.

    It is withheld from now on and logged; `showcause produce NAME --replaces` makes its placeholder.
    """
    from showcause.matter.deciding import CallFacts

    with _papers(folder) as (matter, papers):
        one = matter.answer.clawback(bates, why=why, facts=CallFacts(basis))
        _tell(papers.clawback(one, to or matter.root / "productions", at=_now()), as_json=as_json)


# --- the response ------------------------------------------------------------------------------


@click.command("object")
@click.argument("request")
@click.option("--ground", required=True, help="The objection, with its grounds.")
@click.option("--part", default="", help="The part of the request that it goes to (default: all of it).")
@click.option("--withheld/--nothing-withheld", default=None, help="Whether anything is withheld on it.")
@click.pass_obj
def object_to(folder: Path | None, /, request: str, *, ground: str, part: str, withheld: bool | None) -> None:
    """Object to REQUEST (a label, or LETTER/LABEL) in the response."""
    from showcause.produce import Objection

    with _papers(folder) as (_, papers):
        papers.object(request, Objection(ground, withheld, part))
    said = {True: "", False: "", None: "; say --withheld or --nothing-withheld (34(b)(2)(C))"}[withheld]
    click.echo(f"{request}: objected to{' in part' if part else ''}{said}")


@click.command()
@click.argument("request")
@click.option("--part", is_flag=True, help="In part only.")
@click.pass_obj
def answered(folder: Path | None, /, request: str, *, part: bool) -> None:
    """Confirm that REQUEST is answered."""
    with _papers(folder) as (_, papers):
        click.echo(f"{request}: {papers.settle(request, part=part)}")


@click.command()
@click.argument("letter", default="")
@click.option("--to", type=FILE, help="The folder to write to (default: the matter's).")
@click.option("--answer", "answers", multiple=True, metavar="N=WORDS", help="The answer to question N of the letter.")
@click.option("--signer", help="Who signs, as “Name, Office”; kept for later letters.")
@as_json
@click.pass_obj
def reply(
    folder: Path | None, /, letter: str, *, to: Path | None, answers: tuple[str, ...], signer: str | None, as_json: bool
) -> None:
    """The response to a demand, item by item: PDF, DOCX and HTML.

    LETTER is the demand's id or name, where there are several. Edit response.md and run it again: your words stay.
    """
    from showcause.errors import BadInput

    with _papers(folder) as (matter, papers):
        if signer:
            name, _, office = signer.partition(",")
            papers.sign(name.strip(), office.strip())
        for one in answers:
            number, _, words = one.partition("=")
            if not number.isdigit() or not words.strip():
                raise BadInput(f"--answer {one}: is N=WORDS")
            papers.answer(letter, int(number), words.strip())
        _tell(papers.reply(to or matter.root, at=_now(), letter=letter), as_json=as_json)


@click.command("import")
@click.argument("volume", type=FILE)
@click.option("--party", required=True, help="Whose production it is.")
@click.option(
    "--encoding", type=click.Choice(["utf-8", "cp1252", "utf-16-le"]), help="Of its DAT (default: by its mark)."
)
@as_json
@click.pass_obj
def import_volume(folder: Path | None, /, volume: Path, *, party: str, encoding: str | None, as_json: bool) -> None:
    """Another party's VOLUME into the record.

    Takes a folder with a DAT, and its documents with their Bates numbers, custodians, families and text.
    """
    from showcause.faces import shown
    from showcause.matter.importing import taken_in

    with opened(folder) as matter:
        done = taken_in(matter.answer, volume, party=party, encoding=encoding)
    if as_json:
        emit([shown.imported_row(done)])
    else:
        show(shown.imported(done))


COMMANDS: Iterable[click.Command] = (
    counsel,
    privilege,
    redact,
    produce,
    log,
    clawback,
    object_to,
    answered,
    reply,
    import_volume,
)  # fmt: skip - in the order of the work
