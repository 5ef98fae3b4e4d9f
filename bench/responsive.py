"""Proposals of responsiveness on a small labelled record: precision and recall, of the half that was held back apart.

A document counts as proposed where the proposal is responsive; "brought up" counts those proposed and those left unclear,
which a person sees first. The peer proposes every document that holds half of the request's words, as a list of search
terms joined by OR would.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from showcause.ask.span import span
from showcause.assess import responsive
from showcause.core import Address, Document, Kind, Mail, Question, Verdict
from showcause.find import Search, Source, refreshed
from showcause.find.query import Word
from showcause.find.tokens import words

RECORD = Path(__file__).parent / "responsive" / "record.toml"
AT = datetime(2026, 1, 1, tzinfo=UTC)


def document(told: Mapping[str, Any]) -> Document:
    """One document of the record."""
    mail = None
    if "from" in told:
        boxes = [Address(*parseaddr(one)) for one in (told["from"], *told["to"])]
        subject = told["text"].partition("\n")[0].removeprefix("Subject: ")
        mail = Mail(boxes[0], tuple(boxes[1:]), subject=subject)
    kind = told["name"].rpartition(".")[2]
    name = told["name"]
    return Document(name, name, kind, "Sheriff", told.get("date"), told["text"], name=name, mail=mail)


def verdicts(record: Mapping[str, Any]) -> dict[str, dict[str, Verdict]]:
    """What is proposed on each document, by request."""
    documents = [document(one) for one in record["document"]]
    by_id = {one.id: one for one in documents}
    with tempfile.TemporaryDirectory() as folder:
        source = Source(sorted(by_id), lambda ids: (by_id[i] for i in sorted(ids)), lambda: (), "1")
        search = Search(refreshed(Path(folder), source))
        share = {}
        for one in record["request"]:
            for key in responsive.stems(Question(one["id"], Kind.REQUEST, one["text"], "a letter")):
                share[key] = len(search.matches(Word(f"{key}*")).documents) / len(documents)
    asked = []
    for one in record["request"]:
        first, last = span(one.get("period"), written=AT.date())
        question = Question(one["id"], Kind.REQUEST, one["text"], "a letter")
        asked.append(responsive.wanted(question, first=first, last=last, share=lambda key: share.get(key, 0.0)))
    out: dict[str, dict[str, Verdict]] = {one["id"]: {} for one in record["request"]}
    for one in documents:
        for finding in responsive.propose(one, asked, at=AT):
            out[finding.question][one.id] = finding.verdict
    return out


def measured(
    record: Mapping[str, Any], half: str, said: Mapping[str, Mapping[str, Verdict]]
) -> tuple[float, float, float]:
    """Precision and recall of what is proposed, and the recall of what is brought up."""
    proposed = right = wanted = brought = 0
    for one in (r for r in record["request"] if r["half"] == half):
        good = {*one["responsive"], *one["undated"]}
        for name, verdict in said[one["id"]].items():
            proposed += verdict is Verdict.RESPONSIVE
            right += verdict is Verdict.RESPONSIVE and name in one["responsive"]
            brought += verdict is not Verdict.NOT_RESPONSIVE and name in good
        wanted += len(good)
    undated = sum(len(r["undated"]) for r in record["request"] if r["half"] == half)
    return right / max(1, proposed), right / max(1, wanted - undated), brought / wanted


def by_terms(record: Mapping[str, Any]) -> dict[str, dict[str, Verdict]]:
    """The peer: a document that holds half of a request's longer words is proposed."""
    held = {one["name"]: set(words(one["text"])) for one in record["document"]}
    return {
        one["id"]: {n: _term_verdict(words(one["text"]), there) for n, there in held.items()}
        for one in record["request"]
    }


def _term_verdict(asked: Iterable[str], there: set[str]) -> Verdict:
    longer = {word for word in asked if len(word) > 3}
    return Verdict.RESPONSIVE if len(longer & there) * 2 >= len(longer) else Verdict.NOT_RESPONSIVE


def main() -> None:
    record = tomllib.loads(RECORD.read_text(encoding="utf-8"))
    for name, said in (("ours", verdicts(record)), ("half of the words", by_terms(record))):
        for half in ("develop", "held"):
            precision, recall, brought = measured(record, half, said)
            print(
                f"responsive, {half}, {name}: precision {precision:.3f}, recall {recall:.3f}, brought up {brought:.3f}"
            )


if __name__ == "__main__":
    main()
