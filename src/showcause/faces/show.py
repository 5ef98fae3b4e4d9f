"""What a terminal shows: values of the rooms in, tables that fit 80 columns (or plain JSON rows) out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from showcause.core import Document, Given, Law, Letter, OfficialText, State, Statement

if TYPE_CHECKING:
    from showcause.matter import Assessed

COLOURS = {
    "conflict": "bold red",
    "contradicted": "bold red",
    "unclear": "bold yellow",
    "complies": "green",
    "supported": "green",
    "silent": "dim",
    "unsupported": "dim",
    "unreadable": "bold red",
    "skipped": "yellow",
}
ORDER = ("conflict", "unclear", "complies", "silent")


LISTED = 40  # exceptions that a terminal shows


def table(*columns: str, title: str | None = None) -> Table:
    """An open table in the house's form."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        right = column.startswith(">")
        made.add_column(column.lstrip(">"), justify="right" if right else "left", overflow="fold")
    return made


def word(verdict: str) -> Text:
    """A verdict or state in its colour."""
    return Text(verdict, style=COLOURS.get(verdict, ""))


def short(text: str, length: int = 60) -> str:
    """The text on one line, cut at a word with an ellipsis where it is longer than `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"


# --- the law -----------------------------------------------------------------------------------


def law_row(law: Law, *, official: OfficialText | None = None) -> dict[str, Any]:
    """One law as JSON."""
    return {
        "id": law.id,
        "citation": law.citation,
        "title": law.title,
        "jurisdiction": law.jurisdiction,
        "requirements": [
            {"id": r.id, "pinpoint": r.pinpoint, "text": r.text, "duty": r.duty} for r in law.requirements
        ],
        "readings": [
            {
                "id": r.id,
                "title": r.title,
                "says": r.says,
                "judged": r.judged,
                "authorities": [{"citation": a.citation, "forum": a.forum, "holds": a.holds} for a in r.authorities],
            }
            for r in law.readings
        ],
        "official": official_row(official) if official else None,
    }


def law_list(laws: Iterable[Law]) -> Table:
    """The packs, one a row."""
    made = table("law", "citation", "requirements", "readings")
    for law in laws:
        made.add_row(
            law.id,
            law.citation,
            ", ".join("#" + r.id.partition("#")[2] for r in law.requirements),
            ", ".join(r.id for r in law.readings),
        )
    return made


def law(law: Law) -> RenderableType:
    """One law on a page: requirements, then readings with their authorities."""
    wants = table("requirement", "restated", title=f"{law.citation}  {law.title}")
    for r in law.requirements:
        wants.add_row(f"#{r.id.partition('#')[2]} {r.pinpoint}", r.text + ("  [duty]" if r.duty else ""))
    reads = table("reading", "what it says", "authorities")
    for reading in law.readings:
        reads.add_row(
            reading.id + ("" if reading.judged else " (no verdict)"),
            reading.says,
            "\n".join(f"{a.citation} [{a.forum}]" for a in reading.authorities),
        )
    parts: list[RenderableType] = [wants, reads]
    if law.official:
        version = (
            f"in force from {law.official.in_force}"
            if law.official.in_force
            else f"published {law.official.published or 'on no day that the file gives'}"
        )
        parts.append(Text(f"{law.official.text}\n({law.official.source}; {version})"))
    return Group(*parts)


def official_row(text: OfficialText) -> dict[str, Any]:
    """One imported section as JSON."""
    return {
        "citation": text.citation,
        "identifier": text.identifier,
        "heading": text.heading,
        "published": text.published,
        "in_force": text.in_force,
        "repealed": text.repealed,
        "source": text.source,
        "sha256": text.sha256,
        "provisions": len(text.provisions),
    }


def officials(texts: Sequence[OfficialText]) -> Table:
    """The sections taken, one a row."""
    made = table("section", "heading", "published", "in force from", ">parts")
    for text in texts:
        made.add_row(
            text.identifier,
            short(text.heading, 40),
            str(text.published or "-"),
            str(text.in_force or "-"),
            str(len(text.provisions)),
        )
    return made


# --- what came in ------------------------------------------------------------------------------


def given_row(given: Given) -> dict[str, Any]:
    """One thing given, as JSON."""
    return {
        "path": given.path,
        "state": given.state,
        "document": given.document,
        "reason": given.reason,
        "size": given.size,
        "sha256": given.sha256,
        "custodian": given.custodian,
        "parent": given.parent,
    }


def added(counts: Mapping[State, int], unread: Sequence[Given]) -> RenderableType:
    """Counts by state, and the things that were not read, with the reason."""
    total = sum(counts.values())
    line = ", ".join(f"{counts[state]:,} {state}" for state in State if counts.get(state)) or "nothing"
    return Group(Text(f"{total:,} new: {line}"), *exceptions(unread))


def exceptions(givens: Sequence[Given]) -> list[RenderableType]:
    """The first things that could not be read or were skipped, and why; where all of them are listed."""
    if not givens:
        return []
    made = table("file", "state", "reason")
    for given in givens[:LISTED]:
        made.add_row(given.path, word(given.state), given.reason or "")
    rest = len(givens) - LISTED
    more = f"and {rest:,} more; `showcause status --exceptions FILE.xlsx` lists all"
    return [made, *([Text(more)] if rest > 0 else [])]


def letter(read: Letter) -> RenderableType:
    """A letter at a glance."""
    facts = table("", "")
    facts.show_header = False
    for name, value in (
        ("from", ", ".join(x for x in (read.sender, read.sender_office) if x)),
        ("to", ", ".join(read.addressees)),
        ("date", str(read.date or "none given")),
        ("due", f"{read.due or 'relative'} ({read.due_rule})" if read.due_rule else "none given"),
        ("authority", "; ".join(read.authority)),
        ("contact", read.contact or ""),
    ):
        facts.add_row(name, short(value, 200))
    asks = table("request", "what", "period")
    for request in read.requests:
        asks.add_row(request.label or "-", short(request.text, 160), short(request.period or "", 40))
    for question in read.questions:
        asks.add_row("question", short(question, 160), "")
    threats = table("threat", "words")
    for consequence in read.consequences:
        threats.add_row(consequence.kind, short(consequence.text, 160))
    return Group(facts, *([asks] if asks.row_count else []), *([threats] if threats.row_count else []))


def statement(read: Statement) -> RenderableType:
    """Who said what, and what of it is a claim."""
    quotes = table("speaker", "kind", "words", "via")
    for quote in read.quotes:
        role = ", ".join(x for x in (quote.role, quote.organisation) if x)
        quotes.add_row(f"{quote.speaker or '?'}\n{role}".strip(), quote.kind, short(quote.text, 120), quote.via or "")
    claims = table("claim by", "stance", "words", "promised for")
    for claim in read.claims:
        when = (
            str(claim.date_promised)
            if claim.date_promised
            else "no date given"
            if claim.stance == "will_produce"
            else ""
        )
        claims.add_row(claim.by or "?", claim.stance, short(claim.text, 120), when)
    return Group(quotes, claims)


def document_row(document: Document) -> dict[str, Any]:
    """A document as JSON, with its text."""
    return {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "kind": document.kind,
        "custodian": document.custodian,
        "date": document.date,
        "sha256": document.sha256,
        "text": document.text,
    }


# --- findings ----------------------------------------------------------------------------------


def judged(rows: Iterable[Mapping[str, Any]]) -> RenderableType:
    """Rows of `judge`: a block for each document and passage, in it one entry for each verdict with its words and reason."""
    blocks: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    for row in rows:
        section = (row.get("passage") or {}).get("section")
        words = " … ".join(f"“{short(c['text'], 160)}”" for c in row["cites"])
        entry = (row["verdict"], words, "\n".join((row["why"], *_explained(row.get("explain")))))
        place = str(row["id"]) + (f", {section}" if section else "")
        blocks.setdefault(place, {}).setdefault(entry, []).append(f"{row['requirement']} {row['reading']}")
    return Group(*(_block(place, entries) for place, entries in blocks.items()))


SPOKEN = {"counterpart": "toward", "modality": "force"}


def _explained(explain: Mapping[str, Any] | None) -> Iterator[str]:
    """The lines of `--explain`: the rule's parts, the law's, the cell of the table, and what moved the verdict from it."""
    if not explain:
        return
    for name in ("rule", "law"):
        parts = explain[name]
        for number, (part, said) in enumerate(parts.items()):
            yield f"  {name if not number else '':5} {SPOKEN.get(part, part):10} {short(said, 48)}"
    if explain["cell"]:
        yield f"  table {explain['cell']}: {explain['table']}"
    if explain["moved"]:
        yield f"  but   {explain['moved']}" if explain["cell"] else f"  since {explain['moved']}"


def _block(place: str, entries: Mapping[tuple[str, str, str], Sequence[str]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=10)
    grid.add_column(overflow="fold")
    for (verdict, words, why), asked in entries.items():
        readings: dict[str, list[str]] = {}
        for requirement, _, reading in (one.rpartition(" ") for one in asked):
            readings.setdefault(requirement, []).append(reading)
        named = "; ".join(f"{requirement} ({', '.join(under)})" for requirement, under in readings.items())
        grid.add_row(word(verdict), Text(named, style="bold"))
        for line in (words, why):
            if line:
                grid.add_row("", line)
    return Group(Text(f"\n{place}", style="bold underline"), grid)


def verdicts(findings: Mapping[str, Mapping[str, Mapping[str, int]]], title: str | None = None) -> Table:
    """Counts of current requirement findings by law, reading and verdict."""
    made = table("law", "reading", *(f">{verdict}" for verdict in ORDER), title=title)
    for law_id, readings in findings.items():
        for reading, counts in readings.items():
            made.add_row(
                law_id,
                reading,
                *(Text(str(counts.get(v, 0)), style=COLOURS[v] if counts.get(v) else "dim") for v in ORDER),
            )
    return made


def assessed(done: Assessed, status: Mapping[str, Any]) -> RenderableType:
    """What `assess` did, and what stands now."""
    return Group(Text(f"{done.judged} documents judged, {done.kept} kept from before"), verdicts(status["findings"]))


def status(told: Mapping[str, Any], unread: Sequence[Given]) -> RenderableType:
    """The records' accounting, requests, findings and what is owed."""
    records = told["records"]
    parts: list[RenderableType] = [
        Text(f"{records['given']} given = " + " + ".join(f"{records[state]} {state}" for state in State)),
        verdicts(told["findings"]),
    ]
    parts += list(_demands(told["demands"]))
    requests = table("request", "letter", "state", "due")
    for row in told["requests"]:
        requests.add_row(str(row["label"]), short(row["name"], 36), row["state"], str(row["due"] or "no date"))
    parts += [requests] * bool(told["requests"]) + list(_owed(told["owed"]))
    return Group(*parts, *exceptions(unread))


def _demands(rows: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """Where each demand stands, and since when."""
    made = table("demand", "state", "since", "waits for")
    for row in rows:
        waits = f"the {row['waits_for']} side" if row["waits_for"] else ""
        made.add_row(f"{row['title']}\n{short(row['from'], 36)}", row["state"], str(row["since"]), waits)
    if rows:
        yield made


def _owed(rows: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """What is owed by whom in how many days, overdue in red; beneath it what follows otherwise, in the letter's words."""
    made = table("owed", "by", "due", ">days left")
    for what, row in grouped(rows):
        days, working = row["days_left"], row["working_days_left"]
        shown = "" if days is None else f"{days}" if working is None else f"{days}\n{working} working"
        to = f"\nto {short(row['to'], 40)}" if row["to"] else ""
        made.add_row(
            f"{short(what, 120)}{to}",
            short(row["by"], 24),
            str(row["due"] or "no date given"),
            Text(shown, style="bold red" if row["overdue"] else ""),
        )
    if rows:
        yield made
    threats = {(t["kind"], t["text"]): None for row in rows for t in row["threat"]}
    for kind, text in threats:
        yield Text("if not: ", style="bold").append(f"{kind}: ", style="red").append(f"“{short(text, 200)}”")


def grouped(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is owed together under one letter on one day, in one line: the answer, and to which requests and questions."""
    blocks: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        parts = row["what"].startswith(("Answer to the letter", "Request ", "Question "))
        key = (row["source"], row["due"], row["by"], row["to"], "" if parts else row["what"])
        blocks.setdefault(key, []).append(row)
    for held in blocks.values():
        named = [row["what"].partition(":")[0] for row in held[1:]]
        listed = ", ".join(name[0].lower() + name[1:] for name in named)
        yield held[0]["what"] + (f": {listed}" if listed else ""), held[0]


# --- the proof ---------------------------------------------------------------------------------


def checked_row(checked: Any) -> dict[str, Any]:
    """A verification as JSON."""
    return {
        "ok": not checked.failures,
        "checks": [{"check": c.name, "ok": c.ok, "detail": c.detail} for c in checked.checks],
        "failures": list(checked.failures),
        "rederived": checked.rederived,
        "not_rederivable": [{"finding": n.finding, "reason": n.reason} for n in checked.not_rederivable],
    }


def checked(checked: Any) -> RenderableType:
    """Each check with its outcome, and what could not be judged again."""
    made = table("check", "", "what was seen")
    for check in checked.checks:
        made.add_row(
            check.name,
            Text("ok", style="green") if check.ok else Text("FAILED", style="bold red"),
            short(check.detail, 400),
        )
    parts: list[RenderableType] = [made]
    reasons = Counter(n.reason for n in checked.not_rederivable)
    parts += [Text(f"not re-derivable: {count}, {reason}") for reason, count in reasons.items()]
    return Group(*parts)


def demo(made: Any) -> RenderableType:
    """The sample matter's outcome and the three paths worth opening."""
    paths = table("open this", "for", title="")
    for place, reason in made.worth_opening:
        paths.add_row(str(place), reason)
    return Group(status(made.status, made.unread), paths, Text(made.line, style="bold"))
