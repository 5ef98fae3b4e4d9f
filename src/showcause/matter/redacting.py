"""What a person wants redacted in, areas of pages out; found in a confined worker, kept as events, looked at as pictures."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from showcause import runner
from showcause.core import Scan
from showcause.errors import BadInput
from showcause.produce import PATTERNS, Area, Item, found, words
from showcause.produce.imagepdf import image_pdf
from showcause.produce.paging import Pages, opened
from showcause.produce.patterns import Pattern
from showcause.produce.redact import MARK, burn, left, secrets
from showcause.produce.stamp import Stamped
from showcause.settings import Settings

ENTERED, LIFTED = "redaction", "redaction lifted"
FILE: Final = "redactions.toml"
SHORT: Final = {
    "ssn": "social security number",
    "birth": "date of birth",
    "phone": "telephone number",
    "card": "payment card",
    "routing": "bank routing number",
    "account": "account number",
}
LOOK: Final = 100  # dots an inch of a preview


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is burned out: the `code`, what is `printed` on the box, what it `says`, and whether it is a privilege.

    What is redacted for a privilege is logged; the other reasons stand on the page.
    """

    code: str
    printed: str
    says: str
    privilege: bool = False


REASONS: Final = (
    Reason("AC", "AC", "attorney-client privilege", privilege=True),
    Reason("WP", "WP", "attorney work product", privilege=True),
    Reason("DP", "DP", "deliberative process privilege", privilege=True),
    Reason("PII", "PII", "personal identifying information"),
    Reason("MED", "MED", "medical information"),
    Reason("FIN", "FIN", "financial account information"),
    Reason("LE", "LE", "law enforcement: techniques, sources or safety"),
)


@dataclass(frozen=True, slots=True)
class Redaction:
    """One thing to be burned out of a document, as a person entered it.

    `words` are what it covers (empty for a box) and `areas` where they were found then; they are looked for again
    whenever the document is produced, so that a page set otherwise hides no less.
    """

    how: str
    reason: str
    by: str
    words: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a document is to be searched for: words as they stand, patterns by name, and spans of its text."""

    texts: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    reason: str = ""
    scans: tuple[Scan, ...] = field(default=(), repr=False)
    boxes: tuple[Area, ...] = ()


def reasons(root: Path) -> dict[str, Reason]:
    """The reasons by code: those that ship, and those of `redactions.toml` in the matter's folder. Raises BadInput."""
    known = {one.code: one for one in REASONS}
    place = root / FILE
    if not place.is_file():
        return known
    try:
        said = tomllib.loads(place.read_text(encoding="utf-8")).get("reasons", {})
        for code, value in said.items():
            told = {"printed": value} if isinstance(value, str) else dict(value)
            before = known.get(code, Reason(code, code, code))
            known[code] = replace(before, **{"says": before.says, **told})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError, AttributeError) as wrong:
        raise BadInput(f"{place}: {wrong}") from wrong
    return known


def patterns(named: Iterable[str]) -> tuple[str, ...]:
    """The full names of patterns that are named in short. Raises BadInput for one that is not known."""
    known = {p.name for p in PATTERNS}
    out = [SHORT.get(one, one) for one in named]
    if odd := next((one for one in out if one not in known), None):
        raise BadInput(f"{odd}: no pattern; known are {', '.join(SHORT)}")
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found on the pages of a document, or that lie under a box, and the areas that cover them."""

    words: tuple[str, ...]
    how: str
    areas: tuple[Area, ...]


def hits(items: Iterable[tuple[Item, Wanted]], settings: Settings) -> Iterator[tuple[Item, tuple[Hit, ...], str]]:
    """For each document what was found, or the reason why its pages could not be searched; in confined workers."""
    own = settings
    for outcome in runner.run(_hits, items, workers=own.workers, seconds=own.seconds, megabytes=own.megabytes):
        item, _ = outcome.item
        yield item, outcome.value or (), outcome.reason or ""


def _hits(task: tuple[Item, Wanted]) -> tuple[Hit, ...]:
    item, wanted = task
    chosen = [p for p in PATTERNS if p.name in wanted.patterns]
    out: list[Hit] = []
    with opened(item) as pages:
        for text in wanted.texts:
            areas = tuple(found(pages, [words(text)], reason=wanted.reason))
            areas = areas or tuple(_scanned(item, text, wanted, pages))
            out.append(Hit((" ".join(text.split()),), "text", areas))
        for pattern in chosen:
            for said in dict.fromkeys(_said(item.text, pattern)):
                areas = tuple(found(pages, [words(said)], reason=wanted.reason))
                areas = areas or tuple(_scanned(item, said, wanted, pages))
                out.append(Hit((said,), pattern.name, areas))
        out += (Hit(_under(pages, box), "box", (box,)) for box in wanted.boxes)
    return tuple(hit for hit in out if hit.areas or hit.how == "text")


def _under(pages: Pages, box: Area) -> tuple[str, ...]:
    if not 1 <= box.page <= pages.count:
        raise BadInput(f"there is no page {box.page}: it has {pages.count}")
    return left(pages, box.page, areas=[box]).gone


def _said(text: str, pattern: Pattern) -> Iterator[str]:
    for start, end in pattern.find(text):
        yield " ".join(text[start:end].split())


def _scanned(item: Item, text: str, wanted: Wanted, pages: Pages) -> Iterator[Area]:
    """The areas of words that were recognised on a picture, by the boxes kept of them, a little wider."""
    for start, end in words(text).find(item.text):
        for scan in wanted.scans:
            for one in (w for w in scan.words() if w.start < end and start < w.end):
                left, top, right, bottom = pages.seen(scan.page, (one.left, one.bottom, one.right, one.top))
                yield Area(scan.page, left - 1, top - 1, right + 1, bottom + 1, wanted.reason)


def areas(entered: Iterable[Redaction], known: dict[str, Reason]) -> tuple[Area, ...]:
    """All areas of a document as they were entered, each with what is printed on it."""
    out: dict[Area, None] = {}
    for one in entered:
        reason = known[one.reason].printed if one.reason in known else one.reason
        out |= dict.fromkeys(replace(area, reason=reason) for area in one.areas)
    return tuple(out)


def hushed(item: Item, entered: Sequence[Redaction]) -> Item:
    """The document as a log may show it: without the words that were redacted in it, wherever they stand in its head."""
    told = secrets([word for one in entered for word in one.words], "")
    if not told.words or item.withheld:
        return item

    def clear(value: str) -> str:
        return MARK if told.told_by(value) else value

    mail = item.mail
    if mail:
        to, cc, bcc = (tuple(map(clear, people)) for people in (mail.to, mail.cc, mail.bcc))
        mail = replace(mail, sender=clear(mail.sender), subject=clear(mail.subject), to=to, cc=cc, bcc=bcc)
    return replace(item, mail=mail, name=clear(item.name), title=clear(item.title), author=clear(item.author))


def preview(item: Item, to: Path, settings: Settings) -> list[Path]:
    """The pages of a document with its areas burned out, as one PDF or, where `to` ends in .png, a picture a page."""
    if to.suffix.lower() not in {".pdf", ".png"}:
        raise BadInput(f"{to}: a preview is a .pdf or a .png")
    step = partial(_pictures, kind=to.suffix.lower())
    made = next(runner.run(step, [item], seconds=settings.seconds, megabytes=settings.megabytes))
    if made.value is None:
        raise BadInput(f"{item.name}: {made.reason}")
    places = (
        [to]
        if len(made.value) == 1
        else [to.with_name(f"{to.stem}-{n}{to.suffix}") for n in range(1, len(made.value) + 1)]
    )
    to.parent.mkdir(parents=True, exist_ok=True)
    for place, content in zip(places, made.value, strict=True):
        place.write_bytes(content)
    return places


def _pictures(item: Item, *, kind: str) -> tuple[bytes, ...]:
    out: list[bytes] = []
    stamped: list[Stamped] = []
    with opened(item) as pages:
        for page in range(1, pages.count + 1):
            image = pages.picture(page, dpi=LOOK)
            burn(image, [area for area in item.areas if area.page == page], scale=LOOK / 72)
            if kind == ".pdf":
                stamped.append(Stamped(image, LOOK))
            else:
                held = io.BytesIO()
                image.save(held, "PNG")
                out.append(held.getvalue())
    return (b"".join(image_pdf(stamped)),) if stamped else tuple(out)
