"""The steps of a matter: each does only what is new, survives a kill, and proves the same state in the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from showcause import matter, prove, settings
from showcause.assess import judge
from showcause.core import Document, Finding, Record

LAWS = ("us/8-usc-1373", "ca/gov-7284.6")
BAN = "GENERAL ORDER {n}\n\n1. No member shall disclose the immigration status of any person to a federal immigration agency.\n"
LEAVE = "BULLETIN {n}\n\n1. Members may send information regarding the immigration status of any person to federal immigration authorities.\n"
PLAIN = "MEMO {n}\n\n1. The property room is open from seven until four.\n"
LETTER = """UNITED STATES DEPARTMENT OF AWARDS
Office of Assurance

May 5, 2031

Chief Maren Oduya
Elsewhere Police Department

Dear Chief Oduya:

Under 2 C.F.R. § 200.337, please produce the following no later than June 6, 2031:

1. Every general order in force since January 1, 2030 that mentions immigration status.

2. The training records for each such order.

If the City does not answer, the Department will issue a subpoena.

Sincerely,

Ines Corrado
Director
"""
ARTICLE = """City says it follows the rules
By Rosa Lindqvist, The Elsewhere Ledger

ELSEWHERE — “Our city complies with section 1373,” Chief Maren Oduya said Tuesday. She said the department would hand over its orders.
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    server = request.getfixturevalue("server")
    return f"{server}{'&' if '?' in server else '?'}matter=m{uuid.uuid4().hex[:12]}"


def own(root: Path) -> settings.Settings:
    made = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_KEY": str(root / "key"), "SHOWCAUSE_WORKERS": "1"})
    if not made.key.exists():
        prove.make_key(made.key)
    return made


def records(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"{n:03}.txt").write_text((BAN, LEAVE, PLAIN)[n % 3].format(n=n))
    return folder


@pytest.fixture
def made(tmp_path: Path, url: str | None) -> Iterator[matter.Matter]:
    with matter.init(tmp_path / "m", laws=LAWS, respondent="City of Elsewhere", settings=own(tmp_path), url=url) as one:
        yield one


def essence(found: matter.Matter) -> list[tuple[object, ...]]:
    return sorted(
        (
            f.question,
            str(f.about.id if isinstance(f.about, Document | Record) else f.about.span),
            f.reading,
            f.verdict,
            f.why,
        )
        for f in found.case().findings
    )


def test_the_whole_motion_on_either_store(made: matter.Matter, tmp_path: Path) -> None:
    made.add([records(tmp_path / "records", 4)])
    for name, text in (("letter.txt", LETTER), ("article.txt", ARTICLE)):
        (tmp_path / name).write_text(text)
    assert [r.label for r in made.ask(tmp_path / "letter.txt").requests] == ["1", "2"]
    assert [c.stance.value for c in made.hear(tmp_path / "article.txt").claims] == ["complies", "will_produce"]
    assert made.assess() == matter.Assessed(4, 0)
    told = made.status()
    assert told["records"]["given"] == told["records"]["read"] == 4
    assert [(r["label"], r["state"], str(r["due"])) for r in told["requests"]] == [
        ("1", "open", "2031-06-06"),
        ("2", "open", "2031-06-06"),
    ]
    assert told["findings"]["us/8-usc-1373"]["narrow"] == {"conflict": 4, "complies": 2, "silent": 2}
    assert any(d["due"] is None for d in told["owed"]), "the promise has no date"
    claim = {f.reading: f.verdict.value for f in made.case().findings if f.question.endswith("/claim-1")}
    assert claim == {"narrow": "contradicted", "broad": "contradicted", "doj-2017": "contradicted"}
    bag = made.prove(tmp_path / "proof")
    assert prove.verify(bag, rederive=judge).failures == ()


def test_a_new_document_costs_only_itself(made: matter.Matter, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", 6)
    made.add([folder])
    assert made.assess() == matter.Assessed(6, 0)
    assert made.assess() == matter.Assessed(0, 6)
    (folder / "new.txt").write_text(BAN.format(n="new"))
    made.add([folder])
    assert made.assess() == matter.Assessed(1, 6)


def test_asking_and_hearing_twice_asks_once(made: matter.Matter, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER)
    made.ask(tmp_path / "letter.txt")
    before = (made.status()["requests"], made.status()["owed"])
    made.ask(tmp_path / "letter.txt")
    assert (made.status()["requests"], made.status()["owed"]) == before


def test_the_same_state_proves_the_same_bytes_and_printing_changes_nothing(made: matter.Matter, tmp_path: Path) -> None:
    made.add([records(tmp_path / "records", 4)])
    made.assess()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = made.prove(tmp_path / "one" / "proof.zip").read_bytes()
    made.opinion(tmp_path / "papers")
    made.report(tmp_path / "papers")
    assert made.prove(tmp_path / "two" / "proof.zip").read_bytes() == one


def test_what_is_withheld_is_in_no_byte_of_the_proof(made: matter.Matter, tmp_path: Path) -> None:
    folder = records(tmp_path / "records", 3)
    advice = "ADVICE zyxomma\n\n1. No clerk shall disclose the immigration status of a zyxomma to a federal immigration agency.\n"
    (folder / "zyxomma-advice.txt").write_text(advice)
    made.add([folder])
    made.assess()
    kept = made.document("zyxomma-advice.txt")
    bag = made.prove(tmp_path / "proof", withhold=["zyxomma-advice.txt"])
    hidden = [b"zyxomma", kept.id.encode(), kept.sha256.encode()]
    for path in bag.rglob("*"):
        if path.is_file():
            assert not any(word in path.read_bytes() + path.name.encode() for word in hidden), path
    assert prove.verify(bag, rederive=judge).failures == ()
    whole = made.prove(tmp_path / "internal", internal=True)
    assert any(b"zyxomma" in path.read_bytes() for path in whole.rglob("*.txt"))


SCRIPT = """
import sys
from pathlib import Path
from showcause import matter, settings
matter.BATCH = 2
own = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_WORKERS": "1"})
with matter.find(Path(sys.argv[1]), settings=own) as found:
    found.assess(tell=lambda done, total, note: print(done, flush=True))
"""


@pytest.mark.parametrize("lines", [1, 5])
def test_a_kill_during_assess_ends_in_the_same_state(tmp_path: Path, lines: int) -> None:
    folder = records(tmp_path / "records", 24)
    for name in ("killed", "whole"):
        with matter.init(tmp_path / name, laws=LAWS, respondent="City of Elsewhere", settings=own(tmp_path)) as one:
            one.add([folder])
    run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path / "killed")], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    for _ in range(lines):
        run.stdout.readline()
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    run.stdout.close()
    with (
        matter.find(tmp_path / "killed", settings=own(tmp_path)) as one,
        matter.find(tmp_path / "whole", settings=own(tmp_path)) as other,
    ):
        done = one.assess()
        assert done.kept >= 2 * lines
        assert done.judged + done.kept == 24
        other.assess()
        assert essence(one) == essence(other)


def test_findings_cite_words_that_stand_where_they_say(made: matter.Matter, tmp_path: Path) -> None:
    made.add([records(tmp_path / "records", 3)])
    made.assess()

    def stands(f: Finding) -> bool:
        return all(c.doc.text[c.start : c.end] == c.text for c in f.cites)

    assert all(stands(f) for f in made.case().findings)
