"""Everything given in, the families of documents out as they may be produced: each copy where it hangs, or suppressed.

Only a loose copy is suppressed, and its custodian is kept; what hangs on a message is produced with it, also where the
same bytes stand elsewhere (FORMATS: children are never separated from parents, in dedupe or in production).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from showcause.core import Given, State


@dataclass(frozen=True, slots=True)
class Place:
    """One document where it stands: `item` is its id in productions, `document` its id in the record.

    `document` is None for what hangs on a document and could not be read. `family` is the item that all of a family
    hang on, `parent` the one right above; `custodians` names the holder first. `also` are the paths of suppressed copies.
    """

    item: str
    document: str | None
    path: str
    name: str
    sha256: str
    size: int
    modified: datetime | None
    custodians: tuple[str, ...]
    family: str
    parent: str | None = None
    also: tuple[str, ...] = ()


Family = tuple[Place, ...]


def families(givens: Iterable[Given]) -> tuple[Family, ...]:
    """The families in order of custodian and path, the head of each first."""
    held = {(g.path, g.sha256): g for g in givens if g.state is not State.SKIPPED}
    by_path = {path: g for (path, _), g in held.items()}
    kept: list[tuple[Given, tuple[Given, ...]]] = []
    copies: dict[str, list[Given]] = {}
    for one in held.values():
        above = tuple(_above(one, by_path))
        if one.state is State.DUPLICATE and not above:
            copies.setdefault(one.document or "", []).append(one)
        elif _stands(one, above):
            kept.append((one, above))
    names = {(one.path, one.sha256): _item(one) for one, _ in kept}
    found: dict[str, list[Place]] = {}
    for one, above in kept:
        top = above[-1] if above else one
        if (top.path, top.sha256) in names:
            place = _place(one, above, names, copies.get(one.document or "", []))
            found.setdefault(place.family, []).append(place)
    whole = (_whole(members) for members in found.values())
    return tuple(sorted(whole, key=lambda family: (family[0].custodians[0], family[0].path, family[0].item)))


def _above(one: Given, by_path: dict[str, Given]) -> Iterator[Given]:
    """The documents that it hangs on, nearest first; wrappers such as archives are passed through."""
    at = one.parent
    while at is not None and (holder := by_path.get(at)) is not None:
        if holder.document is not None and holder.state is State.READ:
            yield holder
        at = holder.parent


def _stands(one: Given, above: tuple[Given, ...]) -> bool:
    """Whether it has a place of its own; a picture shown within a message's words has none where nothing can be read."""
    if one.state is State.UNREADABLE:
        return bool(above) and not one.inline and bool(one.sha256)
    return one.document is not None and one.state in {State.READ, State.DUPLICATE}


def _item(one: Given) -> str:
    if one.state is State.READ:
        return str(one.document)
    apart = hashlib.sha256(one.path.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{one.document or f'u-{one.sha256[:16]}'}.{apart}"


def _place(one: Given, above: tuple[Given, ...], names: dict[tuple[str, str], str], copies: list[Given]) -> Place:
    item = names[one.path, one.sha256]
    top = above[-1] if above else one
    own = [one.custodian, *(copy.custodian for copy in copies if one.state is State.READ)]
    return Place(
        item=item,
        document=one.document,
        path=one.path,
        name=one.name,
        sha256=one.sha256,
        size=one.size,
        modified=one.modified,
        custodians=tuple(dict.fromkeys(own)),
        family=names[top.path, top.sha256],
        parent=names[above[0].path, above[0].sha256] if above else None,
        also=tuple(copy.path for copy in copies) if one.state is State.READ else (),
    )


def _whole(members: list[Place]) -> Family:
    """A family with its head first and each child behind what it hangs on; who held the head held what hangs on it."""
    head = next(one for one in members if one.parent is None)
    below: dict[str, list[Place]] = {}
    for one in sorted(members, key=lambda place: (place.path, place.item)):
        below.setdefault(one.parent or "", []).append(one)
    out: list[Place] = []
    waiting = [head]
    while waiting:
        one = waiting.pop()
        out.append(replace(one, custodians=tuple(dict.fromkeys((*one.custodians, *head.custodians)))))
        waiting += reversed(below.get(one.item, []))
    return tuple(out)
