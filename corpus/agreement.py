#!/usr/bin/env python3
"""Two labellings of the same provisions in; how far they agree out.

    python corpus/agreement.py        figures, then every pair on which the two passes differ

The second pass is `second-pass.jsonl`: `id`, `labels` (requirement -> verdict, or reading -> verdict), `evidence` (requirement -> the deciding
words, none for a silence) and, where the row was corrected afterwards, `first` (requirement -> the label and the words
that stood before; of a law with readings the label of each). `second-check.jsonl` holds the same for the whole half that is kept
for measuring; of status information without the words. All figures are of the labels as they stood before corrections.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from check import ASKS, CLAUSES, HERE, LAWS, VERDICTS, WAYS, Row, rows

SECOND = HERE / "second-pass.jsonl"
SECOND_CHECK = HERE / "second-check.jsonl"
SECOND_PASSAGES = (HERE / "ways/second-pass.jsonl", HERE / "agreements/second-pass.jsonl")
MANUALS = HERE / "manuals"
SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Pair:
    """One requirement of one provision, as two passes label it; the words are `None` where the label is `silent`."""

    provision: str
    requirement: str
    text: str
    first: str
    second: str
    first_words: str | None
    second_words: str | None

    @property
    def folder(self) -> str:
        """The folder of the law, `stop-data`."""
        return re.split(r"-\d", self.provision, maxsplit=1)[0]

    @property
    def agrees(self) -> bool:
        """Whether the two passes give the same verdict."""
        return self.first == self.second

    @property
    def bears(self) -> bool:
        """Whether either pass finds that the provision speaks of the requirement."""
        return {self.first, self.second} != {SILENT}


def provisions() -> Mapping[str, Row]:
    """Every row of every folder, by its id; a passage of `general` is a row with one requirement, by its place."""
    found = {row["id"]: row for path in sorted(HERE.glob("*/provisions.jsonl")) for _, row in rows(path)}
    for _, ask in rows(HERE / ASKS):
        for n, p in enumerate(ask["passages"], 1):
            labels, words = {"requirement": {"plain": p["verdict"]}}, {"requirement": p["evidence"]}
            found[f"{ask['id']}/{n}"] = {
                "id": f"{ask['id']}/{n}",
                "text": p["text"],
                "labels": labels,
                "evidence": words,
            }
    return found


def ways() -> Iterator[Pair]:
    """The passages of `ways` and the clauses that were labelled a second time; no words were marked in either pass."""
    first = {
        f"{ask['id']}/{n}": p
        for path in (*WAYS, LAWS)
        for _, ask in rows(HERE / path)
        for n, p in enumerate(ask["passages"], 1)
    } | {row["id"]: row for _, row in rows(HERE / CLAUSES)}
    for row in (row for path in SECOND_PASSAGES for _, row in rows(path)):
        one = first[row["id"]]
        yield Pair(row["id"], "rule", one["text"], one["verdict"], row["verdict"], None, None)


def manuals() -> Iterator[Pair]:
    """Every section of every manual, each requirement and reading; a section that a pass does not name is silent."""
    again = {(row["manual"], row["section"]): row["labels"] for _, row in rows(MANUALS / "second-pass.jsonl")}
    for path in sorted(MANUALS.glob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        first = {one["section"]: one["labels"] for one in held["bearing"]}
        asked = [(name, reading) for name, by in held["bearing"][0]["labels"].items() for reading in by]
        for section in held["sections"]:
            for name, reading in asked:
                one, other = (
                    labels.get(name, {}).get(reading, SILENT)
                    for labels in (first.get(section, {}), again.get((path.stem, section), {}))
                )
                yield Pair(f"manuals-0 {path.stem} {section}", f"{name} {reading}", "", one, other, None, None)


def compare(row: Row, mine: Row) -> Iterator[Pair]:
    """The pairs of one provision, one a requirement and reading; `ValueError` where the passes label different ones."""
    if set(row["labels"]) != set(mine["labels"]):
        msg = f"{row['id']}: the two passes label different requirements"
        raise ValueError(msg)
    before = mine.get("first", {})
    for requirement, by_reading in row["labels"].items():
        again = mine["labels"][requirement]
        for reading, label in by_reading.items():
            second = again if isinstance(again, str) else again[reading]
            words = row["evidence"][requirement]
            if requirement in before:
                stood, words = before[requirement]["label"], before[requirement]["evidence"]
                label = stood if isinstance(stood, str) else stood[reading]  # noqa: PLW2901
            name = requirement if len(by_reading) == 1 else f"{requirement} {reading}"
            silent = second == SILENT
            yield Pair(
                row["id"],
                name,
                row["text"],
                label,
                second,
                None if label == SILENT else words,
                None if silent else mine.get("evidence", {}).get(requirement),
            )


def faults(pairs: Iterable[Pair]) -> Iterator[str]:
    """Verdicts that nobody knows, and deciding words of the second pass that are missing or not in the text."""
    for pair in pairs:
        where = f"{pair.provision} {pair.requirement}"
        if not {pair.first, pair.second} <= set(VERDICTS):
            yield f"{where}: {pair.first}, {pair.second}"
        if (pair.second == SILENT) != (pair.second_words is None):
            yield f"{where}: words are given if and only if the label is not silent"
        if pair.second_words is not None and pair.second_words not in pair.text:
            yield f"{where}: not in the text: {pair.second_words!r}"


def share(pairs: Sequence[Pair]) -> float:
    """The part of the pairs on which the passes agree, 0 to 1; NaN where there are none."""
    return sum(pair.agrees for pair in pairs) / len(pairs) if pairs else float("nan")


def kappa(pairs: Sequence[Pair]) -> float:
    """Cohen's kappa: agreement beyond what the two passes' own rates of each verdict would give by chance, at most 1.

    J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20 (1960) 37-46.
    NaN where chance alone would agree on everything.
    """
    firsts, seconds = Counter(pair.first for pair in pairs), Counter(pair.second for pair in pairs)
    chance = sum(firsts[verdict] * seconds[verdict] for verdict in VERDICTS) / len(pairs) ** 2
    return (share(pairs) - chance) / (1 - chance) if chance < 1 else float("nan")


def overlap(pair: Pair) -> bool:
    """Whether the deciding words of the two passes share a character of the text; each is sought where it first stands."""
    if pair.first_words is None or pair.second_words is None:
        return False
    a, b = pair.text.index(pair.first_words), pair.text.index(pair.second_words)
    return a < b + len(pair.second_words) and b < a + len(pair.first_words)


def show_table(pairs: Iterable[Pair]) -> None:
    """Print how often each verdict of the first pass (rows) met each of the second (columns)."""
    met = Counter((pair.first, pair.second) for pair in pairs)
    print("\n" + " " * 10 + "".join(f"{verdict:>10}" for verdict in VERDICTS) + "   (second pass)")
    for first in VERDICTS:
        print(f"{first:<10}" + "".join(f"{met[first, second]:>10}" for second in VERDICTS))


def show_verdicts(pairs: Sequence[Pair]) -> None:
    """Print for each verdict how many pairs either pass gave it, and on what part of those both did."""
    print()
    for verdict in VERDICTS:
        given = [pair for pair in pairs if verdict in (pair.first, pair.second)]
        print(f"{verdict:<10} given by either {len(given):>4}, by both {share(given):.3f}")


def show_line(name: str, pairs: Sequence[Pair]) -> None:
    """Print one line: all pairs, kappa, the pairs on which either pass is not silent, and the overlap of words."""
    bearing = [pair for pair in pairs if pair.bears]
    agreed = [pair for pair in bearing if pair.agrees and pair.first_words and pair.second_words]
    shared = sum(map(overlap, agreed)) / len(agreed) if agreed else float("nan")
    print(
        f"{name:<18}{len({pair.provision for pair in pairs}):>5}{len(pairs):>7}{share(pairs):>7.3f}{kappa(pairs):>7.3f}"
        f"{len(bearing):>9}{share(bearing):>7.3f}{shared:>9.3f}"
    )


def show_differences(pairs: Iterable[Pair]) -> None:
    """Print every pair on which the passes differ, with each pass's words."""
    print("\nwhere they differ (first pass -> second pass)")
    for pair in pairs:
        if not pair.agrees:
            print(f"  {pair.provision} {pair.requirement}: {pair.first} -> {pair.second}")
            print(f"    {pair.first_words!r} | {pair.second_words!r}")


def main() -> int:
    """Print the figures; 1 if the second pass is faulty."""
    first = provisions()
    second, whole = ([row for _, row in rows(path)] for path in (SECOND, SECOND_CHECK))
    pairs, checked = ([pair for row in part for pair in compare(first[row["id"]], row)] for part in (second, whole))
    worded = [pair for row in (*second, *whole) if "evidence" in row for pair in compare(first[row["id"]], row)]
    if wrong := tuple(faults(worded)):
        print(*(f"WRONG {fault}" for fault in wrong), sep="\n", file=sys.stderr)
        return 1
    print(f"{'law':<18}{'rows':>5}{'pairs':>7}{'agree':>7}{'kappa':>7}{'bearing':>9}{'agree':>7}{'overlap':>9}")
    for name, part in (("all", pairs), ("all to measure on", checked)):
        by_folder: dict[str, list[Pair]] = defaultdict(list)
        for pair in part:
            by_folder[pair.folder].append(pair)
        for folder, its_pairs in sorted(by_folder.items()):
            show_line(folder, its_pairs)
        show_line(name, part)
    for name, its_pairs in groupby(ways(), key=lambda pair: pair.folder):
        show_line(name, tuple(its_pairs))
    show_line("manuals", tuple(manuals()))
    show_table(pairs)
    show_verdicts(pairs)
    show_differences(pairs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
