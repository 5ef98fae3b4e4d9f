"""Words at a terminal in, what the record holds of them out: hits in their place, the search term report, near-duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showcause.faces.base import FILE, as_json, emit, near, opened, show

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from showcause.find import Alike
    from showcause.matter import Extract, Match, Result
    from showcause.paper import Term


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="How many documents are shown."
)
@click.option("--report", "terms", type=FILE, metavar="TERMS", help="Count every query of this file, one a line.")
@click.option("--to", type=FILE, help="Where the report goes: a .csv or .xlsx file (default: the terminal).")
@click.option("--alike", is_flag=True, help="Show the near-duplicates of the record instead.")
@click.option(
    "--least",
    type=click.FloatRange(0.1, 1.0),
    default=0.8,
    show_default=True,
    help="How much near-duplicates share, from 0 to 1.",
)
@as_json
@click.pass_obj
def find(folder: Path | None, /, query: tuple[str, ...], *, as_json: bool, **told: Any) -> None:
    r"""Search the record; hits stand in their words.

    \b
    retention AND (policy OR schedule) NOT draft     brackets, AND, OR, NOT
    "body worn camera"                               a phrase; words side by side are one
    camera w/5 footage, camera pre/5 footage         within five words, in any order or this one
    retent*  wom?n  colour~1                         any ending, any letter, one letter wrong
    custodian: from: to: cc: bcc: subject: title: name: path: kind: id: date:2024-01..2024-06

    With --report, a search term report: documents, documents with families, unique hits and hits of each query.
    """
    from showcause.errors import BadInput

    if told["terms"] is not None:
        _report(folder, told["terms"], told["to"], as_json=as_json)
    elif told["alike"]:
        with opened(folder) as matter:
            groups = matter.search.alike(least=told["least"])
        if as_json:
            emit(_group(one) for one in groups)
        else:
            show(_groups(groups))
    elif not query:
        raise BadInput("find: say what to look for, or give --report or --alike")
    else:
        with opened(folder) as matter:
            result = matter.search.find(" ".join(query), limit=told["limit"])
        if as_json:
            emit([result_row(result)])
        else:
            show(_result(result))


def _report(folder: Path | None, terms: Path, to: Path | None, *, as_json: bool) -> None:
    from showcause.errors import BadInput

    try:
        lines = terms.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as unread:
        raise BadInput(f"{terms}: can't be read as a list of queries, one a line ({unread})") from unread
    with opened(folder) as matter:
        if to is None:
            rows = matter.search.terms(lines, source=str(terms))
        else:
            rows = matter.search.report(lines, to=to, source=str(terms))
    if as_json:
        emit(_term_row(row) for row in rows)
    elif to is None:
        show(_terms(rows))
    else:
        click.echo(near(to))


def result_row(result: Result) -> dict[str, Any]:
    """What a query found, as JSON: counts, the ids of all documents that fit, and those shown with their passages."""
    found = result.found
    return {
        "query": found.query,
        "documents": len(found.documents),
        "with_families": found.with_families,
        "hits": found.hits,
        "ids": list(found.documents),
        "found": [_match_row(one) for one in result.matches],
    }


def _match_row(match: Match) -> dict[str, Any]:
    document = match.document
    return {
        "id": document.id,
        "name": document.name,
        "kind": document.kind,
        "custodian": document.custodian,
        "date": document.date,
        "score": match.score,
        "hits": match.hits,
        "passages": [{"start": p.start, "end": p.end, "text": p.text} for p in match.passages],
        "family": list(match.family),
        "thread": list(match.thread),
    }


def _result(result: Result) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    found = result.found
    count = f"{len(found.documents):,} documents, {found.with_families:,} with their families, {found.hits:,} hits"
    parts: list[RenderableType] = [Text(f"{count}: {found.query}", style="bold")]
    for match in result.matches:
        parts += _shown(match)
    rest = len(found.documents) - len(result.matches)
    if rest > 0:
        parts.append(Text(f"\nand {rest:,} more documents; --limit shows more of them"))
    if not found.documents and found.query.count('"') == 2 and found.query[0] == found.query[-1] == '"':
        words = " AND ".join(found.query.strip('"').split())
        parts.append(Text(f"Words side by side are looked for as a phrase; apart: showcause find '{words}'"))
    return Group(*parts)


def _shown(match: Match) -> Iterator[RenderableType]:
    from rich.text import Text

    document = match.document
    facts = [
        document.kind,
        str(document.date or "no date"),
        document.custodian,
        f"{match.hits} hit{'s'[: match.hits != 1]}",
    ]
    facts += [f"family of {len(match.family) + 1}"] if match.family else []
    facts += [f"thread of {len(match.thread) + 1}"] if match.thread else []
    yield Text.assemble(("\n" + (document.name or document.id), "bold underline"), f"  {document.id}")
    yield Text(", ".join(facts), style="dim")
    yield from (Text("  ").append_text(marked(one)) for one in match.extracts)
    shown = sum(len(one.hits) for one in match.extracts)
    if len(match.passages) > shown:
        yield Text(f"  and {len(match.passages) - shown} more", style="dim")


def marked(extract: Extract) -> Text:
    """A piece of a text on one line with its hits standing out; between »« where there is no colour."""
    from rich.text import Text

    out, at, words = Text(), extract.around.start, extract.around.doc.text
    for hit in extract.hits:
        if hit.start < at:
            continue
        between = words[at : hit.start]
        out.append(" " * between.startswith((" ", "\n")) + " ".join(between.split()))
        out.append(" " * (between.strip() != "" and between.endswith((" ", "\n"))))
        out.append(f"»{' '.join(hit.text.split())}«", style="bold yellow")
        at = hit.end
    rest = words[at : extract.around.end]
    out.append(" " * rest.startswith((" ", "\n")) + " ".join(rest.split()))
    return Text("… ").append_text(out).append(" …")


def _term_row(term: Term) -> dict[str, Any]:
    return {name: getattr(term, name) for name in term.__slots__}


def _terms(rows: Sequence[Term]) -> RenderableType:
    from showcause.faces.show import table
    from showcause.paper.terms import cells

    made = table("term", ">documents", ">with families", ">unique", ">unique, families", ">hits")
    for row in rows:
        made.add_row(*(f"{cell:,}" if isinstance(cell, int) else cell for cell in cells(row)))
    return made


def _group(one: Alike) -> dict[str, Any]:
    return {"head": one.head, "others": [{"id": name, "likeness": share} for name, share in one.others]}


def _groups(groups: Sequence[Alike]) -> RenderableType:
    from rich.text import Text

    from showcause.faces.show import table

    if not groups:
        return Text("no near-duplicates")
    made = table("around", "near-duplicate", ">likeness")
    for one in groups:
        for place, (name, share) in enumerate(one.others):
            made.add_row(one.head if not place else "", name, f"{share:.3f}")
    return made
