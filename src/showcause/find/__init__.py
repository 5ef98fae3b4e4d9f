"""What belongs together in the record: messages in, conversations and copies out."""

from showcause.find.copy import Scope, suppression
from showcause.find.thread import Node, Thread, inclusive, threads

__all__ = ["Node", "Scope", "Thread", "inclusive", "suppression", "threads"]
