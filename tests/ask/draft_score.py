#!/usr/bin/env python3
"""How far a drafted pack, as nobody has touched it, comes beside the pack that ships: `python tests/ask/draft_score.py`.

Packs are drafted from the statutes in `statutes/`, which restate laws of the corpus in our words, and judge the half of
the corpus that may be developed on. `WHERE` says which drafted requirement stands for which of the shipped pack's; a
requirement that nothing stands for counts as silent. `silence` is what a judge reaches that never says anything else.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "corpus"))

import check
import score

from showcause.ask import law as packs
from showcause.ask import packtext
from showcause.assess import judge
from showcause.core import Document, Finding, Law, Passage, Verdict, combine

HERE = Path(__file__).parent
AT = datetime(2026, 1, 1, tzinfo=UTC)
WHERE: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {  # corpus folder and statute: drafted name -> shipped names
    ("records-retention", "retention"): {
        "destroy-record": ("resolution", "attorney"),
        "a": ("title",),
        "b": ("kept-by-law",),
        "c": ("kept-by-law",),
        "d": ("two-years",),
        "e": ("proceedings",),
    },
    ("breach-notice", "breach"): {
        "a": ("notify",),
        "a-2": ("time",),
        "b": ("maintainer",),
        "c": ("law-enforcement",),
        "d": ("content",),
        "d-2": ("content",),
        "e": ("attorney-general",),
    },
    ("open-records", "open-records"): {
        "7922.500-delay-inspection": ("prompt",),
        "7922.530-a": ("prompt", "fee"),
        "7922.535-a": ("determination",),
        "7922.535-a-2": ("determination",),
        "7922.535-b": ("determination",),
        "7922.540-a": ("denial",),
        "7922.540-b": ("denial",),
        "7921.300-limit-access": ("purpose",),
        "7922.600-a": ("assist",),
    },
    ("body-cameras", "cameras"): {
        "b-1": ("custody",),
        "b-2": ("custody",),
        "b-3": ("misuse",),
        "b-3-2": ("misuse",),
        "b-4": ("sixty-days",),
        "b-5": ("two-years",),
        "b-6": ("logs",),
        "b-7": ("property", "misuse"),
        "b-7-2": ("misuse",),
        "b-7-3": ("misuse",),
    },
    ("stop-data", "stops"): {
        "a-1": ("annual",),
        "b": ("contents",),
        "c": ("perceived",),
        "c-2": ("perceived",),
        "d": ("unnamed",),
        "d-2": ("badge",),
        "e": ("three-years",),
    },
    ("bargaining", "bargaining"): {
        "3502-form-activities": ("join",),
        "3503-represent-members": ("represent",),
        "3506-interfere-employees": ("hinder",),
    },
    ("use-of-force", "force"): {
        "7286-b-1": ("deescalate",),
        "7286-b-3": ("report",),
        "7286-b-4": ("retaliation",),
        "7286-b-9": ("intercede",),
        "7286-b-15": ("medical",),
        "7286.5-a-1": ("neck",),
    },
}


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict with its cites, in the place of a finding."""

    verdict: Verdict
    cites: tuple[Passage, ...] = ()


def drafted(statute: str) -> Law:
    """The law as drafted from a statute, loaded like any pack."""
    source = HERE / "statutes" / f"{statute}.txt"
    drawn = packtext.of_text(source.read_text(encoding="utf-8"), name=source.name)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "pack.toml"
        place.write_text(drawn.text, encoding="utf-8")
        return packs.load(str(place))


def whole(document: Document, law: Law) -> Iterator[tuple[str, Finding]]:
    """The findings about the document itself, each with the requirement's name."""
    for f in judge(document, laws=[law], at=AT):
        if isinstance(f.about, Document):
            yield f.question.partition("#")[2], f


def stood_for(document: Document, law: Law, where: Mapping[str, tuple[str, ...]]) -> dict[str, Said]:
    """What the drafted pack says on each requirement of the shipped one: the worst of what stands for it."""
    spoken: dict[str, list[Finding]] = {}
    for name, f in whole(document, law):
        for shipped in where.get(name, ()):
            spoken.setdefault(shipped, []).append(f)
    out = {}
    for shipped, found in spoken.items():
        worst = combine(f.verdict for f in found)
        out[shipped] = Said(worst, next(f.cites for f in found if f.verdict is worst))
    return out


def measured(slug: str, statute: str, where: Mapping[str, tuple[str, ...]]) -> dict[str, list[score.Said]]:
    """Every label of the law's rows beside what the shipped pack, the drafted one and silence say."""
    mine, found = drafted(statute), {"shipped": [], "drafted": [], "silence": []}
    missing = set(where) - {r.id.partition("#")[2] for r in mine.requirements}
    if missing:
        raise SystemExit(f"{statute}: no requirement was drafted under the name {sorted(missing)}")
    for _, row in check.rows(check.HERE / slug / "provisions.jsonl"):
        if check.split(row["id"]) != "develop":
            continue
        document = Document(row["id"], "", "txt", "", None, row["text"])
        said = {
            "shipped": dict(whole(document, packs.load(row["law"]))),
            "drafted": stood_for(document, mine, where),
            "silence": {},
        }
        for requirement, readings in row["labels"].items():
            for reading, gold in readings.items():
                for who, by in said.items():
                    f = by.get(requirement.partition("#")[2], Said(Verdict.SILENT))
                    cited = score.holds(row["text"], row["evidence"][requirement], [(c.start, c.end) for c in f.cites])
                    one = score.Said(slug, "develop", row, requirement, reading, gold, f, cited, len(f.cites))
                    found[who].append(one)
    return found


def main() -> None:
    """Print the table."""
    means: dict[str, list[float]] = {"shipped": [], "drafted": [], "silence": []}
    print(f"{'':46} {'rows':>5} {'macro':>6} {'accuracy':>8} {'evidence':>8} {'exact':>6}")
    for (slug, statute), where in WHERE.items():
        for who, said in measured(slug, statute, where).items():
            print(score.line(f"{slug} {who}", said))
            means[who].append(score.macro(said))
    print("mean macro: " + ", ".join(f"{who} {sum(all_) / len(all_):.3f}" for who, all_ in means.items()))


if __name__ == "__main__":
    main()
