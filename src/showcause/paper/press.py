"""A template and data in, PDF bytes or HTML text out; a Sheet is printed by the templates that ship.

Nothing is fetched, only fonts embedded in Typst are used, and the only time printed is the one given, so that the same
data gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from typing import Any, Literal

from showcause.paper.place import printable
from showcause.paper.sheet import Sheet

STANDARD: Literal["a-2a"] = "a-2a"  # ISO 19005-2, level A: archivable and tagged


def template(name: str) -> str:
    """The text of a template that ships."""
    return files("showcause").joinpath("templates", name).read_text(encoding="utf-8")


def pdf(name: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The Typst template `name` with `data` (JSON values, at `sys.inputs.data`) as PDF/A of the time `at`."""
    import typst

    words = json.dumps(plain(data), ensure_ascii=False)
    made = typst.compile(
        template(name).encode(),
        sys_inputs={"data": words},
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=int(at.timestamp()),
    )
    return bytes(made)


def html(name: str, data: Mapping[str, Any]) -> str:
    """The Jinja template `name` with `data`; every value is escaped, and a name that is missing is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    world = Environment(
        autoescape=True,
        loader=FunctionLoader(template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return world.get_template(name).render(**data)


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF."""
    return pdf("opinion.typ", asdict(sheet), at=sheet.at)


def sheet_html(sheet: Sheet) -> str:
    """The sheet as one self-contained HTML page."""
    return html("opinion.html", {"sheet": plain(asdict(sheet)), "style": template("opinion.css")})


def plain(value: Any) -> Any:
    """`value` as JSON values that any paper can print."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value
