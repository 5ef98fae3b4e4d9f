"""A calendar or address card in (RFC 5545, RFC 6350 and the older vCards), a paragraph for each event or person out."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from datetime import date

from showcause.errors import Unreadable
from showcause.intake.plain import characters, known, opening
from showcause.intake.reading import Limits, Reading, Transcript

_BEGIN = re.compile(rb"\A\s*BEGIN:(VCALENDAR|VCARD)[ \t]*\r?\n", re.IGNORECASE)
_LINE = re.compile(r"([A-Za-z0-9.-]+)((?:;(?:[^\":;]|\"[^\"]*\")+)*):(.*)", re.DOTALL)
_FOLD = re.compile(r"\n[ \t]")
_SOFT = re.compile(r"=\n[ \t]?")
_ESCAPE = re.compile(r"\\([nN\\,;:])")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T?(\d\d):?(\d\d))?")
_UNSAID = {"PRODID", "UID", "DTSTAMP", "SEQUENCE", "CALSCALE", "VERSION", "METHOD", "REV", "BEGIN", "END", "TRANSP"}
_WHOLE = {"VEVENT", "VTODO", "VJOURNAL", "VCARD", "VFREEBUSY"}
_PEOPLE = {"ATTENDEE", "ORGANIZER"}
_SMALL = 4_096  # signs of a value in base64 that may be words


def is_card(blob: bytes, name: str) -> bool:
    """Whether a text begins as a calendar or an address card does."""
    del name
    return _BEGIN.match(opening(blob[:1024]).lstrip(b"\xef\xbb\xbf")) is not None


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """Each event, task or person as a paragraph, its lines unfolded and decoded.

    The title is the first summary or name, the date the first event's beginning. Raises Unreadable where it says nothing.
    """
    del name, limits
    text, notes = characters(blob)
    begun = _BEGIN.match(opening(blob[:1024]).lstrip(b"\xef\xbb\xbf"))
    kind = "ics" if begun and begun[1].upper() == b"VCALENDAR" else "vcf"
    transcript = Transcript()
    title, day, left_out = "", None, 0
    for entry in _entries(text):
        lines = []
        for field, parameters, said in entry:
            words = _words(said, parameters)
            if words is None:
                left_out += 1
                continue
            if field in {"SUMMARY", "FN"} and not title:
                title = " ".join(words.split())
            if field == "DTSTART" and day is None:
                day = _day(words)
            lines.append(_shown(field, parameters, words))
        transcript.paragraph("\n".join(filter(None, lines)))
    if not transcript.text:
        raise Unreadable("empty: it holds no entry with words")
    more = (f"pictures and the like, which are not shown: {left_out}",) if left_out else ()
    return Reading(kind, transcript.text, transcript.pages, (), title, day, notes=(*notes, *more))


def _entries(text: str) -> Iterator[list[tuple[str, str, str]]]:
    """The lines of each event or person as (field, parameters, value); an alarm within an event is a part of it."""
    lines = _FOLD.sub("", _unsoft(text)).split("\n")
    entry: list[tuple[str, str, str]] = []
    inside: list[str] = []
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        field = found[1].rpartition(".")[2].upper()  # an Apple card puts the group before the name
        if field == "BEGIN":
            inside.append(found[3].strip().upper())
            if inside[-1] in _WHOLE and entry:
                yield entry
                entry = []
        elif field == "END":
            if inside and inside.pop() in _WHOLE:
                yield entry
                entry = []
        elif field not in _UNSAID and "VTIMEZONE" not in inside:
            entry.append((field, found[2], found[3]))
    yield entry


def _unsoft(text: str) -> str:
    """The text with the soft line ends of quoted-printable values taken out."""
    return _SOFT.sub("", text) if "QUOTED-PRINTABLE" in text.upper() else text


def _words(said: str, parameters: str) -> str | None:
    """What a value says, None where it is a picture or the like."""
    upper = parameters.upper()
    charset = re.search(r"CHARSET=\"?([\w.-]+)", upper)
    encoding = charset[1] if charset and known(charset[1]) else "utf-8"
    if "QUOTED-PRINTABLE" in upper:
        said = quopri.decodestring(said.encode()).decode(encoding, "replace")
    elif "BASE64" in upper or re.search(r"ENCODING=B(?:;|\Z)", upper):
        if len(said) > _SMALL:
            return None
        try:
            said = base64.b64decode(said).decode(encoding)
        except (binascii.Error, ValueError):
            return None
    elif said.startswith("data:"):
        return None
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], said).strip()


def _shown(field: str, parameters: str, words: str) -> str:
    if field in {"N", "ADR", "ORG"}:
        words = ", ".join(filter(None, map(str.strip, words.split(";"))))
    elif field in {"DTSTART", "DTEND", "DUE", "BDAY", "COMPLETED"}:
        found = _DAY.match(words)
        if found:
            hour = f" {found[4]}:{found[5]}" if found[4] else ""
            zone = " UTC" if words.endswith("Z") else ""
            words = f"{found[1]}-{found[2]}-{found[3]}{hour}{zone}"
    elif field in _PEOPLE:
        name = re.search(r"CN=(\"[^\"]*\"|[^;:]*)", parameters, re.IGNORECASE)
        address = re.sub(r"(?i)^mailto:", "", words)
        words = f"{name[1].strip(chr(34))} <{address}>" if name else address
    label = field.removeprefix("X-").replace("-", " ").capitalize()
    return f"{_LABELS.get(field, label)}: {words}" if words else ""


_LABELS = {
    "DTSTART": "Begins",
    "DTEND": "Ends",
    "FN": "Name",
    "N": "Parts of the name",
    "ADR": "Address",
    "TEL": "Telephone",
}


def _day(words: str) -> date | None:
    found = _DAY.match(words)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
