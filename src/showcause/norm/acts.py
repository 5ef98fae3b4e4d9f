"""The families of acts in general English (`acts.toml`): verbs that do the same thing to the eyes of a rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from showcause.norm import english
from showcause.norm.verbs import Lexicon, lexicon

NAMED = "does:"  # before the name of a family, so that it is no family of `english.VERBS` and no pack's act


@cache
def words() -> Lexicon:
    """English with the verbs of every family; a norm's `family` is then `does:NAME` where one of them is its act."""
    return lexicon(tuple((NAMED + name, sign, verb) for name, sign, verb in _entries()))


@cache
def forms() -> Mapping[str, str]:
    """Each written form of each single verb, with the name of the first family that holds it."""
    out: dict[str, str] = {}
    for name, _, verb in _entries():
        for form in english.forms(verb) if " " not in verb else ():
            out.setdefault(form, name)
    return out


def _entries() -> Iterator[tuple[str, int, str]]:
    table = tomllib.loads(files("showcause.norm").joinpath("acts.toml").read_text(encoding="utf-8"))
    for name, family in table.items():
        for key, sign in (("does", 1), ("undoes", -1)):
            single, *phrases = family.get(key, "").split(";")
            for verb in (*single.split(), *(p.strip() for p in phrases)):
                yield name, sign, verb
