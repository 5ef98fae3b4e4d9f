"""Expressions that are compiled when they are first needed: they find what `re` finds, and every one of the house can be compiled."""

import importlib
import pkgutil
import re

import pytest

import showcause.assess
import showcause.norm
from showcause import text

MODULES = [
    "showcause.text",
    *(
        m.name
        for of in (showcause.assess, showcause.norm)
        for m in pkgutil.walk_packages(of.__path__, f"{of.__name__}.")
    ),
]


@pytest.mark.parametrize("name", MODULES)
def test_every_expression_of_a_module_can_be_compiled(name: str) -> None:
    found = {k: v for k, v in vars(importlib.import_module(name)).items() if isinstance(v, text._Later)}
    for key, one in found.items():
        assert one.flags == re.compile(one.pattern, one._wanted).flags, key


def test_the_modules_hold_some() -> None:
    held = [v for name in MODULES for v in vars(importlib.import_module(name)).values() if isinstance(v, text._Later)]
    assert len(held) > 300


@pytest.mark.parametrize("how", text.METHODS)
def test_it_finds_what_re_finds(how: str) -> None:
    later, now = text.later(r"\b(no|never)\b", re.IGNORECASE), re.compile(r"\b(no|never)\b", re.IGNORECASE)
    words = ("-", "No, never.") if how == "sub" else ("No, never.",)
    for _ in range(2):  # the second time its methods are the compiled one's own
        mine, theirs = getattr(later, how)(*words), getattr(now, how)(*words)
        if how == "finditer":
            mine, theirs = [m.span() for m in mine], [m.span() for m in theirs]
        elif how in ("search", "match", "fullmatch"):
            mine, theirs = mine and mine.span(), theirs and theirs.span()
        assert mine == theirs


def test_a_place_to_begin_and_to_end_is_kept() -> None:
    later = text.later("a")
    assert [m.span() for m in later.finditer("aba", 1)] == [(2, 3)]
    assert later.search("aba", 1, 2) is None


def test_what_a_pattern_has_not_it_has_not() -> None:
    with pytest.raises(AttributeError):
        text.later("a").nothing  # noqa: B018 - the asking is the test
    with pytest.raises(AttributeError):
        text.later("a")._nothing  # noqa: B018
    with pytest.raises(re.error):
        text.later("(").search("a")
