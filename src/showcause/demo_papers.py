"""Sources of the sample matter in, its papers out: PDF, DOCX, mail, HTML and text, the same bytes each time.

The matter is invented, all but the statutes and the cases. What each paper is for is told in `demo_data/README.md`;
what a careful reader finds in it, in `demo_data/expected.toml`.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parent / "demo_data"
PRINTED = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)

Block = dict[str, Any]


def typeset(template: str, /, **inputs: object) -> bytes:
    """Set one PDF from a template of `demo_data`, with each input handed over as JSON."""
    import typst

    pdf = typst.compile(
        SOURCES / template,
        format="pdf",
        root=SOURCES,
        ignore_system_fonts=True,
        timestamp=PRINTED,
        sys_inputs={name: json.dumps(value) for name, value in inputs.items()},
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template}: expected one PDF")
    return pdf


def front_matter(source: str) -> tuple[dict[str, str], str]:
    """Split a Markdown source into its `key: value` head and its body."""
    _, head, body = source.split("---\n", 2)
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def blocks(body: str) -> Iterator[Block]:
    """Give the blocks of a Markdown body in order: chapter, policy, section, item, table and paragraph."""
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = chunk.splitlines()
        if lines[0].startswith("#"):
            yield _heading(lines[0])
            lines = lines[1:]
        rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("|")]
        items = [line[2:].split(" ", 1) for line in lines if line.startswith("- ")]
        plain = " ".join(line for line in lines if not line.startswith(("|", "- ")))
        if plain:
            yield {"kind": "paragraph", "text": plain}
        yield from ({"kind": "item", "mark": mark, "text": text} for mark, text in items)
        if rows:
            yield {"kind": "table", "rows": rows}


def _heading(line: str) -> Block:
    """Read `# 4 | Field Operations`, `## 428 | Immigration Matters | Issued ...` or `### 428.1 Purpose`."""
    marks, rest = line.split(" ", 1)
    if len(marks) == 3:
        number, title = rest.split(" ", 1)
        return {"kind": "section", "num": number, "title": title}
    number, title, *dates = [part.strip() for part in rest.split("|")]
    if len(marks) == 2:
        return {"kind": "policy", "num": number, "title": title, "dates": " ".join(dates)}
    label = f"Chapter {number}. {title}" if number.isdigit() else title
    return {"kind": "chapter", "label": label}


def manual_pdf() -> bytes:
    """Set the police manual, about forty pages."""
    front, body = front_matter((SOURCES / "manual.md").read_text("utf-8"))
    return typeset("manual.typ", front=front, blocks=list(blocks(body)))
