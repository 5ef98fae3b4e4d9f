"""A query as e-discovery users write it in, a tree out; what can't be read is named with its place, counted from 1.

    retention AND (policy OR schedule) NOT draft      brackets; AND, OR, NOT in any case
    "body worn camera"   body worn camera             a phrase; words side by side are one too
    camera w/5 footage   camera pre/5 footage         within five words, in either order or in this one
    camera not w/5 footage                            where no footage is near
    retent*   *tention   wom?n   colour~1             any ending, any letter, one letter wrong
    from:ito  subject:(budget OR "second draft")  date:2024-01..2024-06  kind:mail  -- fields
    *                                                 every document

Nearness binds before NOT, NOT before AND, AND before OR.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, NoReturn

from showcause.errors import BadInput
from showcause.find.tokens import ALONE, LETTER, fold, part

FIELDS: Final = {
    "text": "",
    "custodian": "custodian",
    "from": "from",
    "to": "to",
    "cc": "cc",
    "bcc": "bcc",
    "subject": "subject",
    "title": "title",
    "name": "name",
    "path": "path",
    "kind": "kind",
    "id": "id",
}
DAY = "date"
FARTHEST, WRONGEST = 1000, 3  # words apart, letters wrong


@dataclass(frozen=True, slots=True)
class Word:
    """One word: letters with `*` and `?` as written, how many letters may be wrong, and the field, "" for the text."""

    letters: str
    wrong: int = 0
    field: str = ""

    def __str__(self) -> str:
        return _named(self.field, self.letters + (f"~{self.wrong}" if self.wrong else ""))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; a `*` among them is any one word."""

    words: tuple[Word, ...]

    def __str__(self) -> str:
        said = " ".join(str(Word(word.letters, word.wrong)) for word in self.words)
        return _named(self.words[0].field, f'"{said}"')


@dataclass(frozen=True, slots=True)
class Near:
    """Two things at most `within` words apart; `ordered`: the left one first; `apart`: the left where no right is near."""

    left: Node
    right: Node
    within: int
    ordered: bool = False
    apart: bool = False

    def __str__(self) -> str:
        by = f"{'not ' if self.apart else ''}{'pre' if self.ordered else 'w'}/{self.within}"
        return f"({self.left} {by} {self.right})"


@dataclass(frozen=True, slots=True)
class Dated:
    """Documents of these days, both included, None where it is open; `unknown`: those without a date."""

    first: date | None
    last: date | None
    unknown: bool = False

    def __str__(self) -> str:
        return "date:none" if self.unknown else f"date:{self.first or ''}..{self.last or ''}"


@dataclass(frozen=True, slots=True)
class And:
    """What all parts hold of."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return "(" + " AND ".join(map(str, self.parts)) + ")"


@dataclass(frozen=True, slots=True)
class Or:
    """What any part holds of."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return "(" + " OR ".join(map(str, self.parts)) + ")"


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not hold of."""

    part: Node

    def __str__(self) -> str:
        return f"NOT {self.part}"


@dataclass(frozen=True, slots=True)
class Every:
    """Every document."""

    def __str__(self) -> str:
        return "*"


Node = Word | Phrase | Near | Dated | And | Or | Not | Every


def parse(text: str) -> Node:
    """The tree of a query; raises BadInput with the character at which it can't be read."""
    return _Parser(text).whole()


def spoken(node: Node) -> str:
    """The query as it was understood, with every bracket that was implied."""
    said = str(node)
    return said[1:-1] if isinstance(node, And | Or | Near) else said


def leaves(node: Node) -> tuple[Word | Phrase, ...]:
    """The words and phrases of a query that a document is looked for by, in order; those under a NOT left out."""
    match node:
        case Word() | Phrase():
            return (node,)
        case And() | Or():
            return tuple(leaf for one in node.parts for leaf in leaves(one))
        case Near():
            return leaves(node.left) + (() if node.apart else leaves(node.right))
        case _:
            return ()


def _named(field: str, said: str) -> str:
    return f"{field}:{said}" if field else said


_LEX = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<open>\()|(?P<close>\))"
    r'|["“”„«»](?P<quoted>[^"“”„«»]*)(?P<shut>["“”„«»]?)'
    r"|(?P<near>(?:w|pre|within|near)/\d*)(?=[\s()]|$)"
    r"|(?P<field>[^\W\d_]+):(?=\S)"
    r'|(?P<plain>[^\s()"“”„«»]+)',
    re.IGNORECASE,
)
_FUZZY = re.compile(r"(?P<word>.*?)~(?P<wrong>\d*)$", re.DOTALL)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the query: `kind` is a group of the grammar above, or and/or/not."""

    kind: str
    text: str
    at: int


class _Parser:
    """One query, read from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._cut()
        self._place = 0
        self._field = ""

    def whole(self) -> Node:
        if not self._tokens:
            self._refuse("says nothing to look for", 0)
        made = self._either()
        if (left := self._peek()) is not None:
            self._refuse("this bracket closes none" if left.kind == "close" else "not understood", left.at)
        return made

    def _cut(self) -> list[_Token]:
        found = []
        for m in _LEX.finditer(self._text):
            kind = m.lastgroup or ""
            if kind == "shut":
                if not m["shut"]:
                    self._refuse("this quotation mark is not closed", m.start())
                found.append(_Token("quoted", m["quoted"], m.start()))
            elif kind == "plain" and m[0].lower() in {"and", "or", "not"}:
                found.append(_Token(m[0].lower(), m[0], m.start()))
            elif kind != "space":
                found.append(_Token(kind, m[kind], m.start()))
        return found

    def _peek(self, ahead: int = 0) -> _Token | None:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _take(self, *kinds: str) -> _Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self._place += 1
        return token

    def _refuse(self, why: str, at: int) -> NoReturn:
        shown = self._text[at : at + 20]
        raise BadInput(
            f"query, character {at + 1}: {why}" + (f" ({shown}{'…' * (len(self._text) > at + 20)})" if shown else "")
        )

    def _either(self) -> Node:
        parts = [self._all()]
        while self._take("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Node:
        parts = [self._one()]
        while (token := self._peek()) is not None and token.kind not in {"or", "close"}:
            if token.kind == "near":
                self._refuse("nearness joins words, phrases and brackets of them by OR", token.at)
            self._take("and")
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Node:
        if self._take("not"):
            return Not(self._one())
        made = self._primary()
        while (by := self._nearness()) is not None:
            token, apart = by
            right = self._primary()
            within = self._within(token)
            for side in (made, right):
                if not _placed(side):
                    self._refuse(
                        "nearness joins words, phrases and brackets of them by OR; write (a w/5 c) AND (b w/5 c)",
                        token.at,
                    )
            if _field_of(made) != _field_of(right):
                self._refuse("the two sides of a nearness must be in one field", token.at)
            made = Near(made, right, within, token.text.lower().startswith("pre"), apart)
        return made

    def _nearness(self) -> tuple[_Token, bool] | None:
        token, after = self._peek(), self._peek(1)
        if token is not None and token.kind == "not" and after is not None and after.kind == "near":
            self._place += 2
            return after, True
        near = self._take("near")
        return (near, False) if near else None

    def _within(self, token: _Token) -> int:
        number = token.text.partition("/")[2]
        if not number or not 0 < int(number) <= FARTHEST:
            self._refuse(f"how many words apart? w/5, from 1 to {FARTHEST}", token.at)
        return int(number)

    def _primary(self) -> Node:
        token = self._peek()
        if token is None:
            self._refuse("ends where a word should follow", len(self._text))
        if token.kind == "open":
            return self._bracket(token)
        if token.kind == "field":
            return self._fielded(token)
        if token.kind == "quoted":
            self._place += 1
            return self._phrase(token, token.text, quoted=True)
        if token.kind == "plain":
            return self._plain()
        return self._refuse("a word should stand here", token.at)

    def _bracket(self, token: _Token) -> Node:
        self._place += 1
        if self._take("close"):
            self._refuse("nothing stands in these brackets", token.at)
        made = self._either()
        if not self._take("close"):
            self._refuse("this bracket is not closed", token.at)
        return made

    def _fielded(self, token: _Token) -> Node:
        self._place += 1
        name = token.text.lower()
        if name == DAY:
            said = self._take("plain", "quoted")
            return self._dated(said) if said else self._refuse("which days? date:2024-01..2024-06", token.at)
        if name not in FIELDS:
            known = ", ".join((*FIELDS, DAY))
            self._refuse(
                f"no field is called “{name}”; there are {known}. Put the words in quotes to find them", token.at
            )
        before, self._field = self._field, FIELDS[name]
        try:
            after = self._peek()
            return self._plain(alone=True) if after is not None and after.kind == "plain" else self._primary()
        finally:
            self._field = before

    def _plain(self, *, alone: bool = False) -> Node:
        """A word, or all plain words that stand side by side as one phrase."""
        first = self._take("plain")
        if first is None:  # pragma: no cover - the callers have looked
            return self._refuse("a word should stand here", len(self._text))
        if first.text == "*" and (alone or not self._followed()):
            return Every()
        made = self._phrase(first, first.text)
        words = [*_words_of(made)]
        while not alone and (more := self._take("plain")):
            words += _words_of(self._phrase(more, more.text))
        return words[0] if len(words) == 1 else Phrase(tuple(words))

    def _followed(self) -> bool:
        after = self._peek()
        return after is not None and after.kind == "plain"

    def _phrase(self, token: _Token, said: str, *, quoted: bool = False) -> Word | Phrase:
        """The words of a piece of text; one that holds several (`8-usc`, `a.b@c`) is a phrase of them."""
        wrong = 0
        if not quoted and (m := _FUZZY.match(said)):
            said, wrong = m["word"], int(m["wrong"] or 1)
            if not 0 < wrong <= WRONGEST:
                self._refuse(f"how many letters wrong? word~1, from 1 to {WRONGEST}", token.at)
        cut = _cut(said)
        if not cut:
            self._refuse("holds no word to look for", token.at)
        if wrong and (len(cut) > 1 or "*" in cut[0] or "?" in cut[0]):
            self._refuse("“~” belongs to one whole word; for nearness write a w/5 b", token.at)
        if quoted and not any(set(word) - {"*"} for word in cut):
            self._refuse("holds no word to look for", token.at)
        words = tuple(Word(letters, wrong, self._field) for letters in cut)
        return words[0] if len(words) == 1 else Phrase(words)

    def _dated(self, token: _Token) -> Node:
        said = token.text.strip()
        if said.lower() in {"none", "unknown"}:
            return Dated(None, None, unknown=True)
        if m := re.match(r"(>=|<=|>|<)(.+)", said):
            first, last = self._days(m[2], token)
            return {
                ">=": Dated(first, None),
                "<=": Dated(None, last),
                ">": Dated(_next(last), None),
                "<": Dated(None, _next(first, -1)),
            }[m[1]]
        start, dots, end = said.partition("..")
        if not dots:
            return Dated(*self._days(said, token))
        if not start and not end:
            self._refuse("which days? date:2024-01..2024-06", token.at)
        made = Dated(self._days(start, token)[0] if start else None, self._days(end, token)[1] if end else None)
        if made.first and made.last and made.first > made.last:
            self._refuse("the days end before they begin", token.at)
        return made

    def _days(self, said: str, token: _Token) -> tuple[date, date]:
        """The first and last day of a year, a month or a day."""
        m = _DAY.fullmatch(said)
        year, month, day = (int(one or 0) for one in m.groups()) if m else (0, 0, 0)
        try:
            last = day or calendar.monthrange(year, month or 12)[1]
            return date(year, month or 1, day or 1), date(year, month or 12, last)
        except ValueError:
            return self._refuse(f"“{said}” is no day; write 2024, 2024-01 or 2024-01-31", token.at)


def _next(day: date, step: int = 1) -> date:
    return date.fromordinal(min(max(day.toordinal() + step, 1), date.max.toordinal()))


def _cut(said: str) -> list[str]:
    """The words of a piece of text as they are compared, with their `*` and `?`."""
    found: list[str] = []
    open_ = False
    for char in said:
        kind = LETTER if char in "*?" else part(char)
        if kind == LETTER and open_:
            found[-1] += char
        elif kind in {LETTER, ALONE}:
            found.append(char)
        open_ = kind == LETTER
    return [_folded(word) for word in found if set(word) - {"?"}]


def _folded(word: str) -> str:
    return "".join(piece if piece in {"*", "?"} else fold(piece) for piece in re.split(r"([*?])", word))


def _words_of(made: Word | Phrase) -> tuple[Word, ...]:
    return made.words if isinstance(made, Phrase) else (made,)


def _placed(node: Node) -> bool:
    """Whether what it finds stands at places of a text."""
    match node:
        case Word() | Phrase() | Near():
            return True
        case Or():
            return all(_placed(one) for one in node.parts)
        case _:
            return False


def _field_of(node: Node) -> str:
    match node:
        case Word():
            return node.field
        case Phrase():
            return node.words[0].field
        case Near():
            return _field_of(node.left)
        case Or():
            found = {_field_of(one) for one in node.parts}
            return found.pop() if len(found) == 1 else "?"
        case _:
            return ""
