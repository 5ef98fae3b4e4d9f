"""The tables of a matter, and the numbered migrations that bring a database up to them.

Instants are text of fixed width in UTC and ids sort by code point, so both databases give the same order; a document's
text and a source's path are kept as bytes, since PostgreSQL's text can't hold every character that a file can.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Connection, Integer, LargeBinary, MetaData, Table, Text, inspect, text

from showcause.errors import BadInput

METADATA = MetaData()
Word = Text().with_variant(Text(collation="C"), "postgresql")


def _table(name: str, *columns: Column[object]) -> Table:
    return Table(name, METADATA, *columns)


def _key(name: str) -> Column[object]:
    return Column(name, Word, primary_key=True)


def _seq(name: str = "seq", *, key: bool = False) -> Column[object]:
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, kind, primary_key=key, nullable=False, autoincrement=False)


def _word(name: str, *, optional: bool = False) -> Column[object]:
    return Column(name, Word, nullable=optional)


def _bytes(name: str) -> Column[object]:
    return Column(name, LargeBinary, nullable=False)


VERSION = _table("version", _seq("number", key=True))
LOG = _table(
    "log",
    _seq(key=True),
    _word("at"),
    _word("by"),
    _word("act"),
    _word("detail"),
    _bytes("salt"),
    _bytes("commitment"),
    _bytes("chain"),
)
KEPT = _table("kept", _key("key"), _word("value"))
GIVEN = _table(
    "given", _key("key"), _bytes("path"), _word("state"), _word("document", optional=True), _word("body"), _seq("act")
)
DOCUMENTS = _table(
    "documents", _key("id"), _word("sha256"), _word("body"), _bytes("text"), _seq("act"), _word("mail", optional=True)
)
SCANS = _table("scans", _key("document"), _seq("page", key=True), _word("body"), _bytes("words"), _seq("act"))
LAWS = _table("laws", _key("id"), _key("digest"), _word("body"), _seq("act"))
OFFICIALS = _table("officials", _key("law"), _key("digest"), _word("body"), _seq("act"))
QUESTIONS = _table("questions", _key("id"), _seq(), _word("kind"), _word("body"), _seq("act"))
LETTERS = _table("letters", _key("document"), _word("body"), _seq("act"))
STATEMENTS = _table("statements", _key("document"), _word("body"), _seq("act"))
COVERS = _table("covers", _key("key"), _key("question"))
ASSESSMENTS = _table(
    "assessments",
    _seq(key=True),
    _word("document"),
    _word("key"),
    _word("by"),
    _word("judge"),
    _word("at"),
    _seq("act"),
)
FINDINGS = _table(
    "findings",
    _seq(key=True),
    _word("question"),
    _word("document"),
    _word("about"),
    _word("reading"),
    _word("verdict"),
    _word("by"),
    _word("judge"),
    _word("at"),
    Column("assessment", BigInteger().with_variant(Integer(), "sqlite"), nullable=True),
    _word("body"),
    _seq("act"),
)
DEADLINES = _table("deadlines", _key("source"), _seq("place", key=True), _word("body"), _seq("act"))
REQUEST_STATES = _table("request_states", _seq(key=True), _word("question"), _word("state"), _word("at"), _word("by"))
EVENTS = _table(
    "events", _seq(key=True), _word("kind"), _word("about"), _word("at"), _word("by"), _word("body"), _seq("act")
)

FIRST: Final = (
    (
        "CREATE TABLE log (seq {number} NOT NULL PRIMARY KEY, at {word} NOT NULL, by {word} NOT NULL, act {word} NOT "
        "NULL, detail {word} NOT NULL, salt {bytes} NOT NULL, commitment {bytes} NOT NULL, chain {bytes} NOT NULL)"
    ),
    "CREATE TABLE kept (key {word} NOT NULL PRIMARY KEY, value {word} NOT NULL)",
    (
        "CREATE TABLE given (key {word} NOT NULL PRIMARY KEY, path {bytes} NOT NULL, state {word} NOT NULL, document "
        "{word}, body {word} NOT NULL, act {number} NOT NULL)"
    ),
    (
        "CREATE TABLE documents (id {word} NOT NULL PRIMARY KEY, sha256 {word} NOT NULL, body {word} NOT NULL, text "
        "{bytes} NOT NULL, act {number} NOT NULL)"
    ),
    (
        "CREATE TABLE laws (id {word} NOT NULL, digest {word} NOT NULL, body {word} NOT NULL, act {number} NOT NULL, "
        "PRIMARY KEY (id, digest))"
    ),
    (
        "CREATE TABLE officials (law {word} NOT NULL, digest {word} NOT NULL, body {word} NOT NULL, act {number} NOT "
        "NULL, PRIMARY KEY (law, digest))"
    ),
    (
        "CREATE TABLE questions (id {word} NOT NULL PRIMARY KEY, seq {number} NOT NULL, kind {word} NOT NULL, body "
        "{word} NOT NULL, act {number} NOT NULL)"
    ),
    (
        "CREATE TABLE letters (document {word} NOT NULL PRIMARY KEY REFERENCES documents (id), body {word} NOT NULL, "
        "act {number} NOT NULL)"
    ),
    (
        "CREATE TABLE statements (document {word} NOT NULL PRIMARY KEY REFERENCES documents (id), body {word} NOT "
        "NULL, act {number} NOT NULL)"
    ),
    "CREATE TABLE covers (key {word} NOT NULL, question {word} NOT NULL, PRIMARY KEY (key, question))",
    (
        "CREATE TABLE assessments (seq {number} NOT NULL PRIMARY KEY, document {word} NOT NULL, key {word} NOT NULL, "
        "by {word} NOT NULL, judge {word} NOT NULL, at {word} NOT NULL, act {number} NOT NULL)"
    ),
    (
        "CREATE TABLE findings (seq {number} NOT NULL PRIMARY KEY, question {word} NOT NULL, document {word} NOT "
        "NULL, about {word} NOT NULL, reading {word} NOT NULL, verdict {word} NOT NULL, by {word} NOT NULL, judge "
        "{word} NOT NULL, at {word} NOT NULL, assessment {number} REFERENCES assessments (seq), body {word} NOT NULL,"
        " act {number} NOT NULL)"
    ),
    (
        "CREATE TABLE deadlines (source {word} NOT NULL, place {number} NOT NULL, body {word} NOT NULL, act {number} "
        "NOT NULL, PRIMARY KEY (source, place))"
    ),
    (
        "CREATE TABLE request_states (seq {number} NOT NULL PRIMARY KEY, question {word} NOT NULL, state {word} NOT "
        "NULL, at {word} NOT NULL, by {word} NOT NULL)"
    ),
)
SECOND: Final = (  # the current view of findings asks by these; a matter of 100,000 findings took seconds without
    "CREATE INDEX findings_question ON findings (question, document)",
    "CREATE INDEX findings_document ON findings (document)",
    "CREATE INDEX assessments_document ON assessments (document, judge)",
    "CREATE INDEX documents_sha256 ON documents (sha256)",
)
THIRD: Final = (  # mail hashes, by which copies of a message are told; the words of recognised pages
    "ALTER TABLE documents ADD COLUMN mail {word}",
    "CREATE INDEX documents_mail ON documents (mail)",
    (
        "CREATE TABLE scans (document {word} NOT NULL REFERENCES documents (id), page {number} NOT NULL, body {word} NOT "
        "NULL, words {bytes} NOT NULL, act {number} NOT NULL, PRIMARY KEY (document, page))"
    ),
    "CREATE INDEX given_document ON given (document)",
    "CREATE INDEX given_path ON given (path)",
)
FOURTH: Final = (  # what happens in a matter: letters out, holds, calls, volumes; append-only
    (
        "CREATE TABLE events (seq {number} NOT NULL PRIMARY KEY, kind {word} NOT NULL, about {word} NOT NULL, at {word} "
        "NOT NULL, by {word} NOT NULL, body {word} NOT NULL, act {number} NOT NULL)"
    ),
    "CREATE INDEX events_kind ON events (kind, about)",
)
MIGRATIONS: Final = (
    FIRST,
    SECOND,
    THIRD,
    FOURTH,
)  # number N is MIGRATIONS[N - 1]; one that has shipped is never changed
TYPES: Final = {
    "sqlite": {"word": "TEXT", "bytes": "BLOB", "number": "INTEGER"},
    "postgresql": {"word": 'TEXT COLLATE "C"', "bytes": "BYTEA", "number": "BIGINT"},
}


def version(connection: Connection) -> int:
    """The number of the last migration that the database has had; 0 for an empty one."""
    if not inspect(connection).has_table("version"):
        return 0
    return int(connection.execute(text("SELECT max(number) FROM version")).scalar() or 0)


def migrate(connection: Connection, *, name: str, upto: int = len(MIGRATIONS)) -> int:
    """Bring the database up to migration `upto`, in the caller's transaction, and give how many were run.

    Raises BadInput, naming the database, where a newer showcause has written it.
    """
    number = version(connection)
    if number > len(MIGRATIONS):
        raise BadInput(
            f"{name}: was written by a newer showcause (its tables are version {number}, this one knows "
            f"{len(MIGRATIONS)}); bring showcause up to date"
        )
    types = TYPES[connection.dialect.name]
    if number == 0 and upto:
        connection.execute(text(f"CREATE TABLE version (number {types['number']} NOT NULL PRIMARY KEY)"))
    for step in range(number + 1, upto + 1):
        for statement in MIGRATIONS[step - 1]:
            connection.execute(text(statement.format(**types)))
        connection.execute(VERSION.insert().values(number=step))
    return max(0, upto - number)
