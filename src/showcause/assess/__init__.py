"""Questions and the record in, Findings out."""

from showcause.assess.judge import judge, judge_explained, ready
from showcause.assess.plain import judge_plain, plain_rows
from showcause.assess.record import record
from showcause.assess.rows import rows

__all__ = ["judge", "judge_explained", "judge_plain", "plain_rows", "ready", "record", "rows"]
