"""A Case in, report.html out: one file that needs nothing else, works offline and without scripts, and prints."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from showcause.core import ORDER, Case, Kind, Law, Passage, Question, State, Verdict
from showcause.paper import excerpt, press, timeline, view
from showcause.paper.place import Places, Sections, beside, flowing, printable, title
from showcause.text import sections

Names = Mapping[Passage, str]
Data = dict[str, Any]

GLOSSARY = (
    (
        Verdict.CONFLICT,
        "The words, so read, do what the law forbids, or forbid what it protects. A cure was looked for.",
    ),
    (
        Verdict.UNCLEAR,
        "Fair readers of the words would differ, or the judges of them did. A person should look first here.",
    ),
    (Verdict.COMPLIES, "The words keep the requirement, or a savings clause makes them keep it. The cite shows which."),
    (Verdict.SILENT, "Nothing bears on the requirement. For a duty that is a breach; for a ban or a leave it is none."),
    (Verdict.CONTRADICTED, "A public claim that the record pulls against. The passages that do are cited."),
    (Verdict.SUPPORTED, "A public claim that the record bears out. It says nothing of practice outside the record."),
    (Verdict.UNSUPPORTED, "A public claim on which the record says nothing. It may still be true."),
)


def report(case: Case, *, find: Sections = sections) -> str:
    """The report of a case; `find` gives the sections of a text."""
    places, rows = Places(find), view.rows(case)
    names = excerpt.anchors(_passages(case, rows))
    style, script = press.template("report.css"), press.template("report.js")
    found = [_card(row, b, names, places) for row in rows for b in row.bearings]
    data: Data = {
        "case": case,
        "laws": [_law(law) for law in case.laws],
        "readings": _readings(case, rows),
        "parting_readings": _parted(rows),
        "rows": [_row(row, names) for row in rows],
        "cards": found,
        "partings": [_parting(one, names, places) for one in view.parting(rows)],
        "documents": sorted({card["document"] for card in found}),
        "caught": [_caught(hit, rows, names, places) for hit in view.caught(rows)],
        "clashes": [_clash(hit, names, places) for hit in view.clashes(rows)],
        "silences": [_silence(row) for row in rows if any(a.verdict is Verdict.SILENT for a in row.answers)],
        "requests": [_request(case, q, names) for q in case.questions if q.kind is Kind.REQUEST],
        "exchanges": [timeline.told(one, today=case.as_of.date()) for one in case.exchanges],
        "deadlines": [(d, view.days_left(d, case)) for d in view.deadlines(case)],
        "claims": [_claim(case, held, names, places) for held in view.held(case, Kind.CLAIM)],
        "exceptions": [(g, view.whereabouts(g)) for g in case.given if g.state in (State.UNREADABLE, State.SKIPPED)],
        "account": view.accounting(case),
        "shown": list(excerpt.shown(names, places)),
        "glossary": [(_chip(v), says) for v, says in GLOSSARY],
        "verdicts": [_chip(v) for v in ORDER[Kind.REQUIREMENT]],
        "style": style,
        "script": script,
        "style_hash": _hash(style),
        "script_hash": _hash(script),
    }
    return printable(press.html("report.html", data))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _passages(case: Case, rows: Iterable[view.Row]) -> Iterator[Passage]:
    """Every passage that the report points to, of what bears and of claims and requests."""
    yield from (q.source for q in case.questions if isinstance(q.source, Passage))
    for row in rows:
        for b in row.bearings:
            yield from b.cites
            yield from (p for a in b.answers for f in a.findings for p in f.clashes_with)
    for f in case.findings:
        yield from f.cites


def _readings(case: Case, rows: Iterable[view.Row]) -> list[Data]:
    titles = {a.reading.id: a.reading.title for row in rows for a in row.answers}
    titles = {r.id: r.title for law in case.laws for r in law.judged()} | titles
    return [{"id": name, "title": words} for name, words in titles.items()]


def _parted(rows: Iterable[view.Row]) -> list[Data]:
    """The readings that part somewhere."""
    titles = {a.reading.id: a.reading.title for p in view.parting(rows) for a in p.answers}
    return [{"id": name, "title": words} for name, words in titles.items()]


def _chip(verdict: Verdict) -> Data:
    return {"id": verdict.value, "label": view.LABELS[verdict], "sign": view.SIGNS[verdict]}


def _answers(answers: Iterable[view.Answer]) -> list[Data]:
    return [
        {"reading": a.reading.title, "id": a.reading.id, "chip": _chip(a.verdict), "whys": a.whys, "by": _people(a)}
        for a in answers
    ]


def _people(answer: view.Answer) -> str:
    return ", ".join(sorted({f.by.partition(":")[2] for f in answer.findings if f.by.startswith("person:")}))


def _cites(cites: Iterable[Passage], names: Names, places: Places) -> list[Data]:
    return [
        {"text": flowing(p.text), "beside": beside(p), "anchor": names.get(p, ""), "words": places.of(p).words}
        for p in dict.fromkeys(cites)
    ]


def _row(row: view.Row, names: Names) -> Data:
    answers = {a["id"]: a for a in _answers(row.answers)}
    for a in row.answers:
        answers[a.reading.id]["anchor"] = next((names[c] for c in a.cites if c in names), "")
    return {
        "id": row.requirement.id, "cite": row.cite, "text": row.requirement.text, "parts": row.parts,
        "answers": answers, "bearing": sum(b.worst is not Verdict.SILENT for b in row.bearings),
    }  # fmt: skip


def _parting(one: view.Parting, names: Names, places: Places) -> Data:
    about = one.cites[0] if one.cites else one.about
    return {
        "place": places.of(about).words if isinstance(about, Passage) else title(about),
        "anchor": names.get(about, "") if isinstance(about, Passage) else "",
        "text": printable(about.text) if isinstance(about, Passage) else "",
        "cites": [row.cite for row in one.rows],
        "answers": {a["id"]: a for a in _answers(one.answers)},
    }


def _card(row: view.Row, b: view.Bearing, names: Names, places: Places) -> Data:
    about = b.cites[0] if b.cites else b.about
    place = places.of(about).words if isinstance(about, Passage) else title(b.doc)
    grouped = [
        {"chip": _chip(v), "readings": [a.reading.title for a in got], "by": next((p for a in got if (p := _people(a))), ""),
         "whys": list(dict.fromkeys(w for a in got for w in a.whys))}
        for v, got in view.by_verdict(b.answers).items()
    ]  # fmt: skip
    return {
        "requirement": row.requirement.id, "law": row.law.id, "cite": row.cite, "document": title(b.doc), "place": place,
        "worst": b.worst.value, "parts": b.parts, "groups": grouped, "cites": _cites(b.cites, names, places),
        "answers": " ".join(f"{a.reading.id}:{a.verdict}" for a in b.answers),
    }  # fmt: skip


def _caught(hit: view.Caught, rows: Iterable[view.Row], names: Names, places: Places) -> Data:
    known = {row.requirement.id: row.cite for row in rows}
    return {
        "breaks": [{"cite": row.cite, "readings": [r.title for r in readings]} for row, readings in hit.breaks],
        "keeps": [known.get(o, o) for o in hit.keeps],
        "cites": _cites(hit.cites, names, places),
    }


def _clash(hit: view.Clash, names: Names, places: Places) -> Data:
    one, others = _cites([hit.one], names, places), _cites(hit.others, names, places)
    return {"cites": [row.cite for row in hit.rows], "one": one[0], "others": others}


def _silence(row: view.Row) -> Data:
    silent = [a.reading.title for a in row.answers if a.verdict is Verdict.SILENT]
    return {"cite": row.cite, "text": row.requirement.text, "duty": row.requirement.duty, "readings": silent}


def _request(case: Case, question: Question, names: Names) -> Data:
    source = question.source
    return {
        "label": view.label(question), "text": " ".join(question.text.split()),
        "state": case.request_states.get(question.id, "open"),
        "anchor": names.get(source, "") if isinstance(source, Passage) else "",
        "letter": title(source.doc) if isinstance(source, Passage) else source,
        "due": letter.due if isinstance(source, Passage) and (letter := case.letters.get(source.doc.id)) else None,
    }  # fmt: skip


def _claim(case: Case, held: view.Held, names: Names, places: Places) -> Data:
    source, who = held.question.source, view.speaker(case, held.question)
    place = source if isinstance(source, Passage) else None
    grouped = [
        {"chip": _chip(v), "readings": [a.reading.title for a in got], "whys": list(dict.fromkeys(w for a in got for w in a.whys)),
         "cites": _cites([c for a in got for c in a.cites], names, places)}
        for v, got in view.by_verdict(held.answers).items()
    ]  # fmt: skip
    return {
        "text": held.question.text, "by": who.by, "stance": who.stance, "groups": grouped,
        "anchor": names.get(place, "") if place else "", "place": places.of(place).words if place else str(source),
    }  # fmt: skip


def _law(law: Law) -> Data:
    official = law.official
    quoted = [
        {"cite": law.citation + r.pinpoint, "text": r.text,
         "official": [w.strip() for i in r.official if official and (w := official.words(i))]}
        for r in law.requirements
    ]  # fmt: skip
    return {"law": law, "requirements": quoted, "version": official}
