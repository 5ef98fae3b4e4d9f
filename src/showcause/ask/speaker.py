"""A noun phrase in, who it names out: a person in the fullest form of the text, an office, a document that speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from showcause.ask.lexicon import words
from showcause.ask.prose import Span

_PARTICLE = r"(?:de|van|der|den|von|al|bin|la|del|da|di|dos|ter|le|du)"
_CAPITAL = r"(?:[A-Z]\.(?:[A-Z]\.)*|[A-Z][\w’'-]*|[A-Z]{2,}\b)"
_RUN = re.compile(rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITAL}|\s+\d{{1,2}}\b(?!\s*,?\s*\d))*")
_WORD = re.compile(r"[\w’'-]+(?:\.(?:[A-Z]\.)+)?")
_DETERMINER = re.compile(
    r"\A(?:the|a|an|one|its|his|her|their|our|my|another|some|this|that|these|those|both)\s+", re.IGNORECASE
)
_PRONOUN = re.compile(r"(he|she|they|it|we|i|you)\b", re.IGNORECASE)
_CUT = re.compile(
    r"\s+(?:who|whom|that|which|whose|dated|obtained|sent|signed|filed|posted|released|issued|published|where|when)\b"
)
_ALONE = re.compile(r"\s*(?:$|[,(]|(?:him|her|them|it)sel(?:f|ves)\b|[’']s?$)")
_OWNS = re.compile(r"[’']s?$")
_SOME = re.compile(
    r"(?:one|two|three|some|several|another|both|most|many|others?|a few)(?:\s+(?:of\s+)?(?:them|those|these|the\s+\w+|its\s+\w+|\w+))?\s*$",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:an?|one|another|the|my|his|her|our|their|your)\s+(?:[a-z][a-z-]+\s){0,2}(?!(?:who|that|rest|same|other|only|law|rule)\b)[a-z][a-z-]+",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?:one|a certain)\s+(?=[A-Z][\w.’'-]*\s+[A-Z])")
_CALLED = re.compile(r"(.{3,60}?)\s+(?:named|called|by the name of)\s+([A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){1,3})")
_POSSESSIVE = re.compile(r"[’']s?$")
_COURTESY = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir", "madam", "hon"))
_LINKS = frozenset(("for", "of", "to", "by", "with", "and", "in", "from", "at", "against", "representing", "near"))
_LOW = frozenset(
    [
        "Along",
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "By",
        "But",
        "And",
        "For",
        "If",
        "It",
        "He",
        "She",
        "They",
        "We",
        "Our",
        "This",
        "That",
        "These",
        "Those",
        "When",
        "While",
        "As",
        "After",
        "Before",
        "Since",
        "Not",
        "No",
        "Nobody",
        "Asked",
        "Speaking",
        "One",
        "Some",
        "All",
        "To",
        "From",
        "With",
        "Under",
        "Of",
        "So",
        "Yet",
        "Then",
        "There",
        "Their",
        "His",
        "Her",
        "Its",
        "My",
        "Your",
        "I",
        "You",
        "What",
        "Who",
        "How",
        "Why",
        "Both",
        "Each",
        "Every",
        "Still",
        "Now",
        "Here",
        "Is",
        "Are",
    ]
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: `kind` is person, role, body, paper or pronoun; `at` is where the words that say so stand."""

    name: str
    kind: str
    role: str | None = None
    organisation: str | None = None
    at: int = 0


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower().rstrip("."))


def _office(word: str) -> bool:
    low = _bare(word)
    if low in {"the", "and"}:
        return False
    return low in words("people") or low in words("titles")


def _titles(tokens: list[str]) -> int:
    """How many words at the start of a run of capitals are the title."""
    held = [i + 1 for i, t in enumerate(tokens) if _bare(t) in words("people") or _bare(t) in words("honorifics")]
    return held[-1] if held else 0


def _is_name(tokens: list[str]) -> bool:
    if not tokens or tokens[0] in _LOW:
        return False
    last = _bare(tokens[-1])
    return last not in words("bodies") and last not in words("papers")


def phrase(piece: str, at: int = 0) -> Voice | None:
    """Who a noun phrase names, read alone: "Councilman R. Ito", "a spokesman for the mayor", "the letter"; else None.

    `at` is where the phrase starts in its text, in characters.
    """
    found = _phrase(piece)
    return Voice(found.name, found.kind, found.role, found.organisation, at) if found else None


@lru_cache(maxsize=4096)  # the subject of a sentence is asked for by its cue, its outlet and its pronouns
def _phrase(piece: str) -> Voice | None:
    piece = _ONE.sub("", " ".join(_CUT.split(piece, maxsplit=1)[0].split()).strip(" ,—–-"))
    if not piece:
        return None
    if named := _CALLED.fullmatch(piece):
        role, organisation = split_role(named.group(1))
        return Voice(named.group(2), "person", role, organisation)
    pronoun = _PRONOUN.match(piece)
    if pronoun and (pronoun.end() == len(piece) or not piece[0].isupper()):
        return Voice(pronoun.group(1).lower(), "pronoun")
    voice = _named(piece) or _unnamed(piece)
    if voice is None and (_SOME.match(piece) or _PLAIN.fullmatch(piece)):
        return Voice(piece, "role")
    return voice


def _named(piece: str) -> Voice | None:
    for run in _RUN.finditer(piece):
        tokens = list(re.finditer(r"\S+", run.group()))
        low = max((i + 1 for i, t in enumerate(tokens) if t.group() in _LOW), default=0)
        titled = _titles([t.group() for t in tokens])
        skip = max(low, titled)
        name = [t.group() for t in tokens[skip:]]
        if _OWNS.search(run.group()) and piece[run.end() :].strip():
            continue
        before = piece[: run.start()].rstrip().rpartition(" ")[2]
        if len(name) == 1 and not titled and run.start() == 0 and not _ALONE.match(piece[run.end() :]):
            continue
        ahead = [_bare(w) for w in piece[: run.start()].split()[:-1]]
        free = not any(w in words("people") or w in _LINKS for w in [*ahead, before.lower()])
        owned = before.endswith(("’s", "'s")) and len(name) > 1 and not titled
        joined = run.start() == 0 or _office(before) or owned or (skip > 0 and free)
        if not joined or not _is_name(name):
            continue
        start = run.start() + tokens[skip].start()
        if owned:
            return Voice(" ".join(name), "person", None, _POSSESSIVE.sub("", piece[: run.start()].strip()))
        role, organisation = split_role(piece[:start])
        role = None if _bare(role or "") in _COURTESY else role
        if _bare(name[-1]) in words("outlets") and (role or "").lower() == "the":
            return Voice(" ".join(name), "body", None, None)
        return Voice(_POSSESSIVE.sub("", " ".join(name)), "person", role, organisation)
    return None


def _unnamed(piece: str) -> Voice | None:
    head, kind = "", ""
    for number, word in enumerate(_WORD.finditer(piece)):
        low = _bare(word.group())
        if number > 9 or (kind and low in {"of", "for", "at", "from", "with", "in", "on", "to", "by"}):
            break
        for name, label in (("people", "role"), ("bodies", "body"), ("papers", "paper")):
            plural = low.removesuffix("s")
            if low in words(name) or plural in words(name):
                head, kind = low, label
                break
    if not kind:
        return None
    rest = piece if kind == "role" or (kind == "body" and len(piece.split()) < 10) else piece[: _end_of(piece, head)]
    role, organisation = (
        split_role(piece) if kind == "role" else (None, _DETERMINER.sub("", rest) if kind == "body" else None)
    )
    return Voice(rest, kind, role, organisation)


def _end_of(piece: str, head: str) -> int:
    found = piece.lower().rfind(head)
    tail = re.match(
        r"\S*(?:\s+(?:of|for)(?:\s+(?:the\s+)?[A-Z][\w’'-]*)+(?:\s+\d{1,2}\b(?:,\s+\d{4})?)?)?", piece[found:]
    )
    return found + (tail.end() if tail else len(head))


_OWNED = re.compile(r"(.{2,50}?)[’']s\s+(?:own\s+)?(\S.*)")


def split_role(words_before: str) -> tuple[str | None, str | None]:
    """Role and organisation from the words around a name: "acting director of the Office of Grants" gives both."""
    bare = _DETERMINER.sub("", words_before.strip(" ,"), count=1).strip(" ,")
    if not bare:
        return None, None
    owned = _OWNED.fullmatch(bare)
    if owned and _bare(owned.group(2).split(" of ")[0].split()[-1]) in words("people"):
        return owned.group(2), owned.group(1)
    head = re.match(r"(.+?)\s+(?:of|at|with|from|since|until)\s+(?:the\s+)?(.+)$", bare)
    if not head:
        served = re.search(r"\bfor\s+(?:the\s+)?([A-Z].*)$", bare)
        return bare, served.group(1) if served else None
    place = re.findall(r"[A-Z][\w’'-]*(?:\s+(?:of\s+)?[A-Z][\w’'-]*)*", head.group(2))
    return head.group(1), place[-1] if place else re.split(r"\s+(?:to|who|in)\s+", head.group(2))[0]


_MANY = re.compile(r"[a-z](?<!s)s$")
LONGEST = 80  # characters of given names and titles that may stand before a surname
_AHEAD = re.compile(rf"(?<![\w’'.-])(?:{_CAPITAL}\s+(?:{_PARTICLE}\s+)?){{1,4}}$")


@dataclass(slots=True)
class Cast:
    """Everyone that one text names, and who was last spoken of; filled while the text is read from its start."""

    text: str = ""
    people: dict[str, Voice] = field(default_factory=dict)
    recent: list[Voice] = field(default_factory=list)
    gender: dict[str, str] = field(default_factory=dict)
    fullest: dict[str, str | None] = field(default_factory=dict)

    def meet(self, voice: Voice) -> None:
        """Know a person by the fullest form of the name and the first role given."""
        if voice.kind != "person":
            return
        key = voice.name.split()[-1].lower()
        known = self.people.get(key)
        if known:
            name = max(known.name, voice.name, key=lambda n: len(n.split()))
            voice = Voice(name, "person", known.role or voice.role, known.organisation or voice.organisation, known.at)
        self.people[key] = voice
        role = {_bare(w) for w in (voice.role or "").split()}
        for which in ("male", "female"):
            if role & words(which):
                self.gender.setdefault(key, which)

    def heard(self, voice: Voice) -> None:
        """Somebody was spoken of; the last of a kind answers to the next pronoun."""
        self.recent.append(voice)

    def resolve(self, voice: Voice | None, at: int) -> Voice | None:
        """The person or body that a surname, an office or a pronoun before `at` stands for."""
        if voice is None:
            return None
        if voice.kind == "person":
            return self._known(voice)
        if voice.kind == "pronoun":
            return self._meant(voice.name, at)
        if voice.kind == "role" and not re.match(r"(?:a|an|one|another|some)\s", voice.name, re.IGNORECASE):
            return self._holder(voice, at) or voice
        return voice

    def _known(self, voice: Voice) -> Voice:
        known = self.people.get(voice.name.split()[-1].lower())
        if known:
            return known
        full = self.in_full(voice.name) if " " not in voice.name else None
        if full:
            found = Voice(full, "person", voice.role, voice.organisation, voice.at)
            self.meet(found)
            return found
        first = [p for p in self.people.values() if p.name.split()[0].lower() == voice.name.lower()]
        return first[0] if first else voice

    def in_full(self, surname: str) -> str | None:
        """The name of more than one word that ends in this surname anywhere in the text."""
        if surname not in self.fullest:
            self.fullest[surname] = self._fullest(surname)
        return self.fullest[surname]

    def _fullest(self, surname: str) -> str | None:
        for last in re.finditer(rf"{re.escape(surname)}\b(?!-)", self.text):
            run = _AHEAD.search(self.text[max(0, last.start() - LONGEST) : last.start()])
            tokens = f"{run.group()}{surname}".split() if run else []
            name = [t for t in tokens[_titles(tokens[:-1]) :] if t not in _LOW]
            if len(name) > 1 and _is_name(name) and _bare(name[0]) not in words("titles"):
                return " ".join(name)
        return None

    def _meant(self, pronoun: str, at: int) -> Voice | None:
        want = {"he": "male", "she": "female"}.get(pronoun)
        kinds = {"body", "paper"} if pronoun == "it" else {"person", "role"} if want else {"person", "role", "body"}
        for voice in reversed(self.recent):
            key = voice.name.split()[-1].lower()
            gender = self.gender.get(key)
            many = want and voice.kind == "role" and _MANY.search(_head(voice.role or voice.name))
            if voice.kind not in kinds or (want and gender and gender != want) or many:
                continue
            if want and voice.kind == "person":
                self.gender[key] = want
            return voice
        return self._named_before(want, at) if want else None

    def _named_before(self, want: str, at: int) -> Voice | None:
        """The last person named before `at`, where nobody was spoken of yet: "what Assessor Hatch does ... she wrote"."""
        named = [p for key, p in self.people.items() if p.at < at and self.gender.get(key, want) == want]
        return max(named, key=lambda p: p.at, default=None)

    def _holder(self, voice: Voice, at: int) -> Voice | None:
        bare = _DETERMINER.sub("", voice.name, count=1).lower()
        heads = [w for w in (_bare(x) for x in bare.split(" of ")[0].split(" for ")[0].split()) if w in words("people")]
        if not heads:
            return None
        near = [p for p in self.people.values() if heads[-1] in [_bare(w) for w in _head(p.role).split()][-2:]]
        full = [p for p in near if bare in (p.role or "").lower()]
        pool = full or near
        return max(pool, key=lambda p: (p.at < at, p.at if p.at < at else -p.at), default=None)


def _head(role: str | None) -> str:
    return re.split(r"\s+(?:for|of)\s+", role or "")[0]


_HELD = re.compile(rf"(?<![\w’'.-])({_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}){{1,3}})\s*\(([^()\n]{{3,60}})\)")
_STOP = re.compile(r"[,;:()“”\n—]|(?<!\b[A-Z])(?<!\b[MD][rs])(?<!\bMrs)\.")
_BESIDE = re.compile(
    r"\s+((?:[^,.;:()“”\n]|(?<=\b[A-Z])\.|(?<=\b[MD][rs])\.|(?<=\bMrs)\.){2,110}?)(?=[,;)]|\.(?<!\b[A-Z]\.)(?<!\b[MD][rs]\.)(?<!\bMrs\.)|\s+(?:who|said|says|told|wrote)\b)"
)
WIDE = 92  # characters before a comma within which an office or a name is looked for


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[Span, Span]]:
    """What stands on both sides of each comma, up to the next mark, as spans of the text."""
    comma = text.find(",", start, end)
    while comma >= 0:
        left = max(start, comma - WIDE)
        for stop in _STOP.finditer(text, left, comma):
            left = stop.end()
        right = _BESIDE.match(text, comma + 1, end)
        if right and comma - left > 1:
            yield (left, comma), right.span(1)
        comma = text.find(",", comma + 1, end)


def cast(text: str, spans: Iterable[tuple[int, int]]) -> Cast:
    """Everyone a text names: full names with the titles before them and the offices set beside them in commas."""
    found = Cast(text)
    for start, end in spans:
        for run in _RUN.finditer(text, start, end):
            _meet_run(found, text, run, start)
        for held in _HELD.finditer(text, start, end):
            if _unnamed_role(held.group(2)) and _is_name(held.group(1).split()):
                role, organisation = split_role(held.group(2))
                found.meet(Voice(held.group(1), "person", role, organisation, held.start()))
        for left, right in _pairs(text, start, end):
            _meet_pair(found, text, left, right)
    return found


def _meet_run(found: Cast, text: str, run: re.Match[str], start: int) -> None:
    tokens = run.group().split()
    skip = _titles(tokens)
    before = _words_before(text[max(start, run.start() - 40) : run.start()])
    last = before[-1] if before else ""
    name = [t for t in tokens[skip:] if t not in _LOW]
    if not _is_name(name) or not (skip or (last and not last[0].isupper() and _office(last) and last != "and")):
        return
    role = " ".join(tokens[:skip]) if skip else _office_words(before)
    role = "" if _bare(role) in _COURTESY else role
    if _bare(role) in {"the", "and", "of"} or (len(name) == 1 and not skip):
        return
    office, organisation = split_role(role)
    found.meet(Voice(_POSSESSIVE.sub("", " ".join(name)), "person", _title(office), organisation, run.start()))


def _title(role: str | None) -> str | None:
    kept = [w for w in (role or "").split() if w not in _LOW]
    return " ".join(kept) or None


_WHOLE = re.compile(r"[\w’'-]+")


def _words_before(text: str) -> list[str]:
    """The last three words of a text that ends in white space, or as many of them as no other mark cuts off."""
    kept: list[str] = []
    for word in reversed(text.split()[-3:] if text[-1:].isspace() else []):
        if not _WHOLE.fullmatch(word):
            break
        kept.insert(0, word)
    return kept


def _office_words(before: list[str]) -> str:
    kept: list[str] = []
    for word in reversed(before):
        if not (_office(word) or (kept and _bare(word) in words("bodies"))):
            break
        kept.insert(0, word)
    return " ".join(kept)


def _meet_pair(found: Cast, text: str, before: Span, after: Span) -> None:
    left, right = text[slice(*before)].strip(), text[slice(*after)].strip()
    who = _RUN.search(left)
    tail = re.search(rf"((?:{_CAPITAL}\s+(?:{_PARTICLE}\s+)*){{0,5}}{_CAPITAL})$", left)
    other = _unnamed_role(right)
    if tail and who and other:
        voice = phrase(tail.group(1), before[0] + tail.start())
        if voice and voice.kind == "person":
            role, organisation = split_role(_CUT.split(right, maxsplit=1)[0])
            found.meet(Voice(voice.name, "person", voice.role or role, voice.organisation or organisation, voice.at))
        return
    right = re.sub(r"^(?:one\s+)?(?:(?:Mr|Ms|Dr|Mrs)\.\s+)?", "", right)
    full = re.fullmatch(rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}){{1,4}}", right)
    mine = re.search(
        r"(?:^|\s)((?:(?:[A-Z][\w’'&-]*\s+)*[A-Z][\w’'-]*[’']s(?=\s+[a-z])|[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Oo]ne)\s+[^,]*)$",
        left,
    )
    if full and mine and _is_name(right.split()) and _unnamed_role(mine.group(1)):
        role, organisation = split_role(mine.group(1))
        found.meet(Voice(right, "person", role, organisation, after[0]))


def _unnamed_role(text: str) -> bool:
    head = re.split(r"\s+(?:of|for|at|from|with|who|in|on|since|until)\s+", text, maxsplit=1)[0].split()
    return (
        bool(head)
        and len(head) < 8
        and (
            _bare(head[-1]) in words("people")
            or (head[0].lower() == "one" and _bare(text.rsplit(maxsplit=1)[-1]).rstrip("s") in words("people"))
        )
    )
