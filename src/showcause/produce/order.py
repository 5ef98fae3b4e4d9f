"""What a production is asked to be, and what may be overridden by whom: values alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from showcause.errors import BadInput
from showcause.produce.bates import Ledger
from showcause.produce.profile import Profile
from showcause.produce.redact import Recognise


class Check(StrEnum):
    """Every check of a volume by its name; each stops the volume unless a person overrides it on the record."""

    NOT_RESPONSIVE = "not responsive"
    PRIVILEGED = "privileged"
    FAMILY_PRIVILEGED = "in a family with a privileged one"
    NEAR_PRIVILEGED = "near-duplicate or thread of a privileged one"
    NOT_TAGGED = "redacted but not tagged"
    NOT_REDACTED = "tagged but not redacted"
    UNDER_REDACTION = "text under a redaction"
    BEFORE = "produced before"
    NOT_IMAGED = "not imaged"
    MISSING = "page or text missing"
    FAMILY_SPLIT = "family split"
    PERIOD = "out of date range"
    UNREVIEWED = "unreviewed"
    APPROVAL = "recipient's approval"
    ROWS = "DAT rows"
    FIELDS = "DAT fields"
    PATHS = "DAT paths"
    DOCUMENTS = "OPT Y count"
    ENDS = "first and last Bates"
    GAPS = "gaps"
    HASHES = "hashes"


@dataclass(frozen=True, slots=True)
class Override:
    """A person's word that a check may stand: for one document, or for all where `document` is empty."""

    check: Check
    who: str
    why: str
    document: str = ""

    def __post_init__(self) -> None:
        if not self.who.strip() or not self.why.strip():
            raise BadInput(f"{self.check}: an override names who gives it and why")


@dataclass(frozen=True, slots=True)
class Flag:
    """What a check found on a document, or on the whole volume where `document` is empty; `by` overrides it."""

    check: Check
    document: str
    what: str
    by: Override | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A volume as it is wanted.

    `replaces` makes it stand under the numbers of what it replaces; `clawed_back` are ids of documents of which only
    a placeholder stands there now. `privileged` are ids of privileged documents of the whole matter, and `threads` the
    conversations of its privileged messages. `approved` is what the recipient agreed to. `period` is the first and the
    last day asked for. `recognise` reads a burned page that has no text of its own.
    """

    volume: str
    profile: Profile
    ledger: Ledger
    party: str = ""
    replaces: bool = False
    clawed_back: frozenset[str] = frozenset()
    privileged: frozenset[str] = frozenset()
    threads: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    period: tuple[date | None, date | None] = (None, None)
    overrides: tuple[Override, ...] = ()
    recognise: Recognise | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises BadInput where the names and numbers are not as the recipient wants them."""
        rules, series = self.profile.bates, self.ledger.series
        if not re.fullmatch(self.profile.volume.name, self.volume) or self.volume.startswith("."):
            raise BadInput(f"{self.volume}: {self.profile.id} wants a volume named as {self.profile.volume.name}")
        if not re.fullmatch(rules.prefix, series.prefix):
            raise BadInput(f"{series.prefix}: {self.profile.id} wants a Bates prefix as {rules.prefix}")
        if not rules.digits_at_least <= series.width <= rules.digits_at_most:
            digits = f"from {rules.digits_at_least} to {rules.digits_at_most} digits"
            raise BadInput(f"{series.name(series.start)}: {self.profile.id} wants Bates numbers of {digits}")

    def overridden(self, flag: Flag) -> Flag:
        """The flag with the override that covers it, if there is one."""
        for one in self.overrides:
            if one.check is flag.check and one.document in ("", flag.document):
                return Flag(flag.check, flag.document, flag.what, one)
        return flag
