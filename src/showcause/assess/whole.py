"""A sentence that is heard as a whole and by none of its verbs: a script, a roll of people, a ban denied, a habit that ends."""

from __future__ import annotations

from dataclasses import replace

from showcause.assess import drift, labels
from showcause.assess.about import Memory, goes_toward, matters_in, parties_in, terms_in
from showcause.assess.page import Page
from showcause.assess.rule import Rule
from showcause.assess.terms import Vocabulary
from showcause.norm import Manner, Modality, gist


def spoken(paper: Page, n: int, words: Vocabulary, memory: Memory) -> Rule | None:
    """The rule of a sentence that says it by its form: words put into a mouth, a roll of people, a ban denied."""
    return scripted(paper, n, words, memory) or rolled(paper, n, words, memory) or unbarred(paper, n, words)


def scripted(paper: Page, n: int, words: Vocabulary, memory: Memory) -> Rule | None:
    """The rule that the words put into the staff's mouth come to, where the authority has just asked: 'Say, "I can't tell you that."'."""
    one, low = paper.sentences[n], paper.low
    force = gist.scripted(low, one.start, one.end)
    if force is None:
        return None
    recent = [who for at, who in memory.parties if n - at <= 2]
    parties = parties_in(low, one.body, one.end, words).union(*recent)
    about = [m for at, m in memory.matters if n - at <= 2]
    named = matters_in(low, one.body, one.end, words)
    matters = (named & set(words.specific()) or frozenset().union(*about[-1:])) & set(words.specific())
    if not matters and words.contacts.search(low, one.body, one.end):
        matters = named & {words.all}  # "questions from agents of whatever kind get one reply"
    if "authority" not in parties or not matters:
        return None
    return _toward_authority(paper, n, (force, ""), matters, words)


def rolled(paper: Page, n: int, words: Vocabulary, memory: Memory) -> Rule | None:
    """The rule that a list of people comes to under its head, where the authority is on it: "Who may not: the press, agents."."""
    one, low = paper.sentences[n], paper.low
    head, place = gist.roll(low, one.body, one.end), one.body
    if head and low[head[1] : one.end].strip():
        place = head[1]
    elif n and not head:
        before = paper.sentences[n - 1]
        head = gist.roll(low, before.start, before.end) if before.end - before.start < ROLL else None
        head = head if head and not low[head[1] : before.end].strip() else None
    if not head or "authority" not in parties_in(low, place, one.end, words):
        return None
    terms = terms_in(low, one.body, one.end, memory)
    matters = frozenset().union(*(t.matters for t in terms)) | matters_in(low, one.body, one.end, words)
    matters = matters & set(words.specific()) or memory.last(memory.matters, n) & set(words.specific())
    rule = _toward_authority(paper, n, (head[0], ""), matters, words) if matters else None
    return replace(rule, support=labels.support(low, terms, matters, words)) if rule else None


LONG = 320  # characters of a sentence that is cited from where its denial begins
ROLL = 60  # characters of a head that stands alone before its list


def unbarred(paper: Page, n: int, words: Vocabulary) -> Rule | None:
    """The leave that a ban denied is, or that all but one thing is given: "it is not our rule that staff are kept from ..."."""
    low, span = paper.low, (paper.sentences[n].body, paper.sentences[n].end)
    if "authority" not in parties_in(low, *span, words):
        return None
    named = matters_in(low, *span, words) & set(words.specific())
    if words.all and (said := gist.ALL_BUT.search(low, *span)):
        named = named or frozenset({words.all})
    elif not named or not (said := gist.DENIED.search(low, *span)):
        return None
    rule = _toward_authority(paper, n, (Modality.PERMITTED, ""), named, words)
    return replace(rule, cite=(said.start(), span[1])) if span[1] - span[0] > LONG else rule


def ended(paper: Page, n: int, words: Vocabulary, memory: Memory) -> Rule | None:
    """The ban that the end of a habit is, where the habit was told of just before: "That fax is history."."""
    one, low = paper.sentences[n], paper.low
    span = (one.body, one.end)
    m = gist.ENDING.search(low, *span)
    if not m or low.endswith("?", *span) or gist.OMITS.search(m[0].split(" ", 1)[0]):
        return None
    recent = [who for at, who in memory.parties if n - at <= 2]
    parties = parties_in(low, *span, words).union(*recent)
    matters = matters_in(low, *span, words) & set(words.specific()) or memory.last(memory.matters, n)
    if "authority" not in parties or not matters:
        return None
    own = bool(matters_in(low, *span, words) & set(words.specific()))
    places = [paper.sentences[k] for k in (n, n - 1, n - 2) if k >= 0 and (k < n or own)]
    habits = (drift.told(low, (s.body, s.end), words) for s in places)
    habit = next((family for family, at in habits if family and not drift.INQUIRIES.match(low, at[0])), "")
    force = Modality.PERMITTED if habit == "withhold" else Modality.FORBIDDEN
    return _toward_authority(paper, n, (force, "ask" if habit == "ask" else ""), matters, words)


def _toward_authority(
    paper: Page, n: int, what: tuple[Modality, str], matters: frozenset[str], words: Vocabulary
) -> Rule:
    """The whole sentence as one rule of telling the authority, or of the family named."""
    force, family = what
    one = paper.sentences[n]
    span = (one.body, one.end)
    party = frozenset({"authority"})
    acts = frozenset(a.name for a in words.acts if family in a.families and goes_toward(a.toward, party))
    each = gist.norm(span, family, (force, Manner.PLAIN))
    return Rule(each, n, paper.labels[n], paper.homes[n], matters, party, acts, note="mp", cite=span)
