r"""A Rich Text file in (RTF 1.9.1), its paragraphs in order out.

Tracked changes stand as `[-deleted-]` and `{+inserted+}`; notes, comments, headers and footers follow at the end, each
once. Groups that a reader need not know (`{\*\...}`) are passed over, as the format asks.
"""

from __future__ import annotations

import binascii
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from showcause.errors import Unreadable
from showcause.intake import compound
from showcause.intake.package import DAMAGE
from showcause.intake.plain import known
from showcause.intake.reading import Limits, Part, Reading, Transcript, redlined, unique

_CHARSETS = {  # of a font -> the code page of what is written in it
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}  # fmt: skip - one table
_SIGNS = {
    b"tab": "\t",
    b"line": "\n",
    b"lbr": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
    b"qmspace": " ",
    b"softline": "\n",
    b"nestcell": " | ",
    b"nestrow": "\n",
}  # fmt: skip - one table
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\r", b"\r": "\r", b"\t": "\t"}
_KEPT = {  # ignorable groups that hold words
    b"annotation",
    b"atnauthor",
    b"footnote",
    b"shpinst",
    b"shppict",
    b"nesttableprops",
    b"do",
    b"moMath",
    b"moMathPara",
    b"objdata",
}  # fmt: skip - one set
_PASSED = {  # groups without words of the document
    b"colortbl",
    b"filetbl",
    b"listtable",
    b"listoverridetable",
    b"revtbl",
    b"rsidtbl",
    b"generator",
    b"pnseclvl",
    b"fldinst",
    b"nonshppict",
    b"shprslt",
    b"sn",
    b"sv",
    b"sp",
    b"xe",
    b"tc",
    b"bkmkstart",
    b"bkmkend",
    b"field2",
    b"mmathPr",
    b"themedata",
    b"datastore",
    b"private",
    b"ftnsep",
    b"ftnsepc",
    b"aftnsep",
    b"aftnsepc",
    b"docvar",
}  # fmt: skip - one set
_MARGINS = {
    b"header": "header",
    b"headerl": "header",
    b"headerr": "header",
    b"headerf": "header",
    b"footer": "footer",
    b"footerl": "footer",
    b"footerr": "footer",
    b"footerf": "footer",
}  # fmt: skip - one table
_OTHERS = (
    b"par pard plain page sect cell row sectd fonttbl stylesheet info pict object footnote ansicpg ansi mac pc pca f s u uc"
    b" outlinelevel deleted revised v strike striked ul ulw uld uldb ulnone bin intbl ud shptxt dptxbxtext pngblip"
    b" jpegblip deff listtext pntext"
).split()
_HANDLED = sorted({*_OTHERS, *_SIGNS, *_KEPT, *_PASSED, *_MARGINS})
_TOKEN = re.compile(
    rb"(?:\\(?!(?:" + b"|".join(_HANDLED) + rb")(?![a-zA-Z]))[a-zA-Z]{1,40}(?:-?[0-9]{1,10})? ?|[\r\n])+"
    rb"|\\([a-zA-Z]{1,40})(-?[0-9]{1,10})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\(.)|([{}])|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_BULLETS = {"·", "§", "o", "•", "q", "\uf0b7", "\uf0a7", "-", "–"}
_STARRED = re.compile(rb"\s*\\\*\s*\\([a-zA-Z]{1,40})")
_BRACE = re.compile(rb"\\bin([0-9]{1,9}) ?|\\.|[{}]", re.DOTALL)
_FONT = re.compile(rb"\\f([0-9]{1,6})(?:(?!\\f[0-9])[^{}]|\{[^{}]*\})*?\\fcharset([0-9]{1,3})")
_STYLE = re.compile(rb"\\s([0-9]{1,5})(?![0-9])((?:[^{};]|\{[^{}]*\})*+);")
_DAY = re.compile(rb"\{\\(revtim|creatim)\\yr([0-9]{4})\\mo([0-9]{1,2})\\dy([0-9]{1,2})")
_HALF = re.compile("[\ud800-\udfff]")
_DEPTH = 5_000  # groups inside one another


def is_rtf(blob: bytes, name: str) -> bool:
    """Whether the bytes begin as Rich Text does."""
    del name
    return blob.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:5] == b"{\\rtf"


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of the file. Raises Unreadable where it is damaged or holds no words."""
    del name
    try:
        return _Words(blob, limits).reading()
    except DAMAGE as error:
        raise Unreadable(f"damaged: {error or type(error).__name__}") from None


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group: encoding, change, look, how many characters stand in for one of Unicode."""

    encoding: str = "cp1252"
    change: str = ""
    hidden: bool = False
    struck: bool = False
    lined: bool = False
    stands: int = 1
    style: int = 0
    outline: int | None = None
    table: bool = False
    aside: str = ""  # "footnote", "comment", "header" or "footer" where the words are not the body's


@dataclass(slots=True)
class _Aside:
    """A note, comment or margin that is being read: what stood before it, its own paragraphs."""

    kind: str
    depth: int
    line: list[tuple[str, str]]
    said: list[str]
    number: int = 0


class _Words:
    """Goes through one file, token by token, and takes down its words."""

    def __init__(self, blob: bytes, limits: Limits) -> None:
        self._blob = blob
        self._limits = limits
        self._transcript = Transcript()
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._line: list[tuple[str, str]] = []  # words, and their change: "-", "+", or "s" and "u" by look alone
        self._row: list[list[str]] = []
        self._cell: list[str] = []
        self._asides: list[_Aside] = []
        self._after: list[tuple[str, str]] = []  # part and words of what follows at the end
        self._author = ""
        self._notes = 0
        self._skip = 0  # characters still to pass over after one of Unicode
        self._hidden = False
        self._parts: list[Part] = []
        self._title = ""
        self._day: date | None = None
        self._length = 0

    def reading(self) -> Reading:
        self._go()
        self.end_paragraph()
        self.end_row()
        for part in ("footnote", "comment", "header", "footer"):
            for words in dict.fromkeys(words for kind, words in self._after if kind == part):
                self._transcript.paragraph(words, part=part)
        if not self._transcript.text:
            raise Unreadable("empty: the document holds no words")
        comments = sum(kind == "comment" for kind, _ in self._after)
        notes = ["hidden text is shown"] if self._hidden else []
        notes += [f"comments that stand at the end: {comments}"] if comments else []
        if self._stack:
            notes.append("the end of the file is missing")
        return Reading(
            "rtf",
            self._transcript.text,
            self._transcript.pages,
            self._transcript.headings,
            self._title,
            self._day,
            unique(self._parts),
            tuple(notes),
        )

    def _go(self) -> None:
        blob, at, match = self._blob, self._blob.index(b"{\\rtf"), _TOKEN.match
        while True:
            token = match(blob, at)
            if token is None:
                return
            at = token.end()
            kind = token.lastindex
            if kind == 6:
                self._say(token[6])
            elif kind == 1 or kind == 2:  # noqa: PLR1714 - the quicker test in the busiest loop
                at = self._word(token[1], token[2], at)
            elif kind == 3:
                self._bytes(bytes.fromhex(token[3].replace(b"\\'", b"").decode()))
            elif kind == 5:
                at = self._open(at) if token[5] == b"{" else self._close(at)
                if at < 0:
                    return
            elif kind == 4:
                at = self._symbol(token[4], at)

    # Groups

    def _open(self, at: int) -> int:
        if len(self._stack) >= _DEPTH:
            raise Unreadable("nested too deep to be read")
        self._stack.append(self._state)
        starred = _STARRED.match(self._blob, at)
        if starred is None:
            return at
        if starred[1] not in _KEPT and starred[1] not in _MARGINS:
            return self._past(at)
        return starred.start(1) - 1

    def _close(self, at: int) -> int:
        if self._asides and len(self._stack) <= self._asides[-1].depth:
            self._end_aside()
        if not self._stack:
            return -1
        self._state = self._stack.pop()
        self._skip = 0
        return at if self._stack else -1  # what follows the last brace is no part of the document

    def _past(self, at: int) -> int:
        """Where the group that `at` stands in ends; the brace that closes it is still to come."""
        depth = 0
        while True:
            found = _BRACE.search(self._blob, at)
            if found is None:
                return len(self._blob)
            if found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                if depth == 0:
                    return found.start()
                depth -= 1
            at = found.end() + (int(found[1]) if found[1] else 0)

    def _group(self, at: int) -> tuple[bytes, int]:
        end = self._past(at)
        return self._blob[at:end], end

    # Words and signs

    def _word(self, word: bytes, number: bytes | None, at: int) -> int:
        if word in _SIGNS:
            self._add(_SIGNS[word])
            return at
        if word in _PASSED:
            return self._past(at)
        if word in _MARGINS:
            self.begin_aside(_MARGINS[word])
            return at
        does = _DOES.get(word)
        return at if does is None else does(self, None if number is None else int(number), at)

    def _symbol(self, sign: bytes, at: int) -> int:
        said = _SYMBOLS.get(sign)
        if said == "\r":
            self.end_paragraph()
        elif said is not None:
            self._add(said)
        return at

    def _say(self, said: bytes) -> None:
        if self._skip:
            left, self._skip = self._skip, max(0, self._skip - len(said))
            said = said[left:]
        if said:
            self._add(said.decode("ascii") if said.isascii() else said.decode(self._state.encoding, "replace"))

    def _bytes(self, said: bytes) -> None:
        left, self._skip = self._skip, max(0, self._skip - len(said))
        if said[left:]:
            self._add(said[left:].decode(self._state.encoding, "replace"))

    def _add(self, words: str) -> None:
        state = self._state
        self._hidden = self._hidden or state.hidden
        self._length += len(words)
        if self._length > self._limits.characters:
            raise Unreadable(f"too long: more than {self._limits.characters:,} characters")
        self._line.append((words, state.change or ("s" if state.struck else "u" if state.lined else "")))

    def unicode(self, number: int | None, at: int) -> int:
        said = number or 0
        self._add(chr(said & 0xFFFF))
        self._skip = self._state.stands
        return at

    def binary(self, number: int | None, at: int) -> int:
        return at + max(0, number or 0)

    # Looks

    def look(self, **changed: Any) -> None:
        state = self._state
        if any(getattr(state, name) != said for name, said in changed.items()):
            self._state = replace(state, **changed)

    def plain(self, _: int | None, at: int) -> int:
        self.look(change="", hidden=False, struck=False, lined=False)
        return at

    def paragraph_default(self, _: int | None, at: int) -> int:
        self.look(style=0, outline=None, table=False)
        return at

    def font(self, number: int | None, at: int) -> int:
        encoding = self._fonts.get(number or 0, self._fonts.get(-1, "cp1252"))
        if encoding != self._state.encoding:
            self.look(encoding=encoding)
        return at

    def page(self, number: int | None, at: int) -> int:
        page = f"cp{number}"
        self._fonts[-1] = page if known(page) else "cp1252"
        self.look(encoding=self._fonts[-1])
        return at

    def mac(self, _: int | None, at: int) -> int:
        self._fonts[-1] = "mac-roman"
        self.look(encoding="mac-roman")
        return at

    # Tables of the header

    def font_table(self, _: int | None, at: int) -> int:
        held, end = self._group(at)
        for font, charset in _FONT.findall(held):
            if int(charset) in _CHARSETS:
                self._fonts[int(font)] = _CHARSETS[int(charset)]
        return end

    def style_sheet(self, _: int | None, at: int) -> int:
        held, end = self._group(at)
        for number, said in _STYLE.findall(held):
            outline = re.search(rb"\\outlinelevel([0-9])", said)
            named = re.search(rb"(?i)(?:\A|[ }])heading ([1-9])\Z", said)
            if outline and int(outline[1]) < 9:
                self._levels[int(number)] = int(outline[1]) + 1
            elif named:
                self._levels[int(number)] = int(named[1])
            elif said.endswith(b" Title"):
                self._levels[int(number)] = 1
        return end

    def info(self, _: int | None, at: int) -> int:
        held, end = self._group(at)
        title = re.search(rb"\{\\title ?((?:[^{}\\]|\\'[0-9a-fA-F]{2}|\\u-?[0-9]{1,6} ?.?|\\[{}\\])*+)\}", held)
        if title:
            inner = _Words(b"{\\rtf " + title[1] + b"}", self._limits)
            inner._fonts, inner._state = self._fonts, self._state
            inner._go()
            self._title = "".join(words for words, _ in inner._line).strip()
        days = {which: _date(int(y), int(m), int(d)) for which, y, m, d in _DAY.findall(held)}
        self._day = days.get(b"revtim") or days.get(b"creatim")
        return end

    # Pictures and objects

    def picture(self, _: int | None, at: int) -> int:
        held, end = self._group(at)
        suffix = "png" if b"\\pngblip" in held else "jpg" if b"\\jpegblip" in held else ""
        if suffix:
            blob = _hex(re.sub(rb"\{[^{}]*\}|\\[a-zA-Z]+-?[0-9]*", b"", held))
            self._part(f"picture.{suffix}", blob, inline=True)
        return end

    def object(self, _: int | None, at: int) -> int:
        held, end = self._group(at)
        blob = _hex(re.sub(rb"\{[^{}]*\}|\\[a-zA-Z]+-?[0-9]*", b"", held))
        try:
            part = _embedded(blob)
        except DAMAGE:
            part = None
        if part is not None:
            self._part(part.name, bytes(part.blob) if isinstance(part.blob, bytes) else b"")
        return end

    def _part(self, name: str, blob: bytes, *, inline: bool = False) -> None:
        if blob and len(self._parts) < self._limits.parts:
            self._parts.append(Part(name, blob, inline))

    # Paragraphs and what stands beside them

    def end_paragraph(self, _: int | None = None, at: int = 0) -> int:
        words = self._taken()
        if self._asides:
            self._asides[-1].said += [words] if words else []
        elif self._state.table:
            self._cell += [words] if words else []
        else:
            self.end_row()
            level = self._levels.get(self._state.style, 0)
            if self._state.outline is not None:
                level = self._state.outline + 1 if self._state.outline < 9 else 0
            self._transcript.paragraph(words, level=level)
        return at

    def _taken(self) -> str:
        line, self._line = self._line, []
        struck = any(change == "s" and words.strip() for words, change in line)
        looks = {"s": "-", "u": "+" if struck else ""}
        text = redlined((words, looks.get(change, change)) for words, change in line)
        if _HALF.search(text):  # a character beyond U+FFFF is written as two
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text.strip()

    def end_cell(self, _: int | None, at: int) -> int:
        words = self._taken()
        if self._asides:
            self._asides[-1].said += [words] if words else []
        else:
            self._row.append([*self._cell, *([words] if words else [])])
            self._cell = []
        return at

    def end_row(self, _: int | None = None, at: int = 0) -> int:
        row, self._row = self._row, []
        if self._cell:
            row, self._cell = [*row, self._cell], []
        if row:
            self._transcript.row(row)
        return at

    def begin_aside(self, kind: str) -> None:
        aside = _Aside(kind, len(self._stack), self._line, [])
        if kind == "footnote" and not self._asides:
            self._notes += 1
            aside.number = self._notes
        self._asides.append(aside)
        self._line = []

    def _end_aside(self) -> None:
        words = self._taken()
        aside = self._asides.pop()
        said = "\n".join([*aside.said, *([words] if words else [])])
        self._line = aside.line
        if aside.kind == "footnote" and aside.number:
            self._line.append((f"[{aside.number}]", ""))
            self._after.append(("footnote", f"[{aside.number}] {said}"))
        elif aside.kind == "comment" and said:
            self._after.append(("comment", f"[Comment by {self._author or 'unknown'}] {said}"))
        elif aside.kind == "author":
            self._author = said
        elif aside.kind == "label":
            label = said.strip()
            self._line.append((f"{'•' if label in _BULLETS else label} " if label else "", ""))
        elif aside.kind == "box":
            self._line.append((f"\n{said}\n" if said else "", ""))
        elif said:
            self._after.append((aside.kind, said))

    def off(self, _: int | None, at: int) -> int:
        self.look(lined=False)
        return at


_Does = Callable[[_Words, int | None, int], int]


def _begins(kind: str) -> _Does:
    def begin(words: _Words, _: int | None, at: int) -> int:
        words.begin_aside(kind)
        return at

    return begin


def _sets(name: str, on: object = True, off: object = False) -> _Does:  # noqa: FBT002 - values of a field, not choices
    def look(words: _Words, number: int | None, at: int) -> int:
        words.look(**{name: off if number == 0 else on})
        return at

    return look


def _counts(name: str) -> _Does:
    def look(words: _Words, number: int | None, at: int) -> int:
        words.look(**{name: max(0, number or 0)})
        return at

    return look


_DOES: dict[bytes, _Does] = {
    b"par": _Words.end_paragraph,
    b"sect": _Words.end_paragraph,
    b"page": _Words.end_paragraph,
    b"cell": _Words.end_cell,
    b"row": _Words.end_row,
    b"pard": _Words.paragraph_default,
    b"plain": _Words.plain,
    b"intbl": _sets("table"),
    b"f": _Words.font,
    b"deff": _Words.font,
    b"ansicpg": _Words.page,
    b"mac": _Words.mac,
    b"u": _Words.unicode,
    b"uc": _counts("stands"),
    b"s": _counts("style"),
    b"outlinelevel": _counts("outline"),
    b"bin": _Words.binary,
    b"deleted": _sets("change", "-", ""),
    b"revised": _sets("change", "+", ""),
    b"v": _sets("hidden"),
    b"strike": _sets("struck"),
    b"striked": _sets("struck"),
    b"ul": _sets("lined"),
    b"ulw": _sets("lined"),
    b"uld": _sets("lined"),
    b"uldb": _sets("lined"),
    b"ulnone": _Words.off,
    b"fonttbl": _Words.font_table,
    b"stylesheet": _Words.style_sheet,
    b"info": _Words.info,
    b"pict": _Words.picture,
    b"objdata": _Words.object,
    b"footnote": _begins("footnote"),
    b"annotation": _begins("comment"),
    b"atnauthor": _begins("author"),
    b"shptxt": _begins("box"),
    b"dptxbxtext": _begins("box"),
    b"listtext": _begins("label"),
    b"pntext": _begins("label"),
}


def _hex(said: bytes) -> bytes:
    digits = b"".join(said.split())
    try:
        return binascii.unhexlify(digits[: len(digits) // 2 * 2])
    except binascii.Error:
        return b""


def _embedded(blob: bytes) -> Part | None:
    """The file in an object as OLE 1 writes it ([MS-OLEDS] 2.2.5), or None."""
    at = 8
    names = []
    for _ in range(3):
        (length,) = struct.unpack_from("<I", blob, at)
        names.append(blob[at + 4 : at + 4 + length].rstrip(b"\0"))
        at += 4 + length
    (size,) = struct.unpack_from("<I", blob, at)
    held = blob[at + 4 : at + 4 + size]
    if names[0] == b"Package":
        return compound.native(b"\0\0\0\0" + held)
    return (
        Part(f"object.{_SUFFIXES.get(names[0].partition(b'.')[0], 'bin')}", held) if held.startswith(_FILES) else None
    )


_FILES = (compound.MAGIC, b"PK\x03\x04", b"%PDF")
_SUFFIXES = {b"Excel": "xls", b"Word": "doc", b"PowerPoint": "ppt"}


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
