"""The answer of a matter, end to end: decisions, redactions, volumes, logs, letters; and nothing withheld in any byte."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import independent
import pytest
import searcher
from hypothesis import given
from hypothesis import strategies as st

from showcause import matter, prove, settings
from showcause.ask import Stated
from showcause.assess.counsel import Counsel
from showcause.core import Given, State, Verdict
from showcause.errors import BadInput, NotFound
from showcause.matter import CallFacts, Papers, Production, numbering
from showcause.matter.importing import taken_in
from showcause.matter.placing import families
from showcause.produce import Certification, LogKind, Objection, Outcome

AT = datetime(2031, 6, 1, tzinfo=UTC)
V = Verdict
LETTER = """UNITED STATES DEPARTMENT OF AWARDS
Office of Assurance

May 5, 2031

Chief Maren Oduya
Elsewhere Police Department

Dear Chief Oduya:

Under 2 C.F.R. § 200.337, please produce the following no later than June 6, 2031:

1. Every message on the annex since January 1, 2030.

2. The key book.

3. The minutes of the annex board.

Please also answer this question in writing. Does the City keep the keys of the annex?

If the City does not answer, the Department will issue a subpoena.

Sincerely,

Ines Corrado
Director
"""
ADVICE, BURNED, NAMED, SHEET = "Zqwithheldadvice", "Zqburnedwords", "Zqnamedfile", "Zqhiddenrow"
LAWYER = "Ines Vane <i.vane@elsewhere.example>"
CHIEF = "Maren Oduya <m.oduya@elsewhere.example>"


def own(root: Path) -> settings.Settings:
    made = settings.read({"SHOWCAUSE_ACTOR": "k.ito", "SHOWCAUSE_KEY": str(root / "key"), "SHOWCAUSE_WORKERS": "1"})
    if not made.key.exists():
        prove.make_key(made.key)
    return made


def mail(sender: str, to: str, subject: str, body: str, *attached: tuple[str, bytes], number: int = 1) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = f"Mon, 0{number} Apr 2030 09:00:00 +0000", f"<m{number}@elsewhere.example>"
    message.set_content(body)
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def papers(folder: Path) -> Path:
    """A record: a plain message with a note, advice of counsel with a file of a telling name, a memo, an aside."""
    folder.mkdir()
    note = f"The spare key hangs in room 4. The code of the safe is {BURNED}. Nobody else has it.\n"
    files = {
        "plain.eml": mail(CHIEF, "clerk@elsewhere.example", "Annex keys", "The annex keys are with the clerk.", ("note.txt", note.encode())),
        "advice.eml": mail(LAWYER, CHIEF, "The lease", f"My legal advice: the clause is enforceable, and a court would say so. {ADVICE}.", (f"{NAMED}.txt", f"Draft answer. {ADVICE} {SHEET}".encode()), number=2),
        "memo.txt": b"The key book was closed on Friday. All forty keys were counted by the clerk.\n",
        "aside.txt": b"The soup was good on Tuesday.\n",
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "other").mkdir()
    (folder / "other" / "memo copy.txt").write_bytes(files["memo.txt"])
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The matter with its record and its letter, made once."""
    root = tmp_path_factory.mktemp("filled")
    with matter.init(root / "m", laws=("us/8-usc-1373",), respondent="City of Elsewhere", settings=own(root)) as one:
        one.add([papers(root / "records")])
        (root / "letter.txt").write_text(LETTER)
        one.ask(root / "letter.txt")
        one.answer.add_counsel(Counsel("Ines Vane", ("i.vane@elsewhere.example",)))
        one.answer.add_inside("elsewhere.example")
    return root


@pytest.fixture
def made(filled: Path, tmp_path: Path) -> Iterator[matter.Matter]:
    for name in ("m", "records"):
        shutil.copytree(filled / name, tmp_path / name)
    with matter.find(tmp_path / "m", settings=own(tmp_path)) as one:
        yield one


def decided(one: matter.Matter) -> None:
    """Every call that the first volume needs."""
    desk = one.answer
    desk.propose()
    for name, request in (("plain.eml", "1"), ("advice.eml", "1"), ("memo.txt", "2")):
        desk.responds(name, request=request, why="answers it")
    desk.call("advice.eml", V.WITHHOLD, why="advice asked for and given")
    desk.call(f"{NAMED}.txt", V.WITHHOLD, why="counsel's draft", facts=CallFacts("Attorney work product", "the lease"))
    desk.redact("note.txt", reason="LE", texts=[BURNED])


def first(one: matter.Matter, tmp_path: Path, **more: object) -> Path:
    made = one.answer.produce(Production("VOL001", prefix="ELS-", **more), to=tmp_path / "out")
    assert made.place, made.stopped
    return made.place


def rows(place: Path, name: str = "VOL001") -> list[dict[str, str]]:
    fields, found = independent.dat((place / f"DATA/{name}.DAT").read_bytes())
    return [dict(zip(fields, row, strict=True)) for row in found]


def test_a_demand_is_answered_from_calls_to_papers_and_nothing_withheld_is_in_any_byte(
    made: matter.Matter, tmp_path: Path
) -> None:
    decided(made)
    place = first(made, tmp_path, endorsement="CONFIDENTIAL")
    values = rows(place)
    assert [(v["BEGBATES"], v["BEGATTACH"], v["WITHHELD"], v["REDACTED"]) for v in values] == [
        ("ELS-0000001", "ELS-0000001", "Yes", ""),  # the advice, and what hangs on it
        ("ELS-0000002", "ELS-0000001", "Yes", ""),
        ("ELS-0000003", "", "", ""),  # the memo
        ("ELS-0000004", "ELS-0000004", "", ""),
        ("ELS-0000005", "ELS-0000004", "", "Yes"),
    ]
    assert {v["CONFIDENTIALITY"] for v in values if not v["WITHHELD"]} == {"CONFIDENTIAL"}
    desk = Papers(made.answer)
    desk.sign("Ines Vane", "City Attorney")
    cover = desk.cover("VOL001", tmp_path / "out", at=AT)
    for kind in LogKind:
        for suffix in (".csv", ".xlsx", ".docx", ".pdf"):
            to = tmp_path / "logs" / f"{kind.name.lower()}{suffix}"
            desk.log(kind, to, at=AT, certification=Certification("Ines Vane", "City Attorney"))
    desk.object("1", Objection("It reaches private mail", withheld=False, reaches="private mail"))
    desk.reply(tmp_path / "reply", at=AT)
    bag = made.prove(tmp_path / "proof")
    assert cover.files[0].is_file()
    secrets = [ADVICE, BURNED, NAMED, SHEET]
    for folder in (place, tmp_path / "logs", tmp_path / "reply", bag):
        assert searcher.found(folder, [w for w in secrets if (folder, w) != (tmp_path / "logs", NAMED)]) == []
    for paper in cover.files:
        assert not any(w.encode() in paper.read_bytes() for w in secrets)
    assert searcher.found(tmp_path / "m" / ".showcause" / "blobs", [ADVICE]), "the searcher would have found it"
    assert prove.verify(bag).failures == ()


def test_the_log_says_who_and_why_and_marks_counsel(made: matter.Matter, tmp_path: Path) -> None:
    decided(made)
    first(made, tmp_path)
    printed = Papers(made.answer).log(LogKind.DOCUMENT, tmp_path / "log.csv", at=AT)
    found = list(csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text("utf-8-sig"))))
    assert [(r["Bates"], r["Treatment"], r["Basis"]) for r in found[:2]] == [
        ("ELS-0000001", "Withheld", "Attorney-client privilege"),
        ("ELS-0000002", "Withheld", "Attorney work product"),
    ]
    assert found[0]["Author"] == "Ines Vane <i.vane@elsewhere.example>*"
    assert "legal advice" in found[0]["Description"]
    assert all("PL-0001" not in line for line in printed.lacks)


def test_the_response_answers_each_item_and_keeps_what_an_attorney_wrote(made: matter.Matter, tmp_path: Path) -> None:
    decided(made)
    desk, papers = made.answer, Papers(made.answer)
    first(made, tmp_path)
    printed = papers.reply(tmp_path, at=AT)
    text = (tmp_path / "response.md").read_text()
    assert "numbered ELS-0000004 through ELS-0000005" in text
    assert "2 responsive documents are withheld or redacted as privileged" in text
    assert "numbered ELS-0000003" in text
    assert "[No person has reviewed documents for this request yet.]" in text
    assert any("request-3" in line for line in printed.lacks)
    edited = text.replace("[Answer this question in writing.]", "The City does keep them.").replace(
        "Nothing in one answer limits another.", "Nothing here limits another answer. — I.V."
    )
    (tmp_path / "response.md").write_text(edited)
    doc = desk.document("aside.txt")
    with made._store.act("k.ito", "review") as act:
        from showcause.core import Finding

        question = desk.questions(["3"])[0]
        act.find(Finding(question, doc, "plain", V.NOT_RESPONSIVE, (), "no minutes", "person:k.ito", act.at))
    papers.object("2", Objection("It is vague", withheld=None))
    printed = papers.reply(tmp_path, at=AT)
    again = (tmp_path / "response.md").read_text()
    for words in (
        "The City does keep them.",
        "— I.V.",
        "found no responsive document",
        "collected and read",
        "It is vague",
    ):
        assert words in again
    assert any("whether anything is withheld" in line for line in printed.lacks)
    assert (tmp_path / "response.pdf").read_bytes().startswith(b"%PDF")
    papers.answer("", 1, "It does.")
    with pytest.raises(NotFound):
        papers.answer("", 2, "?")


def test_a_persons_word_stands_above_the_rule_and_doubt_stops_the_volume(made: matter.Matter, tmp_path: Path) -> None:
    desk = made.answer
    assert desk.propose()[V.WITHHOLD] == 1
    proposed = {c.name: c.stands for c in desk.calls()}
    assert (proposed["advice.eml"].verdict, proposed["advice.eml"].person) == (V.WITHHOLD, False)
    assert proposed[f"{NAMED}.txt"].verdict is V.UNCLEAR
    for name in ("plain.eml", "advice.eml"):
        desk.responds(name, request="1", why="answers it")
    made_ = desk.produce(Production("VOL001", prefix="ELS-"), to=tmp_path / "out")
    stopped = {(f.check.value, f.what) for f in made_.stopped}
    assert made_.place is None
    assert ("unreviewed", "it is withheld by a proposal that nobody decided") in stopped
    assert ("privileged", "whether it is privileged is unclear") in stopped
    desk.call("advice.eml", V.PRODUCE, why="the board waived it")
    desk.call(f"{NAMED}.txt", V.PRODUCE, why="the board waived it")
    assert desk.propose()[V.WITHHOLD] == 1, "the rule says what it said"
    assert {c.name: c.stands.verdict for c in desk.calls()}["advice.eml"] is V.PRODUCE
    assert desk.held_back() == frozenset()
    first(made, tmp_path)


def test_an_override_is_on_the_record_before_the_volume_is(made: matter.Matter, tmp_path: Path) -> None:
    desk = made.answer
    desk.responds("memo.txt", request="2", why="answers it")
    wanted = Production("VOL001", prefix="ELS-")
    assert [f.check.value for f in desk.produce(wanted, to=tmp_path / "out").stopped] == ["unreviewed"]
    with pytest.raises(BadInput, match="the checks are"):
        desk.produce(wanted, to=tmp_path / "out", overrides=[("unknown", "why", "")])
    done = desk.produce(
        wanted, to=tmp_path / "out", overrides=[("unreviewed", "a single memo, read by me", "memo.txt")]
    )
    assert done.place
    assert [(f.by.who, f.by.why) for f in done.flags if f.by] == [("k.ito", "a single memo, read by me")]
    acts = [entry.act.act for entry in made._store.log()]
    assert acts.index("override") < acts.index("produce")


def test_only_what_a_person_called_is_produced_unless_it_is_asked_for_plainly(
    made: matter.Matter, tmp_path: Path
) -> None:
    from showcause.core import Finding

    desk = made.answer
    desk.propose()
    with made._store.act("rule", "review") as act:
        doc = desk.document("memo.txt")
        by = "rule:responsive:1"
        act.find(
            Finding(desk.questions(["2"])[0], doc, "plain", V.RESPONSIVE, (doc.passage(0, 12),), "key book", by, act.at)
        )
    with pytest.raises(BadInput, match="called responsive by a person"):
        desk.produce(Production("VOL001", prefix="ELS-"), to=tmp_path / "out")
    first(made, tmp_path, proposed=True)
    cover = Papers(desk).cover("VOL001", tmp_path / "out", at=AT)
    import pypdfium2

    page = pypdfium2.PdfDocument(cover.files[0])[0].get_textpage().get_text_range()
    assert "selected by rule" in " ".join(page.split())


def test_volumes_go_on_in_number_and_a_claw_back_leaves_a_placeholder(made: matter.Matter, tmp_path: Path) -> None:
    decided(made)
    desk = made.answer
    first(made, tmp_path)
    desk.responds("aside.txt", request="3", why="answers it after all")
    with pytest.raises(BadInput, match="made already"):
        desk.produce(Production("VOL001", prefix="ELS-"), to=tmp_path / "out")
    second = desk.produce(Production("VOL002", prefix="ELS-", requests=("3",)), to=tmp_path / "out")
    assert second.summary.ranges == (("ELS-0000006", "ELS-0000006"),)
    with pytest.raises(NotFound):
        desk.clawback("ELS-0000099", why="slip")
    taken = desk.clawback(
        "ELS-0000003", why="The clerk took it for the public copy", facts=CallFacts("Attorney work product")
    )
    letter = Papers(desk).clawback(taken, tmp_path / "out", at=AT)
    assert letter.files[0].name == "clawback-ELS-0000003.pdf"
    again = desk.produce(Production("VOL001R", prefix="ELS-", replaces=True), to=tmp_path / "out")
    assert again.place, again.stopped
    assert [v["BEGBATES"] for v in rows(again.place, "VOL001R")] == ["ELS-0000003"]
    assert b"clawed back" in next((again.place / "TEXT").rglob("*.TXT")).read_bytes()
    Papers(desk).log(LogKind.METADATA, tmp_path / "log.csv", at=AT)
    assert "ELS-0000003" in (tmp_path / "log.csv").read_text("utf-8-sig")
    assert desk.document("ELS-0000006").name == "aside.txt"


KILLED = """
import os, sys
from pathlib import Path
from showcause import matter, settings, produce
from showcause.matter import Production
from showcause.produce import journal, volume
from showcause.matter.answering import Answering
root, when = Path(sys.argv[1]), sys.argv[2]
own = settings.read({"SHOWCAUSE_ACTOR": "k.ito", "SHOWCAUSE_WORKERS": "1"})
if when == "written":
    journal.Journal.add = lambda self, family: os._exit(9)
if when == "moved":
    Answering._made = lambda *a: os._exit(9)
if when == "claimed":
    volume._prepare = lambda *a: os._exit(9)
with matter.find(root / "m", settings=own) as one:
    one.answer.produce(Production("VOL001", prefix="ELS-"), to=root / "out")
"""


@pytest.mark.parametrize("when", ["claimed", "written", "moved"])
def test_a_run_that_is_killed_costs_no_number_and_doubles_none(made: matter.Matter, tmp_path: Path, when: str) -> None:
    decided(made)
    ran = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), when], check=False)
    assert ran.returncode == 9
    assert numbering.ledger(made._store, "ELS-").last == 5, "the claim stands"
    made.answer.responds("aside.txt", request="3", why="answers it")
    wanted = Production("VOL001", prefix="ELS-", requests=("1", "2"))
    done = made.answer.produce(wanted, to=tmp_path / "out")
    assert done.place
    assert [v["BEGBATES"] for v in rows(done.place)] == [f"ELS-000000{n}" for n in range(1, 6)]
    after = made.answer.produce(Production("VOL002", prefix="ELS-", requests=("3",)), to=tmp_path / "out")
    assert after.summary.ranges == (("ELS-0000006", "ELS-0000006"),)
    book = made.answer.ledgers()[0]
    assert (book.last, book.void) == (6, ())


def test_numbers_of_a_volume_that_was_passed_by_are_a_gap_with_its_reason(made: matter.Matter, tmp_path: Path) -> None:
    decided(made)
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "claimed"], check=False)
    made.answer.responds("aside.txt", request="3", why="answers it")
    done = made.answer.produce(Production("VOL002", prefix="ELS-", requests=("3",)), to=tmp_path / "out")
    assert done.summary.ranges == (("ELS-0000006", "ELS-0000006"),), "what is claimed is not given twice"
    made.answer.reserve("ELS-", 7, 20, why="for the annex board")
    assert made.answer.ledgers()[0].last == 6
    with pytest.raises(BadInput):
        made.answer.reserve("ELS-", 6, 6, why="taken")


def test_what_a_pattern_finds_is_listed_and_entered_only_when_it_is_accepted(
    made: matter.Matter, tmp_path: Path
) -> None:
    place = tmp_path / "more" / "pay.txt"
    place.parent.mkdir()
    place.write_text("Payroll.\n\nThe new clerk's social security number is 219-09-9999, her desk is ready.\n")
    made.add([place])
    desk = made.answer
    found = list(desk.patterns(["ssn"], reason="PII"))
    assert [(name, hit.words) for _, name, hit in found] == [("pay.txt", ("219-09-9999",))]
    assert desk.redactions() == {}
    list(desk.patterns(["ssn"], reason="PII", accept=True))
    assert [len(v) for v in desk.redactions().values()] == [1]
    assert list(desk.patterns(["ssn"], reason="PII")) == [], "it is entered already"
    shown = desk.preview("pay.txt", tmp_path / "look.png")
    assert shown[0].read_bytes().startswith(b"\x89PNG")
    with pytest.raises(BadInput, match="no reason"):
        desk.redact("pay.txt", reason="NOPE", texts=["clerk"])
    with pytest.raises(BadInput, match="none of its pages"):
        desk.redact("pay.txt", reason="PII", texts=["unicorn"])
    assert desk.lift("pay.txt", why="she is the clerk in public") == 1
    assert desk.redactions() == {}
    (tmp_path / "m" / "redactions.toml").write_text('[reasons]\nNOPE = { printed = "No", says = "nothing" }\n')
    assert desk.redact("pay.txt", reason="NOPE", texts=["clerk"])[0].reason == "NOPE"


def test_another_partys_volume_comes_in_with_its_numbers_families_and_text(made: matter.Matter, tmp_path: Path) -> None:
    decided(made)
    place = first(made, tmp_path)
    with matter.init(
        tmp_path / "theirs", laws=("us/8-usc-1373",), respondent="The Department", settings=own(tmp_path)
    ) as other:
        done = taken_in(other.answer, place, party="City of Elsewhere")
        assert (done.documents, done.first, done.last, done.faults) == (5, "ELS-0000001", "ELS-0000005", ())
        memo = other.answer.document("ELS-0000003")
        assert "forty keys" in memo.text
        assert memo.custodian == "City of Elsewhere"
        message = other.answer.document("ELS-0000004")
        assert message.mail.sender.address == "m.oduya@elsewhere.example"
        assert message.date == date(2030, 4, 1)
        whole = [[p.path.rpartition("/")[2] for p in family] for family in families(other.given())]
        assert ["ELS-0000004", "ELS-0000005"] in whole
        counts = other.status()["records"]
        assert counts["given"] == sum(v for k, v in counts.items() if k != "given")
        assert taken_in(other.answer, place, party="City of Elsewhere").known == 5
        assert other.status()["records"] == counts
        with pytest.raises(BadInput, match="no DAT"):
            taken_in(other.answer, tmp_path / "records", party="x")


def test_a_query_narrows_what_was_called(made: matter.Matter, tmp_path: Path) -> None:
    desk = made.answer
    for name, request in (("plain.eml", "1"), ("memo.txt", "2")):
        desk.responds(name, request=request, why="answers it")
    assert list(desk._answers(Production("", query="forty"))) == [desk.document("memo.txt").id]
    with pytest.raises(BadInput, match="nothing is to be produced"):
        desk.produce(Production("VOL001", prefix="ELS-", query="unicorn"), to=tmp_path / "out")


def test_every_load_file_and_pdf_images_on_demand(made: matter.Matter, tmp_path: Path) -> None:
    desk = made.answer
    desk.propose()
    kinds = ("dat", "opt", "lfp", "edrm")
    wanted = Production("ABC001", prefix="ABC", width=8, ids=("memo.txt",), images="pdf", load=kinds)
    done = desk.produce(wanted, to=tmp_path / "out")
    assert done.place, done.stopped
    assert {p.suffix for p in (done.place / "DATA").iterdir()} == {".DAT", ".OPT", ".LFP", ".XML", ".txt"}
    assert [p.name for p in (done.place / "IMAGES").rglob("*.*")] == ["ABC00000001.PDF"]
    with pytest.raises(BadInput, match="8 digits"):
        desk.produce(Production("ABC002", prefix="ABC", width=6, ids=("memo.txt",)), to=tmp_path / "out")
    with pytest.raises(BadInput, match="images are"):
        desk.produce(Production("ABC002", prefix="ABC", images="gif", ids=("memo.txt",)), to=tmp_path / "out")


def test_states_follow_a_persons_word(made: matter.Matter) -> None:
    papers = Papers(made.answer)
    assert papers.settle("1", part=True) == "answered in part"
    assert papers.settle("letter.txt/1", part=False) == "answered"
    assert {r["label"]: r["state"] for r in made.status()["requests"]} == {"1": "answered", "2": "open", "3": "open"}
    said = made.answer.store.events(
        "request", Stated
    )  # the exchange knows it too, with its day, and what is owed follows
    assert [one.value.state for one in said] == ["answered in part", "answered"]
    with pytest.raises(NotFound):
        papers.settle("9", part=False)
    with pytest.raises(BadInput, match="grounds"):
        papers.object("1", Objection(" ", withheld=False))


def test_counsel_comes_from_a_csv_and_goes_again(made: matter.Matter, tmp_path: Path) -> None:
    place = tmp_path / "counsel.csv"
    place.write_text(
        "Name,Email,Domain,Firm,Since,Until\nA. Bell,a@x.example;b@x.example,,,2030-01-01,\nBell LLP,,bell.example,Bell LLP,,\n"
    )
    desk = made.answer
    assert desk.load_counsel(place) == 2
    assert [c.name for c in desk.counsel()] == ["A. Bell", "Bell LLP", "Ines Vane"]
    desk.remove_counsel("A. Bell")
    assert [c.name for c in desk.counsel()] == ["Bell LLP", "Ines Vane"]
    with pytest.raises(NotFound):
        desk.remove_counsel("A. Bell")
    place.write_text("Name,Since\nA. Bell,soon\n")
    with pytest.raises(BadInput, match="line 2"):
        desk.load_counsel(place)


def test_a_proof_holds_back_what_is_kept_back_and_says_nothing_of_privilege(
    made: matter.Matter, tmp_path: Path
) -> None:
    decided(made)
    made.assess()
    bag = made.prove(tmp_path / "proof")
    held = {made.answer.document(n).id for n in ("advice.eml", "note.txt", f"{NAMED}.txt")}
    assert held == made.answer.held_back()
    everything = b"".join(p.read_bytes() for p in sorted(bag.rglob("*")) if p.is_file())
    assert not any(name.encode() in everything for name in held)
    assert b"Attorney-client" not in everything
    whole = made.prove(tmp_path / "whole", internal=True)
    assert prove.verify(whole).failures == ()


# --- places ----------------------------------------------------------------------------------------


def thing(path: str, state: State, document: str | None, parent: str | None = None, custodian: str = "Clerk") -> Given:
    name = path.rpartition("/")[2]
    return Given(
        path, name, 1, f"{hash(path) & 0xFFFF:064x}", state, custodian, "k.ito", AT, None, document, None, parent
    )


def test_copies_are_suppressed_loose_and_kept_where_they_hang() -> None:
    found = families(
        [
            thing("a.eml", State.READ, "d-a"),
            thing("a.eml!/x.pdf", State.READ, "d-x", "a.eml"),
            thing("b.eml", State.READ, "d-b"),
            thing("b.eml!/x.pdf", State.DUPLICATE, "d-x", "b.eml"),
            thing("loose/x.pdf", State.DUPLICATE, "d-x", custodian="Mayor"),
            thing("box.zip", State.CONTAINER, None),
            thing("box.zip!/c.txt", State.READ, "d-c", "box.zip"),
        ]
    )
    names = [[p.document for p in family] for family in found]
    assert names == [["d-a", "d-x"], ["d-b", "d-x"], ["d-c"]]
    assert found[0][1].item == "d-x"
    assert found[0][1].custodians == ("Clerk", "Mayor")
    assert found[1][1].item.startswith("d-x.")
    assert found[0][1].also == ("loose/x.pdf",)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.booleans()), max_size=12))
def test_every_thing_that_became_a_document_has_one_place_or_is_a_named_copy(
    plan: list[tuple[int, bool, bool]],
) -> None:
    seen: set[int] = set()
    given_: list[Given] = []
    for n, (doc, hangs, _) in enumerate(plan):
        state = State.DUPLICATE if doc in seen else State.READ
        seen.add(doc)
        heads = [g for g in given_ if g.state is State.READ and g.parent is None]
        parent = heads[0].path if hangs and heads else None
        given_.append(thing(f"{n}.txt", state, f"d-{doc}", parent))
    places = [p for family in families(given_) for p in family]
    assert sorted([p.path for p in places] + [path for p in places for path in p.also]) == sorted(
        g.path for g in given_
    )
    assert len({p.item for p in places}) == len(places)


def test_outcomes_are_named_as_the_letter_does() -> None:
    assert {o.value for o in Outcome} >= {"produced", "withheld", "objected to in part", "none found"}
