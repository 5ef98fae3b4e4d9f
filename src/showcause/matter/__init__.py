"""A folder in, and the steps of a matter in their order, resumable, all on the record.

`Matter` is the spine: records, letters and statements in, the judgement, the papers and the proof. What is larger than
a step stands on a desk of its own (`desk.Desk`), which works on the same store.
"""

from showcause.matter.desk import Desk
from showcause.matter.exchange import Came, Exchange, Going, hold_row
from showcause.matter.matter import FILE, HIDDEN, Assessed, Matter, find, init

__all__ = ["FILE", "HIDDEN", "Assessed", "Came", "Desk", "Exchange", "Going", "Matter", "find", "hold_row", "init"]
