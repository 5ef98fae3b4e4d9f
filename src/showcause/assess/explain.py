"""What decided a finding in; its norm, the requirement's, and the cell of the table that set one against the other, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from showcause import norm, text
from showcause.assess import duty
from showcause.assess.reasons import CURED
from showcause.assess.terms import Vocabulary, vocabulary
from showcause.assess.weigh import Judged
from showcause.core import Document, Finding, Law, Requirement
from showcause.norm import Manner, Modality, Norm
from showcause.text import later

Span = tuple[int, int]

LAW = {
    "obliged": "the law commands it",
    "forbidden": "the law forbids it",
    "permitted": "the law permits it",
    "unrestricted": "the law lets nobody forbid it",
}
RULE = {
    Modality.OBLIGED: "the rule commands it",
    Modality.FORBIDDEN: "the rule forbids it",
    Modality.PERMITTED: "the rule permits it",
    Modality.ONLY_IF: "the rule permits it only on a condition",
    Modality.UNRESTRICTED: "the rule says that nothing forbids it",
    Modality.RELEASED: "the rule frees from it",
}
MODAL = later(
    r"(?i)(?:^|\s+)(?:(?:shall|must|may|will|should|can|cannot|is|are|be|do|does|need|needs|not|never)\b\s*)+$"
)
PARTS = ("bearer", "object", "counterpart", "condition", "exception")


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a verdict is what it is: the deciding sentence, its norm and the requirement's, the table's cell, what moved it.

    `rule` and `law` map bearer, modality, manner, act, object, counterpart, condition and exception to words; both are
    empty where no rule decided. `table` is the cell's own verdict and `moved` why the finding differs from it, "" if not.
    """

    sentence: tuple[int, int] | None
    rule: dict[str, str]
    law: dict[str, str]
    cell: str
    table: str
    moved: str

    def row(self, document: Document) -> dict[str, Any]:
        """The value of "explain" in a row of JSON."""
        where = self.sentence and {
            "start": self.sentence[0],
            "end": self.sentence[1],
            "text": document.text[slice(*self.sentence)],
        }
        return {
            "sentence": where,
            "rule": self.rule,
            "law": self.law,
            "cell": self.cell,
            "table": self.table,
            "moved": self.moved,
        }


def explained(
    asked: duty.Ask, frame_of: tuple[Document, Vocabulary], *, found: Finding, first: Judged | None, one: Span | None
) -> Explained:
    """Why the finding on `asked` is what it is: `first` decided it, in the sentence at `one`; both None for a silence."""
    document, words = frame_of
    asks = _law(asked, words)
    if first is None:
        return Explained(None, {}, asks, "", "", "no rule of the text was read as bearing on it")
    if first.rule is None or one is None:
        return Explained(
            text.trimmed(document.text, *first.cites[0]), {}, asks, "", "", "a savings clause names the law"
        )
    table = duty.TABLE[asked.modality][first.rule.norm.modality]
    said = f", by the wording \u201c{first.rule.said}\u201d" if first.rule.said else ""
    return Explained(
        text.trimmed(document.text, *one),
        frame(document.text, first.rule.norm),
        asks,
        f"{LAW[asked.modality]}; {RULE[first.rule.norm.modality]}{said}",
        str(table),
        "" if table is found.verdict else _moved(first),
    )


def frame(words: str, one: Norm) -> dict[str, str]:
    """The parts of a norm in the words of the text that it was parsed from, with its force; parts it lacks are left out."""
    out = {"modality": str(one.modality), "act": words[slice(*one.head)] or one.act}
    if one.manner is not Manner.PLAIN:
        out["manner"] = str(one.manner)
    for part in PARTS:
        span: tuple[int, int] | None = getattr(one, part)
        if span and (said := " ".join(words[slice(*span)].split()).strip(" ,;:.|")):
            out[part] = said
    if out.get("counterpart") == out.get("object"):
        out.pop("counterpart", None)
    who = MODAL.sub("", out.pop("bearer", "")).strip(" ,")
    if who:
        out["object" if one.passive else "bearer"] = who  # the subject of a passive is what is acted on
    return {part: out[part] for part in ("bearer", "modality", "manner", "act", *PARTS[1:]) if part in out}


def _law(asked: duty.Ask, words: Vocabulary) -> dict[str, str]:
    """The requirement's norm, by the parser that reads the rules; its modality is the pack's."""
    said, mine = asked.requirement.text, _own(asked, words, _norms(asked, words))
    alike = [n for n in mine if str(n.modality) == asked.modality] or mine
    act = next((a.says.replace("{matters}", "it") for a in words.acts if a.name in asked.acts), "")
    parts = frame(said, alike[-1]) if alike else {"act": act}
    return {**parts, "modality": asked.modality}


TIMED = "the period that it names was set against the law's own"


def _moved(first: Judged) -> str:  # noqa: PLR0911 - one case a line
    """What made the verdict another than the cell's."""
    rule = first.rule
    if first.cured:
        return CURED[first.cured]
    if rule and rule.norm.manner is Manner.SOFT:
        return "it is said softly"
    if rule and rule.norm.manner is Manner.PURPOSE:
        return "it is leave for one purpose only"
    if first.timed:
        return TIMED
    if first.failed:
        return "an exception or savings clause was looked at and leaves it open"
    if rule and rule.norm.manner is Manner.APPROVAL:
        return "an approval stands before it"
    return "an exception of its own sentence was set against the law's own exceptions"


def requirement_frames(law: Law) -> tuple[tuple[Requirement, dict[str, str], str], ...]:
    """Each requirement of a law with its norm as the parser hears it, and a remark where that isn't what the pack says."""
    words = vocabulary(law)
    first = {asked.requirement.id: asked for asked in reversed(duty.asks(law))}
    return tuple((r, _law(first[r.id], words), _remark(first[r.id], words)) for r in law.requirements if r.id in first)


def forces(law: Law) -> Mapping[str, frozenset[Modality]]:
    """By its id, the forces that each requirement's sentence gives to its own acts, as the parser hears it; none where none is heard."""
    words = vocabulary(law)
    first = {asked.requirement.id: asked for asked in reversed(duty.asks(law))}
    return {
        key: frozenset(n.modality for n in _own(asked, words, _norms(asked, words))) for key, asked in first.items()
    }


def _norms(asked: duty.Ask, words: Vocabulary) -> list[Norm]:
    return [n for n in norm.parse(asked.requirement.text, words=words.lexicon) if n.modality in norm.OPERATIVE]


def _own(asked: duty.Ask, words: Vocabulary, found: Sequence[Norm]) -> list[Norm]:
    """The norms, of those found in a requirement's sentence, whose verbs do one of its acts."""
    acts = [a for a in words.acts if a.name in asked.acts]
    return [n for n in found if any(n.family in a.families for a in acts)]


def _remark(asked: duty.Ask, words: Vocabulary) -> str:
    found = _norms(asked, words)
    if not found:
        return "no rule was heard in the sentence; the pack's modality and acts are used as they stand"
    mine = _own(asked, words, found)
    if not mine:
        heard = ", ".join(dict.fromkeys(n.act for n in found if n.act))
        return f"the sentence's verb ({heard or 'none known'}) is none of its acts' verbs: add it to [acts] verbs"
    said = {str(n.modality) for n in mine}
    kept = {"permitted-only-if": "forbidden"}
    if asked.modality not in {kept.get(s, s) for s in said}:
        return f"the sentence reads as {' or '.join(sorted(said))}, the pack says {asked.modality}"
    return ""
