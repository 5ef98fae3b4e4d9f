"""What belongs together in the record: messages in, conversations out."""

from showcause.find.thread import Node, Thread, inclusive, threads

__all__ = ["Node", "Thread", "inclusive", "threads"]
