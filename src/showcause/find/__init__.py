"""What is in the record and what belongs together: a query in, hits out; conversations, families, near-duplicates."""

from showcause.find.alike import ALIKE, Alike, alike
from showcause.find.learn import Learner, Vectors
from showcause.find.query import parse, spoken
from showcause.find.search import Found, Hit, Search, search
from showcause.find.thread import Node, Thread, inclusive, threads
from showcause.find.words import Source, Words, refreshed

__all__ = [
    "ALIKE",
    "Alike",
    "Found",
    "Hit",
    "Learner",
    "Node",
    "Search",
    "Source",
    "Thread",
    "Vectors",
    "Words",
    "alike",
    "inclusive",
    "parse",
    "refreshed",
    "search",
    "spoken",
    "threads",
]
