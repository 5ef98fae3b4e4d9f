"""Questions and the record in, Findings out."""

from showcause.assess.judge import judge
from showcause.assess.record import record
from showcause.assess.rows import rows

__all__ = ["judge", "record", "rows"]
