"""What an opinion is made of: sentences that cite, or are the template's own, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from showcause.core import Passage
from showcause.opinion.wording import Wording


class Basis(StrEnum):
    """What a sentence may rest on besides a passage of the record."""

    LAW = "law"
    AUTHORITY = "authority"
    LETTER = "letter"
    FILE = "file"
    FINDING = "finding"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Source:
    """A law, an authority, a letter, a file, a finding or the accounting of the matter, in the words that find it."""

    basis: Basis
    words: str


Cite = Passage | Source


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about the matter; can't be built without a cite. `strong` are words that stand out at its head."""

    text: str
    cites: tuple[Cite, ...]
    strong: str = ""

    def __post_init__(self) -> None:
        if not self.cites:
            raise ValueError(f"a sentence without a cite: {self.text}")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A sentence that is the template's own, the same in every opinion."""

    wording: Wording

    @property
    def text(self) -> str:
        """The fixed words."""
        return self.wording.value


Sentence = Said | Fixed


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `title` is fixed wording, or names a law, requirement or instrument, which `cites` then give."""

    title: Wording | str
    level: int
    anchor: str = ""
    cites: tuple[Cite, ...] = ()

    def __post_init__(self) -> None:
        if not self.cites and not isinstance(self.title, Wording):
            raise ValueError(f"a heading that is neither fixed nor cited: {self.title}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Sentences that stand in a list."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Exact words: of a passage, or of a law with the source that gives them."""

    words: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what each column is (cited or fixed) and cells that are sentences."""

    head: tuple[Sentence, ...]
    rows: tuple[tuple[Sentence, ...], ...]


Part = Heading | Paragraph | Item | Quotation | Grid


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the table of authorities: its group, its printed form, and which of the printed strings cite it."""

    group: str
    words: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A memorandum as a tree, with no look; every printing comes from it.

    `caption` names the matter; `authorities` lists what its words cite, no more and no less.
    """

    caption: tuple[tuple[Wording, str], ...]
    running: str
    at: datetime
    parts: tuple[Part, ...]
    authorities: tuple[Listed, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in order, those of tables among them."""
        for part in self.parts:
            if isinstance(part, (Paragraph, Item)):
                yield from part.sentences
            elif isinstance(part, Grid):
                yield from part.head
                for row in part.rows:
                    yield from row
