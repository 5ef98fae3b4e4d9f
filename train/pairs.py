"""The corpus and ContractNLI's training part in; what the network learns from, out.

A case is a sentence, its contrary and a passage. A requirement gives sentences that say it (`text`, `wordings`) and sentences that
say the contrary (`opposite`, `contraries`); as often as not the contrary stands first, so that the way can't be learned from the topic.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import examples

from showcause import text
from showcause.assess.contrary import contrary

GENERAL = examples.CORPUS / "general/asks.jsonl"
WAYS, HARD = examples.CORPUS / "ways/ways.jsonl", examples.CORPUS / "ways/hard.jsonl"
HELD = 5  # of the develop half, one row in so many is kept for the stack and its calibration
AGAIN = 0.4  # how much of the rest comes again in the stage `hard`
LATER = 0.15  # how much of all else comes again in the stage `laws`
PART = 0.6  # how much of what was written beside the corpus's laws comes in the stage `wide`
LONG = 420  # characters of a passage of which sometimes only the stretch around its deciding words is shown
ALONE, TURNED = 0.1, 0.2  # how often a sentence is shown without its contrary; with the one that the program makes
STAGES = ("ways", "more", "all")
# `ways.jsonl` in three parts: to the first number of each writer; to the second, which teach nothing more; the few others, with all else
APART = ("ways", "spans", "clauses", "agreements", "own", "status")  # stages that read one or two kinds
UPTO = {
    "1": (551, 993),
    "2": (471, 922),
    "3": (548, 995),
    "4": (439, 834),
    "5": (479, 868),
    "6": (460, 784),
    "7": (350, 650),
    "8": (510, 911),
}
WAY = {"complies": 1.0, "conflict": 0.0}


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, its contrary (or none) and a passage: whether it bears (in [0, 1]), and whether it says the sentence (1), denies it (0) or neither."""

    sentence: str
    contrary: str
    passage: str
    bears: float
    way: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences that say a requirement, and sentences that say the contrary."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """What a network goes on with.

    The passages of writers from the number `since` on, `times` each, the share `rows` of the provisions and the share `again` of all else.
    """

    since: int
    times: int = 1
    again: float = AGAIN
    rows: float = 1.0


def held(name: str) -> bool:
    """Whether a row of the develop half is kept from the network, for the stack to be made on."""
    return examples.part(name, HELD) == 0


def drawn(dice: random.Random, said: Said, passage: str, *, bears: float, way: float | None) -> Case:
    """The passage beside a sentence that says the requirement and one that says the contrary, the one first or the other."""
    first, second = dice.choice(said.yes), dice.choice(said.no or ("",))
    if second and dice.random() < 0.5:
        first, second, way = second, first, None if way is None else 1.0 - way
    shown_so = dice.random()
    if shown_so < ALONE:
        second = ""
    elif shown_so < ALONE + TURNED:
        second = contrary(first)
    return Case(first, second, passage, bears, way)


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


def decided(dice: random.Random, said: Said, passage: str, verdict: str, *, times: int = 1) -> Iterator[Case]:
    """A passage that bears on what is said, or nearly (`unclear`), `times` over in other wordings."""
    for _ in range(times):
        yield drawn(dice, said, passage, bears=0.8 if verdict == "unclear" else 1.0, way=WAY.get(verdict))


def told(dice: random.Random, said: Said, passage: str, verdict: str, *, times: int = 1) -> Iterator[Case]:
    """A passage of any verdict: once where it is silent."""
    if verdict == "silent":
        yield drawn(dice, said, passage, bears=0.0, way=None)
    else:
        yield from decided(dice, said, passage, verdict, times=times)


def of_laws(dice: random.Random, *, times: int = 2) -> Iterator[Case]:
    """The ten laws' develop halves, the rows held for the stack left out."""
    for slug in examples.ten():
        asked = {c: said(c) for c in examples.columns(slug)}
        for row in examples.develop(slug):
            if held(row["id"]):
                continue
            silent = [c for c in asked if c.of(row) == "silent"]
            for one, sentences in asked.items():
                if (verdict := one.of(row)) != "silent":
                    passage = shown(dice, row["text"], row["evidence"][one.requirement])
                    yield from decided(dice, sentences, passage, verdict, times=times)
            for one in dice.sample(silent, min(2, len(silent))):
                yield drawn(dice, asked[one], shown(dice, row["text"], None), bears=0.0, way=None)


def background(folders: Sequence[str], few: int, dice: random.Random) -> list[str]:
    """A few passages of everything else than these folders, taken to be silent on them: the papers among which theirs stand."""
    rows = [
        r["text"]
        for slug in examples.slugs()
        if slug not in folders
        for r in examples.develop(slug)
        if not held(r["id"])
    ]
    asked = [p["text"] for path in (GENERAL, HARD) for ask in lines(path) if not unseen(ask) for p in ask["passages"]]
    return dice.sample([*rows, *asked], few)


def far_off(dice: random.Random, slugs: Sequence[str], *, few: int = 400) -> Iterator[Case]:
    """A few passages of everything else beside the requirements of these folders."""
    columns = [said(c) for slug in slugs for c in examples.columns(slug)]
    for passage in background(slugs, few, dice):
        yield drawn(dice, dice.choice(columns), shown(dice, passage, None), bears=0.0, way=None)


def said(column: examples.Column) -> Said:
    """A column's sentences."""
    return Said(tuple(w.text for w in column.said), tuple(w.opposite for w in column.said))


def lines(path: Path) -> list[dict[str, Any]]:
    """The requirements of many laws, each with its passages."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def unseen(ask: dict[str, Any]) -> bool:
    """Whether a requirement of `general`, `ways`, `hard` or `laws` is kept from the network, to measure on what it never met."""
    return examples.number(ask) % 6 == 5 if ask["id"].startswith("general") else examples.kept(ask)


def never_met(path: Path, few: int, dice: random.Random) -> list[dict[str, Any]]:
    """A few of the requirements of a file that were kept from the network."""
    found = [a for a in lines(path) if unseen(a)]
    return dice.sample(found, min(few, len(found)))


def beside(columns: Iterable[examples.Column]) -> list[dict[str, Any]]:
    """These columns' requirements with the passages written beside them, every twelfth of a writer's left out."""
    mine = {(c.requirement, c.reading) for c in columns}
    return [a for a in examples.written() if examples.column_of(a) in mine and not examples.kept(a)]


def of_many(dice: random.Random, found: Sequence[dict[str, Any]]) -> Iterator[Case]:
    """Requirements of many laws with their passages; each passage also beside another law's, now and then."""
    for ask in found:
        said = Said((ask["text"], *ask.get("wordings", ())), (ask["opposite"], *ask.get("contraries", ())))
        for p in ask["passages"]:
            passage = shown(dice, p["text"], p.get("evidence"))
            yield from told(dice, said, passage, p["verdict"])
            if dice.random() < 0.1 and (other := dice.choice(found)) is not ask:
                yield drawn(dice, Said((other["text"],), (other["opposite"],)), passage, bears=0.0, way=None)


def of_written(dice: random.Random, found: Sequence[dict[str, Any]], *, times: int = 2) -> Iterator[Case]:
    """Passages written beside a requirement of the corpus's laws, under one reading."""
    asked = {(c.requirement, c.reading): said(c) for slug in examples.slugs() for c in examples.columns(slug)}
    for one in found:
        for p in one["passages"]:
            yield from told(
                dice, asked[examples.column_of(one)], shown(dice, p["text"], None), p["verdict"], times=times
            )


def asks() -> list[dict[str, Any]]:
    """The requirements of `general` on which the network learns."""
    return [a for a in lines(GENERAL) if not unseen(a)]


def ways(stage: str) -> list[dict[str, Any]]:
    """The requirements of `ways` on which the network learns in that stage."""
    return [
        a
        for a in lines(WAYS)
        if not unseen(a) and STAGES[sum(examples.number(a) > n for n in UPTO[a["id"].split("-")[1]])] == stage
    ]


def of_status(dice: random.Random, *, times: int = 1) -> Iterator[Case]:
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
                yield from decided(dice, sentences, passage, verdict)
        for one in dice.sample(silent, min(times + 1, len(silent))):
            yield drawn(dice, asked[one], shown(dice, row["text"], None), bears=0.0, way=None)


def sentences(folder: Path, left_out: Sequence[str]) -> dict[str, Said]:
    """ContractNLI's sentences but those left out, with our own wordings, by id."""
    told_so = examples.paraphrases()
    return {
        name: Said((text, text, *told_so[name]["same"]), tuple(told_so[name]["contrary"]))
        if name in told_so
        else Said((text,), ())
        for name, text in examples.hypotheses(folder).items()
        if name not in left_out
    }


def of_agreements(
    dice: random.Random, folder: Path, *, share: float = 0.25, others: int = 2, left_out: Sequence[str] = ()
) -> Iterator[Case]:
    """ContractNLI's training agreements: deciding spans, and `others` of the same agreement that decide something else.

    Of the labels other than contradiction that `share` is drawn; contradictions are few.
    """
    said = sentences(folder, left_out)
    for one in list(examples.agreements(folder))[examples.WHOLE :]:  # the others are to choose thresholds on
        for name, (label, evidence) in one.asked.items():
            if name not in said or (label != "C" and dice.random() >= share):
                continue
            way = {"E": 1.0, "C": 0.0}.get(label)
            for span in sorted(evidence):
                yield drawn(dice, said[name], span, bears=1.0, way=way)
            rest = [s for s in one.spans if s not in evidence]
            for span in dice.sample(rest, min(others, len(rest))):
                yield drawn(dice, said[name], span, bears=0.0, way=None)


def of_clauses(dice: random.Random, folder: Path, *, left_out: Sequence[str] = ()) -> Iterator[Case]:
    """Our own clauses beside ContractNLI's sentences."""
    own = examples.clauses()
    for name, said in sentences(folder, left_out).items():
        for passage, verdict in own[name]:
            yield from told(dice, said, passage, verdict)


def epoch(
    of: str, *, seed: int, number: int, contractnli: Path, left_out: Sequence[str] = (), late: Late | None = None
) -> list[Case]:
    """The cases of one epoch of a stage. The same for the same seed.

    `ways`: short passages; `all`: the laws, `general` and ContractNLI; `hard`: long passages of many laws, and of the others
    a part, so that they are not forgotten; `wide`: these, and a part of what was written beside the corpus's laws; `laws`: passages on
    one requirement each, with a part of all else; `own`: the ten laws alone; `status`: status information alone; `spans`: ContractNLI
    alone, `clauses` a part of it with our own clauses, `agreements` another with `general`. The sentences of ContractNLI named in `left_out` are not among them. With `late`
    the stages `own` and `status` take the rows, what the later writers wrote, and of all else a part: to go on with a network.
    """
    dice = random.Random(f"{of} {seed} {number}")  # noqa: S311 - reproducible, no secret
    if of in APART:
        return list(_apart(of, dice, contractnli, left_out, late))
    rest = [
        *of_laws(dice, times=2 if of == "all" else 1),
        *of_many(dice, [*asks(), *ways("all")]),
        *of_status(dice),
        *of_agreements(dice, contractnli, left_out=left_out),
    ]
    if of == "all":
        return rest
    hard = of_many(dice, [a for a in lines(HARD) if not unseen(a)])
    if of == "hard":
        return [*hard, *(c for c in rest if dice.random() < AGAIN)]
    if of == "wide":
        beside_laws = of_written(dice, [a for a in examples.written() if not unseen(a)], times=1)
        general = of_many(dice, asks())
        return [
            *hard,
            *general,
            *(c for c in beside_laws if dice.random() < PART),
            *(c for c in rest if dice.random() < LATER),
        ]
    rest = [c for c in (*hard, *rest) if dice.random() < LATER]
    return [*of_written(dice, [a for a in examples.written() if not unseen(a)]), *rest]


def _apart(
    of: str, dice: random.Random, contractnli: Path, left_out: Sequence[str], late: Late | None
) -> Iterator[Case]:
    """The cases of a stage that reads one or two kinds."""
    if of == "ways":
        yield from of_many(dice, ways("ways"))
    elif of == "spans":
        yield from of_agreements(dice, contractnli, share=1.0, others=3, left_out=left_out)
    elif of == "clauses":
        yield from of_agreements(dice, contractnli, share=0.3, left_out=left_out)
        yield from of_clauses(dice, contractnli, left_out=left_out)
    elif of == "agreements":
        yield from of_agreements(dice, contractnli, share=0.6, left_out=left_out)
        yield from of_many(dice, asks())
    else:
        slugs = examples.ten() if of == "own" else [examples.STATUS]
        found = beside(c for slug in slugs for c in examples.columns(slug))
        whole = of_laws(dice, times=1) if of == "own" else of_status(dice, times=1 if late else 2)
        if late is None:
            yield from whole
            yield from _around(dice, of, found)
            return
        yield from (c for c in whole if late.rows >= 1 or dice.random() < late.rows)
        yield from of_written(dice, [a for a in found if writer(a) >= late.since], times=late.times)
        rest = _around(dice, of, [a for a in found if writer(a) < late.since])
        yield from (c for c in rest if dice.random() < late.again)


def _around(dice: random.Random, of: str, found: Sequence[dict[str, Any]]) -> Iterator[Case]:
    """The passages `found` beside the requirements of the ten laws, or on status information, and a few of everything else."""
    yield from of_written(dice, found, times=1)
    for slugs, few in [([slug], 400) for slug in examples.ten()] if of == "own" else [([examples.STATUS], 1500)]:
        yield from far_off(dice, slugs, few=few)


def writer(ask: dict[str, Any]) -> int:
    """The number of the writer of a requirement of `ways`."""
    return int(ask["id"].split("-")[1])
