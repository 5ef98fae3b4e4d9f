"""A matter's memory: records, laws, questions, findings and the log of every act, in SQLite or PostgreSQL."""

from showcause.store.base import Event, Said, Store, Writing
from showcause.store.blobs import Blobs
from showcause.store.log import Entry
from showcause.store.sql import open_store as open  # noqa: A004 - `store.open` is what the house calls it

__all__ = ["Blobs", "Entry", "Event", "Said", "Store", "Writing", "open"]
