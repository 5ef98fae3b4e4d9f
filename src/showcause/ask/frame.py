"""One sentence of a law in; what it is out: a norm with its parts, a definition, a savings clause, or why it is none.

The parts are words of the sentence: who is bound, with what force, to do what, to what, when, and save when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from showcause.ask import inverted
from showcause.ask.deeds import base_of, forms, verb_of
from showcause.ask.statute import FORCE, ONE_OF, Article
from showcause.text import lowered


@dataclass(frozen=True, slots=True)
class Frame:
    """A norm of a law: its bearer, modality, verbs (bases, the first decides), object, condition and exception.

    `passive` is True where the bearer's place is taken by what is acted on; `toward` are the words that say to whom.
    """

    article: Article
    bearer: str
    modality: str
    verbs: tuple[str, ...]
    object: str
    toward: str = ""
    condition: str = ""
    exception: str = ""
    passive: bool = False
    only: bool = False
    also: tuple[str, ...] = ()  # verbs of alternatives, each with an object of its own in `object`


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term, and the words that say what it means."""

    article: Article
    names: tuple[str, ...]
    means: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A sentence that makes no requirement: `kind` is savings, definition, permission, title or the like; why not, in words."""

    article: Article
    kind: str
    why: str


# --- what makes no requirement --------------------------------------------------------------------

TEXT = r"(?:this|the|these|that)\s+(?:\w+\s+)?(?:(?:sub)?(?:section|division|chapter|part|paragraph|article|title)|act|code|law|provisions?|limitations?)\w*"
SAVINGS = re.compile(
    rf"^(?:.{{0,120}},\s*)?(?:nothing|no\s+(?:provision|part))\s+(?:in|of|contained\s+in)\s+{TEXT}|{TEXT}[^.;]{{0,60}}\b(?:(?:shall|does|do|may|is|are)\s+not\s+(?:be\s+(?:construed|read|interpreted|deemed)|prohibit|prevent|limit|require|affect|preclude|restrict|alter|modify|abrogate|impair|diminish|authorize)|is\s+(?:declaratory|cumulative))|^(?:.{{0,80}},\s*)?{TEXT}\s+(?:does|do|shall)\s+not\s+apply\b|\bnot(?:hing)?\b[^.;]{{0,60}}\bbe\s+construed\b"
)
LEVEL = r"(?:sub)?(?:sections?|divisions?|paragraphs?|clauses?)"
MARKS = r"(?:\([a-z0-9]{1,4}\))+"
LIMIT = re.compile(
    rf"^(?:[^.;]{{0,60}},\s+)?(?:the\s+(?:requirements?|prohibitions?|provisions?|limitations?|dut(?:y|ies)|obligations?)\s+(?:of|in|under|set\s+forth\s+in)\s+)?"
    rf"(?:(?P<this>this\s+{LEVEL})|{LEVEL}\s+(?P<marks>{MARKS}(?:\s*(?:,|,?\s+and|,?\s+or|to|through)\s+(?:{LEVEL}\s+)?{MARKS})*)(?:\s+of\s+(?:(?P<of_this>this\s+{LEVEL})|{LEVEL}\s+(?P<of>{MARKS})))?)"
    r"\s+(?:does|do|shall|will)\s+not\s+(?:apply|extend)\b(?P<said>[^.]*)"
)  # "Subsection (b)(2) does not apply to a request by a court."
APART: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("title", re.compile(r"\b(?:shall\s+be\s+known|may\s+be\s+cited)\b"), "a short title"),
    (
        "severability",
        re.compile(r"\bseverab|\bheld\s+(?:to\s+be\s+)?(?:invalid|unconstitutional)\b"),
        "it says what is left if a part of the law falls",
    ),
    (
        "term of the law",
        re.compile(
            r"\b(?:shall|will|does)\s+(?:not\s+)?(?:take\s+effect|become\s+(?:effective|operative|inoperative)|remain\s+in\s+(?:effect|force)|expire)\b|\bis\s+(?:hereby\s+)?repealed\b|\b(?:shall\s+)?appl(?:y|ies)\s+(?:only\s+)?to\s+(?:\w+\s+){0,4}(?:entered|on\s+or\s+after|commencing|beginning)\b|\bas\s+of\s+that\s+date\s+is\s+repealed"
        ),
        "it says when the law is in force",
    ),
    (
        "purpose",
        re.compile(
            r"\b(?:intent|purpose|policy)\s+of\s+(?:the\s+)?(?:legislature|congress|council|this)\b|\b(?:legislature|congress|council|people)\s+(?:finds?|declares?|intends?|recognizes?)\b|\bseeks\s+to\b|\bmindful\s+of\b"
        ),
        "it tells why the law was made, and binds nobody",
    ),
    (
        "penalty",
        re.compile(
            r"\b(?:is|are|shall\s+be)\s+(?:guilty|liable|punish\w+|subject\s+to\s+(?:a|an|civil|criminal)?\s*(?:fine|penalt\w+|discipline|civil|criminal|imprisonment)|fined)\b|\b(?:civil|criminal)\s+penalt|\bmisdemeanor\b|\bfelony\b|\bdamages\b"
        ),
        "it says what follows a breach; the duty itself stands elsewhere",
    ),
    (
        "remedy",
        re.compile(
            r"\b(?:may|shall)\s+(?:bring|commence|file|institute|maintain)\s+(?:an?\s+|any\s+)?(?:civil\s+)?(?:action|suit|proceeding|petition|complaint\s+with)\b|\bcause\s+of\s+action\b|\binjuncti|\battorney'?s'?\s+fees\b|\b(?:the\s+)?(?:superior\s+|district\s+)?court\s+(?:shall|may)\b"
        ),
        "it says who may go to court, and for what",
    ),
    ("money", re.compile(r"\b(?:appropriat\w+|reimbursement\s+is\s+required)\b"), "it speaks of public money"),
)
DEFINES = re.compile(
    r'"(?P<term>[^"]{2,80})"(?P<more>(?:,?\s*(?:and|or)?\s*"[^"]{2,80}")*)[\w\s,()]{0,60}?\s*\b(?P<verb>means?|includes?|has\s+the\s+(?:same\s+)?meaning|have\s+the\s+(?:same\s+)?meanings?|do(?:es)?\s+not\s+(?:include|mean)|refers?\s+to|shall\s+(?:mean|include)|is\s+defined)\b',
)
FOLLOWS = re.compile(r"\b(?:following|these)\s+(?:terms?|words|definitions?)\b|\bthe\s+following\s+definitions?\s+appl")
INCLUDES = re.compile(
    r"^(?:for\s+(?:the\s+)?purposes?\s+of\s+[^,]{1,80},\s*)?(?:(?!\b(?:that|which|who|shall|must|may)\b)[\w\s,'-]){2,90}?\s(?:means?|includes?|include|is\s+not\s+an?|does\s+not\s+include)\s(?!.*\b(?:shall|must|may)\b)",
    re.DOTALL,
)

# --- force ---------------------------------------------------------------------------------------

ADV = r"(?:\s+(?:also|only|hereby|further|promptly|immediately|at\s+all\s+times|at\s+a\s+minimum|additionally|thereafter|first|knowingly|in\s+any\s+(?:way|manner)|otherwise|then|\w+ly|,[^,;.]{1,90},))*"
LIFT = re.compile(
    rf"(?:\b(?P<no>no)\b[^.;]{{1,160}}?\b(?:may|shall|must|can)\b|\b(?:may|shall|must|can)\s+not\b){ADV}\s+(?:be\s+)?(?P<verb>prohibit|restrict|forbid|prevent|bar|restrain|discourage|impede|preclude)\w*(?:\s*,?\s*(?:or|and)\s*,?\s*(?:in\s+any\s+(?:way|manner)\s+)?\w+)*\s*,?\s+(?P<whom>[^.;:]{{0,160}}?)\bfrom\s+(?P<what>.+)",
    re.DOTALL,
)
BAN = re.compile(
    rf"\b{inverted.MODAL}\s*,?\s+{inverted.NO_CASE}\b|"
    r"\b(?:shall|must|may|will|can)\s+(?:not|never)\b|\bcannot\b|\b(?:is|are)\s+(?:prohibited|barred|forbidden)\s+from\b|\bmay\s+only\b|\bshall\s+only\b"
)
UNLAWFUL = re.compile(
    r"\b(?:shall\s+be|is|are)\s+(?:an?\s+)?(?:unlawful|prohibited|illegal|a\s+violation)(?:\s+[\w-]+){0,4}?\s*(?:,\s*)?(?:for\s+(?P<who>[^:;.]{2,160}?)\s+to\b|to\b|:)"
)
DUTY = re.compile(
    r"\b(?:shall|must)\b|\b(?:is|are)\s+(?:required|obligated)\s+to\b|\b(?:is|are)\s+responsible\s+for\b|\bhas\s+a\s+duty\s+to\b"
)
LEAVE = re.compile(r"\bmay\b|\b(?:is|are)\s+(?:entitled|authorized|permitted|free)\s+to\b")
RIGHT = re.compile(r"\b(?:shall\s+|also\s+)*(?:has|have)\s+(?:a|the)\s+right\s+(?:to|of)\b")
NOBODY = re.compile(
    r"(?:^|[,;:]\s+)(?:but\s+|and\s+)?(?:no\s+(?!later|more|less|fewer|longer)|neither\s+|nobody\s+)(?P<who>[^.;]{2,160}?)\s+(?P<modal>may|shall|must|can)\b"
)
OPENING = re.compile(
    r"^(?:notwithstanding|except|if|when|whenever|where|upon|unless|in\s+(?:the\s+)?(?:event|case|addition|order|any|responding|carrying|accordance)|after|before|within|for\s+(?:the\s+)?purposes?|absent|subject\s+to|pursuant\s+to|at\s+(?:the|a)|by|on\s+(?:and|or)|to\s+the\s+extent|as\s+(?:part|soon)|commencing|beginning|with\s+respect|prior\s+to|during|following|until|not\s+later|no\s+later)\b"
)
RELATIVE = re.compile(r"\b(?:that|which|who|whom|whose|if|when|where|unless|as)\b(?:(?!,\s)[^;:.]){0,90}\Z")
EXCEPTION = re.compile(
    r",?\s*\b(?:except(?:\s+(?:as|that|for|in|when|where|to|upon|pursuant))?|unless|other\s+than|but\s+(?:only|not)\s+(?:if|when|where)|without(?=\s+(?:the\s+)?(?:\w+\s+){0,3}(?:approval|consent|permission|authori[sz]ation|warrant|order))|(?<!\bin\s)only\s+(?:if|when|after|with|upon|where|for|to|as|in|by|pursuant))\b"
)
CONDITION = re.compile(
    r",?\s*\b(?:if|when|whenever|where(?!as)|upon|within|not\s+later\s+than|no\s+later\s+than|before|after|until|as\s+soon\s+as|during|so\s+long\s+as|for\s+(?:at\s+least|a\s+(?:minimum|period)|no\s+less)|for\s+(?:\w+\s+)?(?:\w+|\(\d+\))\s+(?:calendar\s+|business\s+|working\s+)?(?:days?|weeks?|months?|years?)|in\s+(?:the\s+event|response|order)|on\s+the\s+basis|because|on\s+account|based\s+on|solely)\b"
)
ONLY = re.compile(r"\bonly\b|\bunless\b|\bnot\s+(?:be\s+)?[^.;]{1,120}?\bwithout\b")
APPROVED = re.compile(
    r"\bwith\s+(?:the\s+)?(?:\w+\s+){0,4}?(?:approval|consent|permission|authorization|concurrence)\b|\bonly\b"
)
TOWARD = re.compile(
    r"\b(?:to|with|from|by)(?:\s*,?\s+or\s+(?:\w+\s+){1,2}(?:from|with|to)\s*,?)?\s*,?\s+(?P<who>(?:the|any|an?|each|every|federal|that|its|another|other|all)?\s*[^,;.:]{3,110}?)(?=\s*(?:,|;|\.|:|$|\b(?:information|regarding|concerning|about|for|of\s+(?:any|the|a)|if|when|unless|except|within|that|which|who|to\s+\w+)\b))"
)
PUBLIC = re.compile(
    r"\b(?:person|individual|requester|organization|applicant|tenant|resident|employee|member|owner|officer|public|patient|student|consumer|customer|citizen|anyone|everyone|voter|parent|prisoner|inmate|worker)s?\b"
)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


STATES = _listed(
    """available subject responsible entitled open confidential exempt public necessary valid deemed considered
    applicable eligible free able limited sufficient consistent in"""
)


def heard(article: Article) -> list[Frame | Term | Apart]:  # noqa: PLR0911 - one case a line
    """What a sentence of a law is: one thing for each predicate in it."""
    low = lowered(article.text)
    if found := _defined(article, low):
        return [found]
    if not_let := _not_let(article, low):
        return [not_let]
    if (
        not article.section
        and len(low) < 80
        and low[-1:] not in ".;:?!"
        and not (FORCE.search(low) or "no " in low[:3])
    ):
        return [Apart(article, "title", "a title")]
    if SAVINGS.search(low) or LIMIT.match(low):
        return [Apart(article, "savings", "a savings clause: it says what the law leaves alone")]
    for kind, pattern, why in APART:
        if pattern.search(low):
            return [Apart(article, kind, why)]
    if called := _called(article, low):
        return [called]
    if m := inverted.again(low, OPENING):
        before = replace(article, text=article.text[: m.start()], own=min(article.own, m.start()))
        return [*heard(before), *heard(replace(article, text=article.text[m.start("never") :], own=0))]
    first, rest = _predicates(article, low)
    found_ = _norm(first, lowered(first.text))
    if not rest or isinstance(found_, Apart):
        return [_norm(article, low)]
    out: list[Frame | Term | Apart] = [found_]
    for subject, words in rest:
        who = subject or found_.bearer
        out += heard(replace(article, text=f"{who} {words}".strip(), own=0))
    return out


AGAIN = re.compile(
    r"\s*[,;]?\s+(?:and|but|or)\s+(?P<subject>(?:the|an?|any|no|such|each|it|they)\b[^,;.:]{0,80}?\s)??(?:also\s+)?(?P<modal>(?:shall|must)(?:\s+not)?)\s+(?=[a-z])"
)


def _predicates(article: Article, low: str) -> tuple[Article, list[tuple[str, str]]]:
    """The sentence up to its second predicate with a word of duty, and each later one with its own subject or none."""
    force = DUTY.search(low, article.own) or DUTY.search(low)
    if not force:
        return article, []
    cuts = [
        m
        for m in AGAIN.finditer(low, force.end())
        if not RELATIVE.search(low[force.end() : m.start()].rpartition(",")[2]) or not m["subject"]
    ]
    if not cuts:
        return article, []
    edges = [*(m.start() for m in cuts[1:]), len(low)]
    rest = [
        (
            (m["subject"] or "").strip() and article.text[m.start("subject") : m.end("subject")].strip(),
            article.text[m.start("modal") : stop].strip(" ,;"),
        )
        for m, stop in zip(cuts, edges, strict=True)
    ]
    return replace(article, text=article.text[: cuts[0].start()], own=min(article.own, cuts[0].start())), rest


NOT_LET = re.compile(
    rf"(?:{TEXT}\s+(?:does|do|shall)\s+not|(?:nothing|no\s+provision)\s+(?:in|of)\s+{TEXT}\s+(?:shall|is|may)\s+(?:to\s+)?be\s+construed\s+to|{TEXT}\s+(?:shall|may)\s+not\s+be\s+construed\s+to)\s+(?:authorize|permit|allow)\s+(?P<what>.+)",
    re.DOTALL,
)


def _not_let(article: Article, low: str) -> Frame | None:
    """What a law says that it doesn't allow: a ban, put as a savings clause."""
    m = NOT_LET.match(low) or NOT_LET.search(low)
    if not m:
        return None
    whom = re.compile(r"(?P<who>(?:an?|any|the|each)\s+[^,;.]{2,60}?)\s+to\s+(?=[a-z])").match(low, m.start("what"))
    place = whom.end() if whom else m.start("what")
    if whom:
        verbs, after, _ = _verbs(low, place)
        verbs = tuple(v for v in verbs if v in forms()) if not verbs or verbs[0] in forms() else verbs
    else:
        noun = re.compile(
            r"(?:the\s+|any\s+)?(?P<noun>[a-z]+)\s+(?:of|on|to|against)\s+(?:any\s+of\s+the\s+following\W*)?"
        ).match(low, place)
        verb = verb_of(noun["noun"]) if noun else ""
        if not noun or not verb:
            return None
        verbs, after = (verb,), noun.end()
    if not verbs:
        return None
    said, exception, condition = _parted(article.text[after:])
    who = _tidy(article.text[slice(*whom.span("who"))]) if whom else "the body"
    return Frame(article, who, "forbidden", verbs, said, "", condition, exception)


CALLED = re.compile(
    r"\W*(?:an?\s+)?(?P<kind>requirements?|mandates?|dut(?:y|ies)|prohibitions?|bans?)\s+(?:that|for|on|against|of|to)\s+"
)


def _called(article: Article, low: str) -> Frame | None:
    """A norm called by its name in a list: "a requirement that an officer report ...", "a prohibition on retaliation"."""
    m = CALLED.match(low, article.own)
    if not m:
        return None
    ban = m["kind"].startswith(("prohib", "ban"))
    who, place = "", m.end()
    verbs: tuple[str, ...] = ()
    noun = re.compile(r"(?:the\s+|any\s+|[a-z]+ly\s+)*(?P<noun>[a-z]+)\b").match(low, place)
    if noun and (ban or noun["noun"].endswith("ing")) and (verb := verb_of(noun["noun"])):
        verbs, after = (verb,), noun.end()
    else:
        for word in re.finditer(r"[a-z]+", low[place : place + 120]):
            if (
                word.start() > 2
                and word[0] in forms()
                and forms()[word[0]] == word[0]
                and word[0] not in ("when", "be")
            ):
                who = _tidy(article.text[place : place + word.start()])
                verbs, after, _ = _verbs(low, place + word.start())
                break
    if not verbs:
        return None
    who = re.sub(r"\s+\w+ly$", "", who)
    skipped = SKIP.match(low, after)
    said, exception, condition = _parted(
        article.text[skipped.end() if skipped and low.startswith(",", after) else after :]
    )
    toward = TOWARD.search(said)
    return Frame(
        article,
        who,
        "forbidden" if ban else "obliged",
        verbs,
        said,
        toward["who"].strip() if toward else "",
        condition,
        exception,
    )


def _defined(article: Article, low: str) -> Term | Apart | None:
    m = DEFINES.search(low, max(0, article.own - 1))
    straight = article.text.replace("“", '"').replace("”", '"')
    if m and not re.search(r"\b(?:shall|must|may)\s+not\b", low[m.end() :]):
        if m["verb"].startswith("do"):
            return Apart(article, "definition", "it narrows a definition")
        names = [m["term"], *re.findall(r'"([^"]{2,80})"', m["more"])]
        return Term(article, tuple(n.strip(" ,") for n in names), straight[m.end() :].strip(" :,."))
    if FOLLOWS.search(low):
        return Apart(article, "definition", "it opens or adds to a list of definitions")
    own = low[article.own :]
    if INCLUDES.match(own) and not article.own:
        return Apart(article, "definition", "it says what a word takes in")
    return None


def _norm(article: Article, low: str) -> Frame | Apart:
    """The norm of the sentence: a lifted ban, a ban, a duty or leave, in that order of strength at the first place."""
    if plain := inverted.plain_order(article.text, low, article.own):
        text, own = plain
        return replace(_norm(replace(article, text=text, own=own), lowered(text)), article=article)
    begin = article.own if article.own and _stands(low, article.own) else _main(low)
    m = LIFT.search(low, begin)
    if m:
        return _lifted(article, low, m)
    place = _force(low, begin)
    if place is None:
        return Apart(article, "statement", "no word of duty, ban or leave was heard in it")
    start, stop, modality, bearer = place
    frame = _framed(article, (start, stop), modality, bearer)
    if isinstance(frame, Apart) or frame.modality != "permitted":
        return frame
    return _permission(frame)


def _stands(low: str, own: int) -> bool:
    """Whether a part of a list is a sentence of its own, with its own subject and word of force."""
    m = re.compile(
        r"(?:an?|the|any|each|every|no|all|such|if|when|[a-z]+s?)\s+(?P<more>[^,;:.]{0,90}?)\b(?:shall|must)\b"
    ).match(low, own)
    return m is not None and not re.search(r"\b(?:that|which|who|if|when|where)\b", m["more"])


def _main(low: str) -> int:
    """Where the main clause begins: after an opening condition, at the comma behind which a word of force follows."""
    if not OPENING.match(low):
        return 0
    force = re.compile(r"\b(?:shall|must|may|is|are|no)\b")
    commas = [m.end() for m in re.finditer(r",\s+", low)]
    subject = re.compile(r"(?:an?|the|no|any|each|every|all|such|it|they|its|those|nothing|neither)\b")
    for place in sorted(commas, key=lambda c: (not subject.match(low, c), c)):
        after = low[place : place + 140]
        found = force.search(after)
        if (
            found
            and not re.match(r"(?:or|and|but|if|when|which|who|that|including|to|in|as|on|by|at|for|of|with)\b", after)
            and (not RELATIVE.search(after[: found.start()].rpartition(",")[2]) or " that " in f" {after} ")
        ):
            return place
    return 0


def _force(low: str, begin: int) -> tuple[int, int, str, tuple[int, int]] | None:
    """The word of force: its place, what it makes of the verb after it, and where the bearer stands."""
    found: list[tuple[int, int, str, tuple[int, int]]] = []
    no = NOBODY.search(low, begin)
    if no:
        found.append((no.start("modal"), no.end("modal"), "forbidden", no.span("who")))
    unlawful = UNLAWFUL.search(low, begin)
    if unlawful:
        who = unlawful.span("who") if unlawful["who"] else (begin, begin)
        found.append((unlawful.start(), unlawful.end(), "forbidden", who))
    for pattern, modality in ((BAN, "forbidden"), (RIGHT, "permitted"), (DUTY, "obliged"), (LEAVE, "permitted")):
        for m in pattern.finditer(low, begin):
            if RELATIVE.search(low[begin : m.start()]) and pattern is not UNLAWFUL:
                continue
            found.append((m.start(), m.end(), modality, (begin, m.start())))
            break
    if not found:
        later = [
            (m.start(), m.end(), k) for p, k in ((BAN, "forbidden"), (DUTY, "obliged")) for m in p.finditer(low, begin)
        ]
        if not later:
            return None
        start, stop, kind = max(later, key=lambda f: (f[0], f[1]))
        return start, stop, kind, (begin, start)
    return min(found, key=lambda f: (f[0], -f[1]))


def _framed(article: Article, force: tuple[int, int], modality: str, bearer: tuple[int, int]) -> Frame | Apart:
    words, low = article.text, lowered(article.text)
    listed = article.own and re.search(
        r"\b(?:includ\w+|from doing|following)\b[^.]{0,60}:?\W*$", low[force[1] : article.own]
    )
    begin = article.own if listed and re.match(r"[a-z]+ing\b", low[article.own :]) else force[1]
    who = _tidy(words[slice(*bearer)])
    saved = re.compile(r"\s*:?\s*(?=except\b)[^:;.]{1,240}:").match(low, begin)
    if saved:
        begin = saved.end()
    verbs, after, passive = _verbs(low, begin)
    verbs = (*verbs, *_beside(low, after, verbs))
    if not verbs:
        return Apart(article, "statement", "its verb was not found")
    skipped = SKIP.match(low, begin)
    if modality == "obliged" and skipped and DENIED.search(skipped[0]):
        modality = "forbidden"
    between = _between(words, low, begin)
    rest = words[after:].strip()
    if verbs[0] == "make available":
        rest = re.sub(r"\s+(?:\w+ly\s+)?available\b", "", rest, count=1)
    opening = _tidy(words[: bearer[0]]) if bearer[0] and bearer[0] != article.own else ""
    opening = re.sub(r"(?i)\s*\b(?:no|neither|nobody)\Z", "", opening)
    who, later = _conditioned(who)
    opening = "; ".join(x for x in (opening, later) if x)
    if passive and verbs[0] in ("make", "give") and (named := verb_of(lowered(who).split()[-1] if who else "")):
        verbs = (named, *verbs)
    said, exception, condition = _parted(rest)
    verbs, said, modality = _through(verbs, said, modality)
    if saved:
        exception = "; ".join(x for x in (_tidy(words[saved.start() : saved.end()]), exception) if x)
    only = bool(re.search(r"\bonly\b", low[force[0] : force[1] + 12]))
    if opening and re.match(r"(?i)except|unless|absent|other than", opening):
        exception, opening = f"{opening}; {exception}".strip("; "), ""
    if opening and re.match(r"(?i)notwithstanding|pursuant", opening):
        opening = ""
    if modality == "permitted" and passive and not said:
        said = ""
    toward = TOWARD.search(said)
    return Frame(
        article,
        who,
        modality,
        verbs,
        said,
        toward["who"].strip() if toward else "",
        "; ".join(dict.fromkeys(x for x in (opening, between, condition) if x)),
        exception,
        passive,
        only,
        _alternatives(low, begin, after, verbs),
    )


def _between(words: str, low: str, begin: int) -> str:
    """The condition that stands between the word of force and its verb: "shall, within ten days, notify"."""
    skipped = SKIP.match(low, begin)
    found = MIDST.findall(words[begin : skipped.end()]) if skipped else []
    return "; ".join(_tidy(one) for one in found)


MIDST = re.compile(
    r",\s*((?:within|if|when|where|upon|before|after|not\s+later\s+than|no\s+later\s+than)\s[^,;:]{1,140})(?=,)"
)


def _alternatives(low: str, begin: int, after: int, verbs: Sequence[str]) -> tuple[str, ...]:
    """The verbs of a list of which one is enough, but the first: "one of the following: notify the owner; or post a notice"."""
    listed = re.search(r"[:—]", low[begin:after]) and re.search(r";\s+or\s", low[after:])
    if not listed and not ENOUGH.search(low, begin, after):
        return ()
    found = re.findall(r";\s+(?:or\s+)?(?:\w+ly\s+)?([a-z][a-z-]*)", low[after:])
    return tuple(dict.fromkeys(b for w in found if w in forms() and (b := base_of(w)) not in verbs))


ENOUGH = re.compile(rf"{ONE_OF}|\beither\b")


LETS = frozenset(("authorize", "permit", "allow", "require", "approve"))
BARS = frozenset(("prohibit", "forbid", "ban", "bar", "prevent"))
DEEDS = re.compile(
    r"(?:the\s+|any\s+|all\s+)?(?:(?:un)?[a-z]+ed\s+)?(?P<first>[a-z]+)(?P<more>(?:,\s*(?:(?:or|and)\s+)?[a-z]+|\s+(?:or|and)\s+[a-z]+)*)\s+(?:of|on|against|to)\s+"
)


def _through(verbs: tuple[str, ...], said: str, modality: str) -> tuple[tuple[str, ...], str, str]:
    """The deed behind a verb of letting or barring: who may not authorize the use may not use; who must prohibit it forbids it."""
    lets, bars = verbs[0] in LETS, verbs[0] in BARS and modality == "obliged"
    m = DEEDS.match(lowered(said))
    if not (lets or bars) or not m:
        return verbs, said, modality
    named = [verb_of(noun) for noun in (m["first"], *re.findall(r"(?!(?:or|and)\b)[a-z]+", m["more"]))]
    deeds = tuple(dict.fromkeys(verb for verb in named if verb))
    if not deeds:
        return verbs, said, modality
    kept = verbs if lets else ()
    return (*kept, *deeds), said[m.end() :], "forbidden" if bars else modality


def _conditioned(who: str) -> tuple[str, str]:
    """A bearer without the condition that stands behind it between commas: "each agency, upon a request, shall"."""
    m = re.match(
        r"(?i)(?P<who>[^,]{3,120}),\s*(?P<when>(?:upon|when|if|after|before|in\s+the\s+event|within|on)\b.*)", who
    )
    return (m["who"].strip(), _tidy(m["when"])) if m else (who, "")


def _lifted(article: Article, low: str, m: re.Match[str]) -> Frame | Apart:
    """A ban on banning: what must be left free is what stands after "from"."""
    words = article.text
    begin = m.start("what")
    listed = re.match(r"doing\s+(?:any|all|one\s+or\s+more)\s+of\s+the\s+following", low[begin:])
    common = ""
    if listed and article.own:
        between = words[begin + listed.end() : article.own].strip(" :—,")
        common, begin = between, article.own
    verbs, after, _ = _verbs(low, begin)
    verbs = (*verbs, *_beside(low, after, verbs))
    if not verbs:
        return Apart(article, "statement", "what it leaves free was not found")
    said, exception, condition = _parted(words[after:].strip())
    who = (
        _tidy(words[slice(*m.span("no"))] + words[m.end("no") : m.start("verb")])
        if m["no"]
        else _tidy(words[_main(low) : m.start()])
    )
    who = re.sub(r"(?i)\s*\b(?:may|shall|must|can)\b.*$|^no\s+", "", who).strip(" ,")
    toward = TOWARD.search(said)
    return Frame(
        article,
        who,
        "unrestricted",
        verbs,
        " ".join(x for x in (said, common) if x),
        toward["who"].strip() if toward else "",
        condition,
        exception,
    )


def _permission(frame: Frame) -> Frame | Apart:
    """Leave under an approval or only in some cases is a ban on the rest; leave to the public is theirs; other leave binds nobody."""
    said = lowered(f"{frame.object} {frame.condition} {frame.exception}")
    how = APPROVED.search(said)
    public = bool(PUBLIC.search(lowered(frame.bearer)))
    if frame.only or (not public and (frame.exception or how)):
        exception = frame.exception or said[how.start() if how else 0 :]
        kept = (
            frame.object[: how.start()].strip(" ,")
            if how and not frame.exception and how.start() <= len(frame.object)
            else frame.object
        )
        return Frame(
            frame.article,
            frame.bearer,
            "forbidden",
            frame.verbs,
            kept,
            frame.toward,
            frame.condition,
            exception,
            frame.passive,
            True,
        )
    if public:
        return frame
    return Apart(frame.article, "permission", "it gives leave to the body itself, and leave can't be broken")


# --- verbs and parts -----------------------------------------------------------------------------


SKIP = re.compile(
    r"(?:\s|,\s*(?:in|upon|within|if|when|where|to|at|as|after|before|on|by|except|unless|pursuant|subject|consistent)\s[^,;:]{1,140},|,(?=\s)|not\b|never\b|also\b|only\b|either\b|do\b(?=\s+(?:both|all|any|each|one|either|at\s+least|the\s+following))|(?:at\s+least\s+)?(?:all|any|each|both|either|one|two|any\s+one|one\s+or\s+more)\s+of\s+the\s+following\b[^a-z]*|the\s+following\b[^a-z]*|(?:for|of)\s+any\s+[\w\s,]{1,60}?\bto\b|at\s+a\s+minimum\b|at\s+all\s+times\b|at\s+least\b|in\s+any\s+(?:way|manner)\b|when\s+feasible\b|as\s+soon\s+as\s+\w+\b|(?!(?:comp|app|supp|re|rep|multip|imp)ly\b)\w+ly\b|without\s+(?:unreasonable\s+)?delay\b|:|—)+"
)
DENIED = re.compile(r"\b(?:not|never)\s*\Z")  # a part of a list: "shall: (1) keep a log; (2) not sell it"
BE = re.compile(r"(?:be|been|being|have\s+been|has\s+been|get)\s+(?:\w+ly\s+|promptly\s+|first\s+)*")


def _verbs(low: str, place: int) -> tuple[tuple[str, ...], int, bool]:  # noqa: PLR0911 - one case a line
    """The verbs from `place` on (bases), where their object begins, and whether they are passive."""
    m = SKIP.match(low, place)
    place = m.end() if m else place
    be = BE.match(low, place)
    passive = bool(be)
    if be:
        place = be.end()
        not_ = re.compile(r"not\s+").match(low, place)
        place = not_.end() if not_ else place
    word = re.compile(r"[a-z][a-z-]*").match(low, place)
    if not word:
        return (), place, False
    if low.startswith("in writing", place):
        return ("write",), place + len("in writing"), True
    if word[0] == "set" and (out := re.compile(r"set\s+(?:forth|out)\b").match(low, place)):
        return ("state",), out.end(), passive
    if passive and word[0] in STATES:
        return (_state(word[0]),), word.end(), True
    if word[0] in ("cause", "require") and (
        inner := re.compile(r"cause\s+[^,;.]{1,60}?\bto\s+be\s+([a-z]+)").match(low, place)
    ):
        return (base_of(inner[1]),), inner.end(), False
    if word[0] == "made" and low.startswith("made available", place):
        return ("make available",), place + len("made available"), passive
    if word[0] == "make" and (inner := re.compile(r"make\b(?P<what>[^.;:]{0,120}?)\bavailable\b").match(low, place)):
        return ("make available",), word.end(), False
    bases, at = [base_of(word[0])], word.end()
    more = re.compile(
        r"(?:\s+(?:to|from|with|for)(?=\s*,|\s+(?:or|and)\s))?(?:\s*,\s*(?:(?:or|and|nor)\s+)?|\s+(?:or|and|nor)\s+)(?:in\s+any\s+(?:way|manner)\s+|otherwise\s+|\w+ly\s+|to\s+|from\s+)?([a-z][a-z-]*)"
    )
    while (n := more.match(low, at)) and n[1] in forms() and _alike(word[0], n[1]):
        bases.append(base_of(n[1]))
        at = n.end()
    return tuple(dict.fromkeys(bases)), at, passive


def _beside(low: str, after: int, verbs: Sequence[str]) -> tuple[str, ...]:
    """Further gerunds of one list with their own objects: "sending it to, or requesting it from"."""
    found = re.findall(r"(?:,\s*|\s)(?:or|and)\s+([a-z]+ing)\b(?!\s+of\b)", low[after : after + 200])
    return tuple(dict.fromkeys(b for w in found if w in forms() and (b := base_of(w)) not in verbs))


def _alike(first: str, other: str) -> bool:
    """Whether two words stand in one form, so that the second can go on the first's list of verbs."""
    if first.endswith("ing") or other.endswith("ing"):
        return first.endswith("ing") and other.endswith("ing")
    return first.endswith("ed") == other.endswith("ed") or base_of(other) != other


def _state(word: str) -> str:
    return {"available": "make available", "open": "open", "confidential": "keep confidential", "limited": "limit"}.get(
        word, f"be {word}"
    )


def _parted(rest: str) -> tuple[str, str, str]:
    """What stands after the verb as object, exception and condition."""
    low = lowered(rest)
    exception = condition = ""
    m = EXCEPTION.search(low)
    if m:
        exception, rest, low = _tidy(rest[m.start() :]), rest[: m.start()], low[: m.start()]
    m = CONDITION.search(low)
    if m and len(low[: m.start()].split()) >= 1:
        condition, rest = _tidy(rest[m.start() :]), rest[: m.start()]
    return _tidy(rest), exception, condition


JOINT = re.compile(r"[;,]\s*(?:and|or|and/or)\W*\Z")  # what joins one part of a list to the next


def _tidy(words: str) -> str:
    flat = re.sub(r"\b(to|from|with|of)\s*,\s+(?=(?:the|an?|any)\b)", r"\1 ", re.sub(r"\s+", " ", words))
    return JOINT.sub("", flat).strip(" ,;:—–-.").strip()


def spoken(frame: Frame) -> Sequence[str]:
    """The parts of a frame in plain words, those it has."""
    parts = (
        ("who", frame.bearer),
        (
            "must",
            {"obliged": "do", "forbidden": "not do", "permitted": "be let", "unrestricted": "not keep anyone from"}[
                frame.modality
            ],
        ),
        ("act", ", ".join(frame.verbs)),
        ("what", frame.object),
        ("toward", frame.toward),
        ("when", frame.condition),
        ("save", frame.exception),
    )
    return [f"{name}: {said}" for name, said in parts if said]
