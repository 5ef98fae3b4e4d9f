#!/usr/bin/env python3
"""The corpus's manuals in; how many of their bearing sections the judge finds, read whole, out.

    python corpus/manuals.py             every manual of `manuals/`
    python corpus/manuals.py NAME ...    these
    python corpus/manuals.py --faults    what is wrong in the files, exit 1 if anything is

`found` is the share of conflicts and complies, one for each section, requirement and reading, on whose section the judge
says so; `false` counts the sections called a conflict with a requirement that they are not, by labels alone or in context.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import check

from showcause import text
from showcause.ask import law as packs
from showcause.assess import judge
from showcause.core import Document, Finding, Passage

HERE = Path(__file__).resolve().parent / "manuals"
LAWS = ("us/8-usc-1373", "ca/gov-7284.6")
UNREAD = frozenset(
    {"sheriff-orders", "court-detention", "transit-police", "housing-authority"}
)  # no rule or word was written from these; totals only
AT = datetime(2031, 1, 1, tzinfo=UTC)
SURE = frozenset({"conflict", "complies"})

Manual = dict[str, Any]


def manual(name: str) -> tuple[Document, Manual]:
    """The text of a manual as a Document, and its labels."""
    words = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return Document(name, "", "txt", "", None, words), json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def numbered(words: str) -> dict[str, tuple[int, int]]:
    """Where each numbered section of the text stands, by its number."""
    return {s.number: (s.start, s.end) for s in text.sections(text.amended(text.unfurnished(words))) if s.number}


def score(document: Document, labels: Manual) -> tuple[int, int, int]:
    """How many labels were found, how many there are, and how many sections are falsely called a conflict."""
    places = numbered(document.text)
    found = [f for f in judge(document, laws=[packs.load(law) for law in LAWS], at=AT) if isinstance(f.about, Passage)]
    said = set(_said(found, places))
    right = wanted = 0
    conflicting: set[tuple[str, str]] = set()
    for item in labels["bearing"]:
        for by in (item["labels"], item.get("labels_in_context") or {}):
            conflicting |= {
                (item["section"], r) for r, how in by.items() if {"conflict", "unclear"} & set(how.values())
            }
        for requirement, by_reading in (item.get("labels_in_context") or item["labels"]).items():
            for reading, verdict in by_reading.items():
                if verdict in SURE:
                    wanted += 1
                    right += (item["section"], requirement, reading, verdict) in said
    false = {(n, r) for n, r, _, verdict in said if verdict == "conflict" and (n, r) not in conflicting}
    return right, wanted, len({n for n, _ in false})


def _said(found: Sequence[Finding], places: dict[str, tuple[int, int]]) -> Iterator[tuple[str, str, str, str]]:
    """Section, requirement, reading and verdict of each finding on a section."""
    for f in found:
        start = f.about.start if isinstance(f.about, Passage) else 0
        for number, (begin, end) in places.items():
            if begin <= start < end:
                yield number, f.question, f.reading, str(f.verdict)


def faults(name: str) -> Iterator[str]:
    """What is wrong in a manual's files: labels, evidence, sections that are not in the text."""
    document, labels = manual(name)
    places = numbered(document.text)
    yield from (f"{name}: no section {n} in the text" for n in labels["sections"] if n not in places)
    for item in labels["bearing"]:
        row = {"laws": LAWS, "text": document.text, "labels": item["labels"], "evidence": item["evidence"]}
        yield from (f"{name} {item['section']}: {f}" for f in (*check.label_faults(row), *check.evidence_faults(row)))
        if item["section"] not in labels["sections"]:
            yield f"{name}: {item['section']} is no section"


def main(args: Sequence[str]) -> int:
    """Print the scores, or the faults."""
    names = [a for a in args if not a.startswith("-")] or sorted(p.stem for p in HERE.glob("*.txt"))
    if "--faults" in args:
        wrong = [fault for name in names for fault in faults(name)]
        print("\n".join(wrong) or f"{len(names)} manuals: ok")
        return 1 if wrong else 0
    for half, mine in (
        ("develop", [n for n in names if n not in UNREAD]),
        ("check", [n for n in names if n in UNREAD]),
    ):
        scored = {name: score(*manual(name)) for name in mine}
        if half == "develop":
            for name, (right, wanted, false) in scored.items():
                print(f"  {name:16} found {right:3} of {wanted}, false {false}")
        if scored:
            right, wanted, false = map(sum, zip(*scored.values(), strict=True))
            print(
                f"{half}: found {right / wanted:.3f} ({right} of {wanted}), {false} sections falsely called a conflict"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
