"""A text in, whose own words it is out: the signer of a letter, the maker of a statement, the body that puts out a release."""

from __future__ import annotations

import re
from dataclasses import dataclass

from showcause.ask.lexicon import words
from showcause.ask.speaker import Voice, phrase

_SALUTATION = re.compile(
    r"^[ \t]*(?:(?:Dear|To)\s+(?:the\s+)?[A-Z][^\n]{1,90}[,:]|(?:Sirs?|Madam|Sir or Madam|Editor)[,:—])[ \t]*$",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"^[ \t]*(?:(?:Very |Most )?(?:[Tt]ruly|[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially)(?: [Yy]ours| [Ss]ubmitted)?"
    r"|Yours(?: (?:very )?(?:truly|sincerely|faithfully|respectfully))?|(?:With )?(?:[Kk]ind |[Bb]est |[Ww]arm )?[Rr]egards|Best(?: wishes)?"
    r"|In (?:service|partnership))[,.]?[ \t]*$",
    re.MULTILINE,
)
_SIGNED = re.compile(r"^[ \t]*(?:/s/|[sS]/|Signed:?)[ \t]*(.*)$", re.MULTILINE)
_NAME = re.compile(
    r"[ \t]*((?:(?:Dr|Mr|Mrs|Ms|Hon|Rev)\.\s+)?(?:[A-Z][\w’'-]*|[A-Z]\.)(?:[ \t]+(?:[A-Z][\w’'-]*|[A-Z]\.|de|van|der|von|la|del|da|di|bin|al)){1,5})"
    r"(?:,[ \t]*([^\n]{2,90}))?[ \t]*$"
)
_RELEASE = re.compile(
    r"^[ \t*#]*(?:FOR (?:IMMEDIATE )?RELEASE|(?:PRESS|NEWS|MEDIA) (?:RELEASE|STATEMENT)|(?:Press|News|Media) [Rr]elease|For [Ii]mmediate [Rr]elease)\b",
    re.MULTILINE,
)
_STATEMENT = re.compile(
    r"^[ \t*#]*(?:(?:PREPARED|OPENING|WRITTEN|OFFICIAL|JOINT|PUBLIC|Prepared|Opening|Written|Official|Joint|Public)\s+)?"
    r"(?:STATEMENT|REMARKS|TESTIMONY|DECLARATION|MESSAGE|Statement|Remarks|Testimony|Declaration|Message)\s+(?:[Oo]f|OF|[Bb]y|BY|[Ff]rom|FROM)\s+(?:[Tt]he\s+|THE\s+)?"
    r"([A-Z][^\n.;:“”]{3,100}?)(?:\s+(?:on|regarding|concerning|before|ON|REGARDING|BEFORE)\b[^\n]*)?[ \t]*$",
    re.MULTILINE,
)
_POSTED = re.compile(
    r"^[ \t]*(?:Posted by|From:|Author:)[ \t]*([A-Z][^\n<@|·,]{3,60}?)[ \t]*(?:<[^>\n]*>|@\w+|[|·,][^\n]*)?[ \t]*$",
    re.MULTILINE,
)
_BODY = re.compile(
    r"\b((?:[A-Z][\w’'-]*[ \t]+){0,4}(?:City|County|Town|Village|State|Department|Office|Bureau|Board|Agency|Commission|District|Authority|Council)"
    r"(?:[ \t]+(?:of|for)[ \t]+(?:the[ \t]+)?(?:[A-Z][\w’'-]*)(?:[ \t]+(?:and[ \t]+)?[A-Z][\w’'-]*){0,4})?)"
)
_FOR = re.compile(
    r"\bI\s+(?:am\s+)?(?:write|writing|answer|respond|reply)\s+(?:on behalf of|for|as counsel (?:for|to))\s+(?:the\s+)?([A-Z][^,.;\n]{2,60}?)\s*(?:,|\.|;|\bin (?:answer|reply|response)\b|\bto\b)"
)
HEAD = 900  # characters from the top within which a salutation, a release marker or a statement's title is looked for
PROSE = 240  # a line before the salutation longer than this, characters, is an article's and no letterhead's
LATEST = 4000  # a salutation may stand below a long letterhead, but no deeper than this many characters


@dataclass(frozen=True, slots=True)
class OwnVoice:
    """Whose own words stand from `start` to `end`, in characters; a `release` tells of its body in the third person too."""

    voice: Voice
    start: int
    end: int
    release: bool = False


def own_voice(text: str, *, byline: str | None) -> OwnVoice | None:
    """Who speaks a whole text in their own voice; None for an article, which has a writer's byline or no such marks."""
    if byline:
        return None
    return _letter(text) or _statement(text) or _release(text) or _post(text)


def speaks_for(own: OwnVoice | None, name: str) -> str:
    """The name that a claim goes under: the speaker's for "we", "the City" or "my office" in the speaker's own text."""
    if own is None:
        return name
    bare = re.sub(r"^(?:the|our|my|this)\s+", "", name.lower())
    body = (own.voice.organisation or "").lower()
    mine = bare in {"i", "we", own.voice.name.lower()} or (bare and re.search(rf"\b{re.escape(bare)}\b", body))
    return own.voice.name if mine else name


def _letter(text: str) -> OwnVoice | None:
    opens = _SALUTATION.search(text, 0, LATEST)
    if opens is None or max(map(len, text[: opens.start()].split("\n"))) > PROSE:
        return None
    closings = list(_CLOSING.finditer(text, opens.end())) or list(_SIGNED.finditer(text, opens.end()))
    foot = _foot(text, opens.end())
    if not closings and foot is None:
        return None
    end = closings[-1].start() if closings else foot or 0
    voice = _signer(text, closings[-1].end() if closings and closings[-1].re is _CLOSING else end)
    if voice is None:
        return None
    named = _FOR.search(text, opens.end(), end)
    body = named.group(1).strip() if named else voice.organisation or _body_of(text[: opens.start()])
    return OwnVoice(Voice(voice.name, "person", voice.role, body, voice.at), opens.end(), end)


SHORT = 70  # a line of a signature is shorter than this, characters


def _foot(text: str, start: int) -> int | None:
    """Where the lines at the foot of a letter begin that name who wrote it without a closing; None where none do."""
    at, found = len(text), None
    for line in reversed(text[start:].split("\n")):
        at -= len(line) + 1
        bare = line.strip()
        if found is None and re.match(
            r"(?:The writer|The author|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)* (?:is|was) an?)\b", bare
        ):
            continue
        if len(bare) > SHORT or bare[-1:] in {".", "!", "?", "”", '"', ":"}:
            break
        name = _NAME.fullmatch(bare)
        if name and not _is_office(name.group(1)):
            found = at + 1
    return found


def _signer(text: str, start: int) -> Voice | None:
    """The fullest name in the lines of a signature, with the office that stands under it."""
    best: tuple[str, int] | None = None
    role: str | None = None
    at = start
    for line in text[start : start + 500].split("\n"):
        bare = re.sub(r"^\s*(?:/s/|[sS]/|By:|Signed:?|[–—-]+)\s*", "", line).strip()
        found = _NAME.fullmatch(bare)
        name = found.group(1) if found else ""
        if name and not _is_office(name) and (best is None or name.split()[-1] == best[0].split()[-1]):
            if best is None or len(name) > len(best[0]):
                best = (name, at)
            role = role or (found.group(2) if found else None)
        elif best and role is None and bare:
            role = bare
        at += len(line) + 1
    if best is None:
        return None
    office = phrase(role, best[1]) if role else None
    return Voice(best[0], "person", (role or "").rstrip(",") or None, office.organisation if office else None, best[1])


def _is_office(name: str) -> bool:
    """Whether capitals are those of an office or a body, and no person's name."""
    every = [re.sub(r"\W", "", w).lower() for w in name.split()]
    return every[-1] in words("people") | words("bodies") | words("papers") or "of" in every


def _statement(text: str) -> OwnVoice | None:
    title = _STATEMENT.search(text, 0, HEAD)
    if title is None or re.search(r"[a-z]{3}", text[: title.start()].replace("\n", "")[-1:]):
        return None
    named = title.group(1).strip(" ,")
    named = named.title() if named.isupper() else named
    voice = phrase(named, title.start(1))
    if voice is None or voice.kind not in {"person", "body"}:
        return None
    return OwnVoice(voice, title.end(), _close(text, title.end()))


def _post(text: str) -> OwnVoice | None:
    head = _POSTED.search(text, 0, HEAD)
    voice = phrase(head.group(1).strip(), head.start(1)) if head else None
    if head is None or voice is None or voice.kind not in {"person", "body"}:
        return None
    blank = re.compile(r"\n[ \t]*\n").search(text, head.end())
    return OwnVoice(voice, blank.end() if blank else head.end(), _close(text, head.end()))


def _close(text: str, start: int) -> int:
    closing = _CLOSING.search(text, start)
    return closing.start() if closing else len(text)


def _release(text: str) -> OwnVoice | None:
    marker = _RELEASE.search(text, 0, HEAD)
    if marker is None:
        return None
    named = _body_of(text[: marker.start()]) or _body_of(text[marker.end() :])
    if named is None:
        return None
    start = text.find("\n", marker.end())
    end = re.compile(r"^[ \t]*(?:#\s?#\s?#|-\s?30\s?-|About [A-Z])", re.MULTILINE).search(text, marker.end())
    return OwnVoice(
        Voice(named, "body", None, named), max(start, marker.end()), end.start() if end else len(text), release=True
    )


def _body_of(head: str) -> str | None:
    """The first body that a head or a text names in full."""
    for found in _BODY.finditer(head):
        name = found.group(1)
        if len(name.split()) > 1 and not name.startswith(("Dear", "The ")):
            return name
        if name.startswith("The ") and len(name.split()) > 2:
            return name[4:]
    return None
