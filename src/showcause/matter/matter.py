"""A folder in, and the steps of a matter in their order: add, ask, hear, assess, the papers, the proof; all on the record.

A matter is `matter.toml` beside `.showcause/` (the store and the blobs). Each step can be run again: it does only what
is new, and a step that was cut off goes on where it stood.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from showcause import gather, paper
from showcause import opinion as opinions
from showcause import prove as proofs
from showcause import store as stores
from showcause.ask import Coming, Terms, official, promised, read_statement
from showcause.ask import law as packs
from showcause.assess import claim as claims
from showcause.assess import judge, record, rows
from showcause.assess.joint import by as judges
from showcause.assess.judge import BY
from showcause.assess.llm import Tally
from showcause.assess.llm_wire import Endpoint
from showcause.core import (
    Act,
    Case,
    Document,
    Finding,
    Given,
    Kind,
    Law,
    Letter,
    OfficialText,
    Passage,
    Question,
    Record,
    State,
    Statement,
    settle,
)
from showcause.errors import BadInput, NoMatter
from showcause.gather import Gathering, Rules
from showcause.matter import statements
from showcause.matter.answering import Answering
from showcause.matter.desk import Desk
from showcause.matter.exchange import Exchange
from showcause.matter.reviewing import Reviewing
from showcause.matter.searching import Searching, named, record_ids
from showcause.matter.statements import Statements
from showcause.matter.third import WITHDRAWN, Plan, Third
from showcause.settings import Settings

FILE, HIDDEN = "matter.toml", ".showcause"
PAPERS = frozenset(  # acts that print and change nothing that is proven
    {"opinion", "report", "statements", "prove", "log", "cover", "clawback letter"}
)
BATCH = 32  # documents judged in one act: what a kill can cost
Tell = Callable[..., None]


def silent(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a run of `assess` did: documents judged now, and kept from before."""

    judged: int
    kept: int


# --- finding and making ------------------------------------------------------------------------


def find(start: Path, *, settings: Settings) -> Matter:
    """The matter in `start` or the nearest folder above it; raises NoMatter."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return Matter(folder, settings)
    raise NoMatter(f"{start}: no matter here nor in any folder above; `showcause init` makes one")


def init(
    folder: Path,
    *,
    laws: Sequence[str],
    respondent: str,
    settings: Settings,
    name: str | None = None,
    url: str | None = None,
) -> Matter:
    """A new matter in `folder`, with the packs of `laws` frozen in it; raises BadInput where there is one already."""
    if (folder / FILE).exists():
        raise BadInput(f"{folder}: there is a matter here already")
    loaded = [packs.load(law, folders=settings.packs) for law in laws]
    (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
    facts = {"name": name or folder.resolve().name, "respondent": respondent} | ({"store": url} if url else {})
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
    (folder / FILE).write_text("# A showcause matter. `store` may name a PostgreSQL URL.\n" + text, encoding="utf-8")
    made = Matter(folder.resolve(), settings)
    made.freeze(loaded)
    return made


class Matter:
    """One matter, open; use it as a context manager or call `close`."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.settings = settings
        try:
            facts = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
            self.name, self.respondent = str(facts["name"]), str(facts["respondent"])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as bad:
            raise BadInput(f"{root / FILE}: {f'{bad} is missing' if isinstance(bad, KeyError) else bad}") from bad
        where = facts.get("store") or root / HIDDEN / "matter.db"
        self._store = stores.open(where, blobs=root / HIDDEN / "blobs")
        self._desk = Desk(root, self.name, self.respondent, settings, self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    @property
    def exchange(self) -> Exchange:
        """The desk of letters, deadlines, requests and legal holds."""
        return Exchange(self.root, self.name, self.respondent, self.settings, self._store)

    @property
    def search(self) -> Searching:
        """The search of the record: queries, families, threads, near-duplicates."""
        return Searching(self.root, self.name, self.respondent, self.settings, self._store)

    @property
    def review(self) -> Reviewing:
        """People's calls, and what they make of the record."""
        return Reviewing(self.root, self.name, self.respondent, self.settings, self._store)

    @property
    def answer(self) -> Answering:
        """The desk for privilege, redactions, volumes, logs and letters."""
        return Answering(self.root, self.name, self.respondent, self.settings, self._store)

    # --- the law -------------------------------------------------------------------------------

    def freeze(self, laws: Sequence[Law]) -> None:
        """The packs as the matter is judged under them from now on; their requirements become Questions."""
        asked = [
            Question(r.id, Kind.REQUIREMENT, r.text, f"{law.citation}{r.pinpoint}")
            for law in laws
            for r in law.requirements
        ]
        with self._store.act(self.settings.actor, "freeze", {"about": [law.id for law in laws]}) as act:
            act.freeze(*laws)
            act.ask(*asked)

    def laws(self, *, on: date | None = None) -> tuple[Law, ...]:
        """The matter's laws, with the official version in force on that day (None: the latest)."""
        return self._store.laws(on=on)

    def import_law(self, path: Path) -> tuple[OfficialText, ...]:
        """The sections of an official file that the matter's laws are made of; raises BadInput where none is."""
        texts = official.read_official(_bytes(path), name=path.name)
        wanted = {identifier: law.id for law in self.laws() for r in law.requirements for identifier in r.official}
        taken = [
            (law_id, text)
            for text in texts
            for law_id in dict.fromkeys(v for k, v in wanted.items() if _within(k, text.identifier))
        ]
        if not taken:
            raise BadInput(
                f"{path}: {len(texts)} sections, none of them of {', '.join(law.citation for law in self.laws())}"
            )
        with self._store.act(
            self.settings.actor, "law import", {"about": [law_id for law_id, _ in taken], "file": path.name}
        ) as act:
            for law_id, text in taken:
                act.official(law_id, text)
        return tuple(text for _, text in taken)

    # --- what comes in -------------------------------------------------------------------------

    def add(
        self,
        paths: Iterable[Path],
        *,
        rules: Rules | None = None,
        each: Callable[[Given], object] = gather.unheard,
        tell: gather.Tell = gather.silent,
    ) -> Counter[State]:
        """Records in; how many new things ended in each state.

        Without `rules` they are the respondent's own records, read on this machine. `each` hears of every new thing
        once it is committed, in the order in which they were taken up; `tell` hears how far the run is.
        """
        counts: Counter[State] = Counter()
        for given in Gathering(self._store, self.settings, rules or Rules(self.respondent)).add(paths, tell=tell):
            counts[given.state] += 1
            each(given)
        self.search.words()  # the index is kept up to date where the record grows
        return counts

    def ask(self, path: Path, *, received: date | None = None) -> Letter:
        """A letter in, that came on the day `received`: its requests become Questions, and what it wants by when is owed."""
        return self.exchange.ask(path, Coming(Terms(received=received))).letter

    def hear(self, path: Path) -> Statement:
        """An article or statement in: its claims become Questions, and a promise is owed."""
        document = self.exchange.kept(path)
        statement = read_statement(document)
        asked = [_claim(document, statement, place) for place in range(len(statement.claims))]
        with self._store.act(self.settings.actor, "hear", {"about": [document.id], "file": path.name}) as act:
            act.documents(document)
            act.blob(path)
            act.statement(document.id, statement)
            act.ask(*asked)
            act.owe(document.id, [replace(d, source=document.id) for d in promised(statement.claims)])
        return statement

    def document(self, name: str) -> Document:
        """The document with that id or file name, its own or a copy's; raises NotFound, or BadInput where the name is not one document's."""
        return named(self._store, name)

    def given(self) -> Iterator[Given]:
        """Everything given to `add`, in order of path."""
        yield from self._store.given()

    def exceptions(self) -> tuple[Given, ...]:
        """What could not be read or was skipped, with the reason."""
        return tuple(self._store.given(state=State.UNREADABLE)) + tuple(self._store.given(state=State.SKIPPED))

    def exceptions_report(self, to: Path) -> Path:
        """What was not read, as a CSV or XLSX file at `to`; raises BadInput for another kind, NoRoom."""
        return paper.exceptions(self.exceptions(), to=to, matter=self.name)

    # --- the judgement -------------------------------------------------------------------------

    def assess(self, *, tell: Tell = silent) -> Assessed:
        """Every requirement against every document not yet judged under these packs, then the record and the claims."""
        laws = self._store.laws()
        key = _digest([judges(laws), *(f"{law.id} {law.digest}" for law in laws)])
        ids = record_ids(self._store)
        done = self._store.assessed(key, by=judges(laws)) & set(ids)
        todo = [name for name in ids if name not in done]
        with self._store.writing():
            for start in range(0, len(todo), BATCH):
                self._assess(todo[start : start + BATCH], laws=laws, key=key)
                tell(min(start + BATCH, len(todo)), len(todo), "")
            key = _digest(
                [key, *ids, *(q.id for q in self._store.questions()), *self._standing(), *self._third.heard()]
            )
            self._conclude(laws, key)
        return Assessed(len(todo), len(done))

    def plan_llm(self, endpoint: Endpoint, *, withhold: Iterable[str] = ()) -> Plan:
        """What an LLM would be asked, of the documents that `assess` has judged; those of these ids or names are never sent."""
        withheld = frozenset(self.document(name).id for name in withhold)
        return self._third.plan(record_ids(self._store), endpoint=endpoint, withheld=withheld)

    def ask_llm(self, plan: Plan, *, tell: Tell = silent) -> Tally:
        """Send what was planned, file the votes beside the rules' findings, and conclude anew."""
        with self._store.writing():
            tally = self._third.ask(plan, tell=tell)
        self.assess()
        return tally

    @property
    def _third(self) -> Third:
        return Third(self.root, self.name, self.respondent, self.settings, self._store)

    def _assess(self, ids: Sequence[str], *, laws: Sequence[Law], key: str) -> None:
        asked, heard = [r.id for law in laws for r in law.requirements], self._third.heard()
        with self._store.act(self.settings.actor, "assess", {"about": list(ids)}) as act:
            for name in ids:
                findings = judge(self._store.document(name), laws=laws, at=act.at)
                act.assess(name, key=key, by=judges(laws), questions=asked, findings=findings)
                if heard and self._third.voted(name):  # beside what no longer stands: it may be asked anew
                    act.assess(name, key=key, by=WITHDRAWN, questions=asked, findings=())

    def _standing(self) -> Iterator[str]:
        """What a claim about production is held to, besides the record: the states of the requests, the days gone by."""
        yield from (f"{name} {state}" for name, state in sorted(self._store.request_states().items()))
        yield from (
            f"{q.id} late" for q, c in self._claims() if c.date_promised and c.date_promised < self.exchange.today()
        )

    def _conclude(self, laws: Sequence[Law], key: str) -> None:
        if self._store.assessed(key, by=BY):
            return
        asked = {r.id for law in laws for r in law.requirements}
        judged = [f for f in self._store.findings() if f.question in asked and not isinstance(f.about, Record)]
        with self._store.act(self.settings.actor, "conclude", {"about": [law.id for law in laws]}) as act:
            whole = record(judged, laws=laws, at=act.at)
            to = claims.Held(whole, laws, self._asked())
            held = [f for q, c in self._claims() for f in claims.against(q, claim=c, held=to, at=act.at)]
            questions = [*asked, *(q.id for q, _ in self._claims())]
            act.assess("record", key=key, by=BY, questions=questions, findings=[*whole, *held])

    def _asked(self) -> list[tuple[Question, str]]:
        states = self._store.request_states()
        return [(q, states[q.id]) for q in self._store.questions() if q.id in states]

    def _claims(self) -> Iterator[tuple[Question, Any]]:
        asked = {q.id: q for q in self._store.questions() if q.kind is Kind.CLAIM}
        for name, statement in self._store.statements().items():
            for place, claim in enumerate(statement.claims, start=1):
                yield asked[f"{name}/claim-{place}"], claim

    def rows(self) -> Iterator[dict[str, Any]]:
        """The current findings in the fixed JSON shape."""
        return rows(self._store.findings())

    # --- what stands ---------------------------------------------------------------------------

    def status(self) -> dict[str, Any]:
        """The accounting, requests, counts of current findings and what is owed, in the fixed JSON shape."""
        counts = self._store.given_counts()
        return {
            "records": {"given": sum(counts.values())} | {state.value: counts[state] for state in State},
            "findings": self._counts(),
        } | self.exchange.status()

    def _counts(self) -> dict[str, dict[str, dict[str, int]]]:
        counts: dict[str, dict[str, dict[str, int]]] = {
            law.id: {r.id: {} for r in law.judged()} for law in self._store.laws()
        }
        things: dict[tuple[str, str, str], list[Finding]] = {}
        for finding in self._store.findings():
            if finding.question.partition("#")[0] in counts and isinstance(finding.about, Document):
                things.setdefault((finding.question, finding.reading, finding.about.id), []).append(finding)
        for (question, reading, _), spoken in things.items():
            column = counts[question.partition("#")[0]].setdefault(reading, {})
            verdict = settle(spoken).value
            column[verdict] = column.get(verdict, 0) + 1
        return counts

    def case(self) -> Case:
        """The matter as its papers see it, as of the last act that changed it; of the record, what bears."""
        letters, statements = self._store.letters(), self._store.statements()
        inner = {q.id for q in self._store.questions() if q.kind in {Kind.REQUEST, Kind.PRIVILEGE}}
        findings = tuple(f for f in self._store.findings() if f.question not in inner)  # a review is no paper's
        bearing = {p.doc.id for f in findings for p in (*f.cites, *([f.about] if isinstance(f.about, Passage) else []))}
        shown = bearing | letters.keys() | statements.keys()
        return Case(
            name=self.name,
            respondent=self.respondent,
            as_of=self._proven()[-1].act.at,
            laws=self._store.laws(),
            documents={name: self._store.document(name) for name in sorted(shown)},
            given=tuple(self._store.given()),
            questions=tuple(q for q in self._store.questions() if q.kind is not Kind.PRIVILEGE),
            findings=tuple(f for f in findings if not isinstance(f.about, Document) or f.about.id in shown),
            letters=letters,
            statements=statements,
            deadlines=self._store.deadlines(),
            request_states=self._store.request_states(),
            exchanges=self.exchange.shown(),
        )

    # --- papers and proof ----------------------------------------------------------------------

    def opinion(self, to: Path) -> list[Path]:
        """The memorandum as opinion.pdf, opinion.docx and opinion.html in the folder `to`."""
        return self._print("opinion", to, _opinion(self.case()))

    def report_html(self) -> str:
        """The report, one self-contained page."""
        return paper.report(self.case())

    def report(self, to: Path) -> list[Path]:
        """The report as report.html in the folder `to`."""
        return self._print("report", to, {"report.html": self.report_html().encode()})

    def statements(self, *, speaker: str | None = None) -> Statements:
        """Who said what over time, of those whose name holds `speaker` (None: everybody), as far as `assess` has come."""
        return statements.of(self.case(), speaker=speaker)

    def print_statements(self, to: Path, *, speaker: str | None = None) -> list[Path]:
        """The statement sheet as statements.pdf, .docx, .html and .csv in the folder `to`."""
        return self._print("statements", to, self.statements(speaker=speaker).papers)

    def prove(self, to: Path, *, withhold: Iterable[str] = (), internal: bool = False) -> Path:
        """The signed bundle at `to`; unless `internal`, without these documents and without any that is kept back in part.

        Raises NotFound where there is no signing key, or no document of a name withheld.
        """
        named = frozenset(self.document(name).id for name in withhold)
        withheld = frozenset() if internal else named | self.answer.held_back()
        case, entries = self.case(), self._proven()
        papers = _papers(proofs.shown(case, entries, withheld).case)
        evidence = proofs.Evidence(entries, papers, self._store.blobs, withheld)
        with self._store.act(self.settings.actor, "prove", {"to": to.name}):
            return proofs.prove(case, to=to, evidence=evidence, key=self.settings.key, internal=internal)

    def _print(self, which: str, to: Path, papers: Mapping[str, bytes]) -> list[Path]:
        to.mkdir(parents=True, exist_ok=True)
        for name, data in papers.items():
            (to / name).write_bytes(data)
        with self._store.act(self.settings.actor, which, {"files": sorted(papers)}):
            return [to / name for name in papers]

    def _proven(self) -> list[stores.Entry]:
        entries = list(self._store.log())
        last = max(n for n, entry in enumerate(entries) if not _prints(entry.act))
        return entries[: last + 1]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as unread:
        raise BadInput(f"{path}: can't be read ({unread.strerror})") from unread


def _papers(case: Case) -> dict[str, bytes]:
    return _opinion(case) | {"report.html": paper.report(case).encode()}


def _opinion(case: Case) -> dict[str, bytes]:
    memo = opinions.opinion(case)
    return {
        "opinion.pdf": opinions.to_pdf(memo),
        "opinion.docx": opinions.to_docx(memo),
        "opinion.html": opinions.to_html(memo),
    }


def _prints(act: Act) -> bool:
    return act.act in PAPERS


def _within(identifier: str, section: str) -> bool:
    return identifier == section or identifier.startswith(section + "/")


def _claim(document: Document, statement: Statement, place: int) -> Question:
    claim = statement.claims[place]
    return Question(
        f"{document.id}/claim-{place + 1}", Kind.CLAIM, claim.text, document.passage(claim.start, claim.end)
    )


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
