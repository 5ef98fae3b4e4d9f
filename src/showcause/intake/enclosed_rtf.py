r"""The Rich Text body of an Outlook message in, the HTML or plain text that it was made from out.

Outlook keeps such a body compressed (MS-OXRTFCP) and hides the original HTML in it (\fromhtml1; MS-OXRTFEX): what
stands between \htmlrtf and \htmlrtf0 was added for readers of Rich Text, and the groups \*\htmltag hold the tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from showcause.intake import plain

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbol"
    rb"ArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # MS-OXRTFCP 2.1.2.1: what the compressor is taken to have written before
_SIZE = 4096
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_SKIPPED = {
    b"fonttbl",
    b"colortbl",
    b"stylesheet",
    b"info",
    b"pict",
    b"header",
    b"footer",
    b"listtable",
    b"object",
    b"fldinst",
}
_SAID = {
    b"par": "\r\n",
    b"line": "\r\n",
    b"sect": "\r\n",
    b"page": "\r\n",
    b"row": "\r\n",
    b"tab": "\t",
    b"cell": "\t",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"endash": "–",
    b"emdash": "—",
    b"enspace": "\u2002",
    b"emspace": "\u2003",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
}
_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\n": "\r\n", b"\r": "\r\n"}
_CHARSETS = {128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257}
_CHARSETS |= {204: 1251, 222: 874, 238: 1250, 0: 1252, 77: 10000}


def decompressed(blob: bytes) -> bytes:
    """The Rich Text of a compressed body (MS-OXRTFCP, 2.2 and 3.2); as far as it goes where it is damaged."""
    if blob.lstrip().startswith(b"{\\rtf"):
        return blob
    if len(blob) < 16:
        return b""
    size = int.from_bytes(blob[4:8], "little")
    if blob[8:12] == b"MELA":
        return blob[16 : 16 + size]
    return _expanded(blob, size) if blob[8:12] == b"LZFu" else b""


def original(text: bytes) -> tuple[str, bool]:
    """What a Rich Text was made from, and whether that is HTML."""
    page = rb"\fromhtml" in text[:1000]
    walker = _Walker(page=page)
    walker.walk(text)
    said = "".join(walker.said).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # pairs of \\u
    return (said if page else said.replace("\r\n", "\n").strip("\n")), page


def _expanded(blob: bytes, size: int) -> bytes:
    window = bytearray(_SIZE)
    window[: len(_DICTIONARY)] = _DICTIONARY
    write, place, out = len(_DICTIONARY), 16, bytearray()
    while place < len(blob):
        control = blob[place]
        place += 1
        for bit in range(8):
            if control >> bit & 1:
                if place + 1 >= len(blob):
                    return bytes(out[:size])
                pair = blob[place] << 8 | blob[place + 1]
                place += 2
                offset, length = pair >> 4, (pair & 15) + 2
                if offset == write:
                    return bytes(out[:size])
                for step in range(length):
                    one = window[(offset + step) % _SIZE]
                    out.append(one)
                    window[write] = one
                    write = (write + 1) % _SIZE
            else:
                if place >= len(blob):
                    return bytes(out[:size])
                out.append(blob[place])
                window[write] = blob[place]
                write = (write + 1) % _SIZE
                place += 1
    return bytes(out[:size])


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group."""

    skipped: bool = False
    tag: bool = False  # within \*\htmltag, whose words stand for themselves
    added: bool = False  # between \htmlrtf and \htmlrtf0
    fonts: bool = False  # within the table of fonts
    font: int = -1
    after: int = 1  # characters that stand after \u for readers without Unicode


@dataclass(slots=True)
class _Walker:
    """Goes through a Rich Text once and takes down what it was made from."""

    page: bool
    said: list[str] = field(default_factory=list)
    _held: bytearray = field(default_factory=bytearray)  # bytes that a later one may complete to a character
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _encoding: str = "cp1252"
    _fonts: dict[int, str] = field(default_factory=dict)
    _starred: bool = False
    _owed: int = 0  # characters still to be passed over after \u

    def walk(self, text: bytes) -> None:
        place = 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None:
                break
            place = found.end()
            if found[1] == b"bin" and found[2]:
                place += max(0, int(found[2]))
            elif found[1]:
                self._word(found[1], int(found[2]) if found[2] else None)
            elif found[5]:
                self._brace(found[5])
            elif found[4] == b"*":
                self._starred = True
            else:
                self._characters(found)
        self._flush()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._starred, self._owed = False, 0
        if brace == b"{":
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _characters(self, found: re.Match[bytes]) -> None:
        if found[3]:
            self._bytes(bytes([int(found[3], 16)]))
        elif found[6]:
            self._bytes(found[6])
        elif found[4] in _SIGNS:
            self._text(_SIGNS[found[4]])
        elif found[4]:
            self._bytes(found[4])

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == b"htmltag" and starred:
            self._state = replace(self._state, tag=True, skipped=False)
        elif starred or word in _SKIPPED:
            self._state = replace(self._state, skipped=True, fonts=word == b"fonttbl" or self._state.fonts)
        elif word == b"htmlrtf":
            self._flush()
            self._state = replace(self._state, added=number != 0)
        elif word == b"ansicpg" and number and plain.known(f"cp{number}"):
            self._encoding = f"cp{number}"
        elif word == b"f" and number is not None:
            self._flush()
            self._state = replace(self._state, font=number)
        elif word == b"fcharset" and self._state.fonts and number in _CHARSETS:
            page = f"cp{_CHARSETS[number]}" if number != 77 else "mac-roman"
            self._fonts[self._state.font] = page
        elif word == b"uc" and number is not None:
            self._state = replace(self._state, after=max(0, min(number, 16)))
        elif word == b"u" and number is not None:
            self._text(chr(number % 65536))
            self._owed = self._state.after
        elif word in _SAID and not (self._state.tag and word not in {b"par", b"tab", b"line"}):
            self._text(_SAID[word])

    def _bytes(self, blob: bytes) -> None:
        passed = min(self._owed, len(blob))
        self._owed -= passed
        if self._counts():
            self._held += blob[passed:]

    def _text(self, text: str) -> None:
        if self._owed:
            self._owed -= 1
        elif self._counts():
            self._flush()
            self.said.append(text)

    def _counts(self) -> bool:
        return not self._state.skipped and not (self.page and self._state.added)

    def _flush(self) -> None:
        if self._held:
            encoding = self._fonts.get(self._state.font, self._encoding) if not self._state.tag else self._encoding
            self.said.append(self._held.decode(encoding, "replace"))
            self._held.clear()
