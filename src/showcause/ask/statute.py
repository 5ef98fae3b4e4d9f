"""An official text in, or the bare text of a statute; its sentences out, each whole, with its place.

A statute speaks in lists: "An agency shall not: (1) destroy ...; (2) sell ...". An `Article` is one sentence of the law
as it would stand alone: the words that it hangs on are put before its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from showcause import text as texts
from showcause.core import OfficialText, Provision

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """One sentence of a law: its section and subdivision, and its words with those before it on which it hangs.

    `own` is where its own words begin in `text`, in characters; `official` the identifier of the provision that says
    it, "" in a bare text; `heading` that of the section or subdivision.
    """

    section: str
    pinpoint: str
    official: str
    heading: str
    text: str
    own: int = 0


@dataclass(slots=True)
class _Node:
    """A section or subdivision while it is read: its words before, between and after its parts."""

    mark: str
    official: str = ""
    heading: str = ""
    lead: str = ""
    parts: list[_Node] = field(default_factory=list)
    tail: str = ""


# --- official files ------------------------------------------------------------------------------


def articles(official: OfficialText) -> tuple[Article, ...]:
    """The sentences of one section of an official file, in order."""
    first = official.provisions[0]
    root = _of(official, 0, len(official.provisions))
    root.heading = official.heading or first.heading
    root.mark = ""
    return tuple(_sentences(root, first.number or official.identifier, "", "", root.heading))


def _of(official: OfficialText, place: int, stop: int) -> _Node:
    """The provision at `place` with those inside it, which stand from `place + 1` up to `stop`."""
    one = official.provisions[place]
    node = _Node(_mark(one), one.identifier, one.heading)
    at, n = one.start, place + 1
    while n < stop:
        after = _beyond(official.provisions, n, stop)
        words = official.text[at : official.provisions[n].start]
        if node.parts:
            node.parts[-1].tail += words
        else:
            node.lead = words
        node.parts.append(_of(official, n, after))
        at, n = official.provisions[n].end, after
    rest = official.text[at : one.end]
    if node.parts:
        node.tail = rest
    else:
        node.lead = rest
    node.lead = _headless(node.lead, one)
    return node


def _beyond(provisions: Sequence[Provision], n: int, stop: int) -> int:
    return next((m for m in range(n + 1, stop) if provisions[m].start >= provisions[n].end), stop)


def _mark(one: Provision) -> str:
    bare = one.number.strip("() .")
    return f"({bare})" if bare else ""


def _headless(words: str, one: Provision) -> str:
    """The words of a provision without its number and heading."""
    first, _, rest = words.partition("\n")
    if one.heading and one.heading in first:
        after = first.partition(one.heading)[2].lstrip(" .—–-")
        return f"{after}\n{rest}" if after else rest
    return re.sub(
        rf"^\s*(?:§+\s*|sec(?:tion)?\.?\s*)?{re.escape(one.number)}[.):—]?\s*", "", words, flags=re.IGNORECASE
    )


# --- bare text -----------------------------------------------------------------------------------

SECTION = re.compile(
    r"(?m)^[ \t#*]*(?:\d+[ \t]+(?:[A-Z]\.?){2,8}[ \t]+)?(?:(?:§+|sec(?:tion|\.)?|art(?:icle|\.)|rule)[ \t]*)(?P<n1>\d[\w.:–-]*\w|\d)[.:)*]*(?=\s|$)[ \t]*(?P<head>[^\n]*)"
    r"|^[ \t#*]*(?P<n2>\d{2,}(?:[.:-]\d+)*|\d+(?:[.:-]\d+)+)[.:)]?[ \t]+(?=[(A-Z“\"])(?P<head2>[^\n]*)",
    re.IGNORECASE,
)
MARK = re.compile(
    r"\((?P<m>[a-z]{1,2}|[ivxl]{1,5}|\d{1,2}|[A-Z]{1,2}|[IVXL]{1,5})\)(?=[\s(])|(?m:^)[ \t]*(?:(?P<d>\d{1,2}|[a-z]|[ivxl]{2,5})|(?P<c>[A-Z]|[IVXL]{2,5}))[.)](?=[ \t])"
)
OPENED = re.compile(r"(?:^|[.:;,—–]|[;,]\s*(?:and|or)(?:/or)?|\]|\n)\s*\Z")
REFERS = re.compile(r"\)\s*,?\s*(?:and|or|to|through)?\s*\Z")
ROMAN = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]


def articles_of(text: str, *, title: str = "") -> tuple[Article, ...]:
    """The sentences of a statute in bare text, section by section; a text without sections is one, named by `title`."""
    flat = texts.unwrapped(texts.unfurnished(text))
    heads = [m for m in SECTION.finditer(flat) if _begins(flat, m)]
    out: list[Article] = []
    edges = [m.start() for m in heads]
    before = flat[: edges[0]] if edges else flat
    if before.strip():
        heading, words = ("", before) if not edges else (_first_line(before), before)
        out += _sentences(_tree(words), "" if edges else title, "", "", heading)
    for m, stop in zip(heads, [*edges[1:], len(flat)][: len(heads)], strict=True):
        number, head, body = _section_head(flat, m)
        out += _sentences(_tree(flat[body:stop]), number, "", "", head)
    return tuple(out)


def _begins(flat: str, m: re.Match[str]) -> bool:
    """Whether a number at the start of a line opens a section, and no sentence runs on over the line's end to it."""
    near = flat[max(0, m.start() - 200) : m.start()]
    above = near.rstrip()
    return not above or above[-1] in '.;:!?)]”"' or near.endswith("\n\n") or "\n" not in above


def _first_line(words: str) -> str:
    return words.strip().split("\n", 1)[0][:80]


def _section_head(flat: str, m: re.Match[str]) -> tuple[str, str, int]:
    """Number, heading, and where the words begin: a heading ends in a full stop or its line and has no verb of force."""
    number = (m["n1"] or m["n2"]).rstrip(".:")
    place = m.start("head") if m["n1"] else m.start("head2")
    line = (m["head"] if m["n1"] else m["head2"]).strip()
    first = re.match(r"(?P<head>[^.(\n]{3,180}?)(?:\.\s*(?:—|–|--)|\.(?=\s|$)|$)", line)
    if first and not re.search(r"\b(?:shall|must|may|is|are|means)\b", first["head"]) and not line.startswith("("):
        return number, first["head"].strip(" *"), place + (flat[place:].find(first["head"]) + len(first[0]))
    return number, "", place


def _tree(words: str) -> _Node:
    """The words of a section with its subdivisions, by the ladder that their marks climb."""
    root = _Node("")
    open_: list[tuple[str, _Node]] = []  # style and node, outermost first
    place = 0
    last: _Node = root
    for m in MARK.finditer(words):
        mark = m["m"] or m["d"] or m["c"]
        rung = _rung(open_, mark, fresh=not words[place : m.start()].strip(" .;:,—\n"))
        if rung is None or (m["m"] and not _opens(words, place, m.start())) or (m["c"] and not _counts(words, m)):
            continue
        _add(last, words[place : m.start()])
        del open_[rung[0] :]
        node = _Node(f"({mark})")
        (open_[-1][1] if open_ else root).parts.append(node)
        open_.append((rung[1], node))
        last, place = node, m.end()
    _add(last, words[place:])
    for node in _every(root):
        _headed(node)
    return root


def _every(node: _Node) -> Iterator[_Node]:
    for part in node.parts:
        yield part
        yield from _every(part)


RUN_IN = re.compile(  # "(b) EXCEPTIONS.—The office may ...", "(b) Exceptions. The office may ..."
    r"\s*(?P<head>[A-Z][^.:\n]{1,90})\.\s*(?:—|–|--)\s*|\s*(?P<bare>[A-Z][\w’'-]*(?:,?[ ][\w’'-]+){0,5})\.\s+(?=[A-Z(])"
)


def _run_in(words: str, place: int = 0) -> re.Match[str] | None:
    """The heading that runs into the words of a subdivision at `place`."""
    m = RUN_IN.match(words, place)
    head = (m["head"] or m["bare"]).strip() if m else ""
    return m if m and not FORCE.search(head) and not texts.ABBREVIATION.search(f"{head}.") else None


def _headed(node: _Node) -> None:
    """What stands before a stop and a dash, or a short first line without a verb of force or a stop, is the subdivision's heading."""
    if run_in := _run_in(node.lead):
        node.heading, node.lead = (run_in["head"] or run_in["bare"]).strip(), node.lead[run_in.end() :]
        return
    first, _, rest = node.lead.strip().partition("\n")
    if (
        rest.strip()
        and len(first) <= 80
        and first[:1].isupper()
        and first[-1:] not in ".,;:—"
        and not FORCE.search(first)
    ):
        node.heading, node.lead = first.strip(), rest


def _opens(words: str, place: int, start: int) -> bool:
    """Whether a mark at `start` may begin a subdivision: at the start of a clause, and not in a reference to one."""
    here = words[max(0, start - 30) : start]
    return not words[place:start].strip() or not here.strip() or bool(OPENED.search(here) and not REFERS.search(here))


def _counts(words: str, m: re.Match[str]) -> bool:
    """Whether a capital at the start of a line is a number and no initial: it bears a heading, or its neighbour stands there too."""
    if _run_in(words, m.end()):
        return True
    near = {(style, at + by) for style, at in _styles(m["c"]) for by in (-1, 1)}
    return any(near & set(_styles(other["c"])) for other in MARK.finditer(words) if other["c"])


def _add(node: _Node, words: str) -> None:
    node.lead += words


def _styles(mark: str) -> list[tuple[str, int]]:
    """The ladders that a mark may stand on, with its place on each."""
    out = []
    if mark.isdigit():
        out.append(("1", int(mark)))
    elif mark.islower():
        if len(mark) == 1 or (len(mark) == 2 and mark[0] == mark[1]):
            out.append(("a", ord(mark[0]) - 96 + 26 * (len(mark) - 1)))
        if mark in ROMAN:
            out.append(("i", ROMAN.index(mark) + 1))
    else:
        if len(mark) == 1 or mark[0] == mark[1]:
            out.append(("A", ord(mark[0]) - 64 + 26 * (len(mark) - 1)))
        if mark.lower() in ROMAN:
            out.append(("I", ROMAN.index(mark.lower()) + 1))
    return out


def _rung(open_: Sequence[tuple[str, _Node]], mark: str, *, fresh: bool) -> tuple[int, str] | None:
    """On which rung the mark stands, and its style; None where it is no subdivision's.

    The next of an open rung comes first, then the first of a new one, then a later one of an open rung where some are
    left out.
    """
    styles = _styles(mark)
    held = {style: n for n, (style, _) in enumerate(open_)}
    for depth in range(len(open_) - 1, -1, -1):
        style, node = open_[depth]
        at = dict(styles).get(style)
        if at is not None and at == _value(node, style) + 1 and not (fresh and at == 1):
            return depth, style
    for style, at in reversed(styles) if len(open_) > 1 else styles:
        if at == 1 and style not in held:
            return len(open_), style
    for style, at in styles:
        if style in held and at > _value(open_[held[style]][1], style):
            return held[style], style
        if style not in held and not open_:
            return 0, style
    return None


def _value(node: _Node, style: str) -> int:
    return dict(_styles(node.mark.strip("()"))).get(style, 0)


# --- sentences -----------------------------------------------------------------------------------

CUT = re.compile(r"[:—–-]\s*\Z")
MODAL_END = re.compile(r"\b(?:shall|must|may|will|to|not)\W*\Z", re.IGNORECASE)
CASES = re.compile(
    r"\b(?:if|when|whenever|where|unless|except|until|provided|conditions?|circumstances?|cases?|instances|situations|events)\b"
    r"(?:(?!\b(?:shall|must|may)\b)[^.;,]){0,90}\Z",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?:from|by|of|do(?:ing)?(?: (?:all|any|each|both|either|one or more) of)? the following(?: \w+)?|following(?: unlawful)? (?:acts?|actions?|steps?|practices?|duties))\W*\Z",
    re.IGNORECASE,
)
FORCE = re.compile(r"\b(?:shall|must|may|will|is|are|means?|has|have|does|do)\b", re.IGNORECASE)


def _sentences(node: _Node, section: str, pinpoint: str, hangs: str, heading: str) -> Iterator[Article]:
    """The sentences of a subdivision and of those inside it; `hangs` are the words that its own first one goes on from."""
    where = pinpoint + node.mark
    heading = node.heading or heading
    lead, tail = _plain(node.lead), _plain(node.tail)

    def made(words: str, *, after: str = "") -> Article:
        whole = f"{after} {words}".strip() if after else words
        return Article(section, where, node.official, heading, whole, len(whole) - len(words))

    said = [lead[one.start : one.end] for one in texts.sentences(lead)]
    if not node.parts:
        for n, words in enumerate(said):
            yield made(words, after=hangs if not n else "")
        return
    chapeau = said.pop() if said and _goes_on(said[-1], node) else ""
    for n, words in enumerate(said):
        yield made(words, after=hangs if not n else "")
    opens = f"{hangs} {chapeau}".strip() if not said else chapeau
    if chapeau and _whole(chapeau, node):
        listed = " ".join((chapeau, *(_flat(part) for part in node.parts), tail))
        yield made(listed, after=hangs if not said else "")
        return
    if opens and not chapeau and not said:
        chapeau = hangs
    for part in node.parts:
        yield from _sentences(part, section, where, opens if chapeau else "", heading)
    for one in texts.sentences(tail):
        yield made(tail[one.start : one.end])


def _plain(words: str) -> str:
    return re.sub(r"\s*\[(?:\.\.\.|…)\]\s*", " ", re.sub(r"\s+", " ", words)).strip()


def _goes_on(last: str, node: _Node) -> bool:
    """Whether the last words before the parts are unfinished without them."""
    return bool(node.parts) and (bool(CUT.search(last)) or last[-1:] not in '.?!”"')


def _whole(chapeau: str, node: _Node) -> bool:
    """Whether a list stands in one sentence with what it hangs on: conditions, or the things that one duty is about."""
    bare = CUT.sub("", chapeau).strip()
    if "“" in chapeau or re.search(r"\bmeans?\b|\bterms?\b|\bdefin", bare[-60:]):
        return False
    if any(TERM.match(part.lead) for part in node.parts):
        return False
    if _one_is_enough(bare, node):
        return True
    if MODAL_END.search(bare):
        return False
    if CASES.search(bare):
        return True
    return not (DONE.search(bare) or _verbal(node)) and not re.search(
        r"\b(?:not|no|never|prohibit\w*|unlawful)\b", bare
    )


ONE_OF = r"\b(?:one|either|two)(?:\s+or\s+more)?\s+of\s+the\s+following\b"
ENOUGH = re.compile(rf"{ONE_OF}(?:\s+\w+)?\W*\Z|\beither\W*\Z", re.IGNORECASE)


def _one_is_enough(bare: str, node: _Node) -> bool:
    """Whether a duty is met by one part of its list: "shall do one of the following", "shall: (1) ...; or (2) ..."."""
    if re.search(r"\b(?:not|no|never|prohibit\w*|unlawful|may)\b", bare, re.IGNORECASE):
        return False
    return bool(ENOUGH.search(bare)) or bool(
        re.search(r"\b(?:shall|must)\b", bare, re.IGNORECASE)
        and len(node.parts) > 1
        and re.search(r"[;,]\s*or\W*\Z", _plain(node.parts[-2].lead), re.IGNORECASE)
        and not any(re.search(r"[;,]\s*and\W*\Z", _plain(part.lead), re.IGNORECASE) for part in node.parts)
    )


TERM = re.compile(r"[^\w\"“]*(?:the\s+terms?\s+)?[\"“]", re.IGNORECASE)  # a part of a list that defines a word


def _verbal(node: _Node) -> bool:
    """Whether most parts begin with what somebody does: a verb, a gerund, or a sentence of their own."""
    first = [re.sub(r"^[^A-Za-z]+", "", _plain(part.lead)) for part in node.parts]
    count = sum(1 for words in first if _acts(words))
    return count * 2 > len(first)


NOMINAL = re.compile(
    r"(?:the|an?|any|each|every|all|such|whether|if|where|when|no|its|his|her|their|those|other|[A-Z]?\w+(?:s|ion|ment|ance|ity|ness|er|or))\b"
)


CALLED = re.compile(
    r"(?:an?\s+)?(?:requirements?|prohibitions?|bans?|mandates?|dut(?:y|ies))\b", re.IGNORECASE
)  # "a requirement that officers ..."


def _acts(words: str) -> bool:
    if CALLED.match(words):
        return True
    head = words.split(" ", 1)[0].lower().rstrip(",")
    if FORCE.search(words[:160]) and re.search(r"\b(?:shall|must|may)\b", words[:160]):
        return True
    return bool(head) and (head.endswith("ing") or not NOMINAL.match(head))


def _flat(node: _Node) -> str:
    return " ".join(x for x in (_plain(node.lead), *(_flat(part) for part in node.parts), _plain(node.tail)) if x)


def covered(found: Iterable[Article]) -> frozenset[tuple[str, str]]:
    """The sections and subdivisions that these sentences come from."""
    return frozenset((one.section, one.pinpoint) for one in found)
