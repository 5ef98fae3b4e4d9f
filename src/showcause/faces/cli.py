"""Words at a terminal in, one Matter method or room's door each, lines or JSON out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showcause import __version__, settings
from showcause.faces import answering, exchanging, finding, reviewing, stating
from showcause.faces.base import FILE, Faces, as_json, emit, near, opened, progress, show
from showcause.faces.campaigning import campaign
from showcause.faces.options import third_judge

if TYPE_CHECKING:  # the matter is loaded by the commands that need it
    from showcause.matter import Matter


@click.group(cls=Faces, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="showcause")
@click.option(
    "-m", "--matter", "folder", type=FILE, help="The matter's folder (default: this one or the nearest above)."
)
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Set a law, a demand letter and a body's records against each other, and prove the result.

    It finds and cites; a person decides. It never gives legal advice.
    """
    ctx.obj = folder


# --- the whole, at once ------------------------------------------------------------------------


@main.command()
@click.argument("folder", type=FILE, default=Path("demo"))
@as_json
def demo(folder: Path, *, as_json: bool) -> None:
    """A sample matter, run to its proof.

    Builds it in FOLDER (default: demo), papers and all, and prints where to look.
    """
    from showcause import demo as sample
    from showcause.faces import show as pages

    with progress("sample matter", quiet=as_json) as tell:
        made = sample.run(folder, settings=settings.read(), tell=tell)
    if as_json:
        emit([made.as_json()])
    else:
        show(pages.demo(made))


@main.command()
@click.argument("folder", type=FILE)
@click.option(
    "--law", "laws", multiple=True, required=True, help="A law pack's id or file; may be given more than once."
)
@click.option("--respondent", required=True, help="The body that the demand is addressed to.")
@click.option("--name", help="The matter's name (default: the folder's).")
@click.option("--store", "store", help="A PostgreSQL URL (default: SQLite in the matter).")
def init(folder: Path, laws: tuple[str, ...], respondent: str, name: str | None, store: str | None) -> None:
    """Make a new matter in FOLDER."""
    from showcause import matter

    with matter.init(folder, laws=laws, respondent=respondent, name=name, url=store, settings=settings.read()) as made:
        click.echo(f"{near(made.root)}: a matter for {respondent} under {', '.join(law.id for law in made.laws())}")


# --- the law -----------------------------------------------------------------------------------


@main.group(cls=Faces)
def law() -> None:
    """Laws: packs, readings, official texts."""


@law.command("list")
@as_json
def law_list(*, as_json: bool) -> None:
    """The law packs at hand."""
    from showcause.ask import law as packs
    from showcause.faces import show as pages

    folders = settings.read().packs
    found = [packs.load(one, folders=folders) for one in packs.available(folders=folders)]
    if as_json:
        emit(pages.law_row(one) for one in found)
    else:
        show(pages.law_list(found))


@law.command("show")
@click.argument("name")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose version is wanted (default: the latest).")
@as_json
@click.pass_obj
def law_show(folder: Path | None, name: str, on: datetime | None, *, as_json: bool) -> None:
    """One law: requirements, readings, authorities, and its official words where a matter has them."""
    from showcause.ask import law as packs
    from showcause.errors import NoMatter
    from showcause.faces import show as pages

    found = packs.load(name, folders=settings.read().packs)
    try:
        with opened(folder) as matter:
            mine = matter.laws(on=on.date() if on else None)
    except NoMatter:
        mine = ()  # outside a matter a pack has no official text: the restatement is shown
    found = next((one for one in mine if one.id == found.id), found)
    if as_json:
        emit([pages.law_row(found, official=found.official)])
    else:
        show(pages.law(found))


@law.command("import")
@click.argument("file", type=FILE)
@as_json
@click.pass_obj
def law_import(folder: Path | None, file: Path, *, as_json: bool) -> None:
    """Take the official text of the matter's laws from FILE (USLM, Akoma Ntoso or D.C. XML)."""
    from showcause.faces import show as pages

    with opened(folder) as matter:
        taken = matter.import_law(file)
    if as_json:
        emit(pages.official_row(text) for text in taken)
    else:
        show(pages.officials(taken))


@law.command("draft")
@click.argument("file", type=FILE)
@click.option("--to", type=FILE, help="Where the pack is written (default: standard output).")
@click.option("--id", "pack_id", help="The pack's id (default: made from the citation).")
@click.option("--citation", help="How a court cites the law (default: as the file says).")
@click.option(
    "--section", "sections", multiple=True, help="Only this section of the file; may be given more than once."
)
@as_json
def law_draft(
    file: Path, to: Path | None, *, pack_id: str | None, citation: str | None, sections: tuple[str, ...], as_json: bool
) -> None:
    """Make a first pack from the text of a law.

    FILE is an official file (USLM, Akoma Ntoso or D.C. XML), or the plain text, PDF or Word file of a statute. Every
    sentence of it becomes a requirement or a definition, or is named as left out; comments say where to look.
    """
    from showcause.faces import drafting

    named = drafting.Named(pack_id or "", citation or "", sections)
    made = drafting.drafted(file, named=named, settings=settings.read())
    if to is not None:
        drafting.write(made, to)
    if as_json:
        emit([drafting.row(made, to)])
    elif to is None:
        click.echo(made.text, nl=False)
    else:
        for line in drafting.lines(made, near(to)):
            click.echo(line)


@law.command("check")
@click.argument("pack", type=FILE)
@as_json
def law_check(pack: Path, *, as_json: bool) -> None:
    """Tell the author of PACK what is wrong in it, where, and what to write; or how each requirement is heard."""
    from showcause.errors import BadPack
    from showcause.faces import drafting

    checked = drafting.checked(pack, settings=settings.read())
    if as_json:
        emit(checked.rows)
    else:
        for line in checked.lines:
            click.echo(line)
    if checked.problems:
        raise BadPack(f"{pack}: {checked.problems} problem{'s'[: checked.problems != 1]}")


# --- what comes in -----------------------------------------------------------------------------


@main.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@click.option("--custodian", help="Whose records these are (default: the respondent).")
@click.option("--password", "passwords", multiple=True, help="Try this on what is locked; may be given more than once.")
@click.option("--passwords", "password_file", type=FILE, help="Try each line of this file on what is locked.")
@click.option("--exclude", multiple=True, help="Leave out files of this name or path, such as '*.tmp'.")
@click.option("--larger-than", type=int, metavar="MB", help="Leave out files of more than so many megabytes.")
@click.option("--nsrl", type=FILE, help="Leave out the programs' files of this list: the NSRL's, or a hash a line.")
@click.option(
    "--scope",
    type=click.Choice(["global", "custodian", "none"]),
    default="global",
    help="Within what two copies of a message are one (default: global).",
)
@click.option("--on", "engine", default="workers", metavar="ray://HOST:PORT", help="Read on a Ray cluster.")
@click.option(
    "--anew",
    is_flag=True,
    help="Look into every file, also one that stands as it did, and try again what could not be read.",
)
@as_json
@click.pass_obj
def add(folder: Path | None, /, paths: tuple[Path, ...], *, as_json: bool, **told: Any) -> None:
    """Records in; every file ends in a named state.

    PATHS are files and folders: documents, scans, sheets, slides, mail and mailboxes, archives. What is known already
    is only looked at, so a run that was cut off goes on where it stood.
    """
    from showcause.faces import adding

    with opened(folder) as matter:
        rules = adding.rules(told, respondent=matter.respondent)
        if as_json:
            adding.as_events(matter, paths, rules, emit)
        else:
            show(adding.as_bar(matter, paths, rules))


main.add_command(exchanging.ask)


@main.command()
@click.argument("file", type=FILE)
@as_json
@click.pass_obj
def hear(folder: Path | None, file: Path, *, as_json: bool) -> None:
    """A statement in: its claims become Questions.

    FILE is an article, a release or a reply; a promise enters the deadlines, with its date or with none.
    """
    from showcause.ask import statement_rows
    from showcause.faces import show as pages

    with opened(folder) as matter:
        statement = matter.hear(file)
    if as_json:
        emit([statement_rows(statement)])
    else:
        show(pages.statement(statement))


main.add_command(exchanging.sent)
main.add_command(exchanging.letters)
main.add_command(exchanging.request)
main.add_command(exchanging.deadlines)
main.add_command(exchanging.clock)
main.add_command(exchanging.extend)
main.add_command(exchanging.pause)
main.add_command(exchanging.resume)
main.add_command(exchanging.timeline)
main.add_command(exchanging.hold)


# --- findings and papers -----------------------------------------------------------------------


@main.command()
@third_judge
@click.option("--withhold", multiple=True, help="With --llm: the name or id of a document that must not be sent.")
@as_json
@click.pass_obj
def assess(folder: Path | None, withhold: tuple[str, ...], *, llm: bool, dry: bool, yes: bool, as_json: bool) -> None:
    """Judge the record, per reading; only what is new.

    With --llm an LLM is heard beside the rules: where they differ the finding is unclear. What is sent and what comes
    stands in the matter's log.
    """
    from showcause.faces import show as pages

    with opened(folder) as matter:
        with progress("judging", quiet=as_json) as tell:
            done = matter.assess(tell=tell)
        heard = _heard(matter, withhold, dry=dry, yes=yes) if llm else None
        if llm and dry:
            return
        counts = matter.status()
    if as_json:
        emit([{"judged": done.judged, "kept": done.kept, "findings": counts["findings"]}])
    else:
        show(pages.assessed(done, counts))
    if heard:
        heard()


def _heard(matter: Matter, withhold: tuple[str, ...], *, dry: bool, yes: bool) -> Callable[[], None] | None:
    """Ask the LLM what is planned, on the user's leave; what says at the end whether it answered, None where it was not asked."""
    from showcause.faces import third

    to = third.endpoint(settings.read())
    plan = matter.plan_llm(to, withhold=withhold)
    found = plan.candidates()
    for name, why in plan.unsent.items():
        click.echo(f"not sent: {name}: {why}", err=True)
    if dry:
        emit(third.show(found, to=to))
        return None
    if not found:
        return None
    third.agreed(found, to=to, yes=yes)
    with progress("asking", quiet=False) as tell:
        tally = matter.ask_llm(plan, tell=tell)
    click.echo(f"{to.host}: {tally.line()}", err=True)
    return partial(tally.answered, to.host)


main.add_command(finding.find)
main.add_command(reviewing.review)


def _papers(folder: Path | None, to: Path | None, which: str, *, as_json: bool) -> None:
    with opened(folder) as matter:
        written = getattr(matter, which)(to or matter.root)
    if as_json:
        emit([{"written": [str(path) for path in written]}])
    else:
        for path in written:
            click.echo(near(path))


@main.command()
@click.option("--to", type=FILE, help="The folder to write to (default: the matter's).")
@as_json
@click.pass_obj
def opinion(folder: Path | None, to: Path | None, *, as_json: bool) -> None:
    """The memorandum, every sentence cited: PDF, DOCX and HTML."""
    _papers(folder, to, "opinion", as_json=as_json)


@main.command()
@click.option("--to", type=FILE, help="The folder to write to (default: the matter's).")
@as_json
@click.pass_obj
def report(folder: Path | None, to: Path | None, *, as_json: bool) -> None:
    """The report, one page that works offline.

    The matrix of requirements and readings, the quotations in their place, and the lists.
    """
    _papers(folder, to, "report", as_json=as_json)


main.add_command(stating.statements)


@main.command()
@click.option(
    "--to",
    type=FILE,
    help="Where the bag is written (default: proof/ in the matter; a name ending in .zip makes one file).",
)
@click.option("--withhold", multiple=True, help="The name or id of a document that must not be in the bag in any form.")
@click.option("--internal", is_flag=True, help="The full edition, for the matter's own side.")
@as_json
@click.pass_obj
def prove(folder: Path | None, to: Path | None, withhold: tuple[str, ...], *, internal: bool, as_json: bool) -> None:
    """The signed bundle for the other side.

    A BagIt bag that is checked with sha256sum and ssh-keygen, and judged again with `verify --rederive`.
    """
    with opened(folder) as matter:
        bag = matter.prove(to or matter.root / "proof", withhold=withhold, internal=internal)
    if as_json:
        emit([{"proof": str(bag)}])
    else:
        click.echo(near(bag))
        click.echo(f"check it: showcause verify {near(bag)}, or with stock tools as its HOWTO.txt says")


@main.command()
@click.argument("bundle", type=FILE)
@click.option("--rederive", is_flag=True, help="Judge again, and compare every finding that stands whole in the bag.")
@click.option("--signers", type=FILE, help="An allowed_signers file (ssh-keygen's form) that the signature must match.")
@as_json
def verify(bundle: Path, signers: Path | None, *, rederive: bool, as_json: bool) -> None:
    """Check a bundle, and judge it again.

    Manifest, signature, log chain, and that every cited passage stands at its place.
    """
    from showcause import prove as proofs
    from showcause.assess import judge as judging
    from showcause.errors import NotProven
    from showcause.faces import show as pages

    checked = proofs.verify(bundle, rederive=judging if rederive else None, signers=signers)
    if as_json:
        emit([pages.checked_row(checked)])
    else:
        show(pages.checked(checked))
    if checked.failures:
        raise NotProven(f"{bundle}: not proven; {checked.failures[0]}")


@main.command()
@click.option(
    "--exceptions",
    "report",
    type=FILE,
    help="Write what was not read, and why, to this file (.csv or .xlsx).",
)
@click.option("--all", "everything", is_flag=True, help="With --json, list everything given with its state.")
@as_json
@click.pass_obj
def status(folder: Path | None, *, report: Path | None, everything: bool, as_json: bool) -> None:
    """What is owed by when; what was not read."""
    from showcause.faces import show as pages

    with opened(folder) as matter:
        if report is not None:
            matter.exceptions_report(report)
        if as_json:
            things = {"things": [pages.given_row(one) for one in matter.given()]} if everything else {}
            emit([matter.status() | {"exceptions": [pages.given_row(one) for one in matter.exceptions()]} | things])
        else:
            show(pages.status(matter.status(), matter.exceptions()))
            if report is not None:
                click.echo(near(report))


@main.command()
@as_json
def key(*, as_json: bool) -> None:
    """Make your signing key, where there is none.

    Ed25519, in OpenSSH's form, at the place that SHOWCAUSE_KEY names.
    """
    from showcause import prove as proofs

    place = settings.read().key
    made = not place.exists()
    if made:
        proofs.make_key(place)
    public = place.with_name(place.name + ".pub")
    if as_json:
        emit([{"key": str(place), "public": str(public), "made": made}])
    else:
        click.echo(
            f"{'made' if made else 'there already:'} {place} (keep it secret) and {public} (give it to the other side)"
        )


@main.command()
@click.option("--port", default=8373, show_default=True, help="The port on this machine.")
@click.pass_obj
def serve(folder: Path | None, port: int) -> None:
    """The report and the API, on this machine."""
    from showcause.faces import rest

    with opened(folder) as matter:
        click.echo(f"{matter.name}: http://127.0.0.1:{port}/ (Ctrl-C ends it)", err=True)
        rest.serve(matter.root, port=port, settings=settings.read())


main.add_command(campaign)

# --- the answer --------------------------------------------------------------------------------

for _one in answering.COMMANDS:
    main.add_command(_one)


# --- without a matter --------------------------------------------------------------------------


@main.command()
@click.argument("file", type=FILE)
@click.option("--law", "laws", multiple=True, help="A law pack's id or file; may be given more than once.")
@click.option("--ask", "asks", type=FILE, help='Plain sentences in place of a law: JSON Lines of {"id", "text"}.')
@click.option("--rank", is_flag=True, help="With --ask: every sentence of the document, ranked.")
@click.option("--explain", is_flag=True, help="With --law: the rule that decided, and how it was set against the law.")
@third_judge
@click.option("--llm-log", "log", type=FILE, help="With --llm: the file that every request and answer is added to.")
@as_json
def judge(file: Path, laws: tuple[str, ...], asks: Path | None, *, as_json: bool, **how: Any) -> None:
    """Judge one file, without a matter.

    FILE is a document, or JSON Lines of {"id", "text"}; a row per document, requirement and reading. With --llm an LLM
    is heard beside the rules: where they differ the finding is unclear.
    """
    from showcause.errors import BadInput
    from showcause.faces import files
    from showcause.faces import show as pages

    if bool(laws) == bool(asks):
        raise BadInput("judge: give either --law (once or more) or --ask")
    if (how["explain"] or how["llm"]) and asks:
        raise BadInput("judge: --explain and --llm go with --law")
    documents = files.documents(file, settings=settings.read())
    from showcause.faces import alone  # the judges, loaded while the file is read

    rows: Iterable[dict[str, Any]]
    if how["llm"]:
        from showcause.faces import third

        plan = third.plan(documents, laws=laws, settings=settings.read())
        if how["dry"]:
            emit(third.show(plan.candidates(), to=plan.endpoint))
            return
        if how["log"] is None:
            raise BadInput("judge: --llm wants --llm-log FILE, in which every request and answer is kept")
        third.agreed(plan.candidates(), to=plan.endpoint, yes=how["yes"])
        rows = third.rows(plan, log=how["log"])
    elif asks:
        rows = alone.judge_plain(documents, asks=asks, rank=how["rank"])
    else:
        rows = alone.judge_alone(documents, laws=laws, settings=settings.read(), explain=how["explain"])
    if as_json:
        emit(rows)
    else:
        show(pages.judged(rows))


@main.group(cls=Faces)
def read() -> None:
    """Read one letter or statement."""


def _read_one(file: Path, which: str, *, as_json: bool) -> None:
    from showcause import ask as room
    from showcause.faces import files
    from showcause.faces import show as pages

    document = files.document(file, settings=settings.read())
    found = getattr(room, f"read_{which}")(document)
    if as_json:
        emit([getattr(room, f"{which}_rows")(found)])
    else:
        show(getattr(pages, which)(found))


for _which, _says in (
    ("letter", "A demand letter: sender, dates, requests, threats."),
    ("statement", "An article or statement: quotations, speakers, claims."),
):
    _command = as_json(click.argument("file", type=FILE)(partial(_read_one, which=_which)))
    read.command(_which, help=_says)(_command)
