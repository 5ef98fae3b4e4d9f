"""Both stores under one suite: SQLite in a file, PostgreSQL by a server that is started once and only if it is there."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from showcause import store


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
