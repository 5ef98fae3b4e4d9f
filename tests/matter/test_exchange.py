"""Letters in and out of a matter: what follows what, which day is due and why, who owes what, and what no proof tells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from showcause import matter, prove, settings
from showcause.ask import Coming, Service, Terms
from showcause.core import Document, Happened, Holding, HoldStep, Side, Turn
from showcause.errors import BadInput, NotFound
from showcause.matter import Going
from showcause.settings import Settings

D = date.fromisoformat
HEAD = "UNITED STATES DEPARTMENT OF AWARDS\nOffice of Assurance\n\n{on}\n\nChief Maren Oduya\nElsewhere Police Department\n\nDear Chief Oduya:\n\n"
FOOT = "\n\nSincerely,\n\nInes Corrado\nDirector\n"
ASKS = """Under {under}, please produce the following {when}:

1. Every general order in force since January 1, 2030 that mentions immigration status.

2. The training records for each such order.

3. The call log of the front desk for April 2031.

If the City does not answer, the Department will issue a subpoena."""
OWN = "CITY OF ELSEWHERE\nOffice of the City Attorney\n\n{on}\n\nDear Director Corrado:\n\n{body}\n\nRespectfully,\n\nPaul Ames\nCity Attorney\n"
WORD = "zyxomma"


def letter(body: str, on: str = "May 5, 2031") -> str:
    return HEAD.format(on=on) + body + FOOT


def demand(when: str = "no later than June 6, 2031", under: str = "2 C.F.R. § 200.337", on: str = "May 5, 2031") -> str:
    return letter(ASKS.format(under=under, when=when), on)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[matter.Matter]:
    own = settings.read({"SHOWCAUSE_ACTOR": "clerk", "SHOWCAUSE_KEY": str(tmp_path / "key"), "SHOWCAUSE_WORKERS": "1"})
    prove.make_key(own.key)
    with matter.init(tmp_path / "m", laws=["us/8-usc-1373"], respondent="City of Elsewhere", settings=own) as one:
        yield one


def as_written(path: Path, *, custodian: str, settings: Settings) -> Document:  # noqa: ARG001 - the signature of the real one
    """A text file as a Document, read here: a worker a letter is what `tests/faces` pay for."""
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(f"d-{sha256[:16]}", sha256, "txt", custodian, None, data.decode(), name=path.name)


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("showcause.matter.exchange.document_of", as_written)


def put(made: matter.Matter, name: str, text: str) -> Path:
    path = made.root.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def ask(made: matter.Matter, name: str, text: str, how: Coming | None = None) -> matter.Came:
    return made.exchange.ask(put(made, name, text), how)


def sent(made: matter.Matter, name: str, body: str, how: Going, on: str = "May 9, 2031") -> Happened:
    return made.exchange.sent(put(made, name, OWN.format(on=on, body=body)), how=how)


def stage(made: matter.Matter) -> list[str]:
    return [made.exchange.standing(one).stage.value for one in made.exchange.exchanges()]


def due(made: matter.Matter, name: str) -> date | None:
    held = made.exchange.letter(name)
    return next((d.due for d in made.exchange.deadlines() if d.source == held), None)


def working(made: matter.Matter, name: str) -> str:
    held = made.exchange.letter(name)
    return "\n".join(next(d.working for d in made.exchange.deadlines() if d.source == held))


def states(made: matter.Matter) -> dict[str, str]:
    return {f"{r['name']}/{r['label']}": r["state"] for r in made.status()["requests"]}


# --- letters ------------------------------------------------------------------------------------


def test_a_follow_up_withdraws_a_request_adds_one_and_leaves_the_day_of_the_rest(made):
    ask(made, "one.txt", demand())
    body = (
        "This follows our letter of May 5, 2031. Request 3 of that letter is withdrawn.\n\n"
        "In addition, please produce the following by July 1, 2031:\n\n4. All e-mail of the front desk in April 2031."
    )
    came = ask(made, "two.txt", letter(body, "June 2, 2031"))
    assert came.effect.root == made.exchange.letter("one.txt")
    assert states(made) == {"one.txt/1": "open", "one.txt/2": "open", "one.txt/3": "withdrawn", "two.txt/4": "open"}
    assert (due(made, "one.txt"), due(made, "two.txt")) == (D("2031-06-06"), D("2031-07-01"))
    assert not any(d.what.startswith("Request 3") for d in made.exchange.deadlines())
    assert stage(made) == ["followed up"]
    (follows, withdraws) = made.exchange.ties()[:2]
    text = (made.root.parent / "two.txt").read_text()
    assert [follows.link.bond.value, withdraws.link.bond.value] == ["follows", "withdraws"]
    assert (
        text[withdraws.link.start : withdraws.link.end]
        == withdraws.link.text
        == "Request 3 of that letter is withdrawn"
    )


def test_a_letter_that_asks_nothing_new_moves_the_day_of_the_one_it_follows(made):
    ask(made, "one.txt", demand())
    body = "This follows our letter of May 5, 2031, to which no answer came. Please answer it by June 20, 2031."
    ask(made, "two.txt", letter(body, "June 9, 2031"))
    assert due(made, "one.txt") == D("2031-06-20")
    assert "the letter of June 9, 2031" in working(made, "one.txt")
    assert due(made, "two.txt") is None


def test_a_letter_that_supersedes_takes_the_place_of_the_whole(made):
    ask(made, "one.txt", demand())
    body = "This demand supersedes our letter of May 5, 2031.\n\nPlease produce the following by July 9, 2031:\n\n1. The manual of the jail."
    ask(made, "two.txt", letter(body, "June 2, 2031"))
    assert set(states(made).items()) >= {("one.txt/1", "withdrawn"), ("one.txt/3", "withdrawn"), ("two.txt/1", "open")}
    assert [d.due for d in made.exchange.deadlines()] == [D("2031-07-09")] * 2
    assert stage(made) == ["followed up"]


def test_a_request_that_is_replaced_falls_away(made):
    ask(made, "one.txt", demand())
    body = "Item 9 replaces Request 2 of our letter of May 5, 2031.\n\nPlease produce the following by July 9, 2031:\n\n9. The training records of 2030."
    ask(made, "two.txt", letter(body, "June 2, 2031"))
    assert (states(made)["one.txt/2"], states(made)["one.txt/1"]) == ("withdrawn", "open")


def test_a_demand_that_is_withdrawn_is_owed_nothing(made):
    ask(made, "one.txt", demand())
    ask(made, "two.txt", letter("Our letter of May 5, 2031 is withdrawn.", "June 2, 2031"))
    assert stage(made) == ["withdrawn"]
    assert made.exchange.deadlines() == ()
    assert set(states(made).values()) == {"withdrawn"}


def test_a_letter_that_could_follow_two_is_asked_about_and_nothing_is_written(made):
    ask(made, "one.txt", demand())
    ask(made, "two.txt", demand(on="May 12, 2031", when="by June 30, 2031"), Coming(follows="none"))
    third = letter(
        "This follows our earlier letter, to which no answer came. Please answer by July 1, 2031.", "June 20, 2031"
    )
    before = list(made.exchange.store.log())
    with pytest.raises(BadInput, match=r"three\.txt.*one\.txt \(May 5, 2031\).*two\.txt \(May 12, 2031\).*--follows"):
        ask(made, "three.txt", third)
    assert list(made.exchange.store.log()) == before
    came = ask(made, "three.txt", third, Coming(follows="two.txt"))
    assert came.effect.root == made.exchange.letter("two.txt")
    assert (due(made, "one.txt"), due(made, "two.txt")) == (D("2031-06-06"), D("2031-07-01"))


def test_a_letter_on_one_that_is_not_here_is_a_demand_of_its_own(made):
    ask(made, "one.txt", demand())
    ask(
        made,
        "two.txt",
        letter(
            "This follows our letter of January 9, 2029.\n\nPlease produce by July 1, 2031:\n\n1. The roster of 2028."
        ),
    )
    assert len(made.exchange.exchanges()) == 2


def test_asking_and_sending_twice_enter_once(made):
    for _ in range(2):
        ask(made, "one.txt", demand())
        sent(made, "ack.txt", "Your letter came.", Going(Turn.ACKNOWLEDGED))
        ask(made, "two.txt", letter("This follows our letter of May 5, 2031. Request 3 is withdrawn.", "June 2, 2031"))
    (one,) = made.exchange.exchanges()
    assert [h.what for h in one.happened] == [Turn.DEMAND, Turn.ACKNOWLEDGED, Turn.FOLLOWED]
    assert len(made.exchange.letters()) == 3


def test_a_letter_read_again_does_what_its_last_reading_says(made):
    ask(made, "one.txt", demand())
    text = letter("With reference to our letter of May 5, 2031: the City may take until June 27, 2031.", "May 20, 2031")
    ask(made, "two.txt", text)
    assert stage(made) == ["followed up"]
    ask(made, "two.txt", text, Coming(kind=Turn.EXTENDED, follows="one.txt", until=D("2031-06-27")))
    assert (stage(made), due(made, "one.txt")) == (["extended"], D("2031-06-27"))
    (one,) = made.exchange.exchanges()
    assert [h.what for h in one.happened] == [Turn.DEMAND, Turn.EXTENDED]
    ask(made, "two.txt", text, Coming(follows="none"))
    assert len(made.exchange.exchanges()) == 2
    assert due(made, "one.txt") == D("2031-06-06")


def test_one_letter_out_may_do_two_things(made):
    ask(made, "one.txt", demand())
    for kind in (Turn.ACKNOWLEDGED, Turn.TIME_ASKED):
        sent(made, "both.txt", "Your letter came; we ask for a week more.", Going(kind, days=7))
    (one,) = made.exchange.exchanges()
    assert [h.what for h in one.happened] == [Turn.DEMAND, Turn.ACKNOWLEDGED, Turn.TIME_ASKED]


def test_every_letter_is_kept_with_its_hash(made):
    ask(made, "one.txt", demand())
    sent(made, "ack.txt", "Your letter came.", Going(Turn.ACKNOWLEDGED))
    for one in made.exchange.letters():
        data = (made.root.parent / one.name).read_bytes()
        assert one.sha256 == hashlib.sha256(data).hexdigest()
        assert made.exchange.store.blobs.open(one.sha256).read() == data


def test_letters_are_no_records(made):
    (folder := made.root.parent / "records").mkdir()
    (folder / "order.txt").write_text(
        "1. No member shall disclose the immigration status of any person to a federal agency."
    )
    made.add([folder])
    ask(made, "one.txt", demand())
    sent(made, "reply.txt", "No member shall disclose immigration status to a federal immigration agency.", Going())
    assert made.assess().judged == 1


# --- answers ------------------------------------------------------------------------------------


def test_an_answer_is_whole_when_nothing_is_left_open(made):
    ask(made, "one.txt", demand())
    sent(made, "ack.txt", "Your letter came.", Going(Turn.ACKNOWLEDGED))
    assert stage(made) == ["acknowledged"]
    sent(made, "part.txt", "Here are the orders.", Going(requests=("1",)), "May 20, 2031")
    assert (stage(made), states(made)["one.txt/1"]) == (["answered in part"], "answered")
    made.exchange.request("one.txt/2", "answered", on=D("2031-05-28"))
    made.exchange.request("3", "objected", on=D("2031-05-30"))
    (one,) = made.exchange.exchanges()
    stands = made.exchange.standing(one)
    assert (stands.stage.value, stands.since, stands.waits_for) == ("answered", D("2031-05-30"), Side.ASKING)
    assert made.exchange.deadlines() == ()
    ask(made, "end.txt", letter("The Department has closed its review of the City.", "June 9, 2031"))
    assert stage(made) == ["closed"]


def test_what_is_objected_to_whole_is_refused(made):
    ask(made, "one.txt", demand())
    sent(made, "no.txt", "The City objects.", Going(Turn.OBJECTED, requests=("1", "2", "3")))
    assert stage(made) == ["refused"]
    ask(made, "sub.txt", "SUBPOENA DUCES TECUM\n\n" + demand(on="June 20, 2031"), Coming(follows="one.txt"))
    assert stage(made) == ["escalated"]


@pytest.mark.parametrize(
    ("name", "state", "error"),
    [("one.txt/9", "open", NotFound), ("one.txt/1", "done", BadInput), ("else.txt/1", "open", NotFound)],
)
def test_a_request_or_state_that_is_not_there_is_refused(made, name, state, error):
    ask(made, "one.txt", demand())
    with pytest.raises(error):
        made.exchange.request(name, state)


def test_the_states_of_requests_are_the_six(made):
    ask(made, "one.txt", demand())
    for state in ("searching", "answered in part", "answered", "objected", "withdrawn", "open"):
        made.exchange.request("one.txt/1", state)
        assert states(made)["one.txt/1"] == state


# --- time ---------------------------------------------------------------------------------------


def test_a_rule_is_taken_from_the_authority_and_printed_step_by_step(made):
    text = demand(when="within 30 days after service", under="Fed. R. Civ. P. 34")
    ask(made, "one.txt", text, Coming(Terms(received=D("2031-05-08"), service=Service.MAIL)))
    assert due(made, "one.txt") == D("2031-06-12")  # the 7th is a Saturday, then three days for mail
    for said in ("34(b)(2)(A)", "6(a)(1)(A)", "6(a)(1)(B)", "a Saturday", "6(a)(1)(C)", "6(d)"):
        assert said in working(made, "one.txt")


def test_a_period_of_the_letter_that_differs_from_its_authority_is_counted_and_the_difference_is_said(made):
    text = demand(when="within 10 days after service", under="Fed. R. Civ. P. 34")
    ask(made, "one.txt", text, Coming(Terms(received=D("2031-05-05"))))
    assert due(made, "one.txt") == D("2031-05-15")
    assert "itself gives 30 days" in working(made, "one.txt")


def test_a_rule_that_is_chosen_governs_and_one_that_is_not_there_is_refused(made):
    ask(made, "one.txt", demand(when="as the law requires"))
    assert due(made, "one.txt") is None
    made.exchange.terms("one.txt", Terms(rule="foia", received=D("2031-05-05")))
    assert due(made, "one.txt") == D("2031-06-03")  # Memorial Day is not counted
    row = next(r for r in made.status()["owed"] if r["what"].startswith("Answer to the letter"))
    assert row["working_days_left"] < row["days_left"]
    with pytest.raises(NotFound, match="frcp-34"):
        made.exchange.terms("one.txt", Terms(rule="nowhere"))


def test_a_statute_lets_the_one_who_answers_take_more_time_by_notice(made):
    ask(made, "one.txt", demand(when="as the law requires"), Coming(Terms(rule="foia", received=D("2031-05-05"))))
    sent(made, "notice.txt", "We extend the period.", Going(Turn.TIME_ASKED, days=10), "May 20, 2031")
    assert due(made, "one.txt") == D("2031-06-17")
    assert "552(a)(6)(B)(i)" in working(made, "one.txt")


def test_a_clock_that_stands_still_has_no_day_until_it_runs_again(made):
    ask(made, "one.txt", demand(when="as the law requires"), Coming(Terms(rule="foia", received=D("2031-05-05"))))
    made.exchange.pause("one.txt", why="information", on=D("2031-05-12"))
    assert due(made, "one.txt") is None
    assert "has stood still since Monday, May 12, 2031" in working(made, "one.txt")
    made.exchange.resume("one.txt", on=D("2031-05-19"))
    assert due(made, "one.txt") == D("2031-06-10")
    assert "552(a)(6)(A)(ii)(I)" in working(made, "one.txt")


def test_more_time_is_not_counted_until_it_is_given(made):
    ask(made, "one.txt", demand())
    sent(made, "wish.txt", "We ask for more time.", Going(Turn.TIME_ASKED, until=D("2031-07-04")))
    assert due(made, "one.txt") == D("2031-06-06")
    owed = [(d.by, d.what) for d in made.exchange.deadlines() if d.due is None]
    assert owed == [("UNITED STATES DEPARTMENT OF AWARDS", "Answer to the request for more time of May 9, 2031")]
    ask(
        made,
        "grant.txt",
        letter(
            "Your request for more time to answer our letter of May 5, 2031 is granted. You have until June 20, 2031.",
            "May 14, 2031",
        ),
    )
    assert due(made, "one.txt") == D("2031-06-20")
    assert "the letter of May 14, 2031" in working(made, "one.txt")
    assert all(d.due for d in made.exchange.deadlines())
    assert stage(made) == ["extended"]


def test_more_time_that_is_refused_is_owed_no_answer_and_counts_for_nothing(made):
    ask(made, "one.txt", demand())
    sent(made, "wish.txt", "We ask for more time.", Going(Turn.TIME_ASKED, until=D("2031-07-04")))
    ask(made, "no.txt", letter("Your request for an extension is denied.", "May 14, 2031"))
    assert {d.due for d in made.exchange.deadlines()} == {D("2031-06-06")}
    assert "not given" in working(made, "one.txt")


def test_time_agreed_by_telephone_cites_what_gives_it(made):
    ask(made, "one.txt", demand())
    more = Happened(Turn.EXTENDED, D("2031-05-20"), Side.ASKING, days=7, source="stipulation of May 20")
    made.exchange.enter("", more)
    assert due(made, "one.txt") == D("2031-06-13")
    assert "stipulation of May 20" in working(made, "one.txt")


def test_the_calendar_has_one_event_for_each_letter_and_day(made):
    from icalendar import Calendar

    ask(made, "one.txt", demand())
    events = Calendar.from_ical(made.exchange.calendar()).walk("VEVENT")
    assert [(e["dtstart"].dt, str(e["summary"]).partition(" (")[0]) for e in events] == [
        (D("2031-06-06"), "Answer to the letter of May 5, 2031")
    ]


# --- holds --------------------------------------------------------------------------------------


def hold(what: Holding, on: str, *whom: str, **more) -> HoldStep:
    return HoldStep(what, D(on), whom, "Paul Ames", **more)


def test_who_has_not_acknowledged_a_hold_owes_it(made):
    step = hold(Holding.ISSUED, "2031-05-06", "Ana Ruiz", "Front Desk", scope="All call logs.", until=D("2031-05-13"))
    _, written = made.exchange.issue(step, to=made.root / "holds")
    assert [p.suffix for p in written] == [".txt", ".pdf"] * 2
    notice = written[0].read_text()
    assert all(
        said in notice for said in ("Ana Ruiz", "All call logs.", "May 13, 2031", "Paul Ames", "City of Elsewhere")
    )
    made.exchange.acknowledge("1", hold(Holding.ACKNOWLEDGED, "2031-05-07", "Front Desk"))
    owed = [(r["by"], r["due"]) for r in made.status()["owed"]]
    assert owed == [("Ana Ruiz", D("2031-05-13"))]
    found, written = made.exchange.remind("", hold(Holding.REMINDED, "2031-05-15"), to=made.root / "holds")
    assert found.outstanding == ("Ana Ruiz",)
    assert "On May 6, 2031 you were sent" in written[0].read_text()
    made.exchange.acknowledge("", hold(Holding.ACKNOWLEDGED, "2031-05-16", "Ana Ruiz"))
    assert made.status()["owed"] == []
    with pytest.raises(BadInput, match="everyone has acknowledged"):
        made.exchange.remind("", hold(Holding.REMINDED, "2031-05-17"), to=made.root / "holds")
    assert made.exchange.release("1", hold(Holding.RELEASED, "2031-09-01")).released == ("Ana Ruiz", "Front Desk")


def test_a_hold_for_nobody_or_of_a_stranger_or_by_a_broken_notice_is_refused(made):
    with pytest.raises(BadInput, match="at least one custodian"):
        made.exchange.issue(hold(Holding.ISSUED, "2031-05-06", scope="All."), to=made.root)
    step = hold(Holding.ISSUED, "2031-05-06", "Ana Ruiz", scope="All.")
    with pytest.raises(BadInput, match="template"):
        made.exchange.issue(step, to=made.root, template="Dear {{ custodain }}")
    made.exchange.issue(step, to=made.root, template="Dear {{ custodian }}, keep {{ scope }}")
    with pytest.raises(BadInput, match="Bo"):
        made.exchange.acknowledge("1", hold(Holding.ACKNOWLEDGED, "2031-05-07", "Bo"))


# --- the proof ----------------------------------------------------------------------------------


def test_nothing_internal_is_in_a_proof_and_the_proof_stands(made):
    (folder := made.root.parent / "records").mkdir()
    (folder / "order.txt").write_text(
        "1. No member shall disclose the immigration status of any person to a federal agency."
    )
    made.add([folder])
    ask(made, "one.txt", demand())
    sent(made, "reply.txt", f"The {WORD} letter.", Going(note=f"{WORD} note", requests=("1",)))
    step = hold(Holding.ISSUED, "2031-05-06", f"{WORD} custodian", scope=f"{WORD} scope", note=f"{WORD} note")
    made.exchange.issue(step, to=made.root / "holds")
    made.exchange.enter("", Happened(Turn.TIME_ASKED, D("2031-05-07"), Side.ANSWERING, days=7, note=f"{WORD} memo"))
    made.exchange.request("one.txt/2", "searching", note=f"{WORD} search")
    made.assess()
    bag = made.prove(made.root.parent / "proof")
    assert prove.verify(bag).failures == ()
    inside = [path for path in bag.rglob("*") if path.is_file()]
    assert not [path for path in inside if WORD.encode() in path.read_bytes()]
    opened = (bag / "data" / "log.jsonl").read_text()
    assert not [kind for kind in ('"hold', '"exchange', '"sent"', '"tie"') if kind in opened]


def cut_off(made: matter.Matter) -> None:
    about = f"exchange/{made.exchange.letter('')}"
    with made.exchange.store.act("clerk", "sent", {"about": [about]}) as act:
        act.event("exchange", about, Happened(Turn.REPLY, D("2031-05-09"), Side.ANSWERING))
        raise RuntimeError("cut off")


def test_what_is_cut_off_leaves_every_day_as_it_was(made):
    ask(made, "one.txt", demand())
    before = made.status()
    with pytest.raises(RuntimeError, match="cut off"):
        cut_off(made)
    assert made.status() == before
