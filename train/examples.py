"""ContractNLI's training part and the corpus's develop half in; what the learned judge learns from out."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus"
sys.path.insert(0, str(CORPUS))

import check  # noqa: E402 - the corpus's own reader stands beside the corpus

from showcause.ask import law as packs  # noqa: E402 - after the path was set
from showcause.assess.known import key  # noqa: E402

STATUS = "status-information"  # two laws at once, with readings: a folder of its own kind
FOLDS = 4  # into which the sentences are parted, to measure on sentences that were never met
SENTENCES = 17  # ContractNLI asks the same sentences of every agreement
KEPT = 12  # of a writer's requirements in `ways`, one in so many is kept from the network, to measure on
WHOLE = 50  # agreements of which the whole text is there (train_truncated.json), to choose thresholds on


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement of ContractNLI: its known spans, and for each sentence's id its label (E, C, N) and evidence."""

    number: int
    spans: tuple[str, ...]
    asked: dict[str, tuple[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Wording:
    """A requirement in plain words, and the contrary."""

    text: str
    opposite: str


def fold(name: str, many: int) -> int:
    """Which of `many` parts the name falls into, by its SHA-256; not by the last byte, which splits the corpus."""
    return int.from_bytes(hashlib.sha256(f"fold {name}".encode()).digest()[:4], "big") % many


def part(row_id: str, many: int) -> int:
    """Which of `many` parts a row falls into; rows that were written side by side fall into one."""
    beside = row_id.startswith(STATUS) or int(row_id[-4:]) >= check.LATER
    return fold(row_id[:-1] if beside else row_id, many)


def stack_part(row_id: str, many: int) -> int:
    """Which of `many` parts a row falls into when the stack is measured; rows that were written side by side fall into one.

    By another draw than `part`, by which the rows that the stack is made on are all of one.
    """
    return fold(f"stack {row_id[:-1]}", many)


def hypotheses(folder: Path) -> dict[str, str]:
    """ContractNLI's sentences by id; raises SystemExit with one line where the data is missing."""
    found = folder / "train_truncated.json"
    if not found.exists():
        raise SystemExit(
            f"{folder}: no ContractNLI here: name its folder (train_evidence.csv, train_truncated.json) with --contractnli"
        )
    return {k: v["hypothesis"] for k, v in json.loads(found.read_text(encoding="utf-8"))["labels"].items()}


def fold_of_sentences(folder: Path, number: int) -> list[str]:
    """The ids of the ContractNLI sentences in one fold of `FOLDS`."""
    return [name for n, name in enumerate(sorted(hypotheses(folder))) if n % FOLDS == number]


def agreements(folder: Path) -> Iterator[Agreement]:
    """The training agreements, regrouped from the rows of train_evidence.csv."""
    ids = {text: key for key, text in hypotheses(folder).items()}
    csv.field_size_limit(10**9)
    with (folder / "train_evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        number = 0
        while group := list(islice(rows, SENTENCES)):
            pool: dict[str, None] = {}
            asked = {}
            for row in group:
                lines = [" ".join(x.split()) for x in row["concatenated_spans"].split("\n")]
                lines = [x for x in lines if len(x) > 2]
                pool.update(dict.fromkeys(lines))
                label = "ECN"[int(row["label"])]
                asked[ids[row["hypothesis"]]] = (label, frozenset(lines) if label != "N" else frozenset[str]())
            yield Agreement(number, tuple(pool), asked)
            number += 1


def clauses(*, measured: bool = False) -> dict[str, list[tuple[str, str]]]:
    """Our own clauses beside ContractNLI's sentences, and their verdicts on them, by the sentence's id; without, or alone, those that are `kept`."""
    out: dict[str, list[tuple[str, str]]] = {}
    for _, row in check.rows(CORPUS / check.CLAUSES):
        if kept(row) is measured:
            out.setdefault(row["sentence"], []).append((row["text"], row["verdict"]))
    return out


def paraphrases() -> dict[str, dict[str, list[str]]]:
    """Our own wordings of ContractNLI's sentences and of their contraries, by id."""
    lines = (HERE / "nda.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


Row = dict[str, Any]


def develop(slug: str) -> list[Row]:
    """The rows of a law's develop half that were there when the weights were made."""
    found = (row for _, row in check.rows(CORPUS / slug / "provisions.jsonl"))
    return [row for row in found if check.split(row["id"]) == "develop" and int(row["id"][-4:]) < AFTER]


AFTER = 5000  # number from which rows came after the weights


def slugs() -> list[str]:
    """The corpus's folders of provisions."""
    return sorted(p.parent.name for p in CORPUS.glob("*/provisions.jsonl"))


@dataclass(frozen=True, slots=True)
class Column:
    """What the learned judge is asked: a requirement under a reading, what it is known by, and sentences that say it."""

    law: str
    requirement: str
    reading: str
    key: str
    said: tuple[Wording, ...]

    def of(self, row: Row) -> str:
        """The row's verdict on it."""
        return str(row["labels"][self.requirement][self.reading])


def columns(slug: str) -> list[Column]:
    """The columns of a folder: one for each requirement, or where readings differ for each requirement and reading."""
    rows = [row for _, row in check.rows(CORPUS / slug / "provisions.jsonl")]
    said: dict[tuple[str, str], list[Wording]] = {}
    for _, row in check.rows(CORPUS / slug / "requirements.jsonl"):
        said.setdefault((row["requirement"], row.get("reading", "")), []).append(Wording(row["text"], row["opposite"]))
    out = []
    for law in check.laws(rows[0]):
        for one in packs.load(law).requirements:
            readings = list(rows[0]["labels"][one.id])
            for reading in readings if slug == STATUS else readings[:1]:
                named = key(f"{one.text} [{reading}]" if slug == STATUS else one.text)
                wordings = said[one.id, reading if slug == STATUS else ""]
                out.append(Column(law, one.id, reading, named, tuple(wordings)))
    return out


@cache
def written() -> tuple[Row, ...]:
    """The requirements of the corpus's laws beside which passages were written, with these: `ways/laws.jsonl`."""
    return tuple(row for _, row in check.rows(CORPUS / check.LAWS))


def column_of(one: Row) -> tuple[str, str]:
    """The requirement and the reading of one of `written`; where readings do not differ, none is named."""
    return one["requirement"], one["reading"] or "plain"


def number(ask: Row) -> int:
    """The number of a requirement among those of its writer."""
    return int(ask["id"].rsplit("-", 1)[1])


def kept(ask: Row) -> bool:
    """Whether a requirement of `ways` is one of those on which is measured."""
    return number(ask) % KEPT == KEPT - 1


def beside(column: Column, *, learned: bool = False) -> list[tuple[str, str]]:
    """The passages written beside a column, and their verdicts on it; those that were `kept` left out where it was `learned`."""
    mine = (one for one in written() if column_of(one) == (column.requirement, column.reading))
    return [(p["text"], p["verdict"]) for one in mine if not (learned and kept(one)) for p in one["passages"]]


def measured(asked: Sequence[Column]) -> Iterator[Row]:
    """The passages that were `kept` beside one of these columns, as rows that have a label for that one alone."""
    by = {(c.requirement, c.reading): c for c in asked}
    for one in written():
        if kept(one) and (column := by.get(column_of(one))):
            for n, p in enumerate(one["passages"], 1):
                labels = {column.requirement: {column.reading: p["verdict"]}}
                yield {"id": f"{one['id']}/{n}", "text": p["text"], "labels": labels}


def ten() -> list[str]:
    """The folders of the ten laws."""
    return [slug for slug in slugs() if slug != STATUS]
