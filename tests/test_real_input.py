"""With the data folder beside the checkout, the whole motion runs on real letters, manuals, articles and statutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="NO DATA FOLDER beside the checkout: real input left out"),
]


def test_the_example_runs_the_whole_motion_to_a_proof_that_stands(tmp_path: Path) -> None:
    script = ROOT / "examples" / "real_input.py"
    run = subprocess.run(
        [sys.executable, script, SHARED, tmp_path / "real"], capture_output=True, text=True, check=False, timeout=240
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert sum(line.startswith("record ") and line.endswith(": read") for line in lines) == 2
    assert sum(line.startswith("law ") for line in lines) == 2
    letters = [line for line in lines if line.startswith("letter ")]
    assert len(letters) == 4
    assert not any(" 0 requests" in line for line in letters)
    assert sum(line.startswith("article ") for line in lines) == 7
    assert lines[-1].endswith("stands")
