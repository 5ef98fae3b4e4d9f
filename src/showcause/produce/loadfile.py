r"""Rows of values in, the lines of a Concordance DAT out, with every substitution; and a DAT read back, line by line.

0x14 stands between fields, a thorn around every value, 0xAE for CR LF inside one, `;` between the parts of a list and
`\` between the steps of a nested value. The first line names the fields; then one line a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from showcause.errors import BadInput
from showcause.produce.lettering import (
    LINE,
    Encoding,
    Fault,
    Hand,
    Substitution,
    Table,
    Written,
    lines,
    told,
)

THORN: Final = "\u00fe"
APART: Final = "\x14"
BREAK: Final = "\u00ae"
LIST: Final = ";"
NESTED: Final = "\\"
_BARE_UTF8 = THORN.encode().decode("cp1252")  # what a thorn of UTF-8 looks like where the mark is missing
_MARK_16BE = b"\xfe\xff"  # a thorn and the last letter of CP1252

Part = str | tuple[str, ...]  # a part of a list: words, or the steps of a nested value
Value = str | tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one document, in the order of the fields; `document` is its name in the list of substitutions."""

    document: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A line that was read, counted from 1, and its values in the order of the fields, CR LF where 0xAE stood."""

    line: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dat:
    """A DAT being read: its fields, its encoding and, as an iterator that reads on, its records and faults."""

    fields: tuple[str, ...]
    encoding: Encoding
    records: Iterator[Record | Fault]


def dat(
    fields: Sequence[str], rows: Iterable[Row], *, encoding: Encoding = Encoding.UTF8, table: Table | None = None
) -> Iterator[Written]:
    """The lines of a DAT, its header (with the byte order mark) first; flat in memory however many the rows.

    Raises BadInput where a field has no name or one that stands twice, or a row has not a value for every field.
    """
    hand = Hand(encoding, table or Table(), special=THORN + APART + BREAK, breaks=BREAK, separators=LIST + NESTED)
    yield _header(fields, hand)
    for row in rows:
        if len(row.values) != len(fields):
            raise BadInput(f"{row.document}: {len(row.values)} values for {len(fields)} fields")
        yield _line(row, fields, hand)


def parts(value: str) -> tuple[str, ...]:
    """The parts of a list that was read; none where the value is empty."""
    return tuple(value.split(LIST)) if value else ()


def steps(part: str) -> tuple[str, ...]:
    """The steps of a nested value that was read."""
    return tuple(part.split(NESTED)) if part else ()


def _header(fields: Sequence[str], hand: Hand) -> Written:
    twice = [name for name, count in Counter(fields).items() if count > 1]
    if not fields or "" in fields or twice:
        raise BadInput(f"the field {twice[0]} stands twice" if twice else "a load file needs fields, each with a name")
    named = [hand.write(name) for name in fields]
    swaps = [s for name, (_, swapped) in zip(fields, named, strict=True) for s in _listed(hand, swapped, name)]
    line = _joined((name for name, _ in named), hand.encoding)
    if line.startswith(_MARK_16BE):
        raise BadInput(f"the field {fields[0]}: first in CP1252, its first letter would be read as a byte order mark")
    return Written(hand.encoding.mark + line, tuple(swaps))


def _line(row: Row, fields: Sequence[str], hand: Hand) -> Written:
    values: list[str] = []
    swaps: list[Substitution] = []
    for name, value in zip(fields, row.values, strict=True):
        written, swapped = hand.write(value) if isinstance(value, str) else _list(value, hand)
        values.append(written)
        if swapped:
            swaps += _listed(hand, swapped, name, row.document)
    return Written(_joined(values, hand.encoding), tuple(swaps))


def _list(value: tuple[Part, ...], hand: Hand) -> tuple[str, Counter[str]]:
    swapped: Counter[str] = Counter()
    written: list[str] = []
    for part in value:
        nested = (part,) if isinstance(part, str) else part
        pieces = [hand.write(p, LIST if isinstance(part, str) else LIST + NESTED) for p in nested]
        written.append(NESTED.join(piece for piece, _ in pieces))
        for _, counted in pieces:
            swapped += counted
    return LIST.join(written), swapped


def _joined(values: Iterable[str], encoding: Encoding) -> bytes:
    return (APART.join(f"{THORN}{value}{THORN}" for value in values) + LINE).encode(encoding)


def _listed(hand: Hand, swapped: Counter[str], name: str, document: str = "") -> tuple[Substitution, ...]:
    return hand.listed(swapped, document=document, name=name)


# --- reading --------------------------------------------------------------------------------------


def read_dat(stream: BinaryIO, *, name: str, encoding: Encoding | None = None) -> Dat:
    """The DAT in a stream that can seek: fields at once, records as they are asked for, a Fault for each bad line.

    `name` is the file's, for errors; `encoding` is told by the byte order mark unless it is named. Raises BadInput
    where the first line is no header.
    """
    used = told(stream, name=name, encoding=encoding)
    numbered = lines(stream, used)
    first = next(numbered, None)
    if first is None:
        raise BadInput(f"{name}: is empty")
    if isinstance(first, Fault):
        raise BadInput(f"{name}: {first}")
    fields = _fields(first[1], name)
    return Dat(fields, used, _records(numbered, fields))


def _fields(line: str, name: str) -> tuple[str, ...]:
    if line.startswith(_BARE_UTF8):
        raise BadInput(f"{name}: is UTF-8 without its byte order mark; name the encoding")
    found = _values(line, ())
    if isinstance(found, str):
        raise BadInput(f"{name}: line 1 is no header of fields: {found}")
    twice = [field for field, count in Counter(found).items() if count > 1]
    if "" in found or twice:
        what = f"the field {twice[0]} stands twice" if twice and twice[0] else "a field has no name"
        raise BadInput(f"{name}: line 1: {what}")
    return found


def _records(numbered: Iterator[tuple[int, str] | Fault], fields: tuple[str, ...]) -> Iterator[Record | Fault]:
    for one in numbered:
        if isinstance(one, Fault):
            yield one
            continue
        number, line = one
        found = _values(line, fields)
        if isinstance(found, str):
            yield Fault(number, found)
        elif len(found) != len(fields):
            yield Fault(number, f"{len(found)} values, where the header names {len(fields)} fields")
        else:
            yield Record(number, found)


def _values(line: str, fields: tuple[str, ...]) -> tuple[str, ...] | str:
    """The values of a line, or what is wrong with it in words."""
    if not line:
        return "is blank"
    values: list[str] = []
    for place, quoted in enumerate(line.split(APART)):
        if len(quoted) < 2 or quoted[0] != THORN or quoted[-1] != THORN or THORN in quoted[1:-1]:
            where = f"value {place + 1}" + (f" ({fields[place]})" if place < len(fields) else "")
            return f"{where} {_unqualified(quoted)}"
        values.append(quoted[1:-1].replace(BREAK, LINE))
    return tuple(values)


def _unqualified(quoted: str) -> str:
    if not quoted.startswith(THORN):
        return "does not begin with a thorn (0xFE)"
    if len(quoted) < 2 or not quoted.endswith(THORN):
        return "is not closed by a thorn (0xFE); a line break inside a value is written as 0xAE"
    return "has a thorn (0xFE) inside"
