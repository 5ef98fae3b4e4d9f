"""A case in, its statement sheet out: who said what over time, printed or as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from showcause.core import Case
from showcause.opinion import said, saidprint


@dataclass(frozen=True, slots=True)
class Statements:
    """The speakers of one case, those of one name or all, and the papers that tell of them."""

    case: Case
    speakers: tuple[said.Speaker, ...]

    @property
    def papers(self) -> dict[str, bytes]:
        """The sheet as PDF, DOCX, HTML and CSV, by file name."""
        return saidprint.papers(self.case, self.speakers)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The claims, what changed, and the promises that give no date, as JSON values."""
        claims = list(saidprint.rows(self.speakers))
        undated = [row for row in claims if row["date_promised"] == saidprint.UNDATED]
        return {"claims": claims, "changes": list(saidprint.changes(self.speakers)), "undated": undated}


def of(case: Case, *, speaker: str | None = None) -> Statements:
    """The statements of a case; `speaker` is a part of a name, or None for all who claim something."""
    return Statements(case, said.speakers(case, named=speaker))
