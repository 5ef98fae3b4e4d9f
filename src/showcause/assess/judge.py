"""A document and laws in, Findings out: one for each requirement and reading, and one for each bearing passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from showcause import text
from showcause.assess import again, bearing, between, both, cure, duty, explain, joint, reasons, sentence, spelled
from showcause.assess.clash import Beside, clash
from showcause.assess.cleaning import cleaned
from showcause.assess.context import rules
from showcause.assess.page import LONG, Page, page
from showcause.assess.rule import Rule
from showcause.assess.signs import Signs
from showcause.assess.terms import Vocabulary, vocabulary
from showcause.assess.weigh import Judged, lifted, standing, weigh
from showcause.core import Document, Finding, Law, Passage, Verdict, combine
from showcause.text import later

BY = "duty:1"
V = Verdict
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as one vocabulary reads it; `shut` tells that no word that the law needs stands in it, so that the rules say nothing."""

    paper: Page
    rules: tuple[Rule, ...] = ()
    savings: tuple[cure.Saving, ...] = ()
    shut: bool = False


NOTHING = _Read(Page("", (), (), (), ()))


def judge(document: Document, *, laws: Sequence[Law], at: datetime, rules_alone: bool = False) -> tuple[Finding, ...]:
    """The findings on `document` under each requirement and judged reading of `laws`, as of `at` (UTC).

    One finding about the document for each; in a document of more than one section also one about each section that
    bears, read with the whole document in view. Where the learned judge was taught a requirement both judges are
    weighed, unless the rules are to judge alone.
    """
    clean = cleaned(document, laws)
    decided = _all(clean.document, laws, at, rules_alone=rules_alone)
    return tuple(clean.back(f) for f in between.caught([f for f, _, _ in decided], laws))


def ready(laws: Sequence[Law]) -> None:
    """Load what judging under `laws` takes, the learned judge beside the caller, who may meanwhile do something else."""
    joint.ready(laws)
    for law in laws:
        vocabulary(law)


def judge_explained(
    document: Document, *, laws: Sequence[Law], at: datetime, rules_alone: bool = False
) -> tuple[tuple[Finding, explain.Explained], ...]:
    """The findings of `judge`, each with what decided it."""
    clean = cleaned(document, laws)
    decided = list(_all(clean.document, laws, at, rules_alone=rules_alone))
    findings = tuple(between.caught([f for f, _, _ in decided], laws))
    whys = [_why(frame, first, f) for f, (_, first, frame) in zip(findings, decided, strict=True)]
    return tuple(
        (clean.back(f), replace(why, sentence=why.sentence and clean.span(*why.sentence)))
        for f, why in zip(findings, whys, strict=True)
    )


_Decided = tuple[Finding, Judged | None, "_Frame"]


def _all(document: Document, laws: Sequence[Law], at: datetime, *, rules_alone: bool) -> Iterator[_Decided]:
    prepared: dict[tuple[int, tuple[int, ...]], _Read] = {}
    by = BY if rules_alone else joint.by(laws)
    for law in laws:
        words, ear = vocabulary(law), both.Ear(document, law) if joint.knows([law]) and not rules_alone else None
        if ear:
            ear.begin()
        signs = [a.signs for a in duty.asks(law) if a.signs]
        alike = id(words), tuple(map(id, signs))  # laws that share their words may differ in their signs
        if alike not in prepared:
            prepared[alike] = _read(document, words, signs)
        read = prepared[alike]
        again = bool(law.rules.get("network")) and ear is None and not rules_alone
        if (again or (ear and "\n" in document.text.strip())) and not read.paper.sections:
            read = replace(read, paper=page(document.text, document.headings), shut=not again)
        ear = replace(ear, terms=spelled.terms(read.paper, words)) if ear else None
        frames = [_Frame(document, asked, read, words, at, by) for asked in duty.asks(law)]
        if again:
            yield from _again(frames)
            continue
        if ear is None and not read.paper.sentences:  # no telling word: nothing was read
            says = reasons.near(read.paper.low, words)
            yield from ((_unheard(frame, says), None, frame) for frame in frames)
            continue
        heard = [_weighed(frame) if ear and _taught(frame) else None for frame in frames]
        if ear:
            ear.ahead(want for f, judged in zip(frames, heard, strict=True) for want in _wanted(f, judged, ear))
        for frame, judged in zip(frames, heard, strict=True):
            yield from _findings(frame) if judged is None or ear is None else _jointly(frame, judged, ear)


def _taught(frame: _Frame) -> bool:
    """Whether the learned judge was taught the requirement under this reading."""
    return joint.column(frame.asked.requirement, frame.asked.reading) in joint.taught()


def _wanted(frame: _Frame, judged: Sequence[Judged] | None, ear: both.Ear) -> Iterator[tuple[str, Span]]:
    """What the network will read for the frame: the requirement by its key, and the span; nothing where it was not taught it."""
    if judged is None:
        return
    key = joint.column(frame.asked.requirement, frame.asked.reading)
    bears = {j.section for j in judged}
    for n, span in _spans(frame):
        if (bears if n is None else n in bears) or not ear.far(key, span):
            yield key, span


def _spans(frame: _Frame) -> Iterator[tuple[int | None, Span]]:
    """The sections that are read apart, each with its place, and the document where it is read at once."""
    sections, end = frame.read.paper.sections, len(frame.document.text)
    short = len(frame.document.text.strip()) <= LONG
    if len(sections) > 1:
        yield from ((n, (one.start, one.end)) for n, one in enumerate(sections))
    if len(sections) < 2 or short:
        yield None, (0, end)


def _why(frame: _Frame, first: Judged | None, found: Finding) -> explain.Explained:
    one = frame.read.paper.sentences[first.rule.sentence] if first and first.rule else None
    place = (one.body, one.end) if one else None
    out = explain.explained(frame.asked, (frame.document, frame.words), found=found, first=first, one=place)
    weighed = frame.joint
    if weighed is None and found.why.startswith(both.ALONE):
        return replace(out, moved="no rule of the text decided: the learned judge read it")
    if weighed is None and found.why.startswith(both.PARTING):
        return replace(out, moved="the learned judge reads these words the other way, and a person must decide")
    if weighed is None and found.why.endswith(again.PERIOD):
        return replace(out, moved=explain.TIMED)
    if weighed is None or weighed.verdict is weighed.rule:
        return out
    back = ", and a savings clause of the document takes that back" if found.why.startswith(both.LIFTED) else ""
    leans = weighed.learned is Verdict.UNCLEAR and weighed.verdict not in {Verdict.UNCLEAR, Verdict.SILENT}
    learned = f"leans to {weighed.verdict}" if leans else weighed.learned
    return replace(
        out, moved=f"both judges were weighed: the rules say {weighed.rule}, the learned judge {learned}{back}"
    )


def _read(document: Document, words: Vocabulary, signs: Sequence[Signs]) -> _Read:
    low = text.lowered(text.unmarked(document.text))
    if not words.trigger.search(low) and not any(s.any.search(low) for s in signs):
        return NOTHING
    if not words.heard(low):
        return _Read(Page(low, (), (), (), ()))
    paper = page(document.text, document.headings)
    found = standing(paper, rules(paper, words), words)
    return _Read(paper, found, cure.savings(paper, found, words))


def _weighed(frame: _Frame) -> list[Judged]:
    read = frame.read
    if read.shut:
        return []
    heard = read.rules or read.savings or frame.asked.bound or frame.asked.told or frame.asked.signs
    return weigh(frame.asked, read.paper, read.rules, read.savings, frame.words) if heard else []


def _findings(frame: _Frame) -> Iterator[_Decided]:
    judged = _parted(_weighed(frame))
    yield _finding(frame, judged.all, frame.document)
    if len(frame.read.paper.sections) < 2:
        return
    for n in sorted(judged.sections):
        yield _finding(frame, judged.sections[n], _section(frame, n), judged.apart)


def _section(frame: _Frame, n: int) -> Passage:
    """The words of a section."""
    section = frame.read.paper.sections[n]
    return frame.document.passage(*text.trimmed(frame.document.text, section.start, section.end))


class _Parted(NamedTuple):
    """What was judged in a document: all of it, by section, and by verdict the rules that may clash with others.

    Parted once, so that a paper of many sections isn't gone through for each of them.
    """

    all: Sequence[Judged]
    sections: Mapping[int, Sequence[Judged]]
    apart: Mapping[Verdict, Sequence[Judged]]


def _parted(judged: Sequence[Judged]) -> _Parted:
    sections: dict[int, list[Judged]] = {}
    apart: dict[Verdict, list[Judged]] = {}
    for j in judged:
        sections.setdefault(j.section, []).append(j)
        if _may_clash(j):
            apart.setdefault(j.verdict, []).append(j)
    return _Parted(judged, sections, apart)


def _jointly(frame: _Frame, judged: Sequence[Judged], ear: both.Ear) -> Iterator[_Decided]:
    """The findings of `_findings`, each weighed with what the learned judge hears in its section."""
    found, first, _ = _finding(frame, judged, frame.document)
    parted = _parted(judged)
    each: list[tuple[Finding, Judged | None, joint.Joint]] = []
    whole = None
    saved = frame.read.savings
    saving, unheard = {s.section for s in saved}, joint.far(joint.column(frame.asked.requirement, frame.asked.reading))
    for n, span in _spans(frame):
        if n is None:
            whole = both.passage(found, judged, asked=frame.asked, ear=ear, span=span)
            continue
        mine = parted.sections.get(n, ())
        own, deciding, _ = _finding(frame, mine, _section(frame, n), parted.apart)
        if not mine and n in saving:  # what only takes back bans is left to the rules
            each.append((replace(own, confidence=unheard.sure), deciding, unheard))
            continue
        back = None if mine else lifted(frame.asked, frame.read.paper, saved, n)
        said, parts = both.passage(own, mine, asked=frame.asked, ear=ear, span=span, lifted=back)
        each.append((said, deciding, parts))
    if whole:
        said, parts = whole
        frame = frame._replace(joint=parts)
    else:
        said, place = both.whole(found, [f for f, _, _ in each])
        _, first, parts = each[place]
        frame = frame._replace(joint=parts)
    yield said, first, frame
    heard = [e for e in each if e[0].verdict is not V.SILENT and combine([e[0].verdict, said.verdict]) is said.verdict]
    yield from ((f, deciding, frame._replace(joint=parts)) for f, deciding, parts in heard)


def _again(frames: Sequence[_Frame]) -> Iterator[_Decided]:
    """The findings of `_findings`, with what the network reads in the stretches that are nearest to each requirement's own words.

    A stretch in which the rules hear another requirement of the law is left to them.
    """
    heard = [_weighed(frame) for frame in frames]
    for frame, judged in zip(frames, heard, strict=True):
        asked = frame.asked.requirement.id
        taken = [j for f, js in zip(frames, heard, strict=True) for j in js if f.asked.requirement.id != asked]
        yield from _read_again(frame, judged, [j.cites[0][0] for j in taken if j.cites])


def _read_again(frame: _Frame, judged: Sequence[Judged], taken: Sequence[int]) -> Iterator[_Decided]:
    document, asks, sections = frame.document, frame.asked.requirement.text, frame.read.paper.sections
    sheet = bearing.sheet(text.flowing(document.text, document.headings), document.headings)
    spans = [(one.start, one.end) for one in sections] if len(sections) > 1 else [(0, len(document.text))]
    scores = bearing.rank(sheet, sentence.asked(asks).terms)
    read = again.read(document.text, asks, sheet, scores, spans=spans, many=MANY if len(spans) > 1 else again.READ)
    read = tuple(r for r in read if not any(r.span[0] <= at < r.span[1] for at in taken))
    found, first, _ = _finding(frame, judged, document)
    parted = _parted(judged)
    if len(spans) < 2:
        yield again.weighed(document, found, asks, read, least=LEAST), first, frame
        return
    each = []
    for n, (start, end) in enumerate(spans):
        mine = parted.sections.get(n, ())
        own, deciding, _ = _finding(frame, mine, _section(frame, n), parted.apart)
        here = [r for r in read if start <= r.span[0] < end]
        each.append((again.weighed(document, own, asks, here, least=LEAST), deciding))
    said, place = both.whole(found, [f for f, _ in each])
    yield said, each[place][1], frame
    yield from ((f, deciding, frame) for f, deciding in each if f.verdict is not V.SILENT)


LEAST = 0.7  # how often a verdict of the network's alone must have been right; under it a person must read
MANY = 12  # stretches of a document of many sections that the network reads for a requirement


class _Frame(NamedTuple):
    """What a finding is made from; a tuple, since one is made for every requirement, reading and passage."""

    document: Document
    asked: duty.Ask
    read: _Read
    words: Vocabulary
    at: datetime
    by: str
    joint: joint.Joint | None = None


def _unheard(frame: _Frame, says: str) -> Finding:
    """The silence of most passages: no rule, no clash, nothing to cite."""
    asked = frame.asked
    why = reasons.unheard(says, unmet=asked.requirement.duty)
    return Finding(asked.requirement.id, frame.document, asked.reading.id, V.SILENT, (), why, frame.by, frame.at)


_Apart = Mapping[Verdict, Sequence[Judged]]
NOWHERE_ELSE: _Apart = {}


def _finding(
    frame: _Frame, judged: Sequence[Judged], about: Document | Passage, apart: _Apart = NOWHERE_ELSE
) -> _Decided:
    """The finding on a document or a section from what was judged in it; `apart` is what may clash with it in the document."""
    if not judged:  # most passages bear on nothing: no rule, no clash, nothing to cite
        asked = frame.asked
        why = reasons.why(asked, (), frame.read.paper, frame.read.rules, frame.words)
        found = Finding(asked.requirement.id, about, asked.reading.id, V.SILENT, (), why, frame.by, frame.at)
        return found, None, frame
    said = combine(j.verdict for j in judged)
    deciding = sorted((j for j in judged if j.verdict is said), key=_rank)
    clashes = _clashes(frame, deciding if isinstance(about, Passage) else deciding[:1], judged, apart)
    found = Finding(
        frame.asked.requirement.id,
        about,
        frame.asked.reading.id,
        said,
        _cites(frame.document, frame.read.paper, deciding, in_passage=isinstance(about, Passage)),
        reasons.why(frame.asked, deciding, frame.read.paper, frame.read.rules, frame.words),
        frame.by,
        frame.at,
        clashes_with=_passages(frame.document, [j.cites[0] for j in clashes]),
    )
    return found, deciding[0] if deciding else None, frame


def _rank(j: Judged) -> tuple[bool, bool, int, bool]:
    """Rules that say most of themselves are cited first, an idiom after a verb."""
    said = j.rule.note if j.rule else ""
    return (bool(j.cured), bool(j.failed), -len(said), not (j.rule and j.rule.norm.act))


OTHER_WAY = {V.CONFLICT: V.COMPLIES, V.COMPLIES: V.CONFLICT}


def _clashes(frame: _Frame, deciding: Sequence[Judged], judged: Sequence[Judged], apart: _Apart) -> list[Judged]:
    """What is judged the other way and can't be obeyed beside a deciding rule: first in `judged`, then in other sections."""
    against = OTHER_WAY.get(deciding[0].verdict)
    rules_ = [d.rule for d in deciding if d.rule and _may_clash(d)]
    if against is None or not rules_:
        return []
    here = [j for j in judged if j.verdict is against and _may_clash(j)]
    there = (j for j in apart.get(against, ()) if j.section != judged[0].section)
    beside = Beside(frame.read.paper, frame.read.rules, frame.read.savings, frame.words)
    return [j for j in (*here, *there) if j.rule and any(clash(beside, j.rule, rule) for rule in rules_)]


def _may_clash(j: Judged) -> bool:
    """Whether a verdict stands on a rule that nothing cures, which another rule of the document may contradict."""
    return j.verdict in OTHER_WAY and j.rule is not None and not j.cured


def _cites(document: Document, paper: Page, deciding: Sequence[Judged], *, in_passage: bool) -> tuple[Passage, ...]:
    """The deciding words; where another section cures a passage, both."""
    if not deciding:
        return ()
    first = deciding[0]
    spans = [*first.cites[:1]]
    if first.rule and not first.cured:
        spans = [_together(spans[0], [j for j in deciding if j.rule and j.rule.sentence == first.rule.sentence])]
        spans += [span for matter, span in first.rule.support if matter in first.matters][:1]
    if in_passage and first.cured and first.rule and first.rule.cite not in spans:
        spans = _cured_by(paper, first.rule.cite, spans[0])
    return _passages(document, [_clause(paper, span) for span in spans])


def _cured_by(paper: Page, ban: Span, cure: Span) -> list[Span]:
    """A ban and what cures it: one citation where they stand in one sentence, else two."""
    whole = (min(ban[0], cure[0]), max(ban[1], cure[1]))
    one = _sentence_at(paper, whole[0])
    return [whole] if one and whole[1] <= one.end and whole[1] - whole[0] <= LONGEST else [ban, cure]


HEADLESS = later(r"(?:shall|may|must|will|should|can|cannot|is|are|not|never|to|do|does|or|nor|and|only)\b")
LONGEST = 320  # characters of a sentence that is cited whole rather than in a clause that lacks its subject


def _clause(paper: Page, span: Span) -> Span:
    """The span drawn out to its subject, and to the end of the sentence where little is left of it."""
    start, end = span
    one = _sentence_at(paper, start)
    if one is None or one.end - one.body > LONGEST or end > one.end:
        return span
    if HEADLESS.match(paper.low, start) or end - start < SHORTEST:
        start = one.body
    rest = paper.low[end : one.end].strip()
    runs_on = len(rest) <= (TAIL * 2 if rest.startswith(("or ", "nor ")) else TAIL)
    return (min(start, span[0]), one.end if runs_on or end - span[0] < SHORTEST else end)


def _sentence_at(paper: Page, place: int) -> text.Sentence | None:
    n = bisect_right(paper.sentences, place, key=lambda s: s.start) - 1
    return paper.sentences[n] if n >= 0 and place < paper.sentences[n].end else None


SHORTEST = 40  # characters under which a cite is no clause
TAIL = 60


def _together(span: Span, beside: Sequence[Judged]) -> Span:
    """Clauses of one short sentence that decide alike are cited as one."""
    start = min([span[0], *(j.cites[0][0] for j in beside)])
    end = max([span[1], *(j.cites[0][1] for j in beside)])
    return (start, end) if end - start <= 200 else span


def _passages(document: Document, spans: Iterable[Span]) -> tuple[Passage, ...]:
    """The passages of the spans, in their order, without those that overlap an earlier one."""
    out: list[Span] = []
    placed: list[Span] = []  # the same in the order of the text, in which only the neighbours can overlap
    for start, end in spans:
        s, e = text.trimmed(document.text, start, end)
        n = bisect_right(placed, (s, e))
        if s < e and not any(s < b and a < e for a, b in placed[max(0, n - 1) : n + 1]):
            out.append((s, e))
            placed.insert(n, (s, e))
    return tuple(document.passage(s, e) for s, e in out)
