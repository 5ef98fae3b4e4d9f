"""The command that prints who said what over time, and what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from showcause.faces.base import FILE, as_json, emit, near, opened, show

if TYPE_CHECKING:
    from rich.console import RenderableType


@click.command()
@click.option("--speaker", help="Only speakers whose name holds this.")
@click.option("--to", type=FILE, help="A folder: the sheet is written there as PDF, DOCX, HTML and CSV.")
@as_json
@click.pass_obj
def statements(folder: Path | None, speaker: str | None, to: Path | None, *, as_json: bool) -> None:
    """Who said what over time, held against the record.

    Each claim of what was heard, by speaker and date, with its verdict under each reading, what changed since, and the
    promises that give no date. Run `assess` first for the verdicts.
    """
    with opened(folder) as matter:
        found = matter.statements(speaker=speaker)
        written = matter.print_statements(to, speaker=speaker) if to else []
        rows = found.rows()
    if as_json:
        emit([rows | ({"written": [str(path) for path in written]} if to else {})])
        return
    if not to:
        show(_table(rows))
    for path in written:
        click.echo(near(path))


def _table(rows: dict[str, list[dict[str, Any]]]) -> RenderableType:
    from rich.console import Group

    from showcause.faces.show import short, table

    claims = table("speaker", "said on", "asserts", "words", "reading", "verdict")
    for row in rows["claims"]:
        promised = f" ({row['date_promised']})" if row["date_promised"] else ""
        claims.add_row(
            row["speaker"],
            row["date"] or "?",
            row["stance"].replace("_", " ") + promised,
            short(row["claim"], 100),
            row["reading"] or "-",
            row["verdict"] or "not held",
        )
    changed = table("speaker", "from", "to", "what changed")
    for row in rows["changes"]:
        changed.add_row(row["speaker"], row["earlier"]["date"] or "?", row["later"]["date"] or "?", row["what"])
    return Group(claims, changed) if rows["changes"] else Group(claims)
