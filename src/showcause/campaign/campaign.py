"""A folder of many matters under one law: letters out, what came back, the board, the drafts, the comparison.

    campaign.toml     name, from, laws, date, due
    bodies.csv        the table of jurisdictions (or .tsv, .xlsx)
    letter.md         the letter's template (or .txt, .typ, .docx)
    rules.toml        when a body is written to again
    official/         official texts that every matter takes
    letters/          the letters as written, a file a body
    drafts/BODY/      follow-ups and subpoenas that a rule proposed, for a person to send
    matters/BODY/     a matter each

Nothing is ever sent: `send` puts on record that a letter went out.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from showcause import matter as matters
from showcause.ask import Coming, Terms, plain_day, read_letter
from showcause.ask import law as packs
from showcause.campaign.board import UNSENT, Demand, Row, board, demands, folders, of_matter, stands
from showcause.campaign.bodies import Body, bodies
from showcause.campaign.rules import SHIPPED, Rule, due, rules_of, shipped
from showcause.campaign.template import KINDS, filled, letter, printed
from showcause.core import Happened, Kind, Side, Turn
from showcause.errors import BadInput, NoMatter, NotFound
from showcause.gather import document_of
from showcause.matter import Matter
from showcause.matter.exchange import Going
from showcause.settings import Settings

HERE, TABLES = "campaign.toml", (".csv", ".tsv", ".xlsx")
ANSWER_DAYS = 14  # days that a follow-up or subpoena gives
Tell = Callable[..., None]


def silent(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign is made of: who asks, under which laws, with which letter and table, and by when an answer is due."""

    name: str
    sender: str
    laws: tuple[str, ...]
    day: date
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A body's letter as our own reader reads it: how many things it asks for, and by when; `files` are its forms."""

    body: Body
    files: tuple[Path, ...]
    requests: int
    due: date | None
    threats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that a rule proposes to a body; `made` is False where it lies there from before, as it was left."""

    body: str
    rule: Rule
    files: tuple[Path, ...]
    made: bool


def new(
    folder: Path,
    plan: Plan,
    *,
    table: Path,
    settings: Settings,
    template: Path | None = None,
    official: Sequence[Path] = (),
) -> Campaign:
    """A new campaign in `folder`: copies of the table, the template (None: a letter to start from), rules, official texts.

    Raises BadInput where there is one already, for a table or a template of another kind, NotFound for a law.
    """
    if (folder / HERE).exists():
        raise BadInput(f"{folder}: there is a campaign here already")
    for one in plan.laws:
        packs.load(one, folders=settings.packs)
    if table.suffix.lower() not in TABLES:
        raise BadInput(f"{table}: a table of bodies is a {', '.join(TABLES)} file")
    if template is not None and template.suffix.lower() not in KINDS:
        raise BadInput(f"{template}: a letter's template is a {', '.join(KINDS)} file")
    bodies(table)
    folder.mkdir(parents=True, exist_ok=True)
    _copy(table, folder / f"bodies{table.suffix.lower()}")
    if template is not None:
        _copy(template, folder / f"letter{template.suffix.lower()}")
    else:
        (folder / "letter.md").write_text(_shipped("letter"), encoding="utf-8")
    (folder / SHIPPED).write_text(shipped(), encoding="utf-8")
    for path in official:
        (folder / "official").mkdir(exist_ok=True)
        _copy(path, folder / "official" / path.name)
    facts: dict[str, Any] = {"name": plan.name, "from": plan.sender, "laws": list(plan.laws), "date": str(plan.day)}
    facts |= {"due": str(plan.due)} if plan.due else {}
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
    (folder / HERE).write_text("# A showcause campaign.\n" + lines, encoding="utf-8")
    return Campaign(folder, settings)


def find(start: Path, *, settings: Settings) -> Campaign:
    """The campaign in `start` or the nearest folder above it; raises NoMatter."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / HERE).is_file():
            return Campaign(folder, settings)
    raise NoMatter(f"{start}: no campaign here nor in any folder above; `showcause campaign new` makes one")


class Campaign:
    """One campaign; its matters are opened one at a time, so it holds nothing open."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.settings = settings
        try:
            facts = tomllib.loads((root / HERE).read_text(encoding="utf-8"))
            until = facts.get("due")
            self.plan = Plan(
                str(facts["name"]),
                str(facts["from"]),
                tuple(facts["laws"]),
                _day(facts["date"]),
                _day(until) if until else None,
            )
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, ValueError) as bad:
            raise BadInput(f"{root / HERE}: {f'{bad} is missing' if isinstance(bad, KeyError) else bad}") from bad

    def bodies(self, chosen: Iterable[str] = ()) -> tuple[Body, ...]:
        """The bodies of the table, or those of these names or ids; raises NotFound."""
        table = self._one("bodies", TABLES)
        known = bodies(table)
        wanted = tuple(chosen)
        for name in wanted:
            if not any(name in {one.id, one.name} for one in known):
                raise NotFound(f"{name}: no body of {table.name}")
        return tuple(one for one in known if not wanted or one.id in wanted or one.name in wanted)

    # --- letters out ---------------------------------------------------------------------------

    def letters(self, *, chosen: Iterable[str] = (), tell: Tell = silent) -> Iterator[Written]:
        """The letter of each body, written to `letters/` and read back by our own reader, so that what it asks is seen.

        Raises BadInput where the template and the table don't fit, before any letter is written.
        """
        template, asked = self._one("letter", KINDS), self.bodies(chosen)
        at = datetime.combine(self.plan.day, time(12), UTC)
        made = {one.id: letter(template, self.words(one), at=at) for one in asked}
        (self.root / "letters").mkdir(exist_ok=True)
        for number, one in enumerate(asked, start=1):
            tell(number - 1, len(asked), one.name)
            paths = tuple(self.root / "letters" / f"{one.id}{ending}" for ending in made[one.id])
            for path, data in zip(paths, made[one.id].values(), strict=True):
                path.write_bytes(data)
            read = read_letter(document_of(paths[0], custodian=self.plan.sender, settings=self.settings))
            yield Written(one, paths, len(read.requests), read.due, tuple(c.text for c in read.consequences))
        tell(len(asked), len(asked), "")

    def words(self, body: Body) -> dict[str, str]:
        """The words that a template may say of a body: the table's columns, and those of the campaign."""
        laws = [packs.load(one, folders=self.settings.packs) for one in self.plan.laws]
        until = _maybe_day(body.values.get("due", "")) or self.plan.due
        own = {
            "body": body.name,
            "date": plain_day(self.plan.day),
            "due": plain_day(until) if until else body.values.get("due", ""),
            "from": self.plan.sender,
            "law": " and ".join(one.citation for one in laws),
            "campaign": self.plan.name,
        }
        common = dict.fromkeys(("addressee", "address", "contact", "since"), "")
        return common | dict(body.values) | own

    def send(self, *, chosen: Iterable[str] = (), on: date | None = None, tell: Tell = silent) -> Iterator[Demand]:
        """Put on record that each body's letter went out: its matter is made, with the laws, and the letter is in it.

        What was sent before is left as it is. Raises NotFound where a letter was not written yet.
        """
        asked = self.bodies(chosen)
        for number, one in enumerate(asked, start=1):
            tell(number - 1, len(asked), one.name)
            path = next((p for e in (".pdf", ".docx") if (p := self.root / "letters" / f"{one.id}{e}").is_file()), None)
            if path is None:
                raise NotFound(
                    f"{one.name}: no letter in {self.root / 'letters'}; write them by `campaign letters` first"
                )
            with self._matter(one) as opened:
                if not opened.exchange.exchanges():
                    opened.exchange.ask(path, Coming(Terms(received=on)))
                yield from of_matter(opened)
        tell(len(asked), len(asked), "")

    def follow(self, body: str, path: Path, *, kind: Turn | None = None) -> Demand:
        """Put on record that a further letter went to a body: a follow-up, subpoena, more time, withdrawal or closing."""
        (one,) = self.bodies([body])
        with self._sent(one) as opened:
            opened.exchange.ask(path, Coming(kind=kind))
            return next(of_matter(opened))

    def heard(self, body: str, path: Path, *, how: Going) -> Demand:
        """A body's own letter: its acknowledgement, wish for time, objection, reply or production."""
        (one,) = self.bodies([body])
        with self._sent(one) as opened:
            opened.exchange.sent(path, how=how)
            return next(of_matter(opened))

    def close(self, body: str, *, on: date, kind: Turn = Turn.CLOSED) -> Demand:
        """The one who asks is satisfied, or takes the demand back, without a letter."""
        (one,) = self.bodies([body])
        with self._sent(one) as opened:
            opened.exchange.enter("", Happened(kind, on, Side.ASKING))
            return next(of_matter(opened))

    # --- what stands ---------------------------------------------------------------------------

    def places(self) -> tuple[Path, ...]:
        """The matters of bodies that were written to."""
        return folders(self.root / "matters") if (self.root / "matters").is_dir() else ()

    def board(self, *, today: date | None = None) -> tuple[Row, ...]:
        """Where each body stands; those not written to yet stand at the end."""
        day = today or datetime.now(UTC).date()
        rows = board(self.places(), settings=self.settings, today=day, rules=rules_of(self.root), keep=self.root)
        rows = tuple(replace(one, sender=self.plan.sender) for one in rows)
        written = {Path(one.matter).name for one in rows}
        rest = [
            Row("", one.name, self.plan.name, self.plan.sender, UNSENT)
            for one in self.bodies()
            if one.id not in written
        ]
        return (*rows, *rest)

    def drafts(self, *, today: date | None = None) -> Iterator[Draft]:
        """What the rules propose to write today, to `drafts/BODY/`; a draft that lies there is left as it is."""
        day = today or datetime.now(UTC).date()
        known = rules_of(self.root)
        for demand in demands(self.places(), settings=self.settings, keep=self.root):
            past = [h for h in demand.happened if h.on <= day]
            rule = due(known, stands(replace(demand, happened=tuple(past)), today=day), today=day) if past else None
            if rule is not None:
                yield self._draft(demand, rule, day)

    def _draft(self, demand: Demand, rule: Rule, day: date) -> Draft:
        place = Path(demand.matter)
        stood = stands(demand, today=day)
        stem = self.root / "drafts" / place.name / f"{rule.then}-{rule.id}-{stood.since.isoformat()}"
        text = stem.with_suffix(".md")
        made = not text.exists()
        if made:
            text.parent.mkdir(parents=True, exist_ok=True)
            text.write_text(self._filled(demand, rule, day), encoding="utf-8")
        forms = printed(text.read_text(encoding="utf-8"), at=datetime.combine(day, time(12), UTC))
        paths = [text]
        for ending, data in forms.items():
            paths.append(stem.with_suffix(ending))
            if made or not paths[-1].exists() or paths[-1].stat().st_mtime < text.stat().st_mtime:
                paths[-1].write_bytes(data)
        return Draft(demand.body, rule, tuple(paths), made)

    def _filled(self, demand: Demand, rule: Rule, day: date) -> str:
        stood = stands(demand, today=day)
        body = next((one for one in self.bodies() if one.id == Path(demand.matter).name), None)
        words: dict[str, Any] = dict(self.words(body)) if body else {"body": demand.body, "from": self.plan.sender}
        words |= {
            "date": plain_day(day),
            "letter_date": plain_day(demand.happened[0].on),
            "due": plain_day(stood.due) if stood.due else "",
            "days_late": max(0, -(stood.days_left or 0)),
            "new_due": plain_day(day + timedelta(days=ANSWER_DAYS)),
            "state": stood.stage.value,
            "open": self._open(Path(demand.matter)),
            "threats": list(demand.threats),
        }
        name = rule.template or f"{rule.then}.md"
        own = self.root / name
        if own.is_file():
            return filled(own.read_text(encoding="utf-8"), words, name=str(own))
        if rule.template:
            raise BadInput(f"{self.root / SHIPPED}: {rule.id}: there is no template {own}")
        return filled(_shipped(rule.then), words, name=name)

    def _open(self, place: Path) -> list[dict[str, str]]:
        """The requests that are not answered, in their own words."""
        with matters.find(place, settings=self.settings) as opened:
            states = opened.exchange.store.request_states()
            return [
                {"label": q.id.rpartition("/request-")[2], "text": " ".join(q.text.split())}
                for q in opened.exchange.store.questions()
                if q.kind is Kind.REQUEST and states.get(q.id, "open") in {"open", "searching", "answered in part"}
            ]

    # --- the folder ----------------------------------------------------------------------------

    def matter(self, name: str) -> Path:
        """The folder of a body's matter; raises NotFound where it was not written to."""
        (one,) = self.bodies([name])
        place = self.root / "matters" / one.id
        if not (place / matters.FILE).is_file():
            raise NotFound(f"{one.name}: not written to yet; `campaign send` puts its letter on record")
        return place

    def _matter(self, one: Body) -> Matter:
        place = self.root / "matters" / one.id
        if (place / matters.FILE).is_file():
            return matters.find(place, settings=self.settings)
        name = f"{self.plan.name}: {one.name}"
        made = matters.init(place, laws=self.plan.laws, respondent=one.name, name=name, settings=self.settings)
        for path in sorted((self.root / "official").glob("*")):
            made.import_law(path)
        return made

    def _sent(self, one: Body) -> Matter:
        return matters.find(self.matter(one.id), settings=self.settings)

    def _one(self, stem: str, endings: Sequence[str]) -> Path:
        found = [p for ending in endings if (p := self.root / f"{stem}{ending}").is_file()]
        if len(found) != 1:
            what = "there is none" if not found else f"there are {len(found)}"
            raise BadInput(f"{self.root}: one {stem} file is needed ({', '.join(endings)}), and {what}")
        return found[0]


def _copy(source: Path, to: Path) -> None:
    try:
        shutil.copyfile(source, to)
    except OSError as refused:
        raise BadInput(f"{source}: can't be copied ({refused.strerror})") from refused


def _shipped(name: str) -> str:
    return files("showcause.campaign").joinpath("letters", f"{name}.md").read_text(encoding="utf-8")


def _day(text: Any) -> date:
    return text if isinstance(text, date) else date.fromisoformat(str(text))


def _maybe_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
