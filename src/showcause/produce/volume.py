"""Documents and an order in, a volume's folder out, whole or not at all; what every check found, and the ledger grown.

Beside the volume `NAME` stands `NAME.record` for the producing side alone: the report of the checks, the overrides,
and the lists of what was substituted and cut. Until all checks let it pass, everything stands in `.NAME.part`, where a
run that was broken off goes on.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from showcause.errors import BadInput, NoRoom
from showcause.produce import qc
from showcause.produce.bates import Kept as Gap
from showcause.produce.bates import Ledger, Span
from showcause.produce.data import Families, Pair, load_files
from showcause.produce.item import Form, Item, families
from showcause.produce.journal import Journal
from showcause.produce.order import Flag, Order
from showcause.produce.work import HERE, Claim, Hands, Plan, unclaimed
from showcause.produce.writing import Kept

MANIFEST: Final = "manifest-sha256.txt"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a cover letter says of a volume; counts are of documents, `gaps` of numbers that are not in it."""

    volume: str
    documents: int
    pages: int
    custodians: tuple[tuple[str, int], ...]
    forms: tuple[tuple[Form, int], ...]
    redacted: int
    suppressed: int
    ranges: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str, str], ...]


def summary_json(summary: Summary) -> dict[str, Any]:
    """A summary in JSON values."""
    said: dict[str, Any] = json.loads(json.dumps(asdict(summary)))
    return said


def summary_of(said: Mapping[str, Any]) -> Summary:
    """The summary that `summary_json`, or the record of the checks, says."""
    pairs = {name: tuple(tuple(one) for one in said[name]) for name in ("custodians", "ranges", "gaps")}
    forms = tuple((Form(form), count) for form, count in said["forms"])
    return Summary(**{**said, **pairs, "forms": forms})


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an order: the volume's folder, None where a check stopped it, and what every check found.

    `ledger` is the one to keep: grown where the volume was made, else as it was.
    """

    place: Path | None
    flags: tuple[Flag, ...]
    ledger: Ledger
    summary: Summary | None = None
    changes: int = 0

    @property
    def stopped(self) -> tuple[Flag, ...]:
        """What nobody overrode."""
        return tuple(flag for flag in self.flags if flag.by is None)


@dataclass(slots=True)
class _Seen:
    """What the checks found so far."""

    order: Order
    flags: list[Flag] = field(default_factory=list)

    def add(self, found: Iterable[Flag]) -> None:
        """Take in what a check found, with the override that covers it."""
        self.flags += [self.order.overridden(flag) for flag in found]

    @property
    def stopped(self) -> bool:
        """Whether something stands that nobody overrode."""
        return any(flag.by is None for flag in self.flags)


def make(items: Iterable[Item], order: Order, *, folder: Path, hands: Hands = HERE, claim: Claim = unclaimed) -> Made:
    """The volume of these documents in `folder`.

    `items` come family by family, its head first, and are gone through several times; only some families are in memory
    at once. `hands` say who opens and writes them. `claim` hears of the grown ledger before anything is written under
    its numbers; whoever keeps it there gives the same numbers to a run that goes on. Raises BadInput where the
    documents can't be gone through again, or something stands where the volume should; NoRoom where the disk refuses.
    """
    if isinstance(items, Iterator):
        raise BadInput("the documents are gone through several times: give a list, or what can be iterated anew")
    target = folder / order.volume
    part = folder / f".{order.volume}.part"
    if target.exists() and not (part / "record").exists():
        raise BadInput(f"{target}: stands there already; a volume is never written over")
    try:
        return _made(items, order, places=(target, part), work=(hands, claim))
    except OSError as refused:
        raise NoRoom(f"{target}: {refused.strerror or refused}; run it again to go on") from refused


def _made(items: Iterable[Item], order: Order, *, places: tuple[Path, Path], work: tuple[Hands, Claim]) -> Made:
    hands, claim = work
    seen = _Seen(order)
    known = qc.privileged(items, order)
    plans: list[tuple[Plan, ...]] = []
    running = hashlib.sha256(_digest(order))
    for family, plan in hands.planned(families(items), order):
        seen.add(qc.before([p.of(item) for p, item in zip(plan, family, strict=True)], order, known=known))
        plans.append(plan)
        running.update(json.dumps([_fingerprint(i, p) for i, p in zip(family, plan, strict=True)]).encode())
    if seen.stopped:
        return Made(None, tuple(seen.flags), order.ledger)
    if not plans:
        raise BadInput(f"{order.volume}: no document is to be produced")
    numbered = replace(order, ledger=_ledger(order, [[(p.document, p.pages) for p in plan] for plan in plans]))
    claim(numbered.ledger)
    running.update(repr([numbered.ledger.of[plan[0].document].span.first for plan in plans]).encode())
    _prepare(places[1], running.hexdigest())
    journal = Journal(places[1] / "journal.jsonl")
    _write(_Planned(items, plans), numbered, root=places[1] / "volume", journal=journal, hands=hands)
    return _finish(_Planned(items, plans), numbered, places, seen, journal)


class _Planned:
    """The documents family by family with their plans, as often as they are asked for."""

    def __init__(self, items: Iterable[Item], plans: list[tuple[Plan, ...]]) -> None:
        self.items, self.plans = items, plans

    def __iter__(self) -> Iterator[tuple[tuple[Item, ...], tuple[Plan, ...]]]:
        yield from zip(families(self.items), self.plans, strict=True)


def _ledger(order: Order, plans: list[list[tuple[str, int]]]) -> Ledger:
    if order.replaces:
        return order.ledger.replacement(order.volume, chain.from_iterable(plans))
    return order.ledger.allot(order.volume, plans)


def _digest(order: Order) -> bytes:
    """What of an order decides how the files of a volume look."""
    said = (order.profile, order.volume, order.ledger.series, order.party, order.replaces, sorted(order.clawed_back))
    return repr(said).encode()


def _fingerprint(item: Item, plan: Plan) -> list[Any]:
    return [item.id, item.sha256, plan.form, plan.pages, repr(item.areas), repr(item.coding), item.text]


def _prepare(part: Path, digest: str) -> None:
    """The working folder: the one that was left, if it is of the very same documents and order, else a new one."""
    plan = part / "plan"
    if not plan.exists() or plan.read_text() != digest:
        if part.exists():
            shutil.rmtree(part)
        (part / "volume").mkdir(parents=True)
        plan.write_text(digest)


def _write(families: _Planned, order: Order, *, root: Path, journal: Journal, hands: Hands) -> None:
    """Writes every family that the journal does not hold yet."""
    journal.mend()
    done = sum(1 for _ in journal.families())
    for kept in hands.written(families, order, root=root, done=done):
        journal.add(kept)


def _finish(families: _Planned, order: Order, places: tuple[Path, Path], seen: _Seen, journal: Journal) -> Made:
    """Load files, manifest, checks of what is on the disk; then the volume goes to its place."""
    target, part = places
    root, record = (target if target.exists() else part / "volume"), part / "record"
    if not target.exists():
        shutil.rmtree(record, ignore_errors=True)
        (part / "lists").mkdir(exist_ok=True)
        data = root / order.profile.volume.data
        shutil.rmtree(data, ignore_errors=True)
        load_files(_Pairs(families.items, journal), order, folder=data, record=part / "lists")
        _manifest(journal, root=root, data=data)
    summary = _summary(_Pairs(families.items, journal), order)
    for (family, plan), kept in zip(families, journal.families(), strict=True):
        seen.add(qc.leaks([p.of(item) for p, item in zip(plan, family, strict=True)], kept))
    seen.add(qc.after(_volume(order, journal, root)))
    if seen.stopped:
        return Made(None, tuple(seen.flags), seen.order.ledger, summary)
    if not target.exists():
        (part / "lists").rename(record)
        (record / "checks.json").write_text(_report(order, seen.flags, summary), encoding="utf-8")
        root.replace(target)
    changes = sum(1 for _ in (record / "substitutions.csv").open(encoding="utf-8", newline="")) - 1
    beside = target.with_name(f"{target.name}.record")
    shutil.rmtree(beside, ignore_errors=True)
    record.replace(beside)
    shutil.rmtree(part)
    return Made(target, tuple(seen.flags), order.ledger, summary, changes)


class _Pairs:
    """The documents with what was written of them, family by family, as often as they are asked for."""

    def __init__(self, items: Iterable[Item], journal: Journal) -> None:
        self._items, self._journal = items, journal

    def __iter__(self) -> Iterator[tuple[Pair, ...]]:
        for family, kept in zip(families(self._items), self._journal.families(), strict=True):
            yield tuple(zip(family, kept, strict=True))


def _manifest(journal: Journal, *, root: Path, data: Path) -> None:
    """The SHA-256 of every file of the volume, as `sha256sum -c` reads it, sorted by path."""
    listed = {f.path.replace("\\", "/"): f.sha256 for family in journal.families() for k in family for f in k.files}
    for place in data.iterdir():
        listed[place.relative_to(root).as_posix()] = _sha256(place)
    lines = (f"{sha256}  {path}\n" for path, sha256 in sorted(listed.items()))
    with (data / MANIFEST).open("w", encoding="utf-8", newline="") as out:
        out.writelines(lines)


def _sha256(place: Path) -> str:
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _volume(order: Order, journal: Journal, root: Path) -> qc.Volume:
    kept = [k for family in journal.families() for k in family]
    known = {f.path: (f.size, f.sha256) for k in kept for f in k.files}
    data = order.profile.volume.data
    manifest = root / data / MANIFEST
    for line in manifest.read_text(encoding="utf-8").splitlines():
        sha256, _, path = line.partition("  ")
        windows = path.replace("/", "\\")
        if windows not in known:
            known[windows] = ((root / path).stat().st_size, sha256)
    known[f"{data}\\{MANIFEST}"] = (manifest.stat().st_size, _sha256(manifest))
    gaps = [Span(g.span.first, g.span.last) for g in order.ledger.gaps(order.volume)]
    documents = [(k.first, k.last) for k in kept]
    return qc.Volume(root, order.volume, order.profile, order.ledger.series, documents, gaps, known)


def _summary(pairs: Families, order: Order) -> Summary:
    custodians: Counter[str] = Counter()
    forms: Counter[Form] = Counter()
    documents = pages = redacted = suppressed = 0
    for item, kept in chain.from_iterable(pairs):
        custodians[item.custodians[0] if item.custodians else ""] += 1
        forms[kept.form] += 1
        documents, pages = documents + 1, pages + kept.pages
        redacted += bool(kept.form is Form.IMAGES and item.areas)
        suppressed += max(0, len(item.custodians) - 1)
    name = order.ledger.series.name
    return Summary(
        order.volume,
        documents,
        pages,
        tuple(sorted(custodians.items())),
        tuple(sorted(forms.items())),
        redacted,
        suppressed,
        tuple((name(s.first), name(s.last)) for s in order.ledger.ranges(order.volume)),
        tuple(_gap(order, gap) for gap in order.ledger.gaps(order.volume)),
    )


def _gap(order: Order, gap: Gap) -> tuple[str, str, str]:
    name = order.ledger.series.name
    return name(gap.span.first), name(gap.span.last), gap.why


def _report(order: Order, flags: Iterable[Flag], summary: Summary) -> str:
    """The record of the checks: each flag with the person who let it pass and why, and what the volume holds."""
    said = {"volume": order.volume, "profile": order.profile.id, "summary": asdict(summary)}
    return json.dumps({**said, "flags": [asdict(flag) for flag in flags]}, ensure_ascii=False, indent=1)


__all__ = ["Kept", "Made", "Summary", "make", "summary_json", "summary_of"]
