"""A letter's generated blocks and what an attorney made of them in, the letter anew out; no edit is ever dropped.

Every block keeps the text that was generated for it last, the text as it stands, and, where the two can't be joined,
the newer generated text beside it for a person to settle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from showcause.errors import BadInput

_MARK: Final = re.compile(r"^<!-- block ([A-Za-z0-9][A-Za-z0-9._-]*)(?: \([^)]*\))? -->$")
_ESCAPED: Final = re.compile(r"^(\\*<!-- block )", re.MULTILINE)
_UNESCAPED: Final = re.compile(r"^\\(\\*<!-- block )", re.MULTILINE)


class Look(StrEnum):
    """What a block is on paper."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    TABLE = "table"


class State(StrEnum):
    """How a block stands to what was generated for it."""

    GENERATED = "generated"
    CHANGED = "generated anew"
    EDITED = "edited"
    MERGED = "edited, joined with new text"
    CONFLICT = "edited, and the generated text has changed"
    ORPHAN = "edited, and no longer generated"
    OWN = "added by hand"


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is generated: paragraphs apart by blank lines; the rows of a table are lines, its cells apart by tabs."""

    id: str
    text: str
    look: Look = Look.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Held:
    """A block of a draft: `base` was generated for it last (None: added by hand), `text` is how it stands.

    `pending` is newer generated text that could not be joined with the edit.
    """

    id: str
    text: str
    base: str | None
    look: Look = Look.PARAGRAPH
    state: State = State.GENERATED
    pending: str = ""


Draft = tuple[Held, ...]


def begun(blocks: Iterable[Block]) -> Draft:
    """A draft of blocks that nobody has touched yet. Raises BadInput where an id comes twice."""
    return merged((), blocks)


def merged(draft: Sequence[Held], blocks: Iterable[Block]) -> Draft:
    """The draft with its blocks generated anew.

    An untouched block takes the new text. An edited one keeps its edits: joined with the new text where they touch
    different lines, else as they stand, the new text beside them. What was added by hand stays behind the block that it
    stood behind; an edited block that is no longer generated stays, too. Raises BadInput where an id comes twice.
    """
    fresh = list(blocks)
    ids = [block.id for block in fresh]
    if len(set(ids)) != len(ids):
        raise BadInput(f"the block {next(i for i in ids if ids.count(i) > 1)} is generated twice")
    had = {held.id: held for held in draft}
    out = [_anew(block, had.get(block.id)) for block in fresh]
    for place, held in enumerate(draft):
        if held.id in ids or not _touched(held):
            continue
        kept = held if held.base is None else replace(held, state=State.ORPHAN)
        out.insert(_behind(draft[:place], out), kept)
    return tuple(out)


def _touched(held: Held) -> bool:
    return held.base is None or held.text != held.base or bool(held.pending)


def _behind(before: Sequence[Held], out: Sequence[Held]) -> int:
    """The place behind the nearest block before it that is still there."""
    places = {held.id: place for place, held in enumerate(out)}
    return next((places[held.id] + 1 for held in reversed(before) if held.id in places), 0)


def _anew(block: Block, held: Held | None) -> Held:
    if held is None:
        return Held(block.id, block.text, block.text, block.look)
    base = held.base if held.base is not None else ""
    if held.text == block.text:
        return Held(block.id, block.text, block.text, block.look)
    if held.base is not None and held.text == base:
        state = State.CHANGED if block.text != base else held.state
        return Held(block.id, block.text, block.text, block.look, state)
    if block.text in (base, held.pending):
        return replace(held, look=block.look)
    joined = three_way(base, held.text, block.text)
    if joined is None or held.pending:
        return replace(held, look=block.look, state=State.CONFLICT, pending=block.text)
    return Held(block.id, joined, block.text, block.look, State.MERGED)


def settled(draft: Sequence[Held], block: str, text: str) -> Draft:
    """The draft with the text that a person chose for a block whose generated text had changed beside an edit."""
    if block not in {held.id for held in draft}:
        raise BadInput(f"there is no block {block} in the draft")
    return tuple(
        replace(h, text=text, base=h.pending or h.base, state=State.EDITED, pending="") if h.id == block else h
        for h in draft
    )


def three_way(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of `base` in one text, by lines; None where they touch the same lines or neighbouring ones."""
    lines = base.split("\n")
    ours, others = list(_changes(lines, mine.split("\n"))), list(_changes(lines, theirs.split("\n")))
    for start, end, _ in ours:
        if any(start <= other_end and other_start <= end for other_start, other_end, _ in others):
            return None
    for start, end, new in sorted([*ours, *others], reverse=True):
        lines[start:end] = new
    return "\n".join(lines)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i1, i2, new[j1:j2]


# --- as a text that can be edited ---------------------------------------------------------------------


def to_text(draft: Iterable[Held]) -> str:
    """The draft as a text to be edited: each block under a line that names it and how it stands."""
    pieces = []
    for held in draft:
        body = _ESCAPED.sub(r"\\\1", held.text)
        pieces.append(f"<!-- block {held.id} ({held.state}) -->\n{body}\n")
    return "".join(pieces)


def from_text(text: str, draft: Sequence[Held]) -> Draft:
    """The draft as the text has it now, in the text's order.

    A block with a new name was added by hand; one that is missing was struck out, and stays struck out; words before
    the first block are a block of their own. Raises BadInput where a block comes twice.
    """
    had = {held.id: held for held in draft}
    out: list[Held] = []
    for name, body in _cut(text, had):
        if any(held.id == name for held in out):
            raise BadInput(f"the block {name} stands twice in the text; give one of them another name")
        out.append(_edited(name, _UNESCAPED.sub(r"\1", body), had.get(name)))
    struck = [held for held in draft if held.id not in {one.id for one in out}]
    for held in struck:
        place = _behind(draft[: draft.index(held)], out)
        out.insert(place, replace(held, text="", state=State.EDITED))
    return tuple(out)


def _edited(name: str, body: str, held: Held | None) -> Held:
    if held is None:
        return Held(name, body, None, state=State.OWN)
    return held if body == held.text else replace(held, text=body, state=_state(held, body))


def _state(held: Held, body: str) -> State:
    if held.base is None:
        return State.OWN
    if held.pending:
        return State.CONFLICT
    return State.GENERATED if body == held.base else State.EDITED


def _cut(text: str, had: dict[str, Held]) -> Iterator[tuple[str, str]]:
    """Names and bodies; each body without the one line end that `to_text` set behind it."""
    name, body = "", list[str]()
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _MARK.match(line)
        if not found:
            body.append(line)
            continue
        yield from _piece(name, body, had)
        name, body = found[1], []
    yield from _piece(name, body[:-1] if body and not body[-1] else body, had)


def _piece(name: str, body: list[str], had: dict[str, Held]) -> Iterator[tuple[str, str]]:
    words = "\n".join(body)
    if name:
        yield name, words
    elif words.strip():
        number = next(n for n in range(1, 10_000) if f"own-{n}" not in had)
        yield f"own-{number}", words
