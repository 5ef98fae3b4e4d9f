#!/usr/bin/env python3
"""Validate the corpus beside this file and print its counts. Exit 1 if anything is wrong."""

import json
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDE = {"us/8-usc-1373#a", "us/8-usc-1373#b"}
READINGS = {r: {"narrow", "broad", "doj-2017"} for r in WIDE}
READINGS |= {f"ca/gov-7284.6#{n}": {"plain"} for n in ("inquire", "release-date", "personal-information")}
VERDICTS = {"conflict", "unclear", "complies", "silent"}
FIELDS = {"id", "jurisdiction", "instrument", "citation", "text", "labels", "evidence", "trap", "why", "register"}

problems: list[str] = []


def wrong(where: str, what: str) -> None:
    problems.append(f"{where}: {what}")


def check_labels(where: str, labels: dict) -> None:
    if set(labels) != set(READINGS):
        wrong(where, f"requirements {sorted(labels)}")
        return
    for req, by_reading in labels.items():
        if set(by_reading) != READINGS[req]:
            wrong(where, f"{req}: readings {sorted(by_reading)}")
        for reading, verdict in by_reading.items():
            if verdict not in VERDICTS:
                wrong(where, f"{req} {reading}: verdict {verdict!r}")


def check_quote(where: str, text: str, quote: str) -> None:
    n = text.count(quote) if quote else 0
    if n != 1:
        wrong(where, f"evidence occurs {n} times: {quote!r}")


def check_evidence(where: str, text: str, row: dict) -> None:
    labels, evidence = row["labels"], row["evidence"]
    if set(evidence) != set(READINGS):
        wrong(where, f"evidence keys {sorted(evidence)}")
        return
    for req, quote in evidence.items():
        all_silent = set(labels[req].values()) == {"silent"}
        if all_silent != (quote is None):
            wrong(where, f"{req}: evidence must be null if and only if silent everywhere")
        if quote is not None:
            check_quote(where, text, quote)
    for req, by_reading in row.get("evidence_alt", {}).items():
        for reading, quote in by_reading.items():
            if reading not in READINGS.get(req, ()):
                wrong(where, f"evidence_alt {req} {reading}")
            elif labels[req][reading] == "silent":
                wrong(where, f"evidence_alt {req} {reading} on a silent label")
            check_quote(where, text, quote)


def silent(row: dict) -> bool:
    return all(v == "silent" for by in row["labels"].values() for v in by.values())


def check_rows(name: str, seen: dict[str, str]) -> list[dict]:
    rows = []
    for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        where = f"{name}:{number} {row.get('id')}"
        rows.append(row)
        extra = set(row) - FIELDS - {"evidence_alt"}
        if FIELDS - set(row) or extra:
            wrong(where, f"fields missing {sorted(FIELDS - set(row))} extra {sorted(extra)}")
            continue
        for key in ("id", "text"):
            if row[key] in seen:
                wrong(where, f"{key} also in {seen[row[key]]}")
            seen[row[key]] = where
        if row["register"] not in ("statutory", "plain"):
            wrong(where, f"register {row['register']!r}")
        for key in FIELDS - {"labels", "evidence"}:
            if not row[key].strip():
                wrong(where, f"{key} is empty")
        check_labels(where, row["labels"])
        check_evidence(where, row["text"], row)
    return rows


def section_lines(text: str, sections: list[str]) -> dict[str, str]:
    found = {}
    for line in text.replace("\f", "").split("\n"):
        head = line.split(" ", 1)[0]
        for key in (head, head.rstrip(".")):
            if key in sections:
                found.setdefault(key, line)
    return found


def check_manual(name: str) -> dict:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    manual = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    lines = section_lines(text, manual["sections"])
    if list(lines) != manual["sections"]:
        wrong(name, f"sections not in the text, or out of order: {set(manual['sections']) - set(lines)}")
    bearing = [b["section"] for b in manual["bearing"]]
    if len(set(bearing)) != len(bearing):
        wrong(name, "a bearing section stands twice")
    for d in manual["distractors_silent"]:
        if d not in lines or d in bearing:
            wrong(name, f"distractor {d}")
    for b in manual["bearing"]:
        where = f"{name} {b['section']}"
        check_labels(where, b["labels"])
        check_evidence(where, lines.get(b["section"], ""), b)
        if ("read_with" in b) != ("labels_in_context" in b):
            wrong(where, "read_with and labels_in_context go together")
        if "labels_in_context" in b:
            check_labels(where + " in context", b["labels_in_context"])
            if not set(b["read_with"]) <= set(lines):
                wrong(where, f"read_with {b['read_with']}")
        if silent(b):
            wrong(where, "bearing, yet silent everywhere")
    return manual


def show(title: str, counts: Counter) -> None:
    print(f"  {title}: " + ", ".join(f"{k} {n}" for k, n in counts.most_common()))


def main() -> int:
    seen: dict[str, str] = {}
    places: dict[str, str] = {}
    for name in ("dev.jsonl", "check.jsonl"):
        rows = check_rows(name, seen)
        for place in {r["jurisdiction"] for r in rows}:
            if place in places:
                wrong(name, f"jurisdiction {place!r} also in {places[place]}")
            places[place] = name
        print(f"{name}: {len(rows)} rows, {sum(map(silent, rows))} silent everywhere")
        show("register", Counter(r["register"] for r in rows))
        for req in READINGS:
            for reading in sorted(READINGS[req]):
                show(f"{req} {reading}", Counter(r["labels"][req][reading] for r in rows))
        show("trap", Counter(r["trap"] for r in rows))
    for name in ("manual-a", "manual-b"):
        m = check_manual(name)
        print(
            f"{name}: {len(m['sections'])} sections, {len(m['bearing'])} bearing, "
            f"{sum('read_with' in b for b in m['bearing'])} changed by context, "
            f"{len(m['distractors_silent'])} distractors"
        )
    for p in problems:
        print("WRONG", p, file=sys.stderr)
    print("ok" if not problems else f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
