"""Rows of cells in, the text of a workbook out: a heading for each sheet, a line and a mark for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from showcause.core import Heading, Mark, PageMap
from showcause.errors import Unreadable
from showcause.intake.reading import Limits, Part, Reading, placed, writable

_GAP = 8  # empty cells in a row that are shown as such; a wider gap shows as one
_NAMED = 12  # stretches of hidden rows or columns that a note names


def column(letters: str) -> int:
    """The number of a column, from 1, by its letters: 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    """The letters of a column by its number, from 1: AA for 27."""
    said = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        said = chr(65 + rest) + said
    return said


class Rows:
    """Sheets taken down one after the other, with their marks, headings and what of them was hidden."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._headings: list[Heading] = []
        self._sheet = ""
        self._at = Mark(0, sheet="")
        self._last = 0
        self._words = False
        self._comments = 0
        self._hidden: list[str] = []
        self._hidden_rows: dict[str, list[int]] = {}
        self._hidden_columns: dict[str, list[tuple[int, int]]] = {}
        self._letters: dict[int, str] = {}

    def sheet(self, name: str, *, hidden: bool = False) -> None:
        """Begin a sheet; its name is a heading."""
        self._sheet, self._last, self._at = name, 0, Mark(0, sheet=name)
        if hidden:
            self._hidden.append(name)
        start = self._say(name or "Sheet", "\n\n")
        self._headings.append(Heading(start, self._length, 1))
        self._last = -1

    def row(self, number: int, cells: Sequence[tuple[int, str]], *, hidden: bool = False) -> None:
        """Add a row, `number` from 1, of the cells (column from 1, words) that hold anything, in their order.

        Raises Unreadable where the text grows beyond `limits.characters`.
        """
        if not cells:
            return
        places, words = zip(*cells, strict=True)
        line = " | ".join(words)
        if places != adjacent(places[0], len(places)) or "\n" in line:
            line = _line(cells)
        self._add(number, places[0], line, hidden=hidden)

    def line(self, number: int, line: str, *, hidden: bool = False) -> None:
        """Add a row, `number` from 1, of one line that holds its cells from the first on, none of them empty."""
        self._add(number, 1, line, hidden=hidden)

    def _add(self, number: int, first: int, line: str, *, hidden: bool) -> None:
        if not line.strip(" |"):
            return
        if hidden:
            self._hidden_rows.setdefault(self._sheet, []).append(number)
        gap = "\n" if number == self._last + 1 else "\n\n"
        self._say(line, gap, None, f"{self._letters.get(first) or self._lettered(first)}{number}")
        self._last, self._words = number, True

    def _lettered(self, number: int) -> str:
        said = self._letters[number] = letters(number)
        return said

    def hidden_columns(self, first: int, last: int) -> None:
        """Keep in mind that the columns from `first` to `last` are hidden."""
        self._hidden_columns.setdefault(self._sheet, []).append((first, last))

    def comment(self, place: str, author: str, words: str) -> None:
        """Add a comment or note that stands at the cell `place`."""
        if words.strip():
            self._comments += 1
            by = f" by {author.strip()}" if author.strip() else ""
            at = f" at {place}" if place else ""
            self._say(f"[Comment{by}{at}] {words.strip()}", "\n\n", "comment", place or None)
            self._last, self._words = -1, True

    def beside(self, words: str) -> None:
        """Add words that stand on the sheet but in no cell."""
        if words.strip():
            self._say(words.strip(), "\n\n")
            self._last, self._words = -1, True

    def reading(
        self,
        kind: str,
        *,
        title: str = "",
        day: date | None = None,
        parts: tuple[Part, ...] = (),
        notes: Iterable[str] = (),
    ) -> Reading:
        """All that was taken down. Raises Unreadable where no sheet holds a word."""
        if not self._words:
            raise Unreadable("empty: no sheet holds a word")
        text, pages = "".join(self._pieces), PageMap(tuple(self._marks))
        return Reading(kind, text, pages, tuple(self._headings), title, day, parts, (*self._notes(), *notes))

    def _say(self, words: str, gap: str, part: str | None = None, cell: str | None = None) -> int:
        pieces, start = self._pieces, self._length
        if pieces:
            pieces.append(gap)
            start += len(gap)
        if not words.isascii() or "\0" in words:
            words = writable(words)
        self._marks.append(placed(start, self._at, paragraph=None, part=part, cell=cell))
        pieces.append(words)
        self._length = start + len(words)
        if self._length > self._limits.characters:
            raise Unreadable(f"too long: more than {self._limits.characters:,} characters")
        return start

    def _notes(self) -> Iterable[str]:
        if self._hidden:
            yield f"hidden sheets, shown like the others: {', '.join(self._hidden)}"
        for name, rows in self._hidden_rows.items():
            yield f"hidden rows of {name}, shown like the others: {_stretches([(n, n) for n in rows], str)}"
        for name, columns in self._hidden_columns.items():
            yield f"hidden columns of {name}, shown like the others: {_stretches(columns, letters)}"
        if self._comments:
            yield f"comments that stand after their sheet: {self._comments}"


@lru_cache(maxsize=256)
def adjacent(first: int, count: int) -> tuple[int, ...]:
    """So many numbers that follow one another from `first` on."""
    return tuple(range(first, first + count))


def _line(cells: Sequence[tuple[int, str]]) -> str:
    """The words of cells among which some are empty, or hold several lines."""
    said, last = [], cells[0][0] - 1
    for at, words in cells:
        if at > last + 1:
            said += [""] * (at - last - 1 if at - last - 1 <= _GAP else 1)
        said.append(" ".join(words.split("\n")) if "\n" in words else words)
        last = at
    return " | ".join(said)


def _stretches(spans: list[tuple[int, int]], shown: Callable[[int], str]) -> str:
    """Numbers that follow one another as `3-7`; what comes after the first dozen is counted."""
    joined: list[list[int]] = []
    for first, last in spans:
        if joined and first == joined[-1][1] + 1:
            joined[-1][1] = last
        else:
            joined.append([first, last])
    said = [shown(a) if a == b else f"{shown(a)}-{shown(b)}" for a, b in joined[:_NAMED]]
    more = f" and {len(joined) - _NAMED} more" if len(joined) > _NAMED else ""
    return ", ".join(said) + more
