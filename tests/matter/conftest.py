"""The readers and searchers that the tests of productions wrote for themselves serve here, too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "produce"))
