"""A value in, what a load file's format and encoding can hold of it out, with every substitution; and lines read back.

A load file tells its encoding by its byte order mark alone: UTF-8 and UTF-16LE carry one, CP1252 has none.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import BinaryIO, Final

from showcause.errors import BadInput

LONGEST: Final = 1 << 26  # characters of one line that is read; a longer one is no load file
CHUNK: Final = 1 << 16  # bytes read at a time
LINE: Final = "\r\n"
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = "\0-\x1f\x7f-\x9f"


class Encoding(StrEnum):
    """The encodings that readers of load files know."""

    UTF8 = "utf-8"
    CP1252 = "cp1252"
    UTF16LE = "utf-16-le"

    @property
    def mark(self) -> bytes:
        """The byte order mark, by which alone a reader knows the encoding."""
        return MARKS[self]


MARKS: Final[Mapping[Encoding, bytes]] = MappingProxyType(
    {Encoding.UTF8: b"\xef\xbb\xbf", Encoding.CP1252: b"", Encoding.UTF16LE: b"\xff\xfe"}
)

# What stands for a character that can't be held, unless the user's table says otherwise. White space stays white space,
# so that two words do not run together; a line that ends in LF or CR alone ends in CR LF; `;` and `\` are only meant
# inside a list and a nested value, whose separators they are.
SUBSTITUTES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "\u00fe": "th",
        "\x14": " ",
        "\u00ae": "(R)",
        "\t": " ",
        "\x0b": " ",
        "\x0c": " ",
        "\x1c": " ",
        "\x1d": " ",
        "\x1e": " ",
        "\x1f": " ",
        "\x85": " ",
        "\n": LINE,
        "\r": LINE,
        ";": ",",
        "\\": "/",
    }
)


@dataclass(frozen=True, slots=True)
class Table:
    """What is written for a character that can't be held: its own entry, else what its kind gets.

    `controls` stands for every other control character, `missing` for what the encoding lacks.
    """

    of: Mapping[str, str] = field(default_factory=lambda: SUBSTITUTES)
    controls: str = ""
    missing: str = "?"

    def __post_init__(self) -> None:
        for character in self.of:
            if len(character) != 1:
                raise BadInput(f"substitutions: {character!r} is not one character")

    def __reduce__(self) -> tuple[type[Table], tuple[dict[str, str], str, str]]:
        return Table, (dict(self.of), self.controls, self.missing)  # a view of a mapping can't be sent to a worker

    def written(self, character: str) -> str:
        """What stands for `character`."""
        own = self.of.get(character)
        if own is not None:
            return own
        return self.controls if unicodedata.category(character) == "Cc" else self.missing


def table(changes: Mapping[str, str], *, controls: str = "", missing: str = "?") -> Table:
    """The table that ships with the user's `changes`."""
    return Table(MappingProxyType({**SUBSTITUTES, **changes}), controls, missing)


@dataclass(frozen=True, slots=True)
class Substitution:
    """In this field of this document `character` was written as `written`, `count` times; "" is the header."""

    document: str
    field: str
    character: str
    written: str
    count: int


@dataclass(frozen=True, slots=True)
class Written:
    """One line as bytes, its end included, and what was substituted in it."""

    line: bytes
    swaps: tuple[Substitution, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a load file that was read: the line, counted from 1, and what is wrong with it."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


_NONE: Final[Counter[str]] = Counter()  # nothing was swapped; never counted in


@dataclass(frozen=True, slots=True)
class Hand:
    """How a format and an encoding write a value; `special` are the characters that the format keeps for itself.

    `breaks` is what stands for CR LF inside a value, `separators` what may part it from its neighbours. Raises BadInput
    where the table would write what can't be held.
    """

    encoding: Encoding
    table: Table
    special: str
    breaks: str
    separators: str = ""

    def __post_init__(self) -> None:
        hard = unheld(self.encoding, self.special + self.separators)
        entries = [*self.table.of.items(), ("a control", self.table.controls), ("what is missing", self.table.missing)]
        for character, written in entries:
            if hard.search(written.replace(LINE, "")):
                raise BadInput(
                    f"substitutions: {character!r} as {written!r}: {self.encoding} and the format can't hold that"
                )

    def write(self, value: str, apart: str = "") -> tuple[str, Counter[str]]:
        """The value as it stands in the file, and how often each character was substituted.

        `apart` are characters that may not stand in it besides, for they separate it from its neighbours.
        """
        hard = unheld(self.encoding, self.special + apart)
        if not value or not hard.search(value):
            return value, _NONE
        swapped: Counter[str] = Counter()

        def one(found: re.Match[str]) -> str:
            if found[0] == LINE:
                return self.breaks
            swapped[found[0]] += 1
            return self.table.written(found[0]).replace(LINE, self.breaks)

        return hard.sub(one, value), swapped

    def listed(self, swapped: Counter[str], *, document: str, name: str) -> tuple[Substitution, ...]:
        """What was swapped in the field `name`, as Substitutions."""
        return tuple(Substitution(document, name, c, self.table.written(c), n) for c, n in sorted(swapped.items()))


@cache
def unheld(encoding: Encoding, special: str) -> re.Pattern[str]:
    """CR LF, and every character that can't be held by a format that keeps `special` for itself, in that encoding."""
    own = re.escape(special)
    if encoding is Encoding.CP1252:
        known = "".join(map(chr, range(0x20, 0x7F))) + "".join(_printable_1252())
        kept = "".join(c for c in known if c not in special)
        return re.compile(f"\r\n|[^{re.escape(kept)}]")
    return re.compile(f"\r\n|[{_CONTROLS}\ud800-\udfff{own}]")


def _printable_1252() -> Iterator[str]:
    """The upper half of CP1252; five of its bytes mean nothing."""
    for byte in range(0x80, 0x100):
        try:
            yield bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            continue


def told(stream: BinaryIO, *, name: str, encoding: Encoding | None = None) -> Encoding:
    """The `encoding` where it is named, else the one by the byte order mark; the stream then stands behind the mark.

    Raises BadInput for UTF-16BE, which no load file uses.
    """
    start = stream.tell()
    head = stream.read(3)
    if encoding:
        stream.seek(start + len(encoding.mark) * head.startswith(encoding.mark))
        return encoding
    for marked in (Encoding.UTF8, Encoding.UTF16LE):
        if head.startswith(marked.mark):
            stream.seek(start + len(marked.mark))
            return marked
    if head.startswith(b"\xfe\xff"):
        raise BadInput(f"{name}: begins with the mark of UTF-16BE; a load file is UTF-8, CP1252 or UTF-16LE")
    stream.seek(start)
    return Encoding.CP1252


def lines(stream: BinaryIO, encoding: Encoding) -> Iterator[tuple[int, str] | Fault]:
    """Each line without its end, with its number from 1; a Fault in its place where its bytes are not that encoding.

    Only LF ends a line, with or without CR; the stream stays open. Raises BadInput where a line never ends.
    """
    number = 0
    try:
        for number, line in enumerate(_split(stream, encoding), 1):
            bad = _SURROGATE.search(line)
            yield Fault(number, _undecoded(bad, encoding)) if bad else (number, line.removesuffix("\r"))
    except UnicodeDecodeError:
        yield Fault(number + 1, f"ends in the middle of a character of {encoding}")


def _split(stream: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """The lines without their LF; what can't be decoded stands there as surrogates."""
    wrong = "surrogatepass" if encoding is Encoding.UTF16LE else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(wrong)
    kept: list[str] = []  # the pieces of a line whose end has not come
    while chunk := stream.read(CHUNK):
        *ended, rest = decoder.decode(chunk).split("\n")
        for line in ended:
            yield "".join((*kept, line))
            kept = []
        kept.append(rest)
        if len(kept) * CHUNK > LONGEST:
            raise BadInput(f"a line runs on for more than {LONGEST:,} characters; this is no load file")
    last = "".join((*kept, decoder.decode(b"", True)))
    if last:
        yield last


def _undecoded(bad: re.Match[str], encoding: Encoding) -> str:
    code = ord(bad[0])
    if encoding is Encoding.UTF16LE:
        return f"character {bad.start() + 1} is half of a pair of UTF-16 (0x{code:04X})"
    return f"byte 0x{code - 0xDC00:02X} at character {bad.start() + 1} is not {encoding}"
