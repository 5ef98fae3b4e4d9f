"""The corpus, the asks of many laws and ContractNLI's training part in; the pairs that the network learns from, out.

A pair is a sentence and a passage. A requirement gives sentences that say it (`text`, `wordings`) and sentences that say the
contrary (`opposite`, `contraries`); what says the one denies the other, so that the way can't be learned from the topic.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import examples

from showcause import text

GENERAL = examples.CORPUS / "general"
HELD = 5  # of the develop half, one row in so many is kept for the stack and its calibration
LONG = 420  # characters of a passage of which sometimes only the stretch around its deciding words is shown
FIRST = {"1": 39, "2": 26, "3": 28, "4": 18}  # asks of each writer on which the first stage learns
WAY = {"complies": 1.0, "conflict": 0.0}


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and a passage: whether it bears (in [0, 1]), and whether it says the sentence (1), denies it (0) or neither."""

    sentence: str
    passage: str
    bears: float
    way: float | None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences that say a requirement, and sentences that say the contrary."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


def held(name: str) -> bool:
    """Whether a row of the develop half is kept from the network, for the stack to be made on."""
    return examples.part(name, HELD) == 0


def drawn(dice: random.Random, said: Said, passage: str, *, bears: float, way: float | None) -> Iterator[Pair]:
    """The passage beside one sentence that says the requirement and one that says the contrary."""
    yield Pair(dice.choice(said.yes), passage, bears, way)
    yield Pair(dice.choice(said.no), passage, bears, None if way is None else 1.0 - way)


def shown(dice: random.Random, words: str, quote: str | None) -> str:
    """The passage, or of a long one sometimes the sentences around its deciding words alone (any sentences where it is silent)."""
    if len(words) <= LONG and (quote is None or dice.random() < 0.7):
        return words
    spans = [(s.start, s.end) for s in text.sentences(words, 0, len(words))]
    if len(spans) < 2:
        return words
    at = words.find(quote) if quote else dice.randrange(len(words))
    first = max((n for n, (s, _) in enumerate(spans) if s <= at), default=0)
    last = max((n for n, (s, _) in enumerate(spans) if s < at + len(quote or " ")), default=first)
    first = max(0, first - dice.choice((0, 1)))
    last = min(len(spans) - 1, last + dice.choice((0, 0, 1)))
    return words[spans[first][0] : spans[last][1]].strip()


def of_laws(dice: random.Random, *, per_row: int) -> Iterator[Pair]:
    """The ten laws' develop halves, the rows held for the stack left out."""
    for slug in examples.slugs():
        if slug == examples.STATUS:
            continue
        asked = {c: said(c) for c in examples.columns(slug)}
        for row in examples.develop(slug):
            if held(row["id"]):
                continue
            silent = [c for c in asked if c.of(row) == "silent"]
            for one, sentences in asked.items():
                if (verdict := one.of(row)) != "silent":
                    passage = shown(dice, row["text"], row["evidence"][one.requirement])
                    bears = 0.8 if verdict == "unclear" else 1.0
                    yield from drawn(dice, sentences, passage, bears=bears, way=WAY.get(verdict))
            for one in dice.sample(silent, min(per_row, len(silent))):
                sentence = dice.choice(asked[one].yes + asked[one].no)
                yield Pair(sentence, shown(dice, row["text"], None), 0.0, None)


def said(column: examples.Column) -> Said:
    """A column's sentences."""
    return Said(tuple(w.text for w in column.said), tuple(w.opposite for w in column.said))


def asks() -> list[dict[str, Any]]:
    """The requirements of many laws with their passages."""
    lines = (GENERAL / "asks.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _number(ask: dict[str, Any]) -> int:
    return int(ask["id"].rsplit("-", 1)[1])


def unseen(number: int) -> bool:
    """Whether the requirement of that number in its file is kept from the network, to measure on laws that it never met."""
    return number % 6 == 5


def of_asks(dice: random.Random, *, first: bool = False) -> Iterator[Pair]:
    """Requirements of many laws (the `first` of each writer alone); each passage also beside another law's, now and then."""
    found = [a for a in asks() if not unseen(_number(a))]
    if first:
        found = [a for a in found if _number(a) <= FIRST[a["id"].split("-")[1]]]
    for ask in found:
        said = Said((ask["text"], *ask["wordings"]), (ask["opposite"], *ask["contraries"]))
        for p in ask["passages"]:
            passage = shown(dice, p["text"], p["evidence"])
            if p["verdict"] == "silent":
                yield Pair(dice.choice(said.yes + said.no), passage, 0.0, None)
                continue
            bears = 0.8 if p["verdict"] == "unclear" else 1.0
            yield from drawn(dice, said, passage, bears=bears, way=WAY.get(p["verdict"]))
            if dice.random() < 0.25:
                other = dice.choice(found)
                if other is not ask:
                    yield Pair(dice.choice((other["text"], other["opposite"])), passage, 0.0, None)


def of_status(dice: random.Random) -> Iterator[Pair]:
    """Rows on status information, each reading a column of its own; where the readings agree one of them is drawn."""
    asked = {c: said(c) for c in examples.columns(examples.STATUS)}
    for row in examples.develop(examples.STATUS):
        if held(row["id"]):
            continue
        silent = [c for c in asked if c.of(row) == "silent"]
        for one, sentences in asked.items():
            by = row["labels"][one.requirement]
            verdict = one.of(row)
            if verdict != "silent" and (len(set(by.values())) > 1 or one.reading == dice.choice(list(by))):
                passage = shown(dice, row["text"], row["evidence"][one.requirement])
                bears = 0.8 if verdict == "unclear" else 1.0
                yield from drawn(dice, sentences, passage, bears=bears, way=WAY.get(verdict))
        for one in dice.sample(silent, min(2, len(silent))):
            yield Pair(dice.choice(asked[one].yes + asked[one].no), shown(dice, row["text"], None), 0.0, None)


def of_agreements(
    dice: random.Random, folder: Path, *, share: float = 0.25, left_out: Sequence[str] = ()
) -> Iterator[Pair]:
    """ContractNLI's training agreements: deciding spans, and spans of the same agreement that decide something else."""
    said = {name: Said((text,), ()) for name, text in examples.hypotheses(folder).items() if name not in left_out}
    for name, row in examples.paraphrases().items():
        if name in said:
            said[name] = Said((said[name].yes[0], said[name].yes[0], *row["same"]), tuple(row["contrary"]))
    for one in list(examples.agreements(folder))[examples.WHOLE :]:  # the others are to choose thresholds on
        for name, (label, evidence) in one.asked.items():
            if name not in said or dice.random() >= share:
                continue
            way = {"E": 1.0, "C": 0.0}.get(label)
            for span in sorted(evidence):
                yield Pair(dice.choice(said[name].yes), span, 1.0, way)
                if dice.random() < 0.3:
                    yield Pair(dice.choice(said[name].no), span, 1.0, None if way is None else 1.0 - way, 0.7)
            others = [s for s in one.spans if s not in evidence]
            for span in dice.sample(others, min(2, len(others))):
                yield Pair(dice.choice(said[name].yes), span, 0.0, None)


def epoch(of: str, *, seed: int, number: int, contractnli: Path, left_out: Sequence[str] = ()) -> list[Pair]:
    """The pairs of one epoch of a stage: `ours` (laws and asks), `all`, or `agreements` (ContractNLI and asks).

    The same for the same seed; the sentences of ContractNLI named in `left_out` are not among them.
    """
    dice = random.Random(f"{of} {seed} {number}")  # noqa: S311 - reproducible, no secret
    if of == "agreements":
        return [*of_agreements(dice, contractnli, share=0.6, left_out=left_out), *of_asks(dice, first=True)]
    out = [*of_laws(dice, per_row=2 if of == "ours" else 1), *of_asks(dice, first=of == "ours")]
    if of == "all":
        out += [*of_status(dice), *of_agreements(dice, contractnli, left_out=left_out)]
    return out
