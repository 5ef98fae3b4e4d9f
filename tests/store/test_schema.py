"""Numbered migrations: old databases are brought up to date, newer ones refused, damaged ones named."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import sqlalchemy as sa

from showcause import store
from showcause.errors import BadInput, NoRoom
from showcause.store import engine, schema


def bare(place: str) -> engine.Base:
    """A connected database without any table of ours."""
    base = engine.connect(place)
    with base.engine.connect().execution_options(writing=True) as connection, connection.begin():
        for table in sa.inspect(connection).get_table_names():
            connection.execute(sa.text(f"DROP TABLE {table} CASCADE" if "postgres" in place else f"DROP TABLE {table}"))
    return base


def test_a_version_one_database_is_brought_up_to_date_with_its_rows(place: str, tmp_path: Path) -> None:
    base = bare(place)
    with base.engine.connect().execution_options(writing=True) as connection, connection.begin():
        if "postgres" not in place:
            connection.execute(sa.text("PRAGMA foreign_keys=OFF"))
        assert schema.migrate(connection, name="old", upto=1) == 1
        connection.execute(schema.KEPT.insert().values(key="old", value='"words"'))
    kept = store.open(place, blobs=tmp_path)
    assert kept.kept("old") == "words"
    with base.engine.connect() as connection:
        assert schema.version(connection) == len(schema.MIGRATIONS)
        indexes = {index["name"] for index in sa.inspect(connection).get_indexes("findings")}
    assert "findings_question" in indexes
    kept.close()
    base.engine.dispose()


def test_a_newer_database_is_refused_in_a_clear_line(place: str, tmp_path: Path) -> None:
    base = engine.connect(place)
    with base.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(schema.VERSION.insert().values(number=99))
    with pytest.raises(BadInput, match=rf"newer showcause \(its tables are version 99, this one knows {len(schema.MIGRATIONS)}\)"):
        store.open(place, blobs=tmp_path)
    base.engine.dispose()


def test_migrations_and_tables_say_the_same(place: str) -> None:
    base = engine.connect(place)
    with base.engine.connect() as connection:
        seen = sa.inspect(connection)
        for table in schema.METADATA.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in seen.get_columns(table.name)}
            assert columns == {column.name: bool(column.nullable) for column in table.columns}, table.name
            keys = seen.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key.columns], table.name
    base.engine.dispose()


def test_two_matters_share_a_postgresql_database_without_meeting(server: str, tmp_path: Path) -> None:
    first = store.open(server, blobs=tmp_path, matter="City of Springfield")
    second = store.open(server, blobs=tmp_path, matter="city-of-springfield")
    with first.act("k", "keep") as act, second.act("k", "keep"):
        act.keep("v", 1)
    assert (first.kept("v"), second.kept("v")) == (1, None)
    first.close()
    second.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "matter.db"
    wrong.write_bytes(b"these are words and no database at all" * 100)
    with pytest.raises(BadInput, match=r"matter\.db: is no showcause database"):
        store.open(wrong, blobs=tmp_path)


def test_a_place_that_cannot_be_written_is_no_room(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NoRoom):
        store.open(tmp_path / "file" / "matter.db", blobs=tmp_path)


def test_a_server_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the database says no") as said:
        store.open("postgresql://nobody:secret@127.0.0.1:1/none", blobs=tmp_path)
    assert "\n" not in str(said.value)
    assert "secret" not in str(said.value)


def test_a_full_database_is_no_room_and_the_act_leaves_nothing(tmp_path: Path) -> None:
    kept = store.open(tmp_path / "matter.db", blobs=tmp_path / "blobs")
    with kept.act("k", "keep") as act:
        act.keep("v", 1)
    engine_of = kept._database.engine  # type: ignore[attr-defined]
    limit = sa.event.listens_for(engine_of, "begin")(lambda c: c.exec_driver_sql("PRAGMA max_page_count=60"))

    def too_much() -> None:
        with kept.act("k", "keep") as act:
            act.blob(b"bytes")
            act.keep("w", "x" * 4_000_000)

    with pytest.raises(NoRoom, match="nothing of this act was stored"):
        too_much()
    sa.event.remove(engine_of, "begin", limit)
    assert (kept.kept("v"), kept.kept("w"), list(kept.blobs)) == (1, None, [])
    assert kept.verify() == 2
    kept.close()


WRITER = """
import sys
from pathlib import Path
from showcause import store
from showcause.core import Document
kept = store.open(sys.argv[1], blobs=Path(sys.argv[2]))
for turn in range(len(kept.document_ids()) // 20, 10_000):
    with kept.act("k", "add") as act:
        for n in range(20):
            name = f"d{turn:05}-{n:02}"
            act.documents(Document(name, act.blob(name.encode()), "txt", "", None, "word " * 4000))
    print(turn, flush=True)
"""


def test_a_writer_killed_at_any_instant_leaves_whole_acts_and_the_next_goes_on(place: str, tmp_path: Path) -> None:
    blobs = tmp_path / "blobs"
    for turns in (1, 3):
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), place, str(blobs)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        for _ in range(turns):
            writer.stdout.readline()
        writer.kill()
        writer.wait()
        writer.stdout.close()
        kept = store.open(place, blobs=blobs)
        with kept.writing(wait=10):
            kept.verify()
        done = kept.document_ids()
        assert len(done) >= 20
        assert len(done) % 20 == 0
        for doc in kept.documents():
            assert kept.blobs.read(doc.sha256) == doc.id.encode()
        with kept.act("k", "forget"):
            pass
        kept.close()
