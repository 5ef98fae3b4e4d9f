"""A path or URL in, a database connection and the gate that lets one writer through out."""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import exc

from showcause.errors import BadInput, Busy, NoRoom, ShowcauseError
from showcause.store import schema

BUSY_SECONDS = 10.0
POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")
PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


class Gate(Protocol):
    """What one writer at a time holds."""

    def take(self, wait: float) -> None:
        """Hold it; raises Busy after `wait` seconds."""

    def release(self) -> None:
        """Let go of it."""


@dataclass(slots=True)
class FileGate:
    """A lock on a file beside the database, held through SQLite's own locking.

    That lock works wherever the database does, goes with a killed process, and is not passed on to its children.
    """

    path: Path
    held: sqlite3.Connection | None = None

    def take(self, wait: float) -> None:
        """Hold it; raises Busy after `wait` seconds."""
        held = sqlite3.connect(self.path, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as refused:
            held.close()
            if "locked" in str(refused):
                raise Busy(f"{self.path.parent}: another process is writing this matter") from refused
            raise NoRoom(f"{self.path}: {refused}") from refused
        self.held = held

    def release(self) -> None:
        """Let go of it."""
        if self.held is not None:
            self.held.close()
            self.held = None


@dataclass(slots=True)
class ServerGate:
    """An advisory lock of the PostgreSQL server, which ends with the connection that holds it."""

    engine: sa.Engine
    name: str
    number: int
    held: sa.Connection | None = field(default=None)

    def take(self, wait: float) -> None:
        """Hold it; raises Busy after `wait` seconds."""
        held = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        until = time.monotonic() + wait
        while not held.scalar(sa.text("SELECT pg_try_advisory_lock(:number)"), {"number": self.number}):
            if time.monotonic() >= until:
                held.close()
                raise Busy(f"{self.name}: another process is writing this matter")
            time.sleep(0.05)
        self.held = held

    def release(self) -> None:
        """Let go of it."""
        if self.held is not None:
            self.held.scalar(sa.text("SELECT pg_advisory_unlock(:number)"), {"number": self.number})
            self.held.close()
            self.held = None


@dataclass(frozen=True, slots=True)
class Base:
    """An open database at the newest schema, its name for messages, and its gate."""

    engine: sa.Engine
    name: str
    gate: Gate


def connect(place: str | Path, *, matter: str | None = None) -> Base:
    """The database at a path, `sqlite:///PATH` or `postgresql://...[?matter=NAME]`, brought up to date.

    On PostgreSQL each matter has a schema of its own, so that several share a database and one can be dropped alone.
    Raises BadInput where it is no such database or too new, NoRoom where it can't be written.
    """
    if str(place).startswith(POSTGRES):
        base = _postgres(str(place), matter)
    else:
        base = _sqlite(Path(str(place).removeprefix("sqlite:///")))
    with spoken(base.name):
        with base.engine.connect() as connection:
            number = schema.version(connection)
        if number != len(schema.MIGRATIONS):
            with base.engine.connect().execution_options(writing=True) as connection, connection.begin():
                schema.migrate(connection, name=base.name)
    return base


def _sqlite(path: Path) -> Base:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise NoRoom(f"{path.parent}: {refused.strerror}") from refused
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _pragmas)
    sa.event.listen(engine, "begin", _begin)
    return Base(engine, str(path), FileGate(path.with_name(path.name + ".lock")))


def _pragmas(connection: sqlite3.Connection, _: Any) -> None:
    """WAL lets readers read while one writes.

    `synchronous=FULL` costs one wait for the disk per act, and an act that has ended then outlives a power cut too;
    NORMAL would survive a killed process alone.
    """
    connection.isolation_level = None  # transactions are begun by `_begin`, not guessed by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgres(address: str, matter: str | None) -> Base:
    try:
        import psycopg  # noqa: F401 - only to say in plain words that it is missing
    except ImportError as missing:
        raise BadInput("a matter on PostgreSQL needs the package extra: pip install 'showcause[postgres]'") from missing
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    asked = url.query.get("matter")
    room = _schema_name(matter or (asked if isinstance(asked, str) else "matter"))
    engine = sa.create_engine(url.difference_update_query(["matter"]))
    name = f"{url.render_as_string(hide_password=True)} ({room})"

    def into_room(connection: Any, _: Any) -> None:
        before, connection.autocommit = connection.autocommit, True
        connection.execute(f'SET search_path TO "{room}"')
        connection.autocommit = before

    sa.event.listen(engine, "connect", into_room)
    with spoken(name), engine.begin() as connection:
        number = int.from_bytes(hashlib.sha256(room.encode()).digest()[:8], "big", signed=True)
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": number ^ 1})
        connection.execute(sa.schema.CreateSchema(room, if_not_exists=True))
    return Base(engine, name, ServerGate(engine, name, number))


def _schema_name(matter: str) -> str:
    """A schema's name for a matter's: its own where it is plain, else its letters and a digest that keeps it apart."""
    if PLAIN_NAME.fullmatch(matter) and not matter.startswith("pg_"):
        return matter
    letters = re.sub(r"[^a-z0-9]+", "_", matter.lower()).strip("_")[:30]
    return f"m_{letters}_{hashlib.sha256(matter.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


@contextlib.contextmanager
def spoken(name: str) -> Iterator[None]:
    """Turn what a database driver raises into the error tree, in one line that names the database."""
    try:
        yield
    except exc.DBAPIError as error:
        raise _in_words(name, error) from error


def _in_words(name: str, error: exc.DBAPIError) -> ShowcauseError:
    said = (str(error.orig).strip().splitlines() or ["unknown"])[0]
    low = said.lower()
    if "locked" in low or "could not obtain lock" in low:
        return Busy(f"{name}: another process is writing this matter")
    if any(sign in low for sign in ("disk is full", "no space left", "readonly", "unable to open", "disk i/o")):
        return NoRoom(f"{name}: {said}; nothing of this act was stored")
    if "not a database" in low or "malformed" in low:
        return BadInput(f"{name}: is no showcause database, or is damaged ({said})")
    return BadInput(f"{name}: the database says no: {said}")
