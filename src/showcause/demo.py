"""A folder in, a complete sample matter in it out: papers written, read, asked, judged, printed and proven."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from showcause import demo_papers, matter, prove
from showcause.ask import Coming, Terms
from showcause.assess import judge
from showcause.assess.counsel import Counsel
from showcause.core import Given, Holding, HoldStep, Turn, Verdict
from showcause.errors import BadInput
from showcause.matter import CallFacts, Going
from showcause.produce import LogKind, Objection
from showcause.settings import Settings

LAWS = ("us/8-usc-1373", "us/8-usc-1644", "ca/gov-7284.6")
MARK = ".demo"  # a folder with this file was made here and may be made anew
NAME = "Santa Ondina"
RESPONDENT = "City of Santa Ondina, California"
DEMAND = "demand-2027-01-25.pdf"
CAME = date(2027, 1, 26)
COUNSEL = "Leocadia Vance, City Attorney"
HELD = ("Police Department, Records Division", "Sergeant in charge of the jail")  # the second has not acknowledged
SENT = {
    "acknowledgement": Going(Turn.ACKNOWLEDGED),
    "reply": Going(Turn.REPLY),
    "more-time": Going(Turn.TIME_ASKED, until=date(2027, 3, 26)),
}
ADVICE = "sections-722-724.eml"  # advice of counsel: nothing of it goes to the other side
ANSWERS = (  # what a person found to answer which request
    ("2", "general-order-26-04.md", "a general order of April 2026 on talking with federal immigration authorities"),
    ("2", "training-bulletin-26-07.eml", "a training bulletin of May 2026, with its card"),
    ("2", "intranet-faq-428.html", "the intranet page on Policy 428"),
    ("4", "ordinance-2244.docx", "the ordinance that amended chapter 9.30"),
    ("3", "re-form-h-14.eml", "the jail sergeant on notices of release and Form H-14"),
    ("3", ADVICE, "the City Attorney to the command staff on the two sections that speak of Form H-14"),
)
VOLUME = "SO001"
ANSWERED = datetime(2027, 3, 3, tzinfo=UTC)  # two days before the answer is due
STEPS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """The sample matter as it stands: its status, what could not be read, and the paths worth opening, with the reason."""

    root: Path
    status: Mapping[str, Any]
    unread: tuple[Given, ...]
    worth_opening: tuple[tuple[Path, str], ...]
    line: str

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "root": str(self.root),
            "status": self.status,
            "open": [str(path) for path, _ in self.worth_opening],
            "proof": self.line,
        }


def run(folder: Path, *, settings: Settings, tell: Callable[..., None]) -> Made:
    """The sample matter in `folder`, built anew where an earlier sample stands; raises BadInput where anything else does."""
    _clear(folder)
    own = replace(settings, key=folder / ".showcause" / "demo-key")
    papers = demo_papers.write(folder / "papers")
    with matter.init(folder, laws=LAWS, respondent=RESPONDENT, name=NAME, settings=own) as made:
        (folder / MARK).touch()
        if not own.key.exists():
            prove.make_key(own.key)
        tell(1, STEPS, "the official text")
        made.import_law(folder / "papers" / "law" / "usc08_demo.xml")
        tell(2, STEPS, "the records")
        made.add([folder / "papers" / "records"])
        tell(3, STEPS, "the letter and what was said")
        _exchange(made, [path for path in papers if path.parent.name == "letters"])
        for path in papers:
            if path.parent.name == "press" or path.stem.startswith("reply"):
                made.hear(path)
        tell(4, STEPS, "the judgement")
        made.assess()
        tell(5, STEPS, "the opinion and the report")
        made.opinion(folder)
        made.report(folder)
        tell(6, STEPS, "what answers the letter, and what is privileged")
        _decide(made.answer)
        tell(7, STEPS, "the production, its log and the response")
        _produce(made.answer, folder)
        tell(8, STEPS, "the proof")
        bag = made.prove(folder / "proof")
        tell(9, STEPS, "checking it")
        checked = prove.verify(bag, rederive=judge)
        tell(STEPS, STEPS, "")
        return Made(folder, made.status(), made.exceptions(), _worth(folder, bag), _line(checked))


def _exchange(made: matter.Matter, letters: Iterable[Path]) -> None:
    """The letters in and out, in the order of their days, and the legal hold that the first of them calls for."""
    desk = made.exchange
    for path in letters:
        which = path.stem.partition("-20")[0]
        if which in SENT:
            desk.sent(path, answers=DEMAND, how=SENT[which])
        else:
            desk.ask(path, Coming(Terms(received=CAME) if which == "demand" else Terms()))
    scope = "Everything of the Police Department on federal immigration authorities since January 1, 2018, releases and Form H-14 among it."
    begun = HoldStep(Holding.ISSUED, CAME, HELD, COUNSEL, scope, date(2027, 2, 2))
    desk.issue(begun, to=made.root / "holds")
    desk.acknowledge("1", HoldStep(Holding.ACKNOWLEDGED, date(2027, 1, 28), HELD[:1], COUNSEL))
    desk.request(f"{DEMAND}/5", "searching", on=date(2027, 2, 9), note="names of persons asked about to be redacted")


def _decide(desk: matter.Answering) -> None:
    """The calls of the person who answers: who is counsel, what responds, what is withheld and what is burned out."""
    desk.add_counsel(Counsel("Leocadia Vance", ("l.vance@cityattorney.santaondina.example",), firm="City Attorney"))
    desk.add_inside("santaondina.example")
    desk.propose()
    for request, name, why in ANSWERS:
        desk.responds(name, request=request, why=why)
    facts = CallFacts(topic="two sections of the Police Manual that disagree")
    desk.call(
        ADVICE, Verdict.WITHHOLD, why="Advice of the City Attorney to her client, asked for and given", facts=facts
    )
    desk.call("re-form-h-14.eml", Verdict.REDACT, why="A sergeant's report; it repeats no advice of counsel")
    desk.redact("re-form-h-14.eml", reason="LE", texts=("night shift",))


def _produce(desk: matter.Answering, folder: Path) -> None:
    """The volume with its cover letter, the privilege log and the response to the demand."""
    papers = matter.Papers(desk)
    papers.sign("Leocadia Vance", "City Attorney")
    wanted = matter.Production(VOLUME, prefix="SO-", endorsement="CONFIDENTIAL")
    volumes = folder / "productions"
    made = desk.produce(wanted, to=volumes)
    if made.place is None:
        raise BadInput(f"{VOLUME}: {made.stopped[0].what}")
    papers.cover(VOLUME, volumes, at=ANSWERED)
    papers.log(LogKind.DOCUMENT, folder / "privilege-log.pdf", at=ANSWERED)
    grounds = "Editions of before 2024 are kept on paper alone, in storage; to image them is out of proportion to what they add"
    papers.object("1", Objection(grounds, withheld=False, reaches="editions in force before January 1, 2024"))
    papers.reply(folder, at=ANSWERED, letter=DEMAND)


def _clear(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / MARK).exists():
        raise BadInput(f"{folder}: not empty, and not a sample matter; give another folder")
    shutil.rmtree(folder)


def _worth(folder: Path, bag: Path) -> tuple[tuple[Path, str], ...]:
    return (
        (folder / "report.html", "the matrix, the quotations in their place, what is owed"),
        (folder / "opinion.pdf", "the memorandum, every sentence cited"),
        (folder / "response.pdf", "the response to the letter, item by item; edit response.md and run `reply` again"),
        (folder / "productions" / VOLUME, "a production volume, with its cover letter beside it"),
        (folder / "privilege-log.pdf", "the privilege log"),
        (bag, "the signed proof; HOWTO.txt tells a stranger how to check it"),
    )


def _line(checked: prove.Report) -> str:
    if checked.failures:
        return f"the proof does NOT stand: {checked.failures[0]}"
    return f"the proof stands: {checked.rederived} findings judged again to the same, {len(checked.not_rederivable)} listed as not re-derivable"
