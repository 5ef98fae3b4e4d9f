"""Settings that are no numbers, or too small ones, are one clear line."""

from __future__ import annotations

import pytest

from showcause import settings
from showcause.errors import BadInput


@pytest.mark.parametrize("told", ["0", "-1", "nan", "inf", "many", "0.5", "2.5"])
@pytest.mark.parametrize("name", ["SHOWCAUSE_WORKERS", "SHOWCAUSE_MEGABYTES", "SHOWCAUSE_LLM_AT_ONCE"])
def test_what_counts_things_is_a_whole_number_over_nought(name: str, told: str) -> None:
    with pytest.raises(BadInput, match=rf"{name}: '{told}' is no "):
        settings.read({name: told, "SHOWCAUSE_ACTOR": "clerk"})


def test_seconds_may_be_a_fraction() -> None:
    assert settings.read({"SHOWCAUSE_SECONDS": "0.5", "SHOWCAUSE_ACTOR": "clerk"}).seconds == 0.5
