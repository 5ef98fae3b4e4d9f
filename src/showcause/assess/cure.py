"""Exceptions and savings clauses: what a document takes back of its own bans, how widely, and by what kind of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from showcause import text
from showcause.assess.about import matters_in
from showcause.assess.page import Page, within
from showcause.assess.rule import Rule
from showcause.assess.terms import Vocabulary
from showcause.norm import Manner, Modality
from showcause.norm.english import AS_SAID, OVERRIDING, RECITES
from showcause.text import later

Span = tuple[int, int]
SELF = later(
    r"\b(?P<this>this|that|these|the\s+foregoing|the\s+above|the\s+preceding|such|our|any\s+of\s+these|the\s+present)\s+(?P<what>(?:sub)?(?:section|paragraph|para|division|part|policy|policies|order|rule|rules|chapter|article|directive|ordinance|act|manual|instruction|bulletin|procedure|clause|regulation|resolution|title|standard|memo|memorandum|code|item|provision|provisions|prohibition|guideline|guidelines|restriction|ban|limits?|card|circular|notice|handbook|agreement|charter|by-?law|plan|statement|protocol|schedule|tab|subdivision|line|sentence)s?)\b(?:\s*(?P<label>\(\w{1,4}\)))?|\b(?P<named>(?:sections?|secs?\.|rules?|paragraphs?|paras?\.|articles?|arts?\.|policy|chapters?|subsections?|subdivisions?|items?|clauses?|orders?|cards?|parts?)\s+(?P<n>(?:[a-z]{1,5}[-./]?)?\d[\w.\-:/]*(?:\(\w{1,4}\))*|[ivx]{1,5}-[a-z]\b|\(\w{1,4}\)))|(?:§+\s*|\b(?:in|of|from|and|to|notwithstanding|despite|spite\s+of|whatever|what|regardless\s+of)\s+)(?P<mark>(?:[a-z]{1,5}-|\d+[.\-/])\d[\w.\-:/]*|[ivx]{1,5}-[a-z]\b)|§+\s*(?P<mark2>\d[\w.\-:]*)|\b(?:herein|hereof|above|foregoing|here)\b"
)
TAKES_BACK = later(
    r"\b(?:is|are|shall\s+be|be)\s+(?:to\s+be\s+)?(?:kept|obeyed|followed|observed|applied|enforced|read|given\s+effect)\s+(?:only\s+)?(?:(?:so|as|in\s+so)\s+far\s+as|insofar\s+as|no\s+(?:further|farther)\s+than)\b|\b(?:hold|reach|run|go|extend|bind|appl|stretch)(?:y|ies|e?s)?\s+no\s+(?:further|farther|wider)\s+than\b|"
    r"\b(?:applies|apply|holds?|binds?|runs?|operates?|stands?|goes|reaches|governs?)\s+(?:only\s+|no\s+further\s+than\s+)?(?:(?:so|as|in\s+so)\s+far\s+as|insofar\s+as|to\s+the\s+(?:\w+\s+)?extent)\b|"
    r"\b(?:nothing|no\s+(?:part|word|provision|line|sentence|rule)|none)\b[^.;]{0,140}?\b(?:shall|is|may|should|will|prohibit|restrict|prevent|bar|forbid|stop|limit|contraven|conflict|violat|affect|supersed|overrid|impair|excus|keep|hinder|preclude|require|authori|alter|take|diminish|displac)\w*|"
    r"\b(?:not|never)\s+(?:be\s+)?(?:apply|applied|applies|construed|read|taken|interpreted|understood|used|deemed|meant|intended|extend|extends|reach|prohibit|restrict|prevent|forbid|bar|limit|stop|conflict|contravene|violate|affect|govern|cover|hinder|impair|control|override|supersede)\w*|\bsubject\s+(?:always\s+|however\s+|at\s+all\s+times\s+)?to\b|(?:1373|1644|federal\s+(?:law|rule|statute)|the\s+statute|congress)\b[^.;]{0,30}?\b(?:governs?|controls?|prevails?|(?:still\s+)?(?:holds|applies|binds\s+us|stands)|comes?\s+first|wins|trumps|overrides|takes\s+precedence|beats|outranks)\b|\b(?:yields?|gives?\s+way|bows?|defers?)\s+(?:always\s+)?to\b|\b(?:notwithstanding|despite|in\s+spite\s+of)\b|\b(?:consistent|consistently|in\s+(?:harmony|accordance|compliance|keeping|line)|so\s+as\s+to\s+comply)\s+with\b|\bfederal\s+law\s+(?:controls|prevails|governs|wins|trumps|rules|overrides|comes\s+first|takes\s+precedence|is\s+supreme|has\s+the\s+last\s+word)\b|\b(?:yield|give\s+way|bow)s?\b\b|\b(?:reach|go|extend)(?:es)?\s+no\s+further\b|\bwithout\s+prejudice\b"
)
PREVAILS = later(
    r"\b(?:1373|1644)\b[^.;]{0,30}?\b(?:governs?|controls?|prevails?|(?:still\s+)?(?:holds|applies|binds\s+us|stands)|comes?\s+first|wins|trumps|overrides|takes\s+precedence|beats|outranks)\b|\bsubject\s+always\s+to\b"
)
REQUIRED = later(
    r"\b(?:we|you|they|us|one)(?:'ve|\s+have)?\s+(?:must|have\s+to|got\s+to|has\s+to|are\s+bound)\b|\bsays?\s+(?:so|we\s+must|you\s+must)\b|\bmakes?\s+(?:us|you|it|them)\b|\bleaves?\s+(?:us|you)\s+no\s+choice|\b(?:require|compel|mandat|oblige|demand|command|direct|order|impose|force|insist|duty)\w*"
)
PERMITS = later(
    r"\b(?:permit|allow|authori[sz]e|let|protect|guarantee|secure|preserve|provid|tolerat|enabl|entitl|leave|lawful)\w*"
)
EXTENT = later(
    r"\b(?:to\s+the\s+(?:\w+\s+)?(?:extent|limit|degree|measure)|(?:so|as|in\s+so|in\s+as)\s+far\s+as|insofar\s+as|inasmuch\s+as|to\s+whatever\s+extent|as\s+widely\s+as|within\s+the\s+(?:limits|bounds))\b(?:[^.;]|\.(?=[a-z\d])|(?<=\.c)\.){0,90}?\b(?:permit|allow|law|can|lawful|possible\s+under|consistent|leave|left|lets)\w*"
)
SAVE = later(
    r"\b(?:except(?:ing)?|unless|save|other\s+than|apart\s+from|subject\s+(?:always\s+|however\s+|at\s+all\s+times\s+)?to|but\s+for|otherwise\s+than|notwithstanding|consistent\s+with|in\s+compliance\s+with|without\s+prejudice\s+to|as\s+authori[sz]ed|if\s+not|"
    + AS_SAID
    + r")\b"
)
JUDICIAL = later(r"\b(?:judicial|judge|court|warrant|subpoena|magistrate|grand\s+jury|process)s?\b")
HOWEVER = later(
    r"\W*(?:\(?\w{1,4}[.)]\s+)?(?:notwithstanding|however|but|yet|nonetheless|nevertheless|still|even\s+so|that\s+said|by\s+way\s+of\s+exception|provided|except\s+that|despite)\b"
)  # not after a section's number: "D.30 Despite D.22, staff may" turns D.22 alone

TURNS = later(
    r"\b(?:still|even\s+so|nonetheless|nevertheless|however|all\s+the\s+same|but|yet|notwithstanding|despite|in\s+any\s+(?:case|event))\b"
)
PHRASE = later(
    r"\binformation\s+(?:regarding|concerning|about|on|as\s+to|relating\s+to)\s+(?:\w+\s+){0,4}?citizenship\s+(?:or|and)\s+immigration\s+status\b"
)

PHRASED = later(
    r"\b(?:regarding|concerning|about|on|as\s+to|relating\s+to|respecting|touching|bearing\s+on)\s+(?:[\w']+\s+){0,6}?(?:citizenship|immigration|status|nationality)\b"
)  # words as wide as the statute's own, which `PHRASE` is


AVAILS_NOT = later(
    r"\b(?:provided|except|but|save)\b[^.;]{0,60}?\b(?:this|it|section|paragraph|clause|the\s+(?:foregoing|same|exception|saving))\b(?:\s+[\w()]+){0,3}?\s+(?:avails?\s+(?:nothing|nobody|no\s+one)|(?:does|do|shall|will|is|are)\s*(?:not|n't)\s+(?:apply|extend|reach|hold|be\s+of\s+avail|help|available|have\s+(?:effect|force))|has\s+no\s+(?:application|force|effect)|is\s+of\s+no\s+(?:avail|effect|force))\b[^.;]{0,20}?\b(?:where|when|if|to|as\s+to|in\s+the\s+case)\b"
)  # a saving that is taken back for some: the ban stands for these


@dataclass(frozen=True, slots=True)
class Saving:
    """A clause that takes back: `kind` is words, citation or none; `matters` what it names; `narrow` where it adds "alone".

    `label` and `others` are the sections that it names, `reaches` those of a part that it names, `past` the sentences that go
    before it by number; `of_text` tells whether it speaks of the text at all.
    """

    kind: str
    sentence: int
    span: Span
    matters: frozenset[str]
    narrow: bool
    scope: str
    label: str
    section: int = 0
    others: tuple[str, ...] = ()
    past: frozenset[int] = frozenset()
    here: frozenset[int] = frozenset()
    reaches: frozenset[int] = frozenset()
    acts: frozenset[str] = frozenset()
    names_law: bool = False
    of_text: bool = False


def savings(paper: Page, found: Sequence[Rule], words: Vocabulary) -> tuple[Saving, ...]:
    """The savings clauses of the document, in order."""
    lifted: dict[int, Rule] = {}
    for r in found:
        if r.norm.modality is Modality.UNRESTRICTED and "m" in r.note and "v" in r.note:
            lifted.setdefault(r.sentence, r)
    out = []
    for r in found:
        if r.norm.modality is Modality.PERMITTED and _overrides(paper, r) and not _of_some(paper, r, words):
            lifted.setdefault(r.sentence, r)
    for n, one in enumerate(paper.sentences):
        saving = _saving(paper, n, one, lifted.get(n), words)
        if saving:
            acts = (
                frozenset().union(*(r.acts for r in found if r.sentence == n))
                if saving.kind == "words"
                else frozenset()
            )
            both = {"send", "receive"} if acts & {"send", "receive"} else set()
            out.append(replace(saving, acts=acts | both, past=_past(paper, paper.labels[n])))
    return tuple(out)


DESPITE = later(
    r"\b(?:notwithstanding|despite|regardless\s+of|in\s+spite\s+of|whatever)\s+(?:what\s+)?(?:(?:sections?|rules?|paragraphs?|articles?|policy|clauses?|orders?|cards?)\s+|§+\s*)?(?P<n>(?:[a-z]{1,5}[-./ ]?)?\d[\w.\-:/]*(?:\(\w{1,4}\))*)"
)


def _past(paper: Page, label: str) -> frozenset[int]:
    """The sentences that go before the section so labelled: "Notwithstanding section 6, ..."."""
    return frozenset(
        n
        for n, one in enumerate(paper.sentences)
        for m in DESPITE.finditer(paper.low, one.start, one.end)
        if stands_in(label, m["n"].rstrip("."))
    )


def _of_some(paper: Page, leave: Rule, words: Vocabulary) -> bool:
    """Whether a leave is for some of the information alone, as what is public, by an exception that the law knows."""
    one = paper.sentences[leave.sentence]
    return any(p.search(paper.low, one.body, one.end) for p in words.exceptions.values())


def _overrides(paper: Page, leave: Rule) -> bool:
    """Whether a leave goes before the document's own bans: by name, or in the law's whole phrase and by a word that turns."""
    low, one = paper.low, paper.sentences[leave.sentence]
    if (key := ("overrides", leave.sentence)) not in paper.known:
        paper.known[key] = SELF.search(low, one.body, one.end) and TAKES_BACK.search(low, one.body, one.end)
    if paper.known[key]:
        return True
    start, end = leave.norm.span
    return bool(PHRASE.search(low, start, end) and (TURNS.search(low, max(one.body, start - 12), end)))


def _saving(paper: Page, n: int, one: text.Sentence, rule: Rule | None, words: Vocabulary) -> Saving | None:
    low, specific = paper.low, set(words.specific())
    reported = re.search(r"\bsays?\b[^.;]{0,60}\"|\bboilerplate\b", low[one.start : one.end])
    if reported or RECITES.match(low, one.body, one.end) or AVAILS_NOT.search(low, one.body, one.end):
        return None
    meant = _meant(paper, n, one, words)
    cited = words.citation.search(low, one.start, one.end)
    if rule and rule.matters & specific:
        narrow = bool(words.alone.search(low, one.start, one.end)) or not (
            cited or PHRASED.search(low, one.start, one.end)
        )
        return replace(meant, span=rule.norm.span, matters=rule.matters, narrow=narrow)
    if rule and words.all in rule.matters and not cited:
        named = matters_in(low, one.body, one.end, words) & specific or specific
        return replace(meant, span=rule.norm.span, matters=frozenset(named))
    part, back = low[one.start : one.end], TAKES_BACK.search(low, one.body, one.end)
    if not (cited and back and (meant.of_text or PREVAILS.search(low, one.start, one.end) or "policy" in part)):
        return None
    law = bool(re.search(r"\b(?:1373|1644)\b", part))
    if REQUIRED.search(part) and not PERMITS.search(part) and not law:
        return None
    return replace(meant, kind="citation", span=(one.body, one.end), names_law=law)


def _meant(paper: Page, n: int, one: text.Sentence, words: Vocabulary) -> Saving:
    """A saving of which is known what of the text it speaks of: this section, another or several by number, a part, or all of it."""
    low = paper.low
    found = [m for m in SELF.finditer(low, one.body, one.end) if not words.citation.search(m[0])]
    own, numbers = next(iter(found), None), _numbers(paper, n, one)
    scope, label = _scope(own, paper, n)
    if own is None and numbers:
        scope, label = "named", numbers[0]
    others = tuple(m["n"].rstrip(".") for m in found[1:] if m["n"])
    return Saving(
        "words",
        n,
        (one.body, one.end),
        frozenset(),
        False,
        scope,
        label,
        section=paper.homes[n],
        here=_here(paper, n),
        reaches=_reaches(own, paper, n),
        others=(*others, *(numbers if scope == "named" else ())),
        of_text=bool(own or numbers),
    )


def _numbers(paper: Page, n: int, one: text.Sentence) -> list[str]:
    """The numbers of other sections that stand in the sentence bare, in a make of the text's own: "R-38", "5-20 to 5-25"."""
    if "made labels" not in paper.known:
        paper.known["made labels"] = list(dict.fromkeys(x.lower() for x in paper.labels if MADE.fullmatch(x.lower())))
    labels: list[str] = paper.known["made labels"]
    out: list[str] = []
    last: tuple[int, str] | None = None
    for m in CITED.finditer(paper.low, one.body, one.end) if labels else ():
        whole = m[0].rstrip(".")
        number = whole if whole in labels else whole.rpartition(" ")[2]  # "in 5-20"
        if number not in labels or number == paper.labels[n].lower():
            continue
        if last and THROUGH.fullmatch(paper.low, last[0], m.start() + len(whole) - len(number)):
            out += labels[labels.index(last[1]) + 1 : labels.index(number)]
        out.append(number)
        last = (m.end(), number)
    return out


def _here(paper: Page, n: int) -> frozenset[int]:
    """The parts of the section of sentence `n`."""
    if "here" not in paper.known:
        parts: dict[int, set[int]] = {}
        for k in range(len(paper.sections)):
            parts.setdefault(paper.roots[k] if paper.roots else k, set()).add(k)
        paper.known["here"] = {root: frozenset(held) for root, held in parts.items()}
    here: dict[int, frozenset[int]] = paper.known["here"]
    return here.get(paper.root(n), frozenset())


CITED = later(r"(?<![\w.])(?:[a-z]{1,5}[-./ ]?)?\d[\w.\-:/]*(?:\(\w{1,4}\))*")
MADE = later(r"[a-z]{1,5}[-./ ]?\d[\w.\-:/]*|\d+[.\-:/]\d[\w.\-:/]*")  # what can be no plain number
THROUGH = later(r"\s*(?:to|through|[-\u2013])\s*")


def _scope(own: re.Match[str] | None, paper: Page, n: int) -> tuple[str, str]:
    """How far a clause goes, and the number that it names or stands under."""
    if own and own["this"] == "that":
        found = [m[0].rstrip(".") for m in CITED.finditer(paper.low, paper.sections[paper.homes[n]].start, own.start())]
        other = [number for number in found if number != paper.labels[n].lower()]
        return ("named", other[-1]) if other else ("paragraph", paper.labels[n])
    if own is None:
        return ("here", "") if len(set(paper.roots) or paper.sections) > 6 else ("document", "")
    if own["named"] or own["mark"] or own["mark2"]:
        return "named", (own["n"] or own["mark"] or own["mark2"] or "").rstrip(".")
    if own["label"]:
        return "label", own["label"]
    scope = next((scope for scope, words in SCOPES.items() if words.match(own["what"] or "")), "document")
    return scope, "" if scope in {"here", "document"} else paper.labels[n]


SCOPES = {
    "here": re.compile(r"line|sentence"),
    "paragraph": re.compile(r"(?:sub)?(?:paragraph|para|item|clause|subdivision|subsection|division)"),
    "section": re.compile(r"section"),
}


def _reaches(own: re.Match[str] | None, paper: Page, n: int) -> frozenset[int]:
    """The sections of the chapter or policy that the clause speaks of as its own; empty where it speaks of neither."""
    if own and (part := PART.fullmatch(own["named"] or "")):
        return _part(paper, part["what"], part["n"])
    what = (own["what"] or "") if own else ""
    m = re.match(r"chapter|polic|part|article|division|title", what)
    return within(paper, paper.homes[n], {"polic": "policy"}.get(m[0], m[0])) if m else frozenset()


PART = later(r"(?P<what>part|article|chapter)\s+(?P<n>[\w\-]+)")


def _part(paper: Page, what: str, number: str) -> frozenset[int]:
    """The sections from the head of a numbered part, article or chapter up to the next such head."""
    heads = [n for n, s in enumerate(paper.sections) if paper.low.startswith(what, s.start + _blank(paper, s.start))]
    first = next((n for n in heads if paper.sections[n].number.lower() == number), None)
    if first is None:
        return frozenset()
    return frozenset(range(first, next((n for n in heads if n > first), len(paper.sections))))


def _blank(paper: Page, start: int) -> int:
    return len(paper.low[start : start + 40]) - len(paper.low[start : start + 40].lstrip("# \t\n"))


def covers(saving: Saving, rule: Rule) -> bool:
    """Whether the savings clause speaks of the section in which the rule stands."""
    scopes = {
        "document": not saving.reaches or rule.section in saving.reaches,
        "here": rule.section in saving.here,
        "named": rule.section in saving.reaches
        or any(stands_in(rule.label, n) for n in (saving.label, *saving.others)),
        "label": rule.label.endswith(saving.label),
        "paragraph": rule.label == saving.label or not rule.label,
        "section": _base(rule.label) == _base(saving.label),
    }
    return saving.sentence == rule.sentence or (rule.sentence not in saving.past and scopes[saving.scope])


def stands_in(label: str, number: str) -> bool:
    """Whether the section labelled `label` is the one that is cited as `number`, or a part of it."""
    if not label:
        return False
    label, number = label.lower(), number.lower()
    return (
        label == number
        or label.startswith((number + "(", number + "."))
        or (number.startswith("(") and label.endswith(number))
    )


def limiting(paper: Page, rule: Rule) -> Span | None:
    """The words of the rule's sentence by which it limits itself to what the law leaves it."""
    one = paper.sentences[rule.sentence]
    m = EXTENT.search(paper.low, one.start, one.end) or SAVE.search(paper.low, one.start, one.end)
    return m.span() if m else None


def _base(label: str) -> str:
    """The section's number without its paragraph: "4" of "4(b)" and of "4.2"."""
    return re.sub(r"\(.*|(?<=^\d)\.\d{1,2}\Z|(?<=^\d\d)\.\d{1,2}\Z", "", label)


NEXT_EXCEPTS = later(
    r"\W*(?:there\s+is\s+)?(?:the\s+|one\s+|an?\s+|only\s+|sole\s+)*exceptions?(?=\s*[,:]|\s+(?:is|are)\b)(?!\s*(?:is|are)\s+(?:not|none))"
)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What a ban's own sentence excepts."""

    kinds: frozenset[str]
    references: tuple[str, ...] = ()


def exceptions(paper: Page, rule: Rule, words: Vocabulary) -> Exceptions:
    """The exceptions in the rule's sentence, by kind: self-limit, citation, required, judicial, own ones by name, approval, other."""
    key = (
        "exceptions",
        id(words),
        rule.sentence,
        rule.norm.head,
        rule.norm.modality,
        rule.norm.manner,
        bool(rule.excluded),
    )
    if key not in paper.known:
        paper.known[key] = _exceptions(paper, rule, words)
    found: Exceptions = paper.known[key]
    return found


OVERRIDES = later(r"notwithstanding\s+(?:any|the|an?)\b|notwithstanding\s*[:,]")
WAIVED = later(
    r"\b(?:no|without|not\s+(?:need|require|wait\s+for)|needs?\s+no|instead\s+of|rather\s+than|in\s+place\s+of|regardless\s+of|nor)\s+(?:(?:an?|the|any|further|prior|written)\s+){0,3}\Z"
)


def _named(low: str, start: int, end: int, *, pattern: re.Pattern[str], bans: bool) -> bool:
    """Whether an exception is named, and not only to say that it is dispensed with: "without a resolution"."""
    found = pattern.finditer(low, start, end)
    return any(bans or not WAIVED.search(low[max(0, m.start() - 40) : m.start()]) for m in found)


def _exceptions(paper: Page, rule: Rule, words: Vocabulary) -> Exceptions:
    one = paper.sentences[rule.sentence]
    low, kinds = paper.low, set()
    references: list[str] = []
    if rule.norm.manner is Manner.APPROVAL:
        kinds.add("approval")
    if EXTENT.search(low, one.start, one.end) and (
        words.citation.search(low, one.start, one.end) or "law" in low[one.start : one.end]
    ):
        kinds.add("self-limit")
    for m in SAVE.finditer(low, one.start, one.end):
        if OVERRIDES.match(low, m.start()):
            continue  # the rule goes before others
        part = low[m.start() : min(one.end, m.start() + 160)]
        stop = re.search(r"(?:;|(?<![.\s][a-z])\.)(?:\s|$)", part)
        part = part[: stop.start()] if stop else part
        if m.start() < rule.norm.head[0] and "," in part:
            part = part[: part.index(",")]
        kinds |= {"self-limit"} if _points_back(paper, rule, part, words) else _kind(part, words, rule)
        if "other" not in kinds:
            continue
        refs = [r[2] for r in text.references(part)]
        if refs and not words.citation.search(part):
            references += refs
    bans = rule.norm.modality is Modality.FORBIDDEN
    if (key := ("named", id(words), rule.sentence, bans)) not in paper.known:
        named, opening = words.exceptions.items(), OVERRIDING.match(low, one.body, one.end)
        start = opening.end() if opening else one.start
        paper.known[key] = [k for k, p in named if _named(low, start, one.end, pattern=p, bans=bans)]
    kinds.update(paper.known[key])
    if rule.sentence + 1 < len(paper.sentences) and NEXT_EXCEPTS.match(low, paper.sentences[rule.sentence + 1].body):
        kinds.add("other")
    return Exceptions(frozenset(kinds), tuple(references))


BACK = later(
    r"(?:subject\s+to|consistent\s+with|in\s+compliance\s+with|within\s+the\s+limits\s+of|without\s+prejudice\s+to|save\s+as)\s+(?:that|this|it|those|these|them|the\s+(?:foregoing|above|same|statute|act))\b"
)


def _points_back(paper: Page, rule: Rule, part: str, words: Vocabulary) -> bool:
    """Whether the exception points back to the law that the sentence before cites: "Subject to that, ..."."""
    if not rule.sentence or not BACK.match(part):
        return False
    before = paper.sentences[rule.sentence - 1]
    return bool(words.citation.search(paper.low, before.start, before.end))


def _kind(part: str, words: Vocabulary, rule: Rule) -> set[str]:
    if rule.excluded:
        return set()
    own = next((name for name, pattern in words.exceptions.items() if pattern.search(part)), "")
    if own or JUDICIAL.search(part):
        return {own or "judicial"}
    law = words.citation.search(part) or re.search(r"\blaws?\b", part)
    statute = law or re.search(r"\b(?:statute|act|code|congress)\b", part)
    if statute and REQUIRED.search(part) and not (law and re.search(r"\b(?:permit|allow|authori[sz])", part)):
        return {"required"}
    return {"self-limit"} if law else {"other"}
