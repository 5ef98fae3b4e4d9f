"""The sample matter, end to end: what a careful reader finds in it is found, and the proof of it stands."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from showcause import demo, matter, prove, settings
from showcause.assess import judge
from showcause.core import Case, Document, Finding, Passage
from showcause.text import sections

EXPECTED = Path(demo.__file__).parent / "demo_data" / "expected.toml"
SHORT = 2000  # characters of a document that is read as one passage
OWN = settings.read({"SHOWCAUSE_ACTOR": "tester", "SHOWCAUSE_WORKERS": "2"})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> demo.Made:
    return demo.run(tmp_path_factory.mktemp("sample") / "demo", settings=OWN, tell=lambda *_: None)


@pytest.fixture(scope="module")
def case(made: demo.Made) -> Case:
    with matter.find(made.root, settings=OWN) as found:
        return found.case()


@pytest.fixture(scope="module")
def expected() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(EXPECTED.read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def readings(labels: dict[str, list[str]], names: list[str]) -> Iterator[tuple[str, str, str]]:
    for requirement, said in labels.items():
        yield from zip([requirement] * len(said), names if len(said) > 1 else ["plain"], said, strict=True)


def cited(case: Case, paper: tuple[str, str], words: str) -> list[Finding]:
    """The findings of that paper's passages that hold these words; of the paper itself where it has none.

    A section is judged as a whole, so a finding on it is one on all its words, whichever it cites.
    """
    own = [
        f
        for f in case.findings
        if isinstance(f.about, Passage | Document) and set(paper) & {document(f).name, document(f).sha256}
    ]
    spoken = re.compile(r"\s+".join(map(re.escape, words.split())))
    inside = [f for f in own if isinstance(f.about, Passage) and spoken.search(f.about.text)]
    whole = [f for f in own if isinstance(f.about, Document)]
    return inside or [f for f in whole if len(document(f).text) < SHORT]


def document(f: Finding) -> Document:
    assert isinstance(f.about, Passage | Document)
    return f.about.doc if isinstance(f.about, Passage) else f.about


def paper(root: Path, file: str) -> tuple[str, str]:
    """A file's name and the digest of its bytes: of two copies only one is read, under either name."""
    made = root / "papers" / file
    return made.name, sha256(made.read_bytes()).hexdigest() if made.is_file() else ""


def test_a_careful_readers_findings_are_found(
    made: demo.Made, case: Case, expected: dict[str, list[dict[str, object]]]
) -> None:
    wanted, missed = 0, []
    for one in expected["finding"]:
        name, words = paper(made.root, str(one["file"])), squeezed(str(one["words"]))
        under = {k: squeezed(v) for k, v in dict(one.get("words_under", {})).items()}  # type: ignore[arg-type]
        for requirement, reading, labels in readings(one.get("in_context") or one["alone"], expected["readings"]):  # type: ignore[arg-type]
            if set(labels.split("|")) & {"silent", "unclear"}:
                continue
            wanted += 1
            found = cited(case, name, words) + (cited(case, name, under[reading]) if reading in under else [])
            said = {f.verdict.value for f in found if f.question == requirement and f.reading == reading}
            if not said & set(labels.split("|")):
                missed.append(
                    f"{name[0]} {one['section']} {requirement} {reading}: wanted {labels}, said {said or 'nothing'}"
                )
    recall = 1 - len(missed) / wanted
    sys.stdout.write(
        "\n  ".join([f"sample matter: {wanted - len(missed)} of {wanted} found ({recall:.3f})", *missed, "\n"])
    )
    assert recall >= 0.95


def test_no_passage_of_the_manual_is_called_a_conflict_without_reason(
    case: Case, expected: dict[str, list[dict[str, object]]]
) -> None:
    meant = {str(one["section"]) for one in expected["finding"] if str(one["file"]).endswith("police-manual-2026.pdf")}
    false: Counter[str] = Counter()
    for f in case.findings:
        if isinstance(f.about, Passage) and f.about.doc.name == "police-manual-2026.pdf" and f.verdict == "conflict":
            found = [s for s in sections(f.about.doc.text, f.about.doc.headings) if s.start <= f.cites[0].start < s.end]
            number = found[-1].number if found else "?"
            false[f"{number} {squeezed(f.cites[0].text)[:80]}"] += number not in meant
    wrong = sorted(key for key, count in false.items() if count)
    sys.stdout.write(
        "\n  ".join(
            [f"sample matter: {len(wrong)} passages of the manual called a conflict that are none", *wrong, "\n"]
        )
    )
    assert len(wrong) <= 1


def number(passage: Passage) -> str:
    """The number of the section that a passage stands in."""
    found = [s for s in sections(passage.doc.text, passage.doc.headings) if s.start <= passage.start < s.end]
    return found[-1].number if found else ""


def test_the_sections_of_the_manual_that_pull_apart_are_found_and_few_others(
    case: Case, expected: dict[str, list[dict[str, object]]]
) -> None:
    manual = "records/police/police-manual-2026.pdf"
    wanted = {
        frozenset([one["one"]["section"], one["other"]["section"]])
        for one in expected["clash"]
        if {one["one"]["file"], one["other"]["file"]} == {manual}
    }  # type: ignore[index]
    found = {
        frozenset([number(f.about), number(other)])
        for f in case.findings
        if isinstance(f.about, Passage) and f.about.doc.name == Path(manual).name
        for other in f.clashes_with
    }
    assert wanted <= found
    assert len(found - wanted) <= 4


def test_what_is_caught_between_two_laws_is_found(
    made: demo.Made, case: Case, expected: dict[str, list[dict[str, object]]]
) -> None:
    missed = []
    for one in expected["caught_between"]:
        name = paper(made.root, str(one["file"]))
        for f in case.findings:
            if not (
                isinstance(f.about, Passage) and f.caught_between and set(name) & {document(f).name, document(f).sha256}
            ):
                continue
            here = one["section"] == number(f.about) or str(one["section"]) in f.about.text
            if here and set(f.caught_between) & set(one["breaks"]) | set(f.caught_between) & set(one["satisfies"]):  # type: ignore[call-overload]
                break
        else:
            missed.append(f"{name[0]} {one['section']}")
    assert missed == []


def test_the_accounting_adds_up(made: demo.Made) -> None:
    records = made.status["records"]
    assert records == {"given": 11, "read": 9, "duplicate-of": 1, "container": 0, "unreadable": 1, "skipped": 0}


def test_the_proof_stands_and_is_judged_again_to_the_same(made: demo.Made) -> None:
    checked = prove.verify(made.root / "proof", rederive=judge)
    assert checked.failures == ()
    assert checked.rederived


def test_the_papers_are_there(made: demo.Made) -> None:
    assert (made.root / "opinion.pdf").read_bytes().startswith(b"%PDF")
    assert {path.name for path in made.root.iterdir()} >= {
        "opinion.pdf",
        "opinion.docx",
        "opinion.html",
        "report.html",
        "proof",
    }
