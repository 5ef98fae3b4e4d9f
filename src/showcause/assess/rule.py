"""A norm in its context: what it is about, toward whom, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from showcause.assess.about import Span
from showcause.norm import Norm


@dataclass(frozen=True, slots=True)
class Rule:
    """A norm in its context; `acts` are the law's acts it may be, `matters` the information it is about, `party` toward whom.

    `label` is the number of the sentence's section; `rest` where it speaks of all but its matters; `said` is the pack's
    wording that showed what the rule is about, where no word list of the pack did. `wide` tells how plainly a rule that
    names no certain matter speaks of all: 0 by an idiom alone, 1 by its verb, 2 where its clause names the party too.
    """

    norm: Norm
    sentence: int
    label: str
    section: int
    matters: frozenset[str]
    parties: frozenset[str]
    acts: frozenset[str]
    limbs: bool = False
    excluded: frozenset[str] = frozenset()
    note: str = ""
    cite: Span = (0, 0)
    support: tuple[tuple[str, Span], ...] = ()
    said: str = ""
    wide: int = 2
