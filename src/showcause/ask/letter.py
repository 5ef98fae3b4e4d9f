"""A Document in, a Letter out: who asks whom, under what, for what, by when, and what follows otherwise.

Every text of the Letter is an exact substring of the document, over line ends too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from showcause.ask.authority import authority
from showcause.ask.days import DATE, NUMBER, YEARLESS, as_day, dates, next_day
from showcause.ask.deadline import rule_of
from showcause.ask.demand import asked
from showcause.ask.paged import ADDRESS_END, DATED, Paged, paged
from showcause.ask.parts import BLOCK, Parts, Span, parts, sentences
from showcause.ask.threat import consequences
from showcause.core import Document, Letter, Request


def read_letter(document: Document) -> Letter:
    """What a letter says; a field that it does not give is None or empty."""
    page = paged(document)
    return _restored(_read(page.text), page)


def _read(text: str) -> Letter:
    letter = parts(text)
    found = asked(letter)
    taken = [(r.start, r.end) for r in found.requests] + found.questions
    rule = _due_rule(letter, taken)
    signer = _signer(letter)
    written = _date(letter)
    return Letter(
        sender=_issuer(letter, "who") or _from(letter) or signer,
        sender_office=_issuer(letter, "body") or _office(letter),
        addressees=tuple(_addressees(letter)),
        date=written,
        due=_due(rule, written),
        due_rule=rule,
        authority=authority(letter, taken=taken, aside=found.asides),
        requests=tuple(found.requests),
        questions=tuple(words for s, e in found.questions if len((words := letter.text[s:e]).split()) > 1),
        consequences=consequences(letter, taken=taken),
        signer=signer,
        contact=_contact(letter),
    )


def _restored(letter: Letter, page: Paged) -> Letter:
    """The letter in the words and at the places of the document that it was read from."""
    if page.text is page.source:
        return letter
    return replace(
        letter,
        sender=_told(page, letter.sender),
        sender_office=_told(page, letter.sender_office),
        due_rule=_told(page, letter.due_rule),
        signer=_told(page, letter.signer),
        contact=_told(page, letter.contact),
        addressees=tuple(map(page.words, letter.addressees)),
        authority=tuple(map(page.words, letter.authority)),
        requests=tuple(_request(page, r) for r in letter.requests),
        questions=tuple(map(page.words, letter.questions)),
        consequences=tuple(replace(c, text=page.words(c.text)) for c in letter.consequences),
    )


def _request(page: Paged, one: Request) -> Request:
    start, end = page.span(one.start, one.end)
    return Request(one.label, page.source[start:end], _told(page, one.period), start, end)


def _told(page: Paged, words: str | None) -> str | None:
    return words and page.words(words)


def letter_rows(letter: Letter) -> dict[str, object]:
    """A Letter in the fixed shape of `showcause read letter --json`; dates are ISO."""
    return {
        "sender": letter.sender,
        "sender_office": letter.sender_office,
        "addressees": list(letter.addressees),
        "date": letter.date.isoformat() if letter.date else None,
        "due": letter.due.isoformat() if letter.due else None,
        "due_rule": letter.due_rule,
        "authority": list(letter.authority),
        "requests": [
            {"label": r.label, "text": r.text, "period": r.period, "start": r.start, "end": r.end}
            for r in letter.requests
        ],
        "questions": list(letter.questions),
        "consequences": [{"kind": c.kind.value, "text": c.text} for c in letter.consequences],
        "signer": letter.signer,
        "contact": letter.contact,
    }


# --- the head -----------------------------------------------------------------------------------

CUSTODIAN = r"to\s+the\s+custodian\s+of\s+(?:the\s+)?records\s+(?:of|for)"
FIELD = re.compile(
    rf"(?i)^[ \t>*]*(?P<key>from|{CUSTODIAN}|to|cc|bcc|sent|date|dated|subject|re|in\s+re|regarding|reply-to|via|by|attention|attn\.?|through|case\s+no\.?|file(?:\s+no\.?)?|reference|ref\.?|our\s+(?:ref(?:erence)?|file)|your\s+ref(?:erence)?|matter|(?:issued|directed|addressed|delivered|commanded)\s+to|to\s+be\s+served|respondent|recipient|issued\s+by|served\s+(?:on|upon))(?:\s*\**[.:]\**[ \t]*|(?:\t|[ ]{{2,}})[ \t]*)(?P<value>.*)$"
)
DELIVERY = re.compile(
    r"(?i)^\W*(?:(?:sent\s+)?(?:by|via|through)\b.*|(?:certified|registered|first[-\s]class|overnight|express|electronic|united\s+states|u\.s\.)\s+mail.*|hand[-\s]deliver.*|e-?mail(?:\s+only)?|return\s+receipt.*|confidential.*|personal\s+and\s+confidential.*|privileged.*|(?:certified|article|tracking)\s+(?:no|number).*|urgent.*|time[-\s]sensitive.*|second\s+(?:request|notice|letter).*|without\s+prejudice.*|not\s+for\s+publication.*)$"
)
GENERIC = re.compile(
    r"(?i)^\W*(?:united\s+states\s+of\s+america|(?:administrative\s+)?subpoena.*|civil\s+investigative\s+demand.*|memorandum|letter|demand\s+letter|notice\b.*|(?:public\s+)?records?\s+request.*|request\s+for\b.*|formal\s+demand.*|page\s+\d+.*|in\s+the\s+matter\s+of.*|draft.*|#\S+|-+|=+|original\s+message.*|begin\s+forwarded.*)\W*$"
)
HONORIFIC = r"(?:The\s+Honorable|The\s+Hon\.|Hon\.|The\s+Reverend|Rev\.|Mr\.|Ms\.|Mrs\.|Mx\.|Dr\.|Prof(?:essor|\.)|Chief|Sheriff|Mayor|Commissioner|Director|Superintendent|Captain|Colonel|Col\.|Capt\.|Lt\.|Lieutenant|Sergeant|Judge|Justice|President|Chancellor|Warden|Secretary|Governor|Supervisor|Counselor|General|Attorney\s+General|Inspector\s+General|Administrator|Special\s+Agent|Councilmember|Councilwoman|Councilman|Chair(?:man|woman)?)"
NAME_WORD = r"(?:[A-Z][a-zà-ÿ’'’]*(?:[A-Z][a-zà-ÿ]+)*(?:-[A-Z][a-zà-ÿ’']+)*\.?|[A-Z]\.|de|van|von|der|la|del|da|di|bin|al|el|y|St\.)"
SUFFIX = r"(?:,?\s+(?:Jr\.?|Sr\.?|II|III|IV|Esq\.?|Ph\.?D\.?|M\.?D\.?|J\.?D\.?|CPA|CFE|P\.?E\.?|MPA|LL\.?M\.?))*"
NAME = rf"[A-Z][\w’'.à-ÿ-]*(?:\s+{NAME_WORD}){{1,4}}{SUFFIX}"
CAPITALS = r"[A-Z][A-Z’'-]+(?:\s+[A-Z][A-Z’'.-]*){1,4}"
PERSON = re.compile(rf"^\W*(?:{HONORIFIC}\s+)?(?P<name>{NAME}|{CAPITALS}{SUFFIX})\W*$")
NO_PERSON = re.compile(
    r"(?i)\b(?:Department|Office|Division|Bureau|Commission|Committee|Board|City|County|Town|Village|State|Agency|Authority|Unit|Section|Court|District|Street|Avenue|Road|Suite|University|School|Council|Director|Counsel|Attorney|Chief|Officer|Inspector|Investigator|Analyst|Manager|Monitor|Administrator|Secretary|Commissioner|Deputy|Assistant|Associate|Acting|Senior|Program|General|Counselor|Specialist|Coordinator|Examiner|Auditor|Comptroller|Controller|Clerk|Chair|President|Service|Services|Center|Institute|Foundation|Association|Coalition|Alliance|LLP|LLC|Inc|Company|Enclosures?|Copy|Copies|Region|Branch|Team|Task|Force|Project|Press|News|Editor|Reporter|Supervisor|Partner|Ombudsman|Ombudsperson|Trustee|Examiner|Custodian|Records)\b"
)


LINE = re.compile(r"[^\n]*\S[^\n]*")
BODY = re.compile(
    r"\b(?:Department|Office|Division|Bureau|Commission|Committee|Board|City|County|Town|Agency|Authority|Court|District|University|Council|"
    r"Coalition|Association|Alliance|Center|Project|Institute|Foundation|Union|League|Society|Press|News|Times|Herald|Tribune|Post|Gazette|"
    r"Chronicle|Journal|Observer|LLP|P\.C\.|Courier|Sentinel|Mercury|Dispatch|Inquirer|Register)(?!\w)"
)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for m in LINE.finditer(text, start, end):
        words = m[0]
        yield m.start() + len(words) - len(words.lstrip()), m.start() + len(words.rstrip())


def _head_lines(letter: Parts) -> list[str]:
    return [letter.text[s:e] for s, e in _lines(letter.text, *letter.head)]


def _field(letter: Parts, *keys: str) -> str | None:
    """The value of a line such as "From: ..." in the head."""
    for line in _head_lines(letter):
        m = FIELD.match(line)
        if m and m["key"].lower() in keys and m["value"].strip():
            return m["value"].strip()
    return None


def _office(letter: Parts) -> str | None:
    """The issuing body: the head's first line that names one; in a message without a letterhead the signature's."""
    for line, below in pairwise([*_head_lines(letter), ""]):
        if FIELD.match(line):
            if re.match(r"(?i)\W*(?:from|issued\s+by)\s*:", line):
                return _body_in(line) or _signed_office(letter)
            continue
        if DELIVERY.match(line) or GENERIC.match(line) or re.fullmatch(rf"\W*(?:Date:?\s*)?{DATE}\W*", line):
            continue
        if re.match(r"\s*\d", below) and _bare_name(line) == _bare_name(_signer(letter) or ""):
            return _signed_office(letter)  # a private person's letter: the head has who signs, and a street
        return line.strip("*_# \t")
    return _signed_office(letter)


def _bare_name(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]", " ", words).lower().split())


def _body_in(line: str) -> str | None:
    """The body named in a "From:" line beside or in place of a person."""
    value = re.sub(r"<[^>]*>|\([^)]*@[^)]*\)|\[[^\]]*\]", "", line.partition(":")[2]).strip()
    pieces: list[str] = [p.strip(" \"'") for p in re.split(r",\s+|\s+[|–—-]\s+|[()]", value)]
    return next((piece for piece in reversed(pieces) if BODY.search(piece)), None)


def _signed_office(letter: Parts) -> str | None:
    """The last line of a signature block that names a body."""
    for s, e in _signature(letter):
        if BODY.search(letter.text[s:e]) and not REACH.search(letter.text[s:e]):
            pieces = [p for p in re.split(r",\s+", letter.text[s:e]) if BODY.search(p)]
            return pieces[-1] if pieces else None
    return None


def _date(letter: Parts) -> dt.date | None:
    """The letter's own date: on a line of its own in the head, else first in the head, else beside the signature."""
    text = letter.text
    alone = re.compile(
        rf"(?im)^[ \t]*(?:\**(?:date|dated|sent|issued(?:\s+on)?)\**\s*:?\**\s*)?(?P<d>{DATE})\b[^\n]{{0,30}}$"
    )
    m = alone.search(text, *letter.head)
    if m:
        return as_day(m["d"])
    m = re.compile(rf"(?i)\b(?:dated|issued|date)\b[^\n]{{0,60}}?(?P<d>{DATE})").search(text, letter.close[0])
    late = re.compile(rf"(?im)^[ \t]*(?:(?:dated|issued|given\s+under)\b|date\s*:)[^\n]{{0,40}}?(?P<d>{DATE})").search(
        text
    )
    in_head = next(
        (d.day for d in dates(text, *letter.head) if not DUE.search(text, max(0, d.start - 40), d.end)), None
    )
    told = late or (None if in_head else m)
    if told or in_head:
        return as_day(told["d"]) if told else in_head
    first = re.search(rf"(?im)\A(?:[^\n]*\n){{0,8}}?[ \t]*(?P<d>{DATE})[ \t]*$", text)  # a short letter greets nobody
    return as_day(first["d"]) if first else next((d.day for d in dates(text, *letter.close)), None)


def _addressees(letter: Parts) -> Iterator[str]:
    """Those addressed: the first line of each address block, and every further line of it that names a person."""
    told = _to_lines(letter)
    if told:
        listed = told if any(line.rstrip().endswith(";") for line in _head_lines(letter)) else _listed(told)
        names = [name for name in map(_value, listed) if name]
        if not all(map(re.compile(MAIL).fullmatch, names)):
            yield from dict.fromkeys(names)
            return
    blocks = list(_address_blocks(letter))
    for block in blocks:
        yield from dict.fromkeys(_named_in(block))
    if told and not blocks:  # a message to bare addresses, without an address block in it
        yield from dict.fromkeys(names)


ADDRESSED = re.compile(
    rf"(?i)to|{CUSTODIAN}|(?:issued|directed|addressed|delivered|commanded)\s+to|to\s+be\s+served|served\s+(?:on|upon)|respondent|recipient"
)


def _listed(lines: list[str]) -> list[str]:
    """The addressees among the lines behind "To:"; all of them where two name persons and none is a street."""
    named = list(_named_in(lines))
    several = len(named) > 1 and not any(re.search(r"\d", line) for line in lines)
    return lines if several else named


def _to_lines(letter: Parts) -> list[str]:
    """The lines of "To: ...", up to a blank line or the next field."""
    lines = letter.text[slice(*letter.head)].split("\n")
    for place, line in enumerate(lines):
        m = FIELD.match(line)
        if m and ADDRESSED.fullmatch(m["key"]):
            told = [m["value"]]
            for after in lines[place + 1 :]:
                if FIELD.match(after) or (not after.strip() and any(t.strip() for t in told)):
                    break
                told.append(after)
            block = "\n".join(told)
            if ";" in block:
                return [t.strip() for t in re.split(r";\s*", block) if t.strip()]
            told = re.split(r"(?<=>),\s*|\n", re.sub(r"(\b(?:of|and|the|for|de)|&)\n", r"\1\0", block))
            return [t.replace("\0", "\n").strip() for t in told if t.strip()]
    return []


def _value(words: str) -> str:
    bare = re.sub(r"\s*[<(\[][^<>()]*@[^<>()]*[>)\]]", "", words)
    return re.split(r",\s*(?=\d|P\.?\s?O\.?\s+Box|Suite\b|Room\b)", bare)[0].strip(" \"'*,")


def _address_blocks(letter: Parts) -> Iterator[list[str]]:
    """The paragraphs of the head after the letterhead that are neither date, delivery, file line nor subject."""
    above: list[list[str]] = []
    below: list[list[str]] = []
    blocks = [m for m in BLOCK.finditer(letter.text[: letter.head[1]]) if m[0].strip()]
    day = next((n for n, block in enumerate(blocks) if any(map(DATED.match, block[0].split("\n")))), 0)
    for place, block in enumerate(blocks):
        lines = _address(block[0], opens=place == 0)
        if lines and not _no_address(lines):
            (above if place < day else below).append(lines)
    yield from _joined(below or above)  # what stands over the date is the letterhead, if an address stands under it


def _joined(blocks: list[list[str]]) -> Iterator[list[str]]:
    """Blocks of one line each, as a word processor gives the lines of an address, joined up to the postal code."""
    held: list[str] = []
    for lines in blocks:
        if held and (len(lines) > 1 or ADDRESS_END.search(held[-1])):
            yield held
            held = []
        if len(lines) > 1:
            yield lines
        else:
            held = held + lines
    if held:
        yield held


def _address(block: str, *, opens: bool) -> list[str]:
    """The lines of a block that may be an address: in one with a date those below it, in the first of a letter no other."""
    lines = [line.strip(" \t*") for line in block.split("\n")]
    dated = next(
        (n for n, line in enumerate(lines) if re.search(DATE, line, re.IGNORECASE) and len(line.split()) < 9), None
    )
    lines = lines[dated + 1 :] if dated is not None else [] if opens else lines
    return [line for line in lines if not DELIVERY.match(line) and not GENERIC.match(line)]


def _no_address(lines: list[str]) -> bool:
    m = FIELD.match(lines[0])
    subject = m is not None and m["key"].lower() not in ("attention", "attn", "attn.")
    return (
        subject
        or not re.search(r"[A-Z]", lines[0])
        or bool(re.match(r"(?:Re|RE|Subject|SUBJECT)\b", lines[0]))
        or len(" ".join(lines).split()) > 60
    )


def _named_in(lines: list[str]) -> Iterator[str]:
    lines = [line for line in lines if not re.match(r"(?i)\W*(?:attention|attn|c/o|re|subject)\b", line)]
    for place, line in enumerate(lines):
        named = re.sub(r"^(?:and|&)\s+", "", line)
        if place == 0 or _is_person(named) or (COMMUNITY.match(lines[0]) and COMMUNITY.match(named)):
            yield named.strip(" ,;")


TITLE = re.compile(
    r"\b(?:Chief|Sheriff|Counsel|Attorney|Director|Clerk|Mayor|Manager|President|Chair\w*|Superintendent|Commissioner|Administrator|Officer|Secretary|Warden|Treasurer|Auditor|Custodian|Registrar|Supervisor|Judge|Captain|Recorder|Executive|Principal|Chancellor|Provost|Dean|Solicitor)\b"
)
COMMUNITY = re.compile(
    r"(?:The\s+)?(?:City|County|Town|Village|Borough|Township|Parish)\s+of\s+[A-Z]|(?:[A-Z]\w+\s+){1,3}(?:County|Township|Parish)$"
)


def _is_person(line: str) -> bool:
    """Whether a line of an address block names a person: with a form of address, or a name and a title."""
    addressed = re.match(rf"{HONORIFIC}\s+(?P<name>{NAME_WORD}(?:\s+{NAME_WORD})*)", line)
    if addressed and not NO_PERSON.search(addressed["name"]):
        return True
    titled = re.match(rf"(?P<name>{NAME}),\s+(?P<rest>.+)", line)
    return bool(titled and TITLE.search(titled["rest"]) and not NO_PERSON.search(titled["name"]))


ISSUER = re.compile(
    rf"(?:[Ii]ssued|[Ss]erved|ISSUED|[Rr]equested|[Dd]irected|[Ii]nstance|[Bb]ehalf|[Rr]equest|[Oo]rder|[Nn]ame)\b[^.\n]{{0,30}}?\b(?:by|of|from|By|BY)\s+"
    rf"(?:the\s+)?(?P<who>(?:{HONORIFIC}\s+)?{NAME}),\s+(?P<body>(?:[^,.;]|(?<=[A-Z])\.){{5,90}})"
)


def _issuer(letter: Parts, part: str) -> str | None:
    """The person or the body by whom the head of a form says that it is issued."""
    m = ISSUER.search(letter.text, *letter.head)
    return m[part].strip() if m and BODY.search(m["body"]) else None


def _from(letter: Parts) -> str | None:
    """The person in a "From:" line, where it names one more fully than the signature does."""
    value = _field(letter, "from", "issued by")
    if not value:
        return None
    bare = _value(re.sub(r"<[^>]*>", "", value))
    first = re.split(r",\s+(?!Jr|Sr|Esq|II)|\s+[|–—]\s+|\s+-\s+|\s+\(", bare)[0].strip(" \"'")
    m = PERSON.match(first)
    return first if m and not NO_PERSON.search(m["name"]) else None


# --- the close ----------------------------------------------------------------------------------


def _signature(letter: Parts) -> list[Span]:
    return list(_lines(letter.text, *letter.close))


def _signer(letter: Parts) -> str | None:
    """The name that the letter is signed with: typed under the closing, else behind /s/."""
    slashed: str | None = None
    for s, e in _signature(letter)[:16]:
        line = letter.text[s:e]
        signed = re.match(r"(?i)\W*(?:/?s/|[(\[]?signed[)\]]?[:,]?|by:|issued\s+by:|name:)\W*", line)
        bare = line[signed.end() :] if signed else line
        bare = re.split(
            r",\s+(?!(?:Jr|Sr|Esq|II|III|IV|Ph|M\.?D|J\.?D|CPA|CFE|MPA|P\.?E|LL))|\s+[|–—(-]\s*|\s{3,}|\s+for\s+the\s+|\s+on\s+behalf\s+",
            bare,
        )[0].strip(" _*\t")
        m = PERSON.match(bare)
        if not m or NO_PERSON.search(m["name"]):
            continue
        name = bare.strip(" ,")
        if not signed or not line.lstrip().lower().startswith("/s/"):
            return name
        slashed = slashed or name
    return slashed


PHONE = r"(?:(?:\+?1[-.\s])?(?:\(\d{3}\)\s*|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?:,?\s*(?:ext\.?|extension|x)\s*\d+)?|\b\d{3}-\d{4}\b(?:,?\s*(?:ext\.?|extension|x)\s*\d+)?)"
MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
REACH = re.compile(rf"(?:{PHONE}|{MAIL})")
WRITE_TO = re.compile(
    r"(?i)\b(?:question|contact|call|reach|speak|point\s+of|assist|inquir|discuss|confer|arrange|liaison|telephone|write\s+to|write\s+me|in\s+touch|handling|assigned|addressed|directed)"
)
WHO = re.compile(
    rf"(?:{HONORIFIC}\s+)?(?:[A-Z][\w’'.-]+)(?:[,]?\s+(?:of|the|for|and|to|at|in|&)(?=\s+(?:the\s+)?[A-Z])|,?\s+(?:[A-Z][\w’'.-]*))*"
)


def _contact(letter: Parts) -> str | None:
    """Who can be reached and how, from the name to the last number or address, without the words that lead in."""
    ranked: list[tuple[int, int, Span]] = []
    for start, end in _reachable(letter):
        words = letter.text[start:end]
        if not REACH.search(words):
            continue
        weight = 0 if re.search(r"(?i)\b(?:questions?|inquir)", words) else 1 if WRITE_TO.search(words) else 2
        ranked.append((weight, start, (start, end)))
    for _, _, (start, end) in sorted(ranked):
        return _reached(letter.text, start, end)
    return None


def _reachable(letter: Parts) -> Iterator[Span]:
    for one in letter.paragraphs():
        yield from sentences(letter.text, one.start, one.end)
    yield from _signature(letter)


def _reached(text: str, start: int, end: int) -> str:
    marks = list(REACH.finditer(text, start, end))
    first, last = marks[0], marks[-1]
    stop = last.end() + (text[last.end() : last.end() + 1] in (")", ">"))
    names = [m for m in WHO.finditer(text, start, first.start()) if _is_name(m[0], opens=m.start() == start)]
    begin = names[-1].start() if names and first.start() - names[-1].end() < 90 else first.start()
    if len(names) > 1 and re.fullmatch(
        r",?\s*(?:who\s+is\s+)?(?:my|our|the|of|in|,)?\s*(?:[a-z]+\s+)*,?\s*", text[names[-2].end() : names[-1].start()]
    ):
        begin = names[-2].start()
    lead = re.match(
        r"(?:Please|Contact|Questions|Call|Any|My|Our|The|If|Direct|You|For|To|With|Telephone|Email)\s+(?:contact\s+|call\s+)?(?=[A-Z])",
        text[begin:stop],
    )
    return text[begin + (lead.end() if lead else 0) : stop]


def _is_name(words: str, *, opens: bool) -> bool:
    many = words.split()
    if opens and len(many) == 1:
        return False
    return not re.fullmatch(
        r"(?:Please|Questions?|Contact|You|If|I|We|Any|My|Our|The|This|It|Should|Direct|For|All|To|Call|Email|E-mail|Telephone|Responses?|City|County|Town|Department)\.?",
        words,
    )


# --- when it is due -----------------------------------------------------------------------------

CLOCK = r"(?:\d{1,2}(?::\d\d)?\s*[ap]\.?\s?m\.?|noon|midnight|(?:the\s+)?(?:close|end)\s+of\s+(?:the\s+)?(?:business|day|the\s+business\s+day))"
ON_DATE = rf"(?:(?:[\w:’'-]+,?|[ap]\.\s?m\.,?)\s+){{0,8}}?(?:{DATE}|{YEARLESS})(?:,?\s+(?:at|by|before)\s+{CLOCK})?"
EVENT = (
    r"(?:(?:after|of|from|following|upon|in\s+which)\s+)(?:(?:the\s+)?(?:date|day|receipt|service|delivery)\s+(?:of|on\s+which|that)\s+|(?:the\s+date\s+)?)?"
    r"(?:(?:you(?:r)?|the|this|its|actual|their)\s+)*(?:(?:receipt|service|delivery|receiv\w+|date|issuance|letter|subpoena|request|demand|notice|memorandum|message|e-?mail|hereof|get|being\s+served|served)\b)(?:\s+(?:of|on|upon|by)\s+(?:(?:you|it)\b|(?:this|the|said)\s+\w+(?:\s+\w+){0,2}?(?=[\s,.;:)]))|\s+(?:this|the)\s+\w+(?:\s+demand|\s+request)?|\s+hereof|\s+date|\s+above|\s+shown\s+above)*"
)
DUE = re.compile(
    rf"""(?:
      \b(?:but\s+)?(?:in\s+any\s+(?:case|event),?\s+)?(?:and\s+)?(?:in\s+no\s+event\s+)?(?:no(?:t)?\s+later\s+than|on\s+or\s+before|on\s+or\s+by|by|before|due(?:\s+(?:on|by))?|until|not\s+after|returnable(?:\s+(?:on|by))?:?|prior\s+to|(?:response\s+|reply\s+|answer\s+|production\s+)?(?:deadline|due(?:\s+(?:date|by|on))?|return\s+date|return|respond\s+by|reply\s+by)\s*:|return\s+date(?:\s+is)?|date\s+and\s+time\s*:|deadline\s+(?:is|of|for\s+\w+\s+is))\s+{ON_DATE}
    | \b(?:(?:within|in|no(?:t)?\s+later\s+than|not\s+more\s+than|no\s+more\s+than|at\s+the\s+latest|before|inside|by)\s+)?(?:the\s+)?(?:next\s+)?(?:{NUMBER}|a)\s+(?:\w+\s+)?(?:calendar\s+|business\s+|working\s+|consecutive\s+)*(?:days?|weeks?|months?)[’']?(?:\s+time)?,?\s+{EVENT}
    | \bwithin\s+(?:the\s+)?(?:next\s+)?{NUMBER}\s+(?:calendar\s+|business\s+|working\s+|consecutive\s+)*(?:days?|weeks?|months?)\b
    | \bon\s+{DATE}(?:,?\s+at\s+{CLOCK})?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
ANSWER = re.compile(
    r"(?i)\b(?:furnish|produc|provid|submit|send|suppl|deliver|respon[ds]|reply|answer|let\s+(?:me|us)\s+have|return|make\s+available|compl(?:y|iance)|receive|forward|reach|in\s+(?:our|my)\s+hands|due\b|returnable|deadline|transmit|turn\s+over|appear)"
)
NOT_DUE = re.compile(
    r"(?i)\b(?:object(?:ion)?s?\b|quash|petition|meet\s+and\s+confer|extension|preserv|acknowledg|confirm\s+receipt|call\s+(?:me|us)|schedule\s+a|retain|privilege\s+log|designate|took\s+effect|was\s+(?:due|to\s+have)|were\s+(?:due|to)|had\s+been|asked\s+(?:you\s+)?(?:for|to)|hearing|requires?\s+(?:that\s+)?(?:supervisors|reviews?|the\s+Department)|if\s+(?:we|you|the\s+\w+)\s+(?:do|does|have|has|fail))"
)


def _due(rule: str | None, written: dt.date | None) -> dt.date | None:
    """The day that the words fix by themselves; a date without a year is the first such day after the letter's."""
    if rule is None or rule_of(rule):
        return None
    return as_day(rule) or (next_day(rule, written) if written else None)


def _due_rule(letter: Parts, taken: list[Span]) -> str | None:
    """The words that fix the day of the answer: of all such words the ones that stand nearest to asking for it."""
    ranked = []
    written = _date(letter)
    for one in letter.paragraphs():
        for start, end in sentences(letter.text, one.start, one.end):
            ranked += [
                (_unlikely(letter.text, start, end, m) + 3 * _inside(m.start(), taken), m.start(), m[0].strip())
                for m in DUE.finditer(letter.text, start, end)
                if not _past(m[0], written) and (as_day(m[0]) or not _inside(m.start(), taken))
            ]
    ranked += [
        (5, d.start, letter.text[d.start : d.end])
        for d in dates(letter.text, *letter.body)
        if not _inside(d.start, taken) and written and d.day > written and _answers(letter.text, d.start)
    ]
    ranked += [(2, m.start(), m[0].strip()) for m in DUE.finditer(letter.text, *letter.head)]
    best = min(ranked, default=None)
    if best is None or best[0] >= 6:
        return None
    return re.sub(r"^(?i:but|and)\s+", "", best[2]).rstrip(",")


def _answers(text: str, place: int) -> bool:
    """Whether the words before a bare date speak of answering."""
    return bool(ANSWER.search(text, max(0, place - 120), place))


def _inside(place: int, spans: list[Span]) -> bool:
    return any(s <= place < e for s, e in spans)


def _past(words: str, written: dt.date | None) -> bool:
    named = as_day(words)
    return bool(named and written and named <= written)


def _unlikely(text: str, start: int, end: int, m: re.Match[str]) -> int:
    words = text[start:end]
    weight = 0 if ANSWER.search(words) else 4
    weight += 3 if NOT_DUE.search(words) else 0
    weight += 1 if re.match(r"(?i)\W*(?:if|should|unless|failure)\b", words) else 0
    return weight + (1 if m[0].lower().startswith(("before", "until", "prior", "on ")) else 0)
