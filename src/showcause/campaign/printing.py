"""A board or a comparison in, a file that can be handed on out: HTML and PDF to read and print, CSV and XLSX to reckon with."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from showcause import paper
from showcause.campaign.board import Row, counted
from showcause.campaign.compare import Cell, Comparison
from showcause.paper import grid
from showcause.paper.place import printable

Cells = Sequence[str | int | date | None]
BOARD = (
    "Body",
    "Demand",
    "From",
    "State",
    "Since",
    "Due",
    "DaysLeft",
    "WaitsFor",
    "Answered",
    "Requests",
    "Next",
    "Matter",
)
COMPARED = ("Body", "Requirement", "Reading", "Verdict", "Document", "Quotation", "Why", "Matter")
WIDTHS = {"Quotation": 70, "Why": 50, "Body": 34, "Demand": 26, "From": 34, "Matter": 40, "Document": 30}
TONES = {"escalated": "bad", "refused": "bad", "followed up": "mid", "answered in part": "mid", "answered": "good"}
TONES |= {"produced": "good", "cleared": "good"}


def board(rows: Sequence[Row], *, to: Path, name: str, today: date) -> Path:
    """The board at `to`: .html, .pdf, .csv, .xlsx or .json. Raises BadInput for another ending, NoRoom."""
    forms: Mapping[str, Callable[[], bytes]] = {
        ".html": lambda: board_html(rows, name=name, today=today).encode(),
        ".pdf": lambda: _board_pdf(rows, name=name, today=today),
        ".csv": lambda: grid.table(BOARD, map(_cells, rows)),
        ".xlsx": lambda: _xlsx("Board", BOARD, map(_cells, rows)),
        ".json": lambda: _json([one.as_json() for one in rows]),
    }
    return grid.write(to, forms, what="a board")


def board_html(rows: Sequence[Row], *, name: str, today: date) -> str:
    """The board as one self-contained page that prints."""
    return paper.html("board.html", _page(rows, name=name, today=today) | {"style": _style()})


def comparison(made: Comparison, *, to: Path, name: str, today: date) -> Path:
    """The comparison at `to`: .html, .csv, .xlsx or .json. Raises BadInput for another ending, NoRoom."""
    forms: Mapping[str, Callable[[], bytes]] = {
        ".html": lambda: comparison_html(made, name=name, today=today).encode(),
        ".csv": lambda: grid.table(COMPARED, _compared(made)),
        ".xlsx": lambda: _xlsx("Comparison", COMPARED, _compared(made)),
        ".json": lambda: _json(made.as_json()),
    }
    return grid.write(to, forms, what="a comparison")


def comparison_html(made: Comparison, *, name: str, today: date) -> str:
    """The comparison as one self-contained page that prints: a table a law, and the words that decide beneath it."""
    laws = []
    for law in {law.id: law for law, _ in made.requirements}.values():
        mine = [r for one, r in made.requirements if one.id == law.id]
        readings = made.readings[law.id]
        lines = [
            {
                "body": line.body,
                "cells": [_cell(line.cells.get((r.id, reading))) for r in mine for reading in readings],
            }
            for line in made.lines
        ]
        heads = [{"id": r.id.partition("#")[2], "text": r.text, "parts": made.parts(r.id)} for r in mine]
        laws.append(
            {"citation": law.citation, "title": law.title, "heads": heads, "readings": readings, "lines": lines}
        )
    quoted = [{"requirement": r.id, "text": r.text, "bodies": _quotations(made, r.id)} for _, r in made.requirements]
    data = {"name": name, "day": _plain(today), "laws": laws, "quoted": quoted, "style": _style()}
    return paper.html("comparison.html", data)


def _quotations(made: Comparison, requirement: str) -> list[dict[str, Any]]:
    """For each body the words that decide, with the readings under which they do and the verdict there."""
    out = []
    for line in made.lines:
        held: dict[tuple[str, str], dict[str, list[str]]] = {}
        for (one, reading), cell in line.cells.items():
            if one == requirement:
                for q in cell.quoted:
                    held.setdefault((q.document, q.text), {}).setdefault(cell.verdict.value, []).append(reading)
        words = [
            {"document": document, "text": text, "verdicts": [(v, ", ".join(rs)) for v, rs in verdicts.items()]}
            for (document, text), verdicts in held.items()
        ]
        if words:
            out.append({"body": line.body, "words": words})
    return out


def _cell(cell: Cell | None) -> dict[str, str]:
    return {"verdict": cell.verdict.value, "why": cell.why} if cell else {"verdict": "", "why": ""}


def _page(rows: Sequence[Row], *, name: str, today: date) -> dict[str, Any]:
    late = [one for one in rows if one.days_left is not None and one.days_left < 0]
    return {
        "name": name,
        "day": _plain(today),
        "counts": [{"state": state, "n": n, "tone": TONES.get(state, "mute")} for state, n in counted(rows).items()],
        "bodies": len({one.body for one in rows}),
        "demands": len(rows),
        "late": len(late),
        "senders": len({one.sender for one in rows if one.sender}),
        "rows": [
            {
                "body": one.body,
                "title": one.title,
                "sender": one.sender,
                "state": one.state,
                "tone": TONES.get(one.state, "mute"),
                "since": _plain(one.since),
                "due": _plain(one.due),
                "left": left(one),
                "late": one.days_left is not None and one.days_left < 0,
                "waits": _waits(one),
                "requests": one.requests,
                "next": f"{one.next.then}: {one.next.says}" if one.next else "",
            }
            for one in rows
        ],
    }


def left(one: Row) -> str:
    """The days left in words: `5 days left`, `today`, `3 days late`; empty where no day is due."""
    if one.days_left is None:
        return ""
    if one.days_left == 0:
        return "today"
    days = abs(one.days_left)
    return f"{days} day{'s'[: days != 1]} {'left' if one.days_left > 0 else 'late'}"


def _waits(one: Row) -> str:
    if one.waits_for is None:
        return ""
    return one.body if one.waits_for.value == "answering" else one.sender or "the one who asks"


def _cells(one: Row) -> Cells:
    next_ = one.next.then if one.next else ""
    done, _, all_ = one.requests.partition(" of ")
    return (
        one.body, one.title, one.sender, one.state, one.since, one.due, one.days_left, _waits(one),
        int(done) if done else None, int(all_) if all_ else None, next_, one.matter,
    )  # fmt: skip


def _compared(made: Comparison) -> Sequence[Cells]:
    rows: list[Cells] = []
    for line in made.lines:
        for (requirement, reading), cell in line.cells.items():
            first = cell.quoted[0] if cell.quoted else None
            quoted = (first.document, first.text) if first else ("", "")
            rows.append((line.body, requirement, reading, cell.verdict.value, *quoted, cell.why, line.matter))
    return rows


# --- the forms ----------------------------------------------------------------------------------


def _board_pdf(rows: Sequence[Row], *, name: str, today: date) -> bytes:
    return paper.pdf("board.typ", _page(rows, name=name, today=today), at=datetime.combine(today, time(12), UTC))


def _xlsx(title: str, head: Sequence[str], rows: Any) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, grid.SAFE) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        page = book.add_worksheet(title)
        for column, name in enumerate(head):
            page.set_column(column, column, WIDTHS.get(name, 14))
            page.write(0, column, name, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(last, column, datetime.combine(cell, time()), days)
                elif cell is not None:
                    page.write(last, column, printable(cell) if isinstance(cell, str) else cell, wrap)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(1, last), len(head) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return out.getvalue()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _plain(day: date | None) -> str:
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def _style() -> str:
    from showcause.paper.press import template

    return template("report.css") + template("board.css")
