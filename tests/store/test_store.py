"""What every store promises, tried on each."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from showcause.core import (
    RECORD,
    Authority,
    Claim,
    Consequence,
    Deadline,
    Document,
    Finding,
    Given,
    Heading,
    Kind,
    Law,
    Letter,
    Loaded,
    LoadedKind,
    Mark,
    OfficialText,
    PageMap,
    Provision,
    Question,
    Quote,
    QuoteKind,
    Reading,
    Request,
    Requirement,
    Stance,
    State,
    Statement,
    Threat,
    Verdict,
)
from showcause.errors import BadInput, Busy, NotFound, NotProven
from showcause.store import Store

T = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def document(name: str = "d1", words: str = "Members shall not tell. Members may ask.") -> Document:
    marks = PageMap((Mark(0, page=1), Mark(24, page=2, paragraph=3, part="body")))
    return Document(
        name, name * 2, "pdf", "Records", date(2020, 2, 29), words, marks, f"{name}.pdf", "Title", (Heading(0, 7, 1),)
    )


def finding(
    doc: Document, verdict: Verdict = Verdict.CONFLICT, *, question: str = "l#a", by: str = "duty:1"
) -> Finding:
    whole = doc.passage(0, 23)
    return Finding(question, whole, "broad", verdict, (whole,), "it forbids", by, T, (doc.passage(24, 40),), ("k#b",))


def given(path: str, state: State = State.READ, document_id: str | None = None, sha: str = "aa") -> Given:
    return Given(path, path, 12, sha, state, "Records", "k", T, T - HOUR, document_id, None, None)


def law(digest: str = "p1", official: OfficialText | None = None) -> Law:
    rules = {"terms": {"status": ["legal status"]}, "since": date(1996, 9, 30), "weights": [1, 2.5, True, None]}
    requirement = Requirement("l#a", "No ban.", "(a)", ("/us/a",), duty=True, rules=rules)
    authority = Authority("1 F.3d 1", "9th Cir.", "holds", date(2019, 7, 1), "12")
    reading = Reading("broad", "Broad", "all of it", (authority,), ("9th Cir.",), judged=False)
    return Law("l", "8 U.S.C. 1", "A law", "us", "here", (requirement,), (reading,), digest, rules, official)


def version(in_force: date | None, repealed: date | None = None, words: str = "words") -> OfficialText:
    return OfficialText(
        "8 U.S.C. 1", "/us/1", "A law", words, (Provision("/us/a", "(a)", "", "subsection", 0, 2),), "f.xml", "cc",
        None, in_force, repealed,
    )  # fmt: skip


LETTER = Letter(
    "The Dept", None, ("The City",), date(2026, 1, 2), None, "in ten days", ("8 U.S.C. 1",),
    (Request("1", "Members", None, 0, 7),), ("Why?",), (Consequence(Threat.SUBPOENA, "subpoena"),), "K", None,
)  # fmt: skip
STATEMENT = Statement(
    (Quote("Members", QuoteKind.DIRECT, "K", None, None, "The Paper", "said", 0, 7, "g"),),
    (Claim("K", "shall", Stance.COMPLIES, None, date(2026, 5, 1), 8, 13),),
    (Loaded("not", LoadedKind.INSULT, 14, 17),),
    "The Paper", None, date(2026, 1, 1),
)  # fmt: skip


def test_everything_comes_back_as_it_went_in(kept: Store, reopen: Callable[[], Store]) -> None:
    doc, frozen = document(), law(official=version(date(1996, 9, 30)))
    question = Question("l#a", Kind.REQUEST, "Members", doc.passage(0, 7))
    plain = Question("l#b", Kind.REQUIREMENT, "text", "8 U.S.C. 1")
    owed = (Deadline("records", "the Dept", date(2026, 4, 1), "30 days", "d1"), Deadline("x", "y", None, "r", "d1"))
    with kept.act("k.ito", "all", {"n": 1}, at=T) as act:
        act.documents(doc)
        act.give(given("b.pdf", document_id="d1"))
        act.freeze(frozen)
        act.letter("d1", LETTER)
        act.statement("d1", STATEMENT)
        act.ask(question, plain)
        act.find(finding(doc))
        act.owe("d1", owed)
        act.request_state("l#a", "open")
        act.keep("counsel", {"name": "K", "since": date(2026, 1, 1)})
    again = reopen()
    assert again.document("d1") == doc
    assert again.laws() == (frozen,)
    assert again.letters() == {"d1": LETTER}
    assert again.statements() == {"d1": STATEMENT}
    assert again.questions() == (question, plain)
    assert list(again.findings()) == [finding(doc)]
    assert again.deadlines() == owed
    assert again.request_states() == {"l#a": "open"}
    assert again.kept("counsel") == {"name": "K", "since": date(2026, 1, 1)}
    assert list(again.given()) == [given("b.pdf", document_id="d1")]
    assert again.given_at({"b.pdf", "none"}) == {"b.pdf": (given("b.pdf", document_id="d1"),)}
    assert list(again.copies("d1")) == [given("b.pdf", document_id="d1")]
    assert [entry.act.act for entry in again.log()][-1] == "all"
    assert again.verify() == len(list(again.log()))


@pytest.mark.parametrize("words", ["", "nul \x00 and half a pair \ud800", "日本 \U0001f5ce \r\n", "x" * 3_000_000])
def test_any_text_that_a_file_can_hold_is_kept(kept: Store, words: str) -> None:
    with kept.act("k", "add") as act:
        act.documents(document(words=words))
        act.give(given("bad\udcffname\x01.txt"))
    assert kept.document("d1").text == words
    assert [one.path for one in kept.given()] == ["bad\udcffname\x01.txt"]
    kept.verify()


def test_given_is_in_order_of_path_and_counted_by_state_once_however_often_added(kept: Store) -> None:
    for _ in range(2):
        with kept.act("k", "add") as act:
            act.give(given("b", State.UNREADABLE), given("a/é"), given("a/z"), given("B", State.SKIPPED))
    assert [one.path for one in kept.given()] == ["B", "a/z", "a/é", "b"]
    assert [one.path for one in kept.given(state=State.READ)] == ["a/z", "a/é"]
    counts = {state.value: n for state, n in kept.given_counts().items()}
    assert counts == {"read": 2, "duplicate-of": 0, "container": 0, "unreadable": 1, "skipped": 1}


def test_same_path_with_other_bytes_is_another_thing_given(kept: Store) -> None:
    with kept.act("k", "add") as act:
        act.give(given("a", sha="1"), given("a", sha="2"))
    assert [one.sha256 for one in kept.given()] == ["1", "2"]


def test_many_rows_come_a_page_at_a_time_without_gap_or_double(kept: Store) -> None:
    names = [f"d{n:04}" for n in range(1203)]
    with kept.act("k", "add") as act:
        act.documents(*(document(name) for name in reversed(names)))
        act.give(*(given(f"{name}.pdf", document_id=name) for name in names))
    assert list(kept.document_ids()) == names
    assert [doc.id for doc in kept.documents()] == names
    assert [one.document for one in kept.given()] == names
    assert kept.verify() == 2 * len(names) + 1


def test_a_document_is_never_overwritten(kept: Store) -> None:
    with kept.act("k", "add") as act:
        act.documents(document(), document(words="another text, the same id, in place of it"))
    with kept.act("k", "add") as act:
        act.documents(document(words="another text, the same id, in place of it"))
    assert kept.document("d1") == document()
    assert kept.documents_of("d1d1") == ("d1",)
    kept.verify()


def test_an_act_that_fails_leaves_nothing(kept: Store) -> None:
    def half() -> None:
        with kept.act("k", "add") as act:
            act.documents(document())
            act.blob(b"bytes")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert (kept.document_ids(), list(kept.log()), list(kept.blobs)) == ((), [], [])
    assert not list(kept.blobs.folder.rglob("*.*"))


def test_an_act_reads_its_own_writes_and_others_do_not(kept: Store, reopen: Callable[[], Store]) -> None:
    other = reopen()
    with kept.act("k", "add") as act:
        act.documents(document())
        assert kept.document_ids() == ("d1",)
        assert other.document_ids() == ()
    assert other.document_ids() == ("d1",)


def test_no_act_begins_within_another(kept: Store) -> None:
    with kept.act("k", "add"), pytest.raises(ValueError, match="within another"), kept.act("k", "more"):
        pass
    assert [entry.act.act for entry in kept.log()] == ["add"]


# --- findings ------------------------------------------------------------------------------------


def judged(
    kept: Store, at: datetime, *findings: Finding, key: str = "k1", questions: tuple[str, ...] = ("l#a",)
) -> None:
    by = findings[0].by if findings else "duty:1"
    with kept.act("k", "assess", at=at) as act:
        act.assess("d1", key=key, by=by, questions=questions, findings=findings)


@pytest.fixture
def doc(kept: Store) -> Document:
    """A document in the store."""
    with kept.act("k", "add", at=T) as act:
        act.documents(document())
    return document()


def verdicts(kept: Store, **asked: object) -> list[str]:
    return [f"{f.by} {f.verdict}" for f in kept.findings(**asked)]  # type: ignore[arg-type]


def test_a_later_assessment_of_the_same_judge_hides_the_earlier_with_passages_that_bear_no_more(kept, doc) -> None:
    judged(kept, T, finding(doc))
    judged(kept, T + HOUR, key="k2")
    assert verdicts(kept) == []
    assert verdicts(kept, as_of=T) == ["duty:1 conflict"]
    assert verdicts(kept, current=False) == ["duty:1 conflict"]


def test_a_new_version_of_a_judge_takes_the_place_of_the_old_and_other_judges_stay(kept, doc) -> None:
    judged(kept, T, finding(doc))
    judged(kept, T, finding(doc, by="entail:1"), key="e")
    judged(kept, T + HOUR, finding(doc, Verdict.UNCLEAR, by="duty:2"), key="k2")
    assert verdicts(kept) == ["entail:1 conflict", "duty:2 unclear"]
    assert verdicts(kept, as_of=T + HOUR / 2) == ["duty:1 conflict", "entail:1 conflict"]


def test_an_assessment_hides_only_the_questions_that_it_answers(kept, doc) -> None:
    judged(kept, T, finding(doc), finding(doc, question="l#b"), questions=("l#a", "l#b"))
    judged(kept, T + HOUR, finding(doc, Verdict.COMPLIES), key="k2", questions=("l#a",))
    assert verdicts(kept, question="l#a") == ["duty:1 complies"]
    assert verdicts(kept, question="l#b") == ["duty:1 conflict"]
    assert verdicts(kept, about="d1") == ["duty:1 conflict", "duty:1 complies"]
    assert verdicts(kept, about="record") == []


def test_a_person_is_never_hidden_by_a_judge_and_the_last_word_of_each_is_current(kept, doc) -> None:
    judged(kept, T, finding(doc))
    for hour, verdict in enumerate((Verdict.COMPLIES, Verdict.UNCLEAR)):
        with kept.act("k.ito", "review", at=T + HOUR * (hour + 1)) as act:
            act.find(finding(doc, verdict, by="person:k.ito"))
    judged(kept, T + HOUR * 3, key="k2")
    assert verdicts(kept) == ["person:k.ito unclear"]
    assert verdicts(kept, as_of=T + HOUR) == ["duty:1 conflict", "person:k.ito complies"]
    assert verdicts(kept, current=False) == ["duty:1 conflict", "person:k.ito complies", "person:k.ito unclear"]


@pytest.mark.parametrize("question", [None, "l#a"])
@pytest.mark.parametrize("about", [None, "d1"])
def test_the_same_findings_are_current_however_they_are_asked_for(kept, doc, question, about) -> None:
    judged(kept, T, finding(doc))
    with kept.act("k", "review", at=T + HOUR) as act:
        act.find(finding(doc, Verdict.COMPLIES, by="person:b"))
    assert verdicts(kept, question=question, about=about) == ["duty:1 conflict", "person:b complies"]


def test_findings_may_be_about_a_passage_a_document_or_the_record(kept, doc) -> None:
    whole = dataclasses.replace(finding(doc), about=doc)
    record = dataclasses.replace(finding(doc), about=RECORD)
    with kept.act("k", "find", at=T) as act:
        act.find(finding(doc), whole, record)
    assert list(kept.findings()) == [finding(doc), whole, record]
    assert list(kept.findings(about="record")) == [record]


def test_assessed_names_the_documents_whose_answer_is_still_that_one(kept, doc) -> None:
    judged(kept, T, finding(doc))
    assert kept.assessed("k1", by="duty:1") == {"d1"}
    assert kept.assessed("k1", by="duty:2") == kept.assessed("k9", by="duty:1") == frozenset()
    judged(kept, T, finding(doc, question="l#z"), key="other", questions=("l#z",))
    assert kept.assessed("k1", by="duty:1") == {"d1"}
    judged(kept, T + HOUR, finding(doc, by="duty:2"), key="k2")
    assert kept.assessed("k1", by="duty:1") == frozenset()
    judged(kept, T + HOUR * 2, finding(doc))
    assert kept.assessed("k1", by="duty:1") == {"d1"}


@pytest.mark.parametrize("wrong", ["about", "question", "by", "document", "key"])
def test_a_finding_that_is_no_part_of_its_assessment_is_refused(kept, doc, wrong) -> None:
    judged(kept, T, finding(doc))
    other = document("d2")
    found = {
        "about": finding(other),
        "question": finding(doc, question="l#b"),
        "by": finding(doc, by="duty:2"),
        "document": dataclasses.replace(finding(doc), cites=(other.passage(0, 7),)),
        "key": finding(doc),
    }[wrong]
    questions = ["l#a", "l#c"] if wrong == "key" else ["l#a"]
    with pytest.raises((ValueError, NotFound)), kept.act("k", "assess") as act:
        act.assess("d1", key="k1", by="duty:1", questions=questions, findings=[found])
    assert verdicts(kept) == ["duty:1 conflict"]


def test_nothing_can_change_or_remove_a_finding(kept: Store) -> None:
    with kept.act("k", "look") as act:
        names = [name for thing in (kept, act) for name in dir(thing) if not name.startswith("_")]
    assert not [name for name in names if any(word in name for word in ("update", "delete", "remove", "drop", "edit"))]


def test_a_passage_of_a_damaged_document_cannot_be_built(kept, doc) -> None:
    judged(kept, T, finding(doc))
    tamper(kept, "UPDATE documents SET text = :bytes", bytes=b"Members shall now tell. Members may ask.")
    with pytest.raises(BadInput, match="d1: the words at 0 to 23 are not those once cited"):
        list(kept.findings())


# --- laws and the rest ---------------------------------------------------------------------------


def test_the_official_version_is_that_in_force_on_the_day(kept: Store) -> None:
    old, new = version(date(1990, 1, 1), date(2000, 1, 1), "old"), version(date(2000, 1, 1), None, "new")
    with kept.act("k", "import") as act:
        act.freeze(law())
        act.official("l", new)
        act.official("l", old)
    assert kept.officials("l") == (old, new)
    for day, expected in (
        (date(1989, 12, 31), None),
        (date(1990, 1, 1), old),
        (date(1999, 12, 31), old),
        (date(2000, 1, 1), new),
        (None, new),
    ):
        assert kept.official("l", on=day) == expected
        assert kept.law("l", on=day).official == expected


def test_a_version_of_unknown_beginning_stands_in_where_none_is_known(kept: Store) -> None:
    with kept.act("k", "import") as act:
        act.official("l", dataclasses.replace(version(None), published=date(2024, 1, 1)))
    assert kept.official("l", on=date(2010, 1, 1)) is not None


def test_the_law_last_frozen_is_current_even_if_it_was_frozen_before(kept: Store) -> None:
    for digest in ("p1", "p2", "p1"):
        with kept.act("k", "freeze") as act:
            act.freeze(law(digest))
    assert [one.digest for one in kept.laws()] == ["p1"]
    kept.verify()


def test_what_is_not_there_is_said(kept: Store) -> None:
    for asked in (lambda: kept.document("none"), lambda: kept.law("none"), lambda: kept.blobs.read("00" * 32)):
        with pytest.raises(NotFound):
            asked()
    with pytest.raises(NotFound), kept.act("k", "ask") as act:
        act.letter("none", LETTER)
    assert kept.kept("none", 7) == 7


def test_a_request_keeps_its_history_and_deadlines_of_a_source_are_replaced_together(kept: Store) -> None:
    for hour, state in enumerate(("open", "searching", "answered")):
        with kept.act("k", "state", at=T + HOUR * hour) as act:
            act.request_state("l#a", state)
            act.owe("d1", [Deadline(f"{state}{n}", "x", None, "r") for n in range(3 - hour)])
    assert kept.request_states() == {"l#a": "answered"}
    assert [state for _, _, state in kept.request_history("l#a")] == ["open", "searching", "answered"]
    assert [one.what for one in kept.deadlines()] == ["answered0"]
    kept.verify()


def test_a_question_asked_again_keeps_its_place(kept: Store) -> None:
    for words in ("one", "two"):
        with kept.act("k", "ask") as act:
            act.ask(Question("l#b", Kind.CLAIM, words, "x"), Question("l#a", Kind.CLAIM, words, "x"))
    assert [(one.id, one.text) for one in kept.questions()] == [("l#b", "two"), ("l#a", "two")]
    kept.verify()


# --- the log -------------------------------------------------------------------------------------


def tamper(kept: Store, statement: str, **values: object) -> None:
    with kept._database.engine.connect().execution_options(writing=True) as connection, connection.begin():  # type: ignore[attr-defined]
        connection.execute(text(statement), values)


TAMPERED = {
    "log detail": ("UPDATE log SET detail = replace(detail, 'd1', 'd2') WHERE seq = 1", "log entry 1"),
    "log actor": ("UPDATE log SET by = 'x' WHERE seq = 2", "log entry 2"),
    "log instant": ("UPDATE log SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 3", "log entry 3"),
    "log chain": ("UPDATE log SET chain = commitment WHERE seq = 2", "log entry 2"),
    "log commitment": ("UPDATE log SET commitment = chain WHERE seq = 2", "log entry 2"),
    "log salt": ("UPDATE log SET salt = chain WHERE seq = 2", "log entry 2"),
    "log entry dropped": ("DELETE FROM log WHERE seq = 2", "log entry 2"),
    "log cut short": ("DELETE FROM log WHERE seq > 2", "row laws"),
    "document": ("UPDATE documents SET body = replace(body, 'Title', 'Other')", "row documents/d1"),
    "given": ("UPDATE given SET state = 'skipped'", "row given/"),
    "given gone": ("DELETE FROM given", "row given/"),
    "law": ("UPDATE laws SET body = replace(body, 'No ban', 'A ban')", "row laws/l/p1"),
    "verdict": ("UPDATE findings SET verdict = 'complies'", "row findings/1"),
    "why": ("UPDATE findings SET body = replace(body, 'forbids', 'permits')", "row findings/1"),
    "assessment": ("UPDATE assessments SET key = 'other'", "row assessments/1"),
    "coverage": ("DELETE FROM covers", "row covers/k1/l#a"),
    "deadline": ("UPDATE deadlines SET body = replace(body, 'thing', 'else')", "row deadlines/d1/1"),
    "state": ("UPDATE request_states SET state = 'withdrawn'", "row request_states/1"),
    "value": ("UPDATE kept SET value = '2'", "row kept/v"),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "named"), TAMPERED.values(), ids=TAMPERED.keys())
def test_a_row_that_was_tampered_with_is_named(kept: Store, statement: str, named: str) -> None:
    with kept.act("k", "add", at=T) as act:
        act.documents(document())
        act.give(given("a", document_id="d1"))
        act.freeze(law())
        act.assess("d1", key="k1", by="duty:1", questions=["l#a"], findings=[finding(document())])
        act.owe("d1", [Deadline("thing", "x", None, "r")])
        act.request_state("l#a", "open")
        act.keep("v", 1)
    assert kept.verify() == 8
    tamper(kept, statement)
    with pytest.raises(NotProven, match=named):
        kept.verify()


def test_salts_are_random_and_stored_so_the_same_log_reads_the_same_twice(kept: Store) -> None:
    for _ in range(2):
        with kept.act("k", "look", {"about": ["d1"]}, at=T):
            pass
    first, second = list(kept.log())
    assert first.salt != second.salt
    assert first.about == ("d1",)
    assert list(kept.log()) == [first, second]


def test_an_act_may_tell_at_its_end_what_it_came_to(kept: Store) -> None:
    with kept.act("k", "add", {"about": ["d1"]}) as act:
        act.tell(read=3, on=date(2026, 1, 1))
    assert [dict(entry.act.detail) for entry in kept.log()] == [{"about": ["d1"], "read": 3, "on": date(2026, 1, 1)}]


# --- one writer ----------------------------------------------------------------------------------


def test_a_second_writer_is_told_busy_and_a_reader_is_not(kept: Store, reopen: Callable[[], Store]) -> None:
    other = reopen()
    with kept.writing():
        with kept.act("k", "add") as act:
            act.documents(document())
        with pytest.raises(Busy, match="another process is writing"), other.writing(wait=0.05):
            pass
        assert other.document_ids() == ("d1",)
    with other.writing(wait=0.05), other.act("k", "again"):
        pass
    assert kept.verify() == 3


def test_threads_of_one_store_take_turns(kept: Store) -> None:
    def add(name: str) -> None:
        with kept.act("k", "add") as act:
            act.documents(document(name))

    threads = [threading.Thread(target=add, args=(f"d{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept.document_ids()) == 6
    assert kept.verify() == 12


@dataclasses.dataclass(frozen=True)
class Held:
    """What the test enters: a value with a date in it."""

    who: str
    since: date


def test_events_are_kept_in_order_with_their_class_and_sealed(kept: Store) -> None:
    with kept.act("k", "hold") as act:
        act.event("hold", "files", Held("clerk", date(2026, 3, 1)))
        act.event("hold", "mail", Held("counsel", date(2026, 3, 2)))
        act.event("sent", "files", {"on": date(2026, 3, 3), "to": ["a", "b"]})
    with kept.act("m", "hold") as act:
        act.event("hold", "files", Held("chief", date(2026, 3, 4)))
        assert len(kept.events("hold", Held)) == 3
    assert [(e.about, e.value, e.by) for e in kept.events("hold", Held, about="files")] == [
        ("files", Held("clerk", date(2026, 3, 1)), "k"),
        ("files", Held("chief", date(2026, 3, 4)), "m"),
    ]
    assert kept.events("sent", dict)[0].value == {"on": date(2026, 3, 3), "to": ["a", "b"]}
    assert kept.verify() > 0


def test_what_was_said_is_every_finding_without_its_words(kept: Store) -> None:
    one, two = document("d1"), document("d2")
    with kept.act("ann", "add", at=T) as act:
        act.documents(one, two)
    passage = dataclasses.replace(finding(one, Verdict.COMPLIES), about=one.passage(0, 7))
    with kept.act("ann", "find", at=T) as act:
        act.find(finding(one), passage, finding(two, by="person:ann"))
    with kept.act("ann", "find", at=T + HOUR) as act:
        act.find(finding(two, Verdict.SILENT, by="person:ann"))
    told = [(s.document, s.whole, s.verdict, s.by) for s in kept.said(question="l#a")]
    assert told == [
        ("d1", True, Verdict.CONFLICT, "duty:1"),
        ("d1", False, Verdict.COMPLIES, "duty:1"),
        ("d2", True, Verdict.SILENT, "person:ann"),
    ]
    assert len(list(kept.said(current=False))) == 4
    assert list(kept.said(question="l#b")) == []
    assert [f.verdict for f in kept.findings()] == [s.verdict for s in kept.said()]


def test_some_documents_are_read_in_order_of_id_and_unknown_ids_are_passed_over(kept: Store) -> None:
    with kept.act("ann", "add") as act:
        act.documents(*(document(f"d{n:02}") for n in range(40)))
    assert [d.id for d in kept.documents(["d30", "none", "d02"])] == ["d02", "d30"]
    assert len(list(kept.documents())) == 40
    assert list(kept.documents([])) == []


def test_the_records_stamp_changes_with_what_is_given_and_with_nothing_else(kept: Store) -> None:
    doc = document()
    given = Given("a.pdf", "a.pdf", 1, doc.sha256, State.READ, "Records", "ann", T, document=doc.id)
    stamps = [kept.record_stamp()]
    with kept.act("ann", "add") as act:
        act.documents(doc)
        act.give(given)
    stamps.append(kept.record_stamp())
    with kept.act("ann", "find") as act:
        act.find(finding(doc))
    assert kept.record_stamp() == stamps[-1]
    with kept.act("ann", "add") as act:
        act.give(dataclasses.replace(given, custodian="Mayor"))
    stamps.append(kept.record_stamp())
    with kept.act("ann", "add") as act:
        act.withdraw(("a.pdf", doc.sha256))
    stamps.append(kept.record_stamp())
    assert len(set(stamps)) == 4
