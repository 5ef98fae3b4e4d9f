"""The words of a message's body in; what its writer says and what is repeated from earlier messages, apart, out.

A paragraph's digest goes over its letters and digits alone, in lower case, so that wrapping, white space and quotation
marks don't change it. Lines that only introduce a quotation ("On Monday A wrote:", the header lines of the message
quoted) are neither said nor quoted: programs write them, and each writes them otherwise.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

# Noncharacters stand in the words of an HTML body where a <blockquote> begins and ends; no text may hold them.
OPEN, CLOSE = "\ufdd0", "\ufdd1"

_BLOCKQUOTE = re.compile(r"<(/?)blockquote\b[^>]*>", re.IGNORECASE)
_MARKED = re.compile(f"(?:\\s*[{OPEN}{CLOSE}])+\\s*")
_PEOPLE = re.compile(r"[^\s@]@[^\s@]|;")
_EDGE = re.compile(f"([{OPEN}{CLOSE}])")
_PREFIX = re.compile(r"[ \t]{0,3}>[> \t]*|[ \t]{0,3}\|[ \t]")
_NOT_WORDS = re.compile(r"[\W_]+")
_ASCII_OTHERS = bytes(one for one in range(128) if not chr(one).isalnum())
_WROTE = (
    "wrote",
    "writes",
    "schrieb",
    "a écrit",
    "ha scritto",
    "escribió",
    "escreveu",
    "skrev",
    "schreef",
    "napisał",
    "kirjoitti",
)
_ENDS = re.compile(rf"(?:{'|'.join(_WROTE)})[^\n:]{{0,80}}:[ \t]*$", re.MULTILINE)
_BEGINS = re.compile(r"[> \t]*(?:On|Am|Le|El|Il|Em|Op|Den|Dnia|W dniu)[ \t]")
_RULE = re.compile(
    r"^[> \t]*(?:-{2,}[ \t]*(?:original message|original appointment|forwarded message|forwarded by .{1,120}|reply message"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message transféré|mensaje original"
    r"|mensaje reenviado|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande)[^\n]{0,40}-{2,}"
    r"|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message réexpédié ?:)[ \t]*$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^[> \t*]*(?:(from|von|de|da|van|från|od)|(sent|date|gesendet|datum|envoyé|enviado el|enviado|fecha|data|inviato"
    r"|verzonden|skickat)|(to|an|à|para|aan|till|a|do)|(subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|temat)"
    r"|(cc|bcc|kopie|kopia|attachments|importance|reply-to|importanza|organization))[ \t]?\*?:\*?(?:[ \t]|$)",
    re.IGNORECASE,
)


def marked(page: str) -> str:
    """An HTML body with OPEN and CLOSE, as paragraphs of their own, around each <blockquote>."""
    if "blockquote" not in page.lower():
        return page
    return _BLOCKQUOTE.sub(lambda m: f"<p>{CLOSE}</p>{m[0]}" if m[1] else f"{m[0]}<p>{OPEN}</p>", page)


def unmarked(text: str) -> str:
    """The words of an HTML body without OPEN and CLOSE."""
    return _MARKED.sub("\n\n", text).strip("\n") if OPEN in text or CLOSE in text else text


def apart(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The digests (16 hex digits) of the paragraphs said and of those quoted, each once, in their order."""
    said: dict[str, None] = {}
    quoted: dict[str, None] = {}
    for paragraph, repeated in paragraphs(text):
        digest = _digest(paragraph)
        if digest:
            (quoted if repeated else said)[digest] = None
    return tuple(said), tuple(quoted)


def paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    """Each paragraph, without the marks of quotation, and whether it is quoted."""
    depth, rest = 0, False
    text = _without_attributions(text)
    for piece in _EDGE.split(text) if OPEN in text or CLOSE in text else (text,):
        if piece in {OPEN, CLOSE}:
            depth = depth + 1 if piece == OPEN else max(0, depth - 1)
            continue
        for paragraph, repeated, rule in _told(piece):
            rest = rest or rule
            if paragraph:
                yield paragraph, bool(rest or depth or repeated)


def _told(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Paragraphs; whether each stands behind marks of quotation; and whether all from here on is quoted."""
    held: list[str] = []
    behind = False
    lines = text.split("\n")
    skip = 0
    for number, line in enumerate(lines):
        if number < skip:
            continue
        found = _PREFIX.match(line)
        bare = line[found.end() :] if found else line
        fields = _headed(lines, number) if ":" in bare[:24] else 0
        if fields or _RULE.match(line) or not bare.strip() or (found is not None) is not behind:
            if held:
                yield "\n".join(held), behind, False
            held = []
        if fields or _RULE.match(line):
            yield "", behind, True
            skip = number + fields
            continue
        behind = found is not None
        if bare.strip():
            held.append(bare)
    if held:
        yield "\n".join(held), behind, False


def _headed(lines: list[str], number: int) -> int:
    """How many lines from here are the header of a message quoted, as Outlook writes it; 0 where they are none."""
    kinds: set[int] = set()
    end = place = number
    while place < min(len(lines), number + 14):
        found = _FIELD.match(lines[place])
        if found is not None:
            kinds.add(next(kind for kind in range(1, 6) if found[kind]))
            end = place + 1
        elif lines[place].strip() and place == number:
            return 0
        elif lines[place].strip() and not (place == end and _PEOPLE.search(lines[place])):
            break  # a list of people may run on over one line
        place += 1
    return end - number if len(kinds & {1, 2, 3, 4}) >= 3 and 1 in kinds else 0


def _without_attributions(text: str) -> str:
    """The text without the lines that introduce a quotation; one that bears no marks begins where such a line has a date.

    A line that only ends in "wrote:" is left where no marks follow: it may well be the writer's own.
    """
    if not any(word in text for word in _WROTE):
        return text
    pieces, end, depth = [], 0, 0
    for found in _ENDS.finditer(text):
        start, dated = _attribution(text, found.start())
        before = text[end:start]
        depth += before.count(OPEN) - before.count(CLOSE)
        follows = text[found.end() : found.end() + 400].lstrip()
        shown = depth > 0 or text.startswith((">", " >"), start) or follows.startswith((">", "|", OPEN))
        if start < end or not (shown or dated):
            continue
        pieces.append(before if shown or not follows else before + OPEN)
        end = found.end()
    return "".join((*pieces, text[end:]))


def _attribution(text: str, place: int) -> tuple[int, bool]:
    """Where the lines begin that end in "wrote:" at `place`, at most three, and whether they begin as such with a date."""
    start = line = text.rfind("\n", 0, place) + 1
    for _ in range(3):
        if _BEGINS.match(text, line):
            return line, any(letter.isdigit() for letter in text[line:place])
        if line < 2 or not text[line - 2].strip():
            break
        line = text.rfind("\n", 0, line - 1) + 1
    return start, False


def _digest(paragraph: str) -> str:
    bare = reduced(paragraph).lower()
    return hashlib.sha256(bare.encode()).hexdigest()[:16] if bare else ""


def reduced(text: str) -> str:
    """The letters and digits of a text (Unicode, composed: NFC) and nothing else."""
    if text.isascii():
        return text.encode("ascii").translate(None, _ASCII_OTHERS).decode("ascii")
    return _NOT_WORDS.sub("", unicodedata.normalize("NFC", text))
