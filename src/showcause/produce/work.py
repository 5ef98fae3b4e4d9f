"""Families of documents in, their plans and what was written of them out, by this process or by confined workers.

A worker is given a family with its own numbers alone. One that is ended by what it opened costs its family the picture:
a slip sheet stands for it, and a check says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from showcause import runner
from showcause.produce.bates import Ledger
from showcause.produce.item import Form, Item
from showcause.produce.layout import Layout
from showcause.produce.order import Order
from showcause.produce.writing import Kept, Places, Planned, placed, planned, written

Claim = Callable[[Ledger], None]
Value = TypeVar("Value")


def unclaimed(ledger: Ledger) -> None:
    """Keep nothing: for a ledger that its caller keeps."""
    del ledger


@dataclass(frozen=True, slots=True)
class Plan:
    """The form and the count of pages of a document, by its id; `Planned` without the document."""

    document: str
    form: Form
    pages: int
    imaged: bool = True
    why: str = ""

    def of(self, item: Item) -> Planned:
        """The plan of this document."""
        return Planned(item, self.form, self.pages, self.imaged, self.why)


@dataclass(frozen=True, slots=True)
class _Task:
    """A family, the order with its own numbers alone and, where it is to be written, its plans and places."""

    family: tuple[Item, ...]
    order: Order
    plan: tuple[Plan, ...] = ()
    places: tuple[Places, ...] = ()


@dataclass(frozen=True, slots=True)
class Hands:
    """Who opens documents and writes pages: `engine` and bounds as `runner.run` knows them."""

    engine: str = "serial"
    workers: int = 1
    seconds: float = 120.0
    megabytes: int = 3072

    def planned(
        self, families: Iterable[tuple[Item, ...]], order: Order
    ) -> Iterator[tuple[tuple[Item, ...], tuple[Plan, ...]]]:
        """Each family with its plans, in order."""
        tasks = (_Task(family, _own(order, family)) for family in families)
        for done in self._run(_plan, tasks):
            plan = done.value
            yield done.item.family, plan if plan is not None else tuple(_unseen(done.item, done.reason or ""))

    def written(
        self, families: Iterable[tuple[tuple[Item, ...], tuple[Plan, ...]]], order: Order, *, root: Path, done: int
    ) -> Iterator[tuple[Kept, ...]]:
        """What was written of each family below `root`, in order; the first `done` were written before."""
        layout = Layout(order.profile.volume)
        for outcome in self._run(partial(_write, root=root), _to_write(families, order, layout, done)):
            yield outcome.value if outcome.value is not None else _slipped(outcome.item, outcome.reason, root)

    def _run(
        self, step: Callable[[_Task], tuple[Value, ...]], tasks: Iterable[_Task]
    ) -> Iterator[runner.Outcome[_Task, tuple[Value, ...]]]:
        if self.engine == "serial":  # a disk that is full must be told, not be a reason for a slip sheet
            yield from (runner.Outcome(task, step(task)) for task in tasks)
            return
        yield from runner.run(
            step, tasks, workers=self.workers, seconds=self.seconds, megabytes=self.megabytes, engine=self.engine
        )


HERE: Final = Hands()


def _own(order: Order, family: Iterable[Item]) -> Order:
    """The order with the numbers of these documents alone, so that it travels light."""
    known = order.ledger.of
    taken = tuple(known[i.id] for i in family if i.id in known)
    clear = frozenset[str]()
    ledger = Ledger(order.ledger.series, taken)
    return replace(order, ledger=ledger, privileged=clear, threads=clear, overrides=())


def _plan(task: _Task) -> tuple[Plan, ...]:
    return tuple(Plan(p.item.id, p.form, p.pages, p.imaged, p.why) for p in planned(task.family, task.order))


def _unseen(task: _Task, why: str) -> Iterator[Plan]:
    """The plans of a family of which something ended its worker: none of it is imaged, which a check tells."""
    for item in task.family:
        form = Form.WITHHELD if item.withheld else Form.IMAGES
        clawed = item.id in task.order.clawed_back
        yield Plan(item.id, Form.CLAWED_BACK if clawed else form, 1, imaged=False, why=why)


def _to_write(
    families: Iterable[tuple[tuple[Item, ...], tuple[Plan, ...]]], order: Order, layout: Layout, done: int
) -> Iterator[_Task]:
    for number, (family, plan) in enumerate(families):
        places = tuple(placed([p.of(item) for p, item in zip(plan, family, strict=True)], order, layout))
        if number >= done:
            yield _Task(family, _own(order, family), plan, places)


def _write(task: _Task, *, root: Path) -> tuple[Kept, ...]:
    family = [p.of(item) for p, item in zip(task.plan, task.family, strict=True)]
    return written(family, task.order, places=task.places, root=root)


def _slipped(task: _Task, reason: str | None, root: Path) -> tuple[Kept, ...]:
    """The family on slip sheets, written here."""
    del reason
    plan = tuple(replace(p, imaged=False) for p in task.plan)
    made = _write(replace(task, plan=plan), root=root)
    return tuple(
        replace(kept, unseen=tuple(range(1, p.pages + 1))) if p.form is Form.IMAGES else kept
        for kept, p in zip(made, plan, strict=True)
    )
