"""A step and items in, an Outcome for each item out, in the items' order, whatever engine does the work."""

from showcause.runner.engines import ENGINES, run
from showcause.runner.outcome import Bounds, Outcome
from showcause.runner.stream import stream
from showcause.runner.worker import tick

__all__ = ["ENGINES", "Bounds", "Outcome", "run", "stream", "tick"]
