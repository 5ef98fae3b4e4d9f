"""A law's word lists in; what the words of a document speak of out: matters, parties, exceptions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from showcause import norm
from showcause.assess.bearing import STOP
from showcause.core import Law
from showcause.norm.wordlist import expression, joined
from showcause.text import later

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Act:
    """An act that a law speaks of: the verb families that do it, toward whom, about which matters (empty: any)."""

    name: str
    says: str
    families: frozenset[str]
    toward: frozenset[str]
    matters: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A law's terms, compiled; `kinds` tells which matters stand for `all` or `open` information."""

    acts: tuple[Act, ...]
    parties: Mapping[str, re.Pattern[str]]
    matters: Mapping[str, re.Pattern[str]]
    says: Mapping[str, str]
    all: str
    open: str
    contacts: re.Pattern[str]
    exceptions: Mapping[str, re.Pattern[str]]
    citation: re.Pattern[str]
    alone: re.Pattern[str]
    lexicon: norm.Lexicon
    trigger: re.Pattern[str]
    near: tuple[tuple[str, re.Pattern[str]], ...] = ()
    opens: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def heard(self, low: str) -> bool:
        """Whether a text speaks of anything that the law needs; any does, where it needs nothing."""
        if not self.opens:
            return True
        stems = {m[1] for m in self.trigger.finditer(low)}
        return any(stem in self.opens and self.opens[stem].search(low) for stem in stems)

    def specific(self) -> tuple[str, ...]:
        """The matters that name a certain information."""
        return tuple(m for m in self.matters if m not in (self.all, self.open))


@lru_cache(maxsize=64)
def _compiled(tables: str) -> Vocabulary:
    rules = json.loads(tables)
    matters = rules.get("matters", {})
    kinds = {m.get("kind", ""): name for name, m in matters.items()}
    acts = tuple(
        Act(
            name,
            a.get("says", name),
            frozenset(a.get("families", ())) | frozenset([f"act:{name}"] if a.get("verbs") or a.get("opposed") else ()),
            frozenset(a.get("toward", ("",))),
            frozenset(a.get("matters", ())),
        )
        for name, a in rules.get("acts", {}).items()
    )
    extra = tuple(
        (f"act:{n}", sign, w.lower())
        for n, a in rules.get("acts", {}).items()
        for key, sign in (("verbs", 1), ("opposed", -1))
        for w in a.get(key, ())
    )
    contacts = [w for m in matters.values() for w in m.get("contacts", ())]
    cures = rules.get("cures", {})
    weak = {w for m in matters.values() for w in m.get("weak", ())}
    says = {
        name: t.get("says", name)
        for table in ("matters", "parties", "exceptions")
        for name, t in rules.get(table, {}).items()
    }
    stems = _telling_stems(rules)
    return Vocabulary(
        acts=acts,
        parties={name: _found((*p["words"], *p.get("weak", ()))) for name, p in rules.get("parties", {}).items()},
        matters={name: _found((*m["words"], *m.get("weak", ()))) for name, m in matters.items()},
        says=says | {a.name: a.says for a in acts},
        all=kinds.get("all", ""),
        open=kinds.get("open", ""),
        contacts=_found(contacts),
        exceptions={name: _found(e["words"]) for name, e in rules.get("exceptions", {}).items()},
        citation=_found(cures.get("citation", ())),
        alone=_found(cures.get("alone", ())),
        lexicon=norm.lexicon(extra),
        trigger=_trigger(stems),
        opens=_opens(rules, stems, weak) if rules.get("needs") else {},
        near=tuple((n.get("says", name), _found(n["words"])) for name, n in rules.get("near", {}).items()),
    )


def _found(words: Iterable[str]) -> re.Pattern[str]:
    """What finds a word list's entries, compiled when it is first searched with: `check` has seen that it can be."""
    return later(joined(words))


TABLES = ("acts", "parties", "matters", "exceptions", "cures", "needs", "near")


def vocabulary(law: Law) -> Vocabulary:
    """The compiled vocabulary of `law`; laws with the same tables share one."""
    if law.digest not in _known:
        tables = {name: law.rules.get(name, {}) for name in TABLES}
        _known[law.digest] = _compiled(json.dumps(tables, sort_keys=True, default=str))
    return _known[law.digest]


_known: dict[str, Vocabulary] = {}


def _trigger(stems: Sequence[str]) -> re.Pattern[str]:
    """A cheap necessary condition: the stem of a word without which no sentence of a document can bear; group 1 is the stem.

    The pack's `needs` names the parties and matters of which one must be mentioned; without it, any matter must.
    """
    if not stems:
        return re.compile("()")
    each = (re.escape(s) + (r"(?![a-z])" if len(s) < SHORT else "") for s in stems)
    return re.compile(r"(?<![a-z0-9])(?=(" + "|".join(each) + "))")


SHORT = 4  # letters of a word that is looked for whole, not as a stem


def _telling_stems(rules: Mapping[str, Any]) -> list[str]:
    """The stems of the words of which one must stand, the longest first; none that begins with another."""
    stems = {stem for entry in _telling_entries(rules) for stem in _stems(entry)}
    alone = (s for s in stems if not any(s != t and len(t) >= SHORT and s.startswith(t) for t in stems))
    return sorted(alone, key=lambda s: (-len(s), s))


def _telling_entries(rules: Mapping[str, Any]) -> list[str]:
    tables = {**rules.get("matters", {}), **rules.get("parties", {})}
    names = rules.get("needs") or list(rules.get("matters", {}))
    return [entry for name in names for entry in tables.get(name, {}).get("words", ())]


def _opens(rules: Mapping[str, Any], stems: Sequence[str], weak: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """For each stem, what must be found where it stands: the entries of what the law needs that can't be there without it."""
    under: dict[str, list[str]] = {stem: [] for stem in stems}
    for entry in _telling_entries(rules):
        if entry in weak:
            continue
        covers = [{t for t in stems if s.startswith(t) or t.startswith(s)} for s in _needed(expression(entry), 0)[0]]
        for stem in set[str]().union(*covers) if covers and all(covers) else stems:  # where none can be told: anywhere
            under[stem].append(entry)
    return {stem: _found(dict.fromkeys(entries)) for stem, entries in under.items() if entries}


def _stems(entry: str) -> set[str]:
    """For one entry of a word list, words of which one must stand: the longest outside its choices, or its best choice."""
    if entry.startswith("/"):
        return set(_needed(entry[1:-1], 0)[0])
    plain = _words(re.sub(r"\([^()]*\)", " ", entry))
    choices = [[_words(x) for x in g.split("|")] for g in re.findall(r"\(([^()]*)\)", entry)]
    needed = [[max(w, key=_telling) for w in g] for g in choices if all(g)] + (
        [[max(plain, key=_telling)]] if plain else []
    )
    return set(max(needed, key=_rare, default=[]))


COMMON = STOP | {"leave"}  # words that stand in sentences of every kind, and so pick out few


def _telling(word: str) -> tuple[bool, int]:
    """How far a word picks sentences out."""
    return word not in COMMON, len(word)


def _rare(words: Iterable[str]) -> tuple[int, int]:
    """How far it picks sentences out that one of `words` must stand."""
    found = list(words)
    return -sum(w in COMMON for w in found), min(map(len, found), default=0)


TOKEN = later(
    r"(?P<group>\((?:\?(?::|(?P<look><?[=!])))?)|(?P<end>[|)])|(?P<space>\\s[+*]?|\\[bW]|[ -])|(?P<other>\\.|\[(?:\\.|[^\]])*\]|\.)|(?P<letter>[a-z'])"
)
OPTIONAL = later(r"(?P<may>[?*]|\{0)?(?:[?*+]|[\d,{]*\})*")


def _needed(expression: str, at: int) -> tuple[frozenset[str], int, bool]:
    """Words that begin at a word's border, of which one must stand where `expression` matches from `at` to its bracket.

    Also where that bracket is, and whether a word may begin after it; no words where none can be told.
    """
    choices: list[frozenset[str]] = []
    found: list[frozenset[str]] = []
    run, fresh, opens = "", True, True
    borders: list[bool] = []
    while m := TOKEN.match(expression, at):
        at, inner, after = m.end(), frozenset[str](), False
        if m["end"]:
            found.append(frozenset([run] if len(run) > 1 else ()))
            choices.append(_best(found))
            borders.append(opens)
            found, run, fresh, opens = [], "", True, True
            if m["end"] == ")":
                return _joined(choices), at, all(borders)
            continue
        if m["group"]:
            inner, at, after = _needed(expression, at)
        how = OPTIONAL.match(expression, at)
        at, may = (how.end(), bool(how["may"])) if how else (at, False)
        if m["look"]:
            continue
        if m["letter"] and (run or opens) and not may:
            run, fresh, opens = run + m["letter"], False, False
            continue
        found += [frozenset([run] if len(run) > 1 else ()), frozenset() if may or not (opens or run == "") else inner]
        run, opens = "", bool(m["space"]) or (after and (opens or not may)) or (fresh and after)
        fresh = False
    found.append(frozenset([run] if len(run) > 1 else ()))
    return _joined([*choices, _best(found)]), at, False


def _best(sets: list[frozenset[str]]) -> frozenset[str]:
    return max((g for g in sets if g), key=_rare, default=frozenset())


def _joined(choices: list[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*choices) if all(choices) else frozenset()


def _words(part: str) -> list[str]:
    return [
        w.strip("'-.")
        for w in re.findall(r"[\w.'-]+", part.replace("...", " ").replace("*", " "))
        if len(w.strip("'-.")) > 1
    ]
