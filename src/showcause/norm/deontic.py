"""What a sentence does, as data: who shall, may or shall not do what, to whom, when and save when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class Modality(StrEnum):
    """The force of a norm; `unrestricted` is a ban on restricting, or a savings clause. `asked` is a question, no norm.

    `released` is leave not to act, the contradictory of a duty: "need not", "may refuse", "may be destroyed" of keeping.
    """

    OBLIGED = "obliged"
    FORBIDDEN = "forbidden"
    PERMITTED = "permitted"
    ONLY_IF = "permitted-only-if"
    UNRESTRICTED = "unrestricted"
    RELEASED = "released"
    DEFINED = "defined"
    RECITED = "recited"
    ASKED = "asked"


OPERATIVE = frozenset(
    {Modality.OBLIGED, Modality.FORBIDDEN, Modality.PERMITTED, Modality.ONLY_IF, Modality.UNRESTRICTED}
)


class Manner(StrEnum):
    """How firmly it is said: outright, softly, for one purpose without "only", or once somebody approves."""

    PLAIN = "plain"
    SOFT = "soft"
    PURPOSE = "purpose"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm of one clause; every span is in characters of the text that was parsed.

    `family` is the verb's family in `english.VERBS` or a pack's act ("" for a clause without a verb of any), folded so
    that a duty to withhold is a ban on telling; `act` is the verb; `span` the whole clause and `head` its verb.
    `object` and `counterpart` are the words in which they are looked for, not parsed phrases.
    """

    modality: Modality
    family: str
    act: str
    span: Span
    head: Span
    bearer: Span | None = None
    object: Span | None = None
    counterpart: Span | None = None
    condition: Span | None = None
    exception: Span | None = None
    manner: Manner = Manner.PLAIN
    passive: bool = False
    withheld: bool = False
    term: str = ""
