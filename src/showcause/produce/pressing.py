"""One of this room's templates and its data in, tagged PDF/A-2 out; the same data and time give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from showcause.paper.press import STANDARD, plain


def pressed(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The Typst template with `data` (JSON values, at `sys.inputs.data`) as PDF of the time `at` (UTC).

    Nothing is fetched, and only the fonts embedded in Typst are used.
    """
    import typst

    source = files("showcause").joinpath("produce", "templates", template).read_bytes()
    made = typst.compile(
        source,
        sys_inputs={"data": json.dumps(plain(data), ensure_ascii=False)},
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=int(at.timestamp()),
    )
    return bytes(made)
