"""A verb of a law in, or a noun made from one; its base, the family of acts that it belongs to, and the verbs that undo it, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from showcause.ask.lexicon import table
from showcause.norm import english


@cache
def families() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The general acts of English: the verbs of each family, and those that undo it."""
    held: Any = table("acts.toml")["acts"]
    return tuple((_spoken(one["verbs"]), _spoken(one["opposed"])) for one in held)


def _spoken(listed: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in listed.split())


@cache
def nouns() -> Mapping[str, tuple[str, ...]]:
    """Nouns that offices put one for the other."""
    held: Any = table("acts.toml")["nouns"]
    return {name: tuple(words.split()) for name, words in held.items()}


@cache
def forms() -> Mapping[str, str]:
    """Every form of every verb known here, with its base."""
    bases = {w for verbs, opposed in families() for w in (*verbs, *opposed) if " " not in w}
    bases |= {w for _, listed in english.VERBS.values() for w in listed.split() if "_" not in w}
    out: dict[str, str] = {}
    for base in sorted(bases):
        for form in english.forms(base):
            out.setdefault(form, base)
        out[base] = base
    return out


def is_verb(word: str) -> bool:
    """Whether the word is a form of a verb known here."""
    return word in forms()


def base_of(form: str) -> str:
    """The base of a verb from any of its forms; of one that no list knows, by the rules of English spelling."""
    known = forms().get(form)
    if known:
        return known
    for ending, repair in (("ies", "y"), ("ied", "y")):
        if form.endswith(ending) and len(form) > 5:
            return form[: -len(ending)] + repair
    for ending in ("ing", "ed"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                return stem[:-1]
            return (
                stem + "e"
                if re.search(
                    r"(?:[^aeiou][aiou][cdgklmnprstvz]|[aeiou]at|at|iz|is|ut|id|ud|ir|ur|[rl]v|[nr]c|[dn]g|bl|tl|pl)\Z",
                    stem,
                )
                and not re.search(r"(?:er|en|it|or|on|et)\Z", stem)
                else stem
            )
    return form


def verbs_of(base: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """For a law's verb: the verbs that do it, those that undo it, and the family of the norm parser, "" where it has none."""
    same = [(verbs, opposed) for verbs, opposed in families() if base == verbs[0]]
    same = same or [(verbs, opposed) for verbs, opposed in families() if base in verbs][:1]
    doing = tuple(dict.fromkeys((base, *(w for verbs, _ in same for w in verbs))))
    undoing = tuple(dict.fromkeys(w for _, opposed in same for w in opposed if w not in doing))
    held = [family for family, (sign, listed) in english.VERBS.items() if sign > 0 and base in listed.split()]
    return doing, undoing, next(iter(held), "")


@cache
def verb_of(noun: str) -> str:
    """The verb that a noun is made from: "destruction", "retaliation", "duplication"; "" where none is known here."""
    known = forms()
    if noun in IRREGULAR_NOUNS:
        return IRREGULAR_NOUNS[noun]
    if noun in known:
        return known[noun]
    for ending, repairs in (
        ("ations", ("ate", "e", "")),
        ("ation", ("ate", "e", "")),
        ("ions", ("", "e")),
        ("ion", ("", "e")),
        ("als", ("", "e")),
        ("al", ("", "e")),
        ("ment", ("",)),
        ("ance", ("", "e")),
        ("ure", ("e",)),
    ):
        if noun.endswith(ending):
            for repair in repairs:
                if noun[: -len(ending)] + repair in known:
                    return known[noun[: -len(ending)] + repair]
    return ""


IRREGULAR_NOUNS = {
    "destruction": "destroy",
    "notification": "notify",
    "notice": "notify",
    "retention": "retain",
    "limitation": "limit",
    "limitations": "limit",
    "disposal": "dispose",
    "sale": "sell",
    "reprisal": "retaliate",
    "inquiry": "inquire",
    "response": "respond",
    "identification": "identify",
}
