"""A folder in, a complete sample matter in it out: papers written, read, asked, judged, printed and proven."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from showcause import demo_papers, matter, prove
from showcause.ask import Coming, Terms
from showcause.assess import judge
from showcause.core import Given, Holding, HoldStep, Turn
from showcause.errors import BadInput
from showcause.matter import Going
from showcause.settings import Settings

LAWS = ("us/8-usc-1373", "us/8-usc-1644", "ca/gov-7284.6")
MARK = ".demo"  # a folder with this file was made here and may be made anew
NAME = "Santa Ondina"
RESPONDENT = "City of Santa Ondina, California"
PRIVILEGED = ("sections-722-724.eml",)  # advice of counsel: nothing of it goes to the other side
STEPS = 8
DEMAND = "demand-2027-01-25.pdf"
CAME = date(2027, 1, 26)
COUNSEL = "Leocadia Vance, City Attorney"
HELD = ("Police Department, Records Division", "Sergeant in charge of the jail")  # the second has not acknowledged
SENT = {
    "acknowledgement": Going(Turn.ACKNOWLEDGED),
    "reply": Going(Turn.REPLY),
    "more-time": Going(Turn.TIME_ASKED, until=date(2027, 3, 26)),
}


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
        tell(6, STEPS, "the proof")
        bag = made.prove(folder / "proof", withhold=PRIVILEGED)
        tell(7, STEPS, "checking it")
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
        (bag, "the signed proof; HOWTO.txt tells a stranger how to check it"),
    )


def _line(checked: prove.Report) -> str:
    if checked.failures:
        return f"the proof does NOT stand: {checked.failures[0]}"
    return f"the proof stands: {checked.rederived} findings judged again to the same, {len(checked.not_rederivable)} listed as not re-derivable"
