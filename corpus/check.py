#!/usr/bin/env python3
"""The corpus's rows in; its counts out, and exit 1 with every fault if a row is wrong.

    python corpus/check.py            every folder beside this file that holds provisions.jsonl
    python corpus/check.py SLUG ...   these folders only

`split(id)` says which half of the corpus a row belongs to; import it, the split is stored nowhere.
"""

import hashlib
import json
import re
import statistics
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACKS = HERE.parent / "src" / "showcause" / "laws"
VERDICTS = ("conflict", "unclear", "complies", "silent")
REGISTERS = ("statutory", "office", "plain")
FIELDS = frozenset(
    {"id", "law", "instrument", "citation", "body", "register", "voice", "trap", "text", "labels", "evidence", "why"},
)
STATUS_FIELDS = FIELDS - {"law", "citation", "body", "voice"} | {"laws"}
LATER_FIELDS = FIELDS - {"citation", "body", "voice"}
LATER = 1000  # number from which the rows of a law were written later
ASK_FIELDS = frozenset({"id", "field", "text", "opposite", "wordings", "contraries", "passages"})
WAY_FIELDS = frozenset({"id", "text", "opposite", "passages"})
SAID_AGAIN = frozenset({"wordings", "contraries"})  # what `ways/hard.jsonl` has besides
PASSAGE_FIELDS = frozenset({"text", "verdict", "evidence", "register", "instrument", "trap"})
WORDING_FIELDS = frozenset({"id", "requirement", "text", "opposite"})
WORDINGS = 12  # a requirement is said in at least so many ways
ASKS = Path("general/asks.jsonl")  # requirements of many laws, each with its own passages
WAYS = (
    Path("ways/ways.jsonl"),
    Path("ways/hard.jsonl"),
)  # rules with their contraries, and passages that keep, break or miss them
LAWS = Path(
    "ways/laws.jsonl"
)  # requirements of the laws that have provisions, each with passages labelled for it alone
CLAUSES = Path(
    "agreements/clauses.jsonl"
)  # clauses of confidentiality agreements, each beside one of ContractNLI's sentences
CLAUSE_FIELDS = frozenset({"id", "sentence", "text", "verdict"})
LAW_FIELDS = frozenset({"id", "requirement", "reading", "passages"})
STATUS = "status-information"  # the folder of two laws at once
GRAM = 5  # words in a shingle
ALIKE = 0.5  # Jaccard of two rows' shingles above which they are near-duplicates

Row = dict[str, Any]


def split(row_id: str) -> str:
    """`develop` where the SHA-256 of the id is even, `check` where it is odd.

    Of status information ten rows that follow each other go together, since one may be the other's contrary, and a fifth of
    the tens is `check`. Rows of a law from number 1000 on were written later, to learn from: all `develop`. `develop` is for building and tuning; whoever tunes reads no row of `check`.
    """
    if int(row_id[-4:]) >= LATER and not row_id.startswith(STATUS):
        return "develop"
    if row_id.startswith(STATUS):
        return "check" if hashlib.sha256(row_id[:-1].encode()).digest()[-1] % 5 == 0 else "develop"
    return "check" if hashlib.sha256(row_id.encode()).digest()[-1] & 1 else "develop"


@lru_cache
def pack(law: str) -> Mapping[str, Any]:
    """The law's pack as TOML gives it; `FileNotFoundError` where none ships under that id."""
    return tomllib.loads((PACKS / f"{law}.toml").read_text(encoding="utf-8"))


def laws(row: Row) -> tuple[str, ...]:
    """The packs by which a row is judged: one, or several at once."""
    return tuple(row["laws"]) if "laws" in row else (row["law"],)


def requirements(law: str) -> frozenset[str]:
    """The ids of the law's requirements, `LAW#NAME`."""
    return frozenset(f"{law}#{r['name']}" for r in pack(law)["requirements"])


def readings(law: str) -> frozenset[str]:
    """The readings that change a verdict; those of the pack that it `uses` where it has none of its own."""
    own = pack(law).get("readings") or pack(pack(law)["uses"])["readings"]
    return frozenset(r["id"] for r in own if r.get("judged", True))


def rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Each row with the place where it stands, `slug/file:line id`."""
    for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):
        row = json.loads(line)
        yield f"{path.parent.name}/{path.name}:{number} {row.get('id')}", row


def empty(row: Row, fields: Iterable[str]) -> Iterator[str]:
    """The fields that say nothing."""
    for field in sorted(fields):
        if not isinstance(row[field], str) or not row[field].strip():
            yield f"{field} is empty"


def field_faults(row: Row, fields: frozenset[str]) -> Iterator[str]:
    """Fields missing and fields that nobody knows."""
    if missing := fields - set(row):
        yield f"fields missing {sorted(missing)}"
    if extra := set(row) - fields:
        yield f"fields unknown {sorted(extra)}"


def label_faults(row: Row) -> Iterator[str]:
    """Labels of other requirements, readings or verdicts than the pack and the table have."""
    if set(row["labels"]) != frozenset().union(*map(requirements, laws(row))):
        yield f"labels are of {sorted(row['labels'])}"
    for requirement, by_reading in row["labels"].items():
        if set(by_reading) != readings(requirement.split("#")[0]):
            yield f"{requirement}: readings {sorted(by_reading)}"
        if unknown := set(by_reading.values()) - set(VERDICTS):
            yield f"{requirement}: verdicts {sorted(unknown)}"


def evidence_faults(row: Row) -> Iterator[str]:
    """Evidence that is not in the text, or is there for a silence, or is missing."""
    if set(row["evidence"]) != set(row["labels"]):
        yield f"evidence is of {sorted(row['evidence'])}"
        return
    for requirement, quote in row["evidence"].items():
        silent = set(row["labels"][requirement].values()) == {"silent"}
        if silent != (quote is None):
            yield f"{requirement}: evidence is null if and only if the label is silent"
        if quote is not None and not (quote.strip() and quote in row["text"]):
            yield f"{requirement}: not in the text: {quote!r}"


def provision_faults(row: Row, slug: str) -> Iterator[str]:
    """What is wrong in one provision, each fault in a line."""
    fields = STATUS_FIELDS if "laws" in row else FIELDS if "voice" in row else LATER_FIELDS
    if found := tuple(field_faults(row, fields)):
        yield from found
        return
    yield from empty(row, fields - {"labels", "evidence", "laws"})
    if not re.fullmatch(re.escape(slug) + r"-\d{4}", row["id"]):
        yield f"id is not {slug}-NNNN"
    if row["register"] not in REGISTERS:
        yield f"register {row['register']!r}"
    if missing := [law for law in laws(row) if not (PACKS / f"{law}.toml").exists()]:
        yield f"no pack {missing}"
        return
    yield from label_faults(row)
    yield from evidence_faults(row)


def wording_faults(row: Row, slug: str, known: frozenset[str]) -> Iterator[str]:
    """What is wrong in one wording of a requirement, each fault in a line."""
    fields = WORDING_FIELDS | {"reading"} if slug == STATUS else WORDING_FIELDS
    if found := tuple(field_faults(row, fields)):
        yield from found
        return
    yield from empty(row, fields)
    if not re.fullmatch(re.escape(slug) + r"-r\d{2,3}", row["id"]):
        yield f"id is not {slug}-rNN"
    if row["requirement"] not in known:
        yield f"requirement {row['requirement']!r} is in no pack of this folder"
    if row["text"] == row["opposite"]:
        yield "a wording is its own opposite"


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The text's runs of five words, letters small; the whole of a text shorter than that."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1)))


def near_duplicates(texts: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """Pairs of keys whose texts share more than half of their shingles, with the Jaccard index."""
    sets = {key: shingles(text) for key, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, grams in sets.items():
        shared = Counter(other for gram in grams for other in holders[gram])
        for other, n in shared.items():
            index = n / (len(grams) + len(sets[other]) - n)
            if index > ALIKE:
                yield other, key, index
        for gram in grams:
            holders[gram].append(key)


def check_folder(folder: Path) -> tuple[list[Row], list[str], list[str]]:
    """A folder's provisions, the ids of all its rows, and its faults."""
    provisions, ids, faults = [], [], []
    for where, row in rows(folder / "provisions.jsonl"):
        found = tuple(provision_faults(row, folder.name))
        faults += [f"{where}: {fault}" for fault in found]
        ids.append(str(row.get("id")))
        if {"id", "text", "labels"} <= set(row):
            provisions.append(row)
    bound = sorted({law for row in provisions for law in laws(row) if (PACKS / f"{law}.toml").exists()})
    known = frozenset().union(*map(requirements, bound))
    said: Counter[str] = Counter()
    wordings = folder / "requirements.jsonl"
    if not wordings.exists():
        return provisions, ids, [*faults, f"{folder.name}: no requirements.jsonl"]
    for where, row in rows(wordings):
        faults += [f"{where}: {fault}" for fault in wording_faults(row, folder.name, known)]
        ids.append(str(row.get("id")))
        said[str(row.get("requirement"))] += 1
    faults += [
        f"{folder.name}: {name} is said in {said[name]} ways, not {WORDINGS}"
        for name in sorted(known)
        if said[name] < (WORDINGS if folder.name != STATUS else 2)
    ]
    return provisions, ids, faults


def show(title: str, counts: Counter[str]) -> None:
    """Print one line of counts, the largest first."""
    print(f"  {title}: " + ", ".join(f"{key} {n}" for key, n in counts.most_common()))


def labels(row: Row) -> list[str]:
    """The row's verdicts, one for each requirement and reading."""
    return [verdict for by_reading in row["labels"].values() for verdict in by_reading.values()]


def report(slug: str, provisions: Sequence[Row]) -> None:
    """Print the folder's counts."""
    lengths = [len(row["text"].split()) for row in provisions] or [0]
    halves = Counter(split(row["id"]) for row in provisions)
    verdicts = Counter(label for row in provisions for label in labels(row))
    silent = sum(set(labels(row)) == {"silent"} for row in provisions)
    soft = sum("unclear" in labels(row) for row in provisions)
    print(
        f"{slug}: {len(provisions)} provisions, {silent} silent throughout, {soft} with an unclear label, "
        f"{statistics.median(lengths):.0f} words in the median; develop {halves['develop']}, check {halves['check']}"
    )
    show("law", Counter(law for row in provisions for law in laws(row)))
    show("label", verdicts)
    for requirement in sorted({r for row in provisions for r in row["labels"]}):
        show(requirement, Counter(v for row in provisions for v in row["labels"].get(requirement, {}).values()))
    for field in ("register", "instrument", "voice", "trap"):
        show(field, Counter(row[field] for row in provisions if field in row))


def ask_faults(ask: Row) -> Iterator[str]:
    """What is wrong in a requirement of `general/asks.jsonl` and its passages, each fault in a line."""
    if found := tuple(field_faults(ask, ASK_FIELDS)):
        yield from found
        return
    yield from empty(ask, ASK_FIELDS - {"wordings", "contraries", "passages"})
    if not re.fullmatch(r"general-\d-\d{3}", ask["id"]):
        yield "id is not general-N-NNN"
    for passage in ask["passages"]:
        if found := tuple(field_faults(passage, PASSAGE_FIELDS)):
            yield from found
            continue
        quote = passage["evidence"]
        if passage["verdict"] not in VERDICTS or passage["register"] not in REGISTERS:
            yield f"verdict {passage['verdict']!r}, register {passage['register']!r}"
        if (passage["verdict"] == "silent") != (quote is None):
            yield "evidence is null if and only if the verdict is silent"
        if quote is not None and passage["text"].count(quote) != 1:
            yield f"not once in the text: {quote!r}"


def check_asks(path: Path) -> tuple[dict[str, str], list[str]]:
    """The passages of `general/asks.jsonl` by their place, and its faults; prints its counts."""
    found = [(where, ask) for where, ask in rows(path)]
    passages = [p for _, ask in found for p in ask["passages"]]
    print(f"{path.parent.name}: {len(found)} requirements, {len(passages)} passages")
    for field in ("verdict", "register", "trap"):
        show(field, Counter(p[field] for p in passages))
    texts = {f"{ask['id']}/{n}": p["text"] for _, ask in found for n, p in enumerate(ask["passages"], 1)}
    faults = [f"{where}: {fault}" for where, ask in found for fault in ask_faults(ask)]
    return texts, faults + list(repeated(ask["id"] for _, ask in found))


def way_faults(ask: Row) -> Iterator[str]:
    """What is wrong in a rule of `ways` and its passages, each fault in a line."""
    short = str(ask.get("id")).startswith("ways")
    if found := tuple(field_faults(ask, WAY_FIELDS if short else WAY_FIELDS | SAID_AGAIN)):
        yield from found
        return
    yield from empty(ask, frozenset({"id", "text", "opposite"}))
    if not re.fullmatch(r"(?:ways|hard)-\d-\d{4}", ask["id"]):
        yield "id is not ways-N-NNNN or hard-N-NNNN"
    if not short and len(ask["wordings"]) != len(ask["contraries"]):
        yield "not as many contraries as wordings"
    yield from passage_faults(ask)
    if not {"conflict", "complies"} <= {p["verdict"] for p in ask["passages"]}:
        yield "no passage that keeps it, or none that breaks it"


def law_faults(ask: Row) -> Iterator[str]:
    """What is wrong in a requirement of `laws` and its passages, each fault in a line."""
    if found := tuple(field_faults(ask, LAW_FIELDS)):
        yield from found
        return
    if not re.fullmatch(r"laws-\d{1,3}-\d{4}", ask["id"]):
        yield "id is not laws-N-NNNN"
    name, named = ask["requirement"], {ask["reading"]} - {""}
    law = name.partition("#")[0]
    if name not in requirements(law) or not named <= readings(law):
        yield f"no requirement {name} with reading {ask['reading'] or '(any)'}"
    yield from passage_faults(ask)


def passage_faults(ask: Row) -> Iterator[str]:
    """What is wrong in passages that have a text and a verdict alone."""
    for passage in ask["passages"]:
        if set(passage) != {"text", "verdict"} or passage["verdict"] not in VERDICTS or not passage["text"].strip():
            yield f"not a passage with text and verdict: {passage}"
    yield from repeated(p["text"] for p in ask["passages"])


def check_ways(path: Path) -> list[str]:
    """The faults of a file of `ways`; prints its counts."""
    its_faults = law_faults if path.name == LAWS.name else way_faults
    found = [(where, ask) for where, ask in rows(path)]
    passages = [p for _, ask in found for p in ask["passages"]]
    print(f"{path.stem}: {len(found)} rules, {len(passages)} passages")
    show("verdict", Counter(p["verdict"] for p in passages))
    faults = [f"{where}: {fault}" for where, ask in found for fault in its_faults(ask)]
    texts = [ask["text"] for _, ask in found if "text" in ask]
    return faults + list(repeated(ask["id"] for _, ask in found)) + list(repeated(texts))


def check_clauses(path: Path) -> list[str]:
    """The faults of the clauses beside ContractNLI's sentences; prints their counts."""
    found = list(rows(path))
    print(f"{path.stem}: {len(found)} clauses beside {len({row.get('sentence') for _, row in found})} sentences")
    show("verdict", Counter(row.get("verdict") for _, row in found))
    faults = []
    for where, row in found:
        faults += [f"{where}: {fault}" for fault in field_faults(row, CLAUSE_FIELDS)]
        if row.get("verdict") not in ("conflict", "complies", "silent") or not str(row.get("text")).strip():
            faults.append(f"{where}: not a clause with text and verdict")
        if not re.fullmatch(rf"{row.get('sentence')}-\d{{4}}", str(row.get("id"))):
            faults.append(f"{where}: id is not SENTENCE-NNNN")
    return (
        faults
        + list(repeated(row["id"] for _, row in found))
        + list(repeated(f"{row['sentence']}: {row['text']}" for _, row in found))
    )


def repeated(ids: Iterable[str]) -> Iterator[str]:
    """Ids that stand more than once."""
    for row_id, n in Counter(ids).items():
        if n > 1:
            yield f"{row_id} stands {n} times"


def main(slugs: Sequence[str]) -> int:
    """Check the folders named, or all; 1 if anything is wrong."""
    folders = [HERE / slug for slug in slugs] or sorted(p.parent for p in HERE.glob("*/provisions.jsonl"))
    texts: dict[str, str] = {}
    ids: list[str] = []
    faults: list[str] = []
    for folder in folders:
        provisions, its_ids, its_faults = check_folder(folder)
        report(folder.name, provisions)
        texts |= {row["id"]: row["text"] for row in provisions}
        ids += its_ids
        faults += its_faults
    if not slugs:
        its_texts, its_faults = check_asks(HERE / ASKS)
        texts |= its_texts
        faults += its_faults + [fault for path in (*WAYS, LAWS) for fault in check_ways(HERE / path)]
        faults += check_clauses(HERE / CLAUSES)
    faults += repeated(ids)
    faults += [f"{a} and {b} are alike ({index:.2f})" for a, b, index in near_duplicates(texts)]
    for fault in faults:
        print("WRONG", fault, file=sys.stderr)
    print(f"{len(texts)} provisions: " + (f"{len(faults)} faults" if faults else "ok"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
