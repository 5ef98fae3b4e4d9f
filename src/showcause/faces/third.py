"""An LLM as a third judge: the settings in, what would be sent shown, leave asked for, and a run without a matter out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from showcause.ask import law as packs
from showcause.assess import judge, llm, llm_wire
from showcause.assess.llm import Candidate, Tally
from showcause.assess.llm_wire import Endpoint
from showcause.core import Document, Finding
from showcause.errors import BadInput
from showcause.settings import Settings


def endpoint(settings: Settings) -> Endpoint:
    """The service that the settings name; raises BadInput where they name none."""
    if not settings.llm_url or not settings.llm_model:
        raise BadInput(
            "--llm: set SHOWCAUSE_LLM_URL and SHOWCAUSE_LLM_MODEL (and SHOWCAUSE_LLM_KEY where it wants one)"
        )
    return Endpoint(
        settings.llm_url,
        settings.llm_model,
        settings.llm_key,
        seconds=settings.llm_seconds,
        at_once=settings.llm_at_once,
    )


def payloads(found: Iterable[Candidate], *, to: Endpoint) -> Iterator[dict[str, Any]]:
    """What would be sent, a row for each request: where it goes, what it asks of which place, and the exact body."""
    for one in found:
        yield {"to": to.place, **llm.sent(one, model=to.model)}


def agreed(found: Sequence[Candidate], *, to: Endpoint, yes: bool) -> None:
    """Says on standard error what goes where, and asks for leave unless `yes`; raises BadInput where it isn't given."""
    click.echo(llm.announced(found, endpoint=to), err=True)
    if not yes and not _leave(found):
        raise BadInput("--llm: nothing was sent")


def _leave(found: Sequence[Candidate]) -> bool:
    for one in list(dict.fromkeys((c.passage.doc.name or c.passage.doc.id) for c in found))[:20]:
        click.echo(f"  {one}", err=True)
    try:
        return click.confirm("Send it? (--dry prints every request)", err=True)
    except click.Abort:
        return False


# --- without a matter ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alone:
    """Documents judged by the rules, and what of them an LLM would be asked."""

    endpoint: Endpoint
    judged: tuple[tuple[Document, tuple[Finding, ...], tuple[Candidate, ...]], ...]

    def candidates(self) -> tuple[Candidate, ...]:
        """All that would be sent, in order."""
        return tuple(one for _, _, found in self.judged for one in found)


def plan(found: Iterable[Document], *, laws: Sequence[str], settings: Settings) -> Alone:
    """What an LLM would be asked about these documents under these laws."""
    to = endpoint(settings)
    loaded = [packs.load(law, folders=settings.packs) for law in laws]
    at = datetime.now(UTC)
    judged = []
    for one in found:
        rules = judge(one, laws=loaded, at=at)
        judged.append((one, rules, llm.candidates(one, laws=loaded, findings=rules)))
    return Alone(to, tuple(judged))


def rows(plan: Alone, *, log: Path) -> Iterator[dict[str, Any]]:
    """The findings of rules and LLM settled, in the fixed JSON shape; every request and answer goes to the file `log`."""
    at, tally = datetime.now(UTC), Tally()
    with _opened(log) as write:
        for _, rules, found in plan.judged:
            for one in found:
                write({"event": "sent", "host": plan.endpoint.host, **llm.sent(one, model=plan.endpoint.model)})
            came = []
            for answer in llm.ask(found, endpoint=plan.endpoint, send=partial(llm_wire.send, plan.endpoint)):
                write({"event": "answer", **llm.came(answer)})
                tally.count(answer)
                came.append(answer)
            yield from llm.joined(rules, llm.votes(came, beside=rules, endpoint=plan.endpoint, at=at))
    click.echo(f"{plan.endpoint.host}: {tally.line()}; on the record in {log}", err=True)
    tally.answered(plan.endpoint.host)


@contextmanager
def _opened(log: Path) -> Iterator[Callable[[dict[str, Any]], None]]:
    """A JSON Lines file that is added to, each line on the disk before the next thing happens."""
    with log.open("a", encoding="utf-8") as file:

        def write(row: dict[str, Any]) -> None:
            told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **row}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
            file.flush()

        yield write


def show(found: Sequence[Candidate], *, to: Endpoint) -> Iterator[dict[str, Any]]:
    """What a dry run prints: every request to the letter; the sum goes to standard error."""
    yield from payloads(found, to=to)
    click.echo(llm.announced(found, endpoint=to), err=True)
