"""The sentences of a law in, a first pack out: requirements, acts, matters, exceptions, and what was left out and why.

What the draft can't know it says: each `look` is a place where a person must decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from showcause.ask import deeds
from showcause.ask import frame as frames
from showcause.ask.frame import Apart, Frame, Term
from showcause.ask.statute import Article
from showcause.norm import english
from showcause.norm.verbs import NOUNISH
from showcause.text import lowered


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


GENERIC = _listed(
    """information data status person persons individual individuals people time times action actions act acts
    matter matters manner activity activities agency agencies entity entities department departments officer
    officers employee employees official officials member members government body public state states city
    county law laws section sections subdivision paragraph chapter title code provision provisions requirement
    requirements purpose purposes reason reasons number type types kind form part parts day days year years
    month months hour hours period service services program system office authority jurisdiction use following
    thing things way ways basis case cases date dates place procedure procedures term terms subject respect
    result federal local lawful unlawful applicable appropriate reasonable necessary other another any such each
    same general specific particular own first least extent accordance compliance event order means area end
    exception exceptions application applicability scope duty duties
    head anyone someone it them they he she him her we us you one two three should would could responsible
    useful ready themselves itself himself choosing charge kept needed permanently subjected who which that what
    so more less than not including limited"""
)
STOPS = re.compile(
    r"[,;:()\[\]\"“”—–]|\b(?:and|or|nor|of|to|from|with|in|on|by|for|about|regarding|concerning|at|under|into|as|than|through|between|during|within|without|against|upon|"
    r"including|that|which|who|whom|whose|whether|if|when|where|while|before|after|until|is|are|was|were|be|been|being|has|have|had|may|shall|must|will|can|not|but|"
    r"relating|pertaining|related|pursuant|because|unless|except|only|solely|respect|any\s+of\s+the\s+following)\b",
    re.IGNORECASE,
)
WEAK = _listed(
    """the a an any each every all such that those these this its his her their our your no another other both
    either same said own certain particular more additional applicable appropriate lawful unlawful"""
)
MOST_WORDS = 14  # entries of one word list
FEW_WORDS = 4  # a list shorter than this takes the words of the section's heading too
Entries = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """One requirement of the draft, with the names of the tables it points to and what a person must look at."""

    name: str
    frame: Frame
    text: str
    acts: tuple[str, ...]
    matter: str
    exception: str
    toward: str
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActTable:
    """An act: its verbs, those that undo it, the parser's families that do it."""

    says: str
    verbs: Entries
    opposed: Entries
    families: Entries
    toward: Entries


@dataclass(slots=True)
class Draft:
    """A first pack: what it asks, in which words documents speak of it, and every sentence that it asks nothing of."""

    requirements: list[Drafted] = field(default_factory=list)
    acts: dict[str, ActTable] = field(default_factory=dict)
    matters: dict[str, tuple[str, Entries]] = field(default_factory=dict)
    parties: dict[str, tuple[str, Entries]] = field(default_factory=dict)
    exceptions: dict[str, tuple[str, Entries]] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)


def draft(articles: Iterable[Article]) -> Draft:
    """The first pack of these sentences; each of them is in it as a requirement, a term, or left out with the reason."""
    heard = [one for article in articles for one in frames.heard(article)]
    made = Draft(
        terms=[h for h in heard if isinstance(h, Term)],
        apart=[h for h in heard if isinstance(h, Apart)],
    )
    norms = [h for h in heard if isinstance(h, Frame)]
    norms, made.apart = _limited(norms, made.apart)
    sections = {f.article.section for f in norms}
    taken: set[str] = set()
    for one in norms:
        _required(made, one, _name(one, taken, many=len(sections) > 1))
    _parted(made)
    return made


def _limited(norms: Sequence[Frame], apart: Sequence[Apart]) -> tuple[list[Frame], list[Apart]]:
    """The norms with what another provision says of where they do not apply, as their exception; and the rest with a word on it."""
    out, left = list(norms), []
    for one in apart:
        m = frames.LIMIT.match(lowered(one.article.text))
        said = one.article.text[slice(*m.span("said"))].strip(" ,") if m else ""
        places = _places(one.article.pinpoint, m) if m and said else ()
        met = [n for n, f in enumerate(out) if f.article.section == one.article.section and _in(f, places)]
        for n in met:
            out[n] = replace(out[n], exception="; ".join(x for x in (out[n].exception, _spared(said)) if x))
        named = ", ".join(dict.fromkeys(out[n].article.pinpoint for n in met))
        left.append(replace(one, why=f"it is the exception of {named}") if met else one)
    return out, left


def _spared(said: str) -> str:
    """What a provision does not apply to, as an exception of it."""
    if said.lower().startswith("unless"):
        return said
    return f"except {re.sub(r'(?i)^(?:to|with respect to|as to)', 'in the case of', said)}"


def _places(own: str, m: re.Match[str]) -> tuple[str, ...]:
    """The subdivisions that a limit in the subdivision `own` names, from the section down; nothing where it names the section."""
    marks = re.findall(r"\([a-z0-9]{1,4}\)", own)
    level = (m["this"] or m["of_this"] or "").removeprefix("this").strip().rstrip("s")
    depth = DEPTHS.get(level, 0)
    if m["this"]:
        return ("".join(marks[:depth]),) if 0 < depth <= len(marks) else ()
    above = m["of"] or "".join(marks[:depth])
    named = re.findall(frames.MARKS, m["marks"])
    if re.search(r"\)\s*(?:to|through)\b", m["marks"]) and len(named) == 2:
        named = _run(*named)
    if above:
        return tuple(above + one for one in named)
    return (*named, *("".join(marks[:n]) + one for n in range(len(marks), 0, -1) for one in named))


def _run(first: str, last: str) -> list[str]:
    """The marks from the first to the last, where both are letters or both figures: "(a)" to "(c)"."""
    one, other = first.strip("()"), last.strip("()")
    if one.isdigit() and other.isdigit():
        return [f"({n})" for n in range(int(one), int(other) + 1)]
    if len(one) == len(other) == 1:
        return [f"({chr(n)})" for n in range(ord(one), ord(other) + 1)]
    return [first, last]


DEPTHS = {"subsection": 1, "subdivision": 1, "paragraph": 2, "subparagraph": 3, "clause": 4}


def _in(one: Frame, places: Iterable[str]) -> bool:
    return any(one.article.pinpoint == p or one.article.pinpoint.startswith(f"{p}(") for p in places)


# --- one requirement -----------------------------------------------------------------------------


def _required(made: Draft, one: Frame, name: str) -> None:
    looks: list[str] = []
    toward = _party(made, one)
    acts = tuple(dict.fromkeys(_want(made, verb, toward) for verb in (*one.verbs, *one.also)))
    matter = _matter(made, one, looks)
    exception = _exception(made, one, name, matter, looks)
    looks += _looks(one)
    text = restated(one)
    made.requirements.append(Drafted(name, one, text, acts, matter, exception, toward, tuple(looks)))


def _name(one: Frame, taken: set[str], *, many: bool) -> str:
    """The requirement's name: its subdivision, else its act and what it acts on; never twice."""
    place = "-".join(re.findall(r"\w+", one.article.pinpoint))
    base = "-".join(x for x in ((_slug(one.article.section) if many else ""), place) if x)
    if not base or (many and not place):
        phrase = _phrases(one.bearer if one.passive else one.object)
        base = "-".join(
            x for x in (base, _slug(" ".join([one.verbs[0], *(phrase[0].split()[-1:] if phrase else [])]))) if x
        )
    name, n = base, 2
    while name in taken:
        name, n = f"{base}-{n}", n + 1
    taken.add(name)
    return name


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-.")


def _want(made: Draft, verb: str, toward: str) -> str:
    """The name of the act that the verb does, as far as this requirement goes; `_parted` makes the tables of them."""
    doing, undoing, family = deeds.verbs_of(verb)
    families = HEARD_AS.get(family, ())
    known = {w for f in (*families, "withhold", "destroy") for w in english.VERBS[f][1].split()} if families else set()
    to = (toward, "anyone") if toward and verb in PARTING else ("",)
    table = ActTable(
        f"{_gerund(verb)} {{matters}}",
        tuple(w.removeprefix("be ") for w in doing if w not in known),
        tuple(w for w in undoing if w not in known),
        (*families, *(("",) if toward and families else ())),
        to,
    )
    name = base = _slug(verb)
    n = 2
    while name in made.acts and made.acts[name] != table:
        name, n = f"{base}-{n}", n + 1
    made.acts[name] = table
    return name


def _parted(made: Draft) -> None:
    """Gives each verb to one table of acts, for a verb is heard as one act: what several acts want becomes an act of its own."""
    wants = dict(made.acts)
    signs: dict[str, int] = {}
    for table in wants.values():
        signs |= {v: 1 for v in table.verbs if v not in signs}
    for table in wants.values():
        done = {v for v in table.opposed if any(_wants(other, v, 1) for other in wants.values())}
        signs |= {v: -1 for v in table.opposed if v not in signs and v not in done}
    shared: dict[frozenset[str], list[str]] = {}
    for verb, sign in signs.items():
        shared.setdefault(frozenset(n for n, t in wants.items() if _wants(t, verb, sign)), []).append(verb)
    made.acts.clear()
    parts: dict[str, list[str]] = {name: [] for name in wants}
    for name, table in wants.items():
        own = shared.pop(frozenset([name]), [])
        if own or table.families:
            made.acts[name] = replace(table, verbs=_signed(own, signs, 1), opposed=_signed(own, signs, -1))
            parts[name].append(name)
    for members, verbs in shared.items():
        first = next(n for n in wants if n in members)
        toward = wants[first].toward if len({wants[n].toward for n in members}) == 1 else ("",)
        name = _free(
            f"{_slug(verbs[0])}-too" if _slug(verbs[0]) in made.acts or _slug(verbs[0]) in wants else _slug(verbs[0]),
            made.acts,
        )
        made.acts[name] = ActTable(
            f"{_gerund(verbs[0])} {{matters}}", _signed(verbs, signs, 1), _signed(verbs, signs, -1), (), toward
        )
        for member in members:
            parts[member].append(name)
    made.requirements[:] = [
        replace(r, acts=tuple(dict.fromkeys(p for a in r.acts for p in parts[a]))) for r in made.requirements
    ]


def _wants(table: ActTable, verb: str, sign: int) -> bool:
    """Whether an act takes in the verb with that sign: by its own list or by a family of the parser."""
    if verb in (table.verbs if sign > 0 else table.opposed):
        return True
    undone = ("withhold",) if "tell" in table.families else ("destroy",) if "keep" in table.families else ()
    held = [f for f in table.families if f] if sign > 0 else undone
    return any(verb in english.VERBS[f][1].split() for f in held)


def _signed(verbs: Sequence[str], signs: Mapping[str, int], sign: int) -> Entries:
    return tuple(v for v in verbs if signs[v] == sign)


def _free(name: str, taken: Iterable[str]) -> str:
    held, n = set(taken), 2
    free = name
    while free in held:
        free, n = f"{name}-{n}", n + 1
    return free


HEARD_AS = {  # the parser's families by which an act is heard
    "tell": ("tell", "answer", "exchange"),
    "answer": ("answer", "tell"),
    "receive": ("receive",),
    "ask": ("ask",),
    "keep": ("keep",),
    "exchange": ("exchange", "tell"),
}


def _gerund(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    made = next((form for form, kind in english.forms(first).items() if kind == "gerund"), first)
    return f"{made} {rest}".strip()


def _party(made: Draft, one: Frame) -> str:
    """The party that the act is done to, where the law names one by a proper or a defined name."""
    words = one.toward
    known = next((t for t in made.terms for n in t.names if n and n in words.lower()), None)
    proper = re.search(r"(?:[A-Z][\w.]+\s+(?:of\s+|and\s+|the\s+|for\s+)*){1,6}[A-Z][\w.]+", words)
    if one.modality == "obliged" or one.verbs[0] not in PARTING or not (known or proper):
        return ""
    named = proper[0] if proper else next(n for n in known.names if n in words.lower()) if known else words
    if re.search(r"(?i)\b(?:title|section|code|chapter)\b", named):
        return ""
    initials = "".join(w[0] for w in named.split() if w[0].isupper())
    entries = [_entry(named.lower()), *([initials.lower()] if len(initials) > 2 else [])]
    first = _clean(named.split()[0].lower())
    if first not in GENERIC and first not in ("the", "department"):
        entries.append(
            f"(federal |state |local |){first} (authorit*|agenc*|agent*|officer*|official*|service*|bureau*|office*|enforcement)"
        )
    if known:
        entries += _words(known.means, most=8)
    said = made.parties.get("authority")
    entries = list(dict.fromkeys([*(said[1] if said else ()), *entries]))
    made.parties["authority"] = (said[0] if said else named, tuple(entries))
    made.parties["anyone"] = (
        "anyone",
        (
            "anyone",
            "anybody",
            "any (person|agency|body|one)",
            "no one",
            "nobody",
            "outsider*",
            "third part*",
            "outside (agenc*|bod*|part*)",
        ),
    )
    return "authority"


PARTING = _listed(
    """send tell disclose provide share report transmit receive request exchange notify furnish give release
    communicate submit"""
)


def _matter(made: Draft, one: Frame, looks: list[str]) -> str:
    source = one.bearer if one.passive else one.object
    source = source.replace(one.toward, " ; ") if one.toward and one.verbs[0] in PARTING else source
    if one.passive and len(_words(one.bearer)) == 0:
        source = one.object
    entries = _words(source)
    if not entries:
        entries = _words(f"{one.object}; {one.condition}; {one.bearer if not one.passive else ''}")
    if not entries:
        entries = _words(f"{source} {one.object} {one.bearer}", loose=True)
        looks.append("its matter is said in general words; name what documents call it")
    for term in made.terms:
        if any(re.search(rf"\b{re.escape(n)}(?:e?s)?\b", source.lower()) for n in term.names):
            entries += [e for e in _words(term.means, most=8) if e not in entries]
    if len(entries) < FEW_WORDS:
        entries += [e for e in _words(one.article.heading, most=6) if e not in entries]
    entries = entries[:MOST_WORDS] or [_entry(one.verbs[0])]
    says = _says(one.bearer if one.passive else one.object) or one.verbs[0]
    name = base = (
        _slug(
            re.sub(r"\([^()]*\)|\*", " ", entries[0]).split()[-1]
            if re.sub(r"\([^()]*\)|\*", " ", entries[0]).split()
            else "matter"
        )
        or "matter"
    )
    n = 2
    while name in made.matters and made.matters[name][1] != tuple(entries):
        name, n = f"{base}-{n}", n + 1
    made.matters.setdefault(name, (says, tuple(entries)))
    return name


def _exception(made: Draft, one: Frame, name: str, matter: str, looks: list[str]) -> str:
    if not one.exception:
        return ""
    about = {w.rstrip("*") for entry in made.matters[matter][1] for w in entry.split()}
    said = (w for w in _words(one.exception, most=8) if not {x.rstrip("*") for x in w.split()} <= about)
    entries = [*_approvals(one.exception), *said]  # a word of what the rule is about would take back the rule
    if not entries:
        looks.append(f"its exception was not put in words: “{_cut(one.exception)}”")
        return ""
    made.exceptions[name] = (_cut(one.exception), tuple(dict.fromkeys(entries)))
    return name


APPROVES = re.compile(
    r"\b(?:approval|consent|permission|authorization|concurrence|order)\s+(?:of|by|from)\s+(?:the\s+|an?\s+|its\s+)?(?P<who>[a-z][\w\s]{2,40}?)(?=\s*(?:[,;.]|$|\b(?:and|or|by|given|in|to|for|that|which)\b))"
)


def _approvals(said: str) -> Iterator[str]:
    for m in APPROVES.finditer(said.lower()):
        who = m["who"].split()[-1]
        yield f"(approv*|consent*|permission|authoriz*|agree*|order*|resolution) ... ({_clean(m['who'])}|{_clean(who)})"
        yield f"({_clean(m['who'])}|{_clean(who)}) ... (approv*|consent*|permission|authoriz*|agree*|order*|resolution)"


def _looks(one: Frame) -> Iterator[str]:
    if one.modality == "permitted":
        yield 'leave to the public: is it a right that nobody may cut down? Then modality is "unrestricted"'
    if one.modality == "unrestricted":
        yield "a ban on banning: say in the reading what cures a ban (cured_by), and how far the matters reach"
    if one.also:
        yield "one of several things is enough: is each of its acts by itself what keeps it?"
    if one.only:
        yield "leave only in some cases: it is set as a ban whose own exception those cases are"
    if re.search(
        r"\b(?:reasonable|feasible|practicable|appropriate|timely|prompt\w*|necessary)\b", one.article.text.lower()
    ):
        yield "a soft word (reasonable, feasible, prompt): what would be enough?"
    if re.search(
        r"\b(?:section|chapter|paragraph|subdivision|subsection|title)\s+[\d(]", one.article.text, re.IGNORECASE
    ):
        yield "it leans on another provision: does that change what it asks?"
    if len(one.article.text) > 700:
        yield "a long sentence: does it ask more than one thing? Then make it two requirements"


# --- restated ------------------------------------------------------------------------------------


def restated(one: Frame) -> str:
    """The norm in one plain sentence: who, force, act, what, when, save when."""
    who = _bearer(one.bearer)
    verbs = " or ".join(one.verbs)
    force = {"obliged": "shall", "forbidden": "shall not", "permitted": "may"}.get(one.modality, "")
    if one.modality == "unrestricted":
        acts = " or ".join(_gerund(v) for v in one.verbs)
        core = f"{who or 'Nobody'} may not prohibit or restrict {acts} {one.object}"
    elif one.passive:
        done = verbs if verbs.startswith("be ") else "be " + " or ".join(_participle(v) for v in one.verbs)
        core = f"{who or 'It'} {force} {done} {one.object}"
    else:
        core = f"{who or 'The body'} {force} {verbs} {one.object}"
    first, _, rest = one.condition.partition("; ")
    opens = bool(first) and one.article.text.lower().startswith(first.lower())
    opening, later = (f"{first[:1].lower()}{first[1:]}", rest) if opens else ("", one.condition)
    later = later.replace("; ", ", ")
    said = " ".join(x for x in (core, later, opening) if x)
    if one.exception:
        bare = re.sub(r"(?i)^only\s+", "", one.exception)
        joint = "" if re.match(r"(?i)except|unless|other|without|but|absent", bare) else "except "
        said = f"{said}, {joint}{bare[:1].lower()}{bare[1:]}"
    said = frames.JOINT.sub("", re.sub(r"\s+", " ", said).replace(" ,", ",")).strip(" ,;")
    return said[:1].upper() + said[1:] + "."


MOST_VERBS = 4  # verbs of a family in which a norm is said again


def wordings(one: Frame) -> tuple[str, ...]:
    """The norm in other verbs of the same act, each in one plain sentence; the first is the norm as restated."""
    return tuple(dict.fromkeys((restated(one), *(restated(other) for other in _in_other_verbs(one)))))


def contraries(one: Frame) -> tuple[str, ...]:
    """What breaks the norm, in plain sentences: leave or an order for what it forbids, a ban on what it commands."""
    turned = {"obliged": ("forbidden",), "forbidden": ("permitted", "obliged")}.get(one.modality, ("forbidden",))
    plain = replace(one, exception="", condition="")
    found = (replace(each, modality=m) for each in (plain, *_in_other_verbs(plain)) for m in turned)
    return tuple(dict.fromkeys(restated(each) for each in found))


def _in_other_verbs(one: Frame) -> Iterator[Frame]:
    others = [v for v in deeds.verbs_of(one.verbs[0])[0] if v not in one.verbs and " " not in v]
    for verb in others[: MOST_VERBS - 1]:
        yield replace(one, verbs=(verb,))


def _bearer(words: str) -> str:
    return re.sub(r"(?i)^(?:provided(?:,? however)?,? that|and|but|or)\s+", "", words).strip(" ,")


def _participle(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    if first == "make":
        return f"made {rest}".strip()
    made = next((form for form, kind in english.forms(first).items() if kind == "participle"), first)
    return f"{made} {rest}".strip()


# --- words ---------------------------------------------------------------------------------------


def _phrases(said: str) -> list[str]:
    """The noun phrases of some words, without articles and weak adjectives."""
    out = []
    for chunk in STOPS.split(said):
        words = [w for w in re.findall(r"[A-Za-z][\w'’-]*", chunk) if w.lower() not in WEAK and len(w) > 1]
        if words:
            out.append(" ".join(words[-4:]).lower().replace("’", "'"))
    return list(dict.fromkeys(out))


def _words(said: str, *, most: int = MOST_WORDS, loose: bool = False) -> list[str]:
    """Entries of a word list for what some words of a law speak of; general words stand only with others."""
    out: list[str] = []
    for phrase in _phrases(said):
        words = phrase.split()
        while len(words) > 1 and words[0].endswith("ing") and _only_verb(words[0]):
            words = words[1:]
        while len(words) > 1 and (_verbal(words[-1]) or _adverb(words[-1])):
            words = words[:-1]
        if _adverb(words[-1]):
            continue
        if _only_verb(words[-1]) or "united states" in phrase:
            continue
        if all(w in GENERIC for w in words) and not loose:
            continue
        head = words[-1]
        if head in GENERIC or _verbal(head):
            out.append(_entry(" ".join(words[-2:])))
            continue
        same = deeds.nouns().get(head) or deeds.nouns().get(_single(head)) or (_single(head),)
        before = [w for w in words[:-1] if w not in GENERIC]
        if before:
            out.append(_entry(" ".join([*before[-1:], head])))
        if before and deeds.is_verb(head) and not deeds.nouns().get(_single(head)):
            continue  # "plate read": alone its head is a verb
        out += [_entry(w) for w in same]
    return list(dict.fromkeys(e for e in out if len(e.strip("*")) > 2))[:most]


def _only_verb(word: str) -> bool:
    """Whether a word is a verb and hardly a noun: "seeking", "verify"."""
    if (
        word in deeds.nouns()
        or word in NOUNISH
        or word.rstrip("s") in NOUNISH
        or (word.endswith("ing") and not _verbal(word))
    ):
        return False
    return deeds.is_verb(word)


def _adverb(word: str) -> bool:
    return word.endswith("ly") and word not in ("family", "assembly", "supply", "reply", "anomaly", "custodial")


def _verbal(word: str) -> bool:
    return word.endswith(("ing", "ed")) and word not in (
        "recording",
        "training",
        "hearing",
        "meeting",
        "building",
        "housing",
        "bargaining",
        "stopping",
        "finding",
        "bedding",
    )


def _single(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _clean(words: str) -> str:
    return re.sub(r"[^\w' -]", "", words).strip()


def _entry(words: str) -> str:
    """One entry: the words, any ending on the last of them."""
    *before, last = _clean(words).split() or [""]
    stem = _single(last)
    stem = stem[:-1] if stem.endswith("y") and len(stem) > 4 else stem
    return " ".join([*before, f"{stem}*"])


def _says(words: str) -> str:
    said = " ".join(words.split())
    return _cut(said[:1].lower() + said[1:] if said[1:2].islower() else said, 80)


def _cut(words: str, length: int = 120) -> str:
    said = " ".join(words.split())
    return said if len(said) <= length else said[:length].rsplit(" ", 1)[0] + " ..."


def bearers(made: Draft) -> Mapping[str, Sequence[str]]:
    """Who is bound, as the law puts it, with the requirements that bind them."""
    out: dict[str, list[str]] = {}
    for one in made.requirements:
        out.setdefault(_bearer(one.frame.bearer) or "nobody named", []).append(one.name)
    return out
