"""A folder in, and the steps of a matter in their order, resumable, all on the record.

`Matter` is the spine: records, letters and statements in, the judgement, the papers and the proof. What is larger than
a step stands on a desk of its own (`desk.Desk`), which works on the same store.
"""

from showcause.matter.answering import Answering, Production
from showcause.matter.deciding import CallFacts
from showcause.matter.desk import Desk
from showcause.matter.exchange import Came, Exchange, Going, hold_row
from showcause.matter.matter import FILE, HIDDEN, Assessed, Matter, find, init
from showcause.matter.replying import Papers
from showcause.matter.reviewing import Batch, Progress, Queued, Reviewing, Sample, Status
from showcause.matter.searching import Extract, Match, Result, Searching, extracts

__all__ = [
    "FILE",
    "HIDDEN",
    "Answering",
    "Assessed",
    "Batch",
    "CallFacts",
    "Came",
    "Desk",
    "Exchange",
    "Extract",
    "Going",
    "Match",
    "Matter",
    "Papers",
    "Production",
    "Progress",
    "Queued",
    "Result",
    "Reviewing",
    "Sample",
    "Searching",
    "Status",
    "extracts",
    "find",
    "hold_row",
    "init",
]
