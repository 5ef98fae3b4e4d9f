"""A Ray cluster of two nodes with one CPU each, on loopback, for as long as one module's tests run."""

from __future__ import annotations

import importlib.util
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from ray_nodes import Nodes, end, free_port, start

MISSING = "ray is not installed: NOTHING below was tried on a cluster"


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    """Two nodes; skips, loudly, where Ray is not installed."""
    if importlib.util.find_spec("ray") is None:
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip(MISSING)
    with (
        tempfile.TemporaryDirectory(prefix="ray", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        token = Path(folder) / "token"
        token.write_text(secrets.token_hex(32))
        token.chmod(0o600)
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN_PATH", str(token))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        port = free_port()
        groups: list[int] = []
        try:
            first, second = Path(folder) / "first.log", Path(folder) / "second.log"
            head = ("--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}/r")
            groups.append(start(first, *head))
            groups.append(start(second, f"--address=127.0.0.1:{port}"))
            yield Nodes(f"ray://127.0.0.1:{port}", groups[1])
        finally:
            for group in reversed(groups):
                end(group)
